//! Cardinals in words.

use super::plural;
use crate::ru::grammar::{Case, Gender};

/// A numeral in its six cases.
pub(super) type NumeralForms = [&'static str; 6];

const ZERO: NumeralForms = ["ноль", "ноля", "нолю", "ноль", "нолём", "ноле"];
const ONE: [NumeralForms; 3] = [
    ["один", "одного", "одному", "один", "одним", "одном"],
    ["одна", "одной", "одной", "одну", "одной", "одной"],
    ["одно", "одного", "одному", "одно", "одним", "одном"],
];
const TWO: [NumeralForms; 3] = [
    ["два", "двух", "двум", "два", "двумя", "двух"],
    ["две", "двух", "двум", "две", "двумя", "двух"],
    ["два", "двух", "двум", "два", "двумя", "двух"],
];
const THREE: NumeralForms = ["три", "трёх", "трём", "три", "тремя", "трёх"];
const FOUR: NumeralForms = ["четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"];
const EIGHT: NumeralForms = ["восемь", "восьми", "восьми", "восемь", "восемью", "восьми"];
/// 5 to 20 without 8: stems before «ь», «и», «ью».
pub(super) const TEENS: [&str; 16] = [
    "пят",
    "шест",
    "сем",
    "",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
    "двадцат",
];
pub(super) const TENS: [NumeralForms; 8] = [
    ["двадцать", "двадцати", "двадцати", "двадцать", "двадцатью", "двадцати"],
    ["тридцать", "тридцати", "тридцати", "тридцать", "тридцатью", "тридцати"],
    ["сорок", "сорока", "сорока", "сорок", "сорока", "сорока"],
    ["пятьдесят", "пятидесяти", "пятидесяти", "пятьдесят", "пятьюдесятью", "пятидесяти"],
    ["шестьдесят", "шестидесяти", "шестидесяти", "шестьдесят", "шестьюдесятью", "шестидесяти"],
    ["семьдесят", "семидесяти", "семидесяти", "семьдесят", "семьюдесятью", "семидесяти"],
    [
        "восемьдесят",
        "восьмидесяти",
        "восьмидесяти",
        "восемьдесят",
        "восемьюдесятью",
        "восьмидесяти",
    ],
    ["девяносто", "девяноста", "девяноста", "девяносто", "девяноста", "девяноста"],
];
pub(super) const HUNDREDS: [NumeralForms; 9] = [
    ["сто", "ста", "ста", "сто", "ста", "ста"],
    ["двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах"],
    ["триста", "трёхсот", "трёмстам", "триста", "тремястами", "трёхстах"],
    ["четыреста", "четырёхсот", "четырёмстам", "четыреста", "четырьмястами", "четырёхстах"],
    ["пятьсот", "пятисот", "пятистам", "пятьсот", "пятьюстами", "пятистах"],
    ["шестьсот", "шестисот", "шестистам", "шестьсот", "шестьюстами", "шестистах"],
    ["семьсот", "семисот", "семистам", "семьсот", "семьюстами", "семистах"],
    ["восемьсот", "восьмисот", "восьмистам", "восемьсот", "восемьюстами", "восьмистах"],
    ["девятьсот", "девятисот", "девятистам", "девятьсот", "девятьюстами", "девятистах"],
];
const THOUSAND: NumeralForms = ["тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче"];
const THOUSANDS: NumeralForms = ["тысячи", "тысяч", "тысячам", "тысячи", "тысячами", "тысячах"];
/// Powers of a thousand from the second on; they decline like столы.
const POWERS: [&str; 5] = ["миллион", "миллиард", "триллион", "квадриллион", "квинтиллион"];
const POWER_ONE: NumeralForms = ["", "а", "у", "", "ом", "е"];
const POWER_MANY: NumeralForms = ["ы", "ов", "ам", "ы", "ами", "ах"];

/// A whole number in words, as when counting inanimate things.
///
/// ```
/// use itog_lang::ru::{number::cardinal, Case, Gender};
///
/// assert_eq!(cardinal(2001, Gender::Feminine, Case::Nominative), "две тысячи одна");
/// assert_eq!(
///     cardinal(48_732, Gender::Masculine, Case::Genitive),
///     "сорока восьми тысяч семисот тридцати двух"
/// );
/// assert_eq!(cardinal(1000, Gender::Masculine, Case::Accusative), "одну тысячу");
/// ```
#[must_use]
pub fn cardinal(n: u64, gender: Gender, case: Case) -> String {
    if n == 0 {
        return ZERO[case as usize].to_owned();
    }
    let mut out = String::new();
    // A `u64` has up to seven groups of three digits, quintillions first.
    for power in (0..=6).rev() {
        let group = n / 1000_u64.pow(power) % 1000;
        if group == 0 {
            continue;
        }
        let gender = match power {
            0 => gender,
            // «Тысяча» is a noun of its own and decides the gender of what counts it: «две
            // тысячи», but «два миллиона».
            1 => Gender::Feminine,
            _ => Gender::Masculine,
        };
        push_group(&mut out, group, gender, case);
        push_power(&mut out, power as usize, group, case);
    }
    out
}

pub(super) fn word(out: &mut String, parts: &[&str]) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(parts.iter().copied());
}

/// Adds a number from 1 to 999.
fn push_group(out: &mut String, group: u64, gender: Gender, case: Case) {
    let case = case as usize;
    let (hundreds, rest) = ((group / 100) as usize, (group % 100) as usize);
    if hundreds > 0 {
        word(out, &[HUNDREDS[hundreds - 1][case]]);
    }
    // Up to twenty each number is a word of its own.
    let (tens, units) = if rest <= 20 { (0, rest) } else { (rest / 10, rest % 10) };
    if tens > 0 {
        word(out, &[TENS[tens - 2][case]]);
    }
    match units {
        0 => {}
        1 => word(out, &[ONE[gender as usize][case]]),
        2 => word(out, &[TWO[gender as usize][case]]),
        3 => word(out, &[THREE[case]]),
        4 => word(out, &[FOUR[case]]),
        8 => word(out, &[EIGHT[case]]),
        // From five on they decline as nouns in -ь: one stem, six endings.
        _ => word(out, &[TEENS[units - 5], ["ь", "и", "и", "ь", "ью", "и"][case]]),
    }
}

/// Adds the name of a power of a thousand after its group.
fn push_power(out: &mut String, power: usize, group: u64, case: Case) {
    // After 2 to 4 and after 5 and more the nominative takes different genitives; in oblique cases
    // the noun agrees.
    let nominative = matches!(case, Case::Nominative | Case::Accusative);
    let class = plural(group.cast_signed(), "one", "few", "many");
    let case = case as usize;
    match power {
        0 => {}
        1 => word(
            out,
            &[match class {
                "one" => THOUSAND[case],
                "many" if nominative => "тысяч",
                _ => THOUSANDS[case],
            }],
        ),
        _ => {
            let ending = match class {
                "one" => POWER_ONE[case],
                "few" if nominative => "а",
                _ if nominative => "ов",
                _ => POWER_MANY[case],
            };
            word(out, &[POWERS[power - 2], ending]);
        }
    }
}
