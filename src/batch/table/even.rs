//! One way to write what the cells of a column write in several: «1», «1 место», «первое место»;
//! «5А» and «5 «А»»; «Призёр» and «призер».

use std::collections::BTreeMap;

use super::signs::says_nothing;
use crate::batch::mend;
use crate::lang::ru::{capital, is_letter};
use crate::model::Column;

/// How the cells of a column are made even.
#[derive(Debug, Clone)]
pub(super) struct Evener {
    column: Column,
    /// Places and degrees are counted in several ways.
    figures: bool,
    /// Prizes with a degree are written in several ways.
    prizes: bool,
    /// Words begin with a capital here and with a small letter there.
    capitals: bool,
    /// Letters of classes are set off in several ways.
    letters: bool,
    /// What is written in several ways, and the commonest of them.
    spellings: BTreeMap<String, String>,
}

impl Evener {
    /// What is uneven in a column, if anything.
    pub(super) fn of<'a>(
        column: Option<Column>,
        cells: impl Iterator<Item = &'a str>,
    ) -> Option<Self> {
        use Column::{AgeGroup, Class, Degree, Nomination, Of, Programme, Result, School};
        let column = column.filter(|column| {
            matches!(
                column,
                AgeGroup | Class | Degree | Nomination | Of | Programme | Result | School
            )
        })?;
        let cells = cells.filter(|cell| !says_nothing(cell));
        let cells: Vec<String> = cells.map(mend::text).filter(|cell| !cell.is_empty()).collect();
        let mut made = Self {
            column,
            figures: false,
            prizes: false,
            capitals: false,
            letters: false,
            spellings: BTreeMap::new(),
        };
        let several = |mut forms: Vec<u8>| {
            forms.sort_unstable();
            forms.dedup();
            forms.len() > 1
        };
        match column {
            Degree | Result => {
                let forms = cells.iter().filter_map(|cell| made.figure(cell));
                made.figures = several(forms.map(|(_, form)| form).collect());
                // «Лауреат I степени» beside «лауреат 2 степени», and beside «призёр».
                let prizes = cells.iter().filter_map(|cell| prized(cell));
                let forms = |(noun, degree): (&str, &str)| {
                    let roman = degree.starts_with(['I', 'V']) && degree.ends_with(" степени");
                    // «Лауреат 1» is printed as «Лауреат I степени».
                    let bare = u8::from(!is_counted(degree));
                    8 * bare + 2 * shape(noun) + u8::from(roman)
                };
                let words = cells.iter().filter(|cell| is_words(cell)).map(|cell| shape(cell));
                let nouns = prizes.clone().map(|(noun, _)| shape(noun));
                made.capitals = several(words.chain(nouns).collect());
                made.prizes = made.capitals || several(prizes.map(forms).collect());
            }
            Class => {
                let forms = cells.iter().filter_map(|cell| class(cell));
                // «5», «5 класс» and «5 кл.» are printed alike.
                let forms = forms.filter(|(_, letter, _)| letter.is_some());
                made.letters = several(forms.map(|(.., form)| form).collect());
            }
            _ => {}
        }
        made.spell(&cells);
        let any = made.figures
            || made.prizes
            || made.capitals
            || made.letters
            || !made.spellings.is_empty();
        any.then_some(made)
    }

    /// Finds what is the same but for capitals, spaces and quotation marks.
    fn spell(&mut self, cells: &[String]) {
        let mut counted: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for cell in cells {
            let cell = self.by_rule(cell);
            let spellings = counted.entry(self.key(&cell)).or_default();
            match spellings.iter_mut().find(|(known, _)| *known == cell) {
                Some((_, count)) => *count += 1,
                None => spellings.push((cell, 1)),
            }
        }
        for (key, spellings) in counted {
            // Of two that are as common the one with «ё», which nobody types by chance, or the
            // first, which the user has seen to.
            let best =
                spellings.iter().rev().max_by_key(|(text, count)| (*count, text.contains('ё')));
            if let (Some((best, _)), true) = (best, spellings.len() > 1) {
                self.spellings.insert(key, best.clone());
            }
        }
    }

    /// The text as the others of its column are written.
    pub(super) fn even(&self, text: &str) -> String {
        let even = self.by_rule(text);
        let even = match self.spellings.is_empty() {
            true => even,
            false => self.spellings.get(&self.key(&even)).cloned().unwrap_or(even),
        };
        // Quotation marks are made even where texts are set.
        if marked(&even) == marked(text) { text.to_owned() } else { even }
    }

    fn by_rule(&self, text: &str) -> String {
        if let Some((noun, degree)) = prized(text).filter(|_| self.prizes) {
            let counted = if is_counted(degree) { "" } else { " степени" };
            let degree = format!("{degree}{counted}");
            let degree = self.figure(&degree).map_or(degree, |(degree, _)| degree);
            return format!("{} {degree}", capital(&noun.to_lowercase()));
        }
        if let Some((canonical, _)) = self.figures.then(|| self.figure(text)).flatten() {
            return canonical;
        }
        if let Some((number, letter, _)) = self.letters.then(|| class(text)).flatten() {
            return match letter {
                Some(letter) => format!("{number} «{letter}»"),
                None => number.to_string(),
            };
        }
        if self.capitals && is_words(text) { capital(&text.to_lowercase()) } else { text.into() }
    }

    /// What two spellings of one thing have in common.
    fn key(&self, text: &str) -> String {
        let small = text.to_lowercase().replace('ё', "е");
        let small = match self.column {
            Column::AgeGroup => small.trim_end_matches("лет").trim_end(),
            _ => small.as_str(),
        };
        // A dash tells «5-1» from 51.
        let dash = |c: char| if matches!(c, '–' | '—' | '−') { '-' } else { c };
        let says = |c: &char| is_letter(*c) || c.is_numeric() || matches!(c, '-' | '/' | '+');
        small.chars().map(dash).filter(says).collect()
    }

    /// A place or a degree as it is printed by custom, and in which way the text has it: a figure
    /// that is printed so anyhow, «1 место», «1-е место», «первое место».
    fn figure(&self, text: &str) -> Option<(String, u8)> {
        const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
        const WORDS: [&str; 10] =
            ["перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"];
        let small = text.to_lowercase().replace('ё', "е");
        let (figure, noun) = match small.split_once(' ') {
            Some((figure, noun)) => (figure, noun.trim().trim_end_matches('.')),
            None => (small.trim_end_matches(['.', ')']), ""),
        };
        let degree = match noun {
            "" | "м" | "мес" => self.column == Column::Degree && noun.is_empty(),
            "место" => false,
            "степень" | "степени" | "ст" => true,
            _ => return None,
        };
        // «1-е», «2е», «II-я»
        let endings = ["-ое", "-е", "-я", "-й", "-ая", "-ой", "-ей", "ое", "е", "я", "й"];
        let bare = endings.iter().find_map(|end| figure.strip_suffix(end));
        let latin = bare.unwrap_or(figure).replace('і', "i").replace('х', "x").to_uppercase();
        let (at, form) = if let Some(at) = ROMAN.iter().position(|roman| *roman == latin) {
            (at, if bare.is_some() { 4 } else { 0 })
        } else if let Ok(number) = bare.unwrap_or(figure).parse::<usize>() {
            // What has no noun, and a degree, are printed in Roman figures as they stand.
            let as_is = noun != "место" && bare.is_none();
            let form = if as_is { 0 } else { 1 + u8::from(bare.is_some()) };
            (number.checked_sub(1)?, form)
        } else {
            let ends = ["ый", "ий", "ое", "ая", "ой", "ье", "ья", "ей"];
            let stem = ends.iter().find_map(|end| figure.strip_suffix(end))?;
            (WORDS.iter().position(|word| *word == stem)?, 3)
        };
        let noun = if degree { "степени" } else { "место" };
        Some((format!("{} {noun}", ROMAN.get(at)?), form))
    }
}

