//! Page margin boxes: sixteen places around the page area (CSS Paged Media 3, chapters 4 and 5).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::{Context, WantedPicture, number};
use super::decor;
use super::frame::Decor;
use super::pages::{Artifact, Mark, PageItem as Painted, Paint};
use super::paint::{decoration, ruled};
use super::running::Running;
use crate::boxes::{continues_word, transformed};
use crate::diag::Span;
use crate::geometry::{Point, Rect, Size};
use crate::image::Image;
use crate::sizing::{self, Edges, PlacedLength, in_margin, margin_area};
use crate::style::{
    ContentItem, MarginBox, MarginBoxPlace as At, PageStyle, TextStyle, VerticalAlign,
};
use crate::text::{ContentSizes, InlineItem, Line, Piece, Setting};

/// What margin boxes may say.
pub(crate) struct Facts<'p> {
    pub(crate) pages: usize,
    pub(crate) running: &'p Running,
}

enum MarginPart {
    /// Words, and where the first of them that the document brought are from.
    Text(String, Option<Span>),
    Picture(Arc<Image>),
    Leader(Arc<str>),
}

struct PreparedBox<'p> {
    style: &'p MarginBox,
    parts: Vec<MarginPart>,
    /// Minimum and maximum width with edges.
    widths: ContentSizes,
}

impl PreparedBox<'_> {
    /// Where a part is from: the stylesheet, unless the document brought its words.
    fn span(&self, tag: u32) -> Option<Span> {
        match self.parts.get(tag as usize) {
            Some(MarginPart::Text(_, Some(span))) => Some(*span),
            _ => self.style.span,
        }
    }
}

/// The corners of a page, in the order in which they are painted.
const CORNERS: [At; 4] =
    [At::TopLeftCorner, At::TopRightCorner, At::BottomLeftCorner, At::BottomRightCorner];

/// The boxes that share the side above and the one below.
const ROWS: [[At; 3]; 2] = [
    [At::TopLeft, At::TopCenter, At::TopRight],
    [At::BottomLeft, At::BottomCenter, At::BottomRight],
];

/// The boxes that share the sides to the left and to the right.
const COLUMNS: [[At; 3]; 2] = [
    [At::LeftTop, At::LeftMiddle, At::LeftBottom],
    [At::RightTop, At::RightMiddle, At::RightBottom],
];

/// Paints the margin boxes of a page.
pub(crate) fn paint(
    cx: &mut Context<'_>,
    page: &PageStyle,
    facts: &Facts<'_>,
    out: &mut Vec<Painted>,
) {
    let ready: BTreeMap<At, PreparedBox<'_>> =
        page.boxes.iter().filter_map(|b| Some((b.place, prepare(cx, b, facts)?))).collect();
    // Most documents have no margin boxes.
    if ready.is_empty() {
        return;
    }
    for place in CORNERS {
        if let Some(b) = ready.get(&place) {
            let corner = beside(b, along(b, margin_area(place, page)));
            set(cx, b, corner, out);
        }
    }
    for places in ROWS {
        let side = margin_area(places[0], page);
        let boxes = places.map(|place| ready.get(&place));
        let wanted = boxes.map(|b| b.map(|b| wanted_width(b, side.width)));
        for (b, placed) in boxes.into_iter().zip(share(wanted, side.width)) {
            if let Some(b) = b {
                let rect = Rect { x: side.x + placed.start, width: placed.length, ..side };
                set(cx, b, along(b, rect), out);
            }
        }
    }
    for places in COLUMNS {
        let side = margin_area(places[0], page);
        let boxes = places.map(|place| ready.get(&place));
        let wanted = boxes.map(|b| b.map(|b| wanted_height(cx, b, side.size())));
        for (b, placed) in boxes.into_iter().zip(share(wanted, side.height)) {
            if let Some(b) = b {
                let rect = Rect { y: side.y + placed.start, height: placed.length, ..side };
                set(cx, b, beside(b, rect), out);
            }
        }
    }
}

