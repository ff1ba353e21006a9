//! What all paragraphs of a style say for themselves is taken up into the style: whoever changes
//! the style in Word then changes all of them.
//!
//! Takes the finished paragraphs of all stories, wherever they stand in tables and text boxes, and
//! takes out of them what their style now says.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::numbering::{ListItem, ListRegistry};
use super::styles::StyleRegistry;
use crate::docx::package::xml::{El, Str, XmlNode};

/// What a style can say for its paragraphs.
const HELD: [&str; 9] = [
    "w:keepNext",
    "w:keepLines",
    "w:widowControl",
    "w:pBdr",
    "w:shd",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:jc",
    "w:tabs",
];

/// The `w:pPr` of paragraphs by the id of their style.
type ByStyle<'e> = BTreeMap<Str, Vec<&'e mut El>>;

/// Gathers for all styles. `stories` are the roots in which paragraphs stand.
///
/// If all paragraphs of a style are points of lists, the style has the number that most of them
/// have, so that a paragraph that is given the style gets one. One point without a number keeps
/// the number out of the style: judges of packages do not know numbering 0, which takes it away
/// again.
pub(crate) fn gather<'e>(
    styles: &mut StyleRegistry,
    lists: &mut ListRegistry,
    stories: impl Iterator<Item = &'e mut El>,
) {
    let mut found = ByStyle::new();
    stories.for_each(|el| collect(el, &mut found));
    for style in styles.paragraphs_mut() {
        let mut paragraphs = found.remove(&Str::new(&style.id)).unwrap_or_default();
        style.gathered = take_common(&mut paragraphs);
        if let Some(item) = most_frequent(&paragraphs, lists)
            && lists.link(item, &style.id)
        {
            for properties in &mut paragraphs {
                if number(properties) == Some((item.number, item.level)) {
                    properties.children.retain(|node| !is_named(node, "w:numPr"));
                }
            }
            style.gathered.push(item.element());
            style.gathered.push(list_indents(item));
        }
    }
}

/// Finds the paragraphs with a style in an element, those of its text boxes too.
fn collect<'e>(el: &'e mut El, found: &mut ByStyle<'e>) {
    let is_paragraph = el.name == "w:p";
    for node in &mut el.children {
        let XmlNode::El(child) = node else { continue };
        if is_paragraph && child.name == "w:pPr" {
            let style = child.find("w:pStyle").and_then(|style| style.value("w:val")).cloned();
            if let Some(style) = style {
                found.entry(style).or_default().push(child);
            }
        } else if !child.children.is_empty() {
            collect(child, found);
        }
    }
}

/// Takes out of paragraphs what all of them say and a style can hold.
fn take_common(paragraphs: &mut [&mut El]) -> Vec<El> {
    // The indents of a list win over those of a style.
    let listed = paragraphs.iter().any(|properties| properties.find("w:numPr").is_some());
    let held = |el: &&El| HELD.contains(&el.name.as_ref()) || (el.name == "w:ind" && !listed);
    let common: Vec<El> = paragraphs
        .first()
        .into_iter()
        .flat_map(|first| first.elements())
        .filter(held)
        .filter(|el| {
            paragraphs.iter().all(|properties| properties.elements().any(|own| own == *el))
        })
        .cloned()
        .collect();
    if !common.is_empty() {
        for properties in paragraphs {
            properties
                .children
                .retain(|node| !matches!(node, XmlNode::El(el) if common.contains(el)));
        }
    }
    common
}

/// The list item that most of the paragraphs are, if all are items; the first of several that are
/// as many.
fn most_frequent(paragraphs: &[&mut El], lists: &ListRegistry) -> Option<ListItem> {
    // A list that begins anew is still the same list: its items are counted by where the list
    // began.
    let firsts: Vec<ListItem> = paragraphs
        .iter()
        .filter_map(|properties| number(properties))
        .filter_map(|(number, level)| lists.first_of(number, level))
        .collect();
    let most = firsts.iter().copied().max_by_key(|item| {
        let count = firsts.iter().filter(|other| *other == item).count();
        // Of equals the one that comes first in the document.
        let at = firsts.iter().position(|other| other == item);
        (count, Reverse(at))
    });
    most.filter(|_| firsts.len() == paragraphs.len())
}

/// The numbering and level that a paragraph says for itself.
fn number(properties: &El) -> Option<(usize, usize)> {
    let number = properties.find("w:numPr")?;
    let value = |name: &str| number.find(name)?.get("w:val")?.parse().ok();
    Some((value("w:numId")?, value("w:ilvl")?))
}

fn is_named(node: &XmlNode, name: &str) -> bool {
    matches!(node, XmlNode::El(el) if el.name == name)
}

/// The indents of a list's level, which a style that has its number must repeat: its own would win.
fn list_indents(item: ListItem) -> El {
    let indents = El::new("w:ind").with("w:left", item.indent.left);
    match item.indent.first {
        first if first < 0 => indents.with("w:hanging", -first),
        first => indents.with("w:firstLine", first),
    }
}
