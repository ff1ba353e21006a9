//! Dashes, and ranges of numbers, whose hyphen becomes one.

use std::borrow::Cow;

use super::super::tokens::{Gap, Token, Tokens, is_cyrillic};
use super::roman;

/// A dash that stands alone: between two numbers a range, else an em dash. True when the word was
/// one.
pub(super) fn dash(tokens: &mut Tokens<'_>, at: usize) -> bool {
    if !matches!(&*tokens.list[at].text, "-" | "--" | "---" | "–" | "—") {
        return false;
    }
    let same_line = |gap: Gap<'_>| matches!(gap, Gap::Space | Gap::Bound);
    let long = tokens.list[at].text == "—";
    let between = at > 0
        && same_line(tokens.list[at].gap)
        && tokens.list.get(at + 1).is_some_and(|next| same_line(next.gap));
    let is_numeric = |text: &str| {
        text.ends_with(|ch: char| ch.is_ascii_digit())
            && text.starts_with(|ch: char| ch.is_ascii_digit())
    };
    let (left, right) = if between {
        (tokens.list[at - 1].opened(), tokens.list[at + 1].core().trim_end_matches(['%', '.']))
    } else {
        ("", "")
    };
    let romans = is_roman_range(left, right);
    if !long && (romans || is_numeric(left) && right.starts_with(|ch: char| ch.is_ascii_digit())) {
        let after = tokens.list.get(at + 2).map_or("", |token| token.core());
        let group = after.len() == 3 && after.bytes().all(|byte| byte.is_ascii_digit());
        // «Тел. 5 - 12 - 12»
        let chain = tokens.list.get(at + 2).is_some_and(|next| matches!(&*next.text, "-" | "–"));
        if chain || is_code(tokens, at - 1) {
            return true;
        }
        let sums = left.len() == 3 && group && at > 1 && is_numeric(tokens.list[at - 2].opened());
        if romans || sums || is_range(left, right) {
            tokens.list[at].gap = Gap::None;
            tokens.list[at].text = Cow::Borrowed("–");
            tokens.list[at + 1].gap = Gap::None;
        }
        return true;
    }
    tokens.list[at].text = Cow::Borrowed("—");
    if tokens.list[at].starts_line() || at == 0 {
        if let Some(next) = tokens.list.get_mut(at + 1).filter(|next| next.gap == Gap::Space) {
            next.gap = Gap::Bound;
        }
    } else if tokens.list[at].gap == Gap::Space {
        tokens.list[at].gap = Gap::Bound;
    }
    true
}

/// «10-15», «10.00-12.00», «XIX-XX» get an en dash; codes and numbers of standards do not.
pub(super) fn range(tokens: &mut Tokens<'_>, at: usize) {
    let token = &tokens.list[at];
    let core = token.core().trim_end_matches(['%', '.']);
    let Some((left, right)) = core.split_once(['-', '—', '–']) else { return };
    // «5%-10%»
    let percent = left.len() - left.trim_end_matches('%').len();
    let left = left.trim_end_matches('%');
    let dash = core[left.len() + percent..].chars().next().map_or(1, char::len_utf8);
    if are_days(left, right) {
        let place = (token.text.len() - token.opened().len()) + left.len();
        tokens.list[at].text.to_mut().replace_range(place..place + dash, "–");
        return;
    }
    // «20-30-е годы»
    let right = match right.split_once('-') {
        // «7-10-дневный» is a range too, «10-15-од» is a code.
        Some((number, ending))
            if ending.starts_with(is_cyrillic)
                && (ending.chars().count() < 4
                    || ending.chars().all(char::is_lowercase) && number.len() < 3) =>
        {
            number
        }
        _ => right,
    };
    if !core.starts_with(|ch: char| ch.is_ascii_alphanumeric()) || right.contains(['-', '–', '—'])
    {
        return;
    }
    if is_time_with_hyphen(tokens, at, left, right) {
        return;
    }
    let roman = is_roman_range(left, right);
    let sums = are_grouped(tokens, at, left, right);
    if !roman
        && !sums
        && !are_years(tokens, at, left, right)
        && (!is_range(left, right)
            || is_code(tokens, at)
            // A number with a zero before it is a code («003-015»), unless a month follows:
            // «04–05 июня».
            || has_leading_zero(left) && !is_month(tokens, at + 1))
    {
        return;
    }
    let place = (token.text.len() - token.opened().len()) + left.len() + percent;
    tokens.list[at].text.to_mut().replace_range(place..place + dash, "–");
    if sums {
        tokens.list[at].gap = Gap::Bound;
        tokens.list[at + 1].gap = Gap::Bound;
    }
}

