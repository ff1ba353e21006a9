//! Organisations and collectives: the head phrase inflects, proper names, abbreviations and
//! dependent words stay.
//!
//! Words in quotes, after «№», «им.» or «имени» and in brackets are never touched; a name that
//! begins with an abbreviation (МБУ, ЦБС) does not change at all (Rosenthal, § 209).

use super::grammar::{Case, Gender, Inflected};
use super::phrase;
use super::post::words::is_abbreviation;
use super::word::Letters;

const UNKNOWN_PLURAL: &str = "родительный падеж множественного числа не виден из именительного";

/// Inflects the name of an organisation, body, collective or territory.
///
/// A head in the plural inflects where its forms can be told («сотрудники отдела»); elsewhere the
/// text stays and the answer is ambiguous.
///
/// ```
/// use itog::lang::ru::{org, Case};
///
/// let genitive = |text| org::inflect(text, Case::Genitive).text;
/// assert_eq!(genitive("Севская модельная библиотека-филиал №22"), "Севской модельной библиотеки-филиала №22");
/// assert_eq!(genitive("Большеталдинское сельское поселение"), "Большеталдинского сельского поселения");
/// assert_eq!(genitive("Клуб деловых встреч методистов Кузбасса"), "Клуба деловых встреч методистов Кузбасса");
/// assert_eq!(genitive("МБУ «ЦБС Прокопьевского муниципального района»"), "МБУ «ЦБС Прокопьевского муниципального района»");
/// assert_eq!(org::inflect("Редакция газеты «Наше время»", Case::Dative).text, "Редакции газеты «Наше время»");
/// ```
#[must_use]
pub fn inflect(text: &str, case: Case) -> Inflected {
    if case == Case::Nominative {
        return Inflected::certain(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let words: Vec<&str> = text.split(' ').collect();
    let mut head = Head::Before(None);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let next =
            words[at + 1..].iter().copied().find(|word| !word.is_empty()).unwrap_or_default();
        match head {
            Head::Before(attribute) => head = push_word(&mut out, word, next, attribute, case),
            Head::After(gender) => head = push_after(&mut out, word, gender, case),
            Head::Done => out.push_str(word),
        }
    }
    if has_unknown_plural(&words) {
        return Inflected::ambiguous(text, vec![out], UNKNOWN_PLURAL);
    }
    Inflected::certain(out)
}

/// Whether the head, right at the start or after adjectives in the plural, is a plural that the
/// rules cannot decline.
fn has_unknown_plural(words: &[&str]) -> bool {
    let head = words
        .iter()
        .map(|word| Letters::new(word))
        .find(|letters| phrase::plural_adjective(letters, false).is_none());
    let adjectives = words
        .first()
        .is_some_and(|word| phrase::plural_adjective(&Letters::new(word), false).is_some());
    adjectives && head.is_some_and(|head| phrase::is_unknown_plural(&head))
}

/// Whether the word is a plural of persons, so that an adjective before it takes the genitive for
/// the accusative.
fn is_animate_plural(word: &str) -> bool {
    Letters::new(word)
        .ends_any(&["тели", "ники", "чики", "щики", "логи", "исты", "оры", "еры", "анты", "енты"])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Not reached; the gender is that of the adjectives so far.
    Before(Option<Gender>),
    /// Just read; an adjective may still agree with it («посёлок Трудармейский»).
    After(Gender),
    Done,
}

fn push_after(out: &mut String, word: &str, gender: Gender, case: Case) -> Head {
    let core = word.trim_end_matches([',', ';', ':']);
    let letters = Letters::new(core);
    let agrees = phrase::adjective_gender(&letters) == Some(gender) && !letters.ends("ой");
    let Some(change) = phrase::adjective(&letters, false).filter(|_| agrees) else {
        out.push_str(word);
        return Head::Done;
    };
    change.push(out, core, case);
    out.push_str(&word[core.len()..]);
    if core.len() == word.len() { Head::After(gender) } else { Head::Done }
}

fn push_word(
    out: &mut String,
    word: &str,
    next: &str,
    attribute: Option<Gender>,
    case: Case,
) -> Head {
    let core = word.trim_end_matches([',', ';', ':', '.']);
    let letters = Letters::new(core);
    if word.is_empty() {
        return Head::Before(attribute);
    }
    if core.len() < word.len()
        || word.starts_with(|ch: char| !ch.is_alphanumeric())
        || is_abbreviation(core) && !core.contains('-')
    {
        // A comma may end the head, so its last word still inflects.
        let ends_head = core.len() < word.len()
            && !word.ends_with('.')
            && core.chars().all(|ch| ch.is_alphabetic() || ch == '-')
            && !is_abbreviation(core);
        if ends_head {
            push_compound(out, core, attribute, case);
            out.push_str(&word[core.len()..]);
        } else {
            out.push_str(word);
        }
        return Head::Done;
    }
    if let Some(gender) = phrase::adjective_gender(&letters) {
        if let Some(change) = phrase::adjective(&letters, false) {
            change.push(out, core, case);
        }
        // «Первичная профсоюзная | организация», but «Столовая | № 5».
        let more = next.starts_with(|ch: char| ch.is_alphabetic())
            && !matches!(next, "при" | "по" | "для" | "в" | "на" | "имени" | "им.");
        return if more { Head::Before(Some(gender)) } else { Head::Done };
    }
    if let Some(change) = phrase::plural_adjective(&letters, is_animate_plural(next)) {
        change.push(out, core, case);
        return Head::Before(None);
    }
    push_compound(out, core, attribute, case).map_or(Head::Done, Head::After)
}

/// Adds a head noun, each part of a hyphenated one in the case; gives its gender.
fn push_compound(
    out: &mut String,
    core: &str,
    attribute: Option<Gender>,
    case: Case,
) -> Option<Gender> {
    let mut gender = None;
    let mut parts = core.split('-').peekable();
    let mut first = true;
    while let Some(part) = parts.next() {
        if !std::mem::take(&mut first) {
            out.push('-');
        }
        let letters = Letters::new(part);
        let frozen =
            is_abbreviation(part) || parts.peek().is_some() && letters.within(FROZEN_PREFIXES);
        match phrase::noun(&letters, false, attribute).filter(|_| !frozen) {
            Some(change) => {
                change.push(out, part, case);
                gender = gender.or(Some(change.gender));
            }
            None => out.push_str(part),
        }
    }
    gender
}

/// First parts of hyphenated bodies that never inflect.
const FROZEN_PREFIXES: &str = "\
    арт бизнес веб вело видео интернет инфо караоке кино конгресс конференц медиа мини мото онлайн пресс радио спорт теле техно фан фитнес \
    фото эко экспо этно";
