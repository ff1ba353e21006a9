//! The text of a part as people see it, a paragraph in a line, and the tags in it.
//!
//! Word cuts a paragraph into runs wherever spelling, revisions or a changed letter want it. So
//! tags are sought in the whole text of a paragraph, and each is put where its first letter stood,
//! whose formatting it keeps.

use std::ops::Range;

use super::fields;
use super::tag::{self, TagFault, TagKind, WordTag};
use super::tree::{WordElement, WordNode, escape};
use crate::diag::{Message, say};

/// A row of a table, both counted from 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableRow {
    pub(super) table: usize,
    pub(super) row: usize,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct ParagraphSpot {
    /// Where its text begins.
    pub(super) start: usize,
    /// The page that it began on when Word last laid it out, from 1; nothing if it did not say.
    pub(super) page: Option<usize>,
    /// The row that it is in.
    pub(super) row: Option<TableRow>,
}

/// What was found in a part.
#[derive(Debug, Default)]
pub(super) struct PartText {
    /// The text, a paragraph in a line.
    pub(super) plain: String,
    pub(super) tags: Vec<WordTag>,
    pub(super) spots: Vec<ParagraphSpot>,
    pub(super) faults: Vec<(TagFault, Range<usize>)>,
    /// What looks like a tag and is none, and what a tag is.
    pub(super) doubts: Vec<(Range<usize>, Message)>,
    /// Whether any text is another one now: tags, comments, escaped braces.
    pub(super) changed: bool,
    tables: usize,
    /// How many ends of pages Word has marked so far.
    page_ends: usize,
}

/// A stretch of a paragraph's text: the way to its element, and what it says.
struct TextPiece {
    path: Vec<usize>,
    text: String,
    /// `w:t`; others say something only by their name.
    written: bool,
}

impl PartText {
    /// Puts tags in the place of their letters.
    pub(super) fn of(root: &mut WordElement) -> Self {
        let mut text = Self::default();
        text.walk(root, None);
        // A file that Word has not laid out says nothing, and one of a single page neither.
        if text.page_ends == 0 {
            text.spots.iter_mut().for_each(|spot| spot.page = None);
        }
        text
    }

    fn walk(&mut self, el: &mut WordElement, row: Option<TableRow>) {
        match el.name.as_str() {
            "w:p" => {
                self.paragraph(el, row);
                self.boxes(el, row);
            }
            "w:tbl" => {
                // Tables are counted as people see them, those within others too.
                self.tables += 1;
                let (table, mut rows) = (self.tables, 0);
                for child in el.elements_mut() {
                    // Rows may lie in content controls, too; those are counted as one.
                    rows += usize::from(matches!(child.name.as_str(), "w:tr" | "w:sdt"));
                    self.walk(child, Some(TableRow { table, row: rows }));
                }
            }
            fields::BLOCK => self.block(el, row),
            "w:sdt" if fields::shows_placeholder(el) => {
                let start = self.plain.len();
                el.elements_mut().for_each(|child| self.walk(child, row));
                self.placeholder(start..self.plain.trim_end().len());
            }
            _ => el.elements_mut().for_each(|child| self.walk(child, row)),
        }
    }

    /// A tag that stands beside paragraphs, and is none of them.
    fn block(&mut self, el: &mut WordElement, row: Option<TableRow>) {
        let (text, start) = (el.text(), self.plain.len());
        self.line(&text, row);
        self.spots.pop();
        let mut marks = Vec::new();
        self.find(&text, start, &mut marks);
        el.children = marked(&text, 0, &marks);
        self.changed = true;
    }

    /// Whether something was told of what begins here.
    fn is_doubted(&self, start: usize) -> bool {
        self.doubts.iter().any(|(other, _)| other.start == start)
    }

    /// Words that stand in a content control until somebody fills it in.
    fn placeholder(&mut self, range: Range<usize>) {
        if !range.is_empty() && !self.is_doubted(range.start) {
            let hint = say!(
                "that is the placeholder of a content control: give it the name of a value as \
                 its tag, or fill it in"
            );
            self.doubts.push((range, hint));
        }
    }

    /// Text boxes of a paragraph, which hold paragraphs of their own, and drawings.
    fn boxes(&mut self, el: &mut WordElement, row: Option<TableRow>) {
        for child in el.elements_mut() {
            match child.name.as_str() {
                "w:txbxContent" => self.walk(child, row),
                "wp:docPr" | "pic:cNvPr" | "w:instrText" | "v:textpath" => {
                    self.words_of(child, row);
                }
                // A shape of older versions has its text box in it.
                "v:shape" | "v:rect" | "v:roundrect" | "v:oval" => {
                    self.words_of(child, row);
                    self.boxes(child, row);
                }
                _ => self.boxes(child, row),
            }
        }
    }

