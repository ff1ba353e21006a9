//! Breaks inside words for hyphenation.
//!
//! Liang's patterns (the `hypher` crate) propose breaks in Russian and English words; guards from
//! Rosenthal, § 48 take the wrong ones away: a part has a vowel and two letters, no part begins
//! with ь, ъ, ы or й, abbreviations and words with digits stay whole.

// One word a line would make a list of hundreds of lines.
#[rustfmt::skip]
mod lists;

use std::collections::HashMap;

use hypher::Lang;

use super::word::is_vowel;
use crate::ru::{is_letter, is_letter_or_digit};

/// A user's own breaks, which outweigh the patterns.
///
/// ```
/// use itog_lang::ru::hyphen::{hyphenate_with, Exceptions};
///
/// let own = Exceptions::parse("Крапи-винский\nбез-разрывов\nцельное\n# comment");
/// assert_eq!(hyphenate_with("Крапивинский", &own), "Крапи-винский");
/// assert_eq!(hyphenate_with("цельное", &own), "цельное");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// Lowercase words without marks, with the places of their breaks counted in letters.
    words: HashMap<String, Vec<usize>>,
}

impl Exceptions {
    /// No exceptions.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads words divided by spaces or lines, breaks marked by hyphens («сло-во»); a word without
    /// a mark is never broken. Text after `#` is a comment.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut own = Self::default();
        for line in text.lines() {
            line.split('#')
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .for_each(|word| own.add(word));
        }
        own
    }

    /// Adds one word with its marks.
    pub fn add(&mut self, marked: &str) {
        let mut word = String::new();
        let mut breaks = Vec::new();
        let mut count = 0;
        for ch in marked.chars() {
            if matches!(ch, '-' | '\u{ad}' | '\u{2010}') {
                breaks.push(count);
            } else {
                word.extend(ch.to_lowercase());
                count += 1;
            }
        }
        // A hyphen at either end of the word marks no break inside of it.
        breaks.retain(|&at| at > 0 && at < count);
        breaks.dedup();
        if !word.is_empty() {
            self.words.insert(word, breaks);
        }
    }

    fn get(&self, word: &str) -> Option<&[usize]> {
        if self.words.is_empty() {
            return None;
        }
        self.words.get(&word.to_lowercase()).map(Vec::as_slice)
    }
}

/// The byte offsets in `word` where it may be broken with a hyphen.
///
/// The word may carry punctuation and hyphens of its own; each part between them is broken by
/// itself. The place after an own hyphen is *not* listed: a line may end there without another
/// hyphen, which is the line breaker's business. A word that has soft hyphens (U+00AD) breaks only
/// at them, which needs no list either.
///
/// ```
/// use itog_lang::ru::hyphen::{breaks, Exceptions};
///
/// let word = "«культура»,";
/// let places = breaks(word, &Exceptions::none());
/// let parts: Vec<&str> = places.iter().map(|&at| &word[at..]).collect();
/// assert_eq!(parts, ["тура»,", "ра»,"]);
/// ```
#[must_use]
pub fn breaks(word: &str, exceptions: &Exceptions) -> Vec<usize> {
    let mut out = Vec::new();
    // Whoever writes soft hyphens says all the breaks of the word; a hyphen put into an address
    // would seem part of it.
    if word.contains('\u{ad}') || is_address(word) {
        return out;
    }
    let mut start = None;
    for (at, ch) in word.char_indices().chain([(word.len(), ' ')]) {
        if is_letter_or_digit(ch) || ch == '\u{301}' {
            start.get_or_insert(at);
        } else if let Some(begin) = start.take() {
            part_breaks(&word[begin..at], begin, exceptions, &mut out);
        }
    }
    out
}

/// The word with a hyphen-minus at every break.
///
/// ```
/// use itog_lang::ru::hyphen::hyphenate;
///
/// assert_eq!(hyphenate("районный"), "рай-он-ный");
/// assert_eq!(hyphenate("МБУК"), "МБУК");
/// assert_eq!(hyphenate("ухо"), "ухо");
/// assert_eq!(hyphenate("межмуниципальный"), "меж-му-ни-ци-паль-ный");
/// ```
#[must_use]
pub fn hyphenate(word: &str) -> String {
    hyphenate_with(word, &Exceptions::none())
}

