use serde::Serialize;
use serde_json::json;

use super::Speaker;
use super::item::{Item, Lift, Membership, Thanks, Vote, items_schema, read_items};
use super::read::{At, Fields, Map, Read, choice, is_empty};
use super::schema::Defs;
use super::tree::{Path, Value};
use crate::diag::Diagnostic;

/// A part of a document's body: its heading and, by its type, what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it says.
    #[serde(flatten)]
    pub body: Body,
    /// A heading of its own; without one the template gives those that are usual.
    pub heading: Option<String>,
}

/// What a section says. Serialised, the name of the variant is the key `type`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Body {
    /// Who, having done what, resolves.
    Preamble(Preamble),
    /// Thanks to people and collectives; each item holds a `thanks`, or a text.
    Gratitude(Points),
    /// Who joins or leaves; each item holds a `membership`, or a text.
    Membership(Points),
    /// What the meeting finds.
    Evaluations(Points),
    /// What the meeting recommends.
    Recommendations(Points),
    /// Points of any kind, mixed.
    Points(Points),
    /// Paragraphs.
    Text(Paragraphs),
    /// The questions of a meeting, in order.
    Agenda(Agenda),
    /// A table.
    Table(Table),
}

/// The words by which data name the types of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Preamble,
    Gratitude,
    Membership,
    Evaluations,
    Recommendations,
    Points,
    Text,
    Agenda,
    Table,
}

choice!(pub(super) Type, "a type of section", {
    Preamble = "preamble", Gratitude = "gratitude", Membership = "membership", Evaluations = "evaluations",
    Recommendations = "recommendations", Points = "points", Text = "text", Agenda = "agenda", Table = "table",
});

impl Type {
    /// Those that are keys of a document, too.
    pub(super) const FIRST_CLASS: [(Self, &'static str); 5] = [
        (Self::Preamble, "Преамбула"),
        (Self::Gratitude, "Благодарности"),
        (Self::Membership, "Изменения состава"),
        (Self::Evaluations, "Оценки"),
        (Self::Recommendations, "Рекомендации"),
    ];

    fn body(self, map: &mut Map<'_>) -> Body {
        match self {
            Self::Preamble => Body::Preamble(Preamble::fields(map)),
            Self::Gratitude => Body::Gratitude(Points::fields::<Thanks>(map)),
            Self::Membership => Body::Membership(Points::fields::<Membership>(map)),
            Self::Evaluations => Body::Evaluations(Points::fields::<Item>(map)),
            Self::Recommendations => Body::Recommendations(Points::fields::<Item>(map)),
            Self::Points => Body::Points(Points::fields::<Item>(map)),
            Self::Text => {
                Body::Text(Paragraphs { paragraphs: map.need("paragraphs", "Абзацы") })
            }
            Self::Agenda => Body::Agenda(Agenda {
                items: map.need("items", "Вопросы повестки дня"),
            }),
            Self::Table => Body::Table(Table::fields(map)),
        }
    }

    /// Reads the value of a document's key: a map without `type`, a list of items, or the text of a
    /// preamble.
    pub(super) fn read_first_class(self, at: &At<'_>) -> Option<Section> {
        let points = |items| Points { numbering: None, items };
        let body = match (&at.node.value, self) {
            (Value::Map(_), _) => return Some(self.read_map(at, false)),
            (Value::Scalar { .. }, Self::Preamble) => {
                Body::Preamble(Preamble { text: Some(String::read(at)?), ..Preamble::default() })
            }
            (Value::Seq(_), Self::Gratitude) => Body::Gratitude(points(read_items::<Thanks>(at)?)),
            (Value::Seq(_), Self::Membership) => {
                Body::Membership(points(read_items::<Membership>(at)?))
            }
            (Value::Seq(_), Self::Evaluations) => {
                Body::Evaluations(points(read_items::<Item>(at)?))
            }
            (Value::Seq(_), Self::Recommendations) => {
                Body::Recommendations(points(read_items::<Item>(at)?))
            }
            (_, Self::Preamble) => return at.expected("a text"),
            _ => return at.expected("a list"),
        };
        Some(Section { body, heading: None })
    }

    /// The schema of a document's key.
    pub(super) fn schema_first_class(self, defs: &mut Defs, doc: &str) -> serde_json::Value {
        let short = match self {
            Self::Preamble => String::schema(defs),
            Self::Gratitude => items_schema::<Thanks>(defs),
            Self::Membership => items_schema::<Membership>(defs),
            _ => items_schema::<Item>(defs),
        };
        json!({ "anyOf": [short, Map::describe(defs, doc, |map| self.section(map, false))] })
    }

    fn read_map(self, at: &At<'_>, typed: bool) -> Section {
        let section = Map::read(at, |map| self.section(map, typed));
        if self == Self::Preamble && !at.has(&["text", "recitals"]) {
            at.report(
                Diagnostic::error("missing-key", "the preamble says nothing")
                    .hint("give it a `text` or `recitals`"),
            );
        }
        section
    }

    fn section(self, map: &mut Map<'_>, typed: bool) -> Section {
        if typed {
            let schema = |_: &mut Defs| json!({ "const": self.as_str() });
            map.get_with("type", true, "Вид раздела", schema, |_| Some(()));
        }
        let heading = map.opt("heading", "Заголовок раздела");
        Section { body: self.body(map), heading }
    }
}

impl Read for Section {
    fn read(at: &At<'_>) -> Option<Self> {
        let Value::Map(entries) = &at.node.value else {
            return at.expected("a section (a map with the key `type`)");
        };
        let types = Type::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        match entries.iter().find(|(key, _)| key.text == "type") {
            Some((_, node)) => {
                let path = Path::Key(at.path, "type");
                let kind = Type::read(&At { cx: at.cx, node, path: &path })?;
                Some(kind.read_map(at, true))
            }
            None => {
                at.report(
                    Diagnostic::error("missing-key", "the section has no `type`")
                        .hint(format!("it is one of {types}")),
                );
                None
            }
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        defs.define("section", |defs| {
            let any: Vec<_> = Type::WORDS
                .iter()
                .map(|(_, kind)| Map::describe(defs, "Раздел", |map| kind.section(map, true)))
                .collect();
            json!({ "anyOf": any })
        })
    }
}

/// The preamble: «Участники форума, заслушав …, постановили:».
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Preamble {
    /// The text up to the recitals, or all of it.
    pub text: Option<String>,
    /// What was heard, discussed, noted; one paragraph each.
    pub recitals: Vec<String>,
    /// The verb that leads to the points: «постановили», «решили».
    pub resolves: Option<String>,
}

impl Fields for Preamble {
    const NAME: &'static str = "preamble";
    const WHAT: (&'static str, &'static str) = ("a preamble", "Преамбула");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            text: map.opt("text", "Текст преамбулы"),
            recitals: map.list("recitals", "Основания: заслушав…, обсудив…, каждое с новой строки"),
            resolves: map.opt("resolves", "Глагол: постановили, решили"),
        }
    }
}

