//! Tables: columns, rows and what is merged, summed up and noted.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

mod maps;
mod sum;
mod text;

pub(super) use maps::{are_rows, numbered};

use super::read::{At, Fields, Map, Read, choice, is_empty, sentence};
use super::russian::is_key;
use super::schema::Defs;
use super::tree::{DataNode, DataValue, MapKey, Path, entry};
use super::who;
use crate::diag::{Diagnostic, say};
use crate::lang::ru::capital;

/// A table of texts. The cells of a row fill all columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The caption.
    pub caption: Option<String>,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// Heads above them, each over so many columns; empty ones leave the column's own head the
    /// whole height. None if no columns have one in common.
    pub groups: Vec<Cell>,
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

/// The heads of columns: texts, or a head over several with those below it.
#[derive(Default)]
struct Heads {
    titles: Vec<String>,
    groups: Vec<Cell>,
}

impl Heads {
    /// Those of a table that has none, as a form of labels and blanks: one for each of its cells.
    fn none(table: Option<&DataNode>) -> Self {
        let Some(DataNode { value: DataValue::Map(entries), .. }) = table else {
            return Self::default();
        };
        let rows = entries.iter().find(|(key, _)| is_key(&key.text, "rows"));
        let widest = rows.map_or(0, |(_, rows)| match &rows.value {
            DataValue::Map(_) => 2,
            DataValue::Seq(rows) => {
                let cells = rows.iter().map(|row| match &row.value {
                    DataValue::Seq(cells) => cells.len(),
                    _ => 1,
                });
                cells.max().unwrap_or_default()
            }
            _ => 0,
        });
        Self { titles: vec![String::new(); widest], groups: Vec::new() }
    }
}

/// Who numbers the rows below «№ п/п».
enum RowNumbers {
    /// Nobody, or the table, which puts a column of its own before the others.
    Usual,
    /// The table: the rows are written without the cells of that column.
    Apart,
    /// The table: those cells are written, and are empty or count from 1.
    Written,
    /// The rows have numbers of their own: «1.2», «05-11».
    Own,
}

