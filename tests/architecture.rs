//! Holds the code to the tables of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::RangeInclusive;
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

/// The source files of a folder, tests inside of it left out: they may do what they like.
fn source_files(folder: &str) -> Vec<PathBuf> {
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
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files.sort();
    files
}

/// All source files of the library with the top-level module that each belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    source_files("src")
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

/// All source files of the library and of `lang`, without the tests at their ends.
fn both_crates() -> Vec<(PathBuf, String)> {
    let files = ["src", "lang/src"].into_iter().flat_map(source_files);
    files
        .map(|path| {
            let code = fs::read_to_string(&path).unwrap();
            let code = code.split("\nmod tests {").next().unwrap_or_default().to_owned();
            (path, code)
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
    // Whoever sets text by itself measures it by itself, and then the DOCX and the PDF differ.
    assert!(!allowed["docx"].contains("text"), "`docx` asks `sizing` how wide text is");
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

/// Whether code names a crate: in a path, or where it is given another name.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let is_brought = ["use ", "use ::", "extern crate "].iter().any(|it| before.ends_with(it));
        begins && (after.starts_with("::") || is_brought && after.starts_with([' ', ';']))
    })
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
                for name in
                    crates.iter().filter(|c| names_crate(code, c) && !home.contains(&module))
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
    let found =
        ["use taffy as engine;", "use taffy;", "use ::taffy as t;", "extern crate taffy as t;"];
    assert!(found.iter().all(|code| names_crate(code, "taffy")));
    assert!(names_crate("    let style = taffy::Style::default();", "taffy"));
    assert!(!names_crate("use crate::sizing::taffy_node as taffy;", "taffy"));
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

/// A line without its `pub`, `pub(crate)`, `pub(in …)`.
fn without_visibility(line: &str) -> &str {
    let line = line.strip_prefix("pub").map_or(line, |rest| {
        rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest)
    });
    line.trim_start_matches(' ')
}

/// The type that a line of code names for the first time: `struct`, `enum`, `type`, `trait`. What a
/// line inside of an `impl` names is another trait's word (`type Err`), not ours.
fn defined(line: &str) -> Option<&str> {
    let (keyword, rest) = without_visibility(line).split_once(' ')?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    ["struct", "enum", "type", "trait"].contains(&keyword).then_some(&rest[..end])
}

