//! The points of a section: texts, acts, and points inside of points.

use serde::Serialize;

use super::arrange;
use super::date::Due;
use super::person::looks_like_name;
use super::read::{At, Fields, Map, Read, choice};
use super::russian::{self, is_key, is_one_of};
use super::schema::Defs;
use super::tree::{DataNode, DataValue, MapKey};
use super::{Collective, Date, Numbering, Person, Table, number};
use crate::diag::{Diagnostic, nearest, say, slip};

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

/// Whether a key is one of an item.
pub(super) fn is_item_key(written: &str) -> bool {
    is_one_of(written, &ITEM_KEYS) || is_one_of(written, &BESIDE)
}

/// «Возрастные категории:» and lines below it, each with its mark, are a point and its sub-points.
fn listed_below(text: String) -> (Option<String>, Vec<Item>) {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let below: Vec<&str> = lines.collect();
    let led = below.len() > 1 && first.ends_with(':') && below.iter().all(|l| number::is_marked(l));
    if !led {
        return (Some(text), Vec::new());
    }
    let items = below.into_iter().map(Item::new).collect();
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
    /// Обратить внимание: кадры». No key has a space and is unknown, so it can only be a text.
    fn mended(node: &DataNode) -> Option<DataNode> {
        let DataValue::Map(entries) = &node.value else { return None };
        if let Some(composed) = arrange::composed(node) {
            return Some(composed);
        }
        let [(key, below)] = entries.as_slice() else { return None };
        let own = || ITEM_KEYS.iter().chain(&BESIDE).any(|own| is_key(&key.text, own));
        // «- Контакты: 2-15-33»: a Russian word may be a text, too, but none that is nearly a key.
        let word = || {
            let names = ITEM_KEYS.iter().chain(&BESIDE).flat_map(|key| russian::names(key));
            !key.text.is_ascii() && nearest(&key.text, names.copied()).is_none()
        };
        // «- Срок: до 1 мая» alone: what is due is not said, so it is a sentence.
        let alone = || {
            let aside = ["numbering", "start", "number", "value", "by", "due", "term", "vote"];
            !key.text.is_ascii() && aside.iter().any(|aside| is_key(&key.text, aside))
        };
        if own() && !alone() || !(key.text.contains(' ') || alone() || word()) {
            return None;
        }
        let entry = |name: &str, value: DataValue, range: &std::ops::Range<usize>| {
            let key = MapKey { text: name.to_owned(), range: key.range.clone() };
            (key, DataNode::new(value, range.clone()))
        };
        // As if it had been quoted: what is left of a sentence is never a number or a date.
        let text = |text: String| DataValue::Scalar { text, plain: false };
        let entries = match &below.value {
            // «- Утвердить следующее:» with nothing below: the colon goes back to its sentence.
            DataValue::Null => vec![entry("text", text(format!("{}:", key.text)), &key.range)],
            DataValue::Scalar { text: rest, .. } => {
                vec![entry("text", text(format!("{}: {rest}", key.text)), &node.range)]
            }
            // «- Рекомендовать школам:» with a list below is what `lead` and `items` say.
            DataValue::Seq(_) => vec![
                entry("lead", text(key.text.clone()), &key.range),
                entry("items", below.value.clone(), &below.range),
            ],
            // A map below it can only be meant as a key: that it is unknown is the better
            // message.
            DataValue::Map(_) => return None,
        };
        Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
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
}

/// What may be written in place of an item: the item itself, or what it holds.
pub(super) trait Lift: Fields {
    fn lift(self) -> Item;

    /// The item that a bare text stands for, if it is more than its text.
    fn lifted(_text: &str) -> Option<Item> {
        None
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
    let mut items = Vec::new();
    at.each(|at| items.extend(item(at))).then_some(items)
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

impl Lift for Thanks {
    fn lift(self) -> Item {
        Item { thanks: Some(self), ..Item::default() }
    }

    /// «Егорова Татьяна Вячеславовна за …», «Музею «Михайловское»»: whom, without the verb.
    fn lifted(text: &str) -> Option<Item> {
        let small = text.to_lowercase();
        let verb =
            |word: &str| ["ть", "ти", "ем", "им", "ет", "ит"].iter().any(|e| word.ends_with(e));
        let said = small.split_whitespace().take(2).any(verb) || small.contains("благодар");
        if said || text.contains(':') {
            return None;
        }
        let (who, reason) = match text.trim_end_matches(['.', ';']).split_once(" за ") {
            Some((who, reason)) => (who.trim(), Some(reason.trim().to_owned())),
            None => (text.trim_end_matches(';'), None),
        };
        if who.split_whitespace().count() > 1 && looks_like_name(who) {
            let to = vec![Person::told(who.to_owned())];
            return Some(Self { to, reason, ..Self::default() }.lift());
        }
        // In the dative already, by the ending of its first word.
        let first = small.split_whitespace().next().unwrap_or_default();
        let dative = ["у", "ю", "ам", "ям"].iter().any(|end| first.ends_with(end));
        dative.then(|| Item::new(format!("Выразить благодарность {text}")))
    }
}

impl Lift for Membership {
    fn lift(self) -> Item {
        Item { membership: Some(self), ..Item::default() }
    }
}

/// Who is thanked, and for what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Thanks {
    /// People.
    pub to: Vec<Person>,
    /// Collectives.
    pub to_collectives: Vec<Collective>,
    /// What all of them are thanked for.
    #[serde(rename = "for")]
    pub reason: Option<String>,
}

impl Fields for Thanks {
    const NAME: &'static str = "thanks";
    const WHAT: (&'static str, &'static str) = ("a thanks", "Благодарность");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            to: map.some("to", "Кому: люди, в именительном падеже"),
            to_collectives: map.some("to_collectives", "Кому: коллективы, в именительном падеже"),
            reason: map.opt("for", "За что"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["to", "to_collectives"]) {
            at.report(
                Diagnostic::error("missing-key", say!("nobody is thanked here"))
                    .hint(say!("list people in `to`, collectives in `to_collectives`")),
            );
        }
    }
}

/// An act other than a thanks or a change of membership. Which keys it needs depends on the deed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Act {
    /// What is done.
    #[serde(rename = "do")]
    pub deed: Deed,
    /// What somebody is awarded, in the nominative: «Почётная грамота».
    pub with: Option<String>,
    /// To what somebody is appointed or charged: «ответственный за пожарную безопасность».
    pub role: Option<String>,
    /// What is repealed, or what commission it is.
    pub text: Option<String>,
    /// The people, in the nominative.
    pub to: Vec<Person>,
    /// The collectives, in the nominative.
    pub to_collectives: Vec<Collective>,
    /// What it is for.
    #[serde(rename = "for")]
    pub reason: Option<String>,
    /// From when on.
    pub since: Option<Date>,
    /// The chairman of a commission.
    pub chair: Option<Person>,
    /// The secretary of a commission.
    pub secretary: Option<Person>,
}

