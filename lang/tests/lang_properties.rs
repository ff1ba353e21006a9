//! What holds of the Russian functions for any text at all.

use itog_lang::ru::{
    self, Case, FullName, Gender, InitialsStyle, LineKind, Number, agree,
    hyphen::{Exceptions, breaks},
    inflect_line, name,
    number::{cardinal, letter, ordinal, roman},
    typography::typograph,
};
use proptest::prelude::*;

fn case() -> impl Strategy<Value = Case> {
    prop::sample::select(Case::ALL.to_vec())
}

fn gender() -> impl Strategy<Value = Option<Gender>> {
    prop::sample::select(vec![
        None,
        Some(Gender::Masculine),
        Some(Gender::Feminine),
        Some(Gender::Neuter),
    ])
}

/// Russian-looking text with everything that the rules look for.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[А-Яа-яЁё \\-]{0,40}",
        "[а-яА-Я0-9 .,\"«»„“”№§%:;!?()\\-–—/@\u{a0}\u{ad}\n]{0,60}"
    ]
}

fn letters(text: &str) -> String {
    text.chars().filter(|ch| ch.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_panics(text in text(), case in case(), gender in gender()) {
        for kind in [LineKind::Name, LineKind::Post, LineKind::Org] {
            let _ = inflect_line(kind, &text, case, gender);
        }
        let name = FullName::parse(&text);
        let _ = name.inflect(case, gender);
        let _ = name.greeting(gender);
        for style in [InitialsStyle::Before, InitialsStyle::After, InitialsStyle::Compact] {
            let _ = name.initials(style);
        }
        for number in [Number::Singular, Number::Plural] {
            let _ = agree::agree(&text, gender.unwrap_or(Gender::Feminine), number);
        }
    }

    #[test]
    fn the_nominative_stays(text in text(), gender in gender()) {
        prop_assert_eq!(name::inflect(&text, Case::Nominative, gender).text, text.clone());
        prop_assert_eq!(ru::post::inflect(&text, Case::Nominative, gender).text, text.clone());
        prop_assert_eq!(ru::org::inflect(&text, Case::Nominative).text, text);
    }

    /// All that may change of a word are its last four letters.
    #[test]
    fn the_head_of_a_word_stays(
        word in "[А-ЯЁ][а-яё]{4,14}",
        case in case(),
        gender in prop::sample::select(vec![Gender::Masculine, Gender::Feminine]),
    ) {
        let head: String = word.chars().take(word.chars().count() - 4).collect();
        for part in [name::surname, name::first, name::patronymic] {
            let form = part(&word, case, gender);
            prop_assert!(form.text.starts_with(&head), "{word} {form}");
        }
    }

    #[test]
    fn capitals_stay_capitals(word in "[А-ЯЁ]{2,12}", case in case()) {
        let form = name::surname(&word, case, Gender::Masculine).text;
        prop_assert!(!form.contains(char::is_lowercase), "{word} {form}");
    }

    #[test]
    fn typography_is_idempotent(text in text()) {
        let once = typograph(&text).into_owned();
        prop_assert_eq!(typograph(&once).into_owned(), once);
    }

    #[test]
    fn typography_keeps_letters_and_digits(text in text()) {
        // The exceptions: ordinals (5-ый becomes 5-й), sizes, powers and signs (10х15, м2, (с)).
        let text = text.replace(|ch: char| ch.is_ascii_digit(), "");
        let text = text.replace(['с', 'С', 'c', 'C'], "а");
        prop_assert_eq!(letters(&typograph(&text)), letters(&text));
    }

    #[test]
    fn soft_hyphens_stay(text in text()) {
        let count = |text: &str| text.matches('\u{ad}').count();
        prop_assert_eq!(count(&typograph(&text)), count(&text));
    }

    #[test]
    fn breaks_leave_two_letters_on_each_side(
        word in prop_oneof![
            "[а-яёА-Я]{0,40}",
            "\\PC{0,30}",
            "[a-zA-Z-]{0,60}",
            "[а-я]{2,12}-[а-я]{2,12}"
        ],
    ) {
        let places = breaks(&word, &Exceptions::none());
        prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
        for at in places {
            prop_assert!(word.is_char_boundary(at) && at > 0 && at < word.len());
            let letters = |ch: &char| ch.is_alphabetic();
            let before = word[..at].chars().rev().take_while(letters).count();
            let after = word[at..].chars().take_while(letters).count();
            prop_assert!(before >= 2 && after >= 2, "{word} {at}");
        }
    }

    #[test]
    fn numbers_in_words_are_words(
        n in any::<u64>(),
        case in case(),
        gender in prop::sample::select(vec![
            Gender::Masculine,
            Gender::Feminine,
            Gender::Neuter
        ]),
    ) {
        for words in [cardinal(n, gender, case), ordinal(n, gender, case)] {
            prop_assert!(words.split(' ').all(|word| !word.is_empty()), "{words:?}");
        }
        let n = (n % 5000) as u32;
        prop_assert_eq!(roman(n).is_some(), (1..4000).contains(&n));
        prop_assert_eq!(letter(n).is_empty(), n == 0);
    }
}
