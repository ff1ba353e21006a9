//! Common nouns in the plural: what the genitive is, and so all other forms.
//!
//! The nominative plural hides the gender of the singular (школы → школ, клубы → клубов), so closed
//! lists and the suffixes that only one gender has decide; what neither knows is formed by likeness
//! and told. Sources: «Русская грамматика» (1980), § 1222–1240; Zaliznyak, «Грамматический
//! словарь».

// One word a line would make a list of a thousand lines.
#[rustfmt::skip]
mod lists;

use super::grammar::{Basis, Gender};
use super::org;
use super::phrase::WordChange;
use super::post::words::is_post;
use super::word::{EndingPattern, Endings, Letters, is_vowel};

const OV: Endings = ["ов", "ам", "ы", "ами", "ах"];
const OV_VELAR: Endings = ["ов", "ам", "и", "ами", "ах"];
/// добровольцы: after an unstressed ending.
const EV: Endings = ["ев", "ам", "ы", "ами", "ах"];
/// музеи, герои.
const EV_SOFT: Endings = ["ев", "ям", "и", "ями", "ях"];
const EY: Endings = ["ей", "ям", "и", "ями", "ях"];
const EY_HISSING: Endings = ["ей", "ам", "и", "ами", "ах"];
const ZERO: Endings = ["", "ам", "ы", "ами", "ах"];
const ZERO_VELAR: Endings = ["", "ам", "и", "ами", "ах"];
const ZERO_SOFT: Endings = ["ь", "ям", "и", "ями", "ях"];
const ZERO_A: Endings = ["", "ам", "а", "ами", "ах"];
const ZERO_E: Endings = ["", "ам", "е", "ами", "ах"];
/// организации, учреждения without their last letter.
const IY: Endings = ["й", "ям", "и", "ями", "ях"];
const IY_N: Endings = ["й", "ям", "я", "ями", "ях"];
/// студентки, девочки, няньки: a vowel parts the consonants.
const OK: Endings = ["ок", "кам", "ки", "ками", "ках"];
const EK: Endings = ["ек", "кам", "ки", "ками", "ках"];
const EK_SOFT: Endings = ["ек", "ькам", "ьки", "ьками", "ьках"];
const EK_Y: Endings = ["ек", "йкам", "йки", "йками", "йках"];
/// пекарни, читальни.
const EN: Endings = ["ен", "ням", "ни", "нями", "нях"];
const EN_SOFT: Endings = ["ен", "ьням", "ьни", "ьнями", "ьнях"];
/// дети, люди.
const CHILDREN: Endings = ["ей", "ям", "ей", "ьми", "ях"];
/// друзья, семьи, судьи.
const YA_EY: Endings = ["ей", "ьям", "ья", "ьями", "ьях"];
const YI_EY: Endings = ["ей", "ьям", "ьи", "ьями", "ьях"];
/// плясуньи.
const UNYI: Endings = ["ий", "ьям", "ьи", "ьями", "ьях"];
/// сердца; кольца.
const ETS: Endings = ["ец", "цам", "ца", "цами", "цах"];
const ETS_SOFT: Endings = ["ец", "ьцам", "ьца", "ьцами", "ьцах"];
const BROTHERS: Endings = ["ьев", "ьям", "ья", "ьями", "ьях"];
/// учителя; директора.
const A_EY: Endings = ["ей", "ям", "я", "ями", "ях"];
const A_EY_HARD: Endings = ["ей", "ам", "а", "ами", "ах"];
const A_OV: Endings = ["ов", "ам", "а", "ами", "ах"];
const A_EV: Endings = ["ев", "ям", "я", "ями", "ях"];
const SISTERS: Endings = ["естер", "естрам", "естры", "естрами", "естрах"];
const SISTERS_YO: Endings = ["естёр", "ёстрам", "ёстры", "ёстрами", "ёстрах"];
/// учащиеся, without the reflexive tail.
const REFLEXIVE: Endings = ["ихся", "имся", "иеся", "имися", "ихся"];
const ADJECTIVE: Endings = ["ых", "ым", "ые", "ыми", "ых"];
const ADJECTIVE_SOFT: Endings = ["их", "им", "ие", "ими", "их"];

/// What is known of a noun in the plural.
pub(super) type KnownPlural = (WordChange, Basis);