    /// Tags in a picture's description and in a field.
    fn words_of(&mut self, el: &mut WordElement, row: Option<TableRow>) {
        if el.name == "w:instrText" {
            let text = el.text();
            if let Some(open) = text.find("{{")
                && text[open..].contains("}}")
            {
                self.line(&text, row);
                // Where the line that was just written begins; the one is its line feed.
                let start = self.plain.len() - text.len() - 1;
                let mut marks = Vec::new();
                self.find(&text, start, &mut marks);
                el.children = marked(&text, 0, &marks);
                self.changed = true;
            }
            return;
        }
        for name in ["descr", "title", "alt", "string"] {
            let Some(text) = el.get(name).filter(|text| text.contains("{{")) else { continue };
            self.line(&text, row);
            let start = self.plain.len() - text.len() - 1;
            let mut marks = Vec::new();
            self.find(&text, start, &mut marks);
            let mut shown = String::new();
            for node in marked(&text, 0, &marks) {
                match node {
                    WordNode::Text(text) => shown.push_str(&text),
                    // Found again when the part is written.
                    WordNode::Tag(id) => shown.push_str(&format!("\u{1}{id}\u{2}")),
                    _ => {}
                }
            }
            el.set(name, &shown);
            self.changed = true;
        }
    }

    fn line(&mut self, text: &str, row: Option<TableRow>) {
        let page = Some(self.page_ends + 1);
        self.spots.push(ParagraphSpot { start: self.plain.len(), page, row });
        // What ends a line here is the paragraph; all letters keep their places.
        self.plain.push_str(&text.replace(['\n', '\r'], " "));
        self.plain.push('\n');
    }

    fn paragraph(&mut self, el: &mut WordElement, row: Option<TableRow>) {
        let mut pieces = Vec::new();
        collect(el, &mut Vec::new(), &mut pieces);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let start = self.plain.len();
        // A page may end within the paragraph: it is told by the page that it begins on.
        let (before, within) = page_ends(el);
        self.page_ends += before;
        self.line(&text, row);
        self.page_ends += within;
        self.left_fields(el, &text, start);
        self.foreign(&text, start);
        self.other_brackets(&text, start);
        if !text.contains("{{") && !text.contains("}}") {
            return;
        }
        let mut marks = Vec::new();
        self.find(&text, start, &mut marks);
        if marks.is_empty() {
            return;
        }
        self.changed = true;
        let mut at = 0;
        for piece in &pieces {
            let range = at..at + piece.text.len();
            at = range.end;
            if !marks
                .iter()
                .any(|mark| mark.range.start < range.end && mark.range.end > range.start)
            {
                continue;
            }
            let nodes = marked(&piece.text, range.start, &marks);
            replace(el, &piece.path, piece.written.then_some(nodes));
        }
    }

    /// Fields of mail merge that only Word computes, and what they show.
    fn left_fields(&mut self, paragraph: &WordElement, text: &str, start: usize) {
        for (shown, field) in fields::left(paragraph) {
            let at = text.find(&shown).filter(|_| !shown.is_empty());
            let range = at.map_or(0..text.len(), |at| at..at + shown.len());
            let hint = say!(
                "that is what the field `{field}` showed: write names of the data in double \
                 braces in its place",
                field
            );
            self.doubts.push((start + range.start..start + range.end, hint));
        }
        for control in paragraph.elements().filter(|el| fields::shows_placeholder(el)) {
            let shown = text_of(control);
            if let Some(at) = text.find(&shown) {
                self.placeholder(start + at..start + at + shown.len());
            }
        }
    }

    /// Tags of other programs' languages, which would be printed as they stand.
    fn foreign(&mut self, text: &str, start: usize) {
        let mut from = 0;
        while let Some(open) = text[from..].find('{').map(|at| at + from) {
            let rest = &text[open + 1..];
            from = open + 1;
            let double = rest.starts_with('{') || text[..open].ends_with('{');
            let Some(end) = rest.find('}').filter(|_| !double) else { continue };
            let inner = &rest[..end];
            // `{% if %}` and `{# … #}` of docxtpl; `{#list}` and `{/list}` of docxtemplater.
            let jinja = inner.starts_with(['%', '#']) && inner.ends_with(['%', '#']);
            let name = inner.strip_prefix(['#', '/', '^', '@']).unwrap_or_default();
            let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
            let mustache = !name.is_empty() && name.chars().all(word);
            let range = start + open..start + open + end + 2;
            if jinja || mustache {
                let hint =
                    say!("blocks are written `{{#each …}}`, `{{#if …}}` and `{{/each}}` here");
                self.doubts.push((range, hint));
            } else if tag::is_like_tag(inner) {
                self.doubts.push((range, in_braces(inner)));
            }
        }
    }

