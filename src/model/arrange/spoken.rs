//! Keys as people say them: «приказываю:», «слушали:», «ход собрания:», «о:», «Уважаемая:».

use super::super::read::is_empty;
use super::super::russian::is_key;
use super::super::tree::{DataNode, DataValue, MapKey};
use super::super::{Date, DateRange, Signature};
use super::super::{draft, who};
use super::{MapEntries, entry, programme, scalar};

/// Verbs that lead to points, as they stand in documents of all kinds.
const VERBS: [&str; 43] = [
    "note",
    "noted",
    "recommend",
    "recommends",
    "decide",
    "решение",
    "постановили",
    "постановил",
    "постановила",
    "постановило",
    "постановляет",
    "постановляю",
    "решили",
    "решил",
    "решила",
    "решило",
    "решает",
    "приказываю",
    "приказывает",
    "обязываю",
    "распоряжаюсь",
    "предлагаю",
    "предлагает",
    "предлагают",
    "предложили",
    "рекомендует",
    "рекомендуют",
    "рекомендовали",
    "рекомендовать",
    "рекомендуется",
    "заслушали",
    "обсудили",
    "предложить",
    "просить",
    "отмечает",
    "отмечают",
    "отметили",
    "констатируют",
    "констатирует",
    "поручить",
    "ходатайствуют",
    "считают",
    "просят",
];

/// The verb that a key is, if it is one: «Приказываю», «участники отмечают», «считают необходимым».
pub(in crate::model) fn verb(key: &str) -> Option<&str> {
    let key = key.trim().trim_end_matches(':').trim_end();
    let mut words = key.split_whitespace();
    let is = |word: &str| VERBS.contains(&word.to_lowercase().as_str());
    let short = words.clone().count() <= 3;
    // «Совет народных депутатов решил» ends with its verb.
    (short && words.any(is) || words.count() <= 6 && words_end(key).is_some_and(is)).then_some(key)
}

fn words_end(text: &str) -> Option<&str> {
    text.split_whitespace().last()
}

/// Keys of a document in the words of its own kind, put into those that the model knows.
pub(super) fn spoken(entries: &mut MapEntries) -> bool {
    last_sign(entries)
        | body_signs(entries)
        | letter(entries)
        | about(entries)
        | aim(entries)
        | given(entries)
        | addressed(entries)
        | hour(entries)
        | when(entries)
        | days(entries)
        | members(entries)
        | course(entries)
        | questions(entries)
        | heard(entries)
        | tabled(entries)
        | programme::timed(entries)
        | adopted(entries)
        | basis(entries)
        | resolved_in_agenda(entries)
}

/// «администрация: ДДТ» below an announcement signs it.
fn body_signs(entries: &mut MapEntries) -> bool {
    const BODIES: [&str; 5] = ["администрация", "дирекция", "оргкомитет", "правление", "профком"];
    let signs = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return None };
        let word = small(key);
        let short = text.split_whitespace().count() <= 4;
        let bare = !text.contains([':', ',', '+']) && !who::is_sure_name(text);
        (BODIES.contains(&word.as_str()) && short && bare).then(|| format!("{} {text}", key.text))
    };
    if !has(entries, "signatures")
        && let Some(own) = entries.last_mut()
        && let Some(body) = signs(own)
    {
        let mut letters = body.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let post = scalar(&format!("{first}{}", letters.as_str()), &own.1);
        let range = own.1.range.clone();
        own.1 = DataNode::new(DataValue::Map(vec![entry("post", post)]), range);
        own.0.text = "signatures".to_owned();
        return true;
    }
    false
}

/// «принят: единогласно 20 сентября» lacks the verb that the key is.
fn adopted(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        let key = small(key);
        let verb = ["принят", "принято", "принята", "приняты"].contains(&key.as_str());
        verb && !text.to_lowercase().starts_with("принят")
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let mut word = small(key);
    let first: String = word.remove(0).to_uppercase().collect();
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{first}{word} {text}");
        *plain = false;
    }
    true
}

