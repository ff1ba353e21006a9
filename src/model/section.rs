//! The sections of a final document, in the order in which they are printed.

use serde::Serialize;
use serde_json::json;

use super::Table;
use super::act::{Membership, Thanks};
use super::item::{Item, items_schema, read_items};
use super::read::{At, Fields, Map, Read, choice, read_some, sentence};
use super::russian::is_key;
use super::schema::Defs;
use super::table;
use super::tree::{DataNode, DataValue, MapKey, Path, entry};
use crate::diag::{Diagnostic, say};

mod agenda;
mod chapter;
mod points;
mod preamble;

pub use agenda::{Agenda, AgendaItem};
pub(super) use chapter::are_numbers;
pub(super) use chapter::{
    Chapters, announced, entrusted, headed, labelled, marked_run, numbered_run, placed, resolved,
    thanked,
};
use chapter::{all_numbered, are_labels, are_leads, are_mixed, is_mark, line, marked_lines};
pub use points::{Numbering, Points};
pub use preamble::Preamble;
use preamble::in_paragraphs;

/// A part of a document's body: its heading and, by its type, what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it says.
    #[serde(flatten)]
    pub body: Body,
    /// A heading of its own; without one the template gives those that are usual.
    pub heading: Option<String>,
    /// How the heading is numbered.
    pub heading_numbering: Option<HeadingNumbering>,
}

/// How the headings of sections are numbered, written as the number of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadingNumbering {
    /// `1`: 1. 2. 3.; the points below are 1.1, 1.2.
    Decimal,
    /// `I`: I. II. III.
    Roman,
    /// `Раздел I`.
    SectionRoman,
    /// `Раздел 1`.
    Section,
    /// `Глава I`.
    ChapterRoman,
    /// `Глава 1`.
    Chapter,
    /// `Статья 1`.
    Article,
}

choice!(pub HeadingNumbering, "a numbering of headings", {
    Decimal = "1", Roman = "I", SectionRoman = "Раздел I", Section = "Раздел 1",
    ChapterRoman = "Глава I", Chapter = "Глава 1", Article = "Статья 1",
});

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

/// Keys by which a map is a section and not a single point of one.
const SECTION_KEYS: [&str; 5] = ["items", "heading", "numbering", "start", "nested"];

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
    Preamble = "preamble",
    Gratitude = "gratitude",
    Membership = "membership",
    Evaluations = "evaluations",
    Recommendations = "recommendations",
    Points = "points",
    Text = "text",
    Agenda = "agenda",
    Table = "table",
});

