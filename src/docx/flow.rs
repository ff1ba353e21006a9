//! Block boxes as paragraphs and tables, one after the other.

use std::sync::Arc;

use docx_rs::{DocumentChild, Paragraph, Table};

use super::package::xml::El;
use super::paragraph::Draft;
use super::properties::{Keeping, Placing, borders, hex, indents, twips};
use super::section::Columns;
use super::{Writer, flex, paragraph, picture, section, table, text_box};
use crate::boxes::{BoxNode, Content, Marker, Role};
use crate::geometry::{Rect, Size};
use crate::image::Image;
use crate::sizing::{self, Edges, block_width, height_range};
use crate::style::{
    BorderSide, BorderStyle, Break, Computed, LengthOrAuto as SizeValue, PageKind, Sides,
};

/// A paragraph or a table.
pub(super) enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

impl Block {
    pub(super) fn into_child(self) -> DocumentChild {
        match self {
            Self::Paragraph(paragraph) => DocumentChild::Paragraph(paragraph),
            Self::Table(table) => DocumentChild::Table(table),
        }
    }
}

/// What has been written into one story: the body, a cell, a text box.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    /// The margins since the last paragraph, which collapse with the next one.
    margins: Margins,
    /// Room since then that does not.
    hard: f64,
    /// What the last paragraph keeps below itself.
    pub(super) after: f64,
    /// A frame has taken the margins of its first children: they are between its line and its
    /// text.
    framed: bool,
    /// The last box with a border or background, if the next one would become one with it.
    pub(super) boxed: Option<Surface>,
    /// The next paragraph begins a page.
    pub(super) break_page: bool,
    /// The body's sections. Other stories have none.
    pub(super) sections: Option<Vec<section::Section>>,
}

/// Adjoining margins: the greatest and the least of them add up (CSS 2.2, 8.3.1).
#[derive(Clone, Copy, Default)]
struct Margins {
    positive: f64,
    negative: f64,
}

impl Margins {
    fn collapsed(self) -> f64 {
        self.positive + self.negative
    }
}

/// By how much a box is narrower than an equal one above, in points: Word makes one box of
/// neighbours that are equal in border, colour and indents (ECMA-376 Part 1, 17.3.1.24).
const APART: f64 = 0.05;

/// What Word tells the boxes of neighbouring paragraphs apart by.
#[derive(PartialEq)]
pub(super) struct Surface {
    border: Vec<El>,
    color: String,
    /// Indents, in twips.
    place: [i64; 2],
}

impl Flow {
    /// The flow of the whole document.
    pub(super) fn body() -> Self {
        Self { sections: Some(vec![section::Section::default()]), ..Self::default() }
    }

    fn margin(&mut self, margin: f64) {
        if !self.framed {
            self.margins.positive = self.margins.positive.max(margin);
            self.margins.negative = self.margins.negative.min(margin);
        }
    }

    /// Room that no margin goes through.
    pub(super) fn padding(&mut self, padding: f64) {
        if padding > 0.0 {
            self.hard += self.margins.collapsed() + padding;
            self.margins = Margins::default();
        }
    }

    /// The space since the last paragraph.
    fn space(&self) -> f64 {
        (self.margins.collapsed() + self.hard).max(0.0)
    }

    /// Margins before a forced break are cut off (CSS Fragmentation 3, section 5.2).
    fn forget_space(&mut self) {
        self.margins = Margins::default();
        (self.hard, self.after, self.framed) = (0.0, 0.0, false);
    }

    /// Takes what is below a table at the end of a cell: the empty paragraph that Word wants there
    /// is as good as hidden.
    pub(super) fn below_table(&mut self) -> f64 {
        let is_table = matches!(self.blocks.last(), Some(Block::Table(_)));
        let space = if is_table { self.space() } else { 0.0 };
        if space > 0.0 {
            self.forget_space();
        }
        space
    }

    /// The space above the next paragraph. Like CSS, Word takes the larger of the space after one
    /// paragraph and before the next (ECMA-376 Part 1, 17.3.1.33), so a paragraph whose own
    /// margin is enough keeps it.
    pub(super) fn space_before(&mut self, own: f64) -> f64 {
        let wanted = self.space();
        let after = self.after;
        self.forget_space();
        if (own.max(after) - wanted).abs() < 0.05 { own } else { wanted }
    }
}

