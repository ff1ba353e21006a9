//! Batches end to end: a table of people in, files out.

#![cfg(all(feature = "batch", feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

use std::ops::ControlFlow;
use std::path::Path;

use itog::batch::{Batch, BatchOptions, Status, table};
use itog::engine::Engine;
use itog::model::{Common, Format};

fn example(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(name)
}

fn batch(jobs: usize, docx: bool) -> Batch {
    let engine = Engine::new();
    let design = engine.builtin("certificate-classic").unwrap().value;
    let yaml = std::fs::read(example("common.yaml")).unwrap();
    let common = Common::read(&yaml, "common.yaml", Format::Yaml).unwrap().value;
    let mut options = BatchOptions::default();
    options.jobs = jobs;
    if !docx {
        options.docx = None;
    }
    Batch::new(&engine, design, common, options).unwrap()
}

/// Runs a table and gives the files, and what became of each row.
fn run(jobs: usize, csv: &'static str) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let rows = table::read(csv.as_bytes(), "people.csv", table::TableFormat::Delimited).unwrap();
    let mut files = Vec::new();
    let mut said = Vec::new();
    let mut sink = |name: &str, bytes: &[u8]| {
        files.push((name.to_owned(), bytes.to_vec()));
        Ok(())
    };
    let each = |outcome: &itog::batch::Outcome| {
        said.push(match &outcome.status {
            Status::Made(files) => format!("{}: {}", outcome.row, files.join(", ")),
            Status::Skipped(_) => format!("{}: skipped", outcome.row),
            Status::Failed(faults) => format!("{}: {}", outcome.row, faults[0].message()),
        });
        ControlFlow::Continue(())
    };
    batch(jobs, false).run(rows, &mut sink, each).unwrap();
    (files, said)
}

#[test]
fn the_people_of_the_example_get_their_certificates() {
    let rows = table::open(&example("people.csv")).unwrap();
    let mut made = 0;
    let mut sink = |_: &str, bytes: &[u8]| {
        made += 1;
        assert!(bytes.starts_with(b"%PDF") || bytes.starts_with(b"PK"));
        Ok(())
    };
    let mut failed = Vec::new();
    let summary = batch(0, false).run(rows, &mut sink, |outcome| {
        if let Status::Failed(faults) = &outcome.status {
            failed.push(format!("row {}: {faults:?}", outcome.row));
        }
        ControlFlow::Continue(())
    });
    assert_eq!(failed, Vec::<String>::new());
    assert_eq!(summary.unwrap().made, 12);
    assert_eq!(made, 12);
}

#[test]
fn a_bad_row_spoils_no_other_and_namesakes_are_told_apart() {
    let (files, said) = run(1, "ФИО;Дата\nКим Виктория Олеговна;2014-06-05\nЛев Павел Назарович;2014-02-30\nКим Виктория Олеговна;\n");
    assert_eq!(files.len(), 2);
    assert!(said[0].starts_with("2: Ким Виктория Олеговна.pdf"), "{said:?}");
    assert!(said[1].starts_with("3: ") && said[1].contains("2014"), "{said:?}");
    assert!(said[2].starts_with("4: Ким Виктория Олеговна (2).pdf"), "{said:?}");
}

#[test]
fn threads_do_not_change_a_byte() {
    let csv = "Номер;ФИО\n1;Ким Виктория Олеговна\n2;Лев Павел Назарович\n3;Бойко Ольга Сергеевна\n";
    assert!(run(1, csv) == run(4, csv));
}

#[test]
fn a_record_is_made_as_docx_too() {
    let rows = table::read("ФИО\nКим Виктория Олеговна\n".as_bytes(), "people.csv", table::TableFormat::Delimited).unwrap();
    let mut names = Vec::new();
    let mut sink = |name: &str, _: &[u8]| {
        names.push(name.to_owned());
        Ok(())
    };
    batch(1, true).run(rows, &mut sink, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(names, ["Ким Виктория Олеговна.pdf", "Ким Виктория Олеговна.docx"]);
}
