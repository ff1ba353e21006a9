//! The DOCX writer: a box tree in, a Word document out.
//!
//! Each role of the document becomes one named Word style, lists become Word's own numbering, `@page` becomes sections with headers, and
//! tables stay tables, so that whoever edits the file in Word can go on as if they had made it there. The same tree gives the same bytes.
//!
//! docx-rs builds the document; what it cannot express or gets wrong is mended in `package`.

mod extract;
mod flow;
mod inline;
mod numbering;
mod package;
mod picture;
mod properties;
mod section;
mod styles;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use docx_rs::{Docx, IndentLevel, NumberingId, Paragraph};

use crate::boxes::{BoxNode, BoxTree};
use crate::diag::{Diagnostic, Sink, Span};

use crate::style::{Hyphens, PageKind, TextAlign, TextStyle};
pub use extract::extract;
use flow::{Area, Block, Flow};
use package::xml::El;
use package::{FRAGMENT, Patches};
use properties::{Keeping, Placing};

/// How a DOCX is written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DocxOptions {
    /// The source data, carried as a custom part that [`extract()`] gives back: a file name and its bytes. Default: none.
    pub source: Option<(String, Vec<u8>)>,
}

/// Writes a box tree as DOCX. An error in the sink means that the bytes are not to be used.
pub fn write(tree: &BoxTree, options: &DocxOptions, sink: &mut Sink) -> Vec<u8> {
    let mut writer = Writer::new(tree, sink);
    let page = tree.pages.resolve(None, PageKind::default());
    let mut body = Flow::body();
    let area = Area::of_width(section::content_width(&page));
    flow::blocks(&mut writer, std::slice::from_ref(&tree.root), &area, &mut body);
    flow::end(&mut writer, &mut body);
    let last = flow::close_sections(&mut writer, &mut body);
    let Writer { styles, mut patches, lists, links, sink, faces, hyphenate, header_run, normal, header_used, .. } = writer;
    patches.section = Some(last);
    patches.faces = faces.into_iter().collect();
    patches.hyphenate = hyphenate;
    patches.lang = properties::locale(tree.meta.lang.as_deref().unwrap_or("ru"));
    if let Some((name, bytes)) = &options.source {
        patches.parts.extend(extract::parts(name, bytes));
    }

    let mut docx = Docx::new();
    docx = styles.define(docx, &mut patches, normal.clone());
    if header_used {
        docx = styles::define_header(docx, &mut patches, &header_run, &normal);
    }
    if !lists.is_empty() {
        docx = lists.define(docx, &mut patches);
        docx.document_rels.has_numberings = true;
    }
    for block in body.blocks {
        docx = match block {
            Block::Paragraph(paragraph, _) => docx.add_paragraph(*paragraph),
            Block::Table(table) => docx.add_table(*table),
        };
    }
    match package::finish(docx, patches, &tree.meta, &links) {
        Ok(bytes) => bytes,
        Err(why) => {
            sink.push(
                Diagnostic::error("docx-package", format!("the DOCX cannot be finished: {why}"))
                    .hint("please report this with your template and data"),
            );
            Vec::new()
        }
    }
}

/// What writing needs to remember.
pub(crate) struct Writer<'a> {
    tree: &'a BoxTree,
    sink: &'a mut Sink,
    styles: styles::Styles,
    patches: Patches,
    lists: numbering::Lists,
    /// Relationship ids and addresses.
    links: Vec<(String, String)>,
    media: BTreeMap<String, String>,
    faces: BTreeSet<String>,
    bookmarks: BTreeMap<String, String>,
    warned: BTreeSet<String>,
    /// Runs that hold anchored pictures, waiting for the next paragraph.
    anchors: Vec<El>,
    /// Positioned boxes met inside of a line.
    positioned: Vec<BoxNode>,
    numbered: Option<(NumberingId, IndentLevel)>,
    hyphenate: bool,
    paragraphs: usize,
    drawings: usize,
    bookmark_ids: usize,
    controls: usize,
    /// The values of `Normal`: those of the body.
    normal: (Vec<El>, Vec<El>),
    header_run: Vec<El>,
    header_used: bool,
}

impl<'a> Writer<'a> {
    fn new(tree: &'a BoxTree, sink: &'a mut Sink) -> Self {
        let body = &tree.root.style.text;
        let mut style = (**body).clone();
        style.text_align = TextAlign::Left;
        style.text_indent = Default::default();
        let normal = (properties::paragraph(&style, Placing::default(), Keeping::default(), None), properties::run(&style));
        Self {
            tree,
            sink,
            styles: styles::Styles::default(),
            patches: Patches::default(),
            lists: numbering::Lists::default(),
            links: Vec::new(),
            media: BTreeMap::new(),
            faces: BTreeSet::new(),
            bookmarks: BTreeMap::new(),
            warned: BTreeSet::new(),
            anchors: Vec::new(),
            positioned: Vec::new(),
            numbered: None,
            hyphenate: false,
            paragraphs: 0,
            drawings: 0,
            bookmark_ids: 0,
            controls: 0,
            header_run: normal.1.clone(),
            header_used: false,
            normal,
        }
    }

