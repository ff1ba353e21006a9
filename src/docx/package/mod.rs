//! The finisher: from the parts that docx-rs builds to a package that validators and Word accept.
//!
//! docx-rs writes children in its own order, empty and doubled defaults, and cannot express some
//! things at all (see `docs/docx.md`). So its styles and lists are parsed, its paragraphs and
//! tables taken as they were handed to it; all is completed by what [`Patches`] hold, sorted by the
//! schema and zipped with fixed dates.

mod definitions;
mod fonts;
mod order;
mod parts;
pub(crate) mod xml;
mod zip;

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{
    DocumentChild, ParagraphChild, Table, TableCell, TableCellContent, TableChild, TableRowChild,
};

use crate::boxes::Meta;
use crate::font::Face;
pub(crate) use definitions::styles;
pub(crate) use fonts::stays_behind;
pub(crate) use parts::W;
use xml::{El, Node};
use zip::Part;
pub use zip::Shared;
pub use zip::is_unchanged;
pub(crate) use zip::{Bytes, Packed};

pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
pub(crate) const WP: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(crate) const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
pub(crate) const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(crate) const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The name of a bookmark that stands where the finisher puts a fragment: the prefix and the
/// fragment's number.
pub(crate) const FRAGMENT: &str = "itog.fragment.";

/// A face to embed: bold, italic, and the file.
pub(crate) type EmbeddedFace = (bool, bool, Arc<Face>);

/// What docx-rs cannot express.
#[derive(Debug, Default)]
pub(crate) struct Patches {
    /// Properties of paragraphs by their id.
    pub(crate) paragraphs: BTreeMap<String, Vec<El>>,
    /// Properties of cells by the id of their first paragraph.
    pub(crate) cells: BTreeMap<String, Vec<El>>,
    /// Properties of tables by the id of their first paragraph.
    pub(crate) tables: BTreeMap<String, TablePatch>,
    /// Elements that take the place of a bookmark.
    pub(crate) fragments: Vec<Vec<El>>,
    /// Properties of styles by their id: of paragraphs, of runs.
    pub(crate) styles: BTreeMap<String, (Vec<El>, Vec<El>)>,
    /// Second names of styles by their id.
    pub(crate) aliases: BTreeMap<String, String>,
    /// `w:rPr` of numbering levels: (abstract number, level).
    pub(crate) levels: BTreeMap<(usize, usize), Vec<El>>,
    /// The identities of abstract numberings.
    pub(crate) lists: BTreeMap<usize, u32>,
    /// The last section's properties.
    pub(crate) section: Option<El>,
    /// Headers, footers, pictures, custom XML.
    pub(crate) parts: Vec<ExtraPart>,
    pub(crate) hyphenate: bool,
    pub(crate) even_and_odd: bool,
    /// The names of the faces used, and the faces of each that go with the document.
    pub(crate) faces: Arc<Vec<(String, Vec<EmbeddedFace>)>>,
    pub(crate) footnotes: bool,
    pub(crate) lang: String,
    /// The faces of headings and of text.
    pub(crate) theme: (String, String),
}

/// The properties of a table and of its rows.
#[derive(Debug, Default, Clone)]
pub(crate) struct TablePatch {
    pub(crate) properties: Vec<El>,
    pub(crate) rows: Vec<Vec<El>>,
}

/// A part of ours.
#[derive(Debug, Clone)]
pub(crate) struct ExtraPart {
    /// Below `word/`, or absolute with a leading slash.
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
    /// Content type if it is not told by the ending.
    pub(crate) content_type: Option<String>,
    /// What it refers to.
    pub(crate) relations: Vec<Relation>,
}

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
    /// An address outside of the package.
    pub(crate) external: bool,
}

/// What docx-rs has built, and the part of styles.
pub(crate) struct Built {
    pub(crate) document: docx_rs::Document,
    pub(crate) styles: Arc<Packed>,
    pub(crate) numbering: Option<docx_rs::Numberings>,
}

/// The part of custom properties.
pub(crate) fn custom(properties: &[(&str, &str)]) -> ExtraPart {
    ExtraPart {
        name: "/docProps/custom.xml".to_owned(),
        bytes: parts::custom(properties).part(),
        content_type: Some(
            "application/vnd.openxmlformats-officedocument.custom-properties+xml".to_owned(),
        ),
        relations: Vec::new(),
    }
}

