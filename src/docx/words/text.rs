//! The plain text of boxes, for descriptions and captions.
//!
//! On the floor of words: it knows boxes, and nothing that is written.

use crate::boxes::{BoxNode, Content, Inline};

/// All text in a box but that of tables.
pub(crate) fn plain_text(node: &BoxNode) -> String {
    match &node.content {
        Content::Inline(inline) => inline
            .iter()
            .filter_map(
                |piece| if let Inline::Text { text, .. } = piece { Some(&**text) } else { None },
            )
            .collect(),
        Content::Blocks(nodes) | Content::Flex(nodes) => {
            nodes.iter().map(plain_text).collect::<Vec<_>>().join(" ")
        }
        Content::Table(_) | Content::Image(_) => String::new(),
    }
}
