//! Lengths, numbers and colours as written, and what they come to.

use cssparser::{Parser, Token};

use super::fault::{CssFault, Parsed};
use super::{Color, LengthOrAuto, LengthPercentage};
use crate::diag::say;
use crate::geometry::Size;

/// What relative values are relative to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    /// The font size of the element, in points.
    pub(super) em: f64,
    /// What the whole document is measured by.
    pub(super) scale: Scale,
    /// `currentcolor`.
    pub(super) color: Color,
}

/// What all lengths of a document have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The font size of the root element, in points.
    pub(super) rem: f64,
    /// How much larger absolute lengths come out than they are written: the root's `-itog-zoom`.
    pub(super) zoom: f64,
    /// What the element itself asks for, which only the root is granted.
    pub(super) asked: f64,
}

impl Scale {
    /// Lengths as they are written.
    pub(super) const fn plain(rem: f64) -> Self {
        Self { rem, zoom: 1.0, asked: 1.0 }
    }
}

/// A value as written that becomes a computed value.
pub(super) trait Specified<T> {
    /// The computed value.
    fn compute(&self, units: &Units) -> T;
}

/// Values that are computed as they are written.
macro_rules! absolute {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::style::units::Specified<$type> for $type {
            fn compute(&self, _: &$crate::style::units::Units) -> $type {
                self.clone()
            }
        })*
    };
}
pub(super) use absolute;

absolute!(bool, f64, i32, u32, u16);

/// A length, a sum of all units: what `calc()` makes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Length {
    pub(super) points: f64,
    pub(super) em: f64,
    pub(super) rem: f64,
    pub(super) percent: f64,
}

impl Length {
    pub(super) const fn points(points: f64) -> Self {
        Self { points, em: 0.0, rem: 0.0, percent: 0.0 }
    }

    pub(super) const fn percent(percent: f64) -> Self {
        Self { points: 0.0, em: 0.0, rem: 0.0, percent }
    }

    fn scale(self, by: f64) -> Self {
        Self {
            points: self.points * by,
            em: self.em * by,
            rem: self.rem * by,
            percent: self.percent * by,
        }
    }

    fn add(self, other: Self) -> Self {
        Self {
            points: self.points + other.points,
            em: self.em + other.em,
            rem: self.rem + other.rem,
            percent: self.percent + other.percent,
        }
    }

    /// A distance from an edge at 0 % or 100 %.
    pub(super) fn off_edge(self, distance: Self) -> Self {
        // From the right and the bottom, distances count inwards.
        self.add(distance.scale(if self.percent > 0.0 { -1.0 } else { 1.0 }))
    }

    /// The part that is not a percentage, in points.
    pub(super) fn absolute(self, units: &Units) -> f64 {
        finite(self.points * units.scale.zoom + self.em * units.em + self.rem * units.scale.rem)
    }

    /// Whether it is certainly below zero: a plain value, not a mixture.
    fn is_negative(self) -> bool {
        let parts = [self.points, self.em, self.rem, self.percent];
        // `calc(100% - 5mm)` may turn out positive, and is held at 0 where it does not.
        parts.iter().all(|part| *part <= 0.0) && parts.iter().any(|part| *part < 0.0)
    }
}

impl Specified<LengthPercentage> for Length {
    fn compute(&self, units: &Units) -> LengthPercentage {
        LengthPercentage { points: self.absolute(units), percent: finite(self.percent) }
    }
}

impl Specified<f64> for Length {
    fn compute(&self, units: &Units) -> f64 {
        self.absolute(units)
    }
}

impl Specified<LengthOrAuto> for Length {
    fn compute(&self, units: &Units) -> LengthOrAuto {
        LengthOrAuto::Set(self.compute(units))
    }
}

/// A width and a height.
impl Specified<Size> for (Length, Length) {
    fn compute(&self, units: &Units) -> Size {
        Size::new(self.0.compute(units), self.1.compute(units))
    }
}

impl<T, S: Specified<T>> Specified<Option<T>> for Option<S> {
    fn compute(&self, units: &Units) -> Option<T> {
        self.as_ref().map(|value| value.compute(units))
    }
}

impl Specified<LengthOrAuto> for Option<Length> {
    fn compute(&self, units: &Units) -> LengthOrAuto {
        self.map_or(LengthOrAuto::Auto, |length| length.compute(units))
    }
}

