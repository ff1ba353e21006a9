//! The reason of a certificate in the case that «за» asks for, where it was typed in the
//! nominative: «активная работа с детьми» is «активную работу с детьми».

/// Nouns that a reason begins with and that differ in the accusative; all others of such a sense
/// end in «-ция», or look alike in both cases.
const NOUNS: [&str; 44] = [
    "работа",
    "победа",
    "пропаганда",
    "забота",
    "подготовка",
    "поддержка",
    "разработка",
    "отработка",
    "постановка",
    "выставка",
    "инициатива",
    "служба",
    "защита",
    "охрана",
    "учеба",
    "учёба",
    "дружба",
    "борьба",
    "игра",
    "заслуга",
    "услуга",
    "отвага",
    "находка",
    "выручка",
    "выдержка",
    "закалка",
    "сноровка",
    "тренировка",
    "встреча",
    "сдача",
    "передача",
    "отдача",
    "задача",
    "уборка",
    "посадка",
    "экскурсия",
    "дисциплина",
    "воля",
    "доля",
    "чистота",
    "доброта",
    "красота",
    "культура",
    "программа",
];

const QUOTES: [char; 5] = ['«', '»', '„', '“', '"'];

/// The reason in the accusative; one that is in it already is left as it is.
///
/// Feminine adjectives show the case: «-ая» is always the nominative. So does the noun behind them,
/// and one that is known. Each part of a list is looked at by itself.
pub(super) fn accusative(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    // «Самая активная читательница» is who somebody is, and has a warning of its own.
    // So far as the first word shows the accusative, the whole is in it: «победу в конкурсе,
    // возрастная группа 7–9 лет».
    let first = reason.split_whitespace().next().unwrap_or_default();
    if reason.to_lowercase().starts_with("самая ") || first.ends_with(['у', 'ю']) {
        return reason.to_owned();
    }
    // Where a part of the list begins, and an adjective waits for its noun.
    let (mut open, mut adjective, mut quoted) = (true, false, 0_usize);
    for (at, word) in reason.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let bare = word.trim_end_matches([',', ';', '.', ':']);
        let begins = (open || adjective) && quoted == 0 && !word.contains(QUOTES);
        let (form, is_adjective) = match begins {
            true => in_accusative(bare, adjective, at == 0),
            false => (None, false),
        };
        out.push_str(form.as_deref().unwrap_or(bare));
        out.push_str(&word[bare.len()..]);
        quoted += word.matches(['«', '„']).count();
        quoted = quoted.saturating_sub(word.matches(['»', '“']).count());
        let joins = matches!(word, "и" | "а" | "также" | "или");
        let parted = word.len() > bare.len();
        // «активная и плодотворная работа»: the noun is still to come.
        adjective = is_adjective || adjective && joins;
        open = joins || parted || is_adverb(bare) && begins;
    }
    out
}

/// «профессионально подготовленная»: a participle or an adjective may come.
fn is_adverb(word: &str) -> bool {
    word.chars().count() > 4 && word.ends_with('о')
}

/// The form of a word that begins a part, and whether it is an adjective.
fn in_accusative(word: &str, adjective: bool, first: bool) -> (Option<String>, bool) {
    let small = word.to_lowercase();
    let ending = |end: &str, new: &str| word.strip_suffix(end).map(|stem| format!("{stem}{new}"));
    if small.chars().count() > 3
        && let Some(form) = ending("ая", "ую").or_else(|| ending("яя", "юю"))
    {
        return (Some(form), true);
    }
    let letters = small.chars().all(char::is_alphabetic);
    // Behind «активная» stands its noun; «-ция» is no other case, and of the first word alone
    // neither is «-ка»: «войска» and «облака» are no reasons.
    let noun = adjective
        || NOUNS.contains(&small.as_str())
        || ["ция", "сия", "зия"].iter().any(|end| small.ends_with(end))
        || first && small.ends_with("вка");
    if !noun || !letters {
        return (None, false);
    }
    (ending("а", "у").or_else(|| ending("я", "ю")), false)
}

#[cfg(test)]
mod tests {
    use super::accusative;

    #[test]
    fn the_nominative_is_put_into_the_accusative() {
        for (typed, expected) in [
            ("пропаганда чтения", "пропаганду чтения"),
            ("активная работа с молодёжью", "активную работу с молодёжью"),
            ("многолетняя и плодотворная деятельность", "многолетнюю и плодотворную деятельность"),
            (
                "организация концерта, подготовка команды и победа в конкурсе",
                "организацию концерта, подготовку команды и победу в конкурсе",
            ),
            ("активная жизненная позиция и помощь", "активную жизненную позицию и помощь"),
            ("лучшая методическая разработка", "лучшую методическую разработку"),
            ("отличная учёба, активная работа", "отличную учёбу, активную работу"),
        ] {
            assert_eq!(accusative(typed), expected);
        }
    }

    #[test]
    fn what_is_in_order_stays() {
        for reason in [
            "активную работу с молодёжью",
            "высокие результаты",
            "подготовку и проведение праздника",
            "помощь в организации дня открытых дверей, праздника и выставки",
            "победу в конкурсе «Активная позиция, и моя работа»",
            "проведение мастер-класса «Родная речь»",
            "вклад в развитие края",
            "участие в конкурсе, I место",
            "победу в конкурсе в номинации «Проза», возрастная группа 7–9 лет",
            "рассказ \"Первая учительница\"",
            "достижения в спорте",
            "многолетний добросовестный труд и в связи с юбилеем",
        ] {
            assert_eq!(accusative(reason), reason);
        }
    }
}
