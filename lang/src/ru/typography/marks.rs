//! Marks inside words and between them: full stops in a row, dashes, ranges, minus, ordinals, stray
//! spaces before marks.

mod range;

use std::borrow::Cow;

use super::tokens::{Gap, Tokens, is_closing, is_cyrillic};
use crate::ru::is_letter_or_digit;
use range::{dash, range};

pub(super) fn edit(tokens: &mut Tokens<'_>) {
    close_stray_gaps(tokens);
    for at in 0..tokens.list.len() {
        // A lone letter may be the sign of a size: 3 х 6.
        let word = tokens.list[at].letters && tokens.list[at].text.len() > 2;
        // Addresses are never set; a word of letters has no marks to look at, and most words are
        // such.
        if tokens.list[at].address || word {
            continue;
        }
        stops(tokens, at);
        signs(tokens, at);
        size(tokens, at);
        power(tokens, at);
        if !dash(tokens, at) {
            range(tokens, at);
            minus(tokens, at);
            ordinal(tokens, at);
        }
    }
}

/// «Ура !» → «Ура!», «( да )» → «(да)».
fn close_stray_gaps(tokens: &mut Tokens<'_>) {
    for at in 1..tokens.list.len() {
        let [.., before, token] = &mut tokens.list[..=at] else { continue };
        if !matches!(token.gap, Gap::Space | Gap::Bound) || token.text.starts_with("..") {
            continue;
        }
        if token.letters && before.letters {
            continue;
        }
        // «1 : 2»
        if token.text == ":" && before.text.ends_with(|ch: char| ch.is_ascii_digit()) {
            continue;
        }
        let closing = token
            .text
            .chars()
            .all(|ch| matches!(ch, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '»' | '…' | ']'));
        let opened = before.text.chars().all(|ch| matches!(ch, '(' | '«' | '„' | '['));
        let lone = before.text.chars().all(|ch| !is_letter_or_digit(ch) && !is_closing(ch));
        if closing && !lone || opened {
            token.gap = Gap::None;
        }
        // «слово ,слово»: the space belongs behind the comma.
        let moved = matches!(token.gap, Gap::Space | Gap::Bound)
            && !lone
            && token.text.starts_with([',', ';', '?', '!'])
            && token.text[1..].starts_with(is_cyrillic);
        if moved {
            before.text.to_mut().push_str(&token.text[..1]);
            before.letters = false;
            token.text = Cow::Owned(token.text[1..].to_owned());
        }
    }
}

/// Three stops and more → «…»; also two between numbers with a sign: «-5..+10»; «;;» → «;».
fn stops(tokens: &mut Tokens<'_>, at: usize) {
    let token = &mut tokens.list[at];
    // «издать сборник;;»: nobody means two.
    if token.text.ends_with(";;") {
        token.text = Cow::Owned(format!("{};", token.text.trim_end_matches(';')));
    }
    // A path may have points in a row.
    if let Some((left, right)) = token.text.split_once("..")
        && left.ends_with(|ch: char| ch.is_ascii_digit())
        && right.starts_with(['-', '+', '−'])
    {
        token.text = Cow::Owned(format!("{left}…{right}"));
        return;
    }
    if !token.text.contains("...") || token.text.contains('/') {
        return;
    }
    let mut out = String::with_capacity(token.text.len());
    let mut run = 0;
    for ch in token.text.chars().chain(['\0']) {
        if ch == '.' {
            run += 1;
            continue;
        }
        match run {
            // Two points may be an error or «т. д..», nobody knows: they stay.
            0..=2 => (0..run).for_each(|_| out.push('.')),
            _ => out.push('…'),
        }
        run = 0;
        if ch != '\0' {
            out.push(ch);
        }
    }
    token.text = Cow::Owned(out);
}

/// «(с)» → «©» where a year or an owner follows; «+-» → «±»; «+/-» → «±».
fn signs(tokens: &mut Tokens<'_>, at: usize) {
    let owner = tokens.list.get(at + 1).is_some_and(|next| {
        next.opened().starts_with(|ch: char| ch.is_ascii_digit() || ch.is_uppercase())
    });
    let number = tokens.list.get(at + 1).is_some_and(|next| {
        next.gap == Gap::Space && next.text.starts_with(|ch: char| ch.is_ascii_digit())
    });
    if number && matches!(&*tokens.list[at].text, "+-" | "+/-" | "±" | "+−" | "+/−") {
        tokens.list[at].text = Cow::Borrowed("±");
        tokens.list[at + 1].gap = Gap::None;
        return;
    }
    let token = &mut tokens.list[at];
    let registered = match &*token.text {
        "(tm)" | "(TM)" => Some("™"),
        "(r)" | "(R)" => Some("®"),
        _ => None,
    };
    if let Some(sign) = registered {
        token.text = Cow::Borrowed(sign);
        return;
    }
    if matches!(&*token.text, "(с)" | "(С)" | "(c)" | "(C)") && owner {
        token.text = Cow::Borrowed("©");
        return;
    }
    for sign in ["+/-", "+-", "+/−", "+−"] {
        let Some(rest) = token.text.strip_prefix(sign) else { continue };
        if rest.is_empty() || rest.starts_with(|ch: char| ch.is_ascii_digit()) {
            token.text = Cow::Owned(format!("±{rest}"));
            return;
        }
    }
}