/// The room and the wishes of the boxes around.
#[derive(Clone)]
pub(super) struct Area<'a> {
    /// Between the page's, column's or cell's edges.
    pub(super) width: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) frame: Option<Vec<El>>,
    pub(super) shade: Option<String>,
    pub(super) page: Option<Arc<str>>,
    pub(super) columns: Option<Columns>,
    pub(super) marker: Option<&'a Marker>,
    /// Lines stay together, and all paragraphs but the last one with the next one.
    pub(super) keep_all: bool,
    /// The last paragraph stays with the next one.
    pub(super) keep_last: bool,
    /// It does so though it is long: what follows is a whole that must not stand alone, such as
    /// signatures.
    pub(super) keep_firmly: bool,
    /// The element and class that name the style of anonymous boxes, and what they mean.
    pub(super) owner: Option<(Arc<str>, Arc<str>, Role)>,
    /// What absolute boxes are placed by: x, y, width and height from the sheet's corner, so that
    /// other margins do not shift them; nothing if that is not known.
    pub(super) block: Option<Rect>,
}

impl<'a> Area<'a> {
    /// The room of a cell in this area.
    pub(super) fn within(around: &Area<'_>, width: f64) -> Self {
        Area { page: around.page.clone(), block: around.block, ..Self::of_width(width) }
    }

    /// An area with nothing around it.
    pub(super) fn of_width(width: f64) -> Self {
        Area {
            width,
            left: 0.0,
            right: 0.0,
            frame: None,
            shade: None,
            page: None,
            columns: None,
            marker: None,
            keep_all: false,
            keep_last: false,
            keep_firmly: false,
            owner: None,
            block: None,
        }
    }

    pub(super) fn inner(&self) -> f64 {
        (self.width - self.left - self.right).max(1.0)
    }
}

/// Writes boxes one below the other.
pub(super) fn blocks<'a>(
    writer: &mut Writer<'_>,
    nodes: &'a [BoxNode],
    area: &Area<'a>,
    flow: &mut Flow,
) {
    let mut marker = area.marker;
    for (at, node) in nodes.iter().enumerate() {
        // A box that shows nothing is not what the one above is kept with, nor the last one.
        let next = nodes[at + 1..].iter().find(|next| !is_void(next));
        let avoids = next.is_some_and(avoids_break_before);
        let whole = avoids && next.is_some_and(|next| next.style.break_inside_avoid);
        let wanted = avoids || node.style.break_after == Break::Avoid;
        let keep_last = wanted || if next.is_none() { area.keep_last } else { area.keep_all };
        let keep_firmly = whole || (next.is_none() && area.keep_firmly);
        let area = Area { marker: marker.take(), keep_last, keep_firmly, ..area.clone() };
        block(writer, node, &area, flow);
    }
}

/// The border that Word is to draw: a coloured box without one gets a hairline of its colour, as the
/// shading of a paragraph goes no further than its text and is one with the next one's.
fn drawn_border(style: &Computed) -> Sides<BorderSide> {
    let color = style.background.color;
    if style.border != Sides::default() || color.is_transparent() {
        return style.border;
    }
    Sides::all(BorderSide { width: HAIRLINE, style: BorderStyle::Solid, color })
}

/// The thinnest line of Word, in points.
const HAIRLINE: f64 = 0.25;

