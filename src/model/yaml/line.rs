//! A line of YAML as its author sees it: indent, dashes, key, value. Read without a parser, for
//! files that the parser refuses or that say something else than was meant.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::super::russian::is_any_key;
use super::super::tree::SyntaxFault;
use super::quotes;
use crate::diag::{Diagnostic, say};

/// Spaces that YAML takes for letters. They come with text pasted from Word and web pages.
const NO_BREAK: [char; 4] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{feff}'];

/// What marks an item in Word, and is a letter to YAML.
pub(super) const BULLETS: [char; 6] = ['–', '—', '•', '●', '▪', '·'];

/// Whether YAML takes this space for a letter.
pub(super) fn no_break(c: char) -> bool {
    NO_BREAK.contains(&c)
}

/// One line without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct YamlLine<'a> {
    /// Where it begins in the file.
    pub(super) start: usize,
    /// The white space that it begins with, whatever kind.
    pub(super) indent: &'a str,
    /// The dashes of list items, with the spaces behind them.
    pub(super) dashes: &'a str,
    /// The key, if there is one before a colon and a space.
    pub(super) key: Option<&'a str>,
    /// The rest, without the white space around it.
    pub(super) value: &'a str,
    whole: &'a str,
}

impl<'a> YamlLine<'a> {
    /// The line that a byte stands in.
    pub(super) fn at(text: &'a str, mut byte: usize) -> Self {
        byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        Self::new(text, start)
    }

    /// The same line as one text, though it ends as a key does.
    pub(super) fn unkeyed(self) -> Self {
        Self { key: None, value: self.whole[self.indent.len()..].trim_end(), ..self }
    }

    fn new(text: &'a str, start: usize) -> Self {
        let whole = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let body = whole.trim_start_matches(|c: char| c.is_whitespace() || no_break(c));
        let mut rest = body;
        // Dashes may stand one behind the other: `- - text`.
        while let Some(inner) = rest.strip_prefix("- ") {
            rest = inner.trim_start();
        }
        // A colon ends a key only before a space or at the end of its line (YAML 1.2, 7.3.3).
        let (key, value) = match rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len)) {
            // A colon inside quotes or brackets does not belong to the line.
            Some(colon) if !rest.starts_with(['"', '\'', '{', '[', '#']) => {
                (Some(&rest[..colon]), &rest[colon + 1..])
            }
            _ => (None, rest),
        };
        Self {
            start,
            indent: &whole[..whole.len() - body.len()],
            dashes: &body[..body.len() - rest.len()],
            key,
            value: value.trim(),
            whole,
        }
    }

    /// All lines from the beginning to the one that a byte stands in, last first.
    pub(super) fn back(text: &'a str, byte: usize) -> impl Iterator<Item = Self> {
        let last = Self::at(text, byte);
        std::iter::successors(Some(last), |line| {
            line.start.checked_sub(1).map(|end| Self::at(text, end))
        })
    }

    /// All lines from the first to the one that a byte stands in.
    pub(super) fn to(text: &'a str, byte: usize) -> impl Iterator<Item = Self> {
        let after = |line: &Self| line.start + line.whole.len();
        let next =
            move |line: &Self| text[after(line)..].find('\n').map(|end| after(line) + end + 1);
        let first = Some(Self::at(text, 0));
        std::iter::successors(first, move |line| next(line).map(|start| Self::at(text, start)))
            .take_while(move |line| line.start <= byte)
    }

    /// How many bytes at the beginning of a line without a dash are its number: «2», «3.2», «б».
    fn mark(&self) -> Option<usize> {
        let text = &self.whole[self.indent.len()..];
        // «3», and «3.2» of «3.2. Ведёт отчётность».
        let counted = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let digits = text.bytes().take_while(counted).count();
        let digits = text[..digits].trim_end_matches('.').len();
        let letter = text.chars().next().filter(|c| c.is_lowercase()).map_or(0, char::len_utf8);
        let of = |len: usize, signs: &[&str]| {
            len > 0 && signs.iter().any(|sign| text[len..].starts_with(sign))
        };
        let mark = if of(digits, &[". ", ") "]) {
            digits
        } else if of(letter, &[") "]) {
            letter
        } else {
            return None;
        };
        self.dashes.is_empty().then_some(mark)
    }

    /// Where the value begins in the file.
    pub(super) fn value_start(&self) -> usize {
        self.start + self.whole.rfind(self.value).unwrap_or_default()
    }

    /// Whether the line cannot go on with the value of another above it: it is a key or an item of
    /// the same list or map, or of one around it.
    pub(super) fn leaves(&self, above: &Self) -> bool {
        let begins = self.key.is_some() || !self.dashes.is_empty();
        // Keys of an item stand below its first key, behind the dash.
        let dashes = if above.key.is_some() { above.dashes.len() } else { 0 };
        begins && !self.is_empty() && self.indent.len() <= above.indent.len() + dashes
    }

    /// Whether it holds nothing, or a comment alone.
    pub(super) fn is_empty(&self) -> bool {
        self.key.is_none() && (self.value.is_empty() || self.value.starts_with('#'))
    }

    /// Its bytes in the file, from the first that is not white space.
    pub(super) fn range(&self) -> Range<usize> {
        self.start + self.indent.len()..self.start + self.whole.len()
    }

    /// The same line with another indent.
    pub(super) fn indented(&self, indent: &str) -> String {
        format!("{indent}{}", &self.whole[self.indent.len()..])
    }

    /// The same line with its text in quotes. What stands before a colon in a list's item is a key
    /// if it is a word of a program's, else a part of the text.
    pub(super) fn quoted(&self) -> String {
        match self.key.filter(|key| !self.dashes.is_empty() && !key.is_ascii()) {
            // A Russian «key» in an item is nearly always a sentence with a colon in it.
            Some(key) => {
                let text = quoted(&format!("{key}: {}", self.value));
                format!("{}{}{text}", self.indent, self.dashes)
            }
            None => self.with(&quoted(self.value)),
        }
    }

    /// The same line with another value.
    pub(super) fn with(&self, value: &str) -> String {
        let key = self.key.map(|key| format!("{key}: ")).unwrap_or_default();
        format!("{}{}{key}{value}", self.indent, self.dashes)
    }
}

