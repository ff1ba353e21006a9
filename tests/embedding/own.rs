//! What an embedder brings along: helpers, a loader, data, a schema, types, sinks, writers. As the
//! everyday tasks, by the public names alone.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use itog::batch::{Base, Batch, BatchOptions, FileSink, OnRefusal, Status};
use itog::diag::Message;
use itog::engine::{BlockOutput, HelperArgs};
use itog::files::Loader;
use itog::model::{self, Certificate, FinalDocument, Format, Person};
use itog::{Cancel, Design, Diagnostic, Engine, Error, Files, FontBook, Limits};
use serde::Serialize;
use serde_json::{Value, json};

/// A template of one file, with others beside it.
fn files(body: &str, others: &[(&str, &str)]) -> Files {
    let text = format!("<html lang='ru'><head><title>т</title></head><body>{body}</body></html>");
    let others = others.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Files::memory([("template.hbs".to_owned(), text.into_bytes())].into_iter().chain(others))
}

fn design(engine: &Engine, body: &str, others: &[(&str, &str)]) -> Design {
    engine.load_files("own", files(body, others)).unwrap_or_else(|error| panic!("{error}")).value
}

/// The words of a document, as its first page has them.
fn words(design: &Design, data: &impl Serialize) -> String {
    let made = design.compose(data).unwrap_or_else(|error| panic!("{error}")).value;
    let pictures = made.to_pictures().unwrap_or_else(|error| panic!("{error}")).value;
    let svg = pictures.page(0).unwrap().to_svg();
    let texts = svg.split("<text").skip(1).map(|piece| {
        let text = piece.split_once('>').map_or("", |(_, rest)| rest);
        let text = text.split("</text>").next().unwrap_or_default();
        let pieces = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, t)| t));
        pieces.collect::<String>().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    });
    texts.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ").trim().to_owned()
}

fn fault(error: Error) -> Diagnostic {
    let Error::Invalid(faults) = error else { panic!("{error}") };
    faults.into_iter().next().unwrap()
}

#[test]
fn a_helper_gives_a_value_that_is_escaped() {
    let engine = Engine::builder()
        .helper("shelf", |args: &HelperArgs<'_>| {
            let letter = args.option("letter").and_then(Value::as_str).unwrap_or("Ш");
            Ok(format!("<{letter}-{}>", args.number(0)?).into())
        })
        .build()
        .unwrap();
    let own = design(&engine, "<p>{{shelf n}} {{upper (shelf n letter='а')}}</p>", &[]);
    assert_eq!(words(&own, &json!({ "n": 7 })), "<Ш-7> <А-7>");
}

#[test]
fn a_helper_without_arguments_goes_before_a_variable() {
    let today = |_: &HelperArgs<'_>| Ok("14 мая".into());
    let engine = Engine::builder().helper("today", today).build().unwrap();
    let own = design(&engine, "<p>{{today}}, {{this.today}}</p>", &[]);
    assert_eq!(words(&own, &json!({ "today": "завтра" })), "14 мая, завтра");
}

#[test]
fn a_block_helper_says_what_is_printed_and_how_often() {
    let frame = |args: &HelperArgs<'_>| {
        let block = BlockOutput::new().markup("<h2>").text(args.text(0)?).markup("</h2>");
        let list = args.get(1).and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(match list.is_empty() {
            true => block.otherwise(),
            false => list.into_iter().fold(block, BlockOutput::inside_with),
        })
    };
    let engine = Engine::builder().block("frame", frame).build().unwrap();
    let body =
        "{{#frame title rows}}<p>{{name}} {{upper ../title}}</p>{{else}}<p>пусто</p>{{/frame}}";
    let own = design(&engine, body, &[]);
    let rows = json!([{ "name": "Анна" }, { "name": "Лев" }]);
    let found = words(&own, &json!({ "title": "a < b", "rows": rows }));
    assert_eq!(found, "a < b Анна A < B Лев A < B");
    assert_eq!(words(&own, &json!({ "title": "т", "rows": [] })), "т пусто");
    // Names in the block are known or told, as in any other.
    let wrong = own.compose(&json!({ "title": "т", "rows": [{ "nmae": "Анна" }] })).unwrap_err();
    assert_eq!(fault(wrong).code(), "template-variable");
}

