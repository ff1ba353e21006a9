//! `schema`: the JSON Schema of the data, for an editor that completes keys and marks faults.
//!
//! The library's schema knows one name of each key. Here it is told in the language of the run:
//! in Russian, Russian keys are what an editor offers; all other names stay allowed.

use std::collections::BTreeSet;

use itog::Error;
use itog::diag::Language;
use itog::model;
use serde_json::{Map, Value, json};

use crate::args::{Schema, SchemaKind};
use crate::{language, output};

/// What each key means in English: the key, a tab, the words.
const ENGLISH: &str = include_str!("../../docs/data/english.txt");

pub(crate) fn schema(args: &Schema) -> Result<(), Error> {
    let (kind, english) = match args.kind {
        SchemaKind::FinalDocument => (model::Kind::FinalDocument, "A final document"),
        SchemaKind::Certificate => (model::Kind::Certificate, "A certificate"),
        SchemaKind::Common => (model::Kind::Common, "What the certificates of a table share"),
    };
    let mut schema = model::schema(kind);
    let language = language::now();
    if language == Language::English {
        schema["title"] = english.into();
    }
    tell(&mut schema, language);
    // What people write beside where it belongs is put there by the reader, so that a whole
    // document may have more keys than its own.
    for name in ["final-document", "certificate"] {
        if let Some(Value::Object(map)) = schema["$defs"].get_mut(name) {
            map.remove("additionalProperties");
        }
    }
    output::say(format_args!("{schema:#}"))
}

/// Tells a schema and all in it in a language.
fn tell(schema: &mut Value, language: Language) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| tell(one, language)),
        Value::Object(all) => {
            // A key may be called so, too; then it holds a schema and no text.
            if language == Language::English && all.get("description").is_some_and(Value::is_string)
            {
                // What is said of a key takes its place in `keys`.
                all.remove("description");
            }
            all.values_mut().for_each(|one| tell(one, language));
            if let Some(Value::Object(properties)) = all.remove("properties") {
                keys(all, properties, language);
            }
        }
        _ => {}
    }
}

/// Puts the keys of a map back by their names in the language; other names match a pattern, so that
/// an editor allows them without offering each.
fn keys(map: &mut Map<String, Value>, properties: Map<String, Value>, language: Language) {
    let (mut named, mut others, mut must) = (Map::new(), Map::new(), Vec::new());
    let required = map.remove("required");
    let is_required = |key: &str| {
        let all = required.as_ref().and_then(Value::as_array);
        all.is_some_and(|all| all.iter().any(|one| one == key))
    };
    // One name may mean two keys in two maps; in one map the first key has it.
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (key, mut schema) in properties.iter().map(|(key, schema)| (key.as_str(), schema.clone())) {
        let known = model::keys().find(|(known, _)| *known == key);
        let mut names: Vec<&str> = known.map_or_else(Vec::new, |(_, names)| names.to_vec());
        names.retain(|name| !properties.contains_key(*name) && taken.insert(name));
        names.insert(0, key);
        match language {
            Language::Russian => {
                if let Some(own) = names.iter().position(|name| !name.is_ascii()) {
                    names.swap(0, own);
                }
            }
            _ => {
                if let (Some(object), Some(words)) = (schema.as_object_mut(), english(key)) {
                    object.insert("description".to_owned(), words.into());
                }
            }
        }
        if is_required(key) {
            let any: Vec<Value> = names.iter().map(|name| json!({ "required": [name] })).collect();
            must.push(json!({ "anyOf": any }));
        }
        if let Some((own, rest)) = names.split_first() {
            if !rest.is_empty() {
                let any: Vec<String> = rest.iter().map(|name| pattern(name)).collect();
                others.insert(format!("^({})$", any.join("|")), schema.clone());
            }
            named.insert((*own).to_owned(), schema);
        }
    }
    map.insert("properties".to_owned(), named.into());
    if !others.is_empty() {
        map.insert("patternProperties".to_owned(), others.into());
    }
    if !must.is_empty() {
        map.insert("allOf".to_owned(), must.into());
    }
}

fn english(key: &str) -> Option<&'static str> {
    let mut lines = ENGLISH.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(known, _)| *known == key).map(|(_, words)| words)
}

/// A name as a regular expression: signs stand for themselves, «ё» may be written for «е», and the
/// first letter may be a capital.
fn pattern(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        let capital = letter.to_uppercase().next().unwrap_or(letter);
        match letter {
            'е' if index == 0 => out.push_str("[еёЕЁ]"),
            'е' => out.push_str("[её]"),
            _ if index == 0 && capital != letter => out.extend(['[', letter, capital, ']']),
            '.' | '(' | ')' | '?' | '+' | '*' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}
