//! Calls that came before: the records of a batch name the same leaders, posts and bodies, and the
//! grammar takes longer than all else that a template does.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use handlebars::{Helper, JsonValue};

use crate::cache::{self, Memo};

/// Helpers that take long and know nothing but their arguments, the language, the words of the
/// template and the user's dictionary.
const LONG: [&str; 21] = [
    "agree",
    "clause",
    "counted",
    "date",
    "event-in",
    "gender",
    "greeting",
    "initials",
    "name",
    "names",
    "noun",
    "org",
    "party",
    "piece",
    "place",
    "post",
    "quoted",
    "responsible",
    "upper",
    "whom",
    "word",
];

/// Whether calls of a helper are worth being remembered.
pub(super) fn is_long(name: &str) -> bool {
    // Sorted by name, which a test holds.
    LONG.binary_search(&name).is_ok()
}

/// What came of calls, for one template and one dictionary.
#[derive(Default)]
pub(in crate::template) struct CallMemo(Mutex<Memo<u64, Arc<Call>>>);

struct Call {
    name: String,
    lang: String,
    params: Vec<JsonValue>,
    options: Vec<(String, JsonValue)>,
    value: JsonValue,
}

impl CallMemo {
    pub(super) fn find(&self, helper: &Helper<'_>, lang: &str) -> Option<JsonValue> {
        let key = cache::digest(AskedCall { helper, lang });
        let call = self.0.lock().unwrap_or_else(PoisonError::into_inner).find(&key)?;
        // Digests may meet by chance.
        call.is(helper, lang).then(|| call.value.clone())
    }

    pub(super) fn keep(&self, helper: &Helper<'_>, lang: &str, value: &JsonValue) {
        let key = cache::digest(AskedCall { helper, lang });
        let call = Call {
            name: helper.name().to_owned(),
            lang: lang.to_owned(),
            params: helper.params().iter().map(|param| param.value().clone()).collect(),
            options: helper
                .hash()
                .iter()
                .map(|(key, option)| ((*key).to_owned(), option.value().clone()))
                .collect(),
            value: value.clone(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(key, Arc::new(call));
    }
}

struct AskedCall<'a> {
    helper: &'a Helper<'a>,
    lang: &'a str,
}

impl Hash for AskedCall<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.helper.name(), self.lang).hash(state);
        self.helper.params().iter().for_each(|param| param.value().hash(state));
        self.helper.hash().iter().for_each(|(key, option)| (key, option.value()).hash(state));
    }
}

impl Call {
    fn is(&self, helper: &Helper<'_>, lang: &str) -> bool {
        let (params, options) = (helper.params(), helper.hash());
        self.name == helper.name()
            && self.lang == lang
            && self.params.len() == params.len()
            && self.params.iter().zip(params).all(|(known, param)| known == param.value())
            && self.options.len() == options.len()
            && self
                .options
                .iter()
                .zip(options)
                .all(|(known, (key, option))| known.0 == *key && known.1 == *option.value())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_and_its_helpers_exist() {
        assert!(super::LONG.is_sorted());
        assert!(super::LONG.iter().all(|name| super::super::exists(name)));
    }
}
