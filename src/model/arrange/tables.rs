//! Lists of a document that are tables: «мероприятия: [{мероприятие: …, срок: …}]», «таблицы: […]».

use super::super::draft;
use super::super::russian::is_key;
use super::super::section::Type;
use super::super::table::{are_rows, numbered};
use super::super::tree::{DataNode, DataValue, MapKey};
use super::MapEntries;
use super::spoken::{has, small};
use super::verb::verb;

/// A list of rows is the table of a document that says nothing else; several tables are sections.
pub(super) fn listed(entries: &mut MapEntries) -> bool {
    let plural = |(key, node): &&mut (MapKey, DataNode)| {
        ["таблицы", "tables"].contains(&small(key).as_str())
            && matches!(node.value, DataValue::Seq(_))
    };
    if !has(entries, "sections")
        && let Some((key, _)) = entries.iter_mut().find(plural)
    {
        key.text = "sections".to_owned();
        return true;
    }
    let list_kind = entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        let lists = ["список", "перечень", "реестр", "list"];
        is_key(&key.text, "kind") && lists.iter().any(|list| kind.contains(list))
    });
    let foreign = |key: &MapKey| !draft::is_near_key(&key.text);
    let body = |key: &MapKey| {
        foreign(key)
            || is_key(&key.text, "sections")
            || Type::WORDS.iter().any(|(word, _)| is_key(&key.text, word))
    };
    let list = |key: &MapKey| foreign(key) || is_key(&key.text, "points");
    // «составил: методист Ким Ю. О.» is a line below the table.
    let line = |node: &DataNode| node.text().is_some_and(|text| !text.trim().contains('\n'));
    let body = |(key, node): &&mut (MapKey, DataNode)| body(key) && !(foreign(key) && line(node));
    let mut said = entries.iter_mut().filter(body);
    let (Some((key, node)), None) = (said.next(), said.next()) else { return false };
    // Below «СПИСОК участников семинара» the heading «Участники» says nothing new.
    let lines =
        matches!(&node.value, DataValue::Seq(all) if all.iter().all(|l| l.text().is_some()));
    if list_kind
        && foreign(key)
        && verb(&key.text).is_none()
        && (lines || !line(node) && node.text().is_some())
    {
        key.text = "points".to_owned();
        return true;
    }
    if !list(key) || !are_rows(node) {
        return false;
    }
    *node = numbered(node);
    key.text = "table".to_owned();
    true
}

/// Whether the items of a list are rows with bars between their cells: «Анкета | май | Ким Ю. О.»
pub(in crate::model) fn are_barred(items: &[DataNode]) -> bool {
    let bars = |item: &DataNode| {
        let bars = item.text()?.matches('|').count();
        (bars > 0).then_some(bars)
    };
    let first = items.first().and_then(bars);
    first.is_some() && items.iter().all(|item| bars(item) == first)
}

/// «сентябрь: [«Анкета | май | Ким Ю. О.», …]», «октябрь: […]» are the parts of one table.
pub(super) fn barred(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let rows = matches!(&node.value, DataValue::Seq(rows) if are_barred(rows));
        rows && !draft::is_near_key(&key.text)
    };
    if has(entries, "table") || entries.iter().filter(|own| is(own)).count() < 2 {
        return false;
    }
    let at = entries.iter().position(is).unwrap_or_default();
    let own: MapEntries = entries.extract_if(.., |own| is(own)).collect();
    let mut all = Vec::new();
    for (key, node) in own {
        let label = crate::lang::ru::capital(key.text.trim().trim_end_matches(':'));
        all.push(super::scalar(&label, &node));
        if let DataValue::Seq(rows) = node.value {
            all.extend(rows);
        }
    }
    let range = all[0].range.clone();
    let rows = super::entry("rows", DataNode::new(DataValue::Seq(all), range.clone()));
    let table = DataNode::new(DataValue::Map(vec![rows]), range);
    entries.insert(at.min(entries.len()), super::entry("table", table));
    true
}

