//! Keys as people say them: «приказываю:», «слушали:», «ход собрания:», «о:», «Уважаемая:».

use super::super::read::{is_empty, switch};
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{Date, DateRange};
use super::super::{draft, section, who};
use super::verb::verb;
use super::{
    MapEntries, body, course, entry, meeting, programme, reference, scalar, signed, tables, topic,
};
use crate::lang::ru::{capital, uncapital};

/// Keys of a document in the words of its own kind, put into those that the model knows.
pub(super) fn spoken(entries: &mut MapEntries) -> bool {
    // `|` and not `||`: each finds what those before it have left.
    signed::unsigned(entries)
        | signed::commission_signs(entries)
        | signed::last_sign(entries)
        | body_signs(entries)
        | out_of_preamble(entries)
        | ground(entries)
        | requests(entries)
        | appended(entries)
        | points_by_numbers(entries)
        | commanded(entries)
        | appeal(entries)
        | signed::copied(entries)
        | course::quorum(entries)
        | letter(entries)
        | closed(entries)
        | one_addressee(entries)
        | meeting_of(entries)
        | reference::given(entries)
        | whose(entries)
        | belongs_to(entries)
        | marked(entries)
        | about(entries)
        | aim(entries)
        | addressed(entries)
        | dated(entries)
        | placed(entries)
        | attached(entries)
        | hour(entries)
        | when(entries)
        | days(entries)
        | course::members(entries)
        | meeting::met(entries)
        | course::course(entries)
        | course::questions(entries)
        | course::heard(entries)
        | tabled(entries)
        | contacts(entries)
        | programme::timed(entries)
        | tables::barred(entries)
        | tables::fields(entries)
        | tables::listed(entries)
        | tables::counted(entries)
        | adopted(entries)
        | stamped(entries)
        | acquainted(entries)
        | basis(entries)
        | course::resolved_in_agenda(entries)
}

/// «отмечает: […]» written inside of the preamble leads to points that stand behind it.
fn out_of_preamble(entries: &mut MapEntries) -> bool {
    let Some(at) = entries.iter().position(|(key, _)| is_key(&key.text, "preamble")) else {
        return false;
    };
    let DataValue::Map(inner) = &mut entries[at].1.value else { return false };
    let led = |(key, node): &(MapKey, DataNode)| {
        let list = matches!(node.value, DataValue::Seq(_) | DataValue::Map(_));
        list && verb(&key.text).is_some() && !is_key(&key.text, "recitals")
    };
    let mut out: MapEntries = inner.extract_if(.., |own| led(own)).collect();
    let moved = !out.is_empty();
    // Backwards, each to the same place, so that they come out in their order.
    for entry in out.drain(..).rev() {
        entries.insert(at + 1, entry);
    }
    moved
}

/// «Заслушав доклады, конференция:» with nothing behind it and «решила: […]» below it are one
/// sentence.
fn ground(entries: &mut MapEntries) -> bool {
    let says = |(key, node): &(MapKey, DataNode)| {
        is_empty(node) && key.text.split_whitespace().count() > 2 && verb(&key.text).is_none()
    };
    let mut pairs = entries.windows(2);
    let at = pairs.position(|pair| says(&pair[0]) && verb(&pair[1].0.text).is_some());
    let Some(at) = at.filter(|_| !has(entries, "preamble")) else { return false };
    let (key, node) = &mut entries[at];
    *node = DataNode::said(key.text.trim().trim_end_matches(':'), &key.range);
    key.text = "preamble".to_owned();
    true
}

/// «прошу: […]» of a memo leads to points; with a text behind it, it is a sentence.
fn requests(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 5] = ["прошу", "просим", "просит", "предлагаем", "требую"];
    let is = |(key, node): &(MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Seq(_))
    };
    let Some(at) = entries.iter().position(is) else { return false };
    // Whoever has points already asks for something in a sentence beside them.
    if has(entries, "points") || has(entries, "resolves") {
        return false;
    }
    let (key, node) = &mut entries[at];
    let resolves = entry("resolves", scalar(&capital(&small(key)), node));
    key.text = "points".to_owned();
    entries.insert(at, resolves);
    true
}

/// «контакты» below a letter are those of its executor.
fn contacts(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 4] = ["контакты", "контакт", "contacts", "contact"];
    let letter = entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        // Stems, so that «служебная записка» and «письмо-запрос» are found.
        let letters = ["письм", "записк", "letter", "memo", "запрос"];
        is_key(&key.text, "kind") && letters.iter().any(|word| kind.contains(word))
    });
    if has(entries, "executor") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    match entries.iter_mut().find(is) {
        Some((key, _)) if letter => {
            key.text = "executor".to_owned();
            true
        }
        // A word in English is no key of the writer's own, but this one is a line of a form.
        Some((key, _)) if key.text.is_ascii() => {
            key.text = capital(&key.text);
            true
        }
        _ => false,
    }
}

