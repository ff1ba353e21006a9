//! Gradients and shadows of CSS as SVG text, made for a box: one road to shadings in PDF and to
//! pixels in DOCX.

use std::fmt::Write;

use crate::geometry::{Point, Rect, Size};
use crate::style::{Color, Course, Gradient, RadialExtent, Shadow};

/// Steps between two stops of different alpha: CSS mixes colours that are multiplied by their
/// alpha, SVG and PDF do not.
const STEPS: usize = 16;

fn open(size: Size) -> String {
    let Size { width, height } = size;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
            viewBox=\"0 0 {width} {height}\">"
    )
}

/// A gradient over a box of that size, in points.
pub fn gradient(gradient: &Gradient, width: f64, height: f64) -> String {
    // A box without an extent is drawn nowhere, but SVG must be valid all the same.
    let (width, height) = (width.max(0.01), height.max(0.01));
    let mut svg = open(Size { width, height });
    let (length, course) = course(gradient.course, width, height);
    let stops = places(gradient, length);
    let (first, last) = (stops[0].0, stops[stops.len() - 1].0);
    // What does not repeat may have all its stops in one place.
    let (first, last) =
        if gradient.repeats { (first, last) } else { (first.min(0.0), last.max(1.0)) };
    // Stops that all lie in one place need a line of some length to stand on.
    let span = if last - first > 1e-6 { last - first } else { 1e-6 };
    let spread = if gradient.repeats { "repeat" } else { "pad" };
    let _ = match course {
        GradientLine::Straight { from, by } => {
            let at = |t: f64| Point::new(from.x + by.x * t, from.y + by.y * t);
            let (Point { x: x1, y: y1 }, Point { x: x2, y: y2 }) = (at(first), at(first + span));
            write!(
                svg,
                "<linearGradient id=\"g\" gradientUnits=\"userSpaceOnUse\" \
                    spreadMethod=\"{spread}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\">"
            )
        }
        GradientLine::Round { at: Point { x, y }, radii: Size { width: rx, height: ry } } => {
            // Stops may begin before the middle, but no circle is smaller than a point.
            let (start, end) = (first.max(0.0), (first + span).max(1e-6));
            write!(
                svg,
                "<radialGradient id=\"g\" gradientUnits=\"userSpaceOnUse\" \
                    spreadMethod=\"{spread}\" cx=\"0\" cy=\"0\" fr=\"{start}\" r=\"{end}\" \
                 gradientTransform=\"matrix({rx} 0 0 {ry} {x} {y})\">"
            )
        }
    };
    let mut before: Option<(f64, Color)> = None;
    for (at, color) in stops {
        let at = (at - first) / span;
        // Equal alphas need no steps: multiplied or not, the colours between are the same.
        if let Some((from, earlier)) = before.filter(|(_, c)| c.alpha != color.alpha) {
            for step in 0..=STEPS {
                let t = step as f64 / STEPS as f64;
                stop(&mut svg, from + (at - from) * t, mixed(earlier, color, t));
            }
        } else {
            stop(&mut svg, at, color);
        }
        before = Some((at, color));
    }
    let end = if matches!(course, GradientLine::Straight { .. }) { "linear" } else { "radial" };
    let _ = write!(
        svg,
        "</{end}Gradient><path d=\"M0 0H{width}V{height}H0Z\" fill=\"url(#g)\"/></svg>"
    );
    svg
}

fn stop(svg: &mut String, at: f64, color: Color) {
    let Color { red, green, blue, alpha } = color;
    let _ = write!(
        svg,
        "<stop offset=\"{at}\" stop-color=\"#{red:02x}{green:02x}{blue:02x}\" \
            stop-opacity=\"{}\"/>",
        f64::from(alpha) / 255.0
    );
}

/// Between two colours, as if they were multiplied by their alpha.
fn mixed(from: Color, to: Color, t: f64) -> Color {
    let alpha = f64::from(from.alpha) * (1.0 - t) + f64::from(to.alpha) * t;
    let part = |a: u8, b: u8| {
        let sum = f64::from(a) * f64::from(from.alpha) * (1.0 - t)
            + f64::from(b) * f64::from(to.alpha) * t;
        // At a transparent end the colour is that of the other one.
        if alpha > 0.0 {
            (sum / alpha).round() as u8
        } else if from.alpha == 0 {
            b
        } else {
            a
        }
    };
    Color {
        red: part(from.red, to.red),
        green: part(from.green, to.green),
        blue: part(from.blue, to.blue),
        alpha: alpha.round() as u8,
    }
}

