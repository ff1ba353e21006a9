//! Points whose keys are words of the writer's own: «- Рекомендовать школам: […]», «вопрос: …» with
//! «варианты: […]» beside it.

use super::super::arrange;
use super::super::russian::{self, is_key};
use super::super::section::marked_run;
use super::super::tree::{DataNode, DataValue, MapKey, entry};
use super::{BESIDE, ITEM_KEYS, is_heading, is_near_item_key, is_phrase, taken};
use crate::diag::nearest;
use crate::lang::ru::capital;

type Entries = [(MapKey, DataNode)];

/// Keys that say how a point is marked, by whom or when it is done, and not what it says.
const ASIDE: [&str; 8] = ["numbering", "start", "number", "value", "by", "due", "term", "vote"];

/// Keys whose value is the text of the point itself.
const TITLES: [&str; 8] =
    ["вопрос", "тема", "мероприятие", "пункт", "название", "question", "topic", "item"];

/// Keys of a question below which stands what may be chosen.
const CHOICES: [&str; 8] = [
    "варианты",
    "варианты ответа",
    "варианты ответов",
    "ответы",
    "выбор",
    "options",
    "choices",
    "answers",
];

/// Keys that say how many lines are left to be written on.
const LINES: [&str; 5] = ["строк", "строки", "число строк", "пустых строк", "lines"];

/// Characters of a line to write on, which is a little shorter than the text is wide.
const LINE: usize = 60;

/// More lines than a page has nobody leaves empty.
const MOST_LINES: usize = 40;

fn own(key: &MapKey) -> bool {
    ITEM_KEYS.iter().chain(&BESIDE).any(|own| is_key(&key.text, own))
}

fn aside(key: &MapKey) -> bool {
    ASIDE.iter().any(|aside| is_key(&key.text, aside))
}

