//! Words that ran together: where a space, a no-break space or a dash is missing inside one.

use super::tokens::{is_closing, is_cyrillic, is_opening};
use crate::ru::date::{MONTHS, MONTHS_GENITIVE};
use crate::ru::is_letter_or_digit;

/// Where a space is missing after a comma: «раз,два», «класс,2-й», «д. 5,кв. 12», «Мир»,ул.».
pub(super) fn missing_space(word: &str) -> Option<usize> {
    let figure = |ch: char| ch.is_ascii_digit();
    if let Some(at) = run_in_sentence(word).or_else(|| run_in_bracket(word)) {
        return Some(at);
    }
    word.match_indices([',', ';', '!', '?', ':']).find_map(|(at, mark)| {
        let (before, after) = (word[..at].chars().next_back()?, word[at + 1..].chars().next()?);
        let ended = is_cyrillic(before)
            || matches!(before, '»' | '"' | ')')
            || mark == ":" && before == '.' && after.is_uppercase()
            // «Что?!Как»
            || matches!(mark, "!" | "?") && matches!(before, '!' | '?')
            || matches!(mark, ";" | ",") && before == '.';
        // «Ждём!Приходите», «Тема:«Осень»
        if matches!(mark, "!" | "?" | ":") {
            let begins = is_cyrillic(after) && (after.is_uppercase() || mark == ":")
                || mark == ":" && (matches!(after, '«' | '"') || figure(after));
            return (ended && begins).then_some(at + 1);
        }
        // Between two figures it is the mark of a decimal.
        // «Барто,"Игрушки"»: a mark that a letter follows opens.
        let opened = word[at + 1..].chars().nth(1).is_some_and(is_cyrillic);
        let quoted = (matches!(before, '»' | '"') || opened) && matches!(after, '«' | '"');
        let around = ended && (is_cyrillic(after) || figure(after) || quoted)
            || figure(before) && (is_cyrillic(after) || matches!(after, '№' | '«' | '"'));
        around.then_some(at + 1)
    })
}

/// «…ждали.И вернулись»: a stop between a word in small letters and a capital ends a sentence.
fn run_in_sentence(word: &str) -> Option<usize> {
    let small = |ch: &char| is_cyrillic(*ch) && ch.is_lowercase();
    word.match_indices('.').map(|(at, _)| at).find_map(|at| {
        let before = word[..at].chars().rev().take_while(small).count();
        let mut after = word[at + 1..].chars();
        let begins = after.next().is_some_and(|ch| is_cyrillic(ch) && ch.is_uppercase())
            && after.next().is_none_or(is_cyrillic);
        // «Глава 1.Начало», «Раздел IV.Итоги»
        let numbered = word[..at].ends_with(|ch: char| ch.is_ascii_digit())
            || !word[..at].is_empty()
                && word[..at].bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
        let long = after.take_while(|ch| small(ch)).count() > 1;
        (before > 2 && begins || numbered && begins && long).then_some(at + 1)
    })
}

/// «5(пять)»: a number and its words.
fn run_in_bracket(word: &str) -> Option<usize> {
    let at = word.find('(')?;
    let share = word[..at].ends_with('%');
    let figure = word[..at].ends_with(|ch: char| ch.is_ascii_digit());
    let letters = word[at + 1..].chars().take_while(|ch| is_cyrillic(*ch)).count();
    (figure && letters > 2 || share && letters > 0).then_some(at)
}

/// Where a dash is glued to a word on one side: «слово –слово», «слово— слово»; or a range of dates
/// has no spaces: «5 мая-10 июня».
pub(super) fn glued_dash(word: &str) -> Option<usize> {
    let dash = |ch: char| matches!(ch, '–' | '—');
    let mut letters = word.chars();
    let first = letters.next()?;
    if dash(first) && letters.next().is_some_and(is_cyrillic) {
        return Some(first.len_utf8());
    }
    let last = word.chars().next_back().filter(|ch| dash(*ch))?;
    let before = &word[..word.len() - last.len_utf8()];
    // «М.И.– директор»
    let stop = before.ends_with('.') && before.chars().rev().nth(1).is_some_and(is_cyrillic);
    let ended = stop || before.ends_with(|ch: char| is_cyrillic(ch) || matches!(ch, '»' | ')'));
    ended.then_some(before.len())
}

