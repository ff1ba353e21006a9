//! The structure tree: which element every piece of content belongs to, and its place in reading
//! order.
//!
//! The tree follows the boxes, not the pages, so it is made before layout and does not change
//! however often a box is set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pages::{Mark, Tag, TagId};
use crate::boxes::{
    BoxId, BoxNode, BoxTree, CellBox, Content, Inline, MAX_DEPTH, Marker, Role, RowBox,
};
use crate::diag::Span;
use crate::geometry::Rect;
use crate::style::CounterStyle;

/// All tags, and what belongs to which.
#[derive(Debug, Default)]
pub(crate) struct TagPlan {
    pub(crate) tags: Vec<Tag>,
    /// By [`BoxId`].
    nodes: Vec<Option<NodePlan>>,
    inline: Vec<Mark>,
}

/// A box's part in the structure tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodePlan {
    /// The element it makes or belongs to.
    pub(crate) tag: TagId,
    /// Whose content stands directly in it.
    pub(crate) mark: Mark,
    /// Whose content its list marker is.
    pub(crate) label: Mark,
    /// The number of its first inline item's mark.
    inline: usize,
    /// A footnote's number, from 1.
    pub(crate) note: u32,
}

impl TagPlan {
    /// The plan of a document.
    pub(crate) fn new(tree: &BoxTree) -> Self {
        let mut maker = TagBuilder {
            plan: Self::default(),
            kids: Vec::new(),
            notes: 0,
            inside: None,
            hidden: 0,
            depth: 0,
        };
        // The language of the document is said once, at its root (PDF/UA-1, 7.2).
        let lang = tree.meta.lang.clone().filter(|l| !l.is_empty()).map(Arc::from);
        let document = maker.add(Role::Document, None, tree.meta.span.or(tree.root.span));
        maker.plan.tags[0].lang = lang;
        maker.node(&tree.root, document);
        maker.plan.tags.shrink_to_fit();
        maker.plan
    }

    /// A box's part; boxes that the tree does not hold are ornaments.
    pub(crate) fn node(&self, node: &BoxNode) -> NodePlan {
        let none = NodePlan {
            tag: TagId(0),
            mark: Mark::ORNAMENT,
            label: Mark::ORNAMENT,
            inline: usize::MAX,
            note: 0,
        };
        self.known(node).unwrap_or(none)
    }

    fn known(&self, node: &BoxNode) -> Option<NodePlan> {
        self.nodes.get(node.box_id.0 as usize).copied().flatten()
    }

    fn set(&mut self, node: &BoxNode, plan: NodePlan) {
        let at = node.box_id.0 as usize;
        if self.nodes.len() <= at {
            self.nodes.resize(at + 1, None);
        }
        self.nodes[at] = Some(plan);
    }

    /// Whose content an inline item is. For a start it is a place among the kids of the element
    /// that it makes.
    pub(crate) fn inline(&self, node: NodePlan, index: usize) -> Mark {
        self.inline.get(node.inline.saturating_add(index)).copied().unwrap_or(Mark::ORNAMENT)
    }
}

struct TagBuilder {
    plan: TagPlan,
    /// How many kids every tag has.
    kids: Vec<u32>,
    notes: u32,
    /// The label of an item whose marker stands in the first line of a box inside of it, and that
    /// box.
    inside: Option<(BoxId, Mark)>,
    /// How many ornaments we are inside of.
    hidden: u32,
    depth: u32,
}

impl TagBuilder {
    fn add(&mut self, role: Role, parent: Option<TagId>, span: Option<Span>) -> TagId {
        // Content and elements are counted together: it is the order in which they are read.
        let order = parent.map_or(0, |parent| self.next(parent));
        let id = TagId(self.plan.tags.len() as u32);
        self.plan.tags.push(Tag {
            role,
            parent,
            order,
            alt: None,
            lang: None,
            columns: 1,
            rows: 1,
            heads_row: false,
            numbering: None,
            bounds: None,
            span,
        });
        self.kids.push(0);
        id
    }

