//! What of CSS is supported, as a document.

use std::fmt::Write;

use super::property::{GROUPS, Property, ValueSyntax};

/// The text of `docs/css-supported.md`, made from the table of properties.
pub fn supported() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (group, rows) in GROUPS {
        let _ = write!(
            text,
            "\n## {group}\n\n| property | values | inherited | PDF | DOCX |\n|---|---|---|---|---|\n"
        );
        for property in rows {
            row(&mut text, property);
        }
    }
    text.push_str(BROWSERS);
    text
}

fn row(text: &mut String, property: &Property) {
    if let ValueSyntax::Alias(of) = property.kind {
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

const BROWSERS: &str = "
## Where a browser differs

`tests/conformance/browser.py` prints the cases of `tests/suite` with headless Chromium and compares every word's place. What is not within 0.75 pt is one of these:

- Chromium knows no footnotes (`float: footnote`), no `leader()`, `target-counter()`, `string-set` and `string()`, and none of our `-itog-` properties.
- It takes `break-before: right` and `left` for `page`: there is no blank page. (`break-kinds`)
- What `counter-reset` makes of `page` in an `@page` rule lasts for that page only there; here the pages after it are counted from it, as Paged Media 3 says.
  (`page-counter-of-its-own`)
- On the screen it sets cells on one baseline, in print at the top. (`table-baseline`)
- It breaks table rows between lines. Ours are kept whole if they fit a page, because the user agent's stylesheet says `break-inside: avoid` for `tr`:
  `tr { break-inside: auto }` takes that back. Headings stay with what follows them for the same reason. (`table-row-not-broken`)
- It does not break after a row whose cell asks for it, and cuts rows that are broken at other lines (`table-cell-forced-break`, `table-row-divides`). Flex
  containers break there through items; here between lines, or between the items of a column. (`flex-column-breaks-between-items`,
  `flex-wrap-breaks-between-lines`)
- It reckons with ascents, descents and borders in whole pixels, so lines of mixed sizes stand up to half a point elsewhere. (`line-height-mixed-sizes`)
- It sets a period after Latin letters of a list; Russian documents have a parenthesis: «а)», «a)». (`list-markers-decimal-latin-roman`) Bullets are shapes for
  it, and one inside the text takes more room than the character that ours is.
- An inside marker before a block has a line of its own there. Here it begins the first line of the block, as official documents number their points.
  (`list-inside-blocks`)
- It breaks after a slash. «и/или», «км/ч» stay whole here; addresses do break. (`break-after-dash-and-slash`)
- `height` in percent of `body` needs a height of `html` there. Here the page is what the `body` is measured by. (`height-percent-of-page`)
- It cuts a picture that is taller than the page in slices; here it is made smaller, with a warning. It leaves words out that `overflow: hidden` hides; here
  they are clipped, and stay in the text.
- It makes the whole document smaller if something is wider than the page; here that is a warning.
";

const INTRODUCTION: &str = "\
# CSS that is supported

This page is made from the table of properties in `src/style/property/`, and a test holds it to it. Names and meaning are those of the CSS
specifications. What is not here is skipped with a warning that names file, line and column: an unknown property or at-rule, an unsupported
value or selector. \"—\" means that the property is known and has no effect in that format; where a document has it, a warning says so (`docx-…`). The test
`tests/properties` gives every property values of every class, and fails where one is neither drawn nor told.

## Rules and values

- Selectors: type, `*`, `.class`, `#id`, attributes (all operators, `i` and `s`), the combinators space, `>`, `+`, `~`; `:is()`, `:where()`, `:not()`,
  `:has()`, `:root`, `:empty`, `:link`, `:first-child`, `:last-child`, `:only-child`, `:nth-child()` (with `of`), `:nth-last-child()`, `:first-of-type`,
  `:last-of-type`, `:only-of-type`, `:nth-of-type()`, `:nth-last-of-type()`; `::before`, `::after`, `::marker`. One unsupported selector makes its whole
  rule void, inside `:is()` too. Rules cannot be nested.
- At-rules: `@import` of files beside the template, before all other rules; `@media` with `print`, `screen`, `all`, `not`, `only`, without features;
  `@font-face` with `font-family`, `src` (the first file that can be read: TrueType, OpenType, WOFF, WOFF2), `font-weight` (a range, too), `font-style`,
  `unicode-range`; `@page` with a name, `:first`, `:left`, `:right`, `:blank` and the sixteen margin boxes.
- Faces: a variable font is set at the weight asked for. Where a family has no bold or no italic face, letters are thickened or slanted, as browsers do, and a warning
  says so.
- Order of the cascade: user agent, attributes such as `align`, stylesheets, `style` elements, the `style` attribute; `!important` turns it round.
  There are no layers.
- Values: `initial`, `inherit`, `unset`; custom properties and `var()`; `calc()`.
- Units: mm cm in pt pc px Q em rem ex ch (the last two are half an em) and %; for angles deg, grad, rad, turn.
- Colours: names, `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `hsl()`, `hwb()`, `transparent`, `currentcolor`.
- Page context and margin boxes: margins, padding, borders, backgrounds, counters and inherited properties; margin boxes take all but breaks. The page inherits from
  the `html` element, not from `body`, and margin boxes from the page.
- Presentational attributes: `width` and `height` of pictures and cells, `align`, `valign`, `type` of lists (`а` and `А` too).
";
