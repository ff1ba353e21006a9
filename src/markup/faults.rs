//! What is wrong with markup that is not XML, in the words of a template's author.

use std::cell::OnceCell;

use roxmltree::Error;

use super::entities::Resolved;
use super::parse::{MARK, span};
use crate::diag::{Diagnostic, Message, Place, Source, Sources, say};

/// The rendered text with its marks: leads an offset back to the template.
#[derive(Debug)]
pub(super) struct Marks<'a> {
    /// The rendered markup as the template engine gave it.
    pub(super) text: &'a str,
    /// What the marks point into.
    pub(super) sources: &'a Sources,
    /// Where its lines begin.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(text: &'a str, sources: &'a Sources) -> Self {
        Self { text, sources, lines: OnceCell::new() }
    }

    /// The fault with its place in the template, as told by the nearest mark before the offset, and
    /// the rendered line as a hint. Without a mark the place is in the rendered markup itself.
    pub(super) fn place(&self, fault: Diagnostic, offset: usize) -> Diagnostic {
        let offset = floor(self.text, offset);
        let tag_end = self.text[offset..].find('>').map_or(self.text.len(), |i| offset + i + 1);
        // A fault in a start tag is told by the mark in that tag, which stands after the tag's
        // beginning.
        let reach = if self.text[offset..].starts_with('<') { tag_end } else { offset };
        match self.nearest(reach) {
            // The template's place is the author's; what was rendered shows which value made the
            // fault.
            Some(place) => fault.at(place).hint(self.line(offset)),
            None => fault.at(self.rendered(offset)),
        }
    }

    fn nearest(&self, end: usize) -> Option<Place> {
        let mut before = &self.text[..end];
        while let Some(at) = before.rfind(MARK) {
            let value =
                self.text[at + MARK.len()..].strip_prefix("=\"").and_then(|v| v.split('"').next());
            if let Some(place) =
                value.and_then(|v| span(v, self.sources)).and_then(|span| self.sources.place(span))
            {
                return Some(place);
            }
            // A mark that came with the data leads nowhere: the one before it is tried.
            before = &before[..at];
        }
        None
    }

    fn rendered(&self, offset: usize) -> Place {
        let length = self.text[offset..].chars().next().map_or(0, char::len_utf8);
        Place::new(Source::new("rendered markup", self.text), offset..offset + length)
    }

    /// The line of the rendered markup, without marks, cut around the offset.
    fn line(&self, offset: usize) -> Message {
        const REACH: usize = 60;
        // Generated markup may be one line of megabytes, and marks are taken out of what is shown.
        const WINDOW: usize = 50 * REACH;
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            [0].into_iter().chain(ends).collect()
        });
        let number = lines.partition_point(|start| *start <= offset);
        let start = lines[number - 1].max(floor(self.text, offset.saturating_sub(WINDOW)));
        let end = lines.get(number).map_or(self.text.len(), |next| next - 1);
        let before = strip(&self.text[start..offset]);
        let after = strip(&self.text[offset..end.min(floor(self.text, offset + WINDOW))]);
        let skip = before.chars().count().saturating_sub(REACH);
        let before: String = before.chars().skip(skip).collect();
        let after: String = after.chars().take(REACH).collect();
        let line = before + &after;
        say!("in the rendered markup, line {number}: `{line}`", number, line = line.trim())
    }
}