/// Whether rows are to be numbered and how the cells below «№ п/п» are written.
fn numbers(table: &DataNode, titles: &[String]) -> RowNumbers {
    let DataValue::Map(entries) = &table.value else { return RowNumbers::Usual };
    let value = |name: &str| entries.iter().find(|(key, _)| is_key(&key.text, name)).map(|e| &e.1);
    let asked = value("numbered").is_some_and(|node| match &node.value {
        DataValue::Scalar { text, .. } => ["true", "да", "yes"].contains(&&*text.to_lowercase()),
        _ => false,
    });
    let head = titles.first().map(|title| title.to_lowercase().replace(' ', ""));
    let number = head.is_some_and(|head| ["№", "№п/п", "п/п", "no.", "n"].contains(&&*head));
    if !number || titles.len() < 2 {
        return RowNumbers::Usual;
    }
    let Some(DataNode { value: DataValue::Seq(rows), .. }) = value("rows") else {
        // A sheet of empty rows.
        return if asked { RowNumbers::Apart } else { RowNumbers::Usual };
    };
    let mut cells = rows.iter().filter_map(|row| match &row.value {
        DataValue::Seq(cells) => Some(cells),
        _ => None,
    });
    let short = |cells: &Vec<DataNode>| cells.len() + 1 == titles.len();
    // Rows that begin with a word under «№» lack their numbers; those that begin with one lack
    // what stands at the other end.
    let word = |cells: &Vec<DataNode>| {
        let first = cells.first().and_then(DataNode::text).unwrap_or_default();
        short(cells) && first.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let unnumbered = cells.clone().count() > 0 && cells.clone().all(word);
    if unnumbered || asked && cells.clone().next().is_none_or(short) {
        return RowNumbers::Apart;
    }
    let counts = |(at, cells): (usize, &Vec<DataNode>)| {
        let first = cells.first().and_then(DataNode::text).unwrap_or_default();
        first.is_empty() || first.trim_end_matches('.') == (at + 1).to_string()
    };
    match asked {
        true if cells.by_ref().enumerate().all(counts) => RowNumbers::Written,
        true => RowNumbers::Own,
        false => RowNumbers::Usual,
    }
}

/// Tells of the first row whose number, typed below «№», does not follow the one above it.
fn tell_gap(map: &Map<'_>, titles: &[String], rows: &[Row]) {
    if !titles
        .first()
        .is_some_and(|title| ["№", "п/п"].iter().any(|no| title.trim().starts_with(no)))
    {
        return;
    }
    let number = |row: &Row| match row {
        Row::Cells(cells) => cells.first()?.text.trim().trim_end_matches('.').parse::<u32>().ok(),
        Row::Heading(_) => None,
    };
    let numbers: Vec<u32> = rows.iter().filter_map(number).collect();
    let gap = numbers.windows(2).find(|pair| pair[1] != pair[0].saturating_add(1) && pair[1] != 1);
    if let Some([before, own]) = gap.filter(|_| numbers.starts_with(&[1])) {
        map.told(
            "number-gap",
            say!(
                "behind the number {before} stands {own}",
                before = before.to_string(),
                own = own.to_string()
            ),
            say!("put the numbers right, or write `numbered: true`: rows are counted then"),
        );
    }
}

/// Whether all that stands in the second of two columns is left to be filled in.
fn is_form(columns: usize, rows: &[Row]) -> bool {
    let blank = |row: &Row| match row {
        Row::Cells(cells) => cells.get(1).is_none_or(|cell| cell.text.is_empty()),
        Row::Heading(_) => true,
    };
    columns == 2 && rows.len() > 1 && rows.iter().all(blank)
}

/// The widths of a sheet that is filled in by hand, in per cent: «ФИО» is a short head above long
/// names. A column of numbers takes what is left.
fn room_by_hand(titles: &[String]) -> Vec<u32> {
    const ROOM: [(u32, &[&str]); 3] = [
        (6, &["фио", "ф.и.о", "ф. и. о", "фамилия", "участник"]),
        (5, &["организац", "место работы", "учрежд", "школа", "адрес", "наимен", "назван", "тема"]),
        (3, &["подпись", "роспись", "дата", "класс", "возраст", "время", "кол-во"]),
    ];
    let room = |title: &String| {
        let small = title.trim().to_lowercase();
        if small.starts_with('№') {
            return 1;
        }
        let known = ROOM.iter().find(|(_, words)| words.iter().any(|w| small.starts_with(w)));
        known.map_or(4, |(room, _)| *room)
    };
    let sum: u32 = titles.iter().map(room).sum();
    // A name among the heads shows that people are to fill it in.
    if titles.len() < 3 || !titles.iter().any(|title| room(title) == 6) {
        return Vec::new();
    }
    titles.iter().map(|title| 92 * room(title) / sum).collect()
}

/// Rows of three and more cells whose first one is all words, without heads of their own: the first
/// is the heads.
fn head_of_rows(entries: &[(MapKey, DataNode)]) -> Option<DataValue> {
    if entries.iter().any(|(key, _)| is_key(&key.text, "columns")) {
        return None;
    }
    let at = entries.iter().position(|(key, _)| is_key(&key.text, "rows"))?;
    let DataValue::Seq(rows) = &entries[at].1.value else { return None };
    let (first, below) = rows.split_first()?;
    let DataValue::Seq(heads) = &first.value else { return None };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    // «2026», «0–2» are heads of figures.
    let year = |text: &str| digits(text) && text.len() == 4 && text.starts_with(['1', '2']);
    let range = |text: &str| {
        let halves = text.split_once(['–', '-', '—']);
        halves.is_some_and(|(from, to)| digits(from) && digits(to))
    };
    let head = |cell: &DataNode| {
        let Some(text) = cell.text().map(str::trim) else { return false };
        text.chars().any(char::is_alphabetic) || text == "№" || year(text) || range(text)
    };
    let word = |cell: &DataNode| cell.text().is_some_and(|t| t.contains(char::is_alphabetic));
    // Two columns are labels and what they say, unless figures stand below a word.
    let short = |text: &str| text.len() < 7 && text.chars().all(|c| c.is_ascii_digit() || c == ',');
    let figures = |row: &DataNode| match &row.value {
        DataValue::Seq(cells) => {
            matches!(cells.as_slice(), [_, figure] if figure.text().is_some_and(short))
        }
        _ => false,
    };
    let pair = heads.len() == 2 && below.len() > 1 && heads.iter().all(word);
    let wide = heads.len() > 2 && heads.iter().take(2).any(word);
    let counted = pair && below.iter().all(figures);
    if below.is_empty() || !heads.iter().all(head) || !(wide || counted) {
        return None;
    }
    let mut entries = entries.to_vec();
    let columns = MapKey { text: "columns".to_owned(), range: first.range.clone() };
    entries[at].1.value = DataValue::Seq(below.to_vec());
    entries.insert(at, (columns, first.clone()));
    Some(DataValue::Map(entries))
}

/// Whether a row begins with a person, or with one behind a number.
fn names_somebody(row: &DataNode) -> bool {
    let DataValue::Seq(cells) = &row.value else { return false };
    let name = |cell: &DataNode| cell.text().is_some_and(who::is_sure_name);
    let number = |cell: &DataNode| cell.text().is_some_and(|text| text.parse::<u32>().is_ok());
    match cells.as_slice() {
        [first, second, ..] => name(first) || number(first) && name(second),
        _ => false,
    }
}

/// «Участники: [дети, взрослые]» among the heads: one over those in its list; «Дата:» is a head
/// alone.
fn head_over(entries: &[(MapKey, DataNode)]) -> Option<(String, Vec<String>)> {
    const OWN: [&str; 4] = ["title", "text", "columns", "colspan"];
    let [(key, below)] = entries else { return None };
    if OWN.iter().any(|own| is_key(&key.text, own)) {
        return None;
    }
    let below: Option<Vec<String>> = match &below.value {
        DataValue::Null => Some(Vec::new()),
        DataValue::Seq(all) => all.iter().map(|one| one.text().map(str::to_owned)).collect(),
        DataValue::Map(all) => {
            let bare = |(key, node): &(MapKey, DataNode)| is_empty(node).then(|| key.text.clone());
            all.iter().map(bare).collect()
        }
        DataValue::Scalar { .. } => None,
    };
    Some((key.text.trim().to_owned(), below?))
}

impl Read for Heads {
    fn read(at: &At<'_>) -> Option<Self> {
        // «шапка: {Дата: , Участники: [дети, взрослые]}»: each key is a head.
        let split = match &at.node.value {
            DataValue::Map(entries) => {
                let one = |own: &(MapKey, DataNode)| {
                    let range = own.0.range.start..own.1.range.end.max(own.0.range.end);
                    DataNode::new(DataValue::Map(vec![own.clone()]), range)
                };
                let nodes = DataValue::Seq(entries.iter().map(one).collect());
                Some(DataNode::new(nodes, at.node.range.clone()))
            }
            _ => None,
        };
        let at = &At { node: split.as_ref().unwrap_or(at.node), ..*at };
        let DataValue::Seq(nodes) = &at.node.value else {
            return at.expected(say!("a list"));
        };
        let mut heads = Self::default();
        for (index, node) in nodes.iter().enumerate() {
            let at = At { cx: at.cx, node, path: &Path::Index(at.path, index) };
            let (title, below) = match &node.value {
                _ if is_empty(node) => (String::new(), Vec::new()),
                DataValue::Map(entries) if let Some(group) = head_over(entries) => group,
                DataValue::Map(_) if sentence(node).is_none() => Map::read(&at, |map| {
                    let title: Option<String> = map.opt("title", "Общий заголовок");
                    let title = title.or(map.opt("text", "Общий заголовок")).unwrap_or_default();
                    let below: Vec<String> = map.list("columns", "Заголовки под ним");
                    let span = map.opt("colspan", "Сколько столбцов занимает").unwrap_or(1);
                    // Without heads of their own the columns below it have none.
                    let bare = if span > 1 { span as usize } else { 0 };
                    let below = if below.is_empty() { vec![String::new(); bare] } else { below };
                    (title, below)
                }),
                _ => (String::read(&at).unwrap_or_default(), Vec::new()),
            };
            if below.is_empty() {
                heads.groups.push(Cell { text: String::new(), colspan: 1, rowspan: 1 });
                heads.titles.push(title);
            } else {
                let colspan = u32::try_from(below.len()).unwrap_or(1);
                heads.groups.push(Cell { text: title, colspan, rowspan: 1 });
                heads.titles.extend(below);
            }
        }
        if heads.groups.iter().all(|group| group.text.is_empty()) {
            heads.groups.clear();
        }
        Some(heads)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let text = String::schema(defs);
        let group =
            Map::describe(defs, "Столбцы с общим заголовком", |map| {
                map.need::<String>("title", "Общий заголовок нескольких столбцов");
                map.list::<String>("columns", "Заголовки под ним");
                map.opt::<u32>("colspan", "Сколько столбцов занимает");
            });
        json!({ "type": "array", "items": { "anyOf": [text, group, { "type": "null" }] } })
    }
}

/// The last row: whether it is a total, or what stands in it.
struct Total(bool, Option<DataNode>);

impl Read for Total {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            DataValue::Seq(_) | DataValue::Map(_) => Some(Self(true, Some(at.node.clone()))),
            DataValue::Scalar { text, .. } if text.chars().any(|c| c.is_ascii_digit()) => {
                // The sum alone stands in the last column.
                let label = DataValue::Scalar { text: "Итого".to_owned(), plain: false };
                let label = DataNode::new(label, at.node.range.clone());
                let cells = DataValue::Seq(vec![label, at.node.clone()]);
                Some(Self(true, Some(DataNode::new(cells, at.node.range.clone()))))
            }
            _ => bool::read(at).map(|total| Self(total, None)),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let row = Row::schema(defs);
        let text = String::schema(defs);
        json!({ "anyOf": [{ "type": "boolean" }, text, row] })
    }
}

