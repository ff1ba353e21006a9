//! Tables with a grid, borders, spans and repeated heads.

use docx_rs::{Table, TableCell, TableCellContent, TableRow};

use super::Writer;
use super::faces::Faces;
use super::flow::{self, Area, Block, Flow};
use super::package::xml::El;
use super::package::{TablePatch, first_paragraph};
use super::properties::{borders, hex, twips};
use crate::boxes::{BoxNode, Cell, Content, Inline, Row, TableBox};
use crate::style::{
    BorderSide, Color, Computed, LengthPercentage, Sides, Size, TextAlign, VerticalAlign,
};

/// Word's limit of columns (ECMA-376 Part 1, 17.4.48, and Word's own specification).
const MAX_COLUMNS: usize = 63;

/// A table of the document.
pub(super) fn table(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    content: &TableBox,
    area: &Area<'_>,
) -> Table {
    let style = &node.style;
    let room = area.inner();
    if content.columns.len() > MAX_COLUMNS {
        writer.warn_once(
            "docx-columns",
            &format!("Word shows tables of at most {MAX_COLUMNS} columns"),
            node.span,
        );
    }
    let collapsed = style.text.border_collapse;
    let spacing = if collapsed { 0.0 } else { style.text.border_spacing.0 };
    // Outside of the columns: gaps, or the outer halves of collapsed borders.
    let around = if collapsed {
        outer_borders(content)
    } else {
        spacing * (content.columns.len() + 1) as f64
    };
    let asked = style.width.resolve(room).map(|width| width - around);
    let widths = widths(&writer.faces, content, asked, room - around, style.table_fixed, collapsed);
    let width: f64 = widths.iter().sum();
    let heads = content.head.len();
    let all: Vec<&Row> = content.head.iter().chain(&content.body).chain(&content.foot).collect();
    let mut rows = Vec::new();
    // Cells that reach down into the rows below, by column.
    let mut reaching = vec![Reaching::default(); widths.len()];
    for (at, row) in all.iter().enumerate() {
        let last = at + 1 == all.len();
        let keep = if last { area.keep_last } else { area.keep_all || at < heads };
        rows.push(self::row(writer, row, &widths, &mut reaching, area, keep));
    }
    // Without a row there is no table.
    if rows.is_empty() {
        rows.push(Drawn {
            cells: vec![empty_cell(writer, width.max(1.0), 1)],
            properties: Vec::new(),
        });
    }
    let free = (room - width).max(0.0);
    let indent = match (style.margin.left, style.margin.right) {
        (Size::Auto, Size::Auto) => free / 2.0,
        (Size::Auto, _) => free,
        _ => 0.0,
    };
    let mut properties = properties(width, area.left + indent, heads > 0);
    if spacing > 0.0 {
        // Word puts the spacing on both sides of each cell.
        properties.push(
            El::new("w:tblCellSpacing").with("w:w", twips(spacing / 2.0)).with("w:type", "dxa"),
        );
    }
    let frame = borders(style.border, Sides::default());
    if !frame.is_empty() {
        properties.push(El::new("w:tblBorders").children(frame));
    }
    if !style.background.color.is_transparent() {
        properties.push(shade(style.background.color));
    }
    if let Some(caption) = content.caption.as_ref().map(words).filter(|text| !text.is_empty()) {
        properties.push(El::val("w:tblCaption", &caption));
    }
    if let Some(alt) = &node.alt {
        properties.push(El::val("w:tblDescription", alt.to_string()));
    }
    rows.iter_mut().take(heads).for_each(|row| row.properties.push(El::new("w:tblHeader")));
    finish(writer, rows, &widths, properties)
}

/// A row of a table.
pub(super) struct Drawn {
    pub(super) cells: Vec<TableCell>,
    pub(super) properties: Vec<El>,
}

