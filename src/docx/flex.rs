//! Flex rows as tables without borders: one row, one cell for each item and for each gap.

use docx_rs::Table;

use super::Writer;
use super::flow::Area;
use super::package::xml::El;
use super::picture::is_positioned;
use super::room::edges;
use super::table::{Drawn, boxed, empty_cell, extent, finish, properties};
use crate::boxes::{BoxNode, Content};
use crate::style::{Alignment, FlexDirection, Sides};

/// An item with its used width, edges included, margins not.
pub(super) struct Item<'a> {
    node: &'a BoxNode,
    width: f64,
    least: f64,
    before: f64,
    after: f64,
}

/// The items line by line (CSS Flexbox 1, 9.3), with their widths found (9.7).
pub(super) fn lines<'a>(
    writer: &Writer<'_>,
    node: &BoxNode,
    nodes: &'a [BoxNode],
    room: f64,
) -> Vec<Vec<Item<'a>>> {
    let padding = edges(&node.style, room);
    let inner = (room - padding.left - padding.right).max(1.0);
    let gap = gap(node, inner);
    let mut order: Vec<&BoxNode> = nodes.iter().filter(|node| !is_positioned(node)).collect();
    order.sort_by_key(|node| node.style.flex.order);
    if node.style.flex.direction == FlexDirection::RowReverse {
        order.reverse();
    }
    let mut lines: Vec<Vec<Item<'a>>> = vec![Vec::new()];
    let mut taken = 0.0;
    for node_of_item in order {
        let item = item(writer, node_of_item, inner);
        let outer = item.before + item.width + item.after;
        let full =
            lines.last().is_some_and(|line| !line.is_empty()) && taken + gap + outer > inner + 0.01;
        if node.style.flex.wrap && full {
            lines.push(Vec::new());
            taken = 0.0;
        }
        taken += outer + if taken > 0.0 { gap } else { 0.0 };
        if let Some(line) = lines.last_mut() {
            line.push(item);
        }
    }
    lines.retain(|line| !line.is_empty());
    for line in &mut lines {
        resolve(writer, line, inner, gap);
        widen(line);
    }
    lines
}

fn gap(node: &BoxNode, inner: f64) -> f64 {
    node.style.column_gap.map_or(0.0, |gap| gap.resolve(inner))
}

fn item<'a>(writer: &Writer<'_>, node: &'a BoxNode, inner: f64) -> Item<'a> {
    let style = &node.style;
    let padding = edges(style, inner);
    let around = padding.left + padding.right;
    let margin = |size: crate::style::Size| size.resolve(inner).unwrap_or(0.0);
    let content = writer.faces.widths(node);
    let margins = margin(style.margin.left) + margin(style.margin.right);
    let asked = style.flex.basis.resolve(inner).or_else(|| style.width.resolve(inner));
    let width = match asked {
        Some(width) if style.border_box => width.max(around),
        Some(width) => width + around,
        None if matches!(node.content, Content::Image(_)) => content.1 - margins,
        // Word measures a line a little wider than the sum of its letters.
        None => (content.1 - margins) * 1.01 + 1.0,
    };
    // The automatic minimum size (4.5): an item without a width is as wide as its longest word, or
    // its line that does not wrap.
    let least = match node.content {
        Content::Image(_) => content.0 - margins,
        _ => (content.0 - margins) * 1.005 + 0.5,
    };
    let least =
        if style.width.resolve(inner).is_none() && !style.clip { least.max(0.0) } else { 0.0 };
    let width = style.max_width.resolve(inner).map_or(width, |max| width.min(max + around));
    let width = style.min_width.resolve(inner).map_or(width, |min| width.max(min + around));
    Item {
        node,
        width: width.max(1.0),
        least,
        before: margin(style.margin.left),
        after: margin(style.margin.right),
    }
}

/// Lets items grow into the free room, or shrink to fit it.
fn resolve(writer: &Writer<'_>, line: &mut [Item<'_>], inner: f64, gap: f64) {
    let gaps = gap * line.len().saturating_sub(1) as f64;
    let taken: f64 =
        line.iter().map(|item| item.before + item.width + item.after).sum::<f64>() + gaps;
    let free = inner - taken;
    let grow: f64 = line.iter().map(|item| item.node.style.flex.grow).sum();
    if free > 0.0 && grow > 0.0 {
        for item in line.iter_mut() {
            item.width += free * item.node.style.flex.grow / grow.max(1.0);
        }
    } else if free < 0.0 {
        // Items that reach their longest word stop shrinking; the others take over.
        let floors: Vec<f64> = line
            .iter()
            .map(|item| {
                let set = item.node.style.width.resolve(inner).is_some()
                    || item.node.style.flex.shrink == 0.0;
                if item.node.style.flex.shrink == 0.0 {
                    item.width
                } else if set {
                    1.0
                } else {
                    (writer.faces.widths(item.node).0 - item.before - item.after)
                        .clamp(1.0, item.width.max(1.0))
                }
            })
            .collect();
        let mut missing = -free;
        for _ in 0..line.len() {
            let open = |item: &Item<'_>, floor: f64| item.width > floor + 0.01;
            let weight: f64 = line
                .iter()
                .zip(&floors)
                .filter(|(item, floor)| open(item, **floor))
                .map(|(i, _)| i.width * i.node.style.flex.shrink)
                .sum();
            if missing < 0.01 || weight <= 0.0 {
                break;
            }
            let share = missing / weight;
            for (item, floor) in line.iter_mut().zip(&floors) {
                if item.width > *floor + 0.01 {
                    let cut =
                        (share * item.width * item.node.style.flex.shrink).min(item.width - floor);
                    item.width -= cut;
                    missing -= cut;
                }
            }
        }
    }
}

