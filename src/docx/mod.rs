//! The DOCX writer: a box tree in, a Word document out.
//!
//! Each role of the document becomes one named Word style, lists become Word's own numbering,
//! `@page` becomes sections with headers, and tables stay tables, so that whoever edits the file in
//! Word can go on as if they had made it there. The same tree gives the same bytes.
//!
//! docx-rs holds styles, lists, paragraphs and tables; what it cannot express or gets wrong is
//! completed in `package`.
//!
//! | stage | file | takes | gives |
//! |---|---|---|---|
//! | look ahead | `typical`, `numbering`, `strings` | box tree | what most paragraphs of a style are, how far lists count, who sets strings |
//! | values | `properties`, `faces`, `names` | computed values | paragraph and run properties, names of faces and styles |
//! | sizes | `crate::sizing`, `slack` | boxes | widths and heights, and what Word needs beyond them |
//! | blocks | `flow`, `paragraph`, `table`, `flex` | boxes | paragraphs and tables |
//! | lines | `inline`, `notes` | inline content | runs, fields, footnotes |
//! | placed things | `picture`, `text_box` | pictures, positioned boxes | drawings |
//! | pages | `section`, `header` | `@page` | section properties, headers and footers |
//! | styles | `styles` | all paragraphs | named styles, what they share taken up into them |
//! | package | `package` | parts | the file |

mod extract;
mod faces;
mod flex;
mod flow;
mod header;
mod inline;
mod names;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod picture;
mod properties;
mod section;
mod slack;
mod strings;
mod styles;
mod table;
mod text_box;
mod typical;
mod unwritten;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use docx_rs::{BookmarkStart, Document, Docx, Paragraph, ParagraphChild, ParagraphStyle};

use crate::boxes::{BoxNode, BoxTree, Role};
use crate::diag::{Diagnostic, Sink, Span};
use crate::font::FontBook;
use crate::image::ImageStore;
use crate::sizing::{Memo, Placeholders, Sizer, Typesetter};
use crate::style::{Hyphens, PageKind, TextAlign, TextStyle};
pub use extract::extract;
use faces::Faces;
use flow::{Area, Block, Flow};
use package::xml::El;
use package::{FRAGMENT, Patches, R, Relation};
pub use package::{Shared, is_unchanged};
use properties::{Keeping, Placing};
use styles::Sheet;

/// How a DOCX is written.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DocxOptions {
    /// The source data, carried as a custom part that [`extract()`] gives back: a file name and
    /// its bytes. Default: none.
    pub source: Option<(String, Vec<u8>)>,
    /// What measures text, in the faces that the document may use: widths decide how wide columns
    /// are, and faces that readers will not have are embedded. Default: the faces in the
    /// library.
    pub typesetter: Option<Arc<Typesetter>>,
    /// Whether faces that readers will not have (all but Times New Roman and its like) travel with
    /// the document. Default: yes.
    pub embed_fonts: bool,
}

impl DocxOptions {
    /// These options with the data that the document was made from: a file name and its bytes.
    #[must_use]
    pub fn with_source(self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { source: Some((name.into(), bytes.into())), ..self }
    }

    /// These options, with or without faces that travel in the document.
    #[must_use]
    pub fn with_embedded_fonts(self, embed_fonts: bool) -> Self {
        Self { embed_fonts, ..self }
    }
}

impl Default for DocxOptions {
    fn default() -> Self {
        Self { source: None, typesetter: None, embed_fonts: true }
    }
}

/// Writes a box tree as DOCX. An error in the sink means that the bytes are not to be used.
pub fn write(
    tree: &BoxTree,
    images: &ImageStore,
    options: &DocxOptions,
    sink: &mut Sink,
) -> Vec<u8> {
    Shared::default().write(tree, images, options, sink)
}

