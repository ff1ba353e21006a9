//! Keys of a certificate as people say them: «награждается:», «о:», «от:», «когда:».

use super::super::certificate::usual;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{Column, DateRange, keys, who};
use super::spoken::{has, says_first, small};
use super::{MapEntries, entry, scalar};
use crate::lang::ru::capital;

/// What sorts of events there are, with the genitive in which kinds name them.
const SORTS: [(&str, &str); 25] = [
    ("фестиваль-конкурс", "фестиваля-конкурса"),
    ("конкурс-фестиваль", "конкурса-фестиваля"),
    ("фестиваль", "фестиваля"),
    ("конкурс", "конкурса"),
    ("конференция", "конференции"),
    ("форум", "форума"),
    ("олимпиада", "олимпиады"),
    ("акция", "акции"),
    ("семинар", "семинара"),
    ("вебинар", "вебинара"),
    ("турнир", "турнира"),
    ("выставка", "выставки"),
    ("соревнования", "соревнований"),
    ("викторина", "викторины"),
    ("марафон", "марафона"),
    ("слёт", "слёта"),
    ("мастер-класс", "мастер-класса"),
    ("тренинг", "тренинга"),
    ("лекция", "лекции"),
    ("спартакиада", "спартакиады"),
    ("чемпионат", "чемпионата"),
    ("первенство", "первенства"),
    ("квест", "квеста"),
    ("конгресс", "конгресса"),
    ("хакатон", "хакатона"),
];

/// «фестиваль: …», «конкурс рисунков: «Наш край»»: what sort of event it is names it, if nothing
/// else does. So does «сертификат участника вебинара» with a theme.
pub(super) fn occasion(entries: &mut MapEntries) -> bool {
    let sort = |key: &MapKey| {
        let first = small(key).split_whitespace().next().unwrap_or_default().to_owned();
        SORTS.iter().any(|(sort, _)| *sort == first)
    };
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        matches!(node.value, DataValue::Scalar { .. } | DataValue::Map(_)) && sort(key)
    };
    let other = |(key, _): &(MapKey, DataNode)| is_key(&key.text, "event") && !sort(key);
    if entries.iter().any(other) {
        return false;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return by_kind(entries) };
    let label = capital(key.text.trim());
    // «Радуга» in quotes, or behind what sort of contest it is, has its noun before it.
    let name = match &mut node.value {
        DataValue::Map(keys) => {
            keys.iter_mut().find(|(key, _)| is_key(&key.text, "name")).map(|(_, node)| node)
        }
        _ => Some(node),
    };
    if let Some(DataNode { value: DataValue::Scalar { text, .. }, .. }) = name
        && (is_quoted(text) || label.contains(' '))
    {
        *text = format!("{label} {}", in_quotes(text));
    }
    key.text = "event".to_owned();
    true
}

/// What the size of the sheet is called until it stands in the design.
pub(super) const SHEET: &str = "size of the sheet";

/// «формат: А5», «размер листа: A5, книжная» beside the words or in the design: the sheet, and how
/// it stands. «формат: очно» is no sheet.
pub(super) fn sized(entries: &mut MapEntries) -> bool {
    let mut moved = sheet(entries, SHEET);
    let design = entries.iter_mut().find(|(key, _)| is_key(&key.text, "design"));
    if let Some((_, DataNode { value: DataValue::Map(inner), .. })) = design {
        moved |= sheet(inner, "size");
    }
    moved
}

/// The size of the sheet by its own name, where it has been moved into the design.
pub(super) fn placed(entries: &mut MapEntries) {
    let design = entries.iter_mut().find(|(key, _)| is_key(&key.text, "design"));
    if let Some((_, DataNode { value: DataValue::Map(inner), .. })) = design {
        inner.iter_mut().filter(|(key, _)| key.text == SHEET).for_each(|(key, _)| {
            key.text = "size".to_owned();
        });
    }
}

