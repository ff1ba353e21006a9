//! Page numbers in words of a counter style (CSS Counter Styles 3).

use crate::style::CounterStyle;

/// A page number as text. A symbol style such as `disc` gives the symbol.
pub(crate) fn number(style: &CounterStyle, value: usize) -> String {
    match style {
        CounterStyle::None => String::new(),
        CounterStyle::Disc => "•".into(),
        CounterStyle::Circle => "◦".into(),
        CounterStyle::Square => "▪".into(),
        CounterStyle::Dash => "—".into(),
        CounterStyle::Decimal => value.to_string(),
        CounterStyle::DecimalLeadingZero => format!("{value:02}"),
        CounterStyle::LowerRussian => letters(value, &"абвгдежиклмнопрстуфхцчшщэюя".chars().collect::<Vec<_>>()),
        CounterStyle::UpperRussian => number(&CounterStyle::LowerRussian, value).to_uppercase(),
        CounterStyle::LowerLatin => letters(value, &('a'..='z').collect::<Vec<_>>()),
        CounterStyle::UpperLatin => letters(value, &('A'..='Z').collect::<Vec<_>>()),
        CounterStyle::LowerRoman => roman(value).to_lowercase(),
        CounterStyle::UpperRoman => roman(value),
        CounterStyle::String(text) => text.to_string(),
    }
}

/// Bijective numeration: a … z, aa, ab …; 0 is written in digits.
fn letters(mut value: usize, alphabet: &[char]) -> String {
    if value == 0 {
        return "0".into();
    }
    let mut reversed = Vec::new();
    while value > 0 {
        value -= 1;
        reversed.push(alphabet[value % alphabet.len()]);
        value /= alphabet.len();
    }
    reversed.into_iter().rev().collect()
}

/// Roman numerals for 1–3999, digits beyond.
fn roman(mut value: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
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
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while value >= worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_the_alphabet() {
        assert_eq!(number(&CounterStyle::LowerLatin, 26), "z");
        assert_eq!(number(&CounterStyle::LowerLatin, 27), "aa");
        assert_eq!(number(&CounterStyle::UpperRussian, 9), "К");
    }

    #[test]
    fn roman_numbers_subtract() {
        assert_eq!(number(&CounterStyle::LowerRoman, 1994), "mcmxciv");
    }
}
