//! batch
pub mod filename;
pub mod table;
