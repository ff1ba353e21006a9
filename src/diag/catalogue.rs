//! The Russian texts of all messages, by their English ones.
//!
//! The files of `russian/` hold pairs, sorted by the English text: a line of English, a line of
//! Russian indented by four spaces, an empty line. Each room of the library has a file of its own,
//! `common` what several say. `tests/messages.rs` holds them against the code.

use std::collections::HashMap;
use std::sync::OnceLock;

const FILES: [&str; 1] = [include_str!("russian/common.txt")];

/// The Russian text of an English one.
pub(super) fn russian(english: &str) -> Option<&'static str> {
    static ALL: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    // Read when the first Russian text is asked for: who speaks English need not wait for it.
    ALL.get_or_init(|| FILES.iter().flat_map(|file| pairs(file)).collect()).get(english).copied()
}

/// The pairs of a file: English, Russian.
fn pairs(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = file.lines().filter(|line| !line.is_empty());
    let mut english = "";
    lines.filter_map(move |line| match line.strip_prefix("    ") {
        Some(russian) => Some((english, russian)),
        None => {
            english = line;
            None
        }
    })
}
