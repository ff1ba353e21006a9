//! Stylesheets: text → rules, with a warning for everything that is not understood.

use std::sync::{Arc, LazyLock};

use super::FontFace;
use super::declaration::DeclarationBlock;
use super::fault::{CssFaults, SheetOrigin};
use super::index::Index;
use super::page::PageRule;
use super::parse::{Imports, RuleParser};
use super::selector::{Pseudo, Selector};
use crate::diag::{Diagnostic, Sink, SourceId, Sources, say};
use crate::files::Files;

/// A parsed stylesheet. It is made once and used for many documents, on many threads.
#[derive(Debug, Clone)]
pub struct Stylesheet(pub(super) Arc<Rules>);

/// What a stylesheet says.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Every selector of every rule, in order.
    pub(super) rules: Vec<Rule>,
    /// The declarations that [`Rule::block`] points to.
    pub(super) blocks: Vec<DeclarationBlock>,
    pub(super) pages: Vec<PageRule>,
    pub(super) font_faces: Vec<FontFace>,
    pub(super) index: Index,
    /// Whether a selector looks at other attributes than `class` and `id`.
    pub(super) asks_for_attributes: bool,
}

/// A selector and what it selects for.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) selector: Selector,
    pub(super) pseudo: Option<Pseudo>,
    pub(super) block: usize,
}

/// The print defaults of HTML as text.
pub(super) const USER_AGENT_TEXT: &str = include_str!("html.css");

static USER_AGENT: LazyLock<Stylesheet> = LazyLock::new(|| {
    let rules = parse(
        &mut CssFaults::new(USER_AGENT_TEXT, SheetOrigin::element(None)),
        &mut Imports::none(),
    );
    Stylesheet(Arc::new(rules))
});

impl Stylesheet {
    /// Parses a source. What is not understood is skipped, as CSS says, and reported as a warning
    /// with its place. Files that `@import` names are read through `files` and become sources too.
    ///
    /// Warnings: `css-property`, `css-value`, `css-selector`, `css-at-rule`, `css-syntax`,
    /// `css-import`.
    pub fn parse(source: SourceId, sources: &mut Sources, files: &Files, sink: &mut Sink) -> Self {
        let Some(text) = sources.get(source).cloned() else {
            sink.push(Diagnostic::warning(
                "css-syntax",
                say!("the stylesheet is not a known source"),
            ));
            return Self(Arc::default());
        };
        let mut faults = CssFaults::new(text.text(), SheetOrigin::exact(source, 0));
        let mut imports = Imports::from(files, sources);
        let rules = parse(&mut faults, &mut imports);
        let inner = std::mem::take(&mut imports.faults);
        sink.extend(faults.placed(sources));
        sink.extend(
            inner
                .into_iter()
                .map(|(fault, span)| fault.at(span.and_then(|span| sources.place(span)))),
        );
        Self(Arc::new(rules))
    }

    /// The faces that `@font-face` rules declare.
    pub fn font_faces(&self) -> &[FontFace] {
        &self.0.font_faces
    }

    /// The print defaults of HTML: the stylesheet behind all others.
    pub fn user_agent() -> &'static Self {
        &USER_AGENT
    }
}

/// Parses the whole text.
pub(super) fn parse(faults: &mut CssFaults, imports: &mut Imports) -> Rules {
    let mut rules = Rules::default();
    RuleParser::run(&mut rules, faults, imports);
    // Made once all rules are known; it is asked for each element of each document.
    rules.index = Index::of(&rules.rules);
    rules
}
