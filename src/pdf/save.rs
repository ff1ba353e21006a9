//! From objects to bytes: classic cross-reference table or object streams, and an identifier made from the content.

use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::deflate::Deflater;
use super::digest::Digest;

/// How the objects of a file are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A table: the fastest to write.
    Table,
    /// Object streams: a tenth smaller, and the better the more tags there are.
    Streams,
}

/// Objects in an object stream.
pub(super) const PER_STREAM: usize = 200;

/// The header: the version that PDF/A-2 and PDF/A-3 are built on, and four bytes that say the file is not text.
pub(super) const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// Room for the identifier until the file is whole.
const NO_ID: [u8; 16] = [0; 16];

/// What tells an object from others.
pub(super) fn digest_of(value: &Object) -> [u64; 2] {
    let mut bytes = Vec::new();
    object(&mut bytes, value);
    let mut digest = Digest::new(bytes.len() as u64);
    digest.update(&bytes);
    digest.value()
}

/// Writes a document out.
pub(super) fn save(document: &mut Document, form: Form, deflater: &mut Deflater) -> Vec<u8> {
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut out = HEADER.to_vec();
    match form {
        Form::Table => classic(document, &mut out),
        Form::Streams => compressed(document, deflater, &mut out),
    }
    identify(&mut out);
    out
}

/// A file with a cross-reference table (ISO 32000-1, 7.5.4).
fn classic(document: &mut Document, out: &mut Vec<u8>) {
    let size = next_number(document);
    let mut offsets = vec![None; size as usize];
    for (id, object) in &document.objects {
        offsets[id.0 as usize] = Some(out.len());
        indirect(out, *id, object);
    }
    let start = out.len();
    put(out, format_args!("xref\n0 {size}\n0000000000 65535 f \n"));
    for offset in offsets.iter().skip(1) {
        match offset {
            Some(offset) => put(out, format_args!("{offset:010} 00000 n \n")),
            None => put(out, format_args!("0000000000 65535 f \n")),
        }
    }
    document.trailer.set("Size", i64::from(size));
    out.extend_from_slice(b"trailer\n");
    object(out, &Object::Dictionary(document.trailer.clone()));
    put(out, format_args!("\nstartxref\n{start}\n%%EOF\n"));
}

/// A file with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).
fn compressed(document: &mut Document, deflater: &mut Deflater, out: &mut Vec<u8>) {
    let first_free = next_number(document);
    // Kind, then offset or container, then index: the three fields of an entry.
    let mut entries = vec![(0u8, 0usize, 0usize); first_free as usize];
    let mut packed: Vec<(ObjectId, &Object)> = Vec::new();
    for (id, object) in &document.objects {
        if matches!(object, Object::Stream(_)) {
            entries[id.0 as usize] = (1, out.len(), 0);
            indirect(out, *id, object);
        } else {
            packed.push((*id, object));
        }
    }
    for objects in packed.chunks(PER_STREAM) {
        let container = entries.len();
        let (mut index, mut body) = (Vec::new(), Vec::new());
        for (place, (id, packed)) in objects.iter().enumerate() {
            put(&mut index, format_args!("{} {} ", id.0, body.len()));
            object(&mut body, packed);
            body.push(b'\n');
            entries[id.0 as usize] = (2, container, place);
        }
        let dict = dictionary! { "Type" => "ObjStm", "N" => objects.len() as i64, "First" => index.len() as i64 };
        index.extend(body);
        entries.push((1, out.len(), 0));
        indirect(out, (container as u32, 0), &Object::Stream(deflater.stream(dict, index, b"\n")));
    }
    let start = out.len();
    let own = entries.len();
    entries.push((1, start, 0));
    let width = if start < 1 << 24 { 3 } else { 4 };
    let mut table = Vec::with_capacity(entries.len() * (width + 2));
    for (kind, place, index) in &entries {
        table.push(*kind);
        table.extend_from_slice(&(*place as u32).to_be_bytes()[4 - width..]);
        table.push(*index as u8);
    }
    let mut dict = document.trailer.clone();
    dict.set("Type", "XRef");
    dict.set("Size", entries.len() as i64);
    dict.set("W", Object::Array(vec![1.into(), (width as i64).into(), 1.into()]));
    let stream = table_stream(dict, table, deflater);
    indirect(out, (own as u32, 0), &Object::Stream(stream));
    put(out, format_args!("startxref\n{start}\n%%EOF\n"));
}

