//! What YAML, JSON and TOML have in common: a tree of texts, lists and maps whose every node knows
//! its bytes in the file.
//!
//! Scalars stay as they are written. Whether `007` is a number or a text is for the datum that is
//! read from it to say, so no leading zero, no `3e5` and no «нет» is ever lost to a guess.

use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Limits;
use crate::diag::{Diagnostic, Message, say};
use crate::limits::reached;

/// Why a file is not a tree, and the bytes at fault.
#[derive(Debug)]
pub(super) struct SyntaxFault {
    pub(super) diagnostic: Box<Diagnostic>,
    pub(super) range: Range<usize>,
}

impl SyntaxFault {
    pub(super) fn new(diagnostic: Diagnostic, range: Range<usize>) -> Self {
        Self { diagnostic: Box::new(diagnostic), range }
    }

    /// The file is not of its language.
    pub(super) fn syntax(message: Message, range: Range<usize>) -> Self {
        Self::new(Diagnostic::error("syntax", message), range)
    }

    /// Lists and maps are nested too deep.
    pub(super) fn too_deep(limits: &Limits, range: Range<usize>) -> Self {
        let message = say!(
            "lists and maps are nested too deep; the limit is {depth} levels",
            depth = limits.data_depth
        );
        Self::new(reached("limit-data-depth", message), range)
    }

    /// There are too many nodes.
    pub(super) fn too_many(limits: &Limits, range: Range<usize>) -> Self {
        let values = limits.data_values;
        let message = say!("there are too many values; the limit is {values}", values);
        Self::new(reached("limit-data-values", message), range)
    }
}

/// A value and the bytes that it was read from.
#[derive(Debug, Clone)]
pub(super) struct DataNode {
    pub(super) value: DataValue,
    pub(super) range: Range<usize>,
}

/// The three shapes that data can have, and nothing.
#[derive(Debug, Clone)]
pub(super) enum DataValue {
    Null,
    /// A scalar as written. `plain` tells an unquoted one, which alone can be a number or a truth
    /// value.
    Scalar {
        text: String,
        plain: bool,
    },
    Seq(Vec<DataNode>),
    Map(Vec<(MapKey, DataNode)>),
}

/// The key of a map's entry and its bytes.
#[derive(Debug, Clone)]
pub(super) struct MapKey {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

impl DataNode {
    pub(super) fn new(value: DataValue, range: Range<usize>) -> Self {
        Self { value, range }
    }

    /// A text of ours in the place of what was read. As if it had been quoted: it is neither a
    /// number nor a truth value.
    pub(super) fn said(text: impl Into<String>, range: &Range<usize>) -> Self {
        Self::new(DataValue::Scalar { text: text.into(), plain: false }, range.clone())
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            DataValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the node is, for a message.
    pub(super) fn describe(&self) -> Message {
        match &self.value {
            DataValue::Null => say!("nothing"),
            DataValue::Scalar { text, .. } => say!("the text {text}", text = quote(text)),
            DataValue::Seq(_) => say!("a list"),
            DataValue::Map(_) => say!("a map of keys"),
        }
    }
}

/// An entry under a key of ours, which stands where its value does.
pub(super) fn entry(key: &str, node: DataNode) -> (MapKey, DataNode) {
    (MapKey { text: key.to_owned(), range: node.range.clone() }, node)
}

/// A text for a message: in backticks, cut when long.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    // A message is one line, whatever the text holds.
    let shown: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    format!("`{shown}{cut}`")
}

/// Where in the data something is: `recommendations[6].items[1].due`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// Makes a [`DataNode`] of whatever a serde format holds; the number is how many levels may still
/// open.
pub(super) struct Seed(pub(super) usize);

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = DataNode;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<DataNode, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Seed {
    fn deeper<E: de::Error>(&self) -> Result<usize, E> {
        // Here serde's own recursion goes down: it must end before the stack does.
        self.0.checked_sub(1).ok_or_else(|| E::custom("the data is nested too deeply"))
    }
}

fn scalar(text: String, plain: bool) -> DataNode {
    // Data that come through serde have no place in a file.
    DataNode::new(DataValue::Scalar { text, plain }, 0..0)
}

/// Visits one kind of plain scalar.
macro_rules! plain {
    ($($visit:ident: $type:ty),*) => {
        $(fn $visit<E: de::Error>(self, value: $type) -> Result<DataNode, E> {
            Ok(scalar(value.to_string(), true))
        })*
    };
}

impl<'de> Visitor<'de> for Seed {
    type Value = DataNode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a map")
    }

    plain! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64 }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<DataNode, E> {
        Ok(scalar(value.to_owned(), false))
    }

    fn visit_unit<E: de::Error>(self) -> Result<DataNode, E> {
        Ok(DataNode::new(DataValue::Null, 0..0))
    }

    fn visit_none<E: de::Error>(self) -> Result<DataNode, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<DataNode, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<DataNode, A::Error> {
        let depth = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed(depth))? {
            items.push(item);
        }
        Ok(DataNode::new(DataValue::Seq(items), 0..0))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DataNode, A::Error> {
        let depth = self.deeper()?;
        let mut entries = Vec::new();
        while let Some(text) = map.next_key::<String>()? {
            entries.push((MapKey { text, range: 0..0 }, map.next_value_seed(Seed(depth))?));
        }
        Ok(DataNode::new(DataValue::Map(entries), 0..0))
    }
}
