//! The points of a section: texts, acts, and points inside of points.

use serde::Serialize;

mod loose;
mod taken;

pub(super) use loose::below_colon;

use super::act::{Act, Deed, Membership, Thanks};
use super::arrange;
use super::date::Due;
use super::read::{At, Fields, Map, Read, names_a_member};
use super::russian::{self, is_key, is_one_of};
use super::schema::Defs;
use super::tree::{DataNode, DataValue, Path, quote};
use super::vote::{ToldVote, Vote};
use super::{Date, Numbering, Person, Table, number};
use crate::diag::{Diagnostic, say, slip};

/// A point of a document: a text, a group of points under a lead or a heading, a thanks, a change
/// of membership or another act. Points nest. In data, a bare text is the text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What the point says.
    pub text: Option<String>,
    /// What the points of the group have in common: «Рекомендовать библиотекам области».
    pub lead: Option<String>,
    /// The heading of a group, which is numbered as a point: «1. Общие положения».
    pub heading: Option<String>,
    /// The points of the group, or the sub-points of the text.
    pub items: Vec<Item>,
    /// How the sub-points are marked.
    pub numbering: Option<Numbering>,
    /// From which number the sub-points begin.
    pub start: Option<u32>,
    /// A number of its own, as it is printed: «2.3.1». It is not counted.
    pub number: Option<String>,
    /// The number from which counting goes on: this point has it.
    pub value: Option<u32>,
    /// Whom the point is addressed to.
    pub to: Option<String>,
    /// Who is responsible.
    pub by: Vec<String>,
    /// The deadline.
    pub due: Option<Date>,
    /// The deadline, where it is no date: «постоянно», «I квартал».
    pub term: Option<String>,
    /// How the meeting voted on this point.
    pub vote: Option<Vote>,
    /// A thanks, instead of a text.
    pub thanks: Option<Thanks>,
    /// A change of membership, instead of a text.
    pub membership: Option<Membership>,
    /// Another act, instead of a text.
    pub act: Option<Act>,
    /// A table below the point.
    pub table: Option<Table>,
}

impl Item {
    /// A point that is only a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }
}

/// Keys that only an item has: they tell one from a thanks or a membership that stands for an item.
const ITEM_KEYS: [&str; 14] = [
    "text",
    "lead",
    "heading",
    "items",
    "thanks",
    "membership",
    "act",
    "award",
    "appoint",
    "charge",
    "commission",
    "repeal",
    "control",
    "table",
];

/// The other keys of an item, of a thanks and of a membership.
const BESIDE: [&str; 15] = [
    "numbering",
    "start",
    "number",
    "value",
    "to",
    "by",
    "due",
    "term",
    "vote",
    "people",
    "for",
    "to_collectives",
    "action",
    "body",
    "role",
];

/// The keys that say what the point does, one of which must be there.
const SAYING: [&str; 12] = [
    "text",
    "lead",
    "heading",
    "thanks",
    "membership",
    "act",
    "award",
    "appoint",
    "charge",
    "commission",
    "repeal",
    "control",
];

/// How the headings of chapters of a Положение begin. Such a `lead` is a heading and has no colon.
// By its first word: «Общие положения», «Порядок проведения», «Подведение итогов» head the points
// of a положение, «Рекомендовать библиотекам» begins a sentence.
const HEADINGS: [&str; 40] = [
    "общие",
    "общее",
    "цель",
    "цели",
    "задачи",
    "порядок",
    "требования",
    "критерии",
    "условия",
    "сроки",
    "этапы",
    "подведение",
    "награждение",
    "организация",
    "организаторы",
    "организатор",
    "организационный",
    "участники",
    "участие",
    "номинации",
    "жюри",
    "оргкомитет",
    "финансирование",
    "заключительные",
    "права",
    "обязанности",
    "функции",
    "структура",
    "состав",
    "руководство",
    "ответственность",
    "контакты",
    "контактная",
    "взаимодействие",
    "основные",
    "предмет",
    "термины",
    "управление",
    "прочие",
    "оценка",
];

