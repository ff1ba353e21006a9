//! Holds `docs/pdf-standards.md` to the tests that it names.

use std::fs;
use std::path::Path;

/// All Rust code of the crate and its tests, in one text.
fn code(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            code(&path, text);
        } else if path.extension().is_some_and(|e| e == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_clause_has_its_sign_and_every_test_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/pdf-standards.md")).unwrap();
    let mut tests = String::new();
    code(&root.join("src"), &mut tests);
    code(&root.join("tests"), &mut tests);
    let faults = fs::read_to_string(root.join("tests/conformance/pdf_faults.py")).unwrap();
    let run = fs::read_to_string(root.join("tests/conformance/run.sh")).unwrap();
    let mut rows = 0;
    for row in page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Clause")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, _, sign, _, shown] = cells[..] else { panic!("not five cells: {row}") };
        assert!(["✔", "!", "–", "✘"].contains(&sign), "sign of {row}");
        assert!(!shown.is_empty() || sign == "–", "no test: {row}");
        for name in shown.split('`').skip(1).step_by(2) {
            let known = match name.split_once(' ').map_or(name, |(program, _)| program) {
                "qpdf" | "pdffonts" | "pdfinfo" => {
                    fs::read_to_string(root.join("tests/conformance/pdf.py"))
                        .unwrap()
                        .contains(name.split(' ').next().unwrap())
                }
                script if script.ends_with(".py") => {
                    run.contains(script) && root.join("tests/conformance").join(script).exists()
                }
                test => tests.contains(&format!("fn {test}(")),
            };
            assert!(known, "no such test: {name}");
        }
        for fault in shown.split('«').skip(1).map(|rest| rest.split('»').next().unwrap()) {
            // A name that ends in … is a beginning.
            let start = fault
                .strip_suffix('…')
                .map_or(format!("\"{fault}\":"), |start| format!("\"{}", start.trim_end()));
            assert!(faults.contains(&start), "no such fault: {fault}");
        }
        rows += 1;
    }
    assert!(rows > 50, "{rows} clauses");
}
