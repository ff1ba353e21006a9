//! Numbers with what they count: persons, decimals, money.
//!
//! Sources: Rosenthal, «Справочник по правописанию», § 164–166 (collective numerals, «двух
//! учеников», decimals); Milchin, «Справочник издателя и автора», § 6.1 (numbers and sums).

use super::grammar::{Case, Gender};
use super::number::{cardinal, plural};

/// A whole number in words that counts persons: the accusative of 1 to 4 is the genitive
/// («наградить двух учеников»), of longer numbers only that of «один» («двадцать одного ученика»).
///
/// ```
/// use itog_lang::ru::{quantity::cardinal_of_persons, Case, Gender::Masculine};
///
/// assert_eq!(cardinal_of_persons(3, Masculine, Case::Accusative), "трёх");
/// assert_eq!(cardinal_of_persons(23, Masculine, Case::Accusative), "двадцать три");
/// assert_eq!(cardinal_of_persons(21, Masculine, Case::Accusative), "двадцать одного");
/// ```
#[must_use]
pub fn cardinal_of_persons(n: u64, gender: Gender, case: Case) -> String {
    if case != Case::Accusative {
        return cardinal(n, gender, case);
    }
    if (2..=4).contains(&n) {
        return cardinal(n, gender, Case::Genitive);
    }
    let words = cardinal(n, gender, case);
    match words.strip_suffix("один") {
        Some(rest) => format!("{rest}одного"),
        None => words,
    }
}

/// A collective numeral, from two to ten: «двое детей», «семерых щенков». `None` for other numbers,
/// which have none in careful speech.
///
/// ```
/// use itog_lang::ru::{quantity::collective, Case};
///
/// assert_eq!(collective(2, Case::Genitive).as_deref(), Some("двоих"));
/// assert_eq!(collective(5, Case::Dative).as_deref(), Some("пятерым"));
/// assert_eq!(collective(3, Case::Accusative).as_deref(), Some("троих"));
/// assert_eq!(collective(11, Case::Nominative), None);
/// ```
#[must_use]
pub fn collective(n: u64, case: Case) -> Option<String> {
    const STEMS: [&str; 9] =
        ["дво", "тро", "четвер", "пятер", "шестер", "семер", "восьмер", "девятер", "десятер"];
    // What these numerals count is alive, so the accusative is the genitive.
    const SOFT: [&str; 6] = ["е", "их", "им", "их", "ими", "их"];
    const HARD: [&str; 6] = ["о", "ых", "ым", "ых", "ыми", "ых"];
    let at = usize::try_from(n.checked_sub(2)?).ok()?;
    let stem = STEMS.get(at)?;
    let endings = if at < 2 { &SOFT } else { &HARD };
    Some(format!("{stem}{}", endings[case as usize]))
}

/// The form of a noun after a number as it is written: a fraction takes the genitive singular.
/// `None` if the text is no number.
///
/// ```
/// use itog_lang::ru::quantity::plural_of;
///
/// let hours = |text| plural_of(text, "час", "часа", "часов").unwrap();
/// assert_eq!(hours("2,5"), "часа");
/// assert_eq!(hours("12"), "часов");
/// assert_eq!(hours("1 001"), "час");
/// ```
#[must_use]
pub fn plural_of<'a>(number: &str, one: &'a str, few: &'a str, many: &'a str) -> Option<&'a str> {
    let digits = compact(number);
    let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((&digits, ""));
    let whole = whole.trim_start_matches(['-', '−']);
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !number(whole) || !(fraction.is_empty() || number(fraction)) {
        return None;
    }
    // «2,0 часа»: a fraction is read as one even when its digits are zeros.
    if digits.contains([',', '.']) {
        return Some(few);
    }
    let last = whole.get(whole.len().saturating_sub(2)..)?.parse().ok()?;
    Some(plural(last, one, few, many))
}

