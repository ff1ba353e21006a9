//! Headings between rows: «Школа № 5», «Номинация «Вокал»», «Победители» say what the rows below
//! have in common.

use super::age::{is_age, may_be_age, says_age};
use super::even;
use super::understand::SURE;
use super::values::{is_person, is_rank, is_town};
use crate::lang::ru::{capital, is_letter};
use crate::model::{Column, DateRange};

/// What the headings above a row say of it.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// The heading itself, the column that it stands for, and what it says. One that came first
    /// stands over those that came later: «Номинация «Вокал»» over «7–9 лет».
    open: Vec<HeadingAbove>,
    /// What headings speak of, the outermost first.
    levels: Vec<Spoken>,
}

/// What a heading speaks of: a column, or where the recipients are from, which is a line.
type Spoken = (Column, bool);

/// A heading that holds for the rows below it.
#[derive(Debug, Clone)]
pub(super) struct HeadingAbove {
    pub(super) column: Column,
    pub(super) value: String,
    pub(super) text: String,
    /// It names a town or a district.
    pub(super) home: bool,
}

impl Headings {
    /// Those that hold for the next row.
    pub(super) fn above(&self) -> &[HeadingAbove] {
        &self.open
    }

    /// Takes a text that stands alone in its row; `has` tells which columns the table has by
    /// itself. Gives the columns that it stands for, none if it is not understood: then it ends all
    /// that came before, since the rows below may be others'.
    pub(super) fn take(&mut self, text: &str, has: impl Fn(Column) -> bool) -> Vec<Column> {
        let parts = self.parts(text, has);
        if parts.is_empty() {
            self.open.clear();
        }
        self.open(parts)
    }

    /// Lets what a heading says hold for the rows below it.
    pub(super) fn open(&mut self, parts: Vec<HeadingAbove>) -> Vec<Column> {
        for above in &parts {
            let spoken = (above.column, above.home);
            let level = self.levels.iter().position(|known| *known == spoken);
            let level = level.unwrap_or_else(|| {
                self.levels.push(spoken);
                self.levels.len() - 1
            });
            let outer = &self.levels[..level];
            self.open.retain(|above| outer.contains(&(above.column, above.home)));
            self.open.push(above.clone());
        }
        parts.into_iter().map(|above| above.column).collect()
    }

    /// What a text says of the rows below it, if the table has no columns for that.
    pub(super) fn parts(&self, text: &str, has: impl Fn(Column) -> bool) -> Vec<HeadingAbove> {
        let mut parts = self.read(text);
        for above in &mut parts {
            // Where those who have posts are from is where they work.
            if above.column == Column::School && has(Column::Post) {
                above.column = Column::Of;
            }
        }
        let stands = |above: &HeadingAbove| {
            let same: &[Column] = match above.column {
                _ if above.home => &[],
                Column::School | Column::Of => &[Column::School, Column::Of],
                Column::Result | Column::Degree => &[Column::Result, Column::Degree],
                Column::Leader | Column::Teacher => &[Column::Leader, Column::Teacher],
                Column::Lines => &[Column::AgeGroup, Column::Nomination],
                _ => &[above.column],
            };
            same.iter().any(|column| has(*column))
        };
        // «5 «А», кл. рук. Ким А. А.» beside a column of classes says one thing more than it.
        parts.retain(|above| !stands(above));
        parts
    }

