//! Fonts say how near they are: what is asked for and not there is told, once, and what can be had
//! is had.

#![cfg(all(feature = "bundled-fonts", feature = "yaml"))]

use itog::diag::{Diagnostic, Severity};
use itog::internals::layout::Paint;
use itog::{Composition, Design, DocxOptions, Engine, Error, Files, Warned};

const MONO: &[u8] = include_bytes!("../../fonts/pt-mono/PTMono-Regular.ttf");
/// A variable font of two letters' worth of stems, from 100 to 900, by default thin.
const STEMS: &[u8] = include_bytes!("Stems-wght.ttf");
/// PT Mono, packed for browsers (WOFF2), without hints.
const WOFF2: &[u8] = include_bytes!("PTMono.woff2");
/// The same with CFF outlines, static.
const CFF: &[u8] = include_bytes!("Stems.otf");

fn design(style: &str, body: &str, fonts: &[(&str, &[u8])]) -> Result<Warned<Design>, Error> {
    let head = format!("<head><title>А</title><style>{style}</style></head>");
    let markup = format!("<html lang=\"ru\">{head}<body>{body}</body></html>");
    let css = style.to_owned();
    let mut files = vec![
        ("template.hbs".to_owned(), markup.replace(&format!("<style>{style}</style>"), "").into()),
        ("style.css".to_owned(), css.into_bytes()),
    ];
    files.extend(fonts.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    Engine::new().load_files("fonts", Files::memory(files))
}

/// The page, and all that is said on the way to it.
fn composed(style: &str, body: &str, fonts: &[(&str, &[u8])]) -> (Composition, Vec<Diagnostic>) {
    let Warned { value, mut warnings } = design(style, body, fonts).unwrap();
    let document = value.compose(&()).unwrap();
    warnings.extend(document.warnings);
    warnings.extend(document.value.to_pages().unwrap().warnings);
    (document.value, warnings)
}

fn codes(faults: &[Diagnostic]) -> Vec<&str> {
    faults.iter().map(Diagnostic::code).collect()
}

const F: &str = "@font-face { font-family: F; src: url(f.ttf) } body { font-family: F }";

#[test]
fn a_face_that_is_not_there_is_told_once() {
    let said = |body: &str| composed(F, body, &[("f.ttf", MONO)]).1;
    assert_eq!(codes(&said("<p>Текст и text</p>")), [""; 0]);
    let bold = said("<p><b>Раз</b></p><p><b>Два</b></p>");
    assert_eq!(codes(&bold), ["font-face"]);
    assert!(
        bold[0]
            .message()
            .contains("`F` has no face for weight 700: the one of weight 400 is thickened")
    );
    assert!(said("<p><i>Раз</i></p>")[0].message().contains("italics"));
    assert!(said("<p><b><i>Раз</i></b></p>")[0].message().contains("italics of weight 700"));
    assert_eq!(codes(&said("<p style=\"font-weight: 500\">Раз</p>")), [""; 0]);
    assert_eq!(codes(&said("<p style=\"font-weight: 200\">Раз</p>")), ["font-face"]);
}

/// The first letters of a page and the face that each run is set in.
fn faces(document: &Composition) -> Vec<String> {
    let pages = document.to_pages().unwrap().value;
    let runs = pages.pages[0].items.iter().filter_map(|item| match &item.paint {
        Paint::Glyphs { run, .. } => Some(pages.fonts.face(run.face).postscript_name.clone()),
        _ => None,
    });
    runs.collect()
}

#[test]
fn faces_of_one_family_are_told_apart_by_their_widths() {
    let style = "@font-face { font-family: F; src: url(a.ttf); font-stretch: 75% } \
                 @font-face { font-family: F; src: url(b.otf) } body { font-family: F }";
    let files = [("a.ttf", MONO), ("b.otf", CFF)];
    let body = "<p>Н</p><p style=\"font-stretch: condensed\">Н</p>\
                <p style=\"font: condensed 80%/1 F\">Н</p><p style=\"font: 12pt F\">Н</p>";
    let (document, said) = composed(style, body, &files);
    assert_eq!(codes(&said), [""; 0]);
    let [wide, narrow] = ["CaseStemsOTF", "PTMono-Regular"];
    assert_eq!(faces(&document), [wide, narrow, narrow, wide]);
    let (_, said) = composed(style, "<p style=\"font-width: 150%\">Н</p>", &files);
    assert_eq!(codes(&said), ["font-face"]);
    assert!(said[0].message().contains("no face of the width 150%: the one of 100% is used"));
}

/// What is made up of the face's letters on a page, run by run.
fn made_up(style: &str, body: &str, fonts: &[(&str, &[u8])]) -> Vec<(bool, bool)> {
    let pages = composed(style, body, fonts).0.to_pages().unwrap().value;
    let runs = pages.pages[0].items.iter().filter_map(|item| match &item.paint {
        Paint::Glyphs { run, .. } => Some((run.synthesis.bold, run.synthesis.oblique)),
        _ => None,
    });
    runs.collect()
}

#[test]
fn bold_and_italics_that_a_family_lacks_are_made_up_as_browsers_do() {
    let body = "<p>А</p><p><b>Б</b></p><p><i>В</i></p><p><b><i>Г</i></b></p>\
                <p style=\"font-weight: 500\">Д</p>";
    let all = [(false, false), (true, false), (false, true), (true, true), (false, false)];
    assert_eq!(made_up(F, body, &[("f.ttf", MONO)]), all);
    assert_eq!(made_up("", body, &[]), [(false, false); 5]);
    // A text that is not black, in a line with others, and cut at a hyphen.
    let (document, _) =
        composed(F, "<p>А <b style=\"color: #f00\">Б</b> <i>В</i> Г</p>", &[("f.ttf", MONO)]);
    let pdf = document.to_pdf(&Default::default()).unwrap().value;
    let pdf = lopdf::Document::load_mem(&pdf).unwrap();
    let content = pdf.get_page_content(pdf.get_pages()[&1]);
    let text = String::from_utf8_lossy(&content).into_owned();
    let order = ["1 0 0 RG", "2 Tr", "0 Tr", "1 0 0.249 1", "1 0 0 1"];
    let places: Vec<usize> = order.iter().map(|part| text.find(part).expect(part)).collect();
    assert!(places[..4].is_sorted() && text.rfind(order[4]).unwrap() > places[3]);
}

/// A file packed as WOFF: its tables compressed by zlib, or as they are where that is shorter.
fn woff(font: &[u8]) -> Vec<u8> {
    let word = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap());
    let count = usize::from(font[5]);
    let mut tables = Vec::new();
    let mut directory = Vec::new();
    for record in (0..count).map(|n| 12 + 16 * n) {
        let (sum, start, length) = (word(record + 4), word(record + 8), word(record + 12));
        let table = &font[start as usize..(start + length) as usize];
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, table).unwrap();
        let packed = encoder.finish().unwrap();
        let kept = if packed.len() < table.len() { &packed[..] } else { table };
        let place = (44 + 20 * count + tables.len()) as u32;
        directory.extend_from_slice(&font[record..record + 4]);
        [place, kept.len() as u32, length, sum]
            .iter()
            .for_each(|v| directory.extend(v.to_be_bytes()));
        tables.extend_from_slice(kept);
        tables.resize(tables.len().next_multiple_of(4), 0);
    }
    let length = (44 + directory.len() + tables.len()) as u32;
    let mut out = [b"wOFF", &font[..4], &length.to_be_bytes(), &[0, count as u8, 0, 0]].concat();
    out.extend((font.len() as u32).to_be_bytes());
    out.resize(44, 0);
    [out, directory, tables].concat()
}

