//! What is mended in cells by rule: spaces, Latin letters that look Cyrillic, capitals.

use std::borrow::Cow;

use crate::diag::{Message, say};
use crate::lang::ru::party::{Party, PartyKind};
use crate::lang::ru::{FullName, capital, is_letter};
use crate::model::Column;

/// Latin letters that look like Cyrillic ones, and those.
const LOOK_ALIKE: [(char, char); 25] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('ë', 'ё'),
    ('Ë', 'Ё'),
    // These two turn small Latin letters into Ukrainian and Belarusian ones; the two below look
    // so only in italics.
    ('i', 'і'),
    ('I', 'І'),
    ('m', 'т'),
    ('n', 'п'),
];

/// Particles of names that stay small.
const PARTICLES: [&str; 16] = [
    "оглы", "кызы", "гызы", "улы", "заде", "фон", "де", "да", "ди", "ла", "ле", "дер", "ван",
    "бен", "ибн", "эль",
];

/// Capitals that stand before names and are none: «ИП Гаврилов П. С.», «ООО Ромашка».
const BODIES: [&str; 8] = ["ип", "ооо", "оао", "ао", "зао", "пао", "ано", "тоо"];

/// What was mended in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mended {
    Latin,
    Capitals,
    Small,
    Signs,
    Order,
    Spelling,
    Above,
}

impl Mended {
    pub(super) fn what(self) -> Message {
        match self {
            Self::Latin => say!("Latin letters"),
            Self::Capitals => say!("capitals"),
            Self::Small => say!("small letters"),
            Self::Signs => say!("signs around"),
            Self::Order => say!("order"),
            Self::Spelling => say!("as the others of its column"),
            Self::Above => say!("as above"),
        }
    }
}

/// A text with single spaces, without signs that nobody sees, and with Cyrillic letters only in
/// Cyrillic words.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word = seen(word);
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&cyrillic(&word).map_or(word, Cow::Owned));
    }
    out
}

/// A cell as it is used, and what was mended; spaces are nothing to speak of.
pub(super) fn cell(column: Option<Column>, raw: &str) -> (String, Vec<Mended>) {
    let mut mended = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let bare = raw.trim_matches(|c: char| is_emoji(c) || c.is_whitespace());
    let raw = match bare.len() == raw.trim().len() || bare.is_empty() || column.is_none() {
        true => raw,
        false => {
            mended.push(Mended::Signs);
            bare
        }
    };
    for line in raw.lines() {
        let words: Vec<Cow<'_, str>> = line
            .split_whitespace()
            .map(seen)
            .filter(|word| !word.is_empty())
            .map(|word| match cyrillic(&word) {
                Some(cyrillic) => {
                    mended.push(Mended::Latin);
                    cyrillic.into()
                }
                None => word,
            })
            .collect();
        lines.push(words.join(" "));
    }
    lines.retain(|line| !line.is_empty());
    let mut text = lines.join(if is_one_line(column) { " " } else { "\n" });
    match column {
        Some(Column::Name | Column::Last | Column::First | Column::Middle | Column::Dative) => {
            text = name(&text, &mut mended);
        }
        Some(Column::Leader | Column::Teacher) => {
            let bare = text.lines().map(|line| without_address(line, &mut mended));
            let bare: Vec<&str> = bare.filter(|line| !line.is_empty()).collect();
            let people: Vec<String> = bare.iter().map(|line| name(line, &mut mended)).collect();
            text = people.join("\n");
        }
        Some(Column::Post) => text = post(&text, &mut mended),
        Some(Column::Reason) => text = reason(&text, &mut mended),
        _ => {}
    }
    mended.sort_unstable();
    mended.dedup();
    (text, mended)
}

/// Whether a line break in the cells of a column is there because the column is narrow; in others
/// it parts people or paragraphs.
fn is_one_line(column: Option<Column>) -> bool {
    matches!(
        column,
        Some(
            Column::Name
                | Column::Last
                | Column::First
                | Column::Middle
                | Column::Dative
                | Column::Collective
                | Column::Post
                | Column::Of
                | Column::School
                | Column::Kind
                | Column::Date
                | Column::Place
                | Column::Number
                | Column::Class
                | Column::Nomination
                | Column::Gender
        )
    )
}

