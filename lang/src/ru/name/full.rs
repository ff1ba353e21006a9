//! A full name as data: its parts, initials and greeting.

use super::super::grammar::{Case, Confidence, Gender, Inflected};
use super::parts::{NamePart, NameTokens};

/// How initials stand to the surname; the spaces are no-break ones (GOST R 7.0.97-2016, 5.22:
/// initials before the surname in a signature).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum InitialsStyle {
    /// «Н. Г. Шабалина»: signatures.
    #[default]
    Before,
    /// «Шабалина Н. Г.»: lists and text.
    After,
    /// «Н.Г. Шабалина»: the tight way of office documents.
    Compact,
}

/// A name in parts; an empty string is an absent part.
///
/// ```
/// use itog_lang::ru::{Case, FullName, InitialsStyle};
///
/// let name = FullName::parse("Наталья Григорьевна Шабалина");
/// assert_eq!(name.last, "Шабалина");
/// assert_eq!(name.inflect(Case::Dative, None).text, "Шабалиной Наталье Григорьевне");
/// assert_eq!(name.initials(InitialsStyle::Before), "Н.\u{a0}Г.\u{a0}Шабалина");
/// assert_eq!(name.greeting(None).as_deref(), Some("Уважаемая Наталья Григорьевна!"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct FullName {
    /// Фамилия.
    #[serde(default)]
    pub last: String,
    /// Имя, or its initial with a stop.
    #[serde(default)]
    pub first: String,
    /// Отчество, or its initial with a stop.
    #[serde(default)]
    pub middle: String,
}

impl FullName {
    /// Makes a name of its parts.
    ///
    /// ```
    /// use itog_lang::ru::FullName;
    ///
    /// assert_eq!(FullName::new("Ким", "Юлия", "").to_string(), "Ким Юлия");
    /// ```
    #[must_use]
    pub fn new(
        last: impl Into<String>,
        first: impl Into<String>,
        middle: impl Into<String>,
    ) -> Self {
        Self { last: last.into(), first: first.into(), middle: middle.into() }
    }

    /// Finds the parts of a name in any usual order, with or without a patronymic, with initials
    /// too.
    ///
    /// ```
    /// use itog_lang::ru::FullName;
    ///
    /// assert_eq!(
    ///     FullName::parse("Мицкевич Павел Лукич"),
    ///     FullName::new("Мицкевич", "Павел", "Лукич")
    /// );
    /// assert_eq!(FullName::parse("В.Д. Федоров"), FullName::new("Федоров", "В.", "Д."));
    /// assert_eq!(FullName::parse("Шарль де Голль"), FullName::new("де Голль", "Шарль", ""));
    /// assert_eq!(
    ///     FullName::parse("Алиев Ильхам Гейдар оглы"),
    ///     FullName::new("Алиев", "Ильхам", "Гейдар оглы")
    /// );
    /// ```
    #[must_use]
    pub fn parse(full: &str) -> Self {
        let tokens = NameTokens::of(full);
        let mut name = Self::default();
        let mut waiting = String::new();
        for token in tokens.iter() {
            let part = match token.role {
                NamePart::Surname => &mut name.last,
                NamePart::First => &mut name.first,
                NamePart::Patronymic => &mut name.middle,
                NamePart::Initial => {
                    // «В.Д.» was typed as one word and is two initials.
                    for initial in token.text.split_inclusive('.') {
                        let part =
                            if name.first.is_empty() { &mut name.first } else { &mut name.middle };
                        add(part, initial);
                    }
                    continue;
                }
                // «оглы» makes a patronymic of the name before it.
                NamePart::Fixed if tokens.is_turkic(token) => &mut name.middle,
                NamePart::Fixed => {
                    add(&mut waiting, token.text);
                    continue;
                }
            };
            if token.aside {
                // A maiden name in brackets keeps them.
                add(part, &format!("({})", token.text));
                continue;
            }
            // A particle goes with the word behind it: «де Голль».
            if !waiting.is_empty() {
                add(part, &std::mem::take(&mut waiting));
            }
            add(part, token.text);
        }
        // A particle that nothing follows still belongs to the surname.
        add(&mut name.last, &waiting);
        name
    }

