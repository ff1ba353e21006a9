//! From a value that a template printed back to the user's line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::said::{self, DocumentWords};
use super::tree::{DataNode, DataValue};
use super::{Format, input};
use crate::diag::{Datum, Diagnostic, Place, Source, bare};

/// The file that a document's data came from, by which faults found after rendering are led to the
/// user's line.
///
/// It is read only when there is a fault. The model may have renamed and rearranged what the file
/// says, so a value is found by what it says; its path decides between several.
///
/// ```
/// use itog::diag::{Datum, Diagnostic, say};
/// use itog::model::{Format, Origin};
///
/// let text = b"kind: \xd0\x90\nrecommendations:\n  - http://a.ru";
/// let origin = Origin::new(text, "a.yaml", Format::Yaml);
/// let datum = Datum { path: "sections[0].points[0].text".into(), text: "http://a.ru".into() };
/// let message = say!("a line is {over} pt too long: {line}", over = 7, line = "http://a.ru");
/// let fault = Diagnostic::warning("overfull-line", message).about("a.ru").of([datum]);
/// let fault = origin.trace(fault);
/// assert_eq!(fault.place().unwrap().line_column(), (3, 5));
/// assert_eq!(fault.data_path(), Some("recommendations[0]"));
/// ```
#[derive(Debug, Clone)]
pub struct Origin {
    bytes: Arc<[u8]>,
    name: String,
    format: Format,
    /// What it says, once that was asked for; nothing if it cannot be read.
    read: OnceLock<Option<Arc<ReadFile>>>,
}

/// What a file says.
#[derive(Debug)]
struct ReadFile {
    source: Arc<Source>,
    root: DataNode,
    scalars: Vec<Scalar>,
}

/// A scalar of the file.
#[derive(Debug)]
struct Scalar {
    path: String,
    text: String,
    range: Range<usize>,
}

impl Origin {
    /// The bytes of a file, and what faults call it.
    pub fn new(bytes: &[u8], name: &str, format: Format) -> Self {
        Self { bytes: bytes.into(), name: name.to_owned(), format, read: OnceLock::new() }
    }

    /// The fault with its place in the file, if a value of the file is to blame.
    pub fn trace(&self, fault: Diagnostic) -> Diagnostic {
        match fault.datum().and_then(|datum| self.find(datum)) {
            Some((place, path)) => fault.traced(place, path),
            None => self.placed(fault, true),
        }
    }

    /// The texts of the file that a document with these words does not say, each at its place.
    pub(crate) fn unsaid(&self, words: &str) -> Vec<Diagnostic> {
        let Some(ReadFile { source, scalars, .. }) = self.read() else { return Vec::new() };
        let words = said::small(words);
        let document = DocumentWords::of(&words);
        // In the column of a table one text stands many times.
        let (mut met, mut all) = (BTreeMap::new(), Vec::new());
        for Scalar { path, text, range } in scalars {
            if *met.entry(text).or_insert_with(|| document.lacks(text)) && said::is_text(path, text)
            {
                let place = Place::new(Arc::clone(source), range.clone());
                all.push(said::fault(text).traced(place, path.clone()));
            }
        }
        all
    }

    /// The fault of a row, if this file is what all rows share: a path that it does not hold is a
    /// column of the table, and no place in it is to blame.
    pub fn trace_row(&self, fault: Diagnostic) -> Diagnostic {
        match fault.datum().and_then(|datum| self.find(datum)) {
            Some((place, path)) => fault.traced(place, path),
            None => self.placed(fault, false),
        }
    }

    /// The fault at the place of its path. Data of one's own reach the template as the file has
    /// them, so that a path is certain.
    fn placed(&self, fault: Diagnostic, missing: bool) -> Diagnostic {
        let path = fault.data_path().filter(|_| fault.place().is_none() && fault.datum().is_none());
        match path.and_then(|path| self.at(path, missing)) {
            Some(place) => fault.at(place),
            None => fault,
        }
    }

