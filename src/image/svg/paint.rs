//! Paints of SVG: colours, gradients with their stops worked out over the shape, patterns.

use usvg::tiny_skia_path::{self, Transform};
use usvg::{BaseGradient, BlendMode, LineCap, LineJoin, Paint, Path, SpreadMethod};

use super::read::{SvgReader, mapped, matrix};
use crate::geometry::{Point, Size};
use crate::image::{Along, Circle, DrawnGradient, Ink, Stroke, TilingPattern};
use crate::style::Color;

/// The most times that a gradient is repeated over a shape.
const MAX_TURNS: f64 = 200.0;

/// A paint, ready to be put on.
pub(super) enum Painted {
    Color(Color),
    /// With its alpha.
    Ink(Ink, u8),
}

impl SvgReader {
    /// A paint for a path that is drawn by a transform.
    pub(super) fn paint(
        &mut self,
        paint: &Paint,
        opacity: f32,
        path: &Path,
        ts: Transform,
    ) -> Painted {
        let alpha = (opacity * 255.0).round() as u8;
        match paint {
            Paint::Color(color) => Painted::Color(rgba(*color, alpha)),
            Paint::LinearGradient(gradient) => {
                let along = Along::Line(
                    Point::new(f64::from(gradient.x1()), f64::from(gradient.y1())),
                    Point::new(f64::from(gradient.x2()), f64::from(gradient.y2())),
                );
                Painted::Ink(Ink::Gradient(spread(gradient, along, path, ts)), alpha)
            }
            Paint::RadialGradient(gradient) => {
                let circle = |x: f32, y: f32, radius: f32| Circle {
                    center: Point::new(f64::from(x), f64::from(y)),
                    radius: f64::from(radius),
                };
                let along = Along::Circles(
                    circle(gradient.fx(), gradient.fy(), gradient.fr().get()),
                    circle(gradient.cx(), gradient.cy(), gradient.r().get()),
                );
                Painted::Ink(Ink::Gradient(spread(gradient, along, path, ts)), alpha)
            }
            Paint::Pattern(pattern) => {
                let rect = pattern.rect();
                let tile = ts.pre_concat(pattern.transform()).pre_translate(rect.x(), rect.y());
                // The tile is drawn as large as it will be, so that rounding does not show.
                let (sx, sy) = tile.get_scale();
                // A pattern that is flattened to a line has no scale to divide by.
                let (sx, sy) = (sx.max(1e-6), sy.max(1e-6));
                let nodes = self.nodes(pattern.root(), Transform::from_scale(sx, sy));
                let size = Size::new(f64::from(rect.width() * sx), f64::from(rect.height() * sy));
                let matrix = matrix(tile.pre_scale(1.0 / sx, 1.0 / sy));
                Painted::Ink(
                    Ink::Pattern(TilingPattern { size, matrix, nodes: nodes.into() }),
                    alpha,
                )
            }
        }
    }
}

fn rgba(color: usvg::Color, alpha: u8) -> Color {
    Color { red: color.red, green: color.green, blue: color.blue, alpha }
}

