//! What depends on the language of the document; so far one language, Russian.

pub mod ru;
