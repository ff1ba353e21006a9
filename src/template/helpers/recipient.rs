//! What a certificate says of its recipient: a person, several people, a family, a team.

use handlebars::JsonValue;

use super::super::fault::RenderFault;
use super::Args;
use super::people::{self, Named};
use crate::lang::ru::name::patronymic_ending;
use crate::lang::ru::party::PartyKind;
use crate::lang::ru::{self, Case, FullName, Gender, Number, is_letter};

/// The people of a recipient: those of `people`, or the recipient alone.
pub(super) fn of(value: &JsonValue) -> Vec<JsonValue> {
    match value.get("people").and_then(JsonValue::as_array) {
        // An empty list is a form that was not filled in: then the recipient is meant.
        Some(people) if !people.is_empty() => people.clone(),
        _ => vec![value.clone()],
    }
}

/// `people recipient`: the list of those who get one certificate together; of one recipient, a
/// list of that one.
pub(super) fn people(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(of(args.need(0)?).into())
}

/// `whom recipient "dat"`: a recipient of any sort in a case, as it stands in a sentence.
pub(super) fn whom(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (value, named) = (args.need(0)?, Named::of(args, 0)?);
    if is_staff(value, &named) {
        return people::inflected(args, |party, case| {
            // The word that declines is put before the name.
            let mut whose = party.inflect(Case::Genitive);
            whose.text = format!("{} {}", ru::org::inflect("коллектив", case).text, whose.text);
            whose
        });
    }
    let name = people::inflected(args, |party, case| party.inside(case))?;
    // Only now: whoever doubts a form compares it with others as they are written.
    Ok(match &name {
        JsonValue::String(name) => with_patronymics(name).into(),
        _ => name,
    })
}

/// `bound name 19`: a name as it is written, the patronymic on the line of the first name where the
/// two are no longer than so many letters.
pub(super) fn bound(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let longest = args.number(1)?;
    let name = with_patronymics(&args.text(0)?);
    let long = |words: &str| words.contains('\u{a0}') && words.chars().count() as u64 > longest;
    let kept = name.split(' ').map(|words| match long(words) {
        true => words.replace('\u{a0}', " "),
        false => words.to_owned(),
    });
    Ok(kept.collect::<Vec<_>>().join(" ").into())
}

/// A name whose patronymics stay on the line of the first name: where a long one must break, the
/// surname stands alone.
fn with_patronymics(name: &str) -> String {
    let is = |word: &str| {
        let word = word.trim_end_matches(',');
        let long = word.chars().count() > 4 && word.starts_with(char::is_uppercase);
        // «Бабич» and «Зорич» are surnames.
        let sure = |(stem, end): (&str, &str)| {
            end.starts_with("вн") || end.starts_with("ичн") || stem.ends_with(['в', 'ь'])
        };
        long && patronymic_ending(word).is_some_and(sure)
    };
    let mut bound = String::with_capacity(name.len() + 2);
    for word in name.split(' ') {
        if !bound.is_empty() {
            bound.push(if is(word) { '\u{a0}' } else { ' ' });
        }
        bound.push_str(word);
    }
    bound
}

/// `role person "учитель"`: the post of one who taught, where it is another one than that word and
/// may stand before the name: «Воспитатель: Ткач Л. В.». Of several people it is what all of them
/// are, «преподаватели», and here that word counts, too: «учителя». Of a longer post it is what
/// stands before the comma; `beside` gives the rest.
pub(super) fn role(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    /// Whoever leads may be anything besides: «педагог-организатор» is no label.
    const LEAD: [&str; 5] = ["руководител", "тренер", "наставник", "куратор", "консультант"];
    const TEACH: [&str; 12] = [
        "классный руководител",
        "воспитател",
        "педагог",
        "преподавател",
        "концертмейстер",
        "мастер",
        "тренер",
        "наставник",
        "куратор",
        "хормейстер",
        "балетмейстер",
        "хореограф",
    ];
    let (person, usual) = (args.need(0)?, args.text(1)?);
    if let Some(people) = person.as_array() {
        return Ok(roles(people).unwrap_or_default().into());
    }
    let post = person.get("post").and_then(JsonValue::as_str).unwrap_or_default();
    let post = post.split(", ").next().unwrap_or_default();
    let small = post.to_lowercase();
    let plain = small.chars().all(|c| is_letter(c) || matches!(c, ' ' | '-'));
    let teaches = match &*usual {
        "руководитель" => LEAD.iter().any(|stem| small.contains(stem)),
        usual => TEACH.iter().any(|stem| small.contains(stem)) && !small.contains(usual),
    };
    let own = person.get("of").and_then(JsonValue::as_str).is_none();
    Ok(if plain && teaches && own { post } else { "" }.into())
}

