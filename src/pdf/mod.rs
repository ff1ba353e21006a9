//! PDF: pages in, a file out.
//!
//! printpdf turns operations into content streams and pages into objects. What it has no words for
//! (structure, metadata, nested outlines, subsets) is written on the object tree that it gives, and
//! the tree is saved here.
//!
//! By default a file is PDF/A-2a and PDF/UA-1: archives keep it and screen readers read it.
//! `docs/pdf-standards.md` goes through the clauses.

mod about;
mod attach;
mod coded;
mod content;
mod deflate;
mod digest;
mod drawing;
mod font;
mod graphics;
mod icc;
mod image;
mod impose;
mod link;
mod merge;
mod object;
mod outline;
mod part;
mod punycode;
mod reader;
mod save;
mod shared;
mod standard;
mod stream;
mod tags;
mod xmp;
mod xref;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use printpdf::{ExtendedGraphicsState, PdfDocument, PdfSaveOptions};

pub(crate) use attach::keywords;
pub use attach::{EmbeddedFile, extract};
pub use impose::{Sheets, impose};
pub use merge::{Fragment, Merge};
pub use shared::SharedResources;

use crate::diag::Sink;
use crate::layout::{Pages, Tag, words};
use content::Uses;
use deflate::Deflater;
use object::{dict_mut, link, reals, reference};
use shared::{Resource, SharedParts};
use tags::{Elements, Structure};

/// Which standards a file keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Standard {
    /// PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
    #[default]
    A2a,
    /// PDF/A-3a (ISO 19005-3) and PDF/UA-1: may carry the data that it was made from.
    A3a,
    /// PDF/UA-2 (ISO 14289-2) and PDF/A-4 (ISO 19005-4), on PDF 2.0; PDF/A-4f if it carries the
    /// data that it was made from.
    Ua2,
    /// None claimed: the structure for those who read by it, and nothing demanded of the document.
    Tagged,
    /// None: no structure, no metadata stream, the smallest file.
    None,
}

impl Standard {
    /// Whether the file says that it keeps a standard, so that the document has to.
    fn is_claimed(self) -> bool {
        !matches!(self, Self::Tagged | Self::None)
    }

    /// Whether the file may carry the data that it was made from.
    fn may_carry(self) -> bool {
        matches!(self, Self::A3a | Self::Ua2)
    }

    /// Whether the file is PDF 2.0 (ISO 32000-2), in which some things are said otherwise.
    fn is_pdf2(self) -> bool {
        self == Self::Ua2
    }
}

/// How a file is written.
///
/// ```
/// use itog::{EmbeddedFile, PdfOptions, Standard};
/// let data = EmbeddedFile::source("minutes.yaml", "kind: Протокол\n");
/// let options = PdfOptions::default().with_standard(Standard::A3a).with_attachment(data);
/// assert_eq!(options.attachment.unwrap().mime, "application/yaml");
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct PdfOptions {
    /// Which standards it keeps. Default: PDF/A-2a and PDF/UA-1.
    pub standard: Standard,
    /// A file inside the file: the data that it was made from. Needs [`Standard::A3a`] or
    /// [`Standard::Ua2`]. Default: none.
    pub attachment: Option<EmbeddedFile>,
}

impl PdfOptions {
    /// These options with another standard.
    ///
    /// ```
    /// use itog::{PdfOptions, Standard};
    /// assert_eq!(PdfOptions::default().with_standard(Standard::None).standard, Standard::None);
    /// ```
    #[must_use]
    pub fn with_standard(self, standard: Standard) -> Self {
        Self { standard, ..self }
    }

    /// These options with a file that the PDF carries: needs [`Standard::A3a`] or
    /// [`Standard::Ua2`].
    #[must_use]
    pub fn with_attachment(self, attachment: EmbeddedFile) -> Self {
        Self { attachment: Some(attachment), ..self }
    }
}

