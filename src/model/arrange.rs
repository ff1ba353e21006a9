//! Keys that people write one level too high, put where they belong before a document is read:
//! `theme` beside `event`, `chairman` beside `roles`, `logo` beside `design`.

mod award;
mod body;
mod certificate;
mod course;
mod lead;
mod meeting;
mod mixed;
mod programme;
mod reference;
mod sentence;
mod signed;
mod spoken;
mod tables;
mod topic;
mod untitled;
mod verb;

use super::read::{Fields as _, is_empty, sentence as sentence_of};
use super::russian::is_key;
use super::section::Type;
use super::tree::{DataNode, DataValue, MapKey, entry};
use super::who;
use super::{Date, DateRange, Table, draft, kind};
use crate::lang::ru::capital;

pub(super) use award::is_kind;
pub(super) use body::head_noun;
pub(super) use certificate::whom_it_greets;
pub(super) use lead::{goes_on, is_infinitive, is_verb};
pub(super) use meeting::{composed, composition, question, speaker};
pub(super) use spoken::is_ground;
pub(super) use tables::are_barred;
pub(super) use topic::wrong_case;
pub(super) use verb::{thanks, verb};

type MapEntries = Vec<(MapKey, DataNode)>;

/// A key whose map holds others, and how they may be written outside of it.
struct Owner {
    key: &'static str,
    /// What a bare text of the owner is in its map.
    bare: &'static str,
    /// Keys that the outer map does not have itself.
    keys: &'static [&'static str],
    /// Words that mean the owner's key, though the outer map has one like it.
    words: &'static [&'static str],
    /// Whether there is a map to put them into only if the owner is written.
    written: bool,
}

const EVENT: Owner = Owner {
    key: "event",
    bare: "name",
    keys: &["theme", "host"],
    words: &[
        "dates",
        "даты",
        "дата проведения",
        "дата мероприятия",
        "место проведения",
        "место мероприятия",
    ],
    written: true,
};

/// What is noted under a table that is the only one of its document or chapter.
const TABLE: Owner = Owner {
    key: "table",
    bare: "caption",
    keys: &["notes"],
    words: &["итого", "total"],
    written: true,
};

const OF_DOCUMENT: [Owner; 3] = [
    EVENT,
    TABLE,
    Owner { key: "preamble", bare: "text", keys: &["recitals"], words: &[], written: false },
];

const OF_CERTIFICATE: [Owner; 3] = [
    EVENT,
    Owner {
        key: "recipient",
        bare: "name",
        keys: &["class", "school", "post", "gender"],
        // Its Russian names are those of the organisation that gives the document.
        words: &["of"],
        written: true,
    },
    Owner {
        key: "design",
        bare: "template",
        keys: &[
            "template",
            "orientation",
            "palette",
            "paper",
            "color",
            "background",
            "logo",
            "frame",
            "seal",
        ],
        // A work of art and a poster have a size as well: what is the sheet's is called so here.
        words: &[certificate::SHEET],
        written: false,
    },
];

