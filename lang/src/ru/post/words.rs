//! What is known of the words of posts: closed lists and the suffixes of agents.

use super::super::grammar::Gender;
use super::super::org;
use super::super::phrase;
use super::super::word::{Letters, is_caps, is_vowel};
use super::{PostWord, lists};
use crate::ru::is_letter;
use crate::ru::party;

/// Whether a segment begins with a clipped post whose case was chosen when it was clipped: «и.о.
/// директора», «зав. отделом», «врио главы».
pub(super) fn is_frozen_segment(segment: &str) -> bool {
    const STARTS: [&str; 15] = [
        "и.о.",
        "и. о.",
        "и.\u{a0}о.",
        "вр.и.о.",
        "вр. и.о.",
        "вр. и. о.",
        "врио ",
        "врид ",
        "ио ",
        "зам.",
        "зав.",
        "пом.",
        "нач.",
        "рук.",
        "пред.",
    ];
    let start: String = segment.chars().take(10).flat_map(char::to_lowercase).collect();
    STARTS.iter().any(|frozen| start.starts_with(frozen))
}

/// Whether the word is a post, in the nominative, that a list knows; of a hyphenated one either
/// part.
pub(crate) fn is_head(core: &str) -> bool {
    let mut parts = core.split('-');
    parts.any(|part| {
        let letters = Letters::new(part);
        letters.within(lists::HEADS)
            || letters.syllables() > 1
                && letters.ends_any(&["тель", "щик", "чик", "арь", "лог", "вед", "графист"])
    })
}

/// «Уполномоченный по правам ребёнка», «дежурный»: adjectives that name a person by themselves.
pub(crate) fn is_person_substantive(word: &Letters) -> bool {
    word.within(lists::SUBSTANTIVES) && word.within(lists::HEADS) || is_governing(word)
}

/// Whether a list holds this very word as a post.
pub(crate) fn is_post(word: &str) -> bool {
    Letters::new(word).within(lists::HEADS)
}

/// Whether the word begins a post: a head, or заведующий and the like.
pub(crate) fn is_head_or_governing(core: &str) -> bool {
    is_head(core) || is_governing(&Letters::new(core))
}

/// Whether a list holds the post, or its suffix leaves no doubt.
pub(crate) fn is_listed(core: &str) -> bool {
    is_head(core)
}

/// Whether the word names an agent in the nominative, by the lists or by its suffix.
pub(crate) fn is_agent(core: &str) -> bool {
    let last = core.rsplit('-').next().unwrap_or(core);
    // «Ведущая | мастер-класса»
    if last.len() < core.len() && org::is_genitive(last) {
        return false;
    }
    let letters = Letters::new(last);
    is_head(core)
        || letters.syllables() > 1
            && letters.ends_any(&[
                "ист",
                "тель",
                "щик",
                "чик",
                "арь",
                "лог",
                "вед",
                "граф",
                "навт",
                "иатр",
                "ница",
                "щица",
                "чица",
                "истка",
                "тельница",
            ])
}

/// заведующий and the like, after which nothing agrees.
pub(super) fn is_governing(word: &Letters) -> bool {
    word.within(lists::GOVERNING)
}

/// Nouns that only look like adjectives.
pub(crate) fn is_noun_despite_ending(word: &Letters) -> bool {
    word.ends_any(&["иерей", "казначей", "герой", "ковбой", "гений"])
}

/// Whether a word is an adjective in the nominative before an agent: «семейный | врач».
pub(super) fn precedes_agent(word: &str, next: &str) -> bool {
    let letters = Letters::new(word);
    let adjective = phrase::adjective_gender(&letters).is_some() && !letters.ends("ой");
    adjective && is_agent(PostWord::of(next).core)
}

/// Whether a word never changes and says nothing of what follows: «дважды», «временно».
pub(crate) fn is_adverb(word: &Letters) -> bool {
    word.within(lists::ADVERBS)
}

/// Whether a word is a participle that is no post by itself: «живущая», «награждённый».
pub(super) fn is_participle(word: &Letters) -> bool {
    word.ends_any(&["вший", "вшая", "вшийся", "вшаяся", "щий", "щая", "щийся", "щаяся"])
        && !word.within(lists::SUBSTANTIVES)
        || word.ends_any(&["нный", "нная", "мый", "мая"])
}