/// «1: …», «1.1: …» beside the other keys are the points.
fn points_by_numbers(entries: &mut MapEntries) -> bool {
    let is = |(key, _): &(MapKey, DataNode)| {
        key.text.starts_with(|c: char| c.is_ascii_digit())
            && key.text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c))
    };
    let Some(at) = entries.iter().position(is) else { return false };
    // Beside points or sections of its own a number is a key like any other.
    if has(entries, "points") || has(entries, "sections") {
        return false;
    }
    let own: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let range = own[0].1.range.clone();
    let points = entry("points", DataNode::new(DataValue::Map(own), range));
    entries.insert(at.min(entries.len()), points);
    true
}

/// «создать комиссию в составе: […]», «провести: …» of an order are its points.
fn commanded(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let small = small(key);
        let first = small.split_whitespace().next().unwrap_or_default();
        let own = draft::is_near_key(&key.text) || is_empty(node);
        // «комиссии: [провести …, представить …]»
        let does = |item: &DataNode| {
            let text = item.text().unwrap_or_default().to_lowercase();
            text.split_whitespace().any(super::is_infinitive)
        };
        let tasks = matches!(&node.value, DataValue::Seq(all) if all.iter().all(does));
        !own && (tasks || super::is_infinitive(first) && small.contains(' '))
    };
    let said = ["points", "sections", "resolves", "recommendations"];
    if !is_order(entries) || said.iter().any(|key| has(entries, key)) {
        return false;
    }
    let begins = |(key, _): &(MapKey, DataNode)| {
        small(key).split_whitespace().next().is_some_and(super::is_infinitive)
    };
    let Some(at) = entries.iter().position(|own| is(own) && begins(own)) else { return false };
    let own: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let range = own[0].0.range.clone();
    let one = |(key, node): (MapKey, DataNode)| {
        let text = capital(key.text.trim());
        let range = key.range.start..node.range.end.max(key.range.end);
        let said = match &node.value {
            DataValue::Seq(_) => {
                vec![entry("lead", scalar(&text, &node)), entry("items", node)]
            }
            _ => vec![(MapKey { text, ..key }, node)],
        };
        DataNode::new(DataValue::Map(said), range)
    };
    let points = DataNode::new(DataValue::Seq(own.into_iter().map(one).collect()), range);
    entries.insert(at.min(entries.len()), entry("points", points));
    true
}

/// «приложение 1: …», «приложение № 2: …» are the appendices, each with the number of its key.
fn appended(entries: &mut MapEntries) -> bool {
    let number = |key: &MapKey| {
        let small = small(key).replace('_', " ");
        let rest = small.strip_prefix("приложение").or(small.strip_prefix("appendix"))?;
        let rest = rest.trim().trim_start_matches('№').trim();
        (!rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit())).then(|| rest.to_owned())
    };
    let is = |(key, node): &(MapKey, DataNode)| {
        number(key).is_some() && matches!(node.value, DataValue::Map(_))
    };
    // Both together would be two lists of appendices, and neither says which comes first.
    if has(entries, "appendices") {
        return false;
    }
    let Some(at) = entries.iter().position(is) else { return false };
    let own: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let range = own[0].1.range.clone();
    let one = |(key, mut node): (MapKey, DataNode)| {
        if let (Some(number), DataValue::Map(inner)) = (number(&key), &mut node.value) {
            let like = DataNode::new(DataValue::Null, key.range.clone());
            inner.push(entry("number", scalar(&number, &like)));
        }
        node
    };
    let all = DataNode::new(DataValue::Seq(own.into_iter().map(one).collect()), range);
    entries.insert(at.min(entries.len()), entry("appendices", all));
    true
}

/// «администрация: ДДТ» below an announcement signs it.
fn body_signs(entries: &mut MapEntries) -> bool {
    const BODIES: [&str; 5] = ["администрация", "дирекция", "оргкомитет", "правление", "профком"];
    let signs = |(key, node): &(MapKey, DataNode)| {
        let text = node.text()?;
        let word = small(key);
        // «Администрация: просит …» goes on with a sentence, and a sentence signs nothing.
        let short = text.split_whitespace().count() <= 4;
        let bare = !text.contains([':', ',', '+']) && !who::is_sure_name(text);
        (BODIES.contains(&word.as_str()) && short && bare)
            .then(|| (capital(&word), text.to_owned()))
    };
    if !has(entries, "signatures")
        && let Some(own) = entries.last_mut()
        && let Some((body, whose)) = signs(own)
    {
        let parts = [("post", &body), ("of", &whose)];
        let parts = parts.map(|(key, text)| entry(key, scalar(text, &own.1))).to_vec();
        own.1 = DataNode::new(DataValue::Map(parts), own.1.range.clone());
        own.0.text = "signatures".to_owned();
        return true;
    }
    false
}

