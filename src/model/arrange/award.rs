//! Keys of a certificate that other keys beside them explain: a second number, the institution of
//! the recipient, the director who signs.

use super::super::read::is_empty;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{Date, who};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar, signed};
use crate::lang::ru::capital;

/// What is said twice, whose institution it is, who signs.
pub(super) fn explained(entries: &mut MapEntries) -> bool {
    kind_of(entries)
        | without(entries)
        | in_a_year(entries)
        | dated(entries)
        | placed(entries)
        | whose(entries)
        | headed(entries)
        | signs(entries)
        | twice(entries)
}

/// Whether «документ: Диплом за 2 место» says what the document is.
pub(in crate::model) fn is_kind((key, node): &(MapKey, DataNode)) -> bool {
    let sure = |text: &str| super::kind::formula_of(text).is_some_and(|(_, sure)| sure);
    small(key) == "документ" && node.text().is_some_and(sure)
}

fn kind_of(entries: &mut MapEntries) -> bool {
    if has(entries, "kind") {
        return false;
    }
    let found = entries.iter_mut().find(|own| is_kind(own));
    found.map(|(key, _)| key.text = "kind".to_owned()).is_some()
}

/// «фото: нет» is none.
fn without(entries: &mut MapEntries) -> bool {
    let no = ["нет", "no", "-", "—", "без", "не нужно"];
    let count = entries.len();
    entries.retain(|(key, node)| {
        let picture =
            ["photo", "qr", "logo", "background"].iter().any(|own| is_key(&key.text, own));
        let none =
            node.text().is_some_and(|text| no.contains(&text.trim().to_lowercase().as_str()));
        !(picture && none)
    });
    entries.len() < count
}

/// «дата: 25 мая» beside «год: 2026» is one day.
fn in_a_year(entries: &mut MapEntries) -> bool {
    let text = |entries: &MapEntries, key: &str| {
        let at = entries.iter().position(|(own, _)| is_key(&own.text, key))?;
        Some((at, entries[at].1.text()?.to_owned()))
    };
    let (Some((day_at, day)), Some((year_at, year))) =
        (text(entries, "date"), text(entries, "year"))
    else {
        return false;
    };
    let whole = format!("{day} {year}");
    // A day with a year of its own needs no other.
    if Date::parse_any(&day).is_ok() || Date::parse_any(&whole).is_err() {
        return false;
    }
    entries[day_at].1 = scalar(&whole, &entries[day_at].1);
    entries.remove(year_at);
    true
}

/// Adds a line of one's own.
fn line(entries: &mut MapEntries, key: &MapKey, node: &DataNode) {
    let text = match &node.value {
        DataValue::Scalar { text, .. } => text.clone(),
        DataValue::Seq(all) => all.iter().filter_map(DataNode::text).collect::<Vec<_>>().join(", "),
        _ => return,
    };
    let label = capital(key.text.trim().trim_end_matches(':'));
    let new = scalar(&format!("{label}: {text}"), node);
    match entries.iter_mut().find(|(key, _)| is_key(&key.text, "lines")) {
        Some((_, DataNode { value: DataValue::Seq(all), .. })) => all.push(new),
        Some((_, told)) => {
            let first = std::mem::replace(told, DataNode::new(DataValue::Null, 0..0));
            let range = first.range.clone();
            *told = DataNode::new(DataValue::Seq(vec![first, new]), range);
        }
        None => {
            let range = new.range.clone();
            entries.push(entry("lines", DataNode::new(DataValue::Seq(vec![new]), range)));
        }
    }
}

/// Where two of the keys that mean `key` stand.
fn both(entries: &MapEntries, key: &str) -> Option<(usize, usize)> {
    let mut found = entries
        .iter()
        .enumerate()
        .filter(|(_, (own, node))| is_key(&own.text, key) && !is_empty(node));
    Some((found.next()?.0, found.next()?.0))
}

/// «номер» and «регистрационный номер», «руководитель» and «куратор»: the second one, or the one
/// that says more, is a line of its own.
fn twice(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for key in ["number", "leader", "teacher", "work", "score", "age_group"] {
        while let Some((first, second)) = both(entries, key) {
            // The same word twice is a slip, and told as one.
            if small(&entries[first].0) == small(&entries[second].0) {
                break;
            }
            // The longer name says what is special: «регистрационный номер».
            let words = |at: usize| small(&entries[at].0).split_whitespace().count();
            let at = if words(first) > words(second) { first } else { second };
            let (key, node) = entries.remove(at);
            line(entries, &key, &node);
            moved = true;
        }
    }
    moved
}

