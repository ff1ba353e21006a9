//! The sections of a final document, in the order in which they are printed.

use serde::Serialize;
use serde_json::json;

use super::arrange;
use super::document;
use super::item;
use super::item::{Item, Lift, Membership, Thanks, ToldVote, Vote, items_schema, read_items};
use super::read::{At, Fields, Map, Read, choice, read_some};
use super::russian::{is_key, is_one_of};
use super::schema::Defs;
use super::tree::{DataNode, DataValue, MapKey, Path};
use super::{Speaker, Table, number};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::{capital, uncapital};

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

/// Keys of a chapter beside what may stand in it.
const CHAPTER_KEYS: [&str; 12] = [
    "heading",
    "heading_numbering",
    "numbering",
    "start",
    "nested",
    "sections",
    "resolves",
    "type",
    "columns",
    "rows",
    "items",
    "paragraphs",
];

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
        let points = |items| Points { items, ..Points::default() };
        // Lines of a block are the points that stand on them; a table is listed row by row, and
        // thanks and changes may stand alone.
        let lines = match &at.node.value {
            DataValue::Scalar { text, plain }
                if (self.has_items() || self == Self::Agenda) && !at.is_folded() =>
            {
                let node = |text: &str| DataValue::Scalar { text: text.to_owned(), plain: *plain };
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let nodes = lines.map(|line| DataNode::new(node(line), at.node.range.clone()));
                Some(DataNode::new(DataValue::Seq(nodes.collect()), at.node.range.clone()))
            }
            // «1. О проведении … 2. О выделении …» below its key, which YAML made one line of.
            DataValue::Scalar { text, plain }
                if (self.has_items() || self == Self::Agenda)
                    && let Some(pieces) = numbered_run(text) =>
            {
                let node = |text: &str| DataValue::Scalar { text: text.to_owned(), plain: *plain };
                let nodes = pieces.iter().map(|t| DataNode::new(node(t), at.node.range.clone()));
                Some(DataNode::new(DataValue::Seq(nodes.collect()), at.node.range.clone()))
            }
            DataValue::Map(entries)
                if (self.has_items() || self == Self::Agenda) && are_numbers(entries) =>
            {
                let nodes = entries.iter().map(numbered).collect();
                Some(DataNode::new(DataValue::Seq(nodes), at.node.range.clone()))
            }
            // «1 место: Чиж Арина», «2 место: …»: a line for each, which its key tells apart.
            DataValue::Map(entries) if self.has_items() && are_labels(entries) => {
                let entry = |name: &str, value: DataValue| {
                    let range = at.node.range.clone();
                    let key = MapKey { text: name.to_owned(), range: range.clone() };
                    (key, DataNode::new(value, range))
                };
                let dash = DataValue::Scalar { text: "—".to_owned(), plain: false };
                let items = DataValue::Seq(entries.iter().map(line).collect());
                let map = DataValue::Map(vec![entry("items", items), entry("numbering", dash)]);
                Some(DataNode::new(map, at.node.range.clone()))
            }
            DataValue::Map(entries) if self.has_items() && are_leads(entries) => {
                let one = |entry: &(MapKey, DataNode)| {
                    let range = entry.0.range.start..entry.1.range.end;
                    DataNode::new(DataValue::Map(vec![entry.clone()]), range)
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

/// The points of a text in which they are numbered in a row from 1.
pub(super) fn numbered_run(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.trim();
    let mut pieces = Vec::new();
    for number in 1..=MOST_IN_A_RUN {
        if !rest.starts_with(&format!("{number}. ")) {
            return None;
        }
        let Some(end) = rest.find(&format!(" {}. ", number + 1)) else {
            pieces.push(rest);
            break;
        };
        pieces.push(&rest[..end]);
        rest = &rest[end + 1..];
    }
    (pieces.len() > 1).then_some(pieces)
}

/// More points than that nobody types as one text.
const MOST_IN_A_RUN: usize = 99;

/// Whether the keys of a map lead to what stands below them: «Министерству культуры:» and a list.
fn are_leads(entries: &[(MapKey, DataNode)]) -> bool {
    let lists = entries.iter().any(|(_, node)| matches!(node.value, DataValue::Seq(_)));
    let lead = |(key, node): &(MapKey, DataNode)| {
        let map = matches!(node.value, DataValue::Map(_) | DataValue::Null);
        !key.text.is_ascii() && !map && !item::is_item_key(&key.text)
    };
    lists && entries.iter().all(lead)
}

/// Whether the keys of a map are labels of lines: no key of a point, nor anything like one.
fn are_labels(entries: &[(MapKey, DataNode)]) -> bool {
    let label = |(key, node): &(MapKey, DataNode)| {
        let scalar = matches!(node.value, DataValue::Scalar { .. });
        scalar && !key.text.is_ascii() && !item::is_near_item_key(&key.text)
    };
    entries.len() > 1 && entries.iter().all(label)
}

/// Whether the keys of a map number its values: «1», «2.1.».
fn are_numbers(entries: &[(MapKey, DataNode)]) -> bool {
    entries.iter().all(|(key, _)| {
        key.text.starts_with(|c: char| c.is_ascii_digit())
            && key.text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c))
    })
}

/// A value that its key numbers, as an item with the number typed before its text.
fn numbered((key, node): &(MapKey, DataNode)) -> DataNode {
    let number = key.text.trim_end_matches(['.', ')']);
    let value = match &node.value {
        DataValue::Scalar { text, .. } => {
            DataValue::Scalar { text: format!("{number}. {text}"), plain: false }
        }
        DataValue::Map(entries) => {
            let number = DataValue::Scalar { text: number.to_owned(), plain: false };
            let own = MapKey { text: "number".to_owned(), range: key.range.clone() };
            let own = (own, DataNode::new(number, key.range.clone()));
            DataValue::Map(entries.iter().cloned().chain([own]).collect())
        }
        other => other.clone(),
    };
    DataNode::new(value, node.range.clone())
}

/// Sections as they may be written: each with its `type`, or as a chapter whose keys say what is in
/// it; or a map of headings and of what stands below them.
pub(super) struct Chapters(pub(super) Vec<Section>);

impl Read for Chapters {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut all = Vec::new();
        match &at.node.value {
            DataValue::Map(_) => at.entries(|key, entry| {
                let node = under(key, entry.node);
                all.extend(chapter(&At { node: &node, ..entry }).unwrap_or_default());
            }),
            _ => at.each(|at| all.extend(chapter(at).unwrap_or_default())),
        }
        .then_some(Self(all))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let section = Section::schema(defs);
        let chapter = defs.define("chapter", |defs| Map::describe(defs, "Раздел", chapter_fields));
        let item = json!({ "anyOf": [section, chapter, { "type": "string" }] });
        json!({ "anyOf": [{ "type": "array", "items": item }, { "type": "object" }] })
    }
}

