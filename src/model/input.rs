//! From the bytes of a file to data: formats, limits, and what cannot be read at all.

use std::fs::File;
use std::io::Read as _;
use std::path::Path as FilePath;
use std::sync::Arc;

use super::read::{At, Cx, Read};
#[cfg(feature = "toml")]
use super::toml;
use super::tree::{DataNode, DataValue, Path, SyntaxFault};
#[cfg(feature = "yaml")]
use super::yaml;
use super::{Common, Document, damage, encoding, json};
use crate::diag::{Diagnostic, Error, Place, Severity, Source, Warned, say};
use crate::limits;
pub use crate::limits::Limits;

/// The deepest data, whatever the limits say.
const DEEPEST: usize = 256;

/// The language that data are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// YAML 1.2; needs the feature `yaml`.
    Yaml,
    /// JSON (RFC 8259).
    Json,
    /// TOML 1.0; needs the feature `toml`.
    Toml,
}

impl Format {
    /// The format that a file's name tells: `.yaml`, `.yml`, `.json`, `.toml`, and each of them
    /// with a `.txt` behind.
    pub fn from_path(path: &FilePath) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            // Notepad adds its own ending to what it saves, and Explorer hides it.
            "txt" => Self::from_path(FilePath::new(path.file_stem()?)),
            _ => None,
        }
    }

    /// The format that a file's name tells.
    ///
    /// # Errors
    /// `data-format` if it tells none.
    pub fn of(path: &FilePath) -> Result<Self, Error> {
        Self::from_path(path).ok_or_else(|| {
            Diagnostic::error(
                "data-format",
                say!(
                    "{path}: cannot tell the format from the file's ending",
                    path = path.display()
                ),
            )
            .hint(say!(
                "data is read from .yaml, .yml, .json and .toml files, and from stdin with `-`"
            ))
            .into()
        })
    }
}

/// Reads the data of one document within the usual [`Limits`]; `name` is what faults call the file.
///
/// # Errors
/// All faults of the data, each with its line and column and its path.
///
/// ```
/// use itog::model::{self, Document, Format};
///
/// let text = r#"{"kind": "Резолюция", "recommendations": ["Провести форум."]}"#;
/// let read = model::read(text.as_bytes(), "resolution.json", Format::Json)?;
/// let Document::Final(document) = read.value else { panic!() };
/// assert_eq!(document.kind, "Резолюция");
///
/// let text = text.replace("recommendations", "recomendations");
/// let error = model::read(text.as_bytes(), "resolution.json", Format::Json).unwrap_err();
/// assert!(error.to_string().contains("did you mean `recommendations`?"));
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Document>, Error> {
    read_as(bytes, name, format)
}

/// Reads the data of one document from a file; its ending tells the [`Format`].
///
/// ```no_run
/// let document = itog::model::open("resolution.yaml")?.warn_with(|w| eprintln!("{w}"));
/// # Ok::<(), itog::Error>(())
/// ```
///
/// # Errors
/// [`Error::Io`] if the file cannot be read, `data-format` if its ending is not known, else as
/// [`read`].
pub fn open(path: impl AsRef<FilePath>) -> Result<Warned<Document>, Error> {
    let path = path.as_ref();
    // What is not there, or is a folder, has no ending that could be wrong.
    let bytes = bytes_of(path)?;
    let read = read(&bytes, &path.display().to_string(), Format::of(path)?)?;
    let folder = path.parent().unwrap_or(FilePath::new(""));
    let mut whole = read.value.with_organization(folder)?;
    // The document's own warnings before those of the letterhead.
    whole.warnings.splice(0..0, read.warnings);
    Ok(whole)
}

/// The bytes of a file; at most one more than is allowed, so that a huge file is refused without
/// being read whole.
pub(super) fn bytes_of(path: &FilePath) -> Result<Vec<u8>, Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that `decode` sees that there is more.
    let limit = (limits::get().data_bytes as u64).saturating_add(1);
    File::open(path).map_err(fault)?.take(limit).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// Reads the data of one document within limits of your own.
///
/// # Errors
/// As [`read`].
pub fn read_within(
    bytes: &[u8],
    name: &str,
    format: Format,
    limits: &Limits,
) -> Result<Warned<Document>, Error> {
    limits.hold(|| read(bytes, name, format))
}

impl Common {
    /// Reads what the certificates of a batch share: a certificate's keys, of which none must be
    /// there.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Self>, Error> {
        read_as(bytes, name, format)
    }
}

