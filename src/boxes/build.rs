//! The walk over the element tree.
//!
//! It goes through tree and styles once, in the order of the document, and makes the box tree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::counters::{Counters, Implied};
use super::flow::{ChildPiece, anonymous, blockified, flex, flow, is_positioned};
use super::table::{self, GroupKind, MAX_COLUMNS, MAX_ROWS, RawCell, RawRow, RowGroup, TablePart};
use super::{
    BoxId, BoxNode, BoxTree, ColumnBox, Content, Inline, InlineBox, Marker, NamedString, Role,
    link, meaning,
};
use crate::diag::{Diagnostic, Sink, Span, say};
use crate::image::{self, Image, ImageStore};
use crate::limits;
use crate::markup::{Element, NodeId, NodeKind, Tree};
use crate::style::{Break, Color, Computed, Display, FlexDirection, NodeStyle, Styles};

/// How deep elements may be nested: each is a few calls on the stack of this walk.
const MAX_ELEMENT_DEPTH: usize = 200;

/// From this `opacity` on nobody sees that the ground of a box shows through its words.
const SEEN_THROUGH: f64 = 0.85;

/// The state of the walk over one document.
pub(super) struct BoxBuilder<'a> {
    pub(super) tree: &'a Tree,
    styles: &'a Styles,
    pub(super) images: &'a ImageStore,
    sink: &'a mut Sink,
    pub(super) counters: Counters,
    /// For each open list, by how much an item goes on: −1 in a reversed one.
    steps: Vec<i32>,
    depth: usize,
    /// How many elements are open whose text is not to be mended.
    verbatim: usize,
    /// The strings of `string-set` as they are now.
    pub(super) strings: BTreeMap<Arc<str>, Arc<str>>,
    /// For each open box, the strings that were set in it since it began.
    pub(super) set: Vec<Vec<NamedString>>,
    ids: BTreeSet<Arc<str>>,
    /// Ids that something refers to.
    pub(super) targets: Vec<(Arc<str>, Option<Span>)>,
    /// The values with an `opacity` that was told to have no effect.
    opaque: Vec<Arc<Computed>>,
}

pub(super) fn build(tree: &Tree, styles: &Styles, images: &ImageStore, sink: &mut Sink) -> BoxTree {
    let mut builder = BoxBuilder {
        tree,
        styles,
        images,
        sink,
        counters: Counters::default(),
        steps: Vec::new(),
        depth: 0,
        verbatim: 0,
        strings: BTreeMap::new(),
        set: Vec::new(),
        ids: BTreeSet::new(),
        targets: Vec::new(),
        opaque: Vec::new(),
    };
    let mut root = builder.root();
    // Last of all: anonymous boxes and moved parts have found their places, so numbers ascend
    // with the document.
    super::number(&mut root);
    builder.check_targets();
    BoxTree {
        root,
        pages: Arc::clone(&styles.pages),
        meta: meaning::meta(tree),
        sources: Arc::clone(&tree.sources),
    }
}

