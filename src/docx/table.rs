//! Tables with a grid, borders, spans and repeated heads.

use docx_rs::{Table, TableCell, TableCellContent, TableRow};

use super::Writer;
use super::flow::{self, Area, Block, Flow};
use super::package::xml::El;
use super::package::{TablePatch, first_paragraph};
use super::properties::{borders, hex, twips};
use super::slack::slack;
use crate::boxes::{BoxNode, CellBox, Content, Inline, RowBox, TableBox};
use crate::geometry::{Sides, Size};
use crate::sizing::{CollapsedBorders, Edges, TableSizes, height_range};
use crate::style::{
    BorderSide, Break, Color, LengthOrAuto as SizeValue, LengthPercentage, TextAlign, VerticalAlign,
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
    if content.columns.len() > MAX_COLUMNS {
        writer.warn_once(
            "docx-columns",
            &format!("Word shows tables of at most {MAX_COLUMNS} columns"),
            node.span,
        );
    }
    // The room is that between the margins, which sizing takes off itself.
    let base = area.inner() + Edges::new(style, area.inner()).margin_across();
    let sizes = TableSizes::new(node, content, base);
    let used = sizes.used(writer.sizer, base);
    // Word takes the spacing from its cells: half of it at each side.
    let spacing = sizes.spacing.width;
    let mut widths: Vec<f64> = used.columns.iter().map(|column| column + spacing).collect();
    if widths.is_empty() {
        widths.push(1.0);
    }
    let heads = content.head.len();
    let count = content.rows().count();
    let mut rows = Vec::new();
    // Cells that reach down into the rows below, by column.
    let mut reaching = vec![Reaching::default(); widths.len()];
    for (at, row) in sizes.rows() {
        let last = at + 1 == count;
        // A row that is not to part from the next one keeps it as a paragraph does.
        let below = content.rows().nth(at + 1);
        let avoids = row.style.break_after == Break::Avoid
            || below.is_some_and(|below| below.style.break_before == Break::Avoid);
        let keep = if last { area.keep_last } else { area.keep_all || at < heads || avoids };
        let mut drawn = self::row(writer, &sizes, (at, row), &widths, &mut reaching, area, keep);
        let above = at.checked_sub(1).and_then(|above| content.rows().nth(above));
        let forced = above.is_some_and(|above| flow::forces_page(above.style.break_after));
        if forced || (at > 0 && flow::forces_page(row.style.break_before)) {
            begin_page(writer, &mut drawn);
        }
        rows.push(drawn);
    }
    let width: f64 = widths.iter().sum();
    // Without a row there is no table.
    if rows.is_empty() {
        rows.push(Drawn {
            cells: vec![empty_cell(writer, width.max(1.0), 1)],
            properties: Vec::new(),
        });
    }
    // Word counts from the first line of the grid.
    let grid = used.left - sizes.edges.margins().left + sizes.edges.inner().left + spacing / 2.0;
    let left = area.left + grid;
    let mut properties = properties(width, left, heads > 0);
    if spacing > 0.0 {
        // Word puts the spacing on both sides of each cell.
        properties.push(
            El::new("w:tblCellSpacing").with("w:w", twips(spacing / 2.0)).with("w:type", "dxa"),
        );
    }
    // Collapsed borders are those of the cells.
    let frame = borders(style.border, Sides::default());
    if !frame.is_empty() && sizes.grid.is_none() {
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

/// Begins a page with a row: Word does so with its first paragraph, which must be one that is seen.
fn begin_page(writer: &mut Writer<'_>, row: &mut Drawn) {
    let seen = row.cells.iter().find_map(|cell| {
        let id = first_paragraph(cell)?;
        let continued = |el: &El| el.name == "w:vMerge" && el.get("w:val") == Some("continue");
        let properties = writer.patches.cells.get(id);
        (!properties.is_some_and(|all| all.iter().any(continued))).then(|| id.to_owned())
    });
    if let Some(id) = seen {
        let direct = writer.patches.paragraphs.entry(id).or_default();
        direct.push(El::new("w:pageBreakBefore"));
    }
}

/// Blocks of several kinds in one frame, as a table of one cell: around paragraphs, tables and lists
/// Word draws a frame for each.
pub(super) fn framed(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    edges: &Edges,
    width: f64,
) -> Table {
    let style = &node.style;
    let inside =
        Area { keep_all: area.keep_all, keep_last: area.keep_last, ..Area::within(area, width) };
    let mut asked = extent(width, 1);
    asked.extend(cell_borders(style.border));
    asked.extend((!style.background.color.is_transparent()).then(|| shade(style.background.color)));
    // Word makes a row higher by its borders itself.
    let Sides { top, bottom, .. } = edges.padding;
    let cell = boxed(writer, node, &inside, asked, Sides { top, bottom, ..edges.inner() }, None);
    let whole = style.break_inside_avoid.then(|| El::new("w:cantSplit"));
    let row = Drawn { cells: vec![cell], properties: whole.into_iter().collect() };
    finish(writer, vec![row], &[width], properties(width, area.left, false))
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
    /// Its own borders, if they do not collapse.
    border: Sides<BorderSide>,
}

/// A row, with its place among the table's rows.
fn row(
    writer: &mut Writer<'_>,
    sizes: &TableSizes<'_>,
    (at, row): (usize, &RowBox),
    widths: &[f64],
    reaching: &mut [Reaching],
    area: &Area<'_>,
    keep: bool,
) -> Drawn {
    let mut cells = Vec::new();
    let mut column = 0;
    let mut own = row.cells.iter().peekable();
    while column < widths.len() {
        let place = |columns: usize| Place { row: at, rows: 1, column, columns };
        if reaching[column].rows_left > 0 {
            let above = &mut reaching[column];
            above.rows_left -= 1;
            let columns = above.columns.clamp(1, widths.len() - column);
            // Each row draws its part of the cell's border; the last one the lower edge.
            let none = BorderSide::default();
            let bottom = if above.rows_left == 0 { above.border.bottom } else { none };
            let border = Sides { top: none, bottom, ..above.border };
            let border = sizes.grid.as_ref().map_or(border, |grid| place(columns).border(grid));
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
                    ..Area::within(area, width - sizes.spacing.width)
                };
                cells.push(self::cell(writer, sizes, cell, (at, row), &inside, columns));
                if cell.rows > 1 {
                    let rows_left = cell.rows - 1;
                    reaching[column] =
                        Reaching { rows_left, columns, border: cell.node.style.border };
                }
                column += columns;
            }
            None => {
                let border = sizes.grid.as_ref().map(|grid| place(1).border(grid));
                let mut properties = extent(widths[column], 1);
                properties.extend(cell_borders(border.unwrap_or_default()));
                cells.push(blank(writer, properties));
                column += 1;
            }
        }
    }
    let mut properties = vec![El::new("w:cantSplit")];
    properties.extend(least_height(row_height(sizes, at, row)));
    Drawn { cells, properties }
}