/// «всего: 3 человека» below a list counts it; only a meeting has members.
pub(super) fn counted(entries: &mut MapEntries) -> bool {
    let meets = ["present", "attendees", "absent", "roles", "agenda", "heard", "vote", "text"];
    if meets.iter().any(|key| has(entries, key)) {
        return false;
    }
    let last = |(key, node): &&mut (MapKey, DataNode)| {
        small(key) == "всего" && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(last) else { return false };
    let Some(text) = node.text() else { return false };
    *node = super::scalar(&format!("Всего: {}", text.trim()), node);
    key.text = "text".to_owned();
    true
}

/// «поля:» of a form, or of a document that says nothing else, are a table of labels.
pub(super) fn fields(entries: &mut MapEntries) -> bool {
    let filled = |kind: &str| {
        let small = kind.trim().to_lowercase();
        is_form(kind) || ["паспорт", "карточка"].iter().any(|own| small.starts_with(own))
    };
    let form = entries
        .iter()
        .any(|(key, node)| is_key(&key.text, "kind") && filled(node.text().unwrap_or_default()));
    let body = |(key, _): &(MapKey, DataNode)| {
        !draft::is_near_key(&key.text)
            || Type::WORDS.iter().any(|(word, _)| is_key(&key.text, word))
            || ["sections", "appendices"].iter().any(|word| is_key(&key.text, word))
    };
    if !form && entries.iter().any(body) {
        return false;
    }
    self::form(entries)
}

/// «поля: {ФИО: , Телефон: }», «поля: [ФИО, Телефон]»: a table of labels and of room to write.
pub(super) fn form(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let labels = match &node.value {
            DataValue::Map(inner) => inner.len() > 1,
            DataValue::Seq(all) => all.len() > 1 && all.iter().all(|one| one.text().is_some()),
            _ => false,
        };
        is_key(&key.text, "fields") && labels
    };
    if has(entries, "table") {
        return false;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    key.text = "table".to_owned();
    if let DataValue::Seq(labels) = &mut node.value {
        for label in labels {
            let blank = DataNode::said("", &label.range);
            let range = label.range.clone();
            *label = DataNode::new(DataValue::Seq(vec![label.clone(), blank]), range);
        }
    }
    let rows = super::entry("rows", node.clone());
    *node = DataNode::new(DataValue::Map(vec![rows]), node.range.clone());
    true
}

/// Whether a document of this kind is filled in by hand.
pub(super) fn is_form(kind: &str) -> bool {
    const FORMS: [&str; 11] = [
        "анкет",
        "опрос",
        "тест",
        "викторин",
        "бланк",
        "интервью",
        "заявк",
        "карточк",
        "questionnaire",
        "survey",
        "quiz",
    ];
    let kind = kind.to_lowercase();
    FORMS.iter().any(|stem| kind.contains(stem))
        || kind.split_whitespace().any(|word| ["form", "форма", "card"].contains(&word))
}

/// Days as keys of a programme, each with its times: «День 1: {9.30: …}».
pub(super) fn days(
    entries: &mut MapEntries,
    rows: impl Fn(&DataNode) -> Option<Vec<DataNode>>,
) -> Option<(usize, Vec<DataNode>)> {
    let at = entries.iter().position(|(key, node)| is_day(key, &rows, node))?;
    let own: MapEntries = entries.extract_if(.., |(key, node)| is_day(key, &rows, node)).collect();
    let mut all = Vec::new();
    for (key, node) in own {
        let label = crate::lang::ru::capital(key.text.trim().trim_end_matches(':'));
        all.push(super::scalar(&label, &node));
        all.extend(rows(&node)?);
    }
    Some((at.min(entries.len()), all))
}

fn is_day(
    key: &MapKey,
    rows: &impl Fn(&DataNode) -> Option<Vec<DataNode>>,
    node: &DataNode,
) -> bool {
    !draft::is_near_key(&key.text) && rows(node).is_some_and(|rows| !rows.is_empty())
}