#[test]
fn fonts_packed_for_browsers_are_read() {
    let packed = woff(MONO);
    for (name, file) in [("zlib", &packed[..]), ("Brotli", WOFF2)] {
        let (document, said) = composed(F, "<p>Текст</p>", &[("f.ttf", file)]);
        assert_eq!(codes(&said), [""; 0], "{name}");
        let pages = document.to_pages().unwrap().value;
        let (_, own) = pages.fonts.faces().last().unwrap();
        assert_eq!((own.family.as_str(), own.postscript_name.as_str()), ("F", "PTMono-Regular"));
        let docx = document.to_docx(&DocxOptions::default()).unwrap();
        assert_eq!(codes(&docx.warnings), [""; 0], "{name}");
    }
}

#[test]
fn damaged_packed_fonts_are_told() {
    let packed = woff(MONO);
    for file in [&packed[..], WOFF2] {
        for cut in (0..file.len()).step_by(file.len() / 40) {
            let mut broken = file.to_vec();
            broken[cut] ^= 0x5A;
            let _ = design(F, "<p>Текст</p>", &[("f.ttf", &broken)]);
            broken.truncate(cut);
            let error = design(F, "<p>Текст</p>", &[("f.ttf", &broken)]).unwrap_err();
            assert_eq!(codes(error.diagnostics()), ["font-broken"], "cut at {cut}");
        }
        // The head is where sizes stand.
        for at in 0..200 {
            for value in [0, 0x7F, 0xFF] {
                let mut broken = file.to_vec();
                broken[at] = value;
                let _ = design(F, "<p>Текст</p>", &[("f.ttf", &broken)]);
            }
        }
    }
}

