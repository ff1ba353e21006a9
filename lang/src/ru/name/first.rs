//! First names and names of other peoples that stand in the place of a patronymic.
//!
//! Sources: Rosenthal, § 149; Superanskaya, «Словарь русских личных имён», for Christian names;
//! «Грамота.ру» on foreign names of women in a soft consonant.

use super::lists;
use super::surname::{a_endings, is_fixed};
use crate::ru::grammar::Gender;
use crate::ru::is_letter;
use crate::ru::word::{EndingPattern, Letters, WordVerdict, ends, is_vowel};

const SOFT_FEMININE: &str =
    "иноязычное женское имя на мягкий согласный может склоняться или не склоняться";

/// The paradigm of one part of a first name.
pub(super) fn rule(word: &Letters, gender: Gender) -> WordVerdict {
    if is_fixed(word) {
        return WordVerdict::SAME;
    }
    match gender {
        Gender::Feminine => feminine(word),
        _ => masculine(word),
    }
}

/// Whether a man's name is at home in Russian, so that it changes as the first part of a double
/// one, too.
pub(super) fn is_common(word: &Letters) -> bool {
    word.within(lists::MEN) || word.within(lists::MEN_IN_A) || is_vowel(word.back(0))
}

fn feminine(word: &Letters) -> WordVerdict {
    match word.back(0) {
        'а' if is_vowel(word.back(1)) => WordVerdict::SAME,
        'а' => WordVerdict::cut(1, a_endings(word.back(1))),
        'я' => in_ya(word),
        'ь' => {
            let soft = EndingPattern::new(1, &ends::FEMININE_SOFT);
            // Любовь – Любови: the name keeps the vowel that the noun loses.
            if word.is("любовь") || word.within(lists::SOFT_FEMININE) {
                WordVerdict::sure(soft)
            } else if word.ends_any(&["гуль", "гюль"]) {
                // Turkic and Persian names of women stand still: Айгуль, Нургюль.
                WordVerdict::SAME
            } else {
                WordVerdict::SAME.or(Some(soft), SOFT_FEMININE)
            }
        }
        _ => WordVerdict::SAME,
    }
}

/// Мария → Марии, but two ways for the one-syllable stems (Лия, Зия).
fn in_ya(word: &Letters) -> WordVerdict {
    // Дарья – Дарье, but Мария – Марии.
    if word.back(1) != 'и' {
        return WordVerdict::cut(1, &ends::YA);
    }
    let iya = WordVerdict::cut(1, &ends::IYA);
    if word.len() <= 4 && word.syllables() <= 2 || word.is("асия") {
        return iya.or(
            Some(EndingPattern::new(1, &ends::YA)),
            "у короткого имени на -ия возможен и дательный на -ие",
        );
    }
    iya
}

fn masculine(word: &Letters) -> WordVerdict {
    if let Some(known) = closed_class(word) {
        return known;
    }
    match word.back(0) {
        'а' if is_vowel(word.back(1)) => WordVerdict::SAME,
        'а' => WordVerdict::cut(1, a_endings(word.back(1))),
        'я' if word.is("николя") => WordVerdict::SAME,
        'я' => in_ya(word),
        'й' if word.ends("ий") && word.syllables() > 1 => WordVerdict::cut(1, &ends::IY),
        'й' | 'ь' => WordVerdict::cut(1, &ends::SOFT),
        // «Хёк» has no other vowel to keep.
        'к' if word.ends("ек")
            && word.syllables() > 1
            && (word.yo_at(1) || word.within(lists::SOFT_EK)) =>
        {
            WordVerdict::sure(EndingPattern::with_stem(2, "ьк", &ends::HARD))
        }
        'к' if word.within(lists::PET_NAMES_IN_OK) => {
            WordVerdict::sure(EndingPattern::with_stem(2, "к", &ends::HARD))
        }
        'ч' if word.within(lists::STRESSED_ICH) => WordVerdict::cut(0, &ends::HARD),
        'ж' | 'ч' | 'ш' | 'щ' | 'ц' => WordVerdict::cut(0, &ends::HISSING),
        last if is_vowel(last) || last == 'ъ' || !is_letter(last) => WordVerdict::SAME,
        _ => WordVerdict::cut(0, &ends::HARD),
    }
}

/// The names with a fleeting vowel, and the Slavic ones in -о: both lists are complete.
fn closed_class(word: &Letters) -> Option<WordVerdict> {
    // Пётр – Петра, Лев – Льва, Павел – Павла: a vowel changes or is lost.
    if word.is("петр") {
        return Some(WordVerdict::sure(EndingPattern::with_stem(3, "етр", &ends::HARD)));
    }
    if word.is("лев") {
        return Some(WordVerdict::sure(EndingPattern::with_stem(2, "ьв", &ends::HARD)));
    }
    if word.is("павел") {
        return Some(WordVerdict::cut_to("л"));
    }
    if word.back(0) != 'о' {
        return None;
    }
    // Михайло – Михайлы, but Марко – Марка.
    if word.within(lists::NAMES_IN_LO) {
        return Some(WordVerdict::cut(1, &ends::A));
    }
    word.within(lists::NAMES_IN_O).then_some(WordVerdict::cut(1, &ends::HARD))
}

impl WordVerdict {
    const fn cut_to(stem: &'static str) -> Self {
        Self::sure(EndingPattern::with_stem(2, stem, &ends::HARD))
    }
}
