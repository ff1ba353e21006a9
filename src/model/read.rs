//! From a tree to typed data: every fault is reported with its place and its path, and reading goes
//! on.
//!
//! A type says once, in [`Fields::fields`], what keys it has. The same function reads a map, knows
//! which keys are unknown, and describes the map for the JSON Schema, so that the three cannot
//! disagree.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::russian::{self, is_key, is_word};
use super::schema::{Defs, ObjectSchema};
use super::section::{Type, are_numbers};
use super::tree::{DataNode, DataValue, MapKey, Path, quote};
use super::who;
use crate::diag::{Diagnostic, Message, Place, Severity, Sink, Source, nearest, say, slip};
use crate::lang::ru::{capital, uncapital};
use crate::limits;

/// What a whole reading shares: the file, and the faults found so far.
#[derive(Debug)]
pub(super) struct Cx {
    source: Option<Arc<Source>>,
    sink: RefCell<Sink>,
    most: usize,
    dropped: Cell<Option<Severity>>,
    errors: Cell<usize>,
    /// How many were present, once the head has said it: the most that can vote.
    pub(super) present: Cell<Option<u32>>,
    /// That number is taken from the document's own text, which need not count all who vote.
    pub(super) present_in_prose: Cell<bool>,
}

impl Cx {
    /// A reading of a file, or of data that come from no file.
    pub(super) fn new(source: Option<Arc<Source>>) -> Self {
        Self {
            source,
            sink: RefCell::default(),
            most: limits::get().data_faults,
            dropped: Cell::new(None),
            errors: Cell::new(0),
            present: Cell::new(None),
            present_in_prose: Cell::new(false),
        }
    }

    pub(super) fn push(&self, diagnostic: Diagnostic) {
        let mut sink = self.sink.borrow_mut();
        self.errors.set(self.errors.get() + usize::from(diagnostic.severity() == Severity::Error));
        // The number of those left out is of no use, but whether an error was among them is.
        if sink.all().len() < self.most {
            sink.push(diagnostic);
        } else {
            self.dropped.set(self.dropped.get().max(Some(diagnostic.severity())));
        }
    }

    /// All faults in the order of the file, and a word on those that were too many to report.
    pub(super) fn into_sink(self) -> Sink {
        let mut faults = self.sink.into_inner().into_vec();
        // Unknown keys are found after the values: people read from above.
        faults.sort_by_key(|fault| fault.place().map(|place| place.range.start));
        let mut sink = Sink::new();
        sink.extend(faults);
        let message =
            say!("there are more than {most} faults; the others are not shown", most = self.most);
        match self.dropped.get() {
            Some(Severity::Error) => sink.push(Diagnostic::error("too-many-faults", message)),
            Some(Severity::Warning) => sink.push(Diagnostic::warning("too-many-faults", message)),
            None => {}
        }
        sink
    }
}

/// A node with where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) cx: &'a Cx,
    pub(super) node: &'a DataNode,
    pub(super) path: &'a Path<'a>,
}