    fn read(&self) -> Option<&ReadFile> {
        // Read again only now: of a thousand documents hardly one has a fault.
        let read = || {
            let read = input::root(&self.bytes, &self.name, self.format, &mut Vec::new());
            let (source, root) = read.ok()?;
            let (root, mut all) = (root?, Vec::new());
            scalars(&root, &mut String::new(), &mut all);
            Some(Arc::new(ReadFile { source, root, scalars: all }))
        };
        self.read.get_or_init(read).as_deref()
    }

    /// The place of a path, or of the nearest thing around it that is there: of what is missing
    /// altogether the beginning, or nothing.
    fn at(&self, path: &str, missing: bool) -> Option<Place> {
        let ReadFile { source, root, .. } = self.read()?;
        let range = match nearest(root, "", path) {
            Some(range) => range,
            None if missing => root.range.start..root.range.start,
            None => return None,
        };
        Some(Place::new(Arc::clone(source), range))
    }

    /// The file with another value in the place of this one, as its bytes; nothing if it cannot be
    /// found, or cannot be told from another.
    pub(crate) fn changed(&self, datum: &Datum, value: &str) -> Option<Vec<u8>> {
        let ReadFile { source, scalars: all, .. } = self.read()?;
        let (rank, found) = Self::best(all, datum)?;
        let whole = bare(&datum.text);
        let alike = all.iter().filter(|other| likeness(other, datum, &whole) == rank);
        // Of two that are as likely the wrong one could be changed, and nobody would see it.
        if alike.count() > 1 {
            return None;
        }
        let text = if found.text.contains(&datum.text) {
            found.text.replacen(&datum.text, value, 1)
        } else if bare(&found.text) == bare(&datum.text) {
            value.to_owned()
        } else {
            return None;
        };
        let (before, after) =
            (source.text().get(..found.range.start)?, source.text().get(found.range.end..)?);
        // A string of JSON is one of YAML and of TOML as well.
        let quoted = serde_json::to_string(&text).ok()?;
        // Whether a plain one will do, only reading it again can tell; signs that mean something to
        // other readers of YAML are quoted in any case.
        let plain = text.chars().all(|c| c.is_alphanumeric() || " .«»()№–—".contains(c));
        let plain = Some(text.clone()).filter(|_| plain && text.trim() == text);
        plain
            .into_iter()
            .chain([quoted])
            .map(|new| format!("{before}{new}{after}").into_bytes())
            .find(|bytes| {
                Self::new(bytes, &self.name, self.format).read().is_some_and(|read| {
                    let now = &read.scalars;
                    now.len() == all.len()
                        && now.iter().zip(all).all(|(new, old)| {
                            let expected = if old.path == found.path { &text } else { &old.text };
                            new.path == old.path && new.text == *expected
                        })
                })
            })
    }

    fn find(&self, datum: &Datum) -> Option<(Place, String)> {
        let ReadFile { source, scalars, .. } = self.read()?;
        let (_, found) = Self::best(scalars, datum)?;
        let range = within(source, found, datum);
        Some((Place::new(Arc::clone(source), range), found.path.clone()))
    }

    /// The scalar that a value was most likely made of, and how likely it was.
    fn best<'a>(all: &'a [Scalar], datum: &Datum) -> Option<(usize, &'a Scalar)> {
        let value = bare(&datum.text);
        all.iter()
            .map(|scalar| (likeness(scalar, datum, &value), scalar))
            .filter(|(rank, _)| *rank > 0)
            // Of equals the first: the same text comes first where it was given.
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
    }
}

