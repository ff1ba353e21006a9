//! Tables: widths of columns, of the table, and where it stands. Fixed layout (CSS 2.2, 17.5.2.1)
//! and automatic layout (17.5.2.2, with the guesses of CSS Tables 3, 3.9.3, which browsers share).

use super::ContentSizes;
use super::Sizer;
use super::collapsed::CollapsedBorders;
use super::edges::{Edges, clamp_width, height_range};
use crate::boxes::{BoxNode, CellBox, RowBox, TableBox};
use crate::geometry::{Sides, Size};
use crate::style::{LengthOrAuto as SizeValue, LengthPercentage};

/// What all parts of a table share.
pub(crate) struct TableSizes<'n> {
    pub(crate) node: &'n BoxNode,
    pub(crate) table: &'n TableBox,
    /// Collapsed borders, if they are.
    pub(crate) grid: Option<CollapsedBorders>,
    /// Border and padding of the table box; halves of the outer borders if they collapse.
    pub(crate) edges: Edges,
    /// `border-spacing`; nothing if borders collapse.
    pub(crate) spacing: Size,
}

/// A table's widths in its containing block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UsedTable {
    pub(crate) columns: Vec<f64>,
    /// The border box: columns, spacing and edges.
    pub(crate) width: f64,
    /// From the containing block's left edge to the border box.
    pub(crate) left: f64,
    /// By how much its narrowest content is wider than the room.
    pub(crate) overflow: f64,
}

impl<'n> TableSizes<'n> {
    /// The parts of a table in a containing block of that width.
    pub(crate) fn new(node: &'n BoxNode, table: &'n TableBox, base: f64) -> Self {
        let mut edges = Edges::new(&node.style, base);
        let collapses = node.style.table.collapse;
        let grid = collapses.then(|| CollapsedBorders::new(node, table));
        if let Some(grid) = &grid {
            // CSS 2.2, 17.6.2: such a table has no padding.
            edges.border = grid.outer();
            edges.padding = Sides::all(0.0);
        }
        let spacing = if collapses { Size::ZERO } else { node.style.table.spacing };
        Self { node, table, grid, edges, spacing }
    }

