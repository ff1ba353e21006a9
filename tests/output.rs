//! What a reviewer of finished files stumbled over, looked at in the built-in designs: ornament of
//! a DOCX, its QR codes and numbered styles, and paragraphs of a PDF that say nothing.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use itog::internals::layout::{Mark, Paint, Role};
use itog::model;
use itog::{Composition, DocxOptions, Engine};

fn composed(design: &str, data: &str) -> Composition {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(data);
    let document = model::open(path).unwrap().value;
    let design = Engine::new().load_builtin(design).unwrap().value;
    design.compose(&document).unwrap().value
}

/// The built-in designs whose names begin so, each with its sample.
fn designs(start: &str) -> Vec<(String, Composition)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = names.filter(|entry| entry.path().join("sample.yaml").is_file());
    let mut names: Vec<String> =
        names.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name.starts_with(start));
    names.sort();
    let all = names.into_iter().map(|name| {
        let sample = composed(&name, &format!("templates/{name}/sample.yaml"));
        (name, sample)
    });
    all.collect()
}

/// The parts of a DOCX whose names begin so.
fn parts(document: &Composition, start: &str) -> Vec<Vec<u8>> {
    let bytes = document.to_docx(&DocxOptions::default()).unwrap().value;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> =
        archive.file_names().filter(|name| name.starts_with(start)).map(str::to_owned).collect();
    let read = names.iter().map(|name| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    });
    read.collect()
}

fn part(document: &Composition, name: &str) -> String {
    String::from_utf8(parts(document, name).remove(0)).unwrap()
}

#[test]
fn pictures_of_certificates_are_described_or_decorative() {
    let all = designs("certificate-");
    assert!(all.len() > 10);
    for (name, document) in all {
        let body = part(&document, "word/document.xml");
        let xml = roxmltree::Document::parse(&body).unwrap();
        let pictures: Vec<_> =
            xml.descendants().filter(|n| n.tag_name().name() == "docPr").collect();
        for picture in &pictures {
            let is_described = picture.attribute("descr").is_some_and(|text| !text.is_empty());
            let is_decorative = picture
                .descendants()
                .any(|n| n.tag_name().name() == "decorative" && n.attribute("val") == Some("1"));
            assert!(is_described != is_decorative, "{name}: {:?}", picture.attribute("name"));
        }
        // Ornament stays where it is when a margin is changed.
        let behind = xml.descendants().filter(|n| n.attribute("behindDoc") == Some("1"));
        for position in behind.flat_map(|anchor| anchor.children().collect::<Vec<_>>()) {
            if matches!(position.tag_name().name(), "positionH" | "positionV") {
                assert_eq!(position.attribute("relativeFrom"), Some("page"), "{name}");
            }
        }
    }
}

#[test]
fn a_qr_code_is_opaque() {
    let document =
        composed("certificate-participant", "templates/certificate-participant/sample.yaml");
    let body = part(&document, "word/document.xml");
    assert!(body.contains("QR-код"), "the sample has a QR code");
    let pictures = parts(&document, "word/media/");
    // Two colours, a bit a pixel or eight, and nothing that lets the ground through.
    let codes = pictures.iter().filter(|png| {
        let header = png.starts_with(b"\x89PNG").then(|| &png[16..26]);
        let square = header.is_some_and(|header| header[..4] == header[4..8]);
        square && !png.windows(4).any(|chunk| chunk == b"tRNS") && matches!(png[25], 0 | 2 | 3)
    });
    assert!(codes.count() >= 1);
}

#[test]
fn the_style_of_points_has_the_number_and_lists_have_all_levels() {
    let document = composed("final-document", "examples/data/final-document.yaml");
    let styles = part(&document, "word/styles.xml");
    assert!(styles.contains("<w:numPr>"));
    let numbering = part(&document, "word/numbering.xml");
    let xml = roxmltree::Document::parse(&numbering).unwrap();
    for list in xml.descendants().filter(|n| n.tag_name().name() == "abstractNum") {
        let levels = list.children().filter(|n| n.tag_name().name() == "lvl").count();
        assert_eq!(levels, 9);
    }
}

#[test]
fn no_paragraph_of_a_built_in_design_is_empty() {
    let protocol = composed("final-document", "examples/data/protocol.yaml");
    for (_, document) in designs("").into_iter().chain([("protocol".into(), protocol)]) {
        let pages = document.to_pages().unwrap().value;
        let mut full = BTreeSet::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Mark::Content { tag, .. } = item.mark {
                full.insert(tag);
            }
        }
        full.extend(pages.tags.iter().filter_map(|tag| tag.parent));
        for (at, tag) in pages.tags.iter().enumerate() {
            let id = itog::internals::layout::TagId(u32::try_from(at).unwrap());
            assert!(tag.role != Role::Paragraph || full.contains(&id), "{:?}", tag.span);
        }
    }
}

/// Thirty paragraphs as documents have them, each with its words in another order.
fn paragraphs() -> String {
    const WORDS: [&str; 24] = [
        "участники",
        "конференции",
        "отмечают",
        "значительный",
        "вклад",
        "муниципальных",
        "библиотек",
        "в",
        "развитие",
        "читательской",
        "культуры",
        "и",
        "сохранение",
        "исторической",
        "памяти",
        "на",
        "территории",
        "Кемеровской",
        "области",
        "с",
        "привлечением",
        "общественных",
        "организаций",
        "района",
    ];
    let paragraph = |n: usize| {
        let words: Vec<&str> =
            (0..60).map(|at| WORDS[(n * 7 + at * (n % 5 + 1)) % WORDS.len()]).collect();
        format!("  - Рекомендовать {}.\n", words.join(" "))
    };
    let points: String = (0..30).map(paragraph).collect();
    format!("kind: Решение\ndate: 2024-06-05\nrecommendations:\n{points}")
}

