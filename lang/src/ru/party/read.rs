//! Which kind of party a text names, and what its parts are.

use std::borrow::Cow;

use super::super::grammar::{Basis, Case, Gender, Number};
use super::super::name::{self, is_known_first, patronymic_gender, plural_surname};
use super::super::org::{self, ParsedOrg};
use super::super::phrase;
use super::super::plural;
use super::super::post::{begins_post, words as posts};
use super::super::word::Letters;
use super::abbreviation::{
    abbreviation_gender, abbreviation_within, is_abbreviation, starts_with_code,
};
use super::several::{
    followed_by_names, kin_each, kin_with_names, member, several, several_titled, with_members,
};
use super::titled::{names_trader, titled};
use super::words::{Word, around, evidence, mark_capitals, segments, words};
use super::{Party, PartyKind, PartyPart, dative, lists, oblique, plain};
use crate::ru::is_letter;

const LATIN: &str = "имя латинскими буквами не склоняется";

pub(super) fn party(text: &str, gender: Option<Gender>) -> Party<'_> {
    if let Some(person) = plain::plain_person(text, gender) {
        return person;
    }
    let bare = text.trim();
    if is_latin(bare) {
        return Party {
            concern: Some(Cow::Borrowed(LATIN)),
            ..one(text, PartyKind::Foreign, gender, vec![PartyPart::Plain(text)])
        };
    }
    let known = numbered(text, bare, gender)
        .or_else(|| kin_with_names(text, bare))
        .or_else(|| kin_each(text, bare))
        .or_else(|| with_members(text, bare))
        .or_else(|| followed_by_names(text, bare))
        .or_else(|| dative::party(text, bare));
    if let Some(known) = known {
        return known;
    }
    let segments = segments(bare);
    if segments.len() > 1
        && let Some(several) =
            several(text, &segments).or_else(|| several_titled(text, bare, &segments))
    {
        return several;
    }
    let mut words: Vec<Word<'_>> = words(bare).collect();
    if is_in_small_letters(bare, &words) {
        return person(text, bare, gender);
    }
    mark_capitals(&mut words);
    let known = surname_alone(text, &words).or_else(|| titled(text, bare, &words, gender));
    if let Some(known) = known {
        return known;
    }
    let named = words.iter().take_while(|word| word.is_name() || word.is_aside(bare)).count();
    let alike = words.len() > 1 && named == words.len() && is_like_group(&words[0], bare, gender);
    let group = words.first().is_some_and(|word| begins_group(word.text)) && !alike;
    let strong = evidence(&words[..named]);
    // A patronymic belongs to persons only; a first name may begin the name of a group: «Вера»,
    // «Надежда».
    let sure = words[..named].iter().any(|word| patronymic_gender(&word.letters).is_some());
    if named == words.len()
        && !words.is_empty()
        && (!group
            || sure
            || strong
                && words.len() == 2
                && !org::is_body(words[0].text)
                && !org::is_kin_plural(&words[0].letters))
    {
        return person(text, bare, gender);
    }
    if !group && strong && named > 0 {
        return with_remark(text, bare, &words, named, gender);
    }
    group_or_unknown(text, group)
}

/// «император Николай II»: the number behind a first name stands still.
fn numbered<'a>(text: &'a str, bare: &'a str, gender: Option<Gender>) -> Option<Party<'a>> {
    let at = bare.rfind([' ', '\u{a0}'])?;
    let (head, number) = (&bare[..at], bare[at..].trim_start());
    let roman = number.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let name = words(head).last()?;
    if !roman || !is_known_first(&name.letters) {
        return None;
    }
    let (before, after) = around(text, bare);
    let mut party = party(head, gender);
    party.parts.insert(0, PartyPart::Plain(before));
    party.parts.extend([PartyPart::Plain(&bare[at..]), PartyPart::Plain(after)]);
    Some(Party { text, ..party })
}

/// «Ребане Леа» only looks like «россияне».
fn is_like_group(first: &Word<'_>, bare: &str, gender: Option<Gender>) -> bool {
    first.letters.ends("ане") || first.letters.ends("яне") && oblique::case(bare, gender).is_some()
}

/// Whether a text has Latin letters and no others.
fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|ch| is_letter(*ch) || ch.is_ascii_alphabetic());
    letters.next().is_some_and(|first| first.is_ascii()) && letters.all(|ch| ch.is_ascii())
}