/// Where a cell stands in the grid.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
}

impl Place {
    /// The collapsed borders around the cell. Word has one for each side: the widest.
    fn border(self, grid: &CollapsedBorders) -> Sides<BorderSide> {
        let widest = |sides: &mut dyn Iterator<Item = BorderSide>| {
            sides.fold(
                BorderSide::default(),
                |most, side| {
                    if side.width > most.width { side } else { most }
                },
            )
        };
        let (across, along) =
            (self.column..self.column + self.columns, self.row..self.row + self.rows);
        Sides {
            top: widest(&mut across.clone().map(|c| grid.above(self.row, c))),
            bottom: widest(&mut across.clone().map(|c| grid.above(along.end, c))),
            left: widest(&mut along.clone().map(|r| grid.left(r, across.start))),
            right: widest(&mut along.clone().map(|r| grid.left(r, across.end))),
        }
    }
}

/// A row's property for that height at least.
pub(super) fn least_height(height: Option<f64>) -> Option<El> {
    let height = height.filter(|height| *height > 0.0)?;
    Some(El::val("w:trHeight", twips(height)).with("w:hRule", "atLeast"))
}

/// The height that a row has at least: its own, or that of its tallest cell (CSS 2.2, 17.5.3).
fn row_height(sizes: &TableSizes<'_>, at: usize, row: &RowBox) -> Option<f64> {
    // A cell of several rows makes none of them high by itself.
    let cells = row.cells.iter().filter(|cell| cell.rows == 1);
    let set = cells.filter_map(|cell| {
        let edges = sizes.cell_edges(cell, at);
        let range = height_range(&cell.node.style, &edges, None);
        (range.min > 0.0).then(|| range.min + edges.along())
    });
    let own = row.style.height.resolve(0.0).unwrap_or(0.0);
    Some(set.fold(own, f64::max)).filter(|height| *height > 0.0)
}

/// The part of a cell in the rows that it reaches down into.
fn continued(
    writer: &mut Writer<'_>,
    width: f64,
    columns: usize,
    border: Sides<BorderSide>,
) -> TableCell {
    let mut properties = extent(width, columns);
    properties.push(El::val("w:vMerge", "continue"));
    properties.extend(cell_borders(border));
    blank(writer, properties)
}

pub(super) fn cell_borders(border: Sides<BorderSide>) -> Option<El> {
    let border = borders(border, Sides::default());
    (!border.is_empty()).then(|| El::new("w:tcBorders").children(border))
}

/// How wide a cell is, and how many columns it spans.
pub(super) fn extent(width: f64, columns: usize) -> Vec<El> {
    let width = El::new("w:tcW").with("w:w", twips(width).max(1)).with("w:type", "dxa");
    if columns > 1 { vec![width, El::val("w:gridSpan", columns)] } else { vec![width] }
}

pub(super) fn empty_cell(writer: &mut Writer<'_>, width: f64, columns: usize) -> TableCell {
    blank(writer, extent(width, columns))
}

