//! The theme: faces and colours that styles ask for by their part in it.

use std::collections::BTreeMap;

use super::xml;
use crate::diag::Diagnostic;

/// Faces and colours of a theme (ECMA-376 Part 1, 20.1.6).
#[derive(Debug, Clone, Default)]
pub(super) struct Theme {
    major: Option<String>,
    minor: Option<String>,
    colors: BTreeMap<String, String>,
}

impl Theme {
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let document = xml::parse(name, bytes)?;
        let root = document.root_element();
        let face = |which: &str| {
            let latin = xml::within(root, which).and_then(|font| xml::child(font, "latin"));
            latin.and_then(|font| xml::attr(font, "typeface")).map(str::to_owned)
        };
        let mut theme = Self {
            major: face("majorFont").filter(|face| !face.is_empty()),
            minor: face("minorFont").filter(|face| !face.is_empty()),
            colors: BTreeMap::new(),
        };
        let scheme = xml::within(root, "clrScheme");
        for slot in scheme.into_iter().flat_map(|el| el.children()).filter(|el| el.is_element()) {
            let color = slot.children().find(|el| el.is_element()).and_then(|color| {
                // A colour of the system carries the value that it had when the file was saved.
                xml::attr(color, "lastClr").or_else(|| xml::attr(color, "val"))
            });
            if let Some(color) = color {
                theme.colors.insert(xml::name(slot).to_owned(), color.to_owned());
            }
        }
        Ok(theme)
    }

    /// The face for a value such as `minorHAnsi`.
    pub(super) fn face(&self, slot: &str) -> Option<&str> {
        if slot.starts_with("major") { self.major.as_deref() } else { self.minor.as_deref() }
    }

    /// The colour of a slot, by the names of WordprocessingML and of DrawingML.
    pub(super) fn color(&self, slot: &str) -> Option<&str> {
        let slot = match slot {
            "text1" | "tx1" | "dark1" => "dk1",
            "text2" | "tx2" | "dark2" => "dk2",
            "background1" | "bg1" | "light1" => "lt1",
            "background2" | "bg2" | "light2" => "lt2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            other => other,
        };
        self.colors.get(slot).map(String::as_str)
    }
}

/// A colour, made lighter or darker by the shares that Word gives in hexadecimal (17.3.2.6).
pub(super) fn shaded(color: &str, tint: Option<&str>, shade: Option<&str>) -> String {
    let share = |text: Option<&str>| {
        text.and_then(|text| u8::from_str_radix(text, 16).ok())
            .map(|share| f64::from(share) / 255.0)
    };
    let Ok(rgb) = u32::from_str_radix(color, 16) else { return color.to_owned() };
    let parts = [rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255].map(f64::from);
    let parts = match (share(tint), share(shade)) {
        (Some(tint), _) => parts.map(|part| part * tint + 255.0 * (1.0 - tint)),
        (None, Some(shade)) => parts.map(|part| part * shade),
        (None, None) => parts,
    };
    let [red, green, blue] = parts.map(|part| part.round().clamp(0.0, 255.0) as u8);
    format!("{red:02X}{green:02X}{blue:02X}")
}
