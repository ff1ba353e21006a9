//! YAML 1.2 into a [`DataNode`], event by event, within limits. What is legal and very likely not
//! meant is asked about ([`doubt`]); what the parser refuses is reported in our words
//! ([`refusal`]).

mod doubt;
mod hidden;
mod line;
mod quotes;
mod refusal;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::alias::normal;
use super::tree::{DataNode, DataValue, MapKey, SyntaxFault, quote};
use super::{Limits, russian};
use crate::diag::{Diagnostic, say};
use crate::limits::reached;

/// Reads one document. The first fault of syntax ends the reading, since nothing after it can be
/// trusted.
pub(super) fn parse(
    text: &str,
    limits: &Limits,
    faults: &mut Vec<SyntaxFault>,
) -> Option<DataNode> {
    let mut masked = Cow::Borrowed(text);
    let masks = line::Masks::new(text);
    // Each time the parser stops at a colon inside of a text, that one is masked; a file with more
    // of them than this is no list of slips.
    for _ in 0..100 {
        let before = faults.len();
        match attempt(text, &masked, masks, limits, faults) {
            Ok(root) => return root,
            Err(error) => {
                match masks.and_then(|masks| line::mask(text, &masked, masks, &error)) {
                    Some((next, fault)) => {
                        // They are found again in the next reading.
                        faults.truncate(before);
                        faults.extend(fault);
                        masked = Cow::Owned(next);
                    }
                    None => {
                        faults.push(refusal::fault(&error, text, limits));
                        return None;
                    }
                }
            }
        }
    }
    None
}

/// One reading; what the parser refuses is given back.
fn attempt(
    text: &str,
    masked: &str,
    masks: Option<line::Masks>,
    limits: &Limits,
    faults: &mut Vec<SyntaxFault>,
) -> Result<Option<DataNode>, ScanError> {
    let options = granit_parser::options! {
        flow_nesting_limit: limits.data_depth,
        block_nesting_limit: limits.data_depth
    };
    let mut builder = YamlBuilder {
        text,
        // Only where something is masked is there something to bring back.
        masks: masks.filter(|_| masked != text),
        limits,
        faults,
        open: Vec::new(),
        root: None,
        documents: 0,
        anchors: BTreeMap::new(),
        values: 0,
        copied: 0,
    };
    for event in Parser::new_from_str_with_options(masked, options) {
        let (event, span) = event?;
        if let Err(fault) = builder.event(event, range(span)) {
            // What is read behind it would report faults where there are none.
            builder.faults.push(fault);
            return Ok(None);
        }
    }
    let unused = builder.anchors.values().filter(|anchored| !anchored.used);
    builder.faults.extend(unused.filter_map(|known| hidden::anchor(text, &known.node.range)));
    Ok(builder.root)
}

fn range(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}

/// A list or a map that is not closed yet.
struct OpenCollection {
    start: usize,
    anchor: usize,
    children: Children,
}

enum Children {
    Seq(Vec<DataNode>),
    Map(Vec<(MapKey, DataNode)>, Option<MapKey>),
}

/// A node that aliases refer to, with what one more copy of it takes.
struct Anchored {
    node: DataNode,
    bytes: usize,
    height: usize,
    /// Whether an alias refers to it.
    used: bool,
}

struct YamlBuilder<'a> {
    text: &'a str,
    /// What stands for colons and quotation marks in the texts that the parser gives.
    masks: Option<line::Masks>,
    limits: &'a Limits,
    faults: &'a mut Vec<SyntaxFault>,
    open: Vec<OpenCollection>,
    root: Option<DataNode>,
    documents: usize,
    anchors: BTreeMap<usize, Anchored>,
    values: usize,
    /// Bytes of memory that anchors and aliases have taken so far, roughly.
    copied: usize,
}

