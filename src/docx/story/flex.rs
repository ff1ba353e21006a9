//! Flex rows as tables without borders: one row, one cell for each item and for each gap. Columns
//! are blocks one below the other.

use super::area::{KnownHeight, StoryArea};
use super::cell::{
    CellFrame, WordRow, blank, cell_borders, extent, held, least_height, table_of, table_properties,
};
use super::{Story, flow, spacing, text_box};
use crate::boxes::{BoxNode, Content};
use crate::docx::package::xml::El;
use crate::docx::words::properties::{borders, shade};
use crate::docx::words::slack::{SAME, slack};
use crate::docx::writer::DocxWriter;
use crate::geometry::Sides;
use crate::sizing::{Edges, FlexItem, FlexSizes, ItemHeight, in_flow};
use crate::style::{Alignment, BorderSide, FlexDirection, LengthOrAuto};

/// A flex container, in the room inside of its margins: its padding and borders are the row's.
pub(crate) fn container<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    edges: &Edges,
    area: &StoryArea<'a>,
    story: &mut Story,
) {
    let width = (area.inner() - edges.across()).max(1.0);
    for positioned in kids.iter().filter(|kid| !in_flow(kid)) {
        text_box::positioned(writer, positioned, area, story);
    }
    let sizer = writer.sizer;
    let height = area.height.block.filter(|height| *height > 0.0);
    let sizes = sizer.flex(node, kids, width, height, &mut |kid, width| ItemHeight {
        height: sizer.content_height(kid, width),
        // Cells have no baseline; see `vertical`.
        baseline: None,
    });
    match node.style.flex.direction {
        // What stands one below the other needs no table: paragraphs do that.
        FlexDirection::Column | FlexDirection::ColumnReverse => {
            column(writer, sizes, width, edges, area, story);
        }
        _ => {
            let container = FlexContainer { node, width, edges, area };
            container.rows(writer, &sizes, story);
        }
    }
}

/// Items one below the other, each as far from the sides as in the flex column.
fn column<'a>(
    writer: &mut DocxWriter<'_>,
    mut sizes: FlexSizes<'a>,
    width: f64,
    edges: &Edges,
    area: &StoryArea<'a>,
    story: &mut Story,
) {
    let inner = edges.inner();
    let (left, right) = (area.left + inner.left, area.right + inner.right);
    let area = StoryArea { left, right, held: None, ..*area };
    // In the order in which they are seen: that of `column-reverse` is in their places already.
    sizes.items.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
    let mut below: Option<f64> = None;
    for item in &sizes.items {
        let margins = Edges::new(&item.node.style, width).margins();
        let top = item.rect.y - margins.top;
        // What is above the first item, and between two of them, is room that margins do not join.
        story.padding(top - below.unwrap_or(0.0));
        below = Some(item.rect.bottom() + margins.bottom);
        // With a width of its own the box leaves its sides itself when it is written.
        let auto = item.node.style.width == LengthOrAuto::Auto;
        // An item between auto margins is just as wide as its text, which Word measures otherwise.
        let lacking = match &item.node.content {
            Content::Inline(_) => slack(writer.sizer.content(item.node), item.content.width) / 2.0,
            _ => 0.0,
        };
        let side = |free: f64| if auto { (free - lacking).max(0.0) } else { 0.0 };
        let item_height = Some((item.node.box_id, item.content.height));
        let placed = StoryArea {
            left: area.left + side(item.rect.x - margins.left),
            right: area.right + side(width - item.rect.right() - margins.right),
            height: KnownHeight { item: item_height, ..area.height },
            ..area
        };
        flow::blocks(writer, std::slice::from_ref(item.node), &placed, story);
    }
    story.padding((sizes.height - below.unwrap_or(0.0)).max(0.0));
}

/// What an item takes across: its cell's left and right edge in the container's content box.
#[derive(Clone, Copy)]
struct CellExtent {
    left: f64,
    right: f64,
}

/// A line of a flex row, which becomes a table of one row.
struct FlexLine<'a> {
    items: Vec<&'a FlexItem<'a>>,
    /// The margins above and below that each item has at least: they stand outside of the cells,
    /// whose frames are the items'.
    common: Sides<f64>,
    /// The least height that the container's own gives it.
    least: f64,
}