/// `beside person`: what a post says behind the role that stands before the name: «методист» of
/// «наставник, методист».
pub(super) fn beside(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let post = args.need(0)?.get("post").and_then(JsonValue::as_str).unwrap_or_default();
    Ok(post.split_once(", ").map_or("", |(_, rest)| rest).into())
}

/// `goes-on text`: whether «в объёме 16 часов» may follow the last of some texts, since it has one
/// verb only: not behind «прошёл обучение и сдал зачёт».
pub(super) fn goes_on(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let texts = args.need(0)?.as_array().and_then(|texts| texts.last());
    let last = texts.and_then(JsonValue::as_str).unwrap_or_default();
    // A verb stands first or behind one adverb.
    let clause = |part: &str| part.split(' ').take(2).any(|word| masculine(word).is_some());
    Ok((!last.split(" и ").skip(1).any(clause)).into())
}

/// What several people are, if all are the same: «тренеры», «тренеры-преподаватели».
fn roles(people: &[JsonValue]) -> Option<String> {
    const MANY: [(&str, &str); 16] = [
        ("балетмейстер", "балетмейстеры"),
        ("воспитатель", "воспитатели"),
        ("классный руководитель", "классные руководители"),
        ("концертмейстер", "концертмейстеры"),
        ("куратор", "кураторы"),
        ("логопед", "логопеды"),
        ("наставник", "наставники"),
        ("организатор", "организаторы"),
        ("педагог", "педагоги"),
        ("преподаватель", "преподаватели"),
        ("психолог", "психологи"),
        ("руководитель", "руководители"),
        ("тренер", "тренеры"),
        ("учитель", "учителя"),
        ("хореограф", "хореографы"),
        ("хормейстер", "хормейстеры"),
    ];
    let post = |person: &JsonValue| {
        let more = person.get("of").or_else(|| person.get("from")).is_some_and(|v| v.is_string());
        let post = person.get("post").and_then(JsonValue::as_str).filter(|_| !more)?;
        post.split(", ").next().map(str::to_lowercase)
    };
    let first = post(people.first()?)?;
    let many = |part: &str| MANY.iter().find(|(one, _)| *one == part).map(|(_, many)| *many);
    let many: Vec<&str> = first.split('-').map(many).collect::<Option<_>>()?;
    people.iter().all(|person| post(person).as_ref() == Some(&first)).then(|| many.join("-"))
}

/// The gender and number with which words agree.
pub(super) fn agreement(value: &JsonValue, named: &Named<'_>) -> (Option<Gender>, Number) {
    if of(value).len() > 1 {
        return (None, Number::Plural);
    }
    if is_staff(value, named) {
        return (Some(Gender::Masculine), Number::Singular);
    }
    named.agreement()
}

/// Whether the people of an organisation are meant: «коллектив школы № 5».
fn is_staff(value: &JsonValue, named: &Named<'_>) -> bool {
    // «коллектив» is put before an organisation, but a choir or a class is thanked by its own
    // name.
    let collective = value.get("collective").and_then(JsonValue::as_bool).unwrap_or(false);
    collective && !named.party().is_own_subject()
}

/// `clause text recipient`: a clause about a recipient whose verbs agree: «принял(а) участие» and
/// «прошёл обучение» become «приняла участие» and «прошла обучение».
pub(super) fn clause(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let (gender, number) = agreement(args.need(1)?, &Named::of(args, 1)?);
    let mut open = true;
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let marked = word.contains('(') || word.contains('/');
        // The predicate stands first, or after an adverb.
        let verb = marked || open && at < 2;
        let Some((base, rest)) = verb.then(|| masculine(word)).flatten() else {
            return word.to_owned();
        };
        open &= marked;
        match (gender, number) {
            // Without a gender the sentence stays as it was typed, brackets and all.
            (None, Number::Singular) => word.to_owned(),
            (gender, number) => {
                let agreed = ru::agree::agree(&base, gender.unwrap_or(Gender::Masculine), number);
                agreed.map_or_else(|| word.to_owned(), |agreed| agreed + rest)
            }
        }
    });
    Ok(words.collect::<Vec<_>>().join(" ").into())
}

