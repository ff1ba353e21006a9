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
    let read = fs::read_to_string(path("src/diag/catalogue.rs")).unwrap();
    for (room, pairs) in catalogue() {
        assert!(read.contains(&format!("russian/{room}.txt")), "nobody reads {room}.txt");
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

/// A code of `docs/diagnostics.txt`: what it means in English and Russian.
struct Code {
    name: String,
    english: String,
    russian: String,
}

fn codes() -> Vec<Code> {
    let text = fs::read_to_string(path("docs/diagnostics.txt")).unwrap();
    let code = |line: &str| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [name, english, russian] = parts[..] else { panic!("{line}") };
        Code { name: name.into(), english: english.into(), russian: russian.into() }
    };
    text.lines().map(code).collect()
}

#[test]
fn each_code_is_explained() {
    let codes = codes();
    assert!(codes.is_sorted_by(|a, b| a.name < b.name));
    let mut files = Vec::new();
    code(&path("src"), &mut files);
    code(&path("examples/itog"), &mut files);
    let all: String = files.into_iter().map(|(_, text)| text).collect();
    for code in &codes {
        assert!(all.contains(&format!("\"{}\"", code.name)), "nothing says `{}`", code.name);
    }
    let known = |name: &String| codes.iter().any(|code| code.name == *name);
    for mark in ["Diagnostic::error(", "Diagnostic::warning(", "RenderFault::new("] {
        for (at, _) in all.match_indices(mark) {
            let first = literal(&all[at + mark.len()..], ',');
            assert!(first.as_ref().is_none_or(known), "docs/diagnostics.txt lacks {first:?}");
        }
    }
    // Writers report by methods of their own; some of these take no code, but a message.
    for mark in [".warn(", ".warn_once(", " ask("] {
        for (at, _) in all.match_indices(mark) {
            let rest = all[at + mark.len()..].trim_start();
            let first = literal(rest, ',').filter(|_| rest.starts_with('"'));
            assert!(first.as_ref().is_none_or(known), "docs/diagnostics.txt lacks {first:?}");
        }
    }
}

/// What is said with each code: the messages that stand beside it in the sources.
fn said_with(codes: &[Code]) -> BTreeMap<String, Vec<String>> {
    let mut files = Vec::new();
    code(&path("src"), &mut files);
    code(&path("examples/itog"), &mut files);
    files.sort();
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, text) in files {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for code in codes {
            let quoted = format!("\"{}\"", code.name);
            found.extend(text.match_indices(&quoted).map(|(at, _)| (at, code.name.as_str())));
        }
        found.sort_unstable();
        let mut end = 0;
        for (i, (at, name)) in found.iter().enumerate() {
            // From the code before, or the beginning of the function, to the end of the statement.
            let start = text[..*at].rfind("fn ").unwrap_or(0).max(end);
            let next = found.get(i + 1).map_or(text.len(), |(at, _)| *at);
            end = text[*at..].find(';').map_or(text.len(), |length| at + length);
            // Advice may be given in the statements that follow.
            let later = ["let ", "fn "].map(|word| text[end..].find(word).unwrap_or(usize::MAX));
            end = end.saturating_add(later[0].min(later[1])).min(next);
            for (mark, _) in text[start..end].match_indices("say!(") {
                let template = literal(&text[start + mark + 5..], ',');
                // Words and parts of a sentence stand in other messages.
                let whole = |text: &String| text.split(' ').count() > 2;
                let list = all.entry((*name).to_owned()).or_default();
                list.extend(template.filter(whole).filter(|text| !list.contains(text)));
            }
        }
    }
    all
}

/// The first fault of each code that `tests/diagnostics.rs` has seen in a language.
fn seen(language: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path("tests/diagnostics").join(language)).unwrap();
    let blocks = text.split("\n\n").filter(|block| !block.is_empty());
    blocks.map(|block| (code_of(block), format!("{block}\n"))).collect()
}

/// The code of a fault as it is told: `ошибка[unknown-key]: …`, behind its row if it has one.
fn code_of(told: &str) -> String {
    let (head, _) = told.split_once("]: ").unwrap();
    head.rsplit_once('[').unwrap().1.to_owned()
}

/// A page of all codes in a language.
fn page(russian: bool) -> String {
    let codes = codes();
    let (said, texts) = (said_with(&codes), catalogue());
    let seen = seen(if russian { "russian.txt" } else { "english.txt" });
    let in_russian = |english: &String| {
        let pairs = texts.values().flatten();
        pairs.clone().find(|(known, _)| known == english).map_or("", |(_, russian)| russian)
    };
    let mut out = if russian {
        "# Ошибки и предупреждения\n\nПо их кодам: что случилось, какими словами об этом \
         говорится и что советуется; в фигурных скобках — значения. Страница сделана из списка \
         кодов (`docs/diagnostics.txt`), сообщений программы и её тестов: \
         `UPDATE_DOCS=1 cargo test --test messages`.\n"
    } else {
        "# Diagnostics\n\nBy their codes: what has happened, in which words it is told, and what \
         is advised; values stand in braces. This page is made from the list of codes \
         (`docs/diagnostics.txt`), the messages of the program and its tests: \
         `UPDATE_DOCS=1 cargo test --test messages`.\n"
    }
    .to_owned();
    for code in &codes {
        let cause = if russian { &code.russian } else { &code.english };
        out += &format!("\n## `{}`\n\n{cause}\n", code.name);
        let list = said.get(&code.name).map(Vec::as_slice).unwrap_or_default();
        for (at, message) in list.iter().enumerate() {
            let shown = if russian { in_russian(message) } else { message };
            // Code stays code within the text: it is between the backticks of the message.
            out += &format!("{}- {}\n", if at == 0 { "\n" } else { "" }, escaped(shown));
        }
        if let Some(example) = seen.get(&code.name) {
            out += &format!("\n```text\n{example}```\n");
        }
    }
    out
}

/// A message as Markdown: outside of its code nothing is a mark.
fn escaped(message: &str) -> String {
    let part = |(at, part): (usize, &str)| match at % 2 {
        0 => part.replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_"),
        _ => part.to_owned(),
    };
    message.split('`').enumerate().map(part).collect::<Vec<_>>().join("`")
}

#[test]
fn the_pages_of_diagnostics_are_made_from_the_catalogue() {
    for (name, russian) in [("docs/diagnostics.md", false), ("docs/ru/diagnostics.md", true)] {
        let page = page(russian);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(path(name), &page).unwrap();
        }
        let written = fs::read_to_string(path(name)).unwrap_or_default();
        assert!(written == page, "{name} is old: run UPDATE_DOCS=1 cargo test --test messages");
    }
}
