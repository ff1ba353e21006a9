//! One word under the rules: its lowercase letters to look at, its own letters to keep, and the
//! tails it can get.

use super::grammar::Case;
use crate::ru::is_letter;

/// The five oblique endings in the order genitive, dative, accusative, instrumental, prepositional.
pub(super) type Endings = [&'static str; 5];

/// Endings by class. A name says which letters are cut before them.
pub(super) mod ends {
    use super::Endings;

    /// стол: nothing is cut.
    pub(crate) const HARD: Endings = ["а", "у", "а", "ом", "е"];
    /// товарищ, Шварц: after an unstressed hissing stem.
    pub(crate) const HISSING: Endings = ["а", "у", "а", "ем", "е"];
    /// Коваль, Андрей: the last letter is cut.
    pub(crate) const SOFT: Endings = ["я", "ю", "я", "ем", "е"];
    /// Дмитрий: the last letter is cut.
    pub(crate) const IY: Endings = ["я", "ю", "я", "ем", "и"];
    /// воробей without its «ей».
    pub(crate) const EY: Endings = ["ья", "ью", "ья", "ьем", "ье"];
    /// Анна without «а».
    pub(crate) const A: Endings = ["ы", "е", "у", "ой", "е"];
    /// Ольга without «а».
    pub(crate) const A_VELAR: Endings = ["и", "е", "у", "ой", "е"];
    /// Маша without «а».
    pub(crate) const A_HISSING: Endings = ["и", "е", "у", "ей", "е"];
    /// птица without «а».
    pub(crate) const A_TS: Endings = ["ы", "е", "у", "ей", "е"];
    /// няня without «я».
    pub(crate) const YA: Endings = ["и", "е", "ю", "ей", "е"];
    /// Мария without «я».
    pub(crate) const IYA: Endings = ["и", "и", "ю", "ей", "и"];
    /// Нинель without «ь».
    pub(crate) const FEMININE_SOFT: Endings = ["и", "и", "ь", "ью", "и"];
    /// новый without «ый».
    pub(crate) const ADJ: Endings = ["ого", "ому", "ого", "ым", "ом"];
    /// долгий, чужой without the last two letters.
    pub(crate) const ADJ_VELAR: Endings = ["ого", "ому", "ого", "им", "ом"];
    /// летний, рыжий without «ий».
    pub(crate) const ADJ_SOFT: Endings = ["его", "ему", "его", "им", "ем"];
    /// лисий without «ий».
    pub(crate) const ADJ_POSSESSIVE: Endings = ["ьего", "ьему", "ьего", "ьим", "ьем"];
    /// третья without «я».
    pub(crate) const ADJ_POSSESSIVE_F: Endings = ["ей", "ей", "ю", "ей", "ей"];
    /// новая without «ая».
    pub(crate) const ADJ_F: Endings = ["ой", "ой", "ую", "ой", "ой"];
    /// рыжая without «ая».
    pub(crate) const ADJ_F_HISSING: Endings = ["ей", "ей", "ую", "ей", "ей"];
    /// летняя without «яя».
    pub(crate) const ADJ_F_SOFT: Endings = ["ей", "ей", "юю", "ей", "ей"];
    /// Иванов.
    pub(crate) const POSSESSIVE: Endings = ["а", "у", "а", "ым", "е"];
    /// Иванова without «а».
    pub(crate) const POSSESSIVE_F: Endings = ["ой", "ой", "у", "ой", "ой"];
}

/// How a word changes: cut some letters off its end, put `stem` instead, then the ending of the
/// case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EndingPattern {
    pub(super) cut: usize,
    pub(super) stem: &'static str,
    pub(super) endings: &'static Endings,
}

impl EndingPattern {
    pub(super) const fn new(cut: usize, endings: &'static Endings) -> Self {
        Self { cut, stem: "", endings }
    }

    pub(super) const fn with_stem(
        cut: usize,
        stem: &'static str,
        endings: &'static Endings,
    ) -> Self {
        Self { cut, stem, endings }
    }
}

/// What the rules say of one word. `other` is the second form in use, if any, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordVerdict {
    /// `None`: the word does not change.
    pub(super) pattern: Option<EndingPattern>,
    pub(super) other: Option<(Option<EndingPattern>, &'static str)>,
}

impl WordVerdict {
    pub(super) const SAME: Self = Self { pattern: None, other: None };

    pub(super) const fn sure(pattern: EndingPattern) -> Self {
        Self { pattern: Some(pattern), other: None }
    }

