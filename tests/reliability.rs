//! Templates that would take a machine down are refused, with the place that is to blame; and a
//! document is stopped in each of its stages.
//!
//! A case is a folder of `tests/reliability`: a template, `data.yaml`, and `expected.txt` with the
//! code of the fault and the file that it points into.
#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use itog::diag::Diagnostic;
use itog::files::Files;
use itog::model::{self, Format};
use itog::{Cancel, Engine, Error, Limits};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reliability");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Makes both files of a case's document.
fn make(folder: &Path) -> Result<(), Error> {
    let bytes = fs::read(folder.join("data.yaml")).unwrap();
    let data = model::read(&bytes, "data.yaml", Format::Yaml)?.value;
    let document = Engine::new().load_folder(folder)?.value.compose(&data)?.value;
    document.to_docx(&Default::default())?;
    document.to_pdf(&Default::default())?;
    Ok(())
}

fn error(made: Result<(), Error>) -> Diagnostic {
    let Err(Error::Invalid(faults)) = made else { panic!("it was made") };
    let errors = faults.into_iter();
    errors.rev().find(|fault| fault.severity() == itog::diag::Severity::Error).unwrap()
}

#[test]
fn what_asks_for_too_much_is_told_with_its_place() {
    // Panics of dependencies would be told as `internal`, which no case expects.
    for folder in folders() {
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
        // A thread of a batch or of a server has this stack, the main thread four times as much.
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let path = folder.clone();
        let fault = thread.spawn(move || error(make(&path))).unwrap().join().unwrap();
        let file = fault.place().map_or("", |place| place.source.name()).rsplit('/').next();
        let found = format!("{} {}", fault.code(), file.unwrap_or_default());
        assert_eq!(found, expected.trim_end(), "{}: {fault}", folder.display());
    }
}

/// The pixels of the two pictures beside it.
const PNG: usize = 2 * 2;
const JPEG: usize = 60 * 40;

/// A template of one file.
fn compose(limits: Limits, body: &str, data: &serde_json::Value) -> Result<(), Error> {
    let text = format!("<html lang='ru'><head><title>т</title></head><body>{body}</body></html>");
    let picture = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/svg").join(name);
        (name.to_owned(), fs::read(path).unwrap())
    };
    let text = ("template.hbs".to_owned(), text.into_bytes());
    let files = Files::memory([text, picture("dot.png"), picture("photo.jpg")]);
    let design = Engine::builder().limits(limits).build()?.load_files("own", files)?.value;
    let document = design.compose(data)?.value;
    document.to_pdf(&Default::default())?;
    document.to_docx(&Default::default())?;
    Ok(())
}

