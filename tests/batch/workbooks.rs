//! Workbooks made at random, whose truth is known: other sheets, titles, heads of one row and of
//! two, merged and hidden rows, number formats, columns that look like others, a head that comes
//! again in another order, totals. What is read must be true, or a question.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use crate::dice::Dice;
use itog::batch::table::{self, RowContent, TableFormat, TableOptions};
use itog::model::Column;

const BOOKS: u64 = 100;

/// What is written into a cell: a text, a number with the format of that place in the list of
/// styles, or a formula with its stored text.
#[derive(Clone)]
enum Written {
    Text(String),
    Number(f64, usize),
    Formula(String),
}

fn text(text: &str) -> Written {
    Written::Text(text.to_owned())
}

/// Format numbers of the styles: general, a date, six digits (defined in the file), percent.
const STYLES: [u32; 4] = [0, 14, 170, 9];
const DATE: usize = 1;
const SIX: usize = 2;
const PERCENT: usize = 3;

/// A column: its name above, if its head has two rows, its name, what it is, and its cells with
/// what is seen of them.
struct Made {
    above: Option<&'static str>,
    name: &'static str,
    column: Option<Column>,
    cells: Vec<(Written, String)>,
    /// Cells of rows below each other that are the same are merged.
    merged: bool,
}

const PEOPLE: [[&str; 3]; 8] = [
    ["Громова", "Виктория", "Олеговна"],
    ["Сафин", "Тимур", "Ринатович"],
    ["Зайцева", "Полина", "Игоревна"],
    ["Быков", "Олег", "Львович"],
    ["Третьяк", "Нина", "Павловна"],
    ["Ким", "Алина", "Юрьевна"],
    ["Дёмин", "Алексей", "Ильич"],
    ["Шевченко", "Раиса", "Фёдоровна"],
];

/// Names of columns whose cells are texts.
type Kind = (&'static [&'static str], Option<Column>, &'static [&'static str]);
const KINDS: [Kind; 12] = [
    (
        &["Школа", "ОУ", "Образовательная организация", "Учебное заведение"],
        Some(Column::School),
        &["МБОУ СОШ № 12", "Гимназия № 2", "Лицей «Исток»"],
    ),
    (&["Класс", "Класс, литера"], Some(Column::Class), &["7 «Б»", "9 «А»", "11"]),
    (
        &["Результат", "Статус (победитель / призёр)", "Призовое место", "Место в рейтинге"],
        Some(Column::Result),
        &["победитель", "II место", "призёр", "участник"],
    ),
    (
        &["Педагог", "Учитель-наставник", "ФИО педагога, подготовившего участника"],
        Some(Column::Teacher),
        &["Лебедева О. И.", "Чернова Елена Андреевна"],
    ),
    (&["Номинация", "6. Номинация"], Some(Column::Nomination), &["Проза", "Поэзия"]),
    (
        &["Название работы", "Тема доклада"],
        Some(Column::Work),
        &["Мой край", "История одного письма"],
    ),
    // What looks like something else.
    (&["№ читательского билета", "Номер группы"], None, &["1045", "1207", "88"]),
    (&["Дата приёма", "Дата записи в библиотеку"], None, &["12.05.2019", "01.09.2020"]),
    (
        &["Ссылка на работу", "Ссылка на видео"],
        None,
        &["https://disk.example/1", "https://v.example"],
    ),
    (
        &["Город", "Населённый пункт", "Территория"],
        Some(Column::Lines),
        &["г. Томск", "с. Розовка"],
    ),
    (&["Контактный телефон", "E-mail"], Some(Column::Aside), &["8 900 000-00-00", "a@b.example"]),
    (&["Дата рождения"], Some(Column::Aside), &["01.02.2012", "11.12.2011"]),
];

