//! `preview`: a document, or the documents of a table, in a browser; made anew as files are saved.

mod look;
mod server;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use itog::diag::Error;

use crate::args::{Check, Preview};
use crate::output::say;
use crate::watch::Watch;
use look::Look;
use server::Answer;

const PAGE: &str = include_str!("page.html");

/// How often something is said to a browser that listens, so that one that is gone is noticed.
const PULSE: Duration = Duration::from_secs(15);

/// What the threads share.
#[derive(Default)]
struct Shared {
    /// How often files were saved.
    version: Mutex<u64>,
    changed: Condvar,
    /// What was made since then, by row.
    looks: Mutex<(u64, BTreeMap<usize, Arc<Look>>)>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn run(args: &Preview) -> Result<(), Error> {
    let what = &args.what;
    let watch = watch(what)?;
    let place = || PathBuf::from(format!("127.0.0.1:{}", args.port));
    let fault = |source| Error::Io { path: place(), source };
    let listener = server::listen(args.port).map_err(fault)?;
    let address = format!("http://{}/", listener.local_addr().map_err(fault)?);
    say(&address)?;
    if args.open {
        open(&address);
    }
    let shared = Arc::new(Shared::default());
    let watched = Arc::clone(&shared);
    thread::spawn(move || {
        loop {
            watch.wait(|_| false);
            *lock(&watched.version) += 1;
            watched.changed.notify_all();
        }
    });
    let title = what.data.data.file_name().unwrap_or_default().to_string_lossy();
    let nonce = nonce();
    server::serve(&listener, &nonce, |request| {
        let look = || shared.look(what, request.number("row"));
        match request.path.as_str() {
            "/" => Answer::Page(PAGE.replace("{{nonce}}", &nonce)),
            "/look" => Answer::Json(look().to_json(&title)),
            "/page" => match look().pages.get(request.number("page")) {
                Some(page) => Answer::Svg(page.clone()),
                None => Answer::Missing,
            },
            "/events" => shared.events(),
            _ => Answer::Missing,
        }
    })
    .map_err(fault)
}

/// Watches the data and what lies beside it, and the template.
fn watch(what: &Check) -> Result<Watch, Error> {
    let joined = what.reading.join.as_deref().and_then(|join| join.first()).map(Path::new);
    let named = [Some(&*what.data.data), what.common.as_deref(), what.data.own.names.as_deref()];
    let template = what.data.template.as_deref().map(Path::new).filter(|path| path.is_dir());
    Watch::new(named.into_iter().flatten().chain(joined), template)
}

/// A word that no other page can know.
fn nonce() -> String {
    let mut bytes = [0; 16];
    // Without it scripts of a stranger's SVG would still find nothing to run: ours has none.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens the browser; where that cannot be done, the address has been told.
fn open(address: &str) {
    let (program, first) = match std::env::consts::OS {
        "windows" => ("explorer", None),
        "macos" => ("open", None),
        _ => ("xdg-open", None::<&str>),
    };
    let mut command = Command::new(program);
    command.args(first).arg(address).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = command.spawn();
}

impl Shared {
    /// What is to be seen of a row, made if nothing of it was since the last change.
    fn look(&self, what: &Check, row: usize) -> Arc<Look> {
        let version = *lock(&self.version);
        {
            let mut looks = lock(&self.looks);
            if looks.0 != version {
                *looks = (version, BTreeMap::new());
            }
            if let Some(look) = looks.1.get(&row) {
                return Arc::clone(look);
            }
        }
        let look = Arc::new(Look::new(what, row));
        let mut looks = lock(&self.looks);
        // Files that were saved meanwhile are seen the next time.
        if looks.0 == version {
            looks.1.insert(row, Arc::clone(&look));
        }
        look
    }

    /// Tells the version now, and each one that comes.
    fn events(self: &Arc<Self>) -> Answer {
        let (shared, mut told) = (Arc::clone(self), None);
        Answer::Events(Box::new(move |out: &mut dyn Write| {
            let now = *lock(&shared.version);
            if told != Some(now) {
                told = Some(now);
                return write!(out, "data: {now}\n\n");
            }
            let same = |version: &mut u64| *version == now;
            let version = lock(&shared.version);
            let waited = shared.changed.wait_timeout_while(version, PULSE, same);
            drop(waited);
            // A line that means nothing shows whether anybody listens.
            out.write_all(b":\n\n")
        }))
    }
}
