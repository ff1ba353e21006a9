//! A final document in the making: what a batch shares, to which each row adds its own.

use std::collections::BTreeMap;
use std::path::Path as FilePath;
use std::sync::{Arc, LazyLock};

use serde_json::Value as Json;

use super::input::{finish, readable, root};
use super::read::{At, Cx, Read, is_empty};
use super::russian::{self, is_key};
use super::tree::{DataNode, DataValue, MapKey, Path};
use super::{Document, FinalDocument, Format, Kind};
use crate::diag::{Diagnostic, Error, Source, Warned, say, slip};

/// What the final documents of a batch share: the keys of one, of which none must be there. The
/// columns of a table are keys, too, and a cell that is not empty overrules what is shared.
///
/// ```
/// use itog::model::{DocumentDraft, Format};
/// let yaml = "kind: Решение\nevent: Семинар школы {{Школа}}\n";
/// let draft = DocumentDraft::read(yaml.as_bytes(), "common.yaml", Format::Yaml)?.value;
/// let cells = [("Номер", "7"), ("Рекомендации", "Провести форум.\nИздать сборник.")];
/// let mut fill = |text: &str| Ok(text.replace("{{Школа}}", "№ 3"));
/// let document = draft.document(cells, &mut fill)?.value;
/// assert_eq!((document.kind.as_str(), document.number.as_deref()), ("Решение", Some("7")));
/// assert_eq!(document.event.unwrap().name, "Семинар школы № 3");
/// # Ok::<(), itog::diag::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct DocumentDraft {
    source: Option<Arc<Source>>,
    entries: Vec<(MapKey, DataNode)>,
    /// Columns that are called otherwise than their keys.
    columns: BTreeMap<String, String>,
    /// Where the letterhead is looked for.
    folder: Option<Arc<FilePath>>,
}

/// All keys of a final document, and whether a list may stand there.
static KEYS: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
    let schema = super::schema(Kind::FinalDocument);
    let properties = schema.pointer("/$defs/final-document/properties").and_then(Json::as_object);
    let keys = properties.into_iter().flatten();
    keys.map(|(key, shape)| (key.clone(), is_list(shape))).collect()
});

/// The same keys. The schema is large: asked for them in each run, it took a fifth of a document's
/// time. A test holds them to it.
#[rustfmt::skip]
const NAMES: [&str; 59] = [
    "about", "absent", "acquainted", "addressee", "adopted", "agenda", "agreed", "appendices",
    "approved", "attachments", "attendees", "author", "basis", "closing", "control", "copy", "date",
    "distribution", "e_signature", "evaluations", "event", "executor", "fields", "footnotes",
    "form_code",
    "gratitude", "headings", "invited", "kind", "kind_position", "lang", "members", "members_told",
    "membership", "number", "numbering", "organization", "orientation", "place", "points",
    "preamble", "present", "present_told", "recommendations", "reply_to", "resolution", "resolves",
    "restriction", "roles", "salutation", "seal", "sections", "signatures", "table", "text",
    "translation", "translation_position", "visas", "vote",
];

/// Whether a text is a key of a document, or so near to one that it is a slip of the pen.
pub(super) fn is_near_key(written: &str) -> bool {
    let own = || NAMES.into_iter();
    let names = || own().flat_map(|key| russian::names(key).iter().copied());
    let small = written.trim().to_lowercase();
    if russian::is_own_word(written) {
        return false;
    }
    own().any(|key| is_key(written, key)) || slip(&small, names()).is_some()
}

fn is_list(shape: &Json) -> bool {
    let any = shape.get("anyOf").and_then(Json::as_array);
    shape.get("type").is_some_and(|kind| kind == "array") || any.into_iter().flatten().any(is_list)
}

