//! PNG files: pixels of any kind become 8-bit RGB and alpha.
//!
//! What the writers get is the same whatever a file holds: 8 bits, colour, and a mask.

use std::io::{Cursor, Write};
use std::ops::Range;
use std::sync::Arc;

use png::{BitDepth, ColorType, Decoder, Filter, Limits, Transformations};

use super::{ImageData, MAX_PIXELS, palette};
use crate::diag::{Diagnostic, say};
use crate::geometry::PixelSize;
use crate::limits;

/// Reads a PNG file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<ImageData, Diagnostic> {
    let broken = |fault: String| {
        Diagnostic::error(
            "image-broken",
            say!("the PNG file `{name}` cannot be read: {fault}", name, fault),
        )
        .hint(say!("copy it again from where it came, or save it anew in an image editor"))
    };
    // Room for the largest picture allowed, of four 16-bit samples.
    let room = Limits { bytes: limits::get().pixels.saturating_mul(8) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), room);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    // The size is in the header, so that nothing is inflated of a picture that is too large.
    let info = decoder.read_header_info().map_err(|e| broken(e.to_string()))?;
    let pixels = PixelSize::new(info.width, info.height);
    held(name, pixels)?;
    // Colours, alpha, and the samples that they are made of.
    limits::hold_memory((pixels.area() as usize).saturating_mul(8))?;
    let mut reader = decoder.read_info().map_err(|e| broken(e.to_string()))?;
    let size = reader.output_buffer_size().ok_or_else(|| broken("it is too large".to_owned()))?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(|e| broken(e.to_string()))?;
    samples.truncate(frame.buffer_size());
    if frame.bit_depth != BitDepth::Eight {
        return Err(broken("its samples have no 8 bits".to_owned()));
    }
    let (rgb, alpha): (Vec<u8>, Vec<u8>) = match frame.color_type {
        ColorType::Grayscale => (samples.iter().flat_map(|g| [*g; 3]).collect(), Vec::new()),
        ColorType::GrayscaleAlpha => {
            let pairs = samples.as_chunks::<2>().0;
            (pairs.iter().flat_map(|p| [p[0]; 3]).collect(), pairs.iter().map(|p| p[1]).collect())
        }
        ColorType::Rgb => (samples, Vec::new()),
        ColorType::Rgba => {
            let quads = samples.as_chunks::<4>().0;
            (
                quads.iter().flat_map(|p| [p[0], p[1], p[2]]).collect(),
                quads.iter().map(|p| p[3]).collect(),
            )
        }
        ColorType::Indexed => return Err(broken("its palette is missing".to_owned())),
    };
    // A channel that is opaque throughout would cost a soft mask in the PDF.
    let alpha = alpha.iter().any(|a| *a < 255).then(|| Arc::from(alpha));
    Ok(ImageData::Png { bytes: Arc::from(bytes), pixels, rgb: rgb.into(), alpha })
}

