//! Verbs in the past and full adjectives: their stems, and the ending of each gender and number.

use super::short::{is_short_in_n, is_short_in_t, short_adjective};
use super::{Stem, ends_any, lists};
use crate::ru::phrase;
use crate::ru::word::{Letters, is_vowel};

pub(super) fn past_or_adjective(word: &str, small: &str, slot: usize) -> Option<String> {
    let (base, reflexive) = match word.strip_suffix("ся") {
        Some(base) => (base, true),
        None => (word, false),
    };
    let (stem, endings) = forms(base, small, reflexive)?;
    let Some(place) = slot.checked_sub(1) else { return Some(word.to_owned()) };
    let mut out = format!("{}{}{}", stem.keep, stem.add, endings[place]);
    if reflexive {
        // A full participle keeps -ся (явившаяся), a verb has -сь after a vowel (явилась).
        let after_vowel = out.ends_with(['а', 'о', 'и']);
        out.push_str(if stem.adjective || !after_vowel { "ся" } else { "сь" });
    }
    Some(out)
}

/// The ends of masculine past forms without -л or with a vowel that changes, and what the other
/// forms have in their place; the longest first.
pub(super) const PAST: [(&str, &str); 90] = [
    ("возжёг", "возожгл"),
    ("сжёг", "сожгл"),
    ("поджёг", "подожгл"),
    ("разжёг", "разожгл"),
    ("обжёг", "обожгл"),
    ("отжёг", "отожгл"),
    ("жёг", "жгл"),
    ("шёл", "шл"),
    ("счёл", "сочл"),
    ("ослаб", "ослабл"),
    ("чёл", "чл"),
    ("бух", "бухл"),
    ("вёл", "вел"),
    ("брёл", "брел"),
    ("плёл", "плел"),
    ("цвёл", "цвел"),
    ("мёл", "мел"),
    ("рёл", "рел"),
    ("влёк", "влекл"),
    ("сёк", "секл"),
    ("пёк", "пекл"),
    ("тёк", "текл"),
    ("рёк", "рекл"),
    ("волок", "волокл"),
    ("толок", "толкл"),
    ("берёг", "берегл"),
    ("небрёг", "небрегл"),
    ("стерёг", "стерегл"),
    ("лёг", "легл"),
    ("прёг", "прягл"),
    ("пряг", "прягл"),
    ("мог", "могл"),
    ("стиг", "стигл"),
    ("двиг", "двигл"),
    ("верг", "вергл"),
    ("вёз", "везл"),
    ("полз", "ползл"),
    ("грыз", "грызл"),
    ("лез", "лезл"),
    ("мёрз", "мёрзл"),
    ("вяз", "вязл"),
    ("чез", "чезл"),
    ("нёс", "несл"),
    ("пас", "пасл"),
    ("рос", "росл"),
    ("тряс", "трясл"),
    ("тёр", "тёрл"),
    ("пёр", "пёрл"),
    ("мер", "мерл"),
    ("пер", "перл"),
    ("грёб", "гребл"),
    ("скрёб", "скребл"),
    ("гиб", "гибл"),
    ("шиб", "шибл"),
    ("слеп", "слепл"),
    ("креп", "крепл"),
    ("ник", "никл"),
    ("вык", "выкл"),
    ("молк", "молкл"),
    ("мерк", "меркл"),
    ("сяк", "сякл"),
    ("мок", "мокл"),
    ("сох", "сохл"),
    ("тих", "тихл"),
    ("глох", "глохл"),
    ("пух", "пухл"),
    ("чах", "чахл"),
    ("дох", "дохл"),
    ("торг", "торгл"),
    ("влек", "влекл"),
    ("стриг", "стригл"),
    ("крес", "кресл"),
    ("кис", "кисл"),
    ("вис", "висл"),
    ("гас", "гасл"),
    ("дрог", "дрогл"),
    ("бег", "бегл"),
    ("блёк", "блекл"),
    ("лип", "липл"),
    ("хрип", "хрипл"),
    ("сип", "сипл"),
    ("зяб", "зябл"),
    ("гряз", "грязл"),
    ("мяк", "мякл"),
    ("стёр", "стёрл"),
    ("жух", "жухл"),
    ("тух", "тухл"),
    ("пропах", "пропахл"),
    ("горк", "горкл"),
    ("высек", "высекл"),
];

/// The same forms where е is written for ё.
const PAST_E: [(&str, &str); 21] = [
    ("поджег", "подожгл"),
    ("разжег", "разожгл"),
    ("сжег", "сожгл"),
    ("обжег", "обожгл"),
    ("пресек", "пресекл"),
    ("рассек", "рассекл"),
    ("шел", "шл"),
    ("счел", "сочл"),
    ("скреб", "скребл"),
    ("чел", "чл"),
    ("пек", "пекл"),
    ("тек", "текл"),
    ("берег", "берегл"),
    ("небрег", "небрегл"),
    ("жег", "жгл"),
    ("лег", "легл"),
    ("вез", "везл"),
    ("нес", "несл"),
    ("тер", "терл"),
    ("греб", "гребл"),
    ("мерз", "мерзл"),
];

/// Verbs in -шел, -чел that are regular.
const REGULAR_EL: [&str; 4] = ["хорошел", "плешел", "дешевел", "горчел"];

