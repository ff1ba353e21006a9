//! What lies behind the words and what cuts them: clips, transforms and grounds in painting order.

use super::told::WordFault;
use super::word::{PaintedWord, TOLERANCE, through};
use crate::geometry::Rect;
use crate::image::DrawnSegment;
use crate::layout::Paint;
use crate::style::Color;

/// Areas less high or wide are lines, and no ground of a word.
const THIN: f64 = 3.0;

/// How near two colours are that cannot be told apart on paper, of 255.
const ALIKE: u8 = 12;

/// What has been painted so far, as words see it.
#[derive(Debug, Default)]
pub(super) struct View<'a> {
    /// The matrix and the clip before each push.
    pushed: Vec<([f64; 6], Option<[f64; 4]>)>,
    matrix: Option<[f64; 6]>,
    clip: Option<[f64; 4]>,
    grounds: Vec<Ground<'a>>,
}

/// An area with its colour; nothing if that is not even.
#[derive(Debug)]
struct Ground<'a> {
    bounds: [f64; 4],
    path: Option<(&'a [DrawnSegment], bool)>,
    color: Option<Color>,
}

const IDENTITY: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

impl<'a> View<'a> {
    pub(super) fn matrix(&self) -> [f64; 6] {
        self.matrix.unwrap_or(IDENTITY)
    }

    /// Takes in what is painted.
    pub(super) fn paint(&mut self, paint: &'a Paint) {
        match paint {
            Paint::PushClip(rect) => {
                self.pushed.push((self.matrix(), self.clip));
                let [x, y, w, h] = self.bounds(array(*rect));
                let own = [x, y, x + w, y + h];
                self.clip = Some(self.clip.map_or(own, |[l, t, r, b]| {
                    [l.max(own[0]), t.max(own[1]), r.min(own[2]), b.min(own[3])]
                }));
            }
            Paint::PushTransform(own) => {
                self.pushed.push((self.matrix(), self.clip));
                self.matrix = Some(times(self.matrix(), *own));
            }
            Paint::Pop => {
                if let Some((matrix, clip)) = self.pushed.pop() {
                    (self.matrix, self.clip) = (Some(matrix), clip);
                }
            }
            Paint::Path { path, fill: Some(color), even_odd, .. } => {
                let bounds = self.bounds(extent(path));
                // A turned area is a ground of no known shape.
                let path = self.upright().then_some((path.as_slice(), *even_odd));
                // What is seen through a half-transparent area is not known without mixing
                // colours: it counts as readable.
                let color = Some(*color).filter(|color| color.alpha == 255 && path.is_some());
                self.ground(bounds, path, color);
            }
            Paint::Image { rect, .. } => {
                let bounds = self.bounds(array(*rect));
                self.ground(bounds, None, None);
            }
            _ => {}
        }
    }

    fn ground(
        &mut self,
        bounds: [f64; 4],
        path: Option<(&'a [DrawnSegment], bool)>,
        color: Option<Color>,
    ) {
        // Lines and rules are not a ground that a word could vanish in.
        if bounds[2] > THIN && bounds[3] > THIN {
            self.grounds.push(Ground { bounds, path, color });
        }
    }

    fn upright(&self) -> bool {
        self.matrix.is_none_or(|matrix| matrix == IDENTITY)
    }

    /// The bounds on the page of a rectangle (x, y, width, height).
    fn bounds(&self, [x, y, w, h]: [f64; 4]) -> [f64; 4] {
        let Some(matrix) = self.matrix else { return [x, y, w, h] };
        let corners =
            [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(|(x, y)| through(matrix, x, y));
        let low = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MAX, f64::min);
        let high = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MIN, f64::max);
        let (left, top) = (low(|p| p.0), low(|p| p.1));
        [left, top, high(|p| p.0) - left, high(|p| p.1) - top]
    }

