pub mod ru;
