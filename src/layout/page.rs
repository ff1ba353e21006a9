//! Page making: the document's galley is poured into sheets, and the sheets are painted (CSS Paged
//! Media 3).

use std::rc::Rc;
use std::sync::Arc;

use super::absolute;
use super::context::{Context, EPSILON, Numbers, PageNumber};
use super::decor;
use super::flow::{self, WidthChange};
use super::fragment::{self, Cursor, Fragmentainer, FragmentainerKind, Fragmented, StopReason};
use super::frame::{Effect, Frame, Positioned};
use super::margin_box::{self, Facts};
use super::marks;
use super::pages::Page;
use super::paint::Painter;
use super::running::Running;
use super::running_element::RunningElements;
use super::split;
use crate::diag::{Diagnostic, say};
use crate::geometry::{Point, Rect};
use crate::limits;
use crate::sizing::page_content;
use crate::style::{Break, LengthOrAuto as SizeValue, PageKind, PageStyle, Position};

/// How often the flow is set anew because a page has another width than the one before it.
const MAX_WIDTH_CHANGES: usize = 16;

/// A sheet before it is painted.
struct UnpaintedPage<'a> {
    /// The page as the rules have it.
    ruled: Arc<PageStyle>,
    /// The page as it is: its margins hold its running elements.
    style: Arc<PageStyle>,
    frame: Frame<'a>,
}

/// What a pass makes.
pub(crate) struct PassResult {
    pub(crate) pages: Vec<Page>,
    pub(crate) painter: Painter,
    pub(crate) numbers: Numbers,
}

