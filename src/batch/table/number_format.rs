//! Numbers as a spreadsheet shows them: the number formats of Excel in their Russian look, ECMA-376
//! 18.8.30 and 18.8.31.

use super::made_date::MONTHS_SHORT;
use crate::lang::ru::date::{MONTHS, MONTHS_GENITIVE};

const DAYS: [&str; 7] =
    ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];

/// The formats that have a number and no text, as a Russian Excel shows them.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        // 14 is the short date of the system; 27 to 36 and 50 to 58 are dates and times of East
        // Asian workbooks.
        14 | 27..=31 | 36 | 50..=58 => "dd.mm.yyyy",
        15 => "dd.mmm.yy",
        16 => "dd.mmm",
        17 => "mmm.yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 34 => "h:mm",
        21 | 33 | 35 => "h:mm:ss",
        22 => "dd.mm.yyyy h:mm",
        45 | 47 => "mm:ss",
        46 => "[h]:mm:ss",
        _ => "General",
    }
}

/// A number in a format.
pub(super) fn show(value: f64, code: &str, from_1904: bool) -> String {
    let sections = sections(code);
    // Positive, negative, zero and text, ECMA-376 part 1 §18.8.31. A section for negative
    // numbers shows them without the sign, since it brings its own.
    let (section, value) = match sections.len() {
        2 | 3 if value < 0.0 => (&sections[1], -value),
        4 if value < 0.0 => (&sections[1], -value),
        3 | 4 if value == 0.0 => (&sections[2], value),
        _ => (&sections[0], value),
    };
    // Excel's own long date, whose order the system decides.
    if section.contains("[$-F800]") {
        return dated(value, &parts("d mmmm yyyy г."), from_1904);
    }
    let parts = parts(section);
    let is_date = |p: &FormatPart| matches!(p, FormatPart::Date(..) | FormatPart::Elapsed(..));
    if parts.iter().any(is_date) {
        dated(value, &parts, from_1904)
    } else if parts.iter().any(|p| matches!(p, FormatPart::Digits(_))) {
        numeric(value, &parts)
    } else if parts.iter().all(|p| matches!(p, FormatPart::Text(_))) && !parts.is_empty() {
        parts.iter().map(FormatPart::text).collect()
    } else {
        general(value)
    }
}

/// A number without a format: what a cell has room for, with a decimal comma.
pub(super) fn general(value: f64) -> String {
    // Doubles are exact to fifteen digits, and Excel keeps no more.
    if value == value.trunc() && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    // Excel shows eleven characters in a cell of the usual kind, the point among them.
    let whole = format!("{:.0}", value.abs().trunc()).len();
    let text = format!("{value:.*}", 10_usize.saturating_sub(whole));
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').replace('.', ","),
        false => text,
    }
}

/// A date of the calendar of spreadsheets, whose 29 February 1900 never was.
fn civil(days: i64, from_1904: bool) -> (i64, usize, i64) {
    // Day 1 is 1 January 1900, and Excel counts a 29 February 1900, taken over from Lotus 1-2-3:
    // it is day 60. Days before it are one off against those behind it. 1462 days part the
    // calendar of the first Macs from this one.
    let days = match (from_1904, days) {
        (true, days) => days + 1462,
        (false, 60) => return (1900, 2, 29),
        (false, days) if days < 60 => days + 1,
        (false, days) => days,
    };
    // Days since 1970-01-01, then the usual arithmetic of civil dates in eras of 400 years.
    let z = days - 25_569 + 719_468;
    let era = z.div_euclid(146_097);
    let day = z.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month as usize, of_year - (153 * shifted + 2) / 5 + 1)
}

/// What a format is made of.
enum FormatPart {
    Text(String),
    /// A run of one letter of a date or time.
    Date(char, usize),
    /// Hours, minutes or seconds beyond the day: `[h]`.
    Elapsed(char),
    HalfDay,
    /// Places for digits with point and commas.
    Digits(String),
    Percent,
}

impl FormatPart {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Percent => "%",
            _ => "",
        }
    }
}

/// The parts between semicolons that do not stand in quotes.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        if c == ';' && !quoted && !escaped {
            sections.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

