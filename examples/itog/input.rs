//! What a command reads: data, the engine with its dictionary, the design.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use itog::Check;
use itog::Limits;
use itog::batch::Shape;
use itog::diag::{Datum, Error, say};
use itog::engine::{Design, Engine};
use itog::files::Files;
use itog::model::{self, Document, Format, NameBook, Origin};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::args::{Data, Own};
use crate::output::ending;
use crate::report::Report;

/// The data as templates see them.
#[derive(Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "made once per document")]
pub(crate) enum Record {
    /// A final document or a certificate.
    Document(Document),
    /// Whatever a template of one's own asks for.
    Own(Map<String, Value>),
}

impl Record {
    /// Shows the scan of a bought form behind the words of a certificate.
    pub(crate) fn show_form(&mut self) {
        if let Self::Document(Document::Certificate(certificate)) = self {
            certificate.design.show_form();
        }
    }
}

/// The data as read, and the bytes for those who attach them.
pub(crate) struct Input {
    pub record: Record,
    pub bytes: Vec<u8>,
    /// The file's name without its folder.
    pub name: String,
}

impl Input {
    /// The name without its ending.
    pub(crate) fn stem(&self) -> &str {
        Path::new(&self.name).file_stem().and_then(|s| s.to_str()).unwrap_or("document")
    }
}

/// Reads data and makes the design ready that was asked for, or the one that suits them.
pub(crate) fn open(data: &Data, report: &mut Report) -> Result<(Input, Design), Error> {
    let engine = engine(&data.own, &[Some(&data.data)], report)?;
    engine.limits().hold(|| opened(&engine, data, report))
}

fn opened(engine: &Engine, data: &Data, report: &mut Report) -> Result<(Input, Design), Error> {
    let load = |name: &str, report: &mut Report| {
        load(engine, name, beside(&data.data), &data.allow, report)
    };
    if let Some(name) = &data.template {
        let design = load(name, report)?;
        return Ok((read(engine, &data.data, Some(&design), report)?, design));
    }
    let input = read(engine, &data.data, None, report)?;
    let name = match &input.record {
        Record::Document(Document::Certificate(certificate)) => {
            certificate.design.template.as_deref().unwrap_or("certificate-classic")
        }
        _ => "final-document",
    };
    let design = load(name, report).map_err(|error| named_in_data(error, name))?;
    Ok((input, design))
}

/// The fault of a design that the data name, so that it is told at their line.
pub(crate) fn named_in_data(error: Error, name: &str) -> Error {
    let data = || Datum { path: "design.template".to_owned(), text: name.to_owned() };
    match error {
        Error::Invalid(faults) => {
            Error::Invalid(faults.into_iter().map(|fault| fault.of([data()])).collect())
        }
        error => error,
    }
}

/// Reads the data from a file or from stdin. What a template asks for tells what they are.
fn read(
    engine: &Engine,
    path: &Path,
    design: Option<&Design>,
    report: &mut Report,
) -> Result<Input, Error> {
    let stdin = path == Path::new("-");
    let (bytes, format) = bytes(path, engine.limits())?;
    let shown = if stdin { "stdin".to_owned() } else { path.display().to_string() };
    let open = |design: &&Design| Shape::of(design) == Shape::Own || design.blank_names().is_some();
    let own = match design.filter(open) {
        Some(design) => {
            let values = model::values(&bytes, &shown, format)?;
            let own = Shape::of_data(design, &values.value) == Shape::Own;
            // What is a document is read again, and told then.
            own.then(|| report.warned(values))
        }
        None => None,
    };
    let record = match own {
        Some(values) => Record::Own(values),
        None => {
            let mut document = report.warned(model::read(&bytes, &shown, format)?);
            if !stdin {
                let folder = path.parent().unwrap_or(Path::new(""));
                document = report.warned(document.with_organization(folder)?);
            }
            Record::Document(document)
        }
    };
    report.origin = Some(Origin::new(&bytes, &shown, format));
    let name = if stdin {
        "document.yaml".to_owned()
    } else {
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    };
    Ok(Input { record, bytes, name })
}

/// A data file's bytes and format; at most one byte more than the model would take, so that a huge
/// file is refused without being read.
pub(crate) fn bytes(path: &Path, limits: &Limits) -> Result<(Vec<u8>, Format), Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let stdin = path == Path::new("-");
    let mut reader: Box<dyn Read> = if stdin {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(fault)?)
    };
    let mut bytes = Vec::new();
    reader
        .by_ref()
        .take((limits.data_bytes as u64).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(fault)?;
    // Asked last: what is not there, or is a folder, has no ending that could be wrong.
    Ok((bytes, if stdin { Format::Yaml } else { Format::of(path)? }))
}

/// The folder of a data file, where the pictures lie that it names.
pub(crate) fn beside(path: &Path) -> Option<Files> {
    let folder = path.parent()?;
    (path != Path::new("-"))
        .then(|| Files::folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }))
}

/// The limits that were set.
pub(crate) fn limits(own: &Own) -> Result<Limits, Error> {
    own.limits.iter().try_fold(Limits::default(), |limits, set| limits.with_named(set))
}

/// The engine with the dictionary that is named, or lies beside one of the files.
pub(crate) fn engine(
    own: &Own,
    files: &[Option<&Path>],
    report: &mut Report,
) -> Result<Engine, Error> {
    let mut names = own.names.as_deref().map(NameBook::open).transpose()?;
    for file in files.iter().flatten().filter(|file| **file != Path::new("-")) {
        if names.is_none() {
            names = NameBook::beside(file.parent().unwrap_or(Path::new("")))?;
        }
    }
    let engine = Engine::builder().limits(limits(own)?);
    match names {
        Some(names) => engine.names(&report.warned(names)),
        None => engine,
    }
    .build()
}

/// A design by its name or folder.
pub(crate) fn load(
    engine: &Engine,
    name: &str,
    pictures: Option<Files>,
    allowed: &[Check],
    report: &mut Report,
) -> Result<Design, Error> {
    let path = Path::new(name);
    let design = match () {
        () if path.is_dir() => engine.load_folder(path),
        () if is_blank(name) || path.is_file() => engine.load_word(&blank(path)?, name),
        // Names of built-in templates have neither: it is a folder that is not there.
        () if name.contains(['/', '\\']) => Err(no_such(path)),
        () => engine.load_builtin(name),
    };
    let design = report.warned(design?).allowing(allowed.iter().copied());
    Ok(match pictures {
        Some(pictures) => design.with_pictures(pictures),
        None => design,
    })
}

fn no_such(path: &Path) -> Error {
    Error::Io { path: path.to_owned(), source: io::ErrorKind::NotFound.into() }
}

/// Whether a file was made in a word processor, by its ending.
pub(crate) fn is_blank(name: &str) -> bool {
    let known = ["docx", "docm", "dotx", "dotm", "doc", "dot", "rtf", "odt"];
    ending(Path::new(name)).is_some_and(|ending| known.contains(&ending.as_str()))
}

/// The bytes of a blank.
fn blank(path: &Path) -> Result<Vec<u8>, Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(fault)?.len();
    let most = itog::files::MAX_FILE;
    // Asked before reading: a file of any size would be in memory otherwise.
    if size > most {
        let message =
            say!("{file} has {size} bytes; the limit is {most}", file = path.display(), size, most);
        return Err(itog::Diagnostic::error("file-size", message).into());
    }
    std::fs::read(path).map_err(fault)
}
