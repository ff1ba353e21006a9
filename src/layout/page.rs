//! Page making: the document's galley is poured into sheets, and the sheets are painted (CSS Paged
//! Media 3).

use std::sync::Arc;

use super::absolute;
use super::context::{Context, EPSILON, MAX_PAGES, Numbers};
use super::decor;
use super::fill::{self, Cursor, Filled, Room, RoomKind, Stop};
use super::flow::{self, Turn};
use super::frame::{Frame, Positioned};
use super::margin_box::{self, Facts};
use super::pages::Page;
use super::paint::Painter;
use super::running::Running;
use crate::diag::Diagnostic;
use crate::geometry::Rect;
use crate::style::{Break, PageKind, PageStyle, Position};

/// How often the flow is set anew because a page has another width than the one before it.
const MAX_TURNS: usize = 16;

/// A sheet before it is painted.
struct Sheet<'a> {
    style: Arc<PageStyle>,
    frame: Frame<'a>,
}

/// What a pass makes.
pub(crate) struct Made {
    pub(crate) pages: Vec<Page>,
    pub(crate) painter: Painter,
    pub(crate) numbers: Numbers,
}

/// Lays the whole document out.
pub(crate) fn make(cx: &mut Context<'_>) -> Made {
    let mut turns: Vec<Turn> = Vec::new();
    let (mut galley, mut galley_faults) = cx.apart(|cx| flow::document(cx, &turns));
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    let mut fixed: Vec<(usize, Positioned<'_>)> = Vec::new();
    let mut cursor = Cursor::default();
    let mut name = galley.page.clone();
    let rules = Arc::clone(&cx.tree.pages);
    // The width that the galley was set at where the cursor stands.
    let mut width = galley.width;
    // Pages in a row that took nothing.
    let mut stuck = 0;
    loop {
        if sheets.len() >= MAX_PAGES {
            let message = format!("the document has more than {MAX_PAGES} pages");
            cx.sink.push(
                Diagnostic::error("page-limit", message).hint("split it into several documents"),
            );
            break;
        }
        let number = sheets.len() + 1;
        let kind = PageKind { first: number == 1, left: number.is_multiple_of(2), blank: false };
        let style = rules.resolve(name.as_deref(), kind);
        let next = rules
            .resolve(name.as_deref(), PageKind { first: false, left: !kind.left, blank: false });
        let room = Room {
            height: flow::inner_height(&style),
            fresh: flow::inner_height(&next),
            kind: RoomKind::Page,
            started: false,
        };
        let own_width = flow::inner_width(&style);
        if (own_width - width).abs() > EPSILON && turns.len() < MAX_TURNS {
            // All that stands before the cursor is set as it was, so the cursor stays what it is.
            turns.push(Turn { leaf: galley.leaves_before(cursor.entry), width: own_width });
            (galley, galley_faults) = cx.apart(|cx| flow::document(cx, &turns));
            cursor.widen(&mut galley, own_width - width);
            width = own_width;
        }
        let Filled { mut frame, stop, cursor: rest, placed } =
            fill::fill(cx, &galley, &cursor, room);
        stuck = if placed || stop != Stop::Full { 0 } else { stuck + 1 };
        if stuck > 2 {
            let fault =
                Diagnostic::error("page-too-small", format!("nothing more fits page {number}"));
            cx.sink.push(
                fault.hint(
                    "use a larger page, smaller margins or less that is repeated on every page",
                ),
            );
            break;
        }
        place_positioned(cx, &mut frame, &style, number - 1, &mut fixed);
        sheets.push(Sheet { style, frame });
        cursor = rest;
        match stop {
            Stop::End => break,
            Stop::Full => {}
            Stop::Forced(forced) => {
                if name != forced.page {
                    name = forced.page;
                    width = flow::inner_width(&rules.resolve(name.as_deref(), PageKind::default()));
                }
                let next_is_left = (sheets.len() + 1).is_multiple_of(2);
                if matches!(
                    (forced.kind, next_is_left),
                    (Break::Left, false) | (Break::Right, true)
                ) {
                    let kind = PageKind { first: false, left: next_is_left, blank: true };
                    sheets.push(Sheet {
                        style: rules.resolve(name.as_deref(), kind),
                        frame: Frame::default(),
                    });
                }
            }
        }
    }
    cx.report_first(galley_faults);
    paint(cx, &sheets, &fixed)
}

/// Places the boxes that are positioned by the page area; fixed ones wait for all pages.
fn place_positioned<'a>(
    cx: &mut Context<'a>,
    frame: &mut Frame<'a>,
    style: &PageStyle,
    page: usize,
    fixed: &mut Vec<(usize, Positioned<'a>)>,
) {
    let rect = page_area(style);
    // A placed box may hold others.
    while !frame.positioned.is_empty() {
        for place in std::mem::take(&mut frame.positioned) {
            if place.node.style.position == Position::Fixed {
                fixed.push((page, place));
            } else {
                absolute::place(cx, frame, place, rect);
            }
        }
    }
    frame.notes.clear();
}

fn paint<'a>(
    cx: &mut Context<'a>,
    sheets: &[Sheet<'a>],
    fixed: &[(usize, Positioned<'a>)],
) -> Made {
    let mut painter = Painter::new(Arc::clone(cx.typesetter.fonts()));
    let mut pages = Vec::with_capacity(sheets.len());
    let mut running = Running::default();
    let mut numbers = Vec::with_capacity(sheets.len());
    for (index, sheet) in sheets.iter().enumerate() {
        let style = &sheet.style;
        running.turn(style);
        painter.page = index;
        painter.number = running.counter("page");
        numbers.push(painter.number);
        backdrop(cx, style, &mut painter);
        let x = style.margin.left + style.border.left.width + style.padding.left;
        let y = style.margin.top + style.border.top.width + style.padding.top;
        painter.frame(cx, &sheet.frame, x, y);
        for (home, place) in fixed {
            let mut frame = Frame::default();
            let rect = page_area(style);
            absolute::place(cx, &mut frame, *place, rect);
            painter.repeated(cx, &frame, x, y, *home != index);
        }
        running.show(std::mem::take(&mut painter.strings));
        let facts = Facts { pages: sheets.len(), running: &running };
        margin_box::paint(cx, style, &facts, &mut painter.items);
        let items = std::mem::take(&mut painter.items);
        pages.push(Page { width: style.width, height: style.height, items });
    }
    let targets =
        painter.targets.iter().map(|(id, target)| (Arc::clone(id), numbers[target.page])).collect();
    let numbers = Numbers { pages: sheets.len(), fields: painter.fields.clone(), targets };
    Made { pages, painter, numbers }
}

/// The content area of a page, in its own coordinates: the containing block of what is positioned
/// by the page.
fn page_area(style: &PageStyle) -> Rect {
    Rect::new(0.0, 0.0, flow::inner_width(style), flow::inner_height(style))
}

/// The page's own background and border, and the canvas.
fn backdrop(cx: &mut Context<'_>, style: &PageStyle, painter: &mut Painter) {
    let m = style.margin;
    let sheet = Rect::new(0.0, 0.0, style.width, style.height);
    let corners = decor::SQUARE;
    decor::background(cx, &style.background, sheet, sheet, corners, &mut painter.items);
    let rect = sheet.inset(m);
    let root = Arc::clone(&cx.tree.root.style);
    decor::background(cx, &root.background, rect, rect, corners, &mut painter.items);
    let widths = style.border.map(|b| b.width);
    decor::borders(rect, widths, &style.border, corners, &mut painter.items);
}
