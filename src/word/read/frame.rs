//! What stands beside the text: frames of paragraphs, borders of pages, boxes that text flows
//! around.

use std::fmt::Write as _;

use super::css::{self, points};
use super::drawing::{Extent, Spot};
use super::props::Props;
use super::section::WordSection;
use super::theme::Theme;
use crate::geometry::Sides;

/// Lines that borders have; all else is a picture that is repeated (17.18.2).
const LINES: [&str; 16] = [
    "single",
    "thick",
    "double",
    "dotted",
    "dashed",
    "dotDash",
    "dotDotDash",
    "triple",
    "dashSmallGap",
    "dashDotStroked",
    "threeDEmboss",
    "threeDEngrave",
    "outset",
    "inset",
    "wave",
    "doubleWave",
];
/// How far from the edge of the paper a border stands that does not say it, in points.
const BORDER_SPACE: f64 = 24.0;

/// The box of something that text flows around: the distances that the text keeps are its padding,
/// so that they belong to what is kept clear of.
pub(super) fn kept_clear(
    mut spot: Spot,
    extent: Option<Extent>,
    flow: &str,
    gap: Sides<f64>,
) -> String {
    spot.left = spot.left.map(|left| left - gap.left);
    spot.top = spot.top.map(|top| top - gap.top);
    spot.right_by -= gap.left;
    spot.down_by -= gap.top;
    let width = extent.map(|extent| format!("; width: {}", points(extent.width)));
    format!(
        "{}; wrap-flow: {flow}; padding: {} {} {} {}{}",
        spot.css(),
        points(gap.top),
        points(gap.right),
        points(gap.bottom),
        points(gap.left),
        width.unwrap_or_default()
    )
}

/// The frame that paragraphs with these properties stand in (17.3.1.11).
pub(super) fn text_frame(props: &Props, section: &WordSection) -> Option<String> {
    if !props.has_any("framePr.") {
        return None;
    }
    let get = |name: &str| props.get(&format!("framePr.{name}"));
    let length = |name: &str| props.twips(&format!("framePr.{name}"));
    let drops = get("dropCap").is_some_and(|kind| kind != "none");
    let usual = if drops { "text" } else { "page" };
    let (across, down) = (get("hAnchor").unwrap_or(usual), get("vAnchor").unwrap_or(usual));
    let width = length("w").filter(|width| *width > 0.0);
    let (x, y) = (length("x").unwrap_or(0.0), length("y").unwrap_or(0.0));
    let mut spot = Spot::default();
    let mut sides = String::new();
    let text = (section.width - section.left - section.right).max(0.0);
    let (from, room) = match across {
        "page" => (-section.left, section.width),
        _ => (0.0, text),
    };
    spot.left = Some(match (get("xAlign"), width) {
        (Some("center"), Some(width)) => from + (room - width) / 2.0,
        (Some("right" | "outside"), Some(width)) => from + room - width,
        (Some("right" | "outside"), None) => {
            let _ = write!(sides, "; left: auto; right: {}", points(text - from - room));
            0.0
        }
        (Some(_), _) => from,
        (None, _) => from + x,
    });
    let high = (section.height - section.top.abs() - section.bottom.abs()).max(0.0);
    let height = length("h").filter(|height| *height > 0.0);
    match (down, get("yAlign"), height) {
        ("text", ..) => spot.down_by = y,
        ("page", Some("bottom"), Some(height)) => {
            spot.top = Some(section.height - section.top - height);
        }
        ("page", Some("center"), Some(height)) => {
            spot.top = Some((section.height - height) / 2.0 - section.top);
        }
        ("page", Some(_), _) => spot.top = Some(-section.top),
        ("page", None, _) => spot.top = Some(y - section.top),
        (_, Some("bottom"), Some(height)) => spot.top = Some(high - height),
        (_, Some("center"), Some(height)) => spot.top = Some((high - height) / 2.0),
        _ => spot.top = Some(y),
    }
    let flow = match get("wrap") {
        Some("notBeside" | "none") => "clear",
        _ => "both",
    };
    let (beside, below) = (length("hSpace").unwrap_or(0.0), length("vSpace").unwrap_or(0.0));
    let gap = Sides { top: below, right: beside, bottom: below, left: beside };
    let extent = width.map(|width| Extent { width, height: 0.0 });
    let mut css = kept_clear(spot, extent, flow, gap);
    if let Some(height) = height {
        let kind = if get("hRule") == Some("exact") { "height" } else { "min-height" };
        let _ = write!(css, "; {kind}: {}", points(height));
    }
    Some(css + &sides)
}

/// The borders of a section's pages.
#[derive(Debug, Clone)]
pub(super) struct PageBorders {
    /// A box over the page's text.
    pub(super) css: String,
    pub(super) on_first: bool,
    pub(super) on_others: bool,
    /// Whether any is a picture, which is drawn as a line.
    pub(super) is_art: bool,
}

impl PageBorders {
    pub(super) fn of(section: &WordSection, theme: &Theme) -> Option<Self> {
        let props = &section.borders;
        let from_page = props.get("pgBorders.offsetFrom") == Some("page");
        let (mut css, mut is_art, mut any) = (String::new(), false, false);
        let mut side = |name: &str, margin: f64| {
            let key = format!("pgBorders.{name}");
            let border = css::border(props, &key, theme);
            let space = props.number(&format!("{key}.space"));
            let width = border.as_ref().map_or(0.0, |(width, _)| *width);
            let kind = props.get(&key).unwrap_or("none");
            if let Some((_, line)) = border {
                any = true;
                is_art |= !LINES.contains(&kind) && !kind.contains("Gap");
                let _ = write!(css, "; border-{name}: {line}");
            }
            match from_page {
                true => space.unwrap_or(BORDER_SPACE) - margin,
                false => -space.unwrap_or(0.0) - width,
            }
        };
        let (top, bottom) = (side("top", section.top.abs()), side("bottom", section.bottom.abs()));
        let (left, right) = (side("left", section.left), side("right", section.right));
        // Headers and footers stand within borders that keep their distance from the text.
        let within = |has: bool, at: f64, header: f64, margin: f64| {
            at - if has && !from_page { (margin - header).max(0.0) } else { 0.0 }
        };
        let has =
            |edges: &super::section::HeaderParts| edges.default.is_some() || edges.first.is_some();
        let top = within(has(&section.headers), top, section.header, section.top.abs());
        let bottom = within(has(&section.footers), bottom, section.footer, section.bottom.abs());
        let wide = section.width - section.left - section.right - left - right;
        let high = section.height - section.top.abs() - section.bottom.abs() - top - bottom;
        let display = props.get("pgBorders.display");
        any.then(|| Self {
            css: format!(
                "position: absolute; left: {}; top: {}; width: {}; height: {}; box-sizing: \
                 border-box{css}",
                points(left),
                points(top),
                points(wide),
                points(high)
            ),
            on_first: display != Some("notFirstPage"),
            on_others: display != Some("firstPage"),
            is_art,
        })
    }
}
