//! The preamble of a document: who, having done what, resolves.

use serde::Serialize;

use crate::model::read::{Fields, Map};
use crate::model::{arrange, number};

/// The preamble: «Участники форума, заслушав …, постановили:».
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Preamble {
    /// The text up to the recitals, or all of it.
    pub text: Option<String>,
    /// What was heard, discussed, noted; one paragraph each.
    pub recitals: Vec<String>,
    /// The verb that leads to the points: «постановили», «решили».
    pub resolves: Option<String>,
}

/// Whether a participial phrase ends a text, so that a comma stands before the verb: «Участники,
/// обсудив доклады» and then «отмечают».
fn lacks_comma(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "обсудив",
        "заслушав",
        "рассмотрев",
        "изучив",
        "проанализировав",
        "обменявшись",
        "подведя",
        "отмечая",
        "учитывая",
        "выражая",
        "ознакомившись",
        "руководствуясь",
        "выслушав",
        "признавая",
    ];
    let text = text.trim_end();
    let mut parts = text.split(", ").skip(1);
    let participle = |part: &str| {
        let part = part.trim_start();
        let part = part.strip_prefix("и ").unwrap_or(part);
        WORDS.iter().any(|word| part.starts_with(word))
    };
    // «…, Совет» is the subject, after which no comma stands.
    let subject = text.rsplit(", ").next().is_some_and(|last| last.starts_with(char::is_uppercase));
    !text.ends_with([',', '—']) && !subject && parts.any(participle)
}

/// «…, представители России, -»: the dash that ends what was put in before the verb, without the
/// comma that was typed beside it.
fn dash_out(text: &mut String) {
    let bare = text.trim_end();
    let open = [" -", " –", " —", "\u{a0}—"].iter().find_map(|dash| bare.strip_suffix(dash));
    if let Some(open) = open {
        *text = format!("{} —", open.trim_end().trim_end_matches(','));
    }
}

impl Preamble {
    /// Ends the sentence with its verb, which may bring a subject: «…, Совет решил».
    pub(in crate::model) fn close(&mut self, verb: String) {
        if let Some(text) = &mut self.text {
            dash_out(text);
        }
        // «…, коллегия решила» and «Решение:» below it say the same.
        let last = self.text.as_deref().and_then(|text| text.split_whitespace().next_back());
        let same = |word: &str| {
            let stem = |word: &str| word.to_lowercase().chars().take(3).collect::<String>();
            arrange::verb(word).is_some() && stem(word) == stem(&verb)
        };
        if last.is_some_and(same) {
            return;
        }
        // «Совет решил», «президиум постановляет», but «единогласно решили».
        let first = verb.split_whitespace().next().unwrap_or_default();
        let said = first.ends_with('о') || arrange::verb(first).is_some();
        let named = verb.contains(' ')
            && !said
            && arrange::verb(verb.rsplit(' ').next().unwrap_or_default()).is_some();
        // «совершать следующие действия» is what somebody is empowered to do.
        let subject = named || verb.starts_with(char::is_uppercase) && verb.contains(' ');
        let subject = subject && !arrange::is_infinitive(&first.to_lowercase());
        if subject && let Some(text) = self.text.as_mut().filter(|t| !t.ends_with([',', '—'])) {
            text.push(',');
        }
        if let Some(text) = self.text.as_mut().filter(|text| !subject && lacks_comma(text)) {
            text.push(',');
        }
        let shout = verb.chars().filter(|c| c.is_uppercase()).count() > 1;
        self.resolves = Some(if subject || shout { verb } else { verb.to_lowercase() });
    }

    /// Whether its sentence goes on with a verb.
    pub(in crate::model) fn is_open(&self) -> bool {
        let ends = |text: &String| {
            let text = text.trim_end();
            text.ends_with(['.', '!', '?', ':', ';']) && !number::ends_with_initial(text)
        };
        self.resolves.is_none() && !self.recitals.last().or(self.text.as_ref()).is_some_and(ends)
    }
}

/// A text in which a line that follows a whole sentence is a paragraph of its own, and one that
/// begins small behind a comma goes on with the line above.
pub(super) fn in_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if out.ends_with(['.', '!', '?']) && !line.trim().is_empty() {
            out.push('\n');
        }
        let goes_on = out.ends_with(',') && line.trim_start().starts_with(char::is_lowercase);
        if !out.is_empty() {
            out.push(if goes_on { ' ' } else { '\n' });
        }
        out.push_str(if goes_on { line.trim() } else { line.trim_end() });
    }
    out
}

impl Fields for Preamble {
    const NAME: &'static str = "preamble";
    const WHAT: (&'static str, &'static str) = ("a preamble", "Преамбула");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            text: map.opt("text", "Текст преамбулы").map(|text: String| in_paragraphs(&text)),
            recitals: map.some("recitals", "Основания: заслушав…, обсудив…, каждое с новой строки"),
            resolves: map.opt("resolves", "Глагол: постановили, решили"),
        }
    }
}
