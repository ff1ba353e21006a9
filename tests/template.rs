//! Template cases: `tests/template/*.txt`, each with its data and the markup or the faults that it gives, as a user sees them.
//!
//! A case is a file with `---` lines: data as JSON, then `template.hbs`, then further files, each after `--- NAME`.

use itog::diag::Diagnostic;
use itog::files::Files;
use itog::template::Template;

/// The files of a case by name.
fn files(text: &str) -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<(&'static str, &'static [u8])> = Vec::new();
    let text: &'static str = text.to_owned().leak();
    let mut name = "data.json";
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("--- ") {
            files.push((name, text[start..at].as_bytes()));
            name = next.trim_end();
            start = at + line.len();
        }
        at += line.len();
    }
    files.push((name, text[start..].as_bytes()));
    files
}

fn outcome(text: &str) -> String {
    let mut files = files(text);
    let (_, data) = files.remove(0);
    let data: serde_json::Value = serde_json::from_slice(data).expect("a case begins with data as JSON");
    let show = |faults: &[Diagnostic]| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>();
    let template = match Template::load("case", Files::bundled(files.leak())) {
        Ok(template) => template.value,
        Err(error) => return show(error.diagnostics()),
    };
    match template.render(&data) {
        Ok(rendered) => format!("{}{}", show(&rendered.warnings), unmarked(&rendered.markup)),
        Err(error) => show(error.diagnostics()),
    }
}

/// The markup without the marks, which have a test of their own.
fn unmarked(markup: &str) -> String {
    let mut out = String::new();
    for (i, piece) in markup.split(" data-itog-at=\"").enumerate() {
        out.push_str(if i == 0 { piece } else { piece.split_once('"').map_or("", |(_, rest)| rest) });
    }
    out
}

#[test]
fn cases() {
    insta::glob!("template/*.txt", |path| {
        let text = std::fs::read_to_string(path).expect("a case is readable");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "template" }, {
            insta::assert_snapshot!(outcome(&text));
        });
    });
}
