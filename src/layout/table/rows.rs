//! Table rows: heights, baselines, vertical alignment, and cutting rows that are taller than a page
//! (CSS 2.2, 17.5.3).

use std::cell::OnceCell;
use std::rc::Rc;

use crate::boxes::{BoxNode, CellBox, RowBox};
use crate::diag::Span;
use crate::geometry::{Rect, Sides, Size};
use crate::layout::absolute;
use crate::layout::breakable::{Breakable, LeafContent, Space};
use crate::layout::context::{Context, EPSILON, Scope};
use crate::layout::decor;
use crate::layout::flow;
use crate::layout::fragment::{self, Cursor, Fragmentainer, FragmentainerKind, StopReason};
use crate::layout::frame::{Baselines, Decor, Effect, Frame, Stroked, Thing};
use crate::layout::galley::Galley;
use crate::sizing::{self, TableSizes};
use crate::style::{
    BorderSide, Break, Computed, LengthOrAuto as SizeValue, Position, VerticalAlign,
};

/// Rows that cells tie together: most often one.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) baseline: Option<f64>,
    /// The bottom edges of the rows.
    bottoms: Vec<f64>,
    backgrounds: Vec<RowBackground<'a>>,
    cells: Vec<LaidCell<'a>>,
    /// Collapsed borders: one line per edge that has one.
    edges: Rc<[GridEdge]>,
    pub(crate) breaks: RowBreaks,
    /// Whether pages may break inside of them though they fit one: `break-inside: auto`.
    pub(crate) divides: bool,
    /// Whether these rows stand in the space that their table keeps free for its foot.
    pub(crate) is_foot: bool,
    pub(crate) span: Option<Span>,
    frame: OnceCell<Rc<Frame<'a>>>,
}

/// The breaks that the first of the rows asks for before it, and the last one after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowBreaks {
    pub(crate) before: Break,
    pub(crate) after: Break,
}

/// The background of a row or column in the rows.
#[derive(Debug, Clone)]
struct RowBackground<'a> {
    style: &'a std::sync::Arc<Computed>,
    rect: Rect,
}

#[derive(Debug, Clone)]
struct LaidCell<'a> {
    node: &'a BoxNode,
    /// The border box, in the rows.
    rect: Rect,
    border: Sides<f64>,
    padding: Sides<f64>,
    galley: Rc<Galley<'a>>,
    cursor: Cursor<'a>,
    content: Rc<Frame<'a>>,
    /// The height that its style asks for.
    min_height: f64,
    /// How far the content stands below the top padding.
    offset: f64,
    begins: bool,
    ends: bool,
}

/// An edge of the grid, from `at` on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GridEdge {
    side: BorderSide,
    x: f64,
    y: f64,
    length: f64,
    upright: bool,
}

/// Sets the rows of one table.
pub(crate) struct RowSetter<'a, 't> {
    table: &'t TableSizes<'a>,
    widths: &'t [f64],
    /// The left edge of every column, and one more.
    lefts: Vec<f64>,
    width: f64,
    scope: Scope,
}

/// Rows that cells tie together, measured but not placed.
pub(crate) struct MeasuredRows<'a> {
    rows: &'a [RowBox],
    /// The first row's number in the grid.
    first: usize,
    /// With the number of their first row.
    cells: Vec<(usize, &'a CellBox, LaidCell<'a>)>,
    heights: Vec<f64>,
    baselines: Vec<Option<f64>>,
}

/// The end of the group of rows that begins with this one: rows that cells of more than one row tie
/// together.
pub(crate) fn group_end(rows: &[RowBox], start: usize) -> usize {
    // A span may reach into rows whose cells reach farther still, so the end moves on as rows
    // are read.
    let mut end = start + 1;
    let mut row = start;
    while row < end.min(rows.len()) {
        let reach = rows[row].cells.iter().map(|cell| cell.rows).max().unwrap_or(1);
        end = end.max(row + reach);
        row += 1;
    }
    end.min(rows.len())
}

impl<'a, 't> RowSetter<'a, 't> {
    pub(crate) fn new(table: &'t TableSizes<'a>, widths: &'t [f64], scope: Scope) -> Self {
        let gap = table.spacing.width;
        let mut lefts = vec![gap];
        for width in widths {
            lefts.push(lefts[lefts.len() - 1] + width + gap);
        }
        let width = lefts[lefts.len() - 1];
        Self { table, widths, lefts, width, scope }
    }

