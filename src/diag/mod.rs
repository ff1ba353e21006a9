//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! Everything below speaks of faults in the same words. A stage collects [`Diagnostic`]s in a
//! [`Sink`] and goes on as long as it can, so that one run shows all faults; the caller gets them
//! as an [`Error`], or beside a good result as [`Warned`].
//!
//! ```
//! use itog::diag::{Diagnostic, Language, Place, Source, say};
//!
//! let source = Source::new("people.yaml", "kind: Протокол\nnmae: Иванов\n");
//! let place = Place::new(source, 23..27);
//! let fault = Diagnostic::error("unknown-key", say!("unknown key {key}", key = "`nmae`"))
//!     .at(place)
//!     .hint(say!("did you mean `{near}`?", near = "name"));
//! assert_eq!(fault.place().unwrap().line_column(), (2, 1));
//! assert!(fault.to_string().contains("people.yaml:2:1"));
//! let russian = fault.in_language(Language::Russian).to_string();
//! assert!(russian.starts_with("ошибка[unknown-key]: неизвестный ключ `nmae`"));
//! ```
//!
//! What is said is English where it is said and Russian in a catalogue: see [`Message`].

mod catalogue;
pub(crate) mod datum;
mod language;
mod message;
mod render;
mod sink;
pub(crate) mod source;
mod template;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Serialize, Serializer};

pub use datum::Datum;
pub(crate) use datum::{Printed, bare};
pub use language::Language;
#[doc(hidden)]
pub use message::{Given, GivenText, GivenValue};
pub use message::{Message, Value};
pub use sink::Sink;
pub use source::{Place, Source};
pub(crate) use source::{SourceId, Sources, Span};
#[doc(hidden)]
pub use template::assert_names;

#[doc(no_inline)]
pub use crate::say;

/// How bad a fault is: an error stops the output, a warning travels beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The output is made, but something in it is not what was asked for.
    Warning,
    /// No output is made.
    Error,
}

/// One fault: severity, code, message, the place in a file or the path in the data, and hints.
///
/// The message says what is wrong in the words of the person who can mend it; a hint says how.
/// [`fmt::Display`] renders the whole with a caret window, in English;
/// [`in_language`](Self::in_language) in another language. As JSON (serde) it is `{severity, code,
/// message, message_ru, values, place, template, path, hints, hints_ru}`: the texts in both
/// languages, the values of the message by their names; a place is `{file, line, column, start,
/// end}`, lines and columns 1-based, `start` and `end` in bytes.
///
/// ```
/// use itog::diag::{Diagnostic, say};
/// let fault = Diagnostic::warning("empty", say!("{name} is empty", name = "a.yaml"));
/// let json = serde_json::to_value(&fault).unwrap();
/// assert_eq!(json["message"], "a.yaml is empty");
/// assert_eq!(json["message_ru"], "a.yaml: файл пуст");
/// assert_eq!(json["values"]["name"], "a.yaml");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    severity: Severity,
    code: &'static str,
    /// Apart, so that a `Result` with a fault in it stays small.
    rest: Box<Rest>,
}

/// What is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq)]
struct Rest {
    message: Message,
    place: Option<Place>,
    /// The place in the template, when `place` is in the data.
    template: Option<Place>,
    path: Option<String>,
    /// The words that it is said of.
    about: Option<String>,
    data: Vec<Datum>,
    hints: Vec<Message>,
}

