//! Tables with a grid, borders, spans and repeated heads.
//!
//! The widths of the columns are those of the PDF: they come from `sizing`.

use std::slice;

use super::anchor::hang_bookmark;
use super::area::{KeepTogether, StoryArea};
use super::cell::{
    CellFrame, WordRow, blank, cell_borders, extent, held, least_height, table_of, table_properties,
};
use super::table_look::{GridPlace, TableStyleLook, room};
use super::{Story, flow, spacing};
use crate::boxes::{BoxNode, CellBox, RowBox, TableBox};
use crate::diag::say;
use crate::docx::package::xml::{El, XmlNode};
use crate::docx::words::properties::{borders, shade};
use crate::docx::words::slack::slack;
use crate::docx::words::units::twips;
use crate::docx::writer::DocxWriter;
use crate::geometry::Sides;
use crate::sizing::{Edges, TableSizes, UsedTable};
use crate::style::{BorderSide, Break};

/// Word's limit of columns (ECMA-376 Part 1, 17.4.48, and Word's own specification).
const MAX_COLUMNS: usize = 63;

/// A table in its containing block, between its captions.
pub(crate) fn captioned<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    content: &'a TableBox,
    area: &StoryArea<'a>,
    story: &mut Story,
) {
    hang_bookmark(writer, node, story);
    let base = area.inner();
    let sizes = TableSizes::new(node, content, base);
    // What is held fills what holds it, which has its margins.
    let used = match area.held {
        Some(_) => sizes.filling(writer.sizer, base),
        None => sizes.used(writer.sizer, base),
    };
    if let Some(caption) = sizes.caption(false) {
        let mut place = caption_area(writer, caption, &used, area);
        // A caption above is never parted from its table.
        place.keep.last = true;
        flow::blocks(writer, slice::from_ref(caption), &place, story);
    }
    spacing::before_table(writer, area, story);
    let made = table(writer, &sizes, &used, area, story);
    story.push_table(made);
    if let Some(caption) = sizes.caption(true) {
        let place = caption_area(writer, caption, &used, area);
        flow::blocks(writer, slice::from_ref(caption), &place, story);
    }
}

/// The room of a caption: as wide as its table, and what Word needs to keep its words whole.
fn caption_area<'a>(
    writer: &DocxWriter<'_>,
    caption: &BoxNode,
    used: &UsedTable,
    area: &StoryArea<'a>,
) -> StoryArea<'a> {
    let across = Edges::new(&caption.style, used.width);
    let across = across.across() + across.margin_across();
    let lacking = slack(writer.sizer.content(caption), used.width - across) / 2.0;
    let free = area.inner() - used.left - used.width;
    let side = |free: f64| free - lacking.min(free.max(0.0));
    let (left, right) = (area.left + side(used.left), area.right + side(free));
    StoryArea { left, right, ..area.plain() }
}

/// A table of the document, with its widths.
fn table(
    writer: &mut DocxWriter<'_>,
    sizes: &TableSizes<'_>,
    used: &UsedTable,
    area: &StoryArea<'_>,
    story: &mut Story,
) -> El {
    let TableSizes { node, table: content, .. } = *sizes;
    let style = &node.style;
    if content.columns.len() > MAX_COLUMNS {
        writer.warn_once(
            "docx-columns",
            say!("Word shows tables of at most {most} columns", most = MAX_COLUMNS),
            node.span,
        );
    }
    // Word takes the spacing from its cells: half of it at each side.
    let spacing = sizes.spacing.width;
    let mut widths: Vec<f64> = used.columns.iter().map(|column| column + spacing).collect();
    if widths.is_empty() {
        widths.push(1.0);
    }
    let look = TableStyleLook::of(sizes, content, widths.len());
    let named = (!look.is_plain()).then(|| writer.styles.table(&node.class, look.properties()));
    let parts = TableParts { sizes, look: &look, widths: &widths };
    let rows = rows(writer, parts, content, area, story);
    // Word counts from the first line of the grid.
    let grid = used.left + sizes.edges.inner().left + spacing / 2.0;
    let width: f64 = widths.iter().sum();
    let heads = !content.head.is_empty();
    let named = named.map(|id| writer.styles.table_name(id));
    let mut properties = table_properties(width, area.left + grid, heads, named);
    if spacing > 0.0 {
        // Word puts the spacing on both sides of each cell.
        properties.push(
            El::new("w:tblCellSpacing").with("w:w", twips(spacing / 2.0)).with("w:type", "dxa"),
        );
    }
    // Collapsed borders are those of the cells.
    if sizes.grid.is_none() {
        properties.extend(El::filled("w:tblBorders", borders(style.border, Sides::default())));
    }
    if !style.background.color.is_transparent() {
        properties.push(shade(style.background.color));
    }
    let caption = content
        .caption
        .as_ref()
        .map(|caption| caption.plain_text())
        .filter(|text| !text.is_empty());
    properties.extend(caption.map(|caption| El::val("w:tblCaption", caption)));
    properties.extend(node.alt.iter().map(|alt| El::val("w:tblDescription", alt.to_string())));
    table_of(rows, &widths, properties)
}

