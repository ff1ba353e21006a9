//! Keys that are words of a certificate's own sentence: «настоящим подтверждается, что: …»,
//! «опубликовала: …», «за победу: …», `presented to: …`.

use super::super::certificate::{Formula, is_clause, named_clause};
use super::super::kind::{self, formula_of};
use super::super::read::switch;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue};
use super::super::{number, who};
use super::spoken::{has, small};
use super::{MapEntries, entry, scalar, signed};
use crate::lang::ru::{capital, uncapital};

/// Puts words of the sentence into the keys that stand for them.
pub(super) fn said(entries: &mut MapEntries) -> bool {
    opened(entries)
        | to_whom(entries)
        | in_english(entries)
        | greeted(entries)
        | closed(entries)
        | clause(entries)
        | within(entries)
        | reason(entries)
        | entitled(entries)
        | ranked(entries)
        | counted(entries)
        | lasted(entries)
        | ordered(entries)
        | each(entries)
}

/// The text of a value; of a list, its texts one after another.
fn whole(node: &DataNode) -> Option<String> {
    match &node.value {
        DataValue::Scalar { text, .. } => Some(text.trim().to_owned()),
        DataValue::Seq(all) => {
            let all: Option<Vec<&str>> = all.iter().map(DataNode::text).collect();
            all.map(|all| all.join(", "))
        }
        _ => None,
    }
}

/// The first entry whose key and text are such.
fn find(entries: &MapEntries, is: impl Fn(&str, &str) -> bool) -> Option<(usize, String)> {
    entries.iter().enumerate().find_map(|(at, (key, node))| {
        let text = whole(node).filter(|text| !text.is_empty())?;
        is(&small(key), &text).then_some((at, text))
    })
}

fn rename(entries: &mut MapEntries, at: usize, key: &str, text: &str) {
    let node = scalar(text, &entries[at].1);
    entries[at].0.text = key.to_owned();
    entries[at].1 = node;
}

/// What a certificate of that kind says of its recipient.
fn formula(entries: &MapEntries) -> Option<Formula> {
    let (_, node) = entries.iter().find(|(key, _)| is_key(&key.text, "kind"))?;
    formula_of(node.text()?).map(|(formula, _)| formula)
}

/// «настоящий сертификат подтверждает, что: Ким Юлия»: of whom, or, where that is said, what.
fn opened(entries: &mut MapEntries) -> bool {
    const VERBS: [(&str, &str); 5] = [
        ("подтвержда", "confirms"),
        ("удостоверя", "certifies"),
        ("свидетельствует", "certifies"),
        ("certify that", "certifies"),
        ("certifies that", "certifies"),
    ];
    let verb = |key: &str| {
        // A longer key is the text of the certificate itself, typed before a colon.
        let short = key.split_whitespace().count() <= 6;
        VERBS.iter().find(|(stem, _)| short && key.contains(stem))
    };
    let Some((at, text)) = find(entries, |key, _| verb(key).is_some()) else { return false };
    let formula = verb(&small(&entries[at].0)).map_or("confirms", |(_, formula)| formula);
    // What stands behind the verb is who, and if that is said elsewhere, what.
    let key = match (has(entries, "recipient"), has(entries, "text")) {
        (false, _) => "recipient",
        (true, false) => "text",
        _ => return false,
    };
    let text = ["что ", "Что "].iter().find_map(|that| text.strip_prefix(that)).unwrap_or(&text);
    // «…, что Цой Анна приняла участие в вебинаре»: who, and what.
    match named_clause(text).filter(|_| key == "recipient" && !has(entries, "text")) {
        Some((name, clause)) => {
            let clause = scalar(clause, &entries[at].1);
            rename(entries, at, key, name);
            entries.push(entry("text", clause));
        }
        None => rename(entries, at, key, text),
    }
    if !has(entries, "formula") {
        let node = scalar(formula, &entries[at].1);
        entries.push(entry("formula", node));
    }
    true
}