/// The columns of a table with so many rows.
// Over 60 lines: one arm for each kind of column.
fn columns(dice: &mut Dice, rows: usize) -> Vec<Made> {
    let mut all = Vec::new();
    let plain = |name, column, cells: Vec<&str>| Made {
        above: None,
        name,
        column,
        cells: cells.into_iter().map(|cell| (text(cell), cell.to_owned())).collect(),
        merged: false,
    };
    let people: Vec<[&str; 3]> =
        (0..rows).map(|row| PEOPLE[(row + dice.roll(2)) % PEOPLE.len()]).collect();
    if dice.one_in(2) {
        let cells = (1..=rows).map(|n| (Written::Number(n as f64, 0), n.to_string())).collect();
        let name = dice.pick(&["№", "№ п/п"]);
        all.push(Made { above: None, name, column: Some(Column::Ordinal), cells, merged: false });
    }
    let two = dice.one_in(3);
    match dice.roll(3) {
        0 => {
            let above = two.then_some("Участник");
            let part = |at: usize| people.iter().map(|person| person[at]).collect();
            for (at, name, column) in [
                (0, "Фамилия", Column::Last),
                (1, "Имя", Column::First),
                (2, "Отчество", Column::Middle),
            ] {
                all.push(Made { above, ..plain(name, Some(column), part(at)) });
            }
        }
        way => {
            let name = dice.pick(&[
                "ФИО",
                "Участник",
                "ФИО участника (полностью)",
                "1. Фамилия, имя, отчество участника",
                "Волонтёр",
                "Слушатель",
            ]);
            let cells = people.iter().map(|person| {
                let name = person.join(" ");
                let written = if way == 1 { text(&name) } else { Written::Formula(name.clone()) };
                (written, name)
            });
            let (cells, column) = (cells.collect(), Some(Column::Name));
            all.push(Made { above: None, name, column, cells, merged: false });
        }
    }
    for (names, column, cells) in KINDS {
        if dice.one_in(3) {
            let merged = column == Some(Column::School) && dice.one_in(2);
            let cells = (0..rows).map(|row| match merged {
                true => cells[row / 2 % cells.len()],
                false => cells[dice.roll(cells.len())],
            });
            let cells = cells.collect();
            all.push(Made { merged, ..plain(dice.pick(names), column, cells) });
        }
    }
    let numbers = |dice: &mut Dice, style, seen: fn(usize) -> (f64, String)| {
        let cells = (0..rows).map(|_| seen(dice.roll(60)));
        cells.map(|(number, seen)| (Written::Number(number, style), seen)).collect::<Vec<_>>()
    };
    if dice.one_in(3) {
        let cells = numbers(dice, SIX, |n| (n as f64 + 7.0, format!("{:06}", n + 7)));
        let name = dice.pick(&["Рег. №", "Номер диплома"]);
        all.push(Made { above: None, name, column: Some(Column::Number), cells, merged: false });
    }
    if dice.one_in(3) {
        // 45 000 is 15 March 2023.
        let cells = numbers(dice, DATE, |n| {
            (45_000.0 + (n % 16) as f64, format!("{:02}.03.2023", 15 + n % 16))
        });
        let (name, column) = ("Дата выдачи", Some(Column::Date));
        all.push(Made { above: None, name, column, cells, merged: false });
    }
    if dice.one_in(4) {
        let cells = numbers(dice, PERCENT, |n| ((n + 20) as f64 / 100.0, format!("{}%", n + 20)));
        all.push(Made {
            above: None, name: "Выполнение", column: None, cells, merged: false
        });
    }
    if two && dice.one_in(2) {
        for (name, column) in [("1 тур", None), ("2 тур", None), ("Итого", Some(Column::Score))]
        {
            let cells = numbers(dice, 0, |n| (n as f64, n.to_string()));
            all.push(Made { above: Some("Баллы"), name, column, cells, merged: false });
        }
    }
    if all.len() < 3 {
        all.push(plain("Номинация", Some(Column::Nomination), vec!["Проза"; rows]));
    }
    all
}

/// A sheet in the making.
#[derive(Default)]
struct Page {
    lines: Vec<(Vec<Option<Written>>, bool)>,
    merged: Vec<String>,
}

fn place(column: usize, row: usize) -> String {
    format!("{}{row}", table::letter(column))
}

impl Page {
    fn line(&mut self, cells: Vec<Option<Written>>) -> usize {
        self.lines.push((cells, false));
        self.lines.len()
    }

    fn lone(&mut self, at: usize, words: &str) {
        let mut cells = vec![None; at];
        cells.push(Some(text(words)));
        self.line(cells);
    }

