//! Painting: frames become a page's items, with marks, links, targets, bookmarks and the places of
//! fields.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::context::{Context, FieldId};
use super::decor;
use super::frame::{Decor, Effect, Frame, Placed, PlacedPicture, Thing};
use super::inline::{Para, PieceSource, SourceKind};
use super::pages::{Bookmark, Destination, Mark, PageItem, Paint, TagId};
use super::running::SetString;
use crate::boxes::{BoxNode, Role};
use crate::diag::{Span, say};
use crate::font::FontBook;
use crate::geometry::{Matrix, Point, Rect, Size};
use crate::image::DrawnSegment;
use crate::limits;
use crate::sizing::{Edges, decorated, fitted};
use crate::style::Decoration;
use crate::text::{GlyphRun, Line, Piece};

/// Bytes of memory that a glyph takes on its page and in the file, by measurement.
const GLYPH: usize = 48;

/// What painting gathers over all pages.
pub(crate) struct Painter {
    pub(crate) items: Vec<PageItem>,
    pub(crate) page: usize,
    /// The page's number as it is printed.
    pub(crate) number: usize,
    pub(crate) targets: BTreeMap<Arc<str>, (Destination, TagId)>,
    pub(crate) outline: Vec<Bookmark>,
    pub(crate) fields: HashMap<FieldId, usize>,
    /// Bounding boxes of figures.
    pub(crate) bounds: BTreeMap<TagId, (usize, Rect)>,
    /// Where rows of tables stand, by one of their cells.
    pub(crate) rows: Vec<(TagId, usize, Rect)>,
    /// Strings set on this page, in order.
    pub(crate) strings: Vec<SetString>,
    fonts: Arc<FontBook>,
    /// How many repeated frames we are inside of.
    repeats: u32,
    /// How many glyphs are painted.
    glyphs: usize,
}

impl Painter {
    pub(crate) fn new(fonts: Arc<FontBook>) -> Self {
        Self {
            items: Vec::new(),
            page: 0,
            number: 1,
            targets: BTreeMap::new(),
            outline: Vec::new(),
            fields: HashMap::new(),
            bounds: BTreeMap::new(),
            rows: Vec::new(),
            strings: Vec::new(),
            fonts,
            repeats: 0,
            glyphs: 0,
        }
    }

    fn add(&mut self, mark: Mark, paint: Paint) {
        // A repeated head must not set a target or bookmark twice.
        let mark = if self.repeats > 0 { Mark::ORNAMENT } else { mark };
        self.items.push(PageItem { mark, paint });
    }

    /// Paints a frame with its corner at a place.
    pub(crate) fn frame(&mut self, cx: &mut Context<'_>, frame: &Frame<'_>, x: f64, y: f64) {
        if frame.items.iter().all(|item| item.layer == 0) {
            frame.items.iter().for_each(|item| self.placed(cx, item, x, y));
            return;
        }
        let mut order: Vec<&Placed<'_>> = frame.items.iter().collect();
        // The sort is stable: within a layer the order of the document holds (CSS 2.2, appendix E).
        order.sort_by_key(|item| item.layer);
        order.into_iter().for_each(|item| self.placed(cx, item, x, y));
    }

    /// Paints a frame that may only repeat what another page has.
    pub(crate) fn repeated(
        &mut self,
        cx: &mut Context<'_>,
        frame: &Frame<'_>,
        x: f64,
        y: f64,
        repeats: bool,
    ) {
        self.repeats += u32::from(repeats);
        self.frame(cx, frame, x, y);
        self.repeats -= u32::from(repeats);
    }

    fn placed(&mut self, cx: &mut Context<'_>, placed: &Placed<'_>, x: f64, y: f64) {
        limits::tick();
        let (x, y) = (x + placed.x, y + placed.y);
        match &placed.thing {
            Thing::Line(para, index) => self.line(cx, para, *index, x, y),
            Thing::Decor(decor) => self.decor(cx, decor, x, y),
            Thing::Picture(picture) => self.picture(cx, picture, x, y),
            Thing::Frame(frame, None) => self.frame(cx, frame, x, y),
            Thing::Frame(frame, Some(effect)) => self.inner(cx, frame, **effect, x, y),
            Thing::Ornament(lines) => {
                self.items.extend(lines.iter().cloned().map(|line| decor::item(line, x, y)))
            }
            Thing::Grid(edges) => {
                let lines = edges.iter().flat_map(|edge| edge.strokes());
                self.items.extend(lines.map(|line| decor::item(line, x, y)));
            }
            Thing::Anchor(node) => self.anchor(cx, node, x, y),
            Thing::Rows(cell, size) if self.repeats == 0 => {
                self.rows.push((
                    cx.plan.node(cell).tag,
                    self.page,
                    Rect::at(Point::new(x, y), *size),
                ));
            }
            Thing::Rows(..) => {}
        }
    }

