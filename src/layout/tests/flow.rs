//! Blocks, margins, breaks and pages.

use super::*;
use crate::style::Break;
use crate::style::PageStyle;

const LONG: &str = "one two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty";

#[test]
fn margins_of_siblings_and_parents_collapse() {
    let tall = |c: &mut Computed| c.margin = margins(10.0, 0.0, 10.0, 0.0);
    let inner = div(vec![p("second", tall)], |c| c.margin = margins(30.0, 0.0, 20.0, 0.0));
    let (pages, faults) = lay(&tree(
        vec![p("first", tall), inner, p("third", tall)],
        PageRules::uniform(PageStyle::default()),
    ));
    assert!(faults.is_empty(), "{faults:?}");
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn a_background_goes_on_over_pages() {
    let kids = (0..70).map(|i| p(&format!("paragraph {i}"), plain)).collect();
    let boxed = div(kids, |c| {
        c.background.color = Color { red: 200, ..Color::BLACK };
        c.padding = Sides::all(LengthPercentage::points(5.0));
    });
    let (pages, faults) = lay(&tree(
        vec![p("before", plain), boxed, p("after", plain)],
        PageRules::uniform(PageStyle::default()),
    ));
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(pages.pages.len(), 2);
    let rects: Vec<String> =
        dump(&pages).lines().filter(|l| l.contains("rect")).map(str::to_string).collect();
    insta::assert_snapshot!(rects.join("\n"));
}

#[test]
fn a_heading_stays_with_its_text() {
    let mut kids: Vec<_> = (0..59).map(|i| p(&format!("line {i}"), plain)).collect();
    kids.push(p("Heading", |c| c.break_after = Break::Avoid));
    kids.push(p("Text", plain));
    let (pages, _) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
    let text = dump(&pages);
    let second = text.split("page 2").nth(1).unwrap();
    assert!(second.contains("Heading") && second.contains("Text"), "{text}");
}

#[test]
fn orphans_and_widows_are_kept() {
    let mut kids: Vec<_> = (0..58).map(|i| p(&format!("line {i}"), plain)).collect();
    kids.push(p(LONG, |c| {
        let text = Arc::make_mut(&mut c.text);
        (text.orphans, text.widows) = (2, 2);
        c.width = points(200.0);
    }));
    let (pages, _) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages).split("line 56").nth(1).unwrap());
}

#[test]
fn markers_stand_left_of_the_first_line() {
    let list = BoxNode {
        role: Role::List,
        ..div(
            vec![
                li("9.", vec![p(LONG, plain)]),
                li("10.", vec![div(vec![p("deep", plain)], plain)]),
                li("11.", vec![]),
            ],
            |c| {
                c.padding.left = LengthPercentage::points(30.0);
                c.width = points(150.0);
            },
        )
    };
    let (pages, _) = lay(&tree(vec![list], PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages));
    let roles: Vec<_> =
        pages.tags.iter().map(|tag| (tag.role, tag.parent.map(|p| p.0), tag.order)).collect();
    insta::assert_debug_snapshot!(roles);
}

#[test]
fn a_forced_break_keeps_the_margin_below_it() {
    let kids = vec![
        p("first", plain),
        p("second", |c| {
            c.break_before = Break::Page;
            c.margin = margins(20.0, 0.0, 0.0, 0.0);
        }),
    ];
    let (pages, _) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn a_box_taller_than_its_page_goes_on() {
    let kids = vec![
        div(vec![p("inside", plain)], |c| {
            c.height = points(1000.0);
            c.border = border(1.0);
        }),
        p("after", plain),
    ];
    let (pages, faults) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
    assert!(faults.is_empty(), "{faults:?}");
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn a_right_page_may_need_a_blank_one() {
    let kids = vec![p("one", plain), p("two", |c| c.break_before = Break::Right)];
    let (pages, _) = lay(&tree(kids, PageRules::uniform(PageStyle::default())));
    assert_eq!(pages.pages.len(), 3);
    assert!(pages.pages[1].items.is_empty());
}

#[test]
fn columns_are_balanced() {
    let kids = (0..10).map(|i| p(&format!("item {i}"), plain)).collect();
    let columns = div(kids, |c| {
        c.columns.count = Some(3);
        c.columns.rule = BorderSide { width: 1.0, style: BorderStyle::Solid, color: Color::BLACK };
    });
    let (pages, _) =
        lay(&tree(vec![columns, p("after", plain)], PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn flex_items_share_a_row() {
    let kids = vec![p("left", |c| c.flex.grow = 1.0), p("right", plain)];
    let flex = node(Role::None, style(plain), Content::Flex(kids));
    let (pages, _) = lay(&tree(
        vec![p("before", plain), flex, p("after", plain)],
        PageRules::uniform(PageStyle::default()),
    ));
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn a_footnote_stands_at_the_foot() {
    let own = style(plain);
    let text = |t: &str| Inline::Text { text: Arc::from(t), style: Arc::clone(&own), span: None };
    let note = Inline::Footnote(Box::new(p("The note.", plain)));
    let para = node(
        Role::Paragraph,
        Arc::clone(&own),
        Content::Inline(vec![text("Word"), note, text(" and more.")]),
    );
    let (pages, _) = lay(&tree(vec![para], PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn absolute_boxes_take_their_place() {
    let corner = p("corner", |c| {
        c.position = crate::style::Position::Absolute;
        c.inset = Sides {
            top: LengthOrAuto::Auto,
            right: points(0.0),
            bottom: points(0.0),
            left: LengthOrAuto::Auto,
        };
    });
    let holder = div(vec![p("flow", plain), corner], |c| {
        c.position = crate::style::Position::Relative;
        c.height = points(100.0);
        c.width = points(200.0);
    });
    let (pages, _) =
        lay(&tree(vec![holder, p("after", plain)], PageRules::uniform(PageStyle::default())));
    insta::assert_snapshot!(dump(&pages));
}
