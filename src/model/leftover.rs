//! What of a text is not meant to be printed: the markup of another program, blanks that nobody
//! filled in, signs that open and nothing closes.
//!
//! The small markup of texts is `**`, `*` and `[words](address)`. Whoever comes from a forum, from
//! TeX or from a wiki writes theirs, and it stands on the paper as it was typed.

use super::tree::quote;
use crate::diag::{Message, say};

/// A code, what is wrong, and what to do.
pub(super) type Doubt = (&'static str, Message, Message);

/// The first thing of a text that is hardly meant to be printed.
pub(super) fn doubt(text: &str) -> Option<Doubt> {
    // Asked of each text of a file: nearly all have none of the first signs, and most have none of
    // the others. («» is two bytes.)
    if text.bytes().any(|byte| matches!(byte, b'\\' | b'[' | b'{' | b'_' | b'#')) {
        let found = blank(text).map(unfilled);
        let found = found.or_else(|| foreign(text).map(|mark| printed(text, mark)));
        if found.is_some() {
            return found;
        }
    }
    let opens = text.bytes().any(|byte| matches!(byte, b'(' | b'*' | 0xc2));
    opens.then(|| open(text).map(unclosed)).flatten()
}

fn unclosed(opened: &str) -> Doubt {
    let message = say!("nothing closes what {opened} opens", opened = quote(opened));
    ("text-unclosed", message, say!("close it, or take the sign out"))
}

/// The sign that opens something that nothing closes, with the word behind it.
///
/// Two closing quotation marks that meet are often one («Ансамбль «Узоры»), so only the last one
/// that opens is asked for. What is open at the end of a list's item may go on in the next.
fn open(text: &str) -> Option<&str> {
    let last = |sign: char, close: &[char]| {
        let at = text.rfind(sign)?;
        (!text[at..].contains(close)).then_some(at)
    };
    // A quotation that closes as it is typed on a keyboard does close, and «(а» of a list is no
    // text; a star alone is a reference to a note («Цена* указана», «* — по желанию»).
    let star = || {
        let at = last('*', &[])?;
        let word = text[at + 1..].starts_with(char::is_alphabetic);
        let alone = text.matches('*').count() == 1;
        (alone && word && text[..at].ends_with(' ')).then_some(at)
    };
    let at = last('(', &[')']).or_else(|| last('«', &['»', '"', '”', '“'])).or_else(star)?;
    let rest = &text[at..];
    let word = rest.split_whitespace().next().unwrap_or(rest);
    // «:(» is no bracket.
    let face = text[..at].ends_with([':', ';', '-', '='])
        && !word.chars().nth(1).is_some_and(char::is_alphabetic);
    (word.chars().count() > 2 && !face).then_some(word)
}

fn unfilled(blank: &str) -> Doubt {
    (
        "text-blank",
        say!("{blank} stands where something is to be written", blank = quote(blank)),
        say!("write what belongs there, or take it out"),
    )
}

fn printed(text: &str, mark: Foreign<'_>) -> Doubt {
    let message = say!("{mark} is printed as it is", mark = quote(mark.found()));
    let hint = match mark {
        Foreign::Line(_) => say!("begin a new line in the text itself (in YAML: behind `|`)"),
        Foreign::Tag(tag) => say!(
            "data have no tags of a template: write the value that belongs in place of `{tag}`",
            tag
        ),
        Foreign::Link(_) => say!("write `[words](address)`, without a space between the brackets"),
        Foreign::Heading(_) => say!("leave the signs out: the design sets headings"),
        Foreign::Emphasis(_) => {
            say!("write `**bold**`, `*italic*` or `[words](address)`")
        }
    };
    debug_assert!(text.contains(mark.found()), "what is quoted stands in the text");
    ("text-markup", message, hint)
}

/// Markup that other programs would understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Foreign<'a> {
    /// `\n`.
    Line(&'a str),
    /// `{{name}}`.
    Tag(&'a str),
    /// `[words] (address)`.
    Link(&'a str),
    /// `## Title`.
    Heading(&'a str),
    /// `[b]…[/b]`, `\textbf{…}`, `__…__`.
    Emphasis(&'a str),
}

impl<'a> Foreign<'a> {
    fn found(self) -> &'a str {
        match self {
            Self::Line(found)
            | Self::Tag(found)
            | Self::Link(found)
            | Self::Heading(found)
            | Self::Emphasis(found) => found,
        }
    }
}

fn foreign(text: &str) -> Option<Foreign<'_>> {
    line(text)
        .map(Foreign::Line)
        .or_else(|| between(text, "{{", "}}").map(Foreign::Tag))
        .or_else(|| spaced_link(text).map(Foreign::Link))
        .or_else(|| heading(text).map(Foreign::Heading))
        .or_else(|| emphasis(text).map(Foreign::Emphasis))
}

/// `\n` typed as two signs. A folder of Windows goes on with a Latin letter.
fn line(text: &str) -> Option<&str> {
    ["\\n", "\\r\\n"].into_iter().find_map(|mark| {
        text.match_indices(mark).find_map(|(at, found)| {
            let next = text[at + mark.len()..].chars().next();
            let before = text[..at].chars().next_back();
            let apart = next.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
            let escaped = matches!(before, Some('\\' | ':'));
            (apart && !escaped).then_some(found)
        })
    })
}

/// What begins and ends so within a line, and holds something.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)?;
    let inside = &text[start + open.len()..];
    let end = inside.find(close).filter(|end| !inside[..*end].trim().is_empty())?;
    let whole = &text[start..start + open.len() + end + close.len()];
    (!whole.contains('\n')).then_some(whole)
}

/// `[words] (address)`: the space makes it text.
fn spaced_link(text: &str) -> Option<&str> {
    let at = text.find("] (").filter(|at| {
        let rest = &text[at + 3..];
        ["http://", "https://", "mailto:", "www."].iter().any(|start| rest.starts_with(start))
    })?;
    let open = text[..at].rfind('[')?;
    let end = at + text[at..].find(')')?;
    Some(&text[open..=end])
}

/// `# Title` and `## Title`, but not `# 5`.
fn heading(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let signs = line.len() - line.trim_start_matches('#').len();
        let title = line[signs..].strip_prefix(' ')?;
        let is_title = title.starts_with(char::is_alphabetic);
        ((1..=6).contains(&signs) && is_title).then(|| &line[..signs])
    })
}

