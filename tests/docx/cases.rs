//! Files of markup and the outlines of their packages.

use std::sync::Arc;

use itog::diag::Sink;
use itog::internals::docx::{DocxOptions, DocxSetup, Shared};
use itog::internals::font::FontBook;
use itog::internals::style::StyleCache;
use itog::internals::text::Typesetter;

use crate::package::{Package, check};
use crate::{page, write};

#[test]
fn cases() {
    insta::glob!("*.html", |path| {
        let (bytes, warnings) = write(&std::fs::read_to_string(path).unwrap());
        let package = Package::read(&bytes);
        check(&package);
        let mut outline = package.outline();
        for warning in warnings {
            outline.push_str(&format!("warning[{}]: {}\n", warning.code(), warning.message()));
        }
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
        }, {
            insta::assert_snapshot!(outline);
        });
    });
}

#[test]
fn the_same_boxes_give_the_same_bytes_on_all_threads() {
    let markup =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/docx/lists.html"))
            .unwrap();
    let first = write(&markup).0;
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| write(&markup).0)).collect();
        all.into_iter().for_each(|thread| assert!(thread.join().unwrap() == first));
    });
}

/// What is remembered of the documents before changes no byte of the next one.
#[test]
fn a_document_is_the_same_alone_and_after_others() {
    let mut options = DocxOptions::default();
    options.embed_fonts = false;
    let typesetter = &Arc::new(Typesetter::new(Arc::new(FontBook::bundled())));
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/docx")).unwrap();
    let cases = folder.map(|file| file.unwrap().path());
    for case in cases.filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
        let markup = std::fs::read_to_string(&case).unwrap();
        let (shared, style_cache) = (Shared::default(), StyleCache::default());
        for (letter, other) in [("о", "о"), ("о", "а"), ("е", "ёё"), ("о", "ó\u{ad}☎"), ("и", "")]
        {
            let (tree, images) = crate::styled(&markup.replace(letter, other), &style_cache);
            let write = |shared: &Shared| {
                let mut sink = Sink::new();
                let setup = DocxSetup { options: &options, typesetter, images: &images };
                (shared.write(&tree, setup, &mut sink), sink.into_vec())
            };
            assert!(write(&shared) == write(&Shared::default()), "{case:?}: {letter} {other}");
        }
    }
}

#[test]
fn the_date_of_the_document_is_the_only_one() {
    let head = "<html><head><title>Т</title><meta name=\"date\" content=\"2024-10-18\"/>\
        <meta name=\"author\" content=\"А &amp; Б\"/></head>";
    let package = Package::read(&write(&format!("{head}<body><p>т</p></body></html>")).0);
    let core = package.text("docProps/core.xml");
    assert!(
        core.contains(
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2024-10-18T00:00:00Z</dcterms:created>"
        ),
        "{core}"
    );
    assert!(core.contains("<dc:creator>А &amp; Б</dc:creator>"), "{core}");
    let package = Package::read(&write(&page("", "<p>т</p>")).0);
    assert!(!package.text("docProps/core.xml").contains("dcterms:created"));
}

fn with_faces(markup: &str) -> Package {
    let (tree, images) = crate::boxes(markup);
    let bytes = crate::written(
        &tree,
        &images,
        &itog::internals::docx::DocxOptions::default(),
        &mut itog::diag::Sink::new(),
    );
    let package = Package::read(&bytes);
    check(&package);
    package
}

#[test]
fn display_faces_travel_and_common_ones_do_not() {
    let markup = page(
        "body { font-family: \"Times New Roman\" } h1 { font-family: \"Marck Script\" }",
        "<h1>Имя</h1><p>текст</p>",
    );
    let package = with_faces(&markup);
    let table = package.text("word/fontTable.xml");
    assert_eq!(table.matches("w:embed").count(), 1, "{table}");
    assert!(package.bytes("word/fonts/font1.odttf").len() > 10_000);
}

