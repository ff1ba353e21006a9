//! Votes: numbers, names, or «единогласно».
//!
//! Read below a point, a question or a document, and checked against who was present.

use serde::Serialize;

use super::read::{At, Fields, Map, Read};
use super::schema::Defs;
use super::tree::DataValue;
use crate::diag::{Diagnostic, say};

/// How many voted how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// For («за»).
    #[serde(rename = "for")]
    pub in_favour: u32,
    /// Against («против»).
    pub against: u32,
    /// Abstained («воздержались»).
    pub abstained: u32,
    /// Whether all voted for it («единогласно»); the numbers may then be unknown.
    pub unanimous: bool,
    /// Who voted for, by name.
    pub names_for: Vec<String>,
    /// Who voted against.
    pub names_against: Vec<String>,
    /// Who abstained.
    pub names_abstained: Vec<String>,
    /// The whole result as it is printed, where it is more than numbers: «тайно; за — 20, против —
    /// 1, недействительных бюллетеней нет».
    pub words: Option<String>,
}

impl Vote {
    /// All votes.
    pub fn total(&self) -> u64 {
        // Three numbers that a user gives may add up to more than 32 bits.
        u64::from(self.in_favour) + u64::from(self.against) + u64::from(self.abstained)
    }
}

/// A vote as it may be given: in numbers and names, or in the word «единогласно».
pub(super) struct ToldVote(pub(super) Vote);

impl Read for ToldVote {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            // By the beginnings: «единогласно», «единогласное», `unanimous`, `unanimously`.
            DataValue::Scalar { text, .. }
                if ["единоглас", "unanim"]
                    .iter()
                    .any(|word| text.to_lowercase().contains(word))
                    && !text.contains(|c: char| c.is_ascii_digit()) =>
            {
                Some(Self(Vote { unanimous: true, ..Vote::default() }))
            }
            DataValue::Scalar { text, .. } if let Some(vote) = told(text) => {
                vote.check(at, true);
                Some(Self(vote))
            }
            DataValue::Map(_) => Vote::read(at).map(Self),
            DataValue::Scalar { text, .. } if in_words(text) => {
                Some(Self(Vote { words: Some(String::read(at)?), ..Vote::default() }))
            }
            _ => at.expected(say!("a vote (a map of keys, or «единогласно»)")),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [{ "type": "string" }, Vote::schema(defs)] })
    }
}

/// Whether a text says how it was voted in words of its own.
fn in_words(text: &str) -> bool {
    const STEMS: [&str; 6] = ["за", "тайн", "открыт", "больши", "голос", "принят"];
    let small = text.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        STEMS.iter().any(|stem| word == *stem || stem.len() > 4 && word.starts_with(stem))
    })
}

/// Votes in a line: «за — 24, против — нет, воздержались — 1», «24 за, 1 против».
fn told(text: &str) -> Option<Vote> {
    const KINDS: [&[&str]; 3] = [&["за", "for"], &["против", "against"], &["воздерж", "abstain"]];
    let small = text.to_lowercase();
    let words: Vec<&str> =
        small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let kind_of = |word: &str| {
        let is = |begin: &&str| word == *begin || begin.len() > 6 && word.starts_with(*begin);
        KINDS.iter().position(|kind| kind.iter().any(is))
    };
    let number = |word: &str| match word {
        "нет" | "no" | "none" => Some(0),
        word => word.parse().ok(),
    };
    let mut votes = [None::<u32>; 3];
    // Either each number follows its word, or each stands before it.
    let behind = kind_of(words.first()?).is_some();
    let (mut kind, mut count) = (None, None);
    for word in words {
        match (kind_of(word), number(word)) {
            (Some(of), _) if behind => kind = Some(of),
            (Some(of), _) => votes[of] = votes[of].or(count.take()),
            (None, Some(n)) if behind => votes[kind.take()?] = Some(n),
            (None, Some(n)) => count = Some(n),
            // «человек», «чел.»; anything else would be lost.
            (None, None) if word.starts_with("чел") || word.starts_with("голос") => {}
            (None, None) => return None,
        }
    }
    let [in_favour, against, abstained] = votes;
    let (against, abstained) = (against.unwrap_or(0), abstained.unwrap_or(0));
    in_favour.map(|in_favour| Vote { in_favour, against, abstained, ..Vote::default() })
}

/// Votes of one kind: how many, or whose.
#[derive(Default)]
struct Votes(u32, Vec<String>);

impl Read for Votes {
    fn read(at: &At<'_>) -> Option<Self> {
        match at.node.value {
            DataValue::Seq(_) => {
                let names = Vec::<String>::read(at)?;
                // A list too long to be counted exceeds those present, and that is what is to be
                // told.
                Some(Self(u32::try_from(names.len()).unwrap_or(u32::MAX), names))
            }
            _ => u32::read(at).map(|number| Self(number, Vec::new())),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [u32::schema(defs), Vec::<String>::schema(defs)] })
    }
}

impl Fields for Vote {
    const NAME: &'static str = "vote";
    const WHAT: (&'static str, &'static str) = ("a vote", "Результаты голосования");

    fn fields(map: &mut Map<'_>) -> Self {
        let mut votes = |key, doc| {
            map.opt::<Votes>(key, doc).map_or((0, Vec::new()), |Votes(n, names)| (n, names))
        };
        let (in_favour, mut names_for) = votes("for", "За: число или имена");
        let (against, mut names_against) = votes("against", "Против: число или имена");
        let (abstained, mut names_abstained) = votes("abstained", "Воздержались: число или имена");
        let unanimous = map
            .opt("unanimous", "true: единогласно; короче — vote: единогласно")
            .unwrap_or_default();
        names_for.extend(map.list("names_for", "Кто голосовал за"));
        names_against.extend(map.list("names_against", "Кто голосовал против"));
        names_abstained.extend(map.list("names_abstained", "Кто воздержался"));
        Self {
            in_favour,
            against,
            abstained,
            unanimous,
            names_for,
            names_against,
            names_abstained,
            words: map.opt("words", "Результат словами, как печатается; короче — строкой в vote"),
        }
    }

    fn check(&self, at: &At<'_>, sound: bool) {
        // «единогласно» alone needs no numbers.
        if (self.unanimous || self.words.is_some()) && self.total() == 0 {
            return;
        }
        let in_words = matches!(at.node.value, DataValue::Scalar { .. });
        if !in_words && !at.has(&["for"]) {
            at.report(Diagnostic::error("missing-key", say!("the key `for` is missing")));
            return;
        }
        let Some(present) = at.cx.present.get() else { return };
        let Self { in_favour, against, abstained, .. } = self;
        let sum = say!(
            "{in_favour} for, {against} against, {abstained} abstained: {total} in all",
            in_favour,
            against,
            abstained,
            total = self.total()
        );
        if self.total() > u64::from(present) {
            let fault = Diagnostic::error(
                "votes-exceed-present",
                say!("{sum}, but only {present} were present", sum, present),
            );
            at.report(fault.hint(if at.cx.present_in_prose.get() {
                say!(
                    "the text says «в количестве … человек»: correct it or the votes, or give \
                    `present` in the head"
                )
            } else {
                say!("correct the votes, or `present` in the head")
            }));
        // Some may not have voted: asked about, but not refused; and never where the count is
        // only our reading of a text.
        } else if self.total() < u64::from(present) && sound && !at.cx.present_in_prose.get() {
            let fault = Diagnostic::warning(
                "votes-missing",
                say!("{sum}, but {present} were present", sum, present),
            );
            at.report(
                fault.hint(say!("count those who abstained, or leave it so if some did not vote")),
            );
        }
    }
}
