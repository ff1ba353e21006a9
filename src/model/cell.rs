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
    pub(super) school: Option<String>,
}

/// «Жук Алина, 5 «А» класс», «Лев Ян (7 лет)», «Пак Инна Юрьевна, методист».
pub(super) fn recipient(header: &str, text: &str) -> RecipientCell {
    if let Some(cell) = between_commas(text) {
        return cell;
    }
    let in_class = text.find(|c: char| c.is_ascii_digit()).and_then(|at| {
        let (name, rest) = text.split_at(at);
        let name = name.trim_end_matches(|c: char| c.is_whitespace() || ",;(–—-".contains(c));
        let several = name.split_whitespace().nth(1).is_some();
        // «Зуева Анна, учитель МБОУ «СОШ № 5»» has the number of a school.
        let bare = !name.contains([',', '«', '"', '№']);
        (several && bare && looks_like_name(name)).then_some((name, rest.trim_end_matches(')')))
    });
    if let Some((name, rest)) = in_class {
        let name = Some(name.to_owned());
        let asked = header.to_lowercase().contains("возраст");
        let said = rest.trim_end_matches('.');
        if let Some(age) = age(said).or_else(|| short_age(rest, asked)) {
            let age = Some(age.to_owned());
            return RecipientCell { name, age, ..RecipientCell::default() };
        }
        if is_class(said) {
            let class = Some(said.trim().to_owned());
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

/// «Отряд «Добрые сердца» (рук. Зуева М. А.)», «…, рук. Зуева М. А.»: whoever leads a collective.
pub(super) fn led(text: &str) -> Option<(&str, Person)> {
    let bare = text.strip_suffix(')').unwrap_or(text);
    let at = if bare.len() < text.len() { bare.rfind('(')? } else { bare.rfind(", ")? };
    let leader = titled(bare[at..].trim_start_matches(['(', ',', ' ']))?;
    Some((bare[..at].trim_end(), leader))
}

/// «Зуева Анна, 5 класс, МБОУ «СОШ № 5»»: a name, and behind it a class, an age, a school.
fn between_commas(text: &str) -> Option<RecipientCell> {
    const SCHOOLS: [&str; 14] = [
        "школ",
        "сош",
        "оош",
        "гимнази",
        "лице",
        "сад",
        "дши",
        "дхш",
        "дмш",
        "цдт",
        "ддт",
        "детск",
        "колледж",
        "техникум",
    ];
    let mut parts = text.split(", ").map(str::trim);
    let name = parts.next().filter(|name| {
        name.split_whitespace().nth(1).is_some()
            && !name.contains(|c: char| c.is_ascii_digit())
            && looks_like_name(name)
    })?;
    let mut cell = RecipientCell { name: Some(name.to_owned()), ..RecipientCell::default() };
    for part in parts {
        // «МБОУ «СОШ № 5»», «Лицей № 2»; «директор школы» is a post.
        let is_school = || {
            let first = part.split_whitespace().next().unwrap_or_default();
            let small = first.to_lowercase();
            let short = first.chars().count() > 2 && first.chars().all(char::is_uppercase);
            let school = short || SCHOOLS.iter().any(|stem| small.starts_with(stem));
            school && !looks_like_name(part)
        };
        let place = match () {
            () if age(part).is_some() => &mut cell.age,
            () if is_class(part) => &mut cell.class,
            () if is_school() => &mut cell.school,
            () => return None,
        };
        if place.is_some() {
            return None;
        }
        *place = Some(age(part).unwrap_or(part).to_owned());
    }
    (cell.class.is_some() || cell.age.is_some() || cell.school.is_some()).then_some(cell)
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
    let years = matches!(word.trim(), "лет" | "год" | "года" | "г." | "л." | "л");
    (years && number.parse::<u8>().is_ok()).then_some(number)
}

/// The number of «5л.», and of «5» and «5л» where the column asks for the age.
fn short_age(text: &str, asked: bool) -> Option<&str> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text[digits.len()..].trim();
    // «5Л» may be a class.
    let says = unit == "л." || asked && matches!(unit, "" | "л" | "г" | "г.");
    (says && digits.parse::<u8>().is_ok()).then_some(digits)
}

/// The post of a cell, and whose it is, if its column asks for both: «библиотекарь, Салдинская
/// сельская библиотека» under «Должность, место работы».
pub(super) fn post(header: &str, text: &str) -> (String, Option<String>) {
    let header = header.to_lowercase();
    let whose = ["мест", "организац", "учрежден", "библиотек", "школ", " оу", " доу"];
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

/// What stands shortened or with a colon before the names of those who teach: «преп. Ли В. Ч.»,
/// «концертмейстер: Пак Е. О.».
const TITLES: [(&str, &str); 16] = [
    ("рук.", ""),
    ("руководитель", ""),
    ("концертмейстер", "концертмейстер"),
    ("конц.", "концертмейстер"),
    ("преподаватель", "преподаватель"),
    ("препод.", "преподаватель"),
    ("преп.", "преподаватель"),
    ("педагог", "педагог"),
    ("пед.", "педагог"),
    ("балетмейстер", "балетмейстер"),
    ("хореограф", "хореограф"),
    ("хормейстер", "хормейстер"),
    ("режиссёр", "режиссёр"),
    ("воспитатель", "воспитатель"),
    ("тренер", "тренер"),
    ("учитель", "учитель"),
];

/// The person behind such a word.
fn titled(piece: &str) -> Option<Person> {
    let small = piece.to_lowercase();
    let (title, post) = TITLES.iter().find(|(title, _)| small.starts_with(title))?;
    let name = piece.get(title.len()..)?;
    // «учитель-логопед Ли», «руководителя Ли» go on.
    let name = name.trim_start_matches([':', ' ', '–', '—', '-']);
    // «воспитатель ГПД» names a group.
    let group = name.chars().count() > 1 && !name.contains(|c: char| !c.is_uppercase());
    if group || !looks_like_name(name) || piece[title.len()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let post = (!post.is_empty()).then(|| (*post).to_owned());
    Some(Person { post, ..Person::new(name) })
}

/// What those of a column are, if its name says one thing only: «Воспитатель», «ФИО тренера». A
/// teacher and a leader are called so anyway.
fn role(header: &str) -> Option<&'static str> {
    const ROLES: [(&str, Option<&str>); 11] = [
        ("воспитател", Some("воспитатель")),
        ("преподавател", Some("преподаватель")),
        ("педагог", Some("педагог")),
        ("тренер", Some("тренер")),
        ("наставник", Some("наставник")),
        ("куратор", Some("куратор")),
        ("концертмейстер", Some("концертмейстер")),
        ("учител", None),
        ("руководител", None),
        ("рук.", None),
        ("подготов", None),
    ];
    let header = header.to_lowercase();
    // «Кл. рук.» stands at the beginning, for «кл., рук.» are two things.
    let leaders = [
        ("художественн", "худ.", "художественный руководитель"),
        ("научн", "науч.", "научный руководитель"),
        ("классн", "кл.", "классный руководитель"),
    ];
    let leads = header.contains("руководител") || header.contains("рук.");
    let said = |(stem, short, _): &&(&str, &str, &str)| {
        let rest = header.strip_prefix(short).map(str::trim_start);
        header.contains(stem) || rest.is_some_and(|rest| rest.starts_with("рук"))
    };
    if let Some((.., leader)) = leaders.iter().find(said).filter(|_| leads) {
        return Some(leader);
    }
    // «Тренер-наставник» is one post.
    const BOTH: [(&str, &str, &str); 7] = [
        ("тренер", "-наставник", "тренер-наставник"),
        ("тренер", "-преподавател", "тренер-преподаватель"),
        ("педагог", "-наставник", "педагог-наставник"),
        ("педагог", "-организатор", "педагог-организатор"),
        ("педагог", "-психолог", "педагог-психолог"),
        ("учител", "-наставник", "учитель-наставник"),
        ("учител", "-логопед", "учитель-логопед"),
    ];
    let both =
        |(one, other, _): &&(&str, &str, &str)| header.contains(one) && header.contains(other);
    if let Some((.., post)) = BOTH.iter().find(both) {
        return Some(post);
    }
    let mut said = ROLES.iter().filter(|(stem, _)| header.contains(stem));
    match (said.next(), said.next()) {
        (Some((_, role)), None) => *role,
        _ => None,
    }
}

/// Makes people what their column asks for: «Наставник» with a post of their own are «наставник,
/// педагог-организатор». «Преподаватель, концертмейстер» asks for one after the other.
pub(super) fn in_role(people: &mut [Person], header: &str) {
    // What stands in brackets only explains.
    let named = header.split(['(', '[']).next().unwrap_or_default();
    let each: Vec<_> = named.split([',', '/']).map(role).collect();
    let roles: Vec<Option<&str>> = match role(header) {
        Some(one) => vec![Some(one); people.len()],
        // «Руководитель, концертмейстер»: the first of them is called so anyway.
        None if each.len() >= people.len() => each,
        None => return,
    };
    // «рук. Ли В. Ч., конц. Пак Е. О.» say it themselves, in whatever order.
    let said: Vec<String> = people.iter().filter_map(|person| person.post.clone()).collect();
    let several = people.len() > 1 && roles.iter().any(|role| *role != roles[0]);
    for (person, role) in people.iter_mut().zip(roles) {
        let Some(role) = role.filter(|role| !several || !said.iter().any(|post| post == role))
        else {
            continue;
        };
        person.post = Some(match person.post.take() {
            // «воспитатель высшей категории» says it already, and «концертмейстер» another thing.
            Some(post) if TITLES.iter().any(|(_, title)| post == *title) => post,
            Some(post) if post.to_lowercase().contains(stem(role)) => post,
            Some(post) => format!("{role}, {post}"),
            None => role.to_owned(),
        });
    }
}

/// A word without its last letter, which its cases change.
fn stem(word: &str) -> &str {
    let last = word.chars().next_back().map_or(0, char::len_utf8);
    &word[..word.len() - last]
}

/// The people of a cell, each with what is said of him: «Ли В. Ч., учитель; Пак Е. О.».
pub(super) fn people(text: &str) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    // «Рябова Т. Т. / Гром С. С.»
    let parted = text.replace(" / ", "; ");
    let both = text.contains(" / ") && parted.split("; ").all(|one| looks_like_name(one.trim()));
    let text = if both { &parted } else { text };
    for line in text.split(['\n', ';']) {
        let (mut first, mut club) = (true, None);
        // A comma with a space separates people; one without may stand in an abbreviation.
        for piece in line.split(", ").map(str::trim).filter(|piece| !piece.is_empty()) {
            let titled = titled(piece);
            // «Палитра», Ким Е. Е.»: the club stands before who leads it.
            if first && piece.starts_with('«') && piece.ends_with('»') {
                club = Some(piece);
                continue;
            }
            let goes_on = !first && titled.is_none() && !looks_like_name(piece);
            match people.last_mut().filter(|_| goes_on) {
                Some(person) => {
                    let post = person.post.take().map(|post| format!("{post}, {piece}"));
                    person.post = Some(post.unwrap_or_else(|| piece.to_owned()));
                }
                None => people.push(titled.unwrap_or_else(|| Person::new(piece))),
            }
            if let Some((club, person)) = club.take().zip(people.last_mut()) {
                person.from = Some(club.to_owned());
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
            ("Лебедь Ян 5л.", "Лебедь Ян", "age 5"),
            ("Лебедь Ян, 5Л", "Лебедь Ян", "class 5Л"),
            ("Пак Инна Юрьевна, методист", "Пак Инна Юрьевна", "post методист"),
            ("Жук Алина, 5 «А», МБОУ СОШ № 7", "Жук Алина", "class 5 «А»"),
            ("Жук Алина, Лицей № 2", "Жук Алина", "school Лицей № 2"),
            (
                "Пак Инна Юрьевна, учитель МБОУ «СОШ № 5»",
                "Пак Инна Юрьевна",
                "post учитель МБОУ «СОШ № 5»",
            ),
            ("Пак Инна Юрьевна", "", ""),
            ("Команда 5 «А» класса", "", ""),
            ("Пак Инна, 1985 г. р.", "", ""),
            ("Пак Инна Юрьевна, Ли Вера Чановна", "", ""),
        ] {
            let cell = recipient("ФИО", text);
            let more_of = [("class", cell.class), ("age", cell.age), ("post", cell.post)];
            let mut more_of = more_of.into_iter().chain([("school", cell.school)]);
            let said = more_of.find_map(|(key, v)| Some(format!("{key} {}", v?)));
            let seen = (cell.name.unwrap_or_default(), said.unwrap_or_default());
            assert_eq!(seen, (name.to_owned(), more.to_owned()), "{text}");
        }
        let cell = recipient("Должность, ФИО", "методист Пак Инна Юрьевна");
        assert_eq!(cell.post.as_deref(), Some("методист"));
        assert_eq!(recipient("ФИО", "методист Пак Инна Юрьевна"), RecipientCell::default());
        for text in ["Отряд «Луч» (рук. Пак Е. О.)", "Отряд «Луч», рук. Пак Е. О."]
        {
            let (name, leader) = led(text).unwrap();
            assert_eq!((name, leader.name.as_str()), ("Отряд «Луч»", "Пак Е. О."));
        }
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
        let titled = of("рук. Ткач Л. В., конц. Пак Е. О.; Преподаватель: Ли Вера");
        assert_eq!(titled[0], ("Ткач Л. В.".to_owned(), None));
        assert_eq!(titled[1], ("Пак Е. О.".to_owned(), Some("концертмейстер".to_owned())));
        assert_eq!(titled[2], ("Ли Вера".to_owned(), Some("преподаватель".to_owned())));
        assert_eq!(of("учитель-логопед Ли В. Ч.")[0].0, "учитель-логопед Ли В. Ч.");
    }

    #[test]
    fn what_those_of_a_column_are() {
        for (header, expected) in [
            ("Воспитатель", Some("воспитатель")),
            ("ФИО тренера", Some("тренер")),
            ("Педагог (учитель, воспитатель)", None),
            ("Учитель", None),
            ("Руководитель", None),
            ("Художественный руководитель", Some("художественный руководитель")),
        ] {
            assert_eq!(role(header), expected, "{header}");
        }
    }

    #[test]
    fn people_are_what_their_column_asks_for() {
        for (header, cell, expected) in [
            ("Наставник", "Ли В. Ч., методист", &["наставник, методист"][..]),
            ("Воспитатель", "Ли В. Ч., воспитатель ГПД", &["воспитатель ГПД"]),
            ("ФИО научного руководителя", "Ли В. Ч.", &["научный руководитель"]),
            (
                "Преподаватель, концертмейстер",
                "Ли В. Ч., Пак Е. О.",
                &["преподаватель", "концертмейстер"],
            ),
            ("Преподаватель, концертмейстер", "Ли В. Ч.", &["преподаватель"]),
            ("Руководитель, концертмейстер", "рук. Ли В. Ч.", &[]),
            ("Руководитель, концертмейстер", "Ли В. Ч., Пак Е. О.", &["концертмейстер"]),
            ("Рук., концертмейстер", "конц. Ли В. Ч., рук. Пак Е. О.", &["концертмейстер"]),
            ("Педагог (учитель, воспитатель)", "Ли В. Ч.", &["педагог"]),
        ] {
            let mut people = people(cell);
            in_role(&mut people, header);
            let posts: Vec<&str> = people.iter().filter_map(|one| one.post.as_deref()).collect();
            assert_eq!(posts, expected, "{header}");
        }
    }
}