fn forms<'a>(word: &'a str, small: &str, reflexive: bool) -> Option<(Stem<'a>, [&'static str; 3])> {
    // Of verbs in -ол there are but колоть, молоть, полоть, пороть and бороться.
    let noun_in_ol = small.ends_with("ол") && !ends_any(small, &["олол", "орол"]) && small != "зол";
    // «автовокзал», «телеканал»: a compound of a long noun is one, too.
    let compound = || {
        // «заботлив» is no «отлив».
        let long = |noun: &&str| noun.chars().count() > 4 && !noun.ends_with("лив");
        let mut long = lists::NOUNS.split(' ').filter(long);
        small.chars().count() > 7 && long.any(|noun| small.ends_with(noun))
    };
    // Written with ё these are verbs only.
    let verb = matches!(small, "берёг" | "мёл" | "стёк" | "погрёб");
    if noun_in_ol || !verb && Letters::new(small).within(lists::NOUNS) || compound() {
        return None;
    }
    // The verbs whose masculine past has no -л, or another vowel than the rest: they are a
    // closed class, and no rule over the last letter makes «шла» of «шёл».
    let past = PAST.iter().chain(PAST_E.iter().filter(|_| !ends_any(small, &REGULAR_EL)));
    // «Остёр», «тих», «слеп» are said of what is so, not of what became so.
    for (masculine, stem) in past.filter(|_| !matches!(small, "остёр" | "тих" | "слеп"))
    {
        if let Some(keep) = word.strip_suffix(masculine).filter(|keep| is_prefix(keep, masculine)) {
            return Some((Stem { keep, add: stem, adjective: false }, ["а", "о", "и"]));
        }
    }
    let short = if reflexive { None } else { short_adjective(word, small) };
    short.or_else(|| full_adjective(word, reflexive)).or_else(|| regular(word, reflexive))
}

/// Whether what stands before an irregular past form is a prefix or the beginning of a verb, not of
/// a noun: «вырос», not «альбатрос».
fn is_prefix(keep: &str, masculine: &str) -> bool {
    let keep = keep.to_lowercase();
    let prefix = |text: &str| Letters::new(text).within(lists::PREFIXES);
    // «поутих», «приумолк»: two prefixes.
    let second = ["по", "при", "под"].iter().find_map(|first| keep.strip_prefix(first));
    keep.is_empty()
        || prefix(&keep)
        || second.is_some_and(prefix)
        || matches!(masculine, "рёл" | "шёл" | "чёл" | "вёл" | "влёк")
        || keep.ends_with(['й', 'о', 'з']) && matches!(masculine, "шел" | "чез")
        || masculine == "торг" && matches!(keep.as_str(), "ис" | "рас" | "от" | "в")
}

pub(super) fn full_adjective(word: &str, reflexive: bool) -> Option<(Stem<'_>, [&'static str; 3])> {
    let (at, _) = word.char_indices().rev().nth(1)?;
    let before = word[..at].chars().next_back()?;
    let hissing = matches!(before, 'ж' | 'ч' | 'ш' | 'щ');
    let endings = match &word[at..] {
        // No participle ends in -ойся.
        "ый" | "ой" if word[at..] == *"ой" && reflexive => return None,
        "ый" | "ой" if hissing || matches!(before, 'г' | 'к' | 'х') => ["ая", "ое", "ие"],
        "ый" | "ой" => ["ая", "ое", "ые"],
        "ий" if hissing => ["ая", "ее", "ие"],
        "ий" if matches!(before, 'г' | 'к' | 'х') => ["ая", "ое", "ие"],
        // Soft adjectives are those in -ний: «последний, последняя». All other -ий are hard ones
        // after г, к, х or a hissing consonant.
        "ий" if before == 'н' => ["яя", "ее", "ие"],
        _ => return None,
    };
    let letters = Letters::new(word);
    if phrase::is_noun_like_adjective(&letters)
        || matches!(word, "бой" | "рой")
        || word.ends_with("ий") && matches!(before, 'н') && is_noun_in_niy(&letters)
    {
        return None;
    }
    Some((Stem { keep: &word[..at], add: "", adjective: true }, endings))
}

/// «Алюминий», «гений»: before -ний of an adjective stands a consonant («летний»).
fn is_noun_in_niy(word: &Letters) -> bool {
    is_vowel(word.back(3)) && !word.is("синий")
}

/// Verbs in -л after a vowel, short participles in -н and -т.
fn regular(word: &str, reflexive: bool) -> Option<(Stem<'_>, [&'static str; 3])> {
    // Stressed -ён gives its ё away: награждён, награждена.
    // «Клён» is too short to be a participle.
    if let Some(keep) = word.strip_suffix("ён").filter(|_| !reflexive && word.len() > 8) {
        return Some((Stem { keep, add: "ен", adjective: false }, ["а", "о", "ы"]));
    }
    let mut back = word.chars().rev();
    let (last, before) = (back.next()?, back.next()?);
    // The past is formed of the stem with its vowel: дела-л. A consonant before л is a noun:
    // «смысл».
    let vowel = is_vowel(before);
    let stem = Stem { keep: word, add: "", adjective: false };
    match last {
        'л' if vowel && (word.chars().count() > 2 || word == "ел") => {
            Some((stem, ["а", "о", "и"]))
        }
        _ if reflexive => None,
        'н' if is_short_in_n(word) => Some((stem, ["а", "о", "ы"])),
        // Принят and открыт agree, билет and совет are nouns.
        'т' if is_short_in_t(word) => Some((stem, ["а", "о", "ы"])),
        _ => None,
    }
}
