//! `itog preview` and `itog render --watch`, spoken to as a browser and an editor do.

#![cfg(all(feature = "bundled-fonts", feature = "batch", feature = "yaml", feature = "svg"))]

mod harness;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use harness::{folder, itog};
use serde_json::Value as Json;

/// A program that goes on until it is dropped.
struct Running {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Running {
    fn new(args: &[&str], folder: &Path) -> Self {
        let mut command = itog();
        let mut child =
            command.args(args).current_dir(folder).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Preview {
    _running: Running,
    host: String,
}

impl Preview {
    fn new(args: &[&str], folder: &Path) -> Self {
        let mut running = Running::new(&[&["preview"], args].concat(), folder);
        let host = running.line();
        let host = host.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        Self { _running: running, host }
    }

    /// The whole answer to a request.
    fn say(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.say(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host))
    }

    fn look(&self, row: usize) -> Json {
        let answer = self.get(&format!("/look?row={row}"));
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    /// Looks until something is so.
    fn until(&self, so: impl Fn(&Json) -> bool) -> Json {
        let begun = Instant::now();
        loop {
            let look = self.look(0);
            if so(&look) {
                return look;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "still {look}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

const DATA: &str = "kind: Решение\nrecommendations: [Провести форум.]\n";

fn document(name: &str) -> (std::path::PathBuf, Preview) {
    let folder = folder(name);
    fs::write(folder.join("решение.yaml"), DATA).unwrap();
    let preview = Preview::new(&["решение.yaml"], &folder);
    (folder, preview)
}

#[test]
fn a_saved_file_is_seen_and_so_are_its_faults() {
    let (folder, preview) = document("preview-saved");
    assert_eq!(preview.look(0)["pages"], 1);
    assert!(preview.get("/page?page=0").contains("Провести форум."));
    // The stream tells that something was saved.
    let mut events = TcpStream::connect(&preview.host).unwrap();
    write!(events, "GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host).unwrap();
    let mut events = BufReader::new(events).lines().map(Result::unwrap);
    events.find(|line| line.starts_with("data: ")).unwrap();

    let broken = format!("{DATA}strange: 1\n");
    fs::write(folder.join("решение.yaml"), broken).unwrap();
    events.find(|line| line.starts_with("data: ")).unwrap();
    let look = preview.until(|look| look["faults"][0]["code"] == "unknown-key");
    let place = &look["faults"][0]["place"];
    assert_eq!((&place["line"], &place["column"]), (&3.into(), &1.into()));
    assert!(Path::new(place["path"].as_str().unwrap()).is_absolute());

    fs::write(folder.join("решение.yaml"), DATA.replace("форум", "съезд")).unwrap();
    preview.until(|look| look["faults"].as_array().unwrap().is_empty());
    assert!(preview.get("/page?page=0").contains("Провести съезд."));
}

#[test]
fn rows_are_stepped_through_and_notes_are_no_rows() {
    let folder = folder("preview-rows");
    fs::write(folder.join("люди.csv"), "ФИО\nКим Виктория Олеговна\nИванов Пётр Ильич\nИтого: 2\n")
        .unwrap();
    let preview = Preview::new(&["люди.csv"], &folder);
    let looks = [preview.look(0), preview.look(1), preview.look(7)];
    assert!(looks.iter().all(|look| look["rows"] == 2 && look["pages"] == 1), "{looks:?}");
    let labels = looks.each_ref().map(|look| look["label"].as_str().unwrap());
    assert_eq!(labels, ["Ким Виктория Олеговна", "Иванов Пётр Ильич", "Иванов Пётр Ильич"]);
    assert_eq!(looks[2]["row"], 1);
}

#[test]
fn nobody_else_is_answered() {
    let (_folder, preview) = document("preview-host");
    let host = &preview.host;
    let port = host.rsplit_once(':').unwrap().1;
    let refused = [
        format!("GET /look HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"),
        "GET /look HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        "GET /look HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET /look HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n\r\n"),
    ];
    for request in refused {
        assert!(preview.say(&request).starts_with("HTTP/1.1 403 "), "{request}");
    }
    let post = format!("POST /look HTTP/1.1\r\nHost: {host}\r\n\r\n");
    assert!(preview.say(&post).starts_with("HTTP/1.1 405 "));
    assert!(preview.get("/../решение.yaml").starts_with("HTTP/1.1 404 "));
    let page = preview.get("/");
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("default-src 'none'"));
    assert!(!page.contains("{{nonce}}"));
    // A browser that says nothing keeps nobody else from being answered.
    let _silent = TcpStream::connect(host).unwrap();
    assert!(preview.say(&format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")).len() > 999);
}

#[test]
fn render_goes_on_with_watch_and_does_not_wake_itself() {
    let folder = folder("render-watch");
    fs::write(folder.join("a.yaml"), DATA).unwrap();
    let mut running = Running::new(&["render", "a.yaml", "--to", "svg", "--watch"], &folder);
    assert_eq!(running.line(), "a.svg");
    // The watcher is there before anything is made, so nothing that is saved now is missed.
    let first = fs::read_to_string(folder.join("a.svg")).unwrap();
    fs::write(folder.join("a.yaml"), DATA.replace("форум", "съезд")).unwrap();
    assert_eq!(running.line(), "a.svg");
    let second = fs::read_to_string(folder.join("a.svg")).unwrap();
    assert!(first.contains("форум") && second.contains("съезд"));
}

#[test]
fn stdin_cannot_be_watched() {
    for args in [&["preview", "-"][..], &["render", "-", "--watch"]] {
        let ran = itog().args(args).output().unwrap();
        assert_eq!(ran.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&ran.stderr).starts_with("error[watch-stdin]"), "{args:?}");
    }
}
