//! Whatever the texts: all words are on the paper and apart, or a diagnostic says so.

use std::collections::BTreeMap;

use itog::diag::Diagnostic;
use itog::internals::layout::{Mark, Pages, Paint};
use itog::model::{Format, Origin};
use itog::{Check, Engine, Error, Files, builtins};
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

/// All texts of some data.
fn strings(data: &Value) -> Vec<String> {
    match data {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(strings).collect(),
        Value::Object(all) => all.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// A built-in template's sample with up to three of its texts replaced, and the texts in their
/// place: any field of any design.
fn refilled(
    design: &str,
    places: &[usize],
    lengths: &[usize],
    seed: usize,
) -> (Value, Vec<String>) {
    let path = format!("{}/templates/{design}/sample.yaml", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let read = itog::model::read(&bytes, "sample.yaml", Format::Yaml).unwrap();
    let mut data = serde_json::to_value(&read.value).unwrap();
    let count = texts_of(&mut data).len();
    // Of two texts in one place the second stands there.
    let mut said = BTreeMap::new();
    for ((place, length), seed) in places.iter().zip(lengths).zip(seed..) {
        said.insert(place % count, if *length == 0 { String::new() } else { text(*length, seed) });
    }
    for (at, place) in texts_of(&mut data).into_iter().enumerate() {
        *place = said.get(&at).unwrap_or(place).clone();
    }
    (data, said.into_values().collect())
}

/// Stems of words that stand more often in the texts than in the document, whatever became of their
/// ends. Texts of three words may be names, which become initials.
fn lost(pages: &Pages, texts: &[String]) -> Vec<String> {
    const STEMS: [&str; 6] = ["актив", "участ", "професс", "конкурс", "библиот", "кузбас"];
    // Between the halves of a word on two pages stand numbers and running titles.
    let (mut shown, mut around) = (String::new(), String::new());
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Paint::Glyphs { run, .. } = &item.paint {
            let content = matches!(item.mark, Mark::Content { .. });
            if content { &mut shown } else { &mut around }.push_str(&run.text);
        }
    }
    shown.push_str(&around);
    let plain = |text: &str| text.replace('\u{ad}', "").to_lowercase();
    let long = texts.iter().filter(|text| text.split(' ').count() > 3);
    let wanted = long.map(String::as_str).collect::<Vec<_>>().join(" ");
    let (shown, wanted) = (plain(&shown), plain(&wanted));
    let lost = STEMS.into_iter().filter_map(|stem| {
        let [shown, wanted] = [&shown, &wanted].map(|text| text.matches(stem).count());
        (shown < wanted).then(|| format!("{stem}: {shown} of {wanted}"))
    });
    lost.collect()
}

/// All texts of some data that a person would write: no dates, choices and names of files.
fn texts_of(data: &mut Value) -> Vec<&mut String> {
    match data {
        Value::String(text) => {
            let written = text.chars().any(|c| ('а'..='я').contains(&c));
            written.then_some(text).into_iter().collect()
        }
        Value::Array(all) => all.iter_mut().flat_map(texts_of).collect(),
        Value::Object(all) => {
            // A name whose forms are given stands there in these.
            let formed = all.get("forms").is_some_and(|forms| !forms.is_null());
            let kept = |key: &String| {
                ["kind", "design", "lang"].contains(&key.as_str()) || formed && key == "name"
            };
            all.iter_mut().filter(|(key, _)| !kept(key)).flat_map(|(_, v)| texts_of(v)).collect()
        }
        _ => Vec::new(),
    }
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
    prop::collection::vec(prop_oneof![0usize..60, 60usize..400, 400usize..5000], 5)
}

/// What spoils a paragraph, or may.
const RULES: [&str; 16] = [
    "position: absolute; left: 80mm",
    "letter-spacing: -4pt",
    "word-spacing: -4pt",
    "color: #fff",
    "background: linear-gradient(#000, #222)",
    "font-size: 2pt",
    "height: 4mm; overflow: hidden",
    "height: 4mm",
    "margin-top: -16pt",
    "white-space: nowrap",
    "width: 8mm",
    "width: 20mm; height: 5mm; -itog-fit: shrink; -itog-fit-min: 90%",
    "string-set: said content()",
    "rotate: 90deg",
    "column-count: 3",
    "float: left; width: 300mm",
];

/// A template whose paragraphs print values by those rules.
fn template(rules: &[&str]) -> String {
    let mut css = String::new();
    let mut body = String::new();
    for (number, rule) in rules.iter().enumerate() {
        css.push_str(&format!(".p{number} {{ {rule} }}\n"));
        body.push_str(&match number % 3 {
            0 => format!("<p class=\"p{number}\">{{{{texts.[{number}]}}}}</p>\n"),
            1 => format!("<p class=\"p{number}\">Здесь <b>{{{{texts.[{number}]}}}}</b></p>\n"),
            _ => format!(
                "<table><tr><td class=\"p{number}\">{{{{texts.[{number}]}}}}</td></tr></table>\n"
            ),
        });
    }
    format!(
        "<html lang=\"ru\"><head><title>А</title><style>\n\
         @page {{ size: A6; margin: 10mm; -itog-pages: 1; \
         @top-left {{ content: string(said); white-space: nowrap }} }}\n\
         {css}</style></head>\n<body>\n{body}</body></html>\n"
    )
}

/// An error is a word, too, unless it is the program's own.
fn of_the_data(error: &Error) -> Result<(), TestCaseError> {
    let own = error.diagnostics().iter().any(|fault| fault.code() == "internal");
    prop_assert!(!own && !error.diagnostics().is_empty(), "{error}");
    Ok(())
}

/// All faults of a document's pages.
fn faults(document: &itog::Composition) -> Vec<Diagnostic> {
    match document.to_pages() {
        Ok(pages) => pages.warnings,
        Err(error) => error.diagnostics().to_vec(),
    }
}

/// The words that a fault quotes and the data have, if there are any.
fn quoted<'d>(fault: &Diagnostic, data: &'d [String]) -> Option<&'d str> {
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let said = plain(&fault.message().to_string());
    let quote = said.split('«').nth(1)?.split(['»', '…']).next()?.trim();
    // A word alone may be the template's as well.
    let long = quote.chars().count() > 12;
    data.iter().map(String::as_str).find(|text| long && plain(text).contains(quote))
}

