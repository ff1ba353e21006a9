//! Inline formatting: inline boxes become items for the typesetter, and its lines keep the way back to the boxes.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::absolute;
use super::context::{Context, key};
use super::edge::{self, Aligned, Edge};
use super::flow;
use super::frame::Frame;
use super::pages::Mark;
use super::sizes::{self, Edges};
use super::tags::NodePlan;
use crate::boxes::{BoxNode, Content, Inline, InlineBox, Marker};
use crate::diag::Span;
use crate::style::{Computed, LineHeight, TextAlign, TextStyle, VerticalAlign};
use crate::text::{Item, Line, Piece, Setting, StyleMetrics};

/// A paragraph's lines, and what their pieces are.
#[derive(Debug)]
pub(crate) struct Para<'a> {
    pub(crate) lines: Vec<Line>,
    /// What the typesetter's tags stand for.
    pub(crate) sources: Vec<Source<'a>>,
    /// The inline elements, parents first.
    pub(crate) elements: Vec<Element<'a>>,
    /// What stands at the top or bottom of its line, and by line how far it was raised there.
    pub(crate) edges: Vec<Edge>,
    /// Whether any line calls a footnote or holds boxes that want a place elsewhere.
    pub(crate) calls: bool,
    /// By how much its text is shrunk, and how deep it is nested: for boxes that are placed elsewhere.
    pub(crate) scale: f64,
    pub(crate) depth: u32,
    pub(crate) span: Option<Span>,
}

/// An inline element and the one that it is in.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) node: &'a InlineBox,
    pub(crate) parent: Option<u32>,
    /// The mark of the element's own tag.
    pub(crate) mark: Mark,
    /// From the baseline of the line, or of what stands at its edge.
    pub(crate) raise: f64,
    pub(crate) edge: Option<u32>,
    /// How far `position: relative` shifts it, with all that it is in.
    pub(crate) shift: (f64, f64),
}

/// What a piece of a line is.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) kind: SourceKind<'a>,
    pub(crate) mark: Mark,
    /// The innermost inline element around it.
    pub(crate) element: Option<u32>,
    /// Its text values, if it is text.
    pub(crate) style: Option<Arc<TextStyle>>,
    pub(crate) span: Option<Span>,
    /// Its part of what stands at the top or bottom of the line.
    pub(crate) aligned: Option<Aligned>,
}

/// Kinds of pieces.
#[derive(Debug)]
pub(crate) enum SourceKind<'a> {
    Text,
    /// An element's left edge.
    Start,
    /// An element's right edge.
    End,
    /// A box; the place is measured from the object's left edge and the baseline.
    Object(Rc<Frame<'a>>, f64, f64),
    /// A number known after layout, by the address of its item.
    Field(usize),
    /// A footnote's call.
    Note(&'a BoxNode),
    /// The static position of an absolute box.
    Positioned(&'a BoxNode),
}

/// An item that owns what it needs.
enum Proto<'a> {
    Text { text: Cow<'a, str>, style: Arc<TextStyle>, raise: f64, tag: u32 },
    Edge { width: f64, tag: u32 },
    Object { width: f64, ascent: f64, descent: f64, tag: u32 },
    Break,
    Leader { pattern: &'a str, style: Arc<TextStyle>, tag: u32 },
    Tab { style: Arc<TextStyle> },
}

impl Proto<'_> {
    fn item(&self) -> Item<'_> {
        match self {
            Self::Text { text, style, raise, tag } => Item::Text { text, style, raise: *raise, tag: *tag },
            Self::Edge { width, tag } => Item::Edge { width: *width, tag: *tag },
            Self::Object { width, ascent, descent, tag } => Item::Object { width: *width, ascent: *ascent, descent: *descent, tag: *tag },
            Self::Break => Item::Break,
            Self::Leader { pattern, style, tag } => Item::Leader { pattern, style, tag: *tag },
            Self::Tab { style } => Item::Tab { style },
        }
    }
}

/// Sets the inline content of a box at a width.
pub(crate) fn paragraph<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    items: &'a [Inline],
    prefix: Option<(&str, &'a Arc<Computed>)>,
    width: f64,
    height: Option<f64>,
    depth: u32,
) -> Rc<Para<'a>> {
    let mut collector = Collector::new(cx, node, Some((width, height)), depth);
    if let Some((text, style)) = prefix {
        let label = collector.plan.label;
        collector.text(Cow::Owned(text.to_string()), &style.text, SourceKind::Text, label);
    }
    collector.collect(items);
    let Collector { protos, sources, elements, edges, calls, seen, .. } = collector;
    let mut para = Para { lines: Vec::new(), sources, elements, edges, calls, scale: cx.scale, depth, span: node.span };
    if !seen {
        return Rc::new(para);
    }
    let style = cx.text_style(&node.style.text);
    let indent = style.text_indent.resolve(width);
    let last = match style.text_align {
        TextAlign::Justify => TextAlign::Left,
        align => align,
    };
    let setting = Setting { style: &style, width, indent, align: style.text_align, align_last: style.text_align_last.unwrap_or(last) };
    let items: Vec<Item<'_>> = protos.iter().map(Proto::item).collect();
    let lines = cx.set(&items, &setting, |tag| para.sources.get(tag as usize).and_then(|s| s.span).or(node.span));
    for line in &lines {
        if let Some(over) = line.overfull.filter(|over| *over > 0.5) {
            let message = format!("a line is {over:.1} pt too long: {}", excerpt(line));
            cx.warn("overfull-line", message, para.place(line), "rephrase it, allow hyphens, or use `overflow-wrap: anywhere`");
        }
    }
    para.lines = lines;
    edge::align(&mut para);
    Rc::new(para)
}

