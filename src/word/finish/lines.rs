//! Lines of values in justified paragraphs: a line that ends with a break is not stretched.
//!
//! Word stretches it to the whole width unless the document says otherwise
//! (`w:doNotExpandShiftReturn`, ECMA-376 Part 1, 17.15.3.20): two words of an address would stand
//! at the two margins.

use super::super::package::Package;
use super::super::read::WordStyles;

const SETTING: &str = "w:doNotExpandShiftReturn";

/// Which paragraphs are justified, by themselves or by their styles.
#[derive(Debug)]
pub(super) struct JustifiedStyles(WordStyles);

impl JustifiedStyles {
    pub(super) fn read(package: &Package) -> Self {
        let part = package.related(package.main(), "styles").into_iter().next();
        let styles = part.and_then(|part| WordStyles::read(&part, package.part(&part)?).ok());
        Self(styles.unwrap_or_default())
    }

    /// Whether a paragraph with these properties is justified.
    pub(super) fn justifies(&self, properties: &str) -> bool {
        let value = |name: &str| {
            let (_, rest) = properties.split_once(&format!("<{name} w:val=\""))?;
            rest.split('"').next()
        };
        let styled = || {
            let style = value("w:pStyle").and_then(|id| self.0.get(id));
            let usual = || self.0.get(self.0.default_of("paragraph")?);
            let own = style.or_else(usual).and_then(|style| style.paragraph.get("jc"));
            own.or_else(|| self.0.paragraph.get("jc"))
        };
        value("w:jc").or_else(styled).is_some_and(is_justified)
    }
}

fn is_justified(align: &str) -> bool {
    matches!(align, "both" | "distribute" | "lowKashida" | "mediumKashida" | "highKashida")
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
