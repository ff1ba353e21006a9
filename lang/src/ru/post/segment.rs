//! Where a post is cut, which of its later segments are posts again, and what stayed in the
//! nominative though it should not have.

use super::super::name;
use super::super::org;
use super::super::phrase;
use super::super::word::{Letters, is_vowel};
use super::{PostWord, lists, words};

/// Cuts a text at its first comma, semicolon, spaced dash or «и» outside quotes and brackets.
pub(super) fn next_segment(text: &str) -> (&str, &str, &str) {
    const SEPARATORS: [&str; 12] = [
        ", а также ",
        " а также ",
        ", ",
        "; ",
        " – ",
        " — ",
        " - ",
        " и ",
        "\u{a0}– ",
        "\u{a0}— ",
        " / ",
        " + ",
    ];
    let mut depth = 0_i32;
    for (at, ch) in text.char_indices() {
        match ch {
            '«' | '(' | '„' => depth += 1,
            '»' | ')' | '“' => depth -= 1,
            _ => {}
        }
        // The name of a body in quotation marks may have a comma or «и» of its own.
        if depth > 0 || at == 0 {
            continue;
        }
        // «Директор/учредитель», but «ж/д».
        if ch == '/' && is_between_words(text, at) {
            return (&text[..at], "/", &text[at + 1..]);
        }
        for separator in SEPARATORS {
            if text[at..].starts_with(separator) {
                return (&text[..at], separator, &text[at + separator.len()..]);
            }
        }
    }
    (text, "", "")
}

/// Whether whole words stand on both sides of a sign.
fn is_between_words(text: &str, at: usize) -> bool {
    let letters = |ch: &char| ch.is_alphabetic();
    text[..at].chars().rev().take_while(letters).count() > 3
        && text[at + 1..].chars().take_while(letters).count() > 3
}

/// Whether a later segment begins with a post in the nominative, perhaps after agreeing adjectives.
/// `before` is what the post has been so far.
pub(super) fn starts_with_post(segment: &str, before: &str) -> bool {
    // «Учитель физики, классная дама», «капитан, нападающий», «член совета, старший по дому»: an
    // adjective that only a nominative has, with a noun or without one.
    let mut nominative = false;
    let mut words = segment.split(' ').peekable();
    while let Some(word) = words.next() {
        let word = PostWord::of(word);
        let letters = Letters::new(word.core);
        // «друг библиотеки и её постоянный читатель»
        if is_possessive(word.core) && words.peek().is_some() {
            continue;
        }
        // «…, просто хороший человек»: an adverb tells nothing of the case.
        let next = words.peek().copied().unwrap_or_default();
        if !letters.within(lists::ADVERBS) && words::is_modifier_adverb(&letters, next) {
            continue;
        }
        let known = words::is_head(word.core) || words::is_governing(&letters);
        let man = letters.within(lists::MEN_IN_A);
        // «Чемпион и просто красавец»
        let simply = letters.is("просто") && org::is_nominative_noun(&Letters::new(next));
        if known || man || simply || is_clear_agent(&letters) || org::is_kin(&letters) {
            return true;
        }
        let adjective = phrase::adjective_gender(&letters);
        let modifier = letters.within(lists::SHORT_ADJECTIVES)
            || letters.within(lists::ADVERBS)
            || adjective.is_some();
        if !modifier {
            let word = letters.text().chars().all(char::is_alphabetic);
            return nominative && word && !is_governed(before);
        }
        nominative = adjective.is_some() && letters.ends_any(&["ый", "ий", "ая", "яя"]);
    }
    nominative && !is_governed(before)
}

/// Whose something is, in any case the same.
pub(super) fn is_possessive(word: &str) -> bool {
    matches!(word, "её" | "ее" | "его" | "их")
}

/// Whether a segment behind «и» can be nothing but the equal of a head on which nothing depends:
/// «опора и | поддержка семьи».
pub(super) fn is_equal(segment: &str) -> bool {
    let first = PostWord::of(segment.split(' ').next().unwrap_or_default());
    let letters = Letters::new(first.core);
    first.before.is_empty()
        && first.core.starts_with(char::is_lowercase)
        && letters.len() > 3
        && !matches!(first.core, "также" | "просто" | "всея")
        && phrase::adjective_gender(&letters).is_none_or(|_| !letters.ends("ой"))
}

