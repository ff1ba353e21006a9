//! Whatever the texts: all words are on the paper and apart, or a diagnostic says so.

use itog::internals::layout::{Mark, Pages, Paint};
use itog::{Check, Engine, builtins};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A text of so many letters, now and then with a word that nobody can break.
fn text(letters: usize, seed: usize) -> String {
    const WORDS: [&str; 8] = [
        "за",
        "активное",
        "участие",
        "в",
        "профессиональном",
        "конкурсе",
        "https://www.example.org/ochen/dlinnyj/adres?param=1234567890&x=abcdefghijklmnopqrstuvwxyz",
        "библиотек",
    ];
    let mut out = String::new();
    for number in 0.. {
        if out.chars().count() >= letters {
            break;
        }
        let word = WORDS[(seed + number * (seed % 5 + 1)) % WORDS.len()];
        let plain = !seed.is_multiple_of(3) && word.len() > 60;
        out.push_str(if plain { "Кузбасса" } else { word });
        out.push(' ');
    }
    out.trim().chars().take(letters.max(1)).collect()
}

/// Words that stand over others or off the paper, by a measure of their own: what all letters of a
/// line have, from its baseline to the height of an x, whatever its face; and the whole size for
/// the edges of the paper.
fn spoilt(pages: &Pages) -> Vec<String> {
    let mut found = Vec::new();
    for page in &pages.pages {
        let mut seen: Vec<([f64; 4], String)> = Vec::new();
        let mut turned = 0;
        for item in &page.items {
            match &item.paint {
                Paint::PushTransform(_) | Paint::PushClip(_) => turned += 1,
                Paint::Pop => turned -= 1,
                Paint::Glyphs { x, y, run, .. }
                    if turned == 0
                        && matches!(item.mark, Mark::Content { .. })
                        && !run.text.trim().is_empty() =>
                {
                    let rect = [*x, y - 0.45 * run.size, x + run.width(), *y];
                    let spaces = run.text.len() - run.text.trim_end().len();
                    let rect = [rect[0], rect[1], rect[2] - spaces as f64 * run.size, rect[3]];
                    if rect[0] < -1.5 || rect[2] > page.width + 1.5 || rect[3] > page.height {
                        found.push(format!("off: {}", run.text));
                    }
                    for (other, text) in &seen {
                        let wide = rect[2].min(other[2]) - rect[0].max(other[0]);
                        let high = rect[3].min(other[3]) - rect[1].max(other[1]);
                        let least = (rect[3] - rect[1]).min(other[3] - other[1]);
                        if wide > 3.0 && high > 0.5 * least {
                            found.push(format!("over: {} / {text}", run.text));
                        }
                    }
                    seen.push((rect, run.text.to_string()));
                }
                _ => {}
            }
        }
    }
    found
}

fn certificate(lengths: &[usize], seed: usize, signatures: usize) -> Value {
    let signature = |n: usize| {
        json!({
            "post": text(lengths[4] / (n + 1), seed + n),
            "name": "Шабалина Наталья Григорьевна",
        })
    };
    json!({
        "kind": "Благодарность",
        "recipient": {
            "name": "Егорова Татьяна Вячеславовна",
            "post": text(lengths[1], seed),
            "of": text(lengths[2], seed + 1),
        },
        "for": text(lengths[0], seed + 2),
        "issuer": text(lengths[3], seed + 3),
        "date": "2014-06-05",
        "signatures": (0..signatures).map(signature).collect::<Vec<_>>(),
    })
}

fn document(lengths: &[usize], seed: usize, _: usize) -> Value {
    json!({
        "kind": "Протокол",
        "event": text(lengths[1].min(400), seed),
        "preamble": text(lengths[0], seed + 1),
        "recommendations": [text(lengths[2], seed + 2), text(lengths[3], seed + 3)],
        "sections": [{
            "type": "table",
            "columns": ["Имя", "Труд"],
            "rows": [[text(lengths[4], seed + 4), "5"]],
        }],
    })
}

/// All designs of certificates, and the template that other documents are variants of.
fn designs() -> Vec<&'static str> {
    let certificates =
        builtins().iter().map(|one| one.name).filter(|name| name.starts_with("certificate-"));
    certificates.chain(["final-document", "minutes", "order"]).collect()
}

/// So many documents are tried, unless `PROPTEST_CASES` asks for more.
const CASES: u32 = 24;

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

/// Lengths from nothing to 5,000 letters, the short ones as often as the long ones.
fn lengths() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![1usize..60, 60usize..400, 400usize..5000], 5)
}

proptest! {
    // Each takes a tenth of a second without optimisation.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases())
    })]

    #[test]
    fn words_are_to_be_read_or_it_is_told(
        design in prop::sample::select(designs()),
        lengths in lengths(),
        seed in 0usize..1000,
        signatures in 1usize..4,
    ) {
        let make = if design.starts_with("certificate") { certificate } else { document };
        let data = make(&lengths, seed, signatures).to_string();
        let read = itog::model::read(data.as_bytes(), "data.json", itog::model::Format::Json);
        let Ok(read) = read else { return Ok(()) };
        let design = Engine::new().load_builtin(design).unwrap().value;
        let design = design.allowing(Check::ALL);
        let document = design.compose(&read.value).unwrap().value;
        // An error is a word, too.
        let Ok(pages) = document.to_pages() else { return Ok(()) };
        let told =
            pages.warnings.iter().any(|fault| Check::ALL.iter().any(|c| c.code() == fault.code()));
        let spoilt = spoilt(&pages.value);
        prop_assert!(told || spoilt.is_empty(), "{spoilt:?}");
    }
}
