//! Places: a kind of place and its name agree or not by their own rules, and a place stands after
//! «в» or «на».
//!
//! A town agrees with «город» (города Новокузнецка) unless it is a plural or a neuter (города
//! Мыски); after «посёлок», «станция», «хутор», and after a clipped kind (г., пгт) the name stands
//! still. Names in -ово, -ино may decline or not, so that is the caller's choice. Sources:
//! Rosenthal, § 149, 197; «Грамота.ру», «Склонение географических названий».

mod behind;
mod lists;
mod locative;

use super::grammar::{Basis, Case, Gender, Inflected};
use super::org;
use super::phrase::{self, WordChange};
use super::plural;
use super::post::words::is_abbreviation;
use super::word::{EndingPattern, Endings, Letters, ends, is_vowel};
use crate::ru::is_letter;
use behind::trails;
pub(super) use behind::{after, after_several, length};
use lists::{FEMININE, FROZEN_FIRST, PLURALS, STILL, ZERO};
pub use locative::{located, locative};

/// Inflects a place. `declinable` says whether a name in -ово, -ево, -ино takes endings (в
/// Кемерове), as careful speech has it, or stands still (в Кемерово), as papers have it.
///
/// ```
/// use itog_lang::ru::{place, Case};
///
/// let genitive = |text| place::inflect(text, Case::Genitive, false).text;
/// assert_eq!(genitive("город Новокузнецк"), "города Новокузнецка");
/// assert_eq!(genitive("город Мыски"), "города Мыски");
/// assert_eq!(genitive("Мыски"), "Мысков");
/// assert_eq!(genitive("пгт Промышленная"), "пгт Промышленная");
/// assert_eq!(genitive("Набережные Челны"), "Набережных Челнов");
/// assert_eq!(genitive("Кемеровская область — Кузбасс"), "Кемеровской области — Кузбасса");
/// assert_eq!(place::inflect("город Кемерово", Case::Genitive, true).text, "города Кемерова");
/// ```
#[must_use]
pub fn inflect(text: &str, case: Case, declinable: bool) -> Inflected {
    // What stands where a place would: no noun at all.
    let manner = ["онлайн", "офлайн", "дистанционно", "очно", "заочно", "удалённо", "удаленно"];
    if case == Case::Nominative || manner.contains(&text.to_lowercase().as_str()) {
        return Inflected::certain(text);
    }
    // «Москва — Казань»: two places, each with its case.
    if let Some((left, dash, right)) = split_dash(text) {
        // «Республика Северная Осетия — Алания»: names behind «Республика» stand still together.
        if left.starts_with("Республика ") && !left.contains('(') {
            let parts = [inflect(left, case, declinable), Inflected::certain(&text[left.len()..])];
            return Inflected::concat(&parts);
        }
        // «город Тайга Кемеровской области — Кузбасса»: what stands before the dash is in the
        // genitive already, and so is what follows.
        let dependent = |left: &str| {
            let genitive = inflect(left, Case::Genitive, declinable).text;
            left.ends_with("области") && genitive.ends_with("области")
        };
        if dependent(left) {
            let parts = [inflect(left, case, declinable), Inflected::certain(&text[left.len()..])];
            return Inflected::concat(&parts);
        }
        let parts = [
            inflect(left, case, declinable),
            Inflected::certain(dash),
            inflect(right, case, declinable),
        ];
        return Inflected::concat(&parts);
    }
    if let Some((left, sign, right)) = split_joined(text) {
        let (left, right) = (inflect(left, case, declinable), inflect(right, case, declinable));
        return Inflected::concat(&[left, Inflected::certain(sign), right]);
    }
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let first = Letters::new(words[0]);
    // «город-курорт Белокуриха»
    let kind = Letters::new(words[0].split('-').next().unwrap_or_default());
    let generic = org::is_place(&kind) || org::is_frozen_place(&first);
    // «Яшкинский район, д. Поломошное»
    let kind = |word: &&str| org::is_place(&Letters::new(word.trim_end_matches(',')));
    if generic && words.len() > 1 || words.iter().any(kind) {
        return org::parse_place(text, declinable).inflect(text, case);
    }
    bare(text, &words, case, declinable)
}

