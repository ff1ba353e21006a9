//! Dates by a pattern, as word processors have it: «dd.MM.yyyy».
//!
//! Source: ECMA-376 Part 1, 17.16.4.1, date-and-time pictures.

use super::{CivilDate, MONTHS, MONTHS_GENITIVE};

/// The days of the week, from Sunday.
const DAYS: [&str; 7] =
    ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];
const DAYS_SHORT: [&str; 7] = ["Вс", "Пн", "Вт", "Ср", "Чт", "Пт", "Сб"];

/// Writes a date by a pattern: `d`, `dd`, `ddd`, `dddd`, `M`, `MM`, `MMM`, `MMMM`, `yy`, `yyyy`;
/// what stands in apostrophes and all signs but letters are written as they are. Nothing if the
/// pattern has other letters, such as those of hours.
///
/// ```
/// use itog_lang::ru::date::pattern;
///
/// let day = "2014-06-05".parse().unwrap();
/// assert_eq!(pattern(day, "dd.MM.yyyy").as_deref(), Some("05.06.2014"));
/// assert_eq!(pattern(day, "d MMMM yyyy 'г.'").as_deref(), Some("5 июня 2014 г."));
/// assert_eq!(pattern(day, "MMMM yyyy").as_deref(), Some("июнь 2014"));
/// assert_eq!(pattern(day, "dddd, d.M.yy").as_deref(), Some("четверг, 5.6.14"));
/// assert_eq!(pattern(day, "HH:mm"), None);
/// ```
#[must_use]
pub fn pattern(date: CivilDate, pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    let mut after_day = false;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|other| other != c).unwrap_or(rest.len());
        if c == '\'' {
            let quoted = &rest[1..];
            let end = quoted.find('\'').unwrap_or(quoted.len());
            out.push_str(&quoted[..end]);
            rest = quoted.get(end + 1..).unwrap_or_default();
            continue;
        }
        let month = usize::from(date.month) - 1;
        let months = if after_day { MONTHS_GENITIVE } else { MONTHS };
        match (c, end) {
            ('d' | 'D', 1) => out.push_str(&date.day.to_string()),
            ('d' | 'D', 2) => out.push_str(&format!("{:02}", date.day)),
            ('d' | 'D', 3) => out.push_str(DAYS_SHORT[weekday(date)]),
            ('d' | 'D', _) => out.push_str(DAYS[weekday(date)]),
            ('M', 1) => out.push_str(&date.month.to_string()),
            ('M', 2) => out.push_str(&format!("{:02}", date.month)),
            ('M', 3) => out.extend(months[month].chars().take(3)),
            ('M', _) => out.push_str(months[month]),
            ('y' | 'Y', ..=2) => out.push_str(&format!("{:02}", date.year.rem_euclid(100))),
            ('y' | 'Y', _) => out.push_str(&date.year.to_string()),
            // «г» of a year stands there without apostrophes, too.
            _ if c.is_ascii_alphabetic() => return None,
            _ => out.push_str(&rest[..end]),
        }
        after_day |= matches!((c, end), ('d' | 'D', ..=2));
        rest = &rest[end..];
    }
    Some(out)
}

/// The day of the week, Sunday being 0 (Sakamoto's method).
fn weekday(date: CivilDate) -> usize {
    const SHIFTS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = i32::from(date.year) - i32::from(date.month < 3);
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let shift = SHIFTS[usize::from(date.month) - 1];
    (year + leaps + shift + i32::from(date.day)).rem_euclid(7) as usize
}
