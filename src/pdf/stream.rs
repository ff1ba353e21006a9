//! A file that is written as it is made, without ever being whole in memory.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

use super::deflate::Deflater;
use super::digest::Digest;
use super::save::{PER_STREAM, header, indirect, integer, object};
use super::xref::{XrefEntry, XrefRuns};

/// Bytes of an entry of the cross-reference stream: its kind, its place, its index.
const ENTRY: usize = 8;

/// PNG's sign for a row that says what differs from the one above (ISO 32000-1, 7.4.4.4).
const UP: u8 = 2;

/// More links than this are deflated as they come.
const LINKS: usize = 4096;

/// Writes objects in any order: streams at once, all others in object streams (ISO 32000-1, 7.5.7).
pub(super) struct ObjectWriter<'w> {
    out: &'w mut (dyn Write + Send),
    at: u64,
    digest: Digest,
    last: u32,
    runs: XrefRuns,
    /// The open object stream: its number, the numbers and offsets of its objects, the objects.
    container: Option<u32>,
    packed: Vec<(u32, usize)>,
    body: Vec<u8>,
    buffer: Vec<u8>,
}

impl<'w> ObjectWriter<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send), pdf2: bool) -> Self {
        Self {
            out,
            at: 0,
            digest: Digest::new(0),
            last: 0,
            runs: XrefRuns::default(),
            container: None,
            packed: Vec::new(),
            body: Vec::new(),
            buffer: header(pdf2),
        }
    }

    /// A number for an object.
    pub(super) fn number(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    /// The highest number given out.
    pub(super) fn last(&self) -> u32 {
        self.last
    }

    /// Writes an object under its number.
    pub(super) fn put(
        &mut self,
        number: u32,
        value: &Object,
        deflater: &mut Deflater,
    ) -> io::Result<()> {
        if matches!(value, Object::Stream(_)) {
            self.runs.add(number, XrefEntry::At(self.at + self.buffer.len() as u64));
            indirect(&mut self.buffer, (number, 0), value);
            return self.drain();
        }
        self.pack(number, deflater, |body| object(body, value))
    }

    /// Writes a dictionary that refers to many objects, which as values would take ten times the
    /// room of their numbers.
    pub(super) fn put_links(
        &mut self,
        number: u32,
        dict: Dictionary,
        key: &str,
        links: &[u32],
        deflater: &mut Deflater,
    ) -> io::Result<()> {
        let mut begin = Vec::new();
        object(&mut begin, &Object::Dictionary(dict));
        // Behind the last entry, where the dictionary ended.
        begin.truncate(begin.len() - 2);
        begin.extend_from_slice(format!("/{key}[").as_bytes());
        let links_in = |out: &mut Vec<u8>, links: &[u32]| {
            for link in links {
                integer(out, i64::from(*link));
                out.extend_from_slice(b" 0 R ");
            }
        };
        if links.len() <= LINKS {
            return self.pack(number, deflater, |body| {
                body.append(&mut begin);
                links_in(body, links);
                body.extend_from_slice(b"]>>");
            });
        }
        // An object stream of its own, which is never whole in memory.
        self.close(deflater)?;
        let container = self.number();
        self.runs.add(number, XrefEntry::In { container, index: 0 });
        let index = format!("{number} 0 ");
        let mut pieces = deflater.pieces();
        pieces.add(index.as_bytes());
        pieces.add(&begin);
        for some in links.chunks(LINKS) {
            begin.clear();
            links_in(&mut begin, some);
            pieces.add(&begin);
        }
        pieces.add(b"]>>\n");
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => 1,
            "First" => index.len() as i64,
            "Filter" => "FlateDecode",
        };
        let stream = Object::Stream(Stream::new(dict, pieces.finish()));
        self.put(container, &stream, deflater)
    }

    /// Writes an object into the open object stream.
    fn pack(
        &mut self,
        number: u32,
        deflater: &mut Deflater,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        let container = match self.container {
            Some(container) => container,
            // The stream's own number, given when its first object comes, so that numbers
            // ascend.
            None => *self.container.insert(self.last + 1),
        };
        self.last = self.last.max(container);
        self.runs.add(number, XrefEntry::In { container, index: self.packed.len() as u32 });
        self.packed.push((number, self.body.len()));
        write(&mut self.body);
        self.body.push(b'\n');
        if self.packed.len() < PER_STREAM { Ok(()) } else { self.close(deflater) }
    }

    fn drain(&mut self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.digest.update(&self.buffer);
        self.at += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    /// Writes the open object stream.
    fn close(&mut self, deflater: &mut Deflater) -> io::Result<()> {
        let Some(container) = self.container.take() else { return Ok(()) };
        let mut data = Vec::with_capacity(self.body.len() + 12 * self.packed.len());
        for (number, offset) in &self.packed {
            write!(data, "{number} {offset} ")?;
        }
        let dict = dictionary! {
            "Type" => "ObjStm",
            "N" => self.packed.len() as i64,
            "First" => data.len() as i64,
        };
        data.append(&mut self.body);
        self.packed.clear();
        let stream = Object::Stream(deflater.stream(dict, data, b"\n"));
        self.put(container, &stream, deflater)
    }

    /// Writes the cross-reference stream (ISO 32000-1, 7.5.8), and with it the trailer.
    pub(super) fn finish(mut self, trailer: Dictionary, deflater: &mut Deflater) -> io::Result<()> {
        self.close(deflater)?;
        let own = self.number();
        let start = self.at;
        self.runs.add(own, XrefEntry::At(start));
        let mut table = deflater.pieces();
        let mut before = [0; ENTRY];
        let mut entry = |kind: u8, place: u64, index: u32| {
            // Six bytes for an offset: a merged file may be larger than 4 GB. A byte holds the
            // index: an object stream has fewer than 256 objects.
            let mut bytes = [0; ENTRY];
            bytes[..ENTRY - 1].copy_from_slice(&place.to_be_bytes()[1..]);
            (bytes[0], bytes[ENTRY - 1]) = (kind, index as u8);
            // What differs from the entry above, as PNG has it: entries in a row are all alike so.
            table.add(&[UP]);
            table.add(&std::array::from_fn::<u8, ENTRY, _>(|i| bytes[i].wrapping_sub(before[i])));
            before = bytes;
        };
        let mut next = 0;
        for run in self.runs.sorted() {
            // Numbers that no object has are free.
            (next..run.first).for_each(|_| entry(0, 0, 0));
            next = run.first + run.length;
            match run.place {
                XrefEntry::At(at) => entry(1, at, 0),
                XrefEntry::In { container, index } => (index..index + run.length)
                    .for_each(|index| entry(2, u64::from(container), index)),
            }
        }
        let mut dict = trailer;
        dict.set("Type", "XRef");
        dict.set("Size", i64::from(own) + 1);
        // Six bytes hold a place in any file that a disk does, whose size is not known
        // beforehand.
        dict.set("W", Object::Array(vec![1.into(), 6.into(), 1.into()]));
        let id =
            self.digest.value().iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
        let id = Object::String(id, StringFormat::Hexadecimal);
        // Twice the same, for the file was never changed (ISO 32000-1, 14.4).
        dict.set("ID", Object::Array(vec![id.clone(), id]));
        dict.set("Filter", "FlateDecode");
        let parameters = dictionary! { "Columns" => ENTRY as i64, "Predictor" => 12 };
        dict.set("DecodeParms", parameters);
        let stream = Stream::new(dict, table.finish());
        indirect(&mut self.buffer, (own, 0), &Object::Stream(stream));
        write!(self.buffer, "startxref\n{start}\n%%EOF\n")?;
        self.drain()?;
        self.out.flush()
    }
}
