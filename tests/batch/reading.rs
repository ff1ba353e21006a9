//! Tables of `tests/batch/tables`, each with what is understood of it, and its rows.

use std::fmt::Write;
use std::path::Path;

use itog::batch::table::{self, DataTable, RowContent, TableOptions, Why, letter};
use itog::diag::{Diagnostic, Error};
use itog::model::{Common, Format};

fn warn(out: &mut String, place: &str, fault: &Diagnostic) {
    let path = fault.data_path().map(|path| format!(" [{path}]")).unwrap_or_default();
    let _ = writeln!(out, "{place}! {} {}{path}", fault.code(), fault.message());
}

fn dump(table: DataTable) -> String {
    let mut out = String::new();
    let plan = table.plan().clone();
    if let Some(sheet) = &plan.sheet {
        let _ = writeln!(out, "sheet «{sheet}»");
    }
    let _ = writeln!(out, "head {:?}", plan.head.unwrap_or_default());
    for column in &plan.columns {
        let became = match column.column {
            Some(column) => format!("{column:?}"),
            None => "-".to_owned(),
        };
        let why =
            if column.why == Why::Name { String::new() } else { format!(" by {:?}", column.why) };
        let _ = writeln!(out, "{} «{}» = {became}{why}", letter(column.at), column.header);
    }
    plan.warnings.iter().for_each(|fault| warn(&mut out, "", fault));
    for row in table {
        match &row.content {
            RowContent::Cells(cells) => {
                let cells: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
                let _ = writeln!(out, "{}: {}", row.number, cells.join(" | ").replace('\n', "⏎"));
            }
            RowContent::Value(value) => panic!("{value:?}"),
            RowContent::Faulty(fault) | RowContent::Left(fault) => {
                warn(&mut out, &format!("{}: ", row.number), fault);
            }
        }
        row.notes.iter().for_each(|fault| warn(&mut out, "    ", fault));
    }
    out
}

fn faults(error: &Error) -> String {
    let mut out = String::new();
    for fault in error.diagnostics() {
        warn(&mut out, "", fault);
        fault.hints().iter().for_each(|hint| out += &format!("  = {hint}\n"));
    }
    out
}

#[test]
fn cases() {
    insta::glob!("tables/*", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let bytes = std::fs::read(path).unwrap();
        let format = table::TableFormat::from_path(path);
        let read =
            table::read(std::io::Cursor::new(bytes), &name, format, &TableOptions::default());
        let text = match read {
            Ok(table) => dump(table),
            Err(error) => faults(&error),
        };
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
        }, {
            insta::assert_snapshot!(text);
        });
    });
}

#[test]
fn the_common_file_says_what_a_column_is() {
    let yaml = "kind: Диплом\ncolumns:\n  recipient: Как Вас зовут?\n  place: место\n";
    let common = Common::read(yaml.as_bytes(), "common.yaml", Format::Yaml).unwrap().value;
    let options = TableOptions::default().with_common(&common);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch/tables");
    let table = table::open(&path.join("odd-name-and-place.csv"), &options).unwrap();
    assert!(dump(table).contains("«Как Вас зовут?» = Name by Said"));
    // A column that the table lacks is told.
    let error = table::open(&path.join("place-of-towns.csv"), &options).unwrap_err();
    assert!(faults(&error).contains("no column «Как Вас зовут?»; it has «ФИО», «Место»"));
    // A key that is none is a fault of the common file.
    let wrong = Common::read(b"columns: {who: A}", "common.yaml", Format::Yaml).unwrap_err();
    assert!(wrong.to_string().contains("`who` is not a column"), "{wrong}");
}

#[test]
fn columns_may_be_lines_of_their_own() {
    let yaml = "kind: Диплом\nстолбцы: {своя строка: [Группа, Материал]}\n";
    let common = Common::read(yaml.as_bytes(), "common.yaml", Format::Yaml).unwrap().value;
    let options = TableOptions::default().with_common(&common);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch/tables");
    let table = table::open(&path.join("group-with-a-prize.xlsx"), &options).unwrap();
    let text = dump(table);
    assert!(text.contains("«Группа» = Lines by Said"), "{text}");
    assert!(text.contains("«Материал» = Lines by Said"), "{text}");
    assert!(!text.contains("column-unknown"), "{text}");
}

#[test]
fn whose_documents_they_are_is_asked_and_answered() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/batch/tables/person-and-team.xlsx");
    for (said, name, team) in [
        ("recipient: \"Фамилия, имя\"", "= Name by Said", "«Команда» = - by Twice"),
        ("collective: Команда", "«Фамилия, имя» = - by Twice", "= Collective by Said"),
    ] {
        let yaml = format!("columns: {{{said}}}");
        let common = Common::read(yaml.as_bytes(), "common.yaml", Format::Yaml).unwrap().value;
        let options = TableOptions::default().with_common(&common);
        let text = dump(table::open(&path, &options).unwrap());
        assert!(text.contains(name) && text.contains(team), "{text}");
    }
}
