//! People behind the verb of a point: «Избрать в правление: […]», «Поручить подготовку: …». Who
//! stands there in the nominative is declined; where nobody knows the case, it is told.

use super::super::person::looks_like_name;
use super::super::read::At;
use super::super::tree::{DataNode, DataValue, MapKey, entry, quote};
use super::super::{Act, Person, number, who};
use super::{Deed, Item};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::{Case, name};

/// In which case a person was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    Nominative,
    /// «Шестакова О. Ю.» is she in the nominative or he in the accusative.
    Either,
    /// «Тё Сун Э» has one form for both.
    Same,
    /// In the case of the verb.
    Put,
}

/// The case in which people stand behind the verb with which a sentence begins.
fn takes(sentence: &str) -> Option<Case> {
    const TO: [&str; 8] = [
        "объявить благодарность",
        "выразить благодарность",
        "поручить",
        "присвоить",
        "вручить",
        "выдать",
        "выплатить",
        "предоставить",
    ];
    const WHOM: [&str; 22] = [
        "ввести в ",
        "включить в ",
        "принять в ",
        "избрать",
        "переизбрать",
        "вывести из ",
        "исключить из ",
        "назначить",
        "делегировать",
        "допустить",
        "не допустить",
        "не допускать",
        "признать",
        "утвердить",
        "наградить",
        "премировать",
        "поощрить",
        "направить",
        "командировать",
        "зачислить",
        "отчислить",
        "освободить",
    ];
    const LAST: [&str; 4] = [" назначить", " избрать", " признать", " утвердить"];
    let small = sentence.trim().trim_end_matches(':').to_lowercase();
    let begins = |verbs: &[&str]| verbs.iter().any(|verb| small.starts_with(verb));
    match () {
        // «Утвердить комиссию в составе» leads to a list as it stands.
        () if small.contains("составе")
            || small.contains(" состав ") && small.starts_with("утв") =>
        {
            None
        }
        () if small.starts_with("утвердить состав") => None,
        () if begins(&TO) => Some(Case::Dative),
        // «Ответственным назначить: …», «Возложить контроль на: …»
        () if LAST.iter().any(|verb| small.ends_with(verb)) => Some(Case::Accusative),
        () if small.starts_with("возложить") && small.ends_with(" на") => {
            Some(Case::Accusative)
        }
        () if begins(&WHOM) => Some(Case::Accusative),
        () => None,
    }
}

/// A line without the stop that ends it; that of an initial stays.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_end_matches([';', ',']).trim_end();
    match line.strip_suffix('.') {
        Some(rest) if !rest.ends_with(char::is_uppercase) && !number::abbreviated(line) => rest,
        _ => line,
    }
}

/// The people of a line: «Ким А. А., Рогов Л. И.», «Ким Юлия Олеговна и Рогов Лев Ильич».
fn each(line: &str) -> Vec<String> {
    let both = line
        .split_once(" и ")
        .filter(|(one, other)| [one, other].iter().all(|name| who::is_sure_name(name)));
    match both {
        Some((one, other)) => vec![one.to_owned(), other.to_owned()],
        None => who::several(line).unwrap_or_else(|| vec![line.to_owned()]),
    }
}

/// In which case a line names a person, if it begins with one: «Гусева Марина Юрьевна, методист».
fn typed(line: &str, case: Case) -> Option<Typed> {
    // «преподаватель Орехова Л. Л.», «начальник караула, капитан Орехов Лев Львович»
    let posted = line.starts_with(char::is_lowercase).then(|| who::post_first(bare(line)));
    let posted = posted.flatten();
    let name = line.split([',', '(', '—', '–', ';']).next()?;
    let name = bare(name.split(" - ").next()?);
    let posted = posted.filter(|who| who::is_sure_name(&who.name));
    let name = posted.as_ref().map_or(name, |who| &who.name);
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 && !name.contains('.') || !looks_like_name(name) {
        return None;
    }
    let ends = |word: &str, all: &[&str]| all.iter().any(|end| word.ends_with(end));
    let any = |all: &[&str]| words.iter().any(|word| ends(word, all));
    let form = name::inflect(name, case, None);
    let sure = who::is_sure_name(name);
    let given: &[&str] = match case {
        Case::Dative => &["вичу", "ьичу", "вне", "чне", "у", "ю", "ой", "ей"],
        _ => &["вича", "ьича", "вну", "чну", "у", "ю"],
    };
    Some(match () {
        () if name.contains('.') && !sure => return None,
        // «Усилить Контроль» is no name behind «Поручить».
        () if case == Case::Dative && !sure => return None,
        () if words.iter().any(|word| name::is_patronymic(word)) && sure => Typed::Nominative,
        () if any(given) => Typed::Put,
        () if form.is_certain() && form.text == name => Typed::Same,
        // «Петрова Александра» and «Береснева А. А.», or a name that the grammar doesn't know.
        () if !form.is_certain() => Typed::Either,
        () if case != Case::Dative
            && words.iter().all(|word| word.contains('.') || ends(word, &["а", "я"])) =>
        {
            Typed::Either
        }
        () => Typed::Nominative,
    })
}

