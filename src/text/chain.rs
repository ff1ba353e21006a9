//! Which faces a style may use, found once per style.
//!
//! Before shaping: it says which face sets which letter.

use std::sync::Arc;

use super::Synthesis;
use crate::cache::{SmallCache, equal};
use crate::diag::{Diagnostic, say};
use crate::font::{Face, FaceId, FaceTraits, FontBook};
use crate::style::{Family, Features, TextStyle};

/// The faces for every style met so far.
#[derive(Debug, Default)]
pub(super) struct Chains(SmallCache<ChainKey, Arc<Chain>>);

/// Only these decide which faces are tried: styles that differ in colour or size share a chain.
#[derive(Debug, Clone)]
struct ChainKey {
    traits: FaceTraits,
    features: [Features; 2],
    families: Arc<[Family]>,
}

impl PartialEq for ChainKey {
    fn eq(&self, other: &Self) -> bool {
        self.traits == other.traits
            && equal::<[Family]>(&self.families, &other.families)
            && self.features == other.features
    }
}

/// The faces for a style, best first.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) faces: Vec<FaceId>,
    /// How far the faces are from what is asked for.
    pub(super) faults: Vec<Diagnostic>,
}

impl Chains {
    pub(super) fn get(&self, fonts: &FontBook, style: &TextStyle) -> Arc<Chain> {
        let key = ChainKey {
            traits: traits(style),
            features: style.features,
            families: Arc::clone(&style.font_family),
        };
        if let Some(chain) = self.0.find(&key) {
            return chain;
        }
        let chain = Arc::new(Chain::new(fonts, style));
        self.0.keep(key, Arc::clone(&chain));
        chain
    }
}

fn traits(style: &TextStyle) -> FaceTraits {
    let TextStyle { font_stretch: stretch, font_weight: weight, font_style: style, .. } = *style;
    FaceTraits { stretch, weight, style }
}

impl Chain {
    fn new(fonts: &FontBook, style: &TextStyle) -> Self {
        let faces = fonts.select(&style.font_family, traits(style));
        let fault = match faces.first() {
            None => Some(
                Diagnostic::error("font-none", say!("there are no faces to set text in"))
                    .hint(say!("add a font file with `@font-face`")),
            ),
            // One known family is enough: the others are alternatives, as CSS means them.
            Some(face) if !style.font_family.iter().any(|family| fonts.knows(family)) => {
                let names: Vec<String> = style.font_family.iter().map(name).collect();
                let used = &fonts.face(*face).family;
                let count = names.len();
                let fault = Diagnostic::warning(
                    "font-family",
                    say!(
                        "the {count:family|families} {names} {count:is|are} not there; \
                         {used} is used",
                        count,
                        names,
                        used
                    ),
                );
                Some(fault.hint(say!(
                    "add the font file with `@font-face`, or end the list with \
                    `serif` or `sans-serif`"
                )))
            }
            Some(face) => distance(fonts.face(*face), style),
        };
        let mut faults: Vec<Diagnostic> = fault.into_iter().collect();
        let first = faces.first().map(|face| fonts.face(*face));
        // That another family is taken was told.
        let is_own = style.font_family.iter().any(|family| fonts.knows(family));
        faults.extend(first.filter(|_| is_own).and_then(|face| width(face, style)));
        faults.extend(first.and_then(|face| features(face, style)));
        Self { faces, faults }
    }
}

/// How far the face is from what is asked for, if it is farther than readers overlook: no bold, no
/// light, no italic.
fn distance(face: &Face, style: &TextStyle) -> Option<Diagnostic> {
    const FAR: u16 = 200;
    let (asked, found) = (style.font_weight, face.weight);
    let Synthesis { bold, oblique } = Synthesis::new(face, style);
    let weight = bold || asked.abs_diff(found) >= FAR;
    let lacks = match (weight, oblique) {
        (false, false) => return None,
        (true, false) => say!("weight {asked}", asked),
        (false, true) => say!("italics"),
        (true, true) => say!("italics of weight {asked}", asked),
    };
    let used = match (bold, oblique) {
        (false, false) => say!("the one of weight {found} is used", found),
        (true, false) => say!("the one of weight {found} is thickened", found),
        (false, true) => say!("the upright one of weight {found} is slanted", found),
        (true, true) => say!("the upright one of weight {found} is thickened and slanted", found),
    };
    let message = say!(
        "the font `{family}` has no face for {lacks}: {used}",
        family = face.family,
        lacks,
        used
    );
    let fault = Diagnostic::warning("font-face", message);
    Some(fault.hint(say!("add the file of that face with `@font-face`, or do not ask for it")))
}

/// A face that is a good deal narrower or wider than what is asked for.
fn width(face: &Face, style: &TextStyle) -> Option<Diagnostic> {
    // A tenth: less than from one of the nine widths to the next.
    const FAR: u16 = 100;
    let (asked, found) = (style.font_stretch, face.stretch);
    if asked.abs_diff(found) < FAR {
        return None;
    }
    let percent = |thousandths: u16| f64::from(thousandths) / 10.0;
    let message = say!(
        "the font `{family}` has no face of the width {asked}%: the one of {found}% is used",
        family = face.family,
        asked = percent(asked),
        found = percent(found)
    );
    let fault = Diagnostic::warning("font-face", message);
    Some(fault.hint(say!("add the file of that face with `@font-face`, or do not ask for it")))
}

/// Features that the face lacks. What most faces do without being asked is not missed: figures of
/// one height and width, kerning, ligatures.
fn features(face: &Face, style: &TextStyle) -> Option<Diagnostic> {
    const USUAL: [&[u8; 4]; 6] = [b"lnum", b"tnum", b"pnum", b"kern", b"liga", b"clig"];
    let wanted = style.features.iter().flat_map(Features::iter);
    let lacking =
        wanted.filter(|(tag, value)| *value > 0 && !USUAL.contains(&tag) && !face.has_feature(tag));
    let names: Vec<String> =
        lacking.map(|(tag, _)| format!("`{}`", String::from_utf8_lossy(&tag))).collect();
    if names.is_empty() {
        return None;
    }
    let message = say!("the font `{family}` has no feature {names}", family = face.family, names);
    Some(Diagnostic::warning("font-feature", message).hint(say!("take a font that has it")))
}

/// A family as a stylesheet names it.
fn name(family: &Family) -> String {
    match family {
        Family::Named(name) => format!("`{name}`"),
        Family::Serif => "`serif`".into(),
        Family::SansSerif => "`sans-serif`".into(),
        Family::Monospace => "`monospace`".into(),
        Family::Cursive => "`cursive`".into(),
        Family::Fantasy => "`fantasy`".into(),
    }
}
