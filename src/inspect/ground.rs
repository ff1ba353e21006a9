//! What lies behind the words and what cuts them: clips, transforms and grounds in painting order.

use super::told::WordFault;
use super::word::{PaintedWord, TOLERANCE, bounds};
use crate::geometry::{Matrix, Point, Rect};
use crate::image::{DrawnSegment, Image, ImageData};
use crate::layout::Paint;
use crate::style::Color;

/// Areas less high or wide are lines, and no ground of a word.
const THIN: f64 = 3.0;

/// How near two colours are that cannot be told apart on paper, of 255.
const ALIKE: f64 = 12.0;

/// The contrast (WCAG 2, 1.4.3) below which nobody reads a text: that of pale grey or of yellow on
/// white.
const CONTRAST: f64 = 1.2;

/// The contrast that a text keeps at least under what lies over it and is seen through.
const SHINES_THROUGH: f64 = 2.0;

/// The thinnest lines of a frame that are looked for, in points.
const THINNEST: f64 = 0.5;

/// Heights in a word, from that of its capitals (0) to below its base line (1), at which a line
/// runs through most letters.
const HIGH: f64 = 0.3;
const MIDDLE: f64 = 0.55;
const LOW: f64 = 0.8;

/// Letters of so many points and more may be as pale as a watermark is.
const WATERMARK: f64 = 30.0;

/// Red, green and blue, 0–255.
pub(super) type Mixed = [f64; 3];

const WHITE: Mixed = [255.0; 3];

/// What has been painted so far, as words see it.
#[derive(Debug, Default)]
pub(super) struct View<'a> {
    /// What held before each push.
    pushed: Vec<Pushed>,
    matrix: Option<Matrix>,
    clip: Option<Rect>,
    /// How much of the colours is lost by `opacity`, from 0 to 1.
    faded: f64,
    pub(super) grounds: Vec<Ground<'a>>,
    /// How many words have been painted.
    pub(super) words: usize,
}

/// What a push changes.
#[derive(Debug, Clone, Copy)]
struct Pushed {
    matrix: Option<Matrix>,
    clip: Option<Rect>,
    faded: f64,
}

/// An area with its colours.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    bounds: Rect,
    path: Option<(&'a [DrawnSegment], bool)>,
    ink: GroundPaint<'a>,
    /// How much of its colours is lost by `opacity`, from 0 to 1.
    faded: f64,
    /// How many words were painted before it.
    pub(super) order: usize,
}