/// Declines a noun in the nominative plural; `None` for a word that is no plural or is not known
/// as one. `persons` says that a person is meant, as in a post.
pub(super) fn noun(word: &Letters, persons: bool) -> Option<KnownPlural> {
    let (cut, endings, basis) = paradigm(word, persons)?;
    // The list of persons is not one of endings, but a word that it has was looked at, form and
    // all.
    let known = basis == Basis::Likeness && word.within(lists::PERSONS);
    let basis = if known { Basis::Listed } else { basis };
    // In a phrase of persons all plurals are persons, but for the few things that stand among
    // them.
    let animate = persons && !word.within(lists::THINGS) && !names_bodies(word) || is_person(word);
    let pattern = EndingPattern::new(cut, endings);
    Some((WordChange { pattern, gender: Gender::Masculine, animate, plural: true }, basis))
}

/// A plural in -ы, -и whose genitive has no ending: Чебоксары, Луки.
pub(super) fn without_ending(word: &Letters) -> Option<WordChange> {
    let endings = match word.back(0) {
        'ы' => &ZERO,
        'и' => &ZERO_VELAR,
        _ => return None,
    };
    let pattern = EndingPattern::new(1, endings);
    Some(WordChange { pattern, gender: Gender::Masculine, animate: false, plural: true })
}

/// A surname after «братья» and the like, in the plural of a noun: Вайнеры, Кравчуки.
pub(super) fn surname_of_noun(word: &Letters) -> Option<WordChange> {
    let (endings, fits) = match (word.back(1), word.back(0)) {
        ('к' | 'г' | 'х', 'и') => (&OV_VELAR, true),
        ('ч' | 'ж' | 'ш' | 'щ', 'и') => (&EY_HISSING, true),
        (last, 'ы') => (&OV, !is_vowel(last)),
        _ => (&OV, false),
    };
    let pattern = EndingPattern::new(1, endings);
    (word.len() > 4 && fits).then_some(WordChange {
        pattern,
        gender: Gender::Masculine,
        animate: true,
        plural: true,
    })
}

/// Whether a word is a plural of persons, so that an adjective before it takes the genitive for the
/// accusative.
pub(super) fn is_person(word: &Letters) -> bool {
    if word.within(lists::THINGS) {
        return false;
    }
    if word.within(lists::PERSONS) || of_singular(word, is_post).is_some() {
        return true;
    }
    // «Больницы», «заводы» have suffixes of persons.
    // And so have «сферы», «меры».
    let things = word.back(0) == 'ы' && word.within(lists::ZERO_IN_Y);
    let suffix = !things && has_suffix_of_persons(word);
    !names_bodies(word) && (word.within(lists::IN_A_PERSONS) || suffix)
}

fn has_suffix_of_persons(word: &Letters) -> bool {
    word.ends_any(&[
        "тели",
        "ники",
        "чики",
        "щики",
        "логи",
        "исты",
        "торы",
        "еры",
        "анты",
        "енты",
        "аны",
        "воды",
        "веды",
        "филы",
        "маны",
        "медики",
        "ане",
        "яне",
        "ята",
        "чата",
        "цы",
        "ушки",
        "истки",
        "нтки",
        "чанки",
        "янки",
        "жанки",
        "ачи",
        "хи",
        "дружки",
    ]) && !word.ends_any(&["менты", "оценты", "цифры", "центры"])
}

/// «Немцы», «шорцы»: short words whose stem is stressed.
fn is_unstressed_ets(word: &Letters) -> bool {
    let singular = word.text().strip_suffix("цы").map(|stem| format!("{stem}ец"));
    singular.is_some_and(|word| super::phrase::is_unstressed_ets(&Letters::new(&word)))
}

/// Whether a word in -ы is a listed plural whose genitive has no ending.
pub(super) fn is_zero_in_y(word: &Letters) -> bool {
    word.within(lists::ZERO_IN_Y)
}

/// Whether it is known of a plural that it names persons, or that it names things.
pub(super) fn is_animacy_known(word: &Letters) -> bool {
    const THINGS: [&str; 8] = ["ции", "сии", "ости", "ения", "ания", "ства", "ища", "ии"];
    let adjective = word.ends_any(&["ые", "ие"]) && adjective(word, false).is_some();
    !matches!(word.back(0), 'ы' | 'и') && (!adjective || is_substantive(word))
        || word.within(lists::THINGS)
        || is_person(word)
        || names_bodies(word)
        || word.ends_any(&THINGS)
}

