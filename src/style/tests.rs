//! The table of properties, the cascade and what is told of faulty sheets.

use cssparser::Parser;

use super::declaration::{self, DeclarationContext};
use super::fault::SheetOrigin;
use super::property::{self, GROUPS, ValueSyntax};
use super::{Computed, PageKind, PageStyle, Styles, Stylesheet};
use crate::diag::{Sink, Source, Sources};
use crate::files::Files;
use crate::markup::{self, Tree};

fn parse(css: &str) -> (Stylesheet, Sources, Sink) {
    let (mut sources, mut sink) = (Sources::default(), Sink::new());
    let id = sources.add(Source::new("test.css", css));
    let sheet = Stylesheet::parse(id, &mut sources, &Files::bundled(&[]), &mut sink);
    (sheet, sources, sink)
}

fn styled(markup: &str, css: &str) -> (Tree, Styles, Sink) {
    let (sheet, sources, mut sink) = parse(css);
    let tree = markup::parse(markup, sources.into(), &mut sink).expect("markup");
    let styles = super::cascade(&tree, &[&sheet], &mut sink);
    (tree, styles, sink)
}

#[test]
fn shared_by_threads() {
    fn check<T: Send + Sync>() {}
    check::<Stylesheet>();
    check::<Styles>();
    check::<Tree>();
}

#[test]
fn user_agent_stylesheet_is_understood() {
    let (sheet, _, sink) = parse(super::sheet::USER_AGENT_TEXT);
    assert_eq!(sink.all(), []);
    assert_eq!(sheet.0.rules.len(), Stylesheet::user_agent().0.rules.len());
}

/// Words that a property's syntax names are values of it; longhands that a shorthand names exist.
#[test]
fn table_says_what_the_parsers_do() {
    for property in GROUPS.iter().flat_map(|(_, rows)| rows.iter()) {
        match property.kind {
            ValueSyntax::Alias(of) => assert!(matches!(
                property::find(of).unwrap().kind,
                ValueSyntax::Longhand { .. } | ValueSyntax::Shorthand { .. }
            )),
            ValueSyntax::Shorthand { of, .. } => {
                assert!(of.iter().all(|name| property::find(name).is_some()), "{}", property.name)
            }
            ValueSyntax::Longhand { .. } => {}
        }
        let words = property.syntax.split([' ', '|', '[', ']', '?', '+', '*', '/', '#']);
        for word in words.filter(|word| {
            !word.is_empty()
                && !word.contains(['<', '(', ')', '{', '>'])
                && !["hanging", "on", "off", "inset", "span", "repeating-"].contains(word)
        }) {
            let parsed =
                declaration::value(property, &mut Parser::new(word), SheetOrigin::element(None));
            // The families have to follow in `font`.
            assert!(parsed.is_ok() || property.name == "font", "{}: {word}", property.name);
        }
    }
}

/// Setting a property and inheriting it, or resetting it, are about the same field.
#[test]
fn every_longhand_can_be_inherited_and_reset() {
    let samples = [
        "none",
        "auto",
        "1",
        "2pt",
        "3mm",
        "50%",
        "red",
        "url(x.png)",
        "hidden",
        "solid",
        "italic",
        "bold",
        "center",
        "justify",
        "a 1",
        "x",
        "\"x\"",
        "counter(a)",
        "flex",
        "absolute",
        "avoid",
        "landscape",
        "footnote",
        "1pt 2pt",
        "cover",
        "no-repeat",
        "rotate(1deg)",
        "90deg",
        "shrink",
        "0.7",
        "uppercase",
        "underline",
        "nowrap",
        "small-caps",
        "collapse",
        "border-box",
        "fixed",
        "bottom",
        "clone",
        "clear",
        "all",
        "wrap",
        "column",
        "inside",
        "lower-russian",
        "break-word",
        "contain",
        "a content()",
        "lining-nums",
        "\"ss01\"",
        "span 2",
        "scale(2)",
        "sub",
        "left",
        "balance",
        "word",
    ];
    // Without a style a border has no width, and the least share means nothing where text does not
    // shrink.
    let base =
        "i { border: 1pt solid; column-rule: 1pt solid; -itog-fit: shrink; font-style: normal }";
    let based = ["border-", "column-rule-", "-itog-fit"];
    let markup = "<html><i class='set'><i class='inherit'/><i class='initial'/></i><i/></html>";
    for property in GROUPS
        .iter()
        .flat_map(|(_, rows)| rows.iter())
        .filter(|p| matches!(p.kind, ValueSyntax::Longhand { .. }))
    {
        let name = property.name;
        // The zoom is seen in the lengths of all others; its own test measures them.
        if !property::applies(property, DeclarationContext::Style) || name == "-itog-zoom" {
            continue;
        }
        let mut changes = 0;
        for sample in samples {
            let css = format!(
                "{base} .set {{ {name}: {sample} }} .inherit {{ {name}: inherit }} .initial {{ \
                    {name}: initial }}"
            );
            let (_, styles, sink) = styled(markup, &css);
            let [set, inherited, reset, plain] = [1, 2, 3, 4].map(|i| &*styles.nodes[i].own);
            if !sink.all().is_empty() || set == plain {
                continue;
            }
            changes += 1;
            assert_eq!(set, inherited, "{name}: {sample}, inherited");
            // Flex items are blocks, and decoration goes on into descendants.
            if name != "display"
                && name != "text-decoration-line"
                && !based.iter().any(|prefix| name.starts_with(prefix))
            {
                assert_eq!(reset, plain, "{name}: {sample}, reset");
            }
        }
        assert!(changes > 0, "no sample changes {name}");
    }
}

