//! Lines of values in justified paragraphs: a line that ends with a break is not stretched.
//!
//! Word stretches it to the whole width unless the document says otherwise
//! (`w:doNotExpandShiftReturn`, ECMA-376 Part 1, 17.15.3.20): two words of an address would stand
//! at the two margins.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::super::tree::{self, WordElement};

const SETTING: &str = "w:doNotExpandShiftReturn";

/// Which styles justify, by their ids; the empty id is what holds without a style.
#[derive(Debug)]
pub(super) struct JustifiedStyles(BTreeMap<String, bool>);

impl JustifiedStyles {
    pub(super) fn read(package: &Package) -> Self {
        let part = package.related(package.main(), "styles").into_iter().next();
        let root = part.and_then(|part| tree::read(package.part(&part)?).ok());
        let Some(styles) = root.as_ref().and_then(|root| root.elements().next()) else {
            return Self(BTreeMap::new());
        };
        let defaults = styles.find("w:docDefaults").and_then(|el| el.find("w:pPrDefault"));
        let usual = defaults.and_then(aligned).unwrap_or(false);
        let all: Vec<&WordElement> = styles.elements().filter(|el| el.name == "w:style").collect();
        let named = |id: &str| all.iter().find(|el| el.get("w:styleId").as_deref() == Some(id));
        let justifies = |style: &WordElement| {
            let mut style = style;
            // No chain is longer than the styles are many.
            for _ in 0..all.len() {
                if let Some(aligned) = aligned(style) {
                    return aligned;
                }
                let base = style.find("w:basedOn").and_then(|base| base.get("w:val"));
                match base.and_then(|base| named(&base)) {
                    Some(base) => style = base,
                    None => break,
                }
            }
            usual
        };
        let is_default = |el: &WordElement| {
            el.get("w:default").is_some() && el.get("w:type").as_deref() == Some("paragraph")
        };
        let plain = all.iter().find(|el| is_default(el)).map_or(usual, |el| justifies(el));
        let of = |el: &&WordElement| Some((el.get("w:styleId")?, justifies(el)));
        let styles = all.iter().filter_map(of);
        Self(styles.chain([(String::new(), plain)]).collect())
    }

    /// Whether a paragraph with these properties is justified.
    pub(super) fn justifies(&self, properties: &str) -> bool {
        let value = |name: &str| {
            let (_, rest) = properties.split_once(&format!("<{name} w:val=\""))?;
            rest.split('"').next()
        };
        match value("w:jc") {
            Some(align) => is_justified(align),
            None => {
                let style = value("w:pStyle").unwrap_or_default();
                let known = self.0.get(style).or_else(|| self.0.get(""));
                known.copied().unwrap_or(false)
            }
        }
    }
}

fn is_justified(align: &str) -> bool {
    matches!(align, "both" | "distribute" | "lowKashida" | "mediumKashida" | "highKashida")
}

/// Whether the properties in an element justify; nothing if they do not say it.
fn aligned(el: &WordElement) -> Option<bool> {
    el.find("w:pPr")?.find("w:jc")?.get("w:val").map(|align| is_justified(&align))
}

/// Lets lines that end with a break be as wide as their words in the whole document.
pub(super) fn keep_lines(package: &mut Package) {
    let main = package.main().to_owned();
    let Some(part) = package.related(&main, "settings").into_iter().next() else { return };
    let text = String::from_utf8_lossy(package.part(&part).unwrap_or_default()).into_owned();
    if let Some(changed) = with_setting(&text) {
        package.put(&part, changed.into_bytes());
    }
}

/// The settings with the one for lines, where the schema has it; nothing if they have it already.
fn with_setting(settings: &str) -> Option<String> {
    /// What stands before it among the settings of compatibility.
    const BEFORE: [&str; 10] = [
        "w:useSingleBorderforContiguousCells",
        "w:wpJustification",
        "w:noTabHangInd",
        "w:noLeading",
        "w:spaceForUL",
        "w:noColumnBalance",
        "w:balanceSingleByteDoubleByteWidth",
        "w:noExtraLineSpacing",
        "w:doNotLeaveBackslashAlone",
        "w:ulTrailSpace",
    ];
    /// What stands behind these among all settings.
    const BEHIND: [&str; 12] = [
        "<w:docVars",
        "<w:rsids",
        "<m:mathPr",
        "<w:attachedSchema",
        "<w:themeFontLang",
        "<w:clrSchemeMapping",
        "<w:doNotIncludeSubdocsInStats",
        "<w:shapeDefaults",
        "<w:doNotEmbedSmartTags",
        "<w:decimalSymbol",
        "<w:listSeparator",
        "</w:settings>",
    ];
    if settings.contains(SETTING) {
        return None;
    }
    let (at, put) = match settings.find("<w:compat>").map(|at| at + "<w:compat>".len()) {
        Some(start) => {
            let end = start + settings[start..].find("</w:compat>")?;
            let last = BEFORE.iter().filter_map(|name| settings[start..end].rfind(name)).max();
            let at =
                last.and_then(|last| Some(start + last + settings[start + last..].find('>')? + 1));
            (at.unwrap_or(start), format!("<{SETTING}/>"))
        }
        None => {
            let at = BEHIND.iter().filter_map(|name| settings.find(name)).min()?;
            (at, format!("<w:compat><{SETTING}/></w:compat>"))
        }
    };
    Some(format!("{}{put}{}", &settings[..at], &settings[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_stands_where_the_schema_has_it() {
        for (settings, expected) in [
            (
                "<w:settings><w:compat><w:ulTrailSpace/><w:compatSetting w:val=\"15\"/></w:compat>\
                 </w:settings>",
                Some(
                    "<w:settings><w:compat><w:ulTrailSpace/><w:doNotExpandShiftReturn/>\
                     <w:compatSetting w:val=\"15\"/></w:compat></w:settings>",
                ),
            ),
            (
                "<w:settings><w:zoom/><w:rsids/></w:settings>",
                Some(
                    "<w:settings><w:zoom/><w:compat><w:doNotExpandShiftReturn/></w:compat>\
                     <w:rsids/></w:settings>",
                ),
            ),
            ("<w:settings><w:compat><w:doNotExpandShiftReturn/></w:compat></w:settings>", None),
        ] {
            assert_eq!(with_setting(settings).as_deref(), expected);
        }
    }
}
