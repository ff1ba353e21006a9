//! Faces: what Word calls them, and which of them go with the file.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use crate::cache::{self, SmallCache};
use crate::docx::package::fonts::{EmbeddedFace, UsedFaces};
use crate::docx::package::xml::El;
use crate::docx::words::properties::{self, ParagraphPlace, Properties, Surface, WordFace, bold};
use crate::font::{Face, FaceTraits, FontBook};
use crate::sizing::Typesetter;
use crate::style::{Family, FontStyle, Hyphens, LineHeight, TextStyle};

/// Faces that every reader of a DOCX has, or has a twin of with the same widths.
const COMMON: [&str; 14] = [
    "Arial",
    "Book Antiqua",
    "Bookman Old Style",
    "Calibri",
    "Cambria",
    "Century Schoolbook",
    "Comic Sans MS",
    "Consolas",
    "Courier New",
    "Georgia",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
];

/// The faces that a document may use.
pub(crate) struct FaceRegistry {
    known: Arc<KnownFaces>,
    used: Used,
    /// Whether any text is hyphenated.
    pub(crate) hyphenate: bool,
    /// Whether words say where they may be hyphenated.
    pub(crate) soft_hyphens: bool,
}

/// Names of faces: whether readers have them, and which cuts (bold, italic) text has been written
/// in.
type Used = BTreeMap<String, (bool, BTreeSet<(bool, bool)>)>;

/// What is known of the faces of a typesetter and of the styles set in them, for all documents:
/// those of a batch share their styles.
pub(crate) struct KnownFaces {
    typesetter: Arc<Typesetter>,
    words: SmallCache<Arc<[Family]>, WordFace>,
    embedded: SmallCache<(Used, bool), Arc<UsedFaces>>,
    runs: SmallCache<TextStyleKey, Properties>,
    paragraphs: SmallCache<(TextStyleKey, ParagraphPlace), Properties>,
}

/// A text style as a key. A number comes first, made of what styles differ in as a rule: they have
/// forty values each, and most comparisons are with another style.
struct TextStyleKey(u64, Arc<TextStyle>);

impl TextStyleKey {
    fn of(style: &Arc<TextStyle>) -> Self {
        let TextStyle { font_size, font_weight, color, text_align, line_height, .. } = **style;
        let line = match line_height {
            LineHeight::Normal => 0.0,
            LineHeight::Number(line) | LineHeight::Length(line) => line,
        };
        let sizes = [font_size.to_bits(), line.to_bits()];
        let digest = cache::digest((sizes, font_weight, color, text_align as u8));
        Self(digest, Arc::clone(style))
    }
}

impl PartialEq for TextStyleKey {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 && cache::equal::<TextStyle>(&self.1, &other.1)
    }
}

fn made<K: PartialEq, V: Clone>(known: &SmallCache<K, V>, key: K, make: impl FnOnce(&K) -> V) -> V {
    known.get(key, |key| Ok::<_, Infallible>(make(key))).unwrap_or_else(|never| match never {})
}

impl fmt::Debug for FaceRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaceRegistry").field("used", &self.used).finish_non_exhaustive()
    }
}

impl FaceRegistry {
    pub(crate) fn new(known: Arc<KnownFaces>) -> Self {
        Self { known, used: Used::new(), hyphenate: false, soft_hyphens: true }
    }

    /// The face of a `font-family` list.
    pub(crate) fn word(&self, families: &Arc<[Family]>) -> WordFace {
        made(&self.known.words, Arc::clone(families), |_| {
            find(self.known.typesetter.fonts(), families)
        })
    }

    /// Notes that text stands in a style.
    pub(crate) fn record_use(&mut self, style: &TextStyle) {
        // Word hyphenates a document or does not; paragraphs that are not to be are left out one
        // by one.
        self.hyphenate |= style.hyphens == Hyphens::Auto;
        let face = self.word(&style.font_family);
        let cut = (bold(style), style.font_style == FontStyle::Italic);
        match self.used.get_mut(&*face.name) {
            Some((_, cuts)) => {
                cuts.insert(cut);
            }
            None => {
                drop(self.used.insert(face.name.to_string(), (face.common, BTreeSet::from([cut]))))
            }
        }
    }

    /// The names of all faces used, with those of our own that readers will not have, if they are
    /// to go with the document.
    pub(crate) fn used(&mut self, embed: bool) -> Arc<UsedFaces> {
        made(&self.known.embedded, (std::mem::take(&mut self.used), embed), |(used, embed)| {
            Arc::new(self.known.embedded(used, *embed))
        })
    }

