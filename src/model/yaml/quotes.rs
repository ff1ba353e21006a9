//! Keyboard quotation marks of a text with which a value begins: «голосовали: "за" — 14»,
//! «название: "Конкурс "Живое слово""», «"МБУК ""Библиотека"""» as Excel doubles them. YAML closes
//! its own quotation at the second mark and refuses what stands behind it.

use granit_parser::{ScalarStyle, ScanError};

use super::line::YamlLine;

/// The file with those marks written as YAML understands them, in as many bytes, so that all places
/// stay: `sign` for one that belongs to the text, `'` around a text that holds others.
pub(super) fn mask(masked: &str, sign: char, error: &ScanError) -> Option<String> {
    let at = error.marker().byte_offset()?;
    // The parser may stop at the beginning of the next line.
    let lines = YamlLine::back(masked, at).filter(|line| !line.is_empty()).take(2);
    lines.into_iter().find_map(|line| {
        let from = line.value_start();
        let value = written(line.value, sign)?;
        let mut out = masked.to_owned();
        out.replace_range(from..from + value.len(), &value);
        Some(out)
    })
}

/// A value, or a row of them, with its marks so; nothing if all of them are as YAML has them.
fn written(value: &str, sign: char) -> Option<String> {
    let flow = value.starts_with(['[', '{']);
    if !flow && !value.starts_with('"') {
        return None;
    }
    let mut out = value.to_owned();
    let (mut at, mut before) = (0, ',');
    while let Some(c) = value[at..].chars().next() {
        let begins = at == 0 || flow && matches!(before, '[' | '{' | ',' | ':');
        if c != '"' || !begins {
            at += c.len_utf8();
            before = if c == ' ' { before } else { c };
            continue;
        }
        let quotation = Quotation::read(&value[at..], flow)?;
        let end = at + quotation.len;
        match quotation.ends {
            QuoteEnd::Behind => out.replace_range(at..=at, sign.encode_utf8(&mut [0; 4])),
            QuoteEnd::Around if value[at..end].contains('\'') => return None,
            QuoteEnd::Around => {
                out.replace_range(at..=at, "'");
                out.replace_range(end - 1..end, "'");
            }
            QuoteEnd::Well => {}
        }
        (at, before) = (end, '"');
    }
    (out != value).then_some(out)
}

/// Where the text that a mark begins is done.
struct Quotation {
    len: usize,
    ends: QuoteEnd,
}

enum QuoteEnd {
    /// At its second mark, as YAML wants it.
    Well,
    /// At the last of several: the outer pair is YAML's, the others are the text's.
    Around,
    /// Behind the mark that closes the first: all of them are the text's.
    Behind,
}

impl Quotation {
    /// What begins with a mark; in a row it ends before a comma or a bracket.
    fn read(text: &str, flow: bool) -> Option<Self> {
        // An escape means what YAML says of it.
        if text.contains('\\') {
            return None;
        }
        let over = |at: usize| {
            let rest = text[at..].trim_start();
            let comment = rest.starts_with('#') && rest.len() < text.len() - at;
            let ends = rest.is_empty() || comment || rest.starts_with(':');
            ends || flow && rest.starts_with(ENDS)
        };
        let marks = text.match_indices('"').map(|(at, _)| at).skip(1);
        // In Excel's way each of the text's own marks is two.
        let twice = |at: usize| text[at + 1..].starts_with('"');
        let doubled = marks.clone().next().is_some_and(|at| twice(at) && !over(at + 2));
        let (mut depth, mut inner, mut second) = (1, false, None);
        for at in marks {
            if second == Some(at) {
                continue;
            }
            if doubled && twice(at) {
                (second, inner) = (Some(at + 1), true);
                continue;
            }
            let next = text[at + 1..].chars().next();
            let begins =
                text[..at].ends_with([' ', '(']) && next.is_some_and(char::is_alphanumeric);
            if begins && !doubled {
                (depth, inner) = (depth + 1, true);
                continue;
            }
            depth -= 1;
            if depth == 0 && over(at + 1) {
                let ends = if inner { QuoteEnd::Around } else { QuoteEnd::Well };
                return Some(Self { len: at + 1, ends });
            }
            if depth == 0 {
                return Self::behind(text, at + 1, flow);
            }
        }
        None
    }

    /// What goes on behind its mark. A comma within its marks would end it in a row.
    fn behind(text: &str, closed: usize, flow: bool) -> Option<Self> {
        let len = match flow {
            true => closed + text[closed..].find(ENDS)?,
            false => text.len(),
        };
        let whole = text[..len].matches('"').count().is_multiple_of(2);
        let torn = flow && (text[..closed].contains(ENDS) || !whole);
        (!torn).then_some(Self { len, ends: QuoteEnd::Behind })
    }
}

/// What ends a text in a row.
const ENDS: [char; 3] = [',', ']', '}'];

/// A text whose outer marks were made `'`: of the two that Excel writes for each one is left.
pub(super) fn halved(raw: &str, style: ScalarStyle, text: String) -> String {
    let ours = style == ScalarStyle::SingleQuoted && raw.starts_with('"');
    if ours { text.replace("\"\"", "\"") } else { text }
}
