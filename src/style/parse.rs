//! Rules and at-rules.
//!
//! The first step of style: stylesheets become rules, which the cascade matches.

use std::ops::Range;
use std::sync::Arc;

use cssparser::{
    AtRuleParser, BasicParseErrorKind, CowRcStr, DeclarationParser, ParseError, ParseErrorKind,
    Parser, ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};
use selectors::SelectorList;
use selectors::parser::ParseRelative;

use super::declaration::{self, DeclarationBlock, DeclarationContext};
use super::fault::{CssFault, CssFaults, Parsed, SheetOrigin, beside, excerpt, reason};
use super::font_face;
use super::page::{self, PageRule, PageSelector};
use super::selector::{self, Impl, Selectors};
use super::sheet::{Rule, Rules};
use super::{MarginBoxPlace, media};
use crate::diag::{Diagnostic, Message, Source, Sources, Span, nearest, say};
use crate::files::Files;
use crate::limits;

/// A parse error whose fault has been reported where it was found.
pub(super) const TOLD: ParseError<()> = ParseError { kind: ParseErrorKind::Custom(()) };

/// How deep `@import` may nest.
const MAX_IMPORTS: usize = 16;

/// Where `@import` gets its files from.
#[derive(Debug)]
pub(super) struct Imports<'a> {
    access: Option<(&'a Files, &'a mut Sources)>,
    /// The files that are being read, outermost first.
    open: Vec<String>,
    /// The limit of sources was reached, which is told once.
    full: bool,
    /// Warnings about imported files.
    pub(super) faults: Vec<(Diagnostic, Option<Span>)>,
}

impl<'a> Imports<'a> {
    /// No imports are possible.
    pub(super) fn none() -> Self {
        Self { access: None, open: Vec::new(), full: false, faults: Vec::new() }
    }

    /// Files beside the template.
    pub(super) fn from(files: &'a Files, sources: &'a mut Sources) -> Self {
        Self { access: Some((files, sources)), open: Vec::new(), full: false, faults: Vec::new() }
    }
}

/// The parser of a stylesheet's rules.
#[derive(Debug)]
pub(super) struct RuleParser<'p, 't, 's> {
    rules: &'p mut Rules,
    faults: &'p mut CssFaults<'t>,
    imports: &'p mut Imports<'s>,
    /// Whether only `@import` and `@charset` have been met.
    at_start: bool,
}

/// What stands before an at-rule's block.
#[derive(Debug)]
pub(super) enum Prelude {
    Import(Box<str>, bool),
    Media(bool),
    FontFace,
    Page(Vec<PageSelector>),
}

impl<'p, 't, 's> RuleParser<'p, 't, 's> {
    /// Parses the text of `faults` and adds its rules.
    pub(super) fn run(
        rules: &'p mut Rules,
        faults: &'p mut CssFaults<'t>,
        imports: &'p mut Imports<'s>,
    ) {
        let text = faults.text;
        let mut parser = Self { rules, faults, imports, at_start: true };
        parser.all(&mut Parser::new(text));
        parser.see_comment();
    }

    /// Reports a comment that the text ends in: CSS takes all of the rest for the comment.
    fn see_comment(&mut self) {
        let text = self.faults.text;
        if let Some(start) = open_comment(text) {
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            let message = say!("the comment that begins here is never closed");
            let fault = Diagnostic::warning("css-syntax", message);
            self.faults.warn(fault.hint(say!("write `*/` where it ends")), start..end);
        }
    }

    fn all(&mut self, input: &mut Parser) {
        let mut sheet = StyleSheetParser::new(input, self);
        while let Some(result) = sheet.next() {
            if let Err((error, text, _)) = result {
                let range = range_of(sheet.parser.faults.text, text);
                syntax(sheet.parser.faults, error, range);
            }
        }
    }

