//! Declarations: a property and what it is set to.
//!
//! Between the parser of rules and the cascade: text that the table of properties reads.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use cssparser::{Delimiter, ParseError, ParseErrorKind, Parser, ParserState, parse_important};

use super::fault::{CssFault, CssFaults, Parsed, SheetOrigin, excerpt, reason};
use super::property::{self, Property, ValueSyntax};
use super::target::Target;
use crate::diag::{Diagnostic, Message, Span, nearest, say};

/// Sets a property of an element to a value that was parsed.
pub(super) type PropertySetter = Arc<dyn Fn(&mut Target) + Send + Sync>;

/// A declaration of a longhand property, or one that will become such.
#[derive(Debug, Clone)]
pub(super) enum Declaration {
    /// A longhand.
    Longhand(&'static Property, DeclaredValue),
    /// A property whose value holds `var()`: it is parsed when the variables are known.
    Pending(Arc<Pending>),
    /// A custom property, `--name`.
    Custom(Arc<str>, Arc<str>),
}

/// What a longhand is set to.
#[derive(Clone)]
pub(super) enum DeclaredValue {
    Set(PropertySetter),
    Inherit,
    Initial,
    Unset,
}

impl fmt::Debug for DeclaredValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set(_) => "Set",
            Self::Inherit => "Inherit",
            Self::Initial => "Initial",
            Self::Unset => "Unset",
        })
    }
}

/// A declaration with `var()`.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) property: &'static Property,
    pub(super) text: Box<str>,
    pub(super) span: Option<Span>,
}

/// The declarations of a rule.
#[derive(Debug, Clone, Default)]
pub(super) struct DeclarationBlock {
    pub(super) normal: Vec<Declaration>,
    pub(super) important: Vec<Declaration>,
}

/// Which properties a block may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeclarationContext {
    /// Elements.
    Style,
    /// `@page` itself.
    Page,
    /// A page margin box.
    MarginBox,
}

/// Applies a longhand to an element.
pub(super) fn apply(property: &Property, value: &DeclaredValue, target: &mut Target) {
    let ValueSyntax::Longhand { copy, .. } = &property.kind else { return };
    match value {
        DeclaredValue::Set(setter) => setter(target),
        DeclaredValue::Inherit => copy(target, target.parent),
        DeclaredValue::Unset if property.inherited => copy(target, target.parent),
        DeclaredValue::Initial | DeclaredValue::Unset => copy(target, &target.initial()),
    }
}

/// Parses one declaration after its colon and adds it to the block. A fault is reported and leaves
/// the block as it is.
pub(super) fn parse<'i>(
    name: &str,
    input: &mut Parser<'i>,
    start: &ParserState,
    context: DeclarationContext,
    block: &mut DeclarationBlock,
    faults: &mut CssFaults,
) -> Result<(), ParseError<()>> {
    let start = start.position().byte_index();
    let name_range = start..start + name.len();

    // Names of custom properties are case-sensitive, and their values are any tokens at all:
    // nothing to look up or to parse (CSS Variables 1, 2).
    if let Some(custom) = name.strip_prefix("--") {
        let text = raw(input)?;
        let important = input.try_parse(parse_important).is_ok();
        input.expect_exhausted()?;
        let list = if important { &mut block.important } else { &mut block.normal };
        list.push(Declaration::Custom(custom.into(), text.trim().into()));
        return Ok(());
    }

    let property = known(name, name_range, context, faults)?;
    longhands(property, input, block, faults)
}

const TOLD: ParseError<()> = ParseError { kind: ParseErrorKind::Custom(()) };

/// The property of a name, if a block of this kind may hold it.
fn known(
    name: &str,
    name_range: Range<usize>,
    context: DeclarationContext,
    faults: &mut CssFaults,
) -> Result<&'static Property, ParseError<()>> {
    let Some(property) = property::find(name) else {
        let fault = Diagnostic::warning("css-property", say!("unknown property `{name}`", name));
        faults.warn(
            match (property::instead(name), nearest(&name.to_ascii_lowercase(), property::names()))
            {
                // A known property that we lack is not a slip of the pen: say what to use, not what
                // is spelt alike.
                (Some(instead), _) => fault.hint(instead),
                (None, Some(near)) => fault.hint(say!("did you mean `{near}`?", near)),
                (None, None) => fault,
            },
            name_range,
        );
        return Err(TOLD);
    };
    if !property::applies(property, context) {
        let what = if context == DeclarationContext::Style {
            say!("elements")
        } else {
            say!("`@page` and its margin boxes")
        };
        faults.warn(
            Diagnostic::warning(
                "css-property",
                say!("`{property}` does not apply to {what}", property = property.name, what),
            ),
            name_range,
        );
        return Err(TOLD);
    }
    Ok(property)
}