/// An adverb before an adjective: «материально ответственное лицо», «горячо любимый тренер».
pub(super) fn is_modifier_adverb(word: &Letters, next: &str) -> bool {
    word.len() > 3
        && word.ends_any(&["о", "ски", "нне"])
        && !word.is("лицо")
        && phrase::adjective_gender(&Letters::new(PostWord::of(next).core)).is_some()
}

/// The gender by which words after a head agree with it.
pub(super) fn gender_of(word: &Letters) -> Gender {
    match word.back(0) {
        'а' | 'я' if !word.within(lists::MEN_IN_A) => Gender::Feminine,
        'о' | 'е' => Gender::Neuter,
        _ if word.is("мать") || word.is("дочь") => Gender::Feminine,
        _ => Gender::Masculine,
    }
}

/// Whether after an adjective the head is still to come: «главный | бухгалтер», but «дежурный | по
/// залу», «рабочий | кухни».
// Over 60 lines: the letters in which a masculine noun may end stand one a line.
pub(super) fn continues(word: &Letters, gender: Gender, next: &str) -> bool {
    let next = PostWord::of(next);
    if next.core.is_empty() || next.before.contains(['«', '"', '(', '„']) {
        return false;
    }
    let letters = Letters::new(next.core);
    if let Some(agreeing) = phrase::adjective_gender(&letters) {
        // «рабочий механический»? No: after a substantive in -ой stands a genitive («рабочий
        // столовой»), unless a post is known by it.
        return agreeing == gender && (!word.within(lists::SUBSTANTIVES) || !letters.ends("ой"));
    }
    if word.within(lists::SUBSTANTIVES) || word.ends_any(&["щий", "щая", "щийся", "щаяся"])
    {
        // «Самая читающая | семья»
        let last = next.core.rsplit('-').next().unwrap_or(next.core);
        let body =
            gender == Gender::Feminine && letters.ends_any(&["а", "я"]) && !org::is_genitive(last);
        // «Неработающая | пенсионерка»
        let woman = gender == Gender::Feminine && letters.ends("ка") && letters.len() > 5;
        return is_agent(next.core)
            || woman
            || body && org::is_known(next.core)
            || letters.ends_any(&AGENT_SUFFIXES) && !letters.within(lists::GENITIVE_PLURALS);
    }
    // «Любимый дедушка»
    let man = gender == Gender::Masculine && org::is_kin(&letters);
    if letters.within(lists::SHORT_ADJECTIVES) || is_agent(next.core) || man {
        return true;
    }
    match gender {
        Gender::Feminine => matches!(letters.back(0), 'а' | 'я' | 'ь'),
        Gender::Neuter => matches!(letters.back(0), 'о' | 'е'),
        Gender::Masculine => {
            !is_preposition(&letters)
                && (letters.within(lists::MEN_IN_A)
                    || matches!(
                        letters.back(0),
                        'б' | 'в'
                            | 'г'
                            | 'д'
                            | 'ж'
                            | 'з'
                            | 'й'
                            | 'к'
                            | 'л'
                            | 'м'
                            | 'н'
                            | 'п'
                            | 'р'
                            | 'с'
                            | 'т'
                            | 'ф'
                            | 'х'
                            | 'ц'
                            | 'ч'
                            | 'ш'
                            | 'щ'
                            | 'ь'
                    ))
                && !letters.ends_any(&["ами", "ями", "ов", "ых", "их", "ах", "ях", "ным", "ским"])
        }
    }
}

/// Suffixes of agents that also end some genitive plurals (камер, контор): trusted only where an
/// agent is likely.
const AGENT_SUFFIXES: [&str; 12] =
    ["ер", "ор", "ант", "ент", "ник", "тик", "мик", "фик", "вод", "евт", "ар", "мен"];

fn is_preposition(word: &Letters) -> bool {
    const PREPOSITIONS: [&str; 16] = [
        "по", "в", "во", "на", "с", "со", "при", "для", "за", "из", "к", "над", "под", "от", "без",
        "об",
    ];
    PREPOSITIONS.iter().any(|preposition| word.is(preposition))
}

