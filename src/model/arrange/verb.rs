//! Verbs that are keys: «приказываю:», «участники отмечают:», `recommend:`.

/// The stems of what bodies do in documents; with an ending of a finite verb they lead to points.
pub(super) const STEMS: [&str; 58] = [
    "подчеркну",
    "подчёркну",
    "отмеча",
    "отмети",
    "рекоменд",
    "реша",
    "реши",
    "постанов",
    "приказыва",
    "обязыва",
    "обязу",
    "поруча",
    "поручи",
    "установ",
    "установле",
    "выяв",
    "определ",
    "определя",
    "распоряжа",
    "распоряди",
    "предлага",
    "предложи",
    "прося",
    "проси",
    "прос",
    "обсуди",
    "обсужда",
    "заслуша",
    "констатир",
    "ходатайств",
    "счита",
    "призыва",
    "призва",
    "подчеркива",
    "подчеркн",
    "заявля",
    "заяви",
    "призна",
    "договори",
    "утвержда",
    "утверди",
    "одобря",
    "одобри",
    "поддержива",
    "поддержа",
    "приветству",
    "подтвержда",
    "подтверди",
    "провозглаша",
    "осужда",
    "напомина",
    "полага",
    "намере",
    "соглаша",
    "согласи",
    "выража",
    "вырази",
    "обраща",
];

/// Endings of finite verbs, infinitives and short participles.
const ENDINGS: [&str; 35] = [
    "ю",
    "у",
    "ет",
    "ит",
    "ем",
    "им",
    "ют",
    "ут",
    "ат",
    "ят",
    "л",
    "ла",
    "ло",
    "ли",
    "ил",
    "ила",
    "ило",
    "или",
    "ть",
    "ить",
    "но",
    "лено",
    "лены",
    "ы",
    "ует",
    "уют",
    "уем",
    "ую",
    "овать",
    "овали",
    "овано",
    "ляет",
    "ляю",
    "ляют",
    "ляем",
];

/// What English bodies do, in the forms that resolutions have.
const ENGLISH: [&str; 32] = [
    "consider",
    "express",
    "reaffirm",
    "affirm",
    "stress",
    "underline",
    "conclude",
    "recognize",
    "recognise",
    "believe",
    "note",
    "recommend",
    "decide",
    "resolve",
    "agree",
    "declare",
    "urge",
    "call upon",
    "call on",
    "invite",
    "request",
    "emphasize",
    "emphasise",
    "acknowledge",
    "welcome",
    "support",
    "propose",
    "appreciate",
    "commend",
    "order",
    "find",
    "encourage",
];

fn is_verb(word: &str) -> bool {
    let small = word.to_lowercase().replace('ё', "е");
    // «решение:» leads to what was decided, as a verb does.
    if small == "решение" {
        return true;
    }
    let small = ["ся", "сь"].iter().find_map(|end| small.strip_suffix(end)).unwrap_or(&small);
    let russian = STEMS.iter().any(|stem| {
        small.strip_prefix(stem).is_some_and(|end| end.is_empty() || ENDINGS.contains(&end))
    });
    (russian || is_english(small)) && !NOUNS.contains(&small)
}

/// Words that look like verbs and are none, or that are keys of their own.
const NOUNS: [&str; 11] = [
    "прося",
    "прос",
    "утверждаю",
    "заслушано",
    "notes",
    "supports",
    "resolves",
    "invited",
    "agreed",
    "requested",
    "proposed",
];

fn is_english(word: &str) -> bool {
    ENGLISH.iter().any(|verb| {
        let rest =
            word.strip_prefix(verb).or(verb.strip_suffix('e').and_then(|v| word.strip_prefix(v)));
        rest.is_some_and(|rest| ["", "s", "d", "ed", "es"].contains(&rest)) && word != "order"
    })
}

