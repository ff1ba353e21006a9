//! Common nouns in the plural: what the genitive is, and so all other forms.
//!
//! The nominative plural hides the gender of the singular (школы → школ, клубы → клубов), so closed
//! lists and the suffixes that only one gender has decide; what neither knows is formed by likeness
//! and told. Sources: «Русская грамматика» (1980), § 1222–1240; Zaliznyak, «Грамматический
//! словарь».

// One word a line would make a list of a thousand lines.
#[rustfmt::skip]
mod lists;
mod paradigm;

use super::grammar::{Basis, Gender};
use super::org;
use super::phrase::WordChange;
use super::post::words::is_post;
use super::word::{EndingPattern, Endings, Letters, is_vowel};
use paradigm::{ALL, EY_HISSING, OV, OV_VELAR, ZERO, ZERO_VELAR, of_singular, paradigm};

/// учащиеся, without the reflexive tail.
const REFLEXIVE: Endings = ["ихся", "имся", "иеся", "имися", "ихся"];
const ADJECTIVE: Endings = ["ых", "ым", "ые", "ыми", "ых"];
const ADJECTIVE_SOFT: Endings = ["их", "им", "ие", "ими", "их"];

/// What is known of a noun in the plural.
pub(super) type KnownPlural = (WordChange, Basis);

/// Declines a noun in the nominative plural; `None` for a word that is no plural or is not known
/// as one. `persons` says that a person is meant, as in a post.
pub(super) fn noun(word: &Letters, persons: bool) -> Option<KnownPlural> {
    let (cut, endings, basis) = paradigm(word, persons)?;
    // The list of persons is not one of endings, but a word that it has was looked at, form and
    // all.
    let known = basis == Basis::Likeness && word.within(lists::PERSONS);
    let basis = if known { Basis::Listed } else { basis };
    // In a phrase of persons all plurals are persons, but for the few things that stand among
    // them.
    let animate = persons && !word.within(lists::THINGS) && !names_bodies(word) || is_person(word);
    let pattern = EndingPattern::new(cut, endings);
    Some((WordChange { pattern, gender: Gender::Masculine, animate, plural: true }, basis))
}

/// A plural in -ы, -и whose genitive has no ending: Чебоксары, Луки.
pub(super) fn without_ending(word: &Letters) -> Option<WordChange> {
    let endings = match word.back(0) {
        'ы' => &ZERO,
        'и' => &ZERO_VELAR,
        _ => return None,
    };
    let pattern = EndingPattern::new(1, endings);
    Some(WordChange { pattern, gender: Gender::Masculine, animate: false, plural: true })
}

/// A surname after «братья» and the like, in the plural of a noun: Вайнеры, Кравчуки.
pub(super) fn surname_of_noun(word: &Letters) -> Option<WordChange> {
    let (endings, fits) = match (word.back(1), word.back(0)) {
        ('к' | 'г' | 'х', 'и') => (&OV_VELAR, true),
        ('ч' | 'ж' | 'ш' | 'щ', 'и') => (&EY_HISSING, true),
        (last, 'ы') => (&OV, !is_vowel(last)),
        _ => (&OV, false),
    };
    let pattern = EndingPattern::new(1, endings);
    (word.len() > 4 && fits).then_some(WordChange {
        pattern,
        gender: Gender::Masculine,
        animate: true,
        plural: true,
    })
}

/// Whether a word is a plural of persons, so that an adjective before it takes the genitive for the
/// accusative.
pub(super) fn is_person(word: &Letters) -> bool {
    if word.within(lists::THINGS) {
        return false;
    }
    if word.within(lists::PERSONS) || of_singular(word, is_post).is_some() {
        return true;
    }
    // «Больницы», «заводы» have suffixes of persons.
    // And so have «сферы», «меры».
    let things = word.back(0) == 'ы' && word.within(lists::ZERO_IN_Y);
    let suffix = !things && has_suffix_of_persons(word);
    !names_bodies(word) && (word.within(lists::IN_A_PERSONS) || suffix)
}

