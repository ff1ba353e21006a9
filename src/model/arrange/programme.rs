//! Lists of times, as programmes have them: «9.30–10.00: Регистрация».

use super::super::draft;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar, tables};
use crate::lang::ru::capital;

/// A list in which each item begins with a time is a table of times, as programmes have it.
pub(super) fn timed(entries: &mut MapEntries) -> bool {
    const KEYS: [&str; 7] = [
        "программа",
        "программа дня",
        "программа мероприятия",
        "распорядок",
        "распорядок дня",
        "programme",
        "program",
    ];
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let says = |node: &DataNode, word: &str| {
        let Some(text) = node.text() else { return false };
        text.to_lowercase().contains(word)
    };
    let programme = kind.is_some_and(|(_, node)| says(node, "программ") || says(node, "program"));
    let english = kind.is_some_and(|(_, node)| says(node, "program"));
    // Several lists of times are days.
    let timed =
        |(key, node): &&(MapKey, DataNode)| !draft::is_near_key(&key.text) && rows(node).is_some();
    let apart = entries.iter().filter(timed).count();
    let is = |(key, node): &(MapKey, DataNode)| {
        let named = KEYS.contains(&small(key).as_str());
        let points =
            programme && ["points", "sections", "table"].iter().any(|k| is_key(&key.text, k));
        // «ход мероприятия:», «расписание:» in words of the writer's own.
        let own = apart == 1 && !draft::is_near_key(&key.text) && clocks(node) > 1;
        let points = points || own && !has(entries, "table");
        // Where each item has the same keys, these are the columns.
        (named || points).then(|| rows(node).filter(|_| by_parts(node).is_none())).flatten()
    };
    let Some((at, rows)) = entries.iter().enumerate().find_map(|(at, own)| Some((at, is(own)?)))
    else {
        let listed = |(key, node): &(MapKey, DataNode)| {
            KEYS.contains(&small(key).as_str()).then(|| by_parts(node)).flatten()
        };
        let found = entries.iter_mut().find_map(|own| Some((listed(own)?, own)));
        let Some((table, (key, node))) = found else {
            let days = if programme || apart > 1 { tables::days(entries, rows) } else { None };
            let Some((at, rows)) = days else { return false };
            let like = DataNode::new(DataValue::Null, rows[0].range.clone());
            entries.insert(at, entry("table", timetable(rows, english, &like)));
            return true;
        };
        node.value = table;
        key.text = "table".to_owned();
        return true;
    };
    let (key, node) = &mut entries[at];
    let title = capital(key.text.trim().trim_end_matches(':'));
    let own = !KEYS.contains(&small(key).as_str()) && !draft::is_near_key(&key.text);
    *node = timetable(rows, english, node);
    if let DataValue::Map(table) = &mut node.value
        && own
    {
        table.insert(0, entry("heading", scalar(&title, &table[0].1)));
    }
    key.text = "table".to_owned();
    true
}

/// How many times are keys of a map, or begin the items of a list.
fn clocks(node: &DataNode) -> usize {
    match &node.value {
        DataValue::Map(entries) => {
            entries.iter().filter(|(key, _)| time(&key.text).is_some()).count()
        }
        DataValue::Seq(items) => {
            let timed = |item: &&DataNode| match &item.value {
                DataValue::Scalar { text, .. } => time(text).is_some(),
                _ => clocks(item) > 0,
            };
            items.iter().filter(timed).count()
        }
        _ => 0,
    }
}

/// The table of such rows.
fn timetable(rows: Vec<DataNode>, english: bool, like: &DataNode) -> DataNode {
    let heads = if english { ["Time", "Event"] } else { ["Время", "Мероприятие"] };
    let list = |cells: Vec<DataNode>| DataNode::new(DataValue::Seq(cells), like.range.clone());
    let heads = list(heads.iter().map(|head| scalar(head, like)).collect());
    // Times stand below each other by their first figures, whatever follows.
    let align = list(vec![scalar("left", like)]);
    let map = vec![entry("columns", heads), entry("rows", list(rows)), entry("align", align)];
    DataNode::new(DataValue::Map(map), like.range.clone())
}

