//! What every stage of layout shares: the tree, the typesetter, the tags, the numbers of the last
//! pass, the limits.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::galley::Galley;
use super::settle::Settled;
use super::tags::TagPlan;
use crate::boxes::{BoxId, BoxNode, BoxTree, Field, MAX_DEPTH, counter_text};
use crate::diag::{Diagnostic, Message, Sink, Span, Value, say};
use crate::image::{Image, ImageStore};
use crate::sizing::{ItemHeight, Labels, Sizer, page_content};
use crate::style::{CounterStyle, PageKind, TextStyle};
use crate::text::{InlineItem, Line, Setting, Typesetter};

/// Lengths nearer than this count as equal, in points.
pub(crate) const EPSILON: f64 = 0.01;

/// A page number as text.
pub(crate) fn number(style: &CounterStyle, value: usize) -> String {
    counter_text(style, i32::try_from(value).unwrap_or(i32::MAX))
}

/// A picture that a stylesheet asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WantedPicture<'w> {
    /// By its URL.
    Url(&'w str),
    /// Drawn for a box, as SVG text.
    Svg(&'w str),
}

impl WantedPicture<'_> {
    /// The picture, with what is to be said of it.
    pub(crate) fn from(
        self,
        images: &ImageStore,
    ) -> (Result<Arc<Image>, Diagnostic>, Vec<Diagnostic>) {
        match self {
            Self::Url(url) => (images.load(url), images.warnings(url)),
            Self::Svg(text) => images.inline(text),
        }
    }
}

/// Reads or draws a picture, with what is to be said of it.
pub(crate) type LoadImage<'a> =
    &'a dyn Fn(WantedPicture<'_>) -> (Result<Arc<Image>, Diagnostic>, Vec<Diagnostic>);

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

/// What a page is numbered with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageNumber {
    pub(crate) page: usize,
    /// How many pages there are.
    pub(crate) pages: usize,
}

/// What text is known while boxes are measured.
pub(crate) struct KnownLabels<'a> {
    pub(crate) plan: &'a TagPlan,
    pub(crate) numbers: &'a Numbers,
}

impl Labels for KnownLabels<'_> {
    fn field(&self, home: BoxId, index: usize, field: &Field) -> String {
        // One digit, so that the first pass measures something: most page numbers have one or
        // two.
        self.numbers.text((home, index), field).unwrap_or_else(|| "0".into())
    }

    fn note(&self, note: &BoxNode) -> String {
        self.plan.node(note).note.to_string()
    }
}

/// What holds for a box and all that is in it. It travels with the [`Area`](super::flow::Area), so
/// that nothing needs to be reset on the way out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scope {
    /// How many boxes are around.
    pub(crate) depth: u32,
    /// By how much text is shrunk (`-itog-fit`).
    pub(crate) scale: f64,
    /// Whether a box around is being fitted: one inside of it is not.
    pub(crate) fitting: bool,
    /// How many multi-column boxes are around.
    pub(crate) columns: u32,
}

impl Scope {
    /// That of the page.
    pub(crate) const ROOT: Self = Self { depth: 0, scale: 1.0, fitting: false, columns: 0 };

    /// One box deeper.
    #[must_use]
    pub(crate) fn inside(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// With text of another scale.
    #[must_use]
    pub(crate) fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    pub(crate) fn too_deep(self) -> bool {
        self.depth > MAX_DEPTH
    }
}

/// What one pass is given, and never changes.
#[derive(Clone, Copy)]
pub(crate) struct Env<'a> {
    pub(crate) tree: &'a BoxTree,
    pub(crate) typesetter: &'a Typesetter,
    sizer: Sizer<'a>,
    pub(crate) load_image: LoadImage<'a>,
    pub(crate) plan: &'a TagPlan,
    pub(crate) numbers: &'a Numbers,
    /// The height of the first page's content area, for what must not fill a page by itself.
    pub(crate) page_height: f64,
}

/// What a pass has set already: boxes are asked again while the best place is looked for.
#[derive(Default)]
pub(crate) struct Caches<'a> {
    /// Footnotes set at a width, and their heights.
    pub(crate) notes: FxHashMap<(BoxId, u64), (Rc<Galley<'a>>, f64)>,
    /// Heights and first baselines of flex items at a width and scale.
    pub(crate) heights: FxHashMap<(BoxId, u64, u64), ItemHeight>,
}

/// The state of one pass: what it is given ([`Env`], which it stands for), what it reports, and
/// what it has learnt.
pub(crate) struct Context<'a> {
    env: Env<'a>,
    pub(crate) sink: &'a mut Sink,
    pub(crate) caches: Caches<'a>,
    /// What boxes with `-itog-fit: block` came to.
    pub(crate) settled: Settled,
    /// Whether a field stood in the flow, so that another pass may be needed.
    pub(crate) fields_used: bool,
    /// The page whose margin boxes are being set.
    pub(crate) margin_of: Option<PageNumber>,
}

impl<'a> Deref for Context<'a> {
    type Target = Env<'a>;

