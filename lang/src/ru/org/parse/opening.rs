//! What may open a phrase in the nominative where it stands, and what goes on behind an adjective.

use super::super::super::grammar::{Basis, Gender};
use super::super::super::phrase::{self, WordChange};
use super::super::super::plural;
use super::super::super::post::words::{self, is_abbreviation};
use super::super::super::word::{Letters, is_vowel};
use super::super::atoms::OrgToken;
use super::super::known::{
    self, NOUNS_LIKE_ADJECTIVES, is_body, is_body_plural, is_genitive, is_known, is_place,
    is_preposition,
};
use super::{Opening, OrgReader};
use crate::ru::is_letter;

/// Adjectives that name persons by themselves only where no noun follows: «Танцующие | пары».
const WEAK_SUBSTANTIVES: &str = "играющие молодые начинающие поющие танцующие читающие";

/// Persons whose plural is the genitive of their science.
const SCIENCES: &str = "\
    ботаники графики информатики историки кибернетики критики лирики логики математики механики \
    политики практики техники физики химики энергетики";

impl<'a> OrgReader<'a, '_> {
    /// «Столовая школы» is known; of an adjective that no list has as a noun, what follows may be
    /// its noun after all.
    pub(super) fn basis_of_substantive(
        &self,
        letters: &Letters,
        next: Option<usize>,
        change: WordChange,
    ) -> Basis {
        let follows = next
            .and_then(|next| self.word(next))
            .is_some_and(|word| word.starts_with(is_letter) && !is_preposition(word));
        // «Развивающие занятия»: what follows may be the noun, or the genitive of a place.
        let open = change.plural
            && letters.ends("щие")
            && !letters.ends_any(&["служащие", "исполняющие"])
            && next.and_then(|next| self.word(next)).map(Letters::new).is_some_and(|noun| {
                let governed = noun.ends_any(&["ами", "ями"]);
                let end = matches!(noun.back(0), 'ы' | 'и');
                noun.ends_any(&["ения", "ания", "ятия"]) || end && !governed
            });
        if follows && open {
            return Basis::Likeness;
        }
        let singular = letters.text().strip_suffix("ие").map(|stem| format!("{stem}ая"));
        let listed = letters.within(NOUNS_LIKE_ADJECTIVES)
            || is_place(letters)
            || letters.ends("рабочие")
            || singular.is_some_and(|word| Letters::new(&word).within(NOUNS_LIKE_ADJECTIVES))
            || plural::is_substantive(letters)
            || words::is_person_substantive(letters)
            || change.plural && letters.ends_any(&["щие", "вшие", "нные"]);
        if follows && !listed { Basis::Likeness } else { Basis::Ending }
    }

    /// Whether a noun can be nothing but a nominative, so that it is joined to the head whatever
    /// stands between: «Коллектив детского сада | и родители».
    pub(super) fn is_clear(&self, at: usize) -> bool {
        let Some(word) = self.word(at).filter(|word| word.starts_with(char::is_lowercase)) else {
            return false;
        };
        let letters = Letters::new(word);
        let singular = letters.ends_any(&["ство", "ище", "ние", "ция", "сия"]);
        let plural = || {
            let men =
                ["тели", "чики", "щики", "логи", "исты", "анты", "енты", "веды", "ане", "ари"];
            is_body_plural(word) || plural::is_person(&letters) && letters.ends_any(&men)
        };
        (singular || plural()) && !self.is_governed(at)
    }

    /// Whether a head opens a phrase where it stands. The further into a name, the more of its
    /// words depend on the head: only what is known for certain does there.
    pub(super) fn opens(
        &self,
        state: Opening,
        word: &str,
        change: WordChange,
        basis: Basis,
        bare: bool,
    ) -> bool {
        let letters = Letters::new(word);
        match state {
            Opening::Start => true,
            // «Комитет образования и науки»: a plural that is a genitive as well depends on the
            // head, unless «и» stands right behind the head: «Администрация и школы района».
            Opening::Reopened if change.plural => {
                // «Учителя математики | и физики»
                let people = plural::is_person(&letters) && (bare || !letters.within(SCIENCES));
                let joined = self.direct && word.starts_with(char::is_lowercase);
                joined
                    || self.heads_are_plural() && (people || is_body_plural(word) || bare)
                    || basis == Basis::Listed && (people || self.bare)
            }
            // «Ректор и ректорат»: right behind a head a noun in a consonant is no genitive, nor
            // are those in -ница and -ция.
            Opening::Reopened => {
                let consonant = change.gender == Gender::Masculine
                    && !is_vowel(letters.back(0))
                    && !letters.ends_any(&["ь", "ов", "ев", "ей"]);
                let vowel = matches!(letters.back(0), 'а' | 'я') && !is_genitive(word);
                basis == Basis::Listed
                    || self.direct && bare && vowel && word.starts_with(char::is_lowercase)
                    || bare
                        && word.starts_with(char::is_lowercase)
                        && (consonant || letters.ends_any(&["ница", "ция", "сия"]))
            }
            Opening::Inside => basis == Basis::Listed && is_body(word),
        }
    }

    /// «Особо | отличившиеся ученики», «Вновь | избранный совет».
    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let Some((word, next)) = self.word(at).zip(self.word(at + 2)) else { return false };
        let (letters, next) = (Letters::new(word), Letters::new(next));
        let adjective = match phrase::adjective_gender(&next) {
            Some(gender) => gender != Gender::Neuter && !next.ends("ой"),
            None => plural::adjective(&next, false).is_some(),
        };
        let shape = letters.len() > 3 && letters.ends("о") && !letters.within(phrase::INDECLINABLE);
        adjective && (letters.within("вновь впервые наиболее очень") || shape && !is_known(word))
    }

    /// Where the noun stands behind an attribute that never changes: «фитнес | клуб».
    pub(super) fn behind_attribute(&self, at: usize) -> Option<usize> {
        let letters = Letters::new(self.word(at)?);
        let body = self.is_gap(at + 1) && self.word(at + 2).is_some_and(is_body);
        let still = known::is_frozen(&letters) && !is_known(letters.text());
        (still && body).then_some(at + 2)
    }

    /// «Младшая и старшая группы»: a plural behind two singulars joined by «и».
    pub(super) fn is_pair(&self, from: usize, noun: Option<usize>) -> bool {
        let Some((at, word)) = noun.and_then(|at| Some((at, self.word(at)?))) else {
            return false;
        };
        (from..at).any(|at| matches!(self.atoms[at], OrgToken::Word("и")))
            && plural::noun(&Letters::new(word), false).is_some()
    }

    pub(super) fn heads_are_plural(&self) -> bool {
        self.parsed.heads.first().is_some_and(|head| head.plural)
    }

    /// Whether a head is still to come after an adjective: «Первичная профсоюзная | организация»,
    /// but «Столовая | № 5», «Учащиеся | школы».
    pub(super) fn continues(&self, letters: &Letters, change: WordChange, next: usize) -> bool {
        let Some(word) = self.word(next) else { return false };
        let noun = Letters::new(word);
        // «Сборная | Кузбасса»: known by the adjective alone.
        let team = letters.within(NOUNS_LIKE_ADJECTIVES);
        if team && word.starts_with(char::is_uppercase) {
            return false;
        }
        // «Сборная | города»: what stands in the genitive depends on the adjective.
        if is_preposition(word)
            || !word.starts_with(is_letter) && phrase::adjective_gender(&noun).is_none()
            || is_genitive(word) && !(change.plural && plural::is_person(&noun))
        {
            return false;
        }
        if change.plural {
            if plural::adjective(&noun, true).is_some() && !noun.ends("ий") {
                return true;
            }
            return if plural::is_substantive(letters) && !letters.within(WEAK_SUBSTANTIVES) {
                // «Замещающие | семьи», «Обучающие | центры», «участковые | врачи-терапевты»
                word.split('-').any(|part| plural::is_person(&Letters::new(part)))
                    || letters.ends("щие") && (noun.is("семьи") || is_body_plural(word))
            } else {
                plural::noun(&noun, true).is_some() || is_known(word)
            };
        }
        if let Some(agreeing) = phrase::adjective_gender(&noun) {
            return agreeing == change.gender && !(noun.ends("ой") && self.state != Opening::Start);
        }
        if word.contains('-') && word.split('-').any(is_known) {
            return true;
        }
        let ended = match change.gender {
            Gender::Feminine => matches!(noun.back(0), 'а' | 'я' | 'ь'),
            Gender::Neuter => matches!(noun.back(0), 'о' | 'е'),
            Gender::Masculine => {
                !matches!(noun.back(0), 'а' | 'я' | 'о' | 'е' | 'ы' | 'и' | 'у' | 'ю')
                    || is_known(word)
            }
        };
        // «Детское | жюри»
        ended || is_abbreviation(word) || phrase::indeclinable(&noun, None).is_some()
    }
}
