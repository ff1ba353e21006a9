//! Faces: what Word calls them, how wide text is in them, and which of them travel with the file.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, PoisonError};

use super::flow::Area;
use super::package::Shared;
use super::package::xml::{El, Str};
use super::properties::{self, Keeping, Placing};

use crate::boxes::{BoxNode, Content, Inline, TableBox};
use crate::font::{Face, FontBook};
use crate::recent::{Itself, Recent};
use crate::style::{Computed, Family, FontStyle, LineHeight, TextStyle};
use crate::text::{Item, Typesetter};

/// A face of a family: whether it is bold, whether it slants, the face.
pub(super) type Cut = (bool, bool, Arc<Face>);

/// Faces that every reader of a DOCX has, or has a twin of with the same widths.
const COMMON: [&str; 14] = [
    "Arial",
    "Book Antiqua",
    "Bookman Old Style",
    "Calibri",
    "Cambria",
    "Century Schoolbook",
    "Comic Sans MS",
    "Consolas",
    "Courier New",
    "Georgia",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
];

/// A family for Word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordFace {
    /// What Word is to call it.
    pub(super) name: Str,
    /// The height of a line that nobody asked a height for, in ems: ascent, descent and line gap.
    pub(super) line: f64,
    /// Whether readers have it.
    pub(super) common: bool,
}

/// The faces that a document may use.
pub(super) struct Faces {
    known: Arc<Known>,
    used: Used,
}

/// Names of faces: whether readers have them, and which cuts (bold, italic) text has been written
/// in.
type Used = BTreeMap<String, (bool, BTreeSet<(bool, bool)>)>;

/// The names of faces, and the cuts of each that go with the document.
pub(super) type Travelling = Vec<(String, Vec<Cut>)>;

/// Properties that many runs or paragraphs have.
pub(super) type Values = Arc<[El]>;

/// What is known of the faces of a typesetter and of the styles set in them, for all documents:
/// those of a batch share their styles.
pub(super) struct Known {
    typesetter: Arc<Typesetter>,
    words: Recent<Arc<[Family]>, WordFace>,
    travelling: Recent<(Used, bool), Arc<Travelling>>,
    runs: Recent<Itself<TextStyle>, Values>,
    paragraphs: Recent<(Itself<TextStyle>, Placing, Keeping, Option<u8>), Values>,
}

fn made<K: PartialEq, V: Clone>(known: &Recent<K, V>, key: K, make: impl FnOnce(&K) -> V) -> V {
    known.get(key, |key| Ok::<_, Infallible>(make(key))).unwrap_or_else(|never| match never {})
}

impl fmt::Debug for Faces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faces").field("used", &self.used).finish_non_exhaustive()
    }
}

impl Faces {
    /// The face of a `font-family` list.
    pub(super) fn word(&self, families: &Arc<[Family]>) -> WordFace {
        made(&self.known.words, Arc::clone(families), |_| {
            find(self.known.typesetter.fonts(), families)
        })
    }

    /// Notes that text stands in a style.
    pub(super) fn see(&mut self, style: &TextStyle) {
        let face = self.word(&style.font_family);
        let cut = (bold(style), style.font_style == FontStyle::Italic);
        match self.used.get_mut(&*face.name) {
            Some((_, cuts)) => {
                cuts.insert(cut);
            }
            None => {
                drop(self.used.insert(face.name.to_string(), (face.common, BTreeSet::from([cut]))))
            }
        }
    }

    /// The names of all faces used, with those of our own that readers will not have, if they are
    /// to go with the document.
    pub(super) fn used(self, embed: bool) -> Arc<Travelling> {
        made(&self.known.travelling, (self.used, embed), |(used, embed)| {
            Arc::new(self.known.travelling(used, *embed))
        })
    }

    /// The run properties of a text style.
    pub(super) fn run(&self, style: &Arc<TextStyle>) -> Values {
        made(&self.known.runs, Itself(Arc::clone(style)), |_| properties::run(self, style).into())
    }

