//! Documents made in Word as markup and a stylesheet: cases in `tests/word/markup.txt`, what they
//! become in a snapshot.

#![cfg(feature = "bundled-fonts")]

#[path = "word/blanks.rs"]
#[allow(dead_code)]
mod blanks;

use std::fmt::Write as _;

use blanks::Blank;
use itog::Engine;
use itog::diag::Language;

/// What all stylesheets have says nothing of a document.
fn own(rule: &str) -> bool {
    let shared = ["body", "p, h1", "a {", "table", "tr {", "td", "div,", ".footnote", ".page-"];
    !shared.iter().any(|start| rule.starts_with(start))
}

#[test]
fn documents_become_markup() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/word/markup.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let mut told = String::new();
    for case in text.split("\n\n") {
        let (name, blank) = case.trim_matches('\n').split_once('\n').unwrap();
        let docx = Blank::read(&format!("{blank}\n")).docx();
        let made = match Engine::new().word_to_template(&docx, "бланк") {
            Ok(made) => made,
            Err(error) => {
                let _ = writeln!(told, "{name}\n{error}\n");
                continue;
            }
        };
        let file =
            |name: &str| String::from_utf8(made.value.read(name).unwrap().into_owned()).unwrap();
        let markup = file("template.hbs");
        let body = markup.split("<body>\n").nth(1).unwrap();
        let _ = writeln!(told, "{name}\n{}", body.trim_end_matches("</body>\n</html>\n"));
        for rule in file("style.css").lines().filter(|line| own(line) && !line.is_empty()) {
            let _ = writeln!(told, "  {rule}");
        }
        for warning in &made.warnings {
            let _ = writeln!(told, "  ! {}", warning.in_language(Language::Russian));
        }
        told.push('\n');
    }
    insta::assert_snapshot!(told);
}
