//! Names that a person would ask about before printing them.
//!
//! Asked of each row after it is read and before it is made; what comes of it are warnings.

use crate::diag::{Diagnostic, Message, say};
use crate::lang::ru::{
    self,
    party::{Party, PartyKind},
};

/// What is doubtful about the name of one person.
// Over 60 lines: one doubt after another, since the order decides which is told.
pub(super) fn of_name(name: &str) -> Option<Diagnostic> {
    let party = Party::of(name, None);
    // What a party of another kind doubts, its forms tell where they are used.
    if !matches!(
        party.kind(),
        PartyKind::Person | PartyKind::Post | PartyKind::Foreign | PartyKind::Unknown
    ) {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let said = |code, what: Message, hint: Message| {
        Some(Diagnostic::warning(code, say!("«{name}»: {what}", name, what)).hint(hint))
    };
    let small = name.to_lowercase();
    // The first doubt that fits is reported, the rest is not: two questions about one cell would be
    // answered by one look at it.
    if name.chars().any(|c| c.is_ascii_digit()) {
        return said("name-digits", say!("a digit in the name"), say!("is it a person?"));
    }
    if name.contains(['(', '[', '/', '\\', ';', '_', '?']) {
        return said(
            "name-signs",
            say!("a sign that names do not have"),
            say!("write the name alone"),
        );
    }
    // Mending took the words that can be mended; what is mixed still has letters without a twin.
    let mixed = words.iter().find(|word| {
        word.chars().any(|c| c.is_ascii_alphabetic())
            && word.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я'))
    });
    if mixed.is_some() {
        return said(
            "name-latin",
            say!("Latin letters inside of a Cyrillic word"),
            say!("type the word again"),
        );
    }
    if small.starts_with("г-н ") || small.starts_with("г-жа ") {
        return said(
            "name-title",
            say!("«г-н» and «г-жа» are not part of the name"),
            say!("leave them out"),
        );
    }
    // A foreign name in its own alphabet has another order of parts; what follows knows Russian
    // names only.
    let cyrillic = name.chars().any(|c| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    if !cyrillic {
        return None;
    }
    let full = ru::FullName::parse(name);
    let initial = |word: &str| word.contains('.') || word.chars().count() == 1;
    if words.iter().any(|word| initial(word)) {
        return said(
            "name-initials",
            say!("initials instead of a whole name"),
            say!("give the full name: surname, first name, patronymic"),
        );
    }
    // A word that is surely a surname or surely a first name lacks the other; of any other word
    // nothing is known.
    if words.len() == 1 && full.first.is_empty() != full.last.is_empty() {
        return said(
            "name-short",
            say!("one word is not a whole name"),
            say!("give surname and first name"),
        );
    }
    None
}
