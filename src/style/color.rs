//! Colours (CSS Color 4, sRGB only).
//!
//! Values of properties, read by `property` and handed on as they are.

use cssparser::{Parser, Token};

use super::Color;
use super::fault::{CssFault, Parsed};
use super::units::{Specified, Units, exact, exact_percent};
use crate::diag::say;

/// A colour as written: nothing means `currentcolor`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SpecifiedColor(pub(super) Option<Color>);

impl Specified<Color> for SpecifiedColor {
    fn compute(&self, units: &Units) -> Color {
        self.0.unwrap_or(units.color)
    }
}

/// A colour: a name, `#rgb`, `rgb()`, `hsl()`, `hwb()`, `transparent`, `currentcolor`.
pub(super) fn color(input: &mut Parser) -> Parsed<SpecifiedColor> {
    let fixed = |red, green, blue, alpha: f64| {
        Ok(SpecifiedColor(Some(Color {
            red,
            green,
            blue,
            // Out-of-range components are clamped, not refused (CSS Color 4, 5.1).
            alpha: (alpha.clamp(0.0, 1.0) * 255.0).round() as u8,
        })))
    };
    match input.next()?.clone() {
        Token::Hash(hex) | Token::IDHash(hex) => {
            match cssparser::color::parse_hash_color(hex.as_bytes()) {
                Ok((red, green, blue, alpha)) => fixed(red, green, blue, f64::from(alpha)),
                Err(()) => CssFault::error(say!(
                    "`#{hex}` is not a colour: write 3, 4, 6 or 8 hexadecimal digits",
                    hex
                )),
            }
        }
        Token::Ident(name) if name.eq_ignore_ascii_case("currentcolor") => Ok(SpecifiedColor(None)),
        Token::Ident(name) if name.eq_ignore_ascii_case("transparent") => {
            Ok(SpecifiedColor(Some(Color::TRANSPARENT)))
        }
        Token::Ident(name) => match cssparser::color::parse_named_color(&name) {
            Ok((red, green, blue)) => fixed(red, green, blue, 1.0),
            Err(()) => {
                let names: Vec<&'static str> =
                    cssparser::color::all_named_colors().map(|(name, _)| name).collect();
                let mut sorted = names;
                // The crate's table has no order that lasts, and of two names equally near the
                // hint must always show the same.
                sorted.sort_unstable();
                Err(cssparser::ParseError::custom(CssFault::unknown(
                    say!("`{name}` is not a colour", name),
                    &name,
                    &sorted,
                )))
            }
        },
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            let (parts, alpha) = input.parse_nested_block(|input| components(input, &name))?;
            let [red, green, blue] = match name.as_str() {
                "rgb" | "rgba" => parts.map(|part| part.share(255.0)),
                "hsl" | "hsla" => {
                    hsl(parts[0].degrees(), parts[1].share(100.0), parts[2].share(100.0))
                }
                _ => hwb(parts[0].degrees(), parts[1].share(100.0), parts[2].share(100.0)),
            }
            .map(|share| (share.clamp(0.0, 1.0) * 255.0).round() as u8);
            fixed(red, green, blue, alpha)
        }
        _ => Err(cssparser::ParseError::unexpected_token()),
    }
}

#[derive(Debug, Clone, Copy)]
enum ColorComponent {
    Number(f64),
    Percent(f64),
    Degrees(f64),
}

impl ColorComponent {
    /// A share of the whole, 0–1, if a plain number is out of `whole`.
    fn share(self, whole: f64) -> f64 {
        match self {
            Self::Number(number) | Self::Degrees(number) => number / whole,
            Self::Percent(percent) => percent / 100.0,
        }
    }

    fn degrees(self) -> f64 {
        match self {
            Self::Number(number) | Self::Degrees(number) | Self::Percent(number) => number,
        }
    }
}

fn part(input: &mut Parser) -> Parsed<ColorComponent> {
    Ok(match input.next()? {
        Token::Number { value, .. } => ColorComponent::Number(exact(*value)),
        Token::Percentage { unit_value, int_value, .. } => {
            ColorComponent::Percent(exact_percent(*unit_value, *int_value))
        }
        Token::Ident(word) if word.eq_ignore_ascii_case("none") => ColorComponent::Number(0.0),
        Token::Dimension { value, unit, .. } => {
            ColorComponent::Degrees(match unit.to_ascii_lowercase().as_str() {
                "deg" => exact(*value),
                // 400 grads are a turn.
                "grad" => exact(*value) * 0.9,
                "rad" => exact(*value).to_degrees(),
                "turn" => exact(*value) * 360.0,
                _ => return CssFault::error(say!("a hue is written in deg, grad, rad or turn")),
            })
        }
        _ => return Err(cssparser::ParseError::unexpected_token()),
    })
}

/// Three components and alpha, with commas or with spaces and a slash.
fn components(input: &mut Parser, name: &str) -> Parsed<([ColorComponent; 3], f64)> {
    if !matches!(name, "rgb" | "rgba" | "hsl" | "hsla" | "hwb") {
        return CssFault::error(say!(
            "`{name}()` is not a supported colour: write #rrggbb, rgb(), hsl() or hwb()",
            name
        ));
    }
    let first = part(input)?;
    // The first separator decides which of the two syntaxes it is; they do not mix (CSS Color 4,
    // 5.1).
    let commas = input.try_parse(|input| input.expect_comma()).is_ok();
    let second = part(input)?;
    if commas {
        input.expect_comma()?;
    }
    let third = part(input)?;
    let alpha = match input
        .try_parse(|input| if commas { input.expect_comma() } else { input.expect_delim('/') })
    {
        Ok(()) => part(input)?.share(1.0),
        Err(_) => 1.0,
    };
    Ok(([first, second, third], alpha))
}

/// CSS Color 4, section 7.1.
fn hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let (saturation, lightness) = (saturation.clamp(0.0, 1.0), lightness.clamp(0.0, 1.0));
    let channel = |n: f64| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    [channel(0.0), channel(8.0), channel(4.0)]
}

/// CSS Color 4, section 8.1.
fn hwb(hue: f64, white: f64, black: f64) -> [f64; 3] {
    // More than the whole together is a grey in their proportion.
    if white + black >= 1.0 {
        return [white / (white + black); 3];
    }
    hsl(hue, 1.0, 0.5).map(|channel| channel * (1.0 - white - black) + white)
}
