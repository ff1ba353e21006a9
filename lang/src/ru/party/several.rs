//! Several persons: by name, with a surname or a noun of kin in common, as members of a group.

use std::borrow::Cow;

use super::super::grammar::{Case, Gender, Number};
use super::super::name::{self, is_known_first, known_first, patronymic_gender, plural_surname};
use super::super::org;
use super::super::word::Letters;
use super::read::{begins_group, group_or_unknown, in_a_case};
use super::titled::titled;
use super::words::{PartySegment, Word, around, evidence, names_behind, segments, words};
use super::{Party, PartyKind, PartyPart, oblique};

/// «профессор Орлов и доцент Ким Лидия Петровна»: each with a title of one's own.
pub(super) fn several_titled<'a>(
    text: &'a str,
    bare: &'a str,
    segments: &[PartySegment<'a>],
) -> Option<Party<'a>> {
    let (before, after) = around(text, bare);
    let mut parts = vec![PartyPart::Plain(before)];
    let mut concern = None;
    for segment in segments {
        let words: Vec<Word<'a>> = words(segment.text).collect();
        let titled = titled(segment.text, segment.text, &words, None)?;
        concern = concern.or(titled.concern);
        parts.extend(titled.parts);
        parts.push(PartyPart::Plain(segment.after));
    }
    parts.push(PartyPart::Plain(after));
    let (kind, number) = (PartyKind::Persons, Number::Plural);
    Some(Party { text, kind, gender: None, number, parts, concern, nominative: None })
}

/// «супруги Иван и Мария Петровы», «сёстры Мария и Дарья Ким»: the noun, and then each by name.
pub(super) fn kin_with_names<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
    let (kin, names) = bare.split_once(' ')?;
    if !org::is_kin_plural(&Letters::new(kin)) {
        return None;
    }
    let segments = segments(names);
    let mut party = several(names, &segments).filter(|_| segments.len() > 1)?;
    let (before, after) = around(text, bare);
    let noun = PartyPart::Group(kin, org::parse(kin, true));
    party.parts.splice(0..0, [PartyPart::Plain(before), noun, PartyPart::Plain(" ")]);
    party.parts.push(PartyPart::Plain(after));
    Some(Party { text, kind: PartyKind::Couple, concern: None, ..party })
}

/// «бабушка Нина и дедушка Борис Рогачёвы»: each with a noun of one's own, the surname of all last.
pub(super) fn kin_each<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
    let segments = segments(bare);
    let shared = plural_surname(&words(bare).last()?.letters).is_some();
    let (before, after) = around(text, bare);
    let mut parts = vec![PartyPart::Plain(before)];
    for segment in &segments {
        let kin = words(segment.text).next().filter(|word| org::is_kin(&word.letters))?;
        let rest = &segment.text[kin.end()..];
        let names: Vec<Word<'a>> = words(rest).collect();
        if names.is_empty() || !names.iter().all(Word::is_name) {
            return None;
        }
        parts.push(PartyPart::Group(kin.text, org::parse(kin.text, true)));
        if shared {
            shared_parts(rest, &names, &mut parts);
        } else {
            parts.push(PartyPart::Plain(&rest[..names[0].start]));
            member(rest[names[0].start..].trim_end(), &mut parts)?;
        }
        parts.push(PartyPart::Plain(segment.after));
    }
    parts.push(PartyPart::Plain(after));
    let (kind, number) = (PartyKind::Couple, Number::Plural);
    let found = Party { text, kind, gender: None, number, parts, concern: None, nominative: None };
    (segments.len() > 1).then_some(found)
}

/// «семья Петровых: Олег, Марина и дочь Соня», «Команда «Эрудит» (Ким Лев, Орлова Анна)»: a group
/// and those who belong to it, each by name.
pub(super) fn with_members<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
    let sign = [": ", " — ", " – ", " ("];
    let (at, sign) = sign.iter().filter_map(|sign| Some((bare.find(sign)?, *sign))).min()?;
    let (head, names) = (&bare[..at], &bare[at + sign.len()..]);
    let (names, end) = match sign {
        " (" => (names.strip_suffix(')')?, ")"),
        _ => (names, ""),
    };
    let found = group_or_unknown(head, false);
    let alike = [PartyKind::Family, PartyKind::Couple, PartyKind::Collective];
    if !alike.contains(&found.kind) || found.concern.is_some() {
        return None;
    }
    let (before, after) = around(text, bare);
    let mut parts = found.parts;
    if !before.is_empty() {
        parts.insert(0, PartyPart::Plain(before));
    }
    parts.push(PartyPart::Plain(sign));
    for segment in segments(names) {
        member(segment.text, &mut parts)?;
        parts.push(PartyPart::Plain(segment.after));
    }
    parts.extend([PartyPart::Plain(end), PartyPart::Plain(after)]);
    Some(Party { text, parts, ..found })
}

