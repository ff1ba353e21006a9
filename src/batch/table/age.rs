//! Ages of those who take part: «7–9 лет», «младшая группа», «5–6 классы».

/// Whether a name of a column, or a label, asks for an age.
pub(super) fn says_age(label: &str) -> bool {
    let label = label.to_lowercase();
    ["возр", "лет", "age"].iter().any(|word| label.contains(word))
}

/// Whether a text says an age wherever it stands: «7–9 лет», «Младшая группа», «Старшая возрастная
/// категория (15–18 лет)».
pub(super) fn is_age(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    let group = small.contains("групп") || small.contains("категори");
    let begins = small.split_whitespace().next().is_some_and(is_word);
    // «2010–2011 год» are years of birth.
    let figures = small.chars().filter(char::is_ascii_digit).count();
    counts(&small, &["лет", "года", "год"]) && figures <= 4 || group && begins
}

/// Whether a text may be an age, where one is expected: «Младшая», «5–6 классы», «12+» as well.
pub(super) fn may_be_age(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    let short = small.split_whitespace().count() < 6;
    let units = ["лет", "год", "года", "г.", "классы", "класс", "кл.", "+"];
    is_age(text) || short && (small.split_whitespace().any(is_word) || counts(&small, &units))
}

/// «младшая», «юниоры».
fn is_word(word: &str) -> bool {
    const AGES: [&str; 7] = ["младш", "средн", "старш", "взросл", "дошкол", "подготов", "юниор"];
    AGES.iter().any(|age| word.starts_with(age))
}

/// A number, or two, with one of these units.
fn counts(small: &str, units: &[&str]) -> bool {
    small.starts_with(|c: char| c.is_ascii_digit())
        && units.iter().any(|unit| small.ends_with(unit))
}