    fn inner(&mut self, cx: &mut Context<'_>, frame: &Frame<'_>, effect: Effect, x: f64, y: f64) {
        self.repeats += u32::from(effect.artifact);
        if let Some(matrix) = effect.matrix {
            // The matrix is meant for the frame's own coordinates.
            // x′ = p + M·(x − p) for the frame's corner p.
            let Matrix { a, b, c, d, e, f } = matrix;
            let moved = Matrix { e: e + x - a * x - c * y, f: f + y - b * x - d * y, ..matrix };
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushTransform(moved) });
        }
        if let Some(clip) = effect.clip {
            let clip = clip.moved(Point::new(x, y));
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushClip(clip) });
        }
        if let Some(opacity) = effect.opacity {
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushOpacity(opacity) });
        }
        self.frame(cx, frame, x, y);
        let pushes = [effect.clip.is_some(), effect.matrix.is_some(), effect.opacity.is_some()];
        // As many as were pushed above: a `Pop` too many would end what the page around has
        // begun.
        for _ in pushes.iter().filter(|pushed| **pushed) {
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::Pop });
        }
        self.repeats -= u32::from(effect.artifact);
    }

    fn decor(&mut self, cx: &mut Context<'_>, decor: &Decor<'_>, x: f64, y: f64) {
        if decor.is_root {
            // The root's background is the canvas's (CSS 2.2, 14.2), painted with the page.
            let rect = Rect::new(x, y, decor.width, decor.height);
            let border = &decor.style.border;
            decor::borders(rect, decor.border, border, decor::SQUARE, &mut self.items);
        } else {
            decor::paint(cx, decor, x, y, &mut self.items);
        }
    }

    fn anchor(&mut self, cx: &mut Context<'_>, node: &BoxNode, x: f64, y: f64) {
        if self.repeats > 0 {
            return;
        }
        let target = Destination { page: self.page, x, y };
        if let Some(id) = &node.id {
            let tag = cx.plan.node(node).tag;
            self.targets.entry(Arc::clone(id)).or_insert((target, tag));
        }
        if let Role::Heading(level) = node.role {
            let title = node.plain_text();
            if !title.is_empty() {
                // An empty heading would be a bookmark that nobody can see.
                self.outline.push(Bookmark {
                    level: level.clamp(1, 6),
                    title,
                    target,
                    tag: cx.plan.node(node).tag,
                });
            }
        }
        if !node.strings.is_empty() {
            // What stands above on the page are ornaments at most (`string(…, start)`, CSS GCPM 3,
            // 1.3).
            let begins_page =
                !self.items.iter().any(|item| matches!(item.mark, Mark::Content { .. }));
            let strings = node.strings.iter().cloned();
            self.strings.extend(strings.map(|string| SetString { string, begins_page }));
        }
    }

    fn picture(&mut self, cx: &mut Context<'_>, picture: &PlacedPicture<'_>, x: f64, y: f64) {
        let node = picture.node;
        let mark = cx.plan.node(node).mark;
        // `object-fit` starts as `fill`, which a picture's own size already is unless both sides
        // are set.
        let fitting = node.style.object_fit;
        let room = Size::new(picture.width, picture.height);
        let Size { width: w, height: h } = fitted(fitting, picture.image, room);
        let rect = Rect::new(x + (picture.width - w) / 2.0, y + (picture.height - h) / 2.0, w, h);
        // `object-fit: cover` makes the picture larger than its box.
        let clips = w > picture.width + 0.01 || h > picture.height + 0.01;
        let content = Rect::at(Point::new(x, y), room);
        let seen = if clips { content } else { rect };
        let round = decor::content_corners(&node.style, content);
        let clips = clips || round.is_some();
        if let Some(path) = round {
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushClipPath(path) });
        } else if clips {
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::PushClip(seen) });
        }
        self.add(mark, Paint::Image { rect, image: Arc::clone(picture.image) });
        if clips {
            self.items.push(PageItem { mark: Mark::ORNAMENT, paint: Paint::Pop });
        }
        if let (Mark::Content { tag, .. }, 0) = (mark, self.repeats) {
            self.bounds.entry(tag).or_insert((self.page, seen));
        }
    }

    /// A glyph takes its place on the page and in the file.
    fn hold_glyphs(&mut self, count: usize, span: Option<Span>) {
        self.glyphs += count;
        let limit = limits::get().glyphs;
        let many = self.glyphs > limit;
        let memory = limits::hold_memory(count.saturating_mul(GLYPH));
        let fault = match memory {
            _ if many => {
                let message = say!("the pages have more than {limit} glyphs", limit);
                limits::reached("limit-glyphs", message)
            }
            Err(fault) => fault,
            Ok(()) => return,
        };
        limits::at(span);
        limits::stop(fault);
    }

    fn line(&mut self, cx: &mut Context<'_>, para: &Para<'_>, index: usize, x: f64, y: f64) {
        let Some(line) = para.lines.get(index) else { return };
        let baseline = y + line.ascent;
        if !para.elements.is_empty() {
            self.elements(cx, para, index, x, baseline);
        }
        for piece in &line.pieces {
            match piece {
                Piece::Glyphs { x: at, width, raise, tag, run } => {
                    let Some(source) = para.sources.get(*tag as usize) else { continue };
                    if let SourceKind::Field(id) = source.kind {
                        // A field that is repeated keeps the page where it stood first.
                        self.fields.entry(id).or_insert(self.number);
                    }
                    if source.style.as_ref().is_some_and(|style| style.hidden) {
                        continue;
                    }
                    let shift = para.shift(source.element);
                    let (x, y) = (x + at + shift.x, baseline - raise + shift.y);
                    let span = source.span.or(para.span);
                    self.hold_glyphs(run.glyphs.len(), span);
                    self.add(source.mark, Paint::Glyphs { x, y, run: run.clone(), span });
                    self.decoration(source, run, x, y, *width);
                }
                Piece::Object { x: at, tag } => {
                    let Some(source) = para.sources.get(*tag as usize) else { continue };
                    if let SourceKind::Object(frame, dx, dy) = &source.kind {
                        let shift = para.shift(source.element);
                        self.frame(cx, frame, x + at + dx + shift.x, baseline + dy + shift.y);
                    }
                }
                Piece::Edge { .. } => {}
            }
        }
    }

    /// Lines above, through and below a run.
    fn decoration(&mut self, source: &PieceSource<'_>, run: &GlyphRun, x: f64, y: f64, width: f64) {
        let Some(style) = &source.style else { return };
        let bars = decoration(&self.fonts, style.decoration, run, width);
        self.items.extend(bars.into_iter().map(|bar| PageItem {
            mark: Mark::ORNAMENT,
            paint: ruled(bar.moved(Point::new(x, y)), run),
        }));
    }

    /// Backgrounds, borders, links and targets of the inline elements in a line.
    // Over 60 lines: all of them stand by the same extent of the line.
    fn elements(
        &mut self,
        cx: &mut Context<'_>,
        para: &Para<'_>,
        index: usize,
        x: f64,
        baseline: f64,
    ) {
        let line = &para.lines[index];
        for (id, span) in extents(&self.fonts, para, line) {
            let element = &para.elements[id as usize];
            let node = element.node;
            let links = node.href.is_some();
            if !links && node.id.is_none() && !decorated(&node.style) {
                continue;
            }
            let size = node.style.text.font_size * para.scope.scale;
            // Without a glyph the face is not known; these are the shares of most text faces.
            let (ascent, descent) = span.metrics.unwrap_or((size * 0.9, size * 0.22));
            let at_edge = element.edge.map_or(0.0, |edge| para.edges[edge as usize].raise(index));
            let raised = baseline - element.raise - at_edge + element.shift.y;
            let x = x + element.shift.x;
            if let Some(id) = node.id.as_ref().filter(|_| self.repeats == 0) {
                let target = Destination { page: self.page, x: x + span.left, y: raised - ascent };
                // Without a tag of its own it is an ornament, which nobody is led to.
                let tag = match element.mark {
                    Mark::Content { tag, .. } => tag,
                    Mark::Artifact(_) => TagId(0),
                };
                self.targets.entry(Arc::clone(id)).or_insert((target, tag));
            }
            if decorated(&node.style) && !node.style.text.hidden {
                let edges = Edges::new(&node.style, 0.0);
                let left = x
                    + span.left
                    + if span.starts { edges.margin.left.unwrap_or(0.0) } else { 0.0 };
                let right = x + span.right
                    - if span.ends { edges.margin.right.unwrap_or(0.0) } else { 0.0 };
                let mut border = edges.border;
                // An element that goes on from another line is open on that side
                // (`box-decoration-break: slice`).
                border.left = if span.starts { border.left } else { 0.0 };
                border.right = if span.ends { border.right } else { 0.0 };
                let top = raised - ascent - edges.padding.top - border.top;
                let size = Size::new(right - left, ascent + descent + edges.along());
                let decor = Decor::whole(&node.style, size, border);
                decor::paint(cx, &decor, left, top, &mut self.items);
            }
            if let Some(href) =
                node.href.as_ref().filter(|_| span.right > span.left && self.repeats == 0)
            {
                let rect = Rect::new(
                    x + span.left,
                    raised - ascent,
                    span.right - span.left,
                    ascent + descent,
                );
                let text = para.links.get(&id).cloned().unwrap_or_default();
                self.add(element.mark, Paint::Link { rect, href: Arc::clone(href), text });
            }
        }
    }
}

