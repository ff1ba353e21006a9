//! How many people were present, as it may be written: a number, names, or words in a sentence.

use serde_json::json;

use crate::diag::{Diagnostic, say};
use crate::model::read::{At, Read, read_some};
use crate::model::schema::Defs;
use crate::model::tree::{DataNode, DataValue, quote};
use crate::model::{Person, who};

/// How many people, or who.
#[derive(Default)]
pub(super) struct Count {
    pub(super) number: Option<u32>,
    /// The number with its noun, where one is written: «186 делегатов».
    pub(super) told: Option<String>,
    pub(super) people: Vec<Person>,
    /// Of how many.
    pub(super) of: Option<Amount>,
}

/// A number of people, and how it is written if by more than figures.
pub(super) type Amount = (u32, Option<String>);

/// «24 человека», «9 человек из 11»: how many, and of how many.
fn counted(text: &str) -> Option<(Amount, Option<Amount>)> {
    // «17 человек (список прилагается)»
    if let Some((told, _)) = text.trim().strip_suffix(')').and_then(|text| text.split_once(" (")) {
        let (first, of) = counted(told)?;
        return Some(((first.0, Some(text.trim().to_owned())), of));
    }
    let words: Vec<&str> = text.trim().trim_end_matches('.').split_whitespace().collect();
    let mut parts = words.split(|word| ["из", "of"].contains(&word.to_lowercase().as_str()));
    let (first, of) = (amount(parts.next()?)?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let of = match of {
        // «118 человек из 22 территорий» counts no members.
        Some([_, noun, ..]) if is_place(noun) => {
            amount(&words[..words.len() - of?.len() - 1])?;
            return Some(((first.0, Some(words.join(" "))), None));
        }
        Some(of) => Some(amount(of)?),
        None => None,
    };
    Some((first, of))
}

/// «31 человек, отсутствовало — 2 (болезнь)»: how many were present; the line is printed as it is.
fn with_absent(text: &str) -> Option<u32> {
    let (present, absent) = text.split_once([',', ';'])?;
    let ((number, _), _) = counted(present)?;
    let absent = absent.trim_start().to_lowercase();
    (absent.starts_with("отсутств") && absent.contains(|c: char| c.is_ascii_digit()))
        .then_some(number)
}

/// Whether a noun says where people come from, and not of whom they are a part.
fn is_place(noun: &str) -> bool {
    const STEMS: [&str; 18] = [
        "территори",
        "регион",
        "район",
        "город",
        "област",
        "стран",
        "организац",
        "библиотек",
        "школ",
        "муницип",
        "субъект",
        "учрежд",
        "округ",
        "посел",
        "сел",
        "республик",
        "кра",
        "коллектив",
    ];
    let small = noun.to_lowercase();
    STEMS.iter().any(|stem| small.starts_with(stem))
}

/// «186 делегатов»; what else is said would be lost.
fn amount(words: &[&str]) -> Option<Amount> {
    let (number, nouns) = words.split_first()?;
    let number = number.parse().ok()?;
    // Any noun will do, since it is printed as it stands: «14 директоров школ», «31 юнкор».
    let known = |word: &&str| {
        let whole = word.strip_suffix('.').filter(|word| *word == "чел").unwrap_or(word);
        whole.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    let first = nouns.first().is_none_or(|noun| noun.starts_with(char::is_lowercase));
    // Whoever was absent is not a kind of people.
    let absent = nouns.iter().any(|noun| noun.to_lowercase().starts_with("отсутств"));
    let told = (!nouns.is_empty()).then(|| words.join(" "));
    (nouns.len() < 6 && first && !absent && nouns.iter().all(known)).then_some((number, told))
}

impl Count {
    fn people(people: Vec<Person>) -> Self {
        Self { number: u32::try_from(people.len()).ok(), people, ..Self::default() }
    }

    fn bare(number: u32) -> Self {
        Self { number: Some(number), ..Self::default() }
    }
}

impl Read for Count {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            DataValue::Seq(_) => Vec::<Person>::read(at).map(Self::people),
            DataValue::Scalar { text, .. } if Person::several(text).is_some() => {
                read_some(at).map(Self::people)
            }
            DataValue::Scalar { text, .. } if let Some(names) = who::surnames(text) => {
                Some(Self::people(names.into_iter().map(Person::told).collect()))
            }
            DataValue::Scalar { text, .. } if who::name_first(text).is_some() => {
                Person::read(at).map(|person| Self::people(vec![person]))
            }
            DataValue::Scalar { text, .. } if let Some(((number, told), of)) = counted(text) => {
                Some(Self { told, of, ..Self::bare(number) })
            }
            DataValue::Scalar { text, .. } if let Some(number) = with_absent(text) => {
                Some(Self { told: Some(text.trim().to_owned()), ..Self::bare(number) })
            }
            DataValue::Scalar { text, .. } => {
                let fault = Diagnostic::error(
                    "wrong-type",
                    say!("{text} is neither a number nor names", text = quote(text)),
                );
                at.report(fault.hint(say!(
                    "write how many, or a list of people: `- Иванова А. П., директор`"
                )));
                None
            }
            _ => u32::read(at).map(Self::bare),
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
