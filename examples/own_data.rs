//! Data, a helper and a block of one's own, all from memory: no file is read and none is written.
//!
//! `cargo run --example own_data`

use itog::engine::{BlockOutput, HelperArgs};
use itog::{Engine, Error, Files, Limits};
use serde::Serialize;

/// What the program knows; any type that serialises will do.
#[derive(Serialize)]
struct Bill {
    number: u32,
    payer: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    shelf: u32,
    price: f64,
}

/// `{{shelf 12}}`: «Ш-012». What a helper gives is escaped where it is printed.
fn shelf(args: &HelperArgs<'_>) -> Result<serde_json::Value, itog::Diagnostic> {
    Ok(format!("Ш-{:03}", args.number(0)?).into())
}

/// `{{#frame "Счёт"}}…{{/frame}}`: a heading, and below it what stands in the block.
fn frame(args: &HelperArgs<'_>) -> Result<BlockOutput, itog::Diagnostic> {
    let head = BlockOutput::new().markup("<section><h1>").text(args.text(0)?).markup("</h1>");
    Ok(head.inside().markup("</section>"))
}

fn main() -> Result<(), Error> {
    let engine = Engine::builder()
        .helper("shelf", shelf)
        .block("frame", frame)
        .hyphens(["стел-лаж"])
        .limits(Limits::default().with_pages(10))
        .build()?;
    // In a real program `include_bytes!("../my-bill/template.hbs")`.
    let files = Files::bundled(&[
        ("template.hbs", include_bytes!("data/bill/template.hbs")),
        ("style.css", include_bytes!("data/bill/style.css")),
        ("schema.json", include_bytes!("data/bill/schema.json")),
    ]);
    let design = engine.load_files("bill", files)?.warn_with(|warning| eprintln!("{warning}"));
    let bill = Bill {
        number: 7,
        payer: "ООО «Переплёт»",
        rows: vec![
            Row { name: "Стеллаж", shelf: 12, price: 6000.0 },
            Row { name: "Табличка", shelf: 3, price: 100.5 },
        ],
    };
    let document = design.compose(&bill)?.warn_with(|warning| eprintln!("{warning}"));
    let (mut pdf, mut docx) = (Vec::new(), Vec::new());
    document.write_pdf(&mut pdf, &Default::default())?;
    document.write_docx(&mut docx, &Default::default())?;
    println!("a PDF of {} bytes, a DOCX of {}", pdf.len(), docx.len());

    // What the schema does not allow is told with its path, before the template sees it.
    let wrong = design.compose(&serde_json::json!({ "number": 8, "payer": "", "rows": [] }));
    for fault in wrong.map(drop).unwrap_err().diagnostics() {
        println!("{}: {}", fault.data_path().unwrap_or_default(), fault.message());
    }
    Ok(())
}