/// The stretch of a line that an inline element covers.
struct InlineExtent {
    left: f64,
    right: f64,
    starts: bool,
    ends: bool,
    /// Ascent and descent of its first face.
    metrics: Option<(f64, f64)>,
}

/// The stretches of all elements that a line has a part of, parents first.
fn extents(fonts: &FontBook, para: &Para<'_>, line: &Line) -> BTreeMap<u32, InlineExtent> {
    let mut all: BTreeMap<u32, InlineExtent> = BTreeMap::new();
    for piece in &line.pieces {
        let (tag, x, width) = match piece {
            Piece::Glyphs { x, width, tag, .. } | Piece::Edge { x, width, tag } => {
                (*tag, *x, *width)
            }
            Piece::Object { x, tag } => {
                let width = match para.sources.get(*tag as usize).map(|s| &s.kind) {
                    Some(SourceKind::Object(frame, left, _)) => frame.width + left,
                    _ => 0.0,
                };
                (*tag, *x, width)
            }
        };
        let Some(source) = para.sources.get(tag as usize) else { continue };
        for id in para.around(source.element) {
            let own = source.element == Some(id);
            let known = all.entry(id).or_insert(InlineExtent {
                left: x,
                right: x + width,
                starts: false,
                ends: false,
                metrics: None,
            });
            known.left = known.left.min(x);
            known.right = known.right.max(x + width);
            known.starts |= own && matches!(source.kind, SourceKind::Start);
            known.ends |= own && matches!(source.kind, SourceKind::End);
            if let (Piece::Glyphs { run, .. }, None) = (piece, known.metrics) {
                let metrics = fonts.face(run.face).metrics;
                let scale = run.size / metrics.units_per_em.max(1.0);
                known.metrics = Some((metrics.ascent * scale, metrics.descent * scale));
            }
        }
    }
    all
}

