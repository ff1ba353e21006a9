use std::io::Write;
use std::path::PathBuf;

use itog::diag::{Diagnostic, Error};
use itog::docx::{self, DocxOptions};
use itog::pdf::{self, Attachment, PdfOptions};

use crate::args::{Extract, Output, Render, Standard};
use crate::input::{self, Input};
use crate::output;
use crate::report::Report;

pub(crate) fn run(args: &Render, report: &mut Report) -> Result<(), Error> {
    let input = input::read(&args.data.data, report)?;
    let design = input::design(&args.data, &input.document, report)?;
    let document = report.warned(design.compose(&input.document)?);

    // Everything is made before anything is written: a fault leaves no half of a pair behind.
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for kind in &args.to {
        let (extension, bytes) = match kind {
            Output::Pdf => {
                ("pdf", report.warned(document.to_pdf(&pdf_options(args.standard, &input))?))
            }
            Output::Docx => ("docx", report.warned(document.to_docx(&docx_options(&input))?)),
        };
        files.push((output::path(args.output.as_deref(), input.stem(), extension), bytes));
    }
    for (path, bytes) in &files {
        output::write(path, bytes)?;
        output::say(path.display())?;
    }
    Ok(())
}

pub(crate) fn pdf_options(standard: Standard, input: &Input) -> PdfOptions {
    let mut options = self::standard(standard);
    if standard == Standard::A3a {
        let mime = match input.name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("json") => "application/json",
            Some("toml") => "application/toml",
            _ => "application/yaml",
        };
        options.attachment = Some(Attachment {
            name: input.name.clone(),
            mime: mime.to_owned(),
            data: input.bytes.clone(),
            description: "Исходные данные документа".to_owned(),
        });
    }
    options
}

/// Options that ask for a standard and nothing else.
pub(crate) fn standard(standard: Standard) -> PdfOptions {
    let mut options = PdfOptions::default();
    options.standard = match standard {
        Standard::A2a => pdf::Standard::A2a,
        Standard::A3a => pdf::Standard::A3a,
        Standard::None => pdf::Standard::None,
    };
    options
}

pub(crate) fn docx_options(input: &Input) -> DocxOptions {
    let mut options = DocxOptions::default();
    options.source = Some((input.name.clone(), input.bytes.clone()));
    options
}

pub(crate) fn extract(args: &Extract) -> Result<(), Error> {
    let fault = |source| Error::Io { path: args.file.clone(), source };
    let bytes = std::fs::read(&args.file).map_err(fault)?;
    let data = match args.file.extension().and_then(|e| e.to_str()) {
        Some("pdf") => pdf::extract(&bytes)?.data,
        Some("docx") => docx::extract(&bytes)?,
        _ => {
            return Err(Diagnostic::error(
                "extract-format",
                "data is carried by .pdf and .docx files",
            )
            .into());
        }
    };
    std::io::stdout().write_all(&data).map_err(fault)
}
