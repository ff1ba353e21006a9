//! What a document says about itself, twice: as XMP and as the information dictionary. PDF/A wants
//! them to agree.

use lopdf::{Dictionary, Object, dictionary};

use super::object::text;
use super::{PdfOptions, Standard};
use crate::layout::Meta;

/// Who wrote the file.
const PRODUCER: &str = concat!("itog ", env!("CARGO_PKG_VERSION"), " (printpdf)");

/// A moment as the two forms write it: `D:20261116000000Z` and `2026-11-16T00:00:00Z`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) pdf: String,
    pub(super) xmp: String,
}

impl Moment {
    /// The moment of an ISO date, or of an ISO date and time; a date alone is its midnight. No time
    /// zone: a document's date is that of the place where it was made.
    pub(super) fn new(date: &str) -> Option<Self> {
        let (date, time) = date.trim().split_once(['T', ' ']).unwrap_or((date.trim(), "00:00:00"));
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
        let [hour, minute, second] = numbers(&time, ':', [2, 2, 2])?;
        // Checked here, since a date that cannot be is a file that does not conform.
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let real = year > 0 && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60;
        real.then(|| Self {
            pdf: format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z"),
            xmp: format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
        })
    }
}

/// Three numbers of so many digits each.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split(separator);
    let mut next = |digits: usize| {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let numbers = [next(digits[0])?, next(digits[1])?, next(digits[2])?];
    parts.next().is_none().then_some(numbers)
}

/// The information dictionary (ISO 32000-1, 14.3.3).
pub(super) fn info(meta: &Meta, moment: Option<&Moment>) -> Dictionary {
    let mut dict = dictionary! { "Creator" => text("itog"), "Producer" => text(PRODUCER) };
    let entries = [
        ("Title", &meta.title),
        ("Author", &meta.author),
        ("Subject", &meta.subject),
        ("Keywords", &meta.keywords),
    ];
    for (key, value) in entries {
        if let Some(value) = value {
            dict.set(key, text(value));
        }
    }
    if let Some(moment) = moment {
        dict.set("CreationDate", Object::string_literal(moment.pdf.as_str()));
        dict.set("ModDate", Object::string_literal(moment.pdf.as_str()));
    }
    dict
}

/// What a file claims to be: PDF/A (ISO 19005-2, 6.6.4; ISO 19005-4, 6.7.3) and PDF/UA (ISO
/// 14289-1, 5; ISO 14289-2, 5).
fn claims(options: &PdfOptions) -> ([String; 3], [String; 2]) {
    let (archive, access) = ("pdfaid", "pdfuaid");
    let one = |room: &str, key: &str, value: &str| element(&format!("{room}:{key}"), value);
    if options.standard.is_pdf2() {
        // `F`: files of any kind are attached. Without them part 4 has no letter.
        let level = options.attachment.as_ref().map(|_| one(archive, "conformance", "F"));
        return (
            [one(archive, "part", "4"), one(archive, "rev", "2020"), level.unwrap_or_default()],
            [one(access, "part", "2"), one(access, "rev", "2024")],
        );
    }
    // Part 3 differs from part 2 in that files of any kind may be attached (ISO 19005-3, 6.8).
    let part = if options.standard == Standard::A3a { "3" } else { "2" };
    (
        [one(archive, "part", part), one(archive, "conformance", "A"), String::new()],
        [one(access, "part", "1"), String::new()],
    )
}

