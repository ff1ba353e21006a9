//! `@font-face`.

use std::ops::Range;
use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
};

use super::fault::{CssFault, CssFaults, Parsed, SheetOrigin, excerpt, reason};
use super::parse::{TOLD, range_of, syntax};
use super::property::weight;
use super::units::keyword;
use super::{FontFace, FontStyle};
use crate::diag::{Diagnostic, nearest};

/// The supported descriptors.
const DESCRIPTORS: [&str; 5] = ["font-family", "src", "font-weight", "font-style", "font-display"];

/// Parses the descriptors of an `@font-face` rule; `range` is where it stands.
pub(super) fn parse(
    input: &mut Parser,
    range: Range<usize>,
    faults: &mut CssFaults,
) -> Option<FontFace> {
    let mut face = Descriptors { family: None, url: None, weight: None, style: None, faults };
    let mut body = RuleBodyParser::new(input, &mut face);
    while let Some(result) = body.next() {
        if let Err((error, text, _)) = result {
            let range = range_of(body.parser.faults.text, text);
            syntax(body.parser.faults, error, range);
        }
    }
    let Descriptors { family, url, weight, style, faults } = face;
    match (family, url) {
        (Some(family), Some(url)) => {
            Some(FontFace { family, url, weight, style, span: faults.origin.span(range) })
        }
        (family, _) => {
            let missing = if family.is_none() { "font-family" } else { "src: url(…)" };
            faults.warn(
                Diagnostic::warning(
                    "css-value",
                    format!("`@font-face` is skipped: it has no `{missing}`"),
                ),
                range,
            );
            None
        }
    }
}

struct Descriptors<'p, 't> {
    family: Option<Arc<str>>,
    url: Option<Arc<str>>,
    weight: Option<u16>,
    style: Option<FontStyle>,
    faults: &'p mut CssFaults<'t>,
}

impl Descriptors<'_, '_> {
    fn value(&mut self, name: &str, input: &mut Parser) -> Parsed<()> {
        match name {
            "font-family" => {
                let mut family = input.expect_ident_or_string()?.to_string();
                // A name without quotes is a run of words (CSS Fonts 4, 2.1).
                while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
                    family = format!("{family} {word}");
                }
                self.family = Some(family.into());
            }
            "src" => {
                let origin = self.faults.origin;
                let urls = input.parse_comma_separated(|input| source(input, origin))?;
                // A list is an order of preference: the first that can be read, which is any but
                // `local()`.
                match urls.into_iter().flatten().next() {
                    Some(url) => self.url = Some(url),
                    None => {
                        return CssFault::error(
                            "`local()` is not supported: put the font file beside the template",
                        );
                    }
                }
            }
            "font-weight" => self.weight = Some(weight(input)?),
            "font-style" => {
                let words = [
                    ("normal", FontStyle::Normal),
                    ("italic", FontStyle::Italic),
                    // Faces are told apart by upright and slanted only.
                    ("oblique", FontStyle::Italic),
                ];
                self.style = Some(keyword(input, &words)?);
            }
            // How a browser shows the page before the face has come means nothing on paper.
            _ => while input.next().is_ok() {},
        }
        Ok(())
    }
}

/// One entry of `src`; nothing for a `local()`.
fn source(input: &mut Parser, origin: SheetOrigin) -> Parsed<Option<Arc<str>>> {
    let url = match input.try_parse(|input| input.expect_url()) {
        Ok(url) => Some(origin.url(&url)),
        Err(_) => {
            input.expect_function_matching("local")?;
            None
        }
    };
    // `format()` and `tech()`: the file says what it is.
    while input.try_parse(|input| input.expect_function().map(|_| ())).is_ok() {}
    Ok(url)
}

impl<'i> DeclarationParser<'i> for Descriptors<'_, '_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Result<(), ParseError<()>> {
        let lower = name.to_ascii_lowercase();
        if !DESCRIPTORS.contains(&lower.as_str()) {
            let fault = Diagnostic::warning(
                "css-property",
                format!("unknown descriptor `{name}` in `@font-face`"),
            );
            let start = start.position().byte_index();
            let near = nearest(&lower, DESCRIPTORS);
            self.faults.warn(
                near.into_iter().fold(fault, |f, near| f.hint(format!("did you mean `{near}`?"))),
                start..start + name.len(),
            );
            return Err(TOLD);
        }
        input.skip_whitespace();
        let begin = input.position();
        let result = self.value(&lower, input);
        if result.is_ok() && input.is_exhausted() {
            return Ok(());
        }
        while input.next().is_ok() {}
        let text = input.slice_from(begin);
        let why = result
            .err()
            .and_then(reason)
            .map_or(String::new(), |fault| format!(": {}", fault.message));
        let message = format!("`{}` is no supported value of `{lower}`{why}", excerpt(text));
        self.faults
            .warn(Diagnostic::warning("css-value", message), range_of(self.faults.text, text));
        Err(TOLD)
    }
}

impl<'i> QualifiedRuleParser<'i> for Descriptors<'_, '_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl<'i> AtRuleParser<'i> for Descriptors<'_, '_> {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Descriptors<'_, '_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
