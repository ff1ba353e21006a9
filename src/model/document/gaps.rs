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
            let numbers: Option<Vec<String>> = items.iter().map(of_item).collect();
            compare(at, items.iter(), numbers);
            // Empty items are told of where they are read.
            for (place, node) in items.iter().enumerate() {
                look(&At { node, path: &Path::Index(at.path, place), ..*at });
            }
        }
        DataValue::Map(entries) => {
            let numbers = entries.iter().map(|(key, _)| {
                let number = key.text.trim().trim_end_matches(['.', ')']);
                let digits = !number.is_empty()
                    && number.split('.').all(|part| (1..=2).contains(&part.len()))
                    && number.chars().all(|c| c.is_ascii_digit() || c == '.');
                digits.then(|| number.to_owned())
            });
            let numbers = numbers.collect::<Option<Vec<String>>>();
            // Few keys that begin elsewhere may be classes or ages.
            let first = |all: &Vec<String>| {
                all.first().is_some_and(|first| first.rsplit('.').next() == Some("1"))
            };
            let numbers = numbers.filter(first);
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

/// The number of an item: «2. Провести …», «2.1. Обратиться: […]».
fn of_item(item: &DataNode) -> Option<String> {
    let text = match &item.value {
        DataValue::Scalar { text, .. } => text,
        DataValue::Map(entries) => match entries.as_slice() {
            [(key, _)] => &key.text,
            _ => return None,
        },
        _ => return None,
    };
    number::typed(text).map(str::to_owned)
}

fn compare<'a>(
    at: &At<'_>,
    nodes: impl Iterator<Item = &'a DataNode>,
    numbers: Option<Vec<String>>,
) {
    let Some(numbers) = numbers else { return };
    for (place, (pair, node)) in numbers.windows(2).zip(nodes.skip(1)).enumerate() {
        let [before, own] = pair else { continue };
        if follows(before, own) {
            continue;
        }
        let message = say!(
            "behind the number {before} stands {own}",
            before = before.as_str(),
            own = own.as_str()
        );
        let path = Path::Index(at.path, place + 1);
        At { node, path: &path, ..*at }.report(
            Diagnostic::warning("number-gap", message)
                .hint(say!("put the numbers right, or leave them out: they are counted anyway")),
        );
    }
}

/// Whether a number may stand behind another: «2» and «1.3» behind «1.2.1», «1.2.1» behind «1.2».
fn follows(before: &str, own: &str) -> bool {
    let parts = |number: &str| -> Vec<u32> {
        number.split('.').filter_map(|part| part.parse().ok()).collect()
    };
    let (before, own) = (parts(before), parts(own));
    let Some((last, above)) = own.split_last() else { return true };
    // «1» begins anew, and below the one before.
    if *last == 1 {
        return true;
    }
    before.len() >= own.len()
        && before[..above.len()] == *above
        && before[above.len()].saturating_add(1) == *last
}
