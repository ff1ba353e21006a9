//! Tables, and flex rows as tables without borders.

use docx_rs::{Table, TableCell, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType};

use super::Writer;
use super::flow::{self, Area, Block, Flow};
use super::package::TablePatch;
use super::package::xml::El;
use super::properties::{borders, hex, twips};
use crate::boxes::{BoxNode, Cell, Content, Inline, Row, TableBox};
use crate::style::{Alignment, LengthPercentage, Sides, Size, TextAlign, VerticalAlign};

/// A table of the document.
pub(super) fn table(writer: &mut Writer<'_>, node: &BoxNode, content: &TableBox, area: &Area<'_>) -> Table {
    let place = writer.patches.tables.len();
    writer.patches.tables.push(TablePatch::default());
    let room = area.inner();
    let width = node.style.width.resolve(room).unwrap_or(room).min(room);
    let widths = widths(content, width);
    let all: Vec<&Row> = content.head.iter().chain(&content.body).chain(&content.foot).collect();
    let mut rows = Vec::new();
    // Cells that reach down into the rows below: by column, how many rows are left, how many columns they cover.
    let mut reaching: Vec<(usize, usize)> = vec![(0, 0); widths.len()];
    for row in all {
        rows.push(self::row(writer, row, &widths, &mut reaching));
    }
    let mut properties = properties(width, area.left(), true);
    if let Some(caption) = content.caption.as_ref().map(words).filter(|text| !text.is_empty()) {
        properties.push(El::val("w:tblCaption", &caption));
    }
    if let Some(alt) = &node.alt {
        properties.push(El::val("w:tblDescription", &**alt));
    }
    writer.patches.tables[place] = TablePatch { properties, header_rows: content.head.len() };
    finish(rows, &widths, width)
}

