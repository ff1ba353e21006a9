//! Cells, and the tables that they make: what tables, flex rows and framed boxes have in common.

use super::area::StoryArea;
use super::table_look::{cell_margins, cell_room, own_room};
use super::{Story, flow, spacing};
use crate::boxes::{BoxNode, Content};
use crate::docx::package::xml::El;
use crate::docx::words::properties::{self, shade};
use crate::docx::words::slack::{HAIRLINE, slack};
use crate::docx::words::units::twips;
use crate::docx::writer::DocxWriter;
use crate::geometry::{Sides, Size};
use crate::sizing::Edges;
use crate::style::{BorderSide, TextAlign};

/// A row of a table: its properties and its cells.
#[derive(Debug, Default)]
pub(crate) struct WordRow {
    pub(crate) properties: Vec<El>,
    pub(crate) cells: Vec<El>,
}

/// A table of these rows, with the widths of its columns in points.
pub(crate) fn table_of(rows: Vec<WordRow>, widths: &[f64], properties: Vec<El>) -> El {
    let grid = widths.iter().map(|width| El::new("w:gridCol").with("w:w", twips(*width).max(1)));
    let rows = rows.into_iter().map(|row| {
        El::new("w:tr").children(El::filled("w:trPr", row.properties)).children(row.cells)
    });
    El::new("w:tbl")
        .child(El::new("w:tblPr").children(properties))
        .child(El::new("w:tblGrid").children(grid))
        .children(rows)
}

/// What every table of ours has: its place, its style, how its look is read. A row of boxes has no
/// style and no room in its cells that these do not say.
pub(crate) fn table_properties(width: f64, left: f64, heads: bool, style: Option<&str>) -> Vec<El> {
    vec![
        match style {
            Some(style) => El::val("w:tblStyle", style.to_owned()),
            None => cell_margins(Sides::default()),
        },
        measure("w:tblW", width),
        measure("w:tblInd", left),
        // The widths are ours: Word and LibreOffice would each make others of the content.
        El::new("w:tblLayout").with("w:type", "fixed"),
        // The bits of the attributes that follow, for readers before Word 2010.
        El::val("w:tblLook", if heads { "0420" } else { "0400" })
            .with("w:firstRow", u8::from(heads))
            .with("w:lastRow", 0)
            .with("w:firstColumn", 0)
            .with("w:lastColumn", 0)
            .with("w:noHBand", 0)
            .with("w:noVBand", 1),
    ]
}

/// A length in twips (`CT_TblWidth`).
fn measure(name: &'static str, points: f64) -> El {
    El::new(name).with("w:w", twips(points)).with("w:type", "dxa")
}

/// A row's property for that height at least.
pub(crate) fn least_height(height: Option<f64>) -> Option<El> {
    let height = height.filter(|height| *height > 0.0)?;
    Some(El::val("w:trHeight", twips(height)).with("w:hRule", "atLeast"))
}

/// The borders of a cell that its table does not give it: `given` are those that it does.
pub(crate) fn cell_borders(border: Sides<BorderSide>, given: Sides<BorderSide>) -> Option<El> {
    let sides = [
        ("w:top", border.top, given.top),
        ("w:left", border.left, given.left),
        ("w:bottom", border.bottom, given.bottom),
        ("w:right", border.right, given.right),
    ];
    let said = sides.into_iter().filter(|(_, own, given)| own != given).filter_map(
        |(name, own, given)| {
            let none = || (given.width > 0.0).then(|| El::val(name, "nil"));
            properties::border(name, own, 0.0).or_else(none)
        },
    );
    El::filled("w:tcBorders", said)
}

/// How wide a cell is, and how many columns it spans.
pub(crate) fn extent(width: f64, columns: usize) -> Vec<El> {
    let width = El::new("w:tcW").with("w:w", twips(width).max(1)).with("w:type", "dxa");
    if columns > 1 { vec![width, El::val("w:gridSpan", columns)] } else { vec![width] }
}

