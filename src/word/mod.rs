//! Documents made in Word: a blank that is filled with data, and the file of parts that it is.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `package` | bytes of a DOCX | [`Package`]: parts, relationships, types, and the file again |

mod package;

#[allow(unused_imports)]
pub(crate) use package::{Package, Related};
