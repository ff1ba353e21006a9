//! A small XML tree: what everything in a package is made of, in memory and cheap to copy.
//!
//! Ground floor: it knows no word of WordprocessingML. Stories and registries make elements, the
//! package puts them in the schema's order and writes them.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use smallvec::SmallVec;

use crate::cache::equal;

/// An element. Attribute values are unescaped in memory and escaped when written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct El {
    pub(crate) name: Str,
    pub(crate) attributes: SmallVec<[(Str, Str); 1]>,
    pub(crate) children: Vec<XmlNode>,
}

/// An element or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum XmlNode {
    El(El),
    Text(String),
}

/// A name or a value. Nearly all are words of the format or short, so that elements are cheap to
/// make and to copy.
#[derive(Clone)]
pub(crate) enum Str {
    Word(&'static str),
    /// Its length and its bytes.
    Short(u8, [u8; SHORT]),
    Shared(Arc<str>),
}

/// The inline capacity, so that `Str` is as large as the two words of its other variants and a tag.
const SHORT: usize = 22;

impl Str {
    pub(crate) fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short(text.len() as u8, bytes)
            }
            None => Self::Shared(text.into()),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Word(word) => word.as_bytes(),
            Self::Short(length, bytes) => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Shared(text) => text.as_bytes(),
        }
    }
}

impl Deref for Str {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Word(word) => word,
            // Never empty by a fault: the bytes were those of a `str`, and nobody else changes
            // them.
            Self::Short(..) => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Self::Shared(text) => text,
        }
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Default for Str {
    fn default() -> Self {
        Self::Word("")
    }
}

impl From<&'static str> for Str {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            // The same word of the format, as a rule: nothing has to be read.
            (Self::Word(a), Self::Word(b)) => equal(*a, *b),
            // By what it says and not by where that lies: a name of the format may have been read
            // or written.
            _ => self.as_bytes() == other.as_bytes(),
        }
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// What an attribute may be set to.
pub(crate) trait AttributeValue {
    /// As it is written.
    fn text(self) -> Str;
}

impl AttributeValue for &'static str {
    fn text(self) -> Str {
        Str::Word(self)
    }
}

impl AttributeValue for Str {
    fn text(self) -> Str {
        self
    }
}

impl AttributeValue for String {
    fn text(self) -> Str {
        self.into()
    }
}

impl AttributeValue for &String {
    fn text(self) -> Str {
        Str::new(self)
    }
}

macro_rules! number {
    ($($kind:ty),*) => {$(
        impl AttributeValue for $kind {
            fn text(self) -> Str {
                // Most of what is written are whole numbers, for which `fmt` takes three times as
                // long.
                Str::new(itoa::Buffer::new().format(self))
            }
        }
    )*};
}

number!(u8, u32, i32, i64, usize);

impl AttributeValue for f64 {
    fn text(self) -> Str {
        self.to_string().into()
    }
}

impl Clone for El {
    fn clone(&self) -> Self {
        let mut attributes = SmallVec::with_capacity(self.attributes.len());
        self.attributes.iter().for_each(|attribute| attributes.push(attribute.clone()));
        Self { name: self.name.clone(), attributes, children: self.children.clone() }
    }
}

impl El {
    pub(crate) fn new(name: impl Into<Str>) -> Self {
        Self { name: name.into(), attributes: SmallVec::new(), children: Vec::new() }
    }

    /// An element with these children; nothing without any: an empty `w:rPr` says nothing.
    pub(crate) fn filled(
        name: &'static str,
        children: impl IntoIterator<Item = Self>,
    ) -> Option<Self> {
        let el = Self::new(name).children(children);
        (!el.children.is_empty()).then_some(el)
    }

    /// `<name w:val="value"/>`, the commonest element of WordprocessingML.
    pub(crate) fn val(name: &'static str, value: impl AttributeValue) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub(crate) fn with(mut self, name: impl Into<Str>, value: impl AttributeValue) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().for_each(|child| self.push(child));
        self
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.add(XmlNode::Text(text.into()));
        self
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.add(XmlNode::El(child));
    }

    fn add(&mut self, node: XmlNode) {
        // Most elements have one child, and a list that grows begins with room for four.
        if self.children.capacity() == 0 {
            self.children.reserve_exact(1);
        }
        self.children.push(node);
    }

    /// Puts a child before the one at that place.
    pub(crate) fn insert(&mut self, at: usize, child: Self) {
        self.children.insert(at.min(self.children.len()), XmlNode::El(child));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.value(name).map(|value| &**value)
    }

