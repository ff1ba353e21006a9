//! Inline content for measuring: the typesetter's items, without places and colours.

use std::borrow::Cow;
use std::sync::Arc;

use super::edges::Edges;
use super::{ContentSizes, Sizer};
use crate::boxes::{BoxNode, Inline, InlineBox, Marker};
use crate::style::{Computed, LineHeight, TextAlign, TextStyle};
use crate::text::{InlineItem, Setting};

/// An item that owns its text and values.
pub(super) enum MeasuredItem<'n> {
    Text { text: Cow<'n, str>, style: Arc<TextStyle>, raise: f64, tag: u32 },
    Edge { width: f64, tag: u32 },
    Object { width: f64, height: f64, tag: u32 },
    Break,
    Leader { pattern: &'n str, style: Arc<TextStyle>, tag: u32 },
    Tab { style: Arc<TextStyle>, tag: u32 },
}

impl MeasuredItem<'_> {
    pub(super) fn item(&self) -> InlineItem<'_> {
        match self {
            Self::Text { text, style, raise, tag } => {
                InlineItem::Text { text, style, raise: *raise, tag: *tag }
            }
            Self::Edge { width, tag } => InlineItem::Edge { width: *width, tag: *tag },
            Self::Object { width, height, tag } => {
                InlineItem::Object { width: *width, ascent: *height, descent: 0.0, tag: *tag }
            }
            Self::Break => InlineItem::Break,
            Self::Leader { pattern, style, tag } => {
                InlineItem::Leader { pattern, style, tag: *tag }
            }
            Self::Tab { style, tag } => InlineItem::Tab { style, tag: *tag },
        }
    }
}

/// Items, and whether any of them makes a line.
pub(super) struct MeasuredInline<'n> {
    pub(super) items: Vec<MeasuredItem<'n>>,
    pub(super) makes_line: bool,
    next_tag: u32,
}

impl MeasuredInline<'_> {
    fn tag(&mut self) -> u32 {
        self.next_tag += 1;
        self.next_tag - 1
    }
}

/// How footnote calls are written: a raised number of this share of the text around, so high.
pub(crate) const CALL_SIZE: f64 = 0.65;
/// A third of the size is where superscript figures of text faces stand.
pub(crate) const CALL_RAISE: f64 = 1.0 / 3.0;

/// The text of a footnote's call. A word joiner keeps it with the word before it.
pub(crate) fn call_text(number: &str) -> String {
    format!("\u{2060}{number}")
}

/// The values of a footnote's call; it makes no line taller.
pub(crate) fn call_style(around: &TextStyle) -> TextStyle {
    TextStyle {
        font_size: around.font_size * CALL_SIZE,
        line_height: LineHeight::Length(0.0),
        ..around.clone()
    }
}

/// The room between a marker and the text: a space of the marker's font, a quarter of an em in
/// most text faces.
pub(crate) fn marker_gap(marker: &Marker) -> f64 {
    marker.style.text.font_size * 0.25
}

/// Whether an inline box paints anything of its own.
pub(crate) fn decorated(style: &Computed) -> bool {
    let border = &style.border;
    !style.background.color.is_transparent()
        || style.background.image.is_some()
        || !style.shadows.is_empty()
        || border.top.width + border.right.width + border.bottom.width + border.left.width > 0.0
}

/// Whether text makes a line: not if it is white space that collapses.
pub(crate) fn makes_line(text: &str, style: &TextStyle) -> bool {
    !style.white_space.collapses() || !text.chars().all(|c| matches!(c, ' ' | '\t' | '\n'))
}

