//! Names of people: cases, gender, initials, greetings.
//!
//! A name is treated part by part. Each part has its own rules (`surname`, `first`,
//! `patronymic`) for each sex; every part of a hyphenated name declines on its own, except frozen
//! first parts (Бонч-, Мак-, Кара-) and particles (фон, де, оглы). The letters before the changed
//! tail are the user's own, so ё and capitals survive.
//!
//! ```
//! use itog_lang::ru::{name, Case, Gender};
//!
//! assert_eq!(
//!     name::inflect("Наталья Юрьевна Бехтенева", Case::Accusative, None).text,
//!     "Наталью Юрьевну Бехтеневу"
//! );
//! assert_eq!(
//!     name::inflect("Мамедова Лейла Рашид кызы", Case::Dative, None).text,
//!     "Мамедовой Лейле Рашид кызы"
//! );
//! assert_eq!(name::surname("Коломиец", Case::Genitive, Gender::Masculine).text, "Коломийца");
//! ```

mod eastern;
mod first;
mod full;
mod gender;
mod index;
// One word a line would make a list of two thousand lines.
#[rustfmt::skip]
mod lists;
mod nominative;
mod parts;
mod patronymic;
// One word a line would make a list of two thousand lines.
#[rustfmt::skip]
mod rare;
mod surname;

use super::grammar::{Basis, Case, Gender, Inflected};
use super::word::{Letters, WordVerdict, push_form};
use parts::{NamePart, NameTokens};
use surname::SurnameDoubt;

pub use full::{FullName, InitialsStyle};
pub use gender::is_first_name;
pub(super) use gender::surname as surname_gender;
pub(super) use gender::{fame, is_known as is_known_first, known_first};
pub use nominative::of_genitive;
pub(super) use nominative::{first_of_dative, guesses, of_dative};
pub(super) use patronymic::gender as patronymic_gender;
pub use patronymic::{is_patronymic, patronymic_ending};
pub(super) use surname::{a_endings, ets_stem, plural as plural_surname};

/// Of «Хоанг Тунг» nobody sees by the letters that only the last word changes.
const UNKNOWN_NAME: &str = "ни имя, ни фамилия не известны, форма — по сходству";

const TWO_GENDERS: &str = "фамилия и отчество разного рода";

const DOUBLE_NAME: &str = "первая часть двойного имени склоняется или остаётся";

const UNKNOWN_GENDER: &str = "пол не указан и не виден из имени";

/// Inflects a full name, keeping the order of its parts and all spaces between them.
///
/// A gender from the data outweighs the one the name shows. Without either, the answer is certain
/// only when both sexes have one form; otherwise the text stays in the nominative and the
/// alternatives are the masculine and the feminine form, in this order.
///
/// ```
/// use itog_lang::ru::{name, Case, Confidence, Gender};
///
/// assert_eq!(
///     name::inflect("Шмидт Ольга Игоревна", Case::Dative, None).text,
///     "Шмидт Ольге Игоревне"
/// );
/// assert_eq!(name::inflect("Н. Г. Шабалина", Case::Dative, None).text, "Н. Г. Шабалиной");
///
/// let unknown = name::inflect("Ткач Саша", Case::Dative, None);
/// let Confidence::Ambiguous { alternatives, .. } = unknown.confidence else { panic!() };
/// assert_eq!(alternatives, ["Ткачу Саше", "Ткач Саше"]);
/// ```
#[must_use]
pub fn inflect(full: &str, case: Case, gender: Option<Gender>) -> Inflected {
    // The text is in the nominative already; it comes back as typed, without being understood.
    if case == Case::Nominative {
        return Inflected::certain(full);
    }
    let tokens = NameTokens::of(full);
    if let Some(gender) = person(gender).or_else(|| gender::of(&tokens)) {
        let form = inflect_tokens(full, &tokens, case, gender);
        if form.is_certain()
            && !tokens.are_understood()
            && !is_same_from_the_east(full, &tokens, &form, case, gender)
        {
            return Inflected::doubtful(form.text, Basis::Likeness, UNKNOWN_NAME);
        }
        if form.is_certain() && gender::is_contradictory(&tokens) {
            return Inflected::doubtful(form.text, Basis::Likeness, TWO_GENDERS);
        }
        return form;
    }
    let masculine = inflect_tokens(full, &tokens, case, Gender::Masculine);
    let feminine = inflect_tokens(full, &tokens, case, Gender::Feminine);
    // Саша Шевченко is the same for both: only a difference is a doubt.
    if masculine.text == feminine.text {
        return masculine;
    }
    Inflected::ambiguous(full, vec![masculine.text, feminine.text], UNKNOWN_GENDER)
}