/// Whether a plural is one of bodies or places: its singular is known as one.
pub(super) fn names_bodies(word: &Letters) -> bool {
    let Ok(text) = std::str::from_utf8(word.bytes()) else { return false };
    text.strip_suffix(['ы', 'и']).is_some_and(|stem| {
        ["", "а", "я", "ь", "й"].iter().any(|ending| is_place_or_body(&format!("{stem}{ending}")))
    })
}

fn is_place_or_body(word: &str) -> bool {
    org::is_body(word) || org::is_place(&Letters::new(word))
}

fn paradigm(word: &Letters, persons: bool) -> Option<(usize, &'static Endings, Basis)> {
    use Basis::{Ending, Listed};
    // «Такси», «кафе» end like plurals.
    if word.is("дни") {
        return Some((1, &EY, Listed));
    }
    if word.len() < 4 || word.within(super::phrase::INDECLINABLE) {
        return None;
    }
    let listed = |cut, endings| Some((cut, endings, Listed));
    if word.ends("сестры") {
        return listed(5, if word.yo_at(4) { &SISTERS_YO } else { &SISTERS });
    }
    if word.ends("дети") && word.len() < 9 || word.is("люди") || word.is("дочери") {
        return listed(1, &CHILDREN);
    }
    const MEN_IN_YA: [&str; 5] = ["братья", "друзья", "мужья", "сыновья", "зятья"];
    if word.within(lists::IN_YA) || word.ends_any(&MEN_IN_YA) {
        let brothers =
            word.ends_any(&["братья", "зятья", "деверья", "енья", "рылья", "тулья", "истья"]);
        return listed(2, if brothers { &BROTHERS } else { &YA_EY });
    }
    if word.is("подмастерья") {
        return listed(1, &A_EV);
    }
    // Господ, хозяев.
    if word.ends_any(&["господа", "хозяева"]) {
        return listed(1, &ZERO_A);
    }
    if word.is("деревни") {
        return listed(2, &VILLAGES);
    }
    if word.is("церкви") {
        return listed(1, &CHURCHES);
    }
    let singular = of_singular(word, is_post).or_else(|| of_singular(word, is_place_or_body));
    if let Some((cut, endings)) = singular {
        return listed(cut, endings);
    }
    match word.back(0) {
        'а' | 'я' => in_a(word),
        'е' if word.ends_any(&["ане", "яне", "дворяне"]) => {
            Some((1, &ZERO_E, Ending))
        }
        'ы' => Some(in_y(word, persons)),
        'и' => Some(in_i(word, persons)),
        _ => None,
    }
}

/// The plural of a listed post or body: the singular tells what the plural hides (министры, швеи,
/// муфтии, фермы, санатории).
fn of_singular(
    word: &Letters,
    is_known: impl Fn(&str) -> bool,
) -> Option<(usize, &'static Endings)> {
    if word.within(lists::ZERO_IN_Y) {
        return None;
    }
    let text = std::str::from_utf8(word.bytes()).ok()?;
    let stem = text.strip_suffix(['ы', 'и'])?;
    let singular = |ending: &str| is_known(&format!("{stem}{ending}"));
    let (last, before) = (word.back(1), word.back(2));
    // «Фермы — ферм»: of bodies none but «тюрьма» gets a vowel between its consonants.
    let cluster = !is_vowel(before) && last != before && !word.ends_any(&["хты", "рмы", "жбы"]);
    match last {
        'ц' => None,
        _ if word.back(0) == 'ы' && singular("") => Some((1, &OV)),
        _ if word.back(0) == 'ы' => (!cluster && singular("а")).then_some((1, &ZERO)),
        'г' | 'к' | 'х' if singular("") => Some((1, &OV_VELAR)),
        'ж' | 'ч' | 'ш' | 'щ' if singular("") => Some((1, &EY_HISSING)),
        'г' | 'х' | 'ж' | 'ч' | 'ш' | 'щ' if !cluster || last == 'ш' => {
            singular("а").then_some((1, &ZERO_VELAR))
        }
        'к' if singular("а") => Some(match before {
            'ь' => (3, &EK_SOFT),
            'й' => (3, &EK_Y),
            'ж' | 'ш' | 'ч' => (2, &EK),
            _ if is_vowel(before) => (1, &ZERO_VELAR),
            _ => (2, &OK),
        }),
        _ if is_vowel(last) && singular("й") => Some((1, &EV_SOFT)),
        _ if is_vowel(last) && singular("я") => Some((1, &IY)),
        _ if singular("ь") => Some((1, &EY)),
        _ => None,
    }
}

