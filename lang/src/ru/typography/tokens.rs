//! A text as words and the gaps before them.

use crate::ru::date::MONTHS_GENITIVE;
use crate::ru::is_letter_or_digit;
use std::borrow::Cow;

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap<'a> {
    /// Nothing: the word continues the one before.
    None,
    /// A space where a line may break.
    Space,
    /// A no-break space.
    Bound,
    /// Line breaks, tabs and the spaces around the text, which stay as they are; also a narrow
    /// no-break space, and several no-break spaces in a row.
    Raw(&'a str),
}

#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) gap: Gap<'a>,
    pub(super) text: Cow<'a, str>,
    /// Whether it is an address, whose inside is never touched.
    pub(super) address: bool,
    /// Whether it is nothing but Cyrillic letters, as most words are: no mark to look for.
    pub(super) letters: bool,
}

impl<'a> Token<'a> {
    fn dash(gap: Gap<'a>) -> Self {
        Self { gap, text: Cow::Borrowed("—"), address: false, letters: false }
    }

    /// Whether the word begins a line.
    pub(super) fn starts_line(&self) -> bool {
        let Gap::Raw(raw) = self.gap else { return false };
        let breaks = ['\n', '\r', '\t', '\u{2028}', '\u{2029}'];
        raw.is_empty() || raw.contains(breaks) || raw.starts_with(' ')
    }

    /// The word without marks before it.
    pub(super) fn opened(&self) -> &str {
        self.text.trim_start_matches(is_opening)
    }

    /// The word without marks around it; full stops stay.
    pub(super) fn core(&self) -> &str {
        self.opened().trim_end_matches(is_closing)
    }

    /// Whether a mark follows the word, so that it is no longer one with the next.
    pub(super) fn is_closed(&self) -> bool {
        self.text.ends_with(is_closing)
    }
}

pub(super) const fn is_opening(ch: char) -> bool {
    matches!(ch, '«' | '„' | '“' | '"' | '(' | '[' | '{')
}

pub(super) const fn is_closing(ch: char) -> bool {
    matches!(ch, '»' | '“' | '”' | '"' | ')' | ']' | '}' | ',' | ';' | ':' | '!' | '?' | '…')
}

#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub(super) list: Vec<Token<'a>>,
    end: &'a str,
    len: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut list = Vec::with_capacity(text.len() / 8 + 1);
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            let gap = &rest[..rest.len() - word.len()];
            if word.is_empty() {
                return Self { list, end: gap, len: text.len() };
            }
            let end = word.find(char::is_whitespace).unwrap_or(word.len());
            // Spaces at either end join this text to another one, which is set by itself.
            let gap = if list.is_empty() { Gap::Raw(gap) } else { gap_of(gap) };
            push(&mut list, gap, &word[..end]);
            rest = &word[end..];
        }
    }

    pub(super) fn join(&self) -> String {
        // A no-break space is one byte longer than a space.
        let mut out = String::with_capacity(self.len + self.len / 16 + 8);
        for token in &self.list {
            out.push_str(match token.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Bound => "\u{a0}",
                Gap::Raw(raw) => raw,
            });
            out.push_str(&token.text);
        }
        out.push_str(self.end);
        out
    }
}

fn gap_of(gap: &str) -> Gap<'_> {
    let made_room = gap.matches('\u{a0}').nth(1).is_some();
    // Several no-break spaces are room for a date or a signature (CSS Text 3, 4.1.1).
    if made_room || gap.contains(|ch: char| !matches!(ch, ' ' | '\u{a0}')) {
        Gap::Raw(gap)
    } else if gap.contains('\u{a0}') {
        Gap::Bound
    } else {
        Gap::Space
    }
}

/// Where a space is missing after a comma: «раз,два», «класс,2-й», «д. 5,кв. 12», «Мир»,ул.».
fn missing_space(word: &str) -> Option<usize> {
    let figure = |ch: char| ch.is_ascii_digit();
    word.match_indices([',', ';']).map(|(at, _)| at).find_map(|at| {
        let (before, after) = (word[..at].chars().next_back()?, word[at + 1..].chars().next()?);
        let ended = is_cyrillic(before) || matches!(before, '»' | '"' | ')');
        // Between two figures it is the mark of a decimal.
        let around = ended && (is_cyrillic(after) || figure(after))
            || figure(before) && (is_cyrillic(after) || after == '№');
        around.then_some(at + 1)
    })
}

