//! A tolerant parser for untrusted PDF files: it looks through the bytes for objects, whatever the
//! cross-reference table says, and keeps their dictionaries and where their streams are.

use std::collections::BTreeMap;
use std::io::Read;

/// How deep arrays and dictionaries may nest.
const MAX_DEPTH: usize = 32;
/// How many objects are kept.
const MAX_OBJECTS: usize = 1_000_000;
/// The largest object stream, inflated.
const MAX_OBJECT_STREAM: usize = 16 << 20;
/// How long a chain of references may be.
const MAX_STEPS: usize = 8;

/// An object, as far as attachments need it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PdfObject {
    Null,
    Integer(i64),
    Name(String),
    String(Vec<u8>),
    Array(Vec<PdfObject>),
    Dict(BTreeMap<String, PdfObject>),
    /// A dictionary and its stream's bytes, as a range of the file.
    Stream(BTreeMap<String, PdfObject>, std::ops::Range<usize>),
    Reference(u32),
}

impl PdfObject {
    /// An entry of a dictionary or stream.
    pub(super) fn get(&self, key: &str) -> Option<&PdfObject> {
        match self {
            Self::Dict(dict) | Self::Stream(dict, _) => dict.get(key),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        if let Self::Integer(n) = self { Some(*n) } else { None }
    }

    /// A text string (ISO 32000-1, 7.9.2.2); the letters of PDFDocEncoding beyond ASCII are taken
    /// for Latin-1.
    pub(super) fn text(&self) -> Option<String> {
        let Self::String(bytes) = self else { return None };
        Some(match bytes.as_slice() {
            [0xFE, 0xFF, rest @ ..] => {
                let units: Vec<u16> =
                    rest.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            // UTF-8 with its mark is of PDF 2.0 (ISO 32000-2, 7.9.2.2).
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            // Nearly PDFDocEncoding, whose letters are those of Latin-1 (ISO 32000-1, annex D).
            bytes => bytes.iter().map(|b| char::from(*b)).collect(),
        })
    }
}

/// All objects of a file; where a number comes twice, the later one counts.
#[derive(Debug)]
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, PdfObject>,
    /// The file says that it is encrypted.
    pub(super) encrypted: bool,
}

/// Looks through a file.
pub(super) fn objects(bytes: &[u8]) -> Objects<'_> {
    let mut found = Objects { bytes, objects: BTreeMap::new(), encrypted: false };
    let mut at = 0;
    while let Some(place) = find(bytes, at, b"obj") {
        at = place + 3;
        // `endobj` ends in `obj`, too.
        let Some(number) = number_before(bytes, place) else { continue };
        let mut parser = ObjectParser { bytes, at };
        // What is not an object is passed over: of a broken file as much is read as there is.
        let Some(value) = parser.value(0) else { continue };
        let value = match value {
            PdfObject::Dict(dict) => parser.stream(dict),
            other => other,
        };
        at = parser.at.max(at);
        if let PdfObject::Stream(_, range) = &value {
            // Bytes of a stream may look like objects; they are skipped.
            at = range.end;
        }
        found.insert(number, value);
    }
    // Trailers stand outside of objects; cross-reference streams are objects.
    let mut at = 0;
    while let Some(place) = find(bytes, at, b"trailer") {
        at = place + 7;
        let trailer = ObjectParser { bytes, at }.value(0);
        found.encrypted |= trailer.is_some_and(|t| t.get("Encrypt").is_some());
    }
    found.encrypted |=
        found.objects.values().any(|v| is_type(v, "XRef") && v.get("Encrypt").is_some());
    found.unpack();
    found
}

fn is_type(value: &PdfObject, kind: &str) -> bool {
    value.get("Type").and_then(PdfObject::name) == Some(kind)
}