/// The XMP packet (ISO 16684-1).
pub(super) fn packet(meta: &Meta, moment: Option<&Moment>, options: &PdfOptions) -> String {
    let (archive, access) = claims(options);
    let mut out = String::from(
        // The identifier is the same in all packets: programs that do not know the format of a
        // file look for it.
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta \
            xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
    );
    describe(&mut out, "pdfaid=\"http://www.aiim.org/pdfa/ns/id/", &archive);
    describe(&mut out, "pdfuaid=\"http://www.aiim.org/pdfua/ns/id/", &access);
    // PDF/A-4 takes any schema, described or not.
    if !options.standard.is_pdf2() {
        out.push_str(UA_SCHEMA);
    }
    let core = [
        element("dc:format", "application/pdf"),
        field("dc:title", "Alt", meta.title.as_deref()),
        field("dc:creator", "Seq", meta.author.as_deref()),
        field("dc:description", "Alt", meta.subject.as_deref()),
        field("dc:language", "Bag", meta.lang.as_deref()),
    ];
    describe(&mut out, "dc=\"http://purl.org/dc/elements/1.1/", &core);
    // The document's date in all three: no clock is read, so equal input gives equal files.
    let date = |name: &str| moment.map_or(String::new(), |m| element(name, &m.xmp));
    let basic = [
        element("xmp:CreatorTool", "itog"),
        date("xmp:CreateDate"),
        date("xmp:ModifyDate"),
        date("xmp:MetadataDate"),
    ];
    describe(&mut out, "xmp=\"http://ns.adobe.com/xap/1.0/", &basic);
    let keywords =
        meta.keywords.as_deref().map_or(String::new(), |k| element("pdf:Keywords", escaped(k)));
    describe(
        &mut out,
        "pdf=\"http://ns.adobe.com/pdf/1.3/",
        &[element("pdf:Producer", PRODUCER), keywords],
    );
    out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    out
}

/// PDF/A allows no property whose schema it does not know or find described (ISO 19005-2, 6.6.2.3).
const UA_SCHEMA: &str = "<rdf:Description rdf:about=\"\" \
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA \
    identification</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li \
    rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>\
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>Part of ISO 14289 that the file conforms \
    to</pdfaProperty:description></rdf:li></rdf:Seq>\
    </pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

fn describe(out: &mut String, namespace: &str, properties: &[String]) {
    out.push_str(&format!(
        "<rdf:Description rdf:about=\"\" xmlns:{namespace}\">{}</rdf:Description>\n",
        properties.concat()
    ));
}

fn element(name: &str, value: impl std::fmt::Display) -> String {
    format!("<{name}>{value}</{name}>")
}

/// A property that is an array of one item.
fn field(name: &str, kind: &str, value: Option<&str>) -> String {
    // An array of alternatives by language must say which one is the default.
    let lang = if kind == "Alt" { " xml:lang=\"x-default\"" } else { "" };
    let array = |value| {
        format!(
            "<{name}><rdf:{kind}><rdf:li{lang}>{}</rdf:li></rdf:{kind}></{name}>",
            escaped(value)
        )
    };
    value.map_or(String::new(), array)
}

/// Escapes markup, and drops what XML 1.0 cannot say at all.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{0}'..='\u{8}'
            | '\u{B}'
            | '\u{C}'
            | '\u{E}'..='\u{1F}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_is_well_formed_whatever_the_title() {
        let meta = Meta {
            title: Some("A < B & «C» ]]> \u{1}".into()),
            author: Some("<script>".into()),
            ..Meta::default()
        };
        let packet = packet(&meta, Moment::new("2026-11-16").as_ref(), &PdfOptions::default());
        assert!(
            packet.contains("<rdf:li xml:lang=\"x-default\">A &lt; B &amp; «C» ]]&gt; </rdf:li>")
        );
        assert!(packet.contains("<rdf:li>&lt;script&gt;</rdf:li>"));
        assert!(packet.contains("<xmp:CreateDate>2026-11-16T00:00:00Z</xmp:CreateDate>"));
        for name in ["rdf:Description", "rdf:RDF", "x:xmpmeta", "dc:title"] {
            let count = |tag: String| packet.matches(&tag).count();
            assert_eq!(
                count(format!("<{name}>")) + count(format!("<{name} ")),
                count(format!("</{name}>")),
                "{name}"
            );
        }
    }

    #[test]
    fn only_real_dates_are_dates() {
        assert_eq!(Moment::new("2026-11-16").unwrap().pdf, "D:20261116000000Z");
        assert_eq!(Moment::new("2026-11-16T10:20:30").unwrap().xmp, "2026-11-16T10:20:30Z");
        for wrong in [
            "",
            "16.11.2026",
            "2026-02-30",
            "2026",
            "2026-13-01",
            "2026-11-16T25:00",
            "2026-1-1",
            "2026-11-16-1",
        ] {
            assert_eq!(Moment::new(wrong), None, "{wrong}");
        }
    }
}
