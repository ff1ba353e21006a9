//! Faults that come from outside: a writer that fails at each of its bytes, a reader that ends
//! early, a full disk, a caller who has had enough, many threads on one engine.
#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "svg", feature = "xlsx"))]

use std::fs;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use itog::batch::{Batch, BatchOptions, FileSink, Zip, table};
use itog::model::{self, Common, Format};
use itog::{Cancel, Composition, Design, Engine, Error, Files, Limits};
use serde_json::{Value, json};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A writer that takes so many bytes in all, and then no more.
struct Failing {
    inner: Cursor<Vec<u8>>,
    left: usize,
}

impl Failing {
    fn after(left: usize) -> Self {
        Self { inner: Cursor::default(), left }
    }
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.left);
        if taken == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.left -= taken;
        self.inner.write(&bytes[..taken])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn an_archive_is_told_to_be_broken_at_whichever_byte_the_disk_is_full() {
    let write = |left: usize| -> Result<usize, io::Error> {
        let mut failing = Failing::after(left);
        let mut zip = Zip::new(&mut failing);
        zip.put("а/1.pdf", b"%PDF-1.7 first")?;
        zip.put("2.docx", &[7; 40])?;
        zip.finish()?;
        drop(zip);
        Ok(usize::MAX - failing.left)
    };
    let whole = write(usize::MAX).unwrap();
    for left in 0..whole {
        let told = write(left).expect_err("it cannot be whole");
        assert_eq!(told.kind(), io::ErrorKind::StorageFull, "after {left} of {whole} bytes");
    }
    assert!(write(whole).is_ok());
}

fn certificates(change: impl FnOnce(&mut BatchOptions)) -> Batch {
    let common = "kind: Грамота\nfor: помощь\n".as_bytes();
    let common = Common::read(common, "common.yaml", Format::Yaml).unwrap().value;
    let engine = Engine::new();
    let design = engine.load_builtin("certificate-classic").unwrap().value;
    let mut options = BatchOptions::default();
    change(&mut options);
    Batch::new(&engine, design, common, options).unwrap()
}

