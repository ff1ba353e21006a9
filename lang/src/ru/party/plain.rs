//! The quick way for a person by surname, first name and patronymic.

use super::super::grammar::Gender;
use super::super::name::{self, is_known_first, patronymic_gender};
use super::super::org;
use super::super::word::Letters;
use super::{Party, PartyKind, PartyPart, lists, read};

/// The quick way for what most texts are: «Иванова Анна Петровна», «Иванова Анна». It finds what
/// the long way would; whatever could be something else goes that way.
pub(super) fn plain_person(text: &str, gender: Option<Gender>) -> Option<Party<'_>> {
    let mut words = text.split(' ');
    let list = [words.next()?, words.next()?, words.next().unwrap_or_default()];
    let count = if list[2].is_empty() { 2 } else { 3 };
    if words.next().is_some() || !list[..count].iter().all(|word| is_capitalised(word)) {
        return None;
    }
    let letters = [Letters::new(list[0]), Letters::new(list[1]), Letters::new(list[2])];
    if patronymic_gender(&letters[0]).is_some() {
        return None;
    }
    let known = match (patronymic_gender(&letters[1]), patronymic_gender(&letters[2])) {
        (None, Some(known)) => Some(known),
        (Some(known), None) if count == 3 => Some(known),
        (None, None) if count == 2 => {
            let surname = |at: usize| name::surname_gender(&letters[at]).is_some();
            let first = |at: usize| is_known_first(&letters[at]);
            let person =
                surname(0) && !surname(1) && first(1) || surname(1) && !surname(0) && first(0);
            if !person {
                return None;
            }
            name::gender(text)
        }
        _ => return None,
    };
    let other = letters[0].within(lists::HONORIFICS)
        || letters[0].within(lists::FROZEN_TITLES)
        || org::is_kin(&letters[0])
        || count == 2 && org::is_body(list[0]);
    let known = gender.or(known);
    (!other)
        .then(|| read::one(text, PartyKind::Person, known, vec![PartyPart::Person(text, gender)]))
}

/// Whether a word has a capital letter and then small ones, all of them Russian.
fn is_capitalised(word: &str) -> bool {
    let [0xD0, 0x90..=0xAF, rest @ ..] = word.as_bytes() else { return false };
    !rest.is_empty()
        && rest
            .chunks(2)
            .all(|pair| matches!(pair, [0xD0, 0xB0..=0xBF] | [0xD1, 0x80..=0x8F] | [0xD1, 0x91]))
}
