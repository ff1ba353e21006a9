//! Grids (CSS Grid Layout 1), without names.
//!
//! One of the rooms of the table of properties.

use std::sync::Arc;

use cssparser::{ParseError, Parser, Token};

use super::super::fault::{CssFault, Parsed};
use super::super::units::{
    Length, Specified, Units, absolute, keyword, keywords, positive_integer,
    positive_length_percentage,
};
use super::super::{GridLine, Track};
use super::flow::{alignment, self_alignment};
use super::{Property, own};
use crate::diag::say;

absolute!(GridLine);

const TRACKS: &str = "none | [ <length> | <percentage> | <flex> | auto | min-content | \
    max-content | minmax() | repeat() ]+";
const LINES: &str =
    "[ auto | <integer> | span <integer> ] [ / [ auto | <integer> | span <integer> ] ]?";
const PLACES: &str = "start | end | center | stretch | baseline";

pub(super) const ROWS: &[Property] = &[
    own!("grid-template-columns", [.grid.columns], tracks).syntax(TRACKS).docx("—"),
    own!("grid-template-rows", [.grid.rows], tracks).syntax(TRACKS).docx("—"),
    own!("grid-auto-flow", [.grid.by_columns], keywords!("row" => false, "column" => true))
        .syntax("row | column")
        .docx("—"),
    own!("justify-items", [.grid.justify_items], alignment).syntax(PLACES).pdf("grids").docx("—"),
    own!("justify-self", [.grid.justify_self], self_alignment)
        .syntax(PLACES)
        .pdf("grids")
        .docx("—"),
    own!("grid-column", [.grid.column], lines).syntax(LINES).docx("—"),
    own!("grid-row", [.grid.row], lines).syntax(LINES).docx("—"),
];

/// A track as written.
#[derive(Debug, Clone, Copy)]
enum SpecifiedTrack {
    Word(Track),
    Fixed(Length),
    AtLeast(Length, f64),
}

impl Specified<Arc<[Track]>> for Vec<SpecifiedTrack> {
    fn compute(&self, units: &Units) -> Arc<[Track]> {
        let track = |written: &SpecifiedTrack| match written {
            SpecifiedTrack::Word(track) => *track,
            SpecifiedTrack::Fixed(length) => Track::Fixed(length.compute(units)),
            SpecifiedTrack::AtLeast(length, share) => Track::AtLeast(length.compute(units), *share),
        };
        self.iter().map(track).collect()
    }
}

/// The most tracks that `repeat()` makes.
const MAX_TRACKS: u32 = 200;

fn tracks(input: &mut Parser) -> Parsed<Vec<SpecifiedTrack>> {
    let mut all = Vec::new();
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(all);
    }
    while !input.is_exhausted() {
        if input.try_parse(|input| input.expect_function_matching("repeat")).is_ok() {
            let (count, part) = input.parse_nested_block(|input| {
                let Ok(count) = input.try_parse(positive_integer) else {
                    return CssFault::error(say!("`repeat()` needs a number of times here"));
                };
                input.expect_comma()?;
                // `repeat(1000000, 1fr)` is a line of a stylesheet and would be a gigabyte of
                // tracks.
                Ok((count.min(MAX_TRACKS), tracks(input)?))
            })?;
            (0..count).for_each(|_| all.extend_from_slice(&part));
        } else {
            all.push(track(input)?);
        }
    }
    if all.is_empty() { Err(ParseError::unexpected_token()) } else { Ok(all) }
}

fn share(input: &mut Parser) -> Parsed<f64> {
    match input.next()? {
        Token::Dimension { value, unit, .. }
            if unit.eq_ignore_ascii_case("fr") && *value >= 0.0 =>
        {
            Ok(f64::from(*value))
        }
        _ => Err(ParseError::unexpected_token()),
    }
}

fn track(input: &mut Parser) -> Parsed<SpecifiedTrack> {
    if let Ok(share) = input.try_parse(share) {
        return Ok(SpecifiedTrack::Word(Track::Fraction(share)));
    }
    let words = [
        ("auto", Track::Auto),
        ("min-content", Track::MinContent),
        ("max-content", Track::MaxContent),
    ];
    if let Ok(track) = input.try_parse(|input| keyword(input, &words)) {
        return Ok(SpecifiedTrack::Word(track));
    }
    if input.try_parse(|input| input.expect_function_matching("minmax")).is_ok() {
        return input.parse_nested_block(|input| {
            let Ok(least) = input.try_parse(positive_length_percentage) else {
                return CssFault::error(say!("`minmax()` begins with a length here"));
            };
            input.expect_comma()?;
            let Ok(share) = input.try_parse(share) else {
                return CssFault::error(say!("`minmax()` ends with a share here, such as `1fr`"));
            };
            Ok(SpecifiedTrack::AtLeast(least, share))
        });
    }
    positive_length_percentage(input).map(SpecifiedTrack::Fixed)
}

fn lines(input: &mut Parser) -> Parsed<(GridLine, GridLine)> {
    let start = line(input)?;
    let end = match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => line(input)?,
        Err(_) => GridLine::Auto,
    };
    Ok((start, end))
}

fn line(input: &mut Parser) -> Parsed<GridLine> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(GridLine::Auto);
    }
    if input.try_parse(|input| input.expect_ident_matching("span")).is_ok() {
        let count = positive_integer(input)?.min(MAX_TRACKS);
        return Ok(GridLine::Span(count as u16));
    }
    match input.expect_integer()? {
        // Zero is invalid, CSS Grid 1, 8.3.
        0 => CssFault::error(say!("lines are counted from 1, or from -1 backwards")),
        // As many as tracks there can be: taffy makes every line up to the one that is named.
        line => Ok(GridLine::At(line.clamp(-200, 200) as i16)),
    }
}
