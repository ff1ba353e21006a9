//! Relationships: what a part refers to (ECMA-376 Part 2, 9.3).

use std::fmt;

use super::words::{PACKAGE, R};
use super::xml::{AttributeValue, El, Str};

/// What a part refers to another one by; it holds within that part only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelationId {
    /// The place among the relationships of its part, from 1.
    Number(usize),
    /// That of a part which each document has: such ids cannot meet those with numbers, which
    /// pictures, links and headers get.
    Named(&'static str),
}

impl fmt::Display for RelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "rId{number}"),
            Self::Named(name) => write!(f, "rId{name}"),
        }
    }
}

impl AttributeValue for RelationId {
    fn text(self) -> Str {
        Str::new(&self.to_string())
    }
}

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) id: RelationId,
    pub(crate) kind: String,
    pub(crate) target: String,
    /// An address outside of the package.
    pub(crate) external: bool,
}

impl Relation {
    /// To a part in the package, of a kind that office documents have: `styles`, `image`.
    pub(crate) fn own(id: RelationId, kind: &str, target: impl Into<String>) -> Self {
        Self { id, kind: format!("{R}/{kind}"), target: target.into(), external: false }
    }

    fn element(&self) -> El {
        let el = El::new("Relationship")
            .with("Id", self.id)
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
