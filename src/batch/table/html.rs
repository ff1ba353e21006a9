//! Tables of web pages and of «.xls» files that are web pages, read as leniently as browsers do.

use super::sheet::{FillDown, MergedArea, Sheet, SheetRow};

/// The most rows or columns that a cell goes over.
const SPAN: usize = 1000;

/// The named signs that tables have; others are by number.
const ENTITIES: [(&str, char); 14] = [
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("laquo", '«'),
    ("raquo", '»'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("bdquo", '„'),
    ("ldquo", '“'),
    ("shy", '\u{ad}'),
];

/// Whether a text is a page or a part of one with a table.
pub(super) fn is_page(head: &[u8]) -> bool {
    let text: String =
        // UTF-16 of ASCII has a zero beside each letter; without them the tags are readable
        // before the encoding is known.
        head.iter().filter(|b| **b != 0).map(|b| b.to_ascii_lowercase() as char).collect();
    let start = text.trim_start_matches(|c: char| !c.is_ascii_graphic() || !c.is_ascii());
    start.starts_with('<') && ["<html", "<table", "<!doctype html"].iter().any(|t| text.contains(t))
}

/// The character set that a page names.
pub(super) fn charset(head: &[u8]) -> Option<String> {
    let text: String = head.iter().map(|b| b.to_ascii_lowercase() as char).collect();
    let name = text.split("charset=").nth(1)?.trim_start_matches(['"', '\'']);
    Some(name.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
}

/// The tables of a page that have more than one cell. A table inside of a cell is part of the cell.
pub(super) fn sheets(page: &str) -> Vec<Sheet> {
    let mut reader = HtmlTables::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let name = name.to_ascii_lowercase();
        // What these hold is not text.
        if matches!(name.as_str(), "style" | "script") {
            let end = format!("</{name}");
            let at = rest.to_ascii_lowercase().find(&end);
            rest = at.map_or("", |at| &rest[at..]);
            continue;
        }
        reader.tag(&name, tag);
    }
    reader.row();
    reader.tables
}

#[derive(Default)]
struct HtmlTables {
    tables: Vec<Sheet>,
    depth: usize,
    lines: Vec<SheetRow>,
    merged: Vec<MergedArea>,
    /// Cells that hang down from above: column and how many rows are left.
    hanging: Vec<(usize, usize)>,
    line: Option<SheetRow>,
    cell: Option<HtmlCell>,
}

struct HtmlCell {
    text: String,
    columns: usize,
    rows: usize,
}

impl HtmlTables {
    fn text(&mut self, raw: &str) {
        if let Some(cell) = &mut self.cell {
            let mut last_blank = cell.text.is_empty() || cell.text.ends_with(['\n', ' ']);
            for c in decoded(raw).chars() {
                // A no-break space is none of these: it is put there on purpose and stays.
                let blank = matches!(c, ' ' | '\n' | '\r' | '\t');
                if !(blank && last_blank) {
                    cell.text.push(if blank { ' ' } else { c });
                }
                last_blank = blank;
            }
        }
    }

    fn tag(&mut self, name: &str, tag: &str) {
        match name {
            "table" => self.depth += 1,
            "/table" => {
                if self.depth == 1 {
                    self.table();
                }
                self.depth = self.depth.saturating_sub(1);
            }
            // A table in a cell is text of that cell.
            _ if self.depth > 1 => self.text(if name == "td" { " " } else { "" }),
            "tr" => {
                self.row();
                let number = self.lines.len() as u64 + 1;
                self.line =
                    Some(SheetRow { hidden: is_hidden(tag), ..SheetRow::of(number, Vec::new()) });
            }
            "td" | "th" => {
                self.end_cell();
                if self.line.is_none() {
                    // Browsers put a row around cells that lack one, so writers leave it out.
                    self.tag("tr", "tr");
                }
                self.place();
                let span = |name: &str| {
                    let value = attribute(tag, name).and_then(|n| n.parse::<usize>().ok());
                    // A file may name a million rows and fill memory with them.
                    value.unwrap_or(1).clamp(1, SPAN)
                };
                let (columns, rows) = (span("colspan"), span("rowspan"));
                self.cell = Some(HtmlCell { text: String::new(), columns, rows });
            }
            "/td" | "/th" => self.end_cell(),
            "/tr" => self.row(),
            // These end a line, as a browser shows it; all other tags leave the text alone.
            "br" | "br/" | "/p" | "/div" | "/li" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
    }

    /// Leaves room for cells that hang down into this row.
    fn place(&mut self) {
        if let Some(line) = &mut self.line {
            while self.hanging.iter().any(|(c, rows)| *c == line.cells.len() && *rows > 0) {
                line.cells.push(Ok(String::new()));
            }
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(line)) = (self.cell.take(), &mut self.line) else { return };
        let column = line.cells.len();
        if cell.rows > 1 {
            self.merged.push((line.number, line.number + cell.rows as u64 - 1, column));
            // This row counts too: it is taken off at its end.
            self.hanging.extend((0..cell.columns).map(|c| (column + c, cell.rows)));
        }
        line.cells.push(Ok(cell.text.trim().to_owned()));
        line.cells.extend(std::iter::repeat_n(Ok(String::new()), cell.columns - 1));
    }

    fn row(&mut self) {
        self.end_cell();
        if let Some(line) = self.line.take() {
            self.lines.push(line);
            self.hanging.iter_mut().for_each(|(_, rows)| *rows = rows.saturating_sub(1));
            self.hanging.retain(|(_, rows)| *rows > 0);
        }
    }

    fn table(&mut self) {
        self.row();
        self.hanging.clear();
        let mut lines = std::mem::take(&mut self.lines);
        let mut merged = FillDown::new(std::mem::take(&mut self.merged));
        lines.iter_mut().for_each(|line| merged.fill(line));
        // One cell or none: a frame around the page, not a table.
        if lines.iter().map(|line| line.filled().count()).sum::<usize>() > 1 {
            let name = format!("таблица {}", self.tables.len() + 1);
            self.tables.push(Sheet::of(Some(name), false, lines));
        }
    }
}

fn is_hidden(tag: &str) -> bool {
    attribute(tag, "style")
        .is_some_and(|style| style.to_ascii_lowercase().replace(' ', "").contains("display:none"))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))?;
    let value = tag.get(at + name.len() + 1..)?;
    let end = |c: char| c.is_whitespace();
    Some(match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?.to_owned(),
        _ => value.split(end).next()?.to_owned(),
    })
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // An ampersand without a semicolon near it is just an ampersand: «Ромашка & Ко».
        let end = rest.find(';').filter(|end| *end < 10);
        let sign = end.and_then(|end| sign(&rest[..end]));
        match (sign, end) {
            (Some(sign), Some(end)) => {
                out.push(sign);
                rest = &rest[end + 1..];
            }
            _ => out.push('&'),
        }
    }
    out + rest
}

fn sign(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}