/// A cell without content.
fn blank(writer: &mut Writer<'_>, properties: Vec<El>) -> TableCell {
    let mut inner = Flow::default();
    flow::end(writer, &mut inner);
    fill(writer, inner, properties)
}

fn cell(
    writer: &mut Writer<'_>,
    sizes: &TableSizes<'_>,
    cell: &CellBox,
    (at, row): (usize, &RowBox),
    area: &Area<'_>,
    columns: usize,
) -> TableCell {
    let align = match cell.node.style.vertical_align {
        VerticalAlign::Middle => "center",
        VerticalAlign::Bottom | VerticalAlign::TextBottom => "bottom",
        _ => "top",
    };
    let mut properties = extent(area.width + sizes.spacing.width, columns);
    if cell.rows > 1 {
        properties.push(El::val("w:vMerge", "restart"));
    }
    properties.push(El::val("w:vAlign", align));
    let place = Place { row: at, rows: 1, column: cell.column, columns };
    let border = match &sizes.grid {
        Some(grid) => place.border(grid),
        // The rows below draw the lower edge of a cell that reaches into them.
        None if cell.rows > 1 => Sides { bottom: BorderSide::default(), ..cell.node.style.border },
        None => cell.node.style.border,
    };
    properties.extend(cell_borders(border));
    let colors = [cell.node.style.background.color, row.style.background.color];
    properties.extend(colors.into_iter().find(|color| !color.is_transparent()).map(shade));
    let edges = sizes.cell_edges(cell, at);
    // Word makes a row higher by its borders itself.
    let Sides { top, bottom, .. } = edges.padding;
    boxed(writer, &cell.node, area, properties, Sides { top, bottom, ..edges.inner() }, None)
}

/// A box as a cell of those `properties`: its padding, borders and background are the cell's, not
/// its paragraphs'. `edges` is the room between the cell's edges and the content; `size` that of a
/// picture.
pub(super) fn boxed(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    mut properties: Vec<El>,
    edges: Sides<f64>,
    size: Option<Size>,
) -> TableCell {
    // Word draws a cell's borders on the lines of the grid and measures its margins from there.
    let room = (area.width - edges.across()).max(1.0);
    let edges = loosen(writer, node, area.width, edges);
    let mut content = node.clone();
    let values = std::sync::Arc::make_mut(&mut content.style);
    values.padding = Sides::default();
    values.border = Sides::default();
    values.margin = Sides::all(SizeValue::Set(LengthPercentage::ZERO));
    values.background.color = Color::TRANSPARENT;
    // The cell is as wide as the box is.
    values.width = SizeValue::Auto;
    values.max_width = SizeValue::Auto;
    values.min_width = SizeValue::Auto;
    values.break_inside_avoid = false;
    let inside = Area { width: room, marker: None, ..area.clone() };
    let mut inner = Flow::default();
    match (&content.content, size) {
        (Content::Image(image), Some(size)) => {
            flow::picture(writer, &content, image, size, &inside, &mut inner);
        }
        _ => flow::blocks(writer, std::slice::from_ref(&content), &inside, &mut inner),
    }
    // Word and LibreOffice ask the first paragraph of a row; an empty cell has one, too.
    if inner.blocks.is_empty() && area.keep_last {
        flow::spacer(writer, &mut inner, 0.0, 0.0, vec![El::new("w:keepNext")]);
    }
    let below = inner.below_table();
    flow::end(writer, &mut inner);
    let measure = |name: &'static str, value: f64| {
        El::new(name).with("w:w", twips(value.max(0.0))).with("w:type", "dxa")
    };
    let margins = [
        measure("w:top", edges.top),
        measure("w:left", edges.left),
        measure("w:bottom", edges.bottom + below),
        measure("w:right", edges.right),
    ];
    properties.push(El::new("w:tcMar").children(margins));
    fill(writer, inner, properties)
}

/// Takes from a cell's padding what its words need to stay whole in Word, where they just fit: first
/// at the side that the text does not lean on.
fn loosen(writer: &Writer<'_>, node: &BoxNode, width: f64, edges: Sides<f64>) -> Sides<f64> {
    if matches!(node.content, Content::Image(_)) {
        return edges;
    }
    let border = node.style.border.map(|side| side.width);
    let lacking = slack(writer.sizer.content(node), width - edges.across());
    // LibreOffice takes the halves of the borders outside of the grid's lines from the inside, too.
    let mut missing =
        if lacking > 0.0 { lacking + (border.left + border.right) / 2.0 } else { 0.0 };
    let mut take = |side: f64| {
        let part = missing.min((side - HAIRLINE).max(0.0));
        missing -= part;
        side - part
    };
    if node.style.text.text_align == TextAlign::Right {
        let left = take(edges.left);
        Sides { left, right: take(edges.right), ..edges }
    } else {
        let right = take(edges.right);
        Sides { right, left: take(edges.left), ..edges }
    }
}

/// Between text and the line beside it, in points: less would touch.
const HAIRLINE: f64 = 0.25;

pub(super) fn shade(color: Color) -> El {
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
