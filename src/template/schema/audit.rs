//! A look at a schema before it checks anything: each keyword is known and says something.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::Value;

use super::target;
use crate::diag::{Diagnostic, Message, nearest, say};

/// How deep schemas may stand in each other: what a thread's stack bears.
const DEEPEST: usize = 64;

/// What the value of a keyword is to be.
#[derive(Clone, Copy, PartialEq)]
enum KeywordShape {
    Schema,
    Schemas,
    Named,
    Number,
    Count,
    Truth,
    Text,
    Texts,
    Types,
    Reference,
    Pattern,
    Values,
    Anything,
}

/// The keywords that are understood (JSON Schema 2020-12, and `definitions` of older drafts).
const KEYWORDS: &[(&str, KeywordShape)] = &[
    ("$comment", KeywordShape::Text),
    ("$defs", KeywordShape::Named),
    ("$id", KeywordShape::Text),
    ("$ref", KeywordShape::Reference),
    ("$schema", KeywordShape::Text),
    ("additionalProperties", KeywordShape::Schema),
    ("allOf", KeywordShape::Schemas),
    ("anyOf", KeywordShape::Schemas),
    ("const", KeywordShape::Anything),
    ("contains", KeywordShape::Schema),
    ("default", KeywordShape::Anything),
    ("definitions", KeywordShape::Named),
    ("deprecated", KeywordShape::Truth),
    ("description", KeywordShape::Text),
    ("else", KeywordShape::Schema),
    ("enum", KeywordShape::Values),
    ("examples", KeywordShape::Values),
    ("exclusiveMaximum", KeywordShape::Number),
    ("exclusiveMinimum", KeywordShape::Number),
    ("format", KeywordShape::Text),
    ("if", KeywordShape::Schema),
    ("items", KeywordShape::Schema),
    ("maxItems", KeywordShape::Count),
    ("maxLength", KeywordShape::Count),
    ("maxProperties", KeywordShape::Count),
    ("maximum", KeywordShape::Number),
    ("minItems", KeywordShape::Count),
    ("minLength", KeywordShape::Count),
    ("minProperties", KeywordShape::Count),
    ("minimum", KeywordShape::Number),
    ("multipleOf", KeywordShape::Number),
    ("not", KeywordShape::Schema),
    ("oneOf", KeywordShape::Schemas),
    ("pattern", KeywordShape::Pattern),
    ("patternProperties", KeywordShape::Named),
    ("prefixItems", KeywordShape::Schemas),
    ("properties", KeywordShape::Named),
    ("propertyNames", KeywordShape::Schema),
    ("readOnly", KeywordShape::Truth),
    ("required", KeywordShape::Texts),
    ("then", KeywordShape::Schema),
    ("title", KeywordShape::Text),
    ("type", KeywordShape::Types),
    ("uniqueItems", KeywordShape::Truth),
    ("writeOnly", KeywordShape::Truth),
];

/// The formats that are checked.
pub(super) const FORMATS: [&str; 1] = ["date"];

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Looks through a schema.
pub(super) struct Audit<'s> {
    root: &'s Value,
    depth: usize,
    /// Faults with the keyword at which they are.
    faults: Vec<(Diagnostic, String)>,
    patterns: BTreeMap<String, Regex>,
}

impl<'s> Audit<'s> {
    pub(super) fn new(root: &'s Value) -> Self {
        Self { root, depth: 0, faults: Vec::new(), patterns: BTreeMap::new() }
    }

    pub(super) fn finish(self) -> (Vec<(Diagnostic, String)>, BTreeMap<String, Regex>) {
        (self.faults, self.patterns)
    }