/// What is known of a table before its rows are made.
#[derive(Clone, Copy)]
struct TableParts<'a> {
    sizes: &'a TableSizes<'a>,
    look: &'a TableStyleLook,
    /// Those of its columns.
    widths: &'a [f64],
}

/// The rows of a table.
fn rows(
    writer: &mut DocxWriter<'_>,
    parts: TableParts<'_>,
    content: &TableBox,
    area: &StoryArea<'_>,
    story: &mut Story,
) -> Vec<WordRow> {
    let TableParts { sizes, widths, .. } = parts;
    let heads = content.head.len();
    let count = content.rows().count();
    let mut rows = Vec::with_capacity(count);
    // Cells that reach down into the rows below, by column.
    let mut reaching = vec![SpanningCell::default(); widths.len()];
    let mut above: Option<&RowBox> = None;
    for (at, row) in sizes.rows() {
        let last = at + 1 == count;
        // A row that is not to part from the next one keeps it as a paragraph does; `break-inside:
        // avoid` of a row group has become this of its rows.
        let avoids = row.style.break_after == Break::Avoid
            || content
                .rows()
                .nth(at + 1)
                .is_some_and(|below| below.style.break_before == Break::Avoid);
        let keep = if last { area.keep.last } else { area.keep.all || at < heads || avoids };
        let keep = KeepTogether { all: area.keep.all || keep, last: keep, firmly: false };
        let place = RowPlace { at, row, keep };
        let mut made = self::row(writer, parts, place, &mut reaching, area, story);
        let forced = above.is_some_and(|above| flow::forces_page(above.style.break_after));
        if forced || (at > 0 && flow::forces_page(row.style.break_before)) {
            begin_page(&mut made);
        }
        if at < heads {
            made.properties.push(El::new("w:tblHeader"));
        }
        above = Some(row);
        rows.push(made);
    }
    // Without a row there is no table.
    if rows.is_empty() {
        let width: f64 = widths.iter().sum();
        let cell = blank(writer, story, extent(width.max(1.0), 1));
        rows.push(WordRow { cells: vec![cell], properties: Vec::new() });
    }
    rows
}

/// Begins a page with a row: Word does so with its first paragraph, which must be one that is seen.
fn begin_page(row: &mut WordRow) {
    let continued = |cell: &El| {
        let merge = cell.find("w:tcPr").and_then(|properties| properties.find("w:vMerge"));
        merge.is_some_and(|merge| merge.get("w:val") == Some("continue"))
    };
    let seen = row.cells.iter_mut().filter(|cell| !continued(cell));
    let paragraph = seen.flat_map(|cell| &mut cell.children).find_map(|node| match node {
        XmlNode::El(el) if el.name == "w:p" => Some(el),
        _ => None,
    });
    if let Some(paragraph) = paragraph {
        paragraph.ensure_first("w:pPr").replace(El::new("w:pageBreakBefore"));
    }
}

/// A row in its place among the table's rows.
#[derive(Clone, Copy)]
struct RowPlace<'a> {
    at: usize,
    row: &'a RowBox,
    /// What its paragraphs are kept together with.
    keep: KeepTogether,
}

/// A cell that reaches down into the rows below.
#[derive(Debug, Clone, Default)]
struct SpanningCell {
    rows_left: usize,
    columns: usize,
    /// Its own borders, if they do not collapse.
    border: Sides<BorderSide>,
}

