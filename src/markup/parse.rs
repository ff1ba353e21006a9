//! XML text → [`Tree`].
//!
//! The only reader of what templates print; all later stages see the tree.

use std::borrow::Cow;
use std::sync::Arc;

use roxmltree::{Document, ParsingOptions};

use super::entities::{self, Resolved};
use super::faults::{self, Marks};
use super::{Element, Node, NodeId, NodeKind, Tree, elements};
use crate::diag::{Diagnostic, Sink, SourceId, Sources, Span, nearest, say};
use crate::limits::{self, Limits};

/// The attribute by which an element of the rendered markup knows its place in the template:
/// `FILE:START:END`.
pub(super) const MARK: &str = "data-itog-at";

/// How deep elements may nest. Later stages recurse over the tree.
const MAX_DEPTH: u32 = 512;

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Parses rendered markup. Every fault goes to the sink; there is no tree if one of them is an
/// error.
///
/// # Errors
/// `markup-xml` (not well-formed), `markup-entity`, `markup-root`, `markup-depth`, `markup-size`;
/// the warning `markup-element`.
pub fn parse(text: &str, sources: Arc<Sources>, sink: &mut Sink) -> Option<Tree> {
    let resolved = entities::resolve(text);
    let marks = Marks::new(text, &sources);
    for (at, name, near) in &resolved.unknown {
        let fault = Diagnostic::error(
            "markup-entity",
            say!("unknown character reference `&{name};`", name),
        );
        let hint = match near {
            Some(near) => {
                say!("did you mean `&{near};`? A plain ampersand is written `&amp;`", near)
            }
            None => say!("write the character itself; a plain ampersand is written `&amp;`"),
        };
        sink.push(marks.place(fault, *at).hint(hint));
    }
    let limits = limits::get();
    if let Err((at, fault)) = crowded(&resolved.text, &limits) {
        sink.push(marks.place(fault, resolved.original(at)));
        return None;
    }
    // Each element may stand between two texts, and the outermost one in the document.
    let nodes = u32::try_from(limits.elements.saturating_mul(3) + 2).unwrap_or(u32::MAX);
    // DTDs stay off, as is the parser's default: no entities that unfold or name files.
    let options = ParsingOptions { nodes_limit: nodes, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(&resolved.text, options) {
        Ok(document) => document,
        Err(error) => {
            sink.push(faults::explain(&error, &resolved, &marks));
            return None;
        }
    };
    let tree = TreeBuilder { resolved: &resolved, marks: &marks, sink, nodes: Vec::new() }
        .build(&document)?;
    // An unknown reference has become a replacement character, which must not be printed.
    (resolved.unknown.is_empty()).then(|| Tree { nodes: tree, sources: Arc::clone(&sources) })
}

/// Bytes of memory that an element takes on its way through all stages, and a byte of text; by
/// measurement.
const ELEMENT: usize = 4000;
const LETTER: usize = 24;

/// Whether there are too many elements, attributes or classes, and where: told before the parser
/// takes memory for them. It compares each attribute of an element with all before it.
fn crowded(text: &str, limits: &Limits) -> Result<(), (usize, Diagnostic)> {
    let mut elements = 0;
    let mut at = 0;
    limits::hold_memory(text.len().saturating_mul(LETTER)).map_err(|fault| (0, fault))?;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        if let Some((_, close)) = skipped.iter().find(|(open, _)| rest.starts_with(open)) {
            at = start + rest.find(close).unwrap_or(rest.len());
            continue;
        }
        at = start + 1;
        if !rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
            continue;
        }
        elements += 1;
        limits::hold_memory(ELEMENT).map_err(|fault| (start, fault))?;
        let limit = limits.elements;
        if elements > limit {
            let message = say!("the markup has more than {limit} elements", limit);
            return Err((start, limits::reached("limit-elements", message)));
        }
        let length = tag(rest, limits).map_err(|fault| (start, fault))?;
        at = start + length;
    }
    Ok(())
}

