//! Whoever is named where a recipient is wanted: one person, several, a family, a collective, an
//! organisation — a free text becomes its kind, its forms, and what agrees with it.
//!
//! ```
//! use itog_lang::ru::{party::{PartyKind, Party}, Case, Gender, Number};
//!
//! let dative = |text| Party::of(text, None).inflect(Case::Dative).text;
//! assert_eq!(dative("Иванова Анна и Петров Пётр"), "Ивановой Анне и Петрову Петру");
//! assert_eq!(dative("супруги Петровы"), "супругам Петровым");
//! assert_eq!(dative("Семья Сорокиных"), "Семье Сорокиных");
//! assert_eq!(dative("3 «Б» класс школы № 9"), "3 «Б» классу школы № 9");
//! assert_eq!(dative("дети и родители 3 класса"), "детям и родителям 3 класса");
//! assert_eq!(dative("ИП Козлова Мария Ивановна"), "ИП Козловой Марии Ивановне");
//!
//! let team = Party::of("Команда «Книжные черви»", None);
//! assert_eq!(team.kind(), PartyKind::Collective);
//! assert_eq!((team.gender(), team.number()), (Some(Gender::Feminine), Number::Singular));
//! assert!(team.is_own_subject());
//! ```

mod abbreviation;
mod dative;
// One word a line would make a list of a thousand lines.
#[rustfmt::skip]
mod lists;
mod oblique;
mod plain;
mod read;
mod several;
mod titled;
mod words;

pub(super) use abbreviation::{abbreviation_gender, is_listed_abbreviation};
pub(super) use titled::names_trader;
pub(super) use words::name_left;

use std::borrow::Cow;

use super::grammar::{Basis, Case, Confidence, Gender, Inflected, Number};
use super::org::ParsedOrg;
use super::phrase::WordChange;
use super::{FullName, name, post, uncapital};

/// What kind of party a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartyKind {
    /// One person, perhaps with a title: «профессор Иванов».
    Person,
    /// Several persons: «Иванова Анна и Петров Пётр».
    Persons,
    /// Two or more of one family: «супруги Петровы», «бабушка и внучка Седых».
    Couple,
    /// «Семья Сорокиных».
    Family,
    /// A group that its own noun names: «Команда «Книжные черви»», «Учащиеся 10 «А» класса».
    Collective,
    /// A body: «МБУ «ЦБС»», «Школа № 5».
    Organisation,
    /// A name in Latin letters.
    Foreign,
    /// A post with a name: «заведующая библиотекой Егорова Татьяна Вячеславовна».
    Post,
    /// Nothing of these.
    Unknown,
}

impl PartyKind {
    /// The kind as templates see it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Persons => "persons",
            Self::Couple => "couple",
            Self::Family => "family",
            Self::Collective => "collective",
            Self::Organisation => "organisation",
            Self::Foreign => "foreign",
            Self::Post => "post",
            Self::Unknown => "unknown",
        }
    }
}

