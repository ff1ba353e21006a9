//! Ordinals in words.

use super::cardinal::{HUNDREDS, NumeralForms, TEENS, TENS, cardinal, word};
use crate::ru::grammar::{Case, Gender};

/// Stems of ordinals from 0 to 8; empty for 3, which declines in its own way. From 9 to 20 they are
/// those of the cardinals.
const ORDINALS: [&str; 9] =
    ["нулев", "перв", "втор", "", "четвёрт", "пят", "шест", "седьм", "восьм"];
const ORDINAL_TENS: [&str; 8] = [
    "двадцат",
    "тридцат",
    "сороков",
    "пятидесят",
    "шестидесят",
    "семидесят",
    "восьмидесят",
    "девяност",
];
const ORDINAL_HUNDREDS: [&str; 9] = [
    "сот",
    "двухсот",
    "трёхсот",
    "четырёхсот",
    "пятисот",
    "шестисот",
    "семисот",
    "восьмисот",
    "девятисот",
];
const ORDINAL_POWERS: [&str; 6] =
    ["тысячн", "миллионн", "миллиардн", "триллионн", "квадриллионн", "квинтиллионн"];

const HARD: [NumeralForms; 3] = [
    ["ый", "ого", "ому", "ый", "ым", "ом"],
    ["ая", "ой", "ой", "ую", "ой", "ой"],
    ["ое", "ого", "ому", "ое", "ым", "ом"],
];
const THIRD: [NumeralForms; 3] = [
    ["третий", "третьего", "третьему", "третий", "третьим", "третьем"],
    ["третья", "третьей", "третьей", "третью", "третьей", "третьей"],
    ["третье", "третьего", "третьему", "третье", "третьим", "третьем"],
];

/// An ordinal in words: only its last part declines.
///
/// ```
/// use itog_lang::ru::{number::ordinal, Case, Gender};
///
/// assert_eq!(ordinal(23, Gender::Neuter, Case::Nominative), "двадцать третье");
/// assert_eq!(ordinal(2014, Gender::Masculine, Case::Genitive), "две тысячи четырнадцатого");
/// assert_eq!(ordinal(6, Gender::Masculine, Case::Nominative), "шестой");
/// assert_eq!(ordinal(25_000, Gender::Feminine, Case::Nominative), "двадцатипятитысячная");
/// ```
#[must_use]
pub fn ordinal(n: u64, gender: Gender, case: Case) -> String {
    let (gender, case) = (gender as usize, case as usize);
    let below_hundred = n % 100;
    // What the last word says: a hundred, a ten, a number to 20 or a unit.
    let last = match below_hundred {
        0 => n % 1000,
        21.. if !n.is_multiple_of(10) => n % 10,
        _ => below_hundred,
    };
    if n == 0 || last > 0 {
        let mut out = String::new();
        if n > last {
            out = cardinal(n - last, Gender::Masculine, Case::Nominative);
        }
        if last == 3 {
            word(&mut out, &[THIRD[gender][case]]);
            return out;
        }
        // Below a thousand, since `last` is what is left of it.
        let place = usize::try_from(last).unwrap_or_default();
        let stem = match place {
            0..=8 => ORDINALS[place],
            9..=20 => TEENS[place - 5],
            21..=99 => ORDINAL_TENS[place / 10 - 2],
            _ => ORDINAL_HUNDREDS[place / 100 - 1],
        };
        word(
            &mut out,
            // These have their stress on the ending.
            &[stem, ordinal_ending(matches!(last, 0 | 2 | 6 | 7 | 8 | 40), gender, case)],
        );
        return out;
    }
    // A round number of thousands: «двадцатипятитысячный» after whatever stands before it.
    let mut power = 0;
    let mut rest = n;
    while rest.is_multiple_of(1000) {
        rest /= 1000;
        power += 1;
    }
    let group = rest % 1000;
    let before = n - group * 1000_u64.pow(power);
    let mut out = if before > 0 {
        cardinal(before, Gender::Masculine, Case::Nominative)
    } else {
        String::new()
    };
    // Only the space: what follows is glued together.
    word(&mut out, &[]);
    // One thousand has no «одно» before it: «тысячный».
    if group > 1 {
        push_compound(&mut out, group);
    }
    out.push_str(ORDINAL_POWERS[power as usize - 1]);
    out.push_str(HARD[gender][case]);
    out
}

fn ordinal_ending(stressed: bool, gender: usize, case: usize) -> &'static str {
    // Второй, шестой, седьмой, восьмой, сороковой.
    if stressed && gender == 0 && (case == 0 || case == Case::Accusative as usize) {
        "ой"
    } else {
        HARD[gender][case]
    }
}

/// Adds a number as the first part of a compound: «двадцатипяти-», «сорока-», «сто-», «девяносто-»,
/// «одно-».
fn push_compound(out: &mut String, group: u64) {
    let genitive = Case::Genitive as usize;
    let (hundreds, rest) = ((group / 100) as usize, (group % 100) as usize);
    match hundreds {
        0 => {}
        // «Сто», «девяносто» and «одно» stay in the nominative inside of a compound, all others
        // are genitives: «стотысячный», «двухсоттысячный».
        1 => out.push_str("сто"),
        _ => out.push_str(HUNDREDS[hundreds - 1][genitive]),
    }
    let (tens, units) = if rest <= 20 { (0, rest) } else { (rest / 10, rest % 10) };
    match tens {
        0 => {}
        9 => out.push_str("девяносто"),
        _ => out.push_str(TENS[tens - 2][genitive]),
    }
    match units {
        0 => {}
        1 => out.push_str("одно"),
        2 => out.push_str("двух"),
        3 => out.push_str("трёх"),
        4 => out.push_str("четырёх"),
        8 => out.push_str("восьми"),
        _ => {
            out.push_str(TEENS[units - 5]);
            out.push('и');
        }
    }
}
