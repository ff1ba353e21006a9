//! Diagnostics as whoever meets them reads them: the commands of `tests/diagnostics/commands.txt`
//! are run in both languages, and the first fault of each code stands in `russian.txt` and
//! `english.txt` beside them, whence the pages of diagnostics have their examples. Codes that no
//! command shows are in `elsewhere.txt`; that their texts are there in both languages is seen by
//! `tests/messages.rs`.
//!
//! `UPDATE_DOCS=1 cargo test --test diagnostics` writes the three anew.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "toml", feature = "xlsx"))]
#![cfg(feature = "svg")]

mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use harness::{folder, itog};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(name)
}

/// What one command says in a language.
fn said(line: &str, language: &str, out: &Path) -> String {
    let out = out.to_str().unwrap();
    let words = line.split(' ').map(|word| word.replace("OUT", out));
    let mut command = itog();
    command.args(["--lang", language]).args(words).stdin(Stdio::null());
    let ran = command.output().unwrap();
    String::from_utf8_lossy(&ran.stderr).replace(out, "OUT").replace('\\', "/")
}

/// The faults of a text by their codes, each with the lines that belong to it.
fn faults(text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let head = ["ошибка[", "предупреждение[", "error[", "warning["]
            .iter()
            .find_map(|word| line.find(word));
        if let Some(at) = head.filter(|_| !line.starts_with(' ')) {
            let (_, rest) = line[at..].split_once('[').unwrap();
            let (code, _) = rest.split_once(']').unwrap();
            all.push((code.to_owned(), format!("{line}\n")));
            open = true;
            continue;
        }
        // What quotes the input is indented, or begins with the number of its line.
        open &= line.starts_with(|c: char| c == ' ' || c.is_ascii_digit());
        if let Some((_, told)) = all.last_mut().filter(|_| open) {
            *told += &format!("{line}\n");
        }
    }
    all
}

/// The first fault of each code in a language.
fn seen(language: &str) -> BTreeMap<String, String> {
    let commands = fs::read_to_string(path("commands.txt")).unwrap();
    let out = folder(&format!("diagnostics-{language}"));
    let mut all = BTreeMap::new();
    for line in commands.lines() {
        for (code, told) in faults(&said(line, language, &out)) {
            all.entry(code).or_insert(told);
        }
    }
    all
}

fn held(name: &str, now: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(name), now).unwrap();
    }
    let written = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        written == now,
        "tests/diagnostics/{name} is old, see the head of tests/diagnostics.rs"
    );
}

#[test]
fn each_diagnostic_is_read_in_both_languages() {
    let (russian, english) = std::thread::scope(|scope| {
        let russian = scope.spawn(|| seen("ru"));
        let english = seen("en");
        (russian.join().unwrap(), english)
    });
    for (name, seen) in [("russian.txt", &russian), ("english.txt", &english)] {
        held(name, &seen.values().map(|told| format!("{told}\n")).collect::<String>());
    }
    assert!(russian.keys().eq(english.keys()), "something is told in one language only");
    for told in russian.values() {
        let first = told.lines().next().unwrap();
        let (_, message) = first.split_once("]: ").unwrap();
        assert!(message.chars().any(|c| ('а'..='я').contains(&c)), "{first}");
    }
    let list = fs::read_to_string(path("../../docs/diagnostics.txt")).unwrap();
    let codes = list.lines().filter_map(|line| line.split_once(" | ")).map(|(code, _)| code);
    let elsewhere: Vec<&str> = codes.filter(|code| !russian.contains_key(*code)).collect();
    held("elsewhere.txt", &format!("{}\n", elsewhere.join("\n")));
}
