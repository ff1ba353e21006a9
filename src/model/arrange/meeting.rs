//! Who met and what was gone through, as minutes are typed: «члены совета: …» among those present,
//! «вопрос 1:» for each question, «докладчик» of one.

use super::super::item;
use super::super::read::is_empty;
use super::super::russian::{self, is_key};
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::who;
use super::spoken::small;
use super::{MapEntries, entry, role_of, scalar};
use crate::diag::slip;
use crate::lang::ru::capital;

/// The parts of a question of minutes.
pub(super) const PARTS: [&str; 6] = ["heard", "spoke", "questions", "decided", "vote", "dissent"];
/// Those that are typed with the number of their question: «1. слушали».
const NUMBERED: [&str; 5] = ["heard", "spoke", "decided", "vote", "dissent"];

/// What minutes say of a meeting, put where the model has it.
pub(super) fn met(entries: &mut MapEntries) -> bool {
    present(entries) | parted(entries) | numbered(entries)
}

/// «присутствовали: {члены комиссии: […], приглашённые: […]}», or a list of such labels.
fn present(entries: &mut MapEntries) -> bool {
    let Some(at) = entries.iter().position(|(key, _)| is_key(&key.text, "present")) else {
        return false;
    };
    if let Some((names, all)) = entries[at].1.text().and_then(counted_behind) {
        let names = scalar(&names, &entries[at].1);
        let all = all.map(|all| entry("members", scalar(&all, &names)));
        entries[at].1 = names;
        let known = entries.iter().any(|(key, _)| is_key(&key.text, "members"));
        entries.extend(all.filter(|_| !known));
        return true;
    }
    if let Some((people, led)) = by_roles(&entries[at].1) {
        entries[at].1 = people;
        let has = |key: &MapKey| entries.iter().any(|(own, _)| small(own) == small(key));
        let led: MapEntries = led.into_iter().filter(|(key, _)| !has(key)).collect();
        entries.splice(at..at, led);
        return true;
    }
    grouped(entries, at)
}

/// Those present in groups: members, and guests, who have no vote.
fn grouped(entries: &mut MapEntries, at: usize) -> bool {
    let label = |key: &MapKey| {
        let key = small(key);
        key.starts_with("член") || key.starts_with("пригла") || key.starts_with("участник")
    };
    let groups: MapEntries = match &entries[at].1.value {
        DataValue::Map(inner) if inner.iter().all(|(key, _)| label(key)) => inner.clone(),
        DataValue::Seq(items) => {
            let one = |item: &DataNode| match &item.value {
                DataValue::Map(inner) if inner.len() == 1 && label(&inner[0].0) => {
                    inner.first().cloned()
                }
                _ => None,
            };
            let all: Option<MapEntries> = items.iter().map(one).collect();
            match all {
                Some(all) => all,
                None => return false,
            }
        }
        _ => return false,
    };
    // Whoever is invited has no vote, and is not counted among those present.
    let (guests, own): (MapEntries, MapEntries) =
        groups.into_iter().partition(|(key, _)| small(key).starts_with("пригла"));
    let range = entries[at].1.range.clone();
    if let Some((_, guests)) = guests.into_iter().next() {
        entries.push(entry("invited", guests));
    }
    let mut own = own.into_iter().map(|(_, node)| node);
    let all = match (own.next(), own.next()) {
        (Some(one), None) => one,
        (first, second) => {
            let all = first.into_iter().chain(second).chain(own);
            let people = all.flat_map(|node| match node.value {
                DataValue::Seq(people) => people,
                _ => vec![node],
            });
            DataNode::new(DataValue::Seq(people.collect()), range)
        }
    };
    entries[at].1 = all;
    true
}

/// «присутствовали: {председатель: …, секретарь: …, члены: …}»: all of them, and those who led.
fn by_roles(node: &DataNode) -> Option<(DataNode, MapEntries)> {
    let DataValue::Map(inner) = &node.value else { return None };
    let member = |key: &MapKey| small(key).starts_with("член");
    let led = |key: &MapKey| !member(key) && role_of(&key.text, false).is_some();
    let named = |(key, node): &(MapKey, DataNode)| {
        led(key) && node.text().is_some() || member(key) && !super::counts(node)
    };
    if !inner.iter().any(|(key, _)| led(key)) || !inner.iter().all(named) {
        return None;
    }
    let mut people = Vec::new();
    for (_, node) in inner {
        match &node.value {
            DataValue::Seq(all) => people.extend(all.iter().cloned()),
            DataValue::Scalar { text, .. } => {
                let names = who::several(text).unwrap_or_else(|| vec![text.clone()]);
                people.extend(names.iter().map(|name| scalar(name, node)));
            }
            _ => return None,
        }
    }
    let led = inner.iter().filter(|(key, _)| led(key)).cloned().collect();
    Some((DataNode::new(DataValue::Seq(people), node.range.clone()), led))
}

