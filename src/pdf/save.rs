//! From objects to bytes: classic cross-reference table or object streams, and an identifier made
//! from the content.

use crate::limits;
use std::io::Write;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::deflate::Deflater;
use super::digest::Digest;
use super::part::ObjectGroup;
use super::shared::Resource;
use super::tags::Elements;

/// Objects in an object stream.
pub(super) const PER_STREAM: usize = 200;

/// The header: the version, and four bytes that say the file is not text. PDF/A-2 and PDF/A-3 are
/// built on 1.7, PDF/A-4 on 2.0.
pub(super) fn header(pdf2: bool) -> Vec<u8> {
    let version = if pdf2 { "2.0" } else { "1.7" };
    [b"%PDF-", version.as_bytes(), b"\n%\xE2\xE3\xCF\xD3\n"].concat()
}

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

/// Objects that are the same in many files, as bytes.
#[derive(Debug)]
pub(super) struct Prepared {
    first: u32,
    bytes: Vec<u8>,
    /// Where each begins.
    starts: Vec<usize>,
    names: Vec<(Resource, ObjectId)>,
}

impl Prepared {
    /// Parts whose objects are numbered from `first` on.
    pub(super) fn new<'p>(
        first: u32,
        parts: impl Iterator<Item = (Resource, &'p Arc<ObjectGroup>)>,
    ) -> Self {
        let mut prepared = Self { first, bytes: Vec::new(), starts: Vec::new(), names: Vec::new() };
        for (name, part) in parts {
            let next = first + prepared.count();
            prepared.names.push((name, part.root(next)));
            for (number, object) in part.objects(next) {
                prepared.starts.push(prepared.bytes.len());
                indirect(&mut prepared.bytes, (number, 0), &object);
            }
        }
        prepared
    }

    /// How many bytes there are.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many objects there are.
    pub(super) fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The parts by their names.
    pub(super) fn names(&self) -> &[(Resource, ObjectId)] {
        &self.names
    }
}

/// Writes a document with a cross-reference table (ISO 32000-1, 7.5.4), which is the fastest.
pub(super) fn table(document: &mut Document, prepared: &Prepared, pdf2: bool) -> Vec<u8> {
    let mut out = begin(document, pdf2);
    let size = next_number(document).max(prepared.first + prepared.count());
    let mut offsets = vec![None; size as usize];
    for (start, number) in prepared.starts.iter().zip(prepared.first..) {
        offsets[number as usize] = Some(out.len() + start);
    }
    out.reserve(prepared.bytes.len() + (1 << 14));
    out.extend_from_slice(&prepared.bytes);
    for (id, object) in &document.objects {
        offsets[id.0 as usize] = Some(out.len());
        indirect(&mut out, *id, object);
    }
    let start = out.len();
    put(&mut out, format_args!("xref\n0 {size}\n0000000000 65535 f \n"));
    for offset in offsets.iter().skip(1) {
        match offset {
            // Twenty bytes each, the space before the line end among them: readers find an entry
            // by its number (ISO 32000-1, 7.5.4).
            Some(offset) => {
                let digits = itoa::Buffer::new().format(*offset).len();
                out.extend_from_slice(&b"0000000000"[digits.min(10)..]);
                integer(&mut out, *offset as i64);
                out.extend_from_slice(b" 00000 n \n");
            }
            // A number that no object has is free for ever.
            None => put(&mut out, format_args!("0000000000 65535 f \n")),
        }
    }
    document.trailer.set("Size", i64::from(size));
    out.extend_from_slice(b"trailer\n");
    object(&mut out, &Object::Dictionary(document.trailer.clone()));
    put(&mut out, format_args!("\nstartxref\n{start}\n%%EOF\n"));
    identify(&mut out);
    out
}

/// Whether a file was made here and not changed since: its identifier is made from its bytes.
pub(super) fn is_unchanged(file: &[u8]) -> bool {
    let Some([one, other]) = identifiers(file) else { return false };
    // The first may say what the file was made of.
    let told = &file[other.clone()];
    if is_streamed(file, told) {
        return true;
    }
    let mut bare = file.to_vec();
    for place in [one, other] {
        bare[place].fill(b'0');
    }
    identify(&mut bare);
    // The digest is of the file with zeros in its place, as when it was made.
    file.len() == bare.len() && identifiers(&bare).is_some_and(|[one, _]| bare[one] == *told)
}

/// What the first identifier of a file of a batch begins with: «itog-of!».
#[cfg(feature = "batch")]
const MADE_OF: &str = "69746F672D6F6621";

/// Puts into a file what it was made of. The first identifier says what a file was made from, the
/// second one what it is now (ISO 32000-1, 14.4).
#[cfg(feature = "batch")]
pub(super) fn mark(file: &mut [u8], made_of: u64) {
    if let Some([first, _]) = identifiers(file) {
        file[first].copy_from_slice(format!("{MADE_OF}{made_of:016X}").as_bytes());
    }
}

