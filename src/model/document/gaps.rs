//! Numbers that somebody has typed before points, one of which is left out or stands twice.

use super::super::number;
use super::super::read::At;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, Path};
use crate::diag::{Diagnostic, say};

/// Tells of each list below a node whose typed numbers do not follow each other. An extract leaves
/// out what it does not need.
pub(super) fn tell(kind: &str, at: &At<'_>) {
    if !kind.to_lowercase().starts_with("выписка") {
        look(at);
    }
}

fn look(at: &At<'_>) {
    match &at.node.value {
        DataValue::Seq(items) => {
            let numbers: Option<Vec<u32>> = items.iter().map(of_item).collect();
            compare(at, items.iter(), numbers);
            // Empty items are told of where they are read.
            for (place, node) in items.iter().enumerate() {
                look(&At { node, path: &Path::Index(at.path, place), ..*at });
            }
        }
        DataValue::Map(entries) => {
            let numbers = entries.iter().map(|(key, _)| {
                let number = key.text.trim().trim_end_matches(['.', ')']);
                number.parse().ok().filter(|number| *number < 100)
            });
            let numbers = numbers.collect::<Option<Vec<u32>>>();
            // Few keys that begin elsewhere may be classes or ages.
            let numbers = numbers.filter(|all| all.first() == Some(&1));
            compare(at, entries.iter().map(|(_, node)| node), numbers);
            at.entries(|key, at| {
                // Notes are known by their marks, in any order.
                if !is_key(&key.text, "footnotes") {
                    look(&at);
                }
            });
        }
        DataValue::Scalar { .. } | DataValue::Null => {}
    }
}

/// The number of an item: «2. Провести …», «2. Обратиться: […]».
fn of_item(item: &DataNode) -> Option<u32> {
    match &item.value {
        DataValue::Scalar { text, .. } => number::typed_whole(text),
        DataValue::Map(entries) => match entries.as_slice() {
            [(key, _)] => number::typed_whole(&key.text),
            _ => None,
        },
        _ => None,
    }
}

fn compare<'a>(at: &At<'_>, nodes: impl Iterator<Item = &'a DataNode>, numbers: Option<Vec<u32>>) {
    let Some(numbers) = numbers else { return };
    for (place, (pair, node)) in numbers.windows(2).zip(nodes.skip(1)).enumerate() {
        let [before, own] = *pair else { continue };
        // «1.» begins anew.
        if own == before.saturating_add(1) || own == 1 {
            continue;
        }
        let message = say!("behind the number {before} stands {own}", before, own);
        let path = Path::Index(at.path, place + 1);
        At { node, path: &path, ..*at }.report(
            Diagnostic::warning("number-gap", message)
                .hint(say!("put the numbers right, or leave them out: they are counted anyway")),
        );
    }
}
