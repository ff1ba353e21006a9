//! Stories: boxes as paragraphs and tables.
//!
//! The upper floor. A [`Story`] is what is being written into: the body, a header, a note, a text
//! box, or a cell of one of these. Its blocks are elements that carry their own properties, and it
//! holds the handle of its part, so that nobody has to say, or to remember, where a picture's
//! relationship belongs.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `area` | the boxes around | what a box inherits: width, edges, marker, what stays together |
//! | `flow` | block boxes | the right writer for each, margins collapsed |
//! | `paragraph`, `inline`, `note` | inline content | paragraphs: style, direct formatting, runs |
//! | `control` | runs | content controls |
//! | `table`, `flex`, `cell` | tables, flex rows, framed boxes | tables |
//! | `table_look` | a table | what its style gives its cells |
//! | `text_box`, `picture`, `shape`, `anchor` | positioned boxes, pictures | drawings |
//! | `fallback` | finished shapes | the same for older readers |
//! | `lost`, `unwritten` | the box tree | warnings of properties that are lost where they stand |
//! | `section`, `page` | `@page` | sections and their properties |
//! | `header`, `band` | margin boxes | headers and footers |
//! | `spacing` | margins | empty paragraphs where Word has none |

pub(super) mod anchor;
pub(super) mod area;
pub(super) mod band;
pub(super) mod cell;
pub(super) mod characters;
pub(super) mod control;
pub(super) mod fallback;
pub(super) mod flex;
pub(super) mod flow;
pub(super) mod header;
pub(super) mod inline;
pub(super) mod lost;
pub(super) mod note;
pub(super) mod page;
pub(super) mod paragraph;
pub(super) mod picture;
pub(super) mod section;
pub(super) mod shape;
pub(super) mod spacing;
pub(super) mod table;
pub(super) mod table_look;
pub(super) mod text_box;
pub(super) mod unwritten;

use super::package::xml::El;
use super::registry::relations::PartId;
use super::registry::styles::StyleId;
use super::words::slack::SAME;
use super::words::units::twips;
use crate::sizing::AdjoiningMargins;
use area::StoryArea;
use section::DocxSection;

/// What is being written into: paragraphs and tables, one below the other.
#[derive(Debug)]
pub(crate) struct Story {
    /// Paragraphs and tables.
    pub(crate) blocks: Vec<El>,
    /// The part that its relationships belong to.
    pub(crate) part: PartId,
    holder: Holder,
    /// The space since the last paragraph.
    space: BlockSpace,
    /// What the last paragraph keeps below itself.
    pub(crate) after: f64,
    /// The style of the last paragraph of text.
    pub(crate) last_style: Option<StyleId>,
    /// The last box with a border or background, if the next one would become one with it.
    pub(crate) boxed: Option<BoxedSurface>,
    /// The next paragraph begins a page.
    pub(crate) break_page: bool,
    /// The body's sections. Other stories have none.
    pub(crate) sections: Option<Vec<DocxSection>>,
    /// Bookmarks and anchored drawings, waiting for the next paragraph.
    waiting: Vec<El>,
    /// Drawings met where Word has none, which hang beside what holds the story.
    hoisted: Vec<El>,
}

/// What holds a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Body,
    Header,
    Note,
    TextBox,
}

/// What Word tells the boxes of neighbouring paragraphs apart by.
#[derive(Debug, PartialEq)]
pub(crate) struct BoxedSurface {
    pub(crate) border: Vec<El>,
    pub(crate) color: String,
    /// Indents, in twips.
    pub(crate) left: i64,
    pub(crate) right: i64,
}

/// The space since the last paragraph.
#[derive(Debug, Clone, Copy, Default)]
struct BlockSpace {
    /// Those that collapse with the next one.
    margins: AdjoiningMargins,
    /// Padding and other room that no margin goes through.
    hard: f64,
    /// A frame has taken the margins of its first children: they are between its line and its
    /// text.
    framed: bool,
}

impl Story {
    fn new(part: PartId, holder: Holder) -> Self {
        Self {
            blocks: Vec::new(),
            part,
            holder,
            space: BlockSpace::default(),
            after: 0.0,
            last_style: None,
            boxed: None,
            break_page: false,
            sections: None,
            waiting: Vec::new(),
            hoisted: Vec::new(),
        }
    }

    /// The text of the whole document.
    pub(crate) fn body() -> Self {
        let sections = Some(vec![DocxSection::default()]);
        Self { sections, ..Self::new(PartId::DOCUMENT, Holder::Body) }
    }

    pub(crate) fn header(part: PartId) -> Self {
        Self::new(part, Holder::Header)
    }

    pub(crate) fn note() -> Self {
        Self::new(PartId::FOOTNOTES, Holder::Note)
    }

    /// A cell of a table in this story.
    pub(crate) fn cell(&self) -> Self {
        Self::new(self.part, self.holder)
    }

    /// A text box that is anchored in this story.
    pub(crate) fn text_box(&self) -> Self {
        Self::new(self.anchor_part(), Holder::TextBox)
    }

    /// Whether text boxes and notes hold it: Word has neither notes nor anchored drawings there.
    pub(crate) fn is_boxed(&self) -> bool {
        matches!(self.holder, Holder::Note | Holder::TextBox)
    }