/// The length of the start tag that the text begins with.
fn tag(text: &str, limits: &Limits) -> Result<usize, Diagnostic> {
    let (mut at, mut attributes) = (0, 0);
    // What stands between the signs is passed over many bytes at a time: a path of a drawing may be
    // longer than the text of a document.
    while let Some(next) = text[at..].find(['"', '\'', '=', '>']) {
        let sign = text.as_bytes()[at + next];
        at += next + 1;
        match sign {
            b'>' => return Ok(at - 1),
            b'=' => {
                attributes += 1;
                let limit = limits.attributes;
                // One more is our own mark.
                if attributes > limit + 1 {
                    let message = say!("an element has more than {limit} attributes", limit);
                    return Err(limits::reached("limit-attributes", message));
                }
            }
            quote => {
                let Some(length) = text[at..].find(char::from(quote)) else { break };
                // Of anything but classes so many words would be prose.
                if text[..at - 1].ends_with("class=") {
                    let limit = limits.classes;
                    if text[at..at + length].split_ascii_whitespace().nth(limit).is_some() {
                        let message = say!("an element has more than {limit} classes", limit);
                        return Err(limits::reached("limit-classes", message));
                    }
                }
                at += length + 1;
            }
        }
    }
    Ok(text.len())
}

/// The span that a mark stands for, if it points into a known source.
pub(super) fn span(mark: &str, sources: &Sources) -> Option<Span> {
    let mut parts = mark.splitn(3, ':');
    let source = SourceId(parts.next()?.parse().ok()?);
    let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let length = sources.get(source)?.text().len();
    // Data may hold the attribute, too: a mark from there must not point beyond a text.
    (start <= end && end <= length).then(|| Span::new(source, start..end))
}

struct TreeBuilder<'a, 's> {
    resolved: &'a Resolved<'a>,
    marks: &'a Marks<'a>,
    sink: &'s mut Sink,
    nodes: Vec<Node>,
}

impl TreeBuilder<'_, '_> {
    fn build(mut self, document: &Document) -> Option<Vec<Node>> {
        let root = document.root_element();
        if root.tag_name().name() != "html" {
            let fault = Diagnostic::error(
                "markup-root",
                say!("the outermost element is `{tag}`, not `html`", tag = root.tag_name().name()),
            );
            self.sink.push(
                self.marks
                    .place(fault, self.resolved.original(root.range().start))
                    .hint(say!("wrap it: <html><body>…</body></html>")),
            );
            return None;
        }
        // The open elements, each with its last child so far; no recursion, since the depth is what
        // is to be checked.
        let mut open: Vec<(NodeId, Option<NodeId>)> = Vec::new();
        let mut next = Some(root);
        while let Some(mut node) = next {
            limits::tick();
            let mut descend = false;
            if node.is_element() {
                if open.len() as u32 >= MAX_DEPTH {
                    let fault = Diagnostic::error(
                        "markup-depth",
                        say!("elements are nested deeper than {most}", most = MAX_DEPTH),
                    );
                    self.sink
                        .push(self.marks.place(fault, self.resolved.original(node.range().start)));
                    return None;
                }
                let (element, span) = self.element(node);
                // An element that no template wrote was made of a value of the data.
                let outer = open.last().and_then(|(id, _)| self.nodes[id.0 as usize].span);
                let span = span.or(outer);
                // SVG is kept as text for its own parser.
                descend = element.foreign.is_none() && node.has_children();
                let id = self.push(NodeKind::Element(element), span, &mut open);
                if descend {
                    open.push((id, None));
                }
            } else if node.is_text() {
                let values = self.values(node);
                let mut text = Cow::Borrowed(node.text().unwrap_or_default());
                // Text on both sides of a comment is one node.
                while let Some(beside) = node.next_sibling().filter(|next| !next.is_element()) {
                    if beside.is_text() {
                        text.to_mut().push_str(beside.text().unwrap_or_default());
                    }
                    node = beside;
                }
                self.text(&text, values, &mut open);
            }
            next = if descend { node.first_child() } else { following(node, root, &mut open) };
        }
        Some(self.nodes)
    }