/// What a box takes of the height of its room: that which is set, above or below the page area.
fn along(ready: &PreparedBox<'_>, room: Rect) -> Rect {
    let style = &ready.style.style;
    let edges = Edges::new(style, room.width);
    let (above, below) = (edges.margin.top, edges.margin.bottom);
    let height = sizing::set_height(style, &edges, Some(room.height));
    let outer = height.map(|height| height + edges.along());
    let placed = in_margin(outer, above, below, room.height, ready.style.place.is_above());
    Rect { y: room.y + placed.start, height: placed.length, ..room }
}

/// What a box takes of the width of its room: that which is set, beside the page area.
fn beside(ready: &PreparedBox<'_>, room: Rect) -> Rect {
    let style = &ready.style.style;
    let edges = Edges::new(style, room.width);
    let (left, right) = (edges.margin.left, edges.margin.right);
    let width = sizing::set_width(style, &edges, room.width);
    let outer = width.map(|width| width + edges.across());
    let placed = in_margin(outer, left, right, room.width, ready.style.place.is_left());
    Rect { x: room.x + placed.start, width: placed.length, ..room }
}

/// How long a box wants to be on its side of the page.
#[derive(Debug, Clone, Copy, Default)]
struct WantedLength {
    min: f64,
    max: f64,
    set: bool,
}

/// Minimum and maximum width of a box; a set width is both.
fn wanted_width(ready: &PreparedBox<'_>, base: f64) -> WantedLength {
    let style = &ready.style.style;
    let edges = Edges::new(style, base);
    match sizing::set_width(style, &edges, base) {
        Some(width) => {
            let outer = width + edges.across() + edges.margin_across();
            WantedLength { min: outer, max: outer, set: true }
        }
        None => WantedLength { min: ready.widths.min, max: ready.widths.max, set: false },
    }
}

/// The height of a box with the text broken at the width of its side. Unlike a width it has no
/// least: nothing of the text may be left out.
fn wanted_height(cx: &mut Context<'_>, ready: &PreparedBox<'_>, side: Size) -> WantedLength {
    let style = &ready.style.style;
    let edges = Edges::new(style, side.width);
    let width = sizing::set_width(style, &edges, side.width)
        .unwrap_or(side.width - edges.across() - edges.margin_across());
    // Edges may take the whole width; a point is left, so that the text breaks somewhere and is
    // seen.
    let width = width.max(1.0);
    let lines = lines(cx, ready, width);
    let set = sizing::set_height(style, &edges, Some(side.height));
    let content = set.unwrap_or_else(|| lines.iter().map(Line::height).sum());
    let (height, set) = (content + edges.along() + edges.margin_along(), set.is_some());
    WantedLength { min: height, max: height, set }
}

/// Start and length of three boxes on one side (CSS Paged Media 3, 5.3.2): the middle one stays in
/// the middle.
fn share(needs: [Option<WantedLength>; 3], room: f64) -> [PlacedLength; 3] {
    let [a, b, c] = needs;
    let Some(b) = b else {
        let [first, last] = match (a, c) {
            (Some(a), None) if a.set => [a.max, 0.0],
            (None, Some(c)) if c.set => [0.0, c.max],
            _ => fit(a.unwrap_or_default(), c.unwrap_or_default(), room),
        };
        let end = PlacedLength { start: room - last, length: last };
        return [PlacedLength { start: 0.0, length: first }, PlacedLength::default(), end];
    };
    let (first, last) = (a.unwrap_or_default(), c.unwrap_or_default());
    // The middle box is centred, so each side counts as the longer of the two (CSS Paged Media 3,
    // 5.3.2.1).
    let twice = WantedLength {
        min: 2.0 * first.min.max(last.min),
        max: 2.0 * first.max.max(last.max),
        set: false,
    };
    let [middle, _] = fit(b, twice, room);
    let rest = (room - middle) / 2.0;
    let width = |side: WantedLength| if side.set { side.max } else { rest };
    [
        PlacedLength { start: 0.0, length: width(first) },
        PlacedLength { start: rest, length: middle },
        PlacedLength { start: room - width(last), length: width(last) },
    ]
}

