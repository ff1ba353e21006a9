//! CSV and TSV, line by line. A quotation mark that is forgotten is reported at its row and
//! swallows nobody: what stands below it is read as if the mark were not there.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use super::encoding;
use super::sheet::{RowFault, Sheet, SheetRow};
use crate::diag::{Error, Message, say};
use crate::lang::ru::is_letter_or_digit;
use crate::limits;

/// The longest cell of several lines.
const CELL: usize = 1 << 16;

/// How many lines decide what stands between the cells.
const PROBE: usize = 200;

/// The one sheet of a CSV or TSV file.
pub(super) fn sheet<R: Read + Send + 'static>(reader: R, name: &str) -> Result<Sheet, Error> {
    let reader = BufReader::new(encoding::utf8(reader, name)?);
    let mut source = LineSource { reader, ahead: VecDeque::new(), failed: None };
    let mut separator = source.announced();
    if separator.is_none() {
        source.look_ahead(PROBE);
        separator = Some(likely(source.ahead.make_contiguous()));
    }
    let mut parser =
        DelimitedParser { source, separator: separator.unwrap_or(','), number: 0, widest: 0 };
    Ok(Sheet {
        name: None,
        hidden: false,
        lines: Box::new(std::iter::from_fn(move || parser.next())),
        size: None,
    })
}

/// Lines without their ends, some of them read ahead.
struct LineSource<R> {
    reader: R,
    ahead: VecDeque<String>,
    failed: Option<io::Error>,
}

impl<R: BufRead> LineSource<R> {
    fn line(&mut self) -> Option<String> {
        self.ahead.pop_front().or_else(|| self.read())
    }

    fn read(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let most = limits::get().record_bytes;
        match self.reader.by_ref().take(most as u64).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => {
                if line.last() == Some(&b'\n') {
                    line.pop();
                } else if line.len() >= most {
                    self.skip_line();
                }
                Some(String::from_utf8_lossy(&line).into_owned())
            }
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }

    /// Goes on behind a line that is too long, which is told once.
    fn skip_line(&mut self) {
        let mut rest = Vec::new();
        while !rest.ends_with(b"\n") {
            rest.clear();
            let most = limits::get().record_bytes as u64;
            let read = self.reader.by_ref().take(most.max(1)).read_until(b'\n', &mut rest);
            if !read.is_ok_and(|read| read > 0) {
                break;
            }
        }
    }

    fn look_ahead(&mut self, lines: usize) {
        // A file without line ends must not be read into memory to find that out.
        let mut bytes: usize = self.ahead.iter().map(String::len).sum();
        while self.ahead.len() < lines && bytes < limits::get().record_bytes {
            let Some(line) = self.read() else { break };
            bytes += line.len();
            self.ahead.push_back(line);
        }
    }

    /// Takes Excel's line `sep=;` away. Excel does not show it, so it is not a row.
    fn announced(&mut self) -> Option<char> {
        self.look_ahead(1);
        let first = self.ahead.front()?.trim_start_matches('\u{feff}').trim_matches('"');
        let separator = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="))?;
        let separator = separator.chars().next()?;
        self.ahead.pop_front();
        Some(separator)
    }
}

struct DelimitedParser<R> {
    source: LineSource<R>,
    separator: char,
    number: u64,
    /// The most cells of a row so far.
    widest: usize,
}

impl<R: BufRead> DelimitedParser<R> {
    fn next(&mut self) -> Option<SheetRow> {
        let Some(first) = self.source.line() else {
            let error = self.source.failed.take()?;
            return Some(
                self.faulty("table-read", say!("the file cannot be read on: {why}", why = error)),
            );
        };
        self.number += 1;
        // Such a line is a file without line ends, a picture for example, and no table.
        let limits = limits::get();
        if first.len() + 1 >= limits.record_bytes {
            return Some(self.beyond("limit-record-bytes", super::too_long(limits.record_bytes)));
        }
        let (cells, unclosed) = self.record(first);
        self.widest = self.widest.max(cells.len());
        if cells.len() > limits.columns {
            let message = say!("the row has more than {most} cells", most = limits.columns);
            return Some(self.beyond("limit-columns", message));
        }
        let fault = unclosed.map(|column| RowFault {
            code: "table-quote",
            message: say!(
                "the quotation mark that opens in row {row}, column {column}, is not closed",
                row = self.number,
                column = column + 1
            ),
            hint: Some(say!(
                "close it or take it away; a quotation mark inside of a quoted cell is doubled"
            )),
        });
        Some(SheetRow {
            number: self.number,
            cells: cells.into_iter().map(Ok).collect(),
            fault,
            hidden: false,
        })
    }

