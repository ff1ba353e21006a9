//! Backgrounds and borders (CSS Backgrounds and Borders 3).

use super::context::{Context, Wanted};
use super::frame::{Decor, Stroked};
use super::pages::{Artifact, Item, Mark, Paint};
use crate::diag::Span;
use crate::image::{Image, Segment, Stroke};
use crate::style::{
    Backdrop, Background, BorderSide, BorderStyle, Color, Computed, Fitting, LengthPercentage,
    Shadow, Sides,
};

const ORNAMENT: Mark = Mark::Artifact(Artifact::Layout);
const BACKDROP: Mark = Mark::Artifact(Artifact::Background);

/// How many tiles of a background picture are painted at most.
const MAX_TILES: f64 = 2_000.0;

/// How far a cubic's handles are from its ends to look like a quarter of a circle, for radius 1.
const ARC: f64 = 0.552_284_75;

/// A rectangle with rounded corners: radii for top left, top right, bottom right, bottom left, each
/// across and along.
fn rounded(rect: [f64; 4], radii: [(f64, f64); 4]) -> Vec<Segment> {
    let [x, y, w, h] = rect;
    let (r, b) = (x + w, y + h);
    if radii.iter().all(|(a, c)| *a <= 0.0 || *c <= 0.0) {
        return vec![
            Segment::Move(x, y),
            Segment::Line(r, y),
            Segment::Line(r, b),
            Segment::Line(x, b),
            Segment::Close,
        ];
    }
    let [(tlx, tly), (trx, try_), (brx, bry), (blx, bly)] = radii;
    let k = 1.0 - ARC;
    vec![
        Segment::Move(x + tlx, y),
        Segment::Line(r - trx, y),
        Segment::Cubic(r - trx * k, y, r, y + try_ * k, r, y + try_),
        Segment::Line(r, b - bry),
        Segment::Cubic(r, b - bry * k, r - brx * k, b, r - brx, b),
        Segment::Line(x + blx, b),
        Segment::Cubic(x + blx * k, b, x, b - bly * k, x, b - bly),
        Segment::Line(x, y + tly),
        Segment::Cubic(x, y + tly * k, x + tlx * k, y, x + tlx, y),
        Segment::Close,
    ]
}

/// The radii of a box, made smaller where they would overlap (CSS Backgrounds 3, 4.5).
fn radii(
    values: &[LengthPercentage; 4],
    width: f64,
    height: f64,
    begins: bool,
    ends: bool,
) -> [(f64, f64); 4] {
    let mut all = values.map(|v| (v.resolve(width).max(0.0), v.resolve(height).max(0.0)));
    if !begins {
        (all[0], all[1]) = ((0.0, 0.0), (0.0, 0.0));
    }
    if !ends {
        (all[2], all[3]) = ((0.0, 0.0), (0.0, 0.0));
    }
    let sums = [
        (all[0].0 + all[1].0, width),
        (all[3].0 + all[2].0, width),
        (all[0].1 + all[3].1, height),
        (all[1].1 + all[2].1, height),
    ];
    let factor =
        sums.iter().filter(|(sum, _)| *sum > 0.0).map(|(sum, side)| side / sum).fold(1.0, f64::min);
    all.map(|(a, b)| (a * factor, b * factor))
}

fn fill(path: Vec<Segment>, color: Color, even_odd: bool, mark: Mark) -> Item {
    Item { mark, paint: Paint::Path { path, fill: Some(color), even_odd, stroke: None } }
}

/// Paints a box's background and borders with its border box's corner at a place.
pub(crate) fn paint(cx: &mut Context<'_>, decor: &Decor<'_>, x: f64, y: f64, out: &mut Vec<Item>) {
    if !decor.shown || decor.width <= 0.0 || decor.height <= 0.0 || decor.style.text.hidden {
        return;
    }
    let rect = [x, y, decor.width, decor.height];
    let corners = radii(&decor.style.radius, decor.width, decor.height, decor.begins, decor.ends);
    let padding = inset(rect, decor.border);
    shadows(cx, &decor.style.shadows, false, rect, corners[0].0, out);
    background(cx, &decor.style.background, rect, padding, corners, out);
    let inner = shrunk(corners, decor.border);
    shadows(cx, &decor.style.shadows, true, padding, inner[0].0, out);
    if !decor.no_border {
        borders(rect, decor.border, &decor.style.border, corners, out);
    }
}

