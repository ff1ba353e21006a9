//! Flex rows as tables without borders: one row, one cell for each item and for each gap. Columns
//! are blocks one below the other.

use super::Writer;
use super::flow::{self, Area, Flow};
use super::package::xml::El;
use super::picture::is_positioned;
use super::slack::slack;
use super::table::{Drawn, boxed, empty_cell, extent, finish, properties};
use super::text_box;
use crate::boxes::{BoxNode, Content};
use crate::geometry::Sides;
use crate::sizing::{Edges, FlexItem, FlexSizes, ItemHeight};
use crate::style::{Alignment, FlexDirection, LengthOrAuto};
use docx_rs::Table;

/// Gaps narrower than this are rounding, in points.
const NO_GAP: f64 = 0.05;

/// A flex container, in the room inside of its margins: its padding and borders are the row's.
pub(super) fn container<'a>(
    writer: &mut Writer<'_>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    edges: &Edges,
    area: &Area<'a>,
    flow: &mut Flow,
) {
    let width = (area.inner() - edges.across()).max(1.0);
    for positioned in kids.iter().filter(|kid| is_positioned(kid)) {
        text_box::positioned(writer, positioned, area);
    }
    let sizer = writer.sizer;
    let height = node.style.height.resolve(0.0).filter(|height| *height > 0.0);
    let sizes = sizer.flex(node, kids, width, height, &mut |kid, width| ItemHeight {
        height: sizer.content_height(kid, width),
        baseline: None,
    });
    match node.style.flex.direction {
        FlexDirection::Column | FlexDirection::ColumnReverse => {
            column(writer, sizes, width, edges, area, flow);
        }
        _ => rows(writer, node, &sizes, width, edges, area, flow),
    }
}

/// Items one below the other, each as far from the sides as in the flex column.
fn column<'a>(
    writer: &mut Writer<'_>,
    mut sizes: FlexSizes<'a>,
    width: f64,
    edges: &Edges,
    area: &Area<'a>,
    flow: &mut Flow,
) {
    let inner = edges.inner();
    let area =
        &Area { left: area.left + inner.left, right: area.right + inner.right, ..area.clone() };
    sizes.items.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
    let mut below: Option<f64> = None;
    for item in &sizes.items {
        let margins = Edges::new(&item.node.style, width).margins();
        let top = item.rect.y - margins.top;
        // What is above the first item, and between two of them, is room that margins do not join.
        flow.padding(top - below.unwrap_or(0.0));
        below = Some(item.rect.bottom() + margins.bottom);
        let auto = item.node.style.width == LengthOrAuto::Auto;
        let placed = Area {
            left: area.left + if auto { (item.rect.x - margins.left).max(0.0) } else { 0.0 },
            right: area.right
                + if auto { (width - item.rect.right() - margins.right).max(0.0) } else { 0.0 },
            ..area.clone()
        };
        flow::blocks(writer, std::slice::from_ref(item.node), &placed, flow);
    }
    flow.padding((sizes.height - below.unwrap_or(0.0)).max(0.0));
}

/// The lines of a flex row, each a table.
fn rows(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    sizes: &FlexSizes<'_>,
    width: f64,
    edges: &Edges,
    area: &Area<'_>,
    flow: &mut Flow,
) {
    let lines = sizes.items.iter().map(|item| item.line + 1).max().unwrap_or(0);
    let mut below: Option<f64> = None;
    for line in 0..lines {
        let mut items: Vec<&FlexItem<'_>> =
            sizes.items.iter().filter(|item| item.line == line).collect();
        items.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
        let top = items.iter().map(|item| item.rect.y).fold(f64::INFINITY, f64::min);
        if let Some(below) = below {
            flow.padding(top - below);
        }
        below = Some(items.iter().map(|item| item.rect.bottom()).fold(top, f64::max));
        flow::before_table(writer, area, flow);
        let table = row(writer, node, &items, width, edges, area);
        flow::push_table(flow, table);
    }
}

/// What an item takes across: its cell's left and right edge in the container's content box.
#[derive(Clone, Copy)]
struct Extent {
    left: f64,
    right: f64,
}

