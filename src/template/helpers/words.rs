//! Dates, numbers, lists and letters.
//!
//! They print; the grammar itself is in `lang`.

use handlebars::JsonValue;

use super::super::doubled;
use super::super::fault::RenderFault;
use super::{Args, text};
use crate::diag::say;
use crate::lang::ru::{self, Case, CivilDate, Gender, date::Style};
use crate::lang::ru::{is_letter, is_letter_or_digit};

/// `picture file`: the name of a picture's file, for `src`; in a template made in Word the picture
/// itself.
pub(super) fn picture(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    match args.need(0)? {
        // What has no picture shows none.
        JsonValue::Null => Ok(String::new().into()),
        JsonValue::String(file) => Ok(file.as_str().into()),
        _ => Err(args.wrong(0, say!("the name of a picture's file"))),
    }
}

/// `date d`: «5 июня 2014 г.», of a range «04–05 июня 2014 г.»; `date d "full"` with «года»,
/// `"plain"` without the nought, `"short"` «05.06.2014», `"year"` the year alone, `"period"` «с
/// 04.06.2014 по 05.06.2014», `"span"` «с 4 по 5 июня 2014 года», `"quoted"` ««05» июня 2014 г.»,
/// `"english"` «5 June 2014», «4–5 June 2014»; `pattern="dd.MM.yyyy"` as word processors have it.
// Over 60 lines: one step for each style that people ask for.
pub(super) fn date(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let written = args.need(0)?.as_str().ok_or_else(|| args.wrong(0, say!("a date")))?;
    if let Some(partial) = partial(written, args.is_russian()) {
        return Ok(partial.into());
    }
    // Tables have «05.06.2014», which is to be written otherwise.
    let day = args.option("pattern").and_then(|_| day_in_figures(written));
    let written = day.as_deref().unwrap_or(written);
    // Where people write dates as they like, what is no date stays as it is.
    let any = args.option("text").and_then(JsonValue::as_bool).unwrap_or(false);
    if any && written.split('/').any(|day| CivilDate::parse(day).is_none()) {
        return Ok(written.into());
    }
    let bad = || {
        args.wrong(0, say!("a date"))
            .hint(say!("write it as 2014-06-05, a range as 2014-06-04/2014-06-05"))
    };
    // A single day is the range from it to itself.
    let (from, to) = written.split_once('/').unwrap_or((written, written));
    let (from, to) =
        (CivilDate::parse(from).ok_or_else(bad)?, CivilDate::parse(to).ok_or_else(bad)?);
    if let Some(pattern) = args.option("pattern").and_then(JsonValue::as_str) {
        let wrong = || {
            RenderFault::argument(say!("a date cannot be written as `{pattern}`", pattern))
                .hint(say!("write it of d, M and y: `dd.MM.yyyy`, `d MMMM yyyy`"))
        };
        let written = ru::date::pattern(from, pattern).ok_or_else(wrong)?;
        let until = ru::date::pattern(to, pattern).filter(|_| from != to);
        return Ok(until.map_or(written.clone(), |until| format!("{written} — {until}")).into());
    }
    if !args.is_russian() {
        return Ok(english(from, to).into());
    }
    if args.optional(1) == Some("period") && from != to {
        return Ok(format!("с {} по {}", ru::date::short(from), ru::date::short(to)).into());
    }
    if args.optional(1) == Some("span") && from != to {
        return Ok(span(from, to).into());
    }
    if args.optional(1) == Some("english") {
        return Ok(english(from, to).into());
    }
    // «05» июня 2014 г.: the form for dates that are completed by hand has two digits in quotes.
    if args.optional(1) == Some("quoted") && from == to {
        let long = ru::date::long(from);
        let (_, month_and_year) = long.split_once('\u{a0}').unwrap_or(("", &long));
        return Ok(format!("«{:02}»\u{a0}{month_and_year}", from.day()).into());
    }
    if args.optional(1) == Some("year") {
        let years = if from.year() == to.year() {
            from.year().to_string()
        } else {
            format!("{}–{}", from.year(), to.year())
        };
        return Ok(years.into());
    }
    let style = args.word(
        say!("style of dates"),
        args.optional(1),
        &["long", "full", "plain", "short", "year", "period", "span", "quoted", "english"],
        |word| match word {
            "long" => Some(Style::Long),
            "full" | "span" => Some(Style::LongFull),
            // A range has no form in quotes and falls back to the long one; so do «span» and
            // «period» of a single day.
            "quoted" => Some(Style::Long),
            "plain" => Some(Style::LongPlain),
            "short" | "period" => Some(Style::Short),
            _ => None,
        },
    )?;
    Ok(ru::date::range(from, to, style.unwrap_or_default()).into())
}

