//! Which kind of party a text names, and what its parts are.

use std::borrow::Cow;

use super::super::grammar::{Basis, Case, Gender, Number};
use super::super::name::{self, is_known_first, known_first, patronymic_gender, plural_surname};
use super::super::org::{self, ParsedOrg};
use super::super::phrase::WordChange;
use super::super::plural;
use super::super::post::words as posts;
use super::super::word::{EndingPattern, Endings, Letters, ends};
use super::{Party, PartyKind, PartyPart, dative, lists, oblique, plain};
use crate::ru::is_letter;

const LATIN: &str = "имя латинскими буквами не склоняется";

pub(super) fn party(text: &str, gender: Option<Gender>) -> Party<'_> {
    if let Some(person) = plain::plain_person(text, gender) {
        return person;
    }
    let bare = text.trim();
    let cyrillic = bare.chars().any(|ch| is_letter(ch) && !ch.is_ascii());
    if !cyrillic && bare.chars().any(|ch| ch.is_ascii_alphabetic()) {
        return Party {
            concern: Some(Cow::Borrowed(LATIN)),
            ..one(text, PartyKind::Foreign, gender, vec![PartyPart::Plain(text)])
        };
    }
    if let Some(king) = numbered(text, bare, gender) {
        return king;
    }
    if let Some(kin) = kin_with_names(text, bare) {
        return kin;
    }
    if let Some(group) = with_members(text, bare).or_else(|| dative::party(text, bare)) {
        return group;
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
    if let Some(family) = surname_alone(text, &words) {
        return family;
    }
    if let Some(person) = titled(text, bare, &words, gender) {
        return person;
    }
    let named = words.iter().take_while(|word| word.is_name() || word.is_aside(bare)).count();
    // «Ребане Леа» only looks like «россияне».
    let alike = words.len() > 1
        && named == words.len()
        && (words[0].letters.ends("ане")
            || words[0].letters.ends("яне") && oblique::case(bare, gender).is_some());
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

/// «профессор Орлов и доцент Ким Лидия Петровна»: each with a title of one's own.
fn several_titled<'a>(
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
fn kin_with_names<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
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

/// «семья Петровых: Олег, Марина и дочь Соня», «Команда «Эрудит» (Ким Лев, Орлова Анна)»: a group
/// and those who belong to it, each by name.
fn with_members<'a>(text: &'a str, bare: &'a str) -> Option<Party<'a>> {
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

/// «Олег Николаевич», «дочь Соня», «дети»: nothing if it is neither a name nor a relative.
fn member<'a>(text: &'a str, parts: &mut Vec<PartyPart<'a>>) -> Option<()> {
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
    let concern = mixed_script(bare).map(Into::into);
    Party { concern, ..one(text, PartyKind::Person, known, parts) }
}

/// «ИП Козлова», «Индивидуальный предприниматель …», «Глава КФХ …»: a person is meant by a body.
pub(in super::super) fn names_trader(text: &str) -> bool {
    const STARTS: [&str; 4] =
        ["ИП ", "Индивидуальный предприниматель ", "индивидуальный предприниматель ", "Глава КФХ "];
    STARTS.iter().any(|start| text.starts_with(start))
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
    let maiden = ["(урожд", "(ур. ", "(в девичестве ", "(до брака "]
        .iter()
        .any(|start| remark.starts_with(start));
    let concern = (!maiden).then(|| format!("«{remark}» — не часть имени").into());
    let parts =
        vec![PartyPart::Plain(before), PartyPart::Person(person, gender), PartyPart::Plain(after)];
    let known = gender.or_else(|| name::gender(person));
    Party { concern, ..one(text, PartyKind::Person, known, parts) }
}

/// «профессор Иванов», «ИП Козлова Мария Ивановна», «заведующая библиотекой Егорова Татьяна».
// Over 60 lines: signs of a title before a name are weighed together before anything is decided.
fn titled<'a>(
    text: &'a str,
    bare: &'a str,
    words: &[Word<'a>],
    gender: Option<Gender>,
) -> Option<Party<'a>> {
    let first = words.first()?;
    let frozen = first.letters.within(lists::FROZEN_TITLES);
    // «мать Иванова Мария»
    let kin = org::is_kin(&first.letters) && !org::is_kin_plural(&first.letters);
    let title = kin || first.letters.within(lists::TITLES) || posts::is_head(first.text);
    let adjective = super::super::phrase::adjective_gender(&first.letters).is_some()
        && (first.text.starts_with(char::is_lowercase) || names_trader(bare));
    // «краевед Иван Петров»: whatever noun stands in small letters before a name alone.
    let noun = first.text.starts_with(char::is_lowercase)
        && !first.letters.within(lists::PARTICLES)
        && !begins_group(first.text)
        && words.len() > 1;
    if !(frozen || title || adjective || noun || posts::is_head_or_governing(first.text)) {
        return None;
    }
    // The name is what stands last with capitals; the post before it has small letters:
    // «директор школы Иванова Анна».
    let mut tail = words.iter().rposition(|word| !word.is_name()).map_or(0, |at| at + 1).max(1);
    // «артист России Петров Олег Ильич»: a name has three words at most, four with оглы.
    let country = |at: usize| words.get(at).is_some_and(|w| w.letters.within(lists::COUNTRIES));
    // «герой Советского Союза», «артист Российской Федерации»
    let genitive = |at: usize| {
        const OF: [&str; 6] = ["ого", "его", "ой", "ей", "ых", "их"];
        words.get(at).is_some_and(|word| word.letters.ends_any(&OF))
    };
    while country(tail) || genitive(tail) && country(tail + 1) {
        tail += if country(tail) { 1 } else { 2 };
    }
    // «депутат Государственной Думы Иван Петров»: a name has two words at least.
    if genitive(tail) && tail + 4 <= words.len() {
        tail += 2;
    }
    // «кавалер ордена Мужества Лис Олег Петрович»: three words end with the patronymic.
    let patronymic = |at: usize| words.get(at).is_some_and(Word::is_patronymic);
    if tail + 4 <= words.len() && (patronymic(words.len() - 1) || patronymic(words.len() - 2)) {
        let plain = words[tail..].iter().all(|word| !word.letters.within(lists::PARTICLES));
        tail = if plain { words.len() - 3 } else { tail };
    }
    let tail = if tail < words.len() && words[..tail].len() == 1 && org::is_body(first.text) {
        return None;
    } else {
        tail
    };
    let names = words.get(tail..).filter(|names| !names.is_empty())?;
    let capital = first.text.starts_with(char::is_uppercase);
    // «Мастер Иван Петрович» may be a surname, and declines in one way.
    let may_be_surname = tail == 1
        && capital
        && !frozen
        && names.len() < 3
        && !first.letters.within(lists::HONORIFICS);
    let plain = tail == 1 && (frozen || title) || noun && names.len() > 1;
    if may_be_surname || !(evidence(names) || plain && names.len() < 4) {
        return None;
    }
    let start = names[0].start;
    let (head, person) = (bare[..start].trim_end(), &bare[start..]);
    // «Ткач (ранее Орлова) Инна Олеговна» begins with a surname.
    // «Брат и сестра Ким» are two, whose surname stands still.
    if head.contains('(') && capital || kin && head.contains(" и ") {
        return None;
    }
    let (before, after) = around(text, bare);
    let known = gender.or_else(|| name::gender(person)).or_else(|| title_gender(&first.letters));
    let oblique = oblique::case(person, gender);
    let concern = oblique.map(|(_, case)| in_a_case(person, case).into());
    let head_part = if let Some(change) = clipped_title(&first.letters).filter(|_| tail == 1) {
        PartyPart::Surname(head, change)
    } else if frozen {
        PartyPart::Plain(head)
    } else {
        PartyPart::Post(head)
    };
    let gap = &bare[head.len()..start];
    let parts = vec![
        PartyPart::Plain(before),
        head_part,
        PartyPart::Plain(gap),
        // «Вдова Ивана Петровича Орлова»: the name of another stands still.
        if oblique.is_some() { PartyPart::Plain(person) } else { PartyPart::Person(person, known) },
        PartyPart::Plain(after),
    ];
    let kind = if frozen || kin || first.letters.within(lists::TITLES) {
        PartyKind::Person
    } else {
        PartyKind::Post
    };
    Some(Party { concern, ..one(text, kind, known, parts) })
}