/// The text without marks.
fn strip(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(MARK) {
        out.push_str(rest[..at].trim_end());
        let value = &rest[at..];
        rest = match value.match_indices('"').nth(1) {
            Some((quote, _)) => &value[quote + 1..],
            None => "",
        };
    }
    out + rest
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// An XML error as a diagnostic.
// Over 60 lines: one arm for each error of the parser, with the words for its author.
pub(super) fn explain(error: &Error, resolved: &Resolved, marks: &Marks) -> Diagnostic {
    let at = resolved.original(offset(&resolved.text, error.pos()));
    let fault = |message: Message| Diagnostic::error("markup-xml", message);
    match error {
        Error::UnexpectedCloseTag(expected, actual, _) => {
            let at = self_or_before(marks.text, at);
            let message =
                say!("`<{expected}>` is not closed before `</{actual}>`", expected, actual);
            let open = open_tags(&marks.text[..at]);
            if open.iter().all(|tag| tag.name != actual) {
                return marks
                    .place(fault(say!("`</{actual}>` closes nothing", actual)), at)
                    .hint(say!("take it out, or write `<{actual}>` where it begins", actual));
            }
            match open.last() {
                // The author is sent to the tag that was left open, which needs closing, and
                // shown the one that did not fit.
                Some(tag) if tag.name == expected => {
                    let close = marks.line(at);
                    let end = tag.start + marks.text[tag.start..].find('>').map_or(0, |i| i + 1);
                    let fault = match marks.nearest(end) {
                        Some(place) => fault(message).at(place),
                        None => fault(message).at(marks.rendered(tag.start)),
                    };
                    fault
                        .hint(close_it(expected, &say!("before `</{actual}>`", actual)))
                        .hint(close)
                }
                _ => marks.place(fault(message), at),
            }
        }
        // The parser only says that the text ended; which element was open has to be found.
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            match open_tags(marks.text).last() {
                Some(tag) => marks
                    .place(fault(say!("`<{tag}>` is never closed", tag = tag.name)), tag.start)
                    .hint(close_it(tag.name, &say!("where the element ends"))),
                None => marks.place(
                    fault(say!("the markup ends in the middle of a tag or comment")),
                    marks.text.len(),
                ),
            }
        }
        Error::UnknownEntityReference(name, _) => marks
            .place(fault(say!("unknown character reference `&{name};`", name)), at)
            .hint(say!("a plain ampersand is written `&amp;`")),
        Error::MalformedEntityReference(_) => marks
            .place(fault(say!("`&` that begins no character reference")), at)
            .hint(say!("a plain ampersand is written `&amp;`")),
        // XML 1.0, 3.1, as is the next one.
        Error::DuplicatedAttribute(name, _) => {
            marks.place(fault(say!("attribute `{name}` is given twice", name)), at)
        }
        Error::InvalidAttributeValue(_) => marks
            .place(fault(say!("`<` inside an attribute's value")), at)
            .hint(say!("write `&lt;`, or close the quotes before it")),
        Error::UnknownNamespace(prefix, _) => marks
            .place(fault(say!("the prefix `{prefix}:` is not declared", prefix)), at)
            .hint(say!("declare it on the element: xmlns:{prefix}=\"…\"", prefix)),
        Error::NoRootNode => marks.place(fault(say!("there is no element at all")), 0),
        // Declarations could unfold to any size, or name files to be read.
        Error::DtdDetected => marks
            .place(fault(say!("a document type with declarations is not allowed")), 0)
            .hint(say!("write `<!DOCTYPE html>` or nothing")),
        // The parser only counts these, so that they have no place.
        Error::NodesLimitReached
        | Error::AttributesLimitReached
        | Error::NamespacesLimitReached => Diagnostic::error(
            "markup-size",
            say!("the markup has too many elements, attributes or texts"),
        ),
        Error::NonXmlChar(c, _) => marks.place(
            fault(say!(
                "the character U+{code} is not allowed",
                code = format!("{:04X}", *c as u32)
            )),
            at,
        ),
        Error::InvalidChar(mark @ (b'"' | b'\''), b'<', _) => open_value(marks, *mark, at),
        Error::InvalidChar(expected, actual, _) => marks.place(
            fault(say!(
                "expected `{expected}`, found `{found}`",
                expected = shown(*expected),
                found = shown(*actual)
            )),
            at,
        ),
        Error::InvalidChar2("a quote", ..) => marks
            .place(fault(say!("the value of an attribute stands in quotes")), at)
            .hint(say!("write `{example}`", example = "class=\"…\"")),
        Error::InvalidChar2(expected, actual, _) => marks.place(
            fault(say!("expected {expected}, found `{found}`", expected, found = shown(*actual))),
            at,
        ),
        Error::InvalidString(expected, _) => {
            marks.place(fault(say!("expected `{expected}`", expected)), at)
        }
        // XML 1.0, 2.5: such comments are common in HTML.
        Error::InvalidComment(_) => marks.place(fault(say!("a comment may not hold `--`")), at),
        // XML 1.0, 2.4.
        Error::InvalidCharacterData(_) => marks
            .place(fault(say!("`]]>` is not allowed in text")), at)
            .hint(say!("write `]]&gt;`")),
        Error::InvalidName(_) => marks
            .place(fault(say!("this is not a name")), at)
            .hint(say!("a plain `<` is written `&lt;`")),
        Error::UnknownToken(_) => marks.place(fault(say!("there is text outside of `<html>`")), at),
        // An error that the parser learns later keeps its own words.
        other => marks.place(fault(say!("not well-formed XML: {why}", why = other)), at),
    }
}

