//! What other tools and newcomers stumbled over: each folder of `tests/cases` holds an input, and
//! the snapshot says what comes of it: the exit status, the faults with their places, and the words
//! of the DOCX. A case is right or is told of.
//!
//! A case may have `parts.txt`, lines of `PART TEXT`: whether that part of the DOCX holds the text,
//! and `commands.txt`, what is typed instead of `itog render`. Cases that are no input stand in
//! `tests/cases/README.md` with the tests that hold them.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "xlsx", feature = "svg"))]

mod harness;

use std::fs;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use harness::{folder, itog};

/// The faults: what is said, the place, for rows of a table which one, and what to do; without the
/// lines of the source, which the case shows itself.
fn faults(stderr: &str) -> String {
    let mut out = String::new();
    for line in stderr.lines() {
        let line = line.trim_end();
        let is_code = ["error[", "warning[", "note["].iter().any(|start| line.contains(start));
        let bare = line.trim_start();
        if is_code || bare.starts_with("--> ") {
            out.push_str(line);
            out.push('\n');
        } else if bare.starts_with("= ") {
            out.push_str(&format!("  {bare}\n"));
        }
    }
    out
}

/// The words of a DOCX, a paragraph in a line.
fn words(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let text = text.replace("<w:noBreakHyphen/>", "<w:t>-</w:t>").replace('\u{200b}', "");
    // What older readers take says the same once more.
    let mut shown = text.split("<mc:Fallback>");
    let first = shown.next().unwrap_or_default().to_owned();
    let behind = shown.filter_map(|part| Some(part.split_once("</mc:Fallback>")?.1));
    let text = first + &behind.collect::<String>();
    let paragraphs = text.split("</w:p>").map(|paragraph| {
        let runs = paragraph.split("<w:t").skip(1).filter_map(|run| {
            let (attributes, rest) = run.split_once('>')?;
            let is_text = attributes.is_empty() || attributes.starts_with(' ');
            is_text.then(|| rest.split('<').next().unwrap_or_default())
        });
        runs.collect::<String>()
    });
    paragraphs.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn made(out: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|end| end == "docx")).collect();
    all.sort();
    all
}

/// Whether parts of a DOCX hold what a case asks for, a line for each.
fn parts(asked: &str, docx: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(docx).unwrap()).unwrap();
    let mut out = String::new();
    for line in asked.lines() {
        let (part, text) = line.split_once(' ').unwrap();
        let (start, end) = part.split_once('*').unwrap_or((part, ""));
        let names: Vec<String> = archive
            .file_names()
            .filter(|name| name.starts_with(start) && name.ends_with(end))
            .map(str::to_owned)
            .collect();
        assert!(!names.is_empty(), "no part is called {part}");
        let held = names.iter().filter(|name| {
            let mut bytes = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        });
        let answer = if held.count() > 0 { "yes" } else { "no" };
        out.push_str(&format!("{part} holds {text}: {answer}\n"));
    }
    out
}

/// Changes the words of a DOCX, as somebody does in Word.
fn edit(path: &Path) {
    let mut old = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if part.name() == "word/document.xml" {
            bytes = String::from_utf8(bytes).unwrap().replace("2024", "2025").into_bytes();
        }
        new.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    fs::write(path, new.finish().unwrap().into_inner()).unwrap();
}

/// What is said to each of some commands; `edit FILE` is a change by somebody else.
fn commands(lines: &str, here: &str, out: &Path) -> String {
    let mut said = String::new();
    for line in lines.lines() {
        said.push_str(&format!("$ {line}\n"));
        let words = line.split(' ');
        let words =
            words.map(|word| word.replace("HERE", here).replace("OUT", out.to_str().unwrap()));
        let (settings, words): (Vec<String>, Vec<String>) =
            words.partition(|word| word.starts_with("LC_ALL="));
        if words[0] == "edit" {
            edit(Path::new(&words[1]));
            continue;
        }
        let mut command = itog();
        if let Some(locale) = settings.first() {
            command.env("LC_ALL", &locale["LC_ALL=".len()..]);
        }
        let ran = command.args(words).output().unwrap();
        said.push_str(&format!("exit {}\n", ran.status.code().unwrap()));
        for stream in [&ran.stdout, &ran.stderr] {
            let text = String::from_utf8_lossy(stream).replace(out.to_str().unwrap(), "OUT");
            let first = text.lines().next().unwrap_or_default();
            // A number of the program's version changes with each.
            let first = first.replace(env!("CARGO_PKG_VERSION"), "VERSION");
            if !first.is_empty() {
                said.push_str(&format!("{}\n", first.chars().take(120).collect::<String>()));
            }
        }
    }
    said
}

/// Cases that are no input have tests of their own.
#[test]
fn cases_that_are_no_input_have_their_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list = fs::read_to_string(root.join("cases/README.md")).unwrap();
    let rows = list.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | `"));
    let mut count = 0;
    for (case, tests) in rows {
        for test in tests.trim_end_matches("` |").split("`, `") {
            let (file, name) = test.split_once("::").unwrap();
            let code = fs::read_to_string(root.join(file)).unwrap();
            assert!(code.contains(&format!("fn {name}(")), "{case}: {test}");
            count += 1;
        }
    }
    assert!(count > 10);
}

#[test]
fn each_case_is_right_or_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir() && entry.file_name() != "snapshots")
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("cases/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _guard = settings.bind_to_scope();
    for name in names {
        let at = format!("tests/cases/{name}");
        let there =
            |file: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(&at).join(file).exists();
        if there("commands.txt") {
            let lines = fs::read_to_string(format!("{at}/commands.txt")).unwrap();
            let out = folder(&format!("case-{name}"));
            insta::assert_snapshot!(name, commands(&lines, &at, &out));
            continue;
        }
        let table = ["people.csv", "people.xlsx"].into_iter().find(|file| there(file));
        let out = folder(&format!("case-{name}"));
        let mut command = itog();
        match table {
            Some(table) => {
                command.args(["batch", &format!("{at}/{table}")]);
                if there("common.yaml") {
                    command.args(["--common", &format!("{at}/common.yaml")]);
                }
            }
            None => {
                let data = ["data.yaml", "data.json", "data.toml"];
                let data = data.into_iter().find(|file| there(file)).unwrap();
                command.args(["render", &format!("{at}/{data}")]);
            }
        }
        if there("template.hbs") {
            command.args(["--template", &at]);
        }
        let ran = command.args(["--to", "docx,pdf", "-o"]).arg(out.join("")).output().unwrap();
        let stderr = String::from_utf8(ran.stderr).unwrap();
        let mut said = format!("exit {}\n{}", ran.status.code().unwrap(), faults(&stderr));
        for path in made(&out) {
            said.push_str(&format!("---\n{}\n", words(&path)));
            if let Ok(asked) = fs::read_to_string(format!("{at}/parts.txt")) {
                said.push_str(&parts(&asked, &path));
            }
        }
        insta::assert_snapshot!(name, said);
    }
}
