//! Tables (CSS 2.2, chapter 17; CSS Tables 3): columns get their widths, rows their heights, and
//! the galley one leaf per group of rows.

pub(crate) mod columns;
pub(crate) mod grid;
pub(crate) mod rows;

use std::rc::Rc;

use super::context::Context;
use super::flow::{Area, Builder};
use super::galley::{HeightRange, Leaf, LeafKind};
use super::sizes::{self, Edges};
use crate::boxes::{BoxNode, Row, TableBox};
use crate::style::{Break, Sides};
use grid::Grid;

/// The share of a page that repeated rows may take; taller ones are set once.
const REPEAT_SHARE: f64 = 0.5;

/// What all parts of a table share.
pub(crate) struct Frame<'a> {
    pub(crate) node: &'a BoxNode,
    pub(crate) table: &'a TableBox,
    /// Collapsed borders, if they are.
    pub(crate) grid: Option<Grid>,
    /// Border and padding of the table box; halves of the outer borders if they collapse.
    pub(crate) edges: Edges,
    /// `border-spacing`; nothing if borders collapse.
    pub(crate) spacing: (f64, f64),
}

impl<'a> Frame<'a> {
    pub(crate) fn new(node: &'a BoxNode, table: &'a TableBox, base: f64) -> Self {
        let mut edges = Edges::new(&node.style, base);
        let collapses = node.style.text.border_collapse;
        let grid = collapses.then(|| Grid::new(node, table));
        if let Some(grid) = &grid {
            edges.border = grid.outer();
            edges.padding = Sides::all(0.0);
        }
        let spacing = if collapses { (0.0, 0.0) } else { node.style.text.border_spacing };
        Self { node, table, grid, edges, spacing }
    }

    /// The rows of all groups in order, with their number in the grid.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'a Row)> {
        let table = self.table;
        table.head.iter().chain(&table.body).chain(&table.foot).enumerate()
    }
}

/// Minimum and maximum content width of a table, its caption included.
pub(crate) fn widths<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    table: &'a TableBox,
    depth: u32,
) -> (f64, f64) {
    let frame = Frame::new(node, table, 0.0);
    let sizes = columns::measure(cx, &frame, depth);
    let (mut min, mut max) = sizes.totals();
    let gaps = frame.spacing.0 * (table.columns.len() + 1) as f64;
    // The caller adds the edges of the style, which collapsed borders are not.
    let outer = Edges::new(&node.style, 0.0).across();
    let around = frame.edges.across() - outer + gaps;
    (min, max) = (min + around, max + around);
    if let Some(caption) = &table.caption {
        let (least, _) = sizes::outer_widths(cx, caption, depth + 1);
        (min, max) = (min.max(least - outer), max.max(least - outer));
    }
    (min.max(0.0), max.max(0.0))
}

