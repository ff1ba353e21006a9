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
use itog::engine::Engine;
use itog::model::{self, Format};

let yaml = "
kind: Итоговый документ
event: Семинар школьных библиотекарей
preamble: Участники семинара постановили
gratitude:
  - to: [{name: Егорова Татьяна Вячеславовна, post: заведующая библиотекой}]
";
let data = model::read(yaml.as_bytes(), "seminar.yaml", Format::Yaml)?.value;
let design = Engine::new().builtin("final-document")?.value;
let document = design.compose(&data)?.value;
let pdf = document.to_pdf(&Default::default())?.value;
let docx = document.to_docx(&Default::default())?.value;
assert!(pdf.starts_with(b"%PDF") && docx.starts_with(b"PK"));
# Ok::<(), itog::diag::Error>(())
```
"#
)]
//!
//! # The key types
//!
//! - [`engine::Engine`] keeps what documents share; [`engine::Design`] is a template made ready;
//!   [`engine::Document`] is written as PDF and DOCX.
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
//! | `svg` | yes | SVG pictures and ornaments |
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
pub mod boxes;
pub mod diag;
pub mod docx;
pub mod engine;
pub mod files;
pub mod font;
pub mod image;
pub mod inspect;
pub mod lang;
pub mod layout;
pub mod markup;
pub mod model;
pub mod pdf;
mod recent;
pub mod style;
pub mod template;
pub mod text;
