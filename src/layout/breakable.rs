//! What the breaker knows of content: a height, baselines, notes, and how it is placed and cut.
//! Lines, frames, table rows and sets of columns say it where they live.

use std::fmt::Debug;
use std::rc::Rc;

use super::context::Context;
use super::frame::{Baselines, Effect, Frame};
use crate::boxes::BoxNode;
use crate::diag::Span;
use crate::geometry::Point;

/// The block size that content finds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    /// What is left of this fragmentainer.
    pub(crate) height: f64,
    /// What there is in the next one, under all that is repeated there.
    pub(crate) fresh: f64,
    /// Whether something stands above, so that the next fragmentainer may be a better place.
    pub(crate) started: bool,
}

/// Something with a height that stands in a galley.
pub(crate) trait Breakable<'a>: Debug {
    /// How tall it is when it is not cut.
    fn height(&self) -> f64;

    /// Its first and last baseline, from its top.
    fn baselines(&self) -> Option<Baselines>;

    /// The footnotes that it calls.
    fn notes(&self) -> Vec<&'a BoxNode>;

    /// All of it as one frame.
    fn frame(&self, cx: &mut Context<'a>) -> Rc<Frame<'a>>;

    /// Puts it into a frame.
    fn place(&self, cx: &mut Context<'a>, frame: &mut Frame<'a>, at: Point, layer: i32) {
        let own = self.frame(cx);
        frame.place(at.x, at.y, layer, &own, Effect::default());
    }

    /// The part that fits and the rest. Nothing if no part fits. Cuts that nobody asked for are
    /// reported at the span.
    fn split(
        &self,
        _: &mut Context<'a>,
        _: Space,
        _: Option<Span>,
    ) -> Option<(LeafContent<'a>, Option<LeafContent<'a>>)> {
        None
    }

    /// Whether it may be cut even if it fits the next fragmentainer whole.
    fn divides(&self) -> bool {
        false
    }

    /// Whether a break is asked for inside of it.
    fn has_forced_break(&self) -> bool {
        false
    }

    /// Whether its height is that of the space that it gets: it is always set by `split`.
    fn adapts(&self) -> bool {
        false
    }

    /// Whether it stands in the space that its table keeps free for repeated feet.
    fn is_foot(&self) -> bool {
        false
    }
}

/// Shared content.
pub(crate) type LeafContent<'a> = Rc<dyn Breakable<'a> + 'a>;
