//! The element names that mean something here.
//!
//! The parser refuses all others, with the nearest name that it knows.

/// All supported elements, sorted.
pub(super) const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "bdi",
    "blockquote",
    "body",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    // Ours: a custom element has a hyphen in its name (HTML, 4.13.3).
    "qr-code",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that HTML and SVG have besides: a stylesheet made for the web may speak of them.
const OTHERS: &[&str] = &[
    "acronym", "applet", "area", "audio", "bdo", "big", "button", "canvas", "center", "circle",
    "clippath", "data", "datalist", "defs", "details", "dialog", "dir", "ellipse", "embed",
    "fieldset", "filter", "font", "form", "frame", "frameset", "g", "hgroup", "iframe", "image",
    "input", "ins", "kbd", "label", "legend", "line", "map", "mark", "menu", "meter", "noscript",
    "object", "option", "output", "param", "path", "picture", "polygon", "polyline", "portal",
    "progress", "q", "rect", "rp", "rt", "ruby", "script", "search", "select", "slot", "source",
    "stop", "strike", "summary", "symbol", "template", "text", "textarea", "track", "tspan", "tt",
    "use", "video",
];

/// What is written now in the place of an element of old that only styles.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        "center" => "<div style=\"text-align: center\">",
        "font" => "<span style=\"font-family: …; font-size: …; color: …\">",
        "big" => "<span style=\"font-size: larger\">",
        "tt" => "<code>",
        "strike" => "<s>",
        "nobr" => "<span style=\"white-space: nowrap\">",
        "menu" => "<ul>",
        _ => return None,
    })
}

/// Whether a stylesheet may speak of an element of that name.
pub(crate) fn is_element(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    // Names with a hyphen are anybody's.
    is_known(&small) || small.contains('-') && small.is_ascii() || OTHERS.contains(&&*small)
}

/// Whether the element is supported.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.binary_search(&name).is_ok()
}