/// What is said without a place, or without the line of the data whose words it quotes.
fn unplaced(faults: Vec<Diagnostic>, origin: &Origin, data: &[String]) -> Vec<String> {
    let lost = faults.into_iter().filter_map(|fault| {
        let from_data = quoted(&fault, data).is_some();
        let traced = origin.trace(fault);
        let in_data = traced.data_path().is_some() && traced.place().is_some();
        (traced.place().is_none() || from_data && !in_data).then(|| traced.to_string())
    });
    lost.collect()
}

/// Words of which all sane texts here are made: whole, in order, and known to the grammar.
const REASONS: [&str; 6] = [
    "активное участие в областном конкурсе чтецов",
    "победу в конкурсе «Весна»",
    "помощь в проведении семинара для библиотекарей Кузбасса",
    "многолетний добросовестный труд",
    "подготовку призёров муниципального этапа олимпиады по русскому языку",
    "высокие результаты",
];

const PEOPLE: [&str; 6] = [
    "Егорова Татьяна Вячеславовна",
    "Иванов Пётр Петрович",
    "Сидорова Анна Ильинична",
    "Кузнецов Олег Игоревич",
    "Новикова Мария Сергеевна",
    "Шабалина Наталья Григорьевна",
];

const POSTS: [&str; 4] = ["учитель", "директор", "заведующая библиотекой", "методист"];