/// A document's keys in their places, if any is out of it.
pub(super) fn document(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let moved = untitled::named(&mut entries)
        | spoken::spoken(&mut entries)
        | mixed::mixed(&mut entries)
        | composed_of(&mut entries)
        | own(&mut entries, &OF_DOCUMENT)
        | roles(&mut entries)
        | resolved(&mut entries)
        | words(&mut entries)
        | entitled(&mut entries);
    moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// Those whom a document names by their parts are all that it says: «Состав оргкомитета».
fn composed_of(entries: &mut MapEntries) -> bool {
    let says = |(key, _): &(MapKey, DataNode)| {
        let body = ["sections", "resolves", "appendices", "attachments", "translation"];
        let section = Type::WORDS.iter().map(|(word, _)| *word).chain(body);
        let role = role_of(&key.text, false).is_some() || spoken::small(key).starts_with("член");
        !role
            && (!draft::is_near_key(&key.text) || section.into_iter().any(|w| is_key(&key.text, w)))
    };
    let minutes = entries.iter().any(|(key, node)| {
        is_key(&key.text, "kind")
            && node.text().is_some_and(|kind| kind.to_lowercase().contains("протокол"))
    });
    if minutes || entries.iter().any(says) {
        return false;
    }
    let node = DataNode::new(DataValue::Map(entries.clone()), 0..0);
    let Some(DataNode { value: DataValue::Map(composed), .. }) = composition(&node) else {
        return false;
    };
    *entries = composed;
    true
}

/// A chapter's keys in their places, if any is out of it.
pub(super) fn chapter(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let moved = named(&mut entries) | own(&mut entries, &[TABLE]) | mixed::mixed(&mut entries);
    moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// «название: Общие положения» of a chapter is its heading. Beside columns and rows it is that of
/// the table.
fn named(entries: &mut MapEntries) -> bool {
    let is = |key: &MapKey, own: &[&str]| own.iter().any(|own| is_key(&key.text, own));
    let other = ["heading", "type", "columns", "rows", "recitals", "resolves"];
    if entries.len() < 2 || entries.iter().any(|(key, _)| is(key, &other)) {
        return false;
    }
    let text = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. });
    let of = |(key, node): &&mut (MapKey, DataNode)| {
        text(node) && (is(key, &["title"]) || ["раздел", "глава"].contains(&&*spoken::small(key)))
    };
    let Some((key, _)) = entries.iter_mut().find(of) else { return false };
    key.text = "heading".to_owned();
    true
}

/// The keys of an appendix in their places, if any is out of it: a form of `fields`, a programme.
pub(super) fn appendix(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let moved =
        tables::form(&mut entries) | programme::timed(&mut entries) | own(&mut entries, &[TABLE]);
    moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// «решили:» with what was resolved below it: the key is the verb, and the value its points.
fn resolved(entries: &mut MapEntries) -> bool {
    if entries.iter().any(|(key, _)| is_key(&key.text, "points")) {
        return false;
    }
    let told = said_before(entries);
    resolved_by_verbs(entries) | told
}

/// «преамбула: …, отмечают:» and «отмечают: […]» behind it: the verb was typed twice, and what
/// stands below it are the points that the preamble leads to.
fn said_before(entries: &mut MapEntries) -> bool {
    let preamble = entries.iter().position(|(key, _)| is_key(&key.text, "preamble"));
    let Some(at) = preamble else { return false };
    let Some(text) = entries[at].1.text() else { return false };
    let said = text.trim().trim_end_matches(':').to_lowercase();
    let Some((key, node)) = entries.get_mut(at + 1) else { return false };
    let word = spoken::small(key);
    let list = matches!(node.value, DataValue::Seq(_) | DataValue::Map(_));
    let again = list && verb(&word).is_some() && said.ends_with(&format!(" {word}"));
    if !again {
        return false;
    }
    key.text = "points".to_owned();
    // Parts of that sentence have dashes, as below any verb.
    let part = |item: &DataNode| {
        let text = match &item.value {
            // «нехватку кадров: 37 ставок вакантны», which a colon made a map of.
            DataValue::Map(inner) => inner.first().map(|(key, _)| key.text.as_str()),
            _ => item.text(),
        };
        text.is_some_and(|text| text.trim().starts_with(char::is_lowercase))
    };
    if matches!(&node.value, DataValue::Seq(items) if items.iter().all(part)) {
        let dash = entry("numbering", scalar("—", node));
        let items = entry("items", node.clone());
        node.value = DataValue::Map(vec![items, dash]);
    }
    true
}

fn resolved_by_verbs(entries: &mut MapEntries) -> bool {
    let says = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => {
            // «РЕШИЛИ», «единогласно решили» are the verb itself; «утвердить» is what was resolved.
            let text = text.trim();
            let infinitive = text.split_whitespace().any(is_infinitive);
            text.contains('\n') || text.split_whitespace().count() > 2 || infinitive
        }
        DataValue::Seq(_) | DataValue::Map(_) => true,
        DataValue::Null => false,
    };
    let mut found = entries.iter().enumerate().filter_map(|(at, (key, node))| {
        verb(&key.text).filter(|_| says(node)).map(|word| {
            // «Совет народных депутатов решил» keeps the capital of its subject.
            let word = if word.contains(' ') { word.to_owned() } else { word.to_lowercase() };
            (at, word)
        })
    });
    let (Some((at, mut word)), next) = (found.next(), found.next()) else { return false };
    if next.is_some() {
        // «отмечают:» and «решили:» are sections, each with its points. With its colon «решили» is
        // no key but a verb like the others.
        for (key, node) in entries.iter_mut() {
            if says(node) && is_key(&key.text, "resolves") && verb(&key.text).is_some() {
                key.text.push(':');
            }
        }
        return true;
    }
    // Behind a preamble it ends its sentence; by itself it begins one.
    let open = |(key, node): &(MapKey, DataNode)| {
        let text = match &node.value {
            DataValue::Scalar { text, .. } => text,
            _ => return is_key(&key.text, "preamble"),
        };
        is_key(&key.text, "preamble") && !text.trim_end().ends_with('.')
    };
    if !entries[..at].iter().any(open) {
        word = capital(&word);
    }
    let (key, points) = &mut entries[at];
    let verb = scalar(&word, points);
    let points = std::mem::replace(points, verb);
    let range = key.range.clone();
    key.text = "resolves".to_owned();
    entries.insert(at + 1, (MapKey { text: "points".to_owned(), range }, points));
    true
}