impl Diagnostic {
    /// An error with its code (kebab-case, stable between releases) and its message.
    pub fn error(code: &'static str, message: impl Into<Message>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning with its code and its message.
    pub fn warning(code: &'static str, message: impl Into<Message>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: Message) -> Self {
        let (place, template, path, about) = (None, None, None, None);
        let (data, hints) = (Vec::new(), Vec::new());
        let rest = Rest { message, place, template, path, about, data, hints };
        Self { severity, code, rest: Box::new(rest) }
    }

    /// The same fault, pointing at a place in a file.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        if let Some(mut place) = place.into() {
            // A fault may have two places in turn, and the values of both count.
            self.rest.data.append(&mut place.data);
            self.rest.place = Some(place);
        }
        self
    }

    /// The same fault, said of these words: of the values at its place, the one that they came from
    /// is to blame.
    #[must_use]
    pub fn about(mut self, words: impl Into<String>) -> Self {
        self.rest.about = Some(words.into());
        self
    }

    /// The same fault, said of these values of the data.
    #[must_use]
    pub fn of(mut self, data: impl IntoIterator<Item = Datum>) -> Self {
        self.rest.data.extend(data);
        self
    }

    /// The same fault, led on to the data: its place is there, and the place in the template stands
    /// beside it.
    #[must_use]
    pub fn traced(mut self, place: impl Into<Option<Place>>, path: impl Into<String>) -> Self {
        if let Some(place) = place.into() {
            // The place so far is one in the template; it is kept, for a designer needs it.
            self.rest.template = self.rest.place.replace(place).or(self.rest.template);
        }
        self.rest.path = Some(path.into());
        // The value has been found, so that none needs to be guessed any more.
        self.rest.data.clear();
        self
    }

    /// The same fault, with the path of the datum at fault: `evaluations[3].text`.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.rest.path = Some(path.into());
        self
    }

    /// The same fault with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.rest.hints.push(hint.into());
        self
    }

    /// The same fault with other hints.
    pub(crate) fn advised(mut self, hints: Vec<Message>) -> Self {
        self.rest.hints = hints;
        self
    }

    /// A fault as bad, with the same code and hints, that is nowhere yet and says this.
    pub(crate) fn resaid(&self, message: Message) -> Self {
        let mut other = Self::new(self.severity, self.code, message);
        other.rest.hints.clone_from(&self.rest.hints);
        other
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The stable code, such as `unknown-key`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong.
    pub fn message(&self) -> &Message {
        &self.rest.message
    }

    /// Where it is wrong, if a file is to blame.
    pub fn place(&self) -> Option<&Place> {
        self.rest.place.as_ref()
    }

    /// Where in the template it showed, if it is the data's fault and [`place`](Self::place) is
    /// there.
    pub fn template(&self) -> Option<&Place> {
        self.rest.template.as_ref()
    }

    /// Which datum is wrong, if data is to blame.
    pub fn data_path(&self) -> Option<&str> {
        self.rest.path.as_deref().or_else(|| self.datum().map(|datum| datum.path.as_str()))
    }

    /// The value of the data to blame that is not [`traced`](Self::traced) yet.
    pub fn datum(&self) -> Option<&Datum> {
        datum::blamed(&self.rest.data, self.rest.about.as_deref(), &self.rest.message)
    }

    /// What to do.
    pub fn hints(&self) -> &[Message] {
        &self.rest.hints
    }
}

impl std::error::Error for Diagnostic {}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct PlaceFields<'a> {
            file: &'a str,
            line: usize,
            column: usize,
            start: usize,
            end: usize,
        }
        #[derive(Serialize)]
        struct DiagnosticFields<'a> {
            severity: Severity,
            code: &'a str,
            message: &'a str,
            message_ru: Cow<'a, str>,
            values: BTreeMap<&'a str, &'a Value>,
            place: Option<PlaceFields<'a>>,
            template: Option<PlaceFields<'a>>,
            path: Option<&'a str>,
            hints: &'a [Message],
            hints_ru: Vec<Cow<'a, str>>,
        }
        fn written(place: &Place) -> PlaceFields<'_> {
            let (line, column) = place.line_column();
            let (file, start, end) = (place.source.name(), place.range.start, place.range.end);
            PlaceFields { file, line, column, start, end }
        }
        let Rest { message, hints, .. } = &*self.rest;
        let fault = DiagnosticFields {
            severity: self.severity,
            code: self.code,
            message,
            message_ru: message.in_language(Language::Russian),
            values: message.values().iter().map(|(name, value)| (*name, value)).collect(),
            place: self.rest.place.as_ref().map(written),
            template: self.rest.template.as_ref().map(written),
            path: self.data_path(),
            hints,
            hints_ru: hints.iter().map(|hint| hint.in_language(Language::Russian)).collect(),
        };
        fault.serialize(serializer)
    }
}