/// Whether nothing of a box is to be seen in its place.
fn is_void(node: &BoxNode) -> bool {
    let style = &node.style;
    let bare = style.border == Sides::default() && node.marker.is_none();
    let low = |size: SizeValue| size.resolve(0.0).unwrap_or(0.0) <= 0.0;
    picture::is_positioned(node)
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

fn block<'a>(writer: &mut Writer<'_>, node: &'a BoxNode, around: &Area<'a>, flow: &mut Flow) {
    let style = &node.style;
    if picture::is_positioned(node) {
        text_box::positioned(writer, node, around);
        return;
    }
    let area = &enter(writer, node, around, flow);
    let base = area.inner();
    let edges = Edges::new(style, base);
    flow.margin(edges.margins().top);
    let (padding, space) = (edges.inner(), edges.padding);
    let (first, last) = (child_margin(node, base, true), child_margin(node, base, false));
    let framed = borders(
        drawn_border(style),
        Sides { top: space.top + first, bottom: space.bottom + last, ..space },
    );
    unsupported(writer, node, !framed.is_empty());
    let (left, mut right) = sides(node, &edges, base);
    let blocks = matches!(node.content, Content::Blocks(_));
    let marked = node.marker.is_some() || area.marker.is_some();
    if blocks && !marked && style.border != Sides::default() && !is_even(node) {
        unsupported(writer, node, true);
        let outer = Area { left: area.left + left, right: area.right + right, ..area.clone() };
        bookmark(writer, node);
        before_table(writer, &outer, flow);
        let made = table::framed(writer, node, &outer, &edges, outer.inner());
        push_table(flow, made);
        leave(node, &edges, flow);
        return;
    }
    let shaded = !style.background.color.is_transparent();
    if !framed.is_empty() || shaded {
        let surface = Surface {
            border: framed.clone(),
            color: hex(style.background.color),
            place: [twips(area.left + left), twips(area.right + right)],
        };
        if flow.boxed.as_ref() == Some(&surface) {
            right += APART;
            flow.boxed = None;
        } else {
            flow.boxed = Some(surface);
        }
    }
    let inside = Area {
        left: area.left + left + padding.left,
        right: area.right + right + padding.right,
        frame: if framed.is_empty() { area.frame.clone() } else { Some(framed.clone()) },
        shade: if shaded { Some(hex(style.background.color)) } else { area.shade.clone() },
        marker: node.marker.as_ref().filter(|m| !m.text.is_empty()).or(area.marker),
        keep_all: area.keep_all || style.break_inside_avoid,
        owner: if node.element.is_empty() {
            area.owner.clone()
        } else {
            Some((node.element.clone(), node.class.clone(), node.role))
        },
        block: area.block.filter(|_| style.position == crate::style::Position::Static),
        ..area.clone()
    };
    if framed.is_empty() {
        flow.padding(padding.top);
    } else {
        flow.framed |= first > 0.0;
    }
    if inside.columns != around.columns {
        part(writer, flow);
    }
    content(writer, node, &inside, flow, &edges);
    if framed.is_empty() {
        flow.padding(padding.bottom);
    } else if last > 0.0 {
        flow.margins = Margins::default();
        flow.hard = 0.0;
    }
    leave(node, &edges, flow);
}

/// Whether a break begins a page.
pub(super) fn forces_page(value: Break) -> bool {
    matches!(value, Break::Page | Break::Left | Break::Right)
}

/// What a box leaves below itself.
fn leave(node: &BoxNode, edges: &Edges, flow: &mut Flow) {
    flow.margin(edges.margins().bottom);
    if forces_page(node.style.break_after) {
        flow.break_page = true;
        flow.forget_space();
    }
}

/// Whether a frame around a box's content is one in Word: all is paragraphs of equal indents, without
/// frames of their own.
fn is_even(node: &BoxNode) -> bool {
    let even = |kid: &BoxNode| {
        let style = &kid.style;
        let edges = Edges::new(style, 0.0);
        let sides = edges.inner();
        edges.margins().across() == 0.0
            && sides.left + sides.right == 0.0
            && style.border == Sides::default()
            && style.background.color.is_transparent()
            && style.width == SizeValue::Auto
            && kid.marker.is_none()
            && is_even(kid)
    };
    match &node.content {
        Content::Blocks(kids) => kids.iter().filter(|kid| !picture::is_positioned(kid)).all(even),
        Content::Inline(_) | Content::Image(_) => true,
        Content::Flex(_) | Content::Table(_) => false,
    }
}

