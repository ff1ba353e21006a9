//! Batches end to end: a table of people in, files out.

#![cfg(all(feature = "batch", feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

mod blanks;
mod dice;
mod documents;
mod generated;
#[path = "../harness/mod.rs"]
mod harness;
mod program;
mod reading;
mod shards;
mod tables;
#[cfg(feature = "xlsx")]
mod workbooks;

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
    let design = engine.load_builtin("certificate-classic").unwrap().value;
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
    let rows = table::read(
        csv.as_bytes(),
        "people.csv",
        Some(table::TableFormat::Delimited),
        &Default::default(),
    )
    .unwrap();
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
            Status::Left(_) => format!("{}: left out", outcome.row),
            Status::Failed(faults) => format!("{}: {}", outcome.row, faults[0].message()),
        });
        ControlFlow::Continue(())
    };
    batch(jobs, false).run(rows, &mut sink, each).unwrap();
    (files, said)
}

#[test]
fn the_people_of_the_example_get_their_certificates() {
    let rows = table::open(&example("people.csv"), &Default::default()).unwrap();
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
    let (files, said) = run(
        1,
        "ФИО;Дата\nКим Виктория Олеговна;2014-06-05\nЛев Павел Назарович;2014-02-30\n\
         Ким Виктория Олеговна;\n",
    );
    assert_eq!(files.len(), 2);
    assert!(said[0].starts_with("2: Ким Виктория Олеговна.pdf"), "{said:?}");
    assert!(said[1].starts_with("3: ") && said[1].contains("2014"), "{said:?}");
    assert!(said[2].starts_with("4: Ким Виктория Олеговна (2).pdf"), "{said:?}");
}

#[test]
fn threads_do_not_change_a_byte() {
    let csv =
        "Номер;ФИО\n1;Ким Виктория Олеговна\n2;Лев Павел Назарович\n3;Бойко Ольга Сергеевна\n";
    assert!(run(1, csv) == run(4, csv));
}

/// The pages of a merged file, and how many outline items it has.
fn pages_and_items(pdf: &[u8]) -> (usize, usize) {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let items = document
        .objects
        .values()
        .filter(|o| o.as_dict().is_ok_and(|d| d.has(b"Title") && d.has(b"Dest")))
        .count();
    (document.get_pages().len(), items)
}