#[test]
fn a_merged_file_is_told_to_be_broken_wherever_the_disk_is_full() {
    let batch = certificates(|options| options.docx = None);
    let merge = |left: usize| {
        let mut failing = Failing::after(left);
        let people = ["Ким Ольга", "Лев Павел"].map(|name| json!({ "recipient": name }));
        let rows = (1..).zip(people).map(|(n, item)| table::DataRow::of_value(n, &item));
        let merged = batch.merge(rows, &mut failing, |_| ControlFlow::Continue(()));
        merged.map(|summary| (summary.made, usize::MAX - failing.left))
    };
    let (made, whole) = merge(usize::MAX).unwrap();
    assert_eq!(made, 2);
    // The first bytes and the last ones each by itself, and some in between.
    let between = (0..whole).step_by(whole / 24);
    for left in (0..20).chain(between).chain(whole - 20..whole) {
        let Err(Error::Io { source, .. }) = merge(left) else { panic!("whole after {left}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_as_such() {
    let document = compose(&Engine::new(), &letter(3)).unwrap();
    let mut full = fs::File::options().write(true).open("/dev/full").unwrap();
    let told = document.write_pdf(&mut full, &Default::default()).unwrap_err();
    assert_eq!(told.into_diagnostics()[0].code(), "disk-full");
}

/// Nothing that ends early is taken for whole without a word or brings the reader down.
fn ends_early(bytes: &[u8], step: usize, read: impl Fn(&[u8])) {
    (0..bytes.len()).step_by(step).for_each(|end| read(&bytes[..end]));
}

fn no_panic<T>(made: Result<T, Error>) {
    let told = made.map(drop).err().map(Error::into_diagnostics).unwrap_or_default();
    assert!(told.iter().all(|fault| fault.code() != "internal"), "{told:?}");
}

#[test]
fn readers_that_end_early_end_in_rows_or_faults() {
    let rows = |bytes: &[u8], name: &str| {
        let rows = table::read(Cursor::new(bytes.to_vec()), name, None, &Default::default());
        no_panic(rows.map(|rows| assert!(rows.count() < 100)));
    };
    let csv = "ФИО;За что\n\"Ким; Ольга\";\"труд\nи мир\"\nЛев Павел;мир\n".as_bytes();
    ends_early(csv, 1, |bytes| rows(bytes, "a.csv"));
    let lines = "{\"name\": \"Ким Ольга\"}\n{\"name\": \"Лев Павел\"}\n".as_bytes();
    ends_early(lines, 1, |bytes| rows(bytes, "a.jsonl"));
    let book = fs::read(path("tests/batch/tables/far-cell.xlsx")).unwrap();
    ends_early(&book, 7, |bytes| rows(bytes, "a.xlsx"));
    let yaml =
        "kind: Протокол\nevent: {name: Семинар, date: 2025-05-14}\nagenda:\n  - title: План\n\
        \x20   decided: [Утвердить., \"Издать: сборник\"]\n"
            .as_bytes();
    ends_early(yaml, 1, |bytes| no_panic(model::read(bytes, "a.yaml", Format::Yaml)));
    let json = "{\"kind\": \"Решение\", \"recommendations\": [\"Провести форум.\"]}".as_bytes();
    ends_early(json, 1, |bytes| {
        let read = model::read(bytes, "a.json", Format::Json);
        assert!(read.is_err(), "{}", String::from_utf8_lossy(bytes));
        no_panic(read);
    });
    let document = compose(&Engine::new(), &letter(3)).unwrap();
    let docx = document.to_docx(&Default::default()).unwrap().value;
    ends_early(&docx, 997, |bytes| no_panic(itog::engine::extract(bytes)));
    let pdf = document.to_pdf(&Default::default()).unwrap().value;
    ends_early(&pdf, 997, |bytes| no_panic(itog::engine::extract(bytes)));
    for picture in ["dot.png", "photo.jpg"] {
        let whole = fs::read(path("tests/svg").join(picture)).unwrap();
        ends_early(&whole, 31, |bytes| {
            let text = "<html lang='ru'><head><title>т</title></head><body><img src='a' alt='а'/>\
                </body></html>";
            let files = [("template.hbs", text.as_bytes()), ("a", bytes)];
            let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
            let design = Engine::new().load_files("cut", Files::memory(files)).unwrap().value;
            let made = design
                .compose(&json!({}))
                .and_then(|document| document.value.to_pdf(&Default::default()).map(drop));
            assert!(made.is_err(), "{picture} of {} bytes", bytes.len());
            no_panic(made);
        });
    }
}

/// Data of a document of so many points.
fn letter(points: usize) -> Value {
    let text = "Провести в библиотеке семинар, посвящённый развитию чтения в семье и школе.";
    json!({ "kind": "Решение", "recommendations": vec![text; points] })
}

fn final_document(engine: &Engine) -> Design {
    engine.load_builtin("final-document").unwrap().value
}

fn compose(engine: &Engine, data: &Value) -> Result<Composition, Error> {
    let data: model::Document = serde_json::from_value(data.clone()).unwrap();
    final_document(engine).compose(&data).map(|made| made.value)
}

/// The processor time of a thread in nanoseconds: other work of the machine does not count.
#[cfg(target_os = "linux")]
fn processor_time(thread: &Path) -> u64 {
    let text = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    text.split(' ').next().and_then(|time| time.parse().ok()).unwrap_or(0)
}

#[test]
#[cfg(target_os = "linux")]
fn a_cancelled_document_returns_soon_at_random_moments_of_each_stage() {
    // Code without optimisation is so much slower; the promise of 50 ms is for programs.
    let most = if cfg!(debug_assertions) { 500 } else { 50 };
    let moments = if cfg!(debug_assertions) { 12 } else { 100 };
    let engine = Engine::new();
    let data: model::Document = serde_json::from_value(letter(400)).unwrap();
    let whole = final_document(&engine).compose(&data).unwrap().value;
    type Stage = fn(&Design, &model::Document) -> Result<(), Error>;
    let stages: [(&str, Stage); 3] = [
        ("compose", |design, data| design.compose(data).map(drop)),
        ("PDF", |design, data| design.compose(data)?.value.to_pdf(&Default::default()).map(drop)),
        ("DOCX", |design, data| design.compose(data)?.value.to_docx(&Default::default()).map(drop)),
    ];
    drop(whole);
    for (name, stage) in stages {
        let design = final_document(&engine);
        // How long it takes when it is let be.
        let this = || fs::canonicalize("/proc/thread-self").unwrap();
        let before = processor_time(&this());
        stage(&design, &data).unwrap();
        let takes = processor_time(&this()) - before;
        let mut random = 7u64;
        let mut worst = 0;
        for _ in 0..moments {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let moment = takes * (random >> 40) / (1 << 24);
            let cancel = Cancel::new();
            let design = design.clone().with_cancel(&cancel);
            let (send, receive) = std::sync::mpsc::channel();
            let late = thread::scope(|scope| {
                let worker = scope.spawn(|| {
                    send.send(this()).unwrap();
                    let begun = processor_time(&this());
                    let made = stage(&design, &data);
                    (begun, processor_time(&this()), made.is_err())
                });
                let thread = receive.recv().unwrap();
                let begun = processor_time(&thread);
                while !worker.is_finished() && processor_time(&thread) < begun + moment {
                    thread::yield_now();
                }
                let asked = processor_time(&thread);
                cancel.cancel();
                let (_, ended, stopped) = worker.join().unwrap();
                if stopped { ended.saturating_sub(asked) } else { 0 }
            });
            worst = worst.max(late / 1_000_000);
        }
        eprintln!("{name}: at most {worst} ms of processor time after it was cancelled");
        assert!(worst <= most, "{name}: {worst} ms");
    }
}

/// Kilobytes that this process holds.
#[cfg(target_os = "linux")]
fn held() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// A final document or a certificate in one format, by its number: good ones, and ones with faults
/// of data, of letters and of limits. What became of it, as bytes in short or the fault.
fn mixed(documents: &Design, certificates: &Design, number: usize) -> String {
    let data = match number % 6 {
        0 => json!({ "kind": "Решение", "recommendations": ["Текст"], "number": number }),
        1 => letter(2),
        2 => json!({ "kind": "Протокол", "preamble": "Буква \u{13000} без начертания" }),
        3 => json!({ "kind": "Решение", "recommendations": [""] }),
        4 => {
            json!({ "kind": "Грамота", "recipient": "Ким Ольга", "for": "труд", "number": number })
        }
        _ => json!({ "kind": "Решение", "recommendations": vec!["Слово"; 300] }),
    };
    let design = if number % 6 == 4 { certificates } else { documents };
    let read = serde_json::from_value::<model::Document>(data);
    let made = read.map_err(|why| why.to_string()).and_then(|data| {
        let bytes = design.compose(&data).and_then(|made| match number % 4 {
            0 => made.value.to_docx(&Default::default()),
            _ => made.value.to_pdf(&Default::default()),
        });
        bytes.map(|made| made.value).map_err(|error| error.to_string())
    });
    let digest = |all: u64, byte: &u8| all.wrapping_mul(31).wrapping_add(u64::from(*byte));
    made.map_or_else(|told| told, |bytes| format!("{:x}", bytes.iter().fold(7, digest)))
}

#[test]
fn sixty_four_threads_on_one_engine_make_the_bytes_of_one() {
    let engine = Engine::builder().limits(Limits::default().with_pages(4)).build().unwrap();
    let documents = final_document(&engine);
    let certificates = engine.load_builtin("certificate-classic").unwrap().value;
    let make = |number| mixed(&documents, &certificates, number);
    let serial: Vec<String> = (0..24).map(make).collect();
    for code in ["missing-glyph", "limit-pages"] {
        assert!(serial.iter().any(|made| made.contains(code)), "{serial:?}");
    }
    // In all 20,000 of a program; code without optimisation is so much slower.
    let (rounds, each) = if cfg!(debug_assertions) { (2, 2) } else { (8, 40) };
    let mut memory = Vec::new();
    for _ in 0..rounds {
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    for _ in 0..each {
                        let number = next.fetch_add(1, Ordering::Relaxed) % serial.len();
                        assert_eq!(make(number), serial[number]);
                    }
                });
            }
        });
        #[cfg(target_os = "linux")]
        memory.push(held());
    }
    eprintln!("{} documents; kB held after each round: {memory:?}", 64 * rounds * each);
    // The first round fills what an engine keeps, and the allocator's room for so many threads.
    if let [_, second, .., last] = memory[..] {
        assert!(last < second + second / 4, "{memory:?}");
    }
}
