//! Figures of a table: with a decimal comma, at the right, comma under comma.

use handlebars::JsonValue;

use super::GridRow;

/// What a cell says of itself for the alignment of its column.
enum CellKind {
    Empty,
    /// A number, and how many digits stand behind its comma.
    Figure(usize),
    Text,
}

/// A space as wide as a digit, and one as wide as a comma: what they fill keeps its place.
const FIGURE_SPACE: &str = "\u{2007}";
const COMMA_SPACE: &str = "\u{2008}";

/// Figures with a decimal comma, except in columns of times and of numbers of things.
pub(super) fn decimal_commas(lines: &mut [GridRow], titles: &[JsonValue]) {
    for (column, title) in titles.iter().enumerate() {
        let mut cells = lines.iter().flat_map(|line| &line.cells);
        // Most columns have nothing to mend.
        if !cells.any(|cell| cell.column == column && comma(&cell.text).is_some()) {
            continue;
        }
        let title = title.as_str().unwrap_or_default().to_lowercase();
        // A point in these columns is not a decimal one: «10.30» is a time, «2.1» a point of a
        // plan.
        let other =
            ["врем", "час", "начал", "№", "п/п", "пункт", "версия", "дата", "когда", "срок"];
        // «10.00–11.30» beside «12.00»: these are times.
        let times = lines.iter().flat_map(|line| &line.cells).any(|cell| {
            let digit = cell.text.starts_with(|c: char| c.is_ascii_digit());
            cell.column == column && digit && cell.text.contains(['-', '–', '—'])
        });
        if times || are_days(lines, column) || other.iter().any(|word| title.contains(word)) {
            continue;
        }
        for cell in lines.iter_mut().flat_map(|line| &mut line.cells) {
            if cell.column == column
                && let Some(text) = comma(&cell.text)
            {
                cell.text = text;
            }
        }
    }
}

/// Whether cells of a column tell that its figures are days and months: «05.09» beside «12.10»,
/// «в течение месяца» beside «15.03».
fn are_days(lines: &[GridRow], column: usize) -> bool {
    const WHEN: [&str; 8] =
        ["в течение", "постоянно", "ежемес", "ежекв", "еженед", "ежегод", "до ", "весь "];
    let cells = || lines.iter().flat_map(|line| &line.cells).filter(|c| c.column == column);
    let day = |text: &str| {
        let (day, month) = text.split_once('.')?;
        let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
        let (day, month) = (number(day)?, number(month).filter(|_| month.len() == 2)?);
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(())
    };
    let sure = |text: &str| {
        let small = text.to_lowercase();
        let nought = text.starts_with('0') && !text.starts_with("0.") && day(text).is_some();
        nought || WHEN.iter().any(|word| small.starts_with(word)) || text.matches('.').count() == 2
    };
    let figure = |text: &str| text.contains('.') && text.chars().all(|c| ".0123456789".contains(c));
    let dotted = || cells().map(|cell| cell.text.trim()).filter(|text| figure(text));
    dotted().all(|text| day(text).is_some() || text.matches('.').count() == 2)
        && cells().any(|cell| sure(cell.text.trim()))
}

/// A decimal point as the comma of Russian numbers: «9.5» is «9,5». Dates, times and numbers of
/// points have more dots or a nought before them and stay.
fn comma(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let whole_digits = whole.trim_start_matches(['-', '−', '+']).replace([' ', '\u{a0}'], "");
    let nought = whole_digits.len() > 1 && whole_digits.starts_with('0');
    (digits(&whole_digits) && digits(part) && !nought).then(|| format!("{whole},{part}"))
}

/// Whether a cell is a number.
fn figure(text: &str) -> CellKind {
    let text = text.trim().trim_end_matches('%').trim_end();
    // «000077, 000078» are codes, and a list of them.
    let code = text.len() > 1
        && text.starts_with('0')
        && !["0,", "0."].iter().any(|nought| text.starts_with(nought));
    if code || text.contains(", ") {
        return CellKind::Text;
    }
    // A dash says that there is no figure; the column is one of figures all the same.
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return CellKind::Empty;
    }
    let bare: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
    let bare = bare.trim_start_matches(['-', '−', '+']);
    let (whole, part) = bare.split_once([',', '.']).unwrap_or((bare, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !whole.is_empty() && digits(whole) && digits(part) {
        CellKind::Figure(part.len())
    } else {
        CellKind::Text
    }
}

/// Figures stand at the right, numbers of rows in the middle, all else at the left.
pub(super) fn usual_align(lines: &[GridRow], column: usize, title: Option<&str>) -> &'static str {
    let title = title.unwrap_or_default().to_lowercase();
    let counts = title.starts_with('№') || title == "п/п" || title == "n";
    if counts {
        return "center";
    }
    let mut figures = 0;
    for line in lines.iter().filter(|line| line.class != "subhead") {
        for cell in line.cells.iter().filter(|cell| cell.column == column && cell.colspan == 1) {
            match figure(&cell.text) {
                // One word among the figures, and commas under each other would leave it hanging
                // at the right.
                CellKind::Text => return "left",
                CellKind::Figure(_) => figures += 1,
                CellKind::Empty => {}
            }
        }
    }
    // A column of empty cells is to be filled in by hand, and people write from the left.
    if figures > 0 { "right" } else { "left" }
}

/// Fills the figures of a column at the right so that their commas stand under each other: «124»
/// over «8 456,70» gets the room of a comma and two digits.
pub(super) fn align_commas(lines: &mut [GridRow], column: usize) {
    let digits = |text: &str| match figure(text) {
        // A sign of per cent behind some figures has a room of its own.
        CellKind::Figure(digits) if !text.trim_end().ends_with('%') => Some(digits),
        _ => None,
    };
    let cells = || {
        let lines = lines.iter().filter(|line| line.class != "subhead");
        lines.flat_map(|line| &line.cells).filter(|cell| cell.column == column && cell.colspan == 1)
    };
    let most = cells().filter_map(|cell| digits(&cell.text)).max().unwrap_or(0);
    // Where some have a sign of per cent, the commas cannot stand under each other at the right.
    if most == 0 || cells().any(|cell| cell.text.trim_end().ends_with('%')) {
        return;
    }
    for cell in lines.iter_mut().flat_map(|line| &mut line.cells) {
        if cell.column != column || cell.colspan > 1 {
            continue;
        }
        let Some(digits) = digits(&cell.text) else { continue };
        // A whole number has no comma, whose room has to be filled, too.
        if digits == 0 {
            cell.text.push_str(COMMA_SPACE);
        }
        cell.text.push_str(&FIGURE_SPACE.repeat(most - digits));
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
            assert_eq!(comma(text).as_deref().unwrap_or(text), expected);
        }
    }
}
