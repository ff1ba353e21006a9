//! Holds the public face to its size, and the everyday names in it to an example each. It is read
//! from the sources: what rustdoc lists of the crate, with all features.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The most items that the face may have. Whoever adds one looks first for one that can go.
const MOST: usize = 160;

const WORDS: [&str; 7] = ["struct", "enum", "trait", "fn", "type", "const", "macro_rules!"];

/// What a line at the margin makes public: an item, by its name.
fn item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const fn ").map_or(rest, |_| &rest["const ".len()..]);
    let (word, rest) = rest.split_once(' ')?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    WORDS.contains(&word).then_some(&rest[..end])
}

/// The file of a module that stands in a folder.
fn file(folder: &Path, name: &str) -> PathBuf {
    let flat = folder.join(format!("{name}.rs"));
    if flat.exists() { flat } else { folder.join(name).join("mod.rs") }
}

/// The statements `pub use` of a file that rustdoc shows, without their ends.
fn exports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut hidden = false;
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("#[doc(hidden)]") {
            hidden = true;
        } else if let Some(rest) = line.strip_prefix("pub use ") {
            let mut all = rest.to_owned();
            while !all.ends_with(';') {
                all.push_str(lines.next().unwrap_or(";").trim());
            }
            if !hidden {
                found.push(all.trim_end_matches(';').to_owned());
            }
            hidden = false;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            hidden = false;
        }
    }
    found
}

/// The names that a module shows as its own: those that it defines, and those that it takes out of
/// modules which are not public themselves.
fn walk(module: &str, path: &Path, found: &mut BTreeSet<String>) {
    let code = fs::read_to_string(path).unwrap();
    let folder = path.parent().unwrap();
    let is_open = |name: &str| code.lines().any(|line| line == format!("pub mod {name};"));
    let root = fs::read_to_string(source("lib.rs")).unwrap();
    let is_open_at_root = |name: &str| root.lines().any(|line| line == format!("pub mod {name};"));
    let whole = code.split("\npub mod internals {").next().unwrap_or_default();
    let own = whole.lines().filter_map(item);
    found.extend(own.map(|name| format!("{module}::{name}")));
    for export in exports(whole) {
        let (from, names) = export.rsplit_once("::").map_or(("", export.as_str()), |both| both);
        let (from, names) = export.split_once("::{").unwrap_or((from, names));
        // A crate of its own, which has pages of its own.
        if from.is_empty() {
            continue;
        }
        let shown_there = match from.strip_prefix("crate") {
            // A macro stands at the root, whoever exports it.
            Some("") => true,
            Some(inner) => is_open_at_root(inner[2..].split("::").next().unwrap_or_default()),
            None => is_open(from),
        };
        let names = names.trim_end_matches('}').split(',').map(str::trim);
        if !shown_there {
            let names = names.filter(|name| !name.is_empty());
            found.extend(names.map(|name| format!("{module}::{name}")));
        }
    }
    for name in code.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')) {
        walk(&format!("{module}::{name}"), &file(folder, name), found);
    }
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name)
}

#[test]
fn the_public_face_is_small() {
    let mut found = BTreeSet::from(["itog::say".to_owned()]);
    walk("itog", &source("lib.rs"), &mut found);
    for known in ["itog::Standard", "itog::batch::table::open", "itog::model::Person"] {
        assert!(found.contains(known), "{known} is not seen in {found:#?}");
    }
    for inner in ["itog::diag::Span", "itog::Engine", "itog::diag::Given"] {
        assert!(!found.contains(inner), "{inner} is counted");
    }
    let count = found.len();
    assert!(count > 100 && count <= MOST, "{count} public items: {found:#?}");
}

/// What most programs that use the library name.
const EVERYDAY: [&str; 39] = [
    "BatchOptions",
    "Batch",
    "BlockHelper",
    "BlockOutput",
    "Cancel",
    "Certificate",
    "Common",
    "Composition",
    "Design",
    "Diagnostic",
    "Document",
    "DocxOptions",
    "Engine",
    "EngineBuilder",
    "Error",
    "FileSink",
    "Files",
    "FinalDocument",
    "Folder",
    "FontBook",
    "Helper",
    "Loader",
    "NameBook",
    "Pattern",
    "PdfOptions",
    "Person",
    "Pictures",
    "Place",
    "PublicKey",
    "Record",
    "SecretKey",
    "Shard",
    "TableOptions",
    "Warned",
    "Zip",
    "builtin",
    "builtins",
    "records",
    "nearest",
];

/// The items of a file whose description has an example, and those that have none.
fn examples(code: &str) -> Vec<(&str, bool)> {
    let mut has = false;
    let mut found = Vec::new();
    for line in code.lines() {
        if let Some(name) = item(line) {
            found.push((name, has));
        }
        has = match line {
            _ if line.starts_with("///") => has || line.trim_end().ends_with("```"),
            // Attributes stand between; those of several lines go on indented.
            _ => has && (line.starts_with('#') || line.starts_with(' ') || line.starts_with(')')),
        };
    }
    found
}

#[test]
fn everyday_items_have_an_example() {
    fn walk(folder: &Path, found: &mut BTreeMap<String, bool>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                let code = fs::read_to_string(&entry).unwrap();
                for (name, has) in examples(&code) {
                    *found.entry(name.to_owned()).or_default() |= has;
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&source(""), &mut found);
    let lacking: Vec<_> = EVERYDAY.iter().filter(|name| found.get(**name) != Some(&true)).collect();
    assert!(lacking.is_empty(), "without an example: {lacking:?}");
    let two =
        "/// A.\n///\n/// ```\n/// a();\n/// ```\n#[must_use]\npub fn a() {}\n\npub fn b() {}";
    assert_eq!(examples(two), [("a", true), ("b", false)]);
}
