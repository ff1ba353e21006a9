//! Shorthands: one value that sets several properties, parsed by the parsers of these.

use cssparser::{ParseError, Parser};

use super::super::declaration::{Declaration, DeclaredValue};
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::{Property, ValueSyntax, find};
use crate::diag::say;

/// Parses the next part of the input as the value of a longhand.
fn part(
    input: &mut Parser,
    origin: SheetOrigin,
    property: &'static Property,
) -> Parsed<Declaration> {
    match &property.kind {
        ValueSyntax::Longhand { parse, .. } => {
            Ok(Declaration::Longhand(property, DeclaredValue::Set(parse(input, origin)?)))
        }
        _ => Err(ParseError::unexpected_token()),
    }
}

fn longhand(name: &str) -> Parsed<&'static Property> {
    find(name).ok_or_else(ParseError::unexpected_token)
}

/// One to four values for four sides, one or two for two.
pub(super) fn sides(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    // Values are closures that cannot be copied to another side's property, so the text is
    // parsed again for each side that repeats one.
    let mut starts = Vec::new();
    while !input.is_exhausted() && starts.len() < of.len() {
        starts.push(input.state());
        let declaration = part(input, origin, longhand(of[starts.len() - 1])?)?;
        out.push(declaration);
    }
    if starts.is_empty() {
        return Err(ParseError::unexpected_token());
    }
    let end = input.state();
    for (i, name) in of.iter().enumerate().skip(starts.len()) {
        // The side opposite to this one, or the first.
        let same = if i >= 2 && starts.len() > i - 2 { i - 2 } else { 0 };
        input.reset(&starts[same]);
        let declaration = part(input, origin, longhand(name)?)?;
        out.push(declaration);
    }
    input.reset(&end);
    Ok(())
}

/// Each longhand at most once, in any order; what is not mentioned is initial.
pub(super) fn any_order(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    let mut found: Vec<Option<Declaration>> = of.iter().map(|_| None).collect();
    let mut any = false;
    // Which longhand a part belongs to shows only by trying: the first that takes it has it.
    'parts: while !input.is_exhausted() {
        let mut reason = None;
        for (name, slot) in of.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
            let property = longhand(name)?;
            match input.try_parse(|input| part(input, origin, property)) {
                Ok(declaration) => {
                    *slot = Some(declaration);
                    any = true;
                    continue 'parts;
                }
                Err(error) => reason = reason.or(Some(error)),
            }
        }
        // With several longhands tried, the reason of one says little about the whole.
        return Err(if of.len() == 1 {
            reason.unwrap_or_else(ParseError::unexpected_token)
        } else {
            ParseError::unexpected_token()
        });
    }
    if !any {
        return Err(ParseError::unexpected_token());
    }
    for (name, slot) in of.iter().zip(found) {
        out.push(match slot {
            Some(declaration) => declaration,
            // A shorthand resets what it does not name (CSS Cascade 4, 3).
            None => Declaration::Longhand(longhand(name)?, DeclaredValue::Initial),
        });
    }
    Ok(())
}

/// `border`: the same for all four sides.
pub(super) fn border(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    let start = input.state();
    // Parsed anew for each side, since values are closures for one property (see `sides`).
    for side in of.chunks(3) {
        input.reset(&start);
        any_order(input, origin, out, side)?;
    }
    Ok(())
}

pub(super) const FONT: &[&str] = &[
    "font-style",
    "font-variant-caps",
    "font-weight",
    "font-stretch",
    "font-size",
    "line-height",
    "font-family",
];

/// `font`: style, caps, weight and width in any order, then size, line height and families.
pub(super) fn font(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    let mut prefix: [Option<Declaration>; 4] = [None, None, None, None];
    // Four parts at most, each of which may be `normal`, without saying which one is meant (CSS
    // Fonts 4, 2.7).
    for _ in 0..4 {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            continue;
        }
        for (name, slot) in of.iter().zip(&mut prefix).filter(|(_, slot)| slot.is_none()) {
            let property = longhand(name)?;
            // Here a width is a word: a percentage is the size (CSS Fonts 4, 2.7).
            let start = input.state();
            let is_size = *name == "font-stretch" && input.expect_percentage().is_ok();
            input.reset(&start);
            if is_size {
                continue;
            }
            if let Ok(declaration) = input.try_parse(|input| part(input, origin, property)) {
                *slot = Some(declaration);
                break;
            }
        }
    }
    for (name, slot) in of.iter().zip(prefix) {
        out.push(match slot {
            Some(declaration) => declaration,
            None => Declaration::Longhand(longhand(name)?, DeclaredValue::Initial),
        });
    }
    out.push(part(input, origin, longhand("font-size")?)?);
    out.push(match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => part(input, origin, longhand("line-height")?)?,
        Err(_) => Declaration::Longhand(longhand("line-height")?, DeclaredValue::Initial),
    });
    if input.is_exhausted() {
        return CssFault::error(say!("the families are missing after the size"));
    }
    out.push(part(input, origin, longhand("font-family")?)?);
    Ok(())
}

