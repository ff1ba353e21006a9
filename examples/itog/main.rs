//! `itog`: documents from the command line. Arguments in, library calls, files out.

mod args;
mod check;
mod input;
mod lang;
mod output;
mod render;
mod report;
mod templates;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let mut report = report::Report::new(args.message_format);
    let done = match &args.command {
        Command::Render(a) => render::run(a, &mut report),
        Command::Check(a) => check::run(a, &mut report),
        Command::Extract(a) => render::extract(a),
        Command::Schema(a) => templates::schema(a),
        Command::Templates(a) => templates::run(a),
        Command::Inflect(a) => lang::inflect(a),
        Command::Typograph => lang::typograph(),
        Command::Hyphenate => lang::hyphenate(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report.error(&error);
            ExitCode::from(1)
        }
    }
}