#[test]
fn what_a_helper_refuses_or_breaks_is_told_where_it_is_called() {
    let refuse = |args: &HelperArgs<'_>| -> Result<Value, Diagnostic> {
        Err(args.wrong(0, Message::bilingual("a shelf", "полка")))
    };
    let panics = |_: &HelperArgs<'_>| -> Result<Value, Diagnostic> { panic!("no shelf") };
    let doubts = |args: &HelperArgs<'_>| {
        args.warn(Diagnostic::warning("shelf-full", Message::verbatim("the shelf is full")));
        Ok(args.language().into())
    };
    let engine = Engine::builder()
        .helper("refuse", refuse)
        .helper("panics", panics)
        .helper("doubts", doubts)
        .build()
        .unwrap();
    for (body, code, said) in [
        ("<p>\n{{refuse n}}</p>", "template-argument", "`refuse` needs a shelf, not `n` = 7"),
        ("<p>\n{{panics n}}</p>", "internal", "the helper `panics` failed"),
        ("<p>\n{{refuse m}}</p>", "template-variable", "`m`"),
    ] {
        let told = fault(design(&engine, body, &[]).compose(&json!({ "n": 7 })).unwrap_err());
        assert_eq!((told.code(), told.place().unwrap().line_column().0), (code, 2), "{told}");
        assert!(told.message().contains(said), "{told}");
    }
    let doubtful = design(&engine, "<p>{{doubts n}}</p>", &[]);
    let made = doubtful.compose(&json!({ "n": 7, "lang": "en" })).unwrap();
    assert_eq!(made.warnings[0].code(), "shelf-full");
}

#[test]
fn names_of_helpers_that_are_taken_or_none_are_told_together() {
    let some = |_: &HelperArgs<'_>| Ok(Value::Null);
    let block = |_: &HelperArgs<'_>| Ok(BlockOutput::new());
    let built = Engine::builder()
        .helper("date", some)
        .helper("two words", some)
        .block("each", block)
        .helper("mine", some)
        .block("mine", block)
        .build();
    let faults = built.unwrap_err().into_diagnostics();
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.code() == "helper-name"));
}

