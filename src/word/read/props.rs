//! Properties of paragraphs, runs, tables and cells, and how one set lies over another.

use std::collections::BTreeMap;

use super::xml::{self, XmlEl};

/// Elements that replace what was inherited with all their attributes.
const WHOLE: [&str; 5] = ["color.", "shd.", "u.", "bdr.", "tblW."];
/// Attributes of which one takes the place of the other.
const RIVALS: [(&str, &str); 8] = [
    ("rFonts.ascii", "rFonts.asciiTheme"),
    ("rFonts.hAnsi", "rFonts.hAnsiTheme"),
    ("rFonts.cs", "rFonts.cstheme"),
    ("rFonts.eastAsia", "rFonts.eastAsiaTheme"),
    ("ind.firstLine", "ind.hanging"),
    ("ind.hanging", "ind.firstLine"),
    ("spacing.before", "spacing.beforeLines"),
    ("spacing.after", "spacing.afterLines"),
];
/// Properties that are switched by styles: two yeses are a no (ECMA-376 Part 1, 17.7.3).
const TOGGLES: [&str; 10] =
    ["b", "i", "caps", "smallCaps", "strike", "vanish", "emboss", "imprint", "outline", "shadow"];

/// Properties by the names of their elements and attributes: `sz`, `spacing.before`,
/// `pBdr.top.sz`. The attribute `val` is the element's own value.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::word) struct Props(BTreeMap<String, String>);

impl Props {
    /// Those of an element such as `w:pPr`.
    pub(super) fn read(el: Option<XmlEl<'_>>) -> Self {
        let mut props = Self::default();
        for child in el.into_iter().flat_map(|el| el.children()).filter(|el| el.is_element()) {
            match xml::name(child) {
                // The mark's properties, a section's end and what was before a change are not the
                // paragraph's.
                "rPr" | "sectPr" | "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" => {}
                "tabs" => props.tabs(child),
                name => props.element(name, child, 0),
            }
        }
        props
    }

    fn element(&mut self, name: &str, el: XmlEl<'_>, depth: usize) {
        let mut bare = true;
        for attribute in el.attributes() {
            bare = false;
            // The strict format names sides by the direction of reading.
            let attribute_name = match (name, attribute.name()) {
                ("ind", "start") => "left",
                ("ind", "end") => "right",
                (_, other) => other,
            };
            let key = match attribute_name {
                "val" => name.to_owned(),
                other => format!("{name}.{other}"),
            };
            self.0.insert(key, attribute.value().to_owned());
        }
        let inner = el.children().filter(|el| el.is_element() && depth < 2);
        for child in inner {
            bare = false;
            let side = match xml::name(child) {
                "start" => "left",
                "end" => "right",
                other => other,
            };
            self.element(&format!("{name}.{side}"), child, depth + 1);
        }
        if bare {
            self.0.insert(name.to_owned(), "1".to_owned());
        }
    }

    fn tabs(&mut self, el: XmlEl<'_>) {
        for tab in xml::children(el, "tab") {
            let Some(at) = xml::attr(tab, "pos").and_then(xml::twips) else { continue };
            let kind = xml::attr(tab, "val").unwrap_or("left");
            let leader = xml::attr(tab, "leader").unwrap_or("none");
            self.0.insert(format!("tab.{at}"), format!("{kind} {leader}"));
        }
    }

    /// Lays others over these.
    pub(super) fn over(&mut self, others: &Self) {
        for whole in WHOLE {
            if others.0.keys().any(|key| key.starts_with(whole) || *key == whole[..whole.len() - 1])
            {
                let bare = &whole[..whole.len() - 1];
                self.0.retain(|key, _| !key.starts_with(whole) && key != bare);
            }
        }
        for (new, old) in RIVALS {
            if others.0.contains_key(new) && !others.0.contains_key(old) {
                self.0.remove(old);
            }
        }
        self.0.extend(others.0.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    /// Lays the properties of another level of styles over these: what both switch on is off.
    pub(super) fn over_style(&mut self, others: &Self) {
        let both: Vec<&str> =
            TOGGLES.into_iter().filter(|key| self.is_on(key) && others.is_on(key)).collect();
        self.over(others);
        for key in both {
            self.0.insert(key.to_owned(), "0".to_owned());
        }
    }

    pub(in crate::word) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    pub(super) fn set(&mut self, key: &str, value: impl Into<String>) {
        self.0.insert(key.to_owned(), value.into());
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Whether anything is said of an element whose name begins like this.
    pub(super) fn has_any(&self, prefix: &str) -> bool {
        self.0.range(prefix.to_owned()..).next().is_some_and(|(key, _)| key.starts_with(prefix))
    }

    pub(super) fn is_on(&self, key: &str) -> bool {
        self.get(key).is_some_and(xml::is_on)
    }

    /// A length in points.
    pub(super) fn twips(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(xml::twips)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.trim_end_matches('%').parse().ok()
    }

    /// Places, kinds and leaders of the tab stops, in points from the edge of the text.
    pub(super) fn tab_stops(&self) -> Vec<(f64, &str, &str)> {
        let mut stops: Vec<(f64, &str, &str)> = self
            .0
            .range("tab.".to_owned()..)
            .take_while(|(key, _)| key.starts_with("tab."))
            .filter_map(|(key, value)| {
                let (kind, leader) = value.split_once(' ')?;
                Some((key["tab.".len()..].parse().ok()?, kind, leader))
            })
            .filter(|(_, kind, _)| *kind != "clear" && *kind != "bar")
            .collect();
        stops.sort_by(|a, b| a.0.total_cmp(&b.0));
        stops
    }
}
