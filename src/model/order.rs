//! An order by which a certificate is given.
//!
//! A part of a certificate, as a text or by its number and date.

use serde::Serialize;

use super::Date;
use super::read::{Fields, Map};

/// An order by which a certificate is given; a bare text is printed as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Order {
    /// What it is: «приказ», «приказ директора», or all of it.
    pub name: String,
    /// Its number, without the sign «№».
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
}

/// An order by its number and its date, in either order, and what stands before them.
fn numbered(text: &str) -> Option<Order> {
    let text = text.trim().trim_end_matches('.');
    let sign = text.find('№')?;
    let from = text.find("от ").filter(|at| *at == 0 || text[..*at].ends_with(' '))?;
    let (name, number, date) = match sign < from {
        true => (&text[..sign], &text[sign..from], &text[from + "от ".len()..]),
        false => (&text[..from], &text[sign..], &text[from + "от ".len()..sign]),
    };
    let number = bare_number(number.trim());
    // «№ 17 и № 18 от …» are two.
    let one = !number.contains([' ', '№', ',']) && !number.is_empty();
    let date = Date::parse_any(date.trim()).ok().filter(|_| one)?;
    let name = if name.trim().is_empty() { "приказ" } else { name.trim() };
    Some(Order { name: name.to_owned(), number: Some(number), date: Some(date) })
}

impl Fields for Order {
    const NAME: &'static str = "order";
    const WHAT: (&'static str, &'static str) = ("an order", "Приказ");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| {
        // «№ 17-к от 20.03.2026», «от 01.03.2026 № 44-л»: the date is printed as all others are.
        if let Some(order) = numbered(&name) {
            return order;
        }
        let bare = name.starts_with("от ") || name.starts_with('№');
        let name = if bare { format!("приказ {name}") } else { name };
        Self { name, ..Self::default() }
    });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map
                .opt("name", "Что это: приказ, приказ директора")
                // Most people say only when and under which number it was signed.
                .unwrap_or_else(|| "приказ".to_owned()),
            number: map.opt("number", "Номер").map(|number: String| bare_number(&number)),
            date: map.opt("date", "Дата: 14.05.2025, 14 мая 2025 г."),
        }
    }
}

/// Whether a number says that there is none.
pub(super) fn is_no_number(number: &str) -> bool {
    ["б/н", "б/№", "б. н.", "без номера"].contains(&number.trim().to_lowercase().as_str())
}

/// The number without the sign that is printed before it.
pub(super) fn bare_number(number: &str) -> String {
    number.trim().trim_start_matches(['№', '#']).trim_start().to_owned()
}
