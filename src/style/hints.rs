//! Presentational attributes as declarations that every stylesheet of the author's overrides (HTML,
//! section 15.3).

use std::fmt::Write;

use crate::markup::Element;

/// The declarations that an element's attributes stand for; empty for most elements.
pub(super) fn declarations(element: &Element) -> String {
    let mut css = String::new();
    let name = &*element.name;
    // Written as CSS text, so that the parser of declarations checks the values as well.
    for (attribute, value) in &element.attributes {
        let value = value.trim();
        match (name, &**attribute) {
            ("img" | "svg" | "table" | "td" | "th" | "col" | "colgroup" | "qr-code", "width") => {
                extent(&mut css, "width", value)
            }
            ("img" | "svg" | "td" | "th" | "tr" | "qr-code", "height") => {
                extent(&mut css, "height", value)
            }
            (
                "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "p" | "div" | "h1" | "h2" | "h3"
                | "h4" | "h5" | "h6",
                "align",
            ) => {
                word(&mut css, "text-align", value, &["left", "right", "center", "justify"]);
            }
            ("td" | "th" | "tr" | "thead" | "tbody" | "tfoot", "valign") => {
                word(&mut css, "vertical-align", value, &["top", "middle", "bottom", "baseline"]);
            }
            ("ol" | "li", "type") => {
                let style = match value {
                    "1" => "decimal",
                    "a" => "lower-latin",
                    "A" => "upper-latin",
                    "i" => "lower-roman",
                    "I" => "upper-roman",
                    // The same for Russian letters.
                    "а" => "lower-russian",
                    "А" => "upper-russian",
                    _ => continue,
                };
                let _ = write!(css, "list-style-type:{style};");
            }
            _ => {}
        }
    }
    css
}

fn word(css: &mut String, property: &str, value: &str, known: &[&str]) {
    if known.contains(&value) {
        let _ = write!(css, "{property}:{value};");
    }
}

/// Pixels or a percentage. An inline picture's own extent may also be a CSS length (`width="20mm"`
/// on `svg`).
fn extent(css: &mut String, property: &str, value: &str) {
    let number = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    // HTML ignores what is not a dimension, and so would a browser.
    if number == 0 || value[..number].parse::<f64>().is_err() {
        return;
    }
    let unit = match &value[number..] {
        "" => "px",
        unit @ ("%" | "px" | "mm" | "cm" | "in" | "pt" | "pc") => unit,
        _ => return,
    };
    let _ = write!(css, "{property}:{}{unit};", &value[..number]);
}
