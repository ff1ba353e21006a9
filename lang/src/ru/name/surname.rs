//! Surnames: one part of a surname and the sex of its bearer give the paradigm.
//!
//! Sources: Rosenthal, «Справочник по правописанию», § 149–150; «Грамота.ру», «Склонение фамилий»;
//! Kalakutskaya, «Фамилии. Имена. Отчества» (1994) for the vowel that may stay in noun surnames.

use super::lists;
use super::parts::{NamePart, NameToken, NameTokens};
use crate::ru::grammar::Gender;
use crate::ru::is_letter;
use crate::ru::phrase::WordChange;
use crate::ru::word::{EndingPattern, Endings, Letters, WordVerdict, ends, is_vowel};

const STRESSED_A: &str = "французская фамилия на ударное -а не склоняется";
const NOUN_IN_AYA: &str = "фамилия на -ая может быть прилагательным и существительным";
const NOUN_IN_OY: &str = "фамилия на -ой может быть прилагательным и существительным";

/// What a first name lets doubt of the surname beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SurnameDoubt {
    None,
    /// «Эдгар Дега»: of French surnames in -а most are stressed there.
    French,
    /// «Натела Лабадая»: Georgian surnames in -ая are no adjectives.
    Georgian,
}

impl SurnameDoubt {
    pub(super) fn of(tokens: &NameTokens<'_>) -> Self {
        // A look at the last letters spares the lists for most names.
        let surname = tokens.iter().find(|token| token.role == NamePart::Surname);
        let open = |token: &&NameToken<'_>| {
            matches!(token.letters.back(0), 'а' | 'я')
                && !token.letters.ends_any(&["ова", "ева", "ина", "ская", "цкая"])
        };
        if surname.filter(open).is_none() {
            return Self::None;
        }
        let of = |list| {
            tokens.iter().any(|token| token.role == NamePart::First && token.letters.within(list))
        };
        let russian = tokens.iter().any(|token| token.role == NamePart::Patronymic);
        if !russian && of(lists::FRENCH) {
            Self::French
        } else if of(lists::GEORGIAN) {
            Self::Georgian
        } else {
            Self::None
        }
    }
}

impl WordVerdict {
    pub(super) fn doubted(self, word: &Letters, doubt: SurnameDoubt) -> Self {
        let moved = self.pattern.is_some() && self.other.is_none();
        match doubt {
            SurnameDoubt::French if moved => self.or(None, STRESSED_A),
            SurnameDoubt::Georgian
                if moved && word.ends("ая") && !word.ends_any(&["ская", "цкая"]) =>
            {
                self.or(Some(EndingPattern::new(1, &ends::YA)), NOUN_IN_AYA)
            }
            _ => self,
        }
    }
}

const KEPT_VOWEL: &str = "в фамилии-существительном беглая гласная может и сохраняться";
const POLISH_IN_SKA: &str =
    "польская фамилия на -ска склоняется как прилагательное, реже как существительное";
const CZECH_IN_Y: &str = "чешская фамилия на -ы и склоняется, и остаётся";
const NOUN_OR_ADJECTIVE: &str =
    "женская фамилия на -ова, -ева, -ина может склоняться и как существительное";

/// Whether a part of a name never changes: a single letter, or a word like «оглы» and «кызы».
pub(super) fn is_fixed(word: &Letters) -> bool {
    // No word of the list is longer, and most surnames are: they are not sought in it.
    word.len() < 2 || word.len() < 6 && word.within(lists::FIXED_LAST)
}

/// The paradigm of one part of a surname.
pub(super) fn rule(word: &Letters, gender: Gender) -> WordVerdict {
    if is_fixed(word) {
        return WordVerdict::SAME;
    }
    match gender {
        Gender::Feminine => feminine(word),
        _ => masculine(word),
    }
}