/// «Осокин Д. Д., Ярцева М. И. (2 из 7 человек)»: the names, which are counted anyway, and of how
/// many they are.
fn counted_behind(text: &str) -> Option<(String, Option<String>)> {
    let (names, inside) = text.trim().trim_end_matches('.').strip_suffix(')')?.rsplit_once('(')?;
    let names = names.trim().trim_end_matches(',');
    let count = inside.trim_start_matches("всего").trim();
    let people = who::several(names).or_else(|| who::surnames(names))?.len().to_string();
    let rest = count.strip_prefix(&people)?.trim();
    let (rest, all) = match rest.strip_prefix("из ") {
        Some(of) => {
            let digits: String = of.chars().take_while(char::is_ascii_digit).collect();
            (of[digits.len()..].trim(), Some(digits))
        }
        None => (rest, None),
    };
    let noun = rest.is_empty() || ["чел", "член"].iter().any(|word| rest.starts_with(word));
    noun.then(|| (names.to_owned(), all.filter(|all| !all.is_empty())))
}

/// The parts of each question under keys that count it («1. слушали», «по 2 вопросу решили») or
/// begin it anew: «слушали», «решили» and below them «слушали» again.
pub(super) fn parted(entries: &mut MapEntries) -> bool {
    let parts: Vec<CoursePart> =
        entries.iter().filter_map(|(key, _)| CoursePart::of(key)).collect();
    let again = |own: &&CoursePart| {
        let same = |other: &&CoursePart| other.number.is_none() && other.name == own.name;
        own.number.is_none() && parts.iter().filter(same).count() > 1
    };
    // One such key may stand beside questions of another form.
    let counted = parts.iter().filter_map(|part| part.number).max().is_some_and(|most| most > 1);
    let heard = parts.iter().any(|part| part.name == "heard");
    let in_a_row = heard && parts.iter().any(|own| again(&own));
    if !counted && !in_a_row {
        return false;
    }
    let mine = |part: &CoursePart| part.number.is_some() || in_a_row;
    let at = entries.iter().position(|(key, _)| CoursePart::of(key).as_ref().is_some_and(mine));
    let mut questions: Vec<(usize, MapKey, MapEntries)> = Vec::new();
    let mut kept = MapEntries::new();
    for (key, node) in entries.drain(..) {
        let Some(part) = CoursePart::of(&key).filter(mine) else {
            kept.push((key, node));
            continue;
        };
        let last = questions.last().map_or(0, |(number, ..)| *number);
        // «Слушали» begins the next question.
        let next = if part.name == "heard" { last + 1 } else { last.max(1) };
        let number = part.number.unwrap_or(next);
        let own = (MapKey { text: part.written, range: key.range.clone() }, node);
        match questions.iter_mut().find(|(other, ..)| *other == number) {
            Some((.., parts)) => parts.push(own),
            None => {
                let key = MapKey { text: format!("вопрос {number}"), range: key.range };
                questions.push((number, key, vec![own]));
            }
        }
    }
    questions.sort_by_key(|(number, ..)| *number);
    let all = questions.into_iter().map(|(_, key, parts)| {
        let range = key.range.clone();
        (key, DataNode::new(DataValue::Map(parts), range))
    });
    *entries = kept;
    let at = at.unwrap_or_default().min(entries.len());
    entries.splice(at..at, all.collect::<Vec<_>>());
    true
}

/// A key of what was said of a question: «слушали», «1. слушали», «по первому вопросу слушали».
struct CoursePart {
    number: Option<usize>,
    name: &'static str,
    written: String,
}

impl CoursePart {
    fn of(key: &MapKey) -> Option<Self> {
        let text = key.text.trim().trim_end_matches(':');
        let named = |written: &str| NUMBERED.into_iter().find(|own| is_key(written, own));
        if let Some(name) = named(text) {
            return Some(Self { number: None, name, written: text.to_owned() });
        }
        let (before, written) = text.rsplit_once([' ', '.', ')'])?;
        let before = MapKey { text: before.to_owned(), range: key.range.clone() };
        let (name, number) = (named(written)?, ordinal(&before)?);
        Some(Self { number: Some(number), name, written: written.to_owned() })
    }
}

