//! Keys as people say them: «приказываю:», «слушали:», «ход собрания:», «о:», «Уважаемая:».

use super::super::read::is_empty;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{Date, DateRange};
use super::{MapEntries, entry, programme, scalar};

/// Verbs that lead to points, as they stand in documents of all kinds.
const VERBS: [&str; 31] = [
    "постановили",
    "постановил",
    "постановила",
    "постановило",
    "постановляет",
    "постановляю",
    "решили",
    "решил",
    "решила",
    "решило",
    "решает",
    "приказываю",
    "приказывает",
    "обязываю",
    "распоряжаюсь",
    "предлагаю",
    "предлагает",
    "предлагают",
    "предложили",
    "рекомендует",
    "рекомендуют",
    "рекомендовали",
    "отмечает",
    "отмечают",
    "отметили",
    "констатируют",
    "констатирует",
    "поручить",
    "ходатайствуют",
    "считают",
    "просят",
];

/// The verb that a key is, if it is one: «Приказываю», «участники отмечают», «считают необходимым».
pub(in crate::model) fn verb(key: &str) -> Option<&str> {
    let key = key.trim().trim_end_matches(':').trim_end();
    let mut words = key.split_whitespace();
    let is = |word: &str| VERBS.contains(&word.to_lowercase().as_str());
    (words.clone().count() <= 3 && words.any(is)).then_some(key)
}

/// Keys of a document in the words of its own kind, put into those that the model knows.
pub(super) fn spoken(entries: &mut MapEntries) -> bool {
    about(entries)
        | addressed(entries)
        | hour(entries)
        | when(entries)
        | days(entries)
        | members(entries)
        | course(entries)
        | questions(entries)
        | heard(entries)
        | tabled(entries)
        | programme::timed(entries)
        | adopted(entries)
        | basis(entries)
        | resolved_in_agenda(entries)
}

/// «принят: единогласно 20 сентября» lacks the verb that the key is.
fn adopted(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        let key = small(key);
        let verb = ["принят", "принято", "принята", "приняты"].contains(&key.as_str());
        verb && !text.to_lowercase().starts_with("принят")
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let mut word = small(key);
    let first: String = word.remove(0).to_uppercase().collect();
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{first}{word} {text}");
        *plain = false;
    }
    true
}

/// «Основание: в связи с …» of an order is the sentence that leads to «приказываю».
fn basis(entries: &mut MapEntries) -> bool {
    const BEGIN: [&str; 10] = [
        "в связи",
        "в целях",
        "во исполнение",
        "на основании",
        "в соответствии",
        "руководствуясь",
        "с целью",
        "для ",
        "за ",
        "по итогам",
    ];
    if has(entries, "preamble") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        let text = text.to_lowercase();
        is_key(&key.text, "basis") && BEGIN.iter().any(|begin| text.starts_with(begin))
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "preamble".to_owned();
    true
}

/// «постановили:» of questions is the word that is printed before their decisions.
fn resolved_in_agenda(entries: &mut MapEntries) -> bool {
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

fn has(entries: &MapEntries, key: &str) -> bool {
    entries.iter().any(|(own, node)| is_key(&own.text, key) && !is_empty(node))
}

pub(super) fn small(key: &MapKey) -> String {
    key.text.trim().trim_end_matches(':').to_lowercase()
}

/// «о: районном конкурсе», «на: ученицу 9 класса», «чего: Клуба поэзии»: what follows the kind in
/// the title, and the key is its first word.
fn about(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 7] = ["о", "об", "обо", "на", "по", "для", "чего"];
    if has(entries, "about") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = small(key);
    if let DataValue::Scalar { text, plain } = &mut node.value
        && word != "чего"
    {
        *text = format!("{word} {text}");
        *plain = false;
    }
    key.text = "about".to_owned();
    true
}

/// «о: занесении на Доску почёта» of a certificate is its text.
pub(super) fn titled(entries: &mut MapEntries) -> bool {
    if has(entries, "text") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let word = ["о", "об", "обо"].contains(&small(key).as_str());
        word && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = small(key);
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{word} {text}");
        *plain = false;
    }
    key.text = "text".to_owned();
    true
}

