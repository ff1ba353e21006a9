//! Holds the code to the tables of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The names in backticks of a table cell.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The two-column table whose header row is `| first | second |`.
fn table(text: &str, first: &str, second: &str) -> Vec<(BTreeSet<String>, String)> {
    let header = format!("| {first} | {second} |");
    let rows = text
        .lines()
        .skip_while(|line| *line != header)
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let rows: Vec<_> = rows
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            (names(cells[0]), cells[1].to_owned())
        })
        .collect();
    assert!(!rows.is_empty(), "ARCHITECTURE.md has no table `{header}`");
    rows
}

fn architecture() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap()
}

/// All source files with the top-level module that each belongs to. Tests may use what they like,
/// so those inside of `src` are left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name == "tests") {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.file_name().is_some_and(|name| name != "tests.rs")
            {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter_map(|path| {
            let first = path
                .strip_prefix(&root)
                .unwrap()
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_str()
                .unwrap()
                .to_owned();
            let module = first.trim_end_matches(".rs").to_owned();
            let code = fs::read_to_string(&path).unwrap();
            (module != "lib").then_some((module, path, code))
        })
        .collect()
}

/// The code without comments, so that prose may name any module; lines stay where they are.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// The path of the module that a file holds, from the crate's root: `["docx", "package", "zip"]`.
fn module_path(path: &Path) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inner = path.strip_prefix(root).unwrap().with_extension("");
    let mut parts: Vec<String> =
        inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The first words of what follows a path's `::`: one, or all of a group, however many lines it
