//! The words of a full name and what each of them is.

use super::gender;
use super::{lists, patronymic};
use crate::ru::grammar::Gender;
use crate::ru::word::Letters;

/// What a word of a full name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamePart {
    Surname,
    First,
    Patronymic,
    /// An initial.
    Initial,
    /// A word that never changes: a particle, a Turkic patronymic.
    Fixed,
}

fn is_separator(ch: char) -> bool {
    ch == ' ' || ch == ',' || ch.is_whitespace()
}

/// Where the first word of a text ends. Russian letters are passed over by their bytes, which is
/// what makes the parsing fast.
fn end_of_word(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            // All Russian letters begin with one of these two bytes in UTF-8.
            0xD0 | 0xD1 => at += 2,
            _ => match text[at..].chars().next() {
                Some(ch) if !is_separator(ch) => at += ch.len_utf8(),
                _ => break,
            },
        }
    }
    at
}

/// A word of a full name with its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameToken<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) role: NamePart,
    /// Whether it stands in brackets: a maiden name, «(младший)».
    pub(super) aside: bool,
    /// The letters of the word, of a hyphenated one those of its last part.
    pub(super) letters: Letters,
}

impl NameToken<'_> {
    const NONE: Self =
        Self { text: "", start: 0, role: NamePart::Fixed, aside: false, letters: Letters::EMPTY };
}

// Three parts, a particle or two, a maiden name; an array of them needs no memory of the heap.
const MOST: usize = 6;

/// The words of one name; of a text longer than any name the rest is left as it stands.
#[derive(Debug)]
pub(super) struct NameTokens<'a> {
    list: [NameToken<'a>; MOST],
    len: usize,
    /// Whether a bracket is open: «(урождённая Кац)» is two words.
    open: bool,
    /// Whether it is a name of the East, of which only the last word changes.
    pub(super) eastern: bool,
    /// The sex that оглы or кызы shows.
    pub(super) turkic: Option<Gender>,
}

impl<'a> NameTokens<'a> {
    /// Splits a full name in any order of parts and finds the role of each word.
    pub(super) fn of(full: &'a str) -> Self {
        let mut tokens = Self {
            list: [NameToken::NONE; MOST],
            len: 0,
            open: false,
            eastern: false,
            turkic: None,
        };
        let mut rest = full;
        loop {
            let word = rest.trim_start_matches(is_separator);
            if word.is_empty() {
                break;
            }
            let end = end_of_word(word);
            tokens.push(&word[..end], full.len() - word.len());
            rest = &word[end..];
        }
        tokens.assign();
        tokens
    }