/// A surname in the plural: Ивановы, Белые, Орловские; `None` for one that has no plural of its own
/// (Черных, Ткаченко, Дюма) and for any other word.
pub(crate) fn plural(word: &Letters) -> Option<WordChange> {
    const POSSESSIVE: Endings = ["ых", "ым", "ых", "ыми", "ых"];
    const VELAR: Endings = ["их", "им", "их", "ими", "их"];
    // Shorter words are names or plurals of things: «вины», «Ины», «новые».
    let (cut, endings) = if word.len() > 4 && word.ends_any(&["овы", "евы", "ины", "ыны"])
    {
        (1, &POSSESSIVE)
    } else if word.len() > 4 && word.ends("ые") {
        (2, &POSSESSIVE)
    } else if word.len() > 5
        && word.ends_any(&["ские", "цкие", "кие", "гие", "хие", "жие", "шие", "чие", "ние"])
    {
        (2, &VELAR)
    } else {
        return None;
    };
    let pattern = EndingPattern::new(cut, endings);
    Some(WordChange { pattern, gender: Gender::Masculine, animate: true, plural: true })
}

fn feminine(word: &Letters) -> WordVerdict {
    match word.back(0) {
        'а' if word.ends("зода") => zoda(),
        // Ковальска and Новицка without -я are written as they are said in Polish, where they are
        // adjectives.
        'а' if word.len() > 6
            && word.ends_any(&["нска", "вска", "льска", "рска", "ецка", "ицка"]) =>
        {
            let noun = EndingPattern::new(1, &ends::A_VELAR);
            WordVerdict::cut(1, &ends::POSSESSIVE_F).or(Some(noun), POLISH_IN_SKA)
        }
        'а' => {
            if !word.ends_any(&["ова", "ева", "ина", "ына"]) {
                return noun_in_a(word).map_or(WordVerdict::SAME, WordVerdict::sure);
            }
            // Иванова has the endings of a possessive adjective, «Ивановой» in all oblique cases
            // but the accusative.
            let possessive = EndingPattern::new(1, &ends::POSSESSIVE_F);
            // Four letters leave no room for a stem and a suffix: Бова, Рева, Шина.
            if word.len() <= 4 {
                return WordVerdict::cut(1, &ends::A);
            }
            if word.within(lists::NOUNS_IN_OVA_INA) {
                return WordVerdict::cut(1, &ends::A).or(Some(possessive), NOUN_OR_ADJECTIVE);
            }
            let verdict = WordVerdict::sure(possessive);
            if word.within(lists::DOUBLE_IN_INA) {
                verdict.or(Some(EndingPattern::new(1, &ends::A)), NOUN_OR_ADJECTIVE)
            } else {
                verdict
            }
        }
        'я' => {
            if word.ends_any(&["ая", "яя"])
                && word.len() > 3
                // Names that only end like Толстая: the man has the same.
                && !word.within(lists::CAUCASIAN_IN_AYA)
            {
                return adjective_feminine(word);
            }
            if word.is("третья") {
                WordVerdict::cut(1, &ends::ADJ_POSSESSIVE_F)
            } else {
                noun_in_ya(word)
            }
        }
        _ => WordVerdict::SAME,
    }
}

fn adjective_feminine(word: &Letters) -> WordVerdict {
    // Soft: Зимняя, Верхняя.
    if word.back(1) == 'я' {
        return WordVerdict::cut(2, &ends::ADJ_F_SOFT);
    }
    let hissing = matches!(word.back(2), 'ж' | 'ч' | 'ш' | 'щ' | 'ц')
        && !word.within(lists::STRESSED_HISSING);
    WordVerdict::cut(2, if hissing { &ends::ADJ_F_HISSING } else { &ends::ADJ_F })
}

