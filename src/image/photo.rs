//! Photographs with fewer pixels: decoded, scaled and encoded again.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::scale::scaled;
use crate::geometry::PixelSize;

/// Good enough for print: at 300 dpi nobody sees what is lost.
const QUALITY: u8 = 90;

/// A grey or coloured JPEG file with so many pixels; none where that brings nothing: for inks, for
/// files that are not understood, and for a file that would be no smaller.
pub(crate) fn scaled_jpeg(bytes: &[u8], components: u8, to: PixelSize) -> Option<Vec<u8>> {
    let (space, channels, kind) = match components {
        1 => (ColorSpace::Luma, 1, ColorType::Luma),
        3 => (ColorSpace::RGB, 3, ColorType::Rgb),
        _ => return None,
    };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let info = decoder.info()?;
    let from = PixelSize::new(info.width.into(), info.height.into());
    if pixels.len() != from.area() as usize * channels {
        return None;
    }
    drop(decoder);
    let small = scaled(&pixels, channels, from, to, None);
    // A photograph of 12 megapixels: 36 MB that the encoder need not wait beside.
    drop(pixels);
    let (width, height) = (u16::try_from(to.width).ok()?, u16::try_from(to.height).ok()?);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&small, width, height, kind).ok()?;
    (file.len() < bytes.len()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photograph of a slope from black to white.
    fn slope(width: u16, height: u16) -> Vec<u8> {
        let across = |x: u16| (u32::from(x) * 255 / u32::from(width)) as u8;
        let rows = (0..height).flat_map(|_| (0..width).flat_map(|x| [across(x); 3]));
        let mut file = Vec::new();
        let encoder = Encoder::new(&mut file, 95);
        encoder.encode(&rows.collect::<Vec<_>>(), width, height, ColorType::Rgb).unwrap();
        file
    }

    #[test]
    fn a_photograph_keeps_its_colours_with_fewer_pixels() {
        let small = scaled_jpeg(&slope(320, 160), 3, PixelSize::new(80, 40)).unwrap();
        let mut decoder = JpegDecoder::new(ZCursor::new(small.as_slice()));
        let pixels = decoder.decode().unwrap();
        assert_eq!(pixels.len(), 80 * 40 * 3);
        let (left, right) = (pixels[0], pixels[79 * 3]);
        assert!(left < 20 && right > 235, "{left} {right}");
    }

    #[test]
    fn what_is_no_photograph_stays_as_it_is() {
        assert_eq!(scaled_jpeg(b"\xFF\xD8\xFF", 3, PixelSize::new(1, 1)), None);
        assert_eq!(scaled_jpeg(&slope(16, 16), 4, PixelSize::new(8, 8)), None);
    }
}
