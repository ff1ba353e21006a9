//! A part as a template: its XML as it stands, with the tags where they belong.
//!
//! What is different in each turn of a loop (ids of bookmarks and drawings), and what is known only
//! when the document is made (pictures), is written between two signs that no XML holds;
//! [`super::finish`] puts the right words there.

use super::lists::{self, Restarts};
use super::pieces::PartText;
use super::tag::{CellTag, TagKind, WordTag};
use super::tree::{WordElement, WordNode};
use crate::template::doubled;

/// Around what is put in when a document is finished. Data never have these signs: the template
/// replaces what XML does not allow.
pub(super) const BEGIN: char = '\u{1}';
pub(super) const END: char = '\u{2}';
/// Between the words before a value and those behind it.
pub(super) const DOUBLED: char = '\u{3}';

/// English Metric Units in a twentieth of a point (ECMA-376 Part 1, 20.1.10.16).
const EMU_PER_TWIP: i64 = 635;

/// A part as the template language has it.
#[derive(Debug, Default)]
pub(super) struct PartMarkup {
    pub(super) text: String,
    /// Where tags begin here and in the text that people see.
    pub(super) places: Vec<(usize, usize)>,
    /// How deep blocks are nested.
    pub(super) nesting: usize,
}

/// What holds for the place that is written.
struct PartWriter<'a> {
    tags: &'a PartText,
    out: PartMarkup,
    /// The blocks that are open: whether they repeat what is in them.
    loops: Vec<bool>,
    /// How wide a picture may be, in English Metric Units.
    room: i64,
    /// Whether a picture of the data takes the place of the drawing around.
    dummy: bool,
    restarts: Restarts,
    /// Whether a value was the last that was printed in the paragraph.
    after_value: bool,
}

/// Writes a part; `room` is the width of its column in twentieths of a point.
pub(super) fn write(root: &WordElement, tags: &PartText, room: i64) -> PartMarkup {
    let out = PartMarkup::default();
    let room = room * EMU_PER_TWIP;
    // Lists of styles are written out where they begin anew.
    let restarts = lists::restarts(root, tags, &lists::StyleLists::default());
    let mut writer = PartWriter {
        tags,
        out,
        loops: Vec::new(),
        room,
        dummy: false,
        restarts,
        after_value: false,
    };
    root.children.iter().for_each(|node| writer.node(node));
    writer.out
}

