//! Lists of points and their numbering.
//!
//! One of the types of a section, and what its shorter forms become.

use serde::Serialize;

use crate::model::item::{Item, Lift, items_schema, read_items};
use crate::model::read::{Map, choice};

/// A list of points.
///
/// Numbers go on from list to list through all sections; those of an appendix begin anew. What has
/// no number is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Points {
    /// How the points are marked. Where the data do not tell, what custom asks for.
    pub numbering: Option<Numbering>,
    /// From which number the list begins; without it, numbers go on.
    pub start: Option<u32>,
    /// Whether the numbers begin with that of the heading: «I. Общие положения», then 1.1.
    pub nested: bool,
    /// The points.
    pub items: Vec<Item>,
}

impl Points {
    pub(super) fn fields<T: Lift>(map: &mut Map<'_>) -> Self {
        Self {
            numbering: map.opt("numbering", Numbering::DOC),
            start: map.opt("start", "С какого числа начать; 1 — нумеровать заново"),
            nested: map
                .opt("nested", "true: номера начинаются с номера заголовка, 1.1 под заголовком I")
                .unwrap_or_default(),
            items: map
                .get_with("items", true, "Пункты", items_schema::<T>, read_items::<T>)
                .unwrap_or_default(),
        }
    }
}

/// How the points of a list are marked, written as the mark of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// `1`: 1. 2. 3.
    Decimal,
    /// `1.1`: numbers that hold those of the point above.
    Outline,
    /// `1)`: 1) 2) 3)
    Parenthesis,
    /// `а`: а) б) в)
    Letters,
    /// `I`: I. II. III.
    Roman,
    /// `•`.
    Bullets,
    /// `—`.
    Dashes,
    /// `none`: no mark.
    None,
}

choice!(pub Numbering, "a numbering", {
    Decimal = "1", Outline = "1.1", Parenthesis = "1)", Letters = "а", Roman = "I", Bullets = "•",
    Dashes = "—", None = "none",
});

impl Numbering {
    /// What the key says.
    pub(in crate::model) const DOC: &'static str = "Нумерация: 1, 1.1, 1), а, I, •, — или none";

    /// Whether the numbers go on from list to list.
    pub(in crate::model) fn counts_on(self) -> bool {
        // Letters and marks serve the sub-points of one text; nobody refers to them from another
        // list.
        matches!(self, Self::Decimal | Self::Outline | Self::Parenthesis | Self::Roman)
    }
}