pub(super) const FLEX: &[&str] = &["flex-grow", "flex-shrink", "flex-basis"];

/// `flex` (Flexbox 1, section 7.1.1): a number alone makes the basis 0.
pub(super) fn flex(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    let [grow, shrink, basis] = [longhand(of[0])?, longhand(of[1])?, longhand(of[2])?];
    let fixed =
        |property: &'static Property, text: &str| part(&mut Parser::new(text), origin, property);
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        // `none` is `0 0 auto` (Flexbox 1, 7.1.1).
        out.extend([fixed(grow, "0")?, fixed(shrink, "0")?, fixed(basis, "auto")?]);
        return Ok(());
    }
    let mut values: [Option<Declaration>; 3] = [None, None, None];
    while !input.is_exhausted() {
        let number = |property| move |input: &mut Parser| part(input, origin, property);
        // Numbers before lengths: a bare `0` is a factor, not a basis (Flexbox 1, 7.1.1).
        if values[0].is_none()
            && let Ok(value) = input.try_parse(number(grow))
        {
            values[0] = Some(value);
            values[1] = input.try_parse(number(shrink)).ok();
        } else if values[2].is_none() {
            values[2] = Some(part(input, origin, basis)?);
        } else {
            return Err(ParseError::unexpected_token());
        }
    }
    if values.iter().all(Option::is_none) {
        return Err(ParseError::unexpected_token());
    }
    let [given_grow, given_shrink, given_basis] = values;
    // In `flex`, what is missing is not the property's initial value: `flex: 1` is `1 1 0`.
    out.push(given_grow.map_or_else(|| fixed(grow, "1"), Ok)?);
    out.push(given_shrink.map_or_else(|| fixed(shrink, "1"), Ok)?);
    out.push(given_basis.map_or_else(|| fixed(basis, "0"), Ok)?);
    Ok(())
}

pub(super) const BACKGROUND: &[&str] = &[
    "background-color",
    "background-image",
    "background-position",
    "background-size",
    "background-repeat",
];

/// `background`: one layer.
pub(super) fn background(
    input: &mut Parser,
    origin: SheetOrigin,
    out: &mut Vec<Declaration>,
    of: &[&str],
) -> Parsed<()> {
    let mut found: [Option<Declaration>; 5] = [None, None, None, None, None];
    'parts: while !input.is_exhausted() {
        // `none` is the image's, the size stands only behind the position.
        for i in [1, 0, 4, 2] {
            if found[i].is_some() {
                continue;
            }
            let property = longhand(of[i])?;
            if let Ok(declaration) = input.try_parse(|input| part(input, origin, property)) {
                found[i] = Some(declaration);
                if i == 2 && input.try_parse(|input| input.expect_delim('/')).is_ok() {
                    found[3] = Some(part(input, origin, longhand(of[3])?)?);
                }
                continue 'parts;
            }
        }
        let before = input.position();
        return match input.next() {
            Ok(cssparser::Token::Function(name))
                if name.to_ascii_lowercase().ends_with("gradient") =>
            {
                // What is wrong with it, not that there is one.
                let mut whole = Parser::new(input.slice_from(before));
                part(&mut whole, origin, longhand("background-image")?).map(|_| ())
            }
            _ => Err(ParseError::unexpected_token()),
        };
    }
    if found.iter().all(Option::is_none) {
        return Err(ParseError::unexpected_token());
    }
    for (name, slot) in of.iter().zip(found) {
        out.push(match slot {
            Some(declaration) => declaration,
            None => Declaration::Longhand(longhand(name)?, DeclaredValue::Initial),
        });
    }
    Ok(())
}
