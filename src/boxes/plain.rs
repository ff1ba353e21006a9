//! The text of a box as one string: for bookmarks, descriptions and captions, which have no looks,
//! and to see whether something is said at all.

use super::{BoxNode, Content, Inline, MAX_DEPTH};

impl BoxNode {
    /// All text in the box but that of tables, white space collapsed; nothing if it is a picture.
    pub(crate) fn plain_text(&self) -> String {
        let mut text = String::new();
        collect(&self.content, &mut text, 0);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All that the box says, wherever it stands: in tables, notes and running headers too.
    pub(crate) fn all_text(&self) -> String {
        let mut text = String::new();
        collect_all(self, &mut text, 0);
        text
    }
}

fn collect(content: &Content, text: &mut String, depth: u32) {
    if depth > MAX_DEPTH {
        return;
    }
    match content {
        Content::Inline(items) => {
            for item in items {
                match item {
                    Inline::Text { text: piece, .. } => text.extend(visible(piece)),
                    Inline::Break | Inline::Tab(_) => text.push(' '),
                    Inline::Atomic(node) => collect(&node.content, text, depth + 1),
                    _ => {}
                }
            }
        }
        Content::Blocks(kids) | Content::Flex(kids) => {
            for kid in kids {
                collect(&kid.content, text, depth + 1);
                text.push(' ');
            }
        }
        // One line of text is wanted: tables and pictures have none to give.
        Content::Table(_) | Content::Image(_) => {}
    }
}

fn collect_all(node: &BoxNode, text: &mut String, depth: u32) {
    // No writer goes deeper, and each says so.
    if depth > MAX_DEPTH {
        return;
    }
    let mut inner = |node: &BoxNode| collect_all(node, text, depth + 1);
    match &node.content {
        Content::Inline(items) => {
            for item in items {
                match item {
                    Inline::Text { text: piece, .. } => text.extend(visible(piece)),
                    Inline::Atomic(node) | Inline::Footnote(node) | Inline::Positioned(node) => {
                        text.push(' ');
                        collect_all(node, text, depth + 1);
                    }
                    Inline::Break | Inline::Tab(_) => text.push(' '),
                    _ => {}
                }
            }
        }
        Content::Blocks(kids) | Content::Flex(kids) => kids.iter().for_each(inner),
        Content::Table(table) => {
            table.caption.iter().for_each(&mut inner);
            table.rows().flat_map(|row| &row.cells).for_each(|cell| inner(&cell.node));
        }
        Content::Image(_) => text.push_str(node.alt.as_deref().unwrap_or_default()),
    }
    text.push(' ');
}

/// Soft hyphens are invisible in the text, but a reader would copy or search for them.
fn visible(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|&c| c != '\u{AD}')
}