/// What a file was made of, if it says so.
#[cfg(feature = "batch")]
pub(super) fn made_of(file: &[u8]) -> Option<u64> {
    let [first, _] = identifiers(file)?;
    let digits = str::from_utf8(&file[first]).ok()?.strip_prefix(MADE_OF)?;
    u64::from_str_radix(digits, 16).ok()
}

/// Whether a file was written as it came (`stream`) and not changed since: then its identifier is
/// made of all that stands before its cross-reference stream.
fn is_streamed(file: &[u8], told: &[u8]) -> bool {
    // The longest number that an offset has, its keyword and the end.
    let tail = String::from_utf8_lossy(&file[file.len().saturating_sub(48)..]).into_owned();
    let start = tail
        .rsplit_once("startxref\n")
        .and_then(|(_, rest)| rest.strip_suffix("\n%%EOF\n")?.parse::<usize>().ok());
    let before = start.and_then(|start| file.get(..start));
    before.is_some_and(|before| {
        let mut digest = Digest::new(0);
        digest.update(before);
        digest.hex().as_bytes() == told
    })
}

/// Where the two identifiers of a file stand, without their brackets.
fn identifiers(file: &[u8]) -> Option<[std::ops::Range<usize>; 2]> {
    const DIGITS: usize = 32;
    let key = file.windows(3).rposition(|bytes| bytes == b"/ID")?;
    let mut at = key + 3;
    let mut places = [0..0, 0..0];
    for place in &mut places {
        at += file.get(at..)?.iter().take(3).position(|byte| *byte == b'<')? + 1;
        *place = at..at + DIGITS;
        file.get(place.clone())?.iter().all(u8::is_ascii_hexdigit).then_some(())?;
        at += DIGITS + 1;
    }
    Some(places)
}

fn begin(document: &mut Document, pdf2: bool) -> Vec<u8> {
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    header(pdf2)
}

/// Writes a document with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and
/// 7.5.8): a tenth smaller, and the better the more tags there are.
pub(super) fn streams(
    document: &mut Document,
    elements: Option<&Elements<'_>>,
    deflater: &mut Deflater,
    pdf2: bool,
) -> Vec<u8> {
    let mut out = begin(document, pdf2);
    compressed(document, elements, deflater, &mut out);
    identify(&mut out);
    out
}

// Over 60 lines: streams, object streams and the table share the entries in which they stand.
fn compressed(
    document: &mut Document,
    elements: Option<&Elements<'_>>,
    deflater: &mut Deflater,
    out: &mut Vec<u8>,
) {
    let first_free = next_number(document);
    // Kind, then offset or container, then index: the three fields of an entry.
    let mut entries = vec![(0u8, 0usize, 0usize); first_free as usize];
    let mut packed: Vec<ObjectId> = elements.map_or(&[][..], Elements::ids).to_vec();
    for (id, object) in &document.objects {
        limits::tick();
        // Streams cannot stand in object streams (ISO 32000-1, 7.5.7).
        if matches!(object, Object::Stream(_)) {
            entries[id.0 as usize] = (1, out.len(), 0);
            indirect(out, *id, object);
        } else {
            packed.push(*id);
        }
    }
    packed.sort_unstable();
    let mut elements = elements.into_iter().flat_map(Elements::objects);
    for objects in packed.chunks(PER_STREAM) {
        let container = entries.len();
        let (mut index, mut body) = (Vec::new(), Vec::new());
        for (place, id) in objects.iter().enumerate() {
            put(&mut index, format_args!("{} {} ", id.0, body.len()));
            match document.objects.get(id) {
                Some(packed) => object(&mut body, packed),
                // Elements are numbered in a row, so the next one it is.
                None => elements.next().iter().for_each(|(_, packed)| object(&mut body, packed)),
            }
            body.push(b'\n');
            entries[id.0 as usize] = (2, container, place);
        }
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => objects.len() as i64,
            "First" => index.len() as i64,
        };
        index.extend(body);
        entries.push((1, out.len(), 0));
        indirect(out, (container as u32, 0), &Object::Stream(deflater.stream(dict, index, b"\n")));
    }
    let start = out.len();
    let own = entries.len();
    entries.push((1, start, 0));
    // As few bytes as hold the largest offset.
    let width = if start < 1 << 24 { 3 } else { 4 };
    let mut table = Vec::with_capacity(entries.len() * (width + 2));
    for (kind, place, index) in &entries {
        table.push(*kind);
        table.extend_from_slice(&(*place as u32).to_be_bytes()[4 - width..]);
        // A byte holds it: an object stream has fewer than 256 objects.
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

/// The cross-reference stream. It cannot be padded, so it is left as it is if its deflated form
/// would end in a line end.
pub(super) fn table_stream(
    mut dict: Dictionary,
    table: Vec<u8>,
    deflater: &mut Deflater,
) -> Stream {
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
    integer(out, i64::from(id.0));
    out.push(b' ');
    integer(out, i64::from(id.1));
    out.extend_from_slice(b" obj\n");
    object(out, value);
    out.extend_from_slice(b"\nendobj\n");
}

/// Writes an object (ISO 32000-1, 7.3).
pub(super) fn object(out: &mut Vec<u8>, value: &Object) {
    match value {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => put(out, format_args!("{value}")),
        Object::Integer(value) => integer(out, *value),
        Object::Real(value) => put(out, format_args!("{value}")),
        Object::Name(name) => self::name(out, name),
        Object::String(text, StringFormat::Hexadecimal) => hexadecimal(out, text),
        Object::String(text, StringFormat::Literal) => {
            out.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    // A bare CR in a string is read as LF (ISO 32000-1, 7.3.4.2).
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
        Object::Reference((number, generation)) => {
            integer(out, i64::from(*number));
            out.push(b' ');
            integer(out, i64::from(*generation));
            out.extend_from_slice(b" R");
        }
    }
}

fn dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        name(out, key);
        // Only values that do not begin with a delimiter need a space before them.
        if !matches!(
            value,
            Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)
        ) {
            out.push(b' ');
        }
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    // So are nearly all names.
    if name.iter().all(u8::is_ascii_alphanumeric) {
        return out.extend_from_slice(name);
    }
    for byte in name {
        // All else, space and `#` itself among it, is written by its number (ISO 32000-1,
        // 7.3.5).
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            put(out, format_args!("#{byte:02X}"));
        }
    }
}

