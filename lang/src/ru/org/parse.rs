//! The nominal phrases of a name: which words decline, and what its head is.

mod clause;
mod opening;
mod standing;

use super::super::grammar::{Basis, Gender};
use super::super::name::plural_surname;
use super::super::party;
use super::super::phrase::{self, WordChange};
use super::super::place;
use super::super::plural;
use super::super::post::words::{self, is_abbreviation};
use super::super::word::{Letters, is_vowel};
use super::atoms::{OrgToken, atoms};
use super::known::{
    NOUNS_LIKE_ADJECTIVES, TENS, is_attribute, is_body, is_kin, is_known, is_oblique_substantive,
    is_people, is_place, is_preposition,
};
use super::{OrgHead, lists};
use crate::ru::is_letter;

/// Numerals after which a noun is no nominative.
const NUMERALS: &str = "\
    восемь два двадцать две двенадцать двое девять десять оба обе пятеро пятнадцать пять семеро \
    семь три трое четверо четыре шесть";

/// Whether a word is such a numeral.
pub(super) fn is_numeral(word: &str) -> bool {
    Letters::new(word).within(NUMERALS)
}

/// A piece of the text and how it changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrgPiece<'a> {
    pub(super) text: &'a str,
    pub(super) change: Option<WordChange>,
    /// Whether it depends on the head, and so is in the genitive whatever the case of the whole.
    pub(super) dependent: bool,
}

/// A name that has been read.
#[derive(Debug, Default)]
pub(in super::super) struct ParsedOrg<'a> {
    pub(super) pieces: Vec<OrgPiece<'a>>,
    /// The heads, the first of which stands for the whole.
    pub(in super::super) heads: Vec<OrgHead<'a>>,
    /// Whether persons are meant whatever the words: a post.
    pub(super) persons: bool,
    /// A word that stayed in the nominative though the whole inflects.
    pub(super) standing: Option<&'a str>,
    /// How sure the heads are.
    pub(in super::super) basis: Basis,
    /// The head that is not.
    pub(super) doubted: Option<&'a str>,
}

/// What may begin at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Nothing has been read yet: any phrase in the nominative.
    Start,
    /// After «и», a comma, a dash, a bracket: a phrase whose head is known.
    Reopened,
    /// Right after a head or later: an apposition, whose head is known as a body or a group.
    Inside,
}

pub(in super::super) fn parse(text: &str, persons: bool) -> ParsedOrg<'_> {
    read(text, persons, false)
}

/// A place; `declinable` is that of [`place::inflect`].
pub(in super::super) fn parse_place(text: &str, declinable: bool) -> ParsedOrg<'_> {
    read(text, false, declinable)
}

fn read(text: &str, persons: bool, declinable: bool) -> ParsedOrg<'_> {
    let atoms = atoms(text);
    let mut reader = OrgReader {
        atoms: &atoms,
        parsed: ParsedOrg::default(),
        state: Opening::Start,
        fresh: None,
        lead: None,
        persons,
        declinable,
        joins: false,
        bare: false,
        direct: false,
        ended: None,
        dependent: false,
    };
    let mut at = 0;
    while at < atoms.len() {
        at = reader.step(at);
    }
    let mut parsed = reader.parsed;
    parsed.persons = persons;
    // An abbreviation or quotation marks stand still by rule; anything else without a head was
    // not understood.
    if parsed.heads.is_empty() && !begins_frozen(&atoms) {
        parsed.basis = Basis::Unknown;
    }
    parsed
}

/// Whether a name begins with an abbreviation or a wall, and so stands still by right.
fn begins_frozen(atoms: &[OrgToken<'_>]) -> bool {
    match atoms.first() {
        Some(OrgToken::Wall(_)) => true,
        // «8 «А» и 8 «Б» классы»: figures alone are no abbreviation.
        Some(OrgToken::Word(word)) if !word.contains(is_letter) => {
            let still = |atom: &OrgToken<'_>| match atom {
                OrgToken::Word(word) => !word.starts_with(char::is_lowercase),
                _ => true,
            };
            atoms.iter().all(still)
        }
        Some(OrgToken::Word(word)) => {
            is_abbreviation(word) || Letters::new(word).within(lists::FROZEN_PLACES)
        }
        _ => false,
    }
}