/// «утверждено приказом: директора от … № …» is a stamp whose key says a part of it.
fn stamped(entries: &mut MapEntries) -> bool {
    let by = |key: &MapKey| {
        let small = small(key);
        let (own, by) = small.split_once(' ')?;
        let by = ["приказом", "постановлением", "распоряжением", "решением", "протоколом"]
            .contains(&by)
            .then(|| by.to_owned())?;
        ["approved", "agreed"].into_iter().find(|name| is_key(own, name)).map(|name| (name, by))
    };
    let found = entries.iter_mut().find_map(|(key, node)| Some((by(key)?, key, node)));
    let Some(((name, by), key, node)) = found else { return false };
    let Some(text) = node.text() else { return false };
    *node = scalar(&format!("{by} {}", text.trim()), node);
    key.text = name.to_owned();
    true
}

/// «с приказом ознакомлена: Пикуль М. О.» tells by its key that she is a woman.
fn acquainted(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let name = node.text().is_some_and(who::is_sure_name);
        is_key(&key.text, "acquainted") && small(key).ends_with("ознакомлена") && name
    };
    let Some((_, node)) = entries.iter_mut().find(is) else { return false };
    let parts = vec![entry("name", node.clone()), entry("gender", scalar("f", node))];
    *node = DataNode::new(DataValue::Map(parts), node.range.clone());
    true
}

/// «принят: единогласно 20 сентября» lacks the verb that the key is.
fn adopted(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        let key = small(key);
        // A value that begins with the verb is a sentence already.
        let verb = ["принят", "принято", "принята", "приняты"].contains(&key.as_str());
        verb && !text.to_lowercase().starts_with("принят")
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{} {text}", capital(&small(key)));
        *plain = false;
    }
    true
}

/// How a sentence begins that only says why: «В связи с …».
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

/// Whether a text says why something is ordered, and goes on with the verb that orders it.
pub(in crate::model) fn is_ground(text: &str) -> bool {
    let small = text.to_lowercase();
    // Of two sentences the second would be left without its verb.
    let one = !text.trim_end_matches('.').contains(". ");
    one && BEGIN.iter().any(|begin| small.starts_with(begin)) && !small.contains("приказыва")
}

/// «Основание: в связи с …» of an order is the sentence that leads to «приказываю».
fn basis(entries: &mut MapEntries) -> bool {
    if has(entries, "preamble") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        is_key(&key.text, "basis") && is_ground(text)
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "preamble".to_owned();
    true
}

/// «в целях: подготовки …», «в связи с: …» begin the sentence that leads to the points.
fn aim(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 14] = [
        "заслушав",
        "заслушав и обсудив",
        "обсудив",
        "изучив",
        "рассмотрев и обсудив",
        "в целях",
        "с целью",
        "в связи с",
        "на основании",
        "во исполнение",
        "в соответствии с",
        "по итогам",
        "руководствуясь",
        "рассмотрев",
    ];
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    if has(entries, "preamble") {
        return false;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{} {text}", capital(&small(key)));
        *plain = false;
    }
    key.text = "preamble".to_owned();
    true
}

/// «на: № 345 от 10.05.2026» of a letter is what it answers; «тел.» below «исп.» is the executor's.
fn letter(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    let answers = |(key, node): &&mut (MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        small(key) == "на" && text.trim_start().starts_with('№')
    };
    if let Some((key, _)) = entries.iter_mut().find(answers) {
        key.text = "reply_to".to_owned();
        moved = true;
    }
    let phone = entries.iter().position(|(key, node)| {
        is_key(&key.text, "phone") && matches!(node.value, DataValue::Scalar { .. })
    });
    let executor = entries.iter_mut().find(|(key, _)| is_key(&key.text, "executor"));
    // An executor who is a map has a place for the telephone and needs none.
    if let (Some(at), Some((_, node))) = (phone, executor)
        && matches!(node.value, DataValue::Scalar { .. })
    {
        let name = entry("name", node.clone());
        let range = node.range.clone();
        let (_, phone) = entries[at].clone();
        if let Some((_, node)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "executor")) {
            *node = DataNode::new(DataValue::Map(vec![name, entry("phone", phone)]), range);
        }
        entries.remove(at);
        moved = true;
    }
    moved
}

