//! Tables as a page shows them.
//!
//! From the rows of the data to cells with their widths, alignment and sums.

use handlebars::JsonValue;
use serde_json::json;

use super::super::fault::RenderFault;
use super::Args;
use figures::{align_commas, decimal_commas, usual_align};
use room::{ColumnNeeds, TableSetting};

mod figures;
mod room;

/// `grid table page`: a table of the data as it is to be printed. `columns` are maps of `title`,
/// `width` (in per cent, or null) and `align`; `head_rows` are the rows of the head; `lines` are
/// maps of `class` (`row`, `total`, `subhead`, `blank`) and `cells`, each with `text`, `align` and
/// `spans` (`colspan` and `rowspan`; null of a cell in one column and row, as nearly all are);
/// `type_size` is the class of the type at which it fits its page (`points12` to `points8`), where
/// `page` may say that this is a `landscape` one; `small` is whether the table is to stay on one
/// page.
pub(super) fn grid(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let mut table = DataGrid::of(args.need(0)?, args.is_russian());
    if flag(args.need(0)?, "numbered") {
        table.number(args.word_of("row-number").unwrap_or_else(|| "№ п/п".to_owned()));
    }
    let asked = ColumnNeeds::of(&table.titles, &table.lines);
    let setting = match args.optional(1) {
        Some("landscape") => asked.lying(&table.widths),
        _ => asked.setting(&table.widths, false),
    };
    Ok(table.json(setting))
}

/// `lies sections told section`: how the pages of a document or an appendix lie, `portrait` or
/// `landscape`, or those of one `section` of it. What is `told` of the whole counts; else a table
/// that is too wide for an upright page lies down, with its title when the whole is made of tables.
pub(super) fn lies(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let told = args.optional(1);
    let section = args.get(2).into_iter().filter(|_| told.is_none());
    let lies = told == Some("landscape")
        || (told.is_none() && whole_lies(args.need(0)?))
        || section.into_iter().any(is_too_wide);
    Ok(if lies { "landscape" } else { "portrait" }.into())
}

fn whole_lies(sections: &JsonValue) -> bool {
    let Some(sections) = sections.as_array() else { return false };
    let about_tables = |section: &JsonValue| {
        let kind = section.get("type").and_then(JsonValue::as_str).unwrap_or_default();
        // Beside tables, only what introduces them.
        ["table", "text", "preamble"].contains(&kind)
    };
    sections.iter().all(about_tables) && sections.iter().any(is_too_wide)
}

/// Whether a section is a table that needs a lying page.
fn is_too_wide(section: &JsonValue) -> bool {
    if section.get("type").and_then(JsonValue::as_str) != Some("table") {
        return false;
    }
    let mut table = DataGrid::of(section, true);
    if flag(section, "numbered") {
        table.number("№ п/п".to_owned());
    }
    ColumnNeeds::of(&table.titles, &table.lines).setting(&table.widths, true).lies
}

fn list(table: &JsonValue, key: &str) -> Vec<JsonValue> {
    table.get(key).and_then(JsonValue::as_array).cloned().unwrap_or_default()
}

fn flag(table: &JsonValue, key: &str) -> bool {
    table.get(key) == Some(&JsonValue::Bool(true))
}

/// A table with its columns and lines in order.
struct DataGrid {
    titles: Vec<JsonValue>,
    /// Heads over several columns; none if there are none.
    groups: Vec<JsonValue>,
    aligns: Vec<String>,
    /// In per cent; none if the table finds them itself.
    widths: Vec<JsonValue>,
    lines: Vec<GridRow>,
}

