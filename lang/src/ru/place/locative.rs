//! A place behind its preposition: «в» or «на», «во», and the old locative.

use super::lists::ON;
use super::{head, inflect};
use crate::ru::grammar::{Case, Inflected};
use crate::ru::word::{Letters, is_vowel};

/// A place after its preposition: «в Кемерове», «на станции Тайга», «во Владивостоке».
///
/// ```
/// use itog_lang::ru::place;
///
/// assert_eq!(place::locative("город Новокузнецк", false).text, "в городе Новокузнецке");
/// assert_eq!(place::locative("станция Тайга", false).text, "на станции Тайга");
/// assert_eq!(place::locative("Владивосток", false).text, "во Владивостоке");
/// assert_eq!(place::locative("г. Кемерово", false).text, "в г. Кемерово");
/// assert_eq!(place::locative("Алтай", false).text, "на Алтае");
/// ```
#[must_use]
pub fn locative(text: &str, declinable: bool) -> Inflected {
    located(text, inflect(text, Case::Prepositional, declinable))
}

/// A place whose prepositional is known, after the preposition that it takes.
#[must_use]
pub fn located(text: &str, prepositional: Inflected) -> Inflected {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let letters = Letters::new(words[0]);
    // «на Дальнем Востоке», «на Советском проспекте»: the noun decides.
    let noun = Letters::new(words[head(&words)]);
    let prepositional = second_locative(&noun, words.len(), prepositional);
    let preposition = if letters.within(ON) || noun.within(ON) {
        "на "
    } else if is_hard_cluster(&letters) {
        "во "
    } else {
        "в "
    };
    Inflected::concat(&[Inflected::certain(preposition), prepositional])
}

/// «в Крыму», «на Дону»: the old locative of a few masculine names (Zaliznyak).
fn second_locative(noun: &Letters, words: usize, form: Inflected) -> Inflected {
    match form.text.strip_suffix('е') {
        Some(stem) if words == 1 && (noun.is("крым") || noun.is("дон")) => {
            Inflected { text: format!("{stem}у"), ..form }
        }
        _ => form,
    }
}

/// «во Владимире», «во Франции», «во Львове».
fn is_hard_cluster(word: &Letters) -> bool {
    let (first, second) = (word.back(word.len() - 1), word.back(word.len().saturating_sub(2)));
    matches!(first, 'в' | 'ф') && !is_vowel(second) && second != '\0' && word.len() > 2
        || word.starts_any(&["львов", "мценск", "мстисл"])
}