fn sheet(entries: &mut MapEntries, name: &str) -> bool {
    let words = |text: &str| -> Option<(String, String)> {
        // Both letters: most people type the Russian one.
        let text = text.trim().to_lowercase().replace('а', "a");
        let (size, rest) = text.split_at_checked(2)?;
        let is = matches!(size.as_bytes(), [b'a', b'3'..=b'6']);
        let rest = rest.trim_matches(|c: char| c == ',' || c == '(' || c == ')' || c == ' ');
        is.then(|| (size.to_owned(), rest.to_owned()))
    };
    let Some((at, (size, rest))) = entries.iter().enumerate().find_map(|(at, (key, node))| {
        is_key(&key.text, "size").then_some((at, words(node.text()?)?))
    }) else {
        return false;
    };
    // The letters have been made Latin above.
    let stands = match rest.as_str() {
        rest if rest.starts_with("книжн") || rest.starts_with("portr") => "portrait",
        rest if rest.starts_with("aльбомн") || rest.starts_with("lands") => "landscape",
        "" => "",
        _ => return false,
    };
    let (key, node) = &mut entries[at];
    (key.text, *node) = (name.to_owned(), scalar(&size, node));
    let node = scalar(stands, node);
    if !stands.is_empty() && !entries.iter().any(|(key, _)| is_key(&key.text, "orientation")) {
        entries.push(entry("orientation", node));
    }
    true
}