/// The same with a user's own exceptions.
#[must_use]
pub fn hyphenate_with(word: &str, exceptions: &Exceptions) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    let mut done = 0;
    for at in breaks(word, exceptions) {
        out.push_str(&word[done..at]);
        out.push('-');
        done = at;
    }
    out.push_str(&word[done..]);
    out
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// Adds the breaks of a run of letters that stands at byte `offset` of the word.
fn part_breaks(part: &str, offset: usize, exceptions: &Exceptions, out: &mut Vec<usize>) {
    if let Some(own) = exceptions.get(part) {
        let mut places = own.iter().peekable();
        for (count, (at, _)) in part.char_indices().enumerate() {
            if places.next_if(|&&place| place == count).is_some() {
                out.push(offset + at);
            }
        }
        return;
    }
    if is_code(part) {
        return;
    }
    let cyrillic =
        part.chars().all(|ch| matches!(ch, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | '\u{301}'));
    let latin = !cyrillic && part.chars().all(|ch| ch.is_ascii_alphabetic());
    if !cyrillic && !latin {
        return;
    }
    if let Some(seam) = clipped(part).filter(|_| cyrillic) {
        part_breaks(&part[..seam], offset, exceptions, out);
        if is_allowed(&part[..seam], &part[seam..]) {
            out.push(offset + seam);
        }
        part_breaks(&part[seam..], offset + seam, exceptions, out);
        return;
    }
    let lang = if cyrillic { Lang::Russian } else { Lang::English };
    let mut places = windows(part, lang);
    if let Some((seam, vowel)) = open_seam(part) {
        // аудио|книга, фото|студия: no break inside of the consonants that begin the second part.
        places.retain(|at| !(seam..=vowel).contains(at));
        places.push(seam);
        places.sort_unstable();
    }
    if let Some(place) = before_prefix_y(part).filter(|place| !places.contains(place)) {
        places.push(place);
        places.sort_unstable();
    }
    let mut last = 0;
    for at in places {
        // The guards are rules of Russian; the English patterns keep their own distances.
        // «тур-с-лёт»: each half of a break is a part, but what stands between two breaks may be
        // none.
        let between = part[last..at].chars().flat_map(char::to_lowercase).any(is_vowel);
        if latin || between && is_allowed(&part[..at], &part[at..]) {
            out.push(offset + at);
            last = at;
        }
    }
}

/// Where the clipped first part of a compound ends: мед|аппаратура, культ|орг, меж|институтский.
/// Patterns know words, not compounds that are made every day.
fn clipped(part: &str) -> Option<usize> {
    if part.chars().count() < 6 {
        return None;
    }
    let lower: String = part
        .chars()
        .flat_map(char::to_lowercase)
        .map(|ch| if ch == 'ё' { 'е' } else { ch })
        .collect();
    // The place is found in the small letters and used in the word as typed: both must be as
    // long.
    if lower.len() != part.len() {
        return None;
    }
    // «меж» before a consonant is a prefix, but for «между» and «междометие».
    let between = |prefix: usize| {
        let next = lower[prefix..].chars().next();
        &lower[..prefix] == "меж" && next.is_some_and(|c| c != 'д' && !is_vowel(c))
    };
    let starts = |prefix: usize| {
        between(prefix) || beginnings(lists::STEMS, &lower[prefix..]).next().is_some()
    };
    beginnings(lists::CLIPPED, &lower).filter(|prefix| starts(*prefix)).max()
}

/// The lengths of the words of a list that a text begins with. By bytes: this is asked of every
/// word that may be broken.
fn beginnings<'a>(list: &'a str, text: &'a str) -> impl Iterator<Item = usize> + 'a {
    let begins = move |word: &&[u8]| text.as_bytes().starts_with(word);
    list.as_bytes().split(|byte| *byte == b' ').filter(begins).map(<[u8]>::len)
}