/// «контроль: за собой» of an order is its last point; `true` is a mark.
fn controlled(entries: &mut MapEntries) -> bool {
    let at = entries.iter().position(|(key, node)| {
        let Some(text) = node.text() else { return false };
        let words = text.trim().chars().count() > 4;
        is_key(&key.text, "control") && words && !["true", "false"].contains(&text.trim())
    });
    let points = entries.iter().position(|(key, node)| {
        is_key(&key.text, "points") && matches!(node.value, DataValue::Seq(_))
    });
    let (Some(at), Some(points)) = (at, points) else { return false };
    let (_, node) = entries[at].clone();
    let range = node.range.clone();
    if let DataValue::Seq(all) = &mut entries[points].1.value {
        all.push(DataNode::new(DataValue::Map(vec![entry("control", node)]), range));
    }
    entries.remove(at);
    true
}

/// «секция 1: {название: Краеведение, доклады: […]}» is a part of the whole under its name.
fn entitled(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for (key, node) in entries.iter_mut() {
        let DataValue::Map(inner) = &mut node.value else { continue };
        let lists = inner.iter().any(|(_, node)| matches!(node.value, DataValue::Seq(_)));
        let name = inner.iter().position(|(key, _)| is_same(&key.text, "название"));
        let own = ["секци", "блок", "день", "этап", "модуль", "круглый стол"];
        let small = spoken::small(key);
        let part = lists && own.iter().any(|word| small.starts_with(word));
        let Some(name) = name.filter(|_| part) else { continue };
        let Some(text) = inner[name].1.text().map(str::to_owned) else { continue };
        key.text = format!("{}. {text}", capital(key.text.trim()));
        inner.remove(name);
        moved = true;
    }
    moved
}

/// «дата проведения» of a plan without an event is a line of what it is about.
fn held(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 3] = ["дата проведения", "даты проведения", "сроки проведения"];
    let is = |(key, node): &(MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        let days = || Date::parse_any(text).is_err() && DateRange::parse_any(text).is_ok();
        WORDS.iter().any(|word| is_same(&key.text, word)) || is_key(&key.text, "date") && days()
    };
    let about = |(key, node): &(MapKey, DataNode)| {
        is_key(&key.text, "about") && matches!(node.value, DataValue::Scalar { .. })
    };
    let event = entries.iter().any(|(key, _)| is_key(&key.text, "event"));
    let Some(at) = entries.iter().position(is).filter(|_| !event) else { return false };
    if !entries.iter().any(about) {
        // Days that are no date of a document, and of no event either, stand below its kind.
        let days = is_key(&entries[at].0.text, "date");
        if days {
            entries[at].0.text = "about".to_owned();
        }
        return days;
    }
    let (_, held) = entries.remove(at);
    if let DataValue::Scalar { text: held, .. } = held.value
        && let Some((_, DataNode { value: DataValue::Scalar { text, plain }, .. })) =
            entries.iter_mut().find(|own| about(own))
    {
        *text = format!("{text}\n{held}");
        *plain = false;
    }
    true
}

