//! Tables made at random, whose truth is known: heads of many words, titles, notes, totals, dirt.
//! None may be understood wrong without a word.

use std::fmt::Write;

use crate::dice::Dice;
use itog::batch::table::{self, RowContent, TableFormat, TableOptions};
use itog::model::Column;

const TABLES: u64 = 100;

/// Names that people give to columns, with cells.
const KINDS: [(Column, &[&str], &[&str]); 15] = [
    (
        Column::Post,
        &["Должность", "Ваша должность", "Должность (полностью)"],
        &["учитель", "методист", "библиотекарь"],
    ),
    (
        Column::Of,
        &["Организация", "Место работы", "Наименование учреждения", "Учреждение"],
        &["МБУК «ЦБС»", "КемОНБ", "Дом культуры"],
    ),
    (
        Column::School,
        &["Школа", "Образовательное учреждение", "ОУ"],
        &["МБОУ СОШ № 5", "Гимназия № 2", "Лицей «Исток»"],
    ),
    (Column::Class, &["Класс"], &["5 «Б»", "6а", "11"]),
    (Column::Nomination, &["Номинация"], &["Проза", "Поэзия", "Эссе"]),
    (
        Column::Result,
        &["Место", "Результат", "Призовое место", "Занятое место"],
        &["1", "II", "3 место", "лауреат", "2 м", "участие"],
    ),
    (Column::Score, &["Баллы", "Кол-во баллов", "Средний балл"], &["48", "37,5", "51"]),
    (
        Column::AgeGroup,
        &["Возраст", "Возрастная группа", "Возр. группа"],
        &["7-9 лет", "10 лет", "12 лет"],
    ),
    (
        Column::Teacher,
        &["Учитель", "ФИО педагога", "Воспитатель", "Преподаватель, концертмейстер"],
        &["Ус Л. Ф.", "преп. Чиж О. О., конц. Дрозд П. П.", "Пак Вера Олеговна"],
    ),
    (
        Column::Work,
        &["Название работы", "Название поделки", "Тема доклада"],
        &["Снеговик", "«Лес осенью»", "Река и люди"],
    ),
    (Column::Date, &["Дата", "Дата выдачи"], &["12.03.2026", "5 мая 2026 г."]),
    (
        Column::Order,
        &["Приказ", "Приказ (№, дата)", "№ приказа"],
        &["№ 5 от 01.02.2026", "17-к", "5"],
    ),
    (
        Column::Leader,
        &["Руководитель", "ФИО руководителя", "Научный руководитель"],
        &["Ли В. Ч.", "Кузнец Яна Львовна", "Лазарь О.П."],
    ),
    (Column::Reason, &["За что", "Заслуги"], &["активное участие", "труд", "помощь в подготовке"]),
    (
        Column::Aside,
        &["E-mail", "Телефон", "Адрес электронной почты", "Дата рождения"],
        &["a@example.org", "+7 900 000-00-00", "01.02.2003"],
    ),
];

const NAMES: [&str; 6] = [
    "Иванова Анна Петровна",
    "Петров Олег Ильич",
    "Ким Алина",
    "Носова Вера Игоревна",
    "Шульга Лев Павлович",
    "Фёдорова-Алексеева Нина Юрьевна",
];

/// A table as lines of cells, and its truth: the columns, and the recipients.
struct Made {
    lines: Vec<Vec<String>>,
    columns: Vec<(String, Column)>,
    people: Vec<String>,
}