/// Two widths that fill a room: both at most natural and stretched, or between least and natural. A
/// set width stays what it is.
fn fit(a: WantedLength, b: WantedLength, room: f64) -> [f64; 2] {
    match (a.set, b.set) {
        (true, true) => return [a.max, b.max],
        // A set length is kept; the other box gets what is left.
        (true, false) => return [a.max, (room - a.max).max(0.0)],
        (false, true) => return [(room - b.max).max(0.0), b.max],
        (false, false) => {}
    }
    let grow = |base: [f64; 2], weights: [f64; 2]| {
        let (sum, free) = (weights[0] + weights[1], room - base[0] - base[1]);
        let part = if sum > 0.0 { weights[0] / sum } else { 0.5 };
        [base[0] + free * part, base[1] + free * (1.0 - part)]
    };
    // Enough for both: what is over is shared by natural widths, else by what they lack.
    if a.max + b.max <= room {
        grow([a.max, b.max], [a.max, b.max])
    } else if a.min + b.min <= room {
        grow([a.min, b.min], [a.max - a.min, b.max - b.min])
    } else {
        grow([a.min, b.min], [a.min, b.min])
    }
}

fn prepare<'p>(
    cx: &mut Context<'_>,
    style: &'p MarginBox,
    facts: &Facts<'_>,
) -> Option<PreparedBox<'p>> {
    let content = style.style.content.as_ref()?;
    let mut parts = Vec::new();
    let (mut text, mut span) = (String::new(), None);
    for item in content.iter() {
        match item {
            ContentItem::String(piece) => text.push_str(piece),
            ContentItem::Counter(name, counter) | ContentItem::Counters(name, _, counter) => {
                match &**name {
                    // The number of all pages is not among the running counters: it is known
                    // only when every page has been made, and margin boxes are set after that.
                    "pages" => text.push_str(&number(counter, facts.pages)),
                    name => text.push_str(&number(counter, facts.running.counter(name))),
                }
            }
            ContentItem::StringFn(name, pick) => {
                if let Some(string) = facts.running.string(name, *pick) {
                    text.push_str(&string.text);
                    span = span.or(string.span);
                }
            }
            ContentItem::Leader(pattern) => {
                parts.push(MarginPart::Text(std::mem::take(&mut text), span.take()));
                parts.push(MarginPart::Leader(Arc::clone(pattern)));
            }
            ContentItem::Url(url) => {
                if let Some(image) = cx.picture(WantedPicture::Url(url), style.span) {
                    parts.push(MarginPart::Text(std::mem::take(&mut text), span.take()));
                    parts.push(MarginPart::Picture(image));
                }
            }
            // These need an element, which a page margin has not.
            ContentItem::Attr(_) | ContentItem::TargetCounter(..) | ContentItem::ElementText => {}
            // They are painted by themselves (`running_element`).
            ContentItem::Element(_) => return None,
        }
    }
    parts.push(MarginPart::Text(text, span));
    transform(&mut parts, &style.style.text);
    let mut ready = PreparedBox { style, parts, widths: ContentSizes::default() };
    // The width that percentages refer to is what is being looked for, so they count as nothing.
    let edges = Edges::new(&style.style, 0.0);
    let indent = style.style.text.text_indent;
    let indent = if indent.percent == 0.0 { indent.points.max(0.0) } else { 0.0 };
    let around = edges.across() + edges.margin_across() + indent;
    let content = with_items(&ready, |items| match items {
        [] => ContentSizes::default(),
        items => cx.typesetter.content_sizes(items),
    });
    ready.widths = content.plus(around);
    Some(ready)
}

/// `text-transform` of what a box says.
fn transform(parts: &mut [MarginPart], style: &TextStyle) {
    let mut in_word = false;
    for part in parts {
        let MarginPart::Text(text, _) = part else { continue };
        if let Cow::Owned(changed) = transformed(text, style.text_transform, in_word) {
            *text = changed;
        }
        in_word = text.chars().next_back().is_some_and(continues_word);
    }
}

