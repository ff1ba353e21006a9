//! The PDF writer, from pages made by hand.

mod attachment;
mod builder;
mod samples;
mod standards;
mod structure;
#[cfg(all(feature = "bundled-fonts", feature = "yaml"))]
mod ua2;

use itog::diag::Sink;
use itog::internals::layout::Pages;
use itog::internals::pdf::{PdfOptions, write};

/// Writes pages that have no fault.
pub(crate) fn good(pages: &Pages, options: &PdfOptions) -> Vec<u8> {
    let mut sink = Sink::new();
    let bytes = write(pages, options, &mut sink);
    assert!(sink.all().is_empty(), "{:?}", sink.all());
    bytes
}
