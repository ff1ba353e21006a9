//! How much room a table needs: the size of its type, and whether its pages lie on their side.
//!
//! A template has to know this before anything is laid out, so widths are estimated from the
//! letters of Times; what is tight counts as too wide. Should the estimate be wrong, the layout
//! still tells that the table sticks out.

use handlebars::JsonValue;

use super::GridRow;

/// The width of the text on a page of GOST R 7.0.97-2016, upright and lying: A4 without its margins
/// of 30 and 10, or of 20 and 15 millimetres.
const UPRIGHT: f64 = 170.0 * MM;
const LYING: f64 = 262.0 * MM;
const MM: f64 = 72.0 / 25.4;
/// Padding and borders of a cell, left and right, in usual and in small type.
const EDGES: f64 = 2.0 * 1.8 * MM + 1.0;
const TIGHT_EDGES: f64 = 2.0 * 1.2 * MM + 1.0;
/// The sizes of a table's type, from the usual one down to what can still be read.
const SIZES: [f64; 5] = [12.0, 11.0, 10.0, 9.0, 8.0];
/// A table is turned before its type gets smaller than this.
const TURNED_BELOW: f64 = 10.0;
/// A cell with more lines than this stands in a column that is too narrow to be read …
const MOST_LINES: f64 = 6.0;
/// … unless the column is as wide as a few words.
const NARROW: f64 = 90.0;

/// What the columns of a table ask for, in em.
pub(super) struct ColumnNeeds {
    /// The longest word of each.
    words: Vec<f64>,
    /// The longest cell of each, in one line.
    cells: Vec<f64>,
}

/// How a table is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TableSetting {
    /// The size of type, in points.
    pub(super) size: f64,
    pub(super) lies: bool,
}

impl ColumnNeeds {
    pub(super) fn of(titles: &[JsonValue], lines: &[GridRow]) -> Self {
        let mut columns = Self { words: vec![0.0; titles.len()], cells: vec![0.0; titles.len()] };
        for (at, title) in titles.iter().enumerate() {
            // Heads are bold, and may take as many lines as they like.
            columns.words[at] = longest_word(title.as_str().unwrap_or_default()) * 1.08;
        }
        for cell in lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.colspan == 1) {
            let Some(words) = columns.words.get_mut(cell.column) else { continue };
            *words = words.max(longest_word(&cell.text));
            let whole = cell.text.lines().map(width).fold(0.0, f64::max);
            columns.cells[cell.column] = columns.cells[cell.column].max(whole);
        }
        columns
    }

    /// The largest type at which the table is easy to read; `turns` is whether its pages may lie.
    pub(super) fn setting(&self, widths: &[JsonValue], turns: bool) -> TableSetting {
        let fits = |room: f64| {
            move |size: &&f64| {
                self.fits(room, **size, widths) && (!turns || self.is_calm(room, **size))
            }
        };
        let upright = SIZES.iter().find(fits(UPRIGHT)).copied();
        match upright {
            Some(size) if !turns || size >= TURNED_BELOW => TableSetting { size, lies: false },
            _ if turns => {
                let size = SIZES.iter().find(|size| self.fits(LYING, **size, widths));
                // Where nothing fits, the smallest size comes nearest.
                TableSetting { size: size.copied().unwrap_or(8.0), lies: true }
            }
            _ => TableSetting { size: 8.0, lies: false },
        }
    }

    /// Of a table whose page is known to lie.
    pub(super) fn lying(&self, widths: &[JsonValue]) -> TableSetting {
        let size = SIZES.iter().find(|size| self.fits(LYING, **size, widths));
        TableSetting { size: size.copied().unwrap_or(8.0), lies: true }
    }

    fn least(&self, size: f64) -> impl Iterator<Item = f64> {
        // The stylesheet has small padding in tables of 10 points and below.
        let edges = if size > 10.0 { EDGES } else { TIGHT_EDGES };
        self.words.iter().map(move |word| word * size + edges)
    }

    fn fits(&self, room: f64, size: f64, widths: &[JsonValue]) -> bool {
        let told = |at: usize| Some(widths.get(at)?.as_f64()? / 100.0 * room);
        let squeezed = self
            .least(size)
            .enumerate()
            .any(|(at, least)| told(at).is_some_and(|width| width < least));
        // A hundredth for what the estimate may have missed.
        !squeezed && self.least(size).sum::<f64>() * 1.01 <= room
    }

    /// Whether no column is a long thin strip of text.
    fn is_calm(&self, room: f64, size: f64) -> bool {
        let least: Vec<f64> = self.least(size).collect();
        let over: Vec<f64> = (self.cells.iter().zip(&least))
            .map(|(cell, least)| (cell * size - least).max(0.0))
            .collect();
        // As columns really share what is left: in proportion to what they ask for beyond their
        // longest word (CSS 2.2, 17.5.2.2 and what browsers do).
        let spare = (room - least.iter().sum::<f64>()).max(0.0);
        let asked = over.iter().sum::<f64>().max(1.0);
        self.cells.iter().zip(least.iter().zip(&over)).all(|(cell, (least, over))| {
            let width = least + spare.min(asked) * over / asked;
            width >= NARROW || cell * size / width <= MOST_LINES
        })
    }
}