/// A date that is not a day: a month «май 2025 г.», a year, or what is filled in by hand.
fn partial(written: &str, russian: bool) -> Option<String> {
    let year_word = if russian { "\u{a0}г." } else { "" };
    // A blank for the date, to be filled in by hand.
    if written == "____" {
        return Some(format!("«___»\u{a0}______________ 20__{year_word}"));
    }
    let year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    match written.split_once('-') {
        None if year(written) => Some(format!("{written}{year_word}")),
        Some((y, "__")) if year(y) => Some(format!("«___»\u{a0}______________ {y}{year_word}")),
        Some((y, rest)) if year(y) && rest.len() == 4 && rest.ends_with("-_") => {
            let index = rest[..2].parse::<usize>().ok()?;
            let day = ru::date::long(CivilDate::new(y.parse().ok()?, index.try_into().ok()?, 1)?);
            let month = day.split([' ', '\u{a0}']).nth(1)?;
            let month = if russian { month } else { ENGLISH_MONTHS.get(index.checked_sub(1)?)? };
            Some(format!("«___»\u{a0}{month} {y}{year_word}"))
        }
        Some((y, month)) if year(y) && month.len() == 2 => {
            let index = month.parse::<usize>().ok()?.checked_sub(1)?;
            let names = if russian { ru::date::MONTHS } else { ENGLISH_MONTHS };
            Some(format!("{} {y}{year_word}", names.get(index)?))
        }
        _ => None,
    }
}

