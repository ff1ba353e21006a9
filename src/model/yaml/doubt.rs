//! YAML that is legal and loses text: what its author very likely meant otherwise is asked about,
//! with the line as it should be.
//!
//! Comments, folded texts and lists in brackets are used rightly far more often than not, so each
//! question has a sign of its own that right use does not have.

use std::ops::Range;

use super::super::russian::is_any_key;
use super::super::tree::{DataNode, DataValue, MapKey, SyntaxFault, quote};
use super::hidden::comment;
use super::line::{BULLETS, YamlLine, no_break, quoted};
use crate::diag::{Diagnostic, Message, say};

pub(super) fn ask(
    code: &'static str,
    message: Message,
    hint: Message,
    range: Range<usize>,
) -> SyntaxFault {
    SyntaxFault::new(Diagnostic::warning(code, message).hint(hint), range)
}

/// What is to be asked about an unquoted scalar.
pub(super) fn plain(text: &str, range: &Range<usize>) -> Vec<SyntaxFault> {
    let Some(raw) = text.get(range.clone()) else { return Vec::new() };
    let raw = raw.trim_end();
    let mut faults: Vec<SyntaxFault> = comment(text, range).into_iter().collect();
    let Some(first) = raw.lines().next() else { return faults };
    let start = range.start;
    let alone = dash(text, first, start)
        .or_else(|| space(text, first, start))
        .or_else(|| bullet(text, first, start))
        .or_else(|| glued(text, first, start));
    faults.extend(alone);
    let in_list = is_item(text, range.start);
    let mut at = range.start + first.len();
    for line in raw[first.len()..].split_inclusive('\n') {
        let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || no_break(c));
        let own = at + (line.len() - trimmed.len());
        at += line.len();
        let trimmed = trimmed.trim_end();
        if !trimmed.is_empty() && item(trimmed, first, in_list) {
            faults.push(merged(text, trimmed, own, range.start));
        }
    }
    faults
}

/// Whether what begins there is an item of a list, or in the first line of one.
pub(super) fn is_item(text: &str, start: usize) -> bool {
    !YamlLine::at(text, start).dashes.is_empty()
}

/// `-Первое`: a dash without its space makes no item.
fn dash(text: &str, first: &str, start: usize) -> Option<SyntaxFault> {
    let rest = first.strip_prefix('-')?;
    // `-5` is a number and `---` a line: only a letter shows that an item was meant.
    let next = rest.chars().next().filter(|c| c.is_alphabetic() || no_break(*c))?;
    let line = YamlLine::at(text, start);
    let right = rest.trim_start_matches(no_break);
    Some(ask(
        "yaml-dash",
        if no_break(next) {
            say!("the dash of an item needs a usual space behind it")
        } else {
            say!("the dash of an item needs a space behind it")
        },
        say!("write `{indent}- {right}`", indent = line.indent, right),
        start..start + first.len(),
    ))
}

/// `– Первое` below a key: a sign of Word's lists, which is a letter like any other here.
fn bullet(text: &str, first: &str, start: usize) -> Option<SyntaxFault> {
    let line = YamlLine::at(text, start);
    // Behind a key or in an item it may begin a line of dialogue.
    if line.start + line.indent.len() != start || line.key.is_some() {
        return None;
    }
    let rest = first.strip_prefix(BULLETS)?;
    let right = rest.strip_prefix(|c: char| c.is_whitespace() || no_break(c))?.trim();
    Some(ask(
        "yaml-dash",
        say!("an item of a list begins with a hyphen and a space"),
        say!("write `{indent}- {right}`", indent = line.indent, right),
        start..start + first.len(),
    ))
}

/// `kind:Протокол` as the first line of what has become one text.
fn glued(text: &str, first: &str, start: usize) -> Option<SyntaxFault> {
    let (key, value) = first.split_once(':').filter(|(key, _)| is_any_key(key))?;
    let line = YamlLine::at(text, start);
    // Only where a key may stand: at the beginning of a line or of an item.
    let opens = line.start + line.indent.len() + line.dashes.len() == start;
    (opens && !value.is_empty()).then(|| {
        let (indent, dashes, value) = (line.indent, line.dashes, value.trim());
        ask(
            "yaml-space",
            say!("a usual space is wanted after the colon"),
            say!("write `{right}`", right = format!("{indent}{dashes}{key}: {value}")),
            start..start + first.len(),
        )
    })
}

/// `? text`: a key of its own kind (YAML 1.2, 8.2.2), which nobody means in a text.
fn question(text: &str, key: &MapKey) -> Option<SyntaxFault> {
    let before = text[..key.range.start].trim_end_matches(' ');
    let mark = before.strip_suffix('?')?.len();
    // At the beginning of the file, of a line or of an item.
    let before = text[..mark].trim_end_matches(' ');
    (before.is_empty() || before.ends_with(['\n', '-'])).then(|| {
        let line = YamlLine::at(text, mark);
        let fault = Diagnostic::error(
            "syntax",
            say!("a text that begins with `{c}` needs quotes", c = '?'),
        );
        let hint =
            say!("put the whole text in quotes: `{quoted}`", quoted = line.quoted().trim_start());
        SyntaxFault::new(fault.hint(hint), mark..key.range.end)
    })
}