/// What a box leaves at its left and right: its margins, and the rest of the room if it has a width.
/// Pictures and tables find their own place between their margins.
fn sides(node: &BoxNode, edges: &Edges, base: f64) -> (f64, f64) {
    let margins = edges.margins();
    if matches!(node.content, Content::Table(_) | Content::Image(_)) {
        return (margins.left, margins.right);
    }
    let used = block_width(&node.style, edges, base);
    (used.left, base - used.left - edges.across() - used.content)
}

/// The margin of the first or last children, which a frame around keeps inside: Word has the room
/// between a paragraph and its border there.
fn child_margin(node: &BoxNode, base: f64, first: bool) -> f64 {
    let mut most = 0.0f64;
    let mut open = node;
    while let Content::Blocks(nodes) = &open.content {
        let in_flow = |node: &&BoxNode| !picture::is_positioned(node);
        let next = if first { nodes.iter().find(in_flow) } else { nodes.iter().rfind(in_flow) };
        let Some(child) =
            next.filter(|child| matches!(child.content, Content::Blocks(_) | Content::Inline(_)))
        else {
            break;
        };
        let edges = Edges::new(&child.style, base);
        let margins = edges.margins();
        most = most.max(if first { margins.top } else { margins.bottom });
        let inner = edges.inner();
        if (if first { inner.top } else { inner.bottom }) > 0.0 {
            break;
        }
        open = child;
    }
    most
}

fn content<'a>(
    writer: &mut Writer<'_>,
    node: &'a BoxNode,
    inside: &Area<'a>,
    flow: &mut Flow,
    edges: &Edges,
) {
    let style = &node.style;
    match &node.content {
        Content::Inline(content) if !content.is_empty() || inside.marker.is_some() => {
            paragraph::text(writer, node, content, inside, flow)
        }
        Content::Inline(_) => empty(writer, node, inside, flow),
        Content::Blocks(nodes) if nodes.is_empty() => empty(writer, node, inside, flow),
        Content::Blocks(nodes) => {
            bookmark(writer, node);
            blocks(writer, nodes, inside, flow);
        }
        Content::Flex(nodes) => {
            bookmark(writer, node);
            // The row draws the box's edges itself.
            let inner = edges.inner();
            let outer = Area {
                left: inside.left - inner.left,
                right: inside.right - inner.right,
                ..inside.clone()
            };
            flex::container(writer, node, nodes, edges, &outer, flow);
        }
        Content::Table(content) => {
            bookmark(writer, node);
            if let Some(caption) = content.caption.as_ref().filter(|_| !style.text.caption_bottom) {
                block(writer, caption, &Area { keep_last: true, ..plain(inside) }, flow);
            }
            before_table(writer, inside, flow);
            let made = table::table(writer, node, content, inside);
            push_table(flow, made);
            if let Some(caption) = content.caption.as_ref().filter(|_| style.text.caption_bottom) {
                block(writer, caption, &plain(inside), flow);
            }
        }
        Content::Image(image) => {
            let size = sizing::picture(image, style, edges, Some(inside.inner()), None);
            self::picture(writer, node, image, size, inside, flow);
        }
    }
}

/// A picture as a paragraph of its own.
pub(super) fn picture(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    image: &Arc<Image>,
    size: Size,
    area: &Area<'_>,
    flow: &mut Flow,
) {
    let drawing = picture::in_line(writer, &picture::Subject::of(node), image, size);
    let placing = Placing { left: area.left, right: area.right, ..Placing::default() };
    let runs = vec![El::new("w:r").child(drawing)];
    paragraph::put(writer, node, Draft { placing, runs, ..Draft::default() }, area, flow);
}

/// Margins do not collapse where columns begin (CSS 2.2, 9.4.1): what is above all columns belongs
/// to the paragraph above.
fn part(writer: &mut Writer<'_>, flow: &mut Flow) {
    if matches!(flow.blocks.last(), Some(Block::Paragraph(..))) {
        let space = flow.space();
        if space > flow.after + 0.05 {
            writer.space_after(flow, space);
        }
        flow.forget_space();
    }
}

/// The same room without the frame of the box around.
fn plain<'a>(area: &Area<'a>) -> Area<'a> {
    Area { frame: None, shade: None, marker: None, ..area.clone() }
}

