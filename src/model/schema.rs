//! The JSON Schema (draft 2020-12) of the data, made by the very functions that read them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The named parts of a schema.
#[derive(Debug, Default)]
pub(super) struct Defs(BTreeMap<&'static str, Value>);

impl Defs {
    /// A reference to a named part, which is made when it is met first.
    pub(super) fn define(&mut self, name: &'static str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            // Taken before it is made: a part may hold itself.
            self.0.insert(name, Value::Null);
            let schema = make(self);
            self.0.insert(name, schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The whole: a part as the root, all others beside it.
    pub(super) fn into_schema(self, title: &str, root: &Value) -> Value {
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            "$ref": root["$ref"],
            "$defs": self.0,
        })
    }
}

/// A map of keys as far as it is described.
#[derive(Debug, Default)]
pub(super) struct Shape {
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Shape {
    /// Adds a key. An optional one may also be null, so that a key can be kept with nothing to say.
    pub(super) fn property(&mut self, key: &'static str, schema: Value, required: bool, doc: &str) {
        let mut schema = if required { schema } else { nullable(schema) };
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), doc.into());
        }
        self.properties.insert(key.to_owned(), schema);
        if required {
            self.required.push(key);
        }
    }

    /// The schema of the map; no other key is allowed.
    pub(super) fn into_schema(self, doc: &str) -> Value {
        json!({
            "type": "object",
            "description": doc,
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

fn nullable(schema: Value) -> Value {
    match schema.get("anyOf") {
        Some(Value::Array(any)) => {
            let mut any = any.clone();
            any.push(json!({ "type": "null" }));
            json!({ "anyOf": any })
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}