/// `valid: до 31.12.2026` of a доверенность is a line of it; a certificate has such a key.
fn valid(entries: &mut MapEntries) -> bool {
    let russian = entries.iter().any(|(key, node)| {
        is_key(&key.text, "kind") && node.text().is_some_and(|kind| !kind.is_ascii())
    });
    let is = |(key, _): &&mut (MapKey, DataNode)| {
        ["valid", "valid until"].contains(&spoken::small(key).as_str())
    };
    let Some((key, _)) = entries.iter_mut().find(is).filter(|_| russian) else { return false };
    key.text = "срок действия".to_owned();
    true
}

/// Keys of a document that are those of other maps elsewhere: `body` is its text, `period` a part
/// of what it is about.
// Over 60 lines: one word after another.
fn words(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for (key, _) in entries.iter_mut() {
        if ["body", "content"].contains(&key.text.to_lowercase().as_str()) {
            key.text = "text".to_owned();
            moved = true;
        }
    }
    // «М.П.:» with nothing behind it is the mark itself.
    for (key, node) in entries.iter_mut() {
        if is_key(&key.text, "seal") && key.text.to_lowercase().starts_with('м') && is_empty(node)
        {
            let mark = DataValue::Scalar { text: "true".to_owned(), plain: true };
            *node = DataNode::new(mark, key.range.clone());
            moved = true;
        }
    }
    // The theme of no event is what the document is about.
    let apart =
        !["event", "about"].iter().any(|own| entries.iter().any(|e| is_key(&e.0.text, own)));
    if let Some((key, _)) = entries.iter_mut().find(|(key, _)| apart && is_key(&key.text, "theme"))
    {
        key.text = "about".to_owned();
        moved = true;
    }
    // A year alone is the date of recommendations and reports.
    if !entries.iter().any(|(key, _)| is_key(&key.text, "date"))
        && let Some((key, _)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "year"))
    {
        key.text = "date".to_owned();
        moved = true;
    }
    moved |= valid(entries)
        | signed::made(entries)
        | controlled(entries)
        | letterhead(entries)
        | body::by_itself(entries)
        | held(entries);
    period(entries) | moved
}

/// «период: 2025 год» is a part of what a document is about.
fn period(entries: &mut MapEntries) -> bool {
    let period = entries.iter().position(|(key, node)| {
        is_key(&key.text, "period") && matches!(node.value, DataValue::Scalar { .. })
    });
    let Some((mut key, period)) = period.map(|at| entries.remove(at)) else { return false };
    let plan = entries.iter().any(|(key, node)| {
        let Some(text) = node.text() else { return false };
        let text = text.to_lowercase();
        let ahead = ["план", "график", "смет", "программ"].iter().any(|stem| text.contains(stem));
        is_key(&key.text, "kind") && ahead
    });
    let mut period = period;
    if let DataValue::Scalar { text, .. } = &mut period.value {
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        let led = ["с", "со", "за", "на", "в", "от", "до"].contains(&first.as_str());
        // The days of an event: «проведения Недели детской книги 23–29 марта».
        let days = plan && DateRange::parse_any(text).is_ok();
        let cyrillic = text.chars().any(|c| ('а'..='я').contains(&c));
        if !led && !days && cyrillic {
            // «1 июня – 31 августа 2026 г.»: neither preposition goes with two dates.
            let dates = DateRange::parse_any(text).is_ok();
            let ends = [" – ", " — ", " - "].iter().find_map(|dash| text.split_once(dash));
            *text = match ends.filter(|_| dates) {
                Some((from, to)) => format!("с {from} по {to}"),
                None => format!("{} {text}", if plan { "на" } else { "за" }),
            };
        }
    }
    let about = entries.iter_mut().find(|(key, _)| is_key(&key.text, "about"));
    if let Some((_, DataNode { value: DataValue::Scalar { text, .. }, .. })) = about
        && let DataValue::Scalar { text: period, .. } = &period.value
    {
        *text = format!("{text} {period}");
    } else {
        key.text = "about".to_owned();
        entries.push((key, period));
    }
    true
}

