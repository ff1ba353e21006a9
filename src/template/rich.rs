//! The small markup that people may use in any text of the data: `**bold**`, `*italic*`,
//! `[words](address)`, a footnote `[^1]`, lines as they are typed, a new paragraph after an empty
//! line. Web and mail addresses become links by themselves. `\` before a mark keeps it as it is.
//!
//! It is never HTML: what the data say is escaped before anything else. A value that may hold such
//! marks is put between [`OPEN`] and [`CLOSE`] when it is printed, and [`resolve`] makes elements
//! of it once the whole is there, because only then it is seen whether it stands in an attribute.

use crate::lang::ru::{is_letter, is_letter_or_digit};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Before a value. No text of the data can hold it: XML does not allow it.
pub(crate) const OPEN: char = '\u{fffe}';
/// After a value.
pub(crate) const CLOSE: char = '\u{ffff}';

/// Whether a text may hold a mark.
pub(super) fn may_hold(text: &str) -> bool {
    // Asked of every value: most have none of these signs, and are written as they are. The signs
    // that need a closer look are found in the same pass.
    let (mut colon, mut w) = (false, false);
    let sign = text.bytes().any(|b| {
        colon |= b == b':';
        w |= b == b'w';
        matches!(b, b'*' | b'[' | b'\\' | b'\n' | b'@')
    });
    sign || colon && text.contains("://") || w && text.contains("www.") || holds_together(text)
}

/// Whether a text may hold what must not be torn: initials with a surname, a range of times.
fn holds_together(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let initial = c == '.' && before.is_uppercase();
        // «10:00–11:30» may have to be kept together; asked here without looking closer, since
        // most texts have neither sign.
        let range = matches!(c, '-' | '–' | '—') && text.contains([':', '.']);
        before = c;
        initial || range
    })
}

/// Notes by their names, already escaped.
pub(crate) type NoteTexts = BTreeMap<String, String>;

/// A reference to a note that is not there.
pub(super) struct LostNote {
    pub(super) name: String,
    /// Where it stands in the markup that came of it.
    pub(super) at: usize,
}

/// Makes elements of the marks in all values of the markup; gives also the notes that are not
/// there.
pub(super) fn resolve<'a>(markup: &'a str, notes: &'a NoteTexts) -> (String, Vec<LostNote>, Moved) {
    let mut pass = Pass {
        out: String::with_capacity(markup.len()),
        open: Vec::new(),
        notes,
        lost: Vec::new(),
    };
    let mut rest = markup;
    let mut moved = Moved::default();
    // Tags are followed as well: what a value may become depends on the element that it is in.
    while let Some(at) = rest.find(['<', OPEN]) {
        // The ends of what is copied as it is: within them all places move alike.
        moved.0.push((markup.len() - rest.len(), pass.out.len()));
        pass.out.push_str(&rest[..at]);
        rest = &rest[at..];
        moved.0.push((markup.len() - rest.len(), pass.out.len()));
        if let Some(value) = rest.strip_prefix(OPEN) {
            let end = value.find(CLOSE).unwrap_or(value.len());
            pass.value(&value[..end]);
            rest = value.get(end + CLOSE.len_utf8()..).unwrap_or_default();
        } else {
            let end = tag_end(rest);
            pass.tag(&rest[..end]);
            rest = &rest[end..];
        }
    }
    moved.0.push((markup.len() - rest.len(), pass.out.len()));
    pass.out.push_str(rest);
    (pass.out, pass.lost, moved)
}

/// The markup that a single value is as a paragraph, with the names of notes that are not there.
pub(crate) fn markup(value: &str, notes: &NoteTexts) -> (String, Vec<String>) {
    let (markup, lost, _) = resolve(&format!("<p>{OPEN}{value}{CLOSE}</p>"), notes);
    (markup, lost.into_iter().map(|note| note.name).collect())
}

/// Where stretches of the markup have gone: their first bytes before and after.
#[derive(Debug, Default)]
pub(super) struct Moved(Vec<(usize, usize)>);