impl At<'_> {
    /// Reports a fault of this node.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.report_at(diagnostic, self.node.range.clone(), self.path);
    }

    /// Reports a fault of the value of one of this map's keys.
    pub(super) fn report_key(&self, key: &str, diagnostic: Diagnostic) {
        let DataValue::Map(entries) = &self.node.value else { return self.report(diagnostic) };
        match entries.iter().find(|(k, _)| is_key(&k.text, key)) {
            Some((k, node)) => {
                self.report_at(diagnostic, node.range.clone(), &Path::Key(self.path, &k.text))
            }
            None => self.report(diagnostic),
        }
    }

    fn report_at(&self, diagnostic: Diagnostic, range: std::ops::Range<usize>, path: &Path<'_>) {
        let place = self.cx.source.clone().map(|source| Place::new(source, range));
        let diagnostic = diagnostic.at(place);
        self.cx.push(match path {
            Path::Root => diagnostic,
            path => diagnostic.path(path.to_string()),
        });
    }

    /// Reports that the node is not what it should be.
    pub(super) fn expected<T>(&self, what: Message) -> Option<T> {
        let fault = Diagnostic::error(
            "wrong-type",
            say!("{what} is expected here, not {node}", what, node = self.node.describe()),
        );
        self.report(match &self.node.value {
            DataValue::Scalar { .. } | DataValue::Map(_) if what == "a list" => {
                fault.hint(say!("begin each item of the list with `- `"))
            }
            _ => fault,
        });
        None
    }

    /// Whether a text of one line was written in several: a list without its dashes.
    pub(super) fn is_folded(&self) -> bool {
        let Some(text) = self.node.text() else { return false };
        let written = self.cx.source.as_ref().and_then(|s| s.text().get(self.node.range.clone()));
        !text.contains('\n') && written.is_some_and(|written| written.trim().contains('\n'))
    }

    /// Whether the node is a map in which one of the keys says something.
    pub(super) fn has(&self, keys: &[&str]) -> bool {
        let DataValue::Map(entries) = &self.node.value else { return false };
        entries
            .iter()
            .any(|(at, node)| keys.iter().any(|key| is_key(&at.text, key)) && !is_empty(node))
    }

    /// Whether the node is a map in which one of the keys, written so, says something.
    pub(super) fn says(&self, keys: &[&str]) -> bool {
        let DataValue::Map(entries) = &self.node.value else { return false };
        entries.iter().any(|(at, node)| keys.contains(&at.text.as_str()) && !is_empty(node))
    }

    /// Calls `f` for each item of a list that is not empty; an empty one is left out with a
    /// warning.
    pub(super) fn each(&self, mut f: impl FnMut(&At<'_>)) -> bool {
        let DataValue::Seq(items) = &self.node.value else {
            self.expected::<()>(say!("a list"));
            return false;
        };
        for (index, node) in items.iter().enumerate() {
            let at = At { cx: self.cx, node, path: &Path::Index(self.path, index) };
            if is_empty(node) {
                at.report(Diagnostic::warning(
                    "empty-item",
                    say!("an empty item of a list is left out"),
                ));
            } else {
                f(&at);
            }
        }
        true
    }

    /// Calls `f` with the key and the value of each entry of a map; of equal keys only the first
    /// counts.
    pub(super) fn entries<'n>(&'n self, mut f: impl FnMut(&'n MapKey, At<'_>)) -> bool {
        let DataValue::Map(entries) = &self.node.value else {
            self.expected::<()>(say!("a map of keys"));
            return false;
        };
        let mut seen = BTreeMap::new();
        for (key, node) in entries {
            let path = Path::Key(self.path, &key.text);
            // YAML and JSON parsers differ in which of the two counts: neither is taken
            // silently.
            if let Some(first) = seen.get(key.text.as_str()) {
                let fault = Diagnostic::error(
                    "duplicate-key",
                    say!("the key {key} is given here twice", key = quote(&key.text)),
                );
                let line = self.cx.source.as_ref().map(|source| source.line_column(*first).0);
                let fault = match line {
                    Some(line) => fault
                        .hint(say!("it was given first in line {line}; remove one of them", line)),
                    None => fault,
                };
                self.report_at(fault, key.range.clone(), &path);
                continue;
            }
            seen.insert(key.text.as_str(), key.range.start);
            f(key, At { cx: self.cx, node, path: &path });
        }
        true
    }
}

/// Whether the node says nothing: null, an empty text, an empty list or map.
pub(super) fn is_empty(node: &DataNode) -> bool {
    match &node.value {
        DataValue::Null => true,
        DataValue::Scalar { text, .. } => text.trim().is_empty(),
        DataValue::Seq(items) => items.is_empty(),
        DataValue::Map(entries) => entries.is_empty(),
    }
}

/// A type that can be read from a node.
pub(super) trait Read: Sized {
    /// The value, or nothing when a fault was reported.
    fn read(at: &At<'_>) -> Option<Self>;

    /// What the node may look like, as a JSON Schema.
    fn schema(defs: &mut Defs) -> serde_json::Value;

    /// The values that a text lists, if it lists several: «Рыжов И. И., Пак В. В.».
    fn several(_text: &str) -> Option<Vec<String>> {
        None
    }
}

/// A type that is read from a map of keys.
pub(super) trait Fields: Sized {
    /// Its name in the schema.
    const NAME: &'static str;
    /// What it is, for a message and in Russian for the schema.
    const WHAT: (&'static str, &'static str);
    /// What a bare text stands for, if it may stand for the map.
    const FROM_TEXT: Option<fn(String) -> Self> = None;