/// «с 4 по 15 июня 2014 года», «с 28 мая по 5 июня 2014 года».
fn span(from: CivilDate, to: CivilDate) -> String {
    let first = ru::date::long_full(from);
    let day_and_month = first.split(' ').next().unwrap_or_default();
    let first = match (from.year() == to.year(), from.month() == to.month()) {
        // «с 4 по 6 июня»: what both share is said once.
        (true, true) => from.day().to_string(),
        (true, false) => day_and_month.to_owned(),
        _ => first,
    };
    format!("с\u{a0}{first} по\u{a0}{}", ru::date::long_full(to))
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// «05.06.2014» as the data have dates.
fn day_in_figures(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.trim().split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let date = CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (year.len() == 4).then(|| date.to_string())
}

/// «5 June 2014», «4–5 June 2014», «30 September – 2 October 2024».
fn english(from: CivilDate, to: CivilDate) -> String {
    let month = |date: CivilDate| ENGLISH_MONTHS[usize::from(date.month()) - 1];
    let whole = |date: CivilDate| format!("{}\u{a0}{} {}", date.day(), month(date), date.year());
    match (from.year() == to.year(), from.month() == to.month()) {
        _ if from == to => whole(from),
        (true, true) => format!("{}–{}", from.day(), whole(to)),
        (true, false) => format!("{}\u{a0}{}\u{a0}– {}", from.day(), month(from), whole(to)),
        _ => format!("{}\u{a0}– {}", whole(from), whole(to)),
    }
}

/// `word "theme"`: a fixed word of the template in the language of the document.
pub(super) fn word(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let key = args.text(0)?;
    match args.word_of(&key) {
        Some(word) => Ok(word.into()),
        None => Err(RenderFault::argument(say!("there is no word `{key}`", key))
            .hint(say!("add it to `words-ru.json` beside the template"))),
    }
}

/// `speak lang`: what follows is in another language; prints nothing.
pub(super) fn speak(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    args.change_language(&args.text(0)?);
    Ok("".into())
}

/// `plural n "документ" "документа" "документов"`: the form that agrees with a number.
pub(super) fn plural(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let number = args.text(0)?;
    let (one, few, many) = (args.text(1)?, args.text(2)?, args.text(3)?);
    ru::quantity::plural_of(&number, &one, &few, &many)
        .map(JsonValue::from)
        .ok_or_else(|| args.wrong(0, say!("a number")))
}

/// `money 5000`: «5 000 (пять тысяч) рублей 00 копеек»; `money 5000 "gen"` in a case.
pub(super) fn money(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let sum = ru::quantity::kopecks(&text).ok_or_else(|| {
        args.wrong(0, say!("a sum of roubles, with two digits of kopecks at most"))
    })?;
    let case = args.word(say!("case"), args.optional(1), &CASES, Case::parse)?;
    Ok(ru::quantity::roubles(sum, case.unwrap_or(Case::Nominative)).into())
}

const CASES: [&str; 6] = ["nom", "gen", "dat", "acc", "ins", "pre"];

fn gender_and_case(args: &Args<'_>) -> Result<(Gender, Case), RenderFault> {
    let option = |key| args.option(key).and_then(JsonValue::as_str);
    let gender = args.word(
        say!("gender"),
        args.optional(1).or_else(|| option("gender")),
        &["m", "f", "n"],
        Gender::parse,
    )?;
    let case =
        args.word(say!("case"), args.optional(2).or_else(|| option("case")), &CASES, Case::parse)?;
    Ok((gender.unwrap_or(Gender::Masculine), case.unwrap_or(Case::Nominative)))
}

/// `numeral 23 "f" "gen"`: a number in words; `animate=true`: that counts persons, «двух»;
/// `collective=true`: «двое», as long as there is such a word.
pub(super) fn numeral(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (gender, case) = gender_and_case(args)?;
    let number = args.number(0)?;
    let asked = |key| args.option(key).and_then(JsonValue::as_bool).unwrap_or(false);
    let collective = || ru::quantity::collective(number, case);
    if let Some(words) = asked("collective").then(collective).flatten() {
        return Ok(words.into());
    }
    Ok(if asked("animate") || asked("collective") {
        ru::quantity::cardinal_of_persons(number, gender, case)
    } else {
        ru::number::cardinal(number, gender, case)
    }
    .into())
}

/// `ordinal 23 "f" "gen"`: an ordinal in words.
pub(super) fn ordinal(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (gender, case) = gender_and_case(args)?;
    Ok(ru::number::ordinal(args.number(0)?, gender, case).into())
}

fn small(args: &Args<'_>) -> Result<u32, RenderFault> {
    u32::try_from(args.number(0)?).map_err(|_| args.wrong(0, say!("a smaller number")))
}

/// `roman 4`: «IV».
pub(super) fn roman(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    ru::number::roman(small(args)?)
        .map(JsonValue::from)
        .ok_or_else(|| args.wrong(0, say!("a number from 1 to 3999")))
}

/// `letter 3`: «в».
pub(super) fn letter(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let letter = ru::number::letter(small(args)?);
    if letter.is_empty() { Err(args.wrong(0, say!("a number from 1"))) } else { Ok(letter.into()) }
}

/// `join list`: «а, б, в»; `join list ", " " и "`: with separators of your own, the second one
/// before the last item.
pub(super) fn join(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let list = args.need(0)?.as_array().ok_or_else(|| args.wrong(0, say!("a list")))?;
    let items: Option<Vec<String>> = list.iter().map(text).collect();
    let items = items.ok_or_else(|| args.wrong(0, say!("a list of texts")))?;
    let separator = args.optional(1).unwrap_or(", ");
    let last = args.optional(2).unwrap_or(separator);
    Ok(match items.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, rest)) => format!("{}{last}{end}", rest.join(separator)),
        None => String::new(),
    }
    .into())
}

/// `concat a b …`: texts one after the other; `null` is nothing.
pub(super) fn concat(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let part =
        // What is null leaves nothing: `concat` puts optional parts together.
        |index| if args.need(index)?.is_null() { Ok(String::new()) } else { args.text(index) };
    (0..args.len()).map(part).collect::<Result<String, _>>().map(JsonValue::from)
}

/// `called a`: a text as it is; the name of a person, an event, an organisation; of several ones
/// with commas.
pub(super) fn called(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    fn named(value: &JsonValue) -> Option<String> {
        match value {
            JsonValue::Object(map) => map.get("name")?.as_str().map(str::to_owned),
            JsonValue::Array(all) => {
                let all: Option<Vec<String>> = all.iter().map(named).collect();
                all.map(|all| all.join(", "))
            }
            JsonValue::Null => Some(String::new()),
            value => text(value),
        }
    }
    let what = || args.wrong(0, say!("a text, or a map with a `name`"));
    Ok(named(args.need(0)?).ok_or_else(what)?.into())
}

