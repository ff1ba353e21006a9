//! A text as words and the gaps before them.

use super::run::{clock, glued_dash, inner_gap, item, label, missing_space, months, run_in_dash};
use super::seam::seam;
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
    pub(super) const fn dash(gap: Gap<'a>) -> Self {
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

    /// The word without marks around it; full stops stay, but for that of a sentence: «Мир».
    pub(super) fn core(&self) -> &str {
        let core = self.opened().trim_end_matches(is_closing);
        let sentence = core.strip_suffix('.').filter(|word| word.ends_with(['»', '“', ')']));
        sentence.map_or(core, |word| word.trim_end_matches(is_closing))
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

/// Adds a word, cut where a no-break space belongs inside it: №|5, В.|Д.|Федоров, г.|Кемерово.
fn push<'a>(list: &mut Vec<Token<'a>>, gap: Gap<'a>, word: &'a str) {
    if is_letters(word) {
        list.push(Token { gap, text: Cow::Borrowed(word), address: false, letters: true });
        return;
    }
    if parts(list, gap, word) {
        return;
    }
    let (mut word, mut gap) = (word, gap);
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
        let space = || missing_space(rest).into_iter().chain(seam(rest)).min();
        let end = if address { None } else { space() }.unwrap_or(rest.len());
        let mut piece = &rest[..end];
        while let Some(at) = inner_gap(piece).filter(|_| !address) {
            list.push(Token { gap, text: Cow::Borrowed(&piece[..at]), address, letters: false });
            gap = Gap::Bound;
            piece = &piece[at..];
        }
        list.push(Token { gap, text: Cow::Borrowed(piece), address, letters: false });
        if end == rest.len() {
            return;
        }
        gap = Gap::Space;
        rest = &rest[end..];
    }
}

/// Adds a word that is several which ran together, if it is one: «мая-10», «15ч.00мин.»,
/// «1.Введение», «И.И.-1».
fn parts<'a>(list: &mut Vec<Token<'a>>, gap: Gap<'a>, word: &'a str) -> bool {
    if let Some([month, day]) = months(word) {
        list.push(Token { gap, text: Cow::Borrowed(month), address: false, letters: true });
        list.push(Token::dash(Gap::Space));
        push(list, Gap::Space, day);
        return true;
    }
    // «телефон:www.a.ru»: an address begins behind its label.
    if let Some(at) = label(word).filter(|at| is_address(&word[*at..])) {
        push(list, gap, &word[..at]);
        push(list, Gap::Space, &word[at..]);
        return true;
    }
    // «Мир»,- сказал он»
    let mut letters = word.chars().rev();
    if matches!(letters.next(), Some('-' | '–' | '—')) && letters.next() == Some(',') {
        let at = word.rfind(',').unwrap_or_default() + 1;
        push(list, gap, &word[..at]);
        list.push(Token::dash(Gap::Space));
        return true;
    }
    // «-Привет!» at the start of a line.
    let speech = word.strip_prefix("--").or_else(|| word.strip_prefix('-')).filter(|rest| {
        list.is_empty() && rest.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
    });
    if let Some(rest) = speech {
        list.push(Token::dash(gap));
        push(list, Gap::Space, rest);
        return true;
    }
    if let Some((hours, minutes)) = clock(word) {
        push(list, gap, hours);
        push(list, Gap::Space, minutes);
        return true;
    }
    // «18 ч.30 мин.»: the hours are over.
    let figure = |ch: char| ch.is_ascii_digit();
    let minutes = word.strip_prefix("ч.").filter(|rest| rest.starts_with(figure));
    let hours = || list.last().is_some_and(|last| last.text.ends_with(figure));
    let starts_line = list.is_empty()
        || matches!(gap, Gap::Raw(_))
        || list.last().is_some_and(|last| last.text.ends_with([';', ':']));
    let item = if minutes.is_some() && hours() { Some(3) } else { item(word, starts_line) };
    if let Some(at) = item {
        list.push(Token { gap, text: Cow::Borrowed(&word[..at]), address: false, letters: false });
        push(list, Gap::Space, &word[at..]);
        return true;
    }
    if let Some(at) = run_in_dash(word).filter(|_| !is_address(word)) {
        push(list, gap, &word[..at]);
        list.push(Token::dash(Gap::Space));
        let rest = word[at..].trim_start_matches(['-', '—']);
        if !rest.is_empty() {
            push(list, Gap::Space, rest);
        }
        return true;
    }
    false
}

/// U+0400 to U+047F: two bytes, of which the first is D0 or D1.
fn is_letters(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, 0xd0 | 0xd1 | 0x80..=0xbf))
}

pub(super) const fn is_cyrillic(ch: char) -> bool {
    matches!(ch, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

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
