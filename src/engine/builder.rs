//! An engine put together.
//!
//! What it collects is checked at once when the engine is built, before any template is read.

use std::sync::Arc;

use super::Engine;
use crate::diag::{Diagnostic, Error};
use crate::font::FontBook;
use crate::lang::ru::Dictionary;
use crate::limits::{Limits, Watch};
use crate::model::NameBook;
use crate::template::{BlockHelper, Extensions, Helper};
use crate::text::Typesetter;

/// An [`Engine`] in the making: fonts, dictionary, helpers and words of one's own, limits.
///
/// ```
/// use itog::engine::HelperArgs;
/// use itog::{Engine, Limits};
///
/// let engine = Engine::builder()
///     .helper("shelf", |args: &HelperArgs<'_>| Ok(format!("Ш-{}", args.text(0)?).into()))
///     .hyphens(["сель-биб-лио-те-ка"])
///     .words("be", [("theme", "Тэма")])
///     .limits(Limits::default().with_pages(50))
///     .build()?;
/// assert_eq!(engine.limits().pages, 50);
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Default)]
#[must_use]
pub struct EngineBuilder {
    fonts: Option<FontBook>,
    names: Option<NameBook>,
    hyphens: Vec<String>,
    extensions: Extensions,
    limits: Limits,
    faults: Vec<Diagnostic>,
}

impl EngineBuilder {
    /// These faces, instead of those bundled in the crate.
    ///
    /// ```
    /// use itog::{Engine, FontBook};
    ///
    /// let mut fonts = FontBook::bundled();
    /// fonts.add(include_bytes!("../../tests/pdf/squares.otf").to_vec())?;
    /// let engine = Engine::builder().fonts(fonts).build()?;
    /// # Ok::<(), itog::Error>(())
    /// ```
    pub fn fonts(self, fonts: FontBook) -> Self {
        Self { fonts: Some(fonts), ..self }
    }

    /// What a dictionary says of names and words: their forms, their gender and their breaks.
    ///
    /// ```
    /// use itog::Engine;
    /// use itog::model::{self, Format, NameBook};
    ///
    /// let names = "names: {Косых Жанар: f}";
    /// let names = NameBook::read(names.as_bytes(), "names.yaml", Format::Yaml)?.value;
    /// let engine = Engine::builder().names(&names).build()?;
    /// let design = engine.load_builtin("certificate-classic")?.value;
    /// let yaml = "kind: Благодарность\nrecipient: Косых Жанар\nfor: участие в конкурсе";
    /// let data = model::read(yaml.as_bytes(), "thanks.yaml", Format::Yaml)?.value;
    /// assert!(design.compose(&data)?.warnings.is_empty());
    /// # Ok::<(), itog::Error>(())
    /// ```
    pub fn names(self, names: &NameBook) -> Self {
        Self { names: Some(names.clone()), ..self }
    }

    /// Words with their breaks, «биб-лио-те-ка»; they go before the rules of hyphenation.
    pub fn hyphens(mut self, words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.hyphens.extend(words.into_iter().map(|word| word.as_ref().to_owned()));
        self
    }

    /// Fixed words of templates in a language, by their keys: what `{{word "theme"}}` prints where
    /// the template itself has no word for it.
    pub fn words(
        mut self,
        lang: &str,
        words: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        let words = words.into_iter().map(|(key, word)| (key.into(), word.into()));
        self.extensions.add_words(lang, words);
        self
    }

    /// A helper that all templates may call: `{{shelf n}}`.
    pub fn helper(mut self, name: &str, helper: impl Helper + 'static) -> Self {
        self.faults.extend(self.extensions.add_helper(name, Arc::new(helper)).err());
        self
    }

    /// A block helper that all templates may use: `{{#frame title}}…{{/frame}}`.
    pub fn block(mut self, name: &str, block: impl BlockHelper + 'static) -> Self {
        self.faults.extend(self.extensions.add_block(name, Arc::new(block)).err());
        self
    }

    /// What designs and documents are held to.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The engine.
    ///
    /// # Errors
    /// `helper-name` for each helper whose name is taken or is none; `no-fonts` where no faces are
    /// given and none are bundled.
    pub fn build(self) -> Result<Engine, Error> {
        // Setters chain and cannot fail, so that all that was wrong comes out here.
        if !self.faults.is_empty() {
            return Err(Error::Invalid(self.faults));
        }
        let fonts = match self.fonts {
            Some(fonts) => fonts,
            #[cfg(feature = "bundled-fonts")]
            None => FontBook::bundled(),
            #[cfg(not(feature = "bundled-fonts"))]
            None => {
                let message = crate::diag::say!("the engine has no fonts");
                return Err(Diagnostic::error("no-fonts", message).into());
            }
        };
        let mut dictionary = self.names.as_ref().map(Dictionary::from).unwrap_or_default();
        self.hyphens.iter().for_each(|word| dictionary.hyphens.add(word));
        // Hyphens belong to a typesetter, so engines with other names share none.
        let typesetter = Typesetter::new(Arc::new(fonts)).with_hyphens(dictionary.hyphens.clone());
        Ok(Engine {
            typesetter: Arc::new(typesetter),
            dictionary: Arc::new(dictionary),
            extensions: Arc::new(self.extensions),
            watch: Watch { limits: self.limits, ..Watch::default() },
        })
    }
}