/// A row whose cells are named by their columns, as a list of cells.
fn by_titles(node: &DataNode, titles: &[String]) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let same = |key: &str, title: &str| key.trim().to_lowercase() == title.trim().to_lowercase();
    let known = |key: &str| titles.iter().any(|title| same(key, title));
    if entries.is_empty() || !entries.iter().all(|(key, _)| known(&key.text)) {
        return None;
    }
    let cell = |title: &String| {
        let named = entries.iter().find(|(key, _)| same(&key.text, title));
        named.map_or_else(
            || DataNode::new(DataValue::Null, node.range.clone()),
            |(_, node)| node.clone(),
        )
    };
    let cells = DataValue::Seq(titles.iter().map(cell).collect());
    Some(DataNode::new(cells, node.range.clone()))
}

/// The rows of a table of these columns. Where the last cells of a row are not written they are
/// empty, which is told; of a total, its word reaches to the figures at the right.
fn read_rows(at: &At<'_>, titles: &[String], total: Option<&DataNode>) -> Option<Vec<Row>> {
    // «ФИО: Белова Софья»: a map fills two columns.
    if let (DataValue::Map(entries), 2) = (&at.node.value, titles.len()) {
        let row = |(key, node): &(MapKey, DataNode)| {
            let label = DataValue::Scalar { text: key.text.clone(), plain: false };
            let label = DataNode::new(label, key.range.clone());
            let range = key.range.start..node.range.end;
            DataNode::new(DataValue::Seq(vec![label, node.clone()]), range)
        };
        let rows = DataValue::Seq(entries.iter().map(row).collect());
        let rows = DataNode::new(rows, at.node.range.clone());
        return read_rows(&At { node: &rows, ..*at }, titles, total);
    }
    let DataValue::Seq(nodes) = &at.node.value else {
        return at.expected(say!("a list"));
    };
    let nodes = &maps::expanded(nodes);
    let mut covered = Covered(vec![0; titles.len()]);
    let mut rows = Vec::new();
    for (index, node) in nodes.iter().chain(total).enumerate() {
        let named = by_titles(node, titles);
        let node = named.as_ref().unwrap_or(node);
        let at = At { cx: at.cx, node, path: &Path::Index(at.path, index) };
        if is_empty(node) {
            at.report(Diagnostic::warning(
                "empty-item",
                say!("an empty item of a list is left out"),
            ));
            continue;
        }
        let total = total_of(at.node, titles.len());
        let at = At { node: total.as_ref().unwrap_or(at.node), ..at };
        let Some(mut row) = Row::read(&at) else { continue };
        if let Row::Cells(cells) = &mut row {
            let missing = titles.len().saturating_sub(covered.width(cells));
            if missing > 0 && !cells.is_empty() {
                let told = !are_by_hand(titles, missing) && !is_blank(cells);
                fill(&at, cells, missing, titles.len(), told);
            }
            merge_label(cells);
            covered.take(cells);
        }
        rows.push(row);
    }
    Some(rows)
}

