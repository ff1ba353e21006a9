//! Numbers, colours and paths as SVG writes them.
//!
//! The ground floor of this writer.

use std::fmt::Write;

use crate::geometry::{Matrix, Point};
use crate::image::{DrawnSegment, Stroke};
use crate::style::Color;

/// A length: thousandths of a point are finer than any screen.
pub(super) fn number(out: &mut String, value: f64) {
    decimal(out, value, 3);
}

/// A factor: over a page an error of a thousandth is half a millimetre.
pub(super) fn factor(out: &mut String, value: f64) {
    decimal(out, value, 6);
}

fn decimal(out: &mut String, value: f64, places: usize) {
    let start = out.len();
    // NaN and infinity were reported before; zero does least harm.
    let _ = write!(out, "{:.places$}", if value.is_finite() { value } else { 0.0 });
    let kept = out[start..].trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(start + kept);
    // What is left of a hair below zero would look like a mistake, and is longer.
    if &out[start..] == "-0" {
        out.replace_range(start.., "0");
    }
}

/// An attribute that is a number.
pub(super) fn attribute(out: &mut String, name: &str, value: f64) {
    let _ = write!(out, " {name}=\"");
    number(out, value);
    out.push('"');
}

/// A `transform`, or an attribute like it.
pub(super) fn transform(out: &mut String, name: &str, matrix: Matrix) {
    let _ = write!(out, " {name}=\"matrix(");
    let [a, b, c, d, e, f] = matrix.numbers();
    for value in [a, b, c, d] {
        factor(out, value);
        out.push(' ');
    }
    number(out, e);
    out.push(' ');
    number(out, f);
    out.push_str(")\"");
}

/// A colour with its opacity, for `fill`, `stroke` or `stop-color`.
pub(super) fn color(out: &mut String, name: &str, color: Color, opacity: f64) {
    let Color { red, green, blue, alpha } = color;
    let _ = write!(out, " {name}=\"#{red:02x}{green:02x}{blue:02x}\"");
    // `stop-color` goes with `stop-opacity`, as `fill` does with `fill-opacity`.
    let name = name.trim_end_matches("-color");
    fraction(out, &format!("{name}-opacity"), f64::from(alpha) / 255.0 * opacity);
}

/// An opacity, if it is one.
pub(super) fn fraction(out: &mut String, name: &str, opacity: f64) {
    if opacity < 1.0 {
        let _ = write!(out, " {name}=\"");
        factor(out, opacity.max(0.0));
        out.push('"');
    }
}

/// How a line looks, but for its colour.
pub(super) fn line(out: &mut String, stroke: &Stroke) {
    attribute(out, "stroke-width", stroke.width);
    if !stroke.dash.is_empty() {
        out.push_str(" stroke-dasharray=\"");
        for (at, part) in stroke.dash.iter().enumerate() {
            out.push_str(if at > 0 { " " } else { "" });
            number(out, *part);
        }
        out.push('"');
        attribute(out, "stroke-dashoffset", stroke.phase);
    }
    match stroke.cap {
        1 => out.push_str(" stroke-linecap=\"round\""),
        2 => out.push_str(" stroke-linecap=\"square\""),
        // Butt caps are what SVG has without a word.
        _ => {}
    }
    match stroke.join {
        1 => out.push_str(" stroke-linejoin=\"round\""),
        2 => out.push_str(" stroke-linejoin=\"bevel\""),
        // A limit below 1 is an error in SVG as in PDF.
        _ => attribute(out, "stroke-miterlimit", stroke.miter.max(1.0)),
    }
}

/// Path data as an attribute.
pub(super) fn path(out: &mut String, segments: &[DrawnSegment], even_odd: Option<&str>) {
    out.push_str(" d=\"");
    for segment in segments {
        match *segment {
            DrawnSegment::Move(at) => points(out, 'M', &[at]),
            DrawnSegment::Line(at) => points(out, 'L', &[at]),
            DrawnSegment::Cubic(a, b, at) => points(out, 'C', &[a, b, at]),
            DrawnSegment::Close => out.push('Z'),
        }
    }
    out.push('"');
    if let Some(rule) = even_odd {
        let _ = write!(out, " {rule}=\"evenodd\"");
    }
}

fn points(out: &mut String, command: char, points: &[Point]) {
    out.push(command);
    for (at, point) in points.iter().enumerate() {
        out.push_str(if at > 0 { " " } else { "" });
        number(out, point.x);
        out.push(' ');
        number(out, point.y);
    }
}

/// Text as content or as the value of an attribute.
pub(super) fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not allowed in XML, or a line break where a line ends anyway.
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_more_digits_than_they_need() {
        let written = |value: f64| {
            let mut out = String::new();
            number(&mut out, value);
            out
        };
        let all = [1.0, -0.0001, 100.0, 1.25, -0.5, f64::NAN, 595.2756].map(written);
        assert_eq!(all, ["1", "0", "100", "1.25", "-0.5", "0", "595.276"]);
    }

    #[test]
    fn text_cannot_become_markup() {
        let mut out = String::new();
        escaped(&mut out, "<a b=\"&\">\u{1}");
        assert_eq!(out, "&lt;a b=&quot;&amp;&quot;&gt; ");
    }
}