/// «бланк: {организация: …}»: inside of a letterhead the organisation is its name.
fn letterhead(entries: &mut MapEntries) -> bool {
    let letterhead = entries.iter_mut().find(|(key, _)| is_key(&key.text, "organization"));
    let Some((_, DataNode { value: DataValue::Map(inner), .. })) = letterhead else { return false };
    if inner.iter().any(|(key, _)| is_key(&key.text, "name")) {
        return false;
    }
    let named = inner.iter_mut().find(|(key, node)| {
        let whole = ["учреждение", "полное наименование", "company"];
        let own = is_key(&key.text, "organization") || whole.iter().any(|w| is_same(&key.text, w));
        own && matches!(node.value, DataValue::Scalar { .. })
    });
    named.map(|(key, _)| key.text = "name".to_owned()).is_some()
}

/// «палитра: "#0b6"» is a colour of one's own.
fn own_color(entries: &mut MapEntries) -> bool {
    let design = entries.iter_mut().find(|(key, _)| is_key(&key.text, "design"));
    let Some((_, DataNode { value: DataValue::Map(inner), .. })) = design else { return false };
    if inner.iter().any(|(key, _)| is_key(&key.text, "color")) {
        return false;
    }
    let palette = inner.iter_mut().find(|(key, node)| {
        let Some(text) = node.text() else { return false };
        // «Красная» is no palette, but a colour.
        let own = text.trim_start().starts_with('#') || kind::color(text) != text;
        is_key(&key.text, "palette") && own
    });
    palette.map(|(key, _)| key.text = "color".to_owned()).is_some()
}