/// Whether a text that is asked for as a body names a place: «Чувашская Республика — Чувашия»,
/// «Минеральные Воды», «Улан-Удэ».
pub(super) fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let noun = Letters::new(words[head(&words)]);
    if let Some((left, _, right)) = split_joined(text) {
        return is_place(left) && is_place(right);
    }
    if words.len() > 1 {
        let region = noun.within("край область округ республика");
        return split_dash(text).is_some() && region
            || words.iter().all(|word| Letters::new(word).within(STILL))
            || words.len() == 2 && words[1] == "море"
            || words.len() == 2 && (possessive(&words, 0).is_some() || trails(words[0], words[1]))
            || words.len() == 2 && noun.within(PLURALS) && text.starts_with(char::is_uppercase);
    }
    if noun.within(PLURALS) && text.starts_with(char::is_uppercase) {
        return true;
    }
    // A name that no list of bodies or persons knows stands for itself: «Бурятия».
    let mut letters = text.chars();
    // «КемГУКИ» is an abbreviation.
    let capital = letters.next().is_some_and(char::is_uppercase)
        && text.split('-').all(|part| !part.chars().skip(1).any(char::is_uppercase))
        // «Библиотекари-юбиляры» are none; «Ростов-на-Дону» is one.
        && text.split('-').all(|part| {
            part.starts_with(char::is_uppercase)
                || matches!(part, "на" | "над" | "под" | "де" | "ле")
        })
        && text.chars().count() > 1;
    let word = Letters::new(text.rsplit('-').next().unwrap_or(text));
    capital
        && text.chars().all(|ch| is_letter(ch) || ch == '-')
        && (!org::is_known(text) || is_frozen_first(text))
        // «Библиофилы» are rather people than a town that no list has.
        && (!matches!(word.back(0), 'ы' | 'и') || word.within(STILL) || word.within(IN_KI))
        // «Горфинуправление»: neuters in -ние are bodies.
        && !word.ends_any(&["ние", "ство", "тие", "ище", "ньи", "ихи", "ухи"])
        // «Томичи», «кадетки»: people rather than a town, but for the few towns of that shape.
        && (!word.ends_any(&["чи", "ки", "цы"]) || word.within(IN_KI))
        && !phrase::is_ministry(&word)
        // «Цитадель»: a common noun by its ending, and no town that is known.
        && (word.within(FEMININE) || !word.ends_any(&["адель", "сть", "ночь", "сеть"]))
        // «Метро», «Кашпо»
        && !word.within(phrase::INDECLINABLE)
        && !plural::is_person(&word)
        && plural::adjective(&word, false).is_none()
}

/// «Порт-Артур» is a place, though «порт» is a body.
fn is_frozen_first(text: &str) -> bool {
    text.split_once('-').is_some_and(|(first, _)| Letters::new(first).within(FROZEN_FIRST))
}

/// Places in -ки and -чи that are no plurals.
const IN_KI: &str = "карачи нагасаки салоники сочи хельсинки";

fn split_dash(text: &str) -> Option<(&str, &str, &str)> {
    [" — ", " – ", " - "].iter().find_map(|dash| {
        let at = text.find(dash)?;
        Some((&text[..at], &text[at..at + dash.len()], &text[at + dash.len()..]))
    })
}

/// «Москва, Тула и Рязань», «Босния и Герцеговина»: names alone, each with its case.
fn split_joined(text: &str) -> Option<(&str, &str, &str)> {
    let name = |part: &str| {
        part.split(' ').all(|word| word.starts_with(char::is_uppercase) && is_plain(word))
    };
    let (at, sign) =
        [", ", " и "].iter().filter_map(|sign| Some((text.find(sign)?, *sign))).min()?;
    let rest = &text[at + sign.len()..];
    let names = text.split(", ").flat_map(|part| part.split(" и ")).all(name);
    names.then_some((&text[..at], sign, rest))
}

/// Whether a word has letters and hyphens alone.
fn is_plain(word: &str) -> bool {
    word.chars().all(|ch| is_letter(ch) || ch == '-')
}

