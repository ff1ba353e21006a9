//! Which spaces are bound by U+00A0.

use super::marks::roman;
use super::tokens::{Gap, Token, Tokens, is_cyrillic, is_opening};
use crate::ru::date::MONTHS_GENITIVE;
use crate::ru::is_letter;

pub(super) fn edit(tokens: &mut Tokens<'_>) {
    for at in 1..tokens.list.len() {
        if tokens.list[at].gap == Gap::Space && is_bound(&tokens.list, at) {
            tokens.list[at].gap = Gap::Bound;
        }
    }
}

/// Whether the words on both sides of the gap before `at` belong together.
fn is_bound(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (&list[at - 1], &list[at]);
    if matches!(after.core(), "же" | "ли" | "бы" | "ж" | "ль" | "б" | "обл." | "р-н")
        && !before.is_closed()
        && after.text.starts_with(is_cyrillic)
    {
        return true;
    }
    if before.is_closed() || before.address {
        return false;
    }
    is_short_word(list, at - 1)
        || binds_number(list, at)
        || names_by_number(list, at)
        || binds_roman(list, at)
        || binds_clipped(list, at)
        || binds_initials(list, at)
        || matches!(before.opened(), "№" | "№№" | "§" | "§§" | "©")
        || is_abbreviation(before.opened()) && after.text.starts_with(['«', '„'])
        || is_item_number(before)
            && after.text.starts_with(|ch: char| is_letter(ch) || is_opening(ch))
}

