//! Numbers in words, plurals after a number, Roman numerals and letters of lists.
//!
//! Source: Rosenthal, «Справочник по правописанию», § 164–168 (declension of numerals).

use super::grammar::{Case, Gender};

/// Chooses the form of a noun that stands after a number: 1 документ, 2 документа, 5 документов.
///
/// ```
/// use itog_lang::ru::number::plural;
///
/// assert_eq!(plural(21, "документ", "документа", "документов"), "документ");
/// assert_eq!(plural(3, "документ", "документа", "документов"), "документа");
/// assert_eq!(plural(11, "документ", "документа", "документов"), "документов");
/// ```
#[must_use]
pub const fn plural<'a>(n: i64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    let n = n.unsigned_abs();
    match (n % 100, n % 10) {
        // «Одиннадцать» to «четырнадцать» are one word each and do not end in «один» to
        // «четыре»: the last digit says nothing of them.
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

type NumeralForms = [&'static str; 6];

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
const TEENS: [&str; 16] = [
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
const TENS: [NumeralForms; 8] = [
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
const HUNDREDS: [NumeralForms; 9] = [
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

fn word(out: &mut String, parts: &[&str]) {
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

/// Stems of ordinals from 1 to 20; empty for 3, which declines in its own way.
const ORDINALS: [&str; 21] = [
    "нулев",
    "перв",
    "втор",
    "",
    "четвёрт",
    "пят",
    "шест",
    "седьм",
    "восьм",
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
            0..=20 => ORDINALS[place],
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

/// A Roman numeral from 1 to 3999; `None` outside.
///
/// ```
/// use itog_lang::ru::number::roman;
///
/// assert_eq!(roman(2024).as_deref(), Some("MMXXIV"));
/// assert_eq!(roman(0), None);
/// ```
#[must_use]
pub fn roman(n: u32) -> Option<String> {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return None;
    }
    let mut rest = n;
    let mut out = String::new();
    for (value, digit) in DIGITS {
        // Largest first, and the subtractive pairs stand among the digits, so that nothing needs to
        // be looked ahead.
        while rest >= value {
            out.push_str(digit);
            rest -= value;
        }
    }
    Some(out)
}

/// The letters of lists and appendices: the alphabet without ё, з, й, о, ч, ъ, ы, ь, which GOST R
/// 2.105-2019 (and GOST 7.32-2017 for appendices) leaves out because they look like digits or other
/// letters.
pub const LIST_LETTERS: [char; 25] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'и', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'у', 'ф', 'х',
    'ц', 'ш', 'щ', 'э', 'ю', 'я',
];

/// The letter of the `n`th item of a list, from 1; after «я» come «аа», «аб»… Zero gives an empty
/// string.
///
/// Word's own `russianLower` list counts ё-less with з and о («ж з и к»); a writer of DOCX that
/// wants these letters writes them out.
///
/// ```
/// use itog_lang::ru::number::letter;
///
/// let letters: Vec<String> = (1..=9).map(letter).collect();
/// assert_eq!(letters.join(" "), "а б в г д е ж и к");
/// assert_eq!(letter(26), "аа");
/// ```
#[must_use]
pub fn letter(n: u32) -> String {
    let mut rest = n as usize;
    let mut out = Vec::new();
    while rest > 0 {
        out.push(LIST_LETTERS[(rest - 1) % LIST_LETTERS.len()]);
        // Counting with letters has no zero, so each place is taken down by one.
        rest = (rest - 1) / LIST_LETTERS.len();
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn m(n: u64, case: Case) -> String {
        cardinal(n, Gender::Masculine, case)
    }

    #[test]
    fn every_case_of_a_long_number() {
        let n = 2_521_894;
        for (case, text) in [
            (
                Case::Nominative,
                "два миллиона пятьсот двадцать одна тысяча восемьсот девяносто четыре",
            ),
            (
                Case::Genitive,
                "двух миллионов пятисот двадцати одной тысячи восьмисот девяноста четырёх",
            ),
            (
                Case::Dative,
                "двум миллионам пятистам двадцати одной тысяче восьмистам девяноста четырём",
            ),
            (
                Case::Accusative,
                "два миллиона пятьсот двадцать одну тысячу восемьсот девяносто четыре",
            ),
            (
                Case::Instrumental,
                "двумя миллионами пятьюстами двадцатью одной тысячей \
                 восемьюстами девяноста четырьмя",
            ),
            (
                Case::Prepositional,
                "двух миллионах пятистах двадцати одной тысяче восьмистах девяноста четырёх",
            ),
        ] {
            assert_eq!(m(n, case), text);
        }
    }

    #[test]
    fn large_numbers_do_not_overflow() {
        assert!(m(u64::MAX, Case::Nominative).starts_with("восемнадцать квинтиллионов"));
        assert!(!ordinal(u64::MAX, Gender::Neuter, Case::Dative).is_empty());
        assert_eq!(m(1_000_000, Case::Instrumental), "одним миллионом");
        assert_eq!(m(5_000_000_000, Case::Nominative), "пять миллиардов");
        assert_eq!(m(3_000, Case::Accusative), "три тысячи");
    }

    #[test]
    fn ordinals() {
        let o = |n| ordinal(n, Gender::Masculine, Case::Nominative);
        for (n, text) in [
            (0, "нулевой"),
            (1, "первый"),
            (2, "второй"),
            (3, "третий"),
            (8, "восьмой"),
            (11, "одиннадцатый"),
            (20, "двадцатый"),
            (40, "сороковой"),
            (90, "девяностый"),
            (100, "сотый"),
            (101, "сто первый"),
            (200, "двухсотый"),
            (113, "сто тринадцатый"),
            (140, "сто сороковой"),
            (1000, "тысячный"),
            (1100, "одна тысяча сотый"),
            (2000, "двухтысячный"),
            (21_000, "двадцатиоднотысячный"),
            (100_000, "стотысячный"),
            (1_000_000, "миллионный"),
            (1_945, "одна тысяча девятьсот сорок пятый"),
            (1_002_000, "один миллион двухтысячный"),
            (2_000_000_000, "двухмиллиардный"),
        ] {
            assert_eq!(o(n), text);
        }
        assert_eq!(ordinal(7, Gender::Feminine, Case::Accusative), "седьмую");
        assert_eq!(ordinal(13, Gender::Neuter, Case::Prepositional), "тринадцатом");
        assert_eq!(ordinal(33, Gender::Feminine, Case::Instrumental), "тридцать третьей");
    }
}
