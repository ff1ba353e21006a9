//! Column widths: fixed layout (CSS 2.2, 17.5.2.1) and automatic layout (17.5.2.2, with the guesses
//! of CSS Tables 3, 3.9.3).

use super::Frame;
use crate::boxes::{Cell, Row};
use crate::layout::context::Context;
use crate::layout::sizes::{self, Edges};
use crate::style::{LengthPercentage, Size};

/// What is known of the columns before they are laid out.
pub(crate) struct Measured {
    columns: Vec<Column>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Column {
    min: f64,
    max: f64,
    /// A length was set, and `max` is it.
    set: bool,
    percent: f64,
    /// What comes on top of the percentage: the edges of a cell in a table of fixed layout.
    extra: f64,
}

impl Measured {
    /// The sums of minimum and maximum widths.
    pub(crate) fn totals(&self) -> (f64, f64) {
        self.columns.iter().fold((0.0, 0.0), |(min, max), c| (min + c.min, max + c.max.max(c.min)))
    }

    /// The width that an `auto` table wants so that its percentages come true.
    pub(crate) fn preferred(&self) -> Option<f64> {
        let percents: f64 = self.columns.iter().map(|c| c.percent).sum();
        if percents == 0.0 {
            return None;
        }
        let rest: f64 = self.columns.iter().filter(|c| c.percent == 0.0).map(|c| c.max).sum();
        let by_rest = if percents < 100.0 {
            rest / (1.0 - percents / 100.0)
        } else if rest > 0.0 {
            f64::INFINITY
        } else {
            0.0
        };
        let by_columns =
            self.columns.iter().filter(|c| c.percent > 0.0).map(|c| c.max / (c.percent / 100.0));
        Some(by_columns.fold(by_rest, f64::max).max(self.totals().1))
    }
}

/// A cell's border and padding, which collapsed borders share with the neighbours.
pub(crate) fn cell_edges(frame: &Frame<'_>, cell: &Cell, row: usize) -> Edges {
    let mut edges = Edges::new(&cell.node.style, 0.0);
    if let Some(grid) = &frame.grid {
        edges.border = grid.cell(cell, row);
    }
    edges
}

/// Measures all columns.
pub(crate) fn measure<'a>(cx: &mut Context<'a>, frame: &Frame<'a>, depth: u32) -> Measured {
    let table = frame.table;
    let mut columns = vec![Column::default(); table.columns.len()];
    for (column, own) in columns.iter_mut().zip(&table.columns) {
        apply(column, own.width, 0.0);
    }
    if frame.node.style.table_fixed && frame.node.style.width != Size::Auto {
        fixed(frame, &mut columns);
        return Measured { columns };
    }
    // Narrow cells first, so that wide ones share out only what is missing.
    let mut spanning: Vec<(usize, &'a Cell)> = Vec::new();
    for (number, row) in frame.rows() {
        for cell in &row.cells {
            if cell.columns == 1 {
                let Some(column) = columns.get_mut(cell.column) else { continue };
                let (min, max, set) = cell_widths(cx, frame, cell, number, depth);
                column.min = column.min.max(min);
                let across = cell_edges(frame, cell, number).across();
                match set {
                    Some(value) if value.percent > 0.0 => {
                        column.percent = column.percent.max(value.percent)
                    }
                    Some(_) => {
                        let extra = if cell.node.style.border_box { 0.0 } else { across };
                        apply(column, cell.node.style.width, extra);
                    }
                    None => {}
                }
                if !column.set {
                    column.max = column.max.max(max);
                }
                column.max = column.max.max(column.min);
            } else {
                spanning.push((number, cell));
            }
        }
    }
    spanning.sort_by_key(|(_, cell)| cell.columns);
    for (number, cell) in spanning {
        let (min, max, set) = cell_widths(cx, frame, cell, number, depth);
        let end = (cell.column + cell.columns).min(columns.len());
        let Some(covered) = columns.get_mut(cell.column..end) else { continue };
        let gaps = frame.spacing.0 * (covered.len().saturating_sub(1)) as f64;
        let set = set.filter(|v| v.percent == 0.0).map(|v| v.points);
        share(covered, min - gaps, |c| c.min, |c, more| c.min += more);
        share(covered, set.map_or(max, |s| s.max(min)) - gaps, |c| c.max, |c, more| c.max += more);
    }
    for column in &mut columns {
        column.max = column.max.max(column.min);
    }
    Measured { columns }
}

/// Widths from the columns and the first row alone.
fn fixed(frame: &Frame<'_>, columns: &mut [Column]) {
    let first: Option<&Row> = frame.rows().next().map(|(_, row)| row);
    for cell in first.map(|row| row.cells.as_slice()).unwrap_or_default() {
        let across =
            if cell.node.style.border_box { 0.0 } else { cell_edges(frame, cell, 0).across() };
        let end = (cell.column + cell.columns).min(columns.len());
        let Some(covered) = columns.get_mut(cell.column..end) else { continue };
        let count = covered.len() as f64;
        if let Size::Set(value) = cell.node.style.width {
            for column in covered.iter_mut().filter(|c| !c.set && c.percent == 0.0) {
                let part = LengthPercentage {
                    points: (value.points + across) / count,
                    percent: value.percent / count,
                };
                apply(column, Size::Set(part), 0.0);
                column.extra = if value.percent > 0.0 { across / count } else { 0.0 };
            }
        }
    }
    for column in columns {
        column.min = if column.set { column.max } else { 0.0 };
    }
}

fn apply(column: &mut Column, width: Size, extra: f64) {
    match width {
        Size::Set(value) if value.percent > 0.0 => {
            column.percent = column.percent.max(value.percent)
        }
        Size::Set(value) => {
            column.max = if column.set {
                column.max.max(value.points + extra)
            } else {
                value.points + extra
            };
            column.set = true;
        }
        Size::Auto => {}
    }
}

fn cell_widths<'a>(
    cx: &mut Context<'a>,
    frame: &Frame<'a>,
    cell: &'a Cell,
    row: usize,
    depth: u32,
) -> (f64, f64, Option<LengthPercentage>) {
    let style = &cell.node.style;
    let edges = cell_edges(frame, cell, row);
    let (min, max) = sizes::content_widths(cx, &cell.node, depth + 1);
    let limit = |w: f64| sizes::clamp_width(w, style, &edges, 0.0);
    let set = match style.width {
        Size::Set(value) => Some(value),
        Size::Auto => None,
    };
    (limit(min) + edges.across(), limit(max) + edges.across(), set)
}

