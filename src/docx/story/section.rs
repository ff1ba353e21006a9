//! Sections: where other pages or columns begin.
//!
//! Plain values: a story has its sections, an area the columns that hold in it.

use std::sync::Arc;

/// Columns of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextColumns {
    pub(crate) count: u32,
    pub(crate) gap: f64,
    /// Whether a line stands between them.
    pub(crate) rule: bool,
}

/// Where a section begins and what its pages are.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocxSection {
    /// The number of its first block.
    pub(crate) at: usize,
    pub(crate) page: Option<Arc<str>>,
    pub(crate) columns: Option<TextColumns>,
    /// It goes on below the section before, on the same page.
    pub(crate) continuous: bool,
}