impl YamlBuilder<'_> {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), SyntaxFault> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                // The second one would be lost without a word.
                if self.documents > 1 {
                    let fault =
                        Diagnostic::error("syntax", say!("a second YAML document begins here"));
                    let before = self.text[..at.start].lines().rev().find(|line| !line.is_empty());
                    let mark = if before == Some("...") { "..." } else { "---" };
                    let hint = say!("keep one document in a file: remove the line `{mark}`", mark);
                    return Err(SyntaxFault::new(fault.hint(hint), at));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && !is_str(tag.as_deref());
                self.tag(tag, &at);
                self.scalar(text, (style, plain), anchor, at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.start(at, anchor, tag, Children::Seq(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                self.start(at, anchor, tag, Children::Map(Vec::new(), None))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&at),
            Event::Alias(id) => self.alias(id, at),
            _ => Ok(()),
        }
    }

    /// A text; `plain` is one without quotes that may be a null.
    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        (style, plain): (ScalarStyle, bool),
        anchor: usize,
        at: Range<usize>,
    ) -> Result<(), SyntaxFault> {
        let raw = self.text.get(at.clone()).unwrap_or_default();
        if plain
            && let Some(people) = bulleted(raw, at.start)
            && self.names_people()
        {
            return self.add(DataNode::new(people, at), anchor);
        }
        if self.masks.is_some_and(|masks| plain && masks.holds_cells(&text)) {
            return self.cells(raw, at.start);
        }
        let listed = lines_of(raw, style, plain);
        let text = listed.as_deref().map_or(text, |lines| lines.to_owned().into());
        // In an item they were very likely to be items.
        let asked = listed.is_none() || doubt::is_item(self.text, at.start);
        if plain && !text.is_empty() && asked {
            // What stands in single quotes is meant as it is.
            self.faults.extend(doubt::plain(self.text, &at));
        } else if plain && text.is_empty() {
            self.faults.extend(hidden::comment(self.text, &at));
        } else if style == ScalarStyle::DoubleQuoted {
            self.faults.extend(doubt::escapes(self.text, &at));
        }
        let value = match &*text {
            // The nulls of YAML 1.2 (10.3.2); «нет» and «no» are texts.
            "" | "~" | "null" | "Null" | "NULL" if plain => DataValue::Null,
            text => {
                let text = match self.masks {
                    Some(masks) => quotes::halved(raw, style, masks.taken_off(text)),
                    None => text.to_owned(),
                };
                DataValue::Scalar { text, plain }
            }
        };
        self.add(DataNode::new(value, at), anchor)
    }

    /// Cells of a row that were one text to the parser, since empty ones are not written.
    fn cells(&mut self, raw: &str, start: usize) -> Result<(), SyntaxFault> {
        for cell in line::cells(raw) {
            let text = raw[cell.clone()].trim();
            let value = match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
                Some(text) => DataValue::Scalar { text: text.to_owned(), plain: false },
                None if text.is_empty() => DataValue::Null,
                None => DataValue::Scalar { text: text.to_owned(), plain: true },
            };
            self.add(DataNode::new(value, start + cell.start..start + cell.end), 0)?;
        }
        Ok(())
    }

    /// Whether the value that comes next is of a key that names people.
    fn names_people(&self) -> bool {
        let key = self.open.last().and_then(|open| match &open.children {
            Children::Map(_, Some(key)) => Some(normal(&key.text)),
            _ => None,
        });
        key.is_some_and(|key| russian::is_one_of(&key, &PEOPLE))
    }

    fn start(
        &mut self,
        at: Range<usize>,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        children: Children,
    ) -> Result<(), SyntaxFault> {
        self.tag(tag, &at);
        if self.open.len() >= self.limits.data_depth {
            return Err(SyntaxFault::too_deep(self.limits, at));
        }
        self.open.push(OpenCollection { start: at.start, anchor, children });
        Ok(())
    }

    fn end(&mut self, at: &Range<usize>) -> Result<(), SyntaxFault> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        if self.text[open.start..].starts_with(['[', '{']) {
            join_quoted(&mut open.children);
            part_people(&mut open.children);
        }
        match &open.children {
            Children::Seq(items) => {
                self.faults.extend(doubt::list(self.text, open.start, items));
            }
            Children::Map(entries, _) => {
                self.faults.extend(doubt::map(self.text, open.start, entries));
            }
        }
        let value = match open.children {
            Children::Seq(items) => DataValue::Seq(items),
            Children::Map(entries, _) => DataValue::Map(entries),
        };
        self.add(DataNode::new(value, open.start..at.end.max(open.start)), open.anchor)
    }

    fn alias(&mut self, id: usize, at: Range<usize>) -> Result<(), SyntaxFault> {
        let Some(anchored) = self.anchors.get_mut(&id) else {
            // An anchor is known only when its node is finished.
            return Err(SyntaxFault::syntax(say!("this alias is inside what it refers to"), at));
        };
        anchored.used = true;
        // Measured once: a bomb of aliases is reported before anything of it is copied.
        let (bytes, height) = (anchored.bytes, anchored.height);
        if self.open.len() + height > self.limits.data_depth {
            return Err(SyntaxFault::too_deep(self.limits, at));
        }
        self.copy(bytes, &at)?;
        let value = self.anchors[&id].node.value.clone();
        self.add(DataNode::new(value, at), 0)
    }

    /// Accounts for a copy before it is made.
    fn copy(&mut self, bytes: usize, at: &Range<usize>) -> Result<(), SyntaxFault> {
        self.copied = self.copied.saturating_add(bytes);
        if self.copied > self.limits.data_bytes {
            let message = say!(
                "the aliases of this file unfold to too much; the limit is {bytes} bytes",
                bytes = self.limits.data_bytes
            );
            return Err(SyntaxFault::new(
                reached("limit-data-bytes", message).hint(say!("write the repeated values out")),
                at.clone(),
            ));
        }
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: DataNode, anchor: usize) -> Result<(), SyntaxFault> {
        self.values += 1;
        if self.values > self.limits.data_values {
            return Err(SyntaxFault::too_many(self.limits, node.range));
        }
        // 0 stands for no anchor.
        if anchor != 0 {
            let (bytes, height) = measure(&node);
            // The node is kept a second time for its aliases, which counts as a copy.
            self.copy(bytes, &node.range)?;
            self.anchors
                .insert(anchor, Anchored { node: node.clone(), bytes, height, used: false });
        }
        let key = match self.open.last_mut().map(|open| &mut open.children) {
            None => {
                self.root = Some(node);
                return Ok(());
            }
            Some(Children::Seq(items)) => {
                items.push(node);
                return Ok(());
            }
            Some(Children::Map(entries, key @ Some(_))) => {
                entries.extend(key.take().map(|key| (key, node)));
                return Ok(());
            }
            Some(Children::Map(_, key)) => key,
        };
        let text = match node.value {
            // «1)» whose bracket was masked by the colon of a key.
            DataValue::Scalar { text, .. }
                if self.masks.is_some() && self.text[node.range.end..].starts_with(')') =>
            {
                format!("{text})")
            }
            DataValue::Scalar { text, .. } => text,
            // A key of nothing (`: value`) is an unknown key, reported with its place.
            DataValue::Null => String::new(),
            _ => return Err(SyntaxFault::syntax(say!("a key must be a text"), node.range)),
        };
        let new = MapKey { text, range: node.range };
        self.faults.extend(doubt::key(self.text, &new));
        *key = Some(new);
        Ok(())
    }

    /// Every scalar is read as written, so the core schema's tags say nothing new; other tags ask
    /// for types that are not there.
    fn tag(&mut self, tag: Option<Cow<'_, Tag>>, at: &Range<usize>) {
        // `!!str` and its like say no more than what is there.
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            let fault = Diagnostic::error(
                "syntax",
                say!(
                    "the YAML tag {original} has no meaning here",
                    original = quote(&tag.original())
                ),
            );
            self.faults.push(SyntaxFault::new(fault.hint(say!("remove it")), at.clone()));
        }
    }
}

