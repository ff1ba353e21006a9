//! Inline formatting: inline boxes become items for the typesetter, and its lines keep the way back
//! to the boxes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::breakable::Breakable;
use super::collect::{InlineCollector, OwnedItem};
use super::context::{Context, FieldId, Scope};
use super::frame::{Baselines, Frame, Placed, Positioned, Thing};
use super::line_edge::{self, Aligned, LineEdge};
use super::pages::Mark;
use super::rewrap;
use crate::boxes::{BoxNode, Inline, InlineBox, Marker};
use crate::diag::{Span, Value, say};
use crate::geometry::Point;
use crate::sizing::{ContainingBlock, Edges, UNBOUNDED};
use crate::style::{Computed, TextAlign, TextStyle, WhiteSpace};
use crate::text::{InlineItem, Line, Piece, Setting};

/// A paragraph's lines, and what their pieces are.
#[derive(Debug)]
pub(crate) struct Para<'a> {
    pub(crate) lines: Vec<Line>,
    /// What the typesetter's tags stand for.
    pub(crate) sources: Vec<PieceSource<'a>>,
    /// The inline elements, parents first.
    pub(crate) elements: Vec<InlineElement<'a>>,
    /// What stands at the top or bottom of its line, and by line how far it was raised there.
    pub(crate) edges: Vec<LineEdge>,
    /// The text of every link.
    pub(crate) links: BTreeMap<u32, Arc<str>>,
    /// Whether any line calls a footnote or holds boxes that want a place elsewhere.
    pub(crate) calls: bool,
    /// Where it was set, for boxes in it that are placed elsewhere.
    pub(crate) scope: Scope,
    pub(crate) span: Option<Span>,
}

/// An inline element and the one that it is in.
#[derive(Debug)]
pub(crate) struct InlineElement<'a> {
    pub(crate) node: &'a InlineBox,
    pub(crate) parent: Option<u32>,
    /// The mark of the element's own tag.
    pub(crate) mark: Mark,
    /// From the baseline of the line, or of what stands at its edge.
    pub(crate) raise: f64,
    pub(crate) edge: Option<u32>,
    /// How far `position: relative` shifts it, with all that it is in.
    pub(crate) shift: Point,
}

/// What a piece of a line is.
#[derive(Debug)]
pub(crate) struct PieceSource<'a> {
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
    /// A number known after layout.
    Field(FieldId),
    /// A footnote's call.
    Note(&'a BoxNode),
    /// The static position of an absolute box.
    Positioned(&'a BoxNode),
}

/// Sets the inline content of a box at a width. `later` says from which line on it is set at other
/// widths.
// Over 60 lines: collecting, setting, setting again and reporting share the items, which borrow
// from the paragraph that is being made.
pub(crate) fn paragraph<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    items: &'a [Inline],
    prefix: Option<(&str, &'a Arc<Computed>)>,
    (width, later): (f64, &[(usize, f64)]),
    height: Option<f64>,
    scope: Scope,
) -> Rc<Para<'a>> {
    let mut collector = InlineCollector::new(cx, node, ContainingBlock { width, height }, scope);
    if let Some((text, style)) = prefix {
        let label = collector.plan().label;
        let mut style = (*style.text).clone();
        // The space that keeps an inside marker off its text is part of it and must not
        // collapse.
        style.white_space = WhiteSpace::Pre;
        let text = Cow::Owned(text.to_string());
        collector.text(text, &Arc::new(style), SourceKind::Text, label);
    }
    collector.collect(items);
    let InlineCollector { protos, sources, elements, edges, calls, seen, .. } = collector;
    let mut para = Para {
        lines: Vec::new(),
        sources,
        elements,
        edges,
        links: BTreeMap::new(),
        calls,
        scope,
        span: node.span,
    };
    // Nothing but collapsed white space makes no line at all.
    if !seen {
        return Rc::new(para);
    }
    let style = cx.text_style(&node.style.text, scope);
    let setting = Setting::of_block(&style, width, Edges::new(&node.style, width).line_start());
    let items: Vec<InlineItem<'_>> = protos.iter().map(OwnedItem::item).collect();
    let place = |tag: u32| para.sources.get(tag as usize).and_then(|s| s.span).or(node.span);
    let mut lines = cx.set(&items, &setting, place);
    // What stands on pages of another width is set again at that width; the lines before stay.
    for &(from, width) in later.iter().filter(|(from, _)| *from > 0) {
        if let Some(rest) = lines.get(from..).filter(|rest| !rest.is_empty())
            && let Some(protos) = rewrap::after(&protos, &lines[..from])
        {
            let items: Vec<InlineItem<'_>> = protos.iter().map(OwnedItem::item).collect();
            // These are not first lines any more, and only a hanging indent is one of the others.
            let indent = if style.text_indent_hanging { setting.indent } else { 0.0 };
            let again = cx.set(&items, &Setting { width, indent, ..setting }, place);
            // If it cannot be told what is left, the lines stay as they are rather than lose a
            // word.
            if rewrap::same_text(rest, &again) {
                lines.splice(from.., again);
            }
        }
    }
    for line in &lines {
        // Less than half a point sticks out of no margin that anybody sees.
        if let Some(over) = line.overfull.filter(|over| *over > 0.5) {
            let over = Value::decimal(over, 1);
            let (message, hint) = match excerpt(line) {
                Some(line) => (
                    say!("a line is {over} pt too long: {line}", over, line),
                    say!("rephrase it, allow hyphens, or use `overflow-wrap: anywhere`"),
                ),
                None => (
                    say!("a picture or box is {over} pt wider than its place", over),
                    say!("make it narrower: `max-width: 100%`"),
                ),
            };
            cx.warn("overfull-line", message, para.place(line), hint);
        }
    }
    para.lines = lines;
    line_edge::align(&mut para);
    para.links = para.link_texts();
    Rc::new(para)
}