/// What an [`Act`] does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Deed {
    /// `award`: наградить, объявить благодарность, премировать, присвоить звание.
    #[default]
    Award,
    /// `appoint`: назначить.
    Appoint,
    /// `charge`: возложить обязанности.
    Charge,
    /// `commission`: утвердить состав комиссии.
    Commission,
    /// `repeal`: признать утратившим силу.
    Repeal,
    /// `control`: возложить контроль, or keep it.
    Control,
    /// `other`: what the text says is done, to the people behind it.
    Other,
}

choice!(pub Deed, "a deed", {
    Award = "award", Appoint = "appoint", Charge = "charge", Commission = "commission",
    Repeal = "repeal", Control = "control", Other = "other",
});

impl Deed {
    /// The keys of a point that are short for an act.
    const KEYS: [(&'static str, Self, &'static str); 6] = [
        ("award", Self::Award, "Наградить: with — чем, to — кого, for — за что"),
        ("appoint", Self::Appoint, "Назначить: to — кого, role — кем, since — с какого дня"),
        ("charge", Self::Charge, "Возложить обязанности: role — кого или чего, to — на кого"),
        ("commission", Self::Commission, "Утвердить состав: text — чего, chair, secretary, to"),
        ("repeal", Self::Repeal, "Признать утратившим силу: приказ директора от … № …"),
        ("control", Self::Control, "Контроль за исполнением: на кого возложен, или «за собой»"),
    ];
}

