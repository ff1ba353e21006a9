//! The cascade: which declarations win for which element, and what they come to.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cssparser::Parser;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::matches_selector;

use super::declaration::{self, Declaration, DeclarationBlock, DeclaredValue, Pending};
use super::fault::{CssFaults, SheetOrigin, reason};
use super::page::PageRules;
use super::parse::{Imports, style_attribute};
use super::property::ValueSyntax;
use super::selector::{Matched, Pseudo};
use super::sheet::{self, Stylesheet};
use super::target::Target;
use super::units::Scale;
use super::variables::{self, Variables};
use super::{Computed, Display, NodeStyle, Styles, hints, inline};
use crate::diag::{Diagnostic, Sink, say};
use crate::limits;
use crate::markup::{Element, NodeId, NodeKind, Tree};

/// Computes the values of every node. The user agent's stylesheet stands behind `sheets`; `style`
/// elements and attributes come after.
///
/// Warnings about `style` elements, `style` attributes and values with `var()` go to the sink.
// Over 60 lines: the origins of rules in their order, then one pass down the tree.
pub fn cascade(tree: &Tree, sheets: &[&Stylesheet], sink: &mut Sink) -> Styles {
    // Its place as the first sheet is what makes it the user agent's: matches are told apart by
    // the number of their sheet.
    let mut all = vec![Stylesheet::user_agent().clone()];
    all.extend(sheets.iter().map(|sheet| (*sheet).clone()));
    for (text, origin) in inline::style_elements(tree) {
        let mut faults = CssFaults::new(text, origin);
        // A `style` element may be made of data, so it must not name files to be read.
        let rules = sheet::parse(&mut faults, &mut Imports::none());
        if !rules.font_faces.is_empty() {
            let fault = Diagnostic::warning(
                "css-at-rule",
                say!("`@font-face` is possible in stylesheet files only"),
            );
            faults.warn(
                fault,
                text.find("@font-face").map_or(0..0, |at| at..at + "@font-face".len()),
            );
        }
        all.push(Stylesheet(Arc::new(rules)));
        sink.extend(faults.placed(&tree.sources));
    }
    let attributes = Attributes::parse(tree, sink);

    let mut styling = Styling {
        tree,
        sheets: &all,
        attributes: &attributes,
        caches: SelectorCaches::default(),
        shared: HashMap::new(),
        scale: None,
        sink,
        matches: Default::default(),
    };
    let root = Styled { number: 0, own: Arc::default(), variables: Arc::default() };
    let mut styled: Vec<Styled> = Vec::with_capacity(tree.nodes.len());
    let mut nodes: Vec<NodeStyle> = Vec::with_capacity(tree.nodes.len());
    // Nodes are numbered in document order, so a parent is always done before its children.
    for (i, node) in tree.nodes.iter().enumerate() {
        let parent = node.parent.and_then(|id| styled.get(id.0 as usize)).unwrap_or(&root).clone();
        match &node.kind {
            // Text has the values of its parent; nothing is computed for it.
            NodeKind::Text(_) => {
                nodes.push(NodeStyle { own: Arc::clone(&parent.own), ..NodeStyle::default() });
                styled.push(parent);
            }
            NodeKind::Element(element) => {
                let (own, style) = styling.element(NodeId(i as u32), element, &parent);
                nodes.push(style);
                styled.push(own);
            }
        }
    }
    // Pages inherit from the root element (CSS Paged Media 3).
    let Styled { own, variables, .. } = styled.into_iter().next().unwrap_or(root);
    styling.check_pages(&variables);
    let scale = styling.scale.unwrap_or(Scale::plain(own.text.font_size));
    let font_faces = all.iter().flat_map(|sheet| sheet.0.font_faces.iter().cloned()).collect();
    Styles {
        nodes,
        pages: Arc::new(PageRules::new(all.clone(), own, scale, variables)),
        font_faces,
    }
}

/// An element's values and variables, shared by elements where nothing differs.
#[derive(Debug, Clone)]
struct Styled {
    /// Counts those that differ, from 1 on; 0 has the initial values.
    number: usize,
    own: Arc<Computed>,
    variables: Arc<Variables>,
}

/// The blocks of `style` attributes and of presentational attributes, by their text.
#[derive(Debug, Default)]
struct Attributes<'t> {
    styles: HashMap<&'t str, Numbered>,
    hints: HashMap<String, Numbered>,
}

