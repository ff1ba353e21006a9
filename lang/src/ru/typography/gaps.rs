//! Which spaces are bound by U+00A0.

mod number;

use super::marks::roman;
use super::tokens::{Gap, Token, Tokens, is_cyrillic, is_opening};
use crate::ru::is_letter;
use number::{binds_number, binds_roman, is_number, is_unit, names_by_number};

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
        // «(+ 5 % к 2023 г.)»
        || matches!(&*before.text, "(+" | "(−" | "(±") && is_number(after.core())
        || matches!(before.opened(), "€" | "$" | "₽" | "£") && is_number(after.core())
        || is_abbreviation(before.opened()) && after.text.starts_with(['«', '„'])
        || is_item_number(before)
            && after.text.starts_with(|ch: char| is_letter(ch) || is_opening(ch))
}

/// A word of one or two letters that is neither a particle nor the unit of a number before it.
fn is_short_word(list: &[Token<'_>], at: usize) -> bool {
    // «…и всё»
    let word = list[at].opened().trim_start_matches('…');
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

/// Clipped words that lead a name or a number.
// Over 60 lines: a closed list.
fn is_clipped(text: &str) -> bool {
    const CLIPPED: [&str; 70] = [
        "св.",
        "прп.",
        "прот.",
        "иер.",
        "архиеп.",
        "еп.",
        "митр.",
        "игум.",
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
    let leads = leads && !after.text.starts_with('(') || next == "им.";
    // «Пушкин А. С. «Сказки»»: an initial is no clipped word.
    let initial = || {
        is_initial(word) && before_word.is_some_and(|text| is_initial(text) || is_capitalised(text))
    };
    if is_clipped(word)
        && !initial()
        && (leads && !ends_number(before_word, word, next, are_minutes(list, at + 1))
            || matches!(word, "см." | "ср." | "См." | "Ср.") && next.starts_with(is_cyrillic))
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
        || word == "ст." && (next == "м." || after.core() == "ст.")
        || word == "м." && before_word == Some("ст.")
    {
        return true;
    }
    if word == "уч." && next.starts_with('г') {
        return true;
    }
    // «т. е.», «т. д.», «и. о.», «н. э.»: one letter and one letter.
    is_letter_stop(word) && is_letter_stop(after.core()) && !after.text.starts_with(is_opening)
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
        // «До 01.12.2025 г. Ответственный: …» begins anew as well.
        "г." => {
            let begins = |ch: char| ch.is_ascii_digit() || ch == '№' || ch.is_uppercase();
            year(text) && next.starts_with(begins)
        }
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

/// One Cyrillic letter with a stop, or two of them with a hyphen: «ф.-м. н.».
fn is_letter_stop(text: &str) -> bool {
    if !text.ends_with('.') {
        return false;
    }
    if let Some((first, second)) = text.split_once('-') {
        return is_letter_stop(first) && is_letter_stop(second);
    }
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
        return is_initial(after.core())
            || is_capitalised(&after.text) && !follows_surname(list, at - 1);
    }
    if !is_capitalised(before) || before.ends_with('.') || !is_initial(after.core()) {
        return false;
    }
    if follows_surname(list, at) {
        return true;
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

/// Whether initials belong to a surname before them that begins a line, as in a list of books:
/// «Пушкин А. С. Сказки».
fn follows_surname(list: &[Token<'_>], at: usize) -> bool {
    let first = (0..=at).rev().take_while(|&at| is_initial(list[at].core())).last();
    let Some(surname) = first.and_then(|first| first.checked_sub(1)).map(|at| &list[at]) else {
        return false;
    };
    let ends = ["ов", "ев", "ёв", "ин", "ын", "ский", "цкий", "ова", "ева", "ёва", "ина", "ская"];
    surname.starts_line()
        && is_capitalised(&surname.text)
        && ends.iter().any(|end| surname.text.ends_with(end))
}

/// МБУК, ЦБС, ООО.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().all(|ch| is_cyrillic(ch) && ch.is_uppercase())
        // «Закон РФ «Об образовании»»: a country is no form of a body.
        && !matches!(word, "РФ" | "СССР" | "США" | "РСФСР")
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