impl Objects<'_> {
    fn insert(&mut self, number: u32, value: PdfObject) {
        if self.objects.len() < MAX_OBJECTS {
            self.objects.insert(number, value);
        }
    }

    /// All objects, by number.
    pub(super) fn values(&self) -> impl Iterator<Item = &PdfObject> {
        self.objects.values()
    }

    /// What a reference refers to, or the value itself.
    pub(super) fn resolve<'b>(&'b self, mut value: &'b PdfObject) -> &'b PdfObject {
        // A reference may lead to itself in a file that means harm.
        for _ in 0..MAX_STEPS {
            let PdfObject::Reference(number) = value else { return value };
            value = self.objects.get(number).unwrap_or(&PdfObject::Null);
        }
        &PdfObject::Null
    }

    /// A stream's bytes, inflated if need be, up to a limit.
    pub(super) fn data(&self, stream: &PdfObject, limit: usize) -> Option<Vec<u8>> {
        let PdfObject::Stream(dict, range) = stream else { return None };
        let mut raw = self.bytes.get(range.clone())?;
        // A length that is given elsewhere is known only now.
        if let Some(length) = dict.get("Length").and_then(|l| self.resolve(l).integer()) {
            // A wrong length is not believed.
            raw = raw.get(..usize::try_from(length).ok()?).unwrap_or(raw);
        }
        let filter = dict.get("Filter").map(|f| self.resolve(f));
        let filter = match filter {
            Some(PdfObject::Array(filters)) if filters.len() == 1 => {
                Some(self.resolve(&filters[0]))
            }
            Some(PdfObject::Array(filters)) if filters.is_empty() => None,
            other => other,
        };
        match filter {
            None => (raw.len() <= limit).then(|| raw.to_vec()),
            Some(PdfObject::Name(name))
                // All that programs embed is deflated plainly; other filters would be more code
                // that strangers can feed.
                if name == "FlateDecode" && dict.get("DecodeParms").is_none() =>
            {
                let mut data = Vec::new();
                // One byte more than the limit tells what is too large without inflating it.
                let mut inflater = flate2::read::ZlibDecoder::new(raw).take(limit as u64 + 1);
                inflater.read_to_end(&mut data).ok()?;
                (data.len() <= limit).then_some(data)
            }
            Some(_) => None,
        }
    }

    /// Takes the objects out of the object streams (ISO 32000-1, 7.5.7).
    fn unpack(&mut self) {
        let streams: Vec<Vec<(u32, PdfObject)>> = self
            .objects
            .values()
            .filter(|v| is_type(v, "ObjStm"))
            .filter_map(|stream| self.unpacked(stream))
            .collect();
        for (number, value) in streams.into_iter().flatten() {
            if self.objects.len() < MAX_OBJECTS {
                // An object that stands in the file itself is newer than one in an object
                // stream.
                self.objects.entry(number).or_insert(value);
            }
        }
    }

    fn unpacked(&self, stream: &PdfObject) -> Option<Vec<(u32, PdfObject)>> {
        // The file may say any number; memory is had for what there is.
        let count = usize::try_from(stream.get("N")?.integer()?).ok()?.min(MAX_OBJECTS);
        let first = usize::try_from(stream.get("First")?.integer()?).ok()?;
        let data = self.data(stream, MAX_OBJECT_STREAM)?;
        let mut index = ObjectParser { bytes: &data, at: 0 };
        let mut found = Vec::new();
        for _ in 0..count {
            let (Some(PdfObject::Integer(number)), Some(PdfObject::Integer(offset))) =
                (index.number(), index.number())
            else {
                break;
            };
            let at = first.checked_add(usize::try_from(offset).ok()?)?;
            let value = ObjectParser { bytes: &data, at }.value(0);
            if let (Ok(number), Some(value)) = (u32::try_from(number), value) {
                found.push((number, value));
            }
        }
        Some(found)
    }
}

fn find(bytes: &[u8], from: usize, word: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(word.len()).position(|w| w == word).map(|place| from + place)
}

