//! The languages in which people are spoken to.
//!
//! Chosen where messages leave the program; inside the library a message has no language yet.

/// A language: of what is said to people, of a certificate's formulas and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// `en`. Faults are told in it unless another is asked for.
    #[default]
    English,
    /// `ru`.
    Russian,
}

impl Language {
    /// The language of a locale such as `ru_RU.UTF-8`, or of a tag such as `ru`, `en-GB`.
    ///
    /// ```
    /// use itog::diag::Language;
    /// assert_eq!(Language::of_locale("ru_RU.UTF-8"), Some(Language::Russian));
    /// assert_eq!(Language::of_locale("C"), Some(Language::English));
    /// assert_eq!(Language::of_locale("de_DE"), None);
    /// ```
    pub fn of_locale(locale: &str) -> Option<Self> {
        match locale.split(['_', '-', '.', '@']).next().unwrap_or("") {
            "ru" => Some(Self::Russian),
            // POSIX calls the plain English of programs so.
            "en" | "C" | "POSIX" => Some(Self::English),
            _ => None,
        }
    }

    /// The form of a word that goes with a number: of `row|rows`, of `строка|строки|строк`.
    pub(super) fn plural(self, number: u64, forms: &str) -> &str {
        let form = match self {
            Self::English => usize::from(number != 1),
            // 11 to 14 are like 5: «11 строк», but «21 строка».
            Self::Russian => match (number % 10, number % 100) {
                (_, 11..=14) => 2,
                (1, _) => 0,
                (2..=4, _) => 1,
                _ => 2,
            },
        };
        let mut all = forms.split('|');
        all.nth(form).or_else(|| forms.split('|').next_back()).unwrap_or("")
    }

    pub(super) fn or(self) -> &'static str {
        match self {
            Self::English => " or ",
            Self::Russian => " или ",
        }
    }

    /// A number as it is written in the language.
    pub(super) fn decimal(self, number: String) -> String {
        match self {
            Self::English => number,
            Self::Russian => number.replace('.', ","),
        }
    }
}