/// One line that holds a marker, and its width.
pub(crate) fn marker<'a>(cx: &mut Context<'a>, node: &'a BoxNode, marker: &'a Marker) -> Option<(Rc<Para<'a>>, f64)> {
    if marker.text.is_empty() {
        return None;
    }
    let mut collector = Collector::new(cx, node, None, 0);
    let label = collector.plan.label;
    collector.text(Cow::Borrowed(marker.text.trim_end()), &marker.style.text, SourceKind::Text, label);
    let Collector { protos, sources, elements, .. } = collector;
    let style = cx.text_style(&marker.style.text);
    let setting = Setting { style: &style, width: f64::MAX / 4.0, indent: 0.0, align: TextAlign::Left, align_last: TextAlign::Left };
    let items: Vec<Item<'_>> = protos.iter().map(Proto::item).collect();
    let lines = cx.set(&items, &setting, |_| node.span);
    let width = lines.first()?.width;
    Some((Rc::new(Para { lines, sources, elements, edges: Vec::new(), calls: false, scale: cx.scale, depth: 0, span: node.span }), width))
}

/// Minimum and maximum content width of inline content.
pub(crate) fn widths<'a>(cx: &mut Context<'a>, node: &'a BoxNode, items: &'a [Inline], depth: u32) -> (f64, f64) {
    let mut collector = Collector::new(cx, node, None, depth);
    collector.collect(items);
    let Collector { protos, seen, .. } = collector;
    if !seen {
        return (0.0, 0.0);
    }
    let items: Vec<Item<'_>> = protos.iter().map(Proto::item).collect();
    let (min, max) = cx.typesetter.min_max(&items);
    let indent = &node.style.text.text_indent;
    let indent = if indent.percent == 0.0 { indent.points * cx.scale } else { 0.0 };
    (min + indent.max(0.0), max + indent.max(0.0))
}

/// The width that an inside marker adds to the first line.
pub(crate) fn inside_marker_width<'a>(cx: &mut Context<'a>, node: &'a BoxNode) -> f64 {
    match &node.marker {
        Some(m) if m.inside => marker(cx, node, m).map_or(0.0, |(_, width)| width + marker_gap(m)),
        _ => 0.0,
    }
}

/// The room between a marker and the text: a space of the marker's font.
pub(crate) fn marker_gap(marker: &Marker) -> f64 {
    marker.style.text.font_size * 0.25
}

/// The beginning of a line, for faults.
fn excerpt(line: &Line) -> String {
    let mut text = String::from("«");
    for piece in &line.pieces {
        if let Piece::Glyphs { run, .. } = piece {
            text.extend(run.text.chars().filter(|&c| c != '\u{AD}'));
        }
    }
    if let Some((end, _)) = text.char_indices().nth(40) {
        text.truncate(end);
        text.push('…');
    }
    text.push('»');
    text
}