impl PartWriter<'_> {
    fn node(&mut self, node: &WordNode) {
        match node {
            WordNode::El(el) => self.element(el),
            WordNode::Text(text) => {
                // «12 марта 2026 г.» at the end of a sentence has its full stop.
                match text.strip_prefix('.').filter(|rest| !rest.starts_with('.')) {
                    Some(rest) if self.after_value => {
                        self.out.text.push_str(&format!("{BEGIN}F{END}"));
                        self.literal(rest);
                    }
                    _ => self.literal(text),
                }
                self.after_value &= text.is_empty();
            }
            WordNode::Raw(text) => self.literal(text),
            WordNode::Tag(id) => self.tag(*id),
        }
    }

    /// Text that the template language is to leave as it is.
    fn literal(&mut self, text: &str) {
        let out = &mut self.out.text;
        // Two literal braces that meet here would open a tag.
        if out.ends_with('{') && text.starts_with('{') {
            out.pop();
            out.push_str("&#123;");
        }
        match text.contains("{{") {
            true => out.push_str(&text.replace("{{", "&#123;&#123;")),
            false => out.push_str(text),
        }
    }

    fn tag(&mut self, id: usize) {
        let Some(tag) = self.tags.tags.get(id) else { return };
        // A brace or a backslash before a tag would be read as a part of it.
        if let Some(sign) = self.out.text.chars().next_back().filter(|c| matches!(c, '{' | '\\')) {
            self.out.text.pop();
            self.out.text.push_str(&format!("&#{};", sign as u32));
        }
        self.out.places.push((self.out.text.len(), tag.at.start));
        match &tag.kind {
            TagKind::Open(name) => {
                self.loops.push(name == "each");
                self.out.nesting = self.out.nesting.max(self.loops.len());
            }
            TagKind::Close(_) => drop(self.loops.pop()),
            TagKind::Picture(picture) => {
                let (room, expression) = (self.room, &picture.expression);
                let length =
                    |length: Option<i64>| length.map(|l| l.to_string()).unwrap_or_default();
                let (width, height) = (length(picture.width), length(picture.height));
                self.out
                    .text
                    .push_str(&format!("{BEGIN}N{room};{width};{height};{expression}{END}"));
                return;
            }
            TagKind::Cell(cell) => {
                let kind = match cell {
                    CellTag::Span => 'C',
                    CellTag::Shade => 'P',
                    CellTag::Merge => 'M',
                };
                self.out.text.push_str(&format!("{BEGIN}{kind}{}{END}", tag.text));
                return;
            }
            TagKind::Value => {
                self.after_value = true;
                if let Some((before, after)) = self.beside(tag) {
                    let (sign, text) =
                        (format!("{BEGIN}V{before}{DOUBLED}{after}{END}"), &tag.text);
                    self.out.text.push_str(&format!("{sign}{text}{BEGIN}E{END}"));
                    return;
                }
            }
            TagKind::Else | TagKind::Comment => {}
        }
        self.out.text.push_str(&tag.text);
        // Lists that count from one again in each turn of this loop.
        let anew = self.restarts.iter().filter(|(_, open)| **open == id);
        let anew: Vec<&str> = anew.map(|(list, _)| list.as_str()).collect();
        if !anew.is_empty() {
            self.out.text.push_str(&format!("{BEGIN}I{}{END}", anew.join(",")));
        }
    }

    /// The words around a tag that its value may say, too.
    fn beside(&self, tag: &WordTag) -> Option<(String, String)> {
        let plain = &self.tags.plain;
        let before = plain.get(..tag.at.start)?.rsplit('\n').next()?;
        let after = plain.get(tag.at.end..)?.split('\n').next()?;
        doubled::around(before, after)
    }

    fn repeats(&self) -> bool {
        self.loops.contains(&true)
    }

    fn element(&mut self, el: &WordElement) {
        match el.name.as_str() {
            "w:p" => self.after_value = false,
            "w:t" if el.children.iter().any(|node| is_picture(self.tags, node)) => {
                return self.text_with_pictures(el);
            }
            "w:drawing" | "w:pict" => {
                // Drawings may lie within each other (a group, its fallback), each with a
                // description of its own.
                let outer = self.dummy;
                self.dummy = self.begin_dummy(el);
                self.plain(el, &el.attributes);
                self.dummy = outer;
                return;
            }
            "w:tr" if el.children.iter().any(|node| matches!(node, WordNode::Tag(_))) => {
                // Its cells are repeated, so that the table may have more columns then.
                self.out.text.push_str(&format!("{BEGIN}T{END}"));
            }
            "w:tc" => {
                let told = self.told_cell(el);
                let el = told.as_ref().unwrap_or(el);
                let outer = self.room;
                let width = el.find("w:tcPr").and_then(|properties| properties.find("w:tcW"));
                let width = width.filter(|w| w.get("w:type").is_none_or(|kind| kind == "dxa"));
                let width = width.and_then(|w| w.get("w:w")?.parse::<i64>().ok());
                // Word's own margins of cells are 108 on each side.
                self.room = width.map_or(outer, |w| (w - 216).max(200) * EMU_PER_TWIP);
                self.plain(el, &el.attributes);
                self.room = outer;
                return;
            }
            _ => {}
        }
        let attributes = self.attributes(el);
        self.plain(el, &attributes);
    }

    /// A cell with what the tags in its own paragraphs say of it among its properties; nothing if
    /// they say nothing.
    fn told_cell(&self, cell: &WordElement) -> Option<WordElement> {
        let mut tags = Vec::new();
        collect_cell_tags(cell, self.tags, true, &mut tags);
        if tags.is_empty() {
            return None;
        }
        let mut told = cell.clone();
        take_tags(&mut told, &tags);
        for (id, kind) in &tags {
            let name = match kind {
                CellTag::Span => "w:gridSpan",
                CellTag::Merge => "w:vMerge",
                CellTag::Shade => "w:shd",
            };
            told.put_properties(name, [WordNode::Tag(*id)]);
        }
        Some(told)
    }

    fn plain(&mut self, el: &WordElement, attributes: &str) {
        self.literal("<");
        self.literal(&el.name);
        self.attribute_text(attributes);
        if el.children.is_empty() {
            self.literal("/>");
            return;
        }
        self.literal(">");
        el.children.iter().for_each(|node| self.node(node));
        self.literal("</");
        self.literal(&el.name);
        self.literal(">");
    }

    /// Attributes, with the tags among them.
    fn attribute_text(&mut self, attributes: &str) {
        let mut rest = attributes;
        while let Some((before, after)) = rest.split_once(BEGIN) {
            self.literal(before);
            let Some((id, after)) = after.split_once(END) else { break };
            match id.parse::<usize>().ok() {
                // Of a picture the tag is where the picture is put in; a description says it not.
                Some(id) if matches!(self.tags.tags[id].kind, TagKind::Picture(_)) => {}
                // Any other expression stands in the attribute as it was written.
                Some(id) => self.tag(id),
                None => self.out.text.push_str(&format!("{BEGIN}{id}{END}")),
            }
            rest = after;
        }
        self.literal(rest);
    }

    /// The attributes of an element, changed where each turn of a loop needs others.
    fn attributes(&self, el: &WordElement) -> String {
        let mut el = WordElement::new(&el.name, &el.attributes, Vec::new());
        if self.dummy {
            match el.name.as_str() {
                "a:blip" => el.set("r:embed", &format!("{BEGIN}r{END}")),
                "v:imagedata" => el.set("r:id", &format!("{BEGIN}r{END}")),
                // The picture of the data has other proportions than its dummy, which gives only
                // the frame.
                "wp:extent" | "a:ext" => {
                    el.set("cx", &format!("{BEGIN}x{END}"));
                    el.set("cy", &format!("{BEGIN}y{END}"));
                }
                _ => {}
            }
        }
        if self.repeats() {
            let mark = |kind: char, value: &str| format!("{BEGIN}{kind}{value}{END}");
            // Each turn needs ids of its own: Word refuses doubles, or drops them. Those of marks
            // that come in pairs are settled when the part is filled.
            match el.name.as_str() {
                "wp:docPr" => el.set("id", &mark('D', "")),
                "w:id" => el.set("w:val", &mark('S', "")),
                name if is_change(name) => {
                    let id = el.get("w:id").unwrap_or_default();
                    el.set("w:id", &mark('R', &id));
                }
                "w:numId" => {
                    let list = el.get("w:val").unwrap_or_default();
                    if self.restarts.contains_key(&list) {
                        el.set("w:val", &mark('L', &list));
                    }
                }
                _ => {}
            }
            // They name one paragraph each, and nothing needs them.
            for name in ["w14:paraId", "w14:textId"] {
                if let Some(at) = el.attributes.find(&format!(" {name}=\"")) {
                    let end = el.attributes[at..].match_indices('"').nth(1);
                    let end = end.map_or(el.attributes.len(), |(end, _)| at + end + 1);
                    el.attributes.replace_range(at..end, "");
                }
            }
        }
        el.attributes
    }

    /// Tells which picture takes the place of a drawing, and how large it may be.
    fn begin_dummy(&mut self, drawing: &WordElement) -> bool {
        let Some(id) = described(drawing).filter(|id| {
            self.tags.tags.get(*id).is_some_and(|tag| matches!(tag.kind, TagKind::Picture(_)))
        }) else {
            return false;
        };
        let extent = first(drawing, "wp:extent");
        let length = |name| extent.and_then(|extent| extent.get(name)).unwrap_or_default();
        let blip = first(drawing, "a:blip").and_then(|blip| blip.get("r:embed"));
        let blip = blip.or_else(|| first(drawing, "v:imagedata").and_then(|data| data.get("r:id")));
        let tag = &self.tags.tags[id];
        let TagKind::Picture(picture) = &tag.kind else { return false };
        let expression = &picture.expression;
        self.out.places.push((self.out.text.len(), tag.at.start));
        let (cx, cy, blip) = (length("cx"), length("cy"), blip.unwrap_or_default());
        self.out.text.push_str(&format!("{BEGIN}Q{cx};{cy};{blip};{expression}{END}"));
        true
    }

    /// Text in which pictures stand: they are beside it in the run, not in it.
    fn text_with_pictures(&mut self, el: &WordElement) {
        let tags = self.tags;
        // Pieces are parted wherever one of two neighbours is a picture.
        let apart = |a: &WordNode, b: &WordNode| !is_picture(tags, a) && !is_picture(tags, b);
        for pieces in el.children.chunk_by(apart) {
            match pieces {
                [WordNode::Tag(id)] if is_picture(tags, &pieces[0]) => self.tag(*id),
                pieces => {
                    let text = WordElement::new("w:t", &el.attributes, pieces.to_vec());
                    self.plain(&text, &el.attributes);
                }
            }
        }
    }
}

