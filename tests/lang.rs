//! The gold forms of Russian, scored row by row; every failing row is printed.

use itog::lang::ru::{
    self, Case, Confidence, FullName, Gender, Inflected, InitialsStyle, Kind, inflect_line,
    number::{cardinal, plural},
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
        inflect_line(Kind::Name, &format!("{name}\t{gender}"), case, None)
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
    assert!(
        matches!(name.confidence, Confidence::Ambiguous { alternatives, .. } if alternatives.len() == 2)
    );
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
