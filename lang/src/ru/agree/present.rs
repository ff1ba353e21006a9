//! The present tense: the singular has no gender, so only the plural is made.

use super::{ends_any, lists};

/// Ends of the singular and of the plural, the closed classes first.
const PRESENT: &[(&str, &str)] = &[
    // Verbs that change their stem: a closed class.
    ("хочет", "хотят"),
    ("может", "могут"),
    ("бежит", "бегут"),
    ("будет", "будут"),
    ("станет", "станут"),
    ("пишет", "пишут"),
    ("хлопочет", "хлопочут"),
    ("бормочет", "бормочут"),
    ("хохочет", "хохочут"),
    ("ищет", "ищут"),
    ("щет", "щут"),
    ("вяжет", "вяжут"),
    ("режет", "режут"),
    ("лижет", "лижут"),
    ("движет", "движут"),
    ("мажет", "мажут"),
    ("плачет", "плачут"),
    ("прячет", "прячут"),
    ("скачет", "скачут"),
    ("топчет", "топчут"),
    ("шепчет", "шепчут"),
    ("кличет", "кличут"),
    ("мечет", "мечут"),
    ("щебечет", "щебечут"),
    ("емлет", "емлют"),
    ("леблет", "леблют"),
    ("сыплет", "сыплют"),
    ("треплет", "треплют"),
    ("стелет", "стелют"),
    ("пашет", "пашут"),
    ("пляшет", "пляшут"),
    ("чешет", "чешут"),
    ("колышет", "колышут"),
    ("машет", "машут"),
    ("кажет", "кажут"),
    ("жется", "жутся"),
    ("едет", "едут"),
    // «примет», «займёт», «поймёт», «снимет»
    ("примет", "примут"),
    ("нимет", "нимут"),
    ("отымет", "отымут"),
    ("займет", "займут"),
    ("займёт", "займут"),
    ("поймет", "поймут"),
    ("поймёт", "поймут"),
    ("возьмет", "возьмут"),
    ("возьмёт", "возьмут"),
    ("наймёт", "наймут"),
    ("уймёт", "уймут"),
    ("начнет", "начнут"),
    ("начнёт", "начнут"),
    ("умрёт", "умрут"),
    ("вернет", "вернут"),
    ("достанет", "достанут"),
    ("дойдет", "дойдут"),
    ("оживет", "оживут"),
    ("живет", "живут"),
    ("ведет", "ведут"),
    ("несет", "несут"),
    ("везет", "везут"),
    ("дает", "дают"),
    ("узнает", "узнают"),
    ("ждет", "ждут"),
    ("зовет", "зовут"),
    ("берет", "берут"),
    ("поет", "поют"),
    ("пьет", "пьют"),
    ("бьет", "бьют"),
    ("льет", "льют"),
    ("шьет", "шьют"),
    ("растет", "растут"),
    ("чтет", "чтут"),
    ("печет", "пекут"),
    ("течет", "текут"),
    ("бережет", "берегут"),
    ("йдет", "йдут"),
    ("идет", "идут"),
    ("сет", "сут"),
    ("оёт", "оют"),
    ("ётся", "утся"),
    ("орется", "орются"),
    // Spelling has no я after a hissing consonant.
    ("жится", "жатся"),
    ("чится", "чатся"),
    ("шится", "шатся"),
    ("щится", "щатся"),
    ("кнет", "кнут"),
    ("хнет", "хнут"),
    ("ргнет", "ргнут"),
    ("игнет", "игнут"),
    ("янет", "янут"),
    ("кинет", "кинут"),
    ("ится", "ятся"),
    ("ется", "утся"),
    ("ает", "ают"),
    ("яет", "яют"),
    ("ует", "уют"),
    ("еет", "еют"),
];

/// награждается → награждаются; the singular has no gender.
pub(super) fn present(word: &str, slot: usize) -> Option<String> {
    let (bare, tail) = word.strip_suffix("ся").map_or((word, ""), |bare| (bare, "ся"));
    // г and к come back before у: «берегут», «влекутся», «жгут».
    let velar = bare.strip_suffix("жёт").map(|stem| (stem, 'г'));
    if let Some((stem, velar)) = velar.or_else(|| Some((bare.strip_suffix("чёт")?, 'к')))
        && !bare.ends_with("счёт")
        && (velar == 'г' || ends_any(stem, &["ле", "пе", "те", "се", "ре", "оло", "тол"]))
    {
        return Some(if slot == 3 { format!("{stem}{velar}ут{tail}") } else { word.to_owned() });
    }
    let table = PRESENT.iter().find_map(|(one, many)| {
        let stem = word.strip_suffix(one)?;
        let whole = ends_any(one, &["ет", "ит"]) && one.chars().count() > 3;
        // «даётся», «колется», but «ведётся», «вернётся»: a vowel or л asks for ю.
        let many = if matches!(*one, "ётся" | "ется")
            && stem.ends_with(['а', 'о', 'у', 'ь', 'е', 'и', 'ы', 'ю', 'я', 'л'])
        {
            "ются"
        } else {
            many
        };
        (whole || one.len() > 8 || stem.chars().count() > 1).then_some((stem, many))
    });
    let (stem, many) = table.or_else(|| present_by_stem(word))?;
    Some(if slot == 3 { format!("{stem}{many}") } else { word.to_owned() })
}

/// «сш», «подш», «выш»: what «шить» leaves before -ит.
fn sewn(stem: &str) -> bool {
    let prefix = stem.strip_suffix('ш');
    prefix.is_some_and(|prefix| {
        ["с", "за", "под", "при", "вы", "об", "про", "рас", "пере", "у", "на", "до"]
            .contains(&prefix)
    })
}

/// ведёт → ведут, даёт → дают; говорит → говорят, служит → служат. Nouns end like these verbs
/// (отчёт, визит), so of -ит the verbs are listed, of -ёт the nouns.
fn present_by_stem(word: &str) -> Option<(&str, &'static str)> {
    // A noun, a noun, and short participles.
    const NO_VERBS: [&str; 6] = ["самшит", "камышит", "прожит", "пережит", "нажит", "изжит"];
    if let Some(stem) = word.strip_suffix("ёт") {
        let noun = ends_any(word, &["лёт", "чёт", "гнёт", "мёт"]) && !word.ends_with("шлёт")
            || stem.chars().count() < 2;
        let many = if stem.ends_with("шл") || stem.ends_with(['а', 'и', 'о', 'у', 'ю', 'ь'])
        {
            "ют"
        } else {
            "ут"
        };
        return (!noun).then_some((stem, many));
    }
    let stem = word
        .strip_suffix("ит")
        // «знаменит» is a short adjective.
        .filter(|stem| *stem != "знамен")
        // «подшит», «вышит» are participles of «шить».
        .filter(|stem| !sewn(stem))
        .filter(|stem| {
            // «служит», «решит»: of nouns in -жит, -шит there are a handful.
            let hissing = stem.ends_with(['ж', 'ч', 'ш', 'щ']) && stem.chars().count() > 2;
            hissing && !ends_any(word, &NO_VERBS)
                || lists::VERBS_IN_IT.split(' ').any(|end| word.ends_with(end))
        })?;
    Some((stem, if stem.ends_with(['ж', 'ч', 'ш', 'щ']) { "ат" } else { "ят" }))
}