/// A block, and how many of its kind came before.
type Numbered = (usize, DeclarationBlock);

impl<'t> Attributes<'t> {
    fn parse(tree: &'t Tree, sink: &mut Sink) -> Self {
        let mut attributes = Self::default();
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            if let Some(text) = element.attribute("style")
                // The same attribute stands on many elements of a document; it is parsed, and
                // its faults are reported, once.
                && !attributes.styles.contains_key(text)
            {
                let mut faults = CssFaults::new(
                    text,
                    inline::style_attribute_origin(text, node.span, &tree.sources),
                );
                let number = attributes.styles.len();
                attributes.styles.insert(text, (number, style_attribute(&mut faults)));
                sink.extend(faults.placed(&tree.sources));
            }
            let text = hints::declarations(element);
            if !text.is_empty() && !attributes.hints.contains_key(&text) {
                // We wrote this CSS ourselves, so it has no faults to report.
                let block = style_attribute(&mut CssFaults::new(&text, SheetOrigin::element(None)));
                attributes.hints.insert(text, (attributes.hints.len(), block));
            }
        }
        attributes
    }
}

/// A block that matches an element, and its place in the cascade.
#[derive(Debug, Clone, Copy)]
struct Match<'a> {
    /// User agent, presentational attribute, author, `style` attribute.
    level: u8,
    specificity: u32,
    /// Sheet and rule.
    order: (usize, usize),
    /// Sheet and block, or the number of the attribute's block on its level.
    number: (usize, usize),
    block: &'a DeclarationBlock,
}

const USER_AGENT: u8 = 0;
const HINT: u8 = 1;
const AUTHOR: u8 = 2;
const ATTRIBUTE: u8 = 3;

/// Elements with the same key have the same values: parent, language, blocks in order.
type ElementKey<'a> = (usize, Option<&'a str>, Vec<BlockKey>);

/// A block: its level, and its number there.
type BlockKey = (u8, (usize, usize));

