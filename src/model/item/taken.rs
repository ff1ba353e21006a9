//! People whom a verb takes into a body or out of it: «Избрать в правление: […]». Who stands there
//! in the nominative is declined; where nobody knows the case, it is told.

use super::super::person::looks_like_name;
use super::super::read::At;
use super::super::tree::{DataNode, DataValue, MapKey, entry, quote};
use super::super::who;
use super::Item;
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
    Accusative,
}

/// Whether a sentence begins with a verb behind which people stand in the accusative.
fn takes(verb: &str) -> bool {
    const VERBS: [&str; 9] = [
        "ввести в ",
        "включить в ",
        "принять в ",
        "избрать",
        "переизбрать",
        "вывести из ",
        "исключить из ",
        "назначить",
        "делегировать",
    ];
    let small = verb.trim().to_lowercase();
    VERBS.iter().any(|verb| small.starts_with(verb)) && !small.contains("составе")
}

/// A line without the stop that ends it; that of an initial stays.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_end_matches([';', ',']).trim_end();
    match line.strip_suffix('.') {
        Some(rest) if !rest.ends_with(char::is_uppercase) => rest,
        _ => line,
    }
}

/// In which case a line names a person, if it begins with one: «Гусева Марина Юрьевна, методист».
fn typed(line: &str) -> Option<Typed> {
    let name = line.split([',', '(', '—', '–', ';']).next()?;
    let name = bare(name.split(" - ").next()?);
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 && !name.contains('.') || !looks_like_name(name) {
        return None;
    }
    let ends = |word: &str, all: &[&str]| all.iter().any(|end| word.ends_with(end));
    let any = |all: &[&str]| words.iter().any(|word| ends(word, all));
    let form = name::inflect(name, Case::Accusative, None);
    Some(match () {
        () if name.contains('.') && !who::is_sure_name(name) => return None,
        () if any(&["вич", "ьич", "вна", "чна"]) && who::is_sure_name(name) => {
            Typed::Nominative
        }
        () if any(&["вича", "ьича", "вну", "чну", "у", "ю"]) => Typed::Accusative,
        () if form.is_certain() && form.text == name => Typed::Same,
        // «Петрова Александра» and «Береснева А. А.», or a name that the grammar doesn't know.
        () if !form.is_certain() => Typed::Either,
        () if words.iter().all(|word| word.contains('.') || ends(word, &["а", "я"])) => {
            Typed::Either
        }
        () => Typed::Nominative,
    })
}

/// «Ввести в состав совета:» and people in the nominative below it, whom the verb declines.
pub(super) fn people(
    key: &MapKey,
    below: &DataNode,
    node: &DataNode,
) -> Option<Vec<(MapKey, DataNode)>> {
    let DataValue::Seq(all) = &below.value else { return None };
    let cases: Option<Vec<Typed>> = all.iter().map(|one| typed(one.text()?)).collect();
    let cases = cases.filter(|_| takes(&key.text))?;
    if !cases.contains(&Typed::Nominative) || cases.contains(&Typed::Accusative) {
        return None;
    }
    let one = |one: &DataNode| DataNode::said(bare(one.text().unwrap_or_default()), &one.range);
    let people = DataNode::new(DataValue::Seq(all.iter().map(one).collect()), below.range.clone());
    let verb = key.text.trim().trim_end_matches(':').trim_end();
    Some(vec![entry("text", DataNode::said(verb, &node.range)), entry("people", people)])
}

/// Tells of those below such a verb who are printed as they stand and may be in the nominative.
pub(super) fn told(item: &Item, at: &At<'_>) {
    let Some(verb) = item.lead.as_deref().filter(|lead| takes(lead)) else { return };
    let people = || item.items.iter().filter_map(|item| item.text.as_deref());
    let is = |case: Typed| people().find(|line| typed(line) == Some(case));
    let either = || is(Typed::Either).filter(|_| is(Typed::Accusative).is_none());
    if let Some(person) = is(Typed::Nominative).or_else(either) {
        let (verb, person) = (quote(verb.trim_end_matches(':')), quote(bare(person)));
        let what = say!("behind {verb}, {person} is printed as it stands", verb, person);
        at.report(Diagnostic::warning("people-case", what).hint(say!(
            "write the accusative («Гусеву Марину Юрьевну»), or give the people in `{key}`",
            key = "people"
        )));
    }
}
