//! Whatever the boxes: every word is on some page exactly once, in order, and layout ends.

use crate::style::PageStyle;
use proptest::prelude::*;

use super::*;
use crate::style::{Break, FlexDirection, Position};

/// A plan for a box; words are numbered when it is built.
#[derive(Debug, Clone)]
enum Plan {
    Text(usize, u8),
    Boxes(Vec<Plan>, u8, f64),
    Item(Vec<Plan>),
    Columns(Vec<Plan>, u32),
    Flex(Vec<Plan>, bool),
    Table(Vec<Vec<Plan>>, u8),
    Noted(usize),
}

fn plans() -> impl Strategy<Value = Plan> {
    let leaf = prop_oneof![
        (1usize..400, any::<u8>()).prop_map(|(n, f)| Plan::Text(n, f)),
        (1usize..60).prop_map(Plan::Noted)
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let kids = || prop::collection::vec(inner.clone(), 0..6);
        let rows = prop::collection::vec(prop::collection::vec(inner.clone(), 1..4), 1..6);
        prop_oneof![
            3 => (kids(), any::<u8>(), -20.0..40.0f64).prop_map(|(k, f, m)| Plan::Boxes(k, f, m)),
            1 => kids().prop_map(Plan::Item),
            1 => (kids(), 1u32..4).prop_map(|(k, n)| Plan::Columns(k, n)),
            1 => (kids(), any::<bool>()).prop_map(|(k, d)| Plan::Flex(k, d)),
            2 => (rows, any::<u8>()).prop_map(|(r, f)| Plan::Table(r, f)),
        ]
    })
}

struct Maker {
    next: usize,
}

impl Maker {
    fn words(&mut self, count: usize) -> String {
        let from = self.next;
        self.next += count;
        (from..self.next).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ")
    }

    fn kids(&mut self, plans: &[Plan]) -> Vec<BoxNode> {
        plans.iter().map(|plan| self.node(plan)).collect()
    }

    fn node(&mut self, plan: &Plan) -> BoxNode {
        match plan {
            Plan::Text(count, flags) => p(&self.words(*count), |c| {
                c.break_inside_avoid = flags & 1 > 0;
                c.break_after = if flags & 6 == 6 { Break::Avoid } else { Break::Auto };
                c.break_before = if flags & 56 == 56 { Break::Page } else { Break::Auto };
                let text = Arc::make_mut(&mut c.text);
                (text.orphans, text.widows) = (2, 2);
            }),
            Plan::Noted(count) => {
                let own = style(plain);
                let text = |t: String| Inline::Text {
                    text: Arc::from(t),
                    style: Arc::clone(&own),
                    span: None,
                };
                let before = text(self.words(1));
                let note = Inline::Footnote(Box::new(p(&self.words(*count), plain)));
                let after = text(format!(" {}", self.words(2)));
                node(Role::Paragraph, Arc::clone(&own), Content::Inline(vec![before, note, after]))
            }
            Plan::Boxes(kids, flags, margin) => {
                let kids = self.kids(kids);
                div(kids, |c| {
                    c.margin = margins(*margin, 0.0, margin / 2.0, 0.0);
                    c.break_inside_avoid = flags & 1 > 0;
                    c.decoration_clone = flags & 2 > 0;
                    c.border = if flags & 4 > 0 { border(1.0) } else { Sides::default() };
                    c.padding =
                        Sides::all(LengthPercentage::points(if flags & 8 > 0 { 6.0 } else { 0.0 }));
                    c.position =
                        if flags & 48 == 48 { Position::Relative } else { Position::Static };
                    c.height = if flags & 192 == 192 { points(900.0) } else { LengthOrAuto::Auto };
                    c.clip = false;
                })
            }
            Plan::Item(kids) => li("1.", self.kids(kids)),
            Plan::Columns(kids, count) => {
                let kids = self.kids(kids);
                div(kids, |c| c.columns.count = Some(*count))
            }
            Plan::Flex(kids, column) => {
                let kids = self.kids(kids);
                let style = style(|c| {
                    c.flex.direction =
                        if *column { FlexDirection::Column } else { FlexDirection::Row }
                });
                node(Role::None, style, Content::Flex(kids))
            }
            Plan::Table(rows, flags) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
                let rows: Vec<RowBox> = rows
                    .iter()
                    .map(|plans| {
                        let count = plans.len();
                        row(plans
                            .iter()
                            .enumerate()
                            .map(|(i, plan)| {
                                let wide = if i + 1 == count { columns - i } else { 1 };
                                cell(i, wide, 1, self.node(plan), |c| c.border = border(0.5))
                            })
                            .collect())
                    })
                    .collect();
                let (mut head, mut body) = (Vec::new(), rows);
                if flags & 1 > 0 && body.len() > 1 {
                    head = body.drain(..1).collect();
                }
                let foot = if flags & 2 > 0 && body.len() > 1 {
                    vec![body.remove(body.len() - 1)]
                } else {
                    Vec::new()
                };
                table(columns, head, body, foot, |c| {
                    c.table.collapse = flags & 4 > 0;
                })
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_word_is_lost(plans in prop::collection::vec(plans(), 1..8)) {
        let mut maker = Maker { next: 0 };
        let kids = maker.kids(&plans);
        let (pages, faults) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
        all_words_are_there(&maker, &pages, &faults)?;
        let scaled = faults.iter().any(|f| matches!(f.code(), "page-overflow" | "box-overflow"));
        for page in &pages.pages {
            for item in &page.items {
                if let Paint::Glyphs { y, .. } = &item.paint {
                    prop_assert!(
                        scaled || (*y > 0.0 && *y < page.height),
                        "{y} of {}: {faults:?}",
                        page.height
                    );
                }
            }
        }
    }
}

/// Every word that was made stands on the pages once, and nothing worse than a warning was said.
fn all_words_are_there(
    maker: &Maker,
    pages: &Pages,
    faults: &[Diagnostic],
) -> Result<(), TestCaseError> {
    prop_assert!(
        faults.iter().all(|f| f.severity() == crate::diag::Severity::Warning),
        "{faults:?}"
    );
    let mut found: Vec<usize> = words(pages)
        .iter()
        .filter_map(|w| w.strip_prefix('w').and_then(|n| n.parse().ok()))
        .collect();
    found.sort_unstable();
    let wanted: Vec<usize> = (0..maker.next).collect();
    prop_assert_eq!(found, wanted);
    Ok(())
}

/// Pages of a size and a margin.
fn sized(width: f64, height: f64, margin: f64) -> PageRules {
    PageRules::uniform(PageStyle {
        width,
        height,
        margin: Sides::all(margin),
        ..PageStyle::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// From A7 to A3, with margins up to a third of the page.
    #[test]
    fn no_page_is_too_small(
        plans in prop::collection::vec(plans(), 1..5),
        width in 210.0..842.0f64,
        height in 210.0..1191.0f64,
        margin in 0.0..0.33f64,
    ) {
        let mut maker = Maker { next: 0 };
        let kids = maker.kids(&plans);
        let rules = sized(width, height, margin * width.min(height));
        let (pages, faults) = lay(&tree(kids, rules));
        all_words_are_there(&maker, &pages, &faults)?;
    }
}