struct Styling<'a, 's> {
    tree: &'a Tree,
    sheets: &'a [Stylesheet],
    attributes: &'a Attributes<'a>,
    caches: SelectorCaches,
    shared: HashMap<ElementKey<'a>, Styled>,
    /// What lengths are measured by; nothing while the root itself is computed.
    scale: Option<Scale>,
    sink: &'s mut Sink,
    /// Matches of the element, of `::before`, `::after`, `::marker`.
    matches: [Vec<Match<'a>>; 4],
}

impl<'a> Styling<'a, '_> {
    fn element(
        &mut self,
        id: NodeId,
        element: &'a Element,
        parent: &Styled,
    ) -> (Styled, NodeStyle) {
        limits::tick();
        self.collect(id, element);
        let matches = std::mem::take(&mut self.matches);
        let [of_element, of_pseudo @ ..] = &matches;
        let own = self.styled(of_element, parent, element.attribute("lang"));
        let mut pseudo = |which: usize| {
            let matches: &[Match<'a>] = &of_pseudo[which];
            // Most elements have no rule for a pseudo-element, and then no such box either.
            (!matches.is_empty()).then(|| self.styled(matches, &own, None).own)
        };
        let generated = |style: &Arc<Computed>| {
            // A pseudo-element is generated only if it has content (CSS 2.2, 12.1).
            style.display != Display::None
                && style.content.as_ref().is_some_and(|content| !content.is_empty())
        };
        let style = NodeStyle {
            before: pseudo(0).filter(generated),
            after: pseudo(1).filter(generated),
            marker: pseudo(2).filter(|_| own.own.display == Display::ListItem),
            variables: Arc::clone(&own.variables),
            own: Arc::clone(&own.own),
        };
        // The lists go back, so that their memory serves the next element.
        self.matches = matches;
        (own, style)
    }

    /// Finds the rules that match, in the order of the cascade.
    fn collect(&mut self, id: NodeId, element: &'a Element) {
        self.matches.iter_mut().for_each(Vec::clear);
        let subject = Matched { tree: self.tree, id };
        for (number, sheet) in self.sheets.iter().enumerate() {
            let rules = &sheet.0;
            let (caches, matches) = (&mut self.caches, &mut self.matches);
            rules.index.candidates(element, |i| {
                let rule = &rules.rules[i];
                // In this mode the crate matches the part before `::before` against the element
                // itself.
                let mode = if rule.pseudo.is_some() {
                    MatchingMode::ForStatelessPseudoElement
                } else {
                    MatchingMode::Normal
                };
                let mut context = MatchingContext::new(
                    mode,
                    None,
                    caches,
                    QuirksMode::NoQuirks,
                    NeedsSelectorFlags::No,
                    MatchingForInvalidation::No,
                );
                if matches_selector(&rule.selector, 0, None, subject, &mut context) {
                    let slot = match rule.pseudo {
                        None => 0,
                        Some(Pseudo::Before) => 1,
                        Some(Pseudo::After) => 2,
                        Some(Pseudo::Marker) => 3,
                    };
                    matches[slot].push(Match {
                        level: if number == 0 { USER_AGENT } else { AUTHOR },
                        specificity: rule.selector.specificity(),
                        order: (number, i),
                        number: (number, rule.block),
                        block: &rules.blocks[rule.block],
                    });
                }
            });
        }
        self.collect_attributes(element);
        for list in &mut self.matches {
            list.sort_by_key(|m| (m.level, m.specificity, m.order));
        }
    }

    /// Adds what the element's own attributes declare.
    fn collect_attributes(&mut self, element: &Element) {
        // The levels alone decide: a `style` attribute wins over all rules, a presentational
        // attribute over none but the user agent's (CSS Cascade 4; HTML, 15.3).
        let plain = |level, (number, block)| Match {
            level,
            specificity: 0,
            order: (0, 0),
            number: (0, number),
            block,
        };
        if let Some((number, block)) =
            element.attribute("style").and_then(|text| self.attributes.styles.get(text))
        {
            self.matches[0].push(plain(ATTRIBUTE, (*number, block)));
        }
        let hints = hints::declarations(element);
        if let Some((number, block)) =
            (!hints.is_empty()).then(|| self.attributes.hints.get(&hints)).flatten()
        {
            self.matches[0].push(plain(HINT, (*number, block)));
        }
    }

    /// The values that some matching blocks make, shared with other elements where nothing differs.
    fn styled(&mut self, matches: &[Match<'a>], parent: &Styled, lang: Option<&'a str>) -> Styled {
        let blocks = matches.iter().map(|m| (m.level, m.number)).collect();
        let key = (parent.number, lang, blocks);
        if let Some(styled) = self.shared.get(&key) {
            return styled.clone();
        }
        let normal = matches.iter().flat_map(|m| &m.block.normal);
        // Important declarations of the user agent win over the author's (CSS Cascade 4, section
        // 6.2).
        let author = matches.iter().filter(|m| m.level != USER_AGENT);
        let user_agent = matches.iter().filter(|m| m.level == USER_AGENT);
        let important = author.chain(user_agent).flat_map(|m| &m.block.important);
        let declarations = normal.chain(important);

        let mut own = BTreeMap::new();
        // Variables first: what other declarations come to may depend on one that stands below
        // them.
        for declaration in declarations.clone() {
            if let Declaration::Custom(name, text) = declaration {
                own.insert(Arc::clone(name), Arc::clone(text));
            }
        }
        let variables = variables::resolve(&parent.variables, &own);
        let (tree, sink) = (self.tree, &mut *self.sink);
        let applied = Applied::new(declarations, &variables, &mut |(fault, span)| {
            sink.push(fault.at(span.and_then(|span| tree.sources.place(span))));
        });
        let target = |scale| {
            let mut target = Target::new(&parent.own, scale);
            if let Some(lang) = lang
                && *lang != *target.own.text.lang
            {
                target.text().lang = lang.into();
            }
            target
        };
        let own = match self.scale {
            Some(scale) => applied.apply(target(scale), false).finish(false),
            None => {
                // For the root's own font size `rem` means the initial one (CSS Values 4, 6.1.1);
                // how large all is it says itself, and is measured by that from the beginning.
                let scale = Scale::plain(parent.own.text.font_size);
                let mut root = applied.apply(target(scale), true);
                let zoom = root.scale.asked;
                if zoom != 1.0 {
                    let mut again = target(Scale { rem: scale.rem * zoom, zoom, asked: zoom });
                    again.text().font_size *= zoom;
                    root = applied.apply(again, true);
                }
                self.scale = Some(root.scale);
                root.finish(true)
            }
        };
        let own = Arc::new(own);
        let styled = Styled { number: self.shared.len() + 1, own, variables };
        self.shared.insert(key, styled.clone());
        styled
    }

    /// Reports the faults of `var()` in `@page` rules, which are computed later, without a sink.
    fn check_pages(&mut self, variables: &Arc<Variables>) {
        for rule in self.sheets.iter().flat_map(|sheet| &sheet.0.pages) {
            let blocks =
                std::iter::once(&rule.block).chain(rule.boxes.iter().map(|(_, block)| block));
            let declarations = blocks.flat_map(|block| block.normal.iter().chain(&block.important));
            Applied::new(declarations, variables, &mut |(fault, span)| {
                self.sink.push(fault.at(span.and_then(|span| self.tree.sources.place(span))));
            });
        }
    }
}

type CascadeFault = (Diagnostic, Option<crate::diag::Span>);

/// Declarations in the order in which they are applied, with `var()` substituted.
#[derive(Debug)]
pub(super) struct Applied<'b> {
    declarations: Vec<std::borrow::Cow<'b, Declaration>>,
}

impl<'b> Applied<'b> {
    pub(super) fn new(
        declarations: impl Iterator<Item = &'b Declaration>,
        variables: &Variables,
        tell: &mut dyn FnMut(CascadeFault),
    ) -> Self {
        use std::borrow::Cow;
        let mut all = Vec::new();
        for declaration in declarations {
            match declaration {
                Declaration::Longhand(..) => all.push(Cow::Borrowed(declaration)),
                Declaration::Pending(pending) => {
                    all.extend(substituted(pending, variables, tell).into_iter().map(Cow::Owned))
                }
                // These are not properties of the element: they have been put among the
                // variables.
                Declaration::Custom(..) => {}
            }
        }
        Self { declarations: all }
    }

