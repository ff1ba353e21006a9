//! The data model, by files: what is read, what templates see, and what the user is told.

use std::fs;
use std::path::Path;

use itog::diag::{Error, Warned};
use itog::model::{self, Document, Format};

fn read(path: &Path) -> Result<Warned<Document>, Error> {
    let name = path.file_name().unwrap().to_str().unwrap();
    model::read(&fs::read(path).unwrap(), name, Format::from_path(path).unwrap())
}

/// What templates see of a file, after its warnings.
fn shape(path: &Path) -> String {
    let Warned { value, warnings } = read(path).unwrap_or_else(|error| panic!("{}:\n{error}", path.display()));
    let warnings: String = warnings.iter().map(|warning| format!("{warning}\n")).collect();
    format!("{warnings}{}", serde_json::to_string_pretty(&value).unwrap())
}

fn snapshots() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("model/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}

#[test]
fn examples() {
    let _guard = snapshots();
    insta::glob!("../examples/data", "[!c]*.yaml", |path| insta::assert_snapshot!(shape(path)));
    insta::glob!("../examples/data", "certificate.yaml", |path| insta::assert_snapshot!(shape(path)));
}

#[test]
fn valid() {
    let _guard = snapshots();
    insta::glob!("model/valid/*", |path| insta::assert_snapshot!(shape(path)));
}

#[test]
fn errors() {
    let _guard = snapshots();
    insta::glob!("model/errors/*", |path| {
        insta::assert_snapshot!(read(path).expect_err(&path.display().to_string()));
    });
}
