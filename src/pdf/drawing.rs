//! Drawings as form XObjects that bring all their resources: shadings, tiling patterns, soft masks
//! and transparency groups (ISO 32000-1, 8.7, 8.10, 11.6).

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream};

use super::deflate::Deflater;
use super::graphics::{Pen, alpha_id, alpha_value, flipped};
use super::image::{dict, external, name, operators, xobject};
use super::object::round;
use crate::geometry::{Matrix, Point, Rect, Size};
use crate::image::{
    Along, Circle, Drawn, DrawnGradient, DrawnSegment, Group, Ink, Mask, Shaded, TilingPattern,
};
use crate::style::Color;

/// A drawing as a form XObject; as a transparency group if it is put together before it comes onto
/// the page.
pub(super) fn form(
    nodes: &[Drawn],
    size: Size,
    layer: bool,
    deflater: &mut Deflater,
) -> ExternalStream {
    let (content, resources) = stream(nodes, size, deflater);
    let mut form = dict([
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        ("BBox", numbers(&[0.0, 0.0, size.width, size.height])),
        ("Resources", resources),
        ("Filter", name("FlateDecode")),
    ]);
    if layer {
        // Isolated: what is below does not come into the group's own colours.
        let group = dict([
            ("S", name("Transparency")),
            ("CS", name("DeviceRGB")),
            // Isolated: what lies below the group has no part in how it is put together (ISO
            // 32000-1, 11.4.5).
            ("I", DictItem::Bool(true)),
        ]);
        form.insert("Group".to_owned(), DictItem::Dict { map: group });
    }
    external(form, content)
}

/// The deflated operators and the resources that they name.
fn stream(nodes: &[Drawn], size: Size, deflater: &mut Deflater) -> (Vec<u8>, DictItem) {
    let mut writer = FormWriter { size, resources: BTreeMap::new(), count: 0, deflater };
    let mut pen = Pen::form(size.height);
    writer.nodes(&mut pen, nodes);
    let (ops, alphas) = pen.finish();
    for alpha in alphas {
        let value = DictItem::Real(alpha_value(alpha));
        let state = DictItem::Dict { map: dict([("ca", value.clone()), ("CA", value)]) };
        writer.add("ExtGState", alpha_id(alpha).0, state);
    }
    // A line feed behind the operators changes nothing.
    let (content, _) = writer.deflater.padded(&operators(ops), b"\n");
    let resources = writer.resources.into_iter();
    let resources = resources.map(|(kind, map)| (kind, DictItem::Dict { map })).collect();
    (content, DictItem::Dict { map: resources })
}

struct FormWriter<'a> {
    size: Size,
    /// By kind, then by name.
    resources: BTreeMap<String, BTreeMap<String, DictItem>>,
    count: usize,
    deflater: &'a mut Deflater,
}

