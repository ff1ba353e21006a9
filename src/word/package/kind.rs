//! What a file is: a DOCX by its content types, or what it is instead.

use quick_xml::events::{BytesStart, Event};

use super::{Package, TYPES};
use crate::diag::{Diagnostic, Message, say};

/// The beginning of a file in Microsoft's old compound format (MS-CFB, 2.2).
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The fault of a DOCX that is damaged.
pub(in crate::word) fn broken(why: Message) -> Diagnostic {
    Diagnostic::error("word-broken", say!("the DOCX is damaged: {why}", why))
        .hint(say!("open it in Word, let Word mend it, and save it again"))
}

/// The fault of a DOCX with a password.
pub(super) fn encrypted() -> Diagnostic {
    Diagnostic::error("word-encrypted", say!("the file is protected by a password")).hint(say!(
        "open it in Word and take the password away: File → Info → Protect Document → Encrypt"
    ))
}

fn not_docx(what: Message) -> Diagnostic {
    Diagnostic::error("word-not-docx", say!("this is not a DOCX: it is {what}", what))
        .hint(say!("open it in a word processor and save it as «Word document (*.docx)»"))
}

/// The fault of bytes that are no ZIP archive.
pub(super) fn not_an_archive(bytes: &[u8], why: &str) -> Diagnostic {
    if bytes.starts_with(COMPOUND) {
        // An encrypted DOCX is a compound file with this stream (MS-OFFCRYPTO, 2.3.4.4), whose
        // name stands there in UTF-16.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(name.len()).any(|window| window == name) {
            return encrypted();
        }
        return Diagnostic::error("word-old", say!("the file is in the old format of Word, .doc"))
            .hint(say!("open it in a word processor and save it as «Word document (*.docx)»"));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    match head {
        "" => not_docx(say!("an empty file")),
        _ if head.starts_with("{\\rtf") => not_docx(say!("an RTF file")),
        _ if head.starts_with("%pdf") => not_docx(say!("a PDF")),
        _ if head.starts_with("<?xml") && head.contains("word.document") => {
            not_docx(say!("an XML document of Word"))
        }
        _ if head.starts_with("<!doctype html") || head.starts_with("<html") => {
            not_docx(say!("a page of the web"))
        }
        // It begins as an archive: its end is lost, as when it was not copied whole.
        _ if bytes.starts_with(b"PK") => broken(Message::verbatim(why.to_owned())),
        _ => not_docx(say!("a file of another kind")),
    }
}

/// The name of the main part: that of the package's `officeDocument` relationship.
pub(super) fn main_part(package: &Package) -> Result<String, Diagnostic> {
    if let Some(kind) = package.part("mimetype") {
        let opendocument = kind.starts_with(b"application/vnd.oasis.opendocument");
        return Err(not_docx(match opendocument {
            true => say!("a document of OpenDocument"),
            false => say!("a file of another kind"),
        }));
    }
    if package.part(TYPES).is_none() {
        return Err(not_docx(say!("a ZIP archive of other files")));
    }
    let main = package.related("", "officeDocument").into_iter().next();
    let main = main.ok_or_else(|| broken(say!("it does not say where its text is")))?;
    if package.part(&main).is_none() {
        return Err(broken(say!("it has no part `{main}`", main)));
    }
    // Some programs give no type; the part itself will say whether it is a document.
    let kind = package.content_type(&main).unwrap_or_default().to_ascii_lowercase();
    if kind.contains("macroenabled") || has_macros(package, &main) {
        return Err(Diagnostic::error("word-macros", say!("the file holds macros")).hint(say!(
            "save it as «Word document (*.docx)», which holds none: macros are never run here"
        )));
    }
    match () {
        () if kind.contains("spreadsheetml") => Err(not_docx(say!("a workbook of Excel"))),
        () if kind.contains("presentationml") => Err(not_docx(say!("a presentation"))),
        () => Ok(main),
    }
}

fn has_macros(package: &Package, main: &str) -> bool {
    !package.related(main, "vbaProject").is_empty()
}

/// The content type that `[Content_Types].xml` gives a part (Part 2, 7.2.3).
pub(super) fn content_type(types: &[u8], part: &str) -> Option<String> {
    let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (mut own, mut default) = (None, None);
    each_type(types, |is_own, of, kind| {
        if is_own && of.trim_start_matches('/').eq_ignore_ascii_case(part) {
            own = Some(kind.to_owned());
        } else if !is_own && of.eq_ignore_ascii_case(ending) {
            default = Some(kind.to_owned());
        }
    });
    own.or(default)
}

/// Shows each entry: whether it is of one part, of what, and the type.
fn each_type(types: &[u8], mut show: impl FnMut(bool, &str, &str)) {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(types).unwrap_or_default());
    loop {
        let event = reader.read_event();
        let (Ok(Event::Empty(start)) | Ok(Event::Start(start))) = &event else {
            if matches!(event, Err(_) | Ok(Event::Eof)) {
                return;
            }
            continue;
        };
        let local = start.local_name();
        let own = local.as_ref() == "Override";
        let of = attribute(start, if own { "PartName" } else { "Extension" });
        if let (Some(of), Some(kind)) = (of, attribute(start, "ContentType")) {
            show(own, &of, &kind);
        }
    }
}

/// The value of an attribute.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// `[Content_Types].xml` that gives a part this type.
pub(super) fn with_type(types: &[u8], part: &str, kind: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(types);
    let own = format!("PartName=\"/{part}\"");
    // The entry that says something else is put right where it stands.
    let text = match text.find(&own) {
        Some(at) => {
            let start = text[..at].rfind('<').unwrap_or(at);
            let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
            format!("{}{}", &text[..start], &text[end..])
        }
        None => text.into_owned(),
    };
    // Entries carry the prefix of the root, which is nearly always none.
    let close = text.rfind("</").unwrap_or(text.len());
    let prefix = text[close..].trim_start_matches("</").split_once(':').map_or("", |(p, _)| p);
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
    let entry = format!("<{prefix}Override {own} ContentType=\"{kind}\"/>");
    format!("{}{entry}{}", &text[..close], &text[close..]).into_bytes()
}
