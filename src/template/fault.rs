//! What goes wrong while a template is rendered, in the words of its author.

use std::fmt;

use handlebars::{RenderError, RenderErrorReason};

use crate::diag::{Diagnostic, nearest};

/// A fault met while rendering; its place is found later, from the line that Handlebars tells.
#[derive(Debug, Clone)]
pub(super) struct RenderFault {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hints: Vec<String>,
    /// The variable at fault, as the template writes it.
    pub(super) variable: Option<String>,
}

impl RenderFault {
    /// A wrong argument of a helper.
    pub(super) fn argument(message: impl Into<String>) -> Self {
        Self {
            code: "template-argument",
            message: message.into(),
            hints: Vec::new(),
            variable: None,
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same as a diagnostic without a place.
    pub(super) fn diagnostic(self) -> Diagnostic {
        self.hints.into_iter().fold(Diagnostic::error(self.code, self.message), Diagnostic::hint)
    }
}

impl From<Diagnostic> for RenderFault {
    fn from(fault: Diagnostic) -> Self {
        let hints = fault.hints().iter().map(ToString::to_string).collect();
        let (code, message) = (fault.code(), fault.message().to_string());
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
    let plain =
        |code, message: String| RenderFault { code, message, hints: Vec::new(), variable: None };
    match error.reason() {
        // Our own faults come back wrapped; they have said all already.
        RenderErrorReason::NestedError(inner) => match inner.downcast_ref::<RenderFault>() {
            Some(fault) => fault.clone(),
            None => plain("template-render", inner.to_string()),
        },
        RenderErrorReason::MissingVariable(Some(name)) => RenderFault {
            variable: Some(name.clone()),
            ..plain("template-variable", format!("`{name}` has no value"))
        },
        RenderErrorReason::PartialNotFound(name) => partial(name, partials),
        RenderErrorReason::PartialBlockNotFound => plain(
            "template-partial",
            "`@partial-block` is used in a partial that was included without a block".to_owned(),
        ),
        RenderErrorReason::InvalidJsonIndex(key) => {
            plain("template-variable", format!("a list has no `{key}`: it has numbers"))
                .hint("go through it with `{{#each}}`, or write `list.[0]`")
        }
        RenderErrorReason::ParamNotFoundForIndex(helper, index) => RenderFault::argument(format!(
            "`{helper}` needs {} argument{}",
            index + 1,
            if *index == 0 { "" } else { "s" }
        )),
        RenderErrorReason::SerdeError(error) => {
            plain("data", format!("the data cannot be read: {error}"))
        }
        // Whatever else there is keeps the words of Handlebars: better those than none.
        other => plain("template-render", other.to_string()),
    }
}

/// A partial that does not exist.
pub(super) fn partial(name: &str, partials: &[&str]) -> RenderFault {
    let fault = RenderFault {
        code: "template-partial",
        message: format!("no partial `{name}`"),
        hints: Vec::new(),
        variable: None,
    };
    match nearest(name, partials.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint(format!("a partial is a file beside `template.hbs`: `{name}.hbs`")),
    }
}
