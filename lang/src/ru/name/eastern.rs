//! Chinese first names by their syllables.

use crate::ru::word::Letters;

const INITIALS: [&str; 22] = [
    "чж", "цз", "б", "п", "м", "ф", "д", "т", "н", "л", "г", "к", "х", "ц", "с", "ч", "ш", "ж",
    "з", "р", "в", "й",
];

/// Finals, longest first.
const FINALS: [&str; 38] = [
    "уань", "юань", "уай", "уан", "унь", "уэй", "юнь", "янь", "инь", "ань", "энь", "яо", "ай",
    "эй", "ао", "оу", "ан", "эн", "ян", "ин", "юн", "ун", "уа", "уй", "уо", "юэ", "юй", "ер", "эр",
    "а", "о", "э", "и", "я", "е", "ю", "у", "ы",
];

/// Syllables that Russian first names do not have.
const SIGNS: [&str; 36] = [
    "сяо", "цзя", "цзи", "цзю", "чжэ", "чжи", "чжо", "чжу", "чжа", "вэй", "хуа", "хуэ", "хуй",
    "юань", "цян", "сян", "лян", "мин", "нин", "пин", "дун", "лун", "чун", "гуа", "гуо", "жун",
    "шэн", "фэн", "мэй", "лэй", "бинь", "янь", "эй", "уй", "сюэ", "хун",
];

/// Whether a word reads as Chinese syllables (in the system of Palladius), one of them telling.
pub(super) fn is_chinese(word: &Letters) -> bool {
    std::str::from_utf8(word.bytes()).is_ok_and(|text| {
        // Chinese first names have one or two syllables; longer words only happen to be made of
        // such letters.
        word.len() < 12 && SIGNS.iter().any(|sign| text.contains(sign)) && reads(text, true)
    })
}

fn reads(text: &str, start: bool) -> bool {
    if text.is_empty() {
        return !start;
    }
    let bodies = INITIALS.iter().filter_map(|initial| text.strip_prefix(initial)).chain([text]);
    bodies.into_iter().any(|body| {
        FINALS
            .iter()
            .filter_map(|end| body.strip_prefix(end))
            .any(|rest| rest.len() < text.len() && reads(rest, false))
    })
}
