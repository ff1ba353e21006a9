//! `docs/data.md` is made from the schema; `UPDATE_DOCS=1 cargo test --test data_doc` writes it.

use std::fmt::Write;

use itog::model::{self, Kind, schema};
use serde_json::Value;

/// What a value may be, in a word or two.
fn shape(value: &Value) -> String {
    if let Some(name) = value["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return format!("[{name}](#{name})");
    }
    if let Some(any) = value["anyOf"].as_array() {
        let mut shapes: Vec<String> =
            any.iter().filter(|v| v["type"] != "null").map(shape).collect();
        shapes.dedup();
        return shapes.join(", ");
    }
    if let Some(word) = value["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(words) = value["enum"].as_array() {
        let words: Vec<String> =
            words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        return words.join(" ");
    }
    match &value["type"] {
        Value::String(kind) if kind == "array" => format!("список: {}", shape(&value["items"])),
        Value::String(kind) if kind == "object" => "ключи".to_owned(),
        Value::String(kind) if kind == "boolean" => "`true`, `false`".to_owned(),
        Value::String(kind) if kind == "integer" => "число".to_owned(),
        _ => "текст".to_owned(),
    }
}

/// The picture of what a key makes, if `docs/data/pictures.py` has one.
fn picture(name: &str, key: &str) -> String {
    let file = format!("data/{name}-{key}.png");
    let path = format!("{}/docs/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::path::Path::new(&path).exists() { format!("![]({file})") } else { String::new() }
}

/// What a key means in English.
fn english(key: &str) -> &'static str {
    let lines = include_str!("../docs/data/english.txt").lines();
    let found = lines.filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == key);
    found.unwrap_or_else(|| panic!("docs/data/english.txt does not tell of `{key}`")).1
}

/// A key as it is written: the Russian word first, where there is one.
fn written(key: &str) -> String {
    let russian = model::keys().find(|(known, _)| *known == key);
    let russian = russian.and_then(|(_, others)| others.iter().find(|other| !other.is_ascii()));
    russian.map_or_else(|| format!("`{key}`"), |russian| format!("`{russian}` / `{key}`"))
}

fn table(out: &mut String, name: &str, definition: &Value) {
    let what = definition["description"].as_str().unwrap_or_default();
    let _ = writeln!(out, "\n## {name}\n\n{what}.\n");
    let mut objects = vec![definition];
    objects.extend(definition["anyOf"].as_array().into_iter().flatten());
    for object in objects {
        let Some(properties) = object["properties"].as_object() else { continue };
        if let Some(kind) = properties.get("type").and_then(|kind| kind["const"].as_str()) {
            let _ = writeln!(out, "\n`type: {kind}`\n");
        }
        let _ = writeln!(
            out,
            "| ключ / key | что это | what it is | значение | выходит |\n|---|---|---|---|---|"
        );
        for (key, value) in properties {
            let what = value["description"].as_str().unwrap_or_default().replace('|', "\\|");
            let shape = shape(value).replace('|', "\\|");
            let (english, picture) = (english(key), picture(name, key));
            let key = written(key);
            let _ = writeln!(out, "| {key} | {what} | {english} | {shape} | {picture} |");
        }
    }
}

#[test]
fn the_reference_of_the_data_is_made_from_the_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data.md");
    let head = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data-head.md"))
        .expect("the head of the reference is there");
    let (document, certificate) = (schema(Kind::FinalDocument), schema(Kind::Certificate));
    let parts = |schema: &Value| schema["$defs"].as_object().expect("the schema has parts").clone();
    let mut all = parts(&document);
    all.extend(parts(&certificate));
    let mut out = head;
    // What people write first; its parts follow in the order of the alphabet.
    for name in ["final-document", "certificate"] {
        let definition = all.remove(name).expect("both have a part of their own");
        table(&mut out, name, &definition);
    }
    for (name, definition) in &all {
        table(&mut out, name, definition);
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &out).expect("docs/data.md can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == out, "docs/data.md is old: run UPDATE_DOCS=1 cargo test --test data_doc");
}
