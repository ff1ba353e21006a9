//! Containers: what their children gave becomes blocks or lines, with anonymous boxes where the two
//! are mixed (CSS 2.2, 9.2.1.1).

use std::sync::Arc;

use super::table::{self, TablePart};
use super::{BoxId, BoxNode, Content, Inline, InlineBox, Role, space};
use crate::style::{Computed, Display};

/// What an element gives to the container it is in.
#[derive(Debug)]
pub(super) enum ChildPiece {
    /// A piece of a line. `Start` and `End` may enclose blocks; the container splits them.
    Inline(Inline),
    /// A block-level box.
    Block(BoxNode),
    /// A part of a table.
    Part(TablePart),
}

/// A box that no element made: it has initial values for all that is not inherited.
pub(super) fn anonymous(parent: &Computed, display: Display, content: Content) -> BoxNode {
    let style = Computed { display, ..Computed::inherited(parent) };
    BoxNode {
        box_id: BoxId::default(),
        style: Arc::new(style),
        role: Role::None,
        element: Arc::from(""),
        class: Arc::from(""),
        id: None,
        alt: None,
        control: None,
        span: None,
        marker: None,
        strings: Vec::new(),
        content,
    }
}

/// The content of a block container.
pub(super) fn flow(pieces: Vec<ChildPiece>, style: &Computed) -> Content {
    let mut flow = ContainerBuilder::new(style);
    for piece in pieces {
        flow.add(piece);
    }
    flow.finish()
}

/// The content of a flex container: every child is an item, text between them is wrapped.
pub(super) fn flex(pieces: Vec<ChildPiece>, style: &Computed) -> Content {
    match flow(pieces, style) {
        Content::Blocks(items) => Content::Flex(items),
        // White space alone makes no item (Flexbox 1, 4).
        Content::Inline(items) if items.is_empty() => Content::Flex(Vec::new()),
        other => Content::Flex(vec![anonymous(style, Display::Block, other)]),
    }
}

struct ContainerBuilder<'a> {
    style: &'a Computed,
    blocks: Vec<BoxNode>,
    /// The line content since the last block.
    run: Vec<Inline>,
    /// Inline elements that are open at the end of `run`.
    open: Vec<InlineBox>,
    /// Parts of a table without a table, since the last other thing.
    parts: Vec<ChildPiece>,
    /// The id of an empty inline element, for the next block: a link's target has to be somewhere.
    id: Option<Arc<str>>,
}

impl<'a> ContainerBuilder<'a> {
    fn new(style: &'a Computed) -> Self {
        Self {
            style,
            blocks: Vec::new(),
            run: Vec::new(),
            open: Vec::new(),
            parts: Vec::new(),
            id: None,
        }
    }

    fn add(&mut self, piece: ChildPiece) {
        match piece {
            ChildPiece::Inline(Inline::Start(start)) => {
                self.open.push((*start).clone());
                self.run.push(Inline::Start(start));
            }
            // Ends are counted, because those of elements that a block has split were written
            // already.
            ChildPiece::Inline(Inline::End) => {
                if self.open.pop().is_some() {
                    self.run.push(Inline::End);
                }
            }
            ChildPiece::Inline(inline) => self.run.push(inline),
            ChildPiece::Block(block) => {
                self.end_table();
                self.end_run();
                self.push(block);
            }
            ChildPiece::Part(part) => {
                // White space between the parts of a table makes no line and no anonymous cell.
                if !space::is_blank(&self.run) {
                    self.end_table();
                    self.end_run();
                }
                self.parts.push(ChildPiece::Part(part));
            }
        }
    }

    fn push(&mut self, mut block: BoxNode) {
        // An empty anchor before a block is where that block begins.
        if block.id.is_none() {
            block.id = self.id.take();
        }
        self.blocks.push(block);
    }

    /// Makes a table of the parts that had none.
    fn end_table(&mut self) {
        if !self.parts.is_empty() {
            let parts = std::mem::take(&mut self.parts);
            let mut node = anonymous(self.style, Display::Table, Content::Blocks(Vec::new()));
            node.content = Content::Table(Box::new(table::table(parts, &node.style)));
            node.role = Role::Table;
            self.push(node);
        }
    }

    /// Makes an anonymous block of the line content so far; the inline elements that are still open
    /// go on behind it.
    fn end_run(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        // An inline element around a block is split: it ends here and begins again behind (CSS 2.2,
        // 9.2.1.1).
        run.extend(self.open.iter().map(|_| Inline::End));
        self.run = self
            .open
            .iter()
            // The second half has no id: a link leads to where the element begins.
            .map(|start| Inline::Start(Box::new(InlineBox { id: None, ..start.clone() })))
            .collect();
        if let Some(run) = self.lift(run) {
            let run = space::finish(run);
            if !space::is_blank(&run) {
                self.push(anonymous(self.style, Display::Block, Content::Inline(run)));
            }
        }
    }

    /// Of a run without text, takes what is not in a line: positioned boxes, ids. Gives other runs
    /// back.
    fn lift(&mut self, run: Vec<Inline>) -> Option<Vec<Inline>> {
        let light = |item: &Inline| {
            matches!(item, Inline::Positioned(_) | Inline::Start(_))
                || space::is_blank(std::slice::from_ref(item))
        };
        if !run.iter().all(light) {
            return Some(run);
        }
        for item in run {
            match item {
                Inline::Positioned(node) => self.push(*node),
                Inline::Start(start) => self.id = start.id.or(self.id.take()),
                _ => {}
            }
        }
        None
    }

    fn finish(mut self) -> Content {
        if self.blocks.is_empty() && self.parts.is_empty() {
            let mut run = std::mem::take(&mut self.run);
            run.extend(self.open.drain(..).map(|_| Inline::End));
            // A run of nothing but positioned boxes makes no line, which would take room for
            // them.
            let placed = run.iter().any(|item| matches!(item, Inline::Positioned(_)));
            if !placed {
                return Content::Inline(space::finish(run));
            }
            return match self.lift(run) {
                Some(run) => Content::Inline(space::finish(run)),
                None => Content::Blocks(self.blocks),
            };
        }
        self.end_table();
        self.end_run();
        if let Some(id) = self.id.take() {
            let last = self.blocks.last_mut().filter(|last| last.id.is_none());
            // An anchor after the last block: nothing follows that could hold it, so that block
            // does.
            last.into_iter().for_each(|last| last.id = Some(Arc::clone(&id)));
        }
        Content::Blocks(self.blocks)
    }
}

/// The display of a box that has to be a block: an absolutely positioned one, a flex item, a
/// footnote (CSS Display 3, section 2.7).
pub(super) fn blockified(style: &Arc<Computed>) -> Arc<Computed> {
    match style.display.blockified() {
        display if display == style.display => Arc::clone(style),
        display => Arc::new(Computed { display, ..(**style).clone() }),
    }
}

/// Whether the box is taken out of the flow.
pub(super) fn is_positioned(style: &Computed) -> bool {
    style.position.is_out_of_flow()
}