    fn faulty(&self, code: &'static str, message: Message) -> SheetRow {
        let fault = Some(RowFault { code, message, hint: None });
        SheetRow { number: self.number, fault, ..SheetRow::default() }
    }

    fn beyond(&self, code: &'static str, message: Message) -> SheetRow {
        let fault = Some(RowFault::beyond(code, message));
        SheetRow { number: self.number, fault, ..SheetRow::default() }
    }

    /// The cells of a record that begins with this line, and the column whose quotation mark is
    /// not closed.
    fn record(&mut self, first: String) -> (Vec<String>, Option<usize>) {
        let (mut cells, mut unclosed) = (Vec::new(), None);
        let mut text = first;
        let mut at = 0;
        loop {
            let rest = &text[at..];
            // RFC 4180 knows no space before the quotation mark, but people type one behind the
            // separator.
            let lead = rest.len() - rest.trim_start_matches(' ').len();
            if rest[lead..].starts_with('"') {
                match self.quoted(&text, at + lead + 1) {
                    Quoted::Cell { cell, more, end } => {
                        cells.push(cell);
                        if let Some(more) = more {
                            text = more;
                        }
                        at = end;
                        if at >= text.len() {
                            return (cells, unclosed);
                        }
                        at += self.separator.len_utf8();
                        continue;
                    }
                    // The rest of the line is read as if the mark were not there; only this row
                    // fails, and the next is a row again.
                    Quoted::Unclosed => unclosed = unclosed.or(Some(cells.len())),
                    Quoted::Plain => {}
                }
            }
            match text[at..].find(self.separator) {
                Some(end) => {
                    cells.push(text[at..at + end].trim().to_owned());
                    at += end + self.separator.len_utf8();
                }
                None => {
                    cells.push(text[at..].trim().to_owned());
                    return (cells, unclosed);
                }
            }
        }
    }

    /// A cell in quotation marks, from behind the first of them; it may go on in the next lines.
    fn quoted(&mut self, text: &str, from: usize) -> Quoted {
        let (mut cell, mut at, mut line) = (String::new(), from, 0);
        let mut ahead: Option<&str> = None;
        loop {
            let current = ahead.unwrap_or(text);
            match current[at..].find('"') {
                Some(found) => {
                    cell.push_str(&current[at..at + found]);
                    at += found + 1;
                    let rest = &current[at..];
                    // A doubled mark inside of a quoted cell is one mark, RFC 4180 §2, rule 7.
                    if rest.starts_with('"') {
                        cell.push('"');
                        at += 1;
                        continue;
                    }
                    let end = at + rest.len() - rest.trim_start_matches(' ').len();
                    let closed = end == current.len() || current[end..].starts_with(self.separator);
                    if !closed {
                        // «"Весна" и участие»: the marks belong to the text.
                        return if line == 0 { Quoted::Plain } else { Quoted::Unclosed };
                    }
                    if line > 0 && self.swallowed(&cell) {
                        return Quoted::Unclosed;
                    }
                    let more = (line > 0).then(|| {
                        // Only a cell that is closed takes its lines out of those read ahead;
                        // until then they may still be rows of their own.
                        self.source.ahead.drain(..line - 1);
                        self.source.ahead.pop_front().unwrap_or_default()
                    });
                    return Quoted::Cell { cell: cell.trim().to_owned(), more, end };
                }
                None => {
                    cell.push_str(&current[at..]);
                    cell.push('\n');
                    line += 1;
                    self.source.look_ahead(line);
                    // Nobody writes 64 KB into a cell: without a bound one forgotten mark would
                    // read the whole file into memory.
                    if cell.len() > CELL || self.source.ahead.len() < line {
                        return Quoted::Unclosed;
                    }
                    ahead = self.source.ahead.get(line - 1).map(String::as_str);
                    at = 0;
                }
            }
        }
    }

    /// Whether a cell of several lines holds whole rows: a mark was forgotten, and the next one
    /// that came along closed the cell.
    fn swallowed(&self, cell: &str) -> bool {
        let mut inner = cell.split('\n').skip(1);
        if self.separator != ',' {
            // The other separators do not occur in texts.
            return inner.any(|line| line.contains(self.separator));
        }
        // A line inside of a cell may have commas as any text has, but hardly three, nor as many as
        // a row without a space behind any.
        inner.any(|line| {
            let commas = line.matches(',').count();
            commas > 2 || commas > 0 && commas + 1 == self.widest && !line.contains(", ")
        })
    }
}

