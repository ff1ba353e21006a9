//! The box tree: what layout places and what the DOCX writer writes.
//!
//! Element tree and computed values become boxes as CSS 2.2, section 9.2 says: anonymous boxes are
//! made, `display: none` is gone, generated content and markers are text, counters are counted,
//! white space is collapsed, table parts are complete (CSS 2.2, 17.2.1), and typography is mended
//! in text.

mod alike;
mod build;
mod content;
mod counters;
mod english;
mod flow;
mod link;
mod meaning;
mod number;
mod plain;
mod space;
mod table;

use std::sync::Arc;

pub use counters::counter_text;
pub(crate) use number::number;
pub(crate) use space::{continues_word, transformed};

use crate::diag::{Sink, Sources, Span};
use crate::image::{Image, ImageStore};
use crate::markup::Tree;
use crate::style::{Computed, ContentItem, CounterStyle, LengthOrAuto, PageRules, Styles};

/// Makes boxes of an element tree and its computed values. Pictures are read through `images`.
///
/// Faults: `image-…` and `qr-…` for pictures that cannot be shown, `markup-depth`, `alt-missing`,
/// `link-target`, `table-size`.
pub fn build(tree: &Tree, styles: &Styles, images: &ImageStore, sink: &mut Sink) -> BoxTree {
    build::build(tree, styles, images, sink)
}

/// How deep boxes may nest for the writers: as deep as the 2 MB stack of a thread carries in a
/// build without optimisation.
pub(crate) const MAX_DEPTH: u32 = 64;

/// A box's number in its tree, in document order from 0. What writers know of a box is kept under
/// it; it lives as long as the tree is not built anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct BoxId(pub u32);

impl BoxId {
    /// The box of the body.
    pub const ROOT: Self = Self(0);
}

/// A document as boxes.
#[derive(Debug, Clone)]
pub struct BoxTree {
    /// The box of the body.
    pub root: BoxNode,
    /// Page sizes, margins and margin boxes.
    pub pages: Arc<PageRules>,
    /// Title, author and so on.
    pub meta: Meta,
    /// What the spans point into.
    pub sources: Arc<Sources>,
}

/// What a document says about itself: `html lang`, `title`, `meta name=…`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// `<title>`.
    pub title: Option<String>,
    /// `<meta name="author">`.
    pub author: Option<String>,
    /// `<meta name="description">`.
    pub subject: Option<String>,
    /// `<meta name="keywords">`.
    pub keywords: Option<String>,
    /// `<meta name="date">`: an ISO date, the document's date of creation.
    pub date: Option<String>,
    /// `<html lang>`, BCP 47.
    pub lang: Option<String>,
    /// Where the template wrote `<html>`.
    pub span: Option<Span>,
}

/// What a box means, in the words of the PDF structure types (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Role {
    /// No meaning of its own: its children count as its parent's (`div`, anonymous boxes).
    None,
    Document,
    Part,
    Section,
    Article,
    Quote,
    BlockQuote,
    Note,
    /// The call of a note.
    Reference,
    /// `h1`–`h6`.
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    TableRow,
    HeaderCell,
    DataCell,
    Caption,
    Figure,
    Link,
    Span,
    Strong,
    Emphasis,
    Code,
    /// Ornament: hidden from screen readers (`aria-hidden="true"`, `alt=""`, `hr`).
    Artifact,
}

/// A box: values, meaning, origin and content.
#[derive(Debug, Clone)]
pub struct BoxNode {
    /// Its number in the tree.
    pub box_id: BoxId,
    /// Its computed values. An anonymous box has initial values for all that is not inherited.
    pub style: Arc<Computed>,
    /// What it means.
    pub role: Role,
    /// The element's name; empty for an anonymous box.
    pub element: Arc<str>,
    /// The `class` attribute as written; empty if there is none.
    pub class: Arc<str>,
    /// The `id` attribute: a link's target.
    pub id: Option<Arc<str>>,
    /// Text for those who don't see it: `alt`, `aria-label`, `title`.
    pub alt: Option<Arc<str>>,
    /// `data-control`: the name of a Word content control.
    pub control: Option<Arc<str>>,
    /// Where the template wrote it.
    pub span: Option<Span>,
    /// The marker of a list item.
    pub marker: Option<Marker>,
    /// `string-set`, resolved: what page margin boxes may show from here on.
    pub strings: Vec<NamedString>,
    /// What is inside.
    pub content: Content,
}

/// A string of `string-set` (CSS GCPM 3, 1.1), which margin boxes show by its name.
#[derive(Debug, Clone)]
pub struct NamedString {
    /// Its name.
    pub name: Arc<str>,
    /// What it says.
    pub text: Arc<str>,
    /// Where its words come from, for faults of the margin box that shows them.
    pub span: Option<Span>,
}

/// What is inside a box.
#[derive(Debug, Clone)]
pub enum Content {
    /// Block-level boxes (absolutely positioned ones among them).
    Blocks(Vec<BoxNode>),
    /// Lines of text.
    Inline(Vec<Inline>),
    /// A table.
    Table(Box<TableBox>),
    /// Flex items.
    Flex(Vec<BoxNode>),
    /// A picture.
    Image(Arc<Image>),
}