    /// Reads, or describes, all keys.
    fn fields(map: &mut Map<'_>) -> Self;

    /// What the map means, if its writer meant no map at all.
    fn mended(_node: &DataNode) -> Option<DataNode> {
        None
    }

    /// The values that a text lists, if it lists several.
    fn listed(_text: &str) -> Option<Vec<String>> {
        None
    }

    /// Reports what keys that are right by themselves get wrong together; `sound` is whether they
    /// are.
    fn check(&self, _at: &At<'_>, _sound: bool) {}

    /// What is told of a value, written as a map or as a text.
    fn heed(&self, _at: &At<'_>) {}
}

impl<T: Fields> Read for T {
    fn read(at: &At<'_>) -> Option<Self> {
        let mended = T::mended(at.node);
        let at = &At { node: mended.as_ref().unwrap_or(at.node), ..*at };
        match (&at.node.value, T::FROM_TEXT) {
            (DataValue::Map(_), _) => {
                // Checks across keys are quiet where a key could not be read: its fault is reported
                // already.
                let before = at.cx.errors.get();
                let value = Map::read(at, T::fields);
                value.check(at, at.cx.errors.get() == before);
                value.heed(at);
                Some(value)
            }
            (DataValue::Scalar { .. }, Some(from_text)) => {
                let value = String::read(at).map(from_text)?;
                value.heed(at);
                Some(value)
            }
            (_, Some(_)) => {
                at.expected(say!("{what} (a text or a map of keys)", what = what::<T>()))
            }
            (_, None) => at.expected(say!("{what} (a map of keys)", what = what::<T>())),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let object = defs.define(T::NAME, |defs| Map::describe(defs, T::WHAT.1, T::fields));
        match T::FROM_TEXT {
            Some(_) => json!({ "anyOf": [String::schema(defs), object] }),
            None => object,
        }
    }

    fn several(text: &str) -> Option<Vec<String>> {
        T::listed(text)
    }
}

/// A map of keys that is being read, or described.
#[derive(Debug)]
pub(super) struct Map<'a> {
    mode: Mode<'a>,
}

#[derive(Debug)]
enum Mode<'a> {
    /// Beside the keys that were asked for, the places of those that became headings.
    Read {
        at: At<'a>,
        known: Vec<&'static str>,
        taken: Vec<usize>,
    },
    Describe(&'a mut Defs, ObjectSchema),
}

impl<'a> Map<'a> {
    /// Reads a map with `fields`, then reports the keys that are repeated or unknown.
    pub(super) fn read<T>(at: &At<'a>, fields: impl FnOnce(&mut Map<'_>) -> T) -> T {
        let mut map = Map { mode: Mode::Read { at: *at, known: Vec::new(), taken: Vec::new() } };
        let value = fields(&mut map);
        if let Mode::Read { known, taken, .. } = map.mode {
            let DataValue::Map(all) = &at.node.value else { return value };
            let is_taken = |key: &MapKey| {
                taken
                    .iter()
                    .any(|place| all.get(*place).is_some_and(|(own, _)| own.range == key.range))
            };
            at.entries(|key, entry| {
                if !is_taken(key) && !known.iter().any(|known| is_key(&key.text, known)) {
                    let fault = Diagnostic::error(
                        "unknown-key",
                        say!("unknown key {key}", key = quote(&key.text)),
                    );
                    // `text:` or `table:` at the top is a section that was not put into the
                    // list.
                    let is_section = Type::WORDS.iter().any(|(word, _)| *word == key.text);
                    let russian = known.iter().flat_map(|key| russian::names(key).iter().copied());
                    // The surest first: a section out of place, then a near spelling.
                    let hint = match nearest(&key.text, known.iter().copied().chain(russian)) {
                        _ if is_section && known.contains(&"sections") => {
                            say!("put it into `sections`, as `- type: {key}`", key = key.text)
                        }
                        // No slip of the pen: a heading of one's own in Latin has its capital.
                        Some(near)
                            if known.contains(&"sections") && slip(&key.text, [near]).is_none() =>
                        {
                            let own = capital(&key.text);
                            say!(
                                "if it is no known key, as `{near}` is, but a heading of your own, \
                                write `{own}:`",
                                near,
                                own
                            )
                        }
                        Some(near) => say!("did you mean `{near}`?", near),
                        None => {
                            let known = russian::list_of_keys(&known);
                            say!("the keys here are {known}", known)
                        }
                    };
                    entry.report_at(fault.hint(hint), key.range.clone(), entry.path);
                }
            });
        }
        value
    }

    /// The schema of a map with such `fields`.
    pub(super) fn describe<T>(
        defs: &mut Defs,
        doc: &str,
        fields: impl FnOnce(&mut Map<'_>) -> T,
    ) -> serde_json::Value {
        let mut map = Map { mode: Mode::Describe(defs, ObjectSchema::default()) };
        fields(&mut map);
        match map.mode {
            Mode::Describe(_, shape) => shape.into_schema(doc),
            Mode::Read { .. } => serde_json::Value::Null,
        }
    }

    /// The value of a key, null and empty text being as good as none; in a description, the schema
    /// of `T` instead.
    pub(super) fn get<T: Read>(
        &mut self,
        key: &'static str,
        required: bool,
        doc: &str,
    ) -> Option<T> {
        self.get_with(key, required, doc, T::schema, T::read)
    }

    /// The same for a value that is read in a way of its own.
    pub(super) fn get_with<T>(
        &mut self,
        key: &'static str,
        required: bool,
        doc: &str,
        schema: impl FnOnce(&mut Defs) -> serde_json::Value,
        read: impl FnOnce(&At<'_>) -> Option<T>,
    ) -> Option<T> {
        match &mut self.mode {
            Mode::Describe(defs, shape) => {
                let value = schema(defs);
                shape.property(key, value, required, doc);
                None
            }
            Mode::Read { at, known, .. } => {
                // Noted before it is looked for, so that what is missing is known, too.
                known.push(key);
                let DataValue::Map(entries) = &at.node.value else { return None };
                let mut named = entries.iter().filter(|(k, _)| is_key(&k.text, key));
                let found = named.next();
                if let (Some((first, _)), Some((again, _))) = (found, named.next())
                    // The same word twice is reported elsewhere; here it is a key and its Russian
                    // name.
                    && first.text != again.text
                {
                    let fault = Diagnostic::error(
                        "duplicate-key",
                        say!(
                            "{first} and {again} mean the same",
                            first = quote(&first.text),
                            again = quote(&again.text)
                        ),
                    );
                    at.report_at(
                        fault.hint(say!("remove one of them")),
                        again.range.clone(),
                        &Path::Key(at.path, &again.text),
                    );
                }
                match found.filter(|(_, node)| !is_empty(node)) {
                    Some((k, node)) => {
                        read(&At { cx: at.cx, node, path: &Path::Key(at.path, &k.text) })
                    }
                    None if required => {
                        let key = as_beside(entries, key);
                        at.report(Diagnostic::error(
                            "missing-key",
                            say!("the key `{key}` is missing", key),
                        ));
                        None
                    }
                    None => None,
                }
            }
        }
    }

    /// An optional value.
    pub(super) fn opt<T: Read>(&mut self, key: &'static str, doc: &str) -> Option<T> {
        self.get(key, false, doc)
    }

    /// A value that must be there; the default stands in for one that is at fault.
    pub(super) fn need<T: Read + Default>(&mut self, key: &'static str, doc: &str) -> T {
        self.get(key, true, doc).unwrap_or_default()
    }

    /// A list that may be absent.
    pub(super) fn list<T: Read>(&mut self, key: &'static str, doc: &str) -> Vec<T> {
        self.opt::<Vec<T>>(key, doc).unwrap_or_default()
    }

    /// A list that may be absent; of a single item, the item alone may be written.
    pub(super) fn some<T: Read>(&mut self, key: &'static str, doc: &str) -> Vec<T> {
        let schema = |defs: &mut Defs| {
            let list = Vec::<T>::schema(defs);
            json!({ "anyOf": [T::schema(defs), list] })
        };
        self.get_with(key, false, doc, schema, read_some).unwrap_or_default()
    }

    /// The entries whose keys are none of the map's, nor nearly one, but words in Russian:
    /// headings, labels and verbs. They count as known.
    pub(super) fn others(
        &mut self,
        is_known: impl Fn(&str) -> bool,
    ) -> Vec<(usize, At<'a>, &'a MapKey)> {
        let Mode::Read { at, taken, known } = &mut self.mode else { return Vec::new() };
        let At { cx, node, path } = *at;
        let DataValue::Map(entries) = &node.value else { return Vec::new() };
        let is_fact = |key: &str| ["пол", "возраст"].contains(&key.trim().to_lowercase().as_str());
        let is_other = |key: &str, node: &DataNode| {
            let asked = known.iter().any(|known| is_key(key, known));
            let names = known.iter().flat_map(|known| russian::names(known).iter().copied());
            let verb = super::arrange::verb(key).is_some() || super::arrange::thanks(key);
            let near = asked || is_known(key) || !verb && slip(key, names).is_some();
            // «возраст» is a key of its own here and there.
            let near = near && (asked && is_fact(key) || !russian::is_own_word(key));
            // «E-mail» is a word of Russian forms, too.
            let word = !key.is_ascii() || verb || key.starts_with(char::is_uppercase);
            // A sentence that a colon has made a key of says all by itself.
            let sentence = key.split_whitespace().count() > 3;
            word && !near && (sentence || !is_empty(node))
        };
        let found = entries.iter().enumerate().filter(|(_, (key, node))| is_other(&key.text, node));
        let found: Vec<_> =
            found.map(|(place, (key, node))| (place, At { cx, node, path }, key)).collect();
        taken.extend(found.iter().map(|(place, ..)| *place));
        found
    }

    /// Tells what became of a key that is none of the map's.
    pub(super) fn told_other(&self, key: &MapKey, what: Message, hint: Message) {
        if let Mode::Read { at, .. } = &self.mode {
            let fault = Diagnostic::warning("key-as-heading", what).hint(hint);
            at.report_at(fault, key.range.clone(), at.path);
        }
    }

    /// Warns of something that concerns the whole map.
    pub(super) fn told(&self, code: &'static str, what: Message, hint: Message) {
        if let Mode::Read { at, .. } = &self.mode {
            at.report(Diagnostic::warning(code, what).hint(hint));
        }
    }

    /// Warns of what a key says.
    pub(super) fn told_of(&self, key: &str, fault: Diagnostic) {
        if let Mode::Read { at, .. } = &self.mode {
            at.report_key(key, fault);
        }
    }

    /// How far into the map the key stands: the order of a document's parts.
    pub(super) fn position(&self, key: &str) -> usize {
        match &self.mode {
            Mode::Read {
                at: At { node: DataNode { value: DataValue::Map(entries), .. }, .. },
                ..
            } => entries.iter().position(|(k, _)| is_key(&k.text, key)).unwrap_or(usize::MAX),
            _ => 0,
        }
    }

    /// The word by which the data ask for a key.
    pub(super) fn written(&self, key: &str) -> Option<String> {
        let DataValue::Map(entries) = &self.node()?.value else { return None };
        let found = entries.iter().find(|(own, _)| is_key(&own.text, key));
        found.map(|(own, _)| own.text.clone())
    }

    /// The data that are read; nothing in a description.
    pub(super) fn node(&self) -> Option<&'a DataNode> {
        match &self.mode {
            Mode::Read { at, .. } => Some(at.node),
            Mode::Describe(..) => None,
        }
    }

    /// What the reading shares; nothing in a description.
    pub(super) fn cx(&self) -> Option<&'a Cx> {
        match &self.mode {
            Mode::Read { at, .. } => Some(at.cx),
            Mode::Describe(..) => None,
        }
    }
}

/// A key as whoever wrote the others would write it: in English among English ones, else in the
/// reader's language.
fn as_beside(entries: &[(MapKey, DataNode)], key: &'static str) -> Message {
    let english = !entries.is_empty() && entries.iter().all(|(own, _)| own.text.is_ascii());
    if english { Message::verbatim(key) } else { russian::list_of_keys(&[key]) }
}

/// What of a text is HTML, and will be printed as it is.
pub(super) fn html(text: &str) -> impl Iterator<Item = Diagnostic> {
    // `&lt;br&gt;` is a tag, too, copied from the source of a web page.
    let plain = match text.contains("&lt;") {
        true => Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">")),
        false => Cow::Borrowed(text),
    };
    let tag = html_tag(&plain).map(|tag| {
        let message = say!("{tag} is a tag of HTML, and is printed as it is", tag = quote(tag));
        Diagnostic::warning("html-in-text", message).hint(say!(
            "write `**bold**`, `*italic*` or `[words](address)`; a new line is a line of its own"
        ))
    });
    let entity = html_entity(text).filter(|_| tag.is_none()).map(|entity| {
        let message =
            say!("{entity} is a sign of HTML, and is printed as it is", entity = quote(entity));
        Diagnostic::warning("html-in-text", message)
            .hint(say!("write the letter itself: «, —, №, or a space"))
    });
    tag.into_iter().chain(entity)
}

/// A word that was meant for an address and is none: «ivan@example», «ivan@mail,ru».
fn bad_mail(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (name, host) = word.split_once('@')?;
    let labels: Vec<&str> = host.split('.').collect();
    let latin = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.+".contains(c));
    // «@club» is a name in a network, and «имя@домен.рф» an address, too.
    let meant = !name.is_empty() && !host.is_empty() && latin(name) && !word.contains(['/', ':']);
    let whole = labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_alphanumeric() || "-.".contains(c));
    (meant && !whole).then_some(word)
}