impl Sizer<'_> {
    /// The items of a box's inline content. Boxes in it are as wide as they want to be; if
    /// `heights` is given, as high as they are in a containing block of that width.
    // Over 60 lines: one arm for each kind of inline content.
    pub(super) fn items<'n>(
        self,
        node: &'n BoxNode,
        inline: &'n [Inline],
        heights: Option<f64>,
    ) -> MeasuredInline<'n> {
        self.memo.lines.borrow_mut().insert(node.box_id);
        let mut out = MeasuredInline { items: Vec::new(), makes_line: false, next_tag: 0 };
        let mut open: Vec<&'n InlineBox> = Vec::new();
        for (index, item) in inline.iter().enumerate() {
            match item {
                Inline::Text { text, style, .. } => {
                    self.text(&mut out, Cow::Borrowed(text), &style.text)
                }
                Inline::Field(field, style) => {
                    let text = self.labels.field(node.box_id, index, field);
                    self.text(&mut out, Cow::Owned(text), &style.text);
                }
                Inline::Start(element) => {
                    open.push(element);
                    // Percentages of a width that is looked for count as nothing (CSS Sizing 3,
                    // 5.2.1).
                    let edges = Edges::new(&element.style, 0.0);
                    let width = edges.margins().left + edges.inner().left;
                    // The same test as in layout, so that both measure the same items.
                    if width != 0.0 || element.id.is_some() || decorated(&element.style) {
                        out.makes_line |= width != 0.0;
                        let tag = out.tag();
                        out.items.push(MeasuredItem::Edge { width, tag });
                    }
                }
                Inline::End => {
                    let Some(element) = open.pop() else { continue };
                    let edges = Edges::new(&element.style, 0.0);
                    let width = edges.margins().right + edges.inner().right;
                    if width != 0.0 || decorated(&element.style) {
                        let tag = out.tag();
                        out.items.push(MeasuredItem::Edge { width, tag });
                    }
                }
                Inline::Break => {
                    out.makes_line = true;
                    out.items.push(MeasuredItem::Break);
                }
                Inline::Leader(pattern, style) => {
                    out.makes_line = true;
                    let (style, tag) = (self.text_style(&style.text), out.tag());
                    out.items.push(MeasuredItem::Leader { pattern, style, tag });
                }
                Inline::Tab(style) => {
                    out.makes_line = true;
                    let tag = out.tag();
                    out.items.push(MeasuredItem::Tab { style: self.text_style(&style.text), tag });
                }
                Inline::Atomic(node) => {
                    out.makes_line = true;
                    // The narrowest line has the box alone, so its widest content counts.
                    let width = self.outer(node).max;
                    let height = heights.map_or(0.0, |base| self.height(node, base));
                    let tag = out.tag();
                    out.items.push(MeasuredItem::Object { width, height, tag });
                }
                Inline::Footnote(note) => {
                    out.makes_line = true;
                    let around = open.last().map_or(&node.style.text, |e| &e.style.text);
                    let around = self.text_style(around);
                    let raise = around.font_size * CALL_RAISE;
                    let text = Cow::Owned(call_text(&self.labels.note(note)));
                    let (style, tag) = (Arc::new(call_style(&around)), out.tag());
                    out.items.push(MeasuredItem::Text { text, style, raise, tag });
                }
                Inline::Positioned(_) => {
                    let tag = out.tag();
                    out.items.push(MeasuredItem::Edge { width: 0.0, tag });
                }
            }
        }
        out
    }

    fn text<'n>(self, out: &mut MeasuredInline<'n>, text: Cow<'n, str>, style: &Arc<TextStyle>) {
        if text.is_empty() {
            return;
        }
        let style = self.text_style(style);
        out.makes_line |= makes_line(&text, &style);
        let tag = out.tag();
        out.items.push(MeasuredItem::Text { text, style, raise: 0.0, tag });
    }

    /// Narrowest and widest inline content of a box.
    pub(super) fn inline(self, node: &BoxNode, inline: &[Inline]) -> ContentSizes {
        let measuring = self.items(node, inline, None);
        if !measuring.makes_line {
            return ContentSizes::default();
        }
        let items: Vec<InlineItem<'_>> = measuring.items.iter().map(MeasuredItem::item).collect();
        let content = self.typesetter.content_sizes(&items);
        // A percentage of a width that is still looked for counts as nothing.
        let indent = node.style.text.text_indent;
        let indent = if indent.percent == 0.0 { indent.points * self.scale } else { 0.0 };
        // The narrowest content counts the indent with any word, since it is not known which one
        // begins the first line; a negative indent makes no room.
        content.plus(indent.max(0.0))
    }

    /// The width that an inside marker adds to the first line.
    pub(super) fn inside_marker(self, node: &BoxNode) -> f64 {
        match node.marker.as_ref().filter(|marker| marker.inside) {
            Some(marker) if !marker.text.trim_end().is_empty() => {
                self.marker_width(marker) + marker_gap(marker)
            }
            _ => 0.0,
        }
    }

    /// The width of a marker's text.
    pub(crate) fn marker_width(self, marker: &Marker) -> f64 {
        let style = self.text_style(&marker.style.text);
        let text = marker.text.trim_end();
        let setting = Setting {
            style: &style,
            width: UNBOUNDED,
            indent: 0.0,
            align: TextAlign::Left,
            align_last: TextAlign::Left,
            tab_origin: 0.0,
        };
        let item = InlineItem::Text { text, style: &style, raise: 0.0, tag: 0 };
        let lines = self.typesetter.set(&[item], &setting, &mut crate::diag::Sink::new());
        lines.first().map_or(0.0, |line| line.width)
    }
}

/// A line without end. Not infinity, because the typesetter reckons with differences of widths.
pub(crate) const UNBOUNDED: f64 = f64::MAX / 4.0;