    /// The caption, if it stands on that side. `caption-side` is inherited (CSS 2.2, 17.4.1): most
    /// people say it of the table.
    pub(crate) fn caption(&self, below: bool) -> Option<&'n BoxNode> {
        let caption = self.table.caption.as_ref()?;
        let is_below =
            [&caption.style, &self.node.style].iter().any(|own| own.table.caption_bottom);
        (is_below == below).then_some(caption)
    }

    /// The rows of all groups in order, with their number in the grid.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'n RowBox)> + use<'n> {
        self.table.rows().enumerate()
    }

    /// A cell's border and padding. Collapsed borders are shared with the neighbours.
    pub(crate) fn cell_edges(&self, cell: &CellBox, row: usize) -> Edges {
        let mut edges = Edges::new(&cell.node.style, 0.0);
        if let Some(grid) = &self.grid {
            edges.border = grid.cell(cell, row);
        }
        edges
    }

    /// Spacing before, between and after the columns.
    fn gaps(&self) -> f64 {
        self.spacing.width * (self.table.columns.len() + 1) as f64
    }

    /// Whether the first row alone decides (CSS 2.2, 17.5.2.1); `table-layout: fixed` needs a
    /// width.
    fn is_fixed(&self) -> bool {
        self.node.style.table_fixed && self.node.style.width != SizeValue::Auto
    }

    /// Narrowest and widest content of the table, its caption included.
    pub(super) fn content(&self, sizer: Sizer<'_>) -> ContentSizes {
        let totals = totals(&self.measure(sizer));
        // The caller adds the edges of the style, which collapsed borders are not.
        let outer = Edges::new(&self.node.style, 0.0).across();
        let mut sizes = totals.plus(self.edges.across() - outer + self.gaps());
        if let Some(caption) = &self.table.caption {
            // Only the caption's narrowest width counts: it breaks into lines rather than widen
            // the table (CSS Tables 3, 3.8.1).
            sizes = sizes.union(ContentSizes::both(sizer.outer(caption).min - outer));
        }
        sizes.map(|width| width.max(0.0))
    }

    /// The height that a row has at least: its own, or that of its tallest cell; nothing if no
    /// height is set (CSS 2.2, 17.5.3).
    pub(crate) fn row_height(&self, at: usize, row: &RowBox) -> Option<f64> {
        // A cell of several rows makes none of them high by itself.
        let cells = row.cells.iter().filter(|cell| cell.rows == 1);
        let set = cells.filter_map(|cell| {
            let edges = self.cell_edges(cell, at);
            let range = height_range(&cell.node.style, &edges, None);
            (range.min > 0.0).then(|| range.min + edges.along())
        });
        let own = row.style.height.resolve(0.0).unwrap_or(0.0);
        Some(set.fold(own, f64::max)).filter(|height| *height > 0.0)
    }

    /// The widths of a table in normal flow.
    pub(crate) fn used(&self, sizer: Sizer<'_>, base: f64) -> UsedTable {
        let set = self.node.style.width.resolve(base).map(|width| {
            if self.node.style.border_box { width } else { width + self.edges.across() }
        });
        let available = base - self.edges.margin_across();
        let mut used = self.widths(sizer, base, available, set);
        used.left = self.edges.left_margin(base - used.width - self.edges.margin_across());
        used
    }

    /// The widths of a table whose border box has its width already: a flex item, an absolute box.
    pub(crate) fn filling(&self, sizer: Sizer<'_>, width: f64) -> UsedTable {
        self.widths(sizer, width, width, Some(width))
    }

    fn widths(&self, sizer: Sizer<'_>, base: f64, available: f64, set: Option<f64>) -> UsedTable {
        let (edges, gaps) = (&self.edges, self.gaps());
        let columns = self.measure(sizer);
        let ContentSizes { min, max } = totals(&columns);
        // Widths of the columns together from here on.
        let inner = |outer: f64| outer - edges.across() - gaps;
        // A table is never narrower than its content (CSS 2.2, 17.5.2), and without a width never
        // wider than its room.
        let target = match set {
            Some(width) => inner(width).max(min),
            None => preferred(&columns).unwrap_or(max).min(inner(available)).max(min),
        };
        // A table is at least as wide as its caption (CSS Tables 3, 3.8.1).
        let caption = self.table.caption.as_ref();
        let caption = caption.map_or(0.0, |caption| sizer.outer(caption).min);
        let target = target.max(inner(caption.min(available)));
        // `max-width` makes no table narrower than its columns, `min-width` stretches it.
        let bounded = clamp_width(target + gaps, &self.node.style, edges, base) - gaps;
        let target = bounded.max(min.min(target));
        let columns = self.distribute(&columns, target, set.is_some());
        let width = columns.iter().sum::<f64>() + edges.across() + gaps;
        UsedTable { columns, width, left: 0.0, overflow: (min - inner(available)).max(0.0) }
    }

    /// Measures all columns.
    fn measure(&self, sizer: Sizer<'_>) -> Vec<ColumnSizes> {
        let table = self.table;
        let mut columns = vec![ColumnSizes::default(); table.columns.len()];
        for (column, own) in columns.iter_mut().zip(&table.columns) {
            column.apply(own.width, 0.0);
        }
        if self.is_fixed() {
            self.fixed(&mut columns);
            return columns;
        }
        // Narrow cells first, so that wide ones share out only what is missing.
        let mut spanning: Vec<(usize, &CellBox)> = Vec::new();
        for (number, row) in self.rows() {
            for cell in &row.cells {
                if cell.columns > 1 {
                    spanning.push((number, cell));
                } else if let Some(column) = columns.get_mut(cell.column) {
                    self.single(sizer, column, cell, number);
                }
            }
        }
        // Of two cells over the same columns the narrower one is the better witness.
        spanning.sort_by_key(|(_, cell)| cell.columns);
        for (number, cell) in spanning {
            // A cell may reach past the last column of a table that was cut off.
            let end = (cell.column + cell.columns).min(columns.len());
            if let Some(covered) = columns.get_mut(cell.column..end) {
                self.spanning(sizer, covered, cell, number);
            }
        }
        // Percentages of more than the whole: those on the right get what is left (CSS Tables 3,
        // 3.9.2).
        let mut left = 100.0f64;
        for column in &mut columns {
            column.percent = column.percent.min(left);
            left -= column.percent;
            column.max = column.max.max(column.min);
        }
        columns
    }

    /// What a cell in one column asks of it.
    fn single(&self, sizer: Sizer<'_>, column: &mut ColumnSizes, cell: &CellBox, row: usize) {
        let sizes = self.cell_sizes(sizer, cell, row);
        column.min = column.min.max(sizes.min);
        let across = self.cell_edges(cell, row).across();
        match cell.node.style.width {
            SizeValue::Set(value) if value.percent > 0.0 => {
                column.percent = column.percent.max(value.percent);
            }
            width @ SizeValue::Set(_) => {
                column.apply(width, if cell.node.style.border_box { 0.0 } else { across });
            }
            SizeValue::Auto => {}
        }
        // A set width is what the column wants, however long its lines are.
        if !column.set {
            column.max = column.max.max(sizes.max);
        }
        column.max = column.max.max(column.min);
    }

    /// What a cell asks of the columns that it covers together.
    fn spanning(&self, sizer: Sizer<'_>, covered: &mut [ColumnSizes], cell: &CellBox, row: usize) {
        let sizes = self.cell_sizes(sizer, cell, row);
        let gaps = self.spacing.width * (covered.len().saturating_sub(1)) as f64;
        let set = match cell.node.style.width {
            SizeValue::Set(value) if value.percent == 0.0 => Some(value.points),
            _ => None,
        };
        let max = set.map_or(sizes.max, |set| set.max(sizes.min));
        // The gaps between the covered columns are the cell's as well.
        share(covered, sizes.min - gaps, |c| c.min, |c, more| c.min += more);
        share(covered, max - gaps, |c| c.max, |c, more| c.max += more);
        if let SizeValue::Set(value) = cell.node.style.width
            && value.percent > 0.0
        {
            share_percentage(covered, value.percent);
        }
    }

    /// Widths from the columns and the first row alone.
    fn fixed(&self, columns: &mut [ColumnSizes]) {
        let first: Option<&RowBox> = self.rows().next().map(|(_, row)| row);
        for cell in first.map(|row| row.cells.as_slice()).unwrap_or_default() {
            let across =
                if cell.node.style.border_box { 0.0 } else { self.cell_edges(cell, 0).across() };
            let end = (cell.column + cell.columns).min(columns.len());
            let Some(covered) = columns.get_mut(cell.column..end) else { continue };
            let count = covered.len() as f64;
            if let SizeValue::Set(value) = cell.node.style.width {
                for column in covered.iter_mut().filter(|c| !c.set && c.percent == 0.0) {
                    let part = LengthPercentage {
                        points: (value.points + across) / count,
                        percent: value.percent / count,
                    };
                    column.apply(SizeValue::Set(part), 0.0);
                    column.extra = if value.percent > 0.0 { across / count } else { 0.0 };
                }
            }
        }
        for column in columns {
            // In fixed layout content has no say: it overflows.
            column.min = if column.set { column.max } else { 0.0 };
        }
    }

    /// Narrowest and widest border box of a cell. Percentages bound nothing: what they are of is
    /// looked for.
    fn cell_sizes(&self, sizer: Sizer<'_>, cell: &CellBox, row: usize) -> ContentSizes {
        let edges = self.cell_edges(cell, row);
        let sizes = sizer.content(&cell.node);
        sizes.map(|width| clamp_width(width, &cell.node.style, &edges, None)).plus(edges.across())
    }

    /// Shares a width out among the columns. `stretches` says that the table must be as wide as
    /// that.
    fn distribute(&self, columns: &[ColumnSizes], target: f64, stretches: bool) -> Vec<f64> {
        if self.is_fixed() {
            return distribute_fixed(columns, target);
        }
        let percent = |c: &ColumnSizes| (c.percent / 100.0 * target).max(c.min);
        // From the narrowest on, each guess gives one more kind of column what it wants: first
        // percentages, then set widths, then all.
        let guess = |lengths: bool, all: bool| -> Vec<f64> {
            let width = |c: &ColumnSizes| match c {
                c if c.percent > 0.0 => percent(c),
                c if all || (lengths && c.set) => c.max,
                c => c.min,
            };
            columns.iter().map(width).collect()
        };
        let narrowest = columns.iter().map(|c| c.min).collect();
        let guesses: [Vec<f64>; 4] =
            [narrowest, guess(false, false), guess(true, false), guess(true, true)];
        let sums = guesses.each_ref().map(|guess| guess.iter().sum::<f64>());
        // Too little for the narrowest content: the columns stick out, which is reported.
        if target <= sums[0] {
            return guesses[0].clone();
        }
        // Between two guesses all columns grow alike.
        for i in 0..3 {
            if target <= sums[i + 1] {
                let share = if sums[i + 1] > sums[i] {
                    (target - sums[i]) / (sums[i + 1] - sums[i])
                } else {
                    1.0
                };
                let pairs = guesses[i].iter().zip(&guesses[i + 1]);
                return pairs.map(|(low, high)| low + (high - low) * share).collect();
            }
        }
        let mut widths = guesses[3].clone();
        if stretches || target > sums[3] {
            stretch(columns, &mut widths, target - sums[3]);
        }
        widths
    }
}

