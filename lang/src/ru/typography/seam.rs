//! Seams of words that ran together: where a space is missing between two marks of one word, as in
//! «15чел.из», «Мир»приглашает», «т.е.мы», «12мая2025г.».

use super::marks::roman;
use super::tokens::{is_closing, is_cyrillic, is_opening};
use crate::ru::date::MONTHS_GENITIVE;

/// The first place of a word where a space is missing, whichever the kind.
pub(super) fn seam(word: &str) -> Option<usize> {
    // Most words have marks at their ends only, and no figures.
    let inner = word.trim_start_matches(is_opening);
    let inner = inner.trim_end_matches(|ch| is_closing(ch) || ch == '.');
    if inner.bytes().all(|byte| byte >= 0x80) && !inner.contains(['»', '№']) {
        return None;
    }
    let kinds = [counted, month_year, stop, initials, quoted, bracket, percent, century, numbered];
    kinds.iter().filter_map(|kind| kind(word)).filter(|at| *at > 0 && *at < word.len()).min()
}

fn small_letters(text: &str) -> &str {
    let end = text.find(|ch: char| !(is_cyrillic(ch) && ch.is_lowercase())).unwrap_or(text.len());
    &text[..end]
}

fn figures(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// «15чел.», «10лет», «5–9классов», «9до»: a number and what it counts. «60летний» is one word, and
/// «10ти классники» is no number.
fn counted(word: &str) -> Option<usize> {
    let start = word.find(|ch: char| ch.is_ascii_digit())?;
    if !word[..start].chars().all(is_opening) {
        return None;
    }
    let end = word[start..].find(is_cyrillic)? + start;
    let number = word[start..end]
        .chars()
        .all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | ':' | '/' | '-' | '–' | '×'));
    if !number || !word[..end].ends_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let letters = small_letters(&word[end..]);
    let rest = &word[end + letters.len()..];
    let whole = !rest.starts_with(|ch: char| is_cyrillic(ch) || ch == '-');
    let clipped = rest.starts_with('.') && listed(UNITS, letters)
        // «5т.р.», «14ч30мин»
        || matches!(letters, "т" | "м") && (rest.starts_with(".р") || rest == ".")
        || letters == "ч" && (rest.contains("мин") || word[start..end].contains(':'));
    let fits = clipped
        || whole && (listed(COUNTED, letters) || MONTHS_GENITIVE.contains(&letters))
        || whole && matches!(letters, "мм" | "кг" | "км" | "млн" | "млрд" | "мин");
    fits.then_some(end)
}

/// «мая2025», «ч30мин»: a number behind a month or an hour.
fn month_year(word: &str) -> Option<usize> {
    let letters = small_letters(word);
    let rest = &word[letters.len()..];
    let year = figures(rest);
    (MONTHS_GENITIVE.contains(&letters) && year.len() == 4
        || matches!(letters, "до" | "от") && !year.is_empty() && year.len() == rest.len()
        || letters == "ч" && rest[year.len()..].starts_with("мин") && !year.is_empty())
    .then_some(letters.len())
}

/// «гл.бухгалтер», «г.по», «чел.из», «т.е.мы», «р.п.Промышленная»: a clipped word ends with its
/// stop, whatever follows.
fn stop(word: &str) -> Option<usize> {
    const CHAINS: [&str; 9] =
        ["и.о.", "т.е.", "т.к.", "т.ч.", "т.д.", "т.п.", "р.п.", "с.п.", "к.п.н."];
    let open = word.len() - word.trim_start_matches(is_opening).len();
    let bare = &word[open..];
    let small = bare.to_lowercase();
    if small.len() == bare.len()
        && let Some(chain) = CHAINS.iter().find(|chain| small.starts_with(**chain))
        && bare[chain.len()..].starts_with(is_cyrillic)
    {
        return Some(open + chain.len());
    }
    if let Some(at) = degree(bare) {
        return Some(open + at);
    }
    word.match_indices('.').map(|(at, _)| at).find_map(|at| {
        let rest = &word[at + 1..];
        let before: &str = &word[..at];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, ch)| is_cyrillic(*ch))
            .last()
            .map_or(at, |(start, _)| start);
        let (clipped, behind) = (&before[start..], &before[..start]);
        if !rest.starts_with(|ch: char| is_cyrillic(ch) && ch.is_lowercase() || ch == '№') {
            return None;
        }
        let number = behind.ends_with(|ch: char| ch.is_ascii_digit());
        let unit = number && matches!(clipped, "г" | "ч" | "чел" | "руб" | "шт" | "экз");
        // «кв.м» and «тыс.руб.» are bound by the rules of units; «г.г.» is one plural.
        let paired = rest.starts_with("г.") || rest.starts_with("м.") || matches!(rest, "м" | "г");
        let whole = listed(CLIPPED, &clipped.to_lowercase())
            && behind.chars().next_back().is_none_or(|ch| is_opening(ch) || ch == '.' || ch == '-')
            // «ред.-сост.» and names of files: the word behind goes to the end of this one.
            && rest.starts_with(|ch: char| is_cyrillic(ch) || ch == '№');
        // «г.по» is what is left of «2025г.по».
        let short = rest.chars().take_while(|ch| is_cyrillic(*ch)).count() < 4;
        let unit = unit || behind.is_empty() && matches!(clipped, "г" | "ч") && short;
        ((unit || whole) && !paired).then_some(at + 1)
    })
}