/// `"C:\new"`: in double quotes a backslash makes another letter of the next one.
pub(super) fn escapes(text: &str, range: &Range<usize>) -> Option<SyntaxFault> {
    let raw = text.get(range.clone())?;
    let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
    // A letter of a drive with its colon: nobody writes that before a line break.
    let bytes = inside.as_bytes();
    let is_path = bytes.windows(4).any(|w| {
        w[0].is_ascii_alphabetic() && w[1] == b':' && w[2] == b'\\' && w[3].is_ascii_alphabetic()
    });
    is_path.then(|| {
        ask(
            "yaml-escape",
            say!("in double quotes `\\` and the letter behind it are one sign"),
            say!("use single quotes: `{text}`", text = quoted(inside)),
            range.clone(),
        )
    })
}

/// A no-break space in the place of one that YAML needs.
fn space(text: &str, first: &str, start: usize) -> Option<SyntaxFault> {
    let line = YamlLine::at(text, start);
    let key = first.split(':').next().unwrap_or_default();
    let behind =
        first[key.len()..].strip_prefix(':').is_some_and(|rest| rest.starts_with(no_break));
    let behind = behind && !key.is_empty() && !key.contains(char::is_whitespace);
    if !(first.starts_with(no_break) || behind) {
        return None;
    }
    let right = first.trim_start_matches(no_break).replacen(no_break, " ", usize::from(behind));
    let indent: String = line.indent.chars().map(|_| ' ').collect();
    Some(ask(
        "yaml-space",
        say!("a no-break space is used where YAML needs an ordinary one"),
        say!("write `{indent}{right}`", indent, right),
        start..start + first.len(),
    ))
}

/// A key that begins with a no-break space or behind a question mark.
pub(super) fn key(text: &str, key: &MapKey) -> Option<SyntaxFault> {
    space(text, &key.text, key.range.start)
        .filter(|_| key.text.starts_with(no_break))
        .or_else(|| question(text, key))
}

/// Whether a line that became part of the text before it looks like an item or a key of its own.
fn item(line: &str, first: &str, in_list: bool) -> bool {
    let number = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && line[digits..].starts_with(['.', ')'])
    };
    // Below an item: «2. Третье», «— Четвёртое».
    let begins = |rest: Option<&str>| {
        let rest = rest.and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        in_list && rest.starts_with(char::is_uppercase)
    };
    let counted = |line: &str| {
        number(line) && begins(line.trim_start_matches(|c: char| c.is_ascii_digit()).get(1..))
    };
    // `number 5`: a key without its colon. Russian ones are words of texts, too.
    let bare = |line: &str| {
        let word = line.split(' ').next().unwrap_or_default();
        word.is_ascii() && word.len() < line.len() && is_any_key(word)
    };
    let key = |line: &str| {
        let name = line.split(':').next().unwrap_or_default();
        let rest = &line[name.len()..];
        let word = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '_');
        // `имя:Иванов` without its space; addresses and real keys are others.
        word && rest.len() > 1 && !rest.starts_with("://") && !rest.starts_with(": ")
    };
    let same = |mark: char| line.starts_with(mark) && first.starts_with(mark);
    match line.chars().next() {
        // A number below zero may go on a text.
        Some('-') => !line[1..].starts_with(|c: char| c == '-' || c.is_ascii_digit()),
        Some('•' | '●' | '▪') => true,
        Some('*' | '+') if line[1..].starts_with(' ') => true,
        // A dash begins a line of prose often enough; only a row of them is a list.
        Some(mark @ ('—' | '–' | '*' | '+')) => {
            same(mark) || begins(line.strip_prefix(['—', '–']))
        }
        _ => (number(line) && number(first)) || counted(line) || key(line) || bare(line),
    }
}

/// A line that the text before it has taken in.
fn merged(text: &str, line: &str, at: usize, start: usize) -> SyntaxFault {
    let owner = YamlLine::at(text, start);
    let marks = ['-', '•', '●', '▪', '—', '–', '*', '+'];
    let counted = line.starts_with(|c: char| c.is_ascii_digit());
    let right = if counted || line.starts_with(marks) || !owner.dashes.is_empty() {
        let bare = line
            .trim_start_matches(marks)
            .trim_start_matches(|c: char| c.is_whitespace() || no_break(c));
        format!("{}- {bare}", owner.indent)
    } else {
        let (key, value) = line.split_once([':', ' ']).unwrap_or((line, ""));
        format!("{}{key}: {}", owner.indent, value.trim_start_matches(no_break).trim())
    };
    ask(
        "yaml-indent",
        say!(
            "by its indent this line became part of the text before it: {line}",
            line = quote(line)
        ),
        say!("if it is an item or a key of its own, write `{right}`", right),
        at..at + line.len(),
    )
}

