//! What a table's style gives its cells: lines, room, and how the first row differs.
//!
//! Taken from a few cells in the midst of a table, which stand for all; a cell says in what it
//! differs. So a row that is added in Word, with cells that say nothing, looks like the others.

use crate::boxes::{CellBox, RowBox, TableBox};
use crate::docx::package::xml::El;
use crate::docx::words::properties::{border, shade};
use crate::docx::words::units::twips;
use crate::geometry::Sides;
use crate::sizing::{CollapsedBorders, TableSizes};
use crate::style::{BorderSide, Color, VerticalAlign};

/// The look of a table.
#[derive(Debug)]
pub(crate) struct TableStyleLook {
    rows: usize,
    columns: usize,
    outside: Sides<BorderSide>,
    /// Between rows, and between columns.
    between: [BorderSide; 2],
    pub(crate) room: Sides<i64>,
    /// How cells are aligned.
    align: &'static str,
    /// How the cells of the first row are aligned and filled, if it is a head.
    head: Option<(&'static str, Color)>,
}

impl TableStyleLook {
    /// The look of a table with that many columns.
    pub(crate) fn of(sizes: &TableSizes<'_>, content: &TableBox, columns: usize) -> Self {
        let rows = content.rows().count();
        // The first row below the head that has a cell in each column, so that there are lines
        // between all of them.
        let below = content.rows().enumerate().skip(content.head.len());
        let whole = below.clone().find(|(_, row)| row.cells.len() == columns);
        let body = whole.or_else(|| below.clone().next()).map_or(0, |(at, _)| at);
        let mut look = Self {
            rows,
            columns,
            outside: Sides::default(),
            between: [BorderSide::default(); 2],
            room: Sides::default(),
            align: "top",
            head: None,
        };
        if let Some(grid) = sizes.grid.as_ref().filter(|_| rows > 0) {
            look.outside = Sides {
                top: grid.above(0, 0),
                bottom: grid.above(rows, 0),
                left: grid.left(body, 0),
                right: grid.left(body, columns),
            };
            // With a single row its edge says what lines there are between rows.
            let across = if body + 1 < rows { body + 1 } else { body };
            // The first column is the one whose cells reach over several rows.
            let last = columns.saturating_sub(1);
            look.between = [grid.above(across, last), grid.left(body, 1.min(columns))];
        }
        let place =
            |at: usize| content.rows().nth(at).and_then(|row| Some((row, row.cells.last()?)));
        if let Some((_, cell)) = place(body) {
            look.room = cell_room(room(sizes, cell, body));
            look.align = vertical(cell);
        }
        look.head = place(0)
            .filter(|_| !content.head.is_empty())
            .map(|(row, cell)| (vertical(cell), fill(row, cell)));
        if look.is_plain() {
            // Nor has it room or alignment, since it has no style that could say so.
            (look.room, look.align) = (Sides::default(), "top");
        }
        look
    }

    /// Whether it only puts boxes beside each other: Word's accessibility checker takes a table
    /// without a head for such a one if it has no style of its own.
    pub(crate) fn is_plain(&self) -> bool {
        let Sides { top, bottom, left, right } = self.outside;
        let mut lines = [top, bottom, left, right].into_iter().chain(self.between);
        self.head.is_none() && lines.all(|side| side.width == 0.0)
    }

    /// The borders that a cell has from the style.
    pub(crate) fn border(&self, place: GridPlace) -> Sides<BorderSide> {
        let [rows, columns] = self.between;
        let or = |at_edge: bool, edge, inside| if at_edge { edge } else { inside };
        Sides {
            top: or(place.row == 0, self.outside.top, rows),
            bottom: or(place.row + place.rows >= self.rows, self.outside.bottom, rows),
            left: or(place.column == 0, self.outside.left, columns),
            right: or(place.column + place.columns >= self.columns, self.outside.right, columns),
        }
    }

    /// What a cell says of its alignment and ground that its row does not have from the style.
    pub(crate) fn own(&self, row: &RowBox, at: usize, cell: &CellBox) -> Vec<El> {
        let given = self.head.filter(|_| at == 0).unwrap_or((self.align, Color::TRANSPARENT));
        let (align, fill) = (vertical(cell), fill(row, cell));
        let mut all = Vec::new();
        if align != given.0 {
            all.push(El::val("w:vAlign", align));
        }
        if fill != given.1 {
            all.push(ground(fill));
        }
        all
    }

