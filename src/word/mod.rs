//! Documents made in Word: a blank that is filled with data, and the file of parts that it is.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `package` | bytes of a DOCX | [`Package`]: parts, relationships, types, and the file again |
//! | `read` | a package | [`WordMarkup`]: markup, a stylesheet and pictures that look like it |

mod package;
mod read;

#[allow(unused_imports)]
pub(crate) use package::{Package, Related};
pub(crate) use read::{WordMarkup, to_markup};
