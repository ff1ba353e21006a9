//! Where faults are told, and what the exit status is.

use std::io::{IsTerminal, Write};

use itog::Composition;
use itog::batch::Outcome;
use itog::diag::{Diagnostic, Error, Severity, Warned, say};
use itog::model::Origin;

use crate::args::MessageFormat;
use crate::input::Record;
use crate::language::{self, told};

/// Where faults go: stderr, for people or for programs.
pub(crate) struct Report {
    format: MessageFormat,
    /// The file that faults of rendering are led to.
    pub origin: Option<Origin>,
    /// The columns of a table with the letters of a spreadsheet: (`Фамилия`, `B`).
    pub columns: Vec<(String, String)>,
    /// What was told, if it is kept instead of being written.
    gathered: Option<Vec<serde_json::Value>>,
}

impl Report {
    pub(crate) fn new(format: MessageFormat) -> Self {
        Self { format, origin: None, columns: Vec::new(), gathered: None }
    }

    /// A report that keeps what it is told.
    pub(crate) fn gathering(format: MessageFormat) -> Self {
        Self { gathered: Some(Vec::new()), ..Self::new(format) }
    }

    /// What was told, as JSON.
    pub(crate) fn gathered(self) -> Vec<serde_json::Value> {
        self.gathered.unwrap_or_default()
    }

    /// Says the warnings and gives the value.
    pub(crate) fn warned<T>(&mut self, warned: Warned<T>) -> T {
        warned.warnings.iter().for_each(|w| self.diagnostic(w));
        warned.value
    }

    /// Says which texts of the data a document does not print.
    pub(crate) fn unprinted(&mut self, record: &Record, document: &Composition) {
        // Data of one's own may hold what only conditions ask for.
        let origin = self.origin.as_ref().filter(|_| matches!(record, Record::Document(_)));
        let lost = origin.map(|origin| document.unprinted(origin)).unwrap_or_default();
        lost.iter().for_each(|fault| self.diagnostic(fault));
    }

    pub(crate) fn error(&mut self, error: Error) {
        error.into_diagnostics().iter().for_each(|fault| self.diagnostic(fault));
    }

    /// Says a fault of a row of a table.
    pub(crate) fn row(&mut self, table: &str, outcome: &Outcome, fault: &Diagnostic) {
        if outcome.row == 0 {
            // What a joined table has in vain belongs to no row.
            return self.of_table(table, fault);
        }
        let path = fault.data_path().unwrap_or_default();
        let letter = self.columns.iter().find(|(header, _)| header == path);
        let cell = letter.map(|(_, letter)| format!("{letter}{}", outcome.row));
        // A fault of a cell is not to be sought in the common file.
        let fault = &match &self.origin {
            Some(origin) if cell.is_none() || fault.datum().is_some() => {
                origin.trace_row(fault.clone())
            }
            _ => fault.clone(),
        };
        let object = || {
            let mut line = json(fault);
            line["row"] = outcome.row.into();
            if let Some(sheet) = &outcome.sheet {
                line["sheet"] = (**sheet).into();
            }
            line["cell"] = cell.as_deref().into();
            line["recipient"] = outcome.recipient.as_str().into();
            line
        };
        if let Some(gathered) = &mut self.gathered {
            return gathered.push(object());
        }
        self.line(match self.format {
            MessageFormat::Human => {
                let row = outcome.row;
                let place = told(&match &cell {
                    Some(cell) => say!("row {row}, cell {cell}", row, cell),
                    None => say!("row {row}", row),
                });
                let place = match &outcome.sheet {
                    Some(sheet) => told(&say!("sheet «{sheet}», {place}", sheet, place)),
                    None => place,
                };
                match outcome.recipient.as_str() {
                    "" => format!("{table}, {place}: {}", shown(fault)),
                    name => format!("{table}, {place} ({name}): {}", shown(fault)),
                }
            }
            MessageFormat::Json => object().to_string(),
        });
    }

    fn traced(&self, fault: &Diagnostic) -> Diagnostic {
        match &self.origin {
            Some(origin) => origin.trace(fault.clone()),
            None => fault.clone(),
        }
    }

    /// Says a fault of a table as a whole.
    pub(crate) fn of_table(&mut self, table: &str, fault: &Diagnostic) {
        if let Some(gathered) = &mut self.gathered {
            return gathered.push(json(fault));
        }
        self.line(match self.format {
            MessageFormat::Human => format!("{table}: {}", shown(fault)),
            MessageFormat::Json => json(fault).to_string(),
        });
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let diagnostic = &self.traced(diagnostic);
        if let Some(gathered) = &mut self.gathered {
            return gathered.push(json(diagnostic));
        }
        self.line(match self.format {
            MessageFormat::Human => shown(diagnostic),
            MessageFormat::Json => json(diagnostic).to_string(),
        });
    }

    fn line(&mut self, line: String) {
        // A closed stderr is no reason to stop: the exit status still tells.
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}

fn shown(fault: &Diagnostic) -> String {
    let text = fault.in_language(language::now()).to_string();
    if has_colours() { coloured(&text, fault.severity()) } else { text }
}

/// Whether stderr is a terminal that shows colours, and nobody has asked for none
/// (<https://no-color.org>).
fn has_colours() -> bool {
    let says = |name| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    // Consoles of Windows before its Terminal would print the codes.
    let able = if cfg!(windows) { says("WT_SESSION") } else { says("TERM") };
    able && !dumb && !says("NO_COLOR") && std::io::stderr().is_terminal()
}

/// A fault with its head in red or yellow, and what leads to its place in blue.
fn coloured(text: &str, severity: Severity) -> String {
    let head = if severity == Severity::Error { "\x1b[1;31m" } else { "\x1b[1;33m" };
    let lines = text.lines().enumerate().map(|(at, line)| match line.split_once(']') {
        Some((code, rest)) if at == 0 => format!("{head}{code}]\x1b[0m{rest}"),
        _ if line.trim_start().starts_with("-->") => format!("\x1b[34m{line}\x1b[0m"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub(crate) fn json(diagnostic: &Diagnostic) -> serde_json::Value {
    serde_json::to_value(diagnostic).unwrap_or_default()
}