fn inset(rect: [f64; 4], by: Sides<f64>) -> [f64; 4] {
    let [x, y, w, h] = rect;
    [x + by.left, y + by.top, (w - by.left - by.right).max(0.0), (h - by.top - by.bottom).max(0.0)]
}

/// Paints a background: its colour over the border box, its picture placed by the padding box.
pub(crate) fn background(
    cx: &mut Context<'_>,
    background: &Background,
    rect: [f64; 4],
    origin: [f64; 4],
    corners: [(f64, f64); 4],
    out: &mut Vec<Item>,
) {
    if !background.color.is_transparent() {
        out.push(fill(rounded(rect, corners), background.color, false, BACKDROP));
    }
    let Some((backdrop, span)) = &background.image else { return };
    let [_, _, ow, oh] = origin;
    let (image, size) = match backdrop {
        Backdrop::Url(url) => {
            let Some(image) = cx.picture(Wanted::Url(url), *span) else { return };
            let size = fitted(background.size, &image, ow, oh);
            (image, size)
        }
        Backdrop::Gradient(gradient) => {
            // A gradient has no size of its own: it fills what it is given.
            let size = match background.size {
                Fitting::Explicit(w, h) => {
                    (w.resolve(ow).unwrap_or(ow), h.resolve(oh).unwrap_or(oh))
                }
                _ => (ow, oh),
            };
            let svg = crate::image::css_gradient(gradient, size.0, size.1);
            let Some(image) = cx.picture(Wanted::Svg(&svg), *span) else { return };
            (image, size)
        }
    };
    let round = corners.iter().any(|(a, b)| *a > 0.0 && *b > 0.0);
    if round {
        let paint = Paint::PushClipPath(rounded(rect, corners));
        out.push(Item { mark: BACKDROP, paint });
    }
    tiles(cx, background, &image, *span, rect, (origin, size), out);
    if round {
        out.push(Item { mark: BACKDROP, paint: Paint::Pop });
    }
}

/// The round content box of a picture, if it has round corners.
pub(crate) fn content_corners(style: &Computed, content: [f64; 4]) -> Option<Vec<Segment>> {
    if style.radius.iter().all(|radius| *radius == LengthPercentage::ZERO) {
        return None;
    }
    let [x, y, w, h] = content;
    let border = style.border.map(|side| side.width);
    let padding = style.padding.map(|side| side.resolve(w));
    let by = Sides {
        top: border.top + padding.top,
        right: border.right + padding.right,
        bottom: border.bottom + padding.bottom,
        left: border.left + padding.left,
    };
    let outer = (w + by.left + by.right, h + by.top + by.bottom);
    let corners = shrunk(radii(&style.radius, outer.0, outer.1, true, true), by);
    Some(rounded([x, y, w, h], corners))
}

/// Paints the shadows that fall around a box, or into it. They are drawn for its place alone, so a
/// box of the same size has the same picture.
fn shadows(
    cx: &mut Context<'_>,
    shadows: &[Shadow],
    inset: bool,
    [x, y, w, h]: [f64; 4],
    radius: f64,
    out: &mut Vec<Item>,
) {
    // The first is the topmost.
    for shadow in shadows.iter().rev().filter(|shadow| shadow.inset == inset) {
        let reach = shadow.blur * 1.5 + shadow.spread.max(0.0) + 1.0;
        let (dx, dy) = (reach + shadow.x.abs(), reach + shadow.y.abs());
        let (dx, dy) = if inset { (0.0, 0.0) } else { (dx, dy) };
        let sheet = (w + 2.0 * dx, h + 2.0 * dy);
        let svg = crate::image::css_shadow(shadow, sheet, [dx, dy, w, h], radius);
        let Some(image) = cx.picture(Wanted::Svg(&svg), None) else { continue };
        let rect = [x - dx, y - dy, sheet.0, sheet.1];
        out.push(Item { mark: BACKDROP, paint: Paint::Image { rect, image } });
    }
}