    /// All groups of some rows; `first` is the first row's number in the grid.
    pub(crate) fn groups(
        &self,
        cx: &mut Context<'a>,
        rows: &'a [RowBox],
        first: usize,
    ) -> Vec<Rows<'a>> {
        let mut groups = Vec::new();
        let mut next = 0;
        while next < rows.len() {
            let end = group_end(rows, next);
            groups.push(self.group(cx, &rows[next..end], first + next));
            next = end;
        }
        groups
    }

    /// Sets rows that belong together.
    pub(crate) fn group(&self, cx: &mut Context<'a>, rows: &'a [RowBox], first: usize) -> Rows<'a> {
        let draft = self.draft(cx, rows, first);
        self.finish(draft)
    }

    /// The spacing between cells.
    pub(crate) fn spacing(&self) -> Size {
        self.table.spacing
    }

    /// Measures rows that belong together.
    pub(crate) fn draft(
        &self,
        cx: &mut Context<'a>,
        rows: &'a [RowBox],
        first: usize,
    ) -> MeasuredRows<'a> {
        let gap = self.table.spacing.height;
        let mut cells: Vec<(usize, &'a CellBox, LaidCell<'a>)> = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            cells.extend(
                row.cells
                    .iter()
                    .filter_map(|cell| Some((r, cell, self.cell(cx, cell, first + r)?))),
            );
        }
        // Baselines first, then heights of rows, then cells of more than one row stretch those that
        // they cover, narrow spans first.
        let mut heights: Vec<f64> =
            // `height` of a row is its least height (17.5.3).
            rows.iter().map(|row| row.style.height.resolve(0.0).unwrap_or(0.0)).collect();
        let mut baselines = vec![None::<f64>; rows.len()];
        for (r, _, cell) in &cells {
            if let Some(own) = cell.baseline().filter(|_| on_baseline(cell.node)) {
                baselines[*r] = Some(baselines[*r].map_or(own, |known| known.max(own)));
            }
        }
        for (r, cell, boxed) in &mut cells {
            if let (Some(row), Some(own)) =
                (baselines[*r], boxed.baseline().filter(|_| on_baseline(boxed.node)))
            {
                // Cells on the baseline move down until all their first lines stand level.
                boxed.offset = row - own;
            }
            if cell.rows == 1 {
                heights[*r] = heights[*r].max(boxed.natural()).max(boxed.min_height);
            }
        }
        // Cells of several rows only stretch what the others have settled.
        let mut tall: Vec<&(usize, &'a CellBox, LaidCell<'a>)> =
            cells.iter().filter(|(_, cell, _)| cell.rows > 1).collect();
        tall.sort_by_key(|(_, cell, _)| cell.rows);
        for (r, cell, boxed) in tall {
            let end = (r + cell.rows).min(rows.len());
            {
                let have: f64 = heights[*r..end].iter().sum::<f64>() + gap * (end - r - 1) as f64;
                grow(
                    &rows[*r..end],
                    &mut heights[*r..end],
                    boxed.natural().max(boxed.min_height) - have,
                );
            }
        }
        MeasuredRows { rows, first, cells, heights, baselines }
    }

    /// Places rows whose heights are known.
    pub(crate) fn finish(&self, draft: MeasuredRows<'a>) -> Rows<'a> {
        let gap = self.table.spacing.height;
        let MeasuredRows { rows, first, mut cells, heights, baselines } = draft;
        let mut tops = vec![0.0];
        for height in &heights {
            tops.push(tops[tops.len() - 1] + height + gap);
        }
        let height = tops[rows.len()] - gap;
        for (r, cell, boxed) in &mut cells {
            let end = (*r + cell.rows).min(rows.len());
            boxed.rect.y = tops[*r];
            boxed.rect.height = tops[end] - gap - tops[*r];
            // Where a cell is taller than its content, `vertical-align` says where that stands.
            let free = (boxed.rect.height - boxed.natural()).max(0.0);
            match boxed.node.style.vertical_align {
                VerticalAlign::Middle => boxed.offset = free / 2.0,
                VerticalAlign::Bottom => boxed.offset = free,
                _ => {}
            }
        }
        let mut cells: Vec<_> = cells.into_iter().map(|(_, _, boxed)| boxed).collect();
        cells.shrink_to_fit();
        let backgrounds = self.backgrounds(rows, &tops, &heights, height);
        let edges = self.edges(rows.len(), first, &tops).into();
        let bottoms = tops.iter().skip(1).map(|top| top - gap).collect();
        let span = rows
            .first()
            .and_then(|row| row.span.or_else(|| row.cells.first().and_then(|cell| cell.node.span)));
        Rows {
            width: self.width,
            height,
            baseline: baselines.first().copied().flatten(),
            bottoms,
            backgrounds,
            cells,
            edges,
            breaks: RowBreaks {
                before: rows.first().map_or(Break::Auto, |row| row.style.break_before),
                after: rows.last().map_or(Break::Auto, |row| row.style.break_after),
            },
            divides: rows.iter().all(|row| {
                let kept = |cell: &CellBox| cell.node.style.break_inside_avoid;
                !row.style.break_inside_avoid && !row.cells.iter().any(kept)
            }),
            is_foot: false,
            span,
            frame: OnceCell::new(),
        }
    }

    fn cell(&self, cx: &mut Context<'a>, cell: &'a CellBox, row: usize) -> Option<LaidCell<'a>> {
        let end = (cell.column + cell.columns).min(self.widths.len());
        let x = *self.lefts.get(cell.column)?;
        let width = (self.lefts.get(end)? - self.table.spacing.width - x).max(0.0);
        let edges = self.table.cell_edges(cell, row);
        let inner = (width - edges.across()).max(0.0);
        let set = sizing::set_height(&cell.node.style, &edges, None);
        let galley = Rc::new(flow::inside(cx, &cell.node, inner, set, self.scope.inside()));
        let mut content = fragment::whole(cx, &galley);
        // Most cells hold one line, and a list that grows begins with room for four.
        content.items.shrink_to_fit();
        Some(LaidCell {
            node: &cell.node,
            // Rows have no heights yet.
            rect: Rect::new(x, 0.0, width, 0.0),
            border: edges.border,
            padding: edges.padding,
            galley,
            cursor: Cursor::default(),
            content: Rc::new(content),
            // The height of a cell is a minimum: rows grow with their content (CSS 2.2, 17.5.3).
            min_height: set.unwrap_or(0.0) + edges.along(),
            offset: 0.0,
            begins: true,
            ends: true,
        })
    }

    fn backgrounds(
        &self,
        rows: &'a [RowBox],
        tops: &[f64],
        heights: &[f64],
        height: f64,
    ) -> Vec<RowBackground<'a>> {
        let (left, right) = (self.table.spacing.width, self.width - self.table.spacing.width);
        let shows = |style: &Computed| {
            !style.background.color.is_transparent() || style.background.image.is_some()
        };
        let columns = self.table.table.columns.iter().zip(self.lefts.iter().zip(self.widths));
        let columns =
            columns.filter(|(column, _)| shows(&column.style)).map(|(column, (x, width))| {
                RowBackground { style: &column.style, rect: Rect::new(*x, 0.0, *width, height) }
            });
        let rows = rows.iter().zip(tops.iter().zip(heights));
        let rows = rows.filter(|(row, _)| shows(&row.style)).map(|(row, (y, height))| {
            RowBackground { style: &row.style, rect: Rect::new(left, *y, right - left, *height) }
        });
        // Columns are painted below rows (CSS 2.2, 17.5.1).
        columns.chain(rows).collect()
    }

    /// The collapsed borders around and inside of some rows, equal neighbours as one line.
    fn edges(&self, rows: usize, first: usize, tops: &[f64]) -> Vec<GridEdge> {
        // With `border-collapse: separate` every cell paints its own borders.
        let Some(grid) = &self.table.grid else { return Vec::new() };
        let columns = self.widths.len();
        let mut edges: Vec<GridEdge> = Vec::new();
        let mut add = |edge: GridEdge| {
            if edge.side.width <= 0.0 {
                return;
            }
            if let Some(last) = edges.last_mut() {
                let (x, y) = if last.upright {
                    (last.x, last.y + last.length)
                } else {
                    (last.x + last.length, last.y)
                };
                let meets = (x - edge.x).abs() < EPSILON && (y - edge.y).abs() < EPSILON;
                // Equal neighbours become one line: dashes run through, and files stay small.
                if last.upright == edge.upright && last.side == edge.side && meets {
                    last.length += edge.length;
                    return;
                }
            }
            edges.push(edge);
        };
        for (r, &y) in tops.iter().enumerate() {
            for c in 0..columns {
                let x = self.lefts[c];
                add(GridEdge {
                    side: grid.above(first + r, c),
                    x,
                    y,
                    length: self.widths[c],
                    upright: false,
                });
            }
        }
        for c in 0..=columns {
            for r in 0..rows {
                let (x, y) = (self.lefts[c], tops[r]);
                add(GridEdge {
                    side: grid.left(first + r, c),
                    x,
                    y,
                    length: tops[r + 1] - y,
                    upright: true,
                });
            }
        }
        edges
    }
}