/// «Сертификат участника вебинара» with «тема: …» was given for the webinar of that theme.
fn by_kind(entries: &mut MapEntries) -> bool {
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let Some(kind) = kind.and_then(|(_, node)| node.text()).map(str::to_lowercase) else {
        return false;
    };
    let Some((noun, _)) = SORTS.iter().find(|(_, of)| kind.split_whitespace().any(|w| w == *of))
    else {
        return false;
    };
    let is = |(key, _): &&mut (MapKey, DataNode)| {
        ["тема", "название", "наименование"].contains(&small(key).as_str())
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let DataValue::Scalar { text, plain } = &mut node.value else { return false };
    (*text, *plain) = (format!("{} {}", capital(noun), in_quotes(text)), false);
    key.text = "event".to_owned();
    true
}

fn is_quoted(text: &str) -> bool {
    text.starts_with(['«', '"', '“', '„'])
}

fn in_quotes(text: &str) -> String {
    if is_quoted(text) { text.to_owned() } else { format!("«{text}»") }
}

/// The days of an event that has no name stand in a line of their own.
pub(super) fn lasting(entries: &mut MapEntries) -> bool {
    let is = |(key, _): &(MapKey, DataNode)| small(key) == "даты";
    if has(entries, "lines") {
        return false;
    }
    let Some(at) = entries.iter().position(is) else { return false };
    let (_, mut node) = entries.remove(at);
    if let DataValue::Scalar { text, .. } = &mut node.value {
        let russian = text.chars().any(|c| ('а'..='я').contains(&c));
        let year = text.ends_with(|c: char| c.is_ascii_digit()) && russian;
        *text = format!("{}{}", capital(text.trim()), if year { " г." } else { "" });
    }
    let range = node.range.clone();
    entries.push(entry("lines", DataNode::new(DataValue::Seq(vec![node]), range)));
    true
}

/// «печать: печать.png» is a picture, which stands with the first signature.
pub(super) fn stamped(entries: &mut MapEntries) -> bool {
    const ENDS: [&str; 4] = [".png", ".jpg", ".jpeg", ".svg"];
    let picture = |(key, node): &(MapKey, DataNode)| {
        let file = node.text().unwrap_or_default().trim().to_lowercase();
        is_key(&key.text, "seal") && ENDS.iter().any(|end| file.ends_with(end))
    };
    let taken = |entries: &mut MapEntries| {
        let at = entries.iter().position(picture)?;
        Some(entries.remove(at).1)
    };
    if !has(entries, "signatures") {
        return false;
    }
    let design = entries.iter_mut().find(|(key, _)| is_key(&key.text, "design"));
    let within = match design.map(|(_, node)| &mut node.value) {
        Some(DataValue::Map(inner)) => taken(inner),
        _ => None,
    };
    let Some(stamp) = within.or_else(|| taken(entries)) else { return false };
    let signed = entries.iter_mut().find(|(key, _)| is_key(&key.text, "signatures"));
    let Some((_, signed)) = signed else { return true };
    let first = match &mut signed.value {
        DataValue::Seq(all) if !all.is_empty() => &mut all[0],
        _ => signed,
    };
    match &mut first.value {
        DataValue::Map(keys) => keys.push(entry("stamp", stamp)),
        _ => {
            let keys = vec![entry("name", first.clone()), entry("stamp", stamp)];
            *first = DataNode::new(DataValue::Map(keys), first.range.clone());
        }
    }
    true
}

/// «от: коллектива библиотеки» as the name of whoever gives it: «Коллектив библиотеки». What
/// depends on the noun stands in the genitive already.
fn nominative(from: &str) -> String {
    const NOUNS: [(&str, &str); 14] = [
        ("коллектива", "Коллектив"),
        ("администрации", "Администрация"),
        ("управления", "Управление"),
        ("министерства", "Министерство"),
        ("департамента", "Департамент"),
        ("отдела", "Отдел"),
        ("совета", "Совет"),
        ("дирекции", "Дирекция"),
        ("редакции", "Редакция"),
        ("оргкомитета", "Оргкомитет"),
        ("правления", "Правление"),
        ("библиотеки", "Библиотека"),
        ("школы", "Школа"),
        ("команды", "Команда"),
    ];
    let (first, rest) = from.trim().split_once(' ').unwrap_or((from.trim(), ""));
    let small = first.to_lowercase();
    match NOUNS.iter().find(|(genitive, _)| *genitive == small) {
        Some((_, own)) => format!("{own} {rest}").trim_end().to_owned(),
        None => from.to_owned(),
    }
}

/// «освоил программу» with «программа: Юный журналист» beside it names that programme.
pub(super) fn mastered(entries: &mut MapEntries) -> bool {
    let find = |key: &str| entries.iter().position(|(own, _)| is_key(&own.text, key));
    let (Some(text), Some(programme)) = (find("text"), find("programme")) else { return false };
    let DataValue::Scalar { text: name, .. } = &entries[programme].1.value else { return false };
    let name = in_quotes(name.trim());
    let DataValue::Scalar { text, plain } = &mut entries[text].1.value else { return false };
    let said = text.trim().trim_end_matches('.').to_owned();
    let noun = said.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if !["программу", "программе", "программы", "курс", "курсу", "курса"].contains(&noun.as_str())
    {
        return false;
    }
    (*text, *plain) = (format!("{said} {name}"), false);
    entries.remove(programme);
    true
}

/// «о: занесении на Доску почёта», «о том, что: прошла стажировку» of a certificate is its text.
pub(super) fn titled(entries: &mut MapEntries) -> bool {
    if has(entries, "text") {
        return false;
    }
    let that = ["о том, что", "в том, что", "о том что", "в том что"];
    if let Some((key, node)) = entries.iter_mut().find(|(k, _)| that.contains(&small(k).as_str()))
        && let DataValue::Scalar { text, .. } = &mut node.value
    {
        // Whose it is stands before the clause already.
        let own = ["она ", "он ", "оно ", "они "].into_iter().find_map(|w| text.strip_prefix(w));
        if let Some(bare) = own.map(str::to_owned) {
            *text = bare;
        }
        key.text = "text".to_owned();
        return true;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let word = ["о", "об", "обо"].contains(&small(key).as_str());
        word && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = small(key);
    if let DataValue::Scalar { text, plain } = &mut node.value
        && !says_first(text, &["о", "об", "обо"])
    {
        *text = format!("{word} {text}");
        *plain = false;
    }
    key.text = "text".to_owned();
    true
}

/// «Отряд «Искра», руководитель Зимина О. П.» has its leader in one line; «от: коллектив ЦБС»
/// signs; «когда: 12 мая в 15.00» is a line of its own.
pub(super) fn beside(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    let leads = [", руководитель ", ", рук. ", ", тренер "];
    let led = |(key, node): &mut (MapKey, DataNode)| {
        let text = node.text()?;
        let at = leads.iter().find_map(|sign| text.split_once(sign))?;
        is_key(&key.text, "recipient").then(|| (at.0.to_owned(), at.1.to_owned()))
    };
    let found = entries.iter_mut().enumerate().find_map(|(at, own)| Some((at, led(own)?)));
    if let Some((at, (name, leader))) = found.filter(|_| !has(entries, "leader")) {
        let node = scalar(&name, &entries[at].1);
        entries.push(entry("leader", scalar(&leader, &node)));
        entries[at].1 = node;
        moved = true;
    }
    let (signed, issued) = (has(entries, "signatures"), has(entries, "issuer"));
    let from = entries.iter_mut().find(|(key, _)| ["от", "от кого"].contains(&small(key).as_str()));
    if let Some((key, node)) = from
        && let DataValue::Scalar { text, .. } = &node.value
    {
        let post = scalar(&capital(text), node);
        let known = who::post_first(text).is_some() || who::is_sure_name(text);
        if !known && signed && !issued {
            // Who signs is said elsewhere: this is the organisation, which stands alone.
            let name = scalar(&nominative(text), node);
            (key.text, *node) = ("issuer".to_owned(), name);
            return true;
        }
        if !known {
            let range = node.range.clone();
            *node = DataNode::new(DataValue::Map(vec![entry("post", post)]), range);
        }
        key.text = "от кого".to_owned();
        moved = true;
    }
    if !has(entries, "signatures")
        && let Some((key, _)) = entries.iter_mut().find(|(key, _)| small(key) == "от кого")
    {
        key.text = "signatures".to_owned();
    }
    let when = entries.iter().position(|(key, node)| {
        let Some(text) = node.text() else { return false };
        small(key) == "когда" && DateRange::parse_any(text).is_err()
    });
    let Some(at) = when.filter(|_| !has(entries, "lines")) else { return moved };
    let (_, when) = entries.remove(at);
    let place = entries.iter().position(|(key, _)| small(key) == "где");
    let place = place.map(|at| entries.remove(at).1);
    let line = |label: &str, node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => scalar(&format!("{label}: {text}"), node),
        _ => node.clone(),
    };
    let mut lines = vec![line("Когда", &when)];
    lines.extend(place.iter().map(|node| line("Где", node)));
    let range = when.range.clone();
    entries.push(entry("lines", DataNode::new(DataValue::Seq(lines), range)));
    true
}

/// «награждается: Кукса Илья», «выдан: Орловой Вере»: the verb of the formula is the key.
pub(super) fn awarded(entries: &mut MapEntries) -> bool {
    const VERBS: [(&[&str], Option<&str>); 4] = [
        (&["награждается", "награждаются", "награжден", "награждена"], Some("awarded")),
        (&["вручается", "вручен", "вручена", "вручено"], Some("presented")),
        (&["благодарим"], Some("grateful")),
        (&["выдан", "выдана", "выдано", "дана", "объявляется"], None),
    ];
    let verb = |key: &MapKey| {
        let word = small(key).replace('ё', "е");
        VERBS.iter().find(|(words, _)| words.contains(&word.as_str()))
    };
    let Some(at) = entries.iter().position(|(key, _)| verb(key).is_some()) else { return false };
    let formula = verb(&entries[at].0).and_then(|(_, formula)| *formula);
    // «Выдано: Институт культуры» says by whom.
    let person = |node: &DataNode| match &node.value {
        DataValue::Scalar { text, .. } => {
            let words = text.split_whitespace().count();
            (2..=4).contains(&words)
                && !text.contains(['«', '"', '(', '№'])
                && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        }
        _ => true,
    };
    let whom = formula.is_some() || person(&entries[at].1);
    let key = match (whom && !has(entries, "recipient"), has(entries, "issuer")) {
        (true, _) => "recipient",
        (false, false) if formula.is_none() => "issuer",
        _ => return false,
    };
    entries[at].0.text = key.to_owned();
    if let Some(formula) = formula.filter(|_| key == "recipient" && !has(entries, "formula")) {
        let node = scalar(formula, &entries[at].1);
        entries.push(entry("formula", node));
    }
    true
}

/// Keys called as columns of tables are: «ученица:» is whom it is given to, «формулировка:» what
/// for. Only what the data have no key for is read so, and only where nothing else says the same.
pub(super) fn called_as_columns(entries: &mut MapEntries) -> bool {
    use Column::{AgeGroup, Class, Collective, Hours, Name, Nomination, Programme, Reason};
    use Column::{School, Work};
    const TAKEN: [Column; 10] =
        [AgeGroup, Class, Collective, Hours, Name, Nomination, Programme, Reason, School, Work];
    let mut moved = false;
    for at in 0..entries.len() {
        let (key, node) = &entries[at];
        let Some(text) = node.text().map(str::trim) else { continue };
        let small = small(key);
        let known = text.is_empty()
            || usual::is_line(&key.text)
            || keys().any(|(key, names)| key == small || names.contains(&small.as_str()));
        let Some((column, 88..)) = Column::best(&key.text).filter(|_| !known) else { continue };
        let own = match column {
            Name | Collective => "recipient",
            column => column.key().unwrap_or_default(),
        };
        if !TAKEN.contains(&column) || has(entries, own) {
            continue;
        }
        entries[at].0.text = own.to_owned();
        moved = true;
    }
    moved
}

/// «автор: Ким Олег Янович», where nobody else is named, is whom the certificate is given to.
pub(super) fn authored(entries: &mut MapEntries) -> bool {
    const WHO: [&str; 8] = [
        "автор",
        "участник",
        "участница",
        "слушатель",
        "победитель",
        "награждаемый",
        "ученик",
        "ученица",
    ];
    let named = |node: &DataNode| {
        let text = node.text().unwrap_or_default();
        who::is_sure_name(text) || who::name_first(text).is_some()
    };
    if has(entries, "recipient") {
        return false;
    }
    let who =
        entries.iter_mut().find(|(key, node)| WHO.contains(&small(key).as_str()) && named(node));
    let Some((key, _)) = who else { return false };
    key.text = "recipient".to_owned();
    true
}

/// Whom a text greets: «Уважаемые Марина Юрьевна и Сергей Олегович!».
pub(in crate::model) fn whom_it_greets(text: &str) -> Option<&str> {
    let (first, rest) = text.trim().split_once(' ')?;
    let small = first.to_lowercase();
    let greets = ["уважаем", "дорог", "глубокоуважаем", "многоуважаем"];
    let greets = greets.iter().any(|word| small.starts_with(word));
    greets.then(|| rest.trim_end_matches(['!', ',', ' ']).trim_start())
}

/// «кому: Уважаемые Марина Юрьевна и Сергей Олегович!» is the salutation of a letter, and says to
/// whom it is.
pub(super) fn greeted(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &mut (MapKey, DataNode)| match &node.value {
        DataValue::Scalar { text, .. } if is_key(&key.text, "recipient") => {
            Some((whom_it_greets(text)?.to_owned(), text.clone()))
        }
        _ => None,
    };
    let found = entries.iter_mut().enumerate().find_map(|(at, own)| Some((at, is(own)?)));
    let Some((at, (name, whole))) = found else { return false };
    let node = scalar(&name, &entries[at].1);
    for (key, said) in [("salutation", whole.as_str()), ("formula", "letter")] {
        if !has(entries, key) {
            entries.push(entry(key, scalar(said, &node)));
        }
    }
    entries[at].1 = node;
    true
}