/// The sections of a document's key that is none of its own but a heading: «Цель: …», «Выводы:
/// […]».
pub(super) fn headed(key: &MapKey, at: &At<'_>) -> Vec<Section> {
    let node = under(key, at.node);
    let mut sections = chapter(&At { node: &node, ..*at }).unwrap_or_default();
    // A list below such a heading is one by itself: of phrases, or counted from 1.
    for points in sections.iter_mut().filter_map(|section| section.body.points_mut()) {
        let phrase = |item: &Item| {
            item.items.is_empty()
                && item.text.as_deref().is_some_and(|text| text.starts_with(char::is_lowercase))
        };
        if points.numbering.is_none() && points.items.iter().all(phrase) {
            points.numbering = Some(Numbering::Dashes);
        }
        // «3. Выводы» is counted with the headings before it.
        if !key.text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            points.start = points.start.or(Some(1));
        }
    }
    sections
}

/// A line of the text whose label is a key of the writer's own: «Стоимость: 96 000 руб.» Longer
/// texts and lists stand below a heading.
// Over 60 lines: each way in which a label goes on has its own words.
pub(super) fn labelled(key: &MapKey, at: &At<'_>) -> Option<Section> {
    if let DataValue::Map(entries) = &at.node.value {
        return parts_of_label(key, entries);
    }
    let text = at.node.text()?;
    let text = text.trim();
    let label = key.text.trim().trim_end_matches(':');
    // «1992 г.», «96 000 руб.» end with an abbreviation and no sentence.
    let last = text.split([' ', '\u{a0}']).next_back().unwrap_or_default();
    let abbreviated = last.ends_with('.') && last.chars().count() <= 5;
    let whole = text.ends_with(['.', '!', '?']) && !abbreviated;
    let short = text.split_whitespace().count() <= 4 || !whole;
    // What a text has lines or more room for is no entry of a form.
    // «Мы, нижеподписавшиеся: …» is a sentence and no heading.
    let small = label.to_lowercase();
    // «Составили: настоящий акт о том, что …» is one sentence, too, and so is whatever goes on in
    // small letters.
    let goes_on = [
        "прошу",
        "вход",
        "для предъявления",
        "действителен до",
        "действительна до",
        "выдана для",
        "составлен",
        "составили",
        "удостоверяю",
        "удостоверяет",
        "уполномочивает",
        "уполномочиваю",
        "доверяет",
        "доверяю",
        "подтверждаю",
        "подтверждает",
        "настоящим",
        "в присутствии",
        "действителен",
        "действительна",
        "действительно",
        "образец подписи",
    ]
    .contains(&small.as_str());
    let sentence = label.contains(',') || goes_on || text.starts_with(char::is_lowercase);
    let sentence = sentence && !text.contains('\n');
    if !sentence && (!short || text.contains('\n') || text.chars().count() > 80) {
        return None;
    }
    // «Для предъявления по месту требования» goes on without a colon.
    // «Характеристика дана: для предъявления …» is one sentence, too.
    let given = ["дан", "дана", "дано", "ован", "ована", "овано", "лен", "лена", "лено", "ждена"];
    let verb = small.split(' ').next_back().unwrap_or_default();
    let given = given.iter().any(|end| verb.ends_with(end)) && text.starts_with(char::is_lowercase);
    let sign = if given || goes_on { "" } else { ":" };
    let label = match small.as_str() {
        "фио" | "ф.и.о." | "ф. и. о." => "Ф. И. О.".to_owned(),
        "инн" | "кпп" | "огрн" | "снилс" => small.to_uppercase(),
        _ => capital(label),
    };
    let ended = text.ends_with(|c: char| !(c.is_alphanumeric() || c == '»'));
    let stop = if goes_on && !ended { "." } else { "" };
    let paragraphs = vec![format!("{label}{sign} {text}{stop}")];
    let body = Body::Text(Paragraphs { paragraphs });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// «Оргкомитету: Подготовить сборник …» is a point that says who does it.
pub(super) fn entrusted(key: &MapKey, at: &At<'_>) -> Option<Section> {
    // Infinitives that are no nouns: «печать», «область» stand in headings.
    let does = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        let small = first.to_lowercase();
        let verb = ["ать", "ять", "ить", "еть", "ыть", "оть", "сти", "зти", "чь", "ться", "тись"];
        first.chars().count() > 4 && verb.iter().any(|end| small.ends_with(end))
    };
    let label = key.text.trim().trim_end_matches(':');
    let dative = ["у", "ю", "ам", "ям", "ому", "ему", "ым", "им"];
    let first = label.split_whitespace().next()?.to_lowercase();
    if !dative.iter().any(|end| first.ends_with(end)) {
        return None;
    }
    let item = match &at.node.value {
        DataValue::Scalar { text, .. } if does(text) && !text.trim().contains('\n') => {
            Item::new(format!("{} {}", capital(label), uncapital(text.trim())))
        }
        DataValue::Seq(items) => {
            let all = items.iter().all(|item| match &item.value {
                DataValue::Scalar { text, .. } => does(text),
                _ => false,
            });
            let path = Path::Key(at.path, &key.text);
            let at = At { path: &path, ..*at };
            let items = all.then(|| read_items::<Item>(&at)).flatten()?;
            Item { lead: Some(capital(label)), items, ..Item::default() }
        }
        _ => return None,
    };
    let body = Body::Points(Points { items: vec![item], ..Points::default() });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// «стаж: {общий: 34 года, в отрасли: 33 года}»: a line whose parts go on in small letters.
fn parts_of_label(key: &MapKey, entries: &[(MapKey, DataNode)]) -> Option<Section> {
    let part = |(key, node): &(MapKey, DataNode)| {
        let text = node.text()?;
        let label = key.text.trim();
        let small = label.starts_with(char::is_lowercase) && !item::is_near_item_key(label);
        (small && text.split_whitespace().count() <= 4)
            .then(|| format!("{label} — {}", text.trim()))
    };
    let parts: Option<Vec<String>> = entries.iter().map(part).collect();
    let own = |(key, _): &(MapKey, DataNode)| is_one_of(&key.text, &CHAPTER_KEYS);
    if entries.len() < 2 || !are_figures(entries) || entries.iter().any(own) {
        return None;
    }
    let line = format!("{}: {}", capital(key.text.trim()), parts?.join("; "));
    if line.chars().count() > 160 {
        return None;
    }
    let body = Body::Text(Paragraphs { paragraphs: vec![line] });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// «Прилагаю:» and a list below it: the words lead to the list and are no heading.
pub(super) fn announced(key: &MapKey, at: &At<'_>) -> Option<Vec<Section>> {
    const WORDS: [&str; 22] = [
        "прилагаю",
        "прилагаем",
        "прилагается",
        "прилагаются",
        "к заявлению прилагаю",
        "к заявлению прилагаются",
        "к заявлению прилагается",
        "обязуюсь",
        "обязуемся",
        "прошу",
        "просим",
        "сообщаю",
        "сообщаем",
        "при себе иметь",
        "с собой иметь",
        "необходимо",
        "необходимо иметь",
        "требуется",
        "требуются",
        "в программе",
        "приглашаем",
        "вас ждут",
    ];
    let DataValue::Seq(items) = &at.node.value else { return None };
    let label = key.text.trim().trim_end_matches(':');
    let words = items.iter().all(|item| matches!(item.value, DataValue::Scalar { .. }));
    if !words || !WORDS.contains(&label.to_lowercase().as_str()) {
        return None;
    }
    let path = Path::Key(at.path, &key.text);
    let points = Type::Points.read_first_class(&At { path: &path, ..*at });
    let mut points = points?;
    if let Some(points) = points.body.points_mut() {
        points.numbering = points.numbering.or(Some(Numbering::Dashes));
    }
    let body = Body::Text(Paragraphs { paragraphs: vec![format!("{}:", capital(label))] });
    Some(vec![Section { body, heading: None, heading_numbering: None }, points])
}

/// A verb that is a key and the points below it, counted by themselves.
pub(super) fn resolved(verb: &str, key: &MapKey, at: &At<'_>) -> Vec<Section> {
    // With its subject it may end a sentence: «…, президиум постановляет».
    let resolves = Some(if verb.contains(' ') { verb.to_owned() } else { capital(verb) });
    let body = Body::Preamble(Preamble { resolves, ..Preamble::default() });
    let led = Section { body, heading: None, heading_numbering: None };
    let path = Path::Key(at.path, &key.text);
    let mut points = Type::Points.read_first_class(&At { path: &path, ..*at });
    if let Some(points) = points.as_mut().and_then(|section| section.body.points_mut()) {
        points.start = points.start.or(Some(1));
        // «рекомендовать: {школам: […]}»: each addressee begins a point.
        if points.items.iter().any(|item| item.lead.is_some()) {
            for said in points.items.iter_mut().flat_map(|i| i.lead.iter_mut().chain(&mut i.text)) {
                *said = capital(said);
            }
        }
    }
    std::iter::once(led).chain(points).collect()
}

/// A label and what it says, as one text.
fn line((key, node): &(MapKey, DataNode)) -> DataNode {
    let Some(text) = node.text() else { return node.clone() };
    let text = format!("{}: {text}", key.text.trim());
    DataNode::new(DataValue::Scalar { text, plain: false }, node.range.clone())
}

/// Whether the keys of a map are labels of figures and words.
fn are_figures(entries: &[(MapKey, DataNode)]) -> bool {
    let own = |key: &str| {
        is_one_of(key, &CHAPTER_KEYS) || Type::WORDS.iter().any(|(word, _)| is_key(key, word))
    };
    entries.iter().all(|(key, node)| {
        let scalar = matches!(node.value, DataValue::Scalar { .. });
        scalar && !key.text.is_ascii() && !own(&key.text)
    })
}

/// What a heading and the value below it are as a section.
fn under(heading: &MapKey, below: &DataNode) -> DataNode {
    let entry = |key: &str, node: DataNode| {
        (MapKey { text: key.to_owned(), range: heading.range.clone() }, node)
    };
    let text = capital(heading.text.trim().trim_end_matches(':'));
    let text = DataValue::Scalar { text, plain: false };
    let mut entries = vec![entry("heading", DataNode::new(text, heading.range.clone()))];
    match &below.value {
        // «Показатели:» and a figure for each: lines, unless a key means something here.
        DataValue::Map(inner) if are_figures(inner) => {
            let lines = DataValue::Seq(inner.iter().map(line).collect());
            entries.push(entry("text", DataNode::new(lines, below.range.clone())));
        }
        DataValue::Map(inner) if are_numbers(inner) => entries.push(entry("points", below.clone())),
        DataValue::Map(inner) => entries.extend(inner.iter().cloned()),
        DataValue::Seq(_) => entries.push(entry("points", below.clone())),
        DataValue::Scalar { .. } => entries.push(entry("text", below.clone())),
        DataValue::Null => {}
    }
    DataNode::new(DataValue::Map(entries), below.range.clone())
}

/// The sections of one item: a chapter may hold a text, a table and points, in the order of its
/// keys.
fn chapter(at: &At<'_>) -> Option<Vec<Section>> {
    if matches!(at.node.value, DataValue::Scalar { .. }) {
        return Type::Text.read_first_class(at).map(|section| vec![section]);
    }
    let DataValue::Map(entries) = &at.node.value else {
        return at.expected(say!("a section (a map of keys)"));
    };
    // «- Общие положения:» and a list below it: a heading that YAML took for a key.
    if let [(key, below)] = entries.as_slice()
        && (key.text.contains(' ') || key.text.starts_with(char::is_uppercase))
        && !key.text.is_ascii()
        && !is_one_of(&key.text, &CHAPTER_KEYS)
        && !Type::WORDS.iter().any(|(word, _)| is_key(&key.text, word))
    {
        let node = under(key, below);
        return chapter(&At { node: &node, ..*at });
    }
    let asked = |item: &DataNode| match &item.value {
        DataValue::Map(keys) => keys.iter().any(|(key, _)| {
            ["heard", "spoke", "decided"].iter().any(|asked| is_key(&key.text, asked))
        }),
        _ => false,
    };
    let questions = entries.iter().any(|(key, node)| {
        let DataValue::Seq(items) = &node.value else { return false };
        is_key(&key.text, "items") && items.iter().any(asked)
    });
    let arranged = arrange::chapter(at.node);
    let at = &At { node: arranged.as_ref().unwrap_or(at.node), ..*at };
    if at.has(&["type"]) {
        return Section::read(at).map(|section| vec![section]);
    } else if questions {
        return Some(vec![Type::Agenda.read_map(at, false)]);
    } else if at.has(&["columns", "rows"]) {
        return Some(vec![Type::Table.read_map(at, false)]);
    } else if at.has(&["recitals", "resolves"]) {
        return Some(vec![Type::Preamble.read_map(at, false)]);
    }
    Some(Map::read(at, chapter_fields))
}

/// The keys of a chapter.
fn chapter_fields(map: &mut Map<'_>) -> Vec<Section> {
    let heading = map.opt("heading", "Заголовок раздела");
    let heading_numbering =
        map.opt("heading_numbering", "Нумерация заголовка: 1, I, Раздел I, Глава 1");
    let numbering: Option<Numbering> = map.opt("numbering", Numbering::DOC);
    let start: Option<u32> = map.opt("start", "С какого числа начать; 1 — нумеровать заново");
    let nested: Option<bool> =
        map.opt("nested", "true: номера начинаются с номера заголовка, 1.1 под заголовком I");
    let mut sections = document::body(map);
    for points in sections.iter_mut().filter_map(|section| section.body.points_mut()) {
        points.numbering = points.numbering.or(numbering);
        points.start = points.start.or(start);
        points.nested |= nested.unwrap_or_default();
    }
    // A heading alone is a section, too: the title of those that follow.
    if sections.first().is_none_or(|first| first.heading.is_some()) {
        let body = Body::Text(Paragraphs::default());
        sections.insert(0, Section { body, heading: None, heading_numbering: None });
    }
    if let Some(first) = sections.first_mut() {
        first.heading = heading;
        first.heading_numbering = heading_numbering;
    }
    sections
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

/// Whether a participial phrase ends a text, so that a comma stands before the verb: «Участники,
/// обсудив доклады» and then «отмечают».
fn lacks_comma(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "обсудив",
        "заслушав",
        "рассмотрев",
        "изучив",
        "проанализировав",
        "обменявшись",
        "подведя",
        "отмечая",
        "учитывая",
        "выражая",
        "ознакомившись",
        "руководствуясь",
        "выслушав",
        "признавая",
    ];
    let text = text.trim_end();
    let mut parts = text.split(", ").skip(1);
    let participle = |part: &str| {
        let part = part.trim_start();
        let part = part.strip_prefix("и ").unwrap_or(part);
        WORDS.iter().any(|word| part.starts_with(word))
    };
    // «…, Совет» is the subject, after which no comma stands.
    let subject = text.rsplit(", ").next().is_some_and(|last| last.starts_with(char::is_uppercase));
    !text.ends_with(',') && !subject && parts.any(participle)
}

impl Preamble {
    /// Ends the sentence with its verb, which may bring a subject: «…, Совет решил».
    pub(super) fn close(&mut self, verb: String) {
        // «Совет решил», «президиум постановляет», but «единогласно решили».
        let first = verb.split_whitespace().next().unwrap_or_default();
        let said = first.ends_with('о') || arrange::verb(first).is_some();
        let named = verb.contains(' ')
            && !said
            && arrange::verb(verb.rsplit(' ').next().unwrap_or_default()).is_some();
        let subject = named || verb.starts_with(char::is_uppercase) && verb.contains(' ');
        if subject && let Some(text) = self.text.as_mut().filter(|text| !text.ends_with(',')) {
            text.push(',');
        }
        if let Some(text) = self.text.as_mut().filter(|text| !subject && lacks_comma(text)) {
            text.push(',');
        }
        let shout = verb.chars().filter(|c| c.is_uppercase()).count() > 1;
        self.resolves = Some(if subject || shout { verb } else { verb.to_lowercase() });
    }

    /// Whether its sentence goes on with a verb.
    pub(super) fn is_open(&self) -> bool {
        let ends = |text: &String| {
            let text = text.trim_end();
            text.ends_with(['.', '!', '?', ':', ';']) && !number::ends_with_initial(text)
        };
        self.resolves.is_none() && !self.recitals.last().or(self.text.as_ref()).is_some_and(ends)
    }
}

/// A text in which a line that follows a whole sentence is a paragraph of its own.
fn in_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if out.ends_with(['.', '!', '?']) && !line.trim().is_empty() {
            out.push('\n');
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line.trim_end());
    }
    out
}

