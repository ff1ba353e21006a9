//! Cells of a table that say more than one thing: a person with a class or a post, a post with
//! whose it is.

use super::person::{Person, looks_like_name};
use super::who;

/// What the cell of a recipient says, where it says more than a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RecipientCell {
    pub(super) name: Option<String>,
    pub(super) post: Option<String>,
    pub(super) class: Option<String>,
    pub(super) age: Option<String>,
}

/// «Жук Алина, 5 «А» класс», «Лев Ян (7 лет)», «Пак Инна Юрьевна, методист».
pub(super) fn recipient(header: &str, text: &str) -> RecipientCell {
    let in_class = text.find(|c: char| c.is_ascii_digit()).and_then(|at| {
        let (name, rest) = text.split_at(at);
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || ",;(–—-".contains(c));
        let several = name.split_whitespace().nth(1).is_some();
        (several && looks_like_name(name)).then_some((name, rest.trim_end_matches([')', '.'])))
    });
    if let Some((name, rest)) = in_class {
        let name = Some(name.to_owned());
        if let Some(age) = age(rest) {
            let age = Some(age.to_owned());
            return RecipientCell { name, age, ..RecipientCell::default() };
        }
        if is_class(rest) {
            let class = Some(rest.trim().to_owned());
            return RecipientCell { name, class, ..RecipientCell::default() };
        }
    }
    let header = header.to_lowercase();
    let named = who::name_first(text).or_else(|| {
        // «Методист Пак Инна Юрьевна» is doubtful unless the column asks for the post.
        header.contains("должност").then(|| who::post_first(text))?
    });
    // «1985 г. р.» is no post.
    let is_post = |post: &Option<String>| {
        post.as_ref().is_none_or(|post| !post.starts_with(|c: char| c.is_ascii_digit()))
    };
    match named {
        // What stands in brackets is no post, and what is said of it has a warning of its own.
        Some(who) if who.aside.is_none() && is_post(&who.post) => {
            RecipientCell { name: Some(who.name), post: who.post, ..RecipientCell::default() }
        }
        _ => RecipientCell::default(),
    }
}

/// «5», «5А», «5 «А»», «11-Б класс», «3 кл.», «7 А класса».
fn is_class(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let rest = rest.trim();
    let word = ["класса", "классы", "класс", "кл.", "кл"].iter().find_map(|w| rest.strip_suffix(w));
    let letter = word.unwrap_or(rest).trim_matches(|c: char| " -–«»\"'(),".contains(c));
    number.parse::<u8>().is_ok_and(|number| (1..=11).contains(&number))
        && letter.chars().count() <= 1
        && letter.chars().all(char::is_alphabetic)
}

/// The number of «9 лет», which templates count themselves.
pub(super) fn age(text: &str) -> Option<&str> {
    let (number, word) = text.trim().split_once(|c: char| c.is_whitespace())?;
    let years = matches!(word.trim(), "лет" | "год" | "года" | "г." | "л.");
    (years && number.parse::<u8>().is_ok()).then_some(number)
}

/// The post of a cell, and whose it is, if its column asks for both: «библиотекарь, Салдинская
/// сельская библиотека» under «Должность, место работы».
pub(super) fn post(header: &str, text: &str) -> (String, Option<String>) {
    let header = header.to_lowercase();
    let whose = ["мест", "организац", "учрежден", "библиотек"];
    let whose = whose.iter().filter_map(|stem| header.find(stem)).min();
    // «Должность работника», «Должность в организации» ask for one thing.
    let parted = |from: usize, to: usize| {
        header.get(from..to).is_some_and(|b| b.contains([',', '/', '+', ';']) || b.contains(" и "))
    };
    let parts = match (header.find("должност"), whose) {
        (Some(post), Some(of)) if parted(post, of) => text.split_once(", "),
        // «МБУК «ЦБС», отдел комплектования, методист»
        (Some(post), Some(of)) if parted(of, post) => {
            text.rsplit_once(", ").map(|(of, post)| (post, of))
        }
        _ => None,
    };
    match parts {
        Some((post, of)) => (post.trim().to_owned(), Some(of.trim().to_owned())),
        None => (text.to_owned(), None),
    }
}

/// The people of a cell, each with what is said of him: «Ли В. Ч., учитель; Пак Е. О.».
pub(super) fn people(text: &str) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for line in text.split(['\n', ';']) {
        let mut first = true;
        // A comma with a space separates people; one without may stand in an abbreviation.
        for piece in line.split(", ").map(str::trim).filter(|piece| !piece.is_empty()) {
            match people.last_mut().filter(|_| !first && !looks_like_name(piece)) {
                Some(person) => {
                    let post = person.post.take().map(|post| format!("{post}, {piece}"));
                    person.post = Some(post.unwrap_or_else(|| piece.to_owned()));
                }
                None => people.push(Person::new(piece)),
            }
            first = false;
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_with_a_class_an_age_or_a_post() {
        for (text, name, more) in [
            ("Жук Алина, 5 «А»", "Жук Алина", "class 5 «А»"),
            ("Мороз Пётр, 6 «Б» класс", "Мороз Пётр", "class 6 «Б» класс"),
            ("Лебедь Ян (7 класс)", "Лебедь Ян", "class 7 класс"),
            ("Лебедь Ян 11-Б", "Лебедь Ян", "class 11-Б"),
            ("Лебедь Ян, 9 лет", "Лебедь Ян", "age 9"),
            ("Пак Инна Юрьевна, методист", "Пак Инна Юрьевна", "post методист"),
            ("Пак Инна Юрьевна", "", ""),
            ("Команда 5 «А» класса", "", ""),
            ("Пак Инна, 1985 г. р.", "", ""),
            ("Пак Инна Юрьевна, Ли Вера Чановна", "", ""),
        ] {
            let cell = recipient("ФИО", text);
            let more_of = [("class", cell.class), ("age", cell.age), ("post", cell.post)];
            let said = more_of.into_iter().find_map(|(key, v)| Some(format!("{key} {}", v?)));
            let seen = (cell.name.unwrap_or_default(), said.unwrap_or_default());
            assert_eq!(seen, (name.to_owned(), more.to_owned()), "{text}");
        }
        let cell = recipient("Должность, ФИО", "методист Пак Инна Юрьевна");
        assert_eq!(cell.post.as_deref(), Some("методист"));
        assert_eq!(recipient("ФИО", "методист Пак Инна Юрьевна"), RecipientCell::default());
    }

    #[test]
    fn a_post_and_whose_it_is() {
        let both = |header, text| post(header, text);
        let parted = ("методист".to_owned(), Some("Дом культуры".to_owned()));
        assert_eq!(both("Должность, место работы", "методист, Дом культуры"), parted);
        assert_eq!(both("Место работы, должность", "Дом культуры, методист"), parted);
        let whole = ("заведующий отделом, секретарь".to_owned(), None);
        for header in ["Должность", "Должность в организации"] {
            assert_eq!(both(header, "заведующий отделом, секретарь"), whole);
        }
    }

    #[test]
    fn people_with_what_is_said_of_them() {
        let of = |text| -> Vec<(String, Option<String>)> {
            people(text).into_iter().map(|person| (person.name, person.post)).collect()
        };
        assert_eq!(
            of("Ткач Л.В., воспитатель, МБДОУ № 7; Пак Е. О."),
            [
                ("Ткач Л.В.".to_owned(), Some("воспитатель, МБДОУ № 7".to_owned())),
                ("Пак Е. О.".to_owned(), None),
            ]
        );
        assert_eq!(of("Ли Вера, Пак Инна").len(), 2);
    }
}
