//! What must hold for any markup and any stylesheet.

use std::sync::Arc;

use itog::diag::{Diagnostic, Severity, Sink, Source};
use itog::files::Files;
use itog::internals::diag::Sources;
use itog::internals::markup::{self, NodeKind, Tree};
use itog::internals::style::{self, Computed, LengthOrAuto, PageKind, Styles, Stylesheet};
use proptest::prelude::*;

const MARKUP: &str = "<html lang=\"ru\"><body id=\"a\">\
    <p class=\"a b\" style=\"color: red\">x<b>y</b></p><ol><li>1</li><li class=\"b\">2</li></ol>\
    <div><i>z</i><table><tr><td align=\"center\">t</td></tr></table></div></body></html>";

fn style(markup: &str, css: &str) -> (Option<(Tree, Styles)>, Vec<Diagnostic>) {
    let (mut sources, mut sink) = (Sources::default(), Sink::new());
    let id = sources.add(Source::new("style.css", css));
    let sheet = Stylesheet::parse(
        id,
        &mut sources,
        &Files::bundled(&[("style.css", b"@import 'style.css'; p { margin: 1pt }")]),
        &mut sink,
    );
    let tree = markup::parse(markup, Arc::new(sources), &mut sink);
    let styled = tree.map(|tree| {
        let styles = style::cascade(&tree, &[&sheet], &mut sink);
        (tree, styles)
    });
    (styled, sink.into_vec())
}

/// Everything that layout takes for granted.
fn check(tree: &Tree, styles: &Styles) {
    assert_eq!(tree.nodes.len(), styles.nodes.len());
    for (node, style) in tree.nodes.iter().zip(&styles.nodes) {
        values(&style.own);
        [&style.before, &style.after, &style.marker]
            .into_iter()
            .flatten()
            .for_each(|style| values(style));
        if let (NodeKind::Text(_), Some(parent)) = (&node.kind, node.parent) {
            assert!(Arc::ptr_eq(&style.own, &styles.nodes[parent.0 as usize].own));
        }
    }
    for bits in 0..16 {
        let bit = |at: i32| bits & at != 0;
        let kind = PageKind { first: bit(1), left: bit(2), blank: bit(4), begins: bit(8) };
        for name in [None, Some("a"), Some("nobody")] {
            let page = styles.pages.resolve(name, kind);
            assert!(
                page.width.is_finite()
                    && page.height.is_finite()
                    && page.width >= 0.0
                    && page.height >= 0.0
            );
            assert!(
                [page.margin.top, page.margin.right, page.margin.bottom, page.margin.left]
                    .iter()
                    .all(|m| m.is_finite())
            );
            page.boxes.iter().for_each(|margin_box| values(&margin_box.style));
        }
    }
}

fn values(style: &Computed) {
    let text = &style.text;
    assert!(text.font_size.is_finite() && text.font_size >= 0.0);
    assert!((1..=1000).contains(&text.font_weight));
    assert!(text.orphans > 0 && text.widows > 0);
    assert!(text.letter_spacing.is_finite() && text.tab_size.is_finite());
    for size in [style.width, style.height, style.min_width, style.margin.left, style.inset.top] {
        if let LengthOrAuto::Set(value) = size {
            assert!(value.points.is_finite() && value.percent.is_finite());
        }
    }
    for side in [
        style.border.top,
        style.border.right,
        style.border.bottom,
        style.border.left,
        style.columns.rule,
    ] {
        assert!(side.width.is_finite() && side.width >= 0.0);
        assert!(
            side.width == 0.0
                || !matches!(side.style, style::BorderStyle::None | style::BorderStyle::Hidden)
        );
    }
    assert!(style.columns.count != Some(0));
    assert!(style.rotate.is_finite() && style.flex.grow.is_finite() && style.flex.grow >= 0.0);
}

/// Pieces of stylesheets, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "p",
        ".a",
        "#a",
        "li:nth-child(2n+1)",
        "*",
        ">",
        "+",
        "::before",
        ":is(",
        ":not(",
        "[class~=\"a\"]",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        ":",
        ",",
        "!important",
        "@media print",
        "@page",
        "@page a:first",
        "@top-left",
        "@font-face",
        "@import 'style.css';",
        "/*",
        "*/",
        "\"",
        "'",
        "\\",
        "<!--",
        "-->",
        "--x",
        "var(--x)",
        "var(--y, 1pt)",
        "calc(",
        "calc(1pt + 2%)",
        "url(",
        "url(x.png)",
        "#fff",
        "1e39",
        "-1e39",
        "1e39pt",
        "0",
        "-0",
        "1.5em",
        "100%",
        "10mm",
        "inherit",
        "initial",
        "unset",
        "none",
        "auto",
        "red",
        "rgb(1 2 3 / 4)",
        "hsl(1e39deg 1% 1%)",
        "counter(x)",
        "leader(dotted)",
        "\n",
        " ",
        "\u{0}",
        "é",
        "\u{1F600}",
    ])
    .prop_map(str::to_owned);
    let names: Vec<String> = style::supported()
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    let declaration = (prop::sample::select(names.clone()), "[a-z0-9#%(),. /-]{0,20}")
        .prop_map(|(name, value)| format!("{name}: {value};"));
    prop_oneof![4 => fixed, 2 => prop::sample::select(names), 2 => declaration, 1 => "\\PC{0,5}"]
}

