//! Inline boxes become items for the typesetter, and sources that lead back to the boxes.

use std::borrow::Cow;
use std::sync::Arc;

use super::context::{Context, FieldId, Scope};
use super::flow;
use super::inline::{InlineElement, PieceSource, SourceKind};
use super::line_edge::{Aligned, LineEdge};
use super::pages::Mark;
use super::tags::NodePlan;
use crate::boxes::{BoxNode, Content, Inline, InlineBox};
use crate::diag::Span;
use crate::geometry::Point;
use crate::sizing::{self, ContainingBlock, Edges, decorated};
use crate::style::{LineHeight, Position, TextStyle, VerticalAlign};
use crate::text::{InlineItem, StyleMetrics};

/// An item that owns what it needs.
pub(super) enum OwnedItem<'a> {
    Text { text: Cow<'a, str>, style: Arc<TextStyle>, raise: f64, tag: u32 },
    Edge { width: f64, tag: u32 },
    Object { width: f64, ascent: f64, descent: f64, tag: u32 },
    Break,
    Leader { pattern: &'a str, style: Arc<TextStyle>, tag: u32 },
    Tab { style: Arc<TextStyle>, tag: u32 },
}

impl OwnedItem<'_> {
    /// The number of its source, if it has one.
    pub(super) fn tag(&self) -> Option<u32> {
        match self {
            Self::Text { tag, .. }
            | Self::Edge { tag, .. }
            | Self::Object { tag, .. }
            | Self::Leader { tag, .. }
            | Self::Tab { tag, .. } => Some(*tag),
            Self::Break => None,
        }
    }

    /// The same without owning its text.
    pub(super) fn borrowed(&self) -> OwnedItem<'_> {
        match self {
            Self::Text { text, style, raise, tag } => OwnedItem::Text {
                text: Cow::Borrowed(text),
                style: Arc::clone(style),
                raise: *raise,
                tag: *tag,
            },
            Self::Edge { width, tag } => OwnedItem::Edge { width: *width, tag: *tag },
            Self::Object { width, ascent, descent, tag } => {
                OwnedItem::Object { width: *width, ascent: *ascent, descent: *descent, tag: *tag }
            }
            Self::Break => OwnedItem::Break,
            Self::Leader { pattern, style, tag } => {
                OwnedItem::Leader { pattern, style: Arc::clone(style), tag: *tag }
            }
            Self::Tab { style, tag } => OwnedItem::Tab { style: Arc::clone(style), tag: *tag },
        }
    }

    pub(super) fn item(&self) -> InlineItem<'_> {
        match self {
            Self::Text { text, style, raise, tag } => {
                InlineItem::Text { text, style, raise: *raise, tag: *tag }
            }
            Self::Edge { width, tag } => InlineItem::Edge { width: *width, tag: *tag },
            Self::Object { width, ascent, descent, tag } => {
                InlineItem::Object { width: *width, ascent: *ascent, descent: *descent, tag: *tag }
            }
            Self::Break => InlineItem::Break,
            Self::Leader { pattern, style, tag } => {
                InlineItem::Leader { pattern, style, tag: *tag }
            }
            Self::Tab { style, tag } => InlineItem::Tab { style, tag: *tag },
        }
    }
}

/// Walks inline content and makes the typesetter's items of it.
pub(super) struct InlineCollector<'a, 'c> {
    cx: &'c mut Context<'a>,
    node: &'a BoxNode,
    block: ContainingBlock,
    scope: Scope,
    pub(super) protos: Vec<OwnedItem<'a>>,
    pub(super) sources: Vec<PieceSource<'a>>,
    pub(super) elements: Vec<InlineElement<'a>>,
    pub(super) edges: Vec<LineEdge>,
    open: Vec<u32>,
    /// Where the item at hand was written.
    span: Option<Span>,
    pub(super) calls: bool,
    /// Whether there is anything that makes a line.
    pub(super) seen: bool,
}

