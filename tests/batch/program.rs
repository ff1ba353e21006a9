//! `itog batch` as its users meet it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use crate::harness::{self, itog};

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    harness::folder(&format!("batch/{name}"))
}

fn batch(table: &Path, extra: &[&str]) -> Output {
    itog()
        .arg("batch")
        .arg(table)
        .args(["--common", "examples/data/common.yaml"])
        .args(extra)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| (e.file_name().into_string().unwrap(), e.path()))
        // What a killed batch was writing has no name yet.
        .filter(|(name, _)| !name.ends_with(".part"))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect()
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

#[test]
fn ten_kinds_of_bad_rows_spoil_no_good_one() {
    let folder = folder("bad-rows");
    let good = |n: usize| {
        format!("{n};Ким Виктория Олеговна;f;методист;05.06.2014;certificate-letter;thanks\n")
    };
    let bad = [
        ";;;;;;",
        ";Лев Павел;мужик;;;;",
        ";Лев Павел;;;31.02.2014;;",
        ";Лев Павел;;;завтра;;",
        ";Лев Павел;;;;certificate-none;",
        ";Лев Павел;;;;;подарено",
        ";Лев Павел;;;;;;лишнее",
        ";Лев\u{1}Павел;;;;;",
        ";Лев Павел 漢字;;;;;",
        ";\u{ad};;;;;",
    ];
    let mut csv = String::from("№;ФИО;Пол;Должность;Дата;Шаблон;Формула\n");
    for n in 0..1000 {
        csv += &if n % 20 == 19 { format!("{n}{}\n", bad[n / 20 % bad.len()]) } else { good(n) };
    }
    let table = folder.join("people.csv");
    fs::write(&table, csv).unwrap();
    let (out, report) = (folder.join("out"), folder.join("report.json"));
    let ran = batch(
        &table,
        &["-o", path(&out), "--to", "pdf", "--report", path(&report), "--name", "{{row}}"],
    );
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(files(&out).len(), 950, "{}", said(&ran));
    assert!(
        String::from_utf8_lossy(&ran.stdout)
            .contains("950 made, 0 there already, 45 failed, 5 rows left out")
    );
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
    assert_eq!((report["made"].as_u64(), report["failed"].as_u64()), (Some(950), Some(45)));
    assert_eq!(report["left_out"].as_u64(), Some(5));
    let records = report["records"].as_array().unwrap();
    assert_eq!(records.len(), 1000);
    let failed: Vec<_> = records.iter().filter(|record| record["status"] != "made").collect();
    assert_eq!(failed.len(), 50);
    assert!(failed.iter().all(|record| (record["row"].as_u64().unwrap() - 2) % 20 == 19));
    // One of each kind, as it is told.
    let lines: Vec<String> = failed[..10]
        .iter()
        .map(|record| {
            format!(
                "{}: {} [{}]",
                record["row"], record["faults"][0]["message"], record["faults"][0]["path"]
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_batch_that_was_killed_is_finished_by_resuming() {
    let folder = folder("killed");
    let mut csv = String::from("№;ФИО;За что\n");
    for n in 0..400 {
        csv += &format!("{n};Ким Виктория Олеговна;труд номер {n}\n");
    }
    let table = folder.join("people.csv");
    fs::write(&table, csv).unwrap();
    let (whole, broken) = (folder.join("whole"), folder.join("broken"));
    assert!(batch(&table, &["-o", path(&whole), "--to", "pdf"]).status.success());
    for pause in [150, 400] {
        let mut child = itog();
        child.arg("batch").arg(&table).args([
            "--common",
            "examples/data/common.yaml",
            "--to",
            "pdf",
            "--resume",
            "-o",
            path(&broken),
        ]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let _ = fs::create_dir_all(&broken);
    // One that was cut by a power failure, and one that is empty.
    fs::write(broken.join("Ким Виктория Олеговна.pdf"), b"%PDF-1.7 half of what it was").unwrap();
    fs::write(broken.join("Ким Виктория Олеговна (2).pdf"), b"").unwrap();
    let ran = batch(&table, &["-o", path(&broken), "--to", "pdf", "--resume"]);
    assert!(ran.status.success(), "{}", said(&ran));
    assert!(files(&whole) == files(&broken), "other files or other bytes");
}

#[test]
fn resuming_makes_anew_what_was_made_of_other_data() {
    let folder = folder("changed");
    let (table, common, out) =
        (folder.join("people.csv"), folder.join("common.yaml"), folder.join("out"));
    let run = || {
        let ran = itog()
            .arg("batch")
            .arg(&table)
            .args(["--common", path(&common), "--resume", "-o", path(&out)])
            .output()
            .unwrap();
        (String::from_utf8(ran.stdout.clone()).unwrap(), said(&ran))
    };
    fs::write(&common, "kind: Диплом\nfor: труд\n").unwrap();
    fs::write(&table, "ФИО;Место\nКим Юлия;1\nЛев Ян;2\n").unwrap();
    assert!(run().0.contains("2 made, 0 there already"));
    assert!(run().0.contains("0 made, 2 there already"));
    // A row, and then what all share.
    fs::write(&table, "ФИО;Место\nКим Юлия;1\nЛев Ян;3\n").unwrap();
    assert!(run().0.contains("1 made, 1 there already"));
    fs::write(&common, "kind: Диплом\nfor: учёба\n").unwrap();
    assert!(run().0.contains("2 made, 0 there already"));
    // Nobody's work is lost: this DOCX was written by another program.
    let edited = out.join("Лев Ян.docx");
    fs::copy("examples/data/blank.docx", &edited).unwrap();
    let (told, warned) = run();
    assert!(told.contains("0 made, 2 there already"), "{told}");
    assert!(warned.contains("file-edited") && warned.contains("Лев Ян.docx"), "{warned}");
    assert_eq!(fs::read(&edited).unwrap(), fs::read("examples/data/blank.docx").unwrap());
}

#[test]
fn all_sheets_of_classes_are_taken_together() {
    let sheets = "tests/batch/tables/sheet-for-each-class.xlsx";
    let out = folder("sheets").join("out");
    let ran = batch(Path::new(sheets), &["--sheet", "all", "--to", "pdf", "-o", path(&out)]);
    assert!(ran.status.success(), "{}", said(&ran));
    assert_eq!(files(&out).len(), 5);
    assert!(said(&ran).contains("sheet «6А» are of the class 6 «А»"), "{}", said(&ran));
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = folder("there");
    let table = folder.join("people.csv");
    fs::write(&table, "ФИО\nКим Юлия\n").unwrap();
    let out = folder.join("out");
    assert!(batch(&table, &["-o", path(&out), "--to", "pdf"]).status.success());
    let again = batch(&table, &["-o", path(&out), "--to", "pdf"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("--overwrite"), "{}", said(&again));
    assert!(batch(&table, &["-o", path(&out), "--to", "pdf", "--overwrite"]).status.success());
    assert!(batch(&table, &["-o", path(&out), "--to", "docx"]).status.success());
    assert_eq!(files(&out).len(), 2);
}

/// A blank of the examples in a folder with a table and common data.
fn inputs(folder: &Path) -> [PathBuf; 3] {
    let [blank, table, common] =
        ["blank.docx", "people.csv", "common.yaml"].map(|n| folder.join(n));
    fs::copy("examples/data/blank.docx", &blank).unwrap();
    fs::write(&table, "ФИО\nКим Юлия Олеговна\n").unwrap();
    fs::write(&common, "for: помощь\n").unwrap();
    [blank, table, common]
}

#[test]
fn what_a_batch_reads_is_never_overwritten() {
    let folder = folder("inputs");
    let [blank, table, common] = inputs(&folder);
    let before = files(&folder);
    let run = |extra: &[&str]| {
        let mut command = itog();
        command.arg("batch").arg(&table).arg("--template").arg(&blank).arg("--common").arg(&common);
        command.args(extra).output().unwrap()
    };
    // The blank itself, by its name, through a folder, and with the wish to replace what is there.
    for name in ["blank", "../inputs/blank"] {
        let ran = run(&[
            "-o",
            path(&folder),
            "--to",
            "docx",
            "--name",
            name,
            "--overwrite",
            "--lang",
            "en",
        ]);
        assert_ne!(ran.status.code(), Some(0), "{name}: {}", said(&ran));
        assert_eq!(files(&folder), before, "{name}: {}", said(&ran));
    }
    let ran = run(&["--merge", path(&blank)]);
    // No input of a batch has the ending of a merged file.
    assert!(said(&ran).contains("would not be what its ending says"), "{}", said(&ran));
    assert_eq!(files(&folder), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let folder = folder("unwritable");
    let table = folder.join("people.csv");
    fs::write(&table, "ФИО\nКим Юлия\n").unwrap();
    for extra in [
        ["-o", path(&table.join("out"))],
        ["--merge", path(&table.join("all.pdf"))],
        ["--zip", path(&table.join("all.zip"))],
    ] {
        let ran = batch(&table, &extra);
        assert_eq!(ran.status.code(), Some(1));
        assert!(said(&ran).contains("people.csv"), "{}", said(&ran));
    }
    assert_eq!(files(&folder).len(), 1);
}

#[test]
fn one_pdf_and_one_archive() {
    let folder = folder("one");
    let (pdf, zip) = (folder.join("all.pdf"), folder.join("all.zip"));
    let table = Path::new("examples/data/people.csv");
    assert!(batch(table, &["--merge", path(&pdf)]).status.success());
    assert!(
        batch(table, &["--zip", path(&zip), "--to", "pdf", "--name", "{{number}}-{{surname}}"])
            .status
            .success()
    );
    assert!(fs::read(pdf).unwrap().starts_with(b"%PDF-1.7"));
    let archive = zip::ZipArchive::new(fs::File::open(zip).unwrap()).unwrap();
    let mut names: Vec<_> = archive.file_names().map(str::to_owned).collect();
    names.sort();
    assert_eq!(names.len(), 12);
    assert_eq!((names[0].as_str(), names[10].as_str()), ("001-Бехтенева.pdf", "011-Ткаченко.pdf"));
    assert_eq!(files(&folder).len(), 2);
}

#[test]
fn json_lines_come_from_stdin() {
    let folder = folder("stdin");
    let mut command = itog();
    command.args([
        "batch",
        "-",
        "--template",
        "certificate-modern",
        "--to",
        "pdf",
        "--message-format",
        "json",
        "-o",
        path(&folder),
    ]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("{\"ФИО\": \"Ким Юлия\", \"Пол\": \"ж\"}\n{\"ФИО\": \n".as_bytes())
        .unwrap();
    let ran = child.wait_with_output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(files(&folder).into_keys().collect::<Vec<_>>(), ["Ким Юлия.pdf"]);
    let line: serde_json::Value = serde_json::from_str(said(&ran).lines().nth(1).unwrap()).unwrap();
    assert_eq!((line["row"].as_u64(), line["code"].as_str()), (Some(2), Some("table-row")));
}

#[test]
fn check_goes_through_a_table_and_writes_nothing() {
    let folder = folder("check");
    let table = folder.join("people.yaml");
    fs::write(&table, "- ФИО: Ким Юлия\n- ФИО: Лев Павел\n  Дата: 31.02.2014\n").unwrap();
    let ran = itog().arg("check").arg(&table).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        said(&ran).contains("row 2 (Лев Павел)") && said(&ran).contains("Дата"),
        "{}",
        said(&ran)
    );
    assert_eq!(files(&folder).len(), 1);
}

#[test]
fn signatures_lie_beside_the_common_data() {
    let folder = folder("pictures");
    fs::copy("tests/boxes/dot.png", folder.join("sign.png")).unwrap();
    fs::write(folder.join("people.csv"), "ФИО\nКим Юлия\n").unwrap();
    fs::write(
        folder.join("common.yaml"),
        "signatures:\n  - {post: Директор, name: Лев Павел Ильич, signature: sign.png}\n",
    )
    .unwrap();
    let ran = itog()
        .args([
            "batch",
            path(&folder.join("people.csv")),
            "--common",
            path(&folder.join("common.yaml")),
            "--to",
            "pdf",
        ])
        .args(["--zip", path(&folder.join("all.zip"))])
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", said(&ran));
}

/// `/dev/full` takes no byte, as a disk that is full.
#[cfg(target_os = "linux")]
#[test]
fn an_archive_on_a_full_disk_is_told_and_given_up() {
    use itog::batch::{FileSink, Zip};
    let mut zip = Zip::new(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let fault = zip.put("001.pdf", &[7; 1 << 16]).unwrap_err();
    assert_eq!(fault.kind(), std::io::ErrorKind::StorageFull);
}

#[test]
fn no_merged_file_archive_list_or_report_takes_the_place_of_somebody_elses() {
    let folder = folder("of-others");
    let table = folder.join("p.csv");
    fs::write(&table, "ФИО\nКим Юлия Олеговна\n").unwrap();
    let kinds =
        [("--merge", "a.pdf"), ("--zip", "a.zip"), ("--report", "a.json"), ("--index", "a.xlsx")];
    for (option, name) in kinds {
        let place = folder.join(name);
        let archive = folder.join("all.zip");
        let options = [option, path(&place), "--to", "pdf", "--zip", path(&archive)];
        // A list and a report stand beside the documents.
        let alone = matches!(option, "--merge" | "--zip");
        let options = if alone { &options[..4] } else { &options };
        fs::write(&place, "of somebody else").unwrap();
        let refused = batch(&table, options);
        assert_eq!(refused.status.code(), Some(1), "{option}: {}", said(&refused));
        assert!(said(&refused).contains("error[file-exists]"), "{option}: {}", said(&refused));
        assert_eq!(fs::read(&place).unwrap(), b"of somebody else", "{option}");
        // What a batch has made may be made anew.
        fs::remove_file(&place).unwrap();
        for time in ["first", "second"] {
            let made = batch(&table, options);
            assert!(made.status.success(), "{option}, {time}: {}", said(&made));
        }
    }
}

#[test]
fn two_batches_in_one_folder_do_not_hurt_each_other() {
    let folder = folder("two-at-once");
    let table = folder.join("people.csv");
    let rows: String = (0..40).map(|n| format!("{n};Ким Виктория Олеговна\n")).collect();
    fs::write(&table, format!("№;ФИО\n{rows}")).unwrap();
    let (alone, both) = (folder.join("alone"), folder.join("both"));
    assert!(batch(&table, &["--to", "pdf", "-o", path(&alone)]).status.success());
    let start = || {
        let mut command = itog();
        command.arg("batch").arg(&table).args(["--common", "examples/data/common.yaml"]);
        command.args(["--to", "pdf", "--overwrite", "-o", path(&both)]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    for batch in [start(), start()] {
        let ended = batch.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", said(&ended));
    }
    assert!(files(&alone) == files(&both), "other files or other bytes");
    let left = fs::read_dir(&both).unwrap().flatten();
    let part = left.map(|entry| entry.path()).find(|path| path.extension().unwrap() == "part");
    assert_eq!(part, None, "a part is left");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_neither_followed_nor_waited_for() {
    let folder = folder("links");
    let (table, out) = (folder.join("people.csv"), folder.join("out"));
    fs::write(&table, "ФИО\nКим Юлия Олеговна\n").unwrap();
    fs::create_dir(&out).unwrap();
    let pipe = |place: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(place).status().unwrap().success());
    };
    // A link under the name of what is to be made leads to somebody's file.
    let victim = folder.join("victim");
    fs::write(&victim, "of somebody else").unwrap();
    std::os::unix::fs::symlink(&victim, out.join("Ким Юлия Олеговна.pdf")).unwrap();
    for option in ["--overwrite", "--resume"] {
        batch(&table, &["--to", "pdf", "-o", path(&out), option]);
        assert_eq!(fs::read(&victim).unwrap(), b"of somebody else", "{option}");
    }
    let merged = folder.join("all.pdf");
    pipe(&merged);
    let ran = batch(&table, &["--merge", path(&merged), "--overwrite"]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    // In a template's folder a pipe is no file; it is not waited for either.
    let design = folder.join("design");
    fs::create_dir(&design).unwrap();
    let text = "<html lang='ru'><head><title>т</title></head><body>\
        <p><img src='a.png' alt='а'/>{{name}}</p></body></html>";
    fs::write(design.join("template.hbs"), text).unwrap();
    pipe(&design.join("a.png"));
    let ran = batch(&table, &["--template", path(&design), "--to", "pdf", "-o", path(&out)]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    pipe(&design.join("part.hbs"));
    let ran = batch(&table, &["--template", path(&design), "--to", "pdf", "-o", path(&out)]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
}
