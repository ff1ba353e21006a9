//! TOML 1.0 into a [`DataNode`]; all faults of syntax are reported, not only the first.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Limits;
use super::tree::{DataNode, DataValue, MapKey, SyntaxFault};
use crate::diag::{Message, say};

/// Reads one document.
pub(super) fn parse(
    text: &str,
    limits: &Limits,
    faults: &mut Vec<SyntaxFault>,
) -> Option<DataNode> {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let span = |error: &toml::de::Error| error.span().unwrap_or(0..0);
        match errors.iter().find(|error| {
            // The parser has no kinds of errors, only messages, in either wording.
            error.message().contains("recursion") || error.message().contains("recurse")
        }) {
            Some(error) => faults.push(SyntaxFault::too_deep(limits, span(error))),
            None => {
                // One slip makes the parser stumble several times in its line.
                let mut lines = BTreeSet::new();
                let line = |error: &toml::de::Error| {
                    text.bytes().take(span(error).start).filter(|b| *b == b'\n').count()
                };
                let first = errors.iter().filter(|error| lines.insert(line(error)));
                let told = first.map(|error| refusal(text, error.message(), span(error)));
                faults.extend(told.take(limits.data_faults));
            }
        }
        return None;
    }
    let range = root.span();
    let mut reader = TomlReader { text, limits, values: 0 };
    reader.table(root.get_ref(), range, 0).map_err(|fault| faults.push(fault)).ok()
}

/// What the parser refuses, with the line as it should be where that is certain.
fn refusal(text: &str, message: &str, range: Range<usize>) -> SyntaxFault {
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let (key, value, equals) = match (line.split_once('='), line.split_once(':')) {
        (Some((key, value)), _) => (key.trim(), value.trim(), true),
        (None, Some((key, value))) => (key.trim(), value.trim(), false),
        (None, None) => (line, "", true),
    };
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.';
    let word = !key.is_empty() && !key.contains(['"', '\'', '[', '#']);
    let right_key = if key.chars().all(bare) { key.to_owned() } else { format!("\"{key}\"") };
    let plain = value.starts_with(char::is_alphabetic) && !value.contains('"');
    let right_value = if plain { format!("\"{value}\"") } else { value.to_owned() };
    let what = match () {
        () if !word || value.is_empty() => None,
        () if !equals => Some(say!("behind a key stands `=`")),
        () if right_key != key => Some(say!("a key of other letters than a–z stands in quotes")),
        () if plain => Some(say!("a text stands in quotes")),
        () => None,
    };
    let open = |mark: char| value.starts_with(mark) && value.matches(mark).count() == 1;
    if word && equals && (open('"') || open('\'')) {
        let fault =
            SyntaxFault::syntax(say!("the quotation mark that opens here is never closed"), range);
        return hinted(fault, say!("close it: `{line}`", line = closed(&right_key, value)));
    }
    if message.contains("duplicate key") {
        let message = say!("the key `{key}` is given twice", key);
        return hinted(SyntaxFault::syntax(message, range), say!("take one of the two out"));
    }
    let Some(what) = what else {
        let message = message.lines().next().unwrap_or("");
        return SyntaxFault::syntax(say!("this is not TOML: {message}", message), range);
    };
    let fault = SyntaxFault::syntax(say!("this is not TOML: {message}", message = what), range);
    let right = format!("{right_key} = {right_value}");
    hinted(fault, say!("write `{right}`", right))
}

fn hinted(mut fault: SyntaxFault, hint: Message) -> SyntaxFault {
    *fault.diagnostic = fault.diagnostic.hint(hint);
    fault
}

/// A line whose value lacks its last quotation mark.
fn closed(key: &str, value: &str) -> String {
    let mark = if value.starts_with('"') { '"' } else { '\'' };
    format!("{key} = {value}{mark}")
}

struct TomlReader<'a> {
    text: &'a str,
    limits: &'a Limits,
    values: usize,
}

impl TomlReader<'_> {
    fn table(
        &mut self,
        table: &DeTable<'_>,
        range: Range<usize>,
        depth: usize,
    ) -> Result<DataNode, SyntaxFault> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let node = self.value(value.get_ref(), value.span(), depth + 1)?;
            entries.push((MapKey { text: key.get_ref().to_string(), range: key.span() }, node));
        }
        // The parser sorts keys by name; the order of a document's parts is that of the file.
        entries.sort_by_key(|(key, _)| key.range.start);
        Ok(DataNode::new(DataValue::Map(entries), range))
    }

    fn value(
        &mut self,
        value: &DeValue<'_>,
        range: Range<usize>,
        depth: usize,
    ) -> Result<DataNode, SyntaxFault> {
        self.values += 1;
        if self.values > self.limits.data_values {
            return Err(SyntaxFault::too_many(self.limits, range));
        }
        if depth > self.limits.data_depth {
            return Err(SyntaxFault::too_deep(self.limits, range));
        }
        let value = match value {
            DeValue::String(text) => DataValue::Scalar { text: text.to_string(), plain: false },
            DeValue::Array(items) => {
                let items: Result<Vec<_>, _> = items
                    .iter()
                    .map(|item| self.value(item.get_ref(), item.span(), depth + 1))
                    .collect();
                DataValue::Seq(items?)
            }
            DeValue::Table(table) => return self.table(table, range, depth),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => DataValue::Scalar {
                // As written: `007`, `1e3` and dates keep their form, as in YAML and JSON.
                text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
                plain: true,
            },
        };
        Ok(DataNode::new(value, range))
    }
}