/// «ученику: Левченко Артёму», «родителям: …», «коллектив: МБУК «Музей»» say to whom.
fn to_whom(entries: &mut MapEntries) -> bool {
    const GIVEN: [&str; 18] = [
        "ученику",
        "ученице",
        "учащемуся",
        "учащейся",
        "воспитаннику",
        "воспитаннице",
        "студенту",
        "студентке",
        "учителю",
        "педагогу",
        "воспитателю",
        "библиотекарю",
        "родителям",
        "семье",
        "команде",
        "коллективу",
        "хору",
        "супругам",
    ];
    const NAMED: [&str; 8] =
        ["коллектив", "команда", "семья", "ансамбль", "хор", "супруги", "победитель", "волонтёр"];
    if has(entries, "recipient") {
        return false;
    }
    let is = |key: &str, _: &str| GIVEN.contains(&key) || NAMED.contains(&key);
    let Some((at, text)) = find(entries, is) else { return false };
    let noun = small(&entries[at].0);
    // «МБУК «Музей»» has a noun of its own, and so has whoever has a name.
    let own = text.starts_with(char::is_uppercase) && NAMED.contains(&noun.as_str());
    let named = ["семья", "супруги"].contains(&noun.as_str()) || !own;
    // A dative is told from a post by its capital, as at the beginning of a line.
    let given = GIVEN.contains(&noun.as_str());
    let noun = if given { capital(&noun) } else { noun };
    let text = if named { format!("{noun} {text}") } else { text };
    rename(entries, at, "recipient", &text);
    true
}

/// «присвоено звание: «Читатель года»» is what it is given of; «лауреат: II степени» the degree.
fn entitled(entries: &mut MapEntries) -> bool {
    const TITLES: [(&str, &str); 6] = [
        ("звание", "звания"),
        ("разряд", "разряда"),
        ("квалификация", "квалификации"),
        ("категория", "категории"),
        ("статус", "статуса"),
        ("титул", "титула"),
    ];
    let title = |key: &str| {
        let (verb, noun) = key.split_once(' ')?;
        TITLES.iter().find(|(own, _)| verb.starts_with("присвоен") && noun == *own)
    };
    let ranked = |key: &str, text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        // Degrees are written in Roman or Arabic figures; «лауреат: Ким Юлия» is a person.
        let figure = first.chars().all(|c| "IVX123".contains(c));
        ["лауреат", "дипломант", "призёр"].contains(&key) && figure
    };
    let titled = find(entries, |key, _| title(key).is_some()).filter(|_| !has(entries, "text"));
    if let Some((at, text)) = titled
        && let Some((_, of)) = title(&small(&entries[at].0))
    {
        rename(entries, at, "text", &format!("о присвоении {of} {text}"));
        return true;
    }
    let Some((at, text)) = find(entries, ranked).filter(|_| !has(entries, "degree")) else {
        return false;
    };
    let noun = capital(entries[at].0.text.trim());
    rename(entries, at, "degree", &format!("{noun} {text}"));
    true
}

/// «звание: лауреат II степени», «занятое место: 2», «статус: призёр» are the degree, which stands
/// by the title.
fn ranked(entries: &mut MapEntries) -> bool {
    // «звание: заслуженный учитель» is none: what is written decides.
    const RANKS: [&str; 22] = [
        "звание",
        "ранг",
        "статус",
        "итог",
        "итоги",
        "награда",
        "приз",
        "присуждено",
        "присуждается",
        "присвоено",
        "присвоена",
        "занято",
        "заняла",
        "занял",
        "достижение",
        "степень диплома",
        "степень награды",
        "степень лауреата",
        "rank",
        "award",
        "prize",
        "degree awarded",
    ];
    if has(entries, "degree") {
        return false;
    }
    let is = |key: &str, text: &str| {
        // «призовое место», «занятое место».
        let place = key.split_once(' ').is_some_and(|(word, noun)| {
            noun == "место" && ["призов", "занят", "присужд"].iter().any(|w| word.starts_with(w))
        });
        let counted = place || ["занял", "заняла", "занято", "rank"].contains(&key);
        (place || RANKS.contains(&key)) && (kind::is_degree(text) || counted && kind::is_rank(text))
    };
    let Some((at, text)) = find(entries, is) else { return false };
    let noun =
        if small(&entries[at].0).contains("мест") { "место" } else { "степени" };
    rename(entries, at, "degree", &kind::degree(&text, noun));
    true
}

