//! The faces of an engine, and the choice among them (CSS Fonts 4, 5.2).

use std::sync::Arc;

use super::{
    Declared, Face, FaceData, FaceId, FaceTraits, FamilyNames, FontBook, instance, packed,
};
use crate::diag::{Diagnostic, Error, Message, say};
use crate::style::{Family, FontStyle, NORMAL_WIDTH};

/// The largest number of faces in a book.
const MAX_FACES: usize = 4096;

/// Well-known families and the bundled ones that stand for them, all but the last with the same
/// widths.
const ALIASES: &[(&[&str], &str)] = &[
    (&["times new roman", "times", "tinos", "pt astra serif", "xo thames"], "liberation serif"),
    (&["arial", "helvetica", "liberation sans", "arimo"], "itog grotesque"),
    (&["calibri", "calibri light", "carlito"], "itog humanist"),
    (&["courier new", "courier", "liberation mono", "cousine"], "pt mono"),
    (&["pt astra sans"], "pt sans"),
];

impl FontBook {
    /// No faces.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a face from a TrueType, OpenType or WOFF file, under the family's name, weight and
    /// style that the file says. Of a collection, the first face is taken; of a variable font, all
    /// hundreds of its weights.
    ///
    /// # Errors
    /// `font-broken` if the file cannot be used; the book is unchanged then. `font-count`: the book
    /// is full.
    pub fn add(&mut self, bytes: impl Into<Arc<[u8]>>) -> Result<(), Error> {
        self.add_declared(bytes, Declared::default())?;
        Ok(())
    }

    /// As [`add`](Self::add), with the family, weight and style of an `@font-face` rule; what is
    /// not given is taken from the file. Gives the number of the face.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    #[doc(hidden)]
    pub fn add_as(
        &mut self,
        bytes: impl Into<Arc<[u8]>>,
        family: Option<&str>,
        weight: Option<u16>,
        style: Option<FontStyle>,
    ) -> Result<FaceId, Diagnostic> {
        let weights = weight.map(|weight| (weight, weight));
        self.add_declared(bytes, Declared { family, weights, style, ..Declared::default() })
    }

    /// As [`add`](Self::add), with all that a rule can say; gives the number of the first face.
    pub(crate) fn add_declared(
        &mut self,
        bytes: impl Into<Arc<[u8]>>,
        declared: Declared<'_>,
    ) -> Result<FaceId, Diagnostic> {
        let Declared { family, weights, .. } = declared;
        let broken = |fault: Message| {
            let message = match family {
                Some(family) => {
                    say!("the font file for `{family}` cannot be used: {fault}", family, fault)
                }
                None => say!("the font file cannot be used: {fault}", fault),
            };
            Diagnostic::error("font-broken", message)
                .hint(say!("give a TrueType, OpenType or WOFF file (.ttf, .otf, .woff, .woff2)"))
        };
        let bytes = packed::unpack(bytes.into()).map_err(broken)?;
        if !instance::is_variable(&bytes) {
            let face = Face::read(FaceData::Shared(bytes), 0).map_err(broken)?;
            return self.add_face(face, declared);
        }
        let cut = instance::cut(&bytes, weights).map_err(|fault| {
            let message = match family {
                Some(name) => {
                    say!("`{name}` cannot be instantiated at a weight: {fault}", name, fault)
                }
                None => {
                    say!("the variable font cannot be instantiated at a weight: {fault}", fault)
                }
            };
            Diagnostic::error("font-broken", message).hint(say!(
                "give a static file for each weight (Google Fonts has them in `static/`)"
            ))
        })?;
        let mut first = None;
        for (weight, file) in cut {
            let face = Face::read(FaceData::Shared(file.into()), 0).map_err(broken)?;
            let added =
                self.add_face(face, Declared { weights: Some((weight, weight)), ..declared })?;
            first = first.or(Some(added));
        }
        first.ok_or_else(|| Diagnostic::error("font-broken", say!("the font has no weight")))
    }

