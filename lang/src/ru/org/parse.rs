//! The nominal phrases of a name: which words decline, and what its head is.

mod clause;
mod head;
mod nominal;
mod opening;
mod standing;

pub(in super::super) use standing::{is_nominative_noun, may_be_plural_genitive};

use super::super::grammar::{Basis, Gender};
use super::super::phrase::{self, WordChange};
use super::super::place;
use super::super::plural;
use super::super::post::words::{self, is_abbreviation};
use super::super::word::Letters;
use super::atoms::{OrgToken, atoms};
use super::known::{TENS, is_body_plural, is_known, is_people, is_place};
use super::{OrgHead, lists};
use crate::ru::is_letter;

/// Numerals after which a noun is no nominative.
const NUMERALS: &str = "\
    восемь два двадцать две двенадцать двое девять десятеро десять оба обе одиннадцать пятеро \
    пятнадцать пять семеро семь сорок сто три тридцать трое четверо четыре шестеро шесть";

/// Whether a word is such a numeral, in letters or in figures.
pub(super) fn is_numeral(word: &str) -> bool {
    Letters::new(word).within(NUMERALS) || word.bytes().all(|byte| byte.is_ascii_digit())
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
        // «Дважды | Герой», «Всеми | любимая команда»
        if self.state == Opening::Start && words::is_adverb(letters) {
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
        // «Патриарх Московский и всея | Руси»
        if word == "всея" {
            (self.state, self.fresh) = (Opening::Inside, None);
            self.rest(at);
            return Some(self.atoms.len());
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
        if self.state == Opening::Start && is_numeral(word) && self.counts(at, word) {
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

    /// Whether a numeral counts what follows, «22 участника», and is no number of it: «22 отряд».
    fn counts(&self, at: usize, word: &str) -> bool {
        let Ok(number) = word.parse::<u32>() else { return true };
        let next = self.word(at + 2).filter(|_| self.is_gap(at + 1)).unwrap_or_default();
        let few = matches!(number % 10, 2..=4) && !matches!(number % 100, 12..=14);
        let counted = if few {
            next.starts_with(char::is_lowercase) && next.ends_with(['а', 'я', 'ы', 'и'])
        } else {
            (number % 10 != 1 || number % 100 == 11) && may_be_plural_genitive(next)
        };
        counted && !is_known(next) && !is_body_plural(next)
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
}