    /// What a heading says: one thing, or several between commas, «5 «А», кл. рук. Ким А. А.»
    fn read(&self, text: &str) -> Vec<HeadingAbove> {
        let text = unnumbered(text);
        let pieces = pieces(text);
        let (mut said, mut read): (Vec<HeadingAbove>, usize) = (Vec::new(), 0);
        for piece in &pieces {
            // «воспитатели: Ким А. А., Пак О. О.» are several.
            let named = is_person(piece) || piece.ends_with('.') && piece.contains(' ');
            let goes_on = said
                .last_mut()
                .filter(|last| named && matches!(last.column, Column::Leader | Column::Teacher));
            match (self.read_one(piece), goes_on) {
                (Some(above), _) => said.push(above),
                (None, Some(last)) => last.value += &format!(", {piece}"),
                (None, None) => continue,
            }
            read += 1;
        }
        let alike = |one: &HeadingAbove, other: &HeadingAbove| {
            let prize =
                |above: &HeadingAbove| matches!(above.column, Column::Result | Column::Degree);
            one.column == other.column || prize(one) && prize(other)
        };
        // A town behind a comma is part of the name before it.
        let apart = said
            .iter()
            .enumerate()
            .all(|(at, one)| !one.home && said[..at].iter().all(|other| !alike(one, other)));
        match said.len() > 1 && read == pieces.len() && apart {
            true => said,
            false => self.read_one(text).into_iter().collect(),
        }
    }

    /// The one thing that a heading says.
    fn read_one(&self, text: &str) -> Option<HeadingAbove> {
        let above = |column, value: String| HeadingAbove {
            column,
            value,
            text: text.to_owned(),
            home: false,
        };
        if let Some(value) = home(text) {
            return Some(HeadingAbove { home: true, ..above(Column::Lines, value) });
        }
        let (column, value) = self.read_column(text)?;
        Some(above(column, value))
    }

    /// Which column a heading stands for, and what it says.
    fn read_column(&self, text: &str) -> Option<(Column, String)> {
        // A number alone is that of a row which nobody has filled in.
        if even::is_class(text) && text.contains(char::is_alphabetic) {
            return Some((Column::Class, text.to_owned()));
        }
        if let Some(found) = parallel(text) {
            return Some(found);
        }
        let among_prizes = self.levels.contains(&(Column::Result, false));
        if let Some(found) = prize(text, among_prizes) {
            return Some(found);
        }
        if is_age(text) {
            return Some((Column::AgeGroup, text.to_owned()));
        }
        // «Школа: МБОУ СОШ № 5»
        if let Some(found) = labelled(text).filter(|_| text.contains(':')) {
            return Some(found);
        }
        if is_institution(text) {
            return Some((Column::School, text.to_owned()));
        }
        labelled(text).or_else(|| is_group_of_sport(text).then(|| (Column::Lines, text.to_owned())))
    }
}

