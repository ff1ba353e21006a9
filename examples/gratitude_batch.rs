//! A certificate for each row of a table, from a program of one's own: `cargo run --release
//! --example gratitude_batch`.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use itog::Engine;
use itog::batch::table::{self, TableOptions};
use itog::batch::{Batch, BatchOptions, Folder, Status};
use itog::model::{Common, Format};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let yaml = fs::read("examples/data/common.yaml")?;
    let common = Common::read(&yaml, "common.yaml", Format::Yaml)?.value;
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-festive")?.value;
    let batch = Batch::new(&engine, design, common, BatchOptions::default())?;

    let reading = batch.reading(TableOptions::default());
    let rows = table::open(Path::new("examples/data/people.csv"), &reading)?;
    let mut folder = Folder::new("target/gratitude")?.replacing();
    let summary = batch.run(rows, &mut folder, |outcome| {
        match &outcome.status {
            Status::Made(files) => println!("{}: {}", outcome.recipient, files.join(", ")),
            Status::Failed(faults) => {
                faults.iter().for_each(|fault| eprintln!("row {}: {fault}", outcome.row))
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    println!("{} made, {} failed", summary.made, summary.failed);
    Ok(())
}