fn has_suffix_of_persons(word: &Letters) -> bool {
    word.ends_any(&[
        "тели",
        "ники",
        "чики",
        "щики",
        "логи",
        "исты",
        "торы",
        "еры",
        "анты",
        "енты",
        "аны",
        "воды",
        "веды",
        "филы",
        "маны",
        "медики",
        "ане",
        "яне",
        "ята",
        "чата",
        "цы",
        "ушки",
        "истки",
        "нтки",
        "чанки",
        "янки",
        "жанки",
        "ачи",
        "хи",
        "дружки",
    ]) && !word.ends_any(&["менты", "оценты", "цифры", "центры"])
}

/// «Немцы», «шорцы»: short words whose stem is stressed.
fn is_unstressed_ets(word: &Letters) -> bool {
    let singular = word.text().strip_suffix("цы").map(|stem| format!("{stem}ец"));
    singular.is_some_and(|word| super::phrase::is_unstressed_ets(&Letters::new(&word)))
}

/// Whether a word in -ы is a listed plural whose genitive has no ending.
pub(super) fn is_zero_in_y(word: &Letters) -> bool {
    word.within(lists::ZERO_IN_Y)
}

/// Whether it is known of a plural that it names persons, or that it names things.
pub(super) fn is_animacy_known(word: &Letters) -> bool {
    const THINGS: [&str; 8] = ["ции", "сии", "ости", "ения", "ания", "ства", "ища", "ии"];
    let adjective = word.ends_any(&["ые", "ие"]) && adjective(word, false).is_some();
    !matches!(word.back(0), 'ы' | 'и') && (!adjective || is_substantive(word))
        || word.within(lists::THINGS)
        || is_person(word)
        || names_bodies(word)
        || word.ends_any(&THINGS)
}

/// Whether a plural is one of bodies or places: its singular is known as one.
pub(super) fn names_bodies(word: &Letters) -> bool {
    let Ok(text) = std::str::from_utf8(word.bytes()) else { return false };
    text.strip_suffix(['ы', 'и']).is_some_and(|stem| {
        ["", "а", "я", "ь", "й"].iter().any(|ending| is_place_or_body(&format!("{stem}{ending}")))
    })
}

fn is_place_or_body(word: &str) -> bool {
    org::is_body(word) || org::is_place(&Letters::new(word))
}

/// Declines an adjective in the plural (мастерские, электрические, учащиеся).
pub(super) fn adjective(word: &Letters, animate: bool) -> Option<WordChange> {
    let pronoun = ["наши", "ваши", "мои", "твои", "свои", "эти"].iter().any(|ours| word.is(ours));
    let (cut, endings) = match (word.back(1), word.back(0)) {
        _ if pronoun => (1, &ADJECTIVE_SOFT),
        _ if word.is("все") => (1, &ALL),
        ('с', 'я') if word.ends("иеся") => (4, &REFLEXIVE),
        ('ы', 'е') => (2, &ADJECTIVE),
        // «управление» is a noun: before -ние of an adjective stands a consonant (летние).
        ('и', 'е')
            if word.back(2) == 'н' && is_vowel(word.back(3))
                || word.ends_any(&[
                    "речие",
                    "ружие",
                    "мужие",
                    "лучие",
                    "личие",
                    "язычие",
                    "сердечие",
                    "душие",
                    "точие",
                    "конечие",
                    "мочие",
                    "божие",
                    "звучие",
                    "нежие",
                ]) =>
        {
            return None;
        }
        ('и', 'е')
            if matches!(word.back(2), 'г' | 'к' | 'х' | 'ж' | 'ч' | 'ш' | 'щ' | 'н')
                && word.len() > 4 =>
        {
            (2, &ADJECTIVE_SOFT)
        }
        _ => return None,
    };
    // The plural has no gender; this one only makes the accusative that of persons or of things.
    let gender = if animate { Gender::Masculine } else { Gender::Neuter };
    Some(WordChange { pattern: EndingPattern::new(cut, endings), gender, animate, plural: true })
}

/// Adjectives and participles that name persons by themselves: служащие, учащиеся, молодые.
pub(super) fn is_substantive(word: &Letters) -> bool {
    // «Желающие», «принявшие участие», «награждённые» are people; «данные» are none.
    let participle = ["ющие", "ящие", "ущие", "ащие", "вшие", "дшие", "жденные"];
    word.ends("иеся") && word.len() > 6
        || word.ends_any(&participle) && word.len() > 7
        || word.ends_any(&["рабочие", "служащие"])
        || word.within(lists::SUBSTANTIVES)
}