/// The cross-reference stream. It cannot be padded, so it is left as it is if its deflated form would end in a line end.
pub(super) fn table_stream(mut dict: Dictionary, table: Vec<u8>, deflater: &mut Deflater) -> Stream {
    let (deflated, length) = deflater.padded(&table, &[1]);
    if length == table.len() {
        dict.set("Filter", "FlateDecode");
        Stream::new(dict, deflated)
    } else {
        Stream::new(dict, table)
    }
}

fn next_number(document: &Document) -> u32 {
    document.objects.keys().next_back().map_or(1, |id| id.0 + 1)
}

pub(super) fn indirect(out: &mut Vec<u8>, id: ObjectId, value: &Object) {
    put(out, format_args!("{} {} obj\n", id.0, id.1));
    object(out, value);
    out.extend_from_slice(b"\nendobj\n");
}

/// Writes an object (ISO 32000-1, 7.3).
pub(super) fn object(out: &mut Vec<u8>, value: &Object) {
    match value {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => put(out, format_args!("{value}")),
        Object::Integer(value) => put(out, format_args!("{value}")),
        Object::Real(value) => put(out, format_args!("{value}")),
        Object::Name(name) => self::name(out, name),
        Object::String(text, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in text {
                out.extend([byte >> 4, byte & 15].map(|d| b"0123456789ABCDEF"[usize::from(d)]));
            }
            out.push(b'>');
        }
        Object::String(text, StringFormat::Literal) => {
            out.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    b'\r' => out.extend_from_slice(b"\\r"),
                    _ => out.push(*byte),
                }
            }
            out.push(b')');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => dictionary(out, dict),
        Object::Stream(stream) => {
            dictionary(out, &stream.dict);
            out.extend_from_slice(b"\nstream\n");
            out.extend_from_slice(&stream.content);
            out.extend_from_slice(b"\nendstream");
        }
        Object::Reference((number, generation)) => put(out, format_args!("{number} {generation} R")),
    }
}

fn dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        name(out, key);
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            put(out, format_args!("#{byte:02X}"));
        }
    }
}

fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// Replaces the empty identifier by a digest of the whole file, so that equal documents are equal files.
fn identify(out: &mut [u8]) {
    let room = format!("<{}>", "00".repeat(16)).into_bytes();
    let mut digest = Digest::new(out.len() as u64);
    digest.update(out);
    let digest = format!("<{}>", digest.hex()).into_bytes();
    // The trailer, or the cross-reference stream's dictionary, is the last thing in the file that holds it.
    let mut end = out.len();
    for _ in 0..2 {
        let Some(at) = out[..end].windows(room.len()).rposition(|w| w == room) else { return };
        out[at..at + room.len()].copy_from_slice(&digest);
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(objects: usize) -> Document {
        let mut document = Document::with_version("1.7");
        let pages = document.add_object(dictionary! { "Type" => "Pages", "Count" => 0, "Kids" => Object::Array(vec![]) });
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(pages) });
        document.trailer.set("Root", Object::Reference(root));
        for n in 0..objects {
            document.add_object(dictionary! { "N" => n as i64 });
        }
        document
    }

    #[test]
    fn both_forms_are_read_back() {
        for (objects, form) in [(3, Form::Table), (700, Form::Table), (3, Form::Streams), (700, Form::Streams)] {
            let bytes = save(&mut document(objects), form, &mut Deflater::new());
            let back = Document::load_mem(&bytes).unwrap();
            let found = back.objects.values().filter(|o| o.as_dict().is_ok_and(|d| d.has(b"N") && !d.has(b"First"))).count();
            assert_eq!(found, objects);
            let ids = back.trailer.get(b"ID").unwrap().as_array().unwrap();
            assert_eq!(ids[0], ids[1]);
            assert_ne!(ids[0].as_str().unwrap(), NO_ID);
        }
    }

    #[test]
    fn the_identifier_depends_on_the_content_alone() {
        let one = save(&mut document(5), Form::Table, &mut Deflater::new());
        assert_eq!(one, save(&mut document(5), Form::Table, &mut Deflater::new()));
        let other = save(&mut document(6), Form::Table, &mut Deflater::new());
        let digest = |data: &[u8]| {
            let mut digest = Digest::new(data.len() as u64);
            digest.update(data);
            digest.value()
        };
        assert_ne!(digest(&one), digest(&other));
    }
}
