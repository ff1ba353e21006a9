//! Block boxes one below the other: each goes to who writes its content.
//!
//! The root of the one ring of the writer: a box holds boxes. Margins collapse as in CSS; borders
//! and backgrounds are handed down to the paragraphs, or go to a table of one cell where Word
//! would draw a frame for each paragraph.

use std::sync::Arc;

use super::anchor::hang_bookmark;
use super::area::{KeepTogether, KnownHeight, StoryArea};
use super::paragraph::{self, ParagraphDraft};
use super::section::TextColumns;
use super::{BoxedSurface, Story, cell, flex, picture, spacing, table, text_box};
use crate::boxes::{BoxNode, Content};
use crate::diag::say;
use crate::docx::package::xml::El;
use crate::docx::words::properties::{
    ParagraphPosition, Surface, alignment, borders, indents, shade,
};
use crate::docx::words::slack::{APART, HAIRLINE};
use crate::docx::words::units::{hex, twips};
use crate::docx::writer::{DocxWriter, StyleOwner};
use crate::geometry::Size;
use crate::image::Image;
use crate::limits;
use crate::sizing::{self, Edges, block_width, height_range, in_flow, page_content};
use crate::style::{
    BorderSide, BorderStyle, Break, Computed, LengthOrAuto as SizeValue, PageKind, Position, Sides,
    TextStyle,
};

/// Word's limit of text columns (ECMA-376 Part 1, 17.6.4).
const MAX_COLUMNS: usize = 45;

/// Writes boxes one below the other.
pub(crate) fn blocks<'a>(
    writer: &mut DocxWriter<'_>,
    nodes: &'a [BoxNode],
    area: &StoryArea<'a>,
    story: &mut Story,
) {
    // The number of an item goes to the first of its boxes alone.
    let mut marker = area.marker;
    for (at, node) in nodes.iter().enumerate() {
        // A box that shows nothing is not what the one above is kept with, nor the last one.
        let next = nodes[at + 1..].iter().find(|next| !is_void(next));
        let avoids = next.is_some_and(avoids_break_before);
        let whole = avoids && next.is_some_and(|next| next.style.break_inside_avoid);
        let wanted = avoids || node.style.break_after == Break::Avoid;
        let keep = KeepTogether {
            all: area.keep.all,
            last: wanted || if next.is_none() { area.keep.last } else { area.keep.all },
            firmly: whole || (next.is_none() && area.keep.firmly),
        };
        let area = StoryArea { marker: marker.take(), keep, held: None, ..*area };
        block(writer, node, &area, story);
    }
}

/// Writes what is in a box whose margins, padding, border and background are those of the cell or
/// text box that holds it.
pub(crate) fn held<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    area: &StoryArea<'a>,
    story: &mut Story,
) {
    one_column(writer, node);
    let mut inside = interior(node, area);
    inside.held.get_or_insert(0.0);
    inside.keep.last |= node.style.break_after == Break::Avoid;
    content(writer, node, &inside, story, &Edges::NONE);
    leave(node, &Edges::NONE, story);
}

/// What a box hands down to its content, but for its edges.
fn interior<'a>(node: &'a BoxNode, area: &StoryArea<'a>) -> StoryArea<'a> {
    let item = area.height.item.filter(|(item, _)| *item == node.box_id);
    let edges = Edges::new(&node.style, area.inner());
    let own = || height_range(&node.style, &edges, area.height.block).definite();
    StoryArea {
        height: KnownHeight { block: item.map(|(_, height)| height).or_else(own), item: None },
        marker: node.marker.as_ref().filter(|marker| !marker.text.is_empty()).or(area.marker),
        owner: StyleOwner::of(node, area.owner),
        // Where a box that is shifted stands is for Word to know.
        block: area.block.filter(|_| node.style.position != Position::Relative),
        ..*area
    }
}

/// Whether nothing of a box is to be seen in its place.
fn is_void(node: &BoxNode) -> bool {
    let style = &node.style;
    let bare = !style.has_border() && node.marker.is_none();
    let low = |size: SizeValue| size.resolve(0.0).unwrap_or(0.0) <= 0.0;
    !in_flow(node)
        || (bare
            && low(style.height)
            && low(style.min_height)
            && match &node.content {
                Content::Inline(content) => content.is_empty(),
                Content::Blocks(nodes) => nodes.iter().all(is_void),
                _ => false,
            })
}

/// Whether a box, or the first one in it, is not to begin a page (CSS Fragmentation 3, 3.1).
fn avoids_break_before(node: &BoxNode) -> bool {
    node.style.break_before == Break::Avoid
        || matches!(&node.content, Content::Blocks(nodes)
            if nodes.iter().find(|node| !is_void(node)).is_some_and(avoids_break_before))
}

