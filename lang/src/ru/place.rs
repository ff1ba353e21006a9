//! Places: a kind of place and its name agree or not by their own rules, and a place stands after
//! «в» or «на».
//!
//! A town agrees with «город» (города Новокузнецка) unless it is a plural or a neuter (города
//! Мыски); after «посёлок», «станция», «хутор», and after a clipped kind (г., пгт) the name stands
//! still. Names in -ово, -ино may decline or not, so that is the caller's choice. Sources:
//! Rosenthal, § 149, 197; «Грамота.ру», «Склонение географических названий».

use super::grammar::{Basis, Case, Gender, Inflected};
use super::org;
use super::phrase::{self, WordChange};
use super::plural;
use super::word::{Letters, is_vowel};

/// Inflects a place. `declinable` says whether a name in -ово, -ево, -ино takes endings (в
/// Кемерове), as careful speech has it, or stands still (в Кемерово), as papers have it.
///
/// ```
/// use itog_lang::ru::{place, Case};
///
/// let genitive = |text| place::inflect(text, Case::Genitive, false).text;
/// assert_eq!(genitive("город Новокузнецк"), "города Новокузнецка");
/// assert_eq!(genitive("город Мыски"), "города Мыски");
/// assert_eq!(genitive("Мыски"), "Мысков");
/// assert_eq!(genitive("пгт Промышленная"), "пгт Промышленная");
/// assert_eq!(genitive("Набережные Челны"), "Набережных Челнов");
/// assert_eq!(genitive("Кемеровская область — Кузбасс"), "Кемеровской области — Кузбасса");
/// assert_eq!(place::inflect("город Кемерово", Case::Genitive, true).text, "города Кемерова");
/// ```
#[must_use]
pub fn inflect(text: &str, case: Case, declinable: bool) -> Inflected {
    if case == Case::Nominative {
        return Inflected::certain(text);
    }
    // «Москва — Казань»: two places, each with its case.
    if let Some((left, dash, right)) = split_dash(text) {
        let parts = [
            inflect(left, case, declinable),
            Inflected::certain(dash),
            inflect(right, case, declinable),
        ];
        return Inflected::concat(&parts);
    }
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let first = Letters::new(words[0]);
    let generic = org::is_place(&first) || org::is_frozen_place(&first);
    if generic && words.len() > 1 || words.iter().any(|word| org::is_place(&Letters::new(word))) {
        return org::parse_place(text, declinable).inflect(text, case);
    }
    bare(text, &words, case, declinable)
}

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
    let first = text.split([' ', '\u{a0}']).next().unwrap_or_default();
    let letters = Letters::new(first);
    let preposition = if letters.within(ON) {
        "на "
    } else if is_hard_cluster(&letters) {
        "во "
    } else {
        "в "
    };
    Inflected::concat(&[Inflected::certain(preposition), prepositional])
}

/// «во Владимире», «во Франции», «во Львове».
fn is_hard_cluster(word: &Letters) -> bool {
    let (first, second) = (word.back(word.len() - 1), word.back(word.len().saturating_sub(2)));
    matches!(first, 'в' | 'ф') && !is_vowel(second) && second != '\0' && word.len() > 2
        || word.starts_any(&["львов", "мценск", "мстисл"])
}

fn split_dash(text: &str) -> Option<(&str, &str, &str)> {
    [" — ", " – ", " - "].iter().find_map(|dash| {
        let at = text.find(dash)?;
        Some((&text[..at], &text[at..at + dash.len()], &text[at + dash.len()..]))
    })
}

/// A name without its kind: «Великие Луки», «Ленинск-Кузнецкий», «Ростов-на-Дону».
fn bare(text: &str, words: &[&str], case: Case, declinable: bool) -> Inflected {
    let mut out = String::new();
    let mut basis = Basis::Ending;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let last = at + 1 == words.len();
        for (part, change) in parts(word, declinable, last) {
            match change {
                Some(change) => change.push(&mut out, part, case),
                None => out.push_str(part),
            }
        }
        let letters = Letters::new(word);
        let doubtful = matches!(letters.back(0), 'и' | 'ы')
            && !letters.within(STILL)
            && !letters.within(PLURALS)
            && plural::noun(&letters, false).is_none_or(|(_, how)| how >= Basis::Likeness);
        if last && doubtful {
            basis = Basis::Likeness;
        }
    }
    if basis == Basis::Likeness {
        let reason = format!("названия «{text}» нет в списках, форма — по сходству");
        return Inflected::doubtful(out, basis, reason);
    }
    Inflected::certain(out)
}