/// One line that holds a marker, and its width.
pub(crate) fn marker<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    marker: &'a Marker,
    scope: Scope,
) -> Option<(Rc<Para<'a>>, f64)> {
    if marker.text.is_empty() {
        return None;
    }
    let mut collector =
        InlineCollector::new(cx, node, ContainingBlock { width: 0.0, height: None }, scope);
    let label = collector.plan().label;
    collector.text(
        Cow::Borrowed(marker.text.trim_end()),
        &marker.style.text,
        SourceKind::Text,
        label,
    );
    let InlineCollector { protos, sources, elements, .. } = collector;
    let style = cx.text_style(&marker.style.text, scope);
    let setting = Setting {
        style: &style,
        width: UNBOUNDED,
        indent: 0.0,
        align: TextAlign::Left,
        align_last: TextAlign::Left,
        tab_origin: 0.0,
    };
    let items: Vec<InlineItem<'_>> = protos.iter().map(OwnedItem::item).collect();
    let lines = cx.set(&items, &setting, |_| node.span);
    let width = lines.first()?.width;
    Some((
        Rc::new(Para {
            lines,
            sources,
            elements,
            edges: Vec::new(),
            links: BTreeMap::new(),
            calls: false,
            scope,
            span: node.span,
        }),
        width,
    ))
}

/// The beginning of a line, for faults.
fn excerpt(line: &Line) -> Option<String> {
    let mut text = String::from("«");
    for piece in &line.pieces {
        if let Piece::Glyphs { run, .. } = piece {
            text.extend(run.text.chars().filter(|&c| c != '\u{AD}'));
        }
    }
    // Enough to find the line by.
    if let Some((end, _)) = text.char_indices().nth(40) {
        text.truncate(end);
        text.push('…');
    }
    text.push('»');
    (text.chars().count() > 2).then_some(text)
}

impl<'a> Para<'a> {
    /// An element and those that it is in, from the inside out.
    pub(crate) fn around(&self, element: Option<u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(element, |id| self.elements.get(*id as usize).and_then(|e| e.parent))
    }

    fn link_texts(&self) -> BTreeMap<u32, Arc<str>> {
        let mut texts: BTreeMap<u32, String> = BTreeMap::new();
        if self.elements.iter().any(|element| element.node.href.is_some()) {
            for piece in self.lines.iter().flat_map(|line| &line.pieces) {
                let Piece::Glyphs { tag, run, .. } = piece else { continue };
                let element = self.sources.get(*tag as usize).and_then(|source| source.element);
                for id in self
                    .around(element)
                    .filter(|id| self.elements[*id as usize].node.href.is_some())
                {
                    texts
                        .entry(id)
                        .or_default()
                        .extend(run.text.chars().filter(|&c| c != '\u{AD}'));
                }
            }
        }
        texts.into_iter().map(|(id, text)| (id, Arc::from(text))).collect()
    }

