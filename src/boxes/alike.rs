//! Trees that are the same but for their texts: what writers may do once for many documents.
//!
//! The texts of a tree are its [`Inline::Text`]s in the order of the document, of lines in lines
//! too; what is said elsewhere (markers, `alt`, running strings) belongs to the tree itself.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::sync::Arc;

use super::{BoxId, BoxNode, BoxTree, Content, Inline, InlineBox, Marker, RowBox, TableBox};
use crate::cache;
use crate::image::Image;
use crate::style::Computed;

/// A text of one tree and the one in the same place of another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextPair<'a> {
    pub(crate) known: &'a str,
    pub(crate) new: &'a str,
    /// The values of the new one.
    pub(crate) style: &'a Computed,
}

impl BoxTree {
    /// A number that trees have in common which are the same but for their texts.
    pub(crate) fn shape(&self) -> u64 {
        cache::digest(TreeShape(&self.root))
    }

    /// The texts of both trees side by side, if the trees are the same otherwise. What they say of
    /// themselves is not looked at, nor where they were written.
    pub(crate) fn texts_beside<'a>(&'a self, other: &'a Self) -> Option<Vec<TextPair<'a>>> {
        let mut texts = Vec::new();
        let same = self.pages.serial() == other.pages.serial()
            && same_nodes(&self.root, &other.root, &mut texts);
        same.then_some(texts)
    }

    /// The same tree with other texts; each is asked for by its box, its place among all texts and
    /// what it is now.
    pub(crate) fn with_texts(&self, mut text: impl FnMut(BoxId, usize, &mut Arc<str>)) -> Self {
        let mut tree = self.clone();
        let mut count = 0;
        replace(&mut tree.root, &mut |id, now| {
            text(id, count, now);
            count += 1;
        });
        tree
    }
}

struct TreeShape<'a>(&'a BoxNode);

impl Hash for TreeShape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let node = self.0;
        node.element.hash(state);
        node.class.hash(state);
        let mut kid = |node| TreeShape(node).hash(state);
        match &node.content {
            Content::Blocks(kids) | Content::Flex(kids) => {
                kids.iter().for_each(kid);
                kids.len().hash(state);
            }
            Content::Inline(pieces) => {
                for piece in pieces {
                    discriminant(piece).hash(state);
                }
            }
            Content::Table(table) => {
                // Rows alone are not counted: two tables of one shape differ in it only if their
                // cells do.
                let cells = table.rows().flat_map(|row| &row.cells);
                cells.for_each(|cell| kid(&cell.node));
            }
            Content::Image(_) => {}
        }
    }
}

fn same_nodes<'a>(a: &'a BoxNode, b: &'a BoxNode, texts: &mut Vec<TextPair<'a>>) -> bool {
    a.box_id == b.box_id
        && same_style(&a.style, &b.style)
        && (a.role, &a.element, &a.class) == (b.role, &b.element, &b.class)
        && (&a.id, &a.alt, &a.control) == (&b.id, &b.alt, &b.control)
        && match (&a.marker, &b.marker) {
            (None, None) => true,
            (Some(a), Some(b)) => same_markers(a, b),
            _ => false,
        }
        // They say what paragraphs say, so that none of these texts is in one place only.
        && a.strings.is_empty()
        && b.strings.is_empty()
        && match (&a.content, &b.content) {
            (Content::Blocks(a), Content::Blocks(b)) | (Content::Flex(a), Content::Flex(b)) => {
                all_same(a, b, |a, b| same_nodes(a, b, texts))
            }
            (Content::Inline(a), Content::Inline(b)) => {
                all_same(a, b, |a, b| same_pieces(a, b, texts))
            }
            (Content::Table(a), Content::Table(b)) => same_tables(a, b, texts),
            (Content::Image(a), Content::Image(b)) => cache::equal::<Image>(a, b),
            _ => false,
        }
}