impl DocumentDraft {
    /// Reads what the documents of a batch share.
    ///
    /// # Errors
    /// The file cannot be read, or is not a map. What is wrong with its keys is reported with each
    /// row.
    pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Self>, Error> {
        let mut faults = Vec::new();
        let (source, node) = root(bytes, name, format, &mut faults)?;
        let warnings = readable(faults)?;
        let mut entries = match node.map(|node| node.value) {
            Some(DataValue::Map(entries)) => entries,
            None | Some(DataValue::Null) => Vec::new(),
            Some(_) => {
                let message = say!("{name}: what all documents share is a map of keys", name);
                return Err(Diagnostic::error("wrong-type", message).into());
            }
        };
        let mut columns = BTreeMap::new();
        // A key of what is shared alone: no document has `columns` at its top.
        if let Some(at) = entries.iter().position(|(key, _)| is_key(&key.text, "columns")) {
            let (_, node) = entries.remove(at);
            let DataValue::Map(named) = node.value else {
                let message = say!("{name}: `columns` is a map: number: \"Исх. №\"", name);
                return Err(Diagnostic::error("wrong-type", message).path("columns").into());
            };
            for (key, node) in named {
                if let DataValue::Scalar { text, .. } = node.value {
                    columns.insert(text.trim().to_lowercase(), key.text);
                }
            }
        }
        let value = Self { source: Some(source), entries, columns, folder: None };
        Ok(Warned { value, warnings })
    }

    /// The same, with the letterhead of the institution whose `organization.yaml` is in this
    /// folder.
    #[must_use]
    pub fn beside(self, folder: &FilePath) -> Self {
        Self { folder: Some(Arc::from(folder)), ..self }
    }

    /// The path of keys that a column's name means: «Номер», `event.place`, «мероприятие.место».
    pub fn keys_of(&self, header: &str) -> Option<Vec<String>> {
        let header = header.trim();
        // A column that the shared data rename is looked up first: whoever wrote it there knows
        // better.
        let said = self.columns.get(&header.to_lowercase());
        let mut parts = said.map_or(header, String::as_str).split('.').map(str::trim);
        let first = parts.next()?.to_lowercase();
        let known = KEYS.iter().find(|(key, _)| is_key(&first, key))?;
        let rest = parts.map(str::to_lowercase);
        let keys: Vec<String> = std::iter::once(known.0.clone()).chain(rest).collect();
        keys.iter().all(|key| !key.is_empty()).then_some(keys)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Texts that each row fills in, if they hold `{{`.
    pub fn patterns(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.entries.iter().for_each(|(_, node)| patterns(node, &mut found));
        found
    }

    /// The document of a row of names of columns and texts. A column whose name is no key becomes
    /// one of [`fields`](FinalDocument::fields). `fill` makes the texts of shared ones that hold
    /// `{{`.
    ///
    /// # Errors
    /// All faults of the document; the data path of one in a cell begins with the key.
    pub fn document<'a>(
        &self,
        cells: impl IntoIterator<Item = (&'a str, &'a str)>,
        fill: &mut dyn FnMut(&str) -> Result<String, Error>,
    ) -> Result<Warned<FinalDocument>, Error> {
        let mut entries = self.entries.clone();
        for (_, node) in &mut entries {
            filled(node, fill)?;
        }
        for (header, text) in cells {
            let keys = self.keys_of(header);
            match keys {
                // An empty cell leaves what all documents share.
                Some(_) if text.trim().is_empty() => {}
                Some(keys) => {
                    let list =
                        keys.len() == 1 && KEYS.iter().any(|(key, list)| *list && *key == keys[0]);
                    let node = if list { listed(text) } else { scalar(text.trim()) };
                    put(&mut entries, &keys, node);
                }
                // What means no key is kept for templates of one's own, which find it in `fields`.
                None => {
                    let keys = ["fields".to_owned(), header.trim().to_owned()];
                    put(&mut entries, &keys, scalar(text.trim()));
                }
            }
        }
        // What is shared has its places in the file; cells have none, and are told by their column.
        let cx = Cx::new(self.source.clone());
        let root = DataNode::new(DataValue::Map(entries), 0..0);
        let value = FinalDocument::read(&At { cx: &cx, node: &root, path: &Path::Root });
        let read = finish(cx, value).map_err(|error| match error {
            Error::Invalid(faults) => Error::Invalid(faults.into_iter().map(of_cell).collect()),
            other => other,
        })?;
        let (document, mut warnings) = read.into_parts();
        let Some(folder) = &self.folder else { return Ok(Warned { value: document, warnings }) };
        let whole = Document::Final(document).with_organization(folder)?;
        warnings.extend(whole.warnings);
        match whole.value {
            Document::Final(value) => Ok(Warned { value, warnings: told(warnings) }),
            Document::Certificate(_) => {
                Err(Diagnostic::error("wrong-type", say!("the document became a certificate"))
                    .into())
            }
        }
    }
}

