//! Gradients, shadows, opacity, transformations.
//!
//! One of the rooms of the table of properties; what is read here becomes a drawing.

use std::sync::Arc;

use cssparser::{ParseError, Parser, Token};

use super::super::color::{SpecifiedColor, color};
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{
    Length, Specified, Units, absolute, angle, keyword, length, length_percentage, number,
    positive_length, positive_length_percentage, share,
};
use super::super::{Backdrop, Course, Gradient, LengthPercentage, RadialExtent, Shadow, Transform};
use super::{Property, PropertySetter, own, setter};
use crate::diag::say;

absolute!(RadialExtent);

pub(super) const ROWS: &[Property] = &[
    own!("opacity", [.opacity], opacity)
        .syntax("<number> | <percentage>")
        .pdf("boxes, each thing in them by itself")
        .docx("—"),
    own!("box-shadow", [.shadows], shadows)
        .syntax("none | [ inset? <length>{2,4} <color>? ]#")
        .docx("—"),
    Property::longhand("transform", transform, |target, from| {
        target.own.transform = from.transform.clone();
        target.own.rotate = from.rotate;
    })
    .syntax(
        "none | [ rotate() | translate() | translateX() | translateY() | scale() | scaleX() \
         | scaleY() ]+",
    )
    .docx("a lone rotate(): pictures and text boxes"),
];

fn opacity(input: &mut Parser) -> Parsed<f64> {
    share(input).map(|share| share.clamp(0.0, 1.0))
}

/// A shadow as written: lengths and a colour.
#[derive(Debug, Clone, Copy)]
struct Cast {
    lengths: [Length; 4],
    color: SpecifiedColor,
    inset: bool,
}

impl Specified<Arc<[Shadow]>> for Vec<Cast> {
    fn compute(&self, units: &Units) -> Arc<[Shadow]> {
        let cast = |cast: &Cast| {
            let [x, y, blur, spread] = cast.lengths.map(|length| length.absolute(units));
            Shadow { x, y, blur, spread, color: cast.color.compute(units), inset: cast.inset }
        };
        self.iter().map(cast).collect()
    }
}

fn shadows(input: &mut Parser) -> Parsed<Vec<Cast>> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Vec::new());
    }
    input.parse_comma_separated(|input| {
        let zero = Length::points(0.0);
        let mut cast = Cast { lengths: [zero; 4], color: SpecifiedColor(None), inset: false };
        // Lengths stand together, before or after the colour and `inset` (CSS Backgrounds 3).
        let mut placed = false;
        while !input.is_exhausted() {
            if input.try_parse(|input| input.expect_ident_matching("inset")).is_ok() {
                cast.inset = true;
            } else if !placed && let Ok(x) = input.try_parse(length) {
                placed = true;
                cast.lengths[0] = x;
                cast.lengths[1] = length(input)?;
                // A blur cannot be negative, but offsets and the spread may.
                cast.lengths[2] = input.try_parse(positive_length).unwrap_or(zero);
                cast.lengths[3] = input.try_parse(length).unwrap_or(zero);
            } else {
                cast.color = color(input)?;
            }
        }
        if placed {
            Ok(cast)
        } else {
            CssFault::error(say!("a shadow needs two lengths: right and down"))
        }
    })
}

/// A step of a transformation as written.
#[derive(Debug, Clone, Copy)]
enum Step {
    Translate(Length, Length),
    Scale(f64, f64),
    Rotate(f64),
}

impl Specified<Transform> for Step {
    fn compute(&self, units: &Units) -> Transform {
        match self {
            Self::Translate(x, y) => Transform::Translate(x.compute(units), y.compute(units)),
            Self::Scale(x, y) => Transform::Scale { x: *x, y: *y },
            Self::Rotate(degrees) => Transform::Rotate(*degrees),
        }
    }
}

