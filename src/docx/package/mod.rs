//! The package: parts, relationships and content types of a file that Word and validators accept.
//!
//! The floor below registries and stories, which fill it: it takes elements and definitions and
//! knows nothing of boxes or CSS. Children are put in the schema's order, everything is zipped
//! with fixed dates, and what documents of a batch have in common is packed once.

pub(crate) mod builder;
pub(crate) mod definitions;
pub(crate) mod fonts;
mod order;
pub(crate) mod parts;
pub(crate) mod relations;
pub(crate) mod words;
pub(crate) mod xml;
pub(crate) mod zip;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::boxes::Meta;
pub(crate) use fonts::unusual;
use fonts::{FontTables, UsedFaces};
use parts::{Settings, ThemeFaces};
use relations::{Relation, RelationId, relationships};
use words::{MC, PACKAGE, R, W, WP, WPS, word_type};
use xml::El;
use zip::{CORE, PackagePart, Packed, Packer, PartBytes, is_unique};

/// A part besides those that every document has: a header, footnotes, a picture, data.
#[derive(Debug, Clone)]
pub(crate) struct ExtraPart {
    /// Below `word/`, or absolute with a leading slash.
    pub(crate) name: String,
    pub(crate) bytes: PartBytes,
    /// Content type if the ending does not say it.
    pub(crate) content_type: Option<String>,
    /// What it refers to.
    pub(crate) relations: Vec<Relation>,
}

impl ExtraPart {
    /// A header, a footer or the notes: its root without namespaces, finished here.
    pub(crate) fn word(name: String, kind: &str, root: El, relations: Vec<Relation>) -> Self {
        let mut root = with_namespaces(root);
        order::sort(&mut root);
        let bytes = PartBytes::Own(root.part());
        Self { name, bytes, content_type: Some(word_type(kind)), relations }
    }

    /// A file such as a picture, whose ending says what it is.
    pub(crate) fn file(name: String, bytes: PartBytes) -> Self {
        Self { name, bytes, content_type: None, relations: Vec::new() }
    }

    /// The part of custom properties.
    pub(crate) fn custom(properties: &[(&str, &str)]) -> Self {
        let kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
        Self {
            name: "/docProps/custom.xml".to_owned(),
            bytes: PartBytes::Own(parts::custom(properties).part()),
            content_type: Some(kind.to_owned()),
            relations: Vec::new(),
        }
    }
}

/// The part that people read, which holds paragraphs and tables, and the properties of the last
/// section.
pub(crate) fn document(body: Vec<El>) -> Vec<u8> {
    let mut document =
        with_namespaces(El::new("w:document").child(El::new("w:body").children(body)));
    order::sort(&mut document);
    document.part()
}

/// A document as it is written, and what its file is made of besides.
pub(crate) struct WrittenDocument<'a> {
    pub(crate) document: Vec<u8>,
    pub(crate) parts: DocumentParts<'a>,
}

/// All that a document's file is made of, but the document itself.
pub(crate) struct DocumentParts<'a> {
    pub(crate) styles: Arc<Packed>,
    pub(crate) numbering: Option<Vec<u8>>,
    pub(crate) extra: Vec<ExtraPart>,
    /// Those of the document itself.
    pub(crate) relations: Vec<Relation>,
    pub(crate) faces: Arc<UsedFaces>,
    pub(crate) settings: Settings,
    pub(crate) theme: ThemeFaces,
    pub(crate) meta: &'a Meta,
}