/// Characters that stand for a colon, a quotation mark and a comma while the parser reads: such as
/// a file does not have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Masks {
    colon: char,
    quote: char,
    comma: char,
}

impl Masks {
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut free = ['^', '~', '$', '=', '<', '+', ';', '/']
            .into_iter()
            .filter(|mask| !text.contains(*mask));
        let (colon, quote) = (free.next()?, free.next()?);
        // Alone it is a null to YAML.
        let comma = free.find(|mask| *mask != '~')?;
        Some(Self { colon, quote, comma })
    }

    /// A text that the parser gave, with what they stand for.
    pub(super) fn taken_off(self, text: &str) -> String {
        text.replace(self.colon, ":").replace(self.quote, "\"").replace(self.comma, ",")
    }

    /// Whether a text is several cells of a row.
    pub(super) fn holds_cells(self, text: &str) -> bool {
        text.contains(self.comma)
    }
}

/// The file with the colons of a text masked at which the parser stopped, and the question whether
/// they belong to it: «name: Форум: итоги» can be nothing else.
// Over 60 lines: what may be masked instead, and each thing that a colon may be besides.
pub(super) fn mask(
    text: &str,
    masked: &str,
    masks: Masks,
    error: &ScanError,
) -> Option<(String, Option<SyntaxFault>)> {
    let mask = masks.colon;
    let next = numbered_lines(masked, mask, error)
        .or_else(|| quotes::mask(masked, masks.quote, error))
        .or_else(|| empty_cells(masked, masks, error));
    if let Some(next) = next {
        return Some((next, None));
    }
    if *error.kind() != ErrorKind::MappingValueNotAllowed {
        return None;
    }
    let at = error.marker().byte_offset()?;
    let line = YamlLine::at(masked, at);
    let value = line.value_start();
    let inside = line
        .value
        .find(": ")
        .or_else(|| line.value.ends_with(':').then(|| line.value.len() - 1))?;
    let head = &line.value[..inside];
    let before = head.rsplit([' ', ',']).next().unwrap_or_default();
    // «name: Иванов post: директор» lacks a line end; a key is written small and has something
    // before it.
    // Inside of a quotation it is a word like any other: «Музей и школа: грани».
    let in_quotes = head.matches('«').count() > head.matches('»').count();
    let small = before.starts_with(char::is_lowercase) && is_any_key(before);
    let glued = before != head && small && !in_quotes;
    // A «{» or a quote has rules of its own.
    if line.key.is_none()
        || glued
        || line.value.starts_with(opens)
        || !(value..value + line.value.len()).contains(&at)
    {
        return None;
    }
    let mut out = masked.to_owned();
    // «3: Наградить:» leads to the list below it: its number is no key but a part of it.
    let number = line
        .key
        .filter(|key| !key.is_empty() && key.bytes().all(|c| c.is_ascii_digit() || c == b'.'));
    if let Some(key) = number.filter(|_| line.value.ends_with(':') && leads(masked, &line)) {
        let colon = line.start + line.indent.len() + line.dashes.len() + key.len();
        out.replace_range(colon..=colon, ".");
        return Some((out, None));
    }
    let colon = value + inside;
    out.replace_range(colon..=colon, mask.encode_utf8(&mut [0; 4]));
    let own = YamlLine::at(text, at);
    if in_quotes {
        return Some((out, None));
    }
    // At the end of a value with nothing below it leads to what is said next, and is no question.
    if line.value.len() == inside + 1 && !leads(masked, &line) {
        return Some((out, None));
    }
    let fault = Diagnostic::warning("yaml-colon", say!("a colon and a space belong to this text"));
    let line = own.quoted();
    let hint = say!("quotes make it sure: `{line}`", line = line.trim_start());
    Some((out, Some(SyntaxFault::new(fault.hint(hint), colon..colon + 1))))
}

