//! The grammatical categories and the answer type that all inflecting functions share.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the six cases of Russian.
///
/// ```
/// use itog_lang::ru::Case;
///
/// assert_eq!(Case::parse("dat"), Some(Case::Dative));
/// assert_eq!("дательный".parse(), Ok(Case::Dative));
/// assert_eq!(Case::ALL.len(), 6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Case {
    /// Именительный: who? what? The form that data holds.
    Nominative,
    /// Родительный: «коллектив библиотеки».
    Genitive,
    /// Дательный: «выразить благодарность директору».
    Dative,
    /// Винительный: «избрать председателя».
    Accusative,
    /// Творительный: «назначить секретарём».
    Instrumental,
    /// Предложный: «доложить о директоре».
    Prepositional,
}

impl Case {
    /// All cases in the order of Russian grammars.
    pub const ALL: [Self; 6] = [
        Self::Nominative,
        Self::Genitive,
        Self::Dative,
        Self::Accusative,
        Self::Instrumental,
        Self::Prepositional,
    ];

    /// The case of a short (`dat`), English (`dative`) or Russian («дательный», «дат») name, in any
    /// letter case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().trim_end_matches('.').to_lowercase().as_str() {
            "nom" | "nominative" | "именительный" | "им" | "и" => Self::Nominative,
            "gen" | "genitive" | "родительный" | "род" | "р" => Self::Genitive,
            "dat" | "dative" | "дательный" | "дат" | "д" => Self::Dative,
            "acc" | "accusative" | "винительный" | "вин" | "в" => Self::Accusative,
            "ins" | "instr" | "instrumental" | "творительный" | "тв" | "твор" | "т" => {
                Self::Instrumental
            }
            "pre"
            | "prep"
            | "prepositional"
            | "loc"
            | "locative"
            | "предложный"
            | "пр"
            | "предл"
            | "п" => Self::Prepositional,
            _ => return None,
        })
    }

    /// The short name: `nom`, `gen`, `dat`, `acc`, `ins` or `pre`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        // In the order of the variants, which is that of school grammar.
        ["nom", "gen", "dat", "acc", "ins", "pre"][self as usize]
    }

    /// The place of an oblique case in a table of five endings; `None` for the nominative.
    pub(super) const fn oblique(self) -> Option<usize> {
        // The nominative is the word as it stands, and no table holds it.
        (self as usize).checked_sub(1)
    }
}

/// The grammatical gender of a word, or the sex of a person.
///
/// ```
/// use itog_lang::ru::Gender;
///
/// assert_eq!(Gender::parse("жен"), Some(Gender::Feminine));
/// assert_eq!(Gender::parse("m"), Some(Gender::Masculine));
/// assert_eq!(Gender::parse("?"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Gender {
    /// Мужской.
    Masculine,
    /// Женский.
    Feminine,
    /// Средний; no person has it, but words do («лицо», «управление»).
    Neuter,
}

impl Gender {
    /// The gender of `m`/`f`/`n`, «м»/«ж»/«ср», `male`/`female`, «мужской»/«женский»/«средний» and
    /// their usual clippings.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().trim_end_matches('.').to_lowercase().as_str() {
            "m" | "male" | "masc" | "masculine" | "м" | "муж" | "мужской" | "мр" => {
                Self::Masculine
            }
            "f" | "female" | "fem" | "feminine" | "ж" | "жен" | "женский" | "жр" => {
                Self::Feminine
            }
            "n" | "neut" | "neuter" | "с" | "ср" | "средний" => Self::Neuter,
            _ => return None,
        })
    }

    /// The short name: `m`, `f` or `n`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["m", "f", "n"][self as usize]
    }
}

/// Grammatical number.
///
/// ```
/// use itog_lang::ru::Number;
///
/// assert_eq!(Number::parse("pl"), Some(Number::Plural));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Number {
    /// Единственное.
    Singular,
    /// Множественное.
    Plural,
}

impl Number {
    /// The number of `sg`/`pl`, `singular`/`plural`, «ед»/«мн» and their full forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().trim_end_matches('.').to_lowercase().as_str() {
            "sg" | "sing" | "singular" | "ед" | "единственное" => Self::Singular,
            "pl" | "plural" | "мн" | "множественное" => Self::Plural,
            _ => return None,
        })
    }

    /// The short name: `sg` or `pl`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        ["sg", "pl"][self as usize]
    }
}

/// The error of parsing a [`Case`], [`Gender`] or [`Number`] from text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} “{text}”; expected one of {expected}")]
pub struct UnknownValue {
    what: &'static str,
    text: String,
    expected: &'static str,
}

