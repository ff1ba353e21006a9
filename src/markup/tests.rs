//! Markup is read, and what is wrong with it is told where it stands.

use std::sync::Arc;

use super::{NodeId, NodeKind, Tree, parse};
use crate::diag::{Sink, Source, Sources};

fn run(text: &str) -> (Option<Tree>, String) {
    let mut sources = Sources::default();
    sources.add(Source::new("template.hbs", "<html>\n<body>\n<p>{{x}}\n<b>y</div></body></html>"));
    let mut sink = Sink::new();
    let tree = parse(text, Arc::new(sources), &mut sink);
    let faults = sink.all().iter().map(|d| format!("{d}\n")).collect();
    (tree, faults)
}

fn show(tree: &Tree, id: NodeId, out: &mut String) {
    match &tree.node(id).kind {
        NodeKind::Text(text) => out.push_str(&format!("{text:?}")),
        NodeKind::Element(element) => {
            out.push_str(&format!("({}", element.name));
            for (name, value) in &element.attributes {
                out.push_str(&format!(" {name}={value}"));
            }
            for child in tree.children(id) {
                out.push(' ');
                show(tree, child, out);
            }
            out.push(')');
        }
    }
}

#[test]
fn builds_the_tree() {
    let (tree, faults) =
        run("<html data-itog-at=\"0:0:6\" lang=\"ru\"><head/><body><p class='a'>x&nbsp;<!-- c \
            -->&lt;y<b>z</b><br/>w</p>\n<p/></body></html>");
    let tree = tree.unwrap();
    let mut out = String::new();
    show(&tree, NodeId(0), &mut out);
    assert_eq!(
        out,
        "(html lang=ru (head) (body (p class=a \"x\\u{a0}<y\" (b \"z\") (br) \"w\") \"\\n\" (p)))"
    );
    assert_eq!(faults, "");
    assert_eq!(tree.node(NodeId(0)).span.unwrap().end, 6);
    for (i, node) in tree.nodes.iter().enumerate() {
        if let Some(next) = node.next {
            assert_eq!(tree.node(next).previous, Some(NodeId(i as u32)));
            assert_eq!(tree.node(next).parent, node.parent);
        }
    }
}

#[test]
fn unclosed_tag_is_shown_where_it_was_opened() {
    let (tree, faults) =
        run("<html><body data-itog-at=\"0:7:13\">\n<p data-itog-at=\"0:14:17\">Иванов\n<b \
            data-itog-at=\"0:23:26\">y</p></body></html>");
    assert!(tree.is_none());
    insta::assert_snapshot!(faults, @r"
    error[markup-xml]: `<b>` is not closed before `</p>`
     --> template.hbs:4:1
      |
    4 | <b>y</div></body></html>
      | ^^^
      = hint: write `</b>` before `</p>`
      = hint: in the rendered markup, line 3: `<b>y</p></body></html>`
    ");
}

#[test]
fn faults_without_marks_are_shown_in_the_rendered_markup() {
    insta::assert_snapshot!(run("<html><body><p>x</body></html>").1);
    insta::assert_snapshot!(run("<html><body><p>x").1);
    insta::assert_snapshot!(run("<html><body>a & b &nbps; &unknownthing; </body></html>").1);
    insta::assert_snapshot!(run("<p>x</p>").1);
    insta::assert_snapshot!(run("просто текст").1);
    insta::assert_snapshot!(run("<html a=\"1\" a=\"2\"/>").1);
}

#[test]
fn unknown_elements_are_warned_of() {
    insta::assert_snapshot!(
        run("<html><body><parr data-itog-at=\"0:14:17\">x</parr><qrcode/></body></html>").1
    );
}

#[test]
fn foreign_elements_keep_their_text() {
    let (tree, _) = run(concat!(
        "<html xmlns:xlink=\"http://www.w3.org/1999/xlink\"><body>",
        "<svg data-itog-at=\"0:0:6\" width=\"10\"><path data-itog-at=\"0:1:6\" d=\"M0 \
            0\"/></svg></body></html>"
    ));
    let tree = tree.unwrap();
    let svg = tree.element(NodeId(2)).unwrap();
    assert_eq!(
        svg.foreign.as_deref().unwrap(),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
            width=\"10\"><path d=\"M0 0\"/></svg>"
    );
    assert_eq!(tree.nodes.len(), 3);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"u/v\" x:a=\"1>2\"/>";
    let (tree, _) = run(&format!("<html>{svg}</html>"));
    assert_eq!(tree.unwrap().element(NodeId(1)).unwrap().foreign.as_deref().unwrap(), svg);
}

#[test]
fn depth_is_limited_without_a_stack_overflow() {
    let deep = format!(
        "<html><body>{}{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let (tree, faults) = run(&deep);
    assert!(tree.is_none());
    assert!(faults.contains("markup-depth"));
}
