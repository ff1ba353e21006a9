//! A text as words and segments: where one name ends and another begins.

use super::super::name::{self, fame, is_known_first, known_first, patronymic_gender};
use super::super::word::Letters;
use super::abbreviation::{abbreviation_gender, is_abbreviation};
use super::lists;
use crate::ru::grammar::Gender;
use crate::ru::is_letter;

/// Whether words show a person: a patronymic, a known first name, initials.
pub(super) fn evidence(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        is_known_first(&word.letters)
            || patronymic_gender(&word.letters).is_some()
            || word.is_initials() && words.len() > 1
    })
}

/// Where the names begin with which a text ends, if they stand in the nominative: a surname and a
/// first name, a patronymic, a man's surname with initials, first names joined. What somebody's
/// name is given to has it in the genitive, and no name begins behind «имени».
pub(super) fn names_behind(list: &[Word<'_>]) -> Option<usize> {
    // Names have two words at least. It is cheap to see that most posts end otherwise.
    let shaped = |word: &Word<'_>| {
        word.text.starts_with(char::is_uppercase)
            || word.text == "и"
            || word.letters.within(lists::PARTICLES)
    };
    if list.len() < 3 || !list[list.len() - 2..].iter().all(shaped) {
        return None;
    }
    let joins = |word: &Word<'_>| word.is_name() || word.text == "и";
    let from = list.iter().rposition(|word| !joins(word)).map_or(1, |at| at + 1);
    let names = list.get(from..)?;
    let named = list[from - 1].letters.within("им. имени имя памяти");
    let surname = |word: &Word<'_>| name::surname_gender(&word.letters);
    let pair = |pair: &[Word<'_>]| {
        let [one, two] = [&pair[0], &pair[1]];
        let first = is_clear_first(&one.letters) && (surname(two).is_some() || two.is_patronymic());
        let last = is_clear_first(&two.letters) && surname(one).is_some();
        let man = surname(one) == Some(Gender::Masculine) && two.is_initials();
        first || last || man
    };
    let joined = |three: &[Word<'_>]| {
        three[1].text == "и" && [0, 2].iter().all(|&at| is_clear_first(&three[at].letters))
    };
    (!named && (names.windows(2).any(pair) || names.windows(3).any(joined))).then_some(from)
}

/// The first name that stands in the nominative behind a post or a body, outside of remarks and
/// quotes: «учитель высшей категории | Иванова Анна».
pub(in super::super) fn name_left(text: &str) -> Option<&str> {
    // Before the first quotes and behind the last: «Ученики 3 «А»: | Седов Илья, Носова Анна».
    let before = text.split([':', '«', '"']).next();
    let behind = text.rsplit(['»', '"']).next().filter(|behind| behind.starts_with(':'));
    [before, behind].into_iter().flatten().find_map(|part| {
        let list: Vec<Word<'_>> = words(part.split([',', ';', '(']).next()?).collect();
        let from = names_behind(&list)?;
        list[from..].iter().find(|word| word.text != "и").map(|word| word.text)
    })
}

/// Whether a word is a first name in the nominative, and no genitive of another one that is known
/// as well: «Анна», but «Александра».
fn is_clear_first(word: &Letters) -> bool {
    let text = word.text();
    let genitive = |end: char, other: &str| {
        text.strip_suffix(end).map(|stem| Letters::new(&format!("{stem}{other}"))).is_some_and(
            |man| known_first(&man) == Some(Gender::Masculine) && fame(&man) >= fame(word),
        )
    };
    is_known_first(word) && !genitive('а', "") && !genitive('я', "й") && !genitive('я', "ь")
}

pub(super) fn around<'a>(text: &'a str, bare: &'a str) -> (&'a str, &'a str) {
    let start = text.find(bare).unwrap_or(0);
    (&text[..start], &text[start + bare.len()..])
}

pub(super) struct PartySegment<'a> {
    pub(super) text: &'a str,
    pub(super) after: &'a str,
}