/// The widest part of a text that no line end may cut: a word, or what stays together, such as a
/// surname and its initials.
fn longest_word(text: &str) -> f64 {
    let mut longest = 0.0f64;
    let mut run = 0.0;
    for word in text.split_whitespace() {
        // Initials stay on the line of their surname, «Иванова А. П.», and are measured with it.
        let initial = word.ends_with('.') && word.chars().count() == 2;
        // Words break after their hyphens, numbers («8-923-111») do not.
        let parts = if word.starts_with(char::is_numeric) { 1 } else { usize::MAX };
        let widest = word.splitn(parts, '-').map(width).fold(0.0, f64::max);
        run = if initial { run + width(" ") + widest } else { widest };
        longest = longest.max(run);
    }
    longest
}

/// The width of a text in Times, in em.
fn width(text: &str) -> f64 {
    let letter = |c: char| match c {
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | 'i' | 'j' | 'l' | 't' | '|' | '!' | '\'' => 0.27,
        '-' | '(' | ')' | 'f' | 'r' | 's' | 'I' | 'г' => 0.4,
        'ж' | 'ш' | 'щ' | 'ю' | 'м' | 'ф' | 'ы' | 'm' | 'w' => 0.72,
        'Ж' | 'Ш' | 'Щ' | 'Ю' | 'М' | 'Ф' | 'Ы' | 'W' | '—' | '№' | '%' => 0.95,
        c if c.is_uppercase() => 0.72,
        // The mean of the small letters; those much wider or narrower are named above.
        _ => 0.51,
    };
    // A word joiner takes no room.
    text.chars().filter(|c| *c != '\u{2060}').map(letter).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::lines;
    use super::*;

    fn setting(titles: &[&str], rows: JsonValue, turns: bool) -> TableSetting {
        let titles: Vec<JsonValue> = titles.iter().map(|title| json!(title)).collect();
        let rows = rows.as_array().cloned().unwrap_or_default();
        ColumnNeeds::of(&titles, &lines(&rows, titles.len())).setting(&[], turns)
    }

    #[test]
    fn a_narrow_table_keeps_its_size() {
        let rows = json!([["Иванова Анна Петровна", "библиотекарь"]]);
        assert_eq!(
            setting(&["ФИО", "Должность"], rows, true),
            TableSetting { size: 12.0, lies: false }
        );
    }

    #[test]
    fn a_wide_table_is_turned_or_set_smaller() {
        let titles = [
            "Мероприятие",
            "Дата проведения",
            "Место проведения",
            "Ответственный исполнитель",
            "Возраст участников",
            "Количество участников",
            "Примечание",
        ];
        let event = "Театрализованное представление «В гостях у Корнея Чуковского» для детей";
        let rows =
            json!([[event, "24.03.2025", "Актовый зал", "Фёдорова Е. А.", "6–10 лет", "80", ""]]);
        assert!(setting(&titles, rows.clone(), true).lies);
        let small = setting(&titles, rows, false);
        assert!(!small.lies && small.size < 12.0);
    }
}
