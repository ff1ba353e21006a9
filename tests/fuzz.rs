//! The bodies of `fuzz/` with fixed seeds, on any toolchain. More of them at other places:
//! `ITOG_FUZZ_RUNS=100 ITOG_FUZZ_SEED=7 cargo test --test fuzz -- --test-threads 1`.
//!
//! What a longer run has found lies in `tests/fuzz/TARGET/*.bin`, and is tried first.
#![cfg(all(
    feature = "bundled-fonts",
    feature = "yaml",
    feature = "toml",
    feature = "svg",
    feature = "xlsx"
))]

#[path = "../fuzz/bodies.rs"]
mod bodies;

use std::panic;
use std::path::Path;

/// Random bytes (SplitMix64), the same on all machines.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs a body on what was found, and on so many random inputs.
fn run(target: &str, runs: u64, body: fn(&[u8])) {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(target);
    for entry in std::fs::read_dir(found).into_iter().flatten().flatten() {
        body(&std::fs::read(entry.path()).unwrap());
    }
    let seed = number("ITOG_FUZZ_SEED").unwrap_or(1);
    for round in 0..runs * number("ITOG_FUZZ_RUNS").unwrap_or(1) {
        let mut random = Random(seed << 32 | round);
        let length = random.next() % 300;
        let bytes: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
        if let Err(panicked) = panic::catch_unwind(|| body(&bytes)) {
            let path = std::env::temp_dir().join(format!("itog-{target}-{seed}-{round}.bin"));
            std::fs::write(&path, &bytes).unwrap();
            eprintln!("{target}, seed {seed}, round {round}: {}", path.display());
            panic::resume_unwind(panicked);
        }
    }
}

#[test]
fn trees_with_styles() {
    run("tree_style", 60, bodies::tree_style);
}

#[test]
fn drawings_of_extreme_numbers() {
    run("svg", 120, bodies::svg);
}

#[test]
fn workbooks_of_lying_parts() {
    run("workbook", 600, bodies::workbook);
}

#[test]
fn templates_with_data_that_fit() {
    run("template", 150, bodies::template);
}

#[test]
fn data_cut_and_put_together() {
    run("data", 60, bodies::data);
}

#[test]
fn files_of_ours_damaged() {
    run("extract", 400, bodies::extract);
}

#[test]
fn documents_made_in_word() {
    run("word", 150, bodies::word);
}
