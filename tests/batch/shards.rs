//! A table in parts: the same names and bytes as one run, and reports that prove it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::harness::{self, itog};

fn run(args: &[&str]) -> Output {
    itog().args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&all).into_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
}

#[test]
fn shards_make_what_one_run_makes() {
    let folder = harness::folder("batch/shards");
    let table = folder.join("people.csv");
    let mut csv = String::from("ФИО;Номер;QR-код;Шаблон\n");
    for n in 0..150 {
        // Namesakes, a faulty row, rows that are left out, and a design that comes late.
        let name = ["Ким Юлия Олеговна", "Лев Павел Назарович", "Бойко Ольга"][n % 3];
        let design = if n > 135 && n % 2 == 0 { "certificate-modern" } else { "" };
        csv += &match n {
            60 => ";;;\nИтого;;;\n".to_owned(),
            61 => format!("{name};61;;certificate-none\n"),
            _ => format!("{name};;https://example.org/{n};{design}\n"),
        };
    }
    fs::write(&table, csv).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let table = path("people.csv");
    let common = ["batch", &table, "--template", "certificate-participant", "--to", "pdf"];
    run(&[&common[..], &["-o", &path("whole"), "--report", &path("whole.json")]].concat());
    for k in 1..=3 {
        let shard = format!("{k}/3");
        let report = path(&format!("{k}.json"));
        let own = ["-o", &path("parts"), "--shard", &shard, "--report", &report];
        run(&[&common[..], &own].concat());
    }
    let (whole, parts) = (files(&folder.join("whole")), files(&folder.join("parts")));
    assert_eq!(whole.len(), 148);
    assert!(whole.contains_key("Ким Юлия Олеговна (49).pdf"));
    assert!(whole == parts, "{:?}", parts.keys().collect::<Vec<_>>());

    let reports = [1, 2, 3].map(|k| path(&format!("{k}.json")));
    let [one, two, three] = [0, 1, 2].map(|k| reports[k].as_str());
    let parts = path("parts");
    let joined = path("joined.json");
    let merge = ["report", "--files", &parts, "-o", &joined, "--merge"];
    let ran = run(&[&merge[..], &[three, one, two]].concat());
    assert!(ran.status.success(), "{}", said(&ran));
    assert!(said(&ran).contains("148 made") && said(&ran).contains("1 failed"), "{}", said(&ran));
    let rows = |path: &str| -> Vec<(u64, String)> {
        let report: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let records = report["records"].as_array().unwrap().iter();
        records.map(|r| (r["row"].as_u64().unwrap(), r["files"].to_string())).collect()
    };
    assert_eq!(rows(&joined), rows(&path("whole.json")));

    let missing = run(&["report", "--merge", one, three]);
    assert!(said(&missing).contains("shard 2/3 is missing"), "{}", said(&missing));
    let twice = run(&["report", "--merge", one, two, three, two]);
    assert!(said(&twice).contains("2/3 is reported several times"), "{}", said(&twice));
    fs::remove_file(folder.join("parts/Бойко Ольга (3).pdf")).unwrap();
    let lost = run(&[&merge[..], &[one, two, three]].concat());
    assert_eq!(lost.status.code(), Some(1));
    assert!(said(&lost).contains("«Бойко Ольга (3).pdf» is not in"), "{}", said(&lost));
}

#[test]
fn a_record_with_pictures_of_its_own_shares_the_fonts() {
    let folder = harness::folder("batch/own-pictures");
    let table = folder.join("people.csv");
    let mut csv = String::from("ФИО;QR-код\n");
    for n in 0..160 {
        csv += &format!("Ким Юлия Олеговна;https://example.org/verify/{n}\n");
    }
    fs::write(&table, csv).unwrap();
    let merged = folder.join("all.pdf");
    let ran = itog().arg("batch").arg(&table).arg("--merge").arg(&merged).output().unwrap();
    assert!(ran.status.success(), "{}", said(&ran));
    let pdf = lopdf::Document::load(&merged).unwrap();
    let programs = pdf
        .objects
        .values()
        .filter(|o| o.as_dict().is_ok_and(|d| d.has(b"FontFile2") || d.has(b"FontFile3")))
        .count();
    assert!(programs < 5, "{programs} font programs");
    assert_eq!(pdf.get_pages().len(), 160);
}