/// A certificate's keys in their places, if any is out of it.
pub(super) fn certificate(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let mut entries = entries.clone();
    let days = |node: &DataNode| {
        let Some(text) = node.text() else { return false };
        Date::parse_any(text).is_err() && DateRange::parse_any(text).is_ok()
    };
    let occasion = certificate::occasion(&mut entries);
    // Several days are those of the event.
    let several = entries.iter_mut().find(|(key, node)| is_key(&key.text, "date") && days(node));
    if let Some((key, _)) = several {
        key.text = "даты".to_owned();
    }
    let mut moved = occasion
        | certificate::awarded(&mut entries)
        | certificate::authored(&mut entries)
        | sentence::said(&mut entries)
        | award::explained(&mut entries);
    moved |= certificate::called_as_columns(&mut entries) | shared(&mut entries);
    moved |= certificate::sized(&mut entries) | certificate::stamped(&mut entries);
    moved |= own(&mut entries, &OF_CERTIFICATE) | own_color(&mut entries);
    certificate::placed(&mut entries);
    moved |= certificate::titled(&mut entries)
        | certificate::greeted(&mut entries)
        | certificate::beside(&mut entries)
        | certificate::mastered(&mut entries)
        | certificate::lasting(&mut entries);
    // «место: 1» beside «где: стадион» is the place that was won.
    let places = entries.iter().filter(|(key, _)| is_key(&key.text, "place")).count();
    let won = |(key, node): &&mut (MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        is_key(&key.text, "place") && kind::is_rank(text)
    };
    let degree = entries.iter().any(|(key, _)| is_key(&key.text, "degree"));
    if let Some((key, node)) = entries.iter_mut().find(won).filter(|_| places > 1 && !degree)
        && let DataValue::Scalar { text, .. } = &mut node.value
    {
        *text = kind::place_won(text);
        key.text = "degree".to_owned();
        moved = true;
    }
    for (key, _) in &mut entries {
        // «Причина» is why somebody was absent, but on a certificate it is what it is given for.
        if key.text.eq_ignore_ascii_case("reason") {
            key.text = "for".to_owned();
            moved = true;
        }
    }
    moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// The class and the school of several recipients are those of each.
fn shared(entries: &mut MapEntries) -> bool {
    let is_own = |(key, node): &(MapKey, DataNode)| {
        (is_key(&key.text, "class") || is_key(&key.text, "school")) && !is_empty(node)
    };
    let holder = entries.iter().position(|(key, node)| {
        is_key(&key.text, "recipient") && matches!(node.value, DataValue::Seq(_))
    });
    if holder.is_none() || !entries.iter().any(is_own) {
        return false;
    }
    let own: MapEntries = entries.extract_if(.., |own| is_own(own)).collect();
    let holder = entries.iter_mut().find(|(key, _)| is_key(&key.text, "recipient"));
    let Some((_, DataNode { value: DataValue::Seq(people), .. })) = holder else { return true };
    for one in people {
        match &mut one.value {
            DataValue::Map(keys) => keys.extend(own.iter().cloned()),
            _ => {
                let name = entry("name", one.clone());
                let keys = std::iter::once(name).chain(own.iter().cloned()).collect();
                one.value = DataValue::Map(keys);
            }
        }
    }
    true
}

/// Moves keys to their owners.
fn own(entries: &mut MapEntries, owners: &[Owner]) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let mut moved = false;
    for owner in owners {
        let at =
            |entries: &MapEntries| entries.iter().position(|(k, _)| is_key(&k.text, owner.key));
        let is_own = |(key, node): &(MapKey, DataNode)| {
            let word = owner.words.iter().any(|word| is_same(&key.text, word));
            // «Итого: Пятнадцать тысяч рублей» is a line below the table.
            let words =
                |text: &str| text.split_whitespace().count() > 2 && !text.starts_with(digit);
            let word = word && !(owner.key == "table" && node.text().is_some_and(words));
            (word || owner.keys.iter().any(|own| is_key(&key.text, own))) && !is_empty(node)
        };
        let holder = at(entries).map(|at| &entries[at].1);
        let open = match holder {
            // A table may be a list of its rows.
            Some(node) if owner.key == "table" => !is_empty(node),
            Some(node) => !is_empty(node) && !matches!(node.value, DataValue::Seq(_)),
            None => !owner.written,
        };
        let Some(first) = entries.iter().position(is_own).filter(|_| open) else { continue };
        let own: MapEntries = entries.extract_if(.., |own| is_own(own)).collect();
        moved = true;
        let at = at(entries).unwrap_or_else(|| {
            let key = MapKey { text: owner.key.to_owned(), range: own[0].0.range.clone() };
            let at = first.min(entries.len());
            entries.insert(at, (key, DataNode::new(DataValue::Null, own[0].1.range.clone())));
            at
        });
        let holder = &mut entries[at].1;
        if let Some(table) = Table::mended(holder).filter(|_| owner.key == "table") {
            *holder = table;
        }
        match &mut holder.value {
            DataValue::Map(inner) => inner.extend(own),
            value => {
                let bare = std::mem::replace(value, DataValue::Null);
                let mut inner = MapEntries::new();
                if !matches!(bare, DataValue::Null) {
                    inner.push(entry(owner.bare, DataNode::new(bare, holder.range.clone())));
                }
                inner.extend(own);
                holder.value = DataValue::Map(inner);
            }
        }
    }
    moved
}

fn is_same(written: &str, word: &str) -> bool {
    written.trim().to_lowercase().replace('_', " ") == word
}

fn scalar(text: &str, like: &DataNode) -> DataNode {
    DataNode::said(text, &like.range)
}

/// How English keys for those who lead a meeting are printed in Russian and in English minutes.
const ROLES: [(&str, &str, &str); 8] = [
    ("chairman", "Председатель", "Chairman"),
    ("chair", "Председатель", "Chair"),
    ("chairperson", "Председатель", "Chairperson"),
    ("chairwoman", "Председатель", "Chairwoman"),
    ("secretary", "Секретарь", "Secretary"),
    ("moderator", "Модератор", "Moderator"),
    ("presiding", "Председательствующий", "Chair"),
    ("members", "Члены", "Members"),
];

/// The role that a key of the head means: «секретарь собрания», `chairman`.
fn role_of(key: &str, english: bool) -> Option<String> {
    let small = key.trim().to_lowercase().replace('ё', "е");
    if let Some((_, russian, own)) = ROLES.iter().find(|(word, ..)| *word == small) {
        return Some(if english { own } else { russian }.to_string());
    }
    // By the beginning, for «председатель жюри» and «секретарь педсовета» are as good.
    let led = ["председател", "секретар", "ведущ", "модератор", "протокол вел", "члены "];
    // «учёный секретарь», «ответственный секретарь», «заместитель председателя», «сопредседатель».
    let second = ["заместитель председател", "зам. председател", "сопредседател"];
    let second = second.iter().any(|word| small.starts_with(word))
        || small.split_whitespace().count() == 2 && small.ends_with(" секретарь");
    if small.starts_with("председательствовал") {
        return Some("Председательствующий".to_owned());
    }
    (second || led.iter().any(|word| small.starts_with(word))).then(|| key.trim().to_owned())
}