/// takes.
fn first_words(rest: &str) -> Vec<String> {
    let word = |s: &str| {
        s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let Some(list) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(word(&list[start..i]));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found.retain(|w| !w.is_empty());
    found
}

/// The top-level modules that code names, each with its line: behind `crate::`, and behind as many
/// `super::` as lead from this module to the root.
fn used(code: &str, module: &[String]) -> Vec<(usize, String)> {
    let line = |at: usize| code[..at].matches('\n').count() + 1;
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        found.extend(first_words(&code[at + prefix.len()..]).into_iter().map(|w| (line(at), w)));
    }
    let up = "super::".repeat(module.len());
    for (at, prefix) in code.match_indices(&up) {
        found.extend(first_words(&code[at + prefix.len()..]).into_iter().map(|w| (line(at), w)));
    }
    found
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let text = architecture();
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut above = BTreeSet::new();
    for (module, may) in table(&text, "module", "may use") {
        let module = module.into_iter().next().unwrap();
        let may = if may.contains("everything above") { above.clone() } else { names(&may) };
        above.insert(module.clone());
        allowed.insert(module, may);
    }
    let mut faults = Vec::new();
    for (module, path, code) in sources() {
        let Some(may) = allowed.get(&module) else {
            faults.push(format!("{}: module `{module}` is not in the table", path.display()));
            continue;
        };
        for (line, other) in used(&without_comments(&code), &module_path(&path)) {
            if allowed.contains_key(&other) && other != module && !may.contains(&other) {
                faults.push(format!("{}:{line}: `{module}` may not use `{other}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn foreign_crates_stay_in_their_module() {
    let text = architecture();
    let mut faults = Vec::new();
    let homes = table(&text, "crate", "only in");
    for (module, path, code) in sources() {
        for (line, code) in (1..).zip(without_comments(&code).lines()) {
            for (crates, home) in &homes {
                let home = names(home);
                for name in crates
                    .iter()
                    .filter(|c| code.contains(&format!("{c}::")) && !home.contains(&module))
                {
                    faults.push(format!(
                        "{}:{line}: `{name}` belongs to {home:?}, not to `{module}`",
                        path.display()
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_use_lines_sees_groups_of_several_lines_and_super() {
    let used = |code: &str| {
        let here = ["docx".to_owned(), "package".to_owned()];
        used(code, &here).into_iter().map(|(line, word)| format!("{line} {word}")).collect()
    };
    let found: Vec<String> = used("use crate::{diag::{Sink, Span}, style::Color};");
    assert_eq!(found, ["1 diag", "1 style"]);
    let found: Vec<String> = used("    crate::font::Face::new(crate::diag::Sink::new())");
    assert_eq!(found, ["1 font", "1 diag"]);
    let found: Vec<String> = used("\nuse crate::{\n    diag::Sink,\n    style,\n};");
    assert_eq!(found, ["2 diag", "2 style"]);
    let found: Vec<String> = used("use super::super::layout::Pages;\nuse super::El;");
    assert_eq!(found, ["1 layout"]);
}

/// Names that stand for two things, each with the reason why that cannot mislead.
const TWICE: &[(&str, &str)] = &[
    ("Area", "to be settled in `docx`"),
    ("Drawn", "to be settled in `docx`"),
    ("Faces", "to be settled in `docx`"),
    ("Item", "to be settled in `docx`"),
    ("Line", "to be settled in `docx`"),
    ("Node", "to be settled in `docx`"),
    ("Origin", "to be settled in `docx`"),
    ("Place", "to be settled in `docx`"),
    ("Section", "to be settled in `docx`"),
    ("Sheet", "to be settled in `docx`"),
    ("Styles", "to be settled in `docx`"),
];

/// The type that a line of code names for the first time: `struct`, `enum`, `type`, `trait`. What a
/// line inside of an `impl` names is another trait's word (`type Err`), not ours.
fn defined(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub").map_or(line, |rest| {
        rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest)
    });
    let (keyword, rest) = line.trim_start_matches(' ').split_once(' ')?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    ["struct", "enum", "type", "trait"].contains(&keyword).then_some(&rest[..end])
}

#[test]
fn one_name_stands_for_one_thing() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, path, code) in sources() {
        for (number, line) in (1..).zip(code.lines()).filter(|(_, line)| !line.starts_with(' ')) {
            if let Some(name) = defined(line) {
                places
                    .entry(name.to_owned())
                    .or_default()
                    .push(format!("{}:{number}", path.display()));
            }
        }
    }
    let excused: BTreeSet<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    let mut faults = Vec::new();
    for (name, places) in &places {
        match (places.len() > 1, excused.contains(name.as_str())) {
            (true, false) => faults.push(format!("`{name}` is defined at {}", places.join(", "))),
            (false, true) => faults.push(format!("`{name}` needs no excuse: it is defined once")),
            _ => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(defined("pub(super) enum Kind<'a> {"), Some("Kind"));
    assert_eq!(defined("pub trait Sink: Send {"), Some("Sink"));
    assert_eq!(defined("fn type_of() {}"), None);
}

/// A line that stands in the face of a module: the signature of a visible function, a visible
/// field, a variant of an enum or an alias. `signature` is whether one goes on.
fn is_visible(line: &str, signature: &mut bool) -> bool {
    let code = line.trim_start();
    if code.starts_with("pub") && (code.contains(" fn ") || code.contains(" trait ")) {
        *signature = true;
    }
    let visible = *signature || code.starts_with("pub");
    if code.ends_with('{') || code.ends_with(';') || code.ends_with('}') {
        *signature = false;
    }
    visible
}

#[test]
fn coordinates_cross_no_border_as_tuples_or_arrays() {
    let bare = |line: &str| line.contains("[f64; 4]") || line.contains("(f64, f64)");
    let mut faults = Vec::new();
    for (_, path, code) in sources() {
        let mut signature = false;
        for (number, line) in (1..).zip(without_comments(&code).lines()) {
            if is_visible(line, &mut signature) && bare(line) {
                faults.push(format!(
                    "{}:{number}: a bare pair or array of numbers; `geometry` has a name for it",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let seen = |code: &str| {
        let mut signature = false;
        code.lines().filter(|line| is_visible(line, &mut signature) && bare(line)).count()
    };
    assert_eq!(seen("pub(crate) fn at(\n    place: (f64, f64),\n) -> [f64; 4] {\n"), 2);
    assert_eq!(seen("    pub bounds: [f64; 4],\n    size: (f64, f64),\n"), 1);
    assert_eq!(seen("fn inner(a: (f64, f64)) {\n    let b: (f64, f64) = a;\n"), 0);
}