impl FormWriter<'_> {
    fn add(&mut self, kind: &str, id: String, item: DictItem) {
        self.resources.entry(kind.to_owned()).or_default().insert(id, item);
    }

    /// Adds a resource under a name of its own.
    fn named(&mut self, kind: &str, item: DictItem) -> String {
        let id = format!("R{}", self.count);
        self.count += 1;
        self.add(kind, id.clone(), item);
        id
    }

    fn nodes(&mut self, pen: &mut Pen, nodes: &[Drawn]) {
        for node in nodes {
            match node {
                Drawn::Shape(shape) if shape.path.iter().all(DrawnSegment::is_finite) => {
                    pen.drawn(shape)
                }
                Drawn::Shaded(shaded) if shaded.path.iter().all(DrawnSegment::is_finite) => {
                    self.shaded(pen, shaded);
                }
                Drawn::Group(group) => self.group(pen, group),
                Drawn::Picture { matrix, image } => {
                    // As if shown twice: an object of its own, since forms have no place for
                    // inline ones.
                    let Some(object) = xobject(image, 2, self.deflater).map(|object| object.stream)
                    else {
                        continue;
                    };
                    let id = self.named("XObject", DictItem::Stream { stream: object });
                    pen.save();
                    pen.alpha(255);
                    pen.matrix(flipped(*matrix, 1.0, self.size.height).numbers().map(|v| v as f32));
                    pen.named(&id, "Do");
                    pen.restore();
                }
                Drawn::Shape(_) | Drawn::Shaded(_) => {}
            }
        }
    }

    fn group(&mut self, pen: &mut Pen, group: &Group) {
        pen.save();
        if let Some((path, even_odd)) = &group.clip {
            pen.clip_path(path, *even_odd);
        }
        if let Some(matrix) = group.matrix {
            pen.transform(matrix);
        }
        if group.is_layer() {
            let mut state = dict([
                ("ca", DictItem::Real(group.opacity as f32)),
                ("CA", DictItem::Real(group.opacity as f32)),
            ]);
            if group.blend != "Normal" {
                state.insert("BM".to_owned(), name(group.blend));
            }
            if let Some(mask) = &group.mask {
                state.insert("SMask".to_owned(), self.mask(mask));
            }
            let state = self.named("ExtGState", DictItem::Dict { map: state });
            let layer = form(&group.nodes, self.size, true, self.deflater);
            let layer = self.named("XObject", DictItem::Stream { stream: layer });
            pen.named(&state, "gs");
            pen.named(&layer, "Do");
        } else {
            self.nodes(pen, &group.nodes);
        }
        pen.restore();
    }

    /// A soft-mask dictionary.
    fn mask(&mut self, mask: &Mask) -> DictItem {
        let group = form(&mask.nodes, self.size, true, self.deflater);
        let kind = if mask.by_light { "Luminosity" } else { "Alpha" };
        DictItem::Dict {
            map: dict([
                ("Type", name("Mask")),
                ("S", name(kind)),
                ("G", DictItem::Stream { stream: group }),
            ]),
        }
    }

    fn shaded(&mut self, pen: &mut Pen, shaded: &Shaded) {
        if let Ink::Pattern(pattern) = &shaded.ink
            && shaded.stroke.is_none()
            && let Some(tiles) = tiles(pattern, &shaded.path)
        {
            return self.laid(pen, shaded, pattern, &tiles);
        }
        let pattern = match &shaded.ink {
            Ink::Gradient(gradient) => self.gradient(gradient),
            Ink::Pattern(pattern) => self.tile(pattern),
        };
        let id = self.named("Pattern", pattern);
        pen.save();
        if let Ink::Gradient(gradient) = &shaded.ink
            && gradient.stops.iter().any(|(_, color)| color.alpha < 255)
        {
            let mask = self.mask(&see_through(gradient, self.size));
            let state = DictItem::Dict { map: dict([("SMask", mask)]) };
            let state = self.named("ExtGState", state);
            pen.named(&state, "gs");
        }
        // After the mask's state, which sets no alpha of its own.
        pen.alpha(shaded.alpha);
        pen.shaded(&id, shaded);
        pen.restore();
    }

    /// Lays the tiles of a pattern one by one, as a form: viewers draw tiling patterns as coarse
    /// pictures and let seams be seen.
    fn laid(&mut self, pen: &mut Pen, shaded: &Shaded, pattern: &TilingPattern, tiles: &[Point]) {
        let tile = form(&pattern.nodes, pattern.size, shaded.alpha < 255, self.deflater);
        let id = self.named("XObject", DictItem::Stream { stream: tile });
        pen.save();
        pen.clip_path(&shaded.path, shaded.even_odd);
        pen.alpha(shaded.alpha);
        for tile in tiles {
            let Point { x: e, y: f } = pattern.matrix.apply(*tile);
            let moved = Matrix { e, f, ..pattern.matrix };
            pen.save();
            pen.matrix(
                flipped(moved, pattern.size.height, self.size.height).numbers().map(|v| v as f32),
            );
            pen.named(&id, "Do");
            pen.restore();
        }
        pen.restore();
    }

    /// A shading pattern. Its matrix is from its own coordinates to those of the form, which are
    /// the same for all forms of a drawing.
    fn gradient(&self, gradient: &DrawnGradient) -> DictItem {
        // 2 is axial, 3 radial (ISO 32000-1, 8.7.4.5.3 and 8.7.4.5.4).
        let (kind, coordinates) = match gradient.along {
            Along::Line(from, to) => (2, vec![from.x, from.y, to.x, to.y]),
            Along::Circles(from, to) => {
                let circle = |it: Circle| [it.center.x, it.center.y, it.radius];
                (3, [circle(from), circle(to)].concat())
            }
        };
        // Its own coordinates may grow downwards; the form's grow upwards.
        let Matrix { a, b, c, d, e, f } = gradient.matrix;
        let matrix = [a, -b, c, -d, e, self.size.height - f];
        // SVG and CSS pad: the end colours go on beyond both ends.
        let both = || DictItem::Array(vec![DictItem::Bool(true), DictItem::Bool(true)]);
        let shading = dict([
            ("ShadingType", DictItem::Int(kind)),
            ("ColorSpace", name("DeviceRGB")),
            ("Coords", numbers(&coordinates)),
            ("Function", function(&gradient.stops)),
            ("Extend", both()),
        ]);
        DictItem::Dict {
            map: dict([
                ("Type", name("Pattern")),
                ("PatternType", DictItem::Int(2)),
                ("Shading", DictItem::Dict { map: shading }),
                ("Matrix", numbers(&matrix)),
            ]),
        }
    }

    /// A tiling pattern.
    fn tile(&mut self, pattern: &TilingPattern) -> DictItem {
        let Size { width, height } = pattern.size;
        let (content, resources) = stream(&pattern.nodes, pattern.size, self.deflater);
        let tile = dict([
            ("Type", name("Pattern")),
            ("PatternType", DictItem::Int(1)),
            // Coloured, at constant distances (ISO 32000-1, 8.7.3.1).
            ("PaintType", DictItem::Int(1)),
            ("TilingType", DictItem::Int(1)),
            ("BBox", numbers(&[0.0, 0.0, width, height])),
            ("XStep", DictItem::Real(width as f32)),
            ("YStep", DictItem::Real(height as f32)),
            ("Matrix", numbers(&flipped(pattern.matrix, height, self.size.height).numbers())),
            ("Resources", resources),
            ("Filter", name("FlateDecode")),
        ]);
        DictItem::Stream { stream: external(tile, content) }
    }
}