    /// The next place among an element's kids.
    fn next(&mut self, tag: TagId) -> u32 {
        let kids = &mut self.kids[tag.0 as usize];
        *kids += 1;
        *kids - 1
    }

    /// A place for content in an element.
    fn mark(&mut self, tag: TagId) -> Mark {
        if self.hidden > 0 { Mark::ORNAMENT } else { Mark::Content { tag, order: self.next(tag) } }
    }

    fn node(&mut self, node: &BoxNode, parent: TagId) {
        // Deeper boxes are errors of layout, and nothing of this tree is written.
        if self.depth >= MAX_DEPTH + 20 {
            return;
        }
        self.depth += 1;
        self.hidden += u32::from(node.role == Role::Artifact);
        self.visible_node(node, parent);
        self.hidden -= u32::from(node.role == Role::Artifact);
        self.depth -= 1;
    }

    fn visible_node(&mut self, node: &BoxNode, parent: TagId) {
        let role = self.role(node, parent);
        let mut tag = parent;
        if let Some(role) = role.filter(|_| self.hidden == 0) {
            tag = self.add(role, Some(parent), node.span);
            self.describe(tag, node);
        }
        let mut label = Mark::ORNAMENT;
        if role == Some(Role::ListItem) && self.hidden == 0 {
            if let Some((home, _)) =
                marker_of(node).filter(|(_, marker)| !marker.text.trim().is_empty())
            {
                let id = self.add(Role::Label, Some(tag), node.span);
                let mark = self.mark(id);
                if home.box_id == node.box_id {
                    label = mark
                } else {
                    self.inside = Some((home.box_id, mark))
                }
            }
            // A term is its own label, and the definition its body (PDF/UA-1, 7.6).
            if !is_term(node) {
                tag = self.add(Role::ListBody, Some(tag), node.span);
            }
        } else if role == Some(Role::Note) && self.hidden == 0 && self.plan.known(node).is_some() {
            let id = self.add(Role::Label, Some(tag), node.span);
            label = self.mark(id);
        } else if node.marker.is_some() && self.hidden == 0 {
            label = match self.inside.take_if(|(home, _)| *home == node.box_id) {
                Some((_, mark)) => mark,
                None => self.mark(tag),
            };
        }
        let inline = self.plan.inline.len();
        let mut own = NodePlan { tag, mark: Mark::ORNAMENT, label, inline, note: 0 };
        match &node.content {
            Content::Image(_) => own.mark = self.mark(tag),
            Content::Inline(items) => self.inline(items, tag, &node.style.text.lang),
            Content::Blocks(kids) | Content::Flex(kids) => {
                kids.iter().for_each(|kid| self.node(kid, tag))
            }
            Content::Table(table) => {
                if let Some(caption) = &table.caption {
                    self.node(caption, tag);
                }
                self.rows(&table.head, Role::TableHead, tag);
                self.rows(&table.body, Role::TableBody, tag);
                self.rows(&table.foot, Role::TableFoot, tag);
            }
        }
        own.note = self.plan.known(node).map_or(0, |p| p.note);
        self.plan.set(node, own);
    }

    /// The structure element that a box makes, if any. Text right inside of a grouping element
    /// needs a paragraph (PDF/UA-1, 7.1).
    fn role(&self, node: &BoxNode, parent: TagId) -> Option<Role> {
        match node.role {
            Role::None | Role::Artifact | Role::Document => {
                let group = matches!(
                    self.plan.tags[parent.0 as usize].role,
                    Role::Document | Role::Part | Role::Section | Role::Article | Role::BlockQuote
                );
                match &node.content {
                    Content::Inline(items) if group && has_text(items) => Some(Role::Paragraph),
                    Content::Image(_) if node.alt.is_some() => Some(Role::Figure),
                    _ => None,
                }
            }
            // The place for a signature has nothing to be heard.
            Role::Paragraph if is_empty(node) => None,
            role => Some(role),
        }
    }

