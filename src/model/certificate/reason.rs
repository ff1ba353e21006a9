//! The reason of a certificate as people type it: with its «за», as an occasion, as a clause.

use crate::lang::ru::uncapital;

/// The reason without the «за» that is printed before it, and without the thanks before that.
pub(super) fn after_za(reason: &str) -> String {
    let reason = reason.trim();
    let mut words = reason.split_whitespace();
    if words.next().is_some_and(|word| ["Благодарим", "Благодарю"].contains(&word))
    {
        let addressed = |word: &&str| ["Вас", "вас", "тебя"].contains(word);
        if words.find(|word| !addressed(word)).is_some_and(|word| word == "за") {
            return words.collect::<Vec<_>>().join(" ");
        }
    }
    // With its space, or «заслуги перед библиотекой» would lose their beginning.
    let rest = ["за ", "За ", "ЗА "].iter().find_map(|za| reason.strip_prefix(za));
    let bare = rest.unwrap_or(reason).trim_start();
    // A sentence of its own stays one.
    if is_address(bare) { bare.to_owned() } else { within(bare) }
}

/// A reason as it stands inside of a sentence: «Большой вклад.» is «большой вклад».
fn within(reason: &str) -> String {
    let mut words = reason.split_whitespace();
    let first = words.next().unwrap_or_default();
    // Two capitals are an acronym or a name: «Диктант Победы».
    let common = words.next().is_some_and(|word| word.starts_with(char::is_lowercase))
        && first.chars().skip(1).all(char::is_lowercase)
        // «I место»
        && !first.is_ascii();
    // The last of several sentences keeps its stop.
    let several = reason.trim_end_matches('.').contains(". ");
    let bare = if several { reason } else { without_stop(reason) };
    if common { uncapital(bare) } else { bare.to_owned() }
}

/// A text without the stop of its sentence: that of «2026 г.» and «по н. в.» is the word's.
fn without_stop(text: &str) -> &str {
    let bare = text.trim_end_matches('.');
    let last = bare.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    if last.chars().count() > 3 && !last.contains('.') { bare } else { text }
}

/// What a text says behind an opening that the formula prints already, and whether the person stood
/// before it in the dative: «Настоящим подтверждается, что Жук Артём принял участие», «Дана в том,
/// что он учится».
pub(super) fn after_opening(text: &str, name: &str) -> Option<(bool, String)> {
    const OPENINGS: [&str; 11] = [
        "настоящим",
        "настоящий",
        "настоящая",
        "настоящее",
        "подтверждает",
        "подтверждается",
        "удостоверяет",
        "удостоверяется",
        "дан",
        "дана",
        "дано",
    ];
    let first = text.split_whitespace().next()?.to_lowercase();
    let given = ["выдан", "выдана", "выдано"].contains(&first.as_str());
    if !given && !OPENINGS.contains(&first.as_str()) {
        return None;
    }
    let (opening, rest) = text.split_once("что ")?;
    // Farther on «что» belongs to another clause.
    if opening.split_whitespace().count() > 9 {
        return None;
    }
    let opening = opening.trim_end().trim_end_matches(',');
    let issued = opening.ends_with(" том");
    let bare = rest.trim_start();
    let bare = bare.strip_prefix(name).filter(|_| !name.is_empty()).unwrap_or(bare).trim_start();
    Some((issued, without_stop(bare).to_owned()))
}

/// Whether a reason is an occasion, with a preposition of its own: «в связи с 50-летием», «по
/// случаю юбилея».
pub(super) fn is_occasion(reason: &str) -> bool {
    const OCCASIONS: [&str; 9] = [
        "в связи с",
        "в связи со",
        "в честь",
        "в ознаменование",
        "в знак",
        "по случаю",
        "по итогам",
        "по результатам",
        "к юбилею",
    ];
    let reason = reason.to_lowercase();
    let begins = |words: &&str| reason.strip_prefix(*words).is_some_and(|r| r.starts_with(' '));
    OCCASIONS.iter().any(begins)
}

