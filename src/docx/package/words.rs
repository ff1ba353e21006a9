//! Names of the format: namespaces and kinds of relationships (ECMA-376 Parts 1 and 2).

pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(crate) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const WP: &str =
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(crate) const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
pub(crate) const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(crate) const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// What names of the package's own namespaces begin with.
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The content type of a part of WordprocessingML: `document.main`, `styles`, `header`.
pub(crate) fn word_type(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
}
