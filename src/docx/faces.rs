//! Faces: what Word calls them, and which of them go with the file.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, PoisonError};

use super::flow::Area;
use super::package::Shared;
use super::package::xml::{El, Str};
use super::properties::{self, Keeping, Placing};

use crate::cache::{ByIdentity, SmallCache};
use crate::font::{Face, FontBook};
use crate::sizing::Typesetter;
use crate::style::{Family, FontStyle, TextStyle};

/// A face of a family: whether it is bold, whether it slants, the face.
pub(super) type Cut = (bool, bool, Arc<Face>);

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

/// A family for Word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordFace {
    /// What Word is to call it.
    pub(super) name: Str,
    /// The height of a line that nobody asked a height for, in ems: ascent, descent and line gap.
    pub(super) line: f64,
    /// Whether readers have it.
    pub(super) common: bool,
}

/// The faces that a document may use.
pub(super) struct Faces {
    known: Arc<Known>,
    used: Used,
}

/// Names of faces: whether readers have them, and which cuts (bold, italic) text has been written
/// in.
type Used = BTreeMap<String, (bool, BTreeSet<(bool, bool)>)>;

/// The names of faces, and the cuts of each that go with the document.
pub(super) type Travelling = Vec<(String, Vec<Cut>)>;

/// Properties that many runs or paragraphs have.
pub(super) type Values = Arc<[El]>;

/// What is known of the faces of a typesetter and of the styles set in them, for all documents:
/// those of a batch share their styles.
pub(super) struct Known {
    typesetter: Arc<Typesetter>,
    words: SmallCache<Arc<[Family]>, WordFace>,
    travelling: SmallCache<(Used, bool), Arc<Travelling>>,
    runs: SmallCache<ByIdentity<TextStyle>, Values>,
    paragraphs: SmallCache<(ByIdentity<TextStyle>, Placing, Keeping, Option<u8>), Values>,
}

fn made<K: PartialEq, V: Clone>(known: &SmallCache<K, V>, key: K, make: impl FnOnce(&K) -> V) -> V {
    known.get(key, |key| Ok::<_, Infallible>(make(key))).unwrap_or_else(|never| match never {})
}

impl fmt::Debug for Faces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faces").field("used", &self.used).finish_non_exhaustive()
    }
}

impl Faces {
    /// The face of a `font-family` list.
    pub(super) fn word(&self, families: &Arc<[Family]>) -> WordFace {
        made(&self.known.words, Arc::clone(families), |_| {
            find(self.known.typesetter.fonts(), families)
        })
    }

    /// Notes that text stands in a style.
    pub(super) fn see(&mut self, style: &TextStyle) {
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
    pub(super) fn used(self, embed: bool) -> Arc<Travelling> {
        made(&self.known.travelling, (self.used, embed), |(used, embed)| {
            Arc::new(self.known.travelling(used, *embed))
        })
    }

    /// The run properties of a text style.
    pub(super) fn run(&self, style: &Arc<TextStyle>) -> Values {
        made(&self.known.runs, ByIdentity(Arc::clone(style)), |_| {
            properties::run(self, style).into()
        })
    }

    /// The properties of a paragraph without border and background around.
    pub(super) fn paragraph(
        &self,
        style: &Arc<TextStyle>,
        placing: Placing,
        keeping: Keeping,
        outline: Option<u8>,
    ) -> Values {
        made(
            &self.known.paragraphs,
            (ByIdentity(Arc::clone(style)), placing, keeping, outline),
            |_| {
                properties::paragraph(self, style, placing, keeping, outline, &Area::of_width(0.0))
                    .into()
            },
        )
    }
}

impl Known {
    fn travelling(&self, used: &Used, embed: bool) -> Travelling {
        let book = self.typesetter.fonts();
        let all = used.iter().map(|(name, (common, cuts))| {
            let family = [Family::Named(Arc::from(name.as_str()))];
            // Each cut once. A family without a bold face is made bolder by Word itself.
            let mut own: BTreeMap<(bool, bool), Arc<Face>> = BTreeMap::new();
            for &(bold, italic) in cuts.iter().filter(|_| embed && !common) {
                let style = if italic { FontStyle::Italic } else { FontStyle::Normal };
                let first = book
                    .select(&family, if bold { 700 } else { 400 }, style)
                    .first()
                    .map(|id| book.face(*id));
                if let Some(face) = first.filter(|face| face.family == *name) {
                    own.insert((face.weight >= 600, face.italic), Arc::clone(face));
                }
            }
            let own = own.into_iter().map(|((bold, italic), face)| (bold, italic, face));
            (name.clone(), own.collect())
        });
        all.collect()
    }
}

impl Shared {
    /// The faces that a document may use.
    pub(super) fn faces(&self, typesetter: Arc<Typesetter>) -> Faces {
        let mut last = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match &*last {
            Some(known) if Arc::ptr_eq(&known.typesetter, &typesetter) => Arc::clone(known),
            _ => Arc::new(Known {
                typesetter,
                words: SmallCache::default(),
                travelling: SmallCache::default(),
                runs: SmallCache::default(),
                paragraphs: SmallCache::default(),
            }),
        };
        *last = Some(Arc::clone(&known));
        Faces { known, used: Used::new() }
    }
}

fn find(book: &FontBook, families: &[Family]) -> WordFace {
    let first = book.select(families, 400, FontStyle::Normal).first().map(|id| book.face(*id));
    let line = first.map_or(1.15, |face| {
        let m = face.metrics;
        (m.ascent + m.descent + m.line_gap) / m.units_per_em.max(1.0)
    });
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
    let first_is_common = matches!(families.first(), Some(Family::Named(name)) if COMMON.iter().any(|c| c.eq_ignore_ascii_case(name)));
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
    WordFace { name: chosen.into(), line: line.clamp(0.5, 4.0), common }
}

/// Whether Word is to set a text bold: it knows two weights.
pub(super) fn bold(style: &TextStyle) -> bool {
    style.font_weight >= 600
}

/// The face with the same widths that readers of a DOCX have.
fn twin(family: &str) -> Option<&'static str> {
    Some(match family {
        "Liberation Serif" => "Times New Roman",
        "Liberation Sans" => "Arial",
        "Liberation Mono" | "PT Mono" => "Courier New",
        _ => return None,
    })
}