/// A good result and what is to be said about it.
///
/// ```
/// use itog::model::{self, Format};
/// let json = r#"{"kind": "Решение", "decisions": ["Издать сборник."]}"#.as_bytes();
/// let (document, warnings) = model::read(json, "minutes.json", Format::Json)?.into_parts();
/// assert!(matches!(document, model::Document::Final(_)));
/// warnings.iter().for_each(|warning| eprintln!("{warning}"));
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// Warnings only, in the order in which they were met.
    pub warnings: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// The same warnings beside another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Warned<U> {
        Warned { value: f(self.value), warnings: self.warnings }
    }

    /// The value and its warnings.
    pub fn into_parts(self) -> (T, Vec<Diagnostic>) {
        (self.value, self.warnings)
    }

    /// The value alone, after each warning has been shown to `f`.
    ///
    /// ```
    /// use itog::diag::{Diagnostic, Message, Warned};
    /// let warning = Diagnostic::warning("mine", Message::verbatim("words of my own"));
    /// let made = Warned { value: 7, warnings: vec![warning] };
    /// assert_eq!(made.warn_with(|warning| eprintln!("{warning}")), 7);
    /// ```
    pub fn warn_with(self, f: impl FnMut(&Diagnostic)) -> T {
        self.warnings.iter().for_each(f);
        self.value
    }
}

/// Why there is no output: what every call of the library gives that fails. Three things give
/// errors of their own: what an embedder writes for templates (one
/// [`Diagnostic`], whose place the library knows), sinks and [`temporary`](crate::files::temporary)
/// (the system's), and keys ([`KeyError`](crate::trust::KeyError), since a key is no file).
///
/// ```
/// use itog::diag::Language;
/// use itog::model::{self, Format};
/// let error = model::read(br#"{"knid": "Act"}"#, "minutes.json", Format::Json).unwrap_err();
/// eprintln!("{}", error.in_language(Language::Russian));
/// for fault in error.diagnostics() {
///     let line = fault.place().map(|place| place.line_column().0);
///     println!("{}: line {line:?}: {}", fault.code(), fault.message());
/// }
/// assert!(error.diagnostics().iter().any(|fault| fault.code() == "unknown-key"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input has faults: all that were found, warnings among them, at least one error.
    #[error("{}", Joined(.0))]
    Invalid(Vec<Diagnostic>),
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Error {
    /// The faults of the input; empty for an I/O error.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Invalid(all) => all,
            // It has the system's words, and neither a code nor a place.
            Self::Io { .. } => &[],
        }
    }

    /// The faults of the input; of an I/O error one that tells it.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        use std::io::ErrorKind;
        let (path, source) = match self {
            Self::Invalid(all) => return all,
            Self::Io { path, source } => (path, source),
        };
        let path = path.display();
        let (code, message) = match source.kind() {
            ErrorKind::NotFound => {
                ("file-not-found", say!("{path}: there is no such file or folder", path))
            }
            ErrorKind::PermissionDenied => ("file-denied", say!("{path}: access is denied", path)),
            ErrorKind::AlreadyExists => ("file-exists", say!("{path} is there already", path)),
            ErrorKind::IsADirectory => {
                ("file-is-folder", say!("{path} is a folder; a file is wanted here", path))
            }
            ErrorKind::StorageFull => ("disk-full", say!("{path}: the disk is full", path)),
            // What is left is rare, and the system knows it best.
            _ => ("file", say!("{path}: {why}", path, why = source)),
        };
        vec![Diagnostic::error(code, message)]
    }

    /// All of it in a language, as [`fmt::Display`] has it in English.
    pub fn in_language(&self, language: Language) -> String {
        let told: Vec<String> = match self {
            Self::Invalid(all) => all.iter().map(|d| d.in_language(language).to_string()).collect(),
            Self::Io { .. } => vec![self.to_string()],
        };
        told.join("\n")
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Invalid(vec![diagnostic])
    }
}

struct Joined<'a>(&'a [Diagnostic]);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

/// The candidate of which a word is a slip of the pen: a letter wrong, or one in six.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 6).max(1);
    let far = |c: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &c.to_lowercase());
    // Of short words most are one letter away from some other.
    candidates.into_iter().find(|c| far(c) <= limit && c.chars().count() > 3)
}

/// The candidate nearest to a word that was not understood, if one is near enough to be meant.
///
/// ```
/// assert_eq!(itog::diag::nearest("nmae", ["name", "post"]), Some("name"));
/// assert_eq!(itog::diag::nearest("xyz", ["name", "post"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters and one more may be wrong: beyond that, hints mislead.
    let limit = (word.chars().count() / 3).max(1) + 1;
    candidates
        .into_iter()
        // Capitals are no misspelling: `Kind` is as near to `kind` as a word can be.
        .map(|c| (strsim::damerau_levenshtein(&word.to_lowercase(), &c.to_lowercase()), c))
        // As many changes as the word has letters leave nothing of it.
        .filter(|(distance, c)| *distance <= limit && *distance < c.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}
