//! The endings of a noun in the plural, told from that of its nominative.

use super::{is_place_or_body, is_unstressed_ets, lists};
use crate::ru::grammar::Basis;
use crate::ru::phrase;
use crate::ru::post::words::is_post;
use crate::ru::word::{Endings, Letters, is_vowel};

pub(super) const OV: Endings = ["ов", "ам", "ы", "ами", "ах"];
pub(super) const OV_VELAR: Endings = ["ов", "ам", "и", "ами", "ах"];

/// добровольцы: after an unstressed ending.
const EV: Endings = ["ев", "ам", "ы", "ами", "ах"];

/// музеи, герои.
const EV_SOFT: Endings = ["ев", "ям", "и", "ями", "ях"];
const EY: Endings = ["ей", "ям", "и", "ями", "ях"];
pub(super) const EY_HISSING: Endings = ["ей", "ам", "и", "ами", "ах"];
pub(super) const ZERO: Endings = ["", "ам", "ы", "ами", "ах"];
pub(super) const ZERO_VELAR: Endings = ["", "ам", "и", "ами", "ах"];
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

pub(super) fn paradigm(word: &Letters, persons: bool) -> Option<(usize, &'static Endings, Basis)> {
    use Basis::{Ending, Listed};
    // «Такси», «кафе» end like plurals.
    if word.is("дни") {
        return Some((1, &EY, Listed));
    }
    // Words of three letters that are plurals are few, and those that are not («три», «или») are
    // many.
    if word.len() < 4 || word.within(phrase::INDECLINABLE) {
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
        // These have -ьев in the genitive; the others -ей, which is stressed: «друзей».
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
    // «Парни» end as «пекарни» do, «сумерки» as «ямки».
    if word.is("парни") {
        return listed(1, &EY);
    }
    if word.ends("сумерки") {
        return listed(2, &EK);
    }
    if word.is("деревни") {
        return listed(2, &VILLAGES);
    }
    if word.is("церкви") {
        return listed(1, &CHURCHES);
    }
    // What the singular is, is known of posts and bodies before any ending is asked.
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
pub(super) fn of_singular(
    word: &Letters,
    is_known: impl Fn(&str) -> bool,
) -> Option<(usize, &'static Endings)> {
    if word.within(lists::ZERO_IN_Y) {
        return None;
    }
    let text = std::str::from_utf8(word.bytes()).ok()?;
    // A plural in -а has no singular that these lists would tell by its stem.
    let stem = text.strip_suffix(['ы', 'и'])?;
    let singular = |ending: &str| is_known(&format!("{stem}{ending}"));
    let (last, before) = (word.back(1), word.back(2));
    // «Фермы — ферм»: of bodies none but «тюрьма» gets a vowel between its consonants.
    let cluster = !is_vowel(before) && last != before && !word.ends_any(&["хты", "рмы", "жбы"]);
    match last {
        // Stress decides, and `in_y` knows about it.
        'ц' => None,
        // A singular without an ending is masculine.
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

pub(super) const ALL: Endings = ["ех", "ем", "е", "еми", "ех"];
const VILLAGES: Endings = ["ень", "ням", "ни", "нями", "нях"];
const CHURCHES: Endings = ["ей", "ам", "и", "ами", "ах"];

/// директора, учителя; министерства, училища, учреждения; ребята.
fn in_a(word: &Letters) -> Option<(usize, &'static Endings, Basis)> {
    use Basis::{Ending, Listed};
    let compound = word.ends_any(&["директора", "редактора", "инструктора", "инспектора"])
        // «Замдиректора» is one person.
        && !word.starts_any(&["зам", "пом"]);
    if compound || word.within(lists::IN_A_PERSONS) || word.within(lists::IN_A_THINGS) {
        // «Учителя», «хозяева»: the letter before tells which of the soft endings it is.
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
        // «Организации», «станции»: all but a few nouns with -ии are feminine or neuter.
        'и' => (1, &IY, Ending),
        'ь' if word.ends("уньи") => (2, &UNYI, Ending),
        // «Семьи — семей», «судьи — судей».
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
            // «Крестьянки-хохотуши»: common gender, rare enough to be told.
            } else if persons && word.ends_any(&["уши", "ищи"]) {
                (1, &ZERO_VELAR, Likeness)
            } else {
                // «Дачи — дач», but «врачи — врачей».
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
    // «Ткачихи», «пловчихи»: women in -иха.
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
            "делки",
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