/// The gender that the parts of a full name show: the patronymic first, then the first name, then
/// the surname.
///
/// ```
/// use itog_lang::ru::{name, Gender};
///
/// assert_eq!(name::gender("Гарсиа Маркес Илья"), Some(Gender::Masculine));
/// assert_eq!(name::gender("Комарова Н. Ю."), Some(Gender::Feminine));
/// assert_eq!(name::gender("Ким Саша"), None);
/// ```
#[must_use]
pub fn gender(full: &str) -> Option<Gender> {
    gender::of(&NameTokens::of(full))
}

/// Inflects a surname, double ones and those with particles too.
///
/// ```
/// use itog_lang::ru::{name, Case, Gender};
///
/// assert_eq!(
///     name::surname("Мамин-Сибиряк", Case::Dative, Gender::Masculine).text,
///     "Мамину-Сибиряку"
/// );
/// assert_eq!(name::surname("фон Мекк", Case::Dative, Gender::Feminine).text, "фон Мекк");
/// ```
#[must_use]
pub fn surname(text: &str, case: Case, gender: Gender) -> Inflected {
    inflect_words(text, NamePart::Surname, case, gender)
}

/// Inflects a first name, double ones too.
///
/// ```
/// use itog_lang::ru::{name, Case, Gender};
///
/// assert_eq!(name::first("Анна-Мария", Case::Dative, Gender::Feminine).text, "Анне-Марии");
/// assert_eq!(name::first("Пётр", Case::Dative, Gender::Masculine).text, "Петру");
/// ```
#[must_use]
pub fn first(text: &str, case: Case, gender: Gender) -> Inflected {
    inflect_words(text, NamePart::First, case, gender)
}

/// Inflects a patronymic; one with оглы or кызы stands still.
///
/// ```
/// use itog_lang::ru::{name, Case, Gender};
///
/// assert_eq!(name::patronymic("Ильинична", Case::Dative, Gender::Feminine).text, "Ильиничне");
/// assert_eq!(
///     name::patronymic("Гейдар оглы", Case::Dative, Gender::Masculine).text,
///     "Гейдар оглы"
/// );
/// ```
#[must_use]
pub fn patronymic(text: &str, case: Case, gender: Gender) -> Inflected {
    let last = text.rsplit([' ', '\u{a0}', '-']).next().unwrap_or_default();
    if last.len() < text.len() && Letters::new(last).within(lists::FIXED_LAST) {
        return Inflected::certain(text);
    }
    inflect_words(text, NamePart::Patronymic, case, gender)
}

/// A person is a man or a woman; neuter in the data says nothing.
fn person(gender: Option<Gender>) -> Option<Gender> {
    gender.filter(|gender| *gender != Gender::Neuter)
}

fn inflect_words(text: &str, role: NamePart, case: Case, gender: Gender) -> Inflected {
    let mut forms = NameForms::new(text.len());
    let mut words = text.split_inclusive([' ', '\u{a0}']).peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches([' ', '\u{a0}']);
        // The last word is never a particle: «Де» may be a whole surname.
        if words.peek().is_some() && Letters::new(bare).within(lists::PARTICLES) {
            forms.plain(bare);
        } else {
            forms.word(bare, role, case, gender);
        }
        forms.plain(&word[bare.len()..]);
    }
    forms.finish()
}

/// Whether the name has the same form if only its last word changes: «Галуа Эварист» does not move
/// its first word either way, so that nothing is doubted.
fn is_same_from_the_east(
    full: &str,
    tokens: &NameTokens<'_>,
    form: &Inflected,
    case: Case,
    gender: Gender,
) -> bool {
    let Some(last) = tokens.iter().last() else { return false };
    let still = &full[..last.start];
    let moved = first(last.text, case, gender);
    moved.is_certain() && form.text.strip_prefix(still) == Some(moved.text.as_str())
}

fn inflect_tokens(full: &str, tokens: &NameTokens<'_>, case: Case, gender: Gender) -> Inflected {
    let mut forms = NameForms::new(full.len());
    forms.foreign = tokens.are_western();
    forms.doubt = SurnameDoubt::of(tokens);
    let mut done = 0;
    for token in tokens.iter() {
        forms.plain(&full[done..token.start]);
        match token.role {
            NamePart::Initial | NamePart::Fixed => forms.plain(token.text),
            // «Нгуен Тхи Бинь»: names of women of the East in a consonant or ь stand still, and so
            // do words of one syllable, «Ха», that are no Russian names.
            _ if tokens.eastern
                && gender == Gender::Feminine
                && (!token.letters.ends("а") || token.letters.syllables() < 2) =>
            {
                forms.plain(token.text);
            }
            role if token.letters.len() > 0 && !token.text.bytes().any(is_hyphen_byte) => {
                forms.part(token.text, &token.letters, role, case, gender);
            }
            role => forms.word(token.text, role, case, gender),
        }
        done = token.start + token.text.len();
    }
    forms.plain(&full[done..]);
    forms.finish()
}

