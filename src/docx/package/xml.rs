//! A small XML tree for finishing parts: names, attributes and text as they are written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::zip::Bytes;

/// An element. Attribute values are unescaped in memory and escaped when written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct El {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

/// An element or text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    El(El),
    Text(String),
}

impl El {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// `<name w:val="value"/>`, the commonest element of WordprocessingML.
    pub(crate) fn val(name: &str, value: impl ToString) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
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
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(crate) fn set(&mut self, name: &str, value: impl ToString) {
        let value = value.to_string();
        match self.attributes.iter_mut().find(|(n, _)| n == name) {
            Some((_, v)) => *v = value,
            None => self.attributes.push((name.to_owned(), value)),
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
    pub(crate) fn ensure(&mut self, name: &str) -> &mut Self {
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
    pub(crate) fn ensure_first(&mut self, name: &str) -> &mut Self {
        let target = std::mem::take(self.ensure(name));
        self.children.retain(|node| !matches!(node, Node::El(el) if el.name.is_empty()));
        self.children.insert(0, Node::El(Self { name: name.to_owned(), ..target }));
        match &mut self.children[0] {
            Node::El(el) => el,
            Node::Text(_) => unreachable!("just put there"),
        }
    }

    /// Puts a child in the place of the one of the same name, or at the end.
    pub(crate) fn replace(&mut self, child: Self) {
        let name = child.name.clone();
        *self.ensure(&name) = child;
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
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(&mut out);
        Bytes::Own(out.into_bytes())
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // White space in attributes would be normalised to spaces by a reader.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
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
    let mut el = El::new(start.name().as_ref());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?.into_owned();
        el.attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(el)
}
