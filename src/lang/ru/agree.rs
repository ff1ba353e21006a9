//! Agreement of a predicate or attribute with a person or a group, and lists joined by a
//! conjunction.

use super::grammar::{Gender, Number};

/// Puts the masculine nominative of a past verb, short participle or adjective into a gender and
/// number.
///
/// Forms written with a slash («заслушал/а/и», «Уважаемый/ая») give their first form to the rules.
/// A word of no known shape comes back unchanged.
///
/// ```
/// use itog::lang::ru::{agree::agree, Gender::{Feminine, Masculine, Neuter}, Number::{Plural, Singular}};
///
/// assert_eq!(agree("награждён", Feminine, Singular), "награждена");
/// assert_eq!(agree("принял", Masculine, Plural), "приняли");
/// assert_eq!(agree("Уважаемый", Feminine, Singular), "Уважаемая");
/// assert_eq!(agree("заслушал/а/и", Feminine, Singular), "заслушала");
/// assert_eq!(agree("собрался", Neuter, Singular), "собралось");
/// assert_eq!(agree("обязан", Masculine, Plural), "обязаны");
/// ```
#[must_use]
pub fn agree(word: &str, gender: Gender, number: Number) -> String {
    let word = word.split('/').next().unwrap_or(word).trim_end();
    let word = word.split('(').next().unwrap_or(word);
    let slot = match (number, gender) {
        (Number::Plural, _) => 3,
        (_, gender) => gender as usize,
    };
    if slot == 0 {
        return word.to_owned();
    }
    let (base, reflexive) = match word.strip_suffix("ся") {
        Some(base) => (base, true),
        None => (word, false),
    };
    forms(base, reflexive).map_or_else(
        || word.to_owned(),
        |(stem, mut ending)| {
            let mut out = String::with_capacity(word.len() + 4);
            out.push_str(stem.keep);
            out.push_str(stem.add);
            out.push_str(ending.swap_remove(slot - 1));
            if reflexive {
                // A full participle keeps -ся (явившаяся), a verb has -сь after a vowel (явилась).
                out.push_str(if stem.adjective || !out.ends_with(['а', 'о', 'и']) {
                    "ся"
                } else {
                    "сь"
                });
            }
            out
        },
    )
}

struct Stem<'a> {
    keep: &'a str,
    add: &'static str,
    adjective: bool,
}

/// Irregular masculine past forms and short forms with the stem of the others: шёл → шл-а.
const IRREGULAR: [(&str, &str); 22] = [
    ("шёл", "шл"),
    ("шел", "шл"),
    ("должен", "должн"),
    ("мог", "могл"),
    ("нёс", "несл"),
    ("нес", "несл"),
    ("вёз", "везл"),
    ("вез", "везл"),
    ("рос", "росл"),
    ("умер", "умерл"),
    ("берёг", "берегл"),
    ("берег", "берегл"),
    ("достиг", "достигл"),
    ("возник", "возникл"),
    ("привык", "привыкл"),
    ("благодарен", "благодарн"),
    ("согласен", "согласн"),
    ("известен", "известн"),
    ("уполномочен", "уполномочен"),
    ("достоин", "достойн"),
    ("рад", "рад"),
    ("готов", "готов"),
];

fn forms(word: &str, reflexive: bool) -> Option<(Stem<'_>, Vec<&'static str>)> {
    for (masculine, stem) in IRREGULAR {
        if let Some(keep) = word.strip_suffix(masculine) {
            let whole_word = keep.is_empty()
                || matches!(
                    masculine,
                    "шёл"
                        | "шел"
                        | "мог"
                        | "нёс"
                        | "вёз"
                        | "рос"
                        | "умер"
                        | "берёг"
                        | "достиг"
                        | "возник"
                );
            if whole_word {
                return Some((Stem { keep, add: stem, adjective: false }, short_endings(stem)));
            }
        }
    }
    let cut =
        |letters: usize| word.char_indices().rev().nth(letters - 1).map(|(at, _)| &word[..at]);
    let adjective = |endings| cut(2).map(|keep| (Stem { keep, add: "", adjective: true }, endings));
    let before = word.chars().rev().nth(2)?;
    if word.ends_with("ый") || word.ends_with("ой") && !reflexive {
        return adjective(vec![
            "ая",
            "ое",
            if matches!(before, 'г' | 'к' | 'х' | 'ж' | 'ч' | 'ш' | 'щ') {
                "ие"
            } else {
                "ые"
            },
        ]);
    }
    if word.ends_with("ий") {
        return adjective(match before {
            'г' | 'к' | 'х' => vec!["ая", "ое", "ие"],
            'ж' | 'ч' | 'ш' | 'щ' => vec!["ая", "ее", "ие"],
            _ => vec!["яя", "ее", "ие"],
        });
    }
    // Stressed -ён gives its ё away: награждён, награждена.
    if let Some(keep) = word.strip_suffix("ён") {
        return Some((Stem { keep, add: "ен", adjective: false }, vec!["а", "о", "ы"]));
    }
    let last = word.chars().next_back()?;
    match last {
        'л' => Some((Stem { keep: word, add: "", adjective: false }, vec!["а", "о", "и"])),
        'н' | 'т' | 'в' | 'м' | 'д' | 'р' | 'к' | 'г' if !reflexive => {
            Some((Stem { keep: word, add: "", adjective: false }, short_endings(word)))
        }
        _ => None,
    }
}

fn short_endings(stem: &str) -> Vec<&'static str> {
    let plural = if stem.ends_with(['л', 'г', 'к', 'х']) { "и" } else { "ы" };
    vec!["а", "о", plural]
}

/// Joins the items of a list: «А, Б и В».
///
/// ```
/// use itog::lang::ru::agree::join;
///
/// assert_eq!(join(&["директор", "методист", "библиотекарь"], "и"), "директор, методист и библиотекарь");
/// assert_eq!(join(&["Да", "Нет"], "или"), "Да или Нет");
/// assert_eq!(join::<&str>(&[], "и"), "");
/// ```
#[must_use]
pub fn join<T: AsRef<str>>(items: &[T], conjunction: &str) -> String {
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 && at + 1 == items.len() {
            out.push(' ');
            out.push_str(conjunction);
            out.push(' ');
        } else if at > 0 {
            out.push_str(", ");
        }
        out.push_str(item.as_ref());
    }
    out
}