/// The masculine past of a verb that is written as «принял(а)», «прошёл/прошла», «приняла», and
/// the mark after it.
fn masculine(word: &str) -> Option<(String, &str)> {
    let bare = word.trim_end_matches([',', '.', ';', ':']);
    let rest = &word[bare.len()..];
    let stem = bare.split(['(', '/']).next()?;
    let small = stem.to_lowercase();
    // A word with a capital is a name, and short ones («для», «или») are not verbs.
    if small != stem || small.chars().count() < 4 {
        return None;
    }
    let (small, reflexive) = match small.strip_suffix("ся").or_else(|| small.strip_suffix("сь"))
    {
        Some(base) => (base.to_owned(), "ся"),
        None => (small, ""),
    };
    // «Прошла», «нашли»: the masculine has a vowel that the others have not.
    let gone = |end: &&str| small.strip_suffix(*end).map(|stem| format!("{stem}шёл"));
    let base = ["шла", "шло", "шли", "шел", "шёл"].iter().find_map(gone);
    let base = base.or_else(|| {
        ["ла", "ло", "ли", "л"].iter().find_map(|end| {
            small.strip_suffix(end).filter(|stem| stem.ends_with(VOWELS)).map(|s| format!("{s}л"))
        })
    });
    // A noun in -л or -ла is not a predicate unless the text marks it as one.
    let marked = bare.len() > stem.len();
    let base = base.or_else(|| marked.then(|| small.clone()))?;
    Some((format!("{base}{reflexive}"), rest))
}

