//! The gold forms of Russian, scored row by row; every failing row is printed.

use itog_lang::ru::{
    self, Case, Confidence, FullName, Gender, Inflected, InitialsStyle, LineKind, Number,
    agree::agree,
    inflect_line,
    number::{cardinal, plural},
    party::Party,
};

/// The rows of a fixture by its columns, without the header.
fn rows(fixture: &str) -> Vec<Vec<&str>> {
    fixture
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').collect())
        .collect()
}

/// Prints the failing rows of a set and holds their number to a share.
fn score(set: &str, total: usize, failures: &[String], least: f64) {
    let share = |rows: usize| f64::from(u32::try_from(rows).unwrap());
    let right = 100.0 * share(total - failures.len()) / share(total);
    println!("{set}: {right:.2} % of {total}");
    for failure in failures {
        println!("  {failure}");
    }
    assert!(right >= least, "{set}: {right:.2} % < {least} %\n{}", failures.join("\n"));
}

fn accepts(cell: &str, form: &str) -> bool {
    cell.split('|').any(|variant| variant == form)
}

fn person(kind: &str, text: &str, case: Case, gender: Gender) -> Inflected {
    match kind {
        "surname" => ru::name::surname(text, case, gender),
        "first" => ru::name::first(text, case, gender),
        "patr" => ru::name::patronymic(text, case, gender),
        _ => ru::name::inflect(text, case, Some(gender)),
    }
}

const NAMES: &str = include_str!("lang/names.visible.tsv");

fn score_names(set: &str, least: f64, inflect: impl Fn(&str, &str, Case, Gender) -> Inflected) {
    let mut failures = Vec::new();
    let rows = rows(NAMES);
    for row in &rows {
        let [_, kind, gender, name, dative, accusative, class, ..] = row[..] else {
            panic!("{row:?}")
        };
        let gender = Gender::parse(gender).unwrap();
        let (dat, acc) = (
            inflect(kind, name, Case::Dative, gender).text,
            inflect(kind, name, Case::Accusative, gender).text,
        );
        if !accepts(dative, &dat) || !accepts(accusative, &acc) {
            failures.push(format!(
                "{class} {kind} {gender} {name}: {dat}, {acc}; gold {dative}, {accusative}"
            ));
        }
    }
    score(set, rows.len(), &failures, least);
}

#[test]
fn names_by_part() {
    score_names("names by part", 99.5, person);
}

/// The same rows as the command sees them: one line, the part not told.
#[test]
fn names_as_lines() {
    score_names("names as lines", 99.5, |_, name, case, gender| {
        inflect_line(LineKind::Name, &format!("{name}\t{gender}"), case, None)
    });
}

#[test]
fn full_names_show_their_gender() {
    let mut failures = Vec::new();
    let full: Vec<_> = rows(NAMES).into_iter().filter(|row| row[1] == "full").collect();
    for row in &full {
        let found = ru::name::gender(row[3]);
        if found != Gender::parse(row[2]) {
            failures.push(format!("{}: {found:?}", row[3]));
        }
    }
    score("gender", full.len(), &failures, 100.0);
}

#[test]
fn full_names_in_other_order() {
    for row in
        rows(NAMES).into_iter().filter(|row| row[1] == "full" && row[3].split(' ').count() == 3)
    {
        let turn = |text: &str| {
            let parts: Vec<&str> = text.split(' ').collect();
            format!("{} {} {}", parts[1], parts[2], parts[0])
        };
        let dative = ru::name::inflect(&turn(row[3]), Case::Dative, None);
        assert!(
            row[4].split('|').any(|form| turn(form) == dative.text),
            "{}: {dative}",
            turn(row[3])
        );
    }
}

#[test]
fn posts() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/posts.visible.tsv"));
    for row in &rows {
        let forms = [Case::Genitive, Case::Dative, Case::Accusative]
            .map(|case| ru::post::inflect(row[0], case, None).text);
        if !forms.iter().zip(&row[1..4]).all(|(form, cell)| accepts(cell, form)) {
            failures.push(format!("{}: {}", row[0], forms.join(" | ")));
        }
    }
    score("posts", rows.len(), &failures, 98.5);
}

