//! The total of a table whose writer asked for one and left the adding up, or its place, to us.

use super::super::read::Map;
use super::super::tree::quote;
use super::{Cell, Covered, Row};
use crate::diag::say;

/// What a row of totals begins with.
pub(super) const TOTALS: [&str; 3] = ["итого", "всего", "total"];

/// Heads of columns whose figures nobody adds up.
const NO_SUMS: [&str; 14] = [
    "№",
    "п/п",
    "год",
    "класс",
    "цена",
    "дата",
    "время",
    "телефон",
    "тел",
    "возраст",
    "кабинет",
    "место",
    "номер",
    "процент",
];

/// A sum: digits without the decimal comma, how many stand after it, whether thousands are apart.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sum {
    digits: i64,
    places: u32,
    apart: bool,
}

impl Sum {
    /// «12 450,50», «5340», «3.5»; nothing if it is no figure.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let apart = text.contains([' ', '\u{a0}']);
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}')).collect();
        // «−679,50», by whatever sign; a dash alone is no figure.
        let unsigned = bare.strip_prefix(['-', '−', '–']);
        let sign = if unsigned.is_some() { -1 } else { 1 };
        let bare = unsigned.unwrap_or(&bare);
        let (whole, rest) = bare.split_once([',', '.']).unwrap_or((bare, ""));
        let all = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        // More than these are no sum of a library, and would not fit.
        let fits = !whole.is_empty() && whole.len() <= 12 && rest.len() <= 3;
        if !fits || !all(whole) || !all(rest) {
            return None;
        }
        let places = u32::try_from(rest.len()).ok()?;
        let digits: i64 = format!("{whole}{rest}").parse().ok()?;
        Some(Self { digits: sign * digits, places, apart })
    }

    fn at(self, places: u32) -> i64 {
        self.digits.saturating_mul(10i64.saturating_pow(places - self.places))
    }

    fn add(self, other: Self) -> Self {
        let places = self.places.max(other.places);
        let digits = self.at(places).saturating_add(other.at(places));
        Self { digits, places, apart: self.apart || other.apart }
    }

    /// The same figure, however many zeros follow its comma.
    fn is(self, other: Self) -> bool {
        let places = self.places.max(other.places);
        self.at(places) == other.at(places)
    }

    fn text(self) -> String {
        let unit = 10i64.saturating_pow(self.places);
        let (whole, rest) = (self.digits.abs() / unit, self.digits.abs() % unit);
        let digits = whole.to_string();
        let mut out = String::from(if self.digits < 0 { "−" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            // Four digits are written as one word, five and more are not.
            let apart = self.apart || digits.len() > 4;
            if apart && at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push('\u{a0}');
            }
            out.push(digit);
        }
        if self.places == 0 {
            return out;
        }
        format!("{out},{rest:0width$}", width = self.places as usize)
    }
}

/// The texts of each row by their columns; nothing where a cell reaches over several of them, or
/// down from a row above.
fn by_columns(columns: usize, rows: &[Row]) -> Vec<Vec<Option<&str>>> {
    let mut covered = Covered(vec![0; columns]);
    let mut lines = Vec::new();
    for row in rows {
        let Row::Cells(cells) = row else { continue };
        let mut line = vec![None; columns];
        let mut free = (0..columns).filter(|at| covered.0[*at] == 0);
        for cell in cells {
            let span = (cell.colspan.max(1) as usize).min(columns);
            let Some(at) = free.next() else { break };
            if span == 1 {
                line[at] = Some(cell.text.as_str());
            }
            free.by_ref().take(span - 1).for_each(drop);
        }
        covered.take(cells);
        lines.push(line);
    }
    lines
}

