//! Blanks made in Word, filled: cases in `tests/word/*.txt`, whose notation `tests/word/README.md`
//! explains.

#![cfg(feature = "bundled-fonts")]

#[path = "word/blanks.rs"]
mod blanks;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use blanks::{Blank, archive, shown};
use itog::diag::{Diagnostic, Language};
use itog::{DocxOptions, Engine, Error, Limits};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word")
}

fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// The file that a blank becomes with these data.
fn fill(docx: &[u8], data: &serde_json::Value) -> Result<Vec<u8>, Error> {
    let design = Engine::new().load_word(docx, "бланк.docx")?.value;
    let design = design.with_pictures(itog::Files::folder(folder()));
    Ok(design.compose(data)?.value.to_docx(&DocxOptions::default())?.value)
}

/// A case: its name, the blank, the data, what is expected.
struct Case {
    name: String,
    blank: String,
    data: serde_json::Value,
    expected: Vec<String>,
}

fn cases(file: &str) -> Vec<Case> {
    let text = fs::read_to_string(folder().join(file)).unwrap();
    let case = |block: &str| {
        let mut lines = block.lines();
        let name = lines.next()?.strip_prefix("# ")?.to_owned();
        let (mut blank, mut data, mut expected) =
            (String::new(), serde_json::json!({}), Vec::new());
        for line in lines {
            if let Some(json) = line.strip_prefix("data: ") {
                data = serde_json::from_str(json).unwrap_or_else(|e| panic!("{name}: {e}"));
            } else if line.starts_with('=') || line.starts_with('!') {
                expected.push(line.to_owned());
            } else {
                blank.push_str(line);
                blank.push('\n');
            }
        }
        assert!(!expected.is_empty(), "{name} expects nothing");
        Some(Case { name, blank, data, expected })
    };
    let cases: Vec<Case> =
        text.split("\n\n").filter_map(|block| case(block.trim_matches('\n'))).collect();
    assert!(cases.len() > 10, "{file}: {} cases", cases.len());
    cases
}

#[test]
fn blanks_are_filled() {
    filled_as_told("fill.txt");
}

#[test]
fn what_other_programs_promise_holds() {
    filled_as_told("promises.txt");
}

