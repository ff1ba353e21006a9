//! What stands behind a head without being a head: clauses of participles, remarks in brackets.

use super::super::super::name::is_known_first;
use super::super::super::phrase::{self, WordChange};
use super::super::super::plural;
use super::super::super::post::words;
use super::super::super::word::Letters;
use super::super::atoms::OrgToken;
use super::OrgReader;

impl<'a> OrgReader<'a, '_> {
    /// «Учащиеся, занявшие | первые места»: a participle behind a comma agrees with the head.
    pub(super) fn participle(&self, at: usize) -> Option<WordChange> {
        const ENDS: [&str; 28] = [
            "вший",
            "вшая",
            "вшее",
            "вшие",
            "щий",
            "щая",
            "щее",
            "щие",
            "нный",
            "нная",
            "нное",
            "нные",
            "рытый",
            "рытая",
            "рытое",
            "рытые",
            "нятый",
            "нятая",
            "нятое",
            "нятые",
            "емый",
            "емая",
            "емое",
            "емые",
            "имый",
            "имая",
            "имое",
            "имые",
        ];
        let (word, lead) = (self.word(at).filter(|_| self.is_gap(at - 1))?, self.lead?);
        let letters = Letters::new(word);
        let whole = letters.text();
        let bare = whole.strip_suffix("ся").unwrap_or(whole);
        if !word.starts_with(char::is_lowercase) || !ENDS.iter().any(|end| bare.ends_with(end)) {
            return None;
        }
        if lead.plural {
            return plural::adjective(&letters, lead.animate);
        }
        phrase::adjective(&letters, lead.animate).filter(|change| change.gender == lead.gender)
    }

    /// Reads a clause of participles to its end: nothing else in it agrees with the head. A comma
    /// and «и» behind it join another head: «…, победившая в конкурсе, | и её читатели».
    pub(super) fn clause(&mut self, comma: usize) -> usize {
        for at in comma..self.atoms.len() {
            let more = at > comma
                && matches!(self.atoms[at], OrgToken::Comma(","))
                && self.word(at + 2) == Some("и")
                && self.participle(at + 4).is_none();
            if more {
                return at;
            }
            let joined = at > comma + 1
                && matches!(self.atoms[at - 2], OrgToken::Comma(",") | OrgToken::Word("и"));
            let change = if joined { self.participle(at) } else { None };
            self.piece(self.atoms[at].text(), change);
        }
        self.atoms.len()
    }

    /// «Сельская библиотека (модельная)»: an adjective alone in brackets agrees with the head.
    pub(super) fn aside(&self, at: usize) -> Option<WordChange> {
        let head = self.parsed.heads.last()?;
        let letters = Letters::new(self.word(at + 1)?);
        let agrees = phrase::adjective_gender(&letters) == Some(head.gender) && !head.plural;
        let alone = matches!(self.atoms.get(at + 2), Some(OrgToken::Close(_)));
        phrase::adjective(&letters, false).filter(|_| agrees && alone && !letters.ends("ой"))
    }

    /// «Ансамбль «Лад» (руководитель Иванова Анна)», «…, рук. А. Иванова»: a remark, which stands
    /// still to the end.
    pub(super) fn names_a_person(&self, at: usize) -> bool {
        let post = (at + 1..at + 4).filter_map(|at| self.word(at)).any(|word| {
            words::is_post(word) || matches!(word, "рук." | "худ." | "хореограф" | "хормейстер")
        });
        let words = || (at + 1..self.atoms.len()).filter_map(|at| self.word(at));
        let initial = |word: &str| word.ends_with('.') && word.starts_with(char::is_uppercase);
        post && words().any(|word| {
            let letters = Letters::new(word);
            word.starts_with(char::is_uppercase)
                && (is_known_first(&letters) || initial(word) && letters.len() < 5)
        })
    }
}
