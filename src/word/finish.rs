//! A part that was filled, finished: what the template could not know is put in.
//!
//! Values with the small markup of texts become runs, pictures come into the file, ids that a loop
//! has repeated are made unique, and what a loop or a condition has left empty gets what the format
//! asks for.

mod cells;
mod edits;
mod lines;
mod marks;
mod notes;
mod picture;
mod rich;

use std::collections::BTreeMap;

use serde_json::Value;

use super::package::Package;
use super::write::{BEGIN, DOUBLED, END, shading};
use crate::diag::{Diagnostic, Sink, say};
use crate::image::ImageStore;
use crate::template::{NoteTexts, RICH_BEGIN, RICH_END, doubled};
use lines::JustifiedStyles;
use marks::GivenMarks;
use picture::Dummy;

/// Where ids of repeated bookmarks and controls begin: Word counts its own from 0.
const FIRST_ID: u32 = 500_000;

/// Finishes the parts of one document.
pub(super) struct Finisher<'a> {
    package: &'a mut Package,
    images: &'a ImageStore,
    notes: NoteTexts,
    /// The last number of a drawing, of a content control, and of a mark or a tracked change.
    drawing: u32,
    control: u32,
    mark: u32,
    given: GivenMarks,
    /// Where the value begins that the words around it may say, too, and these words.
    beside: Option<(usize, String, String)>,
    /// The lists that stand for those of the blank in this turn of their loops.
    lists: BTreeMap<String, Option<String>>,
    /// The picture that takes the place of the drawing that is being written.
    dummy: Dummy,
    /// Whether cells of the part are merged or repeated.
    cells: bool,
    /// Which styles justify, once a value has lines.
    justified: Option<JustifiedStyles>,
    /// Whether a value has lines in a justified paragraph.
    lines: bool,
    /// Whether any part has blocks, which repeat and leave out.
    blocks: bool,
}

impl<'a> Finisher<'a> {
    pub(super) fn new(
        package: &'a mut Package,
        images: &'a ImageStore,
        drawings: u32,
        notes: Option<&Value>,
    ) -> Self {
        let notes = notes.and_then(Value::as_object).into_iter().flatten();
        let note = |(name, text): (&String, &Value)| {
            Some((name.clone(), super::tree::escape(text.as_str()?)))
        };
        Self {
            package,
            images,
            notes: notes.filter_map(note).collect(),
            drawing: drawings,
            control: FIRST_ID,
            mark: FIRST_ID,
            given: GivenMarks::default(),
            beside: None,
            lists: BTreeMap::new(),
            dummy: Dummy::default(),
            cells: false,
            justified: None,
            lines: false,
            blocks: false,
        }
    }

    /// What concerns the whole document, once its parts are finished.
    pub(super) fn settle(self, blank: &Package) {
        if self.lines {
            lines::keep_lines(self.package);
        }
        if self.blocks {
            notes::settle(blank, self.package);
        }
    }

    /// Puts the finished part into the package; `blocks` says that it has some.
    pub(super) fn part(&mut self, name: &str, text: String, blocks: bool, sink: &mut Sink) {
        let text = match text.contains([BEGIN, RICH_BEGIN]) {
            true => self.resolved(name, &text, sink),
            false => text,
        };
        let text = match std::mem::take(&mut self.cells) {
            true => cells::settle(text),
            false => text,
        };
        self.blocks |= blocks;
        let text = match blocks {
            true => marks::settle(text, &mut self.given, || {
                self.mark += 1;
                self.mark
            }),
            false => text,
        };
        self.package.put(name, complete(text).into_bytes());
    }

    fn resolved(&mut self, part: &str, text: &str, sink: &mut Sink) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        let mut rest = text;
        while let Some(at) = rest.find([BEGIN, RICH_BEGIN]) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let rich = rest.starts_with(RICH_BEGIN);
            let (begin, end) = if rich { (RICH_BEGIN, RICH_END) } else { (BEGIN, END) };
            let inner = &rest[begin.len_utf8()..];
            let (inner, after) = inner.split_once(end).unwrap_or((inner, ""));
            rest = after;
            if rich {
                self.value(part, inner, &mut out, sink);
            } else {
                let mut letters = inner.chars();
                let kind = letters.next().unwrap_or_default();
                self.sign(part, kind, letters.as_str(), &mut out, sink);
            }
        }
        out.push_str(rest);
        out
    }

    /// What is put in at a sign.
    fn sign(&mut self, part: &str, kind: char, of: &str, out: &mut String, sink: &mut Sink) {
        match kind {
            'D' => {
                self.drawing += 1;
                out.push_str(&self.drawing.to_string());
            }
            'S' => {
                self.control += 1;
                out.push_str(&self.control.to_string());
            }
            'R' => {
                self.mark += 1;
                out.push_str(&self.mark.to_string());
            }
            'I' => of.split(',').for_each(|list| self.begin_list(list)),
            // In its first turn a list is that of the blank, and has no copy.
            'L' => match self.lists.get(of) {
                Some(Some(list)) => out.push_str(list),
                _ => out.push_str(of),
            },
            'T' => self.cells = true,
            'V' => {
                let (before, after) = of.split_once(DOUBLED).unwrap_or((of, ""));
                self.beside = Some((out.len(), before.to_owned(), after.to_owned()));
            }
            'E' => self.end_value(out),
            'F' if ends_sentence(out) => {}
            'F' => out.push('.'),
            'C' | 'P' | 'M' => self.cell(kind, of, out, sink),
            'N' => self.natural(part, of, out, sink),
            'Q' => self.begin_dummy(part, of, sink),
            'r' => out.push_str(&self.dummy.id),
            'x' => out.push_str(&self.dummy.width),
            'y' => out.push_str(&self.dummy.height),
            _ => {}
        }
    }
}

