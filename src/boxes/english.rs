//! English texts as they are printed: quotes that open and close, apostrophes, dashes between
//! figures and between words.

/// A text with its typewriter quotes and hyphens set right.
pub(super) fn mend(text: &str) -> String {
    if !text.contains(['"', '\'', '-']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        // A quote opens at the beginning, after a space, a bracket or another quote that opens.
        let opens = before.is_whitespace() || "([“‘—–\u{fffc}".contains(before);
        let mended = match c {
            '"' if opens => '“',
            '"' => '”',
            // «’90s» begins with an apostrophe, too, but it stands before a figure.
            '\'' if opens && !next.is_ascii_digit() => '‘',
            '\'' => '’',
            // «14-16 May», «2023-2025»; a hyphen between figures and letters stays: «COVID-19».
            '-' if before.is_ascii_digit() && next.is_ascii_digit() && is_range(&out, text) => '–',
            '-' if before == ' ' && next == ' ' && out.len() > 1 => '–',
            c => c,
        };
        out.push(mended);
        before = mended;
    }
    out
}

/// Whether the hyphen behind what is written joins two numbers and no more: telephones and ISO
/// dates have several.
fn is_range(written: &str, text: &str) -> bool {
    let token = |c: char| c.is_ascii_digit() || c == '-';
    let start = written
        .rfind(|c: char| !(token(c) || c == '–'))
        .map_or(0, |at| at + written[at..].chars().next().map_or(1, char::len_utf8));
    let head = &written[start..];
    // The text before is as long in characters, since each becomes one.
    let rest: String =
        text.chars().skip(written.chars().count() + 1).take_while(|c| token(*c)).collect();
    let lone = !head.contains(['-', '–']) && !rest.contains('-');
    // «555-1234» is no range: it does not go up by a like number of figures.
    lone && (head.len() == rest.len() || rest.len() > head.len() && head.len() < 3)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn quotes_and_dashes() {
        for (typed, printed) in [
            (r#"the "Big Read" week"#, "the “Big Read” week"),
            ("the library's readers' day", "the library’s readers’ day"),
            ("on 14-16 May, pp. 9-12", "on 14–16 May, pp. 9–12"),
            (
                "COVID-19, 8-800-555, 2025-05-14, 555-1234",
                "COVID-19, 8-800-555, 2025-05-14, 555-1234",
            ),
            ("Libraries - our home", "Libraries – our home"),
            ("well-known", "well-known"),
        ] {
            assert_eq!(mend(typed), printed);
        }
    }
}
