//! The course of a meeting: «слушали», «решили», «ход собрания» and who had to come, put into the
//! agenda and the head.

use super::super::read::is_empty;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{number, section};
use super::spoken::{has, small};
use super::{MapEntries, entry, meeting, scalar, tables};

/// «всего работников: 31», «списочный состав: 31 человек».
pub(super) fn members(entries: &mut MapEntries) -> bool {
    if has(entries, "members") {
        return false;
    }
    let meets = has(entries, "present") || has(entries, "attendees");
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let key = small(key);
        let members = key.starts_with("члены ") || key.contains("членов ");
        // «всего участников: 34» of a jury counts the works, not those who met.
        let all = key.starts_with("всего ") && meets || key == "списочный состав";
        let listed = key.starts_with("состав ") || key == "по списку" || key == "численность";
        all || (members || listed) && super::counts(node)
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "members".to_owned();
    true
}

/// «кворум: имеется», «кворум: 100 %» is a line below those present.
pub(super) fn quorum(entries: &mut MapEntries) -> bool {
    let Some(at) = entries.iter().position(|(key, _)| small(key) == "кворум") else {
        return false;
    };
    let DataValue::Scalar { text, .. } = &entries[at].1.value else { return false };
    if has(entries, "text") {
        return false;
    }
    let told = text.trim().trim_end_matches('.');
    let line = match told.to_lowercase().as_str() {
        "есть" | "да" | "true" | "имеется" => "Кворум имеется.".to_owned(),
        "нет" | "false" | "отсутствует" => "Кворума нет.".to_owned(),
        _ if told.to_lowercase().starts_with("кворум") => format!("{told}."),
        _ => format!("Кворум: {told}."),
    };
    let line = scalar(&line, &entries[at].1);
    entries[at].0.text = "text".to_owned();
    entries[at].1 = line;
    true
}

/// The questions of an agenda, which may be lines of a text, or numbered in one.
fn listed(agenda: &DataNode) -> Option<Vec<DataNode>> {
    Some(match &agenda.value {
        DataValue::Seq(all) => {
            all.iter().map(|one| meeting::asked(one).unwrap_or_else(|| one.clone())).collect()
        }
        DataValue::Map(all) => all.iter().map(|(_, node)| node.clone()).collect(),
        DataValue::Scalar { text, plain } => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let pieces: Vec<&str> = section::numbered_run(text).unwrap_or(lines);
            let one = |text: &str| DataValue::Scalar { text: text.to_owned(), plain: *plain };
            pieces.iter().map(|text| DataNode::new(one(text), agenda.range.clone())).collect()
        }
        DataValue::Null => return None,
    })
}

/// A question that its key numbers or names.
fn by_key((key, node): &(MapKey, DataNode)) -> DataNode {
    let DataValue::Map(inner) = &node.value else { return node.clone() };
    let title = key.text.trim().trim_end_matches(':');
    let words = title.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let number = small(key).starts_with("вопрос") || small(key).contains(" вопрос");
    if !words || number || has(inner, "title") {
        return node.clone();
    }
    let like = DataNode::new(DataValue::Null, key.range.clone());
    let title = entry("title", scalar(title, &like));
    let all = std::iter::once(title).chain(inner.iter().cloned()).collect();
    DataNode::new(DataValue::Map(all), node.range.clone())
}

/// «ход собрания:», in which each question of the agenda is gone through.
pub(super) fn course(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let key = small(key);
        let said = key == "ход"
            || key.starts_with("ход ")
            || key == "обсуждение"
            || key == "рассмотрение вопросов";
        let map = |item: &DataNode| matches!(item.value, DataValue::Map(_));
        said && match &node.value {
            DataValue::Seq(items) => items.iter().all(map),
            // «1: {слушали: …}», «О выборах: {решили: …}»
            DataValue::Map(items) => items.iter().all(|(_, item)| map(item)),
            _ => false,
        }
    };
    // «По 1 вопросу слушали: …», «Решили: …» and so on in a row.
    for (key, node) in entries.iter_mut() {
        if let DataValue::Map(parts) = &mut node.value
            && small(key).starts_with("ход ")
        {
            meeting::parted(parts);
        }
    }
    let Some(at) = entries.iter().position(is) else { return false };
    let mut numbers = None;
    if let DataValue::Map(items) = &entries[at].1.value {
        numbers = items.iter().map(|(key, _)| meeting::ordinal(key)).collect::<Option<Vec<_>>>();
        let items = DataValue::Seq(items.iter().map(by_key).collect());
        entries[at].1.value = items;
    }
    let agenda = entries.iter().position(|(key, _)| is_key(&key.text, "agenda"));
    let Some(agenda) = agenda else {
        entries[at].0.text = "agenda".to_owned();
        return true;
    };
    // The questions are worded in full where they are listed.
    let Some(titles) = listed(&entries[agenda].1) else { return false };
    let plain = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. });
    let (_, mut gone) = entries[at].clone();
    let DataValue::Seq(items) = &mut gone.value else { return false };
    by_number(items, numbers, titles.len());
    // Fewer may have been gone through than were listed; those behind them stay titles alone.
    if items.len() > titles.len() || !titles.iter().all(plain) {
        return false;
    }
    let rest = titles[items.len()..].to_vec();
    for (item, title) in items.iter_mut().zip(titles) {
        let DataValue::Map(keys) = &mut item.value else { return false };
        in_pieces(keys);
        match keys.iter_mut().find(|(key, _)| is_key(&key.text, "title")) {
            Some((_, own)) => *own = title,
            None => keys.insert(0, entry("title", title)),
        }
    }
    items.extend(rest);
    entries[agenda].1 = gone;
    entries.remove(at);
    true
}