const ALL: Endings = ["ех", "ем", "е", "еми", "ех"];
const VILLAGES: Endings = ["ень", "ням", "ни", "нями", "нях"];
const CHURCHES: Endings = ["ей", "ам", "и", "ами", "ах"];

/// директора, учителя; министерства, училища, учреждения; ребята.
fn in_a(word: &Letters) -> Option<(usize, &'static Endings, Basis)> {
    use Basis::{Ending, Listed};
    let compound = word.ends_any(&["директора", "редактора", "инструктора", "инспектора"])
        // «Замдиректора» is one person.
        && !word.starts_any(&["зам", "пом"]);
    if compound || word.within(lists::IN_A_PERSONS) || word.within(lists::IN_A_THINGS) {
        let soft = word.back(0) == 'я';
        let ends = match (soft, word.back(1)) {
            (true, 'а') => &A_EV,
            (true, _) => &A_EY,
            (_, 'ж' | 'ш' | 'ч' | 'щ') => &A_EY_HARD,
            _ => &A_OV,
        };
        return Some((1, ends, Listed));
    }
    if word.ends_any(&["сердца", "льца"]) {
        return Some(if word.back(2) == 'ь' { (3, &ETS_SOFT, Listed) } else { (2, &ETS, Listed) });
    }
    if word.within(lists::NEUTER_IN_A) || word.ends_any(&["ята", "чата", "жата", "шата"])
    {
        return Some((1, &ZERO_A, Listed));
    }
    if word.ends_any(&["ства", "ища"]) && word.len() > 5 {
        return Some((1, &ZERO_A, Ending));
    }
    // «Компания», «Германия», «Британия» are singulars.
    let neuter = word.ends_any(&[
        "ения",
        "вания",
        "дания",
        "зания",
        "кания",
        "брания",
        "хания",
        "жания",
        "чания",
        "щания",
        "лжания",
        "ятия",
        "ытия",
        "ития",
        "летия",
        "ствия",
        "словия",
        "делия",
    ]);
    (neuter && word.len() > 5 && !word.is("игумения")).then_some((1, &IY_N, Ending))
}

/// In -ы: члены, певцы, группы.
// Over 60 lines: mostly the closed list of endings that are sure.
fn in_y(word: &Letters, persons: bool) -> (usize, &'static Endings, Basis) {
    use Basis::{Ending, Likeness, Listed};
    if word.within(lists::ZERO_IN_Y) {
        return (1, &ZERO, Listed);
    }
    if word.back(1) == 'ц' {
        return match word.back(2) {
            // Feminine words in -ица: «учениц».
            'и' => (1, &ZERO, Ending),
            // After ц the genitive is -ов under the stress and -ев without it: «отцо́в»,
            // «ме́сяцев». Short words have it on the ending.
            _ if word.within(lists::STRESSED_TSY)
                || word.syllables() < 3 && word.len() < 6 && !is_unstressed_ets(word) =>
            {
                (1, &OV, if word.within(lists::STRESSED_TSY) { Listed } else { Ending })
            }
            _ => (1, &EV, Ending),
        };
    }
    if word.ends_any(&["ессы", "исы", "щины", "чины", "рины", "гини"]) && persons
    {
        return (1, &ZERO, Ending);
    }
    let clear = word.ends_any(&[
        // Of these fewer than one in a hundred is a word in -а.
        "етры",
        "измы",
        "ионы",
        "налы",
        "ниты",
        "нсы",
        "рафы",
        "тоны",
        "усы",
        "фоны",
        "хозы",
        "ходы",
        "ывы",
        "исты",
        "енты",
        "анты",
        "оры",
        "еры",
        "иры",
        "аты",
        "еты",
        "оны",
        "аны",
        "ены",
        "воды",
        "веды",
        "графы",
        "авты",
        "евты",
        "атры",
        "гоги",
        "курсы",
        "классы",
        "фонды",
        "союзы",
        "архивы",
        "тивы",
        "клубы",
        "центры",
        "отделы",
        "заводы",
        "отряды",
        "театры",
        "столы",
        "арды",
        "ауты",
        "уны",
        "яры",
        "ксы",
        "мены",
        "рабы",
        "сады",
        "сыны",
        "ермы",
    ]);
    (1, &OV, if clear { Ending } else { Likeness })
}