/// «С уважением: директор А. П. Ли» says how a letter ends and who signs it.
fn closed(entries: &mut MapEntries) -> bool {
    // `closing` itself is what the model knows; only a phrase as the key is a closing by its own
    // words.
    let words = |key: &MapKey| is_key(&key.text, "closing") && key.text.contains(' ');
    let Some(at) = entries.iter().position(|(key, _)| words(key)) else { return false };
    let (key, node) = entries.remove(at);
    let phrase = capital(key.text.trim().trim_end_matches(':'));
    let like = if is_empty(&node) { DataNode::new(DataValue::Null, key.range) } else { node };
    entries.insert(at, entry("closing", scalar(&phrase, &like)));
    match &like.value {
        _ if is_empty(&like) => {}
        DataValue::Scalar { text, .. } if switch(text).is_some() => {}
        // «с уважением: коллектив библиотеки»
        DataValue::Scalar { text, .. } => {
            // «менеджер Аня Круглова» begins with a post, which the small letter tells.
            let named = text.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
            let text = if named { text.clone() } else { capital(text) };
            signed::sign(entries, scalar(&text, &like));
        }
        _ => signed::sign(entries, like),
    }
    true
}

/// «кому: [Начальнику управления, администрации округа, Ивановой И. И.]» are the lines of one
/// addressee: what begins small, or is a name alone, goes on from the line above.
fn one_addressee(entries: &mut MapEntries) -> bool {
    let list = |(key, node): &&mut (MapKey, DataNode)| {
        is_key(&key.text, "addressee") && matches!(node.value, DataValue::Seq(_))
    };
    let Some((_, node)) = entries.iter_mut().find(list) else { return false };
    let DataValue::Seq(all) = &node.value else { return false };
    let lines: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
    let Some(lines) = lines else { return false };
    let small = |line: &&str| line.starts_with(char::is_lowercase);
    let name = |line: &str| who::is_sure_name(line);
    // A name below lines that are not names belongs to the post above it.
    let goes_on = lines.windows(2).any(|pair| name(pair[1]) && !name(pair[0]));
    if lines.len() < 2 || !(goes_on || lines.iter().skip(1).any(small)) {
        return false;
    }
    *node = scalar(&lines.join("\n"), node);
    true
}

/// «заседание: учёного совета», «собрание: трудового коллектива» go on with the title of minutes.
fn meeting_of(entries: &mut MapEntries) -> bool {
    const WORDS: [(&str, &str); 6] = [
        ("заседание", "заседания"),
        ("заседания", "заседания"),
        ("собрание", "собрания"),
        ("собрания", "собрания"),
        ("совещание", "совещания"),
        ("совещания", "совещания"),
    ];
    let of = |key: &MapKey| WORDS.iter().find(|(word, _)| *word == small(key)).map(|own| own.1);
    if has(entries, "event") {
        return false;
    }
    if has(entries, "about") {
        return meeting_named(entries);
    }
    let found = entries.iter_mut().find_map(|(key, node)| Some((of(key)?, key, node)));
    let Some((word, key, node)) = found else { return false };
    let Some(text) = node.text() else { return false };
    // In the nominative it is the name of the meeting, which the template declines.
    let goes_on = text.starts_with(char::is_lowercase) || body::is_genitive(text);
    if goes_on && !body::is_meeting(text) {
        // «заседание: заседания педсовета» says it already.
        if !["заседани", "собрани", "совещани"].iter().any(|stem| text.starts_with(stem))
        {
            *node = scalar(&format!("{word} {text}"), node);
        }
        key.text = "about".to_owned();
    } else {
        key.text = "event".to_owned();
    }
    true
}

/// «название: заседание попечительского совета» of minutes, in the nominative, is the name of the
/// meeting, which the template declines.
fn meeting_named(entries: &mut MapEntries) -> bool {
    let minutes = entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        let of = ["протокол", "выписка из протокола"].contains(&kind.trim());
        is_key(&key.text, "kind") && of
    });
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        is_key(&key.text, "about") && node.text().is_some_and(body::is_meeting)
    };
    let found = entries.iter_mut().find(is).filter(|_| minutes);
    found.map(|(key, _)| key.text = "event".to_owned()).is_some()
}

pub(super) fn has(entries: &MapEntries, key: &str) -> bool {
    entries.iter().any(|(own, node)| is_key(&own.text, key) && !is_empty(node))
}

pub(super) fn small(key: &MapKey) -> String {
    key.text.trim().trim_end_matches(':').to_lowercase()
}

