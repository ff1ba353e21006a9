//! The fixed words of a template, one table for each language: `words-ru.json`, `words-en.json`.
//! `{{word "theme"}}` is the word in the language of the document, which the data have in `lang`.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Sink, say};
use crate::files::Files;

/// The words of a language by their keys.
pub(super) type WordTable = BTreeMap<String, String>;
/// The tables by language.
pub(super) type Tables = BTreeMap<String, WordTable>;

/// Reads all tables beside a template.
pub(super) fn read(files: &Files, sink: &mut Sink) -> Tables {
    let mut tables = Tables::new();
    for name in files.names() {
        let Some(lang) = name.strip_prefix("words-").and_then(|n| n.strip_suffix(".json")) else {
            continue;
        };
        let read = files.read(&name).and_then(|bytes| {
            serde_json::from_slice::<WordTable>(&bytes).map_err(|error| {
                let message = say!("{file}: {error}", file = files.display_name(&name), error);
                Diagnostic::error("template-words", message)
                    .hint(say!("a table of words is one JSON object of texts"))
            })
        });
        match read {
            Ok(table) => drop(tables.insert(lang.to_owned(), table)),
            Err(fault) => sink.push(fault),
        }
    }
    tables
}