/// A flex row: the lines that it breaks into are tables.
struct FlexContainer<'a> {
    node: &'a BoxNode,
    /// Of its content box.
    width: f64,
    edges: &'a Edges,
    area: &'a StoryArea<'a>,
}

impl FlexContainer<'_> {
    /// The lines of a flex row, each a table.
    fn rows(&self, writer: &mut DocxWriter<'_>, sizes: &FlexSizes<'_>, story: &mut Story) {
        let lines = sizes.items.iter().map(|item| item.line + 1).max().unwrap_or(0);
        // A frame and a ground are of the rows, and go around nothing above and below them.
        let style = &self.node.style;
        let seen = style.has_border() || !style.background.color.is_transparent();
        let framed = seen && self.area.held.is_none();
        let mut below = 0.0;
        for line in 0..lines {
            let mut items: Vec<&FlexItem<'_>> =
                sizes.items.iter().filter(|item| item.line == line).collect();
            items.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
            let common = if framed { Sides::default() } else { self.common_margins(&items) };
            let least = if framed && lines == 1 { sizes.height } else { 0.0 };
            let [top, bottom] = self.reach(&items);
            if line > 0 || !framed {
                story.padding(top - below + common.top);
            }
            below = bottom - common.bottom;
            spacing::before_table(writer, self.area, story);
            let table = self.line(writer, &FlexLine { items, common, least }, story);
            story.push_table(table);
        }
        if !framed {
            story.padding(sizes.height - below);
        }
    }

    /// From where to where the items of a line go in the container's content box, with their
    /// margins, which are their cells'.
    fn reach(&self, items: &[&FlexItem<'_>]) -> [f64; 2] {
        items.iter().fold([f64::INFINITY, 0.0], |[top, bottom], item| {
            let margins = Edges::new(&item.node.style, self.width).margins();
            [top.min(item.rect.y - margins.top), bottom.max(item.rect.bottom() + margins.bottom)]
        })
    }

    /// The margins above and below that each item of a line has at least.
    fn common_margins(&self, items: &[&FlexItem<'_>]) -> Sides<f64> {
        let margins = |item: &&FlexItem<'_>| Edges::new(&item.node.style, self.width).margins();
        let least = |side: fn(Sides<f64>) -> f64| {
            items.iter().map(|item| side(margins(item))).reduce(f64::min).unwrap_or(0.0).max(0.0)
        };
        Sides { top: least(|all| all.top), bottom: least(|all| all.bottom), ..Sides::default() }
    }

    /// One line of a flex row.
    fn line(&self, writer: &mut DocxWriter<'_>, line: &FlexLine<'_>, story: &mut Story) -> El {
        let FlexLine { items, common, least } = line;
        let extents = loosened(writer, items, self.width);
        let inner = self.edges.inner();
        // Flex rows are boxes that do not break, on our pages as well.
        let mut row = WordRow { properties: vec![El::new("w:cantSplit")], cells: Vec::new() };
        let mut widths = Vec::new();
        let mut at = -inner.left;
        for (item, extent_of) in items.iter().zip(&extents) {
            if extent_of.left - at > SAME {
                widths.push(extent_of.left - at);
                row.cells.push(blank(writer, story, extent(extent_of.left - at, 1)));
            }
            let wide = (extent_of.right - extent_of.left).max(1.0);
            widths.push(wide);
            row.cells.push(self.item(writer, item, wide, *common, story));
            at = extent_of.right;
        }
        // What is held has its frame and ground from its cell.
        let style = &self.node.style;
        let own = self.area.held.is_none();
        let frame = if own { borders(style.border, Sides::default()) } else { Vec::new() };
        let ground = Some(style.background.color).filter(|color| own && !color.is_transparent());
        if !frame.is_empty() || ground.is_some() {
            // The row's own frame and ground go around all that the container is.
            let rest = self.width + inner.right - at;
            if rest > SAME {
                widths.push(rest);
                row.cells.push(blank(writer, story, extent(rest, 1)));
            }
        }
        let mut properties = table_properties(widths.iter().sum(), self.area.left, false, None);
        properties.extend(El::filled("w:tblBorders", frame));
        properties.extend(ground.map(shade));
        let height = set_height(self.node, items, *least)
            .map(|height| height - common.along() + self.edges.along());
        row.properties.extend(least_height(height));
        table_of(vec![row], &widths, properties)
    }

    /// An item as a cell of that width.
    fn item(
        &self,
        writer: &mut DocxWriter<'_>,
        item: &FlexItem<'_>,
        width: f64,
        common: Sides<f64>,
        story: &mut Story,
    ) -> El {
        let inside = self.area.cell(width);
        let own = Edges::new(&item.node.style, self.width);
        let mut margins = own.margins();
        margins.top -= common.top;
        margins.bottom -= common.bottom;
        let mut properties = extent(width, 1);
        properties.push(El::val("w:vAlign", vertical(item.node, self.node)));
        let edges = if matches!(item.node.content, Content::Table(_)) {
            // A table draws its own edges.
            Sides { top: margins.top, bottom: margins.bottom, ..Sides::default() }
        } else {
            properties.extend(cell_borders(item.node.style.border, Sides::default()));
            let color = item.node.style.background.color;
            properties.extend((!color.is_transparent()).then(|| shade(color)));
            // Word makes a row higher by its borders itself. A margin lies outside of them, where
            // a cell has no room: inside it would drive a line to sign on away from its words.
            let border = &item.node.style.border;
            let outer =
                |side: &BorderSide, margin: f64| if side.width > 0.0 { 0.0 } else { margin };
            Sides {
                top: own.padding.top + outer(&border.top, margins.top),
                bottom: own.padding.bottom + outer(&border.bottom, margins.bottom),
                ..own.inner()
            }
        };
        let picture = matches!(item.node.content, Content::Image(_)).then_some(item.content);
        let frame = CellFrame { properties, edges, given: Sides::default() };
        held(writer, item.node, &inside, frame, picture, story)
    }
}

/// The height of a line that a `height` or `min-height` asks for; nothing if the content decides.
fn set_height(node: &BoxNode, items: &[&FlexItem<'_>], least: f64) -> Option<f64> {
    let asks = |node: &BoxNode| {
        [node.style.height, node.style.min_height].iter().any(|size| *size != LengthOrAuto::Auto)
    };
    let high = |item: &&FlexItem<'_>| {
        let margins = Edges::new(&item.node.style, 0.0).margins();
        item.rect.height + margins.along()
    };
    (asks(node) || items.iter().any(|item| asks(item.node)))
        .then(|| items.iter().map(high).fold(least, f64::max))
}

fn vertical(item: &BoxNode, container: &BoxNode) -> &'static str {
    match (item.style.flex.align_self, container.style.flex.align_items) {
        // Word aligns no baselines in a row; the bottom is the nearest where last lines are to
        // meet.
        (Alignment::End | Alignment::Baseline, _)
        | (Alignment::Auto, Alignment::End | Alignment::Baseline) => "bottom",
        (Alignment::Center, _) | (Alignment::Auto, Alignment::Center) => "center",
        _ => "top",
    }
}

/// Gives items whose text just fits what Word's own measure of it may need, out of the gap after
/// them or else before them.
fn loosened(writer: &DocxWriter<'_>, items: &[&FlexItem<'_>], width: f64) -> Vec<CellExtent> {
    let mut all: Vec<CellExtent> = items
        .iter()
        .map(|item| CellExtent { left: item.rect.x, right: item.rect.right() })
        .collect();
    for at in 0..all.len() {
        let item = items[at];
        let missing = match &item.node.content {
            // Pictures have no words, and the cells of tables see to theirs.
            Content::Image(_) | Content::Table(_) => 0.0,
            _ => slack(writer.sizer.content(item.node), item.content.width),
        };
        // Its padding gives what it has first.
        let padding = Edges::new(&item.node.style, width).padding.across();
        let missing = (missing - padding).max(0.0);
        let after = all.get(at + 1).map_or(width, |next| next.left);
        let taken = missing.min((after - all[at].right).max(0.0));
        all[at].right += taken;
        let before = if at == 0 { 0.0 } else { all[at - 1].right };
        all[at].left -= (missing - taken).min((all[at].left - before).max(0.0));
    }
    all
}