/// Whether a key is one of an item, or a slip of the pen in one.
pub(super) fn is_near_item_key(written: &str) -> bool {
    let names = ITEM_KEYS.iter().chain(&BESIDE).flat_map(|key| russian::names(key));
    is_item_key(written) || slip(written, names.copied()).is_some()
}

/// Whether a key is words of the writer's own and no key of a program: «Министерству культуры»,
/// «To libraries».
pub(super) fn is_phrase(written: &str) -> bool {
    let written = written.trim();
    !written.is_ascii() || written.contains(' ') || written.starts_with(char::is_uppercase)
}

/// Whether a key is one by which a point says something.
pub(super) fn says_what(written: &str) -> bool {
    is_one_of(written, &SAYING) || is_one_of(written, &["items", "people", "table"])
}

/// Whether a map of a list leads to a list of its own: «организаторам: […]».
pub(super) fn is_lead(entries: &[(super::tree::MapKey, DataNode)]) -> bool {
    matches!(entries, [(_, DataNode { value: DataValue::Seq(_) | DataValue::Map(_), .. })])
}

/// Whether a key is one of an item.
pub(super) fn is_item_key(written: &str) -> bool {
    is_one_of(written, &ITEM_KEYS) || is_one_of(written, &BESIDE)
}

/// «Возрастные категории:» and lines below it, each with its mark, are a point and its sub-points.
fn listed_below(text: String) -> (Option<String>, Vec<Item>) {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let below: Vec<&str> = lines.collect();
    let led = below.len() > 1 && first.ends_with(':');
    let marked = below.iter().all(|line| number::is_marked(line));
    // «Создать комиссию в составе:» and a line for each of them.
    if !led || !marked && !below.iter().all(|line| names_a_member(line)) {
        return (Some(text), Vec::new());
    }
    let one = |line: &str| Item::new(if marked { line.to_owned() } else { format!("– {line}") });
    let items = below.into_iter().map(one).collect();
    (Some(first.to_owned()), items)
}

fn is_heading(lead: &str) -> bool {
    let first = lead.split_whitespace().next().unwrap_or_default().to_lowercase();
    // With a colon it leads to its points, whatever the word: «Участники:» and a list of them.
    HEADINGS.contains(&first.as_str()) && !lead.trim_end().ends_with(':')
}

