//! What Word cannot do with a box: said once for each place in the template.

use crate::boxes::{BoxNode, Content};
use crate::diag::say;
use crate::docx::writer::DocxWriter;
use crate::sizing::in_flow;
use crate::style::{Display, Features, Position, Sides};

/// Warns of the values of a box that have no likeness in Word. `framed` is whether its border is a
/// paragraph's or a table's.
pub(crate) fn warn(writer: &mut DocxWriter<'_>, node: &BoxNode, framed: bool) {
    let style = &node.style;
    let mut say = |code, message| writer.warn_once(code, message, node.span);
    let round = style.radius.iter().any(|r| r.points > 0.0 || r.percent > 0.0);
    if framed && style.has_border() && round {
        say("docx-radius", say!("Word draws the corners of a paragraph's border square"));
    }
    // Drawings turn: pictures, and text boxes.
    if style.rotate != 0.0 && !matches!(node.content, Content::Image(_)) && in_flow(node) {
        say(
            "docx-rotate",
            say!("Word turns pictures and positioned boxes only; this text stays upright"),
        );
    }
    // Of positioned boxes `unwritten` tells it.
    if style.background.image.is_some() && in_flow(node) {
        say("docx-background", say!("a DOCX has background pictures on pages only, not on boxes"));
    }
    if style.display == Display::Grid {
        say(
            "docx-grid",
            say!("Word has no grids: this one becomes rows of a table, as a flex box does"),
        );
    }
    if style.text.features != [Features::NONE; 2] {
        say(
            "docx-features",
            say!("a DOCX cannot express `font-variant-numeric` and `font-feature-settings`"),
        );
    }
    if !style.transform.is_empty() || style.opacity < 1.0 || !style.shadows.is_empty() {
        say(
            "docx-effect",
            say!(
                "Word has no `opacity`, `box-shadow`, `translate()` and `scale()` of boxes: this \
                 one is placed as it would be without them"
            ),
        );
    }
    if style.position == Position::Relative && style.inset != Sides::default() {
        say(
            "docx-relative",
            say!(
                "Word does not shift text: this box stays where it is without `position: relative`"
            ),
        );
    }
}