/// What is known of a column before the table has its width.
#[derive(Debug, Clone, Copy, Default)]
struct ColumnSizes {
    min: f64,
    max: f64,
    /// A length was set, and `max` is it.
    set: bool,
    percent: f64,
    /// What comes on top of the percentage: the edges of a cell in a table of fixed layout.
    extra: f64,
}

impl ColumnSizes {
    /// Takes a width that a `col` or cell asks for; the greatest wins.
    fn apply(&mut self, width: SizeValue, extra: f64) {
        match width {
            SizeValue::Set(value) if value.percent > 0.0 => {
                self.percent = self.percent.max(value.percent);
            }
            SizeValue::Set(value) => {
                let asked = value.points + extra;
                self.max = if self.set { self.max.max(asked) } else { asked };
                self.set = true;
            }
            SizeValue::Auto => {}
        }
    }
}

/// The sums of minimum and maximum widths.
fn totals(columns: &[ColumnSizes]) -> ContentSizes {
    columns.iter().fold(ContentSizes::default(), |sum, c| ContentSizes {
        min: sum.min + c.min,
        max: sum.max + c.max.max(c.min),
    })
}

/// The width that an `auto` table wants so that its percentages come true.
fn preferred(columns: &[ColumnSizes]) -> Option<f64> {
    let percents: f64 = columns.iter().map(|c| c.percent).sum();
    // Without percentages the widest content decides.
    if percents == 0.0 {
        return None;
    }
    let rest: f64 = columns.iter().filter(|c| c.percent == 0.0).map(|c| c.max).sum();
    let by_rest = if percents < 100.0 {
        rest / (1.0 - percents / 100.0)
    } else if rest > 0.0 {
        // Nothing is left for the others: the table takes all the room that there is.
        f64::INFINITY
    } else {
        0.0
    };
    // Each column with a percentage says how wide the whole must be for it to hold its content.
    let by_columns =
        columns.iter().filter(|c| c.percent > 0.0).map(|c| c.max / (c.percent / 100.0));
    Some(by_columns.fold(by_rest, f64::max).max(totals(columns).max))
}

