//! Names that stand in a case already.

use super::super::grammar::{Case, Gender};
use super::super::name::{is_known_first, known_first, patronymic_gender};
use super::super::word::Letters;

/// The oblique case in which a full name seems to stand, with its Russian name.
pub(super) fn case(text: &str, gender: Option<Gender>) -> Option<(Case, &'static str)> {
    let words = || text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).map(Letters::new);
    if words().count() < 2 {
        return None;
    }
    if words().any(|word| patronymic_gender(&word).is_some()) {
        return None;
    }
    const DATIVE: (Case, &str) = (Case::Dative, "дательном");
    const GENITIVE: (Case, &str) = (Case::Genitive, "родительном");
    const INSTRUMENTAL: (Case, &str) = (Case::Instrumental, "творительном");
    const PREPOSITIONAL: (Case, &str) = (Case::Prepositional, "предложном");
    for word in words() {
        if word.len() > 5 {
            if word.ends_any(&["вичу", "ьичу", "вне", "ичне"]) {
                return Some(DATIVE);
            }
            if word.ends_any(&["вича", "ьича", "вны", "ичны"]) {
                return Some(GENITIVE);
            }
            if word.ends_any(&["вичем", "ьичем", "вной", "ичной"]) {
                return Some(INSTRUMENTAL);
            }
            if word.ends_any(&["виче", "ьиче"]) {
                return Some(PREPOSITIONAL);
            }
        }
    }
    // «Орловой Алсу»: the surname of a woman has -ая or -ова in the nominative.
    let woman = words().any(|word| known_first(&word) == Some(Gender::Feminine));
    if woman && words().any(|word| word.len() > 5 && word.ends_any(&["овой", "евой", "иной"]))
    {
        return Some((Case::Dative, "родительном или дательном"));
    }
    if words().any(|word| is_known_first(&word)) {
        return None;
    }
    words().find_map(|word| first_name(&word, gender))
}

/// The case of a first name that becomes a known one when its ending is taken away.
fn first_name(word: &Letters, gender: Option<Gender>) -> Option<(Case, &'static str)> {
    let text = std::str::from_utf8(word.bytes()).ok()?;
    let stem = &text[..text.char_indices().next_back()?.0];
    let known = |ending: &str| is_known_first(&Letters::new(&format!("{stem}{ending}")));
    let man = |ending: &str| {
        known_first(&Letters::new(&format!("{stem}{ending}"))) == Some(Gender::Masculine)
    };
    let instrumental = ["ом", "ем", "ой", "ей"].iter().find_map(|end| {
        let stem = text.strip_suffix(end).filter(|stem| stem.chars().count() > 2)?;
        let endings: &[&str] = match *end {
            "ом" => &[""],
            "ем" => &["й", "ь"],
            "ой" => &["а"],
            _ => &["я", "а"],
        };
        let known = |end: &&str| is_known_first(&Letters::new(&format!("{stem}{end}")));
        endings.iter().any(known).then_some((Case::Instrumental, "творительном"))
    });
    match word.back(0) {
        'м' | 'й' => instrumental,
        // The stem with another ending is a known name: «Ивану» is «Иван» and у.
        'у' if known("") => Some((Case::Dative, "дательном")),
        'ю' if known("й") || known("ь") => Some((Case::Dative, "дательном")),
        'у' if known("а") => Some((Case::Accusative, "винительном")),
        'ю' if known("я") => Some((Case::Accusative, "винительном")),
        'е' if known("а") || known("я") => Some((Case::Dative, "дательном")),
        'е' if known("") || known("й") || known("ь") => {
            Some((Case::Prepositional, "предложном"))
        }
        'и' if known("й") && word.ends("ии") => Some((Case::Prepositional, "предложном")),
        'и' if known("я") && word.ends("ии") => Some((Case::Dative, "дательном")),
        'ы' | 'и' if known("а") || known("я") => Some((Case::Genitive, "родительном")),
        // «Казимира» of a woman is no genitive of «Казимир».
        'а' | 'я' if gender == Some(Gender::Feminine) => None,
        // «Ингеборга» is a name of its own, not the genitive of «Ингеборг».
        'а' if man("") => Some((Case::Genitive, "родительном")),
        'я' if man("й") || man("ь") => Some((Case::Genitive, "родительном")),
        _ => None,
    }
}