/// «Кузнецовы»: a surname in the plural, alone.
fn surname_alone<'a>(text: &'a str, words: &[Word<'a>]) -> Option<Party<'a>> {
    let [word] = words else { return None };
    let change = plural_surname(&word.letters).filter(|_| word.is_name() && word.text == text)?;
    let group = begins_group(word.text) || is_known_first(&word.letters);
    let (kind, number) = (PartyKind::Couple, Number::Plural);
    let parts = vec![PartyPart::Surname(text, change)];
    let family = Party { text, kind, gender: None, number, parts, concern: None, nominative: None };
    (!group).then_some(family)
}

/// «орлова вера олеговна»: a name typed without capitals is known by its patronymic.
fn is_in_small_letters(bare: &str, words: &[Word<'_>]) -> bool {
    matches!(words.len(), 2..=4)
        && words[1..].iter().any(Word::is_patronymic)
        && !bare.chars().any(char::is_uppercase)
        && words.iter().all(|word| word.text.chars().all(|ch| ch.is_alphabetic() || ch == '-'))
        && !posts::is_head_or_governing(words[0].text)
        && !begins_group(words[0].text)
        && !words[0].letters.within(lists::TITLES)
}

/// A text that names a group, whatever its words.
pub(super) fn group(text: &str) -> Party<'_> {
    let bare = text.trim();
    if let Some(named) = kin_with_names(text, bare).or_else(|| with_members(text, bare)) {
        return named;
    }
    let words: Vec<Word<'_>> = words(bare).collect();
    // «ИП Иванов И. И.» is a person, whatever the data call it.
    if names_trader(bare)
        && let Some(trader) = titled(text, bare, &words, None)
    {
        return trader;
    }
    group_or_unknown(text, true)
}

pub(super) fn one<'a>(
    text: &'a str,
    kind: PartyKind,
    gender: Option<Gender>,
    parts: Vec<PartyPart<'a>>,
) -> Party<'a> {
    let number = Number::Singular;
    Party { text, kind, gender, number, parts, concern: None, nominative: None }
}

/// One person, told if the name stands in a case already or is none.
fn person<'a>(text: &'a str, bare: &'a str, gender: Option<Gender>) -> Party<'a> {
    let (before, after) = around(text, bare);
    let known = gender.or_else(|| name::gender(bare));
    if let Some((oblique, case)) = oblique::case(bare, gender) {
        let parts = vec![PartyPart::Plain(text)];
        let dative = oblique == Case::Dative;
        let nominative = dative.then(|| name::of_dative(bare, gender)).flatten();
        let known = known.or_else(|| name::gender(nominative.as_deref()?));
        return Party {
            concern: Some(in_a_case(bare, case).into()),
            nominative,
            ..one(text, PartyKind::Person, known, parts)
        };
    }
    let parts =
        vec![PartyPart::Plain(before), PartyPart::Person(bare, gender), PartyPart::Plain(after)];
    let parts = if text == bare { vec![PartyPart::Person(bare, gender)] } else { parts };
    let concern = mixed_script(bare)
        .or_else(|| clipped_name(bare))
        .or_else(|| aside_of_man(bare, known))
        .map(Into::into);
    Party { concern, ..one(text, PartyKind::Person, known, parts) }
}

/// «Иванов Иван.», «Иванов Пётр Иванович-мл.»: a stop behind a word that is no initial.
fn clipped_name(text: &str) -> Option<String> {
    let long = |word: &&str| {
        let last = word.strip_suffix('.').and_then(|word| word.rsplit(['.', '-']).next());
        last.is_some_and(|last| {
            last.chars().count() > 2 || word.contains('-') && last.starts_with(char::is_lowercase)
        })
    };
    let word = text.split_whitespace().find(long).filter(|word| !word.starts_with('('))?;
    (!Letters::new(word).within(lists::ASIDES))
        .then(|| format!("«{word}» в имени: точка после целого слова или сокращение"))
}

