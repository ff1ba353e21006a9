//! What a batch makes of each record, and how.

use super::Shard;
use crate::docx::DocxOptions;
use crate::pdf::PdfOptions;
use crate::trust::SecretKey;

/// What a batch makes.
///
/// ```
/// use itog::batch::BatchOptions;
/// use itog::{PdfOptions, Standard};
/// let options = BatchOptions::default()
///     .with_name("{{school}}/{{surname}}")
///     .with_pdf(PdfOptions::default().with_standard(Standard::A3a))
///     .with_docx(None)
///     .with_resume(true);
/// assert!(options.docx.is_none());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchOptions {
    /// Make a PDF of each record, so. Default: PDF/A-2a.
    pub pdf: Option<PdfOptions>,
    /// Make a DOCX of each record, so. Default: yes.
    pub docx: Option<DocxOptions>,
    /// Make SVG of each page of a record. Default: no.
    pub svg: bool,
    /// Make PNG of each page of a record, with so many pixels per inch: 150 is good for
    /// messengers. Default: no.
    #[cfg(feature = "svg")]
    pub png: Option<f64>,
    /// The files' name without ending: a Handlebars text over the record, with `row`, `name`,
    /// `surname` and `initials` besides; `/` stands between folders. Default: number and name.
    pub name: String,
    /// Threads; 0 is one per core. Default: 0.
    pub jobs: usize,
    /// Leave out what the sink has already. Default: no.
    pub resume: bool,
    /// Sign the facts of each certificate with this key. Default: no.
    pub sign: Option<SecretKey>,
    /// Of so many of the first records, [`Outcome::text`](super::Outcome::text) has the words.
    /// Default: none.
    pub show: usize,
    /// Look at all records, but write nothing. Default: no.
    pub dry: bool,
    /// Make only the rows of this shard, with the same names and bytes as in the whole. Default:
    /// all.
    pub shard: Option<Shard>,
    /// The most pixels per inch that a picture which records share has in PDFs; photographs as JPEG
    /// stay as they are. Default: 300.
    pub image_dpi: f64,
    /// How many of the first rows are laid out before the first is written, so that all PDFs share
    /// their fonts and pictures. They are under way together. With 1 each row goes out before the
    /// next but one is asked for, and files are a little larger. Default: 128.
    pub sample: usize,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            pdf: Some(PdfOptions::default()),
            docx: Some(DocxOptions::default()),
            svg: false,
            #[cfg(feature = "svg")]
            png: None,
            name: "{{#if number}}{{number}}-{{/if}}{{name}}".to_owned(),
            jobs: 0,
            resume: false,
            sign: None,
            show: 0,
            dry: false,
            shard: None,
            image_dpi: 300.0,
            sample: 128,
        }
    }
}

impl BatchOptions {
    /// These options, with PDFs made so, or none.
    #[must_use]
    pub fn with_pdf(self, pdf: impl Into<Option<PdfOptions>>) -> Self {
        Self { pdf: pdf.into(), ..self }
    }

    /// These options, with DOCX made so, or none.
    #[must_use]
    pub fn with_docx(self, docx: impl Into<Option<DocxOptions>>) -> Self {
        Self { docx: docx.into(), ..self }
    }

    /// These options, with or without SVG of each page.
    #[must_use]
    pub fn with_svg(self, svg: bool) -> Self {
        Self { svg, ..self }
    }

    /// These options, with PNG of so many pixels per inch, or none.
    #[must_use]
    #[cfg(feature = "svg")]
    pub fn with_png(self, png: impl Into<Option<f64>>) -> Self {
        Self { png: png.into(), ..self }
    }

    /// These options, with this [name](Self::name) of the files.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// These options, with so many threads; 0 is one per core.
    #[must_use]
    pub fn with_jobs(self, jobs: usize) -> Self {
        Self { jobs, ..self }
    }

    /// These options; what the sink has already is left out, or made again.
    #[must_use]
    pub fn with_resume(self, resume: bool) -> Self {
        Self { resume, ..self }
    }

    /// These options, with this key that signs certificates, or none.
    #[must_use]
    pub fn with_sign(self, sign: impl Into<Option<SecretKey>>) -> Self {
        Self { sign: sign.into(), ..self }
    }

    /// These options, with the words of so many of the first records.
    #[must_use]
    pub fn with_show(self, show: usize) -> Self {
        Self { show, ..self }
    }

    /// These options; records are only looked at, or written.
    #[must_use]
    pub fn with_dry(self, dry: bool) -> Self {
        Self { dry, ..self }
    }

    /// These options, with the rows of this shard alone, or all.
    #[must_use]
    pub fn with_shard(self, shard: impl Into<Option<Shard>>) -> Self {
        Self { shard: shard.into(), ..self }
    }

    /// These options, with so many pixels per inch at most in shared pictures.
    #[must_use]
    pub fn with_image_dpi(self, image_dpi: f64) -> Self {
        Self { image_dpi, ..self }
    }

    /// These options, with so many rows laid out before the first is written.
    #[must_use]
    pub fn with_sample(self, sample: usize) -> Self {
        Self { sample, ..self }
    }

    /// The endings of the files of a record.
    pub(super) fn endings(&self) -> Vec<&'static str> {
        let all = [
            ("pdf", self.pdf.is_some()),
            ("docx", self.docx.is_some()),
            ("svg", self.svg),
            ("png", self.density().is_some()),
        ];
        all.into_iter().filter(|(_, asked)| *asked).map(|(ending, _)| ending).collect()
    }

    /// The pixels per inch of PNG, if any is to be made.
    pub(super) fn density(&self) -> Option<f64> {
        #[cfg(feature = "svg")]
        return self.png;
        #[cfg(not(feature = "svg"))]
        None
    }

    /// Whether pages are to be laid out by us, and not only by Word.
    pub(super) fn paged(&self) -> bool {
        self.pdf.is_some() || self.svg || self.density().is_some()
    }
}
