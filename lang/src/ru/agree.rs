//! Agreement of a predicate or attribute with a person or a group, and lists joined by a
//! conjunction.

// One word a line would make a list of a thousand lines.
#[rustfmt::skip]
mod lists;
mod past;
mod present;
mod short;

use super::capital;
use super::grammar::{Gender, Number};
use super::word::Letters;
use past::{PAST, full_adjective, past_or_adjective};
use present::present;

/// Puts the masculine nominative of a past verb, participle, adjective or pronoun into a gender and
/// number, the singular of a present verb into a number.
///
/// Forms written with a slash or brackets («заслушал/а/и», «принял(а)») give their first form to
/// the rules; of several words the first one agrees, and with it what it is the copula of («был
/// награждён») and what «и» joins to it («прошёл обучение и сдал экзамен»). `None` for a word that
/// is none of these: a noun has no gender to choose.
///
/// ```
/// use itog_lang::ru::agree::agree;
/// use itog_lang::ru::{Gender::{Feminine, Masculine, Neuter}, Number::{Plural, Singular}};
///
/// let she = |word| agree(word, Feminine, Singular);
/// assert_eq!(she("награждён").as_deref(), Some("награждена"));
/// assert_eq!(she("приобрёл").as_deref(), Some("приобрела"));
/// assert_eq!(she("принял(а) участие").as_deref(), Some("приняла участие"));
/// assert_eq!(agree("награждается", Masculine, Plural).as_deref(), Some("награждаются"));
/// assert_eq!(agree("собрался", Neuter, Singular).as_deref(), Some("собралось"));
/// assert_eq!(she("директор"), None);
/// ```
#[must_use]
pub fn agree(text: &str, gender: Gender, number: Number) -> Option<String> {
    let text = text.trim_end();
    let (word, rest) = match text.find(' ') {
        // «пел, танцевал»
        Some(at) => text.split_at(text[..at].trim_end_matches(',').len()),
        None => (text, ""),
    };
    // «не явился», «успешно освоил»: a particle or an adverb stands before the verb.
    if !rest.is_empty() && is_adverb(word) {
        return agree(rest.trim_start(), gender, number).map(|form| {
            let gap = &rest[..rest.len() - rest.trim_start().len()];
            format!("{word}{gap}{form}")
        });
    }
    if let Some(at) = behind_circumstance(word, rest) {
        let (before, predicate) = rest.split_at(at);
        return agree(predicate, gender, number).map(|form| format!("{word}{before}{form}"));
    }
    // «чей-то», «какой-либо», «кто-нибудь»: what stands behind the hyphen never changes.
    if let Some((pronoun, particle)) = word.split_once('-')
        && matches!(particle, "то" | "либо" | "нибудь")
    {
        let form = agree(pronoun, gender, number)?;
        return Some(format!("{form}-{particle}{rest}"));
    }
    let word = word.split(['/', '(']).next().unwrap_or(word);
    let slot = match (number, gender) {
        // Russian has one plural for all genders.
        (Number::Plural, _) => 3,
        (_, gender) => gender as usize,
    };
    let small = word.to_lowercase();
    let form = pronoun(&small, slot)
        .map(|form| cased(word, form))
        .or_else(|| present(word, slot))
        .or_else(|| past_or_adjective(word, &small, slot))?;
    if rest.is_empty() {
        return Some(form);
    }
    if is_full_adjective(&small) && small != "который" {
        return attributes(rest, gender, number).map(|rest| form + &rest);
    }
    Some(form + &following(&small, rest, slot))
}

/// «с честью | выполнил», «в полном объёме | освоил»: where the predicate begins behind a
/// circumstance that a preposition leads.
fn behind_circumstance(first: &str, rest: &str) -> Option<usize> {
    // Prepositions that begin what a predicate may stand behind: «за год | прочитал».
    const LEAD: [&str; 9] = ["с", "со", "по", "в", "во", "на", "без", "за", "из"];
    if !LEAD.contains(&first.to_lowercase().as_str()) {
        return None;
    }
    let starts = rest.char_indices().filter(|(_, ch)| *ch == ' ').map(|(at, _)| at + 1);
    starts.skip(1).find(|&at| {
        let word = rest[at..].split(' ').next().unwrap_or_default();
        is_past(word) || is_short(word) || present(word, 3).is_some()
    })
}