/// Widens columns that one cell covers so that it fits, in proportion to what they have.
fn share(
    columns: &mut [ColumnSizes],
    needed: f64,
    have: impl Fn(&ColumnSizes) -> f64,
    give: impl Fn(&mut ColumnSizes, f64),
) {
    let total: f64 = columns.iter().map(&have).sum();
    let missing = needed - total;
    if missing <= 0.0 {
        return;
    }
    // Columns with a set width stay as they are if others can give way.
    let flexible = columns.iter().any(|c| !c.set && c.percent == 0.0);
    let weight = |c: &ColumnSizes| {
        if flexible && (c.set || c.percent > 0.0) { 0.0 } else { c.max.max(c.min) }
    };
    let weights: Vec<f64> = columns.iter().map(weight).collect();
    let sum: f64 = weights.iter().sum();
    let count = columns.len() as f64;
    for (column, weight) in columns.iter_mut().zip(weights) {
        give(column, if sum > 0.0 { missing * weight / sum } else { missing / count });
    }
}

/// Gives what is missing of a spanning cell's percentage to the columns without one, in proportion
/// to their widest content (CSS Tables 3, 3.9.2).
fn share_percentage(columns: &mut [ColumnSizes], percent: f64) {
    let missing = percent - columns.iter().map(|c| c.percent).sum::<f64>();
    let open = |c: &ColumnSizes| c.percent == 0.0;
    let (count, sum) = columns
        .iter()
        .filter(|c| open(c))
        .fold((0u32, 0.0), |(count, sum), c| (count + 1, sum + c.max));
    if missing <= 0.0 || count == 0 {
        return;
    }
    for column in columns.iter_mut().filter(|c| open(c)) {
        let share = if sum > 0.0 { column.max / sum } else { 1.0 / f64::from(count) };
        column.percent = missing * share;
    }
}

