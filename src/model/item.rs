use serde::Serialize;

use super::read::{At, Fields, Map, Read, choice};
use super::schema::Defs;
use super::tree::{Node, Value};
use super::{Collective, Date, Person};
use crate::diag::Diagnostic;

/// A point of a document: a text, a group of points under a lead, a thanks or a change of
/// membership. Points nest. In data, a bare text is the text alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What the point says.
    pub text: Option<String>,
    /// What the points of the group have in common: «Рекомендовать библиотекам области».
    pub lead: Option<String>,
    /// The points of the group, or the sub-points of the text.
    pub items: Vec<Item>,
    /// Whom the point is addressed to.
    pub to: Option<String>,
    /// Who is responsible.
    pub by: Option<String>,
    /// The deadline.
    pub due: Option<Date>,
    /// How the meeting voted on this point.
    pub vote: Option<Vote>,
    /// A thanks, instead of a text.
    pub thanks: Option<Thanks>,
    /// A change of membership, instead of a text.
    pub membership: Option<Membership>,
}

impl Item {
    /// A point that is only a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }
}

/// Keys that only an item has: they tell one from a thanks or a membership that stands for an item.
const ITEM_KEYS: [&str; 5] = ["text", "lead", "items", "thanks", "membership"];

impl Fields for Item {
    const NAME: &'static str = "item";
    const WHAT: (&'static str, &'static str) =
        ("a point", "Пункт: текст, группа пунктов, благодарность или изменение состава");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::new);

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            text: map.opt("text", "Текст пункта"),
            lead: map.opt("lead", "Начало, общее для группы пунктов"),
            items: map.list("items", "Пункты группы или подпункты"),
            to: map.opt("to", "Кому адресован пункт"),
            by: map.opt("by", "Ответственный"),
            due: map.opt("due", "Срок: ГГГГ-ММ-ДД"),
            vote: map.opt("vote", "Результаты голосования по пункту"),
            thanks: map.opt("thanks", "Благодарность вместо текста"),
            membership: map.opt("membership", "Изменение состава вместо текста"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["text", "lead", "thanks", "membership"]) {
            let fault = Diagnostic::error("missing-key", "this point says nothing");
            at.report(
                fault.hint("give it a `text`, a `lead` with `items`, a `thanks` or a `membership`"),
            );
        }
        if at.has(&["lead"]) && !at.has(&["items"]) {
            at.report(
                Diagnostic::error("missing-key", "a `lead` without `items`")
                    .hint("add `items`, or write `text` instead of `lead`"),
            );
        }
    }
}

/// What may be written in place of an item: the item itself, or what it holds.
pub(super) trait Lift: Fields {
    fn lift(self) -> Item;
}

/// Reads a list of items, each of which may be written as `T`. An item is known by a key that only
/// items have.
pub(super) fn read_items<T: Lift>(at: &At<'_>) -> Option<Vec<Item>> {
    let is_item = |node: &Node| match &node.value {
        Value::Map(entries) => {
            entries.iter().any(|(key, _)| ITEM_KEYS.contains(&key.text.as_str()))
        }
        _ => true,
    };
    let mut items = Vec::new();
    let read = at.each(|at| {
        items.extend(if is_item(at.node) { Item::read(at) } else { T::read(at).map(T::lift) })
    });
    read.then_some(items)
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
            to: map.list("to", "Кому: люди, в именительном падеже"),
            to_collectives: map.list("to_collectives", "Кому: коллективы, в именительном падеже"),
            reason: map.opt("for", "За что"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["to", "to_collectives"]) {
            at.report(
                Diagnostic::error("missing-key", "nobody is thanked here")
                    .hint("list people in `to`, collectives in `to_collectives`"),
            );
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
            people: map.need("people", "Люди, в именительном падеже"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["body", "role"]) {
            let fault = Diagnostic::error("missing-key", "neither `body` nor `role` is given");
            at.report(
                fault.hint("say in `body` which body changes, or in `role` what the people become"),
            );
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// For («за»).
    #[serde(rename = "for")]
    pub in_favour: u32,
    /// Against («против»).
    pub against: u32,
    /// Abstained («воздержались»).
    pub abstained: u32,
}

impl Vote {
    /// All votes.
    pub fn total(self) -> u64 {
        u64::from(self.in_favour) + u64::from(self.against) + u64::from(self.abstained)
    }
}

impl Fields for Vote {
    const NAME: &'static str = "vote";
    const WHAT: (&'static str, &'static str) = ("a vote", "Результаты голосования");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            in_favour: map.need("for", "За"),
            against: map.opt("against", "Против").unwrap_or_default(),
            abstained: map.opt("abstained", "Воздержались").unwrap_or_default(),
        }
    }

    fn check(&self, at: &At<'_>, sound: bool) {
        let Some(present) = at.cx.present.get() else { return };
        let Self { in_favour, against, abstained } = self;
        let sum = format!(
            "{in_favour} for, {against} against, {abstained} abstained: {} in all",
            self.total()
        );
        if self.total() > u64::from(present) {
            let fault = Diagnostic::error(
                "votes-exceed-present",
                format!("{sum}, but only {present} were present"),
            );
            at.report(fault.hint(if at.cx.present_in_prose.get() {
                "the text says «в количестве … человек»: correct it or the votes, or give `present` in the head"
            } else {
                "correct the votes, or `present` in the head"
            }));
        } else if self.total() < u64::from(present) && sound && !at.cx.present_in_prose.get() {
            let fault =
                Diagnostic::warning("votes-missing", format!("{sum}, but {present} were present"));
            at.report(fault.hint("count those who abstained, or leave it so if some did not vote"));
        }
    }
}