#[test]
fn one_name_stands_for_one_thing() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, code) in both_crates() {
        for (number, line) in (1..).zip(code.lines()).filter(|(_, line)| !line.starts_with(' ')) {
            if let Some(name) = defined(line) {
                places
                    .entry(name.to_owned())
                    .or_default()
                    .push(format!("{}:{number}", path.display()));
            }
        }
    }
    let faults: Vec<String> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("`{name}` is defined at {}", places.join(", ")))
        .collect();
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
    // Numbers that may be missing, and numbers of twips and pixels, are coordinates, too.
    let bare = |line: &str| {
        let line = line.replace("Option<f64>", "f64").replace("i64", "f64").replace("u32", "f64");
        line.contains("[f64; 4]") || line.contains("(f64, f64)")
    };
    // Two counts or two answers are told apart by their names, where boxes become pages.
    let placed = ["geometry", "style", "boxes", "sizing", "layout", "docx"];
    let unnamed = |module: &str, line: &str| {
        placed.contains(&module)
            && (line.contains("(usize, usize)") || line.contains("(bool, bool)"))
    };
    let mut faults = Vec::new();
    for (module, path, code) in sources() {
        let mut signature = false;
        for (number, line) in (1..).zip(without_comments(&code).lines()) {
            if is_visible(line, &mut signature) && (bare(line) || unnamed(&module, line)) {
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
    assert_eq!(seen("pub(crate) type Room = [i64; 4];\npub fn at() -> (f64, Option<f64>) {\n"), 2);
    assert_eq!(seen("    pixels: (u32, u32),\n    pub pixels: (u32, u32),\n"), 1);
    assert_eq!(seen("fn inner(a: (f64, f64)) {\n    let b: (f64, f64) = a;\n"), 0);
    assert!(unnamed("layout", "    pub(crate) forgotten: (usize, usize),"));
}

/// Where code asks whether two values lie in one place.
fn by_address(line: &str) -> bool {
    ["ptr_eq", "ptr::eq", "ptr::addr_eq", "ptr::hash"].iter().any(|word| line.contains(word))
}

#[test]
fn no_pointer_serves_as_identity() {
    let mut faults = Vec::new();
    for (_, path, code) in sources() {
        // `cache::equal` looks at places before it compares, and decides nothing by them.
        if path.ends_with("src/cache.rs") {
            continue;
        }
        let code = without_comments(&code);
        let code = code.split("\nmod tests {").next().unwrap_or_default();
        for (number, _) in (1..).zip(code.lines()).filter(|(_, line)| by_address(line)) {
            faults.push(format!(
                "{}:{number}: a pointer as identity; give the value a `Serial`, or compare it by \
                 `cache::equal`",
                path.display()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(by_address("if Arc::ptr_eq(&a, &b) {"));
    assert!(!by_address("if equal::<Image>(a, b) {"));
}

/// Where the paths of code begin: `use` statements with their groups taken apart, and what else is
/// named through `crate` or `super`. Each is a list of its words.
fn paths(code: &str) -> Vec<Vec<String>> {
    fn split(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
        let (mut depth, mut start) = (0, 0);
        for (at, c) in tree.char_indices().chain([(tree.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    branch(&tree[start..at], before, found);
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
    fn branch(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
        let (head, group) = tree.split_once('{').map_or((tree, None), |(head, rest)| {
            (head, rest.rsplit_once('}').map(|(group, _)| group))
        });
        let words = head.split("::").filter_map(|word| word.split_whitespace().next());
        let path: Vec<String> = before.iter().cloned().chain(words.map(str::to_owned)).collect();
        match group {
            Some(group) => split(group, &path, found),
            None if path.len() > before.len() => found.push(path),
            None => {}
        }
    }
    let mut found = Vec::new();
    let statements = code.match_indices("use ").filter(|(at, _)| {
        let line = code[..*at].rsplit('\n').next().unwrap_or("").trim();
        line.is_empty() || line.starts_with("pub")
    });
    for (at, word) in statements {
        let rest = &code[at + word.len()..];
        branch(rest.split(';').next().unwrap_or(""), &[], &mut found);
    }
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for word in code.split(|c| !is_path(c)) {
        let begins = word.starts_with("super::") || word.starts_with("crate::");
        if begins && !word.ends_with(':') {
            found.push(word.split("::").map(str::to_owned).collect());
        }
    }
    found
}

/// The module, of those that there are, in which a path ends that is written in `here`.
fn target(
    path: &[String],
    here: &[String],
    modules: &BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    let mut full = match path.first().map(String::as_str) {
        Some("crate") => Vec::new(),
        _ => here.to_vec(),
    };
    for word in path {
        match word.as_str() {
            "crate" | "self" => {}
            "super" => drop(full.pop()),
            word => full.push(word.to_owned()),
        }
    }
    while !full.is_empty() && !modules.contains(&full) {
        full.pop();
    }
    (!full.is_empty() && full != here).then_some(full)
}

/// The sets of nodes that all lead to each other, of two at least.
fn rings<N: Ord + Clone>(edges: &BTreeMap<N, BTreeSet<N>>) -> BTreeSet<BTreeSet<N>> {
    let reach = |from: &N| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from.clone()];
        while let Some(node) = open.pop() {
            for next in edges.get(&node).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let all: BTreeMap<&N, BTreeSet<N>> = edges.keys().map(|node| (node, reach(node))).collect();
    let ring = |node: &N| -> BTreeSet<N> {
        all[node].iter().filter(|other| all[other].contains(node)).cloned().collect()
    };
    edges.keys().map(ring).filter(|ring| ring.len() > 1).collect()
}

/// Which file of a module uses which.
fn imports(of: &str) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let files: BTreeMap<Vec<String>, String> = sources()
        .into_iter()
        .filter(|(module, ..)| module == of)
        .map(|(_, path, code)| (module_path(&path), without_comments(&code)))
        .collect();
    let modules: BTreeSet<Vec<String>> = files.keys().cloned().collect();
    let used = |here: &Vec<String>, code: &String| {
        // `super` in the tests at the end of a file is the file itself.
        let paths = paths(code.split("\nmod tests {").next().unwrap_or_default());
        let targets = paths.iter().filter_map(|path| target(path, here, &modules));
        (here.clone(), targets.collect())
    };
    files.iter().map(|(here, code)| used(here, code)).collect()
}

#[test]
fn files_of_the_docx_writer_form_one_ring_of_at_most_eight() {
    let edges = imports("docx");
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 100, "the imports are not seen");
    // A box holds boxes: flow, paragraph, inline, note, text_box, cell, table, flex.
    let is_allowed = |ring: &BTreeSet<Vec<String>>| {
        ring.len() <= 8
            && ring.iter().all(|path| path.starts_with(&["docx", "story"].map(String::from)))
    };
    let rings = rings(&edges);
    if let Some(ring) = rings.iter().find(|ring| rings.len() > 1 || !is_allowed(ring)) {
        let names: Vec<String> = ring.iter().map(|path| path.join("::")).collect();
        panic!("a ring of {}: {}", ring.len(), names.join(", "));
    }
}

#[test]
fn imports_are_seen_in_groups_and_rings_among_them() {
    let words = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
    let code = "use super::{a::{B, self}, c};\npub use d::E as F;\nfn f() { super::super::g() }";
    let found = ["super::a::B", "super::a::self", "super::c", "d::E", "super::super::g"];
    assert_eq!(paths(code), found.map(words));
    let modules = BTreeSet::from(["docx", "docx::a", "docx::b", "docx::b::c"].map(words));
    let resolve = |path, here| target(&words(path), &words(here), &modules);
    assert_eq!(resolve("super::b::c::D", "docx::a"), Some(words("docx::b::c")));
    assert_eq!(resolve("crate::docx::b::Type", "docx::a"), Some(words("docx::b")));
    assert_eq!(resolve("b::Type", "docx"), Some(words("docx::b")));
    assert_eq!(resolve("crate::style::Color", "docx::a"), None);
    let edges =
        [(1, vec![2]), (2, vec![3]), (3, vec![1, 4]), (4, vec![5]), (5, vec![4]), (6, vec![1])];
    let edges = edges.map(|(node, to)| (node, BTreeSet::from_iter(to)));
    let found = [BTreeSet::from([1, 2, 3]), BTreeSet::from([4, 5])];
    assert_eq!(rings(&BTreeMap::from(edges)), BTreeSet::from(found));
}

#[test]
fn one_file_knows_docx_rs() {
    let homes: Vec<String> = sources()
        .into_iter()
        .filter(|(.., code)| code.contains("docx_rs"))
        .map(|(_, path, _)| module_path(&path).join("::"))
        .collect();
    assert_eq!(homes, ["docx::package::builder"]);
}

/// The fields of the structs in a file, by name.
fn fields(code: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut open = false;
    for line in code.lines() {
        if without_visibility(line).starts_with("struct ")
            && !line.starts_with(' ')
            && line.ends_with('{')
            && let Some(name) = defined(line)
        {
            found.push((name.to_owned(), 0));
            open = true;
        } else if line == "}" {
            open = false;
        } else if open
            && line.starts_with("    ")
            && line.ends_with(',')
            && line.contains(": ")
            && let Some((_, count)) = found.last_mut()
        {
            *count += 1;
        }
    }
    found
}

#[test]
fn structs_of_layout_and_the_docx_writer_have_at_most_twelve_fields() {
    let all: Vec<(String, usize)> = sources()
        .iter()
        .filter(|(module, ..)| ["docx", "layout"].contains(&module.as_str()))
        .flat_map(|(.., code)| fields(&without_comments(code)))
        .collect();
    for known in ["DocxWriter", "Painter"] {
        assert!(all.iter().any(|(name, count)| name == known && *count > 8), "{known} of {all:?}");
    }
    let large: Vec<_> = all.iter().filter(|(_, count)| *count > 12).collect();
    assert!(large.is_empty(), "{large:?}");
    let code = "pub(super) struct A<'a> {\n    a: &'a str,\n    pub(in crate::x) b: u8,\n}\n\
                pub(in crate::x) struct B {\n    a: u8,\n}\nstruct C;\n";
    assert_eq!(fields(code), [("A".to_owned(), 2), ("B".to_owned(), 1)]);
}

/// The longest function that needs no reason.
const LONG: usize = 60;

/// The functions of a file that are longer than [`LONG`] lines and do not say why, by the words
/// `Over 60 lines:` in a comment right above them.
fn long_functions(code: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let words: Vec<&str> = line.split_whitespace().collect();
        let head = words.iter().position(|word| *word == "fn");
        let is_head = head.is_some_and(|at| {
            words[..at]
                .iter()
                .all(|w| w.starts_with("pub") || ["const", "in"].contains(w) || w.ends_with(')'))
        });
        // A body ends at the first brace as far out as its head; one line has both or neither.
        if !is_head || line.ends_with('}') || line.ends_with(';') {
            continue;
        }
        let end = lines[at..].iter().position(|line| *line == format!("{indent}}}"));
        let above = lines[..at].iter().rev();
        let reason = above
            .map(|line| line.trim_start())
            .take_while(|line| line.starts_with("//") || line.starts_with("#["))
            .any(|line| line.contains("Over 60 lines:"));
        if end.is_some_and(|end| end + 1 > LONG) && !reason {
            let name = words[head.unwrap_or(0) + 1];
            found.push((
                at + 1,
                name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect(),
            ));
        }
    }
    found
}

#[test]
fn long_functions_say_why() {
    let mut faults = Vec::new();
    for (path, code) in both_crates() {
        for (line, name) in long_functions(&code) {
            faults.push(format!("{}:{line}: `{name}` is over {LONG} lines", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let long = format!("    pub(super) fn long() {{\n{}    }}\n", "        step();\n".repeat(LONG));
    assert_eq!(long_functions(&long), [(1, "long".to_owned())]);
    assert_eq!(long_functions(&format!("    // Over 60 lines: so many steps.\n{long}")), []);
}

/// All code that people read: sources, examples, benchmarks and tests.
fn code_files() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "lang", "web/engine", "examples", "benches", "tests", "fuzz"] {
        walk(&root.join(folder), &mut found);
    }
    found.sort();
    found
}

/// The longest line, in characters: that of rustfmt.toml. rustfmt leaves macros, strings and
/// comments as they are.
const WIDE: usize = 100;

#[test]
fn lines_are_short_and_files_say_what_they_hold() {
    let mut faults = Vec::new();
    for path in code_files() {
        let code = fs::read_to_string(&path).unwrap();
        if !code.starts_with("//!") {
            faults.push(format!("{}: does not open with `//!`", path.display()));
        }
        for (number, line) in (1..).zip(code.lines()) {
            let wide = line.chars().count();
            if wide > WIDE {
                faults.push(format!("{}:{number}: {wide} characters", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// How many hundredths of the lines of code are comments that explain it: fewer leave the next
/// developer alone, more repeat what the code says.
const EXPLAINED: RangeInclusive<usize> = 400..=800;

/// The lines of a file that are not empty, and those among them that hold a comment which is no
/// documentation.
fn explained(code: &str) -> (usize, usize) {
    let lines = || code.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_comment = |line: &&str| {
        let plain = line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!");
        plain || !line.starts_with("//") && line.contains(" // ")
    };
    (lines().count(), lines().filter(is_comment).count())
}

#[test]
fn comments_explain_the_code_of_both_crates() {
    for folder in ["/src/", "/lang/src/"] {
        let root = env!("CARGO_MANIFEST_DIR").to_owned() + folder;
        let files = both_crates();
        let files = files.iter().filter(|(path, _)| path.starts_with(&root));
        let counts = files.map(|(_, code)| explained(code));
        let (lines, comments) =
            counts.reduce(|all, own| (all.0 + own.0, all.1 + own.1)).expect("there are sources");
        let share = comments * 10_000 / lines;
        assert!(EXPLAINED.contains(&share), "{folder}: {comments} of {lines} lines");
    }
    let code = "//! A file.\n\n/// A thing.\nfn a() {\n    // Why.\n    b() // at last\n}\n";
    assert_eq!(explained(code), (6, 2));
}

#[test]
fn the_paths_of_the_architecture_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = architecture();
    // A path is written from the root, from `src`, or within the module that is spoken of.
    let mut bases = vec![root.to_owned(), root.join("src")];
    let modules = fs::read_dir(root.join("src")).unwrap().map(|entry| entry.unwrap().path());
    bases.extend(modules.filter(|path| path.is_dir()));
    let is_path = |word: &&str| {
        word.contains('/') && word.chars().all(|c| c.is_ascii_alphanumeric() || "/_.-".contains(c))
    };
    let lost: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(is_path)
        .filter(|path| {
            let is_at = |base: &PathBuf| {
                base.join(path).exists() || base.join(format!("{path}.rs")).exists()
            };
            !bases.iter().any(is_at)
        })
        .collect();
    assert!(lost.is_empty(), "ARCHITECTURE.md names what is not there: {lost:?}");
}

/// Scripts beside the judges that judge nothing, or whose proof is a script of its own.
const NO_PROOF: [(&str, &str); 4] = [
    ("gallery.py", "draws the pictures of docs/gallery.md"),
    ("pdf.py", "pdf_faults.py is its proof"),
    ("pdf_faults.py", "is the proof of pdf.py"),
    ("word_blanks.py", "makes the blanks that the others fill"),
];

#[test]
fn every_judge_shows_that_it_can_fail() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let run = fs::read_to_string(folder.join("run.sh")).unwrap();
    let mut faults = Vec::new();
    for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let is_known = NO_PROOF.iter().any(|(other, _)| *other == name);
        if !name.ends_with(".py") || is_known {
            continue;
        }
        let code = fs::read_to_string(&path).unwrap();
        if !code.contains("__main__") {
            continue;
        }
        // Some are proved whenever they run, the others by a run of their own.
        let by_itself = code.contains("--prove");
        let asked = |line: &str| line.contains(&format!("/{name}")) && line.contains("--prove");
        let proves = if by_itself { run.lines().any(asked) } else { code.contains("proof.told") };
        if !proves {
            faults.push(name.to_owned());
        }
    }
    assert!(faults.is_empty(), "judges without a proof: {faults:?}");
}
