use std::io::{self, Read};

/// How much of the file decides its encoding.
const PROBE: usize = 64 * 1024;

/// The bytes of a table as UTF-8 with plain line ends, whatever they were: UTF-8 with or without a
/// mark, UTF-16 with a mark, or CP1251.
///
/// Excel on a Russian Windows saves CSV as CP1251, whose Cyrillic is never valid UTF-8, so the
/// first bytes tell the two apart.
pub(super) fn utf8(mut reader: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut head = Vec::new();
    reader.by_ref().take(PROBE as u64).read_to_end(&mut head)?;
    let encoding = match encoding_rs::Encoding::for_bom(&head) {
        Some((encoding, mark)) => {
            head.drain(..mark);
            encoding
        }
        None if is_utf8(&head) => encoding_rs::UTF_8,
        None => encoding_rs::WINDOWS_1251,
    };
    let whole = io::Cursor::new(head).chain(reader);
    if encoding == encoding_rs::UTF_8 {
        return Ok(Box::new(LineEnds { reader: whole, last: b'\n' }));
    }
    let decoder = Decoder {
        reader: whole,
        decoder: encoding.new_decoder_without_bom_handling(),
        out: Vec::new(),
        at: 0,
        done: false,
    };
    Ok(Box::new(LineEnds { reader: decoder, last: b'\n' }))
}

/// Makes one LF of CR LF and of CR, and puts one behind the last line, so that lines can be
/// counted.
struct LineEnds<R> {
    reader: R,
    /// The byte read last.
    last: u8,
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.reader.read(buffer)?;
            if n == 0 && !buffer.is_empty() && !matches!(self.last, b'\r' | b'\n') {
                self.last = b'\n';
                buffer[0] = b'\n';
                return Ok(1);
            }
            let mut kept = 0;
            for at in 0..n {
                let byte = buffer[at];
                let second = byte == b'\n' && self.last == b'\r';
                self.last = byte;
                if !second {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            // Nothing kept is not the end.
            if kept > 0 || n == 0 {
                return Ok(kept);
            }
        }
    }
}

/// Whether the bytes are UTF-8, up to a character that the end of the probe cuts.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && head.len() == PROBE,
    }
}

struct Decoder<R> {
    reader: R,
    decoder: encoding_rs::Decoder,
    out: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.done {
            let mut raw = [0; 8192];
            let n = self.reader.read(&mut raw)?;
            self.done = n == 0;
            let mut text =
                String::with_capacity(self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16));
            let _ = self.decoder.decode_to_string(&raw[..n], &mut text, self.done);
            self.out = text.into_bytes();
            self.at = 0;
        }
        let n = buffer.len().min(self.out.len() - self.at);
        buffer[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &'static [u8]) -> String {
        let mut text = String::new();
        utf8(bytes).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn windows_1251_is_seen_by_its_bytes() {
        assert_eq!(decoded(b"\xD4\xC8\xCE;\xCF\xEE\xEB"), "ФИО;Пол\n");
    }

    #[test]
    fn line_ends_become_one() {
        assert_eq!(decoded(b"a\r\nb\rc\n\r\n"), "a\nb\nc\n\n");
    }

    #[test]
    fn marks_are_dropped() {
        assert_eq!(decoded("\u{feff}ФИО".as_bytes()), "ФИО\n");
        assert_eq!(decoded(b"\xFF\xFE\x24\x04\x18\x04\x1E\x04"), "ФИО\n");
    }
}
