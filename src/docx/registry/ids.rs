//! What must be there once in a whole document: names of bookmarks, numbers of drawings, of
//! bookmarks and of content controls.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::FieldRegistry;
use crate::docx::package::xml::El;

/// Names and numbers that have been given.
#[derive(Debug, Default)]
pub(crate) struct IdRegistry {
    /// The bookmark that an `id` became.
    bookmarks: BTreeMap<String, String>,
    /// Those that have been set. A header may be written several times, a bookmark stands at one
    /// place.
    set: BTreeSet<String>,
    drawings: usize,
    controls: usize,
    /// The fields that controls are bound to, if the document carries its data.
    pub(crate) fields: Option<FieldRegistry>,
}

impl IdRegistry {
    /// The bookmark that an `id` became: Word wants letters, digits and underscores, at most 40
    /// (ECMA-376 Part 1, 17.13.6.2).
    pub(crate) fn bookmark(&mut self, id: &str) -> String {
        let number = self.bookmarks.len() + 1;
        // An `id` may be in Cyrillic or as long as one likes, so the bookmark has a name of its
        // own.
        self.bookmarks.entry(id.to_owned()).or_insert_with(|| format!("itog_{number}")).clone()
    }

    /// The start and end of a bookmark, for links to an `id`; nothing where it stands already.
    pub(crate) fn set_bookmark(&mut self, id: &str) -> Option<[El; 2]> {
        let name = self.bookmark(id);
        // Of bookmarks with one name only the first counts (ECMA-376 Part 1, 17.13.6.2).
        if !self.set.insert(name.clone()) {
            return None;
        }
        let number = self.set.len();
        Some([
            El::new("w:bookmarkStart").with("w:id", number).with("w:name", name),
            El::new("w:bookmarkEnd").with("w:id", number),
        ])
    }

    /// The number of the next drawing.
    pub(crate) fn drawing(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    /// Runs as a content control of that name, which a reader of the file can fill in. `kind` says
    /// what it holds.
    pub(crate) fn control(&mut self, name: &str, kind: Vec<El>, runs: Vec<El>) -> El {
        self.controls += 1;
        let properties = El::new("w:sdtPr")
            .child(El::val("w:alias", name.to_owned()))
            // The alias is for people, the tag for programs that fill the control in.
            .child(El::val("w:tag", name.to_owned()))
            .child(El::val("w:id", self.controls))
            .children(kind);
        El::new("w:sdt").child(properties).child(El::new("w:sdtContent").children(runs))
    }
}
