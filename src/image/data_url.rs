//! `data:` URLs (RFC 2397).
//!
//! Read by the store in the place of a file.

use crate::diag::{Diagnostic, say};

/// The bytes in a URL, if it is a `data:` URL.
pub(super) fn decode(url: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
    let rest = url.get(..5).filter(|s| s.eq_ignore_ascii_case("data:")).map(|_| &url[5..])?;
    let Some((kind, data)) = rest.split_once(',') else {
        return Some(Err(Diagnostic::error(
            "image-data-url",
            say!("a `data:` URL has no comma between its type and its data"),
        )));
    };
    let bytes = percent_decoded(data);
    // Without `;base64` the data are the text itself, percent signs resolved.
    if !kind.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return Some(Ok(bytes));
    }
    Some(base64(&bytes).ok_or_else(|| {
        Diagnostic::error("image-data-url", say!("the data of a `data:` URL is not Base64"))
    }))
}

/// A `data:` URL of a file.
pub(super) fn encode(kind: &str, bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = format!("data:{kind};base64,");
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            // A rest of one or two bytes has a letter more than it has bytes (RFC 4648, 4).
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Resolves `%20` and the like; what is not an escape stays as it is.
pub(super) fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], digit(i + 1), digit(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    out
}

/// Base64 of either alphabet (RFC 4648), white space between and padding left out allowed.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut padding) = (0u32, 0, false);
    for byte in text.iter().filter(|b| !b.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            // Drawing programs and mailers write either alphabet.
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padding = true;
                continue;
            }
            _ => return None,
        };
        if padding {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    // Six bits or more left over are a letter too many: the data were cut.
    (count < 6).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_urls_give_their_bytes() {
        let bytes = |url: &str| decode(url).unwrap().unwrap();
        assert_eq!(bytes("data:image/png;base64,aGVsbG8="), b"hello");
        assert_eq!(bytes("data:image/png;base64,aGVs\nbG8"), b"hello");
        for text in ["", "h", "he", "hel", "hell", "hello"] {
            let url = encode("text/plain", text.as_bytes());
            assert_eq!(bytes(&url), text.as_bytes());
        }
        assert_eq!(bytes("DATA:image/png;charset=x;base64,_-8%3D"), [0xFF, 0xEF]);
        assert_eq!(bytes("data:image/svg+xml,%3Csvg%3E100%"), b"<svg>100%");
        assert!(decode("seal.png").is_none());
        for wrong in
            ["data:image/png;base64", "data:;base64,a", "data:;base64,ab=c", "data:;base64,ы"]
        {
            assert_eq!(decode(wrong).unwrap().unwrap_err().code(), "image-data-url", "{wrong}");
        }
    }
}
