//! How many people were present, as it may be written: a number, names, or words in a sentence.

use serde_json::json;

use crate::diag::{Diagnostic, say};
use crate::model::read::{At, Read, read_some};
use crate::model::schema::Defs;
use crate::model::tree::{DataNode, DataValue, quote};
use crate::model::{Person, who};

/// How many people, or who.
#[derive(Default)]
pub(super) struct Count(pub(super) Option<u32>, pub(super) Vec<Person>, pub(super) Option<u32>);

/// «24 человека», «9 человек из 11»: how many, and of how many.
fn counted(text: &str) -> Option<(u32, Option<u32>)> {
    let mut words = text.trim().trim_end_matches('.').split_whitespace();
    let number = words.next()?.parse().ok()?;
    let mut of = None;
    while let Some(word) = words.next() {
        let small = word.to_lowercase();
        let who = [
            "чел",
            "член",
            "педагог",
            "участник",
            "делегат",
            "депутат",
            "родител",
            "работник",
            "сотрудник",
            "учител",
            "жител",
            "учредител",
            "представител",
            "гражд",
            "people",
            "members",
        ];
        if small == "из" || small == "of" {
            of = Some(words.next()?.parse().ok()?);
        } else if !who.iter().any(|who| small.starts_with(who)) {
            // What else is said would be lost.
            return None;
        }
    }
    Some((number, of))
}

impl Read for Count {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            DataValue::Seq(_) => {
                let people = Vec::<Person>::read(at)?;
                Some(Self(u32::try_from(people.len()).ok(), people, None))
            }
            DataValue::Scalar { text, .. } if Person::several(text).is_some() => {
                let people: Vec<Person> = read_some(at)?;
                Some(Self(u32::try_from(people.len()).ok(), people, None))
            }
            DataValue::Scalar { text, .. } if let Some(names) = who::surnames(text) => {
                let people: Vec<Person> = names.into_iter().map(Person::told).collect();
                Some(Self(u32::try_from(people.len()).ok(), people, None))
            }
            DataValue::Scalar { text, .. } if who::name_first(text).is_some() => {
                let person = Person::read(at)?;
                Some(Self(Some(1), vec![person], None))
            }
            DataValue::Scalar { text, .. } if let Some((number, of)) = counted(text) => {
                Some(Self(Some(number), Vec::new(), of))
            }
            DataValue::Scalar { text, .. } => match text.trim().parse() {
                Ok(number) => Some(Self(Some(number), Vec::new(), None)),
                Err(_) => {
                    let fault = Diagnostic::error(
                        "wrong-type",
                        say!("{text} is neither a number nor names", text = quote(text)),
                    );
                    at.report(fault.hint(say!(
                        "write how many, or a list of people: `- Иванова А. П., директор`"
                    )));
                    None
                }
            },
            _ => u32::read(at).map(|number| Self(Some(number), Vec::new(), None)),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [u32::schema(defs), Vec::<Person>::schema(defs)] })
    }
}

/// How many were present, if the text says so in the set phrase of minutes: «в количестве 31
/// человека».
///
/// Votes are held against it only when they are more, because the text may count guests apart.
pub(super) fn told_in_prose(node: &DataNode) -> Option<u32> {
    match &node.value {
        DataValue::Null => None,
        DataValue::Scalar { text, .. } => {
            // Only this phrase: other numbers in a text count other things.
            let (_, rest) = text.split_once("в количестве ")?;
            let (number, rest) = rest.split_once([' ', '\u{a0}'])?;
            // By their stems, since the ending goes with the number: «1 человек», «23 человека», «5
            // членов».
            number.parse().ok().filter(|_| {
                rest.starts_with("челове")
                    || rest.starts_with("член")
                    || rest.starts_with("делегат")
            })
        }
        DataValue::Seq(nodes) => nodes.iter().find_map(told_in_prose),
        DataValue::Map(entries) => entries.iter().find_map(|(_, node)| told_in_prose(node)),
    }
}
