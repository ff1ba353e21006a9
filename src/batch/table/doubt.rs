//! What a cell holds that nobody means to print: a formula, a number whose last digits a program
//! took away, markup, letters that were lost.
//!
//! Workbooks say of a cell which kind it is; in delimited text all of it is only letters.

use crate::diag::{Diagnostic, say};
use crate::model::text_doubts;

/// What is to be asked about a cell.
pub(super) fn of_cell(text: &str) -> Option<Diagnostic> {
    program(text.trim()).or_else(|| text_doubts(text).next())
}

/// What the program that saved the table has left there.
fn program(text: &str) -> Option<Diagnostic> {
    let (code, message, hint) = if is_formula(text) {
        (
            "cell-formula",
            say!("«{text}» is a formula, and is printed as it is", text),
            say!("save the table with the values of its formulas, or type the text"),
        )
    } else if is_rounded(text) {
        (
            "cell-rounded",
            say!("«{text}» is a long number whose last digits the program took away", text),
            say!("give the column the format Text, and type the number anew"),
        )
    } else {
        return None;
    };
    Some(Diagnostic::warning(code, message).hint(hint))
}

/// `=СЦЕПИТЬ(A1;B1)`.
fn is_formula(text: &str) -> bool {
    let Some(name) = text.strip_prefix('=') else { return false };
    let end = name.find('(').unwrap_or(0);
    end > 0 && name[..end].chars().all(|c| c.is_uppercase() || matches!(c, '.' | '_' | '0'..='9'))
}

/// `1.23457E+11`.
fn is_rounded(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    digits(power) && whole.len() == 1 && digits(whole) && digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_in_cells() {
        for (text, code) in [
            ("=СЦЕПИТЬ(A1;B1)", Some("cell-formula")),
            ("1,23457E+11", Some("cell-rounded")),
            ("1.2E+05", Some("cell-rounded")),
            ("<b>Школа</b>", Some("html-in-text")),
            ("?????? 5", Some("text-lost-letters")),
            ("# 5", None),
            ("#весна", None),
            ("=)", None),
            ("E+5", None),
            ("5E", None),
            ("-", None),
            ("МБОУ «СОШ № 5»", None),
        ] {
            assert_eq!(of_cell(text).map(|d| d.code().to_owned()).as_deref(), code, "{text}");
        }
    }
}