    /// Reports a block, which began at `start`, that the text ends in.
    fn see_end(&mut self, start: &ParserState, input: &Parser) {
        // CSS closes open blocks at the end of the text by itself; here it is nearly always a
        // forgotten brace that swallowed rules.
        if input.position().byte_index() >= self.faults.text.len() {
            let start = start.position().byte_index();
            let head = self.faults.text[start..].split('{').next().unwrap_or_default();
            let fault = Diagnostic::warning(
                "css-syntax",
                say!("the block of `{head}` is not closed", head = excerpt(head)),
            );
            self.faults
                .warn(fault.hint(say!("write `}` where it ends")), start..start + head.len());
        }
    }

    fn import(&mut self, url: &str, start: usize) {
        let range = start
            ..start + self.faults.text[start..].find(';').unwrap_or(self.faults.text.len() - start);
        let warn = |faults: &mut CssFaults, message: Message| {
            faults.warn(Diagnostic::warning("css-import", message), range.clone())
        };
        let name = beside(self.faults.origin.folder, url);
        // Only the files that are open count: the same file imported twice, side by side, is
        // allowed.
        if self.imports.open.contains(&name) {
            return warn(self.faults, say!("`{name}` imports itself", name));
        }
        if self.imports.open.len() >= MAX_IMPORTS {
            return warn(
                self.faults,
                say!("imports are nested deeper than {most}", most = MAX_IMPORTS),
            );
        }
        let Some((files, sources)) = &mut self.imports.access else {
            return warn(self.faults, say!("`@import` is possible in stylesheet files only"));
        };
        let text = match files.bytes(&name) {
            Ok(bytes) => match String::from_utf8(bytes.into_owned()) {
                Ok(text) => text,
                Err(_) => return warn(self.faults, say!("`{name}` is not UTF-8", name)),
            },
            Err(fault) => {
                let warning = Diagnostic::warning("css-import", fault.message());
                return self.faults.warn(
                    fault.hints().iter().fold(warning, |w, hint| w.hint(hint.clone())),
                    range,
                );
            }
        };
        // Each file may import others twice, and those again: sixteen of them would be 65,536.
        if self.imports.full {
            return;
        }
        if let Err(reached) = limits::room_for_source(sources, &text) {
            self.imports.full = true;
            self.imports.faults.push((reached, self.faults.origin.span(range)));
            return;
        }
        let source = Source::new(files.display_name(&name), text);
        // Imported files are sources of their own, so that faults name the file in which they
        // stand.
        let id = sources.add(Arc::clone(&source));
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]).to_owned();
        let mut faults = CssFaults::new(source.text(), SheetOrigin::exact(id, 0).inside(&folder));
        self.imports.open.push(name);
        RuleParser::run(self.rules, &mut faults, self.imports);
        self.imports.open.pop();
        self.imports.faults.append(&mut faults.all);
    }
}

/// Where a slice of the text stands in it.
pub(super) fn range_of(text: &str, slice: &str) -> Range<usize> {
    // The parser hands out slices of the text without their place; bounded, in case one is none.
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + slice.len()).min(text.len())
}

/// Where the comment begins that nothing closes.
fn open_comment(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find(['/', '"', '\'']).map(|next| at + next) {
        let rest = &text[next..];
        at = if let Some(comment) = rest.strip_prefix("/*") {
            let Some(end) = comment.find("*/") else { return Some(next) };
            next + 2 + end + 2
        } else if rest.starts_with('/') {
            next + 1
        } else {
            // `"/*"` is no comment; an open quotation mark ends with its line.
            let end = rest[1..].find([rest.as_bytes()[0].into(), '\n']);
            end.map_or(text.len(), |end| next + 1 + end + 1)
        };
    }
    None
}

