//! Sections: paper, margins, columns, headers and footers.
//!
//! From `w:sectPr` to `@page` and running elements.

use std::fmt::Write as _;

use super::css::points;
use super::frame::PageBorders;
use super::props::Props;
use super::xml::{self, XmlEl};

/// A header or footer on the first page, on even pages, on all others.
#[derive(Debug, Clone, Default)]
pub(super) struct HeaderParts {
    pub(super) first: Option<String>,
    pub(super) even: Option<String>,
    pub(super) default: Option<String>,
}

/// A section of the document.
#[derive(Debug, Clone)]
pub(super) struct WordSection {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) header: f64,
    pub(super) footer: f64,
    pub(super) columns: usize,
    gap: f64,
    rule: bool,
    title_page: bool,
    /// `nextPage`, `continuous`, `evenPage`, `oddPage`.
    pub(super) kind: String,
    /// The parts of its headers and footers.
    pub(super) headers: HeaderParts,
    pub(super) footers: HeaderParts,
    start: Option<i64>,
    /// How its page numbers are written.
    pub(super) format: Option<String>,
    pub(super) borders: Props,
    /// Where its text stands on a page that it does not fill.
    pub(super) upright: Option<String>,
}

impl Default for WordSection {
    fn default() -> Self {
        // What Word takes where a document says nothing: letter paper.
        Self {
            width: 612.0,
            height: 792.0,
            top: 72.0,
            right: 72.0,
            bottom: 72.0,
            left: 72.0,
            header: 36.0,
            footer: 36.0,
            columns: 1,
            gap: 36.0,
            rule: false,
            title_page: false,
            kind: "nextPage".to_owned(),
            headers: HeaderParts::default(),
            footers: HeaderParts::default(),
            start: None,
            format: None,
            borders: Props::default(),
            upright: None,
        }
    }
}

