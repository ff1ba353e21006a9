//! Dates and ranges of dates, as people write them.
//!
//! All dates of the data are read here, whatever key they stand under.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::json;

use super::read::{At, Read};
use super::schema::Defs;
use super::tree::quote;
use crate::diag::{Diagnostic, Message, say};
use crate::lang::ru::{Case, Gender, number::ordinal};

/// A calendar date: `2014-06-05` (ISO 8601) in what templates see. Of a month or a year only that
/// is kept: `2014-06`, `2014`; a date that is left to be filled in by hand is `____` or `2014-__`.
///
/// In data it may be written as people do: `05.06.2014`, `5 июня 2014 г.`, `июнь 2014`, `«___»
/// ________ 2014 г.`.
///
/// ```
/// use itog::model::Date;
/// let date: Date = "2014-06-05".parse().unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2014, 6, 5));
/// let fault = "2014-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(fault.to_string(), "there is no day 30 in month 2 of 2014");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date, Precision);

/// How much of a date is given. What is not given counts as 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Day,
    Month,
    Year,
    /// The day alone is blank: «___» апреля 2025 г.
    DayOfMonth,
    /// The day and the month are blanks.
    BlankDay,
    /// All is blank.
    Blank,
}

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
            // Years of four digits, as ISO 8601 writes them without agreement.
            .filter(|date| (0..=9999).contains(&date.year()))
            .map(|date| Self(date, Precision::Day))
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

    /// A day, a month, a year or a blank, as it may be written.
    pub(crate) fn parse_any(text: &str) -> Result<Self, DateError> {
        // «от 12 мая 2025 г.», as it stands behind a number.
        let text = text.trim().strip_prefix("от ").unwrap_or(text);
        let text = &*day_first(text).map_or(Cow::Borrowed(text), Cow::Owned);
        let text = &*spelt(text).map_or(Cow::Borrowed(text), Cow::Owned);
        match text.parse() {
            Ok(date) => Ok(date),
            // 31 February is a date that is wrong, and no other form of one.
            Err(fault @ DateError::Impossible { .. }) => Err(fault),
            Err(fault) => match dotted(text).or_else(|| worded(text)) {
                // Whatever way it was written, the calendar is checked in one place.
                Some(iso) => iso.parse(),
                None => month(text).or_else(|| blank(text)).ok_or(fault),
            },
        }
    }

    fn of(year: i16, month: i8, precision: Precision) -> Option<Self> {
        // A date of the calendar always has a day: the first stands for one that was not given.
        Self::new(year, month, 1).map(|Self(date, _)| Self(date, precision))
    }
}

/// The months as they stand alone, and after a day.
const MONTHS: [[&str; 2]; 12] = [
    ["январь", "января"],
    ["февраль", "февраля"],
    ["март", "марта"],
    ["апрель", "апреля"],
    ["май", "мая"],
    ["июнь", "июня"],
    ["июль", "июля"],
    ["август", "августа"],
    ["сентябрь", "сентября"],
    ["октябрь", "октября"],
    ["ноябрь", "ноября"],
    ["декабрь", "декабря"],
];

/// The months in English; three letters are a usual abbreviation.
const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_of(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let russian = MONTHS.iter().position(|names| names.contains(&word.as_str()));
    let at = russian.or_else(|| english_month(&word))?;
    i8::try_from(at + 1).ok()
}

fn english_month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    ENGLISH.iter().position(|name| *name == word || word.len() == 3 && name.starts_with(&word))
}

/// «March 12, 2025», «May 14–16, 2025» with the day first.
fn day_first(text: &str) -> Option<String> {
    let (month, rest) = text.trim().split_once(' ')?;
    english_month(month)?;
    let (days, year) = rest.rsplit_once(' ')?;
    let days = days.trim_end_matches(',');
    days.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("{days} {month} {year}"))
}