/// The parts of a name around its hyphens and how each changes. Before a last word stand
/// adjectives only.
pub(super) fn parts(word: &str, declinable: bool, last: bool) -> Vec<(&str, Option<WordChange>)> {
    let mut list = Vec::new();
    let mut still = false;
    let mut rest = word;
    loop {
        let at = rest.find('-');
        let part = &rest[..at.unwrap_or(rest.len())];
        let letters = Letters::new(part);
        // «на Дону», «Анжеро-», «Санкт-», «Йошкар-».
        still |= matches!(part, "на" | "над" | "под" | "де" | "ле");
        // Орехово-Зуево, Горно-Алтайск: the first part stays.
        let frozen = still
            || at.is_some()
                && (letters.within(FROZEN_FIRST) || matches!(letters.back(0), 'о' | 'е'));
        let change = if frozen { None } else { name(&letters, declinable, last) };
        list.push((part, change));
        let Some(at) = at else { break };
        list.push(("-", None));
        rest = &rest[at + 1..];
    }
    list
}

/// How one word of a name changes.
fn name(word: &Letters, declinable: bool, last: bool) -> Option<WordChange> {
    if word.within(STILL) {
        return None;
    }
    let adjective = phrase::adjective(word, false).or_else(|| plural::adjective(word, false));
    if !last || adjective.is_some() {
        return adjective;
    }
    if word.ends_any(&["ово", "ево", "ино", "ыно"]) && word.len() > 4 {
        return if declinable { phrase::noun(word, false, None) } else { None };
    }
    let known = matches!(word.back(0), 'и' | 'ы').then(|| {
        if word.within(ZERO) {
            plural::without_ending(word)
        } else {
            plural::noun(word, false).map(|(change, _)| change)
        }
    });
    match word.back(0) {
        'ы' | 'и' => known.flatten(),
        // No noun in -у, -ю, -э declines, and those in -о, -е that do were taken above.
        'о' | 'е' | 'у' | 'ю' | 'э' => None,
        'ь' => {
            let gender = word.within(FEMININE).then_some(Gender::Feminine);
            phrase::noun(word, false, gender)
        }
        _ => phrase::noun(word, false, None),
    }
}

/// How a name after its kind changes: in the cases of «город Новокузнецк», «деревня Дюевка»,
/// «станица Новая».
pub(super) fn after<'a>(
    kind: &Letters,
    gender: Gender,
    word: &'a str,
    declinable: bool,
) -> Option<Vec<(&'a str, Option<WordChange>)>> {
    // «Ростов-на-Дону» agrees by its first part.
    let main = word.split("-на-").next().unwrap_or(word);
    let letters = Letters::new(main);
    let adjective = phrase::adjective_gender(&letters);
    if let Some(own) = adjective {
        return (own == gender && !letters.ends("ой")).then(|| parts(word, declinable, true));
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
    agrees.then(|| parts(word, declinable, true))
}

/// Kinds with which a name agrees.
const AGREEING: &str = "\
    город деревня река село слобода станица";

/// Kinds and names that take «на».
const ON: &str = "\
    алтай вокзал дон кавказ камчатка кубань озеро остров площадь проспект река сахалин стадион \
    станция таймыр улица урал хутор чукотка ямал";

/// First parts that stand still.
const FROZEN_FIRST: &str = "\
    алма анжеро в горно иошкар йошкар нарьян нью порт рио сан санкт улан усть ханты";

/// Names that never change.
const STILL: &str = "\
    баку батуми гаити дели душанбе ессей кутаиси перу поти сочи сухуми тбилиси токио \
    тольятти удэ хельсинки чили";

/// Soft names of feminine gender.
const FEMININE: &str = "\
    астрахань беларусь казань кемь керчь кубань обь пермь припять россошь рязань \
    сибирь сызрань тверь томь тюмень умань ухань хатынь чердынь юрюзань";

/// Plurals whose forms are known.
const PLURALS: &str = "\
    бендеры березники боровичи броды воды горки ессентуки луки люберцы мыски мытищи сумы топки химки чебоксары челны шахты";

/// Plurals without an ending in the genitive.
const ZERO: &str = "\
    афины бендеры воды канны луки мытищи сумы холмогоры чебоксары черкассы шахты";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [AGREEING, ON, FROZEN_FIRST, STILL, FEMININE, PLURALS, ZERO] {
            let words: Vec<&str> = list.split(' ').collect();
            assert!(words.is_sorted_by(|one, two| one < two), "{list}");
        }
    }
}
