//! Whose post it is: a body in the genitive, in whichever of two cases it was typed.

use super::super::grammar::{Basis, Case, Inflected};
use super::super::phrase;
use super::super::plural;
use super::super::post::words::{is_abbreviation, is_listed};
use super::super::word::{Letters, is_vowel};
use super::atoms::{OrgToken, atoms};
use super::{is_body, parse};

/// Puts a body that stands after a post into the genitive; one that is in it already stays.
///
/// ```
/// use itog_lang::ru::org::belonging;
///
/// assert_eq!(belonging("Школа № 239").text, "Школы № 239");
/// assert_eq!(belonging("МБДОУ детский сад № 21").text, "МБДОУ детского сада № 21");
/// assert_eq!(
///     belonging("Прокопьевского муниципального района").text,
///     "Прокопьевского муниципального района"
/// );
/// assert_eq!(belonging("школы № 5").text, "школы № 5");
/// assert_eq!(belonging("Музей истории города").text, "Музея истории города");
/// assert_eq!(belonging("управления культуры").text, "управления культуры");
/// ```
#[must_use]
pub fn belonging(text: &str) -> Inflected {
    let atoms = atoms(text);
    let words = || {
        atoms.iter().filter_map(|atom| match atom {
            OrgToken::Word(word) => Some(*word),
            _ => None,
        })
    };
    // «МБДОУ детский сад»: an abbreviation shows no case, the word behind it does.
    let mut plain = words().skip_while(|word| is_abbreviation(word) && !is_body(word)).peekable();
    let abbreviated = words().next().is_some_and(is_abbreviation);
    let Some(&word) = plain.peek() else { return Inflected::certain(text) };
    let next = plain.nth(1).map(Letters::new);
    let letters = Letters::new(word);
    // «Музей истории» looks like «районной библиотеки», but is a body as it stands.
    if !is_body(word) && is_genitive(&letters, next.as_ref()) {
        return Inflected::certain(text);
    }
    let nominative = is_body(word)
        || is_listed(word)
        || phrase::adjective_gender(&letters).is_some()
        || plural::adjective(&letters, false).is_some();
    if nominative || abbreviated {
        return parse(text, false).inflect(text, Case::Genitive);
    }
    let last = letters.back(0);
    let name = word.starts_with(char::is_uppercase);
    if matches!(word, "при" | "по" | "имени" | "им.") || name && is_vowel(last) {
        return Inflected::certain(text);
    }
    let mut guess = parse(text, false).inflect(text, Case::Genitive);
    // Unknown words in a vowel are rather genitives already («Кузбасса», «милиции»), those in a
    // consonant nominatives.
    if is_vowel(last) {
        text.clone_into(&mut guess.text);
    }
    let reason = format!("не видно, в каком падеже стоит «{word}»; нужен родительный");
    Inflected::doubtful(guess.text, Basis::Likeness, reason)
}

/// Whether a phrase begins in the genitive: «детского», «районной библиотеки», «отдела».
fn is_genitive(word: &Letters, next: Option<&Letters>) -> bool {
    if word.len() > 4 && word.ends_any(&["ого", "его", "ых", "их", "ихся"]) {
        return true;
    }
    // -ой alone may be a nominative («герой»); only the noun behind it tells.
    if word.len() > 4 && word.ends_any(&["ой", "ей"]) {
        let feminine = |next: &Letters| {
            matches!(next.back(0), 'и' | 'ы') || next.len() > 4 && next.ends_any(&["ой", "ей"])
        };
        if next.is_some_and(feminine) {
            return true;
        }
    }
    is_genitive_of_body(word)
}

/// Whether a word becomes a known body when the ending of the genitive is taken away.
fn is_genitive_of_body(word: &Letters) -> bool {
    let Ok(text) = std::str::from_utf8(word.bytes()) else { return false };
    let Some((at, last)) = text.char_indices().next_back() else { return false };
    let body = |ending: &str| is_body(&format!("{}{ending}", &text[..at]));
    match last {
        'а' => body("") || body("о") || text.ends_with("рца") && text.starts_with("двор"),
        'я' => body("й") || body("ь") || body("е"),
        'ы' => body("а"),
        'и' => body("а") || body("я") || body("ь"),
        _ => false,
    }
}
