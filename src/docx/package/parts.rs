//! The parts that are nearly the same in all documents, written whole: settings, theme, properties.
//!
//! docx-rs writes such parts, too, but with moments of the clock and without what makes Word lay
//! out a document as its author's (compatibility mode, hyphenation, faces of the theme).

use super::words::{A, W};
use super::xml::{El, is_xml_char};
use crate::boxes::Meta;

/// What the settings of a document depend on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Settings {
    /// Whether faces go with the document.
    pub(crate) embeds_faces: bool,
    pub(crate) hyphenate: bool,
    /// Whether left and right pages have headers of their own.
    pub(crate) even_and_odd: bool,
    pub(crate) footnotes: bool,
    pub(crate) lang: String,
}

/// The faces of the theme: changed in Word, they change all text that has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ThemeFaces {
    pub(crate) headings: String,
    pub(crate) text: String,
}

/// `word/settings.xml`: compatibility mode 15, hyphenation, the language of the theme's fonts.
// Over 60 lines: the settings stand in the order of the schema, each with its reason.
pub(crate) fn settings(of: &Settings) -> El {
    let mut settings = El::new("w:settings").with("xmlns:w", W);
    settings.push(El::new("w:zoom").with("w:percent", 100));
    if of.embeds_faces {
        settings.push(El::new("w:embedTrueTypeFonts"));
    }
    // CSS draws a page's border around its text area.
    settings.push(El::new("w:bordersDoNotSurroundHeader"));
    settings.push(El::new("w:bordersDoNotSurroundFooter"));
    // 12.5 mm, as in a Russian Word.
    settings.push(El::val("w:defaultTabStop", 708));
    if of.hyphenate {
        settings.push(El::new("w:autoHyphenation"));
        // Not more than three hyphens one below the other; a zone of 6.3 mm, Word's own.
        settings.push(El::val("w:consecutiveHyphenLimit", 3));
        settings.push(El::val("w:hyphenationZone", 357));
        settings.push(El::new("w:doNotHyphenateCaps"));
    }
    if of.even_and_odd {
        settings.push(El::new("w:evenAndOddHeaders"));
    }
    settings.push(El::val("w:characterSpacingControl", "doNotCompress"));
    if of.footnotes {
        // The settings name the notes that are separators; their content stands among the notes.
        let separators = [-1, 0].map(|id| El::new("w:footnote").with("w:id", id));
        settings.push(El::new("w:footnotePr").children(separators));
    }
    settings.push(compatibility());
    settings.push(El::val("w:themeFontLang", &of.lang));
    settings.push(color_mapping());
    // For fields that compute, such as sums in tables: «1,5» is a number, and «;» parts
    // arguments.
    settings.push(El::val("w:decimalSymbol", ","));
    settings.push(El::val("w:listSeparator", ";"));
    settings
}

/// Which Word's layout the document is for.
fn compatibility() -> El {
    // Without the first, Word stretches a justified line that ends in a line break.
    let mut compat = El::new("w:compat").child(El::new("w:doNotExpandShiftReturn"));
    for (name, value) in [
        // Below 15 Word opens the file «in compatibility mode», with the layout of an older
        // Word.
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    ] {
        let setting = El::new("w:compatSetting").with("w:name", name);
        compat.push(
            setting.with("w:uri", "http://schemas.microsoft.com/office/word").with("w:val", value),
        );
    }
    compat
}

/// Which colours of the theme are meant by those that Word's dialogs show.
fn color_mapping() -> El {
    let mut colors = El::new("w:clrSchemeMapping");
    for (name, value) in [("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2")] {
        colors.set(format!("w:{name}"), value);
    }
    for name in [
        "accent1",
        "accent2",
        "accent3",
        "accent4",
        "accent5",
        "accent6",
        "hyperlink",
        "followedHyperlink",
    ] {
        colors.set(format!("w:{name}"), name);
    }
    colors
}