impl Fields for Preamble {
    const NAME: &'static str = "preamble";
    const WHAT: (&'static str, &'static str) = ("a preamble", "Преамбула");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            text: map.opt("text", "Текст преамбулы").map(|text: String| in_paragraphs(&text)),
            recitals: map.some("recitals", "Основания: заслушав…, обсудив…, каждое с новой строки"),
            resolves: map.opt("resolves", "Глагол: постановили, решили"),
        }
    }
}

/// A list of points.
///
/// Numbers go on from list to list through all sections; those of an appendix begin anew. What has
/// no number is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Points {
    /// How the points are marked. Where the data do not tell, what custom asks for.
    pub numbering: Option<Numbering>,
    /// From which number the list begins; without it, numbers go on.
    pub start: Option<u32>,
    /// Whether the numbers begin with that of the heading: «I. Общие положения», then 1.1.
    pub nested: bool,
    /// The points.
    pub items: Vec<Item>,
}

impl Points {
    fn fields<T: Lift>(map: &mut Map<'_>) -> Self {
        Self {
            numbering: map.opt("numbering", Numbering::DOC),
            start: map.opt("start", "С какого числа начать; 1 — нумеровать заново"),
            nested: map
                .opt("nested", "true: номера начинаются с номера заголовка, 1.1 под заголовком I")
                .unwrap_or_default(),
            items: map
                .get_with("items", true, "Пункты", items_schema::<T>, read_items::<T>)
                .unwrap_or_default(),
        }
    }
}