/// In -и after velars, hissing and soft consonants, and vowels.
fn in_i(word: &Letters, persons: bool) -> (usize, &'static Endings, Basis) {
    use Basis::{Ending, Likeness, Listed};
    match word.back(1) {
        // «Аграрии — аграриев», «артерии — артерий», and of things the ending does not tell.
        'и' if word.ends_any(&["арии", "ерии", "ории", "елии", "ллии", "идии"]) =>
        {
            let masculine = word.ends("арии");
            let sure = masculine && persons || word.within(lists::IY_IN_II);
            let ends = if masculine && !word.within(lists::IY_IN_II) { &EV_SOFT } else { &IY };
            (1, ends, if sure { Ending } else { Likeness })
        }
        'и' => (1, &IY, Ending),
        'ь' if word.ends("уньи") => (2, &UNYI, Ending),
        'ь' => (2, &YI_EY, Ending),
        'е' if word.within(lists::ZERO_IN_EI) || word.ends_any(&["ереи", "орреи"]) => {
            (1, &IY, Listed)
        }
        // A vowel before -и is a noun in -й: «музеи — музеев».
        'е' | 'а' | 'о' | 'у' | 'я' => (1, &EV_SOFT, Ending),
        'к' => in_ki(word, persons),
        'г' | 'х' => in_gi(word, persons),
        'ж' | 'ч' | 'ш' | 'щ' => {
            // «Режиссёрши»: women in -ша.
            if word.within(lists::ZERO_IN_CHI) || word.ends_any(&["рши", "нши", "мши"]) {
                (1, &ZERO_VELAR, Listed)
            } else if persons && word.ends_any(&["уши", "ищи"]) {
                (1, &ZERO_VELAR, Likeness)
            } else {
                let risky = !persons && word.ends_any(&["дачи", "ычи"]);
                (1, &EY_HISSING, if risky { Likeness } else { Ending })
            }
        }
        'н' if word.within(lists::EN_IN_NI) || word.ends_any(&["льни", "арни", "овни"]) => {
            if word.back(2) == 'ь' {
                (3, &EN_SOFT, Listed)
            } else {
                (2, &EN, Listed)
            }
        }
        'л' if persons && word.ends("ули") && !word.within(lists::ZERO_SOFT) => {
            (1, &ZERO_SOFT, Likeness)
        }
        _ if word.within(lists::ZERO_SOFT) || word.ends_any(&["ини", "ыни"]) && persons => {
            (1, &ZERO_SOFT, Listed)
        }
        _ => {
            let clear = word.ends_any(&[
                "тели", "ари", "ости", "сти", "ети", "ели", "оли", "мбли", "ыли", "ели", "ри",
                "ди", "ни", "ли", "сли",
            ]);
            (1, &EY, if clear { Ending } else { Likeness })
        }
    }
}

/// педагоги, пастухи; книги, старухи.
fn in_gi(word: &Letters, persons: bool) -> (usize, &'static Endings, Basis) {
    if word.within(lists::ZERO_IN_GI) || word.ends("ихи") {
        (1, &ZERO_VELAR, Basis::Listed)
    } else if persons && word.ends("ухи") {
        (1, &ZERO_VELAR, Basis::Likeness)
    } else if word.ends_any(&["оги", "урги", "иги"]) {
        (1, &OV_VELAR, Basis::Ending)
    } else {
        (1, &OV_VELAR, Basis::Likeness)
    }
}