/// Writes a document. The same pages and options give the same bytes.
///
/// What keeps the document from the standard asked for is an error in the sink (`pdf-title`,
/// `pdf-language`, `pdf-alt`, `pdf-heading`, `pdf-cmyk`, `pdf-attachment`, `pdf-tags`), as are a
/// font that cannot be embedded (`font-broken`, `pdf-font`) and a coordinate that is infinite or
/// not a number (`pdf-coordinate`). Links to nowhere (`link-target`) and invalid dates (`pdf-date`)
/// are warnings. The bytes are of no use if there are errors.
pub fn write(pages: &Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
    standard::check(pages, options, sink);
    // Whatever could not be prepared for this very document is a fault.
    let shared = SharedResources::new(&[pages]);
    let painted = shared.paint(pages, options);
    shared.assemble(pages, painted, options, sink).0.finish(pages, options, sink)
}

/// The same for pages that nobody needs any more: they let go what is painted. That is most of what
/// a long document holds.
pub(crate) fn write_last(mut pages: Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
    standard::check(&pages, options, sink);
    let shared = SharedResources::new(&[&pages]);
    let painted = shared.paint(&pages, options);
    pages.pages.iter_mut().for_each(|page| page.items = Vec::new());
    shared.assemble(&pages, painted, options, sink).0.finish(&pages, options, sink)
}

impl SharedResources {
    /// Writes a document of the batch. See [`write()`].
    pub fn write(&self, pages: &Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
        let mut own = Sink::new();
        let painted = self.paint(pages, options);
        let (file, Missing(missing)) = self.assemble(pages, painted, options, &mut own);
        // Something that the sample did not have: written by itself, with fonts of its own, and
        // its faults reported anew.
        if missing {
            return write(pages, options, sink);
        }
        standard::check(pages, options, sink);
        sink.extend(own.into_vec());
        file.finish(pages, options, sink)
    }

    /// The content of the pages, and what it uses.
    fn paint(&self, pages: &Pages, options: &PdfOptions) -> (Vec<printpdf::PdfPage>, Uses) {
        let mut uses = Uses::default();
        let tags = tags_of(pages, options);
        let ends = words::ends(&pages.pages, tags);
        let pages = pages.pages.iter().zip(&ends);
        let painted =
            pages.map(|(page, ends)| content::page(page, tags, ends, self, &mut uses)).collect();
        (painted, uses)
    }

    /// The pages with their fonts, pictures, links and structure; whether something was missing
    /// that this was not prepared for.
    fn assemble<'a>(
        &'a self,
        pages: &'a Pages,
        (painted, mut uses): (Vec<printpdf::PdfPage>, Uses),
        options: &PdfOptions,
        sink: &mut Sink,
    ) -> (File<'a>, Missing) {
        sink.extend(self.faults.iter().cloned());
        let tags = tags_of(pages, options);
        let tagged = !tags.is_empty();
        sink.extend(std::mem::take(&mut uses.faults));

        let mut file = File::new(self, skeleton(painted, &uses), pages);
        let links = link::write(&mut file.document, pages, &file.pages, &uses, tagged);
        if tagged {
            let structure = Structure {
                tags,
                sheets: &pages.pages,
                pages: &file.pages,
                uses: &uses,
                annotations: &links,
                pdf2: options.standard.is_pdf2(),
            };
            let (root, elements) = structure.write(&mut file.document);
            if options.standard.is_pdf2() {
                let ids = elements.ids();
                link::lead_to_elements(&mut file.document, pages, &uses, &links, ids);
            }
            file.elements = Some(elements);
            file.catalog.set("StructTreeRoot", link(root));
            file.catalog.set("MarkInfo", dictionary! { "Marked" => true });
            for (number, page) in file.pages.iter().enumerate() {
                if let Some(dict) = dict_mut(&mut file.document, *page) {
                    // Pages have the first numbers of the parent tree, annotations those behind
                    // them.
                    dict.set("StructParents", number as i64);
                    // Tab moves in the order of the structure (ISO 14289-1, 7.18.3).
                    dict.set("Tabs", "S");
                }
            }
        }
        let own = uses.pictures.split_off(&self.picture_count());
        for number in own {
            let picture = uses.own.get(number - self.picture_count());
            if let Some(part) = picture.and_then(|(_, picture)| picture.part()) {
                let name = content::picture_name(number);
                let id = part.write(&mut file.document);
                file.own.push((Resource { kind: "XObject", name }, id));
            }
        }
        file.parts = SharedParts { fonts: uses.fonts, pictures: uses.pictures };
        (file, Missing(uses.missing))
    }
}

