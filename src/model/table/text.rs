//! Rows that are typed as texts: «Агеева Т. Т. | методист |», a table in a block of lines.

use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};

/// What parts the cells of a row that is a text, the surest first.
const SIGNS: [char; 3] = ['|', '\t', ';'];

fn scalar(text: &str, like: &DataNode) -> DataNode {
    let value = DataValue::Scalar { text: text.trim().to_owned(), plain: true };
    DataNode::new(value, like.range.clone())
}

/// The cells of a line. A table of Markdown has a bar at each end of its rows.
fn cells(line: &str, sign: char) -> Vec<&str> {
    let line = line.trim_matches([' ', '\u{a0}']);
    let inner = line.strip_prefix(sign).filter(|_| sign == '|').and_then(|l| l.strip_suffix(sign));
    inner.unwrap_or(line).split(sign).map(str::trim).collect()
}

/// Whether a line of a Markdown table only parts its head from its rows: «|---|:-:|».
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}

fn row(line: &str, sign: char, like: &DataNode) -> DataNode {
    let cells = cells(line, sign).into_iter().map(|cell| scalar(cell, like)).collect();
    DataNode::new(DataValue::Seq(cells), like.range.clone())
}

/// A table that is a block of lines, or a list of them, the first of which is its head.
pub(super) fn table(node: &DataNode) -> Option<DataNode> {
    let lines: Vec<(&str, &DataNode)> = match &node.value {
        DataValue::Scalar { text, .. } => text.lines().map(|line| (line, node)).collect(),
        DataValue::Seq(items) => {
            items.iter().map(|item| Some((item.text()?, item))).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let lines: Vec<(&str, &DataNode)> =
        lines.into_iter().filter(|(line, _)| !line.trim().is_empty() && !is_rule(line)).collect();
    let (head, _) = lines.first()?;
    let sign = SIGNS.into_iter().find(|sign| head.contains(*sign))?;
    let columns = cells(head, sign).len();
    if columns < 2 || lines.len() < 2 {
        return None;
    }
    let rows = lines.iter().map(|(line, like)| match line.contains(sign) {
        true => row(line, sign, like),
        // A line without the sign is a heading across the table.
        false => scalar(line, like),
    });
    Some(DataNode::new(DataValue::Seq(rows.collect()), node.range.clone()))
}

/// The keys of a table in which rows that are texts with as many cells as there are columns are
/// lists of these; nothing if there is none.
pub(super) fn rows(entries: &[(MapKey, DataNode)]) -> Option<Vec<(MapKey, DataNode)>> {
    let of = |name: &str| entries.iter().position(|(key, _)| is_key(&key.text, name));
    let at = of("rows")?;
    let rows: Vec<DataNode> = match &entries[at].1.value {
        DataValue::Seq(rows) => rows.clone(),
        DataValue::Scalar { text, .. } if text.contains('\n') => {
            let lines = text.lines().filter(|line| !line.trim().is_empty() && !is_rule(line));
            lines.map(|line| scalar(line, &entries[at].1)).collect()
        }
        _ => return None,
    };
    // Heads may be written in the same way.
    let heads = of("columns").map(|at| &entries[at].1);
    let titles = match heads.map(|heads| &heads.value) {
        Some(DataValue::Seq(titles)) => titles.len(),
        Some(DataValue::Scalar { text, .. }) => {
            cells(text, SIGNS.into_iter().find(|sign| text.contains(*sign)).unwrap_or(',')).len()
        }
        _ => 0,
    };
    let fits = |line: &str, sign: char| {
        let count = cells(line, sign).len();
        // Without heads any number will do; numbers of rows need not be written.
        count > 1 && (titles == 0 || count == titles || count + 1 == titles)
    };
    let split = |node: &DataNode| {
        let line = node.text()?;
        let sign = SIGNS.into_iter().find(|sign| line.contains(*sign) && fits(line, *sign))?;
        Some(row(line, sign, node))
    };
    let texts = matches!(heads.map(|heads| &heads.value), Some(DataValue::Scalar { .. }));
    if !texts && !rows.iter().any(|row| split(row).is_some()) {
        return None;
    }
    let rows = rows.into_iter().map(|row| split(&row).unwrap_or(row)).collect();
    let mut entries = entries.to_vec();
    entries[at].1 = DataNode::new(DataValue::Seq(rows), entries[at].1.range.clone());
    if let Some((_, heads)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "columns"))
        && let DataValue::Scalar { text, .. } = &heads.value
    {
        let sign = SIGNS.into_iter().find(|sign| text.contains(*sign)).unwrap_or(',');
        *heads = row(text, sign, heads);
    }
    Some(entries)
}
