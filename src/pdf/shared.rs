//! What the files of a batch have in common: one subset per face, one deflated form per picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Stream, dictionary};

use super::deflate::Deflater;
use super::font::{self, PdfFont};
use super::icc;
use super::image::Picture;
use super::save::Prepared;
use crate::diag::Diagnostic;
use crate::font::FaceId;
use crate::image::Image;
use crate::layout::{Pages, Paint};

/// Fonts and pictures made ready once, for all documents of a batch.
///
/// The subset of a face holds the glyphs of all documents that this was prepared with. So the bytes
/// of a file depend on which these were, and on nothing else: not on their order, not on threads.
/// All must have the same [`FontBook`](crate::font::FontBook). A document that needs more is
/// written by itself, with subsets of its own.
pub struct SharedResources {
    fonts: BTreeMap<FaceId, PdfFont>,
    pictures: Vec<Picture>,
    /// By name, and by content where names are the same: the number in `pictures`.
    numbers: BTreeMap<Arc<str>, Vec<(Arc<Image>, usize)>>,
    /// Whether there are several documents, so that time counts for more than size.
    pub(super) batch: bool,
    /// The colour profile, deflated.
    pub(super) profile: Stream,
    pub(super) faults: Vec<Diagnostic>,
    /// Compressors that no thread uses now: making one costs a fifth of the time that a
    /// certificate takes.
    deflaters: Mutex<Vec<Deflater>>,
    /// Fonts as bytes, by the number of their first object and the faces.
    prepared: Mutex<BTreeMap<PreparedKey, Arc<Prepared>>>,
}

type PreparedKey = (u32, BTreeSet<FaceId>);

/// How many forms of the fonts as bytes are kept: documents of a batch nearly always have one.
const FORMS: usize = 16;

impl SharedResources {
    /// Prepares what these documents need, and no more.
    pub fn new(documents: &[&Pages]) -> Self {
        Self::prepare(documents, SubsetExtent::Exact)
    }

    /// Prepares what many documents like these will need: a face whose text differs between them
    /// gets the whole Russian alphabet.
    pub fn like(sample: &[&Pages]) -> Self {
        Self::prepare(sample, SubsetExtent::Script)
    }

    fn prepare(documents: &[&Pages], extent: SubsetExtent) -> Self {
        let mut deflater = Deflater::new();
        let mut faults = Vec::new();
        let fonts = font::collect(documents, extent, &mut deflater, &mut faults);
        let mut images: Vec<(Arc<Image>, usize)> = Vec::new();
        let mut numbers: BTreeMap<Arc<str>, Vec<(Arc<Image>, usize)>> = BTreeMap::new();
        for item in documents.iter().flat_map(|d| &d.pages).flat_map(|p| &p.items) {
            let Paint::Image { image, .. } = &item.paint else { continue };
            let namesakes = numbers.entry(Arc::clone(&image.name)).or_default();
            match find(namesakes, image) {
                Some(number) => images[number].1 += 1,
                None => {
                    namesakes.push((Arc::clone(image), images.len()));
                    images.push((Arc::clone(image), 1));
                }
            }
        }
        let pictures = images
            .iter()
            .map(|(image, times)| Picture::new(image, *times, &mut deflater))
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

    /// Fonts as bytes, numbered from `first` on.
    pub(super) fn prepared(&self, first: u32, faces: &BTreeSet<FaceId>) -> Arc<Prepared> {
        let kept = || self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(prepared) = kept().get(&(first, faces.clone())) {
            return Arc::clone(prepared);
        }
        let fonts = faces.iter().filter_map(|face| Some((*face, self.font(*face)?)));
        let prepared = Arc::new(Prepared::new(first, fonts));
        let mut kept = kept();
        if kept.len() >= FORMS {
            kept.clear();
        }
        kept.insert((first, faces.clone()), Arc::clone(&prepared));
        prepared
    }

    pub(super) fn font(&self, face: FaceId) -> Option<&PdfFont> {
        self.fonts.get(&face)
    }

    pub(super) fn picture(&self, image: &Arc<Image>) -> Option<(usize, &Picture)> {
        let number = find(self.numbers.get(&image.name)?, image)?;
        Some((number, self.pictures.get(number)?))
    }

    pub(super) fn picture_number(&self, number: usize) -> Option<&Picture> {
        self.pictures.get(number)
    }
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
    let same = namesakes
        .iter()
        // By identity first: comparing pixels takes long, and documents of a batch mostly share
        // them.
        .find(|(i, _)| Arc::ptr_eq(i, image))
        .or_else(|| namesakes.iter().find(|(i, _)| i == image));
    same.map(|(_, number)| *number)
}

impl fmt::Debug for SharedResources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({} faces, {} pictures)", self.fonts.len(), self.pictures.len())
    }
}
