//! What a batch says too little of to be right: a forgotten file of common data.

use super::table::Plan;
use crate::diag::{Diagnostic, say};
use crate::model::{Certificate, Column, Common};

fn has(plan: &Plan, column: Column) -> bool {
    plan.columns.iter().any(|planned| planned.column == Some(column))
}

/// A table of a contest whose documents would be thanks, since nothing says what they are.
pub(super) fn kind(common: &Common, plan: &Plan) -> Option<Diagnostic> {
    use Column::{Degree, Hours, Kind, Nomination, Programme, Result, Score, Work};
    let contest = [Degree, Hours, Nomination, Programme, Result, Score, Work];
    let said = common.says_kind() || has(plan, Kind);
    if said || !contest.into_iter().any(|column| has(plan, column)) {
        return None;
    }
    let kind = common.certificate().kind.as_str();
    let message = say!("nothing says what the documents are: «{kind}» is printed", kind);
    let hint = say!("write it into the common file: kind: Диплом");
    Some(Diagnostic::warning("batch-bare", message).hint(hint))
}

/// Nothing says what for, who signs, or when: neither a column nor the common data.
pub(super) fn facts(shared: &Certificate, plan: &Plan) -> Option<Diagnostic> {
    let mut lacking = Vec::new();
    if shared.signatures.is_empty() {
        lacking.push(say!("nobody signs"));
    }
    if shared.reason.is_none() && shared.event.is_none() && !has(plan, Column::Reason) {
        lacking.push(say!("there is no reason (за что)"));
    }
    if shared.date.is_none() && !has(plan, Column::Date) {
        lacking.push(say!("there is no date"));
    }
    // One of the three may be left out on purpose; two of them are a forgotten file of
    // common data. Letters and other templates need none of them.
    if lacking.len() < 2 {
        return None;
    }
    let message = say!("the documents say little: {lacking}", lacking);
    let given =
        serde_json::to_value(shared).ok() != serde_json::to_value(Certificate::default()).ok();
    let hint = match given {
        true => say!("write it into the common file: signatures, for, date"),
        false => say!("write what all share into a file: --common common.yaml"),
    };
    Some(Diagnostic::warning("batch-bare", message).hint(hint))
}
