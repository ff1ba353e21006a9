//! A text among whose paragraphs something else stands: «text: [абзац, {table: …}, абзац]».

use super::super::draft;
use super::super::russian::is_key;
use super::super::section::Type;
use super::super::tree::{DataNode, DataValue};
use super::spoken::has;
use super::{MapEntries, entry, scalar};
use crate::lang::ru::capital;

/// Makes sections of a text that has more than paragraphs, in its order.
pub(super) fn mixed(entries: &mut MapEntries) -> bool {
    let map = |node: &DataNode| matches!(node.value, DataValue::Map(_) | DataValue::Seq(_));
    let at = entries.iter().position(|(key, node)| {
        let DataValue::Seq(all) = &node.value else { return false };
        is_key(&key.text, "text") && all.iter().any(map)
    });
    let Some(at) = at.filter(|_| !has(entries, "sections")) else { return false };
    let DataValue::Seq(all) = &entries[at].1.value else { return false };
    let parts: Option<Vec<Vec<DataNode>>> = all.iter().map(parts).collect();
    let Some(parts) = parts else { return false };
    entries[at].0.text = "sections".to_owned();
    entries[at].1.value = DataValue::Seq(parts.into_iter().flatten().collect());
    // It is more than the text that its type says; «вид» may be that of the document.
    let says_text = |node: &DataNode| node.text().is_some_and(|own| is_key(own, "text"));
    entries.retain(|(key, node)| !(is_key(&key.text, "type") && says_text(node)));
    true
}

/// A paragraph, or what a map in its place means.
fn parts(node: &DataNode) -> Option<Vec<DataNode>> {
    // «- - внести …» behind a paragraph: a list without a key.
    if let DataValue::Seq(items) = &node.value
        && !items.is_empty()
        && items.iter().all(|item| item.text().is_some())
    {
        return Some(vec![list(node, node)]);
    }
    let DataValue::Map(keys) = &node.value else { return Some(vec![node.clone()]) };
    let section = |key: &str| {
        Type::WORDS.iter().any(|(word, _)| is_key(key, word)) || ["columns", "rows"].contains(&key)
    };
    if keys.iter().any(|(key, _)| section(&key.text)) {
        return Some(vec![node.clone()]);
    }
    let [(key, below)] = keys.as_slice() else { return None };
    if draft::is_near_key(&key.text) {
        return None;
    }
    let label = capital(key.text.trim().trim_end_matches(':'));
    match &below.value {
        // A colon that belongs to the sentence: «Начало: в 15 часов».
        DataValue::Scalar { text, .. } => Some(vec![scalar(&format!("{label}: {text}"), node)]),
        // «За это время:» leads to its list.
        DataValue::Seq(items) if items.iter().all(|item| item.text().is_some()) => {
            Some(vec![scalar(&format!("{label}:"), node), list(below, node)])
        }
        // «- За это время:» before the dash of its list.
        DataValue::Null => Some(vec![scalar(&format!("{label}:"), node)]),
        _ => None,
    }
}

/// A list among paragraphs.
fn list(items: &DataNode, like: &DataNode) -> DataNode {
    let list = vec![entry("points", items.clone()), entry("numbering", scalar("—", like))];
    DataNode::new(DataValue::Map(list), like.range.clone())
}