/// Whether an element tells a change that Word tracks (ECMA-376 Part 1, 17.13.5).
fn is_change(name: &str) -> bool {
    let marks = ["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel"];
    marks.contains(&name) || name == "w:cellMerge" || name.ends_with("Change")
}

fn is_picture(tags: &PartText, node: &WordNode) -> bool {
    let WordNode::Tag(id) = node else { return false };
    tags.tags.get(*id).is_some_and(|tag| matches!(tag.kind, TagKind::Picture(_)))
}

/// The property that gives a cell its colour, of six digits.
pub(super) fn shading(fill: &str) -> String {
    format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")
}

fn collect_cell_tags(
    el: &WordElement,
    tags: &PartText,
    top: bool,
    found: &mut Vec<(usize, CellTag)>,
) {
    // A table within has cells of its own; what is among the properties is there already.
    if matches!(el.name.as_str(), "w:tbl" | "w:tcPr") && !top {
        return;
    }
    for node in &el.children {
        match node {
            WordNode::El(el) => collect_cell_tags(el, tags, false, found),
            WordNode::Tag(id) => {
                if let Some(TagKind::Cell(cell)) = tags.tags.get(*id).map(|tag| &tag.kind) {
                    found.push((*id, *cell));
                }
            }
            _ => {}
        }
    }
}

