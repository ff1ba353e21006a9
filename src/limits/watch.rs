//! What watches over a document while it is made: its limits, its deadline, its [`Cancel`] token,
//! and the wall that a panic stops at.
//!
//! A watch is set for a thread ([`Watch::run`]), and long loops look at it by [`tick`]. So none of
//! the stages has to hand it on, and none has to hand an interruption back: it unwinds to the wall,
//! as a panic would, but without a message on stderr. Where panics abort, as on the web, a document
//! is stopped between the stages only.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::{Limits, reached};
use crate::diag::{Diagnostic, Message, Place, Span, say};

/// How many [`tick`]s pass between two looks at the clock. A tick stands before work of some
/// microseconds, at most of a millisecond (a long paragraph).
const TICKS: u32 = 32;

/// Stops documents that are being made: clone it, give one to
/// [`Design::with_cancel`](crate::Design::with_cancel), keep the other.
///
/// ```
/// use itog::limits::Cancel;
/// let cancel = Cancel::new();
/// std::thread::scope(|scope| {
///     scope.spawn(|| cancel.cancel());
/// });
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A token that stops nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops what was given this token: it ends with the fault `cancelled`.
    pub fn cancel(&self) {
        // Nothing else is handed over by it, so that no other memory has to be seen with it.
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What documents are watched by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    pub(crate) limits: Limits,
    pub(crate) cancel: Cancel,
    /// Bytes that were reckoned before, in another call for the same document.
    pub(crate) used: usize,
}

/// A watch at work.
struct ActiveWatch {
    watch: Watch,
    until: Option<Instant>,
    /// What is being worked at.
    at: Option<Span>,
    steps: usize,
    memory: usize,
}

impl ActiveWatch {
    fn new(watch: Watch) -> Self {
        let until = watch.limits.time.map(|time| Instant::now() + time);
        let memory = watch.used;
        Self { watch, until, at: None, steps: 0, memory }
    }
}

thread_local! {
    static RUNNING: RefCell<Option<ActiveWatch>> = const { RefCell::new(None) };
    /// Ticks until the next look.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// What unwinds when a document is stopped.
struct Stopped(Diagnostic);

impl Watch {
    /// Does the work under this watch. A panic in it, a limit and an interruption become a fault;
    /// `place` finds where in the sources it happened.
    pub(crate) fn run<T>(
        &self,
        place: impl FnOnce(Span) -> Option<Place>,
        work: impl FnOnce() -> T,
    ) -> Result<T, Diagnostic> {
        let outer = RUNNING.replace(Some(ActiveWatch::new(self.clone())));
        // The first tick looks at once: what was cancelled before it began does nothing.
        LEFT.set(0);
        // All that stages share is put in when it is whole, so that an unwinding leaves no halves.
        let done = panic::catch_unwind(AssertUnwindSafe(work));
        let running = RUNNING.replace(outer);
        done.map_err(|payload| {
            let fault = match payload.downcast::<Stopped>() {
                Ok(stopped) => stopped.0,
                Err(payload) => internal(&say!("the library"), &*payload),
            };
            let at = running.and_then(|running| running.at).and_then(place);
            if fault.place().is_none() { fault.at(at) } else { fault }
        })
    }
}

/// Does the work of a library that may panic. Interruptions pass through.
pub(crate) fn wall<T>(
    what: impl FnOnce() -> Message,
    work: impl FnOnce() -> T,
) -> Result<T, Diagnostic> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        // It is meant for the wall of the document, which stands farther out.
        if payload.is::<Stopped>() {
            panic::resume_unwind(payload);
        }
        internal(&what(), &*payload)
    })
}

fn internal(what: &Message, payload: &(dyn Any + Send)) -> Diagnostic {
    let said = payload.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    // One line of it: assertions print whole values.
    let said: String = said.lines().next().unwrap_or_default().chars().take(200).collect();
    Diagnostic::error("internal", say!("{what} failed at this input: {said}", what, said)).hint(
        say!("this is a fault of the program: please report it, with the input that shows it"),
    )
}

/// The limits that hold now.
pub(crate) fn get() -> Limits {
    RUNNING.with_borrow(|running| running.as_ref().map_or_else(Limits::default, |r| r.watch.limits))
}

