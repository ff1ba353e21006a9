use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::json;

use super::read::{At, Read};
use super::schema::Defs;
use super::tree::{Value, quote};
use crate::diag::Diagnostic;

/// A calendar date: `2014-06-05` (ISO 8601), in data and in what templates see.
///
/// ```
/// use itog::model::Date;
/// let date: Date = "2014-06-05".parse().unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2014, 6, 5));
/// assert_eq!("2014-02-30".parse::<Date>().unwrap_err().to_string(), "there is no day 30 in month 2 of 2014");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// Why a text is not a date or a range of dates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text is not of the form `2014-06-05`.
    #[error("{0} is not a date")]
    Form(String),
    /// The form is right, but the calendar has no such day.
    #[error("there is no {}", Impossible(*year, *month, *day))]
    Impossible {
        /// The year, with four digits.
        year: i16,
        /// The month, which may be at fault.
        month: i8,
        /// The day, which may be at fault.
        day: i8,
    },
    /// A range ends before it begins.
    #[error("the range ends on {end}, before it begins on {start}")]
    Backwards {
        /// The first day, as written.
        start: Date,
        /// The last day, as written.
        end: Date,
    },
}

struct Impossible(i16, i8, i8);

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(year, month, day) = self;
        if (1..=12).contains(month) {
            write!(f, "day {day} in month {month} of {year}")
        } else {
            write!(f, "month {month} in {year}")
        }
    }
}

impl Date {
    /// The date of a year, a month (1–12) and a day (1–31), if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day)
            .ok()
            .filter(|date| (0..=9999).contains(&date.year()))
            .map(Self)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The date as Russian tables have it, `05.06.2014` or `5 июня 2014 г.`, or in the ISO form.
    pub(super) fn parse_any(text: &str) -> Result<Self, DateError> {
        match dotted(text).or_else(|| worded(text)) {
            Some(iso) => iso.parse(),
            None => text.parse(),
        }
    }
}

/// `05.06.2014` as `2014-06-05`.
/// Months as dates name them.
const MONTHS: [&str; 12] = [
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

/// `5 июня 2014 г.`, `«05» июня 2014 года` as an ISO date.
fn worded(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let day: u8 = words.next()?.trim_matches(|c| "«»\"“”„".contains(c)).parse().ok()?;
    let month = words.next()?.to_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year: u16 = words.next()?.parse().ok()?;
    let rest: String = words.collect();
    matches!(rest.as_str(), "" | "г" | "г." | "года")
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn dotted(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    (digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4)
        .then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError::Form(quote(text));
        let bytes = text.as_bytes();
        let is_form = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !is_form {
            return Err(bad());
        }
        let year = text[..4].parse().map_err(|_| bad())?;
        let (month, day) =
            (text[5..7].parse().map_err(|_| bad())?, text[8..].parse().map_err(|_| bad())?);
        Self::new(year, month, day).ok_or(DateError::Impossible { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One day or several in a row: `2014-06-05` or `2014-06-04/2014-06-05` (ISO 8601 interval).
///
/// ```
/// use itog::model::DateRange;
/// let range: DateRange = "2014-06-04/2014-06-05".parse().unwrap();
/// assert_eq!(range.end().day(), 5);
/// assert!("2014-06-05/2014-06-04".parse::<DateRange>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    start: Date,
    end: Date,
}

impl DateRange {
    /// The days from the first to the last, if they are in order.
    pub fn new(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The first day.
    pub fn start(self) -> Date {
        self.start
    }

    /// The last day.
    pub fn end(self) -> Date {
        self.end
    }
}

impl From<Date> for DateRange {
    fn from(day: Date) -> Self {
        Self { start: day, end: day }
    }
}

impl FromStr for DateRange {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.split_once('/') {
            None => text.parse().map(|day: Date| day.into()),
            Some((start, end)) => {
                let (start, end) = (start.trim().parse()?, end.trim().parse()?);
                Self::new(start, end).ok_or(DateError::Backwards { start, end })
            }
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.start == self.end {
            self.start.fmt(f)
        } else {
            write!(f, "{}/{}", self.start, self.end)
        }
    }
}

impl Serialize for DateRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl DateError {
    /// The fault with what to write instead.
    pub(super) fn diagnostic(&self, text: &str, form: &str) -> Diagnostic {
        let code = match self {
            Self::Form(_) | Self::Impossible { .. } => "bad-date",
            Self::Backwards { .. } => "bad-range",
        };
        let fault = Diagnostic::error(code, self.to_string());
        match self {
            Self::Form(_) => fault.hint(match dotted(text) {
                Some(iso) => format!("write it as {iso}"),
                None => format!("write {form}"),
            }),
            Self::Impossible { .. } => fault,
            Self::Backwards { start, end } => fault.hint(format!("did you mean {end}/{start}?")),
        }
    }
}

fn read<T: FromStr<Err = DateError>>(at: &At<'_>, what: &str, form: &str) -> Option<T> {
    let Value::Scalar { text, .. } = &at.node.value else { return at.expected(what) };
    let text = text.trim();
    text.parse().map_err(|error: DateError| at.report(error.diagnostic(text, form))).ok()
}

impl Read for Date {
    fn read(at: &At<'_>) -> Option<Self> {
        read(at, "a date", "a date as 2014-06-05")
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
    }
}

impl Read for DateRange {
    fn read(at: &At<'_>) -> Option<Self> {
        read(at, "a date", "a date as 2014-06-05, several days as 2014-06-04/2014-06-05")
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$" })
    }
}
