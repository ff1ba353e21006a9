//! From a tree of usvg's to a drawing: transforms are worked in, and what comes out is in points.

use std::sync::Arc;

use usvg::tiny_skia_path::{self, PathSegment, Transform};
use usvg::{
    ClipPath, FillRule, Group as Source, ImageKind, MaskType, Node, PaintOrder, Path, Tree,
};

use super::paint::{Painted, blend_mode};
use super::pixels;
use crate::diag::Diagnostic;
use crate::geometry::{Matrix, Point};
use crate::image::{
    Drawn, DrawnPath, DrawnSegment, Group, Image, ImageData, Mask, PIXEL, Shaded, digest_name,
    jpeg, png,
};

/// How deep groups may nest.
const MAX_DEPTH: usize = 256;

/// What is in a tree.
pub(super) fn drawing(tree: &Tree) -> Result<Vec<Drawn>, Diagnostic> {
    let mut reader = SvgReader { depth: 0, fault: None };
    let points = Transform::from_scale(PIXEL as f32, PIXEL as f32);
    let mut nodes = reader.nodes(tree.root(), points);
    if let Some(fault) = reader.fault {
        return Err(fault);
    }
    // What reaches out of the picture is cut off there.
    let (size, ink) = (tree.size(), tree.root().abs_stroke_bounding_box());
    // A hundredth of its size sticks out of many drawings by rounding, and needs no clip.
    let room = 0.01 * (size.width() + size.height());
    let outside = ink.left() < -room
        || ink.top() < -room
        || ink.right() > size.width() + room
        || ink.bottom() > size.height() + room;
    if outside && !nodes.is_empty() {
        let clip = rectangle(size.width(), size.height(), points);
        nodes = vec![Drawn::Group(Group { nodes, clip: Some((clip, false)), ..Group::default() })];
    }
    Ok(nodes)
}

/// A rectangle from the origin, transformed.
fn rectangle(width: f32, height: f32, ts: Transform) -> Vec<DrawnSegment> {
    let at = |x: f32, y: f32| mapped(ts, tiny_skia_path::Point::from_xy(x, y));
    vec![
        DrawnSegment::Move(at(0.0, 0.0)),
        DrawnSegment::Line(at(width, 0.0)),
        DrawnSegment::Line(at(width, height)),
        DrawnSegment::Line(at(0.0, height)),
        DrawnSegment::Close,
    ]
}

pub(super) struct SvgReader {
    depth: usize,
    /// What kept something from becoming pixels.
    fault: Option<Diagnostic>,
}