/// Whether the next line that says something stands deeper.
fn leads(text: &str, line: &YamlLine<'_>) -> bool {
    let mut below = YamlLine::to(text, text.len()).filter(|other| other.start > line.start);
    let next = below.find(|other| !other.is_empty());
    next.is_some_and(|next| next.indent.len() > line.indent.len())
}

/// The file with the numbers of lines as keys: «2. Школам провести …» among «1. Департаменту:» and
/// its list, where YAML wants keys. As many bytes as before, so that all places stay.
fn numbered_lines(masked: &str, sign: char, error: &ScanError) -> Option<String> {
    let kinds = [
        ErrorKind::MappingValueNotAllowed,
        ErrorKind::SimpleKeyExpected,
        ErrorKind::InvalidSimpleKey,
    ];
    if !kinds.contains(error.kind()) {
        return None;
    }
    let at = error.marker().byte_offset()?;
    let line = YamlLine::back(masked, at).find(|line| !line.is_empty())?;
    // The byte of the stop behind it, in a line that is nothing else.
    let stop = |line: &YamlLine<'_>| {
        let mark = line.mark().filter(|_| line.key.is_none())?;
        Some(line.start + line.indent.len() + mark)
    };
    let numbered = |line: &YamlLine<'_>| line.mark().is_some();
    if !numbered(&line) {
        return None;
    }
    // All of the same list; what stands deeper belongs to one of them.
    let indent = line.indent.len();
    let beside = |other: &YamlLine<'_>| !other.is_empty() && other.indent.len() <= indent;
    let own = |other: &YamlLine<'_>| other.indent.len() == indent && numbered(other);
    let above = YamlLine::back(masked, line.start).filter(beside).take_while(own);
    let below = YamlLine::to(masked, masked.len()).filter(|other| other.start > line.start);
    let list: Vec<YamlLine<'_>> = above.chain(below.filter(beside).take_while(own)).collect();
    let stops: Vec<usize> = list.iter().filter_map(stop).collect();
    if stops.is_empty() {
        return None;
    }
    let mut out = masked.to_owned();
    for stop in stops {
        out.replace_range(stop..=stop, ":");
    }
    // «2. Подготовка к лету: задачи и сроки» among them is such a text as well, with a colon of its
    // own; what leads to lines below it is a key.
    let text = |line: &&YamlLine<'_>| !line.value.is_empty() && !line.value.starts_with(opens);
    for line in list.iter().filter(text) {
        let (Some(key), Some(len)) = (line.key, line.mark()) else { continue };
        let from = line.start + line.indent.len();
        let colon = from + key.len();
        out.replace_range(colon..=colon, sign.encode_utf8(&mut [0; 4]));
        out.replace_range(from + len..=from + len, ":");
    }
    Some(out)
}