#[test]
fn each_limit_holds_at_its_number_and_is_told_one_beyond() {
    let limits = Limits::default;
    let cells = "<table><tr><td>а</td><td>а</td></tr><tr><td>а</td></tr></table>";
    let cases: &[(&str, Limits, Limits, &str)] = &[
        (
            "limit-elements",
            limits().with_elements(6),
            limits().with_elements(5),
            "<p>а</p><p>б</p>",
        ),
        (
            "limit-attributes",
            limits().with_attributes(2),
            limits().with_attributes(1),
            "<p id='a' class='b'>а</p>",
        ),
        (
            "limit-classes",
            limits().with_classes(2),
            limits().with_classes(1),
            "<p class='a b'>а</p>",
        ),
        (
            "limit-pixels",
            limits().with_pixels(PNG),
            limits().with_pixels(PNG - 1),
            "<img src='dot.png' alt='а'/>",
        ),
        (
            "limit-pixels",
            limits().with_pixels(JPEG),
            limits().with_pixels(JPEG - 1),
            "<img src='photo.jpg' alt='а'/>",
        ),
        ("limit-glyphs", limits().with_glyphs(5), limits().with_glyphs(4), "<p>абвгд</p>"),
        ("limit-memory", limits().with_memory(40_000), limits().with_memory(12_000), "<p>а</p>"),
        ("limit-cells", limits().with_cells(4), limits().with_cells(3), cells),
        (
            "limit-pages",
            limits().with_pages(2),
            limits().with_pages(1),
            "<p>а</p><p style='break-before: page'>б</p>",
        ),
        (
            "limit-expressions",
            limits().with_expressions(2),
            limits().with_expressions(1),
            "<p>{{a}} {{a}}</p>",
        ),
        (
            "limit-template-steps",
            limits().with_template_steps(8),
            limits().with_template_steps(3),
            "<p>{{#each b}}{{this}}{{/each}}</p>",
        ),
        ("limit-word", limits().with_word(200), limits().with_word(199), &word(200)),
        (
            "limit-markup-bytes",
            limits().with_markup_bytes(1000),
            limits().with_markup_bytes(80),
            "<p>а</p>",
        ),
        (
            "limit-source-bytes",
            limits().with_source_bytes(100),
            limits().with_source_bytes(50),
            "<p>а</p>",
        ),
    ];
    let drawn: &[(&str, Limits, Limits, &str)] = &[
        (
            "limit-coordinate",
            limits().with_coordinate(50),
            limits().with_coordinate(49),
            "<path d='M0 0H50V9z'/>",
        ),
        ("limit-shapes", limits().with_shapes(3), limits().with_shapes(2), RECTANGLES),
        ("limit-segments", limits().with_segments(10), limits().with_segments(9), RECTANGLES),
        (
            "limit-drawing-steps",
            limits().with_drawing_steps(1500),
            limits().with_drawing_steps(1000),
            "<g opacity='0.5'><path d='M0 0H9V9z'/><path d='M5 5H9V9z'/></g>",
        ),
    ];
    let data = serde_json::json!({ "a": "а", "b": ["а", "б"] });
    let drawn = drawn.iter().map(|(code, enough, few, inside)| {
        let body = format!(
            "<p>а<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 50 50' width='50' \
             height='50' aria-label='а'>{inside}</svg></p>"
        );
        (*code, *enough, *few, body)
    });
    let cases =
        cases.iter().map(|(code, enough, few, body)| (*code, *enough, *few, (*body).to_owned()));
    let mut tried: BTreeSet<String> = TRIED_ELSEWHERE.map(str::to_owned).into();
    for (code, enough, few, body) in cases.chain(drawn) {
        compose(enough, &body, &data).unwrap_or_else(|error| panic!("{code}: {error}"));
        let fault = error(compose(few, &body, &data));
        assert_eq!(fault.code(), code, "{fault}");
        assert!(fault.place().is_some(), "{fault}");
        assert!(fault.hints().iter().any(|hint| hint.contains("--limit")), "{fault}");
        tried.insert(code.trim_start_matches("limit-").replace('-', "_"));
    }
    let all = Limits::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(tried, all, "a limit that no test tries at its number");
}

/// Limits whose tests are others: those of data and tables are below, those of blanks are in
/// `tests/word.rs`.
const TRIED_ELSEWHERE: [&str; 9] = [
    "data_bytes",
    "data_depth",
    "data_values",
    "data_faults",
    "sources",
    "record_bytes",
    "columns",
    "word_parts",
    "word_bytes",
];

/// Two shapes of five segments each; with the drawing itself three.
const RECTANGLES: &str = "<path d='M0 0H9V9H0z'/><path d='M9 9H20V20H9z'/>";

#[test]
fn limits_of_data_hold_at_their_numbers_and_are_told_one_beyond() {
    let limits = Limits::default;
    let aliases = format!("a: &b {}\nc:\n- *b\n- *b\n", "я".repeat(40));
    let cases = [
        ("limit-data-bytes", limits().with_data_bytes(11), limits().with_data_bytes(10), "a: слон"),
        // What aliases unfold to is counted, too: the file itself is smaller.
        (
            "limit-data-bytes",
            limits().with_data_bytes(1000),
            limits().with_data_bytes(150),
            &aliases,
        ),
        ("limit-data-depth", limits().with_data_depth(3), limits().with_data_depth(2), "a: [[б]]"),
        (
            "limit-data-values",
            limits().with_data_values(5),
            limits().with_data_values(4),
            "a: [б, в]",
        ),
    ];
    for (code, enough, few, text) in cases {
        let read = |limits: Limits| {
            limits.hold(|| model::values(text.as_bytes(), "a.yaml", Format::Yaml)).map(drop)
        };
        read(enough).unwrap_or_else(|error| panic!("{code}: {error}"));
        let fault = error(read(few));
        assert_eq!(fault.code(), code, "{fault}");
        assert!(fault.hints().iter().any(|hint| hint.contains("--limit")), "{fault}");
    }
    let faulty = "kind: Решение\nrecommendations: [Да.]\nq: 1\nw: 1\nf: 1\n";
    let told = |most: usize| {
        let limits = Limits::default().with_data_faults(most);
        let read = limits.hold(|| model::read(faulty.as_bytes(), "a.yaml", Format::Yaml));
        let faults = read.unwrap_err().into_diagnostics();
        faults.iter().map(|fault| fault.code()).collect::<Vec<_>>()
    };
    assert_eq!(told(3), ["unknown-key"; 3]);
    assert_eq!(told(2), ["unknown-key", "unknown-key", "too-many-faults"]);
    // Whoever holds no thread to a limit holds no other one, and no later reading.
    assert!(model::values(b"a: [[b]]", "a.yaml", Format::Yaml).is_ok());
}

