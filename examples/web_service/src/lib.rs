//! A web service that makes documents: data in, a PDF out, within bounds.
//!
//! - `POST /letter` takes JSON of one's own and answers with a PDF, piece by piece.
//! - What is wrong with the data is 422 with the faults as JSON; a document that takes too long is
//!   504; when as many are made as the service may make at once, the next is 503 with
//!   `Retry-After`.
//! - Who goes away stops the document that was made for him.
//!
//! Template, stylesheet and fonts are in the program (`include_bytes!`), so that it reads no file.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::stream;
use itog::{Cancel, Design, Engine, Error, Files, Limits, PdfOptions};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// What the service is held to.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Documents that are made at once; each takes a core while it is made.
    pub at_once: usize,
    /// How long one may take.
    pub time: Duration,
    /// Bytes of a request.
    pub body: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { at_once: 4, time: Duration::from_secs(5), body: 1 << 20 }
    }
}

#[derive(Clone)]
struct Service {
    design: Design,
    places: Arc<Semaphore>,
}

/// The service. The template is made ready here, once: a fault in it keeps the program from
/// starting, and no request from being answered.
///
/// # Errors
/// Faults of the template.
pub fn app(bounds: Bounds) -> Result<Router, Error> {
    let limits = Limits::default()
        .with_time(bounds.time)
        .with_pages(50)
        .with_elements(20_000)
        .with_markup_bytes(4 << 20);
    let engine = Engine::builder().limits(limits).build()?;
    let design = engine.load_files("letter", template())?.value;
    let service = Service { design, places: Arc::new(Semaphore::new(bounds.at_once)) };
    let routes = Router::new().route("/letter", post(letter));
    Ok(routes.layer(DefaultBodyLimit::max(bounds.body)).with_state(service))
}

/// The folder of the template, as it stands in the program.
fn template() -> Files {
    Files::bundled(&[
        ("template.hbs", include_bytes!("../letter/template.hbs")),
        ("style.css", include_bytes!("../letter/style.css")),
        ("schema.json", include_bytes!("../letter/schema.json")),
    ])
}

/// Stops its document when it is dropped: axum drops what it waits for when the client goes away.
struct Stop(Cancel);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

async fn letter(State(service): State<Service>, body: Bytes) -> Response {
    let Ok(place) = Arc::clone(&service.places).try_acquire_owned() else {
        let retry = [(header::RETRY_AFTER, "1")];
        return (StatusCode::SERVICE_UNAVAILABLE, retry, "try again in a second").into_response();
    };
    let data = match serde_json::from_slice::<Value>(&body) {
        Ok(data) => data,
        Err(why) => return (StatusCode::BAD_REQUEST, why.to_string()).into_response(),
    };
    let cancel = Cancel::new();
    let stop = Stop(cancel.clone());
    let design = service.design.with_cancel(&cancel);
    // As many pieces wait as a slow client may leave behind.
    let (send, mut pieces) = mpsc::channel(4);
    let (begun, begins) = oneshot::channel();
    let writer = Pieces { begun: Some(begun), send, place };
    // Making a document is work for a processor, which must not hold up those who wait.
    tokio::task::spawn_blocking(move || writer.make(&design, &data));
    match begins.await {
        Ok(Ok(())) => {
            let pieces = stream::poll_fn(move |cx| {
                // It lives as long as the answer does.
                let _ = &stop;
                pieces.poll_recv(cx).map(|piece| piece.map(Ok::<Bytes, io::Error>))
            });
            let kind = [(header::CONTENT_TYPE, "application/pdf")];
            (kind, Body::from_stream(pieces)).into_response()
        }
        Ok(Err(error)) => refused(error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(error: Error) -> Response {
    let faults = error.into_diagnostics();
    let late = faults.iter().any(|fault| fault.code() == "limit-time");
    let status = if late { StatusCode::GATEWAY_TIMEOUT } else { StatusCode::UNPROCESSABLE_ENTITY };
    // A diagnostic is JSON by itself: code, message in two languages, path in the data.
    (status, axum::Json(faults)).into_response()
}

/// A writer whose pieces become the body of an answer. It holds the place until the last one.
struct Pieces {
    begun: Option<oneshot::Sender<Result<(), Error>>>,
    send: mpsc::Sender<Bytes>,
    #[allow(dead_code, reason = "given back when it is dropped")]
    place: OwnedSemaphorePermit,
}

impl Pieces {
    fn make(mut self, design: &Design, data: &Value) {
        let made = design.compose(data).and_then(|letter| {
            let options = PdfOptions::default();
            letter.value.write_pdf(&mut self, &options)
        });
        // Once the answer has begun there is no other way to say that it failed than to end it.
        if let (Err(error), Some(begun)) = (made, self.begun.take()) {
            let _ = begun.send(Err(error));
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(Ok(()));
        }
        let taken = bytes.len().min(64 << 10);
        let piece = Bytes::copy_from_slice(&bytes[..taken]);
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.send.blocking_send(piece).map_err(gone).map(|()| taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
