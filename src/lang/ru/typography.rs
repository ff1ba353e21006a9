//! Quotes, dashes and no-break spaces.

use std::borrow::Cow;

/// Sets a text as a publisher would.
#[must_use]
pub fn typograph(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
