//! UTF-16, and Windows-1251, in which Notepad on a Russian Windows saved for decades («ANSI»).

/// The text, if the bytes are UTF-16, which Notepad calls «Unicode»: by the mark at the beginning,
/// or by the zero beside a colon or a line's end.
pub(super) fn utf_16(bytes: &[u8]) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let any = |wanted: [u8; 2]| pairs.contains(&wanted);
    let little = match pairs.first()? {
        [0xFF, 0xFE] => true,
        [0xFE, 0xFF] => false,
        // No file of data is without a line's end or a colon.
        _ if any([b'\n', 0]) || any([b':', 0]) => true,
        _ if any([0, b'\n']) || any([0, b':']) => false,
        _ => return None,
    };
    let units = pairs.iter().map(|pair| match little {
        true => u16::from_le_bytes(*pair),
        false => u16::from_be_bytes(*pair),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.ok().filter(|text| rest.is_empty() && !text.contains('\0'))?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// What of 0x80–0xBF occurs in Russian texts. The other codes do not, so a file that has them is in
/// another encoding.
const SIGNS: [(u8, char); 21] = [
    (0x84, '„'),
    (0x85, '…'),
    (0x91, '‘'),
    (0x92, '’'),
    (0x93, '“'),
    (0x94, '”'),
    (0x95, '•'),
    (0x96, '–'),
    (0x97, '—'),
    (0x99, '™'),
    (0xA0, '\u{a0}'),
    (0xA7, '§'),
    // Both letters «ё» stand apart from the row of the others.
    (0xA8, 'Ё'),
    (0xA9, '©'),
    (0xAB, '«'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB7, '·'),
    (0xB8, 'ё'),
    (0xB9, '№'),
    (0xBB, '»'),
];

/// The text, if the bytes can be Russian in Windows-1251: no code that Russian has no use for, and
/// words that do not begin small and go on large, as they would if it were KOI8-R.
pub(super) fn windows_1251(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len() * 2);
    // «Приказ» in KOI8-R would be «рТЙЛБЪ».
    let (mut large_after_small, mut small_after_large) = (0usize, 0usize);
    let mut last = ' ';
    for &byte in bytes {
        let c = match byte {
            // Text has no zero bytes: this is UTF-16 or no text at all.
            0 => return None,
            1..=0x7F => char::from(byte),
            // А–я stand in one row in both encodings.
            0xC0.. => char::from_u32(u32::from('А') + u32::from(byte - 0xC0))?,
            _ => SIGNS.iter().find(|(code, _)| *code == byte)?.1,
        };
        large_after_small += usize::from(last.is_lowercase() && c.is_uppercase());
        small_after_large += usize::from(last.is_uppercase() && c.is_lowercase());
        last = c;
        text.push(c);
    }
    // Text of the wrong encoding has its large and small letters mixed up.
    (large_after_small <= small_after_large).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{utf_16, windows_1251};

    #[test]
    fn utf_16_is_known_with_its_mark_and_without() {
        let text = "вид: Приказ\nпункты: [Раз]\n";
        let with = |mark: bool, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let mark = mark.then_some('\u{feff}');
            let all: String = mark.into_iter().chain(text.chars()).collect();
            all.encode_utf16().flat_map(bytes).collect()
        };
        assert_eq!(utf_16(&with(true, u16::to_le_bytes)).as_deref(), Some(text));
        assert_eq!(utf_16(&with(true, u16::to_be_bytes)).as_deref(), Some(text));
        assert_eq!(utf_16(&with(false, u16::to_le_bytes)).as_deref(), Some(text));
        assert_eq!(utf_16(text.as_bytes()), None);
        assert_eq!(utf_16(b"kind: \0"), None);
    }

    #[test]
    fn russian_is_read() {
        let text = windows_1251(b"\xCF\xF0\xE8\xEA\xE0\xE7 \xB9 5 \xAB\xB8\xBB").unwrap();
        assert_eq!(text, "Приказ № 5 «ё»");
    }

    /// «Приказ» in KOI8-R and in CP866, and bytes that are not text.
    #[test]
    fn what_is_not_windows_1251_is_left_alone() {
        assert_eq!(windows_1251(b"\xF0\xD2\xC9\xCB\xC1\xDA \xCE\xCF\xD7\xD9\xCA"), None);
        assert_eq!(windows_1251(b"\x8F\xE0\xA8\xAA\xA0\xA7"), None);
        assert_eq!(windows_1251(b"\xCF\xF0\x00"), None);
    }
}
