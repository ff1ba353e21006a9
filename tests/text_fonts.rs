//! The bundled faces: what they cover, how they are found, what is embedded of them.
#![cfg(feature = "bundled-fonts")]

use std::collections::BTreeSet;
use std::sync::Arc;

use itog::internals::font::{Face, FaceTraits, FontBook, Outlines};
use itog::internals::style::{Family, FontStyle, TextStyle};
use itog::internals::text::{InlineItem, Typesetter};

/// What every face must have: the Russian alphabet, digits and the marks of Russian print.
const NEEDED: &str = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя\
    ABCXYZabcxyz0123456789 .,:;!?()«»„“”’№—–…-§%©°";

fn chosen(families: &[Family], weight: u16, style: FontStyle) -> String {
    let book = FontBook::bundled();
    book.face(book.select(families, FaceTraits { weight, style, ..FaceTraits::default() })[0])
        .postscript_name
        .clone()
}

fn named(name: &str) -> [Family; 1] {
    [Family::Named(name.into())]
}

/// The bundled faces but for that of signs, which has no letters.
fn of_letters() -> Vec<Arc<Face>> {
    let book = FontBook::bundled();
    let faces = book.faces().filter(|(_, face)| face.family != "Itog Symbols");
    faces.map(|(_, face)| Arc::clone(face)).collect()
}

#[test]
fn every_bundled_face_writes_russian() {
    for face in of_letters() {
        let missing: String = NEEDED.chars().filter(|c| !face.covers(*c)).collect();
        assert_eq!(missing, "", "{}", face.postscript_name);
        assert!(face.glyph('Щ').is_some_and(|glyph| face.advance(glyph) > 0.0));
    }
}

#[test]
fn faces_are_found_by_family_weight_and_style() {
    use FontStyle::{Italic, Normal};
    for (family, weight, style, expected) in [
        ("Times New Roman", 400, Normal, "LiberationSerif"),
        ("times new roman", 700, Italic, "LiberationSerif-BoldItalic"),
        ("PT Serif", 400, Italic, "PTSerif-Italic"),
        ("PT Serif", 600, Normal, "PTSerif-Bold"),
        ("PT Serif", 500, Normal, "PTSerif-Regular"),
        ("PT Serif", 300, Normal, "PTSerif-Regular"),
        ("Arial", 700, Normal, "ItogGrotesque-Bold"),
        ("Calibri", 400, Italic, "ItogHumanist-Italic"),
        ("Courier New", 700, Italic, "PTMono-Regular"),
        ("Marck Script", 700, Normal, "MarckScript-Regular"),
        ("Playfair Display", 900, Normal, "PlayfairDisplay-Bold"),
        ("Неизвестный", 400, Normal, "LiberationSerif"),
    ] {
        assert_eq!(chosen(&named(family), weight, style), expected, "{family} {weight} {style:?}");
    }
    assert_eq!(chosen(&[Family::Cursive], 400, Normal), "MarckScript-Regular");
    assert_eq!(chosen(&[Family::SansSerif], 400, Italic), "PTSans-Italic");
    assert_eq!(chosen(&[Family::Monospace], 400, Normal), "PTMono-Regular");
    assert_eq!(
        chosen(&[Family::Named("Неизвестный".into()), Family::SansSerif], 400, Normal),
        "PTSans-Regular"
    );
}

#[test]
fn every_face_is_in_every_chain_once() {
    let book = FontBook::bundled();
    let bold = FaceTraits { weight: 700, ..FaceTraits::default() };
    let mut chain = book.select(&named("PT Sans"), bold);
    chain.sort();
    assert_eq!(chain, book.faces().map(|(id, _)| id).collect::<Vec<_>>());
}

#[test]
fn an_added_face_answers_to_its_given_name_and_an_alias_gives_way_to_it() {
    let mut book = FontBook::bundled();
    let bytes = book
        .faces()
        .find(|(_, face)| face.family == "Marck Script")
        .map(|(_, face)| face.data.bytes().to_vec())
        .unwrap();
    let id = book.add_as(bytes, Some("Arial"), Some(700), Some(FontStyle::Italic)).unwrap();
    assert_eq!(book.select(&named("ARIAL"), FaceTraits::default())[0], id);
    let face = book.face(id);
    assert_eq!(
        (face.weight, face.italic, face.postscript_name.as_str()),
        (700, true, "MarckScript-Regular")
    );
}

#[test]
fn a_subset_is_small_stable_and_knows_its_glyphs() {
    for face in of_letters() {
        let glyphs: Vec<u16> = "Благодарность".chars().filter_map(|c| face.glyph(c)).collect();
        let subset = face.subset(&glyphs).unwrap();
        assert_eq!(subset.outlines, Outlines::TrueType);
        assert_eq!(subset.glyphs[&glyphs[0]], 1);
        assert_eq!(subset.glyphs[&0], 0);
        assert!(
            subset.data.len() < 40_000,
            "{}: {} bytes",
            face.postscript_name,
            subset.data.len()
        );
        assert_eq!(face.subset(&glyphs).unwrap().data, subset.data);
    }
}

#[test]
fn a_font_file_that_is_cut_off_is_refused_or_read_but_never_a_panic() {
    let bundled = FontBook::bundled();
    let whole = bundled
        .faces()
        .find(|(_, face)| face.family == "Marck Script")
        .map(|(_, face)| face.data.bytes().to_vec())
        .unwrap();
    let mut book = FontBook::new();
    for length in (0..whole.len()).step_by(997) {
        if let Ok(id) = book.add_as(&whole[..length], None, None, None) {
            let face = book.face(id);
            let _ = (
                face.covers('Ж'),
                face.glyph('Ж').map(|glyph| face.advance(glyph)),
                face.subset(&[1, 2, 300]),
            );
        }
    }
}

#[test]
fn a_face_for_editing_sets_words_as_the_whole_one_does() {
    let words = [
        "ГУДАВА",
        "Тёплый",
        "«Гагаулла»",
        "AVATAR",
        "Türkei",
        "Р. Ф. Ёлкин",
        "г. Тайга, 1917 г.",
        "P., LT",
    ];
    for face in of_letters() {
        let extra = BTreeSet::from(['ü']);
        let small = face.editable(&extra).unwrap();
        assert!(
            face.editable(&extra) == Some(small.clone())
                && face.editable(&BTreeSet::new()).is_some_and(|file| file.len() < small.len())
        );
        let book = |bytes: &[u8]| {
            let mut book = FontBook::new();
            book.add(bytes).unwrap();
            Typesetter::new(Arc::new(book))
        };
        let (small, whole) = (book(&small), book(face.data.bytes()));
        let mut kerned = 0;
        for word in words {
            let style = Arc::new(TextStyle { font_size: 100.0, ..TextStyle::default() });
            let width = |typesetter: &Typesetter, text: &str| {
                typesetter
                    .content_sizes(&[InlineItem::Text { text, style: &style, raise: 0.0, tag: 0 }])
                    .max
            };
            // What a script face kerns by context, the flat table that Word reads cannot say.
            let slip = if face.family == "Great Vibes" { 0.005 } else { 0.0 };
            let (small_width, whole_width) = (width(&small, word), width(&whole, word));
            assert!(
                (small_width - whole_width).abs() <= slip * whole_width,
                "{}: {word}: {small_width}, not {whole_width}",
                face.postscript_name
            );
            let apart: f64 = word.chars().map(|c| width(&small, &c.to_string())).sum();
            kerned += usize::from((apart - width(&small, word)).abs() > 0.5);
        }
        assert!(kerned > 0 || face.family == "PT Mono", "{} is not kerned", face.postscript_name);
    }
}
