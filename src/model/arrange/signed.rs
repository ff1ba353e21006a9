//! Who signs, where the last lines of a document say it: «Директор: А. П. Ли», «Составил: …».

use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{draft, who};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar};

/// «Составил: методист Гущина Л. Л.», «Сдал: Ершова К. К.» sign so, each in a line of his own.
pub(super) fn made(entries: &mut MapEntries) -> bool {
    const MADE: [&str; 15] = [
        "рецензент",
        "автор рецензии",
        "составил",
        "составитель",
        "подготовил",
        "разработал",
        "разработчик",
        "сдал",
        "передал",
        "принял",
        "выдал",
        "получил",
        "проверил",
        "prepared by",
        "заполнил",
    ];
    // «приняла» is she, «принята» a document.
    let is = |(key, node): &(MapKey, DataNode)| {
        let small = small(key);
        let made = MADE.iter().any(|word| {
            small.strip_prefix(word).is_some_and(|end| {
                end.is_empty() || end.starts_with(['а', 'и', ' ', '(']) || *word == "составитель"
            })
        });
        made && matches!(node.value, DataValue::Scalar { .. })
    };
    let mut moved = false;
    while let Some(at) = entries.iter().position(is) {
        let (key, mut node) = entries.remove(at);
        if let DataValue::Scalar { text, .. } = &mut node.value {
            let who = who::post_first(text).or_else(|| who::name_first(text)).unwrap_or_default();
            let made = key.text.trim().trim_end_matches(':');
            let post = who.post.map_or_else(|| made.to_owned(), |post| format!("{made}: {post}"));
            let name = if who.name.is_empty() { text.clone() } else { who.name };
            let pair =
                vec![entry("post", scalar(&post, &node)), entry("name", scalar(&name, &node))];
            node.value = DataValue::Map(pair);
        }
        sign(entries, node);
        moved = true;
    }
    moved
}

/// Adds one who signs to those who do.
fn sign(entries: &mut MapEntries, node: DataNode) {
    match entries.iter_mut().find(|(key, _)| is_key(&key.text, "signatures")) {
        Some((_, DataNode { value: DataValue::Seq(all), .. })) => all.push(node),
        Some((_, signed)) => {
            let first = std::mem::replace(signed, DataNode::new(DataValue::Null, 0..0));
            let range = first.range.clone();
            *signed = DataNode::new(DataValue::Seq(vec![first, node]), range);
        }
        None => entries.push(entry("signatures", node)),
    }
}

/// Adds those who sign as what the key says.
fn sign_as(entries: &mut MapEntries, key: &MapKey, node: DataNode) {
    let post = entry("post", scalar(key.text.trim().trim_end_matches(':'), &node));
    let range = node.range.clone();
    match node.value {
        DataValue::Map(inner) => {
            let pair = DataValue::Map(std::iter::once(post).chain(inner).collect());
            sign(entries, DataNode::new(pair, range));
        }
        // The post stands before the first of them.
        DataValue::Seq(all) => {
            let mut post = Some(post);
            for one in all {
                let range = one.range.clone();
                let pair = post.take().into_iter().chain([entry("name", one)]).collect();
                sign(entries, DataNode::new(DataValue::Map(pair), range));
            }
        }
        value => {
            let name = entry("name", DataNode::new(value, range.clone()));
            sign(entries, DataNode::new(DataValue::Map(vec![post, name]), range));
        }
    }
}

/// «Педагог: Слепцова Л. И.» in the last lines of a document that nobody signs is its signature.
pub(super) fn last_sign(entries: &mut MapEntries) -> bool {
    const BELOW: [&str; 12] = [
        "appendices",
        "attachments",
        "date",
        "executor",
        "acquainted",
        "seal",
        "visas",
        "copy",
        "e_signature",
        "basis",
        "footnotes",
        "translation",
    ];
    let minutes = entries.iter().any(|(key, node)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        is_key(&key.text, "kind") && text.to_lowercase().contains("протокол")
    });
    // In minutes «председатель» and «секретарь» stand at the head as well.
    let led = |(key, _): &(MapKey, DataNode)| {
        ["председател", "секретар"].iter().any(|word| small(key).starts_with(word))
    };
    if has(entries, "signatures") || has(entries, "roles") || minutes && entries.iter().any(led) {
        return false;
    }
    let named = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => who::is_sure_name(text),
        DataValue::Map(inner) => inner.iter().any(|(key, _)| is_key(&key.text, "name")),
        // «члены комиссии: [А. А. Лямин, В. В. Сомова]»
        DataValue::Seq(all) => all.iter().all(
            |one| matches!(&one.value, DataValue::Scalar { text, .. } if who::is_sure_name(text)),
        ),
        DataValue::Null => false,
    };
    let is = |(key, node): &&(MapKey, DataNode)| {
        !key.text.is_ascii() && !draft::is_near_key(&key.text) && named(node)
    };
    let below = |(key, _): &&(MapKey, DataNode)| BELOW.iter().any(|own| is_key(&key.text, own));
    let end = entries.len() - entries.iter().rev().take_while(below).count();
    let count = entries[..end].iter().rev().take_while(is).count();
    let from = end - count;
    // What stands at the head as well as at the foot is a form to be filled in.
    if count == 0 || from == 0 || entries[..from].iter().any(|own| is(&own)) {
        return false;
    }
    let signers: MapEntries = entries.drain(from..end).collect();
    for (key, node) in signers {
        sign_as(entries, &key, node);
    }
    true
}

/// «дата выдачи» of an extract is when its copy was certified.
pub(super) fn copied(entries: &mut MapEntries) -> bool {
    let dates = entries.iter().filter(|(key, _)| is_key(&key.text, "date")).count();
    let at = entries.iter().position(|(key, _)| small(key) == "дата выдачи");
    let copy = entries.iter().position(|(key, node)| {
        is_key(&key.text, "copy") && matches!(node.value, DataValue::Scalar { .. })
    });
    let (Some(at), Some(copy)) = (at.filter(|_| dates > 1), copy) else { return false };
    let (_, date) = entries[at].clone();
    let (_, node) = &mut entries[copy];
    let DataValue::Scalar { text, .. } = &node.value else { return false };
    let who = who::post_first(text).unwrap_or_default();
    let name = if who.name.is_empty() { text.clone() } else { who.name };
    let mut inner = vec![entry("name", scalar(&name, node)), entry("date", date)];
    inner.extend(who.post.map(|post| entry("post", scalar(&post, node))));
    node.value = DataValue::Map(inner);
    entries.remove(at);
    true
}