/// «в чём: мастер-класс», «участвовал в: конкурсе чтецов»: what somebody took part in.
fn within(entries: &mut MapEntries) -> bool {
    let asks = |key: &str| {
        ["в чем", "где участвовал", "где участвовала", "в каком мероприятии"].contains(&key)
    };
    let part = |key: &str| {
        [
            "участвовал",
            "участвовала",
            "участвовали",
            "участие",
            "участвует",
            "принял участие",
            "приняла участие",
            "приняли участие",
        ]
        .iter()
        .any(|verb| key.strip_prefix(verb).is_some_and(|rest| ["", " в", " во"].contains(&rest)))
    };
    let is = |key: &str, _: &str| asks(&key.replace('ё', "е")) || part(key);
    let Some((at, text)) = find(entries, is) else { return false };
    let own = small(&entries[at].0);
    let confirms =
        matches!(formula(entries), Some(Formula::Confirms | Formula::Certifies | Formula::Issued));
    let within = text.starts_with("в ") || text.starts_with("во ");
    let preposition = if within { "" } else { "в " };
    let took = format!("{preposition}{}", uncapital_word(&text));
    let (key, words) = if part(&own) {
        // The key ends before its preposition, or with it, and what follows stands in its case.
        match confirms {
            true => ("text", format!("принял участие {took}")),
            false => ("for", format!("участие {took}")),
        }
    } else if is_clause(&text) {
        ("text", text)
    } else if within {
        match confirms {
            true => ("text", format!("принял участие {text}")),
            false => ("for", format!("участие {text}")),
        }
    } else if text.to_lowercase().split_whitespace().take(3).any(|w| w.starts_with("участи"))
        || has(entries, "event")
    {
        ("for", text)
    } else {
        ("event", text)
    };
    if has(entries, key) {
        return false;
    }
    rename(entries, at, key, &words);
    true
}

/// «с: 1 февраля 2026», «по: 30 марта 2026» are one period; «даты проведения» those of the event.
fn lasted(entries: &mut MapEntries) -> bool {
    let when = ["даты проведения", "сроки проведения", "период проведения"];
    let held = entries.iter_mut().find(|(key, _)| when.contains(&small(key).as_str()));
    let held = held.map(|(key, _)| key.text = "дата проведения".to_owned()).is_some();
    let from = find(entries, |key, _| key == "с");
    let till = find(entries, |key, _| key == "по");
    // One of the two alone may be anything: «по: физике», «с: отличием».
    let (Some((at, from)), Some((end, till))) = (from, till) else { return held };
    if has(entries, "period") {
        return held;
    }
    rename(entries, at, "period", &format!("{from} – {till}"));
    entries.remove(end);
    true
}

/// `presented to: …`, `in recognition of: …`, `location: …`
fn in_english(entries: &mut MapEntries) -> bool {
    const KEYS: [(&str, &str); 8] = [
        ("presented to", "recipient"),
        ("awarded to", "recipient"),
        ("given to", "recipient"),
        ("granted to", "recipient"),
        ("in recognition of", "text"),
        ("in appreciation of", "text"),
        ("in acknowledgement of", "text"),
        ("location", "place"),
    ];
    let mut moved = false;
    // `participated in: …`, `has completed: …` begin the clause.
    const VERBS: [&str; 6] =
        ["participated", "completed", "attended", "took", "achieved", "demonstrated"];
    let verb = |key: &str, _: &str| key.split_whitespace().take(3).any(|w| VERBS.contains(&w));
    if let Some((at, text)) = find(entries, verb).filter(|_| !has(entries, "text")) {
        let words = format!("{} {text}", small(&entries[at].0));
        rename(entries, at, "text", &words);
        moved = true;
    }
    for (written, key) in KEYS {
        let Some((at, text)) = find(entries, |own, _| own == written) else { continue };
        if has(entries, key) {
            continue;
        }
        let text = if key == "text" { format!("{written} {text}") } else { text };
        rename(entries, at, key, &text);
        moved = true;
    }
    moved
}

