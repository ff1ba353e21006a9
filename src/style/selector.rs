//! Selectors on our tree: the vocabulary that the `selectors` crate wants, and the tree as it wants
//! to see it.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use cssparser::{ParseError, Parser, ToCss};
use precomputed_hash::PrecomputedHash;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;
use selectors::parser::{Component, NonTSPseudoClass, PseudoElement, SelectorParseErrorKind};
use selectors::{OpaqueElement, SelectorImpl};

use super::fault::CssFault;
use crate::diag::say;
use crate::markup::{Element, NodeId, NodeKind, Tree, is_element};

/// A parsed selector of ours.
pub(super) type Selector = selectors::parser::Selector<Impl>;

/// A name or value in a selector.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct SelectorName(pub(super) Arc<str>);

impl From<&str> for SelectorName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl AsRef<str> for SelectorName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SelectorName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl ToCss for SelectorName {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        cssparser::serialize_identifier(&self.0, dest)
    }
}

impl PrecomputedHash for SelectorName {
    /// FNV-1a.
    fn precomputed_hash(&self) -> u32 {
        self.0
            .bytes()
            // Offset basis and prime of its 32 bits. Names are short and there are no enemies: a
            // stronger hash would only be slower.
            .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}

/// The pseudo-elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pseudo {
    Before,
    After,
    Marker,
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(match self {
            Self::Before => "::before",
            Self::After => "::after",
            Self::Marker => "::marker",
        })
    }
}

impl PseudoElement for Pseudo {
    fn is_before_or_after(&self) -> bool {
        matches!(self, Self::Before | Self::After)
    }
}

/// The pseudo-classes that don't follow from the tree alone: on paper, only links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PseudoClass {
    Link,
}

impl ToCss for PseudoClass {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        dest.write_str(":link")
    }
}

impl NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

/// Our choice of types for the `selectors` crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Impl;

impl SelectorImpl for Impl {
    type ExtraMatchingData<'a> = ();
    type AttrValue = SelectorName;
    type Identifier = SelectorName;
    type LocalName = SelectorName;
    type NamespaceUrl = SelectorName;
    type NamespacePrefix = SelectorName;
    type BorrowedNamespaceUrl = str;
    type BorrowedLocalName = str;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = Pseudo;
}

/// The name of an element that no element can have.
pub(super) fn foreign_element(selector: &Selector) -> Option<String> {
    let mut names = selector.iter_raw_match_order().filter_map(|part| match part {
        Component::LocalName(name) => Some(&*name.name.0),
        _ => None,
    });
    names.find(|name| !is_element(name)).map(ToOwned::to_owned)
}

/// The parser of selectors.
#[derive(Debug)]
pub(super) struct Selectors;

impl<'i> selectors::Parser<'i> for Selectors {
    type Impl = Impl;
    type Error = CssFault;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    /// A wrong selector inside `:is()` is a fault like any other: nothing is dropped in silence.
    fn allow_forgiving_selectors(&self) -> bool {
        false
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<PseudoClass, ParseError<CssFault>> {
        match name {
            _ if name.eq_ignore_ascii_case("link") || name.eq_ignore_ascii_case("any-link") => {
                Ok(PseudoClass::Link)
            }
            _ => Err(ParseError::custom(CssFault::unknown(
                say!("`:{name}` is not supported", name),
                name,
                PSEUDO_CLASSES,
            ))),
        }
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        _: &mut Parser<'i>,
        _: bool,
    ) -> Result<PseudoClass, ParseError<CssFault>> {
        Err(ParseError::custom(CssFault::unknown(
            say!("`:{name}()` is not supported", name),
            name,
            PSEUDO_CLASSES,
        )))
    }

    fn parse_pseudo_element(&self, name: &str) -> Result<Pseudo, ParseError<CssFault>> {
        match name {
            _ if name.eq_ignore_ascii_case("before") => Ok(Pseudo::Before),
            _ if name.eq_ignore_ascii_case("after") => Ok(Pseudo::After),
            _ if name.eq_ignore_ascii_case("marker") => Ok(Pseudo::Marker),
            "first-letter" | "first-line" => Err(ParseError::custom(CssFault {
                message: Box::new(say!("`::{name}` is not supported", name)),
                hint: Some(Box::new(say!("put these letters into a `<span>` with a class"))),
            })),
            _ => Err(ParseError::custom(CssFault::unknown(
                say!("`::{name}` is not supported", name),
                name,
                &["before", "after", "marker"],
            ))),
        }
    }
}

/// The supported pseudo-classes, for hints.
const PSEUDO_CLASSES: &[&str] = &[
    "empty",
    "first-child",
    "first-of-type",
    "has",
    "is",
    "last-child",
    "last-of-type",
    "link",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "root",
    "where",
];

impl From<SelectorParseErrorKind> for CssFault {
    fn from(kind: SelectorParseErrorKind) -> Self {
        use SelectorParseErrorKind as K;
        Self::new(match kind {
            K::EmptySelector => say!("a selector is missing"),
            K::DanglingCombinator => say!("a selector ends with a combinator"),
            K::ClassNeedsIdent => say!("a class name is missing after the dot"),
            K::PseudoElementExpectedColon | K::PseudoElementExpectedIdent | K::NoIdentForPseudo => {
                say!("a name is missing after the colon")
            }
            K::UnsupportedPseudoClassOrElement => {
                say!("this pseudo-class or pseudo-element is not supported")
            }
            K::ExpectedNamespace => say!("namespaces are not supported in selectors"),
            K::InvalidState => say!("nothing may follow a pseudo-element"),
            K::NoQualifiedNameInAttributeSelector
            | K::UnexpectedTokenInAttributeSelector
            | K::ExpectedBarInAttr
            | K::BadValueInAttr
            | K::InvalidQualNameInAttr => {
                say!("an attribute selector is wrong: write [name], [name=\"value\"]")
            }
            _ => say!("the selector is not understood"),
        })
    }
}

/// An element as selectors see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched<'a> {
    /// The document.
    pub(super) tree: &'a Tree,
    /// The element's number.
    pub(super) id: NodeId,
}