/// «от: участников съезда», «к: депутатам» of an appeal go on with its title: «Обращение участников
/// съезда к депутатам о поддержке чтения».
fn appeal(entries: &mut MapEntries) -> bool {
    const KINDS: [&str; 4] = ["обращение", "воззвание", "открытое письмо", "декларация"];
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let kind = kind.and_then(|(_, node)| node.text()).unwrap_or_default().to_lowercase();
    if !KINDS.contains(&kind.trim()) {
        return false;
    }
    // Whose it is stands before to whom, and that before what it is about.
    let part = |(key, node): &(MapKey, DataNode)| {
        let text = node.text()?.trim();
        let goes_on = text.starts_with(char::is_lowercase);
        match small(key).as_str() {
            "от" | "от имени" | "чьё" | "чье" if goes_on => {
                Some((0, text.to_owned()))
            }
            "к" | "ко" => Some((1, format!("{} {text}", small(key)))),
            _ => None,
        }
    };
    let mut parts: Vec<(u8, String)> = entries.iter().filter_map(part).collect();
    if parts.is_empty() {
        return false;
    }
    // By the number in front, which is the order of the title.
    parts.sort();
    let like = entries.iter().find(|own| part(own).is_some()).map(|(_, node)| node.clone());
    entries.retain(|own| part(own).is_none());
    let title = parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    let about = entries.iter_mut().find(|(key, _)| is_key(&key.text, "about"));
    match (about, like) {
        (Some((_, node)), _) => {
            let text = format!("{title}\n{}", uncapital(node.text().unwrap_or_default()));
            *node = scalar(text.trim(), node);
        }
        (None, Some(like)) => entries.insert(0, entry("about", scalar(&title, &like))),
        (None, None) => return false,
    }
    true
}

/// «чьё: Совета депутатов» of a decision is the first line of its title.
fn whose(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let told = node.text().is_some_and(|text| !text.trim().contains('\n'));
        ["чьё", "чье", "чей", "чья"].contains(&small(key).as_str()) && told
    };
    let known = entries.iter().any(|(key, _)| is_key(&key.text, "event"));
    let Some((key, node)) = entries.iter_mut().find(|own| is(own)).filter(|_| !known) else {
        return false;
    };
    *node = scalar(node.text().unwrap_or_default().trim(), node);
    key.text = "event".to_owned();
    true
}

/// «оценка: отлично» of a review is a line of it; what a meeting finds is more than a word or two.
fn marked(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let short = |text: &str| text.split_whitespace().count() < 5 && !text.contains('\n');
        ["оценка", "итоговая оценка"].contains(&small(key).as_str())
            && node.text().is_some_and(short)
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let (mut key, node) = entries.remove(at);
    let text = node.text().unwrap_or_default().trim();
    let stop = if text.ends_with('.') { "" } else { "." };
    let line = scalar(&format!("{}: {text}{stop}", capital(&small(&key))), &node);
    let Some(told) = entries.iter().position(|(key, _)| is_key(&key.text, "text")) else {
        key.text = "text".to_owned();
        entries.insert(at, (key, line));
        return true;
    };
    let (_, text) = &mut entries[told];
    let range = text.range.clone();
    let mut all = match &text.value {
        DataValue::Seq(all) => all.clone(),
        DataValue::Null => Vec::new(),
        _ => vec![text.clone()],
    };
    all.insert(if told < at { all.len() } else { 0 }, line);
    *text = DataNode::new(DataValue::Seq(all), range);
    true
}

/// «приложение к: договору от … № …» of a document that is an appendix itself stands at its head,
/// where an addressee would.
fn belongs_to(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let small = small(key);
        let label = small.strip_prefix("приложение").unwrap_or_default();
        let (number, to) = (label.trim_end_matches(" к"), label.ends_with(" к"));
        let number = number.trim().trim_start_matches('№').trim();
        let counted = number.chars().all(|c| c.is_ascii_digit());
        to && counted && node.text().is_some_and(|text| !text.trim().is_empty())
    };
    // «приложение: № 2 к приказу от …» says it in its value.
    let said = |(key, node): &(MapKey, DataNode)| {
        let text = node.text()?.trim();
        let (number, to) = text.strip_prefix("к ").map(|to| ("", to)).or(text.split_once(" к "))?;
        let counted = |c: char| c.is_ascii_digit() || "№ \u{a0}".contains(c);
        let own = is_key(&key.text, "attachments") || is_key(&key.text, "appendices");
        let paper = topic::is_paper(to.split_whitespace().next().unwrap_or_default());
        (own && paper && number.chars().all(counted))
            .then(|| format!("Приложение {number}").trim_end().to_owned() + "\nк " + to)
    };
    if has(entries, "addressee") {
        return false;
    }
    let told = entries.iter().enumerate().find_map(|(at, own)| Some((at, said(own)?)));
    if let Some((at, told)) = told {
        let (key, node) = &mut entries[at];
        let told = entry("text", scalar(&told, node));
        *node = DataNode::new(DataValue::Map(vec![told]), node.range.clone());
        key.text = "addressee".to_owned();
        return true;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let label = small(key);
    let label = capital(label.strip_suffix(" к").unwrap_or(&label));
    let text = node.text().unwrap_or_default().trim();
    let told = scalar(&format!("{label}\nк {text}"), node);
    *node = DataNode::new(DataValue::Map(vec![entry("text", told)]), node.range.clone());
    key.text = "addressee".to_owned();
    true
}