pub(super) fn read_as<T: Read>(
    bytes: &[u8],
    name: &str,
    format: Format,
) -> Result<Warned<T>, Error> {
    let mut faults = Vec::new();
    let (source, root) = root(bytes, name, format, &mut faults)?;
    let cx = Cx::new(Some(source));
    // After a fault of syntax «the file is empty» would be a second, false one.
    let whole = faults.is_empty();
    faults.into_iter().for_each(|fault| cx.push(fault));
    let value = match &root {
        // A file of comments alone.
        Some(node) if matches!(node.value, DataValue::Null) => {
            cx.push(empty(name));
            None
        }
        Some(node) => T::read(&At { cx: &cx, node, path: &Path::Root }),
        None if whole => {
            cx.push(empty(name));
            None
        }
        None => None,
    };
    finish(cx, value)
}

/// How deep data may be. They are walked by recursion: no limit of a caller's may overflow the
/// stack of a thread.
pub(super) fn deepest() -> usize {
    limits::get().data_depth.min(DEEPEST)
}

/// The file as a tree, with its faults of syntax.
pub(super) fn root(
    bytes: &[u8],
    name: &str,
    format: Format,
    faults: &mut Vec<Diagnostic>,
) -> Result<(Arc<Source>, Option<DataNode>), Error> {
    let limits = &limits::get().with_data_depth(deepest());
    let source = decode(bytes, name, limits)?;
    let text = source.text();
    let mut found: Vec<SyntaxFault> = damage::merge(text).into_iter().collect();
    let mut root = match format {
        // What a parser says of it would be false.
        _ if !found.is_empty() => None,
        Format::Json => json::parse(text, limits, &mut found),
        #[cfg(feature = "yaml")]
        Format::Yaml => yaml::parse(text, limits, &mut found),
        #[cfg(feature = "toml")]
        Format::Toml => toml::parse(text, limits, &mut found),
        #[cfg(not(all(feature = "yaml", feature = "toml")))]
        _ => {
            let fault = Diagnostic::error(
                "format",
                say!("this program was built without {format}", format = format!("{format:?}")),
            );
            return Err(fault
                .hint(say!("build it with the feature `yaml` or `toml`, or give the data as JSON"))
                .into());
        }
    };
    if let Some(root) = &mut root {
        damage::look(root, text, &mut found);
    }
    faults.extend(found.into_iter().map(|SyntaxFault { diagnostic, range }| {
        diagnostic.at(Place::new(Arc::clone(&source), range))
    }));
    Ok((source, root))
}

/// What is wrong with a file: an error if it cannot be read as it stands, else the warnings.
pub(super) fn readable(faults: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Error> {
    let broken = faults.iter().any(|fault| fault.severity() == Severity::Error);
    if broken { Err(Error::Invalid(faults)) } else { Ok(faults) }
}

pub(super) fn finish<T>(cx: Cx, value: Option<T>) -> Result<Warned<T>, Error> {
    let warned = cx.into_sink().finish(())?;
    match value {
        Some(value) => Ok(warned.map(|()| value)),
        None => Err(Diagnostic::error("wrong-type", say!("the data cannot be read")).into()),
    }
}

/// The bytes as text, or why they are not text.
fn decode(bytes: &[u8], name: &str, limits: &Limits) -> Result<Arc<Source>, Error> {
    if bytes.len() > limits.data_bytes {
        let message = say!(
            "{name} has {bytes} bytes; the limit is {limit}",
            name,
            bytes = bytes.len(),
            limit = limits.data_bytes
        );
        return Err(limits::reached("limit-data-bytes", message)
            .hint(say!("is it the right file?"))
            .into());
    }
    if let Some(text) = encoding::utf_16(bytes) {
        return match text.trim().is_empty() {
            true => Err(empty(name).into()),
            false => Ok(Source::new(name, text)),
        };
    }
    // Notepad marks UTF-8 with a byte order mark, which is not text.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(empty(name).into()),
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => match encoding::windows_1251(bytes) {
            Some(text) => Ok(Source::new(name, text)),
            None => Err(not_utf8(bytes, name, error.valid_up_to()).into()),
        },
    }
}

fn not_utf8(bytes: &[u8], name: &str, at: usize) -> Diagnostic {
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let message = say!(
        "{name} is not UTF-8: byte {at} is 0x{byte}",
        name,
        at = at + 1,
        byte = format!("{:02X}", bytes[at])
    );
    let save = say!("in Notepad: «File», «Save as», and below «Encoding» take UTF-8");
    let hint = say!("save it as UTF-8: {save}", save);
    let place = Place::new(source, at..at + '\u{FFFD}'.len_utf8());
    Diagnostic::error("not-utf8", message).at(place).hint(hint)
}

fn empty(name: &str) -> Diagnostic {
    let fault = Diagnostic::error("empty", say!("{name} is empty", name));
    fault.hint(say!(
        "the least that a document has is its `kind` and one section, such as `recommendations`"
    ))
}
