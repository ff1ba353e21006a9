//! Optical margins: how far letters and signs stand out at the ends of a line, so that the edge of
//! the text looks straight. A hyphen or a full stop has little ink beside a letter, and a line that
//! ends in one looks shorter than its neighbours (Hàn Thế Thành, «Micro-typographic extensions to
//! the TeX typesetting system», 2000, chapter 4).

/// How much of its own width a character stands out at the start of a line.
pub(super) fn at_start(c: char) -> f64 {
    match c {
        '«' | '„' | '“' | '‘' | '"' => 0.4,
        '(' | '[' => 0.1,
        '–' | '—' => 0.2,
        // Letters whose foot or arm leaves a gap at the left.
        'А' | 'Т' | 'У' | 'Ч' | 'Л' | 'Д' | 'т' | 'у' | 'ч' | 'л' | 'A' | 'T' | 'V' | 'W' | 'Y' => {
            0.05
        }
        _ => 0.0,
    }
}

/// How much of its own width a character stands out at the end of a line.
pub(super) fn at_end(c: char) -> f64 {
    match c {
        '-' | '\u{2010}' | '\u{AD}' => 0.6,
        '.' | ',' => 0.7,
        ':' | ';' => 0.5,
        '!' | '?' => 0.15,
        '»' | '“' | '”' | '’' | '"' => 0.4,
        ')' | ']' => 0.1,
        '–' => 0.3,
        '—' => 0.2,
        'Г' | 'г' | 'Т' | 'т' | 'У' | 'у' | 'Р' | 'Ф' | 'ф' | 'r' | 'T' | 'V' | 'W' | 'Y' => {
            0.05
        }
        _ => 0.0,
    }
}
