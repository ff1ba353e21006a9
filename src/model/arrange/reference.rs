//! «Справка»: to whom it is given, and that what it says is so, in one sentence.

use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::spoken::{has, small};
use super::{MapEntries, scalar};
use crate::lang::ru::party::Party;
use crate::lang::ru::{Case, Gender, capital, post, uncapital};

const GIVEN: [&str; 7] = ["выдана", "выдан", "выдано", "дана", "дан", "дано", "предоставлена"];
const THAT: [&str; 6] = ["в том, что", "в том что", "о том, что", "о том что", "в чём", "в чем"];

/// «выдана: Носову Ивану», «в том, что: он учится …», or «кому» and a text that begins so, are one
/// sentence.
pub(super) fn given(entries: &mut MapEntries) -> bool {
    let moved = purpose(entries);
    sentence(entries) | told(entries) | moved
}

fn position(entries: &MapEntries, words: &[&str]) -> Option<usize> {
    entries.iter().position(|(key, node)| {
        words.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    })
}

fn is_reference(entries: &MapEntries) -> bool {
    entries.iter().any(|(key, node)| {
        let kind = node.text().unwrap_or_default().to_lowercase();
        is_key(&key.text, "kind") && kind.starts_with("справка")
    })
}

/// The two keys as one sentence.
fn sentence(entries: &mut MapEntries) -> bool {
    if has(entries, "text") {
        return false;
    }
    let to = position(entries, &GIVEN).or_else(|| addressed(entries));
    let (Some(to), Some(what)) = (to, position(entries, &THAT)) else { return false };
    let word = small(&entries[to].0);
    let verb = if GIVEN.contains(&word.as_str()) { capital(&word) } else { "Дана".to_owned() };
    let that = small(&entries[what].0);
    let what_is = entries[what].1.text().unwrap_or_default().trim();
    let that = if that.starts_with("в ч") { "в том, что".to_owned() } else { that };
    // «в чём: прошла стажировку» needs its subject.
    let verb_alone = super::super::certificate::is_clause(what_is);
    let feminine = what_is.split_whitespace().next().is_some_and(|word| word.ends_with('а'));
    let subject = match (verb_alone, feminine) {
        (true, true) => "она ",
        (true, false) => "он ",
        _ => "",
    };
    let whole = whole(&verb, &entries[to].1, &format!("{that} {subject}{what_is}"));
    entries[to].1 = scalar(&whole, &entries[to].1);
    entries[to].0.text = "text".to_owned();
    entries.remove(what);
    true
}

/// Where «кому» of a справка names a person.
fn addressed(entries: &MapEntries) -> Option<usize> {
    let at = entries.iter().position(|(key, _)| is_key(&key.text, "addressee"))?;
    // «В отдел кадров» is where it is sent.
    let named = entries[at].1.text().is_some_and(|text| whose(text).is_some());
    (named && is_reference(entries)).then_some(at)
}

/// A name in the dative, and the gender that it shows.
fn whose(text: &str) -> Option<(String, Option<Gender>)> {
    let (name, rest) = text.trim().split_once(',').unwrap_or((text.trim(), ""));
    let party = Party::of(name, None);
    let words = name.split_whitespace().count();
    let form = party.inflect(Case::Dative);
    let sure = (form.is_certain() || party.is_dative()) && (2..=4).contains(&words);
    let sign = if rest.is_empty() { "" } else { "," };
    let rest = if party.is_dative() { rest.to_owned() } else { told_of(rest) };
    let name = format!("{}{sign}{rest}", form.text);
    let capitals = form.text.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (sure && capitals).then(|| (name, party.gender()))
}

