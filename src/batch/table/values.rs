//! What the cells of a column look like, whatever the column is called.

use std::collections::BTreeSet;

use super::age::may_be_age;
use super::made_date;
use super::rows::is_absent;
use super::signs::says_nothing;
use crate::lang::ru;
use crate::lang::ru::{is_letter, is_letter_or_digit};
use crate::model::{Column, Date};

/// How many cells of a column are looked at.
const SAMPLE: usize = 200;

/// Shares of the cells that are not empty.
#[derive(Debug, Clone, Default)]
pub(super) struct ValueShares {
    pub(super) cells: usize,
    pub(super) people: f64,
    pub(super) ranks: f64,
    pub(super) towns: f64,
    pub(super) kinds: f64,
    pub(super) numbers: f64,
    pub(super) addresses: f64,
    pub(super) yes_no: f64,
    pub(super) several_words: f64,
    /// What may be the name of a town: words with a capital and nothing else.
    pub(super) place_names: f64,
    /// Schools of sport, schools, clubs, «лично».
    pub(super) clubs: f64,
    /// Groups by age: «7–9 лет», «младшая».
    pub(super) ages: f64,
    /// «Уважаемая Раиса Тихоновна!»
    pub(super) greetings: f64,
    /// Cells that say what another one says.
    pub(super) repeated: f64,
    /// 1, 2, 3 … from the first row on.
    pub(super) counts: bool,
    pub(super) most: f64,
    /// The least number, if there are any.
    pub(super) least: f64,
    /// The first different cells.
    pub(super) samples: Vec<String>,
}

impl ValueShares {
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        // «Не явился» says nothing of what the others have in this column.
        let says = |cell: &&str| !says_nothing(cell) && !is_absent(None, cell);
        let cells: Vec<&str> = cells.filter(says).take(SAMPLE).collect();
        let all = cells.len().max(1) as f64;
        let share =
            |judge: fn(&str) -> bool| cells.iter().filter(|c| judge(c)).count() as f64 / all;
        let mut samples: Vec<String> = Vec::new();
        for cell in &cells {
            if samples.len() < 4 && !samples.iter().any(|known| known == cell) {
                samples.push((*cell).to_owned());
            }
        }
        let different: BTreeSet<&str> = cells.iter().copied().collect();
        let numbered = cells.iter().filter(|cell| ordinal(cell).is_some()).count();
        let mut last = 0;
        let next = cells.iter().filter(|cell| {
            // Rows may be missing, groups may begin anew, and notes stand below.
            let number = u64::from(ordinal(cell).unwrap_or(0));
            let next = number == 1 || (last > 0 && (last + 1..last + 6).contains(&number));
            last = number;
            // «001» is the number of a document.
            next && !cell.starts_with('0')
        });
        // Another head and other tables may stand below.
        let counts = next.count() as f64 >= 0.75 * numbered as f64 && 2 * numbered >= cells.len();
        let figures = || cells.iter().filter_map(|c| c.replace(',', ".").parse::<f64>().ok());
        Self {
            cells: cells.len(),
            people: share(are_people),
            ranks: share(is_rank),
            towns: share(is_town),
            place_names: share(is_place_name),
            clubs: share(is_club),
            ages: share(may_be_age),
            greetings: share(is_greeting),
            repeated: (cells.len() - different.len()) as f64 / all,
            kinds: share(is_kind),
            numbers: share(is_number),
            addresses: share(is_address),
            yes_no: share(is_yes_no),
            several_words: share(|cell| cell.split_whitespace().nth(1).is_some()),
            counts: counts && !cells.is_empty(),
            most: figures().fold(0.0, f64::max),
            least: figures().fold(f64::INFINITY, f64::min),
            samples,
        }
    }
}

impl ValueShares {
    /// Whether all its first cells that are kinds of documents are of that kind: «Диплом I степени»
    /// is a diploma.
    pub(super) fn kinds_are(&self, kind: &str) -> bool {
        let same = |cell: &String| kinds(cell).any(|one| kinds(kind).any(|other| one == other));
        self.samples.iter().filter(|cell| is_kind(cell)).all(same)
    }
}

/// The number of a row: «1», «1.», «1)».
fn ordinal(cell: &str) -> Option<u32> {
    cell.trim_end_matches(['.', ')']).parse().ok()
}

/// A cell that says nothing: dashes.
pub(super) fn is_dash(cell: &str) -> bool {
    cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '_' | '.') || c.is_whitespace())
}

fn is_number(cell: &str) -> bool {
    cell.replace(',', ".").replace('\u{a0}', "").parse::<f64>().is_ok()
}

fn is_address(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let mail = cell.contains('@') && cell.contains('.') && !cell.contains(' ');
    // Fewer digits are a number of something else: of a school, of a certificate.
    // «2026-06-01» is a day.
    let phone = digits >= 6
        && Date::parse_any(cell).is_err()
        && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' '));
    mail || phone
}