impl DataGrid {
    fn of(table: &JsonValue, russian: bool) -> Self {
        let titles = list(table, "columns");
        let mut lines = lines(&list(table, "rows"), titles.len());
        if russian {
            decimal_commas(&mut lines, &titles);
        }
        if flag(table, "total")
            && let Some(last) = lines.iter_mut().rev().find(|line| line.class != "subhead")
        {
            last.class = "total";
        }
        for line in lines.iter_mut().filter(|line| line.is_by_hand()) {
            line.class = "blank";
        }
        // A slip of the pen must not make a file of millions of rows.
        let blank = table.get("blank_rows").and_then(JsonValue::as_u64).unwrap_or(0).min(10_000);
        lines.extend((0..blank).map(|_| GridRow::blank(titles.len())));
        let given = list(table, "align");
        let aligns: Vec<String> = (0..titles.len())
            .map(|column| match given.get(column).and_then(JsonValue::as_str) {
                Some(told) if told != "auto" => told.to_owned(),
                _ => usual_align(&lines, column, titles[column].as_str()).to_owned(),
            })
            .collect();
        // What stands at the right are numbers, whose commas are to stand below each other.
        for column in (0..titles.len()).filter(|column| aligns[*column] == "right") {
            align_commas(&mut lines, column);
        }
        Self { titles, groups: list(table, "groups"), aligns, widths: list(table, "widths"), lines }
    }

    /// Puts the number of each row before it.
    fn number(&mut self, title: String) {
        number(&mut self.lines);
        self.titles.insert(0, title.into());
        if !self.groups.is_empty() {
            self.groups.insert(0, "".into());
        }
        self.aligns.insert(0, "center".to_owned());
        // Where widths are told each column has one, and this one is to find its own.
        if !self.widths.is_empty() {
            self.widths.insert(0, JsonValue::Null);
        }
    }

    /// The rows of the head, each a list of `title`, `colspan`, `rowspan` and `scope`.
    fn head_rows(&self) -> JsonValue {
        // A word joiner keeps «№ п/п» from being torn at its stroke.
        let cell = |title: &str, colspan: u64, rowspan: u64| {
            let scope = if colspan > 1 { "colgroup" } else { "col" };
            let title = title.replace("п/п", "п/\u{2060}п");
            json!({ "title": title, "colspan": colspan, "rowspan": rowspan, "scope": scope })
        };
        let title = |at: usize| self.titles.get(at).and_then(JsonValue::as_str).unwrap_or_default();
        if self.groups.is_empty() {
            let all: Vec<_> = (0..self.titles.len()).map(|at| cell(title(at), 1, 1)).collect();
            return json!([all]);
        }
        let (mut upper, mut lower, mut at) = (Vec::new(), Vec::new(), 0);
        let named = self.below_groups().any(|at| !title(at).is_empty());
        for (span, text) in self.groups.iter().map(group) {
            let columns = at..(at + span).min(self.titles.len());
            match text {
                "" => upper.push(cell(title(at), 1, if named { 2 } else { 1 })),
                text => {
                    upper.push(cell(text, columns.len() as u64, 1));
                    lower.extend(columns.clone().map(|at| cell(title(at), 1, 1)));
                }
            }
            at = columns.end;
        }
        if named { json!([upper, lower]) } else { json!([upper]) }
    }

    /// The columns that have a head above their own.
    fn below_groups(&self) -> impl Iterator<Item = usize> {
        let mut at = 0;
        self.groups.iter().map(group).flat_map(move |(span, text)| {
            let columns = at..at + span;
            at = columns.end;
            if text.is_empty() { 0..0 } else { columns }
        })
    }

    fn json(&self, setting: TableSetting) -> JsonValue {
        let column = |(at, head): (usize, &JsonValue)| {
            let (width, align) = (self.widths.get(at), &self.aligns[at]);
            json!({ "title": head, "width": width, "align": align })
        };
        let lines = self.lines.iter().map(|line| line.json(&self.aligns));
        json!({
            "columns": self.titles.iter().enumerate().map(column).collect::<Vec<_>>(),
            "has_widths": !self.widths.is_empty(),
            "has_heads": self.titles.iter().any(|title| title.as_str() != Some("")),
            "head_rows": self.head_rows(),
            "type_size": format!("points{}", setting.size),
            // So few rows torn in two would leave one or two on a page.
            "small": self.lines.len() <= 5,
            "lines": lines.collect::<Vec<_>>(),
        })
    }
}

/// Over how many columns a head goes, and what it says.
fn group(head: &JsonValue) -> (usize, &str) {
    let span = head.get("colspan").and_then(JsonValue::as_u64).unwrap_or(1).max(1);
    let text = head.as_str().or_else(|| head.get("text")?.as_str()).unwrap_or_default();
    (usize::try_from(span).unwrap_or(1), text)
}