/// What is told of a person behind the name, in the dative, too: «, ученица 9 класса», «,
/// проживающая по адресу: …». Dates and what stands in an address stay as they are.
fn told_of(rest: &str) -> String {
    let mut open = true;
    let parts = rest.split(',').map(|part| {
        let said = part.trim_start();
        let noun = open && said.starts_with(char::is_lowercase);
        // Whatever follows is a part of what the colon leads to.
        open &= !said.contains(':');
        let form = post::inflect(said, Case::Dative, None);
        if !noun || !form.is_certain() {
            return part.to_owned();
        }
        format!("{}{}", &part[..part.len() - said.len()], form.text)
    });
    parts.collect::<Vec<_>>().join(",")
}

/// «Дана» and to whom, «в том, что …».
fn whole(verb: &str, to: &DataNode, that: &str) -> String {
    let said = to.text().unwrap_or_default().trim();
    let to_whom = whose(said).map_or_else(|| said.to_owned(), |(name, _)| name);
    // «…, 12.03.2008 г. р.,» is set off on both sides.
    let off = if to_whom.contains(',') && !to_whom.ends_with(',') { "," } else { "" };
    let that = that.replace("том что", "том, что");
    let stop = if that.ends_with(['.', '!']) { "" } else { "." };
    format!("{verb} {to_whom}{off} {that}{stop}")
}

/// «кому: Ковалёва Дарья Сергеевна» beside «Выдана в том, что …» or «обучается …» stands inside of
/// that sentence.
fn told(entries: &mut MapEntries) -> bool {
    let text = entries.iter().position(|(key, _)| is_key(&key.text, "text"));
    let to = position(entries, &GIVEN).filter(|_| is_reference(entries));
    let to = to.or_else(|| addressed(entries));
    let (Some(to), Some(text)) = (to, text) else { return false };
    let mut first = &entries[text].1;
    if let DataValue::Seq(all) = &first.value
        && let Some(one) = all.first()
    {
        first = one;
    }
    let Some(said) = first.text().map(str::trim) else { return false };
    let (said, rest) = said.split_once('\n').unwrap_or((said, ""));
    let lower = said.to_lowercase();
    let word = small(&entries[to].0);
    let own = if GIVEN.contains(&word.as_str()) { capital(&word) } else { "Дана".to_owned() };
    // «Настоящая справка выдана в том, что …»
    let that = THAT.iter().find_map(|that| lower.find(that));
    let sentence = match that.map(|at| said.split_at(at)) {
        Some((verb, that)) if verb.split_whitespace().count() <= 4 => {
            let verb = if verb.trim().is_empty() { own } else { capital(verb.trim()) };
            // «Дана Ивановой А. П. в том, что …» names the person already.
            let named = verb.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
            if named {
                return false;
            }
            whole(&verb, &entries[to].1, &uncapital(that.trim_end()))
        }
        None if said.starts_with(char::is_lowercase) => {
            let gender = entries[to].1.text().and_then(whose).and_then(|(_, gender)| gender);
            let subject = match gender {
                _ if lower.starts_with("он ") || lower.starts_with("она ") => "",
                Some(Gender::Feminine) => "она ",
                Some(Gender::Masculine) => "он ",
                _ => return false,
            };
            whole(&own, &entries[to].1, &format!("в том, что {subject}{}", said.trim_end()))
        }
        _ => return false,
    };
    let sentence = if rest.is_empty() { sentence } else { format!("{sentence}\n{rest}") };
    let node = scalar(&sentence, first);
    match &mut entries[text].1.value {
        DataValue::Seq(all) => all[0] = node,
        _ => entries[text].1 = node,
    }
    entries.remove(to);
    true
}

/// «для: предъявления по месту учёбы» says what a справка is given for.
fn purpose(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let small = small(key);
        let said = node.text().is_some_and(|text| text.starts_with(char::is_lowercase));
        said && small == "для"
    };
    if !is_reference(entries) {
        return false;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let DataValue::Scalar { text, plain } = &mut node.value else { return false };
    let text_only = text.trim().to_owned();
    *text =
        if text_only.starts_with("для ") { text_only } else { format!("для {text_only}") };
    *plain = false;
    // A line of its own below the text: «Справка дана для …».
    key.text = "справка дана".to_owned();
    true
}
