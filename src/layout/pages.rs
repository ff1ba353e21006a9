//! Pages: what the PDF writer sees. All lengths in points; the origin is the top left corner of the
//! page, y grows downwards.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::boxes::{Meta, Role};
use crate::diag::{Diagnostic, Sources, Span, say};
use crate::font::FontBook;
use crate::geometry::{Matrix, Rect};
use crate::image::{DrawnSegment, Image, Stroke};
use crate::style::Color;
use crate::text::GlyphRun;

/// A document as pages.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The structure tree in document order; the first is the document itself.
    pub tags: Vec<Tag>,
    /// The headings in order, for the outline.
    pub outline: Vec<Bookmark>,
    /// Where each `id` begins, and the element that has it or is around it.
    pub targets: BTreeMap<Arc<str>, (Destination, TagId)>,
    /// Title, author and so on.
    pub meta: Meta,
    /// The faces that the glyph runs name.
    pub fonts: Arc<FontBook>,
    /// What the spans point into.
    pub sources: Arc<Sources>,
}

/// A sheet with what is painted on it.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    /// How far the picture goes on beyond the sheet.
    pub bleed: f64,
    /// How much room there is around the sheet, for the bleed and marks.
    pub slug: f64,
    /// In painting order.
    pub items: Vec<PageItem>,
}

/// A place in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Destination {
    /// From 0.
    pub page: usize,
    pub x: f64,
    pub y: f64,
}

/// A heading in the outline.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Bookmark {
    /// 1–6.
    pub level: u8,
    pub title: String,
    pub target: Destination,
    pub tag: TagId,
}

/// A tag's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagId(pub u32);

/// A structure element: what a screen reader hears.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// What it is. [`Role::None`] and [`Role::Artifact`] never occur here.
    pub role: Role,
    /// What it is in; only the first tag has none.
    pub parent: Option<TagId>,
    /// Its place in reading order among its parent's kids, tags and content alike
    /// ([`Mark::Content`]).
    pub order: u32,
    /// Text for those who don't see it.
    pub alt: Option<Arc<str>>,
    /// BCP 47, if it differs from the parent's.
    pub lang: Option<Arc<str>>,
    /// For cells: how many columns it covers.
    pub columns: u32,
    /// For cells: how many rows it covers.
    pub rows: u32,
    /// For header cells: heads its row, not its column.
    pub heads_row: bool,
    /// For lists: how items are numbered.
    pub numbering: Option<crate::style::CounterStyle>,
    /// Page and bounding box of a figure, and of a table on one page.
    pub bounds: Option<(usize, Rect)>,
    /// Where the template wrote it.
    pub span: Option<Span>,
}

/// Whose content an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Content of a structure element, at a place in its reading order. Neighbouring items with the
    /// same mark are one marked-content sequence.
    Content {
        /// The element.
        tag: TagId,
        /// Its place among the element's kids.
        order: u32,
    },
    /// Ornament.
    Artifact(Artifact),
}

impl Mark {
    /// What is painted for the eye alone: backgrounds, borders, lines, printer's marks.
    pub(crate) const ORNAMENT: Self = Self::Artifact(Artifact::Layout);
}

/// Kinds of ornament (ISO 32000-1, 14.8.2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Artifact {
    Header,
    Footer,
    /// Beside the page area.
    Side,
    Layout,
    Background,
}

/// Something painted, with its meaning.
#[derive(Debug, Clone)]
pub struct PageItem {
    /// Whose content it is.
    pub mark: Mark,
    /// What is painted.
    pub paint: Paint,
}

/// What is painted.
#[derive(Debug, Clone)]
pub enum Paint {
    /// Glyphs; `y` is the baseline.
    Glyphs {
        /// The left edge.
        x: f64,
        /// The baseline.
        y: f64,
        /// The glyphs.
        run: GlyphRun,
        /// Where their text was written.
        span: Option<Span>,
    },
    /// A path, in page coordinates.
    Path {
        /// Segments.
        path: Vec<DrawnSegment>,
        /// Fill.
        fill: Option<Color>,
        /// Fill by the even–odd rule.
        even_odd: bool,
        /// Stroke.
        stroke: Option<Stroke>,
    },
    /// A picture stretched to a rectangle.
    Image {
        /// Where.
        rect: Rect,
        /// Which.
        image: Arc<Image>,
    },
    /// A link's area. Paints nothing. Its mark is the link's tag.
    Link {
        /// Where.
        rect: Rect,
        /// A URL, or `#id`.
        href: Arc<str>,
        /// What it says, for those who don't see it.
        text: Arc<str>,
    },
    /// Clips what follows to a rectangle until the matching [`Paint::Pop`].
    PushClip(Rect),
    /// Clips what follows to a path, until the matching [`Paint::Pop`].
    PushClipPath(Vec<DrawnSegment>),
    /// Lets what follows be seen through, each thing by itself, until the matching [`Paint::Pop`]:
    /// 0–1.
    PushOpacity(f64),
    /// Transforms what follows by a matrix until the matching
    /// [`Paint::Pop`].
    PushTransform(Matrix),
    /// Ends the last push.
    Pop,
}

impl Paint {
    /// Whether all its numbers are ones that a page can have.
    pub(crate) fn is_sane(&self) -> bool {
        // NaN fails the comparison, too. Beyond this, readers that reckon in single precision lose
        // whole points.
        let all = |values: &[f64]| values.iter().all(|v| v.abs() <= 1e7);
        match self {
            Self::Glyphs { x, y, run, .. } => {
                all(&[*x, *y, run.size]) && run.glyphs.iter().all(|g| all(&[g.advance, g.dx, g.dy]))
            }
            Self::Path { path, stroke, .. } => {
                path.iter().all(DrawnSegment::is_finite)
                    && stroke.as_ref().is_none_or(|s| all(&[s.width]) && all(&s.dash))
            }
            Self::Image { rect, .. } | Self::Link { rect, .. } | Self::PushClip(rect) => {
                all(&[rect.x, rect.y, rect.width, rect.height])
            }
            Self::PushTransform(matrix) => all(&matrix.numbers()),
            Self::PushClipPath(path) => path.iter().all(DrawnSegment::is_finite),
            Self::PushOpacity(opacity) => opacity.is_finite(),
            Self::Pop => true,
        }
    }
}

/// What is told of a thing whose numbers are not sane, on a page counted from 0.
pub(crate) fn misplaced(page: usize) -> Diagnostic {
    let message = say!(
        "something on page {page} cannot be placed: a coordinate is infinite or not a number",
        page = page + 1,
    );
    Diagnostic::error("pdf-coordinate", message)
        .hint(say!("look for lengths of extreme size in the stylesheet"))
}
