//! The source data inside of a DOCX: a custom XML part, and the way back.

use std::io::{Cursor, Read};

use super::package::ExtraPart;
use super::package::relations::Relation;
use super::package::xml::{self, El, XmlNode, is_xml_char};
use crate::diag::{Diagnostic, say};

const NAMESPACE: &str = "urn:itog:source";
const DATA_STORE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
// The schema asks for an identity (22.5.2.1), and a random one would make another file on each
// run.
const ITEM: &str = "{6D6F7469-0000-4000-8000-736F75726365}";
const PART: &str = "customXml/item1.xml";
/// Where custom parts lie, under whatever number.
const FOLDER: &str = "customXml/item";
/// The largest part that is read back, in bytes.
const LIMIT: u64 = 256 << 20;

/// The part that carries the data in a file of other parts, and its properties: their bytes.
pub(crate) fn source(name: &str, bytes: &[u8]) -> [Vec<u8>; 2] {
    parts(name, bytes).map(|part| part.bytes.as_slice().to_vec())
}

/// The custom XML part that carries the data, and its properties (ECMA-376 Part 1, 22.5). The bytes
/// stand in it in hexadecimal, so that any file fits.
pub(super) fn parts(name: &str, bytes: &[u8]) -> [ExtraPart; 2] {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let hex: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    // A name of a file may hold what XML may not, such as a control character.
    let name: String = name.chars().filter(|c| is_xml_char(*c)).collect();
    let root = El::new("source").with("xmlns", NAMESPACE).with("name", name).text(hex);
    let schema = El::new("ds:schemaRefs").child(El::new("ds:schemaRef").with("ds:uri", NAMESPACE));
    let item = El::new("ds:datastoreItem")
        .with("xmlns:ds", DATA_STORE)
        .with("ds:itemID", ITEM)
        .child(schema);
    let properties = Relation::own("rId1", "customXmlProps", "itemProps1.xml");
    let content_type =
        Some("application/vnd.openxmlformats-officedocument.customXmlProperties+xml".to_owned());
    [
        ExtraPart {
            name: format!("/{PART}"),
            bytes: root.part().into(),
            // The ending says enough: «xml» is among the defaults of the package.
            content_type: None,
            relations: vec![properties],
        },
        ExtraPart {
            name: "/customXml/itemProps1.xml".into(),
            bytes: item.part().into(),
            content_type,
            relations: Vec::new(),
        },
    ]
}

/// The data that a DOCX of ours carries, byte for byte, and the name of the file they were in.
///
/// # Errors
/// `extract-broken` if the file is not a DOCX, `extract-none` if it carries no data.
pub fn extract(docx: &[u8]) -> Result<(String, Vec<u8>), Diagnostic> {
    let broken =
        |why: String| Diagnostic::error("extract-broken", say!("this is not a DOCX: {why}", why));
    let none = || {
        Diagnostic::error("extract-none", say!("this DOCX carries no data"))
            .hint(say!("`itog render` puts the data into the DOCX that it makes"))
    };
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).map_err(|e| broken(e.to_string()))?;
    let items: Vec<String> = zip
        .file_names()
        .filter(|name| name.starts_with(FOLDER) && name.ends_with(".xml"))
        .map(str::to_owned)
        .collect();
    let mut found = None;
    for name in items {
        let part = zip.by_name(&name).map_err(|e| broken(e.to_string()))?;
        let mut bytes = Vec::new();
        // The file may be of anyone, and a few kilobytes of deflate can hold gigabytes.
        part.take(LIMIT).read_to_end(&mut bytes).map_err(|e| broken(e.to_string()))?;
        // Other programs number their custom parts, too: only the namespace says that it is ours.
        if bytes.windows(NAMESPACE.len()).any(|window| window == NAMESPACE.as_bytes()) {
            let root = xml::parse(&bytes).map_err(broken)?;
            if root.get("xmlns") == Some(NAMESPACE) {
                found = Some(root);
                break;
            }
        }
    }
    let root = found.ok_or_else(none)?;
    let text: Vec<u8> = root
        .children
        .iter()
        .filter_map(|node| if let XmlNode::Text(text) = node { Some(text.bytes()) } else { None })
        .flatten()
        .collect();
    let digit = |byte: u8| (byte as char).to_digit(16).map(|d| d as u8);
    let pairs = text.chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let bytes = pairs.collect::<Option<Vec<u8>>>();
    let bytes = bytes.ok_or_else(|| broken("its data are damaged".to_owned()))?;
    Ok((root.get("name").unwrap_or_default().to_owned(), bytes))
}
