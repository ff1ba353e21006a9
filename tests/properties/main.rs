//! The table of properties held against both writers: a property that is given, and neither drawn
//! nor told, fails.

#![cfg(all(feature = "bundled-fonts", feature = "svg"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use itog::diag::Diagnostic;
use itog::internals::style;
use itog::{Check, DocxOptions, Engine, Files, PdfOptions, Standard};

const PAGE: &str = include_str!("page.html");
const PICTURE: &str = include_str!("a.svg");
const VALUES: &str = include_str!("values.txt");
const BASE: &str = "@page { size: A5; margin: 15mm } body { font-size: 11pt } \
    .narrow { width: 35mm } .abs { left: 60mm; top: 5mm; width: 30mm }";

/// What a document comes to: its PDF, its DOCX, and what is said on the way to each.
#[derive(Default)]
struct Made {
    files: [Vec<u8>; 2],
    told: [BTreeSet<String>; 2],
}

fn made(css: &str) -> Made {
    let files = [
        ("template.hbs".to_owned(), PAGE.into()),
        ("style.css".to_owned(), format!("{BASE}\n{css}").into_bytes()),
        ("a.svg".to_owned(), PICTURE.into()),
    ];
    let said = |faults: &[Diagnostic]| -> Vec<String> {
        faults.iter().map(|fault| format!("{} {}", fault.code(), fault.message())).collect()
    };
    let mut made = Made::default();
    let loaded = Engine::new().load_files("page", Files::memory(files)).unwrap();
    let mut common = said(&loaded.warnings);
    let composed = loaded.value.allowing(Check::ALL).compose(&()).unwrap();
    common.extend(said(&composed.warnings));
    // Without tags, which would hide what is not drawn behind what is said of it.
    let pdf = composed.value.to_pdf(&PdfOptions::default().with_standard(Standard::None));
    let docx = composed.value.to_docx(&DocxOptions::default());
    for (at, result) in [pdf, docx].into_iter().enumerate() {
        made.told[at].extend(common.iter().cloned());
        match result {
            Ok(file) => {
                made.told[at].extend(said(&file.warnings));
                made.files[at] = file.value;
            }
            Err(error) => made.told[at].extend(said(error.diagnostics())),
        }
    }
    made
}

/// How the table says that a property is about the finest print, or about checks, and a DOCX is
/// well without it.
const OWN: &str = "Word";

/// A rule, whatever it is that the selector names.
fn rule(selector: &str, declarations: &str) -> String {
    match selector.strip_prefix('@') {
        Some("page") => format!("@page {{ {declarations} }}"),
        Some(_) => format!("@page {{ {selector} {{ {declarations} }} }}"),
        None => format!("{selector} {{ {declarations} }}"),
    }
}

/// The rows of `docs/css-supported.md`, which are those of the table: what DOCX makes of each.
fn table() -> BTreeMap<String, String> {
    let text = style::supported();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("| `")?.split(" | ").collect();
        let name = cells.first()?.strip_suffix('`')?;
        let aliased = cells.get(1)?.starts_with("another name of");
        (!aliased).then(|| (name.to_owned(), cells.last().unwrap_or(&"").to_string()))
    });
    rows.collect()
}

#[test]
fn what_is_given_is_drawn_or_told() {
    let (table, plain) = (table(), made(""));
    let mut bases: BTreeMap<String, Made> = BTreeMap::new();
    let (mut lost, mut tried) = (String::new(), BTreeSet::new());
    for line in VALUES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [property, selector, needs, values] = parts[..] else { panic!("{line}") };
        tried.insert(property.to_owned());
        let base = if needs.contains('{') { needs.to_owned() } else { rule(selector, needs) };
        let before = bases.entry(base.clone()).or_insert_with(|| made(&base));
        for value in values.split(';').map(str::trim) {
            let after =
                made(&format!("{base}\n{}", rule(selector, &format!("{property}: {value}"))));
            for (at, format) in ["PDF", "DOCX"].into_iter().enumerate() {
                let drawn = after.files[at] != before.files[at];
                // What is told of the rules that a value needs is told of the value, too.
                let told = after.told[at].difference(&plain.told[at]).next().is_some();
                let own = at == 1 && table.get(property).is_some_and(|docx| docx.starts_with(OWN));
                if !drawn && !told && !own {
                    writeln!(lost, "{format}: {base} {selector} {{ {property}: {value} }}")
                        .unwrap();
                }
            }
        }
    }
    let untried: Vec<&String> = table.keys().filter(|name| !tried.contains(*name)).collect();
    assert!(untried.is_empty(), "no value of these is tried: {untried:?}");
    assert!(lost.is_empty(), "given, and neither drawn nor told:\n{lost}");
}
