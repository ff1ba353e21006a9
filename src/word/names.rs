//! Names of the data in Russian: what a blank calls «людей» is `people` in the data.
//!
//! The names come from the model's one table. A name that the data have themselves goes before.

use std::collections::BTreeSet;

use serde_json::Value;

use super::tag::normal;
use crate::model;

/// A name as a blank has it, and the keys that it may mean, the likelier ones first.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) keys: Vec<&'static str>,
}

/// The aliases among the names that expressions use.
pub(super) fn aliases<'a>(expressions: impl Iterator<Item = &'a str>) -> Vec<Alias> {
    let mut names = BTreeSet::new();
    expressions.for_each(|expression| names_in(expression, &mut names));
    let alias = |name: String| {
        let keys = keys(&name);
        (!keys.is_empty()).then_some(Alias { name, keys })
    };
    names.into_iter().filter_map(alias).collect()
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
        model::keys()
            .filter(|(_, others)| others.iter().any(|other| same(other)))
            .map(|(key, _)| key)
            .collect()
    };
    let exact = of(&|other| other == name);
    if exact.is_empty() { of(&|other| is_form(other, &name)) } else { exact }
}

/// Whether two words differ by their endings only: «людей» and «люди», «пунктов» and «пункты».
fn is_form(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let shorter = a.len().min(b.len());
    // A stem of three letters at least, and endings of three at most.
    common >= 3 && common + 3 >= a.len().max(b.len()) && common + 2 >= shorter
}

/// Gives the data the names that the blank has for their keys.
pub(super) fn add(data: &mut Value, aliases: &[Alias]) {
    if aliases.is_empty() {
        return;
    }
    match data {
        Value::Array(list) => list.iter_mut().for_each(|one| add(one, aliases)),
        Value::Object(map) => {
            map.values_mut().for_each(|one| add(one, aliases));
            for alias in aliases {
                let key = alias.keys.iter().find(|key| map.contains_key(**key));
                if let Some(value) = key.and_then(|key| map.get(*key)).cloned() {
                    map.entry(alias.name.as_str()).or_insert(value);
                }
            }
        }
        _ => {}
    }
}