/// The first face that goes with a document, out of its wrapping (ECMA-376 Part 1, 17.8.1).
fn first_face(package: &Package) -> FontBook {
    let table = package.text("word/fontTable.xml");
    let (_, key) = table.split_once("w:fontKey=\"{").unwrap();
    let digits: Vec<u8> =
        key.bytes().take_while(|byte| *byte != b'}').filter(|byte| *byte != b'-').collect();
    let key: Vec<u8> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .rev()
        .collect();
    let mut bytes = package.bytes("word/fonts/font1.odttf").to_vec();
    bytes.iter_mut().take(32).enumerate().for_each(|(at, byte)| *byte ^= key[at % 16]);
    let mut book = FontBook::new();
    book.add(bytes).unwrap();
    book
}

#[test]
fn faces_that_travel_hold_what_is_typed_and_what_is_said() {
    let markup =
        |name: &str| page("h1 { font-family: \"Playfair Display\" }", &format!("<h1>{name}</h1>"));
    let faces = ["Зоя", "Зоя é", "Зоя ب"].map(|name| {
        let package = with_faces(&markup(name));
        (first_face(&package), package.bytes("word/fonts/font1.odttf").len())
    });
    let has = |at: usize, c: char| faces[at].0.faces().all(|(_, face)| face.covers(c));
    for c in "ЁёЯzQ7№«—\u{a0}".chars() {
        assert!(has(0, c) && has(1, c), "{c:?}");
    }
    assert!(!has(0, 'é') && has(1, 'é') && !has(1, 'ħ'));
    assert!(faces[0].1 < 80_000 && faces[1].1 < 80_000, "{} and {} bytes", faces[0].1, faces[1].1);
    // A script that joins its letters: the face has none of them, so nothing is lost.
    assert_eq!(faces[0].1, faces[2].1);
}

#[test]
fn the_theme_has_the_faces_of_headings_and_text_and_styles_take_them_from_there() {
    let css = "body { font-family: \"PT Serif\" } h1 { font-family: \"Marck Script\" } \
        h2 { font-family: Roboto }";
    let package = Package::read(&write(&page(css, "<h1>Имя</h1><h2>Раздел</h2><p>текст</p>")).0);
    let theme = package.text("word/theme/theme1.xml");
    for (kind, face) in [("major", "Marck Script"), ("minor", "PT Serif")] {
        let fonts = format!(
            "<a:{kind}Font><a:latin typeface=\"{face}\"/><a:ea typeface=\"{face}\"/>\
             <a:cs typeface=\"{face}\"/>"
        );
        assert!(theme.contains(&fonts), "{theme}");
    }
    let outline = package.outline();
    let style = |id: &str| {
        outline
            .lines()
            .find(|line| line.starts_with(id))
            .unwrap_or_else(|| panic!("{outline}"))
            .to_owned()
    };
    assert!(style("Normal «").contains("asciiTheme=minorHAnsi"), "{outline}");
    assert!(style("Heading1 «").contains("asciiTheme=majorHAnsi"), "{outline}");
    assert!(
        style("Heading2 «").contains("ascii=Roboto") && !style("Heading2 «").contains("Theme"),
        "{outline}"
    );
}

#[test]
fn custom_properties_name_date_source_and_language() {
    let head = "<html lang=\"ru\"><head><title>Т</title>\
        <meta name=\"date\" content=\"2024-10-18\"/></head>";
    let (tree, images) = crate::boxes(&format!("{head}<body><p>т</p></body></html>"));
    let mut options = itog::internals::docx::DocxOptions::default();
    options.source = Some(("итог & «дата».yaml".into(), b"x".to_vec()));
    let package =
        Package::read(&crate::written(&tree, &images, &options, &mut itog::diag::Sink::new()));
    check(&package);
    let custom = package.text("docProps/custom.xml");
    for (name, value) in [
        ("Дата документа", "2024-10-18"),
        ("Исходные данные", "итог &amp; «дата».yaml"),
        ("Язык", "ru"),
    ] {
        assert!(
            custom.contains(&format!("name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr>")),
            "{custom}"
        );
    }
    assert!(package.text("_rels/.rels").contains("docProps/custom.xml"));
}