/// «Иванов Иван Иванович (Новокузнецк)»: a man has no maiden name.
fn aside_of_man(text: &str, gender: Option<Gender>) -> Option<String> {
    let (_, aside) = text.split_once('(').filter(|_| gender == Some(Gender::Masculine))?;
    let letters = Letters::new(aside.split([')', ' ']).next().unwrap_or_default());
    let name = name::surname_gender(&letters).is_some() || letters.within(lists::ASIDES);
    let word = phrase::adjective_gender(&letters).is_some() || is_known_first(&letters);
    (!name && !word).then(|| format!("«({aside}» — не часть имени"))
}

pub(super) fn in_a_case(name: &str, case: &str) -> String {
    format!("«{name}»: имя, похоже, стоит в {case} падеже, нужен именительный")
}

/// A name and something after it that is none: «Иванова Анна, 3 класс».
fn with_remark<'a>(
    text: &'a str,
    bare: &'a str,
    words: &[Word<'a>],
    named: usize,
    gender: Option<Gender>,
) -> Party<'a> {
    let end = words[named - 1].end();
    let person = bare[..end].trim_end_matches([',', ';']);
    let (before, after) = around(text, person);
    let remark = after.trim().trim_start_matches(',').trim();
    // «Анна Петрова с семьёй»: what a preposition governs stands still by right.
    let maiden = ["(урожд", "(ур. ", "(в девичестве ", "(до брака ", "с ", "со "]
        .iter()
        .any(|start| remark.starts_with(start));
    // «Полина Гагарина и хор «Радость»»
    if let Some(joined) = after.strip_prefix(" и ") {
        // «Иван Лебедев и его команда»
        let whose = ["его ", "её ", "ее ", "их "].iter().find_map(|of| joined.strip_prefix(of));
        let joined = whose.unwrap_or(joined);
        // «Седов Илья и сестра Яна»
        let gap = &after[..after.len() - joined.len()];
        let mut parts = vec![
            PartyPart::Plain(before),
            PartyPart::Person(person, gender),
            PartyPart::Plain(gap),
        ];
        if member(joined, &mut parts).is_some() {
            let (kind, number) = (PartyKind::Persons, Number::Plural);
            return Party { parts, number, ..one(text, kind, None, Vec::new()) };
        }
        let group = group_or_unknown(joined, false);
        let named = [PartyKind::Collective, PartyKind::Organisation, PartyKind::Family];
        if named.contains(&group.kind) && group.concern.is_none() {
            let mut parts = vec![
                PartyPart::Plain(before),
                PartyPart::Person(person, gender),
                PartyPart::Plain(&after[..after.len() - joined.len()]),
            ];
            parts.extend(group.parts);
            let (kind, number) = (PartyKind::Persons, Number::Plural);
            return Party { parts, number, ..one(text, kind, None, Vec::new()) };
        }
    }
    let mut parts = vec![PartyPart::Plain(before), PartyPart::Person(person, gender)];
    // «Иванова Мария, ученица 5 класса», «Иванов Иван — капитан команды»: what the person is.
    let sign = [", ", " — ", " – ", " - "].into_iter().find(|sign| after.starts_with(*sign));
    let post = sign.map(|sign| &after[sign.len()..]).filter(|post| begins_post(post));
    match (sign, post) {
        (Some(sign), Some(post)) => parts.extend([PartyPart::Plain(sign), PartyPart::Post(post)]),
        _ => parts.push(PartyPart::Plain(after)),
    }
    let still = maiden || post.is_some();
    let concern = (!still).then(|| format!("«{remark}» — не часть имени").into());
    let known = gender.or_else(|| name::gender(person));
    Party { concern, ..one(text, PartyKind::Person, known, parts) }
}