struct Collector<'a, 'c> {
    cx: &'c mut Context<'a>,
    node: &'a BoxNode,
    plan: NodePlan,
    /// The containing block's size; nothing while widths are measured.
    base: Option<(f64, Option<f64>)>,
    depth: u32,
    protos: Vec<Proto<'a>>,
    sources: Vec<Source<'a>>,
    elements: Vec<Element<'a>>,
    edges: Vec<Edge>,
    open: Vec<u32>,
    /// Where the item at hand was written.
    span: Option<Span>,
    calls: bool,
    /// Whether there is anything that makes a line.
    seen: bool,
}

impl<'a, 'c> Collector<'a, 'c> {
    fn new(cx: &'c mut Context<'a>, node: &'a BoxNode, base: Option<(f64, Option<f64>)>, depth: u32) -> Self {
        let plan = cx.plan.node(node);
        Self {
            cx,
            node,
            plan,
            base,
            depth,
            protos: Vec::new(),
            sources: Vec::new(),
            elements: Vec::new(),
            edges: Vec::new(),
            open: Vec::new(),
            span: None,
            calls: false,
            seen: false,
        }
    }

    fn collect(&mut self, items: &'a [Inline]) {
        for (index, item) in items.iter().enumerate() {
            let mark = self.cx.plan.inline(self.plan, index);
            match item {
                Inline::Text { text, style, span } => {
                    self.span = *span;
                    self.text(Cow::Borrowed(text), &style.text, SourceKind::Text, mark);
                }
                Inline::Start(element) => self.start(element, mark),
                Inline::End => self.end(),
                Inline::Break => {
                    self.seen = true;
                    self.protos.push(Proto::Break);
                }
                Inline::Leader(pattern, style) => {
                    let style = self.cx.text_style(&style.text);
                    let tag = self.source(SourceKind::Text, mark, Some(Arc::clone(&style)));
                    self.seen = true;
                    self.protos.push(Proto::Leader { pattern, style, tag });
                }
                Inline::Tab(style) => {
                    let style = self.cx.text_style(&style.text);
                    self.seen = true;
                    self.protos.push(Proto::Tab { style });
                }
                Inline::Atomic(node) => self.atomic(node),
                Inline::Field(field, style) => {
                    let text = self.cx.field_text(item, field);
                    self.text(Cow::Owned(text), &style.text, SourceKind::Field(key(item)), mark);
                }
                Inline::Footnote(note) => {
                    let number = self.cx.plan.node(note).note;
                    let mut style = TextStyle::clone(&self.cx.text_style(self.surrounding()));
                    let raise = style.font_size / 3.0;
                    style.font_size *= 0.65;
                    style.line_height = LineHeight::Length(0.0);
                    let style = Arc::new(style);
                    let tag = self.source(SourceKind::Note(note), mark, Some(Arc::clone(&style)));
                    self.seen = true;
                    self.calls = true;
                    let raise = self.raise() + raise;
                    // A word joiner keeps the call with the word before it.
                    self.protos.push(Proto::Text { text: Cow::Owned(format!("\u{2060}{number}")), style, raise, tag });
                }
                Inline::Positioned(node) => {
                    let tag = self.source(SourceKind::Positioned(node), mark, None);
                    self.calls = true;
                    self.protos.push(Proto::Edge { width: 0.0, tag });
                }
            }
        }
    }

    fn source(&mut self, kind: SourceKind<'a>, mark: Mark, style: Option<Arc<TextStyle>>) -> u32 {
        self.sources.push(Source { kind, mark, element: self.open.last().copied(), style, span: self.span, aligned: None });
        self.sources.len() as u32 - 1
    }

    fn text(&mut self, text: Cow<'a, str>, style: &Arc<TextStyle>, kind: SourceKind<'a>, mark: Mark) {
        if text.is_empty() {
            return;
        }
        let style = self.cx.text_style(style);
        self.seen |= !style.white_space.collapses() || !text.chars().all(|c| matches!(c, ' ' | '\t' | '\n'));
        let tag = self.source(kind, mark, Some(Arc::clone(&style)));
        let (style, raise) = self.at_edge(style, tag);
        self.protos.push(Proto::Text { text, style, raise, tag });
    }

    /// Text at the edge of a line takes no room until the rest of the line has its height.
    fn at_edge(&mut self, style: Arc<TextStyle>, tag: u32) -> (Arc<TextStyle>, f64) {
        let raise = self.raise();
        let metrics = self.edge().zip(self.cx.typesetter.metrics(&style));
        let Some((edge, metrics)) = metrics else { return (style, raise) };
        self.sources[tag as usize].aligned = Some(Aligned { edge, raise, above: metrics.above + raise, below: metrics.below - raise });
        let mut flat = TextStyle::clone(&style);
        flat.line_height = LineHeight::Length(0.0);
        (Arc::new(flat), (metrics.descent - metrics.ascent) / 2.0)
    }