/// The tags of a file, if it is to have a structure.
fn tags_of<'a>(pages: &'a Pages, options: &PdfOptions) -> &'a [Tag] {
    if options.standard == Standard::None { &[] } else { &pages.tags }
}

/// What printpdf makes of the pages: without fonts and pictures, which are made once and put in
/// where they are needed.
fn skeleton(painted: Vec<printpdf::PdfPage>, uses: &Uses) -> Document {
    let mut document = PdfDocument::new("");
    for alpha in &uses.alphas {
        let value = graphics::alpha_value(*alpha);
        let state = ExtendedGraphicsState::default()
            .with_current_fill_alpha(value)
            .with_current_stroke_alpha(value);
        document.resources.extgstates.map.insert(graphics::alpha_id(*alpha), state);
    }
    document.with_pages(painted);
    document.to_lopdf_document(&save_options(), &mut Vec::new())
}

/// Tells what keeps pages from the standard asked for, as [`write()`] does, and writes nothing.
pub fn check(pages: &Pages, options: &PdfOptions, sink: &mut Sink) {
    standard::check(pages, options, sink);
}

/// Whether a file was written by [`PdfOptions`]' writer and not changed since, so that nothing is
/// lost when it is written anew. The record is in the file itself: its identifier.
pub fn is_unchanged(file: &[u8]) -> bool {
    save::is_unchanged(file)
}

/// Puts into a file a number that says what it was made of.
#[cfg(feature = "batch")]
pub(crate) fn mark(file: &mut [u8], made_of: u64) {
    save::mark(file, made_of);
}

/// What a file was made of, if it says so.
#[cfg(feature = "batch")]
pub(crate) fn made_of(file: &[u8]) -> Option<u64> {
    save::made_of(file)
}

/// Whether a document needs more than was prepared.
struct Missing(bool);

/// Nothing of what printpdf does on its own to fonts, pictures and streams; operators of ours are
/// let through.
fn save_options() -> PdfSaveOptions {
    PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None }
}

/// Files of a batch with no more objects than this, fonts not counted, are written the fast way.
const SMALL: usize = 100;

/// A file in the making.
struct File<'a> {
    shared: &'a SharedResources,
    document: Document,
    catalog: Dictionary,
    pages: Vec<ObjectId>,
    /// The elements of the structure tree, which are not among the objects yet.
    elements: Option<Elements<'a>>,
    resources: Option<ObjectId>,
    /// Pictures of this document alone, which are written.
    own: Vec<(Resource, ObjectId)>,
    /// What is shown of the shared parts, and not written yet.
    parts: SharedParts,
}

impl<'a> File<'a> {
    /// Takes printpdf's document and drops from it what ours has otherwise.
    fn new(shared: &'a SharedResources, mut document: Document, source: &Pages) -> Self {
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let mut resources = None;
        for (page, sheet) in pages.iter().zip(&source.pages) {
            let Some(dict) = dict_mut(&mut document, *page) else { continue };
            let own = reference(dict, b"Resources");
            // printpdf writes them for all pages, with its own rounding.
            for key in [&b"TrimBox"[..], b"CropBox", b"Annots"] {
                dict.remove(key);
            }
            let around = |by: f64| reals(&[-by, -by, sheet.width + by, sheet.height + by]);
            dict.set("MediaBox", around(sheet.slug));
            // Without them both are the sheet (ISO 32000-1, 14.11.2), and most documents have no
            // bleed.
            if sheet.slug > 0.0 {
                dict.set("BleedBox", around(sheet.bleed));
                dict.set("TrimBox", around(0.0));
            }
            // All pages have the same resources: one dictionary is enough.
            dict.set("Resources", resources.or(own).map_or(Object::Null, link));
            if let (Some(_), Some(own)) = (resources, own) {
                document.objects.remove(&own);
            }
            resources = resources.or(own);
        }
        let mut file = Self {
            shared,
            document,
            catalog: Dictionary::new(),
            pages,
            elements: None,
            resources,
            own: Vec::new(),
            parts: SharedParts::default(),
        };
        file.prune_resources();
        let root = reference(&file.document.trailer, b"Root")
            .and_then(|id| file.document.objects.remove(&id));
        let kids = root.as_ref().and_then(|root| reference(root.as_dict().ok()?, b"Pages"));
        if let Some(info) = reference(&file.document.trailer, b"Info") {
            file.document.objects.remove(&info);
            file.document.trailer.remove(b"Info");
        }
        file.catalog.set("Type", "Catalog");
        file.catalog.set("Pages", kids.map_or(Object::Null, link));
        file
    }