fn filled_as_told(file: &str) {
    let mut wrong = Vec::new();
    for case in cases(file) {
        let docx = Blank::read(&case.blank).docx();
        let made = match fill(&docx, &case.data) {
            Ok(made) => made,
            Err(error) => {
                wrong.push(format!("# {}\n{error}", case.name));
                continue;
            }
        };
        let parts = parts(&made);
        let xml =
            |name: &str| parts.get(name).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        let all: String = parts
            .keys()
            .filter(|name| name.ends_with(".xml") || name.ends_with(".rels"))
            .filter_map(|n| xml(n))
            .collect();
        let lines = shown(&parts);
        let text: Vec<&str> =
            case.expected.iter().filter_map(|line| line.strip_prefix("= ")).collect();
        if !text.is_empty() && lines != text {
            wrong.push(format!("# {}\n{}", case.name, lines.join("\n")));
        }
        for piece in case.expected.iter().filter_map(|line| line.strip_prefix("=~ ")) {
            if !all.contains(piece) {
                wrong.push(format!(
                    "# {}: no {piece}\n{}",
                    case.name,
                    xml("word/document.xml").unwrap()
                ));
            }
        }
        for piece in case.expected.iter().filter_map(|line| line.strip_prefix("=! ")) {
            if all.contains(piece) {
                wrong.push(format!(
                    "# {}: {piece}\n{}",
                    case.name,
                    xml("word/document.xml").unwrap()
                ));
            }
        }
        // Parts without expressions are the bytes that they were.
        for (name, bytes) in self::parts(&docx) {
            let filled = String::from_utf8_lossy(&bytes).contains("{{")
                || [
                    "[Content_Types].xml",
                    "docProps/core.xml",
                    "word/document.xml",
                    "word/numbering.xml",
                    // Lines of values in justified paragraphs ask for a setting.
                    "word/settings.xml",
                ]
                .contains(&name.as_str())
                || name.ends_with(".rels");
            // Notes follow their references into each turn of a loop.
            let repeated = name == "word/footnotes.xml"
                && case.blank.contains("footnoteReference")
                && case.blank.contains("{{#");
            let filled = filled || repeated;
            assert!(filled || parts[&name] == bytes, "{}: {name} was changed", case.name);
        }
        assert!(itog::engine::is_unchanged(&made), "{}: the record is missing", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn told(fault: &Diagnostic) -> String {
    let fault = fault.in_language(Language::Russian).to_string();
    fault.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn broken_blanks_are_told_with_their_place() {
    let mut wrong = Vec::new();
    for case in cases("broken.txt") {
        let docx = Blank::read(&case.blank).docx();
        let faults = match fill(&docx, &case.data) {
            // What is told and stops nothing.
            Ok(_) => Engine::new().load_word(&docx, "бланк.docx").unwrap().warnings,
            Err(error) => error.into_diagnostics(),
        };
        if faults.is_empty() {
            wrong.push(format!("# {}\nno fault", case.name));
        }
        let all: Vec<String> = faults.iter().map(told).collect();
        let all = all.join("\n");
        for piece in case.expected.iter().filter_map(|line| line.strip_prefix("! ")) {
            if !all.contains(piece) {
                wrong.push(format!("# {}: {piece}\n{all}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The code of the fault of a file.
fn code(bytes: &[u8]) -> &'static str {
    match Engine::new().load_word(bytes, "бланк.docx") {
        Ok(_) => "none",
        Err(error) => error.diagnostics()[0].code(),
    }
}

#[test]
fn what_is_no_docx_is_told_by_what_it_is() {
    let good = Blank::read("p: {{a}}\n").docx();
    assert_eq!(code(&good), "none");
    assert_eq!(code(b""), "word-not-docx");
    assert_eq!(code(b"{\\rtf1 \\ansi}"), "word-not-docx");
    assert_eq!(code(b"%PDF-1.7"), "word-not-docx");
    assert_eq!(code(b"<!DOCTYPE html><html></html>"), "word-not-docx");
    let old = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    assert_eq!(code(&old), "word-old");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(code(&[old, name].concat()), "word-encrypted");
    // Half of a file, as of a copy that was interrupted.
    assert_eq!(code(&good[..good.len() / 2]), "word-broken");
    assert_eq!(code(&archive(&[("a.txt", b"1".to_vec())])), "word-not-docx");
    let odt = ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec());
    assert_eq!(code(&archive(&[odt])), "word-not-docx");
    let with = |from: &str, to: &str| {
        let parts = parts(&good);
        let changed: Vec<(&str, Vec<u8>)> = parts
            .iter()
            .map(|(name, bytes)| {
                let text = std::str::from_utf8(bytes).map(|text| text.replace(from, to));
                (name.as_str(), text.map_or_else(|_| bytes.clone(), String::into_bytes))
            })
            .collect();
        archive(&changed)
    };
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    assert_eq!(
        code(&with(main, "application/vnd.ms-word.document.macroEnabled.main+xml")),
        "word-macros"
    );
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    assert_eq!(code(&with(main, sheet)), "word-not-docx");
    // A template of Word makes documents.
    let dotx = with(
        main,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    );
    let made = fill(&dotx, &serde_json::json!({"a": 1})).unwrap();
    assert!(String::from_utf8_lossy(&parts(&made)["[Content_Types].xml"]).contains(main));
    assert_eq!(
        code(&with("Target=\"word/document.xml\"", "Target=\"word/none.xml\"")),
        "word-broken"
    );
    assert_eq!(code(&with("</w:body>", "")), "word-broken");
}

#[test]
fn limits_hold_for_blanks() {
    let docx = Blank::read("p: {{a}}\n").docx();
    let code = |limits: Limits| {
        let engine = Engine::builder().limits(limits).build().unwrap();
        let read = engine.load_word(&docx, "бланк.docx");
        read.map(|_| "none").unwrap_or_else(|error| error.diagnostics()[0].code())
    };
    assert_eq!(code(Limits::default().with_word_parts(3)), "limit-word-parts");
    assert_eq!(code(Limits::default().with_word_bytes(1000)), "limit-word-bytes");
    let bomb = archive(&[("word/document.xml", vec![b' '; 80 << 20])]);
    let fault = Engine::new().load_word(&bomb, "бланк.docx").unwrap_err();
    assert_eq!(fault.diagnostics()[0].code(), "limit-word-bytes");
}

#[test]
fn data_travel_with_the_document() {
    let docx = Blank::read("p: {{a}}\n").docx();
    let design = Engine::new().load_word(&docx, "бланк.docx").unwrap().value;
    let document = design.compose(&serde_json::json!({"a": "один"})).unwrap().value;
    let options = DocxOptions::default().with_source("данные.yaml", "a: один");
    let made = document.to_docx(&options).unwrap().value;
    assert_eq!(itog::engine::extract(&made).unwrap().value.data, "a: один".as_bytes());
    assert_eq!(made, document.to_docx(&options).unwrap().value);
}

#[test]
fn lists_of_styles_begin_anew_in_loops() {
    let blank = "p: {{#each people}}\np: {{name}}\np: {{#each books}}\n\
        <w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/><w:jc w:val=\"both\"/></w:pPr>\
        <w:r><w:t>{{this}}</w:t></w:r></w:p>\np: {{/each}}\np: {{/each}}\n";
    let style = "<w:style w:type=\"paragraph\" w:styleId=\"ListNumber\"><w:pPr><w:numPr>\
        <w:numId w:val=\"1\"/></w:numPr><w:ind w:left=\"360\"/></w:pPr></w:style></w:styles>";
    let parts = parts(&Blank::read(blank).docx());
    let changed: Vec<(&str, Vec<u8>)> = parts
        .iter()
        .map(|(name, bytes)| match name.as_str() {
            "word/styles.xml" => {
                let text = std::str::from_utf8(bytes).unwrap();
                (name.as_str(), text.replace("</w:styles>", style).into_bytes())
            }
            name => (name, bytes.clone()),
        })
        .collect();
    let data = serde_json::json!({"people": [
        {"name": "Анна", "books": ["Бим", "Паруса"]}, {"name": "Пётр", "books": ["Дочка"]},
    ]});
    let made = self::parts(&fill(&archive(&changed), &data).unwrap());
    let xml = std::str::from_utf8(&made["word/document.xml"]).unwrap();
    let item = |list: u8| {
        format!(
            "<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId \
             w:val=\"{list}\"/></w:numPr><w:ind w:left=\"360\"/><w:jc w:val=\"both\"/>"
        )
    };
    assert_eq!(xml.matches(&item(1)).count(), 2, "{xml}");
    assert_eq!(xml.matches(&item(2)).count(), 1, "{xml}");
}

#[test]
fn faults_of_pages_speak_of_word() {
    let tiny = "<w:p><w:r><w:rPr><w:sz w:val=\"6\"/></w:rPr><w:t>Мелко {{a}}</w:t></w:r></w:p>\n\
        <w:p><w:hyperlink w:anchor=\"нет\"><w:r><w:t>туда</w:t></w:r></w:hyperlink></w:p>\n";
    let design = Engine::new().load_word(&Blank::read(tiny).docx(), "бланк.docx").unwrap().value;
    let document = design.compose(&serde_json::json!({"a": "один"})).unwrap().value;
    let warnings = document.to_pdf(&itog::PdfOptions::default()).unwrap().warnings;
    let all: Vec<String> = warnings.iter().map(told).collect();
    let all = all.join("\n");
    let wanted =
        ["бланк.docx:1:1", "Мелко один", "в Word сделайте шрифт крупнее", "закладку, которой"];
    for piece in wanted {
        assert!(all.contains(piece), "{piece}\n{all}");
    }
    assert!(!all.contains("font-size") && !all.contains("id"), "{all}");
}

/// The words of a file's text, without what parts them.
fn letters(docx: &[u8]) -> String {
    let text = shown(&parts(docx)).concat();
    let text = text.replace("p: ", "").replace("li: ", "").replace("tr: ", "");
    text.chars().filter(|c| c.is_alphanumeric() || ".!?«»„“".contains(*c)).collect()
}

#[test]
fn a_template_made_of_a_blank_says_what_the_blank_says() {
    // Kinds that a template of markup writes in another way: numbers of lists are text there,
    // headers and notes stand elsewhere, cells are not merged.
    let other = ["li:", "hdr:", "box:", "note:", "<w:", "<m:", "picture", "qr", "QR", "*", "⏎"];
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in cases("fill.txt").into_iter().chain(cases("promises.txt")) {
        let said = format!("{}{}", case.blank, case.expected.concat());
        if other.iter().any(|sign| said.contains(sign)) {
            continue;
        }
        let docx = Blank::read(&case.blank).docx();
        let engine = Engine::new();
        let folder = engine.word_to_template(&docx, "бланк").unwrap();
        if !folder.warnings.is_empty() {
            continue;
        }
        compared += 1;
        let made = engine
            .load_files("бланк", folder.value)
            .and_then(|design| design.value.compose(&case.data))
            .and_then(|made| made.value.to_docx(&DocxOptions::default()));
        let filled = fill(&docx, &case.data).unwrap();
        match made {
            Ok(made) if letters(&made.value) == letters(&filled) => {}
            Ok(made) => wrong.push(format!(
                "# {}\n{}\n{}",
                case.name,
                letters(&filled),
                letters(&made.value)
            )),
            Err(error) => wrong.push(format!("# {}\n{error}", case.name)),
        }
    }
    assert!(wrong.is_empty() && compared > 60, "{compared}\n{}", wrong.join("\n\n"));
}