/// Whether the part before a hyphen declines: «инженера-программиста», but «вице-президента»,
/// «офис-менеджера».
pub(crate) fn declines_before_hyphen(part: &str, tail: &str) -> bool {
    let letters = Letters::new(part);
    if letters.within(lists::FROZEN_PREFIXES)
        || is_abbreviation(part)
        // Капитан-лейтенанта, but капитана-наставника.
        || letters.is("капитан") && tail.starts_with("лейтенант")
    {
        return false;
    }
    if letters.within(lists::HEADS)
        || letters.within(lists::SHORT_NOUNS)
        || phrase::adjective_gender(&letters).is_some_and(|gender| gender != Gender::Neuter)
    {
        return true;
    }
    letters.syllables() > 1
        && letters.ends_any(&[
            "тель", "арь", "ист", "ер", "ор", "граф", "лог", "вед", "вод", "мен", "ник", "щик",
            "чик", "ант", "ент", "ач", "ар", "яр", "ир", "ур", "ец", "ок", "ик", "ун", "ан", "ин",
            "ав", "иатр", "атр", "евт", "навт", "ель", "ица", "ка", "иня", "ерт", "ея", "ья",
            "стра", "няня", "ина", "еса", "яга",
        ])
}

/// Abbreviations, Latin letters and codes: PR, СММ, КемОНБ, 1С.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    // «Д/с», «ж/д», «и/о».
    if word.contains('/') {
        return true;
    }
    let capitals = word.chars().rev().take_while(|ch| ch.is_uppercase()).count();
    // «ГорУО», «РайОНО».
    if capitals > 1 && word.chars().any(char::is_lowercase) {
        return true;
    }
    // «ЛитО», «ПроМ»: no word ends in a capital.
    if word.chars().count() > 2
        && word.ends_with(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
    {
        return true;
    }
    // «СПб»
    if word.chars().nth(1).is_some_and(char::is_uppercase)
        && word.ends_with(char::is_lowercase)
        && !word.chars().any(|ch| ch.is_lowercase() && is_vowel(ch))
    {
        return true;
    }
    // «ЦДиК», «ДДТиЭ».
    if word.contains('и') && word.chars().filter(|ch| ch.is_uppercase()).count() > 2 {
        return true;
    }
    let caps = word.chars().all(|ch| ch.is_uppercase() || !is_letter(ch));
    // «ЮНЕСКО», «ГУФСИН»: as long as a word in capitals, but listed.
    if caps && word.chars().count() > 5 && party::is_listed_abbreviation(word) {
        return true;
    }
    let foreign = word.chars().any(|ch| ch.is_ascii_alphanumeric());
    foreign
        || caps && is_long_abbreviation(word)
        || caps
            && (!is_caps(word)
                // A post typed in capitals is a word, not an abbreviation: «ДИРЕКТОР», «ГЛАВА».
                || word.chars().count() < 6 && !is_agent(word) && !Letters::new(word).ends("А"))
}

/// Abbreviations of six letters and more, by beginnings that no word has: «МБУДО», «ОГБПОУ».
fn is_long_abbreviation(word: &str) -> bool {
    const STARTS: [&str; 12] =
        ["МБ", "МК", "МАУ", "МАОУ", "МАДОУ", "ГБ", "ГК", "ГАПОУ", "ФГ", "КГБ", "ОГБ", "ОГК"];
    STARTS.iter().any(|start| word.starts_with(start))
}

/// замдиректора, завкафедрой: a clipped head with its dependent word inside.
pub(super) fn is_clipped(word: &Letters) -> bool {
    word.starts_any(&[
        "замдир",
        "замнач",
        "замминистр",
        "замглав",
        "завотдел",
        "завкафедр",
        "завклуб",
        "завсектор",
        "завбиблио",
        "завмаг",
        "завлаборатор",
        "помдир",
        "замгубернатор",
    ]) && !matches!(word.back(0), 'р' | 'к' | 'г' | 'ч' | 'т')
        // «Замглава района» is the nominative, «замглавы» the genitive inside.
        && !word.is("замглава")
}