/// The seam behind a first part that ends in a vowel, where the second one begins with two
/// consonants or more, and the place of its first vowel.
fn open_seam(part: &str) -> Option<(usize, usize)> {
    let lower = part.to_lowercase();
    if lower.len() != part.len() {
        return None;
    }
    let seam = beginnings(lists::OPEN, &lower).max()?;
    let rest = &lower[seam..];
    let (vowel, _) = rest.char_indices().find(|(_, ch)| is_vowel(*ch))?;
    begins_word(&rest[..vowel]).then_some((seam, seam + vowel))
}

/// Whether a word may begin with these consonants, of which there must be two at least: «клуб»
/// behind «фото», but nothing that «электронный», «авторский» or «тележка» would leave.
fn begins_word(consonants: &str) -> bool {
    /// What no word begins with but for the pairs of the second list.
    const SELDOM: [char; 4] = ['р', 'л', 'н', 'й'];
    const PAIRS: [&str; 8] = ["рв", "рд", "рж", "рт", "лг", "лж", "ль", "нр"];
    const NEVER: [&str; 4] = ["жк", "чк", "чн", "мм"];
    let begins = |pair: &&str| consonants.starts_with(*pair);
    consonants.chars().nth(1).is_some()
        && !NEVER.iter().any(begins)
        && (!consonants.starts_with(SELDOM) || PAIRS.iter().any(begins))
}

/// The break that patterns miss where ы follows a prefix: пре-дыстория, ра-зыскать (Rosenthal, §
/// 48: neither «пред-ыстория» nor «предыс-тория»).
fn before_prefix_y(part: &str) -> Option<usize> {
    const PREFIXES: [&str; 8] = ["без", "воз", "над", "под", "пред", "раз", "роз", "небез"];
    let lower: String = part.chars().take(6).flat_map(char::to_lowercase).collect();
    let prefix = PREFIXES
        .iter()
        .find(|prefix| lower.strip_prefix(**prefix).is_some_and(|rest| rest.starts_with('ы')))?;
    part.char_indices().nth(prefix.chars().count() - 1).map(|(at, _)| at)
}

/// Abbreviations and codes: a digit or a second capital.
fn is_code(part: &str) -> bool {
    let capitals = part.chars().filter(|ch| ch.is_uppercase()).count();
    let all = part.chars().filter(|ch| is_letter(*ch)).count();
    // A heading in capitals is words, not abbreviations: longer ones with enough vowels may break.
    let heading = capitals == all
        && all > 6
        && part.chars().flat_map(char::to_lowercase).filter(|&ch| is_vowel(ch)).count() * 4 > all;
    part.chars().any(char::is_numeric) || capitals > 1 && !heading
}

/// The places between the syllables. `hypher` without an allocator takes at most 45 bytes, so a
/// longer word is looked at in overlapping windows.
fn windows(part: &str, lang: Lang) -> Vec<usize> {
    // Patterns look at a few letters around a break; those near the edge of a window are left to
    // its neighbour, which sees what stands there.
    const OVERLAP: usize = 8;
    let letters: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
    let mut places = Vec::new();
    let mut first = 0;
    loop {
        let mut last = first;
        while last + 1 < letters.len()
            && letters[last + 1] - letters[first] <= hypher::MAX_INLINE_SIZE
        {
            last += 1;
        }
        let whole = last + 1 == letters.len();
        let (begin, end) = (letters[first], letters[last]);
        let trusted_from = if first == 0 { 0 } else { letters[first + OVERLAP / 2] };
        let trusted_to = if whole { part.len() } else { letters[last - OVERLAP / 2] };
        let mut at = begin;
        for syllable in hypher::hyphenate(&part[begin..end], lang) {
            at += syllable.len();
            if at > trusted_from && at <= trusted_to && at < part.len() && at < end {
                places.push(at);
            }
        }
        if whole {
            break;
        }
        first = last - OVERLAP;
    }
    places
}

fn is_allowed(left: &str, right: &str) -> bool {
    let vowel = |text: &str| text.chars().flat_map(char::to_lowercase).any(is_vowel);
    let two = |text: &str| text.chars().filter(|ch| is_letter(*ch)).nth(1).is_some();
    let first = right.chars().next().and_then(|ch| ch.to_lowercase().next()).unwrap_or('ь');
    !matches!(first, 'ь' | 'ъ' | 'ы' | 'й' | '\u{301}')
        && two(left)
        && two(right)
        && vowel(left)
        && vowel(right)
}
