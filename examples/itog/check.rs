//! `check`: all faults of a document, and no file.

use itog::DocxOptions;
use itog::PdfOptions;
use itog::diag::{Error, Message, say};

use crate::args::Check;
use crate::input;
use crate::language::told;
use crate::output;
use crate::report::Report;

/// Goes the whole way in memory, so that faults of layout and of the writers are seen too.
pub(crate) fn run(args: &Check, report: &mut Report) -> Result<(), Error> {
    let (input, design) = input::open(&args.data, report)?;
    let document = report.warned(design.compose(&input.record)?);
    report.unprinted(&input.record, &document);
    let pdf = document.to_pdf(&PdfOptions::default()).map(|warned| report.warned(warned));
    let docx = document.to_docx(&DocxOptions::default()).map(|warned| report.warned(warned));
    pdf.and(docx).map(drop)
}

/// A blank made in Word: its faults, and the names that it asks for.
pub(crate) fn blank(args: &Check, report: &mut Report) -> Result<(), Error> {
    let path = &args.data.data;
    let engine = input::engine(&args.data.own, &[Some(path)], report)?;
    let design = input::load(&engine, &path.to_string_lossy(), None, &[], report)?;
    let names: Vec<Message> =
        design.blank_names().unwrap_or_default().into_iter().map(line).collect();
    if !names.is_empty() {
        output::say(told(&say!("Names that the blank asks for:")))?;
    }
    names.iter().try_for_each(|line| output::say(format_args!("  {}", told(line))))
}

/// What is said of a name.
fn line((name, keys): (String, Vec<&'static str>)) -> Message {
    let known =
        || itog::model::keys().flat_map(|(key, others)| others.iter().copied().chain([key]));
    if !keys.is_empty() {
        return say!("{name} ({keys})", name, keys);
    }
    let lower = name.to_lowercase().replace('ё', "е");
    match known().any(|key| key == lower) {
        true => Message::verbatim(name),
        // Between names of a letter or two nothing is near.
        false => match itog::diag::nearest(&lower, known()).filter(|_| lower.chars().count() > 2) {
            Some(near) => say!(
                "{name}: a name of your own; documents and certificates have `{near}`",
                name,
                near
            ),
            None => say!("{name}: a name of your own", name),
        },
    }
}