/// «И.И.о плане»: initials end where a small letter begins.
fn initials(word: &str) -> Option<usize> {
    let mut at = 0;
    let mut count = 0;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        if !(is_cyrillic(letter) && letter.is_uppercase() && letters.next() == Some('.')) {
            return None;
        }
        at += letter.len_utf8() + 1;
        count += 1;
        if letters.peek().is_some_and(|ch| is_cyrillic(*ch) && ch.is_lowercase()) {
            return (count > 1).then_some(at);
        }
    }
    None
}

/// «Мир»приглашает», «рыбке»А.С.Пушкина», «Мир»(1869», «12»мая»: a word behind the quotation mark
/// that closes; an ending of a case («Спартак»а) is none.
fn quoted(word: &str) -> Option<usize> {
    // «учитель(ница)» has its bracket whole.
    let bracket = word.contains(')') && !word.contains('(');
    let marks = |ch: char| ch == '»' || bracket && ch == ')';
    word.match_indices(marks).map(|(at, mark)| at + mark.len()).find(|&at| {
        let rest = &word[at..];
        let letters = rest.chars().take_while(|ch| is_cyrillic(*ch)).count();
        letters > 2
            || letters == 1 && rest.contains('.')
            || bracket && rest.starts_with(|ch: char| ch.is_ascii_digit())
            || rest.starts_with('(')
            || rest.starts_with(|ch: char| is_cyrillic(ch) && ch.is_uppercase())
    })
}

/// «РФ(250000», «А4(210», «акция(для»: a bracket that goes on in the next word, or holds a number;
/// «ученик(и)», «8(3842)» and «f(x)» are whole.
fn bracket(word: &str) -> Option<usize> {
    let at = word.find('(').filter(|at| *at > 0)?;
    let (before, inside) = (&word[..at], &word[at + 1..]);
    let closed = inside.contains(')');
    let word_before = before.ends_with(|ch: char| is_cyrillic(ch) || matches!(ch, '»' | '.'));
    let number = inside.starts_with(|ch: char| ch.is_ascii_digit());
    let sheet = matches!(before, "А3" | "А4" | "А5" | "А6") && number;
    let sized = figures(inside).len() > 1 || !closed;
    let long = inside.chars().take_while(|ch| is_cyrillic(*ch)).count() > 2;
    // «Смета(руб.)»
    let clipped = inside.strip_suffix(".)").is_some_and(|text| {
        text.chars().all(|ch| is_cyrillic(ch) || ch == '.') && text.chars().count() > 1
    });
    (sheet
        || word_before && clipped
        || word_before && (number && sized || !closed && (long || before.ends_with('.'))))
    .then_some(at)
}

/// «100%выполнен»
fn percent(word: &str) -> Option<usize> {
    let at = word.find('%').filter(|at| *at > 0)? + 1;
    (small_letters(&word[at..]).chars().count() > 2).then_some(at)
}

/// «XXв.», «XIX–XXвв.», «I,II»
fn century(word: &str) -> Option<usize> {
    let end = word.find(|ch: char| !matches!(ch, 'I' | 'V' | 'X' | 'L' | '-' | '–'))?;
    let last = word[..end].rsplit(['-', '–']).next().unwrap_or_default();
    roman(last)?;
    let rest = &word[end..];
    if let Some(next) = rest.strip_prefix(',') {
        let next = next.trim_end_matches([',', '.']);
        return next.split(',').all(|part| roman(part).is_some()).then_some(end + 1);
    }
    matches!(rest.trim_end_matches([',', ')', ';']), "в." | "вв.").then_some(end)
}

/// «плана.2.Назначить», «СОШ№5»: a number that begins anew.
fn numbered(word: &str) -> Option<usize> {
    if let Some(at) = word.find('№').filter(|at| word[..*at].ends_with(is_cyrillic)) {
        return Some(at);
    }
    word.match_indices('.').map(|(at, _)| at + 1).find(|&at| {
        let small = |ch: &char| is_cyrillic(*ch) && ch.is_lowercase();
        let before = word[..at - 1].chars().rev().take_while(small).count();
        let number = figures(&word[at..]);
        let rest = &word[at + number.len()..];
        let begins = rest.strip_prefix(['.', ')']);
        before > 3
            && (1..3).contains(&number.len())
            && begins.is_some_and(|rest| rest.starts_with(is_cyrillic) || rest.is_empty())
    })
}

/// «к.и.н.Орлова»: where a degree in three letters ends.
fn degree(word: &str) -> Option<usize> {
    let mut letters = word.char_indices().peekable();
    let mut clipped = Vec::new();
    while clipped.len() < 3 {
        clipped.push(letters.next()?.1);
        (letters.next()?.1 == '.').then_some(())?;
    }
    let fits = matches!(clipped[0], 'к' | 'д') && is_cyrillic(clipped[1]) && clipped[2] == 'н';
    letters.next().filter(|(_, ch)| fits && is_cyrillic(*ch)).map(|(at, _)| at)
}

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Clipped words behind a number.
const UNITS: &str = "\
    г дн ед кв кл коп куб мес мин млн млрд нед пог руб сек стр тыс уч чел шт экз";

/// Whole words behind a number, and prepositions that a number may end before.
const COUNTED: &str = "\
    балл балла баллов год года годов году группа день детей дней дня до кг класс класса классов \
    классы книг лет мест места место месяц месяца месяцев метр метра метров минут недели недель \
    неделя от по раз раза рублей рубля см участника участников учащихся учеников час часа часов \
    человек человека школ";

/// Clipped words that a word in small letters may follow.
const CLIPPED: &str = "\
    ак акад библ вед вс вт гг гл дир докт др зав зам инж исп ист канд кв кем кл коп мед мин мл \
    моб муз нач обл отв пед пн пр преп психол пт рег ред руб рук сб сост сот спец ср ст тел техн \
    тыс уч филол худ чел чт шт экз экон эл юрид";
