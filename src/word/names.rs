//! Parts of names that a blank asks for: «Имя» of a table with one column «ФИО», and whose name it
//! is, by whose sex the part declines.

use serde_json::{Map, Value, json};

use crate::lang::ru::party::{Party, PartyKind};
use crate::lang::ru::{FullName, InitialsStyle};
use crate::model::alias::{Alias, normal};
use crate::model::{Column, NamePiece};
use crate::template::WHOSE;

/// The parts of names that a blank asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct AskedPieces {
    asked: Vec<(String, NamePiece)>,
    /// Whether one of them stands in a case, so that it must be known whose it is.
    cased: bool,
}

impl AskedPieces {
    pub(super) fn of(aliases: &[Alias], tags: &[&str]) -> Self {
        let asked = aliases
            .iter()
            .filter_map(|alias| Some((alias.name.clone(), NamePiece::of(&alias.name)?)))
            .collect();
        Self { asked, cased: tags.iter().any(|tag| tag.contains(WHOSE)) }
    }

    /// Gives each map of the data that names somebody the parts that it lacks.
    pub(super) fn answer(&self, data: &mut Value) {
        if self.asked.is_empty() {
            return;
        }
        match data {
            Value::Array(all) => all.iter_mut().for_each(|one| self.answer(one)),
            Value::Object(map) => {
                map.values_mut().for_each(|one| self.answer(one));
                let whose = NamedPerson::of(map);
                if let Some(whose) = &whose {
                    self.fill(map, whose);
                }
                if self.cased {
                    let whose = whose.map_or(Value::Null, |whose| whose.person);
                    map.insert(WHOSE.to_owned(), whose);
                }
            }
            _ => {}
        }
    }

    fn fill(&self, map: &mut Map<String, Value>, whose: &NamedPerson) {
        let asks = |piece: NamePiece| self.asked.iter().any(|(_, asked)| *asked == piece);
        let parts = &whose.parts;
        for (name, piece) in &self.asked {
            // A column of the table goes before.
            if map.get(name).is_some_and(|value| !value.is_null()) {
                continue;
            }
            let text = match piece {
                // «Хор «Весна»» has one name, and that where it is asked for.
                NamePiece::First if whose.body && !asks(NamePiece::Last) => parts.last.clone(),
                NamePiece::Last => parts.last.clone(),
                NamePiece::First => parts.first.clone(),
                NamePiece::Middle => parts.middle.clone(),
                NamePiece::After => parts.initials(InitialsStyle::After),
                NamePiece::Before => parts.initials(InitialsStyle::Before),
            };
            let value = if text.is_empty() { Value::Null } else { text.into() };
            map.insert(name.clone(), value);
        }
    }
}

/// Whoever a map of the data names.
struct NamedPerson {
    /// As helpers take a person: `name`, `parts`, perhaps `gender`, `forms`.
    person: Value,
    parts: FullName,
    /// Whether it is no person but a group or an organisation.
    body: bool,
}

impl NamedPerson {
    fn of(map: &Map<String, Value>) -> Option<Self> {
        let own = own_parts(map);
        let mut person = whole(map).unwrap_or_default();
        let name = person.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        if own == FullName::default() && name.is_empty() {
            return None;
        }
        if own == FullName::default() && is_body(&person, &name)? {
            let parts = FullName::new(name, "", "");
            return Some(Self { person: person.into(), parts, body: true });
        }
        let known = person.get("parts").filter(|parts| parts.is_object());
        let known = known.map_or_else(|| FullName::parse(&name), given_parts);
        // Columns of somebody else beside the recipient: «Фамилия», «Имя» of a teacher.
        let same = [(&own.last, &known.last), (&own.first, &known.first)];
        let same =
            same.iter().all(|(own, known)| own.is_empty() || known.is_empty() || own == known);
        let parts = match same {
            true => joined(own, known),
            false => own,
        };
        if !same || name.is_empty() {
            person = Map::from_iter([("name".to_owned(), parts.to_string().into())]);
        }
        let given = |key: &str| person.get(key).is_some_and(|value| !value.is_null());
        if !given("gender")
            && let Some(gender) = gender(map)
        {
            person.insert("gender".to_owned(), gender.into());
        }
        let FullName { last, first, middle } = &parts;
        person.insert("parts".to_owned(), json!({"last": last, "first": first, "middle": middle}));
        Some(Self { person: person.into(), parts, body: false })
    }
}

