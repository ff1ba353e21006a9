//! The reason of a certificate as people type it: with its «за», as an occasion, as a clause.

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
    rest.unwrap_or(reason).trim_start().to_owned()
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

/// Verbs in the past with which the clause after «что» begins; none is also a noun in the case
/// that «за» wants.
const VERBS: [&str; 30] = [
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
    "являлся",
    "прослушал",
    "выполнил",
];

/// Whether a text begins as a clause with a verb: «принял участие», «успешно прошла обучение».
pub(super) fn is_clause(text: &str) -> bool {
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
