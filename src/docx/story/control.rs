//! Content controls: plain text where there is nothing but text, bound to a field of the document.

use crate::diag::{Datum, Span};
use crate::docx::package::xml::{El, XmlNode};
use crate::docx::writer::DocxWriter;

/// Runs as a content control of that name. `span` tells which values of the data they show.
pub(crate) fn control(
    writer: &mut DocxWriter<'_>,
    name: &str,
    span: Option<Span>,
    runs: Vec<El>,
) -> El {
    let mut kind = Vec::new();
    if let Some(shown) = plain_text(&runs) {
        if let Some(fields) = &mut writer.ids.fields {
            let place = span.and_then(|span| writer.tree.sources.place(span));
            let data: &[Datum] = place.as_ref().map_or(&[], |place| place.data());
            kind.push(fields.bind(name, &shown, data));
        }
        kind.push(El::new("w:text"));
    }
    writer.ids.control(name, kind, runs)
}

/// The text of runs that look alike and hold nothing else: a plain control has one look, and
/// LibreOffice takes that from the styles alone, so that a size fitted to the text would be lost.
fn plain_text(runs: &[El]) -> Option<String> {
    let look = |run: &El| run.find("w:rPr").cloned();
    let first = runs.first().map(look)?;
    let of_style =
        |el: &El| ["w:rStyle", "w:lang", "w:noProof"].iter().any(|name| el.name == *name);
    if first.iter().any(|look| !look.elements().all(of_style)) {
        return None;
    }
    let mut text = String::new();
    for run in runs {
        if run.name != "w:r" || look(run) != first {
            return None;
        }
        for el in run.elements().filter(|el| el.name != "w:rPr") {
            let XmlNode::Text(own) = el.children.first().filter(|_| el.name == "w:t")? else {
                return None;
            };
            text.push_str(own);
        }
    }
    Some(text)
}