fn finish(rows: Vec<TableRow>, widths: &[f64], width: f64) -> Table {
    Table::without_borders(rows)
        .set_grid(widths.iter().map(|w| twips(*w).max(1) as usize).collect())
        .width(twips(width).max(1) as usize, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

/// What every table of ours has: its place, no cell margins of its own, how its look is read.
fn properties(width: f64, left: f64, heads: bool) -> Vec<El> {
    let measure = |name: &str, value: i64| El::new(name).with("w:w", value).with("w:type", "dxa");
    vec![
        measure("w:tblW", twips(width)),
        measure("w:tblInd", twips(left)),
        El::new("w:tblLayout").with("w:type", "fixed"),
        El::new("w:tblCellMar").children(["w:top", "w:left", "w:bottom", "w:right"].map(|side| measure(side, 0))),
        El::val("w:tblLook", if heads { "0420" } else { "0400" })
            .with("w:firstRow", u8::from(heads))
            .with("w:lastRow", 0)
            .with("w:firstColumn", 0)
            .with("w:lastColumn", 0)
            .with("w:noHBand", 0)
            .with("w:noVBand", 1),
    ]
}

fn row(writer: &mut Writer<'_>, row: &Row, widths: &[f64], reaching: &mut [(usize, usize)]) -> TableRow {
    let mut cells = Vec::new();
    let mut column = 0;
    let mut own = row.cells.iter().peekable();
    while column < widths.len() {
        let (rows_left, columns) = reaching[column];
        if rows_left > 0 {
            reaching[column].0 -= 1;
            let width = widths[column..(column + columns).min(widths.len())].iter().sum::<f64>();
            cells.push(empty_cell(writer, width, columns).vertical_merge(VMergeType::Continue));
            column += columns;
            continue;
        }
        match own.next_if(|cell| cell.column <= column) {
            Some(cell) => {
                let columns = cell.columns.clamp(1, widths.len() - column);
                let width = widths[column..column + columns].iter().sum::<f64>();
                cells.push(self::cell(writer, cell, width, columns));
                if cell.rows > 1 {
                    reaching[column] = (cell.rows - 1, columns);
                }
                column += columns;
            }
            None => {
                cells.push(empty_cell(writer, widths[column], 1));
                column += 1;
            }
        }
    }
    let mut made = TableRow::new(cells).cant_split();
    if let Some(height) = row.style.height.resolve(0.0) {
        made = made.row_height(height as f32 * 20.0);
    }
    made
}

fn empty_cell(writer: &mut Writer<'_>, width: f64, columns: usize) -> TableCell {
    let mut inner = Flow::default();
    flow::end(writer, &mut inner);
    fill(inner, TableCell::new().width(twips(width).max(1) as usize, WidthType::Dxa).grid_span(columns.max(1)))
}

fn cell(writer: &mut Writer<'_>, cell: &Cell, width: f64, columns: usize) -> TableCell {
    let style = &cell.node.style;
    let padding = style.padding.map(|p: LengthPercentage| p.resolve(width));
    let border = borders(style.border, Sides::default());
    let mut extra = vec![El::new("w:tcMar").children(margins(padding))];
    if !border.is_empty() {
        extra.push(El::new("w:tcBorders").children(border));
    }
    if !style.background.color.is_transparent() {
        extra.push(El::new("w:shd").with("w:val", "clear").with("w:color", "auto").with("w:fill", hex(style.background.color)));
    }
    let mut inner = Flow::default();
    let mut content = cell.node.clone();
    // The cell's own edges are the cell's, not its paragraphs'.
    let values = std::sync::Arc::make_mut(&mut content.style);
    values.padding = Sides::default();
    values.border = Sides::default();
    values.margin = Sides::all(Size::Set(LengthPercentage::ZERO));
    values.background.color = crate::style::Color::TRANSPARENT;
    values.width = Size::Auto;
    let room = width - padding.left - padding.right - (style.border.left.width + style.border.right.width) / 2.0;
    flow::blocks(writer, std::slice::from_ref(&content), &Area::of_width(room.max(1.0)), &mut inner);
    flow::end(writer, &mut inner);
    let made = TableCell::new().width(twips(width).max(1) as usize, WidthType::Dxa).vertical_align(match style.vertical_align {
        VerticalAlign::Middle => VAlignType::Center,
        VerticalAlign::Bottom | VerticalAlign::TextBottom => VAlignType::Bottom,
        _ => VAlignType::Top,
    });
    let made = if columns > 1 { made.grid_span(columns) } else { made };
    let made = if cell.rows > 1 { made.vertical_merge(VMergeType::Restart) } else { made };
    writer.patch_cell(&inner, extra);
    fill(inner, made)
}

fn margins(padding: Sides<f64>) -> [El; 4] {
    let measure = |name: &str, value: f64| El::new(name).with("w:w", twips(value)).with("w:type", "dxa");
    [measure("w:top", padding.top), measure("w:left", padding.left), measure("w:bottom", padding.bottom), measure("w:right", padding.right)]
}

fn fill(flow: Flow, mut cell: TableCell) -> TableCell {
    for block in flow.blocks {
        cell = match block {
            Block::Paragraph(paragraph, _) => cell.add_paragraph(*paragraph),
            Block::Table(table) => cell.add_table(*table),
        };
    }
    cell
}

/// Column widths in points: what columns and cells ask for, the rest by how much text there is.
///
/// The writer sees no layout, so it does what CSS 2.2, section 17.5.2.2 does with widths counted in letters.
fn widths(content: &TableBox, width: f64) -> Vec<f64> {
    let count = content.columns.len().max(1);
    let mut fixed: Vec<Option<f64>> = content.columns.iter().map(|column| column.width.resolve(width)).collect();
    fixed.resize(count, None);
    let (mut least, mut most) = (vec![1.0f64; count], vec![1.0f64; count]);
    for cell in content.head.iter().chain(&content.body).chain(&content.foot).flat_map(|row| &row.cells) {
        if cell.columns != 1 || cell.column >= count {
            continue;
        }
        if let (None, Some(asked)) = (fixed[cell.column], cell.node.style.width.resolve(width)) {
            fixed[cell.column] = Some(asked);
        }
        let text = words(&cell.node);
        // An average letter of a text face is half as wide as the face is high; a bold one a little wider.
        let letter = cell.node.style.text.font_size * if cell.node.style.text.font_weight >= 600 { 0.55 } else { 0.5 };
        let padding = cell.node.style.padding.left.resolve(width) + cell.node.style.padding.right.resolve(width) + 1.0;
        let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) as f64;
        least[cell.column] = least[cell.column].max(longest * letter + padding);
        most[cell.column] = most[cell.column].max(text.chars().count() as f64 * letter + padding);
    }
    let taken: f64 = fixed.iter().flatten().sum();
    let free = |values: &[f64]| values.iter().zip(&fixed).filter(|(_, f)| f.is_none()).map(|(v, _)| v).sum::<f64>();
    let room = (width - taken).max(count as f64);
    let (least_sum, most_sum) = (free(&least), free(&most));
    (0..count)
        .map(|c| match fixed[c] {
            Some(points) => points,
            None if least_sum >= room => least[c] * room / least_sum,
            None if most_sum <= room => most[c] * room / most_sum.max(1.0),
            None => least[c] + (most[c] - least[c]) * (room - least_sum) / (most_sum - least_sum).max(1.0),
        })
        .collect()
}

/// All text in a box.
fn words(node: &BoxNode) -> String {
    match &node.content {
        Content::Inline(inline) => {
            inline.iter().filter_map(|piece| if let Inline::Text { text, .. } = piece { Some(&**text) } else { None }).collect()
        }
        Content::Blocks(nodes) | Content::Flex(nodes) => nodes.iter().map(words).collect::<Vec<_>>().join(" "),
        Content::Table(_) | Content::Image(_) => String::new(),
    }
}

/// A flex row: one row of cells without borders, as wide as their content asks for.
pub(super) fn flex_row(writer: &mut Writer<'_>, node: &BoxNode, items: &[BoxNode], area: &Area<'_>) -> Table {
    let place = writer.patches.tables.len();
    writer.patches.tables.push(TablePatch::default());
    let width = area.inner();
    let widths = flex_widths(items, width);
    let spread = node.style.flex.justify_content == Alignment::SpaceBetween && items.len() > 1;
    let mut cells = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let mut item = item.clone();
        let style = std::sync::Arc::make_mut(&mut item.style);
        style.width = Size::Auto;
        style.max_width = Size::Auto;
        if spread && at + 1 == items.len() && style.text.text_align != TextAlign::Right {
            // The last item's right edge is the row's, so its text ends there.
            align_right(&mut item);
        }
        let align = match node.style.flex.align_items {
            Alignment::End | Alignment::Baseline => VAlignType::Bottom,
            Alignment::Center => VAlignType::Center,
            _ => VAlignType::Top,
        };
        let mut inner = Flow::default();
        flow::blocks(writer, std::slice::from_ref(&item), &Area::of_width(widths[at]), &mut inner);
        flow::end(writer, &mut inner);
        cells.push(fill(inner, TableCell::new().width(twips(widths[at]).max(1) as usize, WidthType::Dxa).vertical_align(align)));
    }
    writer.patches.tables[place] = TablePatch { properties: properties(width, area.left(), false), header_rows: 0 };
    finish(vec![TableRow::new(cells).cant_split()], &widths, width)
}

fn align_right(node: &mut BoxNode) {
    let style = std::sync::Arc::make_mut(&mut node.style);
    std::sync::Arc::make_mut(&mut style.text).text_align = TextAlign::Right;
    if let Content::Blocks(nodes) = &mut node.content {
        nodes.iter_mut().for_each(align_right);
    }
}

/// The widths of flex items: what they ask for; the rest of the room goes to those that ask for nothing, by their text.
fn flex_widths(items: &[BoxNode], width: f64) -> Vec<f64> {
    let asked: Vec<Option<f64>> =
        items.iter().map(|item| item.style.width.resolve(width).or_else(|| item.style.flex.basis.resolve(width))).collect();
    let taken: f64 = asked.iter().flatten().sum();
    let natural: Vec<f64> =
        items.iter().map(|item| (words(item).chars().count() as f64 * item.style.text.font_size * 0.55).max(24.0)).collect();
    let open: f64 = natural.iter().zip(&asked).filter(|(_, a)| a.is_none()).map(|(n, _)| n).sum();
    let room = (width - taken).max(1.0);
    natural.iter().zip(&asked).map(|(n, a)| a.unwrap_or(room * n / open.max(1.0))).collect()
}