fn emphasis(text: &str) -> Option<&str> {
    // Tags of forums.
    const TAGS: [&str; 8] = ["[b]", "[i]", "[u]", "[s]", "[/b]", "[/i]", "[/u]", "[br]"];
    let tag = TAGS.iter().find_map(|tag| {
        let at = text.find(tag)?;
        Some(&text[at..at + tag.len()])
    });
    tag.or_else(|| command(text)).or_else(|| underscores(text))
}

/// `\textbf{` of TeX.
fn command(text: &str) -> Option<&str> {
    text.match_indices('\\').find_map(|(at, _)| {
        let name = &text[at + 1..];
        let length = name.find(|c: char| !c.is_ascii_alphabetic())?;
        (length > 1 && name[length..].starts_with('{')).then(|| &text[at..at + length + 2])
    })
}

/// `__words__`; `____` is a line to write on.
fn underscores(text: &str) -> Option<&str> {
    text.match_indices("__").find_map(|(at, _)| {
        let rest = &text[at + 2..];
        let opens = rest.starts_with(char::is_alphabetic)
            && !text[..at].ends_with(|c: char| c == '_' || c.is_alphanumeric());
        let end = rest.find("__").filter(|_| opens)?;
        let closes = rest[..end].ends_with(char::is_alphanumeric)
            && !rest[end + 2..].starts_with(|c: char| c == '_' || c.is_alphanumeric());
        (closes && !rest[..end].contains('\n')).then(|| &text[at..at + end + 4])
    })
}

/// `[указать школу]`: a place that a form leaves for somebody to fill in.
fn blank(text: &str) -> Option<&str> {
    const ASKS: [&str; 18] = [
        "указать",
        "укажите",
        "вписать",
        "впишите",
        "вставить",
        "вставьте",
        "ввести",
        "введите",
        "заполнить",
        "заполните",
        "уточнить",
        "добавить",
        "название ",
        "наименование ",
        "фио",
        "ф. и. о",
        "insert ",
        "your ",
    ];
    let found = between(text, "[", "]")?;
    // `[words](address)` and `[^1]` are markup.
    if text[text.find(found)? + found.len()..].starts_with('(') {
        return None;
    }
    let small = found[1..found.len() - 1].trim().to_lowercase();
    ASKS.iter().any(|ask| small.starts_with(ask)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_other_programs_are_seen_and_texts_are_not() {
        for (text, found) in [
            ("участие\\nв конкурсе", "\\n"),
            ("участие в {{event}}", "{{event}}"),
            ("сайт [школы] (https://example.org)", "[школы] (https://example.org)"),
            ("## Итоги", "##"),
            ("[b]активное[/b]", "[b]"),
            ("\\textbf{активное}", "\\textbf{"),
            ("__активное__ участие", "__активное__"),
        ] {
            assert_eq!(foreign(text).map(Foreign::found), Some(found), "{text}");
        }
        for text in [
            "C:\\new\\table.png",
            "D:\\n.png",
            "# 5",
            "приказ #5",
            "____________",
            "__.__.2024",
            "«__» ________ 2024 г.",
            "файл my__file__name.txt",
            "[1] (с. 5)",
            "a\\*b",
            "множество {1, 2}",
        ] {
            assert_eq!(foreign(text).map(Foreign::found), None, "{text}");
        }
    }

    #[test]
    fn what_nothing_closes_is_seen() {
        for (text, found) in [
            ("участники (см. приложение", "(см."),
            ("провести «Форум чтения", "«Форум"),
            ("издать *тезисы докладов", "*тезисы"),
            ("[сайт](https://example.org", "(https://example.org"),
        ] {
            assert_eq!(open(text), Some(found), "{text}");
        }
        for text in [
            "Ансамбль «Сибирские узоры»",
            "МБУ «Ансамбль «Узоры»",
            "«Форум\" чтения",
            "а) первое; б) второе",
            "ООО (бывшее)",
            "Цена* указана",
            "* — по желанию",
            "жаль :(",
            "*важно*",
            "5 * 3",
        ] {
            assert_eq!(open(text), None, "{text}");
        }
    }

    #[test]
    fn blanks_are_seen_and_links_are_not() {
        assert_eq!(blank("за [указать за что]"), Some("[указать за что]"));
        assert_eq!(blank("[Название школы]"), Some("[Название школы]"));
        for text in ["[указать](https://example.org)", "[^1]", "[1]", "школа [бывшая № 5]"]
        {
            assert_eq!(blank(text), None, "{text}");
        }
    }
}