/// Hands the parts over as a typesetter's items.
fn with_items<T>(ready: &PreparedBox<'_>, use_items: impl FnOnce(&[InlineItem<'_>]) -> T) -> T {
    let style = &ready.style.style.text;
    let mut items = Vec::new();
    for (tag, part) in ready.parts.iter().enumerate() {
        let tag = tag as u32;
        match part {
            MarginPart::Text(text, _) => {
                for (i, line) in text.split('\n').enumerate() {
                    if i > 0 {
                        items.push(InlineItem::Break);
                    }
                    if !line.is_empty() {
                        items.push(InlineItem::Text { text: line, style, raise: 0.0, tag });
                    }
                }
            }
            MarginPart::Leader(pattern) => items.push(InlineItem::Leader { pattern, style, tag }),
            MarginPart::Picture(image) => items.push(InlineItem::Object {
                width: image.width,
                ascent: image.height,
                descent: 0.0,
                tag,
            }),
        }
    }
    use_items(&items)
}

fn lines(cx: &mut Context<'_>, ready: &PreparedBox<'_>, width: f64) -> Vec<Line> {
    let setting = Setting::of_block(&ready.style.style.text, width, 0.0);
    with_items(ready, |items| {
        if items.is_empty() { Vec::new() } else { cx.set(items, &setting, |tag| ready.span(tag)) }
    })
}

/// What kind of ornament a place's text is.
fn artifact(place: At) -> Artifact {
    if place.is_above() {
        Artifact::Header
    } else if place.is_below() {
        Artifact::Footer
    } else {
        Artifact::Side
    }
}

fn set(cx: &mut Context<'_>, ready: &PreparedBox<'_>, rect: Rect, out: &mut Vec<Painted>) {
    let style = &ready.style.style;
    let Rect { x, y, width: w, height: h } = rect;
    let edges = Edges::new(style, w);
    let margin = edges.margin.map(|m| m.unwrap_or(0.0));
    let (x, y) = (x + margin.left, y + margin.top);
    let (w, h) = (w - margin.left - margin.right, h - margin.top - margin.bottom);
    let decor = Decor::whole(style, Size::new(w, h), edges.border);
    decor::paint(cx, &decor, x, y, out);
    let inner_w = (w - edges.across()).max(1.0);
    let lines = lines(cx, ready, inner_w);
    let height: f64 = lines.iter().map(Line::height).sum();
    let free = h - edges.along() - height;
    let mut top = y
        + edges.border.top
        + edges.padding.top
        + match style.vertical_align {
            // In margin boxes text stands in the middle unless it is told otherwise (CSS Paged
            // Media 3, 5.1).
            VerticalAlign::Top | VerticalAlign::TextTop => 0.0,
            VerticalAlign::Bottom | VerticalAlign::TextBottom => free,
            _ => free / 2.0,
        };
    let left = x + edges.border.left + edges.padding.left;
    if style.text.hidden {
        return;
    }
    let mark = Mark::Artifact(artifact(ready.style.place));
    for line in &lines {
        let baseline = top + line.ascent;
        for piece in &line.pieces {
            match piece {
                Piece::Glyphs { x, raise, run, tag, width } => {
                    let (x, y) = (left + x, baseline - raise);
                    let span = ready.span(*tag);
                    let paint = Paint::Glyphs { x, y, run: run.clone(), span };
                    out.push(Painted { mark, paint });
                    let bars =
                        decoration(cx.typesetter.fonts(), style.text.decoration, run, *width);
                    let bars = bars.into_iter().map(|bar| bar.moved(Point::new(x, y)));
                    out.extend(bars.map(|bar| Painted { mark, paint: ruled(bar, run) }));
                }
                Piece::Object { x, tag } => {
                    if let Some(MarginPart::Picture(image)) = ready.parts.get(*tag as usize) {
                        let corner = Point::new(left + x, baseline - image.height);
                        let rect = Rect::at(corner, Size::new(image.width, image.height));
                        out.push(Painted {
                            mark,
                            paint: Paint::Image { rect, image: Arc::clone(image) },
                        });
                    }
                }
                Piece::Edge { .. } => {}
            }
        }
        top += line.height();
    }
}