fn is_one(key: &MapKey, words: &[&str]) -> bool {
    words.contains(&key.text.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// What a point means that has keys of no point.
pub(super) fn point(node: &DataNode, entries: &Entries) -> Option<DataNode> {
    if let Some(entries) = addressed(entries).or_else(|| given(entries, node)) {
        return Some(DataNode::new(DataValue::Map(entries), node.range.clone()));
    }
    if let [(key, below)] = entries {
        let entries = sentence(key, below, node)?;
        return Some(DataNode::new(DataValue::Map(entries), node.range.clone()));
    }
    let (beside, words): (Vec<_>, Vec<_>) = entries.iter().cloned().partition(|(k, _)| aside(k));
    let mut said = match words.as_slice() {
        [] => return None,
        [(key, below)] => sentence(key, below, node)?,
        words => asked(words, node).or_else(|| lines(words, node))?,
    };
    said.extend(beside);
    Some(DataNode::new(DataValue::Map(said), node.range.clone()))
}

/// «адресат: Министерству культуры» of a point is whom it is addressed to.
fn addressed(entries: &Entries) -> Option<Vec<(MapKey, DataNode)>> {
    let is = |key: &MapKey| is_key(&key.text, "addressee") && !is_key(&key.text, "to");
    let at = entries.iter().position(|(key, _)| is(key))?;
    if entries.iter().any(|(key, _)| is_key(&key.text, "to")) {
        return None;
    }
    let mut entries = entries.to_vec();
    entries[at].0.text = "to".to_owned();
    Some(entries)
}

/// «текст: Объявить благодарность» with «кому» and «за» beside it: an act whose verb is the text.
fn given(entries: &Entries, node: &DataNode) -> Option<Vec<(MapKey, DataNode)>> {
    let own = |name: &str| entries.iter().position(|(key, _)| is_key(&key.text, name));
    let (text, to, reason) = (own("text")?, own("to").or_else(|| own("people"))?, own("for")?);
    let verb = entries[text].1.text()?.trim().trim_end_matches(':').trim_end();
    let act = DataValue::Map(vec![
        entry("do", DataNode::said("other", &node.range)),
        entry("text", DataNode::said(verb, &node.range)),
        entry("to", entries[to].1.clone()),
        entry("for", entries[reason].1.clone()),
    ]);
    let act = entry("act", DataNode::new(act, node.range.clone()));
    let beside = entries.iter().enumerate().filter(|(at, _)| ![text, to, reason].contains(at));
    Some(beside.map(|(_, own)| own.clone()).chain([act]).collect())
}

/// «- Избрать в правление:» and a list of its own behind the next dash: what it leads to.
pub(in crate::model) fn below_colon(node: &DataNode) -> Option<DataNode> {
    let DataValue::Seq(items) = &node.value else { return None };
    // «- список: […]» behind the next dash says in so many words what it is.
    let own = |item: &DataNode| match &item.value {
        DataValue::Map(entries) => match entries.as_slice() {
            [(key, below)] if is_key(&key.text, "items") => {
                matches!(below.value, DataValue::Seq(_)).then(|| below.clone())
            }
            _ => None,
        },
        _ => None,
    };
    let items: Vec<DataNode> =
        items.iter().map(|item| own(item).unwrap_or_else(|| item.clone())).collect();
    // What the text of one leads to, if it is a list, or those who belong to what it speaks of:
    // «- Создать комиссию в составе:», «- председатель: Цой В. А.».
    let led = |above: &DataNode, item: &DataNode| {
        let text = above.text()?.trim().strip_suffix(':')?;
        let key = MapKey { text: text.trim_end().to_owned(), range: above.range.clone() };
        let map = DataValue::Map(vec![(key, item.clone())]);
        let led = DataNode::new(map, above.range.start..item.range.end);
        let list = matches!(item.value, DataValue::Seq(_));
        (list || arrange::composed(&led).is_some()).then_some(led)
    };
    if !items.windows(2).any(|pair| led(&pair[0], &pair[1]).is_some()) {
        return None;
    }
    let mut kept: Vec<DataNode> = Vec::with_capacity(items.len());
    for item in items {
        match kept.last_mut().and_then(|above| Some((led(above, &item)?, above))) {
            Some((led, above)) => *above = led,
            None => kept.push(item),
        }
    }
    Some(DataNode::new(DataValue::Seq(kept), node.range.clone()))
}

/// «- Задачи:» and a list below it among points that are sentences is one of them, and no heading.
pub(super) fn among_points(node: &DataNode) -> Option<DataNode> {
    let DataValue::Seq(items) = &node.value else { return None };
    let heads = |item: &DataNode| match &item.value {
        DataValue::Map(entries) if let [(key, below)] = entries.as_slice() => {
            is_heading(&key.text) && !own(key) && matches!(below.value, DataValue::Seq(_))
        }
        _ => false,
    };
    let headings = items.iter().filter(|item| heads(item)).count();
    let texts = items.iter().filter(|item| item.text().is_some()).count();
    if headings == 0 || texts < headings {
        return None;
    }
    let one = |item: &DataNode| {
        let mut item = item.clone();
        if heads(&item)
            && let DataValue::Map(entries) = &mut item.value
        {
            entries[0].0.text.push(':');
        }
        item
    };
    let items = DataValue::Seq(items.iter().map(one).collect());
    Some(DataNode::new(items, node.range.clone()))
}

/// A list in which headings lead to lists, and one to a single text: «Заключительные положения:
/// Положение вступает в силу …». That one is a list, too.
pub(super) fn headed(node: &DataNode) -> Option<DataNode> {
    let DataValue::Seq(items) = &node.value else { return None };
    let below = |item: &DataNode| match &item.value {
        DataValue::Map(entries) if let [(key, below)] = entries.as_slice() => {
            (is_heading(&key.text) && !own(key)).then(|| below.clone())
        }
        _ => None,
    };
    let lists = items.iter().filter_map(below);
    if !lists.into_iter().any(|below| matches!(below.value, DataValue::Seq(_))) {
        return None;
    }
    let sentence = |item: &DataNode| below(item)?.text().filter(|t| t.contains(' ')).map(str::len);
    if !items.iter().any(|item| sentence(item).is_some()) {
        return None;
    }
    let listed = items.iter().map(|item| {
        let mut item = item.clone();
        if sentence(&item).is_some()
            && let DataValue::Map(entries) = &mut item.value
        {
            let text = entries[0].1.clone();
            entries[0].1 = DataNode::new(DataValue::Seq(vec![text]), item.range.clone());
        }
        item
    });
    Some(DataNode::new(DataValue::Seq(listed.collect()), node.range.clone()))
}

/// «- срок: до 1 марта», «- ответственный: Ким Ю. О.» in a row with sentences belong to the one
/// above.
pub(super) fn due_apart(node: &DataNode) -> Option<DataNode> {
    let DataValue::Seq(items) = &node.value else { return None };
    let beside = |item: &DataNode| match &item.value {
        DataValue::Map(entries) => entries
            .iter()
            .all(|(key, _)| ["by", "due", "term"].iter().any(|own| is_key(&key.text, own))),
        _ => false,
    };
    let sentence =
        |item: &DataNode| item.text().is_some_and(|text| text.split_whitespace().count() > 2);
    // Only what is to be done has a term: «Провести проверку», «Ким Ю. О. подготовить отчёт».
    let task = |item: &DataNode| {
        let small = item.text().unwrap_or_default().to_lowercase();
        sentence(item) && small.split_whitespace().any(arrange::is_infinitive)
    };
    let apart = |pair: &[DataNode]| task(&pair[0]) && beside(&pair[1]);
    // Labels of a form are no sentences: «- Название: …», «- Срок: …».
    if !items.iter().all(|item| sentence(item) || beside(item)) || !items.windows(2).any(apart) {
        return None;
    }
    let mut kept: Vec<DataNode> = Vec::with_capacity(items.len());
    for item in items {
        match (kept.last_mut(), &item.value) {
            (Some(above), DataValue::Map(own)) if beside(item) => {
                let said = match &above.value {
                    DataValue::Map(said) => said.clone(),
                    _ => vec![entry("text", above.clone())],
                };
                let all = said.into_iter().chain(own.iter().cloned()).collect();
                above.value = DataValue::Map(all);
            }
            _ => kept.push(item.clone()),
        }
    }
    Some(DataNode::new(DataValue::Seq(kept), node.range.clone()))
}

/// A sentence that YAML took for a key. No key has a space and is unknown, so it can only be a
/// text.
fn sentence(key: &MapKey, below: &DataNode, node: &DataNode) -> Option<Vec<(MapKey, DataNode)>> {
    // «- Контакты: 2-15-33»: a Russian word may be a text, too, but none that is nearly a key.
    let word = || {
        let names = ITEM_KEYS.iter().chain(&BESIDE).flat_map(|key| russian::names(key));
        !key.text.is_ascii() && nearest(&key.text, names.copied()).is_none()
    };
    // «- Срок: до 1 мая» alone: what is due is not said, so it is a sentence.
    let alone = || !key.text.is_ascii() && aside(key);
    if own(key) && !alone() || !(key.text.contains(' ') || alone() || word()) {
        return None;
    }
    let said = |key: &str, text: String| entry(key, DataNode::said(text, &node.range));
    let lead = |items: DataValue| {
        let items = DataNode::new(items, below.range.clone());
        vec![said("lead", key.text.clone()), entry("items", items)]
    };
    if let Some(act) = taken::people(key, below, node) {
        return Some(act);
    }
    let words = &key.text;
    match &below.value {
        // «- Утвердить следующее:» with nothing below: the colon goes back to its sentence.
        DataValue::Null => Some(vec![said("text", format!("{}:", key.text))]),
        // «Министерству культуры: 1. Включить … 2. Увеличить …», which YAML made one line of.
        DataValue::Scalar { text: rest, .. } if let Some(pieces) = marked_run(rest) => {
            let items = pieces.into_iter().map(|piece| DataNode::said(piece, &below.range));
            Some(lead(DataValue::Seq(items.collect())))
        }
        DataValue::Scalar { text: rest, .. } => {
            Some(vec![said("text", format!("{}: {rest}", key.text))])
        }
        // «- Рекомендовать школам:» with a list below is what `lead` and `items` say.
        DataValue::Seq(_) => Some(lead(below.value.clone())),
        // «Рекомендовать: {школам: …, библиотекам: […]}»: each key leads to what is below it. One
        // that is, or nearly is, a key of a point was meant as such: that it is unknown is the
        // better message.
        // «- Утвердить список:» and «таблица: …» below it.
        DataValue::Map(inner)
            if let [(key, table)] = inner.as_slice()
                && is_key(&key.text, "table") =>
        {
            Some(vec![said("text", format!("{}:", words.trim())), entry("table", table.clone())])
        }
        DataValue::Map(inner) => {
            let phrase = |key: &str| is_phrase(key) && !is_near_item_key(key);
            let one = |(key, node): &(MapKey, DataNode)| {
                let range = key.range.start..node.range.end.max(key.range.end);
                DataNode::new(DataValue::Map(vec![(key.clone(), node.clone())]), range)
            };
            let phrases = inner.iter().all(|(key, _)| phrase(&key.text));
            phrases.then(|| lead(DataValue::Seq(inner.iter().map(one).collect())))
        }
    }
}

/// A question of a form: «вопрос: …» and the answers to choose from, or lines to write on.
fn asked(entries: &Entries, node: &DataNode) -> Option<Vec<(MapKey, DataNode)>> {
    let is_title = |key: &MapKey| is_one(key, &TITLES) || is_key(&key.text, "text");
    let (title, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| is_title(key));
    let ([(_, title)], [(key, below)]) = (title.as_slice(), rest.as_slice()) else { return None };
    let title = title.text()?.trim();
    let told = |key: &str, text: String| entry(key, DataNode::said(text, &node.range));
    match &below.value {
        DataValue::Seq(choices) if is_one(key, &CHOICES) => {
            // A box before each, unless it has one already.
            let choice = |node: &DataNode| {
                let said = node.text()?.trim();
                let boxed = said.starts_with(['☐', '□', '[', '○']);
                let said = if boxed { said.to_owned() } else { format!("☐ {said}") };
                Some(DataNode::said(said, &node.range))
            };
            let choices: Option<Vec<DataNode>> = choices.iter().map(choice).collect();
            let choices = DataNode::new(DataValue::Seq(choices?), below.range.clone());
            Some(vec![
                told("text", title.to_owned()),
                entry("items", choices),
                told("numbering", "none".to_owned()),
            ])
        }
        DataValue::Scalar { text: count, .. } if is_one(key, &LINES) => {
            let count = count.trim().parse::<usize>().ok()?.min(MOST_LINES);
            let lines = format!("\n{}", "_".repeat(LINE)).repeat(count);
            Some(vec![told("text", format!("{title}{lines}"))])
        }
        _ => None,
    }
}

/// Labels and what they say, each in a line of its own: «{мероприятие: …, время: …}». A title has
/// no label.
fn lines(entries: &Entries, node: &DataNode) -> Option<Vec<(MapKey, DataNode)>> {
    let line = |(key, node): &(MapKey, DataNode)| {
        if is_one(key, &TITLES) {
            return node.text().map(str::to_owned);
        }
        if !is_phrase(&key.text) || is_near_item_key(&key.text) {
            return None;
        }
        let said = match &node.value {
            DataValue::Scalar { text, .. } => text.clone(),
            DataValue::Seq(all) => {
                let texts: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
                texts?.join("; ")
            }
            _ => return None,
        };
        Some(format!("{}: {said}", capital(key.text.trim())))
    };
    let lines: Option<Vec<String>> = entries.iter().map(line).collect();
    Some(vec![entry("text", DataNode::said(lines?.join("\n"), &node.range))])
}
