//! Common words in phrases: how an adjective or a noun of a post or an organisation declines.

mod adjective;
mod consonant;
mod lists;

use super::grammar::{Basis, Case, Gender};
use super::name::a_endings;
use super::plural;
use super::word::{EndingPattern, Endings, Letters, ends, is_vowel, push_form};
use crate::ru::is_letter;
pub(super) use adjective::{adjective, adjective_gender, is_noun_like_adjective, plural_of_digits};
use consonant::consonant;
pub(super) use lists::INDECLINABLE;
use lists::{
    FLEETING_EY, FLEETING_SOFT, NEUTER_IN_YA, OK_KEEPS, STRESSED_HISSING, STRESSED_IN_A,
    UNSTRESSED_ETS,
};

/// How one word of a phrase changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordChange {
    pub(super) pattern: EndingPattern,
    pub(super) gender: Gender,
    /// Whether a masculine word, or one in the plural, names a living being, so that its accusative
    /// is its genitive.
    pub(super) animate: bool,
    pub(super) plural: bool,
}

impl WordChange {
    /// Adds `word` in `case` to `out`.
    pub(super) fn push(&self, out: &mut String, word: &str, case: Case) {
        // Only masculine nouns and plurals tell persons from things in the accusative; feminine
        // ones have a form of their own, and neuter ones repeat the nominative.
        let thing = match (self.plural, self.gender) {
            (true, _) | (_, Gender::Masculine) => !self.animate,
            (_, gender) => gender == Gender::Neuter,
        };
        let kept = case == Case::Accusative && thing;
        // Persons in the plural: «наградить работников».
        let case = if self.plural && self.animate && case == Case::Accusative {
            Case::Genitive
        } else {
            case
        };
        push_form(out, word, (!kept).then_some(self.pattern), case);
    }
}

/// Adds a word in a case, or as it is if nothing changes it.
pub(super) fn push(out: &mut String, word: &str, change: Option<WordChange>, case: Case) {
    match change {
        Some(change) => change.push(out, word, case),
        None => out.push_str(word),
    }
}

const MOTHER: Endings = ["ери", "ери", "ь", "ерью", "ери"];
/// церковь without «овь».
const CHURCH: Endings = ["ви", "ви", "овь", "овью", "ви"];
const IYE: Endings = ["я", "ю", "е", "ем", "и"];
const YE: Endings = ["я", "ю", "е", "ем", "е"];
/// время, знамя without «я».
const TIME: Endings = ["ени", "ени", "я", "енем", "ени"];
const SOFT_THIRD: Endings = ["и", "и", "ь", "ью", "и"];
/// Declines a noun in the nominative of either number; `None` when it does not change. `attribute`
/// is the gender of an adjective before it.
pub(super) fn noun(word: &Letters, animate: bool, attribute: Option<Gender>) -> Option<WordChange> {
    if word.len() < 3 || stands_still(word) || is_ministry(word) {
        return None;
    }
    plural::noun(word, animate)
        .map(|(change, _)| change)
        .or_else(|| singular(word, animate, attribute))
}

