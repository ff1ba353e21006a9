//! The finisher: from the parts that docx-rs builds to a package that validators and Word accept.
//!
//! docx-rs writes children in its own order, empty and doubled defaults, and cannot express some things at all (see
//! `docs/docx.md`). So its parts are parsed, completed by what [`Patches`] hold, sorted by the schema and zipped with fixed dates.

mod fonts;
mod order;
mod parts;
pub(crate) mod xml;
mod zip;

use std::collections::BTreeMap;
use std::sync::Arc;

use docx_rs::{BuildXML, Docx};

use crate::boxes::Meta;
use crate::font::Face;
pub(crate) use parts::W;
use xml::{El, Node};
use zip::Part;
pub use zip::Shared;

pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
pub(crate) const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(crate) const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
pub(crate) const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(crate) const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The name of a bookmark that stands where the finisher puts a fragment: the prefix and the fragment's number.
pub(crate) const FRAGMENT: &str = "itog.fragment.";

/// The name of a table style that stands for a table's patch: the prefix and the patch's number.
pub(crate) const TABLE: &str = "itog.table.";

/// A face to embed: bold, italic, and the file.
pub(crate) type EmbeddedFace = (bool, bool, Arc<Face>);

/// What docx-rs cannot express.
#[derive(Debug, Default)]
pub(crate) struct Patches {
    /// Properties of paragraphs by their id.
    pub(crate) paragraphs: BTreeMap<String, Vec<El>>,
    /// Properties of cells by the id of their first paragraph.
    pub(crate) cells: BTreeMap<String, Vec<El>>,
    /// What docx-rs cannot say of tables; see [`TABLE`].
    pub(crate) tables: Vec<TablePatch>,
    /// Elements that take the place of a bookmark.
    pub(crate) fragments: Vec<Vec<El>>,
    /// Properties of styles by their id: of paragraphs, of runs.
    pub(crate) styles: BTreeMap<String, (Vec<El>, Vec<El>)>,
    /// Second names of styles by their id.
    pub(crate) aliases: BTreeMap<String, String>,
    /// `w:rPr` of numbering levels: (abstract number, level).
    pub(crate) levels: BTreeMap<(usize, usize), Vec<El>>,
    /// The last section's properties.
    pub(crate) section: Option<El>,
    /// Headers, footers, pictures, custom XML.
    pub(crate) parts: Vec<ExtraPart>,
    pub(crate) hyphenate: bool,
    pub(crate) even_and_odd: bool,
    /// The names of the faces used, and the faces of each that go with the document.
    pub(crate) faces: Vec<(String, Vec<EmbeddedFace>)>,
    pub(crate) footnotes: bool,
    pub(crate) lang: String,
    /// The faces of headings and of text.
    pub(crate) theme: (String, String),
}

/// What docx-rs cannot say of a table.
#[derive(Debug, Default, Clone)]
pub(crate) struct TablePatch {
    pub(crate) properties: Vec<El>,
    /// How many of the first rows are repeated on every page.
    pub(crate) header_rows: usize,
}