/// The table of a list of maps: `{дата: 10 июня, время: 10.00, мероприятие: Заезд, место: холл}`.
/// Its columns are the keys; days become sub-headings.
fn by_parts(node: &DataNode) -> Option<DataValue> {
    let DataValue::Seq(items) = &node.value else { return None };
    let maps: Option<Vec<&MapEntries>> = items
        .iter()
        .map(|item| match &item.value {
            DataValue::Map(entries) => Some(entries),
            _ => None,
        })
        .collect();
    let maps = maps?;
    let timed = is_time;
    if maps.is_empty() || !maps.iter().all(|map| map.iter().any(|(key, _)| timed(key))) {
        return None;
    }
    let day = |key: &MapKey| is_key(&key.text, "date") || small(key) == "день";
    let mut heads: Vec<&MapKey> = Vec::new();
    for (key, _) in maps.iter().flat_map(|map| map.iter()).filter(|(key, _)| !day(key)) {
        if heads.iter().all(|head| small(head) != small(key)) {
            heads.push(key);
        }
    }
    // The time leads, wherever it was typed.
    heads.sort_by_key(|key| !timed(key));
    let mut rows = Vec::new();
    let mut today = None;
    for map in maps {
        let said = map.iter().find(|(key, _)| day(key)).and_then(|(_, node)| lines(node));
        if let Some(said) = said.filter(|said| today.as_ref() != Some(said)) {
            rows.push(scalar(&said, node));
            today = Some(said);
        }
        let cell = |head: &&MapKey| {
            let own = map.iter().find(|(key, _)| small(key) == small(head));
            own.map_or(Some(scalar("", node)), |(_, node)| Some(scalar(&lines(node)?, node)))
        };
        let cells: Option<Vec<DataNode>> = heads.iter().map(cell).collect();
        rows.push(DataNode::new(DataValue::Seq(cells?), node.range.clone()));
    }
    let list = |nodes| DataNode::new(DataValue::Seq(nodes), node.range.clone());
    let heads = heads.iter().map(|key| scalar(&capital(key.text.trim()), node)).collect();
    Some(DataValue::Map(vec![entry("columns", list(heads)), entry("rows", list(rows))]))
}

// Over 60 lines: an arm for each way in which people write a time and what is done then.
/// The rows of a list of times, with a sub-heading for each day; nothing if it is another list.
fn rows(node: &DataNode) -> Option<Vec<DataNode>> {
    let row = |time: &str, said: &DataNode| {
        let said = scalar(&lines(said)?, said);
        let cells = vec![scalar(time, &said), said.clone()];
        Some(DataNode::new(DataValue::Seq(cells), said.range.clone()))
    };
    let pair = |(key, said): &(MapKey, DataNode)| match time(&key.text) {
        Some((time, "")) => Some(vec![row(time, said)?]),
        // «10:00 Открытие: приветствия» has a colon of its own.
        Some((time, rest)) => {
            let sign = between(said);
            Some(vec![row(time, &scalar(&format!("{rest}:{sign}{}", lines(said)?), said))?])
        }
        None => {
            let mut day = vec![scalar(&key.text, said)];
            day.extend(rows(said)?);
            Some(day)
        }
    };
    // «Секция 1. Школьный музей: …» beside times goes on at the same time.
    let aside = |(key, said): &(MapKey, DataNode)| {
        let text = format!("{}\n{}", key.text.trim(), lines(said)?);
        let cells = vec![scalar("", said), scalar(text.trim_end(), said)];
        Some(vec![DataNode::new(DataValue::Seq(cells), said.range.clone())])
    };
    let found: Option<Vec<Vec<DataNode>>> = match &node.value {
        // A block of lines is a list of them.
        DataValue::Scalar { text, .. } if text.trim().contains('\n') => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let lines = DataValue::Seq(lines.map(|line| scalar(line, node)).collect());
            return rows(&DataNode::new(lines, node.range.clone()));
        }
        DataValue::Map(entries) => {
            let times = entries.iter().any(|(key, _)| time(&key.text).is_some());
            entries.iter().map(|own| pair(own).or_else(|| aside(own).filter(|_| times))).collect()
        }
        DataValue::Seq(items) => {
            let one = |item: &DataNode| match &item.value {
                DataValue::Scalar { text, .. } => match time(text) {
                    Some((time, rest)) if !rest.is_empty() => {
                        Some(vec![row(time, &scalar(rest, item))?])
                    }
                    Some(_) => None,
                    // «Второй день, 16 октября» among times.
                    None => Some(vec![item.clone()]),
                },
                DataValue::Map(entries) if entries.len() == 1 => entries.iter().find_map(pair),
                DataValue::Map(entries) => at_once(item, entries),
                _ => None,
            };
            let timed = |item: &DataNode| match &item.value {
                DataValue::Scalar { text, .. } => time(text).is_some(),
                _ => true,
            };
            // Most of a programme's lines have a time; a text with one has none elsewhere.
            let most = 2 * items.iter().filter(|item| timed(item)).count() > items.len();
            items.iter().map(one).collect::<Option<_>>().filter(|_| most)
        }
        _ => None,
    };
    found.map(|rows| rows.into_iter().flatten().collect()).filter(|rows: &Vec<_>| !rows.is_empty())
}

