//! Dates and times that a spreadsheet has made of something else: of «5-9» years, of the places
//! «1-2», of 8.5 points.

use crate::model::Column;

/// What is known of a cell that shows such a date.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum MadeDate {
    /// This was typed.
    Typed(String),
    /// Nobody knows what was typed.
    Unsure,
}

/// The parts of a date that are seen.
struct Seen {
    day: Option<u32>,
    month: u32,
    year: Option<u32>,
}

/// Months as a spreadsheet shortens them.
pub(super) const MONTHS_SHORT: [&str; 12] =
    ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const ENGLISH: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Looks at a cell of a column that holds no dates.
pub(super) fn of(column: Option<Column>, raw: &str) -> Option<MadeDate> {
    let column = column.filter(|column| {
        use Column::{AgeGroup, Class, Degree, Hours, Number, Result, Score};
        matches!(column, AgeGroup | Class | Degree | Hours | Number | Result | Score)
    })?;
    // A race ends in a time, and points may be counted so.
    let timed = !matches!(column, Column::Result | Column::Score | Column::Hours);
    if timed && is_time(raw) {
        return Some(MadeDate::Unsure);
    }
    let seen = seen(raw)?;
    Some(typed(column, &seen).map_or(MadeDate::Unsure, MadeDate::Typed))
}

/// What was typed, if only one thing can have been.
fn typed(column: Column, seen: &Seen) -> Option<String> {
    let Seen { day, month, year } = *seen;
    match (column, day, year) {
        // A Russian Excel takes the point for that of a date: 8.5 is the 8th of May.
        (Column::Score | Column::Hours, Some(day), _) => Some(format!("{day},{month}")),
        (Column::Score, None, Some(year)) => Some(format!("{month},{year:02}")),
        (Column::Class, Some(day), _) => (day <= 11).then(|| format!("{day}-{month}")),
        // There is no thirteenth month: «12-17» is the December of 2017.
        (Column::AgeGroup, None, Some(last)) => {
            (month < last && last <= 18).then(|| format!("{month}-{last}"))
        }
        // With an earlier year it may be the day of birth.
        (Column::AgeGroup, Some(day), year) if year.is_none_or(|year| year > 2022) => {
            (day < month).then(|| format!("{day}-{month}"))
        }
        (Column::Result | Column::Degree, Some(day), _) => {
            // Places that several share.
            (day < month && month <= 10).then(|| format!("{day}-{month}"))
        }
        _ => None,
    }
}

/// «07.сен», «7-Sep», «дек.17», «01.05.2026», «2026-05-01».
fn seen(raw: &str) -> Option<Seen> {
    // A day has the time of midnight where the format shows one.
    let date = match raw.split_once(' ') {
        Some((date, time)) if ["0:00", "0:00:00", "00:00", "00:00:00"].contains(&time) => date,
        Some(_) => return None,
        None => raw,
    };
    let parts: Vec<&str> = date.split(['.', '-', '/']).collect();
    let named = |text: &str| {
        let text = text.to_lowercase();
        let at = |names: &[&str; 12]| names.iter().position(|name| *name == text);
        at(&MONTHS_SHORT).or_else(|| at(&ENGLISH)).map(|at| at as u32 + 1)
    };
    let number = |text: &str, most: u32| {
        let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| digits && (1..=most).contains(number))
    };
    match parts[..] {
        [day, month] if named(month).is_some() => {
            Some(Seen { day: Some(number(day, 31)?), month: named(month)?, year: None })
        }
        [month, year] if named(month).is_some() => {
            Some(Seen { day: None, month: named(month)?, year: Some(number(year, 99)?) })
        }
        [first, month, last] => {
            let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
            let year = number(year, 2100).filter(|year| *year > 1899)?;
            Some(Seen { day: Some(number(day, 31)?), month: number(month, 12)?, year: Some(year) })
        }
        _ => None,
    }
}

/// «5:01», «05:01:00».
fn is_time(raw: &str) -> bool {
    let parts: Vec<&str> = raw.split(':').collect();
    let two = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let hour = parts.first().is_some_and(|hour| hour.parse::<u8>().is_ok_and(|hour| hour < 24));
    (2..=3).contains(&parts.len()) && hour && parts[1..].iter().all(two)
}

/// The places that a spreadsheet has made a date of: «01.фев» is «1-2».
pub(super) fn is_place(raw: &str) -> bool {
    raw.len() > 4 && matches!(of(Some(Column::Result), raw), Some(MadeDate::Typed(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_found_again() {
        use Column::{AgeGroup, Class, Number, Post, Result, Score};
        let typed = |text: &str| Some(MadeDate::Typed(text.to_owned()));
        let unsure = || Some(MadeDate::Unsure);
        for (column, raw, expected) in [
            (AgeGroup, "07.сен", typed("7-9")),
            (AgeGroup, "10.дек", typed("10-12")),
            (AgeGroup, "дек.17", typed("12-17")),
            (AgeGroup, "05.09.2026", typed("5-9")),
            (AgeGroup, "05.09.2014", unsure()),
            (AgeGroup, "7-9", None),
            (AgeGroup, "7:09", unsure()),
            (Class, "01.05.2026", typed("1-5")),
            (Class, "05.01.2026 0:00", typed("5-1")),
            (Class, "2026-05-01", typed("1-5")),
            (Class, "5-Sep", typed("5-9")),
            (Class, "5А", None),
            (Result, "01.фев", typed("1-2")),
            (Result, "08.май", unsure()),
            (Result, "12:35", None),
            (Score, "08.май", typed("8,5")),
            (Score, "8.5", None),
            (Number, "12.май", unsure()),
            (Number, "12-05/3", None),
            (Post, "07.сен", None),
        ] {
            assert_eq!(of(Some(column), raw), expected, "{raw}");
        }
    }
}
