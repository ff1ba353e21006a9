//! Files beside a template: the one way by which the library reads anything.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::diag::{Diagnostic, Error, say};

/// The largest file that is read, in bytes (64 MB).
pub const MAX_FILE: u64 = 64 << 20;

/// How many files of a [`Loader`] are kept, and how many bytes of them. What is beyond is asked for
/// anew each time.
const KEPT: (usize, usize) = (1000, 64 << 20);

/// Where files come from that are neither on disk nor in memory: a database, an object store, a
/// tenant's share.
///
/// [`Files::loader`] makes a folder of it: only plain names within it are asked for (no `..`, no
/// leading slash), a file is at most [`MAX_FILE`] bytes long, and what was found or is missing is
/// remembered, so that each name is asked for once, by one thread.
///
/// ```
/// use std::io;
/// use itog::files::{Files, Loader};
///
/// struct Rows;
/// impl Loader for Rows {
///     fn load(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
///         Ok((name == "style.css").then(|| b"p { margin: 0 }".to_vec()))
///     }
///     fn names(&self) -> Vec<String> {
///         vec!["style.css".to_owned()]
///     }
/// }
/// let files = Files::loader(Rows);
/// assert!(files.read("style.css").is_ok());
/// assert_eq!(files.read("../secret").unwrap_err().diagnostics()[0].code(), "file-outside");
/// assert_eq!(files.read("style.cs").unwrap_err().diagnostics()[0].code(), "file-missing");
/// ```
pub trait Loader: Send + Sync {
    /// The bytes of a file, or `None` if there is none of that name.
    ///
    /// # Errors
    /// It could not be found out. That is told as `file-read`, and asked again the next time.
    fn load(&self, name: &str) -> io::Result<Option<Vec<u8>>>;

    /// The names of the files beside `template.hbs`: partials and tables of words are found by
    /// them, and names that are misspelt.
    fn names(&self) -> Vec<String>;

