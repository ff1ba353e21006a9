//! The words of a full name and what each of them is.

use super::gender;
use super::{lists, patronymic};
use crate::lang::ru::grammar::Gender;
use crate::lang::ru::word::Letters;

/// What a word of a full name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Surname,
    First,
    Patronymic,
    /// An initial.
    Initial,
    /// A word that never changes: a particle, a Turkic patronymic.
    Fixed,
}

/// A word of a full name with its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) role: Role,
}

const MOST: usize = 8;

/// The words of one name; of a text longer than any name the rest is left as it stands.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    list: [Token<'a>; MOST],
    len: usize,
    /// The sex that оглы or кызы shows.
    pub(super) turkic: Option<Gender>,
}

impl<'a> Tokens<'a> {
    /// Splits a full name in any order of parts and finds the role of each word.
    pub(super) fn of(full: &'a str) -> Self {
        let mut tokens = Self { list: [Token { text: "", start: 0, role: Role::Fixed }; MOST], len: 0, turkic: None };
        let mut start = None;
        for (at, ch) in full.char_indices().chain([(full.len(), ' ')]) {
            if ch.is_whitespace() || ch == ',' {
                if let Some(begin) = start.take() {
                    tokens.push(&full[begin..at], begin);
                }
            } else if start.is_none() {
                start = Some(at);
            }
        }
        tokens.assign();
        tokens
    }

    /// Adds a word; «Н.Г.Шабалина» is cut after its last stop.
    fn push(&mut self, text: &'a str, start: usize) {
        let (initials, rest) = text.rfind('.').map_or(("", text), |dot| text.split_at(dot + 1));
        for (text, start, role) in [(initials, start, Role::Initial), (rest, start + initials.len(), Role::Surname)] {
            if !text.is_empty() && self.len < MOST {
                let role = if text.chars().count() == 1 && self.len > 0 { Role::Initial } else { role };
                self.list[self.len] = Token { text, start, role };
                self.len += 1;
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Token<'a>> {
        self.list[..self.len].iter()
    }

    /// Whether a fixed word belongs to a patronymic with оглы or кызы.
    pub(super) fn is_turkic(&self, token: &Token<'_>) -> bool {
        let is_sign = |text: &str| patronymic::turkic_gender(&Letters::new(text.rsplit('-').next().unwrap_or(text))).is_some();
        let next = self.iter().find(|other| other.start > token.start);
        is_sign(token.text) || next.is_some_and(|next| next.role == Role::Fixed && is_sign(next.text))
    }

    fn assign(&mut self) {
        self.freeze_turkic();
        self.freeze_particles();
        let mut open = [0_usize; MOST];
        let mut count = 0;
        for (at, token) in self.list[..self.len].iter().enumerate() {
            if token.role == Role::Surname {
                open[count] = at;
                count += 1;
            }
        }
        let roles = self.roles(&open[..count]);
        for (at, role) in open[..count].iter().zip(roles) {
            self.list[*at].role = role;
        }
    }

    /// «Гейдар оглы», «Мамед-оглы»: the name and the word after it stand still.
    fn freeze_turkic(&mut self) {
        for at in 0..self.len {
            let text = self.list[at].text;
            let (name, last) = text.rsplit_once('-').unwrap_or(("", text));
            let Some(gender) = patronymic::turkic_gender(&Letters::new(last)) else { continue };
            if name.is_empty() && at == 0 {
                continue;
            }
            self.turkic = Some(gender);
            self.list[at].role = Role::Fixed;
            if name.is_empty() {
                self.list[at - 1].role = Role::Fixed;
            }
        }
    }

    fn freeze_particles(&mut self) {
        for at in 0..self.len.saturating_sub(1) {
            if Letters::new(self.list[at].text).within(lists::PARTICLES) && self.list[at + 1].role == Role::Surname {
                self.list[at].role = Role::Fixed;
            }
        }
    }

    /// The roles of the words that can change, by their number and shapes.
    fn roles(&self, open: &[usize]) -> [Role; MOST] {
        use Role::{First, Patronymic, Surname};
        let mut roles = [Surname; MOST];
        let letters = |place: usize| Letters::new(self.list[open[place]].text.rsplit('-').next().unwrap_or_default());
        // «Мухаммад-Амин»: one known part is enough, unless the other shows a surname (Герман-Орлова).
        let is_first = |place: usize| {
            let mut parts = self.list[open[place]].text.split('-').map(Letters::new);
            gender::surname(&letters(place)).is_none() && parts.any(|part| gender::is_known(&part)) || gender::is_known(&letters(place))
        };
        let is_patronymic = |place: usize| patronymic::gender(&letters(place)).is_some();
        let is_woman_patronymic = |place: usize| patronymic::gender(&letters(place)) == Some(Gender::Feminine);
        let initials = self.iter().any(|token| token.role == Role::Initial);
        let turkic = self.turkic.is_some();
        let count = open.len();
        match count {
            0 => {}
            1 if initials && !turkic => {}
            1 => {
                let word = letters(0);
                if is_first(0) || gender::is_misspelt(&word) || turkic {
                    roles[0] = First;
                } else if !self.list[open[0]].text.contains('-') && is_patronymic(0) {
                    roles[0] = Patronymic;
                }
            }
            // «Наталья Станкевич» is a surname after a first name, «Иван Станкевич» may be either and declines in one way.
            2 if is_patronymic(1) && (is_woman_patronymic(1) || is_first(0) && gender::known_first(&letters(0)) != Some(Gender::Feminine)) => {
                roles[0] = First;
                roles[1] = Patronymic;
            }
            2 => {
                let swapped = is_first(0) && !is_first(1) || gender::surname(&letters(1)).is_some() && gender::surname(&letters(0)).is_none() && !is_first(1);
                roles[usize::from(!swapped)] = First;
            }
            _ => {
                let last = count - 1;
                if is_patronymic(last) && !(is_patronymic(last - 1) && is_first(last - 2)) {
                    roles[last] = Patronymic;
                    roles[last - 1] = First;
                } else if is_patronymic(1) {
                    roles[0] = First;
                    roles[1] = Patronymic;
                } else if turkic {
                    roles[last] = First;
                } else if is_first(0) && !is_first(last) {
                    roles[..last].fill(First);
                } else {
                    roles[1] = First;
                    roles[2..count].fill(Patronymic);
                }
            }
        }
        roles
    }
}
