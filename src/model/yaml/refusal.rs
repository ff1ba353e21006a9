//! What the parser refuses, in words that say what to do: the line at fault as it should be.

use granit_parser::{ErrorKind, ScanError};

use super::super::Limits;
use super::super::russian::is_any_key;
use super::super::tree::SyntaxFault;
use super::line::{BULLETS, YamlLine, gaps, no_break, quoted};
use crate::diag::{Diagnostic, Message, say};

/// The fault that the parser stopped at.
// Over 60 lines: a case for each error of the parser, from the surest to the vaguest.
pub(super) fn fault(error: &ScanError, text: &str, limits: &Limits) -> SyntaxFault {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return SyntaxFault::too_deep(limits, at..at);
    }
    // The parser may stop at the end of the line before the one with the tab.
    let next = text[at..].find('\n').map(|end| YamlLine::at(text, at + end + 1));
    // A tab or a no-break space makes the parser fail somewhere below: looked for first, on all
    // lines above.
    if let Some(fault) = YamlLine::back(text, at).chain(next).find_map(wrong_space) {
        return fault;
    }
    if let Some(fault) = YamlLine::back(text, at).take(2).find_map(empty_cell) {
        return fault;
    }
    if let Some(fault) = left_open(text, at) {
        return fault;
    }
    // The parser stops where it noticed; the line that its author must change is the last that
    // says something.
    let line =
        YamlLine::back(text, at).find(|line| !line.is_empty()).unwrap_or(YamlLine::at(text, at));
    match error.kind() {
        ErrorKind::UnknownAnchor => alias(text, at),
        ErrorKind::MappingValueNotAllowed => {
            let before = line.start.checked_sub(1).map(|end| YamlLine::back(text, end));
            let before = before.into_iter().flatten().find(|line| !line.is_empty());
            // A missing space after a colon glues two lines into one text, and shows only at the
            // next colon.
            let glued = before.and_then(glued_key).or_else(|| before.and_then(bare_key));
            // «2. Обратиться с предложениями:» was meant as an item that leads to others.
            let led = line.value.is_empty() && line.dashes.is_empty();
            let glued = glued.or_else(|| led.then(|| marked_item(line.unkeyed())).flatten());
            let glued = glued.or_else(|| deeper(text, line)).or_else(|| keyed(text, line));
            glued.unwrap_or_else(|| colon(line, at))
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            quote(text, line)
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => bracket(text, at, line),
        _ if escape(error.kind()) => backslash(text, at),
        _ if line.value.starts_with(special) => begins(line),
        ErrorKind::BlockSequenceEntryNotAllowed if line.key.is_some() => said(
            line,
            say!("a list cannot begin behind its key"),
            say!(
                "put each item on a line of its own: `{indent}{value}`",
                indent = line.indent,
                value = "  - …"
            ),
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey if line.key.is_none() => {
            no_key(line)
        }
        ErrorKind::InvalidSimpleKey
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::UnexpectedEndOfPlainScalar => column(text, line),
        _ => said(
            line,
            say!("this line is not YAML"),
            say!("put the text in quotes: `{quoted}`", quoted = line.quoted()),
        ),
    }
}

fn said(line: YamlLine<'_>, message: Message, hint: Message) -> SyntaxFault {
    SyntaxFault::new(Diagnostic::error("syntax", message).hint(hint), line.range())
}

/// `[Итого,,46]`: a cell that is not written, with no room for what means nothing.
fn empty_cell(line: YamlLine<'_>) -> Option<SyntaxFault> {
    let gaps = gaps(line.value);
    if !line.value.starts_with('[') || gaps.is_empty() {
        return None;
    }
    let mut row = line.value.to_owned();
    for gap in gaps.into_iter().rev() {
        row.insert_str(gap, " \"\"");
    }
    let hint = say!("write an empty cell as \"\": `{row}`", row = line.with(&row).trim_start());
    Some(said(line, say!("a cell of this row is empty"), hint))
}

/// Spaces in an indent that YAML does not take for spaces.
fn wrong_space(line: YamlLine<'_>) -> Option<SyntaxFault> {
    // A tab counts as the two spaces that are one step of the indent in most files.
    let spaces = " ".repeat(line.indent.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum());
    let what = if line.indent.contains(no_break) {
        say!("there are no-break spaces in the indent, which YAML takes for letters")
    } else if line.indent.contains('\t') && !line.is_empty() {
        say!("there is a tab in the indent")
    } else {
        return None;
    };
    let hint = say!("put usual spaces instead: `{spaces}`", spaces = line.indented(&spaces));
    let range = line.start..line.start + line.indent.len();
    Some(SyntaxFault::new(Diagnostic::error("syntax", what).hint(hint), range))
}

/// A key that stands deeper than the key before it, which has a value and so can hold no other.
fn deeper(text: &str, line: YamlLine<'_>) -> Option<SyntaxFault> {
    let before = YamlLine::back(text, line.start.checked_sub(1)?).find(|line| !line.is_empty())?;
    let (key, above) = (line.key?, before.key?);
    let column = before.indent.len() + before.dashes.len();
    let extra = line.indent.len().checked_sub(column).filter(|extra| *extra > 0)?;
    if before.value.is_empty() || !line.dashes.is_empty() {
        return None;
    }
    let right = line.indented(&" ".repeat(column));
    Some(said(
        line,
        say!(
            "the key `{key}` stands deeper than `{above}` above it, which has a value already",
            key,
            above
        ),
        match extra {
            1 => say!("take one space away: `{right}`", right),
            _ => say!("take {extra} spaces away: `{right}`", extra, right),
        },
    ))
}

/// A key below an item that is a text: «- Как часто?» and «варианты:» deeper than its dash.
fn keyed(text: &str, line: YamlLine<'_>) -> Option<SyntaxFault> {
    let before = YamlLine::back(text, line.start.checked_sub(1)?).find(|line| !line.is_empty())?;
    let key = line.key.filter(|_| line.dashes.is_empty())?;
    if before.dashes.is_empty() || before.key.is_some() || line.indent <= before.indent {
        return None;
    }
    let value = before.value;
    let cyrillic = value.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    let right = format!("{}{} {value}", before.dashes, if cyrillic { "текст:" } else { "text:" });
    let right = right.replace("-  ", "- ");
    Some(said(
        before,
        say!("this item is a text, and so it cannot have the key `{key}` below it", key),
        say!("give the text a key, too: `{right}`", right),
    ))
}

/// A colon and a space in a text.
fn colon(line: YamlLine<'_>, at: usize) -> SyntaxFault {
    let hint = say!("put the text in quotes: `{quoted}`", quoted = line.quoted());
    let fault = Diagnostic::error("syntax", say!("there is a colon and a space inside this text"));
    SyntaxFault::new(fault.hint(hint), at..at)
}

/// A quotation mark that is never closed. The parser knows of it at the end of the file alone.
fn quote(text: &str, line: YamlLine<'_>) -> SyntaxFault {
    let open = |line: &YamlLine<'_>| {
        let mark = line.value.chars().next().filter(|c| matches!(c, '"' | '\''));
        mark.is_some_and(|mark| !line.value[1..].contains(mark))
    };
    // The first line from above whose quotation mark does not close: all after it was read as
    // text.
    unclosed_quote(YamlLine::back(text, text.len()).filter(open).last().unwrap_or(line))
}