/// Makes the package. `relations` are those of the document.
pub(crate) fn finish(
    built: &Built,
    mut patches: Patches,
    meta: &Meta,
    relations: &[Relation],
    shared: &Shared,
) -> Result<Vec<u8>, String> {
    let blocks = Finisher { patches: &mut patches, last: true }
        .blocks(&built.document)
        .map_err(|why| format!("document.xml: {why}"))?;
    let mut section = patches.section.take();
    section.iter_mut().for_each(order::sort);
    let body = El::new("w:body").children(blocks).children(section);
    let mut document = El::new("w:document");
    for (prefix, namespace) in
        [("xmlns:w", W), ("xmlns:r", R), ("xmlns:wp", WP), ("xmlns:wps", WPS), ("xmlns:mc", MC)]
    {
        document.set(prefix, namespace);
    }
    let document = document.child(body).part();
    let numbering = built
        .numbering
        .as_ref()
        .map(|numberings| definitions::numbering(numberings, &patches))
        .transpose()?
        .flatten();

    let mut package = Package::default();
    let mut all = Vec::new();
    let word = |kind: &str| Some(format!("{WORD}.{kind}+xml"));
    let theme_type = Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned());
    let settings =
        shared.made("settings.xml", parts::settings_key(&patches), || parts::settings(&patches))?;
    let theme = shared
        .made("theme1.xml", format!("{:?}", patches.theme), || parts::theme(&patches.theme))?;
    let mut texts = vec![&document];
    texts.extend(&numbering);
    texts.extend(
        patches.parts.iter().filter(|part| part.name.ends_with(".xml")).map(|part| &part.bytes),
    );
    let fonts = shared.font_table(&patches.faces, texts.into_iter().map(Bytes::as_slice))?;
    package.put("word/document.xml", word("document.main"), document);
    for (id, kind, target, content_type, packed) in [
        ("rIdStyles", "styles", "styles.xml", word("styles"), Arc::clone(&built.styles)),
        ("rIdSettings", "settings", "settings.xml", word("settings"), settings),
        ("rIdTheme", "theme", "theme/theme1.xml", theme_type, theme),
    ] {
        package.put(&format!("word/{target}"), content_type, Bytes::Packed(packed));
        all.push(Relation::own(id, kind, target));
    }
    if let Some(numbering) = numbering {
        package.put("word/numbering.xml", word("numbering"), numbering);
        all.push(Relation::own("rIdNumbering", "numbering", "numbering.xml"));
    }
    package.put("word/fontTable.xml", word("fontTable"), Bytes::Packed(Arc::clone(&fonts.table)));
    fonts
        .parts
        .iter()
        .for_each(|(name, packed)| package.put(name, None, Bytes::Packed(Arc::clone(packed))));
    all.push(Relation::own("rIdFonts", "fontTable", "fontTable.xml"));
    all.extend(relations.iter().cloned());
    for extra in patches.parts {
        let path = extra
            .name
            .strip_prefix('/')
            .map_or_else(|| format!("word/{}", extra.name), str::to_owned);
        package.put(&path, extra.content_type, extra.bytes);
        package.relate(&path, &extra.relations, shared)?;
    }
    package.relate("word/document.xml", &all, shared)?;
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    package.put(
        "docProps/core.xml",
        Some(core.to_owned()),
        parts::core(meta, &patches.lang).part(),
    );
    let app = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    package.put(
        "docProps/app.xml",
        Some(app.to_owned()),
        Bytes::Packed(shared.made("app.xml", String::new(), parts::app)?),
    );
    package.write(shared)
}

/// Paragraphs and tables of a story of its own (a text box, a footnote), finished.
pub(crate) fn story(
    document: &docx_rs::Document,
    patches: &mut Patches,
) -> Result<Vec<El>, String> {
    Finisher { patches, last: false }.blocks(document)
}

impl Relation {
    /// From the document to a part beside it.
    fn own(id: &str, kind: &str, target: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: format!("{R}/{kind}"),
            target: target.to_owned(),
            external: false,
        }
    }

    fn element(&self) -> El {
        let el = El::new("Relationship")
            .with("Id", &self.id)
            .with("Type", &self.kind)
            .with("Target", &self.target);
        if self.external { el.with("TargetMode", "External") } else { el }
    }
}

