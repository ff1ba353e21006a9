//! The body that a document is of («орган:»), which people name in the genitive, since it goes on
//! with the kind in their heads: «решение / Районного совета».

use super::spoken::{has, small};
use super::{MapEntries, entry, scalar};
use crate::lang::ru::uncapital;
use crate::model::russian::is_key;
use crate::model::tree::{DataNode, DataValue};

/// Nouns that name a body, in the genitive and by themselves.
const BODIES: [(&str, &str); 34] = [
    ("совета", "совет"),
    ("думы", "дума"),
    ("администрации", "администрация"),
    ("управления", "управление"),
    ("комитета", "комитет"),
    ("департамента", "департамент"),
    ("министерства", "министерство"),
    ("отдела", "отдел"),
    ("правления", "правление"),
    ("президиума", "президиум"),
    ("коллегии", "коллегия"),
    ("комиссии", "комиссия"),
    ("подкомиссии", "подкомиссия"),
    ("оргкомитета", "оргкомитет"),
    ("педсовета", "педсовет"),
    ("объединения", "объединение"),
    ("общества", "общество"),
    ("палаты", "палата"),
    ("службы", "служба"),
    ("фонда", "фонд"),
    ("союза", "союз"),
    ("профсоюза", "профсоюз"),
    ("ассоциации", "ассоциация"),
    ("организации", "организация"),
    ("штаба", "штаб"),
    ("группы", "группа"),
    ("клуба", "клуб"),
    ("центра", "центр"),
    ("секции", "секция"),
    ("кафедры", "кафедра"),
    ("инспекции", "инспекция"),
    ("дирекции", "дирекция"),
    ("коллектива", "коллектив"),
    ("жюри", "жюри"),
];

/// Bodies that are meetings themselves.
const MEETINGS: [(&str, &str); 7] = [
    ("заседания", "заседание"),
    ("собрания", "собрание"),
    ("совещания", "совещание"),
    ("конференции", "конференция"),
    ("съезда", "съезд"),
    ("схода", "сход"),
    ("пленума", "пленум"),
];

/// «решение» and «орган: Районного совета ветеранов»: the letterhead has the body's own name. A
/// title goes on with a meeting, and that of minutes with a body in the genitive.
pub(super) fn by_itself(entries: &mut MapEntries) -> bool {
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let minutes = kind.and_then(|(_, node)| node.text()).is_some_and(|kind| {
        kind.to_lowercase().contains("протокол") && kind.split_whitespace().count() < 4
    });
    let event = has(entries, "event");
    let Some(at) = entries.iter().position(|(key, _)| small(key) == "орган") else {
        return false;
    };
    let DataNode { value: DataValue::Scalar { text, .. }, .. } = &entries[at].1 else {
        return false;
    };
    let text = text.trim();
    let (own, meets) = match own_name(text) {
        Some((own, meets)) => (Some(own), meets),
        None => (None, is_meeting(text)),
    };
    let event = match &own {
        _ if event => None,
        own if meets && minutes => Some(uncapital(own.as_deref().unwrap_or(text))),
        Some(_) if minutes => Some(format!("заседание {}", uncapital(text))),
        // «резолюция» and «общего собрания» are one title.
        Some(_) if meets => Some(uncapital(text)),
        _ => None,
    };
    if let Some(event) = event {
        let node = scalar(&event, &entries[at].1);
        entries[at] = entry("event", node);
        return true;
    }
    let Some(own) = own else { return false };
    let node = scalar(&own, &entries[at].1);
    entries[at].1 = node;
    true
}

/// Whether a name is in the genitive, as far as its beginning shows it: «Педагогического совета»,
/// «Совета ветеранов». «Городской совет» is not.
pub(super) fn is_genitive(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    first.ends_with("ого") || first.ends_with("его") || own_name(text).is_some()
}

/// Whether a text names a meeting, in the nominative.
pub(super) fn is_meeting(text: &str) -> bool {
    head_noun(text).is_some_and(|noun| MEETINGS.iter().any(|(_, own)| *own == noun))
}

