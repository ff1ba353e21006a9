//! Block boxes as paragraphs and tables, one after the other.

use std::sync::Arc;

use docx_rs::{Paragraph, Table};

use super::package::xml::El;
use super::properties::{Keeping, Placing, borders, difference, hex, indents, paragraph, run};
use super::{Writer, inline, picture, section, table};
use crate::boxes::{BoxNode, Content, Inline, Marker, Role};
use crate::style::{BorderSide, Break, FlexDirection, LengthPercentage, Sides, Size, TextStyle};

/// A paragraph or a table.
pub(super) enum Block {
    Paragraph(Box<Paragraph>, String),
    Table(Box<Table>),
}

/// What has been written into one story: the body or a cell.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    /// Space since the last paragraph that collapses with the next margin, and space that does not.
    soft: f64,
    hard: f64,
    /// What the last paragraph keeps below itself.
    after: f64,
    /// The next paragraph begins a page.
    break_page: bool,
    /// The body's sections: where each begins, and its page name. Cells have none.
    pub(super) sections: Option<Vec<(usize, Option<Arc<str>>)>>,
}

impl Flow {
    /// The flow of the whole document.
    pub(super) fn body() -> Self {
        Self { sections: Some(vec![(0, None)]), ..Self::default() }
    }

    fn margin(&mut self, margin: f64) {
        self.soft = self.soft.max(margin);
    }

    fn padding(&mut self, padding: f64) {
        if padding > 0.0 {
            self.hard += self.soft + padding;
            self.soft = 0.0;
        }
    }

    fn take_space(&mut self) -> f64 {
        let space = (self.soft + self.hard - self.after).max(0.0);
        (self.soft, self.hard, self.after) = (0.0, 0.0, 0.0);
        space
    }
}

/// The room and the wishes of the boxes around.
#[derive(Clone)]
pub(super) struct Area<'a> {
    /// Between the page's or cell's edges.
    pub(super) width: f64,
    left: f64,
    right: f64,
    frame: Option<Vec<El>>,
    shade: Option<String>,
    page: Option<Arc<str>>,
    marker: Option<&'a Marker>,
    /// All paragraphs stay with the next one.
    keep_all: bool,
    /// The last paragraph stays with the next one.
    keep_last: bool,
}

impl<'a> Area<'a> {
    /// The same wishes in another room.
    pub(super) fn of_other_width(&self, width: f64) -> Self {
        Area { width, left: 0.0, right: 0.0, ..self.clone() }
    }

    /// An area with nothing around it.
    pub(super) fn of_width(width: f64) -> Self {
        Area { width, left: 0.0, right: 0.0, frame: None, shade: None, page: None, marker: None, keep_all: false, keep_last: false }
    }

    /// The page name of the boxes around.
    pub(super) fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    pub(super) fn left(&self) -> f64 {
        self.left
    }

    pub(super) fn inner(&self) -> f64 {
        (self.width - self.left - self.right).max(1.0)
    }
}

/// Writes boxes one below the other.
pub(super) fn blocks<'a>(writer: &mut Writer<'_>, nodes: &'a [BoxNode], area: &Area<'a>, flow: &mut Flow) {
    let mut marker = area.marker;
    for (at, node) in nodes.iter().enumerate() {
        let last = at + 1 == nodes.len();
        let wanted =
            node.style.break_after == Break::Avoid || nodes.get(at + 1).is_some_and(|next| next.style.break_before == Break::Avoid);
        let keep_last = wanted || (last && area.keep_last);
        let area = Area { marker: marker.take(), keep_last, ..area.clone() };
        block(writer, node, &area, flow);
    }
}