/// What the figures of each column add up to; nothing where one of its cells is no figure.
fn sums(titles: &[String], rows: &[Row]) -> Vec<Option<Sum>> {
    let lines = by_columns(titles.len(), rows);
    let column = |(at, title): (usize, &String)| {
        let small = title.to_lowercase();
        let none = NO_SUMS.iter().any(|word| small.split([' ', ',']).any(|own| own == *word));
        let mut found = lines.iter().filter_map(|line| line[at]).map(Sum::parse);
        let first = found.next()??;
        found.try_fold(first, |sum, own| Some(sum.add(own?))).filter(|_| !none)
    };
    let mut sums: Vec<Option<Sum>> = titles.iter().enumerate().map(column).collect();
    // Beside prices and sums of money nobody adds up how many pieces of different things there are.
    let money = |title: &String| {
        let small = title.to_lowercase();
        small.contains("сумм") || small.contains("стоимост")
    };
    let priced = titles.iter().any(|title| title.to_lowercase().contains("цена"));
    if priced && titles.iter().zip(&sums).any(|(title, sum)| money(title) && sum.is_some()) {
        for (title, sum) in titles.iter().zip(&mut sums) {
            *sum = sum.filter(|_| money(title));
        }
    }
    sums
}

/// Whether the last row is «Итого» and no more, which asks for the sums; it is taken off then.
pub(super) fn is_asked(rows: &mut Vec<Row>) -> bool {
    let Some(Row::Cells(last)) = rows.last() else { return false };
    let (first, rest) = last.split_first().map_or(("", last.as_slice()), |(own, rest)| {
        (own.text.trim().trim_end_matches([':', '.']), rest)
    });
    let asked = TOTALS.contains(&first.to_lowercase().as_str())
        && !rest.is_empty()
        && rest.iter().all(|cell| cell.text.trim().is_empty());
    if asked {
        rows.pop();
    }
    asked
}

/// Tells of a total that is not what the figures above it add up to.
pub(super) fn compare(map: &Map<'_>, titles: &[String], rows: &[Row]) {
    let Some((Row::Cells(last), above)) = rows.split_last() else { return };
    let first = last.first().map(|cell| cell.text.trim().to_lowercase()).unwrap_or_default();
    if !TOTALS.contains(&first.trim_end_matches(':')) {
        return;
    }
    // Parts of a table have sums of their own, of which the last is the sum of sums.
    let parted = above.iter().any(|row| match row {
        Row::Heading(_) => true,
        Row::Cells(cells) => cells.first().is_some_and(|cell| {
            let small = cell.text.to_lowercase();
            ["итог", "всего", "в том числе", "из них"].iter().any(|word| small.contains(word))
        }),
    });
    if parted {
        return;
    }
    let lines = by_columns(titles.len(), rows);
    let Some(told) = lines.last() else { return };
    for (at, (sum, told)) in sums(titles, above).into_iter().zip(told).enumerate() {
        let title = titles[at].to_lowercase();
        let share = ["%", "средн", "доля"].iter().any(|word| title.contains(word));
        let (Some(sum), Some(told)) = (sum, told.and_then(Sum::parse)) else { continue };
        if !share && at > 0 && !sum.is(told) {
            map.told(
                "table-summed",
                say!(
                    "the total of {column} is {told}, but the figures above add up to {sum}",
                    column = quote(&titles[at]),
                    told = told.text(),
                    sum = sum.text()
                ),
                say!("put the total or the figures right"),
            );
        }
    }
}

