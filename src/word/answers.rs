//! What the data answer to the names that a blank asks for: names in Russian, columns of a table,
//! parts of names, whoever signs; and nothing, where a condition alone asks.

use serde::Serialize;
use serde_json::Value;

use super::names::AskedPieces;
use super::signers;
use crate::diag::{Diagnostic, say};
use crate::model;
use crate::model::alias::{self, Alias};
use crate::template::Template;

/// The head of a template that was made of a blank: its names are answered as those of the blank.
pub(crate) const OF_BLANK: &str = "{{!-- itog:blank --}}";

/// The names that a blank asks for, or a template made of one.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(super) aliases: Vec<Alias>,
    /// Parts of names that it asks for.
    pieces: AskedPieces,
    /// Names whose absence it has an answer to: `{{если должность}}` over a table without that
    /// column.
    optional: Vec<String>,
    /// Names that a condition alone asks for: `{{#if of}}`.
    guarded: Vec<String>,
    /// The names that it asks for at the root of the data.
    names: Vec<String>,
    /// Those in Russian that are printed as they stand, and nothing else is done with.
    bare: Vec<String>,
}

impl Answers {
    /// Those of a template with these tags.
    pub(super) fn of(template: &Template, tags: &[&str]) -> Self {
        let aliases = alias::aliases(tags.iter().copied());
        // A name that is none of the models' own may be a slip even in a condition.
        let known = |name: &String| {
            aliases.iter().any(|alias| alias.name == *name && !alias.keys.is_empty())
                || model::keys().any(|(key, _)| key == name)
        };
        let asked = template.asked();
        Self {
            pieces: AskedPieces::of(&aliases, tags),
            optional: asked.conditions.into_iter().filter(known).collect(),
            guarded: tags.iter().filter_map(|tag| guarded_name(tag)).collect(),
            names: asked.names.into_iter().collect(),
            bare: bare_names(tags, &aliases),
            aliases,
        }
    }

    /// Those of a template that was made of a blank.
    pub(crate) fn of_folder(template: &Template) -> Option<Self> {
        let text = template.sources().iter().next()?.text();
        if !text.starts_with(OF_BLANK) {
            return None;
        }
        let ends = text.match_indices("}}").map(|(at, end)| at + end.len());
        let tags = ends.filter_map(|end| Some(&text[text[..end].rfind("{{")?..end]));
        Some(Self::of(template, &tags.collect::<Vec<_>>()))
    }

    /// The names at the root of the data, each with the keys of a document or a certificate that it
    /// may mean.
    pub(crate) fn names(&self) -> Vec<(String, Vec<&'static str>)> {
        let keys = |name: &String| {
            let alias = self.aliases.iter().find(|alias| alias.name == *name);
            alias.map_or_else(Vec::new, |alias| alias.keys.clone())
        };
        self.names.iter().map(|name| (name.clone(), keys(name))).collect()
    }

    /// The data with the names that the blank asks for.
    ///
    /// # Errors
    /// `data`: they cannot be serialized.
    pub(crate) fn answered<T: Serialize + ?Sized>(&self, data: &T) -> Result<Value, Diagnostic> {
        let mut data = serde_json::to_value(data).map_err(|error| {
            Diagnostic::error("data", say!("the data cannot be read: {error}", error))
        })?;
        self.answer(&mut data);
        Ok(data)
    }

