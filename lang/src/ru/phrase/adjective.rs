//! Adjectives, and the pronouns and numerals that decline as they do.

use super::WordChange;
use crate::ru::grammar::Gender;
use crate::ru::word::{EndingPattern, Endings, Letters, ends, is_vowel};

/// свежий, дежурящийся: the reflexive tail stays after the ending.
const REFLEXIVE: Endings = ["егося", "емуся", "егося", "имся", "емся"];
const REFLEXIVE_F: Endings = ["ейся", "ейся", "уюся", "ейся", "ейся"];

/// 1-й and 1-я.
const DIGIT_M: Endings = ["го", "му", "го", "м", "м"];
const DIGIT_F: Endings = ["й", "й", "ю", "й", "й"];

/// казачье, третье.
const POSSESSIVE_N: Endings = ["его", "ему", "е", "им", "ем"];

/// Whether a word has the shape of an adjective in the nominative singular, and of which gender.
pub(in crate::ru) fn adjective_gender(word: &Letters) -> Option<Gender> {
    if let Some((_, gender)) = pronoun(word) {
        return Some(gender);
    }
    // «11-й»: of digits only the letter behind the hyphen counts.
    if let Some((_, gender)) = digits(word) {
        return Some(gender);
    }
    // «Чай», «бой»: no adjective is so short.
    if word.len() < 4 || is_noun_like_adjective(word) {
        return None;
    }
    if word.within(POSSESSIVES) {
        return Some(Gender::Masculine);
    }
    if word.ends_any(&["ый", "ийся"]) {
        return Some(Gender::Masculine);
    }
    if word.ends("ой") {
        // «Строй», «рой»: an adjective in -ой has its stress there and a stem before it.
        return (word.syllables() > 1).then_some(Gender::Masculine);
    }
    if word.ends("ий") {
        return is_adjective_in_iy(word).then_some(Gender::Masculine);
    }
    if word.ends_any(&["ая", "яя", "аяся"]) || is_possessive_f(word, 'я') {
        return Some(Gender::Feminine);
    }
    (word.ends_any(&["ое", "ее", "ееся"]) || is_possessive_f(word, 'е')).then_some(Gender::Neuter)
}

/// Whether a word with the ending of an adjective is a noun: «гений», «прибой».
pub(in crate::ru) fn is_noun_like_adjective(word: &Letters) -> bool {
    word.within(NOT_ADJECTIVES) || is_noun_in_oy(word)
}

/// «Облстрой», «водопой»: nouns made of a verb; the adjectives with the same end are few.
fn is_noun_in_oy(word: &Letters) -> bool {
    word.ends_any(&["строй", "слой", "крой", "гной", "бой", "пой"])
        && !word.within("голубой любой рябой слепой скупой тупой")
}

/// Soft adjectives have few stems: «викарий», «санаторий» are nouns; «соревнований», «технологий»
/// genitive plurals.
fn is_adjective_in_iy(word: &Letters) -> bool {
    match word.back(2) {
        'к' | 'ж' | 'ч' | 'ш' | 'щ' => true,
        // A consonant before -ний is an adjective («летний»), a vowel a noun («гений»).
        'н' => !is_vowel(word.back(3)) || word.is("синий"),
        // Most words in -гий and -хий are names («Сергий»), and the adjectives are few.
        'г' => word.ends_any(&["долгий", "строгий", "многий", "убогий", "пологий"]),
        'х' => word.ends_any(&["тихий", "ветхий"]),
        _ => false,
    }
}

/// третья, казачье.
fn is_possessive_f(word: &Letters, last: char) -> bool {
    word.back(0) == last
        && word.back(1) == 'ь'
        && word.ends_any(&[
            "третья",
            "казачья",
            "рыбачья",
            "охотничья",
            "третье",
            "казачье",
            "рыбачье",
            "охотничье",
        ])
}