/// What is to be asked about a list that ends: commas in brackets, two dashes in a row.
pub(super) fn list(text: &str, start: usize, items: &[DataNode]) -> Option<SyntaxFault> {
    if text[start..].starts_with('[') {
        return brackets(text, items);
    }
    let line = YamlLine::at(text, start);
    let before = &text[line.start..start];
    // Two or more items in the inner list are meant so.
    let [only] = items else { return None };
    let DataValue::Scalar { text: only_text, .. } = &only.value else { return None };
    // Of a list in its key's own column the parser tells the place behind the dash.
    let nested = before.trim_end().ends_with('-')
        && before.trim_start().starts_with('-')
        && text[start..].starts_with('-');
    nested.then(|| {
        ask(
            "yaml-dash",
            say!("two dashes in a row make a list inside of a list"),
            say!("write one: `{indent}- {text}`", indent = line.indent, text = only_text),
            line.start + line.indent.len()..only.range.end,
        )
    })
}

/// `[Провести семинар, выставку.]`, `[Иванов, 1,5]`: commas that belong to a text.
fn brackets(text: &str, items: &[DataNode]) -> Option<SyntaxFault> {
    let plain = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, plain: true } => Some(text.clone()),
        _ => None,
    };
    let texts: Vec<String> = items.iter().map_while(plain).collect();
    // Items in quotes are separate beyond doubt.
    if texts.len() != items.len() || texts.len() < 2 {
        return None;
    }
    let sentence = sentence(&texts).or_else(|| series(&texts));
    let digit = |c: char| c.is_ascii_digit();
    let decimal = items.windows(2).zip(&texts).find(|(pair, left)| {
        text.get(pair[0].range.end..pair[1].range.start) == Some(",")
            && left.ends_with(digit)
            && text[pair[1].range.start..].starts_with(digit)
    });
    let (joined, range) = match decimal {
        Some((pair, left)) => {
            let range = pair[0].range.start..pair[1].range.end;
            (format!("{left},{}", plain(&pair[1])?), range)
        }
        None => {
            let part = sentence?;
            let range = items[part.start].range.start..items[part.end - 1].range.end;
            (texts[part].join(", "), range)
        }
    };
    Some(ask(
        "yaml-comma",
        say!("the comma ends an item here: {joined} is not one text", joined = quote(&joined)),
        say!("if it is one, put it in quotes: `{joined}`", joined = quoted(&joined)),
        range,
    ))
}

/// A sentence among the items: a capital, small letters behind the commas, a full stop at the end.
fn sentence(texts: &[String]) -> Option<Range<usize>> {
    let ends = |text: &String| text.ends_with(['.', ';', '!', '?', '…']);
    let lower = |text: &String| text.starts_with(char::is_lowercase);
    let first = (1..texts.len()).find(|at| {
        lower(&texts[*at]) && texts[at - 1].starts_with(char::is_uppercase) && !ends(&texts[at - 1])
    })?;
    let end = first + texts[first..].iter().position(ends)?;
    // «Ким Ю. О.», «Шары, упак.», «до 1 мая 2025 г.» end with an initial or a clipped word.
    let last = texts[end].strip_suffix('.')?.rsplit([' ', '.']).next()?;
    (last.chars().count() > 4).then_some(first - 1..end + 1)
}

/// «помощь, поддержку и участие»: an «и» before the last of a row is how a text counts things up.
fn series(texts: &[String]) -> Option<Range<usize>> {
    let joined = |text: &String| text.contains(" и ") || text.contains(" или ");
    let (last, before) = texts.split_last()?;
    let small = texts.iter().all(|text| text.starts_with(char::is_lowercase));
    (small && joined(last) && !before.iter().any(joined)).then_some(0..texts.len())
}

/// `{name: Егорова Т. В., директор}`: a comma that made a key of the rest of a value.
pub(super) fn map(text: &str, start: usize, entries: &[(MapKey, DataNode)]) -> Vec<SyntaxFault> {
    if !text[start..].starts_with('{') {
        return Vec::new();
    }
    let made = |entry: &(MapKey, DataNode)| {
        let (key, node) = entry;
        let next = text.get(key.range.end..).unwrap_or_default().trim_start();
        // A key without a colon, which a comma has made.
        matches!(node.value, DataValue::Null) && next.starts_with([',', '}'])
    };
    let asked = |pair: &[(MapKey, DataNode)]| {
        let ((before, value), (key, _)) = (&pair[0], &pair[1]);
        let DataValue::Scalar { text, plain: true } = &value.value else { return None };
        let joined = format!("{text}, {}", key.text);
        Some(ask(
            "yaml-comma",
            say!(
                "the comma ended the value of `{before}`, and {key} became a key of its own",
                before = before.text,
                key = quote(&key.text)
            ),
            say!(
                "if it belongs to the value, put that in quotes: `{before}: {joined}`",
                before = before.text,
                joined = quoted(&joined)
            ),
            key.range.clone(),
        ))
    };
    entries.windows(2).filter(|pair| made(&pair[1])).filter_map(asked).collect()
}