/// The parts of «15ч.00мин.» and «500руб.00коп.».
pub(super) fn clock(word: &str) -> Option<(&str, &str)> {
    if let Some(at) = word.find("руб.").map(|at| at + "руб.".len()) {
        let kopecks = word[at..].starts_with(|ch: char| ch.is_ascii_digit());
        return kopecks.then(|| word.split_at(at));
    }
    let at = word.find("ч.")? + "ч.".len();
    let (hours, minutes) = word.split_at(at);
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let minute = minutes.find("мин").is_some_and(|at| figures(&minutes[..at]));
    (minute && figures(hours.strip_suffix("ч.")?)).then_some((hours, minutes))
}

/// Where the mark of an item of a list ends that has no space behind it: «1.Введение» at the start
/// of a line, «2)Задачи», «б)сбор».
pub(super) fn item(word: &str, starts_line: bool) -> Option<usize> {
    let end = word.find(['.', ')'])?;
    let (mark, rest) = (&word[..end], &word[end + 1..]);
    let digits = mark.len() < 3 && !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit());
    let stop = word[end..].starts_with('.');
    let letter = !stop && mark.chars().all(|ch| is_cyrillic(ch) && ch.is_lowercase());
    let begins = rest.chars().next().filter(|ch| is_cyrillic(*ch))?;
    let long = rest.chars().filter(|ch| is_cyrillic(*ch)).count() > 2;
    let fits = digits && (!stop || starts_line && begins.is_uppercase())
        || letter && mark.chars().count() == 1;
    (fits && long).then_some(end + 1)
}

/// The parts of «мая-10», of which the dash is one.
pub(super) fn months(word: &str) -> Option<[&str; 2]> {
    let (month, day) = word.split_once(['-', '–', '—'])?;
    let number = !day.is_empty() && day.len() < 3 && day.bytes().all(|b| b.is_ascii_digit());
    (number && MONTHS_GENITIVE.contains(&month)).then_some([month, day])
}

/// Where a no-break space is missing inside a word.
pub(super) fn inner_gap(word: &str) -> Option<usize> {
    if let Some((at, sign)) = word.char_indices().rfind(|(_, ch)| matches!(ch, '№' | '§')) {
        let after = at + sign.len_utf8();
        if word[after..].starts_with(is_letter_or_digit) {
            return Some(after);
        }
    }
    let core = word.trim_start_matches(is_opening);
    // «5°C»
    if let Some(at) = core.find('°')
        && core[..at].ends_with(|ch: char| ch.is_ascii_digit())
        && core[at + '°'.len_utf8()..].starts_with(['C', 'С', 'F'])
    {
        return Some(word.len() - core.len() + at);
    }
    if let Some(at) = glued_unit(core) {
        return Some(word.len() - core.len() + at);
    }
    let dot = core.find('.')?;
    let (before, after) = (&core[..dot], &core[dot + 1..]);
    let place = word.len() - core.len() + dot + 1;
    let first = after.chars().next()?;
    // «см.приложение», «уч.году»
    if before == "см" && is_cyrillic(first) || before == "уч" && first == 'г' {
        return Some(place);
    }
    // «подп."б"»
    if matches!(before, "подп" | "п" | "лит") && matches!(first, '"' | '«') {
        return Some(place);
    }
    // «Г.-Х.Андерсен»
    if let Some(rest) = after.strip_prefix('-')
        && let Some((second, name)) = rest.split_once('.')
        && is_initials(&format!("{before}."))
        && is_initials(&format!("{second}."))
        && name.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
    {
        return Some(word.len() - name.len());
    }
    // «15 тыс.руб.»
    let sum = matches!(before, "тыс" | "млн" | "млрд");
    if sum && ["руб", "чел", "экз", "долл"].iter().any(|word| after.starts_with(word))
    {
        return Some(place);
    }
    let capital = is_cyrillic(first) && first.is_uppercase();
    if GLUED.contains(&before.to_lowercase().as_str())
        && (capital
            || first == '№'
            || first.is_ascii_digit() && before.chars().skip(1).all(char::is_lowercase))
        && !before.is_empty()
    {
        return Some(place);
    }
    let mut letters = before.chars();
    let single = letters.next().is_some_and(is_cyrillic) && letters.next().is_none()
        || matches!(before, "вр" | "Дж");
    (single && (capital && is_name_or_initials(after) || is_initials(after))).then_some(place)
}

