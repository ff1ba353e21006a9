//! Which spaces are bound by U+00A0.

use super::marks::roman;
use super::tokens::{Gap, Token, Tokens, is_cyrillic, is_opening};

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
        || binds_clipped(before, after)
        || binds_initials(list, at)
        || matches!(before.opened(), "№" | "№№" | "§" | "§§")
        || is_abbreviation(before.opened()) && after.text.starts_with(['«', '„'])
        || is_item_number(before)
            && after.text.starts_with(|ch: char| ch.is_alphabetic() || is_opening(ch))
}

/// A word of one or two letters that is neither a particle nor the unit of a number before it.
fn is_short_word(list: &[Token<'_>], at: usize) -> bool {
    let word = list[at].opened();
    let mut letters = word.chars();
    let short = letters.next().is_some_and(is_cyrillic)
        && letters.next().is_none_or(is_cyrillic)
        && letters.next().is_none();
    let unit = at > 0 && is_unit(word) && is_number(list[at - 1].opened());
    short && !unit && !matches!(word, "же" | "ли" | "бы" | "ж" | "ль" | "б")
}

/// «20 кг», «10–15 человек», «5 июня», «2015 г.», «10 000», «5-й раз», «XXI век».
fn binds_number(list: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (list[at - 1].opened(), &list[at]);
    if roman(before).is_some()
        || before
            .split_once('–')
            .is_some_and(|(left, right)| roman(left).is_some() && roman(right).is_some())
    {
        const COUNTED: [&str; 12] = [
            "век",
            "вв.",
            "в.",
            "столет",
            "тысячелет",
            "степен",
            "квартал",
            "полугод",
            "созыв",
            "место",
            "этап",
            "тур",
        ];
        return COUNTED.iter().any(|word| after.text.starts_with(word));
    }
    let continued = at > 1 && list[at - 1].gap == Gap::None && list[at - 2].text == "–";
    let ordinal = before.split_once('-').is_some_and(|(number, ending)| {
        is_number(number) && ending.chars().count() < 4 && ending.starts_with(is_cyrillic)
    });
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
        && (!before.starts_with('0') || inner_group)
        && group.len() == 3
        && digits(group)
    {
        return true;
    }
    // A number that names a thing (№ 5, п. 3) does not count the word after it.
    let names = at > 1
        && !continued
        && (matches!(list[at - 2].opened(), "№" | "№№" | "§") || is_clipped(list[at - 2].opened()));
    if is_unit(core.split(['/', '2', '3', '²', '³']).next().unwrap_or(core)) {
        return !names;
    }
    let word = core.trim_end_matches('.');
    !names
        && !core.ends_with('.')
        && word.chars().count() >= 3
        && word
            .chars()
            .all(|ch| is_cyrillic(ch) && ch.is_lowercase() || matches!(ch, '-' | '\u{ad}'))
}

/// Digits with marks between them; a range; a negative number.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('−').unwrap_or(text);
    text.starts_with(|ch: char| ch.is_ascii_digit())
        && text.ends_with(|ch: char| ch.is_ascii_digit())
        && text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | ':' | '–'))
}

/// Units and other clipped words after a number.
fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 49] = [
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
    ];
    UNITS.contains(&text)
}

/// Clipped words that lead a name or a number.
fn is_clipped(text: &str) -> bool {
    const CLIPPED: [&str; 44] = [
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
        "акад.",
        "доц.",
        "пгт",
        "х.",
    ];
    // All but one end with a full stop.
    if !text.ends_with('.') && text.len() != "пгт".len() {
        return false;
    }
    CLIPPED.contains(&text) || CLIPPED.contains(&text.to_lowercase().as_str())
}

fn binds_clipped(before: &Token<'_>, after: &Token<'_>) -> bool {
    let word = before.opened();
    let next = after.opened();
    let leads = next.starts_with(|ch: char| {
        ch.is_uppercase() || ch.is_ascii_digit() || matches!(ch, '№' | '+' | '«')
    });
    if is_clipped(word) && (leads || matches!(word, "см." | "ср.") && next.starts_with(is_cyrillic))
    {
        return true;
    }
    if matches!(word, "тыс." | "млн" | "млн." | "млрд" | "млрд." | "трлн")
        && next.starts_with(is_cyrillic)
    {
        return true;
    }
    // «т. е.», «т. д.», «и. о.», «н. э.»: one letter and one letter.
    is_letter_stop(word) && is_letter_stop(after.core())
        || matches!(word, "вр.") && is_letter_stop(after.core())
        || word == "г-н"
        || word == "г-жа"
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
    text.starts_with(char::is_uppercase) && text.split('-').all(is_letter_stop)
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
