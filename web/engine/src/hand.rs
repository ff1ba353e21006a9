//! From the library's values to the page's.

use itog::diag::{Diagnostic, Error, Severity, Warned, say};
use itog::files::Files;
use itog::model::Origin;
use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub(crate) fn console_error(text: &str);
}

/// The faults of one run, each once.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Diagnostic>);

impl Faults {
    /// The value, whose warnings are kept.
    pub(crate) fn keep<T>(&mut self, warned: Warned<T>) -> T {
        let (value, warnings) = warned.into_parts();
        warnings.into_iter().for_each(|warning| self.add(warning));
        value
    }

    /// The value, or nothing where there are errors, which are kept.
    pub(crate) fn of<T>(&mut self, made: Result<T, Error>) -> Option<T> {
        made.inspect_err(|error| list(error).into_iter().for_each(|fault| self.add(fault))).ok()
    }

    pub(crate) fn add(&mut self, fault: Diagnostic) {
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// All of them as JSON, errors first, led to the data that they came from.
    pub(crate) fn traced(self, origin: &Origin) -> Value {
        let traced = self.0.into_iter().map(|fault| origin.trace(fault));
        json_of(&traced.collect::<Vec<_>>())
    }

    /// All of them as JSON.
    pub(crate) fn json(&self) -> Value {
        json_of(&self.0)
    }

    /// An error as JavaScript throws it.
    pub(crate) fn thrown(error: Error) -> JsValue {
        JsValue::from_str(&json_of(&list(&error)).to_string())
    }
}

fn list(error: &Error) -> Vec<Diagnostic> {
    match error.diagnostics() {
        [] => vec![Diagnostic::error("failed", say!("{fault}", fault = error.to_string()))],
        all => all.to_vec(),
    }
}

pub(crate) fn json_of(faults: &[Diagnostic]) -> Value {
    let mut sorted: Vec<&Diagnostic> = faults.iter().collect();
    sorted.sort_by_key(|fault| fault.severity() != Severity::Error);
    json!(sorted)
}

/// Files of JavaScript: `[[name, bytes]]`.
pub(crate) fn files(all: &Array) -> Files {
    Files::memory(all.iter().filter_map(|pair| {
        let pair: Array = pair.dyn_into().ok()?;
        let bytes: Uint8Array = pair.get(1).dyn_into().ok()?;
        Some((pair.get(0).as_string()?, bytes.to_vec()))
    }))
}
