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
}

impl BoxNode {
    /// Adds all that the box says, wherever it stands: in tables, notes and running headers too.
    pub(crate) fn all_text(&self, text: &mut String) {
        match &self.content {
            Content::Inline(items) => items.iter().for_each(|item| match item {
                Inline::Text { text: piece, .. } => {
                    text.extend(piece.chars().filter(|&c| c != '\u{AD}'));
                }
                Inline::Atomic(node) | Inline::Footnote(node) | Inline::Positioned(node) => {
                    text.push(' ');
                    node.all_text(text);
                }
                Inline::Break | Inline::Tab(_) => text.push(' '),
                _ => {}
            }),
            Content::Blocks(kids) | Content::Flex(kids) => {
                kids.iter().for_each(|kid| kid.all_text(text));
            }
            Content::Table(table) => {
                table.caption.iter().for_each(|caption| caption.all_text(text));
                let cells = table.rows().flat_map(|row| &row.cells);
                cells.for_each(|cell| cell.node.all_text(text));
            }
            Content::Image(_) => text.push_str(self.alt.as_deref().unwrap_or_default()),
        }
        text.push(' ');
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
                    Inline::Text { text: piece, .. } => {
                        // Soft hyphens are invisible in the text, but a reader would copy or
                        // search for them.
                        text.extend(piece.chars().filter(|&c| c != '\u{AD}'))
                    }
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