/// A prize and its degree: «лауреат», «2 степени».
fn prized(text: &str) -> Option<(&str, &str)> {
    let (noun, degree) = text.split_once(' ')?;
    let small = noun.to_lowercase();
    let prize = ["лауреат", "дипломант"].contains(&small.as_str());
    // «Лауреат 1»
    let roman = degree.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let bare = roman || degree.parse::<u8>().is_ok_and(|number| number <= 10);
    (prize && (bare || is_counted(degree))).then_some((noun, degree))
}

/// Whether a degree says that it is one: «I степени», «1 ст.».
fn is_counted(degree: &str) -> bool {
    degree.contains("ст") || degree.contains("Ст") || degree.contains("СТ")
}

/// A text with one kind of quotation marks.
fn marked(text: &str) -> String {
    text.replace(['«', '»', '„', '“', '”'], "\"")
}

/// Whether a text is words alone, without names, figures and abbreviations.
fn is_words(text: &str) -> bool {
    let roman = |word: &str| word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    text.chars().count() > 3
        && text.chars().all(|c| is_letter(c) || matches!(c, ' ' | '-'))
        && !text.split_whitespace().any(roman)
}

/// Whether a text is written in small letters, with a capital, or in capitals.
fn shape(text: &str) -> u8 {
    let small = text.chars().any(char::is_lowercase);
    match (text.starts_with(char::is_uppercase), small) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    }
}

