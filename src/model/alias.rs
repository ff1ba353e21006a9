//! Names of the data in Russian: what a blank or the pattern of a file's name calls «людей» is
//! `people` in the data.
//!
//! The names come from the model's one table. A name that the data have themselves goes before.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Column, NamePiece};

/// A name as it is written, and the keys that it may mean, the likelier ones first.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    pub(crate) name: String,
    pub(crate) keys: Vec<&'static str>,
}

impl Alias {
    /// Whether it says that it is the event's.
    fn is_of_event(&self) -> bool {
        let mut words = self.name.split(' ').skip(1);
        words.any(|word| matches!(word.to_lowercase().as_str(), "проведения" | "мероприятия"))
    }

    /// The value that a map has for the name under another key.
    fn value<'a>(&self, map: &'a serde_json::Map<String, Value>) -> Option<&'a Value> {
        if map.contains_key(&self.name) {
            return None;
        }
        // «Дата мероприятия» is no date of the document that tells of it.
        let event = map.get("event").filter(|_| self.is_of_event());
        let map = match event {
            Some(Value::Object(event)) => event,
            Some(_) => return None,
            None => map,
        };
        let mut found = self.keys.iter().filter_map(|key| map.get(*key));
        // «Организация» is of the issuer or of a person: of whichever it is known.
        let known = found.clone().find(|value| !value.is_null()).or_else(|| found.next());
        // A key of one's own, written with other capitals, or in another case.
        let name = normal(&self.name);
        let like = |same: &dyn Fn(&str) -> bool| {
            let mut own = map.iter().filter(|(key, _)| !key.is_ascii());
            own.find(|(key, _)| same(&normal(key))).map(|(_, value)| value)
        };
        // «Ф. И. О.» and «ФИО» are one name to whoever typed them.
        let letters = bare(&name);
        known
            .or_else(|| like(&|key| key == name))
            .or_else(|| like(&|key| bare(key) == letters))
            .or_else(|| like(&|key| is_form(key, &name)))
    }
}

/// The aliases among the names that expressions use.
pub(crate) fn aliases<'a>(expressions: impl Iterator<Item = &'a str>) -> Vec<Alias> {
    let mut names = BTreeSet::new();
    expressions.for_each(|expression| names_in(expression, &mut names));
    names.into_iter().map(|name| Alias { keys: keys(&name), name }).collect()
}

/// A name as it is compared with others.
pub(crate) fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace('ё', "е").replace('_', " ")
}

/// The letters and digits of such a name.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The names with other letters than English ones in an expression.
fn names_in(expression: &str, names: &mut BTreeSet<String>) {
    let mut rest = expression;
    while let Some(at) = rest.find(|c: char| c == '[' || c == '"' || c.is_alphabetic()) {
        let start = &rest[at..];
        let (name, len) = match start.chars().next() {
            Some('"') => {
                let end = start[1..].find('"').map_or(start.len(), |end| end + 2);
                ("", end)
            }
            Some('[') => {
                let end = start.find(']').unwrap_or(start.len());
                (&start[1..end], end)
            }
            _ => {
                let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                let end = start.find(|c| !word(c)).unwrap_or(start.len());
                (&start[..end], end)
            }
        };
        if !name.is_ascii() {
            names.insert(name.to_owned());
        }
        rest = &start[len.max(1)..];
    }
}

/// The keys that a name may mean: exactly, else by another case or number of the same word.
fn keys(name: &str) -> Vec<&'static str> {
    let name = normal(name);
    let of = |same: &dyn Fn(&str) -> bool| -> Vec<&'static str> {
        super::keys()
            .filter(|(_, others)| others.iter().any(|other| same(other)))
            .map(|(key, _)| key)
            .collect()
    };
    let exact = of(&|other| other == name);
    let mut keys = if exact.is_empty() { of(&|other| is_form(other, &name)) } else { exact };
    // «ФИО участника» is no name of a key, but says as surely whom it means as a column does.
    if keys.is_empty()
        && matches!(Column::said(&name), Some(Column::Name | Column::Collective))
        && NamePiece::of(&name).is_none()
    {
        keys.push("recipient");
    }
    // «Организация» beside both is the one that awards, not the one that a person is from.
    keys.sort_by_key(|key| *key == "of");
    keys
}

/// Endings of nouns and adjectives in their cases, as far as names of data need them.
const ENDINGS: &str = " а я ы и у ю о е ь й ой ей ом ем ам ям ах ях ов ев ий ый ая яя ое ее ые ие \
    ых их ого его ому ему ым им ами ями ми ия ии ию ией ий ью ок ек ка ки ";

/// Whether two words differ by their endings only: «людей» and «люди», «пунктов» and «пункты».
pub(crate) fn is_form(a: &str, b: &str) -> bool {
    let common: usize =
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    // No word that ends with a vowel has another form that only goes on behind it: «ФИО», «ФИОО».
    let whole = |word: &str| word.len() == common && !a[..common].ends_with(VOWELS);
    let ending =
        |word: &str| a == b || whole(word) || ENDINGS.contains(&format!(" {} ", &word[common..]));
    a[..common].chars().count() >= 3 && ending(a) && ending(b)
}

const VOWELS: [char; 9] = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];

/// Gives the data the names that expressions have for their keys.
pub(crate) fn add(data: &mut Value, aliases: &[Alias]) {
    if aliases.is_empty() {
        return;
    }
    match data {
        Value::Array(list) => list.iter_mut().for_each(|one| add(one, aliases)),
        Value::Object(map) => {
            map.values_mut().for_each(|one| add(one, aliases));
            for alias in aliases {
                // «{{должность}}» of a certificate is that of the one whom it is for.
                // Those inside have their names by now.
                let of_recipient = || map.get("recipient")?.get(&alias.name);
                let missing = !map.contains_key(&alias.name);
                let own = alias.value(map);
                let known = own.filter(|value| !value.is_null());
                let value = known.or_else(|| of_recipient().filter(|_| missing)).or(own);
                if let Some(value) = value.cloned() {
                    map.insert(alias.name.clone(), value);
                }
            }
        }
        _ => {}
    }
}
