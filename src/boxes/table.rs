//! Tables: missing parts are made (CSS 2.2, 17.2.1), cells get their places in the grid (HTML
//! Standard, 4.9.12).

use std::sync::Arc;

use super::flow::{self, ChildPiece};
use super::{BoxNode, CellBox, ColumnBox, Content, Role, RowBox, TableBox, space};
use crate::diag::Span;
use crate::diag::say;
use crate::limits;
use crate::style::{
    Background, BorderSide, BorderStyle, Break, Computed, Display, LengthOrAuto, Sides,
};

/// The most columns that a table may have, and that a cell or a `col` may cover.
pub(super) const MAX_COLUMNS: usize = 1000;
/// The most rows that a cell may cover.
pub(super) const MAX_ROWS: usize = 65_534;

/// A part of a table that looks for its table.
#[derive(Debug)]
pub(super) enum TablePart {
    Caption(BoxNode),
    Columns(Vec<ColumnBox>),
    Group(RowGroup),
    Row(RawRow),
    Cell(RawCell),
}

/// Which rows are repeated on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    Head,
    Body,
    Foot,
}

#[derive(Debug)]
pub(super) struct RowGroup {
    pub(super) kind: GroupKind,
    pub(super) rows: Vec<RawRow>,
}

/// A row before its cells have their columns.
#[derive(Debug)]
pub(super) struct RawRow {
    pub(super) style: Arc<Computed>,
    pub(super) cells: Vec<RawCell>,
    pub(super) span: Option<Span>,
}

/// A cell before it has its column.
#[derive(Debug)]
pub(super) struct RawCell {
    pub(super) node: BoxNode,
    pub(super) columns: usize,
    /// 0 means to the end of the group.
    pub(super) rows: usize,
    /// `scope="row"` or `rowgroup`; nothing if there is no `scope`.
    pub(super) heads_row: Option<bool>,
}

fn is_blank(piece: &ChildPiece) -> bool {
    matches!(piece, ChildPiece::Inline(inline) if space::is_blank(std::slice::from_ref(inline)))
}

/// The cells of a row; anything else is wrapped in anonymous cells.
pub(super) fn cells(pieces: Vec<ChildPiece>, style: &Computed) -> Vec<RawCell> {
    let mut cells = Vec::new();
    let mut loose = Vec::new();
    // White space between cells makes no cell (CSS 2.2, 17.2.1, rule 1.3).
    let wrap = |loose: &mut Vec<ChildPiece>, cells: &mut Vec<RawCell>| {
        if loose.iter().all(is_blank) {
            loose.clear();
        } else {
            let content = flow::flow(std::mem::take(loose), style);
            let node = BoxNode {
                role: Role::DataCell,
                ..flow::anonymous(style, Display::TableCell, content)
            };
            cells.push(RawCell { node, columns: 1, rows: 1, heads_row: None });
        }
    };
    for piece in pieces {
        if let ChildPiece::Part(TablePart::Cell(cell)) = piece {
            wrap(&mut loose, &mut cells);
            cells.push(cell);
        } else {
            loose.push(piece);
        }
    }
    wrap(&mut loose, &mut cells);
    cells
}

/// The rows of a row group; anything else is wrapped in anonymous rows.
pub(super) fn rows(pieces: Vec<ChildPiece>, style: &Computed) -> Vec<RawRow> {
    let mut rows = Vec::new();
    let mut loose = Vec::new();
    let wrap = |loose: &mut Vec<ChildPiece>, rows: &mut Vec<RawRow>| {
        if loose.iter().all(is_blank) {
            loose.clear();
        } else {
            // No selector finds an anonymous row, so it gets what the user agent's stylesheet gives
            // to others.
            let row = flow::anonymous(style, Display::TableRow, Content::Blocks(Vec::new())).style;
            let style = Arc::new(Computed { break_inside_avoid: true, ..(*row).clone() });
            rows.push(RawRow { cells: cells(std::mem::take(loose), &style), style, span: None });
        }
    };
    for piece in pieces {
        if let ChildPiece::Part(TablePart::Row(row)) = piece {
            wrap(&mut loose, &mut rows);
            rows.push(row);
        } else {
            loose.push(piece);
        }
    }
    wrap(&mut loose, &mut rows);
    rows
}

