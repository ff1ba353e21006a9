//! Tables that are typed as maps: a row for each label, a column for each key, a list of rows whose
//! keys are the heads.

use super::super::item::{is_near_item_key, is_phrase, says_what};
use super::super::russian::{is_key, is_one_of};
use super::super::tree::{DataNode, DataValue, MapKey, entry};
use crate::lang::ru::capital;

/// The keys of a table, with those of a section that is one.
const KEYS: [&str; 14] = [
    "caption",
    "columns",
    "groups",
    "rows",
    "widths",
    "align",
    "numbered",
    "total",
    "blank_rows",
    "notes",
    "heading",
    "heading_numbering",
    "type",
    "start",
];

fn label(key: &MapKey) -> DataNode {
    DataNode::said(key.text.trim().trim_end_matches(':'), &key.range)
}

/// The same as a line across the table, which begins with a capital: «Сентябрь».
fn heading(key: &MapKey) -> DataNode {
    DataNode::said(capital(key.text.trim().trim_end_matches(':')), &key.range)
}

/// «ФИО:», «Дата рождения:» as the only keys of a table: a form of two columns; keys with lists as
/// long as each other are columns.
pub(super) fn labelled(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let own = |key: &MapKey| is_phrase(&key.text) && !is_one_of(&key.text, &KEYS);
    if entries.len() < 2 || !entries.iter().all(|(key, _)| own(key)) {
        return None;
    }
    let plain = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. } | DataValue::Null);
    if entries.iter().all(|(_, node)| plain(node)) {
        let rows = entry("rows", node.clone());
        return Some(DataNode::new(DataValue::Map(vec![rows]), node.range.clone()));
    }
    // «Январь: [[…], […]]» is a heading across the rows below it.
    let rows = |node: &DataNode| match &node.value {
        DataValue::Seq(rows) => {
            !rows.is_empty() && rows.iter().all(|row| matches!(row.value, DataValue::Seq(_)))
        }
        _ => false,
    };
    if entries.iter().all(|(_, node)| rows(node)) {
        let below = |node: &DataNode| match &node.value {
            DataValue::Seq(rows) => rows.clone(),
            _ => Vec::new(),
        };
        let all = entries.iter().flat_map(|(key, node)| {
            std::iter::once(heading(key)).chain(below(node)).collect::<Vec<_>>()
        });
        let all = DataNode::new(DataValue::Seq(all.collect()), node.range.clone());
        let table = DataValue::Map(vec![entry("rows", all)]);
        return Some(DataNode::new(table, node.range.clone()));
    }
    let list = |node: &DataNode| match &node.value {
        DataValue::Seq(cells) => cells.iter().all(plain),
        _ => false,
    };
    // «Понедельник: [14.00, 16.00]» beside «Среда: 14.00»: as many lines as each day needs.
    if entries.iter().any(|(_, node)| plain(node))
        && entries.iter().all(|(_, node)| plain(node) || list(node))
    {
        return Some(lines(entries, node));
    }
    let lists = entries.iter().map(|(_, node)| match &node.value {
        DataValue::Seq(cells) if cells.iter().all(plain) => Some(cells),
        _ => None,
    });
    let lists: Vec<&Vec<DataNode>> = lists.collect::<Option<_>>()?;
    let count = lists.first()?.len();
    if lists.iter().any(|cells| cells.len() != count) {
        return Some(lines(entries, node));
    }
    let row = |at: usize| {
        let cells = lists.iter().map(|cells| cells[at].clone()).collect();
        DataNode::new(DataValue::Seq(cells), node.range.clone())
    };
    let list = |all: Vec<DataNode>| DataNode::new(DataValue::Seq(all), node.range.clone());
    let heads = list(entries.iter().map(|(key, _)| label(key)).collect());
    let rows = list((0..count).map(row).collect());
    let table = DataValue::Map(vec![entry("columns", heads), entry("rows", rows)]);
    Some(DataNode::new(table, node.range.clone()))
}

/// «шапка: [ФИО, Должность, Дни]» and «Цой Е. В.: [методист, 28]» below it or below «строки:»: each
/// key is the first cell of its row.
pub(super) fn keyed(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let below = |(key, node): &(MapKey, DataNode)| match &node.value {
        DataValue::Map(rows) if is_key(&key.text, "rows") => Some(rows.clone()),
        _ => None,
    };
    let (own, rows): (Vec<_>, Vec<_>) = match entries.iter().position(|one| below(one).is_some()) {
        Some(at) => {
            let mut own = entries.clone();
            let rows = below(&own.remove(at))?;
            (own, rows)
        }
        None => entries.iter().cloned().partition(|(key, _)| is_one_of(&key.text, &KEYS)),
    };
    let heads = own.iter().find_map(|(key, node)| match &node.value {
        DataValue::Seq(heads) if is_key(&key.text, "columns") => Some(heads.len()),
        _ => None,
    })?;
    let row = |(key, node): &(MapKey, DataNode)| match &node.value {
        DataValue::Seq(cells) if cells.len() + 1 == heads => {
            let cells = std::iter::once(label(key)).chain(cells.iter().cloned()).collect();
            Some(DataNode::new(DataValue::Seq(cells), node.range.clone()))
        }
        _ => None,
    };
    let typed = own.iter().any(|(key, _)| is_key(&key.text, "rows"));
    let rows: Vec<DataNode> = rows.iter().map(row).collect::<Option<_>>()?;
    let range = rows.first().filter(|_| !typed)?.range.clone();
    let rows = entry("rows", DataNode::new(DataValue::Seq(rows), range));
    let table = own.into_iter().chain([rows]).collect();
    Some(DataNode::new(DataValue::Map(table), node.range.clone()))
}