    /// Removes the kinds of resources that the file has none of.
    fn prune_resources(&mut self) {
        let Some(id) = self.resources else { return };
        let Ok(dict) = self.document.get_dictionary(id) else { return };
        let entries: Vec<(Vec<u8>, ObjectId)> =
            dict.iter().filter_map(|(k, v)| Some((k.clone(), v.as_reference().ok()?))).collect();
        for (key, kind) in entries {
            // printpdf writes one of each kind, empty or not.
            if self.document.get_dictionary(kind).is_ok_and(Dictionary::is_empty) {
                self.document.objects.remove(&kind);
                if let Some(dict) = dict_mut(&mut self.document, id) {
                    dict.remove(&key);
                }
            }
        }
    }

    /// Writes the elements of the structure tree among the other objects.
    fn write_elements(&mut self) {
        let elements = self.elements.take();
        self.document.objects.extend(elements.iter().flat_map(Elements::objects));
    }

    /// Writes the shared parts among the other objects.
    fn write_parts(&mut self) {
        let parts = self.shared.parts(&self.parts);
        let written: Vec<(Resource, ObjectId)> =
            parts.map(|(name, part)| (name, part.write(&mut self.document))).collect();
        self.name_parts(&written);
    }

    /// Lets the pages know where fonts and pictures are.
    fn name_parts(&mut self, parts: &[(Resource, ObjectId)]) {
        let Some(resources) = self.resources else { return };
        for kind in ["Font", "XObject"] {
            let of_kind = self.own.iter().chain(parts).filter(|(part, _)| part.kind == kind);
            let names = part::names(of_kind.map(|(part, id)| (part.name.clone(), *id)));
            if let Some(dict) =
                dict_mut(&mut self.document, resources).filter(|_| !names.is_empty())
            {
                dict.set(kind, names);
            }
        }
    }

    /// The file as bytes.
    fn finish(mut self, source: &Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
        if let Some(root) = outline::write(
            &mut self.document,
            &source.outline,
            &source.pages,
            &self.pages,
            self.elements.as_ref().map_or(&[], Elements::ids),
            options.standard.is_pdf2(),
        ) {
            self.catalog.set("Outlines", link(root));
            // For a single page the panel would take room and lead nowhere.
            if source.pages.len() > 1 {
                self.catalog.set("PageMode", "UseOutlines");
            }
        }
        let shared = self.shared;
        // The fonts of a batch come as finished bytes; only a small file gains by it.
        let elements = self.elements.as_ref().map_or(0, |elements| elements.ids().len());
        let prepared = if shared.batch && self.document.objects.len() + elements <= SMALL {
            self.write_elements();
            let prepared = shared.prepared(self.document.max_id + 1, &self.parts);
            self.document.max_id += prepared.count();
            self.name_parts(prepared.names());
            Some(prepared)
        } else {
            self.write_parts();
            None
        };
        let pdf2 = options.standard.is_pdf2();
        shared.deflating(|deflater| {
            about::write(
                &mut self.document,
                &mut self.catalog,
                &source.meta,
                options,
                &shared.profile,
                deflater,
                sink,
            );
            self.deflate_contents(deflater);
            let root = self.document.add_object(self.catalog);
            self.document.trailer.set("Root", link(root));
            match &prepared {
                Some(prepared) => save::table(&mut self.document, prepared, pdf2),
                None => save::streams(&mut self.document, self.elements.as_ref(), deflater, pdf2),
            }
        })
    }

    fn deflate_contents(&mut self, deflater: &mut Deflater) {
        for page in &self.pages {
            let contents = self
                .document
                .get_dictionary(*page)
                .ok()
                .and_then(|dict| reference(dict, b"Contents"));
            let Some(Object::Stream(stream)) =
                contents.and_then(|id| self.document.objects.get_mut(&id))
            else {
                continue;
            };
            let content = std::mem::take(&mut stream.content);
            *stream = deflater.stream(std::mem::take(&mut stream.dict), content, b"\n");
        }
    }
}