impl<T, U, S: Specified<T>, R: Specified<U>> Specified<(T, U)> for (S, R) {
    fn compute(&self, units: &Units) -> (T, U) {
        (self.0.compute(units), self.1.compute(units))
    }
}

/// Layout must never meet an infinite length.
fn finite(value: f64) -> f64 {
    // More than three kilometres: no document has it, and sums of such lengths are still exact
    // to a thousandth of a point.
    const LARGEST: f64 = 1e7;
    // Adding 0 makes 0 of -0.
    if value.is_nan() { 0.0 } else { value.clamp(-LARGEST, LARGEST) + 0.0 }
}

/// The tokenizer reads numbers as `f32`; the shortest decimal that means the same is what was
/// written.
pub(super) fn exact(value: f32) -> f64 {
    if value.fract() == 0.0 {
        f64::from(value)
    } else {
        value.to_string().parse().unwrap_or(f64::from(value))
    }
}

/// A percentage, which the tokenizer has divided by a hundred.
pub(super) fn exact_percent(unit_value: f32, int_value: Option<i32>) -> f64 {
    match int_value {
        Some(whole) => f64::from(whole),
        // The division has cost digits: six places after the point are what an `f32` holds for
        // certain.
        None => (exact(unit_value) * 1e8).round() / 1e6,
    }
}

/// A number or a length, while `calc()` does not know which is wanted.
#[derive(Debug, Clone, Copy)]
enum Quantity {
    Number(f64),
    Length(Length),
}

/// Points per unit of an absolute unit.
fn absolute_unit(unit: &str) -> Option<f64> {
    Some(match unit {
        "pt" => 1.0,
        // 96 of them are an inch (CSS Values 4, 6.2).
        "px" => 0.75,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        // A quarter of a millimetre.
        "q" => 72.0 / 101.6,
        // A pica is a sixth of an inch.
        "pc" => 12.0,
        _ => return None,
    })
}

fn dimension(value: f32, unit: &str) -> Parsed<Length> {
    let value = exact(value);
    let lower = unit.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "em" => Length { em: value, ..Length::default() },
        "rem" => Length { rem: value, ..Length::default() },
        // CSS Values 4, 6.1.1: half an em where the face's own measure is not known.
        "ex" | "ch" => Length { em: value / 2.0, ..Length::default() },
        unit => match absolute_unit(unit) {
            Some(points) => Length::points(value * points),
            None if matches!(unit, "vw" | "vh" | "vmin" | "vmax") => {
                return Err(cssparser::ParseError::custom(CssFault {
                    message: Box::new(say!("the unit `{unit}` is not supported", unit)),
                    hint: Some(Box::new(say!("paper has a size: use `mm`, or a percentage"))),
                }));
            }
            None => {
                if let Some(latin) = latin_unit(unit) {
                    return Err(cssparser::ParseError::custom(CssFault {
                        message: Box::new(say!("the unit `{unit}` is not supported", unit)),
                        hint: Some(Box::new(say!("units have Latin letters: `{latin}`", latin))),
                    }));
                }
                return Err(cssparser::ParseError::custom(CssFault::unknown(
                    say!("the unit `{unit}` is not supported", unit),
                    unit,
                    &["mm", "cm", "in", "pt", "pc", "px", "em", "rem", "q", "ex", "ch"],
                )));
            }
        },
    })
}

fn quantity(input: &mut Parser) -> Parsed<Quantity> {
    Ok(match input.next()? {
        Token::Number { value, .. } => Quantity::Number(exact(*value)),
        Token::Percentage { unit_value, int_value, .. } => {
            Quantity::Length(Length::percent(exact_percent(*unit_value, *int_value)))
        }
        Token::Dimension { value, unit, .. } => Quantity::Length(dimension(*value, unit)?),
        Token::Function(name) if name.eq_ignore_ascii_case("calc") => {
            input.parse_nested_block(sum)?
        }
        Token::Function(name)
            if ["min", "max", "clamp"].iter().any(|f| name.eq_ignore_ascii_case(f)) =>
        {
            return CssFault::error(say!(
                "`min()`, `max()` and `clamp()` are not supported; `calc()` is"
            ));
        }
        _ => return Err(cssparser::ParseError::unexpected_token()),
    })
}

