//! Which faces a style may use, found once per style.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Synthesis;
use crate::diag::Diagnostic;
use crate::font::{Face, FaceId, FontBook};
use crate::style::{Family, FontStyle, TextStyle};

/// So many chains of faces are remembered.
const CHAINS: usize = 256;

/// The faces for every style met so far.
#[derive(Debug, Default)]
pub(super) struct Chains(RwLock<HashMap<ChainKey, Arc<Chain>>>);

type ChainKey = (Arc<[Family]>, u16, FontStyle);

/// The faces for a style, best first.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) faces: Vec<FaceId>,
    /// What is wrong with the families asked for.
    pub(super) fault: Option<Diagnostic>,
}

impl Chains {
    pub(super) fn get(&self, fonts: &FontBook, style: &TextStyle) -> Arc<Chain> {
        // Only these decide which faces are tried; styles that differ in colour or size share a
        // chain.
        let key = (Arc::clone(&style.font_family), style.font_weight, style.font_style);
        if let Some(chain) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(chain);
        }
        let chain = Arc::new(Chain::new(fonts, style));
        let mut chains = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // A service may meet any number of stylesheets; what is forgotten is found again.
        if chains.len() >= CHAINS {
            chains.clear();
        }
        chains.insert(key, Arc::clone(&chain));
        chain
    }
}

impl Chain {
    fn new(fonts: &FontBook, style: &TextStyle) -> Self {
        let faces = fonts.select(&style.font_family, style.font_weight, style.font_style);
        let fault = match faces.first() {
            None => Some(
                Diagnostic::error("font-none", "there are no faces to set text in")
                    .hint("add a font file with `@font-face`"),
            ),
            // One known family is enough: the others are alternatives, as CSS means them.
            Some(face) if !style.font_family.iter().any(|family| fonts.knows(family)) => {
                let names: Vec<String> = style.font_family.iter().map(name).collect();
                let used = &fonts.face(*face).family;
                let (names, (noun, verb)) = (
                    names.join(", "),
                    if names.len() == 1 { ("family", "is") } else { ("families", "are") },
                );
                let fault = Diagnostic::warning(
                    "font-family",
                    format!("the {noun} {names} {verb} not there; {used} is used"),
                );
                Some(fault.hint("add the font file with `@font-face`, or end the list with `serif` or `sans-serif`"))
            }
            Some(face) => distance(fonts.face(*face), style),
        };
        Self { faces, fault }
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
        (true, false) => format!("weight {asked}"),
        (false, true) => "italics".to_owned(),
        (true, true) => format!("italics of weight {asked}"),
    };
    let used = match (bold, oblique) {
        (false, false) => format!("the one of weight {found} is used"),
        (true, false) => format!("the one of weight {found} is thickened"),
        (false, true) => format!("the upright one of weight {found} is slanted"),
        (true, true) => format!("the upright one of weight {found} is thickened and slanted"),
    };
    let message = format!("the font `{}` has no face for {lacks}: {used}", face.family);
    let fault = Diagnostic::warning("font-face", message);
    Some(fault.hint("add the file of that face with `@font-face`, or do not ask for it"))
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
