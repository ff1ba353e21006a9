//! Spaces between lines. Lines are trimmed when they are broken, but to whoever reads the structure, a line's last word and the next
//! line's first are one unless a space stands between them (ISO 32000-1, 14.8.2.5).

use crate::layout::{Mark, Page, Paint, Role, Tag};

/// For each item of each page: whether a space is to follow it.
pub(super) fn spaces(pages: &[Page], tags: &[Tag]) -> Vec<Vec<bool>> {
    let blocks = blocks(tags);
    let mut spaces: Vec<Vec<bool>> = pages.iter().map(|page| vec![false; page.items.len()]).collect();
    // By block: the last run so far, with its baseline.
    let mut last: Vec<Option<(usize, usize, f64)>> = vec![None; tags.len()];
    for (p, page) in pages.iter().enumerate() {
        for (i, item) in page.items.iter().enumerate() {
            let (Mark::Content { tag, .. }, Paint::Glyphs { y, run, .. }) = (item.mark, &item.paint) else { continue };
            let Some(&block) = blocks.get(tag.0 as usize) else { continue };
            if let Some((before_page, before, baseline)) = last[block] {
                let Paint::Glyphs { run: ended, .. } = &pages[before_page].items[before].paint else { continue };
                // A raised or lowered piece of a line is not a new line.
                let new_line = before_page != p || (baseline - y).abs() > 0.6 * run.size.max(ended.size);
                spaces[before_page][before] = new_line && ends_word(&ended.text) && !run.text.starts_with(char::is_whitespace);
            }
            last[block] = Some((p, i, *y));
        }
    }
    spaces
}

/// Whether a line that ends so was broken at a space: not at a hyphen or slash inside a word.
fn ends_word(text: &str) -> bool {
    let mut chars = text.chars().rev();
    match chars.next() {
        None | Some('\u{AD}') => false,
        Some(c) if c.is_whitespace() => false,
        Some('-' | '\u{2010}'..='\u{2015}' | '/') => chars.next().is_some_and(char::is_whitespace),
        Some(_) => true,
    }
}

/// For each tag the tag of the paragraph, cell or the like that it is in.
fn blocks(tags: &[Tag]) -> Vec<usize> {
    let inline = |role| matches!(role, Role::Span | Role::Strong | Role::Emphasis | Role::Code | Role::Link | Role::Quote | Role::None);
    let mut blocks: Vec<usize> = Vec::with_capacity(tags.len());
    for (i, tag) in tags.iter().enumerate() {
        let parent = tag.parent.map(|p| p.0 as usize).filter(|p| *p < i && inline(tag.role));
        blocks.push(parent.map_or(i, |p| blocks[p]));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_at_a_space_or_within_a_word() {
        for whole in ["слово", "слово,", "«слово»", "слово —", "слово\u{A0}—"] {
            assert!(ends_word(whole), "{whole}");
        }
        for part in ["сло\u{AD}", "научно-", "и/", "14–", "слово ", ""] {
            assert!(!ends_word(part), "{part}");
        }
    }
}
