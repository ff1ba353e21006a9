//! Gaps beside numbers, before what they count, and behind what they number.

use super::super::marks::roman;
use super::super::tokens::{Gap, Token, is_cyrillic, is_opening};
use super::{are_minutes, ends_number, is_clipped};
use crate::ru::date::MONTHS_GENITIVE;

/// «20 кг», «10–15 человек», «5 июня», «2015 г.», «10 000», «5-й раз», «XXI век».
// Over 60 lines: the closed list of what binds to a number.
pub(super) fn binds_number(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (list[at - 1].opened(), &list[at]);
    if roman(before).is_some()
        || before
            .split_once('–')
            .is_some_and(|(left, right)| roman(left).is_some() && roman(right).is_some())
    {
        const COUNTED: [&str; 13] = [
            "век",
            "кв.",
            "вв.",
            "в.",
            "столет",
            "тысячелет",
            "степен",
            "квартал",
            "полугод",
            "созыв",
            "мест",
            "этап",
            "тур",
        ];
        return COUNTED.iter().any(|word| after.text.starts_with(word));
    }
    let continued = at > 1 && list[at - 1].gap == Gap::None && list[at - 2].text == "–";
    if before == "×" && is_number(after.core().trim_end_matches('.')) {
        return true;
    }
    // «2 м × 3 м».
    if after.text == "×" && matches!(before, "м" | "см" | "мм" | "км") {
        return true;
    }
    // Most words have no digit, and are no number in any way.
    if !before.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let ordinal = before.split_once('-').is_some_and(|(number, ending)| {
        is_number(number) && ending.chars().count() < 4 && ending.starts_with(is_cyrillic)
    });
    // The last of «10×15» counts the unit.
    let before = before.rsplit('×').next().unwrap_or(before);
    let before = before.strip_prefix('±').unwrap_or(before);
    // «в 14-00 часов»
    let clock = || {
        let hours =
            before.split_once('-').filter(|(hours, minutes)| hours.len() < 3 && minutes.len() == 2);
        hours.is_some_and(|(hours, minutes)| is_number(hours) && is_number(minutes))
            && after.text.starts_with("час")
    };
    if !is_number(before) && !ordinal && !clock() {
        return false;
    }
    let core = after.core();
    if after.text.starts_with(['%', '‰', '°', '₽', '$', '€']) {
        return true;
    }
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // «1 200,50»
    let group = core.trim_end_matches('.');
    let group = group.split_once(',').filter(|(_, part)| digits(part)).map_or(group, |both| both.0);
    let inner_group = at > 1 && list[at - 1].gap == Gap::Bound && is_number(list[at - 2].opened());
    if digits(before)
        && before.len() <= 3
        // «1 000 000» is one number, but «007 100» is not.
        && (!before.starts_with('0') || inner_group)
        && group.len() == 3
        && digits(group)
        && !is_phone(list, at)
    {
        return true;
    }
    // A number that names a thing (№ 5, п. 3) does not count the word after it.
    let names = at > 1
        && !continued
        // «Петров С. (6 кл.)»
        && !list[at - 1].text.starts_with('(')
        && same_line(list[at - 1].gap)
        && (matches!(list[at - 2].opened(), "№" | "№№" | "§")
            || is_clipped(list[at - 2].opened())
                && !ends_number(
                    at.checked_sub(3)
                        .filter(|_| same_line(list[at - 2].gap))
                        .map(|place| list[place].opened()),
                    list[at - 2].opened(),
                    before,
                    are_minutes(list, at),
                )
            || names_by_number(list, at - 1));
    if after.text == "×" {
        return true;
    }
    // «6 «В» класс»: a letter in quotes is no unit.
    let unit = core.split(['/', '2', '3', '²', '³']).next().unwrap_or(core);
    // «652000 г. Юрга» is a postal index before a town.
    let index = before.len() == 6 && core == "г.";
    if !index
        && (is_unit(unit) || is_unit(unit.trim_end_matches('.')))
        && !after.text.starts_with(is_opening)
    {
        return !names;
    }
    // «2 раза/нед.»
    let word = core.split('/').next().unwrap_or(core).trim_end_matches('.');
    // A holiday has a capital: «9 Мая», «8 Марта».
    if MONTHS_GENITIVE.contains(&word.to_lowercase().as_str()) {
        return !names;
    }
    // «ул. 50 лет Октября»
    (!names || word == "лет")
        && !core.ends_with('.')
        && word.chars().count() >= 3
        && !after.text.starts_with(is_opening)
        && word
            .chars()
            .all(|ch| is_cyrillic(ch) && ch.is_lowercase() || matches!(ch, '-' | '\u{ad}'))
}

