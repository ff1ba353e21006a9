//! The one engine of sizes: how wide and high boxes are, by CSS, for the writer that places them on
//! pages (`layout`) and for the one that leaves the placing to Word (`docx`).
//!
//! Everything here is pure: a box, its values and the typesetter go in, lengths in points come out.
//! Nothing is reported, nothing is painted. All widths and heights called *content* are those of
//! the content box; *outer* ones have padding, border and margins.
//!
//! What is asked where, and the section of CSS that answers:
//!
//! - margins, border, padding of a box in a containing block: [`Edges::new`] (CSS 2.2, 8)
//! - `width`, `height` as content sizes, `box-sizing` and bounds applied: [`set_width`],
//!   [`set_height`], [`height_range`] (Sizing 3, 3–5)
//! - width and left margin of a block in normal flow: [`block_width`] (CSS 2.2, 10.3.3)
//! - width of a float, inline-block, absolute box: [`Sizer::shrink_to_fit`] (CSS 2.2, 10.3.5)
//! - narrowest and widest content of any box: [`Sizer::content`], [`Sizer::outer`] (Sizing 3, 5)
//! - size of a picture: [`fn@picture`] (CSS 2.2, 10.3.2, 10.4, 10.6.2)
//! - size of a background picture, `object-fit`: [`fitted`] (Backgrounds 3, 3.9; Images 3, 5.5)
//! - columns, width and place of a table: [`TableSizes::new`], [`TableSizes::used`] (CSS 2.2,
//!   17.5.2; Tables 3, 3.9)
//! - least height of a row: [`TableSizes::row_height`] (CSS 2.2, 17.5.3)
//! - collapsed borders: [`CollapsedBorders`] (CSS 2.2, 17.6.2)
//! - size and place of an absolute box: [`Sizer::absolute_size`], [`absolute_place`] (CSS 2.2,
//!   10.3.7, 10.6.4)
//! - lines and items of a flex container: [`Sizer::flex`] (Flexbox 1, 9)
//! - number and width of columns: [`UsedColumns::new`] (Multi-column 1, 3.4)
//! - areas of a page: [`page_content`], [`margin_area`], [`in_margin`] (Page 3, 3 and 5)
//! - heights, for whoever does not lay out: [`Sizer::height`], [`Sizer::line_count`]
//!
//! How one begins:
//!
//! ```ignore
//! let memo = SizeMemo::default(); // one for each document: boxes are known by their BoxId
//! let sizer = Sizer::new(&typesetter, &Placeholders, &memo);
//! let table = TableSizes::new(node, table_box, containing_width);
//! let used = table.used(sizer, containing_width); // used.columns, used.width, used.left
//! ```

mod absolute;
mod collapsed;
mod columns;
mod edges;
mod flex;
mod grid;
mod height;
mod inline;
mod intrinsic;
mod margin;
mod page;
mod picture;
mod table;
#[cfg(all(test, feature = "bundled-fonts"))]
mod tests;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use crate::text::ContentSizes;
pub(crate) use absolute::{AbsolutePlace, ContainingBlock, absolute_place, relative_shift};
pub(crate) use collapsed::CollapsedBorders;
pub(crate) use columns::UsedColumns;
pub(crate) use edges::{
    BlockWidth, Edges, HeightRange, block_width, height_range, set_height, set_width,
};
pub(crate) use flex::{FlexItem, FlexSizes, ItemHeight};
pub(crate) use inline::{
    CALL_RAISE, UNBOUNDED, call_style, call_text, decorated, makes_line, marker_gap,
};
pub(crate) use intrinsic::in_flow;
pub(crate) use margin::AdjoiningMargins;
pub(crate) use page::{PlacedLength, in_margin, margin_area, page_content};
pub(crate) use picture::{fitted, picture};
pub(crate) use table::{TableSizes, UsedTable};

use crate::boxes::{BoxId, BoxNode, Field};
use crate::style::{LineHeight, TextStyle};
/// Passed on for writers that hand it in and ask it for its faces and for hyphens, which are no
/// sizes.
pub(crate) use crate::text::Typesetter;

/// What is written where only the writer knows the text: page numbers and the numbers of notes.
pub(crate) trait Labels {
    /// The text of a field: the item `index` of the inline content of `home`.
    fn field(&self, home: BoxId, index: usize, field: &Field) -> String;
    /// The number of a footnote.
    fn note(&self, note: &BoxNode) -> String;
}

/// Labels for a writer that leaves numbers to Word: as wide as numbers mostly are.
pub(crate) struct Placeholders;

impl Labels for Placeholders {
    fn field(&self, _: BoxId, _: usize, _: &Field) -> String {
        // Most documents have tens of pages at most.
        "00".into()
    }

    fn note(&self, _: &BoxNode) -> String {
        "0".into()
    }
}

/// What has been measured in one document: boxes are asked again and again on the way down.
#[derive(Debug, Default)]
pub(crate) struct SizeMemo {
    content: RefCell<FxHashMap<(BoxId, u64), ContentSizes>>,
    /// The boxes whose lines anything was asked of.
    lines: RefCell<FxHashSet<BoxId>>,
    /// How many boxes deep the question at hand is, so that no stack overflows.
    depth: Cell<u32>,
}

impl SizeMemo {
    /// Whether anything was asked of the lines of a box: then something depends on what they say.
    pub(crate) fn has_measured(&self, id: BoxId) -> bool {
        self.lines.borrow().contains(&id)
    }
}

/// Measures boxes. Small and copied freely; what it learns lies in the [`SizeMemo`].
#[derive(Clone, Copy)]
pub(crate) struct Sizer<'s> {
    pub(crate) typesetter: &'s Typesetter,
    labels: &'s dyn Labels,
    memo: &'s SizeMemo,
    /// By how much text is shrunk (`-itog-fit`).
    scale: f64,
}

impl<'s> Sizer<'s> {
    pub(crate) fn new(
        typesetter: &'s Typesetter,
        labels: &'s dyn Labels,
        memo: &'s SizeMemo,
    ) -> Self {
        Self { typesetter, labels, memo, scale: 1.0 }
    }

    /// The same for text shrunk by a factor.
    #[must_use]
    pub(crate) fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    /// Text values at the scale in force.
    pub(crate) fn text_style(self, style: &Arc<TextStyle>) -> Arc<TextStyle> {
        if self.scale == 1.0 {
            return Arc::clone(style);
        }
        let mut scaled = TextStyle::clone(style);
        scaled.font_size *= self.scale;
        scaled.letter_spacing *= self.scale;
        scaled.word_spacing *= self.scale;
        if let LineHeight::Length(length) = &mut scaled.line_height {
            *length *= self.scale;
        }
        Arc::new(scaled)
    }
}
