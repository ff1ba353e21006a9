//! Documents as people type them: every number as it is printed and as Word counts it, and all that
//! each document says.
//!
//! A file begins with what is expected of its numbers, a line `#= LABEL :: beginning of the text`
//! for each; what else is said stands in its snapshot.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "toml", feature = "svg"))]

#[path = "documents/word.rs"]
mod word;

use std::fmt::Write;
use std::path::Path;

use itog::files::Files;
use itog::internals::layout::{Pages, Paint};
use itog::internals::template::builtins;
use itog::model::{self, Document, Format, Origin};
use itog::{Composition, DocxOptions, Engine, Error};
use word::{Paragraph, paragraphs, plain};

/// The document of a file with all that was to be said about it.
fn composed(path: &Path, told: &mut String) -> Result<Composition, Error> {
    let mut warn = |warning: &itog::Diagnostic| {
        let _ = writeln!(told, "warning[{}]: {}", warning.code(), warning.message());
    };
    let data = model::open(path)?.warn_with(&mut warn);
    let design = match &data {
        Document::Certificate(certificate) => {
            certificate.design.template.as_deref().unwrap_or("certificate-classic")
        }
        _ => "final-document",
    };
    let design = Engine::new().load_builtin(design)?.warn_with(&mut warn);
    let document = design.compose(&data)?.warn_with(&mut warn);
    let bytes = std::fs::read(path).expect("the case is there");
    let origin = Origin::new(&bytes, "case.yaml", Format::Yaml);
    document.unprinted(&origin).iter().for_each(warn);
    Ok(document)
}

/// What is printed, line after line, with words that a line end cut made whole.
fn printed(pages: &Pages) -> String {
    let mut text = String::new();
    let mut last = None;
    for (number, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            let Paint::Glyphs { y, run, .. } = &item.paint else { continue };
            if last.replace((number, *y)).is_some_and(|last| last != (number, *y)) {
                // A hyphen that the breaker has put in is U+00AD.
                if !text.ends_with(['\u{ad}', '-']) {
                    text.push(' ');
                }
            }
            text.push_str(&run.text);
        }
    }
    plain(&text)
}

/// The lines `#= LABEL :: text` at the head of a case.
fn expected(case: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = case.lines().filter_map(|line| line.strip_prefix("#="));
    lines.filter_map(|line| line.split_once("::").map(|(label, text)| (label.trim(), text.trim())))
}

fn says(path: &Path) -> String {
    let mut out = String::new();
    let composition = match composed(path, &mut out) {
        Ok(composition) => composition,
        Err(error) => return format!("{out}{error}"),
    };
    let docx = DocxOptions::default().with_embedded_fonts(false);
    let docx = composition.to_docx(&docx).expect("the document is good for Word").value;
    let words = paragraphs(&docx);
    let pages = composition.to_pages().expect("the document is good for print").value;
    let printed = printed(&pages);
    let case = std::fs::read_to_string(path).expect("the case is there");
    for (label, text) in expected(&case) {
        let found = words.iter().filter(|p| p.text.starts_with(text));
        let labels: Vec<&str> = found.map(|p| p.label.as_str()).collect();
        // Where custom knows several labels, any of them will do.
        let right = |found: &&str| label.split('|').any(|one| one.trim() == *found);
        assert!(
            labels.iter().any(right),
            "{path:?}: Word has {labels:?} before «{text}», not {label}"
        );
    }
    for Paragraph { label, text } in &words {
        // Words of a narrow line may be parted by drawings and tables, so the beginning is enough.
        let beginning: String = text.chars().take(20).collect();
        let labelled = format!("{label} {beginning}");
        let labelled = labelled.trim();
        assert!(printed.contains(labelled), "{path:?}: Word has «{labelled}», print does not");
        let _ = writeln!(out, "{}", format!("{label} {text}").trim());
    }
    out
}

fn check(path: &Path) {
    insta::with_settings!({
        omit_expression => true,
        prepend_module_to_snapshot => false,
        snapshot_path => "documents/snapshots",
    }, {
        insta::assert_snapshot!("says", says(path));
    });
}

#[test]
fn documents_are_numbered_and_say_what_they_should() {
    insta::glob!("documents/*.yaml", check);
}

#[test]
fn numbers_are_those_of_the_lists_at_the_head() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/numbered");
    let cases = std::fs::read_dir(folder).expect("the cases are there");
    for case in cases.filter_map(Result::ok) {
        let text = std::fs::read_to_string(case.path()).expect("a case is text");
        assert!(expected(&text).count() > 0, "{:?} expects nothing", case.path());
        says(&case.path());
    }
}

#[test]
fn a_third_language_is_one_file_more() {
    let builtin = builtins().iter().find(|builtin| builtin.name == "final-document");
    let files = &builtin.expect("the template is there").files;
    let names = files.names().into_iter().filter(|name| name != "sample.yaml");
    let copied =
        names.map(|name| (name.clone(), files.read(&name).expect("it is read").into_owned()));
    let words = r#"{"agenda": "Tagesordnung", "heard": "GEHÖRT:", "decided": "BESCHLOSSEN",
        "voted": "ABSTIMMUNG:", "unanimously": "einstimmig"}"#;
    let german = ("words-de.json".to_owned(), words.as_bytes().to_vec());
    let design = Engine::new().load_files("final-document", Files::memory(copied.chain([german])));
    let design = design.expect("the template is good").value;
    let data = "kind: Protokoll\nlang: de\nagenda:\n- {title: Bericht, \
        heard: Der Leiter berichtete, decided: [Annehmen, Drucken], vote: {unanimous: true}}\n";
    let data = model::read(data.as_bytes(), "de.yaml", Format::Yaml).expect("the data are good");
    let composition = design.compose(&data.value).expect("the words are found").value;
    let said = printed(&composition.to_pages().expect("it is printed").value);
    assert_eq!(
        said,
        "PROTOKOLL TAGESORDNUNG 1. Bericht 1. Bericht GEHÖRT: Der Leiter berichtete. BESCHLOSSEN: \
        1.1. Annehmen. 1.2. Drucken. ABSTIMMUNG: einstimmig."
    );
}
