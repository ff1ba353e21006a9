//! Abbreviations of bodies, and the gender of the word that each stands for.

use super::super::grammar::Gender;
use super::super::post::words as posts;
use super::super::word::Letters;
use super::lists;
use super::words::{Word, words};

/// Whether the first word is an abbreviation of letters: «МБУК», «IT-куб».
pub(super) fn starts_with_code(text: &str) -> bool {
    let capital = |word: Word<'_>| word.text.chars().filter(|ch| ch.is_uppercase()).count() > 1;
    starts_with_abbreviation(text) && words(text.trim()).next().is_some_and(capital)
}

/// Whether the first word is an abbreviation.
pub(super) fn starts_with_abbreviation(text: &str) -> bool {
    words(text.trim()).next().is_some_and(|word| is_abbreviation(word.text))
}

/// The gender of an abbreviation by its last noun: МБУ is an учреждение, ЦБС a система.
pub(in super::super) fn abbreviation_gender(text: &str) -> Option<Gender> {
    // «УК «Жилсервис»» is a компания; «МБУК», «ГУК» are an учреждение культуры.
    if text.trim().starts_with("УК ") {
        return Some(Gender::Feminine);
    }
    let first = words(text.trim()).next().filter(|word| is_abbreviation(word.text))?;
    // «5 «А»» is a класс.
    let class = |letter: &str| letter.starts_with('«') && letter.chars().count() == 3;
    if first.text.bytes().all(|byte| byte.is_ascii_digit())
        && text.trim().split_once(' ').is_some_and(|(_, letter)| class(letter))
    {
        return Some(Gender::Masculine);
    }
    // «ПСЧ-1»: a number behind the hyphen is none of its letters.
    let word = first.text.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == '-');
    let letters = Letters::new(word);
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    let starts = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    // By the word that the last or the only letter stands for: учреждение, дворец, система.
    if letters.within(lists::FEMININE_ABBREVIATIONS) {
        Some(Gender::Feminine)
    } else if letters.within(lists::MASCULINE_ABBREVIATIONS) {
        Some(Gender::Masculine)
    } else if letters.within(lists::NEUTER_ABBREVIATIONS)
        || ends(&["БУ", "АУ", "КУ", "ОУ", "УК", "УДО", "УЗ", "АО", "ООО"])
        // УФСИН, УМВД: an управление.
        || starts(&["УФ", "УМВД"])
        // МБФСУ: whatever its kind, an учреждение.
        || starts(&["МБ", "МАУ", "ГБ", "ГАУ", "ФГ"]) && ends(&["У"])
    {
        Some(Gender::Neuter)
    } else if ends(&["ДК", "Ц", "ДТ", "ЮТ", "ГУ", "ТУ", "МУ", "ПУ", "ЭУ", "ЯУ", "ПК"])
        // КГПИ, НИИ: an институт; НПЗ: a завод.
        || word.chars().count() > 2
            && ends(&["ПИ", "ТИ", "СИ", "МИ", "ХИ", "АИ", "ЭИ", "ФИ", "ИИ", "З"])
    {
        Some(Gender::Masculine)
    } else if ends(&["БС", "Ш", "ШИ", "НБ", "ДБ", "ГБ", "РБ", "КС", "ОО"])
        // ЦМСЧ: a часть.
        || ends(&["СЧ"])
        // КузГПА, ГСХА: an академия.
        || ends(&["ГПА", "ГМА", "СХА", "ГЮА", "ГТА", "ГАА"])
    {
        Some(Gender::Feminine)
    } else {
        // РЦДО, ЦДОД: a центр, whatever it is for.
        word.contains('Ц').then_some(Gender::Masculine)
    }
}

/// Long ones look like words typed in capitals, so the lists are asked, too: «ДОСААФ».
pub(super) fn is_abbreviation(word: &str) -> bool {
    posts::is_abbreviation(word)
        || word.chars().all(char::is_uppercase) && is_listed_abbreviation(word)
}

pub(in super::super) fn is_listed_abbreviation(word: &str) -> bool {
    let listed = |list| Letters::new(word).within(list);
    listed(lists::NEUTER_ABBREVIATIONS)
        || listed(lists::MASCULINE_ABBREVIATIONS)
        || listed(lists::FEMININE_ABBREVIATIONS)
}

pub(super) fn abbreviation_within(text: &str, list: &str) -> bool {
    words(text.trim()).next().is_some_and(|word| word.letters.within(list))
}