    /// Notes what a text style needs of the whole document.
    fn see(&mut self, style: &TextStyle) {
        let face = properties::face(&style.font_family).0;
        if !self.faces.contains(face) {
            self.faces.insert(face.to_owned());
        }
        self.hyphenate |= style.hyphens == Hyphens::Auto;
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Option<Span>) {
        let place = span.and_then(|span| self.tree.sources.place(span));
        self.sink.push(diagnostic.at(place));
    }

    /// Warns of a thing that Word cannot do, once for each place in the template.
    fn warn_once(&mut self, code: &'static str, message: &str, span: Option<Span>) {
        if self.warned.insert(format!("{code} {span:?}")) {
            self.report(Diagnostic::warning(code, message), span);
        }
    }

    /// The element and class that name a box's style.
    fn style_key(&self, node: &BoxNode) -> (String, String) {
        (node.element.to_string(), node.class.to_string())
    }

    /// Writes a paragraph of a style with properties and runs of its own.
    fn push_paragraph(&mut self, flow: &mut Flow, style: &str, direct: Vec<El>, mut runs: Vec<El>) {
        self.paragraphs += 1;
        let id = format!("{:08X}", self.paragraphs);
        runs.splice(0..0, self.anchors.drain(..));
        let mut paragraph = Paragraph::new().id(&id);
        if style != "Normal" {
            paragraph = paragraph.style(style);
        }
        if !runs.is_empty() {
            paragraph = paragraph.add_bookmark_start(0, format!("{FRAGMENT}{}", self.patches.fragments.len()));
            self.patches.fragments.push(runs);
        }
        self.patches.paragraphs.insert(id.clone(), direct);
        flow.blocks.push(Block::Paragraph(Box::new(paragraph), id));
    }

    /// Properties of a cell, handed to the finisher by the id of the cell's first paragraph.
    fn patch_cell(&mut self, inner: &Flow, properties: Vec<El>) {
        let first = inner.blocks.iter().find_map(|block| match block {
            Block::Paragraph(_, id) => Some(id.clone()),
            Block::Table(_) => None,
        });
        if let Some(id) = first {
            self.patches.cells.insert(id, properties);
        }
    }

    /// The relationship of an address.
    fn link(&mut self, href: &str) -> String {
        if let Some((id, _)) = self.links.iter().find(|(_, url)| url == href) {
            return id.clone();
        }
        let id = format!("rIdLink{}", self.links.len() + 1);
        self.links.push((id.clone(), href.to_owned()));
        id
    }

    /// The bookmark that an `id` became: Word wants letters, digits and underscores, at most 40 (ECMA-376 Part 1, 17.13.6.2).
    fn bookmark_name(&mut self, id: &str) -> String {
        let number = self.bookmarks.len() + 1;
        self.bookmarks.entry(id.to_owned()).or_insert_with(|| format!("itog_{number}")).clone()
    }

    fn next_bookmark(&mut self) -> usize {
        self.bookmark_ids += 1;
        self.bookmark_ids
    }

    fn next_drawing(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    /// Runs as a content control of that name, which a reader of the file can fill in.
    fn control(&mut self, name: &str, runs: Vec<El>) -> El {
        self.controls += 1;
        let properties =
            El::new("w:sdtPr").child(El::val("w:alias", name)).child(El::val("w:tag", name)).child(El::val("w:id", self.controls));
        El::new("w:sdt").child(properties).child(El::new("w:sdtContent").children(runs))
    }

    /// The style of headers and footers.
    fn header_style(&mut self, text: Option<&Arc<TextStyle>>) -> &'static str {
        if let (Some(text), false) = (text, self.header_used) {
            self.header_run = properties::run(text);
        }
        self.header_used = true;
        "Header"
    }

    /// The same area on pages of another name: as wide as they are.
    fn page_width<'b>(&self, area: &Area<'b>, page: &str) -> Area<'b> {
        let page = self.tree.pages.resolve(Some(page), PageKind::default());
        area.of_other_width(section::content_width(&page))
    }

    /// The room that a positioned box counts its edges in.
    fn page_area(&self, area: &Area<'_>) -> (f64, f64) {
        let page = self.tree.pages.resolve(area.page(), PageKind::default());
        (section::content_width(&page), page.height - page.margin.top - page.margin.bottom)
    }
}