/// Where a dash is glued to a word on one side: «слово –слово», «слово— слово»; or a range of dates
/// has no spaces: «5 мая-10 июня».
fn glued_dash(word: &str) -> Option<usize> {
    let dash = |ch: char| matches!(ch, '–' | '—');
    let mut letters = word.chars();
    let first = letters.next()?;
    if dash(first) && letters.next().is_some_and(is_cyrillic) {
        return Some(first.len_utf8());
    }
    let last = word.chars().next_back().filter(|ch| dash(*ch))?;
    let before = &word[..word.len() - last.len_utf8()];
    before.ends_with(|ch: char| is_cyrillic(ch) || ch == '»').then_some(before.len())
}

/// The parts of «15ч.00мин.».
fn clock(word: &str) -> Option<(&str, &str)> {
    let at = word.find("ч.")? + "ч.".len();
    let (hours, minutes) = word.split_at(at);
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let minute = minutes.find("мин").is_some_and(|at| figures(&minutes[..at]));
    (minute && figures(hours.strip_suffix("ч.")?)).then_some((hours, minutes))
}

/// The parts of «мая-10», of which the dash is one.
fn months(word: &str) -> Option<[&str; 2]> {
    let (month, day) = word.split_once(['-', '–', '—'])?;
    let number = !day.is_empty() && day.len() < 3 && day.bytes().all(|b| b.is_ascii_digit());
    (number && MONTHS_GENITIVE.contains(&month)).then_some([month, day])
}

/// Adds a word, cut where a no-break space belongs inside it: №|5, В.|Д.|Федоров, г.|Кемерово.
fn push<'a>(list: &mut Vec<Token<'a>>, gap: Gap<'a>, word: &'a str) {
    if is_letters(word) {
        list.push(Token { gap, text: Cow::Borrowed(word), address: false, letters: true });
        return;
    }
    let mut word = word;
    if let Some([month, day]) = months(word) {
        list.push(Token { gap, text: Cow::Borrowed(month), address: false, letters: true });
        list.push(Token::dash(Gap::Space));
        return push(list, Gap::Space, day);
    }
    let mut gap = gap;
    // «-Привет!» at the start of a line.
    let speech = word.strip_prefix('-').filter(|rest| {
        list.is_empty() && rest.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
    });
    if let Some(rest) = speech {
        list.push(Token::dash(gap));
        return push(list, Gap::Space, rest);
    }
    // «15ч.00мин.»
    if let Some((hours, minutes)) = clock(word) {
        push(list, gap, hours);
        return push(list, Gap::Space, minutes);
    }
    if let Some(at) = glued_dash(word) {
        if at < 4 {
            list.push(Token { text: Cow::Borrowed(&word[..at]), ..Token::dash(gap) });
            gap = Gap::Space;
            word = &word[at..];
        } else {
            push(list, gap, &word[..at]);
            list.push(Token { text: Cow::Borrowed(&word[at..]), ..Token::dash(Gap::Space) });
            return;
        }
    }
    let address = is_address(word);
    let mut rest = word;
    loop {
        let space = missing_space(rest).filter(|_| !address);
        let bound = inner_gap(&rest[..space.unwrap_or(rest.len())]).filter(|_| !address);
        let Some(at) = bound.or(space) else { break };
        list.push(Token { gap, text: Cow::Borrowed(&rest[..at]), address, letters: false });
        gap = if bound.is_some() { Gap::Bound } else { Gap::Space };
        rest = &rest[at..];
    }
    list.push(Token { gap, text: Cow::Borrowed(rest), address, letters: false });
}

/// U+0400 to U+047F: two bytes, of which the first is D0 or D1.
fn is_letters(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, 0xd0 | 0xd1 | 0x80..=0xbf))
}