fn block<'a>(writer: &mut Writer<'_>, node: &'a BoxNode, area: &Area<'a>, flow: &mut Flow) {
    let style = &node.style;
    if picture::is_positioned(node) {
        positioned(writer, node, area, flow);
        return;
    }
    let turned = style.page.as_ref().filter(|page| flow.sections.is_some() && area.page.as_ref() != Some(page));
    let turned = turned.map(|page| Area { page: Some(Arc::clone(page)), ..writer.page_width(area, page) });
    let area = turned.as_ref().unwrap_or(area);
    let base = area.inner();
    let size = |value: Size| value.resolve(base);
    let length = |value: LengthPercentage| value.resolve(base);
    if matches!(style.break_before, Break::Page | Break::Left | Break::Right) {
        flow.break_page = true;
    }
    flow.margin(size(style.margin.top).unwrap_or(0.0));
    let edge = |side: LengthPercentage, border: BorderSide| length(side) + border.width;
    let padding = Sides {
        top: edge(style.padding.top, style.border.top),
        right: edge(style.padding.right, style.border.right),
        bottom: edge(style.padding.bottom, style.border.bottom),
        left: edge(style.padding.left, style.border.left),
    };
    let space = style.padding.map(length);
    let framed = borders(style.border, space);
    let (left, right) = sides(node, base, padding);
    let inside = Area {
        left: area.left + left + padding.left,
        right: area.right + right + padding.right,
        frame: if framed.is_empty() { area.frame.clone() } else { Some(framed.clone()) },
        shade: if style.background.color.is_transparent() { area.shade.clone() } else { Some(hex(style.background.color)) },
        page: style.page.clone().or_else(|| area.page.clone()),
        marker: node.marker.as_ref().filter(|m| !m.text.is_empty()).or(area.marker),
        keep_all: area.keep_all || style.break_inside_avoid,
        ..area.clone()
    };
    if framed.is_empty() {
        flow.padding(padding.top);
    }
    match &node.content {
        Content::Inline(content) if !content.is_empty() || inside.marker.is_some() => text(writer, node, content, &inside, flow),
        Content::Inline(_) => empty(writer, node, &inside, flow),
        Content::Blocks(nodes) if nodes.is_empty() => empty(writer, node, &inside, flow),
        Content::Blocks(nodes) => blocks(writer, nodes, &inside, flow),
        Content::Flex(nodes) if matches!(style.flex.direction, FlexDirection::Column | FlexDirection::ColumnReverse) => {
            blocks(writer, nodes, &inside, flow);
        }
        Content::Flex(nodes) => {
            before_table(writer, &inside, flow);
            let table = table::flex_row(writer, node, nodes, &inside);
            push_table(flow, table);
        }
        Content::Table(content) => {
            if let Some(caption) = content.caption.as_ref().filter(|_| !style.text.caption_bottom) {
                let area = Area { keep_last: true, ..inside.clone() };
                block(writer, caption, &area, flow);
            }
            before_table(writer, &inside, flow);
            let table = table::table(writer, node, content, &inside);
            push_table(flow, table);
            if let Some(caption) = content.caption.as_ref().filter(|_| style.text.caption_bottom) {
                block(writer, caption, &inside, flow);
            }
        }
        Content::Image(image) => {
            let drawing = picture::inline(writer, node, image);
            let placing = Placing { left: inside.left, right: inside.right, ..Placing::default() };
            put(writer, node, &style.text, placing, vec![El::new("w:r").child(drawing)], &inside, flow);
        }
    }
    if framed.is_empty() {
        flow.padding(padding.bottom);
    }
    flow.margin(size(style.margin.bottom).unwrap_or(0.0));
    if matches!(style.break_after, Break::Page | Break::Left | Break::Right) {
        flow.break_page = true;
    }
}

/// What a box leaves at its left and right: its margins, and the rest of the room if it has a width.
fn sides(node: &BoxNode, base: f64, padding: Sides<f64>) -> (f64, f64) {
    let style = &node.style;
    let (left, right) = (style.margin.left.resolve(base), style.margin.right.resolve(base));
    let own = |size: Size| size.resolve(base).map(|w| if style.border_box { w } else { w + padding.left + padding.right });
    let table = matches!(node.content, Content::Table(_));
    let room = base - left.unwrap_or(0.0) - right.unwrap_or(0.0);
    let width = own(style.width).filter(|_| !table).map(|w| own(style.max_width).map_or(w, |max| w.min(max)));
    let width = width.or_else(|| own(style.max_width).filter(|max| *max < room));
    let Some(rest) = width.map(|width| (room - width).max(0.0)) else {
        return (left.unwrap_or(0.0), right.unwrap_or(0.0));
    };
    match (left, right) {
        (None, None) => (rest / 2.0, rest / 2.0),
        (None, Some(right)) => (rest, right),
        (Some(left), right) => (left, right.unwrap_or(0.0) + rest),
    }
}