impl Shared {
    /// Writes one of the documents that have this in common; see [`write()`].
    pub fn write(
        &self,
        tree: &BoxTree,
        images: &ImageStore,
        options: &DocxOptions,
        sink: &mut Sink,
    ) -> Vec<u8> {
        let typesetter = options
            .typesetter
            .clone()
            .unwrap_or_else(|| Arc::new(Typesetter::new(Arc::new(FontBook::bundled()))));
        let memo = Memo::default();
        let sizer = Sizer::new(&typesetter, &Placeholders, &memo);
        let faces = self.faces(Arc::clone(&typesetter));
        unwritten::tell(tree, sink);
        let mut writer = Writer::new(tree, images, faces, sizer, sink);
        writer.lists.survey(&tree.root);
        writer.strings.survey(&tree.root);
        writer.typical.survey(&tree.root, ("", "", Role::None));
        let page = tree.pages.resolve(None, PageKind::default());
        let mut body = Flow::body();
        let width = section::content_width(&page);
        let area = Area { block: Some(section::content_area(&page)), ..Area::of_width(width) };
        flow::blocks(&mut writer, std::slice::from_ref(&tree.root), &area, &mut body);
        flow::end(&mut writer, &mut body);
        writer.patches.section = Some(section::close(&mut writer, &mut body));
        let notes = std::mem::take(&mut writer.notes);
        if !notes.is_empty() {
            writer.patches.footnotes = true;
            writer.relate(&format!("{R}/footnotes"), "footnotes.xml", false);
            writer.patches.parts.push(notes.part());
        }
        if let Some((name, bytes)) = &options.source {
            writer.relate(&format!("{R}/customXml"), "../customXml/item1.xml", false);
            writer.patches.parts.extend(extract::parts(name, bytes));
        }
        let source = options.source.as_ref().map(|(name, _)| name.as_str());
        let date = tree.meta.date.as_deref();
        let own: Vec<_> = [
            ("Дата документа", date),
            ("Исходные данные", source),
            ("Язык", tree.meta.lang.as_deref()),
        ]
        .into_iter()
        .filter_map(|(name, value)| {
            value.filter(|value| !value.is_empty()).map(|value| (name, value))
        })
        .collect();
        if !own.is_empty() {
            writer.patches.parts.push(package::custom(&own));
        }
        let Writer {
            mut styles,
            mut patches,
            mut lists,
            relations,
            sink,
            faces,
            hyphenate,
            headers,
            normal,
            uses,
            ..
        } = writer;
        styles.gather(&mut patches, &uses, &mut lists);
        patches.faces = faces.used(options.embed_fonts);
        for (name, files) in patches.faces.iter() {
            if let Some(why) = files.iter().find_map(|(_, _, face)| package::stays_behind(face)) {
                let message = format!("the font `{name}` does not go with the DOCX: {why}");
                let fault = Diagnostic::warning("docx-font", message);
                sink.push(fault.hint(
                    "where it is not installed, Word takes another; give a TrueType file (.ttf)",
                ));
            }
        }
        patches.hyphenate = hyphenate;
        patches.lang = properties::locale(tree.meta.lang.as_deref().unwrap_or("ru"));

        let mut document = Document::new();
        document.children.extend(body.blocks.into_iter().map(Block::into_child));
        patches.theme = styles.theme(&normal);
        let sheet = Sheet { styles, normal, headers: headers.looks(), lang: patches.lang.clone() };
        let title = tree.meta.title.as_deref().unwrap_or_default();
        let numbering =
            (!lists.is_empty()).then(|| lists.define(Docx::new(), &mut patches, title).numberings);
        let finished = self.sheet(sheet).and_then(|styles| {
            package::finish(
                &package::Built { document, styles, numbering },
                patches,
                &tree.meta,
                &relations,
                self,
            )
        });
        match finished {
            Ok(bytes) => bytes,
            Err(why) => {
                sink.push(
                    Diagnostic::error(
                        "docx-package",
                        format!("the DOCX cannot be finished: {why}"),
                    )
                    .hint("please report this with your template and data"),
                );
                Vec::new()
            }
        }
    }
}

/// What writing needs to remember.
pub(crate) struct Writer<'a> {
    tree: &'a BoxTree,
    images: &'a ImageStore,
    sink: &'a mut Sink,
    faces: Faces,
    /// How wide and high boxes are.
    sizer: Sizer<'a>,
    styles: styles::Styles,
    typical: typical::Typical,
    patches: Patches,
    lists: numbering::Lists,
    notes: notes::Notes,
    strings: strings::Strings,
    /// What the part being written refers to.
    relations: Vec<Relation>,
    /// The paths of pictures in the package, by what they show.
    media: BTreeMap<String, String>,
    bookmarks: BTreeMap<String, String>,
    /// Those that have been set. A header may be written several times, a bookmark stands at one
    /// place.
    marked: BTreeSet<String>,
    warned: BTreeSet<String>,
    /// Bookmarks and anchored things, waiting for the next paragraph.
    anchors: Vec<El>,
    /// Text boxes met inside of text boxes.
    hoisted: Vec<El>,
    /// Boxes that stand on every page.
    fixed: Vec<BoxNode>,
    /// How many text boxes and notes are around.
    boxed: usize,
    hyphenate: bool,
    paragraphs: usize,
    /// The paragraphs of each style.
    uses: BTreeMap<String, Vec<String>>,
    drawings: usize,
    bookmark_ids: usize,
    controls: usize,
    /// The values of `Normal`: those of the body.
    normal: (Vec<El>, Vec<El>),
    headers: header::Headers,
}