/// The cases of all who are named, if nothing but people is.
fn cases<'a>(verb: &str, lines: impl Iterator<Item = &'a str>) -> Option<Vec<Typed>> {
    let case = takes(verb)?;
    lines.map(|line| typed(line, case)).collect()
}

/// Whether those behind a verb are to be declined: one at least is in the nominative beyond doubt.
fn declines(cases: &[Typed]) -> bool {
    cases.contains(&Typed::Nominative) && !cases.contains(&Typed::Put)
}

/// «Ввести в состав совета:» and people in the nominative behind or below it, whom the verb
/// declines.
pub(super) fn people(
    key: &MapKey,
    below: &DataNode,
    node: &DataNode,
) -> Option<Vec<(MapKey, DataNode)>> {
    let all: Vec<DataNode> = match &below.value {
        DataValue::Seq(all) => all.clone(),
        DataValue::Scalar { text, .. } if !number::is_marked(&key.text) => {
            each(bare(text)).into_iter().map(|name| DataNode::said(name, &below.range)).collect()
        }
        _ => return None,
    };
    let texts: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
    let cases = cases(&key.text, texts?.into_iter())?;
    if !declines(&cases) {
        return None;
    }
    let one = |one: &DataNode| DataNode::said(bare(one.text().unwrap_or_default()), &one.range);
    let people = DataNode::new(DataValue::Seq(all.iter().map(one).collect()), below.range.clone());
    let verb = key.text.trim().trim_end_matches(':').trim_end();
    Some(vec![entry("text", DataNode::said(verb, &node.range)), entry("people", people)])
}

/// A sentence parted before those whom its verb takes: «Избрать председателем: Гусева М. Ю.»
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let signs = [": ", " — ", " – ", " - "];
    let (at, sign) = signs.iter().filter_map(|sign| Some((text.find(sign)?, *sign))).min()?;
    Some((&text[..at], &text[at + sign.len()..]))
}

/// «Избрать председателем: Гусева Марина Юрьевна, методист» in one line, as the verb and whom it
/// declines.
pub(super) fn in_line(text: &str) -> Option<Item> {
    let (verb, rest) = parted(text).filter(|_| !number::is_marked(text))?;
    let names = each(bare(rest));
    declines(&cases(verb, names.iter().map(String::as_str))?).then(|| {
        let to = names.into_iter().map(Person::told).collect();
        let (deed, text) = (Deed::Other, Some(verb.to_owned()));
        Item { act: Some(Act { deed, text, to, ..Act::default() }), ..Item::default() }
    })
}

/// The same without a sign between, where a name begins the rest: «Признать победителем Сидоров
/// Павел, 9 «Б»».
fn run_on(text: &str) -> Option<(&str, &str)> {
    let case = takes(text)?;
    let starts = text.match_indices(' ').map(|(at, _)| text.split_at(at + 1));
    let mut capital = starts.filter(|(_, rest)| rest.starts_with(char::is_uppercase));
    capital.find(|(_, rest)| {
        let surname = rest.split_whitespace().next().is_some_and(who::is_surname);
        surname && typed(rest, case) == Some(Typed::Nominative)
    })
}

/// Tells of those behind such a verb who are printed as they stand and may be in the nominative.
pub(super) fn told(item: &Item, at: &At<'_>) {
    let text = item.text.as_deref().and_then(|text| parted(text).or_else(|| run_on(text)));
    let one = text.map(|(verb, rest)| (verb, each(bare(rest))));
    let lines = || item.items.iter().filter_map(|item| item.text.clone()).collect::<Vec<_>>();
    let Some((verb, people)) = item.lead.as_deref().map(|lead| (lead, lines())).or(one) else {
        return;
    };
    // «Возложить контроль: Орлик Р. Р.» lacks «на».
    let charged = || verb.to_lowercase().starts_with("возложить").then_some(Case::Accusative);
    let Some(case) = takes(verb).or_else(charged) else { return };
    let is = |own: Typed| people.iter().find(|line| typed(line, case) == Some(own));
    let either = || is(Typed::Either).filter(|_| is(Typed::Put).is_none());
    if let Some(person) = is(Typed::Nominative).or_else(either) {
        let (verb, person) = (quote(verb.trim_end_matches(':')), quote(bare(person)));
        let what = say!("behind {verb}, {person} is printed as it stands", verb, person);
        at.report(Diagnostic::warning("people-case", what).hint(say!(
            "write the case of the verb («Гусеву Марину Юрьевну»), or give the people in `{key}`",
            key = "people"
        )));
    }
}
