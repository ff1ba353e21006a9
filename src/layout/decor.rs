//! Backgrounds and borders (CSS Backgrounds and Borders 3).
//!
//! Called by `paint` for each frame that has any, before its content.

use super::context::{Context, EPSILON, WantedPicture};
use super::frame::{Decor, Stroked};
use super::pages::{Artifact, Mark, PageItem, Paint};
use crate::diag::{Span, Value, say};
use crate::geometry::{Point, Rect, Sides, Size};
use crate::image::{DrawnSegment, Image, Stroke};
use crate::sizing::fitted;
use crate::style::{
    Backdrop, Background, BorderSide, BorderStyle, Color, Computed, Fitting, LengthPercentage,
    Shadow,
};

const BACKDROP: Mark = Mark::Artifact(Artifact::Background);

/// How many tiles of a background picture are painted at most.
const MAX_TILES: f64 = 2_000.0;

/// How far a cubic's handles are from its ends to look like a quarter of a circle, for radius 1.
const ARC: f64 = 0.552_284_75;

/// Radii of corners, across and along: top left, top right, bottom right, bottom left.
pub(crate) type Radii = [Size; 4];

/// No corner is round.
pub(crate) const SQUARE: Radii = [Size::ZERO; 4];

/// A rectangle with rounded corners.
fn rounded(rect: Rect, radii: Radii) -> Vec<DrawnSegment> {
    let Rect { x, y, .. } = rect;
    let (r, b) = (rect.right(), rect.bottom());
    if radii.iter().all(|radius| radius.width <= 0.0 || radius.height <= 0.0) {
        return DrawnSegment::rectangle(rect).into();
    }
    let [tl, tr, br, bl] = radii;
    // Handles are measured from the corner here, not from the ends.
    let k = 1.0 - ARC;
    let at = Point::new;
    let curve = |from: Point, to: Point, end: Point| DrawnSegment::Cubic(from, to, end);
    vec![
        DrawnSegment::Move(at(x + tl.width, y)),
        DrawnSegment::Line(at(r - tr.width, y)),
        curve(at(r - tr.width * k, y), at(r, y + tr.height * k), at(r, y + tr.height)),
        DrawnSegment::Line(at(r, b - br.height)),
        curve(at(r, b - br.height * k), at(r - br.width * k, b), at(r - br.width, b)),
        DrawnSegment::Line(at(x + bl.width, b)),
        curve(at(x + bl.width * k, b), at(x, b - bl.height * k), at(x, b - bl.height)),
        DrawnSegment::Line(at(x, y + tl.height)),
        curve(at(x, y + tl.height * k), at(x + tl.width * k, y), at(x + tl.width, y)),
        DrawnSegment::Close,
    ]
}

/// The radii of a box, made smaller where they would overlap (CSS Backgrounds 3, 4.5). Where a box
/// goes on in another fragment, its corners are square.
fn radii(values: &[LengthPercentage; 4], size: Size, begins: bool, ends: bool) -> Radii {
    let Size { width, height } = size;
    let mut all = values.map(|v| Size::new(v.resolve(width).max(0.0), v.resolve(height).max(0.0)));
    if !begins {
        (all[0], all[1]) = (Size::ZERO, Size::ZERO);
    }
    if !ends {
        (all[2], all[3]) = (Size::ZERO, Size::ZERO);
    }
    let sums = [
        (all[0].width + all[1].width, width),
        (all[3].width + all[2].width, width),
        (all[0].height + all[3].height, height),
        (all[1].height + all[2].height, height),
    ];
    // All radii shrink by the same factor, so that corners keep their shape.
    let factor =
        sums.iter().filter(|(sum, _)| *sum > 0.0).map(|(sum, side)| side / sum).fold(1.0, f64::min);
    all.map(|radius| radius.scaled(factor))
}

fn fill(path: Vec<DrawnSegment>, color: Color, even_odd: bool, mark: Mark) -> PageItem {
    PageItem { mark, paint: Paint::Path { path, fill: Some(color), even_odd, stroke: None } }
}