    fn push(
        &mut self,
        kind: NodeKind,
        span: Option<Span>,
        open: &mut [(NodeId, Option<NodeId>)],
    ) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let mut node =
            Node { kind, parent: None, first_child: None, next: None, previous: None, span };
        if let Some((parent, last)) = open.last_mut() {
            node.parent = Some(*parent);
            node.previous = *last;
            match *last {
                Some(last) => self.nodes[last.0 as usize].next = Some(id),
                None => self.nodes[parent.0 as usize].first_child = Some(id),
            }
            *last = Some(id);
        }
        self.nodes.push(node);
        id
    }

    fn text(&mut self, text: &str, values: (u32, u16), open: &mut [(NodeId, Option<NodeId>)]) {
        let Some(&(parent, _)) = open.last() else { return };
        // What was made of one value has no values of its own.
        let own = |span: Span| if values.1 > 0 { Span { values, ..span } } else { span };
        let span = self.nodes[parent.0 as usize].span.map(own);
        self.push(NodeKind::Text(text.into()), span, open);
    }

    /// Which values of the data a node was made of.
    fn values(&self, node: roxmltree::Node) -> (u32, u16) {
        let Some(printed) = self.marks.sources.printed() else { return (0, 0) };
        let range = node.range();
        printed.within(self.resolved.original(range.start), self.resolved.original(range.end))
    }

    fn element(&mut self, node: roxmltree::Node) -> (Element, Option<Span>) {
        let tag = node.tag_name();
        let mut element = Element { name: tag.name().into(), ..Element::default() };
        let mut place = None;
        for attribute in node.attributes() {
            if attribute.name() == MARK {
                let values = self.values(node);
                place =
                    span(attribute.value(), self.marks.sources).map(|span| Span { values, ..span });
            } else {
                element.attributes.push((attribute.name().into(), attribute.value().into()));
            }
        }
        if tag.name() == "svg" {
            element.foreign = Some(foreign(node, &self.resolved.text));
        } else if !elements::is_known(tag.name())
            || tag.namespace().is_some_and(|space| space != XHTML)
        {
            let fault = Diagnostic::warning(
                "markup-element",
                say!("unknown element `{tag}`: it is laid out like a `span`", tag = tag.name()),
            );
            let fault = match place.and_then(|span| self.marks.sources.place(span)) {
                Some(place) => fault.at(place),
                None => self.marks.place(fault, self.resolved.original(node.range().start)),
            };
            let near = nearest(tag.name(), elements::KNOWN.iter().copied());
            self.sink.push(match (elements::instead(tag.name()), near) {
                _ if tag.name() == "script" => {
                    fault.hint(say!("a document runs no programs: leave it out"))
                }
                _ if ["input", "select", "textarea", "button"].contains(&tag.name()) => {
                    fault.hint(say!("nobody types into a page: print a sign such as ☐, or a line"))
                }
                (Some(right), _) => fault.hint(say!("write `{right}`", right)),
                (None, Some(near)) => fault.hint(say!("did you mean `{near}`?", near)),
                (None, None) => fault.hint(say!("use `div` or `span` with a class")),
            });
        }
        (element, place)
    }
}

/// The node after this one and its descendants; closes the elements that end before it.
fn following<'a, 'i>(
    node: roxmltree::Node<'a, 'i>,
    root: roxmltree::Node<'a, 'i>,
    open: &mut Vec<(NodeId, Option<NodeId>)>,
) -> Option<roxmltree::Node<'a, 'i>> {
    let mut node = node;
    while node != root {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        open.pop();
        node = node.parent()?;
    }
    None
}

/// The XML text of an element that stands by itself: with all namespaces it needs, without marks.
fn foreign(node: roxmltree::Node, text: &str) -> Arc<str> {
    let written = &text[node.range()];
    let tag = &written[..faults::tag_length(written)];
    let name_end =
        written.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(written.len());
    let mut out = written[..name_end].to_owned();
    let mut declare = |name: &str, uri: &str| {
        // Declared twice, the namespace would make the text ill-formed.
        if !tag.contains(&format!("{name}=")) {
            out.push_str(&format!(" {name}=\"{uri}\""));
        }
    };
    // Inside of HTML an `svg` needs no namespace; by itself it does.
    if !node.tag_name().name().is_empty() && !written.starts_with("<svg:") {
        declare("xmlns", SVG);
    }
    for space in node.namespaces() {
        if let Some(prefix) = space.name().filter(|prefix| *prefix != "xml") {
            declare(&format!("xmlns:{prefix}"), space.uri());
        }
    }
    let mut rest = &written[name_end..];
    while let Some(at) = rest.find(MARK) {
        let value = &rest[at + MARK.len()..];
        let quoted = value.strip_prefix("=\"").and_then(|v| v.find('"'));
        match quoted {
            Some(end) => {
                out.push_str(rest[..at].trim_end());
                // Behind `="`, the value and its closing quote.
                rest = &value[end + 3..];
            }
            // The word alone, in a text of the drawing, is no mark.
            None => {
                out.push_str(&rest[..at + MARK.len()]);
                rest = value;
            }
        }
    }
    out.push_str(rest);
    out.into()
}