impl Read for String {
    fn read(at: &At<'_>) -> Option<Self> {
        // A name is one text: its parts in a list may be one person as well as several.
        let named = |_: &String| matches!(at.path, Path::Key(_, key) if is_key(key, "name"));
        let lines = || in_lines(at.node).filter(|lines| !named(lines));
        let joined = name_alone(at.node).or_else(|| sentence(at.node)).or_else(lines);
        let text = match (&at.node.value, &joined) {
            (DataValue::Scalar { text, .. }, _) | (_, Some(text)) => text,
            _ => return at.expected(say!("a text")),
        };
        if let Some(fault) = control_character(text) {
            at.report(fault);
            return None;
        }
        html(text).for_each(|fault| at.report(fault));
        // Nearly all texts have no such sign, and need not be cut into words.
        if text.contains('@')
            && let Some(word) = text.split_whitespace().find_map(bad_mail)
        {
            let message = say!("{word} is no address of e-mail", word = quote(word));
            at.report(
                Diagnostic::warning("mail-address", message)
                    .hint(say!("an address is written as name@example.ru, without a space")),
            );
        }
        if let Some(mark) = open_mark(text) {
            let message = say!("the mark `{mark}` is not closed, and is printed as it is", mark);
            at.report(Diagnostic::warning("mark-open", message).hint(say!(
                "close it: `{mark}words{mark}`; or write `\\{mark}` if it is text",
                mark
            )));
        }
        Some(rejoined(text.trim()))
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        // A number without quotes is a text to this reader, and a number to the editor that checks.
        json!({ "type": ["string", "number"] })
    }
}