/// The parts of a heading that says several things: between commas, semicolons or dashes, and in
/// brackets; what stands in quotation marks is one.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '«' | '»' | '"' => quoted = c == '«' || c == '"' && !quoted,
            ',' | ';' | '(' | ')' | '–' | '—' if !quoted => {
                // «1–4 классы»
                let dash = matches!(c, '–' | '—');
                let spaced =
                    text[..at].ends_with(' ') && text[at + c.len_utf8()..].starts_with(' ');
                if !dash || spaced {
                    pieces.push(text[start..at].trim());
                    start = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Where those below are from: «Центральный район», «г. Тайга», «Округ: Яйский».
fn home(text: &str) -> Option<String> {
    let small = text.to_lowercase();
    let words = small.split_whitespace().count();
    if let Some((label, value)) = text.split_once(':') {
        const LABELS: [&str; 8] = [
            "район",
            "округ",
            "территория",
            "муниципалитет",
            "муниципальное образование",
            "город",
            "населенный пункт",
            "регион",
        ];
        let label = label.trim().to_lowercase().replace('ё', "е");
        let value = value.trim();
        let named = value.contains(char::is_alphabetic) && value.split_whitespace().count() < 6;
        if !LABELS.contains(&label.as_str()) || !named {
            return None;
        }
        // «Район: Центральный район»
        let says = value.to_lowercase().contains(&label) || is_town(value);
        return Some(if says { value.to_owned() } else { text.to_owned() });
    }
    // «Яйский муниципальный округ», «Рудничный р-н»; «в район» is none.
    let district = ["район", "округ", "р-н"].iter().any(|noun| small.ends_with(noun))
        && small
            .split_whitespace()
            .rev()
            .skip(1)
            .all(|word| ["ий", "ый", "ой"].iter().any(|end| word.ends_with(end)))
        && text.starts_with(char::is_uppercase);
    let town = ["г. ", "с. ", "п. ", "пос. ", "пгт ", "пгт. ", "д. "];
    let town = town.iter().any(|short| {
        small.strip_prefix(short).is_some_and(|_| {
            text[short.len()..].starts_with(char::is_uppercase) && !text.contains(char::is_numeric)
        })
    });
    ((2..5).contains(&words) && (district || town)).then(|| text.to_owned())
}

/// Whether a text heads rows of people, and is no recipient itself: a school may be one.
pub(super) fn tells_apart(text: &str) -> bool {
    let known = Headings::default().read(text);
    let house = |above: &HeadingAbove| matches!(above.column, Column::School | Column::Of);
    !known.is_empty() && !known.iter().any(house)
}

/// Whether a text heads rows by what it says alone, wherever it stands.
pub(super) fn is_heading(text: &str) -> bool {
    !Headings::default().read(text).is_empty()
}

/// A heading without its own number: «1. Номинация «Вокал»», «II. 5 класс».
fn unnumbered(text: &str) -> &str {
    // «--- 5 класс ---», «Номинация «Вокал» (12 чел.)»
    let around =
        |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '=' | '*' | '•' | '_');
    let text = uncounted(text.trim_matches(around)).trim_end_matches([':', ' ']);
    // The point of «Ким А. А.» is its own.
    let bare = text.trim_end_matches('.');
    let initial = bare.chars().rev().nth(1).is_none_or(|c| !c.is_alphabetic());
    let text = if initial { text } else { bare.trim_end() };
    let number = |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X');
    match text.split_once(['.', ')']) {
        Some((n, rest)) if !n.is_empty() && n.chars().all(number) && rest.starts_with(' ') => {
            rest.trim_start()
        }
        _ => text,
    }
}

/// A heading without how many stand below it.
fn uncounted(text: &str) -> &str {
    let Some((rest, count)) = text.trim_end().strip_suffix(')').and_then(|t| t.rsplit_once('('))
    else {
        return text;
    };
    let digits = count.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    let people = ["чел", "участн", "работ", "уч-ся", "обучающ", "команд", "коллектив"];
    let counts = digits.len() < count.trim().len() && people.iter().any(|w| digits.starts_with(w));
    if counts { rest.trim_end() } else { text }
}

/// «7-е классы» are one class each, «1–4 классы» an age.
fn parallel(text: &str) -> Option<(Column, String)> {
    let small = text.to_lowercase();
    let numbers = small.strip_suffix("классы")?.trim_end();
    let number = ["-ые", "-е", "ые", "е"]
        .iter()
        .find_map(|end| numbers.strip_suffix(end))
        .unwrap_or(numbers)
        .trim_end();
    let one = |n: &str| n.trim().parse::<u8>().is_ok_and(|n| (1..12).contains(&n));
    if one(number) {
        return Some((Column::Class, format!("{number} класс")));
    }
    let (first, last) = number.split_once(['-', '–', '—'])?;
    (one(first) && one(last)).then(|| (Column::AgeGroup, text.to_owned()))
}

/// «Победители», «Лауреаты I степени», «2 место», «Дипломы III степени».
fn prize(text: &str, among_prizes: bool) -> Option<(Column, String)> {
    const MANY: [(&str, &str); 8] = [
        ("победители", "победитель"),
        ("призеры", "призёр"),
        ("лауреаты", "лауреат"),
        ("дипломанты", "дипломант"),
        ("финалисты", "финалист"),
        ("номинанты", "номинант"),
        ("дипломы", "диплом"),
        ("участники", "участник"),
    ];
    let small = text.to_lowercase().replace('ё', "е");
    let (first, rest) = small.split_once(' ').unwrap_or((&small, ""));
    let has_degree = rest.contains("степен") && is_rank(rest);
    // As it is typed, for a Roman number is no small letters.
    let degree = text.split_once(' ').map_or("", |(_, degree)| degree);
    if first.trim_end_matches('ы') == "диплом" {
        return has_degree.then(|| (Column::Degree, degree.to_owned()));
    }
    if let Some((_, one)) = MANY.iter().find(|(many, _)| *many == first) {
        // «Участники» alone may head the whole list.
        let clear = has_degree || rest.is_empty() && (*one != "участник" || among_prizes);
        return clear.then(|| (Column::Result, format!("{one} {degree}").trim_end().to_owned()));
    }
    let prizes = ["приз ", "спецприз", "специальный приз", "поощрительный приз"];
    if prizes.iter().any(|prize| small.starts_with(prize)) {
        return Some((Column::Result, text.to_owned()));
    }
    let place = small.contains("мест") || small.starts_with("гран") || has_degree;
    (place && is_rank(text)).then(|| (Column::Result, text.to_owned()))
}

/// «Бег 100 м, юноши 2010–2011 г.р.», «Девушки»: among whom a place was won, and in what.
fn is_group_of_sport(text: &str) -> bool {
    const WHO: [&str; 8] =
        ["юноши", "девушки", "мальчики", "девочки", "мужчины", "женщины", "юниоры", "юниорки"];
    let small = text.to_lowercase();
    let words: Vec<&str> =
        small.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).collect();
    words.len() < 9 && words.iter().any(|word| WHO.contains(word))
}

