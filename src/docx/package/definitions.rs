//! What styles and lists are, as plain values: what the registries say and docx-rs writes.
//!
//! Ground floor: the registries above make these values, `builder` beside turns them into parts.

use super::xml::El;

/// A paragraph's, a character's or a table's style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct StyleDefinition {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Second names, parted by commas.
    pub(crate) alias: Option<String>,
    pub(crate) kind: StyleKind,
    /// Its place in Word's gallery.
    pub(crate) priority: Option<usize>,
    /// The style that it is based on, if that is not the default one of its kind.
    pub(crate) base: Option<String>,
    /// The style of what is typed after such a paragraph, if that is another one.
    pub(crate) next: Option<String>,
    pub(crate) paragraph: Vec<El>,
    pub(crate) run: Vec<El>,
    /// What a table has from it: `w:tblPr`, and `w:tblStylePr` for its first row.
    pub(crate) table: Vec<El>,
}

/// What a style is for, and with that, what it is based on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum StyleKind {
    /// `Normal`, on which all paragraphs' styles stand.
    Normal,
    #[default]
    Paragraph,
    Character,
    Table,
}

/// Word's abstract numbering: a list with its levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListDefinition {
    /// Word merges lists of one identity when texts are pasted between documents.
    pub(crate) identity: u32,
    /// All levels from the outermost on; one that has no number is nothing.
    pub(crate) levels: Vec<Option<LevelDefinition>>,
}

/// A level of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LevelDefinition {
    /// Word's number format: `decimal`, `russianLower`, `bullet`.
    pub(crate) format: &'static str,
    /// The level text: `%1.%2.`.
    pub(crate) text: String,
    pub(crate) suffix: LevelSuffix,
    pub(crate) start: i32,
    pub(crate) indent: LevelIndent,
    /// How the number looks.
    pub(crate) run: Vec<El>,
    /// The style whose paragraphs have this level's number.
    pub(crate) style: Option<String>,
}

/// The indents of a level, in twips: of the text, and of its first line from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LevelIndent {
    pub(crate) left: i64,
    pub(crate) first: i64,
}

/// What stands between a number and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LevelSuffix {
    Space,
    Tab,
    Nothing,
}

/// Word's numbering: one count of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListCount {
    /// The list's place among the definitions.
    pub(crate) list: usize,
    /// A level that begins anew, and the number from which it does.
    pub(crate) restart: Option<Restart>,
}

/// Where a count begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Restart {
    pub(crate) level: usize,
    pub(crate) number: i32,
}