/// «ученики 5 класса Иванов Иван и Петрова Анна»: a group, and right behind it who is in it.
pub(super) fn followed_by_names<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
    let list: Vec<Word<'a>> = words(bare).collect();
    // «Орловы Пётр и Мария» is a surname shared.
    if plural_surname(&list.first()?.letters).is_some() {
        return None;
    }
    let from = names_behind(&list)?;
    let (head, names) = (bare[..list[from].start].trim_end(), &bare[list[from].start..]);
    let found = group_or_unknown(head, false);
    let segments = segments(names);
    let members = found.kind == PartyKind::Collective && found.number == Number::Plural;
    if !members || found.concern.is_some() {
        return None;
    }
    let mut party = several(names, &segments).filter(|_| segments.len() > 1)?;
    let (before, after) = around(text, bare);
    let mut parts = vec![PartyPart::Plain(before)];
    parts.extend(found.parts);
    parts.push(PartyPart::Plain(&bare[head.len()..bare.len() - names.len()]));
    parts.append(&mut party.parts);
    parts.push(PartyPart::Plain(after));
    Some(Party { text, kind: found.kind, parts, gender: found.gender, ..party })
}

/// «Олег Николаевич», «дочь Соня», «дети»: nothing if it is neither a name nor a relative.
pub(super) fn member<'a>(text: &'a str, parts: &mut Vec<PartyPart<'a>>) -> Option<()> {
    let list: Vec<Word<'a>> = words(text).collect();
    let kin = usize::from(list.first().is_some_and(|word| {
        word.text.starts_with(char::is_lowercase)
            && (org::is_kin(&word.letters) || begins_group(word.text))
    }));
    let names = &list[kin..];
    if kin > 0 {
        let noun = list[0].text;
        parts.push(PartyPart::Group(noun, org::parse(noun, true)));
    }
    let Some(first) = names.first() else { return (kin > 0).then_some(()) };
    if kin > 0 {
        parts.push(PartyPart::Plain(" "));
    }
    let name = text[first.start..].trim_end();
    parts.push(match names {
        // «Саша» has one form for both.
        [one] if is_known_first(&one.letters) => {
            PartyPart::First(name, known_first(&one.letters).unwrap_or(Gender::Masculine))
        }
        [_, _, ..] if names.len() < 5 && names.iter().all(Word::is_name) && evidence(names) => {
            PartyPart::Person(name, None)
        }
        _ => return None,
    });
    Some(())
}