struct GridRow {
    class: &'static str,
    cells: Vec<GridCell>,
}

struct GridCell {
    text: String,
    column: usize,
    colspan: u64,
    rowspan: u64,
}

impl GridRow {
    fn blank(columns: usize) -> Self {
        let piece = |column| GridCell { text: String::new(), column, colspan: 1, rowspan: 1 };
        Self { class: "blank", cells: (0..columns).map(piece).collect() }
    }

    /// Whether there is nothing in a row but its number, so that it is to be filled in by hand.
    fn is_by_hand(&self) -> bool {
        let [first, rest @ ..] = self.cells.as_slice() else { return false };
        let number = first.text.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit());
        let bare = |cell: &GridCell| cell.text.is_empty() && cell.rowspan == 1;
        self.class == "row" && number && rest.len() > 1 && rest.iter().all(bare)
    }

    fn json(&self, aligns: &[String]) -> JsonValue {
        let cell = |piece: &GridCell| {
            let usual = aligns.get(piece.column).map_or("left", String::as_str);
            let align = match self.class {
                "subhead" => "center",
                // A text over several columns is not a figure of any of them.
                _ if piece.colspan > 1 => "left",
                _ => usual,
            };
            let (colspan, rowspan) = (piece.colspan, piece.rowspan);
            let spans = (colspan, rowspan) != (1, 1);
            let spans = spans.then(|| json!({ "colspan": colspan, "rowspan": rowspan }));
            json!({ "text": piece.text, "align": align, "spans": spans })
        };
        json!({ "class": self.class, "cells": self.cells.iter().map(cell).collect::<Vec<_>>() })
    }
}

fn lines(rows: &[JsonValue], columns: usize) -> Vec<GridRow> {
    let mut covered = vec![0u64; columns];
    let mut lines = Vec::new();
    for row in rows {
        let Some(cells) = row.as_array() else {
            let text = row.get("heading").and_then(JsonValue::as_str).unwrap_or_default();
            let colspan = columns as u64;
            let piece = GridCell { text: text.to_owned(), column: 0, colspan, rowspan: 1 };
            lines.push(GridRow { class: "subhead", cells: vec![piece] });
            continue;
        };
        // Taken from above before this row's own cells reach down.
        let busy: Vec<bool> = covered.iter().map(|rows| *rows > 0).collect();
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let (mut column, mut line) = (0, GridRow { class: "row", cells: Vec::new() });
        for cell in cells {
            while busy.get(column) == Some(&true) {
                column += 1;
            }
            let span = |key| cell.get(key).and_then(JsonValue::as_u64).unwrap_or(1).max(1);
            let text = cell.as_str().or_else(|| cell.get("text")?.as_str()).unwrap_or_default();
            let (colspan, rowspan) = (span("colspan"), span("rowspan"));
            line.cells.push(GridCell { text: text.to_owned(), column, colspan, rowspan });
            // The span is the data's and may be a billion.
            for _ in 0..colspan.min(columns as u64) {
                if let Some(rows) = covered.get_mut(column) {
                    *rows = (*rows).max(rowspan - 1);
                }
                column += 1;
            }
        }
        // Below «№» the total has no number: its label stands in the next cell.
        let mut texts = line.cells.iter().map(|cell| cell.text.trim());
        let first = texts.find(|text| !text.is_empty()).unwrap_or_default().to_lowercase();
        if ["итого", "всего", "total"].iter().any(|word| first.starts_with(word)) {
            line.class = "total";
        }
        lines.push(line);
    }
    lines
}

/// Puts the number of each row before it; sub-headings go over the new column, totals have none.
fn number(lines: &mut [GridRow]) {
    let mut count = 0;
    for line in lines {
        line.cells.iter_mut().for_each(|cell| cell.column += 1);
        if line.class == "subhead" {
            line.cells.iter_mut().for_each(|cell| {
                cell.colspan += 1;
                cell.column = 0;
            });
            continue;
        }
        let text = if line.class == "total" {
            String::new()
        } else {
            count += 1;
            count.to_string()
        };
        line.cells.insert(0, GridCell { text, column: 0, colspan: 1, rowspan: 1 });
    }
}
