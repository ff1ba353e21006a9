use std::fmt::Write;
use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use itog::batch::{Outcome, Status, Summary};

/// A bar on a terminal, and nothing elsewhere.
pub(crate) struct Progress {
    bar: ProgressBar,
    so_far: (u64, u64, u64),
    left: u64,
}

impl Progress {
    /// `total` is asked only if somebody will see it.
    pub(crate) fn new(total: impl FnOnce() -> Option<u64>) -> Self {
        let bar = if stderr().is_terminal() { bar(total()) } else { ProgressBar::hidden() };
        Self { bar, so_far: (0, 0, 0), left: 0 }
    }

    /// Lets something be written above the bar.
    pub(crate) fn aside(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    pub(crate) fn count(&mut self, outcome: &Outcome) {
        match outcome.status {
            Status::Made(_) => self.so_far.0 += 1,
            Status::Skipped(_) => self.so_far.1 += 1,
            Status::Failed(_) => self.so_far.2 += 1,
            Status::Left(_) => self.left += 1,
        }
        self.bar.inc(1);
        if self.so_far.2 > 0 {
            self.bar.set_message(format!(", {} failed", self.so_far.2));
        }
    }

    pub(crate) fn so_far(&self) -> Summary {
        let mut summary = Summary::default();
        (summary.made, summary.skipped, summary.failed) = self.so_far;
        summary.left = self.left;
        summary
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, form) = match total {
        Some(total) => {
            (ProgressBar::new(total), "{bar:30} {pos} of {len}{msg}, {rate}, {eta} left")
        }
        None => (ProgressBar::new_spinner(), "{spinner} {pos}{msg}, {rate}"),
    };
    // A form that is faulty leaves the usual one.
    match ProgressStyle::with_template(form) {
        Ok(style) => {
            bar.with_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{:.0} a second", state.per_sec());
            }))
        }
        Err(_) => bar,
    }
}