/// Word's limit of text columns (ECMA-376 Part 1, 17.6.4).
const MAX_COLUMNS: usize = 45;

/// Takes note of forced breaks, other pages and columns; gives the room that there is then.
fn enter<'a>(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    around: &Area<'a>,
    flow: &mut Flow,
) -> Area<'a> {
    let style = &node.style;
    let mut area = around.clone();
    if forces_page(style.break_before) && !flow.blocks.is_empty() {
        if style.break_before != Break::Page {
            writer.warn_once(
                "docx-break",
                "the DOCX begins the next page here, be it a left or a right one",
                node.span,
            );
        }
        flow.break_page = true;
        flow.forget_space();
    }
    if flow.sections.is_none() {
        return area;
    }
    if let Some(name) = style.page.as_ref().filter(|name| around.page.as_ref() != Some(name)) {
        let old = writer.tree.pages.resolve(around.page.as_deref(), PageKind::default());
        let new = writer.tree.pages.resolve(Some(name), PageKind::default());
        area.width += section::content_width(&new) - section::content_width(&old);
        area.page = Some(Arc::clone(name));
        area.block = area.block.map(|_| section::content_area(&new));
        flow.forget_space();
    } else if flow
        .sections
        .as_ref()
        .and_then(|all| all.last())
        .is_some_and(|last| last.page != around.page)
        && !flow.blocks.is_empty()
    {
        flow.forget_space();
    }
    if sizing::UsedColumns::wanted(style) {
        let columns = sizing::UsedColumns::new(style, area.inner());
        if columns.count > MAX_COLUMNS {
            writer.warn_once(
                "docx-columns",
                &format!("Word sets at most {MAX_COLUMNS} columns; this text stands in one"),
                node.span,
            );
        } else if columns.count > 1 {
            let rule = style.columns.rule.width > 0.0;
            let count = columns.count as u32;
            area.columns = Some(Columns { count, gap: columns.gap, rule });
            area.width = columns.width + area.left + area.right;
        }
    }
    area
}

/// Says once for each box what Word cannot do with it.
fn unsupported(writer: &mut Writer<'_>, node: &BoxNode, framed: bool) {
    let style = &node.style;
    if framed
        && style.border != Sides::default()
        && style.radius.iter().any(|r| r.points > 0.0 || r.percent > 0.0)
    {
        writer.warn_once(
            "docx-radius",
            "Word draws the corners of a paragraph's border square",
            node.span,
        );
    }
    if style.rotate != 0.0 && !matches!(node.content, Content::Image(_)) {
        writer.warn_once(
            "docx-rotate",
            "Word turns pictures and positioned boxes only; this text stands upright",
            node.span,
        );
    }
    if style.background.image.is_some() {
        writer.warn_once(
            "docx-background",
            "a DOCX has background pictures on pages only, not on boxes",
            node.span,
        );
    }
    if style.display == crate::style::Display::Grid {
        writer.warn_once(
            "docx-grid",
            "Word knows no grids: this one becomes rows of a table, as a flex box does",
            node.span,
        );
    }
    if style.text.features != [crate::style::Features::NONE; 2] {
        writer.warn_once(
            "docx-features",
            "a DOCX does not say `font-variant-numeric` and `font-feature-settings`",
            node.span,
        );
    }
    if !style.transform.is_empty() || style.opacity < 1.0 || !style.shadows.is_empty() {
        writer.warn_once(
            "docx-effect",
            "Word knows no `opacity`, `box-shadow`, `translate()` and `scale()` of boxes: this one \
             stands as it would without them",
            node.span,
        );
    }
    if style.position == crate::style::Position::Relative && style.inset != Sides::default() {
        writer.warn_once(
            "docx-relative",
            "Word does not shift text; this box stands where it would without `position: relative`",
            node.span,
        );
    }
}

/// The bookmark of a box that is no paragraph goes into the next one.
fn bookmark(writer: &mut Writer<'_>, node: &BoxNode) {
    if let Some(id) = &node.id {
        let marks = super::inline::bookmark(writer, id);
        writer.anchors.extend(marks);
    }
}

