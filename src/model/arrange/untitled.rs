//! A document whose kind stands elsewhere than under its key: «название: Протокол собрания № 2»,
//! «приказ: № 17-од».

use super::super::Date;
use super::super::russian::is_key;
use super::super::tree::{DataValue, MapKey};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar};
use crate::lang::ru::capital;

/// What office papers are called, by the beginning of their first words.
const KINDS: [&str; 60] = [
    "протокол",
    "выписка",
    "повестка",
    "приказ",
    "распоряжение",
    "постановление",
    "решение",
    "резолюция",
    "указание",
    "акт",
    "справка",
    "доверенность",
    "заявление",
    "докладная",
    "служебная",
    "объяснительная",
    "пояснительная",
    "письмо",
    "гарантийное письмо",
    "информационное письмо",
    "сопроводительное письмо",
    "характеристика",
    "ходатайство",
    "представление",
    "положение",
    "план",
    "программа",
    "график",
    "отчет",
    "договор",
    "соглашение",
    "расписка",
    "объявление",
    "уведомление",
    "извещение",
    "приглашение",
    "опись",
    "номенклатура",
    "реестр",
    "ведомость",
    "инструкция",
    "памятка",
    "регламент",
    "смета",
    "заключение",
    "рецензия",
    "отзыв",
    "телефонограмма",
    "обращение",
    "рапорт",
    "заявка",
    "итоговый документ",
    "рекомендации",
    "меморандум",
    "декларация",
    "анкета",
    "лист регистрации",
    "регистрационный лист",
    "дорожная карта",
    "манифест",
];

/// Whether a text begins with the kind of an office paper.
fn begins_with_kind(text: &str) -> bool {
    let small = text.trim().to_lowercase().replace('ё', "е");
    let whole = |rest: &str| !rest.starts_with(char::is_alphabetic);
    KINDS.iter().any(|kind| small.strip_prefix(kind).is_some_and(whole))
}

/// The number and the date behind a kind: «Приказ № 5 от 12.03.2026» is «Приказ», «5» and the date.
fn numbered(text: &str) -> Option<(String, String, Option<String>)> {
    let (kind, rest) = text.split_once('№')?;
    let rest = rest.trim_start();
    let (number, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let number = number.trim_end_matches(',');
    let rest = rest.trim();
    let date = rest.strip_prefix("от ").map(str::trim).filter(|d| Date::parse_any(d).is_ok());
    // «№ 5 по основной деятельности» goes on in words: they stay with the kind.
    let kind = match (date, rest) {
        (Some(_), _) | (None, "") => kind.trim().to_owned(),
        (None, rest) => format!("{} {rest}", kind.trim()),
    };
    (!number.is_empty() && !kind.is_empty())
        .then(|| (kind, number.to_owned(), date.map(str::to_owned)))
}

/// Puts the kind, the number and the date of a title under their keys.
pub(super) fn named(entries: &mut MapEntries) -> bool {
    let moved = !has(entries, "kind") && (titled(entries) || keyed(entries));
    let at = entries.iter().position(|(key, _)| is_key(&key.text, "kind"));
    let Some(at) = at.filter(|_| !has(entries, "number")) else { return moved };
    let text = entries[at].1.text().unwrap_or_default();
    let Some((kind, number, date)) = numbered(text).filter(|_| begins_with_kind(text)) else {
        return moved;
    };
    let like = entries[at].1.clone();
    entries[at].1 = scalar(&kind, &like);
    if let Some(date) = date.filter(|_| !has(entries, "date")) {
        entries.insert(at + 1, entry("date", scalar(&date, &like)));
    }
    entries.insert(at + 1, entry("number", scalar(&number, &like)));
    true
}

/// «название: Протокол родительского собрания»: the title is the kind.
fn titled(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, _)| {
        let node: &super::DataNode = node;
        let named = ["документ", "document", "тип документа"].contains(&small(key).as_str());
        let text = node.text();
        text.is_some() && named || is_key(&key.text, "about") && text.is_some_and(begins_with_kind)
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "kind".to_owned();
    true
}

/// «Приказ: № 17-од», «Протокол № 4:» and all the rest below it: the first key is the kind.
fn keyed(entries: &mut MapEntries) -> bool {
    let Some((key, node)) = entries.first().filter(|(key, _)| begins_with_kind(&key.text)) else {
        return false;
    };
    let kind = capital(key.text.trim().trim_end_matches(':'));
    let kind = |node| entry("kind", scalar(&kind, node));
    match &node.value {
        DataValue::Null => entries[0] = kind(node),
        DataValue::Map(inner) => {
            let all = std::iter::once(kind(node)).chain(inner.iter().cloned());
            entries.splice(0..1, all.collect::<Vec<_>>());
        }
        DataValue::Scalar { text, .. } => {
            let number = text.trim_start().starts_with(|c: char| c == '№' || c.is_ascii_digit());
            let own = if number { "number" } else { "about" };
            let pair = [kind(node), entry(own, node.clone())];
            entries.splice(0..1, pair);
        }
        DataValue::Seq(_) => return false,
    }
    true
}