fn is_yes_no(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "да" | "нет" | "+" | "yes" | "no" | "true" | "false")
        || cell.to_lowercase().starts_with("соглас")
}

/// Beginnings of the words that kinds of documents are called by.
const KINDS: [&str; 10] = [
    "благодарн",
    "благодарст",
    "грамот",
    "почетн",
    "диплом",
    "сертификат",
    "похвальн",
    "свидетельств",
    "удостоверен",
    "письмо",
];

fn is_kind(cell: &str) -> bool {
    let first = cell.to_lowercase().replace('ё', "е");
    // Whoever is a «дипломант» has a prize.
    KINDS.iter().any(|kind| first.starts_with(kind)) && !first.starts_with("дипломант")
}

/// The words of a text that name kinds.
fn kinds(text: &str) -> impl Iterator<Item = &'static str> {
    let text = text.to_lowercase().replace('ё', "е");
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    KINDS.into_iter().filter(move |kind| words.iter().any(|word| word.starts_with(kind)))
}

/// «Кемерово», «Верх-Чебула, Кемеровская область».
fn is_place_name(cell: &str) -> bool {
    let text = super::super::mend::text(cell);
    is_town(&text)
        || text.starts_with(char::is_uppercase)
            && text.split_whitespace().count() <= 5
            && text.chars().all(|c| is_letter(c) || matches!(c, '-' | '.' | ',' | ' ' | '(' | ')'))
            && !is_rank(&text)
            && !is_kind(&text)
            && !is_person(&text)
}

/// Whether a word shows that somebody is honoured for life, and has won nothing: «участник ВОВ»,
/// «вдова участника войны», «победитель соцсоревнования».
fn is_for_life(word: &str) -> bool {
    const LIFE: [&str; 7] = ["войн", "боев", "боям", "ликвидац", "тыл", "блокад", "соцсорев"];
    matches!(word, "вов" | "сво") || LIFE.iter().any(|stem| word.starts_with(stem))
}

/// A result of a race, «8,9»; places that two share are «3–4», or «1, 2».
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once([',', '.']).is_some_and(|(whole, part)| digits(whole) && digits(part))
}

/// A prize or a degree: 1, II, «3 место», «лауреат», «диплом II степени».
pub(super) fn is_rank(cell: &str) -> bool {
    if made_date::is_place(cell) {
        return true;
    }
    let text = cell.trim().to_lowercase().replace('ё', "е");
    if is_decimal(&text) {
        return false;
    }
    let words: Vec<&str> =
        text.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty()).collect();
    let rank = |word: &str| {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let word = ordinal.filter(|n| n.parse::<u8>().is_ok()).unwrap_or(word);
        let digits = word.trim_end_matches("ое").trim_end_matches("е").trim_end_matches("я");
        matches!(digits, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10")
            // With the Cyrillic letters that are typed for Roman numbers.
            || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'і' | 'х'))
    };
    match words.as_slice() {
        [] => false,
        words if words.iter().any(|word| is_for_life(word)) => false,
        [one] if rank(one) => true,
        // «1 м», «2м», «1-е», «II-я», «б/м» (без места), «в/к» (вне конкурса).
        [one, "м" | "мес" | "е" | "ое" | "я" | "ая" | "й"] if rank(one) => true,
        [one] if one.strip_suffix('м').is_some_and(rank) => true,
        ["б", "м"] | ["в", "к"] => true,
        // «Л1», «Д-2», «ГП» of festivals.
        ["гп" | "гранпри"] | ["гран", "при"] => true,
        [one] if one.strip_prefix(['л', 'д']).is_some_and(|n| !n.is_empty() && rank(n)) => true,
        ["л" | "д", number] if rank(number) => true,
        // «3–4»: a place that two share.
        [one, two] if rank(one) && rank(two) => true,
        // Longer texts speak of something else and only mention a place.
        words => words.len() <= 6 && words.iter().any(|word| begins_rank(word)),
    }
}

