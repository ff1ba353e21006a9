//! What every stage of layout shares: the tree, the typesetter, the tags, the numbers of the last
//! pass, the limits.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::galley::Galley;
use super::settle::Settled;
use super::tags::Plan;
use crate::boxes::{BoxId, BoxNode, BoxTree, Field, MAX_DEPTH, counter_text};
use crate::diag::{Diagnostic, Sink, Span};
use crate::image::Image;
use crate::sizing::{ItemHeight, Labels, Sizer};
use crate::style::{CounterStyle, TextStyle};
use crate::text::{Item, Line, Setting, Typesetter};

/// How many pages a document may have.
pub(crate) const MAX_PAGES: usize = 20_000;

/// Lengths nearer than this count as equal, in points.
pub(crate) const EPSILON: f64 = 0.01;

/// A page number as text.
pub(crate) fn number(style: &CounterStyle, value: usize) -> String {
    counter_text(style, i32::try_from(value).unwrap_or(i32::MAX))
}

/// Reads a picture that a stylesheet names.
pub(crate) type LoadImage<'a> = &'a dyn Fn(&str) -> Result<Arc<Image>, Diagnostic>;

/// A field: the box whose inline content it is in, and its place there.
pub(crate) type FieldId = (BoxId, usize);

/// Page numbers as the last pass found them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Numbers {
    /// How many pages there are.
    pub(crate) pages: usize,
    /// The page of every field.
    pub(crate) fields: HashMap<FieldId, usize>,
    /// The page of every target, by its id.
    pub(crate) targets: BTreeMap<Arc<str>, usize>,
}

impl Numbers {
    /// What a field says; nothing if its target is not known.
    fn text(&self, id: FieldId, field: &Field) -> Option<String> {
        let own = self.fields.get(&id).copied().unwrap_or(1);
        Some(match field {
            Field::Page(style) => number(style, own),
            Field::Pages(style) => number(style, self.pages.max(1)),
            Field::TargetPage(id, style) => number(style, *self.targets.get(id)?),
        })
    }
}

/// What text is known while boxes are measured.
pub(crate) struct KnownLabels<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) numbers: &'a Numbers,
}

impl Labels for KnownLabels<'_> {
    fn field(&self, home: BoxId, index: usize, field: &Field) -> String {
        self.numbers.text((home, index), field).unwrap_or_else(|| "0".into())
    }

    fn note(&self, note: &BoxNode) -> String {
        self.plan.node(note).note.to_string()
    }
}