/// Whether a text is a class and nothing else.
pub(super) fn is_class(text: &str) -> bool {
    class(text).is_some()
}

/// A class as it is printed: «5 «А»» of «5А», «5 а».
pub(super) fn written_class(text: &str) -> Option<String> {
    let (number, letter, _) = class(text)?;
    Some(match letter {
        Some(letter) => format!("{number} «{letter}»"),
        None => text.to_owned(),
    })
}

/// A class: its number, its letter, and how the letter is set off from it.
fn class(text: &str) -> Option<(u8, Option<char>, u8)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.parse::<u8>().ok().filter(|number| (1..=11).contains(number))?;
    let small = rest.trim().to_lowercase();
    let bare = ["класс", "кл.", "кл"].iter().find_map(|word| small.strip_suffix(word));
    let bare = bare.unwrap_or(&small).trim();
    let letter = bare.trim_matches(|c| matches!(c, '«' | '»' | '"' | '\'' | '-' | '–' | ' '));
    let mut letters = letter.chars();
    let form = match (letters.next(), letters.next()) {
        (None, _) => return bare.is_empty().then_some((number, None, 0)),
        (Some(letter), None) if is_letter(letter) => letter,
        _ => return None,
    };
    let written = rest.trim_start().chars().find(|c| is_letter(*c))?;
    let way = match rest.chars().next() {
        Some(' ') if rest.contains(['«', '"']) => 2,
        Some(' ') => 3,
        Some('-' | '–') => 4,
        Some('«' | '"') => 5,
        _ => 6,
    };
    let upper: String = form.to_uppercase().collect();
    Some((number, upper.chars().next(), way + if written.is_lowercase() { 8 } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evened(column: Column, cells: &[&str]) -> String {
        let even = Evener::of(Some(column), cells.iter().copied());
        let all = cells.iter().map(|cell| even.as_ref().map_or((*cell).into(), |e| e.even(cell)));
        all.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn cells_of_one_column_are_written_alike() {
        for (column, cells, expected) in [
            (
                Column::Result,
                &["1", "2 место", "III", "первое", "1-е место", "Первое место"][..],
                "I место; II место; III место; I место; I место; I место",
            ),
            (Column::Result, &["1 место", "2 место"], "1 место; 2 место"),
            (Column::Result, &["1", "II", "3-е"], "I место; II место; III место"),
            (
                Column::Result,
                &["Победитель", "призёр", "ПРИЗЕР", "призёр"],
                "Победитель; Призёр; Призёр; Призёр",
            ),
            (
                Column::Degree,
                &["I", "первой степени", "2 степень"],
                "I степени; I степени; II степени",
            ),
            (Column::Degree, &["Лауреат I степени", "II"], "Лауреат I степени; II"),
            (Column::Class, &["5А", "5 «Б»", "6-а класс", "7"], "5 «А»; 5 «Б»; 6 «А»; 7"),
            (Column::Class, &["5А", "6Б", "7"], "5А; 6Б; 7"),
            (Column::Class, &["старшая группа", "5", "5 класс"], "старшая группа; 5; 5 класс"),
            (Column::Class, &["5 \"А\"", "6 «Б»", "7"], "5 \"А\"; 6 «Б»; 7"),
            (Column::Result, &["в/к", "Победитель"], "в/к; Победитель"),
            (
                Column::School,
                &["МБОУ СОШ №5", "МБОУ СОШ № 5", "мбоу сош № 5", "МБОУ СОШ № 5", "лицей № 1"],
                "МБОУ СОШ № 5; МБОУ СОШ № 5; МБОУ СОШ № 5; МБОУ СОШ № 5; лицей № 1",
            ),
            (Column::Of, &["МБУК \"ЦБС\"", "МБУК «ЦБС»"], "МБУК \"ЦБС\"; МБУК «ЦБС»"),
            (
                Column::Result,
                &["Лауреат I степени", "Лауреат 2 степени", "дипломант I степени", "Гран-при"],
                "Лауреат I степени; Лауреат II степени; Дипломант I степени; Гран-при",
            ),
            (
                Column::Result,
                &["Лауреат 1", "Лауреат 2 степени", "Дипломант I"],
                "Лауреат I степени; Лауреат II степени; Дипломант I степени",
            ),
            (
                Column::AgeGroup,
                &["7-9 лет", "7–9 лет", "7 - 9", "10-12"],
                "7-9 лет; 7-9 лет; 7-9 лет; 10-12",
            ),
            (Column::Nomination, &["Вокал", "вокал", "Танец"], "Вокал; Вокал; Танец"),
        ] {
            assert_eq!(evened(column, cells), expected);
        }
    }
}
