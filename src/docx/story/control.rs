//! Content controls: bound to a field of the document where there is nothing but text, and plain
//! where its look is all of a style.

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
    if let Some(shown) = text_alone(&runs) {
        if let Some(fields) = &mut writer.ids.fields {
            let place = span.and_then(|span| writer.tree.sources.place(span));
            let data: &[Datum] = place.as_ref().map_or(&[], |place| place.data());
            kind.push(fields.bind(name, &shown, data));
        }
        // LibreOffice gives a plain control the look of its styles alone: a size fitted to the text
        // would be lost, and the page with it.
        let of_style = |el: &El| STYLED.iter().any(|name| el.name == *name);
        if runs.first().and_then(look).is_none_or(|look| look.elements().all(of_style)) {
            kind.push(El::new("w:text"));
        }
    }
    writer.ids.control(name, kind, runs)
}

/// What runs may have without looking other than their styles say.
const STYLED: [&str; 3] = ["w:rStyle", "w:lang", "w:noProof"];

/// What a run says of its own look.
fn look(run: &El) -> Option<&El> {
    run.find("w:rPr")
}

/// The text of runs that look alike and hold nothing else: such a control has one look.
fn text_alone(runs: &[El]) -> Option<String> {
    let first = look(runs.first()?);
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
