//! Layout tests on hand-made boxes: a small language for boxes, and pages as text.

mod flow;
mod limits;
mod random;
mod table;

use std::fmt::Write as _;
use std::sync::Arc;

use super::context::WantedPicture;
use super::lay_out;
use super::pages::{Pages, Paint};
use crate::boxes::{
    BoxId, BoxNode, BoxTree, CellBox, ColumnBox, Content, Inline, Marker, Meta, Role, RowBox,
    TableBox,
};
use crate::diag::{Diagnostic, Sink, Sources};
use crate::font::FontBook;
use crate::geometry::Rect;
use crate::image::DrawnSegment;
use crate::style::{
    BorderSide, BorderStyle, Color, Computed, LengthOrAuto, LengthPercentage, LineHeight,
    PageRules, Sides, TextStyle,
};
use crate::text::Typesetter;

/// A style: 10 pt, lines of 12 pt.
pub(super) fn style(change: impl FnOnce(&mut Computed)) -> Arc<Computed> {
    let text = TextStyle {
        font_size: 10.0,
        line_height: LineHeight::Length(12.0),
        orphans: 1,
        widows: 1,
        ..TextStyle::default()
    };
    let mut computed =
        Computed { text: Arc::new(text), margin: Sides::all(points(0.0)), ..Computed::default() };
    change(&mut computed);
    Arc::new(computed)
}

pub(super) fn points(value: f64) -> LengthOrAuto {
    LengthOrAuto::Set(LengthPercentage::points(value))
}

/// Top, right, bottom, left in points.
pub(super) fn margins(top: f64, right: f64, bottom: f64, left: f64) -> Sides<LengthOrAuto> {
    Sides { top: points(top), right: points(right), bottom: points(bottom), left: points(left) }
}

pub(super) fn border(width: f64) -> Sides<BorderSide> {
    Sides::all(BorderSide { width, style: BorderStyle::Solid, color: Color::BLACK })
}

pub(super) fn node(role: Role, style: Arc<Computed>, content: Content) -> BoxNode {
    BoxNode {
        box_id: BoxId::default(),
        style,
        role,
        element: Arc::from("div"),
        class: Arc::from(""),
        id: None,
        alt: None,
        control: None,
        span: None,
        marker: None,
        strings: Vec::new(),
        content,
    }
}

/// A paragraph.
pub(super) fn p(text: &str, change: impl FnOnce(&mut Computed)) -> BoxNode {
    let style = style(change);
    let inline =
        vec![Inline::Text { text: Arc::from(text), style: Arc::clone(&style), span: None }];
    node(Role::Paragraph, style, Content::Inline(inline))
}

pub(super) fn plain(_: &mut Computed) {}

/// A box of boxes.
pub(super) fn div(kids: Vec<BoxNode>, change: impl FnOnce(&mut Computed)) -> BoxNode {
    node(Role::None, style(change), Content::Blocks(kids))
}

/// A list item with a marker outside.
pub(super) fn li(marker: &str, kids: Vec<BoxNode>) -> BoxNode {
    let marker =
        Marker { text: Arc::from(marker), style: style(plain), inside: false, number: None };
    BoxNode { marker: Some(marker), ..node(Role::ListItem, style(plain), Content::Blocks(kids)) }
}

pub(super) fn cell(
    column: usize,
    columns: usize,
    rows: usize,
    kid: BoxNode,
    change: impl FnOnce(&mut Computed),
) -> CellBox {
    let node = node(Role::DataCell, style(change), Content::Blocks(vec![kid]));
    CellBox { node, column, columns, rows, heads_row: false }
}

pub(super) fn row(cells: Vec<CellBox>) -> RowBox {
    RowBox { style: style(|c| c.break_inside_avoid = true), cells, span: None }
}

pub(super) fn table(
    columns: usize,
    head: Vec<RowBox>,
    body: Vec<RowBox>,
    foot: Vec<RowBox>,
    change: impl FnOnce(&mut Computed),
) -> BoxNode {
    let columns = vec![ColumnBox { width: LengthOrAuto::Auto, style: style(plain) }; columns];
    node(
        Role::Table,
        style(change),
        Content::Table(Box::new(TableBox { caption: None, columns, head, body, foot })),
    )
}

