//! The head of a post: how each of its hyphenated parts changes, and which heads stand in the
//! nominative whatever is before them.

use super::super::grammar::{Case, Gender};
use super::super::phrase;
use super::super::word::Letters;
use super::{lists, words};

/// Whether a word is a military rank, one of the police or of the clergy, in the nominative.
pub(super) fn is_rank(word: &str) -> bool {
    const RANKS: [&str; 20] = [
        "иерей",
        "протоиерей",
        "диакон",
        "протодиакон",
        "иеромонах",
        "игумен",
        "архимандрит",
        "полковник",
        "подполковник",
        "майор",
        "капитан",
        "лейтенант",
        "прапорщик",
        "старшина",
        "сержант",
        "мичман",
        "генерал-майор",
        "генерал-лейтенант",
        "генерал-полковник",
        "адмирал",
    ];
    RANKS.contains(&word.trim_end_matches(','))
}

/// Adds a head noun; the parts of a hyphenated one decline each, except first parts like вице- and
/// пресс-.
pub(super) fn push_compound(out: &mut String, core: &str, case: Case, attribute: Option<Gender>) {
    let mut rest = core;
    while let Some((part, tail)) = rest.split_once('-') {
        let letters = Letters::new(part);
        if words::declines_before_hyphen(part, tail) {
            phrase::push(
                out,
                part,
                phrase::adjective(&letters, true)
                    .filter(|_| !words::is_noun_despite_ending(&letters))
                    .or_else(|| phrase::noun(&letters, true, None)),
                case,
            );
        } else {
            out.push_str(part);
        }
        out.push('-');
        rest = tail;
    }
    let letters = Letters::new(rest);
    if words::is_abbreviation(rest)
        || letters.within(lists::CLIPPED_COMPOUNDS)
        || words::is_clipped(&letters)
    {
        out.push_str(rest);
        return;
    }
    let adjective = phrase::adjective(&letters, true)
        // A head that is an adjective by itself was read before; only the last part of a compound
        // may be one here.
        .filter(|_| rest.len() < core.len() && !words::is_noun_despite_ending(&letters));
    phrase::push(out, rest, adjective.or_else(|| phrase::noun(&letters, true, attribute)), case);
}
