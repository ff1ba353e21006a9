//! What the files of a batch have in common: one subset per face, one deflated form per picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Document, Stream, dictionary};

use super::coded::CodedRun;
use super::content::{font_name, picture_name};
use super::deflate::Deflater;
use super::font::{self, PdfFont};
use super::icc;
use super::image::Picture;
use super::part::ObjectGroup;
use super::save::Prepared;
use crate::cache::{self, Memo, equal};
use crate::diag::Diagnostic;
use crate::font::FaceId;
use crate::geometry::Size;
use crate::image::Image;
use crate::layout::{Pages, Paint};
use crate::text::GlyphRun;

/// Fonts and pictures made ready once, for all documents of a batch.
///
/// The subset of a face holds the glyphs of all documents that this was prepared with. So the bytes
/// of a file depend on which these were, and on nothing else: not on their order, not on threads.
/// All must have the same [`FontBook`](crate::font::FontBook). A document that needs more is
/// written by itself, with subsets of its own.
pub struct SharedResources {
    fonts: BTreeMap<FaceId, (PdfFont, Arc<ObjectGroup>)>,
    pictures: Vec<Picture>,
    numbers: PictureNumbers,
    /// Whether there are several documents, so that time counts for more than size.
    pub(super) batch: bool,
    /// The colour profile, deflated.
    pub(super) profile: Stream,
    pub(super) faults: Vec<Diagnostic>,
    /// Compressors that no thread uses now: making one costs a fifth of the time that a
    /// certificate takes.
    deflaters: Mutex<Vec<Deflater>>,
    /// Fonts and pictures as bytes, by the number of their first object and by what they are.
    prepared: Mutex<BTreeMap<PreparedKey, Arc<Prepared>>>,
    /// Runs shown before, with their codes: those of a batch are mostly the same.
    coded: Mutex<Memo<u64, Arc<KnownRun>>>,
}

type PreparedKey = (u32, SharedParts);

/// A run and its codes.
type KnownRun = (GlyphRun, Arc<CodedRun>);

/// What a document has of the parts that are shared.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SharedParts {
    pub(super) fonts: BTreeSet<FaceId>,
    pub(super) pictures: BTreeSet<usize>,
}

/// How many forms of the parts as bytes are kept: documents of a batch nearly always have one.
const FORMS: usize = 16;
/// How many bytes all of them may have: a photograph may be large.
const FORM_BYTES: usize = 16 << 20;

impl SharedResources {
    /// Prepares what these documents need, and no more.
    pub fn new(documents: &[&Pages]) -> Self {
        Self::prepare(documents, SubsetExtent::Exact, None)
    }

    /// Prepares what many documents like these will need: a face whose text differs between them
    /// gets the whole Russian alphabet.
    pub fn like(sample: &[&Pages]) -> Self {
        Self::prepare(sample, SubsetExtent::Script, None)
    }

    /// Prepares what a batch needs of which this is the sample, or the whole. Pictures that all
    /// share have no more pixels per inch than `dpi`.
    pub fn of_batch(sample: &[&Pages], whole: bool, dpi: f64) -> Self {
        let extent = if whole { SubsetExtent::Exact } else { SubsetExtent::Script };
        Self::prepare(sample, extent, Some(dpi))
    }

    fn prepare(documents: &[&Pages], extent: SubsetExtent, dpi: Option<f64>) -> Self {
        let mut deflater = Deflater::new();
        let mut faults = Vec::new();
        let fonts = font::collect(documents, extent, &mut deflater, &mut faults);
        let fonts = fonts.into_iter().map(|(face, font)| {
            let mut document = Document::new();
            let root = font.write(&mut document);
            let part = Arc::new(ObjectGroup::of(&mut document, root));
            (face, (font, part))
        });
        let fonts = fonts.collect();
        let (shown, numbers) = shown(documents);
        let pictures = shown
            .iter()
            .map(|shown| {
                let ShownPicture { image, times, size, .. } = shown;
                match dpi {
                    Some(dpi) => Picture::for_print(image, *times, *size, dpi, &mut deflater),
                    None => Picture::new(image, *times, &mut deflater),
                }
            })
            .collect();
        let profile = deflater.stream(dictionary! { "N" => 3 }, icc::srgb(), &[1]);
        let batch = documents.len() > 1 || extent == SubsetExtent::Script;
        let deflater = if batch { Deflater::fast() } else { deflater };
        Self {
            fonts,
            pictures,
            numbers,
            batch,
            profile,
            faults,
            deflaters: Mutex::new(vec![deflater]),
            prepared: Mutex::default(),
            coded: Mutex::default(),
        }
    }

    /// Lends a compressor.
    pub(super) fn deflating<T>(&self, work: impl FnOnce(&mut Deflater) -> T) -> T {
        // As many compressors as threads ever worked at once, and each is put back.
        let free = || self.deflaters.lock().unwrap_or_else(PoisonError::into_inner);
        let mut deflater =
            free().pop().unwrap_or_else(if self.batch { Deflater::fast } else { Deflater::new });
        let result = work(&mut deflater);
        free().push(deflater);
        result
    }