/// Word from 2013 on, LibreOffice and ONLYOFFICE make spaces of justified lines narrower, too;
/// what only stretches them has a third of its lines with holes, as Typst has.
#[test]
fn spaces_of_justified_lines_shrink_and_seldom_gape() {
    let pages = of("final-document", &paragraphs()).to_pages().unwrap().value;
    // The space of Liberation Serif is a quarter of its size.
    const SPACE: f64 = 0.25;
    let (mut lines, mut narrow, mut wide) = (0, 0, 0);
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Paint::Glyphs { run, .. } = &item.paint else { continue };
        let is_space = |at: u32| run.text[at as usize..].starts_with(' ');
        let spaces: Vec<f64> =
            run.glyphs.iter().filter(|g| is_space(g.cluster)).map(|g| g.advance).collect();
        if spaces.len() < 3 {
            continue;
        }
        let share = spaces.iter().sum::<f64>() / spaces.len() as f64 / (SPACE * run.size);
        lines += 1;
        narrow += usize::from(share < 0.99);
        wide += usize::from(share > 1.5);
    }
    assert!(lines > 100, "{lines} lines");
    assert!(narrow * 10 > lines, "{narrow} of {lines} lines have narrower spaces");
    assert!(wide * 100 < lines * 32, "{wide} of {lines} lines gape");
}

/// The data that a DOCX carries after its text has been changed, and the codes of what was told.
fn extracted(
    document: &Composition,
    yaml: &str,
    changes: &[(&str, &str)],
) -> (String, Vec<String>) {
    let options = DocxOptions::default().with_source("data.yaml", yaml.as_bytes());
    let bytes = document.to_docx(&options).unwrap().value;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if file.name() == "word/document.xml" {
            let mut text = String::from_utf8(bytes).unwrap().replace('\u{a0}', " ");
            for (old, new) in changes {
                assert!(text.contains(&format!(">{old}<")), "{old} in {text}");
                text = text.replace(&format!(">{old}<"), &format!(">{new}<"));
            }
            bytes = text.into_bytes();
        }
        changed.start_file(file.name(), zip::write::SimpleFileOptions::default()).unwrap();
        changed.write_all(&bytes).unwrap();
    }
    let found = itog::engine::extract(&changed.finish().unwrap().into_inner()).unwrap();
    // That the document was changed is told each time.
    let told = found.warnings.iter().map(|warning| warning.code());
    let told = told.filter(|code| *code != "extract-changed").map(str::to_owned).collect();
    (String::from_utf8(found.value.data).unwrap(), told)
}

fn of(design: &str, yaml: &str) -> Composition {
    let data = model::read(yaml.as_bytes(), "data.yaml", model::Format::Yaml).unwrap().value;
    Engine::new().load_builtin(design).unwrap().value.compose(&data).unwrap().value
}

#[test]
fn what_is_changed_in_the_controls_of_a_docx_comes_back() {
    let yaml = "kind: Итоговый документ # так принято\n\
                event:\n  name: Семинар методистов\n  theme: \"Книга\"\n\
                recommendations: [Провести форум.]\n";
    let document = of("final-document", yaml);
    assert_eq!(extracted(&document, yaml, &[]), (yaml.to_owned(), Vec::new()));
    let changes = [("Семинар методистов", "Форум: «методисты»")];
    let (data, told) = extracted(&document, yaml, &changes);
    assert_eq!(data, yaml.replace("Семинар методистов", "\"Форум: «методисты»\""));
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_change_of_a_name_that_was_set_smaller_to_fit_comes_back() {
    let name = "Соловьёв-Заречный Архип Игнатьевич";
    let yaml = format!("kind: Диплом\nrecipient: {name}\nfor: победу\ndate: 2024-02-10\n");
    let document = of("certificate-classic", &yaml);
    let (data, told) = extracted(&document, &yaml, &[(name, "Ким Юлия Олеговна")]);
    // In the nominative it is what the data say.
    assert_eq!(data, yaml.replace(name, "Ким Юлия Олеговна"));
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_value_among_words_comes_back_and_a_form_is_told() {
    let yaml = "kind: Итоговый документ\nevent: {name: Семинар, theme: Книга и мы}\n\
                recommendations: [Провести форум.]\n";
    let document = of("final-document", yaml);
    let changes = [("Тема: «Книга и мы»", "Тема: «Чтение»")];
    let (data, told) = extracted(&document, yaml, &changes);
    assert_eq!(data, yaml.replace("Книга и мы", "Чтение"));
    assert!(told.is_empty(), "{told:?}");

    // The name stands in the dative, which is not led back.
    let yaml = "kind: Благодарность\nrecipient: {name: Ким Виктория Юрьевна, post: методист}\n\
                for: многолетний труд\nplace: Кемерово\n";
    let document = of("certificate-classic", yaml);
    let changes = [("Ким Виктории Юрьевне", "Ли Анне Львовне"), ("Кемерово", "Томск")];
    let (data, told) = extracted(&document, yaml, &changes);
    assert_eq!(data, yaml.replace("Кемерово", "Томск"));
    assert_eq!(told, ["extract-edit"]);
}