/// «о: районном конкурсе», «на: ученицу 9 класса», «чего: Клуба поэзии»: what follows the kind in
/// the title, and the key is its first word.
fn about(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 8] = ["о", "об", "обо", "на", "по", "для", "чего", "кого"];
    if has(entries, "about") {
        return for_when(entries);
    }
    if titled(entries) || by_results(entries) {
        return true;
    }
    let own_line = is_order(entries);
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let beside = kind.and_then(|(_, node)| node.text()).is_some_and(is_beside);
    // «Заявка на участие» and «в: областном конкурсе».
    let part = kind.and_then(|(_, node)| node.text()).is_some_and(|kind| kind.contains("участи"));
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let word = small(key);
        let own = WORDS.contains(&word.as_str()) || beside && word == "к";
        let own = own || part && ["в", "во"].contains(&word.as_str());
        (own || asked(key).is_some()) && matches!(node.value, DataValue::Scalar { .. })
    };
    let own = kind.and_then(|(_, node)| node.text()).unwrap_or_default().trim().to_lowercase();
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = asked(key).unwrap_or_else(|| small(key));
    if let Some(rest) = node.text().and_then(|text| behind_kind(text, &own)) {
        *node = scalar(&rest, node);
        key.text = "about".to_owned();
        return true;
    }
    if let DataValue::Scalar { text, plain } = &mut node.value
        && !["чего", "кого"].contains(&word.as_str())
        && !(word.starts_with('о') && is_of(&own) && topic::is_genitive(text))
        // «о: О мерах по уборке снега» says it already.
        && !says_first(text, &["о", "об", "обо", &word])
        && (word == "по" || !says_first(text, &["по", "на", "для", "с", "со", "к"]))
    {
        // Below «ПРИКАЗ» it begins a line of its own: «О создании оргкомитета».
        let vowel = text.trim_start().to_lowercase().starts_with(['а', 'э', 'и', 'о', 'у']);
        let word = match word.as_str() {
            "о" if vowel => "об".to_owned(),
            "об" if !vowel => "о".to_owned(),
            _ => word,
        };
        let word = if own_line { word.replacen('о', "О", 1) } else { word };
        // «о: создание комиссии» was typed in the nominative, as people and posts are.
        let case = topic::prepositional(text).filter(|_| word.to_lowercase().starts_with('о'));
        *text = format!("{word} {}", case.as_deref().unwrap_or(text));
        *plain = false;
    }
    key.text = "about".to_owned();
    // «чего: Совета ветеранов» and «на: II квартал» are one title.
    for_when(entries);
    true
}

/// Whether a kind is one of something, rather than about it: «План мероприятий».
fn is_of(kind: &str) -> bool {
    const OF: [&str; 8] =
        ["план", "график", "перечень", "список", "смета", "реестр", "программа", "расписание"];
    // «Акт обследования» and «о: технического состояния клуба».
    kind.starts_with("акт ") || OF.iter().any(|word| kind.starts_with(word))
}

/// Whether a document is of a kind whose title stands in a line of its own, with a capital.
fn is_order(entries: &MapEntries) -> bool {
    const ORDERS: [&str; 8] = [
        "приказ",
        "распоряжение",
        "постановление",
        "решение",
        "указание",
        "письмо",
        "рекомендации",
        "резолюция",
    ];
    entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        is_key(&key.text, "kind") && ORDERS.iter().any(|order| kind.starts_with(order))
    })
}

/// What a key asks as the rest of the title answers: «с чем: с Правилами», «на кого: ученика».
fn asked(key: &MapKey) -> Option<String> {
    let word = small(key);
    let question = [" чем", " кого", " чему", " что"].iter().find_map(|q| word.strip_suffix(q));
    question.filter(|word| ["с", "на", "к", "по"].contains(word)).map(str::to_owned)
}

/// «Пояснительная записка к учебному плану», «Изменения к уставу»: kinds that belong to a paper.
fn is_beside(kind: &str) -> bool {
    let kind = kind.trim().to_lowercase();
    ["пояснительная", "комментари", "дополнени", "изменени"].iter().any(|w| kind.starts_with(w))
}