/// A sum inside `calc()`; its operators stand between white space.
fn sum(input: &mut Parser) -> Parsed<Quantity> {
    let mut left = product(input)?;
    loop {
        // What is not an operator belongs to whoever called, so the parser must go back before it.
        let state = input.state();
        let sign = match input.next() {
            Ok(Token::Delim('+')) => 1.0,
            Ok(Token::Delim('-')) => -1.0,
            _ => {
                input.reset(&state);
                return Ok(left);
            }
        };
        left = match (left, product(input)?) {
            (Quantity::Number(a), Quantity::Number(b)) => Quantity::Number(a + sign * b),
            (Quantity::Length(a), Quantity::Length(b)) => Quantity::Length(a.add(b.scale(sign))),
            _ => return CssFault::error(say!("`calc()` adds a number to a length")),
        };
    }
}

fn product(input: &mut Parser) -> Parsed<Quantity> {
    let mut left = factor(input)?;
    loop {
        let state = input.state();
        let divide = match input.next() {
            Ok(Token::Delim('*')) => false,
            Ok(Token::Delim('/')) => true,
            _ => {
                input.reset(&state);
                return Ok(left);
            }
        };
        left = match (left, factor(input)?) {
            (_, Quantity::Number(0.0)) if divide => {
                return CssFault::error(say!("`calc()` divides by zero"));
            }
            (Quantity::Number(a), Quantity::Number(b)) => {
                Quantity::Number(if divide { a / b } else { a * b })
            }
            (Quantity::Length(a), Quantity::Number(b)) => {
                Quantity::Length(a.scale(if divide { 1.0 / b } else { b }))
            }
            (Quantity::Number(a), Quantity::Length(b)) if !divide => Quantity::Length(b.scale(a)),
            _ => return CssFault::error(say!("`calc()` multiplies or divides by a length")),
        };
    }
}

fn factor(input: &mut Parser) -> Parsed<Quantity> {
    match input.try_parse(|input| input.expect_parenthesis_block()) {
        Ok(()) => input.parse_nested_block(sum),
        Err(_) => quantity(input),
    }
}

/// A length or percentage. A zero needs no unit.
pub(super) fn length_percentage(input: &mut Parser) -> Parsed<Length> {
    match quantity(input)? {
        Quantity::Length(length) => Ok(length),
        // A length of nothing needs no unit (CSS Values 4, 6).
        Quantity::Number(0.0) => Ok(Length::default()),
        Quantity::Number(number) => Err(cssparser::ParseError::custom(unitless(number, input))),
    }
}

/// A number without a unit, by what follows it.
fn unitless(number: f64, input: &mut Parser) -> CssFault {
    let part = input.try_parse(|input| {
        input.expect_comma().map_err(|_| ())?;
        match input.next().map_err(|_| ())? {
            Token::Dimension { int_value: Some(part), unit, .. } => Ok(format!("{part}{unit}")),
            _ => Err(()),
        }
    });
    if let Ok(part) = part {
        let right = format!("{number}.{part}");
        return CssFault {
            message: Box::new(say!("the parts of a number stand behind a point, not a comma")),
            hint: Some(Box::new(say!("write `{right}`", right))),
        };
    }
    let apart = input.try_parse(|input| input.expect_ident().map(ToString::to_string));
    let known = apart.ok().and_then(|unit| {
        let small = unit.to_lowercase();
        latin_unit(&small).map(str::to_owned).or(absolute_unit(&small).map(|_| small))
    });
    if let Some(unit) = known {
        let right = format!("{number}{unit}");
        return CssFault {
            message: Box::new(say!("there is a space between the number and its unit")),
            hint: Some(Box::new(say!("write `{right}`", right))),
        };
    }
    CssFault::new(say!("`{number}` has no unit: write `{number}pt` or `{number}mm`", number))
}

/// A unit that was typed in Cyrillic.
fn latin_unit(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "мм" | "mм" | "мm" => "mm",
        "см" | "cм" | "сm" => "cm",
        "пт" | "пункт" | "рt" | "pт" | "рт" => "pt",
        "пкс" | "пикс" | "пс" | "рх" | "pх" | "рx" => "px",
        "эм" | "ем" | "еm" | "eм" => "em",
        "дюйм" | "дюйма" => "in",
        _ => return None,
    })
}

