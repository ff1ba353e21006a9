//! The head of a phrase: what it is, how it is taken up, and how each part of a hyphenated one
//! changes.

use super::super::OrgHead;
use super::super::known::{is_attribute, is_body, is_kin, is_known, is_preposition};
use super::{Opening, OrgReader};
use crate::ru::grammar::{Basis, Gender};
use crate::ru::is_letter;
use crate::ru::phrase::{self, WordChange};
use crate::ru::plural;
use crate::ru::post::words::{self, is_abbreviation};
use crate::ru::word::{Letters, is_vowel};

impl<'a> OrgReader<'a, '_> {
    /// The head noun of a phrase.
    pub(super) fn head(
        &self,
        word: &'a str,
        gender: Option<Gender>,
        plural: bool,
        after_adjective: bool,
    ) -> Option<(WordChange, Basis)> {
        let last = word.rsplit('-').next().unwrap_or(word);
        let letters = Letters::new(last);
        let first = Letters::new(word.split('-').next().unwrap_or(word));
        let listed = is_known(word);
        if is_preposition(word) || is_abbreviation(last) && !listed && !word.contains('-') {
            return None;
        }
        // «3D-лаборатория»
        if !(word.starts_with(is_letter) || word.contains('-') && is_body(last)) {
            return None;
        }
        let opens = word.contains('-')
            && !words::is_abbreviation(word.split('-').next()?)
            && !is_attribute(word.split('-').next()?, last);
        let lead = if opens { &first } else { &letters };
        let persons = self.persons
            || plural && plural::is_person(&letters)
            || self.joins_persons() && !plural::is_animacy_known(&letters);
        let still = || phrase::indeclinable(&letters, gender);
        // «Застройщик «Мир»»: whoever does something, though it is a firm.
        let doer = lead.ends_any(&["овщик", "авщик", "ойщик", "азчик", "ядчик", "одчик", "возчик"]);
        let person = (doer || words::is_post(lead.text())) && !is_body(word);
        let change = phrase::noun(lead, persons || person || is_kin(lead), gender)
            .or_else(|| phrase::noun(&letters, persons, gender))
            .or_else(still)?;
        if after_adjective
            && (change.plural != plural || !plural && gender != Some(change.gender) && !listed)
        {
            return None;
        }
        let basis = if listed { Basis::Listed } else { phrase::basis(lead, persons) };
        // «Стартап-студия», «вагон-кафе»: an unknown word in a consonant may be an attribute, which
        // stands still, or a noun of its own.
        let doubt = opens
            && !is_vowel(first.back(0))
            && !self.persons
            && !is_known(word.split('-').next()?)
            && phrase::adjective_gender(&first).is_none();
        // «Вини-Пух»: the first part looks like a plural, the second is none.
        let clash = opens
            && !listed
            && change.plural
            && phrase::noun(&letters, persons, None).is_none_or(|last| !last.plural)
            && plural::adjective(&letters, persons).is_none();
        let basis = if doubt || clash { basis.max(Basis::Likeness) } else { basis };
        Some((change, basis))
    }

    /// «Гимнастки и | акробатки»: what is joined to persons is persons, unless it is known as
    /// things.
    fn joins_persons(&self) -> bool {
        let person =
            |head: &OrgHead<'_>| head.plural && plural::is_person(&Letters::new(head.word));
        self.joins
            && self.state == Opening::Reopened
            && self.parsed.heads.last().is_some_and(person)
    }

    /// Takes the words of a phrase: its adjectives, what stands between them, its head.
    pub(super) fn take(
        &mut self,
        from: usize,
        head: usize,
        adjectives: &[(usize, WordChange)],
        word: &'a str,
        change: WordChange,
        basis: Basis,
    ) -> usize {
        // «Заседание жюри»: what never changes may be a genitive.
        let beside = adjectives.is_empty()
            && self.fresh.is_some_and(|fresh| fresh.gender == Gender::Masculine)
            && phrase::indeclinable(&Letters::new(word), None).is_none();
        for at in from..head {
            let found = adjectives.iter().find(|(place, _)| *place == at);
            let change = found.map(|(_, change)| *change);
            self.piece(self.atoms[at].text(), change);
        }
        if adjectives.last().is_some_and(|(at, _)| *at == head) {
            self.piece(word, Some(change));
            self.fresh = None;
        } else {
            self.compound(word, change);
            self.fresh = Some(change);
        }
        if self.parsed.heads.is_empty() || basis >= Basis::Likeness && !self.dependent {
            self.parsed.basis = self.parsed.basis.max(basis);
            self.parsed.doubted = (basis >= Basis::Likeness).then_some(word);
        } else if self.state == Opening::Inside
            && beside
            && !(self.parsed.heads.iter().all(|head| is_known(head.word))
                && word.starts_with(char::is_lowercase))
            && self.parsed.basis < Basis::Likeness
        {
            // «Росток центр»: is the unknown first word a head or the name of the second?
            self.parsed.basis = Basis::Likeness;
        }
        if self.dependent {
            self.fresh = None;
            return head + 1;
        }
        (self.lead, self.ended) = (Some(change), Some(head));
        let joined = self.joins && self.state == Opening::Reopened;
        self.parsed.heads.push(OrgHead {
            word,
            gender: change.gender,
            plural: change.plural,
            joined,
        });
        head + 1
    }

    /// Adds a head noun, each part of a hyphenated one in its own way.
    fn compound(&mut self, word: &'a str, change: WordChange) {
        let mut rest = word;
        while let Some(at) = rest.find('-') {
            let part = &rest[..at];
            let letters = Letters::new(part);
            let frozen = is_abbreviation(part)
                || is_attribute(part, &rest[at + 1..])
                || self.persons
                    && !words::declines_before_hyphen(part, &rest[at + 1..])
                    && plural::noun(&letters, true).is_none();
            let own = if frozen { None } else { self.part(&letters, change) };
            self.piece(part, own);
            self.plain("-");
            rest = &rest[at + 1..];
        }
        let letters = Letters::new(rest);
        let own = if rest.len() == word.len() {
            Some(change)
        } else if is_abbreviation(rest) {
            None
        } else {
            self.part(&letters, change)
        };
        self.piece(rest, own);
    }

    fn part(&self, letters: &Letters, whole: WordChange) -> Option<WordChange> {
        let adjective = || {
            let own = if whole.plural {
                plural::adjective(letters, whole.animate)
            } else {
                phrase::adjective(letters, self.persons)
            };
            own.filter(|_| !words::is_noun_despite_ending(letters))
        };
        // «Команды-победительницы» are things, as their head is.
        let animate = self.persons || whole.animate;
        let noun = || phrase::noun(letters, animate, None);
        adjective().or_else(noun).map(|change| WordChange { animate, ..change })
    }
}

impl OrgHead<'_> {
    /// Whether the head is a relative, after whom a surname stands.
    pub(super) fn is_kin(&self) -> bool {
        is_kin(&Letters::new(self.word))
    }
}