/// Lays the whole document out.
// Over 60 lines: one loop over the pages, in which each step needs what the one before has settled.
pub(crate) fn make(cx: &mut Context<'_>) -> PassResult {
    let mut changes: Vec<WidthChange> = Vec::new();
    let (mut galley, mut galley_faults) = cx.collect_faults(|cx| flow::document(cx, &changes));
    let mut sheets: Vec<UnpaintedPage<'_>> = Vec::new();
    let mut fixed: Vec<(usize, Positioned<'_>)> = Vec::new();
    let mut carried: Vec<Carried<'_>> = Vec::new();
    let mut cursor = Cursor::default();
    let mut name = galley.page.clone();
    let rules = Arc::clone(&cx.tree.pages);
    let mut elements = RunningElements::new(&cx.tree.root);
    // The width that the galley was set at where the cursor stands.
    let mut width = galley.width;
    // Pages in a row that took nothing.
    let mut stuck = 0;
    // Whether the page is the first of those of its name.
    let mut begins = true;
    loop {
        limits::tick();
        let limit = limits::get().pages;
        if sheets.len() >= limit {
            let message = say!("the document has more than {limit} pages", limit);
            let place = cx.tree.root.span.and_then(|span| cx.tree.sources.place(span));
            let fault = limits::reached("limit-pages", message).at(place);
            cx.sink.push(fault.hint(say!("or split it into several documents")));
            break;
        }
        // Books begin with a right page, so even pages are left ones.
        let number = sheets.len() + 1;
        let left = number.is_multiple_of(2);
        let kind = PageKind { first: number == 1, begins, left, blank: false };
        // The first page of the document, left and right pages may each have their own rules.
        let ruled = rules.resolve(name.as_deref(), kind);
        let style = elements.page(cx, Arc::clone(&ruled));
        let next = PageKind { left: !kind.left, ..PageKind::default() };
        let next = elements.page(cx, rules.resolve(name.as_deref(), next));
        if let Some(fault) = style.impossible(&cx.tree.sources) {
            cx.sink.push(fault);
            break;
        }
        let fragmentainer = Fragmentainer {
            height: page_content(&style).height,
            fresh: page_content(&next).height,
            kind: FragmentainerKind::Page,
            started: false,
        };
        let own_width = page_content(&style).width;
        // The flow was set at another width: from this leaf on it is set anew (CSS Fragmentation 3,
        // 5.1).
        if (own_width - width).abs() > EPSILON && changes.len() < MAX_WIDTH_CHANGES {
            // All that stands before the cursor is set as it was, so the cursor stays what it is.
            changes
                .push(WidthChange { leaf: galley.leaves_before(cursor.entry), width: own_width });
            (galley, galley_faults) = cx.collect_faults(|cx| flow::document(cx, &changes));
            cursor.widen(&mut galley, own_width - width);
            width = own_width;
        }
        let Fragmented { mut frame, stop, cursor: rest, placed, .. } =
            fragment::fragment(cx, &galley, &cursor, fragmentainer);
        // A page may take nothing because repeated rows or notes fill it; three in a row never end.
        stuck = if placed || stop != StopReason::Full { 0 } else { stuck + 1 };
        if stuck > 2 {
            let fault = Diagnostic::error(
                "page-too-small",
                say!("nothing more fits page {number}", number),
            );
            let place = cx.tree.root.span.and_then(|span| cx.tree.sources.place(span));
            cx.sink.push(fault.at(place).hint(say!(
                "use a larger page, smaller margins or less that is repeated on every page"
            )));
            break;
        }
        place_positioned(cx, &mut frame, &style, number - 1, &mut fixed, &mut carried);
        sheets.push(UnpaintedPage { ruled, style, frame });
        begins = false;
        cursor = rest;
        galley.forget(cursor.entry);
        match stop {
            // What is carried makes pages of its own, on which the flow has nothing left.
            StopReason::End if carried.is_empty() => break,
            StopReason::End => {}
            StopReason::Full => {}
            StopReason::Forced(forced) => {
                // Pages of another name may have another width, which the flow has reckoned with.
                if name != forced.page {
                    name = forced.page;
                    begins = true;
                    width =
                        page_content(&rules.resolve(name.as_deref(), PageKind::default())).width;
                }
                // `break-before: left` skips a page that would be the wrong side, which stays
                // blank.
                let next_is_left = (sheets.len() + 1).is_multiple_of(2);
                if matches!(
                    (forced.kind, next_is_left),
                    (Break::Left, false) | (Break::Right, true)
                ) {
                    let kind = PageKind { left: next_is_left, blank: true, ..PageKind::default() };
                    let ruled = rules.resolve(name.as_deref(), kind);
                    let style = elements.page(cx, Arc::clone(&ruled));
                    sheets.push(UnpaintedPage { ruled, style, frame: Frame::default() });
                }
            }
        }
    }
    // The flow may have been set several times: only the faults of its last setting count, and they
    // come first, as in the document.
    cx.prepend_faults(galley_faults);
    // The pages hold what they need of these, and each is let go once it is painted: so a long
    // table is never held both as boxes and as what is painted of them.
    drop((galley, cursor, carried));
    paint(cx, sheets, &fixed, &elements)
}

/// The rest of a box that is positioned by the page, for the next page.
struct Carried<'a> {
    frame: Rc<Frame<'a>>,
    x: f64,
    layer: i32,
}

/// Places the boxes that are positioned by the page area; fixed ones wait for all pages. What runs
/// off the paper goes on at the top of the next page.
fn place_positioned<'a>(
    cx: &mut Context<'a>,
    frame: &mut Frame<'a>,
    style: &PageStyle,
    page: usize,
    fixed: &mut Vec<(usize, Positioned<'a>)>,
    carried: &mut Vec<Carried<'a>>,
) {
    let area = page_area(style);
    for Carried { frame: rest, x, layer } in std::mem::take(carried) {
        let rest = end_at_paper(style, rest, Point::new(x, 0.0), layer, carried);
        frame.place(x, 0.0, layer, &rest, Effect::default());
    }
    // A placed box may hold others.
    while !frame.positioned.is_empty() {
        for place in std::mem::take(&mut frame.positioned) {
            if place.node.style.position == Position::Fixed {
                fixed.push((page, place));
            } else if let Some((inner, corner)) = absolute::set(cx, place, area) {
                let own = &place.node.style;
                let layer = flow::layer(own);
                // A box that is turned or has a height is what its author drew.
                let grows = own.height == SizeValue::Auto && own.rotate == 0.0 && !own.clip;
                let inner =
                    if grows { end_at_paper(style, inner, corner, layer, carried) } else { inner };
                frame.place(corner.x, corner.y, layer, &inner, Effect::default());
            }
        }
    }
    frame.notes.clear();
}

