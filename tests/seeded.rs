//! Faults sown at every line where they can stand, each to be told at its own line: what is wrong
//! far above must not be blamed on the line where the reader noticed.
#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

use std::fs;
use std::path::Path;

use itog::Error;
use itog::model::{self, Format};

/// A fault: its name, and the line with it, if the line is one that can have it.
type Fault = (&'static str, fn(&str) -> Option<String>);

/// A line of a document split behind its key.
fn keyed(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    let name = key.trim_start().trim_start_matches("- ");
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    (plain && value.starts_with(|c: char| c.is_alphabetic())).then_some((key, value))
}

fn item(line: &str) -> Option<(&str, &str)> {
    let (dash, text) = line.split_once("- ")?;
    let own = dash.trim().is_empty() && text.starts_with(|c: char| ('А'..='я').contains(&c));
    own.then_some((dash, text))
}

const FAULTS: [Fault; 11] = [
    ("a quotation mark left open", |line| {
        keyed(line).map(|(key, text)| format!("{key}: \"{text}"))
    }),
    ("an apostrophe left open", |line| keyed(line).map(|(key, text)| format!("{key}: '{text}"))),
    ("a brace left open", |line| keyed(line).map(|(key, text)| format!("{key}: {{{text}"))),
    ("a bracket left open", |line| keyed(line).map(|(key, text)| format!("{key}: [{text}"))),
    ("an item's quotation mark left open", |line| {
        item(line).map(|(dash, text)| format!("{dash}- \"{text}"))
    }),
    ("an item's bracket left open", |line| {
        item(line).map(|(dash, text)| format!("{dash}- [{text}"))
    }),
    ("a tab before a key", |line| {
        let body = line.strip_prefix("  ").filter(|_| keyed(line).is_some())?;
        Some(format!("\t{}", body.trim_start()))
    }),
    ("a letter of a key left out", |line| {
        let (key, text) = keyed(line)?;
        let cut =
            key.len().checked_sub(2).filter(|cut| key[..*cut].ends_with(char::is_alphabetic))?;
        Some(format!("{}{}: {text}", &key[..cut], &key[cut + 1..]))
    }),
    ("a control character", |line| keyed(line).map(|_| format!("{line}\u{7}"))),
    ("a name of nothing", |line| keyed(line).map(|(key, _)| format!("{key}: *nothing"))),
    ("a tag", |line| keyed(line).map(|(key, text)| format!("{key}: !own {text}"))),
];

/// The lines that are told.
fn told(yaml: &str) -> Vec<usize> {
    let all = match model::read(yaml.as_bytes(), "seeded.yaml", Format::Yaml) {
        Ok(read) => read.warnings,
        Err(Error::Invalid(all)) => all,
        Err(error) => panic!("{error}"),
    };
    all.iter().filter_map(|fault| Some(fault.place()?.line_column().0)).collect()
}

#[test]
fn each_fault_of_data_is_told_at_its_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let (mut sown, mut missed) = (0, Vec::new());
    for name in ["final-document", "protocol", "resolution", "certificate"] {
        let text = fs::read_to_string(folder.join(name).with_extension("yaml")).unwrap();
        // Remarks of the examples would stand in the texts that are put in quotes.
        let bare = |line: &str| line.split(" #").next().unwrap_or_default().trim_end().to_owned();
        let lines: Vec<String> = text.lines().map(bare).collect();
        for (at, line) in lines.iter().enumerate() {
            for (fault, sow) in FAULTS {
                let Some(wrong) = sow(line) else { continue };
                let mut with = lines.clone();
                with[at] = wrong.clone();
                let at_lines = told(&with.join("\n"));
                sown += 1;
                // What is told nowhere is not told at its line, either.
                if !at_lines.contains(&(at + 1)) {
                    missed.push(format!("{name}:{}: {fault}: `{wrong}`: {at_lines:?}", at + 1));
                }
            }
        }
    }
    assert!(sown > 300, "{sown} faults are too few to tell anything");
    assert!(missed.is_empty(), "{} of {sown}:\n{}", missed.len(), missed.join("\n"));
}
