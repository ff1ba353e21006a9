//! Strict markup: XHTML text in, an element tree with spans out.

mod elements;
mod entities;
mod faults;
mod parse;
#[cfg(test)]
mod tests;

pub(crate) use elements::is_element;
pub use parse::parse;

use std::sync::Arc;

use crate::diag::{Sources, Span};

/// A node's number in its [`Tree`]; nodes are numbered in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A parsed document: nodes in document order, the first one being the `html` element.
#[derive(Debug, Clone)]
pub struct Tree {
    /// All nodes; a [`NodeId`] is an index.
    pub nodes: Vec<Node>,
    /// What the spans point into: the template's own files, not the rendered text.
    pub sources: Arc<Sources>,
}

/// An element or a text, and how it hangs in the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The element it is in.
    pub parent: Option<NodeId>,
    /// Its first child.
    pub first_child: Option<NodeId>,
    /// The node after it with the same parent.
    pub next: Option<NodeId>,
    /// The node before it with the same parent.
    pub previous: Option<NodeId>,
    /// Where the template wrote it, as far as that is known.
    pub span: Option<Span>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// An element.
    Element(Element),
    /// Text, entities resolved, white space as written.
    Text(Box<str>),
}

/// An element's name and attributes.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// The local name: `p`, `qr-code`.
    pub name: Box<str>,
    /// Attributes in the order of the markup.
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// The XML text of a foreign element (`svg`), whose children are not in the tree.
    pub foreign: Option<Arc<str>>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        // An element has a few attributes, which are looked through faster than they are hashed.
        self.attributes.iter().find(|(n, _)| &**n == name).map(|(_, v)| &**v)
    }
}

impl Tree {
    /// The node of that number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The element of that number, if the node is one.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id).kind {
            NodeKind::Element(element) => Some(element),
            NodeKind::Text(_) => None,
        }
    }

    /// The children of a node in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(id).first_child, |&child| self.node(child).next)
    }
}