/// A box without content: room, and a rule if it has a border.
fn empty(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>, flow: &mut Flow) {
    bookmark(writer, node);
    let range = height_range(&node.style, &Edges::new(&node.style, area.inner()), None);
    if area.frame.is_some() && node.style.border != Sides::default() {
        section::enter(flow, area);
        let before = flow.space_before(0.0);
        let mut direct =
            vec![El::new("w:pBdr").children(borders(node.style.border, Sides::default()))];
        if area.left > 0.0 || area.right > 0.0 {
            direct.push(indents(Placing {
                left: area.left,
                right: area.right,
                ..Placing::default()
            }));
        }
        break_before(&mut direct, flow);
        spacer(writer, flow, before, range.min, direct);
    } else {
        flow.padding(range.min);
    }
}

fn break_before(direct: &mut Vec<El>, flow: &mut Flow) {
    if std::mem::take(&mut flow.break_page) && !flow.blocks.is_empty() {
        direct.push(El::new("w:pageBreakBefore"));
    }
}

/// Puts the space above a table into a paragraph of its own: tables have none, and two in a row
/// would become one.
pub(super) fn before_table(writer: &mut Writer<'_>, area: &Area<'_>, flow: &mut Flow) {
    section::enter(flow, area);
    let after = flow.after;
    let space = flow.space_before(0.0).max(0.0);
    let after_table = matches!(flow.blocks.last(), Some(Block::Table(_)));
    // What the paragraph above keeps below itself needs no paragraph here.
    let missing = if after + 0.05 >= space { 0.0 } else { space };
    if missing > 0.5 || after_table || flow.break_page || !writer.anchors.is_empty() {
        let mut direct = vec![El::new("w:keepNext")];
        break_before(&mut direct, flow);
        spacer(writer, flow, (missing - 1.0).max(0.0), 0.0, direct);
    }
}

pub(super) fn push_table(flow: &mut Flow, table: Table) {
    flow.blocks.push(Block::Table(Box::new(table)));
    flow.after = 0.0;
}

/// An empty line, one point high at least, with that much room above.
pub(super) fn spacer(
    writer: &mut Writer<'_>,
    flow: &mut Flow,
    before: f64,
    height: f64,
    mut direct: Vec<El>,
) {
    let mut spacing = El::new("w:spacing");
    if twips(before) > 0 {
        spacing.set("w:before", twips(before));
    }
    if height > 1.0 {
        spacing.set("w:line", twips(height));
        spacing.set("w:lineRule", "exact");
    }
    if !spacing.attributes.is_empty() {
        direct.push(spacing);
    }
    let id = writer.styles.spacer();
    writer.push_paragraph(flow, id, direct, Vec::new());
}

/// Ends a story with a paragraph, as Word wants of the body and of each cell.
pub(super) fn end(writer: &mut Writer<'_>, flow: &mut Flow) {
    // A cell or text box is as high as its content with all margins; at the end of the body there
    // is nothing to part.
    let rest = if flow.sections.is_some() { 0.0 } else { flow.space() };
    if !matches!(flow.blocks.last(), Some(Block::Paragraph(..))) || !writer.anchors.is_empty() {
        spacer(writer, flow, (rest - 1.0).max(0.0), 0.0, Vec::new());
    } else if rest > flow.after + 0.05 {
        writer.space_after(flow, rest);
    }
}

/// A paragraph with as many lines can be broken, two and two, and is not kept with the next one:
/// LibreOffice does not break it then, and leaves a gap as high as the paragraph.
const LONG: usize = 4;

/// What a paragraph asks of its surroundings, by its own style and as it stands here.
pub(super) fn keeping(
    writer: &Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    flow: &mut Flow,
) -> (Keeping, Keeping) {
    let lines = node.style.break_inside_avoid || area.keep_all;
    let long = || !lines && writer.sizer.line_count(node, area.inner()) >= LONG;
    let own = Keeping { next: node.style.break_after == Break::Avoid, lines, page_before: false };
    let here = Keeping {
        next: area.keep_last && (area.keep_firmly || !long()),
        lines,
        page_before: std::mem::take(&mut flow.break_page) && !flow.blocks.is_empty(),
    };
    (own, here)
}
