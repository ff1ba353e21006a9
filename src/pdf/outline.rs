//! The outline (ISO 32000-1, 12.3.3): the headings, nested by level.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::object::{link, name, real, text};
use crate::layout::{Bookmark, Destination, Page};

/// Writes the outline and gives its root; nothing if there are no headings.
// Over 60 lines: one item has all its neighbours to name.
pub(super) fn write(
    document: &mut Document,
    bookmarks: &[Bookmark],
    sheets: &[Page],
    pages: &[ObjectId],
    elements: &[ObjectId],
    pdf2: bool,
) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(bookmarks);
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); bookmarks.len()];
    let mut tops = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        parent.map_or(&mut tops, |p| &mut kids[p]).push(i);
    }
    let below = below(&parents);
    for siblings in std::iter::once(&tops).chain(&kids) {
        for (place, &i) in siblings.iter().enumerate() {
            let bookmark = &bookmarks[i];
            let mut dict = dictionary! {
                "Title" => text(&bookmark.title),
                "Parent" => link(parents[i].map_or(root, |p| ids[p])),
            };
            let element = elements.get(bookmark.tag.0 as usize);
            if let Some(destination) = destination(bookmark.target, sheets, pages) {
                let (key, value) = leading(destination, element.filter(|_| pdf2));
                dict.set(key, value);
            }
            if let Some(element) = element {
                // Leads a screen reader to the heading itself, not only to its place on the
                // page.
                dict.set("SE", link(*element));
            }
            if let Some(before) = place.checked_sub(1) {
                dict.set("Prev", link(ids[siblings[before]]));
            }
            if let Some(next) = siblings.get(place + 1) {
                dict.set("Next", link(ids[*next]));
            }
            if let (Some(first), Some(last)) = (kids[i].first(), kids[i].last()) {
                dict.set("First", link(ids[*first]));
                dict.set("Last", link(ids[*last]));
                // Positive: shown open (ISO 32000-1, 12.3.3).
                dict.set("Count", below[i]);
            }
            document.set_object(ids[i], dict);
        }
    }
    let (first, last) = (ids[*tops.first()?], ids[*tops.last()?]);
    let dict = dictionary! {
        "Type" => "Outlines",
        "First" => link(first),
        "Last" => link(last),
        "Count" => ids.len() as i64,
    };
    document.set_object(root, dict);
    Some(root)
}

/// How many items stand below each: all are open, so an item counts those of its kids too.
fn below(parents: &[Option<usize>]) -> Vec<i64> {
    let mut below = vec![0; parents.len()];
    // Kids come after their parents.
    for i in (0..parents.len()).rev() {
        if let Some(parent) = parents[i] {
            below[parent] += below[i] + 1;
        }
    }
    below
}

/// For each heading the nearest one before it of a higher level.
fn parents(bookmarks: &[Bookmark]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let parent = |(i, bookmark): (usize, &Bookmark)| {
        while open.last().is_some_and(|o| bookmarks[*o].level >= bookmark.level) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(i);
        parent
    };
    bookmarks.iter().enumerate().map(parent).collect()
}

/// The key and value that lead to a place, and in PDF 2.0 to the element there as well (ISO
/// 32000-2, 12.3.2.3), which PDF/UA-2 demands of all that leads within a document (ISO 14289-2,
/// 8.8).
pub(super) fn leading(place: Object, element: Option<&ObjectId>) -> (&'static str, Object) {
    let Some(element) = element else { return ("Dest", place) };
    let mut within = place.clone();
    if let Object::Array(entries) = &mut within
        && let Some(page) = entries.first_mut()
    {
        // The same array with the element in the page's stead.
        *page = link(*element);
    }
    let action = dictionary! { "Type" => "Action", "S" => "GoTo", "D" => place, "SD" => within };
    ("A", Object::Dictionary(action))
}

/// A place on a page, at the reader's own zoom.
pub(super) fn destination(
    target: Destination,
    sheets: &[Page],
    pages: &[ObjectId],
) -> Option<Object> {
    let (sheet, page) = (sheets.get(target.page)?, pages.get(target.page)?);
    // Some readers go nowhere for a place outside of the page.
    let top = (sheet.height - target.y).clamp(0.0, sheet.height);
    let left = target.x.clamp(0.0, sheet.width);
    Some(Object::Array(vec![link(*page), name("XYZ"), real(left), real(top), Object::Null]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::TagId;

    #[test]
    fn headings_nest_by_level_even_when_levels_are_skipped() {
        let levels = [1, 2, 4, 3, 2, 1, 3];
        let target = Destination { page: 0, x: 0.0, y: 0.0 };
        let bookmarks: Vec<Bookmark> = levels
            .iter()
            .map(|level| Bookmark { level: *level, title: String::new(), target, tag: TagId(0) })
            .collect();
        assert_eq!(parents(&bookmarks), [None, Some(0), Some(1), Some(1), Some(0), None, Some(5)]);
    }
}
