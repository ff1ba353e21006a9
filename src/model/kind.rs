//! What the kind of a certificate says of it: the formula and the language.

use super::certificate::Formula;
use crate::diag::Language;

/// The nouns that decide what a certificate of that kind says, and whether a document of that
/// kind is a certificate even if nothing else tells it (a «справка» or a «письмо» may be another
/// document).
const NOUNS: [(&str, Formula, bool); 56] = [
    // «Объявляется благодарность»: to whom, in the dative.
    ("благодарность", Formula::Thanks, true),
    ("признательность", Formula::Thanks, true),
    // «Награждается»: who, in the nominative.
    ("грамота", Formula::Awarded, true),
    ("диплом", Formula::Awarded, true),
    // A «похвальный лист» is awarded, a «лист регистрации» is another document.
    ("лист", Formula::Awarded, false),
    ("медаль", Formula::Awarded, true),
    ("орден", Formula::Awarded, true),
    ("знак", Formula::Awarded, false),
    ("приз", Formula::Awarded, true),
    ("гран-при", Formula::Awarded, true),
    ("премия", Formula::Awarded, false),
    ("награда", Formula::Awarded, true),
    ("кубок", Formula::Awarded, true),
    // «Подтверждается, что …»
    ("сертификат", Formula::Confirms, true),
    ("подтверждение", Formula::Confirms, false),
    ("справка", Formula::Confirms, false),
    // «Настоящим удостоверяется, что …»
    ("свидетельство", Formula::Certifies, true),
    ("удостоверение", Formula::Certifies, true),
    ("аттестат", Formula::Certifies, false),
    // «Вручается»: a thing, and to whom in the dative.
    // «Присваивается» says the template.
    ("звание", Formula::Presented, false),
    ("стипендия", Formula::Presented, false),
    ("грант", Formula::Presented, false),
    ("билет", Formula::Presented, false),
    ("подарок", Formula::Presented, false),
    // A letter has a greeting and words of its own.
    ("письмо", Formula::Letter, false),
    ("адрес", Formula::Letter, false),
    ("поздравление", Formula::Letter, false),
    ("приглашение", Formula::Letter, false),
    ("приветствие", Formula::Letter, false),
    ("обращение", Formula::Letter, false),
    ("открытка", Formula::Letter, false),
    // A name and nothing that is said of it.
    ("бейдж", Formula::Named, false),
    ("карточка", Formula::Named, false),
    ("табличка", Formula::Named, false),
    ("пропуск", Formula::Named, false),
    ("участник", Formula::Named, false),
    // A verb as the title: whom, in the accusative.
    ("благодарим", Formula::Grateful, false),
    ("thanks", Formula::Thanks, true),
    ("gratitude", Formula::Thanks, true),
    ("certificate", Formula::Confirms, true),
    ("diploma", Formula::Awarded, true),
    ("award", Formula::Awarded, true),
    ("prize", Formula::Awarded, true),
    ("medal", Formula::Awarded, true),
    ("commendation", Formula::Awarded, true),
    // Both spellings are good English.
    ("acknowledgement", Formula::Thanks, true),
    ("acknowledgment", Formula::Thanks, true),
    ("appreciation", Formula::Thanks, false),
    // With «u» in Britain, without it in America.
    ("honour", Formula::Awarded, false),
    ("honor", Formula::Awarded, false),
    ("confirmation", Formula::Confirms, false),
    ("letter", Formula::Letter, false),
    ("invitation", Formula::Letter, false),
    ("congratulations", Formula::Letter, false),
    ("badge", Formula::Named, false),
    ("participant", Formula::Named, false),
];

/// What an English certificate is of, where it says more than that it is a certificate.
const ENGLISH: [(&str, Formula); 8] = [
    ("appreciation", Formula::Awarded),
    ("achievement", Formula::Awarded),
    ("excellence", Formula::Awarded),
    ("merit", Formula::Awarded),
    ("honour", Formula::Awarded),
    ("honor", Formula::Awarded),
    ("recognition", Formula::Awarded),
    ("gratitude", Formula::Awarded),
];