impl Act {
    fn doing(mut self, deed: Deed) -> Self {
        self.deed = deed;
        if deed == Deed::Control
            // `control: Иванова А. П.` names who controls, `control: за собой` does not.
            && let Some(name) = self.text.take_if(|text| looks_like_name(text))
        {
            self.to.push(Person::new(name));
        }
        self
    }
}

impl Fields for Act {
    const NAME: &'static str = "act";
    const WHAT: (&'static str, &'static str) = ("an act", "Действие");
    const FROM_TEXT: Option<fn(String) -> Self> =
        Some(|text| Self { text: Some(text), ..Self::default() });

    /// «кого», «кем» and «с» are the words of the sentence.
    fn mended(node: &DataNode) -> Option<DataNode> {
        let DataValue::Map(entries) = &node.value else { return None };
        let mut entries = entries.clone();
        let mut moved = false;
        for (key, _) in &mut entries {
            let own = match key.text.trim().to_lowercase().as_str() {
                "кого" | "на кого" => "to",
                "кем" | "на должность" => "role",
                "с" | "с даты" | "с какого дня" | "начиная с" => "since",
                _ => continue,
            };
            key.text = own.to_owned();
            moved = true;
        }
        moved.then(|| DataNode::new(DataValue::Map(entries), node.range.clone()))
    }

    fn fields(map: &mut Map<'_>) -> Self {
        let to = map.some("to", "Кто, в именительном падеже");
        // A person may be written right in place of the act: `control: {post: …, name: …}`.
        let person = map.node().is_none_or(|node| match &node.value {
            DataValue::Map(entries) => entries.iter().any(|(key, _)| is_key(&key.text, "name")),
            _ => false,
        });
        let alone = person.then(|| Person::read_fields(map, false));
        Self {
            deed: map
                .opt("do", "Действие: award, appoint, charge, commission, repeal, control")
                .unwrap_or_default(),
            with: map.opt("with", "Чем награждают, в именительном падеже: Почётная грамота"),
            role: map.opt("role", "Кем назначают; чьи обязанности возлагают"),
            text: map.opt("text", "Что отменяют; чей состав утверждают"),
            to_collectives: map.some("to_collectives", "Коллективы, в именительном падеже"),
            reason: match &alone {
                // `for` belongs to the person who stands in place of the act; read twice, it
                // would be printed twice.
                Some(person) if person.reason.is_some() => None,
                _ => map.opt("for", "За что"),
            },
            since: map.opt("since", "С какого дня"),
            chair: map.opt("chair", "Председатель"),
            secretary: map.opt("secretary", "Секретарь"),
            to: match alone {
                Some(person) if !person.name.is_empty() => vec![person],
                _ => to,
            },
        }
    }
}

/// Who joins or leaves a body, or takes a role in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// What is done with the people.
    pub action: Action,
    /// The body: «Клуб деловых встреч методистов Кузбасса».
    pub body: Option<String>,
    /// The role: «член правления».
    pub role: Option<String>,
    /// The people, in the nominative.
    pub people: Vec<Person>,
}

impl Fields for Membership {
    const NAME: &'static str = "membership";
    const WHAT: (&'static str, &'static str) = ("a change of membership", "Изменение состава");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            action: map.need("action", "Действие: add, remove, elect, approve, exclude"),
            body: map.opt("body", "Орган, состав которого меняется, в именительном падеже"),
            role: map.opt("role", "Роль: член правления"),
            people: map.some("people", "Люди, в именительном падеже"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["people"]) {
            at.report(Diagnostic::error("missing-key", say!("the key `people` is missing")));
        }
        // «Избрать председателем правления» needs a role only, «ввести в состав правления» a body
        // only.
        if !at.has(&["body", "role"]) {
            let fault =
                Diagnostic::error("missing-key", say!("neither `body` nor `role` is given"));
            at.report(fault.hint(say!(
                "say in `body` which body changes, or in `role` what the people become"
            )));
        }
    }
}

