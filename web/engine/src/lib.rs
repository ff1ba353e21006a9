//! The library as the page `itog.html` calls it: texts and bytes in, JSON and bytes out.
//!
//! One [`Workbench`] is what a worker of the page holds. Nothing is decided here: what a document
//! is, which design suits it and what is wrong with it, the library says; this crate hands it over.

mod hand;
mod sheets;

use std::collections::BTreeMap;
use std::path::Path;

use itog::diag::{Error, Language, Warned};
use itog::engine::{Composition, Design, Engine};
use itog::files::Files;
use itog::model::{self, Column, Document, Format, Kind, NameBook, Origin};
use itog::{DocxOptions, PdfOptions, Pictures};
use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use hand::{Faults, files};
use sheets::Sheets;

/// Writes a panic to the console, so that the page can show what its engine died of.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| hand::console_error(&panic.to_string())));
}

/// What one worker of the page holds: an engine, designs made ready, the document and the table
/// that are being worked on.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workbench {
    engine: Engine,
    names: String,
    /// Designs of the user's own, by their names.
    own: BTreeMap<String, Files>,
    /// Designs made ready.
    ready: BTreeMap<String, Warned<Design>>,
    /// What the data name: signatures, stamps, logos.
    pictures: Files,
    document: Option<Written>,
    sheets: Option<Sheets>,
}

/// The document that is being worked on.
#[derive(Debug)]
struct Written {
    composition: Composition,
    pictures: Pictures,
    /// The data as they were written; the files carry them.
    name: String,
    bytes: Vec<u8>,
}

impl Default for Workbench {
    fn default() -> Self {
        Self::new()
    }
}

#[wasm_bindgen]
impl Workbench {
    /// A workbench with the faces of the library.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self {
            engine: Engine::new(),
            names: String::new(),
            own: BTreeMap::new(),
            ready: BTreeMap::new(),
            pictures: Files::bundled(&[]),
            document: None,
            sheets: None,
        }
    }

    /// The designs of the library: `[{name, description}]`.
    pub fn builtins() -> String {
        let all = itog::builtins().iter();
        let all = all.map(|b| json!({ "name": b.name, "description": b.description }));
        Value::Array(all.collect()).to_string()
    }

    /// The files of a design of the library: `[[name, bytes]]`.
    ///
    /// # Errors
    /// The faults, as JSON.
    pub fn files_of(name: &str) -> Result<Array, JsValue> {
        let files = &itog::builtin(name).map_err(Faults::thrown)?.files;
        let all = Array::new();
        for name in files.names() {
            let bytes = files.read(&name).map_err(Faults::thrown)?;
            let bytes = Uint8Array::from(bytes.as_ref());
            all.push(&Array::of2(&name.into(), &bytes));
        }
        Ok(all)
    }

    /// The JSON Schema of `final-document`, `certificate` or `common`.
    pub fn schema(kind: &str) -> String {
        model::schema(match kind {
            "certificate" => Kind::Certificate,
            "common" => Kind::Common,
            _ => Kind::FinalDocument,
        })
        .to_string()
    }

    /// The keys of the data with the Russian ones that mean the same: `{date: ["дата"]}`.
    pub fn keys() -> String {
        json!(model::keys().collect::<BTreeMap<_, _>>()).to_string()
    }

    /// What the columns of a table may be: `[{key, title, titleEn}]`.
    pub fn columns() -> String {
        let all = Column::keys().filter_map(|key| Some((key, Column::of_key(key)?)));
        let all = all.map(|(key, column)| {
            let title = column.title();
            let russian = title.in_language(Language::Russian);
            json!({ "key": key, "title": russian, "titleEn": title.in_language(Language::English) })
        });
        Value::Array(all.collect()).to_string()
    }

    /// The pictures that data may name: `[[name, bytes]]`.
    pub fn set_pictures(&mut self, all: &Array) {
        self.pictures = files(all);
    }

    /// A design of the user's own: `[[name, bytes]]`.
    pub fn set_design(&mut self, name: &str, all: &Array) {
        self.ready.remove(name);
        self.own.insert(name.to_owned(), files(all));
    }

    /// The user's dictionary of names, as `names.yaml` has it; an empty one forgets it.
    ///
    /// # Errors
    /// The faults, as JSON.
    pub fn set_names(&mut self, yaml: &str) -> Result<(), JsValue> {
        if self.names == yaml {
            return Ok(());
        }
        let mut engine = Engine::builder();
        if !yaml.trim().is_empty() {
            let book = NameBook::read(yaml.as_bytes(), "names.yaml", Format::Yaml);
            engine = engine.names(&book.map_err(Faults::thrown)?.value);
        }
        self.engine = engine.build().map_err(Faults::thrown)?;
        yaml.clone_into(&mut self.names);
        self.ready.clear();
        Ok(())
    }

    /// Puts a document together, and keeps it: `{pages, design, certificate, faults}`. With a fault
    /// that is an error there are no pages, and the document before it is kept.
    pub fn compose(&mut self, text: &str, name: &str, design: Option<String>) -> String {
        let origin = Origin::new(text.as_bytes(), name, Format::Yaml);
        let mut faults = Faults::default();
        let made = self.composed(text, name, design, &mut faults);
        if let (Ok(_), Some(written)) = (&made, &self.document) {
            written.composition.unprinted(&origin).into_iter().for_each(|fault| faults.add(fault));
        }
        let (pages, about) = faults.of(made).unwrap_or((0, Value::Null));
        json!({ "pages": pages, "about": about, "faults": faults.traced(&origin) }).to_string()
    }

    /// The first page of another document as SVG, which is not kept; nothing if it has faults.
    pub fn picture(&mut self, text: &str, design: &str) -> Option<String> {
        let data = model::read(text.as_bytes(), "sample.yaml", Format::Yaml).ok()?.value;
        // The documents are one design with a sample for each kind.
        let name = match data {
            Document::Certificate(_) => design,
            _ => "final-document",
        };
        let design = self.design(name, &mut Faults::default()).ok()?;
        let pictures = design.compose(&data).ok()?.value.to_pictures().ok()?.value;
        Some(pictures.page(0)?.to_svg())
    }

    /// A page of the document as SVG; pages count from 0.
    pub fn page(&self, number: usize) -> Option<String> {
        Some(self.document.as_ref()?.pictures.page(number)?.to_svg())
    }

    /// The document as PDF.
    ///
    /// # Errors
    /// The faults, as JSON.
    pub fn pdf(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let Some(written) = &self.document else { return Ok(None) };
        let made = written.composition.to_pdf(&PdfOptions::default());
        Ok(Some(made.map_err(Faults::thrown)?.value))
    }

    /// The document as DOCX, which carries the data.
    ///
    /// # Errors
    /// The faults, as JSON.
    pub fn docx(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let Some(written) = &self.document else { return Ok(None) };
        let options = DocxOptions::default().with_source(&written.name, written.bytes.clone());
        let made = written.composition.to_docx(&options);
        Ok(Some(made.map_err(Faults::thrown)?.value))
    }

    /// The data that a PDF or DOCX of ours carries: `[name, bytes]`.
    ///
    /// # Errors
    /// The faults, as JSON.
    pub fn extract(file: &[u8]) -> Result<Array, JsValue> {
        let found = itog::engine::extract(file).map_err(Faults::thrown)?.value;
        let bytes = Uint8Array::from(found.data.as_slice());
        Ok(Array::of2(&found.name.into(), &bytes))
    }
}

