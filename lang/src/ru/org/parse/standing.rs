//! What stayed in the nominative though the whole inflects: a phrase that was not understood.

use super::super::super::phrase;
use super::super::super::plural;
use super::super::super::word::{Letters, is_vowel};
use super::super::atoms::OrgToken;
use super::super::known::{is_body, is_place, is_preposition};
use super::super::lists;
use super::{Opening, OrgReader};

impl<'a> OrgReader<'a, '_> {
    /// Whether a word that stays as it is can only be a nominative: what depends on a head is in
    /// another case, so here a phrase was not understood («студия (младшая и средняя)»).
    pub(super) fn stands_in_nominative(&self, at: usize, letters: &Letters) -> bool {
        let before = at.checked_sub(2).and_then(|at| self.word(at)).unwrap_or_default();
        let named = before.ends_with('.')
            || matches!(before, "имени" | "имя")
            || Letters::new(before).within(lists::FROZEN_PLACES)
            || is_place(&Letters::new(before));
        let ordinal = letters.back(1) == '-' && letters.back(2).is_ascii_digit();
        // A capital begins a name («Николая», «Звёздный»), which may stand still.
        let small = self.word(at).is_some_and(|word| word.starts_with(char::is_lowercase));
        if self.parsed.heads.is_empty() || named || letters.len() < 4 {
            return false;
        }
        if !small {
            // «Кванториум и | Точка роста»: where nothing depends on a head, what «и» joins is its
            // equal, and no name in the genitive.
            let word = self.word(at).unwrap_or_default();
            let equal = at > 3
                && self.state == Opening::Reopened
                && self.ended.is_some_and(|end| end + 4 >= at)
                && matches!(self.atoms[at - 2], OrgToken::Word("и"));
            return equal && word.chars().skip(1).all(char::is_lowercase);
        }
        let singular = phrase::adjective_gender(letters).is_some()
            && (letters.ends_any(&["ый", "ая", "яя", "ский", "щий", "ший"])
                || ordinal && letters.back(0) != 'й');
        // «Премия за лучшие книги» is an accusative.
        let plural = || plural::adjective(letters, false).is_some() && !self.is_governed(at);
        let dash = at > 1 && matches!(self.atoms[at - 2], OrgToken::Dash(_));
        // «Школа № 5 — база практики»: behind a dash stands a nominative.
        singular
            || plural()
            || self.state == Opening::Reopened
                && (is_nominative_noun(letters) && !self.follows_plural_genitive(at)
                    || is_like_feminine(letters)
                    || dash && matches!(letters.back(0), 'а' | 'я'))
    }

    /// «Отдел нот, | книг»: whether a word is joined to what may be a genitive plural.
    fn follows_plural_genitive(&self, at: usize) -> bool {
        let before = (0..at.saturating_sub(1)).rev().find_map(|at| match self.atoms[at] {
            OrgToken::Word("и" | "или") | OrgToken::Gap(_) | OrgToken::Comma(_) => None,
            OrgToken::Word(word) => Some((at, word)),
            _ => Some((at, "")),
        });
        before.is_some_and(|(at, word)| self.ended != Some(at) && may_be_plural_genitive(word))
    }

    /// Whether a preposition stands before a word, from the last sign on.
    pub(super) fn is_governed(&self, at: usize) -> bool {
        (0..at)
            .rev()
            .map_while(|at| match self.atoms[at] {
                OrgToken::Word(word) => Some(is_preposition(word)),
                OrgToken::Gap(_) => Some(false),
                _ => None,
            })
            .any(|found| found)
    }
}

/// Whether a noun in -ка is rather a feminine in the nominative («химчистка») than the genitive of
/// a masculine one («участка», «ребёнка»).
fn is_like_feminine(letters: &Letters) -> bool {
    const GENITIVES: &str = "\
        заработка знака значка молодняка напитка отрывка подарка подростка поселка потомка \
        продукта ребенка рисунка рынка участка цветка ящика";
    letters.ends_any(&["тка", "чка", "шка", "вка", "нка", "дка", "лка"])
        && !letters.within(GENITIVES)
}

/// Whether a small word that depends on a head ends as genitive plurals do: «сказок», «нот».
pub(in super::super::super) fn may_be_plural_genitive(word: &str) -> bool {
    let last = word.chars().next_back().unwrap_or(' ');
    word.starts_with(char::is_lowercase) && last.is_alphabetic() && !is_vowel(last)
}

/// Whether the ending of a noun is one that only a nominative has: «абонемент», «управление», but
/// «школ», «спортсменов».
pub(in super::super::super) fn is_nominative_noun(letters: &Letters) -> bool {
    let oblique = [
        "ов", "ев", "ей", "ий", "ой", "ых", "их", "ам", "ям", "ом", "ем", "ах", "ях", "ым", "им",
        "ек", "ок", "иц", "ств", "ищ", "ен",
    ];
    let last = letters.back(0);
    if is_vowel(last) || last == 'ь' {
        return letters.ends_any(&["ние", "ство", "ище", "ость", "ница", "ция"]);
    }
    let plural = Letters::new(&format!("{}ы", letters.text()));
    last.is_alphabetic()
        && !letters.ends_any(&oblique)
        && !is_body(&format!("{}а", letters.text()))
        && !plural::is_zero_in_y(&plural)
}