/// «уважаемые: Инна Борисовна и Денис Олегович» greets, and says to whom if nothing else does.
fn greeted(entries: &mut MapEntries) -> bool {
    let greets = |key: &str| {
        let one = !key.contains(' ');
        one && ["уважаем", "глубокоуважаем", "многоуважаем", "дорог"]
            .iter()
            .any(|w| key.starts_with(w))
    };
    let Some((at, text)) = find(entries, |key, _| greets(key)) else { return false };
    if has(entries, "salutation") {
        return false;
    }
    // The sign of the salutation is ours, whichever was typed.
    let bare = text.trim_end_matches(['!', ',']).to_owned();
    let words = format!("{} {bare}!", capital(entries[at].0.text.trim()));
    rename(entries, at, "salutation", &words);
    if !has(entries, "recipient") {
        let node = scalar(&bare, &entries[at].1);
        entries.push(entry("recipient", node));
    }
    true
}

/// «с уважением: директор Самсонова Е. Г.» ends the letter and signs.
fn closed(entries: &mut MapEntries) -> bool {
    let Some((at, _)) = find(entries, |key, _| {
        is_key(key, "closing") || key.starts_with("с ") && key.contains("уважени")
    }) else {
        return false;
    };
    let (key, node) = entries.remove(at);
    let words = format!("{},", capital(key.text.trim().trim_end_matches([':', ','])));
    let text = entries.iter_mut().find(|(key, _)| is_key(&key.text, "text"));
    if let Some((_, DataNode { value: DataValue::Scalar { text, plain }, .. })) = text {
        *text = format!("{}\n{words}", text.trim_end());
        *plain = false;
    }
    if node.text().and_then(switch).is_none() {
        signed::sign(entries, node);
    }
    true
}

/// «опубликовала: статью …», «прошёл: стажировку …» after «что»; «занял: 2 место» is the place.
fn clause(entries: &mut MapEntries) -> bool {
    let is = |key: &str, text: &str| is_clause(key) && !who::is_sure_name(text);
    let Some((at, text)) = find(entries, is) else { return false };
    let verb = uncapital(entries[at].0.text.trim());
    // After «награждается» what was done stands in the dative or behind «за», so that only what
    // confirms can go on with a verb.
    let confirms =
        matches!(formula(entries), Some(Formula::Confirms | Formula::Certifies | Formula::Issued));
    let (key, text) = match confirms {
        true => ("text", format!("{verb} {}", uncapital_word(&text))),
        false if verb.starts_with("занял") && text.to_lowercase().contains("мест") => {
            ("degree", text)
        }
        false => return false,
    };
    if has(entries, key) {
        return false;
    }
    rename(entries, at, key, &text);
    true
}

/// A text as it goes on in a sentence, unless its first word is a name or an abbreviation.
fn uncapital_word(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let common = first.chars().skip(1).all(char::is_lowercase)
        && words.next().is_some_and(|word| word.starts_with(char::is_lowercase));
    if common { uncapital(text) } else { text.to_owned() }
}

/// «за победу: в турнире по шахматам», «в связи с: 50-летием»: the key begins the reason.
fn reason(entries: &mut MapEntries) -> bool {
    let begins = ["за ", "в связи с", "в честь", "по случаю", "по итогам", "в ознаменование"];
    let is = |key: &str, _: &str| {
        !is_key(key, "for")
            && !is_key(key, "period")
            && begins.iter().any(|word| key.starts_with(word))
    };
    let Some((at, text)) = find(entries, is) else { return false };
    // These say when, not what for.
    let period = ["за период", "за время", "за год"].contains(&small(&entries[at].0).as_str());
    if period {
        return false;
    }
    let words = format!("{} {}", small(&entries[at].0), uncapital_word(&text));
    if let Some((own, said)) = find(entries, |key, _| is_key(key, "for")) {
        // «за: труд» and «в связи с: юбилеем» are one reason; two of «за …» are not.
        if words.starts_with("за ") || said.contains(['\n', '.']) {
            return false;
        }
        let whole = format!("{} и {words}", said.trim_end());
        let key = entries[own].0.text.clone();
        rename(entries, own, &key, &whole);
        entries.remove(at);
        return true;
    }
    rename(entries, at, "for", &words);
    true
}