/// What stands behind the adjectives of a name in the nominative, in small letters: «библиотека» of
/// «Областная детская библиотека».
pub(in crate::model) fn head_noun(text: &str) -> Option<String> {
    const ENDS: [&str; 7] = ["ая", "яя", "ый", "ий", "ой", "ое", "ее"];
    let mut words = text.split_whitespace().take(4).map(str::to_lowercase);
    words.find(|word| !ENDS.iter().any(|end| word.ends_with(end)))
}

/// A body that stands in the genitive, in the nominative, and whether it is a meeting: «Областной
/// избирательной комиссии» and «общего собрания».
fn own_name(text: &str) -> Option<(String, bool)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let noun = |word: &&str| {
        let small = word.to_lowercase();
        let of = |all: &'static [(&str, &str)]| {
            all.iter().find(|(of, _)| *of == small).map(|(_, own)| *own)
        };
        of(&MEETINGS).map(|own| (own, true)).or_else(|| of(&BODIES).map(|own| (own, false)))
    };
    let (at, (own, meets)) =
        words.iter().enumerate().take(4).find_map(|(at, word)| Some((at, noun(word)?)))?;
    // «жюри» alone says nothing of its case.
    if at == 0 && words[0].to_lowercase() == own {
        return None;
    }
    let mut named: Vec<String> =
        words[..at].iter().map(|word| adjective(word, own)).collect::<Option<_>>()?;
    named.push(like(own, words[at]));
    named.extend(words[at + 1..].iter().map(|word| (*word).to_owned()));
    Some((named.join(" "), meets))
}

/// An adjective in the genitive as it stands before its noun: «Районного» and «совет».
fn adjective(word: &str, noun: &str) -> Option<String> {
    let hard = ["ого", "ой"].iter().find_map(|end| word.strip_suffix(end));
    let soft = ["его", "ей"].iter().find_map(|end| word.strip_suffix(end));
    let feminine = noun.ends_with(['а', 'я']);
    let neuter = noun.ends_with(['о', 'е', 'и']);
    let stem = hard.or(soft).filter(|stem| stem.chars().count() > 1)?;
    let own = word.ends_with(['о', 'О']) != feminine;
    let stressed = ["областн", "краев"].contains(&stem.to_lowercase().as_str());
    let end = match (feminine, neuter) {
        (true, _) if hard.is_some() => "ая",
        // «Общей» has its hushing sound before «а».
        (true, _) if stem.ends_with(['ж', 'ч', 'ш', 'щ']) => "ая",
        (true, _) => "яя",
        (_, true) if hard.is_some() => "ое",
        (_, true) => "ее",
        _ if stressed => "ой",
        _ if soft.is_some() || stem.ends_with(['г', 'к', 'х']) => "ий",
        _ => "ый",
    };
    own.then(|| format!("{stem}{end}"))
}

/// A word with a capital if the other one has it.
fn like(word: &str, other: &str) -> String {
    match other.starts_with(char::is_uppercase) {
        true => crate::lang::ru::capital(word),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn a_body_in_the_genitive_is_named_by_itself() {
        for (typed, own) in [
            ("Районного совета ветеранов", "Районный совет ветеранов"),
            ("Совета народных депутатов", "Совет народных депутатов"),
            ("Областной избирательной комиссии", "Областная избирательная комиссия"),
            ("Областного комитета", "Областной комитет"),
            ("методического объединения учителей", "методическое объединение учителей"),
            ("Общего собрания", "Общее собрание"),
            ("районного жюри", "районное жюри"),
        ] {
            assert_eq!(own_name(typed).map(|(own, _)| own).as_deref(), Some(own), "{typed}");
        }
        for right in ["Районный совет", "жюри конкурса", "Администрация", "МБУ «Центра нет»"]
        {
            assert_eq!(own_name(right), None, "{right}");
        }
    }
}
