//! Border and background of paragraphs.

use super::flow::Area;
use super::package::xml::{El, Str};

/// Those of the box around, or none.
pub(super) fn surface(area: &Area<'_>) -> Vec<El> {
    let none = ["w:top", "w:left", "w:bottom", "w:right"].map(|side| El::val(side, "nil"));
    let border = area.frame.clone().unwrap_or_else(|| none.into());
    let fill = area.shade.clone().map_or(Str::Word("auto"), Str::from);
    vec![El::new("w:pBdr").children(border), El::val("w:shd", "clear").with("w:color", "auto").with("w:fill", fill)]
}
