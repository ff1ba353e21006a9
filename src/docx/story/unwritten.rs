//! The walk that gives each box its kinds, and reports what these lose in a DOCX (`lost`) once for
//! each rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow::forces_page;
use super::lost::BoxKind::{
    self, Block, Body, Cell, Column, Empty, Flex, Inline as Words, Item, LineBox, LinePicture,
    ListItem, MarginBox as LoneMarginBox, Note, Picture, PlacedPicture, Row, SharedMarginBox,
    Table, TextBox,
};
use super::lost::{Band, LOST, LostValue, SeenBox, TEXT};
use crate::boxes::{BoxNode, BoxTree, Content, Inline, TableBox};
use crate::diag::{Diagnostic, Message, Sink, Span, say};
use crate::docx::registry::headers::PageBand;
use crate::sizing::in_flow;
use crate::style::{Computed, MarginBox, PageKind, PageStyle, TextStyle};

/// Reports all that is lost of the boxes of a document.
pub(crate) fn report(tree: &BoxTree, sink: &mut Sink) {
    let mut reporter = LostValueReporter { tree, sink, reported: BTreeMap::new() };
    reporter.pages();
    reporter.node(&tree.root, None);
}

/// Reports what is lost of the headers and footers of these pages.
pub(crate) fn report_pages<'p>(
    tree: &BoxTree,
    pages: impl Iterator<Item = (&'p PageStyle, PageBand)>,
    sink: &mut Sink,
) {
    let mut reporter = LostValueReporter { tree, sink, reported: BTreeMap::new() };
    for (page, band) in pages {
        reporter.margin_boxes(&band.boxes(page).collect::<Vec<_>>());
    }
}

/// Walks the boxes and reports each lost value once.
struct LostValueReporter<'a> {
    tree: &'a BoxTree,
    sink: &'a mut Sink,
    /// Messages, and the values that each was told of: a hundred paragraphs of one rule have the
    /// same. `None` is the document itself.
    reported: BTreeMap<String, Vec<Option<Arc<Computed>>>>,
}

