//! A batch of one's own type into an object store, by a closure that tries again; the caller hears
//! of each record and may stop.
//!
//! `cargo run --example object_store`

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::thread;
use std::time::Duration;

use itog::batch::{Batch, BatchOptions, Status};
use itog::model::Common;
use itog::{Engine, Error};
use serde::Serialize;

/// A row of the program's database, with the keys of a certificate.
#[derive(Serialize)]
struct Thanks {
    number: u32,
    recipient: String,
}

/// The store: here a map, elsewhere a client of S3. It is busy at times.
#[derive(Default)]
struct Store {
    objects: BTreeMap<String, Vec<u8>>,
    asked: u32,
}

impl Store {
    fn put(&mut self, key: &str, bytes: &[u8]) -> io::Result<()> {
        self.asked += 1;
        if self.asked.is_multiple_of(3) {
            return Err(io::Error::other("503 Slow Down"));
        }
        self.objects.insert(key.to_owned(), bytes.to_vec());
        Ok(())
    }
}

fn main() -> Result<(), Error> {
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-classic")?.value;
    let common = "kind: Благодарность\nfor: участие в конкурсе чтецов\n".as_bytes();
    let common = Common::read(common, "common.yaml", itog::model::Format::Yaml)?.value;
    // With a sample of one each record goes out before the next but one is asked for.
    let options =
        BatchOptions::default().with_docx(None).with_name("2025/{{number}}").with_sample(1);
    let batch = Batch::new(&engine, design, common, options)?;

    let names = ["Ким Виктория Олеговна", "Лев Павел", "2 чел.", "Бойко Ольга Сергеевна"];
    let people = (1..).zip(names).map(|(number, name)| Thanks { number, recipient: name.into() });
    let mut store = Store::default();
    let mut sink = |name: &str, bytes: &[u8]| {
        let mut wait = Duration::from_millis(1);
        for _ in 0..4 {
            match store.put(name, bytes) {
                Ok(()) => return Ok(()),
                Err(why) => eprintln!("{name}: {why}, once more in {wait:?}"),
            }
            thread::sleep(wait);
            wait *= 2;
        }
        // The batch ends here; a `FileSink` of one's own may leave out this record instead.
        Err(io::ErrorKind::TimedOut.into())
    };
    let summary = batch.run_items(people, &mut sink, |outcome| {
        match &outcome.status {
            Status::Failed(faults) => println!("{}: {}", outcome.row, faults[0].message()),
            _ => println!("{}: {}", outcome.row, outcome.recipient),
        }
        ControlFlow::Continue(())
    })?;
    println!(
        "{} made, {} failed, {} in the store",
        summary.made,
        summary.failed,
        store.objects.len()
    );
    Ok(())
}