fn parts(section: &str) -> Vec<FormatPart> {
    let mut parts: Vec<FormatPart> = Vec::new();
    let mut chars = section.chars().peekable();
    while let Some(c) = chars.next() {
        let part = match c {
            '"' => FormatPart::Text(chars.by_ref().take_while(|c| *c != '"').collect()),
            '\\' => FormatPart::Text(chars.next().into_iter().collect()),
            // A room as wide as the next sign, and a sign that fills the cell.
            '_' | '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                match inner.to_ascii_lowercase().chars().next() {
                    Some(unit @ ('h' | 'm' | 's')) => FormatPart::Elapsed(unit),
                    // `[$₽-419]`: a currency and a language. Colours and conditions in brackets
                    // show nothing.
                    Some('$') => match inner[1..].split('-').next() {
                        Some("") | None => continue,
                        Some(sign) => FormatPart::Text(sign.to_owned()),
                    },
                    _ => continue,
                }
            }
            '%' => FormatPart::Percent,
            'A' | 'a' if section.to_ascii_uppercase().contains("AM/PM") => {
                // The rest of «AM/PM».
                chars.by_ref().take(4).for_each(drop);
                FormatPart::HalfDay
            }
            'G' | 'g' if section.to_ascii_lowercase().contains("general") => {
                // The rest of «General».
                chars.by_ref().take(6).for_each(drop);
                FormatPart::Text(String::new())
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let mut run = 1;
                while chars.next_if(|n| n.eq_ignore_ascii_case(&c)).is_some() {
                    run += 1;
                }
                FormatPart::Date(c.to_ascii_lowercase(), run)
            }
            '0' | '#' | '?' => {
                let mut digits = c.to_string();
                while let Some(c) = chars.next_if(|c| matches!(c, '0' | '#' | '?' | '.' | ',')) {
                    digits.push(c);
                }
                FormatPart::Digits(digits)
            }
            '@' => continue,
            c => FormatPart::Text(c.to_string()),
        };
        parts.push(part);
    }
    // `General` with words beside is still general.
    if section.to_ascii_lowercase().contains("general") { Vec::new() } else { parts }
}

fn dated(value: f64, parts: &[FormatPart], from_1904: bool) -> String {
    // To a second: halves of milliseconds are what is left of sums.
    let seconds = (value * 86_400.0).round() as i64;
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days, from_1904);
    let (hours, minutes, second) = (time / 3600, time / 60 % 60, time % 60);
    let half = parts.iter().any(|p| matches!(p, FormatPart::HalfDay));
    let with_day = parts.iter().any(|p| matches!(p, FormatPart::Date('d', 1 | 2)));
    let mut out = String::new();
    let mut after_hours = false;
    for (i, part) in parts.iter().enumerate() {
        let before_seconds = parts[i + 1..]
            .iter()
            .find(|p| !matches!(p, FormatPart::Text(_)))
            .is_some_and(|p| matches!(p, FormatPart::Date('s', _)));
        match part {
            FormatPart::Date('h', n) => {
                // Twelve follows eleven and stands for zero.
                let hours = if half { (hours + 11) % 12 + 1 } else { hours };
                out += &format!("{hours:0n$}");
            }
            // `m` is a month, but minutes behind hours or before seconds, ECMA-376 part 1
            // §18.8.31.
            FormatPart::Date('m', n) if *n <= 2 && (after_hours || before_seconds) => {
                out += &format!("{minutes:0n$}");
            }
            FormatPart::Date('s', n) => out += &format!("{second:0n$}"),
            FormatPart::Date('y', n) if *n <= 2 => out += &format!("{:02}", year.rem_euclid(100)),
            FormatPart::Date('y', _) => out += &year.to_string(),
            FormatPart::Date('m', n @ (1 | 2)) => out += &format!("{month:0n$}"),
            FormatPart::Date('m', 3) => out += MONTHS_SHORT[(month - 1) % 12],
            // «5 мая», but «май 2026».
            FormatPart::Date('m', _) if with_day => out += MONTHS_GENITIVE[(month - 1) % 12],
            FormatPart::Date('m', _) => out += MONTHS[(month - 1) % 12],
            FormatPart::Date(_, n @ (1 | 2)) => out += &format!("{day:0n$}"),
            FormatPart::Date(..) => out += DAYS[(days.rem_euclid(7) as usize + 6) % 7],
            FormatPart::Elapsed('h') => out += &(seconds / 3600).to_string(),
            FormatPart::Elapsed('m') => out += &(seconds / 60).to_string(),
            FormatPart::Elapsed(_) => out += &seconds.to_string(),
            FormatPart::HalfDay => out += if hours < 12 { "AM" } else { "PM" },
            FormatPart::Digits(_) => {}
            part => out += part.text(),
        }
        after_hours = match part {
            FormatPart::Date('h', _) | FormatPart::Elapsed('h') => true,
            FormatPart::Text(_) => after_hours,
            _ => false,
        };
    }
    let out = out.trim();
    // «.000» behind the seconds has lost its digits.
    out.strip_suffix('.').filter(|_| !out.ends_with("г.")).unwrap_or(out).to_owned()
}

