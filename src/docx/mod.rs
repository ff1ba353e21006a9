//! The DOCX writer: a box tree in, a Word document out.
//!
//! Each role of the document becomes one named Word style, lists become Word's own numbering,
//! `@page` becomes sections with headers, and tables stay tables, so that whoever edits the file in
//! Word can go on as if they had made it there. The same tree gives the same bytes.
//!
//! It is built in floors; each knows those below it, and no file knows this one. Only within
//! `story` do files know each other both ways: a box holds boxes.
//!
//! | stage | file | takes | gives |
//! |---|---|---|---|
//! | ground | `package/{xml, order, definitions}` | – | elements, their order, plain values |
//! | words | `words` | computed values | properties, units, names of styles, slack |
//! | look ahead | `writer` | box tree | counts of paragraphs, lists, strings; fixed boxes |
//! | registries | `registry` | keys: styles, markers, pictures … | ids; at the end, their parts |
//! | blocks | `story/{flow, paragraph, cell, table, flex}` | boxes | `w:p`, `w:tbl` in a `Story` |
//! | lines | `story/{inline, note}` | inline content | runs, fields, footnotes |
//! | placed things | `story/{picture, text_box, anchor}` | positioned boxes | drawings |
//! | pages | `story/{section, page, header}` | `@page` | section properties, headers, footers |
//! | gather | `registry/gather` | finished paragraphs | what all of a style say, in the style |
//! | older readers | `story/fallback` | finished shapes | the same shapes in VML |
//! | package | `package` | elements, definitions | the file; `builder` writes by docx-rs |
//! | batch | `shared` | parts of the last document | the same again, made and deflated once |
//! | batch | `plan` | a document, another of the same boxes | the other one, texts filled in |

mod extract;
mod options;
mod package;
mod plan;
mod registry;
mod shared;
mod story;
#[cfg(all(test, feature = "bundled-fonts"))]
mod tests;
mod words;
mod writer;

use std::sync::Arc;

use crate::boxes::BoxTree;
use crate::diag::{Diagnostic, Sink, say};
use crate::sizing::{Placeholders, SizeMemo, Sizer};
pub(crate) use extract::source as source_parts;
pub use extract::{Extracted, FieldEdit, extract};
pub use options::{DocxOptions, DocxSetup};
pub use package::zip::is_unchanged;
pub(crate) use package::zip::{NO_DIGEST, Packed, Packer, PartBytes};
#[cfg(feature = "batch")]
pub(crate) use package::zip::{made_of, mark};
use package::{DocumentParts, ExtraPart, WrittenDocument, builder};
use plan::{DocumentPlan, MetShape, PlannedFrom};
use registry::fields::FieldRegistry;
use registry::gather::gather;
use registry::relations::PartId;
pub use shared::Shared;
pub use story::lost::documented;
use story::{Story, fallback, flow, page, spacing, unwritten};
/// For tests, which hold sizes to it.
pub use words::slack::slack;
use writer::DocxWriter;

/// Writes a box tree as DOCX. An error in the sink means that the bytes are not to be used.
pub fn write(tree: &BoxTree, setup: DocxSetup<'_>, sink: &mut Sink) -> Vec<u8> {
    Shared::default().write(tree, setup, sink)
}

impl Shared {
    /// Writes one of the documents that have this in common; see [`write()`].
    pub fn write(&self, tree: &BoxTree, setup: DocxSetup<'_>, sink: &mut Sink) -> Vec<u8> {
        self.file(tree, setup, sink).unwrap_or_else(|why| {
            // Nothing that a user gives should lead here, and a broken file would be found out
            // by Word only.
            let message = say!("the DOCX cannot be finished: {why}", why);
            sink.push(
                Diagnostic::error("docx-package", message)
                    .hint(say!("please report this with your template and data")),
            );
            Vec::new()
        })
    }

    /// The file, by the plan of a document before that had the same boxes, or from the beginning.
    fn file(
        &self,
        tree: &BoxTree,
        setup: DocxSetup<'_>,
        sink: &mut Sink,
    ) -> Result<Vec<u8>, String> {
        // Data of its own make each document another package.
        let shape = setup.options.source.is_none().then(|| tree.shape());
        let met = shape.and_then(|shape| self.plans().find(&shape));
        if let Some(MetShape::Planned(plan)) = &met
            && let Some(file) = plan.fill(tree, setup, &self.packer)
        {
            return file;
        }
        let (memo, mut told) = (SizeMemo::default(), Sink::new());
        let written = self.written(tree, setup, &memo, &mut told);
        let quiet = told.all().is_empty();
        sink.extend(told.into_vec());
        let WrittenDocument { document, parts } = written?;
        let file = parts.package(document, &self.packer, &self.fonts)?.zip(&self.packer)?;
        // What is to be said has a place of its own in each document.
        if let Some(shape) = shape.filter(|_| quiet) {
            let made_of = PlannedFrom { tree, setup, measured: &memo };
            let make = || {
                DocumentPlan::new(made_of, (&self.packer, &self.fonts), |tree| {
                    let (memo, mut told) = (SizeMemo::default(), Sink::new());
                    self.written(tree, setup, &memo, &mut told)
                        .ok()
                        .filter(|_| told.all().is_empty())
                })
            };
            let learnt = match met {
                // It may have been the last time, too.
                None => Some(MetShape::Once),
                Some(MetShape::Once) => Some(MetShape::new(make())),
                Some(MetShape::Planned(_) | MetShape::Unplanned) => None,
            };
            learnt.into_iter().for_each(|learnt| self.plans().keep(shape, learnt));
        }
        Ok(file)
    }

