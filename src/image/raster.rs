//! Drawings as pixels, for documents that know no paths.

use super::{Image, ImageData, MAX_PIXELS, Segment, Shape, png};
use crate::diag::Diagnostic;

/// A drawing as a PNG file of so many pixels per inch at its natural size (300 is good for print). SVG needs the feature `svg`; QR codes
/// need nothing.
///
/// # Errors
/// `svg-feature`, `svg-broken`, `image-raster` if it is no drawing, `image-size` if it would have too many pixels.
pub fn rasterize(image: &Image, dpi: f64) -> Result<Vec<u8>, Diagnostic> {
    let ImageData::Vector { shapes, svg } = &image.data else {
        return Err(Diagnostic::error("image-raster", format!("the picture `{}` is no drawing", image.name)));
    };
    let scale = dpi / 72.0;
    let side = |length: f64| (length * scale).round().clamp(1.0, 1e9) as u32;
    let pixels = (side(image.width), side(image.height));
    if u64::from(pixels.0) * u64::from(pixels.1) > MAX_PIXELS {
        return Err(png::too_large(&image.name, pixels));
    }
    let rgba = match svg {
        Some(text) => svg_pixels(&image.name, text, pixels)?,
        None => rectangle_pixels(shapes, pixels, scale)
            .ok_or_else(|| Diagnostic::error("image-raster", format!("the drawing `{}` is neither SVG nor a QR code", image.name)))?,
    };
    png::write(pixels, &rgba, dpi)
}

#[cfg(feature = "svg")]
fn svg_pixels(name: &str, text: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, Diagnostic> {
    use resvg::tiny_skia::{Pixmap, Transform};
    let tree = super::svg::paths::parse(name, text)?;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| png::too_large(name, (width, height)))?;
    let transform = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap.take())
}

#[cfg(not(feature = "svg"))]
fn svg_pixels(name: &str, _: &str, _: (u32, u32)) -> Result<Vec<u8>, Diagnostic> {
    let fault = Diagnostic::error("svg-feature", format!("`{name}` is an SVG picture, and this program was built without SVG"));
    Err(fault.hint("build with the feature `svg`, or save the picture as PNG"))
}

/// Paints filled upright rectangles, edges on whole pixels, in colours multiplied by their alpha; nothing if there is anything else.
fn rectangle_pixels(shapes: &[Shape], (width, height): (u32, u32), scale: f64) -> Option<Vec<u8>> {
    let (width, height) = (width as usize, height as usize);
    let mut rgba = vec![0; width * height * 4];
    for shape in shapes {
        let (Some(color), None) = (shape.fill, &shape.stroke) else { return None };
        let part = |value: u8| ((u16::from(value) * u16::from(color.alpha) + 127) / 255) as u8;
        let seen = [part(color.red), part(color.green), part(color.blue), color.alpha];
        let (parts, rest) = shape.path.as_chunks::<5>();
        if !rest.is_empty() {
            return None;
        }
        for part in parts {
            let [Segment::Move(x0, y0), Segment::Line(x1, y1), Segment::Line(x2, y2), Segment::Line(x3, y3), Segment::Close] = *part else {
                return None;
            };
            if (y0, x1, y2, x3) != (y1, x2, y3, x0) {
                return None;
            }
            let pixel = |v: f64, end: usize| ((v * scale).round().max(0.0) as usize).min(end);
            for y in pixel(y0.min(y2), height)..pixel(y0.max(y2), height) {
                let row = &mut rgba[(y * width + pixel(x0.min(x2), width)) * 4..(y * width + pixel(x0.max(x2), width)) * 4];
                row.as_chunks_mut::<4>().0.fill(seen);
            }
        }
    }
    Some(rgba)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_becomes_a_png_file() {
        let image = crate::image::qr("итог").unwrap();
        let file = rasterize(&image, 96.0).unwrap();
        let ImageData::Png { pixels, rgb, alpha, .. } = png::read("qr.png", &file).unwrap() else { panic!() };
        // Modules of two pixels, four of them white around the code.
        assert_eq!(pixels, (58, 58));
        let alpha = alpha.unwrap();
        assert!(rgb.iter().all(|v| *v == 0));
        assert_eq!((alpha[7 * 58 + 7], alpha[8 * 58 + 8], alpha[10 * 58 + 10]), (0, 255, 0));
    }

    #[cfg(feature = "svg")]
    #[test]
    fn svg_becomes_a_png_file() {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><path d='M0 0H5V10H0Z' fill='#f00'/></svg>";
        let file = rasterize(&crate::image::svg(text).unwrap(), 96.0).unwrap();
        let ImageData::Png { pixels, rgb, alpha, .. } = png::read("a.png", &file).unwrap() else { panic!() };
        assert_eq!((pixels, &rgb[..3]), ((10, 10), &[255, 0, 0][..]));
        assert_eq!((alpha.as_ref().unwrap()[2], alpha.unwrap()[8]), (255, 0));
    }
}