/// Joins what a comma inside of «…» or (…) has torn: `{name: Фестиваль «Играй, гармонь», place:
/// …}`, `[Произведение (автор, название), ""]`.
fn join_quoted(children: &mut Children) {
    let depth = |text: &str| {
        let sign = |c: char| i32::from("«(".contains(c)) - i32::from("»)".contains(c));
        text.chars().map(sign).sum::<i32>()
    };
    let open = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, plain: true } => depth(text) > 0,
        _ => false,
    };
    let join = |above: &mut DataNode, text: &str, end: usize| {
        if let DataValue::Scalar { text: whole, .. } = &mut above.value {
            *whole = format!("{whole}, {text}");
            above.range.end = end;
        }
    };
    match children {
        Children::Seq(items) => {
            // What is never closed was typed so.
            let plain = |node: &DataNode| match &node.value {
                DataValue::Scalar { text, plain: true } => Some(depth(text)),
                _ => None,
            };
            let closed: Vec<bool> = (0..items.len())
                .map(|at| items[at..].iter().any(|item| plain(item).is_some_and(|d| d < 0)))
                .collect();
            let mut kept: Vec<DataNode> = Vec::with_capacity(items.len());
            for (item, closed) in items.drain(..).zip(closed) {
                let above = kept.last_mut().filter(|above| closed && open(above));
                match (above, &item.value) {
                    (Some(above), DataValue::Scalar { text, plain: true }) => {
                        join(above, text, item.range.end);
                    }
                    _ => kept.push(item),
                }
            }
            *items = kept;
        }
        Children::Map(entries, _) => {
            let mut kept: Vec<(MapKey, DataNode)> = Vec::with_capacity(entries.len());
            for (key, node) in entries.drain(..) {
                match (kept.last_mut().filter(|(_, above)| open(above)), &node.value) {
                    (Some((_, above)), DataValue::Null) => join(above, &key.text, key.range.end),
                    _ => kept.push((key, node)),
                }
            }
            *entries = kept;
        }
    }
}