/// A part of ours.
#[derive(Debug, Clone)]
pub(crate) struct ExtraPart {
    /// Below `word/`, or absolute with a leading slash.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
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

/// The part of custom properties.
pub(crate) fn custom(properties: &[(&str, &str)]) -> ExtraPart {
    ExtraPart {
        name: "/docProps/custom.xml".to_owned(),
        bytes: parts::custom(properties).part(),
        content_type: Some("application/vnd.openxmlformats-officedocument.custom-properties+xml".to_owned()),
        relations: Vec::new(),
    }
}

/// Makes the package. `relations` are those of the document.
pub(crate) fn finish(docx: Docx, mut patches: Patches, meta: &Meta, relations: &[Relation], shared: &Shared) -> Result<Vec<u8>, String> {
    let built = docx.build();
    let in_part = |part: &'static str| move |why: String| format!("{part}: {why}");
    let mut document = xml::parse(&built.document).map_err(in_part("document.xml"))?;
    Finisher { patches: &patches }.element(&mut document);
    if let (Some(section), Some(Node::El(body))) = (patches.section.take(), document.children.first_mut()) {
        body.replace(section);
    }
    document.attributes.retain(|(name, _)| !name.starts_with("xmlns:") && name != "mc:Ignorable");
    for (prefix, namespace) in [("w", W), ("r", R), ("wp", WP), ("wps", WPS), ("mc", MC)] {
        document.set(&format!("xmlns:{prefix}"), namespace);
    }
    order::sort(&mut document);

    let mut styles = xml::parse(&built.styles).map_err(in_part("styles.xml"))?;
    finish_styles(&mut styles, &patches);
    order::sort(&mut styles);

    let mut numbering = xml::parse(&built.numberings).map_err(in_part("numbering.xml"))?;
    finish_numbering(&mut numbering, &patches);
    order::sort(&mut numbering);
    let has_numbering = numbering.elements().next().is_some();

    let mut package = Package::new();
    let mut all = Vec::new();
    let word = |kind: &str| Some(format!("{WORD}.{kind}+xml"));
    let settings = parts::settings(&patches);
    let theme_type = Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned());
    package.put("word/document.xml", word("document.main"), document.part());
    for (id, kind, target, content_type, bytes) in [
        ("rIdStyles", "styles", "styles.xml", word("styles"), styles.part()),
        ("rIdSettings", "settings", "settings.xml", word("settings"), settings.part()),
        ("rIdTheme", "theme", "theme/theme1.xml", theme_type, parts::theme(&patches.theme).part()),
    ] {
        package.put(&format!("word/{target}"), content_type, bytes);
        all.push(Relation::own(id, kind, target));
    }
    if has_numbering {
        package.put("word/numbering.xml", word("numbering"), numbering.part());
        all.push(Relation::own("rIdNumbering", "numbering", "numbering.xml"));
    }
    let (table, files, embedded) = fonts::table(&patches.faces);
    package.put("word/fontTable.xml", word("fontTable"), table.part());
    package.relate("word/fontTable.xml", &embedded);
    files.into_iter().for_each(|(name, bytes)| package.put(&name, None, bytes));
    all.push(Relation::own("rIdFonts", "fontTable", "fontTable.xml"));
    all.extend(relations.iter().cloned());
    for extra in patches.parts {
        let path = extra.name.strip_prefix('/').map_or_else(|| format!("word/{}", extra.name), str::to_owned);
        package.put(&path, extra.content_type, extra.bytes);
        package.relate(&path, &extra.relations);
    }
    package.relate("word/document.xml", &all);
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    package.put("docProps/core.xml", Some(core.to_owned()), parts::core(meta, &patches.lang).part());
    let app = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    package.put("docProps/app.xml", Some(app.to_owned()), parts::app().part());
    package.write(shared)
}

/// Paragraphs and tables of a story of its own (a text box, a footnote), finished.
pub(crate) fn story(document: &docx_rs::Document, patches: &Patches) -> Result<Vec<El>, String> {
    let mut story = xml::parse(&BuildXML::build(document))?;
    Finisher { patches }.element(&mut story);
    order::sort(&mut story);
    let body = story.children.into_iter().find_map(|node| if let Node::El(el) = node { Some(el) } else { None }).unwrap_or_default();
    let elements = body.children.into_iter().filter_map(|node| if let Node::El(el) = node { Some(el) } else { None });
    Ok(elements.filter(|el| el.name != "w:sectPr").collect())
}

impl Relation {
    /// From the document to a part beside it.
    fn own(id: &str, kind: &str, target: &str) -> Self {
        Self { id: id.to_owned(), kind: format!("{R}/{kind}"), target: target.to_owned(), external: false }
    }

    fn element(&self) -> El {
        let el = El::new("Relationship").with("Id", &self.id).with("Type", &self.kind).with("Target", &self.target);
        if self.external { el.with("TargetMode", "External") } else { el }
    }
}

/// The parts of a package with their content types (ECMA-376 Part 2).
struct Package {
    types: El,
    parts: Vec<Part>,
}

impl Package {
    fn new() -> Self {
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
        Self { types, parts: Vec::new() }
    }

    fn put(&mut self, name: &str, content_type: Option<String>, bytes: Vec<u8>) {
        if let Some(kind) = content_type {
            self.types.push(El::new("Override").with("PartName", format!("/{name}")).with("ContentType", kind));
        }
        self.parts.push((name.to_owned(), bytes));
    }

    /// The relationships of a part, if it has any.
    fn relate(&mut self, name: &str, relations: &[Relation]) {
        if relations.is_empty() {
            return;
        }
        let all = El::new("Relationships").with("xmlns", format!("{PACKAGE}/relationships"));
        let all = all.children(relations.iter().map(Relation::element));
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        self.put(&format!("{folder}/_rels/{file}.rels"), None, all.part());
    }

