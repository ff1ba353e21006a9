//! The faces that travel inside the crate.
//!
//! The book begins with them; what a template brings stands before them.

use super::FontBook;
#[cfg(feature = "bundled-fonts")]
use super::{Face, FaceData};

#[cfg(feature = "bundled-fonts")]
macro_rules! files {
    ($($name:literal)*) => { &[$(include_bytes!(concat!("../../fonts/", $name, ".ttf"))),*] };
}

/// The order is the order of fallback between families that were not asked for.
#[cfg(feature = "bundled-fonts")]
const FILES: &[&[u8]] = files![
    "liberation-serif/LiberationSerif-Regular"
    "liberation-serif/LiberationSerif-Italic"
    "liberation-serif/LiberationSerif-Bold"
    "liberation-serif/LiberationSerif-BoldItalic"
    "pt-serif/PTSerif-Regular"
    "pt-serif/PTSerif-Italic"
    "pt-serif/PTSerif-Bold"
    "pt-serif/PTSerif-BoldItalic"
    "pt-sans/PTSans-Regular"
    "pt-sans/PTSans-Italic"
    "pt-sans/PTSans-Bold"
    "pt-sans/PTSans-BoldItalic"
    "pt-mono/PTMono-Regular"
    "playfair-display/PlayfairDisplay-Regular"
    "playfair-display/PlayfairDisplay-Italic"
    "playfair-display/PlayfairDisplay-Bold"
    "playfair-display/PlayfairDisplay-BoldItalic"
    "marck-script/MarckScript-Regular"
    "great-vibes/GreatVibes-Regular"
    "montserrat/Montserrat-Regular"
    "montserrat/Montserrat-ExtraBold"
    "comfortaa/Comfortaa-Bold"
    "itog-grotesque/ItogGrotesque-Regular"
    "itog-grotesque/ItogGrotesque-Italic"
    "itog-grotesque/ItogGrotesque-Bold"
    "itog-grotesque/ItogGrotesque-BoldItalic"
    "itog-humanist/ItogHumanist-Regular"
    "itog-humanist/ItogHumanist-Italic"
    "itog-humanist/ItogHumanist-Bold"
    "itog-humanist/ItogHumanist-BoldItalic"
    "itog-symbols/ItogSymbols-Regular"
];

impl FontBook {
    /// The faces in the library: Liberation Serif, PT Serif, PT Sans, PT Mono, Playfair Display,
    /// Marck Script, Great Vibes, Montserrat, Comfortaa, two with the widths of Arial and Calibri,
    /// and signs of forms. Empty without the feature `bundled-fonts`.
    pub fn bundled() -> Self {
        #[allow(unused_mut)]
        let mut book = Self::new();
        #[cfg(feature = "bundled-fonts")]
        for file in FILES {
            // These files are read by a test, so none is ever left out.
            if let Ok(face) = Face::read(FaceData::Static(file), 0) {
                let _ = book.push(face);
            }
        }
        book
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_face() {
        assert_eq!(FontBook::bundled().len(), FILES.len());
    }
}
