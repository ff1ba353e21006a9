//! Domain names in ASCII (RFC 3492).
//!
//! Links in a file are ASCII; what is read on the page stays as it was typed.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;

/// A label of a domain name: `рф` is `xn--p1ai`.
pub(super) fn label(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    // Names are registered in lower case (RFC 5891).
    let lower = label.to_lowercase();
    format!("xn--{}", encode(&lower))
}

fn encode(label: &str) -> String {
    let input: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let mut handled = basic;
    if basic > 0 {
        // The delimiter stands behind the ASCII letters, if there are any (RFC 3492, 3.1).
        out.push('-');
    }
    // `initial_n` and `initial_bias` of RFC 3492, section 5.
    let (mut next, mut delta, mut bias) = (128u32, 0u32, 72u32);
    while (handled as usize) < input.len() {
        let Some(least) = input.iter().copied().filter(|c| *c >= next).min() else { break };
        delta = delta.saturating_add((least - next).saturating_mul(handled + 1));
        next = least;
        for c in &input {
            if *c < next {
                delta = delta.saturating_add(1);
            }
            if *c == next {
                number(delta, bias, &mut out);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.saturating_add(1);
        next += 1;
    }
    out
}

/// A number of variable length (section 3.3).
fn number(mut value: u32, bias: u32, out: &mut String) {
    let digit = |d: u32| char::from(if d < 26 { b'a' + d as u8 } else { b'0' + (d - 26) as u8 });
    let mut k = BASE;
    loop {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if value < t {
            out.push(digit(value));
            return;
        }
        out.push(digit(t + (value - t) % (BASE - t)));
        value = (value - t) / (BASE - t);
        k += BASE;
    }
}

/// The bias after a delta (section 6.1).
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    // `damp`: the first delta of a label is usually large.
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    // `skew` of RFC 3492, section 5.
    k + (BASE - T_MIN + 1) * delta / (delta + 38)
}