fn take_tags(el: &mut WordElement, tags: &[(usize, CellTag)]) {
    let told = |id: &usize| tags.iter().any(|(tag, _)| tag == id);
    let taken = |node: &WordNode| matches!(node, WordNode::Tag(id) if told(id));
    el.children.retain(|node| !taken(node));
    el.elements_mut().for_each(|el| take_tags(el, tags));
}

/// The first tag in the description of a drawing.
fn described(drawing: &WordElement) -> Option<usize> {
    let of = |el: &WordElement| {
        let name = el.name.as_str();
        if !matches!(name, "wp:docPr" | "pic:cNvPr" | "v:shape") {
            return None;
        }
        ["descr", "title", "alt"].iter().find_map(|name| {
            let text = el.get(name)?;
            let (_, rest) = text.split_once(BEGIN)?;
            rest.split_once(END)?.0.parse().ok()
        })
    };
    of(drawing).or_else(|| drawing.elements().find_map(described))
}

fn first<'a>(el: &'a WordElement, name: &str) -> Option<&'a WordElement> {
    if el.name == name {
        return Some(el);
    }
    el.elements().find_map(|inner| first(inner, name))
}

/// A picture of the data stands between these in the text of a part without marks: its width, its
/// height and its expression, parted by semicolons.
pub(super) const PICTURE: (char, char) = ('\u{E0F0}', '\u{E0F1}');

/// Puts what the last tag behind a place prints through a helper.
fn wrapped(out: &mut String, from: usize, helper: impl Fn(&str) -> String) {
    let Some(start) = out[from..].rfind("{{").map(|at| at + from) else { return };
    let Some(end) = out[start..].find("}}").map(|at| at + start) else { return };
    let inner = &out[start + 2..end];
    // A name in brackets may hold spaces; with anything else it is a call.
    let name =
        !inner.contains(' ') || inner.starts_with('[') && inner.find(']') == Some(inner.len() - 1);
    let call = helper(&if name { inner.to_owned() } else { format!("({inner})") });
    out.replace_range(start + 2..end, &call);
}

/// A brace and a backslash of the text, which are no part of a tag, in a part without marks.
const LITERAL: [(&str, &str); 2] = [("&#123;", "\u{E0F2}"), ("&#92;", "\u{E0F3}")];

/// Markup with the braces and backslashes of the text as a template has them.
pub(crate) fn with_literals(markup: &str) -> String {
    LITERAL.iter().fold(markup.to_owned(), |text, (as_text, sign)| text.replace(sign, as_text))
}

/// A part without what only a filled document needs: what is marked is what it was.
pub(super) fn without_marks(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut beside = None;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        out.push_str(before);
        let Some((mark, after)) = after.split_once(END) else { break };
        let mut chars = mark.chars();
        match (chars.next(), chars.as_str()) {
            (Some('N'), picture) => {
                // Its size, and what names its file.
                let told = picture.split_once(';').map_or(picture, |(_, told)| told);
                out.extend([PICTURE.0]);
                out.push_str(told);
                out.extend([PICTURE.1]);
            }
            (Some('P'), color) if !color.contains('{') => {
                out.push_str(&shading(color.trim_start_matches('#')));
            }
            (Some('F'), _) => {
                // Behind a block the stop stands as it was typed.
                let block = out.rfind("{{").is_none_or(|at| {
                    out[at + 2..].starts_with(['/', '#']) || out[at + 2..].starts_with("else")
                });
                if !block {
                    wrapped(&mut out, 0, |value| format!("once {value} \"\" \".\""));
                }
                out.push('.');
            }
            (Some('V'), words) => {
                let (before, after) = words.split_once(DOUBLED).unwrap_or((words, ""));
                beside = Some((out.len(), before, after));
            }
            (Some('E'), _) => {
                if let Some((start, before, after)) = beside.take() {
                    let once = |value: &str| format!("once {value} \"{before}\" \"{after}\"");
                    wrapped(&mut out, start, once);
                }
            }
            // What is known only of a filled table is said in the template's own words.
            (Some('I' | 'r' | 'x' | 'y' | 'C' | 'P' | 'M' | 'T'), _) => {}
            (_, value) => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    LITERAL.iter().fold(out, |text, (as_text, sign)| text.replace(as_text, sign))
}