/// Letters of gratitude say what «письмо» says; these two-word kinds do not say what their noun
/// says.
const PHRASES: [(&str, Formula); 6] = [
    ("пригласительн", Formula::Letter),
    // A voucher: it confirms nothing of whoever gets it.
    ("подарочн", Formula::Presented),
    ("сертификат на ", Formula::Presented),
    ("лист благодарности", Formula::Thanks),
    ("благодарственный лист", Formula::Thanks),
    ("приветственный лист", Formula::Letter),
];

/// What a certificate of a kind says, and whether the kind alone makes a document a certificate.
/// The first noun that is known decides: «Почётная грамота», «Диплом победителя II степени».
pub(super) fn formula_of(kind: &str) -> Option<(Formula, bool)> {
    let kind = kind.trim().to_lowercase().replace('ё', "е");
    // Phrases first: «лист благодарности» is thanks, though a «лист» is awarded.
    if let Some((_, formula)) = PHRASES.iter().find(|(phrase, _)| kind.starts_with(phrase)) {
        return Some((*formula, true));
    }
    let words =
        || kind.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let (noun, formula, sure) =
        words().find_map(|word| NOUNS.iter().find(|(noun, ..)| *noun == word))?;
    let formula = match *noun {
        // An English certificate says what it is of: «of Achievement» is awarded, «of
        // Participation» confirms.
        "certificate" => words()
            .find_map(|word| ENGLISH.iter().find(|(known, _)| *known == word))
            .map_or(*formula, |(_, formula)| *formula),
        _ => *formula,
    };
    // «Благодарственное письмо» is not another document; a «Письмо» may be.
    let thanks = kind.starts_with("благодар") || kind.starts_with("похвал");
    Some((formula, *sure || thanks))
}

/// Whether a text is a document that is handed over, and no prize: «Диплом I степени», but not
/// «приз зрительских симпатий».
pub(super) fn is_document(text: &str) -> bool {
    const PRIZES: [&str; 9] =
        ["приз", "гран-при", "премия", "награда", "кубок", "медаль", "award", "prize", "medal"];
    let small = text.to_lowercase();
    let prize = |word: &str| PRIZES.contains(&word);
    formula_of(text).is_some_and(|(_, sure)| sure) && !small.split_whitespace().any(prize)
}

/// The kinds that are usual, for a hint.
pub(super) const USUAL: [&str; 9] = [
    "Благодарность",
    "Благодарственное письмо",
    "Почётная грамота",
    "Похвальный лист",
    "Диплом",
    "Сертификат",
    "Свидетельство",
    "Удостоверение",
    "Справка",
];

/// The language of a certificate whose kind is written in it.
pub(super) fn language_of(kind: &str) -> Language {
    let letter = kind.chars().find(|c| c.is_alphabetic());
    match letter {
        // «III место» begins with letters that are not English.
        Some(letter) if letter.is_ascii() && !is_roman(first_word(kind)) => Language::English,
        _ => Language::Russian,
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| "IVX".contains(c))
}

/// Whether a text is a rank in a contest rather than a town: a number, a Roman number, «лауреат».
pub(super) fn is_rank(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let first = text.split_whitespace().next().unwrap_or_default();
    // «1.», «1)», «1-е», «1-ое место».
    let bare = first.trim_end_matches(['.', ')']).trim_end_matches("-е").trim_end_matches("-ое");
    let number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
        || is_roman(&bare.to_uppercase());
    // Both spellings, for the text is as it was typed.
    let words = ["лауреат", "победител", "призер", "призёр", "дипломант", "участни", "гран-при"];
    // A number alone, or with its noun: «1 мая» is neither.
    // Whole, for an «участок» is a place.
    ["участие", "за участие"].contains(&text.as_str())
        || number && (text == first || text.contains("мест") || text.contains("степен"))
        || words.iter().any(|word| first.starts_with(word))
        || ["перв", "втор", "трет"].iter().any(|word| first.starts_with(word))
            && text.contains("мест")
}

