//! Stylesheets and the cascade: an element tree and CSS in, computed values out.

mod cascade;
mod color;
mod declaration;
mod fault;
mod font_face;
mod grid;
mod hints;
mod index;
mod inline;
mod media;
mod page;
mod paint;
mod parse;
mod property;
mod selector;
mod sheet;
mod style_cache;
mod support;
mod target;
#[cfg(test)]
mod tests;
mod units;
pub mod values;
mod variables;

use std::ops::RangeInclusive;
use std::sync::Arc;

pub use cascade::cascade;
pub use grid::*;
pub use page::PageRules;
pub use paint::*;
pub use sheet::Stylesheet;
pub use style_cache::StyleCache;
pub use support::supported;
pub use values::*;

/// The computed values of a whole tree: one entry per node of the [`Tree`](crate::markup::Tree),
/// and the page rules.
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
    /// Its custom properties.
    variables: Arc<variables::Variables>,
}

impl NodeStyle {
    /// A text with each `var()` in it replaced, such as that of an inline SVG picture; and the
    /// names of those that have no value.
    pub fn substitute(&self, text: &str) -> (String, Vec<String>) {
        variables::substitute_all(text, &self.variables)
    }
}

/// An `@font-face` rule: a family name for a face that lies beside the template.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFace {
    /// `font-family`.
    pub family: Arc<str>,
    /// The addresses of `src`, relative to the template's folder, the first that can be used to be
    /// taken.
    pub urls: Arc<[Arc<str>]>,
    /// `font-weight`, if given: the lightest and the heaviest.
    pub weights: Option<(u16, u16)>,
    /// `font-style`, if given.
    pub style: Option<FontStyle>,
    /// `font-stretch`, if given, in thousandths of the normal width.
    pub stretch: Option<u16>,
    /// `unicode-range`: first and last characters; empty for all that the file has.
    pub ranges: Arc<[RangeInclusive<u32>]>,
    /// Where it was declared.
    pub span: Option<crate::diag::Span>,
}