#[test]
fn the_files_of_a_template_are_counted() {
    let make = |limits: Limits| -> Result<(), Error> {
        let files = [
            (
                "template.hbs",
                "<html lang='ru'><head><title>т</title></head><body>\
            {{> part}}</body></html>",
            ),
            ("part.hbs", "<p>а</p>"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let engine = Engine::builder().limits(limits).build()?;
        engine.load_files("own", Files::memory(files)).map(drop)
    };
    make(Limits::default().with_sources(2)).unwrap();
    let fault = error(make(Limits::default().with_sources(1)));
    assert_eq!(fault.code(), "limit-sources", "{fault}");
}

#[test]
#[cfg(feature = "batch")]
fn lines_and_columns_of_a_table_are_held_and_the_next_row_is_read() {
    use itog::batch::table::{self, RowContent, TableFormat, TableOptions};
    let read = |text: &str, format, limits: Limits| -> Vec<String> {
        let mut options = TableOptions::default();
        options.limits = limits;
        let text = std::io::Cursor::new(text.to_owned().into_bytes());
        let rows = table::read(text, "a", Some(format), &options).unwrap();
        rows.map(|row| match row.content {
            RowContent::Faulty(fault) => {
                assert!(fault.hints()[0].contains("--limit"), "{fault}");
                fault.code().to_owned()
            }
            RowContent::Cells(cells) => cells[0].text.clone(),
            _ => String::new(),
        })
        .collect()
    };
    let limits = Limits::default;
    let long = format!("ФИО;За что\nКим Ольга;{}\nЛев Павел;мир\n", "а".repeat(100));
    let csv = TableFormat::Delimited;
    assert_eq!(read(&long, csv, limits().with_record_bytes(300)), ["Ким Ольга", "Лев Павел"]);
    let held = read(&long, csv, limits().with_record_bytes(150));
    assert_eq!(held, ["limit-record-bytes", "Лев Павел"]);
    let wide = "ФИО;За что\nКим Ольга;труд;и;то\nЛев Павел;мир\n";
    let held = read(wide, csv, limits().with_columns(3));
    assert_eq!(held, ["limit-columns", "Лев Павел"]);
    let lines =
        "{\"name\": \"Ким Ольга\", \"for\": \"труд труд труд\"}\n{\"name\": \"Лев Павел\"}\n";
    let held = read(lines, TableFormat::JsonLines, limits().with_record_bytes(40));
    assert_eq!(held, ["limit-record-bytes", "Лев Павел"]);
}

fn word(letters: usize) -> String {
    format!("<p style='hyphens: auto; font-size: 1pt'>{}</p>", "а".repeat(letters))
}

#[test]
fn a_cancelled_document_ends_at_each_stage() {
    let yaml = "kind: Решение\nrecommendations: [Провести форум.]\n";
    let data = model::read(yaml.as_bytes(), "a.yaml", Format::Yaml).unwrap().value;
    let design = Engine::new().load_builtin("final-document").unwrap().value;
    let cancel = Cancel::new();
    let watched = design.clone().with_cancel(&cancel);
    let document = watched.compose(&data).unwrap().value;
    cancel.cancel();
    let codes = [
        watched.compose(&data).map(drop),
        document.to_pdf(&Default::default()).map(drop),
        document.to_docx(&Default::default()).map(drop),
    ];
    for ended in codes {
        assert_eq!(error(ended).code(), "cancelled");
    }
    // The design that was not given the token goes on, also in the same thread.
    assert!(design.compose(&data).is_ok());
}

#[test]
fn a_deadline_ends_what_would_go_on() {
    let limits =
        Limits::default().with_time(Duration::from_millis(20)).with_template_steps(1 << 40);
    let body = "{{#each a}}{{#each @root.a}}{{#each @root.a}}{{#each @root.a}}{{#each @root.a}}\
        {{/each}}{{/each}}{{/each}}{{/each}}{{/each}}<p>а</p>";
    let data = serde_json::json!({ "a": vec![0; 1000] });
    assert_eq!(error(compose(limits, body, &data)).code(), "limit-time");
}

#[test]
fn the_documentation_has_every_limit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md");
    let text = fs::read_to_string(path).unwrap();
    for name in Limits::NAMES {
        assert!(text.contains(&format!("| `{name}` |")), "docs/reliability.md lacks `{name}`");
    }
}