fn unclosed_quote(line: YamlLine<'_>) -> SyntaxFault {
    // Without a mark where the parser saw one within a text that goes over lines.
    let text = line.value.strip_prefix(['"', '\'']).unwrap_or(line.value).trim();
    said(
        line,
        say!("the quotation mark that opens here is never closed"),
        say!("close it: `{line}`", line = line.with(&quoted(text))),
    )
}

/// A bracket that is never closed, or a text that begins with one.
fn bracket(text: &str, at: usize, line: YamlLine<'_>) -> SyntaxFault {
    let open = |line: &YamlLine<'_>| {
        (line.value.starts_with('{') && !line.value.contains('}'))
            || (line.value.starts_with('[') && !line.value.contains(']'))
    };
    unclosed_bracket(YamlLine::back(text, at).find(open).unwrap_or(line))
}

fn unclosed_bracket(line: YamlLine<'_>) -> SyntaxFault {
    let (open, close) = if line.value.starts_with('[') { ('[', ']') } else { ('{', '}') };
    said(
        line,
        say!("the bracket `{open}` is never closed", open),
        say!(
            "add `{close}`, or, if it is text, put it in quotes: `{quoted}`",
            close,
            quoted = line.quoted()
        ),
    )
}

/// A quotation mark or a bracket that is still open where the next key or item stands. The parser
/// reads on, and stops far below: at the next quotation mark, or at a colon that fits nothing.
fn left_open(text: &str, at: usize) -> Option<SyntaxFault> {
    let mut literal = None;
    let mut read = 0;
    for line in YamlLine::to(text, at) {
        // Lines of `|` and `>` are text, whatever they begin with.
        if literal.is_some_and(|indent| line.indent.len() > indent) || line.start < read {
            continue;
        }
        literal = line.value.starts_with(['|', '>']).then_some(line.indent.len());
        // A line that goes on with a text may begin with a quotation mark, too.
        let begins = line.key.is_some() || !line.dashes.is_empty();
        if !begins || !line.value.starts_with(['"', '\'', '{', '[']) {
            continue;
        }
        match flow_end(text, line) {
            Some(end) => read = end,
            None if line.value.starts_with(['"', '\'']) => return Some(unclosed_quote(line)),
            None => return Some(unclosed_bracket(line)),
        }
    }
    None
}