/// Whether a word is an adjective that is no participle, which may govern a noun: «самый», but
/// «получивший | диплом».
fn is_full_adjective(word: &str) -> bool {
    let participle = ["вший", "дший", "сший", "зший", "гший", "кший", "рший", "щий", "нный", "тый"];
    word.ends_with(['й']) && !ends_any(word, &participle) && full_adjective(word, false).is_some()
}

/// What stands behind an adjective: other adjectives agree as well («самый лучший»), and a noun
/// beside them cannot.
fn attributes(rest: &str, gender: Gender, number: Number) -> Option<String> {
    let next = rest.trim_start_matches([' ', ',']);
    let next = next.strip_prefix("и ").unwrap_or(next);
    let gap = &rest[..rest.len() - next.len()];
    let word = next.split([' ', ',']).next().unwrap_or_default();
    let small = word.to_lowercase();
    if is_full_adjective(&small) {
        return agree(next, gender, number).map(|form| format!("{gap}{form}"));
    }
    let noun = word.chars().count() > 3
        && word.chars().all(char::is_alphabetic)
        && !super::word::is_vowel(Letters::new(&small).back(0))
        && !ends_any(&small, &["ом", "ем", "ым", "им", "ой", "ей", "ых", "их", "ов", "ам", "ям"]);
    (!noun).then(|| rest.to_owned())
}

/// What stands behind a predicate: mostly words that depend on it, but a copula has its predicate
/// there, and «и» or a comma may join another one of the same kind.
fn following(first: &str, rest: &str, slot: usize) -> String {
    let copula = |word: &str| {
        matches!(word, "был" | "быть" | "будет" | "стал" | "должен" | "остался" | "оказался")
    };
    let (past, short) = (is_past(first), is_short(first));
    let mut out = String::with_capacity(rest.len() + 8);
    let mut before = first.to_owned();
    // «был бы рад», «рад был бы»
    let mut earlier = String::new();
    for piece in rest.split_inclusive(' ') {
        let word = piece.trim_end();
        let bracket = word.len() - word.trim_start_matches('(').len();
        let bare = word[bracket..].trim_end_matches([',', ';', ')']);
        if before == "бы" {
            before.clone_from(&earlier);
        }
        let small = bare.to_lowercase();
        let joined =
            before == "и" || before.ends_with(',') || matches!(before.as_str(), "не" | "а");
        // «награждён (премирован)»
        let joined = joined || bracket > 0;
        let joined = joined || first == "который";
        let (past, short) = (past || first == "который", short || first == "который");
        let agrees = copula(&before) && is_short(&small)
            || (short || before == "должен") && small == "был"
            || joined && (past && is_past(&small) || short && is_short(&small));
        match agrees.then(|| past_or_adjective(bare, &small, slot)).flatten() {
            Some(form) => {
                out.push_str(&piece[..bracket]);
                out.push_str(&form);
                out.push_str(&piece[bracket + bare.len()..]);
            }
            None => out.push_str(piece),
        }
        // «не только был, но и стал»
        if !word.is_empty() && (!copula(&before) || small != "уже") {
            earlier = std::mem::replace(&mut before, word.to_lowercase());
        }
    }
    out
}

/// Whether a word is a past verb by its ending: «прошёл», «занялся», «помог».
fn is_past(word: &str) -> bool {
    let bare = word.strip_suffix("ся").unwrap_or(word);
    let irregular = || {
        PAST.iter().any(|(past, _)| past.ends_with(['к', 'г', 'с', 'з']) && bare.ends_with(past))
    };
    (bare.ends_with('л') || irregular()) && past_or_adjective(word, word, 1).is_some()
}

/// Whether a word is a short participle or adjective: «награждён», «готов».
fn is_short(word: &str) -> bool {
    word.ends_with(['н', 'т', 'в', 'д', 'к', 'ж'])
        && !is_past(word)
        && past_or_adjective(word, word, 1).is_some()
}

