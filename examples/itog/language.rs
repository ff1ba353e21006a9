//! The language in which the program speaks: that of `--lang`, or else of the locale.

use std::sync::OnceLock;

use itog::diag::{Language, Message};

static CHOSEN: OnceLock<Language> = OnceLock::new();

/// The language of this run.
///
/// It is looked for in the arguments themselves, since help and wrong use are told before they are
/// understood.
pub(crate) fn now() -> Language {
    *CHOSEN.get_or_init(|| asked().or_else(of_locale).unwrap_or_default())
}

/// A message in the language of this run.
pub(crate) fn told(message: &Message) -> String {
    message.in_language(now()).into_owned()
}

fn asked() -> Option<Language> {
    let mut args = std::env::args_os().skip(1).filter_map(|arg| arg.into_string().ok());
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--lang") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            // What follows is no option.
            None if arg == "--" => return None,
            None => None,
        };
        if let Some(language) = value.as_deref().and_then(Language::of_locale) {
            return Some(language);
        }
    }
    None
}

/// The first of the variables that is set decides (POSIX, 8.2). Windows has none: who works there
/// with Russian documents is spoken to in Russian.
fn of_locale() -> Option<Language> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    match ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set) {
        Some(locale) => Language::of_locale(&locale),
        None => cfg!(windows).then_some(Language::Russian),
    }
}
