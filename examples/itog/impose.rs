//! `--impose`: several pages of a merged file on each sheet.

use itog::batch::{Sheets, impose};
use itog::diag::{Error, Warned};

use crate::args::Impose;

/// A merged file with several pages on each sheet.
pub(crate) fn on_sheets(pdf: &[u8], how: Impose) -> Result<Warned<Vec<u8>>, Error> {
    let sheets = match how {
        Impose::Two => Sheets::Two,
        Impose::Four => Sheets::Four,
        Impose::Eight => Sheets::Eight,
    };
    impose(pdf, sheets)
}