    pub(super) const fn cut(cut: usize, endings: &'static Endings) -> Self {
        Self::sure(EndingPattern::new(cut, endings))
    }

    /// The same for a foreign surname: Дарвином, not Дарвиным.
    pub(super) fn foreign(mut self, foreign: bool) -> Self {
        if let Some(pattern) = self.pattern.as_mut().filter(|_| foreign)
            // Only the instrumental of these differs, and the table is the only one that has it.
            && *pattern.endings == ends::POSSESSIVE
        {
            pattern.endings = &ends::HARD;
        }
        self
    }

    pub(super) const fn or(mut self, other: Option<EndingPattern>, reason: &'static str) -> Self {
        self.other = Some((other, reason));
        self
    }
}

const CAPACITY: usize = 64;

/// The lowercase letters of a word, with ё read as е, in a buffer on the stack.
///
/// Of a word longer than the buffer only the end is kept: no list has such a word, and rules look
/// at ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    bytes: [u8; CAPACITY],
    start: usize,
    /// The letters counted from the end at which ё stood.
    yo: u64,
    count: usize,
    /// Whether every letter is Cyrillic, that is of two bytes.
    plain: bool,
}

impl Letters {
    pub(super) const EMPTY: Self =
        Self { bytes: [0; CAPACITY], start: CAPACITY, yo: 0, count: 0, plain: true };

    pub(super) fn new(word: &str) -> Self {
        Self::russian(word.as_bytes()).unwrap_or_else(|| Self::any(word))
    }

    /// The quick way for words of Russian letters: every name goes through it several times.
    fn russian(word: &[u8]) -> Option<Self> {
        let mut letters = Self::EMPTY;
        // The letters stand at the end of the buffer, since rules count from the end of a word.
        letters.start = CAPACITY.checked_sub(word.len())?;
        letters.count = word.len() / 2;
        for (place, (pair, out)) in
            word.chunks(2).zip(letters.bytes[letters.start..].chunks_mut(2)).enumerate()
        {
            let lower = match *pair {
                [0xD0, low @ 0x90..=0x9F] => [0xD0, low + 0x20],
                // The alphabet goes over the end of a block of 64: «Р» to «Я» are D0 A0 to D0
                // AF, their small letters D1 80 to D1 8F.
                [0xD0, low @ 0xA0..=0xAF] => [0xD1, low - 0x20],
                [0xD0, low @ 0xB0..=0xBF] => [0xD0, low],
                [0xD1, low @ 0x80..=0x8F] => [0xD1, low],
                // Ё and ё: compared as «е», since most people write it so, but remembered, since
                // ё in -ёк or -ён changes the paradigm.
                [0xD0, 0x81] | [0xD1, 0x91] => {
                    letters.yo |= 1 << (letters.count - 1 - place);
                    [0xD0, 0xB5]
                }
                _ => return None,
            };
            out.copy_from_slice(&lower);
        }
        Some(letters)
    }

