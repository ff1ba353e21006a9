//! Writes the JavaScript beside a WebAssembly module: `itog-web-bindgen IN.wasm OUT_DIR`.

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
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
    Ok(())
}