/// Gives a width that is over to the columns: to those that have no width, in proportion to their
/// content or, if they are empty, evenly; else to those with a length, else to those with
/// percentages, else to all (CSS Tables 3, 3.9.3.2).
fn stretch(columns: &[ColumnSizes], widths: &mut [f64], excess: f64) {
    let open = |c: &ColumnSizes| !c.set && c.percent == 0.0;
    let weigh =
        |weight: &dyn Fn(&ColumnSizes) -> f64| columns.iter().map(weight).collect::<Vec<f64>>();
    let weights = [
        weigh(&|c| if open(c) { c.max } else { 0.0 }),
        weigh(&|c| if open(c) { 1.0 } else { 0.0 }),
        weigh(&|c| if c.set && c.percent == 0.0 { c.max } else { 0.0 }),
        weigh(&|c| c.percent),
        weigh(&|_| 1.0),
    ];
    if let Some(weights) = weights.iter().find(|w| w.iter().sum::<f64>() > 0.0) {
        let sum: f64 = weights.iter().sum();
        for (width, weight) in widths.iter_mut().zip(weights) {
            *width += excess * weight / sum;
        }
    }
}

/// Columns without a width share what is left evenly; if all have one, all grow alike.
fn distribute_fixed(columns: &[ColumnSizes], target: f64) -> Vec<f64> {
    let width = |c: &ColumnSizes| match c {
        ColumnSizes { set: true, max, .. } => Some(*max),
        ColumnSizes { percent, extra, .. } if *percent > 0.0 => {
            Some(percent / 100.0 * target + extra)
        }
        _ => None,
    };
    let known: f64 = columns.iter().filter_map(width).sum();
    let open = columns.iter().filter(|c| width(c).is_none()).count();
    let free = (target - known).max(0.0);
    // Set widths that sum up to less than the table grow in proportion (CSS 2.2, 17.5.2.1).
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