const POINTS: [&str; 5] = [
    "Провести конкурс чтецов до 15 мая 2024 г.",
    "Издать сборник материалов конференции.",
    "Разместить отчёт на сайте учреждения.",
    "Продолжить работу по программе «Чтение с увлечением».",
    "Контроль за исполнением оставляю за собой.",
];

/// So many of a list, from one of them on.
fn some<'a>(list: &[&'a str], from: usize, count: usize) -> Vec<&'a str> {
    list.iter().cycle().skip(from).take(count).copied().collect()
}

/// A certificate that anybody could have typed.
fn sane_certificate(seed: usize, signatures: usize) -> Value {
    let signature = |n: usize| {
        let name = PEOPLE[(seed + n + 3) % PEOPLE.len()];
        json!({ "post": capital(POSTS[(seed + n) % POSTS.len()]), "name": name })
    };
    let mut data = json!({
        "kind": (["Благодарность", "Грамота", "Почётная грамота"][seed % 3]),
        "recipient": { "name": PEOPLE[seed % PEOPLE.len()], "post": POSTS[seed / 6 % POSTS.len()] },
        "for": REASONS[seed % REASONS.len()],
        "date": format!("2024-{:02}-{:02}", seed % 12 + 1, seed % 28 + 1),
        "place": "г. Кемерово",
        "signatures": (0..signatures).map(signature).collect::<Vec<_>>(),
    });
    if seed.is_multiple_of(2) {
        data["issuer"] = json!("Кемеровская областная научная библиотека");
        data["number"] = json!(seed.to_string());
    }
    data
}

