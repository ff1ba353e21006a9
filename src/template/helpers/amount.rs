//! Numbers for tables and sums: digits in groups, as a sample shows.

use handlebars::JsonValue;

use super::super::fault::RenderFault;
use super::Args;
use crate::diag::say;

/// `number total "1 234,50"`: a number written as the sample is: «1 234,50» has groups and two
/// decimals, «0,0» one decimal and no groups, «1 234 ₽» a sign behind it. Without a sample the
/// groups are Russian, and the decimals those that it has.
pub(super) fn number(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let wrong = || args.wrong(0, say!("a number"));
    let number = Decimal::parse(&args.text(0)?).ok_or_else(wrong)?;
    let Some(sample) = args.optional(1) else {
        let decimals = number.fraction.len();
        let plain = Sample { before: "", group: Some(' '), mark: ',', decimals, after: "" };
        return Ok(plain.write(&number).into());
    };
    let sample = Sample::parse(sample).ok_or_else(|| {
        args.wrong(1, say!("a sample of a number"))
            .hint(say!("write the number 1234 in the form you want, such as `1 234,50`"))
    })?;
    Ok(sample.write(&number).into())
}

/// A decimal number as it is written, so that no digit is lost on the way.
struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.strip_prefix(['-', '−']);
        let digits: String = bare.unwrap_or(text).chars().filter(|c| !is_space(*c)).collect();
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((&digits, ""));
        let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        // «1.234,5» may be either of two numbers; «5.» lacks something.
        let whole_number = fraction.is_empty() && digits.len() == whole.len();
        if whole.is_empty() || !all(whole) || !all(fraction) || fraction.is_empty() != whole_number
        {
            return None;
        }
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let (whole, fraction) = (whole.to_owned(), fraction.to_owned());
        Some(Self { negative: bare.is_some(), whole, fraction })
    }

    /// The digits with so many decimals, the last one rounded half away from zero.
    fn rounded(&self, decimals: usize) -> (String, String) {
        let kept = self.fraction.len().min(decimals);
        let mut digits = format!("{}{}", self.whole, &self.fraction[..kept]).into_bytes();
        let up = self.fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
        let mut at = digits.len();
        let mut carry = up;
        while carry && at > 0 {
            at -= 1;
            carry = digits[at] == b'9';
            digits[at] = if carry { b'0' } else { digits[at] + 1 };
        }
        let mut text = String::from_utf8(digits).unwrap_or_default();
        if carry {
            text.insert(0, '1');
        }
        let fraction = text.split_off(text.len() - kept);
        (text, format!("{fraction:0<decimals$}"))
    }
}

/// How a number is to look.
struct Sample<'a> {
    before: &'a str,
    /// What stands between groups of three digits.
    group: Option<char>,
    /// What stands before the decimals.
    mark: char,
    decimals: usize,
    after: &'a str,
}

impl<'a> Sample<'a> {
    fn parse(sample: &'a str) -> Option<Self> {
        let start = sample.find(|c: char| c.is_ascii_digit())?;
        let end = sample.rfind(|c: char| c.is_ascii_digit())? + 1;
        let (before, digits, after) = (&sample[..start], &sample[start..end], &sample[end..]);
        // «1 234»: what stands between parts groups of three.
        let mut rest = digits;
        let mut group = None;
        let grouped = digits.strip_prefix('1').and_then(|rest| {
            let sign = rest.chars().next()?;
            let known = is_space(sign) || matches!(sign, '.' | ',' | '\'' | '’');
            let rest = rest[sign.len_utf8()..].strip_prefix("234").filter(|_| known)?;
            Some((sign, rest))
        });
        match grouped {
            Some((sign, tail)) => (group, rest) = (Some(sign), tail),
            None => {
                let whole = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                rest = &rest[whole..];
            }
        }
        let mut tail = rest.chars();
        let mark = tail.next();
        let decimals = tail.as_str();
        let fits = match mark {
            None => true,
            Some(mark) => {
                // A space before decimals, or one sign for both, could not be read again.
                matches!(mark, '.' | ',')
                    && group != Some(mark)
                    && decimals.bytes().all(|byte| byte.is_ascii_digit())
            }
        };
        let (mark, decimals) = (mark.unwrap_or(','), decimals.len());
        fits.then_some(Self { before, group, mark, decimals, after })
    }

    fn write(&self, number: &Decimal) -> String {
        let (whole, fraction) = number.rounded(self.decimals);
        // «№ 1 234 ₽» stays in one line.
        let mut out = self.before.replace(' ', "\u{a0}");
        let zero = whole.bytes().chain(fraction.bytes()).all(|digit| digit == b'0');
        // What was rounded to nothing has no sign.
        if number.negative && !zero {
            out.push('−');
        }
        for (at, digit) in whole.chars().enumerate() {
            if let Some(group) = self.group
                && at > 0
                && (whole.len() - at).is_multiple_of(3)
            {
                // A number is not broken at the end of a line.
                out.push(if group == ' ' { '\u{a0}' } else { group });
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.mark);
            out.push_str(&fraction);
        }
        out + &self.after.replace(' ', "\u{a0}")
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: &str, sample: &str) -> Option<String> {
        let text = Sample::parse(sample)?.write(&Decimal::parse(number)?);
        Some(text.replace('\u{a0}', "_"))
    }

    #[test]
    fn numbers_look_like_their_sample() {
        for (number, sample, expected) in [
            ("1234.5", "1 234,50", "1_234,50"),
            ("1234567", "1 234", "1_234_567"),
            ("999.995", "1 234,50", "1_000,00"),
            ("0.285", "0,00", "0,29"),
            ("-12,5", "1 234,50 ₽", "−12,50_₽"),
            ("-0.001", "0,00", "0,00"),
            ("1 000 000", "1,234.50", "1,000,000.00"),
            ("5", "№ 1234", "№_5"),
            ("12345", "1234", "12345"),
            ("007", "1234", "7"),
            ("99999999999999999999.5", "1 234", "100_000_000_000_000_000_000"),
        ] {
            assert_eq!(written(number, sample).as_deref(), Some(expected), "{number} as {sample}");
        }
        for (number, sample) in
            [("1.234,5", "1234"), ("", "1234"), ("5.", "0"), ("1e5", "0"), ("5", "₽")]
        {
            assert_eq!(written(number, sample), None, "{number} as {sample}");
        }
    }
}
