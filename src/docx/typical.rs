//! What most paragraphs of a style look like: a survey of the boxes before anything is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::boxes::{BoxNode, Content, Inline, Role};
use crate::style::Computed;

/// Element, first class and outline level: what names a style.
pub(super) type Key = (String, String, Option<u8>);

/// The key of a paragraph's style.
pub(super) fn key(element: &str, class: &str, role: Role) -> Key {
    let level = match role {
        Role::Heading(level) => Some(level.clamp(1, 6)),
        _ => None,
    };
    (element.to_owned(), class.split_whitespace().next().unwrap_or("").to_owned(), level)
}

/// The values that the paragraphs of each style have, and how many have them.
#[derive(Debug, Default)]
pub(super) struct Typical(BTreeMap<Key, Vec<(Arc<Computed>, usize)>>);

impl Typical {
    /// Counts the paragraphs in a box; `owner` is the element that anonymous boxes belong to.
    pub(super) fn survey<'a>(&mut self, node: &'a BoxNode, owner: (&'a str, &'a str, Role)) {
        let owner =
            if node.element.is_empty() { owner } else { (&*node.element, &*node.class, node.role) };
        match &node.content {
            Content::Blocks(nodes) | Content::Flex(nodes) => {
                nodes.iter().for_each(|node| self.survey(node, owner))
            }
            Content::Table(table) => {
                table.caption.iter().for_each(|caption| self.survey(caption, owner));
                let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                rows.flat_map(|row| &row.cells).for_each(|cell| self.survey(&cell.node, owner));
            }
            Content::Inline(content) => {
                self.count(key(owner.0, owner.1, owner.2), &node.style);
                for piece in content {
                    if let Inline::Atomic(node)
                    | Inline::Footnote(node)
                    | Inline::Positioned(node) = piece
                    {
                        self.survey(node, owner);
                    }
                }
            }
            Content::Image(_) => {}
        }
    }

    fn count(&mut self, key: Key, style: &Arc<Computed>) {
        let all = self.0.entry(key).or_default();
        match all.iter_mut().find(|(known, _)| same(known, style)) {
            Some((_, times)) => *times += 1,
            None => all.push((Arc::clone(style), 1)),
        }
    }

    /// What most paragraphs of that style look like, if it is not like this; the first of several
    /// that are as many.
    pub(super) fn other(&self, key: &Key, style: &Computed) -> Option<Arc<Computed>> {
        let all = self.0.get(key)?;
        let most = all.iter().map(|(_, times)| *times).max()?;
        let (typical, _) = all.iter().find(|(_, times)| *times == most)?;
        (!same(typical, style)).then(|| Arc::clone(typical))
    }
}

/// Whether two paragraphs look the same but for their place.
fn same(one: &Computed, other: &Computed) -> bool {
    one.margin.top == other.margin.top
        && one.margin.bottom == other.margin.bottom
        && one.break_inside_avoid == other.break_inside_avoid
        && one.break_after == other.break_after
        && one.text == other.text
}