/// The verb that a key is, if it is one: «Приказываю», «участники отмечают», «считают необходимым».
pub(in crate::model) fn verb(key: &str) -> Option<&str> {
    let key = key.trim().trim_end_matches(':').trim_end();
    // «утвердил: директор …» is a stamp.
    let stamps = ["утвердил", "утвердила", "согласовал", "согласовала"];
    if stamps.contains(&key.to_lowercase().as_str()) {
        return None;
    }
    let mut words = key.split_whitespace();
    // «решили следующее», «совершать следующие действия»; «следующий форум» is a label.
    if words.clone().skip(1).any(|word| word.to_lowercase().starts_with("следующ")) {
        return Some(key);
    }
    let phrase = key.to_lowercase();
    // «agreed» alone is a stamp.
    let perfect = phrase.strip_prefix("have ").is_some_and(is_english);
    if perfect || phrase.contains(' ') && is_english(&phrase) {
        return Some(key);
    }
    // «Заслушав и обсудив доклады, участники конференции отмечают» is a whole sentence.
    let gerund = |word: &str| ["ав", "ив", "ев", "вшись", "ясь"].iter().any(|e| word.ends_with(e));
    let first = phrase.split(' ').next().unwrap_or_default();
    let said = (gerund(first) || first == "мы,") && phrase.contains(", ");
    if said && words.clone().next_back().is_some_and(is_verb) {
        return Some(key);
    }
    let short = words.clone().count() <= 3;
    // «Совет народных депутатов решил» ends with its verb.
    let last = words.clone().next_back();
    if short && words.clone().any(is_verb)
        || words.clone().count() <= 6 && last.is_some_and(is_verb)
    {
        return Some(key);
    }
    // «участники форума выражают обеспокоенность», «recommend to national associations».
    let whole = words.clone().count() <= MOST_WORDS && !key.contains([',', '.', ';']);
    (whole && (words.any(is_finite) || is_english_sentence(&phrase))).then_some(key)
}

/// A key of more words than that is no beginning of a list.
const MOST_WORDS: usize = 9;

/// Whether a word can only be what many do: «выражают», «отметили».
fn is_finite(word: &str) -> bool {
    let small = word.to_lowercase();
    let small = small.strip_suffix("ся").or(small.strip_suffix("сь")).unwrap_or(&small);
    ["ют", "ут", "ят", "ат", "ли"].iter().any(|end| small.ends_with(end)) && is_verb(word)
}

/// «recommend to libraries», «the participants call upon states», with the word behind the verb
/// that tells it from a noun.
fn is_english_sentence(phrase: &str) -> bool {
    const BEHIND: [&str; 11] =
        ["to", "that", "the", "all", "its", "their", "upon", "on", "with", "deep", "sincere"];
    let words: Vec<&str> = phrase.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let subject = pair[0] == "call" || is_english(pair[0]) && !NOUNS.contains(&pair[0]);
        subject && BEHIND.contains(&pair[1]) && !pair[0].ends_with("ed")
    })
}

/// Whether a key says who thanks: «выражают благодарность», «участники форума благодарят»,
/// `thank`. The infinitive is what a body resolves, and the noun a heading.
pub(in crate::model) fn thanks(key: &str) -> bool {
    let phrase = key.trim().trim_end_matches(':').trim_end().to_lowercase();
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let one = |all: &[&str]| words.iter().any(|word| all.contains(word));
    let noun = words.iter().any(|w| w.starts_with("благодарност") || w.starts_with("признательн"));
    let gives = [
        "выражают",
        "выражаем",
        "выражает",
        "выразили",
        "объявляют",
        "объявляет",
        "приносят",
        "express",
        "expresses",
    ];
    let english = one(&["gratitude", "thanks", "appreciation"]);
    let whom = ["благодарят", "благодарим", "благодарит", "поблагодарили", "thank"];
    words.len() <= MOST_WORDS && (one(&whom) || one(&gives) && (noun || english))
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn verbs_that_lead_to_points() {
        for key in [
            "Приказываю",
            "участники отмечают",
            "решили",
            "призывают",
            "договорились",
            "Совет депутатов района решил",
            "выражают уверенность",
            "рекомендовать",
            "обязуются",
            "подчёркивают",
            "выявлено",
            "установила",
            "ходатайствуют",
            "просят",
            "просим",
            "постановляю",
            "постановил",
            "решаем",
            "recommends",
            "noted",
            "call upon",
            "have agreed",
            "участники форума выражают обеспокоенность",
            "участники съезда считают необходимым",
            "рекомендуют Министерству культуры Кузбасса",
            "recommend to national library associations",
            "the participants call upon all states",
        ] {
            assert_eq!(verb(key), Some(key), "{key}");
        }
        for key in [
            "рекомендации",
            "предложения",
            "обязанности",
            "поручение",
            "приказ",
            "установка",
            "обращение",
            "Order of the day",
            "notes",
            "утверждаю",
            "согласовано",
            "resolves",
            "invited",
            "agreed",
            "принял",
            "заслушано",
            "notes on the programme",
            "invited speakers",
            "support staff of the forum",
            "Порядок, в котором библиотеки решают споры",
        ] {
            assert_eq!(verb(key), None, "{key}");
        }
    }
}
