//! Fonts packed for browsers: WOFF, its tables compressed by zlib, and WOFF2, by Brotli.

use std::error::Error;
use std::io::Read;
use std::sync::Arc;

use crate::diag::{Message, say};
use flate2::read::ZlibDecoder;

/// The largest font that is unpacked: a Chinese one has 20 MB.
const MAX_BYTES: u64 = 128 << 20;

/// The font file in a packed one; another file as it is.
///
/// # Errors
/// What is wrong with the packed file.
pub(super) fn unpack(bytes: Arc<[u8]>) -> Result<Arc<[u8]>, Message> {
    let unpacked = match bytes.get(..4) {
        Some(b"wOFF") => {
            let mut rest = MAX_BYTES;
            wuff::decompress_woff1_with_custom_z(&bytes, &mut |table, size| {
                inflate(table, size, &mut rest)
            })
        }
        Some(b"wOF2") => wuff::decompress_woff2(&bytes),
        Some(start) if is_eot(&bytes) || start == b"<svg" => {
            return Err(say!("it is in a format that only old browsers read"));
        }
        _ => return Ok(bytes),
    };
    unpacked.map(Arc::from).map_err(|_| say!("the WOFF file is damaged"))
}

/// Whether it is Embedded OpenType (.eot): a magic number stands at byte 34.
fn is_eot(bytes: &[u8]) -> bool {
    bytes.get(34..36) == Some(b"LP") && bytes.get(8..10) != Some(b"\0\0")
}

/// A table of WOFF. Its size stands in the file, which may say anything: `rest` of all is left.
fn inflate(table: &[u8], size: usize, rest: &mut u64) -> Result<Vec<u8>, Box<dyn Error>> {
    *rest = rest.checked_sub(size as u64).ok_or("the font is too large")?;
    let mut out = Vec::new();
    ZlibDecoder::new(table).take(size as u64 + 1).read_to_end(&mut out)?;
    Ok(out)
}
