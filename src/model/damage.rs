//! What befell a text on its way into the file: letters that became question marks, bytes read in
//! the wrong encoding, signs that nobody sees, a merge left half done.
//!
//! Looked for in the tree of a file, in whatever language it is written. What is certain is mended,
//! as a key with a letter of the wrong alphabet; what is not is told.

use super::leftover::{self, Doubt};
use super::russian::is_any_key;
use super::tree::{DataNode, DataValue, MapKey, SyntaxFault, quote};
use crate::diag::{Diagnostic, say};

/// Latin letters and the Cyrillic ones that look the same.
const TWINS: [(char, char); 12] = [
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
    ('h', 'н'),
    ('b', 'в'),
];

/// Latin letters and the Greek ones that look like them.
const GREEK: [(char, char); 14] = [
    ('a', 'α'),
    ('a', 'ά'),
    ('e', 'ε'),
    ('i', 'ι'),
    ('k', 'κ'),
    ('n', 'η'),
    ('o', 'ο'),
    ('p', 'ρ'),
    ('t', 'τ'),
    ('u', 'υ'),
    ('v', 'ν'),
    ('x', 'χ'),
    ('y', 'γ'),
    ('w', 'ω'),
];

/// What a Git merge leaves where two versions disagree.
pub(super) fn merge(text: &str) -> Option<SyntaxFault> {
    let begins = |mark: &str| {
        let at = if text.starts_with(mark) { 0 } else { text.find(&format!("\n{mark}"))? + 1 };
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Some(at..end)
    };
    let (range, _) = (begins("<<<<<<<")?, begins(">>>>>>>")?);
    let message = say!("two versions of the file were merged and disagree here");
    let mut fault = SyntaxFault::syntax(message, range);
    *fault.diagnostic = fault.diagnostic.hint(say!(
        "keep one of the two parts, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    ));
    Some(fault)
}

/// Mends the keys of a tree, and tells what is wrong with its texts; `file` is what it was read of.
pub(super) fn look(node: &mut DataNode, file: &str, faults: &mut Vec<SyntaxFault>) {
    // «[указать школу]» is a list to YAML.
    if let Some((code, message, hint)) = unfilled(node, file) {
        let fault = Diagnostic::warning(code, message).hint(hint);
        faults.push(SyntaxFault::new(fault, node.range.clone()));
        return;
    }
    look_inside(node, file, faults);
}

fn look_inside(node: &mut DataNode, file: &str, faults: &mut Vec<SyntaxFault>) {
    match &mut node.value {
        DataValue::Scalar { text, .. } => {
            // «Его\u{200b}рова» was copied from a web page, and is no surname.
            if text.contains(is_unseen) {
                *text = without_unseen(text);
            }
            if let Some((code, message, hint)) = doubt(text) {
                let fault = Diagnostic::warning(code, message).hint(hint);
                faults.push(SyntaxFault::new(fault, node.range.clone()));
            }
        }
        DataValue::Seq(items) => {
            // Lists of lists are rows of a table, which may have one cell.
            let is_list = |item: &DataNode| matches!(item.value, DataValue::Seq(_));
            let rows = items.len() > 1 && items.iter().all(is_list);
            let look = if rows { look_inside } else { look };
            items.iter_mut().for_each(|item| look(item, file, faults));
        }
        DataValue::Map(entries) => {
            for (key, value) in entries {
                mend(key);
                look(value, file, faults);
            }
        }
        DataValue::Null => {}
    }
}

/// A blank that reads as a list of one text.
fn unfilled(node: &DataNode, file: &str) -> Option<Doubt> {
    let DataValue::Seq(items) = &node.value else { return None };
    let [DataNode { value: DataValue::Scalar { plain: true, .. }, .. }] = items.as_slice() else {
        return None;
    };
    leftover::doubt(file.get(node.range.clone()).filter(|text| text.starts_with('['))?)
}

/// A text without signs of no width between letters of Russian, where they are never meant. Soft
/// hyphens are.
fn without_unseen(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |c: Option<&char>| c.is_some_and(|c| ('\u{400}'..='\u{4ff}').contains(c));
    let kept = letters.iter().enumerate().filter(|(at, c)| {
        let within = *at > 0 && is_letter(letters.get(at - 1)) && is_letter(letters.get(at + 1));
        !(is_unseen(**c) && **c != '\u{ad}' && within)
    });
    kept.map(|(_, c)| *c).collect()
}

/// Takes out of a key what nobody sees, and puts one alphabet in the place of two.
fn mend(key: &mut MapKey) {
    if key.text.contains(is_unseen) {
        key.text.retain(|c| !is_unseen(c));
    }
    // The Greek keyboard, and signs of a formula: `nαme`.
    if key.text.contains(|c| GREEK.iter().any(|(_, greek)| *greek == c)) {
        let plain =
            |c: char| GREEK.iter().find(|(_, greek)| *greek == c).map_or(c, |(latin, _)| *latin);
        let turned: String = key.text.chars().map(plain).collect();
        if is_any_key(&turned) {
            key.text = turned;
        }
    }
    let latin = key.text.contains(|c: char| c.is_ascii_alphabetic());
    // Most keys have letters of one alphabet.
    if !latin || key.text.is_ascii() || is_any_key(&key.text) {
        return;
    }
    let turned = |to: fn((char, char), char) -> char| -> String {
        key.text.chars().map(|c| TWINS.iter().fold(c, |c, twin| to(*twin, c))).collect()
    };
    let ways = [
        turned(|(latin, twin), c| if c == twin { latin } else { c }),
        turned(|(latin, twin), c| if c == latin { twin } else { c }),
    ];
    if let Some(known) = ways.into_iter().find(|way| is_any_key(way)) {
        key.text = known;
    }
}

fn is_unseen(c: char) -> bool {
    let steers = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}');
    steers || matches!(c, '\u{ad}' | '\u{feff}')
}

/// What of a text of a table is hardly meant to be printed: damage, HTML, markup of other
/// programs, blanks.
#[cfg(feature = "batch")]
pub(crate) fn text_doubts(text: &str) -> impl Iterator<Item = Diagnostic> {
    let doubt =
        doubt(text).map(|(code, message, hint)| Diagnostic::warning(code, message).hint(hint));
    doubt.into_iter().chain(super::read::html(text))
}

/// What is doubtful about a text: how it came into the file, or what it holds.
fn doubt(text: &str) -> Option<Doubt> {
    damaged(text).or_else(|| leftover::doubt(text))
}

fn damaged(text: &str) -> Option<Doubt> {
    // Asked of each text of a file: nearly all have none of these signs.
    if !text.contains(['?', '‘', 'Р', 'С', 'Ð', 'Ñ']) {
        return None;
    }
    lost(text).or_else(|| misread(text)).or_else(|| quotes(text))
}

/// `???? ??????`: letters that an encoding has no room for.
fn lost(text: &str) -> Option<Doubt> {
    let marks = text.matches('?').count();
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    (marks > 4 && marks * 3 > all * 2).then(|| {
        (
            "text-lost-letters",
            say!("letters became question marks when this was saved: {text}", text = quote(text)),
            say!("type the text again, and save the file as UTF-8"),
        )
    })
}

/// «РљРёРј» or `ÐšÐ¸Ð¼`: UTF-8 that a program took for Windows-1251 or Latin-1 and saved so.
fn misread(text: &str) -> Option<Doubt> {
    let letter = |c: char| matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    let pairs = text.chars().zip(text.chars().skip(1)).filter(|(first, second)| match first {
        // What is between 0x80 and 0xBF is no letter of Russian but «ё».
        'Р' | 'С' => !second.is_ascii() && (!letter(*second) || *second == 'ё'),
        'Ð' | 'Ñ' => !second.is_ascii(),
        _ => false,
    });
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    let count = pairs.count();
    (count > 2 && count * 3 > all).then(|| {
        (
            "text-misread",
            say!("this was saved in a wrong encoding: {text}", text = quote(text)),
            say!("open the file that it was made from as UTF-8, and save it as UTF-8"),
        )
    })
}

/// `‘Грамота’`: quotation marks of a word processor in the place of those of YAML.
fn quotes(text: &str) -> Option<Doubt> {
    let inside = text.strip_prefix('‘')?.strip_suffix('’')?;
    Some((
        "text-quotes",
        say!("the quotation marks are printed, too: {text}", text = quote(text)),
        say!("if they are not part of the text, write `'{inside}'`", inside),
    ))
}