/// A group by its first noun, or a text of which nothing is known.
pub(super) fn group_or_unknown(text: &str, group: bool) -> Party<'_> {
    let parsed = org::parse(text, false);
    let head = parsed.heads.first().copied();
    let letters = head.map(|head| Letters::new(head.word));
    let kind = match (&head, &letters) {
        (Some(head), Some(letters)) => {
            if letters.ends_any(&["семья", "семейство", "династия", "чета"]) || letters.is("пара")
            {
                PartyKind::Family
            } else if org::is_kin_plural(letters) || org::is_kin(letters) && parsed.heads.len() > 1
            {
                PartyKind::Couple
            } else if head.plural || org::is_people(head.word) {
                PartyKind::Collective
            } else if org::is_body(head.word) || group {
                PartyKind::Organisation
            } else {
                PartyKind::Unknown
            }
        }
        // «ВИА «Пульс»», «СМИ Кузбасса»
        _ if abbreviation_within(text, lists::PEOPLE_ABBREVIATIONS) => PartyKind::Collective,
        // «Mark Иванов», «7 «А»»: no letters in capitals, no abbreviation.
        _ if starts_with_code(text) || group => PartyKind::Organisation,
        _ => PartyKind::Unknown,
    };
    let plural = head.is_some_and(|head| head.plural)
        || parsed.is_joined()
        || head.is_none() && abbreviation_within(text, lists::PLURAL_ABBREVIATIONS);
    let gender = match head {
        // «ЮНЕСКО» is long enough for a noun in capitals.
        Some(head) if !is_abbreviation(head.word) || !text.trim().starts_with(head.word) => {
            Some(head.gender)
        }
        _ => abbreviation_gender(text),
    };
    let number = if plural { Number::Plural } else { Number::Singular };
    let concern = concern(text, kind, &parsed);
    let parts = vec![PartyPart::Group(text, parsed)];
    Party { text, kind, gender, number, parts, concern, nominative: None }
}

fn concern(text: &str, kind: PartyKind, parsed: &ParsedOrg<'_>) -> Option<Cow<'static, str>> {
    if let Some(mixed) = mixed_script(text) {
        return Some(mixed.into());
    }
    // «семья Петровы» instead of «семья Петровых».
    if kind == PartyKind::Family
        && let Some(word) = words(text).find(|word| {
            let man = word.is_name()
                && word.letters.ends_any(&["ов", "ев", "ин"])
                && name::surname_gender(&word.letters) == Some(Gender::Masculine);
            man || plural_surname(&word.letters).is_some() && !is_genitive_of_first(&word.letters)
        })
    {
        let message =
            format!("после «семья» фамилия стоит в родительном падеже, не «{}»", word.text);
        return Some(message.into());
    }
    // «Папа Римский Франциск»: a name that was not understood as one.
    let named = parsed.heads.first().is_some_and(|head| {
        let kin = Letters::new(head.word);
        org::is_kin(&kin) && !org::is_kin_plural(&kin) && parsed.heads.len() == 1
    }) && words(text).skip(1).all(|word| word.is_name())
        && words(text).nth(1).is_some();
    (kind == PartyKind::Unknown && parsed.basis < Basis::Likeness || named)
        .then(|| format!("не видно, кто назван: человек или коллектив — «{}»", text.trim()).into())
}

/// «Валентины» is the genitive of a first name rather than a surname in the plural.
fn is_genitive_of_first(word: &Letters) -> bool {
    let stem = word.text().strip_suffix('ы');
    stem.is_some_and(|stem| is_known_first(&Letters::new(&format!("{stem}а"))))
}

/// Whether the first word is the noun of a group: «Команда», «Учащиеся», «супруги», «дети».
pub(super) fn begins_group(word: &str) -> bool {
    let letters = Letters::new(word);
    // «Волонтёры-медики»: both are plurals of persons, and no surname.
    let persons = |part: &str| plural::is_person(&Letters::new(part));
    org::is_body(word)
        || letters.ends_any(&["банк", "надзор", "телеком", "энерго"])
        || word.contains('-') && word.split('-').all(persons) && plural_surname(&letters).is_none()
        || plural::names_bodies(&letters) && plural_surname(&letters).is_none()
        || org::is_kin(&letters)
        || phrase::is_ministry(&letters)
        || plural::is_substantive(&letters)
        || plural::noun(&letters, false)
            .is_some_and(|(change, basis)| change.animate && basis <= Basis::Ending)
            && !is_known_first(&letters)
            && plural_surname(&letters).is_none()
        || letters.ends_any(&["ание", "ение", "ейство", "ство", "ция", "ость"])
}

/// A word of three and more letters in which Latin letters stand among Cyrillic ones.
fn mixed_script(text: &str) -> Option<String> {
    let word = text.split(|ch: char| !is_letter(ch)).find(|word| {
        word.chars().count() > 2
            && word.chars().any(|ch| ch.is_ascii_alphabetic())
            && word.chars().any(|ch| matches!(ch, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'))
    })?;
    Some(format!("в слове «{word}» среди русских букв есть латинские"))
}
