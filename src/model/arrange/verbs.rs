//! The verbs of office papers, by which a key leads to what stands below it and is no heading.

/// Verbs that lead to points, as they stand in documents of all kinds.
const VERBS: [&str; 56] = [
    "note",
    "noted",
    "recommend",
    "recommends",
    "decide",
    "решение",
    "постановили",
    "постановил",
    "постановила",
    "постановило",
    "постановляет",
    "постановляю",
    "решили",
    "решил",
    "решила",
    "решило",
    "решает",
    "приказываю",
    "приказывает",
    "обязываю",
    "поручаю",
    "установил",
    "установила",
    "установили",
    "установлено",
    "выявила",
    "выявили",
    "выявлено",
    "определила",
    "определили",
    "определил",
    "постановляем",
    "решаем",
    "распоряжаюсь",
    "предлагаю",
    "предлагает",
    "предлагают",
    "предложили",
    "рекомендует",
    "рекомендуют",
    "рекомендовали",
    "рекомендовать",
    "рекомендуется",
    "заслушали",
    "обсудили",
    "предложить",
    "просить",
    "отмечает",
    "отмечают",
    "отметили",
    "констатируют",
    "констатирует",
    "поручить",
    "ходатайствуют",
    "считают",
    "просят",
];

/// The verb that a key is, if it is one: «Приказываю», «участники отмечают», «считают необходимым».
pub(in crate::model) fn verb(key: &str) -> Option<&str> {
    let key = key.trim().trim_end_matches(':').trim_end();
    let mut words = key.split_whitespace();
    let is = |word: &str| VERBS.contains(&word.to_lowercase().as_str());
    // «решили следующее», «совершать следующие действия».
    if words.clone().any(|word| word.to_lowercase().starts_with("следующ")) {
        return Some(key);
    }
    let short = words.clone().count() <= 3;
    // «Совет народных депутатов решил» ends with its verb.
    (short && words.any(is) || words.count() <= 6 && words_end(key).is_some_and(is)).then_some(key)
}

fn words_end(text: &str) -> Option<&str> {
    text.split_whitespace().last()
}

/// How the verbs begin that office papers are made of, beside those of [`VERBS`].
const STEMS: [&str; 66] = [
    "составл",
    "составил",
    "удостовер",
    "уполномоч",
    "довер",
    "подтвержда",
    "подтверди",
    "сообща",
    "сообщи",
    "информиру",
    "проинформир",
    "уведом",
    "извеща",
    "извести",
    "довод",
    "обраща",
    "обрати",
    "прилага",
    "приложен",
    "приглаша",
    "пригласи",
    "гарантиру",
    "обязуе",
    "обязал",
    "провер",
    "осмотр",
    "обследова",
    "произве",
    "провел",
    "рассмотр",
    "принял",
    "вынес",
    "объявля",
    "объяви",
    "требуе",
    "требую",
    "нужда",
    "призыва",
    "заявля",
    "направл",
    "представл",
    "напомина",
    "выража",
    "благодари",
    "благодаря",
    "поздравл",
    "предупрежда",
    "рекоменду",
    "ходатайству",
    "соглас",
    "ознакомл",
    "ознакоми",
    "выяв",
    "выясн",
    "обнаруж",
    "зафиксир",
    "подписал",
    "договорил",
    "предоставл",
    "передава",
    "передал",
    "поясня",
    "пояснил",
    "свидетельству",
    "возража",
    "имеет",
];

/// How their forms end.
const ENDINGS: [&str; 34] = [
    "ю", "юсь", "ем", "им", "емся", "имся", "ет", "ит", "ется", "ится", "ют", "ят", "ются", "ятся",
    "ли", "лись", "л", "лся", "ла", "лась", "ло", "лось", "ть", "ться", "ен", "ена", "ено", "ены",
    "ан", "ана", "ано", "аны", "на", "но",
];

/// Verbs that are short, and irregular ones.
const WHOLE: [&str; 10] = [
    "прошу",
    "просим",
    "просит",
    "просят",
    "прошло",
    "довожу",
    "обязуюсь",
    "имеются",
    "дали",
    "дана",
];

/// Whether a word is a verb of an office paper: «составили», «уполномочивает», «прилагаются».
pub(in crate::model) fn is_verb(word: &str) -> bool {
    let word = word.to_lowercase().replace('ё', "е");
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let form = |stem: &str| {
        // Nouns of the same stems are longer or end otherwise: «уведомление», «доверенность».
        let rest = word.strip_prefix(stem)?;
        let noun = rest.ends_with("ию") || rest.chars().count() > 6;
        let whole = stem.ends_with(['л', 'е', 'ю']) && rest.is_empty();
        Some(!noun && (whole || ENDINGS.iter().any(|end| rest.ends_with(end))))
    };
    WHOLE.contains(&word)
        || VERBS.contains(&word)
        || STEMS.iter().any(|stem| form(stem) == Some(true))
}

/// Whether a key goes on in what stands below it: «составили акт о том, что», «прилагаем к письму»,
/// «Комиссия установила», «для участия необходимо».
pub(in crate::model) fn goes_on(key: &str) -> bool {
    const LAST: [&str; 21] = [
        "что",
        "чтобы",
        "о",
        "об",
        "на",
        "в",
        "во",
        "к",
        "с",
        "со",
        "по",
        "для",
        "из",
        "от",
        "до",
        "за",
        "именно",
        "необходимо",
        "нужно",
        "иметь",
        "ждут",
    ];
    let label = key.trim().trim_end_matches(':').trim_end().to_lowercase();
    let words: Vec<&str> = label.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    LAST.contains(last) && words.len() > 1 || is_verb(first) || is_verb(last)
}

#[cfg(test)]
mod tests {
    use super::{goes_on, verb};

    #[test]
    fn verbs_that_lead_to_points() {
        for key in ["Приказываю", "участники отмечают", "решили"] {
            assert_eq!(verb(key), Some(key));
        }
        assert_eq!(verb("рекомендации"), None);
    }

    #[test]
    fn keys_that_go_on() {
        for key in [
            "составили настоящий акт о том, что",
            "Прилагаем",
            "к заявлению прилагаются",
            "настоящей доверенностью уполномочивает",
            "при себе иметь",
            "Довожу до Вашего сведения",
        ] {
            assert!(goes_on(key), "{key}");
        }
        for key in [
            "Представление",
            "Требования к участникам",
            "Доверенность",
            "Выводы комиссии",
            "Согласование",
            "Предложения",
            "Состав комиссии",
            "Направления работы",
            "Приложение",
        ] {
            assert!(!goes_on(key), "{key}");
        }
    }
}