/// A person without the telephone and the address that stand behind: «…, 8-923-000-00-00».
fn without_address<'t>(line: &'t str, mended: &mut Vec<Mended>) -> &'t str {
    let mut rest = line.trim_end();
    loop {
        // Digits, an address, and the word for them, from the end on.
        let start = rest.rfind([',', ';', ' ']).map_or(0, |at| at + 1);
        let last = rest[start..].trim_end_matches('.');
        let digits = last.chars().filter(char::is_ascii_digit).count();
        let signs = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '–');
        let phone = digits > 0 && last.chars().all(signs);
        let word = ["тел", "т", "моб", "e-mail", "email", "сот", "+7"]
            .contains(&last.trim_end_matches(':'));
        let mail = last.contains('@') && last.contains('.');
        // A number alone may be anything; behind it stands nothing but its other parts.
        if start == 0 || !(phone || mail || word && rest.len() < line.trim_end().len()) {
            break;
        }
        rest = rest[..start].trim_end_matches([',', ';', ' ', ':', '–', '-']);
    }
    let taken = line[rest.len()..].chars().filter(char::is_ascii_digit).count();
    // Fewer digits are no telephone: «группа № 5».
    if rest.len() == line.trim_end().len() || taken < 5 && !line[rest.len()..].contains('@') {
        return line;
    }
    mended.push(Mended::Signs);
    rest
}

/// A word without signs that nobody sees; most have none.
fn seen(word: &str) -> Cow<'_, str> {
    match word.chars().any(is_unseen) {
        true => word.chars().filter(|c| !is_unseen(*c)).collect::<String>().into(),
        false => word.into(),
    }
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
    )
}

/// A small picture before or behind a text: «🥇 1 место», «✅».
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2705}' | '\u{2b50}' | '\u{fe0f}' | '\u{200d}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё' | 'І' | 'і')
}

/// A word that mixes alphabets, in Cyrillic; none if it is in order or cannot be mended. What
/// hyphens join is looked at by itself: «IT-отдел», «II-го» are in order.
fn cyrillic(word: &str) -> Option<String> {
    if !word.chars().any(is_cyrillic) || !word.chars().any(|c| c.is_ascii_alphabetic() || c == 'ë')
    {
        return None;
    }
    let mut changed = false;
    let parts: Vec<String> = word
        .split('-')
        .map(|part| match part_in_cyrillic(part) {
            Some(part) => {
                changed = true;
                part
            }
            None => part.to_owned(),
        })
        .collect();
    changed.then(|| parts.join("-"))
}

fn part_in_cyrillic(part: &str) -> Option<String> {
    let letters: Vec<char> = part.chars().filter(|c| is_letter(*c)).collect();
    let native = letters.iter().filter(|c| is_cyrillic(**c)).count();
    if native == 0 || native == letters.len() {
        return None;
    }
    // A Roman number before its ending: «IIв», «XXI».
    let roman = letters.iter().take_while(|c| matches!(c, 'I' | 'V' | 'X' | 'L')).count();
    if roman > 0 && roman + native == letters.len() && part.contains(['I', 'V', 'L']) {
        return None;
    }
    let native_like = |c: char| LOOK_ALIKE.iter().find(|(latin, _)| *latin == c).map(|(_, c)| *c);
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            c if is_cyrillic(c) || !is_letter(c) => out.push(c),
            // These two are letters of other alphabets when written in Cyrillic.
            'i' | 'I' | 'm' | 'n' => return None,
            // One letter without a twin, and the word is left whole: half a mended word is
            // harder to see than an unmended one.
            c => out.push(native_like(c)?),
        }
    }
    Some(out)
}

