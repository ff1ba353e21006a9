//! Names of places behind their kind: «город Новокузнецк», «станция Тайга».

use super::lists::AGREEING;
use super::{adjective, is_hard, name, parts, possessive};
use crate::ru::grammar::Gender;
use crate::ru::phrase::{self, WordChange};
use crate::ru::word::Letters;

/// How many of the words after a kind are its name: «Нижний Новгород», «Сухая Речка», but
/// «Кемерово Кемеровской области».
pub(in crate::ru) fn length(words: &[&str]) -> usize {
    let lead = (0..words.len())
        .take_while(|&at| {
            adjective(&Letters::new(words[at])).is_some() || possessive(words, at).is_some()
        })
        .count();
    let noun = words.get(lead).is_some_and(|word| word.starts_with(char::is_uppercase));
    // «Ростов Великий»
    let behind = words.len() == lead + 2 && lead == 0 && trails(words[0], words[1]);
    // «Новая Кемеровской области»: adjectives alone are the name.
    (lead + usize::from(noun) + usize::from(behind)).max(1)
}

/// How a name of several words after its kind changes. Towns inflect as by themselves («в городе
/// Нижнем Новгороде»), plurals and villages stand still («в городе Великие Луки», «в селе Большая
/// Талда»).
pub(in crate::ru) fn after_several(
    kind: &Letters,
    words: &[&str],
    at: usize,
    declinable: bool,
) -> Option<WordChange> {
    let (word, last) = (words[at], words[words.len() - 1]);
    let end = Letters::new(last);
    if !kind.is("город") || matches!(end.back(0), 'и' | 'ы' | 'е') {
        return None;
    }
    let behind = words.len() == 2 && trails(words[0], words[1]);
    possessive(words, at).or_else(|| {
        let noun = at + 1 == words.len() || behind;
        name(&Letters::new(word), declinable, noun, None)
    })
}

/// Whether an adjective stands behind its noun: «Ростов Великий».
pub(super) fn trails(noun: &str, word: &str) -> bool {
    let (noun, letters) = (Letters::new(noun), Letters::new(word));
    phrase::adjective_gender(&letters) == Some(Gender::Masculine)
        && word.starts_with(char::is_uppercase)
        && !letters.ends("ой")
        && is_hard(&noun)
        && adjective(&noun).is_none()
}

/// How a name after its kind changes: in the cases of «город Новокузнецк», «деревня Дюевка»,
/// «станица Новая».
pub(in crate::ru) fn after<'a>(
    kind: &Letters,
    gender: Gender,
    word: &'a str,
    declinable: bool,
) -> Option<Vec<(&'a str, Option<WordChange>)>> {
    // Names of stations never agree: «на станции Анжерская» (Rosenthal, § 197).
    if kind.is("станция") {
        return None;
    }
    // «Ростов-на-Дону» agrees by its first part.
    let main = word.split("-на-").next().unwrap_or(word);
    let letters = Letters::new(main);
    let adjective = phrase::adjective_gender(&letters);
    if let Some(own) = adjective {
        // «станица Новой …» is a genitive, «город Лесной», «разъезд Трудовой» are none.
        let clear = !letters.ends("ой") || gender == Gender::Masculine;
        return (own == gender && clear).then(|| parts(word, declinable, true, None));
    }
    let agrees = if kind.within(AGREEING) {
        match letters.back(0) {
            'и' | 'ы' => false,
            // Towns of all genders agree with «город», villages only with their own.
            last if kind.is("город") => {
                !matches!(last, 'о' | 'е' | 'э' | 'у' | 'ю') || declinable
            }
            'а' | 'я' | 'ь' => gender == Gender::Feminine,
            'о' | 'е' => declinable && gender == Gender::Neuter,
            _ => false,
        }
    } else {
        false
    };
    agrees.then(|| parts(word, declinable, true, Some(gender).filter(|_| !kind.is("город"))))
}