fn made(dice: &mut Dice) -> Made {
    let mut columns: Vec<(String, Column, &[&str])> = Vec::new();
    let in_parts = dice.roll(4) == 0;
    if dice.roll(2) == 0 {
        columns.push((dice.pick(&["№ п/п", "№", "п/п"]).to_owned(), Column::Ordinal, &[]));
    }
    if in_parts {
        columns.push(("Фамилия".to_owned(), Column::Last, &[]));
        columns.push(("Имя".to_owned(), Column::First, &[]));
        columns.push(("Отчество".to_owned(), Column::Middle, &[]));
    } else {
        let name = dice.pick(&[
            "ФИО",
            "Ф.И.О.",
            "ФИО участника",
            "Фамилия, имя, отчество",
            "Участник",
            "Ученик",
            "Укажите Ваши фамилию, имя, отчество",
            "Награждаемый",
            "ФИО (полностью)",
        ]);
        columns.push((name.to_owned(), Column::Name, &[]));
    }
    for (column, names, cells) in KINDS {
        if dice.roll(3) == 0 {
            columns.push((dice.pick(names).to_owned(), column, cells));
        }
    }
    if columns.len() < 2 {
        columns.push(("Должность".to_owned(), Column::Post, &["учитель"]));
    }
    let width = columns.len();
    let line = |first: &str| {
        let mut line = vec![String::new(); width];
        line[0] = first.to_owned();
        line
    };
    let mut lines: Vec<Vec<String>> = Vec::new();
    for _ in 0..dice.roll(3) {
        lines.push(line(dice.pick(&[
            "Список участников конкурса",
            "12 апреля 2024 г.",
            "",
            "Приложение 1",
            "Дата: 12.03.2026",
            "г. Мыски",
        ])));
    }
    let dirty = |dice: &mut Dice, text: &str| match dice.roll(6) {
        0 => format!(" {text} "),
        1 => text.to_uppercase(),
        2 => text.replace(' ', "  "),
        _ => text.to_owned(),
    };
    lines.push(columns.iter().map(|(name, ..)| name.clone()).collect());
    let mut people = Vec::new();
    for number in 1..=3 + dice.roll(5) {
        let person = NAMES[dice.roll(NAMES.len())];
        people.push(person.to_owned());
        let mut parts = person.split(' ');
        let mut row = Vec::new();
        for (_, column, cells) in &columns {
            row.push(match column {
                Column::Ordinal => number.to_string(),
                Column::Name => dirty(dice, person),
                Column::Last | Column::First | Column::Middle => {
                    let part = parts.next().unwrap_or_default();
                    dirty(dice, part)
                }
                _ => dice.pick(cells).to_owned(),
            });
        }
        lines.push(row);
        if dice.roll(12) == 0 {
            lines.push(line(""));
        }
    }
    if dice.roll(2) == 0 {
        lines.push(line(dice.pick(&[
            "Итого: 5",
            "Всего участников: 7",
            "Исполнитель: Ли В. Ч.",
            "Средний балл по классу",
            "Главный судья",
            "ИТОГО:",
            "* полужирным выделены победители",
        ])));
    }
    let columns = columns.into_iter().map(|(name, column, _)| (name, column)).collect();
    Made { lines, columns, people }
}

fn delimited(made: &Made, separator: char) -> String {
    let mut out = String::new();
    for line in &made.lines {
        let cells: Vec<String> = line
            .iter()
            .map(|cell| match cell.contains(separator) || cell.contains('"') {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => cell.clone(),
            })
            .collect();
        let _ = writeln!(out, "{}", cells.join(&separator.to_string()));
    }
    out
}

fn page(made: &Made) -> String {
    let mut out = String::from("<html><body><table>");
    for line in &made.lines {
        out += "<tr>";
        line.iter().for_each(|cell| out += &format!("<td>{}</td>", cell.replace('<', "&lt;")));
        out += "</tr>";
    }
    out + "</table></body></html>"
}

/// What is wrong with the reading of a table, and whether that was a question.
fn wrong(made: &Made, text: String, format: TableFormat) -> Option<(bool, String)> {
    let options = TableOptions::default();
    let table =
        match table::read(std::io::Cursor::new(text.into_bytes()), "t", Some(format), &options) {
            Ok(table) => table,
            Err(error) => return Some((true, error.to_string())),
        };
    for (header, column) in &made.columns {
        let planned = table.plan().columns.iter().find(|p| p.header == *header);
        let found = planned.and_then(|p| p.column);
        if found != Some(*column) {
            return Some((false, format!("«{header}» is {found:?}, not {column:?}")));
        }
    }
    let mut people = Vec::new();
    for row in table {
        let RowContent::Cells(cells) = row.content else { continue };
        let names = cells.iter().filter(|cell| {
            let parts = [Column::Name, Column::Last, Column::First, Column::Middle];
            cell.column.is_some_and(|column| parts.contains(&column))
        });
        let name: Vec<&str> =
            names.map(|cell| cell.text.as_str()).filter(|t| !t.is_empty()).collect();
        people.push(name.join(" "));
    }
    (people != made.people).then(|| (false, format!("{people:?}, not {:?}", made.people)))
}

#[test]
fn a_hundred_tables_are_understood() {
    let (mut asked, mut silent) = (Vec::new(), Vec::new());
    for seed in 0..TABLES {
        let mut dice = Dice(seed * 7919 + 17);
        let made = made(&mut dice);
        let (text, format) = match dice.roll(5) {
            0 => (delimited(&made, ','), TableFormat::Delimited),
            1 => (delimited(&made, '\t'), TableFormat::Delimited),
            2 => (page(&made), TableFormat::Html),
            _ => (delimited(&made, ';'), TableFormat::Delimited),
        };
        match wrong(&made, text.clone(), format) {
            Some((true, why)) => asked.push(format!("{seed}: {why}\n{text}")),
            Some((false, why)) => silent.push(format!("{seed}: {why}\n{text}")),
            None => {}
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    assert!(asked.len() <= 2, "{}", asked.join("\n"));
}