    /// Applies them in stages: the font size, what it and colours are relative to, all the rest.
    pub(super) fn apply<'t>(&self, mut target: Target<'t>, is_root: bool) -> Target<'t> {
        // `em` refers to the size and `currentcolor` to the colour: neither may change any more
        // once it has been used.
        for stage in 0..=2 {
            if stage == 1 && is_root {
                target.scale.rem = target.own.text.font_size;
            }
            if stage == 2 {
                // Now `color` has its value, and borders that name none can take it.
                target.settle_color();
            }
            for declaration in &self.declarations {
                if let Declaration::Longhand(property, value) = &**declaration
                    && property.stage == stage
                {
                    declaration::apply(property, value, &mut target);
                }
            }
        }
        target
    }
}

/// What a declaration with `var()` comes to. If that is nothing, the property is unset (CSS
/// Variables 1, section 3.1).
fn substituted(
    pending: &Pending,
    variables: &Variables,
    tell: &mut dyn FnMut(CascadeFault),
) -> Vec<Declaration> {
    let property = pending.property;
    // Only at computed-value time is it known whether the value is one; too late to fall back to
    // another declaration (CSS Variables 1, 3.1).
    let text = variables::substitute(&pending.text, &mut |name| variables.get(name).cloned());
    let fault = match &text {
        None => Diagnostic::warning(
            "css-value",
            say!("`{value}` refers to a variable that is not set", value = pending.text.trim()),
        )
        .hint(say!("set it on `:root`, or give a fallback: var(--name, value)")),
        Some(text) => {
            let mut input = Parser::new(text);
            let parsed = input.parse_entirely(|input| {
                declaration::value(property, input, SheetOrigin::element(pending.span))
            });
            match parsed {
                Ok(declarations) => return declarations,
                Err(error) => {
                    // Substitution puts comments between tokens; the author did not write them.
                    declaration::unsupported(property, &text.replace("/**/", ""), reason(error))
                }
            }
        }
    };
    tell((fault, pending.span));
    match property.kind {
        ValueSyntax::Shorthand { of, .. } => of
            .iter()
            .filter_map(|name| super::property::find(name))
            .map(|property| Declaration::Longhand(property, DeclaredValue::Unset))
            .collect(),
        _ => vec![Declaration::Longhand(property, DeclaredValue::Unset)],
    }
}