/// The shared state of one pass.
pub(crate) struct Context<'a> {
    pub(crate) tree: &'a BoxTree,
    pub(crate) typesetter: &'a Typesetter,
    sizer: Sizer<'a>,
    pub(crate) load_image: LoadImage<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) numbers: &'a Numbers,
    pub(crate) sink: &'a mut Sink,
    /// Whether a field stood in the flow, so that another pass may be needed.
    pub(crate) fields_used: bool,
    /// The height of a page's content area, for what must not fill a page by itself.
    pub(crate) page_height: f64,
    /// By how much text is shrunk (`-itog-fit`).
    pub(crate) scale: f64,
    /// Whether a box is being fitted: one inside of it is not.
    pub(crate) fitting: bool,
    /// What boxes with `-itog-fit: block` came to.
    pub(crate) settled: Settled,
    /// How many multi-column boxes we are inside of.
    pub(crate) columns: u32,
    /// Footnotes set at a width, and their heights.
    pub(crate) notes: HashMap<(BoxId, u64), (Rc<Galley<'a>>, f64)>,
    /// Heights and first baselines of flex items at a width and scale.
    pub(crate) heights: HashMap<(BoxId, u64, u64), ItemHeight>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        tree: &'a BoxTree,
        sizer: Sizer<'a>,
        load_image: LoadImage<'a>,
        plan: &'a Plan,
        numbers: &'a Numbers,
        sink: &'a mut Sink,
    ) -> Self {
        Self {
            tree,
            typesetter: sizer.typesetter,
            sizer,
            load_image,
            plan,
            numbers,
            sink,
            fields_used: false,
            page_height: 0.0,
            scale: 1.0,
            fitting: false,
            settled: Settled::default(),
            columns: 0,
            notes: HashMap::new(),
            heights: HashMap::new(),
        }
    }

    /// What measures boxes, at the scale in force.
    pub(crate) fn sizer(&self) -> Sizer<'a> {
        self.sizer.scaled(self.scale)
    }

    /// Tries something out: its faults are forgotten.
    pub(crate) fn quietly<T>(&mut self, attempt: impl FnOnce(&mut Self) -> T) -> T {
        let kept = std::mem::take(self.sink);
        let value = attempt(self);
        *self.sink = kept;
        value
    }

    /// Does something and gives its faults apart.
    pub(crate) fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Diagnostic>) {
        let kept = std::mem::take(self.sink);
        let value = work(self);
        (value, std::mem::replace(self.sink, kept).into_vec())
    }

    /// Reports faults before all others.
    pub(crate) fn report_first(&mut self, faults: Vec<Diagnostic>) {
        let later = std::mem::take(self.sink);
        self.sink.extend(faults);
        self.sink.extend(later.into_vec());
    }

    /// Reports a fault at a box.
    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Option<Span>,
        hint: &str,
    ) {
        let place = span.and_then(|span| self.tree.sources.place(span));
        // What does not fit is most likely the longest of the values there.
        let longest = place.as_ref().and_then(|place| place.longest());
        let fault = Diagnostic::warning(code, message).at(place);
        let fault = match longest {
            Some(text) => fault.about(text),
            None => fault,
        };
        self.sink.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }

    /// Reports that a box's text does not fit even at its least size; no output is made.
    pub(crate) fn too_much(&mut self, node: &BoxNode, min: f64) {
        let place = node.span.and_then(|span| self.tree.sources.place(span));
        let message = format!(
            "the text does not fit the page even at {:.0} % of its size: it would run over what \
             stands below",
            min * 100.0
        );
        self.sink.push(
            Diagnostic::error("fit-overflow", message).at(place).hint("shorten the longest text"),
        );
    }

    /// Reports that boxes nest too deep; no output is made.
    pub(crate) fn too_deep(&mut self, node: &BoxNode) {
        let place = node.span.and_then(|span| self.tree.sources.place(span));
        let message = format!("boxes nest deeper than {MAX_DEPTH} levels");
        self.sink.push(
            Diagnostic::error("nesting-depth", message)
                .at(place)
                .hint("use fewer elements inside each other"),
        );
    }

    /// Sets a paragraph; faults are led to the places that its tags come from.
    pub(crate) fn set(
        &mut self,
        items: &[Item<'_>],
        setting: &Setting<'_>,
        place: impl Fn(u32) -> Option<Span>,
    ) -> Vec<Line> {
        let (sink, sources) = (&mut *self.sink, &self.tree.sources);
        self.typesetter.set(items, setting, &mut |tag: u32, fault: Diagnostic| {
            sink.push(fault.at(place(tag).and_then(|span| sources.place(span))));
        })
    }

    /// The text values at the scale in force.
    pub(crate) fn text_style(&self, style: &Arc<TextStyle>) -> Arc<TextStyle> {
        self.sizer().text_style(style)
    }

    /// What a field says, as far as the last pass knows.
    pub(crate) fn field_text(&mut self, id: FieldId, field: &Field) -> String {
        self.fields_used = true;
        if let Some(text) = self.numbers.text(id, field) {
            return text;
        }
        // The first pass knows no targets yet.
        if let (Field::TargetPage(target, _), true) = (field, self.numbers.pages > 0) {
            let message = format!("there is no element with the id `{target}`");
            let hint = "write `id` on the element that is meant";
            self.warn("unknown-target", message, None, hint);
        }
        "0".into()
    }
}