/// Whether the last columns are such as people fill in by hand, one to sign in among them:
/// «Подпись», «Дата», «Подпись».
fn are_by_hand(titles: &[String], missing: usize) -> bool {
    const SIGNED: [&str; 3] = ["подпись", "роспись", "отметка"];
    const BESIDE: [&str; 4] = ["дата", "время", "примечани", "расшифровка"];
    let is = |title: &String, words: &[&str]| {
        let small = title.trim().to_lowercase();
        words.iter().any(|word| small.starts_with(word))
    };
    let last = &titles[titles.len().saturating_sub(missing)..];
    // Most rows need no remark.
    if let [only] = last {
        return is(only, &SIGNED) || is(only, &["примечани"]);
    }
    last.iter().any(|title| is(title, &SIGNED))
        && last.iter().all(|title| is(title, &SIGNED) || is(title, &BESIDE))
}

/// Whether a row has its number alone: it waits to be filled in.
fn is_blank(cells: &[Cell]) -> bool {
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    matches!(cells, [only] if number(only.text.trim().trim_end_matches('.')))
}

/// «- Итого: 1 055,50» as a row of two cells, and «- Итого: 3 экз. на сумму …» as one that reaches
/// over all columns.
fn total_of(node: &DataNode, columns: usize) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let [(key, told)] = entries.as_slice() else { return None };
    let small = key.text.trim().to_lowercase();
    let sums = sum::TOTALS.iter().any(|word| small.starts_with(word));
    let text = told.text().filter(|_| sums)?;
    let said = |text: &str| DataNode::said(text, &node.range);
    let cells = if text.split_whitespace().any(|word| word.contains(char::is_alphabetic)) {
        let whole = said(&format!("{}: {text}", key.text.trim()));
        let cell = vec![entry("text", whole), entry("colspan", said(&columns.to_string()))];
        vec![DataNode::new(DataValue::Map(cell), node.range.clone())]
    } else {
        vec![said(key.text.trim()), told.clone()]
    };
    Some(DataNode::new(DataValue::Seq(cells), node.range.clone()))
}