/// The text that is being built and, from the first doubtful word on, its second variant.
struct NameForms {
    /// What the first name lets doubt of the surname.
    doubt: SurnameDoubt,
    /// Whether the first name is of the West, so that a surname in -ов, -ин is not a Russian one.
    foreign: bool,
    text: String,
    other: Option<(String, &'static str)>,
}

impl NameForms {
    fn new(len: usize) -> Self {
        Self {
            doubt: SurnameDoubt::None,
            foreign: false,
            text: String::with_capacity(len + 12),
            other: None,
        }
    }

    fn plain(&mut self, text: &str) {
        self.text.push_str(text);
        if let Some((other, _)) = &mut self.other {
            other.push_str(text);
        }
    }

    /// Adds a word in its case; each part of a hyphenated one declines on its own.
    fn word(&mut self, word: &str, role: NamePart, case: Case, gender: Gender) {
        if !word.bytes().any(is_hyphen_byte) {
            self.part(word, &Letters::new(word), role, case, gender);
            return;
        }
        let last = word.rsplit(is_hyphen).next().unwrap_or_default();
        let last = Letters::new(last);
        if last.within(lists::FIXED_LAST) {
            self.plain(word);
            return;
        }
        // «Цыден-Ешиевич»: what the patronymic is made of stands still.
        let made = role == NamePart::Patronymic && patronymic::gender(&last).is_some();
        // «Айдаш-оол»: of Tuvan names only the last part changes.
        let tuvan = last.is("оол") || last.is("кыс") || last.ends_any(&["оолович", "ооловна"]);
        let mut rest = word;
        while let Some(at) = rest.find(is_hyphen) {
            let part = &rest[..at];
            let hyphen = rest[at..].chars().next().map_or(0, char::len_utf8);
            let letters = Letters::new(part);
            if made || tuvan || is_frozen(&letters, role, gender) {
                self.plain(part);
            } else if role == NamePart::First
                && gender == Gender::Masculine
                && !first::is_common(&letters)
            {
                self.either(part, &letters, case, gender);
            } else {
                self.part(part, &letters, role, case, gender);
            }
            self.plain(&rest[at..at + hyphen]);
            rest = &rest[at + hyphen..];
        }
        self.part(rest, &Letters::new(rest), role, case, gender);
    }

    /// The first part of a double name that is not at home in Russian: «Карл-Густав» changes both,
    /// «Касым-Жомарт» the last one only.
    fn either(&mut self, part: &str, letters: &Letters, case: Case, gender: Gender) {
        let (other, _) = self.other.get_or_insert_with(|| (self.text.clone(), DOUBLE_NAME));
        other.push_str(part);
        push_form(&mut self.text, part, first::rule(letters, gender).pattern, case);
    }

    fn part(&mut self, part: &str, letters: &Letters, role: NamePart, case: Case, gender: Gender) {
        // Letters of other scripts take no Russian endings.
        let foreign = letters.back(0).is_ascii() || !letters.back(0).is_alphabetic();
        let verdict = match role {
            _ if foreign => WordVerdict::SAME,
            NamePart::First => first::rule(letters, gender),
            NamePart::Patronymic => patronymic::rule(letters, gender),
            NamePart::Surname => {
                surname::rule(letters, gender).foreign(self.foreign).doubted(letters, self.doubt)
            }
            NamePart::Initial | NamePart::Fixed => WordVerdict::SAME,
        };
        if let Some((pattern, reason)) = verdict.other {
            // Built only from the first doubt on: most names have none, and one text is half the
            // work.
            let (other, _) = self.other.get_or_insert_with(|| (self.text.clone(), reason));
            push_form(other, part, pattern, case);
        } else if let Some((other, _)) = &mut self.other {
            push_form(other, part, verdict.pattern, case);
        }
        push_form(&mut self.text, part, verdict.pattern, case);
    }

    fn finish(self) -> Inflected {
        match self.other {
            Some((other, reason)) => Inflected::ambiguous(self.text, vec![other], reason),
            None => Inflected::certain(self.text),
        }
    }
}

/// Whether a byte may begin a hyphen: a cheap test before the real one.
const fn is_hyphen_byte(byte: u8) -> bool {
    matches!(byte, b'-' | 0xE2)
}

/// The hyphens in use: ASCII, U+2010, no-break U+2011.
const fn is_hyphen(ch: char) -> bool {
    matches!(ch, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a part before a hyphen stands still.
fn is_frozen(part: &Letters, role: NamePart, gender: Gender) -> bool {
    match role {
        NamePart::First => {
            part.within(lists::FROZEN_FIRST_NAMES)
                && (gender == Gender::Masculine || !part.ends_any(&["а", "я"]))
        }
        _ => part.within(lists::FROZEN_FIRST),
    }
}