/// A row for each label, with what is listed behind it in lines of the second cell.
fn lines(entries: &[(MapKey, DataNode)], like: &DataNode) -> DataNode {
    let row = |(key, node): &(MapKey, DataNode)| {
        let cell = match &node.value {
            DataValue::Seq(cells) => {
                let texts: Vec<&str> = cells.iter().filter_map(DataNode::text).collect();
                DataNode::said(texts.join("\n"), &node.range)
            }
            _ => node.clone(),
        };
        DataNode::new(DataValue::Seq(vec![label(key), cell]), node.range.clone())
    };
    let rows = DataValue::Seq(entries.iter().map(row).collect());
    let rows = entry("rows", DataNode::new(rows, like.range.clone()));
    DataNode::new(DataValue::Map(vec![rows]), like.range.clone())
}

/// Rows in which «Призы:» is a heading across the table, with the rows below it inside of it or
/// behind it.
pub(super) fn expanded(rows: &[DataNode]) -> Vec<DataNode> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        match &row.value {
            DataValue::Map(entries)
                if let [(key, below)] = entries.as_slice()
                    && is_phrase(&key.text)
                    && !is_one_of(&key.text, &["heading"]) =>
            {
                match &below.value {
                    DataValue::Null => all.push(label(key)),
                    DataValue::Seq(inner)
                        if inner.iter().all(|row| matches!(row.value, DataValue::Seq(_))) =>
                    {
                        all.push(label(key));
                        all.extend(inner.iter().cloned());
                    }
                    _ => all.push(row.clone()),
                }
            }
            _ => all.push(row.clone()),
        }
    }
    all
}

/// Whether a list holds rows: several maps of short texts with the same keys, none of which says
/// what a point says.
pub(in crate::model) fn are_rows(node: &DataNode) -> bool {
    // Longer texts are no cells.
    const LONG: usize = 300;
    let DataValue::Seq(rows) = &node.value else { return false };
    let maps: Option<Vec<&Vec<(MapKey, DataNode)>>> = rows
        .iter()
        .map(|row| match &row.value {
            DataValue::Map(entries) => Some(entries),
            _ => None,
        })
        .collect();
    let Some(maps) = maps.filter(|maps| maps.len() > 1) else { return false };
    let cell = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => text.chars().count() < LONG,
        DataValue::Null => true,
        _ => false,
    };
    let keys: Vec<&str> = maps[0].iter().map(|(key, _)| key.text.as_str()).collect();
    let row = |map: &&Vec<(MapKey, DataNode)>| {
        let known = map.iter().filter(|(key, _)| keys.contains(&key.text.as_str())).count();
        // «{этап: …, сроки: …, содержание: …}» begins with no key of a point.
        let foreign = map.first().is_some_and(|(key, _)| !is_near_item_key(&key.text));
        let says = !foreign && map.iter().any(|(key, _)| says_what(&key.text));
        !says && 2 * known > map.len().max(keys.len()) && map.iter().all(|(_, node)| cell(node))
    };
    keys.len() > 1 && maps.iter().all(row)
}

/// Such a list as a table, its rows numbered unless they have numbers of their own.
pub(in crate::model) fn numbered(node: &DataNode) -> DataNode {
    let first = |node: &DataNode| match &node.value {
        DataValue::Map(entries) => entries.first().map(|(key, _)| key.text.trim().to_lowercase()),
        _ => None,
    };
    let head = match &node.value {
        DataValue::Seq(rows) => rows.first().and_then(first),
        _ => None,
    };
    // What comes first in order, or by its rank, needs no number.
    const ORDERED: [&str; 16] = [
        "номер",
        "п/п",
        "no",
        "no.",
        "number",
        "место",
        "дата",
        "время",
        "день",
        "срок",
        "период",
        "месяц",
        "rank",
        "date",
        "time",
        "day",
    ];
    let few = matches!(&node.value, DataValue::Seq(rows) if rows.len() < 3);
    let own = head.is_some_and(|head| head.starts_with(['№', '#']) || ORDERED.contains(&&*head));
    let own = own || few;
    let Some(DataNode { value: DataValue::Map(mut entries), range }) =
        <super::Table as super::Fields>::mended(node)
    else {
        return node.clone();
    };
    if let Some((_, DataNode { value: DataValue::Seq(heads), .. })) =
        entries.iter_mut().find(|(key, _)| key.text == "columns")
    {
        for head in heads {
            if let DataValue::Scalar { text, .. } = &mut head.value {
                *text = title(text);
            }
        }
    }
    if !own {
        let yes = DataValue::Scalar { text: "true".to_owned(), plain: true };
        entries.push(entry("numbered", DataNode::new(yes, node.range.clone())));
    }
    DataNode::new(DataValue::Map(entries), range)
}

/// The head that a key makes: «мероприятие» begins with a capital letter, «фио» is an abbreviation.
fn title(key: &str) -> String {
    match key.trim().to_lowercase().as_str() {
        "фио" | "ф.и.о." | "ф.и.о" => "Ф. И. О.".to_owned(),
        _ => crate::lang::ru::capital(key.trim()),
    }
}