/// `upper a`.
pub(super) fn upper(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(args.text(0)?.to_uppercase().into())
}

/// `lower a`.
pub(super) fn lower(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(args.text(0)?.to_lowercase().into())
}

/// `capital a`: the first letter large.
pub(super) fn capital(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(ru::capital(&args.text(0)?).into())
}

/// `definite event`: an English name of an event with its article, where a common noun asks for
/// one: «the Regional English Olympiad», but «Book Week», «“Bridge of Cultures”».
pub(super) fn definite(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    const NOUNS: [&str; 18] = [
        "championship",
        "competition",
        "conference",
        "congress",
        "contest",
        "course",
        "festival",
        "forum",
        "marathon",
        "meeting",
        "olympiad",
        "quiz",
        "seminar",
        "summit",
        "symposium",
        "tournament",
        "webinar",
        "workshop",
    ];
    let text = args.text(0)?;
    let bare = text.split(['"', '“', '«', '(', ':']).next().unwrap_or_default().to_lowercase();
    let mut words = bare.split_whitespace();
    let own = words.clone().next().is_some_and(|first| ["the", "a", "an"].contains(&first));
    let common = words.any(|word| NOUNS.contains(&word.trim_end_matches(',')));
    Ok(if common && !own { format!("the {text}") } else { text }.into())
}

/// `small a`: the first letter small, as in the middle of a sentence: «Приказ» is «приказ»; an
/// abbreviation («МБУ») stays.
pub(super) fn uncapital(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let word = text.split_whitespace().next().unwrap_or_default();
    // «ГОСТ», «МБУК», «А. С. Пушкин» keep their capital.
    let abbreviated = word.chars().skip(1).any(char::is_uppercase) || word.chars().count() == 1;
    if abbreviated || !word.starts_with(is_letter) {
        return Ok(text.into());
    }
    Ok(ru::uncapital(&text).into())
}

/// `marked a`: whether a text begins with the mark of a note: «* Без учёта филиалов».
pub(super) fn marked(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(args.text(0)?.trim_start().starts_with(['*', '¹', '²', '³', '†']).into())
}

/// `title-lines kind`: the lines of a title: «Удостоверение», «о повышении квалификации». A short
/// one is one line. Each is a list of the pieces between which a narrow sheet breaks it:
/// «Почётная», «грамота».
pub(super) fn title_lines(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    // As long as «Диплом победителя» it stands in one line on a wide sheet in all designs.
    const LINE: usize = 18;
    // As long as «Удостоверение» it does so on a narrow one.
    const NARROW: usize = 13;
    let text = args.text(0)?;
    // «Сертификат участника / Certificate of Participation»: the other language below the title.
    let (text, other) = text.split_once(" / ").unwrap_or((&text, ""));
    let words: Vec<&str> = text.split_whitespace().collect();
    let adjective = |word: &str| {
        let ends = ["ый", "ий", "ой", "ая", "яя", "ое", "ее"];
        ends.iter().any(|end| word.to_lowercase().ends_with(end))
    };
    // An adjective and its noun stay together: «Почётная грамота».
    let adjectives = words.iter().take_while(|word| adjective(word)).count();
    let short = text.chars().count() <= LINE;
    let (title, rest) = match short {
        true => (&words[..], &[][..]),
        false => words.split_at((adjectives + 1).min(words.len())),
    };
    let long = title.join(" ").chars().count() > NARROW && title.len() > 1;
    let (first, last) = title.split_at(if long { adjectives.clamp(1, title.len() - 1) } else { 0 });
    let pieces = |pieces: &[&[&str]]| -> JsonValue {
        let pieces = pieces.iter().filter(|words| words.iter().any(|word| !word.is_empty()));
        pieces.map(|words| JsonValue::from(words.join(" "))).collect::<Vec<_>>().into()
    };
    let lines = [pieces(&[first, last]), pieces(&[rest]), pieces(&[&[other.trim()]])];
    Ok(lines.into_iter().filter(|line| line.as_array().is_some_and(|l| !l.is_empty())).collect())
}