fn transform(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let mut steps = Vec::new();
    if input.try_parse(|input| input.expect_ident_matching("none")).is_err() {
        while !input.is_exhausted() {
            let name = input.expect_function()?.to_ascii_lowercase();
            steps.push(input.parse_nested_block(|input| step(input, &name))?);
        }
    }
    // A lone turn is what Word can do, too.
    let alone = match steps[..] {
        [Step::Rotate(degrees)] => Some(degrees),
        _ => None,
    };
    Ok(setter(move |target| {
        let units = target.units();
        // Always set, so that a later `transform` takes an earlier one back whole.
        target.own.rotate = alone.unwrap_or(0.0);
        let rest = if alone.is_some() { &[][..] } else { &steps[..] };
        target.own.transform = rest.iter().map(|step| step.compute(&units)).collect();
    }))
}

fn step(input: &mut Parser, name: &str) -> Parsed<Step> {
    let zero = Length::points(0.0);
    // A second value that is missing is nothing for `translate`, and the first one for `scale`
    // (CSS Transforms 1, 11).
    let second = |input: &mut Parser| input.try_parse(|input| input.expect_comma()).is_ok();
    Ok(match name {
        "rotate" => Step::Rotate(angle(input)?),
        "translatex" => Step::Translate(length_percentage(input)?, zero),
        "translatey" => Step::Translate(zero, length_percentage(input)?),
        "translate" => {
            let x = length_percentage(input)?;
            Step::Translate(x, if second(input) { length_percentage(input)? } else { zero })
        }
        "scalex" => Step::Scale(number(input)?, 1.0),
        "scaley" => Step::Scale(1.0, number(input)?),
        "scale" => {
            let x = share(input)?;
            Step::Scale(x, if second(input) { share(input)? } else { x })
        }
        _ => {
            return CssFault::error(say!(
                "`{name}()` is not a transformation here: rotate(), translate() and scale() are",
                name
            ));
        }
    })
}

/// A gradient as written.
#[derive(Debug, Clone)]
pub(super) struct SpecifiedGradient {
    course: Direction,
    stops: Vec<(Option<Length>, SpecifiedColor)>,
    repeats: bool,
}

#[derive(Debug, Clone)]
enum Direction {
    Fixed(Course),
    Radial(bool, RadialSize, (Length, Length)),
}

#[derive(Debug, Clone)]
enum RadialSize {
    Word(RadialExtent),
    Radii(Length, Length),
}

impl Specified<Backdrop> for SpecifiedGradient {
    fn compute(&self, units: &Units) -> Backdrop {
        let course = match &self.course {
            Direction::Fixed(course) => *course,
            Direction::Radial(circle, size, at) => Course::Radial {
                circle: *circle,
                extent: match size {
                    RadialSize::Word(extent) => *extent,
                    RadialSize::Radii(x, y) => {
                        RadialExtent::Radii(x.compute(units), y.compute(units))
                    }
                },
                at: at.compute(units),
            },
        };
        let stop = |(at, color): &(Option<Length>, SpecifiedColor)| {
            let at: Option<LengthPercentage> = at.map(|at| at.compute(units));
            (at, color.compute(units))
        };
        let stops = self.stops.iter().map(stop).collect();
        Backdrop::Gradient(Arc::new(Gradient { course, stops, repeats: self.repeats }))
    }
}

/// A gradient function.
pub(super) fn gradient(input: &mut Parser) -> Parsed<SpecifiedGradient> {
    let name = input.expect_function()?.to_ascii_lowercase();
    let (name, repeats) = match name.strip_prefix("repeating-") {
        Some(name) => (name, true),
        None => (&*name, false),
    };
    let radial = match name {
        "linear-gradient" => false,
        "radial-gradient" => true,
        _ if name.ends_with("gradient") => {
            return CssFault::error(say!("only linear and radial gradients are printed"));
        }
        _ => return Err(ParseError::unexpected_token()),
    };
    input.parse_nested_block(|input| {
        let course = if radial {
            radial_course(input)?
        } else {
            let course = input.try_parse(direction);
            if course.is_ok() {
                input.expect_comma()?;
            }
            // Downwards, as `to bottom` (CSS Images 3, 3.1).
            Direction::Fixed(course.unwrap_or(Course::Angle(180.0)))
        };
        let mut stops = Vec::new();
        let lists = input.parse_comma_separated(stop)?;
        lists.into_iter().for_each(|list| stops.extend(list));
        if stops.len() < 2 {
            return CssFault::error(say!("a gradient needs two colours"));
        }
        Ok(SpecifiedGradient { course, stops, repeats })
    })
}

