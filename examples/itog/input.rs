use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use itog::diag::{Diagnostic, Error};
use itog::engine::{Design, Engine};
use itog::model::{self, Document, Format, Limits};

use crate::args::Data;
use crate::report::Report;

/// The data as read: the model, and the bytes for those who attach them.
pub(crate) struct Input {
    pub document: Document,
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

/// Reads the data from a file or from stdin.
pub(crate) fn read(path: &Path, report: &mut Report) -> Result<Input, Error> {
    let stdin = path == Path::new("-");
    let format = if stdin { Some(Format::Yaml) } else { Format::from_path(path) };
    let format = format.ok_or_else(|| {
        Diagnostic::error("data-format", format!("{}: cannot tell the format from the file's ending", path.display()))
            .hint("data is read from .yaml, .yml, .json and .toml files, and from stdin with `-`")
    })?;
    let bytes = read_bytes(path, stdin)?;
    let shown = if stdin { "stdin".to_owned() } else { path.display().to_string() };
    let document = report.warned(model::read(&bytes, &shown, format)?);
    let name = if stdin { "document.yaml".to_owned() } else { path.file_name().unwrap_or_default().to_string_lossy().into_owned() };
    Ok(Input { document, bytes, name })
}

/// At most one byte more than the model would take, so that a huge file is refused without being read.
fn read_bytes(path: &Path, stdin: bool) -> Result<Vec<u8>, Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let mut reader: Box<dyn Read> = if stdin { Box::new(io::stdin().lock()) } else { Box::new(File::open(path).map_err(fault)?) };
    let mut bytes = Vec::new();
    reader.by_ref().take(Limits::default().bytes as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// The design that was asked for, or the one that suits the document.
pub(crate) fn design(data: &Data, document: &Document, report: &mut Report) -> Result<Design, Error> {
    let engine = Engine::new();
    let usual = match document {
        Document::Certificate(certificate) => certificate.design.template.as_deref().unwrap_or("certificate-classic"),
        _ => "final-document",
    };
    let name = data.template.as_deref().unwrap_or(usual);
    let folder = Path::new(name);
    let design = if folder.is_dir() { engine.folder(folder) } else { engine.builtin(name) };
    Ok(report.warned(design?))
}
