//! `itog` turns data into two documents that agree: a print-ready, archival, accessible PDF and an
//! editable DOCX with real Word styles.
//!
//! Its home ground is the Russian *final document* (итоговый документ, резолюция, решение,
//! протокол) and the *certificate of gratitude* (благодарность, грамота, диплом). People are given
//! in the nominative and printed in the case that the formula asks for.
#![cfg_attr(
    all(feature = "bundled-fonts", feature = "yaml"),
    doc = r#"
```
use itog::Engine;
use itog::model::{self, Format};

let yaml = "
kind: Итоговый документ
event: Семинар школьных библиотекарей
preamble: Участники семинара постановили
gratitude:
  - to: [{name: Егорова Татьяна Вячеславовна, post: заведующая библиотекой}]
";
let data = model::read(yaml.as_bytes(), "seminar.yaml", Format::Yaml)?.value;
let design = Engine::new().load_builtin("final-document")?.value;
let document = design.compose(&data)?.value;
let pdf = document.to_pdf(&Default::default())?.value;
let docx = document.to_docx(&Default::default())?.value;
assert!(pdf.starts_with(b"%PDF") && docx.starts_with(b"PK"));
# Ok::<(), itog::Error>(())
```
"#
)]
//!
//! # The key types
//!
//! - [`engine::Engine`] keeps what documents share; [`engine::Design`] is a template made ready;
//!   [`engine::Composition`] is a document put together, written as PDF and DOCX; its pages are
//!   [`Pictures`] for screens.
//! - [`model::FinalDocument`] and [`model::Certificate`] are what documents say; [`model::read`]
//!   reads them from YAML, JSON or TOML.
//! - [`diag::Diagnostic`] says what is wrong, where, and what to do; [`diag::Error`] holds all of a
//!   run, [`diag::Warned`] those beside a good result.
//! - [`lang::ru`] is Russian by itself: cases of names, posts and organisations, numbers, dates,
//!   typography.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `bundled-fonts` | yes | the faces of `fonts/` inside the program, 4.4 MB |
//! | `yaml`, `toml` | yes | data in YAML and TOML; JSON is always there |
//! | `svg` | yes | SVG pictures and ornaments, pages as PNG |
//! | `batch` | yes | many documents from a table, in parallel |
//! | `xlsx` | yes | tables from Excel |
//!
//! # Promises
//!
//! The same input gives the same bytes, on one thread or many. Nothing is read but the folder of
//! the template and the files that the caller names; nothing is fetched; there is no `unsafe` code.
//! Bad input is a [`diag::Diagnostic`], never a panic.

#[cfg(feature = "batch")]
pub mod batch;
mod boxes;
mod cache;
pub mod diag;
mod docx;
pub mod engine;
pub mod files;
mod font;
mod geometry;
mod image;
mod inspect;
mod layout;
pub mod limits;
mod markup;
pub mod model;
mod pdf;
mod sizing;
mod style;
mod svg;
mod template;
mod text;
pub mod trust;
mod word;

pub use diag::{Diagnostic, Error, Warned};
pub use docx::DocxOptions;
pub use engine::{Composition, Design, Engine};
pub use files::Files;
pub use font::FontBook;
pub use inspect::Check;
// A crate with pages of its own, which are not repeated here.
#[doc(no_inline)]
pub use itog_lang as lang;
pub use limits::{Cancel, Limits};
pub use pdf::{EmbeddedFile, PdfOptions, Standard};
pub use svg::{PagePicture, Pictures};
pub use template::{Builtin, Pattern, builtin, builtins, helper_names};

/// The stages between data and files, for the crate's own tests and benches. Nothing here is
/// promised to stay as it is.
#[doc(hidden)]
pub mod internals {
    macro_rules! stages {
        ($($stage:ident),+) => {
            $(pub mod $stage {
                pub use crate::$stage::*;
            })+
        };
    }
    /// The places that stages hand on.
    pub mod diag {
        pub use crate::diag::datum::Printed;
        pub use crate::diag::source::{SourceId, Sources, Span};
    }
    stages!(
        boxes, docx, font, geometry, image, inspect, layout, markup, pdf, style, template, text
    );
}