    fn any(word: &str) -> Self {
        let mut letters = Self { plain: false, ..Self::EMPTY };
        for ch in word.chars().rev() {
            let lower = lower(ch);
            let plain = if lower == 'ё' { 'е' } else { lower };
            let Some(start) = letters.start.checked_sub(plain.len_utf8()) else { break };
            if lower == 'ё' {
                letters.yo |= 1 << letters.count;
            }
            plain.encode_utf8(&mut letters.bytes[start..]);
            letters.start = start;
            letters.count += 1;
        }
        letters
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// The number of letters.
    pub(super) const fn len(&self) -> usize {
        self.count
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.bytes() == word.as_bytes()
    }

    pub(super) fn ends(&self, suffix: &str) -> bool {
        self.bytes().ends_with(suffix.as_bytes())
    }

    pub(super) fn ends_any(&self, suffixes: &[&str]) -> bool {
        suffixes.iter().any(|suffix| self.ends(suffix))
    }

    pub(super) fn starts_any(&self, prefixes: &[&str]) -> bool {
        prefixes.iter().any(|prefix| self.bytes().starts_with(prefix.as_bytes()))
    }

    /// Whether a list holds the word. A list is one string of sorted words between spaces: that
    /// takes a third of the room of a slice of strings, and halving it by bytes and stepping
    /// back to a space is as quick.
    pub(super) fn within(&self, list: &str) -> bool {
        let (list, word) = (list.as_bytes(), self.bytes());
        let (mut low, mut high) = (0, list.len());
        while low < high {
            let middle = low.midpoint(high);
            let start = list[low..middle]
                .iter()
                .rposition(|&byte| byte == b' ')
                .map_or(low, |at| low + at + 1);
            // Held against the list where it stands: where its word ends needs to be known only
            // if the search goes on behind it.
            let (listed, mut same) = (&list[start..high], 0);
            while let (Some(one), Some(other)) = (listed.get(same), word.get(same))
                && one == other
                && *one != b' '
            {
                same += 1;
            }
            match (list.get(start + same).filter(|byte| **byte != b' '), word.get(same)) {
                (None, None) => return true,
                (Some(listed), Some(own)) if listed > own => high = start.saturating_sub(1),
                (Some(_), None) => high = start.saturating_sub(1),
                _ => {
                    let from = middle.max(start + same);
                    low = list[from..high]
                        .iter()
                        .position(|&byte| byte == b' ')
                        .map_or(high, |at| from + at + 1);
                }
            }
        }
        false
    }

    /// The letter at a place counted from the end, from 0; a NUL where there is none.
    pub(super) fn back(&self, place: usize) -> char {
        if self.plain {
            let Some(at) = CAPACITY.checked_sub(2 * place + 2).filter(|&at| at >= self.start)
            else {
                return '\0';
            };
            let code =
                (u32::from(self.bytes[at]) & 0x1F) << 6 | u32::from(self.bytes[at + 1]) & 0x3F;
            return char::from_u32(code).unwrap_or('\0');
        }
        self.text().chars().rev().nth(place).unwrap_or('\0')
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Whether the letter at a place counted from the end was written ё.
    pub(super) const fn yo_at(&self, place: usize) -> bool {
        place < 64 && self.yo >> place & 1 == 1
    }

    /// The number of vowels, that is of syllables.
    pub(super) fn syllables(&self) -> usize {
        (0..self.count).filter(|&place| is_vowel(self.back(place))).count()
    }
}

/// The lowercase of a letter; Cyrillic by arithmetic, since the tables of Unicode are slow and this
/// runs for every letter of every name.
fn lower(ch: char) -> char {
    match ch {
        'А'..='Я' => char::from_u32(ch as u32 + 0x20).unwrap_or(ch),
        'а'..='я' | 'ё' => ch,
        'Ё' => 'ё',
        _ => ch.to_lowercase().next().unwrap_or(ch),
    }
}

/// Whether a lowercase letter is a Russian vowel.
pub(super) const fn is_vowel(ch: char) -> bool {
    matches!(ch, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// Whether a word is written in capitals, so that its new ending must be too.
pub(super) fn is_caps(word: &str) -> bool {
    // A second letter in lowercase settles it for almost every word.
    if let [0xD0 | 0xD1, _, 0xD0, 0xB0..=0xFF, ..] | [0xD0 | 0xD1, _, 0xD1, ..] = word.as_bytes() {
        return false;
    }
    let mut letters = word.chars().filter(|ch| is_letter(*ch));
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_uppercase)
        && letters.all(char::is_uppercase)
}

/// Adds to `out` the form of `word` in `case`: its own letters up to the changed tail, then the
/// tail.
pub(super) fn push_form(out: &mut String, word: &str, pattern: Option<EndingPattern>, case: Case) {
    let (Some(pattern), Some(place)) = (pattern, case.oblique()) else {
        out.push_str(word);
        return;
    };
    let keep = word.char_indices().rev().take(pattern.cut).last().map_or(word.len(), |(at, _)| at);
    let ending = pattern.endings[place];
    out.push_str(&word[..keep]);
    if is_caps(word) {
        out.extend(pattern.stem.chars().chain(ending.chars()).flat_map(char::to_uppercase));
    } else {
        out.push_str(pattern.stem);
        out.push_str(ending);
    }
}
/// A list that [`Letters::within`] can search: sorted by bytes, no word twice, ё written as е.
#[cfg(test)]
pub(super) fn assert_searchable(list: &str) {
    let words: Vec<&str> = list.split(' ').collect();
    let sorted = words.windows(2).all(|pair| pair[0].as_bytes() < pair[1].as_bytes());
    assert!(sorted && !list.contains('ё'), "{list:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_words_and_nothing_else() {
        let list = "аб аба абв б ю-я";
        for word in ["аб", "аба", "абв", "б", "ю-я", "АБ", "Ю-я"] {
            assert!(Letters::new(word).within(list), "{word}");
        }
        for word in ["а", "абг", "абвг", "ю", "яя", "аб аба", "", "w"] {
            assert!(!Letters::new(word).within(list), "{word}");
        }
    }
}
