//! Draws every page of a PDF file with hayro: `render-with-hayro FILE.pdf PREFIX DPI` writes
//! `PREFIX-1.png` and so on.

use std::error::Error;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, prefix, dpi] = &arguments[..] else {
        return Err("usage: render-with-hayro FILE.pdf PREFIX DPI".into());
    };
    let scale = dpi.parse::<f32>()? / 72.0;
    let pdf = Pdf::new(std::fs::read(file)?).map_err(|error| format!("{file}: {error:?}"))?;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let picture = render(
            page,
            &cache,
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let png = picture.into_png().map_err(|error| format!("page {}: {error:?}", number + 1))?;
        std::fs::write(format!("{prefix}-{}.png", number + 1), png)?;
    }
    Ok(())
}