/// A part of the text and the rules by which it inflects.
#[derive(Debug)]
enum PartyPart<'a> {
    Plain(&'a str),
    Person(&'a str, Option<Gender>),
    First(&'a str, Gender),
    Surname(&'a str, WordChange),
    Post(&'a str),
    Group(&'a str, ParsedOrg<'a>),
}

/// Whoever a text names.
#[derive(Debug)]
pub struct Party<'a> {
    text: &'a str,
    kind: PartyKind,
    gender: Option<Gender>,
    number: Number,
    parts: Vec<PartyPart<'a>>,
    /// What is doubted of the whole, in any case but the nominative.
    concern: Option<Cow<'static, str>>,
    /// The nominative of a text that stands in the dative.
    nominative: Option<String>,
}

impl<'a> Party<'a> {
    /// Reads a text in the nominative. A gender that the data give outweighs the one a single
    /// person's name shows.
    #[must_use]
    pub fn of(text: &'a str, gender: Option<Gender>) -> Self {
        read::party(text, gender)
    }

    /// Reads a text that is known to name an organisation or another group.
    #[must_use]
    pub fn collective(text: &'a str) -> Self {
        read::group(text)
    }

    /// What kind of party it is.
    #[must_use]
    pub const fn kind(&self) -> PartyKind {
        self.kind
    }

    /// The gender that words agree with; `None` if it is not known, and in the plural.
    #[must_use]
    pub const fn gender(&self) -> Option<Gender> {
        self.gender
    }

    /// The number that words agree with.
    #[must_use]
    pub const fn number(&self) -> Number {
        self.number
    }

    /// Whether the text can be the subject by itself: a formula says «награждается команда …», but
    /// «награждается коллектив школы …».
    #[must_use]
    pub const fn is_own_subject(&self) -> bool {
        !matches!(self.kind, PartyKind::Organisation)
    }

    /// Whether the text stands in the dative already: «Ивановой Анне».
    #[must_use]
    pub const fn is_dative(&self) -> bool {
        self.nominative.is_some()
    }

    /// What is doubted of the text whatever the case, in Russian, as a clause to show to the user.
    #[must_use]
    pub fn concern(&self) -> Option<&str> {
        self.concern.as_deref()
    }

    /// The text in a case.
    #[must_use]
    pub fn inflect(&self, case: Case) -> Inflected {
        let mut whole = match (&self.nominative, case) {
            (Some(name), Case::Nominative) => return Inflected::certain(name.clone()),
            (None, Case::Nominative) => return Inflected::certain(self.text),
            // As it was typed: what the writer has declined is not declined again.
            (Some(_), Case::Dative) => Inflected::certain(self.text),
            // All other cases go by the nominative that was found for it.
            (Some(name), _) => Party::of(name, self.gender).inflect(case),
            (None, _) => {
                let parts: Vec<Inflected> =
                    self.parts.iter().map(|part| part.inflect(case)).collect();
                match <[Inflected; 1]>::try_from(parts) {
                    // One part keeps all of its alternatives, which joining would leave only as
                    // whole texts.
                    Ok([one]) => one,
                    Err(parts) => Inflected::concat(&parts),
                }
            }
        };
        if let Some(concern) = &self.concern {
            // Whatever is asked about is unknown, however sure the endings are.
            whole.basis = Basis::Unknown;
            if whole.is_certain() {
                let (alternatives, reason) = (Vec::new(), concern.clone());
                whole.confidence = Confidence::Ambiguous { alternatives, reason };
            }
        }
        whole
    }

    /// The text in a case as it stands inside a sentence: a group's own noun has a small letter.
    #[must_use]
    pub fn inside(&self, case: Case) -> Inflected {
        if let Some(name) = self.nominative.as_deref().filter(|_| case != Case::Dative) {
            return Party::of(name, self.gender).inside(case);
        }
        let mut form = self.inflect(case);
        // «Коллективу ЦБС» typed in the dative begins as its nominative would.
        if let Some(name) = &self.nominative
            && Party::of(name, self.gender).inside(Case::Nominative).text != *name
        {
            form.text = lower_first(&form.text);
        }
        if matches!(self.kind, PartyKind::Collective | PartyKind::Family | PartyKind::Couple)
            && matches!(self.parts.as_slice(), [PartyPart::Group(..), ..])
        {
            form.text = lower_first(&form.text);
        }
        form
    }

    /// The greeting of a letter; `None` when the gender is not known or there is nobody to greet.
    ///
    /// ```
    /// use itog_lang::ru::party::Party;
    ///
    /// let greeting = |text| Party::of(text, None).greeting().unwrap();
    /// assert_eq!(greeting("Педагоги школы № 7"), "Уважаемые педагоги школы № 7!");
    /// assert_eq!(greeting("Шабалина Наталья Григорьевна"), "Уважаемая Наталья Григорьевна!");
    /// assert_eq!(greeting("Школа № 5"), "Уважаемый коллектив школы № 5!");
    /// ```
    #[must_use]
    pub fn greeting(&self) -> Option<String> {
        if let Some(name) = &self.nominative {
            return Party::of(name, self.gender).greeting();
        }
        match self.kind {
            PartyKind::Person | PartyKind::Post => self.greet_one(),
            PartyKind::Persons => self.greet_all(),
            PartyKind::Organisation => Some(self.greet_staff()),
            // «МБУ ДО ДШИ № 3, хор «Лира»»: what comes first is no word to agree with.
            PartyKind::Collective if abbreviation::starts_with_abbreviation(self.text) => {
                Some(self.greet_staff())
            }
            // «Анна Павловна и Иван Петрович Смирновы» are called without their surname.
            PartyKind::Couple if self.is_called_by_names() => self.greet_couple(),
            PartyKind::Couple | PartyKind::Family | PartyKind::Collective => {
                let word = match (self.number, self.gender) {
                    (Number::Plural, _) => "Уважаемые",
                    (_, Some(Gender::Masculine)) => "Уважаемый",
                    (_, Some(Gender::Feminine)) => "Уважаемая",
                    (_, Some(Gender::Neuter)) => "Уважаемое",
                    (_, None) => return None,
                };
                // Whoever belongs to a family or a team is greeted in its name.
                let greeted = match self.parts.as_slice() {
                    [PartyPart::Group(head, _), _, ..] => head,
                    _ => self.text,
                };
                Some(format!("{word} {}!", lower_first(greeted)))
            }
            PartyKind::Foreign | PartyKind::Unknown => None,
        }
    }

    /// «Уважаемая Анна Ивановна!», but «Уважаемый отец Николай!»: the clergy are called with their
    /// titles where no patronymic stands.
    fn greet_one(&self) -> Option<String> {
        let (text, gender) = self.parts.iter().find_map(|part| match part {
            PartyPart::Person(text, gender) => Some((*text, *gender)),
            _ => None,
        })?;
        let name = FullName::parse(text);
        let title = self.parts.iter().find_map(|part| match part {
            PartyPart::Post(title) if super::word::Letters::new(title).within(lists::CLERGY) => {
                Some(*title)
            }
            _ => None,
        });
        match (title, gender) {
            // With a patronymic the clergy are greeted as everybody is.
            (Some(title), Some(gender)) if name.middle.is_empty() && !text.contains(' ') => {
                let word = if gender == Gender::Feminine {
                    "Уважаемая"
                } else {
                    "Уважаемый"
                };
                Some(format!("{word} {} {text}!", lower_first(title)))
            }
            _ => name.greeting(gender),
        }
    }

    /// «Уважаемый коллектив школы № 5!»: an organisation cannot be greeted, its people can.
    fn greet_staff(&self) -> String {
        format!("Уважаемый коллектив {}!", lower_first(&self.inflect(Case::Genitive).text))
    }

    /// Whether each of a family is called by name. A noun before the names, «супруги», stands in
    /// the greeting, too, unless all have patronymics: «Уважаемые супруги Иван и Мария Петровы!»
    fn is_called_by_names(&self) -> bool {
        let count = |is: fn(&&PartyPart<'_>) -> bool| self.parts.iter().filter(is).count();
        let nouns = count(|part| matches!(part, PartyPart::Group(..)));
        let first = count(|part| matches!(part, PartyPart::First(..)));
        if nouns == 0 {
            return first > 1;
        }
        // A patronymic stands behind its first name in a part of its own, or within that of the
        // whole name.
        let with_patronymic = count(|part| match part {
            PartyPart::Person(text, _) => text.split_whitespace().any(name::is_patronymic),
            _ => false,
        });
        let whole = count(|part| match part {
            PartyPart::Person(text, _) => text.contains(' '),
            _ => false,
        });
        nouns == 1 && with_patronymic > 1 && with_patronymic == first + whole
    }

    /// «Уважаемые Анна Павловна и Иван Петрович!», of two who share a surname.
    fn greet_couple(&self) -> Option<String> {
        let called: String = self
            .parts
            .iter()
            .map(|part| match part {
                // A surname that stands still, of both.
                PartyPart::Plain(text) if text.starts_with(char::is_uppercase) => String::new(),
                PartyPart::Plain(text) | PartyPart::First(text, _) => (*text).to_owned(),
                // The surname of one who has a patronymic stands before both.
                PartyPart::Person(text, _) => match text.split_whitespace().collect::<Vec<_>>()[..]
                {
                    [_, first, middle] if name::is_patronymic(middle) => {
                        format!("{first} {middle}")
                    }
                    _ => (*text).to_owned(),
                },
                _ => String::new(),
            })
            .collect();
        let called = called.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(format!("Уважаемые {called}!"))
    }

    /// «Уважаемые Анна Ивановна и Пётр Петрович!»
    fn greet_all(&self) -> Option<String> {
        let called = self.parts.iter().map(|part| match part {
            PartyPart::Person(text, _) => {
                let name = FullName::parse(text);
                let gap = if name.middle.is_empty() { "" } else { " " };
                (!name.first.is_empty() && !name.first.contains('.'))
                    .then(|| format!("{}{gap}{}", name.first, name.middle))
            }
            PartyPart::Plain(text) => Some((*text).to_owned()),
            _ => None,
        });
        // If one of them cannot be called by name, there is no greeting at all.
        let called = called.collect::<Option<String>>()?;
        // Of those whom commas part the last one is joined: «Анна Павловна и Пётр Ильич».
        let joined = called.contains(" и ") || called.contains(" & ");
        let called = match called.rsplit_once(", ").filter(|_| !joined) {
            Some((others, last)) => format!("{others} и {last}"),
            None => called,
        };
        Some(format!("Уважаемые {called}!"))
    }
}

impl PartyPart<'_> {
    fn inflect(&self, case: Case) -> Inflected {
        match self {
            Self::Plain(text) => Inflected::certain(*text),
            Self::Person(text, gender) => name::inflect(text, case, *gender),
            Self::First(text, gender) => name::first(text, case, *gender),
            Self::Surname(text, change) => {
                let mut out = String::new();
                change.push(&mut out, text, case);
                Inflected::certain(out)
            }
            Self::Post(text) => post::inflect(text, case, None),
            Self::Group(text, parsed) => parsed.inflect(text, case),
        }
    }
}

/// Whether a clipped name of a body is a name of its own: «Минкультуры», «Роспотребнадзор».
fn is_proper(word: &super::word::Letters) -> bool {
    // Adjectives begin so, too: «Российский» is no service.
    let service = word.starts_any(&["рос", "сбер", "газпром", "кузбасс"])
        && word.len() > 7
        && !word.ends_any(&["ий", "ая", "ое", "ого", "ой", "ому"]);
    service || super::phrase::is_ministry(word) || word.starts_any(&["госдум", "юнарми"])
}

/// A text with its first letter small, if its first word is not an abbreviation or name in quotes.
fn lower_first(text: &str) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    // An abbreviation keeps its capitals: «МБУК», «КемГУ», also inside of a sentence, and so does
    // the name of a ministry, a service or a bank: «Росгвардия».
    if word.chars().nth(1).is_none()
        || word.chars().skip(1).any(char::is_uppercase)
        || is_proper(&super::word::Letters::new(word))
    {
        return text.to_owned();
    }
    uncapital(text)
}