/// Gives items that are narrower than they can be what they lack; those that grow or shrink give it
/// up.
fn widen(line: &mut [Item<'_>]) {
    let missing: f64 = line.iter().map(|item| (item.least - item.width).max(0.0)).sum();
    let spare = |item: &Item<'_>| {
        let flexible = item.node.style.flex.grow > 0.0 || item.node.style.flex.shrink > 0.0;
        if flexible { (item.width - item.least).max(0.0) } else { 0.0 }
    };
    let all: f64 = line.iter().map(spare).sum();
    let share = if all > 0.0 { (missing / all).min(1.0) } else { 0.0 };
    for item in line {
        item.width = item.width.max(item.least) - spare(item) * share;
    }
}

/// One line of a flex row.
pub(super) fn row(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    line: &[Item<'_>],
    area: &Area<'_>,
) -> Table {
    let room = area.inner();
    let padding = edges(&node.style, room);
    let inner = (room - padding.left - padding.right).max(1.0);
    let gap = gap(node, inner);
    let count = line.len();
    let gaps = gap * count.saturating_sub(1) as f64;
    let free =
        (inner - gaps - line.iter().map(|item| item.before + item.width + item.after).sum::<f64>())
            .max(0.0);
    let autos: usize =
        line.iter().map(|item| auto_margins(item.node).iter().filter(|auto| **auto).count()).sum();
    let each = if autos > 0 { free / autos as f64 } else { 0.0 };
    let (start, between) = if autos > 0 {
        (0.0, gap)
    } else {
        justify(node.style.flex.justify_content, free, count, gap)
    };
    let mut widths = Vec::new();
    let mut cells = Vec::new();
    let mut owed = start + padding.left;
    for (at, item) in line.iter().enumerate() {
        let [auto_before, auto_after] = auto_margins(item.node);
        owed +=
            item.before + if auto_before { each } else { 0.0 } + if at > 0 { between } else { 0.0 };
        if owed > 0.05 {
            widths.push(owed);
            cells.push(empty_cell(writer, owed, 1));
        }
        let align = match (item.node.style.flex.align_self, node.style.flex.align_items) {
            (Alignment::End | Alignment::Baseline, _)
            | (Alignment::Auto, Alignment::End | Alignment::Baseline) => "bottom",
            (Alignment::Center, _) | (Alignment::Auto, Alignment::Center) => "center",
            _ => "top",
        };
        widths.push(item.width);
        let inside = Area {
            keep_all: area.keep_all,
            keep_last: area.keep_last,
            ..Area::within(area, item.width)
        };
        let upright = crate::style::Sides {
            left: 0.0,
            right: 0.0,
            ..item.node.style.margin.map(|m| m.resolve(inner).unwrap_or(0.0))
        };
        let mut asked = extent(item.width, 1);
        asked.push(El::val("w:vAlign", align));
        cells.push(boxed(writer, item.node, &inside, asked, upright, None));
        owed = item.after + if auto_after { each } else { 0.0 };
    }
    // The row's own frame goes around all cells.
    let mut properties = properties(widths.iter().sum(), area.left, false);
    let frame = super::properties::borders(node.style.border, Sides::default());
    if !frame.is_empty() {
        let rest = (room - widths.iter().sum::<f64>()).max(0.0);
        if rest > 0.05 {
            widths.push(rest);
            cells.push(empty_cell(writer, rest, 1));
        }
        properties = self::properties(widths.iter().sum(), area.left, false);
        properties.push(El::new("w:tblBorders").children(frame));
    }
    finish(
        writer,
        vec![Drawn { cells, properties: vec![El::new("w:cantSplit")] }],
        &widths,
        properties,
    )
}

fn auto_margins(node: &BoxNode) -> [bool; 2] {
    let margin = node.style.margin;
    [margin.left, margin.right].map(|size| size == crate::style::Size::Auto)
}

/// The room before the first item and between items.
fn justify(how: Alignment, free: f64, count: usize, gap: f64) -> (f64, f64) {
    let n = count.max(1) as f64;
    match how {
        Alignment::End => (free, gap),
        Alignment::Center => (free / 2.0, gap),
        Alignment::SpaceBetween if count > 1 => (0.0, gap + free / (n - 1.0)),
        Alignment::SpaceAround => (free / n / 2.0, gap + free / n),
        Alignment::SpaceEvenly => (free / (n + 1.0), gap + free / (n + 1.0)),
        _ => (0.0, gap),
    }
}
