//! The source data inside of a DOCX: a custom XML part, and the way back, with what has been
//! changed in the document since.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::package::ExtraPart;
use super::package::relations::{Relation, RelationId};
use super::package::xml::{self, El, XmlNode, is_xml_char};
use super::registry::fields::{self, plain};
use crate::diag::{Datum, Diagnostic, say};

const NAMESPACE: &str = "urn:itog:source";
const DATA_STORE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
// The schema asks for an identity (22.5.2.1), and a random one would make another file on each
// run.
const ITEM: &str = "{6D6F7469-0000-4000-8000-736F75726365}";
/// Where custom parts lie, under whatever number.
const FOLDER: &str = "customXml/item";
/// The largest part that is read back, in bytes.
const LIMIT: u64 = 256 << 20;

/// The part that carries the data in a file of other parts, and its properties: their bytes.
pub(crate) fn source(name: &str, bytes: &[u8]) -> [Vec<u8>; 2] {
    parts(name, bytes).map(|part| part.bytes.as_slice().to_vec())
}

/// The custom XML part that carries the data, and its properties. The bytes stand in it in
/// hexadecimal, so that any file fits.
pub(super) fn parts(name: &str, bytes: &[u8]) -> [ExtraPart; 2] {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    let hex: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    // A name of a file may hold what XML may not, such as a control character.
    let name: String = name.chars().filter(|c| is_xml_char(*c)).collect();
    let root = El::new("source").with("xmlns", NAMESPACE).with("name", name).text(hex);
    custom(1, NAMESPACE, ITEM, &root)
}

/// The custom XML part of the fields, and its properties.
pub(super) fn fields(root: El) -> [ExtraPart; 2] {
    custom(2, fields::NAMESPACE, fields::ITEM, &root)
}

/// A custom XML part of that number and its properties (ECMA-376 Part 1, 22.5).
fn custom(number: u8, namespace: &str, item: &'static str, root: &El) -> [ExtraPart; 2] {
    let reference = El::new("ds:schemaRef").with("ds:uri", namespace.to_owned());
    let properties = El::new("ds:datastoreItem")
        .with("xmlns:ds", DATA_STORE)
        .with("ds:itemID", item)
        .child(El::new("ds:schemaRefs").child(reference));
    let content_type =
        Some("application/vnd.openxmlformats-officedocument.customXmlProperties+xml".to_owned());
    let file = format!("itemProps{number}.xml");
    [
        ExtraPart {
            name: format!("/customXml/item{number}.xml"),
            bytes: root.part().into(),
            // The ending says enough: «xml» is among the defaults of the package.
            content_type: None,
            relations: vec![Relation::own(RelationId::Number(1), "customXmlProps", &file)],
        },
        ExtraPart {
            name: format!("/customXml/{file}"),
            bytes: properties.part().into(),
            content_type,
            relations: Vec::new(),
        },
    ]
}

/// What a DOCX of ours carries.
#[derive(Debug)]
pub struct Extracted {
    /// The name of the file that the data were in.
    pub name: String,
    /// The data, byte for byte.
    pub data: Vec<u8>,
    /// What has been changed in the document since.
    pub edits: Vec<FieldEdit>,
}

/// A content control whose text is another one than when the document was made.
#[derive(Debug)]
pub struct FieldEdit {
    /// Its name.
    pub control: String,
    /// What it says now.
    pub shown: String,
    /// The value of the data that it showed.
    pub datum: Option<Datum>,
    /// The new value; nothing if the control showed another form of the old one.
    pub value: Option<String>,
}

