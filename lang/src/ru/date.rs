//! Dates of documents: «5 июня 2014 г.», «05.06.2014», «30 сентября — 2 октября 2024 г.».
//!
//! Source: GOST R 7.0.97-2016, 5.10: a date is written DD.MM.YYYY or in words and digits, the day
//! then without a leading zero.

mod pattern;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use pattern::pattern;

/// The months as they stand alone: «июнь».
pub const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// The months as they stand after a day: «июня».
pub const MONTHS_GENITIVE: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// A day of the Gregorian calendar that exists.
///
/// ```
/// use itog_lang::ru::CivilDate;
///
/// assert_eq!("2014-06-05".parse(), Ok(CivilDate::new(2014, 6, 5).unwrap()));
/// assert_eq!(CivilDate::new(2014, 2, 29), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDate {
    year: i16,
    month: u8,
    day: u8,
}

/// The error of reading a [`CivilDate`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date; write it as 2014-06-05")]
pub struct InvalidDate(String);

impl CivilDate {
    /// A date of a year from 1 to 9999; `None` when there is no such day.
    #[must_use]
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + leap as u8,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        // There was no year 0, and ISO 8601 writes four digits.
        if year < 1 || year > 9999 || day < 1 || day > days {
            None
        } else {
            Some(Self { year, month, day })
        }
    }

    /// Reads an ISO date: year, month and day with hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        // `parse` of numbers takes a sign and any length: «+014» and «2014-6-5» are not ISO
        // dates.
        if parts.next().is_some() || !digits || (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month from 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    const fn month_genitive(self) -> &'static str {
        MONTHS_GENITIVE[self.month as usize - 1]
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for CivilDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        Self::parse(text).ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl TryFrom<String> for CivilDate {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Self, InvalidDate> {
        text.parse()
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

/// How a date or a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Style {
    /// «5 июня 2014 г.»; a range within a month has days of two digits: «04–05 июня 2014 г.».
    #[default]
    Long,
    /// The same with «года».
    LongFull,
    /// «5 июня 2014 г.», and a range has plain days too: «4–5 июня 2014 г.».
    LongPlain,
    /// «05.06.2014», «04.06.2014–05.06.2014».
    Short,
}

/// Writes a date as «5 июня 2014 г.», the day and «г.» bound by no-break spaces.
///
/// ```
/// use itog_lang::ru::{date::long, CivilDate};
///
/// assert_eq!(long(CivilDate::new(2014, 6, 5).unwrap()), "5\u{a0}июня 2014\u{a0}г.");
/// ```
#[must_use]
pub fn long(date: CivilDate) -> String {
    format!("{}\u{a0}{} {}\u{a0}г.", date.day, date.month_genitive(), date.year)
}

/// Writes a date as «5 июня 2014 года».
///
/// ```
/// use itog_lang::ru::{date::long_full, CivilDate};
///
/// assert_eq!(long_full(CivilDate::new(2014, 6, 5).unwrap()), "5\u{a0}июня 2014\u{a0}года");
/// ```
#[must_use]
pub fn long_full(date: CivilDate) -> String {
    format!("{}\u{a0}{} {}\u{a0}года", date.day, date.month_genitive(), date.year)
}

/// Writes a date as «05.06.2014».
///
/// ```
/// use itog_lang::ru::{date::short, CivilDate};
///
/// assert_eq!(short(CivilDate::new(2014, 6, 5).unwrap()), "05.06.2014");
/// ```
#[must_use]
pub fn short(date: CivilDate) -> String {
    format!("{:02}.{:02}.{:04}", date.day, date.month, date.year)
}

/// Writes a date in a style.
///
/// ```
/// use itog_lang::ru::date::{format, Style};
///
/// assert_eq!(format("2014-06-05".parse().unwrap(), Style::Short), "05.06.2014");
/// ```
#[must_use]
pub fn format(date: CivilDate, style: Style) -> String {
    match style {
        Style::Long | Style::LongPlain => long(date),
        Style::LongFull => long_full(date),
        Style::Short => short(date),
    }
}

/// Writes a range of dates, saying the month and the year once where they are common. The order of
/// the ends does not matter.
///
/// Days in digits take an en dash without spaces, longer ends an em dash with spaces.
///
/// ```
/// use itog_lang::ru::{date::{range, Style}, CivilDate};
///
/// let day = |text: &str| text.parse::<CivilDate>().unwrap();
/// let ranged =
///     |from: &str, to: &str, style| range(day(from), day(to), style).replace('\u{a0}', " ");
/// assert_eq!(ranged("2014-06-04", "2014-06-05", Style::Long), "04–05 июня 2014 г.");
/// assert_eq!(ranged("2014-06-04", "2014-06-05", Style::LongPlain), "4–5 июня 2014 г.");
/// assert_eq!(ranged("2024-09-30", "2024-10-02", Style::Long), "30 сентября — 2 октября 2024 г.");
/// assert_eq!(
///     ranged("2023-12-30", "2024-01-08", Style::LongFull),
///     "30 декабря 2023 года — 8 января 2024 года"
/// );
/// assert_eq!(ranged("2014-06-04", "2014-06-05", Style::Short), "04.06.2014–05.06.2014");
/// ```
#[must_use]
pub fn range(from: CivilDate, to: CivilDate, style: Style) -> String {
    // Ends typed the wrong way round are a slip that needs no fault.
    let (from, to) = (from.min(to), from.max(to));
    if from == to {
        return format(from, style);
    }
    if style == Style::Short {
        return format!("{}–{}", short(from), short(to));
    }
    // Between words an em dash with spaces, between figures an en dash without.
    if from.year != to.year {
        return format!("{}\u{a0}— {}", format(from, style), format(to, style));
    }
    if from.month != to.month {
        return format!("{}\u{a0}{}\u{a0}— {}", from.day, from.month_genitive(), format(to, style));
    }
    match style {
        Style::LongPlain => format!("{}–{}", from.day, format(to, style)),
        // `format` writes the day plainly, and a range needs two digits on both sides; only a
        // day below ten lacks one.
        _ if to.day < 10 => format!("{:02}–0{}", from.day, format(to, style)),
        _ => format!("{:02}–{}", from.day, format(to, style)),
    }
}
