//! Words that a value and the blank around it both say: «I степени» before «степени», «5 мая
//! 2024 г.» before «г.», «г. Кемерово» behind «г.», «Чтец» in quotes within quotes. The blank's
//! stay.

/// Words that stand beside a value, in all their forms, and short.
const BESIDE: [&str; 7] = [
    "степень степени степенью",
    "место места месту местом месте",
    "балл балла баллов баллами баллам баллах",
    "час часа часов часами часам ч",
    "класс класса классе классу классом кл",
    "год года году годом годов лет годам г",
    "очко очка очков очками",
];

/// Words that stand before a value.
const AHEAD: [&str; 2] = ["г гор город города городе", "№"];

/// What a blank says beside a tag, as far as a value may say it, too; nothing if it says nothing.
pub(crate) fn around(before: &str, after: &str) -> Option<(String, String)> {
    // The quotes stand close to the tag.
    let quoted = before.ends_with(['«', '„', '“', '"']) && after.starts_with(['»', '“', '”', '"']);
    let before = before.trim_end_matches([' ', '\u{a0}']);
    let ahead = last_word(before).filter(|word| family(word, &AHEAD).is_some());
    let behind = first_word(after).filter(|word| family(word, &BESIDE).is_some());
    match (quoted, ahead, behind) {
        (true, ..) => Some(("«".to_owned(), "»".to_owned())),
        (_, None, None) => None,
        (_, ahead, behind) => {
            Some((ahead.unwrap_or_default().to_owned(), behind.unwrap_or_default().to_owned()))
        }
    }
}

/// The value without what the blank says.
pub(crate) fn settle(value: &str, before: &str, after: &str) -> String {
    if before == "«" {
        return unquoted(value);
    }
    if after == "." {
        // «**да.**» ends with it, too.
        let bare = value.trim_end_matches('*');
        return match bare.strip_suffix('.') {
            Some(rest) => format!("{rest}{}", &value[bare.len()..]),
            None => value.to_owned(),
        };
    }
    let value = match family(before, &AHEAD) {
        Some(of) => without_ahead(value, of),
        None => value,
    };
    match family(after, &BESIDE) {
        Some(of) => without_behind(value, of).to_owned(),
        None => value.to_owned(),
    }
}

/// The forms of a word.
fn family(word: &str, of: &[&'static str]) -> Option<&'static str> {
    let word = word.trim_end_matches('.').to_lowercase();
    let is = |forms: &&&str| !word.is_empty() && forms.split(' ').any(|form| form == word);
    of.iter().find(is).copied()
}

fn first_word(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '\u{a0}']);
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    Some(&text[..end]).filter(|word| !word.is_empty())
}

fn last_word(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches('.');
    if bare.ends_with('№') {
        return Some("№");
    }
    let start = bare
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + bare[at..].chars().next().map_or(0, char::len_utf8));
    Some(&bare[start..]).filter(|word| !word.is_empty())
}

fn without_ahead<'v>(value: &'v str, of: &'static str) -> &'v str {
    let end = value.find([' ', '\u{a0}']).unwrap_or(value.len());
    // «№15» has no space.
    let word = if value.starts_with('№') { "№" } else { &value[..end] };
    let rest = value[word.len()..].trim_start_matches([' ', '\u{a0}']);
    let said = family(word, &[of]).is_some();
    if said && !rest.is_empty() { rest } else { value }
}

fn without_behind<'v>(value: &'v str, of: &'static str) -> &'v str {
    let Some(start) = value.rfind([' ', '\u{a0}']) else { return value };
    let word = value[start..].trim_start_matches([' ', '\u{a0}']);
    let rest = value[..start].trim_end_matches([' ', '\u{a0}']);
    let said = family(word, &[of]).is_some();
    if said && !rest.is_empty() { rest } else { value }
}

/// A value within the quotes of the blank: without its own, and those within it of another shape.
fn unquoted(value: &str) -> String {
    let whole = value.strip_prefix('«').and_then(|value| value.strip_suffix('»'));
    let inner = match whole {
        Some(inner) if is_balanced(inner) => inner,
        _ => value,
    };
    match inner.contains(['„', '“']) {
        true => inner.to_owned(),
        false => inner.replace('«', "„").replace('»', "“"),
    }
}

/// Whether no quotation mark closes before it is opened: not of «А» и «Б».
fn is_balanced(text: &str) -> bool {
    let mut depth = 0i32;
    text.chars().all(|c| {
        depth += match c {
            '«' => 1,
            '»' => -1,
            _ => 0,
        };
        depth >= 0
    })
}

#[cfg(test)]
mod tests {
    use super::{around, settle};

    #[test]
    fn what_the_blank_says_is_not_said_twice() {
        for (before, value, after, expected) in [
            ("Диплом ", "I степени", " степени", "I"),
            ("", "I место", " место", "I"),
            ("от ", "5 мая 2024\u{a0}г.", " г.", "5 мая 2024"),
            ("", "5 мая 2024\u{a0}г.", " года", "5 мая 2024"),
            ("с ", "98 баллов", " баллами", "98"),
            ("", "72 академических часа", " часов", "72 академических"),
            ("ученик ", "5 «А» класс", " класса", "5 «А»"),
            ("г. ", "г. Кемерово", "", "Кемерово"),
            ("ДИПЛОМ № ", "№ 15", "", "15"),
            ("«", "«Чтец»", "»", "Чтец"),
            ("«", "Районный конкурс «Живое слово»", "»", "Районный конкурс „Живое слово“"),
            ("«", "«А» и «Б»", "»", "„А“ и „Б“"),
            // What says nothing twice stays.
            ("", "I место", " в конкурсе", "I место"),
            ("", "степени", " степени", "степени"),
            ("", "часть", " час", "часть"),
            ("город ", "Гурьевск", "", "Гурьевск"),
        ] {
            let told = around(before, after);
            let made = told.map_or(value.to_owned(), |(a, b)| settle(value, &a, &b));
            assert_eq!(made, expected, "{before}{value}{after}");
        }
    }
}