fn block<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    around: &StoryArea<'a>,
    story: &mut Story,
) {
    limits::tick();
    limits::at(node.span);
    if !in_flow(node) {
        text_box::positioned(writer, node, around, story);
        return;
    }
    let area = &enter(writer, node, around, story);
    let base = area.inner();
    let edges = Edges::new(&node.style, base);
    story.margin(edges.margins().top);
    if needs_frame(node, area) {
        framed(writer, node, area, &edges, story);
    } else {
        let mut frame = BoxFrame::new(node, &edges, base);
        frame.keep_apart(node, area, story);
        let mut inside = interior(node, area);
        inside.left += frame.left + frame.padding.left;
        inside.right += frame.right + frame.padding.right;
        inside.keep.all |= node.style.break_inside_avoid;
        inside.around = frame.surface(node, area.around);
        if frame.border.is_empty() {
            story.padding(frame.padding.top);
        } else if frame.first > 0.0 {
            story.begin_frame();
        }
        if inside.columns != around.columns {
            spacing::before_columns(story);
        }
        content(writer, node, &inside, story, &edges);
        if frame.border.is_empty() {
            story.padding(frame.padding.bottom);
        } else if frame.last > 0.0 {
            story.end_frame();
        }
    }
    leave(node, &edges, story);
}

/// Whether a box's frame is to go around content of several kinds, for which Word would draw a
/// frame each.
fn needs_frame(node: &BoxNode, area: &StoryArea<'_>) -> bool {
    // A marker hangs outside of the border; a cell would take it in.
    let marked = node.marker.is_some() || area.marker.is_some();
    matches!(node.content, Content::Blocks(_))
        && !marked
        && node.style.has_border()
        && !is_even(node)
}

/// A box with a frame around blocks of several kinds: a table of one cell.
fn framed(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    edges: &Edges,
    story: &mut Story,
) {
    let sides = outer_sides(node, edges, area.inner());
    let (left, right) = (area.left + sides.left, area.right + sides.right);
    let outer = StoryArea { left, right, ..*area };
    hang_bookmark(writer, node, story);
    spacing::before_table(writer, &outer, story);
    let table = cell::framed(writer, node, &outer, edges, story);
    story.push_table(table);
}

/// Border and padding of a box as its paragraphs have them.
struct BoxFrame {
    /// The borders that there are.
    border: Vec<El>,
    padding: Sides<f64>,
    /// What the box leaves at its sides.
    left: f64,
    right: f64,
    /// The margins of its first and last children, which the frame keeps inside.
    first: f64,
    last: f64,
}

impl BoxFrame {
    fn new(node: &BoxNode, edges: &Edges, base: f64) -> Self {
        let (first, last) = (child_margin(node, base, true), child_margin(node, base, false));
        let space = edges.padding;
        let space = Sides { top: space.top + first, bottom: space.bottom + last, ..space };
        let Sides { left, right, .. } = outer_sides(node, edges, base);
        let border = borders(drawn_border(&node.style), space);
        let padding = match node.content {
            // What becomes a table has its edges at the sides itself.
            Content::Table(_) | Content::Flex(_) => {
                Sides { left: 0.0, right: 0.0, ..edges.inner() }
            }
            _ => edges.inner(),
        };
        Self { border, padding, left, right, first, last }
    }

    /// Makes a box that is equal to the one above a little narrower, so that Word does not make one
    /// box of both.
    fn keep_apart(&mut self, node: &BoxNode, area: &StoryArea<'_>, story: &mut Story) {
        let color = node.style.background.color;
        if self.border.is_empty() && color.is_transparent() {
            return;
        }
        let surface = BoxedSurface {
            border: self.border.clone(),
            color: hex(color),
            left: twips(area.left + self.left),
            right: twips(area.right + self.right),
        };
        if story.boxed.as_ref() == Some(&surface) {
            self.right += APART;
            // Already narrower than the one above, so that a third one may be as wide as the
            // first again.
            story.boxed = None;
        } else {
            story.boxed = Some(surface);
        }
    }

    /// What the paragraphs in the box have around them: its own border and background, or those of
    /// the box around it.
    fn surface<'f>(&'f self, node: &BoxNode, around: Surface<'f>) -> Surface<'f> {
        let color = node.style.background.color;
        Surface {
            border: if self.border.is_empty() { around.border } else { &self.border },
            shade: if color.is_transparent() { around.shade } else { Some(color) },
        }
    }
}

/// The border that Word is to draw: a coloured box without one gets a hairline of its colour, as
/// the shading of a paragraph goes no further than its text and is one with the next one's.
fn drawn_border(style: &Computed) -> Sides<BorderSide> {
    let color = style.background.color;
    if style.has_border() || color.is_transparent() {
        return style.border;
    }
    Sides::all(BorderSide { width: HAIRLINE, style: BorderStyle::Solid, color })
}