/// A document that anybody could have typed.
fn sane_document(seed: usize, signatures: usize) -> Value {
    let rows: Vec<_> = (0..seed % 30).map(|n| [PEOPLE[n % PEOPLE.len()], "5"]).collect();
    let mut data = json!({
        "kind": (["Решение", "Резолюция", "Рекомендации"][seed % 3]),
        "event": { "name": "Областная конференция «Чтение и время»", "date": "2024-06-05" },
        "place": "г. Кемерово",
        "date": "2024-06-05",
        "recommendations": some(&POINTS[..4], seed, seed % 9 + 2),
        "signatures": some(&PEOPLE, seed, signatures).iter().map(|name| {
            json!({ "post": "Председатель", "name": name })
        }).collect::<Vec<_>>(),
    });
    if !rows.is_empty() {
        let table =
            json!({ "title": "Итоги", "table": { "columns": ["Имя", "Балл"], "rows": rows } });
        data["appendices"] = json!([table]);
    }
    data
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// All that is said of a document, from its data to both files.
fn said(design: &str, data: &Value) -> Vec<Diagnostic> {
    let all = || -> Result<Vec<Diagnostic>, Error> {
        let read = itog::model::read(data.to_string().as_bytes(), "data.json", Format::Json)?;
        let design = Engine::new().load_builtin(design)?;
        let composed = design.value.compose(&read.value)?;
        let (pdf, docx) = (
            composed.value.to_pdf(&itog::PdfOptions::default())?,
            composed.value.to_docx(&itog::DocxOptions::default())?,
        );
        let origin = Origin::new(data.to_string().as_bytes(), "data.json", Format::Json);
        let lost = composed.value.unprinted(&origin);
        let parts =
            [read.warnings, design.warnings, composed.warnings, pdf.warnings, docx.warnings, lost];
        Ok(parts.into_iter().flatten().collect())
    };
    all().unwrap_or_else(|error| error.diagnostics().to_vec())
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
        let pages = match document.to_pages() {
            Ok(pages) => pages,
            Err(error) => return of_the_data(&error),
        };
        let told =
            pages.warnings.iter().any(|fault| Check::ALL.iter().any(|c| c.code() == fault.code()));
        let spoilt = spoilt(&pages.value);
        prop_assert!(told || spoilt.is_empty(), "{spoilt:?}");
    }

    #[test]
    fn words_of_any_field_are_to_be_read_or_it_is_told(
        design in prop::sample::select(builtins().iter().map(|one| one.name).collect::<Vec<_>>()),
        places in prop::collection::vec(0usize..1000, 1..4),
        lengths in lengths(),
        seed in 0usize..1000,
    ) {
        let (data, texts) = refilled(design, &places, &lengths, seed);
        let bytes = data.to_string();
        let Ok(read) = itog::model::read(bytes.as_bytes(), "data.json", Format::Json) else {
            return Ok(());
        };
        let design = Engine::new().load_builtin(design).unwrap().value.allowing(Check::ALL);
        let document = match design.compose(&read.value) {
            Ok(document) => document.value,
            Err(error) => return of_the_data(&error),
        };
        let pages = match document.to_pages() {
            Ok(pages) => pages,
            Err(error) => return of_the_data(&error),
        };
        let seen = |fault: &Diagnostic| Check::ALL.iter().any(|c| c.code() == fault.code());
        let told = pages.warnings.iter().any(seen);
        let spoilt = spoilt(&pages.value);
        prop_assert!(told || spoilt.is_empty(), "{spoilt:?}\n{data:#}");
        let origin = Origin::new(bytes.as_bytes(), "data.json", Format::Json);
        let told = told || !read.warnings.is_empty() || !document.unprinted(&origin).is_empty();
        let lost = lost(&pages.value, &texts);
        prop_assert!(told || lost.is_empty(), "{lost:?}\n{data:#}");
    }

    #[test]
    fn faults_of_designs_have_places(
        design in prop::sample::select(designs()),
        lengths in lengths(),
        seed in 0usize..1000,
        signatures in 1usize..4,
    ) {
        let make = if design.starts_with("certificate") { certificate } else { document };
        let data = make(&lengths, seed, signatures);
        let bytes = data.to_string();
        let read = itog::model::read(bytes.as_bytes(), "data.json", Format::Json);
        let Ok(read) = read else { return Ok(()) };
        let design = Engine::new().load_builtin(design).unwrap().value;
        let document = design.compose(&read.value).unwrap().value;
        let origin = Origin::new(bytes.as_bytes(), "data.json", Format::Json);
        let lost = unplaced(faults(&document), &origin, &strings(&data));
        prop_assert!(lost.is_empty(), "{}", lost.join("\n"));
    }

    #[test]
    fn faults_of_templates_have_places(
        rules in prop::collection::vec(prop::sample::select(&RULES), 1..5),
        lengths in prop::collection::vec(1usize..300, 5),
        seed in 0usize..1000,
    ) {
        let texts: Vec<String> =
            lengths.iter().zip(seed..).map(|(length, seed)| text(*length, seed)).collect();
        let data = json!({ "texts": texts });
        let bytes = data.to_string();
        let markup = template(&rules);
        let files = Files::memory([("template.hbs".to_owned(), markup.clone().into())]);
        let design = Engine::new().load_files("page", files).unwrap().value;
        let document = match design.compose(&data) {
            Ok(document) => document.value,
            Err(Error::Invalid(all)) => panic!("{all:?}"),
            Err(other) => panic!("{other}"),
        };
        let origin = Origin::new(bytes.as_bytes(), "data.json", Format::Json);
        let lost = unplaced(faults(&document), &origin, &texts);
        prop_assert!(lost.is_empty(), "{markup}{}", lost.join("\n"));
    }

    #[test]
    fn nothing_is_said_of_documents_that_are_right(
        design in prop::sample::select(designs()),
        seed in 0usize..1000,
        signatures in 1usize..3,
    ) {
        let certificate = design.starts_with("certificate");
        let data = if certificate { sane_certificate } else { sane_document };
        let data = data(seed, signatures);
        // The document's own kind has another design than that of orders.
        let design = if certificate { design } else { "final-document" };
        let said = said(design, &data);
        prop_assert!(said.is_empty(), "{design}: {data:#}\n{said:?}");
    }
}