#[test]
fn the_builder_sets_words_hyphens_names_fonts_and_limits() {
    let names = "names: {Косых Жанар: f}".as_bytes();
    let names = model::NameBook::read(names, "names.yaml", Format::Yaml).unwrap().value;
    let engine = Engine::builder()
        .fonts(FontBook::bundled())
        .names(&names)
        .hyphens(["сельбиб-лиотека"])
        .words("ru", [("theme", "Тема"), ("place", "Место")])
        .limits(Limits::default().with_pages(1))
        .build()
        .unwrap();
    // What the template has itself goes before.
    let own = design(
        &engine,
        "<p>{{word 'theme'}} {{word 'place'}}</p><p style='width: 52pt; hyphens: auto'>{{a}}</p>",
        &[("words-ru.json", r#"{"place": "Город"}"#)],
    );
    let found = words(&own, &json!({ "a": "сельбиблиотека" }));
    assert!(found.starts_with("Тема Город сельбиб"), "{found}");
    let pages = "<p style='break-after: page'>а</p><p>б</p>";
    let told = design(&engine, pages, &[]).compose(&json!({})).unwrap().value;
    assert_eq!(fault(told.to_pdf(&Default::default()).unwrap_err()).code(), "limit-pages");
}

/// A database that counts how often it is asked.
struct Counting {
    rows: BTreeMap<&'static str, Vec<u8>>,
    asked: Arc<AtomicUsize>,
    broken: bool,
}

impl Loader for Counting {
    fn load(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.broken {
            return Err(io::Error::other("no connection"));
        }
        Ok(self.rows.get(name).cloned())
    }

    fn names(&self) -> Vec<String> {
        self.rows.keys().map(|name| (*name).to_owned()).collect()
    }

    fn display_name(&self, name: &str) -> String {
        format!("db:{name}")
    }
}

fn counting(rows: &[(&'static str, &str)], broken: bool) -> (Counting, Arc<AtomicUsize>) {
    let asked = Arc::default();
    let rows = rows.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    (Counting { rows, asked: Arc::clone(&asked), broken }, asked)
}

#[test]
fn a_loader_brings_template_styles_and_pictures_and_is_asked_once() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' \
        height='9'/></svg>";
    let (loader, asked) = counting(
        &[
            (
                "template.hbs",
                "<html lang='ru'><head><title>т</title></head><body>{{> foot}}\
                <img src='a.svg' alt='а'/></body></html>",
            ),
            ("foot.hbs", "<p class='big'>Подпись</p>"),
            ("style.css", "@import 'more.css'; p { color: #333 }"),
            ("more.css", ".big { font-size: 20pt }"),
            ("a.svg", svg),
        ],
        false,
    );
    let files = Files::loader(loader);
    let engine = Engine::new();
    for _ in 0..3 {
        let design = engine.load_files("db", files.clone()).unwrap().value;
        assert_eq!(words(&design, &json!({})), "Подпись");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 5);
    for name in ["../etc/passwd", "/etc/passwd", "a/../../b", ""] {
        assert_eq!(files.read(name).unwrap_err().diagnostics()[0].code(), "file-outside");
    }
    // Nothing was asked for outside, and what is missing is asked for once.
    assert_eq!(asked.load(Ordering::Relaxed), 5);
    for _ in 0..2 {
        let missing = files.read("a.sv").unwrap_err().into_diagnostics().remove(0);
        assert!(missing.to_string().contains("db:a.sv"), "{missing}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 6);
}

#[test]
fn a_loader_that_fails_is_told_and_asked_again() {
    let (loader, asked) = counting(&[], true);
    let files = Files::loader(loader);
    for times in 1..=2 {
        let told = fault(Engine::new().load_files("db", files.clone()).unwrap_err());
        assert_eq!(told.code(), "file-read");
        assert!(told.message().contains("db:template.hbs: no connection"), "{told}");
        assert_eq!(asked.load(Ordering::Relaxed), times);
    }
}

#[test]
fn many_threads_ask_a_loader_once() {
    let (loader, asked) = counting(&[("style.css", "p {}")], false);
    let files = Files::loader(loader);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| files.read("style.css").unwrap());
        }
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

const BILL: &str = r##"{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["to", "rows"],
    "additionalProperties": false,
    "properties": {
        "to": {"type": "string", "minLength": 1, "description": "кому выставлен счёт"},
        "date": {"type": "string", "format": "date"},
        "kind": {"enum": ["счёт", "акт"]},
        "inn": {"type": "string", "pattern": "^(\\d{10}|\\d{12})$"},
        "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}},
        "payer": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["name"]}]}
    },
    "$defs": {
        "row": {
            "type": "object",
            "required": ["name", "count"],
            "properties": {
                "name": {"type": "string"},
                "count": {"type": "integer", "minimum": 1, "maximum": 1000},
                "price": {"type": "number", "multipleOf": 0.01}
            }
        }
    }
}"##;

