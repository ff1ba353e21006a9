//! The ten everyday tasks, done as a stranger's crate does them: by the names at the crate's root
//! and its public modules, and nothing else. This is such a crate; the library's own tests run the
//! same file.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;

use itog::batch::{Batch, BatchOptions, Zip, table};
use itog::lang::ru::{self, Case, LineKind};
use itog::model::{self, Certificate, Common, Document, Format};
use itog::{
    Check, Composition, Design, Diagnostic, DocxOptions, EmbeddedFile, Engine, Error, Files,
    FontBook, Pattern, PdfOptions, Standard, Warned,
};

const MINUTES: &str = "kind: Протокол\nrecommendations: [Провести семинар.]\n";

/// What a user has as a file.
fn saved(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("itog-everyday-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

fn minutes() -> Composition {
    let data = model::read(MINUTES.as_bytes(), "minutes.yaml", Format::Yaml).unwrap().value;
    let design = Engine::new().load_builtin("final-document").unwrap().value;
    design.compose(&data).unwrap().value
}

#[test]
fn task_1_a_file_becomes_pdf_and_docx() -> Result<(), Error> {
    let path = saved("minutes.yaml", MINUTES);
    let mut warnings = Vec::new();
    let mut keep = |w: &Diagnostic| warnings.push(w.to_string());
    let data = model::open(&path)?.warn_with(&mut keep);
    let document = Engine::new().load_builtin("final-document")?.value.compose(&data)?;
    let document: Composition = document.warn_with(&mut keep);
    let (pdf, said): (Vec<u8>, Vec<Diagnostic>) =
        document.to_pdf(&PdfOptions::default())?.into_parts();
    let docx: Warned<Vec<u8>> = document.to_docx(&DocxOptions::default())?;
    assert!(pdf.starts_with(b"%PDF") && docx.value.starts_with(b"PK"));
    assert!(said.is_empty() && warnings.is_empty(), "{warnings:?}");
    std::fs::remove_file(path).unwrap();
    Ok(())
}

#[test]
fn task_2_data_are_made_by_a_program() -> Result<(), Box<dyn std::error::Error>> {
    let value = serde_json::json!({ "kind": "Решение", "recommendations": ["Издать сборник."] });
    let mut data: Document = serde_json::from_value(value)?;
    let Document::Final(document) = &mut data else { panic!("it is no certificate") };
    document.number = Some("7".to_owned());
    let design = Engine::new().load_builtin("final-document")?.value;
    assert!(!design.compose(&data)?.value.to_pdf(&PdfOptions::default())?.value.is_empty());
    Ok(())
}

#[test]
fn task_3_options_are_set_by_name_and_the_data_come_back() -> Result<(), Error> {
    let source = EmbeddedFile::source("minutes.yaml", MINUTES);
    let options = PdfOptions::default().with_standard(Standard::A3a).with_attachment(source);
    let pdf = minutes().to_pdf(&options)?.value;
    assert_eq!(itog::engine::extract(&pdf)?.value.data, MINUTES.as_bytes());

    let options =
        DocxOptions::default().with_source("minutes.yaml", MINUTES).with_embedded_fonts(false);
    let carried = itog::engine::extract(&minutes().to_docx(&options)?.value)?.value;
    assert_eq!(
        (carried.name.as_str(), carried.data.as_slice()),
        ("minutes.yaml", MINUTES.as_bytes())
    );

    let fault = itog::engine::extract(b"GIF89a").unwrap_err();
    assert_eq!(fault.diagnostics()[0].code(), "extract-format");
    Ok(())
}

#[test]
fn task_4_a_design_comes_from_memory_and_takes_data_of_ones_own() -> Result<(), Error> {
    #[derive(serde::Serialize)]
    struct Letter {
        to: &'static str,
    }
    let files = Files::memory([(
        "template.hbs".to_owned(),
        "<html lang=\"ru\"><head><title>Письмо</title></head><body><p>{{to}}</p></body></html>"
            .into(),
    )]);
    let engine = Engine::builder().fonts(FontBook::bundled()).build()?;
    let design: Design = engine.load_files("letter", files)?.value;
    let letter = design.compose(&Letter { to: "Анне" })?.value;
    assert!(letter.to_pdf(&PdfOptions::default())?.value.starts_with(b"%PDF"));
    Ok(())
}

#[test]
fn task_5_a_built_in_design_looks_otherwise() -> Result<(), Error> {
    let style = b"@page { size: A5 } body { font-size: 10pt }";
    let files = Files::memory([("style.css".to_owned(), style.to_vec())]);
    let files = files.or(itog::builtin("final-document")?.files.clone());
    let design = Engine::new().load_files("small", files)?.value.allowing([Check::Overlap]);
    let data = model::read(MINUTES.as_bytes(), "minutes.yaml", Format::Yaml)?.value;
    let pictures = design.compose(&data)?.value.to_pictures()?.value;
    let page = pictures.page(0).map(|page| (page.width().round(), page.height().round()));
    // The points of 148 mm by 210 mm.
    assert_eq!(page, Some((420.0, 595.0)));
    Ok(())
}

#[test]
fn task_6_a_fault_is_an_error_like_any_other_and_json() {
    let error = model::read(b"knid: x", "a.yaml", Format::Yaml).unwrap_err();
    let fault: &Diagnostic = &error.diagnostics()[0];
    let fault: &dyn std::error::Error = fault;
    assert!(fault.to_string().contains("a.yaml:1:1"));
    let json = serde_json::to_value(&error.diagnostics()[0]).unwrap();
    assert_eq!((&json["severity"], &json["place"]["line"]), (&"error".into(), &1.into()));
}

#[test]
fn task_7_a_table_becomes_an_archive() -> Result<(), Box<dyn std::error::Error>> {
    let path = saved("people.csv", "number,name\n001,Ким Виктория Олеговна\n002,Лев Павел\n");
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-classic")?.value;
    let common = "kind: Грамота\nfor: помощь\n".as_bytes();
    let common = Common::read(common, "common.yaml", Format::Yaml)?.value;
    let batch = Batch::new(&engine, design, common, BatchOptions::default())?;
    let mut archive = Cursor::new(Vec::new());
    let mut zip = Zip::new(&mut archive);
    let rows = table::open(&path, &Default::default())?;
    let summary = batch.run(rows, &mut zip, |_| ControlFlow::Continue(()))?;
    assert_eq!((summary.made, summary.failed), (2, 0));
    std::fs::remove_file(path)?;
    Ok(())
}

#[test]
fn task_8_a_certificate_is_made_of_one_row() -> Result<(), Error> {
    let common = "kind: Благодарность\nfor: участие в конкурсе\n".as_bytes();
    let common = Common::read(common, "common.yaml", Format::Yaml)?.value;
    let row = [("№", "7"), ("ФИО", "Бойко Ольга Сергеевна")];
    let data = Certificate::merge_common(&common, row)?.value;
    let design = Engine::new().load_builtin("certificate-classic")?.value;
    assert!(!design.compose(&data)?.value.to_docx(&DocxOptions::default())?.value.is_empty());
    Ok(())
}

#[test]
fn task_9_files_are_named_by_a_pattern() -> Result<(), Error> {
    let pattern = Pattern::new("{{number}}-{{name}}")?;
    let name = pattern.render(&serde_json::json!({"number": 7, "name": "Ким"}))?;
    assert_eq!(name, "7-Ким");
    assert!(itog::builtins().iter().any(|builtin| builtin.name == "certificate-classic"));
    Ok(())
}

#[test]
fn task_10_words_are_inflected_alone() {
    let to = ru::inflect_line(LineKind::Name, "Бойко Ольга Сергеевна", Case::Dative, None);
    assert_eq!(to.text, "Бойко Ольге Сергеевне");
    assert_eq!(ru::number::plural(5, "лист", "листа", "листов"), "листов");
}
