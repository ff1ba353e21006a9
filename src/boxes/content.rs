//! Generated content: `content` of pseudo-elements and markers, `string-set`.

use std::sync::Arc;

use super::build::BoxBuilder;
use super::counters::{LIST_ITEM, counter_text, marker_text};
use super::flow::{ChildPiece, anonymous, blockified, flow, is_positioned};
use super::{
    BoxNode, Content, Field, Inline, InlineBox, ListNumbering, Marker, NamedString, Role, meaning,
};
use crate::diag::{Diagnostic, say};
use crate::markup::NodeId;
use crate::style::{Computed, ContentItem, CounterStyle, Display, ListStylePosition};

impl BoxBuilder<'_> {
    /// The pieces of a `content` value, for the element `id`.
    // Over 60 lines: one arm for each kind of generated content.
    fn generated(
        &mut self,
        id: NodeId,
        items: &[ContentItem],
        style: &Arc<Computed>,
    ) -> Vec<Inline> {
        let span = self.tree.node(id).span;
        // Strings and counters in a row are one text, so that they are kerned.
        let (mut out, mut written) = (Vec::new(), String::new());
        let text = |text: &str| Inline::Text { text: text.into(), style: Arc::clone(style), span };
        for item in items {
            let piece = match item {
                // Numbers of pages are known after layout only, so they stay fields.
                ContentItem::Counter(name, form) if &**name == "page" => {
                    Inline::Field(Field::Page(form.clone()), Arc::clone(style))
                }
                ContentItem::Counter(name, form) if &**name == "pages" => {
                    Inline::Field(Field::Pages(form.clone()), Arc::clone(style))
                }
                ContentItem::Leader(pattern) => {
                    Inline::Leader(Arc::clone(pattern), Arc::clone(style))
                }
                ContentItem::TargetCounter(attribute, counter, form) => {
                    let target = self
                        .tree
                        .element(id)
                        .and_then(|element| element.attribute(attribute))
                        .unwrap_or_default();
                    // `attr(href)` has the number sign of a link, `attr(data-to)` need not.
                    let target: Arc<str> = target.trim().trim_start_matches('#').into();
                    if &**counter != "page" {
                        let fault = Diagnostic::warning(
                            "content-counter",
                            say!(
                                "target-counter() supports only the counter `page`, not \
                                 `{counter}`",
                                counter
                            ),
                        );
                        self.report(fault, span);
                        continue;
                    }
                    // Checked at the end, when all ids are known: most references point
                    // forwards.
                    self.targets.push((Arc::clone(&target), span));
                    Inline::Field(Field::TargetPage(target, form.clone()), Arc::clone(style))
                }
                ContentItem::Url(url) => match self.images.load(url) {
                    Ok(image) => {
                        self.report_all(self.images.warnings(url), span);
                        // Generated pictures say nothing to those who cannot see them (CSS Content
                        // 3, 1.2).
                        let picture = anonymous(style, Display::InlineBlock, Content::Image(image));
                        Inline::Atomic(Box::new(BoxNode { role: Role::Artifact, ..picture }))
                    }
                    Err(fault) => {
                        self.report(fault, span);
                        continue;
                    }
                },
                item => {
                    written.push_str(&self.string(id, item));
                    continue;
                }
            };
            if !written.is_empty() {
                out.push(text(&std::mem::take(&mut written)));
            }
            out.push(piece);
        }
        if !written.is_empty() {
            out.push(text(&written));
        }
        out
    }

    /// A piece of `content` that is text.
    fn string(&self, id: NodeId, item: &ContentItem) -> String {
        match item {
            ContentItem::String(text) => text.to_string(),
            ContentItem::Counter(name, style) => counter_text(style, self.counters.value(name)),
            ContentItem::Counters(name, separator, style) => {
                let texts: Vec<String> = self
                    .counters
                    .values(name)
                    .into_iter()
                    .map(|value| counter_text(style, value))
                    .collect();
                texts.join(separator)
            }
            ContentItem::Attr(name) => self
                .tree
                .element(id)
                .and_then(|element| element.attribute(name))
                .unwrap_or_default()
                .to_owned(),
            ContentItem::ElementText => meaning::text_of(self.tree, id),
            ContentItem::StringFn(name, _) => {
                self.strings.get(name).map(|text| text.to_string()).unwrap_or_default()
            }
            // In `string-set` there is no line to fill, no page yet, and no picture.
            ContentItem::Leader(_)
            | ContentItem::TargetCounter(..)
            | ContentItem::Element(_)
            | ContentItem::Url(_) => String::new(),
        }
    }

    /// `string-set` of an element, resolved here.
    pub(super) fn set_strings(&mut self, id: NodeId, style: &Computed) {
        for (name, items) in style.string_set.iter() {
            let text: Arc<str> =
                items.iter().map(|item| self.string(id, item)).collect::<String>().into();
            self.strings.insert(Arc::clone(name), Arc::clone(&text));
            let words = items.iter().any(|item| matches!(item, ContentItem::ElementText));
            let span = words.then(|| meaning::first_text(self.tree, id)).flatten();
            if let Some(open) = self.set.last_mut() {
                let span = span.or(self.tree.node(id).span);
                open.push(NamedString { name: Arc::clone(name), text, span });
            }
        }
    }

    /// `::before` or `::after` of an element.
    pub(super) fn pseudo(
        &mut self,
        id: NodeId,
        name: &str,
        style: &Arc<Computed>,
        in_flex: bool,
        out: &mut Vec<ChildPiece>,
    ) {
        if style.display == Display::None {
            return;
        }
        self.counters.apply(style, Default::default());
        // After the counters: a pseudo-element counts even if it has nothing to show.
        let Some(items) = style.content.clone() else { return };
        let style =
            if in_flex || is_positioned(style) { blockified(style) } else { Arc::clone(style) };
        let items = self.generated(id, &items, &style);
        let span = self.tree.node(id).span;
        let node = |content| BoxNode {
            style: Arc::clone(&style),
            element: name.into(),
            span,
            ..anonymous(&style, style.display, content)
        };
        let inside =
            |items: Vec<Inline>| flow(items.into_iter().map(ChildPiece::Inline).collect(), &style);
        let piece = match style.display {
            Display::Inline => {
                let start = InlineBox {
                    style: Arc::clone(&style),
                    role: Role::None,
                    element: name.into(),
                    class: Arc::from(""),
                    id: None,
                    href: None,
                    alt: None,
                    control: None,
                    span,
                };
                out.push(ChildPiece::Inline(Inline::Start(Box::new(start))));
                out.extend(items.into_iter().map(ChildPiece::Inline));
                ChildPiece::Inline(Inline::End)
            }
            Display::InlineBlock => {
                ChildPiece::Inline(Inline::Atomic(Box::new(node(inside(items)))))
            }
            _ if is_positioned(&style) => {
                ChildPiece::Inline(Inline::Positioned(Box::new(node(inside(items)))))
            }
            _ => ChildPiece::Block(node(inside(items))),
        };
        out.push(piece);
    }

    /// The marker of a list item, after its counters have been counted.
    pub(super) fn marker(
        &self,
        id: NodeId,
        own: &Computed,
        style: &Arc<Computed>,
    ) -> Option<Marker> {
        // A marker that is made of another counter is numbered by that one.
        let counter =
            style.content.iter().flat_map(|items| items.iter().rev()).find_map(|item| match item {
                ContentItem::Counter(name, _) | ContentItem::Counters(name, ..) => Some(&**name),
                _ => None,
            });
        // The last counter of the content is taken, since «1.2.» ends with the item's own
        // number.
        let nested = self.counters.nested(counter.unwrap_or(LIST_ITEM));
        let value = nested.last().map_or(0, |counter| counter.value);
        let kind = &own.list.kind;
        let text = match &style.content {
            Some(items) => items.iter().map(|item| self.string(id, item)).collect(),
            None if *kind == CounterStyle::None => return None,
            None => marker_text(kind, value),
        };
        let number = nested.split_last().map(|(own, outer)| ListNumbering {
            list: own.id,
            parent: outer.last().map(|counter| counter.id),
            // More levels than Word has are told apart by nobody.
            level: u8::try_from(outer.len()).unwrap_or(u8::MAX),
            value,
            style: kind.clone(),
            content: style.content.clone(),
        });
        let inside = own.list.position == ListStylePosition::Inside;
        Some(Marker { text: text.into(), style: Arc::clone(style), inside, number })
    }
}
