//! The breaker with TeX's costs finds TeX's line ends.
//!
//! The same stops, widths and glue are written as TeX's primitives. `tests/tex` holds them with the
//! line ends that we find; `tests/conformance/tex.py` lets TeX find its own. With `UPDATE_TEX=1`
//! the files are written anew.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use super::breaks::{BreakOpportunity, StopKind};
use super::costs::STRETCH;
use super::paragraph::Choice;
use super::prepare::segments;
use super::{InlineItem, LineCosts, Setting, Typesetter};
use crate::diag::Diagnostic;
use crate::font::FontBook;
use crate::style::{Family, Hyphens, TextAlign, TextStyle};

const PREAMBLE: &str = r"\catcode`\{=1 \catcode`\}=2 \catcode`\#=6
\showboxdepth=9 \showboxbreadth=9999 \hbadness=10000 \vbadness=10000 \hfuzz=1sp
\parindent=0pt \parfillskip=0pt plus 1fil \pretolerance=-1
\linepenalty=10 \adjdemerits=10000 \doublehyphendemerits=10000 \finalhyphendemerits=5000
\exhyphenpenalty=0
\def\w#1 {\vrule width#1sp height0sp depth0sp\relax}
\def\s#1 #2 #3 {\hskip#1sp plus#2sp minus#3sp\relax}
\def\t{\penalty10000 \s}
\def\h#1 #2 {\discretionary{\kern#1sp}{}{\kern#2sp}}
";

/// Our points as TeX's scaled points: that theirs are a little smaller than ours does not matter
/// here.
fn sp(points: f64) -> i64 {
    (points * 65_536.0).round() as i64
}

/// Glue of a width of which so much is spaces.
fn glue(name: &str, width: f64, spaces: f64) -> String {
    format!("\\{name}{} {} {} ", sp(width), sp(spaces * STRETCH), sp(spaces / 3.0))
}

/// The paragraph as TeX's primitives: from each stop to the next there is one rule.
fn source(stops: &[BreakOpportunity], width: f64, ends: &[usize]) -> String {
    let mut text = format!("% lines end after rules {ends:?}\n{PREAMBLE}\\def\\text{{%\n");
    for (i, pair) in stops.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        let ties = to.end_spaces - from.start_spaces;
        write!(text, "\\w{} ", sp(to.bare_end - from.start - ties)).unwrap();
        if ties > 0.0 {
            text += &glue("t", ties, ties);
        }
        let (gap, spaces) = (to.start - to.bare_end, to.start_spaces - to.end_spaces);
        match to.kind {
            _ if i + 2 == stops.len() => {}
            StopKind::Hyphen => {
                write!(text, "\\h{} {} ", sp(to.end - to.bare_end), sp(gap)).unwrap()
            }
            _ if spaces > 0.0 => text += &glue("s", gap, spaces),
            _ => write!(text, "\\penalty0\\kern{}sp", sp(gap)).unwrap(),
        }
        text.push_str("%\n");
    }
    let attempt = |penalty, tolerance| {
        format!(
            "\\setbox0\\vbox{{\\hsize={}sp \\hyphenpenalty={penalty} \\tolerance={tolerance} \
             \\noindent\\text\\par}}\\showbox0\n",
            sp(width)
        )
    };
    // First without hyphens, as TeX does before it hyphenates; in the end with any badness.
    text + "}\n" + &attempt(10_000, 100) + &attempt(50, 200) + &attempt(50, 10_000) + "\\end\n"
}

#[test]
fn line_ends_are_those_of_tex() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let paragraphs = std::fs::read_to_string(folder.join("conformance/paragraphs.txt")).unwrap();
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled())).with_costs(LineCosts::Tex);
    let style = Arc::new(TextStyle {
        font_family: Arc::from([Family::Named("PT Serif".into())]),
        font_size: 11.0,
        hyphens: Hyphens::Auto,
        text_align: TextAlign::Justify,
        lang: "ru".into(),
        ..TextStyle::default()
    });
    for (number, text) in paragraphs.lines().enumerate().take(10) {
        let setting = Setting {
            style: &style,
            // A wide measure, a usual one, and one so narrow that TeX must hyphenate.
            width: [480.0, 300.0, 200.0][number % 3],
            indent: 0.0,
            align: TextAlign::Justify,
            align_last: TextAlign::Left,
            tab_origin: 0.0,
        };
        let items = [InlineItem::Text { text, style: &style, raise: 0.0, tag: 0 }];
        let segments = segments(
            &typesetter.shaper,
            &typesetter.chains,
            &items,
            &mut |_: u32, fault: Diagnostic| panic!("{fault:?}"),
        );
        let [segment] = segments.as_slice() else { panic!("a paragraph is one segment") };
        let choice = Choice {
            shaper: &typesetter.shaper,
            segment,
            setting: &setting,
            costs: LineCosts::Tex,
            tabs: &[],
            first_indent: 0.0,
            rest_indent: 0.0,
        };
        let (stops, ends) = choice.line_ends();
        let (source, path) = (
            source(&stops, setting.width, &ends),
            folder.join(format!("tex/{:02}.tex", number + 1)),
        );
        if std::env::var_os("UPDATE_TEX").is_some() {
            std::fs::write(&path, &source).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == source,
            "{} is out of date: UPDATE_TEX=1",
            path.display()
        );
    }
}