/// What begins a value of YAML's own kind.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '{' | '[' | '|' | '>' | '&' | '*' | '!')
}

/// The file with the empty cells of a row in which the parser stopped: «[Итого, , , 46]», where
/// YAML wants a value. What stands for nothing takes the place of a space, so that all places stay;
/// where there is none (`[Итого,,46]`), the cell and the next one become one text, see [`cells`].
fn empty_cells(masked: &str, masks: Masks, error: &ScanError) -> Option<String> {
    let at = error.marker().byte_offset()?;
    let line = YamlLine::back(masked, at).find(|line| !line.is_empty())?;
    let from = line.value_start();
    if !line.value.starts_with('[') || !line.value.trim_end().ends_with(']') {
        return None;
    }
    let mut row = line.value.to_owned();
    while let Some(gap) = gaps(&row).first().copied() {
        // Where it begins the row, or follows the comma at once, the next space is room for it.
        let (len, cell) = match &row[gap..] {
            rest if rest.starts_with(' ') => (1, "~".to_owned()),
            rest if rest.starts_with(", ") => (2, "~,".to_owned()),
            rest => with_next(rest, masks)?,
        };
        row.replace_range(gap..gap + len, &cell);
    }
    if row == line.value {
        return None;
    }
    let mut out = masked.to_owned();
    out.replace_range(from..from + row.len(), &row);
    Some(out)
}

/// What a row goes on with from an empty cell to the end of the next one that is none, as one text
/// with the length that it had.
fn with_next(rest: &str, masks: Masks) -> Option<(usize, String)> {
    let next = rest.find(|c| c != ',' && c != ' ')?;
    let len = match &rest[next..] {
        text if text.starts_with('"') => next + text[1..].find('"')? + 2,
        // A list, a map and single quotes cannot be parts of a text.
        text if text.starts_with(['[', '{', '\'']) => return None,
        text => next + text.find([',', ']'])?,
    };
    let cells = rest[..len].replace(',', &masks.comma.to_string());
    Some((len, cells.replace('"', &masks.quote.to_string())))
}

/// The cells of such a text, in their places: `,,"2 257,50"` is three.
pub(super) fn cells(raw: &str) -> Vec<Range<usize>> {
    let (mut from, mut quoted, mut found) = (0, false, Vec::new());
    for (at, c) in raw.char_indices() {
        quoted ^= c == '"';
        if c == ',' && !quoted {
            found.push(from..at);
            from = at + 1;
        }
    }
    found.push(from..raw.len());
    found
}

/// Where cells of a row are empty: behind a comma or the bracket, before the next comma.
pub(super) fn gaps(row: &str) -> Vec<usize> {
    let (mut quote, mut open, mut found) = (None, None, Vec::new());
    for (at, c) in row.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if open.is_some() => (quote, open) = (Some(c), None),
            (None, ',') => {
                found.extend(open);
                open = Some(at + 1);
            }
            (None, '[') => open = Some(at + 1),
            (None, ' ') => {}
            (None, _) => open = None,
        }
    }
    found
}