/// What «о: план работы совета» says behind «вид: План работы», which it repeats.
fn behind_kind(text: &str, kind: &str) -> Option<String> {
    let rest = text.trim().to_lowercase().strip_prefix(kind)?.len();
    let rest = text.trim_end().get(text.trim_end().len() - rest..)?;
    (rest.starts_with(' ') && !kind.is_empty()).then(|| rest.trim_start().to_owned())
}

/// «о смотре-конкурсе: Лучший музей» is a title whose name a colon has cut off.
fn titled(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let small = small(key);
        // «о том, что: …» leads to a sentence, not to a name.
        let long = small.split_whitespace().count() > 1 && !small.contains(" том");
        let named = match node.text() {
            Some(text) => !text.trim().contains(['\n', '.']),
            None => matches!(node.value, DataValue::Null),
        };
        long && named && ["о ", "об "].iter().any(|begin| small.starts_with(begin))
    };
    let order = is_order(entries);
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    if let DataValue::Null = node.value {
        // «о создании комиссии:» with nothing behind it is the title as it stands.
        let title = key.text.trim().trim_end_matches(':');
        let title = if order { capital(title) } else { title.to_owned() };
        *node = scalar(&title, &DataNode::new(DataValue::Null, key.range.clone()));
        key.text = "about".to_owned();
        return true;
    }
    let text = node.text().unwrap_or_default().trim();
    // «о награждении: Лось Ирины Львовны» names no title.
    let goes_on = text.starts_with(|c: char| c.is_lowercase() || "«\"".contains(c))
        || who::is_named_in_any_case(text);
    let text = if goes_on { text.to_owned() } else { format!("«{text}»") };
    let title = key.text.trim().trim_end_matches(':');
    // Below «ПРИКАЗ» it begins a line of its own: «О направлении …».
    let title = if order { capital(title) } else { title.to_owned() };
    *node = scalar(&format!("{title} {text}"), node);
    key.text = "about".to_owned();
    true
}

/// «по итогам: мониторинга», «по вопросу: …» of a report go on with its title; in what resolves
/// they are its ground.
fn by_results(entries: &mut MapEntries) -> bool {
    const RESOLVE: [&str; 7] =
        ["приказ", "распоряжение", "постановление", "решение", "резолюция", "указание", "итогов"];
    const WORDS: [&str; 5] =
        ["по итогам", "по результатам", "по вопросу", "по вопросам", "по факту"];
    let resolves = entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().trim().to_lowercase();
        is_key(&key.text, "kind") && RESOLVE.iter().any(|word| kind.starts_with(word))
    });
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let one = node.text().is_some_and(|text| !text.contains(['\n', '.', ':']));
        WORDS.contains(&small(key).as_str()) && one
    };
    let Some((key, node)) = entries.iter_mut().find(is).filter(|_| !resolves) else { return false };
    let text = uncapital(node.text().unwrap_or_default().trim());
    *node = scalar(&format!("{} {text}", small(key)), node);
    key.text = "about".to_owned();
    true
}

/// Whether a text begins with one of these words.
pub(super) fn says_first(text: &str, words: &[&str]) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    words.contains(&first.as_str())
}

/// «на: 2026/2027 учебный год» beside a title goes on with it.
fn for_when(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        // «за: 24» counts votes.
        let says = text.chars().any(char::is_alphabetic);
        ["на", "за", "по", "для"].contains(&small(key).as_str()) && says
    };
    let about = |(key, node): &(MapKey, DataNode)| {
        is_key(&key.text, "about") && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some(at) = entries.iter().position(is) else { return false };
    if !entries.iter().any(about) {
        return false;
    }
    let (key, node) = entries.remove(at);
    let DataValue::Scalar { text: more, .. } = node.value else { return false };
    if let Some((_, DataNode { value: DataValue::Scalar { text, plain }, .. })) =
        entries.iter_mut().find(|own| about(own))
    {
        *text = format!("{text} {} {more}", small(&key));
        *plain = false;
    }
    true
}

/// «уважаемая: Светлана Аркадьевна» is the salutation of a letter.
fn addressed(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 5] = ["уважаемая", "уважаемый", "уважаемые", "дорогие", "глубокоуважаемый"];
    let is = |(key, _): &&mut (MapKey, DataNode)| WORDS.contains(&small(key).as_str());
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let Some(text) = node.text() else { return false };
    let word = capital(&small(key));
    let end = if text.ends_with(['!', ',']) { "" } else { "!" };
    *node = scalar(&format!("{word} {text}{end}"), node);
    key.text = "salutation".to_owned();
    true
}

