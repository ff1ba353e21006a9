//! Posts and titles: the head phrase inflects, everything that depends on it stays.
//!
//! A post is cut at commas, spaced dashes and «и» into segments. In a segment the agreeing
//! adjectives before the head inflect, then the head noun with its hyphenated parts, then
//! adjectives and parallel nouns right after it; what follows is already in the case that the
//! head asks for. A later segment inflects only if it begins with a post in the nominative
//! («начальник отдела, председатель комитета»).
//!
//! Source of the government of heads and of compound nouns: Rosenthal, § 147, 182–184.
//!
//! ```
//! use itog_lang::ru::{post, Case};
//!
//! let dative = |text| post::inflect(text, Case::Dative, None).text;
//! assert_eq!(
//!     dative("заместитель директора – заведующая отделом"),
//!     "заместителю директора – заведующей отделом"
//! );
//! assert_eq!(
//!     dative("и.о. начальника управления культуры"),
//!     "и.о. начальника управления культуры"
//! );
//! assert_eq!(dative("врач-терапевт участковый"), "врачу-терапевту участковому");
//! ```

mod head;
// One word a line would make a list of two thousand lines.
#[rustfmt::skip]
mod lists;
mod segment;
pub(super) mod words;

use super::grammar::{Basis, Case, Gender, Inflected};
use super::org;
use super::party;
use super::phrase;
use super::word::Letters;
use crate::ru::is_letter_or_digit;
use head::{is_rank, push_compound};

/// Inflects a post or title.
///
/// The post declines by the gender of its own words: «секретарь» is masculine whoever holds the
/// post. The gender of the person is taken only so that callers can pass what they know; a post
/// that has a feminine form is written in it («заведующая»).
///
/// ```
/// use itog_lang::ru::{post, Case};
///
/// assert_eq!(post::inflect("заведующая КДЦ", Case::Accusative, None).text, "заведующую КДЦ");
/// assert_eq!(post::inflect("мировой судья", Case::Genitive, None).text, "мирового судьи");
/// ```
#[must_use]
pub fn inflect(text: &str, case: Case, _gender: Option<Gender>) -> Inflected {
    if case == Case::Nominative {
        return Inflected::certain(text);
    }
    // Posts in the plural: «члены президиума», «учащиеся школы».
    let parsed = org::parse(text, true);
    if parsed.is_counted() || parsed.heads.first().is_some_and(|head| head.plural) {
        return parsed.inflect(text, case);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    // Whether all before is heads alone, so that what follows can depend on none of them.
    let mut bare = true;
    let mut joined = "";
    let (mut doubt, mut standing) = (None, None);
    if segment::may_be_two_names(text) {
        standing = text.split(' ').nth(1);
    }
    while !rest.is_empty() {
        let (segment, separator, tail) = segment::next_segment(rest);
        let before = &text[..text.len() - rest.len()];
        // Later segments are mostly genitives («отдела кадров и охраны труда»), and an ending
        // cannot tell them from a nominative: only a word known as a post begins anew.
        let equal = bare && joined == " и " && segment::is_equal(segment);
        if before.is_empty() || equal || segment::starts_with_post(segment, before) {
            let unsure = push_segment(&mut out, segment, case);
            (doubt, standing) = (doubt.or(unsure.doubt), standing.or(unsure.standing));
            bare &= unsure.bare;
        } else {
            let dash = joined.contains(['–', '—', '-']);
            standing = standing.or_else(|| segment::standing(segment, before, dash));
            out.push_str(segment);
            bare = false;
        }
        out.push_str(separator);
        (rest, joined) = (tail, separator);
    }
    if let Some(word) = doubt {
        let reason = format!("слова «{word}» нет в списках, форма — по сходству");
        return Inflected::doubtful(out, Basis::Likeness, reason);
    }
    if let Some(word) = standing.or_else(|| party::name_left(text)) {
        let reason = format!("«{word}» осталось в именительном падеже");
        return Inflected::doubtful(out, Basis::Likeness, reason);
    }
    Inflected::certain(out)
}

/// Whether a text begins with a post in the nominative.
pub(super) fn begins_post(text: &str) -> bool {
    segment::starts_with_post(text, "")
}

/// The nominative of a post that stands in the dative, if one is found that has this dative.
///
/// ```
/// use itog_lang::ru::post::of_dative;
///
/// assert_eq!(of_dative("Директору школы № 3").as_deref(), Some("Директор школы № 3"));
/// assert_eq!(of_dative("заведующей отделом").as_deref(), Some("заведующая отделом"));
/// assert_eq!(of_dative("Директор школы"), None);
/// ```
#[must_use]
pub fn of_dative(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let known = |post: &str| {
        let form = inflect(post, Case::Dative, None);
        segment::starts_with_post(post, "") && form.is_certain() && form.text == text
    };
    // The head alone, or an adjective before it as well: «главному врачу».
    let guesses = |word: &str| -> Vec<String> {
        // Participles are posts as well, but no names: «заведующей», «заведующему».
        let stem = word.strip_suffix("щей").map(|stem| format!("{stem}щая"));
        let mut all: Vec<String> = stem.into_iter().collect();
        all.extend(super::name::guesses(word).into_iter().filter(|guess| guess != word));
        all
    };
    let first = guesses(words.first()?);
    let rest = |from: usize| words[from..].iter().map(|word| format!(" {word}"));
    let rest = &rest;
    // One word before two: «ведущему» alone may be the post.
    let one = first.iter().map(|head| std::iter::once(head.clone()).chain(rest(1)).collect());
    let second = words.get(1).map(|word| guesses(word)).unwrap_or_default();
    let two = first.iter().flat_map(|adjective| {
        second.iter().map(move |head| {
            std::iter::once(format!("{adjective} {head}")).chain(rest(2)).collect::<String>()
        })
    });
    one.chain(two).find(|post: &String| known(post))
}

/// A word of a segment without the marks around it.
struct PostWord<'a> {
    before: &'a str,
    core: &'a str,
    after: &'a str,
}