/// A word of one or two letters that is neither a particle nor the unit of a number before it.
fn is_short_word(list: &[Token<'_>], at: usize) -> bool {
    let word = list[at].opened();
    let mut letters = word.chars();
    // «РФ» is an abbreviation.
    let capitals = word.chars().nth(1).is_some_and(char::is_uppercase);
    let short = !capitals
        && letters.next().is_some_and(is_cyrillic)
        && letters.next().is_none_or(is_cyrillic)
        && letters.next().is_none();
    // «5 м от стены»: a unit is bound to its number, and a second bond would make three words of
    // one.
    let counted = |before: &str| is_number(before) || matches!(before, "кв." | "куб." | "пог.");
    let unit = at > 0 && is_unit(word) && counted(list[at - 1].opened());
    // Particles belong to the word before them.
    short && !unit && !matches!(word, "же" | "ли" | "бы" | "ж" | "ль" | "б")
}

/// «20 кг», «10–15 человек», «5 июня», «2015 г.», «10 000», «5-й раз», «XXI век».
// Over 60 lines: the closed list of what binds to a number.
fn binds_number(list: &[Token<'_>], at: usize) -> bool {
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
    let ordinal = before.split_once('-').is_some_and(|(number, ending)| {
        is_number(number) && ending.chars().count() < 4 && ending.starts_with(is_cyrillic)
    });
    if before == "×" && is_number(after.core().trim_end_matches('.')) {
        return true;
    }
    // «2 м × 3 м».
    if after.text == "×" && matches!(before, "м" | "см" | "мм" | "км") {
        return true;
    }
    // The last of «10×15» counts the unit.
    let before = before.rsplit('×').next().unwrap_or(before);
    let before = before.strip_prefix('±').unwrap_or(before);
    if !is_number(before) && !ordinal {
        return false;
    }
    let core = after.core();
    if after.text.starts_with(['%', '‰', '°', '₽', '$', '€']) {
        return true;
    }
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let group = core.trim_end_matches('.');
    let inner_group = at > 1 && list[at - 1].gap == Gap::Bound && is_number(list[at - 2].opened());
    if digits(before)
        && before.len() <= 3
        // «1 000 000» is one number, but «007 100» is not.
        && (!before.starts_with('0') || inner_group)
        && group.len() == 3
        && digits(group)
    {
        return true;
    }
    // A number that names a thing (№ 5, п. 3) does not count the word after it.
    let names = at > 1
        && !continued
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
    if is_unit(unit) && !after.text.starts_with(is_opening) {
        return !names;
    }
    let word = core.trim_end_matches('.');
    // A holiday has a capital: «9 Мая», «8 Марта».
    if MONTHS_GENITIVE.contains(&word.to_lowercase().as_str()) {
        return !names;
    }
    // «ул. 50 лет Октября»
    (!names || word == "лет")
        && !core.ends_with('.')
        && word.chars().count() >= 3
        && word
            .chars()
            .all(|ch| is_cyrillic(ch) && ch.is_lowercase() || matches!(ch, '-' | '\u{ad}'))
}

/// Whether a gap leaves both words on one line of the text.
const fn same_line(gap: Gap<'_>) -> bool {
    !matches!(gap, Gap::Raw(_))
}

/// «приложение 3», «на странице 17», «глава III»: the number belongs to the word before it.
fn names_by_number(list: &[Token<'_>], at: usize) -> bool {
    const NAMED: [&str; 19] = [
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
fn binds_roman(list: &[Token<'_>], at: usize) -> bool {
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
fn is_number(text: &str) -> bool {
    let share =
        |text: &str| (1..3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.split_once('/').is_some_and(|(part, whole)| share(part) && share(whole)) {
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
fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 79] = [
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

/// Clipped words that lead a name or a number.
// Over 60 lines: a closed list.
fn is_clipped(text: &str) -> bool {
    const CLIPPED: [&str; 62] = [
        "пр-т",
        "пр-кт",
        "б-р",
        "м-н",
        "доб.",
        "лит.",
        "эт.",
        "р.",
        "оз.",
        "о.",
        "ст-ца",
        "ж.-д.",
        "хут.",
        "рп",
        "мкр",
        "мкр.",
        "г.",
        "гор.",
        "ул.",
        "им.",
        "п.",
        "пп.",
        "ст.",
        "рис.",
        "табл.",
        "ч.",
        "с.",
        "д.",
        "дер.",
        "пос.",
        "обл.",
        "пр.",
        "просп.",
        "пер.",
        "пл.",
        "наб.",
        "бул.",
        "стр.",
        "гл.",
        "разд.",
        "подп.",
        "абз.",
        "прил.",
        "кв.",
        "корп.",
        "оф.",
        "каб.",
        "ауд.",
        "т.",
        "вып.",
        "кн.",
        "см.",
        "ср.",
        "тел.",
        "гр.",
        "проф.",
        "тов.",
        "акад.",
        "доц.",
        "пгт",
        "пгт.",
        "х.",
    ];
    // Most end with a full stop; quickly past all other words.
    let open = ["пгт", "рп", "мкр", "ст-ца", "пр-т", "пр-кт", "б-р", "м-н"];
    if !text.ends_with('.') && !open.contains(&text) {
        return false;
    }
    CLIPPED.contains(&text) || CLIPPED.contains(&text.to_lowercase().as_str())
}

fn binds_clipped(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (&list[at - 1], &list[at]);
    let word = before.opened();
    let next = after.opened();
    let before_word = at.checked_sub(2).map(|place| list[place].opened());
    let leads = next.starts_with(|ch: char| {
        ch.is_uppercase() || ch.is_ascii_digit() || matches!(ch, '№' | '+' | '«')
    });
    if is_clipped(word)
        && (leads && !ends_number(before_word, word, next, are_minutes(list, at + 1))
            || matches!(word, "см." | "ср.") && next.starts_with(is_cyrillic))
    {
        return true;
    }
    // «100 кв. м», but «кв. 12».
    if matches!(word, "кв." | "куб." | "пог." | "ак." | "акад.")
        && before_word.is_some_and(is_number)
        && next.starts_with(is_cyrillic)
    {
        return true;
    }
    if matches!(word, "тыс." | "млн" | "млн." | "млрд" | "млрд." | "трлн")
        && next.starts_with(is_cyrillic)
    {
        return true;
    }
    // «подп. «а»», «ст. м. Площадь Ленина»
    if matches!(word, "подп." | "п." | "лит." | "ч." | "абз.") && after.text.starts_with('«')
        || word == "ст." && next == "м."
        || word == "м." && before_word == Some("ст.")
    {
        return true;
    }
    if word == "уч." && next.starts_with('г') {
        return true;
    }
    // «т. е.», «т. д.», «и. о.», «н. э.»: one letter and one letter.
    is_letter_stop(word) && is_letter_stop(after.core())
        || matches!(word, "вр.") && is_letter_stop(after.core())
        || word == "г-н"
        || word == "г-жа"
}

/// Whether a clipped word is the unit of the number before it, so that what follows begins anew:
/// «в 2015 г. 40 человек», «в 10 ч. 30 мин.», but «г. Кемерово» and «ст. 5».
fn ends_number(before: Option<&str>, word: &str, next: &str, minutes: bool) -> bool {
    let year = |text: &str| {
        // «12.05.2024 г. № 345»
        let last = text.rsplit('.').next().unwrap_or(text);
        last.len() == 4 && is_number(text) || is_year_range(text)
    };
    before.is_some_and(|text| match word {
        "г." => year(text) && next.starts_with(|ch: char| ch.is_ascii_digit() || ch == '№'),
        "ч." => is_number(text) && minutes,
        // «1 кв. 2026 г.» is a quarter of a year, «д. 5, кв. 12» a flat.
        "кв." => next.len() == 4 && (is_number(text) || roman(text).is_some()),
        "л." | "стр." => is_number(text),
        _ => false,
    })
}

/// Whether a word is the unit of minutes: «10 ч. 30 мин.».
fn are_minutes(list: &[Token<'_>], at: usize) -> bool {
    list.get(at).is_some_and(|token| token.text.starts_with("мин"))
}

fn is_year_range(text: &str) -> bool {
    text.split_once('–').is_some_and(|(left, right)| is_number(left) && is_number(right))
}

/// One Cyrillic letter with a stop.
fn is_letter_stop(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(is_cyrillic)
        && letters.next() == Some('.')
        && letters.next().is_none()
}

/// «Н.», «А.-М.».
fn is_initial(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.split('-').all(|part| is_letter_stop(part) || part == "Дж.")
}

fn is_capitalised(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|ch| is_cyrillic(ch) && ch.is_uppercase())
        && letters.next().is_some_and(is_cyrillic)
}

/// «Н. Г. Шабалина» and «Шабалина Н. Г.».
fn binds_initials(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (list[at - 1].opened(), &list[at]);
    if is_initial(before) {
        return is_initial(after.core()) || is_capitalised(after.opened());
    }
    if !is_capitalised(before) || before.ends_with('.') || !is_initial(after.core()) {
        return false;
    }
    // The initials belong to the surname after them, if there is one.
    let mut end = at;
    while list
        .get(end + 1)
        .is_some_and(|next| is_initial(next.core()) && matches!(next.gap, Gap::Space | Gap::Bound))
        && !list[end].is_closed()
    {
        end += 1;
    }
    let belongs_after = !list[end].is_closed()
        && list.get(end + 1).is_some_and(|next| {
            matches!(next.gap, Gap::Space | Gap::Bound) && is_capitalised(next.opened())
        });
    !belongs_after
}

/// МБУК, ЦБС, ООО.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|ch| is_cyrillic(ch) && ch.is_uppercase())
}

/// «1.», «2.1.» at the start of a line.
fn is_item_number(token: &Token<'_>) -> bool {
    token.starts_line()
        && token.text.ends_with('.')
        && token.text.len() < 8
        && token
            .text
            .split_terminator('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