/// «десятое марта две тысячи двадцать пятого года», as powers of attorney are dated, in figures.
fn spelt(text: &str) -> Option<String> {
    // Most texts have figures, and are told by them quickly.
    if text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace('ё', "е");
    let small = plain(text.trim());
    let small = small.trim_end_matches(" года").trim_end_matches(" г.");
    let words: Vec<&str> = small.split_whitespace().collect();
    let at = words.iter().position(|word| month_of(word).is_some()).filter(|at| *at > 0)?;
    let number = |words: &[&str], mut among: std::ops::RangeInclusive<u64>| {
        let said = words.join(" ");
        among.find(|number| {
            // The genitive of the masculine is that of the neuter.
            const FORMS: [(Gender, Case); 3] = [
                (Gender::Neuter, Case::Nominative),
                (Gender::Neuter, Case::Genitive),
                (Gender::Masculine, Case::Nominative),
            ];
            FORMS.into_iter().any(|(gender, case)| plain(&ordinal(*number, gender, case)) == said)
        })
    };
    let day = number(&words[..at], 1..=31)?;
    // Older ones say who was born when, and are no date of a document.
    let year = number(&words[at + 1..], 2001..=2099)?;
    Some(format!("{year}-{:02}-{day:02}", month_of(words[at])?))
}

/// A text without «г.», «года» at its end.
fn without_year_word(text: &str) -> &str {
    let text = text.trim();
    ["года", "год", "г.", "г"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        // «г» must end a number: «Белгород 2014г».
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || c.is_whitespace()))
        .map_or(text, str::trim_end)
}

