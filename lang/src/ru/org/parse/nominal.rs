//! Nominal phrases in the nominative: adjectives and the noun that they agree with.

use super::super::OrgHead;
use super::super::atoms::OrgToken;
use super::super::known::{
    NOUNS_LIKE_ADJECTIVES, is_body, is_kin, is_known, is_oblique_substantive,
};
use super::{Opening, OrgReader};
use crate::ru::grammar::Basis;
use crate::ru::name::plural_surname;
use crate::ru::party;
use crate::ru::phrase::{self, WordChange};
use crate::ru::plural;
use crate::ru::post::words::{self, is_abbreviation};
use crate::ru::word::Letters;

impl<'a> OrgReader<'a, '_> {
    /// What agrees with the head right before it: «посёлок Трудармейский», «супруги Петровы»,
    /// «город Новокузнецк».
    pub(super) fn agreeing(
        &mut self,
        at: usize,
        fresh: WordChange,
        whole: &'a str,
    ) -> Option<WordChange> {
        let word: &str = whole;
        let letters = &Letters::new(word);
        let capital = word.starts_with(char::is_uppercase);
        let head = self.parsed.heads.last()?;
        let kin = Letters::new(head.word);
        if capital && is_kin(&kin) {
            let surname = plural_surname(letters).or_else(|| plural::surname_of_noun(letters));
            // «Супруги Ковали» or «супруги Росси»: the ending does not tell.
            if surname.is_none()
                && fresh.plural
                && letters.ends_any(&["ли", "ни", "ри", "ти", "ди"])
            {
                self.parsed.standing = Some(whole);
            }
            return surname.filter(|_| fresh.plural || self.parsed.heads.len() > 1);
        }
        // «Господа офицеры»
        if fresh.plural && kin.within("господа дамы друзья товарищи") && plural::is_person(letters)
        {
            return plural::noun(letters, true).map(|(change, _)| change);
        }
        let adjective = phrase::adjective_gender(letters) == Some(fresh.gender)
            && !fresh.plural
            // «Отдел городской культуры»: a genitive, but «оркестр духовой» has no noun behind it.
            && (!letters.ends("ой")
                || self.next_word(at).is_none()
                    && !is_oblique_substantive(letters)
                    // «Коллектив Ивановой»
                    && !(capital && letters.ends_any(&["овой", "евой", "иной"])));
        if adjective {
            return phrase::adjective(letters, fresh.animate);
        }
        None
    }

    /// Reads a nominal phrase in the nominative that begins at an atom.
    // Over 60 lines: adjectives, noun, and what either is alone, are read in one pass.
    pub(super) fn phrase(&mut self, from: usize) -> Option<usize> {
        let state = self.state;
        if state == Opening::Inside && self.parsed.heads.iter().any(|head| head.is_kin()) {
            return None;
        }
        // «Семья Бойко и | Ткач»: a second surname stands still as the first does.
        let family = |head: &OrgHead<'_>| Letters::new(head.word).is("семья");
        if state == Opening::Reopened
            && self.parsed.heads.first().is_some_and(family)
            && self.word(from).is_some_and(|word| word.starts_with(char::is_uppercase))
        {
            return None;
        }
        let (mut at, mut gender, mut plural) = (from, None, false);
        let mut adjectives: Vec<(usize, WordChange)> = Vec::new();
        if self.is_adverb(from) {
            at += 2;
        }
        loop {
            let word = self.word(at)?;
            let letters = Letters::new(word);
            let found = self.adjective(&letters, at).filter(|change| {
                adjectives.is_empty()
                    || change.plural == plural && (plural || gender == Some(change.gender))
            });
            let Some(change) = found else { break };
            let next = self.next_word(at);
            let pair = !adjectives.is_empty() && self.is_pair(from, next);
            let alone = !pair && next.is_none_or(|next| !self.continues(&letters, change, next));
            if alone {
                let known = state == Opening::Start
                    // «Лаборатория и мастерская»
                    || letters.within(NOUNS_LIKE_ADJECTIVES)
                    // «Администрация и учащиеся»: no genitive ends so.
                    || plural::is_substantive(&letters)
                        && (state == Opening::Reopened || self.heads_are_plural());
                if !known || state == Opening::Inside {
                    return None;
                }
                let animate = words::is_person_substantive(&letters);
                let change = WordChange { animate: change.animate || animate, ..change };
                for (_, adjective) in &mut adjectives {
                    adjective.animate = change.animate;
                }
                adjectives.push((at, change));
                let basis = self.basis_of_substantive(&letters, next, change);
                return Some(self.take(from, at, &adjectives, word, change, basis));
            }
            (gender, plural) = (Some(change.gender), change.plural);
            adjectives.push((at, change));
            at = next?;
        }
        at = self.behind_attribute(at).unwrap_or(at);
        let word = self.word(at)?;
        if let Some(end) = self.before_abbreviation(from, at, &adjectives) {
            return Some(end);
        }
        let plural = plural || adjectives.len() > 1 && self.is_pair(from, Some(at));
        let (change, basis) = self.head(word, gender, plural, !adjectives.is_empty())?;
        // An adjective in the nominative can be no genitive, and so its noun is none.
        let clear = state == Opening::Reopened
            && if adjectives.is_empty() {
                self.is_clear(at)
            } else {
                self.direct || self.word(from).is_some_and(|word| !word.ends_with("ой"))
            };
        if !clear && !self.opens(state, word, change, basis, self.bare && adjectives.is_empty()) {
            return None;
        }
        // An adjective before persons takes the genitive for the accusative.
        for (_, adjective) in &mut adjectives {
            adjective.animate = change.animate;
        }
        Some(self.take(from, at, &adjectives, word, change, basis))
    }

    /// «Беловская городская | ЦБС»: adjectives that agree with the word which the abbreviation
    /// stands for.
    fn before_abbreviation(
        &mut self,
        from: usize,
        at: usize,
        adjectives: &[(usize, WordChange)],
    ) -> Option<usize> {
        let word = self.word(at).filter(|word| is_abbreviation(word) && !is_known(word))?;
        let (_, agreeing) = adjectives.last().filter(|_| self.state == Opening::Start)?;
        let basis = match party::abbreviation_gender(word) {
            Some(gender) if gender == agreeing.gender => Basis::Listed,
            None if !agreeing.plural => Basis::Likeness,
            _ => return None,
        };
        let change = phrase::indeclinable(&Letters::new("бюро"), Some(agreeing.gender))?;
        Some(self.take(from, at, adjectives, word, change, basis))
    }

    /// The word after a gap, or after «и» and a comma between adjectives.
    pub(super) fn next_word(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        // «Учащиеся, | занявшие места»: persons are named before the comma already.
        let ended = |word| plural::is_substantive(&Letters::new(word));
        let ended = self.word(at).is_some_and(ended);
        loop {
            match self.atoms.get(next)? {
                OrgToken::Gap(_) => next += 1,
                OrgToken::Comma(",") if !ended => next += 1,
                // «1-е – 4-е классы».
                OrgToken::Dash(_)
                    if self.word(next + 2).is_some_and(|word| {
                        phrase::plural_of_digits(&Letters::new(word)).is_some()
                    }) =>
                {
                    next += 1
                }
                // «Крестьянское (фермерское) хозяйство».
                OrgToken::Open("(")
                    if self.word(next + 1).is_some_and(|word| {
                        phrase::adjective_gender(&Letters::new(word)).is_some()
                    }) && matches!(self.atoms.get(next + 2), Some(OrgToken::Close(_))) =>
                {
                    next += 1
                }
                OrgToken::Close(_)
                    if at > 0 && matches!(self.atoms.get(at - 1), Some(OrgToken::Open(_))) =>
                {
                    next += 1
                }
                OrgToken::Word("и")
                    if self.word(next + 2).is_some_and(|word| {
                        phrase::adjective_gender(&Letters::new(word)).is_some()
                    }) =>
                {
                    next += 1
                }
                OrgToken::Word(_) => return Some(next),
                _ => return None,
            }
        }
    }

    fn adjective(&self, letters: &Letters, at: usize) -> Option<WordChange> {
        // «Музей-мастерская» is a noun of two.
        let compound = letters.text().split_once('-').is_some_and(|(first, _)| is_body(first));
        if compound
            || words::is_noun_despite_ending(letters)
            // Behind a head -ой is a genitive of the feminine: «управление городской культуры».
            || letters.ends("ой") && self.state != Opening::Start && !self.opens_directly()
        {
            return None;
        }
        // «5-е классы», but «5-е отделение».
        let plural = phrase::plural_of_digits(letters).filter(|_| {
            let digits = |letters: &Letters| phrase::plural_of_digits(letters).is_some();
            let mut next = self.next_word(at);
            // «9-е и 11-е классы»
            while let Some(place) = next
                .filter(|&next| self.word(next).map(Letters::new).is_some_and(|word| digits(&word)))
            {
                next = self.next_word(place);
            }
            let next = next.and_then(|next| self.word(next)).map(Letters::new);
            next.is_some_and(|next| !matches!(next.back(0), 'е' | 'о' | 'я'))
        });
        plural
            .or_else(|| phrase::adjective(letters, false))
            .or_else(|| plural::adjective(letters, self.persons || plural::is_substantive(letters)))
            .filter(|_| self.state == Opening::Start || at > 0)
    }
}
