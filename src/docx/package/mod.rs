//! The finisher: from the parts that docx-rs builds to a package that validators and Word accept.
//!
//! docx-rs writes children in its own order, empty and doubled defaults, and cannot express some things at all (see
//! `docs/docx.md`). So its parts are parsed, completed by what [`Patches`] hold, sorted by the schema and zipped with fixed dates.

mod order;
mod parts;
pub(crate) mod xml;
pub(crate) mod zip;

use std::collections::BTreeMap;

use docx_rs::Docx;

use crate::boxes::Meta;
pub(crate) use parts::W;
use xml::{El, Node};
use zip::Part;

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The name of a bookmark that stands where the finisher puts a fragment: the prefix and the fragment's number.
pub(crate) const FRAGMENT: &str = "itog.fragment.";

/// What docx-rs cannot express.
#[derive(Debug, Default)]
pub(crate) struct Patches {
    /// Properties of paragraphs by their id.
    pub(crate) paragraphs: BTreeMap<String, Vec<El>>,
    /// Properties of cells by the id of their first paragraph.
    pub(crate) cells: BTreeMap<String, Vec<El>>,
    /// Children of `w:tblPr`, by the table's place in the document.
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
    pub(crate) faces: Vec<String>,
    pub(crate) lang: String,
}

/// What docx-rs cannot say of a table.
#[derive(Debug, Default, Clone)]
pub(crate) struct TablePatch {
    pub(crate) properties: Vec<El>,
    /// How many of the first rows are repeated on every page.
    pub(crate) header_rows: usize,
}

/// A part of ours with its relationship from the document, if it has one.
#[derive(Debug, Clone)]
pub(crate) struct ExtraPart {
    /// Below `word/`, or absolute with a leading slash.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Content type if it is not told by the ending.
    pub(crate) content_type: Option<String>,
    /// Relationship id and type.
    pub(crate) relationship: Option<(String, String)>,
}

/// Makes the package.
pub(crate) fn finish(docx: Docx, mut patches: Patches, meta: &Meta, links: &[(String, String)]) -> Result<Vec<u8>, String> {
    let built = docx.build();
    let in_part = |part: &'static str| move |why: String| format!("{part}: {why}");
    let mut document = xml::parse(&built.document).map_err(in_part("document.xml"))?;
    Finisher { patches: &patches, table: 0 }.element(&mut document);
    if let (Some(section), Node::El(body)) = (patches.section.take(), &mut document.children[0]) {
        body.replace(section);
    }
    document.set("xmlns:r", R);
    document.set("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
    order::sort(&mut document);

    let mut styles = xml::parse(&built.styles).map_err(in_part("styles.xml"))?;
    finish_styles(&mut styles, &patches);
    order::sort(&mut styles);

    let mut numbering = xml::parse(&built.numberings).map_err(in_part("numbering.xml"))?;
    finish_numbering(&mut numbering, &patches);
    order::sort(&mut numbering);
    let has_numbering = numbering.elements().next().is_some();

    let mut parts: Vec<Part> = Vec::new();
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
    let mut put = |name: &str, kind: Option<&str>, bytes: Vec<u8>| {
        if let Some(kind) = kind {
            types.push(El::new("Override").with("PartName", format!("/{name}")).with("ContentType", kind));
        }
        parts.push((name.to_owned(), bytes));
    };
    put("word/document.xml", Some(&format!("{WORD}.document.main+xml")), document.part());
    put("word/styles.xml", Some(&format!("{WORD}.styles+xml")), styles.part());
    let settings = parts::settings(patches.hyphenate, patches.even_and_odd, &patches.lang);
    put("word/settings.xml", Some(&format!("{WORD}.settings+xml")), settings.part());
    put("word/fontTable.xml", Some(&format!("{WORD}.fontTable+xml")), parts::font_table(&patches.faces).part());
    put("word/theme/theme1.xml", Some("application/vnd.openxmlformats-officedocument.theme+xml"), parts::theme().part());

    let mut relationships = relationships([
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdTheme", "theme", "theme/theme1.xml"),
    ]);
    if has_numbering {
        put("word/numbering.xml", Some(&format!("{WORD}.numbering+xml")), numbering.part());
        relationships.push(relationship("rIdNumbering", &format!("{R}/numbering"), "numbering.xml"));
    }
    for (id, url) in links {
        relationships.push(relationship(id, &format!("{R}/hyperlink"), url).with("TargetMode", "External"));
    }
    for extra in patches.parts {
        let (path, target) = match extra.name.strip_prefix('/') {
            Some(absolute) => (absolute.to_owned(), format!("../{absolute}")),
            None => (format!("word/{}", extra.name), extra.name.clone()),
        };
        put(&path, extra.content_type.as_deref(), extra.bytes);
        if let Some((id, kind)) = &extra.relationship {
            relationships.push(relationship(id, kind, &target));
        }
    }
    put("word/_rels/document.xml.rels", None, relationships.part());
    put("docProps/core.xml", Some("application/vnd.openxmlformats-package.core-properties+xml"), parts::core(meta, &patches.lang).part());
    put("docProps/app.xml", Some("application/vnd.openxmlformats-officedocument.extended-properties+xml"), parts::app().part());
    let mut root = relationships_root();
    root.push(relationship("rId2", &format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"));
    root.push(relationship("rId3", &format!("{R}/extended-properties"), "docProps/app.xml"));
    parts.insert(0, ("_rels/.rels".to_owned(), root.part()));
    parts.insert(0, ("[Content_Types].xml".to_owned(), types.part()));
    zip::write(&parts)
}

fn relationship(id: &str, kind: &str, target: &str) -> El {
    El::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

fn relationships<const N: usize>(entries: [(&str, &str, &str); N]) -> El {
    let all = entries.map(|(id, kind, target)| relationship(id, &format!("{R}/{kind}"), target));
    El::new("Relationships").with("xmlns", format!("{PACKAGE}/relationships")).children(all)
}

fn relationships_root() -> El {
    relationships([("rId1", "officeDocument", "word/document.xml")])
}

struct Finisher<'a> {
    patches: &'a Patches,
    table: usize,
}

impl Finisher<'_> {
    fn element(&mut self, el: &mut El) {
        if el.name == "w:tbl" {
            let patch = self.patches.tables.get(self.table).cloned().unwrap_or_default();
            self.table += 1;
            table(el, patch);
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

    fn paragraph(&mut self, el: &mut El) {
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