/// A gradient that covers a path. PDF knows no repeated gradients: theirs stops are said as often
/// as they come.
fn spread(gradient: &BaseGradient, along: Along, path: &Path, ts: Transform) -> DrawnGradient {
    let matrix = matrix(ts.pre_concat(gradient.transform()));
    let stops: Vec<(f64, Color)> = gradient
        .stops()
        .iter()
        .map(|stop| {
            let alpha = (stop.opacity().get() * 255.0).round() as u8;
            (f64::from(stop.offset().get()), rgba(stop.color(), alpha))
        })
        .collect();
    let plain = DrawnGradient { along, matrix, stops };
    if gradient.spread_method() == SpreadMethod::Pad {
        return plain;
    }
    // A transform that cannot be inverted draws nothing that could repeat.
    let Some(back) = gradient.transform().invert() else { return plain };
    let ink = path.stroke_bounding_box();
    let corners = [
        (ink.left(), ink.top()),
        (ink.right(), ink.top()),
        (ink.right(), ink.bottom()),
        (ink.left(), ink.bottom()),
    ]
    .map(|(x, y)| mapped(back, tiny_skia_path::Point::from_xy(x, y)));
    let (first, last) = turns(along, &corners);
    let count = last - first;
    // Repeats so fine are an even colour to the eye, and a function of thousands of parts in the
    // file.
    if !(1.0..=MAX_TURNS).contains(&count) {
        return plain;
    }
    let mirrored = gradient.spread_method() == SpreadMethod::Reflect;
    let mut all = Vec::new();
    for turn in 0..count as i64 {
        // Turns are counted from the gradient's own, so that the mirrored ones are those that
        // SVG means.
        let backwards = mirrored && (first as i64 + turn).rem_euclid(2) == 1;
        let at = |offset: f64| (turn as f64 + offset) / count;
        if backwards {
            all.extend(plain.stops.iter().rev().map(|(offset, color)| (at(1.0 - offset), *color)));
        } else {
            all.extend(plain.stops.iter().map(|(offset, color)| (at(*offset), *color)));
        }
    }
    DrawnGradient { along: stretched(along, first, last), matrix, stops: all }
}

/// From which to which whole multiple of its way a gradient is needed.
fn turns(along: Along, corners: &[Point]) -> (f64, f64) {
    match along {
        Along::Line(from, to) => {
            let way = to - from;
            let square = (way.x * way.x + way.y * way.y).max(1e-12);
            let at = |p: &Point| ((p.x - from.x) * way.x + (p.y - from.y) * way.y) / square;
            let least = corners.iter().map(at).fold(f64::INFINITY, f64::min);
            let most = corners.iter().map(at).fold(f64::NEG_INFINITY, f64::max);
            (least.floor(), most.ceil())
        }
        Along::Circles(from, to) => {
            let distance = |p: Point| (p.x - from.center.x).hypot(p.y - from.center.y);
            let far = corners.iter().map(|corner| distance(*corner)).fold(0.0, f64::max);
            // Where the focus lies on the outer circle a turn has no length, and no number of them
            // is enough.
            let speed =
                (to.radius - from.radius - distance(to.center)).max(1e-3 * to.radius.max(1e-6));
            (0.0, ((far - from.radius) / speed).ceil().max(1.0))
        }
    }
}

fn stretched(along: Along, first: f64, last: f64) -> Along {
    let between = |a: f64, b: f64, t: f64| a + (b - a) * t;
    let point = |a: Point, b: Point, t: f64| Point::new(between(a.x, b.x, t), between(a.y, b.y, t));
    match along {
        Along::Line(from, to) => Along::Line(point(from, to, first), point(from, to, last)),
        Along::Circles(from, to) => {
            let center = point(from.center, to.center, last);
            Along::Circles(from, Circle { center, radius: between(from.radius, to.radius, last) })
        }
    }
}

/// How a line is drawn at a scale; its colour is still to come.
pub(super) fn line(stroke: &usvg::Stroke, scale: f64) -> Stroke {
    let scaled = |v: f32| f64::from(v) * scale;
    Stroke {
        width: scaled(stroke.width().get()),
        dash: stroke.dasharray().unwrap_or_default().iter().map(|v| scaled(*v)).collect(),
        phase: scaled(stroke.dashoffset()),
        // PDF's own numbers (ISO 32000-1, 8.4.3.3 and 8.4.3.4).
        cap: match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
            // PDF has no miters that are cut off rather than bevelled.
            LineJoin::Miter | LineJoin::MiterClip => 0,
        },
        miter: f64::from(stroke.miterlimit().get()),
        ..Stroke::default()
    }
}

/// A blend mode as PDF calls it. `plus-lighter`, which PDF has not, is nearest to `Screen`.
pub(super) fn blend_mode(mode: BlendMode) -> &'static str {
    match mode {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        // PDF cannot add colours up; of its modes this one lightens most like it (ISO 32000-1,
        // 11.3.5).
        BlendMode::Screen | BlendMode::PlusLighter => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
    }
}
