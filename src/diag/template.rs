//! Texts with named values in them: `{name}`, and `{count:row|rows}` for the word that a number
//! asks for.
//!
//! Double braces are themselves, since half of all faults speak of Handlebars; a brace that opens
//! no name is itself, too.

/// A piece of a template.
#[derive(Debug, PartialEq)]
pub(super) enum TemplatePiece<'a> {
    Text(&'a str),
    /// A value by its name.
    Value(&'a str),
    /// The form of a word that goes with a number: the number's name, the forms.
    Plural(&'a str, &'a str),
}

/// The pieces of a template in their order.
pub(super) fn pieces(template: &str) -> impl Iterator<Item = TemplatePiece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (start, end) = next_name(rest.as_bytes(), 0);
        if start > 0 {
            let (text, after) = rest.split_at(start);
            rest = after;
            return Some(TemplatePiece::Text(text));
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        let inner = &piece[1..piece.len() - 1];
        Some(match inner.split_once(':') {
            Some((name, forms)) => TemplatePiece::Plural(name, forms),
            None => TemplatePiece::Value(inner),
        })
    })
}

/// Where the next name with its braces begins and ends; both are the end of the text if there is
/// none.
// A `const fn` has neither iterators nor `str` methods, and so counts bytes.
const fn next_name(text: &[u8], from: usize) -> (usize, usize) {
    let mut at = from;
    while at < text.len() {
        if text[at] == b'{' && at + 1 < text.len() && text[at + 1] == b'{' {
            at += 2;
        } else if text[at] == b'{' {
            let end = name_end(text, at + 1);
            if end > at + 1 && end < text.len() && text[end] == b'}' {
                return (at, end + 1);
            }
            if end > at + 1 && end < text.len() && text[end] == b':' {
                let mut close = end;
                // Forms of a word have no spaces; with one it is prose: `{a: b}`.
                while close < text.len() && text[close] != b'}' && text[close] != b' ' {
                    close += 1;
                }
                if close < text.len() && text[close] == b'}' {
                    return (at, close + 1);
                }
            }
            at += 1;
        } else {
            at += 1;
        }
    }
    (at, at)
}

const fn name_end(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && (text[at].is_ascii_lowercase() || text[at] == b'_') {
        at += 1;
    }
    at
}

/// Fails to compile where the names of a template are not those of its values.
#[doc(hidden)]
pub const fn assert_names(template: &str, names: &[&str]) {
    let text = template.as_bytes();
    // A `const fn` has no `Vec`; no message has so many values.
    let (mut at, mut used) = (0, [false; 16]);
    assert!(names.len() <= used.len(), "a message has too many values");
    loop {
        let (start, end) = next_name(text, at);
        if start == text.len() {
            break;
        }
        let (mut name, mut found) = (0, false);
        while name < names.len() {
            if is(text, start + 1, names[name].as_bytes()) {
                (found, used[name]) = (true, true);
            }
            name += 1;
        }
        assert!(found, "a message names a value that it is not given");
        at = end;
    }
    let mut name = 0;
    while name < names.len() {
        assert!(used[name], "a message is given a value that it does not name");
        name += 1;
    }
}

/// Whether the name at a place is this one.
const fn is(text: &[u8], at: usize, name: &[u8]) -> bool {
    let end = name_end(text, at);
    if end - at != name.len() {
        return false;
    }
    let mut i = 0;
    while i < name.len() {
        if text[at + i] != name[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_single_braces() {
        let found: Vec<_> = pieces("`{{#if {parent}}}` {…} {n:row|rows} {{name}}").collect();
        assert_eq!(
            found,
            [
                TemplatePiece::Text("`{{#if "),
                TemplatePiece::Value("parent"),
                TemplatePiece::Text("}}` {…} "),
                TemplatePiece::Plural("n", "row|rows"),
                TemplatePiece::Text(" {{name}}"),
            ]
        );
    }
}
