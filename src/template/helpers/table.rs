//! Tables as a page shows them.

use handlebars::JsonValue;
use serde_json::json;

use super::super::fault::RenderFault;
use super::Args;

/// What a cell says of itself for the alignment of its column.
enum CellKind {
    Empty,
    Figure,
    Text,
}

/// `grid table`: a table of the data as it is to be printed. `columns` are maps of `title`, `width`
/// (in per cent, or null) and `align`; `lines` are maps of `class` (`row`, `total`, `subhead`) and
/// `cells`, each with `text`, `align`, `colspan`, `rowspan`; `wide` is whether it needs small type,
/// `small` whether it is to stay on one page.
pub(super) fn grid(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let table = args.need(0)?;
    let list =
        |key: &str| table.get(key).and_then(JsonValue::as_array).cloned().unwrap_or_default();
    let flag = |key: &str| table.get(key) == Some(&JsonValue::Bool(true));
    let titles = list("columns");
    let mut lines = lines(&list("rows"), titles.len());
    if args.is_russian() {
        decimal_commas(&mut lines, &titles);
    }
    if flag("total")
        && let Some(last) = lines.iter_mut().rev().find(|line| line.class != "subhead")
    {
        last.class = "total";
    }
    // A slip of the pen must not make a file of millions of rows.
    let blank = table.get("blank_rows").and_then(JsonValue::as_u64).unwrap_or(0).min(10_000);
    lines.extend((0..blank).map(|_| GridRow::blank(titles.len())));

    let given = list("align");
    let mut aligns: Vec<String> = (0..titles.len())
        .map(|column| match given.get(column).and_then(JsonValue::as_str) {
            Some(told) if told != "auto" => told.to_owned(),
            _ => usual_align(&lines, column, titles[column].as_str()).to_owned(),
        })
        .collect();
    let mut titles = titles;
    let mut widths = list("widths");
    if flag("numbered") {
        number(&mut lines);
        titles.insert(0, args.word_of("row-number").unwrap_or_else(|| "№ п/п".to_owned()).into());
        aligns.insert(0, "center".to_owned());
        if !widths.is_empty() {
            widths.insert(0, JsonValue::Null);
        }
    }
    // A word joiner keeps «№ п/п» from being torn at its stroke.
    let title =
        |title: &JsonValue| title.as_str().unwrap_or_default().replace("п/п", "п/\u{2060}п");
    let columns: Vec<JsonValue> = titles
        .iter()
        .enumerate()
        .map(|(at, head)| json!({ "title": title(head), "width": widths.get(at), "align": aligns[at] }))
        .collect();
    let rows = lines.len();
    Ok(json!({
        "columns": columns,
        "has_widths": !widths.is_empty(),
        "has_heads": titles.iter().any(|title| title.as_str() != Some("")),
        "wide": titles.len() > 6,
        "small": rows <= 5,
        "lines": lines.iter().map(|line| line.json(&aligns)).collect::<Vec<_>>(),
    }))
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
        Self { class: "row", cells: (0..columns).map(piece).collect() }
    }

    fn json(&self, aligns: &[String]) -> JsonValue {
        let cell = |piece: &GridCell| {
            let usual = aligns.get(piece.column).map_or("left", String::as_str);
            let align = match self.class {
                "subhead" => "center",
                // A text over several columns is no figure of any of them.
                _ if piece.colspan > 1 => "left",
                _ => usual,
            };
            json!({
                "text": piece.text, "align": align,
                "colspan": piece.colspan, "rowspan": piece.rowspan,
            })
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
            for _ in 0..colspan.min(columns as u64) {
                if let Some(rows) = covered.get_mut(column) {
                    *rows = (*rows).max(rowspan - 1);
                }
                column += 1;
            }
        }
        let first = line.cells.first().map_or("", |cell| cell.text.trim()).to_lowercase();
        if ["итого", "всего", "total"].iter().any(|word| first.starts_with(word)) {
            line.class = "total";
        }
        lines.push(line);
    }
    lines
}

/// Figures with a decimal comma, except in columns of times and of numbers of things.
fn decimal_commas(lines: &mut [GridRow], titles: &[JsonValue]) {
    for (column, title) in titles.iter().enumerate() {
        let title = title.as_str().unwrap_or_default().to_lowercase();
        let other = ["врем", "час", "начал", "№", "п/п", "пункт", "версия"];
        // «10.00–11.30» beside «12.00»: these are times.
        let times = lines.iter().flat_map(|line| &line.cells).any(|cell| {
            let digit = cell.text.starts_with(|c: char| c.is_ascii_digit());
            cell.column == column && digit && cell.text.contains(['-', '–', '—'])
        });
        // «10.30» is a time, «1.2» a point: their stops are no decimal points.
        if times || other.iter().any(|word| title.contains(word)) {
            continue;
        }
        for cell in lines.iter_mut().flat_map(|line| &mut line.cells) {
            if cell.column == column {
                cell.text = comma(&cell.text);
            }
        }
    }
}

/// A decimal point as the comma of Russian numbers: «9.5» is «9,5». Dates, times and numbers of
/// points have more dots or a nought before them and stay.
fn comma(text: &str) -> String {
    let Some((whole, part)) = text.split_once('.') else { return text.to_owned() };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole_digits = whole.trim_start_matches(['-', '−', '+']).replace([' ', '\u{a0}'], "");
    // «01.06» is a date.
    let nought = whole_digits.len() > 1 && whole_digits.starts_with('0');
    if digits(&whole_digits) && digits(part) && !nought {
        format!("{whole},{part}")
    } else {
        text.to_owned()
    }
}

/// Whether a cell is a number.
fn figure(text: &str) -> CellKind {
    let text = text.trim().trim_end_matches('%').trim_end();
    // A dash says that there is nothing to count, and does not make a column text.
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return CellKind::Empty;
    }
    let bare: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
    let bare = bare.trim_start_matches(['-', '−', '+']);
    let (whole, part) = bare.split_once([',', '.']).unwrap_or((bare, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !whole.is_empty() && digits(whole) && digits(part) {
        CellKind::Figure
    } else {
        CellKind::Text
    }
}

/// Figures stand at the right, numbers of rows in the middle, all else at the left.
fn usual_align(lines: &[GridRow], column: usize, title: Option<&str>) -> &'static str {
    let title = title.unwrap_or_default().to_lowercase();
    // Ordinal numbers are looked for, not compared: they stand in the middle.
    let counts = title.starts_with('№') || title == "п/п" || title == "n";
    if counts {
        return "center";
    }
    let mut figures = 0;
    for line in lines.iter().filter(|line| line.class != "subhead") {
        for cell in line.cells.iter().filter(|cell| cell.column == column && cell.colspan == 1) {
            match figure(&cell.text) {
                CellKind::Text => return "left",
                CellKind::Figure => figures += 1,
                CellKind::Empty => {}
            }
        }
    }
    // Figures are compared by their last digits.
    if figures > 0 { "right" } else { "left" }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_point_becomes_a_comma() {
        for (text, expected) in [
            ("9.5", "9,5"),
            ("28.25", "28,25"),
            ("1 200.5", "1 200,5"),
            ("12.04.2024", "12.04.2024"),
            ("09.30", "09.30"),
            ("п. 2.3", "п. 2.3"),
            ("-0.5", "-0,5"),
        ] {
            assert_eq!(comma(text), expected);
        }
    }
}
