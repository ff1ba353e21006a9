//! Words and units: CSS values as WordprocessingML says them.
//!
//! Ground floor, beside `package`: nothing here knows what has been written so far.

pub(super) mod names;
pub(super) mod properties;
pub(super) mod slack;
pub(super) mod units;
