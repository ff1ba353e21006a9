//! `schema.json` beside a template: which data it takes, as JSON Schema (2020-12).
//!
//! Understood is what describes data on paper: types, keys, lists, words to choose from, numbers
//! and their bounds, patterns, and schemas put together of others. What is not understood is a
//! fault of the schema, since it would check nothing in silence.
//!
//! Scalars are texts to a template, and cells of a table are nothing else. So a number may stand
//! where a text is asked for, and a text that reads as a number where a number is.

mod audit;
mod check;

use regex_lite::Regex;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, Sink, Source, say};
use crate::files::Files;

/// The file that a schema is looked for in.
const FILE: &str = "schema.json";

/// What a template asks of its data.
pub(super) struct Schema {
    root: Value,
    /// The patterns in it by their texts.
    patterns: BTreeMap<String, Regex>,
}

/// The schema that lies beside a template, if there is one.
pub(super) fn read(files: &Files, sink: &mut Sink) -> Option<Schema> {
    // Asked for by the list, since a file that is missing would be a fault.
    if !files.names().iter().any(|name| name == FILE) {
        return None;
    }
    let text = match super::read_text(files, FILE) {
        Ok(text) => text,
        Err(fault) => {
            sink.push(fault);
            return None;
        }
    };
    let source = Source::new(files.display_name(FILE), text);
    let root = match serde_json::from_str::<Value>(source.text()) {
        Ok(root) => root,
        Err(error) => {
            let at = source.text().lines().take(error.line().saturating_sub(1));
            let start = at.map(|line| line.len() + 1).sum::<usize>();
            let at = (start + error.column().saturating_sub(1)).min(source.text().len());
            let fault = Diagnostic::error("schema", say!("this is not JSON: {error}", error));
            sink.push(fault.at(Place::new(source, at..at)));
            return None;
        }
    };
    let mut found = audit::Audit::new(&root);
    found.schema(&root);
    let (faults, patterns) = found.finish();
    for (fault, keyword) in faults {
        // JSON values know no places: the first mention of the word is the likeliest.
        let at = source.text().find(&format!("\"{keyword}\"")).unwrap_or(0);
        let end = at + if at > 0 { keyword.len() + 2 } else { 0 };
        sink.push(fault.at(Place::new(source.clone(), at..end)));
    }
    Some(Schema { root, patterns })
}

impl Schema {
    /// What of the data is not as it is asked for, each with its path.
    pub(super) fn check(&self, data: &Value) -> Vec<Diagnostic> {
        check::Checking::new(&self.root, &self.patterns).all(data)
    }
}

/// What a reference within the schema means: `#/$defs/person`.
fn target<'s>(root: &'s Value, reference: &str) -> Option<&'s Value> {
    root.pointer(reference.strip_prefix('#')?)
}
