//! Sections whose keys are words of the writer's own: headings, labels of lines, verbs that lead
//! to points.

use serde_json::json;

use super::{Body, Numbering, Paragraphs, Points, Preamble, Section, Type};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::{capital, uncapital};
use crate::model::item::{self, Item, read_items};
use crate::model::read::{At, Map, Read};
use crate::model::russian::{is_key, is_one_of};
use crate::model::schema::Defs;
use crate::model::tree::{DataNode, DataValue, MapKey, Path, entry};
use crate::model::{Act, Deed, Person, arrange, document, number};

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

/// The points of a text in which they are numbered in a row from 1.
pub(in crate::model) fn numbered_run(text: &str) -> Option<Vec<&str>> {
    run(text, (1..=MOST_IN_A_RUN).map(|number| format!("{number}. ")))
}

/// The points of a text that begins with the mark of the first: «1. … 2. …», «1) … 2) …», «а) … б)
/// …».
pub(in crate::model) fn marked_run(text: &str) -> Option<Vec<&str>> {
    let closed = || run(text, (1..=MOST_IN_A_RUN).map(|number| format!("{number}) ")));
    let lettered = || run(text, "абвгдежзиклмнопрст".chars().map(|letter| format!("{letter}) ")));
    // «2.1. … 2.2. …» below «2. Библиотекам области:».
    let above = text.trim().split_once("1. ").map(|(above, _)| above).filter(|above| {
        above.ends_with('.') && above.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    let nested = || {
        let above = above?;
        run(text, (1..=MOST_IN_A_RUN).map(|number| format!("{above}{number}. ")))
    };
    numbered_run(text).or_else(nested).or_else(closed).or_else(lettered)
}

/// The pieces of a text each of which begins with the next one of the marks.
fn run(text: &str, marks: impl Iterator<Item = String>) -> Option<Vec<&str>> {
    let mut rest = text.trim();
    let mut pieces = Vec::new();
    let mut marks = marks.peekable();
    while let Some(mark) = marks.next() {
        if !rest.starts_with(&mark) {
            return None;
        }
        let next = marks.peek().and_then(|next| {
            [' ', '\n'].iter().find_map(|blank| rest.find(&format!("{blank}{next}")))
        });
        let Some(end) = next else {
            pieces.push(rest);
            break;
        };
        pieces.push(rest[..end].trim_end());
        rest = &rest[end + 1..];
    }
    (pieces.len() > 1).then_some(pieces)
}

/// More points than that nobody types as one text.
const MOST_IN_A_RUN: usize = 99;

/// Whether the keys of a map lead to what stands below them: «Министерству культуры:» and a list.
pub(super) fn are_leads(entries: &[(MapKey, DataNode)]) -> bool {
    let below = |node: &DataNode| matches!(node.value, DataValue::Seq(_) | DataValue::Map(_));
    let lists = entries.iter().any(|(_, node)| below(node));
    let lead = |(key, node): &(MapKey, DataNode)| {
        let says = !matches!(node.value, DataValue::Null);
        item::is_phrase(&key.text) && says && !item::is_item_key(&key.text)
    };
    lists && entries.iter().all(lead)
}

/// Whether the keys of a map are those to whom what stands below them is addressed: «Министерству
/// культуры: […]», «СМИ: […]».
fn are_addressees(entries: &[(MapKey, DataNode)]) -> bool {
    const DATIVE: [&str; 7] = ["у", "ю", "ам", "ям", "ому", "ему", "ым"];
    let dative = |(key, _): &(MapKey, DataNode)| {
        let first = key.text.split_whitespace().next().unwrap_or_default();
        DATIVE.iter().any(|end| first.ends_with(end)) && first.starts_with(char::is_uppercase)
    };
    let acronym = |(key, _): &(MapKey, DataNode)| {
        let first = key.text.split_whitespace().next().unwrap_or_default();
        first.chars().count() > 1 && first.chars().all(char::is_uppercase)
    };
    are_leads(entries)
        && entries.first().is_some_and(dative)
        && entries.iter().all(|own| dative(own) || acronym(own))
}

/// Whether all keys of a map begin with numbers, which some of them are whole: «1. Департаменту:
/// […]» and «2: Школам провести …».
pub(super) fn are_mixed(entries: &[(MapKey, DataNode)]) -> bool {
    let begins = |own: &(MapKey, DataNode)| {
        let text = own.0.text.as_str();
        let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let letter = text.chars().next().filter(|c| c.is_lowercase()).map_or(0, char::len_utf8);
        is_mark(&own.0)
            || bare.len() < text.len() && bare.starts_with([')', ' '])
            || letter > 0 && text[letter..].starts_with(") ")
    };
    // «2.1. Основные цели» and lines with «а)» are no chapter of their own below «Глава 2».
    let deep = |key: &MapKey| number::typed(&key.text).is_some_and(|number| number.contains('.'));
    let leads = |(key, node): &(MapKey, DataNode)| deep(key) && marked_lines(node).is_some();
    entries.iter().any(|own| is_mark(&own.0) || leads(own)) && entries.iter().all(begins)
}

/// The lines of a text each of which has its mark, as a list: «а) …», «б) …».
pub(super) fn marked_lines(node: &DataNode) -> Option<DataNode> {
    let text = node.text().filter(|text| text.contains('\n'))?;
    if !text.lines().all(number::is_marked) {
        return None;
    }
    let lines = text.lines().map(|line| DataNode::said(line.trim(), &node.range));
    Some(DataNode::new(DataValue::Seq(lines.collect()), node.range.clone()))
}

/// Whether a key is a number or a letter, and no more.
pub(super) fn is_mark(key: &MapKey) -> bool {
    let mut letters = key.text.trim_end_matches([')', '.']).chars();
    let letter = letters.next().is_some_and(char::is_lowercase) && letters.next().is_none();
    letter
        || key.text.starts_with(|c: char| c.is_ascii_digit())
            && key.text.chars().all(|c| c.is_ascii_digit() || ".)".contains(c))
}

/// Whether the keys of a map are labels of lines: no key of a point, nor anything like one.
pub(super) fn are_labels(entries: &[(MapKey, DataNode)]) -> bool {
    let label = |(key, node): &(MapKey, DataNode)| {
        let scalar = matches!(node.value, DataValue::Scalar { .. });
        scalar && item::is_phrase(&key.text) && !item::is_near_item_key(&key.text)
    };
    entries.len() > 1 && entries.iter().all(label)
}

/// Whether the keys of a map number its values: «1», «2.1.», or «а», «б».
pub(in crate::model) fn are_numbers(entries: &[(MapKey, DataNode)]) -> bool {
    let number = |(key, _): &(MapKey, DataNode)| {
        is_mark(key) && key.text.starts_with(|c: char| c.is_ascii_digit())
    };
    entries.iter().all(number) || are_letters(entries)
}

/// Whether the keys of a map are letters in their order.
fn are_letters(entries: &[(MapKey, DataNode)]) -> bool {
    let run = |letters: &str| {
        let mut letters = letters.chars();
        let next = |(key, _): &(MapKey, DataNode)| {
            let mut own = key.text.trim_end_matches([')', '.']).chars();
            own.next() == letters.next() && own.next().is_none()
        };
        entries.iter().all(next)
    };
    entries.len() > 1
        && (run("абвгдежзиклмнопрст") || run("абвгдежзийклмнопрст") || run("abcdefghijklmnopqrst"))
}

/// A value that its key numbers, as an item with the number typed before its text.
fn numbered((key, node): &(MapKey, DataNode)) -> DataNode {
    let number = key.text.trim_end_matches(['.', ')']);
    let counted = number.starts_with(|c: char| c.is_ascii_digit()) && !key.text.ends_with(')');
    let sign = if counted { '.' } else { ')' };
    let value = match &node.value {
        DataValue::Scalar { text, .. } => {
            DataValue::Scalar { text: format!("{number}{sign} {text}"), plain: false }
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

/// Values that their keys number, as items. «2. Библиотекам области» leads to 2.1.
pub(super) fn all_numbered(entries: &[(MapKey, DataNode)]) -> Vec<DataNode> {
    let mut nodes: Vec<DataNode> = entries.iter().map(numbered).collect();
    for (at, pair) in entries.windows(2).enumerate() {
        let (above, below) = (pair[0].0.text.trim_end_matches(['.', ')']), &pair[1].0.text);
        let leads = below.strip_prefix(above).is_some_and(|rest| {
            rest.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        });
        if let DataValue::Scalar { text, .. } = &mut nodes[at].value
            && leads
            && text.ends_with(|c: char| c.is_alphanumeric() || c == '»')
        {
            text.push(':');
        }
    }
    // «2.1: Стороны обязуются:» and «2.2: […]»: the list belongs to the sentence that leads to it.
    let nodes = DataNode::new(DataValue::Seq(nodes), 0..0);
    match item::below_colon(&nodes).unwrap_or(nodes).value {
        DataValue::Seq(nodes) => nodes,
        _ => Vec::new(),
    }
}

/// Sections as they may be written: each with its `type`, or as a chapter whose keys say what is in
/// it; or a map of headings and of what stands below them.
pub(in crate::model) struct Chapters(pub(in crate::model) Vec<Section>);

impl Read for Chapters {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut all = Vec::new();
        match &at.node.value {
            DataValue::Map(_) => at.entries(|key, entry| {
                let node = under(key, entry.node);
                let mut sections = chapter(&At { node: &node, ..entry }).unwrap_or_default();
                dash_phrases(&mut sections);
                all.extend(sections);
            }),
            DataValue::Seq(items) if let Some(titled) = below_titles(items) => {
                let node = DataNode::new(DataValue::Seq(titled), at.node.range.clone());
                let at = At { node: &node, ..*at };
                at.each(|at| all.extend(chapter(at).unwrap_or_default()))
            }
            _ => at.each(|at| {
                let mut sections = chapter(at).unwrap_or_default();
                // One alone may be a line of any kind.
                let short =
                    |s: &mut Section| s.body.points_mut().is_some_and(|p| p.items.len() < 2);
                if !sections.iter_mut().any(short) {
                    dash_phrases(&mut sections);
                }
                all.extend(sections);
            }),
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

/// A list of phrases below a heading has dashes.
fn dash_phrases(sections: &mut [Section]) {
    let phrase = |item: &Item| {
        item.items.is_empty()
            && item.text.as_deref().is_some_and(|text| {
                text.starts_with(char::is_lowercase) && !number::is_marked(text)
            })
    };
    for points in sections.iter_mut().filter_map(|section| section.body.points_mut()) {
        if points.numbering.is_none() && points.items.iter().all(phrase) {
            points.numbering = Some(Numbering::Dashes);
        }
    }
}

/// «после таблицы: …», «ниже: …» say where a text stands, and no more.
pub(in crate::model) fn placed(key: &MapKey, at: &At<'_>) -> Option<Section> {
    let small = key.text.trim().trim_end_matches(':').to_lowercase();
    let small = small.strip_prefix("текст ").unwrap_or(&small);
    let first = ["после ", "перед ", "под ", "до ", "ниже "].iter();
    let place = first.clone().any(|word| small.starts_with(word));
    let of = ["таблиц", "списк", "спис", "текст", "пункт"];
    let named =
        small.split(' ').nth(1).is_some_and(|word| of.iter().any(|of| word.starts_with(of)));
    if !(place && named && small.split(' ').count() == 2 || ["ниже", "далее"].contains(&small))
    {
        return None;
    }
    Type::Text.read_first_class(at)
}

/// The sections of a document's key that is none of its own but a heading: «Цель: …», «Выводы:
/// […]».
pub(in crate::model) fn headed(key: &MapKey, at: &At<'_>) -> Vec<Section> {
    let node = under(key, at.node);
    let mut sections = chapter(&At { node: &node, ..*at }).unwrap_or_default();
    dash_phrases(&mut sections);
    // A list below such a heading is one by itself, counted from 1.
    for points in sections.iter_mut().filter_map(|section| section.body.points_mut()) {
        // «3. Выводы» is counted with the headings before it.
        if !key.text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            points.start = points.start.or(Some(1));
        }
        // One alone has nothing to be told from.
        let bare = |item: &Item| item.text.as_deref().is_some_and(|text| !number::is_marked(text));
        if let ([item], None) = (points.items.as_slice(), points.numbering)
            && item.items.is_empty()
            && item.number.is_none()
            && bare(item)
        {
            points.numbering = Some(Numbering::None);
        }
    }
    sections
}

/// A line of the text whose label is a key of the writer's own: «Стоимость: 96 000 руб.» Longer
/// texts and lists stand below a heading, and so does all that follows another heading (`below`).
// Over 60 lines: each way in which a label goes on has its own words.
pub(in crate::model) fn labelled(key: &MapKey, at: &At<'_>, below: bool) -> Option<Section> {
    if let DataValue::Map(entries) = &at.node.value {
        return parts_of_label(key, entries);
    }
    let label = key.text.trim().trim_end_matches(':');
    // «Претензий стороны не имеют:» with nothing behind it is a sentence.
    if let DataValue::Null = at.node.value {
        let text = format!("{}.", capital(label.trim_end_matches('.')));
        let body = Body::Text(Paragraphs { paragraphs: vec![text] });
        return Some(Section { body, heading: None, heading_numbering: None });
    }
    let text = at.node.text()?;
    let text = text.trim();
    // «принята единогласно: да» says what the label says.
    if is_said_by_itself(label) && ["да", "true", "yes"].contains(&text.to_lowercase().as_str()) {
        let body = Body::Text(Paragraphs { paragraphs: vec![format!("{}.", capital(label))] });
        return Some(Section { body, heading: None, heading_numbering: None });
    }
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
    let small_text = text.starts_with(char::is_lowercase);
    let goes_on = [
        "прошу",
        "вход",
        "для предъявления",
        "действителен до",
        "действительна до",
        "выдана для",
        "настоящим",
        "в присутствии",
        "действителен",
        "действительна",
        "действительно",
        "образец подписи",
        "обеспокоены",
        "озабочены",
        "убеждены",
        "уверены",
    ]
    .contains(&small.as_str())
        || small_text && (arrange::goes_on(label) || is_predicate(label, text))
        // «Жюри рассмотрело: 57 работ в трёх номинациях»
        || is_counted(&small, text);
    let sentence = label.contains(',') || goes_on || small_text;
    let sentence = sentence && !text.contains('\n');
    if !sentence && (!short || text.contains('\n') || text.chars().count() > 80) {
        return None;
    }
    // «Для предъявления по месту требования» goes on without a colon.
    // «Характеристика дана: для предъявления …» is one sentence, too.
    let given = [
        "дан",
        "дана",
        "дано",
        "ован",
        "ована",
        "овано",
        "лен",
        "лена",
        "лено",
        "ждена",
        "рено",
        "рена",
        "рены",
    ];
    let verb = small.split(' ').next_back().unwrap_or_default();
    let given = given.iter().any(|end| verb.ends_with(end)) && small_text;
    // Below the list of another heading a line would seem to belong to it; a figure does.
    // «План выполнен на 92%» is a sentence with a figure in it.
    let begin = text.split_whitespace().take(2);
    let figure = begin.collect::<String>().contains(|c: char| c.is_ascii_digit())
        && text.split_whitespace().count() < 6;
    if below && !(given || goes_on || figure || label.contains(',')) {
        return None;
    }
    // «Довожу до вашего сведения: температура упала» is one sentence of two.
    let tells = ["довожу", "доводим", "сообща", "информиру", "уведомля", "извеща"];
    let tells = small_text && tells.iter().any(|verb| small.starts_with(verb));
    let of = ["что", "о", "об"].contains(&text.split(' ').next().unwrap_or_default());
    let sign = match () {
        () if tells && text.starts_with("что ") => ",",
        () if tells && !of => ", что",
        () if given || goes_on => "",
        () => ":",
    };
    let label = match small.as_str() {
        "фио" | "ф.и.о." | "ф. и. о." => "Ф. И. О.".to_owned(),
        "фамилия имя отчество" => "Фамилия, имя, отчество".to_owned(),
        "инн" | "кпп" | "огрн" | "снилс" => small.to_uppercase(),
        _ => capital(label),
    };
    let ended = text.ends_with(|c: char| !(c.is_alphanumeric() || c == '»'));
    // «Участники: 186 делегатов из 14 муниципальных районов» is a sentence, unlike what stands in
    // a form; «передано следующее» leads on.
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let phrase = !text.starts_with(char::is_uppercase)
        && last.starts_with(char::is_lowercase)
        && words.count() > 3
        && !text.contains('@')
        && !text.contains(" следующ");
    let stop = if (goes_on || given || phrase) && !ended { "." } else { "" };
    let paragraphs = vec![format!("{label}{sign} {text}{stop}")];
    let body = Body::Text(Paragraphs { paragraphs });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// Whether a label is who did something and the text how much: «жюри рассмотрело», «57 работ».
fn is_counted(label: &str, text: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let figure = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(' ');
    let past = ["ло", "ла", "ли", "л"];
    let verb = words
        .last()
        .is_some_and(|last| arrange::is_verb(last) && past.iter().any(|end| last.ends_with(end)));
    words.len() > 1 && figure && verb
}

/// «Принято единогласно», «принята единогласно», «утверждён единогласно».
fn is_said_by_itself(label: &str) -> bool {
    let label = label.to_lowercase();
    label.split(' ').count() > 1
        && ["принят", "утвержд", "одобрен", "поддержан"].iter().any(|own| label.starts_with(own))
}

/// «С уставом: ознакомлена», «на обработку данных: согласен»: what is said of the label's words.
fn is_predicate(label: &str, text: &str) -> bool {
    const FIRST: [&str; 10] = ["с", "со", "к", "на", "в", "против", "по", "для", "о", "об"];
    let mut words = text.split_whitespace();
    let first = label.split_whitespace().next().unwrap_or_default().to_lowercase();
    let short = words.clone().count() <= 3;
    FIRST.contains(&first.as_str()) && short && words.any(|w| w == "не" || arrange::is_verb(w))
}

/// «Оргкомитету: Подготовить сборник …» is a point that says who does it.
pub(in crate::model) fn entrusted(key: &MapKey, at: &At<'_>) -> Option<Section> {
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
    // «Прошу: зачислить …» entrusts nobody.
    if !dative.iter().any(|end| first.ends_with(end)) || arrange::is_verb(&first) {
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
pub(in crate::model) fn announced(key: &MapKey, at: &At<'_>) -> Option<Vec<Section>> {
    const WORDS: [&str; 3] = ["в программе", "вас ждут", "требуется"];
    let DataValue::Seq(items) = &at.node.value else { return None };
    let label = key.text.trim().trim_end_matches(':');
    let words = items.iter().all(|item| matches!(item.value, DataValue::Scalar { .. }));
    let led = WORDS.contains(&label.to_lowercase().as_str()) || arrange::goes_on(label);
    if !words || !led {
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

/// «призываем: молодёжь присоединиться к Декларации» is one sentence without its colon.
fn called(verb: &str, node: &DataNode) -> Option<Section> {
    const VERBS: [&str; 3] = ["призыва", "приглаша", "прос"];
    let last = verb.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    // The only thing that a party of a contract must do is no list.
    let binds = last.starts_with("обяз") || ["вправе", "может", "должна"].contains(&&*last);
    let text = match &node.value {
        DataValue::Seq(items) if binds => match items.as_slice() {
            [one] => one.text()?,
            _ => return None,
        },
        _ => node.text()?,
    };
    let text = text.trim();
    let goes_on = text.starts_with(char::is_lowercase) && !text.contains('\n');
    let calls = binds || VERBS.iter().any(|own| last.starts_with(own));
    if !goes_on || number::is_marked(text) || !calls {
        return None;
    }
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    let paragraphs = vec![format!("{} {text}{stop}", capital(verb))];
    let body = Body::Text(Paragraphs { paragraphs });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// A verb that is a key and the points below it, counted by themselves.
pub(in crate::model) fn resolved(verb: &str, key: &MapKey, at: &At<'_>) -> Vec<Section> {
    if let Some(sentence) = called(verb, at.node) {
        return vec![sentence];
    }
    // With its subject it may end a sentence: «…, президиум постановляет».
    let resolves = Some(if verb.contains(' ') { verb.to_owned() } else { capital(verb) });
    let body = Body::Preamble(Preamble { resolves, ..Preamble::default() });
    let led = Section { body, heading: None, heading_numbering: None };
    let path = Path::Key(at.path, &key.text);
    let mut points = Type::Points.read_first_class(&At { path: &path, ..*at });
    if let Some(points) = points.as_mut().and_then(|section| section.body.points_mut()) {
        points.start = points.start.or(Some(1));
        // One alone has nothing to be told from.
        if let ([item], None) = (points.items.as_mut_slice(), points.numbering)
            && item.items.is_empty()
            && item.number.is_none()
            && let Some(text) = item.text.as_mut().filter(|text| !number::is_marked(text))
        {
            *text = capital(text);
            points.numbering = Some(Numbering::None);
            points.start = None;
        }
        // «рекомендовать: {школам: […]}»: each addressee begins a point.
        if points.items.iter().any(|item| item.lead.is_some()) {
            for said in points.items.iter_mut().flat_map(|i| i.lead.iter_mut().chain(&mut i.text)) {
                *said = capital(said);
            }
        }
    }
    std::iter::once(led).chain(points).collect()
}

/// «Участники выражают благодарность: музею «Береста» за встречу» is one sentence, which a colon
/// has cut.
fn thanked_in_words(key: &str, node: &DataNode) -> Option<Section> {
    const DATIVE: [&str; 6] = ["у", "ю", "ам", "ям", "ым", "им"];
    let phrase = key.trim().trim_end_matches(':').trim_end();
    let thanks = ["благодарность", "признательность"].iter().any(|word| phrase.ends_with(word));
    let text = node.text()?.trim().trim_end_matches('.');
    let first = text.split([' ', '-']).next().unwrap_or_default();
    let dative = DATIVE.iter().any(|end| first.ends_with(end));
    if !thanks || !dative || !text.starts_with(char::is_lowercase) || text.contains('\n') {
        return None;
    }
    let paragraphs = vec![format!("{} {text}.", capital(phrase))];
    let body = Body::Text(Paragraphs { paragraphs });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// «участники форума благодарят:» and those who are thanked: one list below the verb, whose case
/// they stand in. What is typed in its case already stays so.
pub(in crate::model) fn thanked(key: &MapKey, at: &At<'_>) -> Option<Vec<Section>> {
    if !arrange::thanks(&key.text) {
        return None;
    }
    let path = Path::Key(at.path, &key.text);
    let at = &At { path: &path, ..*at };
    if let Some(sentence) = thanked_in_words(&key.text, at.node) {
        return Some(vec![sentence]);
    }
    let mut to = Vec::new();
    match &at.node.value {
        DataValue::Seq(items) => {
            let list = |item: &DataNode| match &item.value {
                DataValue::Map(entries) => item::is_lead(entries),
                _ => false,
            };
            // «организаторам: […]»: leads to lists of their own.
            if items.iter().any(list) {
                return None;
            }
            at.each(|at| to.extend(thanked_one(at).map(|one| told_case(one, &key.text, at))))
        }
        DataValue::Map(_) => at.entries(|whom, at| to.extend(thanked_for(whom, &at))),
        DataValue::Scalar { text, .. } => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            to.extend(lines.map(Person::thanked));
            true
        }
        DataValue::Null => return None,
    };
    let phrase = key.text.trim().trim_end_matches(':').trim_end();
    // Without a subject it may end a sentence: «Участники форума, …, благодарят».
    let resolves = Some(phrase.to_owned());
    let body = Body::Preamble(Preamble { resolves, ..Preamble::default() });
    let led = Section { body, heading: None, heading_numbering: None };
    let act = Act { deed: Deed::Named, text: Some(phrase.to_owned()), to, ..Act::default() };
    let items = vec![Item { act: Some(act), ..Item::default() }];
    let numbering = Some(Numbering::None);
    let body = Body::Points(Points { items, numbering, ..Points::default() });
    Some(vec![led, Section { body, heading: None, heading_numbering: None }])
}

/// Tells that a text stands in a case of which nobody knows whether it is the verb's.
fn told_case(person: Person, phrase: &str, at: &At<'_>) -> Person {
    const DATIVE: [&str; 9] = ["у", "ю", "ам", "ям", "ему", "ому", "ем", "им", "ой"];
    const ACCUSATIVE: [&str; 8] = ["ов", "ев", "ей", "их", "ых", "ех", "у", "ю"];
    let whom = person.name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let accusative = ["благодарят", "благодарим", "благодарит"];
    let dative = !accusative.iter().any(|verb| phrase.to_lowercase().contains(verb));
    let known = if dative { &DATIVE[..] } else { &ACCUSATIVE[..] };
    if !person.decline && !whom.is_ascii() && !known.iter().any(|end| whom.ends_with(end)) {
        let what = say!("this thanks is printed as it stands: to whom it is was not understood");
        at.report(Diagnostic::warning("thanks-to-whom", what).hint(say!(
            "write `{key}`, people in the nominative, or the whole sentence",
            key = "{to: …, for: …}"
        )));
    }
    person
}

/// One of those who are thanked, as a text or as `{кому: …, за: …}`.
fn thanked_one(at: &At<'_>) -> Option<Person> {
    if let DataValue::Scalar { text, .. } = &at.node.value {
        return Some(Person::thanked(text));
    }
    if let DataValue::Map(entries) = &at.node.value
        && let Some((_, DataNode { value: DataValue::Scalar { text, .. }, .. })) =
            entries.iter().find(|(key, _)| is_one_of(&key.text, &["to", "to_collectives"]))
    {
        let reason = entries.iter().find(|(key, _)| is_key(&key.text, "for"));
        let reason = reason.and_then(|(_, node)| node.text()).map(str::to_owned);
        let person = Person::thanked(text);
        return Some(Person { reason: reason.or(person.reason.clone()), ..person });
    }
    if let DataValue::Map(entries) = &at.node.value
        && let [(key, node)] = entries.as_slice()
        && !is_key(&key.text, "name")
    {
        return thanked_for(key, &At { node, ..*at });
    }
    Person::read(at)
}

/// «Музею «Михайловское»: за гостеприимство».
fn thanked_for(key: &MapKey, at: &At<'_>) -> Option<Person> {
    let reason = at.node.text().unwrap_or_default().trim();
    let sign = if reason.is_empty() { "" } else { " — " };
    Some(Person::thanked(&format!("{}{sign}{reason}", key.text.trim())))
}

/// A label and what it says, as one text.
pub(super) fn line((key, node): &(MapKey, DataNode)) -> DataNode {
    let Some(text) = node.text() else { return node.clone() };
    let text = format!("{}: {text}", key.text.trim());
    DataNode::said(text, &node.range)
}

/// The same as a line of its own, which begins with a capital letter.
fn sentence_line((key, node): &(MapKey, DataNode)) -> DataNode {
    line(&(MapKey { text: capital(key.text.trim()), range: key.range.clone() }, node.clone()))
}

/// Whether the keys of a map are labels of figures and words.
fn are_figures(entries: &[(MapKey, DataNode)]) -> bool {
    let own = |key: &str| {
        is_one_of(key, &CHAPTER_KEYS) || Type::WORDS.iter().any(|(word, _)| is_key(key, word))
    };
    entries.iter().all(|(key, node)| {
        let scalar = matches!(node.value, DataValue::Scalar { .. });
        // «2026/27», «2026» are labels, too; «1» is a number.
        let year = key.text.get(..4).is_some_and(|y| y.chars().all(|c| c.is_ascii_digit()));
        // «2.1. Основные цели: а) …» in lines leads to its parts.
        let leads = marked_lines(node).is_some();
        scalar && !leads && (!key.text.is_ascii() || year) && !own(&key.text)
    })
}

/// The lines of labels of which some have a text and some a short list: «1 место: …», «3 место: [а,
/// б]».
fn short_lists(entries: &[(MapKey, DataNode)]) -> Option<Vec<DataNode>> {
    // A longer list stands below its label.
    const MOST: usize = 4;
    let joined = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Seq(all) = &node.value else { return Some((key.clone(), node.clone())) };
        let texts: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
        let texts = texts.filter(|texts| texts.len() <= MOST)?;
        let bare: Vec<&str> = texts.iter().map(|text| text.trim_end_matches([';', ','])).collect();
        let text = DataValue::Scalar { text: bare.join("; "), plain: false };
        Some((key.clone(), DataNode::new(text, node.range.clone())))
    };
    if !entries.iter().any(|(_, node)| matches!(node.value, DataValue::Scalar { .. })) {
        return None;
    }
    let entries: Option<Vec<(MapKey, DataNode)>> = entries.iter().map(joined).collect();
    let entries = entries.filter(|entries| are_figures(entries))?;
    Some(entries.iter().map(sentence_line).collect())
}

/// «Реквизиты сторон: {Заказчик: […], Исполнитель: […]}»: a column for each, with its lines.
fn parties(heading: &MapKey, entries: &[(MapKey, DataNode)]) -> Option<DataValue> {
    let small = heading.text.to_lowercase();
    let lines = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => Some(text.trim().to_owned()),
        DataValue::Seq(all) => {
            let texts: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
            Some(texts?.join("\n"))
        }
        _ => None,
    };
    // «Обязанности сторон» has points below it.
    let bare = small.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c));
    let of = bare.starts_with("стороны")
        || bare.starts_with("подписи сторон")
        || bare.contains("реквизит");
    let listed = entries.iter().any(|(_, node)| match &node.value {
        DataValue::Scalar { text, .. } => text.trim().contains('\n'),
        value => matches!(value, DataValue::Seq(_)),
    });
    if !of || !listed || !(2..=3).contains(&entries.len()) {
        return None;
    }
    let range = &heading.range;
    let heads = entries.iter().map(|(key, _)| DataNode::said(capital(key.text.trim()), &key.range));
    let cells = entries.iter().map(|(_, node)| Some(DataNode::said(lines(node)?, &node.range)));
    let list = |all: Vec<DataNode>| DataNode::new(DataValue::Seq(all), range.clone());
    let cells = list(cells.collect::<Option<_>>()?);
    let rows = entry("rows", list(vec![cells]));
    Some(DataValue::Map(vec![entry("columns", list(heads.collect())), rows]))
}

/// What a heading and the value below it are as a section.
fn under(heading: &MapKey, below: &DataNode) -> DataNode {
    let entry = |key: &str, node: DataNode| {
        (MapKey { text: key.to_owned(), range: heading.range.clone() }, node)
    };
    let text = capital(heading.text.trim().trim_end_matches(':'));
    let mut entries = vec![entry("heading", DataNode::said(text, &heading.range))];
    match &below.value {
        DataValue::Map(inner) if let Some(table) = parties(heading, inner) => {
            entries.push(entry("table", DataNode::new(table, below.range.clone())));
        }
        // «Показатели:» and a figure for each: lines, unless a key means something here.
        DataValue::Map(inner)
            if are_figures(inner) && !inner.iter().any(|(key, _)| is_key(&key.text, "heading")) =>
        {
            let lines = DataValue::Seq(inner.iter().map(sentence_line).collect());
            entries.push(entry("text", DataNode::new(lines, below.range.clone())));
        }
        DataValue::Map(inner) if let Some(lines) = short_lists(inner) => {
            entries.push(entry("text", DataNode::new(DataValue::Seq(lines), below.range.clone())));
        }
        DataValue::Map(inner)
            if are_numbers(inner) || are_mixed(inner) || are_addressees(inner) =>
        {
            entries.push(entry("points", below.clone()));
        }
        // «раздел 1: {заголовок: Сроки, …}» has its heading inside.
        DataValue::Map(inner) if inner.iter().any(|(key, _)| is_key(&key.text, "heading")) => {
            return below.clone();
        }
        DataValue::Map(inner) => entries.extend(inner.iter().cloned()),
        DataValue::Seq(rows)
            if rows.len() > 1 && rows.iter().all(|row| matches!(row.value, DataValue::Seq(_))) =>
        {
            entries.push(entry("table", below.clone()));
        }
        // «День открытых дверей | 05.09 | Лазарева Н. С.»
        DataValue::Seq(rows) if arrange::are_barred(rows) => {
            let rows = vec![entry("rows", below.clone())];
            entries.push(entry("table", DataNode::new(DataValue::Map(rows), below.range.clone())));
        }
        DataValue::Seq(_) => entries.push(entry("points", below.clone())),
        // «а) …», «б) …» in lines of their own are points.
        DataValue::Scalar { text, .. }
            if text.trim().contains('\n') && text.lines().all(number::is_marked) =>
        {
            entries.push(entry("points", below.clone()));
        }
        DataValue::Scalar { text, .. } => {
            let text = DataValue::Scalar { text: capital(text.trim_start()), plain: false };
            entries.push(entry("text", DataNode::new(text, below.range.clone())));
        }
        DataValue::Null => {}
    }
    DataNode::new(DataValue::Map(entries), below.range.clone())
}

/// Whether a text is the title of a chapter: «II. Цели и задачи», «3. Сроки».
fn is_title(text: &str) -> bool {
    let text = text.trim();
    let Some((number, title)) = text.split_once(". ") else { return false };
    let roman = number.chars().all(|c| "IVX".contains(c));
    let counted = roman || number.chars().all(|c| c.is_ascii_digit());
    let short = title.split_whitespace().count() <= 8 && title.starts_with(char::is_uppercase);
    counted && short && !number.is_empty() && !title.ends_with(['.', ';', ':', ','])
}

/// A list of sections in which titles stand among what belongs below them, as chapters.
// Over 60 lines: what begins a chapter, what goes into it as its keys, and what as its points.
fn below_titles(items: &[DataNode]) -> Option<Vec<DataNode>> {
    let title = |node: &DataNode| node.text().is_some_and(is_title);
    // A list of titles alone is a list.
    if !items.first().is_some_and(title) || !items.windows(2).any(|two| !title(&two[1])) {
        return None;
    }
    let parts = |node: &DataNode| match &node.value {
        DataValue::Map(keys) => keys.iter().any(|(key, _)| {
            is_one_of(&key.text, &CHAPTER_KEYS)
                || Type::WORDS.iter().any(|(word, _)| is_key(&key.text, word))
        }),
        _ => false,
    };
    // What is typed without numbers has none; «Задачи:» leads to its list.
    let led = |item: &DataNode| match &item.value {
        DataValue::Map(keys) if let [(key, below)] = keys.as_slice() => {
            let DataValue::Seq(_) = &below.value else { return item.clone() };
            let lead = DataNode::said(format!("{}:", key.text.trim_end_matches(':')), &item.range);
            let map = vec![
                entry("lead", lead),
                entry("items", below.clone()),
                entry("numbering", DataNode::said("—", &item.range)),
            ];
            DataNode::new(DataValue::Map(map), item.range.clone())
        }
        _ => item.clone(),
    };
    let mut chapters: Vec<Vec<(MapKey, DataNode)>> = Vec::new();
    for item in items {
        match (chapters.last_mut(), &item.value) {
            _ if title(item) => chapters.push(vec![entry("heading", item.clone())]),
            (Some(chapter), DataValue::Map(keys)) if parts(item) => {
                chapter.extend(keys.iter().cloned());
            }
            (Some(chapter), _) => {
                match chapter.iter_mut().rev().find(|(k, _)| k.text != "numbering") {
                    Some((key, DataNode { value: DataValue::Seq(all), .. }))
                        if key.text == "points" =>
                    {
                        all.push(led(item));
                    }
                    _ => {
                        let list = DataValue::Seq(vec![led(item)]);
                        chapter.push(entry("points", DataNode::new(list, item.range.clone())));
                        chapter.push(entry("numbering", DataNode::said("none", &item.range)));
                    }
                }
            }
            (None, _) => return None,
        }
    }
    let node = |keys: Vec<(MapKey, DataNode)>| {
        let range = keys.first().map_or(0..0, |(key, _)| key.range.clone());
        DataNode::new(DataValue::Map(keys), range)
    };
    Some(chapters.into_iter().map(node).collect())
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