/// Abbreviations that only institutions have.
const SHORT: [&str; 29] = [
    "мбоу",
    "маоу",
    "мкоу",
    "гбоу",
    "гаоу",
    "мбдоу",
    "мадоу",
    "мкдоу",
    "мбу",
    "мау",
    "мку",
    "гбу",
    "гау",
    "мбук",
    "маук",
    "мкук",
    "гбук",
    "мбудо",
    "маудо",
    "гбпоу",
    "гапоу",
    "фгбоу",
    "мбоудо",
    "мбус",
    "чоу",
    "ноу",
    "ано",
    "нчоу",
    "моу",
];

/// What they are called with a number or a title.
const WHOLE: [&str; 28] = [
    "школа",
    "гимназия",
    "лицей",
    "сад",
    "библиотека",
    "колледж",
    "техникум",
    "училище",
    "университет",
    "институт",
    "дши",
    "дхш",
    "дмш",
    "сош",
    "оош",
    "цдт",
    "ддт",
    "дюсш",
    "филиал",
    "дк",
    "сдк",
    "рдк",
    "гдк",
    "цкд",
    "цкс",
    "цбс",
    "дворец",
    "музей",
];

/// A training that a title of a table names: «Курсы повышения квалификации «Музей и школа»».
pub(super) fn course(title: &str) -> Option<HeadingAbove> {
    let small = title.to_lowercase();
    let trains = ["курс", "программа", "дополнительн", "обучени", "повышени", "стажировк"];
    let (before, rest) = title.split_once('«')?;
    let end = rest.rfind('»')?;
    // «Список слушателей курсов «…»» says it as well.
    let trained = small.split_whitespace().any(|word| trains.iter().any(|t| word.starts_with(t)));
    let column = Column::Programme;
    (trained && !before.contains("конкурс")).then(|| HeadingAbove {
        column,
        value: rest[..end].to_owned(),
        text: title.to_owned(),
        home: false,
    })
}

