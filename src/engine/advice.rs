//! What to do about faults of finished pages, for those who made the file in Word: they know its
//! menus, and no stylesheet.

use crate::diag::{Diagnostic, Message, say};

/// The fault with advice in Word's own words, where ours speak of markup and styles.
pub(super) fn in_word(fault: Diagnostic) -> Diagnostic {
    match pages(fault.code()).or_else(|| letters(fault.code())) {
        Some(advice) => {
            let mut hints = fault.hints().to_vec();
            // The last one is what to do, in words of CSS.
            hints.pop();
            // Which faces were tried is a fact, and stands before the advice.
            hints.retain(|_| fault.code() == "missing-glyph");
            hints.push(advice);
            fault.advised(hints)
        }
        None => fault,
    }
}

/// Of what does not fit where it is.
fn pages(code: &str) -> Option<Message> {
    Some(match code {
        "text-off-page" => say!(
            "in Word, move it onto the page: look at the indents of the paragraph, the width of \
             the table and the place of the text box"
        ),
        "text-overlap" => say!(
            "in Word, move the text box away or let text flow around it (Wrap Text), or give the \
             lines more room: spacing «At least» in place of «Exactly»"
        ),
        "text-covered" => say!(
            "in Word, move the picture or the shape away, or put it behind the text (Wrap Text, \
             Behind Text)"
        ),
        "text-clipped" => say!(
            "in Word, make the row higher (Table Properties, Row: «At least» in place of \
             «Exactly»), the text shorter or its type smaller"
        ),
        "box-overflow" => say!(
            "in Word, make the text box or the row higher, the text shorter or its type smaller"
        ),
        "overfull-line" => say!(
            "in Word, make the picture narrower, or the column of the table or the text box wider"
        ),
        "table-too-wide" => say!(
            "in Word, make the columns narrower (Layout, AutoFit, AutoFit Window) or turn the \
             page to landscape"
        ),
        "page-overflow" => {
            say!("in Word, make the picture, the row or the text box lower than the page")
        }
        "page-too-small" => {
            say!("in Word, take larger paper, smaller margins, or a lower header and footer")
        }
        "nesting-depth" | "markup-depth" => {
            say!("in Word, use fewer tables and text boxes inside each other")
        }
        "pdf-coordinate" => say!("in Word, look for sizes and indents that are far too large"),
        _ => return None,
    })
}

/// Of letters and pictures.
fn letters(code: &str) -> Option<Message> {
    Some(match code {
        "text-crowded" => say!(
            "in Word, take the spacing of the letters back (Font, Advanced, Spacing: «Normal»)"
        ),
        "text-unseen" => say!(
            "in Word, give the text another colour, or the cell or the paragraph another shading"
        ),
        "text-tiny" => say!("in Word, make the type larger, or take the text out"),
        "text-lost" => {
            say!("this should not happen: please report it with the file, with the data taken out")
        }
        "missing-glyph" => say!("in Word, take another character, or a picture of it"),
        "font-none" | "font-family" | "font-face" | "font-feature" | "font-coverage" => {
            say!("in Word, take Times New Roman, Arial or Calibri for this text")
        }
        "pdf-alt" => {
            say!("in Word, say what the picture shows (Edit Alt Text), or mark it as decorative")
        }
        _ => return None,
    })
}