/// A sum of roubles as contracts and orders write it: digits, then words in brackets.
///
/// ```
/// use itog_lang::ru::{quantity::roubles, Case};
///
/// assert_eq!(roubles(500_000, Case::Nominative), "5\u{a0}000 (пять тысяч) рублей 00\u{a0}копеек");
/// assert_eq!(roubles(2101, Case::Nominative), "21 (двадцать один) рубль 01\u{a0}копейка");
/// assert_eq!(
///     roubles(150_050, Case::Genitive),
///     "1\u{a0}500 (одной тысячи пятисот) рублей 50\u{a0}копеек"
/// );
/// // «Тысяча», «миллион» and «ноль» are nouns, after which the genitive stands in any case.
/// assert_eq!(roubles(500_000, Case::Dative), "5\u{a0}000 (пяти тысячам) рублей 00\u{a0}копеек");
/// ```
#[must_use]
pub fn roubles(kopecks: u64, case: Case) -> String {
    const ROUBLE: [&str; 6] = ["рубль", "рубля", "рублю", "рубль", "рублём", "рубле"];
    const ROUBLES: [&str; 6] = ["рублей", "рублей", "рублям", "рублей", "рублями", "рублях"];
    const KOPECK: [&str; 6] = ["копейка", "копейки", "копейке", "копейку", "копейкой", "копейке"];
    const KOPECKS: [&str; 6] = ["копеек", "копеек", "копейкам", "копеек", "копейками", "копейках"];
    let noun = |n: u64, one: &[&'static str; 6], few: &'static str, many: &[&'static str; 6]| {
        let direct = matches!(case, Case::Nominative | Case::Accusative);
        let class = plural((n % 100).cast_signed(), "one", "few", "many");
        match class {
            "one" => one[case as usize],
            "few" if direct => few,
            // «одной тысяче рублей», «нулю копеек» (Rosenthal, § 164).
            _ if n.is_multiple_of(1000) => many[Case::Genitive as usize],
            _ => many[case as usize],
        }
    };
    let (whole, rest) = (kopecks / 100, kopecks % 100);
    format!(
        "{} ({}) {} {rest:02}\u{a0}{}",
        grouped(whole),
        cardinal(whole, Gender::Masculine, case),
        noun(whole, &ROUBLE, "рубля", &ROUBLES),
        noun(rest, &KOPECK, "копейки", &KOPECKS),
    )
}

/// The kopecks of a sum as people write it: «5000», «5 000,50», «5000.5 руб.». `None` if it is no
/// sum, or has parts of a kopeck.
///
/// ```
/// use itog_lang::ru::quantity::kopecks;
///
/// assert_eq!(kopecks("5 000,50"), Some(500_050));
/// assert_eq!(kopecks("12.5 руб."), Some(1250));
/// assert_eq!(kopecks("7 руб. 50 коп."), Some(750));
/// assert_eq!(kopecks("1,005"), None);
/// assert_eq!(kopecks("-5"), None);
/// ```
#[must_use]
pub fn kopecks(sum: &str) -> Option<u64> {
    const ROUBLES: [&str; 7] = ["рублей", "рубля", "рубль", "руб.", "руб", "р.", "₽"];
    const KOPECKS: [&str; 6] = ["копеек", "копейки", "копейка", "коп.", "коп", "к."];
    let text = compact(sum);
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let counted = KOPECKS.iter().find_map(|unit| text.strip_suffix(unit)).and_then(|text| {
        let (unit, at) = ROUBLES.iter().find_map(|unit| Some((unit, text.find(unit)?)))?;
        Some((&text[..at], format!("{:0>2}", &text[at + unit.len()..])))
    });
    let (whole, rest) = match counted {
        // «7 руб. 5 коп.»: the kopecks are counted, so «5» is five of them.
        Some((whole, rest)) => (whole, rest),
        None => {
            let bare = ROUBLES.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
            let (whole, rest) = bare.split_once([',', '.']).unwrap_or((bare, ""));
            // «12,5» is twelve roubles and fifty kopecks.
            (whole, format!("{rest:0<2}"))
        }
    };
    if whole.is_empty() || !number(whole) || !number(&rest) || rest.len() > 2 {
        return None;
    }
    let rest = rest.parse::<u64>().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(rest)
}

/// Digits in groups of three.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 8);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A number without the spaces between its groups.
fn compact(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}