/// «г-н», «гр-ка»: clipped titles take the endings of the whole word after their hyphen.
fn clipped_title(title: &Letters) -> Option<WordChange> {
    let change = |cut, endings, gender| WordChange {
        pattern: EndingPattern::new(cut, endings),
        gender,
        animate: true,
        plural: false,
    };
    if title.is("г-н") || title.is("гр-н") {
        Some(change(0, &ends::HARD, Gender::Masculine))
    } else if title.is("г-жа") {
        const LADY: Endings = ["и", "е", "у", "ой", "е"];
        Some(change(1, &LADY, Gender::Feminine))
    } else {
        title.is("гр-ка").then(|| change(1, &ends::A_VELAR, Gender::Feminine))
    }
}

/// The gender that a title shows.
fn title_gender(title: &Letters) -> Option<Gender> {
    if title.within(lists::MEN) || title.is("г-н") || title.is("гр-н") {
        Some(Gender::Masculine)
    } else {
        (title.within(lists::WOMEN) || title.is("г-жа") || title.is("гр-ка"))
            .then_some(Gender::Feminine)
    }
}

/// «Иванова Анна и Петров Пётр», «Лев и Софья Громовы».
fn several<'a>(text: &'a str, segments: &[PartySegment<'a>]) -> Option<Party<'a>> {
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
    if !shared && !lists.iter().any(|words| evidence(words)) {
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
fn surname_first<'a>(
    text: &'a str,
    segments: &[PartySegment<'a>],
    lists: &[Vec<Word<'a>>],
) -> Option<Party<'a>> {
    let [surname, first] = lists.first()?.as_slice() else { return None };
    let mut names = std::iter::once(first).chain(lists[1..].iter().flatten());
    let alone = lists[1..].iter().all(|words| words.len() == 1);
    if !alone
        || lists.len() < 2
        || is_known_first(&surname.letters)
        || plural_surname(&surname.letters).is_some()
        || !names.all(|word| known_first(&word.letters).is_some())
    {
        return None;
    }
    let (before, after) = around(text, text.trim());
    let mut parts = vec![PartyPart::Plain(before), PartyPart::Plain(surname.text)];
    parts.push(PartyPart::Plain(&segments[0].text[surname.end()..first.start]));
    for (segment, words) in segments.iter().zip(lists) {
        let name = words.last()?;
        parts.push(PartyPart::First(name.text, known_first(&name.letters)?));
        parts.push(PartyPart::Plain(segment.after));
    }
    parts.push(PartyPart::Plain(after));
    let concern = name::surname_gender(&surname.letters)
        .map(|_| Cow::Borrowed("не видно, чья это фамилия: общая или первого"));
    let (kind, number) = (PartyKind::Couple, Number::Plural);
    Some(Party { text, kind, gender: None, number, parts, concern, nominative: None })
}

/// The words of one of several persons who share a surname in the plural.
fn shared_parts<'a>(text: &'a str, words: &[Word<'a>], parts: &mut Vec<PartyPart<'a>>) {
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

/// A group by its first noun, or a text of which nothing is known.
fn group_or_unknown(text: &str, group: bool) -> Party<'_> {
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
        && let Some(word) = words(text).find(|word| plural_surname(&word.letters).is_some())
    {
        let message =
            format!("после «семья» фамилия стоит в родительном падеже, не «{}»", word.text);
        return Some(message.into());
    }
    (kind == PartyKind::Unknown && parsed.basis < Basis::Likeness)
        .then(|| format!("не видно, кто назван: человек или коллектив — «{}»", text.trim()).into())
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
        || super::super::phrase::is_ministry(&letters)
        || plural::is_substantive(&letters)
        || plural::noun(&letters, false)
            .is_some_and(|(change, basis)| change.animate && basis <= Basis::Ending)
            && !is_known_first(&letters)
            && plural_surname(&letters).is_none()
        || letters.ends_any(&["ание", "ение", "ейство", "ство", "ция", "ость"])
}

/// Whether words show a person: a patronymic, a known first name, initials.
fn evidence(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        is_known_first(&word.letters)
            || patronymic_gender(&word.letters).is_some()
            || word.is_initials() && words.len() > 1
    })
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

/// Whether the first word is an abbreviation of letters: «МБУК», «IT-куб».
fn starts_with_code(text: &str) -> bool {
    let capital = |word: Word<'_>| word.text.chars().filter(|ch| ch.is_uppercase()).count() > 1;
    starts_with_abbreviation(text) && words(text.trim()).next().is_some_and(capital)
}

/// Whether the first word is an abbreviation.
pub(super) fn starts_with_abbreviation(text: &str) -> bool {
    words(text.trim()).next().is_some_and(|word| is_abbreviation(word.text))
}

/// The gender of an abbreviation by its last noun: МБУ is an учреждение, ЦБС a система.
pub(in super::super) fn abbreviation_gender(text: &str) -> Option<Gender> {
    // «УК «Жилсервис»» is a компания; «МБУК», «ГУК» are an учреждение культуры.
    if text.trim().starts_with("УК ") {
        return Some(Gender::Feminine);
    }
    let first = words(text.trim()).next().filter(|word| is_abbreviation(word.text))?;
    // «5 «А»» is a класс.
    let class = |letter: &str| letter.starts_with('«') && letter.chars().count() == 3;
    if first.text.bytes().all(|byte| byte.is_ascii_digit())
        && text.trim().split_once(' ').is_some_and(|(_, letter)| class(letter))
    {
        return Some(Gender::Masculine);
    }
    // «ПСЧ-1»: a number behind the hyphen is none of its letters.
    let word = first.text.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == '-');
    let letters = Letters::new(word);
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    let starts = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    // By the word that the last or the only letter stands for: учреждение, дворец, система.
    if letters.within(lists::FEMININE_ABBREVIATIONS) {
        Some(Gender::Feminine)
    } else if letters.within(lists::MASCULINE_ABBREVIATIONS) {
        Some(Gender::Masculine)
    } else if letters.within(lists::NEUTER_ABBREVIATIONS)
        || ends(&["БУ", "АУ", "КУ", "ОУ", "УК", "УДО", "УЗ", "АО", "ООО"])
        // УФСИН, УМВД: an управление.
        || starts(&["УФ", "УМВД"])
        // МБФСУ: whatever its kind, an учреждение.
        || starts(&["МБ", "МАУ", "ГБ", "ГАУ", "ФГ"]) && ends(&["У"])
    {
        Some(Gender::Neuter)
    } else if ends(&["ДК", "Ц", "ДТ", "ЮТ", "ГУ", "ТУ", "МУ", "ПУ", "ЭУ", "ЯУ", "ПК"])
        // КГПИ, НИИ: an институт; НПЗ: a завод.
        || word.chars().count() > 2
            && ends(&["ПИ", "ТИ", "СИ", "МИ", "ХИ", "АИ", "ЭИ", "ФИ", "ИИ", "З"])
    {
        Some(Gender::Masculine)
    } else if ends(&["БС", "Ш", "ШИ", "НБ", "ДБ", "ГБ", "РБ", "КС", "ОО"])
        // ЦМСЧ: a часть.
        || ends(&["СЧ"])
        // КузГПА, ГСХА: an академия.
        || ends(&["ГПА", "ГМА", "СХА", "ГЮА", "ГТА", "ГАА"])
    {
        Some(Gender::Feminine)
    } else {
        // РЦДО, ЦДОД: a центр, whatever it is for.
        word.contains('Ц').then_some(Gender::Masculine)
    }
}

/// Long ones look like words typed in capitals, so the lists are asked, too: «ДОСААФ».
fn is_abbreviation(word: &str) -> bool {
    posts::is_abbreviation(word)
        || word.chars().all(char::is_uppercase) && is_listed_abbreviation(word)
}

pub(in super::super) fn is_listed_abbreviation(word: &str) -> bool {
    let listed = |list| Letters::new(word).within(list);
    listed(lists::NEUTER_ABBREVIATIONS)
        || listed(lists::MASCULINE_ABBREVIATIONS)
        || listed(lists::FEMININE_ABBREVIATIONS)
}

fn abbreviation_within(text: &str, list: &str) -> bool {
    words(text.trim()).next().is_some_and(|word| word.letters.within(list))
}

fn around<'a>(text: &'a str, bare: &'a str) -> (&'a str, &'a str) {
    let start = text.find(bare).unwrap_or(0);
    (&text[..start], &text[start + bare.len()..])
}

