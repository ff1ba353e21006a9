//! A dictionary of one's own: what the user knows better than the rules.

use std::collections::HashMap;

use super::LineKind;
use super::grammar::{Basis, Case, Confidence, Gender, Inflected};
use super::hyphen::Exceptions;
use super::word::is_caps;
use crate::ru::{capital, is_letter_or_digit};

/// What a user says of a name or a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The gender that words agree with.
    pub gender: Option<Gender>,
    /// Whether it stands still in every case.
    pub indeclinable: bool,
    /// Its forms: genitive, dative, accusative, instrumental, prepositional. Those that are not
    /// given are left to the rules.
    pub forms: [Option<String>; 5],
}

impl Entry {
    fn form<'a>(&'a self, word: &'a str, case: Case) -> Option<&'a str> {
        let given = case.oblique().and_then(|at| self.forms[at].as_deref());
        given.or_else(|| self.indeclinable.then_some(word))
    }
}

/// Names, words, posts, bodies and places with what is to be known of them, and breaks of words.
///
/// An entry is found by a whole text, or by one word of it; letter case, ё and the number of spaces
/// make no difference.
///
/// ```
/// use itog_lang::ru::{name, Case, Dictionary, Entry, Gender, LineKind};
///
/// let mut own = Dictionary::default();
/// let mut entry = Entry::default();
/// entry.gender = Some(Gender::Feminine);
/// own.add("Жанар", entry.clone());
/// entry.forms[1] = Some("Гёю".to_owned());
/// own.add("Гёй", entry);
///
/// let who = "Гёй Жанар";
/// assert_eq!(own.gender(who), Some(Gender::Feminine));
/// let dative = own.inflect(LineKind::Name, who, Case::Dative, || {
///     name::inflect(who, Case::Dative, own.gender(who))
/// });
/// assert_eq!(dative.text, "Гёю Жанар");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    entries: HashMap<String, Entry>,
    /// Where words may be broken.
    pub hyphens: Exceptions,
}

impl Dictionary {
    /// Adds what is known of a name or a word; the entry that was there is given back.
    pub fn add(&mut self, name: &str, entry: Entry) -> Option<Entry> {
        self.entries.insert(key(name), entry)
    }

    /// All names and words with what is known of them, in no order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// What is said of a whole text.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<&Entry> {
        if self.entries.is_empty() { None } else { self.entries.get(&key(text)) }
    }

    /// The gender of a text, or of the first word of it that has one.
    #[must_use]
    pub fn gender(&self, text: &str) -> Option<Gender> {
        if self.entries.is_empty() {
            return None;
        }
        let of = |text: &str| self.get(text).and_then(|entry| entry.gender);
        of(text).or_else(|| text.split_whitespace().find_map(of))
    }

    /// A text in a case: what the dictionary says, else what `grammar` finds.
    ///
    /// Words of a name are put in wherever they stand; those of a post, a body or a place only
    /// where the grammar inflects them or doubts them, since its other words depend on these.
    #[must_use]
    pub fn inflect(
        &self,
        kind: LineKind,
        text: &str,
        case: Case,
        grammar: impl FnOnce() -> Inflected,
    ) -> Inflected {
        if self.entries.is_empty() || case == Case::Nominative {
            return grammar();
        }
        if let Some(form) = self.get(text).and_then(|entry| entry.form(text, case)) {
            return Inflected { basis: Basis::Listed, ..Inflected::certain(form) };
        }
        self.mend(kind, text, case, grammar())
    }

    /// Puts the dictionary's words in place of the grammar's.
    fn mend(&self, kind: LineKind, text: &str, case: Case, found: Inflected) -> Inflected {
        let count = text.split_whitespace().count();
        // Which form belongs to which word can no longer be known.
        if found.text.split_whitespace().count() != count {
            return found;
        }
        let doubted = match &found.confidence {
            Confidence::Certain => "",
            Confidence::Ambiguous { reason, .. } => reason,
        };
        let mut solved = false;
        let mut own: Vec<Option<String>> = Vec::with_capacity(count);
        for (word, form) in text.split_whitespace().zip(found.text.split_whitespace()) {
            let core = word.trim_matches(|ch: char| !is_letter_or_digit(ch));
            let names_it = !core.is_empty() && doubted.contains(&format!("«{core}»"));
            let mended = self
                .get(core)
                .and_then(|entry| entry.form(core, case))
                // What the grammar leaves as it is belongs to a part that does not change, as
                // after «имени».
                .filter(|_| kind == LineKind::Name || word != form || names_it)
                .map(|form| word.replacen(core, &like(core, form), 1));
            solved |= names_it && mended.is_some();
            own.push(mended);
        }
        if own.iter().all(Option::is_none) {
            return found;
        }
        let mend = |form: &str| put(form, &own);
        let mended = mend(&found.text);
        match found.confidence {
            Confidence::Ambiguous { alternatives, reason } if !solved => {
                let doubt = !alternatives.is_empty();
                let others: Vec<String> = alternatives.iter().map(|other| mend(other)).collect();
                if doubt {
                    Inflected::ambiguous(mended, others, reason)
                } else {
                    Inflected::doubtful(mended, found.basis, reason)
                }
            }
            _ => Inflected { basis: Basis::Listed, ..Inflected::certain(mended) },
        }
    }
}