/// Widens columns that one cell covers so that it fits, in proportion to what they have.
fn share(
    columns: &mut [Column],
    needed: f64,
    have: impl Fn(&Column) -> f64,
    give: impl Fn(&mut Column, f64),
) {
    let total: f64 = columns.iter().map(&have).sum();
    let missing = needed - total;
    if missing <= 0.0 {
        return;
    }
    // Columns with a set width stay as they are if others can give way.
    let flexible = columns.iter().any(|c| !c.set && c.percent == 0.0);
    let weight =
        |c: &Column| if flexible && (c.set || c.percent > 0.0) { 0.0 } else { c.max.max(c.min) };
    let weights: Vec<f64> = columns.iter().map(weight).collect();
    let sum: f64 = weights.iter().sum();
    let count = columns.len() as f64;
    for (column, weight) in columns.iter_mut().zip(weights) {
        give(column, if sum > 0.0 { missing * weight / sum } else { missing / count });
    }
}

/// Shares a width out among the columns. `stretches` says that the table must be as wide as that.
pub(crate) fn distribute(
    frame: &Frame<'_>,
    measured: &Measured,
    target: f64,
    stretches: bool,
) -> Vec<f64> {
    let columns = &measured.columns;
    if frame.node.style.table_fixed && frame.node.style.width != Size::Auto {
        return distribute_fixed(columns, target);
    }
    let percent = |c: &Column| (c.percent / 100.0 * target).max(c.min);
    let guesses: [Vec<f64>; 4] = [
        columns.iter().map(|c| c.min).collect(),
        columns.iter().map(|c| if c.percent > 0.0 { percent(c) } else { c.min }).collect(),
        columns
            .iter()
            .map(|c| {
                if c.percent > 0.0 {
                    percent(c)
                } else if c.set {
                    c.max
                } else {
                    c.min
                }
            })
            .collect(),
        columns.iter().map(|c| if c.percent > 0.0 { percent(c) } else { c.max }).collect(),
    ];
    let sums = guesses.each_ref().map(|guess| guess.iter().sum::<f64>());
    if target <= sums[0] {
        return guesses[0].clone();
    }
    for i in 0..3 {
        if target <= sums[i + 1] {
            let share = if sums[i + 1] > sums[i] {
                (target - sums[i]) / (sums[i + 1] - sums[i])
            } else {
                1.0
            };
            return guesses[i]
                .iter()
                .zip(&guesses[i + 1])
                .map(|(low, high)| low + (high - low) * share)
                .collect();
        }
    }
    let mut widths = guesses[3].clone();
    if stretches || target > sums[3] {
        let excess = target - sums[3];
        let weigh = |f: &dyn Fn(&Column) -> bool| -> Vec<f64> {
            columns.iter().map(|c| if f(c) { c.max } else { 0.0 }).collect()
        };
        let weights = [
            weigh(&|c| !c.set && c.percent == 0.0),
            weigh(&|c| c.set && c.percent == 0.0),
            columns.iter().map(|c| c.percent).collect(),
            vec![1.0; columns.len()],
        ];
        if let Some(weights) = weights.iter().find(|w| w.iter().sum::<f64>() > 0.0) {
            let sum: f64 = weights.iter().sum();
            widths
                .iter_mut()
                .zip(weights)
                .for_each(|(width, weight)| *width += excess * weight / sum);
        }
    }
    widths
}

fn distribute_fixed(columns: &[Column], target: f64) -> Vec<f64> {
    let width = |c: &Column| match c {
        Column { set: true, max, .. } => Some(*max),
        Column { percent, extra, .. } if *percent > 0.0 => Some(percent / 100.0 * target + extra),
        _ => None,
    };
    let known: f64 = columns.iter().filter_map(width).sum();
    let open = columns.iter().filter(|c| width(c).is_none()).count();
    let free = (target - known).max(0.0);
    let all_known = open == 0 && known > 0.0;
    columns
        .iter()
        .map(|c| {
            width(c).map_or(free / open.max(1) as f64, |w| {
                if all_known { w + free * w / known } else { w }
            })
        })
        .collect()
}
