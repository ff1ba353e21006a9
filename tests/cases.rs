//! What other tools and newcomers stumbled over: each folder of `tests/cases` holds an input, and
//! the snapshot says what comes of it: the exit status, the faults with their places, and the words
//! of the DOCX. A case is right or is told of.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "xlsx", feature = "svg"))]

mod harness;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use harness::{folder, itog};

/// The faults: code, place, and for rows of a table which one.
fn faults(stderr: &str) -> String {
    let mut out = String::new();
    for line in stderr.lines() {
        let line = line.trim_end();
        let is_code = ["error[", "warning[", "note["].iter().any(|start| line.contains(start));
        if is_code {
            let end = line.find(']').map_or(line.len(), |at| at + 1);
            out.push_str(&line[..end]);
            out.push('\n');
        } else if line.trim_start().starts_with("--> ") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The words of a DOCX, a paragraph in a line.
fn words(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
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
        }
        insta::assert_snapshot!(name, said);
    }
}
