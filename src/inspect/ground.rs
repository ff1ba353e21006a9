//! What lies behind the words and what cuts them: clips, transforms and grounds in painting order.

use super::told::WordFault;
use super::word::{PaintedWord, TOLERANCE, bounds};
use crate::geometry::{Matrix, Point, Rect};
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
    /// What held before each push.
    pushed: Vec<Pushed>,
    matrix: Option<Matrix>,
    clip: Option<Rect>,
    /// How much of the colours is lost by `opacity`, from 0 to 1.
    faded: f64,
    grounds: Vec<Ground<'a>>,
}

/// What a push changes.
#[derive(Debug, Clone, Copy)]
struct Pushed {
    matrix: Option<Matrix>,
    clip: Option<Rect>,
    faded: f64,
}

/// An area with its colour; nothing if that is not even.
#[derive(Debug)]
struct Ground<'a> {
    bounds: Rect,
    path: Option<(&'a [DrawnSegment], bool)>,
    color: Option<Color>,
}

impl<'a> View<'a> {
    pub(super) fn matrix(&self) -> Matrix {
        self.matrix.unwrap_or(Matrix::IDENTITY)
    }

    fn push(&mut self) {
        let Self { matrix, clip, faded, .. } = *self;
        self.pushed.push(Pushed { matrix, clip, faded });
    }

    /// Whether text of that colour is seen through: less than half of it is there.
    pub(super) fn is_faint(&self, color: Color) -> bool {
        f64::from(color.alpha) / 255.0 * (1.0 - self.faded) < 0.5
    }

    /// Takes in what is painted.
    pub(super) fn paint(&mut self, paint: &'a Paint) {
        match paint {
            Paint::PushClip(rect) => {
                self.push();
                let own = self.bounds(*rect);
                self.clip = Some(self.clip.map_or(own, |clip| {
                    Rect::from_edges(
                        clip.x.max(own.x),
                        clip.y.max(own.y),
                        clip.right().min(own.right()),
                        clip.bottom().min(own.bottom()),
                    )
                }));
            }
            Paint::PushTransform(own) => {
                self.push();
                self.matrix = Some(self.matrix().around(*own));
            }
            Paint::Pop => {
                if let Some(Pushed { matrix, clip, faded }) = self.pushed.pop() {
                    (self.matrix, self.clip, self.faded) = (matrix, clip, faded);
                }
            }
            // Round corners cut off less of a word than it may stick out.
            Paint::PushClipPath(_) => self.push(),
            Paint::PushOpacity(opacity) => {
                self.push();
                self.faded = 1.0 - (1.0 - self.faded) * opacity;
            }
            Paint::Path { path, fill: Some(color), even_odd, .. } => {
                let ends = path.iter().filter_map(|segment| segment.end());
                let bounds = self.bounds(bounds(ends).unwrap_or_default());
                // A turned area is a ground of no known shape.
                let path = self.upright().then_some((path.as_slice(), *even_odd));
                // What is seen through a half-transparent area is not known without mixing
                // colours: it counts as readable.
                let is_solid = color.alpha == 255 && self.faded == 0.0;
                let color = Some(*color).filter(|_| is_solid && path.is_some());
                self.ground(bounds, path, color);
            }
            Paint::Image { rect, .. } => {
                let bounds = self.bounds(*rect);
                self.ground(bounds, None, None);
            }
            _ => {}
        }
    }

    fn ground(
        &mut self,
        bounds: Rect,
        path: Option<(&'a [DrawnSegment], bool)>,
        color: Option<Color>,
    ) {
        // Lines and rules are not a ground that a word could vanish in.
        if bounds.width > THIN && bounds.height > THIN {
            self.grounds.push(Ground { bounds, path, color });
        }
    }

    fn upright(&self) -> bool {
        self.matrix.is_none_or(|matrix| matrix == Matrix::IDENTITY)
    }

    /// The bounds on the page of a rectangle.
    fn bounds(&self, rect: Rect) -> Rect {
        let Some(matrix) = self.matrix else { return rect };
        bounds(rect.corners().map(|corner| matrix.apply(corner))).unwrap_or(rect)
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
        let is_faint = color.alpha < 255 || self.faded > 0.0;
        if super::is_ornament(word.mark) || color.alpha > 0 && is_faint {
            return None;
        }
        // A word rarely lies on two grounds, and then its middle speaks for it.
        let ground = self.behind(word.quad.middle());
        let unseen = color.alpha == 0 || ground.is_some_and(|ground| alike(ground, color));
        unseen.then_some(WordFault::Unseen)
    }

    /// The colour behind a point, white if nothing is painted there; nothing if it is not even.
    fn behind(&self, point: Point) -> Option<Color> {
        let white = Color { red: 255, green: 255, blue: 255, alpha: 255 };
        let ground = self.grounds.iter().rev().find(|ground| ground.holds(point));
        // Where nothing is painted there is paper.
        ground.map_or(Some(white), |ground| ground.color)
    }
}

impl Ground<'_> {
    fn holds(&self, at: Point) -> bool {
        let area = self.bounds;
        let inside =
            at.x >= area.x && at.x <= area.right() && at.y >= area.y && at.y <= area.bottom();
        inside && self.path.is_none_or(|(path, even_odd)| filled(path, even_odd, at))
    }
}

fn alike(one: Color, other: Color) -> bool {
    one.red.abs_diff(other.red) < ALIKE
        && one.green.abs_diff(other.green) < ALIKE
        && one.blue.abs_diff(other.blue) < ALIKE
}

/// Whether a path is filled at a point; curves count as the lines between their ends.
fn filled(path: &[DrawnSegment], even_odd: bool, at: Point) -> bool {
    let (mut winding, mut crossings) = (0i32, 0u32);
    let (mut from, mut start) = (Point::ZERO, Point::ZERO);
    let mut edge = |a: Point, b: Point| {
        // A ray to the right is crossed; half-open edges count each corner once.
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x) {
            winding += if b.y > a.y { 1 } else { -1 };
            crossings += 1;
        }
    };
    for segment in path {
        let to = segment.end().unwrap_or(start);
        if let DrawnSegment::Move(_) = segment {
            // An open subpath is filled as if it were closed.
            edge(from, start);
            start = to;
        } else {
            edge(from, to);
        }
        from = to;
    }
    edge(from, start);
    if even_odd { crossings % 2 == 1 } else { winding != 0 }
}
