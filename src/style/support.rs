//! What of CSS is supported, as a document.

use std::fmt::Write;

use super::property::{GROUPS, Kind, Property};

/// The text of `docs/css-supported.md`, made from the table of properties.
pub fn supported() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (group, rows) in GROUPS {
        let _ = write!(text, "\n## {group}\n\n| property | values | inherited | PDF | DOCX |\n|---|---|---|---|---|\n");
        for property in rows {
            row(&mut text, property);
        }
    }
    text
}

fn row(text: &mut String, property: &Property) {
    if let Kind::Alias(of) = property.kind {
        let _ = writeln!(text, "| `{}` | another name of `{of}` | | | |", property.name);
        return;
    }
    let made = |note: &'static str| if note.is_empty() { "yes" } else { note };
    let _ = writeln!(
        text,
        "| `{}` | {} | {} | {} | {} |",
        property.name,
        property.syntax.replace('|', "\\|").replace('<', "&lt;").replace('>', "&gt;"),
        if property.inherited { "yes" } else { "" },
        made(property.pdf),
        made(property.docx),
    );
}

const INTRODUCTION: &str = "\
# CSS that is supported

This page is made from the table of properties in `src/style/property/`, and a test holds it to it. Names and meaning are those of the CSS
specifications. What is not here is skipped with a warning that names file, line and column: an unknown property or at-rule, an unsupported
value or selector. \"—\" means that the property is known and has no effect in that format.

## Rules and values

- Selectors: type, `*`, `.class`, `#id`, attributes (all operators, `i` and `s`), the combinators space, `>`, `+`, `~`; `:is()`, `:where()`, `:not()`,
  `:has()`, `:root`, `:empty`, `:link`, `:first-child`, `:last-child`, `:only-child`, `:nth-child()` (with `of`), `:nth-last-child()`, `:first-of-type`,
  `:last-of-type`, `:only-of-type`, `:nth-of-type()`, `:nth-last-of-type()`; `::before`, `::after`, `::marker`. One unsupported selector makes its whole
  rule void, inside `:is()` too. Rules cannot be nested.
- At-rules: `@import` of files beside the template, before all other rules; `@media` with `print`, `screen`, `all`, `not`, `only`, without features;
  `@font-face` with `font-family`, `src: url()`, `font-weight`, `font-style`; `@page` with a name, `:first`, `:left`, `:right`, `:blank` and the sixteen
  margin boxes.
- Order of the cascade: user agent, attributes such as `align`, stylesheets, `style` elements, the `style` attribute; `!important` turns it round.
  There are no layers.
- Values: `initial`, `inherit`, `unset`; custom properties and `var()`; `calc()`.
- Units: mm cm in pt pc px Q em rem ex ch (the last two are half an em) and %; for angles deg, grad, rad, turn.
- Colours: names, `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `hsl()`, `hwb()`, `transparent`, `currentcolor`.
- Page context and margin boxes: margins, padding, borders, backgrounds and inherited properties; margin boxes take all but breaks. The page inherits from
  the `html` element, not from `body`, and margin boxes from the page.
- Presentational attributes: `width` and `height` of pictures and cells, `align`, `valign`, `type` of lists (`а` and `А` too).
";
