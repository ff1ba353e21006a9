//! Values of the data that a template printed, so that a fault of what was printed finds its
//! line.

use std::sync::Arc;

/// A value of the data that a template printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datum {
    /// Where it is in the data as the template sees them: `sections[0].points[3].text`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The values that one rendering printed, in the order of the markup.
///
/// The places of values are kept beside the markup, not in it, so that no value can forge one.
#[derive(Debug, Clone, Default)]
pub struct Printed(Vec<(usize, Datum)>);

impl Printed {
    /// Values with the bytes of the markup where they begin, in order.
    pub fn new(all: Vec<(usize, Datum)>) -> Arc<Self> {
        Arc::new(Self(all))
    }

    /// Which values begin within a stretch of the markup: the first, and how many.
    pub(crate) fn within(&self, start: usize, end: usize) -> (u32, u16) {
        // They were printed in the order of the markup, so they are sorted already.
        let first = self.0.partition_point(|(at, _)| *at < start);
        let count = self.0[first..].partition_point(|(at, _)| *at < end);
        // A span has 16 bits for it: of more values in one element only the first few are named
        // anyway.
        (first as u32, u16::try_from(count).unwrap_or(u16::MAX))
    }

    /// The values of a span.
    pub(super) fn of(&self, (first, count): (u32, u16)) -> Vec<Datum> {
        /// More are no help in finding the one at fault.
        const MOST: usize = 256;
        let all = self.0.iter().skip(first as usize).take(usize::from(count).min(MOST));
        all.map(|(_, datum)| datum.clone()).collect()
    }
}

/// A text by which words are found again that typography, hyphens or capitals have changed.
pub(crate) fn bare(text: &str) -> String {
    // On its way into print a text gets other quotes, spaces and hyphens, and by CSS other
    // capitals; letters and figures stay what they were.
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Quickly, since all values of a document are asked: the tables of Unicode are slow.
            'а'..='я' | 'ё' | 'a'..='z' | '0'..='9' => bare.push(c),
            'А'..='Я' => bare.extend(char::from_u32(c as u32 + 0x20)),
            _ if c.is_alphanumeric() => bare.extend(c.to_lowercase()),
            _ => {}
        }
    }
    bare
}

/// Of several values the one that words came from: it holds them, or it is the longest that they
/// hold. If it is known that the fault is about words, a lone value is to blame in any case: the
/// words may be a form of it. A message may be about the template as well.
pub(super) fn blamed<'a>(
    data: &'a [Datum],
    about: Option<&str>,
    message: &str,
) -> Option<&'a Datum> {
    // Whatever the words have become in print: there is no other value they could come from.
    if let ([only], Some(_)) = (data, about) {
        return Some(only);
    }
    let words = bare(about.unwrap_or(message));
    if words.is_empty() {
        // Signs alone, such as «☺», are printed as they are.
        let signs = about?.trim();
        return data.iter().find(|datum| !signs.is_empty() && datum.text.contains(signs));
    }
    let rank = |datum: &Datum| {
        let text = bare(&datum.text);
        match () {
            () if text.is_empty() => 0,
            // A value that holds all the words is surer than the longest of their parts.
            () if text.contains(&words) => usize::MAX,
            // Of several that are part of the words the longest is the least likely to be so by
            // chance.
            () if words.contains(&text) => text.len(),
            () => 0,
        }
    };
    let whole = data.iter().filter(|datum| rank(datum) > 0).max_by_key(|datum| rank(datum));
    // «Ивановой Марии» is «Иванова Мария»: the value of which most is said in another form.
    whole.or_else(|| {
        let words = stems(about?);
        let shared = |datum: &&Datum| {
            let has = |stem: &String| words.contains(stem);
            stems(&datum.text).iter().filter(|stem| has(stem)).map(String::len).sum::<usize>()
        };
        data.iter().filter(|datum| shared(datum) > 0).max_by_key(shared)
    })
}

/// The words of a text without what another case changes.
fn stems(text: &str) -> Vec<String> {
    /// Endings have three letters at most, and a word of fewer tells nothing.
    const ENDING: usize = 3;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let stem = |word: &str| {
        let word: Vec<char> = word.to_lowercase().chars().collect();
        // Both forms of a word must give one stem, whichever is the longer.
        let length = (word.len().saturating_sub(ENDING)).min(4);
        (length > 1).then(|| word[..length].iter().collect::<String>())
    };
    words.filter_map(stem).collect()
}