    /// Writes the body with all that it refers to, then the parts in which that stands.
    // Over 60 lines: the parts in the order in which one needs the other.
    fn written<'a>(
        &self,
        tree: &'a BoxTree,
        setup: DocxSetup<'_>,
        memo: &SizeMemo,
        sink: &mut Sink,
    ) -> Result<WrittenDocument<'a>, String> {
        let DocxSetup { options, typesetter, images } = setup;
        let sizer = Sizer::new(typesetter, &Placeholders, memo);
        let faces = self.faces(Arc::clone(typesetter));
        unwritten::report(tree, sink);
        let mut writer = DocxWriter::new(tree, images, faces, sizer, sink);
        writer.faces.soft_hyphens = options.soft_hyphens;
        writer.ids.fields = options.source.is_some().then(FieldRegistry::default);
        let mut body = Story::body();
        let area = page::first_area(&writer);
        flow::blocks(&mut writer, std::slice::from_ref(&tree.root), &area, &mut body);
        spacing::end(&mut writer, &mut body);
        let even_and_odd = page::close_sections(&mut writer, &mut body);
        let mut body = body.blocks;
        let DocxWriter { styles, lists, notes, headers, reporter, ids, .. } = &mut writer;
        unwritten::report_pages(tree, headers.pages(), reporter.sink);
        let stories = body.iter_mut().chain(notes.elements_mut()).chain(headers.elements_mut());
        // Only now are all paragraphs there, and only before the lists are defined can a style
        // still take a level of one.
        gather(styles, lists, stories);
        // Made of finished shapes, so that what the styles hold now is said in neither.
        let stories = body.iter_mut().chain(notes.elements_mut()).chain(headers.elements_mut());
        stories.for_each(|el| fallback::add(el, ids));

        // The part of the notes is made only if there are any, and a relationship must not lead
        // to nothing.
        if !writer.notes.is_empty() {
            writer.relations.intern(PartId::DOCUMENT, "footnotes", "footnotes.xml");
        }
        let source = options.source.as_ref();
        if source.is_some() {
            // The data stand beside `word/`, not in it.
            writer.relations.intern(PartId::DOCUMENT, "customXml", "../customXml/item1.xml");
        }
        let fields = writer.ids.fields.take().and_then(FieldRegistry::root);
        if fields.is_some() {
            writer.relations.intern(PartId::DOCUMENT, "customXml", "../customXml/item2.xml");
        }
        let mut settings = writer.settings(even_and_odd);
        let faces = writer.used_faces(options.embed_fonts);
        settings.embeds_faces = faces.iter().any(|(_, files)| !files.is_empty());
        let DocxWriter { styles, lists, notes, headers, mut relations, .. } = writer;
        let (headers, looks) = headers.finish();
        let mut extra = relations.take_files();
        extra.extend(headers);
        extra.extend(notes.part(relations.take(PartId::FOOTNOTES)));
        extra.extend(source.into_iter().flat_map(|(name, bytes)| extract::parts(name, bytes)));
        extra.extend(fields.into_iter().flat_map(extract::fields));
        extra.extend(custom_properties(tree, options));
        let title = tree.meta.title.as_deref().unwrap_or_default();
        let (lists, counts) = lists.define(title);
        let styles = styles.finish(looks, settings.lang.clone());
        let parts = DocumentParts {
            theme: styles.theme(),
            styles: self.styles(styles)?,
            numbering: builder::numbering(&lists, &counts)?.map(|numbering| numbering.part()),
            extra,
            relations: relations.take(PartId::DOCUMENT),
            faces,
            settings,
            meta: &tree.meta,
        };
        Ok(WrittenDocument { document: package::document(body), parts })
    }
}

/// What the document says of itself beside Word's own properties, for fields to show.
fn custom_properties(tree: &BoxTree, options: &DocxOptions) -> Option<ExtraPart> {
    let own: Vec<_> = [
        ("Дата документа", tree.meta.date.as_deref()),
        ("Исходные данные", options.source.as_ref().map(|(name, _)| name.as_str())),
        ("Язык", tree.meta.lang.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.filter(|value| !value.is_empty()).map(|value| (name, value)))
    .collect();
    (!own.is_empty()).then(|| ExtraPart::custom(&own))
}