/// The part of a box that stands on the paper. If some of it would not, the box ends where the
/// page's content does, and its rest is carried on.
fn end_at_paper<'a>(
    style: &PageStyle,
    inner: Rc<Frame<'a>>,
    corner: Point,
    layer: i32,
    carried: &mut Vec<Carried<'a>>,
) -> Rc<Frame<'a>> {
    let area = page_area(style);
    // Boxes may reach into the margin, as ornaments do; below the paper nobody sees them.
    let paper = style.height - style.margin.top - style.border.top.width - style.padding.top;
    if corner.y + inner.height <= paper + EPSILON || corner.y >= area.height {
        return inner;
    }
    match split::cut(&inner, area.height - corner.y) {
        Some((top, Some(rest))) if rest.height < inner.height - EPSILON => {
            carried.push(Carried { frame: Rc::new(rest), x: corner.x, layer });
            Rc::new(top)
        }
        _ => inner,
    }
}

fn paint<'a>(
    cx: &mut Context<'a>,
    sheets: Vec<UnpaintedPage<'a>>,
    fixed: &[(usize, Positioned<'a>)],
    elements: &RunningElements<'a>,
) -> PassResult {
    let mut painter = Painter::new(Arc::clone(cx.typesetter.fonts()));
    let count = sheets.len();
    let mut pages = Vec::with_capacity(count);
    let mut running = Running::default();
    let mut numbers = Vec::with_capacity(count);
    for (index, sheet) in sheets.into_iter().enumerate() {
        let style = &sheet.style;
        // Counters of the page step before anything of it is shown.
        running.turn(style);
        painter.page = index;
        painter.number = running.counter("page");
        numbers.push(painter.number);
        backdrop(cx, style, &mut painter);
        cx.margin_of = Some(PageNumber { page: painter.number, pages: count });
        elements.paint(cx, &sheet.ruled, style, &mut painter);
        cx.margin_of = None;
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
        let facts = Facts { pages: count, running: &running };
        margin_box::paint(cx, style, &facts, &mut painter.items);
        let items = std::mem::take(&mut painter.items);
        let slug = style.bleed + if style.marks.any() { marks::ROOM } else { 0.0 };
        let mut items = items;
        marks::paint(style, &mut items);
        items.shrink_to_fit();
        let (width, height, bleed) = (style.width, style.height, style.bleed);
        pages.push(Page { width, height, bleed, slug, items });
    }
    // References print the number that a page shows, not its place in the file.
    let shown = |page: usize| numbers[page];
    let targets = painter.targets.iter();
    let targets = targets.map(|(id, (target, _))| (Arc::clone(id), shown(target.page))).collect();
    let numbers = Numbers { pages: count, fields: painter.fields.clone(), targets };
    PassResult { pages, painter, numbers }
}

/// The content area of a page, in its own coordinates: the containing block of what is positioned
/// by the page.
fn page_area(style: &PageStyle) -> Rect {
    Rect::at(Point::ZERO, page_content(style).size())
}

/// The page's own background and border, and the canvas.
fn backdrop(cx: &mut Context<'_>, style: &PageStyle, painter: &mut Painter) {
    let m = style.margin;
    let sheet = Rect::new(0.0, 0.0, style.width, style.height);
    let corners = decor::SQUARE;
    // With a bleed, a picture that fills the sheet fills what will be cut off, too.
    let wide = sheet.inset(crate::geometry::Sides::all(-style.bleed));
    decor::background(cx, &style.background, wide, wide, corners, &mut painter.items);
    let rect = sheet.inset(m);
    // The root's background is that of the canvas (CSS 2.2, 14.2).
    let root = Arc::clone(&cx.tree.root.style);
    decor::background(cx, &root.background, rect, rect, corners, &mut painter.items);
    let widths = style.border.map(|b| b.width);
    decor::borders(rect, widths, &style.border, corners, &mut painter.items);
}