impl Type {
    /// All of them are keys of a document and of an appendix, too.
    pub(super) const FIRST_CLASS: [(Self, &'static str); 9] = [
        (Self::Preamble, "Преамбула"),
        (Self::Gratitude, "Благодарности"),
        (Self::Membership, "Изменения состава"),
        (Self::Evaluations, "Оценки"),
        (Self::Recommendations, "Рекомендации"),
        (Self::Points, "Пункты любого рода: приказа, положения"),
        (Self::Text, "Текст абзацами: письма, справки, заявления"),
        (Self::Agenda, "Повестка дня и ход заседания"),
        (Self::Table, "Таблица"),
    ];

    fn body(self, map: &mut Map<'_>) -> Body {
        match self {
            Self::Preamble => Body::Preamble(Preamble::fields(map)),
            Self::Gratitude => Body::Gratitude(Points::fields::<Thanks>(map)),
            Self::Membership => Body::Membership(Points::fields::<Membership>(map)),
            Self::Evaluations => Body::Evaluations(Points::fields::<Item>(map)),
            Self::Recommendations => Body::Recommendations(Points::fields::<Item>(map)),
            Self::Points => Body::Points(Points::fields::<Item>(map)),
            Self::Text => Body::Text(Paragraphs::of(map.some("paragraphs", "Абзацы"))),
            Self::Agenda => Body::Agenda(Agenda {
                items: map.need("items", "Вопросы повестки дня"),
                resolves: map.opt("resolves", "Слово перед решениями: РЕШИЛИ, ПОСТАНОВИЛИ"),
            }),
            Self::Table => Body::Table(Table::fields(map)),
        }
    }

    /// Reads the value of a document's key: a map without `type`, a list of items, or the text of a
    /// preamble.
    // Over 60 lines: an arm for each way in which people write a section.
    pub(super) fn read_first_class(self, at: &At<'_>) -> Option<Section> {
        if self == Self::Points && table::are_rows(at.node) {
            let rows = table::numbered(at.node);
            return Self::Table.read_first_class(&At { node: &rows, ..*at });
        }
        let points = |items| Points { items, ..Points::default() };
        // Lines of a block are the points that stand on them; a table is listed row by row, and
        // thanks and changes may stand alone.
        let lines = match &at.node.value {
            DataValue::Scalar { text, plain }
                if (self.has_items() || self == Self::Agenda) && !at.is_folded() =>
            {
                let node = |text: &str| DataValue::Scalar { text: text.to_owned(), plain: *plain };
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let lines = lines.map(unquoted);
                let nodes = lines.map(|line| DataNode::new(node(&line), at.node.range.clone()));
                Some(DataNode::new(DataValue::Seq(nodes.collect()), at.node.range.clone()))
            }
            // «1. О проведении … 2. О выделении …» below its key, which YAML made one line of.
            DataValue::Scalar { text, plain }
                if (self.has_items() || self == Self::Agenda)
                    && let Some(pieces) = numbered_run(text) =>
            {
                let node = |text: &str| DataValue::Scalar { text: text.to_owned(), plain: *plain };
                let pieces = pieces.into_iter().map(unquoted);
                let nodes = pieces.map(|text| DataNode::new(node(&text), at.node.range.clone()));
                Some(DataNode::new(DataValue::Seq(nodes.collect()), at.node.range.clone()))
            }
            DataValue::Map(entries)
                if (self.has_items() || self == Self::Agenda) && are_numbers(entries) =>
            {
                let nodes = all_numbered(entries);
                Some(DataNode::new(DataValue::Seq(nodes), at.node.range.clone()))
            }
            // «1 место: Чиж Арина», «2 место: …»: a line for each, which its key tells apart.
            DataValue::Map(entries)
                if self.has_items() && are_labels(entries) && !are_mixed(entries) =>
            {
                let range = &at.node.range;
                let dash = DataNode::said("—", range);
                let items = DataValue::Seq(entries.iter().map(line).collect());
                let items = DataNode::new(items, range.clone());
                let map = DataValue::Map(vec![entry("items", items), entry("numbering", dash)]);
                Some(DataNode::new(map, at.node.range.clone()))
            }
            DataValue::Map(entries)
                if self.has_items() && (are_leads(entries) || are_mixed(entries)) =>
            {
                let one = |entry: &(MapKey, DataNode)| {
                    // «2: Школам провести …» among «1. Департаменту: […]».
                    if is_mark(&entry.0) {
                        return all_numbered(std::slice::from_ref(entry)).remove(0);
                    }
                    let range = entry.0.range.start..entry.1.range.end;
                    let mut entry = entry.clone();
                    if let DataValue::Map(below) = &entry.1.value
                        && are_numbers(below)
                    {
                        entry.1.value = DataValue::Seq(all_numbered(below));
                    }
                    if let Some(lines) = marked_lines(&entry.1) {
                        entry.1 = lines;
                    }
                    DataNode::new(DataValue::Map(vec![entry]), range)
                };
                let nodes = entries.iter().map(one).collect();
                Some(DataNode::new(DataValue::Seq(nodes), at.node.range.clone()))
            }
            DataValue::Map(_) if self.has_items() && !at.has(&SECTION_KEYS) => {
                let one = vec![at.node.clone()];
                Some(DataNode::new(DataValue::Seq(one), at.node.range.clone()))
            }
            _ if self == Self::Table => Table::mended(at.node),
            _ => None,
        };
        let at = &At { node: lines.as_ref().unwrap_or(at.node), ..*at };
        let body = match (&at.node.value, self) {
            // «Комиссия провела осмотр и установила:» is a text with a colon.
            (DataValue::Map(entries), Self::Text)
                if let [(key, _)] = entries.as_slice()
                    && key.text.contains(' ')
                    && let Some(text) = sentence(at.node) =>
            {
                Body::Text(Paragraphs::of(vec![text]))
            }
            // Beside its points a map may have a `heading` and a `numbering`: it has the section's
            // keys.
            (DataValue::Map(_), _) => return Some(self.read_map(at, false)),
            (DataValue::Scalar { .. }, Self::Preamble) => {
                let text = Some(in_paragraphs(&String::read(at)?));
                Body::Preamble(Preamble { text, ..Preamble::default() })
            }
            (DataValue::Seq(_), Self::Gratitude) => {
                Body::Gratitude(points(read_items::<Thanks>(at)?))
            }
            (DataValue::Seq(_), Self::Membership) => {
                Body::Membership(points(read_items::<Membership>(at)?))
            }
            (DataValue::Seq(_), Self::Evaluations) => {
                Body::Evaluations(points(read_items::<Item>(at)?))
            }
            (DataValue::Seq(_), Self::Recommendations) => {
                Body::Recommendations(points(read_items::<Item>(at)?))
            }
            (DataValue::Seq(_), Self::Points) => Body::Points(points(read_items::<Item>(at)?)),
            (DataValue::Scalar { .. } | DataValue::Seq(_), Self::Text) => {
                Body::Text(Paragraphs::of(read_some(at)?))
            }
            (DataValue::Seq(_), Self::Agenda) => {
                Body::Agenda(Agenda { items: Vec::read(at)?, resolves: None })
            }
            (_, Self::Preamble | Self::Text) => return at.expected(say!("a text")),
            (_, Self::Table) => return at.expected(say!("a table (a map of keys)")),
            _ => return at.expected(say!("a list")),
        };
        Some(Section { body, heading: None, heading_numbering: None })
    }

    /// The schema of a document's key.
    pub(super) fn schema_first_class(self, defs: &mut Defs, doc: &str) -> serde_json::Value {
        let short = match self {
            Self::Preamble => String::schema(defs),
            Self::Text => json!({ "anyOf": [String::schema(defs), Vec::<String>::schema(defs)] }),
            Self::Agenda => Vec::<AgendaItem>::schema(defs),
            Self::Table => return Map::describe(defs, doc, |map| self.section(map, false)),
            Self::Gratitude => items_schema::<Thanks>(defs),
            Self::Membership => items_schema::<Membership>(defs),
            _ => items_schema::<Item>(defs),
        };
        json!({ "anyOf": [short, Map::describe(defs, doc, |map| self.section(map, false))] })
    }

    /// Whether it is a list of points.
    fn has_items(self) -> bool {
        !matches!(self, Self::Preamble | Self::Text | Self::Table | Self::Agenda)
    }

    pub(super) fn read_map(self, at: &At<'_>, typed: bool) -> Section {
        let mended = if self == Self::Table { Table::mended(at.node) } else { None };
        let at = &At { node: mended.as_ref().unwrap_or(at.node), ..*at };
        let section = Map::read(at, |map| self.section(map, typed));
        if let Body::Table(table) = &section.body {
            // A table section has its keys beside `type`, so nobody has read it as a table of
            // its own.
            table.check(at, true);
        }
        // A heading alone is a section, too: the title of those that follow.
        if self == Self::Text && !at.has(&["paragraphs", "heading"]) {
            at.report(
                Diagnostic::error("missing-key", say!("the key `paragraphs` is missing"))
                    .hint(say!("give the section `paragraphs`, a `heading` or both")),
            );
        }
        if self == Self::Preamble && !at.has(&["text", "recitals", "resolves"]) {
            at.report(
                Diagnostic::error("missing-key", say!("the preamble says nothing"))
                    .hint(say!("give it a `text` or `recitals`")),
            );
        }
        section
    }

    fn section(self, map: &mut Map<'_>, typed: bool) -> Section {
        if typed {
            let schema = |_: &mut Defs| json!({ "const": self.as_str() });
            // Read already; asked for again, so that it is a known key and stands in the schema.
            map.get_with("type", true, "Вид раздела", schema, |_| Some(()));
        }
        let heading = map.opt("heading", "Заголовок раздела");
        let heading_numbering =
            map.opt("heading_numbering", "Нумерация заголовка: 1, I, Раздел I, Глава 1");
        Section { body: self.body(map), heading, heading_numbering }
    }
}

/// A line of a block without the quotation marks that YAML would need if it were a text of its own:
/// «2. "Включить в рабочую группу:"». Those of a name stay: «3. "Весёлые старты"».
fn unquoted(line: &str) -> String {
    let whole = || {
        let (mark, rest) = line.split_once('"')?;
        let inside = rest.strip_suffix('"').filter(|inside| !inside.contains('"'))?;
        let sentence = inside.ends_with([':', '.', ';', ',']) || inside.contains(": ");
        (sentence && (mark.is_empty() || mark.ends_with(' ') && !mark.trim_end().contains(' ')))
            .then(|| format!("{mark}{inside}"))
    };
    whole().unwrap_or_else(|| line.to_owned())
}

impl Section {
    /// Makes a preamble of a text whose only sentence has no end, since a verb follows: «В связи со
    /// снегопадами» and «обязываю».
    pub(super) fn open(&mut self) {
        let Body::Text(text) = &mut self.body else { return };
        let [one] = text.paragraphs.as_mut_slice() else { return };
        let preamble = Preamble { text: Some(one.clone()), ..Preamble::default() };
        // «Заслушано: 24 участника» is a line of its own.
        if self.heading.is_none() && preamble.is_open() && !one.contains(": ") {
            self.body = Body::Preamble(preamble);
        }
    }
}

impl Body {
    /// The points of a section that has some.
    pub(super) fn points(&self) -> Option<&Points> {
        match self {
            Self::Gratitude(points)
            | Self::Membership(points)
            | Self::Evaluations(points)
            | Self::Recommendations(points)
            | Self::Points(points) => Some(points),
            _ => None,
        }
    }