/// «вопрос 1:», «по второму вопросу:» of a document are the course of its agenda.
fn numbered(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Map(inner) = &node.value else { return false };
        let heard = |(key, _): &(MapKey, DataNode)| {
            ["heard", "spoke", "decided"].iter().any(|part| is_key(&key.text, part))
        };
        // A map under «вопросы» alone may be the agenda, which nobody has heard yet.
        small(key).contains("вопрос") && inner.iter().any(heard)
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let mut gone: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let range = gone[0].1.range.clone();
    if ordinal(&gone[0].0) == Some(2) {
        gone.splice(0..0, first(entries));
    }
    // The Russian key, so that faults name what the user could have written.
    let key = MapKey { text: "ход заседания".to_owned(), range: range.clone() };
    let map = DataNode::new(DataValue::Map(gone), range);
    entries.insert(at.min(entries.len()), (key, map));
    true
}

/// The first question, whose «слушали» and «решили» stand beside «вопрос 2:» without a key of their
/// own, or as «1. Слушали:».
fn first(entries: &mut MapEntries) -> Option<(MapKey, DataNode)> {
    let bare = |key: &MapKey| key.text.trim_start_matches(|c: char| "1.) ".contains(c)).to_owned();
    let part = |(key, _): &(MapKey, DataNode)| NUMBERED.iter().any(|own| is_key(&bare(key), own));
    if !entries.iter().any(|own| is_key(&bare(&own.0), "heard")) {
        return None;
    }
    let mut own: MapEntries = entries.extract_if(.., |own| part(own)).collect();
    for (key, _) in &mut own {
        key.text = bare(key);
    }
    let range = own.first()?.0.range.clone();
    let key = MapKey { text: "вопрос 1".to_owned(), range: range.clone() };
    Some((key, DataNode::new(DataValue::Map(own), range)))
}

/// Which question a key counts: «вопрос 2», «по второму вопросу», «3».
pub(super) fn ordinal(key: &MapKey) -> Option<usize> {
    const STEMS: [&str; 10] =
        ["перв", "втор", "трет", "четв", "пят", "шест", "седьм", "восьм", "девят", "десят"];
    let small = small(key);
    let digits: String = small
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let rest = small.replace(&digits, "");
    let bare = rest.chars().all(|c| !c.is_alphabetic()) || rest.contains("вопрос");
    if let Some(number) = digits.parse().ok().filter(|_| bare) {
        return Some(number);
    }
    let counted = |word: &str| STEMS.iter().position(|stem| word.starts_with(stem));
    let word = small.split_whitespace().find_map(counted).filter(|_| small.contains("вопрос"));
    word.map(|at| at + 1)
}

/// A question whose «докладчик» is named apart: who was heard, or, where only the question is
/// listed, a part of its title.
pub(in crate::model) fn question(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    if titled(&mut entries)
        | counted(&mut entries)
        | led(&mut entries)
        | placed(&mut entries)
        | speakers(&mut entries)
    {
        return Some(DataNode::new(DataValue::Map(entries), node.range.clone()));
    }
    if let Some(told) = proposed(&mut entries) {
        return Some(DataNode::new(DataValue::Map(told), node.range.clone()));
    }
    let is = |(key, node): &(MapKey, DataNode)| {
        let key = small(key);
        ["докладчик", "докладчики", "докладывает", "докладывают"].contains(&key.as_str())
            && !is_empty(node)
    };
    let at = entries.iter().position(is)?;
    let has = |part: &str| entries.iter().any(|(key, _)| is_key(&key.text, part));
    // Minutes with a course tell who was heard; an agenda alone has no place for it.
    if !has("heard") && (has("spoke") || has("decided")) {
        entries[at].0.text = "heard".to_owned();
    } else {
        let (key, who) = entries.remove(at);
        let who = match &who.value {
            DataValue::Scalar { text, .. } => text.clone(),
            DataValue::Seq(all) => {
                let texts = all.iter().filter_map(|one| match &one.value {
                    DataValue::Scalar { text, .. } => Some(text.as_str()),
                    _ => None,
                });
                texts.collect::<Vec<_>>().join(", ")
            }
            _ => return None,
        };
        let (_, title) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "title"))?;
        let text = title.text()?;
        // The stop would stand before the bracket.
        let (text, label) = (text.trim_end_matches('.'), small(&key));
        *title = scalar(&format!("{text} ({label} — {who})"), title);
    }
    Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// The text of a question that its colon made a map of, and nothing else.