/// The same of a noun that is known to be a singular: «Бурятия» is none of several things.
// Over 60 lines: one arm for each ending of a noun.
pub(super) fn singular(
    word: &Letters,
    animate: bool,
    attribute: Option<Gender>,
) -> Option<WordChange> {
    if stands_still(word) {
        return None;
    }
    let masculine = |cut, endings| {
        Some(WordChange {
            pattern: EndingPattern::new(cut, endings),
            gender: Gender::Masculine,
            animate,
            plural: false,
        })
    };
    let feminine = |cut, endings| {
        Some(WordChange {
            pattern: EndingPattern::new(cut, endings),
            gender: Gender::Feminine,
            animate,
            plural: false,
        })
    };
    let neuter = |cut, endings| {
        Some(WordChange {
            pattern: EndingPattern::new(cut, endings),
            gender: Gender::Neuter,
            animate,
            plural: false,
        })
    };
    match word.back(0) {
        'а' if word.within(STRESSED_IN_A) => feminine(1, &ends::A_VELAR),
        'а' => feminine(1, a_endings(word.back(1))),
        'я' if word.within(NEUTER_IN_YA) => neuter(1, &TIME),
        'я' => feminine(1, if word.back(1) == 'и' { &ends::IYA } else { &ends::YA }),
        'ь' if word.is("мать") || word.is("дочь") => feminine(1, &MOTHER),
        'ь' if word.is("церковь") => feminine(3, &CHURCH),
        'ь' if word.within(FLEETING_SOFT) && attribute != Some(Gender::Feminine) => {
            let stem = if word.back(1) == 'н' { "н" } else { "р" };
            Some(WordChange {
                pattern: EndingPattern::with_stem(3, stem, &ends::SOFT),
                gender: Gender::Masculine,
                animate,
                plural: false,
            })
        }
        // A noun in -ь has either gender, and its ending does not tell; an adjective before it
        // does: «областная площадь».
        'ь' if attribute == Some(Gender::Feminine) || is_feminine_soft(word) => {
            feminine(1, &SOFT_THIRD)
        }
        'й' if word.within(FLEETING_EY) => masculine(2, &ends::EY),
        // The prepositional of -ий is -ии: «в санатории», but «в музее».
        'й' if word.ends("ий") => masculine(1, &ends::IY),
        'ь' | 'й' => masculine(1, &ends::SOFT),
        'е' if word.is("подмастерье") => masculine(1, &ends::SOFT),
        // Of people only «лицо» and the like are neuter; «маэстро», «врио», «сомелье» stand still.
        'о' | 'е' if animate && !word.ends_any(&["лицо", "ило", "це", "чко", "шко"]) => {
            None
        }
        'о' => neuter(1, &ends::HARD),
        // And so it is of -ие: «в здании», but «в подполье».
        'е' if word.back(1) == 'и' => neuter(1, &IYE),
        'е' if word.back(1) == 'ь' || word.within("море поле") => neuter(1, &YE),
        'е' if matches!(word.back(1), 'щ' | 'ц') => neuter(1, &ends::HISSING),
        last if is_vowel(last) || last == 'ъ' || !is_letter(last) => None,
        _ => Some(WordChange {
            pattern: consonant(word),
            gender: Gender::Masculine,
            animate,
            plural: false,
        }),
    }
}

/// «Минкультуры», «Минобороны», «Минпросвещения»: the second part is a genitive already; but
/// «Минфин», «Минздрав».
pub(super) fn is_ministry(word: &Letters) -> bool {
    word.starts_any(&["мин"])
        && (word.ends_any(&["культуры", "науки", "обороны", "природы", "просвещения", "цифры"])
            || word.ends_any(&["развития", "образования", "энерго", "печати", "связи"]))
}

/// Whether a noun never changes, by itself or as the end of a compound: «профбюро».
fn stands_still(word: &Letters) -> bool {
    word.within(INDECLINABLE)
        || word.ends_any(&[
            "бюро",
            "кафе",
            "депо",
            "ателье",
            "жюри",
            "энерго",
            "радио",
            "метро",
            "шоу",
        ])
}

/// A noun that never changes, so that what agrees with it is known: «городское бюро».
pub(super) fn indeclinable(word: &Letters, attribute: Option<Gender>) -> Option<WordChange> {
    const STILL: Endings = ["", "", "", "", ""];
    let gender = attribute.unwrap_or(Gender::Neuter);
    let pattern = EndingPattern::new(0, &STILL);
    (stands_still(word) || is_ministry(word)).then_some(WordChange {
        pattern,
        gender,
        animate: false,
        plural: false,
    })
}