/// A row: its own cells, and parts of those that reach down into it, in all columns.
// Over 60 lines: the three kinds of cells that a row may have at a column.
fn row(
    writer: &mut DocxWriter<'_>,
    parts: TableParts<'_>,
    place: RowPlace<'_>,
    reaching: &mut [SpanningCell],
    area: &StoryArea<'_>,
    story: &mut Story,
) -> WordRow {
    let TableParts { sizes, look, widths } = parts;
    let RowPlace { at, row, keep } = place;
    let mut cells = Vec::new();
    let mut column = 0;
    let mut own = row.cells.iter().peekable();
    while column < widths.len() {
        let grid_place = |columns: usize| GridPlace { row: at, rows: 1, column, columns };
        let width_of = |columns: usize| widths[column..column + columns].iter().sum::<f64>();
        let fitting = |columns: usize| columns.clamp(1, widths.len() - column);
        if reaching[column].rows_left > 0 {
            // Word has no `rowspan`: each row has a cell that continues the one above.
            let above = &mut reaching[column];
            above.rows_left -= 1;
            let columns = fitting(above.columns);
            // Each row draws its part of the cell's border; the last one the lower edge.
            let none = BorderSide::default();
            let bottom = if above.rows_left == 0 { above.border.bottom } else { none };
            let border = Sides { top: none, bottom, ..above.border };
            let border =
                sizes.grid.as_ref().map_or(border, |grid| grid_place(columns).border(grid));
            let mut properties = extent(width_of(columns), columns);
            properties.push(El::val("w:vMerge", "continue"));
            properties.extend(cell_borders(border, look.border(grid_place(columns))));
            cells.push(blank(writer, story, properties));
            column += columns;
        } else if let Some(cell) = own.next_if(|cell| cell.column <= column) {
            let columns = fitting(cell.columns);
            let width = width_of(columns) - sizes.spacing.width;
            let inside = StoryArea { keep, ..area.cell(width) };
            cells.push(self::cell(writer, parts, cell, place, &inside, columns, story));
            if cell.rows > 1 {
                let rows_left = cell.rows - 1;
                let border = cell.node.style.border;
                reaching[column] = SpanningCell { rows_left, columns, border };
            }
            column += columns;
        } else {
            // Where the row has no cell, an empty one keeps the next ones in their columns.
            let border = sizes.grid.as_ref().map(|grid| grid_place(1).border(grid));
            let mut properties = extent(widths[column], 1);
            let given = look.border(grid_place(1));
            properties.extend(cell_borders(border.unwrap_or_default(), given));
            cells.push(blank(writer, story, properties));
            column += 1;
        }
    }
    // The user agent's stylesheet keeps rows whole; a page may break the others between lines.
    let whole = row.style.break_inside_avoid
        || row.cells.iter().any(|cell| cell.node.style.break_inside_avoid);
    let mut properties: Vec<El> = whole.then(|| El::new("w:cantSplit")).into_iter().collect();
    properties.extend(least_height(sizes.row_height(at, row)));
    WordRow { cells, properties }
}

/// A cell with its content, as wide as `area`.
fn cell(
    writer: &mut DocxWriter<'_>,
    TableParts { sizes, look, .. }: TableParts<'_>,
    cell: &CellBox,
    RowPlace { at, row, .. }: RowPlace<'_>,
    area: &StoryArea<'_>,
    columns: usize,
    story: &mut Story,
) -> El {
    let mut properties = extent(area.width + sizes.spacing.width, columns);
    if cell.rows > 1 {
        properties.push(El::val("w:vMerge", "restart"));
    }
    let place = GridPlace { row: at, rows: 1, column: cell.column, columns };
    let border = match &sizes.grid {
        Some(grid) => place.border(grid),
        // The rows below draw the lower edge of a cell that reaches into them.
        None if cell.rows > 1 => Sides { bottom: BorderSide::default(), ..cell.node.style.border },
        None => cell.node.style.border,
    };
    properties.extend(cell_borders(border, look.border(place)));
    properties.extend(look.own(row, at, cell));
    let edges = room(sizes, cell, at);
    let frame = CellFrame { properties, edges, given: look.room };
    held(writer, &cell.node, area, frame, None, story)
}