fn tiles(
    cx: &mut Context<'_>,
    background: &Background,
    image: &std::sync::Arc<Image>,
    span: Option<Span>,
    rect: [f64; 4],
    (origin, (w, h)): ([f64; 4], (f64, f64)),
    out: &mut Vec<Item>,
) {
    let [ox, oy, ow, oh] = origin;
    if w <= 0.0 || h <= 0.0 {
        return;
    }
    let x = ox + background.position.0.points + background.position.0.percent / 100.0 * (ow - w);
    let y = oy + background.position.1.points + background.position.1.percent / 100.0 * (oh - h);
    let range = |start: f64, size: f64, repeats: bool, from: f64, length: f64| {
        if repeats {
            (((from - start) / size).floor(), ((from + length - start) / size - 1e-6).floor())
        } else {
            (0.0, 0.0)
        }
    };
    let (left, right) = range(x, w, background.repeat.0, rect[0], rect[2]);
    let (top, bottom) = range(y, h, background.repeat.1, rect[1], rect[3]);
    let count = (right - left + 1.0) * (bottom - top + 1.0);
    if count > MAX_TILES {
        let message =
            format!("the background picture would be painted {count:.0} times and is left out");
        cx.warn("background-tiles", message, span, "use a larger picture or `background-size`");
        return;
    }
    let inside = x >= rect[0] - 0.01
        && y >= rect[1] - 0.01
        && x + w <= rect[0] + rect[2] + 0.01
        && y + h <= rect[1] + rect[3] + 0.01;
    let clips = count > 1.0 || !inside;
    if clips {
        out.push(Item { mark: BACKDROP, paint: Paint::PushClip(rect) });
    }
    let mut row = top;
    while row <= bottom {
        let mut column = left;
        while column <= right {
            let rect = [x + column * w, y + row * h, w, h];
            out.push(Item {
                mark: BACKDROP,
                paint: Paint::Image { rect, image: std::sync::Arc::clone(image) },
            });
            column += 1.0;
        }
        row += 1.0;
    }
    if clips {
        out.push(Item { mark: BACKDROP, paint: Paint::Pop });
    }
}

/// The size of a picture fitted into a box.
pub(crate) fn fitted(fitting: Fitting, image: &Image, width: f64, height: f64) -> (f64, f64) {
    let (iw, ih) = (image.width.max(0.001), image.height.max(0.001));
    let scaled = |factor: f64| (iw * factor, ih * factor);
    let (across, along) = (width / iw, height / ih);
    match fitting {
        Fitting::Natural => (iw, ih),
        Fitting::Fill => (width, height),
        Fitting::Contain => scaled(across.min(along)),
        Fitting::Cover => scaled(across.max(along)),
        Fitting::ScaleDown => scaled(across.min(along).min(1.0)),
        Fitting::Explicit(w, h) => match (w.resolve(width), h.resolve(height)) {
            (Some(w), Some(h)) => (w, h),
            (Some(w), None) => (w, w * ih / iw),
            (None, Some(h)) => (h * iw / ih, h),
            (None, None) => (iw, ih),
        },
    }
}

/// Paints the borders of a box.
pub(crate) fn borders(
    rect: [f64; 4],
    widths: Sides<f64>,
    border: &Sides<BorderSide>,
    corners: [(f64, f64); 4],
    out: &mut Vec<Item>,
) {
    let sides = [
        BorderSide { width: widths.top, ..border.top },
        BorderSide { width: widths.right, ..border.right },
        BorderSide { width: widths.bottom, ..border.bottom },
        BorderSide { width: widths.left, ..border.left },
    ];
    let seen = |side: &BorderSide| side.width > 0.0 && !side.color.is_transparent();
    if !sides.iter().any(seen) {
        return;
    }
    let round = corners.iter().any(|(a, b)| *a > 0.0 && *b > 0.0);
    let alike = sides.windows(2).all(|pair| pair[0] == pair[1]);
    let first = sides[0];
    if (alike || round) && first.width > 0.0 {
        match first.style {
            BorderStyle::Solid => out.push(ring(rect, widths, corners, first.color)),
            BorderStyle::Double if first.width >= 1.0 => {
                let third = widths.map(|w| w / 3.0);
                out.push(ring(rect, third, corners, first.color));
                let inner = inset(rect, widths.map(|w| w * 2.0 / 3.0));
                out.push(ring(
                    inner,
                    third,
                    shrunk(corners, widths.map(|w| w * 2.0 / 3.0)),
                    first.color,
                ));
            }
            BorderStyle::Double => out.push(ring(rect, widths, corners, first.color)),
            _ => {
                let half = widths.map(|w| w / 2.0);
                let path = rounded(inset(rect, half), shrunk(corners, half));
                out.push(Item {
                    mark: ORNAMENT,
                    paint: Paint::Path {
                        path,
                        fill: None,
                        even_odd: false,
                        stroke: Some(stroke(first)),
                    },
                });
            }
        }
        return;
    }
    let [x, y, w, h] = rect;
    let lines = [
        (sides[0], horizontal(sides[0], x, y + widths.top / 2.0, w)),
        (sides[2], horizontal(sides[2], x, y + h - widths.bottom / 2.0, w)),
        (sides[3], vertical(sides[3], x + widths.left / 2.0, y, h)),
        (sides[1], vertical(sides[1], x + w - widths.right / 2.0, y, h)),
    ];
    for (side, strokes) in lines {
        if seen(&side) {
            out.extend(strokes.into_iter().map(|s| item(&s, 0.0, 0.0)));
        }
    }
}

