//! Drawings as pixels, for documents that know no paths.
//!
//! For the DOCX, beside the drawing itself, and for what PDF has no words for.

use std::ops::Range;

use super::{BAND, Drawn, DrawnSegment, Image, ImageData, MAX_PIXELS, Svg, png};
use crate::diag::{Diagnostic, say};
use crate::geometry::{PixelSize, Point};
#[cfg(feature = "svg")]
use crate::limits;

/// A drawing as a PNG file of so many pixels per inch at its natural size (300 is good for print).
/// SVG needs the feature `svg`; QR codes need nothing.
///
/// # Errors
/// `svg-feature`, `image-raster` if it is not a drawing, `image-size` if it would have
/// too many pixels.
pub fn rasterize(image: &Image, dpi: f64) -> Result<Vec<u8>, Diagnostic> {
    let ImageData::Vector { nodes, svg } = &image.data else {
        return Err(Diagnostic::error(
            "image-raster",
            say!("the picture `{image}` is not a drawing", image = image.name),
        ));
    };
    let scale = dpi / 72.0;
    // Held in range before it becomes an integer; what is too large is refused below.
    let side = |length: f64| (length * scale).round().clamp(1.0, 1e9) as u32;
    let pixels = PixelSize::new(side(image.width), side(image.height));
    if pixels.area() > MAX_PIXELS {
        return Err(png::too_large(&image.name, pixels));
    }
    match svg {
        Some(svg) => svg_png(&image.name, svg, pixels, dpi),
        None => {
            let rectangles = rectangles(nodes, pixels, scale).ok_or_else(|| {
                Diagnostic::error(
                    "image-raster",
                    say!("the drawing `{image}` is neither SVG nor a QR code", image = image.name),
                )
            })?;
            png::write(pixels, dpi, BAND, |rows| {
                Ok(rectangle_rows(&rectangles, pixels.width as usize, rows))
            })
        }
    }
}

#[cfg(feature = "svg")]
fn svg_png(name: &str, svg: &Svg, pixels: PixelSize, dpi: f64) -> Result<Vec<u8>, Diagnostic> {
    use resvg::tiny_skia::{Pixmap, Transform};
    let tree = svg.tree();
    let PixelSize { width, height } = pixels;
    // To the whole pixel; but what is thinner than one, and is given one, would be blown up with
    // all that its filters need around it.
    let most = 2.0 * dpi as f32 / 96.0;
    let scale = |pixels: u32, length: f32| (pixels as f32 / length).min(most);
    let scale = Transform::from_scale(
        scale(width, tree.size().width()),
        scale(height, tree.size().height()),
    );
    // A filter looks at pixels around.
    let band = if tree.filters().is_empty() { BAND } else { height };
    png::write(pixels, dpi, band, |rows| {
        let mut pixmap =
            Pixmap::new(width, rows.len() as u32).ok_or_else(|| png::too_large(name, pixels))?;
        limits::tick();
        let part = scale.post_translate(0.0, -(rows.start as f32));
        limits::wall(
            || say!("the painter of SVG (resvg)"),
            || {
                resvg::render(tree, part, &mut pixmap.as_mut());
            },
        )?;
        Ok(pixmap.take())
    })
}

#[cfg(not(feature = "svg"))]
fn svg_png(name: &str, _: &Svg, _: PixelSize, _: f64) -> Result<Vec<u8>, Diagnostic> {
    let fault = Diagnostic::error(
        "svg-feature",
        say!("`{name}` is an SVG picture, and this program was built without SVG", name),
    );
    Err(fault.hint(say!("build with the feature `svg`, or save the picture as PNG")))
}

/// A filled upright rectangle with its edges on whole pixels, in a colour multiplied by its alpha.
struct Rectangle {
    across: Range<usize>,
    down: Range<usize>,
    color: [u8; 4],
}