impl Moved {
    /// Where a byte is now.
    pub(super) fn to(&self, at: usize) -> usize {
        let next = self.0.partition_point(|(before, _)| *before <= at);
        let (before, after) = next.checked_sub(1).map_or((0, 0), |last| self.0[last]);
        // A stretch may be shorter than it was.
        let end = self.0.get(next).map_or(usize::MAX, |(_, end)| *end);
        (after + (at - before)).min(end.saturating_sub(1).max(after))
    }
}

/// Where a tag or comment ends. Values in attributes hold no `>`: it is escaped.
fn tag_end(text: &str) -> usize {
    // Inside of a comment `>` is text.
    let end = match text.starts_with("<!--") {
        true => text.find("-->").map(|at| at + 3),
        // Paths of drawings are long: a single character is looked for many bytes at a time.
        false => text.find('>').map(|at| at + 1),
    };
    end.unwrap_or(text.len())
}

struct Pass<'a> {
    out: String,
    /// The start tags of the open elements.
    open: Vec<Cow<'a, str>>,
    notes: &'a NoteTexts,
    lost: Vec<LostNote>,
}

impl<'a> Pass<'a> {
    /// A tag: values in its attributes stay as they are.
    fn tag(&mut self, tag: &'a str) {
        // In an attribute a value is text as it is: no element can stand there.
        let plain: Cow<'a, str> = match tag.contains(OPEN) {
            true => tag.chars().filter(|c| !matches!(*c, OPEN | CLOSE)).collect(),
            false => tag.into(),
        };
        self.out.push_str(&plain);
        if plain.starts_with("</") {
            self.open.pop();
        } else if !plain.starts_with("<!") && !plain.starts_with("<?") && !plain.ends_with("/>") {
            self.open.push(plain);
        }
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().any(|tag| tag_name(tag) == name)
    }

    fn value(&mut self, text: &str) {
        // These hold text only.
        if self.inside("title") || self.inside("style") {
            self.out.push_str(&plain(text));
            return;
        }
        // An empty line parts paragraphs; a single break of the line stays one.
        let paragraphs: Vec<&str> =
            text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let inner = self.open.last().cloned().unwrap_or_default();
            match tag_name(&inner) {
                // The first stays in the element as it is; only the next ones need elements of
                // their own.
                _ if index == 0 => self.inline(paragraph),
                "p" => {
                    self.out.push_str("</p>");
                    // The next paragraph is like the one it came from; an id must stay unique.
                    self.out.push_str(&without_id(&inner));
                    self.inline(paragraph);
                }
                "li" | "td" | "th" | "div" | "section" => {
                    self.out.push_str("<p class=\"more\">");
                    self.inline(paragraph);
                    self.out.push_str("</p>");
                }
                // Where no paragraph may stand, two breaks of the line look like one.
                _ => {
                    self.out.push_str("<br/><br/>");
                    self.inline(paragraph);
                }
            }
        }
    }

    /// The marks within one paragraph.
    fn inline(&mut self, text: &str) {
        // A link inside of a link is not allowed.
        let linked = self.inside("a");
        let mut at = 0;
        // What closes the emphasis that is open.
        let mut emphasis: Vec<(&str, &str)> = Vec::new();
        while at < text.len() {
            let rest = &text[at..];
            let before = text[..at].chars().next_back();
            if let Some(escaped) = rest.strip_prefix('\\')
                && let Some(mark) = escaped.chars().next().filter(|c| "\\*[]()^_".contains(*c))
            {
                self.out.push(mark);
                at += 1 + mark.len_utf8();
            } else if let Some(after) = rest.strip_prefix('\n') {
                self.out.push_str("<br/>");
                at = text.len() - after.trim_start().len();
            } else if rest.starts_with('*') {
                // The longer mark first, for it begins like the shorter one.
                let mark = if rest.starts_with("**") { "**" } else { "*" };
                at += mark.len();
                self.emphasis(mark, before, &rest[mark.len()..], &mut emphasis);
            } else if let Some((length, name)) = note(rest) {
                match self.notes.get(name) {
                    Some(note) => {
                        let note = plain(note);
                        self.out.push_str(&format!("<span class=\"footnote\">{note}</span>"));
                    }
                    None => {
                        self.lost.push(LostNote { name: name.to_owned(), at: self.out.len() });
                        self.out.push_str(&rest[..length]);
                    }
                }
                at += length;
            } else if let Some((length, words, address)) = link(rest).filter(|_| !linked) {
                self.out.push_str(&format!("<a class=\"link\" href=\"{address}\">"));
                self.out.push_str(&plain(words));
                self.out.push_str("</a>");
                at += length;
            } else if let Some((length, address)) = address(rest, before).filter(|_| !linked) {
                let words = &rest[..length];
                self.out.push_str(&format!("<a class=\"link\" href=\"{address}\">{words}</a>"));
                at += length;
            } else if let Some((length, words)) = time_range(rest, before)
                // A field that is nothing but a name is set by its own rules.
                .or_else(|| name(rest, before).filter(|(length, _)| *length < text.len()))
            {
                self.out.push_str(&format!("<span class=\"whole\">{words}</span>"));
                at += length;
            } else {
                let c = rest.chars().next().unwrap_or(' ');
                self.out.push(c);
                at += c.len_utf8();
            }
        }
        // Markup must be well formed whatever people have typed.
        while let Some((_, close)) = emphasis.pop() {
            self.out.push_str(close);
        }
    }

    /// `*` or `**`: begins emphasis before a word if there is an end to it, ends it after a word.
    fn emphasis(
        &mut self,
        mark: &'static str,
        before: Option<char>,
        after: &str,
        open: &mut Vec<(&str, &str)>,
    ) {
        let (start, end) = if mark == "**" { ("<b>", "</b>") } else { ("<i>", "</i>") };
        let after_word = before.is_some_and(|c| !c.is_whitespace());
        // Only the innermost emphasis can end, or elements would cross.
        if after_word && open.last().is_some_and(|(known, _)| *known == mark) {
            open.pop();
            self.out.push_str(end);
            return;
        }
        let starts_word = after.starts_with(|c: char| !c.is_whitespace() && c != '*');
        // «2*3*4» is multiplication.
        let apart = before.is_none_or(|c| !is_letter_or_digit(c));
        if starts_word && apart && closes(mark, after) {
            open.push((mark, end));
            self.out.push_str(start);
        } else {
            self.out.push_str(mark);
        }
    }
}