fn told(warnings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    warnings.into_iter().map(of_cell).collect()
}

/// A fault of a cell is nowhere in the shared file: what a row brings has no bytes there.
fn of_cell(fault: Diagnostic) -> Diagnostic {
    // What came from a cell has the place 0..0: a real one is in the file and leads there.
    if fault.place().is_none_or(|place| place.range != (0..0)) {
        return fault;
    }
    let bare = fault.resaid(fault.message().clone());
    match fault.data_path() {
        Some(path) => bare.path(path),
        None => bare,
    }
}

fn scalar(text: &str) -> DataNode {
    // As without quotes, so that «true» in a cell is a switch.
    DataNode::new(DataValue::Scalar { text: text.to_owned(), plain: true }, 0..0)
}

/// A cell with a list: lines, or what stands between semicolons. Where a number may stand for the
/// list, as for those present, it stays one.
fn listed(text: &str) -> DataNode {
    if text.trim().parse::<u32>().is_ok() {
        return scalar(text.trim());
    }
    let items: Vec<DataNode> = super::list::items(text).map(scalar).collect();
    DataNode::new(DataValue::Seq(items), 0..0)
}

/// Puts a value at a path of keys, whatever was there.
fn put(entries: &mut Vec<(MapKey, DataNode)>, keys: &[String], node: DataNode) {
    let Some((first, rest)) = keys.split_first() else { return };
    let at = match entries.iter().position(|(key, _)| is_key(&key.text, first)) {
        Some(at) => at,
        None => {
            let key = MapKey { text: first.clone(), range: 0..0 };
            entries.push((key, DataNode::new(DataValue::Null, 0..0)));
            entries.len() - 1
        }
    };
    let value = &mut entries[at].1;
    if rest.is_empty() {
        *value = node;
        return;
    }
    // «Мероприятие» as a bare text is its name.
    if let DataValue::Scalar { .. } = value.value
        && !is_empty(value)
    {
        let name = std::mem::replace(&mut value.value, DataValue::Null);
        let range = value.range.clone();
        let key = MapKey { text: "name".to_owned(), range: range.clone() };
        value.value = DataValue::Map(vec![(key, DataNode::new(name, range))]);
    }
    if !matches!(value.value, DataValue::Map(_)) {
        value.value = DataValue::Map(Vec::new());
    }
    if let DataValue::Map(inner) = &mut value.value {
        put(inner, rest, node);
    }
}

fn patterns<'n>(node: &'n DataNode, found: &mut Vec<&'n str>) {
    match &node.value {
        DataValue::Scalar { text, .. } if text.contains("{{") => found.push(text),
        DataValue::Seq(items) => items.iter().for_each(|item| patterns(item, found)),
        DataValue::Map(entries) => entries.iter().for_each(|(_, node)| patterns(node, found)),
        _ => {}
    }
}

fn filled(
    node: &mut DataNode,
    fill: &mut dyn FnMut(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    match &mut node.value {
        DataValue::Scalar { text, .. } if text.contains("{{") => *text = fill(text)?,
        DataValue::Seq(items) => items.iter_mut().try_for_each(|item| filled(item, fill))?,
        DataValue::Map(entries) => {
            entries.iter_mut().try_for_each(|(_, node)| filled(node, fill))?
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{KEYS, NAMES};

    #[test]
    fn the_keys_are_those_of_the_schema() {
        let mut keys: Vec<&str> = KEYS.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(keys, NAMES);
    }
}