/// The halves of collapsed borders at the left and right of a table.
fn outer_borders(content: &TableBox) -> f64 {
    let rows = content.head.iter().chain(&content.body).chain(&content.foot);
    let cells = || rows.clone().flat_map(|row| &row.cells);
    let left = cells()
        .filter(|cell| cell.column == 0)
        .map(|cell| cell.node.style.border.left.width)
        .fold(0.0, f64::max);
    let last = |cell: &Cell| cell.column + cell.columns >= content.columns.len();
    let right = cells()
        .filter(|cell| last(cell))
        .map(|cell| cell.node.style.border.right.width)
        .fold(0.0, f64::max);
    (left + right) / 2.0
}

/// Puts rows together. The properties are found again by the table's first paragraph.
pub(super) fn finish(
    writer: &mut Writer<'_>,
    drawn: Vec<Drawn>,
    widths: &[f64],
    properties: Vec<El>,
) -> Table {
    let first =
        drawn.first().and_then(|row| first_paragraph(row.cells.first()?)).map(str::to_owned);
    let (rows, of_rows) =
        drawn.into_iter().map(|row| (TableRow::new(row.cells), row.properties)).unzip();
    if let Some(id) = first {
        writer.patches.tables.insert(id, TablePatch { properties, rows: of_rows });
    }
    Table::new(rows).set_grid(widths.iter().map(|w| twips(*w).max(1) as usize).collect())
}

/// What every table of ours has: its place, no cell margins of its own, how its look is read.
pub(super) fn properties(width: f64, left: f64, heads: bool) -> Vec<El> {
    let measure =
        |name: &'static str, value: i64| El::new(name).with("w:w", value).with("w:type", "dxa");
    vec![
        measure("w:tblW", twips(width)),
        measure("w:tblInd", twips(left)),
        El::new("w:tblLayout").with("w:type", "fixed"),
        El::new("w:tblCellMar")
            .children(["w:top", "w:left", "w:bottom", "w:right"].map(|side| measure(side, 0))),
        El::val("w:tblLook", if heads { "0420" } else { "0400" })
            .with("w:firstRow", u8::from(heads))
            .with("w:lastRow", 0)
            .with("w:firstColumn", 0)
            .with("w:lastColumn", 0)
            .with("w:noHBand", 0)
            .with("w:noVBand", 1),
    ]
}

/// A cell that reaches down into the rows below.
#[derive(Debug, Clone, Default)]
struct Reaching {
    rows_left: usize,
    columns: usize,
    border: Sides<BorderSide>,
}

fn row(
    writer: &mut Writer<'_>,
    row: &Row,
    widths: &[f64],
    reaching: &mut [Reaching],
    area: &Area<'_>,
    keep: bool,
) -> Drawn {
    let mut cells = Vec::new();
    let mut column = 0;
    let mut own = row.cells.iter().peekable();
    while column < widths.len() {
        if reaching[column].rows_left > 0 {
            let above = &mut reaching[column];
            above.rows_left -= 1;
            let columns = above.columns.clamp(1, widths.len() - column);
            // Each row draws its part of the cell's border; the last one the lower edge.
            let none = BorderSide::default();
            let bottom = if above.rows_left == 0 { above.border.bottom } else { none };
            let border = Sides { top: none, bottom, ..above.border };
            let width = widths[column..column + columns].iter().sum::<f64>();
            cells.push(continued(writer, width, columns, border));
            column += columns;
            continue;
        }
        match own.next_if(|cell| cell.column <= column) {
            Some(cell) => {
                let columns = cell.columns.clamp(1, widths.len() - column);
                let width = widths[column..column + columns].iter().sum::<f64>();
                let inside = Area {
                    keep_all: area.keep_all || keep,
                    keep_last: keep,
                    ..Area::within(area, width)
                };
                cells.push(self::cell(writer, cell, row, &inside, columns));
                if cell.rows > 1 {
                    reaching[column] = Reaching {
                        rows_left: cell.rows - 1,
                        columns,
                        border: cell.node.style.border,
                    };
                }
                column += columns;
            }
            None => {
                cells.push(empty_cell(writer, widths[column], 1));
                column += 1;
            }
        }
    }
    let mut properties = vec![El::new("w:cantSplit")];
    if let Some(height) = row_height(row) {
        properties.push(El::val("w:trHeight", twips(height)).with("w:hRule", "atLeast"));
    }
    Drawn { cells, properties }
}

