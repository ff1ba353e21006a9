//! Galleys: a block formatting context before fragmentation, as a stream of entries that can be cut
//! between pages, columns and cells.

use std::rc::Rc;
use std::sync::Arc;

use super::breakable::LeafContent;
use super::flow;
use super::frame::{Frame, Positioned};
use crate::boxes::BoxNode;
use crate::diag::Span;
use crate::geometry::{Point, Sides};
use crate::sizing::HeightRange;
use crate::style::{Break, Computed};

/// A block formatting context, set at a width and not yet cut.
#[derive(Debug, Default)]
pub(crate) struct Galley<'a> {
    pub(crate) width: f64,
    pub(crate) entries: Vec<GalleyEntry<'a>>,
    pub(crate) containers: Vec<Container<'a>>,
    /// What is [forgotten](Galley::forget).
    pub(crate) forgotten: Forgotten,
    /// The named page (`page`) of the first entry.
    pub(crate) page: Option<Arc<str>>,
}

/// What of a galley stands on pages that are finished.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Forgotten {
    entries: usize,
    /// How many of the entries were leaves: by these a place in the galley is counted.
    leaves: usize,
}

impl Galley<'_> {
    /// How many leaves there are before an entry.
    pub(crate) fn leaves_before(&self, entry: usize) -> usize {
        let leaf = |entry: &&GalleyEntry<'_>| matches!(entry, GalleyEntry::Leaf(_));
        self.forgotten.leaves + self.entries.iter().take(entry).filter(leaf).count()
    }

    /// Lets go what stands before an entry, since it is on its page: of a long table only that is
    /// held which is still to be placed.
    pub(crate) fn forget(&mut self, before: usize) {
        let leaves = self.leaves_before(before);
        let end = before.clamp(self.forgotten.entries, self.entries.len());
        self.entries[self.forgotten.entries..end].fill(GalleyEntry::Gap(0.0));
        self.forgotten = Forgotten { entries: end, leaves };
    }
}

/// A piece of the stream.
#[derive(Debug, Clone)]
pub(crate) enum GalleyEntry<'a> {
    /// A collapsed margin, dropped after an unforced break.
    Gap(f64),
    /// A box begins: its top border and padding.
    Open(u32),
    /// A box ends: its bottom padding and border.
    Close(u32),
    /// Something with a height.
    Leaf(Leaf<'a>),
    /// Here the stream may or must be cut.
    Break(BreakPoint),
    /// A box begins that others may look for.
    Anchor(&'a BoxNode),
    /// An absolutely positioned box; its static position is here.
    Positioned(Positioned<'a>),
}

/// A possible break point (CSS Fragmentation 3, 4.1).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct BreakPoint {
    /// A break is asked for.
    pub(crate) forced: Option<Forced>,
    /// `avoid` stands against it (CSS Fragmentation 3, 4.4, rules 1, 2, 4).
    pub(crate) avoid: bool,
    /// It would strand lines (rule 3: orphans, widows).
    pub(crate) strands: bool,
}

impl BreakPoint {
    /// Which rules it breaks; 0 is best. `avoid` is dropped before orphans and widows (CSS 2.2,
    /// 13.3.5).
    pub(crate) fn rank(&self) -> usize {
        usize::from(self.avoid) + 2 * usize::from(self.strands)
    }
}

/// A forced break.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Forced {
    /// Page, left, right or column.
    pub(crate) kind: Break,
    /// The page that what follows wants.
    pub(crate) page: Option<Arc<str>>,
}

/// A box whose content is in the stream.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    pub(crate) node: &'a BoxNode,
    /// The border box.
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) border: Sides<f64>,
    pub(crate) padding: Sides<f64>,
    /// Bounds of the content height.
    pub(crate) height: HeightRange,
    /// `position: relative`: how far it is shifted.
    pub(crate) shift: Point,
    pub(crate) layer: i32,
    /// Rows repeated on every page.
    pub(crate) head: Option<Rc<Frame<'a>>>,
    pub(crate) foot: Option<Rc<Frame<'a>>>,
    /// Cells of a table with collapsed borders have no borders of their own.
    pub(crate) no_border: bool,
    /// Whether its width follows that of the page.
    pub(crate) follows_page: bool,
}

impl<'a> Container<'a> {
    pub(crate) fn style(&self) -> &'a Arc<Computed> {
        &self.node.style
    }

    /// Whether it has something to paint.
    pub(crate) fn is_painted(&self) -> bool {
        flow::painted(&self.node.style)
    }

    /// Whether it is a containing block for absolute boxes.
    pub(crate) fn is_positioned(&self) -> bool {
        self.node.style.position.is_containing_block()
    }

    /// Border and padding above the content.
    pub(crate) fn top(&self) -> f64 {
        self.border.top + self.padding.top
    }

    /// Padding and border below it.
    pub(crate) fn bottom(&self) -> f64 {
        self.border.bottom + self.padding.bottom
    }

    /// Whether its edges are repeated on every page.
    pub(crate) fn clones(&self) -> bool {
        self.node.style.decoration_clone
    }
}

/// Something with a height.
#[derive(Debug, Clone)]
pub(crate) struct Leaf<'a> {
    pub(crate) x: f64,
    pub(crate) content: LeafContent<'a>,
    /// List markers beside it, with their own left edges.
    pub(crate) markers: Vec<(f64, LeafContent<'a>)>,
    pub(crate) span: Option<Span>,
}

impl<'a> Leaf<'a> {
    /// Content without markers.
    pub(crate) fn new(x: f64, content: LeafContent<'a>, span: Option<Span>) -> Self {
        Self { x, content, markers: Vec::new(), span }
    }

    /// How tall it is when it is not cut; 0 for what takes its height from the space.
    pub(crate) fn height(&self) -> f64 {
        self.content.height()
    }
}