/// Whether the group of digits at a place is one of a telephone: «8 923 555 12 12».
fn is_phone(list: &[Token<'_>], at: usize) -> bool {
    let digits = |token: &Token<'_>, count: usize| {
        let core = token.core();
        core.len() == count && core.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut rest = list[at + 1..].iter().take_while(|token| same_line(token.gap));
    rest.find(|token| !digits(token, 3)).is_some_and(|token| digits(token, 2))
}

/// Whether a gap leaves both words on one line of the text.
const fn same_line(gap: Gap<'_>) -> bool {
    !matches!(gap, Gap::Raw(_))
}

/// «приложение 3», «на странице 17», «глава III»: the number belongs to the word before it.
pub(super) fn names_by_number(list: &[Token<'_>], at: usize) -> bool {
    const NAMED: [&str; 20] = [
        "пункт",
        "квартир",
        "сери",
        "строени",
        "приложени",
        "таблиц",
        "рисун",
        "страниц",
        "глав",
        "раздел",
        "стать",
        "том",
        "выпуск",
        "аудитори",
        "кабинет",
        "корпус",
        "параграф",
        "схем",
        "часть",
        "части",
    ];
    let Some(before) = at.checked_sub(1).map(|place| &list[place]) else { return false };
    if before.is_closed() || before.address || !same_line(list[at].gap) {
        return false;
    }
    // The number first: most words are followed by none, and then need no small letters.
    let number = list[at].core().trim_end_matches('.');
    let numbered = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty()
        || roman(number).is_some();
    if !numbered {
        return false;
    }
    let word = before.opened().to_lowercase();
    let stem = NAMED.iter().find(|stem| word.starts_with(**stem));
    if word == "дом" {
        return true;
    }
    // Three letters are the longest ending of these stems; «разделение» is no «раздел».
    stem.is_some_and(|stem| word.chars().count() <= stem.chars().count() + 3)
}

/// «IV съезд», «Екатерина II», «Пётр I».
pub(super) fn binds_roman(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (list[at - 1].opened(), &list[at]);
    if roman(before).is_some() && before.len() > 1
        || before == "I"
        || before == "V"
        || before == "X"
    {
        return after.text.starts_with(is_cyrillic) && after.core().chars().count() > 2;
    }
    roman(after.core().trim_end_matches('.')).is_some()
        && before.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
        && before.chars().all(is_cyrillic)
        && KINGS.contains(&before.to_lowercase().replace('ё', "е").as_str())
}

/// First names that have numbers.
const KINGS: [&str; 33] = [
    "александр",
    "александра",
    "александру",
    "александром",
    "александре",
    "николай",
    "николая",
    "николаю",
    "николаем",
    "николае",
    "петр",
    "петра",
    "петру",
    "петром",
    "петре",
    "екатерина",
    "екатерины",
    "екатерине",
    "екатерину",
    "екатериной",
    "иван",
    "ивана",
    "ивану",
    "ивановом",
    "иваном",
    "павел",
    "павла",
    "людовик",
    "людовика",
    "карл",
    "карла",
    "георг",
    "василий",
];

/// Digits with marks between them; a range; a negative number; a fraction.
pub(super) fn is_number(text: &str) -> bool {
    let share =
        |text: &str| (1..3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.split_once('/').is_some_and(|(part, whole)| share(part) && share(whole)) {
        return true;
    }
    // «2023/24 г.»
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.split_once('/').is_some_and(|(one, next)| {
        one.len() == 4 && matches!(next.len(), 2 | 4) && figures(one) && figures(next)
    }) {
        return true;
    }
    let text = text.strip_prefix(['−', '+']).unwrap_or(text);
    // «−10…−5»
    let mark = |ch| matches!(ch, '.' | ',' | ':' | '–' | '…' | '−' | '+');
    text.starts_with(|ch: char| ch.is_ascii_digit())
        && text.ends_with(|ch: char| ch.is_ascii_digit())
        && text.chars().all(|ch| ch.is_ascii_digit() || mark(ch))
}

/// Units and other clipped words after a number.
// Over 60 lines: a closed list.
pub(super) fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 92] = [
        "пт",
        "dpi",
        "px",
        "р",
        "шт",
        "Мбит",
        "Гбит",
        "Кбит",
        "кДж",
        "Дж",
        "дБ",
        "Ом",
        "об",
        "час.",
        "р.",
        "В",
        "кВ",
        "уч.",
        "кГц",
        "МГц",
        "ГГц",
        "КБ",
        "МБ",
        "ГБ",
        "ТБ",
        "°С",
        "°C",
        "дм",
        "дм²",
        "км²",
        "см²",
        "мм²",
        "см³",
        "дм³",
        "Гц",
        "тонн",
        "сут.",
        "мес.",
        "кг",
        "г",
        "мг",
        "т",
        "ц",
        "м",
        "см",
        "мм",
        "км",
        "л",
        "мл",
        "га",
        "кв.",
        "куб.",
        "м²",
        "м³",
        "ч",
        "ч.",
        "мин",
        "мин.",
        "сек.",
        "руб.",
        "руб",
        "коп.",
        "тыс.",
        "тыс",
        "млн",
        "млн.",
        "млрд",
        "млрд.",
        "трлн",
        "экз.",
        "шт.",
        "чел.",
        "ед.",
        "г.",
        "гг.",
        "в.",
        "вв.",
        "л.",
        "лл.",
        "стр.",
        "с.",
        "кВт",
        "Вт",
        "Гб",
        "Мб",
        "Кб",
        "дн.",
        "нед.",
        "кл.",
        "ак.",
        "акад.",
        "пог.",
    ];
    UNITS.contains(&text)
}