/// Whether a text is beyond doubt a degree or what somebody became in a contest: «I степени»,
/// «Лауреат II степени», «финалист», «первая».
pub(super) fn is_degree(text: &str) -> bool {
    let small = text.trim().to_lowercase().replace('ё', "е");
    let mut words = small.split_whitespace();
    let first = words.next().unwrap_or_default();
    let rest = words.count();
    let noun = ["лауреат", "дипломант", "призер", "победител", "финалист", "полуфиналист", "гран"];
    noun.iter().any(|noun| first.starts_with(noun))
        // «Кубок за 1 место», «Диплом I степени» are more than that.
        || rest == 1
            && [" степени", " степень", " место"].iter().any(|noun| small.ends_with(noun))
            && !first.starts_with("диплом")
        || rest == 0 && ordinal(first).is_some()
}

/// «первая», «второй»: the figure of an ordinal by which degrees are counted.
fn ordinal(word: &str) -> Option<&'static str> {
    const ORDINALS: [(&str, &str); 3] = [("перв", "I"), ("втор", "II"), ("трет", "III")];
    let found = ORDINALS.iter().find(|(stem, _)| word.starts_with(stem));
    found.filter(|(stem, _)| word.chars().count() <= stem.chars().count() + 2).map(|(_, f)| *f)
}

/// What protocols of festivals shorten: «Л1», «Д-2», «Лауреат I ст.».
fn short_degree(bare: &str) -> Option<String> {
    if let Some(whole) = short_noun(bare.strip_suffix("ст").unwrap_or(bare).trim_end()) {
        return Some(whole);
    }
    if let Some(stem) = bare.strip_suffix("ст").filter(|s| s.ends_with([' ', '1', '2', '3', 'I']))
    {
        return Some(degree(&format!("{} степени", stem.trim_end()), "степени"));
    }
    // «Лауреат 1», «Лауреат 2 степени»: prizes of this name have degrees, and no other number.
    if let Some((noun, rest)) = bare.split_once(' ')
        && ["лауреат", "дипломант"].contains(&noun.to_lowercase().as_str())
    {
        let ends = ["степени", "степень", "ст"];
        let figure = ends.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
        let counted = degree(figure.trim_end_matches(['.', ' ']), "степени");
        return counted.ends_with("степени").then(|| format!("{noun} {counted}"));
    }
    let small = bare.to_lowercase();
    if ["гп", "гран при", "гранпри"].contains(&small.as_str()) {
        return Some("Гран-при".to_owned());
    }
    None
}

/// «Л1», «Д-2», «Л III»
fn short_noun(bare: &str) -> Option<String> {
    let small = bare.to_lowercase();
    let noun = match small.chars().next()? {
        'л' => "лауреат",
        'д' => "дипломант",
        _ => return None,
    };
    let number = small.chars().skip(1).collect::<String>().to_uppercase();
    let number = number.trim_start_matches([' ', '-', '.']);
    is_figure(number).then(|| format!("{noun} {}", degree(number, "степени")))
}

fn is_figure(text: &str) -> bool {
    is_roman(text) || text.parse::<u8>().is_ok()
}

/// A kind that names its degree: «Диплом 1 степени», «Диплом 2-й степени» are «Диплом I степени»,
/// «Диплом II степени», as degrees are counted by custom.
pub(super) fn with_degree(kind: &str) -> String {
    let words: Vec<&str> = kind.split_whitespace().collect();
    let Some(at) = words.iter().position(|word| ["степени", "степень"].contains(word))
    else {
        return kind.to_owned();
    };
    let Some(before) = at.checked_sub(1) else { return kind.to_owned() };
    let said = degree(&format!("{} {}", words[before], words[at]), "степени");
    [&words[..before], &[said.as_str()], &words[at + 1..]].concat().join(" ")
}

