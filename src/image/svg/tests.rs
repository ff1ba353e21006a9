//! SVG becomes drawings.

use super::*;
use crate::geometry::Point;
use crate::image::{Drawn, DrawnPath, DrawnSegment, Ink, is_plain};
use crate::style::Color;

fn read_alone(text: &str) -> Result<(Image, Vec<Diagnostic>), Diagnostic> {
    read("a.svg".into(), text, &Beside::default())
}

/// What is in an SVG picture of 40 by 20 pixels.
fn nodes(inside: &str) -> (Vec<Drawn>, Vec<Diagnostic>) {
    let text =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{inside}</svg>");
    let (image, warnings) = read_alone(&text).unwrap();
    let crate::image::ImageData::Vector { nodes, .. } = image.data else { panic!() };
    (nodes.to_vec(), warnings)
}

fn only(inside: &str) -> Drawn {
    let (nodes, warnings) = nodes(inside);
    assert!(warnings.is_empty());
    assert_eq!(nodes.len(), 1, "{nodes:#?}");
    nodes.into_iter().next().unwrap()
}

const FADE: &str = "<linearGradient id='g'><stop stop-color='#000'/><stop offset='1' \
    stop-color='#fff' stop-opacity='.5'/></linearGradient>";

#[test]
fn transforms_and_the_opacity_of_one_thing_are_worked_in() {
    let Drawn::Shape(shape) = only(
        "<g opacity='.5' transform='translate(4 8) scale(2)'><path d='M0 0H4V2Z' fill='none' \
         stroke='#00f' stroke-dasharray='2 1' stroke-linecap='round'/></g>",
    ) else {
        panic!()
    };
    assert_eq!(
        shape.path[..2],
        [DrawnSegment::Move(Point::new(3.0, 6.0)), DrawnSegment::Line(Point::new(9.0, 6.0))]
    );
    let stroke = shape.stroke.unwrap();
    assert_eq!(stroke.color, Color { red: 0, green: 0, blue: 255, alpha: 128 });
    assert!((stroke.width - 1.5).abs() < 1e-6 && stroke.cap == 1 && stroke.miter == 4.0);
    assert_eq!(stroke.dash.len(), 2);
}

#[test]
fn a_group_fades_as_one() {
    let Drawn::Group(group) =
        only("<g opacity='.5'><path d='M0 0H9V9Z'/><path d='M3 3H9V9Z' fill='red'/></g>")
    else {
        panic!()
    };
    assert!((group.opacity - 0.5).abs() < 0.01);
    assert!(is_plain(&group.nodes) && group.nodes.len() == 2);
}

#[test]
fn gradients_keep_their_stops_and_say_repeats_in_full() {
    let fill = |gradient: &str| {
        let Drawn::Shaded(shaded) =
            only(&format!("{gradient}<path d='M0 0H20V9H0Z' fill='url(#g)'/>"))
        else {
            panic!()
        };
        let Ink::Gradient(gradient) = shaded.ink else { panic!() };
        gradient
    };
    let gradient = fill(FADE);
    assert_eq!(gradient.stops[1], (1.0, Color { red: 255, green: 255, blue: 255, alpha: 128 }));
    let repeated = fill(
        "<linearGradient id='g' gradientUnits='userSpaceOnUse' x2='5' spreadMethod='repeat'>\
         <stop stop-color='red'/><stop offset='1' stop-color='lime'/></linearGradient>",
    );
    assert_eq!(repeated.stops.len(), 8);
}

#[test]
fn one_path_clips_and_several_mask() {
    let clipped = |clip: &str| {
        let Drawn::Group(group) = only(&format!(
            "<clipPath id='c'>{clip}</clipPath><path clip-path='url(#c)' d='M0 0H9V9Z'/>"
        )) else {
            panic!()
        };
        (group.clip.is_some(), group.mask.is_some())
    };
    assert_eq!(clipped("<circle r='5'/>"), (true, false));
    assert_eq!(clipped("<circle r='5'/><circle r='5' cx='9'/>"), (false, true));
}