/// «пн-пт», «Вт.-Сб.»: two days of the week.
fn are_days(left: &str, right: &str) -> bool {
    const DAYS: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
    let day = |text: &str| {
        let small = text.trim_end_matches('.').to_lowercase();
        DAYS.iter().position(|day| *day == small)
    };
    left.len() < 6 && right.len() < 6 && day(left).zip(day(right)).is_some_and(|(a, b)| a < b)
}

/// «с 15-00 до 16-30»: after «до» stands the end of a time, not a range, if the time before it is
/// written in the same way.
fn is_time_with_hyphen(tokens: &Tokens<'_>, at: usize, left: &str, right: &str) -> bool {
    let time = |left: &str, right: &str| {
        let small = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|value| value < most);
        small(left, 25) && right.len() == 2 && small(right, 60)
    };
    let word = |back: usize| at.checked_sub(back).map(|at| tokens.list[at].core());
    word(1) == Some("до")
        && time(left, right)
        && word(2)
            .and_then(|word| word.split_once('-'))
            .is_some_and(|(left, right)| time(left, right))
}

/// «2023-24 гг.»: the second year without its century.
fn are_years(tokens: &Tokens<'_>, at: usize, left: &str, right: &str) -> bool {
    let digits = |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    digits(left, 4)
        && digits(right, 2)
        && left[2..] < *right
        && tokens
            .list
            .get(at + 1)
            .is_some_and(|next| ["гг", "год", "уч"].iter().any(|word| next.text.starts_with(word)))
}

