//! Quotation marks: «outer» and „inner“.

use super::tokens::{Gap, Tokens, is_cyrillic, is_opening};
use crate::ru::is_letter_or_digit;

#[derive(Debug, Clone, Copy)]
struct QuoteMark {
    line: usize,
    token: usize,
    at: usize,
    len: usize,
    opens: bool,
    /// A straight or English mark, which has to change in any case.
    foreign: bool,
}

/// Makes plain quotes of marks that stand for them: «,,Мир"», «''Мир''», «'Белые ночи'».
pub(super) fn spell(tokens: &mut Tokens<'_>) {
    undouble(tokens);
    gather(tokens);
    for at in 0..tokens.list.len() {
        let text = &tokens.list[at].text;
        if tokens.list[at].letters
            || tokens.list[at].address
            || !text.contains([',', '\'', '`', '<', '>'])
        {
            continue;
        }
        let doubled = text.contains("''") || text.contains("``");
        // «<<Мир>>»
        if text.contains("<<") || text.contains(">>") {
            tokens.list[at].text = text.replace("<<", "«").replace(">>", "»").into();
            continue;
        }
        let low = text.strip_prefix(",,").is_some_and(|rest| rest.starts_with(is_letter_or_digit));
        if doubled || low {
            let set = text.replace("''", "\"").replace("``", "\"");
            let set = set
                .strip_suffix(",,")
                .filter(|_| low)
                .map_or(set.clone(), |word| format!("{word}\""));
            tokens.list[at].text = if low { set.replacen(",,", "\"", 1) } else { set }.into();
        } else if let Some(end) = single(tokens, at) {
            let start = tokens.list[at].text.replacen('\'', "\"", 1);
            tokens.list[at].text = start.into();
            let text = &tokens.list[end].text;
            let place = text.rfind('\'').unwrap_or(0);
            tokens.list[end].text = format!("{}\"{}", &text[..place], &text[place + 1..]).into();
        }
    }
}

/// «""Солнышко""», as spreadsheets write a quotation mark: one pair, not two.
fn undouble(tokens: &mut Tokens<'_>) {
    for at in 0..tokens.list.len() {
        let named = tokens.list[at].text.strip_prefix("\"\"");
        if !named.is_some_and(|rest| rest.starts_with(is_letter_or_digit))
            || tokens.list[at].address
        {
            continue;
        }
        let line = tokens.list[at + 1..].iter().take_while(|token| !token.starts_line()).count();
        let inner = |end: usize| {
            if end == at { &tokens.list[at].text[2..] } else { &tokens.list[end].text }
        };
        let Some(end) = (at..=at + line).find(|&end| inner(end).contains('"')) else { continue };
        if inner(end).matches("\"\"").count() == 1 && inner(end).matches('"').count() == 2 {
            tokens.list[at].text.to_mut().replace_range(..1, "");
            let set = tokens.list[end].text.replacen("\"\"", "\"", 1);
            tokens.list[end].text = set.into();
        }
    }
}

/// Puts a mark that spaces part from its words where it belongs: «"У камина "», «" Мир "».
fn gather(tokens: &mut Tokens<'_>) {
    let mut open = false;
    let mut at = 0;
    while at < tokens.list.len() {
        if tokens.list[at].starts_line() {
            open = false;
        }
        let token = &tokens.list[at];
        let count = token.text.matches('"').count();
        let lone = token
            .text
            .strip_prefix('"')
            .filter(|rest| rest.chars().all(|ch| ",.;:!?".contains(ch)));
        if count == 0 || token.address {
            at += 1;
            continue;
        }
        let Some(rest) = lone else {
            open ^= count % 2 == 1;
            at += 1;
            continue;
        };
        let same_line = |token: &super::tokens::Token<'_>| {
            matches!(token.gap, Gap::Space | Gap::Bound) && !token.address
        };
        if open && at > 0 && same_line(token) {
            let tail = tokens.list.remove(at);
            tokens.list[at - 1].text.to_mut().push_str(&tail.text);
            tokens.list[at - 1].letters = false;
            open = false;
            continue;
        }
        let closed = || {
            tokens.list[at + 1..]
                .iter()
                .take_while(|next| same_line(next))
                .any(|next| next.text.contains('"'))
        };
        if rest.is_empty() && !open && tokens.list.get(at + 1).is_some_and(same_line) && closed() {
            tokens.list[at + 1].gap = tokens.list[at].gap;
            tokens.list[at + 1].text.to_mut().insert(0, '"');
            tokens.list[at + 1].letters = false;
            tokens.list.remove(at);
            continue;
        }
        at += 1;
    }
}

/// Where the single quote that opens a word is closed, on the same line.
fn single(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let name = tokens.list[at].opened().strip_prefix('\'')?;
    name.starts_with(is_cyrillic).then_some(())?;
    let next = tokens.list[at + 1..].iter().take_while(|token| !token.starts_line()).count();
    (at..=at + next).find(|&end| {
        let text = tokens.list[end].core().trim_end_matches('.');
        let inside = text.strip_suffix('\'').filter(|_| text.len() > 1);
        inside.is_some_and(|text| text.ends_with(is_letter_or_digit))
    })
}