/// «Основание: в связи с …» of an order is the sentence that leads to «приказываю».
fn basis(entries: &mut MapEntries) -> bool {
    const BEGIN: [&str; 10] = [
        "в связи",
        "в целях",
        "во исполнение",
        "на основании",
        "в соответствии",
        "руководствуясь",
        "с целью",
        "для ",
        "за ",
        "по итогам",
    ];
    if has(entries, "preamble") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        let text = text.to_lowercase();
        is_key(&key.text, "basis") && BEGIN.iter().any(|begin| text.starts_with(begin))
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "preamble".to_owned();
    true
}

/// «постановили:» of questions is the word that is printed before their decisions.
fn resolved_in_agenda(entries: &mut MapEntries) -> bool {
    let Some((_, node)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "agenda")) else {
        return false;
    };
    let DataValue::Seq(items) = &node.value else { return false };
    let word = items.iter().find_map(|item| {
        let DataValue::Map(keys) = &item.value else { return None };
        // «решили» is what is printed anyway, and «решение» is no verb.
        keys.iter().find_map(|(key, _)| {
            let said = small(key);
            ["постановили", "постановил", "постановило", "определили"]
                .contains(&said.as_str())
                .then(|| said.to_uppercase())
        })
    });
    let Some(word) = word else { return false };
    let word = scalar(&word, node);
    let list = DataNode::new(DataValue::Seq(items.clone()), node.range.clone());
    node.value = DataValue::Map(vec![entry("items", list), entry("resolves", word)]);
    true
}

/// «Составил: методист Гущина Л. Л.», «Сдал: Ершова К. К.» sign so, each in a line of his own.
pub(super) fn made(entries: &mut MapEntries) -> bool {
    const MADE: [&str; 14] = [
        "рецензент",
        "автор рецензии",
        "составил",
        "составитель",
        "подготовил",
        "разработал",
        "разработчик",
        "сдал",
        "принял",
        "выдал",
        "получил",
        "проверил",
        "prepared by",
        "заполнил",
    ];
    // «приняла» is she, «принята» a document.
    let is = |(key, node): &(MapKey, DataNode)| {
        let small = small(key);
        let made = MADE.iter().any(|word| {
            small.strip_prefix(word).is_some_and(|end| {
                end.is_empty() || end.starts_with(['а', 'и', ' ', '(']) || *word == "составитель"
            })
        });
        made && matches!(node.value, DataValue::Scalar { .. })
    };
    let mut moved = false;
    while let Some(at) = entries.iter().position(is) {
        let (key, mut node) = entries.remove(at);
        if let DataValue::Scalar { text, .. } = &mut node.value {
            let who = who::post_first(text).or_else(|| who::name_first(text)).unwrap_or_default();
            let made = key.text.trim().trim_end_matches(':');
            let post = who.post.map_or_else(|| made.to_owned(), |post| format!("{made}: {post}"));
            let name = if who.name.is_empty() { text.clone() } else { who.name };
            let pair =
                vec![entry("post", scalar(&post, &node)), entry("name", scalar(&name, &node))];
            node.value = DataValue::Map(pair);
        }
        sign(entries, node);
        moved = true;
    }
    moved
}

/// Adds one who signs to those who do.
fn sign(entries: &mut MapEntries, node: DataNode) {
    match entries.iter_mut().find(|(key, _)| is_key(&key.text, "signatures")) {
        Some((_, DataNode { value: DataValue::Seq(all), .. })) => all.push(node),
        Some((_, signed)) => {
            let first = std::mem::replace(signed, DataNode::new(DataValue::Null, 0..0));
            let range = first.range.clone();
            *signed = DataNode::new(DataValue::Seq(vec![first, node]), range);
        }
        None => entries.push(entry("signatures", node)),
    }
}