/// Gives rows what their row group has, because a group has no box of its own: a background, where
/// rows have none (cells are painted with what is behind them, CSS 2.2, 17.5.1), and its breaks
/// (CSS Fragmentation 3, 3.1).
pub(super) fn grouped(mut rows: Vec<RawRow>, group: &Computed) -> Vec<RawRow> {
    let last = rows.len().saturating_sub(1);
    for (at, row) in rows.iter_mut().enumerate() {
        let (mut before, mut after) = (row.style.break_before, row.style.break_after);
        if at == 0 {
            before = stronger(before, group.break_before);
        }
        if at == last {
            after = stronger(after, group.break_after);
        // «Keep the group together» becomes «do not break after this row», all but the last.
        } else if group.break_inside_avoid {
            after = stronger(after, Break::Avoid);
        }
        // Rows share their values; only those that change get a copy.
        if (before, after) != (row.style.break_before, row.style.break_after) {
            let style = (*row.style).clone();
            row.style = Arc::new(Computed { break_before: before, break_after: after, ..style });
        }
    }
    let bordered = group.border != Sides::default() && group.table.collapse;
    for (at, row) in rows.iter_mut().enumerate().filter(|_| bordered) {
        let border = group_border(&row.style, group, at == 0, at == last);
        row.style = Arc::new(Computed { border, ..(*row.style).clone() });
    }
    if group.background != Background::default() {
        for row in rows.iter_mut().filter(|row| row.style.background == Background::default()) {
            let background = group.background.clone();
            row.style = Arc::new(Computed { background, ..(*row.style).clone() });
        }
    }
    rows
}

/// Whether it is a part of a table that has no box of its own, or a cell.
pub(super) fn is_part(display: Display) -> bool {
    matches!(
        display,
        Display::TableRowGroup
            | Display::TableHeaderGroup
            | Display::TableFooterGroup
            | Display::TableRow
            | Display::TableCell
    )
}

/// The values of a row or cell with `min-height` as its `height`, which is a least height there
/// (CSS 2.2, 17.5.3; what `min-height` means is left open, and browsers do so).
pub(super) fn least_height(style: Arc<Computed>) -> Arc<Computed> {
    let least = style.min_height;
    let is_row_or_cell = matches!(style.display, Display::TableRow | Display::TableCell);
    if !is_row_or_cell || style.height != LengthOrAuto::Auto || least == LengthOrAuto::Auto {
        return style;
    }
    Arc::new(Computed { height: least, ..(*style).clone() })
}

/// The borders of a row that a group with collapsed borders gives it: at the group's ends its own,
/// where the row asks for none (CSS 2.2, 17.6.2).
fn group_border(row: &Computed, group: &Computed, first: bool, last: bool) -> Sides<BorderSide> {
    let side = |own: BorderSide, outer: BorderSide, at_end: bool| {
        if at_end && own.style == BorderStyle::None { outer } else { own }
    };
    Sides {
        top: side(row.border.top, group.border.top, first),
        bottom: side(row.border.bottom, group.border.bottom, last),
        left: side(row.border.left, group.border.left, true),
        right: side(row.border.right, group.border.right, true),
    }
}

/// Of two wishes at one place a forced break wins, then `avoid` (CSS Fragmentation 3, 4.1).
fn stronger(own: Break, outer: Break) -> Break {
    match (own, outer) {
        (Break::Auto, outer) => outer,
        (Break::Avoid, outer) if outer != Break::Auto => outer,
        (own, _) => own,
    }
}

/// Each place of a table becomes a cell, in Word's file too: a few cells that span a lot would be
/// gigabytes.
fn hold_places(places: usize) {
    let limit = limits::get().cells;
    if places > limit {
        let message =
            say!("the table has {places} places for cells; the limit is {limit}", places, limit);
        limits::stop(limits::reached("limit-cells", message));
    }
    // An empty place is a cell in both files, too.
    if let Err(fault) = limits::hold_memory(places.saturating_mul(1000)) {
        limits::stop(fault);
    }
}