macro_rules! text_forms {
    ($type:ty, $what:literal, $expected:literal) => {
        impl FromStr for $type {
            type Err = UnknownValue;

            fn from_str(text: &str) -> Result<Self, UnknownValue> {
                Self::parse(text).ok_or_else(|| UnknownValue {
                    what: $what,
                    text: text.to_owned(),
                    expected: $expected,
                })
            }
        }

        impl TryFrom<String> for $type {
            type Error = UnknownValue;

            fn try_from(text: String) -> Result<Self, UnknownValue> {
                text.parse()
            }
        }

        impl From<$type> for &'static str {
            fn from(value: $type) -> Self {
                value.code()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

text_forms!(Case, "case", "nom, gen, dat, acc, ins, pre");
text_forms!(Gender, "gender", "m, f, n");
text_forms!(Number, "number", "sg, pl");

/// How a form was found, from the surest way to the least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Basis {
    /// A list holds the word.
    Listed,
    /// The ending of the word allows one paradigm.
    #[default]
    Ending,
    /// The word declines like most of those that look like it: to be looked at.
    Likeness,
    /// Nothing is known of the word, or the text is not what was asked for: it stays as typed.
    Unknown,
}

/// How sure the grammar is of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Confidence {
    /// One form is right.
    Certain,
    /// More than one form is in use, the gender was not known, or the form is a guess.
    Ambiguous {
        /// The other forms, best first; never the text of the answer itself. Empty where the
        /// answer is doubted but nothing better is known.
        alternatives: Vec<String>,
        /// Why, in Russian, as a clause to show to the user; it holds the word that is doubted.
        reason: Cow<'static, str>,
    },
}

/// An inflected text with the confidence of the grammar in it.
///
/// ```
/// use itog_lang::ru::{name, Case, Confidence, Gender};
///
/// let sure = name::inflect("Кустова Татьяна Викторовна", Case::Accusative, None);
/// assert!(sure.is_certain());
/// assert_eq!(sure.to_string(), "Кустову Татьяну Викторовну");
///
/// let double = name::inflect("Соловей Иван Петрович", Case::Dative, None);
/// let Confidence::Ambiguous { alternatives, .. } = double.confidence else { panic!() };
/// assert_eq!(double.text, "Соловью Ивану Петровичу");
/// assert_eq!(alternatives, ["Соловею Ивану Петровичу"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Inflected {
    /// The form to print.
    pub text: String,
    /// Whether it is the only one.
    pub confidence: Confidence,
    /// How it was found.
    pub basis: Basis,
}

impl Inflected {
    /// An answer without doubt.
    #[must_use]
    pub fn certain(text: impl Into<String>) -> Self {
        Self { text: text.into(), confidence: Confidence::Certain, basis: Basis::Ending }
    }

    /// An answer that has alternatives; certain after all when every alternative equals the text.
    #[must_use]
    pub fn ambiguous(
        text: impl Into<String>,
        alternatives: Vec<String>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        let text = text.into();
        let mut others: Vec<String> = Vec::with_capacity(alternatives.len());
        for form in alternatives {
            // Two paradigms often agree in the case asked for: then there is nothing to doubt.
            if form != text && !others.contains(&form) {
                others.push(form);
            }
        }
        if others.is_empty() {
            return Self::certain(text);
        }
        let confidence = Confidence::Ambiguous { alternatives: others, reason: reason.into() };
        Self { text, confidence, basis: Basis::Ending }
    }

    /// An answer that is a guess, with or without something better to offer.
    #[must_use]
    pub fn doubtful(
        text: impl Into<String>,
        basis: Basis,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (alternatives, reason) = (Vec::new(), reason.into());
        let confidence = Confidence::Ambiguous { alternatives, reason };
        Self { text: text.into(), confidence, basis }
    }

    /// Joins answers one after another; the doubts of all parts are those of the whole.
    pub(super) fn concat(parts: &[Self]) -> Self {
        let text: String = parts.iter().map(|part| part.text.as_str()).collect();
        // A whole is as sure as its least sure part.
        let basis = parts.iter().map(|part| part.basis).max().unwrap_or_default();
        let mut others = Vec::new();
        let mut why: Option<Cow<'static, str>> = None;
        for (at, part) in parts.iter().enumerate() {
            let Confidence::Ambiguous { alternatives, reason } = &part.confidence else { continue };
            // One reason is shown: the first doubt that the reader meets.
            why.get_or_insert_with(|| reason.clone());
            for other in alternatives {
                let with = |(place, part): (usize, &Self)| {
                    if place == at { other.clone() } else { part.text.clone() }
                };
                // One doubt at a time: all combinations of three doubtful parts would not help
                // whoever must choose.
                others.push(parts.iter().enumerate().map(with).collect());
            }
        }
        let confidence = why.map_or(Confidence::Certain, |reason| Confidence::Ambiguous {
            alternatives: others,
            reason,
        });
        Self { text, confidence, basis }
    }

    /// Whether the grammar knows one form only.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        matches!(self.confidence, Confidence::Certain)
    }
}

impl fmt::Display for Inflected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_parse_back() {
        for case in Case::ALL {
            assert_eq!(Case::parse(case.code()), Some(case));
        }
        for gender in [Gender::Masculine, Gender::Feminine, Gender::Neuter] {
            assert_eq!(gender.code().parse(), Ok(gender));
        }
        assert!("xyz".parse::<Case>().unwrap_err().to_string().contains("nom, gen"));
    }

    #[test]
    fn equal_alternatives_are_no_doubt() {
        assert!(Inflected::ambiguous("а", vec!["а".into()], "").is_certain());
    }
}