/// A colour with no, one or two places.
fn stop(input: &mut Parser) -> Parsed<Vec<(Option<Length>, SpecifiedColor)>> {
    let before = input.try_parse(length_percentage).ok();
    let Ok(color) = input.try_parse(color) else {
        return CssFault::error(say!("a place of a gradient needs a colour beside it"));
    };
    let first = before.or_else(|| input.try_parse(length_percentage).ok());
    let mut stops = vec![(first, color)];
    if first.is_some()
        && let Ok(second) = input.try_parse(length_percentage)
    {
        // Two places stand for two stops of the same colour: a band (CSS Images 3, 3.4).
        stops.push((Some(second), color));
    }
    Ok(stops)
}

fn direction(input: &mut Parser) -> Parsed<Course> {
    if input.try_parse(|input| input.expect_ident_matching("to")).is_err() {
        return angle(input).map(Course::Angle);
    }
    let words: [(&str, (f64, f64)); 4] = [
        ("left", (-1.0, 0.0)),
        ("right", (1.0, 0.0)),
        ("top", (0.0, -1.0)),
        ("bottom", (0.0, 1.0)),
    ];
    let (mut x, mut y) = keyword(input, &words)?;
    if let Ok((dx, dy)) = input.try_parse(|input| keyword(input, &words)) {
        // «top left» and «left top» are the same; «left right» adds up to nothing and is refused
        // below.
        (x, y) = (x + dx, y + dy);
    }
    match (x, y) {
        (0.0, -1.0) => Ok(Course::Angle(0.0)),
        (1.0, 0.0) => Ok(Course::Angle(90.0)),
        (0.0, 1.0) => Ok(Course::Angle(180.0)),
        (-1.0, 0.0) => Ok(Course::Angle(270.0)),
        // An angle to a corner depends on the proportions of the box, which are not known here.
        _ if x.abs() == 1.0 && y.abs() == 1.0 => Ok(Course::Corner { x, y }),
        _ => Err(ParseError::unexpected_token()),
    }
}

fn radial_course(input: &mut Parser) -> Parsed<Direction> {
    let words = [
        ("closest-side", RadialExtent::ClosestSide),
        ("farthest-side", RadialExtent::FarthestSide),
        ("closest-corner", RadialExtent::ClosestCorner),
        ("farthest-corner", RadialExtent::FarthestCorner),
    ];
    let (mut circle, mut size, mut at) = (None, None, None);
    let mut said = false;
    loop {
        if circle.is_none()
            && let Ok(word) =
                input.try_parse(|input| keyword(input, &[("circle", true), ("ellipse", false)]))
        {
            circle = Some(word);
        } else if size.is_none()
            && let Ok(word) = input.try_parse(|input| keyword(input, &words))
        {
            size = Some(RadialSize::Word(word));
        } else if size.is_none()
            && let Ok(x) = input.try_parse(positive_length_percentage)
        {
            let y = input.try_parse(positive_length_percentage);
            // One radius alone can only be a circle's (CSS Images 3, 3.2).
            if y.is_err() {
                circle = Some(true);
            }
            size = Some(RadialSize::Radii(x, y.unwrap_or(x)));
        } else if at.is_none() && input.try_parse(|input| input.expect_ident_matching("at")).is_ok()
        {
            at = Some(super::image::position(input)?);
        } else {
            break;
        }
        said = true;
    }
    if said {
        input.expect_comma()?;
    }
    let center = Length::percent(50.0);
    Ok(Direction::Radial(
        circle.unwrap_or(false),
        // The initial values: an ellipse from the centre to the farthest corner (CSS Images 3,
        // 3.2.1).
        size.unwrap_or(RadialSize::Word(RadialExtent::FarthestCorner)),
        at.unwrap_or((center, center)),
    ))
}

/// Whether a gradient function comes next.
pub(super) fn is_gradient(input: &mut Parser) -> bool {
    let start = input.state();
    let found = match input.next() {
        Ok(Token::Function(name)) => name.to_ascii_lowercase().ends_with("gradient"),
        _ => false,
    };
    // Only looked at: the gradient is parsed from its name on.
    input.reset(&start);
    found
}
