//! Whether a text names an event already, in whatever case.

use handlebars::JsonValue;
use serde_json::json;

use super::super::fault::RenderFault;
use super::Args;
use super::recipient::COMMON;
use crate::lang::ru::is_letter_or_digit;

/// What stands at the end of nouns and adjectives and changes with their case: two words with such
/// endings behind the same letters are one word, and «библиотека» and «библиотечный» are two.
const ENDINGS: [&str; 52] = [
    "", "а", "ам", "ами", "ах", "ая", "е", "ев", "его", "ее", "ей", "ем", "ему", "ени", "енем",
    "и", "ие", "ии", "ий", "им", "ими", "их", "ию", "ия", "иям", "иями", "иях", "ием", "й", "о",
    "ов", "ого", "ое", "ой", "ом", "ому", "у", "ую", "ы", "ые", "ый", "ым", "ыми", "ых", "ь", "ю",
    "юю", "я", "ям", "ями", "ях", "ью",
];
/// `names text event`: whether a text names an event in any case, so that it need not be named
/// again: all words that say which event it is stand there in their order, near each other.
pub(super) fn names(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (text, event) = (args.need(0)?, args.need(1)?);
    let name = event.get("name").unwrap_or(event).as_str().unwrap_or_default();
    let said = match text {
        JsonValue::Array(all) => {
            all.iter().filter_map(JsonValue::as_str).any(|text| is_named(text, name))
        }
        _ => is_named(text.as_str().unwrap_or_default(), name),
    };
    Ok(json!(said))
}

fn is_named(text: &str, name: &str) -> bool {
    let name = words(name);
    let telling: Vec<&EventWord> = name.iter().filter(|word| word.is_telling()).collect();
    let text = words(text);
    // «За победу в конкурсе» does not name the contest «Победа».
    let common = |word: &&EventWord| COMMON.iter().any(|sort| word.small.starts_with(sort));
    let own = telling.len() == 1 && telling[0].capital && !telling.iter().any(common);
    let said = |word: &EventWord, of: &EventWord| (word.capital || !own) && word.is_form_of(of);
    // «В областном конкурсе юных чтецов» names «Областной конкурс чтецов», too.
    let reach = 2 * name.len();
    let stands = |from: usize| {
        let mut near = text[from..].iter().take(reach);
        telling.iter().all(|of| near.any(|word| said(word, of)))
    };
    let starts =
        |first: &&EventWord| (0..text.len()).any(|at| said(&text[at], first) && stands(at));
    telling.first().is_some_and(starts)
}

struct EventWord {
    small: String,
    capital: bool,
}

impl EventWord {
    /// Prepositions and «и» say nothing of which event it is; «II» and «5» do.
    fn is_telling(&self) -> bool {
        let is_number = || self.small.bytes().all(|byte| byte.is_ascii_alphanumeric());
        self.small.chars().count() > 2 || is_number()
    }

    fn is_form_of(&self, other: &Self) -> bool {
        let (one, other) = (self.small.as_str(), other.small.as_str());
        if one == other || differ_by_ending(one, other) {
            return true;
        }
        // «Конец» and «конца», «ярмарок» and «ярмарка».
        let [short, other_short] = [one, other].map(without_fleeting);
        differ_by_ending(&short, other) || differ_by_ending(one, &other_short)
    }
}

fn differ_by_ending(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let mut end: usize = shared.map(|(c, _)| c.len_utf8()).sum();
    // Endings may begin alike: «областного», «областном».
    while let Some(last) = one[..end].chars().next_back() {
        let ends = [&one[end..], &other[end..]];
        if one[..end].chars().count() >= 2 && ends.iter().all(|end| ENDINGS.contains(end)) {
            return true;
        }
        end -= last.len_utf8();
        if ends.iter().any(|end| end.chars().count() > 4) {
            break;
        }
    }
    false
}

/// A word without the vowel before its last consonant.
fn without_fleeting(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let bare = letters.len() - usize::from(letters.last() == Some(&'ь'));
    if bare >= 3 && matches!(letters[bare - 2], 'е' | 'о') {
        letters.remove(bare - 2);
    }
    letters.into_iter().collect()
}

fn words(text: &str) -> Vec<EventWord> {
    let words = text.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty());
    let word = |word: &str| EventWord {
        small: word.to_lowercase().replace('ё', "е"),
        capital: word.starts_with(char::is_uppercase),
    };
    words.map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_text_names_an_event_in_any_case() {
        for (text, event) in [
            (
                "победу в областном конкурсе чтецов «Живое слово»",
                "Областной конкурс чтецов «Живое слово»",
            ),
            ("победу в областном конкурсе юных чтецов", "Областной конкурс чтецов"),
            ("помощь в проведении семинара", "Семинар"),
            ("участие в XV Пушкинских чтениях", "XV Пушкинские чтения"),
            ("участие в Днях библиотек", "Дни библиотек"),
            ("подготовку концерта ко Дню учителя", "День учителя"),
            ("помощь в проведении ярмарок", "Ярмарка"),
            ("победу в викторине «Победа»", "Победа"),
        ] {
            assert!(is_named(text, event), "{text}: {event}");
        }
    }

    #[test]
    fn words_of_an_event_alone_do_not_name_it() {
        for (text, event) in [
            ("развитие библиотечного дела", "Библиотека"),
            ("победу в конкурсе «Весна»", "Победа"),
            ("участие в форуме", "II Форум"),
            ("участие в V Пушкинских чтениях", "XV Пушкинские чтения"),
            ("чтение стихов и помощь в работе на всё время", "Чтение и время"),
            ("время чтения", "Чтение и время"),
            ("труд", ""),
        ] {
            assert!(!is_named(text, event), "{text}: {event}");
        }
    }
}
