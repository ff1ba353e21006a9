//! Faces that lie in the file («Внедрить шрифты в файл»).
//!
//! Read once for a template, and added to the book of its design.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use super::css::quoted;
use super::xml;
use crate::diag::Diagnostic;
use crate::word::package::Package;

/// How many bytes of a font are disguised (ECMA-376 Part 1, 17.8.1).
const DISGUISED: usize = 32;

/// A face in the file.
#[derive(Debug, Clone)]
pub(crate) struct WordFont {
    /// The name by which the stylesheet knows the file.
    pub(crate) file: String,
    family: String,
    bold: bool,
    italic: bool,
    bytes: Arc<[u8]>,
    key: [u8; 16],
}

impl WordFont {
    /// The faces of those families, as far as they are whole: with letters of the blank alone no
    /// other name can be set.
    pub(super) fn all(
        package: &Package,
        used: &BTreeSet<String>,
        subset: bool,
    ) -> Result<Vec<Self>, Diagnostic> {
        let mut found = Vec::new();
        let table = package.related(package.main(), "fontTable").into_iter().next();
        let Some((part, bytes)) = super::bytes_of(package, table).filter(|_| !subset) else {
            return Ok(found);
        };
        let document = xml::parse(&part, bytes)?;
        let relations = package.relations(&part);
        for font in xml::children(document.root_element(), "font") {
            let family = xml::attr(font, "name").unwrap_or_default();
            if !used.contains(family) {
                continue;
            }
            for (kind, bold, italic) in [
                ("embedRegular", false, false),
                ("embedBold", true, false),
                ("embedItalic", false, true),
                ("embedBoldItalic", true, true),
            ] {
                let Some(el) = xml::child(font, kind) else { continue };
                let id = xml::attr(el, "id").unwrap_or_default();
                let file = relations.iter().find(|target| target.id == id);
                let bytes = file.and_then(|target| package.shared(&target.target));
                let key = xml::attr(el, "fontKey").and_then(key);
                if let (Some(bytes), Some(key)) = (bytes, key) {
                    let file = format!("font-{}.ttf", found.len() + 1);
                    let family = family.to_owned();
                    found.push(Self { file, family, bold, italic, bytes, key });
                }
            }
        }
        Ok(found)
    }

    /// The rule that declares the face.
    pub(super) fn rule(&self) -> String {
        let mut css = String::new();
        let _ = writeln!(
            css,
            "@font-face {{ font-family: {}; font-weight: {}; font-style: {}; src: url({}) }}",
            quoted(&self.family),
            if self.bold { "bold" } else { "normal" },
            if self.italic { "italic" } else { "normal" },
            self.file
        );
        css
    }

    /// The font file as it was before it was disguised.
    pub(crate) fn plain(&self) -> Vec<u8> {
        let mut plain = self.bytes.to_vec();
        for (at, byte) in plain.iter_mut().take(DISGUISED).enumerate() {
            *byte ^= self.key[at % self.key.len()];
        }
        plain
    }
}

/// The bytes of a key such as `{302EE813-EB4A-4642-A93A-89EF99B2457E}`, from its end.
fn key(text: &str) -> Option<[u8; 16]> {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    let number = u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32)?;
    Some(number.to_le_bytes())
}