/// The object number of the `12 0 ` that stands before an `obj`.
fn number_before(bytes: &[u8], place: usize) -> Option<u32> {
    // Two numbers of ten and five digits with their spaces.
    let head = bytes.get(place.saturating_sub(24)..place)?;
    let mut words = head.rsplit(|b| is_space(*b)).filter(|w| !w.is_empty());
    if !head.last().is_some_and(|b| is_space(*b)) {
        return None;
    }
    let generation = words.next()?;
    let number = words.next()?;
    generation.iter().all(u8::is_ascii_digit).then_some(())?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

fn is_space(byte: u8) -> bool {
    // ISO 32000-1, table 1.
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    // ISO 32000-1, table 2.
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Reads objects (ISO 32000-1, 7.3).
struct ObjectParser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl ObjectParser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn eat(&mut self, word: &[u8]) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Option<PdfObject> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'/' => self.name().map(PdfObject::Name),
            b'(' => self.literal().map(PdfObject::String),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_space();
                    if self.eat(b"]") {
                        return Some(PdfObject::Array(items));
                    }
                    items.push(self.value(depth + 1)?);
                }
            }
            b'<' if self.eat(b"<<") => {
                let mut dict = BTreeMap::new();
                loop {
                    self.skip_space();
                    if self.eat(b">>") {
                        return Some(PdfObject::Dict(dict));
                    }
                    let key = self.name()?;
                    dict.insert(key, self.value(depth + 1)?);
                }
            }
            b'<' => self.hexadecimal().map(PdfObject::String),
            // `12 0 R` and `12` begin alike: the longer one is tried first.
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.reference().or_else(|| self.number()),
            _ => {
                let word = self.word();
                // Nobody here asks for a truth value, so it is as good as nothing.
                matches!(word, b"true" | b"false" | b"null").then_some(PdfObject::Null)
            }
        }
    }

    fn word(&mut self) -> &[u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    /// A number; a fraction is of no use here and is cut off.
    fn number(&mut self) -> Option<PdfObject> {
        self.skip_space();
        let word = std::str::from_utf8(self.word()).ok()?;
        let number: f64 = word.parse().ok()?;
        Some(PdfObject::Integer(number as i64))
    }

    fn reference(&mut self) -> Option<PdfObject> {
        let start = self.at;
        let found = (|| {
            let number = std::str::from_utf8(self.word()).ok()?.parse().ok()?;
            self.skip_space();
            std::str::from_utf8(self.word()).ok()?.parse::<u16>().ok()?;
            self.skip_space();
            (self.word() == b"R").then_some(PdfObject::Reference(number))
        })();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn name(&mut self) -> Option<String> {
        if !self.eat(b"/") {
            return None;
        }
        let word = self.word();
        let mut out = Vec::with_capacity(word.len());
        let mut i = 0;
        while i < word.len() {
            // «#20» is a space (ISO 32000-1, 7.3.5).
            let escape = (word[i] == b'#').then(|| word.get(i + 1..i + 3)).flatten();
            match escape.and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok()) {
                Some(byte) => {
                    out.push(byte);
                    i += 3;
                }
                None => {
                    out.push(word[i]);
                    i += 1;
                }
            }
        }
        Some(String::from_utf8_lossy(&out).into_owned())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut digits = Vec::new();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'>' => break,
                b if is_space(b) => {}
                b => digits.push(char::from(b).to_digit(16)? as u8),
            }
        }
        Some(
            // A last digit that is missing is 0 (ISO 32000-1, 7.3.4.3).
            digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect(),
        )
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut out, mut open) = (Vec::new(), 1);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                // Brackets in pairs need no backslash (ISO 32000-1, 7.3.4.2).
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(out);
                    }
                }
                b'\\' => {
                    out.extend(self.escape()?);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
    }

    fn escape(&mut self) -> Option<Option<u8>> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            // A line end behind a backslash is not part of the string; CR LF is one line end.
            b'\r' => {
                self.eat(b"\n");
                None
            }
            b'\n' => None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                // Three digits go up to 511; what is above a byte is dropped (ISO 32000-1,
                // 7.3.4.2).
                Some(code as u8)
            }
            other => Some(other),
        })
    }

    /// The stream that follows a dictionary, if one does.
    fn stream(&mut self, dict: BTreeMap<String, PdfObject>) -> PdfObject {
        let before = self.at;
        self.skip_space();
        if !self.eat(b"stream") {
            self.at = before;
            return PdfObject::Dict(dict);
        }
        // `stream` is followed by CR LF or LF (ISO 32000-1, 7.3.8.1).
        if !self.eat(b"\r\n") {
            self.eat(b"\n");
        }
        let start = self.at;
        let length =
            dict.get("Length").and_then(PdfObject::integer).and_then(|l| usize::try_from(l).ok());
        // The stated length is taken if `endstream` stands there, else the next `endstream`.
        let stated = length.and_then(|l| start.checked_add(l)).filter(|end| {
            let mut after = ObjectParser { bytes: self.bytes, at: *end };
            after.skip_space();
            *end <= self.bytes.len() && after.eat(b"endstream")
        });
        let end =
            stated.or_else(|| find(self.bytes, start, b"endstream")).unwrap_or(self.bytes.len());
        self.at = end;
        PdfObject::Stream(dict, start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Option<PdfObject> {
        ObjectParser { bytes: text, at: 0 }.value(0)
    }

    #[test]
    fn strings_and_names_are_unescaped() {
        assert_eq!(
            parse(b"(a\\(b\\) (c) \\101\\\nd)"),
            Some(PdfObject::String(b"a(b) (c) Ad".to_vec()))
        );
        assert_eq!(parse(b"<48 656C6C6>"), Some(PdfObject::String(b"Hell`".to_vec())));
        assert_eq!(parse(b"/application#2Fjson"), Some(PdfObject::Name("application/json".into())));
    }

    #[test]
    fn references_and_numbers_are_told_apart() {
        let values = vec![
            PdfObject::Integer(1),
            PdfObject::Reference(2),
            PdfObject::Integer(-3),
            PdfObject::Integer(4),
        ];
        assert_eq!(parse(b"[1 2 0 R -3.7 4]"), Some(PdfObject::Array(values)));
    }

    #[test]
    fn nesting_has_an_end() {
        assert_eq!(parse(&b"[".repeat(100_000)), None);
        assert_eq!(parse(&b"<</A".repeat(100_000)), None);
    }
}