/// Most of what is written are whole numbers: without the machinery of `fmt` they take a third of
/// the time.
pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// A hexadecimal string.
pub(super) fn hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'<');
    for byte in bytes {
        out.extend([byte >> 4, byte & 15].map(|d| b"0123456789ABCDEF"[usize::from(d)]));
    }
    out.push(b'>');
}

fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// Replaces the empty identifier by a digest of the whole file, so that equal documents are equal
/// files.
fn identify(out: &mut [u8]) {
    let room = format!("<{}>", "00".repeat(16)).into_bytes();
    let mut digest = Digest::new(out.len() as u64);
    digest.update(out);
    let digest = format!("<{}>", digest.hex()).into_bytes();
    // The trailer, or the cross-reference stream's dictionary, is the last thing in the file that
    // holds it.
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

    fn nothing() -> Prepared {
        Prepared::new(1, std::iter::empty())
    }

    #[test]
    fn whole_numbers() {
        let mut out = Vec::new();
        [0, 7, -10, i64::MAX, i64::MIN].iter().for_each(|n| {
            integer(&mut out, *n);
            out.push(b' ');
        });
        assert_eq!(String::from_utf8(out).unwrap(), format!("0 7 -10 {} {} ", i64::MAX, i64::MIN));
    }

    fn document(objects: usize) -> Document {
        let mut document = Document::with_version("1.7");
        let pages = document.add_object(
            dictionary! { "Type" => "Pages", "Count" => 0, "Kids" => Object::Array(vec![]) },
        );
        let root = document
            .add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(pages) });
        document.trailer.set("Root", Object::Reference(root));
        for n in 0..objects {
            document.add_object(dictionary! { "N" => n as i64 });
        }
        document
    }

    #[test]
    fn both_forms_are_read_back() {
        for (objects, packed) in [(3, false), (700, false), (3, true), (700, true)] {
            let mut document = document(objects);
            let bytes = if packed {
                streams(&mut document, None, &mut Deflater::new(), false)
            } else {
                table(&mut document, &nothing(), false)
            };
            let back = Document::load_mem(&bytes).unwrap();
            let found = back
                .objects
                .values()
                .filter(|o| o.as_dict().is_ok_and(|d| d.has(b"N") && !d.has(b"First")))
                .count();
            assert_eq!(found, objects);
            let ids = back.trailer.get(b"ID").unwrap().as_array().unwrap();
            assert_eq!(ids[0], ids[1]);
            assert_ne!(ids[0].as_str().unwrap(), NO_ID);
        }
    }

    #[test]
    fn a_file_of_ours_is_known_until_it_is_changed() {
        let file = table(&mut document(5), &nothing(), false);
        assert!(is_unchanged(&file));
        for at in [20, file.len() / 2, file.len() - 3] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(!is_unchanged(&changed), "{at}");
        }
        assert!(!is_unchanged(b"%PDF-1.7 by somebody else"));
        let longer = [&file[..], b"5 0 obj null endobj"].concat();
        assert!(!is_unchanged(&longer));
    }

    #[test]
    fn the_identifier_depends_on_the_content_alone() {
        let one = table(&mut document(5), &nothing(), false);
        assert_eq!(one, table(&mut document(5), &nothing(), false));
        let other = table(&mut document(6), &nothing(), false);
        let digest = |data: &[u8]| {
            let mut digest = Digest::new(data.len() as u64);
            digest.update(data);
            digest.value()
        };
        assert_ne!(digest(&one), digest(&other));
    }
}