/// Cuts a text where one person ends and another begins.
pub(super) fn segments(text: &str) -> Vec<PartySegment<'_>> {
    const SEPARATORS: [&str; 10] =
        [", ", "; ", " и ", " & ", " + ", " / ", "/", "\u{a0}и\u{a0}", " и\u{a0}", "\n"];
    let mut list = Vec::new();
    let mut rest = text;
    let marks = |byte| matches!(byte, b',' | b';' | b'&' | b'+' | b'/' | b'\n');
    // Most texts name one: two looks instead of nine.
    let joined = text.bytes().any(marks) || text.contains(" и") || text.contains("\u{a0}и");
    if !joined {
        return vec![PartySegment { text, after: "" }];
    }
    loop {
        let found = SEPARATORS
            .iter()
            .filter_map(|separator| Some((rest.find(separator)?, separator.len())))
            // The separator that comes first in the text, not the first in the list.
            .min();
        let Some((at, len)) = found else { break };
        list.push(PartySegment { text: &rest[..at], after: &rest[at..at + len] });
        rest = &rest[at + len..];
    }
    list.push(PartySegment { text: rest, after: "" });
    list
}

/// A word between spaces, with its place in the text.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) letters: Letters,
    /// Whether capitals are only the way in which a name is typed: «ЦОЙ Виктор».
    capitals: bool,
}

/// Short words in capitals are abbreviations, unless a patronymic or a known first name stands in
/// the text and no list knows the abbreviation: «ЖУК СЕРГЕЙ ОЛЕГОВИЧ», but «ТЮЗ Надежда».
pub(super) fn mark_capitals(words: &mut [Word<'_>]) {
    let known = |word: &Word<'_>| {
        word.letters.len() > 3 && is_known_first(&word.letters)
            || patronymic_gender(&word.letters).is_some()
    };
    if words.len() < 2 || words.len() > 4 || !words.iter().any(known) {
        return;
    }
    let patronymic = words.iter().any(|word| patronymic_gender(&word.letters).is_some());
    for word in words {
        let vowels = word.letters.syllables() > 0;
        word.capitals = vowels && (patronymic || abbreviation_gender(word.text).is_none());
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split(|ch: char| ch.is_whitespace()).filter(|word| !word.is_empty()).map(|word| {
        // The words are slices of the text, so that their places are the distance of their
        // addresses.
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let bare = word.trim_matches(['(', ')', ',', ';']);
        let bare = if bare.is_empty() { word } else { bare };
        Word {
            text: bare,
            start: start + (bare.as_ptr().addr() - word.as_ptr().addr()),
            letters: Letters::new(bare),
            capitals: false,
        }
    })
}

impl Word<'_> {
    pub(super) const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// «И.», «И.П.».
    pub(super) fn is_initials(&self) -> bool {
        self.text.ends_with('.')
            && self.text.split_terminator('.').all(|part| part.chars().count() == 1)
    }

    /// Whether the word has the shape of a part of a name.
    pub(super) fn is_name(&self) -> bool {
        let mut letters = self.text.chars();
        let shaped = letters.next().is_some_and(|ch| ch.is_uppercase() && !ch.is_ascii())
            && self
                .text
                .chars()
                .all(|ch| is_letter(ch) || matches!(ch, '-' | '.' | '’' | '\'' | '\u{2011}'));
        // «ФССП», «КемГУ», «ТЮЗ»: without a vowel, of mixed letters, or known.
        let code = is_abbreviation(self.text)
            && (self.text.chars().any(char::is_lowercase)
                || self.letters.syllables() == 0
                || self.letters.len() < 4
                || self.letters.len() < 8 && abbreviation_gender(self.text).is_some()
                || self.letters.within(lists::PLURAL_ABBREVIATIONS));
        (shaped && (self.is_initials() || !code || self.capitals || is_known_first(&self.letters)))
            || self.letters.within(lists::PARTICLES)
    }

    pub(super) fn is_patronymic(&self) -> bool {
        patronymic_gender(&self.letters).is_some()
    }

    /// Whether it stands in the brackets of a maiden name, or marks father and son.
    pub(super) fn is_aside(&self, text: &str) -> bool {
        self.letters.within(lists::ASIDES) || self.text == "в" && text.contains("(в девичестве ")
    }
}
