//! The bytes of a text file as UTF-8, whatever they were.
//!
//! The first step for CSV, TSV, JSON lines and HTML: what reads them sees UTF-8 alone.

use std::io::{self, Read};

use encoding_rs::{
    Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, X_MAC_CYRILLIC,
};

use crate::diag::{Diagnostic, Error, say};

/// How much of the file decides its encoding.
const PROBE: usize = 64 * 1024;

/// The bytes of a table as UTF-8 with plain line ends, whatever they were: UTF-8, UTF-16, CP1251
/// (Excel on Windows), CP866 (DOS), KOI8-R, or Mac Cyrillic (Excel on a Mac).
pub(super) fn utf8(
    mut reader: impl Read + Send + 'static,
    name: &str,
) -> Result<Box<dyn Read + Send>, Error> {
    let mut head = Vec::new();
    let io = |source| Error::Io { path: name.into(), source };
    reader.by_ref().take(PROBE as u64).read_to_end(&mut head).map_err(io)?;
    let encoding = match Encoding::for_bom(&head) {
        Some((encoding, mark)) => {
            head.drain(..mark);
            encoding
        }
        None => guess(&head).ok_or_else(|| unreadable(&head, name))?,
    };
    let whole = io::Cursor::new(head).chain(reader);
    // Nothing to decode; bytes that are not UTF-8 behind the probe are replaced line by line
    // later on.
    if encoding == UTF_8 {
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

/// A whole text, as [`utf8`].
pub(super) fn text(bytes: &[u8], named: Option<&str>) -> String {
    let encoding = named
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        // A page may say `utf-8` and be something else, which its bytes show; other names are
        // believed.
        .filter(|encoding| *encoding != UTF_8 || std::str::from_utf8(bytes).is_ok())
        .or_else(|| guess(&bytes[..bytes.len().min(PROBE)]))
        .unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

fn unreadable(head: &[u8], name: &str) -> Error {
    let message = if head.contains(&0) {
        say!("{name}: the file is not a text file", name)
    } else {
        say!("{name}: the file is in an encoding that is not known", name)
    };
    Diagnostic::error("table-encoding", message)
        .hint(say!("save it in Excel as .xlsx, or as «CSV UTF-8»"))
        .into()
}

/// The encoding of a text without a mark; none for what is not text at all.
fn guess(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    // In UTF-16 the spaces, digits and separators have a zero byte, always on the same side.
    if head.contains(&0) {
        let (even, odd) = (zeros(0), zeros(1));
        // Ten times as many on one side: binary files have zeros on both.
        return match (even * 10 < odd, odd * 10 < even) {
            (true, _) => Some(UTF_16LE),
            (_, true) => Some(UTF_16BE),
            _ => None,
        };
    }
    if is_utf8(head) {
        return Some(UTF_8);
    }
    // The most usual first, since it stays where several score alike: a short text may be the
    // same in CP1251 and Mac Cyrillic, which share most small letters.
    let candidates = [WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC];
    let scores = candidates.map(|encoding| likeness(&encoding.decode_without_bom_handling(head).0));
    let best = (0..candidates.len()).fold(0, |a, b| if scores[b] > scores[a] { b } else { a });
    // Less than nothing is not Russian in any of them: better to ask than to print rubbish.
    (scores[best] > 0.0).then_some(candidates[best])
}

/// How much a text is like Russian: usual letters, capitals only where words begin or in whole
/// words, no drawings and no signs inside of words.
fn likeness(text: &str) -> f64 {
    let (mut score, mut seen) = (0.0, 0.0_f64);
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            seen += 1.0;
            // The letters by how frequent they are in Russian; a wrong encoding turns them into
            // rare ones, capitals in the midst of words, or drawings.
            score += match c {
                'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' | 'в' | 'л' => 1.0,
                'к' | 'м' | 'д' | 'п' | 'у' | 'я' | 'ы' | 'ь' | 'г' | 'з' | 'б' => 0.7,
                'ч' | 'й' | 'х' | 'ж' | 'ш' | 'ю' | 'ц' | 'щ' | 'э' | 'ф' | 'ё' | 'ъ' => {
                    0.3
                }
                // KOI8-R and CP1251 have the cases the other way round: «Иванов» becomes
                // «йЧБОПЧ».
                'А'..='Я' | 'Ё' if last.is_lowercase() => -2.0,
                'О' | 'Е' | 'А' | 'И' | 'Н' | 'Т' | 'С' | 'Р' | 'В' | 'Л' => 0.6,
                'А'..='Я' | 'Ё' => 0.3,
                '№' | '«' | '»' | '—' | '–' | '\u{a0}' | '…' | '“' | '”' | '„' => {
                    0.3
                }
                _ => -2.0,
            };
            // A word that begins small and ends large, or begins with a sign that none does.
            if matches!(c, 'ь' | 'ъ' | 'ы' | 'Ь' | 'Ъ') && !last.is_alphabetic() {
                score -= 2.0;
            }
        }
        last = c;
    }
    score / seen.max(1.0)
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
            // The last line may lack its end; with one put there, all readers of lines count
            // alike.
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
        // An incomplete character, as opposed to a wrong one, and only where the probe ended
        // before the file did.
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
            // `decode_to_string` writes no more than there is room for.
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
        utf8(bytes, "t").unwrap().read_to_string(&mut text).unwrap();
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

    #[test]
    fn old_encodings_are_told_apart() {
        let text = "ФИО;Должность\nИванова Анна Петровна;учитель\nЛЕВ ПАВЕЛ;МБОУ «Школа № 5»\n";
        for encoding in [WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC] {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(guess(&bytes), Some(encoding));
        }
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guess(&bytes), Some(UTF_16LE));
        assert_eq!(guess(&[0, 1, 0, 0, 7, 0]), None);
    }
}