/// A degree as it stands under the title: «I» is «I степени», «2 место» stays.
pub(super) fn degree(text: &str, noun: &str) -> String {
    let bare = text.trim().trim_end_matches('.');
    // «3 степень», «1-й степени»
    if let Some((figure, word)) = bare.split_once(' ')
        && ["степень", "степени"].contains(&word)
    {
        let figure = figure.split('-').next().unwrap_or_default();
        let known = is_roman(figure) || ["1", "2", "3"].contains(&figure);
        return if known { degree(figure, "степени") } else { text.trim().to_owned() };
    }
    if let Some(whole) = short_degree(bare) {
        return whole;
    }
    // «1 м», «2 мес.», «1-е»: the place, however shortly it is said.
    let short = |end: &&str| bare.strip_suffix(*end).map(str::trim_end);
    let ends: &[&str] = match noun {
        "место" => &["мес", "м", "-ое", "-е"],
        // Of a degree nobody knows what «1-е» is.
        _ => &["мес", "м"],
    };
    // «3–4»: a place that two share.
    let shared = bare.split_once(['-', '–']).filter(|(a, b)| is_figure(a) && is_figure(b));
    if let (Some((first, last)), "место") = (shared, noun) {
        return format!("{first}–{last} место");
    }
    if let Some(place) = ends.iter().find_map(short).filter(|rest| is_figure(rest)) {
        return degree(place, "место");
    }
    let small = bare.to_lowercase();
    let number = match bare {
        _ if let Some(figure) = ordinal(&small) => figure,
        // By custom degrees are counted in Roman figures, however they were typed.
        "1" => "I",
        "2" => "II",
        "3" => "III",
        _ if is_roman(bare) => bare,
        "в/к" => return "вне конкурса".to_owned(),
        _ => return text.trim().to_owned(),
    };
    format!("{number} {noun}")
}

/// A place that was won, where no other number may stand: «4» is «IV место».
pub(super) fn place_won(text: &str) -> String {
    const ROMAN: [&str; 7] = ["IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let place = degree(text, "место");
    let Some(number) = place.parse::<usize>().ok().filter(|number| *number > 3) else {
        return place;
    };
    // Beyond the tenth nobody counts in Roman figures.
    let roman = ROMAN.get(number - 4).map_or_else(|| number.to_string(), |roman| (*roman).into());
    format!("{roman} место")
}

/// The built-in design that a word in Russian asks for; other names are those of folders.
pub(crate) fn design(name: &str) -> String {
    // The first that fits counts: «книжная полка» before «книжная».
    const DESIGNS: [(&str, &[&str]); 17] = [
        ("letter", &["письм", "благодарственн"]),
        ("shelf", &["книжная полка", "книжной полк", "полк", "библиотечн"]),
        ("classic", &["классич", "классик"]),
        ("official", &["официальн", "строг", "делов"]),
        ("festive", &["празднич", "торжествен"]),
        ("modern", &["современ"]),
        ("participant", &["участник", "сертификат"]),
        ("children", &["детск", "детей"]),
        ("school", &["школьн", "школ"]),
        ("new-year", &["новогод", "новый год", "новому году"]),
        ("victory", &["побед", "день победы", "дню победы", "9 мая"]),
        ("september", &["1 сентября", "первое сентября", "сентябр", "день знаний", "дню знаний"]),
        ("book-day", &["день книги", "дню книги", "книжн", "книг"]),
        ("engraved", &["гравир", "старинн", "гравюр"]),
        ("medal", &["медал", "спортивн"]),
        ("geometry", &["геометри"]),
        ("state", &["государствен", "гербов", "парадн"]),
    ];
    let small = name.trim().to_lowercase();
    // Latin names are those of folders, «badge-2026».
    if let Some(own) = design_of(&small).filter(|_| !small.is_ascii()) {
        return own.to_owned();
    }
    // A letter on a blank of its own is another template.
    if small == "letter" {
        return "certificate-letter".to_owned();
    }
    // «ко Дню книги», «для детей», «сертификат участника».
    let bare = ["ко ", "к ", "для ", "сертификат ", "шаблон: ", "шаблон ", "оформление "];
    let small = bare.iter().find_map(|word| small.strip_prefix(word)).unwrap_or(&small);
    let asked = |words: &[&str]| words.iter().any(|word| small.starts_with(word));
    let found = DESIGNS.iter().find(|(_, words)| asked(words));
    found.map_or_else(|| name.to_owned(), |(own, _)| format!("certificate-{own}"))
}

/// The design of a kind that is no sheet for the wall.
pub(super) fn design_of(kind: &str) -> Option<&'static str> {
    let small = kind.trim().to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| small.starts_with(word));
    if begins(&["бейдж", "badge"]) {
        return Some("badge");
    }
    let card = ["табличк", "place card", "place-card"];
    // «Настольная табличка», «Кувертная карточка», «Карточка на стол», «Карточка рассадки».
    let on_tables = ["настольн", "кувертн", "рассад", "на стол"];
    let named = small.contains("карточк") || small.contains("табличк");
    let card = begins(&card) || named && on_tables.iter().any(|word| small.contains(word));
    card.then_some("place-card")
}