impl DocumentParts<'_> {
    /// What has texts besides the document: headers and notes, whose rare characters the faces must
    /// have, too.
    pub(crate) fn others(&self) -> impl Iterator<Item = &[u8]> {
        let written = self.extra.iter().filter(|part| part.name.ends_with(".xml"));
        self.numbering.as_deref().into_iter().chain(written.map(|part| part.bytes.as_slice()))
    }

    /// Makes the package, which then only has to be zipped.
    pub(crate) fn package(
        self,
        document: Vec<u8>,
        packer: &Packer,
        fonts: &FontTables,
    ) -> Result<DocxPackage, String> {
        let embedded = self.faces.iter().any(|(_, files)| !files.is_empty());
        // Looking through all texts is not free, and without faces nobody asks for the result.
        let rare = embedded.then(|| unusual([&*document].into_iter().chain(self.others())));
        let Self { styles, numbering, extra, relations, faces, settings, theme, meta } = self;
        // Faces are cut for the characters that a document has besides the usual ones, so that
        // documents of a batch share the same cut.
        let fonts = fonts.table(&faces, rare.clone().unwrap_or_default(), packer)?;
        // Taken before they are moved: what a later document must agree with to be filled into this
        // one.
        let (lang, has_lists) = (settings.lang.clone(), numbering.is_some());
        let settings =
            packer.made("settings.xml", format!("{settings:?}"), || parts::settings(&settings))?;
        let theme = packer.made("theme1.xml", format!("{theme:?}"), || parts::theme(&theme))?;

        let mut package = PackageWriter::default();
        let mut all = Vec::new();
        let theme_type = "application/vnd.openxmlformats-officedocument.theme+xml".to_owned();
        package.put(DOCUMENT, Some(word_type("document.main")), document.into());
        for (id, kind, target, content_type, packed) in [
            ("Styles", "styles", "styles.xml", word_type("styles"), styles),
            ("Settings", "settings", "settings.xml", word_type("settings"), settings),
            ("Theme", "theme", "theme/theme1.xml", theme_type, theme),
        ] {
            package.put(&format!("word/{target}"), Some(content_type), packed.into());
            all.push(Relation::own(RelationId::Named(id), kind, target));
        }
        if let Some(numbering) = numbering {
            package.put("word/numbering.xml", Some(word_type("numbering")), numbering.into());
            all.push(Relation::own(RelationId::Named("Numbering"), "numbering", "numbering.xml"));
        }
        let table = Arc::clone(&fonts.table);
        package.put("word/fontTable.xml", Some(word_type("fontTable")), table.into());
        fonts.parts.iter().for_each(|(name, packed)| {
            package.put(name, None, Arc::clone(packed).into());
        });
        all.push(Relation::own(RelationId::Named("Fonts"), "fontTable", "fontTable.xml"));
        all.extend(relations);
        for part in extra {
            let path = part
                .name
                .strip_prefix('/')
                .map_or_else(|| format!("word/{}", part.name), str::to_owned);
            package.put(&path, part.content_type, part.bytes);
            package.relate(&path, &part.relations, packer)?;
        }
        package.relate(DOCUMENT, &all, packer)?;
        package.put_properties(meta, &lang, packer)?;
        let parts = package.finish(packer)?;
        Ok(DocxPackage { parts, rare, meta: meta.clone(), lang, has_lists })
    }
}

/// The parts of a file.
pub(crate) struct DocxPackage {
    parts: Vec<PackagePart>,
    /// The characters that the faces in it were cut for besides those that all have; nothing if
    /// there are no faces in it.
    rare: Option<BTreeSet<char>>,
    meta: Meta,
    lang: String,
    has_lists: bool,
}

/// The part that people read.
const DOCUMENT: &str = "word/document.xml";

impl DocxPackage {
    /// The file.
    pub(crate) fn zip(self, packer: &Packer) -> Result<Vec<u8>, String> {
        packer.zip(self.parts)
    }

    /// The same, to be filled many times: what is copied each time is small.
    pub(crate) fn kept(mut self) -> Self {
        for (name, bytes) in &mut self.parts {
            if let PartBytes::Own(own) = bytes
                && !is_unique(name)
            {
                *bytes = PartBytes::Kept(std::mem::take(own).into());
            }
            // Each document writes its own body, so none is kept.
            if name == DOCUMENT {
                *bytes = PartBytes::Own(Vec::new());
            }
        }
        self
    }

    /// Whether the parts are those of a document that says this of itself.
    pub(crate) fn suits(&self, meta: &Meta) -> bool {
        // Lists are told apart by the document's title.
        (meta.title == self.meta.title || !self.has_lists)
            && (&meta.date, &meta.lang) == (&self.meta.date, &self.meta.lang)
    }

    /// Whether the faces in it have these characters.
    pub(crate) fn covers(&self, rare: &BTreeSet<char>) -> bool {
        self.rare.as_ref().is_none_or(|own| rare.is_subset(own))
    }

