//! The Russian texts of all messages, by their English ones.
//!
//! The files of `russian/` hold pairs, sorted by the English text: a line of English, a line of
//! Russian indented by four spaces, an empty line. Each room of the library has a file of its own,
//! `common` what several say. `tests/messages.rs` holds them against the code.

use std::collections::HashMap;
use std::sync::OnceLock;

const FILES: [&str; 21] = [
    include_str!("russian/batch.txt"),
    include_str!("russian/boxes.txt"),
    include_str!("russian/common.txt"),
    include_str!("russian/diag.txt"),
    include_str!("russian/docx.txt"),
    include_str!("russian/engine.txt"),
    include_str!("russian/files.txt"),
    include_str!("russian/font.txt"),
    include_str!("russian/image.txt"),
    include_str!("russian/inspect.txt"),
    include_str!("russian/layout.txt"),
    include_str!("russian/limits.txt"),
    include_str!("russian/markup.txt"),
    include_str!("russian/model.txt"),
    include_str!("russian/pdf.txt"),
    include_str!("russian/program.txt"),
    include_str!("russian/style.txt"),
    include_str!("russian/svg.txt"),
    include_str!("russian/template.txt"),
    include_str!("russian/text.txt"),
    include_str!("russian/word.txt"),
];

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
