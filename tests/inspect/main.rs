//! A look at finished pages, by files: a page that is well says nothing, every other says which
//! words are not to be read, where and what to do.

#![cfg(all(feature = "bundled-fonts", feature = "yaml"))]

mod random;

use std::fs;
use std::path::Path;

use itog::diag::{Diagnostic, Severity};
use itog::{Check, DocxOptions, Engine, Files};

/// The faults of a template's page that are about what can be read.
fn faults(markup: &str, allowed: &[Check]) -> Vec<Diagnostic> {
    let files = Files::memory([("template.hbs".to_owned(), markup.into())]);
    let design = Engine::new().load_files("page", files).unwrap().value;
    let design = design.allowing(allowed.iter().copied());
    let document = design.compose(&serde_json::json!({ "who": "Егорова" })).unwrap().value;
    let all = match document.to_pages() {
        Ok(warned) => warned.warnings,
        Err(error) => error.diagnostics().to_vec(),
    };
    all.into_iter().filter(|d| Check::ALL.iter().any(|check| check.code() == d.code())).collect()
}

#[test]
fn cases() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _guard = settings.bind_to_scope();
    insta::glob!("cases/*.html", |path| {
        let markup = fs::read_to_string(path).unwrap();
        let said: Vec<String> = faults(&markup, &[]).iter().map(ToString::to_string).collect();
        let well = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("well"));
        assert_eq!(said.is_empty(), well, "{}: {said:?}", path.display());
        if !well {
            insta::assert_snapshot!(said.join("\n"));
        }
    });
}

/// Who asks for the DOCX alone is told the same, and gets no file; who has had the pages is not
/// told twice.
#[test]
fn docx_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspect/cases/beside.html");
    let files =
        Files::memory([("template.hbs".to_owned(), fs::read_to_string(path).unwrap().into())]);
    let design = Engine::new().load_files("page", files).unwrap().value;
    let codes = |all: &[Diagnostic]| -> Vec<String> {
        all.iter().map(|d| d.code().to_owned()).filter(|code| code.starts_with("text-")).collect()
    };
    let data = serde_json::json!({ "who": "Егорова" });
    let document = design.compose(&data).unwrap().value;
    let refused = document.to_docx(&DocxOptions::default()).unwrap_err();
    assert_eq!(codes(refused.diagnostics()), ["text-off-page"; 2]);

    let document = design.allowing([Check::OffPage]).compose(&data).unwrap().value;
    let alone = document.to_docx(&DocxOptions::default()).unwrap();
    assert_eq!(codes(&alone.warnings), ["text-off-page"; 2]);
    let again = document.to_docx(&DocxOptions::default()).unwrap();
    assert_eq!(codes(&again.warnings), [""; 0]);
    assert!(again.value == alone.value);
}

/// What is allowed is still told, and stops nothing.
#[test]
fn allowed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inspect/cases/beside.html");
    let markup = fs::read_to_string(path).unwrap();
    let severities = |allowed: &[Check]| -> Vec<Severity> {
        faults(&markup, allowed).iter().map(Diagnostic::severity).collect()
    };
    assert_eq!(severities(&[]), [Severity::Error; 2]);
    assert_eq!(severities(&[Check::OffPage]), [Severity::Warning; 2]);
    assert_eq!(severities(&[Check::Overlap]), [Severity::Error; 2]);
}