    pub(super) fn schema(&mut self, schema: &Value) {
        // `true` takes everything, `false` nothing.
        if schema.is_boolean() {
            return;
        }
        let Value::Object(map) = schema else {
            return self.fault("$schema", say!("a schema is an object, `true` or `false`"));
        };
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fault("$schema", say!("schemas are nested too deeply"));
        } else {
            map.iter().for_each(|(keyword, value)| self.keyword(keyword, value));
        }
        self.depth -= 1;
    }

    fn keyword(&mut self, keyword: &str, value: &Value) {
        // What programs write for themselves.
        if keyword.starts_with("x-") {
            return;
        }
        let Ok(at) = KEYWORDS.binary_search_by_key(&keyword, |(known, _)| known) else {
            let fault =
                Diagnostic::error("schema", say!("`{keyword}` is not understood here", keyword));
            let near = nearest(keyword, KEYWORDS.iter().map(|(known, _)| *known));
            let fault = match near {
                Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
                None => fault,
            };
            self.faults.push((fault, keyword.to_owned()));
            return;
        };
        // The keys here are patterns themselves.
        for pattern in
            value.as_object().filter(|_| keyword == "patternProperties").into_iter().flatten()
        {
            if let Some(wanted) =
                self.wanted(KeywordShape::Pattern, &Value::from(pattern.0.as_str()))
            {
                self.fault(keyword, say!("`{keyword}` needs {wanted}", keyword, wanted));
            }
        }
        if let Some(wanted) = self.wanted(KEYWORDS[at].1, value) {
            self.fault(keyword, say!("`{keyword}` needs {wanted}", keyword, wanted));
        }
        if let (true, Some(format)) = (keyword == "format", value.as_str())
            && !FORMATS.contains(&format)
        {
            let message = say!("the format `{format}` is not checked", format);
            self.faults.push((Diagnostic::warning("schema", message), keyword.to_owned()));
        }
    }

    /// What a keyword needs and does not have.
    fn wanted(&mut self, shape: KeywordShape, value: &Value) -> Option<Message> {
        let texts =
            |value: &Value| value.as_array().is_some_and(|a| a.iter().all(Value::is_string));
        let (fits, wanted) = match shape {
            KeywordShape::Schema => {
                self.schema(value);
                return None;
            }
            KeywordShape::Schemas => {
                let all = value.as_array().filter(|all| !all.is_empty());
                all.into_iter().flatten().for_each(|one| self.schema(one));
                (all.is_some(), say!("a list of schemas"))
            }
            KeywordShape::Named => {
                let all = value.as_object();
                all.into_iter().flatten().for_each(|(_, one)| self.schema(one));
                (all.is_some(), say!("an object of schemas"))
            }
            KeywordShape::Number => (value.is_number(), say!("a number")),
            KeywordShape::Count => (value.is_u64(), say!("a whole number")),
            KeywordShape::Truth => (value.is_boolean(), say!("true or false")),
            KeywordShape::Text => (value.is_string(), say!("a text")),
            KeywordShape::Texts => (texts(value), say!("a list of texts")),
            KeywordShape::Types => {
                let known = |value: &Value| value.as_str().is_some_and(|t| TYPES.contains(&t));
                let fits = known(value) || value.as_array().is_some_and(|a| a.iter().all(known));
                (fits, say!("one of {known}", known = TYPES.to_vec()))
            }
            KeywordShape::Reference => {
                let found = value.as_str().and_then(|to| target(self.root, to));
                (found.is_some(), say!("a place in this schema, such as `#/$defs/person`"))
            }
            KeywordShape::Pattern => {
                let Some(text) = value.as_str() else { return Some(say!("a text")) };
                match Regex::new(text) {
                    Ok(pattern) => drop(self.patterns.insert(text.to_owned(), pattern)),
                    Err(error) => return Some(say!("a regular expression: {error}", error)),
                }
                return None;
            }
            KeywordShape::Values => (value.is_array(), say!("a list")),
            KeywordShape::Anything => return None,
        };
        (!fits).then_some(wanted)
    }

    fn fault(&mut self, keyword: &str, message: Message) {
        self.faults.push((Diagnostic::error("schema", message), keyword.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::KEYWORDS.is_sorted_by_key(|(keyword, _)| keyword));
    }
}