/// Whether a value names one who signs, or several: «Члены жюри: [Кан Ю. Р., Ветрова А. А.]».
fn are_signers(node: &DataNode) -> bool {
    match &node.value {
        DataValue::Scalar { text, .. } => {
            let several = who::several(text).unwrap_or_else(|| vec![text.clone()]);
            several.iter().all(|name| who::is_sure_name(name))
        }
        DataValue::Seq(all) => {
            let one = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. });
            !all.is_empty() && all.iter().all(|node| one(node) && are_signers(node))
        }
        _ => false,
    }
}

/// «Педагог: Слепцова Л. И.» in the last lines of a document that nobody signs is its signature.
pub(super) fn last_sign(entries: &mut MapEntries) -> bool {
    const BELOW: [&str; 6] =
        ["appendices", "attachments", "date", "executor", "acquainted", "seal"];
    let minutes = entries.iter().any(|(key, node)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        is_key(&key.text, "kind") && text.to_lowercase().contains("протокол")
    });
    // In minutes «председатель» and «секретарь» stand at the head as well.
    let led = |(key, _): &(MapKey, DataNode)| {
        ["председател", "секретар"].iter().any(|word| small(key).starts_with(word))
    };
    if has(entries, "signatures") || has(entries, "roles") || minutes && entries.iter().any(led) {
        return false;
    }
    let is = |(key, node): &&(MapKey, DataNode)| {
        !key.text.is_ascii() && !draft::is_near_key(&key.text) && are_signers(node)
    };
    let below = |(key, _): &&(MapKey, DataNode)| BELOW.iter().any(|own| is_key(&key.text, own));
    let end = entries.len() - entries.iter().rev().take_while(below).count();
    let count = entries[..end].iter().rev().take_while(is).count();
    let from = end - count;
    // What stands at the head as well as at the foot is a form to be filled in.
    if count == 0 || from == 0 || entries[..from].iter().any(|own| is(&own)) {
        return false;
    }
    // Below nothing they are what the document lists: «Состав жюри».
    let says = |(_, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return !is_empty(node) };
        text.chars().count() > 80 || text.trim().contains('\n')
    };
    let text = |own: &(MapKey, DataNode)| is_key(&own.0.text, "text");
    let listed = entries[from..end].iter().any(|(_, n)| matches!(n.value, DataValue::Seq(_)));
    if listed && !entries[..from].iter().any(|own| says(own) || text(own)) {
        return false;
    }
    let signers: MapEntries = entries.drain(from..end).collect();
    for (key, mut node) in signers {
        if let DataValue::Scalar { text, .. } = &node.value
            && let Some(names) = who::several(text)
        {
            let names = names.iter().map(|name| scalar(name, &node)).collect();
            node = DataNode::new(DataValue::Seq(names), node.range.clone());
        }
        for one in Signature::of_pair(&(key, node)) {
            sign(entries, one);
        }
    }
    true
}

/// «в целях: подготовки …», «в связи с: …» begin the sentence that leads to the points.
fn aim(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 9] = [
        "в целях",
        "с целью",
        "в связи с",
        "на основании",
        "во исполнение",
        "в соответствии с",
        "по итогам",
        "руководствуясь",
        "рассмотрев",
    ];
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    if has(entries, "preamble") {
        return false;
    }
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let mut word = small(key);
    let first: String = word.remove(0).to_uppercase().collect();
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("{first}{word} {text}");
        *plain = false;
    }
    key.text = "preamble".to_owned();
    true
}