enum Quoted {
    /// Its text, the last line if it goes over several, and where it ends in that line.
    Cell {
        cell: String,
        more: Option<String>,
        end: usize,
    },
    /// The quotation marks are part of the text.
    Plain,
    Unclosed,
}

/// What stands between the cells: that by which most lines have the same number of cells.
fn likely(lines: &[String]) -> char {
    let mut best = (0.0, 0, ',');
    // In the order of how often Russian programs use them: of two that fit alike the first
    // stays. A Russian Excel writes `;`, since the comma is its decimal sign.
    for separator in [';', '\t', ',', '|'] {
        let counts: Vec<usize> = lines
            .iter()
            // Rows of empty cells, «;;;;», would vote for anything.
            .filter(|line| line.chars().any(is_letter_or_digit))
            .map(|line| outside(line, separator))
            .collect();
        let usual = counts
            .iter()
            .copied()
            .filter(|n| *n > 0)
            .max_by_key(|n| counts.iter().filter(|count| *count == n).count());
        let Some(usual) = usual else { continue };
        let like = counts.iter().filter(|count| **count == usual).count();
        let share = like as f64 / counts.len() as f64;
        // A comma stands in texts too, so it must be clearly better.
        let share = if separator == ',' { share * 0.95 } else { share };
        // Of two that part all lines alike the one with more cells is right: the other stands in
        // one of its cells.
        if (share, usual) > (best.0, best.1) {
            best = (share, usual, separator);
        }
    }
    best.2
}

/// How many separators a line has outside of quotation marks.
fn outside(line: &str, separator: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Vec<(u64, Vec<String>, bool)> {
        let lines = sheet(text.as_bytes(), "t.csv").unwrap().lines;
        lines
            .filter(|line| !line.is_blank())
            .map(|l| (l.number, l.cells.into_iter().flatten().collect(), l.fault.is_some()))
            .collect()
    }

    #[test]
    fn semicolons_leading_zeros_and_quoted_separators() {
        let rows = read("Номер;ФИО;За что\n001;Бехтенева Наталья;\"труд; талант\"\n");
        assert_eq!(rows[1].1, ["001", "Бехтенева Наталья", "труд; талант"]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a,b\r\n1,2\r\n\r\n3,4", "a,b\r1,2\r\r3,4", "a,b\n1,2\n\n3,4\n"] {
            let numbers: Vec<u64> = read(text).iter().map(|r| r.0).collect();
            assert_eq!(numbers, [1, 2, 4], "{text:?}");
        }
    }

    #[test]
    fn the_separator_is_that_by_which_rows_are_alike() {
        let rows = read("№;Фамилия, имя, отчество\n1;Ким Юлия\n2;Лев Павел\n");
        assert_eq!(rows[0].1, ["№", "Фамилия, имя, отчество"]);
        assert_eq!(read("ФИО|Школа\nЛев|5\n")[1].1, ["Лев", "5"]);
        assert_eq!(
            read("sep=;\na;b,c,d\n")[0],
            (1, vec!["a".to_owned(), "b,c,d".to_owned()], false)
        );
    }

    #[test]
    fn a_cell_of_several_lines_is_one_row() {
        let rows = read("ФИО;Адрес\nЛев;\"ул. Мира,\nд. 5\"\nКим;б\n");
        assert_eq!(rows[1].1[1], "ул. Мира,\nд. 5");
        assert_eq!((rows[2].0, rows[2].1[0].as_str()), (3, "Ким"));
    }

    #[test]
    fn a_forgotten_mark_swallows_nobody() {
        for text in [
            "ФИО;За что\nИван;\"труд\nПётр;труд\nСидор;труд\n",
            "ФИО;За что\nИван;\"труд\nПётр;труд\nСидор;\"труд\"\n",
            "ФИО;За что\nИван;\"труд\nПётр;\"труд\nСидор;труд\n",
        ] {
            let rows = read(text);
            assert_eq!(rows.len(), 4, "{text}");
            assert!(rows[1].2, "{text}");
            assert_eq!((rows[3].1[0].as_str(), rows[3].1[1].trim_matches('"')), ("Сидор", "труд"));
        }
    }

    #[test]
    fn marks_inside_of_a_text_stay() {
        assert_eq!(read("a;b\nЛев;\"Весна\" и участие\n")[1].1[1], "\"Весна\" и участие");
        assert_eq!(read("a;b\nЛев;\"МБУК \"\"ЦБС\"\"\"\n")[1].1[1], "МБУК \"ЦБС\"");
    }
}