/// «Итого по разделу» reaches over the empty cells before its sum.
fn merge_label(cells: &mut Vec<Cell>) {
    let Some(first) = cells.first() else { return };
    let small = first.text.trim().to_lowercase();
    let sums = sum::TOTALS.iter().any(|word| small.starts_with(word));
    let plain = cells.iter().all(|cell| cell.colspan <= 1 && cell.rowspan <= 1);
    let empty = cells.iter().skip(1).take_while(|cell| cell.text.trim().is_empty()).count();
    if sums && plain && empty > 0 && empty + 1 < cells.len() {
        cells.drain(1..=empty);
        cells[0].colspan = u32::try_from(empty + 1).unwrap_or(1);
    }
}

/// Fills up a row that is too short, and says so where it is to be told.
fn fill(at: &At<'_>, cells: &mut Vec<Cell>, missing: usize, columns: usize, told: bool) {
    let small = cells[0].text.trim().to_lowercase();
    let sums = sum::TOTALS.iter().any(|word| small.starts_with(word));
    if sums && cells.len() > 1 {
        // «Итого» and a sum or two: these stand at the right, below what they sum up.
        cells[0].colspan = cells[0].colspan.max(1) + u32::try_from(missing).unwrap_or(0);
        return;
    }
    if told {
        let message = say!(
            "the row has {cells} of {columns} cells; the last ones are left empty",
            cells = columns - missing,
            columns
        );
        at.report(
            Diagnostic::warning("table-row", message)
                .hint(say!("write an empty cell as \"\", if another one is meant")),
        );
    }
    cells.extend(std::iter::repeat_n(Cell { colspan: 1, rowspan: 1, ..Cell::default() }, missing));
}