/// Where the quotation mark or the bracket closes with which the value of a line begins; nothing
/// if the next key comes first.
fn flow_end(text: &str, line: YamlLine<'_>) -> Option<usize> {
    let from = line.value_start();
    let mut depth = 0usize;
    let (mut quote, mut comment) = (None, false);
    let mut before = ' ';
    let mut chars = text[from..].char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\n') if YamlLine::at(text, from + at + 1).leaves(&line) => return None,
            (_, '\n') => comment = false,
            (_, _) if comment => continue,
            (Some('"'), '\\') => _ = chars.next(),
            // Two single ones are one that stands in the text: closed, and open again.
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '#') if before.is_whitespace() => comment = true,
            // Inside of a text a quotation mark is a letter: «д'Артаньян».
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = c;
        if depth == 0 && quote.is_none() && !text[from + at + 1..].starts_with('\'') {
            return Some(from + at);
        }
    }
    None
}

/// What has a meaning of its own at the beginning of a value.
fn special(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '{' | '[' | '}' | ']' | ','
    )
}

fn escape(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidUnicodeEscape
    )
}

/// `"Школа\новая"`: a backslash that makes no letter of the next one.
fn backslash(text: &str, at: usize) -> SyntaxFault {
    let line = YamlLine::at(text, at);
    let inside = line.value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    said(
        line,
        say!("in double quotes `\\` and the letter behind it are one sign"),
        match inside {
            Some(inside) => {
                say!("use single quotes: `{text}`", text = line.with(&quoted(inside)).trim_start())
            }
            None => say!("write `\\\\` for a backslash, or use single quotes"),
        },
    )
}

/// A text that begins with a character of YAML's own.
fn begins(line: YamlLine<'_>) -> SyntaxFault {
    let what = match line.value.chars().next() {
        Some('"' | '\'') => say!("the text goes on behind its closing quotation mark"),
        Some(c) => say!("a text that begins with `{c}` needs quotes", c),
        None => say!("this line is not YAML"),
    };
    said(line, what, say!("put the whole text in quotes: `{quoted}`", quoted = line.quoted()))
}

/// `*b`: the name of nothing, or a text that begins with an asterisk.
fn alias(text: &str, at: usize) -> SyntaxFault {
    // The parser reports the end of the name; the star is near before it.
    let from = text[..at.min(text.len())].rfind('*').filter(|from| at - from < 64).unwrap_or(at);
    let from = if text[at..].starts_with('*') { at } else { from };
    let rest = text[from..].lines().next().unwrap_or_default();
    let inside =
        rest.find([',', ']', '}']).filter(|_| text[..from].trim_end().ends_with([',', '[']));
    let word = rest[..inside.unwrap_or(rest.len())].trim_end();
    let fault = Diagnostic::error("syntax", say!("a text that begins with `*` needs quotes"));
    let line = YamlLine::at(text, from);
    // The mark of a list in other texts: «* Провести конкурс» on a line of its own.
    if line.dashes.is_empty()
        && line.key.is_none()
        && let Some(item) = marked_item(line)
    {
        return item;
    }
    let right = if line.value == word { line.quoted() } else { quoted(word) };
    let fault = fault.hint(say!("put the whole text in quotes: `{word}`", word = right));
    SyntaxFault::new(fault, from..from + word.len())
}