/// The parts of a package with their content types (ECMA-376 Part 2).
#[derive(Default)]
struct Package {
    /// The types that endings do not tell: part and type.
    types: Vec<(String, String)>,
    parts: Vec<Part>,
}

impl Package {
    fn content_types(&self) -> El {
        let mut types = El::new("Types").with("xmlns", format!("{PACKAGE}/content-types"));
        for (ending, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
            ("svg", "image/svg+xml"),
            ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
        ] {
            types.push(El::new("Default").with("Extension", ending).with("ContentType", kind));
        }
        let own = self.types.iter().map(|(name, kind)| {
            El::new("Override").with("PartName", format!("/{name}")).with("ContentType", kind)
        });
        types.children(own)
    }

    fn put(&mut self, name: &str, content_type: Option<String>, bytes: Bytes) {
        if let Some(kind) = content_type {
            self.types.push((name.to_owned(), kind));
        }
        self.parts.push((name.to_owned(), bytes));
    }

    /// The relationships of a part, if it has any.
    fn relate(
        &mut self,
        name: &str,
        relations: &[Relation],
        shared: &Shared,
    ) -> Result<(), String> {
        if relations.is_empty() {
            return Ok(());
        }
        let words =
            |one: &Relation| format!("{} {} {} {}\n", one.id, one.kind, one.target, one.external);
        let packed = shared
            .made("rels", relations.iter().map(words).collect(), || relationships(relations))?;
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        self.put(&format!("{folder}/_rels/{file}.rels"), None, Bytes::Packed(packed));
        Ok(())
    }

    /// The archive: content types and the package's own relationships first.
    fn write(mut self, shared: &Shared) -> Result<Vec<u8>, String> {
        let custom = self.parts.iter().any(|(name, _)| name == "docProps/custom.xml");
        let root = shared.made("rels", custom.to_string(), || {
            let relation = |id: &str, kind: String, target: &str| Relation {
                id: id.into(),
                kind,
                target: target.into(),
                external: false,
            };
            let mut root = vec![
                relation("rId1", format!("{R}/officeDocument"), "word/document.xml"),
                relation(
                    "rId2",
                    format!("{PACKAGE}/relationships/metadata/core-properties"),
                    "docProps/core.xml",
                ),
                relation("rId3", format!("{R}/extended-properties"), "docProps/app.xml"),
            ];
            if custom {
                root.push(relation(
                    "rId4",
                    format!("{R}/custom-properties"),
                    "docProps/custom.xml",
                ));
            }
            relationships(&root)
        })?;
        let names = self.types.iter().map(|(name, kind)| format!("{name} {kind}\n")).collect();
        let types = shared.made("[Content_Types].xml", names, || self.content_types())?;
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), Bytes::Packed(types)),
            ("_rels/.rels".to_owned(), Bytes::Packed(root)),
        ];
        parts.append(&mut self.parts);
        shared.zip(parts)
    }
}

fn relationships(all: &[Relation]) -> El {
    El::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .children(all.iter().map(Relation::element))
}

struct Finisher<'a> {
    patches: &'a mut Patches,
    /// Nobody looks at the properties of these paragraphs afterwards.
    last: bool,
}