/// The height that a row has at least: its own, or that of its tallest cell (CSS 2.2, 17.5.3).
fn row_height(row: &Row) -> Option<f64> {
    let cell = |cell: &Cell| {
        let style = &cell.node.style;
        let edges = super::room::edges(style, 0.0);
        let around = if style.border_box { 0.0 } else { edges.top + edges.bottom };
        let least = style.min_height.resolve(0.0).unwrap_or(0.0);
        style.height.resolve(0.0).unwrap_or(0.0).max(least) + around
    };
    // A cell of several rows makes none of them high by itself.
    let cells = row.cells.iter().filter(|cell| cell.rows == 1);
    let set = |cell: &&Cell| {
        [cell.node.style.height, cell.node.style.min_height].iter().any(|size| *size != Size::Auto)
    };
    let own = row.style.height.resolve(0.0).unwrap_or(0.0);
    let height = cells.filter(set).map(cell).fold(own, f64::max);
    (height > 0.0).then_some(height)
}

/// The part of a cell in the rows that it reaches down into.
fn continued(
    writer: &mut Writer<'_>,
    width: f64,
    columns: usize,
    border: Sides<BorderSide>,
) -> TableCell {
    let mut inner = Flow::default();
    flow::end(writer, &mut inner);
    let mut properties = extent(width, columns);
    properties.push(El::val("w:vMerge", "continue"));
    let border = borders(border, Sides::default());
    if !border.is_empty() {
        properties.push(El::new("w:tcBorders").children(border));
    }
    fill(writer, inner, properties)
}

/// How wide a cell is, and how many columns it spans.
pub(super) fn extent(width: f64, columns: usize) -> Vec<El> {
    let width = El::new("w:tcW").with("w:w", twips(width).max(1)).with("w:type", "dxa");
    if columns > 1 { vec![width, El::val("w:gridSpan", columns)] } else { vec![width] }
}

pub(super) fn empty_cell(writer: &mut Writer<'_>, width: f64, columns: usize) -> TableCell {
    let mut inner = Flow::default();
    flow::end(writer, &mut inner);
    fill(writer, inner, extent(width, columns))
}

fn cell(
    writer: &mut Writer<'_>,
    cell: &Cell,
    row: &Row,
    area: &Area<'_>,
    columns: usize,
) -> TableCell {
    let align = match cell.node.style.vertical_align {
        VerticalAlign::Middle => "center",
        VerticalAlign::Bottom | VerticalAlign::TextBottom => "bottom",
        _ => "top",
    };
    let mut properties = extent(area.width, columns);
    if cell.rows > 1 {
        properties.push(El::val("w:vMerge", "restart"));
    }
    properties.push(El::val("w:vAlign", align));
    boxed(writer, &cell.node, area, properties, Sides::default(), Some(row.style.background.color))
}

