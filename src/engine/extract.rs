//! The data of a file that was made of them, as they are now.
//!
//! The way back: from a PDF or DOCX to the data that `model` read.

use crate::diag::{Datum, Diagnostic, Error, Warned, say};
use crate::docx::{self, Extracted, FieldEdit};
use crate::model::{Date, Format, Origin};
use crate::pdf::EmbeddedFile;

/// The data that a PDF or a DOCX of ours carries, byte for byte, with the name they had. What has
/// been changed since in the content controls of a DOCX is changed in the data, too.
///
/// ```
/// use itog::model::{self, Format};
/// use itog::{DocxOptions, Engine};
///
/// let yaml = "kind: Решение\nrecommendations: [Провести форум.]\n";
/// let data = model::read(yaml.as_bytes(), "decision.yaml", Format::Yaml)?.value;
/// let composition = Engine::new().load_builtin("final-document")?.value.compose(&data)?.value;
/// let options = DocxOptions::default().with_source("decision.yaml", yaml.as_bytes().to_vec());
/// let docx = composition.to_docx(&options)?.value;
/// assert_eq!(itog::engine::extract(&docx)?.value.data, yaml.as_bytes());
/// # Ok::<(), itog::Error>(())
/// ```
///
/// What was changed and cannot be brought back is a warning (`extract-edit`); that anything was
/// changed at all is one, too (`extract-changed`), for only fields are looked into.
///
/// # Errors
/// `extract-format` if the bytes are neither a PDF nor a DOCX; `pdf-encrypted`, `pdf-no-data`,
/// `pdf-attachment`, `extract-none` and `extract-broken` if nothing can be had from them.
pub fn extract(bytes: &[u8]) -> Result<Warned<EmbeddedFile>, Error> {
    // Readers accept a PDF whose header stands anywhere in the first kilobyte.
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        Ok(Warned { value: crate::pdf::extract(bytes)?, warnings: Vec::new() })
    // A DOCX file is a ZIP archive.
    } else if bytes.starts_with(b"PK") {
        let mut found = edited(docx::extract(bytes)?);
        if !docx::is_unchanged(bytes) {
            let message = say!("the document was changed since it was made");
            found.warnings.push(Diagnostic::warning("extract-changed", message).hint(say!(
                "what was changed outside of its fields does not come back: compare with the data"
            )));
        }
        Ok(found)
    } else {
        Err(Diagnostic::error("extract-format", say!("this is neither a PDF nor a DOCX"))
            .hint(say!("data is carried by the PDF and DOCX files that `itog render` makes"))
            .into())
    }
}

/// The data with what has been changed in the document.
fn edited(found: Extracted) -> Warned<EmbeddedFile> {
    let Extracted { name, mut data, edits } = found;
    let format = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => Format::Json,
        Some("toml") => Format::Toml,
        // `.yaml`, `.yml`, and what has no name of its own: YAML takes JSON, too.
        _ => Format::Yaml,
    };
    let mut warnings = Vec::new();
    for FieldEdit { control, shown, datum, value } in edits {
        let value = value.or_else(|| datum.as_ref().and_then(|datum| date(datum, &shown)));
        // Anew for each edit: the one before has moved what stands behind it.
        let origin = Origin::new(&data, &name, format);
        match datum.zip(value).and_then(|(datum, value)| origin.changed(&datum, &value)) {
            Some(changed) => data = changed,
            None => {
                let message = say!(
                    "«{control}» now says «{shown}», which cannot be brought back into the data",
                    control,
                    shown
                );
                warnings.push(
                    Diagnostic::warning("extract-edit", message)
                        .hint(say!("change it in the data and make the document again")),
                );
            }
        }
    }
    Warned { value: EmbeddedFile::source(name, data), warnings }
}

/// A date as data have it, if the value is one and so is what is shown now.
fn date(datum: &Datum, shown: &str) -> Option<String> {
    Date::parse_any(&datum.text).ok()?;
    Date::parse_any(shown).ok().map(|date| date.to_string())
}
