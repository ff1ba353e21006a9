//! A column that holds two things in each cell: «Учреждение, руководитель», «Класс, школа».

use super::even;
use super::understand::{Planned, Why};
use super::values::{is_person, is_rank};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::is_letter;
use crate::model::Column;

/// The two columns that one is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twofold {
    /// Known by how its texts look.
    seen: Column,
    /// All else.
    rest: Column,
    /// What is seen stands first.
    first: bool,
}

/// What is seen by its look, and what may stand beside it.
const PAIRS: [(Column, &[Column]); 6] = {
    use Column::{AgeGroup, Class, Leader, Nomination, Of, Result, School, Score, Teacher};
    [
        (Leader, &[School, Of, Class]),
        (Teacher, &[School, Of, Class]),
        (Class, &[School, Of]),
        (AgeGroup, &[Nomination]),
        (Score, &[Result]),
        (Result, &[Nomination]),
    ]
};

impl Twofold {
    /// The two things that the name of a column joins, if no other column has one of them.
    pub(super) fn of(planned: &Planned, all: &[Planned]) -> Option<Self> {
        if planned.why != Why::Name {
            return None;
        }
        let name = &planned.header;
        // What stands in brackets only explains.
        let name = name.split(['(', '[']).next().unwrap_or_default().to_lowercase();
        let (one, other) = name.split_once([',', '/', '\n']).or_else(|| name.split_once(" и "))?;
        let of = |text: &str| {
            Column::best(text).filter(|(_, score)| *score >= 76).map(|(column, _)| column)
        };
        // «Место» beside «баллы» is the place that was won.
        let won = |this, that| match (this, that) {
            (Column::Place, Column::Score | Column::Nomination) => Column::Result,
            _ => this,
        };
        let (one, other) = (of(one)?, of(other)?);
        let (one, other) = (won(one, other), won(other, one));
        let pair = |seen, rest| {
            let known = PAIRS.iter().find(|(column, _)| *column == seen);
            let fits = known.is_some_and(|(_, others)| others.contains(&rest));
            fits.then_some(Self { seen, rest, first: seen == one })
        };
        let two = pair(one, other).or_else(|| pair(other, one))?;
        let own = [Some(two.seen), Some(two.rest)];
        let apart = all.iter().filter(|p| own.contains(&p.column)).count() == 1;
        (apart && own.contains(&planned.column)).then_some(two)
    }

    /// What is to be said of it.
    pub(super) fn told(self, header: &str) -> Diagnostic {
        let message = say!(
            "«{header}» holds two things in each cell, which are taken apart: {one}; {other}",
            header,
            one = self.rest.title(),
            other = self.seen.title()
        );
        Diagnostic::warning("column-twofold", message).path(header)
    }

    /// The parts of a cell by their columns.
    pub(super) fn split(self, cell: &str) -> [(Column, String); 2] {
        let mut parts: Vec<&str> = cell.split([',', ';', '\n']).map(str::trim).collect();
        // «2 место (45 баллов)»
        if let [one] = parts[..]
            && self.seen == Column::Score
            && let Some((result, score)) = one.strip_suffix(')').and_then(|one| one.split_once('('))
        {
            parts = vec![result.trim(), score.trim()];
        }
        if parts.len() == 1 {
            // «5А / Лазарева О. П.», but «б/о», and «5/1» of a school.
            parts = cell.split(" / ").map(str::trim).collect();
        }
        // «СОШ № 5 7А»: a number alone may be that of the school.
        if let [one] = parts[..]
            && self.seen == Column::Class
        {
            let is_class = |text: &str| even::is_class(text) && text.contains(is_letter);
            let mut cuts = one.match_indices(' ').map(|(at, _)| one.split_at(at));
            let cut = cuts.find(|(head, tail)| is_class(tail.trim_start()) || is_class(head));
            parts = cut.map_or(parts, |(head, tail)| vec![head, tail.trim_start()]);
        }
        // «1, 45»: of two numbers only the name of the column tells which is which.
        let number = |part: &&str| part.replace(',', ".").parse::<f64>().is_ok();
        if let [one, other] = parts[..]
            && self.seen == Column::Score
            && number(&one)
            && number(&other)
        {
            let (seen, rest) = if self.first { (one, other) } else { (other, one) };
            return [(self.rest, rest.to_owned()), (self.seen, seen.to_owned())];
        }
        // «участник, 30»: one number beside words is the score.
        if let [one, other] = parts[..]
            && self.seen == Column::Score
            && number(&one) != number(&other)
            && self.looks(one).or(self.looks(other)).is_none()
        {
            let (seen, rest) = if number(&one) { (one, other) } else { (other, one) };
            return [(self.rest, rest.to_owned()), (self.seen, seen.to_owned())];
        }
        let (mut seen, mut rest): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            match self.looks(part) {
                Some(bare) => seen.push(bare),
                None => rest.push(part),
            }
        }
        [(self.rest, rest.join(", ")), (self.seen, seen.join(", "))]
    }

    /// A part without its label, if it is what is known by its look.
    fn looks(self, part: &str) -> Option<&str> {
        let small = part.to_lowercase();
        let words = |known: &[&str]| {
            let mut words =
                small.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).peekable();
            words.peek().is_some() && words.all(|word| known.iter().any(|k| word.starts_with(k)))
        };
        let number = small.starts_with(|c: char| c.is_ascii_digit());
        let bare = match self.seen {
            // «6–7 кл.» is known by its word.
            Column::Class => {
                let several = number && small.trim_end_matches('.').ends_with("кл");
                return (even::is_class(part) || several).then_some(part);
            }
            Column::Result => return is_rank(part).then_some(part),
            Column::AgeGroup => return (number && words(&["лет", "год", "г"])).then_some(part),
            // «48 б.», but «48 бис»
            Column::Score => {
                let short = || small.trim_end_matches('.').ends_with([' ', 'б']) && words(&["б"]);
                let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
                let score = if short() { digits } else { part };
                return (number && (words(&["балл", "очк"]) || short())).then_some(score);
            }
            _ => {
                let labels = ["рук", "пед", "преп", "учит", "восп", "тренер"];
                let label = part
                    .find([' ', ':', '.'])
                    .filter(|_| labels.iter().any(|label| small.starts_with(label)));
                label.map_or(part, |end| part[end..].trim_start_matches([':', '.', ' ', '–', '-']))
            }
        };
        (is_person(bare) || is_in_initials(bare)).then_some(bare)
    }
}