pub(super) struct PartySegment<'a> {
    pub(super) text: &'a str,
    pub(super) after: &'a str,
}

/// Cuts a text where one person ends and another begins.
pub(super) fn segments(text: &str) -> Vec<PartySegment<'_>> {
    const SEPARATORS: [&str; 9] =
        [", ", "; ", " и ", " & ", " + ", " / ", "\u{a0}и\u{a0}", " и\u{a0}", "\n"];
    let mut list = Vec::new();
    let mut rest = text;
    let marks = |byte| matches!(byte, b',' | b';' | b'&' | b'+' | b'/' | b'\n');
    // Most texts name one: two looks instead of nine.
    let joined = text.bytes().any(marks) || text.contains(" и") || text.contains("\u{a0}и");
    if !joined {
        return vec![PartySegment { text, after: "" }];
    }
    loop {
        let found = SEPARATORS
            .iter()
            .filter_map(|separator| Some((rest.find(separator)?, separator.len())))
            // The separator that comes first in the text, not the first in the list.
            .min();
        let Some((at, len)) = found else { break };
        list.push(PartySegment { text: &rest[..at], after: &rest[at..at + len] });
        rest = &rest[at + len..];
    }
    list.push(PartySegment { text: rest, after: "" });
    list
}

/// A word between spaces, with its place in the text.
struct Word<'a> {
    text: &'a str,
    start: usize,
    letters: Letters,
    /// Whether capitals are only the way in which a name is typed: «ЦОЙ Виктор».
    capitals: bool,
}

