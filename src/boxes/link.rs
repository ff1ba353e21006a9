//! Where a link leads: addresses that a document can carry to another machine.

use crate::diag::{Diagnostic, Message, nearest, say};

/// What keeps an address from being a link.
pub(super) fn fault(href: &str) -> Option<Diagnostic> {
    let fault = |message: Message| Diagnostic::warning("link-target", message);
    if is_empty(href) {
        let fault = fault(say!("the link has no target; it is printed as text"));
        return Some(
            fault.hint(say!("write an address, `mailto:…`, or `#id`; or leave `<a>` out")),
        );
    }
    // Targets inside of the document are checked when all ids are known.
    if href.starts_with('#') {
        return None;
    }
    match scheme(href).as_deref() {
        Some(program @ ("javascript" | "vbscript" | "data" | "file")) => {
            let message = say!(
                "a link to `{program}:` does not belong into a document; it is printed as text",
                program
            );
            let hint = say!("write an address that begins with `https:`, `mailto:` or `tel:`");
            Some(fault(message).hint(hint))
        }
        Some(scheme) => {
            let near = mistyped(scheme, href)?;
            let message =
                say!("no program opens a link to `{scheme}:`; it is printed as text", scheme);
            Some(fault(message).hint(say!("did you mean `{near}`?", near = format!("{near}:"))))
        }
        None => {
            let message = say!(
                "the link `{href}` leads nowhere outside of its folder; it is printed as text",
                href
            );
            let name = href.trim_start_matches('/');
            // The most frequent slip in letterheads: an address of e-mail without `mailto:`.
            let hint = if name.contains('@') && !name.contains('/') {
                say!("write `mailto:{name}`", name)
            } else {
                say!("write the whole address, such as `https://{name}`", name)
            };
            Some(fault(message).hint(hint))
        }
    }
}

/// The scheme that is meant by one that nobody knows: `htps://`, `mialto:`.
fn mistyped(scheme: &str, href: &str) -> Option<&'static str> {
    const WEB: [&str; 5] = ["https", "http", "ftp", "ftps", "sftp"];
    let web = href.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//"));
    let known: &[&str] = if web { &WEB } else { &["mailto"] };
    nearest(scheme, known.iter().copied()).filter(|near| *near != scheme)
}

/// Whether nothing stands behind the scheme, or no host: `mailto:`, `http://`, `https:///a`.
fn is_empty(href: &str) -> bool {
    let rest = href.split_once(':').map_or(href, |(_, rest)| rest);
    let web = matches!(scheme(href).as_deref(), Some("http" | "https"));
    let host = rest.trim_start_matches("//").split(['/', '?', '#']).next();
    matches!(rest, "" | "#") || web && host.is_none_or(str::is_empty)
}

/// The scheme of a URI (RFC 3986, 3.1), as browsers see it: control characters do not hide it.
fn scheme(href: &str) -> Option<String> {
    // Browsers drop tabs and line feeds, so `java\nscript:` would run (WHATWG URL, 4.4).
    let clean: String = href.chars().filter(|c| !c.is_control()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let named =
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters);
    // `example.org:8080` is a host with its port.
    let port = clean[scheme.len() + 1..].starts_with(|c: char| c.is_ascii_digit());
    (named && !(port && scheme.contains('.'))).then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn what_leads_somewhere() {
        for href in [
            "https://пример.рф/а",
            "mailto:a@b.ru",
            "tel:+73842",
            "#раздел",
            "geo:55,37",
            "ftp://a.ru",
            "HTTP://a.ru:80",
        ] {
            assert_eq!(fault(href), None, "{href}");
        }
    }

    #[test]
    fn what_leads_nowhere() {
        for (href, hint) in [
            ("", "an address"),
            ("#", "an address"),
            ("mailto:", "an address"),
            ("http://", "an address"),
            ("https:///a", "an address"),
            ("www.a.ru", "https://www.a.ru"),
            ("a@b.ru", "mailto:a@b.ru"),
            ("страница.html", "the whole address"),
            ("javascript:alert(1)", "https:"),
            ("java\nscript:alert(1)", "https:"),
            ("data:text/html,x", "https:"),
            ("example.org:8080/a", "the whole address"),
            ("htps://a.ru", "`https:`"),
            ("mialto:a@b.ru", "`mailto:`"),
        ] {
            let fault = fault(href).unwrap_or_else(|| panic!("{href}"));
            assert!(fault.hints()[0].contains(hint), "{href}: {fault}");
        }
    }
}