    /// The properties of a paragraph without border and background around.
    pub(super) fn paragraph(
        &self,
        style: &Arc<TextStyle>,
        placing: Placing,
        keeping: Keeping,
        outline: Option<u8>,
    ) -> Values {
        made(&self.known.paragraphs, (Itself(Arc::clone(style)), placing, keeping, outline), |_| {
            properties::paragraph(self, style, placing, keeping, outline, &Area::of_width(0.0))
                .into()
        })
    }

    /// The width of text in points.
    pub(super) fn width(&self, text: &str, style: &Arc<TextStyle>) -> f64 {
        self.known.typesetter.min_max(&[Item::Text { text, style, raise: 0.0, tag: 0 }]).1
    }

    /// The height of a line in points.
    pub(super) fn line_height(&self, style: &TextStyle) -> f64 {
        match style.line_height {
            LineHeight::Normal => self.word(&style.font_family).line * style.font_size,
            LineHeight::Number(n) => n * style.font_size,
            LineHeight::Length(points) => points,
        }
    }

    /// The widths that a box's content has at least (its longest word) and at most (all in one
    /// line), in points, with its edges.
    pub(super) fn widths(&self, node: &BoxNode) -> (f64, f64) {
        let style = &node.style;
        let edges = style.padding.left.points
            + style.padding.right.points
            + style.border.left.width
            + style.border.right.width;
        let outer = edges
            + style.margin.left.resolve(0.0).unwrap_or(0.0)
            + style.margin.right.resolve(0.0).unwrap_or(0.0);
        if let Some(width) = style.width.resolve(0.0).filter(|w| *w > 0.0) {
            let width = if style.border_box { width.max(edges) - edges } else { width };
            return (width + outer, width + outer);
        }
        let (mut least, mut most) = self.content(node);
        if let Some(max) = style.max_width.resolve(0.0).filter(|max| *max > 0.0) {
            (least, most) = (least.min(max), most.min(max));
        }
        (least + outer, most + outer)
    }

    /// The same of what is in a box, whatever width it asks for.
    pub(super) fn content(&self, node: &BoxNode) -> (f64, f64) {
        let style = &node.style;
        let (least, mut most) = match &node.content {
            Content::Inline(inline) => self.inline(inline, style.text.text_indent.points),
            Content::Blocks(nodes) => widest(nodes.iter().map(|node| self.widths(node))),
            Content::Flex(nodes) => {
                let gap = style.column_gap.map_or(0.0, |gap| gap.points)
                    * nodes.len().saturating_sub(1) as f64;
                nodes
                    .iter()
                    .map(|node| self.widths(node))
                    .fold((gap, gap), |(a, b), (c, d)| (a + c, b + d))
            }
            Content::Table(table) => self.table(table),
            Content::Image(image) => {
                let width = super::picture::size(style, image, 0.0).0;
                (width, width)
            }
        };
        if let Some(marker) = node.marker.as_ref().filter(|m| m.inside && !m.text.is_empty()) {
            most +=
                self.width(&marker.text, &marker.style.text) + marker.style.text.font_size * 0.25;
        }
        (least, most)
    }

    fn table(&self, table: &TableBox) -> (f64, f64) {
        let mut columns = vec![(0.0f64, 0.0f64); table.columns.len()];
        for cell in
            table.head.iter().chain(&table.body).chain(&table.foot).flat_map(|row| &row.cells)
        {
            let (least, most) = self.widths(&cell.node);
            let share = cell.columns.max(1) as f64;
            for column in columns.iter_mut().skip(cell.column).take(cell.columns.max(1)) {
                *column = (column.0.max(least / share), column.1.max(most / share));
            }
        }
        columns.iter().fold((0.0, 0.0), |(a, b), (c, d)| (a + c, b + d))
    }

