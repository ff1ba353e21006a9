//! The ten everyday tasks, done as a stranger's crate would: by the names at the crate's root and
//! the six public modules, and nothing else.
#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "batch"))]

use std::io::Cursor;
use std::ops::ControlFlow;

use itog::batch::{Batch, BatchOptions, Zip, table};
use itog::model::{self, Common, Format};
use itog::{
    Composition, Design, Diagnostic, DocxOptions, EmbeddedFile, Engine, Error, Files, FontBook,
    Pattern, PdfOptions, Standard, Warned,
};

const MINUTES: &str = "kind: Протокол\nrecommendations: [Провести семинар.]\n";

fn minutes() -> Composition {
    let data = model::read(MINUTES.as_bytes(), "minutes.yaml", Format::Yaml).unwrap().value;
    let design = Engine::new().load_builtin("final-document").unwrap().value;
    design.compose(&data).unwrap().value
}

#[test]
fn a_file_becomes_pdf_and_docx() -> Result<(), Error> {
    let mut warnings = Vec::new();
    let mut keep = |w: &Diagnostic| warnings.push(w.to_string());
    let data = model::open("examples/data/minimal.yaml")?.warn_with(&mut keep);
    let document = Engine::new().load_builtin("final-document")?.value.compose(&data)?;
    let document: Composition = document.warn_with(&mut keep);
    let (pdf, said): (Vec<u8>, Vec<Diagnostic>) =
        document.to_pdf(&PdfOptions::default())?.into_parts();
    let docx: Warned<Vec<u8>> = document.to_docx(&DocxOptions::default())?;
    assert!(pdf.starts_with(b"%PDF") && docx.value.starts_with(b"PK"));
    assert!(said.is_empty() && warnings.is_empty(), "{warnings:?}");
    Ok(())
}

#[test]
fn options_are_set_by_name_and_the_data_come_back() -> Result<(), Error> {
    let source = EmbeddedFile::source("minutes.yaml", MINUTES);
    let options = PdfOptions::default().with_standard(Standard::A3a).with_attachment(source);
    let pdf = minutes().to_pdf(&options)?.value;
    assert_eq!(itog::engine::extract(&pdf)?.data, MINUTES.as_bytes());

    let options =
        DocxOptions::default().with_source("minutes.yaml", MINUTES).with_embedded_fonts(false);
    let carried = itog::engine::extract(&minutes().to_docx(&options)?.value)?;
    assert_eq!(
        (carried.name.as_str(), carried.data.as_slice()),
        ("minutes.yaml", MINUTES.as_bytes())
    );

    let fault = itog::engine::extract(b"GIF89a").unwrap_err();
    assert_eq!(fault.diagnostics()[0].code(), "extract-format");
    Ok(())
}

#[test]
fn a_design_comes_from_memory_and_takes_data_of_ones_own() -> Result<(), Error> {
    #[derive(serde::Serialize)]
    struct Letter {
        to: &'static str,
    }
    let files = Files::memory([(
        "template.hbs".to_owned(),
        "<html lang=\"ru\"><head><title>Письмо</title></head><body><p>{{to}}</p></body></html>"
            .into(),
    )]);
    let engine = Engine::with_fonts(FontBook::bundled());
    let design: Design = engine.load_files("letter", files)?.value;
    let letter = design.compose(&Letter { to: "Анне" })?.value;
    assert!(letter.to_pdf(&PdfOptions::default())?.value.starts_with(b"%PDF"));
    Ok(())
}

#[test]
fn a_fault_is_an_error_like_any_other_and_json() {
    let error = model::read(b"knid: x", "a.yaml", Format::Yaml).unwrap_err();
    let fault: &Diagnostic = &error.diagnostics()[0];
    let fault: &dyn std::error::Error = fault;
    assert!(fault.to_string().contains("a.yaml:1:1"));
    let json = serde_json::to_value(&error.diagnostics()[0]).unwrap();
    assert_eq!((&json["severity"], &json["place"]["line"]), (&"error".into(), &1.into()));
}

#[test]
fn a_table_becomes_an_archive() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-classic")?.value;
    let common = Common::read(
        b"kind: \xd0\x93\xd1\x80\xd0\xb0\xd0\xbc\xd0\xbe\xd1\x82\xd0\xb0\nfor: help\n",
        "common.yaml",
        Format::Yaml,
    )?
    .value;
    let batch = Batch::new(&engine, design, common, BatchOptions::default())?;
    let mut archive = Cursor::new(Vec::new());
    let mut zip = Zip::new(&mut archive);
    let rows = table::open("examples/data/people.csv".as_ref(), &Default::default())?;
    let summary = batch.run(rows, &mut zip, |_| ControlFlow::Continue(()))?;
    assert_eq!((summary.made, summary.failed), (12, 0));
    Ok(())
}

#[test]
fn names_of_files_and_forms_of_words_are_to_be_had_alone() -> Result<(), Error> {
    let pattern = Pattern::new("{{number}}-{{name}}")?;
    let name = pattern.render(&serde_json::json!({"number": 7, "name": "Ким"}))?;
    assert_eq!(name, "7-Ким");
    assert_eq!(itog::lang::ru::number::plural(5, "лист", "листа", "листов"), "листов");
    assert!(itog::builtins().iter().any(|builtin| builtin.name == "certificate-classic"));
    Ok(())
}