    /// A run in the codes of its face; nothing if the face was not prepared.
    pub(super) fn coded(&self, run: &GlyphRun) -> Option<Arc<CodedRun>> {
        let font = self.font(run.face)?;
        // A document alone hardly ever shows the same line twice.
        if !self.batch {
            return Some(Arc::new(CodedRun::new(run, font)));
        }
        let digest = cache::digest((run.face, run.size.to_bits(), &*run.text));
        let memo = || self.coded.lock().unwrap_or_else(PoisonError::into_inner);
        let found = memo().find(&digest);
        if let Some(known) = found.filter(|known| known.0 == *run) {
            return Some(Arc::clone(&known.1));
        }
        let coded = Arc::new(CodedRun::new(run, font));
        memo().keep(digest, Arc::new((run.clone(), Arc::clone(&coded))));
        Some(coded)
    }

    /// The parts as bytes, numbered from `first` on.
    pub(super) fn prepared(&self, first: u32, parts: &SharedParts) -> Arc<Prepared> {
        let kept = || self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prepared) = kept().get(&(first, parts.clone())) {
            return Arc::clone(prepared);
        }
        let prepared = Arc::new(Prepared::new(first, self.parts(parts)));
        let mut kept = kept();
        let bytes: usize = kept.values().map(|prepared| prepared.size()).sum();
        if kept.len() >= FORMS || bytes + prepared.size() > FORM_BYTES {
            kept.clear();
        }
        kept.insert((first, parts.clone()), Arc::clone(&prepared));
        prepared
    }

    /// The parts with their names among the resources.
    pub(super) fn parts<'a>(
        &'a self,
        parts: &'a SharedParts,
    ) -> impl Iterator<Item = (Resource, &'a Arc<ObjectGroup>)> {
        let fonts = parts.fonts.iter().filter_map(|face| {
            let (_, part) = self.fonts.get(face)?;
            Some((Resource { kind: "Font", name: font_name(*face) }, part))
        });
        let pictures = parts.pictures.iter().filter_map(|number| {
            let part = self.pictures.get(*number)?.part()?;
            Some((Resource { kind: "XObject", name: picture_name(*number) }, part))
        });
        fonts.chain(pictures)
    }

    pub(super) fn font(&self, face: FaceId) -> Option<&PdfFont> {
        self.fonts.get(&face).map(|(font, _)| font)
    }

    pub(super) fn picture(&self, image: &Arc<Image>) -> Option<(usize, &Picture)> {
        let number = find(self.numbers.get(&image.name)?, image)?;
        Some((number, self.pictures.get(number)?))
    }

    pub(super) fn picture_count(&self) -> usize {
        self.pictures.len()
    }
}

/// By what name a page knows a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) kind: &'static str,
    pub(super) name: String,
}

/// By name, and by content where names are the same: the number of a picture.
type PictureNumbers = BTreeMap<Arc<str>, Vec<(Arc<Image>, usize)>>;

/// A picture of some documents.
struct ShownPicture {
    image: Arc<Image>,
    times: usize,
    /// In how many documents, and in which last.
    documents: usize,
    last: usize,
    /// The largest paper that it is shown on, in points.
    size: Size,
}

/// The pictures that these documents share; of a single one, all.
fn shown(documents: &[&Pages]) -> (Vec<ShownPicture>, PictureNumbers) {
    let mut all: Vec<ShownPicture> = Vec::new();
    let mut numbers = PictureNumbers::new();
    for (at, pages) in documents.iter().enumerate() {
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            let Paint::Image { image, rect } = &item.paint else { continue };
            let namesakes = numbers.entry(Arc::clone(&image.name)).or_default();
            let number = find(namesakes, image).unwrap_or_else(|| {
                namesakes.push((Arc::clone(image), all.len()));
                let image = Arc::clone(image);
                all.push(ShownPicture {
                    image,
                    times: 0,
                    documents: 0,
                    last: at,
                    size: Size::new(0.0, 0.0),
                });
                all.len() - 1
            });
            let shown = &mut all[number];
            if shown.times == 0 || shown.last != at {
                shown.documents += 1;
            }
            (shown.times, shown.last) = (shown.times + 1, at);
            shown.size =
                Size::new(shown.size.width.max(rect.width), shown.size.height.max(rect.height));
        }
    }
    if documents.len() == 1 {
        return (all, numbers);
    }
    // What one record alone shows is its own: the files of a batch shall be of one kind, whether
    // they are in the sample or not.
    let kept: Vec<ShownPicture> = all.into_iter().filter(|shown| shown.documents > 1).collect();
    let mut numbers = PictureNumbers::new();
    for (number, shown) in kept.iter().enumerate() {
        let namesakes = numbers.entry(Arc::clone(&shown.image.name)).or_default();
        namesakes.push((Arc::clone(&shown.image), number));
    }
    (kept, numbers)
}

/// How much of a face goes into its subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubsetExtent {
    /// The glyphs that were seen.
    Exact,
    /// Those, and the script where different documents show different ones.
    Script,
}

fn find(namesakes: &[(Arc<Image>, usize)], image: &Arc<Image>) -> Option<usize> {
    let known = namesakes.iter().find(|(known, _)| equal::<Image>(known, image));
    known.map(|(_, number)| *number)
}

impl fmt::Debug for SharedResources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedResources({} faces, {} pictures)", self.fonts.len(), self.pictures.len())
    }
}
