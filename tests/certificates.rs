//! What certificates say, word by word: `tests/certificates/recipients.tsv` is a table of
//! recipients of all sorts, `tests/certificates/kinds.txt` the kinds and their formulas, and each
//! `cases/*.yaml` is a certificate whose words are kept beside it.

use std::path::Path;

use itog::internals::template::Template;
use itog::model::{self, Certificate, Common, Document, Format};

fn certificate(yaml: &str) -> Certificate {
    match model::read(yaml.as_bytes(), "case", Format::Yaml) {
        Ok(read) => match read.value {
            Document::Certificate(certificate) => certificate,
            Document::Final(_) => panic!("no certificate: {yaml}"),
        },
        Err(error) => panic!("{error}: {yaml}"),
    }
}

/// A line for each block of the sheet.
fn lines(certificate: &Certificate) -> Vec<String> {
    let template = Template::builtin("certificate-classic").expect("the template is good").value;
    let markup = template.render(certificate).expect("the template fits the data").markup;
    let sheet = markup.split_once("class=\"sheet").map_or("", |(_, sheet)| sheet);
    let sheet = sheet.split_once('>').map_or("", |(_, sheet)| sheet);
    sheet.split("</p>").flat_map(|block| block.split("</h1>")).map(bare).collect()
}

/// A piece of markup without its tags, blanks collapsed.
fn bare(markup: &str) -> String {
    let text: String =
        markup.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, t)| t)).collect();
    let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(certificate: &Certificate) -> String {
    lines(certificate).into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn recipients_of_all_sorts() {
    let table = include_str!("certificates/recipients.tsv");
    let mut wrong = Vec::new();
    for row in table.lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [recipient, formula, expected] = cells[..] else { panic!("three cells: {row}") };
        let reason = match formula {
            "confirms" | "certifies" => "",
            _ => "for: помощь",
        };
        let yaml = format!(
            "kind: Документ\nrecipient: {recipient}\nformula: {formula}\n{reason}\n\
             event: Районный форум\n"
        );
        let said = said(&certificate(&yaml)).replace('\n', " ");
        if !said.contains(expected) {
            wrong.push(format!("{row}\n    {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn kinds_bring_their_formulas() {
    let table = include_str!("certificates/kinds.txt");
    let mut wrong = Vec::new();
    for row in table.lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
        let (kind, formula) = row.split_once(" | ").expect("two cells");
        let yaml = format!("kind: {kind}\nrecipient: Петров Олег Ильич\ntext: Текст.\n");
        let read = certificate(&yaml);
        if read.formula.as_str() != formula {
            wrong.push(format!("{kind}: {}, not {formula}", read.formula.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cases_say_what_they_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates/cases");
    insta::with_settings!({
        omit_expression => true,
        prepend_module_to_snapshot => false,
        snapshot_path => "certificates/cases",
    }, {
        insta::glob!(&folder, "*.yaml", |path| {
            let yaml = std::fs::read_to_string(path).expect("the case is readable");
            insta::assert_snapshot!(said(&certificate(&yaml)));
        });
    });
}

#[test]
fn a_palette_may_be_a_colour_of_ones_own() {
    let yaml = "вид: Диплом\nполучатель: Ким Юлия Олеговна\nоформление: {палитра: \"#0b6\"}\n";
    assert_eq!(certificate(yaml).design.color.as_deref(), Some("#0b6"));
    let yaml = "вид: Диплом\nполучатель: Ким Юлия Олеговна\nоформление: {палитра: красная}\n";
    assert_eq!(certificate(yaml).design.color.as_deref(), Some("#a3161f"));
}

/// What a row of a table makes of «Место: участие», «Тема выступления» and «Педагог».
#[test]
fn cells_keep_their_words() {
    let common = "вид: Грамота\nмероприятие: Конкурс «Радуга»\n";
    let common = Common::read(common.as_bytes(), "common", Format::Yaml);
    let common = common.expect("the common data are good").value;
    for (header, cell, expected, never) in [
        ("Место", "участие", "за участие", "Грамота\nучастие"),
        ("Результат", "участие", "за участие", "Грамота\nучастие"),
        ("Место", "1", "I место", "за участие"),
        ("Место", "лауреат", "лауреат", "за участие"),
        ("Тема выступления", "Квест", "Тема выступления: «Квест»", "Работа"),
        ("Педагог", "Гладких Н.П.", "Педагог: Гладких", "Учитель"),
        ("ФИО педагогов", "Ким И.О., Лац П.П.", "Педагоги: Ким", "Учител"),
        ("Результат", "Диплом 1 степени", "Диплом I степени\nнаграждается", "Грамота"),
        ("Учитель", "Гладких Н.П.", "Учитель: Гладких", "Педагог"),
        ("Баллы", "12", "Результат: 12 баллов", "очк"),
        ("Очки", "22", "Результат: 22 очка", "балл"),
        ("Обращение", "Уважаемый Пётр!", "награждается", "Уважаем"),
    ] {
        let row = [("ФИО", "Шульга Пётр"), (header, cell)];
        let said = said(&Certificate::merge_common(&common, row).expect("a sound row").value);
        assert!(said.contains(expected) && !said.contains(never), "{header}: {cell}\n{said}");
    }
}

/// A sign that no font has, in every value of a certificate: each is told at its own line of the
/// data, whichever helper printed it and whatever partial it stands in.
#[cfg(feature = "bundled-fonts")]
#[test]
fn faults_of_a_sheet_lead_to_the_data() {
    const DATA: &str = "\
вид: Диплом
кому: {имя: Иванова Мария, должность: учитель 漢}
за что: победу 漢
номинация: Вокал 漢
номер: 漢1
место: г. 漢
организация: Школа 漢
учитель: Петров 漢
подписи:
  - имя: Сидоров Пётр Ильич
    должность: Директор 漢
мероприятие:
  название: Конкурс 漢
  место: Клуб 漢
";
    let read = model::read(DATA.as_bytes(), "case.yaml", Format::Yaml);
    let data = read.expect("the data are good").value;
    let design = itog::Engine::new().load_builtin("certificate-classic");
    let made = design
        .expect("the design is good")
        .value
        .compose(&data)
        .and_then(|made| made.value.to_pdf(&Default::default()).map(|pdf| pdf.value));
    let faults = made.expect_err("no font has the sign").into_diagnostics();
    let origin = model::Origin::new(DATA.as_bytes(), "case.yaml", Format::Yaml);
    let mut lines = Vec::new();
    for fault in faults {
        let said = fault.message().to_string();
        let fault = origin.trace(fault);
        let place = fault.place().unwrap_or_else(|| panic!("no place: {said}"));
        assert_eq!(place.source.name(), "case.yaml", "{said}");
        lines.push(place.line_column().0);
    }
    lines.sort_unstable();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 11, 13, 14]);
}

/// The sheet is as large as it is asked for, and all on it with it; a bought form's millimetres are
/// real ones on any.
#[cfg(feature = "bundled-fonts")]
#[test]
fn sheets_of_other_sizes() {
    let page = |design: &str| {
        let yaml = format!(
            "вид: Грамота\nполучатель: Ким Юлия Олеговна\nза: победу\nоформление: {design}\n"
        );
        let read = model::read(yaml.as_bytes(), "case.yaml", Format::Yaml);
        let data = read.expect("the data are good").value;
        let design = itog::Engine::new().load_builtin("certificate-classic");
        let made = design.expect("the design is good").value.compose(&data);
        let made = made.expect("the sheet is good").value;
        let pictures = made.to_pictures().expect("pages can be drawn").value;
        let svg = pictures.iter().next().expect("there is a page").to_svg();
        svg.split('>').next().expect("there is a tag").to_owned()
    };
    for (design, width, height) in [
        ("{}", "841.89", "595.27"),
        ("{формат: А5}", "595.27", "419.52"),
        ("{формат: A5, ориентация: книжная}", "419.52", "595.27"),
        ("{формат: A6}", "419.52", "297.63"),
        ("{формат: A3, ориентация: книжная}", "841.89", "1190.55"),
        ("{формат: A5, места: {имя: {сверху: 70}, за: {сверху: 90}}}", "595.27", "419.52"),
    ] {
        let page = page(design);
        assert!(page.contains(width) && page.contains(height), "{design}: {page}");
    }
}

/// Designs by what people call them.
#[test]
fn designs_have_russian_names() {
    for (said, own) in [
        ("классическая", "classic"),
        ("официальная", "official"),
        ("парадная", "state"),
        ("современная", "modern"),
        ("геометрия", "geometry"),
        ("книжная полка", "shelf"),
        ("участник", "participant"),
        ("сертификат участника", "participant"),
        ("благодарственное письмо", "letter"),
        ("праздничная", "festive"),
        ("медаль", "medal"),
        ("для детей", "children"),
        ("школьная", "school"),
        ("новогодняя", "new-year"),
        ("к Новому году", "new-year"),
        ("ко Дню Победы", "victory"),
        ("к 1 сентября", "september"),
        ("ко Дню книги", "book-day"),
        ("старинная", "engraved"),
    ] {
        let yaml = format!("вид: Диплом\nполучатель: Ким Юлия\nоформление: {said}\n");
        let design = certificate(&yaml).design.template;
        assert_eq!(design, Some(format!("certificate-{own}")), "{said}");
    }
}

/// Whoever asks for a design that is not there gets the names of all that are.
#[test]
fn an_unknown_design_is_answered_by_the_names_of_all() {
    let error = itog::builtin("музыкальная").unwrap_err();
    let hint = error.diagnostics()[0].hints()[0].to_string();
    let names = hint.split_once(": ").expect("the hint lists names").1;
    let named = |said: &str| {
        let yaml = format!("вид: Диплом\nполучатель: Ким Юлия\nоформление: {said}\n");
        certificate(&yaml).design.template.expect("the name is one of a design")
    };
    let mut known: Vec<String> = names.split(", ").map(named).collect();
    let mut all: Vec<String> =
        itog::builtins().iter().map(|builtin| builtin.name.to_owned()).collect();
    all.retain(|name| name.starts_with("certificate-"));
    known.sort();
    all.sort();
    assert_eq!(known, all);
}
