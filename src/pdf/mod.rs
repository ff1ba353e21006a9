//! PDF: pages in, a file out.
//!
//! printpdf turns operations into content streams and pages into objects. What it has no words for (structure, metadata, nested
//! outlines, subsets) is written on the object tree that it gives, and the tree is saved here.
//!
//! By default a file is PDF/A-2a and PDF/UA-1: archives keep it and screen readers read it. `docs/pdf-standards.md` goes through the
//! clauses.

mod attach;
mod content;
mod deflate;
mod font;
mod graphics;
mod icc;
mod image;
mod link;
mod object;
mod outline;
mod reader;
mod save;
mod sfnt;
mod shared;
mod standard;
mod tags;
mod words;
mod xmp;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{ExtendedGraphicsState, PdfDocument, PdfFont, PdfSaveOptions};

pub use attach::{Attachment, extract};
pub use shared::Shared;

use crate::diag::{Diagnostic, Sink};
use crate::layout::Pages;
use content::Uses;
use deflate::Deflater;
use object::{ascii, dict_mut, link, reals, reference, text};
use save::Form;
use tags::Structure;

/// Which standards a file keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Standard {
    /// PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
    #[default]
    A2a,
    /// PDF/A-3a (ISO 19005-3) and PDF/UA-1: may carry the data that it was made from.
    A3a,
    /// None: no structure, no metadata stream, the smallest file.
    None,
}

/// How a file is written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct PdfOptions {
    /// Which standards it keeps. Default: PDF/A-2a and PDF/UA-1.
    pub standard: Standard,
    /// A file inside the file: the data that it was made from. Needs [`Standard::A3a`]. Default: none.
    pub attachment: Option<Attachment>,
}

/// Writes a document. The same pages and options give the same bytes.
///
/// What keeps the document from the standard asked for is an error in the sink (`pdf-title`, `pdf-language`, `pdf-alt`, `pdf-heading`,
/// `pdf-cmyk`, `pdf-attachment`, `pdf-tags`), as are a font that cannot be embedded (`font-broken`, `pdf-font`) and a place that is no
/// number (`pdf-coordinate`). Links to nowhere (`link-target`) and dates that are none (`pdf-date`) are warnings. The bytes are of no use
/// if there are errors.
pub fn write(pages: &Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
    Shared::new(&[pages]).write(pages, options, sink)
}

impl Shared {
    /// Writes one of the documents that this was made for. See [`write()`].
    pub fn write(&self, pages: &Pages, options: &PdfOptions, sink: &mut Sink) -> Vec<u8> {
        sink.extend(self.faults.iter().cloned());
        standard::check(pages, options, sink);
        let tagged = options.standard != Standard::None && !pages.tags.is_empty();
        let mut uses = Uses::default();
        let tags = if tagged { &pages.tags[..] } else { &[] };
        let ends = words::ends(&pages.pages, tags);
        let painted = pages.pages.iter().zip(&ends).map(|(page, ends)| content::page(page, tags, ends, self, &mut uses)).collect();
        sink.extend(std::mem::take(&mut uses.faults));

        let mut file = File::new(self.skeleton(painted, &uses), pages);
        file.fonts(self, &uses);
        let links = link::write(&mut file.document, pages, &file.pages, &uses, tagged, sink);
        let mut elements = Vec::new();
        if tagged {
            let sheets = &pages.pages;
            let structure = Structure { tags, sheets, pages: &file.pages, uses: &uses, annotations: &links };
            let root;
            (root, elements) = structure.write(&mut file.document);
            file.catalog.set("StructTreeRoot", link(root));
            file.catalog.set("MarkInfo", dictionary! { "Marked" => true });
            for (number, page) in file.pages.iter().enumerate() {
                if let Some(dict) = dict_mut(&mut file.document, *page) {
                    dict.set("StructParents", number as i64);
                    dict.set("Tabs", "S");
                }
            }
        }
        if let Some(root) = outline::write(&mut file.document, &pages.outline, &pages.pages, &file.pages, &elements) {
            file.catalog.set("Outlines", link(root));
            if pages.pages.len() > 1 {
                file.catalog.set("PageMode", "UseOutlines");
            }
        }
        file.metadata(options, &self.profile, sink);
        self.deflating(|deflater| {
            if let (Some(attachment), Standard::A3a) = (&options.attachment, options.standard) {
                attach::write(&mut file.document, &mut file.catalog, attachment, file.moment.as_ref(), deflater);
            }
            file.save(self.batch, deflater)
        })
    }

    /// What printpdf makes of the pages.
    fn skeleton(&self, painted: Vec<printpdf::PdfPage>, uses: &Uses) -> Document {
        let mut document = PdfDocument::new("");
        for face in &uses.fonts {
            if let Some(font) = self.font(*face) {
                document.resources.fonts.map.insert(content::font_id(*face), PdfFont::new(font.stand_in()));
            }
        }
        for number in &uses.pictures {
            if let Some(object) = self.picture_number(*number).and_then(image::Picture::object) {
                document.resources.xobjects.map.insert(content::picture_id(*number), object);
            }
        }
        for alpha in &uses.alphas {
            let value = graphics::alpha_value(*alpha);
            let state = ExtendedGraphicsState::default().with_current_fill_alpha(value).with_current_stroke_alpha(value);
            document.resources.extgstates.map.insert(graphics::alpha_id(*alpha), state);
        }
        document.with_pages(painted);
        document.to_lopdf_document(&save_options(), &mut Vec::new())
    }
}