#[test]
fn the_parts_of_one_face_that_font_services_give_are_one_face() {
    let style = "@font-face { font-family: F; src: url(a.otf); unicode-range: U+0000-00FF; \
                 font-stretch: 100% } @font-face { font-family: F; src: url(f.ttf); \
                 font-style: normal; font-stretch: normal } body { font-family: F }";
    let (document, said) = composed(style, "<p>Текст</p>", &[("a.otf", CFF), ("f.ttf", MONO)]);
    assert_eq!(codes(&said), [""; 0]);
    let pages = document.to_pages().unwrap().value;
    assert!(pages.pages[0].items.iter().all(|item| match &item.paint {
        Paint::Glyphs { run, .. } => pages.fonts.face(run.face).family == "F",
        _ => true,
    }));
}

#[test]
fn a_face_is_taken_for_the_characters_that_it_is_meant_for() {
    let style = "@font-face { \
            font-family: F; src: url(f.ttf); unicode-range: U+26, U+40?, U+410-42F \
        } body { font-family: F, \"PT Sans\" }";
    let (document, said) = composed(style, "<p>Аа&amp;Ёё1</p>", &[("f.ttf", MONO)]);
    assert_eq!(codes(&said), [""; 0]);
    let pages = document.to_pages().unwrap().value;
    let runs = pages.pages[0].items.iter().filter_map(|item| match &item.paint {
        Paint::Glyphs { run, .. } => Some((&*pages.fonts.face(run.face).family, &*run.text)),
        _ => None,
    });
    let runs: Vec<(&str, &str)> = runs.collect();
    assert_eq!(runs, [("F", "А"), ("PT Sans", "а"), ("F", "&Ё"), ("PT Sans", "ё1")]);
}

#[test]
fn letters_that_a_face_lacks_are_told_once() {
    let style = "@font-face { font-family: F; src: url(f.otf) } body { font-family: F }";
    let said = |body: &str| composed(style, body, &[("f.otf", CFF)]).1;
    let lacking = said("<p>Latin</p><p>letters</p>");
    assert_eq!(codes(&lacking), ["font-coverage"]);
    assert!(lacking[0].message().contains("no Latin letters"), "{}", lacking[0]);
    // Another family that is named is meant.
    let style = style.replace("font-family: F }", "font-family: F, \"PT Sans\" }");
    assert_eq!(codes(&composed(&style, "<p>Latin</p>", &[("f.otf", CFF)]).1), [""; 0]);
}

#[test]
fn the_first_format_that_is_read_is_taken() {
    let list = "src: url(a.woff2) format(\"woff2\"), url(a.woff) format(\"woff\"), url(f.ttf)";
    let files = [("a.woff2", &b"wOF2...."[..]), ("f.ttf", MONO)];
    let style = F.replace("src: url(f.ttf)", list);
    assert_eq!(codes(&composed(&style, "<p>Текст</p>", &files).1), [""; 0]);
    let style = F.replace("f.ttf", "a.woff2");
    let error = design(&style, "<p>Текст</p>", &files).unwrap_err();
    assert_eq!(codes(error.diagnostics()), ["font-broken"]);
    let style = F.replace("src: url(f.ttf)", "src: local(\"Arial\"), url(f.ttf)");
    assert_eq!(codes(&composed(&style, "<p>Текст</p>", &files).1), [""; 0]);
}