    /// What keeps a word from being seen that is painted now.
    pub(super) fn trouble(&self, word: &PaintedWord<'_>) -> Option<WordFault> {
        if let Some(clip) = self.clip
            && let Some((_, by)) = word.quad.beyond(clip).filter(|(_, by)| *by > TOLERANCE)
        {
            return Some(WordFault::Clipped(by));
        }
        let color = word.run.color;
        // Faint text is a watermark, which is meant.
        if super::is_ornament(word.mark) || color.alpha > 0 && color.alpha < 255 {
            return None;
        }
        let ground = self.behind(word.quad.middle());
        let unseen = color.alpha == 0 || ground.is_some_and(|ground| alike(ground, color));
        unseen.then_some(WordFault::Unseen)
    }

    /// The colour behind a point, white if nothing is painted there; nothing if it is not even.
    fn behind(&self, point: (f64, f64)) -> Option<Color> {
        let white = Color { red: 255, green: 255, blue: 255, alpha: 255 };
        let ground = self.grounds.iter().rev().find(|ground| ground.holds(point));
        // Where nothing is painted there is paper.
        ground.map_or(Some(white), |ground| ground.color)
    }
}

impl Ground<'_> {
    fn holds(&self, (x, y): (f64, f64)) -> bool {
        let [left, top, width, height] = self.bounds;
        let inside = x >= left && x <= left + width && y >= top && y <= top + height;
        inside && self.path.is_none_or(|(path, even_odd)| filled(path, even_odd, (x, y)))
    }
}

/// Left, top, width and height.
fn array(rect: Rect) -> [f64; 4] {
    [rect.x, rect.y, rect.width, rect.height]
}

fn alike(one: Color, other: Color) -> bool {
    one.red.abs_diff(other.red) < ALIKE
        && one.green.abs_diff(other.green) < ALIKE
        && one.blue.abs_diff(other.blue) < ALIKE
}

fn times([a, b, c, d, e, f]: [f64; 6], own: [f64; 6]) -> [f64; 6] {
    let [a2, b2, c2, d2, e2, f2] = own;
    [
        a * a2 + c * b2,
        b * a2 + d * b2,
        a * c2 + c * d2,
        b * c2 + d * d2,
        a * e2 + c * f2 + e,
        b * e2 + d * f2 + f,
    ]
}

fn ends(segment: &DrawnSegment) -> Option<(f64, f64)> {
    match *segment {
        DrawnSegment::Move(x, y)
        | DrawnSegment::Line(x, y)
        | DrawnSegment::Cubic(_, _, _, _, x, y) => Some((x, y)),
        DrawnSegment::Close => None,
    }
}

/// The bounds (x, y, width, height) of a path's points.
fn extent(path: &[DrawnSegment]) -> [f64; 4] {
    let mut points = path.iter().filter_map(ends);
    let Some((x, y)) = points.next() else { return [0.0; 4] };
    let [l, t, r, b] =
        points.fold([x, y, x, y], |[l, t, r, b], (x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)]);
    [l, t, r - l, b - t]
}

/// Whether a path is filled at a point; curves count as the lines between their ends.
fn filled(path: &[DrawnSegment], even_odd: bool, (px, py): (f64, f64)) -> bool {
    let (mut winding, mut crossings) = (0i32, 0u32);
    let (mut from, mut start) = ((0.0, 0.0), (0.0, 0.0));
    let mut edge = |(x0, y0): (f64, f64), (x1, y1): (f64, f64)| {
        // A ray to the right is crossed; half-open edges count each corner once.
        if (y0 > py) != (y1 > py) && px < x0 + (py - y0) / (y1 - y0) * (x1 - x0) {
            winding += if y1 > y0 { 1 } else { -1 };
            crossings += 1;
        }
    };
    for segment in path {
        match segment {
            DrawnSegment::Move(x, y) => {
                edge(from, start);
                (from, start) = ((*x, *y), (*x, *y));
            }
            DrawnSegment::Close => {
                edge(from, start);
                from = start;
            }
            other => {
                let Some(to) = ends(other) else { continue };
                edge(from, to);
                from = to;
            }
        }
    }
    edge(from, start);
    if even_odd { crossings % 2 == 1 } else { winding != 0 }
}
