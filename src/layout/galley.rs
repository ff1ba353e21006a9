//! Galleys: a block formatting context as a stream of entries that can be cut between pages,
//! columns and cells.

use std::rc::Rc;
use std::sync::Arc;

use super::columns::ColumnSet;
use super::frame::{Frame, Positioned};
use super::inline::Para;
use super::table::rows::Rows;
use crate::boxes::BoxNode;
use crate::diag::Span;
use crate::geometry::{Point, Sides};
use crate::sizing::HeightRange;
use crate::style::{Break, Computed};

/// A block formatting context, set at a width and not yet cut.
#[derive(Debug, Default)]
pub(crate) struct Galley<'a> {
    pub(crate) width: f64,
    pub(crate) entries: Vec<Entry<'a>>,
    pub(crate) containers: Vec<Container<'a>>,
    /// The page that the first entry wants (`page`).
    pub(crate) page: Option<Arc<str>>,
}

impl Galley<'_> {
    /// How many leaves there are before an entry.
    pub(crate) fn leaves_before(&self, entry: usize) -> usize {
        self.entries.iter().take(entry).filter(|entry| matches!(entry, Entry::Leaf(_))).count()
    }
}

/// A piece of the stream.
#[derive(Debug, Clone)]
pub(crate) enum Entry<'a> {
    /// A collapsed margin, dropped after an unforced break.
    Gap(f64),
    /// A box begins: its top border and padding.
    Open(u32),
    /// A box ends: its bottom padding and border.
    Close(u32),
    /// Something with a height.
    Leaf(Leaf<'a>),
    /// Here the stream may or must be cut.
    Break(Chance),
    /// A box begins that others may look for.
    Anchor(&'a BoxNode),
    /// An absolutely positioned box; its static position is here.
    Positioned(Positioned<'a>),
}

/// A break opportunity.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Chance {
    /// A break is asked for.
    pub(crate) forced: Option<Forced>,
    /// `avoid` stands against it (CSS Fragmentation 3, 4.4, rules 1, 2, 4).
    pub(crate) avoid: bool,
    /// It would strand lines (rule 3: orphans, widows).
    pub(crate) strands: bool,
}

impl Chance {
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
    pub(crate) style: &'a Arc<Computed>,
    /// The border box.
    pub(crate) x: f64,
    pub(crate) width: f64,
    pub(crate) border: Sides<f64>,
    pub(crate) padding: Sides<f64>,
    /// Bounds of the content height.
    pub(crate) height: HeightRange,
    /// Whether it has something to paint.
    pub(crate) painted: bool,
    /// Whether it is a containing block for absolute boxes.
    pub(crate) positioned: bool,
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

impl Container<'_> {
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
        self.style.decoration_clone
    }
}

/// Something with a height.
#[derive(Debug, Clone)]
pub(crate) struct Leaf<'a> {
    pub(crate) x: f64,
    pub(crate) kind: LeafKind<'a>,
    /// List markers beside it, with their own left edges.
    pub(crate) markers: Vec<(f64, Rc<Para<'a>>)>,
    pub(crate) span: Option<Span>,
}

/// Kinds of leaves.
#[derive(Debug, Clone)]
pub(crate) enum LeafKind<'a> {
    /// A line of text.
    Line(Rc<Para<'a>>, usize),
    /// A box that does not break unless it must.
    Frame(Rc<Frame<'a>>),
    /// Table rows that belong together.
    Rows(Rc<Rows<'a>>),
    /// A multi-column box's content.
    Columns(Rc<ColumnSet<'a>>),
}

impl Leaf<'_> {
    /// How tall it is when it is not cut. Columns depend on the room and answer elsewhere.
    pub(crate) fn height(&self) -> f64 {
        match &self.kind {
            LeafKind::Line(para, index) => para.lines[*index].height(),
            LeafKind::Frame(frame) => frame.height,
            LeafKind::Rows(rows) => rows.height,
            LeafKind::Columns(_) => 0.0,
        }
    }

    /// The first baseline from its top.
    pub(crate) fn baselines(&self) -> Option<(f64, f64)> {
        match &self.kind {
            LeafKind::Line(para, index) => {
                Some((para.lines[*index].ascent, para.lines[*index].ascent))
            }
            LeafKind::Frame(frame) => frame.baselines,
            LeafKind::Rows(rows) => rows.baseline.map(|b| (b, b)),
            LeafKind::Columns(_) => None,
        }
    }
}
