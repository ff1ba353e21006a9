//! Pictures: bytes in, what the writers need out. Raster files keep their bytes, SVG and QR codes
//! become paths.

mod css;
mod data_url;
mod drawing;
mod jpeg;
mod jpeg_scan;
mod palette;
#[cfg(feature = "batch")]
mod photo;
mod picture;
mod png;
mod qr;
mod raster;
mod scale;
mod store;
mod svg;
mod tone;

use std::sync::Arc;

pub use css::{gradient as css_gradient, shadow as css_shadow};
pub(crate) use drawing::is_plain;
pub use drawing::{
    Along, Circle, Drawn, DrawnGradient, DrawnPath, DrawnSegment, Group, Ink, Mask, Shaded, Stroke,
    TilingPattern,
};
pub(crate) use jpeg::is_adobe as is_adobe_jpeg;
#[cfg(feature = "batch")]
pub(crate) use photo::scaled_jpeg;
pub(crate) use picture::Shown;
#[cfg(feature = "svg")]
pub(crate) use picture::draw;
#[cfg(feature = "svg")]
pub(crate) use png::text_chunk as png_text_chunk;
pub use qr::qr;
pub use raster::rasterize;
pub use scale::scaled;
pub use store::ImageStore;
pub use svg::{Svg, svg};

use crate::cache::Fnv;
use crate::geometry::PixelSize;

/// The most pixels that a picture may have: 50 million, an A4 page at 600 dpi and half of another.
const MAX_PIXELS: u64 = 50_000_000;

/// How many rows are handed to the PNG writer at a time: a page of 300 dpi has 35 MB.
const BAND: u32 = 256;

/// Points in a CSS pixel.
const PIXEL: f64 = 0.75;

/// A name for what has none: its first letters and a digest.
fn digest_name(kind: &str, data: &[u8]) -> Arc<str> {
    format!("{kind}-{:016x}-{}", Fnv::of(data), data.len()).into()
}

/// A picture ready for both writers.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// A name that tells this picture from others in the same document: its URL or a digest.
    pub name: Arc<str>,
    /// Natural width in points (a CSS pixel is 0.75 pt).
    pub width: f64,
    /// Natural height in points.
    pub height: f64,
    /// The picture itself.
    pub data: ImageData,
}

/// The picture itself.
#[derive(Debug, Clone, PartialEq)]
pub enum ImageData {
    /// A JPEG file, passed through as it is.
    Jpeg {
        /// The file.
        bytes: Arc<[u8]>,
        /// Pixels.
        pixels: PixelSize,
        /// 1 (grey), 3 (YCbCr) or 4 (CMYK).
        components: u8,
    },
    /// A PNG file, with its pixels decoded.
    Png {
        /// The file.
        bytes: Arc<[u8]>,
        /// Pixels.
        pixels: PixelSize,
        /// 8-bit RGB, row by row, no padding.
        rgb: Arc<[u8]>,
        /// 8-bit alpha if any pixel is not opaque.
        alpha: Option<Arc<[u8]>>,
    },
    /// A drawing (SVG, QR code), in points, origin at the top left.
    Vector {
        /// What is in it, in painting order.
        nodes: Arc<[Drawn]>,
        /// The SVG picture, if it came from one.
        svg: Option<Svg>,
    },
}
