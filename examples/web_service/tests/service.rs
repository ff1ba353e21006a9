//! The service as its clients meet it, over a socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use web_service::{Bounds, app};

/// Starts a service of its own; it ends with the test.
fn serve(bounds: Bounds) -> SocketAddr {
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_io().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app(bounds).unwrap()).await.unwrap();
        });
    });
    receive.recv().unwrap()
}

fn ask(to: SocketAddr, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(to).unwrap();
    let head = format!(
        "POST /letter HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // A body that is too large is refused before all of it is taken.
    let _ = stream.write_all(body.as_bytes());
    stream
}

/// Status and the rest of the answer.
fn answer(mut stream: TcpStream) -> (u16, Vec<u8>) {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let status = all.get(9..12).map(|code| String::from_utf8_lossy(code).into_owned());
    (status.unwrap_or_default().parse().unwrap_or(0), all)
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

const LETTER: &str = r#"{"to": "Анне", "text": "Приезжайте.", "sum": 1500.5}"#;

/// Data whose document takes seconds.
fn long() -> String {
    let line = "\"Приезжайте к нам в библиотеку на праздник книги и чтения.\",".repeat(9000);
    format!(r#"{{"to": "Анне", "text": "а", "lines": [{line} "конец"]}}"#)
}

#[test]
fn a_letter_is_answered_piece_by_piece() {
    let (status, answer) = answer(ask(serve(Bounds::default()), LETTER));
    assert_eq!(status, 200);
    assert!(has(&answer, "transfer-encoding: chunked") && has(&answer, "application/pdf"));
    assert!(has(&answer, "%PDF-1.7") && has(&answer, "%%EOF"));
}

#[test]
fn what_is_wrong_is_told_as_json() {
    let to = serve(Bounds { body: 1000, ..Bounds::default() });
    let (status, told) = answer(ask(to, r#"{"to": "", "txet": "а"}"#));
    assert_eq!(status, 422);
    for text in ["missing-key", "unknown-value", "кому письмо", "message_ru"] {
        assert!(has(&told, text), "{}", String::from_utf8_lossy(&told));
    }
    assert_eq!(answer(ask(to, "{")).0, 400);
    assert_eq!(answer(ask(to, &" ".repeat(2000))).0, 413);
}

#[test]
fn a_document_that_takes_too_long_ends_at_its_time() {
    let to = serve(Bounds { time: Duration::from_millis(30), ..Bounds::default() });
    let begun = Instant::now();
    let (status, told) = answer(ask(to, &long()));
    assert_eq!(status, 504, "{}", String::from_utf8_lossy(&told));
    assert!(has(&told, "limit-time"));
    // The bound is generous: machines that test do other work as well.
    assert!(begun.elapsed() < Duration::from_secs(3));
    // Its place is free again.
    assert_eq!(answer(ask(serve(Bounds::default()), LETTER)).0, 200);
}

#[test]
fn who_comes_when_all_places_are_taken_is_told_so_and_who_goes_leaves_his() {
    let to = serve(Bounds { at_once: 1, time: Duration::from_secs(60), ..Bounds::default() });
    // A long body may still be on its way when a short one takes the only place; then it is the
    // long one that is refused, and is asked for again.
    let first = (0..100).find_map(|_| {
        let asked = ask(to, &long());
        thread::sleep(Duration::from_millis(100));
        let (status, told) = answer(ask(to, LETTER));
        (status == 503).then(|| {
            assert!(has(&told, "retry-after: 1"));
            asked
        })
    });
    assert!(first.is_some(), "nobody was ever refused");
    // The client goes away, and with it the document that was made for it.
    drop(first);
    let begun = Instant::now();
    while answer(ask(to, LETTER)).0 == 503 {
        assert!(begun.elapsed() < Duration::from_secs(10), "the place is not given back");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn many_clients_at_once_are_answered_or_refused_and_nothing_else() {
    let to = serve(Bounds { at_once: 2, ..Bounds::default() });
    let (made, full) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..8 {
                    match answer(ask(to, LETTER)) {
                        (200, pdf) if has(&pdf, "%%EOF") => made.fetch_add(1, Ordering::Relaxed),
                        (503, _) => full.fetch_add(1, Ordering::Relaxed),
                        (status, _) => panic!("{status}"),
                    };
                }
            });
        }
    });
    assert!(made.into_inner() > 0);
    assert!(full.into_inner() > 0);
}
