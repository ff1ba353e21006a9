//! Word's properties in the words of CSS.
//!
//! The last step of reading: flat properties become a stylesheet for our own engine.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::props::Props;
use super::theme::{self, Theme};

/// Declarations by property.
pub(super) type Declarations = BTreeMap<&'static str, String>;

/// Faces with the widths of those that Word brings along, for machines that lack them.
const SAME_WIDTHS: [(&str, &str); 8] = [
    ("times new roman", "\"Liberation Serif\", serif"),
    ("arial", "\"Liberation Sans\", sans-serif"),
    ("helvetica", "\"Liberation Sans\", sans-serif"),
    ("courier new", "\"Liberation Mono\", monospace"),
    ("calibri", "Carlito, sans-serif"),
    ("calibri light", "Carlito, sans-serif"),
    ("cambria", "Caladea, serif"),
    ("georgia", "Gelasio, serif"),
];
/// Faces without serifs, by a part of their names.
const SANS: [&str; 11] = [
    "sans",
    "calibri",
    "arial",
    "verdana",
    "tahoma",
    "segoe",
    "helvet",
    "trebuchet",
    "aptos",
    "roboto",
    "gothic",
];

/// A length as CSS writes it.
pub(super) fn points(length: f64) -> String {
    let rounded = (length * 100.0).round() / 100.0;
    // No minus before a zero.
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}pt") }
}

/// A string of CSS.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

/// What a property is where nothing is said.
pub(super) fn initial(property: &str) -> &'static str {
    match property {
        "font-weight" | "font-style" | "letter-spacing" | "font-variant-caps" => "normal",
        "text-decoration" | "text-transform" | "hyphens" | "border" => "none",
        "color" => "black",
        "background-color" => "transparent",
        "vertical-align" => "baseline",
        "text-align" => "left",
        "line-height" => "1",
        "-itog-line-spacing" => "word",
        "-itog-tab-stops" => "0",
        "break-before" | "break-after" | "break-inside" => "auto",
        "orphans" | "widows" => "2",
        "font-size" => "10pt",
        "font-feature-settings" => "\"kern\" off",
        _ => "0",
    }
}

/// What differs from others, with what is not said any more.
pub(super) fn difference(own: &Declarations, others: &Declarations) -> Declarations {
    let mut changed = Declarations::new();
    for (property, value) in own {
        if others.get(property) != Some(value) {
            changed.insert(property, value.clone());
        }
    }
    for property in others.keys().filter(|property| !own.contains_key(*property)) {
        changed.insert(property, initial(property).to_owned());
    }
    changed
}

/// Declarations as they stand in a rule or an attribute.
pub(super) fn written(declarations: &Declarations) -> String {
    let mut text = String::new();
    for (property, value) in declarations {
        let gap = if text.is_empty() { "" } else { "; " };
        let _ = write!(text, "{gap}{property}: {value}");
    }
    text
}

/// A family with those that stand for it.
pub(super) fn family(name: &str) -> String {
    let lower = name.to_lowercase();
    let others = match SAME_WIDTHS.iter().find(|(known, _)| *known == lower) {
        Some((_, others)) => others,
        None if SANS.iter().any(|part| lower.contains(part)) => "sans-serif",
        None if lower.contains("mono") || lower.contains("consol") => "monospace",
        None => "serif",
    };
    format!("{}, {others}", quoted(name))
}

/// A colour by its value, or by its place in the theme.
pub(super) fn color(props: &Props, element: &str, slot: &str, theme: &Theme) -> Option<String> {
    let value = props.get(slot);
    let of = |what: &str| props.get(&format!("{element}.{what}"));
    let (themed, tint, shade) = if slot.ends_with("fill") {
        (of("themeFill"), of("themeFillTint"), of("themeFillShade"))
    } else {
        (of("themeColor"), of("themeTint"), of("themeShade"))
    };
    // The value is what Word reckoned from the theme when it saved the file.
    match value {
        Some("auto") | None => {}
        Some(value) => return hex(value),
    }
    let color = theme.color(themed?)?;
    hex(&theme::shaded(color, tint, shade))
}

/// `#RRGGBB`, if it is a colour.
pub(super) fn hex(value: &str) -> Option<String> {
    let digits = value.trim_start_matches('#');
    let sound = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
    sound.then(|| format!("#{}", digits.to_lowercase()))
}