impl LostValueReporter<'_> {
    fn say(
        &mut self,
        code: &'static str,
        message: fn() -> Message,
        about: Option<&Arc<Computed>>,
        span: Option<Span>,
    ) {
        self.lost(code, &[], message, about, span);
    }

    fn lost(
        &mut self,
        code: &'static str,
        properties: &[&str],
        message: fn() -> Message,
        about: Option<&Arc<Computed>>,
        span: Option<Span>,
    ) {
        let message = message();
        let known = self.reported.entry(message.to_string()).or_default();
        if !known.iter().any(|one| one.as_ref() == about) {
            known.push(about.cloned());
            let names: Vec<String> = properties.iter().map(|name| format!("`{name}`")).collect();
            let message = match properties {
                [] => message,
                _ => say!("{names} in a DOCX: {message}", names, message),
            };
            let place = span.and_then(|span| self.tree.sources.place(span));
            self.sink.push(Diagnostic::warning(code, message).at(place));
        }
    }

    /// Looks at a box that is all of these to Word; `around` is the text that it stands in.
    fn check(
        &mut self,
        kinds: &[BoxKind],
        style: &Arc<Computed>,
        (around, band): (&TextStyle, Band<'_>),
        span: Option<Span>,
    ) {
        let seen = SeenBox { style, around, band };
        let lost = |row: &&LostValue| {
            row.of.iter().copied().flatten().any(|of| kinds.contains(of)) && (row.is)(seen)
        };
        for row in LOST.iter().filter(lost) {
            self.lost(row.code, row.properties, row.message, Some(style), span);
        }
    }

    fn own(&mut self, kinds: &[BoxKind], style: &Arc<Computed>, span: Option<Span>) {
        self.check(kinds, style, (&style.text, None), span);
    }

    fn text(&mut self, style: &TextStyle, span: Option<Span>) {
        for kind in TEXT.iter().filter(|kind| (kind.is)(style)) {
            // Text inherits: told by element, the same message would come for all that lies below
            // the rule.
            self.lost(kind.code, &[kind.property], kind.message, None, span);
        }
    }

    fn pages(&mut self) {
        let page = self.tree.pages.resolve(None, PageKind::default());
        if page.bleed > 0.0 || page.marks.any() {
            let message =
                || say!("a DOCX has no bleed and no crop marks; give print shops the PDF");
            self.say("docx-bleed", message, None, None);
        }
    }

    /// A box and all in it. `place` is what it is by where it stands: an item, a cell.
    fn node(&mut self, node: &BoxNode, place: Option<BoxKind>) {
        let (style, span) = (&node.style, node.span);
        let is_body = node.box_id == self.tree.root.box_id;
        let flows = in_flow(node);
        let content = match &node.content {
            // The body becomes the sections, which have a height and columns.
            _ if is_body => Some(Body),
            Content::Image(_) if !flows => Some(PlacedPicture),
            Content::Image(_) => place.filter(|place| *place == LinePicture).or(Some(Picture)),
            Content::Table(_) => Some(Table),
            Content::Flex(_) => Some(Flex),
            // Boxes of text are nothing more than what they are by their place.
            _ if !flows || place.is_some() => None,
            Content::Blocks(kids) if kids.is_empty() => Some(Empty),
            Content::Inline(items) if items.is_empty() => Some(Empty),
            Content::Blocks(_) | Content::Inline(_) => Some(Block),
        };
        let placed = (!flows && content != Some(PlacedPicture)).then_some(TextBox);
        let listed = node.marker.as_ref().filter(|marker| !marker.inside).map(|_| ListItem);
        // A table has its edges from itself, wherever it stands.
        let place = place.filter(|_| content.is_none());
        let kinds: Vec<BoxKind> =
            content.into_iter().chain(place).chain(placed).chain(listed).collect();
        self.own(&kinds, style, span);
        match &node.content {
            Content::Image(_) => {}
            Content::Table(table) => self.table(table, span),
            Content::Flex(items) => items.iter().for_each(|item| self.node(item, Some(Item))),
            Content::Blocks(kids) => kids.iter().for_each(|kid| self.node(kid, None)),
            Content::Inline(items) => {
                self.text(&style.text, span);
                self.line(items, &style.text);
            }
        }
    }

    fn line(&mut self, items: &[Inline], text: &TextStyle) {
        for item in items {
            match item {
                Inline::Start(start) => {
                    self.check(&[Words], &start.style, (text, None), start.span);
                    self.text(&start.style.text, start.span);
                }
                Inline::Atomic(node) => {
                    let picture = matches!(node.content, Content::Image(_));
                    self.node(node, Some(if picture { LinePicture } else { LineBox }));
                }
                Inline::Footnote(node) => self.node(node, Some(Note)),
                Inline::Positioned(node) => self.node(node, None),
                // `w:defaultTabStop` is one for the whole document (ECMA-376 Part 1, 17.15.1.25).
                Inline::Tab(style)
                    if style.text.tab_size != TextStyle::default().tab_size
                        || !style.text.tab_stops.is_empty() =>
                {
                    let message = || {
                        say!(
                            "tabs go to the stops of Word, whatever `tab-size` and \
                             `-itog-tab-stops` say"
                        )
                    };
                    self.say("docx-text", message, None, None);
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, table: &TableBox, span: Option<Span>) {
        table.caption.iter().for_each(|caption| self.node(caption, None));
        table.columns.iter().for_each(|column| self.own(&[Column], &column.style, span));
        // A break after a row becomes one before the next row, and after the last there is none.
        let last = table.rows().last().filter(|row| forces_page(row.style.break_after));
        if let Some(row) = last {
            let message =
                || say!("no page begins after the last row in Word; ask for it after the table");
            self.say("docx-break", message, Some(&row.style), row.span);
        }
        for row in table.rows() {
            self.own(&[Row], &row.style, row.span);
            row.cells.iter().for_each(|cell| self.node(&cell.node, Some(Cell)));
        }
    }

    /// The boxes of a header or footer.
    fn margin_boxes(&mut self, boxes: &[&MarginBox]) {
        let kind = if boxes.len() > 1 { SharedMarginBox } else { LoneMarginBox };
        for own in boxes {
            self.check(&[kind], &own.style, (&own.style.text, Some((*own, boxes))), own.span);
            self.text(&own.style.text, own.span);
        }
    }
}