/// The rectangles of which a drawing is made; nothing if there is anything else.
fn rectangles(nodes: &[Drawn], pixels: PixelSize, scale: f64) -> Option<Vec<Rectangle>> {
    let mut all = Vec::new();
    for node in nodes {
        let Drawn::Shape(shape) = node else { return None };
        let (Some(color), None) = (shape.fill, &shape.stroke) else { return None };
        // Multiplied by its alpha, as resvg's pixels are: what writes PNG takes both the same way.
        let part = |value: u8| ((u16::from(value) * u16::from(color.alpha) + 127) / 255) as u8;
        let color = [part(color.red), part(color.green), part(color.blue), color.alpha];
        let (parts, rest) = shape.path.as_chunks::<5>();
        if !rest.is_empty() {
            return None;
        }
        for part in parts {
            let [
                DrawnSegment::Move(Point { x: x0, y: y0 }),
                DrawnSegment::Line(Point { x: x1, y: y1 }),
                DrawnSegment::Line(Point { x: x2, y: y2 }),
                DrawnSegment::Line(Point { x: x3, y: y3 }),
                DrawnSegment::Close,
            ] = *part
            else {
                return None;
            };
            // Five segments that close are a rectangle only if all sides are upright.
            if (y0, x1, y2, x3) != (y1, x2, y3, x0) {
                return None;
            }
            // On whole pixels, so that the edges of modules are sharp.
            let pixel =
                |v: f64, end: u32| ((v * scale).round().max(0.0) as usize).min(end as usize);
            let (across, down) = (
                pixel(x0.min(x2), pixels.width)..pixel(x0.max(x2), pixels.width),
                pixel(y0.min(y2), pixels.height)..pixel(y0.max(y2), pixels.height),
            );
            all.push(Rectangle { across, down, color });
        }
    }
    Some(all)
}

/// Some rows of a picture made of rectangles.
fn rectangle_rows(all: &[Rectangle], width: usize, rows: Range<usize>) -> Vec<u8> {
    let mut rgba = vec![0; width * rows.len() * 4];
    for rectangle in all {
        for y in rectangle.down.start.max(rows.start)..rectangle.down.end.min(rows.end) {
            let start = (y - rows.start) * width;
            let row =
                &mut rgba[(start + rectangle.across.start) * 4..(start + rectangle.across.end) * 4];
            row.as_chunks_mut::<4>().0.fill(rectangle.color);
        }
    }
    rgba
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_becomes_a_png_file() {
        let image = crate::image::qr("итог").unwrap();
        let file = rasterize(&image, 96.0).unwrap();
        let ImageData::Png { pixels, rgb, alpha, .. } = png::read("qr.png", &file).unwrap() else {
            panic!()
        };
        // Modules of two pixels, four of them white around the code.
        assert_eq!(pixels, PixelSize::new(58, 58));
        // Opaque, whatever the page's colour is.
        assert!(alpha.is_none());
        let red = |x: usize, y: usize| rgb[(y * 58 + x) * 3];
        assert_eq!((red(7, 7), red(8, 8), red(10, 10)), (255, 0, 255));
    }

    #[cfg(feature = "svg")]
    #[test]
    fn svg_becomes_a_png_file() {
        let text = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><path d='M0 \
            0H5V10H0Z' fill='#f00'/></svg>";
        let file = rasterize(&crate::image::svg(text).unwrap(), 96.0).unwrap();
        let ImageData::Png { pixels, rgb, alpha, .. } = png::read("a.png", &file).unwrap() else {
            panic!()
        };
        assert_eq!((pixels, &rgb[..3]), (PixelSize::new(10, 10), &[255, 0, 0][..]));
        assert_eq!((alpha.as_ref().unwrap()[2], alpha.unwrap()[8]), (255, 0));
    }

    #[cfg(feature = "svg")]
    #[test]
    fn bands_meet_without_a_seam() {
        let side = 3.0 * f64::from(BAND);
        for paint in ["", "filter='url(#b)'"] {
            let text = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='{side}px' \
                    height='{side}px'><filter id='b'><feGaussianBlur stdDeviation='4'/></filter>\
                 <path d='M0 0L{side} {side}' stroke='#00f' stroke-width='9' {paint}/></svg>"
            );
            let file = rasterize(&crate::image::svg(&text).unwrap(), 96.0).unwrap();
            let ImageData::Png { pixels: PixelSize { width, height }, alpha, .. } =
                png::read("a.png", &file).unwrap()
            else {
                panic!()
            };
            let (alpha, width) = (alpha.unwrap(), width as usize);
            assert_eq!(width, height as usize);
            // A diagonal looks the same in each row, one pixel further on.
            let row = |y: usize| &alpha[y * width + y - 20..y * width + y + 20];
            for y in [BAND as usize, 2 * BAND as usize] {
                for near in [y - 1, y] {
                    let apart = row(near).iter().zip(row(100)).map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(apart <= Some(6), "row {near} of «{paint}»: {apart:?}");
                }
            }
        }
    }
}
