//! The text of a box as one string: for bookmarks, descriptions and captions, which have no looks.

use super::{BoxNode, Content, Inline, MAX_DEPTH};

impl BoxNode {
    /// All text in the box but that of tables, white space collapsed; nothing if it is a picture.
    pub(crate) fn plain_text(&self) -> String {
        let mut text = String::new();
        collect(&self.content, &mut text, 0);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
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
