//! `check`: all faults of a document, and no file.

use itog::DocxOptions;
use itog::PdfOptions;
use itog::diag::Error;

use crate::args::Check;
use crate::input;
use crate::report::Report;

/// Goes the whole way in memory, so that faults of layout and of the writers are seen too.
pub(crate) fn run(args: &Check, report: &mut Report) -> Result<(), Error> {
    let (input, design) = input::open(&args.data, report)?;
    let document = report.warned(design.compose(&input.record)?);
    let pdf = document.to_pdf(&PdfOptions::default()).map(|warned| report.warned(warned));
    let docx = document.to_docx(&DocxOptions::default()).map(|warned| report.warned(warned));
    pdf.and(docx).map(drop)
}