impl BoxBuilder<'_> {
    fn root(&mut self) -> BoxNode {
        let document = NodeId(0);
        // Markup with faults gives an empty tree; the faults have been reported.
        if self.tree.nodes.is_empty() {
            return anonymous(&Computed::default(), Display::Block, Content::Blocks(Vec::new()));
        }
        let named = |id: &NodeId, name: &str| {
            self.tree.element(*id).is_some_and(|element| &*element.name == name)
        };
        let body = self.tree.children(document).find(|id| named(id, "body"));
        if body.is_some() {
            self.check_outside(document);
        }
        // The root opens the first scope of counters, which ends with the document.
        self.counters.enter();
        self.set.push(Vec::new());
        if let Some(style) = self.styles.nodes.first().filter(|_| body.is_some()) {
            let style = Arc::clone(&style.own);
            self.counters.apply(&style, Implied::default());
            self.set_strings(document, &style);
        }
        let mut pieces = Vec::new();
        self.node(body.unwrap_or(document), &Arc::default(), false, &mut pieces);
        let strings = self.set.pop().unwrap_or_default();
        let mut root = match (pieces.pop(), pieces.is_empty()) {
            (Some(ChildPiece::Block(root)), true) => root,
            (last, _) => {
                pieces.extend(last);
                let style = Computed::default();
                anonymous(&style, Display::Block, flow(pieces, &style))
            }
        };
        // What `html` sets comes before what `body` sets.
        root.strings.splice(0..0, strings);
        root.role = if root.role == Role::None { Role::Document } else { root.role };
        root
    }

    /// What stands beside `head` and `body`, which nobody would see.
    fn check_outside(&mut self, document: NodeId) {
        let outside = self.tree.children(document).find(|id| match &self.tree.node(*id).kind {
            NodeKind::Element(element) => !matches!(&*element.name, "head" | "body"),
            NodeKind::Text(text) => !text.trim().is_empty(),
        });
        let Some(node) = outside else { return };
        let span = self.tree.node(node).span;
        let fault = Diagnostic::warning(
            "outside-body",
            say!("what stands outside of `<body>` is not printed"),
        );
        self.report(fault.hint(say!("move it into `<body>`")), span);
    }

    pub(super) fn report(&mut self, fault: Diagnostic, span: Option<Span>) {
        let place = span.and_then(|span| self.tree.sources.place(span));
        self.sink.push(fault.at(place));
    }

    pub(super) fn report_all(&mut self, faults: Vec<Diagnostic>, span: Option<Span>) {
        faults.into_iter().for_each(|fault| self.report(fault, span));
    }

    /// Links and page references to ids that no box has.
    fn check_targets(&mut self) {
        for (target, span) in std::mem::take(&mut self.targets) {
            if !self.ids.contains(&target) {
                // Most unknown targets are misspelt.
                let near = crate::diag::nearest(&target, self.ids.iter().map(|id| &**id))
                    .map(str::to_owned);
                let fault = Diagnostic::warning(
                    "link-target",
                    say!("nothing has the id `{target}`", target),
                );
                let hint = match near {
                    Some(near) => say!("did you mean `{near}`?", near),
                    None => say!("give the element that is meant `id=\"{target}\"`", target),
                };
                self.report(fault.hint(hint), span);
            }
        }
    }

    /// A node of the tree, in a box with the values `parent`.
    fn node(
        &mut self,
        id: NodeId,
        parent: &Arc<Computed>,
        in_flex: bool,
        out: &mut Vec<ChildPiece>,
    ) {
        let node = self.tree.node(id);
        limits::tick();
        limits::at(node.span);
        match &node.kind {
            NodeKind::Text(text) => {
                // Switched off in the values, so that it holds wherever the text ends up.
                let style = if self.verbatim > 0 && parent.text.typography {
                    verbatim(parent)
                } else {
                    Arc::clone(parent)
                };
                // Text that a helper made has no place of its own: its element's is the nearest.
                let span = node
                    .span
                    .or_else(|| node.parent.and_then(|parent| self.tree.node(parent).span));
                out.push(ChildPiece::Inline(Inline::Text { text: (&**text).into(), style, span }));
            }
            NodeKind::Element(element) => {
                if self.depth >= MAX_ELEMENT_DEPTH {
                    let fault = Diagnostic::error(
                        "markup-depth",
                        say!("elements are nested more than {most} deep", most = MAX_ELEMENT_DEPTH),
                    );
                    self.report(fault, node.span);
                    return;
                }
                self.depth += 1;
                self.element(id, element, in_flex, out);
                self.depth -= 1;
            }
        }
    }

    /// What is painted as a whole can be seen through as a whole: words of a line and parts of
    /// tables are painted one by one.
    fn check_opacity(&mut self, id: NodeId, style: &Arc<Computed>) {
        let in_parts = style.display == Display::Inline || table::is_part(style.display);
        if style.opacity < 1.0 && in_parts && !self.opaque.contains(style) {
            self.opaque.push(Arc::clone(style));
            let message = say!("`opacity` has no effect inside of lines and tables");
            let fault = Diagnostic::warning("css-effect", message);
            let fault =
                fault.hint(say!("give it to a block around, or use a colour with an alpha"));
            self.report(fault, self.tree.node(id).span);
        }
        // Each thing in a box is seen through by itself, so its ground shows through its words.
        let has_ground =
            !style.background.color.is_transparent() || style.background.image.is_some();
        let covered = has_ground && self.tree.children(id).next().is_some();
        if style.opacity < SEEN_THROUGH && !in_parts && covered && !self.opaque.contains(style) {
            self.opaque.push(Arc::clone(style));
            let message = say!("the background of this box shows through what lies on it");
            let fault = Diagnostic::warning("css-effect", message).hint(say!(
                "give the background a colour with an alpha (`rgb(0 0 0 / 40%)`) in place of \
                 `opacity`, or put it into a box of its own behind the text"
            ));
            self.report(fault, self.tree.node(id).span);
        }
    }

    /// Items of one line stand side by side, so that no page can begin between them; those of
    /// lines that wrap and of columns may.
    fn check_breaks(&mut self, style: &Computed, items: &[BoxNode]) {
        let row = matches!(style.flex.direction, FlexDirection::Row | FlexDirection::RowReverse);
        let breaks =
            |item: &&BoxNode| !matches!(item.style.break_before, Break::Auto | Break::Avoid);
        if let Some(item) = items.iter().skip(1).find(breaks).filter(|_| row && !style.flex.wrap) {
            let message =
                say!("flex items of a row stand side by side: no page begins between them");
            let fault = Diagnostic::warning("css-break", message);
            self.report(fault.hint(say!("give `break-before` to the flex box")), item.span);
        }
    }

    // Over 60 lines: one arm for each kind of element, in the order in which HTML and `display`
    // decide.
    fn element(&mut self, id: NodeId, element: &Element, in_flex: bool, out: &mut Vec<ChildPiece>) {
        let styles = self.styles.nodes.get(id.0 as usize).cloned().unwrap_or_default();
        // Its counters do not count either (CSS Lists 3, 4.1).
        if styles.own.display == Display::None {
            return;
        }
        let implied = self.implied(id, element, &styles.own);
        self.counters.apply(&styles.own, implied);
        // Flex items, footnotes and positioned boxes are blocks (CSS Display 3, 2.7).
        let style = if in_flex || styles.own.footnote || is_positioned(&styles.own) {
            blockified(&styles.own)
        } else {
            Arc::clone(&styles.own)
        };
        let style = table::least_height(style);
        self.check_opacity(id, &style);
        match &*element.name {
            "br" => return out.push(ChildPiece::Inline(Inline::Break)),
            // A zero-width space is where a word may be broken without a hyphen.
            "wbr" => {
                let span = self.tree.node(id).span;
                return out.push(ChildPiece::Inline(Inline::Text {
                    text: "\u{200b}".into(),
                    style,
                    span,
                }));
            }
            "img" | "svg" | "qr-code" => {
                if let Some(image) = self.picture(id, element) {
                    self.set.push(Vec::new());
                    self.set_strings(id, &style);
                    let node = self.boxed(id, element, &style, Content::Image(image));
                    out.push(placed(node));
                }
                return;
            }
            _ => {}
        }
        if style.display == Display::Inline {
            self.set_strings(id, &style);
            let start = self.inline_box(id, element, &style);
            out.push(ChildPiece::Inline(Inline::Start(Box::new(start))));
            self.children(id, element, &styles, &style, out);
            out.push(ChildPiece::Inline(Inline::End));
            return;
        }
        self.set.push(Vec::new());
        self.set_strings(id, &style);
        // The marker is written before the content: its counters are those at the beginning.
        let marker = marker_style(&styles).and_then(|style| self.marker(id, &styles.own, &style));
        let mut inner = Vec::new();
        self.children(id, element, &styles, &style, &mut inner);
        // What is inside has been the place meanwhile.
        limits::at(self.tree.node(id).span);
        match self.table_part(id, element, &style, inner) {
            Ok(part) => out.push(ChildPiece::Part(part)),
            Err(inner) => {
                let content = match style.display {
                    Display::Flex | Display::Grid => flex(inner, &style),
                    Display::Table => Content::Table(Box::new(table::table(inner, &style))),
                    _ => flow(inner, &style),
                };
                if let (Content::Flex(items), Display::Flex) = (&content, style.display) {
                    self.check_breaks(&style, items);
                }
                let mut node = self.boxed(id, element, &style, content);
                if let Some(marker) = marker {
                    attach(&mut node, marker);
                }
                out.push(match style.display {
                    Display::TableCaption => ChildPiece::Part(TablePart::Caption(node)),
                    _ => placed(node),
                });
            }
        }
    }

    /// What an element is of a table, or its insides again if it is a box of its own.
    fn table_part(
        &mut self,
        id: NodeId,
        element: &Element,
        style: &Arc<Computed>,
        inner: Vec<ChildPiece>,
    ) -> Result<TablePart, Vec<ChildPiece>> {
        let group = |kind, inner| {
            TablePart::Group(RowGroup {
                kind,
                rows: table::grouped(table::rows(inner, style), style),
            })
        };
        let part = match style.display {
            Display::TableRow => TablePart::Row(RawRow {
                cells: table::cells(inner, style),
                style: Arc::clone(style),
                span: self.tree.node(id).span,
            }),
            Display::TableHeaderGroup => group(GroupKind::Head, inner),
            Display::TableRowGroup => group(GroupKind::Body, inner),
            Display::TableFooterGroup => group(GroupKind::Foot, inner),
            Display::TableColumn => {
                TablePart::Columns(self.columns(id, element, style, Vec::new()))
            }
            Display::TableColumnGroup => {
                TablePart::Columns(self.columns(id, element, style, table::columns_of(inner)))
            }
            Display::TableCell => {
                let node = self.boxed(id, element, style, flow(inner, style));
                let heads_row =
                    element.attribute("scope").map(|scope| matches!(scope, "row" | "rowgroup"));
                // 0 rows mean all that follow in the group, 0 columns mean nothing (HTML Standard,
                // 4.9.11).
                let columns = self.count(id, element, "colspan", MAX_COLUMNS).max(1);
                let rows = self.count(id, element, "rowspan", MAX_ROWS);
                return Ok(TablePart::Cell(RawCell { node, columns, rows, heads_row }));
            }
            _ => return Err(inner),
        };
        // A row or a group has no box of its own: what was set in it counts for what is around it.
        let set = self.set.pop().unwrap_or_default();
        self.set.last_mut().into_iter().for_each(|open| open.extend(set.iter().cloned()));
        Ok(part)
    }

    /// What is inside of an element, generated content included.
    fn children(
        &mut self,
        id: NodeId,
        element: &Element,
        styles: &NodeStyle,
        style: &Arc<Computed>,
        out: &mut Vec<ChildPiece>,
    ) {
        let is_list = matches!(&*element.name, "ol" | "ul");
        let is_verbatim = meaning::is_verbatim(element);
        let in_flex = matches!(style.display, Display::Flex | Display::Grid);
        if is_list {
            self.steps.push(if element.attribute("reversed").is_some() { -1 } else { 1 });
        }
        // Code is not typography: its quotes and dashes stay.
        self.verbatim += usize::from(is_verbatim);
        self.counters.enter();
        if let Some(before) = &styles.before {
            self.pseudo(id, "::before", before, in_flex, out);
        }
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(child, style, in_flex, out);
        }
        // HTML does not count the line feed after `<pre>`.
        if &*element.name == "pre" {
            drop_first_line_feed(out);
        }
        if let Some(after) = &styles.after {
            self.pseudo(id, "::after", after, in_flex, out);
        }
        self.counters.leave();
        self.verbatim -= usize::from(is_verbatim);
        if is_list {
            self.steps.pop();
        }
    }

    /// What HTML does to the list-item counter.
    fn implied(&mut self, id: NodeId, element: &Element, style: &Computed) -> Implied {
        let integer =
            |name: &str| element.attribute(name).and_then(|value| value.trim().parse::<i32>().ok());
        let mut implied = Implied::default();
        if &*element.name == "ol" || &*element.name == "ul" {
            let reversed = element.attribute("reversed").is_some();
            // Counted only where it is asked for: a reversed list begins at the number of its
            // items.
            let items = || {
                self.tree
                    .children(id)
                    .filter(|child| {
                        self.tree.element(*child).is_some_and(|child| &*child.name == "li")
                    })
                    .count()
            };
            let start = integer("start").filter(|_| &*element.name == "ol");
            implied.reset = Some(match (start, reversed) {
                // The first item steps once before it is shown, so the counter begins one step
                // before.
                (Some(start), true) => start.saturating_add(1),
                (Some(start), false) => start.saturating_sub(1),
                (None, true) => i32::try_from(items()).unwrap_or(i32::MAX - 1) + 1,
                (None, false) => 0,
            });
        }
        if style.display == Display::ListItem {
            // An item outside of any list counts forwards.
            implied.increment = Some(self.steps.last().copied().unwrap_or(1));
            implied.set = integer("value").filter(|_| &*element.name == "li");
        }
        implied
    }

    /// `colspan`, `rowspan`, `span`: a small whole number, 1 if there is none.
    fn count(&mut self, id: NodeId, element: &Element, name: &str, most: usize) -> usize {
        let Some(written) = element.attribute(name) else { return 1 };
        match written.trim().parse::<usize>() {
            // Every covered place becomes a place of the grid, so a slip of the pen would cost
            // memory.
            Ok(count) if count <= most => count,
            Ok(count) => {
                self.report(
                    Diagnostic::warning(
                        "table-size",
                        say!("{name} {count} is more than {most}", name, count, most),
                    ),
                    self.tree.node(id).span,
                );
                most
            }
            Err(_) => {
                self.report(
                    Diagnostic::warning(
                        "table-size",
                        say!("`{name}` is not a whole number: `{written}`", name, written),
                    ),
                    self.tree.node(id).span,
                );
                1
            }
        }
    }

    fn columns(
        &mut self,
        id: NodeId,
        element: &Element,
        style: &Arc<Computed>,
        inner: Vec<ColumnBox>,
    ) -> Vec<ColumnBox> {
        if !inner.is_empty() {
            return inner;
        }
        let count = self.count(id, element, "span", MAX_COLUMNS).max(1);
        vec![ColumnBox { width: style.width, style: Arc::clone(style) }; count]
    }

    fn picture(&mut self, id: NodeId, element: &Element) -> Option<Arc<Image>> {
        let span = self.tree.node(id).span;
        // An error, since the picture would be missing in silence.
        let needs = |name: &str| {
            let fault = Diagnostic::error(
                "image-source",
                say!("`<{element}>` has no `{name}`", element = element.name, name),
            );
            Err(fault.hint(say!("write `<{element} {name}=\"…\"/>`", element = element.name, name)))
        };
        let image = match &*element.name {
            "img" => match element.attribute("src").filter(|src| !src.trim().is_empty()) {
                Some(src) => {
                    let image = self.images.load(src);
                    self.report_all(self.images.warnings(src), span);
                    image
                }
                None => needs("src"),
            },
            "qr-code" => element
                .attribute("data")
                .filter(|data| !data.is_empty())
                .map_or_else(|| needs("data"), image::qr),
            _ => match element.foreign.as_deref() {
                Some(svg) => {
                    let (svg, unknown) = self.styled_svg(id, svg);
                    for written in unknown {
                        let message = say!("`{written}` in the SVG picture has no value", written);
                        self.report(Diagnostic::warning("css-variable", message), span);
                    }
                    let (image, warnings) = self.images.inline(&svg);
                    self.report_all(warnings, span);
                    image
                }
                None => needs("content"),
            },
        };
        if &*element.name == "img"
            && element.attribute("alt").is_none()
            && meaning::role(element) == Role::Figure
            && meaning::alt(element).is_none()
        {
            let fault = Diagnostic::warning(
                "alt-missing",
                say!("the picture has no `alt`: those who cannot see it learn nothing of it"),
            );
            self.report(
                fault.hint(say!(
                    "say in `alt` what it shows, or write `alt=\"\"` if it is an ornament"
                )),
                span,
            );
        }
        image.map_err(|fault| self.report(fault, span)).ok()
    }

    /// An inline SVG picture with what it takes from the document around: `currentColor` and
    /// custom properties; and the `var()`s without a value.
    fn styled_svg(&self, id: NodeId, svg: &str) -> (String, Vec<String>) {
        let Some(style) = self.styles.nodes.get(id.0 as usize) else {
            return (svg.to_owned(), Vec::new());
        };
        // A picture in the markup is a part of the document; one in a file is not, and sees none
        // of its values.
        let (mut svg, unknown) = style.substitute(svg);
        let color = style.own.text.color;
        let start = svg.find('>').unwrap_or(0);
        let name = svg[1.min(svg.len())..start].find([' ', '\n', '/']).map_or(start, |end| end + 1);
        let says = svg[..start].contains(" color=");
        // Black is what `currentColor` is by itself. Only pictures that use it are changed, so
        // that the others stay equal, and are read once for a whole batch.
        if color != Color::BLACK && !says && svg.contains("currentC") {
            let Color { red, green, blue, alpha } = color;
            let alpha = f64::from(alpha) / 255.0;
            let attribute = format!(" color=\"rgba({red},{green},{blue},{alpha})\"");
            svg.insert_str(name, &attribute);
        }
        (svg, unknown)
    }

    fn id(&mut self, element: &Element) -> Option<Arc<str>> {
        let id: Arc<str> =
            element.attribute("id").map(str::trim).filter(|id| !id.is_empty())?.into();
        self.ids.insert(Arc::clone(&id));
        Some(id)
    }

    fn href(&mut self, id: NodeId, element: &Element) -> Option<Arc<str>> {
        let href = element.attribute("href").map(str::trim).filter(|_| &*element.name == "a")?;
        let span = self.tree.node(id).span;
        match link::fault(href) {
            None => {}
            // The text stays; a link that leads nowhere, or that runs a program, does not.
            Some(fault) => {
                self.report(fault.about(href), span);
                return None;
            }
        }
        if let Some(target) = href.strip_prefix('#') {
            self.targets.push((target.into(), span));
        }
        Some(href.into())
    }

    fn inline_box(&mut self, id: NodeId, element: &Element, style: &Arc<Computed>) -> InlineBox {
        InlineBox {
            style: Arc::clone(style),
            role: meaning::role(element),
            element: (&*element.name).into(),
            class: element.attribute("class").unwrap_or_default().into(),
            id: self.id(element),
            href: self.href(id, element),
            alt: meaning::alt(element),
            control: element.attribute("data-control").map(Arc::from),
            span: self.tree.node(id).span,
        }
    }

    /// The box of an element, with the strings that were set in it. A link that is a block becomes
    /// one in its lines.
    fn boxed(
        &mut self,
        id: NodeId,
        element: &Element,
        style: &Arc<Computed>,
        content: Content,
    ) -> BoxNode {
        let inline = self.inline_box(id, element, style);
        let content = match content {
            Content::Inline(mut items) if inline.href.is_some() => {
                // The link needs the text values alone: border and background are the block's.
                let plain = Arc::new(Computed::inherited(style));
                let link =
                    InlineBox { style: plain, id: None, class: Arc::from(""), ..inline.clone() };
                items.insert(0, Inline::Start(Box::new(link)));
                items.push(Inline::End);
                Content::Inline(items)
            }
            content => content,
        };
        let role = meaning::role_of_box(inline.role, style, &content);
        let content = if &*element.name == "dl" { definitions(content, style) } else { content };
        BoxNode {
            // Numbers are given when the tree stands.
            box_id: BoxId::default(),
            style: Arc::clone(style),
            role,
            element: inline.element,
            class: inline.class,
            id: inline.id,
            alt: inline.alt,
            control: inline.control,
            span: inline.span,
            marker: None,
            strings: self.set.pop().unwrap_or_default(),
            content,
        }
    }
}