/// Paints a box's background and borders with its border box's corner at a place.
pub(crate) fn paint(
    cx: &mut Context<'_>,
    decor: &Decor<'_>,
    x: f64,
    y: f64,
    out: &mut Vec<PageItem>,
) {
    // `visibility: hidden` paints nothing, and neither does a box without an area.
    if !decor.shown || decor.width <= 0.0 || decor.height <= 0.0 || decor.style.text.hidden {
        return;
    }
    let rect = Rect::new(x, y, decor.width, decor.height);
    let corners = radii(&decor.style.radius, rect.size(), decor.begins, decor.ends);
    let padding = rect.inset(decor.border);
    shadows(cx, &decor.style.shadows, false, rect, corners[0].width, out);
    background(cx, &decor.style.background, rect, padding, corners, out);
    let inner = shrunk(corners, decor.border);
    shadows(cx, &decor.style.shadows, true, padding, inner[0].width, out);
    if !decor.no_border {
        borders(rect, decor.border, &decor.style.border, corners, out);
    }
}

/// Paints a background: its colour over the border box, its picture placed by the padding box.
pub(crate) fn background(
    cx: &mut Context<'_>,
    background: &Background,
    rect: Rect,
    origin: Rect,
    corners: Radii,
    out: &mut Vec<PageItem>,
) {
    // The colour lies below the picture and reaches under the border (CSS Backgrounds 3, 3.11).
    if !background.color.is_transparent() {
        out.push(fill(rounded(rect, corners), background.color, false, BACKDROP));
    }
    let Some((backdrop, span)) = &background.image else { return };
    let (image, size) = match backdrop {
        Backdrop::Url(url) => {
            let Some(image) = cx.picture(WantedPicture::Url(url), *span) else { return };
            let size = fitted(background.size, &image, origin.size());
            (image, size)
        }
        Backdrop::Gradient(gradient) => {
            // A gradient has no size of its own: it fills what it is given.
            let size = match background.size {
                Fitting::Explicit(w, h) => Size::new(
                    w.resolve(origin.width).unwrap_or(origin.width),
                    h.resolve(origin.height).unwrap_or(origin.height),
                ),
                _ => origin.size(),
            };
            // Gradients are written as SVG, so that PDF and DOCX draw them by the same code.
            let svg = crate::image::css_gradient(gradient, size.width, size.height);
            let Some(image) = cx.picture(WantedPicture::Svg(&svg), *span) else { return };
            (image, size)
        }
    };
    let round = corners.iter().any(|c| c.width > 0.0 && c.height > 0.0);
    // Only round corners need a clip: tiles are clipped to the rectangle by themselves.
    if round {
        let paint = Paint::PushClipPath(rounded(rect, corners));
        out.push(PageItem { mark: BACKDROP, paint });
    }
    tiles(cx, background, &image, *span, rect, (origin, size), out);
    if round {
        out.push(PageItem { mark: BACKDROP, paint: Paint::Pop });
    }
}

/// The round content box of a picture, if it has round corners.
pub(crate) fn content_corners(style: &Computed, content: Rect) -> Option<Vec<DrawnSegment>> {
    if style.radius.iter().all(|radius| *radius == LengthPercentage::ZERO) {
        return None;
    }
    let border = style.border.map(|side| side.width);
    let padding = style.padding.map(|side| side.resolve(content.width));
    let by = Sides {
        top: border.top + padding.top,
        right: border.right + padding.right,
        bottom: border.bottom + padding.bottom,
        left: border.left + padding.left,
    };
    let outer = Size::new(content.width + by.left + by.right, content.height + by.top + by.bottom);
    let corners = shrunk(radii(&style.radius, outer, true, true), by);
    Some(rounded(content, corners))
}

