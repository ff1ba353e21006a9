//! A person in one line, as people write one: «Иванова А. П., директор», «Директор А. П. Иванова»,
//! «Лыков Илья Ильич (г. Тайга)».

use super::person::looks_like_name;
use crate::lang::ru::name::{is_first_name, is_patronymic, of_genitive, patronymic_ending};
use crate::lang::ru::{Case, post, uncapital};

/// What a line says of a person.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) name: String,
    pub(super) post: Option<String>,
    /// What stands in brackets at the end.
    pub(super) aside: Option<String>,
}

/// A name and what is said of it behind a comma or in brackets; nothing if the line is only a name,
/// or none.
pub(super) fn name_first(text: &str) -> Option<Who> {
    let (text, aside) = without_aside(text);
    // «Иванова А. П. — директор» is written so, too.
    let sign =
        [", ", " — ", " – ", " - "].into_iter().filter_map(|sign| Some((text.find(sign)?, sign)));
    let parted = sign.min().and_then(|(_, sign)| text.split_once(sign));
    let parted = parted.filter(|(name, _)| run_on(name).is_none()).or_else(|| run_on(text));
    let Some((name, post)) = parted else {
        let named = aside.is_some() && is_name(text);
        return named.then(|| Who { name: text.to_owned(), post: None, aside });
    };
    let names = name.split(" и ").all(is_name);
    let first = post.split_whitespace().next().unwrap_or_default();
    // «ученик», «и.о. директора», «зав. отделом»; but «г. Юрга» and «с. Красное» are no posts, and
    // behind a comma another name may stand.
    // «к. п. н., доцент» is no place either.
    let learned = first.starts_with("к.") || first.starts_with("д.");
    let learned = learned && (post.contains("н.") || post.contains("наук"));
    // «гл. библиотекарь», «ст. методист».
    let ranked = ["гл.", "ст.", "мл."].contains(&first)
        && post.split_whitespace().nth(1).is_some_and(is_head);
    let place = first.ends_with('.') && first.chars().count() <= 3 && !learned && !ranked;
    let names_too = post.split(" и ").all(is_name);
    // «Яна Кузнецова, 11 класс», «Марк Ефимов, 2 курс»
    let class = first.starts_with(|c: char| c.is_ascii_digit())
        && ["класс", "курс"].iter().any(|word| post.contains(word));
    let says = first.chars().count() > 2 || first == "и" || learned || class;
    let is_post = says && !place && !names_too;
    (names && is_post).then(|| Who {
        name: name.trim().to_owned(),
        post: Some(post.trim().to_owned()),
        aside,
    })
}

/// «Никитина О. В. директор лицея № 9»: where the name is whole, a post may follow without a comma.
fn run_on(text: &str) -> Option<(&str, &str)> {
    let at = text.match_indices(' ').map(|(at, _)| at).find(|at| {
        let words: Vec<&str> = text[..*at].split_whitespace().collect();
        is_whole(&words) && is_head(&text[at + 1..])
    })?;
    let (name, post) = (&text[..at], &text[at + 1..]);
    post.starts_with(char::is_lowercase).then_some((name, post))
}

