//! The engine: what an embedder holds.