/// «номер диплома», «сертификат №», «часы волонтёрства», «продолжительность: 2 часа».
fn counted(entries: &mut MapEntries) -> bool {
    const PAPERS: [&str; 10] = [
        "диплом",
        "сертификат",
        "свидетельств",
        "удостоверени",
        "грамот",
        "благодар",
        "письм",
        "справк",
        "бланк",
        "документ",
    ];
    let sign = |word: &str| ["№", "номер", "no", "number"].contains(&word);
    let paper = |word: &str| PAPERS.iter().any(|stem| word.starts_with(stem));
    let number = |key: &str, _: &str| {
        let words: Vec<&str> = key.split_whitespace().collect();
        // «рег. номер», «регистрационный №».
        let registered = |word: &str| word.starts_with("рег");
        matches!(words[..], [a, b] if sign(a) && paper(b) || (paper(a) || registered(a)) && sign(b))
    };
    let hours = |key: &str, text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default();
        let digits = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
        let long = ["продолжительность", "длительность"].iter().any(|word| key.starts_with(word));
        let long = long || key.starts_with("объём") || key.starts_with("объем");
        let named = key.starts_with("часы ") || key.contains("часов ") || key.ends_with(" часов");
        digits && (named || long && text.to_lowercase().contains("час"))
    };
    let mut moved = false;
    for (key, found) in [("number", find(entries, number)), ("hours", find(entries, hours))] {
        if let Some((at, text)) = found.filter(|_| !has(entries, key)) {
            rename(entries, at, key, &text);
            moved = true;
        }
    }
    moved
}

/// «распоряжение: № 84-р от 20.05.2026», «протокол: № 5 от …» is that by which it is given.
fn ordered(entries: &mut MapEntries) -> bool {
    const ORDERS: [&str; 5] = ["распоряжение", "постановление", "решение", "протокол", "указ"];
    let is = |key: &str, text: &str| {
        let first = key.split_whitespace().next().unwrap_or_default();
        ORDERS.contains(&first) && text.contains('№')
    };
    let Some((at, text)) = find(entries, is) else { return false };
    if has(entries, "order") {
        return false;
    }
    // «решение: Протокол № 3» names the paper itself.
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let named = ORDERS.contains(&first.as_str()) || first == "приказ";
    let words = match named {
        true => uncapital(&text),
        false => format!("{} {text}", small(&entries[at].0)),
    };
    rename(entries, at, "order", &words);
    true
}

/// «Зыков А. В., учитель физики; Лобова Н. Н.», «Ким Лев Ильич, Пак Анна Юрьевна и Лис Олег Ильич»
/// are several people.
fn each(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    for (key, node) in entries.iter_mut() {
        let people = ["recipient", "leader", "teacher", "signatures"];
        if !people.iter().any(|own| is_key(&key.text, own)) {
            continue;
        }
        let Some(pieces) = node.text().and_then(pieces) else { continue };
        let range = node.range.clone();
        let all = pieces.iter().map(|piece| scalar(piece, node)).collect();
        *node = DataNode::new(DataValue::Seq(all), range);
        moved = true;
    }
    moved
}

/// The people of a line between semicolons, or whole names between commas and an «и».
fn pieces(text: &str) -> Option<Vec<String>> {
    if number::is_marked(text) || text.contains('\n') {
        return None;
    }
    let split = |text: &str, sign: char| -> Vec<String> {
        text.split(sign).map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
    };
    if text.contains(';') {
        let all = split(text, ';');
        let named = |one: &String| {
            let first = one.split(',').next().unwrap_or_default();
            who::is_sure_name(first)
                || who::post_first(one).is_some()
                || who::name_first(one).is_some()
        };
        return (all.len() > 1 && all.iter().all(named)).then_some(all);
    }
    let (rest, last) = text.rsplit_once(" и ")?;
    let mut all = split(rest, ',');
    all.push(last.trim().to_owned());
    // Of two the grammar has its own ways: «Анна Павловна и Иван Петрович Смирновы».
    let sure = all.iter().all(|one| who::is_sure_name(one) && one.split_whitespace().count() > 1);
    (sure && all.len() > 1).then_some(all)
}
