//! Where the words of a text may be hyphenated.

use hypher::Lang;

/// The bytes at which a word may be cut with a hyphen. The word may carry punctuation; its runs of letters are looked at one by one.
///
/// Cyrillic letters follow the Russian patterns and Latin ones the English, unless `lang` names another language in that script.
pub(super) fn points(word: &str, lang: &str) -> Vec<usize> {
    let mut points = Vec::new();
    let mut start = None;
    for (i, c) in word.char_indices().chain([(word.len(), ' ')]) {
        match (start, c.is_alphabetic()) {
            (None, true) => start = Some(i),
            (Some(from), false) => {
                let next_to_digit = c.is_numeric() || word[..from].ends_with(char::is_numeric);
                if !next_to_digit {
                    points.extend(letters(&word[from..i], lang).into_iter().map(|at| from + at));
                }
                start = None;
            }
            _ => {}
        }
    }
    points
}

fn letters(word: &str, lang: &str) -> Vec<usize> {
    let Some(lang) = language(word, lang) else { return Vec::new() };
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 || word.chars().count() < 4 {
        return Vec::new();
    }
    let mut at = 0;
    let mut points = Vec::new();
    for syllable in hypher::hyphenate(word, lang) {
        at += syllable.len();
        if at < word.len() && allowed(&word[..at], &word[at..], lang) {
            points.push(at);
        }
    }
    points
}

/// Both parts need two letters and a vowel; ь ъ ы й never begin a line.
fn allowed(head: &str, tail: &str, lang: Lang) -> bool {
    if lang != Lang::Russian {
        return true;
    }
    let vowel = |c: char| "аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(c);
    head.chars().count() >= 2
        && tail.chars().count() >= 2
        && head.contains(vowel)
        && tail.contains(vowel)
        && !tail.starts_with(['ь', 'ъ', 'ы', 'й', 'Ь', 'Ъ', 'Ы', 'Й'])
}

fn language(word: &str, lang: &str) -> Option<Lang> {
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    let primary = lang.split('-').next().unwrap_or("");
    if word.chars().all(cyrillic) {
        matches!(primary, "" | "ru" | "en").then_some(Lang::Russian)
    } else if word.chars().all(|c| c.is_ascii_alphabetic()) {
        matches!(primary, "" | "ru" | "en").then_some(Lang::English)
    } else {
        None
    }
}