#[test]
fn data_of_ones_own_are_checked_by_the_schema_beside_the_template() {
    let bill = design(&Engine::new(), "<p>{{to}}</p>", &[("schema.json", BILL)]);
    assert!(bill.has_schema());
    let good = json!({
        "to": "Анне", "date": "2025-05-14", "kind": "акт", "inn": "7701234567", "payer": "Лев",
        "rows": [{ "name": "стол", "count": 2, "price": 0.3 }, { "name": 7, "count": "3" }]
    });
    bill.compose(&good).unwrap_or_else(|error| panic!("{error}"));
    for (path, value, code) in [
        ("to", json!(""), "unknown-value"),
        ("to", json!(["Анне"]), "wrong-type"),
        ("date", json!("14.13.2025"), "bad-date"),
        ("kind", json!("счет"), "unknown-value"),
        ("inn", json!("123"), "unknown-value"),
        ("rows", json!([]), "bad-number"),
        ("rows[0].count", json!([{ "name": "стол", "count": 0 }]), "bad-number"),
        ("rows[0].count", json!([{ "name": "стол", "count": "много" }]), "wrong-type"),
        ("rows[0].count", json!([{ "name": "стол", "cuont": 1 }]), "missing-key"),
        (
            "rows[1].price",
            json!([good["rows"][0], { "name": "а", "count": 1, "price": 0.005 }]),
            "bad-number",
        ),
        ("payer.name", json!({ "nmae": "Лев" }), "missing-key"),
        ("adress", json!("Москва"), "unknown-key"),
    ] {
        let mut data = good.clone();
        let key = path.split(['.', '[']).next().unwrap();
        data[key] = value;
        let told = bill.compose(&data).unwrap_err().into_diagnostics();
        let found: Vec<_> = told.iter().map(|t| (t.data_path().unwrap_or(""), t.code())).collect();
        assert_eq!(found, [(path, code)], "{told:?}");
    }
    // All faults in one run, and what the author says of a key helps.
    let told = bill.compose(&json!({ "rows": [{}], "to": null })).unwrap_err();
    let text = told.to_string();
    assert_eq!(told.diagnostics().len(), 3, "{text}");
    assert!(text.contains("кому выставлен счёт"), "{text}");
}

