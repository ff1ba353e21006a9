//! A look at a template's text before Handlebars parses it: origin marks for start tags, and faults
//! that are better told here.

use crate::diag::{Diagnostic, Message, Place, Source, SourceId, say};
use crate::limits;
use std::sync::Arc;

/// How deep blocks, and the brackets of an expression, may be nested. The parser and the renderer
/// recurse.
const MAX_NESTING: usize = 48;

/// How many levels the branches of `else if` may add. Each renders within the one before, and a
/// thread of 2 MiB must bear it.
const MAX_LEVELS: usize = 128;

/// How many bytes the name of a value may have: beyond, what names it is no template.
const LONGEST_NAME: usize = 4096;

/// The name of the attribute that tells where in the template an element was written.
const MARK: &str = "data-itog-at";

/// A template's text with origin marks, and the way back from its offsets to those of the file.
#[derive(Debug)]
pub(super) struct Marked {
    /// The text with marks.
    pub(super) text: String,
    /// Where in the file something was inserted, and how many bytes.
    insertions: Vec<(usize, usize)>,
    /// `href`s of `<link rel="stylesheet">`, with their places in the file.
    pub(super) stylesheets: Vec<(String, std::ops::Range<usize>)>,
    /// How deep the blocks are nested.
    pub(super) nesting: usize,
    /// Where expressions begin, here and in the source, if that is not a file of this language.
    places: Vec<(usize, usize)>,
}

impl Marked {
    /// A text that was made of something else.
    pub(super) fn placed(text: String, places: Vec<(usize, usize)>, nesting: usize) -> Self {
        Self { text, insertions: Vec::new(), stylesheets: Vec::new(), nesting, places }
    }

    /// The offset in the file of a line and column (in characters, both from 1) of the marked text.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize =
            self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[start..];
        let marked = start
            + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        if !self.places.is_empty() {
            let next = self.places.partition_point(|(at, _)| *at <= marked);
            return self.places[next.saturating_sub(1)].1;
        }
        let mut inserted = 0;
        for (at, len) in &self.insertions {
            // Insertions are in order, and those behind the place do not move it.
            if at + inserted >= marked {
                break;
            }
            inserted += len;
        }
        marked - inserted
    }
}

