//! What of CSS is supported, as a document.
//!
//! Made of the table of properties, so that it promises nothing that is not read.

use std::fmt::Write;

use super::property::{GROUPS, Property, ValueSyntax};

/// The text of `docs/css-supported.md`, made from the table of properties.
pub fn supported() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (group, rows) in GROUPS {
        let _ = write!(
            text,
            "\n## {group}\n\n| property | values | inherited | PDF | DOCX |\n\
             |---|---|---|---|---|\n"
        );
        for property in rows {
            row(&mut text, property);
        }
    }
    text.push_str(BROWSERS);
    text
}

fn row(text: &mut String, property: &Property) {
    if let ValueSyntax::Alias(of) = property.kind {
        let _ = writeln!(text, "| `{}` | another name of `{of}` | | | |", property.name);
        return;
    }
    let made = |note: &'static str| if note.is_empty() { "yes" } else { note };
    let _ = writeln!(
        text,
        "| `{}` | {} | {} | {} | {} |",
        property.name,
        property.syntax.replace('|', "\\|").replace('<', "&lt;").replace('>', "&gt;"),
        if property.inherited { "yes" } else { "" },
        made(property.pdf),
        made(property.docx),
    );
}

const BROWSERS: &str = include_str!("support/browsers.md");
const INTRODUCTION: &str = include_str!("support/introduction.md");
