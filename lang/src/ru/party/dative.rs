//! Groups and several persons whose text stands in the dative: «Родителям Сорокина Миши»,
//! «Дмитрию и Елене Кравец».

use super::super::grammar::Case;
use super::super::name::{first_of_dative, guesses, of_dative};
use super::super::phrase::adjective_gender;
use super::super::word::Letters;
use super::read::{begins_group, in_a_case};
use super::words::segments;
use super::{Party, PartyKind, PartyPart};

/// Words before the noun of a group are adjectives; more than two of them nobody writes.
const ADJECTIVES: usize = 2;

pub(super) fn party<'a>(text: &'a str, bare: &str) -> Option<Party<'a>> {
    let first = bare.split(' ').next()?;
    // Most texts end with none of these, and are not looked at twice.
    if !first.ends_with(['у', 'ю', 'е', 'и', 'м', 'й']) || first.contains(['.', '«']) {
        return None;
    }
    let nominative = group(bare).or_else(|| several(bare))?;
    let named = Party::of(&nominative, None);
    let (kind, gender, number) = (named.kind, named.gender, named.number);
    Some(Party {
        text,
        kind,
        gender,
        number,
        parts: vec![PartyPart::Plain(text)],
        concern: Some(in_a_case(bare, "дательном").into()),
        nominative: Some(nominative),
    })
}

/// Whether a text in the nominative has that dative.
fn has_dative(nominative: &str, dative: &str, kinds: &[PartyKind]) -> bool {
    let party = Party::of(nominative, None);
    kinds.contains(&party.kind)
        && party.nominative.is_none()
        && party.inflect(Case::Dative).text == dative
}

fn group(bare: &str) -> Option<String> {
    const KINDS: [PartyKind; 4] =
        [PartyKind::Family, PartyKind::Couple, PartyKind::Collective, PartyKind::Organisation];
    let words: Vec<&str> = bare.split(' ').collect();
    for before in 0..=ADJECTIVES.min(words.len() - 1) {
        let head = words[before];
        // «Организации» is the plural as well.
        if before == 0 && head.ends_with("ии") || begins_group(words[0]) {
            continue;
        }
        let heads: Vec<String> = guesses(head)
            .into_iter()
            .filter(|guess| guess != head && begins_group(guess))
            .collect();
        if heads.is_empty() {
            continue;
        }
        let mut begun = vec![String::new()];
        for word in &words[..before] {
            let adjective = |guess: &String| {
                adjective_gender(&Letters::new(guess)).is_some() || guess.ends_with(['е'])
            };
            let guesses: Vec<String> = guesses(word).into_iter().filter(adjective).collect();
            begun = begun
                .iter()
                .flat_map(|done| guesses.iter().map(move |guess| format!("{done}{guess} ")))
                .collect();
        }
        let rest: String = words[before + 1..].iter().map(|word| format!(" {word}")).collect();
        let all = begun.iter().flat_map(|done| {
            let rest = &rest;
            heads.iter().map(move |head| format!("{done}{head}{rest}"))
        });
        if let Some(found) = all.into_iter().find(|guess| has_dative(guess, bare, &KINDS)) {
            return Some(found);
        }
    }
    None
}

fn several(bare: &str) -> Option<String> {
    let segments = segments(bare);
    if segments.len() < 2 {
        return None;
    }
    let mut whole = String::new();
    for segment in &segments {
        let restored = match segment.text.contains(' ') {
            true => of_dative(segment.text, None),
            false => first_of_dative(segment.text),
        };
        whole.push_str(&restored?);
        whole.push_str(segment.after);
    }
    has_dative(&whole, bare, &[PartyKind::Persons, PartyKind::Couple]).then_some(whole)
}
