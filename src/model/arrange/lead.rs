//! Keys that go on in what stands below them and are no headings: «составили акт о том, что:»,
//! «прилагаем:».

use super::verb::verb;

/// How the verbs begin that office papers are made of, beside those of [`verb`]. «Выяв» is there as
/// well: its short forms lead to no points.
const STEMS: [&str; 55] = [
    "составл",
    "состави",
    "удостовер",
    "уполномоч",
    "довер",
    "сообща",
    "сообщи",
    "информиру",
    "проинформир",
    "уведом",
    "извеща",
    "извести",
    "довод",
    "обрати",
    "прилага",
    "приложен",
    "приглаша",
    "пригласи",
    "гарантиру",
    "обязал",
    "провер",
    "осмотр",
    "обследова",
    "произве",
    "прове",
    "рассмотр",
    "принял",
    "вынес",
    "объявля",
    "объяви",
    "требуе",
    "требую",
    "нужда",
    "направл",
    "представл",
    "благодари",
    "благодаря",
    "поздравл",
    "предупрежда",
    "соглас",
    "ознакомл",
    "ознакоми",
    "выяв",
    "выясн",
    "обнаруж",
    "зафиксир",
    "подписал",
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
        || verb(word).is_some()
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
    LAST.contains(last) && words.len() > 1
        || is_verb(first)
        || is_verb(last)
        || is_infinitive(first)
        || words.len() > 1 && VALID.contains(last)
}

/// What is said of a paper: «Доверенность действительна: до 31 марта».
const VALID: [&str; 3] = ["действителен", "действительна", "действительно"];

/// «получить», «представлять»; but «печать», «область» are nouns.
pub(in crate::model) fn is_infinitive(word: &str) -> bool {
    const NOUNS: [&str; 8] =
        ["печать", "мать", "память", "кровать", "рукоять", "площадь", "прибыть", "дети"];
    const ENDS: [&str; 12] =
        ["ать", "ять", "ить", "еть", "уть", "ыть", "оть", "ться", "тись", "сти", "зти", "чься"];
    // «области», «новости», «части» are nouns of the third declension.
    let noun = ["ости", "асти", "ести"].iter().any(|end| word.ends_with(end));
    let noun = (noun && !["вести", "нести", "обрести"].iter().any(|end| word.ends_with(end)))
        || NOUNS.contains(&word);
    word.chars().count() > 4 && !noun && ENDS.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::verb;
    use super::{STEMS, goes_on, is_verb};

    #[test]
    fn each_stem_stands_in_one_table() {
        let both = STEMS.iter().filter(|stem| verb::STEMS.contains(*stem));
        assert_eq!(both.collect::<Vec<_>>(), [&"выяв"]);
        for form in [
            "подтверждаю",
            "подтверждаем",
            "подтверждается",
            "подтверждать",
            "подтвердил",
            "подтвердили",
            "обращаюсь",
            "обращаемся",
            "обращался",
            "обращаться",
            "призывает",
            "призываем",
            "заявляю",
            "заявляет",
            "напоминаем",
            "напоминаю",
            "выражаем",
            "выражает",
            "договорились",
            "договорился",
            "рекомендуем",
            "рекомендуется",
            "рекомендую",
            "ходатайствует",
            "ходатайствую",
            "ходатайствуем",
            "обязуется",
            "обязуюсь",
            "обязуемся",
            "выявлено",
            "выявлена",
            "согласен",
            "согласна",
            "составили",
            "составила",
            "провела",
            "проверила",
        ] {
            assert!(is_verb(form), "{form}");
        }
        for noun in ["подтверждение", "обращение", "заявление", "рекомендации", "согласие"]
        {
            assert!(!is_verb(noun), "{noun}");
        }
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
            "получить",
            "провести проверку",
            "Доверенность действительна",
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
            "Печать",
            "Новости",
            "Области применения",
            "Сеть",
        ] {
            assert!(!goes_on(key), "{key}");
        }
    }
}