/// `kind:Протокол`: no key, since no space is behind the colon, or none of the usual ones.
fn glued_key(line: YamlLine<'_>) -> Option<SyntaxFault> {
    // Keyboards of the East have a colon of their own.
    let (key, value) = line.value.split_once([':', '：']).filter(|_| line.key.is_none())?;
    // `http://…` is an address and no key.
    if key.is_empty() || key.contains(char::is_whitespace) || value.starts_with("//") {
        return None;
    }
    let value = value.trim_start_matches(no_break).trim();
    let right = format!("{}{}{key}: {value}", line.indent, line.dashes);
    Some(said(
        line,
        say!("a usual space is wanted after the colon"),
        say!("write `{right}`", right),
    ))
}

/// `kind Протокол`: a key that lacks its colon.
fn bare_key(line: YamlLine<'_>) -> Option<SyntaxFault> {
    let (key, value) = line.value.split_once(' ').filter(|_| line.key.is_none())?;
    is_any_key(key).then(|| {
        let right = format!("{}{}{key}: {}", line.indent, line.dashes, value.trim());
        said(line, say!("a colon is wanted after the key"), say!("write `{right}`", right))
    })
}

/// `1. Первое`, `— Первое`: an item as Word marks it.
fn marked_item(line: YamlLine<'_>) -> Option<SyntaxFault> {
    let value = line.value;
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    // `-Второе`: the space is missing.
    let glued = value.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphabetic));
    if let Some(right) = glued {
        return Some(item(line, right));
    }
    let rest = match value[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 => rest,
        _ => value.strip_prefix(|c| BULLETS.contains(&c) || matches!(c, '*' | '+'))?,
    };
    let right = rest.strip_prefix(|c: char| c.is_whitespace() || no_break(c))?.trim();
    Some(item(line, right))
}

fn item(line: YamlLine<'_>, right: &str) -> SyntaxFault {
    // An item of a document's list stands deeper than the key above it.
    let indent = if line.indent.is_empty() { "  " } else { line.indent };
    said(
        line,
        say!("an item of a list begins with a hyphen and a space"),
        say!("write `{right}`", right = format!("{indent}- {right}")),
    )
}

/// A line where a key is wanted.
fn no_key(line: YamlLine<'_>) -> SyntaxFault {
    let known = glued_key(line).or_else(|| marked_item(line)).or_else(|| bare_key(line));
    known.unwrap_or_else(|| {
        said(
            line,
            say!("this line is neither a `key: value` nor a part of the text before it"),
            say!(
                "give it a key; or, if it goes on with the text before, an indent deeper than that"
            ),
        )
    })
}

/// A line in a column that fits nothing above it.
fn column(text: &str, line: YamlLine<'_>) -> SyntaxFault {
    let like = |other: &YamlLine<'_>| {
        !other.is_empty() && other.dashes.is_empty() == line.dashes.is_empty()
    };
    let before = line.start.checked_sub(1).map(|end| YamlLine::back(text, end));
    let before = before.into_iter().flatten().find(like);
    let comment = line.start.checked_sub(1).map(|end| YamlLine::at(text, end));
    let hint = match before {
        _ if comment.is_some_and(|above| above.value.starts_with('#')) => say!(
            "the comment above ends the text before it: put the whole text in quotes, or take the \
             comment away"
        ),
        Some(before) => say!(
            "should it stand below `{line}`? Then its indent is the same: `{indent}`",
            line = before.with(before.value).trim(),
            indent = line.indented(before.indent)
        ),
        None => say!("let it begin in the column of the line that it belongs to"),
    };
    let what = if line.dashes.is_empty() {
        say!("the indent of this line fits nothing above it")
    } else {
        say!("the indent of this dash fits nothing above it")
    };
    said(line, what, hint)
}