/// What an area is filled with.
#[derive(Debug, Clone, Copy)]
enum GroundPaint<'a> {
    Even(Color),
    /// A picture that fills a rectangle.
    Picture(&'a Image, Rect),
    /// What is turned has no place that could be asked.
    Unknown,
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
        self.share(color) < 0.5
    }

    /// Takes in what is painted.
    pub(super) fn paint(&mut self, paint: &'a Paint) {
        match paint {
            Paint::PushClip(rect) => {
                self.push();
                let own = self.bounds(*rect);
                self.clip = Some(self.clip.map_or(own, |clip| clip.intersection(own)));
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
                let ink = path.map_or(GroundPaint::Unknown, |_| GroundPaint::Even(*color));
                self.ground(bounds, path, ink);
            }
            Paint::Image { rect, image } => {
                let ink = if self.upright() {
                    GroundPaint::Picture(image, *rect)
                } else {
                    GroundPaint::Unknown
                };
                self.ground(self.bounds(*rect), None, ink);
            }
            _ => {}
        }
    }

    /// How much a colour hides of what is behind it.
    fn share(&self, color: Color) -> f64 {
        f64::from(color.alpha) / 255.0 * (1.0 - self.faded)
    }

    fn ground(
        &mut self,
        bounds: Rect,
        path: Option<(&'a [DrawnSegment], bool)>,
        ink: GroundPaint<'a>,
    ) {
        let bounds = self.clip.map_or(bounds, |clip| bounds.intersection(clip));
        // Lines and rules are not a ground that a word could vanish in.
        if bounds.width > THIN && bounds.height > THIN {
            let (faded, order) = (self.faded, self.words);
            self.grounds.push(Ground { bounds, path, ink, faded, order });
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
        if super::is_ornament(word.mark) {
            return None;
        }
        // A line of words may begin on one ground and end on another.
        let ends = if self.grounds.is_empty() { &[0.5][..] } else { &[0.5, 0.0, 1.0] };
        let unseen = ends.iter().any(|way| self.is_unseen(word, word.quad.along(*way)));
        unseen.then_some(WordFault::Unseen)
    }

    /// What of the page is left by `overflow: hidden`.
    pub(super) fn clip(&self) -> Option<Rect> {
        self.clip
    }

    fn is_unseen(&self, word: &PaintedWord<'_>, at: Point) -> bool {
        // Black upon nothing, as most words are, needs no mixing of colours.
        if self.grounds.is_empty() && self.faded == 0.0 && word.run.color == Color::BLACK {
            return false;
        }
        let Some(ground) = self.behind(at) else { return false };
        let share = self.share(word.run.color);
        let ink = mixed(ground, word.run.color, share);
        // Faint text and large pale text are watermarks, which are meant.
        let is_watermark = share < 1.0 || word.run.size >= WATERMARK;
        alike(ink, ground) || !is_watermark && contrast(ink, ground) < CONTRAST
    }

    /// The colours of a word and of what is behind it.
    pub(super) fn colors(&self, color: Color, at: Point) -> [Mixed; 2] {
        let ground = self.behind(at).unwrap_or(WHITE);
        [mixed(ground, color, self.share(color)), ground]
    }

    /// The colour behind a point, white if nothing is painted there; nothing if it is not even.
    fn behind(&self, point: Point) -> Option<Mixed> {
        let mut above: Vec<(Color, f64)> = Vec::new();
        for ground in self.grounds.iter().rev().filter(|ground| ground.holds(point)) {
            let (color, share) = ground.tone(point)?;
            above.push((color, share));
            if share >= 1.0 {
                break;
            }
        }
        // Where nothing is painted there is paper.
        let mix = |below: Mixed, (color, share): (Color, f64)| mixed(below, color, share);
        Some(above.into_iter().rev().fold(WHITE, mix))
    }
}

impl Ground<'_> {
    fn holds(&self, at: Point) -> bool {
        let area = self.bounds;
        let inside =
            at.x >= area.x && at.x <= area.right() && at.y >= area.y && at.y <= area.bottom();
        inside && self.path.is_none_or(|(path, even_odd)| filled(path, even_odd, at))
    }

    /// Its colour at a point, and how much of what is behind that hides, from 0 to 1; nothing if it
    /// is not known.
    fn tone(&self, at: Point) -> Option<(Color, f64)> {
        let color = match self.ink {
            GroundPaint::Even(color) => color,
            GroundPaint::Picture(image, rect) => {
                image.tone((at.x - rect.x) / rect.width, (at.y - rect.y) / rect.height)?
            }
            GroundPaint::Unknown => return None,
        };
        Some((color, f64::from(color.alpha) / 255.0 * (1.0 - self.faded)))
    }

    /// Whether a text of a colour upon another can no longer be read under it. A seal over a
    /// signature is meant.
    fn hides(&self, [ink, paper]: [Mixed; 2], at: Point) -> bool {
        match self.tone(at) {
            Some((color, share)) => {
                let under = |below: Mixed| mixed(below, color, share);
                let left = contrast(under(ink), under(paper));
                share >= 0.5 && left < SHINES_THROUGH.min(contrast(ink, paper))
            }
            // Nothing is seen through a photograph.
            None => matches!(self.ink, GroundPaint::Picture(image, _) if is_photograph(image)),
        }
    }

    /// Whether it lies over a word that was painted before: over half a letter of it at least, or
    /// as a frame that runs through it.
    pub(super) fn covers(&self, word: &PaintedWord<'_>) -> bool {
        let size = word.quad.size();
        // What is lower than a small letter is a rule, and may strike the word out.
        if word.order >= self.order || self.bounds.height < 0.4 * size {
            return false;
        }
        let hidden = |at: &Point| self.holds(*at) && self.hides(word.colors, *at);
        // Two in each letter.
        let over = samples(word, size / 4.0).map(|way| word.quad.along(way)).filter(hidden);
        if over.count() > 2 {
            return true;
        }
        // The lines of a frame are thin: those that go down are met by chance, those that go along
        // at one height only.
        self.is_frame()
            && !self.is_around(word)
            && [HIGH, MIDDLE, LOW].iter().any(|down| {
                samples(word, THINNEST / 2.0).any(|way| hidden(&word.quad.at(way, *down)))
            })
    }

    /// Whether it is filled at its edge and not in its middle, as borders are.
    fn is_frame(&self) -> bool {
        let Rect { x, y, width, height } = self.bounds;
        self.path.is_some() && !self.holds(Point::new(x + width / 2.0, y + height / 2.0))
    }

    /// Whether all of a word is in the opening of this frame, or all of it beside the frame.
    fn is_around(&self, word: &PaintedWord<'_>) -> bool {
        let corners = [(0.0, HIGH), (1.0, HIGH), (1.0, LOW), (0.0, LOW)];
        let corners = corners.map(|(way, down)| word.quad.at(way, down));
        let Rect { x, y, .. } = self.bounds;
        let (right, bottom) = (self.bounds.right(), self.bounds.bottom());
        let beside =
            |area: Rect| area.x > right || area.y > bottom || area.right() < x || area.bottom() < y;
        let is_in = |at: &Point| {
            (x..right).contains(&at.x) && (y..bottom).contains(&at.y) && !self.holds(*at)
        };
        bounds(corners).is_none_or(beside) || corners.iter().all(is_in)
    }

    pub(super) fn bounds(&self) -> Rect {
        self.bounds
    }

    /// The picture that it is, and where it is printed.
    pub(super) fn picture(&self) -> Option<(&Image, Rect)> {
        match self.ink {
            GroundPaint::Picture(image, rect) => Some((image, rect)),
            GroundPaint::Even(_) | GroundPaint::Unknown => None,
        }
    }
}

