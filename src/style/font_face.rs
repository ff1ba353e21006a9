//! `@font-face`.
//!
//! Read with the rules of a stylesheet; `font` loads what they name.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, UnicodeRange,
};

use super::fault::{CssFault, CssFaults, Parsed, SheetOrigin, excerpt, reason};
use super::parse::{TOLD, range_of, syntax};
use super::property::{stretch, weight};
use super::units::keyword;
use super::{FontFace, FontStyle};
use crate::diag::{Diagnostic, nearest, say};

/// The supported descriptors.
const DESCRIPTORS: [&str; 8] = [
    "font-family",
    "src",
    "font-weight",
    "font-style",
    "font-stretch",
    "font-width",
    "font-display",
    "unicode-range",
];

/// Parses the descriptors of an `@font-face` rule; `range` is where it stands.
pub(super) fn parse(
    input: &mut Parser,
    range: Range<usize>,
    faults: &mut CssFaults,
) -> Option<FontFace> {
    let mut face = Descriptors {
        family: None,
        urls: Arc::default(),
        weights: None,
        style: None,
        stretch: None,
        ranges: Arc::default(),
        faults,
    };
    let mut body = RuleBodyParser::new(input, &mut face);
    while let Some(result) = body.next() {
        if let Err((error, text, _)) = result {
            let range = range_of(body.parser.faults.text, text);
            syntax(body.parser.faults, error, range);
        }
    }
    let Descriptors { family, urls, weights, style, stretch, ranges, faults } = face;
    match family {
        Some(family) if !urls.is_empty() => {
            let span = faults.origin.span(range);
            Some(FontFace { family, urls, weights, style, stretch, ranges, span })
        }
        family => {
            let missing = if family.is_none() { "font-family" } else { "src: url(…)" };
            faults.warn(
                Diagnostic::warning(
                    "css-value",
                    say!("`@font-face` is skipped: it has no `{missing}`", missing),
                ),
                range,
            );
            None
        }
    }
}

struct Descriptors<'p, 't> {
    family: Option<Arc<str>>,
    urls: Arc<[Arc<str>]>,
    weights: Option<(u16, u16)>,
    style: Option<FontStyle>,
    stretch: Option<u16>,
    ranges: Arc<[RangeInclusive<u32>]>,
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
                // A list is an order of preference; which files can be read is seen later.
                self.urls = urls.into_iter().flatten().collect();
                if self.urls.is_empty() {
                    return CssFault::error(say!(
                        "`local()` is not supported: put the font file beside the template"
                    ));
                }
            }
            // One weight, or the range of a variable font (CSS Fonts 4, section 4.4).
            "font-weight" => {
                let from = weight(input)?;
                let to = if input.is_exhausted() { from } else { weight(input)? };
                self.weights = Some((from.min(to), from.max(to)));
            }
            "font-style" => {
                let words = [
                    ("normal", FontStyle::Normal),
                    ("italic", FontStyle::Italic),
                    // Faces are told apart by upright and slanted only.
                    ("oblique", FontStyle::Italic),
                ];
                self.style = Some(keyword(input, &words)?);
                // The angles of `oblique`: how far a face slants is not chosen by.
                while input.next().is_ok() {}
            }
            "font-stretch" | "font-width" => {
                let from = stretch(input)?;
                // The range of a variable font, which is cut at its weights only: what it has of
                // itself counts.
                let to = if input.is_exhausted() { from } else { stretch(input)? };
                self.stretch = (from == to).then_some(from);
            }
            "unicode-range" => {
                let ranges = input.parse_comma_separated(|input| {
                    Ok(UnicodeRange::parse(input).map(|range| range.start..=range.end)?)
                })?;
                self.ranges = ranges.into();
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
                say!("unknown descriptor `{name}` in `@font-face`", name),
            );
            let start = start.position().byte_index();
            let near = nearest(&lower, DESCRIPTORS);
            self.faults.warn(
                near.into_iter()
                    .fold(fault, |f, near| f.hint(say!("did you mean `{near}`?", near))),
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
        let what = say!(
            "`{text}` is not a supported value of `{property}`",
            text = excerpt(text),
            property = lower
        );
        let message = match result.err().and_then(reason) {
            Some(fault) => say!("{what}: {why}", what, why = *fault.message),
            None => what,
        };
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