/// A post and the name behind it, as people sign: «Директор Н. И. Савельева», «Секретарь: Пак Е.
/// О.», «Главный бухгалтер ________ /Шульц Е. Я./».
pub(super) fn post_first(text: &str) -> Option<Who> {
    let (text, aside) = without_aside(text);
    // A line to sign on parts the two beyond doubt, and so does a colon or a dash.
    let signs = ["__", ": ", " — ", " – ", " / ", " /", " | "];
    let parted = signs.iter().find_map(|sign| text.split_once(sign));
    if let Some((post, name)) = parted {
        let name = name.trim_matches(|c: char| "_/| ".contains(c)).trim();
        let post = post.trim_matches(|c: char| "_/| ,".contains(c));
        let words: Vec<&str> = post.split_whitespace().collect();
        if !post.is_empty() && !is_whole(&words) && (is_name(name) || name.is_empty()) {
            let post = Some(post.to_owned());
            return Some(Who { name: name.to_owned(), post, aside });
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // «Директор Анна Ковальска»: a first name that is known, and some surname.
    if let [head, .., first, last] = words.as_slice()
        && is_head(head)
        && is_first_name(first)
        && plain(last)
        && words.len() > 2
        && !is_whole(&words[words.len().saturating_sub(3)..])
    {
        let post = Some(words[..words.len() - 2].join(" "));
        return Some(Who { name: format!("{first} {last}"), post, aside });
    }
    // «Директор Корнева»: after a post, a surname alone is enough.
    if let [first, .., last] = words.as_slice()
        && is_head(first)
        && is_surname(last)
        && !is_whole(&words)
        && !(1..=3.min(words.len() - 1)).any(|count| is_whole(&words[words.len() - count..]))
    {
        let post = Some(words[..words.len() - 1].join(" "));
        return Some(Who { name: (*last).to_owned(), post, aside });
    }
    if let Some((post, name)) = english(&words) {
        return Some(Who { name, post: Some(post), aside });
    }
    // The longest name first: «Ан Инна Робертовна», then «Н. И. Савельева», then «Н.И.Савельева».
    let longest = words.len().saturating_sub(1).min(3);
    let count = (1..=longest).rev().find(|count| is_whole(&words[words.len() - count..]))?;
    let (post, name) = words.split_at(words.len() - count);
    // «Библиотека имени Гагарина Ю. А.» is not signed by Gagarin.
    let named_after = post.last().is_some_and(|word| ["имени", "им.", "памяти"].contains(word));
    let post = post.join(" ");
    let post = post.trim_end_matches(|c| ",:—–- ".contains(c));
    let says = post.chars().filter(|c| c.is_lowercase()).count() > 1;
    (says && !named_after).then(|| Who { name: name.join(" "), post: Some(post.to_owned()), aside })
}

/// Whether a word is the noun of an English post: «Programme Chair» has capitals as names have.
pub(super) fn is_english_head(word: &str) -> bool {
    const HEADS: [&str; 20] = [
        "manager",
        "secretary",
        "officer",
        "librarian",
        "editor",
        "minister",
        "moderator",
        "leader",
        "accountant",
        "director",
        "head",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "principal",
        "dean",
        "rector",
        "president",
        "coordinator",
    ];
    HEADS.contains(&word.to_lowercase().as_str())
}

/// «Director of the Library Elena Smirnova»: English names have no patronymic to know them by.
fn english(words: &[&str]) -> Option<(String, String)> {
    let (post, name) = words.split_at(words.len().checked_sub(2)?);
    // «Head of the Library», «Project Manager».
    // «Secretary, Maria Petrova» as well.
    let bare = |word: &&str| is_english_head(word.trim_end_matches(','));
    let is = [post.first()?, post.last()?].into_iter().any(bare);
    let named = name.iter().all(|word| plain(word) && word.is_ascii());
    // «Head of the Reading Department» ends with no name.
    let noun = ["Department", "Library", "School", "Centre", "Center", "University", "Jury"];
    (is && named && !noun.contains(&name[1]))
        .then(|| (post.join(" ").trim_end_matches(',').to_owned(), name.join(" ")))
}

/// What a child or a reader is, and the name behind it without a patronymic: «Ученик 3 «Б» класса
/// Гордеев Савелий».
pub(super) fn pupil(text: &str) -> Option<(String, String)> {
    const HEADS: [&str; 16] = [
        "ученик",
        "ученица",
        "учащийся",
        "учащаяся",
        "обучающийся",
        "обучающаяся",
        "воспитанник",
        "воспитанница",
        "студент",
        "студентка",
        "читатель",
        "читательница",
        "волонтёр",
        "волонтер",
        "юнармеец",
        "участник",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [first, .., before, last, own] = words.as_slice() else {
        // «Ученик Белов Лев» alone.
        let [first, last, own] = words.as_slice() else { return None };
        let is =
            HEADS.contains(&first.to_lowercase().as_str()) && [last, own].iter().all(|w| plain(w));
        return is.then(|| (uncapital(first), format!("{last} {own}")));
    };
    let is = HEADS.contains(&first.to_lowercase().as_str()) && !plain(before);
    let named = is && plain(last) && plain(own) && !text.contains([',', ';']);
    named.then(|| (uncapital(&words[..words.len() - 2].join(" ")), format!("{last} {own}")))
}

/// Whose relatives somebody is, and the names behind a dash: «Родители Смирнова Кирилла — Смирновы
/// Ольга Викторовна и Андрей Петрович».
pub(super) fn relatives(text: &str) -> Option<(String, String)> {
    const HEADS: [&str; 8] =
        ["родители", "мама", "папа", "мать", "отец", "бабушка", "дедушка", "законный"];
    // Behind a comma only names that show it: «…, Ирина Олеговна и Сергей Юрьевич».
    let names_alone = |names: &str| {
        let words = || names.split_whitespace();
        words().all(|word| word == "и" || plain(word)) && words().any(is_patronymic)
    };
    let comma = || text.split_once(", ").filter(|(_, names)| names_alone(names));
    let dashed = text.split_once(" — ").or_else(|| text.split_once(" – "));
    let (post, names) = dashed.or_else(comma)?;
    let head = post.split_whitespace().next()?.to_lowercase();
    let named = names.split_whitespace().next().is_some_and(plain);
    (HEADS.contains(&head.as_str()) && named).then(|| (uncapital(post), names.trim().to_owned()))
}

/// «Гордеев»: a capital and small letters, or two such with a hyphen.
fn plain(word: &str) -> bool {
    word.split('-').all(|part| {
        part.starts_with(char::is_uppercase)
            && part.chars().count() > 1
            && part.chars().skip(1).all(char::is_lowercase)
    })
}

/// A post and a name that both stand in the dative, in either order, the post brought back into the
/// nominative: «Директору школы № 3 Волкову Денису Андреевичу», «Волкову Денису Андреевичу,
/// директору школы № 3».
pub(super) fn dative(text: &str) -> Option<(String, String)> {
    let is_dative = |word: &str| ["вичу", "ьичу", "вне", "ичне"].iter().any(|e| word.ends_with(e));
    let named = |words: &[&str]| {
        let [last, first, middle] = words else { return None };
        let whole = plain(first) && plain(middle) && is_dative(middle);
        // A surname in capitals is one, too: «КОНДРАТЬЕВОЙ».
        let small = last.chars().skip(1).flat_map(char::to_lowercase);
        let last: String = last.chars().take(1).chain(small).collect();
        (whole && plain(&last)).then(|| format!("{last} {first} {middle}"))
    };
    if let Some((name, post)) = text.split_once(", ") {
        let name = named(&name.split_whitespace().collect::<Vec<_>>())?;
        return Some((post::of_dative(post.trim())?, name));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (post, name) = words.split_at(words.len().checked_sub(3).filter(|count| *count > 0)?);
    let Some(name) = named(name) else {
        // «Ученице 1 «А» класса Лисичкиной Варваре»: a child has no patronymic.
        let (post, name) = words.split_at(words.len() - 2);
        let post = post::of_dative(&post.join(" "))?;
        return pupil(&format!("{post} {}", name.join(" ")));
    };
    // «Родителям Ивановой Ольге Петровне и Иванову Сергею Ильичу»: the second of two.
    if post.last() == Some(&"и") || post.iter().any(|word| is_dative(word)) {
        return None;
    }
    Some((uncapital(&post::of_dative(&post.join(" "))?), name))
}

/// The whole name that stands in the genitive somewhere in a text, brought back into the
/// nominative: «библиотекаря Чекмарёвой Ирины Алексеевны, проживающей …».
pub(super) fn genitive(text: &str) -> Option<String> {
    let text = text.split([',', '(', '\n', ';']);
    let words: Vec<Vec<&str>> = text.map(|piece| piece.split_whitespace().collect()).collect();
    let of = |end: &str| ["вича", "ьича", "вны", "чны"].iter().any(|own| end.ends_with(own));
    let mut named = words.iter().flat_map(|words| words.windows(3));
    let name = named.find(|name| of(name[2]) && name.iter().all(|word| plain(word)))?;
    of_genitive(&name.join(" "))
}

/// The post and the name of a line in the nominative, either of which may be missing: «Директор
/// школы № 5 Иванова А. П.», «Глава округа», «Иванова Анна Петровна».
pub(super) fn nominative(text: &str) -> Option<(Option<String>, Option<String>)> {
    let named = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let whole = is_whole(&words);
        let sure = words.iter().any(|word| is_patronymic(word));
        whole && (sure || words.iter().any(|word| is_surname(word)))
    };
    if named(text) {
        return Some((None, Some(text.to_owned())));
    }
    let who = post_first(text).or_else(|| name_first(text)).filter(|who| who.aside.is_none());
    let (post, name) = match who {
        Some(Who { name, post: Some(post), .. }) if !name.is_empty() => (post, Some(name)),
        _ => (text.to_owned(), None),
    };
    // «и.о. директора» is the same in both cases: the name tells which it is.
    let acting = ["и.о.", "и. о.", "врио", "исполняющ"];
    let acting = acting.iter().any(|word| post.to_lowercase().starts_with(word));
    let own = is_nominative_post(&post);
    // Beside «министр» in the nominative a name is in it, too, unless it ends as in the dative.
    let given = |name: &str| {
        name.split_whitespace()
            .filter(|word| !word.contains('.'))
            .any(|word| ["у", "ю", "ой", "ей", "вне", "чне"].iter().any(|end| word.ends_with(end)))
    };
    match &name {
        Some(name) if own && !acting && !given(name) => {}
        Some(name) if !named(name) => return None,
        Some(_) if acting || own => {}
        None if own => {}
        // «Директору школы Иванова А. П.»: only the name was left in the nominative.
        Some(_) => return Some((Some(post::of_dative(&post)?), name)),
        None => return None,
    }
    Some((Some(post), name))
}

/// Whether a text is a post in the nominative beyond doubt.
fn is_nominative_post(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let adjective = ["ый", "ий", "ой", "ая"].iter().any(|end| first.ends_with(end));
    let head = |word: &str| is_head(word) || word.to_lowercase().starts_with("заместител");
    let dative = ["ам", "ям", "у", "ю", "ому", "ему", "ым", "им", "ей", "е"];
    let given = dative.iter().any(|end| first.ends_with(end));
    let form = post::inflect(text, Case::Dative, None);
    (head(&first) || adjective && words.next().is_some_and(head))
        && !given
        && !text.contains([',', ';'])
        && form.is_certain()
        && form.text != text
}

/// The names of a line that holds several: «Рыжов И. И., Лис О. О. (отпуск), Пак В. В.».
pub(super) fn several(text: &str) -> Option<Vec<String>> {
    let lines = is_in_lines(text);
    let named = |piece: &str| {
        let (bare, _) = without_aside(piece);
        // «Дудник В. В. — командировка»
        let signs = [" — ", " – ", " - "];
        let name = signs.iter().find_map(|sign| bare.split_once(sign)).map_or(bare, |own| own.0);
        is_name(bare) || is_name(name) || lines && name_first(bare).is_some()
    };
    let pieces = pieces(text);
    if pieces.len() > 1 && pieces.iter().all(|piece| named(piece)) {
        return Some(pieces);
    }
    // «Иванова А. П., директор, Пак В. В., завуч»: each has a post of his own.
    let pairs = pieces.chunks_exact(2);
    let post = |text: &str| text.starts_with(char::is_lowercase);
    let whole = pairs.remainder().is_empty() && pieces.len() > 2 && !lines;
    let alike = pairs.clone().all(|pair| is_name(&pair[0]) && post(&pair[1]));
    (whole && alike).then(|| pairs.map(|pair| pair.join(", ")).collect())
}

/// Those of a line who sign by their posts: «Директор Ткач И. И., завуч Пименова Л. Л.».
pub(super) fn posts(text: &str) -> Option<Vec<String>> {
    let pieces = pieces(text);
    let signs = |piece: &String| {
        let words: Vec<&str> = piece.split_whitespace().collect();
        let count = (1..words.len()).rev().find(|n| is_whole(&words[words.len() - n..]));
        count.is_some() && post_first(piece).is_some()
    };
    // Behind «члены жюри Ким Н. Н.» another name is one of them.
    let follows = |piece: &String| signs(piece) || is_sure_name(piece);
    let first = pieces.first().is_some_and(signs);
    (pieces.len() > 1 && first && pieces.iter().all(follows)).then_some(pieces)
}

/// The names of a line in which a surname alone is a name, too, as minutes list those present:
/// «Иванова, Петров (отпуск), Сидоров А. Б.».
pub(super) fn surnames(text: &str) -> Option<Vec<String>> {
    let named = |piece: &str| {
        let (bare, _) = without_aside(piece);
        let letters = bare.chars().all(|c| c.is_alphabetic() || ".- ".contains(c));
        let mut words = bare.split_whitespace();
        letters && words.clone().count() <= 3 && words.all(|w| w.starts_with(char::is_uppercase))
    };
    let pieces = pieces(text);
    (pieces.len() > 1 && pieces.iter().all(|piece| named(piece))).then_some(pieces)
}

/// Whether the names of a list are parted by more than commas, so that a comma belongs to one.
fn is_in_lines(text: &str) -> bool {
    text.contains([';', '\n'])
}

/// What a list of names is made of.
fn pieces(text: &str) -> Vec<String> {
    let lines = is_in_lines(text);
    let mut depth = 0i32;
    let pieces = text.split(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        // A comma inside of brackets belongs to what they say.
        if lines { c == ';' || c == '\n' } else { c == ',' && depth == 0 }
    });
    let pieces = pieces.map(|piece| piece.trim().trim_end_matches('.')).filter(|p| !p.is_empty());
    // The stop that ends the list is the last initial's as well.
    let whole = |piece: &str| match piece.rsplit(' ').next() {
        Some(last) if last.chars().count() == 1 => format!("{piece}."),
        Some(last) if last.contains('.') && !last.ends_with('.') => format!("{piece}."),
        _ => piece.to_owned(),
    };
    pieces.map(whole).collect()
}

/// A text without what stands in brackets at its end.
fn without_aside(text: &str) -> (&str, Option<String>) {
    let text = text.trim();
    let inside = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match inside {
        Some((name, aside)) if !name.trim().is_empty() && !aside.trim().is_empty() => {
            (name.trim(), Some(aside.trim().to_owned()))
        }
        _ => (text, None),
    }
}

/// Whether a text is the name of one person beyond doubt: «Слепцова Л. И.»
pub(super) fn is_sure_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    is_whole(&words)
}

/// Whether a text of capital words begins in the dative: «Государственному музею Пушкина».
pub(super) fn is_oblique(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["ому", "ему", "ым", "им", "ам", "ям"].iter().any(|end| first.ends_with(end))
}

/// Whether a word begins a post of those who sign.
pub(super) fn is_head(word: &str) -> bool {
    const HEADS: [&str; 39] = [
        "губернатор",
        "психолог",
        "логопед",
        "тренер",
        "хормейстер",
        "художник",
        "концертмейстер",
        "инженер",
        "юрист",
        "завхоз",
        "декан",
        "проректор",
        "завуч",
        "врач",
        "прокурор",
        "инспектор",
        "специалист",
        "директор",
        "начальник",
        "глава",
        "заведующ",
        "председател",
        "секретар",
        "министр",
        "руководител",
        "методист",
        "библиотекар",
        "учител",
        "ректор",
        "судья",
        "бухгалтер",
        "зав.",
        "и.о.",
        "врио",
        "президент",
        "координатор",
        "воспитател",
        "педагог",
        "старост",
    ];
    let small = word.to_lowercase();
    HEADS.iter().any(|head| small.starts_with(head))
}

/// Whether a word ends as surnames do and as nouns in the genitive do not.
pub(super) fn is_surname(word: &str) -> bool {
    const ENDS: [&str; 16] = [
        "ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий",
        "цкая", "енко", "ян",
    ];
    let letters = word.chars().skip(1).all(char::is_lowercase);
    word.starts_with(char::is_uppercase) && letters && ENDS.iter().any(|end| word.ends_with(end))
}

fn is_name(text: &str) -> bool {
    let text = text.trim();
    let headed = text.split_whitespace().next_back().is_some_and(is_english_head);
    let named = looks_like_name(text) && !headed;
    text.split_whitespace().count() > 1 && named && !text.contains(['№', '«'])
}

/// Whether words are a name beyond doubt: a surname with initials, or one with a patronymic.
fn is_whole(words: &[&str]) -> bool {
    let surname = |word: &str| {
        word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
            && !word.contains(['.', '«', '»', '№'])
    };
    match words {
        // «Н.И.Савельева», with nothing between.
        [glued] => glued
            .rsplit_once('.')
            .is_some_and(|(initials, last)| initial(&format!("{initials}.")) && surname(last)),
        [first, last] => initial(first) && surname(last) || surname(first) && initial(last),
        [a, b, c] if initial(a) && initial(b) => surname(c),
        [a, b, c] if surname(a) && initial(b) => initial(c),
        [a, b, c] => {
            // «Евса Марина Александровна» and «Марина Александровна Евса».
            surname(a) && surname(b) && (is_patronymic(c) || is_patronymic(b) && surname(c))
        }
        _ => false,
    }
}

/// «А.», «А.П.»: capitals, each with its stop.
fn initial(word: &str) -> bool {
    let letters: Vec<&str> = word.split_terminator('.').collect();
    word.ends_with('.')
        && (1..=2).contains(&letters.len())
        && letters
            .iter()
            .all(|letter| letter.chars().count() == 1 && letter.starts_with(char::is_uppercase))
}

/// Whether a text begins with a whole name in any case: «Иванову Анну Петровну, директора», «Штоль
/// Е. П., педагога».
pub(super) fn is_named_in_any_case(text: &str) -> bool {
    let short = text.split([',', '(', '—', '–', ';']).next().unwrap_or_default();
    let short: Vec<&str> = short.split_whitespace().collect();
    if is_whole(&short) && short.iter().any(|word| word.ends_with('.')) {
        return true;
    }
    let name = text.split([',', '(', '—', '–', ';', '.']).next().unwrap_or_default();
    let words: Vec<&str> = name.split_whitespace().collect();
    let [last, first, middle] = words.as_slice() else { return false };
    let capital = |word: &str| word.starts_with(char::is_uppercase) && !word.contains(['«', '»']);
    [*last, *first, *middle].into_iter().all(capital) && patronymic_ending(middle).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Who, name_first, post_first, posts, several, surnames};

    fn who(name: &str, post: &str, aside: &str) -> Option<Who> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Who { name: name.to_owned(), post: some(post), aside: some(aside) })
    }

    #[test]
    fn a_name_with_what_is_said_of_it() {
        for (line, name, post, aside) in [
            ("Иванова А. П., директор", "Иванова А. П.", "директор", ""),
            (
                "Орлова Анна Ильинична, и.о. директора",
                "Орлова Анна Ильинична",
                "и.о. директора",
                "",
            ),
            ("Соболев И. И., к. п. н., доцент", "Соболев И. И.", "к. п. н., доцент", ""),
            ("Лыков Илья Ильич (Тайга)", "Лыков Илья Ильич", "", "Тайга"),
        ] {
            assert_eq!(name_first(line), who(name, post, aside), "{line}");
        }
        for line in [
            "Петрова Анна, Сидоров Иван",
            "Ли Ян, Козак Лев и Бойко Ева",
            "Школа № 3, г. Юрга",
            "Белов Лев",
            "Хор «Мир», школа",
        ] {
            assert_eq!(name_first(line), None, "{line}");
        }
    }

    #[test]
    fn a_post_with_the_name_behind_it() {
        for (line, name, post) in [
            ("Директор Н. И. Савельева", "Н. И. Савельева", "Директор"),
            ("Начальник управления Е.А.Сухих", "Е.А.Сухих", "Начальник управления"),
            ("Секретарь: Пак Е. О.", "Пак Е. О.", "Секретарь"),
            ("Заведующая ЦДБ — Тихонова Мария", "Тихонова Мария", "Заведующая ЦДБ"),
            ("Главный бухгалтер ______ /Шульц Е. Я./", "Шульц Е. Я.", "Главный бухгалтер"),
            ("Ответственный _______ / ______ /", "", "Ответственный"),
            ("Член жюри Ан Инна Робертовна", "Ан Инна Робертовна", "Член жюри"),
            ("Начальник УКСиМП Корнева", "Корнева", "Начальник УКСиМП"),
        ] {
            assert_eq!(post_first(line), who(name, post, ""), "{line}");
        }
        for line in ["Библиотека имени Гагарина Ю. А.", "Администрация библиотеки", "Пак Е. О."]
        {
            assert_eq!(post_first(line), None, "{line}");
        }
    }

    #[test]
    fn those_who_sign_in_a_line() {
        let all = posts("Директор школы Ткач И. И., Завуч Пименова Л. Л.").unwrap();
        assert_eq!(all, ["Директор школы Ткач И. И.", "Завуч Пименова Л. Л."]);
        assert_eq!(posts("Председатель жюри, заслуженный артист РФ Лисица А. А."), None);
    }

    #[test]
    fn surnames_in_a_line() {
        let found = surnames("Петров, Ким (отпуск), Иванова А. П.").unwrap();
        assert_eq!(found, ["Петров", "Ким (отпуск)", "Иванова А. П."]);
        assert_eq!(several("Петров, Иванова А. П."), None);
        assert_eq!(surnames("Иванова, директор"), None);
        assert_eq!(surnames("9 из 11, кворум есть"), None);
        assert_eq!(surnames("Петров"), None);
    }

    #[test]
    fn several_names_in_a_line() {
        let all = several("Ким О. Ч. (отпуск, болезнь), Рогов С. С., Пак В. В.").unwrap();
        assert_eq!(all, ["Ким О. Ч. (отпуск, болезнь)", "Рогов С. С.", "Пак В. В."]);
        assert_eq!(several("Иванова А. П., директор"), None);
        let posts = several("Иванова А. П., директор, Пак В. В., завуч").unwrap();
        assert_eq!(posts, ["Иванова А. П., директор", "Пак В. В., завуч"]);
    }
}