#[test]
fn a_schema_that_would_check_nothing_is_a_fault_of_the_template() {
    for (schema, said) in [
        ("{", "this is not JSON"),
        (r#"{"propertees": {}}"#, "did you mean `properties`?"),
        (r#"{"type": "text"}"#, "`type` needs one of"),
        (r##"{"$ref": "#/$defs/none"}"##, "`$ref` needs a place in this schema"),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, "a regular expression"),
        (r#"{"required": "a"}"#, "a list of texts"),
        ("[]", "a schema is an object"),
    ] {
        let files = files("<p>а</p>", &[("schema.json", schema)]);
        let told = fault(Engine::new().load_files("own", files).unwrap_err());
        assert_eq!(told.code(), "schema");
        assert!(told.place().is_some() && told.to_string().contains(said), "{schema}: {told}");
    }
    // A schema without an end is told, too, and does not use up the stack.
    let endless = [("schema.json", r##"{"$ref": "#"}"##)];
    let told = design(&Engine::new(), "<p>а</p>", &endless).compose(&json!({})).unwrap_err();
    assert_eq!(fault(told).code(), "schema");
}

#[test]
fn numbers_and_sums_are_written_as_the_sample_shows() {
    let body = "<p>{{number total '1 234,50'}}; {{number total}}; {{number n '1,234.0 ₽'}}; \
        {{money total}}</p>";
    let found =
        words(&design(&Engine::new(), body, &[]), &json!({ "total": 1234.5, "n": "99999" }));
    let expected = "1 234,50; 1 234,5; 99,999.0 ₽; 1 234 (одна тысяча двести тридцать четыре) \
        рубля 50 копеек";
    assert_eq!(found, expected);
    let told = design(&Engine::new(), "<p>{{number n '1.2.3'}}</p>", &[]);
    let told = fault(told.compose(&json!({ "n": 5 })).unwrap_err());
    assert_eq!(told.code(), "template-argument");
}

#[test]
fn documents_made_by_a_program_are_checked_as_those_that_are_read() {
    let made = FinalDocument { present: Some(3), members: Some(1), ..minutes() };
    let faults = made.checked().unwrap_err().into_diagnostics();
    assert_eq!(faults[0].code(), "present-exceeds-members");
    let built = FinalDocument::builder()
        .set("kind", "Протокол")
        .set("attendees", ["Ким В. О."])
        .set("decisions", "Провести форум.")
        .build();
    let built = built.unwrap_or_else(|error| panic!("{error}")).value;
    assert_eq!(built.checked().unwrap().value, built);
    let person = Person { name: "Лев Павел".to_owned(), ..Person::default() };
    let thanks = Certificate::builder().set("kind", "Грамота").set("recipient", person);
    let thanks = thanks.set("for", "участие").build().unwrap().value;
    assert_eq!(thanks.recipient.person.name, "Лев Павел");
    let codes: Vec<_> = FinalDocument::builder().build().unwrap_err().into_diagnostics();
    let codes: Vec<_> = codes.iter().map(Diagnostic::code).collect();
    assert_eq!(codes, ["missing-key", "no-sections"]);
}

fn minutes() -> FinalDocument {
    let made = FinalDocument::builder().set("kind", "Протокол").set("decisions", ["Издать."]);
    made.build().unwrap().value
}

#[derive(Serialize)]
struct Label {
    shelf: u32,
    name: String,
}

fn labels(count: u32) -> impl Iterator<Item = Label> + Send {
    (1..=count).map(|shelf| Label { shelf, name: format!("Полка {shelf}") })
}

fn batch(body: &str, change: impl FnOnce(&mut BatchOptions)) -> Batch {
    let engine = Engine::new();
    let mut options = BatchOptions::default().with_docx(None).with_name("{{shelf}}").with_jobs(2);
    change(&mut options);
    let own = design(&engine, body, &[]);
    Batch::new(&engine, own, Base::Own(Default::default()), options).unwrap()
}

#[test]
fn items_of_any_type_become_files_in_their_order() {
    let (send, receive) = mpsc::sync_channel::<(String, usize)>(64);
    let batch = batch("<p>{{name}}</p>", |_| {});
    let mut channel = move |name: &str, bytes: &[u8]| {
        send.send((name.to_owned(), bytes.len())).map_err(io::Error::other)
    };
    let mut heard = Vec::new();
    let summary = batch.run_items(labels(20), &mut channel, |outcome| {
        heard.push(outcome.recipient.clone());
        ControlFlow::Continue(())
    });
    assert_eq!(summary.unwrap().made, 20);
    drop(channel);
    let names: Vec<String> = receive.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, (1..=20).map(|n| format!("{n}.pdf")).collect::<Vec<_>>());
    assert_eq!((heard[0].as_str(), heard.len()), ("Полка 1", 20));
}

#[test]
fn an_item_that_fails_spoils_no_other_and_the_caller_stops_at_the_first() {
    let faulty = batch("<p>{{#if (eq shelf 2)}}{{unknown}}{{/if}}{{name}}</p>", |_| {});
    let mut sink = |_: &str, _: &[u8]| Ok(());
    let mut failed = Vec::new();
    let summary = faulty.run_items(labels(3), &mut sink, |outcome| {
        if let Status::Failed(faults) = &outcome.status {
            failed.push((outcome.row, faults[0].code()));
        }
        ControlFlow::Continue(())
    });
    assert_eq!((summary.unwrap().made, failed), (2, vec![(2, "template-variable")]));

    // The first outcome is there before more than a few items were asked for.
    let prompt = batch("<p>{{name}}</p>", |options| (options.sample, options.jobs) = (1, 1));
    let asked = AtomicUsize::new(0);
    let counted = labels(1000).inspect(|_| {
        asked.fetch_add(1, Ordering::Relaxed);
    });
    let summary = prompt.run_items(counted, &mut sink, |_| ControlFlow::Break(())).unwrap();
    assert!(summary.cancelled && summary.made == 1);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

/// An object store that fails at times.
struct Store {
    kept: Vec<String>,
    attempts: usize,
    decide: fn(&str, u32) -> OnRefusal,
}

impl FileSink for Store {
    fn put(&mut self, name: &str, _bytes: &[u8]) -> io::Result<()> {
        self.attempts += 1;
        if name == "2.pdf" && self.attempts < 4 {
            return Err(io::Error::other("503"));
        }
        self.kept.push(name.to_owned());
        Ok(())
    }

    fn refused(&mut self, name: &str, _why: &io::Error, attempt: u32) -> OnRefusal {
        (self.decide)(name, attempt)
    }
}

#[test]
fn the_sink_decides_whether_to_try_again_to_go_on_or_to_stop() {
    let batch = batch("<p>{{name}}</p>", |_| {});
    let run = |decide| {
        let mut store = Store { kept: Vec::new(), attempts: 0, decide };
        let summary = batch.run_items(labels(3), &mut store, |_| ControlFlow::Continue(()));
        (summary.map(|summary| (summary.made, summary.failed)).ok(), store.kept.join(" "))
    };
    assert_eq!(run(|_, _| OnRefusal::Retry), (Some((3, 0)), "1.pdf 2.pdf 3.pdf".to_owned()));
    assert_eq!(run(|_, _| OnRefusal::Skip), (Some((2, 1)), "1.pdf 3.pdf".to_owned()));
    assert_eq!(run(|_, _| OnRefusal::Stop), (None, "1.pdf".to_owned()));
    let twice = |_: &str, attempt| if attempt < 2 { OnRefusal::Retry } else { OnRefusal::Skip };
    assert_eq!(run(twice), (Some((2, 1)), "1.pdf 3.pdf".to_owned()));
}

#[test]
fn certificates_of_a_program_go_through_a_batch() {
    let engine = Engine::new();
    let classic = engine.load_builtin("certificate-classic").unwrap().value;
    let common = "for: участие в конкурсе\nkind: Грамота\n".as_bytes();
    let common = model::Common::read(common, "common.yaml", Format::Yaml).unwrap().value;
    let batch = Batch::new(&engine, classic, common, BatchOptions::default()).unwrap();
    let items = ["Ким Виктория Олеговна", "Лев Павел"].map(|name| json!({ "recipient": name }));
    let mut names = Vec::new();
    let mut sink = |name: &str, _: &[u8]| {
        names.push(name.to_owned());
        Ok(())
    };
    let summary = batch.run_items(items, &mut sink, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(summary.made, 2);
    assert_eq!(names[0], "Ким Виктория Олеговна.pdf");
}

/// A writer that takes so many bytes and then fails.
struct Short(usize);

impl io::Write for Short {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_document_goes_to_any_writer_which_may_fail() {
    let own = design(&Engine::new(), "<p>{{a}}</p>", &[]);
    let made = own.compose(&json!({ "a": "б" })).unwrap().value;
    let (mut pdf, mut docx) = (Vec::new(), Vec::new());
    made.write_pdf(&mut pdf, &Default::default()).unwrap();
    made.write_docx(&mut docx as &mut dyn io::Write, &Default::default()).unwrap();
    assert_eq!(pdf, made.to_pdf(&Default::default()).unwrap().value);
    assert_eq!(docx, made.to_docx(&Default::default()).unwrap().value);
    let full = made.write_pdf(&mut Short(100), &Default::default()).unwrap_err();
    assert_eq!(full.into_diagnostics()[0].code(), "disk-full");
}

#[test]
fn a_helper_that_goes_on_for_ever_is_stopped_by_the_callers_token() {
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let slow = move |_: &HelperArgs<'_>| {
        stop.cancel();
        Ok(Value::Null)
    };
    let engine = Engine::builder().helper("slow", slow).build().unwrap();
    let body = "{{#each list}}<p>{{slow this}}</p>{{/each}}";
    let own = design(&engine, body, &[]).with_cancel(&cancel);
    let told = own.compose(&json!({ "list": vec![1; 1000] })).unwrap_err();
    assert_eq!(fault(told).code(), "cancelled");
}