/// The family that Latin and Cyrillic letters are set in.
pub(super) fn face<'a>(run: &'a Props, theme: &'a Theme) -> Option<&'a str> {
    // Cyrillic letters go by `hAnsi` (17.3.2.26).
    let themed = |slot: &str| run.get(slot).and_then(|slot| theme.face(slot));
    themed("rFonts.hAnsiTheme")
        .or_else(|| run.get("rFonts.hAnsi"))
        .or_else(|| themed("rFonts.asciiTheme"))
        .or_else(|| run.get("rFonts.ascii"))
}

/// What a run says of its text.
pub(super) fn text(run: &Props, theme: &Theme) -> Declarations {
    let mut css = Declarations::new();
    // Word's own face and size where nothing is said (17.7.5.1).
    css.insert("font-family", family(face(run, theme).unwrap_or("Times New Roman")));
    let mut size = run.number("sz").unwrap_or(20.0) / 2.0;
    let raised = run.get("vertAlign");
    if let Some("superscript" | "subscript") = raised {
        let by = if raised == Some("superscript") { 0.33 } else { -0.14 };
        css.insert("vertical-align", points(size * by));
        size *= 0.58;
    }
    css.insert("font-size", points(size));
    let mut set = |is: bool, property: &'static str, value: &str| {
        if is {
            css.insert(property, value.to_owned());
        }
    };
    set(run.is_on("b"), "font-weight", "bold");
    set(run.is_on("i"), "font-style", "italic");
    set(run.is_on("caps"), "text-transform", "uppercase");
    let under = run.get("u").is_some_and(|line| line != "none");
    let through = run.is_on("strike") || run.is_on("dstrike");
    match (under, through) {
        (true, true) => set(true, "text-decoration", "underline line-through"),
        (true, false) => set(true, "text-decoration", "underline"),
        (false, true) => set(true, "text-decoration", "line-through"),
        (false, false) => {}
    }
    if let Some(color) = color(run, "color", "color", theme) {
        set(color != "#000000", "color", &color);
    }
    let marked = run.get("highlight").and_then(highlight).map(str::to_owned);
    if let Some(background) = marked.or_else(|| fill(run, theme)) {
        set(true, "background-color", &background);
    }
    if let Some(spacing) = run.twips("spacing").filter(|spacing| *spacing != 0.0) {
        set(true, "letter-spacing", &points(spacing));
    }
    // Word kerns from a size on, if it is told to.
    let kerned = run.number("kern").is_some_and(|from| from > 0.0 && from / 2.0 <= size);
    set(kerned, "font-feature-settings", "normal");
    if let Some(raise) = run.number("position").filter(|raise| *raise != 0.0) {
        set(true, "vertical-align", &points(raise / 2.0));
    }
    css
}

/// The values of a text that a block gives to all that is in it.
pub(super) fn inherited(mut text: Declarations) -> Declarations {
    for own in ["text-decoration", "background-color", "vertical-align"] {
        text.remove(own);
    }
    text
}

/// The colour that `w:shd` fills with.
pub(super) fn fill(props: &Props, theme: &Theme) -> Option<String> {
    match props.get("shd") {
        Some("solid") => color(props, "shd", "shd.color", theme),
        _ => color(props, "shd", "shd.fill", theme),
    }
}

/// The colours of the marker (17.18.40).
fn highlight(name: &str) -> Option<&'static str> {
    Some(match name {
        "yellow" => "#ffff00",
        "green" => "#00ff00",
        "cyan" => "#00ffff",
        "magenta" => "#ff00ff",
        "blue" => "#0000ff",
        "red" => "#ff0000",
        "darkBlue" => "#00008b",
        "darkCyan" => "#008b8b",
        "darkGreen" => "#006400",
        "darkMagenta" => "#800080",
        "darkRed" => "#8b0000",
        "darkYellow" => "#808000",
        "darkGray" => "#a9a9a9",
        "lightGray" => "#d3d3d3",
        "black" => "#000000",
        "white" => "#ffffff",
        _ => return None,
    })
}