pub(super) fn asked(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let alone = entries.len() == 1 && titled(&mut entries);
    entries.pop().filter(|_| alone).map(|(_, title)| title)
}

/// «- Подготовка к лету: задачи и сроки» is a question with a colon of its own, «- Разное:» one
/// with nothing behind it.
fn titled(entries: &mut MapEntries) -> bool {
    const OWN: [&str; 7] = ["title", "listed", "value", "table", "numbering", "text", "people"];
    let own = |key: &MapKey| {
        let part = PARTS.iter().chain(&OWN).any(|part| is_key(&key.text, part));
        part || small(key).starts_with("доклад")
    };
    let Some((key, node)) = entries.first_mut().filter(|(key, _)| !own(key)) else { return false };
    // «Слушили» is a slip, of which the reader tells.
    let near = |part: &&str| slip(&small(key), russian::names(part).iter().copied()).is_some();
    let phrase = key.text.contains(' ') || !PARTS.iter().any(near);
    let word = phrase && key.text.starts_with(char::is_uppercase) && !key.text.is_ascii();
    let said = match &node.value {
        DataValue::Scalar { text, .. } => format!("{}: {text}", key.text),
        DataValue::Null => key.text.clone(),
        _ => return false,
    };
    if !word {
        return false;
    }
    *node = DataNode::said(said, &key.range);
    key.text = "title".to_owned();
    true
}

/// «решили: {1: …, 2: …}» is a list of decisions.
fn counted(entries: &mut MapEntries) -> bool {
    let number = |key: &MapKey| key.text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c));
    let mut moved = false;
    for (_, node) in entries.iter_mut().filter(|(key, _)| is_key(&key.text, "decided")) {
        let DataValue::Map(inner) = &node.value else { continue };
        if inner.is_empty() || !inner.iter().all(|(key, _)| number(key)) {
            continue;
        }
        let all = inner.iter().map(|(_, node)| node.clone()).collect();
        *node = DataNode::new(DataValue::Seq(all), node.range.clone());
        moved = true;
    }
    moved
}

/// «- Избрать комитет в составе:» among decisions, and its list behind the next dash.
fn led(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for (_, node) in entries.iter_mut().filter(|(key, _)| is_key(&key.text, "decided")) {
        if let Some(below) = item::below_colon(node) {
            *node = below;
            moved = true;
        }
    }
    moved
}

/// A table typed behind what was heard, spoke or decided is the last thing there, so that it is
/// printed where it was typed; a text between speeches is one of them.
fn placed(entries: &mut MapEntries) -> bool {
    let part = |(key, node): &(MapKey, DataNode)| {
        PARTS.iter().find(|part| is_key(&key.text, part) && !is_empty(node)).copied()
    };
    let is = |(key, node): &(MapKey, DataNode)| {
        (is_key(&key.text, "table") || is_key(&key.text, "text")) && !is_empty(node)
    };
    let mut moved = false;
    let mut from = 0;
    while let Some(at) = entries.iter().skip(from).position(is).map(|at| at + from) {
        from = at + 1;
        let before = entries[..at].iter().rposition(|own| part(own).is_some());
        let Some(before) = before else { continue };
        let is_table = is_key(&entries[at].0.text, "table");
        let said = part(&entries[before]).unwrap_or_default();
        let words = ["heard", "spoke", "questions"].contains(&said);
        if !is_table && !words {
            continue;
        }
        let (_, node) = entries.remove(at);
        from = at;
        moved = true;
        let name = if is_table { "table" } else { "text" };
        let range = node.range.clone();
        let own = DataNode::new(DataValue::Map(vec![entry(name, node.clone())]), range.clone());
        match said {
            "vote" => entries.insert(at, entry("dissent", own)),
            "decided" => decided_with(&mut entries[before].1, node),
            _ => {
                let part = &mut entries[before].1;
                let mut all = match &part.value {
                    DataValue::Seq(all) => all.clone(),
                    _ => vec![part.clone()],
                };
                all.push(own);
                *part = DataNode::new(DataValue::Seq(all), part.range.clone());
            }
        }
    }
    moved
}