/// The ends of feminine nouns in a soft sign.
const FEMININE_SOFT: [&str; 81] = [
    "сть",
    "сеть",
    "область",
    "нефть",
    "артель",
    "ветвь",
    "площадь",
    "степь",
    "печать",
    "связь",
    "магистраль",
    "модель",
    "мебель",
    "очередь",
    "помощь",
    "молодежь",
    "еть",
    "адь",
    "ать",
    "ядь",
    "ечь",
    "очь",
    "централь",
    "мощь",
    "рысь",
    "мысль",
    "жизнь",
    "гавань",
    "постель",
    "форель",
    "акварель",
    "карусель",
    "сибирь",
    "степень",
    "ступень",
    "мишень",
    "осень",
    "зелень",
    "сирень",
    "цитадель",
    "метель",
    "параллель",
    "пастель",
    "панель",
    "капель",
    "колыбель",
    "свирель",
    "утварь",
    "мель",
    "оттепель",
    "бандероль",
    "роль",
    "соль",
    "боль",
    "цель",
    "сталь",
    "шаль",
    "печаль",
    "медаль",
    "деталь",
    "педаль",
    "ткань",
    "дань",
    "лань",
    "казань",
    "нить",
    "смерть",
    "кровь",
    "любовь",
    "морковь",
    "верфь",
    "дверь",
    "ось",
    "ночь",
    "речь",
    "вещь",
    "рожь",
    "ложь",
    "мышь",
    "тишь",
    "дочь",
];

fn is_feminine_soft(word: &Letters) -> bool {
    // These end as feminine ones do, and are masculine.
    const MASCULINE: [&str; 7] =
        ["гость", "тесть", "контроль", "король", "пароль", "шмель", "лось"];
    word.is("тень") || !word.ends_any(&MASCULINE) && word.ends_any(&FEMININE_SOFT)
}

/// How sure the form of a noun is by its ending alone.
pub(super) fn basis(word: &Letters, animate: bool) -> Basis {
    if is_ministry(word) || stands_still(word) {
        return Basis::Ending;
    }
    if let Some((_, basis)) = plural::noun(word, animate) {
        return basis;
    }
    // Which endings leave a choice was counted over the 60,000 nouns of a dictionary (OpenCorpora):
    // one is sure if fewer than two in a hundred of its words decline otherwise.
    let known = match word.back(0) {
        'ь' => {
            is_feminine_soft(word)
                || word.within(FLEETING_SOFT)
                || word.ends_any(&["тель", "арь", "ансамбль", "сель", "кель"])
        }
        'о' => {
            word.ends_any(&["во", "ище", "ло", "шко", "чко", "кно"]) || word.within(INDECLINABLE)
        }
        'е' => {
            matches!(word.back(1), 'и' | 'ь' | 'ц')
                || word.ends("ище")
                || word.within("море поле")
                || word.within(INDECLINABLE)
        }
        'к' if word.ends("ок") && word.syllables() > 1 => {
            word.ends("лок") && !word.ends_any(&["блок", "волок"])
                || word.ends_any(&["жок", "чок", "шок", "онок", "енок", "участок", "поселок"])
                || word.ends_any(&["зок", "нок", "пок", "сок"])
                || word.within(OK_KEEPS)
        }
        // The instrumental is stressed in half of them: «монтажом», «репортажем».
        'к' if word.ends("ек") && word.syllables() > 1 => !word.yo_at(1),
        'ж' => !word.ends_any(&["раж", "таж"]) || word.within(STRESSED_HISSING),
        'ш' => !word.ends("ыш") || word.within(STRESSED_HISSING),
        // A consonant or -а, -я leaves no choice; other vowels may be words that never change.
        last => !is_vowel(last) || matches!(last, 'а' | 'я'),
    };
    if known { Basis::Ending } else { Basis::Likeness }
}

/// Whether a noun in -ец is a short one with a stressed stem: «немец».
pub(super) fn is_unstressed_ets(word: &Letters) -> bool {
    word.within(UNSTRESSED_ETS)
}