/// Whether a word is one of a rank: «лауреата», «степени», «place».
fn begins_rank(word: &str) -> bool {
    const STEMS: [&str; 20] = [
        "лауреат",
        "дипломант",
        "победител",
        "призер",
        "степен",
        "мест",
        "участ",
        "номинант",
        "поощрит",
        "вне",
        "финалист",
        "первое",
        "второе",
        "третье",
        "первая",
        "place",
        "winner",
        "runner",
        "finalist",
        "laureate",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Where sportsmen are from: «СШОР № 1», «МБУ ДО «ДЮСШ»», «лично».
fn is_club(cell: &str) -> bool {
    let small = cell.to_lowercase();
    let known = [
        "сшор",
        "дюсш",
        "сш",
        "юсш",
        "сош",
        "оош",
        "мбоу",
        "маоу",
        "мбу",
        "мау",
        "гбоу",
        "школа",
        "гимназия",
        "лицей",
        "клуб",
        "ск",
        "фок",
        "лично",
        "л/з",
        "кск",
    ];
    small.split(|c: char| !is_letter(c) && c != '/').any(|word| known.contains(&word))
}

fn is_greeting(cell: &str) -> bool {
    const GREETS: [&str; 7] =
        ["уважаем", "глубокоуважаем", "многоуважаем", "дорог", "милы", "мила", "dear"];
    let small = cell.trim().to_lowercase();
    let words = small.split_whitespace().count();
    (2..9).contains(&words) && GREETS.iter().any(|word| small.starts_with(word))
}

/// «г. Мыски», «село Елыкаево».
pub(super) fn is_town(cell: &str) -> bool {
    let text = cell.trim().to_lowercase();
    ["г.", "город ", "с.", "село ", "пос", "п.", "пгт", "д.", "деревня ", "ст.", "х."]
        .iter()
        .any(|start| text.starts_with(start))
}

/// A person, or several in one cell.
fn are_people(cell: &str) -> bool {
    let one = |cell: &str| {
        cell.split([',', ';', '\n']).map(str::trim).filter(|one| !one.is_empty()).all(is_person)
    };
    one(cell) || several(cell).len() > 1 && several(cell).iter().all(|person| one(person))
}

/// The parts of a cell that holds several: lines, what stands between semicolons, strokes or
/// dashes, «1. … 2. …».
pub(super) fn several(cell: &str) -> Vec<&str> {
    let numbered = |line: &str| line.starts_with("1.") || line.starts_with("1)");
    let marks = |line: &str, at: usize, c: char| {
        let before = line[..at].chars().next_back();
        match c {
            '/' | '+' | '&' => true,
            // A hyphen may be part of a surname.
            '–' | '—' | '-' => {
                before == Some(' ') && line[at + c.len_utf8()..].starts_with(' ')
            }
            // The number of the next one, «2.»
            c if c.is_ascii_digit() => numbered(line) && before.is_none_or(char::is_whitespace),
            _ => false,
        }
    };
    let mut parts = Vec::new();
    for line in cell.split(['\n', ';']).map(str::trim) {
        let mut start = 0;
        for (at, _) in line.char_indices().filter(|(at, c)| marks(line, *at, *c)) {
            parts.push(&line[start..at]);
            start = at;
        }
        parts.push(&line[start..]);
    }
    let signs = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '+' | '&' | '–' | '—' | '-');
    let parts = parts.into_iter().map(|part| {
        let part = part.trim_start_matches(signs);
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let named = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < part.len());
        named.unwrap_or(part).trim_matches(signs)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Two to four words of a person's name.
pub(super) fn is_person(cell: &str) -> bool {
    let text = super::super::mend::text(cell);
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=5).contains(&words.len())
        || text.chars().any(|c| c.is_ascii_digit() || matches!(c, '«' | '"' | '@' | ':' | '№'))
    {
        return false;
    }
    // «Фамилия Имя Отчество» is shaped as what it names.
    let label = |word: &&str| {
        let word = word.to_lowercase();
        ["фамили", "имя", "отчеств", "фио", "участник"].iter().any(|s| word.starts_with(s))
    };
    // «Тема ВКР» has an abbreviation, which has no vowel and no point.
    let short = |word: &&str| {
        let vowel = word.contains(['А', 'Е', 'Ё', 'И', 'О', 'У', 'Ы', 'Э', 'Ю', 'Я', '.']);
        word.chars().count() > 1 && word.chars().all(char::is_uppercase) && !vowel
    };
    if words.iter().any(label) || words.iter().any(short) {
        return false;
    }
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let letters = words
        .iter()
        .all(|w| w.chars().all(|c| is_letter(c) || matches!(c, '-' | '.' | '’' | '\'')));
    if !letters {
        return false;
    }
    let patronymic = words.iter().any(|word| ru::name::is_patronymic(word));
    let name = ru::FullName::parse(&text);
    // «ВОЗРАСТНАЯ КАТЕГОРИЯ», «КУРС ПОВЫШЕНИЯ КВАЛИФИКАЦИИ»: of words in capitals none is a proper
    // name by its shape.
    let is_term = |word: &str| {
        let word = word.to_lowercase();
        ["ние", "ация", "ации"].iter().any(|end| word.ends_with(end))
    };
    let in_capitals = !text.contains(char::is_lowercase);
    if !patronymic
        && in_capitals
        && (words.iter().any(|word| is_term(word)) || Column::best(&text).is_some())
    {
        return false;
    }
    patronymic
        || (words.iter().all(capital)
            && !name.last.is_empty()
            && !name.first.is_empty()
            // Two capitalized words may be a town or a school; a name whose gender is known is a
            // person's.
            && name.gender().is_some())
}
