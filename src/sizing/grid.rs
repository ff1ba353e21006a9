//! Grids in the words of taffy (CSS Grid Layout 1).
//!
//! The styles of a grid become taffy's, which `flex` then has laid out.

use taffy::prelude::*;

use crate::style::{Alignment, Computed, GridLine, Track};

/// What a grid container says beside what flex containers say, too.
pub(super) fn container(style: &Computed, flex: Style) -> Style {
    let grid = &style.grid;
    let tracks = |tracks: &[Track]| -> Vec<GridTemplateComponent<String>> {
        tracks.iter().map(|size| GridTemplateComponent::Single(track(*size))).collect()
    };
    Style {
        display: Display::Grid,
        grid_template_columns: tracks(&grid.columns),
        grid_template_rows: tracks(&grid.rows),
        grid_auto_flow: if grid.by_columns { GridAutoFlow::Column } else { GridAutoFlow::Row },
        justify_items: super::flex::items(grid.justify_items).unwrap_or(AlignItems::NORMAL),
        ..flex
    }
}

/// What an item of a grid says beside what items of flex containers say, too.
pub(super) fn item(style: &Computed, flex: Style) -> Style {
    let grid = &style.grid;
    let line = |line: GridLine| match line {
        GridLine::Auto => GridPlacement::Auto,
        GridLine::At(at) => GridPlacement::from_line_index(at),
        GridLine::Span(count) => GridPlacement::from_span(count),
    };
    let lines = |(start, end): (GridLine, GridLine)| Line { start: line(start), end: line(end) };
    let justify = match grid.justify_self {
        Alignment::Auto => None,
        alignment => super::flex::items(alignment),
    };
    Style {
        grid_column: lines(grid.column),
        grid_row: lines(grid.row),
        justify_self: justify,
        ..flex
    }
}

fn track(size: Track) -> TrackSizingFunction {
    match size {
        Track::Auto => auto(),
        Track::MinContent => min_content(),
        Track::MaxContent => max_content(),
        Track::Fraction(share) => fr(share as f32),
        // taffy has no sums of lengths and percentages: of `calc(10mm + 5%)` the percentage is
        // kept.
        Track::Fixed(v) if v.percent == 0.0 => length(v.points as f32),
        Track::Fixed(v) => percent((v.percent / 100.0) as f32),
        Track::AtLeast(v, share) => {
            let least = if v.percent == 0.0 {
                MinTrackSizingFunction::from_length(v.points as f32)
            } else {
                MinTrackSizingFunction::from_percent((v.percent / 100.0) as f32)
            };
            minmax(least, fr(share as f32))
        }
    }
}
