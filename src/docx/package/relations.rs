//! Relationships: what a part refers to (ECMA-376 Part 2, 9.3).

use super::words::{PACKAGE, R};
use super::xml::El;

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
    /// An address outside of the package.
    pub(crate) external: bool,
}

impl Relation {
    /// To a part in the package, of a kind that office documents have: `styles`, `image`.
    pub(crate) fn own(id: impl Into<String>, kind: &str, target: impl Into<String>) -> Self {
        Self { id: id.into(), kind: format!("{R}/{kind}"), target: target.into(), external: false }
    }

    fn element(&self) -> El {
        let el = El::new("Relationship")
            .with("Id", &self.id)
            .with("Type", &self.kind)
            .with("Target", &self.target);
        // Internal is the default (ECMA-376 Part 2, 9.3), and Word writes nothing for it.
        if self.external { el.with("TargetMode", "External") } else { el }
    }
}

/// The part of a part's relationships.
pub(super) fn relationships(all: &[Relation]) -> El {
    El::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .children(all.iter().map(Relation::element))
}
