//! The acts of a point: thanks, awards, appointments, changes of membership.

use serde::Serialize;

use super::item::{Item, Lift};
use super::office::BODIES;
use super::person::looks_like_name;
use super::read::{At, Fields, Map, choice};
use super::russian::is_key;
use super::tree::{DataNode, DataValue};
use super::{Collective, Date, Forms, Person, arrange, who};
use crate::diag::{Diagnostic, say};

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
    /// `named`: the same, where the text stands above the list already.
    Named,
}

choice!(pub Deed, "a deed", {
    Award = "award", Appoint = "appoint", Charge = "charge", Commission = "commission",
    Repeal = "repeal", Control = "control", Other = "other", Named = "named",
});

impl Deed {
    /// The keys of a point that are short for an act.
    pub(super) const KEYS: [(&'static str, Self, &'static str); 6] = [
        ("award", Self::Award, "Наградить: with — чем, to — кого, for — за что"),
        ("appoint", Self::Appoint, "Назначить: to — кого, role — кем, since — с какого дня"),
        ("charge", Self::Charge, "Возложить обязанности: role — кого или чего, to — на кого"),
        ("commission", Self::Commission, "Утвердить состав: text — чего, chair, secretary, to"),
        ("repeal", Self::Repeal, "Признать утратившим силу: приказ директора от … № …"),
        ("control", Self::Control, "Контроль за исполнением: на кого возложен, или «за собой»"),
    ];
}

impl Act {
    pub(super) fn doing(mut self, deed: Deed) -> Self {
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
        // Its keys are read only if somebody stands there: each key of a map is asked for once, or
        // told as unknown.
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

impl Lift for Thanks {
    fn lift(self) -> Item {
        Item { thanks: Some(self), ..Item::default() }
    }

    /// «Егорова Татьяна Вячеславовна за …», «Музею «Михайловское»»: whom, without the verb.
    fn lifted(text: &str) -> Option<Item> {
        let small = text.to_lowercase();
        // A sentence is printed as it stands, and a colon leads to a list that is none of ours.
        if says(text) || text.contains(':') {
            return None;
        }
        let (whom, reason) = match text.trim_end_matches(['.', ';']).split_once(" за ") {
            Some((whom, reason)) => {
                // «…, директор, за помощь» and «… — за помощь».
                let whom = whom.trim_end_matches([',', '—', '–', '-', ' ', '\u{a0}']);
                (whom, Some(reason.trim().to_owned()))
            }
            None => (text.trim_end_matches(';'), None),
        };
        if whom.split_whitespace().count() > 1 && looks_like_name(whom) {
            let to = vec![Person::told(whom.to_owned())];
            return Some(Self { to, reason, ..Self::default() }.lift());
        }
        // In the dative already, by the ending of its first word.
        let first = small.split_whitespace().next().unwrap_or_default();
        if who::is_head(first) {
            let person = Person::given(whom.to_owned());
            if person.post.is_some() {
                return Some(Self { to: vec![person], reason, ..Self::default() }.lift());
            }
        }
        if is_body(whom) {
            let to_collectives = vec![body(whom)];
            return Some(Self { to_collectives, reason, ..Self::default() }.lift());
        }
        // Written in the dative, it goes on behind our verb.
        let dative = ["у", "ю", "ам", "ям"].iter().any(|end| first.ends_with(end));
        dative.then(|| Item::new(format!("Выразить благодарность {text}")))
    }

    fn is_doubtful(text: &str) -> bool {
        let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        cyrillic && !text.contains(':') && !says(text)
    }
}

/// Whether a text is a sentence about thanks: «Выразить благодарность …», «Отметить …».
fn says(text: &str) -> bool {
    let small = text.to_lowercase();
    let verb = |word: &str| ["ть", "ти", "ем", "им", "ет", "ит"].iter().any(|e| word.ends_with(e));
    small.split_whitespace().take(2).any(verb) || small.contains("благодар")
}

/// Whether a text in the nominative names a body: «Управление культуры», «МБУ «ЦБС»».
pub(super) fn is_body(text: &str) -> bool {
    const MORE: [&str; 14] = [
        "коллектив",
        "команда",
        "фонд",
        "музей",
        "театр",
        "центр",
        "дом",
        "клуб",
        "редакция",
        "издательство",
        "союз",
        "ассоциация",
        "компания",
        "колледж",
    ];
    let first = text.split_whitespace().next().unwrap_or_default();
    // «МБУ «ЦБС»»: capitals alone are the name of a body.
    let acronym = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    let small = first.to_lowercase();
    // «Областная детская библиотека»: the noun may stand behind its adjectives.
    let noun = arrange::head_noun(text);
    let is = |word: &str| BODIES.contains(&word) || MORE.contains(&word);
    acronym || is(&small) || noun.is_some_and(|noun| is(&noun))
}

/// A body that is thanked. «Коллектив библиотеки» says the noun that is printed before it anyway.
fn body(name: &str) -> Collective {
    let rest = ["коллектив ", "Коллектив "].iter().find_map(|noun| name.strip_prefix(noun));
    let forms = rest.map(|rest| Forms { genitive: Some(rest.to_owned()), ..Forms::default() });
    Collective { name: rest.unwrap_or(name).to_owned(), forms, ..Collective::default() }
}

impl Lift for Membership {
    fn lift(self) -> Item {
        Item { membership: Some(self), ..Item::default() }
    }
}
