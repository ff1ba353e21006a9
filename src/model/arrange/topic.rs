//! The case of what stands behind «О»: «о: создание комиссии» is «О создании комиссии».

use crate::lang::ru::{Case, org};

/// How words in the prepositional end. Nouns without cases end in «о».
const ENDS: [&str; 13] =
    ["е", "и", "ах", "ях", "ом", "ем", "ём", "ой", "ей", "ых", "их", "ух", "о"];

/// How words in the nominative end that no word in the prepositional ends like: «проведение»,
/// «районный», «летняя», «итоги».
const NOMINATIVE: [&str; 11] =
    ["ие", "ый", "ский", "цкий", "ая", "яя", "ое", "ые", "ги", "ки", "хи"];

/// The word behind «О», if its ending can tell its case: no abbreviation, name in quotation marks
/// or figure.
fn word(text: &str) -> Option<&str> {
    let word = text.split([' ', '\u{a0}', '-']).next()?.trim_end_matches([',', '.', ':']);
    let small = |c: char| ('а'..='я').contains(&c) || c == 'ё';
    (word.chars().count() > 2 && word.chars().skip(1).all(small)).then_some(word)
}

fn ends(word: &str, all: &[&str]) -> bool {
    all.iter().any(|end| word.ends_with(end))
}

/// What stands behind «О» in the prepositional, if it was typed in the nominative beyond doubt.
pub(super) fn prepositional(text: &str) -> Option<String> {
    let word = word(text).filter(|word| ends(word, &NOMINATIVE))?;
    let form = org::inflect(text, Case::Prepositional);
    let first = form.text.split(' ').next().unwrap_or_default();
    (form.is_certain() && first != word && ends(first, &ENDS) && !ends(first, &NOMINATIVE))
        .then_some(form.text)
}

/// Whether what stands behind «О» was typed in the genitive: «план» and «о: мероприятий по …» are
/// «План мероприятий по …».
pub(super) fn is_genitive(text: &str) -> bool {
    let word = word(text).unwrap_or_default();
    ends(word, &["ий", "ов", "ев", "ого", "его"]) && wrong_case(&format!("о {text}")).is_some()
}

/// Whether a word in the dative is a paper that has appendices: «к приказу», «к договору».
pub(super) fn is_paper(word: &str) -> bool {
    const PAPERS: [&str; 12] = [
        "приказу",
        "распоряжению",
        "постановлению",
        "решению",
        "договору",
        "соглашению",
        "положению",
        "письму",
        "контракту",
        "протоколу",
        "плану",
        "резолюции",
    ];
    PAPERS.contains(&word.to_lowercase().as_str())
}

/// The word behind the «О» of a title, if that is not in the prepositional.
pub(in crate::model) fn wrong_case(title: &str) -> Option<&str> {
    let (about, rest) = title.split_once([' ', '\u{a0}'])?;
    let word = word(rest).filter(|_| ["о", "об", "обо"].contains(&&*about.to_lowercase()))?;
    // «О нас», «о всех», and nouns that have one form: «о меню», «о цунами».
    const AS_THEY_ARE: [&str; 12] = [
        "всех",
        "всём",
        "нас",
        "вас",
        "ста",
        "кто",
        "что",
        "меню",
        "шоу",
        "интервью",
        "цунами",
        "вся",
    ];
    // «О межрегионального семинара»: the genitive of an adjective ends in «о», as «кино» does.
    let genitive = word.chars().count() > 5 && ends(word, &["ого", "его"]);
    // «О Правилами», «о проведением», «о организацией»: the instrumental of nouns.
    let instrumental = ends(word, &["ами", "ями", "ием", "ией"]);
    let wrong = !ends(word, &ENDS) || ends(word, &NOMINATIVE) || genitive || instrumental;
    if wrong {
        return (!AS_THEY_ARE.contains(&word.to_lowercase().as_str())).then_some(word);
    }
    // «О выпускных экзаменов»: the adjective has one form for both, its noun has not.
    let next = rest.split([' ', '\u{a0}']).nth(1).and_then(self::word)?;
    let small = next.starts_with(char::is_lowercase);
    let torn = small && ends(word, &["ых", "их"]) && ends(next, &["ов", "ев", "ами", "ями"]);
    torn.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::{prepositional, wrong_case};

    #[test]
    fn a_nominative_behind_its_preposition_is_put_right() {
        for (typed, meant) in [
            ("создание комиссии", "создании комиссии"),
            ("районный конкурс «Лира»", "районном конкурсе «Лира»"),
            ("читательский клуб", "читательском клубе"),
            ("итоги работы за год", "итогах работы за год"),
            ("летняя оздоровительная кампания", "летней оздоровительной кампании"),
        ] {
            assert_eq!(prepositional(typed).as_deref(), Some(meant), "{typed}");
        }
        for right in
            ["создании комиссии", "мерах безопасности", "Дне знаний", "ГИА", "деятельности"]
        {
            assert_eq!(prepositional(right), None, "{right}");
        }
    }

    #[test]
    fn a_title_in_another_case_is_known() {
        for (title, word) in [
            ("Об отпусков", "отпусков"),
            ("О конкурс чтецов", "конкурс"),
            ("о проведение субботника", "проведение"),
            ("О мероприятий", "мероприятий"),
            ("О приёму заявлений", "приёму"),
            ("о межрегионального семинара", "межрегионального"),
            ("О летнего чтения", "летнего"),
            ("О Дня открытых дверей", "Дня"),
            ("О Правилами распорядка", "Правилами"),
            ("о проведением конкурса", "проведением"),
            ("О выпускных экзаменов", "экзаменов"),
        ] {
            assert_eq!(wrong_case(title), Some(word), "{title}");
        }
        for title in [
            "О проведении субботника",
            "Об отпусках",
            "О Порядке приёма",
            "О ЕГЭ",
            "О «Лире»",
            "О внесении изменений",
            "О двух конкурсах",
            "О жюри",
            "О музее",
            "О молодёжи",
            "Положение о клубе",
            "О лагере дневного пребывания",
            "Об учёбе",
            "О прекращении",
            "О кино",
            "О Дне открытых дверей",
            "О меню",
            "О новых правилах",
            "О пожилых людях",
            "О лучшем учителе года",
        ] {
            assert_eq!(wrong_case(title), None, "{title}");
        }
    }
}