/// The bytes of what stands at a path below a node, which has a path itself; nothing if not even
/// the beginning of the path is there.
fn nearest(node: &DataNode, own: &str, wanted: &str) -> Option<Range<usize>> {
    let leads = |path: &str| {
        let rest = wanted.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    match &node.value {
        DataValue::Seq(items) => {
            let path = |index| format!("{own}[{index}]");
            let mut inner = (0..).map(path).zip(items);
            if let Some((path, item)) = inner.find(|(path, _)| leads(path)) {
                // What is missing in it is missing here.
                return nearest(item, &path, wanted).or(Some(item.range.start..item.range.start));
            }
        }
        DataValue::Map(entries) => {
            let dot = if own.is_empty() { "" } else { "." };
            for (key, item) in entries {
                let path = format!("{own}{dot}{}", key.text);
                if leads(&path) {
                    // Of a list or a map the key is marked, not all that is in it.
                    let whole = matches!(item.value, DataValue::Scalar { .. });
                    let here = path == wanted && !whole;
                    let inner = || nearest(item, &path, wanted);
                    let start = item.range.start;
                    return if here {
                        Some(key.range.clone())
                    } else {
                        inner().or(Some(start..start))
                    };
                }
            }
        }
        _ => return Some(node.range.clone()),
    }
    None
}

/// The scalars below a node, with their paths.
fn scalars(node: &DataNode, path: &mut String, out: &mut Vec<Scalar>) {
    let length = path.len();
    match &node.value {
        DataValue::Null => {}
        DataValue::Scalar { text, .. } => {
            let (path, text, range) = (path.clone(), text.clone(), node.range.clone());
            out.push(Scalar { path, text, range });
        }
        DataValue::Seq(items) => {
            for (number, item) in items.iter().enumerate() {
                let _ = write!(path, "[{number}]");
                scalars(item, path, out);
                path.truncate(length);
            }
        }
        DataValue::Map(entries) => {
            for (key, item) in entries {
                let dot = if path.is_empty() { "" } else { "." };
                let _ = write!(path, "{dot}{}", key.text);
                scalars(item, path, out);
                path.truncate(length);
            }
        }
    }
}

/// How likely it is that a value, whose bare text is given, was made of a scalar; 0 if that cannot
/// be known.
fn likeness(scalar: &Scalar, datum: &Datum, value: &str) -> usize {
    // A shorter text is a part of too many others.
    const TELLING: usize = 4;
    let own = bare(&scalar.text);
    let telling = own.chars().count().min(value.chars().count()) >= TELLING;
    let by_text = match () {
        () if own.is_empty() || value.is_empty() => 0,
        // The same text outweighs the same path (30), since the model has moved and renamed
        // keys; both together are certain.
        () if own == value => 40,
        () if telling && own.contains(value) => 20,
        () if telling && value.contains(&own) => 10,
        () => 0,
    };
    let by_path = if scalar.path == datum.path { 30 } else { alike(&scalar.path, &datum.path) };
    // A path that is only like another says nothing by itself.
    if by_text > 0 || by_path == 30 { by_text + by_path } else { 0 }
}

/// How many steps two paths have in common from their ends, keys and numbers each by themselves.
fn alike(one: &str, other: &str) -> usize {
    let steps = |path: &str| -> Vec<String> {
        let all = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
        all.map(str::to_owned).collect()
    };
    let (one, other) = (steps(one), steps(other));
    let number = |steps: &[String]| {
        steps.iter().rev().find(|step| step.bytes().all(|b| b.is_ascii_digit())).cloned()
    };
    let keys = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let numbers = usize::from(number(&one).is_some() && number(&one) == number(&other));
    // Less than any likeness of texts.
    (keys + numbers).min(9)
}

/// The stretch of the scalar that holds the value, or all of it.
fn within(source: &Source, scalar: &Scalar, datum: &Datum) -> Range<usize> {
    let written = source.text().get(scalar.range.clone()).unwrap_or_default();
    match written.find(datum.text.as_str()).filter(|_| !datum.text.is_empty()) {
        Some(at) => scalar.range.start + at..scalar.range.start + at + datum.text.len(),
        None => scalar.range.clone(),
    }
}
