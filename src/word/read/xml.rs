//! What is asked of WordprocessingML's elements.
//!
//! The ground floor of reading; all other files here ask by it.

use roxmltree::{Document, Node, ParsingOptions};

use crate::diag::{Diagnostic, say};

/// An element of a part.
pub(super) type XmlEl<'a> = Node<'a, 'a>;

/// The most elements and texts of a part. Word itself writes some hundred for each page.
const MAX_NODES: u32 = 4_000_000;

/// The XML of a part.
pub(super) fn parse<'a>(name: &str, bytes: &'a [u8]) -> Result<Document<'a>, Diagnostic> {
    let broken = |why: String| {
        let message = say!("the part `{name}` of the DOCX is not XML: {why}", name, why);
        Diagnostic::error("word-broken", message)
            .hint(say!("open the file in Word and save it again"))
    };
    let text = std::str::from_utf8(bytes).map_err(|error| broken(error.to_string()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    let options = ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| broken(error.to_string()))
}

/// An element's name without its prefix; empty for text.
pub(super) fn name<'a>(el: XmlEl<'a>) -> &'a str {
    if el.is_element() { el.tag_name().name() } else { "" }
}

/// The first child of that name.
pub(super) fn child<'a>(el: XmlEl<'a>, name: &str) -> Option<XmlEl<'a>> {
    el.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The children of that name.
pub(super) fn children<'a>(el: XmlEl<'a>, name: &'a str) -> impl Iterator<Item = XmlEl<'a>> {
    el.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first element of that name within.
pub(super) fn within<'a>(el: XmlEl<'a>, name: &str) -> Option<XmlEl<'a>> {
    el.descendants().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// An attribute by its local name: prefixes and namespaces differ between the strict and the
/// transitional format.
pub(super) fn attr<'a>(el: XmlEl<'a>, name: &str) -> Option<&'a str> {
    el.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The attribute `val` of a child.
pub(super) fn val<'a>(el: XmlEl<'a>, name: &str) -> Option<&'a str> {
    child(el, name).and_then(|child| attr(child, "val"))
}

/// Whether a child says yes (ECMA-376 Part 1, 17.17.4): without a value it does.
pub(super) fn on(el: XmlEl<'_>, name: &str) -> bool {
    child(el, name).is_some_and(|child| attr(child, "val").is_none_or(is_on))
}

/// Whether a value is a yes.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// A length in points: twentieths of a point, or a number with a unit as the strict format has it.
pub(super) fn twips(value: &str) -> Option<f64> {
    let value = value.trim();
    if let Ok(number) = value.parse::<f64>() {
        return Some(number / 20.0);
    }
    let split = value.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = value.split_at(split);
    let points = match unit {
        "pt" => 1.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        "pc" | "pi" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * points)
}

/// A length in points from English Metric Units, of which 12,700 are a point.
pub(super) fn emu(value: &str) -> Option<f64> {
    Some(value.trim().parse::<f64>().ok()? / 12_700.0)
}
