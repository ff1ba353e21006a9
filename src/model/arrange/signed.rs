//! Who signs, where the last lines of a document say it: «Директор: А. П. Ли», «Составил: …».

use super::super::Signature;
use super::super::read::is_empty;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{draft, who};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar};
use crate::lang::ru::capital;

/// «подпись: ______ / ______ /» is a line to sign on, and the key says so.
pub(super) fn unsigned(entries: &mut MapEntries) -> bool {
    let blank = |text: &str| text.contains("__") && text.chars().all(|c| "_/() \u{a0}".contains(c));
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        is_key(&key.text, "signatures") && node.text().is_some_and(blank)
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let post = entry("post", scalar(&capital(key.text.trim()), node));
    *node = DataNode::new(DataValue::Map(vec![post]), node.range.clone());
    true
}

/// «комиссия: {председатель: …, члены: […]}» below what a document says signs it. Minutes and acts
/// have it at their head.
pub(super) fn commission_signs(entries: &mut MapEntries) -> bool {
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let kind = kind.and_then(|(_, node)| node.text()).unwrap_or_default().to_lowercase();
    if ["протокол", "акт", "состав", "положение"].iter().any(|word| kind.starts_with(word))
    {
        return false;
    }
    let Some((key, node)) = entries.last() else { return false };
    let of = match small(key).as_str() {
        "комиссия" => "комиссии",
        "жюри" => "жюри",
        "оргкомитет" => "оргкомитета",
        _ => return false,
    };
    let (DataValue::Map(inner), true) = (&node.value, has(entries, "table")) else { return false };
    let label = |key: &MapKey| {
        let label = key.text.trim();
        let text = if label.contains(' ') { label.to_owned() } else { format!("{label} {of}") };
        MapKey { text: capital(&text), range: key.range.clone() }
    };
    let own: MapEntries = inner.iter().map(|(key, node)| (label(key), node.clone())).collect();
    entries.pop();
    entries.extend(own);
    true
}

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
        // «составили настоящий акт о том, что» is a sentence.
        let words = small.split_whitespace().count();
        let made = made && words <= 3 || words == 2 && thing_made(&small, node);
        // With nothing behind it, it is a line to sign on by hand.
        made && matches!(node.value, DataValue::Scalar { .. } | DataValue::Null)
    };
    let mut moved = false;
    while let Some(at) = entries.iter().position(is) {
        let (key, mut node) = entries.remove(at);
        if is_empty(&node) {
            let post =
                scalar(&capital(key.text.trim()), &DataNode::new(DataValue::Null, key.range));
            node.value = DataValue::Map(vec![entry("post", post)]);
        } else if let DataValue::Scalar { text, .. } = &mut node.value {
            let who = who::post_first(text).or_else(|| who::name_first(text));
            let who = within(text).or(who).unwrap_or_default();
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

/// «Справку составила: Ким Ю. О.», «план подготовил: методист Пак В. В.»: what was made stands
/// before the verb. Only a person behind it tells that from what is said of the thing.
fn thing_made(key: &str, node: &DataNode) -> bool {
    const VERBS: [&str; 6] =
        ["составил", "подготовил", "разработал", "проверил", "заполнил", "вел"];
    let verb = key.trim_end_matches(':').split_whitespace().next_back().unwrap_or_default();
    let past = VERBS
        .iter()
        .any(|own| verb.strip_prefix(own).is_some_and(|end| ["", "а", "и"].contains(&end)));
    let text = node.text().unwrap_or_default();
    let person = || {
        let who = who::post_first(text).or_else(|| who::name_first(text));
        let name = who.map_or_else(|| text.to_owned(), |who| who.name);
        who::is_sure_name(&name)
    };
    past && person()
}

/// «Музей истории (Дмитриева Н. Ю., хранитель)»: a body, and who signs for it.
fn within(text: &str) -> Option<who::Who> {
    let (body, inside) = text.trim().strip_suffix(')')?.split_once(" (")?;
    let who = who::name_first(inside).or_else(|| {
        let name = who::is_sure_name(inside).then(|| inside.to_owned())?;
        Some(who::Who { name, post: None, aside: None })
    })?;
    let post = who.post.map_or_else(|| body.to_owned(), |post| format!("{body}, {post}"));
    // A person may have been named before the brackets, which then say something else.
    (!who::is_sure_name(body)).then_some(who::Who { name: who.name, post: Some(post), aside: None })
}

/// Adds one who signs to those who do.
pub(super) fn sign(entries: &mut MapEntries, node: DataNode) {
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
pub(super) fn sign_as(entries: &mut MapEntries, key: MapKey, mut node: DataNode) {
    if let DataValue::Map(inner) = &node.value {
        let label = key.text.trim().trim_end_matches(':');
        let is_post = |(key, _): &&(MapKey, DataNode)| is_key(&key.text, "post");
        // «ответственный: {должность: методист, фио: …}» has both.
        let told = inner.iter().find(is_post).and_then(|(_, node)| node.text());
        let post = told.map_or_else(|| label.to_owned(), |post| format!("{label}: {post}"));
        let post = entry("post", scalar(&post, &node));
        let rest = inner.iter().filter(|own| !is_post(own)).cloned();
        let pair = DataValue::Map(std::iter::once(post).chain(rest).collect());
        return sign(entries, DataNode::new(pair, node.range.clone()));
    }
    // «от имени коллектива: директор Ли А. П.»
    if let DataValue::Scalar { text, .. } = &node.value
        && who::several(text).is_none()
        && let Some(who::Who { name, post: Some(post), .. }) = who::post_first(text)
    {
        let label = key.text.trim().trim_end_matches(':');
        let post = entry("post", scalar(&format!("{label}: {post}"), &node));
        let pair = DataValue::Map(vec![post, entry("name", scalar(&name, &node))]);
        return sign(entries, DataNode::new(pair, node.range.clone()));
    }
    if let DataValue::Scalar { text, .. } = &node.value
        && let Some(names) = who::several(text)
    {
        let names = names.iter().map(|name| scalar(name, &node)).collect();
        node = DataNode::new(DataValue::Seq(names), node.range.clone());
    }
    for one in Signature::of_pair(&(key, node)) {
        sign(entries, one);
    }
}

// Over 60 lines: what tells those who sign from those who are listed, one after another.
/// «Педагог: Слепцова Л. И.» in the last lines of a document that nobody signs is its signature.
pub(super) fn last_sign(entries: &mut MapEntries) -> bool {
    const BELOW: [&str; 16] = [
        "vote",
        "number",
        "place",
        "appendices",
        "attachments",
        "date",
        "executor",
        "distribution",
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
        let Some(text) = node.text() else { return false };
        is_key(&key.text, "kind") && text.to_lowercase().contains("протокол")
    });
    // In minutes «председатель» and «секретарь» stand at the head as well.
    let led = |(key, _): &(MapKey, DataNode)| {
        ["председател", "секретар"].iter().any(|word| small(key).starts_with(word))
    };
    if has(entries, "signatures") || has(entries, "roles") || minutes && entries.iter().any(led) {
        return false;
    }
    let name = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => {
            let several = who::several(text).unwrap_or_else(|| vec![text.clone()]);
            several.iter().all(|name| who::is_sure_name(name))
        }
        // «секция 1: {название: …, доклады: […]}» is a part of a programme.
        DataValue::Map(inner) => {
            let lists = inner.iter().any(|(_, node)| matches!(node.value, DataValue::Seq(_)));
            !lists && inner.iter().any(|(key, _)| is_key(&key.text, "name"))
        }
        _ => false,
    };
    let is = |(key, node): &&(MapKey, DataNode)| {
        let named = match &node.value {
            // «Члены жюри: […]» sign below their chairman.
            DataValue::Seq(all) => !all.is_empty() && all.iter().all(name),
            // «От имени участников: директор Ли А. П.»
            DataValue::Scalar { text, .. } if small(key).starts_with("от имени ") => {
                name(node) || who::post_first(text).is_some_and(|w| who::is_sure_name(&w.name))
            }
            _ => name(node),
        };
        !key.text.is_ascii() && !draft::is_near_key(&key.text) && named
    };
    let below = |(key, _): &&(MapKey, DataNode)| BELOW.iter().any(|own| is_key(&key.text, own));
    let end = entries.len() - entries.iter().rev().take_while(below).count();
    let count = entries[..end].iter().rev().take_while(is).count();
    let from = end - count;
    // What stands at the head as well as at the foot is a form to be filled in, unless those below
    // are in office: «глава округа: С. Н. Дубов».
    let office = |(key, _): &(MapKey, DataNode)| {
        key.text.split_whitespace().next().is_some_and(who::is_head)
    };
    let form = entries[..from].iter().any(|own| is(&own)) && !entries[from..end].iter().all(office);
    if count == 0 || from == 0 || form {
        return false;
    }
    // Below nothing they are what the document lists: «Состав жюри».
    let says = |(_, node): &(MapKey, DataNode)| {
        let Some(text) = node.text() else { return !is_empty(node) };
        text.chars().count() > 80 || text.trim().contains('\n')
    };
    let text = |own: &(MapKey, DataNode)| is_key(&own.0.text, "text");
    let listed = entries[from..end].iter().any(|(_, n)| matches!(n.value, DataValue::Seq(_)));
    if listed && !entries[..from].iter().any(|own| says(own) || text(own)) {
        return false;
    }
    let signers: MapEntries = entries.drain(from..end).collect();
    for (key, node) in signers {
        sign_as(entries, key, node);
    }
    true
}

/// «дата выдачи», «дата заверения» of an extract is when its copy was certified.
pub(super) fn copied(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 5] = [
        "дата выдачи",
        "дата заверения",
        "дата заверения копии",
        "дата выписки",
        "дата выдачи выписки",
    ];
    let dates = entries.iter().filter(|(key, _)| is_key(&key.text, "date")).count();
    let at = entries.iter().position(|(key, _)| WORDS.contains(&small(key).as_str()));
    // Only «дата выдачи» may be the document's own date.
    let own = at.is_some_and(|at| small(&entries[at].0) == WORDS[0]);
    let copy = entries.iter().position(|(key, node)| {
        let dated = |inner: &MapEntries| inner.iter().any(|(key, _)| is_key(&key.text, "date"));
        let free = match &node.value {
            DataValue::Scalar { .. } => true,
            DataValue::Map(inner) => !dated(inner),
            _ => false,
        };
        free && is_key(&key.text, "copy")
    });
    let (Some(at), Some(copy)) = (at.filter(|_| dates > 1 || !own), copy) else { return false };
    let (_, date) = entries[at].clone();
    let (_, node) = &mut entries[copy];
    if let DataValue::Map(inner) = &mut node.value {
        inner.push(entry("date", date));
        entries.remove(at);
        return true;
    }
    let Some(text) = node.text() else { return false };
    let who = who::post_first(text).unwrap_or_default();
    let name = if who.name.is_empty() { text.to_owned() } else { who.name };
    let mut inner = vec![entry("name", scalar(&name, node)), entry("date", date)];
    inner.extend(who.post.map(|post| entry("post", scalar(&post, node))));
    node.value = DataValue::Map(inner);
    entries.remove(at);
    true
}
