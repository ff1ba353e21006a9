//! What a box inherits from the boxes around it while it is written.

use std::sync::Arc;

use super::section::TextColumns;
use crate::boxes::{BoxId, Marker};
use crate::docx::words::properties::Surface;
use crate::docx::writer::StyleOwner;
use crate::geometry::Rect;

/// Layout state inherited from enclosing boxes. Copied on the way down.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StoryArea<'a> {
    /// Between the page's, column's or cell's edges.
    pub(crate) width: f64,
    pub(crate) height: KnownHeight,
    /// How far in the content stands at both sides.
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Border and background of the box around.
    pub(crate) around: Surface<'a>,
    /// The name of the page.
    pub(crate) page: Option<&'a Arc<str>>,
    pub(crate) columns: Option<TextColumns>,
    /// The marker of a list item whose first paragraph is still to come.
    pub(crate) marker: Option<&'a Marker>,
    pub(crate) keep: KeepTogether,
    pub(crate) owner: StyleOwner<'a>,
    /// What absolute boxes are placed by, from the sheet's corner, so that other margins do not
    /// shift them; nothing if that is not known.
    pub(crate) block: Option<Rect>,
    /// The box that is written next is held by a cell or a text box, which has its margins,
    /// padding, border and background: by how much its words may stand out of that, since they just
    /// fit and Word measures them otherwise.
    pub(crate) held: Option<f64>,
}

/// Heights that are known before what is in the boxes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KnownHeight {
    /// Of the containing block.
    pub(crate) block: Option<f64>,
    /// Of the content box of an item, given to it by its flex column.
    pub(crate) item: Option<(BoxId, f64)>,
}

/// Which paragraphs stay together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KeepTogether {
    /// Lines stay together, and all paragraphs but the last one with the next one.
    pub(crate) all: bool,
    /// The last paragraph stays with the next one.
    pub(crate) last: bool,
    /// It does so though it is long: what follows is a whole that must not stand alone, such as
    /// signatures.
    pub(crate) firmly: bool,
}

impl<'a> StoryArea<'a> {
    /// An area with nothing around it.
    pub(crate) fn of_width(width: f64) -> Self {
        Self {
            width,
            height: KnownHeight::default(),
            left: 0.0,
            right: 0.0,
            around: Surface::default(),
            page: None,
            columns: None,
            marker: None,
            keep: KeepTogether::default(),
            owner: StyleOwner::NONE,
            block: None,
            held: None,
        }
    }

    /// The content area of a page.
    pub(crate) fn of_page(content: Rect) -> Self {
        let height = KnownHeight { block: Some(content.height), item: None };
        Self { block: Some(content), height, ..Self::of_width(content.width) }
    }

    /// The room of a cell in this area.
    pub(crate) fn cell(&self, width: f64) -> Self {
        let keep = KeepTogether { firmly: false, ..self.keep };
        Self { page: self.page, block: self.block, keep, ..Self::of_width(width) }
    }

    /// The same room without the frame of the box around.
    pub(crate) fn plain(&self) -> Self {
        Self { around: Surface::default(), marker: None, held: None, ..*self }
    }

    /// The width between the edges.
    pub(crate) fn inner(&self) -> f64 {
        // Indents that leave nothing are a fault of the stylesheet, not a reason for a
        // negative width.
        (self.width - self.left - self.right).max(1.0)
    }
}
