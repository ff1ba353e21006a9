//! Waits for files to be saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use itog::diag::{Diagnostic, Error, say};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long it must be quiet before files count as saved: editors write in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// Folders that are watched.
pub(crate) struct Watch {
    events: Receiver<notify::Result<Event>>,
    /// It ends when it is dropped.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches the folders of these files, and these folders with all that is in them.
    pub(crate) fn new<'a>(
        files: impl IntoIterator<Item = &'a Path>,
        folders: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Self, Error> {
        let files: Vec<&Path> = files.into_iter().collect();
        if files.contains(&Path::new("-")) {
            let message = say!("stdin is read once, and cannot be watched");
            let fault = Diagnostic::error("watch-stdin", message);
            return Err(fault.hint(say!("save the data as a file")).into());
        }
        let (sender, events) = mpsc::channel();
        let fault = |fault: notify::Error| {
            Error::from(Diagnostic::error("watch", say!("files cannot be watched: {fault}", fault)))
        };
        let mut watcher = notify::recommended_watcher(sender).map_err(fault)?;
        // A file is often replaced by another of its name, so its folder is what is watched.
        let beside = files.into_iter().map(|file| (folder(file), RecursiveMode::NonRecursive));
        let inside = folders.into_iter().map(|it| (it.to_owned(), RecursiveMode::Recursive));
        for (folder, mode) in beside.chain(inside) {
            watcher.watch(&folder, mode).map_err(fault)?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits until something was saved that is not among what the program itself writes.
    pub(crate) fn wait(&self, own: impl Fn(&Path) -> bool) {
        let matters = |event: &notify::Result<Event>| match event {
            Ok(event) => {
                !matches!(event.kind, EventKind::Access(_))
                    && event.paths.iter().any(|path| !own(path) && !is_aside(path))
            }
            // Events were lost: look at everything anew.
            Err(_) => true,
        };
        while let Ok(event) = self.events.recv() {
            if matters(&event) {
                break;
            }
        }
        while !matches!(self.events.recv_timeout(QUIET), Err(RecvTimeoutError::Timeout)) {}
    }
}

/// The folder that a file lies in.
fn folder(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether a file is one that programs keep for themselves: half-written, locks, copies.
fn is_aside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Those of this program, of Word and Excel, of LibreOffice, of Vim and Emacs.
    name.ends_with(".part")
        || name.starts_with("~$")
        || name.starts_with(".~")
        || name.starts_with(".#")
        || name.ends_with('~')
        || name.ends_with(".swp")
}