    /// Gives the data the names that the blank asks for.
    fn answer(&self, data: &mut Value) {
        // An empty cell of a table is there and says nothing; only what is absent or null may be
        // answered for.
        let lacks = |data: &Value, name: &String| data.get(name).is_none_or(Value::is_null);
        let put = |data: &mut Value, name: &String, value: Value| {
            if let Value::Object(map) = data {
                map.insert(name.clone(), value);
            }
        };
        // A column that the table has under this very name goes before what a key may mean.
        let own: Vec<(&String, String)> = self
            .names
            .iter()
            .filter(|name| lacks(data, name))
            .filter_map(|name| Some((name, field(data, name)?.to_owned())))
            .collect();
        for (name, text) in own.iter().filter(|(_, text)| !text.is_empty()) {
            put(data, name, text.as_str().into());
        }
        self.pieces.answer(data);
        // What the keys of the model mean under a Russian name comes between the columns with text
        // and the empty ones.
        alias::add(data, &self.aliases);
        for (name, text) in own {
            if lacks(data, name) {
                put(data, name, text.into());
            }
        }
        for name in self.names.iter() {
            if lacks(data, name)
                && let Some(value) = signers::asked(data, name)
            {
                put(data, name, value);
            }
        }
        // The paragraphs of a model are a list; printed they are one text.
        for name in self.bare.iter() {
            if let Some(text) = data.get(name).and_then(one_text) {
                put(data, name, text);
            }
        }
        // A condition over what is not there is simply false, and no fault.
        for name in self.optional.iter() {
            if data.get(name).is_none() {
                put(data, name, Value::Null);
            }
        }
        if !self.guarded.is_empty() {
            fill_records(data, &self.guarded);
        }
    }
}

/// A text of one's own beside the keys of the data: `fields`, where a row of a table has its other
/// columns.
fn field<'a>(data: &'a Value, name: &str) -> Option<&'a str> {
    data.get("fields")?.get(name)?.as_str()
}

/// The names in Russian that keys of the model may mean, and that are printed and nothing else.
fn bare_names(tags: &[&str], aliases: &[Alias]) -> Vec<String> {
    let is_bare = |tag: &str, name: &str| {
        let inner = tag.trim_start_matches("{{").trim_end_matches("}}").trim();
        inner.trim_start_matches('[').trim_end_matches(']') == name
    };
    let names = aliases.iter().filter(|alias| !alias.keys.is_empty()).map(|alias| &alias.name);
    let only = |name: &&String| {
        let mut with = tags.iter().filter(|tag| has_name(tag, name)).peekable();
        with.peek().is_some() && with.all(|tag| is_bare(tag, name))
    };
    names.filter(only).cloned().collect()
}

/// A list of texts as their paragraphs; nothing, if it has none.
fn one_text(value: &Value) -> Option<Value> {
    let texts: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
    let texts = texts?;
    Some(match texts.is_empty() {
        true => Value::Null,
        false => texts.join("\n\n").into(),
    })
}

/// The name that a condition asks for.
fn guarded_name(tag: &str) -> Option<String> {
    let inner = tag.strip_prefix("{{")?.strip_suffix("}}")?;
    let condition =
        ["#if ", "#unless ", "else if "].iter().find_map(|of| inner.strip_prefix(of))?;
    let name = condition.trim().trim_start_matches('[').trim_end_matches(']');
    let simple = |c: char| c.is_alphanumeric() || "_- ".contains(c);
    (!name.is_empty() && name.chars().all(simple)).then(|| name.to_owned())
}

/// Records of a list are as rows of a table: what one of them has is empty in the others, where a
/// condition asks for it.
fn fill_records(data: &mut Value, names: &[String]) {
    match data {
        Value::Array(records) => {
            for name in names {
                if records.iter().any(|record| record.get(name).is_some()) {
                    let lacking = records.iter_mut().filter_map(Value::as_object_mut);
                    for record in lacking.filter(|record| !record.contains_key(name)) {
                        record.insert(name.clone(), Value::Null);
                    }
                }
            }
            records.iter_mut().for_each(|record| fill_records(record, names));
        }
        Value::Object(map) => map.values_mut().for_each(|value| fill_records(value, names)),
        _ => {}
    }
}

/// Whether a name stands in a tag, and not only within another: «за» and «организация».
pub(super) fn has_name(tag: &str, name: &str) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    tag.match_indices(name).any(|(at, _)| {
        let (before, after) = (&tag[..at], &tag[at + name.len()..]);
        !in_word(before.chars().next_back()) && !in_word(after.chars().next())
    })
}