impl<'a, 'c> InlineCollector<'a, 'c> {
    pub(super) fn new(
        cx: &'c mut Context<'a>,
        node: &'a BoxNode,
        block: ContainingBlock,
        scope: Scope,
    ) -> Self {
        Self {
            cx,
            node,
            block,
            scope,
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

    /// The box's part in the structure tree.
    pub(super) fn plan(&self) -> NodePlan {
        self.cx.plan.node(self.node)
    }

    // Over 60 lines: one arm for each kind of item.
    pub(super) fn collect(&mut self, items: &'a [Inline]) {
        // Most paragraphs are one text, and each of a long table stays till the end.
        self.sources.reserve_exact(items.len());
        for (index, item) in items.iter().enumerate() {
            let mark = self.cx.plan.inline(self.plan(), index);
            match item {
                Inline::Text { text, style, span } => {
                    self.span = *span;
                    self.text(Cow::Borrowed(text), &style.text, SourceKind::Text, mark);
                }
                Inline::Start(element) => self.start(element, mark),
                Inline::End => self.end(),
                Inline::Break => {
                    self.seen = true;
                    self.protos.push(OwnedItem::Break);
                }
                Inline::Leader(pattern, style) => {
                    let style = self.cx.text_style(&style.text, self.scope);
                    let tag = self.source(SourceKind::Text, mark, Some(Arc::clone(&style)));
                    self.seen = true;
                    self.protos.push(OwnedItem::Leader { pattern, style, tag });
                }
                Inline::Tab(style) => {
                    let style = self.cx.text_style(&style.text, self.scope);
                    self.seen = true;
                    let tag = self.source(SourceKind::Text, mark, Some(Arc::clone(&style)));
                    self.protos.push(OwnedItem::Tab { style, tag });
                }
                Inline::Atomic(node) => self.atomic(node),
                Inline::Field(field, style) => {
                    let id: FieldId = (self.node.box_id, index);
                    let text = self.cx.field_text(id, field);
                    self.text(Cow::Owned(text), &style.text, SourceKind::Field(id), mark);
                }
                Inline::Footnote(note) => {
                    let number = self.cx.plan.node(note).note;
                    let around = self.cx.text_style(self.surrounding(), self.scope);
                    let raise = around.font_size * sizing::CALL_RAISE;
                    // The call is smaller than the text around it and stands in a line box of no
                    // height, so lines with and without notes are equally far apart.
                    let style = Arc::new(sizing::call_style(&around));
                    let tag = self.source(SourceKind::Note(note), mark, Some(Arc::clone(&style)));
                    self.seen = true;
                    self.calls = true;
                    let raise = self.raise() + raise;
                    self.protos.push(OwnedItem::Text {
                        text: Cow::Owned(sizing::call_text(&number.to_string())),
                        style,
                        raise,
                        tag,
                    });
                }
                // Margin boxes have it.
                Inline::Positioned(node) if node.style.position == Position::Running => {}
                Inline::Positioned(node) => {
                    let tag = self.source(SourceKind::Positioned(node), mark, None);
                    self.calls = true;
                    // The box itself is out of the flow; an edge without width marks where it
                    // would have stood, which is its static position (CSS 2.2, 10.3.7).
                    self.protos.push(OwnedItem::Edge { width: 0.0, tag });
                }
            }
        }
    }

    fn source(&mut self, kind: SourceKind<'a>, mark: Mark, style: Option<Arc<TextStyle>>) -> u32 {
        self.sources.push(PieceSource {
            kind,
            mark,
            element: self.open.last().copied(),
            style,
            span: self.span,
            aligned: None,
        });
        self.sources.len() as u32 - 1
    }

    pub(super) fn text(
        &mut self,
        text: Cow<'a, str>,
        style: &Arc<TextStyle>,
        kind: SourceKind<'a>,
        mark: Mark,
    ) {
        if text.is_empty() {
            return;
        }
        // The source keeps the style at its used scale, since decorations are painted by it
        // later.
        let style = self.cx.text_style(style, self.scope);
        self.seen |= sizing::makes_line(&text, &style);
        let tag = self.source(kind, mark, Some(Arc::clone(&style)));
        let (style, raise) = self.at_edge(style, tag);
        self.protos.push(OwnedItem::Text { text, style, raise, tag });
    }

    /// Text at the edge of a line takes no room until the rest of the line has its height.
    fn at_edge(&mut self, style: Arc<TextStyle>, tag: u32) -> (Arc<TextStyle>, f64) {
        let raise = self.raise();
        let metrics = self.edge().zip(self.cx.typesetter.metrics(&style));
        let Some((edge, metrics)) = metrics else { return (style, raise) };
        self.sources[tag as usize].aligned = Some(Aligned {
            edge,
            raise,
            above: metrics.above + raise,
            below: metrics.below - raise,
        });
        let mut flat = TextStyle::clone(&style);
        // Aligned subtrees must not make the line taller in the first pass (CSS 2.2, 10.8.1).
        flat.line_height = LineHeight::Length(0.0);
        (Arc::new(flat), (metrics.descent - metrics.ascent) / 2.0)
    }

    /// What the innermost element belongs to, if that stands at the edge of its line.
    fn edge(&self) -> Option<u32> {
        self.open.last().and_then(|&e| self.elements[e as usize].edge)
    }

    fn new_edge(&mut self, align: VerticalAlign) -> Option<u32> {
        self.edges.push(LineEdge::new(align)?);
        Some(self.edges.len() as u32 - 1)
    }

    /// How far the baseline of the innermost element is raised.
    fn raise(&self) -> f64 {
        self.open.last().map_or(0.0, |&e| self.elements[e as usize].raise)
    }

    /// The values of the innermost element, or of the block.
    fn surrounding(&self) -> &'a Arc<TextStyle> {
        self.open
            .last()
            .map_or(&self.node.style.text, |&e| &self.elements[e as usize].node.style.text)
    }

    fn start(&mut self, element: &'a InlineBox, mark: Mark) {
        let (parent, own) = (
            self.cx.text_style(self.surrounding(), self.scope),
            self.cx.text_style(&element.style.text, self.scope),
        );
        let own_edge = self.new_edge(element.style.vertical_align);
        let raise = if own_edge.is_some() {
            0.0
        } else {
            self.raise() + raise(self.cx, self.scope, element.style.vertical_align, &parent, &own)
        };
        let edge = own_edge.or(self.edge());
        let outer = self.open.last().map_or(Point::ZERO, |&e| self.elements[e as usize].shift);
        // A shifted element takes all that is in it along (CSS 2.2, 9.4.3), so shifts add up.
        let shift = outer + sizing::relative_shift(&element.style, self.block);
        let id = self.elements.len() as u32;
        self.elements.push(InlineElement {
            node: element,
            parent: self.open.last().copied(),
            mark,
            raise,
            edge,
            shift,
        });
        self.open.push(id);
        let edges = Edges::new(&element.style, self.block.width);
        let width = edges.margin.left.unwrap_or(0.0) + edges.border.left + edges.padding.left;
        // Elements that neither take space nor paint need no piece in the line; a target needs a
        // place.
        if width != 0.0 || element.id.is_some() || decorated(&element.style) {
            self.seen |= width != 0.0;
            let tag = self.source(SourceKind::Start, mark, None);
            self.protos.push(OwnedItem::Edge { width, tag });
        }
    }

    fn end(&mut self) {
        let Some(&id) = self.open.last() else { return };
        let (element, mark) = (self.elements[id as usize].node, self.elements[id as usize].mark);
        let edges = Edges::new(&element.style, self.block.width);
        let width = edges.margin.right.unwrap_or(0.0) + edges.border.right + edges.padding.right;
        if width != 0.0 || decorated(&element.style) {
            let tag = self.source(SourceKind::End, mark, None);
            self.protos.push(OwnedItem::Edge { width, tag });
        }
        self.open.pop();
    }

    /// An inline-block or a picture.
    fn atomic(&mut self, node: &'a BoxNode) {
        self.seen = true;
        let mark = self.plan().mark;
        let frame = flow::shrunk(self.cx, node, self.block, self.scope.inside());
        let edges = Edges::new(&node.style, self.block.width);
        let (left, right) = (edges.margin.left.unwrap_or(0.0), edges.margin.right.unwrap_or(0.0));
        let (top, bottom) = (edges.margin.top.unwrap_or(0.0), edges.margin.bottom.unwrap_or(0.0));
        // CSS 2.2, 10.8.1: the baseline of the last line, or the bottom margin edge.
        let baseline = match frame.baselines {
            Some(own) if !node.style.clip && !matches!(node.content, Content::Image(_)) => {
                top + own.last
            }
            _ => top + frame.height + bottom,
        };
        // In a line a box is as tall as its margin box.
        let total = top + frame.height + bottom;
        let parent = self.cx.text_style(self.surrounding(), self.scope);
        let metrics = self.cx.typesetter.metrics(&parent);
        let of = |pick: fn(&StyleMetrics) -> f64| metrics.as_ref().map_or(0.0, pick);
        let below = total - baseline;
        let own_edge = self.new_edge(node.style.vertical_align);
        // A subtree at the edge of the line is placed by that edge, not by what it is in.
        let outer = if own_edge.is_some() { 0.0 } else { self.raise() };
        let shift = outer
            + match node.style.vertical_align {
                // The middle of the box stands half an x-height above the baseline.
                VerticalAlign::Middle => (of(|m| m.x_height) - baseline + below) / 2.0,
                VerticalAlign::Top | VerticalAlign::Bottom => 0.0,
                VerticalAlign::TextTop => of(|m| m.ascent) - baseline,
                VerticalAlign::TextBottom => below - of(|m| m.descent),
                other => raise(self.cx, self.scope, other, &parent, &parent),
            };
        self.calls |= !frame.notes.is_empty() || !frame.positioned.is_empty();
        let width = left + frame.width + right;
        let tag = self.source(SourceKind::Object(frame, left, top - baseline - shift), mark, None);
        self.sources[tag as usize].span = node.span.or(self.span);
        let (mut ascent, mut descent) = (baseline + shift, below - shift);
        if let Some(edge) = own_edge.or(self.edge()) {
            self.sources[tag as usize].aligned =
                Some(Aligned { edge, raise: shift, above: ascent, below: descent });
            // Like text at the edge, it takes no room in the first pass; `line_edge` adds it in
            // the second.
            (ascent, descent) = (0.0, 0.0);
        }
        self.protos.push(OwnedItem::Object { width, ascent, descent, tag });
    }
}

/// How far `vertical-align` raises an inline box in its parent (CSS 2.2, 10.8.1). Browsers lower by
/// a fifth of the parent's size and raise by a third.
fn raise(
    cx: &Context<'_>,
    scope: Scope,
    align: VerticalAlign,
    parent: &TextStyle,
    own: &TextStyle,
) -> f64 {
    // Browsers lower by a fifth of the size, raise by a third, and add a pixel to both; in points.
    const PIXEL: f64 = 0.75;
    let size = parent.font_size;
    let metrics = |style: &TextStyle, pick: fn(&StyleMetrics) -> f64| {
        cx.typesetter.metrics(style).as_ref().map_or(0.0, pick)
    };
    match align {
        VerticalAlign::Baseline | VerticalAlign::Top | VerticalAlign::Bottom => 0.0,
        VerticalAlign::Sub => -(size / 5.0 + PIXEL),
        VerticalAlign::Super => size / 3.0 + PIXEL,
        VerticalAlign::Length(points) => points * scope.scale,
        VerticalAlign::Middle => {
            (metrics(parent, |m| m.x_height) - metrics(own, |m| m.above - m.below)) / 2.0
        }
        VerticalAlign::TextTop => metrics(parent, |m| m.ascent) - metrics(own, |m| m.above),
        VerticalAlign::TextBottom => metrics(own, |m| m.below) - metrics(parent, |m| m.descent),
    }
}
