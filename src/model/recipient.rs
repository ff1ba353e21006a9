//! Whom a certificate is given to.
//!
//! The part of a certificate by which verbs and participles agree.

use serde::Serialize;
use serde_json::json;

use super::cell::{self, RecipientCell};
use super::person::{Collective, Person};
use super::read::{At, Fields, Map, Read};
use super::schema::Defs;
use super::tree::DataValue;

/// Whom a certificate is given to; a bare text is the name of a person, a family, a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// Whether it is an organisation or another group; then only the name, its forms and the
    /// reason matter. Without it, templates go by the name.
    pub collective: bool,
    /// The person; of a collective, its name.
    #[serde(flatten)]
    pub person: Person,
    /// The class: «5 «Б»», «8 класс».
    pub class: Option<String>,
    /// The school, as it is printed.
    pub school: Option<String>,
    /// Several people, when one certificate is given to all of them; `name` then holds all names.
    pub people: Vec<Recipient>,
}

impl Recipient {
    /// Several people who get one certificate.
    pub(super) fn several(people: Vec<Self>) -> Self {
        let names: Vec<&str> = people.iter().map(|one| one.person.name.as_str()).collect();
        let name = match names.split_last() {
            // As the people are printed, so that file names and messages have it, too.
            Some((last, rest)) if !rest.is_empty() => format!("{} и {last}", rest.join(", ")),
            Some((last, _)) => (*last).to_owned(),
            None => String::new(),
        };
        let mut whole = Self { person: Person::new(name), people, ..Self::default() };
        whole.share();
        whole
    }

    /// «люди: […]» without a name: named by them, and of one it is that one. What is said of all
    /// of them stays: a class, a school, a reason.
    fn named_by_people(mut self) -> Self {
        let mut several = Self::several(std::mem::take(&mut self.people));
        if several.people.len() == 1 {
            several = several.people.remove(0);
        }
        several.class = self.class.or(several.class);
        several.school = self.school.or(several.school);
        several.person.reason = self.person.reason.or(several.person.reason);
        several.person.of = self.person.of.or(several.person.of);
        several.person.from = self.person.from.or(several.person.from);
        several
    }

    /// Takes the class and the school that all have, to be printed once below their names.
    fn share(&mut self) {
        let Some(first) = self.people.first() else { return };
        let (class, school) = (first.class.clone(), first.school.clone());
        if self.people.iter().all(|one| one.class == class && one.school == school) {
            for one in &mut self.people {
                (one.class, one.school) = (None, None);
            }
            (self.class, self.school) = (class, school);
        }
    }

    /// The recipient of a line: «Жук Алина, 5 «А» класс», «Злата Ким (11 лет)».
    fn said(text: String) -> Self {
        let RecipientCell { name, class, age, .. } = cell::recipient("", &text);
        match (name, class, age) {
            (Some(name), Some(class), _) => {
                let mut person = Person::given(name);
                // «ученица 9 «В» класса» is one thing that is said of her, on one line.
                let whole = person.post.as_ref().map(|post| format!("{post} {class}"));
                if let Some(whole) = whole.filter(|whole| text.contains(whole.as_str())) {
                    person.post = Some(whole);
                    return person.into();
                }
                Self { class: Some(class), ..person.into() }
            }
            // Said below the name, as what is said of a person: «11 лет».
            (Some(name), _, Some(_)) => {
                let said = text.get(name.len()..).unwrap_or_default();
                let said = said.trim_matches(|c: char| " ,;()–—-".contains(c));
                Person { from: Some(said.to_owned()), ..Person::given(name) }.into()
            }
            _ => Person::given(text).into(),
        }
    }

    /// Takes what is said of a person beside the name, if nothing else says it.
    fn told_by_name(mut self) -> Self {
        let bare = Person::new(self.person.name.clone()) == self.person;
        if bare && !self.collective && self.people.is_empty() {
            let said = Self::said(std::mem::take(&mut self.person.name));
            self.class = self.class.or(said.class);
            self.person = said.person;
        }
        self
    }
}

impl From<Person> for Recipient {
    fn from(person: Person) -> Self {
        Self { person, ..Self::default() }
    }
}

impl From<Collective> for Recipient {
    fn from(collective: Collective) -> Self {
        let Collective { name, forms, reason } = collective;
        let person = Person { name, forms, reason, ..Person::default() };
        Self { collective: true, person, ..Self::default() }
    }
}

impl Fields for Recipient {
    const NAME: &'static str = "recipient";
    const WHAT: (&'static str, &'static str) = ("a recipient", "Кому: человек или коллектив");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::said);

    fn fields(map: &mut Map<'_>) -> Self {
        let collective = map.opt("collective", "true: это коллектив").unwrap_or_default();
        let people: Vec<Self> = map.list("people", "Несколько человек, если документ один на всех");
        // Their names are the name of all.
        let person = Person::read_fields(map, people.is_empty());
        let class = map.opt("class", "Класс: 5 «Б»");
        let school = map.opt("school", "Школа, как печатается");
        let unnamed = person.name.is_empty() && !people.is_empty();
        let whole = Self { collective, person, class, school, people }.told_by_name();
        if unnamed { whole.named_by_people() } else { whole }
    }

    fn heed(&self, at: &At<'_>) {
        self.person.doubts(at);
    }
}

/// One recipient, or a list of those who get one certificate together.
pub(super) struct Recipients(pub(super) Recipient);

impl Read for Recipients {
    fn read(at: &At<'_>) -> Option<Self> {
        if !matches!(at.node.value, DataValue::Seq(_)) {
            return Recipient::read(at).map(Self);
        }
        let mut people = Vec::<Recipient>::read(at)?;
        Some(Self(match people.len() {
            // A list of one is that one.
            1 => people.remove(0),
            _ => Recipient::several(people),
        }))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [Recipient::schema(defs), Vec::<Recipient>::schema(defs)] })
    }
}

/// One value or a list of them.
pub(super) struct OneOrMore<T>(pub(super) Vec<T>);

impl<T: Read> Read for OneOrMore<T> {
    fn read(at: &At<'_>) -> Option<Self> {
        match at.node.value {
            DataValue::Seq(_) => Vec::<T>::read(at).map(Self),
            _ => T::read(at).map(|one| Self(vec![one])),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [T::schema(defs), Vec::<T>::schema(defs)] })
    }
}

/// Paragraphs: a list of texts, or one text whose lines they are.
pub(super) struct Lines(pub(super) Vec<String>);

impl Read for Lines {
    fn read(at: &At<'_>) -> Option<Self> {
        let texts = OneOrMore::<String>::read(at)?.0;
        // Cells of Excel have their lines in one text.
        let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
        Some(Self(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        OneOrMore::<String>::schema(defs)
    }
}