/// Puts terms and their definitions into list items, of which a list consists for those who listen
/// to it.
fn definitions(content: Content, style: &Computed) -> Content {
    let Content::Blocks(blocks) = content else { return content };
    let mut items: Vec<BoxNode> = Vec::new();
    let mut in_terms = false;
    for block in blocks {
        let is_term = block.role == Role::Label;
        if !is_term && block.role != Role::ListBody {
            items.push(block);
            in_terms = false;
            continue;
        }
        match items.last_mut().map(|item| (item.role, &mut item.content)) {
            // Terms in a row share the definitions that follow.
            Some((Role::ListItem, Content::Blocks(group))) if in_terms || !is_term => {
                group.push(block)
            }
            _ => items.push(BoxNode {
                role: Role::ListItem,
                ..anonymous(style, Display::Block, Content::Blocks(vec![block]))
            }),
        }
        in_terms = is_term;
    }
    Content::Blocks(items)
}

/// The same values with typography switched off.
fn verbatim(style: &Arc<Computed>) -> Arc<Computed> {
    let mut text = (*style.text).clone();
    text.typography = false;
    Arc::new(Computed { text: Arc::new(text), ..(**style).clone() })
}

/// Gives a list item its marker. An inside marker belongs to the first line, so it goes to the box
/// that has that line (CSS Lists 3, 3.3); where the item begins with a picture or a table, it gets
/// a line of its own.
fn attach(item: &mut BoxNode, marker: Marker) {
    match &mut item.content {
        Content::Blocks(blocks) if marker.inside => {
            match blocks.first_mut().and_then(first_lines) {
                Some(lines) => lines.marker = Some(marker),
                None => {
                    let mut line =
                        anonymous(&item.style, Display::Block, Content::Inline(Vec::new()));
                    line.marker = Some(marker);
                    blocks.insert(0, line);
                }
            }
        }
        _ => item.marker = Some(marker),
    }
}