impl MeasuredRows<'_> {
    /// The sum of the heights of its rows.
    pub(crate) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Makes its rows taller.
    pub(crate) fn grow(&mut self, more: f64) {
        grow(self.rows, &mut self.heights, more);
    }
}

/// Gives rows a height that is over: to those that have no height set, as tall as they are (CSS
/// Tables 3, 3.10.5).
fn grow(rows: &[RowBox], heights: &mut [f64], more: f64) {
    if more <= 0.0 {
        return;
    }
    let free = |row: &RowBox| row.style.height == SizeValue::Auto;
    // Rows with a height of their own keep it if others can grow.
    let any_free = rows.iter().zip(heights.iter()).any(|(row, height)| free(row) && *height > 0.0);
    let weights: Vec<f64> = rows
        .iter()
        .zip(heights.iter())
        .map(|(row, h)| if any_free && !free(row) { 0.0 } else { *h })
        .collect();
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        heights.iter_mut().zip(weights).for_each(|(height, weight)| *height += more * weight / sum);
    } else if let Some(last) = heights.last_mut() {
        // Rows of no height at all have no shares: the last one takes it, and the table is as
        // tall as it was asked to be.
        *last += more;
    }
}

fn on_baseline(node: &BoxNode) -> bool {
    !matches!(
        node.style.vertical_align,
        VerticalAlign::Top | VerticalAlign::Middle | VerticalAlign::Bottom
    )
}