/// Whether the text holds an end of the emphasis: the mark after a word and not before one.
fn closes(mark: &str, text: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let next = &text[at + mark.len()..];
        // A star of «**» ends no italics.
        let single = mark == "**" || !next.starts_with('*') && before != Some('*');
        let escaped = before == Some('\\');
        single && !escaped && before.is_some_and(|c| !c.is_whitespace())
    })
}

/// `[^name]`: its length and the name.
fn note(text: &str) -> Option<(usize, &str)> {
    let name = text.strip_prefix("[^")?;
    let name = &name[..name.find(']')?];
    // Longer or with spaces, it is a remark in brackets.
    (!name.is_empty() && name.len() <= 40 && !name.contains(char::is_whitespace))
        .then_some((name.len() + 3, name))
}

/// `[words](address)`: its length, the words, the address.
fn link(text: &str) -> Option<(usize, &str, String)> {
    let words = text.strip_prefix('[')?;
    let words = &words[..words.find(']')?];
    let target = text[words.len() + 2..].strip_prefix('(')?;
    let target = &target[..closing(target)?];
    // «[2] (см. приложение)» are two remarks in brackets.
    if words.is_empty() || target.is_empty() || target.contains(char::is_whitespace) {
        return None;
    }
    let length = words.len() + target.len() + 4;
    // Schemes that no document can carry are told where links are made, and printed as text.
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphabetic())
    });
    let href = if target.starts_with('#') || scheme {
        target.to_owned()
    } else if target.contains('@') {
        format!("mailto:{target}")
    // «(см. п. 3.2)» after brackets is not an address, «(example.org)» is.
    } else if target.contains('.') && !target.contains(':') && !target.ends_with('.') {
        format!("https://{target}")
    } else {
        return None;
    };
    Some((length, words, href))
}