/// Makes the list of roles of a map, and of those who are keys of the document itself.
fn roles(entries: &mut MapEntries) -> bool {
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    let english = kind.is_some_and(
        |(_, node)| matches!(&node.value, DataValue::Scalar { text, .. } if !cyrillic(text)),
    );
    let mut found = Vec::new();
    let at = entries.iter().position(|(key, _)| is_key(&key.text, "roles"));
    if let Some(at) = at
        && let DataValue::Map(inner) = &mut entries[at].1.value
    {
        for (key, node) in inner.drain(..) {
            let role = role_of(&key.text, english).unwrap_or(key.text);
            found.extend(played(&role, node));
        }
        entries[at].1.value = DataValue::Seq(Vec::new());
    }
    // «президиум: Ильин А. А., Ступина В. В.» is a role that several play.
    if let Some(at) = at
        && spoken::small(&entries[at].0) == "президиум"
        && let Some(names) = entries[at].1.text()
    {
        let role = entry("role", scalar("Президиум", &entries[at].1));
        let name = entry("name", scalar(names.trim(), &entries[at].1));
        let range = entries[at].1.range.clone();
        found.push(DataNode::new(DataValue::Map(vec![role, name]), range));
        entries.remove(at);
    }
    found.extend(commission(entries, english));
    let mut first = None;
    let mut kept = MapEntries::new();
    for (key, node) in entries.drain(..) {
        match role_of(&key.text, english) {
            // How many members there are is a number of its own.
            Some(role) if !is_key(&key.text, "members") && !counts(&node) => {
                // «секретарь:» without a name is as good as none, as with any key.
                if !is_empty(&node) {
                    first = first.or(Some((kept.len(), key.range)));
                    found.extend(played(&role, node));
                }
            }
            _ => kept.push((key, node)),
        }
    }
    *entries = kept;
    if found.is_empty() {
        return false;
    }
    let at = entries.iter().position(|(key, _)| is_key(&key.text, "roles"));
    let at = at.unwrap_or_else(|| {
        let (at, range) = first.unwrap_or((entries.len(), 0..0));
        let key = MapKey { text: "roles".to_owned(), range: range.clone() };
        entries.insert(at, (key, DataNode::new(DataValue::Seq(Vec::new()), range)));
        at
    });
    if let DataValue::Seq(all) = &mut entries[at].1.value {
        all.extend(found);
    }
    true
}

/// Whether it is a number: «члены совета: 11».
fn counts(node: &DataNode) -> bool {
    let Some(text) = node.text() else { return false };
    text.trim().starts_with(|c: char| c.is_ascii_digit())
}

/// «состав жюри: Лановая Д. Д. (председатель), Куприн С. С.» as the map that it stands for.
fn listed(entries: &mut MapEntries) {
    let of = |(key, _): &&mut (MapKey, DataNode)| {
        let key = key.text.trim().to_lowercase();
        let key = key.strip_prefix("состав ").unwrap_or(&key);
        ["комиссия", "комиссии", "жюри", "оргкомитет", "оргкомитета"].contains(&key)
    };
    let Some((_, node)) = entries.iter_mut().find(of) else { return };
    let lines = match &node.value {
        DataValue::Scalar { text, .. } => who::several(text),
        DataValue::Seq(all) => {
            let line = |one: &DataNode| one.text().map(str::to_owned).or_else(|| sentence_of(one));
            all.iter().map(line).collect()
        }
        _ => None,
    };
    let Some(lines) = lines else { return };
    // «комиссии: [провести проверку]» is what it shall do.
    let does = |line: &String| line.to_lowercase().split_whitespace().any(is_infinitive);
    if lines.iter().any(does) {
        return;
    }
    let (mut first, mut members) = (MapEntries::new(), Vec::new());
    for line in lines {
        let part = ["председатель", "секретарь", "заместитель председателя"].iter().find_map(|r| {
            let name =
                line.strip_suffix(&format!("({r})")).or(line.strip_suffix(&format!(", {r}")));
            Some((*r, name.or(line.strip_suffix(&format!(" — {r}")))?.trim().to_owned()))
        });
        // «Председатель — Лукина А. Р., начальник отдела культуры».
        let part = part.or_else(|| {
            let mut signs = [" - ", " – ", " — ", ": "].into_iter();
            let (label, name) = signs.find_map(|sign| line.split_once(sign))?;
            let label = label.trim().to_lowercase();
            let own = ["председатель", "секретарь", "заместитель председателя"];
            Some((*own.iter().find(|role| **role == label)?, name.trim().to_owned()))
        });
        match part {
            Some((role, name)) => first.push(entry(role, scalar(&name, node))),
            None => members.push(scalar(&line, node)),
        }
    }
    let members = DataNode::new(DataValue::Seq(members), node.range.clone());
    first.push(entry("члены", members));
    node.value = DataValue::Map(first);
}

