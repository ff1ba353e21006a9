//! The XML of a part as a tree that is written as it was read: only what is changed is written
//! anew.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::diag::{Message, say};
use crate::limits;

/// How deep elements may lie in each other: they are walked by recursion.
const DEEPEST: usize = 200;

/// What stands in a cell's properties before its margins, in the order of the schema.
const CELL_PROPERTIES: [&str; 7] =
    ["w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd"];

/// A piece of a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WordNode {
    El(WordElement),
    /// Text, escaped as it stands in the file.
    Text(String),
    /// A comment, an instruction, the XML declaration; nothing, where something was taken away.
    Raw(String),
    /// A tag, by its place among those of the part.
    Tag(usize),
}

/// An element of a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordElement {
    /// With its prefix: `w:p`.
    pub(super) name: String,
    /// As they are written, each with a space before it.
    pub(super) attributes: String,
    pub(super) children: Vec<WordNode>,
}

impl WordNode {
    /// The node as the file has it; tags are written by templates only.
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) | Self::Raw(text) => out.push_str(text),
            Self::Tag(_) => {}
            Self::El(el) if el.children.is_empty() => {
                out.extend(["<", &el.name, &el.attributes, "/>"]);
            }
            Self::El(el) => {
                out.extend(["<", &el.name, &el.attributes, ">"]);
                el.children.iter().for_each(|node| node.write(out));
                out.extend(["</", &el.name, ">"]);
            }
        }
    }
}

impl WordElement {
    pub(super) fn new(name: &str, attributes: &str, children: Vec<WordNode>) -> Self {
        Self { name: name.to_owned(), attributes: attributes.to_owned(), children }
    }

    /// The value of an attribute, unescaped.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        attribute(&self.attributes, name)
    }

    /// The attributes with another value of one that they have.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        if let Some(range) = attribute_range(&self.attributes, name) {
            self.attributes.replace_range(range, value);
        }
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            WordNode::El(el) => Some(el),
            _ => None,
        })
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            WordNode::El(el) => Some(el),
            _ => None,
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find(|el| el.name == name)
    }

    /// Puts XML in the place of a property of a cell, where the schema has it (17.4.69).
    pub(super) fn put_property(&mut self, name: &str, xml: &str) {
        self.put_properties(name, [WordNode::Raw(xml.to_owned())]);
    }

    /// Puts nodes in the place of a property of a cell.
    pub(super) fn put_properties(&mut self, name: &str, nodes: impl IntoIterator<Item = WordNode>) {
        if !matches!(self.children.first(), Some(WordNode::El(el)) if el.name == "w:tcPr") {
            self.children.insert(0, WordNode::El(Self::new("w:tcPr", "", Vec::new())));
        }
        let Some(WordNode::El(properties)) = self.children.first_mut() else { return };
        let of = |node: &WordNode| match node {
            WordNode::El(el) => CELL_PROPERTIES.iter().position(|known| *known == el.name),
            _ => None,
        };
        let own = CELL_PROPERTIES.iter().position(|known| *known == name);
        properties.children.retain(|node| of(node) != own || own.is_none());
        let after =
            properties.children.iter().rposition(|node| of(node).is_some_and(|at| Some(at) < own));
        let at = after.map_or(0, |at| at + 1);
        properties.children.splice(at..at, nodes);
    }

    /// The element at the end of a way through the children.
    pub(super) fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        match self.children.get_mut(*first) {
            Some(WordNode::El(el)) => el.at_mut(rest),
            _ => None,
        }
    }

    pub(super) fn at(&self, path: &[usize]) -> Option<&Self> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        match self.children.get(*first) {
            Some(WordNode::El(el)) => el.at(rest),
            _ => None,
        }
    }

    /// Its text, unescaped.
    pub(super) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            WordNode::Text(text) => Some(unescape(text)),
            _ => None,
        });
        texts.collect()
    }

    /// Whether it, or an element in it, has that name.
    pub(super) fn holds(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str()) || self.elements().any(|el| el.holds(names))
    }
}

/// The range of an attribute's value among attributes as they are written.
pub(super) fn attribute_range(attributes: &str, name: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = attributes[from..].find(name).map(|at| at + from) {
        from = at + name.len();
        let apart = attributes[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let rest = attributes[from..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        let Some(quote) = value.chars().next().filter(|c| apart && matches!(c, '"' | '\'')) else {
            continue;
        };
        let start = attributes.len() - value.len() + 1;
        return attributes[start..].find(quote).map(|end| start..start + end);
    }
    None
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    attribute_range(attributes, name).map(|range| unescape(&attributes[range]))
}

pub(super) fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

pub(super) fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// Reads a part. The element at the top has no name and holds all that stands beside the root.
pub(super) fn read(bytes: &[u8]) -> Result<WordElement, Message> {
    let text = std::str::from_utf8(bytes).map_err(|e| Message::verbatim(e.to_string()))?;
    let text = usual_prefix(text.trim_start_matches('\u{feff}'));
    let mut reader = Reader::from_str(&text);
    let mut stack = vec![WordElement::new("", "", Vec::new())];
    let unbalanced = || say!("its tags do not match");
    loop {
        limits::tick();
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| Message::verbatim(e.to_string()))?;
        let raw = text.get(start..reader.buffer_position() as usize).unwrap_or_default();
        let node = match event {
            Event::Start(_) => {
                if stack.len() > DEEPEST {
                    return Err(say!("elements are nested more than {most} deep", most = DEEPEST));
                }
                stack.push(element(raw.trim_start_matches('<').trim_end_matches('>')));
                continue;
            }
            Event::Empty(_) => {
                WordNode::El(element(raw.trim_start_matches('<').trim_end_matches("/>")))
            }
            Event::End(_) => WordNode::El(stack.pop().ok_or_else(unbalanced)?),
            Event::Text(_) | Event::GeneralRef(_) => WordNode::Text(raw.to_owned()),
            Event::CData(data) => WordNode::Text(escape(&data)),
            Event::Eof => break,
            _ => WordNode::Raw(raw.to_owned()),
        };
        let children = &mut stack.last_mut().ok_or_else(unbalanced)?.children;
        match (children.last_mut(), node) {
            // The reader gives entities apart from the text around them.
            (Some(WordNode::Text(before)), WordNode::Text(text)) => before.push_str(&text),
            (_, node) => children.push(node),
        }
    }
    stack.pop().filter(|_| stack.is_empty()).ok_or_else(unbalanced)
}

fn element(tag: &str) -> WordElement {
    let end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    WordElement::new(&tag[..end], tag[end..].trim_end(), Vec::new())
}

/// The text with Word's own prefix for its words. Nearly all programs write it; some libraries of
/// XML number their prefixes.
fn usual_prefix(text: &str) -> std::borrow::Cow<'_, str> {
    let known = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main\"",
        "http://purl.oclc.org/ooxml/wordprocessingml/main\"",
    ];
    let head = &text[..text.floor_char_boundary(8192)];
    let named = known.iter().find_map(|namespace| {
        let declared = &head[..head.find(&format!("=\"{namespace}"))?];
        declared.rsplit_once("xmlns:").map(|(_, prefix)| prefix)
    });
    match named {
        Some(prefix) if prefix != "w" && prefix.bytes().all(|b| b.is_ascii_alphanumeric()) => text
            .replace(&format!("<{prefix}:"), "<w:")
            .replace(&format!("</{prefix}:"), "</w:")
            .replace(&format!(" {prefix}:"), " w:")
            .replace(&format!("xmlns:{prefix}="), "xmlns:w=")
            .into(),
        _ => text.into(),
    }
}