    fn xml(&self) -> String {
        let mut out = String::from("<worksheet><sheetData>");
        for (n, (cells, hidden)) in self.lines.iter().enumerate() {
            let hidden = if *hidden { " hidden=\"1\"" } else { "" };
            let _ = write!(out, "<row r=\"{}\"{hidden}>", n + 1);
            for (at, cell) in cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let place = place(at, n + 1);
                let _ = match cell {
                    Written::Text(t) => {
                        write!(out, "<c r=\"{place}\" t=\"inlineStr\"><is><t>{t}</t></is></c>")
                    }
                    Written::Number(v, style) => {
                        write!(out, "<c r=\"{place}\" s=\"{style}\"><v>{v}</v></c>")
                    }
                    Written::Formula(t) => {
                        write!(out, "<c r=\"{place}\" t=\"str\"><f>A1</f><v>{t}</v></c>")
                    }
                };
            }
            out += "</row>";
        }
        out += "</sheetData><mergeCells>";
        self.merged.iter().for_each(|area| out += &format!("<mergeCell ref=\"{area}\"/>"));
        out + "</mergeCells></worksheet>"
    }
}

/// A workbook, the names of its columns with what they are, and what is seen in each record: by
/// row of the sheet, the cells in the order of the columns.
struct Truth {
    bytes: Vec<u8>,
    columns: Vec<(String, Option<Column>)>,
    rows: Vec<(u64, Vec<String>)>,
}

// Over 60 lines: a sheet from top to bottom.
fn made(dice: &mut Dice) -> Truth {
    let count = 3 + dice.roll(8);
    let columns = columns(dice, count);
    let (mut page, at) = (Page::default(), dice.roll(2));
    for _ in 0..dice.roll(4) {
        let title =
            dice.pick(&["Протокол конкурса", "Приложение № 2", "12 апреля 2026 г.", "Список"]);
        page.lone(at, title);
        let row = page.lines.len();
        if dice.one_in(2) {
            page.merged.push(format!("{}:{}", place(at, row), place(at + columns.len() - 1, row)));
        }
    }
    let head = |page: &mut Page, order: &[usize]| {
        let mut upper = vec![None; at];
        let mut lower = vec![None; at];
        let two = columns.iter().any(|column| column.above.is_some());
        for (n, &column) in order.iter().enumerate() {
            let Made { above, name, .. } = columns[column];
            let first = n == 0 || columns[order[n - 1]].above != above;
            upper.push(above.map_or(Some(name), |above| first.then_some(above)).map(text));
            lower.push(above.map(|_| text(name)));
        }
        let row = page.line(upper);
        if two {
            page.line(lower);
            for (n, &column) in order.iter().enumerate() {
                if columns[column].above.is_none() {
                    page.merged.push(format!("{}:{}", place(at + n, row), place(at + n, row + 1)));
                }
            }
        }
        two
    };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let two = head(&mut page, &order);
    if dice.one_in(4) {
        let numbers = (1..=columns.len()).map(|n| Some(Written::Number(n as f64, 0)));
        page.line(vec![None; at].into_iter().chain(numbers).collect());
    }
    let mut rows = Vec::new();
    let again = if two { count } else { 1 + dice.roll(3 * count) };
    for n in 0..count {
        if n == again {
            if dice.one_in(2) {
                order.reverse();
            }
            head(&mut page, &order);
        }
        let cells = order.iter().map(|&column| Some(columns[column].cells[n].0.clone()));
        let row = page.line(vec![None; at].into_iter().chain(cells).collect());
        if dice.one_in(9) {
            page.lines[row - 1].1 = true;
            continue;
        }
        let seen = columns.iter().map(|column| column.cells[n].1.clone());
        rows.push((row as u64, seen.collect()));
    }
    // Pairs of rows of one school, where no head stands between them.
    for (column, made) in columns.iter().enumerate().filter(|(_, made)| made.merged) {
        let Some(n) = order.iter().position(|c| *c == column).filter(|_| again >= count) else {
            continue;
        };
        let first = page.lines.len() - count + 1;
        for pair in (0..count - 1).step_by(2) {
            assert_eq!(made.cells[pair].1, made.cells[pair + 1].1);
            page.lines[first + pair].0[at + n] = None;
            let (top, bottom) = (place(at + n, first + pair), place(at + n, first + pair + 1));
            page.merged.push(format!("{top}:{bottom}"));
        }
    }
    if dice.one_in(2) {
        page.lone(at, "");
        page.lone(
            at,
            dice.pick(&["Итого: 5", "Председатель жюри ______ Соколова Е. Н.", "Исп. Ли В. Ч."]),
        );
    }
    let name = |made: &Made| match made.above {
        Some(above) => format!("{above}: {}", made.name),
        None => made.name.to_owned(),
    };
    let columns = columns.iter().map(|made| (name(made), made.column)).collect();
    Truth { bytes: packed(dice, &page), columns, rows }
}