/// The row of an item with more keys than one: «{время: 10.15, тема: …, докладчик: …}», «{12.00:
/// Круглый стол, модератор: …}».
fn at_once(item: &DataNode, entries: &MapEntries) -> Option<Vec<DataNode>> {
    let clock = entries.iter().position(|(key, _)| time(&key.text).is_some() || is_time(key))?;
    let (key, node) = &entries[clock];
    let mut rest: MapEntries =
        entries.iter().enumerate().filter(|(at, _)| *at != clock).map(|(_, e)| e.clone()).collect();
    let when = match time(&key.text) {
        Some((when, title)) => {
            let title = format!("{title} {}", lines(node)?);
            rest.insert(0, entry("title", scalar(title.trim(), node)));
            when.to_owned()
        }
        None => lines(node)?,
    };
    let range = item.range.clone();
    let told = match rest.as_slice() {
        // A title alone has no label.
        [(key, node)] if is_title(key) => lines(node)?,
        _ => lines(&DataNode::new(DataValue::Map(rest), range.clone()))?,
    };
    let cells = vec![scalar(&when, item), scalar(&told, item)];
    Some(vec![DataNode::new(DataValue::Seq(cells), range)])
}

/// Whether a key says when: «время», `time`.
fn is_time(key: &MapKey) -> bool {
    small(key).starts_with("врем") || ["time", "когда", "часы", "начало"].contains(&&*small(key))
}

/// Whether a key names what is done, so that its value needs no label.
fn is_title(key: &MapKey) -> bool {
    const WORDS: [&str; 5] = ["что", "содержание", "мероприятие", "тема", "выступление"];
    ["title", "name", "heading", "theme", "text", "event"].iter().any(|own| is_key(&key.text, own))
        || WORDS.contains(&&*small(key))
}

/// Whether a key says only that somebody is named: a line of its own below the title needs no
/// label.
fn is_name(key: &MapKey) -> bool {
    ["кто", "who", "фио", "ф. и. о.", "ф.и.о."].contains(&&*small(key))
}

/// What a value says, each item of a list in a line of its own.
fn lines(node: &DataNode) -> Option<String> {
    match &node.value {
        DataValue::Scalar { text, .. } => Some(text.clone()),
        DataValue::Null => Some(String::new()),
        DataValue::Seq(items) => {
            let all: Option<Vec<String>> = items.iter().map(lines).collect();
            all.map(|all| all.join("\n"))
        }
        DataValue::Map(entries) => match entries.as_slice() {
            [(key, node)] => Some(format!("{}:{}{}", key.text, between(node), lines(node)?)),
            // {название: Пленарное заседание, ведущий: …, доклады: […]}
            all => {
                // A list of one stands below its label where longer ones do beside it.
                let long = |(_, node): &(MapKey, DataNode)| match &node.value {
                    DataValue::Seq(items) => items.len() > 1,
                    _ => false,
                };
                let below = all.iter().any(long);
                let line = |(key, node): &(MapKey, DataNode)| {
                    let said = lines(node)?;
                    let title = is_title(key) || is_name(key);
                    let list = below && matches!(node.value, DataValue::Seq(_));
                    let sign = if list || said.contains('\n') { "\n" } else { " " };
                    let label = capital(key.text.trim());
                    Some(if title { said } else { format!("{label}:{sign}{said}") })
                };
                let all: Option<Vec<String>> = all.iter().map(line).collect();
                all.map(|all| all.join("\n"))
            }
        },
    }
}

/// What stands between a label and what it leads to: a list begins below it.
fn between(node: &DataNode) -> &'static str {
    match &node.value {
        DataValue::Seq(_) | DataValue::Map(_) => "\n",
        DataValue::Scalar { .. } | DataValue::Null => " ",
    }
}

/// A time or a span of times at the beginning of a text, and what follows it: «9.30–10.00».
pub(super) fn time(text: &str) -> Option<(&str, &str)> {
    let clock = |text: &str| -> Option<usize> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = text.get(digits..)?.strip_prefix([':', '.'])?;
        let minutes = rest.bytes().take_while(u8::is_ascii_digit).count();
        // «12.05.2026» is a date.
        let date = rest[minutes..]
            .strip_prefix('.')
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        ((1..=2).contains(&digits) && minutes == 2 && !date).then_some(digits + 1 + minutes)
    };
    let text = text.trim();
    let mut end = clock(text)?;
    let behind = text[end..].trim_start_matches([' ', '\u{a0}', '-', '–', '—']);
    if behind.len() < text.len() - end
        && let Some(more) = clock(behind)
    {
        end = text.len() - behind.len() + more;
    }
    let rest = text[end..].trim_start_matches([' ', '\u{a0}', '-', '–', '—', '.', ':', '|', ',']);
    Some((&text[..end], rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_at_the_beginning() {
        for (text, expected) in [
            ("9:30–10:00", Some(("9:30–10:00", ""))),
            ("10:20 - 11:00", Some(("10:20 - 11:00", ""))),
            ("11.00 — Кофе", Some(("11.00", "Кофе"))),
            ("12.05.2026", None),
            ("Открытие в 10.00", None),
        ] {
            assert_eq!(time(text), expected, "{text}");
        }
    }
}
