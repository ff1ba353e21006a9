//! The sex of a person from the parts of the name.

use super::index::FirstName;
use super::parts::{NamePart, NameTokens};
use super::{lists, patronymic};
use crate::ru::grammar::Gender::{self, Feminine, Masculine};
use crate::ru::word::Letters;

/// The first part that speaks decides, in the order patronymic, known first name, adjective-like
/// surname, shape of the first name.
pub(super) fn of(tokens: &NameTokens<'_>) -> Option<Gender> {
    let by = |role: NamePart, judge: fn(&Letters) -> Option<Gender>| {
        tokens
            .iter()
            .filter(|token| token.role == role && !token.aside)
            .find_map(|token| judge(&token.letters))
    };
    // «Фан Ань»: nobody sees whose name it is.
    let mut words = tokens.iter().map(|token| &token.letters);
    if let (Some(one), Some(two), None) = (words.next(), words.next(), words.next())
        && one.within(lists::VIETNAMESE)
        && two.within(BOTH)
    {
        return None;
    }
    tokens
        .turkic
        .or_else(|| vietnamese(tokens))
        .or_else(|| by(NamePart::Patronymic, patronymic::gender))
        .or_else(|| {
            // «Франсуа-Мари»: the first part of a double name tells, the last may be of a saint.
            let doubles = tokens.iter().filter(|token| {
                token.role == NamePart::First
                    && !token.aside
                    && token.text.contains('-')
                    // «Алдын-кыс»: «кыс» is a daughter.
                    && !token.letters.is("кыс")
            });
            doubles
                .filter_map(|token| token.text.split('-').next())
                .find_map(|part| known_first(&Letters::new(part)))
        })
        // Rare names of one people may be those of the other sex of another one: «Рахимов Дилшод».
        .or_else(|| by(NamePart::First, rare).and_then(|_| by(NamePart::Surname, russian)))
        .or_else(|| by(NamePart::First, known_first))
        // A known first name is surer than a surname, an unknown one less sure: some of men end
        // in -а, some of women in a consonant.
        .or_else(|| by(NamePart::Surname, surname))
        .or_else(|| {
            // «Новиков-Прибой», «Щепкина-Куперник»: the first part may tell what the last hides.
            let doubles = tokens.iter().filter(|token| {
                token.role == NamePart::Surname && !token.aside && token.text.contains('-')
            });
            doubles
                .filter_map(|token| token.text.split('-').next())
                .find_map(|part| surname(&Letters::new(part)))
        })
        .or_else(|| by(NamePart::First, first_shape))
        // A name of another people may have a first name in this place.
        .or_else(|| by(NamePart::Patronymic, known_first))
}

/// Vietnamese names of men and of women.
const BOTH: &str = "ань кхань тхань чанг";

/// «Хоанг Тхи Май», «Нгуен Ван Хай»: the middle word of a Vietnamese name tells the sex. «Ван» is
/// also a surname of China, and beside «Ань», «Тхань» it may be of
/// a woman.
fn vietnamese(tokens: &NameTokens<'_>) -> Option<Gender> {
    let mut words = tokens.iter().map(|token| &token.letters);
    let (surname, middle, name) = (words.next()?, words.next()?, words.next()?);
    if !tokens.eastern {
        return None;
    }
    if middle.is("тхи") || surname.is("тхи") {
        return Some(Feminine);
    }
    let man = middle.is("ван") && surname.within(lists::VIETNAMESE) && !name.within(BOTH);
    man.then_some(Masculine)
}

/// Whether a word in the nominative is a first name of the lists: «Анна», «Тимур».
///
/// ```
/// use itog_lang::ru::name::is_first_name;
///
/// assert!(is_first_name("Анна"));
/// assert!(!is_first_name("Школа"));
/// ```
#[must_use]
pub fn is_first_name(word: &str) -> bool {
    is_known(&Letters::new(word))
}

