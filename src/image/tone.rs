//! The colour of a picture at a point, for who must know what is behind words or before them.
//!
//! Asked by the look at finished pages. A drawing is painted small for it, once.

use super::{Image, ImageData};
use crate::geometry::PixelSize;
use crate::style::Color;

impl Image {
    /// The colour at a point of the picture, which is 1 wide and 1 high; nothing if that is not
    /// known without much work.
    pub(crate) fn tone(&self, across: f64, along: f64) -> Option<Color> {
        match &self.data {
            ImageData::Png { pixels, rgb, alpha, .. } => {
                let at = pixel(*pixels, across, along);
                let [red, green, blue] = *rgb.as_chunks::<3>().0.get(at)?;
                let alpha = alpha.as_ref().map_or(Some(255), |alpha| alpha.get(at).copied())?;
                Some(Color { red, green, blue, alpha })
            }
            #[cfg(feature = "svg")]
            ImageData::Vector { svg: Some(svg), .. } => svg.thumbnail()?.tone(across, along),
            _ => None,
        }
    }
}

/// The index of the pixel that lies at a point of a picture of 1 by 1.
fn pixel(pixels: PixelSize, across: f64, along: f64) -> usize {
    let place = |share: f64, count: u32| {
        ((share * f64::from(count)).max(0.0) as usize).min(count.saturating_sub(1) as usize)
    };
    place(along, pixels.height) * pixels.width as usize + place(across, pixels.width)
}

/// A drawing in a few pixels.
#[cfg(feature = "svg")]
#[derive(Debug)]
pub(super) struct Thumbnail {
    pixels: PixelSize,
    /// Multiplied by alpha.
    rgba: Vec<u8>,
}

#[cfg(feature = "svg")]
impl Thumbnail {
    /// The pixels of the longer side: a millimetre of A4, finer than letters.
    const SIDE: f32 = 256.0;

    pub(super) fn new(tree: &usvg::Tree) -> Option<Self> {
        use resvg::tiny_skia::{Pixmap, Transform};
        let (width, height) = (tree.size().width(), tree.size().height());
        let scale = Self::SIDE / width.max(height);
        let side = |length: f32| (length * scale).ceil().max(1.0) as u32;
        let mut pixmap = Pixmap::new(side(width), side(height))?;
        let pixels = PixelSize::new(pixmap.width(), pixmap.height());
        let fill =
            Transform::from_scale(pixels.width as f32 / width, pixels.height as f32 / height);
        crate::limits::wall(
            || crate::diag::say!("the painter of SVG (resvg)"),
            || resvg::render(tree, fill, &mut pixmap.as_mut()),
        )
        .ok()?;
        Some(Self { pixels, rgba: pixmap.take() })
    }

    fn tone(&self, across: f64, along: f64) -> Option<Color> {
        let at = pixel(self.pixels, across, along);
        let [red, green, blue, alpha] = *self.rgba.as_chunks::<4>().0.get(at)?;
        let straight = |part: u8| match alpha {
            0 => 0,
            alpha => (u16::from(part) * 255 / u16::from(alpha)).min(255) as u8,
        };
        Some(Color { red: straight(red), green: straight(green), blue: straight(blue), alpha })
    }
}

#[cfg(all(test, feature = "svg"))]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_its_colours_and_holes() {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>\
            <path d='M0 0H50V50H0Z' fill='#204060'/>\
            <path d='M50 0H100V25H50Z' fill='red' fill-opacity='.5'/></svg>";
        let image = crate::image::svg(text).unwrap();
        let blue = Color { red: 0x20, green: 0x40, blue: 0x60, alpha: 255 };
        assert_eq!(image.tone(0.1, 0.9), Some(blue));
        assert_eq!(image.tone(0.9, 0.1).map(|tone| (tone.red, tone.alpha)), Some((255, 128)));
        assert_eq!(image.tone(0.9, 0.9).map(|tone| tone.alpha), Some(0));
    }
}