    /// Names of the data in other brackets than double braces: they would be printed as they are.
    fn other_brackets(&mut self, text: &str, start: usize) {
        for (open, close) in BRACKETS {
            let mut from = 0;
            while let Some(at) = text[from..].find(open).map(|at| at + from) {
                let inner = at + open.len();
                from = inner;
                let Some(len) = text[inner..].find(close) else { break };
                let name = &text[inner..inner + len];
                // `{{[Имя столбца]}}` is a tag.
                let in_tag = text[..at].rfind("{{") > text[..at].rfind("}}");
                if !in_tag && tag::is_like_tag(name) && !self.is_doubted(start + at) {
                    from = inner + len + close.len();
                    self.doubts.push((start + at..start + from, in_braces(name)));
                }
            }
        }
    }

    /// The tags of a text; `start` is its place in the part's.
    fn find(&mut self, text: &str, start: usize, marks: &mut Vec<TagMark>) {
        let mut from = 0;
        while let Some(open) = text[from..].find("{{").map(|at| at + from) {
            if text[..open].ends_with('\\') {
                // An escaped tag is text; only the backslash goes.
                marks.push(TagMark { range: open - 1..open, tag: None });
                from = open + 2;
                continue;
            }
            let rest = &text[open + 2..];
            // Braces that open again before they close belong to another tag: this one is what was
            // forgotten to close.
            let next = rest.find("{{").unwrap_or(rest.len());
            let Some(len) = rest.find("}}").filter(|len| *len < next || next == 0) else {
                let fault = TagFault {
                    code: "word-tag",
                    message: say!("the tag is not closed in its paragraph"),
                    hint: Some(say!("add `}}`; a tag begins and ends in one paragraph")),
                };
                let shown = rest.floor_char_boundary(next.min(40));
                self.faults.push((fault, start + open..start + open + 2 + shown));
                from = open + 2 + next;
                continue;
            };
            let end = open + 2 + len + 2;
            self.tag(&text[open + 2..end - 2], start + open..start + end, open, marks);
            from = end;
        }
        let lone = text.find("}}").filter(|at| marks.iter().all(|m| !m.range.contains(at)));
        if let Some(at) = lone
            && let Some(open) = text[..at].rfind('{')
            && marks.iter().all(|mark| !mark.range.contains(&open))
            && !text[open..at].contains('}')
            // An escaped tag is text.
            && !text[..=open].ends_with("{{")
        {
            let fault = TagFault {
                code: "word-tag",
                message: say!("the tag begins with one brace and ends with two"),
                hint: Some(say!("write `{{` before the name")),
            };
            self.faults.push((fault, start + open..start + at + 2));
            return;
        }
        self.stray_ends(text, start, marks);
    }

    /// Braces that close what nothing opens: `ФИО дат}}`, `{{ФИО}}}`.
    fn stray_ends(&mut self, text: &str, start: usize, marks: &[TagMark]) {
        let in_tag = |at: usize| marks.iter().any(|mark| mark.range.contains(&at));
        let ended = |at: usize| marks.iter().any(|mark| mark.range.end == at);
        for (at, _) in text.match_indices('}').filter(|(at, _)| !in_tag(*at)) {
            if ended(at) && text[..at].ends_with("}}") {
                let hint = say!("take the third brace away");
                self.doubts.push((start + at..start + at + 1, hint));
            }
            // An escaped tag is text, and so is a brace that one opened.
            let before = &text[..at];
            let open = before.rfind('{') > before.rfind('}');
            if !open && text[at..].starts_with("}}") && !ended(at) && !before.ends_with('}') {
                let from = before.rfind(|c: char| "}.,;:!?\n\t".contains(c)).map_or(0, |at| at + 1);
                let words = before[from..].trim_start();
                let hint = say!("write `{{` before the name, if a value belongs there");
                self.doubts.push((start + at - words.len()..start + at + 2, hint));
            }
        }
    }

    fn tag(&mut self, inner: &str, at: Range<usize>, open: usize, marks: &mut Vec<TagMark>) {
        let range = open..open + at.len();
        match tag::read(inner) {
            Ok((TagKind::Comment, _)) => marks.push(TagMark { range, tag: None }),
            Ok((kind, text)) => {
                // A tag that Word has cut into several runs looks like the run of its name, not of
                // its braces.
                let letter = inner.find(char::is_alphanumeric).unwrap_or(0);
                let letter = open + 2 + letter;
                marks.push(TagMark { range, tag: Some((self.tags.len(), letter)) });
                self.tags.push(WordTag { kind, text, at });
            }
            Err(fault) => self.faults.push((fault, at)),
        }
    }
}

/// Brackets that people write for double braces, or that other programs have, once or twice.
const BRACKETS: [(&str, &str); 4] = [("<", ">"), ("[", "]"), ("｛", "｝"), ("((", "))")];

