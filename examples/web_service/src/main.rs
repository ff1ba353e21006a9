//! `cargo run --manifest-path examples/web_service/Cargo.toml -- 127.0.0.1:8080`, and then
//!
//! ```text
//! curl --data '{"to": "Анне", "text": "Приезжайте.", "sum": 1500.5}' \
//!     http://127.0.0.1:8080/letter -o letter.pdf
//! ```

use std::error::Error;

use tokio::net::TcpListener;

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let app = web_service::app(web_service::Bounds::default())?;
    tokio::runtime::Builder::new_multi_thread().enable_io().build()?.block_on(async {
        let listener = TcpListener::bind(&address).await?;
        println!("http://{}/letter", listener.local_addr()?);
        axum::serve(listener, app).await?;
        Ok(())
    })
}