/// «вопрос 2:» is the second of those listed, whether there is a first or not.
fn by_number(items: &mut Vec<DataNode>, numbers: Option<Vec<usize>>, most: usize) {
    let Some(numbers) = numbers else { return };
    let grows = numbers.windows(2).all(|pair| pair[0] < pair[1]);
    let within = numbers.first().is_some_and(|first| *first > 0)
        && numbers.last().is_some_and(|last| *last <= most);
    if !grows || !within {
        return;
    }
    let own = std::mem::take(items);
    for (number, item) in numbers.into_iter().zip(own) {
        while items.len() + 1 < number {
            items.push(DataNode::new(DataValue::Map(Vec::new()), item.range.clone()));
        }
        items.push(item);
    }
}

/// «вопросы:» of a document are its agenda; those of a form are its points.
pub(super) fn questions(entries: &mut MapEntries) -> bool {
    let form = entries.iter().any(|(key, node)| {
        is_key(&key.text, "kind") && tables::is_form(node.text().unwrap_or_default())
    });
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        ["вопросы", "вопросы повестки", "questions"].contains(&small(key).as_str())
            && matches!(node.value, DataValue::Seq(_) | DataValue::Map(_))
    };
    if has(entries, "agenda") || form && has(entries, "points") {
        return false;
    }
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = if form { "points" } else { "agenda" }.to_owned();
    true
}

/// «слушали», «решили» and «голосовали» of a document that has no agenda are those of its only
/// question.
pub(super) fn heard(entries: &mut MapEntries) -> bool {
    let is = |key: &MapKey, part: &str| is_key(&key.text, part);
    if has(entries, "sections") {
        return false;
    }
    if !entries.iter().any(|(key, _)| is(key, "heard") || is(key, "spoke")) {
        return false;
    }
    let part = |key: &MapKey| meeting::PARTS.iter().any(|part| is(key, part));
    let at = entries.iter().position(|(key, _)| part(key));
    let last = entries.iter().rposition(|(key, _)| part(key));
    // A table or a text between «слушали» and «голосовали» belongs to what was said there.
    let between = |own: usize| at.is_some_and(|at| at < own) && last.is_some_and(|l| own < l);
    let mut own = MapEntries::new();
    let mut kept = MapEntries::new();
    for (place, (key, node)) in entries.drain(..).enumerate() {
        let among = is_key(&key.text, "table") || is_key(&key.text, "text");
        if (part(&key) || among && between(place)) && !is_empty(&node) {
            own.push((key, node));
        } else {
            kept.push((key, node));
        }
    }
    *entries = kept;
    in_pieces(&mut own);
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let question = DataNode::new(DataValue::Map(own), range.clone());
    // Questions that were listed before are gone through together.
    if let Some((_, agenda)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "agenda")) {
        let mut all = listed(agenda).unwrap_or_else(|| vec![agenda.clone()]);
        match (all.as_mut_slice(), question.value) {
            // The only one is gone through under its own title.
            ([only], DataValue::Map(mut parts))
                if matches!(only.value, DataValue::Scalar { .. }) =>
            {
                parts.insert(0, entry("title", only.clone()));
                only.value = DataValue::Map(parts);
            }
            (_, value) => all.push(DataNode::new(value, range)),
        }
        agenda.value = DataValue::Seq(all);
        return true;
    }
    let list = DataNode::new(DataValue::Seq(vec![question]), range);
    entries.insert(at.unwrap_or_default().min(entries.len()), entry("agenda", list));
    true
}

/// «1. Иванову А. П. об итогах 2. Пак В. В. о планах», which YAML made one line of, as a list.
fn in_pieces(parts: &mut MapEntries) {
    for (key, node) in parts {
        let whole = ["vote", "table", "text"].iter().any(|own| is_key(&key.text, own));
        let Some(text) = node.text().filter(|_| !whole) else { continue };
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let counted = lines.len() > 1 && lines.iter().all(|line| number::is_marked(line));
        let pieces = section::numbered_run(text).or(counted.then_some(lines));
        let pieces = pieces.map(|all| all.iter().map(|one| scalar(one, node)).collect());
        if let Some(pieces) = pieces {
            node.value = DataValue::Seq(pieces);
        }
    }
}

/// «постановили:» of questions is the word that is printed before their decisions.
pub(super) fn resolved_in_agenda(entries: &mut MapEntries) -> bool {
    let Some((_, node)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "agenda")) else {
        return false;
    };
    let DataValue::Seq(items) = &node.value else { return false };
    let word = items.iter().find_map(|item| {
        let DataValue::Map(keys) = &item.value else { return None };
        // «решили» is what is printed anyway, and «решение» is no verb.
        keys.iter().find_map(|(key, _)| {
            let said = small(key);
            ["постановили", "постановил", "постановило", "определили"]
                .contains(&said.as_str())
                .then(|| said.to_uppercase())
        })
    });
    let Some(word) = word else { return false };
    let word = scalar(&word, node);
    let list = DataNode::new(DataValue::Seq(items.clone()), node.range.clone());
    node.value = DataValue::Map(vec![entry("items", list), entry("resolves", word)]);
    true
}