/// A line of text with its marker.
fn text(writer: &mut Writer<'_>, node: &BoxNode, content: &[Inline], area: &Area<'_>, flow: &mut Flow) {
    let style = &node.style.text;
    let inner = area.inner();
    let indent = style.text_indent.resolve(inner);
    let mut placing = Placing { left: area.left, right: area.right, first: indent, ..Placing::default() };
    if style.text_indent_hanging {
        (placing.left, placing.first) = (area.left + indent, -indent);
    }
    let mut runs = inline::runs(writer, content, &run(style));
    if let Some(control) = &node.control {
        runs = vec![writer.control(control, runs)];
    }
    if let Some(id) = &node.id {
        runs.splice(0..0, inline::bookmark(writer, id));
    }
    let mut numbered = None;
    if let Some(marker) = area.marker {
        if !marker.inside {
            // The number hangs in the room that the list's padding leaves, at most a third of an inch.
            placing.first = -area.left.min(24.0);
        }
        let mark = difference(&run(&marker.style.text), &run(style));
        numbered = writer.lists.item(marker, placing.left, placing.first, &mark);
        if numbered.is_none() {
            let mut text = El::new("w:r").child(El::new("w:t").with("xml:space", "preserve").text(&*marker.text));
            if !mark.is_empty() {
                text.children.insert(0, super::package::xml::Node::El(El::new("w:rPr").children(mark)));
            }
            runs.insert(0, text);
            if !marker.inside {
                runs.insert(1, El::new("w:r").child(El::new("w:tab")));
            }
        }
    }
    writer.numbered = numbered;
    put(writer, node, style, placing, runs, area, flow);
}

/// Writes a paragraph: its style, and what its style does not say.
fn put(writer: &mut Writer<'_>, node: &BoxNode, style: &TextStyle, placing: Placing, runs: Vec<El>, area: &Area<'_>, flow: &mut Flow) {
    enter_section(flow, area);
    writer.see(style);
    let base = area.inner();
    let own = Placing {
        before: node.style.margin.top.resolve(base).unwrap_or(0.0),
        after: node.style.margin.bottom.resolve(base).unwrap_or(0.0),
        ..placing
    };
    let actual = Placing { before: flow.take_space(), ..own };
    let keeping = Keeping { next: node.style.break_after == Break::Avoid, lines: node.style.break_inside_avoid, page_before: false };
    let actual_keeping = Keeping {
        next: area.keep_all || area.keep_last,
        lines: keeping.lines || area.keep_all,
        page_before: std::mem::take(&mut flow.break_page) && !flow.blocks.is_empty(),
    };
    let outline = match node.role {
        Role::Heading(level) => Some(level.saturating_sub(1)),
        _ => None,
    };
    let values = run(style);
    let (element, class) = writer.style_key(node);
    let defined = writer.styles.paragraph(&element, &class, node.role, &paragraph(style, own, keeping, outline), &values);
    let (id, style_run) = (defined.id.clone(), defined.run.clone());
    let mut direct = difference(&paragraph(style, actual, actual_keeping, outline), &defined.paragraph);
    let mut runs = runs;
    let rest = difference(&values, &style_run);
    if !rest.is_empty() {
        runs.iter_mut().for_each(|el| add_to_runs(el, &rest));
    }
    if let Some(frame) = &area.frame {
        direct.push(El::new("w:pBdr").children(frame.iter().cloned()));
    }
    if let Some(shade) = &area.shade {
        direct.push(El::new("w:shd").with("w:val", "clear").with("w:color", "auto").with("w:fill", shade));
    }
    if let Some((list, level)) = writer.numbered.take() {
        direct.push(El::new("w:numPr").child(El::val("w:ilvl", level.val)).child(El::val("w:numId", list.id)));
        // A list's own indents would win over those of the style.
        direct.retain(|el| el.name != "w:ind");
        direct.push(indents(actual));
    }
    writer.push_paragraph(flow, &id, direct, runs);
    flow.after = own.after;
}

/// Adds properties that a run does not set itself, in links and content controls too.
fn add_to_runs(el: &mut El, properties: &[El]) {
    if el.name == "w:r" {
        let has_style = el.find("w:rPr").is_some_and(|p| p.find("w:rStyle").is_some());
        let mut target = std::mem::take(el.ensure("w:rPr"));
        for property in properties {
            if target.find(&property.name).is_none() && !(has_style && property.name == "w:rStyle") {
                target.push(property.clone());
            }
        }
        el.replace(target);
        el.children.sort_by_key(|node| !matches!(node, super::package::xml::Node::El(child) if child.name == "w:rPr"));
        return;
    }
    for node in &mut el.children {
        if let super::package::xml::Node::El(child) = node {
            add_to_runs(child, properties);
        }
    }
}

