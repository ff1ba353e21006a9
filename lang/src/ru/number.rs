//! Numbers in words, plurals after a number, Roman numerals and letters of lists.
//!
//! Source: Rosenthal, «Справочник по правописанию», § 164–168 (declension of numerals).

mod cardinal;
mod ordinal;

pub use cardinal::cardinal;
pub use ordinal::ordinal;

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
    use super::super::grammar::{Case, Gender};
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