/// «дата» beside «дата выдачи» is the day of the event.
fn dated(entries: &mut MapEntries) -> bool {
    if both(entries, "date").is_none() {
        return false;
    }
    let issued = |(key, _): &(MapKey, DataNode)| small(key) == "дата выдачи";
    let at = entries.iter().position(|own| !issued(own) && is_key(&own.0.text, "date"));
    let Some(at) = at.filter(|_| entries.iter().any(issued)) else { return false };
    entries[at].0.text = "дата проведения".to_owned();
    // Without an event there is no line in which its day would be printed.
    if !has(entries, "event") {
        let (key, node) = entries.remove(at);
        line(entries, &key, &node);
    }
    true
}

/// «место» beside «город» is where the event took place.
fn placed(entries: &mut MapEntries) -> bool {
    let Some((first, second)) = both(entries, "place") else { return false };
    let town = ["город", "населенный пункт", "населённый пункт"];
    let is_town = |at: usize| town.contains(&small(&entries[at].0).as_str());
    // «место: 1» is a rank, not a town.
    let rank = |at: usize| entries[at].1.text().is_some_and(super::kind::is_rank);
    if rank(first) || rank(second) || is_town(first) == is_town(second) {
        return false;
    }
    let at = if is_town(first) { second } else { first };
    entries[at].0.text = "место проведения".to_owned();
    if !has(entries, "event") {
        let (key, node) = entries.remove(at);
        line(entries, &key, &node);
    }
    true
}

/// «учреждение» right behind the recipient, or beside a post, is where the recipient is from.
fn whose(entries: &mut MapEntries) -> bool {
    const OWN: [&str; 7] = [
        "место работы",
        "место учебы",
        "место учёбы",
        "учебное заведение",
        "образовательное учреждение",
        "образовательная организация",
        "оу",
    ];
    const GIVES: [&str; 7] =
        ["управлен", "администрац", "департамент", "министерств", "комитет", "оргкомитет", "отдел"];
    // A leader and an accompanist stand between a choir and where it is from.
    let of_recipient = ["recipient", "post", "class", "age_group", "gender", "leader", "teacher"];
    const BESIDE: [&str; 3] = ["концертмейстер", "хормейстер", "балетмейстер"];
    if !has(entries, "recipient") || has(entries, "school") {
        return false;
    }
    if from_brackets(entries) {
        return true;
    }
    let post = has(entries, "post");
    let is = |at: usize| {
        let (key, node) = &entries[at];
        let Some(text) = node.text() else { return false };
        let word = small(key);
        let before = at.checked_sub(1).map(|at| &entries[at].0.text);
        let behind = before.is_some_and(|key| {
            let beside = BESIDE.contains(&key.trim().to_lowercase().as_str());
            beside || of_recipient.iter().any(|own| is_key(key, own))
        });
        // Such bodies give certificates, rather than send those who get them.
        let gives = GIVES.iter().any(|stem| text.to_lowercase().starts_with(stem));
        OWN.contains(&word.as_str())
            || ["учреждение", "организация"].contains(&word.as_str()) && (behind || post) && !gives
    };
    let Some(at) = (0..entries.len()).find(|at| is(*at)) else { return schooled(entries) };
    // Whoever has a post works there, whoever has none learns.
    entries[at].0.text = if post { "of" } else { "school" }.to_owned();
    true
}

/// «команда «Искра» (МБОУ СОШ № 91)»: what stands in brackets with a number, or with the capitals
/// of a short name, is where a team is from, and has a line of its own.
fn from_brackets(entries: &mut MapEntries) -> bool {
    let split = |text: &str| {
        let (name, inside) = text.trim().strip_suffix(')')?.split_once(" (")?;
        let acronym = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 2;
        let whence = inside.contains('№') || inside.split_whitespace().any(acronym);
        // A person's brackets are read with the name.
        let person = who::name_first(name).is_some() || who::is_sure_name(name);
        (whence && !person && !inside.contains('(')).then(|| (name.to_owned(), inside.to_owned()))
    };
    let found = entries.iter_mut().find(|(key, _)| is_key(&key.text, "recipient"));
    let Some((_, node)) = found else { return false };
    let Some((name, whence)) = node.text().and_then(split) else { return false };
    *node = scalar(&name, node);
    let school = entry("school", scalar(&whence, node));
    entries.push(school);
    true
}

/// «детский сад: № 12 «Берёзка»», «лицей: № 4» are where a child is from.
fn schooled(entries: &mut MapEntries) -> bool {
    const SORTS: [&str; 6] = ["детский сад", "лицей", "гимназия", "колледж", "техникум", "вуз"];
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        SORTS.contains(&small(key).as_str()) && node.text().is_some()
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    if let DataValue::Scalar { text, plain } = &mut node.value
        // A number or a name alone needs its noun before it.
        && text.starts_with(|c: char| "№«\"".contains(c) || c.is_ascii_digit())
    {
        (*text, *plain) = (format!("{} {text}", capital(key.text.trim())), false);
    }
    key.text = "school".to_owned();
    true
}

