//! Documents made in Word: a blank that is filled with data, and the file of parts that it is.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `package` | bytes of a DOCX | [`Package`]: parts, relationships, types, and the file again |
//! | `tree` | XML of a part | a tree that is written as it was read |
//! | `fields` | merge fields, content controls | tags in the text |
//! | `pieces`, `tag` | paragraphs cut into runs | tags as the template language has them |
//! | `blocks` | tags of blocks | the same where they can repeat what is around them |
//! | `lists` | paragraphs of lists | which lists begin anew in each turn of a loop |
//! | `write` | tree and tags | a template of the part: its XML with expressions |
//! | `answers` | names that are asked for | data that have them |
//! | `blank` | all of these | [`Blank`]: compiled once, filled with data |
//! | `names` | whole names in the data | the parts that a blank asks for |
//! | `signers` | posts in the genitive | those who sign |
//! | `finish` | a part that was filled | runs of rich values, pictures, ids made unique |
//! | `read` | a package | markup, a stylesheet and pictures that look like it |

mod answers;
mod blank;
mod blocks;
mod fields;
mod finish;
mod lists;
mod names;
mod package;
mod pieces;
mod read;
mod signers;
mod tag;
mod tree;
mod write;

pub(crate) use answers::{Answers, OF_BLANK};
pub(crate) use blank::Blank;
pub(crate) use package::Package;
pub(crate) use read::{ReadStyles, WordMarkup, to_markup};
pub(crate) use write::with_literals;