#[test]
fn a_clip_path_around_all_is_nothing() {
    let clip = "<clipPath id='c'><path d='M0 0H20V20H0Z'/></clipPath>";
    let node = only(&format!("{clip}<path clip-path='url(#c)' d='M0 0H9V9Z'/>"));
    assert!(matches!(node, Drawn::Shape(_)));
}

#[test]
fn masks_patterns_and_filters_are_drawn() {
    let node = only(
        "<mask id='m'><path d='M0 0H9V9' fill='#fff'/></mask><path mask='url(#m)' d='M0 0H9V9Z'/>",
    );
    assert!(matches!(&node, Drawn::Group(group) if group.mask.as_ref().unwrap().by_light));
    let node = only(
        "<pattern id='p' width='4' height='4' patternUnits='userSpaceOnUse'><circle \
            r='1'/></pattern>\
         <path fill='url(#p)' d='M0 0H9V9Z'/>",
    );
    let Drawn::Shaded(shaded) = node else { panic!() };
    assert!(matches!(shaded.ink, Ink::Pattern(pattern) if pattern.size.width > 2.9));
    let node = only(
        "<filter id='f'><feGaussianBlur stdDeviation='1'/></filter><path filter='url(#f)' d='M3 \
            3H9V9Z'/>",
    );
    assert!(matches!(node, Drawn::Picture { .. }));
}

#[cfg(feature = "bundled-fonts")]
#[test]
fn text_is_set_in_the_faces_of_the_template() {
    let beside = Beside { files: None, fonts: Arc::new(FontBook::bundled()) };
    let text = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'>\
                <text y='15' font-family='Marck Script'>Грамота 中</text></svg>";
    let (image, warnings) = read("a.svg".into(), text, &beside).unwrap();
    let crate::image::ImageData::Vector { nodes, .. } = image.data else { panic!() };
    assert!(!nodes.is_empty() && is_plain(&nodes));
    assert!(warnings[0].message().contains('中'), "{warnings:?}");
}

#[test]
fn what_reaches_out_of_the_picture_is_cut_off() {
    let node = only("<circle r='30'/>");
    assert!(matches!(node, Drawn::Group(group) if group.clip.is_some()));
}

#[test]
fn a_plain_drawing_holds_shapes_only() {
    let text = "<svg xmlns='http://www.w3.org/2000/svg' \
        xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9' onload='a()'>\
        <script>a()</script><a xlink:href='https://example.org'><path d='M0 0H9V9Z' fill='#f00' \
        onclick='a()'/></a><use href='b.svg#c'/><style>@import 'd.css';</style>\
        <image href='https://example.org/a.png' width='9' height='9'/></svg>";
    let (image, warnings) = read_alone(text).unwrap();
    let told = warnings.iter().any(|warning| warning.message().contains("example.org"));
    assert!(told, "{warnings:?}");
    let crate::image::ImageData::Vector { svg: Some(svg), .. } = image.data else { panic!() };
    let plain = svg.plain().unwrap();
    assert!(plain.contains("<path") && plain.contains("#ff0000"), "{plain}");
    for bad in ["script", "onload", "onclick", "example", "b.svg", "import"] {
        assert!(!plain.contains(bad), "{bad}: {plain}");
    }
}

#[test]
fn hostile_text_is_an_error_or_a_picture() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>\
                <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]><svg xmlns='http://www.w3.org/2000/svg'>\
                &c;&c;&c;</svg>";
    let deep =
        format!("<svg xmlns='http://www.w3.org/2000/svg'>{}", "<g opacity='.9'>".repeat(5000));
    let huge = "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='-1'/>";
    for text in ["", "<svg", huge, bomb, &deep] {
        let _ = read_alone(text);
    }
    let (nodes, warnings) = nodes("<image href='/etc/passwd' width='9' height='9'/>");
    assert!(nodes.is_empty() && warnings.len() == 1);
}

#[test]
fn evenly_scaled_strokes_need_no_matrix() {
    let line = |transform: &str| {
        only(&format!("<path transform='{transform}' d='M3 2H7' fill='none' stroke='#000'/>"))
    };
    assert!(matches!(line("rotate(30) scale(2)"), Drawn::Shape(DrawnPath { .. })));
    assert!(matches!(line("scale(2 1)"), Drawn::Group(group) if group.matrix.is_some()));
}
