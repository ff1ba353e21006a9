//! Drawings and pictures: what a page shows besides text and rules, each defined once on its page.

use std::fmt::Write;
use std::sync::Arc;

use super::page::{SvgWriter, shape};
use super::text::{attribute, color, factor, fraction, line, path, transform};
use crate::cache::equal;
use crate::geometry::{Matrix, PixelSize, Size};
use crate::image::{
    Along, Drawn, DrawnGradient, DrawnSegment, Group, Image, ImageData, Ink, Mask, Shaded, Shown,
    TilingPattern,
};

/// Where in a drawing something stands.
#[derive(Clone, Copy)]
struct Within {
    /// From the coordinates here to the drawing's: gradients and patterns are given in those.
    matrix: Matrix,
    /// The drawing's size.
    size: Size,
}

impl SvgWriter<'_> {
    /// The name of a picture on this page and its size in its own units. `shown` is how large it
    /// will be, in points.
    pub(super) fn picture(&mut self, image: &Arc<Image>, shown: Size) -> (String, Size) {
        let size = match image.data {
            ImageData::Vector { .. } => Size::new(image.width, image.height),
            ImageData::Jpeg { pixels, .. } | ImageData::Png { pixels, .. } => {
                Size::new(pixels.width.into(), pixels.height.into())
            }
        };
        let same = |(known, _): &&(Arc<Image>, String)| equal::<Image>(known, image);
        let known = self.written.iter().find(same).map(|(_, name)| name.clone());
        // Once on a page, however often it is shown there.
        let name = known.unwrap_or_else(|| {
            let name = self.name();
            match &image.data {
                ImageData::Vector { nodes, .. } => {
                    let within = Within { matrix: Matrix::IDENTITY, size };
                    let drawing = self.nodes(nodes, within);
                    let _ = write!(self.defs, "<g id=\"{name}\">{drawing}</g>");
                }
                ImageData::Jpeg { .. } | ImageData::Png { .. } => {
                    // What draws pixels decodes the picture at the size that it is shown in, so it
                    // is handed over, not written.
                    let href = match &mut self.pixels {
                        Some(pixels) => {
                            // How many it covers is known below, for each place where it is shown.
                            let covered = PixelSize::default();
                            pixels.shown.push(Shown { image: Arc::clone(image), pixels: covered });
                            (pixels.shown.len() - 1).to_string()
                        }
                        None => image.data_url(),
                    };
                    let _ = write!(self.defs, "<image id=\"{name}\"");
                    attribute(&mut self.defs, "width", size.width);
                    attribute(&mut self.defs, "height", size.height);
                    let _ = write!(self.defs, " preserveAspectRatio=\"none\" href=\"{href}\"/>");
                }
            }
            self.written.push((Arc::clone(image), name.clone()));
            name
        });
        // A picture is handed over as large as it is shown at its largest.
        if let Some(pixels) = &mut self.pixels
            && let Some(wanted) = pixels.shown.iter_mut().find(|shown| shown.image == *image)
        {
            let side = |length: f64| (length * pixels.scale).abs().ceil().clamp(1.0, 1e6) as u32;
            let largest = PixelSize::new(side(shown.width), side(shown.height));
            wanted.pixels = wanted.pixels.at_least(largest);
        }
        (name, size)
    }

    fn nodes(&mut self, nodes: &[Drawn], within: Within) -> String {
        let mut out = String::new();
        for node in nodes {
            match node {
                Drawn::Shape(it) if it.path.iter().all(DrawnSegment::is_finite) => {
                    shape(&mut out, &it.path, it.fill, it.even_odd, it.stroke.as_ref(), 1.0);
                }
                Drawn::Shaded(it) if it.path.iter().all(DrawnSegment::is_finite) => {
                    self.shaded(&mut out, it, within);
                }
                Drawn::Group(group) => self.group(&mut out, group, within),
                Drawn::Picture { matrix, image } => {
                    // The matrix is that of the unit square.
                    let Matrix { a, b, c, d, .. } = within.matrix.around(*matrix);
                    let (name, size) = self.picture(image, Size::new(a.hypot(b), c.hypot(d)));
                    let unit = Matrix::scale(1.0 / size.width, 1.0 / size.height);
                    let _ = write!(out, "<use href=\"#{name}\"");
                    transform(&mut out, "transform", matrix.around(unit));
                    out.push_str("/>");
                }
                Drawn::Shape(_) | Drawn::Shaded(_) => {}
            }
        }
        out
    }

    fn shaded(&mut self, out: &mut String, shaded: &Shaded, within: Within) {
        // A plane that is flattened shows nothing.
        let Some(back) = within.matrix.inverse() else { return };
        let name = match &shaded.ink {
            Ink::Gradient(gradient) => self.gradient(gradient, back),
            Ink::Pattern(pattern) => self.pattern(pattern, back),
        };
        let opacity = f64::from(shaded.alpha) / 255.0;
        out.push_str("<path");
        path(out, &shaded.path, shaded.even_odd.then_some("fill-rule"));
        match &shaded.stroke {
            Some(stroke) => {
                let _ = write!(out, " fill=\"none\" stroke=\"url(#{name})\"");
                fraction(out, "stroke-opacity", opacity);
                line(out, stroke);
            }
            None => {
                let _ = write!(out, " fill=\"url(#{name})\"");
                fraction(out, "fill-opacity", opacity);
            }
        }
        out.push_str("/>");
    }

    fn gradient(&mut self, gradient: &DrawnGradient, back: Matrix) -> String {
        let name = self.name();
        let out = &mut self.defs;
        let (kind, numbers) = match gradient.along {
            Along::Line(from, to) => {
                ("linearGradient", vec![("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)])
            }
            Along::Circles(from, to) => (
                "radialGradient",
                vec![
                    ("fx", from.center.x),
                    ("fy", from.center.y),
                    ("fr", from.radius),
                    ("cx", to.center.x),
                    ("cy", to.center.y),
                    ("r", to.radius),
                ],
            ),
        };
        let _ = write!(out, "<{kind} id=\"{name}\" gradientUnits=\"userSpaceOnUse\"");
        for (name, value) in numbers {
            attribute(out, name, value);
        }
        transform(out, "gradientTransform", back.around(gradient.matrix));
        out.push('>');
        for (offset, stop) in &gradient.stops {
            out.push_str("<stop offset=\"");
            // Of a gradient that is repeated there are hundreds.
            factor(out, *offset);
            out.push('"');
            color(out, "stop-color", *stop, 1.0);
            out.push_str("/>");
        }
        let _ = write!(out, "</{kind}>");
        name
    }

    fn pattern(&mut self, pattern: &TilingPattern, back: Matrix) -> String {
        let name = self.name();
        let size = pattern.size;
        let tile = self.nodes(&pattern.nodes, Within { matrix: Matrix::IDENTITY, size });
        let out = &mut self.defs;
        let _ = write!(out, "<pattern id=\"{name}\" patternUnits=\"userSpaceOnUse\"");
        attribute(out, "width", size.width);
        attribute(out, "height", size.height);
        transform(out, "patternTransform", back.around(pattern.matrix));
        let _ = write!(out, ">{tile}</pattern>");
        name
    }

    fn group(&mut self, out: &mut String, group: &Group, within: Within) {
        let mut ends = String::new();
        if let Some((path, even_odd)) = &group.clip {
            let name = self.clip_path(path, *even_odd);
            let _ = write!(out, "<g clip-path=\"url(#{name})\">");
            ends.push_str("</g>");
        }
        let inner = match group.matrix {
            Some(matrix) => Within { matrix: within.matrix.around(matrix), ..within },
            None => within,
        };
        if group.matrix.is_some() || group.is_layer() {
            out.push_str("<g");
            if let Some(matrix) = group.matrix {
                transform(out, "transform", matrix);
            }
            if let Some(mask) = &group.mask {
                let name = self.mask(mask, inner);
                let _ = write!(out, " mask=\"url(#{name})\"");
            }
            fraction(out, "opacity", group.opacity);
            if group.blend != "Normal" {
                let _ = write!(out, " style=\"mix-blend-mode:{}\"", blend(group.blend));
            }
            out.push('>');
            ends.push_str("</g>");
        }
        let nodes = self.nodes(&group.nodes, inner);
        out.push_str(&nodes);
        out.push_str(&ends);
    }

    fn mask(&mut self, mask: &Mask, within: Within) -> String {
        let name = self.name();
        let nodes = self.nodes(&mask.nodes, within);
        let out = &mut self.defs;
        let _ = write!(out, "<mask id=\"{name}\" maskUnits=\"userSpaceOnUse\"");
        // What is masked may stand out of its drawing, but not by more than its size.
        let Size { width, height } = within.size;
        for (name, value) in
            [("x", -width), ("y", -height), ("width", 3.0 * width), ("height", 3.0 * height)]
        {
            attribute(out, name, value);
        }
        let kind = if mask.by_light { "luminance" } else { "alpha" };
        let _ = write!(out, " mask-type=\"{kind}\">{nodes}</mask>");
        name
    }
}

/// A blend mode as CSS calls it: PDF's names, in small letters with hyphens.
fn blend(mode: &str) -> String {
    let mut out = String::new();
    for (at, c) in mode.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn blend_modes_are_called_as_in_css() {
        assert_eq!(["Multiply", "ColorDodge"].map(super::blend), ["multiply", "color-dodge"]);
    }
}