    /// What the style says.
    pub(crate) fn properties(&self) -> Vec<El> {
        let Sides { top, bottom, left, right } = self.outside;
        let [rows, columns] = self.between;
        let sides = [
            ("w:top", top),
            ("w:left", left),
            ("w:bottom", bottom),
            ("w:right", right),
            ("w:insideH", rows),
            ("w:insideV", columns),
        ];
        let lines = sides.into_iter().filter_map(|(name, side)| border(name, side, 0.0));
        let whole = El::new("w:tblPr")
            .children(El::filled("w:tblBorders", lines))
            .child(cell_margins(self.room));
        let mut all = vec![whole];
        if self.align != "top" {
            all.push(El::new("w:tcPr").child(El::val("w:vAlign", self.align)));
        }
        if let Some((align, fill)) = self.head {
            let mut cell = El::new("w:tcPr");
            if align != self.align {
                cell.push(El::val("w:vAlign", align));
            }
            if !fill.is_transparent() {
                cell.push(shade(fill));
            }
            if !cell.children.is_empty() {
                all.push(El::new("w:tblStylePr").with("w:type", "firstRow").child(cell));
            }
        }
        all
    }
}

fn vertical(cell: &CellBox) -> &'static str {
    match cell.node.style.vertical_align {
        VerticalAlign::Middle => "center",
        VerticalAlign::Bottom | VerticalAlign::TextBottom => "bottom",
        _ => "top",
    }
}

/// The ground of a cell: its own, or that of its row, of which Word has none.
fn fill(row: &RowBox, cell: &CellBox) -> Color {
    let own = cell.node.style.background.color;
    if own.is_transparent() { row.style.background.color } else { own }
}

/// A ground, which may be none where the style has one.
fn ground(fill: Color) -> El {
    if fill.is_transparent() {
        El::val("w:shd", "clear").with("w:color", "auto").with("w:fill", "auto")
    } else {
        shade(fill)
    }
}

/// Where a cell stands in the grid.
#[derive(Clone, Copy)]
pub(crate) struct GridPlace {
    pub(crate) row: usize,
    pub(crate) rows: usize,
    pub(crate) column: usize,
    pub(crate) columns: usize,
}

impl GridPlace {
    /// The collapsed borders around the cell. Word has one for each side: the widest.
    pub(crate) fn border(self, grid: &CollapsedBorders) -> Sides<BorderSide> {
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

/// The room in the cells of a table, from the top to the left side by side.
pub(crate) fn cell_margins(room: Sides<i64>) -> El {
    El::new("w:tblCellMar").children(room_of(room))
}

/// The room between the edges of a cell and what is in it, in twips. Word has no negative margins
/// of cells.
pub(crate) fn cell_room(edges: Sides<f64>) -> Sides<i64> {
    edges.map(|points| twips(points.max(0.0)))
}

/// The margins of a cell, in the order of the schema.
fn room_of(room: Sides<i64>) -> impl Iterator<Item = El> {
    let Sides { top, right, bottom, left } = room;
    let sides = [("w:top", top), ("w:left", left), ("w:bottom", bottom), ("w:right", right)];
    sides.into_iter().map(|(side, twips)| El::new(side).with("w:w", twips).with("w:type", "dxa"))
}

/// The margins of a cell that are not those of its table.
pub(crate) fn own_room(room: Sides<i64>, table: Sides<i64>) -> impl Iterator<Item = El> {
    let own = [
        room.top != table.top,
        room.left != table.left,
        room.bottom != table.bottom,
        room.right != table.right,
    ];
    room_of(room).zip(own).filter_map(|(el, own)| own.then_some(el))
}

/// The room between the edges of a cell and what is in it.
pub(crate) fn room(sizes: &TableSizes<'_>, cell: &CellBox, at: usize) -> Sides<f64> {
    let edges = sizes.cell_edges(cell, at);
    // Word makes a row higher by its borders itself.
    let Sides { top, bottom, .. } = edges.padding;
    Sides { top, bottom, ..edges.inner() }
}
