//! Numbers of boxes: every box gets its [`BoxId`] when the tree stands, in document order.

use super::{BoxId, BoxNode, Content, Inline};

/// Numbers a box and all that is in it, from 0.
pub(crate) fn number(root: &mut BoxNode) {
    let mut next = 0;
    walk(root, &mut next);
}

fn walk(node: &mut BoxNode, next: &mut u32) {
    // Parents before children, so that numbers ascend as the document is read.
    node.box_id = BoxId(*next);
    *next += 1;
    match &mut node.content {
        Content::Blocks(kids) | Content::Flex(kids) => {
            kids.iter_mut().for_each(|kid| walk(kid, next));
        }
        Content::Inline(items) => {
            for item in items {
                if let Inline::Atomic(kid) | Inline::Footnote(kid) | Inline::Positioned(kid) = item
                {
                    walk(kid, next);
                }
            }
        }
        Content::Table(table) => {
            table.caption.iter_mut().for_each(|caption| walk(caption, next));
            for row in table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot) {
                row.cells.iter_mut().for_each(|cell| walk(&mut cell.node, next));
            }
        }
        Content::Image(_) => {}
    }
}