    /// The gender that the parts show; `None` when they show none.
    ///
    /// ```
    /// use itog_lang::ru::{FullName, Gender};
    ///
    /// assert_eq!(FullName::new("Черных", "Лев", "Ильич").gender(), Some(Gender::Masculine));
    /// ```
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        super::gender::of_parts(&self.last, &self.first, &self.middle)
    }

    /// The name in a case, in the order surname, first name, patronymic.
    ///
    /// ```
    /// use itog_lang::ru::{Case, FullName};
    ///
    /// let name = FullName::new("Бойко", "Ольга", "Сергеевна");
    /// assert_eq!(name.inflect(Case::Accusative, None).text, "Бойко Ольгу Сергеевну");
    /// ```
    #[must_use]
    pub fn inflect(&self, case: Case, gender: Option<Gender>) -> Inflected {
        if let Some(gender) = super::person(gender).or_else(|| self.gender()) {
            return self.inflect_as(case, gender);
        }
        // The sex is not known, but may not matter: «Черных» stands still for both.
        let masculine = self.inflect_as(case, Gender::Masculine);
        let feminine = self.inflect_as(case, Gender::Feminine);
        // Neither form has to be chosen then.
        if masculine.text == feminine.text {
            return masculine;
        }
        Inflected::ambiguous(
            self.to_string(),
            vec![masculine.text, feminine.text],
            super::UNKNOWN_GENDER,
        )
    }

    fn inflect_as(&self, case: Case, gender: Gender) -> Inflected {
        let parts = [
            super::surname(&self.last, case, gender),
            super::first(&self.first, case, gender),
            super::patronymic(&self.middle, case, gender),
        ];
        // The whole name with the second form of each doubtful part.
        let mut other = String::new();
        let mut doubt = None;
        let mut text = String::new();
        for part in &parts {
            add_spaced(&mut text, &part.text);
            match &part.confidence {
                Confidence::Ambiguous { alternatives, reason } => {
                    add_spaced(&mut other, alternatives.first().unwrap_or(&part.text));
                    doubt = doubt.or_else(|| Some(reason.clone()));
                }
                Confidence::Certain => add_spaced(&mut other, &part.text),
            }
        }
        match doubt {
            Some(reason) => Inflected::ambiguous(text, vec![other], reason),
            None => Inflected::certain(text),
        }
    }

    /// The surname with initials. A hyphenated first name keeps both letters (А.-М.), a Turkic
    /// patronymic its оглы.
    ///
    /// ```
    /// use itog_lang::ru::{FullName, InitialsStyle};
    ///
    /// let name = FullName::new("Осадчая", "Анна-Мария", "Юрьевна");
    /// assert_eq!(name.initials(InitialsStyle::After), "Осадчая\u{a0}А.-М.\u{a0}Ю.");
    /// assert_eq!(name.initials(InitialsStyle::Compact), "А.-М.Ю.\u{a0}Осадчая");
    /// // Without a surname the name stays whole.
    /// assert_eq!(FullName::new("", "Ким", "").initials(InitialsStyle::After), "Ким");
    /// ```
    #[must_use]
    pub fn initials(&self, style: InitialsStyle) -> String {
        // No-break, so that initials are never parted from each other or from the surname.
        let gap = if style == InitialsStyle::Compact { "" } else { "\u{a0}" };
        let mut initials = initial(&self.first);
        let middle = initial(&self.middle);
        if !initials.is_empty() && !middle.is_empty() {
            initials.push_str(gap);
        }
        initials.push_str(&middle);
        match (initials.is_empty(), self.last.is_empty(), style) {
            (true, ..) => self.last.clone(),
            // Letters alone name nobody: «Ким» may be a first name to us and a surname to others.
            (_, true, _) if !self.first.contains('.') => {
                let parts = [&*self.first, &*self.middle].map(str::trim);
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\u{a0}")
            }
            (_, true, _) => initials,
            (.., InitialsStyle::After) => format!("{}\u{a0}{initials}", self.last),
            _ => format!("{initials}\u{a0}{}", self.last),
        }
    }

    /// The greeting of a letter; `None` when the gender is not known or there is no first name to
    /// greet by.
    ///
    /// ```
    /// use itog_lang::ru::{FullName, Gender};
    ///
    /// assert_eq!(FullName::new("Ким", "Саша", "").greeting(None), None);
    /// assert_eq!(
    ///     FullName::new("Ким", "Саша", "").greeting(Some(Gender::Feminine)).as_deref(),
    ///     Some("Уважаемая Саша!")
    /// );
    /// ```
    #[must_use]
    pub fn greeting(&self, gender: Option<Gender>) -> Option<String> {
        // Nobody is greeted by initials.
        if self.first.is_empty() || self.first.contains('.') {
            return None;
        }
        let word = match super::person(gender).or_else(|| self.gender())? {
            Gender::Feminine => "Уважаемая",
            _ => "Уважаемый",
        };
        let gap = if self.middle.is_empty() { "" } else { " " };
        Some(format!("{word} {}{gap}{}!", self.first, self.middle))
    }
}

impl std::fmt::Display for FullName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut gap = "";
        for part in [&self.last, &self.first, &self.middle] {
            if !part.is_empty() {
                write!(f, "{gap}{part}")?;
                gap = " ";
            }
        }
        Ok(())
    }
}

fn add(part: &mut String, word: &str) {
    add_spaced(part, word.trim());
}

fn add_spaced(text: &mut String, word: &str) {
    if !text.is_empty() && !word.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// The capital of a name with a stop, for each part around a hyphen; words in lowercase (оглы) stay
/// whole.
fn initial(name: &str) -> String {
    let mut out = String::new();
    for word in name.split_whitespace() {
        // «оглы» and «кызы» are written in full: Г. А. оглы.
        if word.starts_with(char::is_lowercase) {
            out.push('\u{a0}');
            out.push_str(word);
            continue;
        }
        let mut hyphen = "";
        // Жан-Жак is Ж.-Ж.
        for part in word.split('-') {
            if part.starts_with(char::is_lowercase) {
                out.push('\u{a0}');
                out.push_str(part);
            } else if let Some(letter) = part.chars().next() {
                out.push_str(hyphen);
                out.push(letter);
                out.push('.');
            }
            hyphen = "-";
        }
    }
    out
}