/// Sets every pair of quotes by its depth. In a line whose pairs do not match only straight and
/// English marks change, and Russian ones stay as typed.
pub(super) fn edit(tokens: &mut Tokens<'_>) {
    let marks = find(tokens);
    for line in marks.chunk_by(|one, two| one.line == two.line) {
        edit_line(tokens, line);
    }
}

fn edit_line(tokens: &mut Tokens<'_>, marks: &[QuoteMark]) {
    let depths = depths(marks);
    let mut index = 0;
    for in_word in marks.chunk_by(|one, two| one.token == two.token) {
        let text = &tokens.list[in_word[0].token].text;
        // Written anew once for all its marks: a word may be nothing but marks.
        let mut new = String::new();
        let mut done = 0;
        for mark in in_word {
            let depth = depths.as_ref().map_or(0, |depths| depths[index]);
            index += 1;
            let sign = match (mark.opens, depth % 2) {
                (true, 0) => "«",
                (true, _) => "„",
                (false, 0) => "»",
                (false, _) => "“",
            };
            let same = text[mark.at..].starts_with(sign);
            // «конкурса"Лучшая книга"»: a space is missing.
            let glued = mark.opens && text[..mark.at].ends_with(is_cyrillic);
            if glued || !same && (depths.is_some() || mark.foreign) {
                new.push_str(&text[done..mark.at]);
                new.push_str(if glued { " " } else { "" });
                new.push_str(sign);
                done = mark.at + mark.len;
            }
        }
        if done > 0 {
            new.push_str(&text[done..]);
            tokens.list[in_word[0].token].text = new.into();
        }
    }
}

/// The depth of every mark, if all of them pair up.
fn depths(marks: &[QuoteMark]) -> Option<Vec<usize>> {
    let mut depth = 0_usize;
    let mut depths = Vec::with_capacity(marks.len());
    for mark in marks {
        if mark.opens {
            depths.push(depth);
            depth += 1;
        } else {
            depth = depth.checked_sub(1)?;
            depths.push(depth);
        }
    }
    (depth == 0).then_some(depths)
}

fn find(tokens: &Tokens<'_>) -> Vec<QuoteMark> {
    let mut marks = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut line = 0;
    for (token, word) in tokens.list.iter().enumerate() {
        if word.starts_line() {
            line = token;
            // A mark that is forgotten in one paragraph must not turn all that follow around.
            open.clear();
        }
        let text: &str = &word.text;
        if word.letters || !text.contains(['"', '«', '»', '„', '“', '”']) {
            continue;
        }
        let inside = text.trim_matches(|ch: char| !is_letter_or_digit(ch));
        let start = inside.as_ptr() as usize - text.as_ptr() as usize;
        let opening = text.len() - text.trim_start_matches(is_opening).len();
        for (at, ch) in text.char_indices() {
            // Quotes around an address are set, those that belong to it are not.
            if word.address && (start..start + inside.len()).contains(&at) {
                continue;
            }
            let Some(opens) = opens(ch, text, at, at <= opening, &open) else { continue };
            if opens {
                open.push(ch);
            } else {
                open.pop();
            }
            marks.push(QuoteMark {
                line,
                token,
                at,
                len: ch.len_utf8(),
                opens,
                foreign: matches!(ch, '"' | '”') || ch == '“' && opens,
            });
        }
    }
    marks
}

/// Whether a mark opens or closes; `None` for no quotation mark. `first` says that only what opens
/// stands before it.
fn opens(ch: char, text: &str, at: usize, first: bool, open: &[char]) -> Option<bool> {
    let before = text[..at].chars().next_back();
    let after = text[at + ch.len_utf8()..].chars().next();
    match ch {
        '«' | '„' => Some(true),
        '”' if before.is_none() && after.is_some_and(is_cyrillic) => Some(true),
        '»' | '”' => Some(false),
        // The same sign opens in English and closes in Russian.
        '“' if open.last() == Some(&'“') && before.is_some_and(|ch| !is_opening(ch)) => {
            Some(after.is_some_and(is_letter_or_digit))
        }
        '“' => Some(open.last() != Some(&'„')),
        // A mark between two spaces belongs to neither word.
        '"' if after.is_none() && before.is_none() => None,
        '"' => match before {
            None => Some(true),
            Some(_) if first => Some(true),
            Some('-' | '—' | '–' | '/') if after.is_some_and(is_letter_or_digit) => Some(true),
            // «5"А" класс», but inches.
            Some(before) if before.is_ascii_digit() && open.is_empty() => {
                after.is_some_and(is_cyrillic).then_some(true)
            }
            Some(_) => Some(open.is_empty() && after.is_some_and(is_letter_or_digit)),
        },
        _ => None,
    }
}
