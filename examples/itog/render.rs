//! `render`: the files of one document.

use std::io::Write;
use std::path::{Path, PathBuf};

use itog::{Composition, Diagnostic, DocxOptions, EmbeddedFile, Error, PdfOptions};

use crate::args::{Extract, Output, Render, Standard};
use crate::input::{self, Input};
use crate::output;
use crate::report::Report;
use crate::watch::Watch;
use itog::diag::say;

pub(crate) fn run(args: &Render, report: &mut Report) -> Result<(), Error> {
    if !args.watch {
        return once(args, report).map(drop);
    }
    let data = &args.data;
    let named = data.template.as_deref().map(Path::new);
    let template = named.filter(|path| path.is_dir());
    let blank = named.filter(|path| path.is_file());
    let watch = Watch::new(
        [Some(&*data.data), data.own.names.as_deref(), blank].into_iter().flatten(),
        template,
    )?;
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut written: Vec<PathBuf> = Vec::new();
    loop {
        // What fails leaves the files as they were; the next save may mend it.
        match once(args, report) {
            Ok(files) => written.extend(files.iter().map(|path| whole(path))),
            Err(error) => report.error(error),
        }
        watch.wait(|path| written.contains(&whole(path)));
    }
}

/// Makes the files; gives their names.
fn once(args: &Render, report: &mut Report) -> Result<Vec<PathBuf>, Error> {
    let data = &args.data.data;
    if crate::batch::is_table(data) {
        let message =
            say!("{data} is a table, and `render` makes one document", data = data.display());
        let hint =
            say!("itog batch {data} -o out/  makes a document of each row", data = data.display());
        return Err(Diagnostic::error("data-table", message).hint(hint).into());
    }
    let (input, design) = input::open(&args.data, report)?;
    let document = report.warned(design.compose(&input.record)?);
    report.unprinted(&input.record, &document);

    // Everything is made before anything is written: a fault leaves no half of a pair behind.
    let files = files(args, &input, &document, report)?;
    if args.output.as_deref() == Some(Path::new("-")) {
        let [(_, bytes)] = &files[..] else {
            let message = say!("stdout takes one file, and these are {count}", count = files.len());
            let hint = say!("ask for one, such as `--to pdf`, or name a folder with `-o`");
            return Err(Diagnostic::error("output-many", message).hint(hint).into());
        };
        output::bytes(bytes)?;
        return Ok(Vec::new());
    }
    let outputs = files.iter().map(|(path, _)| path.as_path());
    // A blank lies beside the data as a rule, and may have their name.
    let blank = args.data.template.as_deref().map(Path::new).filter(|path| path.is_file());
    let inputs = [Some(data.as_path()), args.data.own.names.as_deref(), blank];
    output::apart(outputs, inputs.into_iter().flatten())?;
    if !args.overwrite {
        files.iter().try_for_each(|(path, _)| output::may_replace(path))?;
    }
    for (path, bytes) in &files {
        output::write(path, bytes)?;
        output::note(path.display())?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// All that is asked for, by the names of the files.
fn files(
    args: &Render,
    input: &Input,
    document: &Composition,
    report: &mut Report,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    let path = |extension| output::path(args.output.as_deref(), input.stem(), extension);
    let mut pictures = None;
    // The DOCX last: whoever has made pages has told what is found on them.
    let (docx, others): (Vec<_>, Vec<_>) =
        args.to.iter().partition(|kind| matches!(kind, Output::Docx));
    for kind in others.into_iter().chain(docx) {
        match kind {
            Output::Pdf => {
                let pdf = document.to_pdf(&pdf_options(args.standard, input))?;
                files.push((path("pdf")?, report.warned(pdf)));
            }
            Output::Docx => {
                let docx = document.to_docx(&docx_options(args, input))?;
                files.push((path("docx")?, report.warned(docx)));
            }
            Output::Png | Output::Svg => {
                let pictures = match &mut pictures {
                    Some(made) => made,
                    None => {
                        let made = document.to_pictures()?;
                        // The PDF has told already what is to be said of its pages.
                        let told = args.to.contains(&Output::Pdf);
                        pictures.insert(if told { made.value } else { report.warned(made) })
                    }
                };
                for (number, page) in pictures.iter().enumerate() {
                    let (path, bytes) = match kind {
                        Output::Png => (path("png")?, page.to_png(args.dpi)?),
                        _ => (path("svg")?, page.to_svg().into_bytes()),
                    };
                    files.push((output::of_page(&path, number, pictures.len()), bytes));
                }
            }
        }
    }
    Ok(files)
}

pub(crate) fn pdf_options(standard: Standard, input: &Input) -> PdfOptions {
    let mut options = self::standard(standard);
    if matches!(standard, Standard::A3a | Standard::Ua2) {
        options = options.with_attachment(EmbeddedFile::source(&input.name, input.bytes.clone()));
    }
    options
}

/// Options that ask for a standard and nothing else.
pub(crate) fn standard(standard: Standard) -> PdfOptions {
    PdfOptions::default().with_standard(match standard {
        Standard::A2a => itog::Standard::A2a,
        Standard::A3a => itog::Standard::A3a,
        Standard::Ua2 => itog::Standard::Ua2,
        Standard::Tagged => itog::Standard::Tagged,
        Standard::None => itog::Standard::None,
    })
}

fn docx_options(args: &Render, input: &Input) -> DocxOptions {
    DocxOptions::default()
        .with_soft_hyphens(!args.no_soft_hyphens)
        .with_source(&input.name, input.bytes.clone())
}

pub(crate) fn extract(args: &Extract, report: &mut Report) -> Result<(), Error> {
    let fault = |source| Error::Io { path: args.file.clone(), source };
    let bytes = std::fs::read(&args.file).map_err(fault)?;
    let found = report.warned(itog::engine::extract(&bytes)?);
    std::io::stdout().write_all(&found.data).map_err(fault)
}