/// Those of a commission, a jury or a committee that the document lists by their parts in it.
fn commission(entries: &mut MapEntries, english: bool) -> Vec<DataNode> {
    let mut found = Vec::new();
    // Among the chapters of a положение it is one of them.
    let chapters = entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        is_key(&key.text, "kind") && kind.starts_with("положение")
    });
    if chapters {
        return found;
    }
    listed(entries);
    let at = entries.iter().position(|(key, _)| {
        let key = key.text.trim().to_lowercase();
        let key = key.strip_prefix("состав ").unwrap_or(&key);
        let key = key.strip_suffix(" в составе").unwrap_or(key).trim_end_matches(':');
        ["commission", "комиссия", "комиссии", "жюри", "оргкомитет", "оргкомитета"].contains(&key)
    });
    // «Комиссия» with a chairman and members: each as what he is there.
    if let Some(at) = at.filter(|at| matches!(entries[*at].1.value, DataValue::Map(_)))
        && let (own, DataNode { value: DataValue::Map(inner), .. }) = entries.remove(at)
    {
        let own = own.text.to_lowercase();
        let of = match () {
            () if own.contains("жюри") => "жюри",
            () if own.contains("оргкомитет") => "оргкомитета",
            () => "комиссии",
        };
        for (key, node) in inner {
            let role = role_of(&key.text, english).unwrap_or(key.text);
            let role = if role.contains(' ') { role } else { format!("{role} {of}") };
            found.extend(played(&role, node));
        }
    }
    found
}

/// One who plays a role, or several, as items of the list of roles.
fn played(role: &str, node: DataNode) -> Vec<DataNode> {
    let one = |role: &str, node: DataNode| {
        let label = entry("role", scalar(role, &node));
        let range = node.range.clone();
        let inner = match node.value {
            DataValue::Map(inner) => std::iter::once(label).chain(inner).collect(),
            _ => vec![label, entry("name", node)],
        };
        DataNode::new(DataValue::Map(inner), range)
    };
    // Each of several has a line of his own: «Член жюри — …».
    let single = || match role.strip_prefix("Члены").or(role.strip_prefix("члены")) {
        Some(rest) => format!("Член{rest}"),
        None => role.to_owned(),
    };
    // «Ведущие» of two are one line.
    let several = ["ведущие", "модераторы", "секретари", "сопредседатели"];
    if several.contains(&role.to_lowercase().as_str()) {
        let names: Option<Vec<&str>> = match &node.value {
            DataValue::Seq(nodes) => nodes.iter().map(DataNode::text).collect(),
            _ => node.text().map(|text| vec![text]),
        };
        if let Some(names) = names {
            return vec![one(role, scalar(&names.join(", "), &node))];
        }
    }
    match node.value {
        DataValue::Seq(nodes) => nodes.into_iter().map(|node| one(&single(), node)).collect(),
        DataValue::Scalar { ref text, .. } => match who::several(text) {
            Some(names) => names.iter().map(|name| one(&single(), scalar(name, &node))).collect(),
            None => vec![one(role, node)],
        },
        _ => vec![one(role, node)],
    }
}