impl Read for u32 {
    fn read(at: &At<'_>) -> Option<Self> {
        let number = match &at.node.value {
            DataValue::Scalar { text, .. } => text.trim().parse().ok(),
            _ => None,
        };
        number.or_else(|| at.expected(say!("a whole number from 0 up")))
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
    }
}

/// Whether a text that stands for a switch turns it on.
pub(super) fn switch(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        // Texts to YAML 1.2, but where only a switch may stand they can mean nothing else.
        "да" | "yes" | "есть" | "м.п." | "мп" | "м. п." => Some(true),
        "нет" | "no" => Some(false),
        _ => None,
    }
}

impl Read for bool {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            // In quotes it is a text.
            DataValue::Scalar { text, plain } if *plain || !matches!(&**text, "true" | "false") => {
                switch(text).or_else(|| at.expected(say!("`true` or `false`")))
            }
            _ => at.expected(say!("`true` or `false`")),
        }
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        json!({ "type": "boolean" })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut all = Vec::new();
        at.each(|item| all.extend(T::read(item))).then_some(all)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "type": "array", "items": T::schema(defs) })
    }
}

/// The text of a map that holds nothing but a name, where another map would do: `issuer: {name:
/// …}`. In Russian only a small letter tells the key from the beginning of a sentence.
fn name_alone(node: &DataNode) -> Option<String> {
    let DataValue::Map(entries) = &node.value else { return None };
    let [(key, DataNode { value: DataValue::Scalar { text, .. }, .. })] = entries.as_slice() else {
        return None;
    };
    ["name", "название", "наименование"].contains(&key.text.as_str()).then(|| text.clone())
}