/// A name without its kind: «Великие Луки», «Ленинск-Кузнецкий», «Ростов-на-Дону».
fn bare(text: &str, words: &[&str], case: Case, declinable: bool) -> Inflected {
    let mut out = String::new();
    let mut basis = Basis::Ending;
    let head = head(words);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        // What stands behind the noun depends on it: «Соединённые Штаты Америки», unless it is an
        // adjective that agrees: «Ростов Великий».
        if at > head {
            let agrees = trails(words[head], word);
            let change = phrase::adjective(&Letters::new(word), false).filter(|_| agrees);
            phrase::push(&mut out, word, change, case);
            // «Баренцево море»: no genitive ends so.
            if word.starts_with(char::is_lowercase) && word.ends_with(['о', 'е']) {
                basis = Basis::Likeness;
            }
            continue;
        }
        // «США», «СССР».
        if is_abbreviation(word) {
            out.push_str(word);
            continue;
        }
        // «Сергиев Посад»: a possessive adjective before the noun.
        if let Some(change) = possessive(words, at) {
            change.push(&mut out, word, case);
            continue;
        }
        let last = at == head;
        if last && is_common_neuter(words, at) {
            phrase::push(&mut out, word, phrase::noun(&Letters::new(word), false, None), case);
            continue;
        }
        let mut moved = false;
        for (part, change) in parts(word, declinable, last, None) {
            moved |= change.is_some();
            phrase::push(&mut out, part, change, case);
        }
        let letters = Letters::new(word);
        let doubtful = is_doubtful(&letters, moved);
        if last && doubtful {
            basis = Basis::Likeness;
        }
    }
    if basis == Basis::Likeness {
        let reason = format!("названия «{text}» нет в списках, форма — по сходству");
        return Inflected::doubtful(out, basis, reason);
    }
    Inflected::certain(out)
}

/// «Чёрное море», «Лодейное Поле»: whether a common noun stands there with its adjective.
fn is_common_neuter(words: &[&str], at: usize) -> bool {
    let letters = Letters::new(words[at]);
    let agrees =
        || at > 0 && phrase::adjective_gender(&Letters::new(words[at - 1])) == Some(Gender::Neuter);
    matches!(letters.back(0), 'о' | 'е')
        && (words[at].starts_with(char::is_lowercase)
            || agrees() && !letters.ends_any(&["во", "но"]))
}

/// Whether the ending of a name does not tell its forms: «Навои» and «Мали» look like plurals,
/// names in -ь are of either gender.
fn is_doubtful(word: &Letters, moved: bool) -> bool {
    match word.back(0) {
        // «Поднебесные Зубья» or «Илья»
        'я' if word.back(1) == 'ь' => true,
        'и' | 'ы' => {
            let plural = [
                "ники", "ичи", "цы", "нки", "чки", "шки", "вки", "лки", "ычи", "ишки", "тки",
                "рки", "ны", "ры", "лы", "овы", "дки", "жки",
            ];
            let known = word.within(STILL) || word.within(PLURALS);
            !(known || moved && word.ends_any(&plural))
        }
        'ь' => {
            let known = ["нь", "поль", "авль", "даль", "бль", "ель", "иль", "оль", "обыль"];
            phrase::basis(word, false) >= Basis::Likeness
                && !word.within(FEMININE)
                && !word.ends_any(&known)
        }
        // «Авиазвено» is a body rather than a town that stands still.
        'о' => {
            !moved
                && !word.within(STILL)
                && !word.ends_any(&[
                    "ово",
                    "ево",
                    "ино",
                    "ыно",
                    "еро",
                    "аго",
                    "ото",
                    "йо",
                    "энерго",
                    "экспо",
                ])
        }
        // Writing does not show the stress: «Городцом», but «Юрьевцем».
        'ц' => {
            word.ends("ец") && word.syllables() > 2 && !word.is("череповец") && !word.is("городец")
        }
        _ => false,
    }
}

/// The parts of a name around its hyphens and how each changes. Before a last word stand
/// adjectives only.
fn parts(
    word: &str,
    declinable: bool,
    last: bool,
    kind: Option<Gender>,
) -> Vec<(&str, Option<WordChange>)> {
    let mut list = Vec::new();
    let mut still = false;
    let mut rest = word;
    loop {
        let at = rest.find('-');
        let part = &rest[..at.unwrap_or(rest.len())];
        let letters = Letters::new(part);
        // «на Дону», «Анжеро-», «Санкт-», «Йошкар-».
        still |= matches!(part, "на" | "над" | "под" | "де" | "ле");
        // Орехово-Зуево, Горно-Алтайск: the first part stays.
        let frozen = still
            || at.is_some_and(|at| {
                letters.within(FROZEN_FIRST)
                    || matches!(letters.back(0), 'о' | 'е')
                    || leans(&letters, &rest[at + 1..])
            });
        let change = if frozen { None } else { name(&letters, declinable, last, kind) };
        list.push((part, change));
        let Some(at) = at else { break };
        list.push(("-", None));
        rest = &rest[at + 1..];
    }
    list
}

/// Whether the first part of a name stands still because a noun follows that declines: «Баден-|
/// Баден», «Коста-|Рика», but «Ростов-|на-Дону», «Каменск-|Уральский», «Гвинея-|Бисау».
fn leans(part: &Letters, tail: &str) -> bool {
    let noun = Letters::new(tail);
    adjective(part).is_none()
        && !tail.contains('-')
        && adjective(&noun).is_none()
        && (noun.back(0) == 'а' || !is_vowel(noun.back(0)) || !part.ends_any(&["ия", "ея"]))
}