/// Where cells are cut.
struct CellCut {
    /// How far down the rows.
    at: f64,
    /// The height of the next page.
    fresh: f64,
    /// Content breaks where it says so, and there alone.
    forced: bool,
    /// It is cut even if a line is left alone.
    must: bool,
}

impl<'a> LaidCell<'a> {
    /// The parts above and below a cut, and whether anything stands above it; nothing if the whole
    /// row is to go to the next page, where nothing is stranded.
    fn cut(&self, cx: &mut Context<'a>, by: &CellCut) -> Option<(Self, Self, bool)> {
        let edge = self.border.top + self.padding.top;
        let space = by.at - self.rect.y - edge;
        let fragmentainer = Fragmentainer {
            height: space,
            fresh: (by.fresh - self.along()).max(1.0),
            kind: if by.forced { FragmentainerKind::ForcedCell } else { FragmentainerKind::Cell },
            started: true,
        };
        let mut placed = false;
        let (content, left, cursor) = if space > 0.0 {
            let fragmented = fragment::fragment(cx, &self.galley, &self.cursor, fragmentainer);
            // Then the whole row goes to the next page, where nothing is stranded.
            if !by.must && fragmented.strands {
                return None;
            }
            placed = fragmented.placed;
            let left = if fragmented.stop == StopReason::End {
                Frame::default()
            } else {
                rest_of(cx, &self.galley, &fragmented.cursor)
            };
            (fragmented.frame, left, fragmented.cursor)
        } else {
            (Frame::default(), rest_of(cx, &self.galley, &self.cursor), self.cursor.clone())
        };
        // At the cut neither part has an edge (`box-decoration-break: slice`, CSS
        // Fragmentation 3, 5.4).
        let sides = |top: bool, s: Sides<f64>| {
            if top { Sides { bottom: 0.0, ..s } } else { Sides { top: 0.0, ..s } }
        };
        let upper = LaidCell {
            rect: Rect { height: by.at - self.rect.y, ..self.rect },
            border: sides(true, self.border),
            padding: sides(true, self.padding),
            content: Rc::new(content),
            offset: 0.0,
            ends: false,
            ..self.clone()
        };
        let lower = LaidCell {
            rect: Rect { y: 0.0, height: self.rect.bottom() - by.at, ..self.rect },
            border: sides(false, self.border),
            padding: sides(false, self.padding),
            content: Rc::new(left),
            cursor,
            offset: 0.0,
            begins: false,
            ..self.clone()
        };
        Some((upper, lower, placed))
    }

