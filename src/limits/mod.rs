//! Limits: how much one document may ask for, and how it is stopped.
//!
//! [`Limits`] hold for all stages; an engine carries them ([`EngineBuilder::limits`]). What passes
//! one is refused with a fault whose code names it (`limit-pages`), its place, and how to raise it.
//! A [`Cancel`] token stops a document that is being made, from any other thread.
//!
//! ```
//! use itog::limits::Limits;
//! let limits = Limits::default().with_pages(50).with_time(std::time::Duration::from_secs(5));
//! assert_eq!(limits.pages, 50);
//! # #[cfg(feature = "bundled-fonts")]
//! let engine = itog::Engine::builder().limits(limits).build()?;
//! # Ok::<(), itog::Error>(())
//! ```
//!
//! [`EngineBuilder::limits`]: crate::engine::EngineBuilder::limits

mod watch;

use std::time::Duration;

pub use watch::Cancel;
pub(crate) use watch::{Watch, at, get, spend_steps, stop, tick, used_memory, wall, within};

use watch::spend_memory;

use crate::diag::{Diagnostic, Error, Message, Sources, nearest, say};

// One table gives fields, defaults, setters and names: a limit that lacked one of them could be met
// and not be raised.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident, $with:ident = $default:expr;)+) => {
        /// How much one document may ask for.
        ///
        /// The defaults leave room for any document that people read, and keep what strangers send
        /// within a few seconds and some hundred megabytes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $name: usize,)+
            /// How long each call that makes something of a document may take: `compose`,
            /// `to_pdf`, `to_docx`, one record of a batch. Default: as long as it takes.
            pub time: Option<Duration>,
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ time: None }
            }
        }

        impl Limits {
            /// The names of all limits that are numbers.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            $(
                #[doc = concat!("The same limits with another [`", stringify!($name), "`](Self::",
                    stringify!($name), ").")]
                #[must_use]
                pub fn $with(self, $name: usize) -> Self {
                    Self { $name, ..self }
                }
            )+

            fn named(&mut self, name: &str) -> Option<&mut usize> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

limits! {
    /// Bytes in a file of data, and bytes that YAML's aliases may unfold to. Default: 16 MiB.
    data_bytes, with_data_bytes = 16 << 20;
    /// Lists and maps of data inside of each other, at most 256. Default: 64.
    data_depth, with_data_depth = 64;
    /// Texts, lists and maps in a file of data. Default: 500,000.
    data_values, with_data_values = 500_000;
    /// Faults of data that are reported in one run. Default: 100.
    data_faults, with_data_faults = 100;
    /// Files that a template is made of: `.hbs`, stylesheets, what they import. Default: 1,000.
    sources, with_sources = 1000;
    /// Bytes of all these files together. Default: 16 MiB.
    source_bytes, with_source_bytes = 16 << 20;
    /// Expressions in all files of a template. Default: 20,000.
    expressions, with_expressions = 20_000;
    /// What a template does for one document: values printed, conditions, partials, turns of
    /// loops. Default: 4,000,000.
    template_steps, with_template_steps = 4_000_000;
    /// Bytes of markup that a template makes. Default: 64 MiB.
    markup_bytes, with_markup_bytes = 64 << 20;
    /// Elements in the markup. Default: 250,000.
    elements, with_elements = 250_000;
    /// Attributes of one element. Default: 256.
    attributes, with_attributes = 256;
    /// Classes of one element. Default: 256.
    classes, with_classes = 256;
    /// Places for cells in one table: rows times columns, spanned places among them.
    /// Default: 250,000.
    cells, with_cells = 250_000;
    /// Pages of a document. Default: 10,000.
    pages, with_pages = 10_000;
    /// Letters in one word: what stands between two spaces. Default: 50,000.
    word, with_word = 50_000;
    /// Glyphs on all pages of a document. Default: 20,000,000.
    glyphs, with_glyphs = 20_000_000;
    /// Bytes of memory that a document may take, as reckoned from its elements, texts, cells,
    /// pictures and glyphs: what they take at most on a system of 64 bits. Default: 2 GiB.
    memory, with_memory = 2 << 30;
    /// Bytes of a row of a table: of a line of CSV or JSON lines. Default: 1 MiB.
    record_bytes, with_record_bytes = 1 << 20;
    /// Columns of a table that is read. Default: 1,000.
    columns, with_columns = 1000;
    /// Pixels of one picture. Default: 50,000,000.
    pixels, with_pixels = 50_000_000;
    /// How far from the origin an SVG drawing may reach, in CSS pixels. Default: 1,000,000.
    coordinate, with_coordinate = 1_000_000;
    /// Shapes of an SVG drawing, with all that `use`, markers and patterns repeat.
    /// Default: 200,000.
    shapes, with_shapes = 200_000;
    /// Path segments of an SVG drawing, the strokes of dashed lines among them.
    /// Default: 1,000,000.
    segments, with_segments = 1_000_000;
    /// Pixels that an SVG drawing's layers and filters go over, in all. Default: 1,000,000,000.
    drawing_steps, with_drawing_steps = 1_000_000_000;
    /// Parts of a DOCX that serves as a template. Default: 2,000.
    word_parts, with_word_parts = 2000;
    /// Bytes that its parts unpack to. Default: 64 MiB.
    word_bytes, with_word_bytes = 64 << 20;
}