/// The most tiles that are laid one by one.
const MAX_TILES: f64 = 4_000.0;

/// Where the tiles that a path shows begin, in the pattern's coordinates; nothing if they are too
/// many.
fn tiles(pattern: &TilingPattern, path: &[DrawnSegment]) -> Option<Vec<Point>> {
    let Matrix { a, b, c, d, e, f } = pattern.matrix;
    let Size { width, height } = pattern.size;
    let determinant = pattern.matrix.determinant();
    // A transform that flattens the plane has no inverse, and nothing of the pattern is seen.
    if determinant.abs() < 1e-12 || width <= 0.0 || height <= 0.0 {
        return None;
    }
    let points = path.iter().flat_map(|segment| match *segment {
        DrawnSegment::Move(at) | DrawnSegment::Line(at) => vec![at],
        DrawnSegment::Cubic(a, b, at) => vec![a, b, at],
        DrawnSegment::Close => Vec::new(),
    });
    let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        let (x, y) = (point.x - e, point.y - f);
        let own = [(d * x - c * y) / determinant / width, (a * y - b * x) / determinant / height];
        for axis in 0..2 {
            least[axis] = least[axis].min(own[axis]);
            most[axis] = most[axis].max(own[axis]);
        }
    }
    let (first, last) = (least.map(f64::floor), most.map(f64::ceil));
    let count = (last[0] - first[0]) * (last[1] - first[1]);
    if !(0.0..=MAX_TILES).contains(&count) {
        return None;
    }
    let across = || (first[0] as i64..last[0] as i64).map(|n| n as f64 * width);
    let along = (first[1] as i64..last[1] as i64).map(|n| n as f64 * height);
    Some(along.flat_map(|y| across().map(move |x| Point { x, y })).collect())
}

fn numbers(values: &[f64]) -> DictItem {
    DictItem::Array(values.iter().map(|v| DictItem::Real(*v as f32)).collect())
}

/// The mask that a gradient with see-through stops shines through: its alphas as greys.
fn see_through(gradient: &DrawnGradient, size: Size) -> Mask {
    let grey = |(offset, color): &(f64, Color)| {
        let light = color.alpha;
        (*offset, Color { red: light, green: light, blue: light, alpha: 255 })
    };
    let stops = gradient.stops.iter().map(grey).collect();
    let path = DrawnSegment::rectangle(Rect::at(Point::ZERO, size)).into();
    let ink = Ink::Gradient(DrawnGradient { stops, ..gradient.clone() });
    let whole = Shaded { path, even_odd: false, stroke: None, ink, alpha: 255 };
    Mask { by_light: true, nodes: vec![Drawn::Shaded(whole)] }
}

/// A function from 0–1 to colours: a stitch of straight ones (ISO 32000-1, 7.10.4).
fn function(stops: &[(f64, Color)]) -> DictItem {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return DictItem::Null };
    let mut points = vec![(0.0, first.1)];
    points.extend(stops.iter().copied());
    // The function must cover 0 to 1, whatever the stops do.
    points.push((1.0, last.1));
    // Two stops at one place are a jump: a part without length would have bounds that are not
    // allowed.
    let parts: Vec<_> = points.windows(2).filter(|pair| pair[1].0 > pair[0].0 + 1e-6).collect();
    let part = |pair: &&[(f64, Color)]| DictItem::Dict {
        map: dict([
            ("FunctionType", DictItem::Int(2)),
            ("Domain", numbers(&[0.0, 1.0])),
            ("C0", channels(pair[0].1)),
            ("C1", channels(pair[1].1)),
            // The exponent 1: straight from one colour to the other (ISO 32000-1, 7.10.3).
            ("N", DictItem::Int(1)),
        ]),
    };
    match &parts[..] {
        [] => DictItem::Null,
        [one] => part(one),
        _ => {
            let bounds: Vec<f64> = parts[1..].iter().map(|pair| pair[0].0).collect();
            let encode: Vec<f64> = parts.iter().flat_map(|_| [0.0, 1.0]).collect();
            DictItem::Dict {
                map: dict([
                    ("FunctionType", DictItem::Int(3)),
                    ("Domain", numbers(&[0.0, 1.0])),
                    ("Functions", DictItem::Array(parts.iter().map(part).collect())),
                    ("Bounds", numbers(&bounds)),
                    ("Encode", numbers(&encode)),
                ]),
            }
        }
    }
}

fn channels(color: Color) -> DictItem {
    let parts = [color.red, color.green, color.blue];
    DictItem::Array(parts.map(|v| DictItem::Real(round(f64::from(v) / 255.0))).to_vec())
}