#[test]
fn equal_elements_share_values() {
    let markup = "<html><ul><li>a<b>x</b></li><li>b<b>y</b></li><li style='color: red'>c</li><li \
        style='color: red'>d</li></ul></html>";
    let (tree, styles, _) = styled(markup, "li { color: blue } b { margin: 1pt }");
    let all = |name: &str| -> Vec<*const Computed> {
        let nodes = tree.nodes.iter().zip(&styles.nodes);
        nodes
            .filter(
                |(node, _)| matches!(&node.kind, markup::NodeKind::Element(e) if &*e.name == name),
            )
            .map(|(_, style)| std::sync::Arc::as_ptr(&style.own))
            .collect()
    };
    let (items, bold) = (all("li"), all("b"));
    assert_eq!(items[0], items[1]);
    assert_eq!(items[2], items[3]);
    assert_ne!(items[0], items[2]);
    assert_eq!(bold[0], bold[1]);
}

#[test]
fn page_style_without_rules_is_a4() {
    let (_, styles, _) = styled("<html/>", "");
    let page = styles.pages.resolve(Some("unknown"), PageKind::default());
    let a4 = PageStyle::default();
    assert_eq!((page.width, page.height), (a4.width, a4.height));
    assert!((page.margin.left - 20.0 * 72.0 / 25.4).abs() < 1e-9);
}

#[test]
fn deep_nesting_is_no_stack_overflow() {
    for (open, close) in [
        (":not(", ")"),
        ("a:is(b, ", ")"),
        ("@media print {", "}"),
        ("(", ")"),
        ("{", "}"),
        ("p { margin: calc(", ")"),
        ("a ", ""),
    ] {
        let css = format!("{} {}", open.repeat(20_000), close.repeat(20_000));
        styled("<html><a/></html>", &css);
    }
    for part in ["calc(", "(", "var(--a, ", "rgb("] {
        let value = format!("{}1pt{}", part.repeat(20_000), ")".repeat(20_000));
        styled(
            "<html><p/></html>",
            &format!(
                "p {{ margin: {value}; --b: {value}; margin: var(--b) }} @page {{ margin: {value} \
                    }}"
            ),
        );
    }
    let chain: String = (0..5_000).map(|i| format!("--a{i}: var(--a{});", i + 1)).collect();
    let doubling: String =
        (0..100).map(|i| format!("--d{i}: var(--d{0}) var(--d{0});", i + 1)).collect();
    styled(
        "<html><p/></html>",
        &format!("p {{ {chain} {doubling} --d100: x; font-family: var(--a0, x), var(--d0, x) }}"),
    );
}

#[test]
fn unclosed_blocks_are_told() {
    for css in [
        "p { color: red",
        "@page { margin: 0; @top-left { content: 'x' }",
        "@media print { p { color: red }",
        "@font-face { src: url(x); font-family: x",
    ] {
        let (_, _, sink) = parse(css);
        assert!(sink.all().iter().any(|fault| fault.message().contains("not closed")), "{css}");
    }
    assert!(parse("p { color: red } @media print { p { color: red } }").2.all().is_empty());
}
