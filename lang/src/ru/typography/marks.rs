//! Marks inside words and between them: full stops in a row, dashes, ranges, minus, ordinals, stray
//! spaces before marks.

use std::borrow::Cow;

use super::tokens::{Gap, Tokens, is_closing, is_cyrillic};
use crate::ru::is_letter_or_digit;

pub(super) fn edit(tokens: &mut Tokens<'_>) {
    close_stray_gaps(tokens);
    for at in 0..tokens.list.len() {
        // A lone letter may be the sign of a size: 3 х 6.
        let word = tokens.list[at].letters && tokens.list[at].text.len() > 2;
        // Addresses are never set; a word of letters has no marks to look at, and most words are
        // such.
        if tokens.list[at].address || word {
            continue;
        }
        stops(tokens, at);
        signs(tokens, at);
        size(tokens, at);
        power(tokens, at);
        if !dash(tokens, at) {
            range(tokens, at);
            minus(tokens, at);
            ordinal(tokens, at);
        }
    }
}

/// «Ура !» → «Ура!», «( да )» → «(да)».
fn close_stray_gaps(tokens: &mut Tokens<'_>) {
    for at in 1..tokens.list.len() {
        let [.., before, token] = &mut tokens.list[..=at] else { continue };
        if !matches!(token.gap, Gap::Space | Gap::Bound) || token.text.starts_with("..") {
            continue;
        }
        if token.letters && before.letters {
            continue;
        }
        let closing = token
            .text
            .chars()
            .all(|ch| matches!(ch, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '»' | '…' | ']'));
        let opened = before.text.chars().all(|ch| matches!(ch, '(' | '«' | '„' | '['));
        let lone = before.text.chars().all(|ch| !is_letter_or_digit(ch) && !is_closing(ch));
        if closing && !lone || opened {
            token.gap = Gap::None;
        }
        // «слово ,слово»: the space belongs behind the comma.
        let moved = matches!(token.gap, Gap::Space | Gap::Bound)
            && !lone
            && token.text.starts_with([',', ';'])
            && token.text[1..].starts_with(is_cyrillic);
        if moved {
            let mark = if token.text.starts_with(',') { "," } else { ";" };
            before.text.to_mut().push_str(mark);
            before.letters = false;
            token.text = Cow::Owned(token.text[1..].to_owned());
        }
    }
}

/// Three stops and more → «…».
fn stops(tokens: &mut Tokens<'_>, at: usize) {
    let token = &mut tokens.list[at];
    // A path may have points in a row.
    if !token.text.contains("...") || token.text.contains('/') {
        return;
    }
    let mut out = String::with_capacity(token.text.len());
    let mut run = 0;
    for ch in token.text.chars().chain(['\0']) {
        if ch == '.' {
            run += 1;
            continue;
        }
        match run {
            // Two points may be an error or «т. д..», nobody knows: they stay.
            0..=2 => (0..run).for_each(|_| out.push('.')),
            _ => out.push('…'),
        }
        run = 0;
        if ch != '\0' {
            out.push(ch);
        }
    }
    token.text = Cow::Owned(out);
}

/// «(с)» → «©» where a year or an owner follows; «+-» → «±»; «+/-» → «±».
fn signs(tokens: &mut Tokens<'_>, at: usize) {
    let owner = tokens.list.get(at + 1).is_some_and(|next| {
        next.opened().starts_with(|ch: char| ch.is_ascii_digit() || ch.is_uppercase())
    });
    let number = tokens.list.get(at + 1).is_some_and(|next| {
        next.gap == Gap::Space && next.text.starts_with(|ch: char| ch.is_ascii_digit())
    });
    if number && matches!(&*tokens.list[at].text, "+-" | "+/-" | "±" | "+−" | "+/−") {
        tokens.list[at].text = Cow::Borrowed("±");
        tokens.list[at + 1].gap = Gap::None;
        return;
    }
    let token = &mut tokens.list[at];
    let registered = match &*token.text {
        "(tm)" | "(TM)" => Some("™"),
        "(r)" | "(R)" => Some("®"),
        _ => None,
    };
    if let Some(sign) = registered {
        token.text = Cow::Borrowed(sign);
        return;
    }
    if matches!(&*token.text, "(с)" | "(С)" | "(c)" | "(C)") && owner {
        token.text = Cow::Borrowed("©");
        return;
    }
    for sign in ["+/-", "+-", "+/−", "+−"] {
        let Some(rest) = token.text.strip_prefix(sign) else { continue };
        if rest.is_empty() || rest.starts_with(|ch: char| ch.is_ascii_digit()) {
            token.text = Cow::Owned(format!("±{rest}"));
            return;
        }
    }
}