/// Where a unit is glued to its number: «2026г.», «500руб.»; «5г» may be a class, «3м» a firm.
fn glued_unit(core: &str) -> Option<usize> {
    const UNITS: [&str; 28] = [
        "л.", "стр.", "кл.", "р.", "ч.", "г.", "гг.", "руб.", "руб", "коп.", "чел.", "тыс.",
        "экз.", "шт.", "кг", "км", "мин.", "см", "мм", "мл", "га", "м2", "м3", "м²", "м³", "млн",
        "гг", "г",
    ];
    if !core.starts_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let bare = core.trim_end_matches([',', ';', ':', ')', '»', '!', '?']);
    let fits = |unit: &&&str| {
        let number = bare.strip_suffix(**unit);
        number.is_some_and(|number| number.ends_with(|ch: char| ch.is_ascii_digit()))
    };
    let unit = UNITS.iter().find(fits)?;
    let number = bare.strip_suffix(unit)?;
    let year = number.len() > 3 || !unit.starts_with('г');
    let inner = |ch| matches!(ch, '.' | ',' | '-' | '–' | 'x' | 'х' | 'X' | 'Х' | '*' | '×');
    let plain = number.chars().all(|ch| ch.is_ascii_digit() || inner(ch));
    (plain && year && number.ends_with(|ch: char| ch.is_ascii_digit())).then_some(number.len())
}

/// «Д.», «о.», «п.» and chains of them, perhaps with marks after.
fn is_initials(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    !text.is_empty()
        && text.ends_with('.')
        && text[..text.len() - 1].split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(is_cyrillic) && letters.next().is_none()
        })
}

/// «Федоров», «Д.Федоров».
fn is_name_or_initials(text: &str) -> bool {
    let mut parts = text.trim_end_matches(|ch| is_closing(ch) || ch == '.').split('.').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        let capital = part.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase());
        let single = part.chars().nth(1).is_none();
        if !capital
            || !last && !single
            || last && !part.chars().all(|ch| is_cyrillic(ch) || matches!(ch, '-' | '\u{ad}'))
        {
            return false;
        }
    }
    true
}

/// Clipped words that may be glued to a name or a number after them.
const GLUED: [&str; 39] = [
    "пп", "оз", "мкр", "разд", "вып", "каб", "ауд", "пгт", "прил", "подп", "абз", "кн", "т", "г",
    "ул", "им", "п", "ст", "рис", "табл", "ч", "д", "с", "пос", "обл", "пр", "стр", "гл", "кв",
    "корп", "оф", "пер", "пл", "наб", "дер", "гр", "проф", "акад", "тел",
];

/// Where a hyphen that is a dash stands behind a bracket, a quotation mark or initials: «(г.
/// Юрга)-», «И.И.-1», «1 место-Иванов».
pub(super) fn run_in_dash(word: &str) -> Option<usize> {
    word.match_indices(['-', '—']).map(|(at, _)| at).find(|&at| {
        let (left, right) = (&word[..at], word[at..].trim_start_matches(['-', '—']));
        if word[at..].starts_with('—') {
            return is_glued_em_dash(left, right);
        }
        // «Я лучший»,-сказал он»
        if left.ends_with(',') && right.starts_with(is_cyrillic) {
            return true;
        }
        let mut before = left.chars().rev();
        let (last, second) = (before.next(), before.next());
        let third = before.next();
        let letter = second.is_some_and(is_cyrillic);
        let closed = last == Some(')') && (letter || second == Some('.'))
            || last == Some('»') && right.is_empty()
            || last == Some('.')
                && second.is_some_and(|ch| is_cyrillic(ch) && ch.is_uppercase())
                && third.is_none_or(|ch| ch == '.');
        let mut after = right.chars();
        let (first, next) = (after.next(), after.next());
        // «1м.-Иванов», «СПб.: Лань, 2020.-300 с.»
        let numbered = last == Some('.')
            && (second == Some('м')
                && third.is_some_and(|ch| ch.is_ascii_digit())
                && right.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
                || left.trim_end_matches('.').len() == 4
                    && left[..4.min(left.len())].bytes().all(|byte| byte.is_ascii_digit())
                    && right.starts_with(|ch: char| ch.is_ascii_digit()));
        // «Ж.-Ж. Руссо»
        let initial = first.is_some_and(char::is_uppercase) && next == Some('.');
        let figure = |ch: char| ch.is_ascii_digit() || is_cyrillic(ch) && ch.is_uppercase();
        let named = matches!(left, "место" | "степень" | "степени")
            && first.is_some_and(is_cyrillic)
            && next.is_some_and(is_cyrillic);
        named
            || numbered
            || closed && !initial && first.is_none_or(figure)
            || is_glue_of_clauses(left, right)
    })
}