    /// Longest piece that cannot be broken and longest line of inline content, as layout measures
    /// them.
    fn inline(&self, inline: &[Inline], indent: f64) -> (f64, f64) {
        let mut items = Vec::with_capacity(inline.len());
        let mut open: Vec<&Computed> = Vec::new();
        for piece in inline {
            match piece {
                Inline::Text { text, style, .. } => {
                    items.push(Item::Text { text, style: &style.text, raise: 0.0, tag: 0 })
                }
                Inline::Break => items.push(Item::Break),
                Inline::Leader(pattern, style) => {
                    items.push(Item::Leader { pattern, style: &style.text, tag: 0 })
                }
                Inline::Tab(style) => items.push(Item::Tab { style: &style.text }),
                Inline::Field(_, style) => {
                    items.push(Item::Text { text: "00", style: &style.text, raise: 0.0, tag: 0 })
                }
                Inline::Atomic(node) => {
                    items.push(Item::Object {
                        width: self.widths(node).1,
                        ascent: 0.0,
                        descent: 0.0,
                        tag: 0,
                    });
                }
                Inline::Start(element) => {
                    open.push(&element.style);
                    items.push(Item::Edge { width: across(&element.style).0, tag: 0 });
                }
                Inline::End => items
                    .extend(open.pop().map(|style| Item::Edge { width: across(style).1, tag: 0 })),
                Inline::Footnote(_) | Inline::Positioned(_) => {}
            }
        }
        let (least, most) = self.known.typesetter.min_max(&items);
        (least + indent.max(0.0), most + indent.max(0.0))
    }

    /// About how many lines a box of text has at a width.
    pub(super) fn lines(&self, node: &BoxNode, width: f64) -> f64 {
        let Content::Inline(inline) = &node.content else { return 0.0 };
        let breaks = inline.iter().filter(|piece| matches!(piece, Inline::Break)).count() as f64;
        // Words leave room at the ends of lines.
        let (_, most) = self.inline(inline, node.style.text.text_indent.points);
        (most * 1.04 / width.max(1.0)).ceil().max(1.0) + breaks
    }

    /// About how high a box's content is at a width, in points: for boxes whose height Word wants
    /// to know beforehand.
    pub(super) fn height(&self, node: &BoxNode, width: f64) -> f64 {
        let style = &node.style;
        let across = |node: &BoxNode| {
            let s = &node.style;
            let sides =
                [s.padding.left, s.padding.right].map(|p| p.resolve(width)).iter().sum::<f64>();
            let margins = [s.margin.left, s.margin.right]
                .map(|m| m.resolve(width).unwrap_or(0.0))
                .iter()
                .sum::<f64>();
            sides + margins + s.border.left.width + s.border.right.width
        };
        let inner = (width - across(node)).max(1.0);
        let content = match &node.content {
            Content::Inline(inline) if inline.is_empty() => 0.0,
            Content::Inline(_) => self.lines(node, inner) * self.line_height(&style.text),
            Content::Blocks(nodes) => nodes.iter().map(|node| self.height(node, inner)).sum(),
            Content::Flex(nodes) => {
                let share = inner / nodes.len().max(1) as f64;
                nodes
                    .iter()
                    .map(|node| self.height(node, node.style.width.resolve(inner).unwrap_or(share)))
                    .fold(0.0, f64::max)
            }
            Content::Table(table) => {
                let share = inner / table.columns.len().max(1) as f64;
                let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                let height = |cell: &crate::boxes::Cell| {
                    self.height(&cell.node, share * cell.columns.max(1) as f64)
                };
                rows.map(|row| row.cells.iter().map(height).fold(0.0, f64::max)).sum()
            }
            Content::Image(image) => image.height,
        };
        let edges = style.padding.top.resolve(width)
            + style.padding.bottom.resolve(width)
            + style.border.top.width
            + style.border.bottom.width;
        let margins = [style.margin.top, style.margin.bottom]
            .map(|m| m.resolve(width).unwrap_or(0.0))
            .iter()
            .sum::<f64>();
        style.height.resolve(0.0).filter(|h| *h > 0.0).unwrap_or(content) + edges + margins.max(0.0)
    }
}