/// Reports a fault of the grammar, unless it has been reported.
pub(super) fn syntax(faults: &mut CssFaults, error: ParseError<()>, range: Range<usize>) {
    // Those of the custom kind are ours, told in better words where they were found.
    let ParseErrorKind::Basic(kind) = error.kind else { return };
    let text = faults.text.get(range.clone()).unwrap_or_default();
    // What the parser skips may be the rest of the sheet; only its beginning shows what is
    // meant.
    let head = text.split(['{', ';', '\n']).next().unwrap_or_default();
    let range = range.start..range.start + head.len();
    let fault = match kind {
        BasicParseErrorKind::TooManyNestedBlocks => Diagnostic::warning(
            "css-syntax",
            say!(
                "blocks are \
            nested too deeply"
            ),
        ),
        _ if text.contains('{') => Diagnostic::warning(
            "css-syntax",
            say!(
                "`{head}` is not a declaration; rules cannot be \
                nested",
                head = excerpt(head)
            ),
        )
        .hint(say!(
            "write the rule outside, with the whole selector; or is a `}` or `;` \
                    missing before it?"
        )),
        _ if !head.contains(':') => missing_colon(head),
        _ => {
            let message = say!("`{head}` is not understood", head = excerpt(head));
            let fault = Diagnostic::warning("css-syntax", message);
            match head.split_once(':') {
                Some((name, value)) if name.contains('!') => {
                    let name = name.split('!').next().unwrap_or_default().trim();
                    let right = format!("{name}: {} !important", value.trim());
                    fault.hint(say!("write `{right}`", right))
                }
                _ => fault,
            }
        }
    };
    faults.warn(fault, range);
}

/// A declaration without a colon, as it would be with one.
fn missing_colon(head: &str) -> Diagnostic {
    let message = say!("a colon is missing in `{head}`", head = excerpt(head));
    let fault = Diagnostic::warning("css-syntax", message);
    match head.split_once('=') {
        Some((name, value)) if !value.trim().is_empty() => {
            let right = format!("{}: {}", name.trim(), value.trim_matches([' ', '"', '\'']));
            fault.hint(say!("write `{right}`", right))
        }
        _ => fault,
    }
}

impl<'i> QualifiedRuleParser<'i> for RuleParser<'_, '_, '_> {
    type Prelude = SelectorList<Impl>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<Self::Prelude, ParseError<()>> {
        // From the first rule on there is no `@import` any more (CSS Cascade 4, 2).
        self.at_start = false;
        input.skip_whitespace();
        let start = input.position();
        let parsed: Parsed<_> = SelectorList::parse(&Selectors, input, ParseRelative::No);
        match parsed {
            Ok(list) if input.is_exhausted() => {
                // Then attributes that only say something may style, too, and `StyleCache` must
                // compare them.
                let text = input.slice_from(start);
                self.rules.asks_for_attributes |= text.contains('[');
                // Cyrillic «р» and Latin `p` look the same.
                if let Some(name) = list.slice().iter().find_map(selector::foreign_element) {
                    let message = if name.is_ascii() {
                        say!("no element is called `{name}`", name)
                    } else {
                        say!("no element is called `{name}`: names have Latin letters", name)
                    };
                    let fault = Diagnostic::warning("css-selector", message);
                    let fault = fault.hint(say!("for a class write `.{name}`", name));
                    self.faults.warn(fault, range_of(self.faults.text, text));
                }
                Ok(list)
            }
            other => {
                // To its end, so that all of it is shown, and the block behind it is skipped with
                // it.
                while input.next().is_ok() {}
                let text = input.slice_from(start);
                let fault = other
                    .err()
                    .and_then(reason)
                    .unwrap_or_else(|| CssFault::new(say!("it is not understood")));
                let diagnostic = Diagnostic::warning(
                    "css-selector",
                    say!(
                        "the rule for `{rule}` is skipped: {message}",
                        rule = excerpt(text),
                        message = *fault.message
                    ),
                );
                let slip = match text.as_bytes() {
                    [b'/', b'/', ..] => Some(say!("a comment is written `/* … */`")),
                    [b'}', ..] => {
                        Some(say!("there is a `{brace}` too many before it", brace = "}"))
                    }
                    _ => None,
                };
                let hint = slip.or(fault.hint.map(|hint| *hint));
                let diagnostic = hint.into_iter().fold(diagnostic, Diagnostic::hint);
                self.faults.warn(diagnostic, range_of(self.faults.text, text));
                Err(TOLD)
            }
        }
    }

    fn parse_block(
        &mut self,
        list: Self::Prelude,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let block = BodyParser::block(input, DeclarationContext::Style, self.faults);
        self.see_end(start, input);
        let number = self.rules.blocks.len();
        self.rules.blocks.push(block);
        // Each by itself, for each has a specificity of its own.
        for selector in list.slice() {
            let pseudo = selector.pseudo_element().copied();
            self.rules.rules.push(Rule { selector: selector.clone(), pseudo, block: number });
        }
        Ok(())
    }
}