/// Nothing of what printpdf does on its own to fonts, pictures and streams; operators of ours are let through.
fn save_options() -> PdfSaveOptions {
    PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None }
}

/// Files of a batch with no more objects than this are written the fast way.
const SMALL: usize = 100;

/// A file in the making.
struct File<'a> {
    document: Document,
    catalog: Dictionary,
    pages: Vec<ObjectId>,
    resources: Option<ObjectId>,
    source: &'a Pages,
    moment: Option<xmp::Moment>,
}

impl<'a> File<'a> {
    /// Takes printpdf's document and drops from it what ours has otherwise.
    fn new(mut document: Document, source: &'a Pages) -> Self {
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let mut resources = None;
        for (page, sheet) in pages.iter().zip(&source.pages) {
            let Some(dict) = dict_mut(&mut document, *page) else { continue };
            let own = reference(dict, b"Resources");
            dict.set("MediaBox", reals(&[0.0, 0.0, sheet.width, sheet.height]));
            for key in [&b"TrimBox"[..], b"CropBox", b"Annots"] {
                dict.remove(key);
            }
            // All pages have the same resources: one dictionary is enough.
            dict.set("Resources", resources.or(own).map_or(Object::Null, link));
            if let (Some(_), Some(own)) = (resources, own) {
                document.objects.remove(&own);
            }
            resources = resources.or(own);
        }
        let mut file = Self { document, catalog: Dictionary::new(), pages, resources, source, moment: None };
        file.prune_resources();
        let root = reference(&file.document.trailer, b"Root").and_then(|id| file.document.objects.remove(&id));
        let kids = root.as_ref().and_then(|root| reference(root.as_dict().ok()?, b"Pages"));
        if let Some(info) = reference(&file.document.trailer, b"Info") {
            file.document.objects.remove(&info);
        }
        file.catalog.set("Type", "Catalog");
        file.catalog.set("Pages", kids.map_or(Object::Null, link));
        file
    }

    /// Removes the kinds of resources that the file has none of.
    fn prune_resources(&mut self) {
        let Some(id) = self.resources else { return };
        let Ok(dict) = self.document.get_dictionary(id) else { return };
        let entries: Vec<(Vec<u8>, ObjectId)> = dict.iter().filter_map(|(k, v)| Some((k.clone(), v.as_reference().ok()?))).collect();
        for (key, kind) in entries {
            if self.document.get_dictionary(kind).is_ok_and(Dictionary::is_empty) {
                self.document.objects.remove(&kind);
                if let Some(dict) = dict_mut(&mut self.document, id) {
                    dict.remove(&key);
                }
            }
        }
    }

    fn fonts(&mut self, shared: &Shared, uses: &Uses) {
        let fonts = self.resources.and_then(|id| reference(self.document.get_dictionary(id).ok()?, b"Font"));
        let Some(fonts) = fonts.and_then(|id| self.document.get_dictionary(id).ok()).cloned() else { return };
        for face in &uses.fonts {
            if let (Some(font), Some(id)) = (shared.font(*face), reference(&fonts, content::font_id(*face).0.as_bytes())) {
                font.write(&mut self.document, id);
            }
        }
    }

    /// Title, language, dates, colours: all that is said about the document as a whole.
    fn metadata(&mut self, options: &PdfOptions, profile: &Stream, sink: &mut Sink) {
        let meta = &self.source.meta;
        if let Some(date) = &meta.date {
            self.moment = xmp::Moment::new(date);
            if self.moment.is_none() {
                let fault = Diagnostic::warning("pdf-date", format!("`{date}` is not a date; the PDF has none"));
                sink.push(fault.hint("write it as 2026-11-16"));
            }
        }
        let info = self.document.add_object(xmp::info(meta, self.moment.as_ref()));
        self.document.trailer.set("Info", link(info));
        if let Some(lang) = &meta.lang {
            self.catalog.set("Lang", text(lang));
        }
        if meta.title.is_some() {
            self.catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        }
        if options.standard == Standard::None {
            return;
        }
        let packet = xmp::packet(meta, self.moment.as_ref(), options.standard);
        let packet = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes());
        let packet = self.document.add_object(packet);
        self.catalog.set("Metadata", link(packet));
        let profile = self.document.add_object(profile.clone());
        let intent = dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFA1",
            "OutputConditionIdentifier" => ascii("sRGB"),
            "Info" => ascii("sRGB"),
            "DestOutputProfile" => link(profile),
        };
        self.catalog.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
        let labels = Object::Array(vec![0.into(), Object::Dictionary(dictionary! { "S" => "D" })]);
        self.catalog.set("PageLabels", dictionary! { "Nums" => labels });
    }

    fn save(mut self, batch: bool, deflater: &mut Deflater) -> Vec<u8> {
        for page in &self.pages {
            let contents = self.document.get_dictionary(*page).ok().and_then(|dict| reference(dict, b"Contents"));
            let Some(Object::Stream(stream)) = contents.and_then(|id| self.document.objects.get_mut(&id)) else { continue };
            let content = std::mem::take(&mut stream.content);
            *stream = deflater.stream(std::mem::take(&mut stream.dict), content, b"\n");
        }
        let root = self.document.add_object(self.catalog);
        self.document.trailer.set("Root", link(root));
        let form = if batch && self.document.objects.len() <= SMALL { Form::Table } else { Form::Streams };
        save::save(&mut self.document, form, deflater)
    }
}