/// Whether a break begins a page.
pub(crate) fn forces_page(value: Break) -> bool {
    matches!(value, Break::Page | Break::Left | Break::Right)
}

/// What a box leaves below itself.
fn leave(node: &BoxNode, edges: &Edges, story: &mut Story) {
    story.margin(edges.margins().bottom);
    if forces_page(node.style.break_after) {
        story.break_page = true;
        story.forget_space();
    }
}

/// Whether a frame around a box's content is one in Word: all is paragraphs of equal indents,
/// without frames of their own.
fn is_even(node: &BoxNode) -> bool {
    let even = |kid: &BoxNode| {
        let style = &kid.style;
        let edges = Edges::new(style, 0.0);
        let sides = edges.inner();
        edges.margins().across() == 0.0
            && sides.left + sides.right == 0.0
            && !style.has_border()
            && style.background.color.is_transparent()
            && style.width == SizeValue::Auto
            && kid.marker.is_none()
            && is_even(kid)
    };
    match &node.content {
        Content::Blocks(kids) => kids.iter().filter(|kid| in_flow(kid)).all(even),
        Content::Inline(_) | Content::Image(_) => true,
        Content::Flex(_) | Content::Table(_) => false,
    }
}

/// What a box leaves at its sides: its margins, and the rest of the room if it has a width. A
/// picture finds its own place between its margins, a table in all of its containing block.
fn outer_sides(node: &BoxNode, edges: &Edges, base: f64) -> Sides<f64> {
    let margins = edges.margins();
    match node.content {
        Content::Table(_) => return Sides::default(),
        Content::Image(_) => return margins,
        _ => {}
    }
    let used = block_width(&node.style, edges, base);
    let right = base - used.left - edges.across() - used.content;
    Sides { left: used.left, right, ..margins }
}

/// The margin of the first or last children, which a frame around keeps inside: Word has the room
/// between a paragraph and its border there.
fn child_margin(node: &BoxNode, base: f64, first: bool) -> f64 {
    let mut most = 0.0f64;
    let mut open = node;
    while let Content::Blocks(nodes) = &open.content {
        let mut kids = nodes.iter().filter(|node| in_flow(node));
        let next = if first { kids.next() } else { kids.next_back() };
        let Some(child) =
            next.filter(|child| matches!(child.content, Content::Blocks(_) | Content::Inline(_)))
        else {
            break;
        };
        let edges = Edges::new(&child.style, base);
        let (margins, inner) = (edges.margins(), edges.inner());
        most = most.max(if first { margins.top } else { margins.bottom });
        // Padding or a border parts its margin from those of its own children.
        if (if first { inner.top } else { inner.bottom }) > 0.0 {
            break;
        }
        open = child;
    }
    most
}

fn content<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    inside: &StoryArea<'a>,
    story: &mut Story,
    edges: &Edges,
) {
    match &node.content {
        // An item without text still has its number, and the numbers below must not move up.
        Content::Inline(content) if !content.is_empty() || inside.marker.is_some() => {
            paragraph::text(writer, node, content, inside, story);
        }
        Content::Inline(_) => empty(writer, node, inside, story),
        Content::Blocks(nodes) if nodes.is_empty() => empty(writer, node, inside, story),
        Content::Blocks(nodes) => {
            hang_bookmark(writer, node, story);
            blocks(writer, nodes, inside, story);
        }
        Content::Flex(nodes) => {
            hang_bookmark(writer, node, story);
            flex::container(writer, node, nodes, edges, inside, story);
        }
        Content::Table(content) => table::captioned(writer, node, content, inside, story),
        Content::Image(image) => {
            // Percentages are of the containing block.
            let base = inside.inner() + edges.across() + edges.margin_across();
            let size = sizing::picture(image, &node.style, edges, Some(base), None);
            self::picture(writer, node, image, size, inside, story);
            align_picture(&node.style.text, edges, story);
        }
    }
}

/// A picture that is a block stands where its margins put it, however the text around is aligned.
fn align_picture(style: &TextStyle, edges: &Edges, story: &mut Story) {
    let align = match (edges.margin.left, edges.margin.right) {
        (None, None) => "center",
        (None, Some(_)) => "right",
        _ => "left",
    };
    if align != alignment(style.text_align) {
        story.add_to_last(El::val("w:jc", align));
    }
}