/// `5 июня 2014 г.`, `«05» июня 2014 года` as an ISO date.
fn worded(text: &str) -> Option<String> {
    let mut words = without_year_word(text).split_whitespace();
    // On forms the day stands in quotes: «05» июня 2014 г.
    let day: u8 = words.next()?.trim_matches(|c| "«»\"“”„".contains(c)).parse().ok()?;
    // «12 March, 2025»
    let month = month_of(words.next()?.trim_end_matches(','))?;
    // Beside a month in words, two digits are not a year.
    let year: u16 = words.next().filter(|year| year.len() == 4)?.parse().ok()?;
    words.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `05.06.2014`, `05.06.14 г.` as an ISO date; a year of two digits is of this century.
fn dotted(text: &str) -> Option<String> {
    // Three parts at most: a fourth stays in the year, which is then too long to be one.
    let mut parts = without_year_word(text).splitn(3, ['.', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    // In figures two digits are usual, «05.06.14»; documents that are made today are of this
    // century.
    let century = match year.len() {
        4 => "",
        // Two figures are a year of this century.
        2 => "20",
        _ => return None,
    };
    (digits(day, 2) && digits(month, 2) && digits(year, 4))
        .then(|| format!("{century}{year}-{month:0>2}-{day:0>2}"))
}

/// `июнь 2014 г.`, `2014-06`, `2014 год`, `2014`.
fn month(text: &str) -> Option<Date> {
    let text = without_year_word(text);
    let year = |text: &str| -> Option<i16> {
        (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    if let Some(year) = year(text) {
        return Date::of(year, 1, Precision::Year);
    }
    let (month, number) = match text.split_once('-') {
        Some((number, month)) if month.len() == 2 => {
            (month.parse().ok().filter(|month| (1..=12).contains(month))?, number)
        }
        // «10 2025» is not a month: the range «10–12 июня 2025» tries it for its first day.
        _ => {
            let (name, number) = text.split_once(char::is_whitespace)?;
            (month_of(name)?, number)
        }
    };
    Date::of(year(number.trim())?, month, Precision::Month)
}

/// `«___» ________ 2014 г.`, `____`: what is filled in by hand.
fn blank(text: &str) -> Option<Date> {
    let rest = without_year_word(text);
    // One underscore may be a slip; a line to write on has at least two.
    if !rest.contains("__") {
        return None;
    }
    // «___» апреля 2025 г.
    let words: Vec<&str> = rest.split_whitespace().collect();
    if let [day, month, year] = words[..]
        && day.chars().all(|c| "_«»\"".contains(c))
        && let Some(month) = month_of(month)
        && year.len() == 4
    {
        return Date::of(year.parse().ok()?, month, Precision::DayOfMonth);
    }
    let year: String = rest.chars().filter(char::is_ascii_digit).collect();
    // A blank to be filled in by hand has lines, quotes and at most a year.
    let plain = |c: char| "_ «»\"-.\u{a0}".contains(c) || c.is_ascii_digit();
    match (rest.chars().all(plain), year.len()) {
        (true, 4) => Date::of(year.parse().ok()?, 1, Precision::BlankDay),
        // «20__ г.»: of the year only the century is printed.
        (true, 0 | 2) => Date::of(0, 1, Precision::Blank),
        _ => None,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError::Form(quote(text));
        if let Some(partial) = iso_partial(text) {
            return Ok(partial);
        }
        let bytes = text.as_bytes();
        // ISO 8601 to the letter: this is what the public parser takes, and `05.06.2014` and other
        // forms of people are tried by `parse_any`.
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

/// What templates see of a date that is not a day.
fn iso_partial(text: &str) -> Option<Date> {
    let year = |text: &str| text.parse().ok().filter(|_| text.len() == 4);
    if text == "____" {
        return Date::of(0, 1, Precision::Blank);
    }
    match text.split_once('-') {
        None => Date::of(year(text)?, 1, Precision::Year),
        Some((number, "__")) => Date::of(year(number)?, 1, Precision::BlankDay),
        Some((number, month)) if month.len() == 2 => {
            Date::of(year(number)?, month.parse().ok()?, Precision::Month)
        }
        Some((number, rest)) => {
            let month = rest.strip_suffix("-_").filter(|month| month.len() == 2)?;
            Date::of(year(number)?, month.parse().ok()?, Precision::DayOfMonth)
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Precision::Day => {}
            Precision::Month => return write!(f, "{:04}-{:02}", self.year(), self.month()),
            Precision::Year => return write!(f, "{:04}", self.year()),
            Precision::DayOfMonth => {
                return write!(f, "{:04}-{:02}-_", self.year(), self.month());
            }
            Precision::BlankDay => return write!(f, "{:04}-__", self.year()),
            Precision::Blank => return f.write_str("____"),
        }
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A deadline: a day, or words («постоянно», «I квартал»).
pub(super) enum Due {
    Day(Date),
    Words(String),
}

impl Read for Due {
    fn read(at: &At<'_>) -> Option<Self> {
        let text = String::read(at)?;
        let bare = ["до ", "не позднее ", "к "].iter().find_map(|word| text.strip_prefix(word));
        match Date::parse_any(bare.unwrap_or(&text).trim()) {
            Ok(day) => Some(Self::Day(day)),
            // Figures alone were meant as a date, and 31 February is one that is wrong.
            Err(DateError::Form(_)) if text.chars().any(char::is_alphabetic) => {
                Some(Self::Words(text))
            }
            Err(_) => Date::read(at).map(Self::Day),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        Date::schema(defs)
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

impl DateRange {
    /// Days as they may be written: also `4–5 июня 2014 г.`, `30 мая – 2 июня 2014 г.`,
    /// `04.06.2014–05.06.2014`, `с 4 по 5 июня 2014 г.`.
    pub(crate) fn parse_any(text: &str) -> Result<Self, DateError> {
        let text = &*day_first(text).map_or(Cow::Borrowed(text), Cow::Owned);
        let fault = match (text.parse::<Self>(), Date::parse_any(text)) {
            (Ok(range), _) => return Ok(range),
            (_, Ok(day)) => return Ok(day.into()),
            // Of two faults the one about the order of days says more.
            (Err(fault @ DateError::Backwards { .. }), _) | (_, Err(fault)) => fault,
        };
        // «с 4 по 5 июня», «со 2 по 5 июня»: that it is a range is seen by « по » already.
        let bare = text.trim().trim_start_matches("с ").trim_start_matches("со ");
        // The hyphen last: ISO dates hold it, and were tried before.
        let parts = ["/", "–", "—", " по ", " и ", "-"]
            .iter()
            .find_map(|between| bare.split_once(between))
            .map(|(start, end)| (start.trim(), end.trim()));
        let Some((start, end)) = parts else { return Err(fault) };
        let Ok(end_day) = Date::parse_any(end) else { return Err(fault) };
        // What the first day leaves out it shares with the last: the year, or the month, too.
        let shared: Vec<&str> = without_year_word(end).split_whitespace().collect();
        let starts = [
            // «30 мая 2014 г. – 2 июня 2014 г.», where nothing is left out.
            start.to_owned(),
            // «30 мая – 2 июня 2014 г.»
            format!("{start} {}", shared.last().copied().unwrap_or_default()),
            // «4–5 июня 2014 г.»
            format!("{start} {}", shared.get(1..).unwrap_or_default().join(" ")),
            // «04–05.06.2014»
            format!("{start}.{:02}.{}", end_day.month(), end_day.year()),
            // «30.05–02.06.2014»
            format!("{start}.{}", end_day.year()),
        ];
        let Some(start) = starts.iter().find_map(|start| Date::parse_any(start).ok()) else {
            return Err(fault);
        };
        // «21 и 22 ноября» are all days of a range, «21 и 25 ноября» are not.
        if bare.contains(" и ") && start.0.tomorrow().ok() != Some(end_day.0) {
            return Err(fault);
        }
        Self::new(start, end_day).ok_or(DateError::Backwards { start, end: end_day })
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
    fn message(&self) -> Message {
        match self {
            Self::Form(text) => say!("{text} is not a date", text),
            Self::Impossible { year, month, day } if (1..=12).contains(month) => {
                say!("there is no day {day} in month {month} of {year}", day, month, year)
            }
            Self::Impossible { year, month, .. } => {
                say!("there is no month {month} in {year}", month, year)
            }
            Self::Backwards { start, end } => {
                say!("the range ends on {end}, before it begins on {start}", start, end)
            }
        }
    }

    /// The fault with what to write instead.
    pub(super) fn diagnostic(&self, form: Message) -> Diagnostic {
        let code = match self {
            Self::Form(_) | Self::Impossible { .. } => "bad-date",
            Self::Backwards { .. } => "bad-range",
        };
        let fault = Diagnostic::error(code, self.message());
        match self {
            Self::Form(_) => fault.hint(form),
            Self::Impossible { .. } => fault,
            Self::Backwards { start, end } => {
                fault.hint(say!("did you mean {end}/{start}?", end, start))
            }
        }
    }
}

fn read<T>(at: &At<'_>, parse: impl Fn(&str) -> Result<T, DateError>, form: Message) -> Option<T> {
    let Some(text) = at.node.text() else { return at.expected(say!("a date")) };
    let text = text.trim();
    parse(text).map_err(|error: DateError| at.report(error.diagnostic(form))).ok()
}

impl Read for Date {
    fn read(at: &At<'_>) -> Option<Self> {
        read(at, Self::parse_any, say!("write a date as 2014-06-05, 05.06.2014 or 5 июня 2014"))
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        // A year alone, `date: 2025`, is a number to the editors that check by this schema.
        json!({ "type": ["string", "number"] })
    }
}

impl Read for DateRange {
    fn read(at: &At<'_>) -> Option<Self> {
        read(
            at,
            Self::parse_any,
            say!(
                "write a date as 2014-06-05 or 5 июня 2014, several days as \
                 2014-06-04/2014-06-05 or 4–5 июня 2014"
            ),
        )
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        json!({ "type": ["string", "number"] })
    }
}
