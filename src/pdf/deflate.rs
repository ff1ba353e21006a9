//! Deflation with one compressor for all streams of a file.
//!
//! Every stream of a PDF goes through it, on the thread that writes the file.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, Stream};

/// How often a stream is padded before it is written as it is; the chance that this is not enough
/// is 128⁻⁸.
const TRIES: usize = 8;

/// A compressor that is reset between streams: making one costs more than deflating a small page.
pub(super) struct Deflater(Compress);

impl Deflater {
    /// For streams that are worth the time.
    pub(super) fn new() -> Self {
        // Zlib's own default; level 9 takes much longer for hardly a percent.
        Self(Compress::new(Compression::new(6), true))
    }

    /// For the small pages of a batch: a third of the time for a tenth more bytes.
    pub(super) fn fast() -> Self {
        Self(Compress::new(Compression::new(1), true))
    }

    /// Deflates data as zlib does.
    fn deflate(&mut self, data: &[u8]) -> Vec<u8> {
        self.0.reset();
        // What a page draws shrinks to less than half, so that this hardly ever has to grow.
        let mut out = Vec::with_capacity(data.len() / 2 + 128);
        loop {
            let done = usize::try_from(self.0.total_in()).unwrap_or(data.len());
            match self.0.compress_vec(
                data.get(done..).unwrap_or(&[]),
                &mut out,
                FlushCompress::Finish,
            ) {
                Ok(Status::StreamEnd) => return out,
                Ok(_) => out.reserve(data.len() / 2 + 128),
                // Cannot happen with a whole buffer; if it does, stored blocks are a valid stream
                // too.
                Err(_) => return stored(data),
            }
        }
    }

    /// Deflates data so that the stream never ends in CR or LF, which some readers take for the
    /// line end before `endstream`. The last byte belongs to a checksum of the data, so
    /// `padding` (not all zeros) is added to the data until it differs. Gives the length of the
    /// padded data with the stream.
    pub(super) fn padded(&mut self, data: &[u8], padding: &[u8]) -> (Vec<u8>, usize) {
        let mut out = self.deflate(data);
        if !ends_in_newline(&out) {
            return (out, data.len());
        }
        let mut data = data.to_vec();
        for _ in 0..TRIES {
            data.extend_from_slice(padding);
            out = self.deflate(&data);
            if !ends_in_newline(&out) {
                break;
            }
        }
        (out, data.len())
    }

    /// Deflates data to the very same data, never ending in a line end: stored blocks end in the
    /// same checksum, so a byte that readers do not look at is put behind it.
    pub(super) fn exact(&mut self, data: &[u8]) -> Vec<u8> {
        let mut out = self.deflate(data);
        if ends_in_newline(&out) {
            out.push(0);
        }
        out
    }

    /// Data that are deflated as they come, never whole in memory, and never end in a line end.
    pub(super) fn pieces(&mut self) -> DeflatedPieces<'_> {
        self.0.reset();
        DeflatedPieces { deflater: self, waiting: Vec::new(), out: Vec::new() }
    }

    /// A stream object, deflated if that makes it smaller.
    pub(super) fn stream(&mut self, mut dict: Dictionary, data: Vec<u8>, padding: &[u8]) -> Stream {
        let (deflated, _) = self.padded(&data, padding);
        // The entry for the filter takes its share of what is won.
        if deflated.len() + 21 < data.len() {
            dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            Stream::new(dict, deflated)
        } else {
            Stream::new(dict, data)
        }
    }
}

/// A stream in the making.
pub(super) struct DeflatedPieces<'d> {
    deflater: &'d mut Deflater,
    waiting: Vec<u8>,
    out: Vec<u8>,
}

impl DeflatedPieces<'_> {
    const PIECE: usize = 1 << 16;

    pub(super) fn add(&mut self, data: &[u8]) {
        self.waiting.extend_from_slice(data);
        if self.waiting.len() >= Self::PIECE {
            self.compress(FlushCompress::None);
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.compress(FlushCompress::Finish);
        if ends_in_newline(&self.out) {
            // Readers do not look behind the checksum.
            self.out.push(0);
        }
        self.out
    }

    fn compress(&mut self, flush: FlushCompress) {
        let begun = self.deflater.0.total_in();
        loop {
            self.out.reserve(Self::PIECE / 4);
            let done = (self.deflater.0.total_in() - begun) as usize;
            let rest = self.waiting.get(done..).unwrap_or_default();
            let room = self.out.capacity();
            // Neither the data nor the state can be wrong: a compressor has no other errors.
            let ended = match self.deflater.0.compress_vec(rest, &mut self.out, flush) {
                Ok(status) => status == Status::StreamEnd,
                Err(_) => true,
            };
            let taken = (self.deflater.0.total_in() - begun) as usize == self.waiting.len();
            let all = taken && self.out.len() < room && matches!(flush, FlushCompress::None);
            if ended || all {
                break;
            }
        }
        self.waiting.clear();
    }
}

fn ends_in_newline(data: &[u8]) -> bool {
    matches!(data.last(), Some(b'\r' | b'\n'))
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xFFFF).peekable();
    if data.is_empty() {
        out.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    while let Some(block) = blocks.next() {
        // Blocks of at most 0xFFFF bytes, so it fits.
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend_from_slice(block);
    }
    // Adler-32: sums by the largest prime below 65536 (RFC 1950, 2.2).
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (a + b) % 65521)
    });
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn inflate(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        flate2::read::ZlibDecoder::new(data).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn no_stream_ends_in_a_line_end() {
        let mut deflater = Deflater::new();
        for n in 0..2000u32 {
            let data = format!("BT /F1 12 Tf {n} Tj ET");
            let (out, length) = deflater.padded(data.as_bytes(), b"\n");
            assert!(!ends_in_newline(&out));
            let back = inflate(&out);
            assert_eq!(back.len(), length);
            assert!(back.starts_with(data.as_bytes()));
        }
    }

    #[test]
    fn pieces_are_one_stream() {
        let data: Vec<u8> = (0..300_000u32).map(|n| (n.wrapping_mul(n) / 7) as u8).collect();
        let mut deflater = Deflater::new();
        for cut in [1, 7, 4096, 300_000] {
            let mut pieces = deflater.pieces();
            data.chunks(cut).for_each(|piece| pieces.add(piece));
            let out = pieces.finish();
            assert!(!ends_in_newline(&out));
            assert_eq!(inflate(&out), data);
        }
        assert_eq!(inflate(&deflater.pieces().finish()), b"");
    }

    #[test]
    fn stored_blocks_are_a_valid_stream() {
        let data: Vec<u8> = (0..150_000u32).map(|n| (n * 7) as u8).collect();
        assert_eq!(inflate(&stored(&data)), data);
        assert_eq!(inflate(&stored(b"")), b"");
    }
}
