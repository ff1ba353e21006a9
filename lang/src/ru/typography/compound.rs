//! Words that spaces tore apart or that ran together: «научно - практическая», «80 - летие», «25-ти
//! летний», «И.И.-1 место».

use std::borrow::Cow;

use super::tokens::{Gap, Token, Tokens, is_cyrillic};

/// Joins what is one word, and cuts the ending that a compound with a number does not have.
pub(super) fn edit(tokens: &mut Tokens<'_>) {
    tokens.list.iter_mut().for_each(hyphenate_number);
    let mut at = 1;
    while at < tokens.list.len() {
        if let Some(place) = dash_before_sum(&tokens.list, at) {
            let token = &mut tokens.list[at - 1];
            let sum = token.text[place + 1..].to_owned();
            token.text.to_mut().truncate(place);
            let sum = Token { text: Cow::Owned(sum), ..Token::dash(Gap::Space) };
            tokens.list.splice(at..at, [Token::dash(Gap::Space), sum]);
            at += 3;
            continue;
        }
        if is_glued_dash(&tokens.list, at) {
            part(tokens, at);
            at += 2;
            continue;
        }
        if let Some(parts) = joined(&tokens.list, at) {
            let tail: String =
                tokens.list.drain(at..at + parts).map(|token| token.text.into_owned()).collect();
            let tail = tail.trim_start_matches(HYPHENS);
            let first = &mut tokens.list[at - 1];
            let head = match number(&first.text) {
                Some(digits) => &first.text[..digits],
                None => first.text.trim_end_matches(HYPHENS),
            };
            first.text = Cow::Owned(format!("{head}-{tail}"));
            first.letters = false;
        }
        at += 1;
    }
}

/// «60летний», «80летием»: a number and the second part of its compound.
fn hyphenate_number(token: &mut Token<'_>) {
    let core = token.core();
    let digits = core.bytes().take_while(u8::is_ascii_digit).count();
    if token.address || !(1..5).contains(&digits) {
        return;
    }
    let tail = core[digits..].trim_end_matches('.');
    if tail.chars().all(is_cyrillic) && is_number_tail(tail) {
        let place = token.text.len() - token.opened().len() + digits;
        token.text.to_mut().insert(place, '-');
    }
}

const HYPHENS: [char; 3] = ['-', '–', '—'];