/// The last decision, with a table below it.
fn decided_with(decided: &mut DataNode, table: DataNode) {
    let last = match &mut decided.value {
        DataValue::Seq(all) if !all.is_empty() => all.last_mut(),
        _ => Some(decided),
    };
    let Some(last) = last else { return };
    let mut keys = match &last.value {
        DataValue::Map(keys) => keys.clone(),
        // The table shows what was decided; the words before it do not lead to it.
        _ => {
            let text = last.text().unwrap_or_default().trim_end().to_owned();
            let ended = text.ends_with(['.', ':', ';', '!', '…']);
            let text = if ended { text } else { format!("{text}.") };
            vec![entry("text", scalar(&text, last))]
        }
    };
    keys.push(entry("table", table));
    *last = DataNode::new(DataValue::Map(keys), last.range.clone());
}

/// «предложено: избрать комитет» is what was spoken.
fn proposed(entries: &mut MapEntries) -> Option<MapEntries> {
    let is = |(key, node): &(MapKey, DataNode)| {
        let words = ["предложено", "предложили", "поступило предложение"];
        words.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    let at = entries.iter().position(is)?;
    if entries.iter().any(|(key, _)| is_key(&key.text, "spoke")) {
        return None;
    }
    let (key, node) = &mut entries[at];
    let text = node.text()?;
    *node = scalar(&format!("{} {text}", capital(&small(key))), node);
    key.text = "spoke".to_owned();
    Some(entries.clone())
}

/// «Марк Ефимов»: two words that begin as names do.
fn is_first_and_last(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let name = |word: &str| {
        let small = word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
        word.starts_with(char::is_uppercase) && word.chars().count() > 2 && small
    };
    words.clone().count() == 2 && words.all(name)
}

fn begins_small(text: &str) -> bool {
    text.trim_start().starts_with(char::is_lowercase)
}

/// A question or an answer whose keys are «кто», «вопрос», «сказал».
pub(in crate::model) fn speaker(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    // «Шульц А. А.: предложила …», which a colon made a key.
    if let [one] = entries.as_slice()
        && is_said(one)
    {
        let (key, said) = one;
        let name = DataNode::said(key.text.trim(), &key.range);
        let both = vec![entry("name", name), entry("text", said.clone())];
        return Some(DataNode::new(DataValue::Map(both), node.range.clone()));
    }
    let mut entries = entries.clone();
    let mut moved = false;
    for (key, _) in &mut entries {
        let own = match small(key).as_str() {
            "кто" | "спросил" | "спросила" | "задал" | "задала" | "от" => {
                "name"
            }
            "вопрос" | "сказал" | "сказала" | "о чем" | "о чём" | "что" | "мнение" => {
                "text"
            }
            _ => continue,
        };
        key.text = own.to_owned();
        moved = true;
    }
    moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// Whether a key names somebody, and its value is what they said.
fn is_said((key, said): &(MapKey, DataNode)) -> bool {
    matches!(said.value, DataValue::Scalar { .. })
        && (who::is_sure_name(&key.text)
            || who::name_first(&key.text).is_some()
            || is_first_and_last(&key.text) && said.text().is_some_and(begins_small))
}

/// «выступили:» with «Куц М. В.: предложила …» and others below it, without dashes: each key is a
/// speaker of a list.
fn speakers(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for (key, node) in entries.iter_mut() {
        let DataValue::Map(said) = &node.value else { continue };
        let spoken = ["heard", "spoke", "questions"].iter().any(|part| is_key(&key.text, part));
        if spoken && said.len() > 1 && said.iter().all(is_said) {
            let each = said
                .iter()
                .map(|one| DataNode::new(DataValue::Map(vec![one.clone()]), one.1.range.clone()));
            node.value = DataValue::Seq(each.collect());
            moved = true;
        }
    }
    moved
}

/// «Создать комиссию в составе:» with «председатель: …» and «члены: […]» below it or beside it:
/// what leads to a list of those who belong to it.
pub(in crate::model) fn composed(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let ((lead, below), beside) = entries.split_first()?;
    let parts = match &below.value {
        DataValue::Map(parts) if beside.is_empty() => parts.as_slice(),
        DataValue::Null => beside,
        _ => return None,
    };
    let member = |(key, _): &(MapKey, DataNode)| {
        small(key).starts_with("член") || role_of(&key.text, false).is_some()
    };
    if parts.is_empty() || !lead.text.contains(' ') || !parts.iter().all(member) {
        return None;
    }
    let mut lines = Vec::new();
    for (key, node) in parts {
        let label = key.text.trim().trim_end_matches(':').to_lowercase();
        // «Члены комиссии: […]» is over a list, and each line of it is about one member.
        let one = label.strip_prefix("члены").map_or(label.clone(), |rest| format!("член{rest}"));
        match &node.value {
            DataValue::Scalar { text, .. } => lines.push((label, text.as_str(), node)),
            DataValue::Seq(all) => {
                for node in all {
                    let text = node.text()?;
                    lines.push((one.clone(), text, node));
                }
            }
            _ => return None,
        }
    }
    let last = lines.len().saturating_sub(1);
    let line = |(at, (label, text, node)): (usize, (String, &str, &DataNode))| {
        scalar(&format!("{label} — {}", with_stop(&in_line(text), at == last)), node)
    };
    let items = DataValue::Seq(lines.into_iter().enumerate().map(line).collect());
    let items = DataNode::new(items, node.range.clone());
    let lead = entry("lead", scalar(lead.text.trim(), node));
    let marks = entry("numbering", scalar("—", node));
    let map = DataValue::Map(vec![lead, entry("items", items), marks]);
    Some(DataNode::new(map, node.range.clone()))
}

/// A line of a list with the mark that an editor sets at its end.
fn with_stop(text: &str, is_last: bool) -> String {
    let text = text.trim_end_matches(';');
    match is_last {
        // «… и др.» has its stop already.
        true if text.ends_with('.') => text.to_owned(),
        true => format!("{text}."),
        false => format!("{text};"),
    }
}

/// The lines of a list with the marks that an editor sets at their ends.
fn stopped(mut node: DataNode) -> DataNode {
    let DataValue::Seq(lines) = &mut node.value else { return node };
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(text) = line.text() else { continue };
        *line = scalar(&with_stop(text.trim(), at == last), line);
    }
    node
}

/// «Никулина В. А. — директор» behind a dash of its own: the name, then the post, as lists have it.
fn in_line(text: &str) -> String {
    match who::name_first(text) {
        Some(who) => {
            let post = who.post.map(|post| format!(", {post}")).unwrap_or_default();
            let aside = who.aside.map(|aside| format!(" ({aside})")).unwrap_or_default();
            format!("{}{post}{aside}", who.name)
        }
        None => text.to_owned(),
    }
}

/// «председатель», «секретарь» and «члены» of an appendix are the lines of its list.
pub(in crate::model) fn composition(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let is = |(key, node): &(MapKey, DataNode)| {
        let members = ["члены", "члены комиссии"].contains(&small(key).as_str());
        (members || role_of(&key.text, false).is_some()) && !is_empty(node)
    };
    let points = entries.iter().any(|(key, _)| is_key(&key.text, "points"));
    // One such key may be a fact about the appendix; two are a list of people.
    if points || entries.iter().filter(|own| is(own)).count() < 2 {
        let tabled = super::spoken::tabled(&mut entries);
        return tabled.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()));
    }
    let at = entries.iter().position(is)?;
    let own: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let line = |(key, node): (MapKey, DataNode)| {
        let label = key.text.trim().trim_end_matches(':');
        let label = capital(label);
        let range = node.range.clone();
        match &node.value {
            DataValue::Scalar { text, .. } => {
                let text = in_line(text.trim_end_matches(';'));
                let stop = if text.ends_with('.') { "" } else { "." };
                scalar(&format!("{label} — {text}{stop}"), &node)
            }
            _ => {
                let mut node = node.clone();
                if let DataValue::Seq(all) = &mut node.value {
                    for one in all {
                        if let Some(text) = one.text().map(in_line) {
                            *one = scalar(&text, one);
                        }
                    }
                }
                let lead = entry("lead", scalar(&label, &node));
                let node = stopped(node);
                let marks = entry("numbering", scalar("—", &node));
                DataNode::new(DataValue::Map(vec![lead, entry("items", node), marks]), range)
            }
        }
    };
    let range = own.first()?.1.range.clone();
    let lines = DataNode::new(DataValue::Seq(own.into_iter().map(line).collect()), range.clone());
    // A chairman is not the first of his commission.
    let marks = entry("numbering", scalar("none", &lines));
    let list = DataNode::new(DataValue::Map(vec![entry("items", lines), marks]), range);
    entries.insert(at.min(entries.len()), entry("points", list));
    Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
}