/// Where a gradient goes, with 0 and 1 at its ends.
enum GradientLine {
    Straight { from: Point, by: Point },
    Round { at: Point, radii: Size },
}

/// The length that percentages are of, and the line (CSS Images 3, 3.1 and 3.2).
fn course(course: Course, width: f64, height: f64) -> (f64, GradientLine) {
    let straight = |dx: f64, dy: f64| {
        // Long enough that the corners lie at its ends (CSS Images 3, 3.1).
        let length = (width * dx).abs() + (height * dy).abs();
        let by = Point::new(dx * length, dy * length);
        let from = Point::new(width / 2.0 - by.x / 2.0, height / 2.0 - by.y / 2.0);
        (length, GradientLine::Straight { from, by })
    };
    match course {
        Course::Angle(degrees) => {
            let (sin, cos) = degrees.to_radians().sin_cos();
            // 0deg points upwards and y grows downwards.
            straight(sin, -cos)
        }
        Course::Corner { x, y } => {
            // The line at right angles through the middle meets the two other corners.
            let (dx, dy) = (x * height, y * width);
            let length = dx.hypot(dy).max(1e-9);
            straight(dx / length, dy / length)
        }
        Course::Radial { circle, extent, at } => {
            let at = Point::new(at.0.resolve(width), at.1.resolve(height));
            let radii = radii(circle, extent, at, Size { width, height });
            // A shape without extent is drawn as one with hardly any (CSS Images 3, 3.2.3).
            let seen = Size::new(radii.width.max(1e-3), radii.height.max(1e-3));
            (radii.width, GradientLine::Round { at, radii: seen })
        }
    }
}

fn radii(circle: bool, extent: RadialExtent, at: Point, size: Size) -> Size {
    let Size { width, height } = size;
    let (left, right) = (at.x.abs(), (width - at.x).abs());
    let (top, bottom) = (at.y.abs(), (height - at.y).abs());
    let near = Size::new(left.min(right), top.min(bottom));
    let far = Size::new(left.max(right), top.max(bottom));
    let round = |radius: f64| Size::new(radius, radius);
    // The ellipse through a corner has the proportions of the one through the sides, √2 times as
    // large.
    let root = std::f64::consts::SQRT_2;
    match (extent, circle) {
        (RadialExtent::ClosestSide, false) => near,
        (RadialExtent::FarthestSide, false) => far,
        (RadialExtent::ClosestCorner, false) => near.scaled(root),
        (RadialExtent::FarthestCorner, false) => far.scaled(root),
        (RadialExtent::ClosestSide, true) => round(near.width.min(near.height)),
        (RadialExtent::FarthestSide, true) => round(far.width.max(far.height)),
        (RadialExtent::ClosestCorner, true) => round(near.width.hypot(near.height)),
        (RadialExtent::FarthestCorner, true) => round(far.width.hypot(far.height)),
        (RadialExtent::Radii(x, _), true) => round(x.resolve(width)),
        (RadialExtent::Radii(x, y), false) => Size::new(x.resolve(width), y.resolve(height)),
    }
}

/// The stops' places as shares of the line: those not given stand evenly between the others, and
/// none stands before the one that is before it.
fn places(gradient: &Gradient, length: f64) -> Vec<(f64, Color)> {
    let last = gradient.stops.len() - 1;
    let share = |at: crate::style::LengthPercentage| at.resolve(length) / length.max(1e-9);
    let mut places: Vec<Option<f64>> = gradient.stops.iter().map(|(at, _)| at.map(share)).collect();
    places[0].get_or_insert(0.0);
    places[last].get_or_insert(1.0);
    // CSS Images 3, 3.4.3: fixed before those between are spread.
    let mut most = f64::NEG_INFINITY;
    for place in places.iter_mut().flatten() {
        most = most.max(*place);
        *place = most;
    }
    let mut known = (0, places[0].unwrap_or(0.0));
    for i in 1..=last {
        let Some(place) = places[i] else { continue };
        let gap = (i - known.0) as f64;
        for (n, between) in (1..).zip(&mut places[known.0 + 1..i]) {
            *between = Some(known.1 + (place - known.1) * f64::from(n) / gap);
        }
        known = (i, place);
    }
    places.into_iter().flatten().zip(gradient.stops.iter().map(|(_, color)| *color)).collect()
}

