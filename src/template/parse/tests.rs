//! The tree of [`parse`] is the tree of Handlebars.

use proptest::prelude::*;

use super::{Template, parse};
use crate::template::builtins;

/// Pieces of templates whose neighbours matter: white space, lines, blocks, tildes.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "x", "ы <b>", " ", "  ", "\n", "\r\n", "\t", "{{a}}", "{{~a}}", "{{a ~}}", "{{~ a~}}",
    "{{ a.b }}", "{{../a/b}}", "{{@index}}", "{{@root.a.[b c].d}}", "{{a.[}}", "{{a.[b]c}}",
    "{{[a]}}", "{{this}}", "{{this.a}}", "{{5}}",
    "{{h a 1 -2.5 \"t\" 't' true null k=v m=(h 1)}}", "{{h (h (h a))}}", "{{(h a)}}",
    "{{h(h a)}}", "{{h \"a\\\"b\"}}", "{{h 'a\"b'}}", "{{h a as}}", "{{h as.b}}", "{{h true.b}}",
    "{{h 1e5 2a}}", "{{#if a}}", "{{~#if a}}", "{{#if a~}}", "{{#if (eq a \"b\")}}", "{{else}}",
    "{{~else}}", "{{else~}}", "{{else if b}}", "{{~else if b}}", "{{else each b as |c|}}",
    "{{^}}", "{{elsewhere}}", "{{/if}}", "{{~/if}}", "{{/if~}}", "{{/each}}",
    "{{#each a as |b|}}", "{{#each a as | b c | }}", "{{> p}}", "{{~> p}}", "{{> p~}}",
    "{{> p/q.r a b=c}}", "{{> (h a)}}", "{{> @partial-block}}", "{{! c }}", "{{!-- c --}}",
    "{{! -- c --}}", "{{!--}}", "{{!}}", "{{#> p}}", "{{/p}}", "{{#*inline \"i\"}}",
    "{{/inline}}", "\\{{a}}", "\\\\{{a}}", "{{{a}}}", "{{&a}}", "{", "}}",
];

fn compare(text: &str) -> bool {
    let ours = parse(text, "name");
    if let Some(ours) = &ours {
        let theirs = Template::compile_with_name(text, "name".to_owned());
        assert_eq!(theirs.as_ref().ok(), Some(ours), "{text:?}");
    }
    ours.is_some()
}

/// All templates of the library, none of which takes the long way.
#[test]
fn builtin_templates() {
    for builtin in builtins() {
        for name in builtin.files.names().iter().filter(|name| name.ends_with(".hbs")) {
            let text = String::from_utf8(builtin.files.read(name).unwrap().into_owned()).unwrap();
            assert!(compare(&text), "{name}");
        }
    }
}

#[test]
fn each_piece_and_each_pair() {
    for a in PIECES {
        for b in PIECES {
            compare(&format!("{a}{b}"));
            compare(&format!("{{{{#if a}}}}{a}{b}{{{{/if}}}}"));
        }
    }
    let read = PIECES.iter().filter(|piece| compare(piece)).count();
    assert!(read > PIECES.len() / 3, "{read}");
}

proptest! {
    #[test]
    fn any_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        compare(&pieces.concat());
    }

    /// Blocks that are closed, so that most of them are read.
    #[test]
    fn any_pieces_within_blocks(
        a in prop::collection::vec(prop::sample::select(PIECES), 0..4),
        b in prop::collection::vec(prop::sample::select(PIECES), 0..4),
        c in prop::collection::vec(prop::sample::select(PIECES), 0..4),
    ) {
        let (a, b, c) = (a.concat(), b.concat(), c.concat());
        compare(&format!("{a}{{{{#if a}}}}{b}{{{{else if b}}}}{c}{{{{else}}}}{a}{{{{/if}}}}{b}"));
        let alone = format!("{b}\n  {{{{#if a}}}} \n{c}{{{{/if}}}}");
        compare(&format!("{c}{{{{~#each a}}}}{a}{{{{~/each~}}}}{alone}"));
    }
}