/// «[Иванова А. П., учитель; Ким Ю. О., завуч]»: semicolons part the people, and each comma stands
/// between a name and a post.
fn part_people(children: &mut Children) {
    let Children::Seq(items) = children else { return };
    let texts: Option<Vec<&str>> = items
        .iter()
        .map(|item| match &item.value {
            DataValue::Scalar { text, plain: true } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let Some(texts) = texts.filter(|texts| texts.iter().any(|text| text.contains("; "))) else {
        return;
    };
    let whole = texts.join(", ");
    let people: Vec<&str> = whole.split("; ").map(str::trim).collect();
    let named = |person: &&str| {
        let (name, post) = person.split_once(", ").unwrap_or((person, ""));
        (super::who::is_sure_name(name) || super::person::looks_like_name(name))
            && !post.starts_with(|c: char| c.is_ascii_digit())
    };
    if !people.iter().all(named) || !people.iter().any(|person| person.contains(", ")) {
        return;
    }
    let range = items[0].range.start..items.last().map_or(0, |item| item.range.end);
    let people = people.iter().map(|person| DataNode::said(*person, &range)).collect();
    *items = people;
}

/// Keys that take a list of people.
const PEOPLE: [&str; 10] = [
    "signatures",
    "attendees",
    "present",
    "invited",
    "absent",
    "acquainted",
    "visas",
    "to",
    "people",
    "recipient",
];

/// Lines that begin with bullets each, as a list: «• Директор Ким А. Л.». A list of texts keeps its
/// bullets, which are how it is numbered; people have none.
fn bulleted(raw: &str, start: usize) -> Option<DataValue> {
    let mut end = start;
    let lines = raw.split_inclusive('\n').map(|line| {
        end += line.len();
        (line.trim(), end - line.trim_start().len()..end)
    });
    let item = |(line, range): (&str, Range<usize>)| {
        let name = line.strip_prefix(line::BULLETS)?.strip_prefix([' ', '\u{a0}'])?.trim_start();
        Some(DataNode::said(name, &(range.start..range.start + line.len())))
    };
    let items = lines.filter(|(line, _)| !line.is_empty()).map(item).collect::<Option<Vec<_>>>()?;
    (items.len() > 1).then_some(DataValue::Seq(items))
}

/// The lines of a text that YAML would join: «1. …», «2. …» below each other, or a list to which
/// the first of them leads.
fn lines_of(raw: &str, style: ScalarStyle, plain: bool) -> Option<String> {
    if !raw.contains('\n') {
        return None;
    }
    match style {
        // A comment is no part of the text.
        _ if plain && !raw.contains(" #") => line::listed(raw).or_else(|| line::led(raw)),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => line::led_in_quotes(raw),
        _ => None,
    }
}

fn is_str(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"))
}

/// The memory that a copy of the node takes, roughly, and how many levels it has.
fn measure(node: &DataNode) -> (usize, usize) {
    let sum = |all: &mut dyn Iterator<Item = (usize, &DataNode)>| {
        // By what a copy takes in memory: an empty item has no bytes in the file.
        all.fold((size_of::<DataNode>(), 0), |(bytes, height), (extra, node)| {
            let (more, inner) = measure(node);
            (bytes + more + extra, height.max(inner))
        })
    };
    match &node.value {
        DataValue::Null => (size_of::<DataNode>(), 0),
        DataValue::Scalar { text, .. } => (size_of::<DataNode>() + text.len(), 0),
        DataValue::Seq(items) => {
            let (bytes, height) = sum(&mut items.iter().map(|node| (0, node)));
            (bytes, height + 1)
        }
        DataValue::Map(entries) => {
            let (bytes, height) = sum(&mut entries
                .iter()
                .map(|(key, node)| (size_of::<MapKey>() + key.text.len(), node)));
            (bytes, height + 1)
        }
    }
}