/// Adds a table to a flow. A bare table has its width already and no margins.
pub(crate) fn flow<'a>(
    builder: &mut Builder<'a, '_>,
    node: &'a BoxNode,
    table: &'a TableBox,
    area: Area,
    bare: bool,
) {
    let frame = Frame::new(node, table, area.width);
    let style = &node.style;
    let edges = frame.edges;
    let gaps = frame.spacing.0 * (table.columns.len() + 1) as f64;
    let measured = columns::measure(builder.cx, &frame, area.depth);
    let (min, max) = measured.totals();
    let available = area.width - if bare { 0.0 } else { edges.margin_across() };
    let set = match style.width {
        _ if bare => Some(available),
        // A table's width is that of its border box in HTML tables with `box-sizing: border-box`,
        // else of its content.
        width => {
            width.resolve(area.width).map(|w| if style.border_box { w } else { w + edges.across() })
        }
    };
    let inner = |outer: f64| outer - edges.across() - gaps;
    let target = match set {
        Some(width) => inner(width).max(min),
        None => measured.preferred().unwrap_or(max).min(inner(available)).max(min),
    };
    let caption_width = table
        .caption
        .as_ref()
        .map_or(0.0, |caption| sizes::outer_widths(builder.cx, caption, area.depth).0);
    let target = target.max(inner(caption_width.min(available)));
    let limit = sizes::clamp_width(target + gaps, style, &edges, area.width) - gaps;
    let target = limit.max(min.min(target));
    if min > inner(available) + 0.5 && !bare {
        let over = min - inner(available);
        builder.cx.warn(
            "table-too-wide",
            format!("the table is {over:.1} pt wider than its room"),
            node.span,
            "give it fewer or narrower columns, or a landscape page",
        );
    }
    let widths = columns::distribute(&frame, &measured, target, set.is_some());
    let outer = widths.iter().sum::<f64>() + edges.across() + gaps;
    let free = area.width - outer - edges.margin_across();
    let left = match (edges.margin.left, edges.margin.right) {
        _ if bare => 0.0,
        (None, None) => (free / 2.0).max(0.0),
        (None, Some(_)) => free.max(0.0),
        (Some(left), _) => left,
    };
    if !bare {
        builder.add_margin(edges.margin.top.unwrap_or(0.0));
    }
    let x = area.x + left;
    let caption_area = Area { x, width: outer, height: None, depth: area.depth + 1, page: None };
    let caption = table.caption.as_ref();
    if let Some(caption) = caption.filter(|c| !c.style.text.caption_bottom) {
        builder.block(caption, caption_area);
        builder.chance(Break::Avoid);
    }
    let height = sizes::height_range(style, &edges, area.height);
    let mut container = Builder::describe(
        node,
        &edges,
        x,
        outer,
        HeightRange { min: height.min, max: f64::INFINITY },
        (area.width, area.height),
    );
    container.no_border = frame.grid.is_some();
    let setter = rows::Setter::new(&frame, &widths, area.depth + 1);
    let origin = x + edges.border.left + edges.padding.left;
    let head = setter.groups(builder.cx, &table.head, 0);
    let first_body = table.head.len();
    let first_foot = first_body + table.body.len();
    let foot = setter.groups(builder.cx, &table.foot, first_foot);
    let page = builder.cx.page_height * REPEAT_SHARE;
    let total =
        |groups: &[rows::Rows<'a>]| groups.iter().map(|g| g.height + frame.spacing.1).sum::<f64>();
    let fixed_rows = total(&head) + total(&foot);
    let repeats = fixed_rows <= page && !table.body.is_empty();
    if repeats && !head.is_empty() {
        container.head = Some(rows::stacked(builder.cx, &head, frame.spacing.1));
    }
    if repeats && !foot.is_empty() {
        container.foot = Some(rows::stacked(builder.cx, &foot, frame.spacing.1));
    }
    container.padding.top += frame.spacing.1;
    container.padding.bottom += frame.spacing.1;
    let id = builder.open(container, true);
    let leaf = |rows: rows::Rows<'a>| {
        let span = rows.span;
        Leaf { x: origin, kind: LeafKind::Rows(Rc::new(rows)), markers: Vec::new(), span }
    };
    let mut first = true;
    let mut add = |builder: &mut Builder<'a, '_>, group: rows::Rows<'a>| {
        if !std::mem::take(&mut first) {
            builder.add_margin(frame.spacing.1);
        }
        builder.chance(group.breaks.0);
        let after = group.breaks.1;
        builder.leaf(leaf(group));
        builder.chance(after);
    };
    for group in head {
        add(builder, group);
        builder.chance(Break::Avoid);
    }
    let mut starts = Vec::new();
    let mut next = 0;
    while next < table.body.len() {
        let end = rows::group_end(&table.body, next);
        starts.push((next, end));
        next = end;
    }
    if height.min > 0.0 {
        // What the table is taller than its rows goes to the rows of its body.
        let mut drafts: Vec<rows::Draft<'a>> = starts
            .iter()
            .map(|&(from, to)| setter.draft(builder.cx, &table.body[from..to], first_body + from))
            .collect();
        let rows: f64 = drafts.iter().map(rows::Draft::height).sum();
        let gaps =
            frame.spacing.1 * (table.head.len() + table.body.len() + table.foot.len() + 1) as f64;
        let heads: f64 =
            fixed_rows - frame.spacing.1 * (table.head.len() + table.foot.len()) as f64;
        let more = height.min - rows - gaps - heads;
        for mut draft in drafts.drain(..) {
            draft.grow(if rows > 0.0 { more * draft.height() / rows } else { 0.0 });
            add(builder, setter.finish(draft));
        }
    } else {
        // Set one by one, so that a long table never holds more than one row twice.
        for (from, to) in starts {
            let group = setter.group(builder.cx, &table.body[from..to], first_body + from);
            add(builder, group);
        }
    }
    for mut group in foot {
        builder.chance(Break::Avoid);
        group.is_foot = true;
        add(builder, group);
    }
    builder.close(id, true);
    if let Some(caption) = caption.filter(|c| c.style.text.caption_bottom) {
        builder.chance(Break::Avoid);
        builder.block(caption, caption_area);
    }
    if !bare {
        builder.add_margin(edges.margin.bottom.unwrap_or(0.0));
    }
}