impl WordSection {
    /// Reads a section. What it does not say of headers and footers is as in the one before.
    pub(super) fn read(
        el: XmlEl<'_>,
        before: Option<&Self>,
        part: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut section = Self::default();
        let length = |el: Option<XmlEl<'_>>, name: &str| {
            el.and_then(|el| xml::attr(el, name)).and_then(xml::twips)
        };
        let take = |place: &mut f64, of: &str, name: &str| {
            if let Some(found) = length(xml::child(el, of), name) {
                *place = found;
            }
        };
        take(&mut section.width, "pgSz", "w");
        take(&mut section.height, "pgSz", "h");
        take(&mut section.top, "pgMar", "top");
        take(&mut section.right, "pgMar", "right");
        take(&mut section.bottom, "pgMar", "bottom");
        take(&mut section.left, "pgMar", "left");
        take(&mut section.header, "pgMar", "header");
        take(&mut section.footer, "pgMar", "footer");
        take(&mut section.gap, "cols", "space");
        let mut gutter = 0.0;
        take(&mut gutter, "pgMar", "gutter");
        // Bound at the left, unless Word is told otherwise, which it seldom is.
        section.left += gutter;
        let columns = xml::child(el, "cols");
        let number = |name: &str| columns.and_then(|el| xml::attr(el, name));
        // Word offers no more than 45, and twenty already leave no room for a word.
        section.columns = number("num").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 20);
        section.rule = number("sep").is_some_and(xml::is_on);
        section.title_page = xml::on(el, "titlePg");
        section.kind = xml::val(el, "type").unwrap_or("nextPage").to_owned();
        let numbers = xml::child(el, "pgNumType");
        section.start = numbers.and_then(|el| xml::attr(el, "start")).and_then(|n| n.parse().ok());
        section.format = numbers.and_then(|el| xml::attr(el, "fmt")).map(str::to_owned);
        section.borders = Props::read(Some(el));
        section.upright = xml::val(el, "vAlign").filter(|place| *place != "top").map(str::to_owned);
        // Headers go on until another section names its own (17.10.1).
        if let Some(before) = before {
            section.headers = before.headers.clone();
            section.footers = before.footers.clone();
        }
        for (name, edges) in
            [("headerReference", &mut section.headers), ("footerReference", &mut section.footers)]
        {
            for reference in xml::children(el, name) {
                let found = xml::attr(reference, "id").and_then(&part);
                match xml::attr(reference, "type") {
                    Some("first") => edges.first = found,
                    Some("even") => edges.even = found,
                    _ => edges.default = found,
                }
            }
        }
        section
    }

    /// The width of the text, or of one column of it.
    pub(super) fn text_width(&self) -> f64 {
        let whole = (self.width - self.left - self.right).max(1.0);
        let columns = self.columns as f64;
        ((whole - self.gap * (columns - 1.0)) / columns).max(1.0)
    }

    /// Whether its pages can be those of another section, too.
    pub(super) fn same_pages(&self, other: &Self) -> bool {
        (self.width, self.height, self.top, self.right, self.bottom, self.left)
            == (other.width, other.height, other.top, other.right, other.bottom, other.left)
    }

    /// The `@page` rules for pages of a name. Headers and footers are running elements with the
    /// names that `element` gives; `frame` is the name of that of its borders.
    // Over 60 lines: a rule for each kind of page; they share their boxes.
    pub(super) fn rules(
        &self,
        name: Option<&str>,
        even_and_odd: bool,
        frame: Option<(&str, &PageBorders)>,
        element: impl Fn(&str) -> Option<String>,
    ) -> String {
        let mut css = String::new();
        let selector = |kind: &str| match (name, kind) {
            (None, "") => "@page".to_owned(),
            (name, kind) => format!("@page {}{kind}", name.unwrap_or_default()),
        };
        let page = format!(
            "size: {} {}; margin: {} {} {} {}",
            points(self.width),
            points(self.height),
            // Less than nothing says that headers do not push the text away.
            points(self.top.abs()),
            points(self.right),
            points(self.bottom.abs()),
            points(self.left)
        );
        let boxes = |header: &Option<String>, footer: &Option<String>| {
            let mut text = String::new();
            let mut set = |place: &str, edge: &str, part: &Option<String>, distance: f64| {
                let content = part.as_deref().and_then(&element);
                // A first page without a header has none, though the others do.
                let content = content.map_or("none".to_owned(), |name| format!("element({name})"));
                let align = if edge == "top" { "top" } else { "bottom" };
                let _ = write!(
                    text,
                    "\n  @{place} {{ content: {content}; width: 100%; vertical-align: {align}; \
                     margin-{edge}: {} }}",
                    points(distance)
                );
            };
            set("top-left", "top", header, self.header);
            set("bottom-left", "bottom", footer, self.footer);
            text
        };
        // The margin at the side is free for it: what stands there is placed by the text.
        let framed = |shows: bool| match frame {
            Some((name, _)) if shows => format!("\n  @left-top {{ content: element({name}) }}"),
            Some(_) => "\n  @left-top { content: none }".to_owned(),
            None => String::new(),
        };
        let own = boxes(&self.headers.default, &self.footers.default)
            + &framed(frame.is_some_and(|(_, borders)| borders.on_others));
        let _ = writeln!(css, "{} {{\n  {page};{own}\n}}", selector(""));
        if even_and_odd {
            let own = boxes(&self.headers.even, &self.footers.even);
            let _ = writeln!(css, "{} {{{own}\n}}", selector(":left"));
        }
        // Borders may be on the first page alone, or on all others.
        let other_frame = frame.filter(|(_, borders)| borders.on_first != borders.on_others);
        if self.title_page || self.start.is_some() || other_frame.is_some() {
            let mut own = match self.title_page {
                true => boxes(&self.headers.first, &self.footers.first),
                false => String::new(),
            };
            if let Some((_, borders)) = other_frame {
                own.push_str(&framed(borders.on_first));
            }
            if let Some(start) = self.start {
                // The page counts itself before it is shown.
                let _ = write!(own, "\n  counter-reset: page {}", start.saturating_sub(1));
            }
            let _ = writeln!(css, "{} {{{own}\n}}", selector(":first"));
        }
        css
    }

    /// The columns of the section's text.
    /// They are of one height where the text goes on below them.
    pub(super) fn columns_css(&self, balanced: bool) -> Option<String> {
        let rule = if self.rule { "; column-rule: 0.5pt solid black" } else { "" };
        (self.columns > 1).then(|| {
            let fill = if balanced { "balance" } else { "auto" };
            format!(
                "column-count: {}; column-gap: {}; column-fill: {fill}{rule}",
                self.columns,
                points(self.gap)
            )
        })
    }

    /// Whether its headers look as those of another section do.
    pub(super) fn same_edges(&self, other: &Self) -> bool {
        self.same_pages(other) && self.format == other.format && self.columns == other.columns
    }
}
