//! The faults of a run: each once, and of a kind not more than anyone reads.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Diagnostic, Error, Severity, Warned, say};

/// How many faults of a kind are kept. Of a list of thousands nobody reads more.
const MOST: usize = 100;

/// The faults that a run has met so far.
///
/// ```
/// use itog::diag::{Diagnostic, Sink, say};
/// let mut sink = Sink::new();
/// sink.push(Diagnostic::warning("empty", say!("{name} is empty", name = "a.yaml")));
/// assert!(!sink.has_errors());
/// assert_eq!(sink.finish(7).unwrap().warnings.len(), 1);
/// ```
///
/// Of each kind (severity and code) a hundred are kept; how many more there were is said once.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    all: Vec<Diagnostic>,
    /// Digests of what was met, also of what was not kept.
    met: HashSet<u64>,
    kinds: BTreeMap<(Severity, &'static str), usize>,
}

impl Sink {
    /// No faults yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault. The same fault at the same place is kept once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        // The same fault in each row of a table would hide the others.
        if self.met.insert(digest(&diagnostic)) {
            let count = self.kinds.entry((diagnostic.severity, diagnostic.code)).or_default();
            *count += 1;
            if *count <= MOST {
                self.all.push(diagnostic);
            }
        }
    }

    /// Adds many.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|d| self.push(d));
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|d| d.severity == Severity::Error)
    }

    /// All of them that are kept, in the order in which they were met.
    pub fn all(&self) -> &[Diagnostic] {
        &self.all
    }

    /// Takes them out, with a word on those of a kind that were too many.
    pub fn into_vec(mut self) -> Vec<Diagnostic> {
        for ((severity, code), count) in self.kinds {
            if let Some(more) = count.checked_sub(MOST).filter(|more| *more > 0) {
                let message = say!("and {more} more of the kind `{code}`", more, code);
                self.all.push(Diagnostic::new(severity, "limit-diagnostics", message));
            }
        }
        self.all
    }

    /// The value with its warnings, or all faults if any is an error.
    pub fn finish<T>(self, value: T) -> Result<Warned<T>, Error> {
        let errors = self.has_errors();
        let all = self.into_vec();
        if errors { Err(Error::Invalid(all)) } else { Ok(Warned { value, warnings: all }) }
    }
}

/// What tells a fault from others: all that is said, and where.
fn digest(fault: &Diagnostic) -> u64 {
    let mut digest = DefaultHasher::new();
    let rest = &fault.rest;
    (fault.severity, fault.code, &*rest.message, &rest.path, &rest.about).hash(&mut digest);
    for place in [&rest.place, &rest.template].into_iter().flatten() {
        (place.source.name(), place.range.start, place.range.end).hash(&mut digest);
    }
    rest.data.iter().for_each(|datum| (&datum.path, &datum.text).hash(&mut digest));
    rest.hints.iter().for_each(|hint| hint.hash(&mut digest));
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Message, Place, Source};

    #[test]
    fn of_a_kind_a_hundred_are_kept_and_the_others_counted() {
        let source = Source::new("a.css", " ".repeat(1000));
        let mut sink = Sink::new();
        for at in (0..500).chain(0..500) {
            let message = Message::verbatim("no such property");
            let place = Place::new(source.clone(), at..at + 1);
            sink.push(Diagnostic::warning("css-property", message).at(place));
        }
        sink.push(Diagnostic::error("css-syntax", Message::verbatim("a brace is missing")));
        let all = sink.into_vec();
        assert_eq!(all.len(), 102);
        assert_eq!(all[100].code(), "css-syntax");
        assert_eq!(&**all[101].message(), "and 400 more of the kind `css-property`");
    }
}
