//! The data that a document was made from, inside the file (ISO 19005-3, 6.8): in and out again.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::deflate::Deflater;
use super::object::{link, name, text};
use super::reader::{self, PdfObject};
use super::xmp::Moment;
use crate::diag::{Diagnostic, Message, say};

/// The largest attachment that is given back, in bytes: what a file may have when it is read.
const MAX_SIZE: usize = 64 << 20;

/// A file inside a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedFile {
    /// Its name, without folders.
    pub name: String,
    /// Its media type, such as `application/yaml`.
    pub mime: String,
    /// Its bytes.
    pub data: Vec<u8>,
    /// What it is, in a few words for the reader of the document.
    pub description: String,
}

impl EmbeddedFile {
    /// The data that a document was made from: the name of their file, which tells the media type,
    /// and their bytes.
    pub fn source(name: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        let name = name.into();
        let mime = match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("json") => "application/json",
            Some("toml") => "application/toml",
            _ => "application/yaml",
        };
        let description = "Исходные данные документа".to_owned();
        Self { name, mime: mime.to_owned(), data: data.into(), description }
    }
}

/// Writes an attachment as the source of the whole document.
pub(super) fn write(
    document: &mut Document,
    catalog: &mut Dictionary,
    attachment: &EmbeddedFile,
    moment: Option<&Moment>,
    deflater: &mut Deflater,
) {
    let mut parameters = dictionary! { "Size" => attachment.data.len() as i64 };
    if let Some(moment) = moment {
        parameters.set("ModDate", text(&moment.pdf));
    }
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        // PDF/A-3 asks for the type (ISO 19005-3, 6.8).
        "Subtype" => name(&attachment.mime),
        "Params" => parameters,
        // Set by hand, for `exact` deflates always: the bytes must come out as they went in.
        "Filter" => "FlateDecode",
    };
    let file = document.add_object(Stream::new(dict, deflater.exact(&attachment.data)));
    // It asks for both names, the kind of relation and an entry among the associated files, too.
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => text(&attachment.name),
        "UF" => text(&attachment.name),
        "Desc" => text(&attachment.description),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => link(file), "UF" => link(file) },
    });
    catalog.set("AF", Object::Array(vec![link(specification)]));
    // Viewers list attachments by this tree (ISO 32000-1, 7.11.4).
    let names = Object::Array(vec![text(&attachment.name), link(specification)]);
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
}

/// The keywords of a file, looked for as [`extract`] looks.
pub(crate) fn keywords(bytes: &[u8]) -> Option<String> {
    let objects = reader::objects(bytes);
    if let Some(found) = objects.values().find_map(|value| value.get("Keywords")) {
        return objects.resolve(found).text();
    }
    // PDF 2.0 has them in its metadata stream alone.
    let metadata = objects
        .values()
        .find(|value| value.get("Type").and_then(PdfObject::name) == Some("Metadata"))?;
    let packet = String::from_utf8(objects.data(metadata, MAX_SIZE)?).ok()?;
    let (_, rest) = packet.split_once("<pdf:Keywords>")?;
    let (words, _) = rest.split_once("</pdf:Keywords>")?;
    Some(words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// The data that a file was made from: the first file that it carries.
///
/// Any PDF may be given. It is looked through for embedded files without following its
/// cross-reference table, within limits on sizes and depths.
///
/// # Errors
/// `pdf-read` if it is not a PDF, `pdf-encrypted`, `pdf-no-data` if it carries no file,
/// `pdf-attachment` if the file in it is damaged or too large.
pub fn extract(bytes: &[u8]) -> Result<EmbeddedFile, Diagnostic> {
    if !bytes
        // Readers accept the header within the first 1024 bytes.
        .get(..bytes.len().min(1024))
        .is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-"))
    {
        return Err(Diagnostic::error("pdf-read", say!("this is not a PDF file")));
    }
    let objects = reader::objects(bytes);
    // Without the key all strings are noise, and «no data» would be a lie.
    if objects.encrypted {
        return Err(Diagnostic::error("pdf-encrypted", say!("the PDF file is encrypted"))
            .hint(say!("decrypt it first")));
    }
    let files = objects.values().filter(|v| v.get("EF").is_some());
    let (file, _) = files
        .map(|file| {
            (
                file,
                matches!(
                    file.get("AFRelationship").and_then(PdfObject::name),
                    Some("Source" | "Data")
                ),
            )
        })
        // Other programs may have added files: the one that is marked as the source is meant.
        .max_by_key(|(_, source)| *source)
        .ok_or_else(|| {
            Diagnostic::error("pdf-no-data", say!("the PDF file carries no data"))
                .hint(say!("only files made with the standard `a-3a` or `ua-2` carry their data"))
        })?;
    let damaged = |what: Message| Diagnostic::error("pdf-attachment", what);
    let resolve = |value: &'static str| file.get(value).map(|v| objects.resolve(v));
    let references =
        resolve("EF").ok_or_else(|| damaged(say!("the file inside the PDF file is missing")))?;
    let stream = ["UF", "F"].iter().find_map(|key| references.get(key)).map(|v| objects.resolve(v));
    let stream = stream.ok_or_else(|| damaged(say!("the file inside the PDF file is missing")))?;
    let data = objects
        .data(stream, MAX_SIZE)
        .ok_or_else(|| damaged(say!("the file inside the PDF file is damaged or too large")))?;
    let size =
        stream.get("Params").map(|p| objects.resolve(p)).and_then(|p| p.get("Size")?.integer());
    // Cut data may still be YAML, and would make another document without a word.
    if size.is_some_and(|size| usize::try_from(size) != Ok(data.len())) {
        return Err(damaged(say!(
            "the file inside the PDF file does not have the size that it should have"
        )));
    }
    let string = |key| resolve(key).and_then(PdfObject::text);
    Ok(EmbeddedFile {
        name: string("UF").or_else(|| string("F")).unwrap_or_else(|| "data".to_owned()),
        mime: stream
            .get("Subtype")
            .and_then(PdfObject::name)
            .unwrap_or("application/octet-stream")
            .to_owned(),
        data,
        description: string("Desc").unwrap_or_default(),
    })
}
