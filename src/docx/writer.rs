//! The writer of one document: what is read, what has been registered, what was found wrong.
//!
//! Stands between the registries, which it holds, and the stories, which write with it. Nothing
//! here says which part is being written: that lies in the `Story` at hand.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::package::fonts::{UsedFaces, stays_behind};
use super::package::parts::Settings;
use super::registry::faces::FaceRegistry;
use super::registry::headers::HeaderRegistry;
use super::registry::ids::IdRegistry;
use super::registry::majority;
use super::registry::notes::NoteRegistry;
use super::registry::numbering::ListRegistry;
use super::registry::relations::RelationRegistry;
use super::registry::strings::StringRegistry;
use super::registry::styles::StyleRegistry;
use super::words::properties::{NormalValues, ParagraphPlace, Surface, run};
use super::words::units::locale;
use crate::boxes::{BoxNode, BoxTree, Content, Inline, Role};
use crate::diag::{Diagnostic, Message, Sink, Span, say};
use crate::image::ImageStore;
use crate::sizing::Sizer;
use crate::style::{Position, TextAlign};

/// The writer of one document.
pub(crate) struct DocxWriter<'a> {
    pub(crate) tree: &'a BoxTree,
    pub(crate) images: &'a ImageStore,
    /// How wide and high boxes are.
    pub(crate) sizer: Sizer<'a>,
    pub(crate) reporter: Reporter<'a>,
    pub(crate) faces: FaceRegistry,
    pub(crate) styles: StyleRegistry,
    pub(crate) lists: ListRegistry,
    pub(crate) notes: NoteRegistry,
    pub(crate) headers: HeaderRegistry<'a>,
    pub(crate) strings: StringRegistry,
    pub(crate) relations: RelationRegistry,
    pub(crate) ids: IdRegistry,
}

/// Where faults go, and those of the DOCX that have been reported.
pub(crate) struct Reporter<'a> {
    pub(crate) sink: &'a mut Sink,
    warned: BTreeSet<String>,
}

/// Element, class and role that name the style of the paragraphs in a box; anonymous boxes have
/// those of the element around them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StyleOwner<'a> {
    pub(crate) element: &'a str,
    pub(crate) class: &'a str,
    pub(crate) role: Role,
}

impl<'a> StyleOwner<'a> {
    /// The owner of what is in a box, with `around` for an anonymous one.
    pub(crate) fn of(node: &'a BoxNode, around: Self) -> Self {
        if node.element.is_empty() {
            around
        } else {
            Self { element: &node.element, class: &node.class, role: node.role }
        }
    }

    /// What is around the document: nothing.
    pub(crate) const NONE: Self = Self { element: "", class: "", role: Role::None };
}

impl<'a> DocxWriter<'a> {
    /// A writer that has looked at all boxes once: how far lists count, what most paragraphs of a
    /// style look like, who sets which string, what stands on every page.
    pub(crate) fn new(
        tree: &'a BoxTree,
        images: &'a ImageStore,
        faces: FaceRegistry,
        sizer: Sizer<'a>,
        sink: &'a mut Sink,
    ) -> Self {
        let mut style = (*tree.root.style.text).clone();
        // Alignment and indent of the body are no reason for each paragraph to undo them.
        style.text_align = TextAlign::Left;
        style.text_indent = Default::default();
        let paragraph = faces.paragraph_in(&style, ParagraphPlace::default(), Surface::default());
        let normal = NormalValues { paragraph, run: run(&faces.word(&style.font_family), &style) };
        let mut writer = Self {
            tree,
            images,
            sizer,
            reporter: Reporter { sink, warned: BTreeSet::new() },
            faces,
            styles: StyleRegistry::new(normal),
            lists: ListRegistry::default(),
            notes: NoteRegistry::default(),
            headers: HeaderRegistry::default(),
            strings: StringRegistry::default(),
            relations: RelationRegistry::default(),
            ids: IdRegistry::default(),
        };
        // Before anything is written: the first paragraph already needs the style that most will
        // have.
        writer.look_ahead(&tree.root, StyleOwner::NONE);
        writer
    }

    fn look_ahead(&mut self, node: &'a BoxNode, owner: StyleOwner<'a>) {
        if let Some(marker) = &node.marker {
            self.lists.look_ahead(marker);
        }
        self.strings.look_ahead(node);
        if node.style.position == Position::Fixed {
            // It is shown on every page, so it goes into the headers, however deep it stands in the
            // text.
            self.headers.fixed.push(node);
        }
        let owner = StyleOwner::of(node, owner);
        match &node.content {
            Content::Blocks(nodes) | Content::Flex(nodes) => {
                nodes.iter().for_each(|node| self.look_ahead(node, owner));
            }
            Content::Table(table) => {
                table.caption.iter().for_each(|caption| self.look_ahead(caption, owner));
                let cells = table.rows().flat_map(|row| &row.cells);
                cells.for_each(|cell| self.look_ahead(&cell.node, owner));
            }
            Content::Inline(content) => {
                // Only what becomes a paragraph has a voice in what the style is.
                let key = majority::key(owner.element, owner.class, owner.role);
                self.styles.majority.count(key, &node.style);
                for piece in content {
                    if let Inline::Atomic(node)
                    | Inline::Footnote(node)
                    | Inline::Positioned(node) = piece
                    {
                        self.look_ahead(node, owner);
                    }
                }
            }
            Content::Image(_) => {}
        }
    }

    /// The language of the document, as Word has it.
    pub(crate) fn lang(&self) -> String {
        locale(self.tree.meta.lang.as_deref().unwrap_or("ru"))
    }

    /// What the settings say of all that has been written.
    pub(crate) fn settings(&self, even_and_odd: bool) -> Settings {
        Settings {
            // Known only when all text has been written and its faces are chosen.
            embeds_faces: false,
            hyphenate: self.faces.hyphenate,
            even_and_odd,
            footnotes: !self.notes.is_empty(),
            lang: self.lang(),
        }
    }

    /// The faces that have been used, with those that are to go with the document; says which of
    /// these cannot.
    pub(crate) fn used_faces(&mut self, embed: bool) -> Arc<UsedFaces> {
        let faces = self.faces.used(embed);
        for (name, files) in faces.iter() {
            if let Some(why) = files.iter().find_map(|file| stays_behind(&file.face)) {
                let message = say!("the font `{name}` does not go with the DOCX: {why}", name, why);
                let hint = say!(
                    "where it is not installed, Word takes another; give a TrueType file (.ttf)"
                );
                self.report(Diagnostic::warning("docx-font", message).hint(hint), None);
            }
        }
        faces
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic, span: Option<Span>) {
        let place = span.and_then(|span| self.tree.sources.place(span));
        self.reporter.sink.push(diagnostic.at(place));
    }

    /// Warns of a thing that Word cannot do, once for each place in the template.
    pub(crate) fn warn_once(&mut self, code: &'static str, message: Message, span: Option<Span>) {
        // Without a place, another message is another thing.
        let place = span.map_or_else(|| message.to_string(), |span| format!("{span:?}"));
        if self.reporter.warned.insert(format!("{code} {place}")) {
            self.report(Diagnostic::warning(code, message), span);
        }
    }
}