fn is_size_number(text: &str) -> bool {
    !text.is_empty()
        && text.starts_with(|ch: char| ch.is_ascii_digit())
        && text.ends_with(|ch: char| ch.is_ascii_digit())
        && text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.'))
}

/// «10x15», «210х297», «3 х 6»: a letter x between numbers is a sign of multiplication.
fn size(tokens: &mut Tokens<'_>, at: usize) {
    const LETTERS: [char; 5] = ['x', 'X', 'х', 'Х', '*'];
    let text = &tokens.list[at].text;
    let mut letters = text.chars();
    let lone = letters.next().is_some_and(|ch| LETTERS.contains(&ch)) && letters.next().is_none();
    if lone {
        let near = |token: Option<&super::tokens::Token<'_>>| {
            token.is_some_and(|token| is_size_number(token.core().trim_end_matches('.')))
        };
        // «2 м х 3 м»: the first size may have its unit.
        let unit = |token: Option<&super::tokens::Token<'_>>| {
            token.is_some_and(|token| matches!(token.core(), "м" | "см" | "мм" | "км"))
        };
        let sized = at > 1 && unit(tokens.list.get(at - 1)) && near(tokens.list.get(at - 2));
        if at > 0 && (near(tokens.list.get(at - 1)) || sized) && near(tokens.list.get(at + 1)) {
            tokens.list[at].text = Cow::Borrowed("×");
        }
        return;
    }
    // Quickly past all words without a digit.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || !text.contains(LETTERS) {
        return;
    }
    let start = text.len() - tokens.list[at].opened().len();
    let core = tokens.list[at].core().trim_end_matches('.');
    let numbers: Vec<&str> = core.split(LETTERS).collect();
    let hexadecimal = core.starts_with("0x");
    // «60x90/16»: the format of a book with the share of the sheet.
    let mut sizes = numbers.iter().flat_map(|number| number.split('/'));
    if numbers.len() > 1 && sizes.all(is_size_number) && !hexadecimal {
        let (end, set) = (start + core.len(), numbers.join("×"));
        tokens.list[at].text.to_mut().replace_range(start..end, &set);
    }
}

/// «120 м2» → «120 м²» after a number.
fn power(tokens: &mut Tokens<'_>, at: usize) {
    const POWERS: [(&str, &str); 15] = [
        ("куб.м.", "м³"),
        ("куб.м", "м³"),
        ("кв.м.", "м²"),
        ("м2", "м²"),
        ("м3", "м³"),
        ("см2", "см²"),
        ("см3", "см³"),
        ("мм2", "мм²"),
        ("км2", "км²"),
        ("дм2", "дм²"),
        ("дм3", "дм³"),
        ("м^2", "м²"),
        ("м^3", "м³"),
        ("м.кв.", "м²"),
        ("кв.м", "м²"),
    ];
    if at == 0 || !tokens.list[at].text.starts_with(is_cyrillic) {
        return;
    }
    let core = tokens.list[at].core();
    let bare = core.split('/').next().unwrap_or(core);
    let bare = if POWERS.iter().any(|(typed, _)| *typed == bare) {
        bare
    } else {
        bare.trim_end_matches('.')
    };
    let Some((typed, set)) = POWERS.iter().find(|(typed, _)| *typed == bare) else { return };
    let before = tokens.list[at - 1].opened();
    // «М2» behind anything else may be a name of a model or a road.
    if before.ends_with(|ch: char| ch.is_ascii_digit()) || matches!(before, "тыс." | "млн" | "руб.")
    {
        tokens.list[at].text.to_mut().replace_range(..typed.len(), set);
    }
}

/// The value of a Roman numeral up to 50.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty()
        || text.len() > 7
        || !text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
    {
        return None;
    }
    // Written back and compared: «IIII» and «VX» are not numbers. Centuries, classes and kings do
    // not go beyond fifty.
    (1..=50).find(|&n| crate::ru::number::roman(n).as_deref() == Some(text))
}