const AT_RULES: [&str; 4] = ["import", "media", "font-face", "page"];

/// What stands between the name of an at-rule and its block or semicolon.
fn prelude(name: &str, at_start: bool, input: &mut Parser) -> Parsed<Prelude> {
    match name {
        "import" if !at_start => CssFault::error(say!("it must come before all rules")),
        "import" => {
            let url = Box::from(&*input.expect_url_or_string()?);
            let applies = input.is_exhausted() || media::applies(input)?;
            Ok(Prelude::Import(url, applies))
        }
        "media" => media::applies(input).map(Prelude::Media),
        "font-face" => Ok(Prelude::FontFace),
        "page" => page::selectors(input).map(Prelude::Page),
        _ => Err(ParseError::custom(CssFault {
            message: Box::new(say!("this at-rule is not supported")),
            hint: match nearest(name, AT_RULES) {
                Some(near) => Some(Box::new(say!("did you mean `@{near}`?", near))),
                None if ["supports", "layer", "container"].contains(&name) => {
                    Some(Box::new(say!("write its rules outside of it")))
                }
                None => None,
            },
        })),
    }
}

impl<'i> AtRuleParser<'i> for RuleParser<'_, '_, '_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = ();

    // Over 60 lines: each at-rule with its prelude, and what is told of the others.
    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Prelude, ParseError<()>> {
        input.skip_whitespace();
        let start = input.position();
        let lower = name.to_ascii_lowercase();
        let parsed = prelude(&lower, self.at_start, input);
        // `@charset` never gets here: the crate's list of rules skips it.
        self.at_start &= lower == "import";
        match parsed {
            Ok(prelude) if input.is_exhausted() => Ok(prelude),
            other => {
                // To its end, so that the whole rule is shown.
                while input.next().is_ok() {}
                let text = input.slice_from(start);
                let known = AT_RULES.contains(&lower.as_str());
                let fault = other
                    .err()
                    .and_then(reason)
                    .unwrap_or_else(|| CssFault::new(say!("it is not understood")));
                let shown =
                    if known { format!("@{lower} {}", excerpt(text)) } else { format!("@{lower}") };
                let diagnostic = Diagnostic::warning(
                    "css-at-rule",
                    say!(
                        "`{rule}` is skipped: {message}",
                        rule = shown.trim(),
                        message = *fault.message
                    ),
                );
                let mut range = range_of(self.faults.text, text);
                if !known || range.is_empty() {
                    range = self.faults.text[..range.start].rfind('@').map_or(range.start, |at| at)
                        ..range.start;
                }
                self.faults.warn(
                    fault.hint.into_iter().map(|hint| *hint).fold(diagnostic, Diagnostic::hint),
                    range,
                );
                Err(TOLD)
            }
        }
    }

    fn rule_without_block(&mut self, prelude: Prelude, start: &ParserState) -> Result<(), ()> {
        match prelude {
            Prelude::Import(url, true) => self.import(&url, start.position().byte_index()),
            Prelude::Import(_, false) => {}
            // The others need a block; the parser skips them, and tells.
            _ => return Err(()),
        }
        Ok(())
    }

    fn parse_block(
        &mut self,
        prelude: Prelude,
        start: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        match prelude {
            Prelude::Import(..) => return Err(ParseError::unexpected_token()),
            Prelude::Media(true) => self.all(input),
            // Read to its end, or the parser would report what is left as a fault.
            Prelude::Media(false) => while input.next().is_ok() {},
            Prelude::FontFace => {
                let start = start.position().byte_index();
                let face = font_face::parse(input, start..start + "@font-face".len(), self.faults);
                self.rules.font_faces.extend(face);
            }
            Prelude::Page(selectors) => {
                let (block, boxes) = BodyParser::page(input, self.faults);
                self.rules.pages.push(PageRule { selectors, block, boxes });
            }
        }
        self.see_end(start, input);
        Ok(())
    }
}