    fn describe(&mut self, tag: TagId, node: &BoxNode) {
        let lang = Some(&node.style.text.lang)
            .filter(|l| !l.is_empty() && ***l != *self.lang_of(tag))
            .cloned();
        // A list is numbered as its first item is (ISO 32000-1, table 347).
        let numbering = match &node.content {
            Content::Blocks(kids) if node.role == Role::List => {
                kids.iter().find_map(marker_of).map(|(_, marker)| {
                    marker.number.as_ref().map_or(CounterStyle::Disc, |number| number.style.clone())
                })
            }
            _ => None,
        };
        let entry = &mut self.plan.tags[tag.0 as usize];
        entry.alt = node.alt.clone();
        entry.lang = lang;
        entry.numbering = numbering;
    }

    /// The language that an element has by its ancestors.
    fn lang_of(&self, tag: TagId) -> Arc<str> {
        let mut next = Some(tag);
        while let Some(id) = next {
            let tag = &self.plan.tags[id.0 as usize];
            if let Some(lang) = &tag.lang {
                return Arc::clone(lang);
            }
            next = tag.parent;
        }
        Arc::from("")
    }

    fn rows(&mut self, rows: &[RowBox], role: Role, table: TagId) {
        if rows.is_empty() {
            return;
        }
        let group = if self.hidden == 0 { self.add(role, Some(table), None) } else { table };
        for row in rows {
            let tag = if self.hidden == 0 {
                self.add(Role::TableRow, Some(group), row.span)
            } else {
                group
            };
            row.cells.iter().for_each(|cell| self.cell(cell, tag));
        }
    }

    fn cell(&mut self, cell: &CellBox, row: TagId) {
        self.node(&cell.node, row);
        if self.hidden > 0 {
            return;
        }
        let own = self.plan.node(&cell.node).tag;
        let tag = &mut self.plan.tags[own.0 as usize];
        if matches!(tag.role, Role::HeaderCell | Role::DataCell) {
            // Spans are attributes of the cell's element (ISO 32000-1, table 349).
            tag.columns = cell.columns as u32;
            tag.rows = cell.rows as u32;
            tag.heads_row = cell.heads_row;
        }
    }

    // Over 60 lines: one arm for each kind of inline content.
    fn inline(&mut self, items: &[Inline], block: TagId, lang: &Arc<str>) {
        let base = self.plan.inline.len();
        self.plan.inline.resize(base + items.len(), Mark::ORNAMENT);
        // The stack of elements; the flag says that one hides what is in it.
        let mut open = vec![(block, false)];
        // Text that stands together in one element is one kid of it.
        let mut current: Option<Mark> = None;
        let mut langs = vec![Arc::clone(lang)];
        for (index, item) in items.iter().enumerate() {
            let tag = open.last().map_or(block, |o| o.0);
            match item {
                Inline::Start(element) => {
                    // A change of language needs an element on which it can be said.
                    let foreign = element.style.text.lang != langs[langs.len() - 1];
                    langs.push(Arc::clone(&element.style.text.lang));
                    let role = match element.role {
                        Role::None if foreign => Some(Role::Span),
                        Role::None | Role::Artifact => None,
                        role => Some(role),
                    };
                    let hides = element.role == Role::Artifact;
                    self.hidden += u32::from(hides);
                    match role.filter(|_| self.hidden == 0) {
                        Some(role) => {
                            let id = self.add(role, Some(tag), element.span);
                            let entry = &mut self.plan.tags[id.0 as usize];
                            entry.alt = element.alt.clone();
                            entry.lang = foreign
                                .then(|| Arc::clone(&element.style.text.lang))
                                .filter(|l| !l.is_empty());
                            // A link's annotation is its first kid.
                            self.plan.inline[base + index] = self.mark(id);
                            open.push((id, hides));
                        }
                        None => open.push((tag, hides)),
                    }
                    current = None;
                }
                Inline::End => {
                    // The block itself is never closed, whatever the boxes say.
                    if open.len() > 1 {
                        let hides = open.pop().is_some_and(|o| o.1);
                        self.hidden -= u32::from(hides);
                        langs.pop();
                    }
                    current = None;
                }
                Inline::Atomic(node) | Inline::Positioned(node) => {
                    self.node(node, tag);
                    current = None;
                }
                Inline::Footnote(node) => {
                    self.notes += 1;
                    // The call is a reference to the note (ISO 32000-1, table 338).
                    let call = match self.hidden {
                        0 => self.add(Role::Reference, Some(tag), node.span),
                        _ => tag,
                    };
                    self.plan.inline[base + index] = self.mark(call);
                    let note = NodePlan {
                        tag,
                        mark: Mark::ORNAMENT,
                        label: Mark::ORNAMENT,
                        inline: 0,
                        note: self.notes,
                    };
                    self.plan.set(node, note);
                    self.node(node, tag);
                    current = None;
                }
                Inline::Text { .. }
                | Inline::Field(..)
                | Inline::Leader(..)
                | Inline::Tab(_)
                | Inline::Break => {
                    // Text that an element interrupts goes on as another kid of the same element.
                    let mark = match current {
                        Some(mark) => mark,
                        None => self.mark(tag),
                    };
                    current = Some(mark);
                    self.plan.inline[base + index] = mark;
                }
            }
        }
    }
}