fn masculine(word: &Letters) -> WordVerdict {
    match word.back(0) {
        'а' if word.ends("зода") => zoda(),
        'а' => noun_in_a(word).map_or(WordVerdict::SAME, WordVerdict::sure),
        'я' => noun_in_ya(word),
        'й' => in_y(word),
        'ь' => in_soft_sign(word),
        'х' if word.ends_any(&["их", "ых"]) && is_frozen_adjective(word) => WordVerdict::SAME,
        'ц' if (word.ends("ец") && word.syllables() > 1) || word.is("заяц") => in_ets(word),
        'к' if word.ends_any(&["ок", "ек"]) => in_ok(word),
        'в' | 'н' => possessive_or_noun(word),
        'ы' if word.len() > 4 && word.ends("ны") && !is_vowel(word.back(2)) => {
            WordVerdict::SAME.or(Some(EndingPattern::new(1, &ends::ADJ)), CZECH_IN_Y)
        }
        'л' | 'р' | 'т' | 'с' => fleeting(word).unwrap_or_else(|| consonant(word)),
        last if is_vowel(last) || last == 'ъ' || !is_letter(last) => WordVerdict::SAME,
        _ => consonant(word),
    }
}

/// Tajik Расулзода: usage stands it still and declines it.
const fn zoda() -> WordVerdict {
    WordVerdict::SAME
        .or(Some(EndingPattern::new(1, &ends::A)), "фамилию на -зода и склоняют, и оставляют")
}

/// Сорока, Скала, Глинка; `None` for French Дюма and for а after a vowel (Галуа, Гарсиа).
fn noun_in_a(word: &Letters) -> Option<EndingPattern> {
    if is_vowel(word.back(1)) || word.within(lists::STRESSED_FINAL) {
        return None;
    }
    // Левшой, Гнильцой.
    if matches!(word.back(1), 'ж' | 'ч' | 'ш' | 'щ' | 'ц') && word.within(lists::STRESSED_IN_A)
    {
        // Under stress -ой follows ц and the hissing alike; -ы stands after ц, -и after the others.
        let ts = word.back(1) == 'ц';
        return Some(EndingPattern::new(1, if ts { &ends::A } else { &ends::A_VELAR }));
    }
    Some(EndingPattern::new(1, a_endings(word.back(1))))
}

pub(crate) const fn a_endings(before: char) -> &'static [&'static str; 5] {
    match before {
        'г' | 'к' | 'х' => &ends::A_VELAR,
        'ж' | 'ч' | 'ш' | 'щ' => &ends::A_HISSING,
        'ц' => &ends::A_TS,
        _ => &ends::A,
    }
}

/// Зозуля, Берия; French Золя stays.
fn noun_in_ya(word: &Letters) -> WordVerdict {
    if word.within(lists::STRESSED_FINAL) {
        return WordVerdict::SAME;
    }
    WordVerdict::cut(1, if word.back(1) == 'и' { &ends::IYA } else { &ends::YA })
}

/// Черных, Долгих are old genitives and never change; German Эрлих, Ульрих and one-syllable Мних
/// are nouns.
fn is_frozen_adjective(word: &Letters) -> bool {
    if word.syllables() < 2 {
        // The only adjectives of one syllable among surnames.
        return word.is("злых") || word.is("лихих");
    }
    if word.within(lists::NOUNS_IN_IKH) {
        return false;
    }
    // «Карих» is of «карий», not like Рерих, Эрих.
    if word.is("карих") {
        return true;
    }
    // Средних, Крайних have a consonant before -них, German Миних, Юних a vowel.
    let german = word.back(2) == 'н' && is_vowel(word.back(3)) && !word.is("синих");
    word.back(1) == 'ы'
        // These consonants do not stand before -их of an adjective, whose stem is hard there
        // (добрых): Рихтих, Эрих.
        || !german
            && !matches!(
                word.back(2),
                'б' | 'в' | 'д' | 'з' | 'л' | 'м' | 'п' | 'р' | 'с' | 'т' | 'ф'
            )
}

/// Иванов, Никитин: the instrumental in -ым; foreign Чаплин and one-syllable Цин, Лин in -ом.
fn possessive_or_noun(word: &Letters) -> WordVerdict {
    if word.is("лев") {
        return WordVerdict::sure(EndingPattern::with_stem(2, "ьв", &ends::HARD))
            .or(Some(EndingPattern::new(0, &ends::HARD)), KEPT_VOWEL);
    }
    // Ивановым, but Дарвином, Чаплином: foreign names have a noun's instrumental.
    // Russian -ын stands after ц (Синицын), any other is a Turkic name's (Чамзырын).
    // Arabic names in -дин are none of these: Зарафутдин.
    let possessive = word.ends_any(&["ов", "ев", "ин", "цын"])
        && (word.syllables() > 1 || word.is("львов"))
        && !word.ends_any(&["тдин", "ддин"])
        && !word.within(lists::FOREIGN_OV_IN);
    WordVerdict::cut(0, if possessive { &ends::POSSESSIVE } else { &ends::HARD })
}