fn shrunk(corners: [(f64, f64); 4], by: Sides<f64>) -> [(f64, f64); 4] {
    let less = |(a, b): (f64, f64), x: f64, y: f64| ((a - x).max(0.0), (b - y).max(0.0));
    [
        less(corners[0], by.left, by.top),
        less(corners[1], by.right, by.top),
        less(corners[2], by.right, by.bottom),
        less(corners[3], by.left, by.bottom),
    ]
}

fn ring(rect: [f64; 4], widths: Sides<f64>, corners: [(f64, f64); 4], color: Color) -> Item {
    let mut path = rounded(rect, corners);
    path.extend(rounded(inset(rect, widths), shrunk(corners, widths)));
    fill(path, color, true, ORNAMENT)
}

/// How a dashed or dotted side is stroked.
fn stroke(side: BorderSide) -> Stroke {
    let w = side.width;
    let (dash, cap) = match side.style {
        BorderStyle::Dashed => (vec![3.0 * w, 2.0 * w], 0),
        BorderStyle::Dotted => (vec![0.0, 2.0 * w], 1),
        _ => (Vec::new(), 0),
    };
    Stroke { color: side.color, width: w, dash, cap, ..Stroke::default() }
}

/// A horizontal border line whose middle is at `y`.
pub(crate) fn horizontal(side: BorderSide, x: f64, y: f64, length: f64) -> Vec<Stroked> {
    line(side, [x, y - side.width / 2.0, length, side.width], [x, y, x + length, y], false)
}

/// A vertical border line whose middle is at `x`.
pub(crate) fn vertical(side: BorderSide, x: f64, y: f64, length: f64) -> Vec<Stroked> {
    line(side, [x - side.width / 2.0, y, side.width, length], [x, y, x, y + length], true)
}

fn line(side: BorderSide, rect: [f64; 4], middle: [f64; 4], upright: bool) -> Vec<Stroked> {
    let filled = |rect: [f64; 4]| Stroked {
        path: rounded(rect, [(0.0, 0.0); 4]),
        fill: Some(side.color),
        stroke: None,
    };
    let [x, y, w, h] = rect;
    if side.width <= 0.0 {
        return Vec::new();
    }
    match side.style {
        BorderStyle::None | BorderStyle::Hidden => Vec::new(),
        BorderStyle::Double if side.width >= 1.0 => {
            let third = side.width / 3.0;
            if upright {
                vec![filled([x, y, third, h]), filled([x + 2.0 * third, y, third, h])]
            } else {
                vec![filled([x, y, w, third]), filled([x, y + 2.0 * third, w, third])]
            }
        }
        BorderStyle::Solid | BorderStyle::Double => vec![filled(rect)],
        BorderStyle::Dashed | BorderStyle::Dotted => {
            let [x1, y1, x2, y2] = middle;
            let path = vec![Segment::Move(x1, y1), Segment::Line(x2, y2)];
            vec![Stroked { path, fill: None, stroke: Some(stroke(side)) }]
        }
    }
}

/// A stroked ornament at a place.
pub(crate) fn item(stroked: &Stroked, x: f64, y: f64) -> Item {
    let path = stroked.path.iter().map(|segment| moved(*segment, x, y)).collect();
    Item {
        mark: ORNAMENT,
        paint: Paint::Path {
            path,
            fill: stroked.fill,
            even_odd: false,
            stroke: stroked.stroke.clone(),
        },
    }
}

fn moved(segment: Segment, x: f64, y: f64) -> Segment {
    match segment {
        Segment::Move(a, b) => Segment::Move(a + x, b + y),
        Segment::Line(a, b) => Segment::Line(a + x, b + y),
        Segment::Cubic(a, b, c, d, e, f) => {
            Segment::Cubic(a + x, b + y, c + x, d + y, e + x, f + y)
        }
        Segment::Close => Segment::Close,
    }
}
