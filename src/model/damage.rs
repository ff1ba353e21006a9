//! What befell a text on its way into the file: letters that became question marks, bytes read in
//! the wrong encoding, signs that nobody sees, a merge left half done.
//!
//! Looked for in the tree of a file, in whatever language it is written. What is certain is mended,
//! as a key with a letter of the wrong alphabet; what is not is told.

use super::russian::is_any_key;
use super::tree::{DataNode, DataValue, MapKey, SyntaxFault, quote};
use crate::diag::{Diagnostic, Message, say};

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

/// Mends the keys of a tree, and tells what is wrong with its texts.
pub(super) fn look(node: &mut DataNode, faults: &mut Vec<SyntaxFault>) {
    match &mut node.value {
        DataValue::Scalar { text, .. } => {
            if let Some((code, message, hint)) = doubt(text) {
                let fault = Diagnostic::warning(code, message).hint(hint);
                faults.push(SyntaxFault::new(fault, node.range.clone()));
            }
        }
        DataValue::Seq(items) => items.iter_mut().for_each(|item| look(item, faults)),
        DataValue::Map(entries) => {
            for (key, value) in entries {
                mend(key);
                look(value, faults);
            }
        }
        DataValue::Null => {}
    }
}

/// Takes out of a key what nobody sees, and puts one alphabet in the place of two.
fn mend(key: &mut MapKey) {
    if key.text.contains(is_unseen) {
        key.text.retain(|c| !is_unseen(c));
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

type Doubt = (&'static str, Message, Message);

fn doubt(text: &str) -> Option<Doubt> {
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
