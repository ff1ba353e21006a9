//! batch
pub mod table;
