//! Styles inside the markup: where `style` elements and attributes stand in the template.

use super::fault::SheetOrigin;
use super::media;
use crate::diag::{Sources, Span};
use crate::markup::{NodeId, NodeKind, Tree};

/// The texts of the `style` elements that apply to print.
pub(super) fn style_elements(tree: &Tree) -> Vec<(&str, SheetOrigin<'static>)> {
    let mut found = Vec::new();
    for (i, node) in tree.nodes.iter().enumerate() {
        let NodeKind::Element(element) = &node.kind else { continue };
        if &*element.name != "style" {
            continue;
        }
        // A list that is not understood applies: better a rule too many than a sheet lost.
        let printed = element
            .attribute("media")
            .is_none_or(|media| media::applies(&mut cssparser::Parser::new(media)).unwrap_or(true));
        let text = tree.children(NodeId(i as u32)).find_map(|child| match &tree.node(child).kind {
            NodeKind::Text(text) => Some(&**text),
            NodeKind::Element(_) => None,
        });
        if let (true, Some(text)) = (printed, text) {
            found.push((text, style_element_origin(text, node.span, &tree.sources)));
        }
    }
    found
}

/// The text stands behind the start tag, unless the template makes it.
fn style_element_origin(text: &str, span: Option<Span>, sources: &Sources) -> SheetOrigin<'static> {
    // If the template's own text stands there, faults can be placed to the character; text that
    // a helper made can only be placed at its element.
    let exact = || {
        let span = span?;
        let source = sources.get(span.source)?.text();
        source
            .get(span.end as usize..)?
            .starts_with(text)
            .then_some(SheetOrigin::exact(span.source, span.end as usize))
    };
    exact().unwrap_or(SheetOrigin::element(span))
}

/// A `style` attribute stands in the start tag, unless the template makes it.
pub(super) fn style_attribute_origin(
    text: &str,
    span: Option<Span>,
    sources: &Sources,
) -> SheetOrigin<'static> {
    let exact = || {
        let span = span?;
        let tag = sources.get(span.source)?.text().get(span.start as usize..span.end as usize)?;
        let attribute = tag.find("style")?;
        let at = attribute + tag[attribute..].find(text)?;
        Some(SheetOrigin::exact(span.source, span.start as usize + at))
    };
    if text.is_empty() {
        SheetOrigin::element(span)
    } else {
        exact().unwrap_or(SheetOrigin::element(span))
    }
}
