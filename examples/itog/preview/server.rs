//! A server for one person: on loopback only, a thread for each of the browser's connections.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The most bytes of a request's head.
const MAX_HEAD: u64 = 16 << 10;
/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is answered.
pub(super) enum Answer {
    Page(String),
    Json(String),
    Svg(String),
    Missing,
    /// Lines of an event stream, as long as the browser listens.
    Events(Box<EventLines>),
}

type EventLines = dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// A request that may be answered.
pub(super) struct Request {
    pub(super) path: String,
    query: String,
}

impl Request {
    /// A number of the query, 0 if it is not there.
    pub(super) fn number(&self, name: &str) -> usize {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let mut found = pairs.filter(|(key, _)| *key == name).filter_map(|(_, n)| n.parse().ok());
        found.next().unwrap_or(0)
    }
}

/// A listener that nobody outside of this machine can reach; port 0 is any that is free.
pub(super) fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

/// Answers requests until the program is ended. `nonce` names the scripts and styles that the
/// page may have.
pub(super) fn serve(
    listener: &TcpListener,
    nonce: &str,
    answer: impl Fn(Request) -> Answer + Sync,
) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            let answer = &answer;
            // A connection that a browser breaks off is no fault of anybody's.
            let work = move || drop(converse(&stream, port, nonce, answer));
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
    });
    Ok(())
}

fn converse(
    stream: &TcpStream,
    port: u16,
    nonce: &str,
    answer: &(impl Fn(Request) -> Answer + Sync),
) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut out = stream;
    let request = match read(stream, port)? {
        Ok(request) => request,
        Err(status) => return write!(out, "HTTP/1.1 {status}\r\nConnection: close\r\n\r\n"),
    };
    let (status, kind, body) = match answer(request) {
        Answer::Page(body) => ("200 OK", "text/html", body),
        Answer::Json(body) => ("200 OK", "application/json", body),
        Answer::Svg(body) => ("200 OK", "image/svg+xml", body),
        Answer::Missing => ("404 Not Found", "text/plain", String::new()),
        Answer::Events(mut next) => {
            head(out, "200 OK", "text/event-stream", nonce)?;
            write!(out, "\r\n")?;
            loop {
                next(&mut out)?;
                out.flush()?;
            }
        }
    };
    head(out, status, kind, nonce)?;
    write!(out, "Content-Length: {}\r\n\r\n{body}", body.len())
}

/// The head of an answer but for its end. The page may load nothing but itself, and no other
/// site may look at it or frame it.
fn head(mut out: &TcpStream, status: &str, kind: &str, nonce: &str) -> io::Result<()> {
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; script-src 'nonce-{nonce}'; \
         style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'\r\n"
    )
}

/// Reads a request; the inner error is the status of one that is refused.
fn read(stream: &TcpStream, port: u16) -> io::Result<Result<Request, &'static str>> {
    let mut lines = BufReader::new(stream.take(MAX_HEAD)).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let (mut host, mut foreign) = (None, false);
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.to_ascii_lowercase().as_str() {
            "host" => host = Some(value.trim().to_ascii_lowercase()),
            "sec-fetch-site" => foreign = matches!(value.trim(), "cross-site" | "same-site"),
            _ => {}
        }
    }
    // A site of somebody else may give its own name the address of this machine, to read what is
    // served here (DNS rebinding); its name is in `Host`.
    let known = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    if foreign || !host.is_some_and(|host| known.contains(&host)) {
        return Ok(Err("403 Forbidden"));
    }
    let mut words = first.split(' ');
    let (Some("GET"), Some(target)) = (words.next(), words.next()) else {
        return Ok(Err("405 Method Not Allowed"));
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Ok(Request { path: path.to_owned(), query: query.to_owned() }))
}