/// A school, a club, a library: an abbreviation that only they have, or their word with a number or
/// a title.
fn is_institution(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !is_letter(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let Some(first) = words.first() else { return false };
    let named = text.contains(|c: char| c.is_ascii_digit() || matches!(c, '№' | '«' | '"'));
    // «Отделение школы № 5» is another thing: the word stands in front, or behind one more.
    let word = words.iter().take(2).any(|word| WHOLE.contains(&word.as_str()));
    // «Центральная городская библиотека»: there is one of it.
    let only = words.len() > 1
        && words.last().is_some_and(|word| word == "библиотека")
        && words[..words.len() - 1].iter().all(|word| word.ends_with("ая") || word.ends_with("яя"));
    SHORT.contains(&first.as_str()) || named && word || only
}

/// «Номинация «Вокал»», «Возрастная группа: 7–9 лет», «Педагог Иванова А. А.»
fn labelled(text: &str) -> Option<(Column, String)> {
    use Column::{AgeGroup, Class, Degree, Hours, Leader, Nomination, Of, Period, Programme};
    use Column::{Result, School, Teacher};
    let may_head = |column| {
        let people = [Class, Leader, Of, School, Teacher];
        let facts = [AgeGroup, Degree, Hours, Nomination, Period, Programme, Result];
        people.contains(&column) || facts.contains(&column)
    };
    if let Some((label, value)) = text.split_once(':') {
        let known =
            Column::guess(label).filter(|(column, score)| *score >= 76 && may_head(*column));
        // «Период: 1 четверть» is no period of days.
        let fits = |column, value: &str| match column {
            Period => DateRange::parse_any(value).is_ok(),
            Hours => value.starts_with(|c: char| c.is_ascii_digit()),
            AgeGroup => of_age(label, value),
            _ => true,
        };
        let (column, _) = known?;
        return value_of(value).filter(|value| fits(column, value)).map(|value| (column, value));
    }
    let ends = text.match_indices([' ', '«', '"']).map(|(at, _)| at);
    for end in ends.take(3) {
        let (label, value) = text.split_at(end);
        // A school keeps its own word.
        let (column, score) = match Column::best(label) {
            Some((column @ (AgeGroup | Nomination | Leader | Column::Teacher), score)) => {
                (column, score)
            }
            _ => continue,
        };
        // «Возрастная» goes on.
        let goes_on = Column::best(text.split_at(end).1.trim_start().split(' ').next()?);
        let quoted = value.trim_start().starts_with(['«', '"']);
        let more = matches!(value.trim_start().split(' ').next(), Some("группа" | "категория"));
        if more || goes_on.is_some_and(|(other, _)| other == column) {
            continue;
        }
        if column == AgeGroup && !of_age(label, value) {
            continue;
        }
        if score >= SURE || quoted && score >= 76 {
            return Some((column, value_of(value)?));
        }
    }
    None
}

/// Whether a label or what stands behind it speaks of ages: «Категория: Чтецы», «Группа: Б-31» do
/// not.
fn of_age(label: &str, value: &str) -> bool {
    says_age(label) || may_be_age(value)
}

/// What stands behind a label, in order: without quotation marks around, and not in capitals.
fn value_of(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '—' | '-'));
    let bare = text
        .strip_prefix(['«', '"'])
        .and_then(|text| text.strip_suffix(['»', '"']))
        .filter(|text| !text.contains(['«', '"']))
        .unwrap_or(text);
    let shouted = bare.chars().filter(|c| is_letter(*c)).count() > 3
        && !bare.contains(char::is_lowercase)
        && !is_institution(bare);
    let value = if shouted { capital(&bare.to_lowercase()) } else { bare.to_owned() };
    value.contains(|c: char| c.is_alphanumeric()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{Column, Headings};

    fn said(heading: &str) -> Vec<(Column, String)> {
        let read = Headings::default().read(heading);
        read.into_iter().map(|above| (above.column, above.value)).collect()
    }

    #[test]
    fn what_headings_say() {
        for (heading, column, value) in [
            ("Номинация «Вокал»", Column::Nomination, "Вокал"),
            ("НОМИНАЦИЯ «ЭСТРАДНЫЙ ТАНЕЦ»", Column::Nomination, "Эстрадный танец"),
            ("2. Номинация: Проза", Column::Nomination, "Проза"),
            ("Направление «Техника»", Column::Nomination, "Техника"),
            ("Возрастная группа 7–9 лет", Column::AgeGroup, "7–9 лет"),
            ("Возрастная категория: 7–9 лет", Column::AgeGroup, "7–9 лет"),
            ("Младшая группа (7–9 лет)", Column::AgeGroup, "Младшая группа (7–9 лет)"),
            ("10-12 лет", Column::AgeGroup, "10-12 лет"),
            ("Школа № 5", Column::School, "Школа № 5"),
            ("МБОУ СОШ № 5", Column::School, "МБОУ СОШ № 5"),
            ("Детский сад «Ромашка»", Column::School, "Детский сад «Ромашка»"),
            ("5 «А» класс", Column::Class, "5 «А» класс"),
            ("Победители", Column::Result, "победитель"),
            ("Лауреаты I степени:", Column::Result, "лауреат I степени"),
            ("I место", Column::Result, "I место"),
            ("Дипломы II степени", Column::Degree, "II степени"),
            ("Номинация «Вокал» (12 чел.)", Column::Nomination, "Вокал"),
            ("--- 5 класс ---", Column::Class, "5 класс"),
            ("7-е классы", Column::Class, "7 класс"),
            ("1–4 классы", Column::AgeGroup, "1–4 классы"),
            ("Специальный приз жюри", Column::Result, "Специальный приз жюри"),
            ("Филиал № 3", Column::School, "Филиал № 3"),
            ("Центральная библиотека", Column::School, "Центральная библиотека"),
            ("Педагог: Иванова Анна Петровна", Column::Teacher, "Иванова Анна Петровна"),
            ("Девушки", Column::Lines, "Девушки"),
            ("Бег 60 м, юноши", Column::Lines, "Бег 60 м, юноши"),
            ("Центральный район", Column::Lines, "Центральный район"),
            ("Яйский муниципальный округ", Column::Lines, "Яйский муниципальный округ"),
            ("Район: Центральный", Column::Lines, "Район: Центральный"),
            ("г. Тайга", Column::Lines, "г. Тайга"),
            ("Школа: МБОУ «СОШ № 31»", Column::School, "МБОУ «СОШ № 31»"),
        ] {
            let read = said(heading);
            assert_eq!(read, [(column, value.to_owned())], "{heading}");
        }
        for heading in ["Участники", "Победители и призёры", "Очное участие", "Начальная школа"]
        {
            assert_eq!(said(heading), [], "{heading}");
        }
    }

    #[test]
    fn a_heading_may_say_several_things() {
        let leader = (Column::Leader, "Орех С. П.".to_owned());
        let class = (Column::Class, "1 «А» класс".to_owned());
        for heading in [
            "1 «А» класс, кл. руководитель Орех С. П.",
            "1 «А» класс (классный руководитель: Орех С. П.)",
            "1 «А» класс – классный руководитель Орех С. П.",
        ] {
            assert_eq!(said(heading), [class.clone(), leader.clone()], "{heading}");
        }
        let group = "Подготовительная группа «Гномики», воспитатели: Ким А. А., Пак О. О.";
        let teachers = (Column::Teacher, "Ким А. А., Пак О. О.".to_owned());
        assert_eq!(said(group)[1..], [teachers]);
        let both = [(Column::Nomination, "Вокал, хор"), (Column::AgeGroup, "7–9 лет")];
        let both = both.map(|(column, value)| (column, value.to_owned()));
        assert_eq!(said("Номинация «Вокал, хор», 7–9 лет"), both);
        assert_eq!(said("Номинация: Вокал, хор").len(), 1);
    }

    #[test]
    fn an_outer_heading_ends_the_inner_ones() {
        let mut headings = Headings::default();
        let values = |headings: &Headings| {
            let all = headings.above().iter().map(|above| above.value.clone());
            all.collect::<Vec<_>>()
        };
        for text in ["Номинация «Вокал»", "7–9 лет"] {
            assert!(!headings.take(text, |_| false).is_empty());
        }
        assert_eq!(values(&headings), ["Вокал", "7–9 лет"]);
        headings.take("10–12 лет", |_| false);
        assert_eq!(values(&headings), ["Вокал", "10–12 лет"]);
        headings.take("Номинация «Танец»", |_| false);
        assert_eq!(values(&headings), ["Танец"]);
        headings.take("Очное участие", |_| false);
        assert!(headings.above().is_empty());
    }

    #[test]
    fn a_column_of_the_table_goes_before_a_heading() {
        let mut headings = Headings::default();
        assert!(headings.take("Победители", |column| column == Column::Result).is_empty());
        let posts = headings.take("МБУК «ЦБС»", |column| column == Column::Post);
        assert_eq!(posts, [Column::Of]);
    }
}
