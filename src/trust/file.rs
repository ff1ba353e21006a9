//! The signed text of a finished file: its keywords.
//!
//! Where `verify` looks when it is given a PDF or a DOCX.

use std::io::{Cursor, Read};

/// The largest part of a DOCX that is looked at.
const MOST: u64 = 1 << 20;

/// The signed text that a PDF or DOCX carries among its keywords, if it carries one.
#[must_use]
pub fn text_of(file: &[u8]) -> Option<String> {
    let keywords =
        if file.starts_with(b"%PDF") { crate::pdf::keywords(file)? } else { docx_keywords(file)? };
    let start = keywords.find("ITOG1|")?;
    Some(keywords[start..].trim().to_owned())
}

fn docx_keywords(file: &[u8]) -> Option<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(file)).ok()?;
    let mut core = String::new();
    // A stranger's archive may unfold to any size.
    package.by_name("docProps/core.xml").ok()?.take(MOST).read_to_string(&mut core).ok()?;
    let (_, rest) = core.split_once("<cp:keywords>")?;
    let (text, _) = rest.split_once("</cp:keywords>")?;
    // `&amp;` last, or a text that says «&lt;» would come out as «<».
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    Some(plain.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c)))
}