/// A name without the number of its row: «1.», «2)», «№ 3», «4 –».
pub(super) fn unnumbered(name: &str) -> &str {
    let bare = name.strip_prefix('№').map_or(name, str::trim_start);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == bare.len() {
        return name;
    }
    let after = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ')' | '-' | '–' | '—' | ':')
    });
    let parted = rest.starts_with(['.', ')']) || rest.starts_with(char::is_whitespace);
    // «№ 3 школа» and «5 Б» are no names; «3-й отряд» has an ending.
    let name_behind = after.starts_with(char::is_uppercase)
        && after.split_whitespace().nth(1).is_some()
        && !after.chars().any(|c| c.is_ascii_digit() || c == '«');
    match rest.starts_with(['.', ')']) || parted && name_behind {
        true => after,
        false => name,
    }
}

/// A name whose words are joined by signs instead of spaces: «Иванова_Анна», «Ким.Олег.Янович».
fn joined_by_signs(name: &str) -> Option<String> {
    let sign = ['_', '.'].into_iter().find(|sign| name.contains(*sign))?;
    let words: Vec<&str> = name.split(sign).map(str::trim).collect();
    let whole = |word: &&str| {
        word.chars().filter(|c| is_letter(*c)).count() > 2 && word.starts_with(char::is_uppercase)
    };
    let all = (2..=4).contains(&words.len()) && words.iter().all(whole);
    (all && !name.contains(' ')).then(|| words.join(" "))
}

/// A name with one capital a word.
// Over 60 lines: what people type around and into a name, mended from the outside in; each step
// needs what the one before has left.
fn name(text: &str, mended: &mut Vec<Mended>) -> String {
    // «Ли Вера, учитель ИЗО»: what stands in small letters behind the comma says who it is.
    if let Some((own, who)) = text.split_once(", ")
        && who.starts_with(char::is_lowercase)
        && own.contains(char::is_uppercase)
    {
        return format!("{}, {who}", name(own, mended));
    }
    let signs = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '-' | '–' | '—');
    let bare = text.trim_matches(signs);
    // «1. Иванова Анна»: the number of the row came along.
    let bare = unnumbered(bare);
    let joined = joined_by_signs(bare);
    let bare = joined.as_deref().unwrap_or(bare);
    let bare = match bare.strip_suffix('.') {
        // An initial keeps its point, a whole word has none.
        Some(rest) if rest.split(['.', ' ']).next_back().is_some_and(|w| w.chars().count() > 2) => {
            rest
        }
        _ => bare,
    };
    if bare != text.trim() {
        mended.push(Mended::Signs);
    }
    // A collective, a class, an abbreviation keep their letters.
    if bare.chars().any(|c| c.is_ascii_digit() || matches!(c, '«' | '"' | '„' | '№')) {
        return bare.to_owned();
    }
    // A single small word inside of a name may be meant so («де», a nickname), but nobody writes
    // all words small on purpose, nor a first name or a patronymic beside another part.
    // Behind a comma stands who it is: «учитель начальных классов».
    let own = bare.split(',').next().unwrap_or_default().split(' ');
    // «Бабушка и внучка Седых» are no names: who is joined by «и» is named by more than a word.
    let shown = !bare.contains(" и ")
        && own.clone().any(is_small)
        && (3..=4).contains(&own.clone().count())
        && own.clone().filter(|word| is_part(word)).count() > 1
        // «Совет ветеранов г. Тайга»
        && !matches!(
            Party::of(bare, None).kind(),
            PartyKind::Organisation | PartyKind::Collective | PartyKind::Family
        );
    let own = if shown { own.count() } else { 0 };
    let all_small = !bare.chars().any(char::is_uppercase) && bare.split(' ').count() > 1;
    let alone = !bare.contains(' ');
    let words: Vec<String> = bare
        .split(' ')
        .enumerate()
        .map(|(at, word)| {
            let parts: Vec<String> = word
                .split('-')
                .map(|part| {
                    let letters = part.chars().filter(|c| is_letter(*c)).count();
                    let small = part.to_lowercase();
                    let particle = PARTICLES.contains(&small.as_str());
                    // «ДЕ-РИБАС»: what a hyphen joins is part of a surname.
                    let joined = word.contains('-');
                    if letters > 1
                        && !part.contains('.')
                        && part.chars().any(char::is_uppercase)
                        && !part.chars().any(char::is_lowercase)
                        // «ДЕ» in capitals may be initials without points as well as a particle:
                        // it is left alone.
                        && (letters > 2 || !particle || joined)
                        // Capitals without a vowel are an abbreviation, «ЦДТ», not a shouted
                        // name, and so are short ones that stand for a body or a trader.
                        && has_vowel(&small)
                        && !BODIES.contains(&small.as_str())
                    {
                        mended.push(Mended::Capitals);
                        if particle && !joined { small } else { capital(&small) }
                    } else if all_small && !particle && letters > 0
                        || at < own && is_small(part) && !particle && is_part(word)
                        || alone
                            && letters > 1
                            && !particle
                            && !part.chars().any(char::is_uppercase)
                            && !word.contains('.')
                    {
                        mended.push(Mended::Small);
                        capital(part)
                    } else {
                        part.to_owned()
                    }
                })
                .collect();
            parts.join("-")
        })
        .collect();
    words.join(" ")
}

fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// Whether a word, with a capital, shows by itself which part of a name it is: a surname that has a
/// form for each sex, a known first name, a patronymic.
fn is_part(word: &str) -> bool {
    let word = word.split('-').map(|part| capital(&part.to_lowercase())).collect::<Vec<_>>();
    let word = word.join("-");
    let tells = |last: &str, first: &str, middle: &str| {
        FullName::new(last, first, middle).gender().is_some()
    };
    tells(&word, "", "") || tells("", &word, "") || tells("", "", &word)
}

fn has_vowel(word: &str) -> bool {
    word.chars().any(|c| "аеёиоуыэюяaeiouy".contains(c))
}

/// A post in small letters: «И.О. ДИРЕКТОРА», «И.О. директора».
fn post(text: &str, mended: &mut Vec<Mended>) -> String {
    let mut out = text.to_owned();
    for acting in ["И.О.", "И. О.", "ИО ", "И.о.", "и.о.", "И. о.", "Врио ", "ВРИО ", "ВрИО "]
    {
        if let Some(rest) = out.strip_prefix(acting) {
            let small = if acting.to_lowercase().starts_with("врио") {
                "врио "
            } else {
                "и. о. "
            };
            if !acting.starts_with('и') {
                mended.push(Mended::Capitals);
            }
            out = format!("{small}{}", rest.trim_start());
            break;
        }
    }
    let letters = out.chars().filter(|c| is_letter(*c)).count();
    // A post of short words only may be an abbreviation: «ЗАМ. ДИР. УВР».
    let words_long = out.split(' ').any(|word| word.chars().count() > 5);
    if letters > 5 && words_long && !out.chars().any(char::is_lowercase) {
        mended.push(Mended::Capitals);
        out = out.to_lowercase();
    }
    out
}

