//! Footnotes: the foot of a page, with the notes that its lines call (CSS Generated Content for
//! Paged Media, 2).

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::fill::{self, Cursor, Room, RoomKind, Stop};
use super::flow;
use super::frame::{Effect, Frame, Stroked, Thing};
use super::galley::Galley;
use crate::boxes::BoxNode;
use crate::image::Segment;
use crate::style::Color;

/// Room above the rule, its thickness, room below it, its length: points.
const RULE: (f64, f64, f64, f64) = (8.0, 0.5, 4.0, 56.7);

/// The share of a page that notes from the page before may take.
const CARRIED_SHARE: f64 = 0.7;

/// A note's end that goes to the next page.
#[derive(Debug, Clone)]
pub(crate) struct Rest<'a> {
    galley: Rc<Galley<'a>>,
    cursor: Cursor<'a>,
}

/// The notes at the foot of a room.
#[derive(Debug)]
pub(crate) struct Foot<'a> {
    parts: Vec<Part<'a>>,
    /// Only pages have feet; other rooms hand their notes on.
    active: bool,
}

#[derive(Debug)]
struct Part<'a> {
    frame: Rc<Frame<'a>>,
    rest: Option<Rest<'a>>,
}

impl<'a> Foot<'a> {
    /// The foot of a room that begins with notes from the room before.
    pub(crate) fn resume(cx: &mut Context<'a>, notes: &[Rest<'a>], width: f64, room: Room) -> Self {
        let mut foot = Self { parts: Vec::new(), active: room.kind == RoomKind::Page };
        for rest in notes {
            let space =
                (room.height * CARRIED_SHARE - foot.height() - RULE.0 - RULE.1 - RULE.2).max(0.0);
            let part = if space > 1.0 {
                pour(cx, rest, space, room.height * CARRIED_SHARE)
            } else {
                Part {
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
        if notes > 0.0 { RULE.0 + RULE.1 + RULE.2 + notes } else { 0.0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.parts.truncate(len);
    }

    fn rule(&self) -> f64 {
        if self.height() == 0.0 { RULE.0 + RULE.1 + RULE.2 } else { 0.0 }
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
    pub(crate) fn least(&self, cx: &mut Context<'a>, notes: &[&'a BoxNode], width: f64) -> f64 {
        let Some((last, before)) = notes.split_last() else { return 0.0 };
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
        let mut space = space.map(|space| space - if notes.is_empty() { 0.0 } else { self.rule() });
        for note in notes {
            let (galley, height) = set(cx, note, width);
            let rest = Rest { galley, cursor: Cursor::default() };
            let part = pour(cx, &rest, space.unwrap_or(f64::INFINITY).max(1.0), f64::INFINITY);
            space = space.map(|space| space - height);
            self.parts.push(part);
        }
    }

    /// Puts the foot at the bottom of its room and gives what is left over.
    pub(crate) fn finish(
        self,
        _cx: &mut Context<'a>,
        frame: &mut Frame<'a>,
        room: Room,
    ) -> Vec<Rest<'a>> {
        if !self.active {
            return Vec::new();
        }
        frame.notes.clear();
        if self.height() == 0.0 {
            return self.parts.into_iter().filter_map(|part| part.rest).collect();
        }
        let mut y = (room.height - self.height()).max(frame.height) + RULE.0;
        frame.push(0.0, y, Thing::Ornament(Rc::from(vec![rule(frame.width)])));
        y += RULE.1 + RULE.2;
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
    let (w, h) = (RULE.3.min(width), RULE.1);
    let path = vec![
        Segment::Move(0.0, 0.0),
        Segment::Line(w, 0.0),
        Segment::Line(w, h),
        Segment::Line(0.0, h),
        Segment::Close,
    ];
    Stroked { path, fill: Some(Color::BLACK), stroke: None }
}

/// A note's galley and its height.
fn set<'a>(cx: &mut Context<'a>, note: &'a BoxNode, width: f64) -> (Rc<Galley<'a>>, f64) {
    let id = (note.box_id, width.to_bits());
    if let Some((galley, height)) = cx.notes.get(&id) {
        return (Rc::clone(galley), *height);
    }
    let number = cx.plan.node(note).note.to_string();
    let galley = Rc::new(flow::note(cx, note, number, width));
    let height = fill::all(cx, &galley).height;
    cx.notes.insert(id, (Rc::clone(&galley), height));
    (galley, height)
}

/// As much of a note as fits.
fn pour<'a>(cx: &mut Context<'a>, rest: &Rest<'a>, space: f64, fresh: f64) -> Part<'a> {
    let kind = if space == f64::INFINITY { RoomKind::Endless } else { RoomKind::Cell };
    let room = Room { height: space + EPSILON, fresh, kind, started: true };
    let filled = fill::fill(cx, &rest.galley, &rest.cursor, room);
    let rest = (filled.stop != Stop::End)
        .then(|| Rest { galley: Rc::clone(&rest.galley), cursor: filled.cursor });
    Part { frame: Rc::new(filled.frame), rest }
}
