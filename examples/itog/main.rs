//! `itog`: documents from the command line. Arguments in, library calls, files out.

mod args;
mod batch;
mod check;
mod help;
mod impose;
mod input;
mod lang;
mod language;
mod merged;
mod new;
mod output;
mod plan;
mod preview;
mod progress;
mod record;
mod render;
mod report;
mod schema;
mod shell;
mod templates;
mod trust;
mod watch;

use std::process::ExitCode;

use clap::FromArgMatches;
use itog::diag::Language;

use args::{Args, Command};

// A batch makes and drops many small things; this takes a fifth of its time away.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The library makes a fault of each panic, with the file and the row that it happened at.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| ()));
    }
    let args = arguments();
    if args.quiet {
        output::be_quiet();
    }
    let mut report = report::Report::new(args.message_format);
    let done = match &args.command {
        Command::Batch(a) => return batch::run(a, &mut report),
        Command::Report(a) => merged::run(a),
        Command::Render(a) => render::run(a, &mut report),
        Command::Check(a) if batch::is_table(&a.data.data) => return batch::check(a, &mut report),
        Command::Check(a) if input::is_blank(&a.data.data.to_string_lossy()) => {
            check::blank(a, &mut report)
        }
        Command::Check(a) => check::run(a, &mut report),
        Command::Preview(a) => preview::run(a),
        Command::Extract(a) => render::extract(a, &mut report),
        Command::Keygen(a) => trust::keygen(a),
        Command::Verify(a) => match trust::verify(a) {
            Ok(genuine) => return ExitCode::from(u8::from(!genuine)),
            Err(error) => Err(error),
        },
        Command::Schema(a) => schema::schema(a),
        Command::New(a) => new::run(a),
        Command::Completions(a) => shell::completions(a),
        Command::Man(a) => shell::man(a),
        Command::Templates(a) => templates::run(a, &mut report),
        Command::Inflect(a) => lang::inflect(a, &mut report),
        Command::Typograph(a) => lang::typograph(a),
        Command::Hyphenate(a) => lang::hyphenate(a, &mut report),
    };
    exit(done, &mut report)
}

/// The arguments; help, and what is wrong with them, in the language of this run.
fn arguments() -> Args {
    let read = help::command().try_get_matches().and_then(|all| Args::from_arg_matches(&all));
    read.unwrap_or_else(|error| match help::wrong_use(&error) {
        Some(told) if language::now() == Language::Russian => {
            eprintln!("{told}");
            std::process::exit(2)
        }
        _ => error.exit(),
    })
}

fn exit(done: Result<(), itog::diag::Error>, report: &mut report::Report) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report.error(error);
            ExitCode::from(1)
        }
    }
}