    /// How far the elements around a piece shift it.
    pub(crate) fn shift(&self, element: Option<u32>) -> Point {
        element
            .and_then(|id| self.elements.get(id as usize))
            .map_or(Point::ZERO, |element| element.shift)
    }

    /// Where the first piece of a line was written.
    pub(super) fn place(&self, line: &Line) -> Option<Span> {
        let written = |piece: &Piece| match piece {
            Piece::Glyphs { tag, .. } | Piece::Object { tag, .. } => {
                self.sources.get(*tag as usize).and_then(|s| s.span)
            }
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
            let (Piece::Glyphs { tag, .. } | Piece::Edge { tag, .. } | Piece::Object { tag, .. }) =
                piece;
            match self.sources.get(*tag as usize).map(|s| &s.kind) {
                // A call may be set in more than one run.
                Some(SourceKind::Note(note)) if !notes.iter().any(|n| n.box_id == note.box_id) => {
                    notes.push(*note)
                }
                Some(SourceKind::Object(frame, ..)) => notes.extend_from_slice(&frame.notes),
                _ => {}
            }
        }
        notes
    }
}

/// A line of a paragraph.
#[derive(Debug)]
pub(crate) struct ParaLine<'a> {
    pub(crate) para: Rc<Para<'a>>,
    pub(crate) index: usize,
}

impl<'a> ParaLine<'a> {
    fn line(&self) -> &Line {
        &self.para.lines[self.index]
    }

    /// Boxes in the line that want a place elsewhere, and the notes that it calls.
    fn hand_on(&self, frame: &mut Frame<'a>, at: Point) {
        let (para, line) = (&self.para, self.line());
        let source = |tag: u32| para.sources.get(tag as usize);
        for piece in &line.pieces {
            match piece {
                Piece::Edge { x, tag, .. } => {
                    if let Some(SourceKind::Positioned(node)) = source(*tag).map(|s| &s.kind) {
                        let scope = para.scope;
                        let (x, y) = (at.x + x, at.y);
                        frame.positioned.push(Positioned { node, x, y, scope });
                    }
                }
                Piece::Object { x, tag } => {
                    let Some(source) = source(*tag) else { continue };
                    if let SourceKind::Object(inner, dx, dy) = &source.kind {
                        let shift = para.shift(source.element);
                        let x = at.x + x + dx + shift.x;
                        let y = at.y + line.ascent + dy + shift.y;
                        let moved =
                            |p: &Positioned<'a>| Positioned { x: p.x + x, y: p.y + y, ..*p };
                        frame.positioned.extend(inner.positioned.iter().map(moved));
                    }
                }
                Piece::Glyphs { .. } => {}
            }
        }
        frame.notes.extend(para.notes(self.index));
    }
}

impl<'a> Breakable<'a> for ParaLine<'a> {
    fn height(&self) -> f64 {
        self.line().height()
    }

    fn baselines(&self) -> Option<Baselines> {
        Some(Baselines::one(self.line().ascent))
    }

    fn notes(&self) -> Vec<&'a BoxNode> {
        self.para.notes(self.index)
    }

    fn frame(&self, cx: &mut Context<'a>) -> Rc<Frame<'a>> {
        let baselines = self.baselines();
        let (width, height) = (self.line().width, self.height());
        let mut frame = Frame { width, height, baselines, ..Frame::default() };
        self.place(cx, &mut frame, Point::ZERO, 0);
        Rc::new(frame)
    }

    fn place(&self, _: &mut Context<'a>, frame: &mut Frame<'a>, at: Point, layer: i32) {
        let thing = Thing::Line(Rc::clone(&self.para), self.index);
        frame.items.push(Placed { x: at.x, y: at.y, layer, thing });
        if self.para.calls {
            self.hand_on(frame, at);
        }
    }
}