#[rustfmt::skip]
const MARKUP_PIECES: &[&str] = &[
    "<html>", "</html>", "<body>", "</body>", "<p>", "</p>", "<p data-itog-at=\"0:0:3\">", "<b",
    ">", "/>", "<br/>", "<!--", "-->", "<![CDATA[", "]]>", "&nbsp;", "&amp;", "&", "&nope;", "&#0;",
    "&#160;", "x", "é", "\"", "'", "=", "class", " ", "<svg>", "</svg>", "<?x", "?>",
    "<!DOCTYPE html>", "\n", "data-itog-at", "data-itog-at=\"", "data-itog-at=\"9:9:9\"", "<x:y>",
    "xmlns:x=\"u\"",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_stylesheet_gives_sound_values(pieces in prop::collection::vec(piece(), 0..40)) {
        let css = pieces.join(" ");
        let (styled, faults) = style(MARKUP, &css);
        prop_assert!(faults.iter().all(|fault| fault.severity() == Severity::Warning));
        let (tree, styles) = styled.unwrap();
        check(&tree, &styles);
    }

    #[test]
    fn any_value_of_any_property_gives_sound_values(
        name in prop::sample::select(
            style::supported()
                .lines()
                .filter_map(|l| l.strip_prefix("| `")?.split('`').next().map(str::to_owned))
                .collect::<Vec<_>>(),
        ),
        values in prop::collection::vec(piece(), 1..4),
        more in prop::bool::ANY,
    ) {
        let value = values.join(" ");
        let css = if more {
            format!(
                "* {{ {name}: {value} }} \
                 @page {{ {name}: {value}; @top-left {{ content: 'x'; {name}: {value} }} }}"
            )
        } else {
            format!("p {{ {name}: {value} }}")
        };
        let (styled, _) = style(MARKUP, &css);
        let (tree, styles) = styled.unwrap();
        check(&tree, &styles);
    }

    #[test]
    fn style_attributes_are_as_safe(pieces in prop::collection::vec(piece(), 0..10)) {
        let text = pieces
            .join(" ")
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
            .replace('\u{0}', "");
        let markup = format!(
            "<html><body style=\"{text}\"><style>{text}</style>\
             <p style=\"{text}\" width=\"{text}\">x</p></body></html>"
        );
        if let (Some((tree, styles)), _) = style(&markup, "") {
            check(&tree, &styles);
        }
    }

    #[test]
    fn any_markup_is_a_tree_or_an_error(
        pieces in prop::collection::vec(prop::sample::select(MARKUP_PIECES), 0..30),
    ) {
        let text = pieces.concat();
        for markup in [text.clone(), format!("<html>{text}</html>")] {
            let (styled, faults) = style(&markup, "p { color: red }");
            match styled {
                Some((tree, styles)) => check(&tree, &styles),
                None => {
                    prop_assert!(faults.iter().any(|fault| fault.severity() == Severity::Error))
                }
            }
            prop_assert!(faults.iter().all(|fault| !fault.to_string().is_empty()));
        }
    }

    /// Of two rules for the same element the more specific one wins, and the later one of equals.
    #[test]
    fn specificity_decides(first in compound(), second in compound()) {
        let css =
            format!("{} {{ letter-spacing: 1pt }} {} {{ letter-spacing: 2pt }}", first.0, second.0);
        let (styled, faults) =
            style("<html><body><p id=\"i\" class=\"a b\" lang=\"ru\">x</p></body></html>", &css);
        prop_assert!(faults.is_empty());
        let (_, styles) = styled.unwrap();
        let expected = if first.1 > second.1 { 1.0 } else { 2.0 };
        prop_assert_eq!(styles.nodes[2].own.text.letter_spacing, expected, "{}", css);
    }

    /// An inherited property goes down to every descendant, any other to none.
    #[test]
    fn inheritance_goes_down(depth in 1usize..40, spacing in 1u32..100) {
        let markup = format!("<html>{}x{}</html>", "<div>".repeat(depth), "</div>".repeat(depth));
        let (styled, _) = style(
            &markup,
            &format!("html > div {{ letter-spacing: {spacing}pt; margin-left: {spacing}pt }}"),
        );
        let (tree, styles) = styled.unwrap();
        for (i, style) in styles.nodes.iter().enumerate().skip(1) {
            prop_assert_eq!(style.own.text.letter_spacing, f64::from(spacing));
            let first = i == 1 || matches!(tree.nodes[i].kind, NodeKind::Text(_)) && depth == 1;
            prop_assert_eq!(
                style.own.margin.left == LengthOrAuto::Auto
                    || style.own.margin.left.resolve(0.0) == Some(0.0),
                !first
            );
        }
    }
}

/// A compound selector that matches `p#i.a.b`, and its specificity.
fn compound() -> impl Strategy<Value = (String, (usize, usize, usize))> {
    (
        prop::bool::ANY,
        0usize..3,
        prop::collection::vec(
            prop::sample::select(vec![
                ".a",
                ".b",
                "[lang]",
                ":not(.c)",
                ":first-child",
                ":where(#i)",
            ]),
            0..4,
        ),
    )
        .prop_map(|(name, ids, classes)| {
            let counted = classes.iter().filter(|class| !class.starts_with(":where")).count();
            let text =
                format!("{}{}{}", if name { "p" } else { "*" }, "#i".repeat(ids), classes.concat());
            (text, (ids, counted, usize::from(name)))
        })
}
