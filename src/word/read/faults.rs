//! What the PDF cannot show, told once for each kind.
//!
//! Filled while a file is read, told when a document is made of it.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Message, say};

/// What of a document is not shown as Word shows it.
#[derive(Debug, Default)]
pub(super) struct Unshown {
    /// How often, and the words around the first one.
    met: BTreeMap<String, (Message, usize, String)>,
}

impl Unshown {
    /// Something of a kind was met in a paragraph that begins with these words.
    pub(super) fn tell(&mut self, what: Message, near: &str) {
        let met = self.met.entry(what.to_string());
        let near = || near.chars().take(60).collect::<String>();
        met.and_modify(|met| met.1 += 1).or_insert_with(|| (what, 1, near()));
    }

    pub(super) fn into_faults(self) -> Vec<Diagnostic> {
        let told = self.met.into_values().map(|(what, count, near)| {
            let message = match near.trim() {
                "" => say!(
                    "the PDF does not show it as Word does: {what} ({count} {count:time|times})",
                    what,
                    count
                ),
                near => say!(
                    "the PDF does not show it as Word does: {what} ({count} {count:time|times}), \
                     first near «{near}»",
                    what,
                    count,
                    near
                ),
            };
            Diagnostic::warning("word-unshown", message)
                .hint(say!("the DOCX has it; look at the PDF before you send it"))
        });
        told.collect()
    }
}