/// The data that a DOCX of ours carries, and what has been changed in its controls.
///
/// # Errors
/// `extract-broken` if the file is not a DOCX, `extract-none` if it carries no data.
pub fn extract(docx: &[u8]) -> Result<Extracted, Diagnostic> {
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
    let (mut source, mut fields) = (None, None);
    for name in items {
        let bytes = read(&mut zip, &name)?;
        // Other programs number their custom parts, too: only the namespace says that it is ours.
        for (namespace, place) in [(NAMESPACE, &mut source), (fields::NAMESPACE, &mut fields)] {
            let named = |window: &[u8]| window == namespace.as_bytes();
            if place.is_none() && bytes.windows(namespace.len()).any(named) {
                let root = xml::parse(&bytes).map_err(broken)?;
                *place = Some(root).filter(|root| root.get("xmlns") == Some(namespace));
            }
        }
    }
    let root = source.ok_or_else(none)?;
    let text = text(&root);
    let digit = |byte: u8| (byte as char).to_digit(16).map(|d| d as u8);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    let data = pairs.collect::<Option<Vec<u8>>>();
    let data = data.ok_or_else(|| broken("its data are damaged".to_owned()))?;
    let edits = match fields {
        Some(fields) => {
            let document = read(&mut zip, "word/document.xml")?;
            edits(&fields, &xml::parse(&document).map_err(broken)?)
        }
        None => Vec::new(),
    };
    Ok(Extracted { name: root.get("name").unwrap_or_default().to_owned(), data, edits })
}

fn broken(why: String) -> Diagnostic {
    Diagnostic::error("extract-broken", say!("this is not a DOCX: {why}", why))
}

/// The bytes of a part.
fn read(zip: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let part = zip.by_name(name).map_err(|e| broken(e.to_string()))?;
    let mut bytes = Vec::new();
    // The file may be of anyone, and a few kilobytes of deflate can hold gigabytes.
    part.take(LIMIT).read_to_end(&mut bytes).map_err(|e| broken(e.to_string()))?;
    Ok(bytes)
}

/// The text right in an element.
fn text(el: &El) -> String {
    let own =
        |node: &XmlNode| if let XmlNode::Text(text) = node { Some(text.clone()) } else { None };
    el.children.iter().filter_map(own).collect()
}

/// The fields that say another thing than when the document was made. A word processor changes the
/// part with the text, other programs may change only one of the two.
fn edits(fields: &El, document: &El) -> Vec<FieldEdit> {
    let mut controls = BTreeMap::new();
    bound(document, &mut controls);
    let edit = |(number, field): (usize, &El)| {
        let shown = |name: &str| field.get(name).map(plain);
        let was = shown("shown")?;
        let in_part = plain(&text(field));
        let now = controls.get(&number).filter(|now| **now != was).cloned();
        let now = now.or_else(|| Some(in_part).filter(|now| *now != was))?;
        let datum = shown("path")
            .zip(field.get("value"))
            .map(|(path, value)| Datum { path, text: value.to_owned() });
        let around = shown("before").zip(shown("after"));
        let value = around.and_then(|(before, after)| {
            now.strip_prefix(before.as_str())?.strip_suffix(after.as_str()).map(str::to_owned)
        });
        let control = field.get("name").unwrap_or_default().to_owned();
        Some(FieldEdit { control, shown: now, datum, value })
    };
    (1..).zip(fields.elements()).filter_map(edit).collect()
}

/// The texts of the controls in an element that are bound to fields, by the number of the field.
fn bound(el: &El, found: &mut BTreeMap<usize, String>) {
    if el.name == "w:sdt"
        && let Some(properties) = el.find("w:sdtPr")
        && let Some(number) = properties.find("w:dataBinding").and_then(field_number)
    {
        let mut text = String::new();
        // A text that only asks for one is none.
        if properties.find("w:showingPlcHdr").is_none() {
            el.find("w:sdtContent").into_iter().for_each(|content| words(content, &mut text));
        }
        // The same field in another place may not have been changed there.
        found.entry(number).or_insert_with(|| plain(&text));
        return;
    }
    el.elements().for_each(|child| bound(child, found));
}

/// The number of the field in a control's binding.
fn field_number(binding: &El) -> Option<usize> {
    let ours = binding.get("w:storeItemID")?.eq_ignore_ascii_case(fields::ITEM);
    let path = binding.get("w:xpath").filter(|_| ours)?;
    path.rsplit_once('[')?.1.strip_suffix(']')?.parse().ok()
}

/// The text in an element, as it is typed.
fn words(el: &El, out: &mut String) {
    match el.name.as_ref() {
        "w:t" => out.push_str(&text(el)),
        "w:br" | "w:tab" => out.push(' '),
        "w:noBreakHyphen" => out.push('-'),
        _ => el.elements().for_each(|child| words(child, out)),
    }
}
