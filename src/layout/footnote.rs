//! Footnotes: the foot of a page, with the notes that its lines call (CSS Generated Content for
//! Paged Media, 2).

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::flow;
use super::fragment::{self, Cursor, Fragmentainer, FragmentainerKind, StopReason};
use super::frame::{Effect, Frame, Stroked, Thing};
use super::galley::Galley;
use crate::boxes::BoxNode;
use crate::geometry::Rect;
use crate::image::DrawnSegment;
use crate::style::Color;

/// Space above and below the rule over the notes: less than a line, so that they stay one foot.
const SPACE_ABOVE: f64 = 8.0;
const SPACE_BELOW: f64 = 4.0;

/// The rule's thickness, a hair line that every printer shows.
const THICKNESS: f64 = 0.5;

/// The rule's length: 2 cm, as word processors draw it.
const LENGTH: f64 = 56.7;

/// What the rule takes off the page.
const RULE: f64 = SPACE_ABOVE + THICKNESS + SPACE_BELOW;

/// The share of a page that notes from the page before may take.
const CARRIED_SHARE: f64 = 0.7;

/// A note's end that goes to the next page.
#[derive(Debug, Clone)]
pub(crate) struct NoteRemainder<'a> {
    galley: Rc<Galley<'a>>,
    cursor: Cursor<'a>,
}

/// The notes at the foot of a fragmentainer.
#[derive(Debug)]
pub(crate) struct Foot<'a> {
    parts: Vec<PlacedNote<'a>>,
    /// Only pages have feet; other rooms hand their notes on.
    active: bool,
}

#[derive(Debug)]
struct PlacedNote<'a> {
    frame: Rc<Frame<'a>>,
    rest: Option<NoteRemainder<'a>>,
}

impl<'a> Foot<'a> {
    /// The foot of a fragmentainer that begins with notes from the fragmentainer before.
    pub(crate) fn resume(
        cx: &mut Context<'a>,
        notes: &[NoteRemainder<'a>],
        width: f64,
        fragmentainer: Fragmentainer,
    ) -> Self {
        let mut foot =
            Self { parts: Vec::new(), active: fragmentainer.kind == FragmentainerKind::Page };
        for rest in notes {
            let space = (fragmentainer.height * CARRIED_SHARE - foot.height() - RULE).max(0.0);
            // A point of space holds no line: the note waits for the next page.
            let part = if space > 1.0 {
                fragment_note(cx, rest, space, fragmentainer.height * CARRIED_SHARE)
            } else {
                PlacedNote {
                    frame: Rc::new(Frame { width, ..Frame::default() }),
                    rest: Some(rest.clone()),
                }
            };
            foot.parts.push(part);
        }
        foot
    }

    /// How tall the foot is.
    pub(crate) fn height(&self) -> f64 {
        let notes: f64 = self.parts.iter().map(|part| part.frame.height).sum();
        if notes > 0.0 { RULE + notes } else { 0.0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.parts.truncate(len);
    }

    fn rule(&self) -> f64 {
        // Notes that found no space at all leave no rule either.
        if self.height() == 0.0 { RULE } else { 0.0 }
    }

    /// By how much notes would make the foot taller.
    pub(crate) fn cost(&self, cx: &mut Context<'a>, notes: &[&'a BoxNode], width: f64) -> f64 {
        if !self.active || notes.is_empty() {
            return 0.0;
        }
        let sum: f64 = notes.iter().map(|note| set(cx, note, width).1).sum();
        self.rule() + sum
    }

    /// By how much they would at least, if the last one goes on on the next page.
    pub(crate) fn min_cost(&self, cx: &mut Context<'a>, notes: &[&'a BoxNode], width: f64) -> f64 {
        let Some((last, before)) = notes.split_last() else { return 0.0 };
        // Two lines of a note with some leading, so that it never begins with a line alone.
        let two_lines = 2.5 * last.style.text.font_size;
        let sum: f64 = before.iter().map(|note| set(cx, note, width).1).sum();
        self.rule() + sum + two_lines.min(set(cx, last, width).1)
    }