/// Several days are those of the event, and no day on which a document is signed; the place beside
/// them is the event's, too.
fn days(entries: &mut MapEntries) -> bool {
    let several = |node: &DataNode| {
        let Some(text) = node.text() else { return false };
        Date::parse_any(text).is_err() && DateRange::parse_any(text).is_ok()
    };
    let event = entries.iter().find(|(key, _)| is_key(&key.text, "event"));
    let Some((_, event)) = event else { return false };
    let tells = |own: &str| match &event.value {
        DataValue::Map(inner) => inner.iter().any(|(key, _)| is_key(&key.text, own)),
        _ => false,
    };
    let (told, placed) = (tells("date"), tells("place"));
    let dated = entries.iter_mut().find(|(key, node)| is_key(&key.text, "date") && several(node));
    match dated {
        Some((key, _)) if !told => {
            // The Russian key of the days of the event; `date` is when the document was signed.
            key.text = "даты".to_owned();
            let place = entries.iter_mut().find(|(key, _)| is_key(&key.text, "place"));
            if let Some((key, _)) = place.filter(|_| !placed) {
                key.text = "место проведения".to_owned();
            }
            true
        }
        _ => false,
    }
}

/// «от: 05.05.2026» is when a document was signed, and so is «дата и время: …».
fn dated(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let day = node.text().is_some_and(|text| Date::parse_any(text.trim()).is_ok());
        let small = small(key);
        small == "от" && day || small.starts_with("дата и время")
    };
    if has(entries, "date") {
        return false;
    }
    entries.iter_mut().find(is).map(|(key, _)| key.text = "date".to_owned()).is_some()
}

/// «3 декабря 2026 г., г. Прокопьевск»: the place behind the date.
fn placed(entries: &mut MapEntries) -> bool {
    let parted = |(key, node): &(MapKey, DataNode)| {
        let (day, place) = node.text()?.split_once(", ")?;
        let dated = Date::parse_any(day).is_ok() || DateRange::parse_any(day).is_ok();
        let named = place.starts_with(char::is_alphabetic) && DateRange::parse_any(place).is_err();
        let named = named && !place.chars().any(|c| c.is_ascii_digit());
        (is_key(&key.text, "date") && dated && named).then(|| (day.to_owned(), place.to_owned()))
    };
    if has(entries, "place") {
        return false;
    }
    let found = entries.iter().enumerate().find_map(|(at, own)| Some((at, parted(own)?)));
    let Some((at, (day, place))) = found else { return false };
    let place = entry("place", scalar(place.trim(), &entries[at].1));
    entries[at].1 = scalar(&day, &entries[at].1);
    entries.insert(at + 1, place);
    true
}

/// «приложение: 1. Список на 4 л. 2. Диск» is a list.
fn attached(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let own = is_key(&key.text, "attachments") || is_key(&key.text, "appendices");
        own && node.text().is_some_and(|text| section::numbered_run(text).is_some())
    };
    let Some((_, node)) = entries.iter_mut().find(is) else { return false };
    let pieces = node.text().and_then(section::numbered_run).unwrap_or_default();
    let bare = |piece: &str| piece.split_once(". ").map_or(piece, |own| own.1).trim().to_owned();
    let all = pieces.into_iter().map(|piece| scalar(&bare(piece), node)).collect();
    node.value = DataValue::Seq(all);
    true
}

/// «8 марта 2026 г., 18:00»: the hour stands before the place where people meet.
fn hour(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let text = node.text()?;
        let at = text.rfind([' ', ','])?;
        // The last word is the hour, and what stands before it must be a date without it.
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
        let Some(text) = node.text() else { return false };
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

/// «колонки:» and «строки:» of a document are those of its only table.
pub(super) fn tabled(entries: &mut MapEntries) -> bool {
    const PARTS: [&str; 7] =
        ["columns", "rows", "widths", "align", "numbered", "blank_rows", "caption"];
    let is = |key: &MapKey| {
        // «название» is the title of a document.
        PARTS.iter().any(|part| is_key(&key.text, part)) && !is_key(&key.text, "about")
    };
    // Rows that are maps bring their heads.
    let maps = |node: &DataNode| match &node.value {
        DataValue::Seq(rows) => rows.iter().all(|row| matches!(row.value, DataValue::Map(_))),
        _ => false,
    };
    let heads = entries
        .iter()
        .any(|(key, node)| is_key(&key.text, "columns") || is_key(&key.text, "rows") && maps(node));
    if has(entries, "table") || has(entries, "sections") || !heads {
        return false;
    }
    let at = entries.iter().position(|(key, _)| is(key)).unwrap_or_default();
    let own: MapEntries = entries.extract_if(.., |(key, _)| is(key)).collect();
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let table = match own.as_slice() {
        // Rows alone are the table: a map of one key would be another way to say it.
        [(key, rows)] if is_key(&key.text, "rows") => rows.clone(),
        _ => DataNode::new(DataValue::Map(own), range),
    };
    entries.insert(at.min(entries.len()), entry("table", table));
    true
}
