//! Tables as people have them.

use itog::batch::table::{self, DataRow, DataTable, RowContent, TableFormat, TableOptions};
use itog::model::{Certificate, Column, Common, Format};

fn table(bytes: impl Into<Vec<u8>>, format: TableFormat) -> DataTable {
    let options = TableOptions::default();
    table::read(std::io::Cursor::new(bytes.into()), "table", Some(format), &options).unwrap()
}

fn rows(bytes: impl Into<Vec<u8>>, format: TableFormat) -> Vec<DataRow> {
    table(bytes, format).collect()
}

fn cell<'r>(row: &'r DataRow, column: &str) -> Option<&'r str> {
    let RowContent::Cells(cells) = &row.content else { panic!("{row:?}") };
    cells.iter().find(|cell| &*cell.header == column).map(|cell| cell.text.as_str())
}

fn fault(row: &DataRow) -> String {
    match &row.content {
        RowContent::Faulty(fault) | RowContent::Left(fault) => fault.to_string(),
        RowContent::Cells(cells) => panic!("{cells:?}"),
        RowContent::Value(value) => panic!("{value:?}"),
    }
}

#[test]
fn every_format_gives_the_same_rows() {
    let csv = rows("№;ФИО\r\n001;Ким Юлия\r\n;\r\n002;Лев Павел", TableFormat::Delimited);
    let tsv = rows("№\tФИО\n001\tКим Юлия\n\n002\tЛев Павел\n", TableFormat::Delimited);
    let (cp1251, ..) = encoding_rs::WINDOWS_1251.encode("№;ФИО\n001;Ким Юлия\n\n002;Лев Павел\n");
    let old = rows(cp1251.into_owned(), TableFormat::Delimited);
    assert_eq!(csv, tsv);
    assert_eq!(csv, old);
    let lines = rows(
        "{\"№\": \"001\", \"ФИО\": \"Ким Юлия\"}\n{\"№\": \"002\", \"ФИО\": \"Лев Павел\"}\n",
        TableFormat::JsonLines,
    );
    let yaml = rows("- {№: 001, ФИО: Ким Юлия}\n- №: 002\n  ФИО: Лев Павел\n", TableFormat::Yaml);
    let json = rows(
        "[{\"№\": \"001\", \"ФИО\": \"Ким Юлия\"}, {\"№\": \"002\", \"ФИО\": \"Лев Павел\"}]",
        TableFormat::Json,
    );
    for table in [&csv, &lines, &yaml, &json] {
        assert_eq!(table.len(), 2);
        assert_eq!(
            (cell(&table[0], "№"), cell(&table[1], "ФИО")),
            (Some("001"), Some("Лев Павел"))
        );
    }
    assert_eq!((csv[1].number, yaml[1].number), (4, 2));
}

#[test]
fn one_column_may_be_two_things_of_a_certificate() {
    let text = "ФИО;Класс, школа;Педагог, учреждение\n\
                Ким Юлия;5А, МБОУ СОШ № 8;Лев П. А., ДДТ\n";
    let common = Common::read("kind: Диплом".as_bytes(), "c.yaml", Format::Yaml).unwrap().value;
    let row = rows(text, TableFormat::Delimited).remove(0);
    let RowContent::Cells(cells) = &row.content else { panic!("{row:?}") };
    let cells = cells.iter().map(|cell| (cell.column, &*cell.header, cell.text.as_str()));
    let made = Certificate::merge_cells(&common, cells).unwrap().value;
    let recipient = &made.recipient;
    assert_eq!(recipient.class.as_deref(), Some("5А"));
    assert_eq!(recipient.school.as_deref(), Some("МБОУ СОШ № 8"));
    assert_eq!(made.teacher[0].name, "Лев П. А.");
}

#[test]
fn a_result_that_may_be_seconds_has_no_points() {
    let common = Common::read("kind: Диплом".as_bytes(), "c.yaml", Format::Yaml).unwrap().value;
    let lines = |header, text| {
        let cells = [(Some(Column::Name), "ФИО", "Ким Юлия"), (Some(Column::Score), header, text)];
        let made = Certificate::merge_cells(&common, cells).unwrap().value;
        (made.score, made.lines)
    };
    assert_eq!(lines("Результат", "12,4"), (None, vec!["Результат: 12,4".to_owned()]));
    assert_eq!(lines("Оценка/10,00", "9,5"), (None, vec!["Оценка: 9,5 из 10".to_owned()]));
    assert_eq!(lines("Результат (баллы)", "45"), (Some("45".to_owned()), Vec::new()));
}

