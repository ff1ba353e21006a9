//! What `check` says of a table before anything is made of it.

use itog::batch::table::{Plan, Planned, Why, letter};
use itog::batch::{Outcome, Status, Summary};
use itog::diag::{Error, Message, say};
use itog::model::Column;

use crate::language::told;
use crate::output::say;

/// How many rows are shown as they will be printed.
pub(crate) const SHOWN: usize = 3;

/// How many rows that are left out are listed.
const LISTED: usize = 20;

/// What `check` says of a table.
pub(crate) struct Shown<'a> {
    plan: &'a Plan,
    samples: Vec<(u64, String)>,
    left: Vec<String>,
    doubtful: u64,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Self {
        Self { plan, samples: Vec::new(), left: Vec::new(), doubtful: 0 }
    }

    /// Says where the table is, and what each column became.
    pub(crate) fn columns(&self) -> Result<(), Error> {
        let plan = self.plan;
        if let Some(sheet) = &plan.sheet {
            let others = plan.sheets.iter().filter(|(name, _)| name != sheet);
            let others: Vec<Message> = others
                .map(|(name, hidden)| match hidden {
                    true => say!("«{name}» (hidden)", name),
                    false => say!("«{name}»", name),
                })
                .collect();
            tell(&match others.is_empty() {
                true => say!("Sheet «{sheet}»", sheet),
                false => say!("Sheet «{sheet}»; there are also {others}", sheet, others),
            })?;
        }
        match plan.head {
            Some((first, last)) if first == last => {
                tell(&say!("Column names: row {first}", first))?;
            }
            Some((first, last)) => tell(&say!("Column names: rows {first}–{last}", first, last))?,
            None => {}
        }
        tell(&say!("Columns:"))?;
        plan.columns.iter().try_for_each(|column| self.column(column))
    }

    fn column(&self, planned: &Planned) -> Result<(), Error> {
        let became = match planned.column {
            Some(column) => column.title(),
            None if planned.why == Why::Asked => say!("taken"),
            None => say!("not used"),
        };
        let samples: Vec<String> = planned.samples.iter().take(3).map(|s| short(s)).collect();
        let why = match (planned.why, planned.column) {
            (Why::Cells, _) => Some(say!("by its cells: {samples}", samples)),
            (Why::Asked, _) => Some(say!("the template asks")),
            (Why::Said, _) => Some(say!("the common file says so")),
            (Why::OtherKinds, _) => Some(say!("the common file has the kind")),
            (Why::Twice, _) => Some(say!("another column is surer")),
            (Why::Name, Some(Column::Aside)) | (Why::Unknown, _) => None,
            _ => Some(say!("by its name")),
        };
        let why = why.map_or_else(String::new, |why| format!(" ({})", told(&why)));
        // Records of a list have keys, and no letters.
        let at = self.plan.head.map_or_else(String::new, |_| format!("{}  ", letter(planned.at)));
        let header = short(&planned.header.replace('\n', " "));
        say(format_args!("  {at}«{header}» → {}{why}", told(&became)))
    }

    pub(crate) fn hear(&mut self, outcome: &Outcome) {
        if let Some(text) = &outcome.text {
            self.samples.push((outcome.row, format!("{} — {text}", outcome.recipient)));
        }
        if let Status::Left(why) = &outcome.status {
            if self.left.len() < LISTED {
                let why = told(why.message());
                self.left.push(match outcome.row {
                    0 => format!("  {why}"),
                    row => format!("  {}: {why}", told(&say!("row {row}", row))),
                });
            }
        } else if !outcome.warnings.is_empty() {
            self.doubtful += 1;
        }
    }

    /// Says how the first rows will be printed, what is left out, and how many rows there are.
    pub(crate) fn rows(&self, summary: &Summary) -> Result<(), Error> {
        if !self.samples.is_empty() {
            tell(&say!("This will be printed:"))?;
        }
        for (row, text) in &self.samples {
            say(format_args!("  {}: {text}", told(&say!("row {row}", row))))?;
        }
        if !self.left.is_empty() {
            tell(&say!("Left out:"))?;
            self.left.iter().try_for_each(say)?;
            let more = summary.left.saturating_sub(self.left.len() as u64);
            if more > 0 {
                say(format_args!("  {}", told(&say!("… and more: {more}", more))))?;
            }
        }
        let Summary { made, failed, left, .. } = summary;
        tell(&say!(
            "In all: {made} ready, {failed} with faults, {left} left out; look at {doubtful} rows",
            made,
            failed,
            left,
            doubtful = self.doubtful
        ))
    }
}

/// Writes a message to stdout.
fn tell(message: &Message) -> Result<(), Error> {
    say(told(message))
}

/// A text that fits into a line.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