impl<'a> Matched<'a> {
    fn element(self) -> Option<&'a Element> {
        self.tree.element(self.id)
    }

    fn at(self, id: NodeId) -> Self {
        Self { tree: self.tree, id }
    }

    /// The first element among a node and those reached from it.
    fn first(self, from: Option<NodeId>, step: impl Fn(NodeId) -> Option<NodeId>) -> Option<Self> {
        std::iter::successors(from, |&id| step(id))
            .find(|&id| self.tree.element(id).is_some())
            .map(|id| self.at(id))
    }
}

impl selectors::Element for Matched<'_> {
    type Impl = Impl;

    fn opaque(&self) -> OpaqueElement {
        // The crate compares elements by address; nodes lie in one vector that does not move.
        OpaqueElement::new(self.tree.node(self.id))
    }

    fn parent_element(&self) -> Option<Self> {
        self.tree.node(self.id).parent.map(|id| self.at(id))
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.first(self.tree.node(self.id).previous, |id| self.tree.node(id).previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.first(self.tree.node(self.id).next, |id| self.tree.node(id).next)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.first(self.tree.node(self.id).first_child, |id| self.tree.node(id).next)
    }

    // It makes names in selectors match in any case, as in HTML; the markup is XHTML, whose own
    // names are in lower case.
    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.element().is_some_and(|e| &*e.name == name)
    }

    // The tree has one namespace, and the parser takes no prefixes.
    fn has_namespace(&self, _: &str) -> bool {
        true
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element().map(|e| &e.name) == other.element().map(|e| &e.name)
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&SelectorName>,
        name: &SelectorName,
        operation: &AttrSelectorOperation<&SelectorName>,
    ) -> bool {
        self.element()
            .and_then(|e| e.attribute(&name.0))
            .is_some_and(|value| operation.eval_str(value))
    }

    fn match_non_ts_pseudo_class(
        &self,
        class: &PseudoClass,
        _: &mut MatchingContext<Impl>,
    ) -> bool {
        match class {
            PseudoClass::Link => self.is_link(),
        }
    }

    fn match_pseudo_element(&self, _: &Pseudo, _: &mut MatchingContext<Impl>) -> bool {
        false
    }

    // The flags tell a browser what to match anew when the tree changes; ours never does.
    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        // An `a` without `href` is not a link in HTML, only the place of one.
        self.element().is_some_and(|e| &*e.name == "a" && e.attribute("href").is_some())
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &SelectorName, case: CaseSensitivity) -> bool {
        self.element()
            .and_then(|e| e.attribute("id"))
            .is_some_and(|value| case.eq(value.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &SelectorName, case: CaseSensitivity) -> bool {
        let class = self.element().and_then(|e| e.attribute("class"));
        class.is_some_and(|value| {
            value.split_ascii_whitespace().any(|one| case.eq(one.as_bytes(), name.0.as_bytes()))
        })
    }

    fn has_custom_state(&self, _: &SelectorName) -> bool {
        false
    }

    fn imported_part(&self, _: &SelectorName) -> Option<SelectorName> {
        None
    }

    fn is_part(&self, _: &SelectorName) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.tree
            .children(self.id)
            // White space is content too: browsers have not followed the change of Selectors 4
            // either.
            .all(|id| matches!(&self.tree.node(id).kind, NodeKind::Text(text) if text.is_empty()))
    }

    fn is_root(&self) -> bool {
        self.tree.node(self.id).parent.is_none()
    }

    // It would fill the Bloom filter of ancestors, and matching is given none.
    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