fn is_size_number(text: &str) -> bool {
    !text.is_empty()
        && text.starts_with(|ch: char| ch.is_ascii_digit())
        && text.ends_with(|ch: char| ch.is_ascii_digit())
        && text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.'))
}

/// «10x15», «210х297», «3 х 6»: a letter x between numbers is a sign of multiplication.
fn size(tokens: &mut Tokens<'_>, at: usize) {
    const LETTERS: [char; 5] = ['x', 'X', 'х', 'Х', '*'];
    let text = &tokens.list[at].text;
    let mut letters = text.chars();
    let lone = letters.next().is_some_and(|ch| LETTERS.contains(&ch)) && letters.next().is_none();
    if lone {
        let near = |token: Option<&super::tokens::Token<'_>>| {
            token.is_some_and(|token| is_size_number(token.core().trim_end_matches('.')))
        };
        // «2 м х 3 м»: the first size may have its unit.
        let unit = |token: Option<&super::tokens::Token<'_>>| {
            token.is_some_and(|token| matches!(token.core(), "м" | "см" | "мм" | "км"))
        };
        let sized = at > 1 && unit(tokens.list.get(at - 1)) && near(tokens.list.get(at - 2));
        if at > 0 && (near(tokens.list.get(at - 1)) || sized) && near(tokens.list.get(at + 1)) {
            tokens.list[at].text = Cow::Borrowed("×");
        }
        return;
    }
    // Quickly past all words without a digit.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || !text.contains(LETTERS) {
        return;
    }
    let start = text.len() - tokens.list[at].opened().len();
    let core = tokens.list[at].core().trim_end_matches('.');
    let numbers: Vec<&str> = core.split(LETTERS).collect();
    let hexadecimal = core.starts_with("0x");
    // «60x90/16»: the format of a book with the share of the sheet.
    let mut sizes = numbers.iter().flat_map(|number| number.split('/'));
    if numbers.len() > 1 && sizes.all(is_size_number) && !hexadecimal {
        let (end, set) = (start + core.len(), numbers.join("×"));
        tokens.list[at].text.to_mut().replace_range(start..end, &set);
    }
}

/// «120 м2» → «120 м²» after a number.
fn power(tokens: &mut Tokens<'_>, at: usize) {
    const POWERS: [(&str, &str); 13] = [
        ("кв.м.", "м²"),
        ("м2", "м²"),
        ("м3", "м³"),
        ("см2", "см²"),
        ("см3", "см³"),
        ("мм2", "мм²"),
        ("км2", "км²"),
        ("дм2", "дм²"),
        ("дм3", "дм³"),
        ("м^2", "м²"),
        ("м^3", "м³"),
        ("м.кв.", "м²"),
        ("кв.м", "м²"),
    ];
    if at == 0 || !tokens.list[at].text.starts_with(is_cyrillic) {
        return;
    }
    let core = tokens.list[at].core();
    let bare = core.split('/').next().unwrap_or(core);
    let bare = if POWERS.iter().any(|(typed, _)| *typed == bare) {
        bare
    } else {
        bare.trim_end_matches('.')
    };
    let Some((typed, set)) = POWERS.iter().find(|(typed, _)| *typed == bare) else { return };
    let before = tokens.list[at - 1].opened();
    // «М2» behind anything else may be a name of a model or a road.
    if before.ends_with(|ch: char| ch.is_ascii_digit()) || matches!(before, "тыс." | "млн" | "руб.")
    {
        tokens.list[at].text.to_mut().replace_range(..typed.len(), set);
    }
}