/// Puts a sum that was given alone below the column that adds up to it, and adds up where only a
/// total was asked for; `counted` if each row has its number.
pub(super) fn settle(map: &Map<'_>, titles: &[String], rows: &mut Vec<Row>, counted: bool) {
    let Some(Row::Cells(last)) = rows.last() else { return };
    let first = last.first().map(|cell| cell.text.to_lowercase()).unwrap_or_default();
    let named = ["итог", "всего", "сумм", "total"].iter().any(|word| first.contains(word));
    let mut last = last.clone();
    if named {
        let above = sums(titles, &rows[..rows.len() - 1]);
        let [label, only] = last.as_mut_slice() else { return };
        let Some(told) = Sum::parse(&only.text) else { return };
        let places = above.iter().enumerate().filter(|(_, sum)| sum.is_some_and(|s| s.is(told)));
        let Some(at) = places.map(|(at, _)| at).next_back().filter(|at| *at > 0) else { return };
        label.colspan = u32::try_from(at).unwrap_or(1);
        let after = titles.len() - at - 1;
        last.extend(std::iter::repeat_n(empty(), after));
        rows.pop();
        rows.push(Row::Cells(last));
        return;
    }
    let above = sums(titles, &rows[..rows.len() - 1]);
    let given: Vec<Option<Sum>> = last.iter().map(|cell| Sum::parse(&cell.text)).collect();
    // The last row is the total already, whatever it is called: so say most of its figures, for one
    // of them may be the sum of those above by chance. A nought below noughts says nothing.
    let pairs = above.iter().zip(&given).filter_map(|(sum, own)| sum.zip(*own));
    let said: Vec<bool> =
        pairs.filter(|(sum, _)| sum.digits != 0).map(|(sum, own)| sum.is(own)).collect();
    let right = said.iter().filter(|is| **is).count();
    if rows.len() > 2 && right * 2 > said.len() && !counted && !is_counted(rows) {
        return;
    }
    let mut sums = sums(titles, rows);
    // Prices of one thing each are a sum of money, where there is no other.
    if sums.iter().all(Option::is_none) {
        let renamed: Vec<String> = titles.iter().map(|t| priced_as_sum(t)).collect();
        sums = self::sums(&renamed, rows);
    }
    let Some(from) = sums.iter().position(Option::is_some).filter(|at| *at > 0) else {
        not_added_up(map, rows);
        return;
    };
    let english = titles.iter().all(|title| title.is_ascii())
        && titles.iter().any(|title| title.contains(|c: char| c.is_ascii_alphabetic()));
    let text = if english { "Total" } else { "Итого" }.to_owned();
    let label = Cell { text, colspan: u32::try_from(from).unwrap_or(1), rowspan: 1 };
    let said = |sum: Sum| match english {
        true => sum.text().replace(',', "."),
        false => sum.text(),
    };
    let cell = |sum: &Option<Sum>| Cell { text: sum.map_or_else(String::new, said), ..empty() };
    let row = std::iter::once(label).chain(sums[from..].iter().map(cell)).collect();
    rows.push(Row::Cells(row));
    let told: Vec<String> = sums.iter().flatten().map(|sum| sum.text()).collect();
    map.told(
        "table-summed",
        say!("the total was added up: {sums}", sums = told.join("; ")),
        say!("write the total row out, if it is another one"),
    );
}

/// Whether the last row has its number in the list, as no total has.
fn is_counted(rows: &[Row]) -> bool {
    let first = rows.last().map_or("", |row| match row {
        Row::Cells(cells) => cells.first().map_or("", |cell| cell.text.trim()),
        Row::Heading(_) => "",
    });
    first.trim_end_matches('.') == rows.len().to_string()
}

/// Tells that a row which has its number in the list is printed as the total.
fn not_added_up(map: &Map<'_>, rows: &[Row]) {
    if is_counted(rows) {
        map.told(
            "table-summed",
            say!("no column of the table can be added up: the last row is printed as the total"),
            say!("write the total row out"),
        );
    }
}

/// The head of a column of prices, which may be added up where there are no sums.
fn priced_as_sum(title: &str) -> String {
    if title.to_lowercase().starts_with("цена") {
        "Сумма".to_owned()
    } else {
        title.to_owned()
    }
}

fn empty() -> Cell {
    Cell { text: String::new(), colspan: 1, rowspan: 1 }
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn figures_are_added_as_they_are_written() {
        let all = ["12 450,50", "5340", "3 999,9"].map(|text| Sum::parse(text).unwrap());
        let sum = all.into_iter().reduce(Sum::add).unwrap();
        assert_eq!(sum.text(), "21\u{a0}790,40");
        let less = ["0", "-679,50", "−12"].map(|text| Sum::parse(text).unwrap());
        assert_eq!(less.into_iter().reduce(Sum::add).unwrap().text(), "−691,50");
        assert_eq!(Sum::parse("-"), None);
        assert_eq!(Sum::parse("до 10"), None);
        assert_eq!(Sum::parse("09.05.2026"), None);
    }
}
