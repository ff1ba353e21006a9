//! How far a batch is.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use itog::batch::{Outcome, Status, Summary};
use itog::diag::{Language, Value, say};

use crate::language::{self, told};

use crate::output;

/// A bar on a terminal, and nothing elsewhere.
pub(crate) struct Progress {
    bar: ProgressBar,
    so_far: (u64, u64, u64),
    left: u64,
}

impl Progress {
    /// `total` is asked only if somebody will see it, and beside the work: the bar moves from the
    /// first second on, however long the table takes to count.
    pub(crate) fn new(total: impl FnOnce() -> Option<u64> + Send + 'static) -> Self {
        let bar = if stderr().is_terminal() && !output::is_quiet() {
            let bar = styled(ProgressBar::new_spinner(), "{spinner} {pos}{msg}, {rate}");
            bar.enable_steady_tick(Duration::from_millis(200));
            let counted = bar.clone();
            thread::spawn(move || {
                if let Some(total) = total() {
                    counted.set_length(total);
                    let form = match language::now() {
                        Language::Russian => "{bar:30} {pos} из {len}{msg}, {rate}, ещё {eta}",
                        _ => "{bar:30} {pos} of {len}{msg}, {rate}, {eta} left",
                    };
                    styled(counted, form);
                }
            });
            bar
        } else {
            ProgressBar::hidden()
        };
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
            self.bar.set_message(told(&say!(", {failed} failed", failed = self.so_far.2)));
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

/// The bar in a form; one that is faulty leaves the usual one.
fn styled(bar: ProgressBar, form: &str) -> ProgressBar {
    match ProgressStyle::with_template(form) {
        Ok(style) => {
            bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                let rate = Value::decimal(state.per_sec(), 0);
                let _ = out.write_str(&told(&say!("{rate} a second", rate)));
            }));
            bar
        }
        Err(_) => bar,
    }
}