/// Lines above, through and below a run, from the place of its first letter.
pub(crate) fn decoration(
    fonts: &FontBook,
    lines: Decoration,
    run: &GlyphRun,
    width: f64,
) -> Vec<Rect> {
    if lines == Decoration::default() || width <= 0.0 {
        return Vec::new();
    }
    let metrics = fonts.face(run.face).metrics;
    let scale = run.size / metrics.units_per_em.max(1.0);
    let bar = |above: f64, thickness: f64| {
        // Some faces say nothing of their underline; a hair line would vanish in print.
        let thickness = (thickness * scale).max(run.size * 0.04);
        Rect::new(0.0, -above * scale - thickness / 2.0, width, thickness)
    };
    let all = [
        lines.underline.then(|| bar(metrics.underline_position, metrics.underline_thickness)),
        lines.overline.then(|| bar(metrics.ascent, metrics.underline_thickness)),
        lines.line_through.then(|| bar(metrics.strikeout_position, metrics.strikeout_thickness)),
    ];
    all.into_iter().flatten().collect()
}

/// A line in the colour of a run.
pub(crate) fn ruled(line: Rect, run: &GlyphRun) -> Paint {
    let path = DrawnSegment::rectangle(line).into();
    Paint::Path { path, fill: Some(run.color), even_odd: false, stroke: None }
}