impl Finisher<'_> {
    /// The paragraphs and tables of a story.
    fn blocks(&mut self, document: &docx_rs::Document) -> Result<Vec<El>, String> {
        let blocks = document.children.iter().map(|child| {
            let mut block = match child {
                DocumentChild::Paragraph(paragraph) => bare(paragraph),
                DocumentChild::Table(table) => self.table(table)?,
                _ => return Err("a block that is neither paragraph nor table".to_owned()),
            };
            self.element(&mut block);
            order::sort(&mut block);
            Ok(block)
        });
        blocks.collect()
    }

    /// A table as it was handed to docx-rs: rows, cells, what is in them. Its properties are
    /// patches.
    fn table(&mut self, table: &Table) -> Result<El, String> {
        let first = table.rows.first().and_then(|TableChild::TableRow(row)| row.cells.first());
        let id = first.and_then(|TableRowChild::TableCell(cell)| first_paragraph(cell));
        let patch = id.and_then(|id| self.patches.tables.remove(id)).unwrap_or_default();
        let grid = table.grid.iter().map(|width| El::new("w:gridCol").with("w:w", *width));
        let mut el = El::new("w:tbl")
            .child(El::new("w:tblPr").children(patch.properties))
            .child(El::new("w:tblGrid").children(grid));
        let mut of_rows = patch.rows.into_iter();
        for TableChild::TableRow(row) in &table.rows {
            let mut made = El::new("w:tr")
                .child(El::new("w:trPr").children(of_rows.next().unwrap_or_default()));
            for TableRowChild::TableCell(cell) in &row.cells {
                made.push(self.cell(cell)?);
            }
            el.push(made);
        }
        Ok(el)
    }

    fn cell(&mut self, cell: &TableCell) -> Result<El, String> {
        let properties =
            first_paragraph(cell).and_then(|id| self.patches.cells.remove(id)).unwrap_or_default();
        let mut el = El::new("w:tc").child(El::new("w:tcPr").children(properties));
        for content in &cell.children {
            el.push(match content {
                TableCellContent::Paragraph(paragraph) => bare(paragraph),
                TableCellContent::Table(table) => self.table(table)?,
                _ => return Err("a block of a cell that is neither paragraph nor table".to_owned()),
            });
        }
        Ok(el)
    }

    fn element(&mut self, el: &mut El) {
        for node in &mut el.children {
            if let Node::El(child) = node {
                self.element(child);
            }
        }
        if el.name == "w:p" {
            self.paragraph(el);
        }
        let empty = |node: &Node| matches!(node, Node::El(child) if child.children.is_empty() && child.attributes.is_empty() && ["w:rPr", "w:pPr", "w:trPr", "w:tcPr"].contains(&child.name.as_ref()));
        el.children.retain(|node| !empty(node));
    }

    fn paragraph(&mut self, el: &mut El) {
        let all = &mut self.patches.paragraphs;
        let properties = el
            .get("w14:paraId")
            .and_then(|id| if self.last { all.remove(id) } else { all.get(id).cloned() });
        el.attributes.clear();
        // The mark's own run properties say nothing that the style does not say.
        for node in &mut el.children {
            if let Node::El(child) = node
                && child.name == "w:pPr"
            {
                child.children.retain(|node| !matches!(node, Node::El(run) if run.name == "w:rPr"));
            }
        }
        if let Some(properties) = properties.filter(|p| !p.is_empty()) {
            let target = el.ensure("w:pPr");
            properties.into_iter().for_each(|property| target.replace(property));
        }
        // pPr comes first, whoever made it.
        el.children.sort_by_key(|node| !matches!(node, Node::El(child) if child.name == "w:pPr"));
        let mut children = Vec::with_capacity(el.children.len());
        for node in el.children.drain(..) {
            let fragment = match &node {
                Node::El(child) if child.name == "w:bookmarkStart" => child
                    .get("w:name")
                    .and_then(|name| name.strip_prefix(FRAGMENT)?.parse::<usize>().ok()),
                _ => None,
            };
            match fragment.and_then(|number| self.patches.fragments.get_mut(number)) {
                Some(fragment) => {
                    children.extend(std::mem::take(fragment).into_iter().map(Node::El))
                }
                None => children.push(node),
            }
        }
        el.children = children;
    }
}

/// A paragraph as it was handed to docx-rs: its id, its style and where its fragment is to be. To
/// write and read that takes longer than all else.
fn bare(paragraph: &docx_rs::Paragraph) -> El {
    let style = paragraph.property.style.as_ref().map(|style| El::val("w:pStyle", &style.val));
    let marks = paragraph.children.iter().filter_map(|child| match child {
        ParagraphChild::BookmarkStart(mark) => {
            Some(El::new("w:bookmarkStart").with("w:name", &mark.name))
        }
        _ => None,
    });
    El::new("w:p")
        .with("w14:paraId", &paragraph.id)
        .child(El::new("w:pPr").children(style))
        .children(marks)
}

/// The id of a cell's first paragraph, by which the cell is found again, and the table whose first
/// cell it is.
pub(crate) fn first_paragraph(cell: &TableCell) -> Option<&str> {
    cell.children.iter().find_map(|content| match content {
        TableCellContent::Paragraph(paragraph) => Some(paragraph.id.as_str()),
        _ => None,
    })
}