/// The weights of the faces that a page is set in, in order.
fn weights(style: &str, body: &str) -> Vec<u16> {
    let (document, faults) = composed(style, body, &[("f.ttf", STEMS)]);
    assert_eq!(codes(&faults), [""; 0]);
    let pages = document.to_pages().unwrap().value;
    let runs = pages.pages[0].items.iter().filter_map(|item| match &item.paint {
        Paint::Glyphs { run, .. } => Some(pages.fonts.face(run.face).weight),
        _ => None,
    });
    runs.collect()
}

#[test]
fn variable_fonts_are_set_at_the_weight_asked_for() {
    let body = "<p style=\"font-weight: 100\">ТТ</p><p style=\"font-weight: 500\">ТТ</p>\
                <p style=\"font-weight: 900\">ТТ</p>";
    assert_eq!(weights(F, body), [100, 500, 900]);
    let ranged = F.replace("url(f.ttf)", "url(f.ttf); font-weight: 100 900");
    assert_eq!(weights(&ranged, body), [100, 500, 900]);
    let single = F.replace("url(f.ttf)", "url(f.ttf); font-weight: 700");
    assert_eq!(weights(&single, "<p><b>ТТ</b></p>"), [700]);
    // The outlines differ, not the names alone.
    let (document, _) = composed(F, body, &[("f.ttf", STEMS)]);
    let pages = document.to_pages().unwrap().value;
    let outline = |weight: u16| {
        let (_, face) =
            pages.fonts.faces().find(|(_, f)| f.family == "F" && f.weight == weight).unwrap();
        face.subset(&[face.glyph('Т').unwrap()]).unwrap().data
    };
    assert_ne!(outline(100), outline(900));
    document.to_pdf(&Default::default()).unwrap();
    document.to_docx(&Default::default()).unwrap();
}

#[test]
fn signs_of_forms_are_there() {
    let body = "<p>☐ ☑ ☒ ✓ ✔ ★ ☆ ☎ ✉ ✂ ⚠ ◆ ⇒ ℃ ⁰ → ① ▲ ♥ ⅓</p>";
    let (document, faults) = composed("", body, &[]);
    assert_eq!(codes(&faults), [""; 0]);
    assert_eq!(codes(&document.to_pdf(&Default::default()).unwrap().warnings), [""; 0]);
}

#[test]
fn a_font_that_stays_behind_is_told() {
    let style = "@font-face { font-family: F; src: url(f.otf) } body { font-family: F }";
    let (document, _) = composed(style, "<p>ТТ</p>", &[("f.otf", CFF)]);
    let said = document.to_docx(&DocxOptions::default()).unwrap().warnings;
    let fault = said.iter().find(|fault| fault.code() == "docx-font").unwrap();
    assert_eq!(fault.severity(), Severity::Warning);
    assert!(fault.message().contains("`F` does not go with the DOCX: it has CFF outlines"));
}

#[test]
fn licences_that_forbid_embedding_are_told() {
    let said = |kind: u16| {
        let mut file = MONO.to_vec();
        let tables = usize::from(file[5]);
        let record = (0..tables).map(|n| 12 + 16 * n).find(|at| &file[*at..at + 4] == b"OS/2");
        let at = record.unwrap() + 8;
        let table = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        file[table + 8..table + 10].copy_from_slice(&kind.to_be_bytes());
        composed(F, "<p>Текст</p>", &[("f.ttf", &file)]).1
    };
    for (kind, word) in [(2, "may not be embedded"), (0x100, "cut down"), (0x200, "bitmaps")] {
        let faults = said(kind);
        assert_eq!(codes(&faults), ["font-licence"]);
        assert!(faults[0].message().contains(word));
    }
    assert_eq!(codes(&said(0)), [""; 0]);
    assert_eq!(codes(&said(8)), [""; 0]);
}