/// The lines of a plain text each of which begins with its number or a dash: YAML would join them.
pub(super) fn listed(raw: &str) -> Option<String> {
    let lines: Vec<&str> = raw.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // «2.1.», «2.2.» begin alike.
    let first = lines.first().and_then(|line| line.split_once("1. "));
    let above = first.map(|(above, _)| above).filter(|above| {
        above.ends_with('.') && above.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    let numbered = |(at, line): (usize, &&str)| {
        let rest = line.strip_prefix(above.unwrap_or_default());
        let rest = rest.and_then(|line| line.strip_prefix(&(at + 1).to_string()));
        rest.is_some_and(|rest| rest.starts_with([')', '.']) && rest[1..].starts_with(' '))
    };
    // «а) …», «б) …», «a) …».
    let lettered = |(at, line): (usize, &&str)| {
        let letter =
            ["абвгдежзиклмн", "abcdefghijklm"].iter().filter_map(|all| all.chars().nth(at));
        letter.map(|c| format!("{c}) ")).any(|mark| line.starts_with(&mark))
    };
    let dashed = |line: &&str| line.starts_with("– ") || line.starts_with("— ");
    // «3. …», «7. …» of an extract.
    let counts = lines.iter().map(|line| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let ended = line[digits..].starts_with(". ") || line[digits..].starts_with(") ");
        line[..digits].parse::<u16>().ok().filter(|_| ended)
    });
    let counts: Option<Vec<u16>> = counts.collect();
    let grows = counts.is_some_and(|all| all.windows(2).all(|pair| pair[0] < pair[1]));
    let all = grows
        || lines.iter().enumerate().all(numbered)
        || lines.iter().enumerate().all(lettered)
        || lines.iter().all(dashed);
    (lines.len() > 1 && all).then(|| lines.join("\n"))
}

/// The lines of a text that leads to a list below it, where YAML would join them: «Педагогам: –
/// провести …; – оформить …», «1 место — …». What begins without a mark goes on the line above.
pub(super) fn led(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lead = lines.next()?;
    let below: Vec<&str> = lines.collect();
    let leads = lead.ends_with(':') || [" -", " –", " —"].iter().any(|sign| lead.ends_with(sign));
    let all = |begins: fn(char) -> bool| below.iter().all(|line| line.starts_with(begins));
    // «1 место — …» below each other, «Председатель — …», «Члены — …».
    let each = all(|c| c.is_ascii_digit()) || below.len() > 1 && all(char::is_uppercase);
    let marked = |line: &str| leads && each || begins_item(line);
    let below_lead = leads && marked(below.first()?);
    if !below_lead && !begins_item(lead) || !below.iter().any(|line| marked(line)) {
        return None;
    }
    let mut out = lead.to_owned();
    for line in below {
        out.push(if marked(line) { '\n' } else { ' ' });
        out.push_str(line);
    }
    Some(out)
}

/// The same of a text as it stands in its quotes.
pub(super) fn led_in_quotes(raw: &str) -> Option<String> {
    let quote = raw.chars().next()?;
    let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
    let text = match quote {
        '"' => inner.replace("\\\"", "\""),
        _ => inner.replace("''", "'"),
    };
    // Other escapes mean what YAML says.
    led(&text).filter(|_| quote != '"' || !text.contains('\\'))
}

/// Whether a line begins with a dash, a bullet, a number or a letter of a list.
fn begins_item(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(' ') else { return false };
    let number = mark.trim_end_matches(['.', ')']);
    let counted = number.len() < mark.len()
        && number.len() < 4
        && number.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    let letter = mark.strip_suffix(')').is_some_and(|letter| {
        let mut chars = letter.chars();
        chars.next().is_some_and(char::is_lowercase) && chars.next().is_none()
    });
    let dash = mark.parse().is_ok_and(|c: char| c == '-' || BULLETS.contains(&c));
    dash || counted && !number.is_empty() || letter
}

/// A text as a quoted scalar; in single quotes where it has double ones of its own.
pub(super) fn quoted(text: &str) -> String {
    // In single quotes both of them are letters like any other (YAML 1.2, 7.3.2).
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}