impl Finisher<'_> {
    /// Takes from a value what the words around it say. One with lines, or in bold, is as it is.
    fn end_value(&mut self, out: &mut String) {
        let Some((start, before, after)) = self.beside.take() else { return };
        if let Some(value) = out.get(start..).filter(|value| !value.contains('<')) {
            let settled = doubled::settle(value, &before, &after);
            out.truncate(start);
            out.push_str(&settled);
        }
    }

    /// Writes the property of a cell that a tag has said.
    fn cell(&mut self, kind: char, of: &str, out: &mut String, sink: &mut Sink) {
        let value = super::tree::unescape(of.trim_matches([RICH_BEGIN, RICH_END]).trim());
        match kind {
            // Nothing is said: the cell is as the blank has it.
            'C' | 'P' if value.is_empty() => {}
            'C' => match value.parse::<usize>() {
                // As many columns as Word knows.
                Ok(span @ 1..=63) => out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>")),
                _ => {
                    let message = say!("a cell cannot take `{value}` columns", value);
                    let hint = say!("give a number from 1 to 63");
                    sink.push(Diagnostic::error("template-argument", message).hint(hint));
                }
            },
            'P' => {
                let digits = value.trim_start_matches('#');
                if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
                    out.push_str(&shading(digits));
                } else {
                    let message = say!("`{value}` is no colour of a cell", value);
                    let hint = say!("write it as six digits: `#FFF2CC`");
                    sink.push(Diagnostic::error("template-argument", message).hint(hint));
                }
            }
            _ if value == "right" => out.push_str(cells::RIGHT),
            _ => out.push_str(cells::DOWN),
        }
        self.cells = true;
    }

    /// Lets a list of the blank begin anew; the first time it is the list itself.
    fn begin_list(&mut self, list: &str) {
        if !self.lists.contains_key(list) {
            self.lists.insert(list.to_owned(), None);
            return;
        }
        let main = self.package.main().to_owned();
        let Some(part) = self.package.related(&main, "numbering").into_iter().next() else {
            return;
        };
        // Read again each time, since the copy before has changed it.
        let numbering = String::from_utf8_lossy(self.package.part(&part).unwrap_or_default());
        if let Some((numbering, id)) = super::lists::copy(&numbering, list) {
            self.package.put(&part, numbering.into_bytes());
            self.lists.insert(list.to_owned(), Some(id));
        }
    }
}

/// Whether the text of the paragraph so far ends with a full stop.
fn ends_sentence(part: &str) -> bool {
    let mut rest = part;
    while rest.ends_with('>') {
        let Some(at) = rest.rfind('<') else { return false };
        let tag = &rest[at..];
        if tag.starts_with("<w:p>") || tag.starts_with("<w:p ") || tag.starts_with("</w:p>") {
            return false;
        }
        rest = &rest[..at];
    }
    rest.ends_with('.')
}

/// A part in which what must hold something does: a block may have left a cell or a table empty.
fn complete(text: String) -> String {
    let mut text = text;
    // Word does not open a cell that does not end with a paragraph.
    for close in ["</w:tc>", "</w:hdr>", "</w:ftr>", "</w:txbxContent>", "</w:footnote>"] {
        let mut from = 0;
        while let Some(at) = text[from..].find(close).map(|at| at + from) {
            let before = text[..at].trim_end();
            let ends = ["</w:p>", "<w:p/>", "</w:sdt>", "<w:bookmarkEnd", "</w:customXml>"];
            let paragraph = ends.iter().any(|end| before.ends_with(end))
                // A mark that stands behind the last paragraph does not take its place, but there
                // is one.
                || before.ends_with("/>") && ends_with_mark(before);
            from = at + close.len();
            if !paragraph {
                text.insert_str(at, "<w:p/>");
                from += "<w:p/>".len();
            }
        }
    }
    // Nor a table without rows.
    while let Some(at) = text.find("</w:tblGrid></w:tbl>") {
        let Some(start) = text[..at].rfind("<w:tbl>") else { break };
        text.replace_range(start..at + "</w:tblGrid></w:tbl>".len(), "<w:p/>");
    }
    text
}

/// Whether a text ends with a paragraph without content, or a mark behind one.
fn ends_with_mark(text: &str) -> bool {
    let tag = text.rfind('<').map_or("", |at| &text[at..]);
    tag.starts_with("<w:p ") || tag.starts_with("<w:bookmark")
}