/// «выдана: Носову Ивану», «в том, что: он учится …» are one sentence of a справка.
fn given(entries: &mut MapEntries) -> bool {
    let text_of = |entries: &MapEntries, words: &[&str]| {
        entries.iter().position(|(key, node)| {
            words.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
        })
    };
    let given = ["выдана", "выдан", "выдано", "дана", "дан", "дано"];
    let that = ["в том, что", "в том что", "о том, что", "о том что"];
    if has(entries, "text") {
        return false;
    }
    let (Some(to), Some(what)) = (text_of(entries, &given), text_of(entries, &that)) else {
        return false;
    };
    let said = |at: usize| match &entries[at].1.value {
        DataValue::Scalar { text, .. } => text.trim_end_matches('.').to_owned(),
        _ => String::new(),
    };
    let mut verb = small(&entries[to].0);
    let first: String = verb.remove(0).to_uppercase().collect();
    let that = small(&entries[what].0).replace("том что", "том, что");
    let whole = format!("{first}{verb} {} {that} {}.", said(to), said(what));
    entries[to].1 = scalar(&whole, &entries[to].1);
    entries[to].0.text = "text".to_owned();
    entries.remove(what);
    true
}

/// «на: № 345 от 10.05.2026» of a letter is what it answers; «тел.» below «исп.» is the executor's.
fn letter(entries: &mut MapEntries) -> bool {
    let mut moved = false;
    let answers = |(key, node): &&mut (MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        small(key) == "на" && text.trim_start().starts_with('№')
    };
    if let Some((key, _)) = entries.iter_mut().find(answers) {
        key.text = "reply_to".to_owned();
        moved = true;
    }
    let phone = entries.iter().position(|(key, node)| {
        is_key(&key.text, "phone") && matches!(node.value, DataValue::Scalar { .. })
    });
    let executor = entries.iter_mut().find(|(key, _)| is_key(&key.text, "executor"));
    if let (Some(at), Some((_, node))) = (phone, executor)
        && matches!(node.value, DataValue::Scalar { .. })
    {
        let name = entry("name", node.clone());
        let range = node.range.clone();
        let (_, phone) = entries[at].clone();
        if let Some((_, node)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "executor")) {
            *node = DataNode::new(DataValue::Map(vec![name, entry("phone", phone)]), range);
        }
        entries.remove(at);
        moved = true;
    }
    moved
}

fn has(entries: &MapEntries, key: &str) -> bool {
    entries.iter().any(|(own, node)| is_key(&own.text, key) && !is_empty(node))
}

pub(super) fn small(key: &MapKey) -> String {
    key.text.trim().trim_end_matches(':').to_lowercase()
}

/// «о: районном конкурсе», «на: ученицу 9 класса», «чего: Клуба поэзии»: what follows the kind in
/// the title, and the key is its first word.
fn about(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 7] = ["о", "об", "обо", "на", "по", "для", "чего"];
    const ORDERS: [&str; 6] =
        ["приказ", "распоряжение", "постановление", "решение", "указание", "письмо"];
    if has(entries, "about") {
        return for_when(entries);
    }
    let kind = entries.iter().find(|(key, _)| is_key(&key.text, "kind"));
    let own_line = kind.is_some_and(|(_, node)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        ORDERS.iter().any(|order| text.to_lowercase().starts_with(order))
    });
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        WORDS.contains(&small(key).as_str()) && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = small(key);
    if let DataValue::Scalar { text, plain } = &mut node.value
        && word != "чего"
    {
        // Below «ПРИКАЗ» it begins a line of its own: «О создании оргкомитета».
        let word = if own_line { word.replacen('о', "О", 1) } else { word };
        *text = format!("{word} {text}");
        *plain = false;
    }
    key.text = "about".to_owned();
    // «чего: Совета ветеранов» and «на: II квартал» are one title.
    for_when(entries);
    true
}

/// «на: 2026/2027 учебный год» beside a title goes on with it.
fn for_when(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        // «за: 24» counts votes.
        let says = text.chars().any(char::is_alphabetic);
        ["на", "за", "по", "для"].contains(&small(key).as_str()) && says
    };
    let about = |(key, node): &(MapKey, DataNode)| {
        is_key(&key.text, "about") && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some(at) = entries.iter().position(is) else { return false };
    if !entries.iter().any(about) {
        return false;
    }
    let (key, node) = entries.remove(at);
    let DataValue::Scalar { text: more, .. } = node.value else { return false };
    if let Some((_, DataNode { value: DataValue::Scalar { text, plain }, .. })) =
        entries.iter_mut().find(|own| about(own))
    {
        *text = format!("{text} {} {more}", small(&key));
        *plain = false;
    }
    true
}