/// A dash that stands alone: between two numbers a range, else an em dash. True when the word was
/// one.
fn dash(tokens: &mut Tokens<'_>, at: usize) -> bool {
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
fn range(tokens: &mut Tokens<'_>, at: usize) {
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
    let alike = first.parts == second.parts
        || first.parts < 3 && second.parts == 3 && second.mark == '.' && right.len() > 7;
    alike
        // A range rises; «10-3» may be a score, a code or a difference.
        && (first.value < second.value || first.parts > 1 && second.parts == 3)
        // A full date has ten characters; longer ones are numbers of documents.
        && left.len() <= 10
        && right.len() <= 10
}

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
    CODES.contains(&before.as_str()) || before.starts_with("тел") && before.len() < 16
}

fn is_roman_range(left: &str, right: &str) -> bool {
    matches!((roman(left), roman(right)), (Some(first), Some(second)) if first < second)
}

/// The value of a Roman numeral up to 50.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty()
        || text.len() > 7
        || !text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
    {
        return None;
    }
    // Written back and compared: «IIII» and «VX» are not numbers. Centuries, classes and kings do
    // not go beyond fifty.
    (1..=50).find(|&n| crate::ru::number::roman(n).as_deref() == Some(text))
}

/// «-5» → «−5» where no number stands before.
fn minus(tokens: &mut Tokens<'_>, at: usize) {
    let token = &tokens.list[at];
    let Some(number) = token.opened().strip_prefix('-') else { return };
    let digits =
        number.trim_end_matches(|ch| is_closing(ch) || matches!(ch, '.' | '%' | '°' | 'C' | 'С'));
    let after_number = at > 0
        && token.gap != Gap::None
        && tokens.list[at - 1].text.ends_with(|ch: char| ch.is_ascii_digit());
    if digits.is_empty()
        || !digits
            .split('…')
            .map(|number| number.trim_start_matches(['-', '+']))
            // «---» is a dash.
            .all(|number| {
                let figure = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
                !number.is_empty() && number.chars().all(figure)
            })
        || after_number
        || token.gap == Gap::None
    {
        return;
    }
    let place = token.text.len() - token.opened().len();
    let set = token.text[place..].replace('-', "−");
    tokens.list[at].text.to_mut().replace_range(place.., &set);
}

/// The endings that double what the reader says anyway, and what is written instead (Rosenthal, §
/// 61).
const ORDINAL_ENDINGS: [(&str, &str); 17] = [
    ("его", "го"),
    ("ему", "му"),
    ("ей", "й"),
    ("ее", "е"),
    ("их", "х"),
    ("ый", "й"),
    ("ий", "й"),
    ("ой", "й"),
    ("ая", "я"),
    ("ое", "е"),
    ("ые", "е"),
    ("ого", "го"),
    ("ому", "му"),
    ("ым", "м"),
    ("ом", "м"),
    ("ых", "х"),
    ("ую", "ю"),
];

/// «5-ый» → «5-й».
fn ordinal(tokens: &mut Tokens<'_>, at: usize) {
    let token = &tokens.list[at];
    let core = token.core();
    let Some((number, ending)) = core.split_once('-') else { return };
    if number.is_empty()
        || !number.bytes().all(|b| b.is_ascii_digit())
        || !ending.starts_with(is_cyrillic)
    {
        return;
    }
    let Some((_, short)) = ORDINAL_ENDINGS.iter().find(|(long, _)| *long == ending) else { return };
    let start = token.text.len() - token.opened().len() + number.len() + 1;
    let end = start + ending.len();
    tokens.list[at].text.to_mut().replace_range(start..end, short);
}