pub(super) fn tree(kids: Vec<BoxNode>, pages: PageRules) -> BoxTree {
    let mut root = div(kids, plain);
    crate::boxes::number(&mut root);
    BoxTree {
        root,
        pages: Arc::new(pages),
        meta: Meta::default(),
        sources: Arc::new(Sources::default()),
    }
}

thread_local! {
    static TYPESETTER: Typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
}

pub(super) fn lay(tree: &BoxTree) -> (Pages, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let none = |wanted: WantedPicture<'_>| {
        let (WantedPicture::Url(what) | WantedPicture::Svg(what)) = wanted;
        (Err(Diagnostic::warning("no-image", crate::diag::Message::verbatim(what))), Vec::new())
    };
    let pages = TYPESETTER.with(|typesetter| lay_out(tree, typesetter, &none, &mut sink)).0;
    (pages, sink.into_vec())
}

/// Every line and rectangle of every page, as text.
pub(super) fn dump(pages: &Pages) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let _ = writeln!(out, "page {} ({:.0} × {:.0})", index + 1, page.width, page.height);
        let mut line: Option<(f64, f64, String)> = None;
        let flush = |line: &mut Option<(f64, f64, String)>, out: &mut String| {
            if let Some((x, y, text)) = line.take() {
                let _ = writeln!(out, "  {x:.1} {y:.1} {}", text.trim_end());
            }
        };
        for item in &page.items {
            match &item.paint {
                Paint::Glyphs { x, y, run, .. } => match &mut line {
                    Some((_, known, text)) if (*known - y).abs() < 0.01 => text.push_str(&run.text),
                    _ => {
                        flush(&mut line, &mut out);
                        line = Some((*x, *y, run.text.to_string()));
                    }
                },
                Paint::Path { path, .. } => {
                    flush(&mut line, &mut out);
                    let Rect { x, y, width: w, height: h } = bounds(path);
                    let _ = writeln!(out, "  rect {x:.1} {y:.1} {w:.1} {h:.1}");
                }
                Paint::Link { rect: Rect { x, y, width: w, height: h }, href, .. } => {
                    flush(&mut line, &mut out);
                    let _ = writeln!(out, "  link {x:.1} {y:.1} {w:.1} {h:.1} {href}");
                }
                Paint::PushTransform(m) => {
                    flush(&mut line, &mut out);
                    let _ = writeln!(out, "  transform {:.2?}", m.numbers());
                }
                Paint::Image { rect: Rect { x, y, width: w, height: h }, .. } => {
                    flush(&mut line, &mut out);
                    let _ = writeln!(out, "  image {x:.1} {y:.1} {w:.1} {h:.1}");
                }
                Paint::PushClip(_)
                | Paint::PushClipPath(_)
                | Paint::PushOpacity(_)
                | Paint::Pop => {}
            }
        }
        flush(&mut line, &mut out);
    }
    out
}

fn bounds(path: &[DrawnSegment]) -> Rect {
    let mut points = Vec::new();
    for segment in path {
        match *segment {
            DrawnSegment::Move(at) | DrawnSegment::Line(at) | DrawnSegment::Cubic(_, _, at) => {
                points.push((at.x, at.y));
            }
            DrawnSegment::Close => {}
        }
    }
    let fold = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64, from: f64| {
        points.iter().map(pick).fold(from, best)
    };
    let (left, top) = (fold(|p| p.0, f64::min, f64::MAX), fold(|p| p.1, f64::min, f64::MAX));
    let (right, bottom) = (fold(|p| p.0, f64::max, f64::MIN), fold(|p| p.1, f64::max, f64::MIN));
    Rect::new(left, top, right - left, bottom - top)
}

/// The words of all content, page by page, artifacts left out.
pub(super) fn words(pages: &Pages) -> Vec<String> {
    let mut text = String::new();
    for page in &pages.pages {
        let mut last = None;
        for item in &page.items {
            if let (Paint::Glyphs { run, y, .. }, super::pages::Mark::Content { .. }) =
                (&item.paint, item.mark)
            {
                if last != Some((*y, item.mark)) && last.is_some() {
                    text.push(' ');
                }
                last = Some((*y, item.mark));
                text.push_str(&run.text);
            }
        }
        text.push(' ');
    }
    text.split_whitespace().map(str::to_string).collect()
}