/// «о: занесении на Доску почёта» of a certificate is its text.
pub(super) fn titled(entries: &mut MapEntries) -> bool {
    if has(entries, "text") {
        return false;
    }
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        let word = ["о", "об", "обо"].contains(&small(key).as_str());
        word && matches!(node.value, DataValue::Scalar { .. })
    };
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let word = small(key);
    if let DataValue::Scalar { text, plain } = &mut node.value {
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
        let DataValue::Scalar { text, .. } = &node.value else { return None };
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
        let mut letters = text.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let post = scalar(&format!("{first}{}", letters.as_str()), node);
        let known = who::post_first(text).is_some() || who::is_sure_name(text);
        if !known && signed && !issued {
            // Who signs is said elsewhere: this is the organisation.
            key.text = "issuer".to_owned();
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
        let DataValue::Scalar { text, .. } = &node.value else { return false };
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

/// «кому: Уважаемые Марина Юрьевна и Сергей Олегович!» is the salutation of a letter, and says to
/// whom it is.
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

pub(super) fn greeted(entries: &mut MapEntries) -> bool {
    let bare = |text: &str| {
        let (first, rest) = text.trim().split_once(' ')?;
        let greets = ["Уважаем", "Дорог", "Глубокоуважаем"].iter().any(|w| first.starts_with(w));
        greets.then(|| rest.trim_end_matches(['!', ',']).trim().to_owned())
    };
    let is = |(key, node): &mut (MapKey, DataNode)| match &node.value {
        DataValue::Scalar { text, .. } if is_key(&key.text, "recipient") => {
            Some((bare(text)?, text.clone()))
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

/// «уважаемая: Светлана Аркадьевна» is the salutation of a letter.
fn addressed(entries: &mut MapEntries) -> bool {
    const WORDS: [&str; 5] = ["уважаемая", "уважаемый", "уважаемые", "дорогие", "глубокоуважаемый"];
    let is = |(key, _): &&mut (MapKey, DataNode)| WORDS.contains(&small(key).as_str());
    let Some((key, node)) = entries.iter_mut().find(is) else { return false };
    let DataValue::Scalar { text, .. } = &node.value else { return false };
    let mut word = small(key);
    let first: String = word.remove(0).to_uppercase().collect();
    let end = if text.ends_with(['!', ',']) { "" } else { "!" };
    *node = scalar(&format!("{first}{word} {text}{end}"), node);
    key.text = "salutation".to_owned();
    true
}

/// Several days are those of the event, and no day on which a document is signed.
fn days(entries: &mut MapEntries) -> bool {
    let several = |node: &DataNode| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        Date::parse_any(text).is_err() && DateRange::parse_any(text).is_ok()
    };
    let event = entries.iter().find(|(key, _)| is_key(&key.text, "event"));
    let Some((_, event)) = event else { return false };
    let told = match &event.value {
        DataValue::Map(inner) => inner.iter().any(|(key, _)| is_key(&key.text, "date")),
        _ => false,
    };
    let dated = entries.iter_mut().find(|(key, node)| is_key(&key.text, "date") && several(node));
    match dated {
        Some((key, _)) if !told => {
            key.text = "даты".to_owned();
            true
        }
        _ => false,
    }
}

/// «8 марта 2026 г., 18:00»: the hour stands before the place where people meet.
fn hour(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return None };
        let at = text.rfind([' ', ','])?;
        let (day, hour) = (text[..at].trim_end(), text[at + 1..].trim());
        let (_, rest) = programme::time(hour)?;
        let day = day.trim_end_matches(" в").trim_end_matches(',').trim_end();
        let dated = DateRange::parse_any(day).is_ok() && DateRange::parse_any(text).is_err();
        (is_key(&key.text, "date") && dated && rest.is_empty())
            .then(|| (day.to_owned(), hour.to_owned()))
    };
    let found = entries.iter().enumerate().find_map(|(at, own)| Some((at, is(own)?)));
    let Some((at, (day, hour))) = found else { return false };
    let node = scalar(&day, &entries[at].1);
    let hour = scalar(&hour, &node);
    entries[at].1 = node;
    let place = entries.iter_mut().find(|(key, _)| is_key(&key.text, "place"));
    match (place, hour.value) {
        (
            Some((_, DataNode { value: DataValue::Scalar { text, .. }, .. })),
            DataValue::Scalar { text: hour, .. },
        ) => *text = format!("{hour}, {text}"),
        (_, value) => {
            let hour = DataNode::new(value, hour.range);
            entries.insert(at + 1, entry("place", hour));
        }
    }
    true
}

/// «Когда: с 1 сентября» of an announcement is no date of a document but a line of its text.
fn when(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let DataValue::Scalar { text, .. } = &node.value else { return false };
        small(key) == "когда" && DateRange::parse_any(text).is_err()
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let (mut key, mut node) = entries.remove(at);
    if let DataValue::Scalar { text, plain } = &mut node.value {
        *text = format!("Когда: {text}");
        *plain = false;
    }
    match entries.iter_mut().find(|(key, _)| is_key(&key.text, "text")) {
        Some((_, DataNode { value: DataValue::Seq(all), .. })) => all.push(node),
        Some((_, told)) => {
            let first = std::mem::replace(told, DataNode::new(DataValue::Null, 0..0));
            let range = first.range.clone();
            *told = DataNode::new(DataValue::Seq(vec![first, node]), range);
        }
        None => {
            key.text = "text".to_owned();
            entries.insert(at, (key, node));
        }
    }
    true
}

/// «всего работников: 31», «списочный состав: 31 человек».
fn members(entries: &mut MapEntries) -> bool {
    if has(entries, "members") {
        return false;
    }
    let is = |(key, _): &&mut (MapKey, DataNode)| {
        small(key).starts_with("всего ") || small(key) == "списочный состав"
    };
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "members".to_owned();
    true
}

/// «ход собрания:», in which each question of the agenda is gone through.
fn course(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &(MapKey, DataNode)| {
        let key = small(key);
        let said = key.starts_with("ход ") || key == "обсуждение" || key == "рассмотрение вопросов";
        let DataValue::Seq(items) = &node.value else { return false };
        said && items.iter().all(|item| matches!(item.value, DataValue::Map(_)))
    };
    let Some(at) = entries.iter().position(is) else { return false };
    let agenda = entries.iter().position(|(key, _)| is_key(&key.text, "agenda"));
    let Some(agenda) = agenda else {
        entries[at].0.text = "agenda".to_owned();
        return true;
    };
    // The questions are worded in full where they are listed.
    let titles: Vec<DataNode> = match &entries[agenda].1.value {
        DataValue::Seq(items) => items.clone(),
        DataValue::Map(items) => items.iter().map(|(_, node)| node.clone()).collect(),
        _ => return false,
    };
    let plain = |node: &DataNode| matches!(node.value, DataValue::Scalar { .. });
    let (_, mut gone) = entries[at].clone();
    let DataValue::Seq(items) = &mut gone.value else { return false };
    if items.len() != titles.len() || !titles.iter().all(plain) {
        return false;
    }
    for (item, title) in items.iter_mut().zip(titles) {
        let DataValue::Map(keys) = &mut item.value else { return false };
        match keys.iter_mut().find(|(key, _)| is_key(&key.text, "title")) {
            Some((_, own)) => *own = title,
            None => keys.insert(0, entry("title", title)),
        }
    }
    entries[agenda].1 = gone;
    entries.remove(at);
    true
}

/// «вопросы:» of a document are its agenda.
fn questions(entries: &mut MapEntries) -> bool {
    let is = |(key, node): &&mut (MapKey, DataNode)| {
        ["вопросы", "вопросы повестки", "questions"].contains(&small(key).as_str())
            && matches!(node.value, DataValue::Seq(_) | DataValue::Map(_))
    };
    if has(entries, "agenda") {
        return false;
    }
    let Some((key, _)) = entries.iter_mut().find(is) else { return false };
    key.text = "agenda".to_owned();
    true
}

/// «колонки:» and «строки:» of a document are those of its only table.
fn tabled(entries: &mut MapEntries) -> bool {
    const PARTS: [&str; 7] =
        ["columns", "rows", "widths", "align", "numbered", "blank_rows", "caption"];
    let is = |key: &MapKey| {
        // «название» is the title of a document.
        PARTS.iter().any(|part| is_key(&key.text, part)) && !is_key(&key.text, "about")
    };
    let heads = entries.iter().any(|(key, _)| is_key(&key.text, "columns"));
    if has(entries, "table") || has(entries, "sections") || !heads {
        return false;
    }
    let at = entries.iter().position(|(key, _)| is(key)).unwrap_or_default();
    let (own, kept): (MapEntries, MapEntries) = entries.drain(..).partition(|(key, _)| is(key));
    *entries = kept;
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let table = DataNode::new(DataValue::Map(own), range);
    entries.insert(at.min(entries.len()), entry("table", table));
    true
}

/// «слушали», «решили» and «голосовали» of a document that has no agenda are those of its only
/// question.
fn heard(entries: &mut MapEntries) -> bool {
    const PARTS: [&str; 6] = ["heard", "spoke", "questions", "decided", "vote", "dissent"];
    let is = |key: &MapKey, part: &str| is_key(&key.text, part);
    if has(entries, "sections") {
        return false;
    }
    if !entries.iter().any(|(key, _)| is(key, "heard") || is(key, "spoke")) {
        return false;
    }
    let at = entries.iter().position(|(key, _)| PARTS.iter().any(|part| is(key, part)));
    let own = |(key, node): &(MapKey, DataNode)| {
        PARTS.iter().any(|part| is(key, part)) && !is_empty(node)
    };
    let (own, kept): (MapEntries, MapEntries) = entries.drain(..).partition(own);
    *entries = kept;
    let Some(range) = own.first().map(|(key, _)| key.range.clone()) else { return false };
    let question = DataNode::new(DataValue::Map(own), range.clone());
    // Questions that were listed before are gone through together.
    if let Some((_, agenda)) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "agenda")) {
        let mut all = match std::mem::replace(&mut agenda.value, DataValue::Null) {
            DataValue::Seq(all) => all,
            DataValue::Map(all) => all.into_iter().map(|(_, node)| node).collect(),
            one => vec![DataNode::new(one, agenda.range.clone())],
        };
        match (all.as_mut_slice(), question.value) {
            // The only one is gone through under its own title.
            ([only], DataValue::Map(mut parts))
                if matches!(only.value, DataValue::Scalar { .. }) =>
            {
                parts.insert(0, entry("title", only.clone()));
                only.value = DataValue::Map(parts);
            }
            (_, value) => all.push(DataNode::new(value, range)),
        }
        agenda.value = DataValue::Seq(all);
        return true;
    }
    let list = DataNode::new(DataValue::Seq(vec![question]), range);
    entries.insert(at.unwrap_or_default().min(entries.len()), entry("agenda", list));
    true
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn verbs_that_lead_to_points() {
        for key in ["Приказываю", "участники отмечают", "решили"] {
            assert_eq!(verb(key), Some(key));
        }
        assert_eq!(verb("рекомендации"), None);
    }
}
