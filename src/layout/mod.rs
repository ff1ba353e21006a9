//! Layout: a box tree in, pages of positioned items out.

pub mod pages;

pub use pages::*;

pub use crate::boxes::{Meta, Role};