/// Parses the value of a property and adds what it sets to the block.
fn longhands<'i>(
    property: &'static Property,
    input: &mut Parser<'i>,
    block: &mut DeclarationBlock,
    faults: &mut CssFaults,
) -> Result<(), ParseError<()>> {
    input.skip_whitespace();
    let value_start = input.position();
    // The parser takes note of `var()` while the value is tried, so the text need not be
    // searched for it, where it might stand in a string.
    input.look_for_arbitrary_substitution_functions(&["var"]);
    let parsed =
        input.parse_until_before(Delimiter::Bang, |input| value(property, input, faults.origin));
    let substitutes = input.seen_arbitrary_substitution_functions();
    let text = input.slice_from(value_start);
    let value_range = value_start.byte_index()..value_start.byte_index() + text.len();
    let important = input.try_parse(parse_important).is_ok();
    let list = if important { &mut block.important } else { &mut block.normal };
    match parsed {
        Ok(declarations) if input.is_exhausted() => list.extend(declarations),
        // With `var()` a value may only fail for now: it is parsed again when the variables are
        // known.
        Err(_) if substitutes && input.is_exhausted() => {
            let span = faults.origin.span(value_range);
            list.push(Declaration::Pending(Arc::new(Pending {
                property,
                text: text.into(),
                span,
            })));
        }
        Ok(_) => {
            let message =
                say!("something follows the value of `{property}`", property = property.name);
            let fault = Diagnostic::warning("css-value", message);
            // What is behind the value; the only thing that may be is `!important`.
            let rest = faults.text[value_range.end..].split(['}', ';']).next().unwrap_or_default();
            faults.warn(
                match rest.trim_start().starts_with('!') {
                    true => fault.hint(say!("behind a value nothing but `!important` is possible")),
                    false => fault,
                },
                value_range,
            );
            return Err(TOLD);
        }
        Err(error) => {
            faults.warn(unsupported(property, text, reason(error)), value_range);
            return Err(TOLD);
        }
    }
    Ok(())
}

/// The text up to `!` or the end.
fn raw<'i>(input: &mut Parser<'i>) -> Result<&'i str, ParseError<()>> {
    let start = input.position();
    input.parse_until_before(Delimiter::Bang, |input| {
        while input.next().is_ok() {}
        Ok::<(), ParseError<()>>(())
    })?;
    Ok(input.slice_from(start))
}

/// What is to be done if the value goes on over the next declaration.
fn unended(value: &str) -> Option<Message> {
    let next = value.lines().skip(1).find_map(|line| line.split_once(':'))?.0.trim();
    property::find(next).map(|next| say!("a `;` is missing before `{next}`", next = next.name))
}

/// Why a value is not understood, and what would be.
pub(super) fn unsupported(property: &Property, text: &str, fault: Option<CssFault>) -> Diagnostic {
    let raw = text;
    let text = excerpt(text);
    let what = if text.is_empty() {
        say!("`{property}` has no value", property = property.name)
    } else {
        say!("`{text}` is not a supported value of `{property}`", text, property = property.name)
    };
    let (message, hint) = match fault {
        Some(fault) => {
            (say!("{what}: {why}", what, why = *fault.message), fault.hint.map(|hint| *hint))
        }
        None => {
            let words = property
                .syntax
                // What is left of the notation are the keywords, among which the nearest is
                // looked for.
                .split([' ', '|', '[', ']', '?', '+', '*', '/', ','])
                .filter(|w| !w.is_empty() && !w.contains(['<', '(']));
            (what, nearest(&text, words).map(|near| say!("did you mean `{near}`?", near)))
        }
    };
    let diagnostic = Diagnostic::warning("css-value", message);
    match unended(raw).or(hint) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic.hint(say!("supported: {syntax}", syntax = property.syntax)),
    }
}

/// Parses the value of a property as longhand declarations.
pub(super) fn value(
    property: &'static Property,
    input: &mut Parser,
    origin: SheetOrigin,
) -> Parsed<Vec<Declaration>> {
    let wide = |value: DeclaredValue| -> Vec<Declaration> {
        match property.kind {
            // A CSS-wide keyword on a shorthand goes to all its longhands (CSS Cascade 4, 7.3).
            ValueSyntax::Shorthand { of, .. } => of
                .iter()
                .filter_map(|name| property::find(name))
                .map(|p| Declaration::Longhand(p, value.clone()))
                .collect(),
            _ => vec![Declaration::Longhand(property, value)],
        }
    };
    let keyword = input.try_parse(|input| {
        let value = match input.expect_ident()?.to_ascii_lowercase().as_str() {
            "inherit" => DeclaredValue::Inherit,
            "initial" => DeclaredValue::Initial,
            "unset" => DeclaredValue::Unset,
            _ => return Err(cssparser::BasicParseError::unexpected_token()),
        };
        // `inherit 2pt` is not a keyword but a wrong value.
        input.expect_exhausted()?;
        Ok(value)
    });
    match keyword {
        Ok(value) => Ok(wide(value)),
        Err(_) => own_value(property, input, origin),
    }
}

fn own_value(
    property: &'static Property,
    input: &mut Parser,
    origin: SheetOrigin,
) -> Parsed<Vec<Declaration>> {
    match &property.kind {
        ValueSyntax::Longhand { parse, .. } => {
            Ok(vec![Declaration::Longhand(property, DeclaredValue::Set(parse(input, origin)?))])
        }
        ValueSyntax::Shorthand { parse, of } => {
            let mut longhands = Vec::new();
            parse(input, origin, &mut longhands, of)?;
            Ok(longhands)
        }
        // `property::find` has led aliases to what they stand for.
        ValueSyntax::Alias(_) => Err(ParseError::unexpected_token()),
    }
}