/// How many rows each column is still covered from above.
struct Covered(Vec<u32>);

impl Covered {
    /// How many columns a row's cells and those that hang down into it take.
    fn width(&self, cells: &[Cell]) -> usize {
        let above = self.0.iter().filter(|rows| **rows > 0).count();
        above + cells.iter().map(|cell| cell.colspan.max(1) as usize).sum::<usize>()
    }

    /// Goes on to the next row.
    fn take(&mut self, cells: &[Cell]) {
        let busy: Vec<bool> = self.0.iter().map(|rows| *rows > 0).collect();
        self.0.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let mut column = 0;
        for cell in cells {
            // Cells that hang down from above take their columns; those of this row go beside
            // them.
            while busy.get(column) == Some(&true) {
                column += 1;
            }
            // The span is the data's and may be a billion.
            for _ in 0..(cell.colspan.max(1) as usize).min(self.0.len()) {
                if let Some(rows) = self.0.get_mut(column) {
                    *rows = (*rows).max(cell.rowspan.saturating_sub(1));
                }
                column += 1;
            }
        }
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

    fn mended(node: &DataNode) -> Option<DataNode> {
        // «[10:00, Тема: Урок]»: what is no key of a cell can only be a text.
        let text = sentence(node).filter(|text| {
            !["text", "colspan", "rowspan"]
                .iter()
                .any(|key| text.split(':').next().is_some_and(|written| is_key(written, key)))
        })?;
        Some(DataNode::said(text, &node.range))
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

    // Over 60 lines: one walk over all keys, which makes the schema, too.
    fn fields(map: &mut Map<'_>) -> Self {
        let caption = map.opt("caption", "Название таблицы");
        let heads = map.opt(
            "columns",
            "Заголовки столбцов; общий для нескольких — {title: Отпуск, columns: [с, по]}",
        );
        let Heads { mut titles, mut groups } = heads.unwrap_or_else(|| Heads::none(map.node()));
        let numbers = map.node().map_or(RowNumbers::Usual, |table| numbers(table, &titles));
        let apart = matches!(numbers, RowNumbers::Apart);
        // The column of numbers brings its own head.
        let unhead = |titles: &mut Vec<String>, groups: &mut Vec<Cell>| {
            titles.remove(0);
            if !groups.is_empty() {
                groups.remove(0);
            }
        };
        if apart {
            unhead(&mut titles, &mut groups);
        }
        let told: Vec<Cell> =
            map.list("groups", "Общие заголовки над столбцами: text и colspan, слева направо");
        let mut groups = if told.is_empty() { groups } else { told };
        let Total(total, last) = map
            .opt("total", "true: последняя строка итоговая; или сама итоговая строка")
            .unwrap_or(Total(false, None));
        let rows = map.get_with(
            "rows",
            false,
            "Строки: в каждой столько ячеек, сколько столбцов; строка-текст — подзаголовок",
            Vec::<Row>::schema,
            |at| read_rows(at, &titles, last.as_ref()),
        );
        let mut rows = rows.unwrap_or_default();
        if matches!(numbers, RowNumbers::Written) {
            unhead(&mut titles, &mut groups);
            for row in &mut rows {
                if let Row::Cells(cells) = row {
                    cells.drain(..cells.len().min(1));
                }
            }
        }
        // «Итого» with nothing beside it asks for the sums.
        if total || sum::is_asked(&mut rows) {
            sum::settle(map, &titles, &mut rows, matches!(numbers, RowNumbers::Written));
        }
        sum::compare(map, &titles, &rows);
        tell_gap(map, &titles, &rows);
        let widths: Vec<u32> = map.list("widths", "Ширина столбцов в процентах");
        // What is filled in by hand needs more room than what it is called.
        let form = widths.is_empty() && is_form(titles.len(), &rows);
        let blank_rows = map.opt("blank_rows", "Сколько пустых строк добавить").unwrap_or_default();
        let by_hand = widths.is_empty() && rows.is_empty() && blank_rows > 0;
        let widths = if by_hand { room_by_hand(&titles) } else { widths };
        Self {
            caption,
            columns: titles,
            groups,
            rows,
            widths: if form { vec![40, 60] } else { widths },
            align: map.list("align", "Выравнивание столбцов: auto, left, center, right"),
            numbered: map.opt("numbered", "true: строки нумеруются").unwrap_or_default()
                && !matches!(numbers, RowNumbers::Own)
                || apart,
            total,
            blank_rows,
            notes: map.some("notes", "Примечания под таблицей"),
        }
    }

    // Over 60 lines: one way after another in which people write a table.
    fn mended(node: &DataNode) -> Option<DataNode> {
        if let DataValue::Map(entries) = &node.value {
            if let Some(rows) = maps::labelled(node).or_else(|| maps::keyed(node)) {
                return Some(rows);
            }
            if let Some(split) = text::rows(entries) {
                let split = DataNode::new(DataValue::Map(split), node.range.clone());
                return Some(Self::mended(&split).unwrap_or(split));
            }
            // «строки: 12» says how many are to be filled in by hand.
            let number = |(key, node): &(MapKey, DataNode)| {
                let Some(text) = node.text() else { return false };
                is_key(&key.text, "rows") && text.trim().parse::<u32>().is_ok()
            };
            let Some(at) = entries.iter().position(number) else {
                let headed = head_of_rows(entries)?;
                return Some(DataNode::new(headed, node.range.clone()));
            };
            let mut entries = entries.clone();
            entries[at].0.text = "blank_rows".to_owned();
            return Some(DataNode::new(DataValue::Map(entries), node.range.clone()));
        }
        if let Some(split) = text::table(node) {
            return Self::mended(&split);
        }
        let DataValue::Seq(rows) = &node.value else { return None };
        let list =
            |key: &str, all| entry(key, DataNode::new(DataValue::Seq(all), node.range.clone()));
        // «Категория 7–10 лет» above the heads stands below them, above its rows.
        let above = rows.iter().take_while(|row| row.text().is_some()).count();
        if above == 1 && rows.len() > 3 && matches!(rows[1].value, DataValue::Seq(_)) {
            let mut rows = rows.clone();
            rows.swap(0, 1);
            return Self::mended(&DataNode::new(DataValue::Seq(rows), node.range.clone()));
        }
        let (first, below) = rows.split_first()?;
        // Whose first row names somebody has no heads: «Пирогов С. А. | начальник штаба».
        if names_somebody(first) && below.iter().any(names_somebody) {
            let rows = DataValue::Map(vec![list("rows", rows.clone())]);
            return Some(DataNode::new(rows, node.range.clone()));
        }
        // A list of lists has its heads in the first; in a list of maps the keys are the heads.
        let (heads, rows) = match &first.value {
            DataValue::Seq(heads) => (heads.clone(), below),
            DataValue::Map(entries) => {
                let mut keys: Vec<&MapKey> = entries.iter().map(|(key, _)| key).collect();
                // A later row may have a key that the first one lacks.
                for row in below {
                    let DataValue::Map(entries) = &row.value else { continue };
                    for (key, _) in entries {
                        if keys.iter().all(|known| known.text != key.text) {
                            keys.push(key);
                        }
                    }
                }
                let head = |key: &MapKey| DataNode::said(capital(&key.text), &key.range);
                (keys.into_iter().map(head).collect(), rows.as_slice())
            }
            _ => return None,
        };
        let entries = vec![list("columns", heads), list("rows", rows.to_vec())];
        Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        let columns = self.columns.len();
        if columns == 0 {
            at.report(Diagnostic::error(
                "missing-key",
                say!("the key `{key}` is missing", key = "columns"),
            ));
        }
        let mut covered = Covered(vec![0; columns]);
        for (index, row) in self.rows.iter().enumerate() {
            let Row::Cells(cells) = row else { continue };
            let wide = covered.width(cells);
            covered.take(cells);
            // Refused: nobody knows which of the cells is one too many.
            if wide != columns && columns > 0 {
                let message = say!(
                    "the row has {above} cells, the table has {columns} columns",
                    above = wide,
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
        let (key, rows) = entries.iter().find(|(k, _)| is_key(&k.text, "rows"))?;
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