/// The sex by the lists of first names.
pub(crate) fn known_first(word: &Letters) -> Option<Gender> {
    if word.is("кыс") {
        return Some(Feminine);
    }
    let name = FirstName::of(word);
    if name.is_unisex() {
        None
    } else if name.is_of_women() {
        Some(Feminine)
    } else if name.is_of_men() {
        Some(Masculine)
    } else {
        name.is_rare_of_women().then_some(Feminine)
    }
}

/// The sex by a surname that is Russian for certain: «Остин», «Роден» are none.
fn russian(word: &Letters) -> Option<Gender> {
    surname(word).filter(|_| !word.ends_any(&["ин", "ын", "ен"]))
}

/// «Иванов Анна Петровна»: whether a surname that has two forms stands in the one of the other sex
/// than the patronymic.
pub(super) fn is_contradictory(tokens: &NameTokens<'_>) -> bool {
    let found = |role| tokens.iter().find(|token| token.role == role && !token.aside);
    let Some(patronymic) = found(NamePart::Patronymic) else { return false };
    let Some(surname) = found(NamePart::Surname) else { return false };
    match patronymic::gender(&patronymic.letters) {
        Some(Feminine) => surname.letters.ends_any(&["ов", "ев", "ский", "цкий"]),
        Some(_) => {
            surname.letters.ends_any(&["ова", "ева", "ская", "цкая"])
                && self::surname(&surname.letters) == Some(Feminine)
        }
        None => false,
    }
}

/// The sex by the lists of rare names alone.
fn rare(word: &Letters) -> Option<Gender> {
    known_first(word).filter(|_| fame(word) == 1)
}

/// How well a word is known as a first name: of two such words the better known is the name, the
/// other a surname («Анна Мендель», «Дарья Ким»).
pub(crate) fn fame(word: &Letters) -> u8 {
    let name = FirstName::of(word);
    if name.is_known() { 2 - u8::from(name.is_rare_or_eastern()) } else { 0 }
}

/// The sex by the ending of an unknown first name. Endings that both sexes have (-о, -е, -и, -у,
/// -ь) say nothing.
pub(super) fn first_shape(word: &Letters) -> Option<Gender> {
    if word.len() < 2 || FirstName::of(word).is_unisex() {
        return None;
    }
    if word.ends_any(&["улла", "оглы"]) {
        return Some(Masculine);
    }
    if word.ends("кызы") {
        return Some(Feminine);
    }
    if word.ends_any(&["гуль", "гюль", "чечек", "сылу", "бану", "наз", "эль", "аль"])
    {
        return word.ends_any(&["гуль", "гюль", "сылу", "бану", "наз"]).then_some(Feminine);
    }
    match word.back(0) {
        'а' | 'я' => Some(Feminine),
        // «Ли Сюэмэй», «Алтынай»: both sexes have them.
        'й' if word.ends("эй") || word.ends("ай") && !word.ends_any(&["бай", "гай"]) => {
            None
        }
        'й' => Some(Masculine),
        // Any other consonant ends rare names of women too (Жанар, Назик, Салтанат).
        _ => word
            .ends_any(&[
                "слав",
                "мир",
                "бек",
                "дин",
                "оол",
                "джон",
                "жон",
                "хан",
                "мад",
                "мет",
                "мурат",
                "мурад",
                "берт",
                "вард",
                "фрид",
                "гельм",
                "хард",
                "мунд",
                "ислам",
                "булат",
            ])
            .then_some(Masculine),
    }
}