/// The text that YAML took for a map, since it has a colon: «- Контакты: 2-15-33».
pub(super) fn sentence(node: &DataNode) -> Option<String> {
    let DataValue::Map(entries) = &node.value else { return None };
    match entries.as_slice() {
        [(key, DataNode { value: DataValue::Scalar { text, plain: true }, .. })] => {
            Some(format!("{}: {text}", key.text))
        }
        [(key, DataNode { value: DataValue::Null, .. })] => Some(format!("{}:", key.text)),
        _ => None,
    }
}

/// The lines of a text that is written as a list: «организаторы: [Управление, Библиотека]».
fn in_lines(node: &DataNode) -> Option<String> {
    let DataValue::Seq(items) = &node.value else { return None };
    let line = |item: &DataNode| match &item.value {
        DataValue::Scalar { text, .. } => Some(text.trim().to_owned()),
        _ => sentence(item),
    };
    let lines: Option<Vec<String>> = items.iter().map(line).collect();
    lines.filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"))
}

/// Reads a list, or a single item as a list of one.
pub(super) fn read_some<T: Read>(at: &At<'_>) -> Option<Vec<T>> {
    match &at.node.value {
        DataValue::Seq(_) => Vec::read(at),
        DataValue::Scalar { text, plain } if let Some(texts) = T::several(text) => {
            let node = |text| DataValue::Scalar { text, plain: *plain };
            let nodes = texts.into_iter().map(|t| DataNode::new(node(t), at.node.range.clone()));
            let all = DataNode::new(DataValue::Seq(nodes.collect()), at.node.range.clone());
            Vec::read(&At { node: &all, ..*at })
        }
        // «Приложения: {1: …, 2: …}» is a list whose numbers are typed.
        DataValue::Map(entries) if !entries.is_empty() && are_numbers(entries) => {
            let nodes = entries.iter().map(|(_, node)| node.clone()).collect();
            let all = DataNode::new(DataValue::Seq(nodes), at.node.range.clone());
            Vec::read(&At { node: &all, ..*at })
        }
        _ => T::read(at).map(|item| vec![item]),
    }
}

