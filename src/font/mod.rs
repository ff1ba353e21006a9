//! Faces: families, metrics, coverage, fallback, subsets.
//!
//! A [`FontBook`] holds all faces that a document may use, in a fixed order; nothing is looked for
//! on the machine, so a document looks the same everywhere. [`FontBook::select`] finds faces as CSS
//! Fonts 4, section 5.2 says.

mod book;
mod bundled;
mod coverage;
mod editable;
mod face;
mod instance;
mod kerning;
mod packed;
pub(crate) mod sfnt;
mod subset;

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use coverage::Coverage;
pub use editable::is_typed;
pub use subset::{Outlines, Subset};

use crate::cache::Serial;
use crate::diag::{Message, say};
use crate::style::{FontStyle, NORMAL_WIDTH};

/// A glyph's number in its face.
pub type GlyphId = u16;

/// A face's number in its [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// All faces that a document may use, in a fixed order.
///
/// ```
/// use itog::{Engine, FontBook};
///
/// let mut fonts = FontBook::bundled();
/// fonts.add(include_bytes!("../../tests/pdf/squares.otf").to_vec())?;
/// let engine = Engine::builder().fonts(fonts).build()?;
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct FontBook {
    faces: Vec<Arc<Face>>,
    /// The names that each face's family goes by, in lower case.
    families: Vec<FamilyNames>,
}

/// Under which names CSS finds a face.
#[derive(Debug, Clone)]
struct FamilyNames {
    /// The family with all its weights and widths («Open Sans»).
    family: Box<str>,
    /// The name of the older sort, with four faces to a family, if it is another
    /// («Open Sans Condensed»). It is the one that word processors show.
    group: Option<Box<str>>,
}

/// Which face of a family is asked for (CSS Fonts 4, 5.2, step 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FaceTraits {
    /// `font-stretch` in thousandths of the normal width.
    pub stretch: u16,
    /// `font-weight`, 1–1000.
    pub weight: u16,
    /// `font-style`.
    pub style: FontStyle,
}

impl Default for FaceTraits {
    /// Regular, upright, of normal width.
    fn default() -> Self {
        Self { stretch: NORMAL_WIDTH, weight: 400, style: FontStyle::Normal }
    }
}

impl FontBook {
    /// The face of that number.
    ///
    /// # Panics
    /// If the number comes from another book that has more faces.
    #[doc(hidden)]
    pub fn face(&self, id: FaceId) -> &Arc<Face> {
        &self.faces[usize::from(id.0)]
    }
}

/// One font file's face.
#[derive(Debug)]
pub struct Face {
    serial: Serial,
    /// The file.
    pub data: FaceData,
    /// Index in a collection.
    pub index: u32,
    /// Family name, as CSS would ask for it.
    pub family: String,
    /// The family's name of the older sort, if it is another.
    group: Option<String>,
    /// PostScript name.
    pub postscript_name: String,
    /// Width in thousandths of the normal one.
    pub stretch: u16,
    /// Weight, 1–1000.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// Metrics in font units.
    pub metrics: Metrics,
    /// The characters that it is taken for, from the first to the last; empty if for all that it
    /// has.
    ranges: Box<[RangeInclusive<u32>]>,
    coverage: OnceLock<Coverage>,
    /// Glyphs and advances of its spaces, that at which no line breaks first.
    spaces: OnceLock<[Option<(GlyphId, f64)>; 2]>,
    /// How far each glyph advances, in font units.
    advances: OnceLock<Box<[f32]>>,
}

/// What an `@font-face` rule says of a file.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Declared<'a> {
    pub(crate) family: Option<&'a str>,
    /// The lightest and the heaviest.
    pub(crate) weights: Option<(u16, u16)>,
    pub(crate) style: Option<FontStyle>,
    pub(crate) stretch: Option<u16>,
    /// `unicode-range`; empty for all.
    pub(crate) ranges: &'a [RangeInclusive<u32>],
}

/// What the maker of a font allows to be done with it in documents (OpenType, `OS/2`, `fsType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Licence(u16);

impl Licence {
    /// What it forbids, as an end of «the font declares that it …».
    pub(crate) fn forbids(self) -> Option<Message> {
        match () {
            // Bits 0 to 3 are the level, 2 the strictest; bit 8 forbids cutting, bit 9 outlines.
            () if self.0 & 0x000F == 0x0002 => Some(say!("it may not be embedded")),
            () if self.0 & 0x0200 != 0 => Some(say!("it may be embedded as bitmaps only")),
            () if self.is_whole() => Some(say!("it may not be cut down to the letters in use")),
            () => None,
        }
    }

    /// Whether it may go only as a whole.
    pub(crate) fn is_whole(self) -> bool {
        self.0 & 0x0100 != 0
    }

    /// Whether it may go with a document that people go on writing. Of several levels of use the
    /// least strict holds.
    pub(crate) fn may_be_edited(self) -> bool {
        // «Preview & print» (4) is for documents that nobody changes.
        self.0 & 0x0200 == 0 && !matches!(self.0 & 0x000F, 0x0002 | 0x0004 | 0x0006)
    }
}

/// The bytes of a font file: in the program or read.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum FaceData {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

impl FaceData {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// The smallest rectangle that holds all glyphs, in font units (OpenType `head`); y grows upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct BoundingBox {
    pub x_min: f64,
    pub y_min: f64,
    pub x_max: f64,
    pub y_max: f64,
}

/// A face's metrics in font units.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Metrics {
    pub units_per_em: f64,
    /// Positive, above the baseline.
    pub ascent: f64,
    /// Positive, below the baseline.
    pub descent: f64,
    pub line_gap: f64,
    pub cap_height: f64,
    pub x_height: f64,
    pub italic_angle: f64,
    pub bbox: BoundingBox,
    /// Above the baseline; negative below.
    pub underline_position: f64,
    pub underline_thickness: f64,
    pub strikeout_position: f64,
    pub strikeout_thickness: f64,
}

impl Metrics {
    /// The line that the face asks for (`line-height: normal`), as a multiple of the size.
    pub(crate) fn normal_line(&self) -> f64 {
        let line = (self.ascent + self.descent + self.line_gap) / self.units_per_em.max(1.0);
        // A face with broken metrics must not make lines that nobody can read, and the height is
        // divided by.
        line.clamp(0.5, 4.0)
    }
}
