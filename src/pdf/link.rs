//! Links (ISO 32000-1, 12.5.6.5): to addresses and to places in the document.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::content::{Link, Uses};
use super::object::{ascii, dict_mut, link, text};
use super::outline::{destination, leading};
use super::punycode;
use crate::layout::Pages;

/// Printed, and neither hidden nor invisible (ISO 32000-1, 12.5.3).
const PRINT: i64 = 4;

/// Writes the annotations of all links into their pages. A link that leads nowhere, or that a
/// tagged file could not read out, is left out. The numbers of annotations in the parent tree
/// follow those of the pages.
pub(super) fn write(
    document: &mut Document,
    source: &Pages,
    pages: &[ObjectId],
    uses: &Uses,
    tagged: bool,
) -> Vec<Option<ObjectId>> {
    let mut by_page: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    let mut ids = Vec::with_capacity(uses.links.len());
    for (i, area) in uses.links.iter().enumerate() {
        let target = (!tagged || area.tag.is_some()).then(|| action(area, source, pages)).flatten();
        let id = target.map(|(key, value)| {
            // PDF/UA wants an alternate description of each link (ISO 14289-1, 7.18.5).
            let contents = if area.text.trim().is_empty() { &area.href } else { &area.text };
            let mut dict = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => area.corners.object(),
                "F" => PRINT,
                // Without it readers draw a frame of one point around each link (ISO 32000-1,
                // 12.5.2).
                "Border" => Object::Array(vec![0.into(), 0.into(), 0.into()]),
                "P" => link(pages[area.page]),
                "Contents" => text(contents),
            };
            dict.set(key, value);
            if tagged {
                // Numbers below are those of the pages.
                dict.set("StructParent", (pages.len() + i) as i64);
            }
            let id = document.add_object(dict);
            by_page[area.page].push(link(id));
            id
        });
        ids.push(id);
    }
    for (page, annotations) in pages.iter().zip(by_page) {
        if let Some(dict) = dict_mut(document, *page).filter(|_| !annotations.is_empty()) {
            dict.set("Annots", Object::Array(annotations));
        }
    }
    ids
}

/// Lets the links within a document lead to elements, too, which have their numbers only now.
pub(super) fn lead_to_elements(
    document: &mut Document,
    source: &Pages,
    uses: &Uses,
    links: &[Option<ObjectId>],
    elements: &[ObjectId],
) {
    for (area, annotation) in uses.links.iter().zip(links) {
        let target = area.href.strip_prefix('#').and_then(|id| source.targets.get(id));
        let element = target.and_then(|(_, tag)| elements.get(tag.0 as usize));
        let dict = annotation.and_then(|id| dict_mut(document, id));
        if let (Some(element), Some(dict)) = (element, dict)
            && let Some(place) = dict.remove(b"Dest")
        {
            let (key, value) = leading(place, Some(element));
            dict.set(key, value);
        }
    }
}

/// The key and value that say where a link goes.
fn action(area: &Link, source: &Pages, pages: &[ObjectId]) -> Option<(&'static str, Object)> {
    let Some(id) = area.href.strip_prefix('#') else {
        let uri =
            dictionary! { "Type" => "Action", "S" => "URI", "URI" => ascii(&encoded(&area.href)) };
        return Some(("A", Object::Dictionary(uri)));
    };
    // An id that nothing has was told when boxes were built.
    let (target, _) = source.targets.get(id)?;
    let place = destination(*target, &source.pages, pages)?;
    Some(("Dest", place))
}

/// A URI has ASCII letters only (RFC 3986): a host is encoded as domain names are (RFC 3492), which
/// every viewer understands; what else an address has by percent signs (RFC 3987, 3.1).
fn encoded(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return mail_encoded(address) };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(u, h)| (u, h));
    let at = if user.is_empty() { "" } else { "@" };
    let (host, port) = host.split_once(':').map_or((host, ""), |(host, port)| (host, port));
    let colon = if port.is_empty() { "" } else { ":" };
    let labels: Vec<String> = host.split('.').map(punycode::label).collect();
    let (user, host, rest) = (percent_encoded(user), labels.join("."), percent_encoded(rest));
    format!("{scheme}://{user}{at}{host}{colon}{port}{rest}")
}

/// `mailto:иван@пример.рф`: a host, too (RFC 6068, 2). What is no such address has percent signs.
fn mail_encoded(address: &str) -> String {
    let mail = address.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let Some((name, rest)) = mail.and_then(|_| address.split_once('@')) else {
        return percent_encoded(address);
    };
    let end = rest.find(['?', ',']).unwrap_or(rest.len());
    let labels: Vec<String> = rest[..end].split('.').map(punycode::label).collect();
    format!("{}@{}{}", percent_encoded(name), labels.join("."), percent_encoded(&rest[end..]))
}

fn percent_encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            // No percent sign among them: an address may be encoded already.
            b' '
            | b'"'
            | b'<'
            | b'>'
            | b'\\'
            | b'^'
            | b'`'
            | b'{'
            | b'|'
            | b'}'
            | 0..=0x1F
            | 0x7F.. => out.push_str(&format!("%{byte:02X}")),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_ascii() {
        assert_eq!(
            encoded("https://пример.рф/a b?x=1#y"),
            "https://xn--e1afmkfd.xn--p1ai/a%20b?x=1#y"
        );
        assert_eq!(
            encoded("http://ю@Библиотека.рф:80"),
            "http://%D1%8E@xn--80abaqnbpf2a4b.xn--p1ai:80"
        );
        assert_eq!(encoded("https://www.a.ru/й"), "https://www.a.ru/%D0%B9");
        assert_eq!(
            encoded("mailto:ю@пример.рф?body=й"),
            "mailto:%D1%8E@xn--e1afmkfd.xn--p1ai?body=%D0%B9"
        );
        assert_eq!(encoded("mailto:a@b.ru?subject=%D0%B9"), "mailto:a@b.ru?subject=%D0%B9");
    }
}