fn same_pieces<'a>(a: &'a Inline, b: &'a Inline, texts: &mut Vec<TextPair<'a>>) -> bool {
    match (a, b) {
        (Inline::Text { text: known, style: old, .. }, Inline::Text { text: new, style, .. }) => {
            texts.push(TextPair { known, new, style });
            same_style(old, style)
        }
        (Inline::Start(a), Inline::Start(b)) => same_elements(a, b),
        (Inline::End, Inline::End) | (Inline::Break, Inline::Break) => true,
        (Inline::Leader(a, old), Inline::Leader(b, new)) => a == b && same_style(old, new),
        (Inline::Tab(old), Inline::Tab(new)) => same_style(old, new),
        (Inline::Field(a, old), Inline::Field(b, new)) => a == b && same_style(old, new),
        (Inline::Atomic(a), Inline::Atomic(b))
        | (Inline::Footnote(a), Inline::Footnote(b))
        | (Inline::Positioned(a), Inline::Positioned(b)) => same_nodes(a, b, texts),
        _ => false,
    }
}

fn same_elements(a: &InlineBox, b: &InlineBox) -> bool {
    same_style(&a.style, &b.style)
        && (a.role, &a.element, &a.class) == (b.role, &b.element, &b.class)
        && (&a.id, &a.href, &a.alt, &a.control) == (&b.id, &b.href, &b.alt, &b.control)
}

fn same_markers(a: &Marker, b: &Marker) -> bool {
    a.text == b.text
        && a.inside == b.inside
        && a.number == b.number
        && same_style(&a.style, &b.style)
}

fn same_tables<'a>(a: &'a TableBox, b: &'a TableBox, texts: &mut Vec<TextPair<'a>>) -> bool {
    let captions = match (&a.caption, &b.caption) {
        (None, None) => true,
        (Some(a), Some(b)) => same_nodes(a, b, texts),
        _ => false,
    };
    let mut rows = |a: &'a [RowBox], b: &'a [RowBox]| {
        all_same(a, b, |a, b| {
            same_style(&a.style, &b.style)
                && all_same(&a.cells, &b.cells, |a, b| {
                    (a.column, a.columns, a.rows) == (b.column, b.columns, b.rows)
                        // Spans and heads are what a writer sees of a cell besides its box.
                        && a.heads_row == b.heads_row
                        && same_nodes(&a.node, &b.node, texts)
                })
        })
    };
    captions
        && rows(&a.head, &b.head)
        && rows(&a.body, &b.body)
        && rows(&a.foot, &b.foot)
        && all_same(&a.columns, &b.columns, |a, b| {
            a.width == b.width && same_style(&a.style, &b.style)
        })
}

fn all_same<'a, T>(a: &'a [T], b: &'a [T], mut same: impl FnMut(&'a T, &'a T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn same_style(a: &Arc<Computed>, b: &Arc<Computed>) -> bool {
    cache::equal::<Computed>(a, b)
}

/// Gives each text of a box away to be replaced, in the order of [`same_nodes`].
fn replace(node: &mut BoxNode, text: &mut impl FnMut(BoxId, &mut Arc<str>)) {
    match &mut node.content {
        Content::Blocks(kids) | Content::Flex(kids) => {
            kids.iter_mut().for_each(|kid| replace(kid, text));
        }
        Content::Inline(pieces) => {
            for piece in pieces {
                match piece {
                    Inline::Text { text: now, .. } => text(node.box_id, now),
                    Inline::Atomic(kid) | Inline::Footnote(kid) | Inline::Positioned(kid) => {
                        replace(kid, text);
                    }
                    _ => {}
                }
            }
        }
        Content::Table(table) => {
            table.caption.iter_mut().for_each(|caption| replace(caption, text));
            let rows = table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot);
            let cells = rows.flat_map(|row| &mut row.cells);
            cells.for_each(|cell| replace(&mut cell.node, text));
        }
        Content::Image(_) => {}
    }
}