fn in_braces(name: &str) -> Message {
    let tag = format!("{{{{{}}}}}", name.trim());
    say!("write `{tag}` if a value belongs there", tag)
}

/// How many ends of pages Word has marked in a paragraph: before its text, and within.
fn page_ends(el: &WordElement) -> (usize, usize) {
    fn look(el: &WordElement, (before, within, said): (&mut usize, &mut usize, &mut bool)) {
        for child in el.elements() {
            match child.name.as_str() {
                "w:lastRenderedPageBreak" if *said => *within += 1,
                "w:lastRenderedPageBreak" => *before += 1,
                "w:t" | "w:drawing" | "w:tab" => *said = true,
                "w:pPr" | "w:rPr" | "mc:AlternateContent" => {}
                _ => look(child, (before, within, said)),
            }
        }
    }
    let (mut before, mut within, mut said) = (0, 0, false);
    look(el, (&mut before, &mut within, &mut said));
    (before, within)
}

/// Letters that go, and the tag that stands for them at one of them.
struct TagMark {
    range: Range<usize>,
    tag: Option<(usize, usize)>,
}

/// The text of a piece without the letters of tags, with the tags that begin in it.
fn marked(text: &str, start: usize, marks: &[TagMark]) -> Vec<WordNode> {
    let mut nodes = Vec::new();
    let mut at = 0;
    let put = |nodes: &mut Vec<WordNode>, text: &str| {
        if !text.is_empty() {
            nodes.push(WordNode::Text(escape(text)));
        }
    };
    for mark in marks {
        let from = mark.range.start.saturating_sub(start).clamp(at, text.len());
        let to = mark.range.end.saturating_sub(start).clamp(at, text.len());
        put(&mut nodes, &text[at..from]);
        at = to;
        if let Some((id, letter)) = mark.tag
            && (start..start + text.len()).contains(&letter)
        {
            nodes.push(WordNode::Tag(id));
        }
    }
    put(&mut nodes, &text[at..]);
    nodes
}

/// Puts other text into a piece, or takes it away with the run that it leaves empty.
fn replace(paragraph: &mut WordElement, path: &[usize], nodes: Option<Vec<WordNode>>) {
    let Some((last, way)) = path.split_last() else { return };
    let Some(run) = paragraph.at_mut(way) else { return };
    match (run.children.get_mut(*last), nodes) {
        (Some(WordNode::El(el)), Some(nodes)) if !nodes.is_empty() => {
            el.children = nodes;
            // What is left of the text may begin or end with a space, which Word would drop.
            if el.get("xml:space").is_none() {
                el.attributes.push_str(" xml:space=\"preserve\"");
            }
        }
        (Some(node), _) => *node = WordNode::Raw(String::new()),
        _ => {}
    }
    let says = |node: &WordNode| match node {
        WordNode::El(el) => el.name != "w:rPr",
        WordNode::Raw(raw) => !raw.is_empty(),
        WordNode::Text(text) => !text.trim().is_empty(),
        WordNode::Tag(_) => true,
    };
    // A run of nothing but properties would be harmless, but its paragraph would never count as
    // empty.
    if run.name == "w:r" && !run.children.iter().any(says) {
        let Some((last, way)) = way.split_last() else { return };
        if let Some(node) = paragraph.at_mut(way).and_then(|el| el.children.get_mut(*last)) {
            *node = WordNode::Raw(String::new());
        }
    }
}

/// The pieces of a paragraph's own text in their order.
fn collect(el: &WordElement, path: &mut Vec<usize>, pieces: &mut Vec<TextPiece>) {
    for (at, child) in el.children.iter().enumerate() {
        let WordNode::El(child) = child else { continue };
        path.push(at);
        // A tag may lie across a tab or a break; they count as letters, so that places are right.
        let sign = match child.name.as_str() {
            // Formulas have text of their own.
            "w:t" | "m:t" => Some(child.text()),
            "w:tab" if el.name == "w:r" => Some("\t".to_owned()),
            "w:br" | "w:cr" => Some("\n".to_owned()),
            "w:noBreakHyphen" => Some("\u{2011}".to_owned()),
            _ => None,
        };
        match (sign, child.name.as_str()) {
            (Some(text), name) => {
                let written = matches!(name, "w:t" | "m:t");
                pieces.push(TextPiece { path: path.clone(), text, written });
            }
            // What was deleted is not there, and text boxes have paragraphs of their own.
            (None, "w:del" | "w:moveFrom" | "w:txbxContent" | "w:pPr" | "w:rPr") => {}
            (None, _) => collect(child, path, pieces),
        }
        path.pop();
    }
}

/// The text of a paragraph, as people see it.
pub(super) fn text_of(paragraph: &WordElement) -> String {
    let mut pieces = Vec::new();
    collect(paragraph, &mut Vec::new(), &mut pieces);
    pieces.into_iter().map(|piece| piece.text).collect()
}