    /// The run properties of a text style.
    pub(crate) fn run(&self, style: &Arc<TextStyle>) -> Properties {
        made(&self.known.runs, TextStyleKey::of(style), |_| {
            properties::run(&self.word(&style.font_family), style).into()
        })
    }

    /// The properties of a paragraph without border and background around.
    pub(crate) fn paragraph(&self, style: &Arc<TextStyle>, place: ParagraphPlace) -> Properties {
        made(&self.known.paragraphs, (TextStyleKey::of(style), place), |_| {
            self.paragraph_in(style, place, Surface::default()).into()
        })
    }

    /// The properties of a paragraph with border and background of a box around.
    pub(crate) fn paragraph_in(
        &self,
        style: &TextStyle,
        place: ParagraphPlace,
        around: Surface<'_>,
    ) -> Vec<El> {
        properties::paragraph(&self.word(&style.font_family), style, place, around)
    }
}

impl KnownFaces {
    pub(crate) fn new(typesetter: Arc<Typesetter>) -> Self {
        Self {
            typesetter,
            words: SmallCache::default(),
            embedded: SmallCache::default(),
            runs: SmallCache::default(),
            paragraphs: SmallCache::default(),
        }
    }

    /// Whether these are the faces of that very typesetter.
    pub(crate) fn are_of(&self, typesetter: &Typesetter) -> bool {
        self.typesetter.serial() == typesetter.serial()
    }

    fn embedded(&self, used: &Used, embed: bool) -> UsedFaces {
        let book = self.typesetter.fonts();
        let all = used.iter().map(|(name, (common, cuts))| {
            let family = [Family::Named(Arc::from(name.as_str()))];
            // Each cut once. A family without a bold face is made bolder by Word itself.
            let mut own: BTreeMap<(bool, bool), Arc<Face>> = BTreeMap::new();
            for &(bold, italic) in cuts.iter().filter(|_| embed && !common) {
                let style = if italic { FontStyle::Italic } else { FontStyle::Normal };
                let weight = if bold { 700 } else { 400 };
                let asked = FaceTraits { weight, style, ..FaceTraits::default() };
                let first = book.select(&family, asked).first().map(|id| book.face(*id));
                // The book gives another family where it has none of that name, and that one is
                // not what Word will ask for.
                if let Some(face) = first.filter(|face| face.family == *name) {
                    // What the face is, not what was asked for: two cuts may come to the same
                    // one.
                    own.insert((face.weight >= 600, face.italic), Arc::clone(face));
                }
            }
            let own =
                own.into_iter().map(|((bold, italic), face)| EmbeddedFace { bold, italic, face });
            (name.clone(), own.collect())
        });
        all.collect()
    }
}

fn find(book: &FontBook, families: &[Family]) -> WordFace {
    let first = book.select(families, FaceTraits::default()).first().map(|id| book.face(*id));
    let line = first.map_or(LineHeight::TYPICAL, |face| face.metrics.normal_line());
    let named = families.iter().find_map(|family| match family {
        Family::Named(name) => COMMON
            .iter()
            .find(|common| common.eq_ignore_ascii_case(name))
            .map(|common| (*common).to_owned()),
        _ => None,
    });
    let own = families
        .iter()
        .find(|family| book.knows(family))
        .and(first)
        .map(|face| face.family.clone());
    // The first name decides, unless it is one that only a better-known name stands for.
    let first_is_common = match families.first() {
        Some(Family::Named(name)) => COMMON.iter().any(|common| common.eq_ignore_ascii_case(name)),
        _ => false,
    };
    let chosen = match (&own, named) {
        (_, Some(common)) if first_is_common => common,
        (Some(own), _) => twin(own).map_or_else(|| own.clone(), str::to_owned),
        (None, Some(common)) => common,
        (None, None) => match families.first() {
            Some(Family::Named(name)) => name.to_string(),
            _ => "Times New Roman".to_owned(),
        },
    };
    let common = COMMON.contains(&chosen.as_str());
    WordFace { name: chosen.into(), line, common }
}

/// The face with the same widths that readers of a DOCX have.
fn twin(family: &str) -> Option<&'static str> {
    Some(match family {
        "Liberation Serif" => "Times New Roman",
        "Liberation Sans" | "Itog Grotesque" => "Arial",
        "Itog Humanist" => "Calibri",
        // Both set every letter as wide as Courier New does, 0.6 em.
        "Liberation Mono" | "PT Mono" => "Courier New",
        _ => return None,
    })
}