/// The parser of what stands between braces.
#[derive(Debug)]
struct BodyParser<'p, 't> {
    context: DeclarationContext,
    block: DeclarationBlock,
    boxes: Vec<(MarginBoxPlace, DeclarationBlock)>,
    faults: &'p mut CssFaults<'t>,
}

impl<'p, 't> BodyParser<'p, 't> {
    fn block(
        input: &mut Parser,
        context: DeclarationContext,
        faults: &'p mut CssFaults<'t>,
    ) -> DeclarationBlock {
        Self::run(input, context, faults).0
    }

    fn page(
        input: &mut Parser,
        faults: &'p mut CssFaults<'t>,
    ) -> (DeclarationBlock, Vec<(MarginBoxPlace, DeclarationBlock)>) {
        Self::run(input, DeclarationContext::Page, faults)
    }

    fn run(
        input: &mut Parser,
        context: DeclarationContext,
        faults: &'p mut CssFaults<'t>,
    ) -> (DeclarationBlock, Vec<(MarginBoxPlace, DeclarationBlock)>) {
        let mut parser =
            Self { context, block: DeclarationBlock::default(), boxes: Vec::new(), faults };
        let mut body = RuleBodyParser::new(input, &mut parser);
        while let Some(result) = body.next() {
            if let Err((error, text, _)) = result {
                let range = range_of(body.parser.faults.text, text);
                syntax(body.parser.faults, error, range);
            }
        }
        (parser.block, parser.boxes)
    }
}

/// The declarations of a `style` attribute.
pub(super) fn style_attribute(faults: &mut CssFaults) -> DeclarationBlock {
    let text = faults.text;
    BodyParser::block(&mut Parser::new(text), DeclarationContext::Style, faults)
}

impl<'i> DeclarationParser<'i> for BodyParser<'_, '_> {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Result<(), ParseError<()>> {
        declaration::parse(&name, input, start, self.context, &mut self.block, self.faults)
    }
}

impl<'i> QualifiedRuleParser<'i> for BodyParser<'_, '_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl<'i> AtRuleParser<'i> for BodyParser<'_, '_> {
    type Prelude = MarginBoxPlace;
    type AtRule = ();
    type Error = ();

    // Over 60 lines: each at-rule with its prelude, and what is told of the others.
    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<MarginBoxPlace, ParseError<()>> {
        let place = page::margin_box(&name);
        if let (Some(place), DeclarationContext::Page, true) =
            (place, self.context, input.is_exhausted())
        {
            return Ok(place);
        }
        let fault = match (self.context, place) {
            (DeclarationContext::Page, None) => {
                let fault = Diagnostic::warning(
                    "css-at-rule",
                    say!("`@{name}` is not a page margin box", name),
                );
                let near = nearest(&name, page::MARGIN_BOXES.iter().map(|(name, _)| *name));
                near.into_iter()
                    .fold(fault, |fault, near| fault.hint(say!("did you mean `@{near}`?", near)))
            }
            _ => Diagnostic::warning("css-at-rule", say!("`@{name}` is not possible here", name)),
        };
        let end = input.position().byte_index();
        let start = self.faults.text[..end].rfind('@').unwrap_or(end);
        self.faults.warn(fault, start..start + 1 + name.len());
        Err(TOLD)
    }

    fn parse_block(
        &mut self,
        place: MarginBoxPlace,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let block = BodyParser::block(input, DeclarationContext::MarginBox, self.faults);
        self.boxes.push((place, block));
        Ok(())
    }
}

impl RuleBodyItemParser<'_, (), ()> for BodyParser<'_, '_> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