/// Writes a picture as a PNG file with its density in pixels per inch: with a palette if there are
/// few colours. `paint` gives rows of 8-bit RGBA pixels whose colours are multiplied by their
/// alpha, `band` of them at most; it may be asked twice.
pub(super) fn write(
    pixels: PixelSize,
    dpi: f64,
    band: u32,
    paint: impl Fn(Range<usize>) -> Result<Vec<u8>, Diagnostic>,
) -> Result<Vec<u8>, Diagnostic> {
    let failed = |e: png::EncodingError| {
        Diagnostic::error("image-raster", say!("a picture cannot be written as PNG: {e}", e))
    };
    let height = pixels.height as usize;
    let bands = || {
        (0..height)
            .step_by(band.max(1) as usize)
            .map(|start| start..height.min(start + band as usize))
    };
    // Painted twice rather than kept: a page at 300 dpi has 35 MB of pixels.
    let mut finder = Some(palette::PaletteFinder::new(pixels.width as usize));
    for rows in bands() {
        let Some(known) = finder.take() else { break };
        finder = known.record_use(&paint(rows)?);
    }
    let palette = finder.map(palette::PaletteFinder::finish);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    colours(&mut encoder, palette.as_ref());
    // `pHYs` counts by the metre, and word processors take the size on paper from it.
    let per_metre = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(failed)?;
    let mut stream = writer.stream_writer().map_err(failed)?;
    let mut put = |bytes: &[u8]| stream.write_all(bytes).map_err(|e| failed(e.into()));
    match &palette {
        Some(palette) => put(&palette.rows)?,
        None => {
            for rows in bands() {
                put(paint(rows)?
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .copied()
                    .map(palette::straight)
                    .collect::<Vec<_>>()
                    .as_flattened())?;
            }
        }
    }
    stream.finish().map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// A chunk of text, for files that are written already.
#[cfg(feature = "svg")]
pub(crate) fn text_chunk(key: &str, text: &str) -> Vec<u8> {
    let data = [b"tEXt", key.as_bytes(), b"\0", text.as_bytes()].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&data);
    // The length counts neither itself, nor the kind, nor the sum (PNG 3, 5.3).
    let length = data.len() as u32 - 4;
    [&length.to_be_bytes(), &data[..], &sum.sum().to_be_bytes()].concat()
}

/// Pixels as a PNG file that is read again at once, so that time counts for more than size.
pub(super) fn quick(
    size: PixelSize,
    rgb: &[u8],
    alpha: Option<&[u8]>,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size.width, size.height);
    encoder.set_color(if alpha.is_some() { ColorType::Rgba } else { ColorType::Rgb });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header()?;
    match alpha {
        Some(alpha) => {
            let pixels = rgb.as_chunks::<3>().0.iter().zip(alpha);
            let samples: Vec<[u8; 4]> = pixels.map(|([r, g, b], a)| [*r, *g, *b, *a]).collect();
            writer.write_image_data(samples.as_flattened())?;
        }
        None => writer.write_image_data(rgb)?,
    }
    writer.finish()?;
    Ok(out)
}

/// Says how pixels are to be read: as numbers of a palette, or as colours with their alpha.
fn colours(encoder: &mut png::Encoder<'_, &mut Vec<u8>>, palette: Option<&palette::IndexedPixels>) {
    match palette {
        Some(palette) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_depth(BitDepth::from_u8(palette.depth).unwrap_or(BitDepth::Eight));
            encoder.set_palette(
                palette.colors.iter().flat_map(|c| [c[0], c[1], c[2]]).collect::<Vec<u8>>(),
            );
            // Some editors take any transparency of a palette for black.
            if palette.colors.iter().any(|color| color[3] < 255) {
                encoder.set_trns(palette.colors.iter().map(|c| c[3]).collect::<Vec<u8>>());
            }
            // Neighbouring numbers are not neighbouring colours, so there is nothing to foretell.
            encoder.set_filter(Filter::NoFilter);
        }
        None => {
            encoder.set_color(ColorType::Rgba);
            encoder.set_depth(BitDepth::Eight);
        }
    }
}

/// Whether a picture has no more pixels than a document may have of one.
pub(super) fn held(name: &str, pixels: PixelSize) -> Result<(), Diagnostic> {
    let most = limits::get().pixels;
    if pixels.area() <= most as u64 {
        return Ok(());
    }
    let PixelSize { width, height } = pixels;
    let message = say!(
        "the picture `{name}` has {width} × {height} pixels; the limit is {most} in all",
        name,
        width,
        height,
        most
    );
    let hint = say!("save it smaller: 300 pixels to an inch of the page are enough for print");
    Err(limits::reached("limit-pixels", message).hint(hint))
}

pub(super) fn too_large(name: &str, pixels: PixelSize) -> Diagnostic {
    let PixelSize { width, height } = pixels;
    Diagnostic::error(
        "image-size",
        say!(
            "the picture `{name}` has {width} × {height} pixels; the limit is {most} in all",
            name,
            width,
            height,
            most = MAX_PIXELS
        ),
    )
    .hint(say!("save it smaller: 300 pixels to an inch of the page are enough for print"))
}
