//! What elements mean: roles, alternative texts, the document's own data.

use std::sync::Arc;

use super::{Content, Meta, Role};
use crate::diag::Span;
use crate::markup::{Element, NodeId, NodeKind, Tree};
use crate::style::{Computed, Display};

/// The role of an element: `role` and `aria-hidden` outweigh its name.
// Over 60 lines: the table of what elements mean.
pub(super) fn role(element: &Element) -> Role {
    // It hides an element with all that is in it, whatever role it has (WAI-ARIA 1.2).
    if element.attribute("aria-hidden") == Some("true") {
        return Role::Artifact;
    }
    match element.attribute("role").map(str::trim) {
        Some("presentation" | "none")
            if matches!(&*element.name, "img" | "svg" | "qr-code" | "hr") =>
        {
            return Role::Artifact;
        }
        Some("presentation" | "none" | "group" | "generic") => return Role::None,
        Some("heading") => {
            let level = element
                .attribute("aria-level")
                .and_then(|level| level.trim().parse().ok())
                // The default of ARIA: level 2.
                .unwrap_or(2u8);
            return Role::Heading(level.clamp(1, 6));
        }
        Some("paragraph") => return Role::Paragraph,
        Some("list") => return Role::List,
        Some("listitem") => return Role::ListItem,
        Some("img" | "figure") => return Role::Figure,
        Some("note" | "doc-footnote") => return Role::Note,
        Some("region") => return Role::Section,
        Some("article") => return Role::Article,
        Some("doc-part") => return Role::Part,
        Some("blockquote") => return Role::BlockQuote,
        Some("caption") => return Role::Caption,
        _ => {}
    }
    match &*element.name {
        "html" | "body" => Role::Document,
        "section" => Role::Section,
        "article" => Role::Article,
        "blockquote" => Role::BlockQuote,
        "q" => Role::Quote,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" | "pre" | "address" => Role::Paragraph,
        "ul" | "ol" | "dl" => Role::List,
        "li" => Role::ListItem,
        // A list of definitions is a list whose labels are the terms (ISO 32000-1, 14.8.4.3.3).
        "dt" => Role::Label,
        "dd" => Role::ListBody,
        "table" => Role::Table,
        "thead" => Role::TableHead,
        "tbody" => Role::TableBody,
        "tfoot" => Role::TableFoot,
        "tr" => Role::TableRow,
        "th" => Role::HeaderCell,
        "td" => Role::DataCell,
        "caption" | "figcaption" => Role::Caption,
        "img" | "svg" | "qr-code" => match element.attribute("alt") {
            // HTML: an empty `alt` says that the picture adds nothing.
            Some("") => Role::Artifact,
            _ => Role::Figure,
        },
        "a" if element.attribute("href").is_some() => Role::Link,
        "strong" => Role::Strong,
        "em" => Role::Emphasis,
        "code" | "kbd" | "samp" => Role::Code,
        "span" | "b" | "i" | "u" | "s" | "sub" | "sup" | "small" | "mark" | "abbr" | "cite"
        | "dfn" | "var" | "time" | "ins" | "del" => Role::Span,
        "hr" => Role::Artifact,
        _ => Role::None,
    }
}

/// The role of a box: what an element means in a line is not what it means as a block or as a part
/// of a table.
pub(super) fn role_of_box(role: Role, style: &Computed, content: &Content) -> Role {
    match (style.display, role) {
        (_, Role::Artifact) => Role::Artifact,
        (Display::TableCell, Role::HeaderCell) => Role::HeaderCell,
        (Display::TableCell, _) => Role::DataCell,
        (Display::Table, _) => Role::Table,
        (Display::TableCaption, _) => Role::Caption,
        // A footnote is told from text around it, whatever element it is made of.
        (_, Role::None | Role::Span) if style.footnote => Role::Note,
        // A `table` that is displayed as a block has no rows to tell of.
        (_, Role::Table) if !matches!(content, Content::Table(_)) => Role::None,
        (
            _,
            Role::TableHead
            | Role::TableBody
            | Role::TableFoot
            | Role::TableRow
            | Role::HeaderCell
            | Role::DataCell,
        ) => Role::None,
        (Display::Inline | Display::InlineBlock, role) => role,
        // A link around blocks becomes one in each of their lines.
        (_, Role::Link | Role::Span) => Role::None,
        (_, role) => role,
    }
}

/// Text for those who don't see the element: `alt`, `aria-label`; for pictures and links `title`,
/// too.
pub(super) fn alt(element: &Element) -> Option<Arc<str>> {
    // On other elements `title` is a tool tip, which says something else than the element.
    let titled = matches!(&*element.name, "img" | "svg" | "qr-code" | "a");
    let names = if titled { &["alt", "aria-label", "title"][..] } else { &["aria-label"] };
    let texts = names.iter().filter_map(|name| element.attribute(name));
    texts.map(str::trim).find(|text| !text.is_empty()).map(Arc::from)
}

/// Whether typography leaves the element's text as it is.
pub(super) fn is_verbatim(element: &Element) -> bool {
    matches!(&*element.name, "code" | "pre" | "kbd" | "samp")
}

/// The text of an element and all in it, white space collapsed.
pub(super) fn text_of(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    // A stack of our own: elements may be nested deeper than calls.
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match &tree.node(id).kind {
            NodeKind::Text(piece) => text.push_str(piece),
            NodeKind::Element(_) => {
                let mut children: Vec<NodeId> = tree.children(id).collect();
                children.reverse();
                open.append(&mut children);
            }
        }
    }
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the first words of an element are from.
pub(super) fn first_text(tree: &Tree, id: NodeId) -> Option<Span> {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match &tree.node(id).kind {
            NodeKind::Text(piece) if !piece.trim().is_empty() => return tree.node(id).span,
            NodeKind::Text(_) => {}
            NodeKind::Element(_) => {
                let mut children: Vec<NodeId> = tree.children(id).collect();
                children.reverse();
                open.append(&mut children);
            }
        }
    }
    None
}

/// What `html` and `head` say about the document.
pub(super) fn meta(tree: &Tree) -> Meta {
    let mut meta = Meta::default();
    let Some(root) = (!tree.nodes.is_empty()).then_some(NodeId(0)) else { return meta };
    meta.span = tree.node(root).span;
    let named =
        |id: NodeId, name: &str| tree.element(id).is_some_and(|element| &*element.name == name);
    meta.lang = tree
        .element(root)
        .and_then(|html| html.attribute("lang"))
        .filter(|lang| !lang.is_empty())
        .map(str::to_owned);
    let heads =
        tree.children(root).filter(|id| named(*id, "head")).flat_map(|head| tree.children(head));
    for id in heads {
        let Some(element) = tree.element(id) else { continue };
        let text = |text: String| Some(text).filter(|text| !text.is_empty());
        if &*element.name == "title" {
            meta.title = text(text_of(tree, id));
        } else if let ("meta", Some(content)) = (&*element.name, element.attribute("content")) {
            // Templates break long attributes over lines; the PDF's properties are lines of
            // text.
            let content = text(content.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
            match element.attribute("name").map(str::to_ascii_lowercase).as_deref() {
                Some("author") => meta.author = content,
                Some("description") => meta.subject = content,
                Some("keywords") => meta.keywords = content,
                Some("date") => meta.date = content,
                _ => {}
            }
        }
    }
    meta
}