/// `several-words a`: whether a text has more words than one.
pub(super) fn several_words(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok((args.text(0)?.split_whitespace().count() > 1).into())
}

/// `once value "г." "года"`: a value without the word that stands before it, or behind it, and that
/// it says, too; `once value "«" "»"`: without its own quotation marks; `once value "" "."`:
/// without its stop.
pub(super) fn once(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (before, after) = (args.text(1)?, args.text(2)?);
    Ok(match args.need(0)? {
        JsonValue::String(value) => doubled::settle(value, &before, &after).into(),
        other => other.clone(),
    })
}

/// `ended text ":"`: the text with a mark at its end, unless it has one.
pub(super) fn ended(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (text, mark) = (args.text(0)?, args.text(1)?);
    let text = text.trim_end();
    // A mark inside of quotes or of emphasis ends the sentence as well.
    let bare = text.trim_end_matches(['»', '”', '"', '*', ')']);
    let stop = |text: &str| text.ends_with(['!', '?', '…']);
    // «до 1 сентября 2025 г.» and «Орловой К. В.» end with no full stop of a sentence.
    if mark == ":" && bare.len() == text.len() && ends_abbreviated(text) {
        return Ok(format!("{text}:").into());
    }
    let ended = text.is_empty()
        || text.ends_with(['.', '!', '?', '…', ':', ';', ','])
        || stop(bare)
        || text.trim_end_matches('*').ends_with(['.', ':', ';']);
    Ok(if ended { text.to_owned() } else { format!("{text}{mark}") }.into())
}

/// `has text part`: whether a text holds another one, by letters and digits alone, in any letter
/// case; a date such as 2014-09-20 is held as «20 сентября 2014» and as «20.09.2014», too. `null`
/// holds nothing and is held by nothing.
pub(super) fn has(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    if args.need(0)?.is_null() || args.need(1)?.is_null() {
        return Ok(false.into());
    }
    let text = bare(&args.text(0)?);
    let part = args.text(1)?;
    // The date is written by people in words or figures, and in the data in neither.
    let dates = CivilDate::parse(&part).into_iter().flat_map(|date| {
        let long = ru::date::long(date);
        [long.trim_end_matches("г.").to_owned(), ru::date::short(date)]
    });
    Ok(dates.chain([part.clone()]).any(|part| text.contains(&bare(&part))).into())
}

/// The words of a text with a space before and after each.
fn bare(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |all, word| all + word + " ")
}

/// Words that keep their stop when another mark follows.
const ABBREVIATIONS: [&str; 24] = [
    "г", "гг", "в", "вв", "др", "пр", "т.д", "т.п", "руб", "коп", "тыс", "млн", "млрд", "обл",
    "р-н", "ул", "им", "с", "п", "стр", "экз", "чел", "шт", "п.п",
];

/// Whether a text ends with the stop of an abbreviation («2025 г.») or of an initial.
fn ends_abbreviated(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|rest| {
        let word = rest.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        // An initial ends in a stop of its own: «Орловой К. В.»
        if word.chars().count() == 1 && word.chars().all(char::is_uppercase) {
            return true;
        }
        let word = word.to_lowercase();
        ABBREVIATIONS.iter().any(|known| {
            let rest = word.strip_suffix(known);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    })
}

/// `list-end text @last`: the text of a list item with the mark that ends it, `;`, or `.` for the
/// last one. A whole sentence keeps its own mark.
pub(super) fn list_end(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?;
    let last = args
        .need(1)?
        .as_bool()
        .ok_or_else(|| args.wrong(1, say!("true or false, such as `@last`")))?;
    let (text, end) = (text.trim_end(), if last { '.' } else { ';' });
    // The mark that a point has in the data gives way to the one that its place asks for.
    let bare = text.trim_end_matches([';', ',']).trim_end();
    let abbreviated = ends_abbreviated(bare);
    let ended = bare.is_empty() || bare.ends_with(['.', '!', '?', '…', ':']);
    // In the middle «и т. п.» has its own stop and the list's «;», at the end one stop is enough.
    Ok(if ended && (last || !abbreviated) { bare.to_owned() } else { format!("{bare}{end}") }
        .into())
}