/// «Лев П. А.», «И. И. Шмидт»: whatever the surname is, initials are a person's.
fn is_in_initials(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let (short, long): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| word.ends_with('.'));
    let initials = |word: &&str| {
        let mut letters = word.trim_end_matches('.').split('.');
        letters.all(|letter| letter.chars().count() == 1 && capital(letter))
    };
    let name = |word: &str| capital(word) && word.chars().all(|c| is_letter(c) || c == '-');
    let [last] = long[..] else { return false };
    (1..=2).contains(&short.len()) && short.iter().all(initials) && name(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_taken_apart_by_what_its_parts_look_like() {
        use Column::{Class, Leader, Nomination, Result, School, Score, Teacher};
        for (seen, rest, cell, expected) in [
            (Leader, School, "ДДТ, рук. Лазарева О. П.", ["ДДТ", "Лазарева О. П."]),
            (
                Leader,
                School,
                "Лазарева О. П., МБОУ «СОШ № 5», г. Мыски",
                ["МБОУ «СОШ № 5», г. Мыски", "Лазарева О. П."],
            ),
            (Leader, School, "ДДТ", ["ДДТ", ""]),
            (Class, School, "СОШ № 5 7 А", ["СОШ № 5", "7 А"]),
            (Class, School, "8 кл. СОШ № 5", ["СОШ № 5", "8 кл."]),
            (Class, School, "СОШ № 5", ["СОШ № 5", ""]),
            (Score, Result, "1, 45", ["1", "45"]),
            (Result, Nomination, "1 место", ["", "1 место"]),
            (Result, Nomination, "За артистизм", ["За артистизм", ""]),
            (Score, Result, "I место, 45 баллов", ["I место", "45 баллов"]),
            (Score, Result, "1 место, 48 б.", ["1 место", "48"]),
            (Score, Result, "2 место (45 баллов)", ["2 место", "45 баллов"]),
            (Score, Result, "участник, 30", ["участник", "30"]),
            (Class, School, "СОШ № 5, 6-7 кл.", ["СОШ № 5", "6-7 кл."]),
            (Class, School, "5А, МБОУ СОШ № 8", ["МБОУ СОШ № 8", "5А"]),
            (Teacher, Class, "5А / Лазарева О. П.", ["5А", "Лазарева О. П."]),
            (Teacher, School, "Лев П. А., ДДТ", ["ДДТ", "Лев П. А."]),
            (Teacher, School, "г. Мыски, рук. И.И. Шмидт", ["г. Мыски", "И.И. Шмидт"]),
        ] {
            let [(_, one), (_, other)] = Twofold { seen, rest, first: false }.split(cell);
            assert_eq!([one.as_str(), other.as_str()], expected, "{cell}");
        }
    }
}