#[test]
fn typography() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/typography.visible.tsv"));
    for row in &rows {
        let gold = |at: usize| row.get(at).map(|cell| cell.replace("\\u00A0", "\u{a0}"));
        let text = ru::typography::typograph(row[1]);
        let right = [gold(2), gold(3)].into_iter().flatten().any(|cell| accepts(&cell, &text));
        if !right {
            failures.push(format!(
                "{}: {} → {}; gold {}",
                row[0],
                row[1],
                text.replace('\u{a0}', "_"),
                gold(2).unwrap().replace('\u{a0}', "_")
            ));
        }
    }
    score("typography", rows.len(), &failures, 97.0);
}

#[test]
fn hyphenation() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/hyphenation.visible.tsv"));
    for row in &rows {
        let word = ru::hyphen::hyphenate(row[0]);
        let allowed = row.get(1).copied().unwrap_or_default();
        let right = if allowed.is_empty() {
            word == row[0]
        } else {
            allowed.split(',').any(|way| way == word)
        };
        if !right || row.get(2) == Some(&word.as_str()) {
            failures.push(format!("{}: {word}; gold {allowed}", row[0]));
        }
    }
    score("hyphenation", rows.len(), &failures, 100.0);
}

#[test]
fn numerals() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/numerals.tsv"));
    for row in &rows {
        let words =
            cardinal(row[0].parse().unwrap(), Gender::parse(row[1]).unwrap(), Case::Nominative);
        if words != row[2] {
            failures.push(format!("{} {}: {words}", row[0], row[1]));
        }
    }
    score("numerals", rows.len(), &failures, 100.0);
}

#[test]
fn plurals() {
    for row in rows(include_str!("lang/plural.tsv")) {
        let n: i64 = row[0].parse().unwrap();
        assert_eq!(format!("{n} {}", plural(n, row[1], row[2], row[3])), row[4]);
    }
}

#[test]
fn initials_and_greetings() {
    for row in rows(include_str!("lang/initials.tsv")) {
        let name = FullName::new(row[0], row[1], row[2]);
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(plain(name.initials(InitialsStyle::Before)), row[3]);
        assert_eq!(plain(name.initials(InitialsStyle::After)), row[4]);
        let gender = name.gender().or(if row[5].starts_with("Уважаемая") {
            Some(Gender::Feminine)
        } else {
            Some(Gender::Masculine)
        });
        assert_eq!(name.greeting(gender).as_deref(), Some(row[5]));
        assert_eq!(FullName::parse(&name.to_string()), name);
    }
}

#[test]
fn unknown_gender_is_never_masculine_in_silence() {
    let name = ru::name::inflect("Ткач Саша", Case::Dative, None);
    assert_eq!(name.text, "Ткач Саша");
    assert!(matches!(
        name.confidence,
        Confidence::Ambiguous { alternatives, .. } if alternatives.len() == 2
    ));
}

/// Our own cases, all five oblique cases of each; a fixture has a class in its last column.
fn score_hard(set: &str, fixture: &str) {
    let mut failures = Vec::new();
    let rows = rows(fixture);
    for row in &rows {
        let [kind, gender, text, ref forms @ .., class] = row[..] else { panic!("{row:?}") };
        let gender = Gender::parse(gender);
        for (case, gold) in Case::ALL[1..].iter().zip(forms) {
            let form = match (kind, gender) {
                ("post", _) => ru::post::inflect(text, *case, None),
                ("org", _) => ru::org::inflect(text, *case),
                ("place", _) => ru::place::inflect(text, *case, false),
                ("party", _) => Party::of(text, None).inflect(*case),
                (_, Some(gender)) => person(kind, text, *case, gender),
                _ => ru::name::inflect(text, *case, None),
            };
            if form.text != *gold {
                failures.push(format!("{class} {text}, {case}: {form}; gold {gold}"));
            }
        }
    }
    score(set, rows.len(), &failures, 100.0);
}

/// The cells of a row by the names of its columns.
fn table(fixture: &str) -> Vec<std::collections::HashMap<&str, &str>> {
    let head: Vec<&str> = fixture.lines().next().unwrap_or_default().split('\t').collect();
    rows(fixture).into_iter().map(|row| head.iter().copied().zip(row).collect()).collect()
}

/// The kinds that used to fail, as lines of the command.
fn score_around(set: &str, kind: LineKind, fixture: &str) {
    const CASES: [(&str, Case); 5] = [
        ("genitive", Case::Genitive),
        ("dative", Case::Dative),
        ("accusative", Case::Accusative),
        ("instrumental", Case::Instrumental),
        ("prepositional", Case::Prepositional),
    ];
    let rows = table(fixture);
    let mut failures = Vec::new();
    for row in &rows {
        let line = format!("{}\t{}", row["nominative"], row.get("gender").unwrap_or(&""));
        for (column, case) in CASES {
            let form = inflect_line(kind, &line, case, None).text.replace('ё', "е");
            if !accepts(&row[column].replace('ё', "е"), &form) {
                failures.push(format!("{} {form}; gold {}", row["class"], row[column]));
            }
        }
    }
    score(set, rows.len(), &failures, 100.0);
}