/// Whether a name is of a group or a body; nothing for several people, who have no one surname.
fn is_body(person: &Map<String, Value>, name: &str) -> Option<bool> {
    if person.get("people").and_then(Value::as_array).is_some_and(|all| all.len() > 1) {
        return None;
    }
    if person.get("collective").and_then(Value::as_bool) == Some(true) {
        return Some(true);
    }
    match Party::of(name, None).kind() {
        PartyKind::Persons | PartyKind::Couple => None,
        PartyKind::Family | PartyKind::Collective | PartyKind::Organisation => Some(true),
        // «Районный конкурс чтецов» is nobody's name.
        PartyKind::Unknown if name.split_whitespace().count() > 3 => None,
        _ => Some(false),
    }
}

/// The parts that a map has in keys of their own.
fn own_parts(map: &Map<String, Value>) -> FullName {
    let part = |english: &str, piece: NamePiece, word: &str| {
        let own = |key: &str| {
            let like = || normal(key).contains(word) && NamePiece::of(key) == Some(piece);
            key == english || like()
        };
        let mut all = map.iter().filter(|(key, _)| own(key));
        let text = all.find_map(|(_, value)| value.as_str().filter(|text| !text.is_empty()));
        text.unwrap_or_default().to_owned()
    };
    FullName {
        last: part("last", NamePiece::Last, "фамили"),
        first: part("first", NamePiece::First, "имя"),
        middle: part("middle", NamePiece::Middle, "отчеств"),
    }
}

/// The person that a map names as a whole.
fn whole(map: &Map<String, Value>) -> Option<Map<String, Value>> {
    let person = |value: &Value| match value {
        Value::Object(person) => person.get("name")?.is_string().then(|| person.clone()),
        Value::String(_) => Some(Map::from_iter([("name".to_owned(), value.clone())])),
        _ => None,
    };
    // Beside a `name` stands what else the map knows of that person.
    let itself = || {
        let beside = ["name", "gender", "forms", "decline", "parts", "collective", "people"];
        let known =
            beside.iter().filter_map(|key| Some(((*key).to_owned(), map.get(*key)?.clone())));
        map.get("name").filter(|name| name.is_string()).map(|_| known.collect())
    };
    let said = || {
        let said =
            |key: &str| NamePiece::of(key).is_none() && Column::said(key) == Some(Column::Name);
        let mut texts = map.iter().filter(|(_, value)| value.is_string());
        texts.find(|(key, _)| !key.is_ascii() && said(key)).and_then(|(_, value)| person(value))
    };
    let by_key = |key: &str| map.get(key).and_then(person);
    by_key("recipient").or_else(|| by_key("ФИО")).or_else(itself).or_else(said)
}

fn given_parts(parts: &Value) -> FullName {
    let part = |key: &str| parts.get(key).and_then(Value::as_str).unwrap_or_default();
    FullName::new(part("last"), part("first"), part("middle"))
}

/// The first of two names, with what only the second has.
fn joined(own: FullName, known: FullName) -> FullName {
    let of = |own: String, known: String| if own.is_empty() { known } else { own };
    FullName {
        last: of(own.last, known.last),
        first: of(own.first, known.first),
        middle: of(own.middle, known.middle),
    }
}

/// The sex that a map says beside the name.
fn gender(map: &Map<String, Value>) -> Option<&'static str> {
    let said = map.iter().find(|(key, _)| matches!(normal(key).as_str(), "gender" | "пол"))?.1;
    match said.as_str()?.to_lowercase().chars().next()? {
        'м' | 'm' => Some("m"),
        'ж' | 'f' => Some("f"),
        _ => None,
    }
}