const VOWELS: [char; 10] = ['а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];

/// `address recipient`: how a letter begins.
pub(super) fn address(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let value = args.need(0)?;
    let all = of(value);
    if all.len() > 1 {
        let called: Vec<String> = all
            .iter()
            .filter_map(|one| one.get("name").and_then(JsonValue::as_str))
            // People are greeted by first name and patronymic, without the surname.
            .map(|name| {
                let parts = FullName::parse(name);
                match parts.first.is_empty() {
                    true => name.to_owned(),
                    false => format!("{} {}", parts.first, parts.middle).trim().to_owned(),
                }
            })
            .collect();
        return Ok(format!("Уважаемые {}!", ru::agree::join(&called, "и")).into());
    }
    let named = Named::of(args, 0)?;
    // A library cannot be greeted, so those who work there are.
    let staff = match named.party().kind() {
        PartyKind::Organisation => true,
        PartyKind::Collective => named.name.to_lowercase().starts_with("коллектив"),
        _ => false,
    };
    if staff { Ok("Уважаемые коллеги!".into()) } else { people::greeting(args) }
}

/// Adjectives and nouns that begin the name of an event and are not proper names themselves.
pub(super) const COMMON: [&str; 51] = [
    "районн",
    "городск",
    "областн",
    "краев",
    "региональн",
    "муниципальн",
    "школьн",
    "ежегодн",
    "открыт",
    "окружн",
    "сельск",
    "детск",
    "литературн",
    "творческ",
    "краеведческ",
    "научн",
    "олимпиад",
    "конкурс",
    "праздник",
    "турнир",
    "семинар",
    "форум",
    "фестивал",
    "конференци",
    "чтени",
    "выставк",
    "викторин",
    "акци",
    "кругл",
    "мастер",
    "вебинар",
    "интенсив",
    "слет",
    "слёт",
    "экспедици",
    "тестировани",
    "онлайн",
    "программ",
    "проект",
    "марафон",
    "квест",
    "спартакиад",
    "первенств",
    "соревновани",
    "тренинг",
    "практикум",
    "занят",
    "встреч",
    "лекци",
    "урок",
    "ярмарк",
];

/// `event-in event`: «в районном конкурсе чтецов «Живое слово»», «во II Межрегиональном форуме».
pub(super) fn event_in(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let named = Named::of(args, 0)?;
    let grammar = || ru::org::inflect(&named.name, Case::Prepositional);
    let own = args.dictionary();
    let inflected = own.inflect(ru::LineKind::Org, &named.name, Case::Prepositional, grammar);
    // Guessed forms of a title would be printed on every certificate: the word «мероприятие»
    // declines instead.
    if !inflected.is_certain() || !named.name.starts_with(|c: char| is_letter(c)) {
        return Ok(format!("в мероприятии {}", quoted_text(&named.name)).into());
    }
    let small = inflected.text.to_lowercase();
    // «Тест «Знаток сказок»»: before a title stands what it is.
    let titled = small.split_once(' ').is_some_and(|(_, rest)| rest.starts_with('«'));
    let text = if titled || COMMON.iter().any(|stem| small.starts_with(stem)) {
        ru::uncapital(&inflected.text)
    } else {
        inflected.text
    };
    let mut letters = small.chars();
    let (first, second) = (letters.next(), letters.next());
    // «во Всероссийском», «во Франции»: в before в or ф and a consonant.
    let hard = matches!(first, Some('в' | 'ф'))
        && second.is_some_and(|c| is_letter(c) && !VOWELS.contains(&c));
    // «II» is read «втором», so «во» stands before it.
    let second_in_roman = text.starts_with("II ");
    Ok(format!("{} {text}", if hard || second_in_roman { "во" } else { "в" }).into())
}

/// `by-programme programme`: what stands after «по»: «программе «Библиотечное дело»», or the
/// programme in the dative where it says what it is.
pub(super) fn by_programme(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let head = text.split(['«', '"']).next().unwrap_or_default();
    let says = ["программа", "курс"]
        .iter()
        .any(|noun| head.to_lowercase().split_whitespace().any(|word| word == *noun));
    if says {
        let own = args.dictionary();
        let grammar = || ru::org::inflect(&text, Case::Dative);
        let form = own.inflect(ru::LineKind::Org, &text, Case::Dative, grammar);
        if form.is_certain() {
            return Ok(ru::uncapital(&form.text).into());
        }
    }
    Ok(format!("программе {}", quoted_text(&text)).into())
}

/// `quoted text`: the text in quotes, unless it has them.
pub(super) fn quoted(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(quoted_text(&args.text(0)?).into())
}

fn quoted_text(text: &str) -> String {
    let whole = text.starts_with(['«', '"', '“', '„']) && text.ends_with(['»', '"', '”', '“']);
    // «Реквием», Р. Рождественский: what has a title in quotes, and its author behind it.
    let titled = text.strip_prefix('«').and_then(|text| text.split_once('»'));
    let author =
        titled.is_some_and(|(_, rest)| rest.starts_with([',', '.', ';']) || rest.starts_with(" ("));
    // С. Маршак «Кошкин дом»: its author, or what it is, before it; but «Лучший ученик «Лидера»».
    // «(отрывок)» may stand behind it.
    let named = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let named = named.map_or(text, |(named, _)| named);
    let before = named.ends_with('»')
        && named.split_once('«').is_some_and(|(head, title)| {
            let sort = ["разработка", "проект", "сказка", "стихотворение", "рассказ", "эссе"];
            let last = head.split_whitespace().last().unwrap_or_default();
            let named = head.contains(". ") || sort.contains(&last.to_lowercase().as_str());
            named && title.trim_end_matches('»').find(['«', '»']).is_none()
        });
    if whole || author || before {
        return text.to_owned();
    }
    // Quotes inside of quotes are of another shape.
    format!("«{}»", text.replace('«', "„").replace('»', "“"))
}

/// `counted text "час" "часа" "часов"`: a bare number with the word that it counts; any other text
/// as it is.
pub(super) fn counted(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let (one, few, many) = (args.text(1)?, args.text(2)?, args.text(3)?);
    let Ok(number) = text.trim().parse::<i64>() else {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        return Ok(match text.trim().split_once([',', '.']) {
            // «3,5 часа»: a part of one counts one, in the genitive, which «в объёме 1 часа» has
            // already.
            Some((whole, part)) if digits(whole) && digits(part) => {
                let word = if one.ends_with('а') { &one } else { &few };
                let mark = if one.is_ascii() { '.' } else { ',' };
                format!("{whole}{mark}{part}\u{a0}{word}")
            }
            // «72 академических часа» says its word itself.
            _ => text,
        }
        .into());
    };
    let word = ru::number::plural(number, &one, &few, &many);
    // The number never stands at the end of a line without its word.
    Ok(format!("{number}\u{a0}{word}").into())
}