/// Paints the shadows that fall around a box, or into it. They are drawn for its place alone, so a
/// box of the same size has the same picture.
fn shadows(
    cx: &mut Context<'_>,
    shadows: &[Shadow],
    inset: bool,
    Rect { x, y, width: w, height: h }: Rect,
    radius: f64,
    out: &mut Vec<PageItem>,
) {
    // The first is the topmost.
    for shadow in shadows.iter().rev().filter(|shadow| shadow.inset == inset) {
        // A blur fades out within one and a half of its length on each side (a Gaussian of half
        // the blur's radius, three deviations); a point more keeps its last pixels off the edge.
        let reach = shadow.blur * 1.5 + shadow.spread.max(0.0) + 1.0;
        let (dx, dy) = (reach + shadow.x.abs(), reach + shadow.y.abs());
        let (dx, dy) = if inset { (0.0, 0.0) } else { (dx, dy) };
        let sheet = Size::new(w + 2.0 * dx, h + 2.0 * dy);
        let svg = crate::image::css_shadow(shadow, sheet, Rect::new(dx, dy, w, h), radius);
        let Some(image) = cx.picture(WantedPicture::Svg(&svg), None) else { continue };
        let rect = Rect::new(x - dx, y - dy, sheet.width, sheet.height);
        out.push(PageItem { mark: BACKDROP, paint: Paint::Image { rect, image } });
    }
}

// Over 60 lines: where tiles begin, how many there are and whether they are clipped hang on each
// other.
fn tiles(
    cx: &mut Context<'_>,
    background: &Background,
    image: &std::sync::Arc<Image>,
    span: Option<Span>,
    rect: Rect,
    (origin, size): (Rect, Size),
    out: &mut Vec<PageItem>,
) {
    let Size { width: w, height: h } = size;
    if w <= 0.0 || h <= 0.0 {
        return;
    }
    let (across, along) = background.position;
    // A percentage puts that point of the picture on that point of the area, so `100%` ends at
    // its edge (CSS Backgrounds 3, 3.6).
    let x = origin.x + across.points + across.percent / 100.0 * (origin.width - w);
    let y = origin.y + along.points + along.percent / 100.0 * (origin.height - h);
    let range = |start: f64, size: f64, repeats: bool, from: f64, length: f64| {
        if repeats {
            // The small number keeps a tile from being painted that only touches the far edge.
            (((from - start) / size).floor(), ((from + length - start) / size - 1e-6).floor())
        } else {
            (0.0, 0.0)
        }
    };
    let (left, right) = range(x, w, background.repeat.x, rect.x, rect.width);
    let (top, bottom) = range(y, h, background.repeat.y, rect.y, rect.height);
    // Counted before anything is painted: each tile is an operation in the file.
    let count = (right - left + 1.0) * (bottom - top + 1.0);
    // A picture of a pixel on a whole page would be painted half a million times.
    if count > MAX_TILES {
        let message = say!(
            "the background picture would be painted {count} times and is left out",
            count = Value::decimal(count, 0)
        );
        cx.warn(
            "background-tiles",
            message,
            span,
            say!("use a larger picture or `background-size`"),
        );
        return;
    }
    let inside = x >= rect.x - EPSILON
        && y >= rect.y - EPSILON
        && x + w <= rect.right() + EPSILON
        && y + h <= rect.bottom() + EPSILON;
    // A single picture inside of its box needs no clip, which keeps files small.
    let clips = count > 1.0 || !inside;
    if clips {
        out.push(PageItem { mark: BACKDROP, paint: Paint::PushClip(rect) });
    }
    let mut row = top;
    while row <= bottom {
        let mut column = left;
        while column <= right {
            let rect = Rect::new(x + column * w, y + row * h, w, h);
            out.push(PageItem {
                mark: BACKDROP,
                paint: Paint::Image { rect, image: std::sync::Arc::clone(image) },
            });
            column += 1.0;
        }
        row += 1.0;
    }
    if clips {
        out.push(PageItem { mark: BACKDROP, paint: Paint::Pop });
    }
}