/// A text whose lines an editor has broken, with its sentences whole: a long line that ends within
/// a sentence goes on in the next one.
fn rejoined(text: &str) -> String {
    // Shorter lines are those of a list or a poem.
    const LONG: usize = 45;
    let mut out = String::with_capacity(text.len());
    let (mut last, mut listed) = (0, false);
    for line in text.split('\n') {
        let line_of_list = listed && (is_labelled(line) || is_past(line));
        let goes_on = line.trim_start().starts_with(char::is_lowercase)
            && last >= LONG
            && !line_of_list
            && out.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '»'));
        if goes_on {
            out.truncate(out.trim_end().len());
            out.push(' ');
            out.push_str(line.trim_start());
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line);
            // «Комиссия в составе:» leads to lines of people.
            listed = line.trim_end().ends_with(':') || listed && names_a_member(line);
        }
        last = line.trim().chars().count();
    }
    out
}

/// «председатель — Пахомова Л. И.», «члены комиссии: Лосева Т. Т.»: what somebody is, in few words,
/// and who that is.
fn is_labelled(line: &str) -> bool {
    let signs = [": ", " - ", " – ", " — "];
    let label =
        signs.iter().filter_map(|sign| line.trim().split_once(sign)).min_by_key(|s| s.0.len());
    label.is_some_and(|(label, who)| {
        label.split(' ').count() <= 4 && who.trim_start().starts_with(char::is_uppercase)
    })
}

/// Whether a line names somebody, as what he is or by the name alone: «Бабич Е. Е., бухгалтер».
pub(super) fn names_a_member(line: &str) -> bool {
    let line = line.trim();
    is_labelled(line) || who::name_first(line).is_some() || who::is_sure_name(line)
}

/// «составила настоящий акт», «провели осмотр»: what those did who were listed above.
fn is_past(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    first.chars().count() > 4 && ["ла", "ли", "л"].iter().any(|end| first.ends_with(end))
}

/// A tag of HTML in a text, where people hope that it works.
fn html_tag(text: &str) -> Option<&str> {
    // Only these: «<подпись>» and «a < b» are text like any other.
    const TAGS: [&str; 24] = [
        "b", "i", "u", "br", "p", "em", "strong", "a", "span", "div", "font", "sup", "sub", "h1",
        "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "center", "img",
    ];
    text.match_indices('<').find_map(|(at, _)| {
        let tag = &text[at..=at + text[at..].find('>')?];
        let name = tag.trim_matches(['<', '>', '/']);
        let name = &name[..name.find(char::is_whitespace).unwrap_or(name.len())];
        TAGS.contains(&name.to_ascii_lowercase().as_str()).then_some(tag)
    })
}

