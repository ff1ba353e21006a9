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
enum Shape {
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
const KEYWORDS: &[(&str, Shape)] = &[
    ("$comment", Shape::Text),
    ("$defs", Shape::Named),
    ("$id", Shape::Text),
    ("$ref", Shape::Reference),
    ("$schema", Shape::Text),
    ("additionalProperties", Shape::Schema),
    ("allOf", Shape::Schemas),
    ("anyOf", Shape::Schemas),
    ("const", Shape::Anything),
    ("contains", Shape::Schema),
    ("default", Shape::Anything),
    ("definitions", Shape::Named),
    ("deprecated", Shape::Truth),
    ("description", Shape::Text),
    ("else", Shape::Schema),
    ("enum", Shape::Values),
    ("examples", Shape::Values),
    ("exclusiveMaximum", Shape::Number),
    ("exclusiveMinimum", Shape::Number),
    ("format", Shape::Text),
    ("if", Shape::Schema),
    ("items", Shape::Schema),
    ("maxItems", Shape::Count),
    ("maxLength", Shape::Count),
    ("maxProperties", Shape::Count),
    ("maximum", Shape::Number),
    ("minItems", Shape::Count),
    ("minLength", Shape::Count),
    ("minProperties", Shape::Count),
    ("minimum", Shape::Number),
    ("multipleOf", Shape::Number),
    ("not", Shape::Schema),
    ("oneOf", Shape::Schemas),
    ("pattern", Shape::Pattern),
    ("patternProperties", Shape::Named),
    ("prefixItems", Shape::Schemas),
    ("properties", Shape::Named),
    ("propertyNames", Shape::Schema),
    ("readOnly", Shape::Truth),
    ("required", Shape::Texts),
    ("then", Shape::Schema),
    ("title", Shape::Text),
    ("type", Shape::Types),
    ("uniqueItems", Shape::Truth),
    ("writeOnly", Shape::Truth),
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
            self.fault("$schema", say!("schemas stand too deep in each other"));
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
            if let Some(wanted) = self.wanted(Shape::Pattern, &Value::from(pattern.0.as_str())) {
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
    fn wanted(&mut self, shape: Shape, value: &Value) -> Option<Message> {
        let texts =
            |value: &Value| value.as_array().is_some_and(|a| a.iter().all(Value::is_string));
        let (fits, wanted) = match shape {
            Shape::Schema => {
                self.schema(value);
                return None;
            }
            Shape::Schemas => {
                let all = value.as_array().filter(|all| !all.is_empty());
                all.into_iter().flatten().for_each(|one| self.schema(one));
                (all.is_some(), say!("a list of schemas"))
            }
            Shape::Named => {
                let all = value.as_object();
                all.into_iter().flatten().for_each(|(_, one)| self.schema(one));
                (all.is_some(), say!("an object of schemas"))
            }
            Shape::Number => (value.is_number(), say!("a number")),
            Shape::Count => (value.is_u64(), say!("a whole number")),
            Shape::Truth => (value.is_boolean(), say!("true or false")),
            Shape::Text => (value.is_string(), say!("a text")),
            Shape::Texts => (texts(value), say!("a list of texts")),
            Shape::Types => {
                let known = |value: &Value| value.as_str().is_some_and(|t| TYPES.contains(&t));
                let fits = known(value) || value.as_array().is_some_and(|a| a.iter().all(known));
                (fits, say!("one of {known}", known = TYPES.to_vec()))
            }
            Shape::Reference => {
                let found = value.as_str().and_then(|to| target(self.root, to));
                (found.is_some(), say!("a place in this schema, such as `#/$defs/person`"))
            }
            Shape::Pattern => {
                let Some(text) = value.as_str() else { return Some(say!("a text")) };
                match Regex::new(text) {
                    Ok(pattern) => drop(self.patterns.insert(text.to_owned(), pattern)),
                    Err(error) => return Some(say!("a regular expression: {error}", error)),
                }
                return None;
            }
            Shape::Values => (value.is_array(), say!("a list")),
            Shape::Anything => return None,
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