fn numeric(value: f64, parts: &[FormatPart]) -> String {
    let percent = parts.iter().filter(|p| matches!(p, FormatPart::Percent)).count() as i32;
    let value = value * 100_f64.powi(percent);
    let all: String = parts
        .iter()
        .filter_map(|p| if let FormatPart::Digits(d) = p { Some(d.as_str()) } else { None })
        .collect();
    let (whole, decimals) = all.split_once('.').unwrap_or((&all, ""));
    let places = decimals.chars().filter(|c| *c != ',').count();
    let least = decimals.chars().filter(|c| *c == '0').count();
    // Commas behind the last place are thousands left out.
    let value = value / 1000_f64.powi(all.chars().rev().take_while(|c| *c == ',').count() as i32);
    let text = format!("{:.places$}", rounded(value.abs(), places));
    let (digits, after) = text.split_once('.').unwrap_or((&text, ""));
    let zeros = whole.chars().filter(|c| *c == '0').count();
    let mut digits = format!("{digits:0>zeros$}");
    // `#` shows no zero that means nothing: `#.##` is «,5».
    if zeros == 0 && digits == "0" {
        digits.clear();
    }
    if whole.trim_end_matches(',').contains(',') {
        let reversed: Vec<char> = digits.chars().rev().collect();
        let grouped: Vec<String> =
            reversed.chunks(3).map(|three| three.iter().rev().collect()).rev().collect();
        digits = grouped.join("\u{a0}");
    }
    let kept = after.len()
        - after[least.min(after.len())..].chars().rev().take_while(|c| *c == '0').count();
    let number = match &after[..kept] {
        "" => digits,
        after => format!("{digits},{after}"),
    };
    // Digits that stand apart, as in a telephone number, are filled from behind.
    let runs = parts.iter().filter(|p| matches!(p, FormatPart::Digits(_))).count();
    let sign = if value < 0.0 { "-" } else { "" };
    let mut out = sign.to_owned();
    if runs > 1 && places == 0 {
        out += &spread(&number, parts);
    } else {
        let mut number = Some(number);
        for part in parts {
            match part {
                FormatPart::Digits(_) => out += &number.take().unwrap_or_default(),
                part => out += part.text(),
            }
        }
    }
    out.trim().to_owned()
}

/// Half a place is rounded up, as Excel does with the fifteen digits that it keeps: 80.25 is 80,3,
/// and 1.005 is 1,01, though the double is a little less.
fn rounded(value: f64, places: usize) -> f64 {
    let power = 10_f64.powi(places as i32);
    let digits = format!("{:.14e}", value * power);
    digits.parse::<f64>().map_or(value, |scaled| scaled.round() / power)
}

/// Digits put into several runs of places, from the last to the first.
fn spread(number: &str, parts: &[FormatPart]) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    let first = parts.iter().position(|p| matches!(p, FormatPart::Digits(_)));
    let mut pieces: Vec<String> = Vec::new();
    for (i, part) in parts.iter().enumerate().rev() {
        pieces.push(match part {
            FormatPart::Digits(_) if Some(i) == first => {
                std::mem::take(&mut digits).into_iter().collect()
            }
            FormatPart::Digits(places) => {
                let from = digits.len().saturating_sub(places.len());
                digits.split_off(from).into_iter().collect()
            }
            part => part.text().to_owned(),
        });
    }
    pieces.reverse();
    pieces.concat()
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn numbers_are_shown_as_in_excel() {
        for (value, code, expected) in [
            (42.0, "00000", "00042"),
            (42.0, "General", "42"),
            (9.5, "General", "9,5"),
            (0.1 + 0.2, "General", "0,3"),
            (89_123_456_789.0, "General", "89123456789"),
            (0.15, "0%", "15%"),
            (0.155, "0.0%", "15,5%"),
            (80.25, "0.0", "80,3"),
            (1.005, "0.00", "1,01"),
            (2.5, "0", "3"),
            (1234.5, "#,##0.00", "1\u{a0}234,50"),
            (1_234_567.0, "#,##0\\ \"₽\"", "1\u{a0}234\u{a0}567 ₽"),
            (7.0, "\"№ \"000", "№ 007"),
            (72.0, "0\" ч.\"", "72 ч."),
            (5.0, "0.##", "5"),
            (9_991_234_567.0, "(000) 000-00-00", "(999) 123-45-67"),
            (-3.0, "0;(0)", "(3)"),
            (0.0, "0;-0;\"нет\"", "нет"),
            (5.0, "General\" класс\"", "5"),
        ] {
            assert_eq!(show(value, code, false), expected, "{value} as {code}");
        }
    }

    #[test]
    fn dates_and_times_are_shown_as_in_excel() {
        for (value, code, expected) in [
            (41795.0, "dd.mm.yyyy", "05.06.2014"),
            (41795.0, "d/m/yy", "5/6/14"),
            (41795.0, "[$-419]d mmmm yyyy \"г.\";@", "5 июня 2014 г."),
            (41795.0, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "5 июня 2014 г."),
            (41795.0, "mmmm yyyy", "июнь 2014"),
            (41795.0, "dddd", "четверг"),
            (0.4375, "h:mm", "10:30"),
            (0.4375, "h:mm:ss", "10:30:00"),
            (1.25, "[hh]:mm:ss", "30:00:00"),
            (41795.75, "dd.mm.yyyy h:mm", "05.06.2014 18:00"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (0.4375, "mm:ss.0", "30:00"),
        ] {
            assert_eq!(show(value, code, false), expected, "{value} as {code}");
        }
        assert_eq!(show(40333.0, "dd.mm.yyyy", true), "05.06.2014");
    }
}
