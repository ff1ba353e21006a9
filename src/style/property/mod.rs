//! The table of all properties: name, values, inheritance, parser, and what PDF and DOCX make of
//! it.

mod boxes;
mod content;
mod effect;
mod flow;
mod grid;
mod image;
mod shorthand;
mod text;

use std::collections::HashMap;
use std::sync::LazyLock;

use cssparser::Parser;

use super::Computed;
use super::declaration::{Declaration, DeclarationContext, PropertySetter};
use super::fault::{Parsed, SheetOrigin};
use super::target::Target;

/// A property.
#[derive(Debug)]
pub(crate) struct Property {
    pub(super) name: &'static str,
    /// The values, in the notation of the CSS specifications.
    pub(super) syntax: &'static str,
    pub(super) inherited: bool,
    /// When it is applied: 0 before all that is relative to the font size, 1 before all that uses
    /// it or `currentcolor`, 2.
    pub(super) stage: u8,
    /// What the PDF makes of it; empty: all of it.
    pub(super) pdf: &'static str,
    /// What the DOCX makes of it; empty: all of it.
    pub(super) docx: &'static str,
    pub(super) kind: ValueSyntax,
}

type ParseLonghand = fn(&mut Parser, SheetOrigin) -> Parsed<PropertySetter>;

/// Takes the value from another element's values.
type CopyValue = fn(&mut Target, &Computed);

/// Declares the longhands whose names it is given.
type ParseShorthand =
    fn(&mut Parser, SheetOrigin, &mut Vec<Declaration>, &'static [&'static str]) -> Parsed<()>;

/// How a property is parsed.
#[derive(Debug)]
pub(super) enum ValueSyntax {
    Longhand {
        parse: ParseLonghand,
        copy: CopyValue,
    },
    Shorthand {
        parse: ParseShorthand,
        of: &'static [&'static str],
    },
    /// Another name of a property.
    Alias(&'static str),
}

impl Property {
    const fn new(name: &'static str, kind: ValueSyntax) -> Self {
        Self { name, syntax: "", inherited: false, stage: 2, pdf: "", docx: "", kind }
    }

    const fn longhand(name: &'static str, parse: ParseLonghand, copy: CopyValue) -> Self {
        Self::new(name, ValueSyntax::Longhand { parse, copy })
    }

    const fn shorthand(
        name: &'static str,
        parse: ParseShorthand,
        of: &'static [&'static str],
    ) -> Self {
        Self::new(name, ValueSyntax::Shorthand { parse, of })
    }

    const fn syntax(self, syntax: &'static str) -> Self {
        Self { syntax, ..self }
    }

    const fn inherited(self) -> Self {
        Self { inherited: true, ..self }
    }

    const fn stage(self, stage: u8) -> Self {
        Self { stage, ..self }
    }

    const fn pdf(self, pdf: &'static str) -> Self {
        Self { pdf, ..self }
    }

    const fn docx(self, docx: &'static str) -> Self {
        Self { docx, ..self }
    }
}

/// A setter from a closure.
fn setter(set: impl Fn(&mut Target) + Send + Sync + 'static) -> PropertySetter {
    std::sync::Arc::new(set)
}

/// A row for an inherited property: `inherited!("color", color, parser)`.
macro_rules! inherited {
    ($name:literal, $field:ident $([$index:literal])?, $parse:expr) => {
        $crate::style::property::Property::longhand(
            $name,
            |input, _| {
                let value = $parse(input)?;
                Ok($crate::style::property::setter(move |target| {
                    let units = target.units();
                    target.text().$field $([$index])? =
                        $crate::style::units::Specified::compute(&value, &units);
                }))
            },
            |target, from| {
                target.text().$field $([$index])? = from.text.$field $([$index])?.clone();
            },
        )
        .inherited()
    };
}
use inherited;

/// A row for a property that is not inherited: `own!("margin-top", [.margin.top], parser)`.
macro_rules! own {
    ($name:literal, [$($field:tt)+], $parse:expr) => {
        $crate::style::property::Property::longhand(
            $name,
            |input, _| {
                let value = $parse(input)?;
                Ok($crate::style::property::setter(move |target| {
                    let units = target.units();
                    target.own$($field)+ =
                        $crate::style::units::Specified::compute(&value, &units);
                }))
            },
            |target, from| target.own$($field)+ = from$($field)+.clone(),
        )
    };
}
use crate::diag::{Message, say};
use own;

/// A row for another name of a property.
const fn alias(name: &'static str, of: &'static str) -> Property {
    Property::new(name, ValueSyntax::Alias(of))
}

/// All properties by group: the group's heading and its rows.
pub(super) static GROUPS: [(&str, &[Property]); 7] = [
    ("Text and fonts", text::ROWS),
    ("Boxes", boxes::ROWS),
    ("Flow, pages, columns, flex", flow::ROWS),
    ("Grids", grid::ROWS),
    ("Lists and generated content", content::ROWS),
    ("Backgrounds and pictures", image::ROWS),
    ("Shadows, opacity, transformations", effect::ROWS),
];

pub(super) use self::text::{stretch, weight};