/// A piece of inline content. `Start` and `End` nest.
#[derive(Debug, Clone)]
pub enum Inline {
    /// Text with white space collapsed, typography mended and `text-transform` applied.
    Text {
        /// The text.
        text: Arc<str>,
        /// The values of the element that it is in.
        style: Arc<Computed>,
        /// Where the template wrote it.
        span: Option<Span>,
    },
    /// An inline element begins.
    Start(Box<InlineBox>),
    /// The inline element that began last ends.
    End,
    /// `<br/>`, or a line feed that `white-space` keeps.
    Break,
    /// `leader(".")`: fills the line with a pattern and pushes what follows to the right.
    Leader(Arc<str>, Arc<Computed>),
    /// A tab character that `white-space` keeps.
    Tab(Arc<Computed>),
    /// An inline-block or a picture in the line.
    Atomic(Box<BoxNode>),
    /// A number known only after layout.
    Field(Field, Arc<Computed>),
    /// A footnote: the call stands here, the note at the foot of the page. Its number is given by
    /// the writers.
    Footnote(Box<BoxNode>),
    /// An absolutely positioned box whose static position is here.
    Positioned(Box<BoxNode>),
}

/// A number known only after layout.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// The number of this page.
    Page(CounterStyle),
    /// The number of pages.
    Pages(CounterStyle),
    /// The page on which the box with this id begins.
    TargetPage(Arc<str>, CounterStyle),
}

/// An inline element.
#[derive(Debug, Clone)]
pub struct InlineBox {
    /// Its computed values.
    pub style: Arc<Computed>,
    /// What it means.
    pub role: Role,
    /// The element's name.
    pub element: Arc<str>,
    /// The `class` attribute as written.
    pub class: Arc<str>,
    /// The `id` attribute.
    pub id: Option<Arc<str>>,
    /// Where a link goes: a URL, or `#id`.
    pub href: Option<Arc<str>>,
    /// Text for those who don't see it.
    pub alt: Option<Arc<str>>,
    /// The name of a Word content control.
    pub control: Option<Arc<str>>,
    /// Where the template wrote it.
    pub span: Option<Span>,
}

/// The marker of a list item.
#[derive(Debug, Clone)]
pub struct Marker {
    /// What it says, with its suffix: `1.`, `а)`, `—`. Empty if there is none.
    pub text: Arc<str>,
    /// The values of `::marker`.
    pub style: Arc<Computed>,
    /// Whether it stands in the first line (`inside`) or beside the box.
    pub inside: bool,
    /// The number behind it, for a writer that numbers by itself.
    pub number: Option<ListNumbering>,
}

/// How a list item came by its number.
#[derive(Debug, Clone, PartialEq)]
pub struct ListNumbering {
    /// Which counter counts the item: a number of its own for every list, one number for lists
    /// that go on counting (`counter-reset: none`).
    pub list: u32,
    /// The counter of the list that this one is nested in.
    pub parent: Option<u32>,
    /// How many counters are around this one.
    pub level: u8,
    /// The item's number, by the counter that the marker shows last; `list-item` if it shows none.
    pub value: i32,
    /// How the number is written.
    pub style: CounterStyle,
    /// What the marker is made of, if `::marker` has `content`.
    pub content: Option<Arc<[ContentItem]>>,
}

/// A table: columns, row groups, cells in a complete grid.
#[derive(Debug, Clone)]
pub struct TableBox {
    /// The caption.
    pub caption: Option<BoxNode>,
    /// One entry per column, whether or not it was written.
    pub columns: Vec<ColumnBox>,
    /// Rows of `thead`, repeated on every page.
    pub head: Vec<RowBox>,
    /// Rows of all `tbody` and loose rows.
    pub body: Vec<RowBox>,
    /// Rows of `tfoot`, repeated on every page.
    pub foot: Vec<RowBox>,
}

impl TableBox {
    /// The rows of all groups in the order in which they are shown: heads, bodies, feet.
    pub fn rows(&self) -> impl Iterator<Item = &RowBox> + Clone {
        self.head.iter().chain(&self.body).chain(&self.foot)
    }
}

/// A column's values from `col`, `colgroup`.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct ColumnBox {
    pub width: LengthOrAuto,
    pub style: Arc<Computed>,
}

/// A table row.
#[derive(Debug, Clone)]
pub struct RowBox {
    /// The row's values (height, background, breaks).
    pub style: Arc<Computed>,
    /// The cells that begin in this row, in order of column.
    pub cells: Vec<CellBox>,
    /// Where the template wrote it.
    pub span: Option<Span>,
}

/// A table cell in its grid place.
#[derive(Debug, Clone)]
pub struct CellBox {
    /// The cell's box.
    pub node: BoxNode,
    /// The first column that it covers, from 0.
    pub column: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// How many rows it covers, at least 1 and never past the row group.
    pub rows: usize,
    /// For a header cell: whether it heads its row (`scope="row"`) and not its column.
    pub heads_row: bool,
}