/// медики, подростки; студентки, библиотеки, фабрики.
fn in_ki(word: &Letters, persons: bool) -> (usize, &'static Endings, Basis) {
    use Basis::{Ending, Likeness, Listed};
    let before = word.back(2);
    if is_vowel(before) {
        // «Библиотеки — библиотек», but «ученики — учеников»: the singular in -а has no ending
        // in the genitive, the one in a consonant has -ов, and the plural hides which it is.
        let zero = word.within(lists::ZERO_IN_KI) || word.ends("теки");
        // «Зеваки», «вояки» are both men and words in -а; so are «педагогики» among things.
        let risky = if persons {
            word.ends_any(&["аки", "яки", "уки", "оки"])
        } else {
            word.ends_any(&["тики", "рики", "лики", "мики", "дики", "зики", "пики", "фики", "уки"])
        };
        return if zero {
            (1, &ZERO_VELAR, Listed)
        } else {
            (1, &OV_VELAR, if risky { Likeness } else { Ending })
        };
    }
    if word.within(lists::OV_IN_KI) {
        return (1, &OV_VELAR, Listed);
    }
    // Няньки – нянек, чайки – чаек, ручки – ручек, сказки – сказок.
    let (cut, endings) = match before {
        'ь' => (3, &EK_SOFT),
        'й' => (3, &EK_Y),
        'ж' | 'ш' | 'ч' => (2, &EK),
        _ => (2, &OK),
    };
    // «Студентки — студенток», but «подранки — подранков»: counted over a dictionary as in
    // `phrase::basis`; women are the rule among persons, and have few ends of their own.
    let clear = if persons {
        !word.ends_any(&[
            "ачки", "ячки", "ички", "учки", "ычки", "урки", "юрки", "ирки", "ярки", "одки", "юдки",
            "ски", "етки", "ьки", "унки", "ышки", "умки",
        ])
    } else {
        word.ends_any(&[
            "истки",
            "нтки",
            "чанки",
            "етки",
            "янки",
            "ечки",
            "овки",
            "йки",
            "алки",
            "ялки",
            "ставки",
            "тельки",
            "юшки",
        ])
    };
    (cut, endings, if clear { Ending } else { Likeness })
}

/// Declines an adjective in the plural (мастерские, электрические, учащиеся).
pub(super) fn adjective(word: &Letters, animate: bool) -> Option<WordChange> {
    let pronoun = ["наши", "ваши", "мои", "твои", "свои", "эти"].iter().any(|ours| word.is(ours));
    let (cut, endings) = match (word.back(1), word.back(0)) {
        _ if pronoun => (1, &ADJECTIVE_SOFT),
        _ if word.is("все") => (1, &ALL),
        ('с', 'я') if word.ends("иеся") => (4, &REFLEXIVE),
        ('ы', 'е') => (2, &ADJECTIVE),
        // «управление» is a noun: before -ние of an adjective stands a consonant (летние).
        ('и', 'е')
            if word.back(2) == 'н' && is_vowel(word.back(3))
                || word.ends_any(&[
                    "речие",
                    "ружие",
                    "мужие",
                    "лучие",
                    "личие",
                    "язычие",
                    "сердечие",
                    "душие",
                    "точие",
                    "конечие",
                    "мочие",
                    "божие",
                    "звучие",
                    "нежие",
                ]) =>
        {
            return None;
        }
        ('и', 'е')
            if matches!(word.back(2), 'г' | 'к' | 'х' | 'ж' | 'ч' | 'ш' | 'щ' | 'н')
                && word.len() > 4 =>
        {
            (2, &ADJECTIVE_SOFT)
        }
        _ => return None,
    };
    // The plural has no gender; this one only makes the accusative that of persons or of things.
    let gender = if animate { Gender::Masculine } else { Gender::Neuter };
    Some(WordChange { pattern: EndingPattern::new(cut, endings), gender, animate, plural: true })
}

/// Adjectives and participles that name persons by themselves: служащие, учащиеся, молодые.
pub(super) fn is_substantive(word: &Letters) -> bool {
    // «Желающие», «принявшие участие», «награждённые» are people; «данные» are none.
    let participle = ["ющие", "ящие", "ущие", "ащие", "вшие", "дшие", "жденные"];
    word.ends("иеся") && word.len() > 6
        || word.ends_any(&participle) && word.len() > 7
        || word.ends_any(&["рабочие", "служащие"])
        || word.within(lists::SUBSTANTIVES)
}