impl<'a> Writer<'a> {
    fn new(
        tree: &'a BoxTree,
        images: &'a ImageStore,
        faces: Faces,
        sizer: Sizer<'a>,
        sink: &'a mut Sink,
    ) -> Self {
        let mut style = (*tree.root.style.text).clone();
        style.text_align = TextAlign::Left;
        style.text_indent = Default::default();
        let around = Area::of_width(0.0);
        let paragraph = properties::paragraph(
            &faces,
            &style,
            Placing::default(),
            Keeping::default(),
            None,
            &around,
        );
        let normal = (paragraph, properties::run(&faces, &style));
        Self {
            tree,
            images,
            sink,
            faces,
            sizer,
            styles: styles::Styles::default(),
            typical: typical::Typical::default(),
            patches: Patches::default(),
            lists: numbering::Lists::default(),
            notes: notes::Notes::default(),
            strings: strings::Strings::default(),
            relations: Vec::new(),
            media: BTreeMap::new(),
            bookmarks: BTreeMap::new(),
            marked: BTreeSet::new(),
            warned: BTreeSet::new(),
            anchors: Vec::new(),
            hoisted: Vec::new(),
            fixed: Vec::new(),
            boxed: 0,
            hyphenate: false,
            paragraphs: 0,
            uses: BTreeMap::new(),
            drawings: 0,
            bookmark_ids: 0,
            controls: 0,
            headers: header::Headers::default(),
            normal,
        }
    }

    /// Notes what a text style needs of the whole document.
    fn see(&mut self, style: &TextStyle) {
        self.faces.see(style);
        self.hyphenate |= style.hyphens == Hyphens::Auto;
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Option<Span>) {
        let place = span.and_then(|span| self.tree.sources.place(span));
        self.sink.push(diagnostic.at(place));
    }

    /// Warns of a thing that Word cannot do, once for each place in the template.
    fn warn_once(&mut self, code: &'static str, message: &str, span: Option<Span>) {
        // Without a place, another message is another thing.
        let place = span.map_or_else(|| message.to_owned(), |span| format!("{span:?}"));
        if self.warned.insert(format!("{code} {place}")) {
            self.report(Diagnostic::warning(code, message), span);
        }
    }

    /// Writes a paragraph of a style with properties and runs of its own.
    fn push_paragraph(&mut self, flow: &mut Flow, style: &str, direct: Vec<El>, mut runs: Vec<El>) {
        self.paragraphs += 1;
        runs.splice(0..0, self.anchors.drain(..));
        // Set in place: docx-rs' own setters move a kilobyte each.
        let mut paragraph = Box::new(Paragraph::new());
        paragraph.id = format!("{:08X}", self.paragraphs);
        if style != "Normal" {
            paragraph.property.style = Some(ParagraphStyle::new(Some(style)));
            self.uses.entry(style.to_owned()).or_default().push(paragraph.id.clone());
        }
        if !runs.is_empty() {
            let name = format!("{FRAGMENT}{}", self.patches.fragments.len());
            paragraph.children.push(ParagraphChild::BookmarkStart(BookmarkStart::new(0, name)));
            self.patches.fragments.push(runs);
        }
        self.patches.paragraphs.insert(paragraph.id.clone(), direct);
        flow.blocks.push(Block::Paragraph(paragraph));
    }

    /// One more property of the last paragraph.
    fn patch_last(&mut self, flow: &Flow, property: El) {
        if let Some(Block::Paragraph(last)) = flow.blocks.last() {
            self.patches.paragraphs.entry(last.id.clone()).or_default().push(property);
        }
    }

    /// Another space below the last paragraph than its style says.
    fn space_after(&mut self, flow: &mut Flow, points: f64) {
        if let Some(Block::Paragraph(last)) = flow.blocks.last()
            && flow.after != points
        {
            let direct = self.patches.paragraphs.entry(last.id.clone()).or_default();
            match direct.iter_mut().find(|el| el.name == "w:spacing") {
                Some(spacing) => spacing.set("w:after", properties::twips(points)),
                None => {
                    direct.push(El::new("w:spacing").with("w:after", properties::twips(points)))
                }
            }
            flow.after = points;
        }
    }

    /// The id of a relationship from the part being written.
    fn relate(&mut self, kind: &str, target: &str, external: bool) -> String {
        if let Some(known) =
            self.relations.iter().find(|known| known.kind == kind && known.target == target)
        {
            return known.id.clone();
        }
        let id = format!("rId{}", self.relations.len() + 1);
        self.relations.push(Relation {
            id: id.clone(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            external,
        });
        id
    }

    /// The bookmark that an `id` became: Word wants letters, digits and underscores, at most 40
    /// (ECMA-376 Part 1, 17.13.6.2).
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
        let properties = El::new("w:sdtPr")
            .child(El::val("w:alias", name.to_owned()))
            .child(El::val("w:tag", name.to_owned()))
            .child(El::val("w:id", self.controls));
        El::new("w:sdt").child(properties).child(El::new("w:sdtContent").children(runs))
    }
}
