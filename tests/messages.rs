//! Every message has a Russian text with the same values, and no Russian text is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the crate.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All code of a folder but its tests.
fn code(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && name != "tests" {
            code(&entry, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = fs::read_to_string(&entry).unwrap();
            // Examples in documentation say what no catalogue knows.
            let bare = |line: &str| !line.trim_start().starts_with("//");
            let lines: Vec<&str> = text.lines().filter(|line| bare(line)).collect();
            found.push((entry, lines.join("\n")));
        }
    }
}

/// The text of the first string in a piece of code, if it comes before `end`.
fn literal(code: &str, end: char) -> Option<String> {
    let start = code.find('"').filter(|at| !code[..*at].contains(end))?;
    let mut out = String::new();
    let mut letters = code[start + 1..].chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Some(out),
            '\\' => match letters.next()? {
                // A line that goes on in the next one.
                '\n' => while letters.next_if(|c| c.is_whitespace()).is_some() {},
                escaped => out.push(escaped),
            },
            letter => out.push(letter),
        }
    }
    None
}

/// All messages with the rooms that say them.
fn said() -> BTreeMap<String, BTreeSet<String>> {
    let mut files = Vec::new();
    code(&path("src"), &mut files);
    code(&path("examples/itog"), &mut files);
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in files {
        let inside = file.strip_prefix(path("")).unwrap().with_extension("");
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let room = if parts[0] == "examples" { "program" } else { &parts[1] };
        // The words that a choice is called by are messages, too.
        for (mark, end) in [("say!(", ','), ("choice!(", '{')] {
            for (at, _) in text.match_indices(mark) {
                if let Some(template) = literal(&text[at + mark.len()..], end) {
                    all.entry(template).or_default().insert(room.to_owned());
                }
            }
        }
    }
    assert!(all.len() > 700, "{} messages", all.len());
    all
}

/// The catalogue: for each room its pairs in their order.
fn catalogue() -> BTreeMap<String, Vec<(String, String)>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(path("src/diag/russian")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let pair = |block: &str| {
            let (english, russian) =
                block.split_once("\n    ").unwrap_or_else(|| panic!("{block}"));
            (english.to_owned(), russian.trim_end().to_owned())
        };
        let room = file.file_stem().unwrap().to_string_lossy().into_owned();
        all.insert(room, text.split("\n\n").map(pair).collect());
    }
    all
}

/// The names of the values in a template: a name in single braces.
fn names(template: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let after = &rest[at + 1..];
        if let Some(doubled) = after.strip_prefix('{') {
            rest = doubled;
            continue;
        }
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
        let value = after[end..].starts_with('}');
        let plural = after[end..].starts_with(':')
            && after[end..].find('}').is_some_and(|close| !after[end..end + close].contains(' '));
        if end > 0 && (value || plural) {
            found.insert(&after[..end]);
        }
        rest = after;
    }
    found
}

#[test]
fn each_message_has_a_russian_text_and_each_text_a_message() {
    let (said, catalogue) = (said(), catalogue());
    let mut faults = Vec::new();
    for (template, rooms) in &said {
        let home = if rooms.len() == 1 { rooms.first().unwrap() } else { "common" };
        let has = |room: &str| {
            catalogue
                .get(room)
                .is_some_and(|all| all.iter().any(|(english, _)| english == template))
        };
        if !has(home) {
            faults.push(format!("src/diag/russian/{home}.txt lacks: {template}"));
        }
    }
    for (room, pairs) in &catalogue {
        for (english, russian) in pairs {
            let rooms = said.get(english).map(BTreeSet::len);
            if rooms.is_none_or(|count| (count > 1) != (room == "common")) {
                faults.push(format!("src/diag/russian/{room}.txt, but not said there: {english}"));
            }
            if names(english) != names(russian) {
                faults.push(format!("other values in Russian: {english}\n    {russian}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_catalogue_is_sorted_and_russian() {
    for (room, pairs) in catalogue() {
        assert!(pairs.is_sorted_by(|a, b| a.0 < b.0), "{room}.txt is not sorted");
        for (english, russian) in pairs {
            // Code in backticks, values and links are the same in every language.
            let words: String = english.split('`').step_by(2).collect();
            let words = words.replace("null", "");
            let bare: String =
                words.split('{').map(|s| s.split('}').next_back().unwrap()).collect();
            let wordy = bare.chars().filter(char::is_ascii_alphabetic).count() > 2;
            let cyrillic = russian.chars().any(|c| matches!(c, 'а'..='я' | 'ё'));
            assert!(cyrillic || !wordy, "{room}.txt: {english}\n    {russian}");
        }
    }
}