/// A table of its parts; anything else is wrapped in anonymous rows.
pub(super) fn table(pieces: Vec<ChildPiece>, style: &Computed) -> TableBox {
    let mut caption = None;
    let mut columns = Vec::new();
    let mut groups: Vec<RowGroup> = Vec::new();
    let mut loose = Vec::new();
    for piece in pieces {
        match piece {
            ChildPiece::Part(TablePart::Caption(node)) if caption.is_none() => caption = Some(node),
            ChildPiece::Part(TablePart::Columns(more)) => columns.extend(more),
            ChildPiece::Part(TablePart::Group(group)) => {
                groups.push(RowGroup {
                    // Loose rows before a group come before it, in an anonymous group of their
                    // own.
                    kind: GroupKind::Body,
                    rows: rows(std::mem::take(&mut loose), style),
                });
                groups.push(group);
            }
            // A second caption is a row like any loose content, so that its words are not lost.
            ChildPiece::Part(TablePart::Caption(node)) => loose.push(ChildPiece::Block(node)),
            other => loose.push(other),
        }
    }
    groups.push(RowGroup { kind: GroupKind::Body, rows: rows(loose, style) });
    // A second head or foot is a body like others (CSS 2.2, 17.2).
    for kind in [GroupKind::Head, GroupKind::Foot] {
        groups
            .iter_mut()
            .filter(|group| group.kind == kind)
            .skip(1)
            .for_each(|group| group.kind = GroupKind::Body);
    }
    let mut placed: Vec<(GroupKind, Vec<RowBox>)> =
        groups.into_iter().map(|group| (group.kind, place(group))).collect();
    let covered = placed
        .iter()
        .flat_map(|(_, rows)| rows)
        .flat_map(|row| &row.cells)
        .map(|cell| cell.column + cell.columns);
    // Columns that are named without cells count, up to the limit.
    let count = covered.max().unwrap_or(0).max(columns.len()).min(MAX_COLUMNS);
    hold_places(count * placed.iter().map(|(_, rows)| rows.len()).sum::<usize>());
    columns.truncate(count);
    columns.resize_with(count, || ColumnBox {
        width: LengthOrAuto::Auto,
        style: flow::anonymous(style, Display::TableColumn, Content::Blocks(Vec::new())).style,
    });
    let mut table =
        TableBox { caption, columns, head: Vec::new(), body: Vec::new(), foot: Vec::new() };
    for (kind, rows) in &mut placed {
        complete(rows, count, style);
        match kind {
            GroupKind::Head => table.head.append(rows),
            GroupKind::Body => table.body.append(rows),
            GroupKind::Foot => table.foot.append(rows),
        }
    }
    table
}

/// Gives the cells of a row group their columns. Spans are cut at the end of the group, and where
/// another cell already is.
fn place(group: RowGroup) -> Vec<RowBox> {
    let total = group.rows.len();
    // For each column, up to which row it is taken.
    let mut taken: Vec<usize> = Vec::new();
    let mut rows = Vec::with_capacity(total);
    for (index, row) in group.rows.into_iter().enumerate() {
        // A header cell in a row with data cells heads that row, unless `scope` says otherwise
        // (HTML Standard, 4.9.12.1).
        let mixed = row.cells.iter().any(|cell| cell.node.role == Role::DataCell);
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.cells.len());
        for raw in row.cells {
            // Places that cells from above reach into are skipped.
            while taken.get(column).is_some_and(|until| *until > index) {
                column += 1;
            }
            if column >= MAX_COLUMNS {
                break;
            }
            let free = (column..)
                // Overlapping cells are a table model error in HTML; here the later one is cut,
                // so that no words stand upon others.
                .take_while(|at| taken.get(*at).is_none_or(|until| *until <= index))
                .take(raw.columns.max(1));
            let columns = free.count().min(MAX_COLUMNS - column).max(1);
            // No cell reaches out of its row group (HTML Standard, 4.9.12.1).
            let left = total - index;
            let spanned = if raw.rows == 0 { left } else { raw.rows.min(left) };
            if taken.len() < column + columns {
                taken.resize(column + columns, 0);
            }
            taken[column..column + columns].fill(index + spanned);
            let header = raw.node.role == Role::HeaderCell;
            let heads_row =
                header && raw.heads_row.unwrap_or(group.kind == GroupKind::Body && mixed);
            cells.push(CellBox { node: raw.node, column, columns, rows: spanned, heads_row });
            column += columns;
        }
        rows.push(RowBox { style: row.style, cells, span: row.span });
    }
    rows
}

/// Fills the holes of a row group with empty cells, so that every place belongs to a cell.
/// Neighbouring holes of a row make one cell.
fn complete(rows: &mut [RowBox], count: usize, style: &Computed) {
    let mut taken = vec![0usize; count];
    for (index, row) in rows.iter_mut().enumerate() {
        for cell in &row.cells {
            taken[cell.column..cell.column + cell.columns].fill(index + cell.rows);
        }
        let mut cells = Vec::with_capacity(row.cells.len());
        let mut written = std::mem::take(&mut row.cells).into_iter().peekable();
        let mut column = 0;
        while column < count {
            cells.extend(written.next_if(|cell| cell.column == column));
            // Neighbouring holes make one cell, so that no borders stand in nothing.
            let hole = taken[column..].iter().take_while(|until| **until <= index).count();
            if hole > 0 {
                let empty = flow::anonymous(style, Display::TableCell, Content::Inline(Vec::new()));
                cells.push(CellBox {
                    node: BoxNode { role: Role::DataCell, ..empty },
                    column,
                    columns: hole,
                    rows: 1,
                    heads_row: false,
                });
            }
            column += hole.max(1);
        }
        row.cells = cells;
    }
}

/// The columns of a `colgroup`.
pub(super) fn columns_of(pieces: Vec<ChildPiece>) -> Vec<ColumnBox> {
    let columns = pieces.into_iter().filter_map(|piece| match piece {
        ChildPiece::Part(TablePart::Columns(columns)) => Some(columns),
        _ => None,
    });
    columns.flatten().collect()
}