/// Marks the start tags of a template.
///
/// # Errors
/// Blocks that are not closed, or nested too deep, with the places where they begin.
pub(super) fn mark(source: &Arc<Source>, id: SourceId) -> Result<Marked, Vec<Diagnostic>> {
    let mut scanner = Scanner {
        text: source.text(),
        at: 0,
        blocks: Vec::new(),
        depth: 0,
        nesting: 0,
        too_deep: false,
        expressions: 0,
        faults: Vec::new(),
        source,
    };
    let mut tags = Vec::new();
    let mut svg = 0usize;
    while scanner.at < scanner.text.len() {
        if scanner.skip_mustache() {
            continue;
        }
        let rest = scanner.rest();
        if let Some(skipped) = comment(rest) {
            scanner.skip_over(skipped);
        } else if rest.starts_with("</svg") {
            svg = svg.saturating_sub(1);
            scanner.at += 5;
        } else if let Some(name) = start_tag(rest) {
            let start = scanner.at;
            let name_end = start + 1 + name.len();
            let closed = scanner.skip_tag(name_end);
            let dynamic = scanner.text[name_end..].starts_with("{{");
            // Inside of SVG the mark would become part of the picture; a name that is computed
            // cannot be marked behind it.
            if svg == 0 && !dynamic {
                tags.push((start, name_end, scanner.at));
            }
            svg += usize::from(name == "svg" && !closed);
        } else {
            scanner.at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    for (name, at, _) in std::mem::take(&mut scanner.blocks) {
        let fault =
            Diagnostic::error("template-syntax", say!("`{{#{name}}}` is never closed", name));
        scanner.fault(fault.hint(say!("add `{{/{name}}}`", name)), at);
    }
    if scanner.faults.is_empty() {
        Ok(insert(source.text(), id, &tags, scanner.nesting))
    } else {
        Err(scanner.faults)
    }
}

fn insert(text: &str, id: SourceId, tags: &[(usize, usize, usize)], nesting: usize) -> Marked {
    // About as much as a mark takes.
    let mut out = String::with_capacity(text.len() + tags.len() * 32);
    let mut insertions = Vec::with_capacity(tags.len());
    let mut stylesheets = Vec::new();
    let mut from = 0;
    for &(start, name_end, end) in tags {
        out.push_str(&text[from..name_end]);
        let mark = format!(" {MARK}=\"{}:{start}:{end}\"", id.0);
        out.push_str(&mark);
        insertions.push((name_end, mark.len()));
        from = name_end;
        let tag = &text[start..end];
        if tag.starts_with("<link")
            && attribute(tag, "rel") == Some("stylesheet")
            && let Some(href) = attribute(tag, "href")
        {
            stylesheets.push((href.to_owned(), start..end));
        }
    }
    out.push_str(&text[from..]);
    Marked { text: out, insertions, stylesheets, nesting, places: Vec::new() }
}

/// The value of an attribute of a start tag's text.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    // `data-href` holds `href`, too: white space must stand before the name.
    while let Some(at) = tag[from..].find(name).map(|at| at + from) {
        from = at + name.len();
        let apart = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let Some(value) = tag[from..].trim_start().strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let (true, Some(quote)) = (apart, quote) {
            return value[1..].split(quote).next();
        }
    }
    None
}

/// The length of a comment, CDATA section, processing instruction or DOCTYPE that the text begins
/// with.
fn comment(text: &str) -> Option<&'static str> {
    // The longer beginnings first: `<!` begins the first two as well.
    [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
        .into_iter()
        .find(|(open, _)| text.starts_with(open))
        .map(|(_, close)| close)
}

/// The name of the start tag that the text begins with.
fn start_tag(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let end = name
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
        .unwrap_or(name.len());
    name.starts_with(|c: char| c.is_alphabetic() || c == '_').then_some(&name[..end])
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Name and place of each open block, and how many levels it and its branches take.
    blocks: Vec<(&'a str, usize, usize)>,
    /// How many levels are open, and how many were at most.
    depth: usize,
    nesting: usize,
    too_deep: bool,
    expressions: usize,
    faults: Vec<Diagnostic>,
    source: &'a Arc<Source>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn fault(&mut self, fault: Diagnostic, at: usize) {
        let end = self.text[at..].find("}}").map_or(self.text.len(), |len| at + len + 2);
        self.faults.push(fault.at(Place::new(Arc::clone(self.source), at..end)));
    }

    /// Goes on behind the next `close`; expressions on the way are looked at, too.
    fn skip_over(&mut self, close: &str) {
        while self.at < self.text.len() && !self.rest().starts_with(close) {
            if !self.skip_mustache() {
                self.at += self.rest().chars().next().map_or(1, char::len_utf8);
            }
        }
        self.at = (self.at + close.len()).min(self.text.len());
    }

    /// Goes on behind a start tag; tells whether it is an empty-element tag.
    fn skip_tag(&mut self, from: usize) -> bool {
        self.at = from;
        let mut quote = None;
        while self.at < self.text.len() {
            if self.skip_mustache() {
                continue;
            }
            let c = self.text.as_bytes()[self.at];
            self.at += 1;
            match (quote, c) {
                (None, b'>') => return self.text[..self.at].ends_with("/>"),
                (None, b'"' | b'\'') => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                _ => {}
            }
            // Read by bytes, it may have stopped within a letter.
            while !self.text.is_char_boundary(self.at) {
                self.at += 1;
            }
        }
        false
    }

    /// Goes on behind an expression, if one begins here.
    fn skip_mustache(&mut self) -> bool {
        let rest = self.rest();
        if !rest.starts_with("{{") {
            // An escaped expression is text.
            if rest.starts_with("\\{{") && !self.text[..self.at].ends_with('\\') {
                self.at += 3;
                return true;
            }
            return false;
        }
        let start = self.at;
        let close = match rest {
            _ if rest.starts_with("{{!--") => "--}}",
            _ if rest.starts_with("{{!") => "}}",
            _ => return self.skip_expression(start),
        };
        match rest.find(close) {
            Some(len) => self.at += len + close.len(),
            None => self.unclosed(start, say!("the comment is never closed"), close),
        }
        true
    }

    fn skip_expression(&mut self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let unescaped = self.rest()[2..].trim_start_matches('~').starts_with(['{', '&']);
        let opening = self.text[start..].find(|c| c != '{').unwrap_or(2);
        let (mut quote, mut braces, mut depth) = (None, 0usize, 0usize);
        let mut at = start + opening;
        loop {
            match (quote, bytes.get(at)) {
                (_, None) => {
                    self.unclosed(start, say!("the expression is never closed"), "}}");
                    return true;
                }
                (Some(open), Some(c)) if open == *c => quote = None,
                // An escaped quotation mark does not end the text.
                (Some(_), Some(c)) => at += usize::from(*c == b'\\'),
                (None, Some(c @ (b'"' | b'\''))) => quote = Some(*c),
                (None, Some(b'{')) => braces += 1,
                (None, Some(b'}')) if braces > 0 => braces -= 1,
                (None, Some(b'}')) if self.text[at..].starts_with("}}") => break,
                (None, Some(b'(' | b'[')) => depth += 1,
                (None, Some(b')' | b']')) => depth = depth.saturating_sub(1),
                _ => {}
            }
            // Handlebars' parser goes down its stack for each bracket, and would overflow it.
            if depth + braces > MAX_NESTING {
                self.fault(
                    Diagnostic::error(
                        "template-depth",
                        say!("brackets are nested more than {most} deep", most = MAX_NESTING),
                    ),
                    start,
                );
                // Where this expression ends is not known, so nothing behind it can be judged.
                self.at = self.text.len();
                return true;
            }
            at += 1;
        }
        let inner = self.text[start + opening..at].trim_start_matches('~').trim_start();
        self.count(inner, start);
        self.at = at + self.text[at..].find(|c| c != '}').unwrap_or(self.text.len() - at);
        if unescaped {
            let fault = Diagnostic::error(
                "template-unescaped",
                say!(
                    "`{{{…}}}`, `{{&…}}` and `{{{{…}}}}` are not supported: text is always escaped"
                ),
            );
            self.fault(
                fault.hint(say!("write `{{…}}`; markup belongs into the template or a partial")),
                start,
            );
        } else {
            self.block(inner, start);
        }
        true
    }

    /// Counts the expressions, and refuses one of endless names.
    fn count(&mut self, inner: &str, start: usize) {
        self.expressions += 1;
        let limit = limits::get().expressions;
        if self.expressions == limit + 1 {
            let message = say!("the file has more than {limit} expressions", limit);
            self.fault(limits::reached("limit-expressions", message), start);
        }
        let name = |part: &str| part.len() > LONGEST_NAME && !part.contains(['"', '\'']);
        if inner.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).any(name) {
            let message = say!("a name is longer than {limit} bytes", limit = LONGEST_NAME);
            self.fault(Diagnostic::error("template-syntax", message), start);
        }
    }

    /// Counts the blocks that begin and end.
    fn block(&mut self, inner: &'a str, start: usize) {
        let name = |text: &'a str| {
            let text = text.trim_start_matches(['>', '*', ' ', '\t', '\n', '\r']);
            text.split(|c: char| c.is_whitespace() || matches!(c, '~' | '}'))
                .next()
                .unwrap_or_default()
        };
        if let Some(opened) = inner.strip_prefix('#') {
            self.blocks.push((name(opened), start, 1));
            self.deepen(start);
        } else if inner.strip_prefix("else").is_some_and(|rest| {
            // `{{else if …}}`, but neither `{{else}}` nor a name that begins so.
            rest.starts_with(char::is_whitespace) && !rest.trim_end_matches('~').trim().is_empty()
        }) {
            // Each branch is a block within the one before.
            if let Some((_, _, levels)) = self.blocks.last_mut() {
                *levels += 1;
                self.deepen(start);
            }
        } else if let Some(closed) = inner.strip_prefix('/') {
            self.close(name(closed), start);
        }
    }

    /// Goes a level deeper.
    fn deepen(&mut self, start: usize) {
        self.depth += 1;
        self.nesting = self.nesting.max(self.depth);
        // Told once, where the limit is passed, and not for each level beyond.
        let blocks = self.blocks.len() > MAX_NESTING;
        if (blocks || self.depth > MAX_LEVELS) && !self.too_deep {
            self.too_deep = true;
            let limit = if blocks { MAX_NESTING } else { MAX_LEVELS };
            let message = if blocks {
                say!("blocks are nested more than {limit} deep", limit)
            } else {
                say!("more than {limit} branches and blocks are open", limit)
            };
            let fault = Diagnostic::error("template-depth", message);
            self.fault(
                fault.hint(say!("move the inner ones to a partial, or decide it in the data")),
                start,
            );
        }
    }

    /// Leaves the innermost block.
    fn close(&mut self, closed: &'a str, start: usize) {
        let open = self.blocks.pop();
        self.depth -= open.map_or(0, |(_, _, levels)| levels);
        match open {
            Some((opened, _, _)) if closed.is_empty() || opened == closed => {}
            Some((opened, at, _)) => {
                let (line, _) = self.source.line_column(at);
                let message = say!(
                    "`{{/{closed}}}` closes nothing here: `{{#{opened}}}` of line \
                        {line} is open",
                    closed,
                    opened,
                    line
                );
                self.fault(
                    Diagnostic::error("template-syntax", message)
                        .hint(say!("write `{{/{opened}}}`", opened)),
                    start,
                );
            }
            None => self.fault(
                Diagnostic::error(
                    "template-syntax",
                    say!("`{{/{closed}}}` closes nothing", closed),
                ),
                start,
            ),
        }
    }

    fn unclosed(&mut self, start: usize, message: Message, close: &str) {
        let fault =
            Diagnostic::error("template-syntax", message).hint(say!("add `{close}`", close));
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |len| start + len);
        self.faults.push(fault.at(Place::new(Arc::clone(self.source), start..line_end)));
        self.at = self.text.len();
    }
}
