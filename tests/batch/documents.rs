//! Any document of a row: final documents, data of one's own, columns of a joined table; names with
//! folders and the list of contents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use itog::batch::table;

use crate::harness::{self, itog};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch/data").join(name)
}

fn batch(table: &str, out: &Path, extra: &[&str]) -> Output {
    let mut command = itog();
    command.arg("batch").arg(data(table)).arg("-o").arg(out).args(extra);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&all).into_owned()
}

fn text(path: &Path) -> String {
    let document = lopdf::Document::load(path).unwrap();
    document.extract_text(&[1]).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        match entry.path().is_dir() {
            true => found.extend(files(&entry.path()).iter().map(|file| format!("{name}/{file}"))),
            false => found.push(name),
        }
    }
    found.sort();
    found
}

#[test]
fn a_template_of_ones_own_takes_columns_by_their_names() {
    let out = harness::folder("batch/own");
    let common = out.join("common.yaml");
    fs::write(&common, "подпись: 007\n").unwrap();
    let winners = data("winners.csv");
    let index = out.join("index.xlsx");
    let ran = batch(
        "contests.csv",
        &out.join("made"),
        &[
            "--template",
            "tests/batch/own",
            "--common",
            common.to_str().unwrap(),
            "--to",
            "pdf",
            "--join",
            winners.to_str().unwrap(),
            "on",
            "Название",
            "--name",
            "{{Город}}/{{название}}",
            "--index",
            index.to_str().unwrap(),
        ],
    );
    let said = said(&ran);
    assert_eq!(ran.status.code(), Some(0), "{said}");
    let made = out.join("made");
    assert_eq!(files(&made), ["Мыски/Конкурс чтецов.pdf", "Яя/Слёт юннатов.pdf"], "{said}");
    let first = text(&made.join("Мыски/Конкурс чтецов.pdf"));
    for part in ["Мыски, 05.06.2026", "проза", "поэзия", "Осень", "Зима", "007"]
    {
        assert!(first.contains(part), "{part}: {first}");
    }
    let second = text(&made.join("Яя/Слёт юннатов.pdf"));
    assert!(second.contains("грибы; ягоды") && second.contains("мхи"), "{second}");
    for told in ["«Лишнее»", "«Другое» is in no row", "«Слёт юннатов»", "«Итого: 2»"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    let rows = table::open(&index, &{
        let mut plain = table::TableOptions::default();
        plain.plain = true;
        plain
    });
    let rows: Vec<String> = rows
        .unwrap()
        .filter_map(|row| match row.content {
            table::RowContent::Cells(cells) => {
                Some(cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|"))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        rows,
        ["|Конкурс чтецов|Мыски/Конкурс чтецов.pdf", "|Слёт юннатов|Яя/Слёт юннатов.pdf"]
    );
}

#[test]
fn a_final_document_of_each_row() {
    // A kind of document is as good a name as the template's own.
    for template in ["final-document", "resolution", "decision"] {
        final_documents(template);
    }
}

fn final_documents(template: &str) {
    let out = harness::folder(&format!("batch/decisions-by-{template}"));
    let common = data("decision.yaml");
    let ran = batch(
        "schools.csv",
        &out,
        &["--template", template, "--common", common.to_str().unwrap(), "--to", "pdf"],
    );
    let said = said(&ran);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert_eq!(files(&out), ["1-Решение.pdf", "3-Решение.pdf"], "{said}");
    let first = text(&out.join("1-Решение.pdf"));
    for part in ["Школа", "Провести", "сборник", "25", "г.\u{a0}Заречинск", "5\u{a0}июня"]
    {
        let part = part.replace('\u{a0}', " ");
        assert!(first.replace('\u{a0}', " ").contains(&part), "{part}: {first}");
    }
    assert!(text(&out.join("3-Решение.pdf")).contains("июня"), "the date that all share");
    // The cell is at fault, and not the first line of what all share.
    assert!(said.contains("row 3, cell B3 (2)") && said.contains("Дата"), "{said}");
    assert!(!said.contains("decision.yaml:1:1"), "{said}");
}

#[test]
fn certificates_take_columns_of_another_table() {
    let out = harness::folder("batch/joined");
    let medals = data("medals.csv");
    let join = ["--to", "pdf", "--join", medals.to_str().unwrap(), "по", "ФИО"];
    let ran = batch("people.csv", &out, &join);
    let said = said(&ran);
    assert_eq!(
        files(&out),
        ["Ким Юлия Олеговна.pdf", "Лев Павел Назарович.pdf", "Шмидт Анна Львовна.pdf"],
        "{said}"
    );
    assert!(text(&out.join("Ким Юлия Олеговна.pdf")).contains("Проза"));
    assert!(text(&out.join("Лев Павел Назарович.pdf")).contains("Поэзия"));
    assert!(said.contains("several rows: 4, 5"), "{said}");
    assert!(said.contains("no «Шмидт Анна Львовна»"), "{said}");
}

#[test]
fn a_column_that_a_joined_table_lacks_is_told_at_once() {
    let out = harness::folder("batch/joined-by-nothing");
    let medals = data("medals.csv");
    let ran = batch("people.csv", &out, &["--join", medals.to_str().unwrap(), "on", "Школа"]);
    assert!(said(&ran).contains("the table has no column «Школа»"), "{}", said(&ran));
    assert!(files(&out).is_empty());
}

#[test]
fn a_count_of_rows_is_not_printed_and_that_is_told() {
    let out = harness::folder("batch/counted");
    let table = out.join("counted.csv");
    fs::write(
        &table,
        "№;ФИО\n1;Ким Юлия Олеговна\n2;Лев Павел Назарович\n3;Бойко Ольга Сергеевна\n",
    )
    .unwrap();
    let ran = itog().arg("batch").arg(&table).args(["--to", "pdf", "-o"]).arg(&out).output();
    let ran = ran.unwrap();
    assert!(said(&ran).contains("«№» counts the rows"), "{}", said(&ran));
    assert!(said(&ran).contains("columns: {number: \"№\"}"), "{}", said(&ran));
}

#[test]
fn pages_are_put_on_sheets_for_the_printer() {
    let out = harness::folder("batch/sheets");
    let table = data("people.csv");
    for (how, sheets, wide) in [("2up", 2, 595.0), ("4up", 1, 841.0)] {
        let merged = out.join(format!("{how}.pdf"));
        let mut command = itog();
        command.arg("batch").arg(&table).arg("--merge").arg(&merged).args(["--impose", how]);
        let ran = command.output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
        assert!(!said(&ran).contains("warning[text-tiny]"), "{how}: {}", said(&ran));
        let pdf = lopdf::Document::load(&merged).unwrap();
        assert_eq!(pdf.get_pages().len(), sheets);
        let page = pdf.get_dictionary(pdf.page_iter().next().unwrap()).unwrap();
        let media = page.get(b"MediaBox").unwrap().as_array().unwrap();
        assert!((f64::from(media[2].as_float().unwrap()) - wide).abs() < 1.0, "{media:?}");
        let bytes = fs::read(&merged).unwrap();
        let has = |what: &str| bytes.windows(what.len()).any(|w| w == what.as_bytes());
        assert!(has("<pdfaid:conformance>U<") && !has("<pdfuaid:part>1<"));
    }
}

#[test]
fn letters_too_small_on_a_sheet_are_told() {
    let out = harness::folder("batch/small-on-sheets");
    let page = "<html lang=\"ru\"><head><title>А</title></head>\n\
                <body><p>{{recipient.name}}</p></body></html>";
    fs::write(out.join("template.hbs"), page).unwrap();
    fs::write(out.join("style.css"), "body { font-size: 9pt }").unwrap();
    for (how, told) in [("2up", false), ("8up", true)] {
        let mut command = itog();
        command.arg("batch").arg(data("people.csv")).arg("--template").arg(&out);
        command.arg("--merge").arg(out.join(format!("{how}.pdf"))).args(["--impose", how]);
        let ran = command.output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
        assert_eq!(said(&ran).contains("warning[text-tiny]"), told, "{how}: {}", said(&ran));
    }
}