/// A text with some of its words put in anew; its spaces stay.
fn put(text: &str, own: &[Option<String>]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut words = own.iter();
    for piece in text.split_inclusive(char::is_whitespace) {
        let bare = piece.trim_end();
        if !bare.is_empty() {
            out.push_str(words.next().and_then(Option::as_deref).unwrap_or(bare));
        }
        out.push_str(&piece[bare.len()..]);
    }
    out
}

/// A form in the letter case of the word as it was typed.
fn like(word: &str, form: &str) -> String {
    match () {
        () if is_caps(word) => form.to_uppercase(),
        () if word.starts_with(char::is_uppercase) => capital(form),
        () => form.to_owned(),
    }
}

fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).map(|ch| match ch {
            // People type е for ё, and word processors put in hyphens of their own.
            'ё' => 'е',
            '\u{2011}' | '\u{2010}' => '-',
            ch => ch,
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ru::{name, org, post};

    fn own(entries: &[(&str, Entry)]) -> Dictionary {
        let mut own = Dictionary::default();
        for (name, entry) in entries {
            own.add(name, entry.clone());
        }
        own
    }

    fn dative(form: &str) -> Entry {
        let mut entry = Entry::default();
        entry.forms[1] = Some(form.to_owned());
        entry
    }

    #[test]
    fn words_of_a_name_keep_the_rest_to_the_rules() {
        let own = own(&[
            ("соловей", dative("Соловею")),
            ("золя", Entry { indeclinable: true, ..Entry::default() }),
        ]);
        let inflect = |text: &str| {
            own.inflect(LineKind::Name, text, Case::Dative, || {
                name::inflect(text, Case::Dative, None)
            })
        };
        let form = inflect("Соловей  Иван Петрович");
        assert_eq!((form.text.as_str(), form.is_certain()), ("Соловею  Ивану Петровичу", true));
        assert_eq!(inflect("СОЛОВЕЙ Иван Петрович").text, "СОЛОВЕЮ Ивану Петровичу");
        assert_eq!(inflect("Золя Анна Ивановна").text, "Золя Анне Ивановне");
    }

    #[test]
    fn words_that_depend_stay_and_doubts_are_solved() {
        let own = own(&[("кванториум", dative("кванториуму")), ("смотряга", dative("смотряге"))]);
        let org = |text: &str| {
            own.inflect(LineKind::Org, text, Case::Dative, || org::inflect(text, Case::Dative)).text
        };
        assert_eq!(org("Кванториум «Точка»"), "Кванториуму «Точка»");
        assert_eq!(org("Студия кванториум"), "Студии кванториум");
        let post = own.inflect(LineKind::Post, "смотряга", Case::Dative, || {
            post::inflect("смотряга", Case::Dative, None)
        });
        assert!(post.is_certain(), "{post:?}");
    }
}