/// Where the bracket closes that stands before a text; brackets within come in pairs.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// A web or mail address that stands in the text: its length, and where it leads.
fn address(text: &str, before: Option<char>) -> Option<(usize, String)> {
    if before.is_some_and(|c| is_letter_or_digit(c) || "@/.-_+".contains(c)) {
        return None;
    }
    let scheme = ["https://", "http://", "www."].iter().find(|scheme| text.starts_with(**scheme));
    let ends = |c: char| c.is_whitespace() || "<>«»„“”,\"".contains(c);
    let word = &text[..text.find(ends).unwrap_or(text.len())];
    // An ampersand is an entity by now, whose semicolon is not an end.
    let semicolon = word.match_indices(';').map(|(at, _)| at);
    let semicolon = semicolon.filter(|at| !word[..*at].ends_with("&amp")).min();
    let cut = semicolon.map(|at| match word[..at].rfind('&') {
        Some(entity) if !word[entity..at].contains(['/', '=', '?']) => entity,
        _ => at,
    });
    let word = &word[..cut.unwrap_or(word.len())];
    // Quotes and brackets of the data are entities by now.
    let entity =
        ["&quot", "&lt", "&gt", "&#39"].iter().filter_map(|entity| word.find(entity)).min();
    let word =
        word[..entity.unwrap_or(word.len())].trim_end_matches(['.', ':', '!', '?', '*', '\\']);
    let word = match word.strip_suffix(')') {
        // A closing bracket belongs to the sentence unless the address opened it.
        Some(bare) if !bare.contains('(') => bare.trim_end_matches('.'),
        _ => word,
    };
    match scheme {
        // Which of the two schemes the site has is not known; servers lead from `http` to
        // `https` by themselves.
        Some(&"www.") if word.len() > 6 => Some((word.len(), format!("http://{word}"))),
        // «https://» alone is a word about addresses.
        Some(scheme) if word.len() > scheme.len() + 2 => Some((word.len(), word.to_owned())),
        Some(_) => None,
        None => {
            let (local, domain) = word.split_once('@')?;
            let plain = |part: &str| {
                !part.is_empty()
                    && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
            };
            let dotted = domain.contains('.') && !domain.starts_with('.');
            (plain(local) && plain(domain) && dotted)
                .then(|| (word.len(), format!("mailto:{word}")))
        }
    }
}

/// «9.30-10.00», «20:00 — 23:00»: its length, and the range with an en dash.
fn time_range(text: &str, before: Option<char>) -> Option<(usize, String)> {
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || before.is_some_and(|c| is_letter_or_digit(c) || ".:,".contains(c))
    {
        return None;
    }
    let time = |text: &str| {
        let hour = text.find(|c: char| !c.is_ascii_digit()).filter(|at| (1..=2).contains(at))?;
        let minutes = text[hour..].strip_prefix([':', '.'])?.get(..2)?;
        let more = text[hour + 3..].starts_with(|c: char| c.is_ascii_digit());
        // 24:00 is the end of a day.
        let known = text[..hour].parse::<u8>().ok()? < 25 && minutes.parse::<u8>().ok()? < 60;
        (known && !more).then_some(hour + 3)
    };
    let from = time(text)?;
    let rest = text[from..].trim_start_matches([' ', '\u{a0}']);
    let rest = rest.strip_prefix(['-', '–', '—'])?.trim_start_matches([' ', '\u{a0}']);
    let to = time(rest)?;
    let after = &rest[to..];
    // «10.06–12.06.2014» are days.
    if after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((text.len() - after.len(), format!("{}–{}", &text[..from], &rest[..to])))
}

