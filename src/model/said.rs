//! Texts of the data that a document does not say.
//!
//! A key that a template has no place for, a text that was taken for something else: whatever goes
//! wrong between a file and its pages, in the end words are missing. Grammar changes words and
//! leaves their beginnings, typography changes what stands between them.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::alias::normal;
use super::tree::quote;
use super::{Date, DateRange, document, read, russian};
use crate::diag::{Diagnostic, say};

/// Keys whose values, and all below them, say how something is to be printed and are no text.
const SETTINGS: [&str; 28] = [
    "type",
    "kind_position",
    "translation_position",
    "do",
    "action",
    "design",
    "lang",
    "template",
    "forms",
    "post_forms",
    "gender",
    "decline",
    "formula",
    "numbering",
    "headings",
    "orientation",
    "widths",
    "align",
    "size",
    "emblem",
    "signature",
    "stamp",
    "photo",
    "background",
    "logo",
    "qr",
    "fields",
    // Told as `footnote-unused`.
    "footnotes",
];

/// A word of fewer letters may be anything: «для», «год», «Ким».
const TELLING: usize = 4;
/// So many first letters a word keeps in all its forms, if it has three more …
const KEPT: usize = 4;
/// … which are the longest ending: «учителями».
const ENDING: usize = 3;
/// From so many words on a text is a sentence, whose words stand beside each other in print, too:
/// single ones may be there by chance.
const SENTENCE: usize = 4;

/// The words of a document, of which only the beginnings count.
#[derive(Debug)]
pub(super) struct DocumentWords<'t> {
    text: &'t str,
    sorted: Vec<&'t str>,
    /// All figures in one: «5000» is printed as «5 000».
    figures: String,
    /// The beginnings of neighbours, once they are asked for.
    pairs: OnceCell<BTreeSet<(&'t str, &'t str)>>,
}

impl<'t> DocumentWords<'t> {
    /// The words of a text in [`small`] letters.
    pub(super) fn of(text: &'t str) -> Self {
        let mut sorted: Vec<&str> = words(text).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let figures = text.chars().filter(char::is_ascii_digit).collect();
        Self { text, sorted, figures, pairs: OnceCell::new() }
    }

    /// Whether a word stands there, in whatever form.
    fn has(&self, word: &str) -> bool {
        if is_figure(word) {
            return self.figures.contains(word);
        }
        let kept = beginning(word);
        let at = self.sorted.partition_point(|word| *word < kept);
        self.sorted.get(at).is_some_and(|word| word.starts_with(kept))
    }

    /// Whether any two words of the text stand beside each other.
    fn has_neighbours(&self, telling: &[&str]) -> bool {
        let own = || {
            let all: Vec<&str> = words(self.text).filter(|word| is_telling(word)).collect();
            pairs(&all).collect()
        };
        let own = self.pairs.get_or_init(own);
        pairs(telling).any(|pair| own.contains(&pair))
    }

    /// Whether a text is not there.
    pub(super) fn lacks(&self, text: &str) -> bool {
        let text = small(text);
        let (telling, short): (Vec<_>, Vec<_>) = printed(&text).partition(|word| is_telling(word));
        let found = telling.iter().filter(|word| self.has(word)).count();
        match telling.len() {
            0 => false,
            // «Ким Анна Львовна» has become «А. Л. Ким», «7 человек» the number of a table.
            1..SENTENCE => found == 0 && !short.iter().any(|word| self.has(word)),
            many => found * 2 < many || found * 4 < many * 3 && !self.has_neighbours(&telling),
        }
    }
}

/// A text as words are compared.
pub(super) fn small(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Quickly, since all of a document comes here: the tables of Unicode are slow.
            'а'..='я' | 'a'..='z' | ' ' | '0'..='9' => small.push(c),
            'А'..='Я' => small.extend(char::from_u32(c as u32 + 0x20)),
            'ё' | 'Ё' => small.push('е'),
            _ => small.extend(c.to_lowercase()),
        }
    }
    small
}