    /// The archive: content types and the package's own relationships first.
    fn write(mut self, shared: &Shared) -> Result<Vec<u8>, String> {
        let relation = |id: &str, kind: String, target: &str| Relation { id: id.into(), kind, target: target.into(), external: false };
        let mut root = vec![
            relation("rId1", format!("{R}/officeDocument"), "word/document.xml"),
            relation("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
            relation("rId3", format!("{R}/extended-properties"), "docProps/app.xml"),
        ];
        if self.parts.iter().any(|(name, _)| name == "docProps/custom.xml") {
            root.push(relation("rId4", format!("{R}/custom-properties"), "docProps/custom.xml"));
        }
        let all = El::new("Relationships").with("xmlns", format!("{PACKAGE}/relationships"));
        let root = all.children(root.iter().map(Relation::element)).part();
        let mut parts = vec![("[Content_Types].xml".to_owned(), self.types.part()), ("_rels/.rels".to_owned(), root)];
        parts.append(&mut self.parts);
        shared.zip(parts)
    }
}

struct Finisher<'a> {
    patches: &'a Patches,
}

impl Finisher<'_> {
    fn element(&self, el: &mut El) {
        if el.name == "w:tbl" {
            let style = el.find("w:tblPr").and_then(|properties| properties.find("w:tblStyle")).and_then(|style| style.get("w:val"));
            let number = style.and_then(|name| name.strip_prefix(TABLE)?.parse::<usize>().ok());
            table(el, number.and_then(|number| self.patches.tables.get(number)).cloned().unwrap_or_default());
        }
        if el.name == "w:tc" {
            self.cell(el);
        }
        for node in &mut el.children {
            if let Node::El(child) = node {
                self.element(child);
            }
        }
        match el.name.as_str() {
            "w:p" => self.paragraph(el),
            // `w:type` belongs to widths, not to the grid (CT_TblGridCol).
            "w:gridCol" => el.attributes.retain(|(name, _)| name != "w:type"),
            _ => {}
        }
        let empty = |node: &Node| matches!(node, Node::El(child) if child.children.is_empty() && child.attributes.is_empty() && ["w:rPr", "w:pPr", "w:trPr", "w:tcPr"].contains(&child.name.as_str()));
        el.children.retain(|node| !empty(node));
    }

    fn cell(&self, el: &mut El) {
        let id = el.find("w:p").and_then(|paragraph| paragraph.get("w14:paraId"));
        let Some(properties) = id.and_then(|id| self.patches.cells.get(id)) else { return };
        let target = el.ensure("w:tcPr");
        properties.iter().for_each(|property| target.replace(property.clone()));
        el.children.sort_by_key(|node| !matches!(node, Node::El(child) if child.name == "w:tcPr"));
    }

    fn paragraph(&self, el: &mut El) {
        let properties = el.get("w14:paraId").and_then(|id| self.patches.paragraphs.get(id));
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
            properties.iter().for_each(|property| target.replace(property.clone()));
        }
        // pPr comes first, whoever made it.
        el.children.sort_by_key(|node| !matches!(node, Node::El(child) if child.name == "w:pPr"));
        let mut children = Vec::with_capacity(el.children.len());
        for node in el.children.drain(..) {
            let fragment = match &node {
                Node::El(child) if child.name == "w:bookmarkStart" => {
                    child.get("w:name").and_then(|name| name.strip_prefix(FRAGMENT)?.parse::<usize>().ok())
                }
                _ => None,
            };
            match fragment.and_then(|number| self.patches.fragments.get(number)) {
                Some(fragment) => children.extend(fragment.iter().cloned().map(Node::El)),
                None => children.push(node),
            }
        }
        el.children = children;
    }
}

fn table(el: &mut El, patch: TablePatch) {
    let properties = el.ensure("w:tblPr");
    let ours = |node: &Node| matches!(node, Node::El(child) if child.name == "w:tblStyle" || (child.name == "w:tblBorders" && child.children.is_empty()));
    properties.children.retain(|node| !ours(node));
    patch.properties.into_iter().for_each(|property| properties.replace(property));
    let rows = el.children.iter_mut().filter_map(|node| match node {
        Node::El(row) if row.name == "w:tr" => Some(row),
        _ => None,
    });
    for row in rows.take(patch.header_rows) {
        row.ensure("w:trPr").push(El::new("w:tblHeader"));
        row.children.sort_by_key(|node| !matches!(node, Node::El(child) if child.name == "w:trPr"));
    }
}

