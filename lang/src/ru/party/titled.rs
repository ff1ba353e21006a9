//! A title or a post before the name of a person.

use super::super::grammar::Gender;
use super::super::name::{self, is_known_first};
use super::super::org;
use super::super::phrase::WordChange;
use super::super::post::words as posts;
use super::super::word::{EndingPattern, Endings, Letters, ends};
use super::read::{begins_group, in_a_case, one};
use super::words::{Word, around, evidence};
use super::{Party, PartyKind, PartyPart, lists, oblique};

/// «ИП Козлова», «Индивидуальный предприниматель …», «Глава КФХ …»: a person is meant by a body.
pub(in super::super) fn names_trader(text: &str) -> bool {
    const STARTS: [&str; 4] =
        ["ИП ", "Индивидуальный предприниматель ", "индивидуальный предприниматель ", "Глава КФХ "];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// «профессор Иванов», «ИП Козлова Мария Ивановна», «заведующая библиотекой Егорова Татьяна».
// Over 60 lines: signs of a title before a name are weighed together before anything is decided.
pub(super) fn titled<'a>(
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
        && words.len() > 1
        // «Патриарх Московский и | всея Руси Кирилл» is one.
        && first.text != "всея";
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
    // «артист Республики Бурятия Петров Олег»
    let republic = tail > 1 && words[tail - 1].letters.is("республики");
    if republic && tail + 3 <= words.len() && !is_known_first(&words[tail].letters) {
        tail += 1;
    }
    // «чемпионка Европы Мустафина Алия»: before a name of two words a genitive.
    if let Some([place, one, two]) = words.get(tail..)
        && place.letters.ends_any(&["ы", "и", "а", "я"])
        && !is_known_first(&place.letters)
        && is_known_first(&one.letters) != is_known_first(&two.letters)
        && !two.is_patronymic()
        && !one.is_patronymic()
    {
        tail += 1;
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
    // «Барон Мюнхгаузен»: by the title alone it is seen that a man is named.
    let lone = names.len() == 1
        && first.letters.within(lists::MEN)
        && name::gender(names[0].text).is_none()
        && !is_known_first(&names[0].letters);
    // «Мастер Иван Петрович» may be a surname, and declines in one way.
    let may_be_surname = tail == 1
        && capital
        && !frozen
        && !lone
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
pub(super) fn clipped_title(title: &Letters) -> Option<WordChange> {
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
pub(super) fn title_gender(title: &Letters) -> Option<Gender> {
    if title.within(lists::MEN) || title.is("г-н") || title.is("гр-н") {
        Some(Gender::Masculine)
    } else {
        (title.within(lists::WOMEN) || title.is("г-жа") || title.is("гр-ка"))
            .then_some(Gender::Feminine)
    }
}