/// Whether an accusative may follow, which looks like a nominative: «ответственный за питание и
/// горячую воду».
fn is_governed(before: &str) -> bool {
    before.split(' ').any(|word| matches!(word, "за" | "на" | "в" | "во" | "про" | "через" | "под"))
}

/// Whether a word names an agent and is no form but the nominative: «отличник», «помощница».
pub(super) fn is_clear_agent(word: &Letters) -> bool {
    // Genitive plurals of things: «клиник», «техник», «берлог».
    let things = ["линик", "роник", "ехник", "уник", "ерлог", "остник", "аник", "контор"];
    let suffix = [
        "тель",
        "чик",
        "щик",
        "ник",
        "ист",
        "лог",
        "вед",
        "арь",
        "навт",
        "иатр",
        "граф",
        "тор",
        "ица",
        "истка",
    ];
    word.syllables() > 1
        && word.len() > 5
        && word.ends_any(&suffix)
        && !word.ends_any(&things)
        && !word.within(lists::GENITIVE_PLURALS)
        && !word.within(THINGS_LIKE_AGENTS)
}

/// Things that end like agents.
const THINGS_LIKE_AGENTS: &str = "\
    больница гостиница граница единица каталог лица праздник словарь столица страница таблица \
    теплица улица";

/// The first word of a later segment that was not taken for a post, if only a nominative ends so.
/// Behind a dash a surname is a nominative, too.
pub(super) fn standing<'a>(segment: &'a str, before: &str, dash: bool) -> Option<&'a str> {
    let first = PostWord::of(segment.split(' ').next()?);
    let letters = Letters::new(first.core);
    let surname = dash
        && first.core.starts_with(char::is_uppercase)
        && name::surname_gender(&letters).is_some();
    if surname || letters.within("он она они") {
        return Some(first.core);
    }
    let plain = first.before.is_empty()
        && letters.len() > 3
        && first.core.chars().all(char::is_alphabetic)
        && first.core.starts_with(char::is_lowercase);
    let clear = plain
        && org::is_nominative_noun(&letters)
        && !is_governed(before)
        && !ends_in_plural_genitive(before);
    clear.then_some(first.core)
}

/// Whether the last word before a sign may be a genitive plural, so that what follows is one, too:
/// «собиратель сказок, | легенд».
fn ends_in_plural_genitive(before: &str) -> bool {
    let words = before.trim_end_matches(|ch: char| !ch.is_alphabetic());
    let words = words.strip_suffix(" и").unwrap_or(words);
    words.rsplit_once(' ').is_some_and(|(_, last)| org::may_be_plural_genitive(last))
}

/// Whether a word behind a head is a name in the nominative: «Дед | Мороз», «директор | Иван».
pub(super) fn is_name_in_nominative(core: &str) -> bool {
    let letters = Letters::new(core);
    core.starts_with(char::is_uppercase)
        && core.chars().skip(1).all(char::is_lowercase)
        && letters.len() > 3
        && !is_vowel(letters.back(0))
        && !letters.ends_any(&["ов", "ев", "ей", "ой", "ых", "их", "ий", "ам", "ям", "ок", "ек"])
}

/// Whether a whole post is two words with capitals, of which the second may be a name in the
/// nominative or a place in the genitive: «Лиса Алиса», «Глава Кузбасса».
pub(super) fn may_be_two_names(text: &str) -> bool {
    let mut words = text.split(' ');
    let (Some(first), Some(second), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let letters = Letters::new(second);
    let place = ["ска", "града", "асса", "ая", "яя", "рая", "тая"];
    [first, second].iter().all(|word| {
        word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase)
    }) && letters.ends_any(&["а", "я"])
        && !letters.ends_any(&place)
        && !is_character(first, second)
}

/// Names of two nouns, both of which decline.
pub(super) fn is_character(first: &str, second: &str) -> bool {
    matches!((first, second), ("Дед" | "дед", "Мороз") | ("Баба" | "баба", "Яга"))
        || matches!((first, second), ("Царь" | "царь", "Горох") | ("Иван", "Царевич" | "царевич"))
}
