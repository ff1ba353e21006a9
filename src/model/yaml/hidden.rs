//! Text that YAML takes for something that is not text and drops: comments and names of anchors.

use std::ops::Range;

use super::super::tree::{SyntaxFault, quote};
use super::doubt::ask;
use super::line::{YamlLine, quoted};
use crate::diag::say;

/// ` #5` behind a text, in its place or below it.
pub(super) fn comment(text: &str, range: &Range<usize>) -> Option<SyntaxFault> {
    let raw = text.get(range.clone())?.trim_end();
    let end = match raw {
        "" => before_value(text, range.start)?,
        _ => range.start + raw.len(),
    };
    let line = YamlLine::at(text, end);
    let rest = text[end..].split('\n').next()?;
    let gap = rest.len() - rest.trim_start().len();
    let (at, words) = if !rest.trim().is_empty() {
        (end + gap, rest.trim())
    } else {
        // A line that seems to go on with the text: deeper than what it belongs to.
        let owner = YamlLine::at(text, range.start);
        let next = YamlLine::at(text, end + rest.len() + 1);
        let goes_on = next.start > end && next.indent.len() > owner.indent.len();
        let below = next.value.starts_with('#') && next.key.is_none() && !raw.is_empty();
        (below && goes_on).then(|| (next.value_start(), next.value))?
    };
    if !words.strip_prefix('#').is_some_and(is_text) || (gap == 0 && at == end) {
        return None;
    }
    // Brackets that close behind the sign belong to the line and not to the text.
    let in_brackets = line.value.starts_with(['{', '[']);
    let bare = if in_brackets { words.trim_end_matches([']', '}']) } else { words };
    let whole = raw.split_whitespace().chain([bare]).collect::<Vec<_>>().join(" ");
    let alone = raw.contains('\n') || at > end + rest.len() || in_brackets;
    let fixed = if alone { quoted(&whole) } else { line.with(&quoted(&whole)) };
    Some(ask(
        "yaml-comment",
        say!("a comment begins here: {text} is not in the text", text = quote(words)),
        say!(
            "if it belongs to the text, put the whole in quotes: `{text}`",
            text = fixed.trim_start()
        ),
        at..at + words.len(),
    ))
}

/// Where a value would begin that is not there, if there is a comment in its place. The parser
/// tells a place behind it.
fn before_value(text: &str, place: usize) -> Option<usize> {
    let line = YamlLine::at(text, text.get(..place)?.trim_end().len());
    let begins = line.key.is_some() || !line.dashes.is_empty();
    let at = line.value_start();
    (begins && line.value.starts_with('#')).then(|| text[..at].trim_end().len())
}

/// Whether what stands behind `#` is a text. A comment that people mean has a space there, and
/// «приказ # 5» is a number all the same.
fn is_text(inside: &str) -> bool {
    let mut chars = inside.chars();
    match chars.next() {
        Some(' ') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        next => next.is_some_and(char::is_alphanumeric),
    }
}

/// `&Co провести`: the name of an anchor that nothing refers to.
pub(super) fn anchor(text: &str, node: &Range<usize>) -> Option<SyntaxFault> {
    let line = YamlLine::at(text, node.start);
    let at = line.start + text[line.start..node.start].rfind('&')?;
    let value = text.get(at..node.end)?.lines().next()?.trim_end();
    let name = value.split_whitespace().next()?;
    // Inside of brackets the value is not all of its line.
    let fixed = if line.value.trim() == value { line.with(&quoted(value)) } else { quoted(value) };
    Some(ask(
        "yaml-anchor",
        say!("YAML takes {name} for the name of an anchor and leaves it out", name = quote(name)),
        say!(
            "if it belongs to the text, put the whole in quotes: `{text}`",
            text = fixed.trim_start()
        ),
        at..at + value.len(),
    ))
}