/// The box of the first line in a box, if that is free for a marker.
fn first_lines(node: &mut BoxNode) -> Option<&mut BoxNode> {
    if node.marker.is_some() || is_positioned(&node.style) {
        return None;
    }
    match node.content {
        Content::Inline(_) => Some(node),
        Content::Blocks(ref mut blocks) => blocks.first_mut().and_then(first_lines),
        _ => None,
    }
}

/// HTML does not count a line feed right after `<pre>`.
fn drop_first_line_feed(pieces: &mut [ChildPiece]) {
    if let Some(ChildPiece::Inline(Inline::Text { text, .. })) = pieces.first_mut() {
        *text =
            text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text).into();
    }
}

/// A box as a piece of its container: in the flow, in a line, or out of both.
fn placed(node: BoxNode) -> ChildPiece {
    if node.style.footnote {
        ChildPiece::Inline(Inline::Footnote(Box::new(node)))
    } else if is_positioned(&node.style) {
        ChildPiece::Inline(Inline::Positioned(Box::new(node)))
    } else if matches!(node.style.display, Display::Inline | Display::InlineBlock) {
        ChildPiece::Inline(Inline::Atomic(Box::new(node)))
    } else {
        ChildPiece::Block(node)
    }
}

/// The values of the marker, if the element is a list item.
fn marker_style(styles: &NodeStyle) -> Option<Arc<Computed>> {
    // Without a rule for `::marker` it has the item's text values and nothing else (CSS Lists
    // 3).
    let plain = || Arc::new(Computed::inherited(&styles.own));
    (styles.own.display == Display::ListItem).then(|| styles.marker.clone().unwrap_or_else(plain))
}