impl Known {
    fn travelling(&self, used: &Used, embed: bool) -> Travelling {
        let book = self.typesetter.fonts();
        let all = used.iter().map(|(name, (common, cuts))| {
            let family = [Family::Named(Arc::from(name.as_str()))];
            // Each cut once. A family without a bold face is made bolder by Word itself.
            let mut own: BTreeMap<(bool, bool), Arc<Face>> = BTreeMap::new();
            for &(bold, italic) in cuts.iter().filter(|_| embed && !common) {
                let style = if italic { FontStyle::Italic } else { FontStyle::Normal };
                let first = book
                    .select(&family, if bold { 700 } else { 400 }, style)
                    .first()
                    .map(|id| book.face(*id));
                if let Some(face) = first.filter(|face| face.family == *name) {
                    own.insert((face.weight >= 600, face.italic), Arc::clone(face));
                }
            }
            let own = own.into_iter().map(|((bold, italic), face)| (bold, italic, face));
            (name.clone(), own.collect())
        });
        all.collect()
    }
}

impl Shared {
    /// The faces that a document may use.
    pub(super) fn faces(&self, typesetter: Arc<Typesetter>) -> Faces {
        let mut last = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match &*last {
            Some(known) if Arc::ptr_eq(&known.typesetter, &typesetter) => Arc::clone(known),
            _ => Arc::new(Known {
                typesetter,
                words: Recent::default(),
                travelling: Recent::default(),
                runs: Recent::default(),
                paragraphs: Recent::default(),
            }),
        };
        *last = Some(Arc::clone(&known));
        Faces { known, used: Used::new() }
    }
}

fn find(book: &FontBook, families: &[Family]) -> WordFace {
    let first = book.select(families, 400, FontStyle::Normal).first().map(|id| book.face(*id));
    let line = first.map_or(1.15, |face| {
        let m = face.metrics;
        (m.ascent + m.descent + m.line_gap) / m.units_per_em.max(1.0)
    });
    let named = families.iter().find_map(|family| match family {
        Family::Named(name) => COMMON
            .iter()
            .find(|common| common.eq_ignore_ascii_case(name))
            .map(|common| (*common).to_owned()),
        _ => None,
    });
    let own = families
        .iter()
        .find(|family| book.knows(family))
        .and(first)
        .map(|face| face.family.clone());
    // The first name decides, unless it is one that only a better-known name stands for.
    let first_is_common = matches!(families.first(), Some(Family::Named(name)) if COMMON.iter().any(|c| c.eq_ignore_ascii_case(name)));
    let chosen = match (&own, named) {
        (_, Some(common)) if first_is_common => common,
        (Some(own), _) => twin(own).map_or_else(|| own.clone(), str::to_owned),
        (None, Some(common)) => common,
        (None, None) => match families.first() {
            Some(Family::Named(name)) => name.to_string(),
            _ => "Times New Roman".to_owned(),
        },
    };
    let common = COMMON.contains(&chosen.as_str());
    WordFace { name: chosen.into(), line: line.clamp(0.5, 4.0), common }
}

/// Margin, border and padding of an inline box: before its text and after it.
fn across(style: &Computed) -> (f64, f64) {
    let margin = |side: crate::style::Size| side.resolve(0.0).unwrap_or(0.0);
    let (border, padding) = (&style.border, &style.padding);
    (
        margin(style.margin.left) + border.left.width + padding.left.resolve(0.0),
        margin(style.margin.right) + border.right.width + padding.right.resolve(0.0),
    )
}

/// Whether Word is to set a text bold: it knows two weights.
pub(super) fn bold(style: &TextStyle) -> bool {
    style.font_weight >= 600
}

fn widest(all: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    all.fold((0.0, 0.0), |(a, b), (c, d)| (f64::max(a, c), f64::max(b, d)))
}

/// The face with the same widths that readers of a DOCX have.
fn twin(family: &str) -> Option<&'static str> {
    Some(match family {
        "Liberation Serif" => "Times New Roman",
        "Liberation Sans" => "Arial",
        "Liberation Mono" | "PT Mono" => "Courier New",
        _ => return None,
    })
}