    /// Adds a word; «Н.Г.Шабалина» is cut after its last stop.
    fn push(&mut self, text: &'a str, start: usize) {
        let (mut text, mut start) = (text, start);
        let mut aside = self.open;
        if let Some(inner) = text.strip_prefix('(') {
            (text, start, aside) = (inner, start + 1, true);
        }
        if aside {
            let closed = text.strip_suffix(')');
            self.open = closed.is_none();
            text = closed.unwrap_or(text);
        }
        let (initials, rest) = text.rfind('.').map_or(("", text), |dot| text.split_at(dot + 1));
        for (text, start, role) in [
            (initials, start, NamePart::Initial),
            (rest, start + initials.len(), NamePart::Surname),
        ] {
            if !text.is_empty() && self.len < MOST {
                // «Иванов И П»: a single letter behind something is an initial without its stop;
                // at the beginning it may be a surname.
                let role = if text.len() <= 2 && text.chars().count() == 1 && self.len > 0 {
                    NamePart::Initial
                } else {
                    role
                };
                // The last part of a hyphenated word shows what the whole is.
                let letters = Letters::new(text.rsplit('-').next().unwrap_or(text));
                self.list[self.len] = NameToken { text, start, role, aside, letters };
                self.len += 1;
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &NameToken<'a>> {
        self.list[..self.len].iter()
    }

    /// «Чарльз Дарвин»: a first name of the West without a patronymic.
    pub(super) fn are_western(&self) -> bool {
        self.iter()
            .any(|token| token.role == NamePart::First && token.letters.within(lists::FOREIGN_MEN))
            && !self.iter().any(|token| token.role == NamePart::Patronymic)
    }

    /// Whether any word shows what the words are: a patronymic, a known first name, initials, a
    /// surname with an ending of its own. A single word is taken for what its caller says.
    pub(super) fn are_understood(&self) -> bool {
        let known = |token: &NameToken<'_>| match token.role {
            NamePart::First => {
                gender::is_known(&token.letters)
                    || token.letters.within(lists::FOREIGN_MEN)
                    || token.letters.is("оол")
            }
            // «Агрба Шазина», «Деметриади Деспина»: behind what is no first name of a woman -ина
            // may be a first name as well.
            NamePart::Surname => {
                gender::has_surname_ending(&token.letters)
                    && !(token.start > 0
                        && token.letters.ends_any(&["ина", "ына"])
                        && (!self.list[0].letters.ends_any(&["а", "я"])
                            || self.list[0].letters.ends_any(&["ба", "зода"])))
            }
            _ => true,
        };
        // Most names have a patronymic, which is seen without a look at any list.
        let plain =
            |token: &NameToken<'_>| !matches!(token.role, NamePart::First | NamePart::Surname);
        self.len < 2 || self.iter().any(plain) || self.iter().any(known)
    }

    /// Whether a fixed word belongs to a patronymic with оглы or кызы.
    pub(super) fn is_turkic(&self, token: &NameToken<'_>) -> bool {
        let is_sign = |token: &NameToken<'_>| patronymic::turkic_gender(&token.letters).is_some();
        let next = self.iter().find(|other| other.start > token.start);
        is_sign(token) || next.is_some_and(|next| next.role == NamePart::Fixed && is_sign(next))
    }

    fn assign(&mut self) {
        if self.is_eastern() {
            let last = self.len - 1;
            self.list[..last].iter_mut().for_each(|token| token.role = NamePart::Fixed);
            self.list[last].role = NamePart::First;
            self.eastern = true;
            return;
        }
        self.freeze_turkic();
        self.freeze_particles();
        let mut open = [0_usize; MOST];
        let mut count = 0;
        for (at, token) in self.list[..self.len].iter().enumerate() {
            if token.role == NamePart::Surname && !token.aside {
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
            let Some(gender) = patronymic::turkic_gender(&self.list[at].letters) else { continue };
            let alone = !self.list[at].text.contains('-');
            // «Оглы» as the first word is a surname; there is no name before it to hold still.
            if alone && at == 0 {
                continue;
            }
            self.turkic = Some(gender);
            self.list[at].role = NamePart::Fixed;
            if alone {
                self.list[at - 1].role = NamePart::Fixed;
            }
        }
    }

    fn freeze_particles(&mut self) {
        for at in 0..self.len {
            let word = &self.list[at].letters;
            // «Схаляхо Абу Айтечевич»: right before a patronymic stands the first name.
            let leads = at + 1 < self.len
                && self.list[at + 1].role == NamePart::Surname
                && !(at > 0 && patronymic::gender(&self.list[at + 1].letters).is_some())
                // «Ван Олег» has but a surname and a first name.
                && !(at == 0 && self.len == 2 && gender::fame(&self.list[1].letters) > 1);
            // «Гумбольдт Александр фон»: as lists have it.
            let trails =
                at > 1 && at + 1 == self.len && self.list[at].text.starts_with(char::is_lowercase);
            if word.len() < 6 && (leads || trails) && word.within(lists::PARTICLES) {
                self.list[at].role = NamePart::Fixed;
            }
        }
    }

    /// «Ким Чен Ын», «Нгуен Тхань Лонг», «Чжан Вэйминь»: of a name of the East only the last part
    /// changes (Rosenthal, § 149). A Russian first name or patronymic makes it a Russian one.
    fn is_eastern(&self) -> bool {
        let [first, rest @ ..] = &self.list[..self.len] else { return false };
        // «Хоанг Тхи Май»: whatever «Май» may be elsewhere.
        if rest.len() > 1 && rest[0].letters.is("тхи") && first.letters.within(lists::EASTERN) {
            return true;
        }
        // «Тхи Ха Нгуен»: as Westerners write it, the surname last.
        if let [_, .., last] = rest
            && first.letters.is("тхи")
            && last.letters.within(lists::EASTERN)
        {
            return true;
        }
        // The surnames of the East have few letters; no need to look longer ones up.
        if rest.is_empty() || first.letters.len() > 6 || !first.letters.within(lists::EASTERN) {
            return false;
        }
        let russian = |token: &NameToken<'_>| {
            token.role != NamePart::Surname
                || token.aside
                || token.text.contains('-')
                || gender::fame(&token.letters) > 1
                || patronymic::gender(&token.letters).is_some()
                || patronymic::turkic_gender(&token.letters).is_some()
        };
        !rest.iter().any(russian)
            && match rest {
                [one] => {
                    super::eastern::is_chinese(&one.letters)
                        || first.letters.within(lists::ONLY_EASTERN) && one.letters.syllables() < 4
                }
                _ => rest
                    .iter()
                    .all(|token| token.letters.len() < 6 && token.letters.syllables() < 3),
            }
    }

    /// The roles of the words that can change, by their number and shapes.
    // Over 60 lines: one arm for each number of words, in which the orders of a name are tried from
    // the surest down.
    fn roles(&self, open: &[usize]) -> [NamePart; MOST] {
        use NamePart::{First, Patronymic, Surname};
        let mut roles = [Surname; MOST];
        let letters = |place: usize| &self.list[open[place]].letters;
        // «Мухаммад-Амин»: one known part is enough, unless the other shows a surname
        // (Герман-Орлова).
        let is_first = |place: usize| {
            let mut parts = self.list[open[place]].text.split('-').map(Letters::new);
            gender::surname(letters(place)).is_none() && parts.any(|part| gender::is_known(&part))
                || gender::is_known(letters(place))
        };
        let is_patronymic = |place: usize| patronymic::gender(letters(place)).is_some();
        let is_woman_patronymic =
            |place: usize| patronymic::gender(letters(place)) == Some(Gender::Feminine);
        let initials = self.iter().any(|token| token.role == NamePart::Initial);
        let turkic = self.turkic.is_some();
        let count = open.len();
        match count {
            0 => {}
            // «Шабалина Н. Г.»: the one word beside initials is the surname, even if it is also
            // a first name.
            1 if initials && !turkic => {}
            1 => {
                if is_first(0) || gender::is_misspelt(letters(0)) || turkic {
                    roles[0] = First;
                } else if !self.list[open[0]].text.contains('-') && is_patronymic(0) {
                    roles[0] = Patronymic;
                }
            }
            // «Наталья Станкевич» is a surname after a first name, «Иван Станкевич» may be either
            // and declines in one way.
            2 if is_patronymic(1)
                && (is_woman_patronymic(1)
                    || is_first(0)
                        && gender::known_first(letters(0)) != Some(Gender::Feminine)) =>
            {
                roles[0] = First;
                roles[1] = Patronymic;
            }
            2 => {
                // Surnames that show no sex: «Черных», «Бойко» must not lose to a first name
                // that looks like a surname.
                let frozen = letters(0).ends_any(&["ых", "их", "ко"]);
                // «Ким» is a first name, too, but before an unknown word a surname.
                let korean = letters(0).len() < 7
                    && letters(0).within(lists::EASTERN)
                    && (letters(0).is("ким") || !is_first(0));
                // «Анна Герман»: names of men are surnames, too, those of women hardly ever.
                let sex = |place: usize| gender::known_first(letters(place));
                let swapped = is_first(0) && !is_first(1) && !korean
                    || sex(0) == Some(Gender::Feminine) && sex(1) == Some(Gender::Masculine)
                    || gender::fame(letters(0)) > gender::fame(letters(1)) && is_first(1)
                    // «Монгуш Белек-оол»: the son is no surname.
                    || !(frozen || korean || letters(1).is("оол"))
                        && gender::surname(letters(1)).is_some()
                        && gender::surname(letters(0)).is_none()
                        && !is_first(1);
                roles[usize::from(!swapped)] = First;
            }
            _ => {
                let last = count - 1;
                // «Иван Петрович Станкевич»: the last word has the shape of a patronymic, but
                // the one before it is the patronymic.
                // «Наджия Никитична Адамович»: a surname in -ович stands after the patronymic.
                if is_patronymic(last) && !is_patronymic(last - 1) {
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
