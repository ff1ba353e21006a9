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

/// The code without comments and doc comments, so that prose may name any module.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line.split("//").next().unwrap_or("")))
}

/// The top-level modules that follow `crate::` in a line: `crate::a::b`, `crate::{a, b::c}`.
fn used(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let word = |s: &str| {
            s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        };
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            found.push(word(&list[start..i]));
                            start = i + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found.retain(|w| !w.is_empty());
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
        for (line, code) in code_lines(&code) {
            for other in used(code)
                .into_iter()
                .filter(|o| allowed.contains_key(o) && *o != module && !may.contains(o))
            {
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
        for (line, code) in code_lines(&code) {
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
fn the_reader_of_use_lines_sees_groups() {
    assert_eq!(used("use crate::{diag::{Sink, Span}, style::Color};"), ["diag", "style"]);
    assert_eq!(used("    crate::font::Face::new(crate::diag::Sink::new())"), ["font", "diag"]);
}
