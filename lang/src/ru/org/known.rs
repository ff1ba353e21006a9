//! What is known of the words of names by themselves: bodies, people, relatives, places.

use super::super::post::words;
use super::super::word::Letters;
use super::lists;

/// Whether the first part of a compound only describes the second one: «рок-группа»,
/// «кавер-группа», but «школа-сад», «корабль-музей».
pub(super) fn is_attribute(part: &str, rest: &str) -> bool {
    let letters = Letters::new(part);
    // A short unknown word before a known body is an attribute, and so is a longer one before
    // what is named after its business: «маникюр-студия».
    letters.within(super::FROZEN_PREFIXES)
        || rest == "отель"
        || (letters.len() < 6 && is_body(rest)
            || letters.len() < 10 && Letters::new(rest).within(lists::BUSINESSES))
            && !is_known(part)
            && !matches!(letters.back(0), 'а' | 'я' | 'ь' | 'й' | 'и')
}

/// Whether a word is known as an attribute that stands still: «фитнес», «онлайн».
pub(super) fn is_frozen(letters: &Letters) -> bool {
    // «Брейк-данс | команда»
    let first = letters.text().split('-').next().unwrap_or_default();
    letters.within(super::FROZEN_PREFIXES)
        || first.len() < letters.text().len() && Letters::new(first).within(super::FROZEN_PREFIXES)
}

/// Numerals that stand before an ordinal.
pub(super) const TENS: &str = "\
    восемьдесят двадцать девяносто пятьдесят семьдесят сорок сто тридцать шестьдесят";

/// Bodies whose names are adjectives.
pub(super) const NOUNS_LIKE_ADJECTIVES: &str = "\
    аппаратная бильярдная блинная булочная бутербродная вожатская гостиная гримерная \
    диспетчерская душевая закусочная кладовая компрессорная кондитерская костюмерная котельная \
    лаборантская мастерская насосная операционная ординаторская парикмахерская пельменная \
    перевязочная прачечная преподавательская приемная проходная процедурная раздаточная рюмочная \
    сборная серверная смотровая столовая судейская тренерская учительская чебуречная шашлычная \
    щитовая";

/// «Персонал | столовой».
pub(super) fn is_oblique_substantive(word: &Letters) -> bool {
    let text = std::str::from_utf8(word.bytes()).unwrap_or_default();
    text.strip_suffix("ой")
        .is_some_and(|stem| Letters::new(&format!("{stem}ая")).within(NOUNS_LIKE_ADJECTIVES))
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "при"
            | "по"
            | "для"
            | "в"
            | "во"
            | "на"
            | "с"
            | "со"
            | "из"
            | "у"
            | "о"
            | "об"
            | "от"
            | "имени"
            | "им."
            | "им"
            | "к"
            | "за"
            | "под"
            | "над"
            | "без"
    )
}

/// Whether a word names a body or a group of people.
pub(in super::super) fn is_body(word: &str) -> bool {
    word.split('-').any(|part| {
        let letters = Letters::new(part);
        letters.within(lists::BODIES)
            || letters.within(lists::PEOPLE)
            || letters.is("семья")
            || is_clipped_body(&letters)
    })
}

/// «Медколледж», «госдума», «роспотребнадзор»: a clipped attribute and a body in one word.
pub(super) fn is_clipped_body(letters: &Letters) -> bool {
    if letters.len() < 6 {
        return false;
    }
    let Ok(text) = std::str::from_utf8(letters.bytes()) else { return false };
    lists::CLIPPED.split(' ').filter_map(|clipped| text.strip_prefix(clipped)).any(|rest| {
        let rest = Letters::new(rest);
        let body = rest.within(lists::BODIES) || rest.within(lists::PEOPLE);
        rest.len() > 2 && (body || rest.within(lists::CLIPPED_TAILS))
    })
}

/// «клубы», «музеи»: plurals of masculine bodies, which no genitive looks like.
pub(super) fn is_body_plural(word: &str) -> bool {
    let small = word.to_lowercase();
    let Some(stem) = small.strip_suffix(['ы', 'и']) else { return false };
    is_body(stem) || is_body(&format!("{stem}й"))
}

/// «города», «губернатора»: the genitive of a masculine kind of place, body or post, which looks
/// like a feminine noun.
pub(in super::super) fn is_genitive(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
        && word.strip_suffix(['а', 'я']).is_some_and(|stem| {
            // «города», «лицея», «лагеря»
            let ends: &[&str] = if word.ends_with('а') { &[""] } else { &["й", "ь"] };
            ends.iter().map(|end| format!("{stem}{end}")).any(|noun| {
                is_body(&noun) || is_place(&Letters::new(&noun)) || words::is_post(&noun)
            })
        })
        && !is_known(word)
}

/// Whether a word names a group of people, which can be the subject of a formula itself.
pub(in super::super) fn is_people(word: &str) -> bool {
    word.split('-').any(|part| Letters::new(part).within(lists::PEOPLE))
}

/// Whether a word is a listed head.
pub(in super::super) fn is_known(word: &str) -> bool {
    is_body(word)
        || is_kin(&Letters::new(word))
        || Letters::new(word).within(lists::PLACES)
        || words::is_listed(word)
}

/// Whether a word is a kind of place.
pub(in super::super) fn is_place(letters: &Letters) -> bool {
    letters.within(lists::PLACES)
}

/// Whether a word is a clipped kind of place.
pub(in super::super) fn is_frozen_place(letters: &Letters) -> bool {
    letters.within(lists::FROZEN_PLACES)
}

/// Whether a word names a relative, or relatives.
pub(in super::super) fn is_kin(letters: &Letters) -> bool {
    letters.within(lists::KIN) || is_kin_plural(letters)
}

/// «супруги», «сёстры».
pub(in super::super) fn is_kin_plural(letters: &Letters) -> bool {
    letters.within(lists::KIN_PLURAL)
}
