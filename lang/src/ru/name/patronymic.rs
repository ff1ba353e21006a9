//! Patronymics: Russian ones decline, Turkic ones with оглы and кызы stand still.

use super::{first, lists};
use crate::ru::grammar::Gender;
use crate::ru::word::{Letters, WordVerdict, ends};

/// The gender that a patronymic shows, `None` for a word that is not shaped like one.
///
/// The masculine shape is also that of surnames (Станкевич), so the caller must look where the word
/// stands.
pub(crate) fn gender(word: &Letters) -> Option<Gender> {
    match word.back(0) {
        'ч' if word.ends_any(&["ович", "евич"]) && word.len() > 5
            || word.within(lists::SHORT_PATRONYMICS) =>
        {
            Some(Gender::Masculine)
        }
        'а' if word.ends_any(&["овна", "евна", "ична", "инишна"]) && word.len() > 5
            || word.is("вячеславна") =>
        {
            Some(Gender::Feminine)
        }
        _ => None,
    }
}

/// Whether a word is a patronymic in the nominative, or the «оглы» or «кызы» behind a Turkic one.
/// Surnames have the masculine shape, too (Станкевич), so the caller must look where it stands.
///
/// ```
/// use itog_lang::ru::name::is_patronymic;
///
/// assert!(is_patronymic("Ильич") && is_patronymic("КУЗЬМИНИЧНА") && is_patronymic("кызы"));
/// assert!(!is_patronymic("Кирпич") && !is_patronymic("Ильичу"));
/// ```
#[must_use]
pub fn is_patronymic(word: &str) -> bool {
    let letters = Letters::new(word);
    gender(&letters).or_else(|| turkic_gender(&letters)).is_some()
}

/// A patronymic in any case as its stem and its ending; none for a word of another shape. Surnames
/// have the masculine shape, too (Бабич), so the caller must look where the word stands.
///
/// ```
/// use itog_lang::ru::name::patronymic_ending;
///
/// assert_eq!(patronymic_ending("Ильичу"), Some(("Иль", "ичу")));
/// assert_eq!(patronymic_ending("Олеговне"), Some(("Олего", "вне")));
/// assert_eq!(patronymic_ending("Ким"), None);
/// ```
#[must_use]
pub fn patronymic_ending(word: &str) -> Option<(&str, &str)> {
    const ENDS: [&str; 15] = [
        "ич",
        "ича",
        "ичу",
        "ичем",
        "иче",
        "вна",
        "вны",
        "вне",
        "вну",
        "вной",
        "ична",
        "ичны",
        "ичне",
        "ичну",
        "ичной",
    ];
    ENDS.iter().find_map(|end| Some((word.strip_suffix(end)?, *end)))
}

/// The gender that the word after a Turkic patronymic shows: son (оглы) or daughter (кызы).
pub(super) fn turkic_gender(word: &Letters) -> Option<Gender> {
    if word.len() > 4 {
        None
    } else if word.within(lists::SON_WORDS) {
        Some(Gender::Masculine)
    } else if word.within(lists::DAUGHTER_WORDS) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

/// The paradigm of a patronymic; a second name of another people declines like a first name.
pub(super) fn rule(word: &Letters, gender: Gender) -> WordVerdict {
    if word.within(lists::STRESSED_ICH) {
        WordVerdict::cut(0, &ends::HARD)
    } else if word.ends_any(&["ич", "ыч"]) && gender != Gender::Feminine {
        WordVerdict::cut(0, &ends::HISSING)
    } else if word.ends("на") {
        WordVerdict::cut(1, &ends::A)
    } else {
        first::rule(word, gender)
    }
}