/// Whether a reason says in what somebody was good, and not what for: «в интеллектуальной игре»,
/// «на олимпиаде по химии». Behind «за» it is no Russian.
pub(super) fn is_field(reason: &str) -> bool {
    let first = reason.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["в", "во", "на", "среди"].contains(&first.as_str()) && !is_occasion(reason)
}

/// Who stands before the verb of a clause, and the clause: «Цой Анна Ильинична», «приняла участие».
pub(in crate::model) fn named_clause(text: &str) -> Option<(&str, &str)> {
    let gaps = text.match_indices(' ').map(|(at, _)| at);
    let clause = |at: &usize| {
        let rest = text[*at..].trim_start();
        rest.starts_with(char::is_lowercase) && is_clause(rest)
    };
    let at = gaps.into_iter().find(clause)?;
    Some((text[..at].trim_end(), text[at..].trim_start()))
}

/// Whether a text speaks to its reader in a sentence of its own: «Выражаем Вам признательность».
pub(super) fn is_address(text: &str) -> bool {
    const VERBS: [&str; 11] = [
        "спасибо",
        "благодарим",
        "благодарю",
        "выражаем",
        "выражаю",
        "поздравляем",
        "поздравляю",
        "примите",
        "позвольте",
        "желаем",
        "желаю",
    ];
    // After one adverb at most: «искренне благодарим».
    let mut words = text.split_whitespace().take(2).map(str::to_lowercase);
    words.any(|word| VERBS.contains(&word.as_str()))
}

/// Whether a text of a certificate that confirms is what it is given for, and no clause after
/// «что»: «за участие …», «успешное прохождение …».
pub(super) fn is_done(text: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "участие",
        "прохождение",
        "освоение",
        "подготовку",
        "организацию",
        "проведение",
        "победу",
        "публикацию",
        "выступление",
        "представление",
        "помощь",
        "сдачу",
        "разработку",
        "обучение",
    ];
    let small = text.to_lowercase();
    let mut words = small.split_whitespace();
    let first = words.next().unwrap_or_default();
    let adjective = ["ое", "ее", "ую", "юю"].iter().any(|end| first.ends_with(end));
    let noun = |word: &str| NOUNS.contains(&word);
    first == "за" || noun(first) || adjective && words.next().is_some_and(noun)
}

/// Verbs in the past with which the clause after «что» begins; none is also a noun in the case
/// that «за» wants.
const VERBS: [&str; 42] = [
    "принял",
    // Both spellings, for the text is as it was typed.
    "прошёл",
    "прошел",
    "прошла",
    "прошли",
    "участвовал",
    "занял",
    "освоил",
    "выступил",
    "окончил",
    "закончил",
    "завершил",
    "стал",
    "подготовил",
    "провёл",
    "провел",
    "обучал",
    "повысил",
    "защитил",
    "набрал",
    "получил",
    "показал",
    "сдал",
    "внёс",
    "внес",
    "представил",
    "является",
    "являл",
    "прослушал",
    "выполнил",
    "опубликовал",
    "разместил",
    "разработал",
    "организовал",
    "создал",
    "исполнил",
    "победил",
    "прочитал",
    "прочёл",
    "посетил",
    "стажировал",
    "продемонстрировал",
];

/// Whether a text begins as a clause with a verb: «принял участие», «успешно прошла обучение».
pub(in crate::model) fn is_clause(text: &str) -> bool {
    // The verb of such a clause stands first or after one adverb: «успешно прошёл».
    text.split_whitespace().take(2).any(|word| {
        let word = word.to_lowercase();
        // «Прошёл(ла)», «принял/а»: without what is added for the other gender.
        let word = word.split(['(', '/', ',']).next().unwrap_or_default();
        // «Обучался» is «обучал» here; of «являлся» the list has the whole form, too.
        let bare = word.trim_end_matches("ся").trim_end_matches("сь");
        VERBS.iter().any(|verb| {
            [bare, word].iter().any(|word| {
                word.strip_prefix(verb).is_some_and(|end| ["", "а", "о", "и"].contains(&end))
            })
        })
    })
}