/// A shadow of a box with corners of such radii, on a sheet of that size.
pub fn shadow(shadow: &Shadow, sheet: Size, rect: Rect, radius: f64) -> String {
    let Rect { x, y, width, height } = rect;
    let mut svg = open(sheet);
    let grow = if shadow.inset { -shadow.spread } else { shadow.spread };
    let cast = rounded(
        Rect::new(
            x + shadow.x - grow,
            y + shadow.y - grow,
            width + 2.0 * grow,
            height + 2.0 * grow,
        ),
        // Square corners stay square however far the shadow spreads (CSS Backgrounds 3).
        if radius > 0.0 { (radius + grow).max(0.0) } else { 0.0 },
    );
    let own = rounded(rect, radius);
    // The blur of what is outside reaches in from so far.
    let far = 1.5 * shadow.blur + shadow.x.abs() + shadow.y.abs() + 9.0;
    let (right, bottom) = (sheet.width + far, sheet.height + far);
    let whole = format!("M-{far} -{far}H{right}V{bottom}H-{far}Z");
    // An outer shadow is never seen through its own box, an inner one never outside of it.
    let (clip, path) = if shadow.inset {
        (own, format!("{whole}{cast}"))
    } else {
        (format!("{whole}{own}"), cast)
    };
    let Color { red, green, blue, alpha } = shadow.color;
    // The deviation is half of the blur (CSS Backgrounds 3).
    let blur = shadow.blur / 2.0;
    let filter = if blur > 0.0 { " filter=\"url(#b)\"" } else { "" };
    let (region_width, region_height) = (right + far, bottom + far);
    let _ = write!(
        svg,
        "<clipPath id=\"c\"><path clip-rule=\"evenodd\" d=\"{clip}\"/></clipPath>\
         <filter id=\"b\" filterUnits=\"userSpaceOnUse\" x=\"-{far}\" y=\"-{far}\" \
         width=\"{region_width}\" height=\"{region_height}\" \
         color-interpolation-filters=\"sRGB\"><feGaussianBlur stdDeviation=\"{blur}\"/></filter>\
         <g clip-path=\"url(#c)\"><path fill-rule=\"evenodd\" \
         fill=\"#{red:02x}{green:02x}{blue:02x}\" fill-opacity=\"{}\" \
         d=\"{path}\"{filter}/></g></svg>",
        f64::from(alpha) / 255.0
    );
    svg
}

/// A rectangle with round corners as path data.
fn rounded(rect: Rect, radius: f64) -> String {
    let Rect { x, y, width: w, height: h } = rect;
    if w <= 0.0 || h <= 0.0 {
        return String::new();
    }
    // Beyond half of a side two corners would overlap (CSS Backgrounds 3, 5.5).
    let r = radius.min(w / 2.0).min(h / 2.0);
    if r <= 0.0 {
        return format!("M{x} {y}h{w}v{h}h-{w}z");
    }
    let (across, along) = (w - 2.0 * r, h - 2.0 * r);
    format!(
        "M{} {y}h{across}a{r} {r} 0 0 1 {r} {r}v{along}a{r} {r} 0 0 1 -{r} {r}h-{across}a{r} {r} \
            0 0 1 -{r} -{r}v-{along}a{r} {r} 0 0 1 {r} -{r}z",
        x + r
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::LengthPercentage;

    const RED: Color = Color { red: 255, green: 0, blue: 0, alpha: 255 };

    #[test]
    fn places_not_given_stand_evenly() {
        let at = |percent| Some(LengthPercentage::percent(percent));
        let stops = vec![(None, RED), (None, RED), (at(60.0), RED), (at(10.0), RED), (None, RED)];
        let gradient = Gradient { course: Course::Angle(90.0), stops, repeats: false };
        let places: Vec<f64> = places(&gradient, 100.0).iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [0.0, 0.3, 0.6, 0.6, 1.0]);
    }

    #[test]
    fn a_fade_to_transparent_does_not_go_through_grey() {
        let half = mixed(RED, Color::TRANSPARENT, 0.5);
        assert_eq!(half, Color { alpha: 128, ..RED });
        assert_eq!(mixed(Color::TRANSPARENT, RED, 0.0), Color { alpha: 0, ..RED });
    }

    #[test]
    fn the_line_of_a_corner_ends_at_the_corner() {
        let (_, line) = course(Course::Corner { x: 1.0, y: 1.0 }, 200.0, 100.0);
        let GradientLine::Straight { from, by } = line else { panic!() };
        // Its end lies on the line through the corner at right angles to it.
        let (ex, ey) = (from.x + by.x - 200.0, from.y + by.y - 100.0);
        assert!((ex * by.x + ey * by.y).abs() < 1e-6);
    }
}
