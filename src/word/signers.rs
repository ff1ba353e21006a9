//! Those who sign, where a blank asks for them by their post: «ФИО директора».

use serde_json::Value;

use crate::lang::ru::FullName;
use crate::model::alias::{is_form, normal};

/// What a name asks of one of those who sign, if exactly one has the post that it names.
pub(super) fn asked(data: &Value, name: &str) -> Option<Value> {
    let name = normal(name);
    let (what, whose) = name.split_once(' ')?;
    if !matches!(what, "фио" | "фамилия" | "должность") {
        return None;
    }
    let whose: Vec<&str> = whose.split_whitespace().collect();
    let mut signers = data.get("signatures")?.as_array()?.iter().filter(|one| holds(one, &whose));
    let signer = signers.next().filter(|_| signers.next().is_none())?;
    match what {
        "фио" => Some(signer.clone()),
        "фамилия" => Some(FullName::parse(signer.get("name")?.as_str()?).last.into()),
        _ => signer.get("post").cloned(),
    }
}

/// Whether somebody's post begins with these words, whatever their case.
fn holds(signer: &Value, words: &[&str]) -> bool {
    let post = normal(signer.get("post").and_then(Value::as_str).unwrap_or_default());
    let post: Vec<&str> = post.split_whitespace().collect();
    words.len() <= post.len() && words.iter().zip(post).all(|(word, post)| is_form(post, word))
}