/// A picture as a paragraph of its own.
pub(crate) fn picture(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    image: &Arc<Image>,
    size: Size,
    area: &StoryArea<'_>,
    story: &mut Story,
) {
    let subject = picture::PictureSubject::of(node);
    let drawing = picture::in_line(writer, story.part, &subject, image, size);
    let position =
        ParagraphPosition { left: area.left, right: area.right, ..ParagraphPosition::default() };
    let runs = vec![El::new("w:r").child(drawing)];
    let draft = ParagraphDraft { position, runs, ..ParagraphDraft::default() };
    paragraph::put(writer, node, draft, area, story);
}

/// Takes note of forced breaks, other pages and columns; gives the room that there is then.
fn enter<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    around: &StoryArea<'a>,
    story: &mut Story,
) -> StoryArea<'a> {
    let style = &node.style;
    let mut area = *around;
    // Before anything is written the page begins anyhow, and Word would leave it empty.
    if forces_page(style.break_before) && !story.blocks.is_empty() {
        if style.break_before != Break::Page {
            writer.warn_once(
                "docx-break",
                say!("the DOCX begins the next page here, whether it is a left or a right one"),
                node.span,
            );
        }
        story.break_page = true;
        story.forget_space();
    }
    // Only the body has pages and columns.
    let Some(section) = story.sections.as_ref().and_then(|all| all.last()) else {
        one_column(writer, node);
        return area;
    };
    if let Some(name) = style.page.as_ref().filter(|name| around.page != Some(*name)) {
        let pages = &writer.tree.pages;
        let old = pages.resolve(around.page.map(|name| &**name), PageKind::default());
        let old = page_content(&old);
        let new = page_content(&pages.resolve(Some(name), PageKind::default()));
        // The box may stand further in than the page's edge; what lies between stays as it is.
        area.width += new.width - old.width;
        // A percentage of the page's height is one of the new page's.
        let height = &mut area.height.block;
        *height = height.map(|own| if own == old.height { new.height } else { own });
        area.page = Some(name);
        area.block = area.block.map(|_| new);
        story.forget_space();
    } else if section.page.as_ref() != around.page && !story.blocks.is_empty() {
        story.forget_space();
    }
    enter_columns(writer, node, &mut area);
    area
}

/// The columns that a box asks for.
fn enter_columns(writer: &mut DocxWriter<'_>, node: &BoxNode, area: &mut StoryArea<'_>) {
    if !sizing::UsedColumns::wanted(&node.style) {
        return;
    }
    let columns = sizing::UsedColumns::new(&node.style, area.inner());
    if columns.count > MAX_COLUMNS {
        writer.warn_once(
            "docx-columns",
            say!("Word sets at most {most} columns; this text is set in one", most = MAX_COLUMNS),
            node.span,
        );
    // One column is what there is without a section for it.
    } else if columns.count > 1 {
        let rule = node.style.columns.rule.width > 0.0;
        let count = columns.count as u32;
        area.columns = Some(TextColumns { count, gap: columns.gap, rule });
        area.width = columns.width + area.left + area.right;
    }
}

/// Tells of columns where a story has none: sections have them, and only the body has sections.
fn one_column(writer: &mut DocxWriter<'_>, node: &BoxNode) {
    let wanted = sizing::UsedColumns::wanted(&node.style);
    if wanted && matches!(node.content, Content::Blocks(_) | Content::Inline(_)) {
        writer.warn_once(
            "docx-columns",
            say!("Word has columns in the running text only; this text is set in one"),
            node.span,
        );
    }
}

/// A box without content: room, and a rule if it has a border or a colour.
fn empty(writer: &mut DocxWriter<'_>, node: &BoxNode, area: &StoryArea<'_>, story: &mut Story) {
    hang_bookmark(writer, node, story);
    let edges = Edges::new(&node.style, area.inner());
    let range = height_range(&node.style, &edges, None);
    let Computed { border, background, text, .. } = &*node.style;
    // What is held has its edges from what holds it, and without any the room above and below is
    // its padding already.
    let own = area.held.is_none() && drawn_border(&node.style) != Sides::default();
    let height = range.min + if own { edges.padding.along() } else { 0.0 };
    if !own || text.hidden || (!node.style.has_border() && height <= 0.0) {
        // Nothing is drawn, so its height is room and no more.
        story.padding(height + if own { edges.border.top + edges.border.bottom } else { 0.0 });
        return;
    }
    story.enter_section(area);
    let before = story.space_before(0.0);
    let mut direct = Vec::from_iter(El::filled("w:pBdr", borders(*border, Sides::default())));
    direct.extend((!background.color.is_transparent()).then(|| shade(background.color)));
    if area.left > 0.0 || area.right > 0.0 {
        let (left, right) = (area.left, area.right);
        direct.push(indents(ParagraphPosition { left, right, ..ParagraphPosition::default() }));
    }
    direct.extend(spacing::break_before(story));
    spacing::spacer(writer, story, before, height, direct);
}
