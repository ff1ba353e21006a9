//! A name cut into words, walls of quotes, and what stands between.

use super::super::phrase;
use super::super::word::Letters;
use super::known::is_body;

/// A piece of a name. All pieces one after another are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrgToken<'a> {
    Word(&'a str),
    /// What stands in quotes, with them: nothing in it inflects or agrees.
    Wall(&'a str),
    /// Spaces.
    Gap(&'a str),
    /// A comma, semicolon or colon.
    Comma(&'a str),
    /// A dash between spaces.
    Dash(&'a str),
    Open(&'a str),
    Close(&'a str),
}

impl<'a> OrgToken<'a> {
    pub(super) const fn text(self) -> &'a str {
        match self {
            Self::Word(text)
            | Self::Wall(text)
            | Self::Gap(text)
            | Self::Comma(text)
            | Self::Dash(text)
            | Self::Open(text)
            | Self::Close(text) => text,
        }
    }
}

/// Cuts a name into its atoms.
pub(super) fn atoms(text: &str) -> Vec<OrgToken<'_>> {
    let mut list = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            ch if ch.is_whitespace() => rest.find(|ch: char| !ch.is_whitespace()),
            '«' | '„' | '“' | '"' | '”' => Some(end_of_quotes(rest, first)),
            '(' | ')' | ',' | ';' | ':' => Some(first.len_utf8()),
            _ => rest.find(|ch: char| ch.is_whitespace() || "«»„“”\"(),;:".contains(ch)),
        };
        // A closing quote without its opening one is a word of its own.
        let end = end.filter(|&end| end > 0).unwrap_or(if first == '»' { 2 } else { rest.len() });
        let (text, tail) = rest.split_at(end);
        let token = match first {
            ch if ch.is_whitespace() => OrgToken::Gap(text),
            '«' | '„' | '“' | '"' | '”' => OrgToken::Wall(text),
            ',' | ';' | ':' => OrgToken::Comma(text),
            '(' => OrgToken::Open(text),
            ')' => OrgToken::Close(text),
            _ if matches!(text, "—" | "–" | "-" | "/") => OrgToken::Dash(text),
            _ => match split_apposition(text).filter(|_| tail.starts_with(char::is_whitespace)) {
                Some((noun, adjective)) => {
                    list.extend([OrgToken::Word(noun), OrgToken::Dash("-")]);
                    OrgToken::Word(adjective)
                }
                None => OrgToken::Word(text),
            },
        };
        list.push(token);
        rest = tail;
    }
    list
}

/// «Школа-детский сад»: the hyphen joins a body to a phrase, whose first word is an adjective.
fn split_apposition(word: &str) -> Option<(&str, &str)> {
    let (noun, adjective) = word.rsplit_once('-')?;
    let letters = Letters::new(adjective);
    let phrase = phrase::adjective_gender(&letters).is_some() && !is_body(adjective);
    (phrase && is_body(noun)).then_some((noun, adjective))
}

/// Where the quotes that open a text close; at its end if they never do.
fn end_of_quotes(text: &str, first: char) -> usize {
    let mut depth = 0_i32;
    for (at, ch) in text.char_indices() {
        let closes = match first {
            '«' | '„' => {
                // Only marks of the pair that opened the wall count: an inner pair of another
                // kind cannot close it.
                depth += i32::from(ch == first)
                    - i32::from(matches!(ch, '»' | '“') && first_closes(first, ch));
                depth == 0 && at > 0
            }
            // Straight marks are alike at both ends, so they cannot nest.
            _ => at > 0 && matches!(ch, '"' | '”'),
        };
        if closes {
            return at + ch.len_utf8();
        }
    }
    text.len()
}

const fn first_closes(first: char, ch: char) -> bool {
    matches!((first, ch), ('«', '»') | ('„', '“'))
}