/// Where a hyphen is a dash since a number and its unit follow: «1 место-5 чел.», «чел.-1 место»,
/// «Сказки»-5 экз.».
fn dash_before_sum(list: &[Token<'_>], at: usize) -> Option<usize> {
    const UNITS: [&str; 9] = ["чел", "мест", "экз", "шт", "руб", "мин", "час", "балл", "участник"];
    let (token, next) = (&list[at - 1], &list[at]);
    let place = token.text.rfind('-').filter(|_| !token.address)?;
    let (left, sum) = (&token.text[..place], &token.text[place + 1..]);
    let figures = (1..4).contains(&sum.len()) && sum.bytes().all(|byte| byte.is_ascii_digit());
    let ended = left.ends_with(|ch: char| is_cyrillic(ch) || matches!(ch, '.' | '»' | '"'));
    let unit = UNITS.iter().any(|unit| next.text.starts_with(unit));
    (figures && ended && unit && left.chars().count() > 2).then_some(place)
}

/// Whether a hyphen that is glued to one of two words is a dash: «Читать -значит мыслить», but «кто
/// -то», «теле- и радио».
fn is_glued_dash(list: &[Token<'_>], at: usize) -> bool {
    let (first, second) = (&list[at - 1], &list[at]);
    let word = |text: &str| {
        text.chars().count() > 3 && text.chars().all(|ch| is_cyrillic(ch) || ch == ',')
    };
    if first.address || !matches!(second.gap, Gap::Space | Gap::Bound) {
        return false;
    }
    let parted = match (first.text.strip_suffix('-'), second.text.strip_prefix('-')) {
        // «10.00 -регистрация»
        (None, Some(right)) => {
            let time = first.text.ends_with(|ch: char| ch.is_ascii_digit())
                && first.text.contains([':', '.']);
            (word(first.opened()) || time) && word(right)
        }
        (Some(left), None) => word(left) && word(second.core()),
        _ => false,
    };
    parted && joined(list, at).is_none()
}

/// Makes a word of its own of the hyphen that is glued to one of two words.
fn part(tokens: &mut Tokens<'_>, at: usize) {
    let glued = if tokens.list[at].text.starts_with('-') { at } else { at - 1 };
    let text = tokens.list[glued].text.trim_matches('-').to_owned();
    tokens.list[glued].text = Cow::Owned(text);
    tokens.list[at].gap = Gap::Space;
    tokens.list.insert(at, Token::dash(Gap::Space));
}

/// How many words from `at` on belong to the word before it.
fn joined(list: &[Token<'_>], at: usize) -> Option<usize> {
    let spaced = |at: usize| matches!(list[at].gap, Gap::Space | Gap::Bound);
    let (first, second) = (&list[at - 1], &list[at]);
    if first.address || !spaced(at) {
        return None;
    }
    let lone = matches!(&*second.text, "-" | "–" | "—");
    // Most words end or begin with no hyphen and no digit.
    let torn = lone || second.text.starts_with('-') || first.text.ends_with('-');
    if !torn && !first.text.starts_with(|ch: char| ch.is_ascii_digit()) {
        return None;
    }
    let (word, parts) = if lone {
        let next = list.get(at + 1).filter(|_| spaced(at + 1))?;
        (next.core(), 2)
    } else {
        (second.core().trim_start_matches('-'), 1)
    };
    if !word.starts_with(|ch: char| is_cyrillic(ch) && ch.is_lowercase()) {
        return None;
    }
    let left = first.opened();
    let fits = if number(&first.text).is_some() {
        let bare = left.ends_with(|ch: char| ch.is_ascii_digit());
        // «К 100 летию»: of these endings only a compound has one.
        let ordinal = ["й", "я", "е", "го", "му", "х", "ю", "ми"].contains(&word);
        is_number_tail(word) && (torn || !bare || word.starts_with("лети"))
            || bare && torn && ordinal
            || ordinal && left.ends_with('-')
    } else if super::marks::roman(left.trim_end_matches('-')).is_some() {
        torn && ["й", "я", "е", "го", "му", "ой", "ая", "ое"].contains(&word)
    } else {
        torn && is_one_word(left.trim_end_matches('-'), word)
    };
    fits.then_some(parts)
}

/// The length of the number of «80», «80-», «25-ти», «3-х».
fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ending = &text[digits..];
    let case = ["", "-", "-ти", "-и", "-х", "-ми", "-го", "ти", "х", "-рех", "-ух"];
    (digits > 0 && digits < 5 && case.contains(&ending)).then_some(digits)
}

/// The second part of a compound whose first part is a number: «летие», «дневный», «этажного».
fn is_number_tail(word: &str) -> bool {
    const STEMS: [&str; 15] = [
        "балльн",
        "летн",
        "лети",
        "дневн",
        "недельн",
        "месячн",
        "минутн",
        "часов",
        "этажн",
        "процентн",
        "томн",
        "комнатн",
        "местн",
        "кратн",
        "разов",
    ];
    // «Часов» and «летних» by themselves count: only a whole ending of an adjective is a compound.
    STEMS.iter().filter_map(|stem| word.strip_prefix(stem)).any(|ending| {
        matches!(ending, "ие" | "ия" | "ию" | "ием" | "ии" | "е" | "я" | "ю" | "ем" | "и")
            || ADJECTIVES.contains(&ending)
    })
}

/// The endings of adjectives.
const ADJECTIVES: [&str; 18] = [
    "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем",
    "ую", "юю", "ей",
];

/// First parts of compound adjectives.
const FIRST_PARTS: [&str; 22] = [
    "научно",
    "учебно",
    "литературно",
    "историко",
    "культурно",
    "информационно",
    "духовно",
    "военно",
    "художественно",
    "физкультурно",
    "спортивно",
    "социально",
    "общественно",
    "организационно",
    "материально",
    "музыкально",
    "театрально",
    "воспитательно",
    "народно",
    "конкурсно",
    "нормативно",
    "лечебно",
];

/// Whether two words with a hyphen and a space between them are one: «кто - то», «по - русски»,
/// «из - за», «научно - практическая».
fn is_one_word(left: &str, right: &str) -> bool {
    const PRONOUNS: [&str; 26] = [
        "кто",
        "кого",
        "кому",
        "кем",
        "ком",
        "что",
        "чего",
        "чему",
        "чем",
        "где",
        "куда",
        "откуда",
        "когда",
        "как",
        "какой",
        "какая",
        "какое",
        "какие",
        "каких",
        "какого",
        "какую",
        "чей",
        "почему",
        "зачем",
        "сколько",
        "чья",
    ];
    let small = left.to_lowercase();
    let adjective = || {
        let many = ["ые", "ие", "ых", "их", "ыми", "ими"];
        ADJECTIVES.iter().chain(&many).any(|ending| right.ends_with(ending))
    };
    match right {
        "то" | "либо" | "нибудь" => PRONOUNS.contains(&&*small),
        "за" | "под" => small == "из",
        "первых" | "вторых" | "третьих" => matches!(&*small, "в" | "во"),
        _ if matches!(&*small, "кое" | "кой") => true,
        _ if small == "по" => {
            ["ски", "цки", "ому", "ему", "ьи"].iter().any(|end| right.ends_with(end))
        }
        _ => adjective() && FIRST_PARTS.contains(&&*small),
    }
}