/// A colour by its usual name in Russian, as CSS writes it; all else as it is.
pub(super) fn color(name: &str) -> String {
    const COLORS: [(&str, &str); 7] = [
        ("красн", "#a3161f"),
        ("голуб", "#2f6f9f"),
        ("оранж", "#b8540b"),
        ("коричн", "#5b3a1e"),
        ("розов", "#a8326a"),
        ("бирюз", "#0f6b6b"),
        ("малинов", "#9b1c4a"),
    ];
    let small = name.trim().to_lowercase();
    let found = COLORS.iter().find(|(stem, _)| small.starts_with(stem));
    found.map_or_else(|| name.to_owned(), |(_, css)| (*css).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{degree, design, place_won};

    #[test]
    fn degrees_and_places_as_protocols_shorten_them() {
        for (text, noun, expected) in [
            ("1", "место", "I место"),
            ("1", "степени", "I степени"),
            ("2 м", "место", "II место"),
            ("3-е", "место", "III место"),
            ("3-4", "место", "3–4 место"),
            ("Л1", "степени", "лауреат I степени"),
            ("Д-2", "место", "дипломант II степени"),
            ("Л III ст.", "место", "лауреат III степени"),
            ("Лауреат II ст.", "место", "Лауреат II степени"),
            ("Лауреат 1", "место", "Лауреат I степени"),
            ("Лауреат 2 ст.", "место", "Лауреат II степени"),
            ("дипломант III", "степени", "дипломант III степени"),
            ("Дипломант 3 степени", "степени", "Дипломант III степени"),
            ("Лауреат премии", "место", "Лауреат премии"),
            ("гран при", "место", "Гран-при"),
            ("в/к", "место", "вне конкурса"),
            ("2 место", "место", "2 место"),
            ("Лауреат", "место", "Лауреат"),
            ("Дипломант", "место", "Дипломант"),
        ] {
            assert_eq!(degree(text, noun), expected, "{text}");
        }
        let places = ["1", "4", "12", "призёр"].map(place_won);
        assert_eq!(places, ["I место", "IV место", "12 место", "призёр"]);
    }

    #[test]
    fn designs_by_the_words_that_people_say() {
        for (said, design_of_it) in [
            ("табличка", "place-card"),
            ("настольная карточка", "place-card"),
            ("карточка рассадки", "place-card"),
            ("бейдж участника", "badge"),
            ("badge-2026", "badge-2026"),
            ("карточка", "карточка"),
        ] {
            assert_eq!(design(said), design_of_it);
        }
    }
}