/// What a membership point does with its people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Action {
    /// `add`: ввести в состав.
    #[default]
    Add,
    /// `remove`: вывести из состава.
    Remove,
    /// `elect`: избрать.
    Elect,
    /// `approve`: утвердить.
    Approve,
    /// `exclude`: исключить.
    Exclude,
}

choice!(pub Action, "an action on membership", {
    Add = "add", Remove = "remove", Elect = "elect", Approve = "approve", Exclude = "exclude",
});

/// How many voted how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// For («за»).
    #[serde(rename = "for")]
    pub in_favour: u32,
    /// Against («против»).
    pub against: u32,
    /// Abstained («воздержались»).
    pub abstained: u32,
    /// Whether all voted for it («единогласно»); the numbers may then be unknown.
    pub unanimous: bool,
    /// Who voted for, by name.
    pub names_for: Vec<String>,
    /// Who voted against.
    pub names_against: Vec<String>,
    /// Who abstained.
    pub names_abstained: Vec<String>,
    /// The whole result as it is printed, where it is more than numbers: «тайно; за — 20, против —
    /// 1, недействительных бюллетеней нет».
    pub words: Option<String>,
}

impl Vote {
    /// All votes.
    pub fn total(&self) -> u64 {
        // Three numbers that a user gives may add up to more than 32 bits.
        u64::from(self.in_favour) + u64::from(self.against) + u64::from(self.abstained)
    }
}

/// A vote as it may be given: in numbers and names, or in the word «единогласно».
pub(super) struct ToldVote(pub(super) Vote);

impl Read for ToldVote {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            // By the beginnings: «единогласно», «единогласное», `unanimous`, `unanimously`.
            DataValue::Scalar { text, .. }
                if ["единоглас", "unanim"]
                    .iter()
                    .any(|word| text.to_lowercase().contains(word))
                    && !text.contains(|c: char| c.is_ascii_digit()) =>
            {
                Some(Self(Vote { unanimous: true, ..Vote::default() }))
            }
            DataValue::Scalar { text, .. } if let Some(vote) = told(text) => {
                vote.check(at, true);
                Some(Self(vote))
            }
            DataValue::Map(_) => Vote::read(at).map(Self),
            DataValue::Scalar { text, .. } if in_words(text) => {
                Some(Self(Vote { words: Some(String::read(at)?), ..Vote::default() }))
            }
            _ => at.expected(say!("a vote (a map of keys, or «единогласно»)")),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [{ "type": "string" }, Vote::schema(defs)] })
    }
}

/// Whether a text says how it was voted in words of its own.
fn in_words(text: &str) -> bool {
    const STEMS: [&str; 6] = ["за", "тайн", "открыт", "больши", "голос", "принят"];
    let small = text.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        STEMS.iter().any(|stem| word == *stem || stem.len() > 4 && word.starts_with(stem))
    })
}

/// Votes in a line: «за — 24, против — нет, воздержались — 1», «24 за, 1 против».
fn told(text: &str) -> Option<Vote> {
    const KINDS: [&[&str]; 3] = [&["за", "for"], &["против", "against"], &["воздерж", "abstain"]];
    let small = text.to_lowercase();
    let words: Vec<&str> =
        small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let kind_of = |word: &str| {
        let is = |begin: &&str| word == *begin || begin.len() > 6 && word.starts_with(*begin);
        KINDS.iter().position(|kind| kind.iter().any(is))
    };
    let number = |word: &str| match word {
        "нет" | "no" | "none" => Some(0),
        word => word.parse().ok(),
    };
    let mut votes = [None::<u32>; 3];
    // Either each number follows its word, or each stands before it.
    let behind = kind_of(words.first()?).is_some();
    let (mut kind, mut count) = (None, None);
    for word in words {
        match (kind_of(word), number(word)) {
            (Some(of), _) if behind => kind = Some(of),
            (Some(of), _) => votes[of] = votes[of].or(count.take()),
            (None, Some(n)) if behind => votes[kind.take()?] = Some(n),
            (None, Some(n)) => count = Some(n),
            // «человек», «чел.»; anything else would be lost.
            (None, None) if word.starts_with("чел") || word.starts_with("голос") => {}
            (None, None) => return None,
        }
    }
    let [in_favour, against, abstained] = votes;
    let (against, abstained) = (against.unwrap_or(0), abstained.unwrap_or(0));
    in_favour.map(|in_favour| Vote { in_favour, against, abstained, ..Vote::default() })
}