#[test]
fn cells_that_say_more_than_their_column_asks() {
    let common = Common::read("kind: Диплом".as_bytes(), "c.yaml", Format::Yaml).unwrap().value;
    let of = |column, header, text| {
        let cells = [(Some(Column::Name), "ФИО", "Ким Юлия"), (Some(column), header, text)];
        Certificate::merge_cells(&common, cells).unwrap().value
    };
    for (surname, family) in [
        ("Петровы", "Петровых"),
        ("Юсупова", "Юсуповых"),
        ("Крымские", "Крымских"),
        ("Коваль", "Коваль"),
    ] {
        let cells = [(Some(Column::Collective), "Семья", surname)];
        let made = Certificate::merge_cells(&common, cells).unwrap().value;
        assert_eq!(made.recipient.person.name, format!("семья {family}"));
    }
    let work = of(Column::Work, "Репертуар", "1. «Родина», муз. С. Чиж\n2. Вокализ").work;
    assert_eq!(work.as_deref(), Some("«Родина», муз. С. Чиж; «Вокализ»"));
    let work = of(Column::Work, "Название", "Мой лес\nосенью").work;
    assert_eq!(work.as_deref(), Some("Мой лес\nосенью"));
    let made = of(Column::Nomination, "Секция", "Секция 2. Медиа");
    assert_eq!((made.nomination, made.lines), (None, vec!["Секция 2. Медиа".to_owned()]));
}

#[test]
fn a_bad_record_of_a_list_leaves_the_others() {
    let yaml = rows("- ФИО: Ким Юлия\n- Лев Павел\n- ФИО: [Бойко]\n", TableFormat::Yaml);
    assert_eq!(cell(&yaml[0], "ФИО"), Some("Ким Юлия"));
    let faults: Vec<String> = yaml[1..].iter().map(fault).collect();
    assert!(faults[0].contains("table:2") && faults[0].contains("a map of keys"), "{faults:?}");
    assert!(faults[1].contains("ФИО") && faults[1].contains("a list"), "{faults:?}");
}

#[test]
fn a_table_that_is_none_is_refused() {
    for (text, format) in [
        ("", TableFormat::Delimited),
        ("a: b", TableFormat::Yaml),
        ("{", TableFormat::Json),
        ("PK", TableFormat::Xlsx),
    ] {
        assert!(
            table::read(text.as_bytes(), "table", Some(format), &TableOptions::default()).is_err(),
            "{text:?}"
        );
    }
}

/// A workbook as small as one can be: strings in place, numbers, a date, a formula with its value,
/// a merged area.
#[cfg(feature = "xlsx")]
fn workbook() -> Vec<u8> {
    use std::io::Write;
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let cell = |place: &str, text: &str| {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let sheet = [
        format!("<worksheet xmlns=\"{SHEETS}\"><sheetData>"),
        format!(
            "<row r=\"1\">{}{}{}{}</row>",
            cell("A1", "Номер"),
            cell("B1", "Ф. И. О."),
            cell("C1", "Дата"),
            cell("D1", "Организация")
        ),
        format!(
            "<row r=\"2\">{}{}<c r=\"C2\" s=\"1\"><v>41795</v></c>{}</row>",
            cell("A2", "001"),
            cell("B2", "Ким Юлия"),
            cell("D2", "КемОНБ")
        ),
        "<row r=\"4\"><c r=\"A4\"><v>2</v></c><c r=\"B4\" t=\"str\"><f>B2</f>\
         <v>Лев Павел</v></c></row>"
            .to_owned(),
        format!(
            "<row r=\"5\"><c r=\"A5\" t=\"e\"><v>#REF!</v></c>{}</row>",
            cell("B5", "Бойко Ольга")
        ),
        "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"D2:D4\"/></mergeCells></worksheet>"
            .to_owned(),
    ]
    .concat();
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\">\
                 <Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">\
                 <Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{SHEETS}\" xmlns:r=\"{OFFICE}\">\
                 <sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">\
                 <Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{SHEETS}\"><cellXfs count=\"2\">\
                 <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[cfg(feature = "xlsx")]
#[test]
fn excel_dates_zeros_formulas_and_merged_cells() {
    let rows = rows(workbook(), TableFormat::Xlsx);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(
        (cell(&rows[0], "Номер"), cell(&rows[0], "Дата")),
        (Some("001"), Some("05.06.2014"))
    );
    assert_eq!(
        (cell(&rows[1], "Номер"), cell(&rows[1], "Ф. И. О.")),
        (Some("2"), Some("Лев Павел"))
    );
    assert_eq!(cell(&rows[1], "Организация"), Some("КемОНБ"));
    assert!(fault(&rows[2]).contains("Номер"));
}
