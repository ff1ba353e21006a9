//! The data model, by files: what is read, what templates see, and what the user is told.

#![cfg(all(feature = "yaml", feature = "toml"))]

mod properties;

use std::fs;
use std::path::Path;

use itog::diag::{Error, Warned};
use itog::model::{self, Certificate, Common, Document, Format, Limits};
use serde_json::{Value, json};

fn read(path: &Path) -> Result<Warned<Document>, Error> {
    let name = path.file_name().unwrap().to_str().unwrap();
    model::read(&fs::read(path).unwrap(), name, Format::from_path(path).unwrap())
}

/// What templates see of a file, after its warnings; what is not there is left out, to be read
/// easily.
fn shape(path: &Path) -> String {
    let Warned { value, warnings } =
        read(path).unwrap_or_else(|error| panic!("{}:\n{error}", path.display()));
    let warnings: String = warnings.iter().map(|warning| format!("{warning}\n")).collect();
    let mut value = serde_json::to_value(&value).unwrap();
    strip(&mut value);
    format!("{warnings}{}", serde_json::to_string_pretty(&value).unwrap())
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(map) => {
            map.values_mut().for_each(strip);
            map.retain(|key, value| {
                !(value.is_null()
                    || value == &json!([])
                    || value == &json!({})
                    || (key == "decline" && value == true))
            });
        }
        _ => {}
    }
}

fn snapshots() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}

#[test]
fn examples() {
    let _guard = snapshots();
    insta::glob!("../../examples/data", "*.yaml", |path| {
        if path.file_stem().is_some_and(|stem| stem != "common") {
            insta::assert_snapshot!(shape(path));
        }
    });
}

#[test]
fn valid() {
    let _guard = snapshots();
    insta::glob!("valid/*", |path| insta::assert_snapshot!(shape(path)));
}

#[test]
fn errors() {
    let _guard = snapshots();
    insta::glob!("errors/*", |path| {
        insta::assert_snapshot!(read(path).expect_err(&path.display().to_string()));
    });
}

/// YAML that is legal and very likely not meant, and what no parser takes: the question or the
/// remedy. Of what is meant nothing is said.
#[test]
fn doubts() {
    let _guard = snapshots();
    insta::glob!("doubts/*", |path| {
        let faults = match read(path) {
            Ok(warned) => warned.warnings,
            Err(error) => error.diagnostics().to_vec(),
        };
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let said = said.join("\n");
        let meant = path.to_str().is_some_and(|name| name.contains("-meant"));
        assert_eq!(said.is_empty(), meant, "{}: {said}", path.display());
        insta::assert_snapshot!(said);
    });
}

/// Of data that no sane file holds: refused, at once, without a crash.
#[test]
fn hostile() {
    let deep = |open: &str| open.repeat(200_000);
    let cases = [
        ("yaml", deep("["), "limit-data-depth"),
        ("yaml", deep("{a: "), "limit-data-depth"),
        ("yaml", deep("- "), "limit-data-depth"),
        ("json", deep("["), "limit-data-depth"),
        ("json", deep("{\"a\":"), "limit-data-depth"),
        ("toml", format!("a = {}", deep("[")), "limit-data-depth"),
        ("toml", format!("{}a = 1", deep("a.")), "limit-data-depth"),
        ("toml", format!("[{}a]", deep("a.")), "limit-data-depth"),
        ("json", format!("[{}1]", "1,".repeat(600_000)), "limit-data-values"),
        ("yaml", "- 1\n".repeat(600_000), "limit-data-values"),
        ("toml", format!("a = [{}1]", "1,".repeat(600_000)), "limit-data-values"),
        (
            "yaml",
            format!("a: &a \"{}\"\nb: [{}1]", "x".repeat(1_000_000), "*a,".repeat(100)),
            "limit-data-bytes",
        ),
        ("yaml", " ".repeat((16 << 20) + 1), "limit-data-bytes"),
        ("yaml", " ".repeat(1000), "empty"),
        ("json", String::new(), "empty"),
        ("toml", String::new(), "empty"),
    ];
    for (extension, text, code) in cases {
        let name = format!("hostile.{extension}");
        let error =
            model::read(text.as_bytes(), &name, Format::from_path(Path::new(&name)).unwrap())
                .unwrap_err();
        let codes: Vec<_> = error.diagnostics().iter().map(|fault| fault.code()).collect();
        assert_eq!(codes, [code], "{extension}: {:.40}", text);
    }
}

/// However many faults there are, the first hundred are told, and that there are more.
#[test]
fn faults_are_counted() {
    let text = format!(
        "kind: Протокол\nrecommendations: [Одна.]\n{}",
        (0..5000).map(|i| format!("k{i}: 1\n")).collect::<String>()
    );
    let error = model::read(text.as_bytes(), "many.yaml", Format::Yaml).unwrap_err();
    assert_eq!(error.diagnostics().len(), Limits::default().data_faults + 1);
    assert_eq!(error.diagnostics().last().unwrap().code(), "too-many-faults");
}

/// Data that come from no file are read by the same rules; the path alone tells the place.
#[test]
fn embedded() {
    let value = json!({
        "kind": "Резолюция",
        "number": 7,
        "recommendations": [{ "text": "Первая.", "due": "2014-02-30" }],
    });
    let error = serde_json::from_value::<Document>(value).unwrap_err().to_string();
    assert!(
        error.contains(
            "there is no day 30 in month 2 of 2014\n  = in the data: recommendations[0].due"
        ),
        "{error}"
    );
}

/// The rows of a table, each with what all of them share.
#[test]
fn rows() {
    let common =
        Common::read(&fs::read("examples/data/common.yaml").unwrap(), "common.yaml", Format::Yaml)
            .unwrap()
            .value;
    let merged =
        |row: &[(&str, &str)]| match Certificate::merge_common(&common, row.iter().copied()) {
            Ok(warned) => {
                let mut value = serde_json::to_value(&warned.value).unwrap();
                strip(&mut value);
                serde_json::to_string_pretty(&value).unwrap()
            }
            Err(error) => error.to_string(),
        };
    let _guard = snapshots();
    insta::assert_snapshot!(
        "rows@common",
        merged(&[
            ("number", "001"),
            ("name", "Ким Виктория"),
            ("gender", "f"),
            ("post", ""),
            ("for", "помощь")
        ])
    );
    insta::assert_snapshot!(
        "rows@russian",
        merged(&[
            ("№", " 002 "),
            ("Фамилия", "Гусейнов"),
            ("Имя", "Рашид"),
            ("Отчество", "Ахмед оглы"),
            ("Пол", "Муж."),
            ("Вид", "Диплом"),
            ("Город", "Яя")
        ])
    );
    insta::assert_snapshot!(
        "rows@faults",
        merged(&[
            ("ФИО", ""),
            ("Пол", "?"),
            ("Дата", "30.02.2014"),
            ("Номер", "1"),
            ("№", "2"),
            ("Формула", "thank"),
            ("Город", "\u{1}")
        ])
    );
}