/// A list of points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Points {
    /// How the points are marked; without it as the template has it.
    pub numbering: Option<Numbering>,
    /// The points.
    pub items: Vec<Item>,
}

impl Points {
    fn fields<T: Lift>(map: &mut Map<'_>) -> Self {
        Self {
            numbering: map.opt("numbering", "Нумерация: 1, 1.1, а, •, — или none"),
            items: map
                .get_with("items", true, "Пункты", items_schema::<T>, read_items::<T>)
                .unwrap_or_default(),
        }
    }
}

/// How the points of a list are marked, written as the mark of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// `1`: numbers, sub-points anew from 1.
    Decimal,
    /// `1.1`: numbers that hold those of the point above.
    Outline,
    /// `а`: Russian letters.
    Letters,
    /// `•`.
    Bullets,
    /// `—`.
    Dashes,
    /// `none`: no mark.
    None,
}

choice!(pub Numbering, "a numbering", {
    Decimal = "1", Outline = "1.1", Letters = "а", Bullets = "•", Dashes = "—", None = "none",
});

/// Plain paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paragraphs {
    /// The paragraphs, in order.
    pub paragraphs: Vec<String>,
}

/// The questions of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// The questions, in order.
    pub items: Vec<AgendaItem>,
}

/// A question of a meeting and what became of it; in data, a bare text is the title alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// The question.
    pub title: String,
    /// Слушали.
    pub heard: Vec<Speaker>,
    /// Выступили.
    pub spoke: Vec<Speaker>,
    /// Решили (постановили).
    pub decided: Vec<Item>,
    /// Голосовали.
    pub vote: Option<Vote>,
}

impl Fields for AgendaItem {
    const NAME: &'static str = "agenda-item";
    const WHAT: (&'static str, &'static str) = ("a question of the agenda", "Вопрос повестки дня");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|title| Self { title, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            title: map.need("title", "Вопрос"),
            heard: map.list("heard", "Слушали"),
            spoke: map.list("spoke", "Выступили"),
            decided: map.list("decided", "Решили"),
            vote: map.opt("vote", "Голосовали"),
        }
    }
}

/// A table of texts. Every row has as many cells as there are columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The caption.
    pub caption: Option<String>,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows; a cell may be an empty text.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn fields(map: &mut Map<'_>) -> Self {
        let cells = |defs: &mut Defs| json!({ "type": "array", "items": { "anyOf": [String::schema(defs), { "type": "null" }] } });
        let caption = map.opt("caption", "Название таблицы");
        let columns = map
            .get_with("columns", true, "Заголовки столбцов", cells, read_cells)
            .unwrap_or_default();
        let schema = |defs: &mut Defs| json!({ "type": "array", "items": cells(defs) });
        let rows = map.get_with(
            "rows",
            false,
            "Строки: в каждой столько ячеек, сколько столбцов",
            schema,
            |at| {
                let mut rows = Vec::new();
                at.each(|at| rows.extend(read_row(at, columns.len()))).then_some(rows)
            },
        );
        Self { caption, rows: rows.unwrap_or_default(), columns }
    }
}

/// A list of texts that may be empty.
fn read_cells(at: &At<'_>) -> Option<Vec<String>> {
    let Value::Seq(cells) = &at.node.value else { return at.expected("a list") };
    let read = |(index, node)| {
        let at = At { cx: at.cx, node, path: &Path::Index(at.path, index) };
        if is_empty(node) { Some(String::new()) } else { String::read(&at) }
    };
    Some(cells.iter().enumerate().map(|cell| read(cell).unwrap_or_default()).collect())
}

fn read_row(at: &At<'_>, columns: usize) -> Option<Vec<String>> {
    let row = read_cells(at)?;
    if row.len() != columns && columns > 0 {
        let fault = Diagnostic::error(
            "table-row",
            format!("the row has {} cells, the table has {columns} columns", row.len()),
        );
        at.report(fault.hint("an empty cell is written as \"\""));
    }
    Some(row)
}
