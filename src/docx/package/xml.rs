//! A small XML tree for finishing parts: names, attributes and text as they are written.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use smallvec::SmallVec;

use super::zip::Bytes;

/// An element. Attribute values are unescaped in memory and escaped when written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct El {
    pub(crate) name: Str,
    pub(crate) attributes: SmallVec<[(Str, Str); 1]>,
    pub(crate) children: Vec<Node>,
}

/// An element or text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    El(El),
    Text(String),
}

/// A name or a value. Nearly all are words of the format; the others are shared, so that elements are cheap to copy.
#[derive(Clone)]
pub(crate) enum Str {
    Word(&'static str),
    Shared(Arc<str>),
}

impl Deref for Str {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Word(word) => word,
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
        Self::Shared(text.into())
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// What an attribute may be set to.
pub(crate) trait Value {
    /// As it is written.
    fn text(self) -> Str;
}

impl Value for &'static str {
    fn text(self) -> Str {
        Str::Word(self)
    }
}

impl Value for Str {
    fn text(self) -> Str {
        self
    }
}

impl Value for String {
    fn text(self) -> Str {
        self.into()
    }
}

impl Value for &String {
    fn text(self) -> Str {
        Str::Shared(self.as_str().into())
    }
}

/// The commonest numbers need no memory.
macro_rules! number {
    ($($kind:ty),*) => {$(
        impl Value for $kind {
            fn text(self) -> Str {
                match self {
                    0 => Str::Word("0"),
                    1 => Str::Word("1"),
                    2 => Str::Word("2"),
                    240 => Str::Word("240"),
                    _ => self.to_string().into(),
                }
            }
        }
    )*};
}

number!(u8, u32, i32, i64, usize);

impl Value for f64 {
    fn text(self) -> Str {
        self.to_string().into()
    }
}

impl El {
    pub(crate) fn new(name: impl Into<Str>) -> Self {
        Self { name: name.into(), attributes: SmallVec::new(), children: Vec::new() }
    }

    /// `<name w:val="value"/>`, the commonest element of WordprocessingML.
    pub(crate) fn val(name: &'static str, value: impl Value) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub(crate) fn with(mut self, name: impl Into<Str>, value: impl Value) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::El));
        self
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    pub(crate) fn push(&mut self, child: Self) {
        self.children.push(Node::El(child));
    }

    /// Puts a child before the one at that place.
    pub(crate) fn insert(&mut self, at: usize, child: Self) {
        self.children.insert(at.min(self.children.len()), Node::El(child));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
    }

    pub(crate) fn set(&mut self, name: impl Into<Str>, value: impl Value) {
        let (name, value) = (name.into(), value.text());
        match self.attributes.iter_mut().find(|(n, _)| *n == name) {
            Some((_, v)) => *v = value,
            None => self.attributes.push((name, value)),
        }
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::El(el) => Some(el),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find(|el| el.name == name)
    }

    /// The first child of that name, made if there is none.
    pub(crate) fn ensure(&mut self, name: &'static str) -> &mut Self {
        let at = self.children.iter().position(|node| matches!(node, Node::El(el) if el.name == name)).unwrap_or_else(|| {
            self.push(Self::new(name));
            self.children.len() - 1
        });
        match &mut self.children[at] {
            Node::El(el) => el,
            Node::Text(_) => unreachable!("found as an element"),
        }
    }

    /// The first child, which has that name; made if it is not there.
    pub(crate) fn ensure_first(&mut self, name: &'static str) -> &mut Self {
        let target = std::mem::take(self.ensure(name));
        self.children.retain(|node| !matches!(node, Node::El(el) if el.name.is_empty()));
        self.children.insert(0, Node::El(Self { name: name.into(), ..target }));
        match &mut self.children[0] {
            Node::El(el) => el,
            Node::Text(_) => unreachable!("just put there"),
        }
    }

    /// Puts a child in the place of the one of the same name, or at the end.
    pub(crate) fn replace(&mut self, child: Self) {
        let same = self.children.iter_mut().find(|node| matches!(node, Node::El(el) if el.name == child.name));
        match same {
            Some(place) => *place = Node::El(child),
            None => self.push(child),
        }
    }

    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::El(el) => el.write(out),
                Node::Text(text) => escape(text, out),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }

    /// The element as a part of the package.
    pub(crate) fn part(&self) -> Bytes {
        let mut out = String::with_capacity(8192);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut out);
        Bytes::Own(out.into_bytes())
    }
}

fn escape(text: &str, out: &mut String) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // White space in attributes would be normalised to spaces by a reader.
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            b'\t' => "&#9;",
            _ => continue,
        };
        out.push_str(&text[written..at]);
        out.push_str(entity);
        written = at + 1;
    }
    out.push_str(&text[written..]);
}

/// Whether XML 1.0 can hold the character at all (production 2, Char).
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Parses a part that docx-rs wrote.
pub(crate) fn parse(bytes: &[u8]) -> Result<El, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    let mut reader = Reader::from_str(text);
    let mut stack = vec![El::default()];
    let put = |stack: &mut Vec<El>, node: Node| stack.last_mut().map(|top| top.children.push(node)).ok_or("unbalanced tags");
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => stack.push(element(&start)?),
            Event::Empty(start) => put(&mut stack, Node::El(element(&start)?))?,
            Event::End(_) => {
                let el = stack.pop().ok_or("unbalanced tags")?;
                put(&mut stack, Node::El(el))?;
            }
            Event::Text(text) => put(&mut stack, Node::Text(text.as_ref().to_owned()))?,
            Event::GeneralRef(name) => {
                let raw = format!("&{};", name.as_ref() as &str);
                put(&mut stack, Node::Text(quick_xml::escape::unescape(&raw).map_err(|e| e.to_string())?.into_owned()))?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let root = stack.pop().filter(|_| stack.is_empty()).ok_or("unclosed element")?;
    let element = root.children.into_iter().find_map(|node| match node {
        Node::El(el) => Some(el),
        Node::Text(_) => None,
    });
    element.ok_or_else(|| "no element".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<El, String> {
    let mut el = El::new(word(start.name().as_ref()));
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?;
        el.attributes.push((word(attribute.key.as_ref()), word(&value)));
    }
    Ok(el)
}

/// The words that docx-rs writes most.
const WORDS: [&str; 33] = [
    "w:p",
    "w:pPr",
    "w:pStyle",
    "w:rPr",
    "w:bookmarkStart",
    "w:val",
    "w:id",
    "w:name",
    "w14:paraId",
    "w:tbl",
    "w:tblPr",
    "w:tblStyle",
    "w:tblW",
    "w:tblGrid",
    "w:gridCol",
    "w:tr",
    "w:trPr",
    "w:tc",
    "w:tcPr",
    "w:tcW",
    "w:w",
    "w:type",
    "dxa",
    "w:cantSplit",
    "w:vAlign",
    "w:tblLayout",
    "fixed",
    "w:tblBorders",
    "w:jc",
    "left",
    "top",
    "0",
    "w:body",
];

/// A name or value that was read.
fn word(text: &str) -> Str {
    match WORDS.iter().find(|word| **word == text) {
        Some(word) => Str::Word(word),
        None => Str::Shared(text.into()),
    }
}