/// The first `&nbsp;` or `&#160;` of a text: what was copied from the source of a web page.
fn html_entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(at, _)| {
        let entity = &text[at..=at + text[at..].find(';')?];
        let name = &entity[1..entity.len() - 1];
        let is_name = (2..=8).contains(&name.len())
            && (name.bytes().all(|b| b.is_ascii_alphanumeric())
                || name
                    .strip_prefix('#')
                    .is_some_and(|n| n.bytes().all(|b| b.is_ascii_hexdigit())));
        is_name.then_some(entity)
    })
}

/// `**` that opens bold text which nothing closes.
fn open_mark(text: &str) -> Option<&'static str> {
    const BOLD: &str = "**";
    let (before, after) = text.split_once(BOLD)?;
    // It opens at the beginning of a word («2**3» and «***» are text), and text may not go on
    // with marks beyond its paragraph.
    let opens = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "«(".contains(c))
        && after.starts_with(|c: char| c.is_alphanumeric() || c == '«');
    (opens && !after.contains(BOLD)).then_some(BOLD)
}

/// The fault of a text that holds what neither XML nor any page can hold (XML 1.0, production 2).
pub(super) fn control_character(text: &str) -> Option<Diagnostic> {
    let forbidden = |c: &char| {
        (*c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    let c = text.chars().find(forbidden)?;
    let fault = Diagnostic::error(
        "control-character",
        say!("the text holds the control character U+{c}", c = format!("{:04X}", u32::from(c))),
    );
    Some(fault.hint(say!("remove it: neither PDF nor DOCX can show it")))
}

/// Texts by free keys.
impl Read for BTreeMap<String, String> {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut all = BTreeMap::new();
        at.entries(|key, entry| {
            // What is there and empty is an empty text, so that a template may ask for it.
            let text =
                if is_empty(entry.node) { Some(String::new()) } else { String::read(&entry) };
            all.extend(text.map(|text| (key.text.clone(), text)));
        })
        .then_some(all)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let text = String::schema(defs);
        json!({ "type": "object", "additionalProperties": { "anyOf": [text, { "type": "null" }] } })
    }
}

/// What a map of keys is in the data, as a part of a message.
fn what<T: Fields>() -> Message {
    let (english, title) = T::WHAT;
    Message::bilingual(english, uncapital(title))
}

/// Reads one of a few words.
pub(super) fn choose<T: Copy>(at: &At<'_>, what: Message, all: &[(&'static str, T)]) -> Option<T> {
    let Some(text) = at.node.text() else { return at.expected(what) };
    find_word(text.trim(), what, all).map_err(|fault| at.report(*fault)).ok()
}

/// The value that a word stands for, or what to write instead.
pub(super) fn find_word<T: Copy>(
    text: &str,
    what: Message,
    all: &[(&'static str, T)],
) -> Result<T, Box<Diagnostic>> {
    let found = all.iter().find(|(word, _)| *word == text);
    // The exact word first: «а» is a mark of its own, and a Russian name of none.
    let found = found.or_else(|| all.iter().find(|(word, _)| is_word(text, word)));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        let fault = Diagnostic::error(
            "unknown-value",
            say!("{text} is not {what}", text = quote(text), what),
        );
        Box::new(fault.hint(match nearest(text, words.iter().copied()) {
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("it is one of {known}", known = russian::list_of_words(&words)),
        }))
    })
}

/// Gives an enum its words: for reading, for writing, for the schema.
macro_rules! choice {
    ($vis:vis $type:ident, $what:literal, { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            pub(super) const WORDS: &'static [(&'static str, Self)] =
                &[$(($word, Self::$variant)),+];

            /// The word that stands for it in the data.
            $vis fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl $crate::model::read::Read for $type {
            fn read(at: &$crate::model::read::At<'_>) -> Option<Self> {
                $crate::model::read::choose(at, $crate::diag::say!($what), Self::WORDS)
            }

            fn schema(_: &mut $crate::model::schema::Defs) -> serde_json::Value {
                let words: Vec<&str> = Self::WORDS.iter().map(|(word, _)| *word).collect();
                serde_json::json!({ "enum": words })
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(super) use choice;