#[test]
fn names_of_other_shapes() {
    score_around("names", LineKind::Name, include_str!("lang/around-names.visible.tsv"));
}

#[test]
fn posts_in_the_plural() {
    score_around("posts", LineKind::Post, include_str!("lang/around-posts.visible.tsv"));
}

#[test]
fn bodies_and_towns() {
    score_around("bodies", LineKind::Org, include_str!("lang/around-orgs.visible.tsv"));
}

/// Plural posts, bodies, several persons, families, towns.
#[test]
fn around_the_person() {
    score_hard("around the person", include_str!("lang/around-the-person.tsv"));
}

#[test]
fn agreement() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/agreement.tsv"));
    for row in &rows {
        let form = agree(row[0], Gender::Feminine, Number::Singular);
        if form.as_deref() != Some(row[1]) {
            failures.push(format!("{}: {form:?}; gold {}", row[0], row[1]));
        }
    }
    score("agreement", rows.len(), &failures, 100.0);
}

#[test]
fn nouns_do_not_agree() {
    for row in rows(include_str!("lang/no-agreement.tsv")) {
        for number in [Number::Singular, Number::Plural] {
            assert_eq!(agree(row[0], Gender::Feminine, number), None, "{}", row[0]);
        }
    }
}

#[test]
fn typography_of_signs() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/typography-signs.tsv"));
    for row in &rows {
        let text = ru::typography::typograph(row[0]).replace('\u{a0}', "_");
        if text != row[1] {
            failures.push(format!("{} → {text}; gold {}", row[0], row[1]));
        }
        let again = ru::typography::typograph(&text.replace('_', "\u{a0}")).replace('\u{a0}', "_");
        if again != text {
            failures.push(format!("{} is set anew as {again}", row[0]));
        }
    }
    score("typography of signs", rows.len(), &failures, 100.0);
}

/// What ends a line has no say in the next one.
#[test]
fn lines_do_not_lean_on_each_other() {
    let lines: Vec<&str> =
        rows(include_str!("lang/typography-signs.tsv")).iter().map(|row| row[0]).collect();
    for pair in lines.windows(2) {
        let apart: Vec<String> =
            pair.iter().map(|line| ru::typography::typograph(line).into_owned()).collect();
        assert_eq!(ru::typography::typograph(&pair.join("\n")), apart.join("\n"));
    }
}

#[test]
fn hyphenation_of_clipped_compounds() {
    let mut failures = Vec::new();
    let rows = rows(include_str!("lang/hyphenation-clipped.tsv"));
    let places = |marked: &str| {
        let mut at = 0;
        let mut all = Vec::new();
        for ch in marked.chars() {
            if ch == '-' { all.push(at) } else { at += 1 }
        }
        all
    };
    for row in &rows {
        let word = ru::hyphen::hyphenate(row[0]);
        let allowed = places(row[1]);
        if word == row[0] || !places(&word).iter().all(|at| allowed.contains(at)) {
            failures.push(format!("{word}; gold {}", row[1]));
        }
    }
    score("clipped compounds", rows.len(), &failures, 100.0);
}

/// A guess says so: of the right forms few are doubted, of the doubtful texts all are.
#[test]
fn doubt_is_told() {
    let fixture = include_str!("lang/around-the-person.tsv");
    let doubted: Vec<String> = rows(fixture)
        .iter()
        .filter_map(|row| {
            let form = match row[0] {
                "post" => ru::post::inflect(row[2], Case::Dative, None),
                "org" => ru::org::inflect(row[2], Case::Dative),
                _ => return None,
            };
            (!form.is_certain()).then(|| row[2].to_owned())
        })
        .collect();
    assert!(doubted.len() * 50 < rows(fixture).len(), "{doubted:?}");
    for text in [
        "Косых Жанар",
        "Ткач Гульзар",
        "Mark Brown",
        "Егоровой Татьяне Вячеславовне",
        "Иванову Ивану",
        "Иванова Анна, 3 класс",
        "Петpова Анна",
        "Анна и Пётр Ткач",
        "семья Петровы",
    ] {
        let form = Party::of(text, None).inflect(Case::Dative);
        assert!(!form.is_certain(), "{text}: {form}");
    }
    for text in ["глашаток", "фуксмути", "кряжь"] {
        let form = ru::post::inflect(text, Case::Dative, None);
        assert!(!form.is_certain(), "{text}: {form}");
    }
}

