//! Pages and pictures for screens: a page drawn as pixels, a picture as a `data:` URL.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Image, ImageData, data_url, jpeg, png};
use crate::geometry::PixelSize;

/// A raster picture of a page with how many pixels of the page it covers at most.
#[cfg_attr(not(feature = "svg"), allow(dead_code, reason = "only resvg draws"))]
pub(crate) struct Shown {
    pub(crate) image: Arc<Image>,
    pub(crate) pixels: PixelSize,
}

impl Image {
    /// A raster picture as a `data:` URL; empty for a drawing, which has no file.
    pub(crate) fn data_url(&self) -> String {
        match &self.data {
            // What says how a camera was held has been seen to, and must not turn it once more.
            ImageData::Jpeg { bytes, .. } => {
                data_url::encode("image/jpeg", &jpeg::without_orientation(bytes))
            }
            ImageData::Png { .. } => data_url::encode("image/png", &self.png().unwrap_or_default()),
            ImageData::Vector { .. } => String::new(),
        }
    }

    /// The file of a PNG picture; made of its pixels if it came without one.
    fn png(&self) -> Option<Cow<'_, [u8]>> {
        let ImageData::Png { bytes, pixels, rgb, alpha } = &self.data else { return None };
        if !bytes.is_empty() {
            return Some(Cow::Borrowed(bytes));
        }
        png::quick(*pixels, rgb, alpha.as_deref()).ok().map(Cow::Owned)
    }
}

#[cfg(feature = "svg")]
pub(crate) use drawn::draw;

#[cfg(feature = "svg")]
mod drawn {
    use std::sync::Arc;

    use resvg::tiny_skia::{Pixmap, Transform};
    use usvg::{ImageHrefResolver, ImageKind, Options, Tree};

    use super::{ImageData, Shown, png};
    use crate::diag::{Diagnostic, say};
    use crate::geometry::PixelSize;
    use crate::image::{BAND, MAX_PIXELS, PIXEL, palette, scaled};

    /// Draws a page of ours, counted from 1, as a PNG file. Its raster pictures are named by their
    /// numbers.
    pub(crate) fn draw(
        page: usize,
        svg: &str,
        shown: &[Shown],
        pixels: PixelSize,
        dpi: f64,
    ) -> Result<Vec<u8>, Diagnostic> {
        if pixels.area() > MAX_PIXELS {
            return Err(too_large(page, pixels));
        }
        let resolver = ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|href, _| {
                shown.get(href.parse::<usize>().ok()?).and_then(Shown::kind)
            }),
        };
        let options = Options { image_href_resolver: resolver, ..Options::default() };
        let broken = |fault: String| {
            Diagnostic::error(
                "image-raster",
                say!("page {page} cannot be drawn: {fault}", page, fault),
            )
        };
        let tree = Tree::from_str(svg, &options).map_err(|fault| broken(fault.to_string()))?;
        let mut pixmap =
            Pixmap::new(pixels.width, pixels.height).ok_or_else(|| too_large(page, pixels))?;
        // usvg's units are CSS pixels.
        let scale = (dpi / 72.0 * PIXEL) as f32;
        // The last pixels may lie beyond the sheet by a part, and are paper, too.
        pixmap.fill(resvg::tiny_skia::Color::WHITE);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        let (row, all) = (pixels.width as usize * 4, pixmap.data());
        png::write(pixels, dpi, BAND, |rows| Ok(all[rows.start * row..rows.end * row].to_vec()))
    }

    fn too_large(page: usize, pixels: PixelSize) -> Diagnostic {
        let PixelSize { width, height } = pixels;
        let message = say!(
            "page {page} would have {width} × {height} pixels; the limit is {most} in all",
            page,
            width,
            height,
            most = MAX_PIXELS,
        );
        let hint = say!("ask for fewer pixels: 300 to an inch of the page are enough for print");
        Diagnostic::error("image-size", message).hint(hint)
    }

    impl Shown {
        /// The picture for usvg: of a photograph with many times the pixels of its place only as
        /// many are kept, for resvg would take one of several and leave the others out.
        fn kind(&self) -> Option<ImageKind> {
            let (file, pixels) = match &self.image.data {
                ImageData::Jpeg { bytes, pixels, .. } => {
                    (ImageKind::JPEG(Arc::new(bytes.to_vec())), *pixels)
                }
                ImageData::Png { pixels, .. } => {
                    (ImageKind::PNG(Arc::new(self.image.png()?.into_owned())), *pixels)
                }
                ImageData::Vector { .. } => return None,
            };
            let to = pixels.at_most(self.pixels.at_least(PixelSize::new(1, 1)));
            if to == pixels {
                return Some(file);
            }
            let smaller = match &self.image.data {
                ImageData::Png { rgb, alpha, .. } => {
                    let colors = scaled(rgb, 3, pixels, to, alpha.as_deref());
                    let alpha = alpha.as_ref().map(|alpha| scaled(alpha, 1, pixels, to, None));
                    png::quick(to, &colors, alpha.as_deref()).ok()?
                }
                _ => {
                    let rgb = decoded(file, pixels)?;
                    png::quick(to, &scaled(&rgb, 3, pixels, to, None), None).ok()?
                }
            };
            Some(ImageKind::PNG(Arc::new(smaller)))
        }
    }

    /// The pixels of a photograph, by resvg.
    fn decoded(file: ImageKind, pixels: PixelSize) -> Option<Vec<u8>> {
        let PixelSize { width, height } = pixels;
        let resolver = ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(move |_, _| Some(file.clone())),
        };
        let options = Options { image_href_resolver: resolver, ..Options::default() };
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>\
             <image width='{width}' height='{height}' href='0'/></svg>"
        );
        let tree = Tree::from_str(&svg, &options).ok()?;
        let mut pixmap = Pixmap::new(width, height)?;
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        let pixels = pixmap.data().as_chunks::<4>().0;
        Some(
            pixels
                .iter()
                .copied()
                .map(palette::straight)
                .flat_map(|[r, g, b, _]| [r, g, b])
                .collect(),
        )
    }
}