/// What a paragraph says of its lines and its place.
pub(super) fn paragraph(props: &Props, theme: &Theme) -> Declarations {
    let mut css = Declarations::new();
    let mut set = |property: &'static str, value: String| {
        if value != initial(property) {
            css.insert(property, value);
        }
    };
    let align = match props.get("jc") {
        Some("center") => "center",
        Some("right" | "end") => "right",
        Some("both" | "lowKashida" | "mediumKashida" | "highKashida") => "justify",
        Some("distribute" | "thaiDistribute") => "justify",
        _ => "left",
    };
    set("text-align", align.to_owned());
    let auto = |side: &str| props.is_on(&format!("spacing.{side}Autospacing"));
    let gap = |side: &str| match auto(side) {
        // What Word takes for the margin of an HTML paragraph.
        true => 14.0,
        false => props
            .twips(&format!("spacing.{side}"))
            .or_else(|| Some(props.number(&format!("spacing.{side}Lines"))? * 0.12))
            .unwrap_or(0.0),
    };
    set("margin-top", points(gap("before")));
    set("margin-bottom", points(gap("after")));
    let left = props.twips("ind.left").unwrap_or(0.0);
    set("margin-left", points(left));
    set("margin-right", points(props.twips("ind.right").unwrap_or(0.0)));
    set("text-indent", points(first_indent(props)));
    let line = props.number("spacing.line").unwrap_or(240.0);
    match props.get("spacing.lineRule") {
        Some("exact") => set("line-height", points(line / 20.0)),
        Some("atLeast") => {
            set("line-height", points(line / 20.0));
            set("-itog-line-spacing", "at-least".to_owned());
        }
        _ => set("line-height", format!("{}", (line / 240.0 * 1000.0).round() / 1000.0)),
    }
    set("-itog-tab-stops", tab_stops(props));
    if props.is_on("keepNext") {
        set("break-after", "avoid".to_owned());
    }
    if props.is_on("keepLines") {
        set("break-inside", "avoid".to_owned());
    }
    if props.is_on("pageBreakBefore") {
        set("break-before", "page".to_owned());
    }
    // On where nothing is said (17.3.1.44).
    if props.has("widowControl") && !props.is_on("widowControl") {
        set("orphans", "1".to_owned());
        set("widows", "1".to_owned());
    }
    if let Some(fill) = fill(props, theme) {
        set("background-color", fill);
    }
    css
}

/// By how much the first line begins later than the others; less than nothing hangs.
pub(super) fn first_indent(props: &Props) -> f64 {
    match props.twips("ind.hanging") {
        Some(hanging) => -hanging,
        None => props.twips("ind.firstLine").unwrap_or(0.0),
    }
}

fn tab_stops(props: &Props) -> String {
    let mut stops: Vec<(f64, String)> = props
        .tab_stops()
        .into_iter()
        .map(|(at, kind, leader)| {
            let kind = match kind {
                "right" | "end" => " right",
                "center" => " center",
                "decimal" => " decimal",
                _ => "",
            };
            let leader = match leader {
                "dot" => " \".\"",
                "hyphen" => " \"-\"",
                "underscore" | "heavy" => " \"_\"",
                "middleDot" => " \"·\"",
                _ => "",
            };
            (at, format!("{}{kind}{leader}", points(at)))
        })
        .collect();
    // A hanging indent is a stop, too (17.15.3.8).
    let left = props.twips("ind.left").unwrap_or(0.0);
    // Where nothing else is said, body has the stop at the edge.
    if first_indent(props) < 0.0 && !stops.iter().any(|(at, _)| (at - left).abs() < 0.1) {
        stops.push((left, points(left)));
    }
    stops.sort_by(|a, b| a.0.total_cmp(&b.0));
    let stops: Vec<String> = stops.into_iter().map(|(_, stop)| stop).collect();
    if stops.is_empty() { initial("-itog-tab-stops").to_owned() } else { stops.join(", ") }
}

/// A line of a border: `w:sz` is in eighths of a point.
pub(super) fn border(props: &Props, side: &str, theme: &Theme) -> Option<(f64, String)> {
    let style = match props.get(side)? {
        "nil" | "none" => return None,
        "dotted" => "dotted",
        "dashed" | "dashSmallGap" | "dotDash" | "dotDotDash" | "dashDotStroked" => "dashed",
        "double" | "triple" => "double",
        kind if kind.contains("Gap") => "double",
        _ => "solid",
    };
    let size = props.number(&format!("{side}.sz")).unwrap_or(4.0) / 8.0;
    // Of two lines unlike each other the thick one has the size; the other and the gap are as
    // Word draws them. Else `double` is three strokes of that thickness.
    let kind = props.get(side).unwrap_or_default();
    let inner = if kind.starts_with("thinThickThin") { 2.0 } else { 1.0 };
    let width = match style {
        "double" if kind.ends_with("SmallGap") => size + 1.5 * inner,
        "double" if kind.ends_with("MediumGap") => size * (1.0 + inner),
        "double" if kind.ends_with("LargeGap") => size + 2.25 * inner,
        "double" => size * 3.0,
        _ => size.max(0.25),
    };
    let color = color(props, side, &format!("{side}.color"), theme);
    Some((width, format!("{} {style} {}", points(width), color.as_deref().unwrap_or("black"))))
}