impl<'a> PostWord<'a> {
    fn of(text: &'a str) -> Self {
        let core = text.trim_start_matches(|ch: char| !is_letter_or_digit(ch));
        let before = &text[..text.len() - core.len()];
        let trimmed = core.trim_end_matches(|ch: char| !is_letter_or_digit(ch) && ch != '.');
        Self { before, core: trimmed, after: &core[trimmed.len()..] }
    }
}

/// What is not sure of a segment.
#[derive(Debug, Default)]
struct Unsure<'a> {
    /// The head whose form is a guess.
    doubt: Option<&'a str>,
    /// A word that stayed in the nominative.
    standing: Option<&'a str>,
    /// Whether nothing depends on the head.
    bare: bool,
}

/// Adds a segment in a case; gives what is not sure of it.
fn push_segment<'a>(out: &mut String, segment: &'a str, case: Case) -> Unsure<'a> {
    // «И. о.» governs the genitive and is not a noun itself, so the whole stands still.
    if words::is_frozen_segment(segment) {
        out.push_str(segment);
        return Unsure::default();
    }
    let list: Vec<&str> = segment.split(' ').collect();
    let mut state = PostState::default();
    for (at, text) in list.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let next = list.get(at + 1).copied().unwrap_or_default();
        // Doubt is told by the place of its word.
        state.at = at;
        if at > 0 && segment::is_character(list[at - 1], text) {
            push_compound(out, text, case, None);
            continue;
        }
        state.push(out, text, next, case);
    }
    let word =
        |at: Option<usize>| at.and_then(|at| list.get(at)).map(|word| PostWord::of(word).core);
    // «Живущий вахтовик»: the noun behind a participle was not seen to be one.
    if state.awaits_noun && list.len() == 2 {
        state.standing = state.standing.or(Some(1));
    }
    let bare = state.stage == Stage::After;
    Unsure { doubt: word(state.doubt), standing: word(state.standing), bare }
}

/// How far the head phrase has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    /// Adjectives before the head.
    #[default]
    Before,
    /// Right after the head, where adjectives and parallel nouns still agree with it.
    After,
    /// Among the words that depend on the head.
    Rest,
}

#[derive(Debug, Default)]
struct PostState {
    stage: Stage,
    /// The gender of the last adjective or of the head.
    gender: Option<Gender>,
    /// The place of the word that is read.
    at: usize,
    /// The place of a head that no list holds and whose ending does not settle its forms.
    doubt: Option<usize>,
    /// The place of a word that stayed in the nominative.
    standing: Option<usize>,
    /// How many quotes are open.
    quotes: usize,
    /// Whether a participle has been read whose noun is still to come: «живущая в селе | врач».
    awaits_noun: bool,
}