    fn add_face(&mut self, mut face: Face, declared: Declared<'_>) -> Result<FaceId, Diagnostic> {
        let Declared { family, weights, style, stretch, ranges } = declared;
        face.ranges = ranges.into();
        // An `@font-face` rule says under which name a page asks for the file, whatever the file
        // calls itself (CSS Fonts 4, 4.2).
        if let Some(family) = family {
            face.family = family.to_owned();
            face.group = None;
        }
        face.stretch = stretch.unwrap_or(face.stretch);
        if let Some((from, to)) = weights {
            face.weight = face.weight.clamp(from, to).clamp(1, 1000);
        }
        if let Some(style) = style {
            face.italic = style == FontStyle::Italic;
        }
        self.push(face)
    }

    pub(super) fn push(&mut self, face: Face) -> Result<FaceId, Diagnostic> {
        if self.faces.len() >= MAX_FACES {
            return Err(Diagnostic::error(
                "font-count",
                say!("there are more than {most} faces", most = MAX_FACES),
            ));
        }
        // Family names match in any case (CSS Fonts 4, 5.1); kept apart, so that no search makes
        // lower case of all of them.
        self.families.push(FamilyNames {
            family: face.family.to_lowercase().into(),
            group: face.group.as_ref().map(|name| name.to_lowercase().into()),
        });
        self.faces.push(Arc::new(face));
        Ok(FaceId((self.faces.len() - 1) as u16))
    }

    /// All faces with their numbers, in order.
    #[doc(hidden)]
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Arc<Face>)> {
        self.faces.iter().enumerate().map(|(i, face)| (FaceId(i as u16), face))
    }

    /// How many faces there are.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The faces to try for a text, best first: one for each family asked for that is there (CSS
    /// Fonts 4, section 5.2), then the default family's, then those of all other families, then
    /// all that is left. Empty only if the book is.
    #[doc(hidden)]
    pub fn select(&self, families: &[Family], asked: FaceTraits) -> Vec<FaceId> {
        let mut chain = Vec::new();
        // After all families asked for, text is never left without a face: the default family,
        // then every other.
        for family in families.iter().chain([&Family::Serif]) {
            if let Some(name) = self.resolve(family) {
                chain.extend(self.nearest(&name, asked));
            }
        }
        for names in &self.families {
            chain.extend(self.nearest(&names.family, asked));
        }
        chain.extend(self.faces().map(|(id, _)| id));
        let mut seen = vec![false; self.len()];
        // A family may come twice, asked for and as one of all: its first place counts.
        chain.retain(|id| !std::mem::replace(&mut seen[usize::from(id.0)], true));
        chain
    }

    /// Whether a family is there, under its own name or another's.
    #[doc(hidden)]
    pub fn knows(&self, family: &Family) -> bool {
        self.resolve(family).is_some()
    }

    /// The lower-case name of the family that a `font-family` value means here.
    fn resolve(&self, family: &Family) -> Option<String> {
        let name = match family {
            Family::Named(name) => name.to_lowercase(),
            Family::Serif => "liberation serif".into(),
            Family::SansSerif => "pt sans".into(),
            Family::Monospace => "pt mono".into(),
            Family::Cursive => "marck script".into(),
            Family::Fantasy => "playfair display".into(),
        };
        // A face of that very name, such as one from `@font-face`, goes before what stands for
        // it.
        if self.has(&name) {
            return Some(name);
        }
        let (_, alias) = ALIASES.iter().find(|(names, _)| names.contains(&name.as_str()))?;
        self.has(alias).then(|| (*alias).to_owned())
    }

    fn has(&self, family: &str) -> bool {
        self.families.iter().any(|own| own.include(family))
    }

    /// The faces of a family (lower-case name) that CSS would take: by width first, then by style,
    /// then by weight. Several that are equally near are parts of one, as font services give them,
    /// each with some scripts.
    fn nearest(&self, family: &str, asked: FaceTraits) -> Vec<FaceId> {
        let distance = |face: &Face| {
            // A slanted face in the wrong weight is nearer to italics than an upright one in the
            // right weight.
            (
                stretch_distance(asked.stretch, face.stretch),
                face.italic != (asked.style == FontStyle::Italic),
                weight_distance(asked.weight, face.weight),
            )
        };
        let own = self.faces().zip(&self.families).filter(|(_, own)| own.include(family));
        let mut nearest = None;
        let mut found = Vec::new();
        for ((id, face), _) in own {
            let distance = distance(face);
            if nearest.is_none_or(|nearest| distance < nearest) {
                (nearest, found) = (Some(distance), Vec::new());
            }
            if nearest == Some(distance) {
                found.push(id);
            }
        }
        found
    }
}