    fn deref(&self) -> &Env<'a> {
        &self.env
    }
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        tree: &'a BoxTree,
        sizer: Sizer<'a>,
        load_image: LoadImage<'a>,
        plan: &'a TagPlan,
        numbers: &'a Numbers,
        sink: &'a mut Sink,
    ) -> Self {
        let typesetter = sizer.typesetter;
        // Later pages may differ, but what is measured by a page's height is decided before it
        // is known on which page it will stand.
        let first = PageKind { first: true, ..PageKind::default() };
        let page = tree.pages.resolve(tree.root.style.page.as_deref(), first);
        let page_height = page_content(&page).height;
        let env = Env { tree, typesetter, sizer, load_image, plan, numbers, page_height };
        let (caches, settled) = (Caches::default(), Settled::default());
        Self { env, sink, caches, settled, fields_used: false, margin_of: None }
    }

    /// A picture that a stylesheet asks for at a place; its faults are reported.
    pub(crate) fn picture(
        &mut self,
        wanted: WantedPicture<'_>,
        span: Option<Span>,
    ) -> Option<Arc<Image>> {
        let (image, warnings) = (self.load_image)(wanted);
        let place = span.and_then(|span| self.tree.sources.place(span));
        let faults = warnings.into_iter().chain(image.as_ref().err().cloned());
        self.sink.extend(faults.map(|fault| fault.at(place.clone())).collect::<Vec<_>>());
        image.ok()
    }

    /// What measures boxes, at the scale of a scope.
    pub(crate) fn sizer(&self, scope: Scope) -> Sizer<'a> {
        self.sizer.scaled(scope.scale)
    }

    /// Runs something speculatively: its diagnostics are discarded.
    pub(crate) fn speculate<T>(&mut self, attempt: impl FnOnce(&mut Self) -> T) -> T {
        // The sink is lent out: what the attempt reports goes into an empty one.
        let kept = std::mem::take(self.sink);
        let value = attempt(self);
        *self.sink = kept;
        value
    }

    /// Runs something and gives its diagnostics by themselves.
    pub(crate) fn collect_faults<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> T,
    ) -> (T, Vec<Diagnostic>) {
        let kept = std::mem::take(self.sink);
        let value = work(self);
        (value, std::mem::replace(self.sink, kept).into_vec())
    }

    /// Reports diagnostics before all others.
    pub(crate) fn prepend_faults(&mut self, faults: Vec<Diagnostic>) {
        let later = std::mem::take(self.sink);
        self.sink.extend(faults);
        self.sink.extend(later.into_vec());
    }

    /// Reports a fault at a box.
    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        message: impl Into<Message>,
        span: Option<Span>,
        hint: impl Into<Option<Message>>,
    ) {
        // A box that no template wrote has no place, only a message.
        let place = span.and_then(|span| self.tree.sources.place(span));
        // What does not fit is most likely the longest of the values there.
        let longest = place.as_ref().and_then(|place| place.longest());
        let fault = Diagnostic::warning(code, message).at(place);
        let fault = match longest {
            Some(text) => fault.about(text),
            None => fault,
        };
        self.sink.push(hint.into().into_iter().fold(fault, Diagnostic::hint));
    }

    /// Reports that a box's text does not fit even at its least size; no output is made.
    pub(crate) fn too_much(&mut self, node: &BoxNode, min: f64) {
        let place = node.span.and_then(|span| self.tree.sources.place(span));
        let message = say!(
            "the text does not fit the page even at {min} % of its size: it would run over what \
             stands below",
            min = Value::decimal(min * 100.0, 0)
        );
        let longest = place.as_ref().and_then(|place| place.longest());
        let fault = Diagnostic::error("fit-overflow", message).at(place);
        let fault = match longest {
            Some(text) => fault.about(text),
            None => fault,
        };
        self.sink.push(fault.hint(say!("shorten the longest text")));
    }

    /// Reports that boxes nest too deep; no output is made.
    pub(crate) fn too_deep(&mut self, node: &BoxNode) {
        let place = node.span.and_then(|span| self.tree.sources.place(span));
        let message = say!("boxes nest deeper than {most} levels", most = MAX_DEPTH);
        self.sink.push(
            Diagnostic::error("nesting-depth", message)
                .at(place)
                .hint(say!("use fewer elements inside each other")),
        );
    }

    /// Sets a paragraph; faults are led to the places that its tags come from.
    pub(crate) fn set(
        &mut self,
        items: &[InlineItem<'_>],
        setting: &Setting<'_>,
        place: impl Fn(u32) -> Option<Span>,
    ) -> Vec<Line> {
        let (sink, sources) = (&mut *self.sink, &self.env.tree.sources);
        self.env.typesetter.set(items, setting, &mut |tag: u32, fault: Diagnostic| {
            // What a font lacks, it lacks everywhere: it is reported at the first place.
            let told =
                |one: &Diagnostic| one.code() == fault.code() && one.message() == fault.message();
            let once = fault.code().starts_with("font-") || fault.code() == "text-direction";
            if once && sink.all().iter().any(told) {
                return;
            }
            sink.push(fault.at(place(tag).and_then(|span| sources.place(span))));
        })
    }

    /// The text values at the scale of a scope.
    pub(crate) fn text_style(&self, style: &Arc<TextStyle>, scope: Scope) -> Arc<TextStyle> {
        self.sizer(scope).text_style(style)
    }

    /// What a field says, as far as the last pass knows.
    pub(crate) fn field_text(&mut self, id: FieldId, field: &Field) -> String {
        // In the margin all numbers are known, and each page has its own.
        match (self.margin_of, field) {
            (Some(own), Field::Page(style)) => return number(style, own.page),
            (Some(own), Field::Pages(style)) => return number(style, own.pages),
            _ => {}
        }
        // Only where a number was asked for can another pass change anything.
        self.fields_used = true;
        if let Some(text) = self.numbers.text(id, field) {
            return text;
        }
        // The first pass knows no targets yet.
        if let (Field::TargetPage(target, _), true) = (field, self.numbers.pages > 0) {
            let message = say!("there is no element with the id `{target}`", target);
            let hint = say!("write `id` on the element that is meant");
            self.warn("unknown-target", message, None, hint);
        }
        "0".into()
    }
}
