//! Where faults are told, and what the exit status is.

use std::io::Write;

use itog::batch::Outcome;
use itog::diag::{Diagnostic, Error, Warned, say};
use itog::model::Origin;

use crate::args::MessageFormat;
use crate::language::{self, told};

/// Where faults go: stderr, for people or for programs.
pub(crate) struct Report {
    format: MessageFormat,
    /// The file that faults of rendering are led to.
    pub origin: Option<Origin>,
    /// What was told, if it is kept instead of being written.
    gathered: Option<Vec<serde_json::Value>>,
}

impl Report {
    pub(crate) fn new(format: MessageFormat) -> Self {
        Self { format, origin: None, gathered: None }
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

    pub(crate) fn error(&mut self, error: Error) {
        error.into_diagnostics().iter().for_each(|fault| self.diagnostic(fault));
    }

    /// Says a fault of a row of a table.
    pub(crate) fn row(&mut self, table: &str, outcome: &Outcome, fault: &Diagnostic) {
        if outcome.row == 0 {
            // What a joined table has in vain belongs to no row.
            return self.of_table(table, fault);
        }
        let fault = &match &self.origin {
            Some(origin) => origin.trace_row(fault.clone()),
            None => fault.clone(),
        };
        let object = || {
            let mut line = json(fault);
            line["row"] = outcome.row.into();
            line["recipient"] = outcome.recipient.as_str().into();
            line
        };
        if let Some(gathered) = &mut self.gathered {
            return gathered.push(object());
        }
        self.line(match self.format {
            MessageFormat::Human if outcome.recipient.is_empty() => {
                let row = outcome.row;
                format!("{table}, {}: {}", told(&say!("row {row}", row)), shown(fault))
            }
            MessageFormat::Human => {
                let (row, recipient) = (outcome.row, &outcome.recipient);
                let row = told(&say!("row {row}", row));
                format!("{table}, {row} ({recipient}): {}", shown(fault))
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
    fault.in_language(language::now()).to_string()
}

pub(crate) fn json(diagnostic: &Diagnostic) -> serde_json::Value {
    serde_json::to_value(diagnostic).unwrap_or_default()
}