/// The sheet among others: an instruction, a hidden list of last year, a list of schools.
fn packed(dice: &mut Dice, page: &Page) -> Vec<u8> {
    let mut sheets = vec![("Участники", "", page.xml())];
    let lines = |lines: &[&[&str]]| {
        let mut page = Page::default();
        for line in lines {
            page.line(line.iter().map(|cell| Some(text(cell))).collect());
        }
        page.xml()
    };
    if dice.one_in(4) {
        let words = lines(&[&["Заполните лист до 5 мая"], &["Имена пишите полностью"]]);
        sheets.insert(0, ("Инструкция", "", words));
    }
    if dice.one_in(4) {
        let old = lines(&[&["ФИО", "Место"], &["Носова Вера Игоревна", "1"]]);
        sheets.insert(0, ("2025", " state=\"hidden\"", old));
    }
    if dice.one_in(4) {
        sheets.push(("Справочник", "", lines(&[&["Район", "Код"], &["Яйский", "17"]])));
    }
    let mut parts = vec![("xl/styles.xml".to_owned(), {
        let formats = STYLES.map(|id| format!("<xf numFmtId=\"{id}\"/>")).concat();
        format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"000000\"/></numFmts>\
             <cellXfs>{formats}</cellXfs></styleSheet>"
        )
    })];
    let (mut book, mut relations) = (String::new(), String::new());
    for (n, (name, state, xml)) in sheets.into_iter().enumerate() {
        let _ = write!(book, "<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"{state}/>");
        let _ = write!(relations, "<Relationship Id=\"r{n}\" Target=\"worksheets/{n}.xml\"/>");
        parts.push((format!("xl/worksheets/{n}.xml"), xml));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook><sheets>{book}</sheets></workbook>"),
    ));
    let relations = format!("<Relationships>{relations}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is wrong with the reading of a workbook, and whether it was a question.
fn wrong(truth: &Truth) -> Option<(bool, String)> {
    let bytes = Cursor::new(truth.bytes.clone());
    let options = TableOptions::default();
    let table = match table::read(bytes, "t", Some(TableFormat::Xlsx), &options) {
        Ok(table) => table,
        Err(error) => return Some((true, error.to_string())),
    };
    for (header, column) in &truth.columns {
        let planned = table.plan().columns.iter().find(|p| p.header == *header);
        let Some(planned) = planned else {
            return Some((false, format!("no column «{header}»")));
        };
        if planned.column != *column {
            return Some((false, format!("«{header}» is {:?}, not {column:?}", planned.column)));
        }
    }
    let mut rows = Vec::new();
    for row in table {
        let RowContent::Cells(cells) = row.content else { continue };
        let seen = truth.columns.iter().map(|(header, _)| {
            let cell = cells.iter().find(|cell| &*cell.header == header.as_str());
            cell.map(|cell| cell.text.clone()).unwrap_or_default()
        });
        rows.push((row.number, seen.collect::<Vec<_>>()));
    }
    (rows != truth.rows).then(|| (false, format!("{rows:#?}, not {:#?}", truth.rows)))
}

#[test]
fn a_hundred_workbooks_are_understood() {
    let (mut asked, mut silent) = (Vec::new(), Vec::new());
    for seed in 0..BOOKS {
        let truth = made(&mut Dice(seed * 6151 + 29));
        match wrong(&truth) {
            Some((true, why)) => asked.push(format!("{seed}: {why}")),
            Some((false, why)) => silent.push(format!("{seed}: {why}")),
            None => {}
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(asked.len() <= 2, "{}", asked.join("\n"));
}
