//! Styles of tables: lines, ground and the room in cells, so that a table's look is changed in one
//! place and a row that is added looks like the others.

use crate::docx::package::definitions::{StyleDefinition, StyleKind};
use crate::docx::package::xml::El;

/// The style of a table: its place among those of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TableStyleId(pub(super) usize);

/// The style of all tables of one class that look alike.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableStyle {
    class: String,
    pub(super) id: String,
    name: String,
    alias: Option<String>,
    look: Vec<El>,
}

impl TableStyle {
    pub(crate) fn new(
        class: &str,
        id: String,
        name: String,
        alias: Option<String>,
        look: Vec<El>,
    ) -> Self {
        Self { class: class.to_owned(), id, name, alias, look }
    }

    /// Whether it is that of tables of a class that look like that.
    pub(crate) fn is(&self, class: &str, look: &[El]) -> bool {
        self.class == class && self.look == look
    }

    pub(crate) fn define(&self) -> StyleDefinition {
        StyleDefinition {
            id: self.id.clone(),
            name: self.name.clone(),
            alias: self.alias.clone(),
            kind: StyleKind::Table,
            // Word's own place for «Table Grid».
            priority: Some(39),
            table: self.look.clone(),
            ..StyleDefinition::default()
        }
    }
}
