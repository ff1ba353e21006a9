//! The facts of a certificate in one line: `ITOG1|kind|number|name|event|date|issuer|…`.

use std::fmt;

use super::{PublicKey, SecretKey, Verdict, base64};
use crate::model::Certificate;

/// The names of the facts, in their order.
pub const FACTS: [&str; 6] = ["kind", "number", "name", "event", "date", "issuer"];

/// What a signed text begins with; the signature is over it, too.
const MARK: &str = "ITOG1";

/// How many bytes fit a QR code of version 12 at level L (ISO/IEC 18004, table 7).
const MOST: usize = 367;

/// What the facts do not take: the mark, seven bars, a check of two letters for each fact, and a
/// signature of 64 bytes in Base64.
const REST: usize = MARK.len() + 7 + 2 * FACTS.len() + 86;

/// A fact that is shortened keeps so many letters at least.
const LEAST: usize = 12;

/// The facts of a certificate with a signature over them.
///
/// ```
/// use itog::model::Certificate;
/// use itog::trust::{Record, SecretKey};
/// let certificate = Certificate { number: Some("7".to_owned()), ..Certificate::default() };
/// let record = Record::sign(&certificate, &SecretKey::from_seed([7; 32]));
/// assert!(record.facts().any(|fact| fact == ("number", "7")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    facts: [String; 6],
    signature: Vec<u8>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let checks: String = self.facts.iter().map(|fact| check(fact)).collect();
        write!(f, "{}|{checks}{}", message(&self.facts), base64::encode(&self.signature))
    }
}

impl Record {
    /// Signs what a certificate prints: its kind, number, recipient, event, date and issuer. What
    /// would not fit a QR code of version 12 is shortened, with «…» at its end: kind, event and
    /// issuer first, the name last, number and date never.
    #[must_use]
    pub fn sign(certificate: &Certificate, key: &SecretKey) -> Self {
        let facts = shortened(facts(certificate));
        let signature = key.sign(message(&facts).as_bytes()).to_vec();
        Self { facts, signature }
    }

    /// Reads a signed text, whether it is genuine or not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).map(|(record, _)| record)
    }

    fn read(text: &str) -> Option<(Self, String)> {
        let mut parts = text.trim().split('|');
        if parts.next() != Some(MARK) {
            return None;
        }
        let facts: Vec<String> = parts.by_ref().take(FACTS.len()).map(str::to_owned).collect();
        let (facts, end) = (<[String; 6]>::try_from(facts).ok()?, parts.next()?);
        // Two letters for each fact, then the signature.
        let (checks, signature) = end.split_at_checked(2 * FACTS.len())?;
        let signature = base64::decode(signature)?;
        parts.next().is_none().then(|| (Self { facts, signature }, checks.to_owned()))
    }

    /// The facts with their names, those that are not given left out.
    pub fn facts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = FACTS.into_iter().zip(self.facts.iter().map(String::as_str));
        named.filter(|(_, fact)| !fact.is_empty())
    }

    /// Whether a text is what the owner of a key signed, and if not, what was changed.
    #[must_use]
    pub fn verify(text: &str, key: &PublicKey) -> Verdict {
        let Some((record, checks)) = Self::read(text) else { return Verdict::NoRecord };
        let changed: Vec<&'static str> = (FACTS.into_iter().zip(&record.facts).enumerate())
            .filter(|(at, (_, fact))| checks.get(2 * at..2 * at + 2) != Some(&check(fact)))
            .map(|(_, (name, _))| name)
            .collect();
        match key.verifies(message(&record.facts).as_bytes(), &record.signature) {
            // Said before the signature is: with a changed fact it fails in any case, and this
            // tells which.
            _ if !changed.is_empty() => Verdict::Changed(changed),
            true => Verdict::Genuine,
            false => Verdict::OtherKey,
        }
    }
}

/// What is signed.
fn message(facts: &[String; 6]) -> String {
    format!("{MARK}|{}", facts.join("|"))
}

/// Two letters that tell which fact was changed. They protect nothing: the signature does.
fn check(fact: &str) -> String {
    // FNV-1a, folded to 12 bits.
    let hash = fact
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let folded = (hash ^ hash >> 12 ^ hash >> 24) & 0xfff;
    base64::encode(&[(folded >> 4) as u8, (folded << 4) as u8])[..2].to_owned()
}

/// The facts as they are printed, each on one line and without the bar that parts them.
fn facts(certificate: &Certificate) -> [String; 6] {
    let kind = match &certificate.degree {
        // «Диплом I степени» may have its degree in the kind already.
        Some(degree) if !certificate.kind.contains(degree.as_str()) => {
            format!("{} {degree}", certificate.kind)
        }
        _ => certificate.kind.clone(),
    };
    let number = [&certificate.series, &certificate.number];
    let number: Vec<&str> = number.into_iter().flatten().map(String::as_str).collect();
    let event = certificate.event.as_ref().map(|event| event.name.clone());
    [
        kind,
        number.join(" "),
        certificate.recipient.person.name.clone(),
        event.unwrap_or_default(),
        certificate.date.map(|date| date.to_string()).unwrap_or_default(),
        certificate.issuer.clone().unwrap_or_default(),
    ]
    .map(|fact| {
        // The bar separates facts; soft hyphens are invisible, and would make equal facts
        // unequal.
        let fact = fact.replace('|', "/").replace('\u{ad}', "");
        fact.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// The facts, the longest of kind, event and issuer cut until all fit, and the name if they do not
/// do.
fn shortened(mut facts: [String; 6]) -> [String; 6] {
    const FIRST: [usize; 3] = [3, 5, 0];
    const LAST: usize = 2;
    loop {
        if facts.iter().map(String::len).sum::<usize>() + REST <= MOST {
            return facts;
        }
        let letters = |at: &usize| facts[*at].chars().count();
        // Event, issuer and kind give way first; the name only when they cannot.
        let longest = FIRST.into_iter().max_by_key(letters).filter(|at| letters(at) > LEAST);
        let at = longest.unwrap_or(LAST);
        let letters = letters(&at);
        if letters <= LEAST {
            return facts;
        }
        // Two letters at a time, one of which comes back as «…».
        let kept: String = facts[at].chars().take(letters - 2).collect();
        facts[at] = format!("{}…", kept.trim_end_matches('…'));
    }
}
