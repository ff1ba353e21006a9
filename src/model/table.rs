//! Tables: columns, rows and what is merged, summed up and noted.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::read::{At, Fields, Map, Read, choice, is_empty};
use super::schema::Defs;
use super::tree::{DataValue, Path};
use crate::diag::{Diagnostic, say};

/// A table of texts. The cells of a row fill all columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The caption.
    pub caption: Option<String>,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The widths of the columns in per cent, or none.
    pub widths: Vec<u32>,
    /// How the cells of each column are set; without it, figures stand at the right.
    pub align: Vec<Align>,
    /// Whether a column of numbers is put before the others.
    pub numbered: bool,
    /// Whether the last row is a total. A row that begins with «Итого» or «Всего» is one anyway.
    pub total: bool,
    /// How many empty rows follow, to be filled in by hand.
    pub blank_rows: u32,
    /// What is noted under the table.
    pub notes: Vec<String>,
}

/// A row: cells, or a sub-heading across all columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Cells from left to right.
    Cells(Vec<Cell>),
    /// A sub-heading across the whole table.
    Heading(String),
}

/// A cell; a bare text is the text alone. It may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Over how many columns it goes.
    pub colspan: u32,
    /// Over how many rows it goes.
    pub rowspan: u32,
}

/// How the text of a cell is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// As the content asks for: figures at the right, all else at the left.
    #[default]
    Auto,
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

choice!(pub Align, "an alignment", {
    Auto = "auto", Left = "left", Center = "center", Right = "right",
});

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cells(cells) => cells.serialize(serializer),
            Self::Heading(text) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("heading", text)?;
                map.end()
            }
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A plain cell is a text, as it was written.
        if self.colspan <= 1 && self.rowspan <= 1 {
            return serializer.serialize_str(&self.text);
        }
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("text", &self.text)?;
        map.serialize_entry("colspan", &self.colspan.max(1))?;
        map.serialize_entry("rowspan", &self.rowspan.max(1))?;
        map.end()
    }
}

impl Fields for Cell {
    const NAME: &'static str = "cell";
    const WHAT: (&'static str, &'static str) = ("a cell", "Ячейка");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|text| Self { text, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            text: map.opt("text", "Текст").unwrap_or_default(),
            colspan: map.opt("colspan", "Сколько столбцов занимает").unwrap_or(1),
            rowspan: map.opt("rowspan", "Сколько строк занимает").unwrap_or(1),
        }
    }
}

impl Read for Row {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            DataValue::Seq(nodes) => {
                let cell = |(index, node)| {
                    let at = At { cx: at.cx, node, path: &Path::Index(at.path, index) };
                    if is_empty(node) { Some(Cell::default()) } else { Cell::read(&at) }
                };
                let cells = nodes.iter().enumerate().map(|c| cell(c).unwrap_or_default());
                Some(Self::Cells(cells.collect()))
            }
            DataValue::Scalar { .. } => String::read(at).map(Self::Heading),
            DataValue::Map(_) => Some(Map::read(at, |map| {
                Self::Heading(map.need("heading", "Подзаголовок на всю ширину таблицы"))
            })),
            DataValue::Null => at.expected(say!("a row of cells")),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let cell = json!({ "anyOf": [Cell::schema(defs), { "type": "null" }] });
        let heading = Map::describe(defs, "Подзаголовок", |map| {
            map.need::<String>("heading", "Подзаголовок на всю ширину таблицы")
        });
        json!({ "anyOf": [{ "type": "array", "items": cell }, { "type": "string" }, heading] })
    }
}

impl Fields for Table {
    const NAME: &'static str = "table";
    const WHAT: (&'static str, &'static str) = ("a table", "Таблица");

    fn fields(map: &mut Map<'_>) -> Self {
        let cells = |defs: &mut Defs| {
            let text = String::schema(defs);
            json!({ "type": "array", "items": { "anyOf": [text, { "type": "null" }] } })
        };
        Self {
            caption: map.opt("caption", "Название таблицы"),
            columns: map
                .get_with("columns", true, "Заголовки столбцов", cells, read_texts)
                .unwrap_or_default(),
            rows: map.list(
                "rows",
                "Строки: в каждой столько ячеек, сколько столбцов; строка-текст — подзаголовок",
            ),
            widths: map.list("widths", "Ширина столбцов в процентах"),
            align: map.list("align", "Выравнивание столбцов: auto, left, center, right"),
            numbered: map.opt("numbered", "true: строки нумеруются").unwrap_or_default(),
            total: map.opt("total", "true: последняя строка итоговая").unwrap_or_default(),
            blank_rows: map.opt("blank_rows", "Сколько пустых строк добавить").unwrap_or_default(),
            notes: map.some("notes", "Примечания под таблицей"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        let columns = self.columns.len();
        let mut covered = vec![0u32; columns];
        for (index, row) in self.rows.iter().enumerate() {
            let Row::Cells(cells) = row else { continue };
            let busy: Vec<bool> = covered.iter().map(|rows| *rows > 0).collect();
            let above = busy.iter().filter(|busy| **busy).count();
            let wide: usize = cells.iter().map(|cell| cell.colspan.max(1) as usize).sum();
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            let mut column = 0;
            for cell in cells {
                // Cells that hang down from above take their columns; those of this row go
                // beside them.
                while busy.get(column) == Some(&true) {
                    column += 1;
                }
                for _ in 0..cell.colspan.max(1) {
                    if let Some(rows) = covered.get_mut(column) {
                        *rows = (*rows).max(cell.rowspan.saturating_sub(1));
                    }
                    column += 1;
                }
            }
            // Refused, not filled up: nobody knows in which column a cell is missing.
            if wide + above != columns && columns > 0 {
                let message = say!(
                    "the row has {above} cells, the table has {columns} columns",
                    above = wide + above,
                    columns
                );
                let fault = Diagnostic::error("table-row", message).hint(say!(
                    "an empty cell is written as \"\"; a text with a comma needs quotes"
                ));
                report_row(at, index, fault);
            }
        }
        for (key, count) in [("widths", self.widths.len()), ("align", self.align.len())] {
            // Fewer are allowed: the last columns are as usual.
            if count > columns {
                let message = say!("{count} values for {columns} columns", count, columns);
                at.report_key(key, Diagnostic::error("table-row", message));
            }
        }
    }
}

/// Tells a fault at the row of a table that it is about.
fn report_row(at: &At<'_>, index: usize, fault: Diagnostic) {
    let row = || {
        let DataValue::Map(entries) = &at.node.value else { return None };
        let (key, rows) = entries.iter().find(|(k, _)| super::russian::is_key(&k.text, "rows"))?;
        let DataValue::Seq(nodes) = &rows.value else { return None };
        // Empty rows were left out when they were read, so they are not counted here either.
        nodes.iter().filter(|node| !is_empty(node)).nth(index).map(|node| (key, node))
    };
    match row() {
        Some((key, node)) => {
            let rows = Path::Key(at.path, &key.text);
            let path = Path::Index(&rows, index);
            At { cx: at.cx, node, path: &path }.report(fault);
        }
        None => at.report(fault),
    }
}

/// A list of texts that may be empty.
fn read_texts(at: &At<'_>) -> Option<Vec<String>> {
    let DataValue::Seq(cells) = &at.node.value else { return at.expected(say!("a list")) };
    let read = |(index, node)| {
        let at = At { cx: at.cx, node, path: &Path::Index(at.path, index) };
        if is_empty(node) { Some(String::new()) } else { String::read(&at) }
    };
    Some(cells.iter().enumerate().map(|cell| read(cell).unwrap_or_default()).collect())
}
