//! Registries: what a whole document has in common, each thing known by an id once it is there.
//!
//! The floor above words and package, below stories: every registry takes a key, gives an id or a
//! value to refer to it by, and at the end says what its part of the package holds.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `faces` | text styles | run and paragraph properties, the faces that are used |
//! | `styles` | element, class, values | the id of a named style; the styles' definitions |
//! | `styles/variants` | what a paragraph has besides its style | the style of that |
//! | `tables` | looks of tables | their styles |
//! | `majority` | all paragraphs, beforehand | what most paragraphs of a style look like |
//! | `gather` | finished paragraphs | what all of a style have in common, taken up into it |
//! | `numbering` | markers | number and level in Word's own lists; the lists' definitions |
//! | `notes` | finished notes | their numbers; the part that holds them |
//! | `headers` | finished headers and footers | the names of their parts |
//! | `strings` | paragraphs that set running strings | fields that repeat them |
//! | `relations` | targets, pictures | relationship ids of the part being written; the files |
//! | `fields` | texts of controls | their bindings; the part that holds them |
//! | `ids` | `id` attributes, drawings, controls | names and numbers that are there once |

pub(super) mod faces;
pub(super) mod fields;
pub(super) mod gather;
pub(super) mod headers;
pub(super) mod ids;
pub(super) mod majority;
pub(super) mod notes;
pub(super) mod numbering;
pub(super) mod relations;
pub(super) mod strings;
pub(super) mod styles;
pub(super) mod tables;