/// Where a no-break space is missing inside a word.
fn inner_gap(word: &str) -> Option<usize> {
    if let Some((at, sign)) = word.char_indices().find(|(_, ch)| matches!(ch, '№' | '§')) {
        let after = at + sign.len_utf8();
        if word[after..].starts_with(is_letter_or_digit) {
            return Some(after);
        }
    }
    let core = word.trim_start_matches(is_opening);
    if let Some(at) = glued_unit(core) {
        return Some(word.len() - core.len() + at);
    }
    let dot = core.find('.')?;
    let (before, after) = (&core[..dot], &core[dot + 1..]);
    let place = word.len() - core.len() + dot + 1;
    let first = after.chars().next()?;
    // «см.приложение», «уч.году»
    if before == "см" && is_cyrillic(first) || before == "уч" && first == 'г' {
        return Some(place);
    }
    // «15 тыс.руб.»
    let sum = matches!(before, "тыс" | "млн" | "млрд");
    if sum && ["руб", "чел", "экз", "долл"].iter().any(|word| after.starts_with(word))
    {
        return Some(place);
    }
    let capital = is_cyrillic(first) && first.is_uppercase();
    if GLUED.contains(&before.to_lowercase().as_str())
        && (capital || first.is_ascii_digit() && before.chars().all(char::is_lowercase))
        && !before.is_empty()
    {
        return Some(place);
    }
    let mut letters = before.chars();
    let single =
        letters.next().is_some_and(is_cyrillic) && letters.next().is_none() || before == "вр";
    (single && (capital && is_name_or_initials(after) || is_initials(after))).then_some(place)
}

/// Where a unit is glued to its number: «2026г.», «500руб.»; «5г» may be a class, «3м» a firm.
fn glued_unit(core: &str) -> Option<usize> {
    const UNITS: [&str; 22] = [
        "ч.", "г.", "гг.", "руб.", "руб", "коп.", "чел.", "тыс.", "экз.", "шт.", "кг", "км",
        "мин.", "см", "мм", "мл", "га", "м2", "м3", "м²", "м³", "млн",
    ];
    if !core.starts_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let bare = core.trim_end_matches([',', ';', ':', ')', '»', '!', '?']);
    let unit = UNITS.iter().find(|unit| bare.ends_with(*unit))?;
    let number = bare.strip_suffix(unit)?;
    let year = number.len() > 3 || !unit.starts_with('г');
    let plain = number.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | '-' | '–'));
    (plain && year && number.ends_with(|ch: char| ch.is_ascii_digit())).then_some(number.len())
}

/// «Д.», «о.», «п.» and chains of them, perhaps with marks after.
fn is_initials(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    !text.is_empty()
        && text.ends_with('.')
        && text[..text.len() - 1].split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(is_cyrillic) && letters.next().is_none()
        })
}

/// «Федоров», «Д.Федоров».
fn is_name_or_initials(text: &str) -> bool {
    let mut parts = text.trim_end_matches(|ch| is_closing(ch) || ch == '.').split('.').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        let capital = part.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase());
        let single = part.chars().nth(1).is_none();
        if !capital
            || !last && !single
            || last && !part.chars().all(|ch| is_cyrillic(ch) || matches!(ch, '-' | '\u{ad}'))
        {
            return false;
        }
    }
    true
}

pub(super) const fn is_cyrillic(ch: char) -> bool {
    matches!(ch, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// Clipped words that may be glued to a name or a number after them.
const GLUED: [&str; 36] = [
    "разд", "вып", "каб", "ауд", "пгт", "прил", "подп", "абз", "кн", "т", "г", "ул", "им", "п",
    "ст", "рис", "табл", "ч", "д", "с", "пос", "обл", "пр", "стр", "гл", "кв", "корп", "оф", "пер",
    "пл", "наб", "дер", "гр", "проф", "акад", "тел",
];

fn is_address(word: &str) -> bool {
    let core = word.trim_matches(|ch: char| !is_letter_or_digit(ch));
    if core.contains("://") || core.starts_with("www.") || core.contains('\\') {
        return true;
    }
    if let Some((user, host)) = core.split_once('@') {
        return !user.is_empty() && host.contains('.');
    }
    // A bare host or file: Latin letters on both sides of an inner stop, or a Cyrillic .рф.
    let Some((name, zone)) = core.split('/').next().unwrap_or(core).rsplit_once('.') else {
        return false;
    };
    let latin = |text: &str| {
        !text.is_empty()
            && text.chars().all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '.' | '_'))
    };
    // One letter is an initial or a unit, not a domain or the ending of a file.
    latin(zone) && zone.len() > 1 && zone.chars().all(|ch| ch.is_ascii_alphabetic()) && latin(name)
        || zone == "рф" && !name.is_empty()
}