/// «1 500-2 000»: a dash between two numbers whose digits stand in groups.
fn are_grouped(tokens: &Tokens<'_>, at: usize, left: &str, right: &str) -> bool {
    let digits = |text: &str, least: usize| {
        (least..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let whole = |text: &str| text.replace(' ', "").parse::<u64>().unwrap_or(0);
    let Some(before) = at.checked_sub(1).map(|at| tokens.list[at].opened()) else { return false };
    let Some(after) = tokens.list.get(at + 1).map(|token| token.core().trim_end_matches('.'))
    else {
        return false;
    };
    let grouped = digits(left, 3) && digits(right, 1) && digits(before, 1) && digits(after, 3);
    grouped && whole(&format!("{before}{left}")) < whole(&format!("{right}{after}"))
}

/// Two numbers of one kind, the first smaller: 10 and 15, 1,5 and 2,5, 09.00 and 18.00, 15 and
/// 17.06.2024.
fn is_range(left: &str, right: &str) -> bool {
    let (Some(first), Some(second)) = (NumberToken::of(left), NumberToken::of(right)) else {
        return false;
    };
    // Decimals are compared as such: «1,5–2», «1,25–1,5».
    if first.mark == ',' || second.mark == ',' {
        let decimal = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        let (first, second) = (decimal(left), decimal(right));
        return first.zip(second).is_some_and(|(first, second)| first < second);
    }
    if are_dates(left, right) {
        return true;
    }
    let alike = first.parts == second.parts
        || first.parts < 3 && second.parts == 3 && second.mark == '.' && right.len() > 7;
    alike
        // A range rises; «10-3» may be a score, a code or a difference.
        && (first.value < second.value || first.parts > 1 && second.parts == 3)
        // A full date has ten characters; longer ones are numbers of documents.
        && left.len() <= 10
        && right.len() <= 10
}

/// «30.05» and «02.06»: two dates without a year, the second in a later month.
fn are_dates(left: &str, right: &str) -> bool {
    let date = |text: &str| {
        let (day, month) = text.split_once('.').filter(|(_, month)| month.len() == 2)?;
        let (day, month) = (day.parse::<u8>().ok()?, month.parse::<u8>().ok()?);
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(month)
    };
    date(left).zip(date(right)).is_some_and(|(first, second)| first < second)
}

/// A number of up to three parts, such as a date or a time.
struct NumberToken {
    value: u64,
    parts: usize,
    mark: char,
}

impl NumberToken {
    /// Reads digits in groups divided by one kind of mark.
    fn of(text: &str) -> Option<Self> {
        let mark = text.chars().find(|ch| !ch.is_ascii_digit()).unwrap_or('.');
        if !matches!(mark, '.' | ',' | ':') || text.len() > 10 {
            return None;
        }
        let mut value = 0_u64;
        let mut parts = 0;
        for part in text.split(mark) {
            let digits =
                !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit());
            let number: u64 = part.parse().ok().filter(|_| digits)?;
            // Five digits a part, so that parts never run into each other.
            value = value * if parts == 0 { 1 } else { 100_000 } + number;
            parts += 1;
        }
        // A day before a full date is compared with its day.
        if parts == 3 {
            value /= 100_000 * 100_000;
        }
        Some(Self { value, parts, mark })
    }
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && !text.contains(['.', ',', ':'])
}

fn is_month(tokens: &Tokens<'_>, at: usize) -> bool {
    use crate::ru::date::MONTHS_GENITIVE;
    tokens.list.get(at).is_some_and(|token| {
        MONTHS_GENITIVE.contains(&token.core().trim_end_matches('.').to_lowercase().as_str())
    })
}

/// Whether the word before makes the number a code: № 10-15, ГОСТ Р 10-94, тел. 12-34.
fn is_code(tokens: &Tokens<'_>, at: usize) -> bool {
    // «№№ 3-5» are several numbers, «№ 3-5» is one.
    const CODES: [&str; 34] = [
        "ауд.",
        "каб.",
        "аудитория",
        "кабинет",
        "№",
        "гост",
        "госты",
        "санпин",
        "снип",
        "ост",
        "ту",
        "сп",
        "рд",
        "тр",
        "исо",
        "iso",
        "iec",
        "мэк",
        "ен",
        "en",
        "din",
        "гн",
        "мр",
        "мук",
        "тел.",
        "телефон",
        "т.",
        "факс",
        "код",
        "инн",
        "кпп",
        "р",
        "форма",
        "индекс",
    ];
    let Some(before) =
        at.checked_sub(1).map(|at| tokens.list[at].core().trim_end_matches(':').to_lowercase())
    else {
        return false;
    };
    is_in_street(tokens, at)
        || is_area_code(tokens, at)
        || CODES.contains(&before.as_str())
        || before.starts_with("тел") && before.len() < 16
}

/// «8 (38-255) 4-12-07»: digits in brackets beside the rest of a telephone.
fn is_area_code(tokens: &Tokens<'_>, at: usize) -> bool {
    let text = &tokens.list[at].text;
    let inside = text.starts_with('(') && text.ends_with(')');
    let country = || at > 0 && ["8", "+7"].contains(&&*tokens.list[at - 1].text);
    let local = |next: &Token<'_>| next.core().bytes().filter(|byte| *byte == b'-').count() == 2;
    inside && (country() || tokens.list.get(at + 1).is_some_and(local))
}

/// «ул. Советская, 12-34»: a house and a flat, or two houses, nobody knows.
fn is_in_street(tokens: &Tokens<'_>, at: usize) -> bool {
    const STREETS: [&str; 8] = ["ул.", "пр.", "пр-т", "пер.", "пл.", "б-р", "просп.", "улица"];
    let start = (0..at).rev().find(|&at| matches!(tokens.list[at].gap, Gap::Raw(_))).unwrap_or(0);
    let mut words = tokens.list[start.max(at.saturating_sub(3))..at].iter().map(|t| t.opened());
    let comma = at > 0 && tokens.list[at - 1].text.ends_with(',');
    comma && words.any(|word| STREETS.contains(&word))
}

fn is_roman_range(left: &str, right: &str) -> bool {
    matches!((roman(left), roman(right)), (Some(first), Some(second)) if first < second)
}