    /// The file of another document with the same parts beside it.
    pub(crate) fn filled(
        &self,
        document: Vec<u8>,
        meta: &Meta,
        packer: &Packer,
    ) -> Result<Vec<u8>, String> {
        let mut document = Some(document);
        let parts = self.parts.iter().map(|(name, bytes)| {
            let own = match &**name {
                DOCUMENT => document.take(),
                CORE if *meta != self.meta => Some(parts::core(meta, &self.lang).part()),
                _ => None,
            };
            (name.clone(), own.map_or_else(|| bytes.clone(), PartBytes::Own))
        });
        packer.zip(parts.collect())
    }
}

/// The root of a part with the namespaces that its content may need.
fn with_namespaces(mut root: El) -> El {
    for (prefix, namespace) in
        [("xmlns:w", W), ("xmlns:r", R), ("xmlns:wp", WP), ("xmlns:wps", WPS), ("xmlns:mc", MC)]
    {
        root.set(prefix, namespace);
    }
    root
}

/// The parts of a package with their content types (ECMA-376 Part 2).
#[derive(Default)]
struct PackageWriter {
    /// The types that endings do not tell: part and type.
    types: Vec<(String, String)>,
    parts: Vec<PackagePart>,
}

impl PackageWriter {
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

    fn put(&mut self, name: &str, content_type: Option<String>, bytes: PartBytes) {
        if let Some(kind) = content_type {
            self.types.push((name.to_owned(), kind));
        }
        self.parts.push((name.to_owned(), bytes));
    }

    /// The core and extended properties.
    fn put_properties(&mut self, meta: &Meta, lang: &str, packer: &Packer) -> Result<(), String> {
        let core = "application/vnd.openxmlformats-package.core-properties+xml".to_owned();
        let bytes = parts::core(meta, lang).part();
        self.put("docProps/core.xml", Some(core), bytes.into());
        let app =
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned();
        let packed = packer.made("app.xml", String::new(), parts::app)?;
        self.put("docProps/app.xml", Some(app), packed.into());
        Ok(())
    }

    /// The relationships of a part, if it has any.
    fn relate(
        &mut self,
        name: &str,
        relations: &[Relation],
        packer: &Packer,
    ) -> Result<(), String> {
        if relations.is_empty() {
            return Ok(());
        }
        let words =
            |one: &Relation| format!("{} {} {} {}\n", one.id, one.kind, one.target, one.external);
        let key = relations.iter().map(words).collect();
        let packed = packer.made("rels", key, || relationships(relations))?;
        // The relationships of `a/b.xml` stand in `a/_rels/b.xml.rels` (ECMA-376 Part 2, 9.3.3).
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        self.put(&format!("{folder}/_rels/{file}.rels"), None, packed.into());
        Ok(())
    }

    /// All parts: content types and the package's own relationships first.
    fn finish(mut self, packer: &Packer) -> Result<Vec<PackagePart>, String> {
        let custom = self.parts.iter().any(|(name, _)| name == "docProps/custom.xml");
        let root = packer.made("rels", custom.to_string(), || {
            // Its kind is the package's, not one of office documents.
            let core = Relation {
                id: RelationId::Number(2),
                kind: format!("{PACKAGE}/relationships/metadata/core-properties"),
                target: "docProps/core.xml".into(),
                external: false,
            };
            let mut root = vec![
                Relation::own(RelationId::Number(1), "officeDocument", "word/document.xml"),
                core,
                Relation::own(RelationId::Number(3), "extended-properties", "docProps/app.xml"),
            ];
            let own =
                Relation::own(RelationId::Number(4), "custom-properties", "docProps/custom.xml");
            root.extend(custom.then_some(own));
            relationships(&root)
        })?;
        let names = self.types.iter().map(|(name, kind)| format!("{name} {kind}\n")).collect();
        let types = packer.made("[Content_Types].xml", names, || self.content_types())?;
        let mut parts = vec![
            // Readers take parts in any order, but `file` knows a DOCX by its first one.
            ("[Content_Types].xml".to_owned(), PartBytes::Packed(types)),
            ("_rels/.rels".to_owned(), PartBytes::Packed(root)),
        ];
        parts.append(&mut self.parts);
        Ok(parts)
    }
}
