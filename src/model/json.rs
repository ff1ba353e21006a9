//! JSON (RFC 8259) into a [`DataNode`]: numbers and truth values stay as written, every value knows
//! its bytes.

use super::Limits;
use super::tree::{DataNode, DataValue, MapKey, SyntaxFault};
use crate::diag::{Message, say};

/// Reads one value. The first fault of syntax ends the reading, since nothing after it can be
/// trusted.
pub(super) fn parse(
    text: &str,
    limits: &Limits,
    faults: &mut Vec<SyntaxFault>,
) -> Option<DataNode> {
    let mut parser = JsonParser { text, at: 0, values: 0, limits };
    let result = parser.value(0).and_then(|node| {
        parser.space();
        if parser.at < text.len() {
            Err(parser.fault(say!("the data ends before this")))
        } else {
            Ok(node)
        }
    });
    result.map_err(|fault| faults.push(fault)).ok()
}

struct JsonParser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    limits: &'a Limits,
}

impl JsonParser<'_> {
    fn fault(&self, message: Message) -> SyntaxFault {
        // The whole letter is marked, never a part of its bytes.
        let len = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        let message = say!("this is not JSON: {message}", message);
        let mut fault = SyntaxFault::syntax(message, self.at..self.at + len);
        if let Some(hint) = self.remedy() {
            *fault.diagnostic = fault.diagnostic.hint(hint);
        }
        fault
    }

    /// What people write who know other languages.
    fn remedy(&self) -> Option<Message> {
        let (before, rest) = self.text.split_at(self.at);
        Some(match rest.chars().next()? {
            '/' | '#' => say!("JSON has no comments: take it out, or write YAML (.yaml)"),
            '}' | ']' if before.trim_end().ends_with(',') => {
                say!("take out the comma before it: nothing follows it")
            }
            '"' if !before.trim_end().ends_with([',', ':', '{', '[']) => {
                say!("put a comma behind what stands before it")
            }
            '\n' | '\r' => {
                say!("close the quotes, or write a line break as `{escape}`", escape = "\\n")
            }
            '\t' => say!("write a tab as `{escape}`", escape = "\\t"),
            '\'' | '‘' | '’' | '“' | '”' | '«' => {
                say!("put keys and texts in straight double quotes: `{quoted}`", quoted = "\"…\"")
            }
            letter if letter.is_alphabetic() => {
                say!("put keys and texts in straight double quotes: `{quoted}`", quoted = "\"…\"")
            }
            _ => return None,
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes a punctuation mark, with the space before it.
    fn take(&mut self, byte: u8) -> bool {
        self.space();
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn value(&mut self, depth: usize) -> Result<DataNode, SyntaxFault> {
        self.space();
        let start = self.at;
        self.values += 1;
        // Counted as they are made, so that a small file of many brackets cannot fill the
        // memory.
        if self.values > self.limits.data_values {
            return Err(SyntaxFault::too_many(self.limits, start..start));
        }
        // Checked on the way down, before the stack is used up.
        if depth > self.limits.data_depth {
            return Err(SyntaxFault::too_deep(self.limits, start..start));
        }
        let value = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.seq(depth)?,
            Some(b'"') => DataValue::Scalar { text: self.string()?, plain: false },
            _ => self.plain()?,
        };
        Ok(DataNode::new(value, start..self.at))
    }

    fn seq(&mut self, depth: usize) -> Result<DataValue, SyntaxFault> {
        self.at += 1;
        let mut items = Vec::new();
        // A comma before the bracket ends in the fault «a value is expected», at its very place.
        while !self.take(b']') {
            if !items.is_empty() && !self.take(b',') {
                return Err(self.fault(say!("a comma or `]` is expected")));
            }
            items.push(self.value(depth + 1)?);
        }
        Ok(DataValue::Seq(items))
    }

    fn map(&mut self, depth: usize) -> Result<DataValue, SyntaxFault> {
        self.at += 1;
        let mut entries = Vec::new();
        while !self.take(b'}') {
            if !entries.is_empty() && !self.take(b',') {
                return Err(self.fault(say!("a comma or `}` is expected")));
            }
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.fault(say!("a key in quotes is expected")));
            }
            let key = MapKey { text: self.string()?, range: start..self.at };
            if !self.take(b':') {
                return Err(self.fault(say!("a colon is expected")));
            }
            entries.push((key, self.value(depth + 1)?));
        }
        Ok(DataValue::Map(entries))
    }

    /// A number, `true`, `false` or `null`.
    fn plain(&mut self) -> Result<DataValue, SyntaxFault> {
        let rest = &self.text[self.at..];
        let len = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
            .unwrap_or(rest.len());
        let word = &rest[..len];
        let value = match word {
            "null" => DataValue::Null,
            "true" | "false" => DataValue::Scalar { text: word.to_owned(), plain: true },
            // Leading zeros and all: serde_json would refuse `007`, but here nothing is lost by
            // keeping it.
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit())
                && word.parse::<f64>().is_ok() =>
            {
                DataValue::Scalar { text: word.to_owned(), plain: true }
            }
            _ => {
                return Err(self.fault(say!(
                    "a value is expected: a text in quotes, a number, true, \
                false, null, a list or a map"
                )));
            }
        };
        self.at += len;
        Ok(value)
    }

    fn string(&mut self) -> Result<String, SyntaxFault> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let len = rest.find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            text.push_str(&rest[..len]);
            self.at += len;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => {
                    return Err(self.fault(say!(
                        "there is a line break or a control character inside the quotes"
                    )));
                }
                None => {
                    // Where they should have closed nobody can know, but where they open is
                    // certain.
                    self.at = start;
                    return Err(self.fault(say!("the quotes that open here do not close")));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxFault> {
        let start = self.at;
        self.at += 2;
        let c = match self.text.as_bytes().get(start + 1) {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => {
                self.at = start;
                return Err(self.fault(say!("there is no such escape")));
            }
        };
        Ok(c)
    }

    /// The character of `\uXXXX`, or of a pair of surrogates.
    fn unicode(&mut self, start: usize) -> Result<char, SyntaxFault> {
        let first = self.hex4();
        let code = match first {
            // Letters beyond the Basic Multilingual Plane come as two escapes (RFC 8259, 7).
            Some(high @ 0xD800..0xDC00) if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                match self.hex4() {
                    Some(low @ 0xDC00..0xE000) => {
                        Some(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
                    }
                    _ => None,
                }
            }
            other => other,
        };
        code.and_then(char::from_u32).ok_or_else(|| {
            self.at = start;
            self.fault(say!("this escape is not a character"))
        })
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
