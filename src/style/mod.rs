//! Stylesheets and the cascade: an element tree and CSS in, computed values out.

pub mod values;

use std::sync::Arc;

pub use values::*;

/// The computed values of a whole tree: one entry per node of the [`Tree`](crate::markup::Tree), and the page rules.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    /// By node number. A text node has its parent's entry.
    pub nodes: Vec<NodeStyle>,
    /// What the `@page` rules say.
    pub pages: Arc<PageRules>,
    /// What the `@font-face` rules say.
    pub font_faces: Arc<[FontFace]>,
}

/// The computed values of an element and its pseudo-elements.
#[derive(Debug, Clone, Default)]
pub struct NodeStyle {
    /// The element's own.
    pub own: Arc<Computed>,
    /// `::before`, if it has content.
    pub before: Option<Arc<Computed>>,
    /// `::after`, if it has content.
    pub after: Option<Arc<Computed>>,
    /// `::marker` of a list item.
    pub marker: Option<Arc<Computed>>,
}

/// An `@font-face` rule: a family name for a face that lies beside the template.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFace {
    /// `font-family`.
    pub family: Arc<str>,
    /// `src: url(…)`, relative to the template's folder.
    pub url: Arc<str>,
    /// `font-weight`, if given.
    pub weight: Option<u16>,
    /// `font-style`, if given.
    pub style: Option<FontStyle>,
    /// Where it was declared.
    pub span: Option<crate::diag::Span>,
}

/// What the `@page` rules of all stylesheets say together.
#[derive(Debug, Clone, Default)]
pub struct PageRules {}

impl PageRules {
    /// The page style for a page of that name (the `page` property) and kind.
    pub fn resolve(&self, _name: Option<&str>, _kind: PageKind) -> Arc<PageStyle> {
        Arc::new(PageStyle::default())
    }
}