/// «кому: Уважаемые Марина Юрьевна и Сергей Олегович!» is the salutation of a letter, and says to
/// whom it is.
pub(super) fn greeted(entries: &mut MapEntries) -> bool {
    let bare = |text: &str| {
        let (first, rest) = text.trim().split_once(' ')?;
        let greets = ["Уважаем", "Дорог", "Глубокоуважаем"].iter().any(|w| first.starts_with(w));
        greets.then(|| rest.trim_end_matches(['!', ',']).trim().to_owned())
    };
    let is = |(key, node): &mut (MapKey, DataNode)| match &node.value {
        DataValue::Scalar { text, .. } if is_key(&key.text, "recipient") => {
            Some((bare(text)?, text.clone()))
        }
        _ => None,
    };
    let found = entries.iter_mut().enumerate().find_map(|(at, own)| Some((at, is(own)?)));
    let Some((at, (name, whole))) = found else { return false };
    let node = scalar(&name, &entries[at].1);
    for (key, said) in [("salutation", whole.as_str()), ("formula", "letter")] {
        if !has(entries, key) {
            entries.push(entry(key, scalar(said, &node)));
        }
    }
    entries[at].1 = node;
    true
}

/// «уважаемая: Светлана Аркадьевна» is the salutation of a letter.
fn addressed(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 5] = ["уважаемая", "уважаемый", "уважаемые", "дорогие", "глубокоуважаемый"];
    let is = |(key, _): &&mut (MapKey, DataNode)| WORDS.contains(&small(key).as_str());
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let DataValue::Scalar { text, .. } = &node.value else { return false };
    let mut word = small(key);
    let first: String = word.remove(0).to_uppercase().collect();
    let end = if text.ends_with(['!', ',']) { "" } else { "!" };
    *node = scalar(&format!("{first}{word} {text}{end}"), node);
    key.text = "salutation".to_owned();
    true
}

/// Several days are those of the event, and no day on which a document is signed.
fn days(entries: &mut MapEntries) -> bool {
    let several = |node: &DataNode| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        Date::parse_any(text).is_err() && DateRange::parse_any(text).is_ok()
    };
    let event = entries.iter().find(|(key, _)| is_key(&key.text, "event"));
    let Some((_, event)) = event else { return false };
    let told = match &event.value {
        DataValue::Map(inner) => inner.iter().any(|(key, _)| is_key(&key.text, "date")),
        _ => false,
    };
    let dated = entries.iter_mut().find(|(key, node)| is_key(&key.text, "date") && several(node));
    match dated {
        Some((key, _)) if !told => {
            key.text = "даты".to_owned();
            true
        }
        _ => false,
    }
}

/// «8 марта 2026 г., 18:00»: the hour stands before the place where people meet.
fn hour(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return None };
        let at = text.rfind([' ', ','])?;
        let (day, hour) = (text[..at].trim_end(), text[at + 1..].trim());
        let (_, rest) = programme::time(hour)?;
        let day = day.trim_end_matches(" в").trim_end_matches(',').trim_end();
        let dated = DateRange::parse_any(day).is_ok() && DateRange::parse_any(text).is_err();
        (is_key(&key.text, "date") && dated && rest.is_empty())
            .then(|| (day.to_owned(), hour.to_owned()))
    };
    let found = entries.iter().enumerate().find_map(|(at, own)| Some((at, is(own)?)));
    let Some((at, (day, hour))) = found else { return false };
    let node = scalar(&day, &entries[at].1);
    let hour = scalar(&hour, &node);
    entries[at].1 = node;
    let place = entries.iter_mut().find(|(key, _)| is_key(&key.text, "place"));
    match (place, hour.value) {
        (
            Some((_, DataNode { value: DataValue::Scalar { text, .. }, .. })),
            DataValue::Scalar { text: hour, .. },
        ) => *text = format!("{hour}, {text}"),
        (_, value) => {
            let hour = DataNode::new(value, hour.range);
            entries.insert(at + 1, entry("place", hour));
        }
    }
    true
}

/// «Когда: с 1 сентября» of an announcement is no date of a document but a line of its text.
fn when(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        small(key) == "когда" && DateRange::parse_any(text).is_err()
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let (mut key, mut node) = entries.remove(at);
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("Когда: {text}");
        *plain = false;
    }
    match entries.iter_mut().find(|(key, _)| is_key(&key.text, "text")) {
        Some((_, DataNode { value: DataValue::Seq(all), .. })) => all.push(node),
        Some((_, told)) => {
            let first = std::mem::replace(told, DataNode::new(DataValue::Null, 0..0));
            let range = first.range.clone();
            *told = DataNode::new(DataValue::Seq(vec![first, node]), range);
        }
        None => {
            key.text = "text".to_owned();
            entries.insert(at, (key, node));
        }
    }
    true
}

