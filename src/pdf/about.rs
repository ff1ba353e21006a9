//! What a file says about itself as a whole: title, language, dates, colours, page labels.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::deflate::Deflater;
use super::object::{ascii, link, text};
use super::{PdfOptions, attach, xmp};
use crate::diag::{Diagnostic, Sink, say};
use crate::layout::Meta;

/// Writes metadata, output intent and attachment into the catalog and the trailer.
pub(super) fn write(
    document: &mut Document,
    catalog: &mut Dictionary,
    meta: &Meta,
    options: &PdfOptions,
    profile: &Stream,
    deflater: &mut Deflater,
    sink: &mut Sink,
) {
    let mut moment = None;
    if let Some(date) = &meta.date {
        moment = xmp::Moment::new(date);
        if moment.is_none() {
            let fault = Diagnostic::warning(
                "pdf-date",
                say!("`{date}` is not a date; the PDF has none", date),
            );
            sink.push(fault.hint(say!("write it as 2026-11-16")));
        }
    }
    // In PDF 2.0 it is all in the metadata stream, and PDF/A-4 forbids a second place (ISO 19005-4,
    // 6.1.3).
    if !options.standard.is_pdf2() {
        let info = document.add_object(xmp::info(meta, moment.as_ref()));
        document.trailer.set("Info", link(info));
    }
    if let Some(lang) = &meta.lang {
        // The language of all that has none of its own (ISO 32000-1, 14.9.2; ISO 14289-1, 7.2).
        catalog.set("Lang", text(lang));
    }
    // PDF/UA wants the title, not the file's name, in the title bar (ISO 14289-1, 7.1).
    if meta.title.is_some() {
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    }
    if !options.standard.is_claimed() {
        return;
    }
    let packet = xmp::packet(meta, moment.as_ref(), options);
    let packet =
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes());
    let packet = document.add_object(packet);
    catalog.set("Metadata", link(packet));
    let profile = document.add_object(profile.clone());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        // All parts of PDF/A use this name (ISO 19005-2, 6.2.3).
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => ascii("sRGB"),
        "Info" => ascii("sRGB"),
        "DestOutputProfile" => link(profile),
    };
    catalog.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
    let labels = Object::Array(vec![0.into(), Object::Dictionary(dictionary! { "S" => "D" })]);
    catalog.set("PageLabels", dictionary! { "Nums" => labels });
    if let Some(attachment) = options.attachment.as_ref().filter(|_| options.standard.may_carry()) {
        attach::write(document, catalog, attachment, moment.as_ref(), deflater);
    }
}