    fn along(&self) -> f64 {
        self.border.top + self.border.bottom + self.padding.top + self.padding.bottom
    }

    /// The height that its content needs.
    fn natural(&self) -> f64 {
        self.content.height + self.offset + self.along()
    }

    /// The first line's baseline from the cell's top, if its content stands at the top.
    fn baseline(&self) -> Option<f64> {
        self.content.baselines.map(|own| own.first + self.border.top + self.padding.top)
    }

    fn place(&self, frame: &mut Frame<'a>, collapsed: bool) {
        let style = &self.node.style;
        if self.node.id.is_some() || !self.node.strings.is_empty() {
            frame.push(self.rect.x, self.rect.y, Thing::Anchor(self.node));
        }
        if flow::painted(style) {
            let size = self.rect.size();
            let decor = Decor {
                begins: self.begins,
                ends: self.ends,
                no_border: collapsed,
                ..Decor::whole(style, size, self.border)
            };
            frame.push(self.rect.x, self.rect.y, Thing::Decor(decor));
        }
        let x = self.rect.x + self.border.left + self.padding.left;
        let y = self.rect.y + self.border.top + self.padding.top + self.offset;
        frame.place(x, y, 0, &self.content, Effect::default());
    }
}

impl<'a> Rows<'a> {
    /// The rows as one frame.
    pub(crate) fn whole(&self, cx: &mut Context<'a>) -> Rc<Frame<'a>> {
        if let Some(frame) = self.frame.get() {
            return Rc::clone(frame);
        }
        let mut frame = Frame { width: self.width, height: self.height, ..Frame::default() };
        if let Some(cell) = self.cells.first() {
            frame.push(0.0, 0.0, Thing::Rows(cell.node, Size::new(self.width, self.height)));
        }
        for background in &self.backgrounds {
            let Rect { x, y, width, height } = background.rect;
            let size = Size::new(width, height);
            let decor =
                Decor { no_border: true, ..Decor::whole(background.style, size, Sides::all(0.0)) };
            frame.push(x, y, Thing::Decor(decor));
        }
        // Collapsed borders are painted once for all rows, after the cells.
        let collapsed = self.cells.first().is_some_and(|cell| cell.node.style.table.collapse);
        for cell in &self.cells {
            if cell.node.style.position == Position::Static {
                cell.place(&mut frame, collapsed);
                continue;
            }
            // A positioned cell is the containing block of what is in it alone.
            let held = std::mem::take(&mut frame.positioned);
            cell.place(&mut frame, collapsed);
            let b = cell.border;
            let rect = Rect::new(
                cell.rect.x + b.left,
                cell.rect.y + b.top,
                cell.rect.width - b.left - b.right,
                cell.rect.height - b.top - b.bottom,
            );
            for place in std::mem::take(&mut frame.positioned) {
                absolute::place(cx, &mut frame, place, rect);
            }
            frame.positioned.extend(held);
        }
        if !self.edges.is_empty() {
            frame.push(0.0, 0.0, Thing::Grid(Rc::clone(&self.edges)));
        }
        frame.items.shrink_to_fit();
        let frame = Rc::new(frame);
        Rc::clone(self.frame.get_or_init(|| frame))
    }

    /// The part that fits a height, and the rest: between two rows if it can be, else inside the
    /// cells.
    // Over 60 lines: cells above the cut, below it and across it share the cut, the shift below it
    // and the borders; they are told apart in one pass.
    fn cut(&self, cx: &mut Context<'a>, height: f64, fresh: f64) -> Option<(Self, Option<Self>)> {
        // Rows that fit a page are broken only where no line is left alone.
        let must = self.height > fresh + EPSILON || self.has_forced_break();
        // Between two rows is the best place; inside of cells the last resort.
        let boundary = self
            .bottoms
            .iter()
            .copied()
            .filter(|b| *b <= height + EPSILON && *b < self.height - EPSILON)
            .fold(0.0, f64::max);
        let forced = self.has_forced_break();
        let cut = if boundary > 0.0 { boundary } else { height.min(self.height) };
        let cut = if forced { self.forced_cut(cx, cut) } else { cut };
        let by = CellCut { at: cut, fresh, forced, must };
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let mut shown = boundary > 0.0;
        for cell in &self.cells {
            if cell.rect.bottom() <= cut + EPSILON {
                shown |= !cell.content.items.is_empty();
                above.push(cell.clone());
            } else if cell.rect.y >= cut - EPSILON {
                below.push(LaidCell {
                    rect: Rect { y: cell.rect.y - cut, ..cell.rect },
                    ..cell.clone()
                });
            } else {
                let (upper, lower, placed) = cell.cut(cx, &by)?;
                shown |= placed;
                above.push(upper);
                below.push(lower);
            }
        }
        // A cut above which nothing stands makes no progress.
        if !shown {
            return None;
        }
        // A row that is cut goes on as tall as its cells need, and later rows follow it.
        // The row that is cut: how much of it was still to come.
        let left_over =
            self.bottoms.iter().copied().find(|b| *b > cut + EPSILON).unwrap_or(self.height) - cut;
        let mut moved = 0.0;
        if boundary == 0.0 {
            // Only cells that end in this row say how tall its rest is.
            let ends_here = |c: &&LaidCell<'a>| !c.begins && c.rect.height <= left_over + EPSILON;
            moved = below.iter().filter(ends_here).map(LaidCell::natural).fold(0.0, f64::max)
                - left_over;
        }
        // Cells that begin later move, those that were cut grow.
        for cell in &mut below {
            if cell.begins {
                cell.rect.y += moved;
            } else {
                cell.rect.height += moved;
            }
        }
        // What was cut may need more height than it had, because its lines end elsewhere.
        let needed =
            below.iter().map(|c| c.rect.y + c.rect.height.max(c.natural())).fold(0.0, f64::max);
        let rest_height = (self.height - cut + moved).max(needed);
        let bottoms = |from: f64| -> Vec<f64> {
            self.bottoms
                .iter()
                .copied()
                .filter(|b| *b > from + EPSILON)
                .map(|b| b - from + moved)
                .collect()
        };
        let top = Rows {
            height: cut,
            bottoms: self.bottoms.iter().copied().filter(|b| *b <= cut + EPSILON).collect(),
            backgrounds: clipped(&self.backgrounds, 0.0, cut, 0.0),
            cells: above,
            edges: self.edges_between(0.0, cut, 0.0).into(),
            frame: OnceCell::new(),
            ..*self
        };
        if rest_height <= EPSILON || below.is_empty() {
            return Some((top, None));
        }
        let rest = Rows {
            height: rest_height,
            baseline: None,
            bottoms: bottoms(cut),
            backgrounds: clipped(&self.backgrounds, cut, self.height, moved),
            cells: below,
            edges: self.edges_between(cut, self.height, moved).into(),
            frame: OnceCell::new(),
            ..*self
        };
        Some((top, Some(rest)))
    }

    /// Where rows end that are to be broken inside of a cell: below what stands before the first
    /// forced break of each cell.
    fn forced_cut(&self, cx: &mut Context<'a>, height: f64) -> f64 {
        let mut cut = 0.0f64;
        for cell in &self.cells {
            let top = cell.rect.y + cell.border.top + cell.padding.top;
            let fragmentainer = Fragmentainer {
                height: (height - top).max(0.0),
                fresh: f64::INFINITY,
                kind: FragmentainerKind::ForcedCell,
                started: true,
            };
            let above = cx
                .speculate(|cx| fragment::fragment(cx, &cell.galley, &cell.cursor, fragmentainer));
            cut = cut.max(top + above.frame.height);
        }
        cut.min(height)
    }

    /// The collapsed borders between two heights; `moved` is by how much those below the cut go
    /// down.
    fn edges_between(&self, from: f64, to: f64, moved: f64) -> Vec<GridEdge> {
        let mut edges = Vec::new();
        for edge in &*self.edges {
            if edge.upright {
                let (top, bottom) = (edge.y.max(from), (edge.y + edge.length).min(to));
                if bottom > top + EPSILON {
                    let shift = if from > 0.0 { moved } else { 0.0 };
                    // A line that runs across the cut begins at the top of the rest and grows
                    // with what moved.
                    let stretched = edge.y < from;
                    let y = if stretched { 0.0 } else { top - from + shift };
                    let length = bottom - top + if stretched { shift } else { 0.0 };
                    edges.push(GridEdge { y, length: length.max(0.0), ..*edge });
                }
            } else if edge.y >= from - EPSILON && edge.y <= to + EPSILON {
                let shift = if from > 0.0 && edge.y > from + EPSILON { moved } else { 0.0 };
                edges.push(GridEdge { y: edge.y - from + shift, ..*edge });
            }
        }
        edges
    }
}

impl<'a> Breakable<'a> for Rows<'a> {
    fn height(&self) -> f64 {
        self.height
    }