/// «всего работников: 31», «списочный состав: 31 человек».
fn members(entries: &mut MapEntries) -> bool {
    if has(entries, "members") {
        return false;
    }
    let is = |(key, _): &&mut (MapKey, DataNode)| {
        small(key).starts_with("всего ") || small(key) == "списочный состав"
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "members".to_owned();
    true
}

/// «ход собрания:», in which each question of the agenda is gone through.
fn course(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let key = small(key);
        let said = key.starts_with("ход ") || key == "обсуждение" || key == "рассмотрение вопросов";
        let DataValue::Seq(items) = &node.value else { return false };
        said && items.iter().all(|item| matches!(item.value, DataValue::Map(_)))
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let agenda = entries.iter().position(|(key, _)| is_key(&key.text, "agenda"));
    let Some(agenda) = agenda else {
        entries[at].0.text = "agenda".to_owned();
        return true;
    };
    // The questions are worded in full where they are listed.
    let titles: Vec<DataNode> = match &entries[agenda].1.value {
        DataValue::Seq(items) => items.clone(),
        DataValue::Map(items) => items.iter().map(|(_, node)| node.clone()).collect(),
        _ => return false,
    };
    let plain = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. });
    let (_, mut gone) = entries[at].clone();
    let DataValue::Seq(items) = &mut gone.value else { return false };
    if items.len() != titles.len() || !titles.iter().all(plain) {
        return false;
    }
    for (item, title) in items.iter_mut().zip(titles) {
        let DataValue::Map(keys) = &mut item.value else { return false };
        match keys.iter_mut().find(|(key, _)| is_key(&key.text, "title")) {
            Some((_, own)) => *own = title,
            None => keys.insert(0, entry("title", title)),
        }
    }
    entries[agenda].1 = gone;
    entries.remove(at);
    true
}

/// «вопросы:» of a document are its agenda.
fn questions(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        ["вопросы", "вопросы повестки", "questions"].contains(&small(key).as_str())
            && matches!(node.value, DataValue::Seq(_) | DataValue::Map(_))
    };
    if has(entries, "agenda") {
        return false;
    }
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "agenda".to_owned();
    true
}

/// «колонки:» and «строки:» of a document are those of its only table.
fn tabled(entries: &mut MapEntries) -> bool {
    const PARTS: [&str; 7] =
        ["columns", "rows", "widths", "align", "numbered", "blank_rows", "caption"];
    let is = |key: &MapKey| {
        // «название» is the title of a document.
        PARTS.iter().any(|part| is_key(&key.text, part)) && !is_key(&key.text, "about")
    };
    let heads = entries.iter().any(|(key, _)| is_key(&key.text, "columns"));
    if has(entries, "table") || has(entries, "sections") || !heads {
        return false;
    }
    let at = entries.iter().position(|(key, _)| is(key)).unwrap_or_default();
    let (own, kept): (MapEntries, MapEntries) = entries.drain(..).partition(|(key, _)| is(key));
    *entries = kept;
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let table = DataNode::new(DataValue::Map(own), range);
    entries.insert(at.min(entries.len()), entry("table", table));
    true
}

/// «слушали», «решили» and «голосовали» of a document that has no agenda are those of its only
/// question.
fn heard(entries: &mut MapEntries) -> bool {
    const PARTS: [&str; 6] = ["heard", "spoke", "questions", "decided", "vote", "dissent"];
    let is = |key: &MapKey, part: &str| is_key(&key.text, part);
    if has(entries, "sections") {
        return false;
    }
    if !entries.iter().any(|(key, _)| is(key, "heard") || is(key, "spoke")) {
        return false;
    }
    let at = entries.iter().position(|(key, _)| PARTS.iter().any(|part| is(key, part)));
    let own = |(key, node): &(MapKey, DataNode)| {
        PARTS.iter().any(|part| is(key, part)) && !is_empty(node)
    };
    let (own, kept): (MapEntries, MapEntries) = entries.drain(..).partition(own);
    *entries = kept;
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let question = DataNode::new(DataValue::Map(own), range.clone());
    // Questions that were listed before are gone through together.
    if let Some((_, agenda)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "agenda")) {
        let mut all = match std::mem::replace(&mut agenda.value, DataValue::Null) {
            DataValue::Seq(all) => all,
            DataValue::Map(all) => all.into_iter().map(|(_, node)| node).collect(),
            one => vec![DataNode::new(one, agenda.range.clone())],
        };
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

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn verbs_that_lead_to_points() {
        for key in ["Приказываю", "участники отмечают", "решили"] {
            assert_eq!(verb(key), Some(key));
        }
        assert_eq!(verb("решение"), None);
    }
}