/// «-5» → «−5» where no number stands before.
fn minus(tokens: &mut Tokens<'_>, at: usize) {
    let token = &tokens.list[at];
    let Some(number) = token.opened().strip_prefix('-') else { return };
    let digits =
        number.trim_end_matches(|ch| is_closing(ch) || matches!(ch, '.' | '%' | '°' | 'C' | 'С'));
    let after_number = at > 0
        && token.gap != Gap::None
        && tokens.list[at - 1].text.ends_with(|ch: char| ch.is_ascii_digit() || ch == '%');
    if digits.is_empty()
        || !digits
            .split('…')
            .map(|number| number.trim_start_matches(['-', '+']))
            // «---» is a dash.
            .all(|number| {
                let figure = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
                !number.is_empty() && number.chars().all(figure)
            })
        || after_number
        || token.gap == Gap::None
    {
        return;
    }
    // «Осень -2024» is the name of a year's event, no number below zero.
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if at > 0 && year && token.gap == Gap::Space && tokens.list[at - 1].text.ends_with(is_cyrillic)
    {
        tokens.list[at].gap = Gap::None;
        return;
    }
    let place = token.text.len() - token.opened().len();
    if is_dash_of_figure(tokens, at) {
        let figure = format!("—\u{a0}{number}");
        tokens.list[at].text = figure.into();
        tokens.list[at].gap = Gap::Bound;
        return;
    }
    let set = token.text[place..].replace('-', "−");
    tokens.list[at].text.to_mut().replace_range(place.., &set);
}

/// «защита проекта -7 минут»: a dash without its second space, between a word and what is counted.
/// Below zero are degrees, and what stands behind a short word («до -5 баллов»).
fn is_dash_of_figure(tokens: &Tokens<'_>, at: usize) -> bool {
    let token = &tokens.list[at];
    let Some(before) = at.checked_sub(1).map(|at| &tokens.list[at]) else { return false };
    let Some(after) = tokens.list.get(at + 1) else { return false };
    let noun = before.text.chars().count() > 3
        && before.text.chars().all(|c| is_cyrillic(c) && c.is_lowercase())
        && !["темпер", "минус", "ниже", "выше", "около", "воздух"]
            .iter()
            .any(|word| before.text.starts_with(word));
    let counted = after.text.starts_with(|c: char| is_cyrillic(c) && c.is_lowercase())
        && ![
            "град",
            "мороз",
            "тепл",
            "руб",
            "тыс",
            "млн",
            "балл",
            "очк",
            "проц",
            "пункт",
            "и",
            "до",
        ]
        .iter()
        .any(|word| after.text.starts_with(word));
    let digits =
        token.text.strip_prefix('-').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    noun && counted && digits && token.gap == Gap::Space
}

/// The endings that double what the reader says anyway, and what is written instead (Rosenthal, §
/// 61).
const ORDINAL_ENDINGS: [(&str, &str); 20] = [
    ("тий", "й"),
    ("тья", "я"),
    ("тье", "е"),
    ("его", "го"),
    ("ему", "му"),
    ("ей", "й"),
    ("ее", "е"),
    ("их", "х"),
    ("ый", "й"),
    ("ий", "й"),
    ("ой", "й"),
    ("ая", "я"),
    ("ое", "е"),
    ("ые", "е"),
    ("ого", "го"),
    ("ому", "му"),
    ("ым", "м"),
    ("ом", "м"),
    ("ых", "х"),
    ("ую", "ю"),
];

/// «-ой», «-й»: an ending of an ordinal, doubled or not.
fn is_ordinal_ending(ending: &str) -> bool {
    ORDINAL_ENDINGS.iter().any(|(long, short)| [*long, *short].contains(&ending))
}

/// «5-ый» → «5-й».
fn ordinal(tokens: &mut Tokens<'_>, at: usize) {
    let token = &tokens.list[at];
    let core = token.core();
    let Some((number, ending)) = core.split_once('-') else { return };
    // «I-ой степени»: a Roman numeral takes no ending (Milchin, 6.2).
    let short = ending.chars().count() < 4 && ending.starts_with(is_cyrillic);
    if short && roman(number).is_some() && is_ordinal_ending(ending) {
        let start = token.text.len() - token.opened().len() + number.len();
        let end = start + 1 + ending.len();
        tokens.list[at].text.to_mut().replace_range(start..end, "");
        return;
    }
    // «I-степени»
    let counted = ["степен", "квартал", "полугод", "этап", "место", "тур"];
    if roman(number).is_some() && counted.iter().any(|word| ending.starts_with(word)) {
        let place = token.text.len() - token.opened().len() + number.len();
        tokens.list[at].text.to_mut().replace_range(place..=place, " ");
        return;
    }
    if number.is_empty()
        || !number.bytes().all(|b| b.is_ascii_digit())
        || !ending.starts_with(is_cyrillic)
    {
        return;
    }
    let Some((_, short)) = ORDINAL_ENDINGS.iter().find(|(long, _)| *long == ending) else { return };
    let start = token.text.len() - token.opened().len() + number.len() + 1;
    let end = start + ending.len();
    tokens.list[at].text.to_mut().replace_range(start..end, short);
}