impl Fields for Item {
    const NAME: &'static str = "item";
    const WHAT: (&'static str, &'static str) =
        ("a point", "Пункт: текст, группа пунктов, благодарность или другое действие");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|text| {
        if let Some(item) = taken::in_line(&text) {
            return item;
        }
        let (text, items) = listed_below(text);
        Self { text, items, ..Self::default() }
    });

    // Over 60 lines: one walk over all keys, which makes the schema, too.
    fn fields(map: &mut Map<'_>) -> Self {
        let lead: Option<String> = map.opt("lead", "Начало, общее для группы пунктов");
        let heading: Option<String> =
            map.opt("heading", "Заголовок группы пунктов, без двоеточия: 1. Общие положения → 1.1");
        let (lead, heading) = match lead {
            // Many write a heading into `lead`; without a colon at its end it leads to nothing.
            Some(lead) if heading.is_none() && is_heading(&lead) => (None, Some(lead)),
            lead => (lead, heading),
        };
        let (due, term) = match map.opt("due", "Срок: 20.09.2024, сентябрь 2024, постоянно")
        {
            Some(Due::Day(day)) => (Some(day), None),
            Some(Due::Words(words)) => (None, Some(words)),
            None => (None, None),
        };
        let term = term.or(map.opt("term", "Срок словами: постоянно, I квартал; короче — due"));
        let text: Option<String> = map.opt("text", "Текст пункта");
        let items: Vec<Self> = map.some("items", "Пункты группы или подпункты");
        let (text, items) = match text {
            Some(text) if items.is_empty() => listed_below(text),
            text => (text, items),
        };
        let to: Option<String> = map.opt("to", "Кому адресован пункт");
        // «Министерству культуры:» is all that its points have in common.
        let (lead, to) = match (lead, to) {
            (None, Some(to)) if text.is_none() && heading.is_none() && !items.is_empty() => {
                (Some(to), None)
            }
            other => other,
        };
        let people: Vec<Person> = map.some("people", "Люди, к которым относится текст пункта");
        // «Объявить благодарность» and people below it: an act whose verb is the text.
        let (text, other) = match text {
            Some(text) if !people.is_empty() => {
                let text = Some(text.trim_end_matches(':').trim_end().to_owned());
                (None, Some(Act { deed: Deed::Other, text, to: people, ..Act::default() }))
            }
            text => (text, None),
        };
        let act = map.opt("act", "Другое действие; короче — award, appoint и другие");
        Self {
            text,
            lead,
            heading,
            items,
            numbering: map
                .opt("numbering", "Нумерация подпунктов: 1, 1.1, 1), а, I, •, — или none"),
            start: map.opt("start", "С какого числа начать подпункты"),
            number: map.opt("number", "Свой номер, как печатается: 2.3.1"),
            value: map.opt("value", "Номер, с которого счёт пойдёт дальше"),
            to,
            by: map.some("by", "Ответственный или список ответственных"),
            due,
            term,
            vote: map.opt("vote", "Результаты голосования по пункту").map(|ToldVote(vote)| vote),
            thanks: map.opt("thanks", "Благодарность вместо текста"),
            membership: map.opt("membership", "Изменение состава вместо текста"),
            // Every key must be asked for, found or not, for the schema is made by the same
            // walk.
            act: Deed::KEYS.iter().fold(act.or(other), |act, (key, deed, doc)| {
                let short = map.opt::<Act>(key, doc).map(|act| act.doing(*deed));
                act.or(short)
            }),
            table: map.opt("table", "Таблица после текста пункта"),
        }
    }

    fn listed(text: &str) -> Option<Vec<String>> {
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let marked = |line: &&str| {
            let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = bare.len() < line.len() && bare.starts_with(['.', ')']);
            number || line.starts_with(['–', '—', '-', '•'])
        };
        (lines.len() > 1 && lines.iter().all(marked))
            .then(|| lines.into_iter().map(str::to_owned).collect())
    }

    /// A text with a colon is a key to YAML: «- Рекомендовать школам:» and a list below it, or «-
    /// Обратить внимание: кадры».
    fn mended(node: &DataNode) -> Option<DataNode> {
        let DataValue::Map(entries) = &node.value else { return None };
        arrange::composed(node).or_else(|| loose::point(node, entries))
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        let addressed = at.has(&["to"]) && at.has(&["items"]);
        if !at.has(&SAYING) && !at.has(&["table"]) && !addressed {
            let fault = Diagnostic::error("missing-key", say!("this point says nothing"));
            at.report(fault.hint(say!(
                "give it a `text`, a `lead` with `items`, a `thanks` or a `membership`"
            )));
        }
        // «Рекомендовать библиотекам:» leads to something.
        if at.has(&["lead"]) && !at.has(&["items", "table"]) {
            at.report(
                Diagnostic::error("missing-key", say!("a `lead` without `items`"))
                    .hint(say!("add `items`, or write `text` instead of `lead`")),
            );
        }
    }

    fn heed(&self, at: &At<'_>) {
        taken::told(self, at);
    }
}

/// What may be written in place of an item: the item itself, or what it holds.
pub(super) trait Lift: Fields {
    fn lift(self) -> Item;

    /// The item that a bare text stands for, if it is more than its text.
    fn lifted(_text: &str) -> Option<Item> {
        None
    }

    /// Whether a text is none of the sentences that stand in such a list.
    fn is_doubtful(_text: &str) -> bool {
        false
    }
}

