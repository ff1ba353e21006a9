//! What must be there once in a whole document: names of bookmarks, numbers of drawings, of
//! bookmarks and of content controls.

use std::collections::{BTreeMap, BTreeSet};

use std::fmt;

use super::fields::FieldRegistry;
use crate::docx::package::xml::{AttributeValue, El, Str};

/// The bookmark that an `id` became. Word wants letters, digits and underscores, at most 40
/// (ECMA-376 Part 1, 17.13.6.2), and an `id` may be in Cyrillic or as long as one likes, so
/// bookmarks are named by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BookmarkId(usize);

impl fmt::Display for BookmarkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "itog_{}", self.0)
    }
}

impl AttributeValue for BookmarkId {
    fn text(self) -> Str {
        Str::new(&self.to_string())
    }
}

/// Names and numbers that have been given.
#[derive(Debug, Default)]
pub(crate) struct IdRegistry {
    /// The bookmark that an `id` became.
    bookmarks: BTreeMap<String, BookmarkId>,
    /// Those that have been set. A header may be written several times, a bookmark stands at one
    /// place.
    set: BTreeSet<BookmarkId>,
    drawings: usize,
    controls: usize,
    /// The fields that controls are bound to, if the document carries its data.
    pub(crate) fields: Option<FieldRegistry>,
}

impl IdRegistry {
    /// The bookmark of an `id`, set or still to come: a link may stand before its target.
    pub(crate) fn bookmark(&mut self, id: &str) -> BookmarkId {
        let next = BookmarkId(self.bookmarks.len() + 1);
        *self.bookmarks.entry(id.to_owned()).or_insert(next)
    }

    /// The start and end of a bookmark, for links to an `id`; nothing where it stands already.
    pub(crate) fn set_bookmark(&mut self, id: &str) -> Option<[El; 2]> {
        let bookmark = self.bookmark(id);
        // Of bookmarks with one name only the first counts (ECMA-376 Part 1, 17.13.6.2).
        if !self.set.insert(bookmark) {
            return None;
        }
        let number = self.set.len();
        Some([
            El::new("w:bookmarkStart").with("w:id", number).with("w:name", bookmark),
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