    /// The value of an attribute, to be copied without its text.
    pub(crate) fn value(&self, name: &str) -> Option<&Str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub(crate) fn set(&mut self, name: impl Into<Str>, value: impl AttributeValue) {
        let (name, value) = (name.into(), value.text());
        // No attribute stands twice in a tag (XML 1.0, 3.1), so the later value takes the place.
        match self.attributes.iter_mut().find(|(n, _)| *n == name) {
            Some((_, v)) => *v = value,
            None => self.attributes.push((name, value)),
        }
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::El(el) => Some(el),
            XmlNode::Text(_) => None,
        })
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find(|el| el.name == name)
    }

    /// The first child of that name, made if there is none.
    pub(crate) fn ensure(&mut self, name: &'static str) -> &mut Self {
        let at = self
            .children
            .iter()
            .position(|node| matches!(node, XmlNode::El(el) if el.name == name))
            .unwrap_or_else(|| {
                self.push(Self::new(name));
                self.children.len() - 1
            });
        match &mut self.children[at] {
            XmlNode::El(el) => el,
            XmlNode::Text(_) => unreachable!("found as an element"),
        }
    }

    /// The first child, which has that name; made if it is not there.
    pub(crate) fn ensure_first(&mut self, name: &'static str) -> &mut Self {
        // Taken out it leaves an element without a name, which is how it is found again: nothing
        // else has none.
        let target = std::mem::take(self.ensure(name));
        self.children.retain(|node| !matches!(node, XmlNode::El(el) if el.name.is_empty()));
        self.children.insert(0, XmlNode::El(Self { name: name.into(), ..target }));
        match &mut self.children[0] {
            XmlNode::El(el) => el,
            XmlNode::Text(_) => unreachable!("just put there"),
        }
    }

    /// Puts a child in the place of the one of the same name, or at the end.
    pub(crate) fn replace(&mut self, child: Self) {
        let same = self
            .children
            .iter_mut()
            .find(|node| matches!(node, XmlNode::El(el) if el.name == child.name));
        match same {
            Some(place) => *place = XmlNode::El(child),
            None => self.push(child),
        }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(b'<');
        out.extend_from_slice(self.name.as_bytes());
        for (name, value) in &self.attributes {
            out.push(b' ');
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"=\"");
            escape(value.as_bytes(), out);
            out.push(b'"');
        }
        if self.children.is_empty() {
            out.extend_from_slice(b"/>");
            return;
        }
        out.push(b'>');
        for node in &self.children {
            match node {
                XmlNode::El(el) => el.write(out),
                XmlNode::Text(text) => escape(text.as_bytes(), out),
            }
        }
        out.extend_from_slice(b"</");
        out.extend_from_slice(self.name.as_bytes());
        out.push(b'>');
    }

    /// The element as a part of the package.
    pub(crate) fn part(&self) -> Vec<u8> {
        // Most documents and all headers are no longer, so that nothing is moved while it grows.
        let mut out = Vec::with_capacity(8192);
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut out);
        out
    }
}

fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut written = 0;
    for (at, byte) in text.iter().enumerate() {
        let entity: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            // In `]]>` it must be escaped (XML 1.0, 2.4), and everywhere else it may be.
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            // White space in attributes would be normalised to spaces by a reader.
            b'\n' => b"&#10;",
            b'\r' => b"&#13;",
            b'\t' => b"&#9;",
            _ => continue,
        };
        out.extend_from_slice(&text[written..at]);
        out.extend_from_slice(entity);
        written = at + 1;
    }
    out.extend_from_slice(&text[written..]);
}

/// Whether XML 1.0 can hold the character at all (production 2, Char).
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
        || c >= '\u{10000}'
}

/// How deep elements may be nested.
const DEEPEST: usize = 500;

/// Parses what others wrote: docx-rs, or a word processor that saved the file.
pub(crate) fn parse(bytes: &[u8]) -> Result<El, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    let mut reader = Reader::from_str(text);
    // The one at the bottom has no name and holds the root, so that all tags are treated alike.
    let mut stack = vec![El::default()];
    let put = |stack: &mut Vec<El>, node: XmlNode| {
        stack.last_mut().map(|top| top.children.push(node)).ok_or("unbalanced tags")
    };
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            // What is nested deeper than any document is walked and dropped by recursion.
            Event::Start(_) if stack.len() > DEEPEST => return Err("nested too deeply".into()),
            Event::Start(start) => stack.push(element(&start)?),
            Event::Empty(start) => put(&mut stack, XmlNode::El(element(&start)?))?,
            Event::End(_) => {
                let el = stack.pop().ok_or("unbalanced tags")?;
                put(&mut stack, XmlNode::El(el))?;
            }
            Event::Text(text) => put(&mut stack, XmlNode::Text(text.as_ref().to_owned()))?,
            // The reader gives entities apart from the text around them.
            Event::GeneralRef(name) => {
                let raw = format!("&{};", name.as_ref() as &str);
                put(
                    &mut stack,
                    XmlNode::Text(
                        quick_xml::escape::unescape(&raw).map_err(|e| e.to_string())?.into_owned(),
                    ),
                )?;
            }
            Event::Eof => break,
            // Comments, declarations and processing instructions say nothing of the document.
            _ => {}
        }
    }
    // What is left above the bottom was never closed.
    let root = stack.pop().filter(|_| stack.is_empty()).ok_or("unclosed element")?;
    let element = root.children.into_iter().find_map(|node| match node {
        XmlNode::El(el) => Some(el),
        XmlNode::Text(_) => None,
    });
    element.ok_or_else(|| "no element".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<El, String> {
    let mut el = El::new(Str::new(start.name().as_ref()));
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?;
        el.attributes.push((Str::new(attribute.key.as_ref()), Str::new(&value)));
    }
    Ok(el)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_written_as_they_are() {
        for number in [0, 7, -1, 240, -31_680, i64::MAX, i64::MIN] {
            assert_eq!(*number.text(), *number.to_string());
        }
        let long = "длинное имя, которое не помещается";
        assert_eq!((&*Str::new(long), &*Str::new("имя"), &*Str::new("")), (long, "имя", ""));
        let el = El::new("w:t").with("w:val", "a\"<\n".to_owned()).text("b & c > d");
        let written = el.part();
        assert!(written.ends_with(b"<w:t w:val=\"a&quot;&lt;&#10;\">b &amp; c &gt; d</w:t>"));
        assert_eq!(parse(&written).map(|el| el.part()), Ok(written));
    }
}