    /// The same, to change them.
    pub(super) fn points_mut(&mut self) -> Option<&mut Points> {
        match self {
            Self::Gratitude(points)
            | Self::Membership(points)
            | Self::Evaluations(points)
            | Self::Recommendations(points)
            | Self::Points(points) => Some(points),
            _ => None,
        }
    }
}

impl Read for Section {
    fn read(at: &At<'_>) -> Option<Self> {
        let DataValue::Map(entries) = &at.node.value else {
            return at.expected(say!("a section (a map with the key `type`)"));
        };
        let types = Type::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        match entries.iter().find(|(key, _)| is_key(&key.text, "type")) {
            Some((_, node)) => {
                // The kind first: it says which other keys there are.
                let path = Path::Key(at.path, "type");
                let kind = Type::read(&At { cx: at.cx, node, path: &path })?;
                Some(kind.read_map(at, true))
            }
            None => {
                at.report(
                    Diagnostic::error("missing-key", say!("the section has no `type`"))
                        .hint(say!("it is one of {types}", types)),
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

/// Plain paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paragraphs {
    /// The paragraphs, in order.
    pub paragraphs: Vec<String>,
}

impl Paragraphs {
    /// Each line of a text is a paragraph of its own, indented as the others are.
    fn of(texts: Vec<String>) -> Self {
        let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
        let paragraphs = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Self { paragraphs }
    }
}