/// How the points of a list are marked, written as the mark of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// `1`: 1. 2. 3.
    Decimal,
    /// `1.1`: numbers that hold those of the point above.
    Outline,
    /// `1)`: 1) 2) 3)
    Parenthesis,
    /// `а`: а) б) в)
    Letters,
    /// `I`: I. II. III.
    Roman,
    /// `•`.
    Bullets,
    /// `—`.
    Dashes,
    /// `none`: no mark.
    None,
}

choice!(pub Numbering, "a numbering", {
    Decimal = "1", Outline = "1.1", Parenthesis = "1)", Letters = "а", Roman = "I", Bullets = "•",
    Dashes = "—", None = "none",
});

impl Numbering {
    /// What the key says.
    pub(super) const DOC: &'static str = "Нумерация: 1, 1.1, 1), а, I, •, — или none";

    /// Whether the numbers go on from list to list.
    pub(super) fn counts_on(self) -> bool {
        // Letters and marks serve the sub-points of one text; nobody refers to them from another
        // list.
        matches!(self, Self::Decimal | Self::Outline | Self::Parenthesis | Self::Roman)
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

/// The questions of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// The questions, in order.
    pub items: Vec<AgendaItem>,
    /// The word before what was decided: «РЕШИЛИ», «ПОСТАНОВИЛИ».
    pub resolves: Option<String>,
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
    /// Вопросы и ответы.
    pub questions: Vec<Speaker>,
    /// Решили (постановили).
    pub decided: Vec<Item>,
    /// Голосовали.
    pub vote: Option<Vote>,
    /// Особое мнение.
    pub dissent: Vec<Speaker>,
    /// How the decisions are numbered; without it 1.1, 1.2 after the question's number.
    pub numbering: Option<Numbering>,
}

impl Fields for AgendaItem {
    const NAME: &'static str = "agenda-item";
    const WHAT: (&'static str, &'static str) = ("a question of the agenda", "Вопрос повестки дня");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|title| Self { title, ..Self::default() });

    fn mended(node: &DataNode) -> Option<DataNode> {
        arrange::question(node)
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            title: map.opt("title", "Вопрос").unwrap_or_default(),
            heard: map.some("heard", "Слушали"),
            spoke: map.some("spoke", "Выступили"),
            questions: map.some("questions", "Вопросы (text) и ответы (answer)"),
            decided: map.some("decided", "Решили"),
            vote: map
                .opt("vote", "Голосовали: числа, имена или «единогласно»")
                .map(|ToldVote(vote)| vote),
            dissent: map.some("dissent", "Особое мнение: кто и какое"),
            numbering: map.opt("numbering", "Нумерация решений: 1.1, 1, 1), а, — или none"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        // «СЛУШАЛИ» says by itself what a question was about.
        if !at.has(&["title", "heard", "spoke", "decided"]) {
            at.report(Diagnostic::error(
                "missing-key",
                say!("the key `{key}` is missing", key = "title"),
            ));
        }
    }
}