impl SvgReader {
    /// What is in a group, whose own transform is in `ts` already.
    pub(super) fn nodes(&mut self, parent: &Source, ts: Transform) -> Vec<Drawn> {
        let mut out = Vec::new();
        if self.depth >= MAX_DEPTH {
            return out;
        }
        self.depth += 1;
        for node in parent.children() {
            match node {
                Node::Group(group) => out.extend(self.group(node, group, ts)),
                Node::Path(path) if path.is_visible() => self.path(path, ts, &mut out),
                Node::Image(image) if image.is_visible() => {
                    out.extend(self.picture(node, image.kind(), ts));
                }
                // usvg has shaped it in our faces: what is left of text are paths.
                Node::Text(text) => out.extend(self.group(node, text.flattened(), ts)),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
        self.depth -= 1;
        out
    }

    /// What resvg painted.
    fn pixels(&mut self, painted: Result<Option<Drawn>, Diagnostic>) -> Vec<Drawn> {
        painted
            .unwrap_or_else(|fault| {
                self.fault = Some(fault);
                None
            })
            .into_iter()
            .collect()
    }

    fn group(&mut self, node: &Node, group: &Source, parent: Transform) -> Vec<Drawn> {
        // PDF has no filters.
        if !group.filters().is_empty() {
            return self.pixels(pixels::group(node, group, parent));
        }
        let ts = parent.pre_concat(group.transform());
        let mut nodes = self.nodes(group, ts);
        // In the order of CSS Masking 1: clipped, then masked, then faded.
        if let Some(clip) = group.clip_path().filter(|clip| cuts(group, clip)) {
            nodes = self.clipped(nodes, clip, ts);
        }
        if let Some(mask) = group.mask() {
            nodes = self.masked(nodes, mask, ts);
        }
        let (opacity, blend) = (group.opacity().get(), blend_mode(group.blend_mode()));
        if nodes.is_empty() || (opacity >= 1.0 && blend == "Normal") {
            return nodes;
        }
        // One thing alone can fade by itself, without a transparency group.
        if blend == "Normal" && fade(&mut nodes, opacity) {
            return nodes;
        }
        let opacity = f64::from(opacity);
        vec![Drawn::Group(Group { nodes, opacity, blend, ..Group::default() })]
    }

    /// Clips by a path if one is enough, else by a mask.
    fn clipped(&mut self, mut nodes: Vec<Drawn>, clip: &ClipPath, ts: Transform) -> Vec<Drawn> {
        // A clip path may itself be clipped; both hold.
        if let Some(outer) = clip.clip_path() {
            nodes = self.clipped(nodes, outer, ts);
        }
        let mut shapes = self.nodes(clip.root(), ts.pre_concat(clip.transform()));
        // Outlines alone clip: as a mask, a fill that is half transparent would let half of it
        // through.
        blacken(&mut shapes);
        let group = match &mut shapes[..] {
            [] => return Vec::new(),
            [Drawn::Shape(shape)] => {
                let clip = (std::mem::take(&mut shape.path), shape.even_odd);
                Group { nodes, clip: Some(clip), ..Group::default() }
            }
            _ => {
                // Several shapes clip by their union, which one PDF path cannot say: where they
                // overlap, even-odd and winding differ.
                let mask = Some(Mask { by_light: false, nodes: shapes });
                Group { nodes, mask, ..Group::default() }
            }
        };
        vec![Drawn::Group(group)]
    }

    fn masked(&mut self, mut nodes: Vec<Drawn>, mask: &usvg::Mask, ts: Transform) -> Vec<Drawn> {
        if let Some(outer) = mask.mask() {
            nodes = self.masked(nodes, outer, ts);
        }
        let inside = self.nodes(mask.root(), ts);
        // A mask without content lets nothing through.
        if nodes.is_empty() || inside.is_empty() {
            return Vec::new();
        }
        // A mask ends at the edges of its region, even where its content goes on.
        let rect = mask.rect();
        let region = ts.pre_translate(rect.x(), rect.y());
        let clip = Some((rectangle(rect.width(), rect.height(), region), false));
        let inside = vec![Drawn::Group(Group { nodes: inside, clip, ..Group::default() })];
        let mask = Some(Mask { by_light: mask.kind() == MaskType::Luminance, nodes: inside });
        vec![Drawn::Group(Group { nodes, mask, ..Group::default() })]
    }

    fn picture(&mut self, node: &Node, kind: &ImageKind, ts: Transform) -> Vec<Drawn> {
        let (bytes, data) = match kind {
            ImageKind::SVG(tree) => {
                let nodes = self.nodes(tree.root(), ts);
                // A picture shows nothing beyond its own edges, whatever it holds.
                let clip = rectangle(tree.size().width(), tree.size().height(), ts);
                let clip = Some((clip, false));
                return vec![Drawn::Group(Group { nodes, clip, ..Group::default() })];
            }
            ImageKind::PNG(bytes) => (bytes, png::read("", bytes).ok()),
            ImageKind::JPEG(bytes) => (bytes, jpeg::read("", bytes).ok().map(|(data, _)| data)),
            ImageKind::GIF(bytes) | ImageKind::WEBP(bytes) => (bytes, None),
        };
        // What our own readers cannot read is painted by resvg.
        let Some(data) = data else { return self.pixels(pixels::image(node, ts)) };
        let (ImageData::Jpeg { pixels, .. } | ImageData::Png { pixels, .. }) = &data else {
            return Vec::new();
        };
        let (width, height) = (f64::from(pixels.width) * PIXEL, f64::from(pixels.height) * PIXEL);
        let matrix = matrix(ts.pre_scale(pixels.width as f32, pixels.height as f32));
        let image = Image { name: digest_name("svg-image", bytes), width, height, data };
        vec![Drawn::Picture { matrix, image: Arc::new(image) }]
    }

    fn path(&mut self, path: &Path, ts: Transform, out: &mut Vec<Drawn>) {
        let segments = segments(path, ts);
        let even_odd = path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
        let fill = path.fill().map(|fill| {
            let paint = self.paint(fill.paint(), fill.opacity().get(), path, ts);
            match paint {
                Painted::Color(color) => Drawn::Shape(DrawnPath {
                    path: segments.clone(),
                    fill: Some(color),
                    even_odd,
                    stroke: None,
                }),
                Painted::Ink(ink, alpha) => Drawn::Shaded(Shaded {
                    path: segments.clone(),
                    even_odd,
                    stroke: None,
                    ink,
                    alpha,
                }),
            }
        });
        let stroke = path.stroke().map(|stroke| self.stroked(path, stroke, segments, ts));
        match (fill, stroke) {
            (Some(fill), Some(stroke)) if path.paint_order() == PaintOrder::StrokeAndFill => {
                out.extend([stroke, fill]);
            }
            // Fill and stroke of plain colours are one operator.
            (Some(Drawn::Shape(fill)), Some(Drawn::Shape(stroke))) => {
                out.push(Drawn::Shape(DrawnPath { stroke: stroke.stroke, ..fill }));
            }
            (fill, stroke) => out.extend(fill.into_iter().chain(stroke)),
        }
    }

    fn stroked(
        &mut self,
        path: &Path,
        stroke: &usvg::Stroke,
        whole: Vec<DrawnSegment>,
        ts: Transform,
    ) -> Drawn {
        let paint = self.paint(stroke.paint(), stroke.opacity().get(), path, ts);
        // The root of the determinant: by how much lengths grow in the mean.
        let scale = f64::from((ts.sx * ts.sy - ts.kx * ts.ky).abs()).sqrt();
        // A line drawn by an uneven transform is not equally wide in all directions: it is drawn in
        // the coordinates that it was made in, as large as they will be in the mean.
        let even = (ts.sx * ts.kx + ts.ky * ts.sy).abs() < 0.01 * (scale * scale) as f32
            && (ts.sx.hypot(ts.ky) - ts.kx.hypot(ts.sy)).abs() < 0.01 * scale as f32;
        let (path, matrix) = if even || scale <= 0.0 {
            (whole, None)
        } else {
            let size = Transform::from_scale(scale as f32, scale as f32);
            let back = Transform::from_scale(1.0 / scale as f32, 1.0 / scale as f32);
            (segments(path, size), Some(matrix(ts.pre_concat(back))))
        };
        let mut line = super::paint::line(stroke, scale);
        let drawn = match paint {
            Painted::Color(color) => {
                line.color = color;
                Drawn::Shape(DrawnPath { path, fill: None, even_odd: false, stroke: Some(line) })
            }
            Painted::Ink(ink, alpha) => {
                Drawn::Shaded(Shaded { path, even_odd: false, stroke: Some(line), ink, alpha })
            }
        };
        match matrix {
            None => drawn,
            matrix => Drawn::Group(Group { nodes: vec![drawn], matrix, ..Group::default() }),
        }
    }
}

/// Gives the only thing of a group its opacity; whether that is the same as fading the group.
fn fade(nodes: &mut [Drawn], opacity: f32) -> bool {
    let faded = |alpha: u8| (f32::from(alpha) * opacity).round() as u8;
    match nodes {
        [Drawn::Shape(DrawnPath { fill: Some(fill), stroke: None, .. })] => {
            fill.alpha = faded(fill.alpha);
            true
        }
        [Drawn::Shape(DrawnPath { fill: None, stroke: Some(stroke), .. })] => {
            stroke.color.alpha = faded(stroke.color.alpha);
            true
        }
        [Drawn::Shaded(shaded)] => {
            shaded.alpha = faded(shaded.alpha);
            true
        }
        _ => false,
    }
}

/// Clip paths are shapes: their paint does not count.
fn blacken(nodes: &mut [Drawn]) {
    for node in nodes {
        match node {
            Drawn::Shape(shape) => {
                shape.fill = Some(crate::style::Color::BLACK);
                shape.stroke = None;
            }
            Drawn::Group(group) => blacken(&mut group.nodes),
            Drawn::Shaded(_) | Drawn::Picture { .. } => {}
        }
    }
}

/// Whether a clip path may take something away: drawing programs clip to a rectangle that holds
/// all.
fn cuts(group: &Source, clip: &ClipPath) -> bool {
    let (inner, outer) = (group.stroke_bounding_box(), clip.root().bounding_box());
    let Some(outer) = outer.transform(clip.transform()) else { return true };
    let upright = |node: &Node| matches!(node, Node::Path(path) if is_upright(path));
    let room = 0.01 * (outer.width() + outer.height());
    clip.clip_path().is_some()
        || clip.root().children().len() != 1
        || !clip.root().children().iter().all(upright)
        || inner.left() < outer.left() - room
        || inner.top() < outer.top() - room
        || inner.right() > outer.right() + room
        || inner.bottom() > outer.bottom() + room
}

/// Whether a path is a rectangle with upright sides.
fn is_upright(path: &Path) -> bool {
    let points = path.data().points();
    // A move, four lines and a close: with all of them level or upright that is a rectangle.
    path.data().verbs().len() <= 6
        && points.len() >= 4
        && points.windows(2).all(|pair| pair[0].x == pair[1].x || pair[0].y == pair[1].y)
}

/// A transform of usvg's as ours.
pub(super) fn matrix(ts: Transform) -> Matrix {
    Matrix::new([ts.sx, ts.ky, ts.kx, ts.sy, ts.tx, ts.ty].map(f64::from))
}

pub(super) fn mapped(ts: Transform, mut point: tiny_skia_path::Point) -> Point {
    ts.map_point(&mut point);
    Point::new(f64::from(point.x), f64::from(point.y))
}

fn segments(path: &Path, transform: Transform) -> Vec<DrawnSegment> {
    let map = |p| mapped(transform, p);
    let mut at = Point::ZERO;
    let mut out = Vec::with_capacity(path.data().verbs().len());
    for segment in path.data().segments() {
        out.push(match segment {
            PathSegment::MoveTo(p) => {
                at = map(p);
                DrawnSegment::Move(at)
            }
            PathSegment::LineTo(p) => {
                at = map(p);
                DrawnSegment::Line(at)
            }
            PathSegment::QuadTo(c, p) => {
                // The cubic with the same course has its handles two thirds of the way to the
                // quadratic's.
                let (control, end) = (map(c), map(p));
                let handle = |from: Point| {
                    Point::new(
                        from.x + (control.x - from.x) * 2.0 / 3.0,
                        from.y + (control.y - from.y) * 2.0 / 3.0,
                    )
                };
                let (a, b) = (handle(at), handle(end));
                at = end;
                DrawnSegment::Cubic(a, b, end)
            }
            PathSegment::CubicTo(a, b, p) => {
                let (a, b) = (map(a), map(b));
                at = map(p);
                DrawnSegment::Cubic(a, b, at)
            }
            PathSegment::Close => DrawnSegment::Close,
        });
    }
    out
}