#[test]
fn parties() {
    use ru::party::PartyKind::{
        Collective, Couple, Family, Foreign, Organisation, Person, Persons, Post,
    };
    let plural = (None, Number::Plural);
    let one = |gender| (Some(gender), Number::Singular);
    let (m, f, n) = (Gender::Masculine, Gender::Feminine, Gender::Neuter);
    for (text, kind, (gender, number)) in [
        ("Иванова Анна", Person, one(f)),
        ("Иванова Анна и Петров Пётр", Persons, plural),
        ("Лев и Софья Громовы", Couple, plural),
        ("Семья Сорокиных", Family, one(f)),
        ("Команда «Книжные черви»", Collective, one(f)),
        ("3 «Б» класс школы № 9", Collective, one(m)),
        ("Учащиеся 10 «А» класса", Collective, (Some(m), Number::Plural)),
        ("МБУ «Библиотека»", Organisation, one(n)),
        ("ЦБС г. Мыски", Organisation, one(f)),
        ("Школа № 5", Organisation, one(f)),
        ("ИП Козлова Мария Ивановна", Person, one(f)),
        ("Mark Brown", Foreign, (None, Number::Singular)),
        ("заведующая библиотекой Егорова Татьяна Вячеславовна", Post, one(f)),
        ("Совет Иван Петрович", Person, one(m)),
        ("коллектив детского сада № 9", Collective, one(m)),
    ] {
        let party = Party::of(text, None);
        assert_eq!((party.kind(), party.number()), (kind, number), "{text}");
        if number == Number::Singular {
            assert_eq!(party.gender(), gender, "{text}");
        }
    }
}

#[test]
fn hard_names() {
    score_hard("hard names", include_str!("lang/hard-names.tsv"));
}

#[test]
fn hard_posts() {
    score_hard("hard posts", include_str!("lang/hard-posts.tsv"));
}

#[test]
fn hard_organisations() {
    score_hard("hard organisations", include_str!("lang/hard-orgs.tsv"));
}

/// How much «certain» is worth: of certain forms at most 0.2 % may be wrong, of wrong ones at least
/// 95 % must be doubted, of right ones at most 2 % may be.
fn calibrate(set: &str, fixture: &str, kind_column: bool) {
    let (mut certain, mut wrong, mut doubted, mut faults) = (0_u32, 0_u32, 0_u32, Vec::new());
    for row in rows(fixture) {
        let (kind, row) = if kind_column { (row[1], &row[2..]) } else { ("name", &row[1..]) };
        let kind = match kind {
            "post" => LineKind::Post,
            "org" => LineKind::Org,
            "place" => LineKind::Place,
            _ => LineKind::Name,
        };
        let line = format!("{}\t{}", row[0], row[1]);
        let forms: Vec<Inflected> =
            Case::ALL[1..].iter().map(|case| inflect_line(kind, &line, *case, None)).collect();
        let plain = |text: &str| text.replace('ё', "е");
        let right = forms.iter().zip(&row[2..]).all(|(form, cell)| {
            cell.is_empty() || *cell == "-" || accepts(&plain(cell), &plain(&form.text))
        });
        let sure = forms.iter().all(Inflected::is_certain);
        certain += u32::from(sure);
        doubted += u32::from(right && !sure);
        wrong += u32::from(!right);
        if !right && sure {
            faults.push(format!("{}: {}", row[0], forms[1].text));
        }
    }
    let silent = u32::try_from(faults.len()).unwrap();
    println!(
        "{set}: {certain} certain, {wrong} wrong, of these {silent} silent; {doubted} doubted"
    );
    assert!(silent * 500 <= certain, "{set}: {faults:#?}");
    assert!(doubted * 50 <= certain, "{set}: {doubted} right forms are doubted");
}

#[test]
fn names_are_as_sure_as_they_say() {
    calibrate("names", include_str!("lang/calibration-names.tsv"), false);
}

#[test]
fn posts_and_bodies_are_as_sure_as_they_say() {
    calibrate("posts and bodies", include_str!("lang/calibration-phrases.tsv"), true);
}