// Each declaration of each stylesheet is looked up, so the rows are not searched.
static BY_NAME: LazyLock<HashMap<&'static str, &'static Property>> = LazyLock::new(|| {
    GROUPS.iter().flat_map(|(_, rows)| rows.iter()).map(|row| (row.name, row)).collect()
});

/// The property of that name, aliases resolved.
pub(super) fn find(name: &str) -> Option<&'static Property> {
    // Nearly all names are written in lower case: those need no copy.
    let property = match BY_NAME.get(name) {
        Some(property) => *property,
        None => *BY_NAME.get(name.to_ascii_lowercase().as_str())?,
    };
    match property.kind {
        ValueSyntax::Alias(of) => BY_NAME.get(of).copied(),
        _ => Some(property),
    }
}

/// The names of all properties in the order of the table.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().flat_map(|(_, rows)| rows.iter()).map(|row| row.name)
}

/// What to use instead of a well-known property that is not supported.
pub(super) fn instead(name: &str) -> Option<Message> {
    Some(match name.to_ascii_lowercase().as_str() {
        "clear" => {
            say!(
                "there are no left and right floats to clear; use `display: flex` or a table for \
             boxes side by side"
            )
        }
        "transition" | "animation" | "cursor" | "user-select" | "pointer-events" => {
            say!("nothing moves on paper: leave it out")
        }
        "filter" => say!("filters are printed in SVG pictures only"),
        "writing-mode" | "text-orientation" | "direction" => {
            say!("lines run from left to right; `rotate: 90deg` turns a box")
        }
        "line-clamp" | "-webkit-line-clamp" => say!("use `height` and `overflow: hidden`"),
        "border-image" => say!("draw the frame as an SVG picture, and take it as `background`"),
        "outline" => say!("write `border`"),
        "aspect-ratio" => say!("give it both `width` and `height`"),
        "clip-path" | "mask" => {
            say!(
                "cut the picture in an image editor, or use `border-radius` and `overflow: hidden`"
            )
        }
        "mix-blend-mode" | "background-blend-mode" => {
            say!("colours are blended in SVG pictures only")
        }
        "text-underline-offset" | "text-underline-position" => {
            say!("lines stand where the font has them; use `border-bottom` for another place")
        }
        "text-shadow" => say!("letters are printed without a shadow"),
        "grid" | "grid-template" | "grid-area" | "grid-template-areas" => {
            say!("use `grid-template-columns`, `grid-template-rows`, `grid-column` and `grid-row`")
        }
        "word-break" => say!("use `overflow-wrap: anywhere` or `hyphens: auto`"),
        "quotes" => say!("write the quotes in `content`: q::before { content: \"«\" }"),
        "list-style-image" => {
            say!("use `content` of `::marker`, or `list-style-type` with a string")
        }
        "text-decoration-color" | "text-decoration-style" | "text-decoration-thickness" => {
            say!("lines are drawn in the text's colour; use `border-bottom` for another")
        }
        "font-kerning" => say!("kerning and ligatures are always on"),
        "text-justify" | "hyphenate-limit-chars" | "text-wrap" => {
            say!("lines are always broken for the best paragraph")
        }
        _ => return None,
    })
}

/// Those that only pages have.
const OF_PAGES: [&str; 4] = ["size", "bleed", "marks", "-itog-pages"];

/// What margin boxes do not have: they are lines of text in edges (CSS Paged Media 3, 6), in which
/// nothing flows, flexes, floats or is listed. First beginnings of names, then names.
const NOT_IN_MARGINS: [&str; 12] = [
    "break-",
    "column",
    "flex",
    "grid",
    "justify-",
    "align-",
    "place-",
    "transform",
    "list-style",
    "min-",
    "max-",
    "-itog-fit",
];
const NOT_OF_MARGIN_BOXES: [&str; 18] = [
    "page",
    "opacity",
    "rotate",
    "position",
    "top",
    "right",
    "bottom",
    "left",
    "inset",
    "z-index",
    "overflow",
    "wrap-flow",
    "float",
    "display",
    "object-fit",
    "order",
    "gap",
    "row-gap",
];

/// Whether a property has a meaning in a rule of that kind.
pub(super) fn applies(property: &Property, context: DeclarationContext) -> bool {
    match context {
        DeclarationContext::Style => !OF_PAGES.contains(&property.name),
        DeclarationContext::MarginBox => {
            !OF_PAGES.contains(&property.name)
                && !NOT_IN_MARGINS.iter().any(|group| property.name.starts_with(group))
                && !NOT_OF_MARGIN_BOXES.contains(&property.name)
        }
        DeclarationContext::Page => {
            let groups =
                ["margin", "padding", "border", "background", "size", "counter-", "bleed", "marks"];
            // Margin boxes inherit from the page, so whatever inherits may be set on it.
            property.inherited
                || groups.iter().any(|group| property.name.starts_with(group))
                || matches!(
                    property.name,
                    "font"
                        | "list-style"
                        | "text-decoration"
                        | "text-decoration-line"
                        | "font-variant"
                        | "-itog-pages"
                )
        }
    }
}