/// Whether a word before a verb is an adverb, which never changes: «активно», «не», «также».
fn is_adverb(word: &str) -> bool {
    const ADVERBS: [&str; 12] = [
        "не",
        "также",
        "ещё",
        "уже",
        "дважды",
        "трижды",
        "впервые",
        "вновь",
        "лично",
        "затем",
        "всегда",
        "неоднократно",
    ];
    let small = word.to_lowercase();
    ADVERBS.contains(&small.as_str())
        || word.chars().count() > 4 && ends_any(&small, &["но", "шо", "ко", "ески"])
}

/// A form with the capitals of the word it comes from.
fn cased(word: &str, form: &str) -> String {
    let mut letters = word.chars();
    match (letters.next().is_some_and(char::is_uppercase), letters.next()) {
        (true, Some(second)) if second.is_uppercase() => form.to_uppercase(),
        (true, _) => capital(form),
        _ => form.to_owned(),
    }
}

/// The pronouns, a closed class: masculine, feminine, neuter, plural.
const PRONOUNS: [[&str; 4]; 41] = [
    ["он", "она", "оно", "они"],
    ["его", "её", "его", "их"],
    ["ему", "ей", "ему", "им"],
    ["им", "ею", "им", "ими"],
    ["него", "неё", "него", "них"],
    ["нему", "ней", "нему", "ним"],
    ["ним", "ней", "ним", "ними"],
    ["нём", "ней", "нём", "них"],
    ["сам", "сама", "само", "сами"],
    ["самого", "саму", "само", "самих"],
    ["самому", "самой", "самому", "самим"],
    ["весь", "вся", "всё", "все"],
    ["всего", "всей", "всего", "всех"],
    ["всему", "всей", "всему", "всем"],
    ["этот", "эта", "это", "эти"],
    ["тот", "та", "то", "те"],
    ["один", "одна", "одно", "одни"],
    ["мой", "моя", "моё", "мои"],
    ["твой", "твоя", "твоё", "твои"],
    ["свой", "своя", "своё", "свои"],
    ["наш", "наша", "наше", "наши"],
    ["ваш", "ваша", "ваше", "ваши"],
    ["чей", "чья", "чьё", "чьи"],
    ["третий", "третья", "третье", "третьи"],
    ["казачий", "казачья", "казачье", "казачьи"],
    ["охотничий", "охотничья", "охотничье", "охотничьи"],
    ["рыбачий", "рыбачья", "рыбачье", "рыбачьи"],
    ["птичий", "птичья", "птичье", "птичьи"],
    ["помещичий", "помещичья", "помещичье", "помещичьи"],
    ["сей", "сия", "сие", "сии"],
    ["каков", "какова", "каково", "каковы"],
    ["таков", "такова", "таково", "таковы"],
    // No pronouns, but as closed: they have one form.
    ["вправе", "вправе", "вправе", "вправе"],
    ["есть", "есть", "есть", "есть"],
    ["оба", "обе", "оба", "оба"],
    ["кто", "кто", "кто", "кто"],
    ["никто", "никто", "никто", "никто"],
    ["некто", "некто", "некто", "некто"],
    ["ничей", "ничья", "ничьё", "ничьи"],
    ["которого", "которую", "которое", "которых"],
    ["которому", "которой", "которому", "которым"],
];

fn pronoun(word: &str, slot: usize) -> Option<&'static str> {
    PRONOUNS.iter().find(|forms| forms[0] == word).map(|forms| forms[slot])
}

/// What stays of a word before its ending.
struct Stem<'a> {
    keep: &'a str,
    add: &'static str,
    adjective: bool,
}

fn ends_any(word: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| word.ends_with(end))
}

/// Joins the items of a list: «А, Б и В».
///
/// ```
/// use itog_lang::ru::agree::join;
///
/// assert_eq!(
///     join(&["директор", "методист", "библиотекарь"], "и"),
///     "директор, методист и библиотекарь"
/// );
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