impl FamilyNames {
    /// Whether a family of that name (lower case) has the face.
    fn include(&self, family: &str) -> bool {
        *self.family == *family || self.group.as_deref() == Some(family)
    }
}

/// How far a face's width is from the one asked for: for normal and narrow text narrower faces come
/// first, for wide text wider ones (CSS Fonts 4, 5.2, step 4.1).
fn stretch_distance(asked: u16, offered: u16) -> (bool, u16) {
    let away = asked.abs_diff(offered);
    let other_side = if asked <= NORMAL_WIDTH { offered > asked } else { offered < asked };
    (other_side, away)
}

/// How far a face's weight is from the one asked for, in the order of CSS Fonts 4, section 5.2,
/// step 4.3.
fn weight_distance(asked: u16, offered: u16) -> (u8, u16) {
    let away = asked.abs_diff(offered);
    match asked {
        // Between 400 and 500 the nearer weights up to 500 come first, then lighter ones, then
        // bolder ones.
        400..=500 => match offered {
            _ if offered >= asked && offered <= 500 => (0, away),
            _ if offered < asked => (1, away),
            _ => (2, away),
        },
        ..400 => (u8::from(offered > asked), away),
        _ => (u8::from(offered < asked), away),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_tried_in_the_order_of_css() {
        let order = |asked: u16| {
            let mut all = [100, 300, 400, 450, 500, 600, 700, 900];
            all.sort_by_key(|w| weight_distance(asked, *w));
            all
        };
        assert_eq!(order(400), [400, 450, 500, 300, 100, 600, 700, 900]);
        assert_eq!(order(450), [450, 500, 400, 300, 100, 600, 700, 900]);
        assert_eq!(order(300), [300, 100, 400, 450, 500, 600, 700, 900]);
        assert_eq!(order(600), [600, 700, 900, 500, 450, 400, 300, 100]);
    }

    #[test]
    fn widths_are_tried_in_the_order_of_css() {
        let order = |asked: u16| {
            let mut all = [500, 750, 875, 1000, 1125, 1500];
            all.sort_by_key(|w| stretch_distance(asked, *w));
            all
        };
        assert_eq!(order(1000), [1000, 875, 750, 500, 1125, 1500]);
        assert_eq!(order(800), [750, 500, 875, 1000, 1125, 1500]);
        assert_eq!(order(1200), [1500, 1125, 1000, 875, 750, 500]);
    }

    #[test]
    fn a_broken_file_is_a_diagnostic() {
        let mut book = FontBook::new();
        for bytes in [&b""[..], b"wOF2....", b"\0\x01\0\0\0\x01", &[0xFF; 64]] {
            let fault = book.add_as(bytes, Some("Х"), None, None).unwrap_err();
            assert_eq!(fault.code(), "font-broken");
            assert!(fault.message().contains("`Х`"));
        }
        assert!(book.is_empty());
        assert!(book.select(&[Family::Serif], FaceTraits::default()).is_empty());
    }
}
