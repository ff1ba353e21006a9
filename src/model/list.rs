//! A list of flat maps, such as a table of people written as YAML.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::Format;
use super::input::{readable, root};
use super::read::{At, Cx, control_character, html};
use super::tree::{DataNode, DataValue, Path};
use crate::diag::{Diagnostic, Error, Message, Place, Source, Warned, say};

/// A record: its keys with their texts, or what keeps it from being one.
type ListRecord = Result<Vec<(String, String)>, Diagnostic>;

/// Reads a list of maps whose values are texts; `name` is what faults call the file. Values that
/// are nothing are left out. A record that is not such a map is a fault of its own and leaves the
/// others as they are.
///
/// # Errors
/// The file cannot be read at all, or is not a list.
///
/// ```
/// use itog::model::{self, Format};
/// let text = b"- {name: Kim, number: 007}\n- oops\n";
/// let records = model::records(text, "people.yaml", Format::Yaml)?.value;
/// assert_eq!(records[0].as_ref().unwrap()[1], ("number".to_owned(), "007".to_owned()));
/// assert_eq!(records[1].as_ref().unwrap_err().code(), "wrong-type");
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub fn records(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Vec<ListRecord>>, Error> {
    let mut faults = Vec::new();
    let (source, node) = root(bytes, name, format, &mut faults)?;
    // A list with faults of syntax may lack people: none is made.
    let warnings = readable(faults)?;
    match node {
        Some(DataNode { value: DataValue::Seq(items), .. }) => {
            let value = items.into_iter().map(|item| record(item, &source)).collect();
            Ok(Warned { value, warnings })
        }
        Some(other) => {
            let fault = Diagnostic::error(
                "wrong-type",
                say!(
                    "{what} is expected here, not {node}",
                    what = say!("a list"),
                    node = other.describe()
                ),
            );
            Err(fault
                .at(Place::new(source, other.range))
                .hint(say!("begin each record with `- `"))
                .into())
        }
        None => Ok(Warned { value: Vec::new(), warnings }),
    }
}

fn record(node: DataNode, source: &Arc<Source>) -> ListRecord {
    let fault = |what: Message, node: &DataNode| {
        Diagnostic::error(
            "wrong-type",
            say!("{what} is expected here, not {node}", what, node = node.describe()),
        )
        .at(Place::new(Arc::clone(source), node.range.clone()))
    };
    let DataValue::Map(entries) = node.value else {
        return Err(fault(say!("a map of keys"), &node));
    };
    let mut cells = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        match node.value {
            // An empty cell is as good as none.
            DataValue::Null => {}
            DataValue::Scalar { text, .. } => cells.push((key.text, text)),
            _ => return Err(fault(say!("a text"), &node).path(key.text)),
        }
    }
    Ok(cells)
}

/// The items that a cell lists: its lines, or, where it has one, what stands between semicolons.
///
/// ```
/// let items = |cell| itog::model::items(cell).collect::<Vec<_>>();
/// let listed = items("Провести форум;\nиздать сборник; разослать");
/// assert_eq!(listed, ["Провести форум", "издать сборник; разослать"]);
/// assert_eq!(items("проза; поэзия;"), ["проза", "поэзия"]);
/// assert!(items(" ").is_empty());
/// ```
pub fn items(cell: &str) -> impl Iterator<Item = &str> {
    // In a cell of several lines each one is an item, and semicolons are text.
    let sign = if cell.trim().contains('\n') { '\n' } else { ';' };
    let items = cell.split(sign).map(|item| item.trim().trim_end_matches(';').trim_end());
    items.filter(|item| !item.is_empty())
}

/// Data of one's own, for a template outside of the two models: a map whose texts are as they are
/// written, whatever they look like; only `true` and `false` without quotes are not texts.
///
/// # Errors
/// The file cannot be read, or is not a map.
///
/// ```
/// use itog::model::{self, Format};
/// let data = model::values(b"{code: 007, open: true, rooms: [1, 2]}", "own.yaml", Format::Yaml)?;
/// let data = serde_json::Value::from(data.value).to_string();
/// assert_eq!(data, r#"{"code":"007","open":true,"rooms":["1","2"]}"#);
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub fn values(
    bytes: &[u8],
    name: &str,
    format: Format,
) -> Result<Warned<Map<String, Json>>, Error> {
    let mut faults = Vec::new();
    let (source, node) = root(bytes, name, format, &mut faults)?;
    let mut warnings = readable(faults)?;
    let Some(node) = node else { return Ok(Warned { value: Map::new(), warnings }) };
    let cx = Cx::new(Some(source));
    let value = json(&At { cx: &cx, node: &node, path: &Path::Root });
    warnings.extend(cx.into_sink().finish(())?.warnings);
    match value {
        Json::Object(value) => Ok(Warned { value, warnings }),
        Json::Null => Ok(Warned { value: Map::new(), warnings }),
        _ => {
            let message = say!("{name}: data of one's own are a map of keys", name);
            Err(Diagnostic::error("wrong-type", message).into())
        }
    }
}

fn json(at: &At<'_>) -> Json {
    match &at.node.value {
        DataValue::Null => Json::Null,
        DataValue::Scalar { text, plain: true } if text == "true" => Json::Bool(true),
        DataValue::Scalar { text, plain: true } if text == "false" => Json::Bool(false),
        DataValue::Scalar { text, .. } => {
            control_character(text)
                .into_iter()
                .chain(html(text))
                .for_each(|fault| at.report(fault));
            Json::String(text.clone())
        }
        DataValue::Seq(items) => {
            let item =
                |(index, node)| json(&At { cx: at.cx, node, path: &Path::Index(at.path, index) });
            Json::Array(items.iter().enumerate().map(item).collect())
        }
        DataValue::Map(_) => {
            let mut map = Map::new();
            at.entries(|key, entry| drop(map.insert(key.text.clone(), json(&entry))));
            Json::Object(map)
        }
    }
}