    /// The part in which drawings land that are anchored here: those of a note hang beside its
    /// call.
    pub(crate) fn anchor_part(&self) -> PartId {
        if self.holder == Holder::Note { PartId::DOCUMENT } else { self.part }
    }

    /// Hangs a bookmark or an anchored drawing on the next paragraph.
    pub(crate) fn wait(&mut self, runs: impl IntoIterator<Item = El>) {
        self.waiting.extend(runs);
    }

    /// Hangs an anchored drawing on the next paragraph, or beside what holds the story.
    pub(crate) fn hang(&mut self, run: El) {
        if self.is_boxed() { self.hoisted.push(run) } else { self.waiting.push(run) }
    }

    /// Takes over what could not hang in a story that is finished; gives its blocks.
    pub(crate) fn absorb(&mut self, inner: Self) -> Vec<El> {
        // What holds this story may be a text box as well: then they rise further.
        inner.hoisted.into_iter().for_each(|run| self.hang(run));
        inner.blocks
    }

    /// Whether something waits for a paragraph.
    pub(crate) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// What waits, for a story that has one paragraph, written by hand.
    pub(crate) fn into_waiting(self) -> Vec<El> {
        self.waiting
    }

    /// A margin since the last paragraph.
    pub(crate) fn margin(&mut self, margin: f64) {
        if !self.space.framed {
            self.space.margins.add(margin);
        }
    }

    /// Room that no margin goes through.
    pub(crate) fn padding(&mut self, padding: f64) {
        if padding > 0.0 {
            // Margins above a padding are done with: what comes below does not collapse with
            // them.
            let hard = self.space.hard + self.space.margins.sum() + padding;
            self.space = BlockSpace { hard, framed: self.space.framed, ..BlockSpace::default() };
        }
    }

    /// A frame begins that has the margins of its first children within.
    pub(crate) fn begin_frame(&mut self) {
        self.space.framed = true;
    }

    /// A frame ends that has the margins of its last children within.
    pub(crate) fn end_frame(&mut self) {
        self.space = BlockSpace { framed: self.space.framed, ..BlockSpace::default() };
    }

    /// The space since the last paragraph.
    pub(crate) fn space(&self) -> f64 {
        (self.space.margins.sum() + self.space.hard).max(0.0)
    }

    /// Margins before a forced break are cut off (CSS Fragmentation 3, section 5.2).
    pub(crate) fn forget_space(&mut self) {
        self.space = BlockSpace::default();
        self.after = 0.0;
    }

    /// The space above the next paragraph. Like CSS, Word takes the larger of the space after one
    /// paragraph and before the next (ECMA-376 Part 1, 17.3.1.33), so a paragraph whose own
    /// margin is enough keeps it.
    pub(crate) fn space_before(&mut self, own: f64) -> f64 {
        let wanted = self.space();
        let after = self.after;
        self.forget_space();
        if (own.max(after) - wanted).abs() < SAME { own } else { wanted }
    }

    /// Whether a table is the last block.
    pub(crate) fn ends_with_table(&self) -> bool {
        self.blocks.last().is_some_and(|block| block.name == "w:tbl")
    }

    /// Begins a new section where a box asks for other pages or columns than the one before it.
    pub(crate) fn enter_section(&mut self, area: &StoryArea<'_>) {
        let at = self.blocks.len();
        let Some(sections) = &mut self.sections else { return };
        let Some(current) = sections.last() else { return };
        let same_page = current.page.as_ref() == area.page;
        if same_page && current.columns == area.columns {
            return;
        }
        // Where nothing but the columns changes, the text goes on on the same page.
        let continuous = at > 0 && same_page && !self.break_page;
        let page = area.page.cloned();
        let section = DocxSection { at, page, columns: area.columns, continuous };
        // A section without blocks is none.
        if current.at == at {
            sections.pop();
        }
        sections.push(section);
        // The new section begins a page by itself.
        self.break_page = false;
    }

    /// The last paragraph, if nothing comes after it.
    fn last_paragraph(&mut self) -> Option<&mut El> {
        self.blocks.last_mut().filter(|block| block.name == "w:p")
    }

    /// Whether a paragraph is the last block.
    pub(crate) fn ends_with_paragraph(&self) -> bool {
        self.blocks.last().is_some_and(|block| block.name == "w:p")
    }

    /// A paragraph with properties and runs; what waits hangs on it.
    pub(crate) fn push_paragraph(&mut self, properties: Vec<El>, runs: Vec<El>) {
        let paragraph = El::new("w:p")
            .children(El::filled("w:pPr", properties))
            .children(self.waiting.drain(..))
            .children(runs);
        self.blocks.push(paragraph);
    }

    pub(crate) fn push_table(&mut self, table: El) {
        self.blocks.push(table);
        // Unlike a paragraph, a table keeps no space below itself.
        self.after = 0.0;
    }

    /// One more property of the last paragraph.
    pub(crate) fn add_to_last(&mut self, property: El) {
        if let Some(last) = self.last_paragraph() {
            last.ensure_first("w:pPr").replace(property);
        }
    }

    /// Another space below the last paragraph than its style says.
    pub(crate) fn space_after(&mut self, points: f64) {
        if self.after == points {
            return;
        }
        if let Some(last) = self.last_paragraph() {
            let spacing = last.ensure_first("w:pPr").ensure("w:spacing");
            spacing.set("w:after", twips(points));
            self.after = points;
        }
    }
}
