//! What PDF has no words for, as pixels of print quality: filters, pictures of other kinds.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Rect, Transform};
use usvg::{Group, Node};

use super::read::matrix;
use crate::diag::{Diagnostic, say};
use crate::geometry::PixelSize;
use crate::image::{Drawn, Image, ImageData, PIXEL, digest_name};
use crate::limits;

/// Pixels per point: 300 per inch.
const DENSITY: f32 = 300.0 / 72.0;
/// The most pixels on a side, which a page has at 300 dpi.
const MAX_SIDE: f32 = 5000.0;

/// Something painted, nothing if there is nothing to be seen, or why it could not be painted.
type RasterResult = Result<Option<Drawn>, Diagnostic>;

/// A group with filters.
pub(super) fn group(node: &Node, group: &Group, parent: Transform) -> RasterResult {
    let area = group.layer_bounding_box().transform(parent.pre_concat(group.transform()));
    area.map_or(Ok(None), |area| paint(node, area.to_rect(), parent))
}

/// A picture.
pub(super) fn image(node: &Node, parent: Transform) -> RasterResult {
    let area = node.bounding_box().transform(parent);
    area.map_or(Ok(None), |area| paint(node, area, parent))
}

fn paint(node: &Node, area: Rect, parent: Transform) -> RasterResult {
    limits::wall(|| say!("the painter of SVG (resvg)"), || painted(node, area, parent))
}

fn painted(node: &Node, area: Rect, parent: Transform) -> Option<Drawn> {
    // Larger than a page, the density goes down instead of the pixels up.
    let density = DENSITY.min(MAX_SIDE / area.width().max(area.height()));
    let side = |length: f32| ((length * density).ceil() as u32).max(1);
    let (width, height) = (side(area.width()), side(area.height()));
    let mut pixmap = Pixmap::new(width, height)?;
    // resvg moves a node to the corner by where it thinks that it is; it is moved back.
    let corner = node.abs_layer_bounding_box()?;
    let to_pixels = Transform::from_translate(-area.x(), -area.y())
        .post_scale(density, density)
        .pre_concat(parent)
        .pre_translate(corner.x(), corner.y());
    resvg::render_node(node, to_pixels, &mut pixmap.as_mut())?;
    let mut rgb = Vec::with_capacity((width * height * 3) as usize);
    let mut alpha = Vec::with_capacity((width * height) as usize);
    for pixel in pixmap.pixels() {
        let color = pixel.demultiply();
        rgb.extend([color.red(), color.green(), color.blue()]);
        alpha.push(color.alpha());
    }
    let name = digest_name("svg-pixels", pixmap.data());
    // Nobody asks for the file: these pixels go into PDF only.
    let (bytes, pixels) = (Arc::from([]), PixelSize::new(width, height));
    let data = ImageData::Png { bytes, pixels, rgb: rgb.into(), alpha: Some(alpha.into()) };
    let unit = Transform::from_translate(area.x(), area.y())
        .pre_scale(width as f32 / density, height as f32 / density);
    let image =
        Image { name, width: f64::from(width) * PIXEL, height: f64::from(height) * PIXEL, data };
    Some(Drawn::Picture { matrix: matrix(unit), image: Arc::new(image) })
}
