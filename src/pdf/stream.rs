//! A file that is written as it is made, without ever being whole in memory.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

use super::deflate::Deflater;
use super::digest::Digest;
use super::save::{PER_STREAM, header, indirect, object};

/// Where objects with numbers in a row are.
#[derive(Debug, Clone, Copy)]
enum XrefEntry {
    /// At a byte of the file; one object only.
    At(u64),
    /// In an object stream, from this index on.
    In { container: u32, index: u32 },
}

/// Set in a place that lies in an object stream; no file is so long.
const PACKED: u64 = 1 << 63;

impl XrefEntry {
    /// In eight bytes: a merged file has some of them for each page.
    fn place(self) -> u64 {
        match self {
            Self::At(at) => at,
            // An object stream has fewer than 256 objects.
            Self::In { container, index } => {
                PACKED | (u64::from(container) << 8) | u64::from(index)
            }
        }
    }

    fn of(place: u64) -> Self {
        match place & PACKED {
            0 => Self::At(place),
            _ => Self::In { container: (place >> 8) as u32, index: (place & 0xFF) as u32 },
        }
    }
}

#[derive(Debug)]
struct XrefRun {
    first: u32,
    length: u32,
    place: u64,
}

/// Writes objects in any order: streams at once, all others in object streams (ISO 32000-1, 7.5.7).
pub(super) struct ObjectWriter<'w> {
    out: &'w mut (dyn Write + Send),
    at: u64,
    digest: Digest,
    last: u32,
    runs: Vec<XrefRun>,
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
            runs: Vec::new(),
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
            self.run(number, XrefEntry::At(self.at + self.buffer.len() as u64));
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
        let dict = Object::Dictionary(dict);
        self.pack(number, deflater, |body| {
            object(body, &dict);
            // Behind the last entry, where the dictionary ended.
            body.truncate(body.len() - 2);
            body.extend_from_slice(format!("/{key}[").as_bytes());
            for link in links {
                body.extend_from_slice(format!("{link} 0 R ").as_bytes());
            }
            body.extend_from_slice(b"]>>");
        })
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
        self.run(number, XrefEntry::In { container, index: self.packed.len() as u32 });
        self.packed.push((number, self.body.len()));
        write(&mut self.body);
        self.body.push(b'\n');
        if self.packed.len() < PER_STREAM { Ok(()) } else { self.close(deflater) }
    }

    fn run(&mut self, number: u32, place: XrefEntry) {
        if let (Some(run), XrefEntry::In { container: here, index: next }) =
            (self.runs.last_mut(), place)
            && let XrefEntry::In { container, index } = XrefEntry::of(run.place)
            && (container, index + run.length, run.first + run.length) == (here, next, number)
        {
            run.length += 1;
            return;
        }
        self.runs.push(XrefRun { first: number, length: 1, place: place.place() });
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
        self.run(own, XrefEntry::At(start));
        // An object may be written long after its number was given, and the table goes by
        // numbers.
        self.runs.sort_by_key(|run| run.first);
        let mut table = deflater.pieces();
        let mut entry = |kind: u8, place: u64, index: u32| {
            // Six bytes for an offset: a merged file may be larger than 4 GB.
            let mut bytes = place.to_be_bytes();
            bytes[1] = kind;
            table.add(&bytes[1..]);
            // A byte holds it: an object stream has fewer than 256 objects.
            table.add(&[index as u8]);
        };
        let mut next = 0;
        for run in &self.runs {
            // Numbers that no object has are free.
            (next..run.first).for_each(|_| entry(0, 0, 0));
            next = run.first + run.length;
            match XrefEntry::of(run.place) {
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
        let stream = Stream::new(dict, table.finish());
        indirect(&mut self.buffer, (own, 0), &Object::Stream(stream));
        write!(self.buffer, "startxref\n{start}\n%%EOF\n")?;
        self.drain()?;
        self.out.flush()
    }
}
