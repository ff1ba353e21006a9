//! What goes wrong while a template is rendered, in the words of its author.

use std::fmt;

use handlebars::{RenderError, RenderErrorReason};

use crate::diag::{Diagnostic, Message, nearest, say};

/// A fault met while rendering; its place is found later, from the line that Handlebars tells.
#[derive(Debug, Clone)]
pub(super) struct RenderFault {
    pub(super) code: &'static str,
    pub(super) message: Message,
    pub(super) hints: Vec<Message>,
    /// The variable at fault, as the template writes it.
    pub(super) variable: Option<String>,
}

impl RenderFault {
    pub(super) fn new(code: &'static str, message: Message) -> Self {
        Self { code, message, hints: Vec::new(), variable: None }
    }

    /// A wrong argument of a helper.
    pub(super) fn argument(message: Message) -> Self {
        Self::new("template-argument", message)
    }

    pub(super) fn hint(mut self, hint: Message) -> Self {
        self.hints.push(hint);
        self
    }

    /// The same as a diagnostic without a place.
    pub(super) fn diagnostic(self) -> Diagnostic {
        self.hints.into_iter().fold(Diagnostic::error(self.code, self.message), Diagnostic::hint)
    }
}

impl From<Diagnostic> for RenderFault {
    fn from(fault: Diagnostic) -> Self {
        let (code, message, hints) =
            (fault.code(), fault.message().clone(), fault.hints().to_vec());
        Self { code, message, hints, variable: None }
    }
}

impl fmt::Display for RenderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderFault {}

impl From<RenderFault> for RenderError {
    fn from(fault: RenderFault) -> Self {
        RenderErrorReason::NestedError(Box::new(fault)).into()
    }
}

/// What Handlebars says, as a fault. What the checks of this module tell better does not come here.
pub(super) fn translate(error: &RenderError, partials: &[&str]) -> RenderFault {
    let plain = RenderFault::new;
    match error.reason() {
        // Our own faults come back wrapped; they have said all already.
        RenderErrorReason::NestedError(inner) => match inner.downcast_ref::<RenderFault>() {
            Some(fault) => fault.clone(),
            None => plain("template-render", Message::verbatim(inner.to_string())),
        },
        // What keeps the markup from being written is ours, too.
        RenderErrorReason::IOError(error) => {
            match error.get_ref().and_then(|inner| inner.downcast_ref::<RenderFault>()) {
                Some(fault) => fault.clone(),
                None => plain("template-render", Message::verbatim(error.to_string())),
            }
        }
        RenderErrorReason::MissingVariable(Some(name)) => RenderFault {
            variable: Some(name.clone()),
            ..plain("template-variable", say!("`{name}` has no value", name))
        },
        RenderErrorReason::PartialNotFound(name) => partial(name, partials),
        RenderErrorReason::PartialBlockNotFound => plain(
            "template-partial",
            say!("`@partial-block` is used in a partial that was included without a block"),
        ),
        RenderErrorReason::InvalidJsonIndex(key) if key == "length" => {
            plain("template-variable", say!("a list has no `{key}`: it has numbers", key))
                .hint(say!("write `{{len list}}` for how many there are"))
        }
        RenderErrorReason::InvalidJsonIndex(key) => {
            plain("template-variable", say!("a list has no `{key}`: it has numbers", key))
                .hint(say!("go through it with `{{#each}}`, or write `list.[0]`"))
        }
        RenderErrorReason::ParamNotFoundForIndex(helper, index) => RenderFault::argument(say!(
            "`{helper}` needs {count} {count:argument|arguments}",
            helper,
            count = index + 1
        )),
        RenderErrorReason::SerdeError(error) => {
            plain("data", say!("the data cannot be read: {error}", error))
        }
        // Whatever else there is keeps the words of Handlebars: better those than none.
        other => plain("template-render", Message::verbatim(other.to_string())),
    }
}

/// A partial that does not exist.
pub(super) fn partial(name: &str, partials: &[&str]) -> RenderFault {
    let fault = RenderFault::new("template-partial", say!("no partial `{name}`", name));
    match nearest(name, partials.iter().copied()) {
        Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
        None => fault.hint(say!("a partial is a file beside `template.hbs`: `{name}.hbs`", name)),
    }
}