/// Places along a word, so many points from one to the next, as shares of its length.
fn samples(word: &PaintedWord<'_>, step: f64) -> impl Iterator<Item = f64> {
    let (start, end) = (word.quad.along(0.0), word.quad.along(1.0));
    let length = (end - start).x.hypot((end - start).y);
    let count = (length / step.max(0.1)).ceil().clamp(1.0, 800.0) as u32;
    (0..=count).map(move |n| f64::from(n) / f64::from(count))
}

fn is_photograph(image: &Image) -> bool {
    matches!(image.data, ImageData::Jpeg { .. })
}

/// A colour laid upon another, of which it hides a share.
fn mixed(below: Mixed, above: Color, share: f64) -> Mixed {
    let [red, green, blue] = below;
    let mix = |below: f64, above: u8| below + (f64::from(above) - below) * share;
    [mix(red, above.red), mix(green, above.green), mix(blue, above.blue)]
}

fn alike(one: Mixed, other: Mixed) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() < ALIKE)
}

fn contrast(one: Mixed, other: Mixed) -> f64 {
    let light = |[red, green, blue]: Mixed| {
        // Squares are near enough to the curve of sRGB.
        let linear = |part: f64| (part / 255.0).powi(2);
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

/// Whether a path is filled at a point; curves count as a few lines.
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
        } else if let DrawnSegment::Cubic(first, second, _) = *segment {
            let mut last = from;
            for step in 1..=8 {
                let next = cubic([from, first, second, to], f64::from(step) / 8.0);
                edge(last, next);
                last = next;
            }
        } else {
            edge(from, to);
        }
        from = to;
    }
    edge(from, start);
    if even_odd { crossings % 2 == 1 } else { winding != 0 }
}

/// A point of a cubic curve.
fn cubic(points: [Point; 4], way: f64) -> Point {
    let back = 1.0 - way;
    let shares = [back.powi(3), 3.0 * back * back * way, 3.0 * back * way * way, way.powi(3)];
    let sum =
        |of: fn(&Point) -> f64| points.iter().zip(shares).map(|(p, share)| of(p) * share).sum();
    Point::new(sum(|point| point.x), sum(|point| point.y))
}