/// наш, ваша, моё, сам.
fn pronoun(word: &Letters) -> Option<(EndingPattern, Gender)> {
    const M: Endings = ["его", "ему", "его", "им", "ем"];
    const F: Endings = ["ей", "ей", "у", "ей", "ей"];
    const ALL: Endings = ["сего", "сему", "есь", "сем", "сём"];
    const ALL_F: Endings = ["сей", "сей", "сю", "сей", "сей"];
    const THIS: Endings = ["ого", "ому", "ого", "им", "ом"];
    const THIS_F: Endings = ["ой", "ой", "у", "ой", "ой"];
    const OWN_M: Endings = ["его", "ему", "его", "им", "ём"];
    const OWN_FORMS: Endings = ["ей", "ей", "ю", "ей", "ей"];
    const OWN: &str = "мой свой твой";
    const OWN_F: &str = "моя своя твоя";
    const OWN_N: &str = "мое свое твое";
    if word.is("этот") {
        Some((EndingPattern::new(2, &THIS), Gender::Masculine))
    } else if word.is("эта") {
        Some((EndingPattern::new(1, &THIS_F), Gender::Feminine))
    } else if word.is("это") {
        Some((EndingPattern::new(1, &THIS), Gender::Neuter))
    } else if word.is("весь") {
        Some((EndingPattern::new(3, &ALL), Gender::Masculine))
    } else if word.is("вся") {
        Some((EndingPattern::new(2, &ALL_F), Gender::Feminine))
    } else if word.is("наш") || word.is("ваш") {
        Some((EndingPattern::new(0, &M), Gender::Masculine))
    } else if word.is("наша") || word.is("ваша") {
        Some((EndingPattern::new(1, &F), Gender::Feminine))
    } else if word.is("наше") || word.is("ваше") || word.within(OWN_N) {
        Some((EndingPattern::new(1, &M), Gender::Neuter))
    } else if word.within(OWN) {
        Some((EndingPattern::new(1, &OWN_M), Gender::Masculine))
    } else if word.within(OWN_F) {
        Some((EndingPattern::new(1, &OWN_FORMS), Gender::Feminine))
    } else if word.is("сам") {
        Some((EndingPattern::new(0, &THIS), Gender::Masculine))
    } else if word.is("сама") {
        Some((EndingPattern::new(1, &THIS_F), Gender::Feminine))
    } else {
        None
    }
}

/// «5-е классы»: with a noun in the plural behind it the same «-е» is a plural.
pub(in crate::ru) fn plural_of_digits(word: &Letters) -> Option<WordChange> {
    const DIGIT_PL: Endings = ["х", "м", "е", "ми", "х"];
    digits(word).filter(|(_, gender)| *gender == Gender::Neuter)?;
    let (pattern, gender) = (EndingPattern::new(1, &DIGIT_PL), Gender::Neuter);
    Some(WordChange { pattern, gender, animate: false, plural: true })
}

fn digits(word: &Letters) -> Option<(EndingPattern, Gender)> {
    if !word.back(2).is_ascii_digit() || word.back(1) != '-' {
        return None;
    }
    match word.back(0) {
        'й' => Some((EndingPattern::new(1, &DIGIT_M), Gender::Masculine)),
        'я' => Some((EndingPattern::new(1, &DIGIT_F), Gender::Feminine)),
        'е' => Some((EndingPattern::new(1, &DIGIT_M), Gender::Neuter)),
        _ => None,
    }
}

/// Declines an adjective; call it for words that [`adjective_gender`] knows.
pub(in crate::ru) fn adjective(word: &Letters, animate: bool) -> Option<WordChange> {
    let gender = adjective_gender(word)?;
    let pattern = if let Some((pattern, _)) = digits(word).or_else(|| pronoun(word)) {
        pattern
    } else if word.ends("ся") {
        // The ending and the tail behind it.
        EndingPattern::new(4, if gender == Gender::Feminine { &REFLEXIVE_F } else { &REFLEXIVE })
    } else if word.within(POSSESSIVES) {
        EndingPattern::new(2, &ends::ADJ_POSSESSIVE)
    } else if word.back(1) == 'ь' {
        EndingPattern::new(
            1,
            if gender == Gender::Feminine { &ends::ADJ_POSSESSIVE_F } else { &POSSESSIVE_N },
        )
    } else {
        adjective_pattern(word, gender)
    };
    Some(WordChange { pattern, gender, animate, plural: false })
}

fn adjective_pattern(word: &Letters, gender: Gender) -> EndingPattern {
    let before = word.back(2);
    let hissing = matches!(before, 'ж' | 'ч' | 'ш' | 'щ' | 'ц');
    let velar = matches!(before, 'г' | 'к' | 'х');
    let endings = match (gender, word.back(1)) {
        (Gender::Feminine, 'я') => &ends::ADJ_F_SOFT,
        (Gender::Feminine, _) if hissing && !word.ends_any(&["большая", "чужая"]) => {
            &ends::ADJ_F_HISSING
        }
        (Gender::Feminine, _) => &ends::ADJ_F,
        (Gender::Masculine, 'и') if !velar => &ends::ADJ_SOFT,
        (Gender::Neuter, 'е') => &ends::ADJ_SOFT,
        _ if velar || hissing => &ends::ADJ_VELAR,
        _ => &ends::ADJ,
    };
    EndingPattern::new(2, endings)
}

/// Nouns with the ending of an adjective.
const NOT_ADJECTIVES: &str = "\
    аналой гений герой гобой забой застой ковбой конвой края настой покой прибой разбой свая стая \
    строй удой устой";

/// Possessive adjectives, whose oblique forms have ь: третьего, казачьего.
const POSSESSIVES: &str = "\
    божий волчий девичий заячий казачий коровий медвежий овечий охотничий помещичий птичий рыбачий \
    рыбий третий";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [NOT_ADJECTIVES, POSSESSIVES] {
            let words: Vec<&str> = list.split(' ').collect();
            assert!(words.is_sorted_by(|one, two| one < two), "{list}");
        }
    }
}