/// A length, no percentage.
pub(super) fn length(input: &mut Parser) -> Parsed<Length> {
    let length = length_percentage(input)?;
    if length.percent != 0.0 {
        CssFault::error(say!("a percentage is not possible here"))
    } else {
        Ok(length)
    }
}

fn positive(length: Length) -> Parsed<Length> {
    if length.is_negative() {
        CssFault::error(say!("a negative length is not possible here"))
    } else {
        Ok(length)
    }
}

/// A length or percentage that is not negative.
pub(super) fn positive_length_percentage(input: &mut Parser) -> Parsed<Length> {
    positive(length_percentage(input)?)
}

/// A length that is not negative.
pub(super) fn positive_length(input: &mut Parser) -> Parsed<Length> {
    positive(length(input)?)
}

/// A keyword that stands for nothing, or a value.
pub(super) fn or_keyword<T>(
    word: &'static str,
    parse: fn(&mut Parser) -> Parsed<T>,
) -> impl Fn(&mut Parser) -> Parsed<Option<T>> {
    move |input| match input.try_parse(|input| input.expect_ident_matching(word)) {
        Ok(()) => Ok(None),
        Err(_) => parse(input).map(Some),
    }
}

/// A number.
pub(super) fn number(input: &mut Parser) -> Parsed<f64> {
    match quantity(input)? {
        Quantity::Number(number) => Ok(finite(number)),
        Quantity::Length(_) => CssFault::error(say!("a number without a unit is wanted here")),
    }
}

/// A number that is not negative.
pub(super) fn positive_number(input: &mut Parser) -> Parsed<f64> {
    let number = number(input)?;
    if number < 0.0 {
        CssFault::error(say!("a negative number is not possible here"))
    } else {
        Ok(number)
    }
}

/// A share: a number or a percentage.
pub(super) fn share(input: &mut Parser) -> Parsed<f64> {
    match quantity(input)? {
        Quantity::Number(number) => Ok(number),
        Quantity::Length(length) if length == Length::percent(length.percent) => {
            Ok(length.percent / 100.0)
        }
        Quantity::Length(_) => CssFault::error(say!("a number or a percentage is wanted here")),
    }
}

/// An integer.
pub(super) fn integer(input: &mut Parser) -> Parsed<i32> {
    let number = number(input)?;
    // Up to there every whole number is exact in the tokenizer's `f32`.
    if number.fract() == 0.0 && number.abs() <= 1e7 {
        Ok(number as i32)
    } else {
        CssFault::error(say!("a whole number is wanted here"))
    }
}

/// An integer of at least 1.
pub(super) fn positive_integer(input: &mut Parser) -> Parsed<u32> {
    match u32::try_from(integer(input)?) {
        Ok(number) if number > 0 => Ok(number),
        _ => CssFault::error(say!("a whole number of at least 1 is wanted here")),
    }
}

/// An angle in degrees.
pub(super) fn angle(input: &mut Parser) -> Parsed<f64> {
    Ok(match input.next()? {
        // A zero without its unit stands in older sheets (CSS Values 4, 7.1).
        Token::Number { value: 0.0, .. } => 0.0,
        Token::Dimension { value, unit, .. } => {
            let value = exact(*value);
            match unit.to_ascii_lowercase().as_str() {
                "deg" => value,
                // A right angle has 100 of them.
                "grad" => value * 0.9,
                "rad" => value.to_degrees(),
                "turn" => value * 360.0,
                _ => return CssFault::error(say!("an angle is written in deg, grad, rad or turn")),
            }
        }
        _ => return CssFault::error(say!("an angle is wanted here, such as `90deg`")),
    })
}

/// One of some words.
pub(super) fn keyword<T: Clone>(input: &mut Parser, words: &[(&str, T)]) -> Parsed<T> {
    let word = input.expect_ident()?;
    match words.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        Some((_, value)) => Ok(value.clone()),
        None => Err(cssparser::ParseError::unexpected_token()),
    }
}

/// Parses one of some words: `keywords!("left" => Left, …)`.
macro_rules! keywords {
    ($($word:literal => $value:expr),+ $(,)?) => {
        |input: &mut ::cssparser::Parser| {
            $crate::style::units::keyword(input, &[$(($word, $value)),+])
        }
    };
}
pub(super) use keywords;