/// «заголовок: За верность музыке» below the kind stands where a degree does.
fn headed(entries: &mut MapEntries) -> bool {
    if !has(entries, "kind") || has(entries, "degree") {
        return false;
    }
    let is = |(key, _): &&mut (MapKey, DataNode)| {
        ["заголовок", "подзаголовок"].contains(&small(key).as_str())
    };
    entries.iter_mut().find(is).map(|(key, _)| key.text = "degree".to_owned()).is_some()
}

/// «директор: Шумилов П. Р.», «главный редактор: Р. С. Ильин» sign, and so does a teacher or a
/// class teacher in the line beside them.
fn signs(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    // Where those who sign stood: a gap closes, so whoever was beside them is beside it.
    let mut gap = entries.iter().position(|(key, _)| is_key(&key.text, "signatures"));
    while let Some(at) = entries.iter().position(is_signer).or_else(|| beside(entries, gap)) {
        let (key, node) = entries.remove(at);
        gap = Some(at);
        signed::sign_as(entries, key, node);
        moved = true;
    }
    moved
}

/// Whether all whom a value names are people beyond doubt, or have a first name and a surname.
fn names(node: &DataNode) -> bool {
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '-');
    let capital = |word: &str| word.starts_with(char::is_uppercase) && letters(word);
    let two =
        |name: &str| name.split_whitespace().count() == 2 && name.split_whitespace().all(capital);
    let several = |text: &str| who::several(text).unwrap_or_else(|| vec![text.to_owned()]);
    // «проф. Седов И. А.»
    let bare = |name: &str| {
        let title = |word: &&str| word.starts_with(char::is_lowercase);
        name.split_whitespace().skip_while(title).collect::<Vec<_>>().join(" ")
    };
    let whole = |name: &str| who::is_sure_name(&bare(name)) || two(name);
    let named = |text: &str| several(text).iter().all(|name| whole(name));
    match &node.value {
        DataValue::Seq(all) => all.iter().all(|one| one.text().is_some_and(named)),
        _ => node.text().is_some_and(named),
    }
}

/// «директору: Макаров Е. И.» says to whom something is given.
fn is_dative(post: &str) -> bool {
    const ENDS: [&str; 8] = ["ру", "лю", "рю", "ику", "щей", "ему", "ому", "ту"];
    let first = post.split_whitespace().next().unwrap_or_default();
    ENDS.iter().any(|end| first.ends_with(end))
}

/// Whether a key is a post that signs, whatever stands beside it.
fn is_signer((key, node): &(MapKey, DataNode)) -> bool {
    const HEADS: [&str; 24] = [
        "директор",
        "начальник",
        "глава",
        "губернатор",
        "мэр",
        "министр",
        "заведующ",
        "председател",
        "секретар",
        "ответственный секретар",
        "ректор",
        "проректор",
        "декан",
        "президент",
        "координатор",
        "главный ",
        "член жюри",
        "члены жюри",
        "заместител",
        "зам.",
        "и. о.",
        "и.о.",
        "врио",
        "ведущий ",
    ];
    // Whom the recipient belongs to: a choir has a leader, a centre a head.
    const LED: [&str; 14] = [
        "коллектив",
        "ансамбл",
        "студи",
        "круж",
        "хор",
        "команд",
        "объединени",
        "секци",
        "работ",
        "проект",
        "театр",
        "оркестр",
        "групп",
        "исследовани",
    ];
    let word = small(key);
    // Leaders and teachers are told of the recipient, and do not sign.
    let fact = is_key(&key.text, "leader") || is_key(&key.text, "teacher");
    let heads = word.strip_prefix("руководитель ").is_some_and(|of| {
        !of.split_whitespace().any(|word| LED.iter().any(|stem| word.starts_with(stem)))
    });
    let english = word.split_whitespace().next_back().is_some_and(who::is_english_head)
        || word.split_whitespace().next().is_some_and(who::is_english_head);
    !fact
        && !is_dative(&word)
        && (heads || english || HEADS.iter().any(|head| word.starts_with(head)))
        && names(node)
}

/// «учитель физкультуры», «классный руководитель» in the line beside those who sign.
fn beside(entries: &MapEntries, gap: Option<usize>) -> Option<usize> {
    const FACTS: [&str; 5] =
        ["концертмейстер", "хормейстер", "балетмейстер", "научный руководитель", "художник"];
    let is = |at: &usize| {
        let Some((key, node)) = entries.get(*at) else { return false };
        let word = small(key);
        let mut words = word.split_whitespace();
        let post = words.clone().take(2).any(who::is_head) && words.nth(1).is_some();
        post && !FACTS.contains(&word.as_str()) && names(node)
    };
    let gap = gap?;
    // The line above, the one that has moved into the gap, and the one below.
    [gap.checked_sub(1), Some(gap), Some(gap + 1)].into_iter().flatten().find(is)
}