/// Whether a sign is a letter, and whether it is a figure.
fn kind(c: char) -> (bool, bool) {
    match c {
        'а'..='я' | 'a'..='z' => (true, false),
        ' ' | ',' | '.' => (false, false),
        _ => (c.is_alphabetic(), c.is_ascii_digit()),
    }
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= if is_figure(word) { 3 } else { TELLING }
}

/// What a word keeps in all its forms.
fn beginning(word: &str) -> &str {
    let length = word.chars().count().saturating_sub(ENDING).clamp(2, KEPT);
    word.char_indices().nth(length).map_or(word, |(end, _)| &word[..end])
}

fn pairs<'w>(words: &[&'w str]) -> impl Iterator<Item = (&'w str, &'w str)> {
    words.windows(2).map(|two| (beginning(two[0]), beginning(two[1])))
}

/// The words of a text without the addresses in `[words](address)`, which are links.
fn printed(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split("](").enumerate().map(|(at, piece)| {
        let behind = || piece.split_once(')').map_or("", |(_, rest)| rest);
        if at > 0 { behind() } else { piece }
    });
    pieces.flat_map(words)
}

/// Runs of letters and runs of figures.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c| kind(c) != (false, false))?;
        rest = &rest[start..];
        let first = kind(rest.chars().next()?);
        let (word, behind) = rest.split_at(rest.find(|c| kind(c) != first).unwrap_or(rest.len()));
        rest = behind;
        Some(word)
    })
}

/// What is said of a text of the file that a document lacks.
pub(super) fn fault(text: &str) -> Diagnostic {
    let message = say!("{text} is not printed", text = quote(text));
    let hint = say!(
        "this template has no place for it here: move it to another key, such as a section of its \
         own, or take it out"
    );
    Diagnostic::warning("data-unprinted", message).hint(hint)
}

/// Whether a value is there to be read, and does not say how others are to be printed.
pub(super) fn is_text(path: &str, text: &str) -> bool {
    let keys = || path.split(['.', '[', ']']).filter(|key| !key.is_empty());
    let setting = keys().any(|key| russian::is_one_of(&normal(key), &SETTINGS));
    // A letter does not say that it is one.
    let kind = keys().next_back().is_some_and(|key| russian::is_key(&normal(key), "kind"));
    let picture = [".png", ".jpg", ".jpeg", ".svg"].iter().any(|end| text.ends_with(end));
    let date = Date::parse_any(text).is_ok() || DateRange::parse_any(text).is_ok();
    let switch = read::switch(text).is_some() || document::is_of_roles(text);
    !(setting || kind || picture || date || switch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(document: &str, text: &str) -> bool {
        DocumentWords::of(&small(document)).lacks(text)
    }

    #[test]
    fn what_is_said_in_another_form_is_said() {
        let document = "Директору школы № 5 А. Л. Ким вручить 5 000 рублей. Читателям библиотек \
                        района прочитать памятку до 12 мая.";
        for text in [
            "директор школы № 5",
            "Ким Анна Львовна",
            "5000",
            "Читатели библиотек района",
            "прочитать [памятку](https://example.org/very/long/address.html)",
            "до",
        ] {
            assert!(!lacking(document, text), "{text}");
        }
    }

    #[test]
    fn what_is_not_said_is_lacking_though_some_of_its_words_are_there() {
        let document = "О чтении в библиотеках района. Провести День библиотек.";
        for text in ["Кемерово", "За год в библиотеки пришли две тысячи читателей.", "4821"]
        {
            assert!(lacking(document, text), "{text}");
        }
    }

    #[test]
    fn values_that_say_how_to_print_are_no_texts() {
        for (path, text) in [
            ("design.color", "зелёный"),
            ("sections[0].type", "points"),
            ("оформление.шаблон", "классический"),
            ("подписи", "из ролей"),
            ("вид", "Письмо"),
            ("печать", "есть"),
            ("герб", "герб-района.png"),
            ("дата", "12 мая 2025 года"),
        ] {
            assert!(!is_text(path, text), "{path}: {text}");
        }
        assert!(is_text("place", "Кемерово"));
    }
}
