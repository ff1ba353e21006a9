//! Every value against every kind of box: what the PDF draws, and the DOCX neither has nor tells,
//! fails.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Made, Wanted, made, rule, values};

/// A name, a selector with what makes it that kind, and the markup: parted by empty lines.
const KINDS: &str = include_str!("kinds.html");
/// What need not be in a DOCX, each with its reason.
const EXCEPTIONS: &str = include_str!("exceptions.txt");
const BASE: &str = "@page { size: A5; margin: 15mm } td, th { border: 0.5pt solid #000 } \
    p { margin: 0 }";
/// A second box beside a margin box.
const SHARED: &str = "@page { @top-right { content: \"Рядом\" } }";
const MARGIN_BOX: &str = "@page { @top-center { content: \"Колонтитул\" } }";

struct Kind {
    name: &'static str,
    selector: &'static str,
    /// What makes it that kind.
    css: String,
    page: String,
}

fn kinds() -> Vec<Kind> {
    let kind = |text: &'static str| {
        let (head, markup) = text.trim().split_once('\n').unwrap();
        let (name, rest) = head.split_once(' ').unwrap();
        let selector = rest.split_once(" {").map_or(rest, |(selector, _)| selector);
        let mut css = if rest.contains('{') { format!("{BASE} {rest}") } else { BASE.to_owned() };
        if selector.starts_with('@') {
            css.push_str(MARGIN_BOX);
        }
        if name.starts_with("shared") {
            css.push_str(SHARED);
        }
        let page = format!(
            "<html lang=\"ru\"><head><title>К</title><link rel=\"stylesheet\" \
             href=\"style.css\"/></head><body>\n{markup}\n<p>Конец.</p></body></html>"
        );
        Kind { name, selector, css, page }
    };
    KINDS.split("\n\n").map(kind).collect()
}

/// Values that make another kind of box, or are of the page and the document.
fn is_of_its_own(property: &str, value: &str) -> bool {
    let own = [
        "display",
        "float",
        "content",
        "string-set",
        "page",
        "size",
        "bleed",
        "marks",
        "-itog-pages",
        "-itog-zoom",
    ];
    own.contains(&property) || (property == "position" && value != "relative")
}

/// What is lost of a kind of box.
fn lost(kind: &Kind) -> String {
    let document = |css: &str, wanted| made(&kind.page, &format!("{}\n{css}", kind.css), wanted);
    let plain = document("", Wanted::Docx);
    let mut bases: BTreeMap<String, [Option<Made>; 2]> = BTreeMap::new();
    let mut lost = String::new();
    for row in values() {
        // Rules that a value needs are about the boxes of the other test's page.
        if row.needs.contains('{') || row.selector.starts_with('@') {
            continue;
        }
        let base = rule(kind.selector, row.needs);
        let known = bases.entry(base.clone()).or_default();
        for value in row.values.split(';').map(str::trim) {
            if is_of_its_own(row.property, value) || excepted(row.property, kind.name, value) {
                continue;
            }
            let given = rule(kind.selector, &format!("{}: {value}", row.property));
            let css = format!("{base}\n{given}");
            let before = known[0].get_or_insert_with(|| document(&base, Wanted::Docx));
            let after = document(&css, Wanted::Docx);
            // What is told of the rules that a value needs is told of the value, too; and a value
            // that takes back what is told has nothing to lose.
            let told = after.told[1].difference(&plain.told[1]).next().is_some()
                || after.told[1] != before.told[1];
            if told || after.files[1] != before.files[1] {
                continue;
            }
            let before = known[1].get_or_insert_with(|| document(&base, Wanted::Pdf));
            if document(&css, Wanted::Pdf).files[0] != before.files[0] {
                writeln!(lost, "{} | {} | {} | {value}", row.property, kind.name, row.needs)
                    .unwrap();
            }
        }
    }
    lost
}

/// Whether a DOCX may do without a value.
fn excepted(property: &str, kind: &str, value: &str) -> bool {
    let lines = EXCEPTIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.into_iter().any(|line| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [properties, kinds, values, _] = parts[..] else { panic!("{line}") };
        let among =
            |list: &str, one: &str| list == "*" || list.split(';').any(|known| known.trim() == one);
        among(properties, property) && among(kinds, kind) && among(values, value)
    })
}

#[test]
fn what_a_pdf_draws_of_any_box_is_in_the_docx_or_told() {
    let kinds = kinds();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut lost = String::new();
        while let Some(kind) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
            lost += &self::lost(kind);
        }
        lost
    };
    let lost: String = std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(lost.is_empty(), "drawn in the PDF, and neither in the DOCX nor told:\n{lost}");
}
