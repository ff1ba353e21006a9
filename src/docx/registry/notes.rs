//! Footnotes: a part of their own, with separators.
//!
//! Stories write their notes into it; `package` takes the finished part.

use crate::docx::package::ExtraPart;
use crate::docx::package::relations::Relation;
use crate::docx::package::xml::El;

/// The notes so far. Notes -1 and 0 are the separators (ECMA-376 Part 1, 17.11.9).
#[derive(Debug, Default)]
pub(crate) struct NoteRegistry {
    notes: Vec<El>,
}

impl NoteRegistry {
    /// The number of a note of that content.
    pub(crate) fn intern(&mut self, content: Vec<El>) -> usize {
        let number = self.notes.len() + 1;
        self.notes.push(El::new("w:footnote").with("w:id", number).children(content));
        number
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The notes, for who looks at all paragraphs.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut El> {
        self.notes.iter_mut()
    }

    /// The part that holds them; nothing without notes.
    pub(crate) fn part(self, relations: Vec<Relation>) -> Option<ExtraPart> {
        if self.is_empty() {
            return None;
        }
        let separator = |id: i32, kind: &'static str, mark: &'static str| {
            let spacing = El::new("w:spacing")
                .with("w:before", 0)
                .with("w:after", 0)
                // 240ths of a line: a single one.
                .with("w:line", 240)
                .with("w:lineRule", "auto");
            let properties =
                // The line above the notes is a paragraph of `Normal`, whose indent and spacing
                // it must not have.
                El::new("w:pPr").child(spacing).child(El::new("w:ind").with("w:firstLine", 0));
            let paragraph =
                El::new("w:p").child(properties).child(El::new("w:r").child(El::new(mark)));
            El::new("w:footnote").with("w:type", kind).with("w:id", id).child(paragraph)
        };
        let root = El::new("w:footnotes")
            // Word's own ids of the two; notes are counted behind them, from 1.
            .child(separator(-1, "separator", "w:separator"))
            .child(separator(0, "continuationSeparator", "w:continuationSeparator"))
            .children(self.notes);
        Some(ExtraPart::word("footnotes.xml".into(), "footnotes", root, relations))
    }
}