/// A border all around, of one colour and style; its sides may have widths of their own.
fn outline(
    rect: Rect,
    widths: Sides<f64>,
    corners: Radii,
    side: BorderSide,
    out: &mut Vec<PageItem>,
) {
    match side.style {
        BorderStyle::Double if side.width >= 1.0 => {
            // Two lines with a gap of the same width (CSS Backgrounds 3, 4.2).
            let third = widths.map(|w| w / 3.0);
            out.push(ring(rect, third, corners, side.color));
            let by = widths.map(|w| w * 2.0 / 3.0);
            out.push(ring(rect.inset(by), third, shrunk(corners, by), side.color));
        }
        BorderStyle::Dashed | BorderStyle::Dotted => {
            let half = widths.map(|w| w / 2.0);
            // A stroke is centred on its path, so the path runs along the middle of the border.
            let path = rounded(rect.inset(half), shrunk(corners, half));
            let stroke = Some(stroke(side));
            let paint = Paint::Path { path, fill: None, even_odd: false, stroke };
            out.push(PageItem { mark: Mark::ORNAMENT, paint });
        }
        // Thinner than a point, two lines and a gap could not be told from one on paper.
        _ => out.push(ring(rect, widths, corners, side.color)),
    }
}

/// The four parts of a box that its sides' borders lie in: top, right, bottom, left. Two sides meet
/// on the line from the outer to the inner corner (CSS Backgrounds 3, 5.3).
fn joints(rect: Rect, widths: Sides<f64>) -> [[Point; 4]; 4] {
    let corners = rect.corners();
    let share = |length: f64, both: f64| if both > 0.0 { length / both } else { f64::INFINITY };
    // The lines go on to the middle of the box, where the rounding of no corner reaches, and do not
    // cross.
    let far = share(rect.width, widths.left + widths.right)
        .min(share(rect.height, widths.top + widths.bottom));
    let far = if far.is_finite() { far } else { 1.0 };
    let inward = [
        Point::new(widths.left * far, widths.top * far),
        Point::new(-widths.right * far, widths.top * far),
        Point::new(-widths.right * far, -widths.bottom * far),
        Point::new(widths.left * far, -widths.bottom * far),
    ];
    let inner: [Point; 4] =
        std::array::from_fn(|i| Point::new(corners[i].x + inward[i].x, corners[i].y + inward[i].y));
    std::array::from_fn(|i| {
        let next = (i + 1) % 4;
        [corners[i], corners[next], inner[next], inner[i]]
    })
}

/// Paints the borders of a box.
pub(crate) fn borders(
    rect: Rect,
    widths: Sides<f64>,
    border: &Sides<BorderSide>,
    corners: Radii,
    out: &mut Vec<PageItem>,
) {
    let sides = [
        BorderSide { width: widths.top, ..border.top },
        BorderSide { width: widths.right, ..border.right },
        BorderSide { width: widths.bottom, ..border.bottom },
        BorderSide { width: widths.left, ..border.left },
    ];
    // Borders of no colour take their space but leave no mark in the file.
    let seen = |side: &BorderSide| side.width > 0.0 && !side.color.is_transparent();
    if !sides.iter().any(seen) {
        return;
    }
    let round = corners.iter().any(|radius| radius.width > 0.0 && radius.height > 0.0);
    let alike = sides.windows(2).all(|pair| pair[0] == pair[1]);
    if alike {
        outline(rect, widths, corners, sides[0], out);
        return;
    }
    if round {
        // Each side is drawn as if all were like it, and cut off where it meets its neighbours.
        for (side, joints) in sides.into_iter().zip(joints(rect, widths)) {
            if seen(&side) {
                let mut clip = vec![DrawnSegment::Move(joints[0])];
                clip.extend(joints[1..].iter().copied().map(DrawnSegment::Line));
                clip.push(DrawnSegment::Close);
                out.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushClipPath(clip) });
                outline(rect, widths, corners, side, out);
                out.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::Pop });
            }
        }
        return;
    }
    let Rect { x, y, width: w, height: h } = rect;
    let lines = [
        (sides[0], horizontal(sides[0], x, y + widths.top / 2.0, w)),
        (sides[2], horizontal(sides[2], x, y + h - widths.bottom / 2.0, w)),
        (sides[3], vertical(sides[3], x + widths.left / 2.0, y, h)),
        (sides[1], vertical(sides[1], x + w - widths.right / 2.0, y, h)),
    ];
    for (side, strokes) in lines {
        if seen(&side) {
            out.extend(strokes.into_iter().map(|s| item(s, 0.0, 0.0)));
        }
    }
}