/// A box as a cell of those `properties`: its padding, borders and background are the cell's, not
/// its paragraphs'. `around` is more room between the cell's edges and the content, `behind` the
/// colour if the box has none.
pub(super) fn boxed(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    mut properties: Vec<El>,
    around: Sides<f64>,
    behind: Option<Color>,
) -> TableCell {
    let style = &node.style;
    let width = area.width;
    let padding = style.padding.map(|p: LengthPercentage| p.resolve(width));
    let padding =
        Sides { top: padding.top + around.top, bottom: padding.bottom + around.bottom, ..padding };
    // Word draws a cell's borders on the lines of the grid and measures its margins from there.
    let share = if style.text.border_collapse { 0.5 } else { 1.0 };
    let padding = Sides {
        left: padding.left + style.border.left.width * share,
        right: padding.right + style.border.right.width * share,
        ..padding
    };
    let edges = style.border.left.width + style.border.right.width;
    let room = width
        - padding.left
        - padding.right
        - if style.text.border_collapse { edges / 2.0 } else { edges };
    let (padding, room) = loosen(writer.faces.content(node), style, padding, room);
    let mut content = node.clone();
    let values = std::sync::Arc::make_mut(&mut content.style);
    values.padding = Sides::default();
    values.border = Sides::default();
    values.margin = Sides::all(Size::Set(LengthPercentage::ZERO));
    values.background.color = Color::TRANSPARENT;
    // The cell is as wide as the box is; so is a picture, whatever its natural size.
    values.width = match node.content {
        Content::Image(_) => Size::Set(LengthPercentage::points(room)),
        _ => Size::Auto,
    };
    values.border_box = false;
    values.max_width = Size::Auto;
    values.break_inside_avoid = false;
    let mut inner = Flow::default();
    flow::blocks(
        writer,
        std::slice::from_ref(&content),
        &Area { width: room.max(1.0), marker: None, ..area.clone() },
        &mut inner,
    );
    let below = inner.below_table();
    flow::end(writer, &mut inner);
    let measure = |name: &'static str, value: f64| {
        El::new(name).with("w:w", twips(value.max(0.0))).with("w:type", "dxa")
    };
    let margins = [
        measure("w:top", padding.top),
        measure("w:left", padding.left),
        measure("w:bottom", padding.bottom + below),
        measure("w:right", padding.right),
    ];
    properties.push(El::new("w:tcMar").children(margins));
    let border = borders(style.border, Sides::default());
    if !border.is_empty() {
        properties.push(El::new("w:tcBorders").children(border));
    }
    let colors = [Some(style.background.color), behind];
    if let Some(color) = colors.into_iter().flatten().find(|color| !color.is_transparent()) {
        properties.push(shade(color));
    }
    fill(writer, inner, properties)
}

/// What a line needs in Word beyond its width in ours, in points and as a share: Word and those
/// that follow it kern other pairs, and LibreOffice rounds each cell to twips.
const SLACK: (f64, f64) = (1.0, 0.01);

/// Takes from a cell's padding what its words need to stay whole, where they just fit: first at the
/// side that the text does not lean on.
fn loosen(
    (least, most): (f64, f64),
    style: &Computed,
    padding: Sides<f64>,
    room: f64,
) -> (Sides<f64>, f64) {
    let real = room + (style.border.left.width + style.border.right.width) / 2.0;
    // The longest line, if it stays whole, else the longest word.
    let words = if most <= real + 0.5 { most } else { least };
    let missing = (words * (1.0 + SLACK.1) + SLACK.0 - room).max(0.0);
    let share = if style.text.border_collapse { 0.5 } else { 1.0 };
    let border = (style.border.left.width * share, style.border.right.width * share);
    let (mut left, mut right) = (padding.left - border.0, padding.right - border.1);
    let mut rest = missing;
    let mut take = |side: &mut f64| {
        let part = rest.min(side.max(0.0));
        *side -= part;
        rest -= part;
    };
    if style.text.text_align == TextAlign::Right {
        take(&mut left);
        take(&mut right);
    } else {
        take(&mut right);
        take(&mut left);
    }
    let padding = Sides { left: left + border.0, right: right + border.1, ..padding };
    (padding, room + missing - rest)
}

fn shade(color: Color) -> El {
    El::new("w:shd").with("w:val", "clear").with("w:color", "auto").with("w:fill", hex(color))
}

/// A cell of that content. Its properties are found again by its first paragraph.
fn fill(writer: &mut Writer<'_>, flow: Flow, properties: Vec<El>) -> TableCell {
    let mut cell = TableCell::new();
    cell.children.extend(flow.blocks.into_iter().map(|block| match block {
        Block::Paragraph(paragraph) => TableCellContent::Paragraph(paragraph),
        Block::Table(table) => TableCellContent::Table(table),
    }));
    if let Some(id) = first_paragraph(&cell) {
        writer.patches.cells.insert(id.to_owned(), properties);
    }
    cell
}