/// One line of a flex row.
fn row(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    items: &[&FlexItem<'_>],
    width: f64,
    edges: &Edges,
    area: &Area<'_>,
) -> Table {
    let extents = loosened(writer, items, width);
    let inner = edges.inner();
    let (mut widths, mut cells) = (Vec::new(), Vec::new());
    let mut at = -inner.left;
    for (item, extent_of) in items.iter().zip(&extents) {
        if extent_of.left - at > NO_GAP {
            widths.push(extent_of.left - at);
            cells.push(empty_cell(writer, extent_of.left - at, 1));
        }
        let wide = (extent_of.right - extent_of.left).max(1.0);
        let inside =
            Area { keep_all: area.keep_all, keep_last: area.keep_last, ..Area::within(area, wide) };
        let own = Edges::new(&item.node.style, width);
        let margins = own.margins();
        // Word makes a row higher by its borders itself.
        let edges = Sides {
            top: own.padding.top + margins.top,
            bottom: own.padding.bottom + margins.bottom,
            ..own.inner()
        };
        let mut asked = extent(wide, 1);
        asked.push(El::val("w:vAlign", vertical(item.node, node)));
        asked.extend(super::table::cell_borders(item.node.style.border));
        let color = item.node.style.background.color;
        asked.extend((!color.is_transparent()).then(|| super::table::shade(color)));
        widths.push(wide);
        let picture = matches!(item.node.content, Content::Image(_)).then_some(item.content);
        cells.push(boxed(writer, item.node, &inside, asked, edges, picture));
        at = extent_of.right;
    }
    let frame = super::properties::borders(node.style.border, Sides::default());
    if !frame.is_empty() || !node.style.background.color.is_transparent() {
        // The row's own frame and ground go around all that the container is.
        let rest = width + inner.right - at;
        if rest > NO_GAP {
            widths.push(rest);
            cells.push(empty_cell(writer, rest, 1));
        }
    }
    let mut properties = properties(widths.iter().sum(), area.left, false);
    if !frame.is_empty() {
        properties.push(El::new("w:tblBorders").children(frame));
    }
    if !node.style.background.color.is_transparent() {
        properties.push(super::table::shade(node.style.background.color));
    }
    let mut of_row = vec![El::new("w:cantSplit")];
    of_row.extend(super::table::least_height(set_height(node, items, edges)));
    finish(writer, vec![Drawn { cells, properties: of_row }], &widths, properties)
}

/// The height of a line that a `height` or `min-height` asks for; nothing if the content decides.
fn set_height(node: &BoxNode, items: &[&FlexItem<'_>], edges: &Edges) -> Option<f64> {
    let asks = |node: &BoxNode| {
        [node.style.height, node.style.min_height].iter().any(|size| *size != LengthOrAuto::Auto)
    };
    let high = |item: &&FlexItem<'_>| {
        let margins = Edges::new(&item.node.style, 0.0).margins();
        item.rect.height + margins.along()
    };
    (asks(node) || items.iter().any(|item| asks(item.node)))
        .then(|| items.iter().map(high).fold(0.0, f64::max) + edges.along())
}

fn vertical(item: &BoxNode, container: &BoxNode) -> &'static str {
    match (item.style.flex.align_self, container.style.flex.align_items) {
        (Alignment::End | Alignment::Baseline, _)
        | (Alignment::Auto, Alignment::End | Alignment::Baseline) => "bottom",
        (Alignment::Center, _) | (Alignment::Auto, Alignment::Center) => "center",
        _ => "top",
    }
}

/// Gives items whose text just fits what Word's own measure of it may need, out of the gap after
/// them or else before them.
fn loosened(writer: &Writer<'_>, items: &[&FlexItem<'_>], width: f64) -> Vec<Extent> {
    let mut all: Vec<Extent> =
        items.iter().map(|item| Extent { left: item.rect.x, right: item.rect.right() }).collect();
    for at in 0..all.len() {
        let item = items[at];
        let missing = match &item.node.content {
            Content::Image(_) => 0.0,
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
