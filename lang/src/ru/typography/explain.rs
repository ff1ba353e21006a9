//! What typography changed in a text, for people who want to know.

use super::typograph;

/// A change that [`typograph`] makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The line of the text, from 1.
    pub line: usize,
    /// The words as they were typed.
    pub before: String,
    /// The words as they are set.
    pub after: String,
    /// The rule, in Russian.
    pub rule: &'static str,
}

/// The changes that [`typograph`] makes in a text, line by line.
///
/// ```
/// use itog_lang::ru::typography::explain;
///
/// let changes = explain("Клуб \"Мир\" - 10x15 см");
/// let all: Vec<(&str, &str)> = changes.iter().map(|c| (c.before.as_str(), c.rule)).collect();
/// assert_eq!(all, [("\"Мир\"", "кавычки"), ("\"Мир\" -", "неразрывный пробел"), ("-", "тире"),
///     ("10x15", "знак умножения"), ("10x15 см", "неразрывный пробел")]);
/// ```
#[must_use]
pub fn explain(text: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let set = typograph(text).into_owned();
    let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), set.lines().collect());
    for (at, (before, after)) in old.iter().zip(&new).enumerate() {
        line(at + 1, before, after, &mut changes);
    }
    changes
}

fn line(line: usize, before: &str, after: &str, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let mut tell = |before: &str, after: &str, rule| {
        changes.push(Change { line, before: before.into(), after: after.into(), rule });
    };
    let (old, new) = (words(before), words(after));
    // Words were joined or parted, so that old and new ones cannot be put side by side: the line
    // is told as a whole.
    if old.len() != new.len() {
        tell(before, after, "пробелы, тире или кавычки");
        return;
    }
    let mut last: Option<(&str, &str)> = None;
    for ((old_gap, old_word), (new_gap, new_word)) in old.into_iter().zip(new) {
        if let (Some((old_last, new_last)), true) = (last, old_gap != new_gap) {
            let rule = if new_gap == "\u{a0}" {
                "неразрывный пробел"
            } else {
                "пробелы"
            };
            let (old_last, new_last) = (old_last.to_owned(), new_last);
            tell(
                &format!("{old_last}{old_gap}{old_word}"),
                &format!("{new_last}{new_gap}{new_word}"),
                rule,
            );
        }
        if old_word != new_word {
            tell(old_word, new_word, rule(old_word, new_word));
        }
        last = Some((old_word, new_word));
    }
}

/// The words of a line, each with the spaces before it.
fn words(line: &str) -> Vec<(&str, &str)> {
    let mut list = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word = rest.trim_start();
        let gap = &rest[..rest.len() - word.len()];
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        list.push((gap, &word[..end]));
        rest = &word[end..];
    }
    list
}

/// The rule by what is new in a word.
fn rule(before: &str, after: &str) -> &'static str {
    const SIGNS: [(&[char], &str); 9] = [
        (&['×'], "знак умножения"),
        (&['«', '»', '„', '“'], "кавычки"),
        (&['–'], "короткое тире в диапазоне"),
        (&['—'], "тире"),
        (&['−'], "минус"),
        (&['±'], "плюс-минус"),
        (&['…'], "многоточие"),
        (&['²', '³'], "показатель степени"),
        (&['©'], "знак охраны"),
    ];
    // «5-ый» → «5-й»
    let ordinal = before.starts_with(|ch: char| ch.is_ascii_digit())
        && before.contains('-')
        && after.contains('-');
    let rest = if ordinal { "наращение" } else { "запись" };
    let new = |signs: &[char]| after.contains(signs) && !before.contains(signs);
    SIGNS.iter().find(|(signs, _)| new(signs)).map_or(rest, |(_, rule)| rule)
}