    /// A file's name as a user would know it.
    fn display_name(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// A loader with what it has said.
struct LoadedFiles {
    loader: Box<dyn Loader>,
    names: OnceLock<Vec<String>>,
    /// A lock for each name, so that nobody waits for another's file.
    known: Mutex<BTreeMap<String, Arc<Mutex<Known>>>>,
    bytes: Mutex<usize>,
}

/// What is known of a name: nothing yet, that there is none, or its bytes.
type Known = Option<Option<Arc<[u8]>>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic of a loader leaves what was known as it was.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl LoadedFiles {
    fn load(&self, name: &str) -> io::Result<Option<Arc<[u8]>>> {
        let slot = {
            let mut known = lock(&self.known);
            match known.get(name) {
                Some(slot) => Some(Arc::clone(slot)),
                None if known.len() >= KEPT.0 => None,
                None => {
                    let slot = Arc::<Mutex<Known>>::default();
                    known.insert(name.to_owned(), Arc::clone(&slot));
                    Some(slot)
                }
            }
        };
        let ask = || Ok::<_, io::Error>(self.loader.load(name)?.map(Arc::<[u8]>::from));
        let Some(slot) = slot else { return ask() };
        let mut known = lock(&slot);
        if let Some(known) = &*known {
            return Ok(known.clone());
        }
        let found = ask()?;
        let size = found.as_ref().map_or(0, |bytes| bytes.len());
        let mut kept = lock(&self.bytes);
        if *kept + size <= KEPT.1 {
            *kept += size;
            *known = Some(found.clone());
        }
        Ok(found)
    }
}

/// A folder that names are looked up in: one on disk, or one bundled in the program. Nothing
/// outside of it can be named.
///
/// ```
/// use itog::files::Files;
/// let files = Files::bundled(&[("style.css", b"p { margin: 0 }")]);
/// assert!(files.read("style.css").is_ok());
/// assert_eq!(files.read("../secret").unwrap_err().diagnostics()[0].code(), "file-outside");
/// ```
#[derive(Clone)]
pub struct Files(Store);

#[derive(Clone)]
enum Store {
    Bundled(&'static [(&'static str, &'static [u8])]),
    Memory(Arc<[(String, Vec<u8>)]>),
    Folder(Arc<Path>),
    Loaded(Arc<LoadedFiles>),
    Either(Arc<(Files, Files)>),
}

impl Files {
    /// Files in the program: names (with `/`) and contents.
    pub const fn bundled(entries: &'static [(&'static str, &'static [u8])]) -> Self {
        Self(Store::Bundled(entries))
    }

    /// Files in memory: names (with `/`) and contents, such as a template that a service keeps in
    /// its database.
    pub fn memory(entries: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self(Store::Memory(entries.into_iter().collect()))
    }

    /// A folder on disk.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Store::Folder(Arc::from(path.into())))
    }

    /// The files that a [`Loader`] finds.
    pub fn loader(loader: impl Loader + 'static) -> Self {
        let (names, known, bytes) = (OnceLock::new(), Mutex::default(), Mutex::default());
        Self(Store::Loaded(Arc::new(LoadedFiles { loader: Box::new(loader), names, known, bytes })))
    }

    /// These files, and those of another folder whose names these do not have.
    ///
    /// ```
    /// use itog::files::Files;
    /// let base = Files::bundled(&[("style.css", b"p {}"), ("stamp.png", b"...")]);
    /// let files = Files::bundled(&[("style.css", b"")]).or(base);
    /// assert!(files.read("style.css").unwrap().is_empty() && files.read("stamp.png").is_ok());
    /// ```
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(Store::Either(Arc::new((self, other))))
    }

    /// The file's name as a user would know it.
    pub fn display_name(&self, name: &str) -> String {
        match &self.0 {
            Store::Bundled(_) | Store::Memory(_) => name.to_owned(),
            Store::Folder(folder) => folder.join(name).display().to_string(),
            Store::Loaded(loaded) => loaded.loader.display_name(name),
            Store::Either(both) => both.0.display_name(name),
        }
    }

    /// The names of all files directly in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = match &self.0 {
            Store::Bundled(entries) => entries.iter().map(|(name, _)| (*name).to_owned()).collect(),
            Store::Memory(entries) => entries.iter().map(|(name, _)| name.clone()).collect(),
            Store::Folder(folder) => std::fs::read_dir(folder)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|e| e.path().is_file())
                .filter_map(|e| e.file_name().into_string().ok())
                .collect(),
            Store::Loaded(loaded) => loaded.names.get_or_init(|| loaded.loader.names()).clone(),
            Store::Either(both) => [both.0.names(), both.1.names()].concat(),
        };
        // The order in which a system lists a folder is its own; outputs and messages must not
        // depend on it.
        names.sort();
        names.dedup();
        names
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// `file-outside` if the name leads out of the folder (`..`, an absolute path, a link),
    /// `file-missing`, `file-size`, `file-read`.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, Error> {
        Ok(self.bytes(name)?)
    }

    /// As [`read`](Self::read), for a stage that tells the fault in its place.
    pub(crate) fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, Diagnostic> {
        // Said before anything is looked up, so that a name outside says nothing of whether it
        // exists.
        if Path::new(name)
            .components()
            .any(|c| !matches!(c, Component::Normal(_) | Component::CurDir))
            || name.is_empty()
        {
            return Err(Diagnostic::error(
                "file-outside",
                say!("`{name}` is not a file inside the template's folder", name),
            )
            .hint(say!(
                "put the file beside the template and name it without `..` or a leading slash"
            )));
        }
        // Bundled and given files are found by their very name, which has no `./`.
        let name = name.strip_prefix("./").unwrap_or(name);
        match &self.0 {
            Store::Memory(entries) => {
                let found = entries.iter().find(|(n, _)| n == name);
                found.map(|(_, bytes)| Cow::Owned(bytes.clone())).ok_or_else(|| self.missing(name))
            }
            Store::Bundled(entries) => {
                let found = entries.iter().find(|(n, _)| *n == name);
                found.map(|(_, bytes)| Cow::Borrowed(*bytes)).ok_or_else(|| self.missing(name))
            }
            Store::Folder(folder) => self.read_in(folder, name).map(Cow::Owned),
            Store::Loaded(loaded) => match loaded.load(name) {
                Ok(Some(bytes)) if bytes.len() as u64 > MAX_FILE => {
                    Err(too_large(&self.display_name(name), bytes.len() as u64))
                }
                Ok(Some(bytes)) => Ok(Cow::Owned(bytes.to_vec())),
                Ok(None) => Err(self.missing(name)),
                Err(why) => Err(unreadable(&self.display_name(name), &why)),
            },
            Store::Either(both) => match both.0.bytes(name) {
                // Only a missing file is looked for in the other folder: one that is there and
                // cannot be read must not be replaced by another in silence.
                Err(fault) if fault.code() == "file-missing" => {
                    both.1.bytes(name).map_err(|second| match second.code() {
                        // The first folder is the user's own, so its fault is the one to be
                        // told; the other place is named besides.
                        "file-missing" => match both.1.display_name(name) {
                            // Two folders may call a file the same.
                            other if other == both.0.display_name(name) => fault,
                            file => fault.hint(say!("nor is there {file}", file)),
                        },
                        _ => second,
                    })
                }
                read => read,
            },
        }
    }

    fn read_in(&self, folder: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
        let shown = self.display_name(name);
        let unreadable = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::NotFound => self.missing(name),
            _ => unreadable(&shown, &e),
        };
        // A link inside of the folder may lead out of it: only the resolved path tells.
        let path = folder.join(name).canonicalize().map_err(unreadable)?;
        if !path.starts_with(folder.canonicalize().map_err(unreadable)?) {
            return Err(Diagnostic::error(
                "file-outside",
                say!("{file} is a link that leads out of the template's folder", file = shown),
            ));
        }
        let about = std::fs::metadata(&path).map_err(unreadable)?;
        // A pipe or a device would be waited for for ever.
        if !about.is_file() {
            let message = say!("{shown} is not a file: it is a folder, a pipe or a device", shown);
            return Err(Diagnostic::error("file-read", message));
        }
        // Asked before reading: a file of any size would be in memory otherwise.
        let size = about.len();
        if size > MAX_FILE {
            return Err(too_large(&shown, size));
        }
        std::fs::read(path).map_err(unreadable)
    }

    fn missing(&self, name: &str) -> Diagnostic {
        let names = self.names();
        let fault = Diagnostic::error(
            "file-missing",
            say!("no file {file}", file = self.display_name(name)),
        );
        match crate::diag::nearest(name, names.iter().map(String::as_str)) {
            Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
            None => fault.hint(say!("put the file there, or write its name as it is")),
        }
    }
}