fn shrunk(corners: Radii, by: Sides<f64>) -> Radii {
    let less = |radius: Size, x: f64, y: f64| {
        Size::new((radius.width - x).max(0.0), (radius.height - y).max(0.0))
    };
    [
        less(corners[0], by.left, by.top),
        less(corners[1], by.right, by.top),
        less(corners[2], by.right, by.bottom),
        less(corners[3], by.left, by.bottom),
    ]
}

fn ring(rect: Rect, widths: Sides<f64>, corners: Radii, color: Color) -> PageItem {
    let mut path = rounded(rect, corners);
    path.extend(rounded(rect.inset(widths), shrunk(corners, widths)));
    // Even-odd: the inner outline runs the same way round and would be filled otherwise.
    fill(path, color, true, Mark::ORNAMENT)
}

/// How a dashed or dotted side is stroked.
fn stroke(side: BorderSide) -> Stroke {
    let w = side.width;
    // Dashes of three widths and gaps of two; dots are round caps of dashes without length.
    // Browsers look alike.
    let (dash, cap) = match side.style {
        BorderStyle::Dashed => (vec![3.0 * w, 2.0 * w], 0),
        BorderStyle::Dotted => (vec![0.0, 2.0 * w], 1),
        _ => (Vec::new(), 0),
    };
    Stroke { color: side.color, width: w, dash, cap, ..Stroke::default() }
}

/// A horizontal border line whose middle is at `y`.
pub(crate) fn horizontal(side: BorderSide, x: f64, y: f64, length: f64) -> Vec<Stroked> {
    let rect = Rect::new(x, y - side.width / 2.0, length, side.width);
    line(side, rect, [Point::new(x, y), Point::new(x + length, y)], false)
}

/// A vertical border line whose middle is at `x`.
pub(crate) fn vertical(side: BorderSide, x: f64, y: f64, length: f64) -> Vec<Stroked> {
    let rect = Rect::new(x - side.width / 2.0, y, side.width, length);
    line(side, rect, [Point::new(x, y), Point::new(x, y + length)], true)
}

/// A border line: a filled rectangle, or a stroke along the middle if it is dashed.
fn line(side: BorderSide, rect: Rect, middle: [Point; 2], upright: bool) -> Vec<Stroked> {
    let filled =
        |rect: Rect| Stroked { path: rounded(rect, SQUARE), fill: Some(side.color), stroke: None };
    let Rect { x, y, width: w, height: h } = rect;
    if side.width <= 0.0 {
        return Vec::new();
    }
    match side.style {
        BorderStyle::None | BorderStyle::Hidden => Vec::new(),
        BorderStyle::Double if side.width >= 1.0 => {
            let third = side.width / 3.0;
            // Two lines with a gap of the same width, as `borders` paints them around a whole
            // box.
            if upright {
                vec![
                    filled(Rect::new(x, y, third, h)),
                    filled(Rect::new(x + 2.0 * third, y, third, h)),
                ]
            } else {
                vec![
                    filled(Rect::new(x, y, w, third)),
                    filled(Rect::new(x, y + 2.0 * third, w, third)),
                ]
            }
        }
        BorderStyle::Solid | BorderStyle::Double => vec![filled(rect)],
        BorderStyle::Dashed | BorderStyle::Dotted => {
            let [from, to] = middle;
            let path = vec![DrawnSegment::Move(from), DrawnSegment::Line(to)];
            vec![Stroked { path, fill: None, stroke: Some(stroke(side)) }]
        }
    }
}

/// A stroked ornament at a place.
pub(crate) fn item(stroked: Stroked, x: f64, y: f64) -> PageItem {
    let by = Point::new(x, y);
    let Stroked { path, fill, stroke } = stroked;
    let path = path.into_iter().map(|segment| segment.map(|at| at + by)).collect();
    PageItem { mark: Mark::ORNAMENT, paint: Paint::Path { path, fill, even_odd: false, stroke } }
}