#[test]
fn one_pdf_of_all_has_a_page_and_an_outline_item_for_each() {
    let rows = table::open(&example("people.csv"), &Default::default()).unwrap();
    let mut pdf = Vec::new();
    let summary = batch(2, false).merge(rows, &mut pdf, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(summary.made, 12);
    assert_eq!(pages_and_items(&pdf), (12, 12));
    let mut again = Vec::new();
    let rows = table::open(&example("people.csv"), &Default::default()).unwrap();
    batch(1, false).merge(rows, &mut again, |_| ControlFlow::Continue(())).unwrap();
    assert!(pdf == again, "threads change the bytes");
}

#[test]
fn what_comes_later_may_need_glyphs_that_the_sample_did_not_show() {
    let mut csv = String::from("Номер;ФИО;За что\n");
    for n in 1..=150 {
        csv += &format!("{n};Ким Виктория Олеговна;труд\n");
    }
    csv += "151;Żółć Łukasz;труд\n152;Ким Юлия;ўзор і ґанок\n";
    let csv: &'static str = csv.leak();
    let (files, said) = run(2, csv);
    assert_eq!(files.len(), 152, "{said:?}");
    let text = |pdf: &[u8]| lopdf::Document::load_mem(pdf).unwrap().extract_text(&[1]).unwrap();
    assert!(text(&files[150].1).contains("Łukasz"));
    assert!(text(&files[151].1).contains("ґанок"));
    let rows = table::read(
        csv.as_bytes(),
        "people.csv",
        Some(table::TableFormat::Delimited),
        &Default::default(),
    )
    .unwrap();
    let mut merged = Vec::new();
    batch(1, false).merge(rows, &mut merged, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(pages_and_items(&merged).0, 152);
}

#[test]
fn a_faulty_name_is_told_before_the_first_row() {
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-classic").unwrap().value;
    let mut options = BatchOptions::default();
    options.name = "{{numbr}}".to_owned();
    let fault = Batch::new(&engine, design, Common::default(), options).unwrap_err();
    assert!(fault.to_string().contains("did you mean `number`"), "{fault}");
}

#[test]
fn a_batch_may_be_stopped() {
    let rows = table::open(&example("people.csv"), &Default::default()).unwrap();
    let mut heard = 0;
    let summary = batch(1, false).run(rows, &mut |_: &str, _: &[u8]| Ok(()), |_| {
        heard += 1;
        if heard == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let summary = summary.unwrap();
    assert!(summary.cancelled && summary.made == 3);
}

#[test]
fn a_column_that_means_nothing_is_told_once() {
    let rows = table::read(
        "ФИО;Должнсть;Телефон\nКим Виктория Олеговна;методист;1\nКим Анна;учитель;2\n".as_bytes(),
        "people.csv",
        Some(table::TableFormat::Delimited),
        &Default::default(),
    )
    .unwrap();
    let warnings = &rows.plan().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let told = warnings[0].to_string();
    assert!(told.contains("«Должнсть»") && !told.contains("Телефон"), "{told}");
}

#[test]
fn a_row_may_name_another_design() {
    let (files, said) = run(
        1,
        "ФИО;Шаблон\nКим Юлия;\nКим Анна;certificate-modern\nКим Ольга;certificate-modren\n",
    );
    assert_eq!(files.len(), 2);
    assert!(files[0].1 != files[1].1);
    assert!(said[2].contains("certificate-modren"), "{said:?}");
}

#[test]
fn a_record_is_made_as_docx_too() {
    let rows = table::read(
        "ФИО\nКим Виктория Олеговна\n".as_bytes(),
        "people.csv",
        Some(table::TableFormat::Delimited),
        &Default::default(),
    )
    .unwrap();
    let mut names = Vec::new();
    let mut sink = |name: &str, _: &[u8]| {
        names.push(name.to_owned());
        Ok(())
    };
    batch(1, true).run(rows, &mut sink, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(names, ["Ким Виктория Олеговна.pdf", "Ким Виктория Олеговна.docx"]);
}

#[test]
fn a_docx_is_small_and_the_same_alone_and_among_others_on_any_threads() {
    let names = ["Ким Виктория Олеговна", "Öztürk Ayşe", "Ткаченко Светлана Сергеевна", "Ким Юлия"];
    let made = |jobs: usize, names: &[&str]| {
        let csv = format!("ФИО\n{}\n", names.join("\n"));
        let rows = table::read(
            std::io::Cursor::new(csv),
            "people.csv",
            Some(table::TableFormat::Delimited),
            &Default::default(),
        )
        .unwrap();
        let mut files = Vec::new();
        let mut sink = |_: &str, bytes: &[u8]| {
            files.push(bytes.to_vec());
            Ok(())
        };
        batch(jobs, true).run(rows, &mut sink, |_| ControlFlow::Continue(())).unwrap();
        files.retain(|file| file.starts_with(b"PK"));
        files
    };
    let many: Vec<&str> = names.into_iter().cycle().take(136).collect();
    let (one, four) = (made(1, &many), made(4, &many));
    assert_eq!(one.len(), 136);
    assert!(one == four && one[..4] == one[132..]);
    for (name, file) in names.iter().zip(&one) {
        assert!(made(1, &[name]) == std::slice::from_ref(file), "{name}");
        // Three faces cut down have 60 kB, the engraved frame as pixels as much.
        assert!(file.len() < 140_000, "{name}: {} bytes", file.len());
    }
}