/// Reads a list of items, each of which may be written as `T`. An item is known by a key that only
/// items have.
pub(super) fn read_items<T: Lift>(at: &At<'_>) -> Option<Vec<Item>> {
    let is_item = |node: &DataNode| match &node.value {
        DataValue::Map(entries) => {
            entries.iter().any(|(at, _)| ITEM_KEYS.iter().any(|key| is_key(&at.text, key)))
        }
        _ => true,
    };
    let item = |at: &At<'_>| {
        if let DataValue::Scalar { text, .. } = &at.node.value
            && let Some(item) = T::lifted(text)
        {
            return Some(item);
        }
        if let DataValue::Scalar { text, .. } = &at.node.value
            && T::is_doubtful(text)
        {
            let what =
                say!("this thanks is printed as it stands: to whom it is was not understood");
            at.report(Diagnostic::warning("thanks-to-whom", what).hint(say!(
                "write `{key}`, people in the nominative, or the whole sentence",
                key = "{to: …, for: …}"
            )));
        }
        // A thanks written right in the list has none of an item's keys.
        if is_item(at.node) || Item::mended(at.node).is_some() {
            Item::read(at)
        } else {
            T::read(at).map(T::lift)
        }
    };
    // A single point without its dash.
    if matches!(at.node.value, DataValue::Map(_)) {
        return item(at).map(|item| vec![item]);
    }
    let led = loose::below_colon(at.node);
    let at = &At { node: led.as_ref().unwrap_or(at.node), ..*at };
    let among = loose::among_points(at.node);
    let at = &At { node: among.as_ref().unwrap_or(at.node), ..*at };
    let headed = loose::headed(at.node).or_else(|| loose::due_apart(at.node));
    let at = &At { node: headed.as_ref().unwrap_or(at.node), ..*at };
    let mut items = Vec::new();
    let read = at.each(|at| items.extend(item(at)));
    nothing_below(&items, at);
    read.then_some(items)
}

/// Tells of points that end with a colon, behind which the next one is counted as they are.
fn nothing_below(items: &[Item], at: &At<'_>) {
    let DataValue::Seq(nodes) = &at.node.value else { return };
    if nodes.len() != items.len() {
        return;
    }
    let text = |item: &Item| item.text.as_deref().unwrap_or_default().trim().to_owned();
    // «1. Внести изменения:» leads to «1.1. …», «а) …» and «— …».
    let depth = |text: &str| match text.split([' ', ')']).next() {
        _ if !number::is_marked(text) => 0,
        Some(mark) if mark.starts_with(|c: char| c.is_ascii_digit()) => {
            mark.trim_end_matches('.').split('.').count()
        }
        _ => usize::MAX,
    };
    for (place, pair) in items.windows(2).enumerate() {
        let (own, next) = (text(&pair[0]), text(&pair[1]));
        let bare = pair[0].items.is_empty() && pair[0].table.is_none();
        // A table, and parts that end with «;», are joined to it when points are counted.
        // So are the phrases behind «Задачи:»; one alone may be anything.
        let small = |at: usize| items.get(at).is_some_and(|i| number::is_part(&text(i)));
        let phrase = own.starts_with(char::is_uppercase) && small(place + 1) && small(place + 2);
        let joined = pair[1].table.is_some() || next.ends_with(';') || depth(&next) > depth(&own);
        let joined = joined || phrase;
        if bare && own.ends_with(':') && !joined {
            let path = Path::Index(at.path, place);
            leads_nowhere(&own, &At { node: &nodes[place], path: &path, ..*at });
        }
    }
}

/// Tells of a point that ends with a colon and has nothing below it.
pub(super) fn leads_nowhere(point: &str, at: &At<'_>) {
    let what = say!("the point {text} leads to nothing", text = quote(point));
    at.report(
        Diagnostic::warning("nothing-below", what).hint(say!(
            "write what belongs to it below it, as a list of its own, or drop the colon"
        )),
    );
}

/// The schema of such a list.
pub(super) fn items_schema<T: Lift>(defs: &mut Defs) -> serde_json::Value {
    let item = Item::schema(defs);
    let items = if T::NAME == Item::NAME {
        item
    } else {
        serde_json::json!({ "anyOf": [item, T::schema(defs)] })
    };
    serde_json::json!({ "type": "array", "items": items })
}

impl Lift for Item {
    fn lift(self) -> Item {
        self
    }
}
