//! The characters of a text as the elements of a run: what WordprocessingML has no characters for,
//! and where words may be broken.

use crate::docx::package::xml::{El, is_xml_char};
use crate::sizing::Typesetter;
use crate::style::{TextStyle, WhiteSpace, WrapStyle};

const SOFT_HYPHEN: &str = "w:softHyphen";
const NO_BREAK_HYPHEN: &str = "w:noBreakHyphen";
/// A place where a line may end with no sign. Word ends none within an address.
const BREAK: char = '\u{200b}';

/// How the characters of a text are written.
#[derive(Debug, Default)]
pub(crate) struct TextSetting {
    no_wrap: bool,
    /// The bytes before which a soft hyphen stands.
    hyphens: Vec<usize>,
    /// The bytes of addresses before which a line may end with no sign.
    breaks: Vec<usize>,
    /// The hyphens behind which no line ends.
    kept: Vec<usize>,
}

impl TextSetting {
    /// That of a text in a style; `soft_hyphens` says where its words and addresses may be broken.
    pub(crate) fn new(
        typesetter: &Typesetter,
        (text, style): (&str, &TextStyle),
        soft_hyphens: bool,
    ) -> Self {
        let (hyphens, breaks) = if soft_hyphens {
            (typesetter.hyphens(text, style), typesetter.address_breaks(text, style))
        } else {
            (Vec::new(), Vec::new())
        };
        Self {
            no_wrap: style.white_space == WhiteSpace::NoWrap,
            hyphens,
            breaks,
            kept: if style.wrap == WrapStyle::Stable {
                Vec::new()
            } else {
                typesetter.kept_hyphens(text)
            },
        }
    }
}

/// What a text is in its run; what cannot be there goes to `lost`.
pub(crate) fn text_pieces(
    text: &str,
    setting: &TextSetting,
    mut lost: impl FnMut(char),
) -> Vec<El> {
    let mut hyphens = setting.hyphens.iter().copied().peekable();
    let mut breaks = setting.breaks.iter().copied().peekable();
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let flush = |plain: &mut String, pieces: &mut Vec<El>| {
        if !plain.is_empty() {
            pieces.push(t(plain));
            plain.clear();
        }
    };
    for (at, c) in text.char_indices() {
        if hyphens.next_if_eq(&at).is_some() {
            flush(&mut plain, &mut pieces);
            pieces.push(El::new(SOFT_HYPHEN));
        }
        if breaks.next_if_eq(&at).is_some() {
            plain.push(BREAK);
        }
        let special = match c {
            '\u{ad}' => Some(SOFT_HYPHEN),
            '\u{2011}' => Some(NO_BREAK_HYPHEN),
            '-' if setting.kept.contains(&at) => Some(NO_BREAK_HYPHEN),
            '\t' => Some("w:tab"),
            '\n' | '\r' => Some("w:br"),
            _ => None,
        };
        match special {
            Some(name) => {
                flush(&mut plain, &mut pieces);
                pieces.push(El::new(name));
            }
            // Word has no `white-space: nowrap`; no-break spaces come as near as can be.
            None if c == ' ' && setting.no_wrap => plain.push('\u{a0}'),
            // A narrow no-break space is in few faces, and one from another face is of any width.
            None if c == '\u{202f}' => plain.push('\u{a0}'),
            None if is_xml_char(c) => plain.push(c),
            None => lost(c),
        }
    }
    flush(&mut plain, &mut pieces);
    pieces
}

/// A piece of plain text.
pub(super) fn t(text: &str) -> El {
    // Without it a reader may drop the spaces at both ends (XML 1.0, 2.10).
    El::new("w:t").with("xml:space", "preserve").text(text)
}
