//! The nominative of a full name that is written in the dative or the genitive.
//!
//! Endings are not undone by rules of their own: what a word may have been is guessed, and the one
//! guess that becomes the text again, by the rules of its case, is the name.

use super::gender::{is_known, known_first};
use super::{Case, FullName, Gender, Letters, inflect, patronymic_gender};

/// What stood before an ending, the likelier first.
type BeforeEnding = (&'static str, &'static [&'static str]);

/// What may have stood where a feminine name has the ending of an adjective, which is the same in
/// the dative and the genitive. No other of their endings has this last letter.
const FEMININE: &[BeforeEnding] = &[
    ("ской", &["ская"]),
    ("цкой", &["цкая"]),
    ("овой", &["ова"]),
    ("евой", &["ева"]),
    ("ёвой", &["ёва"]),
    ("иной", &["ина"]),
    ("ыной", &["ына"]),
    ("ой", &["ая"]),
    ("ей", &["яя"]),
];

/// What may have stood where the dative has such an ending.
const DATIVE: &[BeforeEnding] = &[
    ("скому", &["ский"]),
    ("ому", &["ый", "ой", "ий"]),
    ("ему", &["ий"]),
    ("ьву", &["ев"]),
    ("влу", &["вел"]),
    ("ье", &["ья"]),
    ("ье", &["ей"]),
    ("ьи", &["ья"]),
    ("ии", &["ия"]),
    ("и", &["ь", "я"]),
    ("е", &["а", "я"]),
    ("ю", &["й", "ь"]),
    ("у", &[""]),
    ("ым", &["ые"]),
    ("им", &["ие"]),
    ("ам", &["ы", "и", "а"]),
    ("ям", &["и", "я"]),
];

/// The same for the genitive.
const GENITIVE: &[BeforeEnding] = &[
    ("ского", &["ский"]),
    ("цкого", &["цкий"]),
    ("ого", &["ый", "ой"]),
    ("его", &["ий"]),
    ("ьва", &["ев"]),
    ("вла", &["вел"]),
    ("ьи", &["ья"]),
    ("ии", &["ия"]),
    ("ы", &["а"]),
    ("и", &["а", "я", "ь"]),
    ("я", &["й", "ь"]),
    ("а", &[""]),
];

/// A first name by its dative: «Елене».
pub(in super::super) fn first_of_dative(word: &str) -> Option<String> {
    let is_it = |guess: &String| {
        let gender = known_first(&Letters::new(guess))?;
        (super::first(guess, Case::Dative, gender).text == word).then_some(())
    };
    guesses(word).into_iter().find(|guess| guess != word && is_it(guess).is_some())
}

/// The name in the nominative, if one is found that has this dative.
pub(in super::super) fn of_dative(full: &str, gender: Option<Gender>) -> Option<String> {
    of_case(full, Case::Dative, gender)
}

/// The name in the nominative, if one is found that has this genitive.
///
/// ```
/// use itog_lang::ru::name::of_genitive;
///
/// assert_eq!(of_genitive("Ивановой Анны Петровны").as_deref(), Some("Иванова Анна Петровна"));
/// assert_eq!(of_genitive("Иванова Анна Петровна"), None);
/// ```
#[must_use]
pub fn of_genitive(full: &str) -> Option<String> {
    of_case(full, Case::Genitive, None)
}

fn of_case(full: &str, case: Case, gender: Option<Gender>) -> Option<String> {
    let words: Vec<&str> = full.split_whitespace().collect();
    // One word alone may be anything, and names of more than four words have rules of their own.
    if !(2..=4).contains(&words.len()) {
        return None;
    }
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for word in &words {
        let guesses = if case == Case::Genitive { before(word, GENITIVE) } else { guesses(word) };
        found = found
            .iter()
            .flat_map(|begun| {
                guesses.iter().map(|guess| [begun.as_slice(), std::slice::from_ref(guess)].concat())
            })
            .collect();
    }
    // At least one word is known for a name, so that «Цой Инне» is not «Цой Инне».
    found.iter().find_map(|words| {
        let sure = |word: &String| {
            let letters = Letters::new(word);
            is_known(&letters) || patronymic_gender(&letters).is_some()
        };
        let text = words.join(" ");
        let name = FullName::parse(&text);
        let known = |part: &str| part.split(' ').all(|word| sure(&word.to_owned()));
        let gender = gender.or_else(|| name.gender()).or_else(|| {
            name.first.split(' ').next().and_then(|first| known_first(&Letters::new(first)))
        })?;
        let whole = !name.first.is_empty()
            && known(&name.first)
            && (name.middle.is_empty() || known(&name.middle));
        (whole && inflect(&text, case, Some(gender)).text == full).then_some(text)
    })
}

/// What a word in the dative may have been, the likelier first; the word itself is the last.
pub(in super::super) fn guesses(word: &str) -> Vec<String> {
    if let Some(stem) = ["вичу", "ьичу"].iter().find_map(|end| word.strip_suffix(end)) {
        let end = if word.ends_with("вичу") { "вич" } else { "ьич" };
        return vec![format!("{stem}{end}")];
    }
    if let Some(stem) = word.strip_suffix("не").filter(|stem| stem.ends_with(['в', 'ч'])) {
        return vec![format!("{stem}на")];
    }
    before(word, DATIVE)
}

/// What a word with one of these endings may have been; the word itself is the last.
fn before(word: &str, endings: &[BeforeEnding]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (end, befores) in FEMININE.iter().chain(endings) {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| !stem.is_empty()) {
            all.extend(befores.iter().map(|before| format!("{stem}{before}")));
        }
    }
    // «Цой», «Алсу», «Шевченко» stand still.
    all.push(word.to_owned());
    all
}

#[cfg(test)]
mod tests {
    use super::{of_dative, of_genitive};

    #[test]
    fn names_come_back_from_the_genitive() {
        for (genitive, nominative) in [
            ("Ивановой Марии Петровны", Some("Иванова Мария Петровна")),
            ("Пестрякова Игоря Юрьевича", Some("Пестряков Игорь Юрьевич")),
            ("Сидоренко Олега Ивановича", Some("Сидоренко Олег Иванович")),
            ("Белинского Льва Ильича", Some("Белинский Лев Ильич")),
            ("Ким Ольги Сергеевны", Some("Ким Ольга Сергеевна")),
            ("Кима Павла Фомича", Some("Ким Павел Фомич")),
            ("Гусевой Натальи Игоревны", Some("Гусева Наталья Игоревна")),
            ("Иванова Анна Петровна", None),
            ("школы № 3", None),
        ] {
            assert_eq!(of_genitive(genitive).as_deref(), nominative, "{genitive}");
        }
    }

    #[test]
    fn names_come_back() {
        for (dative, nominative) in [
            ("Ивановой Марии Петровне", "Иванова Мария Петровна"),
            ("Сидоренко Олегу Ивановичу", "Сидоренко Олег Иванович"),
            ("Цой Инне", "Цой Инна"),
            ("Дюма Элеоноре Карловне", "Дюма Элеонора Карловна"),
            ("Белинскому Льву Ильичу", "Белинский Лев Ильич"),
            ("Коваль Любови Андреевне", "Коваль Любовь Андреевна"),
            ("Андрею Седых", "Андрей Седых"),
            ("Галкиной Наталье Игоревне", "Галкина Наталья Игоревна"),
            ("Бобровской Юлии", "Бобровская Юлия"),
            ("Ткачу Павлу Фомичу", "Ткач Павел Фомич"),
        ] {
            assert_eq!(of_dative(dative, None).as_deref(), Some(nominative), "{dative}");
        }
    }

    #[test]
    fn what_is_no_dative_stays() {
        for text in ["Иванова Мария", "Школе № 5", "Хору Радуга", "Инне"]
        {
            let found = of_dative(text, None);
            assert!(found.is_none(), "{text}: {found:?}");
        }
    }
}
