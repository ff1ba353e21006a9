//! Writes the JavaScript beside a WebAssembly module, and the module in two pieces, `engine-code` and
//! `engine-data`: `itog-web-bindgen IN.wasm OUT_DIR`. The page unpacks them side by side.

use std::{error::Error, fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

/// The data of a module, by the number of its section.
const DATA: u8 = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        return Err("usage: itog-web-bindgen IN.wasm OUT_DIR".into());
    };
    Bindgen::new()
        .input_path(module)
        .web(true)?
        // The page has the module inside and fetches none.
        .omit_default_module_path(true)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    let folder = Path::new(folder);
    let made = fs::read(folder.join("itog_web_bg.wasm"))?;
    let (code, data) = made.split_at(start_of_data(&made).ok_or("the module has no data")?);
    fs::write(folder.join("engine-code"), code)?;
    fs::write(folder.join("engine-data"), data)?;
    Ok(())
}

/// Where the section of data begins: behind eight bytes of head, each section has its number, its
/// length and so many bytes.
fn start_of_data(module: &[u8]) -> Option<usize> {
    let mut at = 8;
    while *module.get(at)? != DATA {
        let (length, digits) = length(module.get(at + 1..)?)?;
        at += 1 + digits + length;
    }
    Some(at)
}

/// A number as WebAssembly writes it, seven bits a byte, and how many bytes it takes.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let last = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let digits = bytes[..=last].iter().rev();
    Some((digits.fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f)), last + 1))
}