fn in_y(word: &Letters) -> WordVerdict {
    match word.back(1) {
        'ы' => WordVerdict::cut(2, &ends::ADJ),
        'и' => in_iy(word),
        'о' => in_oy(word),
        // Соловей – Соловья, though some families say Соловея.
        'е' if word.within(lists::FLEETING_EY) => {
            WordVerdict::sure(EndingPattern::new(2, &ends::EY))
                .or(Some(EndingPattern::new(1, &ends::SOFT)), KEPT_VOWEL)
        }
        _ => WordVerdict::cut(1, &ends::SOFT),
    }
}

/// Долгий, Горячий, Летний are adjectives; Кий, Палий, Арсений are nouns.
fn in_iy(word: &Letters) -> WordVerdict {
    if word.ends_any(&["ский", "цкий"]) {
        return WordVerdict::cut(2, &ends::ADJ_VELAR);
    }
    if word.syllables() < 2 {
        return WordVerdict::cut(1, &ends::SOFT);
    }
    // Its stem is softened in all cases but this one: Третьего.
    if word.is("третий") {
        return WordVerdict::cut(2, &ends::ADJ_POSSESSIVE);
    }
    if word.within(lists::POSSESSIVE_IY) {
        return WordVerdict::sure(EndingPattern::new(1, &ends::IY)).or(
            Some(EndingPattern::new(2, &ends::ADJ_POSSESSIVE)),
            "фамилия на -ий может быть и притяжательным прилагательным",
        );
    }
    // Turkic names in -джий come of a trade and are nouns: Бояджий, Калайджий.
    let noun = word.within(lists::NOUNS_IN_IY) || word.ends("джий");
    let adjective = match word.back(2) {
        _ if noun => None,
        'г' | 'к' | 'х' => Some(&ends::ADJ_VELAR),
        'ж' | 'ч' | 'ш' | 'щ' | 'ц' => Some(&ends::ADJ_SOFT),
        // A vowel before -ний is the mark of a Christian name (Антоний, Евгений), a consonant that
        // of an adjective (Летний, Крайний).
        'н' if !is_vowel(word.back(3)) || word.is("синий") => Some(&ends::ADJ_SOFT),
        _ => None,
    };
    adjective.map_or(WordVerdict::cut(1, &ends::IY), |endings| WordVerdict::cut(2, endings))
}

/// Толстой is an adjective; Герой and one-syllable Цой are nouns.
fn in_oy(word: &Letters) -> WordVerdict {
    let adjective = (word.syllables() > 1 || word.is("злой")) && !word.within(lists::NOUNS_IN_OY);
    if !adjective {
        return WordVerdict::cut(1, &ends::SOFT);
    }
    // After these и is written for ы: Крутым, but Большим.
    let velar = matches!(word.back(2), 'г' | 'к' | 'х' | 'ж' | 'ч' | 'ш' | 'щ');
    let verdict = WordVerdict::cut(2, if velar { &ends::ADJ_VELAR } else { &ends::ADJ });
    // Nouns made of a verb («Водобой») end like these; adjectives of them are few («Рябой»).
    let noun = word.ends_any(&["бой", "пой", "зой", "мой", "рой"])
        && !word.ends_any(&[
            "ябой",
            "убой",
            "лепой",
            "упой",
            "емой",
            "амой",
            "ырой",
            "орой",
            "урой",
        ]);
    if noun { verdict.or(Some(EndingPattern::new(1, &ends::SOFT)), NOUN_IN_OY) } else { verdict }
}