/// A cell without content.
pub(crate) fn blank(writer: &mut DocxWriter<'_>, around: &Story, properties: Vec<El>) -> El {
    let mut story = around.cell();
    spacing::end(writer, &mut story);
    cell_of(properties, story.blocks)
}

fn cell_of(properties: Vec<El>, blocks: Vec<El>) -> El {
    El::new("w:tc").child(El::new("w:tcPr").children(properties)).children(blocks)
}

/// Blocks of several kinds in one frame, as a table of one cell: around paragraphs, tables and
/// lists Word draws a frame for each.
pub(crate) fn framed(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    edges: &Edges,
    story: &mut Story,
) -> El {
    let style = &node.style;
    let width = area.inner();
    let inside = area.cell(width);
    let mut asked = extent(width, 1);
    asked.extend(cell_borders(style.border, Sides::default()));
    asked.extend((!style.background.color.is_transparent()).then(|| shade(style.background.color)));
    // Word makes a row higher by its borders itself.
    let Sides { top, bottom, .. } = edges.padding;
    let edges = Sides { top, bottom, ..edges.inner() };
    let frame = CellFrame { properties: asked, edges, given: Sides::default() };
    let cell = held(writer, node, &inside, frame, None, story);
    let whole = style.break_inside_avoid.then(|| El::new("w:cantSplit"));
    let row = WordRow { cells: vec![cell], properties: whole.into_iter().collect() };
    table_of(vec![row], &[width], table_properties(width, area.left, false, None))
}

/// What a cell has from the box that it holds.
pub(crate) struct CellFrame {
    pub(crate) properties: Vec<El>,
    /// The room between the cell's edges and the content.
    pub(crate) edges: Sides<f64>,
    /// The room that its table gives it.
    pub(crate) given: Sides<i64>,
}

/// A box as a cell: its margins, padding, borders and background are the cell's, not its
/// paragraphs'. `picture` is the size of a picture.
pub(crate) fn held<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    area: &StoryArea<'a>,
    frame: CellFrame,
    picture: Option<Size>,
    story: &mut Story,
) -> El {
    let CellFrame { mut properties, edges, given } = frame;
    // Word draws a cell's borders on the lines of the grid and measures its margins from there.
    let room = (area.width - edges.across()).max(1.0);
    let (edges, missing) = loosened(writer, node, area.width, edges);
    let inside = StoryArea { width: room, marker: None, held: Some(missing), ..*area };
    let mut inner = story.cell();
    match (&node.content, picture) {
        (Content::Image(image), Some(size)) => {
            flow::picture(writer, node, image, size, &inside, &mut inner);
        }
        _ => flow::held(writer, node, &inside, &mut inner),
    }
    // Word and LibreOffice ask the first paragraph of a row; an empty cell has one, too.
    if inner.blocks.is_empty() && area.keep.last {
        spacing::spacer(writer, &mut inner, 0.0, 0.0, vec![El::new("w:keepNext")]);
    }
    let below = spacing::below_table(&mut inner);
    spacing::end(writer, &mut inner);
    let room = cell_room(Sides { bottom: edges.bottom + below, ..edges });
    properties.extend(El::filled("w:tcMar", own_room(room, given)));
    cell_of(properties, story.absorb(inner))
}

/// Takes from a cell's padding what its words need to stay whole in Word, where they just fit:
/// first at the side that the text does not lean on. Gives also what is still missing.
fn loosened(
    writer: &DocxWriter<'_>,
    node: &BoxNode,
    width: f64,
    edges: Sides<f64>,
) -> (Sides<f64>, f64) {
    // A picture has no words that other engines measure otherwise.
    if matches!(node.content, Content::Image(_)) {
        return (edges, 0.0);
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
    let edges = if node.style.text.text_align == TextAlign::Right {
        let left = take(edges.left);
        Sides { left, right: take(edges.right), ..edges }
    } else {
        let right = take(edges.right);
        Sides { right, left: take(edges.left), ..edges }
    };
    (edges, missing)
}