struct OrgReader<'a, 'b> {
    atoms: &'b [OrgToken<'a>],
    parsed: ParsedOrg<'a>,
    state: Opening,
    /// The head just read, while words may still agree with it.
    fresh: Option<WordChange>,
    /// The last head that was read.
    lead: Option<WordChange>,
    persons: bool,
    declinable: bool,
    /// Whether «и» or a comma has just been read.
    joins: bool,
    /// Whether no dependent word stood before it, or a dash stands there, so that what follows is
    /// no genitive that depends on the head.
    bare: bool,
    /// Whether a head or a dash stands right before it, or «её» behind «и», so that what follows
    /// can be nothing but a nominative: «Фотоклуб и | фотошкола», «Школа — | площадка опыта».
    direct: bool,
    /// The atom of the last head.
    ended: Option<usize>,
    /// Whether a phrase is read that depends on the head: «Педагоги МБДОУ | детский сад № 3».
    dependent: bool,
}

impl<'a> OrgReader<'a, '_> {
    fn plain(&mut self, text: &'a str) {
        self.piece(text, None);
    }

    fn piece(&mut self, text: &'a str, change: Option<WordChange>) {
        let dependent = self.dependent;
        self.parsed.pieces.push(OrgPiece { text, change, dependent });
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.atoms.get(at) {
            Some(OrgToken::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Reads what stands at an atom; gives the next one to read.
    fn step(&mut self, at: usize) -> usize {
        let atom = self.atoms[at];
        let started = self.state != Opening::Start;
        match atom {
            OrgToken::Gap(_) => {}
            OrgToken::Wall(_) => self.fresh = None,
            OrgToken::Open(_) if let Some(change) = self.aside(at) => {
                self.plain(atom.text());
                self.piece(self.atoms[at + 1].text(), Some(change));
                (self.state, self.fresh) = (Opening::Inside, None);
                return at + 2;
            }
            OrgToken::Open(_) | OrgToken::Comma(_) if started && self.names_a_person(at) => {
                self.fresh = None;
                self.rest(at);
                return self.atoms.len();
            }
            OrgToken::Comma(",") if self.participle(at + 2).is_some() => {
                return self.clause(at);
            }
            OrgToken::Comma(_) | OrgToken::Dash(_) | OrgToken::Open(_) if started => {
                self.joins = matches!(atom, OrgToken::Comma(_));
                let dash = matches!(atom, OrgToken::Dash(_));
                self.bare = self.ends_bare(at) || dash;
                self.direct = self.is_behind_head(at) || dash;
                (self.state, self.fresh) = (Opening::Reopened, None);
            }
            OrgToken::Comma(_) | OrgToken::Dash(_) | OrgToken::Open(_) | OrgToken::Close(_) => {
                self.fresh = None
            }
            // «8 «А» и 8 «Б» классы»: no head has been read yet.
            OrgToken::Word("и" | "или") if !started => {}
            OrgToken::Word("и" | "или") => {
                (self.joins, self.bare) = (true, self.ends_bare(at));
                self.direct = self.is_behind_head(at);
                (self.state, self.fresh) = (Opening::Reopened, None);
            }
            OrgToken::Word(word) => return self.read_word(at, word),
        }
        self.plain(atom.text());
        at + 1
    }

    /// Reads a word that stands still by rule where it is; gives the next one to read.
    fn still(&mut self, at: usize, word: &'a str, letters: &Letters) -> Option<usize> {
        // «Г. Москва», «пгт Яя»: neither the clipped kind nor what it names declines.
        if letters.within(lists::FROZEN_PLACES) && self.state == Opening::Start {
            (self.state, self.fresh) = (Opening::Inside, None);
            self.rest(at);
            return Some(self.atoms.len());
        }
        // «ПАО Сбербанк», «ООО Ромашка»: a lone word behind the form of a company is its name.
        let company = |at: usize| {
            let word = self.word(at).filter(|_| self.is_gap(at + 1));
            word.is_some_and(|word| matches!(word, "ООО" | "ОАО" | "ЗАО" | "ПАО" | "АО" | "НАО"))
        };
        if at > 1 && company(at - 2) && at + 1 == self.atoms.len() {
            self.plain(word);
            return Some(at + 1);
        }
        // «Сорок вторая школа»: of a compound ordinal only the last word changes.
        let next = || self.word(at + 2).map(Letters::new);
        if self.state == Opening::Start
            && letters.within(TENS)
            && next().is_some_and(|next| phrase::adjective_gender(&next).is_some())
        {
            self.plain(word);
            return Some(at + 1);
        }
        // «Дети и их | родители»: whose they are, does not change what follows.
        if self.state == Opening::Reopened && matches!(word, "их" | "его" | "её" | "ее") {
            self.plain(word);
            // Persons in the plural are no genitive of one: «Служба и её | добровольцы».
            let next = self.word(at + 2).map(Letters::new);
            self.direct |= next.is_some_and(|next| plural::is_person(&next));
            return Some(at + 1);
        }
        // «посёлок городского типа Крапивинский»: the name agrees with the kind before it.
        if matches!(word, "городского" | "типа") && self.fresh.is_some() {
            self.plain(word);
            return Some(at + 1);
        }
        None
    }

    fn read_word(&mut self, at: usize, word: &'a str) -> usize {
        let letters = Letters::new(word);
        if let Some(next) = self.still(at, word, &letters) {
            return next;
        }
        // «Две команды»: after a numeral the noun itself is in another case and number.
        if self.state == Opening::Start && is_numeral(word) {
            self.parsed.standing = Some(word);
        }
        self.dependent = self.belongs_to_people(at);
        let end = self.phrase(at);
        self.dependent = false;
        if let Some(end) = end {
            self.state = Opening::Inside;
            return end;
        }
        if let Some(fresh) = self.fresh
            && word.starts_with(char::is_uppercase)
            && let Some(head) = self.parsed.heads.last()
            && is_place(&Letters::new(head.word.split('-').next().unwrap_or(head.word)))
        {
            self.fresh = None;
            // «город-герой Волгоград»
            let kind = head.word.split('-').next().unwrap_or(head.word);
            return self.place_name(at, &Letters::new(kind), fresh.gender);
        }
        if let Some(fresh) = self.fresh
            && let Some(change) = self.agreeing(at, fresh, word)
        {
            self.piece(word, Some(change));
            return at + 1;
        }
        if self.stands_in_nominative(at, &letters) {
            self.parsed.standing = Some(word);
        }
        // Numbers and codes before a head (3 «Б» класс) leave the way open.
        let code = word.chars().any(|ch| ch.is_ascii_digit() || ch == '№');
        if !(self.state == Opening::Start && code) {
            (self.state, self.fresh) = (Opening::Inside, None);
        }
        self.plain(word);
        at + 1
    }

    /// Whether a nominative is to follow: «хор и | мужской квартет».
    fn opens_directly(&self) -> bool {
        self.state == Opening::Reopened && self.direct
    }

    /// Whether right before an atom stands a head, which may be an adjective by its form:
    /// «Мастерская и | химчистка».
    fn is_behind_head(&self, at: usize) -> bool {
        let gap = usize::from(at > 0 && self.is_gap(at - 1));
        self.fresh.is_some() || self.ended.is_some() && self.ended == at.checked_sub(1 + gap)
    }

    /// Whether right before a sign stands a head, a wall or a number.
    fn ends_bare(&self, at: usize) -> bool {
        let gap = usize::from(at > 0 && self.is_gap(at - 1));
        let before = at.checked_sub(1 + gap).and_then(|at| self.atoms.get(at));
        self.is_behind_head(at)
            || match before {
                Some(OrgToken::Wall(_)) => true,
                Some(OrgToken::Word(word)) => word.ends_with(|ch: char| ch.is_ascii_digit()),
                _ => false,
            }
    }

    /// «Педагоги МБДОУ | детский сад № 3»: an abbreviation behind people is their body, and what
    /// follows explains it.
    fn belongs_to_people(&self, at: usize) -> bool {
        let people = |head: &OrgHead<'_>| head.plural || is_people(head.word);
        self.state == Opening::Inside
            && self.parsed.heads.first().is_some_and(people)
            && at > 1
            && self.is_gap(at - 1)
            && self.word(at - 2).is_some_and(is_abbreviation)
    }

    /// Reads the name of a place behind its kind.
    fn place_name(&mut self, from: usize, kind: &Letters, gender: Gender) -> usize {
        // The words that may be the name, with the single gaps between them.
        let words: Vec<&str> = (from..)
            .step_by(2)
            .map_while(|at| self.word(at).filter(|_| at == from || self.is_gap(at - 1)))
            .take_while(|word| word.starts_with(char::is_uppercase))
            .collect();
        let count = place::length(&words);
        let word = words[0];
        if count > 1 {
            for (place, word) in words[..count].iter().enumerate() {
                let change = place::after_several(kind, &words[..count], place, self.declinable);
                if place > 0 {
                    self.plain(self.atoms[from + 2 * place - 1].text());
                }
                self.piece(word, change);
            }
            return from + 2 * count - 1;
        }
        // «округ Кемеровской области»: what may be a genitive does not agree before a noun.
        let dependent = word.ends_with("ой") && self.next_word(from).is_some();
        match place::after(kind, gender, word, self.declinable).filter(|_| !dependent) {
            Some(parts) => {
                for (text, change) in parts {
                    self.piece(text, change);
                }
            }
            None => self.plain(word),
        }
        from + 1
    }

    fn is_gap(&self, at: usize) -> bool {
        matches!(self.atoms.get(at), Some(OrgToken::Gap(_)))
    }

    fn rest(&mut self, at: usize) {
        for atom in &self.atoms[at..] {
            self.plain(atom.text());
        }
    }

    /// What agrees with the head right before it: «посёлок Трудармейский», «супруги Петровы»,
    /// «город Новокузнецк».
    fn agreeing(&mut self, at: usize, fresh: WordChange, word: &str) -> Option<WordChange> {
        let letters = &Letters::new(word);
        let capital = word.starts_with(char::is_uppercase);
        let head = self.parsed.heads.last()?;
        let kin = Letters::new(head.word);
        if capital && is_kin(&kin) {
            let surname = plural_surname(letters).or_else(|| plural::surname_of_noun(letters));
            return surname.filter(|_| fresh.plural || self.parsed.heads.len() > 1);
        }
        let adjective = phrase::adjective_gender(letters) == Some(fresh.gender)
            && !fresh.plural
            // «Отдел городской культуры»: a genitive, but «оркестр духовой» has no noun behind it.
            && (!letters.ends("ой")
                || self.next_word(at).is_none() && !is_oblique_substantive(letters));
        if adjective {
            return phrase::adjective(letters, fresh.animate);
        }
        None
    }

    /// Reads a nominal phrase in the nominative that begins at an atom.
    // Over 60 lines: adjectives, noun, and what either is alone, are read in one pass.
    fn phrase(&mut self, from: usize) -> Option<usize> {
        let state = self.state;
        if state == Opening::Inside && self.parsed.heads.iter().any(|head| head.is_kin()) {
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
    fn next_word(&self, at: usize) -> Option<usize> {
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

    /// The head noun of a phrase.
    fn head(
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
        let basis = if doubt { basis.max(Basis::Likeness) } else { basis };
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
    fn take(
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
        } else if self.state == Opening::Inside && beside && self.parsed.basis == Basis::Ending {
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
    fn is_kin(&self) -> bool {
        is_kin(&Letters::new(self.word))
    }
}
