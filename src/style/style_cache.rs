//! Reuses computed styles for trees of equal shape, which differ in their texts only.
//!
//! A batch goes through it before the cascade, which most records then do without.

use std::sync::Arc;

use super::{Styles, Stylesheet, cascade};
use crate::cache::SmallCache;
use crate::diag::Sink;
use crate::markup::{Node, NodeKind, Tree};

/// Attributes that say something and style nothing, unless a selector asks for them.
const SAYING: [&str; 6] = ["alt", "aria-label", "content", "data", "src", "title"];

/// A tree whose shape takes more bytes is styled anew each time.
const LARGE: usize = 64 * 1024;

/// The styles of the trees before. The certificates of a batch differ in their texts, which no
/// selector sees, so nearly all have the same.
///
/// ```
/// use itog::diag::Sink;
/// use itog::internals::diag::Sources;
/// use itog::internals::{markup, style::StyleCache};
/// use std::sync::Arc;
///
/// let style_cache = StyleCache::default();
/// let styles = |name: &str| {
///     let markup = format!("<html><body><p>{name}</p></body></html>");
///     let tree = markup::parse(&markup, Arc::new(Sources::default()), &mut Sink::new()).unwrap();
///     style_cache.cascade(&tree, &[], &mut Sink::new())
/// };
/// let (one, other) = (styles("Анна"), styles("Мария"));
/// assert!(Arc::ptr_eq(&one, &other));
/// ```
#[derive(Debug, Clone, Default)]
pub struct StyleCache(SmallCache<String, Arc<Styles>>);

impl StyleCache {
    /// As [`cascade()`], for trees that are all styled by the same sheets.
    pub fn cascade(&self, tree: &Tree, sheets: &[&Stylesheet], sink: &mut Sink) -> Arc<Styles> {
        let in_markup = |node: &Node| match &node.kind {
            NodeKind::Element(element) => &*element.name == "style",
            _ => false,
        };
        let shape = shape(
            tree,
            sheets.iter().any(|sheet| sheet.0.asks_for_attributes)
                || tree.nodes.iter().any(in_markup),
        );
        if let Some(known) = self.0.find(shape.as_str()) {
            return known;
        }
        let mut told = Sink::new();
        let styles = Arc::new(cascade(tree, sheets, &mut told));
        let told = told.into_vec();
        // What is to be said has a place of its own in each tree.
        if told.is_empty() && shape.len() <= LARGE {
            self.0.keep(shape, Arc::clone(&styles));
        }
        sink.extend(told);
        styles
    }
}

/// All of a tree that selectors see.
fn shape(tree: &Tree, with_saying: bool) -> String {
    let mut shape = String::with_capacity(4096);
    let mut number = itoa::Buffer::new();
    for node in &tree.nodes {
        shape.push_str(number.format(node.parent.map_or(0, |parent| parent.0 + 1)));
        match &node.kind {
            NodeKind::Element(element) => {
                shape.push('<');
                shape.push_str(&element.name);
                for (name, value) in &element.attributes {
                    // XML allows no control characters, so these cannot stand in a name or
                    // value: two trees never run together into the same shape.
                    shape.push('\u{1}');
                    shape.push_str(name);
                    if with_saying || !SAYING.contains(&&**name) {
                        shape.push('\u{2}');
                        shape.push_str(value);
                    }
                }
            }
            NodeKind::Text(text) => {
                // A stylesheet in the markup; `:empty` sees whether there is any text at all.
                let is_style = node
                    .parent
                    .and_then(|id| tree.element(id))
                    .is_some_and(|parent| &*parent.name == "style");
                shape.push_str(if is_style || text.is_empty() { text } else { "\u{3}" });
            }
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    fn tree(body: &str) -> Tree {
        let text = format!(
            "<html><head><style>[title=b] {{ color: red }}</style></head><body>{body}</body></html>"
        );
        crate::markup::parse(&text, Arc::default(), &mut Sink::new()).unwrap()
    }

    #[test]
    fn what_selectors_see_makes_another_shape() {
        let one = shape(&tree("<p class='a'>один</p>"), false);
        assert_eq!(one, shape(&tree("<p class='a'>два</p>"), false));
        for other in [
            "<p class='b'>один</p>",
            "<p>один</p>",
            "<p class='a'/>",
            "<p class='a'><b/>один</p>",
            "<p class='a' style='x'>один</p>",
        ] {
            assert_ne!(one, shape(&tree(other), false), "{other}");
        }
    }

    #[test]
    fn attributes_count_where_a_selector_asks_for_them() {
        let (one, other) = (tree("<p title='a'>один</p>"), tree("<p title='b'>один</p>"));
        assert_eq!(shape(&one, false), shape(&other, false));
        assert_ne!(shape(&one, true), shape(&other, true));
        let style_cache = StyleCache::default();
        let [one, other] = [one, other].map(|tree| {
            style_cache.cascade(&tree, &[], &mut Sink::new()).nodes.last().unwrap().own.text.color
        });
        assert_ne!(one, other);
    }
}