/// An attribute whose value goes on into the text: `class="a>Слово`.
fn open_value(marks: &Marks, mark: u8, at: usize) -> Diagnostic {
    let before = &marks.text[..floor(marks.text, at)];
    let opens = format!("={}", char::from(mark));
    let start = before.rfind(&opens).unwrap_or(at);
    let name = before[..start].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let value = before.get(start + opens.len()..).unwrap_or_default();
    let value = value.split(['>', '<', '\n']).next().unwrap_or_default().trim_end_matches('/');
    let right = format!("{name}{opens}{value}{}", char::from(mark));
    let message = say!("the quotation mark of `{name}` is not closed", name);
    marks
        .place(Diagnostic::error("markup-xml", message), start)
        .hint(say!("write `{right}`", right))
}

/// How an element is closed that is open: in XML also one that never holds anything.
fn close_it(name: &str, place: &Message) -> Message {
    // In HTML these need no slash, which is what their authors are used to.
    const VOID: [&str; 9] = ["br", "hr", "img", "col", "meta", "link", "input", "wbr", "embed"];
    if VOID.contains(&name) {
        say!("it holds nothing: write `<{name}/>`, with the slash", name)
    } else {
        say!("write `</{name}>` {place}", name, place)
    }
}

fn shown(byte: u8) -> String {
    if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("byte {byte:#04x}") }
}

/// The start of the tag that the offset is in.
fn self_or_before(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    if text[offset..].starts_with('<') {
        offset
    } else {
        text[..offset].rfind('<').unwrap_or(offset)
    }
}

/// The byte offset of a row and column (in characters) of the text.
fn offset(text: &str, pos: roxmltree::TextPos) -> usize {
    let start: usize =
        text.split_inclusive('\n').take(pos.row.saturating_sub(1) as usize).map(str::len).sum();
    text[start..]
        .char_indices()
        .nth(pos.col.saturating_sub(1) as usize)
        .map_or(text.len(), |(i, _)| start + i)
}

struct OpenTag<'a> {
    name: &'a str,
    start: usize,
}

/// The elements that are open at the end of the text, outermost first.
fn open_tags(text: &str) -> Vec<OpenTag<'_>> {
    let mut open: Vec<OpenTag> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let skip = |end: &str| rest.find(end).map_or(rest.len(), |i| i + end.len());
        at = start
            + if rest.starts_with("<!--") {
                skip("-->")
            } else if rest.starts_with("<![CDATA[") {
                skip("]]>")
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                skip(">")
            } else if let Some(close) = rest.strip_prefix("</") {
                let name =
                    close.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
                // What was left open inside is closed with it, as browsers do, so that only the
                // outermost fault remains.
                if let Some(i) = open.iter().rposition(|tag| tag.name == name) {
                    open.truncate(i);
                }
                skip(">")
            } else {
                let length = tag_length(rest);
                let name = rest[1..length]
                    .split(|c: char| c.is_whitespace() || c == '>' || c == '/')
                    .next()
                    .unwrap_or_default();
                if !rest[..length].ends_with("/>") {
                    open.push(OpenTag { name, start });
                }
                length
            };
    }
    open
}

/// The length of a start tag, minding that a quoted value may hold `>`.
pub(super) fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (i, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return i + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    text.len()
}