    fn baselines(&self) -> Option<Baselines> {
        self.baseline.map(Baselines::one)
    }

    fn notes(&self) -> Vec<&'a BoxNode> {
        self.cells.iter().flat_map(|cell| cell.content.notes.iter().copied()).collect()
    }

    fn frame(&self, cx: &mut Context<'a>) -> Rc<Frame<'a>> {
        self.whole(cx)
    }

    fn split(
        &self,
        cx: &mut Context<'a>,
        space: Space,
        _: Option<Span>,
    ) -> Option<(LeafContent<'a>, Option<LeafContent<'a>>)> {
        let (top, rest) = self.cut(cx, space.height, space.fresh)?;
        let rest = rest.map(|rest| -> LeafContent<'a> { Rc::new(rest) });
        Some((Rc::new(top), rest))
    }

    fn divides(&self) -> bool {
        self.divides
    }

    /// Rows that cells tie together have no single place for a break, so only a row by itself
    /// listens to what its cells ask for.
    fn has_forced_break(&self) -> bool {
        self.bottoms.len() <= 1
            && self.cells.iter().any(|cell| cell.cursor.forced_ahead(&cell.galley))
    }

    fn is_foot(&self) -> bool {
        self.is_foot
    }
}

/// What is left of a cell's content, in a fragmentainer without end.
fn rest_of<'a>(cx: &mut Context<'a>, galley: &Galley<'a>, cursor: &Cursor<'a>) -> Frame<'a> {
    let fragmentainer = Fragmentainer {
        height: f64::INFINITY,
        fresh: f64::INFINITY,
        kind: FragmentainerKind::Endless,
        started: false,
    };
    fragment::fragment(cx, galley, cursor, fragmentainer).frame
}