/// `docProps/core.xml` (ECMA-376 Part 2, clause 11). The date comes from the data, so the file is
/// the same on every run.
pub(crate) fn core(meta: &Meta, lang: &str) -> El {
    let mut core = El::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    for (name, value) in [
        ("dc:title", &meta.title),
        ("dc:subject", &meta.subject),
        ("dc:creator", &meta.author),
        ("cp:keywords", &meta.keywords),
        ("cp:lastModifiedBy", &meta.author),
    ] {
        if let Some(value) = value {
            core.push(
                El::new(name).text(value.chars().filter(|c| is_xml_char(*c)).collect::<String>()),
            );
        }
    }
    core.push(El::new("cp:revision").text("1"));
    // The time of day is not known; an invalid date would make the part invalid.
    if let Some(date) = meta.date.as_deref().filter(|date| is_date(date)) {
        for name in ["dcterms:created", "dcterms:modified"] {
            core.push(
                El::new(name).with("xsi:type", "dcterms:W3CDTF").text(format!("{date}T00:00:00Z")),
            );
        }
    }
    core.push(El::new("dc:language").text(lang));
    core.push(El::new("dc:identifier").text(super::zip::NO_DIGEST));
    core
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| {
        parts.get(at).filter(|p| p.len() == digits).and_then(|p| p.parse::<u32>().ok())
    };
    let (year, month, day) = (number(0, 4), number(1, 2), number(2, 2));
    parts.len() == 3
        && year.is_some()
        && month.is_some_and(|m| (1..=12).contains(&m))
        && day.is_some_and(|d| (1..=31).contains(&d))
}

/// `docProps/app.xml`.
pub(crate) fn app() -> El {
    El::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(El::new("Application").text("itog"))
        // The form `XX.YYYY` is asked for, or the file does not conform (22.2.2.3).
        .child(El::new("AppVersion").text("1.0000"))
}

/// `docProps/custom.xml` (ECMA-376 Part 1, 22.3): names with texts, which fields can show.
pub(crate) fn custom(properties: &[(&str, &str)]) -> El {
    let mut all = El::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")
        .with("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes");
    for (at, (name, value)) in properties.iter().enumerate() {
        let text: String = value.chars().filter(|c| is_xml_char(*c)).collect();
        // The first two numbers are Word's own.
        let property = El::new("property")
            .with("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
            .with("pid", at + 2);
        all.push(property.with("name", name.to_string()).child(El::new("vt:lpwstr").text(text)));
    }
    all
}

/// `word/theme/theme1.xml`: black on white, the faces of headings and text; Word asks for all of it
/// (ECMA-376 Part 1, 20.1.6.9).
pub(crate) fn theme(faces: &ThemeFaces) -> El {
    let rgb = |value: &'static str| El::new("a:srgbClr").with("val", value);
    let mut colors = El::new("a:clrScheme").with("name", "itog");
    for (name, value) in [
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "44546A"),
        ("lt2", "E7E6E6"),
        ("accent1", "1F4E79"),
        ("accent2", "7A1F2B"),
        ("accent3", "2F4A3A"),
        ("accent4", "8A5A00"),
        ("accent5", "22577A"),
        ("accent6", "595959"),
        // Word's own colours of links.
        ("hlink", "0563C1"),
        ("folHlink", "954F72"),
    ] {
        colors.push(El::new(format!("a:{name}")).child(rgb(value)));
    }
    // The same face for all scripts: quotation marks and № are ambiguous.
    let face = |name: &'static str, face: &str| {
        El::new(name).children(
            ["a:latin", "a:ea", "a:cs"]
                .map(|script| El::new(script).with("typeface", face.to_owned())),
        )
    };
    let fonts = El::new("a:fontScheme")
        .with("name", "itog")
        .child(face("a:majorFont", &faces.headings))
        .child(face("a:minorFont", &faces.text));
    let solid = || El::new("a:solidFill").child(El::new("a:schemeClr").with("val", "phClr"));
    let line = |width: u32| El::new("a:ln").with("w", width).child(solid());
    let effect = || El::new("a:effectStyle").child(El::new("a:effectLst"));
    let formats = El::new("a:fmtScheme")
        .with("name", "itog")
        // The schema wants three of each at least, though the document uses none.
        .child(El::new("a:fillStyleLst").children([solid(), solid(), solid()]))
        // Half a point, one, and one and a half, in EMU.
        .child(El::new("a:lnStyleLst").children([line(6350), line(12700), line(19050)]))
        .child(El::new("a:effectStyleLst").children([effect(), effect(), effect()]))
        .child(El::new("a:bgFillStyleLst").children([solid(), solid(), solid()]));
    El::new("a:theme")
        .with("xmlns:a", A)
        .with("name", "itog")
        .child(El::new("a:themeElements").child(colors).child(fonts).child(formats))
}