/// Column widths in points: what columns and cells ask for, the rest between their narrowest and
/// widest content.
///
/// The writer sees no layout, so it does again what CSS 2.2, section 17.5.2.2 says, with the widths
/// of words and lines.
fn widths(
    faces: &Faces,
    content: &TableBox,
    asked: Option<f64>,
    room: f64,
    fixed_layout: bool,
    collapsed: bool,
) -> Vec<f64> {
    let count = content.columns.len().max(1);
    let room = room.max(count as f64);
    let base = asked.unwrap_or(room).min(room);
    let mut fixed: Vec<Option<f64>> =
        content.columns.iter().map(|column| column.width.resolve(base)).collect();
    fixed.resize(count, None);
    let (mut least, mut most) = (vec![1.0f64; count], vec![1.0f64; count]);
    // Neighbours share a collapsed border.
    let shared = |cell: &Cell| {
        if collapsed {
            (cell.node.style.border.left.width + cell.node.style.border.right.width) / 2.0
        } else {
            0.0
        }
    };
    let measured = |cell: &Cell| {
        let (low, high) = faces.widths(&cell.node);
        (low - shared(cell), high - shared(cell))
    };
    let rows = || content.head.iter().chain(&content.body).chain(&content.foot);
    for (at, row) in rows().enumerate() {
        for cell in row.cells.iter().filter(|cell| cell.columns == 1 && cell.column < count) {
            let column = cell.column;
            if let (None, Some(own)) = (
                fixed[column],
                cell.node.style.width.resolve(base).filter(|_| at == 0 || !fixed_layout),
            ) {
                let edges = cell.node.style.padding.left.resolve(base)
                    + cell.node.style.padding.right.resolve(base);
                fixed[column] = Some(if cell.node.style.border_box { own } else { own + edges });
            }
            let (low, high) = measured(cell);
            least[column] = least[column].max(low);
            most[column] = most[column].max(high);
        }
    }
    for cell in
        rows().flat_map(|row| &row.cells).filter(|cell| cell.columns > 1 && cell.column < count)
    {
        let end = (cell.column + cell.columns).min(count);
        let (low, high) = measured(cell);
        for (values, wanted) in [(&mut least, low), (&mut most, high)] {
            let missing = wanted - values[cell.column..end].iter().sum::<f64>();
            if missing > 0.0 {
                let share = missing / (end - cell.column) as f64;
                values[cell.column..end].iter_mut().for_each(|value| *value += share);
            }
        }
    }
    if fixed_layout && asked.is_some() {
        let taken: f64 = fixed.iter().flatten().sum();
        let open = fixed.iter().filter(|f| f.is_none()).count().max(1) as f64;
        return fixed.iter().map(|f| f.unwrap_or(((base - taken) / open).max(1.0))).collect();
    }
    let taken: f64 = fixed.iter().flatten().sum();
    let free = |values: &[f64]| {
        values.iter().zip(&fixed).filter(|(_, f)| f.is_none()).map(|(v, _)| v).sum::<f64>()
    };
    let (least_sum, most_sum) = (free(&least), free(&most));
    // A table without a width is as wide as its content asks for.
    let target = asked.map_or_else(|| (taken + most_sum).min(room), |asked| asked.min(room));
    let rest = (target - taken).max(1.0);
    let mut widths: Vec<f64> = (0..count)
        .map(|c| match fixed[c] {
            Some(points) => points,
            None if least_sum >= rest => least[c] * rest / least_sum,
            None if most_sum <= rest => most[c] * rest / most_sum.max(1.0),
            None => {
                least[c]
                    + (most[c] - least[c]) * (rest - least_sum) / (most_sum - least_sum).max(1.0)
            }
        })
        .collect();
    let sum: f64 = widths.iter().sum();
    if sum > room {
        widths.iter_mut().for_each(|width| *width *= room / sum);
    }
    widths
}

/// All text in a box.
pub(super) fn words(node: &BoxNode) -> String {
    match &node.content {
        Content::Inline(inline) => inline
            .iter()
            .filter_map(
                |piece| if let Inline::Text { text, .. } = piece { Some(&**text) } else { None },
            )
            .collect(),
        Content::Blocks(nodes) | Content::Flex(nodes) => {
            nodes.iter().map(words).collect::<Vec<_>>().join(" ")
        }
        Content::Table(_) | Content::Image(_) => String::new(),
    }
}