fn clipped<'a>(
    backgrounds: &[RowBackground<'a>],
    from: f64,
    to: f64,
    moved: f64,
) -> Vec<RowBackground<'a>> {
    let mut out = Vec::new();
    for background in backgrounds {
        let Rect { x, y, width, height } = background.rect;
        let (top, bottom) = (y.max(from), (y + height).min(to));
        if bottom > top + EPSILON {
            let shift = if from > 0.0 { moved } else { 0.0 };
            let (y, height) = if y < from || from == 0.0 {
                (top - from, bottom - top + if y < from { shift } else { 0.0 })
            } else {
                (top - from + shift, bottom - top)
            };
            out.push(RowBackground {
                rect: Rect::new(x, y, width, height.max(0.0)),
                ..background.clone()
            });
        }
    }
    out
}

/// Groups of rows as one frame, for repeating.
pub(crate) fn stacked<'a>(cx: &mut Context<'a>, groups: &[Rows<'a>], gap: f64) -> Rc<Frame<'a>> {
    let mut frame = Frame::default();
    for group in groups {
        frame.width = group.width;
        frame.place(0.0, frame.height, 0, &group.whole(cx), Effect::default());
        frame.height += group.height + gap;
    }
    // Absolute boxes and notes belong to the first copy of the rows; repeats are ornaments.
    frame.positioned.clear();
    frame.notes.clear();
    Rc::new(frame)
}

impl GridEdge {
    /// The edge as strokes, centred on the grid line and long enough to close the corners.
    pub(crate) fn strokes(&self) -> Vec<Stroked> {
        let half = self.side.width / 2.0;
        if self.upright {
            decor::vertical(self.side, self.x, self.y, self.length)
        } else {
            decor::horizontal(self.side, self.x - half, self.y, self.length + 2.0 * half)
        }
    }
}