fn in_soft_sign(word: &Letters) -> WordVerdict {
    // Мышь, Речь: spelling allows no я, ю after a hissing consonant.
    let hissing = matches!(word.back(1), 'ж' | 'ч' | 'ш' | 'щ');
    let kept = EndingPattern::new(1, if hissing { &ends::HISSING } else { &ends::SOFT });
    if !word.within(lists::FLEETING_SOFT) {
        // An unknown surname in -ень keeps its vowel, but a speaker who hears a common noun in it
        // drops it.
        let doubtful =
            word.ends("ень") && word.syllables() > 1 && !word.ends_any(&["лень", "мень", "шень"]);
        return if doubtful {
            WordVerdict::sure(kept).or(fleeting_soft(word), KEPT_VOWEL)
        } else {
            WordVerdict::sure(kept)
        };
    }
    fleeting_soft(word).map_or(WordVerdict::sure(kept), |short| {
        WordVerdict::sure(short).or(Some(kept), KEPT_VOWEL)
    })
}

/// Кремень → Кремн-я, Журавель → Журавл-я, Огонь → Огн-я.
fn fleeting_soft(word: &Letters) -> Option<EndingPattern> {
    let stem = match word.back(1) {
        'н' => "н",
        'л' => "л",
        'т' => "т",
        'р' => "р",
        _ => return None,
    };
    Some(EndingPattern::with_stem(3, stem, &ends::SOFT))
}

fn in_ets(word: &Letters) -> WordVerdict {
    // Families say Зайцу and Заяцу.
    if word.is("заяц") {
        let kept = EndingPattern::new(0, &ends::HISSING);
        return WordVerdict::sure(ets_pattern(word)).or(Some(kept), KEPT_VOWEL);
    }
    WordVerdict::sure(if word.within(lists::ETS_KEEPS) {
        EndingPattern::new(0, &ends::HISSING)
    } else {
        ets_pattern(word)
    })
}

/// Кравец → Кравц-а, Стрелец → Стрельц-а, Коломиец → Коломийц-а; Мудрец keeps the vowel that parts
/// three consonants.
fn ets_pattern(word: &Letters) -> EndingPattern {
    // Скворцом, but Зайцем: -о- under stress only.
    let endings = if ets_is_stressed(word) { &ends::HARD } else { &ends::HISSING };
    ets_stem(word)
        .map_or(EndingPattern::new(0, endings), |stem| EndingPattern::with_stem(2, stem, endings))
}

/// What takes the place of -ец where its vowel falls out.
pub(crate) fn ets_stem(word: &Letters) -> Option<&'static str> {
    // Стрелец – Стрельца, Заец – Зайца, Скворец – Скворца, but Жнец – Жнеца: no three consonants
    // in a row.
    let (before, second) = (word.back(2), word.back(3));
    match before {
        'л' if is_vowel(second) => Some("ьц"),
        // A vowel and ц need й between them: Коломийца.
        _ if is_vowel(before) => Some("йц"),
        _ if is_vowel(second) || splits_easily(second, before) => Some("ц"),
        _ => None,
    }
}

/// Whether two consonants can stand before ц: истца, столбца — but мудреца, чернеца.
const fn splits_easily(first: char, second: char) -> bool {
    matches!(
        (first, second),
        ('с', 'т') | ('н', 'д') | ('л' | 'р', 'б' | 'п') | ('ь' | 'ъ' | 'й', _)
    ) || first as u32 == second as u32
}

/// Кравцо́м but Украи́нцем: the stress leaves the ending in names of inhabitants and after more
/// than one syllable with и, й or о before it.
fn ets_is_stressed(word: &Letters) -> bool {
    if word.within(lists::UNSTRESSED_ETS) {
        return false;
    }
    !word.ends_any(&[
        "заяц",
        "заец",
        "андец",
        "атец",
        "инец",
        "анец",
        "янец",
        "енец",
        "осец",
        "омец",
        "емец",
        "имец",
        "иец",
        "аец",
        "еец",
        "оец",
        "елец",
        "ожец",
        "усец",
        "олец",
        "овец",
        "евец",
        "ивец",
        "арец",
        "орец",
    ]) || word.syllables() < 3 && !(word.is("заец") || word.is("заяц"))
}

