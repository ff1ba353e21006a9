//! Russian grammar and typography as pure functions: text in, text out.
//!
//! A final document names people, posts and bodies in the case its formula asks for. Everything
//! here works by rules over the endings of words, with small closed lists where a class really is
//! closed; there is no dictionary, so a name that nobody has seen before is treated like its
//! neighbours.
//!
//! ```
//! use itog_lang::ru::{self, Case, Gender};
//!
//! let thanked = ru::name::inflect("Егорова Татьяна Вячеславовна", Case::Dative, None);
//! assert_eq!(thanked.text, "Егоровой Татьяне Вячеславовне");
//!
//! let post = ru::post::inflect("главный библиотекарь", Case::Dative, None);
//! assert_eq!(post.text, "главному библиотекарю");
//!
//! assert_eq!(ru::typography::typograph("СОШ №5 - лучшая"), "СОШ №\u{a0}5\u{a0}— лучшая");
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`name`] | cases, gender, initials and greetings of people |
//! | [`post`] | cases of posts and titles |
//! | [`org`] | cases of organisations and collectives |
//! | [`party`] | whoever a text names: one person, several, a family, a collective |
//! | [`place`] | cases of places, «в» and «на» |
//! | [`number`] | plurals, cardinals, ordinals, Roman numerals, list letters |
//! | [`quantity`] | persons, decimals and money with their numbers |
//! | [`date`] | long and short dates, ranges |
//! | [`agree`] | verbs, participles and adjectives by gender and number; lists with «и» |
//! | [`typography`] | quotes, dashes, no-break spaces |
//! | [`hyphen`] | breaks inside words |
//!
//! Where grammar leaves two forms possible the answer carries [`Confidence::Ambiguous`] with the
//! other forms, so that a caller can ask the user.

pub mod agree;
pub mod date;
pub mod hyphen;
pub mod name;
pub mod number;
pub mod org;
pub mod party;
pub mod place;
pub mod post;
pub mod quantity;
pub mod typography;

mod dictionary;
mod grammar;
mod letter;
mod phrase;
mod plural;
mod word;

pub use date::CivilDate;
pub use dictionary::{Dictionary, Entry};
pub use grammar::{Basis, Case, Confidence, Gender, Inflected, Number, UnknownValue};
pub use letter::{capital, is_letter, is_letter_or_digit, uncapital};
pub use name::{FullName, InitialsStyle};

/// What a line of text names: chooses the rules of [`inflect_line`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineKind {
    /// A person or another party: [`party::Party`].
    Name,
    /// A post or title: [`post::inflect`].
    Post,
    /// An organisation or collective: [`org::inflect`].
    Org,
    /// A place: [`place::inflect`], names in -ово and -ино standing still.
    Place,
}

/// Inflects one line of a list: the text, then optionally a tab and the gender of the person.
///
/// A gender in the line outweighs `default`; a second field that names no gender is ignored.
///
/// ```
/// use itog_lang::ru::{inflect_line, Case, LineKind};
///
/// assert_eq!(inflect_line(LineKind::Name, "Ткач\tf", Case::Dative, None).text, "Ткач");
/// assert_eq!(inflect_line(LineKind::Name, "Ткач\tm", Case::Dative, None).text, "Ткачу");
/// assert_eq!(inflect_line(LineKind::Post, "Глава", Case::Accusative, None).text, "Главу");
/// ```
#[must_use]
pub fn inflect_line(kind: LineKind, line: &str, case: Case, default: Option<Gender>) -> Inflected {
    inflect_line_with(kind, line, case, default, &Dictionary::default())
}

/// The same with a dictionary of one's own, which outweighs the rules.
#[must_use]
pub fn inflect_line_with(
    kind: LineKind,
    line: &str,
    case: Case,
    default: Option<Gender>,
    own: &Dictionary,
) -> Inflected {
    let line = line.trim_end_matches(['\r', '\n']);
    let (text, gender) = match line.split_once('\t') {
        Some((text, rest)) => {
            let field = rest.split('\t').next().unwrap_or_default();
            (text, Gender::parse(field).or(default))
        }
        None => (line, default),
    };
    let gender = gender.or_else(|| own.gender(text));
    own.inflect(kind, text, case, || match kind {
        LineKind::Name => party::Party::of(text, gender).inflect(case),
        LineKind::Post => post::inflect(text, case, gender),
        // «ИП Иванов И. И.» is a person, though it is asked for as a body.
        LineKind::Org if party::names_trader(text) => party::Party::collective(text).inflect(case),
        LineKind::Org if place::is_place(text) => place::inflect(text, case, false),
        LineKind::Org => org::inflect(text, case),
        LineKind::Place => place::inflect(text, case, false),
    })
}