/// The sex by a surname that has two forms: Иванов and Иванова, Белый and Белая.
pub(crate) fn surname(word: &Letters) -> Option<Gender> {
    // «Кара-оол»: «оол» is a son.
    if word.is("оол") {
        return Some(Masculine);
    }
    // «Штраус-младший», «Дюма-сын».
    if word.is("сын") || word.is("отец") || word.is("младший") || word.is("старший")
    {
        return Some(Masculine);
    }
    if word.is("младшая") || word.is("старшая") {
        return Some(Feminine);
    }
    // Shorter ones are nouns of both sexes: «Сова», «Ива»; but Юдин, Зуев are none.
    if word.len() < 4 + usize::from(word.ends("а") || word.ends("я")) {
        return None;
    }
    const ADJECTIVES: [&str; 14] = [
        "ская", "цкая", "ная", "вая", "ткая", "дкая", "зкая", "гкая", "ькая", "нкая", "лгая",
        "ухая", "ихая", "стая",
    ];
    if word.ends_any(&["ова", "ева", "ина", "ына"]) || word.ends_any(&ADJECTIVES) {
        // «Калина», «Чхапелая» are nouns.
        let noun = word.within(lists::NOUNS_IN_OVA_INA) || word.within(lists::CAUCASIAN_IN_AYA);
        (!noun).then_some(Feminine)
    } else if word.ends_any(&["ов", "ев", "ский", "цкий", "ный"])
        // «Ким», «Цин»: one syllable in -ин is a foreign surname, which women have in the same
        // form.
        || word.ends_any(&["ин", "ын"]) && word.syllables() > 1
    {
        Some(Masculine)
    } else {
        None
    }
}

/// Whether a surname shows by its ending that it is one, -ин apart, which first names have as well
/// («Айлин»).
pub(super) fn has_surname_ending(word: &Letters) -> bool {
    surname(word).is_some() && !word.ends_any(&["ин", "ын"])
        || word.ends_any(&[
            "ко",
            "улы",
            "кызы",
            "оол",
            "ых",
            "их",
            "швили",
            "дзе",
            "ян",
            "янц",
            "чук",
            "ук",
            "юк",
            "ич",
            "ис",
            "ас",
            "ус",
            "сон",
            "сен",
            "берг",
            "штейн",
            "ман",
            "айте",
            "ене",
            "ия",
            "ава",
            "ер",
            "ель",
        ])
}

/// Whether a word is a first name that the lists hold.
pub(crate) fn is_known(word: &Letters) -> bool {
    FirstName::of(word).is_known()
}

/// The sex by the three parts of a name, each of them possibly empty.
pub(super) fn of_parts(last: &str, first: &str, middle: &str) -> Option<Gender> {
    let end =
        |text: &str| Letters::new(text.rsplit(['-', ' ', '\u{a0}']).next().unwrap_or_default());
    let start = |text: &str| {
        Letters::new(
            text.split(' ').next().and_then(|word| word.rsplit('-').next()).unwrap_or_default(),
        )
    };
    let (last, first, middle) = (end(last), start(first), end(middle));
    patronymic::turkic_gender(&middle)
        .or_else(|| patronymic::gender(&middle))
        .or_else(|| known_first(&first))
        .or_else(|| surname(&last))
        .or_else(|| first_shape(&first))
}

/// Whether a single long word in -ина is one slip away from a first name: Екаткрина, Валентнина.
/// Without it the ending would be taken for that of a surname.
pub(super) fn is_misspelt(word: &Letters) -> bool {
    word.len() >= 8
        && word.ends("ина")
        && lists::WOMEN_IN_INA
            .split(' ')
            // Sixteen bytes are eight letters: short names are one slip away from too many
            // words.
            .any(|name| name.len() >= 16 && is_one_slip(word.bytes(), name.as_bytes()))
}

/// Whether two words of Cyrillic letters differ by one letter: put in, left out, changed, or
/// swapped with its neighbour.
fn is_one_slip(one: &[u8], two: &[u8]) -> bool {
    // Each letter of Russian is two bytes in UTF-8, and the names are compared without decoding
    // them.
    const LETTER: usize = 2;
    let same = |pairs: usize| pairs * LETTER;
    let head = same(one.chunks(LETTER).zip(two.chunks(LETTER)).take_while(|(a, b)| a == b).count());
    let (one, two) = (&one[head..], &two[head..]);
    let tail =
        same(one.rchunks(LETTER).zip(two.rchunks(LETTER)).take_while(|(a, b)| a == b).count());
    let (one, two) = (&one[..one.len() - tail], &two[..two.len() - tail]);
    let swapped = one.len() == 2 * LETTER
        && two.len() == 2 * LETTER
        && one[..LETTER] == two[LETTER..]
        && one[LETTER..] == two[..LETTER];
    one.len().max(two.len()) <= LETTER || swapped
}