impl Workbench {
    fn composed(
        &mut self,
        text: &str,
        name: &str,
        design: Option<String>,
        faults: &mut Faults,
    ) -> Result<(usize, Value), Error> {
        let bytes = text.as_bytes();
        let data = faults.keep(model::read(bytes, name, Format::Yaml)?);
        let usual = match &data {
            Document::Certificate(certificate) => {
                certificate.design.template.as_deref().unwrap_or("certificate-classic")
            }
            _ => "final-document",
        };
        let design = design.unwrap_or_else(|| usual.to_owned());
        let about = json!({
            "design": design,
            "certificate": matches!(data, Document::Certificate(_)),
        });
        let composed = self.design(&design, faults)?.compose(&data)?;
        let composition = faults.keep(composed);
        let pictures = faults.keep(composition.to_pictures()?);
        let pages = pictures.len();
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        self.document = Some(Written { composition, pictures, name, bytes });
        Ok((pages, about))
    }

    /// A design of the user's own or of the library, made ready once.
    fn design(&mut self, name: &str, faults: &mut Faults) -> Result<Design, Error> {
        let ready = match self.ready.get(name) {
            Some(ready) => ready,
            None => {
                let made = match self.own.get(name) {
                    Some(files) => self.loaded(name, files)?,
                    None => self.engine.load_builtin(name)?,
                };
                self.ready.entry(name.to_owned()).or_insert(made)
            }
        };
        Ok(faults.keep(ready.clone()).with_pictures(self.pictures.clone()))
    }
}

impl Workbench {
    /// A design of the user's own: a folder of HTML and CSS, or a blank made in Word.
    fn loaded(&self, name: &str, files: &Files) -> Result<Warned<Design>, Error> {
        match files.names().into_iter().find(|file| file.ends_with(".docx")) {
            Some(blank) => self.engine.load_word(&files.read(&blank)?, &blank),
            None => self.engine.load_files(name, files.clone()),
        }
    }
}

/// The table's format by the name of its file.
fn format_of(name: &str) -> Option<itog::batch::table::TableFormat> {
    itog::batch::table::TableFormat::from_path(Path::new(name))
}