    /// What the innermost element belongs to, if that stands at the edge of its line.
    fn edge(&self) -> Option<u32> {
        self.open.last().and_then(|&e| self.elements[e as usize].edge)
    }

    fn new_edge(&mut self, align: VerticalAlign) -> Option<u32> {
        self.edges.push(Edge::new(align)?);
        Some(self.edges.len() as u32 - 1)
    }

    /// How far the baseline of the innermost element is raised.
    fn raise(&self) -> f64 {
        self.open.last().map_or(0.0, |&e| self.elements[e as usize].raise)
    }

    /// The values of the innermost element, or of the block.
    fn surrounding(&self) -> &'a Arc<TextStyle> {
        self.open.last().map_or(&self.node.style.text, |&e| &self.elements[e as usize].node.style.text)
    }

    fn start(&mut self, element: &'a InlineBox, mark: Mark) {
        let (parent, own) = (self.cx.text_style(self.surrounding()), self.cx.text_style(&element.style.text));
        let own_edge = self.new_edge(element.style.vertical_align);
        let raise = if own_edge.is_some() { 0.0 } else { self.raise() + raise(self.cx, element.style.vertical_align, &parent, &own) };
        let edge = own_edge.or(self.edge());
        let outer = self.open.last().map_or((0.0, 0.0), |&e| self.elements[e as usize].shift);
        let (width, height) = self.base.unwrap_or_default();
        let (dx, dy) = absolute::relative_shift(&element.style, width, height);
        let shift = (outer.0 + dx, outer.1 + dy);
        let id = self.elements.len() as u32;
        self.elements.push(Element { node: element, parent: self.open.last().copied(), mark, raise, edge, shift });
        self.open.push(id);
        let edges = Edges::new(&element.style, self.base.map_or(0.0, |b| b.0));
        let width = edges.margin.left.unwrap_or(0.0) + edges.border.left + edges.padding.left;
        if width != 0.0 || element.id.is_some() || decorated(&element.style) {
            self.seen |= width != 0.0;
            let tag = self.source(SourceKind::Start, mark, None);
            self.protos.push(Proto::Edge { width, tag });
        }
    }

    fn end(&mut self) {
        let Some(&id) = self.open.last() else { return };
        let (element, mark) = (self.elements[id as usize].node, self.elements[id as usize].mark);
        let edges = Edges::new(&element.style, self.base.map_or(0.0, |b| b.0));
        let width = edges.margin.right.unwrap_or(0.0) + edges.border.right + edges.padding.right;
        if width != 0.0 || decorated(&element.style) {
            let tag = self.source(SourceKind::End, mark, None);
            self.protos.push(Proto::Edge { width, tag });
        }
        self.open.pop();
    }

    /// An inline-block or a picture.
    fn atomic(&mut self, node: &'a BoxNode) {
        self.seen = true;
        let mark = self.plan.mark;
        let Some((base, height)) = self.base else {
            // Percentages count as nothing, and the narrowest line has the box alone.
            let (_, max) = sizes::outer_widths(self.cx, node, self.depth + 1);
            let tag = self.source(SourceKind::Text, mark, None);
            self.protos.push(Proto::Object { width: max, ascent: 0.0, descent: 0.0, tag });
            return;
        };
        let frame = flow::shrunk(self.cx, node, base, height, self.depth + 1);
        let edges = Edges::new(&node.style, base);
        let (left, right) = (edges.margin.left.unwrap_or(0.0), edges.margin.right.unwrap_or(0.0));
        let (top, bottom) = (edges.margin.top.unwrap_or(0.0), edges.margin.bottom.unwrap_or(0.0));
        // CSS 2.2, 10.8.1: the baseline of the last line, or the bottom margin edge.
        let baseline = match frame.baselines {
            Some((_, last)) if !node.style.clip && !matches!(node.content, Content::Image(_)) => top + last,
            _ => top + frame.height + bottom,
        };
        let total = top + frame.height + bottom;
        let parent = self.cx.text_style(self.surrounding());
        let metrics = self.cx.typesetter.metrics(&parent);
        let of = |pick: fn(&StyleMetrics) -> f64| metrics.as_ref().map_or(0.0, pick);
        let below = total - baseline;
        let own_edge = self.new_edge(node.style.vertical_align);
        let outer = if own_edge.is_some() { 0.0 } else { self.raise() };
        let shift = outer
            + match node.style.vertical_align {
                VerticalAlign::Middle => (of(|m| m.x_height) - baseline + below) / 2.0,
                VerticalAlign::Top | VerticalAlign::Bottom => 0.0,
                VerticalAlign::TextTop => of(|m| m.ascent) - baseline,
                VerticalAlign::TextBottom => below - of(|m| m.descent),
                other => raise(self.cx, other, &parent, &parent),
            };
        self.calls |= !frame.notes.is_empty() || !frame.positioned.is_empty();
        let width = left + frame.width + right;
        let tag = self.source(SourceKind::Object(frame, left, top - baseline - shift), mark, None);
        let (mut ascent, mut descent) = (baseline + shift, below - shift);
        if let Some(edge) = own_edge.or(self.edge()) {
            self.sources[tag as usize].aligned = Some(Aligned { edge, raise: shift, above: ascent, below: descent });
            (ascent, descent) = (0.0, 0.0);
        }
        self.protos.push(Proto::Object { width, ascent, descent, tag });
    }
}