/// Савенок → Савенк-а, Волчок → Волчк-а; Скок, Гашек, Поллок keep the vowel.
fn in_ok(word: &Letters) -> WordVerdict {
    let keep = EndingPattern::new(0, &ends::HARD);
    // Паёк → Пайк-а, Огонёк → Огоньк-а, Волчок → Волчк-а.
    let stem = match word.yo_at(1) {
        true if is_vowel(word.back(2)) => "йк",
        true => "ьк",
        false => "к",
    };
    let short = EndingPattern::with_stem(2, stem, &ends::HARD);
    if word.syllables() < 2 {
        return WordVerdict::sure(keep);
    }
    if word.within(lists::SOFT_EK) {
        return WordVerdict::sure(EndingPattern::with_stem(2, "ьк", &ends::HARD))
            .or(Some(keep), KEPT_VOWEL);
    }
    if word.ends_any(&["енок", "онок"]) {
        return WordVerdict::sure(short);
    }
    // Diminutives, whose vowel is there only to part consonants.
    if word.yo_at(1) || word.ends_any(&["чок", "шок", "жок"]) || word.within(lists::FLEETING_OK)
    {
        return WordVerdict::sure(short).or(Some(keep), KEPT_VOWEL);
    }
    if word.within(lists::OK_KEEPS) {
        return WordVerdict::sure(keep);
    }
    // Surnames in -ок of Russian and Polish origin look alike; the family decides.
    if word.back(1) == 'о' || matches!(word.back(2), 'ч' | 'ш' | 'ж') {
        return WordVerdict::sure(keep).or(Some(short), KEPT_VOWEL);
    }
    WordVerdict::sure(keep)
}

/// Орёл → Орл-а, Бобёр → Бобр-а and the other common nouns of this closed class.
fn fleeting(word: &Letters) -> Option<WordVerdict> {
    if !word.within(lists::FLEETING_HARD) {
        return None;
    }
    let stem = match word.back(0) {
        'л' => "л",
        'р' => "р",
        'т' => "т",
        _ => "с",
    };
    Some(
        WordVerdict::sure(EndingPattern::with_stem(2, stem, &ends::HARD))
            .or(Some(EndingPattern::new(0, &ends::HARD)), KEPT_VOWEL),
    )
}

fn consonant(word: &Letters) -> WordVerdict {
    let hissing = match word.back(0) {
        // Спецом, Мрецом, but Кацем, Герцем.
        'ц' => !(word.ends("ец") && word.syllables() < 2),
        'ж' | 'ч' | 'ш' | 'щ' => !hissing_is_stressed(word),
        _ => false,
    };
    let verdict = WordVerdict::cut(0, if hissing { &ends::HISSING } else { &ends::HARD });
    // «Лукашо́м», «Пу́шкашем»: a name in -аш is as often native as it is not, and writing does not
    // show its stress. Only the instrumental tells.
    let open = !hissing
        && word.syllables() > 1
        // Suffixes of Russian and Hungarian names alike.
        && word.ends_any(&["аш", "яш", "уш", "юш", "иш"])
        && !word.within(lists::STRESSED_SH);
    let other = EndingPattern::new(0, &ends::HISSING);
    if open { verdict.or(Some(other), STRESS) } else { verdict }
}

const STRESS: &str = "ударение фамилии решает: -ом или -ем";

/// Ткачо́м, Чижо́м, Кардашо́м but Мицке́вичем, Бо́нчем.
fn hissing_is_stressed(word: &Letters) -> bool {
    if word.within(lists::STRESSED_ICH_NOUNS) {
        return true;
    }
    if word.within(lists::UNSTRESSED_HISSING)
        || word.ends("дж")
        || word.ends_any(&["ич", "ыч"]) && word.syllables() > 1
    {
        return false;
    }
    word.syllables() < 2
        || word.ends_any(&[
            "ач", "яч", "аш", "яш", "уш", "юш", "ыш", "иш", "уч", "еж", "ыж", "уж", "аж", "ущ",
            "ащ", "ищ",
        ])
}
