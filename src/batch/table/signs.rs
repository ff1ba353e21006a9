//! What a cell says by signs: as above, an error of a formula.

use super::values::is_dash;

/// Words for «as above».
const SAME: [&str; 6] = ["то же", "тоже", "тот же", "та же", "те же", "там же"];

/// The bytes of the longest of them, with room for a letter that is longer as a capital.
const LONGEST_SAME: usize = 20;

/// Whether a cell says that it holds what stands above: «—//—», «"», «- " -», «то же».
pub(super) fn is_ditto(cell: &str) -> bool {
    let cell = cell.trim();
    let words = cell.trim_end_matches('.');
    // Asked of every cell, and few are as short: in bytes, since a small letter has as many.
    if words.len() <= LONGEST_SAME && SAME.contains(&words.to_lowercase().as_str()) {
        return true;
    }
    let (mut marks, mut strokes) = (0, 0);
    for c in cell.chars() {
        match c {
            '"' | '«' | '»' | '„' | '“' | '”' | '″' | '〃' => marks += 1,
            // One alone says other things: «да / нет» with nothing typed.
            '/' | '|' | '\'' | '’' | '`' => strokes += 1,
            '-' | '–' | '—' | '−' | '_' | '.' => {}
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    marks > 0 || strokes > 1
}

/// Whether a cell says nothing of what its column holds.
pub(super) fn says_nothing(cell: &str) -> bool {
    is_dash(cell) || is_ditto(cell) || is_error(cell)
}

/// Whether a cell holds what spreadsheets show for a formula that failed, as text: it was pasted
/// as a value, or saved as CSV.
pub(super) fn is_error(cell: &str) -> bool {
    const ERRORS: [&str; 16] = [
        "#Н/Д",
        "#ССЫЛКА!",
        "#ЗНАЧ!",
        "#ДЕЛ/0!",
        "#ИМЯ?",
        "#ПУСТО!",
        "#ЧИСЛО!",
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#ERROR!",
        "#ОШИБКА!",
    ];
    let cell = cell.trim();
    // A column that is too narrow, copied as it is seen.
    let narrow = || cell.len() > 2 && cell.chars().all(|c| c == '#');
    cell.starts_with('#') && (ERRORS.contains(&cell.to_uppercase().as_str()) || narrow())
}

#[cfg(test)]
mod tests {
    use super::{is_ditto, is_error};

    #[test]
    fn as_above() {
        for cell in
            ["—//—", "-//-", "//", "- \" -", "\"", "»", "〃", "-||-", "''", "То же", "там же."]
        {
            assert!(is_ditto(cell), "{cell}");
        }
        for cell in ["", "—", "/", "...", "«Да»", "и то же", "1//2", "Тожев"] {
            assert!(!is_ditto(cell), "{cell}");
        }
    }

    #[test]
    fn errors_of_formulas() {
        for cell in ["#Н/Д", "#н/д", "#ССЫЛКА!", "#REF!", "########"] {
            assert!(is_error(cell), "{cell}");
        }
        for cell in ["", "#", "##", "#5", "#МыВместе", "Н/Д"] {
            assert!(!is_error(cell), "{cell}");
        }
    }
}
