//! What a standard asks of a document that its author must give: a title, a language, alternative
//! texts, headings in order.

use super::PdfOptions;
use crate::diag::{Diagnostic, Sink, Span, say};
use crate::image::ImageData;
use crate::layout::{Pages, Paint, Role, Tag};

/// Reports everything that keeps a document from conforming. All are errors: a file that says it
/// conforms must.
pub(super) fn check(pages: &Pages, options: &PdfOptions, sink: &mut Sink) {
    if !options.standard.may_carry() && options.attachment.is_some() {
        let fault = Diagnostic::error(
            "pdf-attachment",
            say!("only PDF/A-3 and PDF/A-4f may carry the data that a document was made from"),
        );
        sink.push(fault.hint(say!("ask for the standard `a-3a` or `ua-2`")));
    }
    // Without a standard nothing is promised, so nothing is asked.
    if !options.standard.is_claimed() {
        return;
    }
    let blank = |value: &Option<String>| value.as_ref().is_none_or(|v| v.trim().is_empty());
    let root = pages.tags.first().and_then(|t| t.span);
    // ISO 14289-1, 7.1.
    if blank(&pages.meta.title) {
        let fault =
            Diagnostic::error("pdf-title", say!("the document has no title, which PDF/UA demands"));
        report(
            pages,
            sink,
            root,
            fault.hint(say!("write `<title>…</title>` in the head of the template")),
        );
    }
    // ISO 14289-1, 7.2: without a language, a screen reader reads by the rules of its own.
    if blank(&pages.meta.lang) {
        let fault = Diagnostic::error(
            "pdf-language",
            say!("the document does not say which language it is in, which PDF/UA demands"),
        );
        report(pages, sink, root, fault.hint(say!("write `<html lang=\"ru\">`")));
    }
    // ISO 14289-1, 7.1: all that is not ornament is in the structure.
    if pages.tags.is_empty() {
        sink.push(Diagnostic::error("pdf-tags", say!("the document has no structure")));
    }
    for tag in &pages.tags {
        // ISO 14289-1, 7.3.
        if tag.role == Role::Figure && tag.alt.as_ref().is_none_or(|alt| alt.trim().is_empty()) {
            let fault = Diagnostic::error(
                "pdf-alt",
                say!("a picture has no alternative text for those who do not see it"),
            );
            report(
                pages,
                sink,
                tag.span,
                fault.hint(say!("write `alt=\"…\"`; for an ornament, `alt=\"\"`")),
            );
        }
    }
    headings(pages, sink);
    inks(pages, sink);
}

/// ISO 14289-1, 7.4.2: the first heading is of level 1, and none skips a level on the way down.
fn headings(pages: &Pages, sink: &mut Sink) {
    let levels = pages.tags.iter().filter_map(|tag| {
        if let Role::Heading(level) = tag.role { Some((level, tag)) } else { None }
    });
    let mut before = 0;
    for (level, tag) in levels {
        if level > before + 1 {
            let message = match before {
                0 => say!("the first heading is `h{level}`", level),
                _ => say!("`h{level}` follows `h{before}`: a level is skipped", level, before),
            };
            let fault = Diagnostic::error("pdf-heading", message).hint(say!(
                "make it `h{before}`, and set its size in the stylesheet",
                before = before + 1
            ));
            report(pages, sink, tag.span, fault);
        }
        before = level;
    }
}

/// ISO 19005-2, 6.2.4.3: inks need a printing condition, and ours is a screen's.
fn inks(pages: &Pages, sink: &mut Sink) {
    for item in pages.pages.iter().flat_map(|p| &p.items) {
        let Paint::Image { image, .. } = &item.paint else { continue };
        // The output intent is sRGB, and inks need one of their own (ISO 19005-2, 6.2.4.3).
        if matches!(image.data, ImageData::Jpeg { components: 4, .. }) {
            let span = tag_of(pages, item.mark).and_then(|t| t.span);
            let fault = Diagnostic::error(
                "pdf-cmyk",
                say!(
                    "the picture `{image}` is in CMYK, which PDF/A does not allow here",
                    image = image.name
                ),
            );
            report(pages, sink, span, fault.hint(say!("save it as an RGB JPEG")));
        }
    }
}

fn tag_of(pages: &Pages, mark: crate::layout::Mark) -> Option<&Tag> {
    match mark {
        crate::layout::Mark::Content { tag, .. } => pages.tags.get(tag.0 as usize),
        crate::layout::Mark::Artifact(_) => None,
    }
}

fn report(pages: &Pages, sink: &mut Sink, span: Option<Span>, fault: Diagnostic) {
    // The way out of each fault but a lesser standard.
    let otherwise = say!("or ask for a plain PDF with the standard `none`");
    sink.push(fault.at(span.and_then(|s| pages.sources.place(s))).hint(otherwise));
}