fn unreadable(file: &str, why: &io::Error) -> Diagnostic {
    Diagnostic::error("file-read", say!("cannot read {file}: {why}", file, why))
}

fn too_large(file: &str, size: u64) -> Diagnostic {
    let most = MAX_FILE;
    let message = say!("{file} has {size} bytes; the limit is {most}", file, size, most);
    Diagnostic::error("file-size", message)
}

/// A new file under a name that nobody has, beside `path`: what is written there gets its name by
/// [`std::fs::rename`] once it is whole, so that nobody ever sees half of it.
///
/// The name is random, and the file is made by this call or not at all: no link is followed, and
/// two programs that write to one folder do not touch each other's.
///
/// ```
/// let folder = std::env::temp_dir();
/// let (file, name) = itog::files::temporary(&folder.join("a.pdf"))?;
/// assert!(name.starts_with(&folder));
/// # drop(file);
/// # std::fs::remove_file(name)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// The file cannot be made there.
pub fn temporary(path: &Path) -> io::Result<(File, PathBuf)> {
    loop {
        // The keys of a hash map are random, which is all that is needed here.
        let random = RandomState::new().build_hasher().finish();
        let name = path.with_file_name(format!(".itog-{random:016x}.part"));
        match File::options().write(true).create_new(true).open(&name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|file| (file, name)),
        }
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Store::Bundled(entries) => write!(f, "Files({} bundled)", entries.len()),
            Store::Memory(entries) => write!(f, "Files({} in memory)", entries.len()),
            Store::Folder(folder) => write!(f, "Files({})", folder.display()),
            Store::Loaded(_) => write!(f, "Files(a loader)"),
            Store::Either(both) => write!(f, "{:?} or {:?}", both.0, both.1),
        }
    }
}