/// «Цель—воспитание»: a dash without its spaces; «март—апрель» is a range, and «Москва—Томск» a
/// route.
fn is_glued_em_dash(left: &str, right: &str) -> bool {
    let end = right.find(|ch: char| !is_cyrillic(ch)).unwrap_or(right.len());
    let word = &right[..end];
    let month = MONTHS.contains(&word);
    left.ends_with(|ch: char| is_cyrillic(ch) || matches!(ch, '»' | ')' | ','))
        && !month
        && word.chars().count() > 1
        && word.starts_with(char::is_lowercase)
}

/// Where a label before an address ends: «сайт:www.a.ru», «E-mail:a@b.ru».
pub(super) fn label(word: &str) -> Option<usize> {
    let (label, rest) = word.split_once(':')?;
    let russian = label.chars().count() > 2 && label.chars().all(|ch| is_cyrillic(ch) || ch == '-');
    let mail = matches!(label.to_ascii_lowercase().as_str(), "e-mail" | "email");
    ((russian || mail) && !rest.starts_with("//")).then_some(label.len() + 1)
}

/// Whether a hyphen between two parts of a word cannot be one of a compound: «Книга-это»,
/// «исполнения-до», «И.И.-председатель», «Мир»-акция», «сб.-выходной», «за»-15», «мира—это».
fn is_glue_of_clauses(left: &str, right: &str) -> bool {
    // «Гран-при» is one word, and so may be what ends with a vowel.
    const PREPOSITIONS: [&str; 11] =
        ["до", "от", "для", "с", "со", "в", "во", "на", "без", "о", "это"];
    const DAYS: [&str; 7] = ["пн.", "вт.", "ср.", "чт.", "пт.", "сб.", "вс."];
    let end = right.find(|ch: char| !is_cyrillic(ch) && !ch.is_ascii_digit());
    let word = &right[..end.unwrap_or(right.len())];
    // «чтец-декламатор-любитель» is one word still.
    if right[word.len()..].starts_with('-') {
        return false;
    }
    let bare = left.trim_start_matches(is_opening);
    let letters = |text: &str| text.chars().all(is_cyrillic) && !text.is_empty();
    let small = letters(word) && word.chars().all(char::is_lowercase);
    let long = small && word.chars().count() > 3;
    let mut end = left.chars().rev();
    let initial = end.next() == Some('.') && end.next().is_some_and(char::is_uppercase);
    if PREPOSITIONS.contains(&right) {
        // «из-за», «кто-это» aside, a compound goes on behind its preposition: «Ростов-на-Дону».
        return letters(bare) && bare.chars().count() > 3;
    }
    let votes = ["за", "против", "воздержались", "воздержался", "воздержалось"];
    let vote = bare
        .strip_suffix(['»', '"'])
        .is_some_and(|word| votes.contains(&word.trim_start_matches(is_opening)));
    // «выступление-10мин.»
    let figures = right.bytes().take_while(u8::is_ascii_digit).count();
    let unit = ["мин", "чел", "час", "руб", "шт", "экз", "тыс", "млн"];
    let timed = (1..4).contains(&figures)
        && letters(bare)
        && bare.chars().count() > 3
        && unit.iter().any(|unit| right[figures..].starts_with(unit));
    // «Директор-Петрова»: a post is no part of a surname.
    let mut name = word.chars();
    let named = letters(bare)
        && name.next().is_some_and(|ch| is_cyrillic(ch) && ch.is_uppercase())
        && name.next().is_some_and(char::is_lowercase)
        && name.count() > 1
        && word.chars().all(is_cyrillic)
        && crate::ru::post::words::is_post(&bare.to_lowercase());
    if timed || named {
        return true;
    }
    let counted = word.len() < 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let spoken = left.ends_with(['»', '!', '?', '…']) || left.ends_with("...");
    // «10:00-открытие», «10.00–10.30-регистрация»
    let time = bare.rsplit(['-', '–']).next().unwrap_or_default();
    let timed = time.split_once([':', '.']).is_some_and(|(hours, minutes)| {
        let figures = |text: &str| text.len() < 3 && text.bytes().all(|b| b.is_ascii_digit());
        !hours.is_empty() && figures(hours) && minutes.len() == 2 && figures(minutes)
    });
    long && (initial || spoken || timed || DAYS.contains(&bare))
        || vote && counted && !word.is_empty()
}
