//! Media queries: the output is always print.
//!
//! Asked while rules are read: those for screens are left out at once.

use cssparser::Parser;

use super::fault::{CssFault, Parsed};
use crate::diag::say;

/// Whether a list of media queries applies to printing.
pub(super) fn applies(input: &mut Parser) -> Parsed<bool> {
    let queries = input.parse_comma_separated(query)?;
    Ok(queries.into_iter().any(|applies| applies))
}

fn query(input: &mut Parser) -> Parsed<bool> {
    let not = input.try_parse(|input| input.expect_ident_matching("not")).is_ok();
    if !not {
        let _ = input.try_parse(|input| input.expect_ident_matching("only"));
    }
    let Ok(medium) = input.expect_ident_cloned() else {
        return CssFault::error(say!(
            "media features are not supported, only `print`, `screen` and `all`"
        ));
    };
    let applies = match medium.to_ascii_lowercase().as_str() {
        "print" | "all" => true,
        // Media that exist, if only in old sheets: they never match, and they are no
        // misspellings (Media Queries 4, 2.3).
        "screen" | "speech" | "tty" | "tv" | "projection" | "handheld" | "braille" | "embossed"
        | "aural" => false,
        _ => {
            return Err(cssparser::ParseError::custom(CssFault::unknown(
                say!("`{medium}` is not a medium", medium),
                &medium,
                &["print", "screen", "all"],
            )));
        }
    };
    if !input.is_exhausted() {
        return CssFault::error(say!(
            "media features are not supported, only `print`, `screen` and `all`"
        ));
    }
    Ok(applies != not)
}