impl Limits {
    /// The same limits with another [`time`](Self::time).
    #[must_use]
    pub fn with_time(self, time: Duration) -> Self {
        Self { time: Some(time), ..self }
    }

    /// Reads under these limits. Data are read before any engine knows of them; whatever of
    /// [`model`](crate::model) is called within `work`, in this thread, is held to these limits
    /// instead of the defaults. [`time`](Self::time) is not looked at.
    ///
    /// ```
    /// use itog::limits::Limits;
    /// use itog::model::{self, Format};
    /// let limits = Limits::default().with_data_values(2);
    /// let read = limits.hold(|| model::values(b"a: [1, 2, 3]", "own.yaml", Format::Yaml));
    /// # #[cfg(feature = "yaml")]
    /// assert_eq!(read.unwrap_err().diagnostics()[0].code(), "limit-data-values");
    /// ```
    pub fn hold<T>(self, work: impl FnOnce() -> T) -> T {
        within(Self { time: None, ..self }, work)
    }

    /// Sets a limit by its name, as programs take it from their arguments: `pages=50`, `time=2.5`
    /// (seconds).
    ///
    /// ```
    /// use itog::limits::Limits;
    /// assert_eq!(Limits::default().with_named("pages=50")?.pages, 50);
    /// assert!(Limits::default().with_named("pgaes=50").is_err());
    /// # Ok::<(), itog::Error>(())
    /// ```
    ///
    /// # Errors
    /// `limit-name` if there is no such limit, or no number behind it.
    pub fn with_named(mut self, setting: &str) -> Result<Self, Error> {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        // As this code and people write large numbers: `20_000`.
        let value = value.replace('_', "");
        let refused = || {
            Diagnostic::error("limit-name", say!("`{setting}` sets no limit", setting))
                .hint(say!("write a limit and its number, such as `pages=20000`"))
        };
        if name == "time" {
            // What is negative, endless or no number at all is no span of time.
            let seconds = value.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
            return Ok(self.with_time(seconds.ok_or_else(refused)?));
        }
        let Some(limit) = self.named(name) else {
            let near = nearest(name, Self::NAMES.iter().copied());
            let refused = match near {
                Some(near) => refused().hint(say!("did you mean `{near}`?", near)),
                None => refused(),
            };
            return Err(refused.into());
        };
        *limit = value.parse().map_err(|_| refused())?;
        Ok(self)
    }
}

/// Whether a template may have one more source, of this text.
pub(crate) fn room_for_source(sources: &Sources, text: &str) -> Result<(), Diagnostic> {
    let limits = get();
    let (count, bytes) = sources.size();
    if count >= limits.sources {
        let limit = limits.sources;
        let message = say!("the template is made of more than {limit} files", limit);
        return Err(reached("limit-sources", message));
    }
    // Before it is taken in: one file may be all that is too much.
    if bytes + text.len() > limits.source_bytes {
        let limit = limits.source_bytes;
        let message = say!("the files of the template have more than {limit} bytes", limit);
        return Err(reached("limit-source-bytes", message));
    }
    Ok(())
}

/// Reckons that a document takes so much more memory; tells when it takes too much.
pub(crate) fn hold_memory(bytes: usize) -> Result<(), Diagnostic> {
    spend_memory(bytes).map_err(|limit| {
        let message = say!("the document would take more than {limit} bytes of memory", limit);
        reached("limit-memory", message)
    })
}

/// The fault of a limit that was reached. The code names the limit: `limit-data-bytes` is
/// [`Limits::data_bytes`].
pub(crate) fn reached(code: &'static str, message: impl Into<Message>) -> Diagnostic {
    let name = code.trim_start_matches("limit-").replace('-', "_");
    Diagnostic::error(code, message).hint(say!(
        "if so much is meant, raise it: `--limit {name}=…`, in a program `Limits::with_{name}`",
        name
    ))
}