/// A surname with its initials, before or after it: its length and the words.
fn name(text: &str, before: Option<char>) -> Option<(usize, String)> {
    if before.is_some_and(|c| is_letter_or_digit(c) || c == '.' || c == '-')
        || !text.starts_with(char::is_uppercase)
    {
        return None;
    }
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
    let initial = |text: &str| {
        let c = text.chars().next().filter(|c| c.is_uppercase())?;
        text[c.len_utf8()..].starts_with('.').then_some(c.len_utf8() + 1)
    };
    let surname = |text: &str| {
        let end = text.find(|c: char| !is_letter(c) && c != '-').unwrap_or(text.len());
        let word = text[..end].trim_end_matches('-');
        let capital = word.starts_with(char::is_uppercase);
        let small = word.chars().nth(1).is_some_and(char::is_lowercase);
        (capital && small && word.chars().count() > 1).then_some(word.len())
    };
    let initials = |text: &str| {
        let mut at = initial(text)?;
        // A first name and a patronymic; nobody has more initials.
        if let Some(more) = initial(&text[at + blanks(&text[at..])..]) {
            at += blanks(&text[at..]) + more;
        }
        Some(at)
    };
    let length = match initials(text) {
        Some(first) => {
            let at = first + blanks(&text[first..]);
            at + surname(&text[at..])?
        }
        None => {
            let last = surname(text)?;
            let at = last + blanks(&text[last..]);
            if at == last {
                return None;
            }
            at + initials(&text[at..])?
        }
    };
    Some((length, text[..length].to_owned()))
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    &name[..name.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(name.len())]
}

/// A start tag that may be repeated: no two elements have the same id.
fn without_id(tag: &str) -> String {
    let Some(at) = tag.find(" id=\"") else { return tag.to_owned() };
    let end = tag[at + 5..].find('"').map_or(tag.len(), |end| at + 6 + end);
    format!("{}{}", &tag[..at], &tag[end..])
}

/// A text without its marks: of a title, of words in a link.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(|c| "\\*[]()^_".contains(*c)) => {
                out.extend(chars.next());
            }
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
            }
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let notes = NoteTexts::from([("1".to_owned(), "Отчёт".to_owned())]);
        resolve(&format!("<p class=\"a\" id=\"b\">{OPEN}{text}{CLOSE}</p>"), &notes).0
    }

    #[test]
    fn marks_become_elements() {
        for (text, expected) in [
            ("**да** и *нет*", "<b>да</b> и <i>нет</i>"),
            ("2*3*4 и 5 * 6", "2*3*4 и 5 * 6"),
            ("*одна звезда", "*одна звезда"),
            (r"\*не\* C:\Users", r"*не* C:\Users"),
            (
                "[на сайте](https://a.ru/b)",
                "<a class=\"link\" href=\"https://a.ru/b\">на сайте</a>",
            ),
            ("см. [1] и [2](прим.)", "см. [1] и [2](прим.)"),
            (
                "https://a.ru/?b=1&amp;c=2; да",
                "<a class=\"link\" \
                    href=\"https://a.ru/?b=1&amp;c=2\">https://a.ru/?b=1&amp;c=2</a>; да",
            ),
            ("см. www.a.ru.", "см. <a class=\"link\" href=\"http://www.a.ru\">www.a.ru</a>."),
            ("a@b.ru,", "<a class=\"link\" href=\"mailto:a@b.ru\">a@b.ru</a>,"),
            ("слово[^1]", "слово<span class=\"footnote\">Отчёт</span>"),
            ("раз\nдва", "раз<br/>два"),
            ("ведёт Носикова З. В.", "ведёт <span class=\"whole\">Носикова З. В.</span>"),
            ("в 20:00—23:00 сбор", "в <span class=\"whole\">20:00–23:00</span> сбор"),
            ("12.04.2024 и п. 2.3-2.5", "12.04.2024 и п. 2.3-2.5"),
            ("раз\n\nдва", "раз</p><p class=\"a\">два"),
        ] {
            assert_eq!(shown(text), format!("<p class=\"a\" id=\"b\">{expected}</p>"), "{text}");
        }
    }

    #[test]
    fn attributes_and_titles_stay_text() {
        let markup = format!(
            "<title>{OPEN}**a**\nb{CLOSE}</title><a href=\"{OPEN}http://a*b*{CLOSE}\">c</a>"
        );
        let expected = "<title>a b</title><a href=\"http://a*b*\">c</a>";
        assert_eq!(resolve(&markup, &NoteTexts::new()).0, expected);
    }

    #[test]
    fn a_list_item_takes_paragraphs_of_its_own() {
        let markup = format!("<li>{OPEN}a\n\nb\n\nc{CLOSE} d</li>");
        let expected = "<li>a<p class=\"more\">b</p><p class=\"more\">c</p> d</li>";
        assert_eq!(resolve(&markup, &NoteTexts::new()).0, expected);
    }
}