/// A box without content: room, and a rule if it has a border.
fn empty(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>, flow: &mut Flow) {
    let height = node.style.height.resolve(0.0).unwrap_or(0.0);
    if area.frame.is_some() && node.style.border != Sides::default() {
        enter_section(flow, area);
        let before = flow.take_space();
        let mut direct = spacer_properties(before, 1.0f64.max(height));
        direct.push(El::new("w:pBdr").children(borders(node.style.border, Sides::default())));
        direct.push(indents(Placing { left: area.left, right: area.right, ..Placing::default() }));
        writer.push_paragraph(flow, "Normal", direct, Vec::new());
    } else if node.id.is_some() || height > 0.0 {
        flow.padding(height);
    }
}

/// An absolutely positioned box: pictures are anchored; text stands in the flow, and that is said.
fn positioned<'a>(writer: &mut Writer<'_>, node: &'a BoxNode, area: &Area<'a>, flow: &mut Flow) {
    if let Content::Image(image) = &node.content {
        let drawing = picture::anchored(writer, node, image, writer.page_area(area));
        writer.anchors.push(El::new("w:r").child(drawing));
        return;
    }
    writer.warn_once("docx-positioned", "text at a fixed place stands in the flow of the DOCX", node.span);
    let mut still = node.clone();
    let style = Arc::make_mut(&mut still.style);
    style.position = crate::style::Position::Static;
    block(writer, &still, &Area { marker: None, ..area.of_other_width(area.width) }, flow);
}

/// Begins a new section where a box asks for other pages than the one before it.
fn enter_section(flow: &mut Flow, area: &Area<'_>) {
    let at = flow.blocks.len();
    let Some(sections) = &mut flow.sections else { return };
    let Some((_, current)) = sections.last_mut() else { return };
    if *current == area.page {
        return;
    }
    if at == 0 {
        *current = area.page.clone();
    } else {
        sections.push((at, area.page.clone()));
    }
    flow.break_page = false;
}

/// Puts the space above a table into a paragraph of its own: tables have none, and two in a row would become one.
fn before_table(writer: &mut Writer<'_>, area: &Area<'_>, flow: &mut Flow) {
    enter_section(flow, area);
    let space = flow.take_space();
    let after_table = matches!(flow.blocks.last(), Some(Block::Table(_)));
    let page = std::mem::take(&mut flow.break_page) && !flow.blocks.is_empty();
    if space > 0.5 || after_table || page {
        let mut direct = spacer_properties((space - 1.0).max(0.0), 1.0);
        if page {
            direct.push(El::new("w:pageBreakBefore"));
        }
        direct.push(El::new("w:keepNext"));
        writer.push_paragraph(flow, "Normal", direct, Vec::new());
    }
}

fn push_table(flow: &mut Flow, table: Table) {
    flow.blocks.push(Block::Table(Box::new(table)));
    flow.after = 0.0;
}

/// An empty line of that height.
pub(super) fn spacer_properties(before: f64, height: f64) -> Vec<El> {
    use super::properties::twips;
    vec![
        El::new("w:spacing")
            .with("w:before", twips(before))
            .with("w:after", 0)
            .with("w:line", twips(height).max(20))
            .with("w:lineRule", "exact"),
        El::new("w:ind").with("w:left", 0).with("w:right", 0).with("w:firstLine", 0),
    ]
}

/// Ends a story with a paragraph, as Word wants of the body and of each cell.
pub(super) fn end(writer: &mut Writer<'_>, flow: &mut Flow) {
    if !matches!(flow.blocks.last(), Some(Block::Paragraph(..))) {
        writer.push_paragraph(flow, "Normal", spacer_properties(0.0, 1.0), Vec::new());
    }
}

/// Gives each section but the last its properties, on its last paragraph; returns those of the last.
pub(super) fn close_sections(writer: &mut Writer<'_>, flow: &mut Flow) -> El {
    let sections = flow.sections.take().unwrap_or_default();
    let mut inserted = 0;
    for (index, pair) in sections.windows(2).enumerate() {
        let properties = section::properties(writer, pair[0].1.as_deref(), index > 0);
        let mut end = pair[1].0 + inserted;
        if !matches!(flow.blocks.get(end.wrapping_sub(1)), Some(Block::Paragraph(..))) {
            let mut spacer = Flow::default();
            writer.push_paragraph(&mut spacer, "Normal", spacer_properties(0.0, 1.0), Vec::new());
            flow.blocks.splice(end..end, spacer.blocks);
            inserted += 1;
            end += 1;
        }
        if let Some(Block::Paragraph(_, id)) = flow.blocks.get(end - 1) {
            writer.patches.paragraphs.entry(id.clone()).or_default().push(properties);
        }
    }
    let last = sections.last().and_then(|(_, name)| name.clone());
    section::properties(writer, last.as_deref(), sections.len() > 1)
}
