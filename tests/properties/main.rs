//! The table of properties held against both writers: a property that is given, and neither drawn
//! nor told, fails.

#![cfg(all(feature = "bundled-fonts", feature = "svg"))]

mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use itog::diag::Diagnostic;
use itog::internals::{docx, style};
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

/// Which file a document is to become.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Both,
    Pdf,
    Docx,
}

fn made(page: &str, css: &str, wanted: Wanted) -> Made {
    let files = [
        ("template.hbs".to_owned(), page.into()),
        ("style.css".to_owned(), css.into()),
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
    let composed = composed.value;
    // Without tags, which would hide what is not drawn behind what is said of it.
    let pdf = || composed.to_pdf(&PdfOptions::default().with_standard(Standard::None));
    let docx = || composed.to_docx(&DocxOptions::default());
    let results = [(wanted != Wanted::Docx).then(pdf), (wanted != Wanted::Pdf).then(docx)];
    for (at, result) in results.into_iter().enumerate() {
        made.told[at].extend(common.iter().cloned());
        match result {
            Some(Ok(file)) => {
                made.told[at].extend(said(&file.warnings));
                made.files[at] = file.value;
            }
            Some(Err(error)) => made.told[at].extend(said(error.diagnostics())),
            None => {}
        }
    }
    made
}

/// A line of `values.txt`.
struct Row {
    property: &'static str,
    selector: &'static str,
    needs: &'static str,
    values: &'static str,
}

fn values() -> impl Iterator<Item = Row> {
    VALUES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [property, selector, needs, values] = parts[..] else { panic!("{line}") };
        Row { property, selector, needs, values }
    })
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
fn document_of_supported_css_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/css-supported.md");
    let text = style::supported() + &docx::documented();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap_or_default() == text,
        "docs/css-supported.md is out of date: run the tests with UPDATE_DOCS=1"
    );
}

#[test]
fn what_is_given_is_drawn_or_told() {
    let made = |css: &str| made(PAGE, &format!("{BASE}\n{css}"), Wanted::Both);
    let (table, plain) = (table(), made(""));
    let mut bases: BTreeMap<String, Made> = BTreeMap::new();
    let (mut lost, mut tried) = (String::new(), BTreeSet::new());
    for Row { property, selector, needs, values } in values() {
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
