//! Headings between rows: «Школа № 5», «Номинация «Вокал»», «Победители» say what the rows below
//! have in common.

use super::even;
use super::understand::SURE;
use super::values::{self, is_rank};
use crate::lang::ru::{capital, is_letter};
use crate::model::{Column, DateRange};

/// What the headings above a row say of it.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// The heading itself, the column that it stands for, and what it says. One that came first
    /// stands over those that came later: «Номинация «Вокал»» over «7–9 лет».
    open: Vec<HeadingAbove>,
    /// The columns that headings stand for, the outermost first.
    levels: Vec<Column>,
}

/// A heading that holds for the rows below it.
#[derive(Debug, Clone)]
pub(super) struct HeadingAbove {
    pub(super) column: Column,
    pub(super) value: String,
    pub(super) text: String,
}

impl Headings {
    /// Those that hold for the next row.
    pub(super) fn above(&self) -> &[HeadingAbove] {
        &self.open
    }

    /// Takes a text that stands alone in its row; `has` tells which columns the table has by
    /// itself. A heading that is not understood ends all that came before: the rows below may be
    /// others'.
    pub(super) fn take(
        &mut self,
        text: &str,
        has: impl Fn(Column) -> bool,
    ) -> Option<&HeadingAbove> {
        let known = self.read(text).and_then(|(column, value)| {
            let column = match column {
                // Where those who have posts are from is where they work.
                Column::School if has(Column::Post) => Column::Of,
                column => column,
            };
            let same: &[Column] = match column {
                Column::School | Column::Of => &[Column::School, Column::Of],
                Column::Result | Column::Degree => &[Column::Result, Column::Degree],
                Column::Leader | Column::Teacher => &[Column::Leader, Column::Teacher],
                Column::Lines => &[Column::Lines, Column::AgeGroup, Column::Nomination],
                _ => &[column],
            };
            same.iter().all(|column| !has(*column)).then_some((column, value))
        });
        let Some((column, value)) = known else {
            self.open.clear();
            return None;
        };
        let level = self.levels.iter().position(|known| *known == column).unwrap_or_else(|| {
            self.levels.push(column);
            self.levels.len() - 1
        });
        let levels = &self.levels;
        let is_outer = |above: &HeadingAbove| levels[..level].contains(&above.column);
        self.open.retain(is_outer);
        self.open.push(HeadingAbove { column, value, text: text.to_owned() });
        self.open.last()
    }

    /// Which column a heading stands for, and what it says.
    fn read(&self, text: &str) -> Option<(Column, String)> {
        let text = unnumbered(text);
        // A number alone is that of a row which nobody has filled in.
        if even::is_class(text) && text.contains(char::is_alphabetic) {
            return Some((Column::Class, text.to_owned()));
        }
        if let Some(found) = parallel(text) {
            return Some(found);
        }
        if let Some(found) = prize(text, self.levels.contains(&Column::Result)) {
            return Some(found);
        }
        if is_age(text) {
            return Some((Column::AgeGroup, text.to_owned()));
        }
        if is_institution(text) {
            return Some((Column::School, text.to_owned()));
        }
        labelled(text).or_else(|| is_group_of_sport(text).then(|| (Column::Lines, text.to_owned())))
    }
}

/// Whether a text heads rows of people, and is no recipient itself: a school may be one.
pub(super) fn tells_apart(text: &str) -> bool {
    let known = Headings::default().read(text);
    known.is_some_and(|(column, _)| !matches!(column, Column::School | Column::Of))
}

/// Whether a text heads rows by what it says alone, wherever it stands.
pub(super) fn is_heading(text: &str) -> bool {
    Headings::default().read(text).is_some()
}

/// A heading without its own number: «1. Номинация «Вокал»», «II. 5 класс».
fn unnumbered(text: &str) -> &str {
    // «--- 5 класс ---», «Номинация «Вокал» (12 чел.)»
    let around =
        |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '=' | '*' | '•' | '_');
    let text = uncounted(text.trim_matches(around)).trim_end_matches([':', '.', ' ']);
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

/// «7–9 лет», «Младшая группа», «Старшая возрастная категория (15–18 лет)».
fn is_age(text: &str) -> bool {
    let small = text.to_lowercase();
    let years = small.starts_with(|c: char| c.is_ascii_digit())
        && ["лет", "года", "год"].iter().any(|word| small.ends_with(word))
        && small.chars().filter(char::is_ascii_digit).count() <= 4;
    let ages = ["младш", "средн", "старш", "взросл", "дошкольн", "подготовительн"];
    let group = small.contains("групп") || small.contains("категори");
    years || group && ages.iter().any(|age| small.starts_with(age))
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
    let label = label.to_lowercase();
    label.contains("возр") || label.contains("лет") || values::is_age(value)
}

/// What stands behind a label, in order: without quotation marks around, and not in capitals.
fn value_of(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '—' | '-'));
    let bare = text
        .strip_prefix(['«', '"'])
        .and_then(|text| text.strip_suffix(['»', '"']))
        .filter(|text| !text.contains(['«', '"']))
        .unwrap_or(text);
    let shouted =
        bare.chars().filter(|c| is_letter(*c)).count() > 3 && !bare.contains(char::is_lowercase);
    let value = if shouted { capital(&bare.to_lowercase()) } else { bare.to_owned() };
    value.contains(|c: char| c.is_alphanumeric()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{Column, Headings};

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
        ] {
            let read = Headings::default().read(heading);
            assert_eq!(read, Some((column, value.to_owned())), "{heading}");
        }
        for heading in ["Участники", "Победители и призёры", "Очное участие", "Начальная школа"]
        {
            assert_eq!(Headings::default().read(heading), None, "{heading}");
        }
    }

    #[test]
    fn an_outer_heading_ends_the_inner_ones() {
        let mut headings = Headings::default();
        let values = |headings: &Headings| {
            let all = headings.above().iter().map(|above| above.value.clone());
            all.collect::<Vec<_>>()
        };
        for text in ["Номинация «Вокал»", "7–9 лет"] {
            assert!(headings.take(text, |_| false).is_some());
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
        assert!(headings.take("Победители", |column| column == Column::Result).is_none());
        let posts = headings.take("МБУК «ЦБС»", |column| column == Column::Post);
        assert_eq!(posts.map(|above| above.column), Some(Column::Of));
    }
}
