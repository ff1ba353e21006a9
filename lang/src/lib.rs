//! `itog-lang` is Russian by rules: cases of names, posts, organisations and places, agreement,
//! numerals and dates, typography, hyphenation. It is part of `itog`, and useful without it.
//!
//! Everything is in [`ru`]: pure functions, text in, text out. What depends on the language of the
//! text is kept apart by language; so far there is one, Russian.

pub mod ru;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
