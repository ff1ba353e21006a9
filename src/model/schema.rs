//! The JSON Schema (draft 2020-12) of the data, made by the very functions that read them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The named parts of a schema.
#[derive(Debug, Default)]
pub(super) struct Defs(BTreeMap<&'static str, Value>);

impl Defs {
    /// A reference to a named part, which is made when it is met first.
    pub(super) fn define(
        &mut self,
        name: &'static str,
        make: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
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
pub(super) struct ObjectSchema {
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl ObjectSchema {
    /// Adds a key. An optional one may also be null, so that a key can be kept with nothing to say.
    pub(super) fn property(&mut self, key: &'static str, schema: Value, required: bool, doc: &str) {
        // A key that may be missing may be null: templates' own output is valid data.
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
        // Beside a `type` or `$ref` another one would narrow the value, not widen it.
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::super::tree::{DataNode, DataValue as Data};
    use super::super::{Format, Kind, Limits, read, schema, yaml};
    use super::Value;

    /// As much of a validator as our schemas need.
    fn allows(root: &Value, schema: &Value, node: &DataNode) -> bool {
        let scalar = match &node.value {
            Data::Scalar { text, .. } => Some(text.as_str()),
            _ => None,
        };
        let is = |kind: &str| match (kind, &node.value) {
            ("null", Data::Null) | ("array", Data::Seq(_)) | ("object", Data::Map(_)) => true,
            ("boolean", Data::Scalar { text, plain: true }) => text == "true" || text == "false",
            ("number" | "integer", Data::Scalar { text, plain: true }) => {
                text.parse::<f64>().is_ok()
            }
            ("string", Data::Scalar { .. }) => true,
            _ => false,
        };
        schema.as_object().unwrap().iter().all(|(keyword, rule)| match keyword.as_str() {
            "$ref" => allows(
                root,
                &root["$defs"][rule.as_str().unwrap().trim_start_matches("#/$defs/")],
                node,
            ),
            "anyOf" => rule.as_array().unwrap().iter().any(|schema| allows(root, schema, node)),
            "const" => scalar == rule.as_str(),
            "enum" => rule.as_array().unwrap().iter().any(|word| scalar == word.as_str()),
            "type" => rule.as_str().map_or_else(
                || rule.as_array().unwrap().iter().any(|kind| is(kind.as_str().unwrap())),
                is,
            ),
            "items" => match &node.value {
                Data::Seq(items) => items.iter().all(|item| allows(root, rule, item)),
                _ => true,
            },
            "properties" => match &node.value {
                Data::Map(entries) => entries.iter().all(|(key, node)| {
                    rule.get(&key.text).is_none_or(|rule| allows(root, rule, node))
                }),
                _ => true,
            },
            "additionalProperties" => match &node.value {
                Data::Map(entries) => {
                    let known = |key: &str| {
                        schema
                            .get("properties")
                            .is_some_and(|properties| properties.get(key).is_some())
                    };
                    entries
                        .iter()
                        .filter(|(key, _)| !known(&key.text))
                        .all(|(_, node)| rule.is_object() && allows(root, rule, node))
                }
                _ => true,
            },
            "required" => match &node.value {
                Data::Map(entries) => rule.as_array().unwrap().iter().all(|name| {
                    entries.iter().any(|(key, _)| Some(key.text.as_str()) == name.as_str())
                }),
                _ => true,
            },
            "$schema" | "$defs" | "title" | "description" | "pattern" | "minimum" | "maximum" => {
                true
            }
            other => panic!("the validator does not know {other}"),
        })
    }

    fn check(kind: Kind, text: &str) -> bool {
        let schema = schema(kind);
        allows(&schema, &schema, &yaml::parse(text, &Limits::default(), &mut Vec::new()).unwrap())
    }

    #[test]
    fn allows_the_examples_and_what_templates_see_of_them() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
        for (kind, name) in [
            (Kind::FinalDocument, "final-document"),
            (Kind::FinalDocument, "minimal"),
            (Kind::FinalDocument, "protocol"),
            (Kind::FinalDocument, "resolution"),
            (Kind::Certificate, "certificate"),
            (Kind::Common, "common"),
        ] {
            let text = std::fs::read_to_string(format!("{folder}/{name}.yaml")).unwrap();
            assert!(check(kind, &text), "{name}");
            if kind != Kind::Common {
                let document = read(text.as_bytes(), name, Format::Yaml).unwrap().value;
                assert!(
                    check(kind, &serde_json::to_string(&document).unwrap()),
                    "{name}, as templates see it"
                );
            }
        }
    }

    #[test]
    fn refuses_what_the_reader_refuses() {
        for text in [
            "{kind: Протокол, recommendations: [{text: Первая., du: 2014-09-20}]}",
            "{kind: Протокол, nubmer: 7}",
            "{kind: Протокол, event: {name: Собрание, nmae: Собрание}}",
            "{kind: Протокол, sections: [{type: texts, paragraphs: [Абзац.]}]}",
            "{kind: Протокол, sections: [{type: text, items: [Абзац.]}]}",
            "{kind: Протокол, signatures: [{nmae: Ли Анна}]}",
            "{kind: Протокол, present: many}",
            "{recommendations: [Первая.]}",
        ] {
            assert!(!check(Kind::FinalDocument, text), "{text}");
        }
        assert!(!check(Kind::Certificate, "{kind: Диплом}"));
        assert!(!check(Kind::Certificate, "{kind: Диплом, recipient: Ли Анна, formula: thank}"));
    }
}
