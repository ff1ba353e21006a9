//! The fixed words of a template, one table for each language: `words-ru.json`, `words-en.json`.
//! `{{word "theme"}}` is the word in the language of the document, which the data have in `lang`.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Sink, say};
use crate::files::Files;

/// The words of a language by their keys.
pub(super) type WordTable = BTreeMap<String, String>;
/// The tables by language.
pub(super) type Tables = BTreeMap<String, WordTable>;

/// The tables that lie beside a template, over those that the engine has.
pub(super) fn read(files: &Files, mut tables: Tables, sink: &mut Sink) -> Tables {
    for name in files.names() {
        let Some(lang) = name.strip_prefix("words-").and_then(|n| n.strip_suffix(".json")) else {
            continue;
        };
        let read = files.bytes(&name).and_then(|bytes| {
            serde_json::from_slice::<WordTable>(&bytes).map_err(|error| {
                let message = say!("{file}: {error}", file = files.display_name(&name), error);
                Diagnostic::error("template-words", message)
                    .hint(say!("a table of words is one JSON object of texts"))
            })
        });
        match read {
            Ok(table) => tables.entry(lang.to_owned()).or_default().extend(table),
            Err(fault) => sink.push(fault),
        }
    }
    tables
}
