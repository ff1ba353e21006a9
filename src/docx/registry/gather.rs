//! Direct formatting common to all paragraphs of a style is hoisted into the style: whoever changes
//! the style in Word then changes all of them.
//!
//! Takes the finished paragraphs of all stories, wherever they stand in tables and text boxes, and
//! takes out of them what their style now says.

use std::collections::BTreeMap;

use super::numbering::{ListItem, ListRegistry};
use super::styles::variants::Suffix;
use super::styles::{StyleId, StyleRegistry};
use crate::docx::package::xml::{El, Str, XmlNode};

/// What a style can say for its paragraphs. With what a paragraph is kept together depends on where
/// it stands, and LibreOffice keeps rows of tables together only by what their paragraphs say.
const HELD: [&str; 8] = [
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
/// If paragraphs of a style are points of lists, the style has the number that most of them have,
/// so that a paragraph that is given the style gets one. Points of another level, those with a
/// bullet and those without a number have styles of their own: judges of packages do not know
/// numbering 0, which takes a number away again.
pub(crate) fn gather<'e>(
    styles: &mut StyleRegistry,
    lists: &mut ListRegistry,
    stories: impl Iterator<Item = &'e mut El>,
) {
    let mut found = ByStyle::new();
    stories.for_each(|el| collect(el, &mut found));
    // Those that are split off below are settled at once.
    for id in styles.ids() {
        let paragraphs = found.remove(&Str::new(&styles.get(id).id)).unwrap_or_default();
        for (id, item, mut paragraphs) in split(styles, lists, id, paragraphs) {
            settle(styles, lists, id, item, &mut paragraphs);
        }
    }
}

/// The paragraphs of a style, and the number that it has for them.
type StyleGroup<'e> = (StyleId, Option<ListItem>, Vec<&'e mut El>);

/// Parts the paragraphs of a style by their numbers: those of the style itself first.
fn split<'e>(
    styles: &mut StyleRegistry,
    lists: &ListRegistry,
    id: StyleId,
    paragraphs: Vec<&'e mut El>,
) -> Vec<StyleGroup<'e>> {
    // A list that begins anew is still the same list: its items are counted by where the list
    // began.
    let first = |properties: &El| {
        number(properties).and_then(|(number, level)| lists.first_of(number, level))
    };
    let mut kinds: Vec<(Option<ListItem>, usize)> = Vec::new();
    for properties in &paragraphs {
        let item = first(properties);
        match kinds.iter_mut().find(|(kind, _)| *kind == item) {
            Some((_, count)) => *count += 1,
            None => kinds.push((item, 1)),
        }
    }
    let plain = kinds.iter().find(|(kind, _)| kind.is_none()).map_or(0, |(_, count)| *count);
    let points = paragraphs.len() - plain;
    let items = kinds.iter().filter(|(kind, _)| kind.is_some());
    // Of equals the one that comes first in the document.
    let most = items.reduce(|best, next| if next.1 > best.1 { next } else { best });
    let most = most.and_then(|(kind, _)| *kind);
    let divisible = styles.is_divisible(id);
    // One point without a number keeps the number out of a style that cannot be parted.
    let own = most.filter(|_| if divisible { points >= plain } else { plain == 0 });
    let mut groups: Vec<StyleGroup<'e>> = vec![(id, own, Vec::new())];
    let mut places: Vec<usize> = vec![0; kinds.len()];
    for (place, (kind, _)) in places.iter_mut().zip(&kinds).filter(|_| divisible) {
        if let Some((id, item)) = apart(styles, lists, id, own, most, *kind) {
            *place = groups.len();
            groups.push((id, item, Vec::new()));
        }
    }
    for properties in paragraphs {
        let item = first(properties);
        let place = kinds.iter().position(|(kind, _)| *kind == item).map_or(0, |at| places[at]);
        let (style, _, group) = &mut groups[place];
        if place > 0 {
            properties.replace(El::val("w:pStyle", &styles.get(*style).id));
        }
        group.push(properties);
    }
    groups
}

/// The style for those paragraphs of the style `id` that are not the item `own`, which it has for
/// most of them, but `kind`. Items of other lists stay: a style has one.
fn apart(
    styles: &mut StyleRegistry,
    lists: &ListRegistry,
    id: StyleId,
    own: Option<ListItem>,
    most: Option<ListItem>,
    kind: Option<ListItem>,
) -> Option<(StyleId, Option<ListItem>)> {
    if kind == own {
        return None;
    }
    let Some(item) = kind else {
        return Some((styles.derive(id, &Suffix::new("без номера", "Unnumbered")), None));
    };
    let suffix = if lists.is_bullet(item) {
        Suffix::new("с маркером", "Bulleted")
    } else if own.is_some_and(|own| lists.are_one(own, item)) {
        let level = (item.level + 1).to_string();
        Suffix::new(&level, &level)
    } else if own.is_none() && most == kind {
        Suffix::new("с номером", "Numbered")
    } else {
        return None;
    };
    Some((styles.on_base(id, &suffix), kind))
}

/// Takes up into a style what its paragraphs have in common, and their number.
fn settle(
    styles: &mut StyleRegistry,
    lists: &mut ListRegistry,
    id: StyleId,
    item: Option<ListItem>,
    paragraphs: &mut [&mut El],
) {
    let gathered = take_common(paragraphs);
    let style = styles.get_mut(id);
    style.gathered = gathered;
    let Some(item) = item else { return };
    let linked = if lists.link(item, &style.id) {
        Some(item)
    } else {
        lists.same_again(item).filter(|again| lists.link(*again, &style.id))
    };
    let Some(linked) = linked else { return };
    for properties in paragraphs {
        if number(properties) == Some((item.number, item.level)) {
            properties.children.retain(|node| !is_named(node, "w:numPr"));
        }
    }
    style.gathered.push(linked.element());
    style.gathered.push(list_indents(linked));
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