/// Says what is being worked at, for faults that have no place of their own.
pub(crate) fn at(span: Option<Span>) {
    // Within a box that has no place the one around it is nearer than none.
    if span.is_some() {
        RUNNING.with_borrow_mut(|running| running.iter_mut().for_each(|r| r.at = span));
    }
}

/// Looks whether to go on; every long loop does so at each turn.
#[inline]
pub(crate) fn tick() {
    match LEFT.get() {
        0 => look(),
        left => LEFT.set(left - 1),
    }
}

#[cold]
fn look() {
    LEFT.set(TICKS);
    let why = RUNNING.with_borrow(|running| {
        let running = running.as_ref()?;
        if running.watch.cancel.is_cancelled() {
            return Some(Diagnostic::error("cancelled", say!("the document was cancelled")));
        }
        let time = running.watch.limits.time?;
        running.until.filter(|until| Instant::now() >= *until)?;
        let seconds = format!("{}", time.as_secs_f64());
        Some(reached("limit-time", say!("it takes longer than {seconds} s", seconds)))
    });
    if let Some(why) = why {
        stop(why);
    }
}

/// Counts what a template does; tells when it has done too much.
pub(crate) fn spend_steps(steps: usize) -> Result<(), usize> {
    tick();
    RUNNING.with_borrow_mut(|running| {
        let Some(running) = running else { return Ok(()) };
        running.steps = running.steps.saturating_add(steps);
        let most = running.watch.limits.template_steps;
        if running.steps > most { Err(most) } else { Ok(()) }
    })
}

/// Reckons memory; gives the limit when there is too much.
pub(super) fn spend_memory(bytes: usize) -> Result<(), usize> {
    RUNNING.with_borrow_mut(|running| {
        let Some(running) = running else { return Ok(()) };
        // What strangers claim may add up to more than there are numbers.
        running.memory = running.memory.saturating_add(bytes);
        let most = running.watch.limits.memory;
        if running.memory > most { Err(most) } else { Ok(()) }
    })
}

/// The memory that was reckoned so far.
pub(crate) fn used_memory() -> usize {
    RUNNING.with_borrow(|running| running.as_ref().map_or(0, |running| running.memory))
}

/// Does work that belongs to no document, such as reading a row, under limits.
pub(crate) fn within<T>(limits: Limits, work: impl FnOnce() -> T) -> T {
    struct Restore(Option<ActiveWatch>);
    impl Drop for Restore {
        fn drop(&mut self) {
            RUNNING.set(self.0.take());
        }
    }
    let watch = Watch { limits, ..Watch::default() };
    // Given back also where the work panics: the thread goes on with other documents.
    let _outer = Restore(RUNNING.replace(Some(ActiveWatch::new(watch))));
    work()
}

/// Ends the document here, if there is a wall to end at.
pub(crate) fn stop(why: Diagnostic) {
    let walled = RUNNING.with_borrow(Option::is_some);
    if walled && cfg!(panic = "unwind") {
        // Unlike `panic!` it prints nothing.
        panic::resume_unwind(Box::new(Stopped(why)));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn nowhere(_: Span) -> Option<Place> {
        None
    }

    #[test]
    fn a_panic_stops_at_the_wall() {
        let watch = Watch::default();
        let fault = watch
            .run(nowhere, || wall(|| Message::verbatim("a library"), || panic!("seven {}", 7)));
        assert_eq!(
            fault.unwrap().map(|(): ()| ()).unwrap_err().message().to_string(),
            "a library failed at this input: seven 7"
        );
    }

    #[test]
    fn an_interruption_passes_inner_walls() {
        let watch = Watch::default();
        watch.cancel.cancel();
        let ended = watch.run(nowhere, || wall(|| Message::verbatim("a library"), tick));
        assert_eq!(ended.unwrap_err().code(), "cancelled");
        // The watch of one document does not stay for the next.
        assert_eq!(Watch::default().run(nowhere, tick).map_err(|fault| fault.code()), Ok(()));
    }

    #[test]
    fn a_deadline_is_seen_within_some_ticks() {
        let limits = Limits::default().with_time(Duration::from_millis(5));
        let watch = Watch { limits, ..Watch::default() };
        let ended = watch.run(nowhere, || {
            loop {
                tick();
            }
        });
        let fault = ended.map_err(|fault| fault.code());
        assert_eq!(fault.map(|never: ()| never), Err("limit-time"));
    }
}
