//! Template cases: `tests/template/*.txt`, each with its data and the markup or the faults that it
//! gives, as a user sees them.
//!
//! A case is a file with `---` lines: data as JSON, then `template.hbs`, then further files, each
//! after `--- NAME`.

use itog::diag::Diagnostic;
use itog::files::Files;
use itog::internals::template::Template;

/// The files of a case by name.
fn files(text: &str) -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<(&'static str, &'static [u8])> = Vec::new();
    let text: &'static str = text.to_owned().leak();
    let mut name = "data.json";
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("--- ") {
            files.push((name, &text.as_bytes()[start..at]));
            name = next.trim_end();
            start = at + line.len();
        }
        at += line.len();
    }
    files.push((name, &text.as_bytes()[start..]));
    files
}

fn outcome(text: &str) -> String {
    let mut files = files(text);
    let (_, data) = files.remove(0);
    let data: serde_json::Value =
        serde_json::from_slice(data).expect("a case begins with data as JSON");
    let show =
        |faults: &[Diagnostic]| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>();
    let template = match Template::load("case", Files::bundled(files.leak())) {
        Ok(template) => template.value,
        Err(error) => return show(error.diagnostics()),
    };
    match template.render(&data) {
        Ok(rendered) => format!("{}{}", show(&rendered.warnings), unmarked(&rendered.markup)),
        Err(error) => show(error.diagnostics()),
    }
}

/// The markup without the marks, which have a test of their own.
fn unmarked(markup: &str) -> String {
    let mut out = String::new();
    for (i, piece) in markup.split(" data-itog-at=\"").enumerate() {
        out.push_str(if i == 0 {
            piece
        } else {
            piece.split_once('"').map_or("", |(_, rest)| rest)
        });
    }
    out
}

#[test]
fn cases() {
    insta::glob!("template/*.txt", |path| {
        let text = std::fs::read_to_string(path).expect("a case is readable");
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "template",
        }, {
            insta::assert_snapshot!(outcome(&text));
        });
    });
}

/// What each mark of a template says, as the start tag that it points at.
fn marked(template: &str) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = vec![("template.hbs", template.to_owned().leak().as_bytes())];
    let template =
        Template::load("marks", Files::bundled(files.leak())).expect("the template is good").value;
    let rendered = template
        .render(&serde_json::json!({ "a": "x>y", "list": [1, 2] }))
        .expect("the data are good");
    let marks = rendered.markup.split("data-itog-at=\"").skip(1);
    marks
        .map(|mark| {
            let numbers: Vec<usize> = mark
                .split('"')
                .next()
                .unwrap_or("")
                .split(':')
                .map(|n| n.parse().expect("a number"))
                .collect();
            let source = rendered
                .sources
                .get(itog::internals::diag::SourceId(numbers[0] as u16))
                .expect("a source");
            source.text()[numbers[1]..numbers[2]].to_owned()
        })
        .collect()
}

#[test]
fn a_mark_covers_the_start_tag() {
    assert_eq!(marked("<p class=\"b\">и <b>x</b></p><br/>"), ["<p class=\"b\">", "<b>", "<br/>"]);
}

#[test]
fn an_expression_in_an_attribute_does_not_end_the_tag() {
    let tag = "<p title=\"{{concat a \">\"}}\" id='{{a}}'>";
    assert_eq!(marked(&format!("{tag}{{{{a}}}}</p>")), [tag]);
}

#[test]
fn a_repeated_element_has_the_same_mark() {
    assert_eq!(marked("{{#each list}}<i>{{this}}</i>{{/each}}"), ["<i>", "<i>"]);
}

#[test]
fn comments_and_pictures_inside_are_not_marked() {
    assert_eq!(
        marked(
            "<!-- <p> --><svg width=\"1\"><path d=\"\"/><svg/></svg><!DOCTYPE html>\
             {{!-- <p> --}}<p><![CDATA[<b>]]></p>"
        ),
        ["<svg width=\"1\">", "<p>"]
    );
}

#[test]
fn an_unknown_builtin_names_the_nearest() {
    let error = Template::builtin("final-documnet").expect_err("there is no such template");
    assert_eq!(
        error.to_string(),
        "error[unknown-template]: no built-in template `final-documnet`\n  = hint: \
         did you mean `final-document`?"
    );
}

#[test]
fn deep_recursion_ends_in_a_fault_and_not_on_the_stack() {
    let blocks = "{{#if a}}".repeat(40);
    let text = format!("{blocks}{{{{> template}}}}{}", "{{/if}}".repeat(40));
    let files: Vec<(&str, &[u8])> = vec![("template.hbs", text.leak().as_bytes())];
    let template =
        Template::load("deep", Files::bundled(files.leak())).expect("the template is good").value;
    let error = template.render(&serde_json::json!({ "a": 1 })).expect_err("it never ends");
    assert_eq!(error.diagnostics()[0].code(), "template-depth");
}

#[test]
fn many_threads_may_render_one_template() {
    fn shared<T: Send + Sync>() {}
    shared::<Template>();
}

#[test]
fn the_guide_tells_of_every_helper() {
    let guide =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/README.md"))
            .expect("the guide is there");
    for name in itog::internals::template::helper_names() {
        assert!(
            guide.contains(&format!("`{name}`")) || guide.contains(&format!("`{name} ")),
            "the guide does not tell of `{name}`"
        );
    }
}