/// Drops docx-rs' own empty `Normal`, marks the defaults and adds the three that Word expects.
fn finish_styles(styles: &mut El, patches: &Patches) {
    let id = |node: &Node| match node {
        Node::El(el) if el.name == "w:style" => el.get("w:styleId").map(str::to_owned),
        _ => None,
    };
    if styles.children.iter().filter(|node| id(node).as_deref() == Some("Normal")).count() > 1
        && let Some(first) = styles.children.iter().position(|node| id(node).as_deref() == Some("Normal"))
    {
        styles.children.remove(first);
    }
    let run = styles.ensure("w:docDefaults").ensure("w:rPrDefault").ensure("w:rPr");
    run.replace(El::new("w:lang").with("w:val", &patches.lang).with("w:eastAsia", "en-US").with("w:bidi", "ar-SA"));
    for node in &mut styles.children {
        let Some(id) = id(node) else { continue };
        let Node::El(style) = node else { continue };
        if id == "Normal" {
            style.set("w:default", 1);
        }
        if let Some(alias) = patches.aliases.get(&id) {
            style.replace(El::val("w:aliases", alias));
        }
        if let Some((paragraph, run)) = patches.styles.get(&id) {
            for (name, properties) in [("w:pPr", paragraph), ("w:rPr", run)] {
                let target = style.ensure(name);
                target.children.clear();
                properties.iter().for_each(|property| target.replace(property.clone()));
            }
        }
        style
            .children
            .retain(|node| !matches!(node, Node::El(el) if el.children.is_empty() && ["w:pPr", "w:rPr"].contains(&el.name.as_str())));
    }
    let default = |kind: &str, id: &str, name: &str| {
        let style = El::new("w:style").with("w:type", kind).with("w:default", 1).with("w:styleId", id);
        style
            .child(El::val("w:name", name))
            .child(El::val("w:uiPriority", 99))
            .child(El::new("w:semiHidden"))
            .child(El::new("w:unhideWhenUsed"))
    };
    let width = |name: &str, twips: u32| El::new(name).with("w:w", twips).with("w:type", "dxa");
    let margins = El::new("w:tblCellMar").children([width("w:top", 0), width("w:left", 108), width("w:bottom", 0), width("w:right", 108)]);
    styles.push(default("character", "DefaultParagraphFont", "Default Paragraph Font"));
    styles.push(default("table", "TableNormal", "Normal Table").child(El::new("w:tblPr").child(width("w:tblInd", 0)).child(margins)));
    styles.push(default("numbering", "NoList", "No List"));
}

/// Drops docx-rs' own list 1 and gives every list an identity: Word merges lists that have none.
fn finish_numbering(numbering: &mut El, patches: &Patches) {
    let number = |el: &El, name: &str| el.get(name).and_then(|v| v.parse::<usize>().ok());
    numbering.children.retain(|node| {
        !matches!(node, Node::El(el) if (el.name == "w:abstractNum" && number(el, "w:abstractNumId") == Some(1)) || (el.name == "w:num" && number(el, "w:numId") == Some(1)))
    });
    for node in &mut numbering.children {
        let Node::El(list) = node else { continue };
        let Some(id) = number(list, "w:abstractNumId").filter(|_| list.name == "w:abstractNum") else { continue };
        list.attributes.retain(|(name, _)| name == "w:abstractNumId");
        list.replace(El::val("w:nsid", format!("{:08X}", 0x4D00_0000 + id)));
        list.replace(El::val("w:multiLevelType", "multilevel"));
        for node in &mut list.children {
            let Node::El(level) = node else { continue };
            let Some(depth) = number(level, "w:ilvl") else { continue };
            level.attributes.retain(|(name, _)| name == "w:ilvl");
            // A level's pPr is CT_PPrGeneral, which has no rPr.
            for node in &mut level.children {
                if let Node::El(child) = node
                    && child.name == "w:pPr"
                {
                    child.children.retain(|node| !matches!(node, Node::El(run) if run.name == "w:rPr"));
                    // A level has no say in the right indent.
                    child.ensure("w:ind").attributes.retain(|(name, _)| name != "w:right");
                }
            }
            if let Some(properties) = patches.levels.get(&(id, depth)) {
                let target = level.ensure("w:rPr");
                target.children.clear();
                properties.iter().for_each(|property| target.replace(property.clone()));
            }
            level
                .children
                .retain(|node| !matches!(node, Node::El(el) if el.children.is_empty() && ["w:pPr", "w:rPr"].contains(&el.name.as_str())));
        }
    }
}