/// The marker of a list item, and the box that has it: an inside marker is in the first line,
/// wherever that is.
fn marker_of(item: &BoxNode) -> Option<(&BoxNode, &Marker)> {
    let mut home = item;
    // Bounded like every walk down the tree, which may be deeper than any document should be.
    for _ in 0..MAX_DEPTH {
        if let Some(marker) = &home.marker {
            return Some((home, marker));
        }
        let Content::Blocks(kids) = &home.content else { return None };
        // The marker of a nested list's item is that item's own label, and so is not taken for
        // this one.
        home = kids.first().filter(|kid| !matches!(kid.role, Role::ListItem | Role::Artifact))?;
    }
    None
}

/// Whether an item is a term with its definitions (`dt`, `dd`), which are its label and body
/// themselves.
fn is_term(item: &BoxNode) -> bool {
    let Content::Blocks(kids) = &item.content else { return false };
    kids.iter().any(|kid| matches!(kid.role, Role::Label | Role::ListBody))
}

/// Whether anything in it is heard.
fn has_text(items: &[Inline]) -> bool {
    items.iter().any(|item| match item {
        Inline::Text { text, .. } => !text.trim().is_empty(),
        Inline::Field(..) => true,
        _ => false,
    })
}

/// Whether a block has neither words nor pictures nor a marker: what it paints is an ornament.
fn is_empty(node: &BoxNode) -> bool {
    let Content::Inline(items) = &node.content else { return false };
    let silent = |item: &Inline| match item {
        Inline::Text { text, .. } => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    };
    node.marker.is_none() && items.iter().all(silent)
}

/// The rectangle around two.
fn around(one: Rect, other: Rect) -> Rect {
    let (left, top) = (one.x.min(other.x), one.y.min(other.y));
    Rect::from_edges(left, top, one.right().max(other.right()), one.bottom().max(other.bottom()))
}

/// Gives tables that stand on one page their bounds: all of their rows.
pub(crate) fn place_tables(tags: &mut [Tag], rows: &[(TagId, usize, Rect)]) {
    let mut found: BTreeMap<TagId, Option<(usize, Rect)>> = BTreeMap::new();
    for (cell, page, rect) in rows {
        let mut next = Some(*cell);
        while let Some(id) = next {
            let Some(tag) = tags.get(id.0 as usize) else { break };
            if tag.role == Role::Table {
                let bounds = found.entry(id).or_insert(Some((*page, *rect)));
                // What is broken over pages has no rectangle.
                *bounds = bounds
                    .filter(|(first, _)| first == page)
                    .map(|(page, known)| (page, around(known, *rect)));
                break;
            }
            next = tag.parent;
        }
    }
    for (id, bounds) in found {
        tags[id.0 as usize].bounds = bounds;
    }
}