/// A reason that is written in capitals throughout, in small letters; what stands in quotation
/// marks is a title, and what has no vowel an abbreviation.
fn reason(text: &str, mended: &mut Vec<Mended>) -> String {
    let long = text.split_whitespace().filter(|word| word.chars().count() > 4).count();
    if long < 2 || text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    mended.push(Mended::Capitals);
    let mut quoted = false;
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let opens = quoted || word.contains(['«', '"', '„', '“']);
            // The sign that opens also closes, where both are the same.
            let marks = word.matches('"').count() % 2 == 1;
            quoted = (opens || marks) && !word.contains(['»', '”']) && !(quoted && marks);
            let small = word.to_lowercase();
            let short = word.chars().count() < 3;
            match opens || !has_vowel(&small) && !short {
                true => word.to_owned(),
                false => small,
            }
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_names() {
        for (raw, expected) in [
            ("ПЕТРОВА АННА СЕРГЕЕВНА", "Петрова Анна Сергеевна"),
            ("ИВАНОВ Иван Петрович", "Иванов Иван Петрович"),
            ("нос игорь павлович", "Нос Игорь Павлович"),
            ("  Егорова   Татьяна  Вячеславовна ", "Егорова Татьяна Вячеславовна"),
            ("Сидopoв Aлексей", "Сидоров Алексей"),
            ("САЛТЫКОВА-ЩЕДРИНА АННА", "Салтыкова-Щедрина Анна"),
            ("ДЕ-РИБАС ИОСИФ", "Де-Рибас Иосиф"),
            ("1. Иванова Анна,", "Иванова Анна"),
            ("– Орлов-Лев Ян-", "Орлов-Лев Ян"),
            ("Лазарь О.П.", "Лазарь О.П."),
            ("СИДОРЕНКО дарья  павловна", "Сидоренко Дарья Павловна"),
            ("иванова Мария Петровна", "Иванова Мария Петровна"),
            ("Пак Инна Юрьевна, учитель классов", "Пак Инна Юрьевна, учитель классов"),
            ("ПАК И.Ю., учитель ИЗО", "Пак И.Ю., учитель ИЗО"),
            ("семья Ивановых", "семья Ивановых"),
            ("Совет ветеранов г. Тайга", "Совет ветеранов г. Тайга"),
            ("команда Мария", "команда Мария"),
            ("Мамедов Эльдар Гасан оглы", "Мамедов Эльдар Гасан оглы"),
            ("МАМЕДОВ ЭЛЬДАР ГАСАН ОГЛЫ", "Мамедов Эльдар Гасан оглы"),
            ("3 «Б» класс", "3 «Б» класс"),
            ("ИП Гаврилов Пётр Сергеевич", "ИП Гаврилов Пётр Сергеевич"),
            ("ИП ГАВРИЛОВ ПЁТР СЕРГЕЕВИЧ", "ИП Гаврилов Пётр Сергеевич"),
            ("Иванова\nАнна Петровна", "Иванова Анна Петровна"),
        ] {
            assert_eq!(cell(Some(Column::Name), raw).0, expected, "{raw}");
        }
        assert_eq!(cell(Some(Column::Last), "ПЕТРОВА"), ("Петрова".into(), vec![Mended::Capitals]));
    }

    #[test]
    fn other_cells_keep_their_letters() {
        for (column, raw, expected) in [
            (Some(Column::Of), "МБОУ  СОШ № 7", "МБОУ СОШ № 7"),
            (Some(Column::Post), "И.О. директора", "и. о. директора"),
            (Some(Column::Post), "ДИРЕКТОР ШКОЛЫ", "директор школы"),
            (Some(Column::Post), "Учитель", "Учитель"),
            (Some(Column::Reason), "строка\r\nвторая", "строка\nвторая"),
            (Some(Column::Reason), "ПОБЕДУ В ОЛИМПИАДЕ", "победу в олимпиаде"),
            (
                Some(Column::Reason),
                "УЧАСТИЕ В КОНКУРСЕ \"ЖИВОЕ СЛОВО\" И ПОМОЩЬ ЦДТ",
                "участие в конкурсе \"ЖИВОЕ СЛОВО\" и помощь ЦДТ",
            ),
            (Some(Column::Reason), "активную работу в МБУК ЦБС", "активную работу в МБУК ЦБС"),
            (None, "IT-отдел II-го этажа XXI века", "IT-отдел II-го этажа XXI века"),
            (None, "Ассоциация Wi-Fi", "Ассоциация Wi-Fi"),
            (Some(Column::Result), "IIм", "IIм"),
            (
                Some(Column::Teacher),
                "Туз Анна Павловна, учитель музыки, тел. 8 (923) 000-00-00",
                "Туз Анна Павловна, учитель музыки",
            ),
            (Some(Column::Leader), "Мак И. Л., mak@mail.example", "Мак И. Л."),
            (
                Some(Column::Leader),
                "Мак И. Л., воспитатель группы № 5",
                "Мак И. Л., воспитатель группы № 5",
            ),
        ] {
            assert_eq!(cell(column, raw).0, expected, "{raw}");
        }
    }
}
