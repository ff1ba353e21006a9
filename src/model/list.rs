//! A list of flat maps, such as a table of people written as YAML.

use std::sync::Arc;

use super::Format;
use super::input::{Limits, root};
use super::tree::{DataNode, DataValue};
use crate::diag::{Diagnostic, Error, Place, Source};

/// A record: its keys with their texts, or what keeps it from being one.
pub type ListRecord = Result<Vec<(String, String)>, Diagnostic>;

/// Reads a list of maps whose values are texts; `name` is what faults call the file. Values that
/// are nothing are left out. A record that is not such a map is a fault of its own and leaves the
/// others as they are.
///
/// # Errors
/// The file cannot be read at all, or is not a list.
///
/// ```
/// use itog::model::{self, Format};
/// let records = model::records(b"- {name: Kim, number: 007}\n- oops\n", "people.yaml", Format::Yaml)?;
/// assert_eq!(records[0].as_ref().unwrap()[1], ("number".to_owned(), "007".to_owned()));
/// assert_eq!(records[1].as_ref().unwrap_err().code(), "wrong-type");
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub fn records(bytes: &[u8], name: &str, format: Format) -> Result<Vec<ListRecord>, Error> {
    let mut faults = Vec::new();
    let (source, node) = root(bytes, name, format, &Limits::default(), &mut faults)?;
    if !faults.is_empty() {
        // A list with faults of syntax may lack people: none is made.
        return Err(Error::Invalid(faults));
    }
    match node {
        Some(DataNode { value: DataValue::Seq(items), .. }) => {
            Ok(items.into_iter().map(|item| record(item, &source)).collect())
        }
        Some(other) => {
            let fault = Diagnostic::error(
                "wrong-type",
                format!("a list is expected here, not {}", other.describe()),
            );
            Err(fault
                .at(Place::new(source, other.range))
                .hint("begin each record with `- `")
                .into())
        }
        None => Ok(Vec::new()),
    }
}

fn record(node: DataNode, source: &Arc<Source>) -> ListRecord {
    let fault = |what: String, node: &DataNode| {
        Diagnostic::error("wrong-type", format!("{what}, not {}", node.describe()))
            .at(Place::new(Arc::clone(source), node.range.clone()))
    };
    let DataValue::Map(entries) = node.value else {
        return Err(fault("a map of keys is expected here".to_owned(), &node));
    };
    let mut cells = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        match node.value {
            // An empty cell is as good as none.
            DataValue::Null => {}
            DataValue::Scalar { text, .. } => cells.push((key.text, text)),
            _ => return Err(fault("a text is expected here".to_owned(), &node).path(key.text)),
        }
    }
    Ok(cells)
}
