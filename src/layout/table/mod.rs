//! Tables (CSS 2.2, chapter 17; CSS Tables 3): columns get their widths, rows their heights, and
//! the galley one leaf per group of rows.

pub(crate) mod rows;

use std::rc::Rc;

use super::flow::{Area, GalleyBuilder};
use super::fragment::REPEAT_SHARE;
use super::galley::Leaf;
use crate::boxes::{BoxNode, TableBox};
use crate::diag::{Value, say};
use crate::sizing::{HeightRange, TableSizes, UsedTable, height_range};
use crate::style::Break;

/// Adds a table to a flow. A bare table has its width already, its height if that is known, and no
/// margins.
// Over 60 lines: a table from above to below (caption, head, body, foot, caption), whose parts need
// the same widths and heights. Heads and feet are set before the body, because they say whether
// they are repeated.
pub(crate) fn flow<'a>(
    builder: &mut GalleyBuilder<'a, '_>,
    node: &'a BoxNode,
    table: &'a TableBox,
    area: Area,
    bare: bool,
) {
    let frame = TableSizes::new(node, table, area.width);
    let style = &node.style;
    let edges = frame.edges;
    let sizer = builder.cx.sizer(area.scope);
    let UsedTable { columns: widths, width: outer, left, overflow } =
        if bare { frame.filling(sizer, area.width) } else { frame.used(sizer, area.width) };
    // Half a point is what people do not see.
    if overflow > 0.5 && !bare {
        builder.cx.warn(
            "table-too-wide",
            say!(
                "the table is {overflow} pt wider than the space it has",
                overflow = Value::decimal(overflow, 1)
            ),
            node.span,
            say!("give it fewer or narrower columns, or a landscape page"),
        );
    }
    if !bare {
        builder.add_margin(edges.margin.top.unwrap_or(0.0));
    }
    let x = area.x + left;
    let caption_area =
        Area { x, width: outer, height: None, scope: area.scope.inside(), page: None };
    if let Some(caption) = frame.caption(false) {
        builder.block(caption, caption_area);
        builder.break_between(Break::Avoid);
    }
    // `height` of a table is its least height, whatever its content (CSS 2.2, 17.5.3).
    let height = match area.height {
        Some(height) if bare => HeightRange::exactly((height - edges.along()).max(0.0)),
        _ => height_range(style, &edges, area.height),
    };
    let mut container = GalleyBuilder::describe(
        node,
        &edges,
        x,
        outer,
        HeightRange { min: height.min, max: f64::INFINITY },
        area.containing_block(),
    );
    container.no_border = frame.grid.is_some();
    let setter = rows::RowSetter::new(&frame, &widths, area.scope.inside());
    // Columns begin inside of the edges; their spacing is theirs.
    let origin = x + edges.border.left + edges.padding.left;
    let head = setter.groups(builder.cx, &table.head, 0);
    let first_body = table.head.len();
    let first_foot = first_body + table.body.len();
    let foot = setter.groups(builder.cx, &table.foot, first_foot);
    let page = builder.cx.page_height * REPEAT_SHARE;
    let total = |groups: &[rows::Rows<'a>]| {
        groups.iter().map(|g| g.height + frame.spacing.height).sum::<f64>()
    };
    let fixed_rows = total(&head) + total(&foot);
    let repeats = fixed_rows <= page && !table.body.is_empty();
    // Heads that would leave too little of a page are set once, like other rows.
    if repeats && !head.is_empty() {
        container.head = Some(rows::stacked(builder.cx, &head, frame.spacing.height));
    }
    if repeats && !foot.is_empty() {
        container.foot = Some(rows::stacked(builder.cx, &foot, frame.spacing.height));
    }
    // The spacing above the first and below the last row is the table's (CSS 2.2, 17.6.1).
    container.padding.top += frame.spacing.height;
    container.padding.bottom += frame.spacing.height;
    let id = builder.open(container, true);
    let leaf = |rows: rows::Rows<'a>| {
        let span = rows.span;
        Leaf::new(origin, Rc::new(rows), span)
    };
    let mut first = true;
    let mut add = |builder: &mut GalleyBuilder<'a, '_>, group: rows::Rows<'a>| {
        if !std::mem::take(&mut first) {
            builder.add_margin(frame.spacing.height);
        }
        builder.break_between(group.breaks.before);
        let after = group.breaks.after;
        builder.leaf(leaf(group));
        builder.break_between(after);
    };
    for group in head {
        add(builder, group);
        builder.break_between(Break::Avoid);
    }
    body(builder, &setter, table, height.min, fixed_rows, &mut add);
    for mut group in foot {
        builder.break_between(Break::Avoid);
        group.is_foot = true;
        add(builder, group);
    }
    builder.close(id, true);
    if let Some(caption) = frame.caption(true) {
        builder.break_between(Break::Avoid);
        builder.block(caption, caption_area);
    }
    if !bare {
        builder.add_margin(edges.margin.bottom.unwrap_or(0.0));
    }
}

/// Sets the rows of a body. A table that is to have a height at least gives what it is taller than
/// its rows to them; `fixed_rows` is the height of its head and foot.
fn body<'a, 'c>(
    builder: &mut GalleyBuilder<'a, 'c>,
    setter: &rows::RowSetter<'a, '_>,
    table: &'a TableBox,
    least: f64,
    fixed_rows: f64,
    add: &mut impl FnMut(&mut GalleyBuilder<'a, 'c>, rows::Rows<'a>),
) {
    let (spacing, first_body) = (setter.spacing(), table.head.len());
    let mut starts = Vec::new();
    let mut next = 0;
    while next < table.body.len() {
        let end = rows::group_end(&table.body, next);
        starts.push((next, end));
        next = end;
    }
    if least > 0.0 {
        // What the table is taller than its rows goes to the rows of its body.
        let mut drafts: Vec<rows::MeasuredRows<'a>> = starts
            .iter()
            .map(|&(from, to)| setter.draft(builder.cx, &table.body[from..to], first_body + from))
            .collect();
        let rows: f64 = drafts.iter().map(rows::MeasuredRows::height).sum();
        let gaps =
            spacing.height * (table.head.len() + table.body.len() + table.foot.len() + 1) as f64;
        let heads: f64 = fixed_rows - spacing.height * (table.head.len() + table.foot.len()) as f64;
        let more = least - rows - gaps - heads;
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
}