/// Whether a word of a name is an adjective: Великий, Набережные.
fn adjective(word: &Letters) -> Option<WordChange> {
    if word.is("уренгой") || word.is("ханой") {
        return None;
    }
    phrase::adjective(word, false).or_else(|| plural::adjective(word, false))
}

/// The noun of a name: the first word that is no adjective, or the last one of all.
fn head(words: &[&str]) -> usize {
    let noun = (0..words.len()).find(|&at| {
        adjective(&Letters::new(words[at])).is_none() && possessive(words, at).is_none()
    });
    noun.unwrap_or(words.len() - 1)
}

/// Whether a word ends in a hard consonant.
fn is_hard(word: &Letters) -> bool {
    let last = word.back(0);
    last.is_alphabetic() && !is_vowel(last) && !matches!(last, 'ь' | 'й')
}

/// A possessive adjective before the noun of a name: «Сергиев Посад», «Царёв Брод».
fn possessive(words: &[&str], at: usize) -> Option<WordChange> {
    const POSSESSIVE: Endings = ["а", "у", "", "ым", "ом"];
    let word = Letters::new(words[at]);
    let noun = Letters::new(words.get(at + 1)?);
    let capital = words[at + 1].starts_with(char::is_uppercase);
    let shape = word.ends_any(&["ев", "ов"]) && word.len() > 4;
    let pattern = EndingPattern::new(0, &POSSESSIVE);
    let gender = Gender::Masculine;
    (capital && shape && is_hard(&noun) && adjective(&noun).is_none()).then_some(WordChange {
        pattern,
        gender,
        animate: false,
        plural: false,
    })
}

/// How one word of a name changes. `kind` is the gender of the kind with which it agrees.
fn name(word: &Letters, declinable: bool, last: bool, kind: Option<Gender>) -> Option<WordChange> {
    if word.within(STILL) {
        return None;
    }
    let adjective = adjective(word);
    if !last || adjective.is_some() {
        return adjective;
    }
    if word.ends_any(&["ово", "ево", "ино", "ыно"]) && word.len() > 4 {
        return if declinable { phrase::noun(word, false, None) } else { None };
    }
    let known = matches!(word.back(0), 'и' | 'ы').then(|| {
        if word.is("люберцы") {
            let pattern = EndingPattern::new(2, &LYUBERTSY);
            let gender = Gender::Masculine;
            return Some(WordChange { pattern, gender, animate: false, plural: true });
        }
        let change = if word.within(ZERO) {
            plural::without_ending(word)
        } else {
            plural::noun(word, false).map(|(change, _)| change)
        };
        // «Осинники» are no persons: «в Осинники».
        change.map(|change| WordChange { animate: false, ..change })
    });
    match word.back(0) {
        'ы' | 'и' => known.flatten(),
        // «Поволжье», «Забайкалье».
        'е' if word.back(1) == 'ь' => phrase::singular(word, false, None),
        // No noun in -у, -ю, -э declines, and those in -о, -е that do were taken above.
        'о' | 'е' | 'у' | 'ю' | 'э' => None,
        'ь' => {
            // Of names in -нь most are feminine (Нягань, Сарань), but for those of China.
            let chinese = word.ends_any(&["чжэнь", "цзинь", "бинь", "пень", "хань", "ень", "янь"]);
            let feminine = word.within(FEMININE)
                || word.ends("нь") && !chinese
                || kind == Some(Gender::Feminine);
            // «Гомель», «Кассель»: those in -ель are masculine, but for the listed ones.
            if word.ends("ель") && !feminine {
                let pattern = EndingPattern::new(1, &ends::SOFT);
                let gender = Gender::Masculine;
                return Some(WordChange { pattern, gender, animate: false, plural: false });
            }
            phrase::singular(word, false, feminine.then_some(Gender::Feminine))
        }
        'т' if word.is("египет") => {
            let pattern = EndingPattern::with_stem(2, "т", &ends::HARD);
            let gender = Gender::Masculine;
            Some(WordChange { pattern, gender, animate: false, plural: false })
        }
        // «Курильские острова».
        _ if word.is("острова") => phrase::noun(word, false, None),
        _ => phrase::singular(word, false, None),
    }
}

/// Люберцы: the only town whose genitive puts a vowel before -ц.
const LYUBERTSY: Endings = ["ец", "цам", "цы", "цами", "цах"];