/// «Иванова Анна и Петров Пётр», «Лев и Софья Громовы».
pub(super) fn several<'a>(text: &'a str, segments: &[PartySegment<'a>]) -> Option<Party<'a>> {
    let lists: Vec<Vec<Word<'a>>> =
        segments.iter().map(|segment| words(segment.text).collect()).collect();
    let named = lists.iter().all(|words| {
        !words.is_empty() && words.len() < 5 && words.iter().all(|word| word.is_name())
    });
    if !named || lists.iter().any(|words| begins_group(words[0].text) && !evidence(words)) {
        return None;
    }
    if let Some(couple) = surname_first(text, segments, &lists) {
        return Some(couple);
    }
    // «Анна и Пётр Ивановы»: the plural says that the surname is of both.
    let shared = lists.iter().flatten().any(|word| plural_surname(&word.letters).is_some());
    // Capitals joined by «и» may be a title: «Руслан и Людмила» has names, «Война и Мир» has
    // none.
    // «Минин и Пожарский»: all of them surnames by their ending.
    let surnames = || {
        let alone = |words: &Vec<Word<'_>>| {
            words.len() == 1 && name::surname_gender(&words[0].letters).is_some()
        };
        // «Кировский и Ленинский» may be districts.
        let clear = |words: &Vec<Word<'_>>| !words[0].letters.ends_any(&["ий", "ой", "ая"]);
        lists.iter().all(alone) && lists.iter().any(clear)
    };
    if !shared && !lists.iter().any(|words| evidence(words)) && !surnames() {
        return None;
    }
    let mut parts = Vec::new();
    for (segment, words) in segments.iter().zip(&lists) {
        if shared {
            shared_parts(segment.text, words, &mut parts);
        } else {
            parts.push(PartyPart::Person(segment.text, None));
        }
        parts.push(PartyPart::Plain(segment.after));
    }
    let (before, after) = around(text, text.trim());
    parts.insert(0, PartyPart::Plain(before));
    parts.push(PartyPart::Plain(after));
    // «Анна и Пётр Ткач»: the surname of both, or of the second alone.
    // «Яна и Игорь Бойко»: if it has one form either way, nobody needs to know.
    let moves = |segment: &PartySegment<'_>| {
        let dative = name::inflect(segment.text, Case::Dative, None).text;
        segment.text.rsplit(' ').next() != dative.rsplit(' ').next()
    };
    let lone = !shared
        && lists.first().is_some_and(|words| words.len() == 1)
        && lists.last().is_some_and(|words| words.len() > 1)
        && segments.last().is_some_and(moves);
    let concern = lone.then_some(Cow::Borrowed("не видно, чья это фамилия: общая или последнего"));
    let oblique =
        || segments.iter().find_map(|segment| Some((segment, oblique::case(segment.text, None)?)));
    let concern = concern
        .or_else(|| oblique().map(|(segment, (_, case))| in_a_case(segment.text, case).into()));
    let kind = if shared { PartyKind::Couple } else { PartyKind::Persons };
    let number = Number::Plural;
    Some(Party { text, kind, gender: None, number, parts, concern, nominative: None })
}

/// «Ковальчук Сергей и Наталья»: a surname of both that has no plural of its own stands still. One
/// that has is rather the first one's alone, and that is asked.
pub(super) fn surname_first<'a>(
    text: &'a str,
    segments: &[PartySegment<'a>],
    lists: &[Vec<Word<'a>>],
) -> Option<Party<'a>> {
    let (surname, first) = lists.first()?.split_first()?;
    // A first name, perhaps with a patronymic, and no surname of one's own.
    let called = |words: &[Word<'_>]| match words {
        [name] => known_first(&name.letters).is_some(),
        [name, patronymic] => known_first(&name.letters).is_some() && patronymic.is_patronymic(),
        _ => false,
    };
    if lists.len() < 2
        || is_known_first(&surname.letters)
        || plural_surname(&surname.letters).is_some()
        || !called(first)
        || !lists[1..].iter().all(|words| called(words))
    {
        return None;
    }
    let first = &first[0];
    let (before, after) = around(text, text.trim());
    let mut parts = vec![PartyPart::Plain(before), PartyPart::Plain(surname.text)];
    parts.push(PartyPart::Plain(&segments[0].text[surname.end()..first.start]));
    for (place, (segment, words)) in segments.iter().zip(lists).enumerate() {
        let name = words.get(usize::from(place == 0))?;
        let called = segment.text[name.start..].trim_end();
        parts.push(PartyPart::Person(called, known_first(&name.letters)));
        parts.push(PartyPart::Plain(segment.after));
    }
    parts.push(PartyPart::Plain(after));
    let concern = name::surname_gender(&surname.letters)
        .map(|_| Cow::Borrowed("не видно, чья это фамилия: общая или первого"));
    let (kind, number) = (PartyKind::Couple, Number::Plural);
    Some(Party { text, kind, gender: None, number, parts, concern, nominative: None })
}

/// The words of one of several persons who share a surname in the plural.
pub(super) fn shared_parts<'a>(text: &'a str, words: &[Word<'a>], parts: &mut Vec<PartyPart<'a>>) {
    let mut done = 0;
    for word in words {
        parts.push(PartyPart::Plain(&text[done..word.start]));
        let gender = known_first(&word.letters).or_else(|| patronymic_gender(&word.letters));
        parts.push(match plural_surname(&word.letters).filter(|_| gender.is_none()) {
            Some(change) => PartyPart::Surname(word.text, change),
            None if patronymic_gender(&word.letters).is_some() => {
                PartyPart::Person(word.text, gender)
            }
            None => match gender.or_else(|| name::gender(word.text)) {
                Some(gender) => PartyPart::First(word.text, gender),
                None => PartyPart::Person(word.text, None),
            },
        });
        done = word.end();
    }
    parts.push(PartyPart::Plain(&text[done..]));
}