/// Short words in capitals are abbreviations, unless a patronymic or a known first name stands in
/// the text and no list knows the abbreviation: «ЖУК СЕРГЕЙ ОЛЕГОВИЧ», but «ТЮЗ Надежда».
fn mark_capitals(words: &mut [Word<'_>]) {
    let known = |word: &Word<'_>| {
        word.letters.len() > 3 && is_known_first(&word.letters)
            || patronymic_gender(&word.letters).is_some()
    };
    if words.len() < 2 || words.len() > 4 || !words.iter().any(known) {
        return;
    }
    let patronymic = words.iter().any(|word| patronymic_gender(&word.letters).is_some());
    for word in words {
        let vowels = word.letters.syllables() > 0;
        word.capitals = vowels && (patronymic || abbreviation_gender(word.text).is_none());
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split(|ch: char| ch.is_whitespace()).filter(|word| !word.is_empty()).map(|word| {
        // The words are slices of the text, so that their places are the distance of their
        // addresses.
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let bare = word.trim_matches(['(', ')', ',', ';']);
        let bare = if bare.is_empty() { word } else { bare };
        Word {
            text: bare,
            start: start + (bare.as_ptr().addr() - word.as_ptr().addr()),
            letters: Letters::new(bare),
            capitals: false,
        }
    })
}

impl Word<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// «И.», «И.П.».
    fn is_initials(&self) -> bool {
        self.text.ends_with('.')
            && self.text.split_terminator('.').all(|part| part.chars().count() == 1)
    }

    /// Whether the word has the shape of a part of a name.
    fn is_name(&self) -> bool {
        let mut letters = self.text.chars();
        let shaped = letters.next().is_some_and(|ch| ch.is_uppercase() && !ch.is_ascii())
            && self
                .text
                .chars()
                .all(|ch| is_letter(ch) || matches!(ch, '-' | '.' | '’' | '\'' | '\u{2011}'));
        // «ФССП», «КемГУ», «ТЮЗ»: without a vowel, of mixed letters, or known.
        let code = is_abbreviation(self.text)
            && (self.text.chars().any(char::is_lowercase)
                || self.letters.syllables() == 0
                || self.letters.len() < 4
                || self.letters.len() < 8 && abbreviation_gender(self.text).is_some()
                || self.letters.within(lists::PLURAL_ABBREVIATIONS));
        (shaped && (self.is_initials() || !code || self.capitals || is_known_first(&self.letters)))
            || self.letters.within(lists::PARTICLES)
    }

    fn is_patronymic(&self) -> bool {
        patronymic_gender(&self.letters).is_some()
    }

    /// Whether it stands in the brackets of a maiden name, or marks father and son.
    fn is_aside(&self, text: &str) -> bool {
        self.letters.within(lists::ASIDES) || self.text == "в" && text.contains("(в девичестве ")
    }
}