    /// Adds notes; if `space` is given, what does not fit it goes to the next page.
    pub(crate) fn add(
        &mut self,
        cx: &mut Context<'a>,
        notes: Vec<&'a BoxNode>,
        width: f64,
        space: Option<f64>,
    ) {
        if !self.active {
            return;
        }
        // The rule comes with the first note and takes its share of the room, too. ##1
        // >frame.notes.clear();
        let mut space = space.map(|space| space - if notes.is_empty() { 0.0 } else { self.rule() });
        for note in notes {
            let (galley, height) = set(cx, note, width);
            let rest = NoteRemainder { galley, cursor: Cursor::default() };
            // A note that was called must begin on this page, if only with its first line.
            let part =
                fragment_note(cx, &rest, space.unwrap_or(f64::INFINITY).max(1.0), f64::INFINITY);
            space = space.map(|space| space - height);
            self.parts.push(part);
        }
    }

    /// Puts the foot at the bottom of its fragmentainer and gives what is left over.
    pub(crate) fn finish(
        self,
        _cx: &mut Context<'a>,
        frame: &mut Frame<'a>,
        fragmentainer: Fragmentainer,
    ) -> Vec<NoteRemainder<'a>> {
        if !self.active {
            return Vec::new();
        }
        frame.notes.clear();
        // Nothing of the notes stands here, so neither does the rule; they wait for the next
        // page.
        if self.height() == 0.0 {
            return self.parts.into_iter().filter_map(|part| part.rest).collect();
        }
        // Notes stand at the bottom of the page, or right below content that is too tall for it.
        let mut y = (fragmentainer.height - self.height()).max(frame.height) + SPACE_ABOVE;
        frame.push(0.0, y, Thing::Ornament(Rc::from(vec![rule(frame.width)])));
        y += THICKNESS + SPACE_BELOW;
        let mut rests = Vec::new();
        for part in self.parts {
            frame.place(0.0, y, 0, &part.frame, Effect::default());
            y += part.frame.height;
            rests.extend(part.rest);
        }
        frame.notes.clear();
        frame.height = y;
        rests
    }
}

fn rule(width: f64) -> Stroked {
    let line = Rect::new(0.0, 0.0, LENGTH.min(width), THICKNESS);
    let path = DrawnSegment::rectangle(line).into();
    Stroked { path, fill: Some(Color::BLACK), stroke: None }
}

/// A note's galley and its height.
fn set<'a>(cx: &mut Context<'a>, note: &'a BoxNode, width: f64) -> (Rc<Galley<'a>>, f64) {
    // The bits of the width are the key, since floats have no hash; the same width has the same
    // bits, for it comes from the same sum.
    let id = (note.box_id, width.to_bits());
    if let Some((galley, height)) = cx.caches.notes.get(&id) {
        return (Rc::clone(galley), *height);
    }
    // Notes are set at the size of their own style, whatever shrinks the text that calls them.
    let number = cx.plan.node(note).note.to_string();
    let galley = Rc::new(flow::note(cx, note, number, width));
    let height = fragment::whole(cx, &galley).height;
    cx.caches.notes.insert(id, (Rc::clone(&galley), height));
    (galley, height)
}

/// As much of a note as fits.
fn fragment_note<'a>(
    cx: &mut Context<'a>,
    rest: &NoteRemainder<'a>,
    space: f64,
    fresh: f64,
) -> PlacedNote<'a> {
    let kind =
        if space == f64::INFINITY { FragmentainerKind::Endless } else { FragmentainerKind::Cell };
    let fragmentainer = Fragmentainer { height: space + EPSILON, fresh, kind, started: true };
    let fragmented = fragment::fragment(cx, &rest.galley, &rest.cursor, fragmentainer);
    let rest = (fragmented.stop != StopReason::End)
        .then(|| NoteRemainder { galley: Rc::clone(&rest.galley), cursor: fragmented.cursor });
    PlacedNote { frame: Rc::new(fragmented.frame), rest }
}