/// Votes of one kind: how many, or whose.
#[derive(Default)]
struct Votes(u32, Vec<String>);

impl Read for Votes {
    fn read(at: &At<'_>) -> Option<Self> {
        match at.node.value {
            DataValue::Seq(_) => {
                let names = Vec::<String>::read(at)?;
                // A list too long to be counted exceeds those present, and that is what is to be
                // told.
                Some(Self(u32::try_from(names.len()).unwrap_or(u32::MAX), names))
            }
            _ => u32::read(at).map(|number| Self(number, Vec::new())),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [u32::schema(defs), Vec::<String>::schema(defs)] })
    }
}

impl Fields for Vote {
    const NAME: &'static str = "vote";
    const WHAT: (&'static str, &'static str) = ("a vote", "Результаты голосования");

    fn fields(map: &mut Map<'_>) -> Self {
        let mut votes = |key, doc| {
            map.opt::<Votes>(key, doc).map_or((0, Vec::new()), |Votes(n, names)| (n, names))
        };
        let (in_favour, mut names_for) = votes("for", "За: число или имена");
        let (against, mut names_against) = votes("against", "Против: число или имена");
        let (abstained, mut names_abstained) = votes("abstained", "Воздержались: число или имена");
        let unanimous = map
            .opt("unanimous", "true: единогласно; короче — vote: единогласно")
            .unwrap_or_default();
        names_for.extend(map.list("names_for", "Кто голосовал за"));
        names_against.extend(map.list("names_against", "Кто голосовал против"));
        names_abstained.extend(map.list("names_abstained", "Кто воздержался"));
        Self {
            in_favour,
            against,
            abstained,
            unanimous,
            names_for,
            names_against,
            names_abstained,
            words: map.opt("words", "Результат словами, как печатается; короче — строкой в vote"),
        }
    }

    fn check(&self, at: &At<'_>, sound: bool) {
        // «единогласно» alone needs no numbers.
        if (self.unanimous || self.words.is_some()) && self.total() == 0 {
            return;
        }
        let in_words = matches!(at.node.value, DataValue::Scalar { .. });
        if !in_words && !at.has(&["for"]) {
            at.report(Diagnostic::error("missing-key", say!("the key `for` is missing")));
            return;
        }
        let Some(present) = at.cx.present.get() else { return };
        let Self { in_favour, against, abstained, .. } = self;
        let sum = say!(
            "{in_favour} for, {against} against, {abstained} abstained: {total} in all",
            in_favour,
            against,
            abstained,
            total = self.total()
        );
        if self.total() > u64::from(present) {
            let fault = Diagnostic::error(
                "votes-exceed-present",
                say!("{sum}, but only {present} were present", sum, present),
            );
            at.report(fault.hint(if at.cx.present_in_prose.get() {
                say!(
                    "the text says «в количестве … человек»: correct it or the votes, or give \
                    `present` in the head"
                )
            } else {
                say!("correct the votes, or `present` in the head")
            }));
        // Some may not have voted: asked about, but not refused; and never where the count is
        // only our reading of a text.
        } else if self.total() < u64::from(present) && sound && !at.cx.present_in_prose.get() {
            let fault = Diagnostic::warning(
                "votes-missing",
                say!("{sum}, but {present} were present", sum, present),
            );
            at.report(
                fault.hint(say!("count those who abstained, or leave it so if some did not vote")),
            );
        }
    }
}