impl PostState {
    fn push(&mut self, out: &mut String, text: &str, next: &str, case: Case) {
        let word = PostWord::of(text);
        out.push_str(word.before);
        self.quotes += word.before.matches(['«', '„']).count();
        match self.stage {
            _ if word.before.contains(['«', '"', '„']) => {
                self.stage = Stage::Rest;
                out.push_str(word.core);
            }
            Stage::Before => self.before_head(out, word.core, next, case),
            Stage::After => self.after_head(out, &word, case),
            Stage::Rest if word.before == "(" && words::is_agent(word.core) => {
                push_compound(out, word.core, case, None)
            }
            // «врач общей практики (семейный врач)»
            Stage::Rest if word.before == "(" && words::precedes_agent(word.core, next) => {
                self.awaits_noun = true;
                phrase::push(
                    out,
                    word.core,
                    phrase::adjective(&Letters::new(word.core), true),
                    case,
                )
            }
            // «начальник центра полковник»: a rank is in the nominative, whatever stands before it.
            Stage::Rest if is_rank(word.core) => push_compound(out, word.core, case, None),
            Stage::Rest if is_rank(next) && ["старший", "младший"].contains(&word.core) => {
                phrase::push(
                    out,
                    word.core,
                    phrase::adjective(&Letters::new(word.core), true),
                    case,
                )
            }
            Stage::Rest
                if self.awaits_noun && word.before.is_empty() && words::is_agent(word.core) =>
            {
                self.awaits_noun = false;
                push_compound(out, word.core, case, self.gender);
                self.stage = Stage::After;
            }
            // What depends on the head has its case already.
            Stage::Rest => {
                if segment::is_clear_agent(&Letters::new(word.core)) && word.before.is_empty() {
                    self.stay();
                }
                out.push_str(word.core)
            }
        }
        out.push_str(word.after);
        self.quotes = self.quotes.saturating_sub(word.after.matches(['»', '“']).count());
        // A mark behind the head ends what agrees with it.
        if self.stage == Stage::After && !word.after.is_empty() && word.after != ")" {
            self.stage = Stage::Rest;
        }
    }

    fn before_head(&mut self, out: &mut String, core: &str, next: &str, case: Case) {
        let letters = Letters::new(core);
        if letters.within(lists::SHORT_ADJECTIVES)
            || letters.within(lists::ADVERBS)
            || words::is_modifier_adverb(&letters, next)
            // «… и её постоянный читатель»
            || !next.is_empty() && segment::is_possessive(core)
        {
            out.push_str(core);
            return;
        }
        // «Зам. директора»: clipped, it shows no case, and what follows depends on it.
        if !next.is_empty() && letters.within(lists::SHORT_HEADS) {
            self.stage = Stage::Rest;
            out.push_str(core);
            return;
        }
        if let Some(gender) =
            phrase::adjective_gender(&letters).filter(|_| !words::is_noun_despite_ending(&letters))
        {
            let change = phrase::adjective(&letters, true);
            phrase::push(out, core, change, case);
            self.gender = Some(gender);
            if words::is_governing(&letters) {
                self.stage = Stage::Rest;
            } else if !words::continues(&letters, gender, next) {
                self.stage = Stage::After;
                self.awaits_noun = words::is_participle(&letters);
            }
            return;
        }
        if let Some(change) = super::plural::adjective(&letters, true).filter(|_| !next.is_empty())
        {
            change.push(out, core, case);
            return;
        }
        let last = Letters::new(core.rsplit('-').next().unwrap_or(core));
        let known = words::is_agent(core)
            || words::is_abbreviation(core)
            || words::is_clipped(&letters)
            || letters.within(lists::CLIPPED_COMPOUNDS)
            || phrase::basis(&last, true) < Basis::Likeness;
        // A clipped word or an abbreviation does not change, so there is nothing to doubt.
        self.doubt = (!known).then_some(self.at);
        push_compound(out, core, case, self.gender);
        self.gender = Some(words::gender_of(&letters));
        self.stage = Stage::After;
    }

    /// «врач-терапевт участковый», «педагог организатор», «директор (заведующий)».
    fn after_head(&mut self, out: &mut String, word: &PostWord<'_>, case: Case) {
        let letters = Letters::new(word.core);
        let in_brackets = word.before == "(";
        let adjective = phrase::adjective_gender(&letters).filter(|&gender| {
            self.gender == Some(gender)
                // After a head -ой is a genitive («заведующий столовой»), not a masculine
                // nominative.
                && (in_brackets || !letters.ends("ой"))
                && !words::is_noun_despite_ending(&letters)
        });
        if adjective.is_some() {
            phrase::push(out, word.core, phrase::adjective(&letters, true), case);
        } else if words::is_agent(word.core)
            && (in_brackets
                || self.gender == Some(Gender::Masculine)
                || letters.ends_any(&["а", "я"]))
        {
            push_compound(out, word.core, case, None);
        } else {
            self.stage = Stage::Rest;
            if word.before.is_empty() && segment::is_name_in_nominative(word.core) {
                self.stay();
            }
            out.push_str(word.core);
        }
    }

    /// Remembers that the word which is read stays in the nominative; in quotes it does by right.
    fn stay(&mut self) {
        if self.quotes == 0 {
            self.standing = self.standing.or(Some(self.at));
        }
    }
}