/// How far `vertical-align` raises an inline box in its parent (CSS 2.2, 10.8.1). Browsers lower by a fifth of the parent's size and raise by a third.
fn raise(cx: &Context<'_>, align: VerticalAlign, parent: &TextStyle, own: &TextStyle) -> f64 {
    const PIXEL: f64 = 0.75;
    let size = parent.font_size;
    let metrics = |style: &TextStyle, pick: fn(&StyleMetrics) -> f64| cx.typesetter.metrics(style).as_ref().map_or(0.0, pick);
    match align {
        VerticalAlign::Baseline | VerticalAlign::Top | VerticalAlign::Bottom => 0.0,
        VerticalAlign::Sub => -(size / 5.0 + PIXEL),
        VerticalAlign::Super => size / 3.0 + PIXEL,
        VerticalAlign::Length(points) => points * cx.scale,
        VerticalAlign::Middle => (metrics(parent, |m| m.x_height) - metrics(own, |m| m.above - m.below)) / 2.0,
        VerticalAlign::TextTop => metrics(parent, |m| m.ascent) - metrics(own, |m| m.above),
        VerticalAlign::TextBottom => metrics(own, |m| m.below) - metrics(parent, |m| m.descent),
    }
}

/// Whether an inline box paints anything of its own.
pub(crate) fn decorated(style: &Computed) -> bool {
    let border = &style.border;
    !style.background.color.is_transparent()
        || style.background.image.is_some()
        || border.top.width + border.right.width + border.bottom.width + border.left.width > 0.0
}

impl<'a> Para<'a> {
    /// How far the elements around a piece shift it.
    pub(crate) fn shift(&self, element: Option<u32>) -> (f64, f64) {
        element.and_then(|id| self.elements.get(id as usize)).map_or((0.0, 0.0), |element| element.shift)
    }

    /// Where the first piece of a line was written.
    fn place(&self, line: &Line) -> Option<Span> {
        let written = |piece: &Piece| match piece {
            Piece::Glyphs { tag, .. } | Piece::Object { tag, .. } => self.sources.get(*tag as usize).and_then(|s| s.span),
            Piece::Edge { .. } => None,
        };
        line.pieces.iter().find_map(written).or(self.span)
    }

    /// The footnotes that a line calls, in order.
    pub(crate) fn notes(&self, line: usize) -> Vec<&'a BoxNode> {
        if !self.calls {
            return Vec::new();
        }
        let mut notes: Vec<&'a BoxNode> = Vec::new();
        for piece in &self.lines[line].pieces {
            let (Piece::Glyphs { tag, .. } | Piece::Edge { tag, .. } | Piece::Object { tag, .. }) = piece;
            match self.sources.get(*tag as usize).map(|s| &s.kind) {
                // A call may be set in more than one run.
                Some(SourceKind::Note(note)) if !notes.iter().any(|n| std::ptr::eq(*n, *note)) => notes.push(*note),
                Some(SourceKind::Object(frame, ..)) => notes.extend_from_slice(&frame.notes),
                _ => {}
            }
        }
        notes
    }
}
