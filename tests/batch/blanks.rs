//! Blanks made in Word, filled from tables: which columns answer which names.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use itog::Engine;
use itog::batch::{Batch, BatchOptions, Shape, Status, table};
use itog::engine::Design;
use itog::model::{Common, Format};

#[path = "../word/blanks.rs"]
#[allow(dead_code, reason = "parts of it are other tests'")]
mod word;

const COMMON: &str = "kind: Диплом\nevent: {name: конкурс «Живое слово», dates: 2026-03-01}\n\
    date: 2026-03-12\n";

fn design(text: &str) -> Design {
    Engine::new().load_word(&word::Blank::read(text).docx(), "бланк.docx").unwrap().value
}

/// The text of each row's file, or its faults; and the codes of the warnings.
fn made(blank: &str, rows: &str) -> (Vec<String>, Vec<&'static str>) {
    made_with(blank, rows, COMMON)
}

fn made_with(blank: &str, rows: &str, common: &str) -> (Vec<String>, Vec<&'static str>) {
    let common = Common::read(common.as_bytes(), "common.yaml", Format::Yaml).unwrap().value;
    let mut options = BatchOptions::default();
    (options.pdf, options.jobs) = (None, 1);
    let batch = Batch::new(&Engine::new(), design(blank), common, options).unwrap();
    let format = Some(table::TableFormat::Delimited);
    let reading = batch.reading(Default::default());
    let rows = table::read(Cursor::new(rows.to_owned()), "p.csv", format, &reading).unwrap();
    let (mut texts, mut warnings, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut sink = |_: &str, bytes: &[u8]| {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = Vec::new();
        zip.by_name("word/document.xml").unwrap().read_to_end(&mut xml).unwrap();
        let parts = BTreeMap::from([("word/document.xml".to_owned(), xml)]);
        texts.push(word::shown(&parts).join("\n").replace('\u{a0}', " "));
        Ok(())
    };
    batch
        .run(rows, &mut sink, |outcome| {
            warnings.extend(outcome.warnings.iter().map(|warning| warning.code()));
            if let Status::Failed(all) = &outcome.status {
                faults.extend(all.iter().map(|fault| fault.message().to_string()));
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    texts.extend(faults);
    (texts, warnings)
}

#[test]
fn a_blank_for_somebody_is_filled_as_a_certificate_is() {
    let blank = "p: {{вид}}: {{ФИО дат}} ({{Класс}}) за {{за}}, {{дата}}, {{Любимый цвет}}";
    assert_eq!(Shape::of(&design(blank)), Shape::Certificate);
    let rows = "ФИО участника;Класс;За что;Дата;Любимый цвет\n\
        иванова  анна петровна;5а;за победу;13.03.26;синий\n\
        ПETРОВ ИВАН;6Б;участие;;\n";
    let (texts, warnings) = made(blank, rows);
    assert_eq!(
        texts,
        [
            "p: Диплом: Ивановой Анне Петровне (5 «А») за победу, 13 марта 2026 г., синий",
            "p: Диплом: Петрову Ивану (6 «Б») за участие, 12 марта 2026 г., ",
        ]
    );
    assert_eq!(warnings, ["cell-mended", "cell-mended", "word-no-value"]);
}

#[test]
fn parts_of_names_places_and_people_answer_a_blank() {
    let blank = "p: {{Фамилия}}, {{Имя}}, {{Отчество}}: {{Место}} место, {{Организация}}, \
        {{Руководитель}}, {{мероприятие}}";
    let rows = "ФИО;Место;Организация;Руководитель\n\
        Иванова Анна Петровна;1;Школа № 5;Петров П. П., учитель\n";
    let expected = "p: Иванова, Анна, Петровна: 1 место, Школа № 5, Петров П. П., \
        конкурс «Живое слово»";
    assert_eq!(made(blank, rows).0, [expected]);
    let rows = "Фамилия;Имя;Отчество;Место;Организация;Руководитель\n\
        Иванова;Анна;Петровна;1;Школа № 5;Петров П. П., учитель\n";
    assert_eq!(made(blank, rows).0, [expected]);
}

#[test]
fn what_no_column_answers_is_told() {
    let (texts, _) = made("p: {{ФИО}} {{Город проживания}}", "ФИО\nКим Юлия Олеговна\n");
    assert_eq!(texts, ["`Город проживания` is not in the data at this place"]);
    let (texts, warnings) = made("p: {{ФИО}}: {{за}}", "ФИО\nКим Юлия Олеговна\n");
    assert_eq!(texts, ["p: Ким Юлия Олеговна: "]);
    assert_eq!(warnings, ["word-no-value"]);
}

#[test]
fn a_part_of_a_name_declines_with_the_whole() {
    let blank = "p: {{Фамилия дат}} {{Имя дат}} {{Отчество дат}}, {{Фамилия вин}}, \
        {{Фамилия и инициалы дат}}, {{И. О. Фамилия}}, {{Имя}}";
    let people = [
        ("Ким", "Юлия", "Олеговна"),
        ("Ким", "Виктор", "Олегович"),
        ("Мицкевич", "Вера", "Ильинична"),
        ("Ткач", "Анна", "Сергеевна"),
    ];
    let whole: String = people.iter().map(|(a, b, c)| format!("{a} {b} {c}\n")).collect();
    let parts: String = people.iter().map(|(a, b, c)| format!("{a};{b};{c}\n")).collect();
    let expected = [
        "p: Ким Юлии Олеговне, Ким, Ким Ю. О., Ю. О. Ким, Юлия",
        "p: Киму Виктору Олеговичу, Кима, Киму В. О., В. О. Ким, Виктор",
        "p: Мицкевич Вере Ильиничне, Мицкевич, Мицкевич В. И., В. И. Мицкевич, Вера",
        "p: Ткач Анне Сергеевне, Ткач, Ткач А. С., А. С. Ткач, Анна",
    ];
    for rows in [format!("ФИО\n{whole}"), format!("Фамилия;Имя;Отчество\n{parts}")]
    {
        let (texts, warnings) = made(blank, &rows);
        assert_eq!(texts, expected, "{rows}");
        assert!(warnings.is_empty(), "{warnings:?}");
    }
    // The head of a column, copied.
    let rows = "ФИО (полностью)\nКим Юлия Олеговна\n";
    assert_eq!(made("p: {{ФИО (полностью)}}", rows).0, ["p: Ким Юлия Олеговна"]);
    // Alone, too: docs promise that it is found in a whole name.
    let rows = "ФИО\nКим Юлия Олеговна\n";
    assert_eq!(made("p: Уважаемая {{Имя}}!", rows).0, ["p: Уважаемая Юлия!"]);
}

#[test]
fn a_tag_is_not_answered_with_another_value() {
    let rows = "ФИО;Должность\nКим Юлия Олеговна;методист\n";
    for name in
        ["ФИО директора", "ФИО жены", "ФИО 2", "ФИО и должность", "ФИОО", "Должность директора"]
    {
        let (texts, _) = made(&format!("p: {{{{ФИО}}}} {{{{{name}}}}}"), rows);
        assert_eq!(texts, [format!("`{name}` is not in the data at this place")]);
    }
    // All of them are told at once.
    let (texts, _) = made("p: {{ФИО}} {{ФИО жены}} {{Место съёмки}}", rows);
    let missing = ["ФИО жены", "Место съёмки"];
    assert_eq!(texts, missing.map(|name| format!("`{name}` is not in the data at this place")));
    // The day of the event is not that of the document.
    let (texts, _) = made("p: {{ФИО}}, {{дата}}, {{Дата мероприятия}}", rows);
    assert_eq!(texts, ["p: Ким Юлия Олеговна, 12 марта 2026 г., 1 марта 2026 г."]);
}

#[test]
fn who_signs_is_found_by_the_post() {
    let signed = "signatures:\n- {post: Директор школы, name: Шмидт Ольга Игоревна}\n\
        - {post: Председатель жюри, name: Ткач П. С.}\n";
    let blank = "p: {{ФИО}}: {{ФИО директора дат}}, {{Фамилия директора}}, \
        {{ФИО председателя жюри}}, {{Должность председателя}}";
    let rows = "ФИО\nКим Юлия Олеговна\n";
    let (texts, _) = made_with(blank, rows, &format!("{COMMON}{signed}"));
    let expected = "p: Ким Юлия Олеговна: Шмидт Ольге Игоревне, Шмидт, Ткач П. С., \
        Председатель жюри";
    assert_eq!(texts, [expected]);
}

#[test]
fn what_the_blank_says_is_not_said_twice() {
    let blank = "p: {{ФИО}}: {{степень}} степени, {{место}} место, {{балл}} баллами, \
        в номинации «{{номинация}}», от {{дата}} г., № {{номер}}";
    let rows = "ФИО;Степень;Место;Балл;Номинация;Дата;Номер\n\
        Ким Юлия Олеговна;I;1 место;98 баллов;«Чтец»;05.05.2024;№ 15\n\
        Ткач Анна Сергеевна;II степени;2;97;Чтец;5 мая 2024 года;7\n";
    let expected = [
        "p: Ким Юлия Олеговна: I степени, I место, 98 баллами, в номинации «Чтец», \
            от 5 мая 2024 г., № 15",
        "p: Ткач Анна Сергеевна: II степени, II место, 97 баллами, в номинации «Чтец», \
            от 5 мая 2024 г., № 7",
    ];
    assert_eq!(made(blank, rows).0, expected);
}

#[test]
fn an_empty_cell_that_leaves_a_hole_is_told() {
    let blank = "p: {{ФИО дат}}, {{Должность}}, {{Школа}}, {{#if Класс}}{{Класс}}{{/if}}";
    let rows = "ФИО;Должность;Школа;Класс\nКим Юлия Олеговна;;;\n";
    let (texts, warnings) = made(blank, rows);
    assert_eq!(texts, ["p: Ким Юлии Олеговне, , , "]);
    assert_eq!(warnings, ["word-no-value", "word-no-value"]);
}

#[test]
fn a_blank_with_a_list_of_its_own_takes_columns_as_they_are() {
    let blank = "p: {{ФИО}}: {{#each книги}}{{this}};{{/each}}";
    assert_eq!(Shape::of(&design(blank)), Shape::Own);
    assert_eq!(Shape::of(&design("p: {{номер}} {{тема}}")), Shape::Own);
}
