//! Short adjectives and participles: which words they are, and where a vowel falls out.

use super::{Stem, ends_any, lists};
use crate::ru::word::{Letters, is_vowel};

/// Short adjectives: горд, должен, ярок, требователен, заботлив.
// Over 60 lines: mostly the closed lists of words.
pub(super) fn short_adjective<'a>(
    word: &'a str,
    small: &str,
) -> Option<(Stem<'a>, [&'static str; 3])> {
    // ё gives its place away under another stress.
    const ODD: [(&str, &str); 14] = [
        ("тяжёл", "тяжел"),
        ("зол", "зл"),
        ("кисел", "кисл"),
        ("чёрен", "черн"),
        ("смешон", "смешн"),
        ("тёмен", "темн"),
        ("хитёр", "хитр"),
        ("остёр", "остр"),
        ("твёрд", "тверд"),
        ("далёк", "далек"),
        ("лёгок", "легк"),
        ("полон", "полн"),
        ("светел", "светл"),
        ("тёпел", "тепл"),
    ];
    // «покорён» is a participle, «покорен» an adjective: the lists have е for ё.
    let participle = small.ends_with("ён") && !matches!(small, "умён" | "силён" | "смышлён");
    let listed = |list| {
        if participle {
            return false;
        }
        let within = |word: &str| Letters::new(word).within(list);
        within(small) || small.strip_prefix("не").is_some_and(within)
    };
    let (keep, add) = if let Some((_, stem)) = ODD.iter().find(|(odd, _)| *odd == small) {
        ("", *stem)
    // The nouns of the kind («прилив») have been refused.
    } else if listed(lists::SHORT_PLAIN) || ends_any(small, &["лив", "чив"]) {
        (word, "")
    // «существен», «существенна»
    } else if small.ends_with("ствен") {
        (word, "н")
    // By these suffixes only adjectives are made, no participles.
    } else if listed(lists::SHORT_FLEETING) || is_adjective_in_en(small) {
        let velar = small.ends_with('к');
        let (vowel, _) = word.char_indices().rev().nth(1)?;
        let keep = &word[..vowel];
        let add = match keep.chars().next_back()? {
            // «спокоен» – «спокойн-», «силён» – «сильн-».
            before if is_vowel(before) => ["йн", "йк"],
            'л' => ["ьн", "к"],
            // «горек» – «горьк-», but «тонок» – «тонк-».
            _ if word[vowel..].starts_with('е') => ["н", "ьк"],
            _ => ["н", "к"],
        };
        (keep, add[usize::from(velar)])
    } else {
        return None;
    };
    let last = add.chars().next_back().or(keep.chars().next_back())?;
    // Spelling has no ы after к, г, х and hissing consonants: «близки», «похожи».
    let plural =
        if matches!(last, 'к' | 'г' | 'х' | 'ч' | 'ш' | 'щ' | 'ж') { "и" } else { "ы" };
    // «похоже», but «хорошо»: the neuter has о under the stress only.
    let neuter = if matches!(small, "похож" | "сведущ" | "присущ" | "пригож" | "неуклюж")
        || ends_any(small, &["уч", "юч"])
    {
        "е"
    } else {
        "о"
    };
    Some((Stem { keep, add, adjective: false }, ["а", neuter, plural]))
}

/// The ends of adjectives in -ен whose vowel falls out, by the letter before.
const ADJECTIVES_IN_EN: [&str; 23] = [
    "страшен",
    "мезден",
    "одушен",
    "авен",
    "овенен",
    "ственен",
    "телен",
    "ивен",
    "бен",
    "пен",
    "фен",
    "тен",
    "ален",
    "илен",
    "зен",
    "сен",
    "оден",
    "уден",
    "иден",
    "аден",
    "ичен",
    "урен",
    "ярен",
];

/// The participles among words with these ends: participles in -ен (введён, усилен) have few.
const PARTICIPLES_IN_EN: [&str; 39] = [
    "гребен",
    "кребен",
    "обретен",
    "плетен",
    "метен",
    "чтен",
    "вален",
    "хвален",
    "ужален",
    "опечален",
    "причален",
    "удален",
    "отдален",
    "закален",
    "раскален",
    "накален",
    "умален",
    "пален",
    "силен",
    "пилен",
    "везен",
    "грызен",
    "нзен",
    "несен",
    "пасен",
    "трясен",
    "увиден",
    "предвиден",
    "ненавиден",
    "краден",
    "ограничен",
    "величен",
    "наличен",
    "уличен",
    "обличен",
    "курен",
    "хмурен",
    "укатурен",
    "ъярен",
];

/// Whether a word in -ен is an adjective whose vowel falls out (локален, локальна).
fn is_adjective_in_en(word: &str) -> bool {
    ends_any(word, &ADJECTIVES_IN_EN) && !ends_any(word, &PARTICIPLES_IN_EN)
}

/// The ends of short participles in -т: the verbs that make them are few.
const SHORT_IN_T: [&str; 32] = [
    "нят",
    "взят",
    "ъят",
    "жат",
    "чат",
    "крыт",
    "быт",
    "нут",
    "дут",
    "тёрт",
    "терт",
    "заперт",
    "отперт",
    "пёрт",
    "колот",
    "молот",
    "спет",
    "воспет",
    "одет",
    "надет",
    "грет",
    "пропет",
    "отпет",
    "запет",
    "пят",
    "разут",
    "обут",
    "сыт",
    "прожит",
    "пережит",
    "нажит",
    "изжит",
];

/// Принят, открыт, развит: one of the ends, and for those that are syllables of nouns, too
/// («монолит», «самшит»), a prefix before it.
pub(super) fn is_short_in_t(word: &str) -> bool {
    const ROOTS: [&str; 7] = ["вит", "лит", "бит", "пит", "шит", "мыт", "рыт"];
    let root = ROOTS.iter().find_map(|root| word.strip_suffix(root));
    ends_any(word, &SHORT_IN_T)
        || root.is_some_and(|keep| keep.is_empty() || Letters::new(keep).within(lists::PREFIXES))
}

/// Short participles in -н. Of nouns in -ан and -ян there are more than of participles, so the ends
/// of these are listed; of those in -ен there are fewer.
pub(super) fn is_short_in_n(word: &str) -> bool {
    const IN_AN: [&str; 37] = [
        "ован",
        "еван",
        "зван",
        "бран",
        "дан",
        "азан",
        "исан",
        "слан",
        "ыван",
        "держан",
        "ткан",
        "гнан",
        "сыпан",
        "читан",
        "питан",
        "пытан",
        "ботан",
        "делан",
        "думан",
        "знан",
        "венчан",
        "тесан",
        "чесан",
        "резан",
        "язан",
        "ласкан",
        "ыскан",
        "игран",
        "ыгран",
        "мечтан",
        "слышан",
        "мешан",
        "кончан",
        "щупан",
        "слушан",
        "троган",
        "строган",
    ];
    const IN_YAN: [&str; 5] = ["еян", "терян", "мерян", "стрелян", "деян"];
    let participle = ends_any(word, &IN_AN) || ends_any(word, &IN_YAN);
    let in_en = word.ends_with("ен") && !ends_any(word, &["мен", "ген"]);
    word.chars().count() > 4 && (participle || in_en) || matches!(word, "дан" | "сдан")
}
