//! No template ends the program: pieces of Handlebars and markup in any order give markup or
//! faults.

use itog::files::Files;
use itog::internals::template::Template;
use proptest::prelude::*;

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "{{", "}}", "{{{", "}}}", "{{#", "{{/", "{{>", "{{!", "{{!--", "--}}", "{{else}}", "{{^}}",
    "{{else if a}}", "{{~", "~}}", "{{#if a}}", "{{/if}}", "{{#each list}}", "{{/each}}",
    "{{#with map}}", "{{/with}}", "{{a}}", "{{map.b}}", "{{@index}}", "{{../a}}", "{{this}}",
    "{{.}}", "{{[a]}}", "{{(a)}}", "{{name a \"dat\"}}", "{{date a}}", "{{> template}}",
    "{{#*inline \"x\"}}", "{{/inline}}", "{{> x}}", "{{#> x}}", "{{/x}}", "{{a as |b|}}", "\\{{",
    "\\", "\"", "'", "(", ")", "[", "]", "{", "}", "=", "|", " ", "\n", "<p>", "</p>",
    "<p class=\"", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<svg>", "</svg>",
    "<link rel=\"stylesheet\" href=\"x\"/>", "а", "«", "1", "null", "as", "if", "each", "@root",
    "..", "/", "\u{feff}", "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_markup_or_faults(picks in prop::collection::vec(0..PIECES.len(), 0..14)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        let files = Files::memory([("template.hbs".to_owned(), text.into_bytes())]);
        if let Ok(template) = Template::load("random", files) {
            let data =
                serde_json::json!({ "a": "Ким", "list": [1, { "a": "x" }], "map": { "b": null } });
            let _ = template.value.render(&data);
        }
    }
}
