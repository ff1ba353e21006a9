//! `inflect`, `hyphenate`, `typograph`: Russian grammar alone.

use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use itog::diag::{Diagnostic, Error, Place, Source, Warned, say};
use itog::lang::ru::hyphen::Exceptions;
use itog::lang::ru::{self, Case, Confidence, Dictionary, Gender, Inflected};
use itog::model::NameBook;

use crate::args::{Hyphenate, Inflect, Kind, Typograph};
use crate::report::Report;

pub(crate) fn inflect(args: &Inflect, report: &mut Report) -> Result<(), Error> {
    let case = Case::parse(&args.case).ok_or_else(|| {
        Diagnostic::error("case-unknown", say!("`{case}` is not a case", case = args.case))
            .hint(say!("say nom, gen, dat, acc, ins or pre"))
    })?;
    let gender = match &args.gender {
        None => None,
        Some(word) => Some(Gender::parse(word).ok_or_else(|| {
            Diagnostic::error("gender-unknown", say!("`{word}` is not a gender", word))
                .hint(say!("say m or f"))
        })?),
    };
    let kind = match args.kind {
        Kind::Name => ru::LineKind::Name,
        Kind::Post => ru::LineKind::Post,
        Kind::Org => ru::LineKind::Org,
        Kind::Place => ru::LineKind::Place,
    };
    let own = dictionary(args.names.as_deref(), report)?;
    let text = given(&args.text)?;
    let source = Source::new("stdin", text.as_str());
    let mut doubts = Vec::new();
    let forms = text.lines().map(|line| {
        let form = ru::inflect_line_with(kind, line, case, gender, &own);
        let start = line.as_ptr().addr() - text.as_ptr().addr();
        let place = Place::new(source.clone(), start..start + line.len());
        doubts.extend(doubt(&form).map(|doubt| doubt.at(place)));
        form.text
    });
    let forms: Vec<String> = forms.collect();
    print(|out| forms.iter().try_for_each(|form| writeln!(out, "{form}")))?;
    report.warned(Warned { value: (), warnings: doubts });
    Ok(())
}

/// What is to be told of a form that is not certain.
fn doubt(form: &Inflected) -> Option<Diagnostic> {
    let Confidence::Ambiguous { alternatives, reason } = &form.confidence else { return None };
    let others: Vec<String> = alternatives.iter().map(|other| format!("«{other}»")).collect();
    let possible = (!others.is_empty()).then(|| say!(", possible {others}", others));
    let message = say!("printed «{form}»{possible} ({reason})", form = form.text, possible, reason);
    let hint = say!("say the gender after a tab, or the form in --names names.yaml");
    Some(Diagnostic::warning("uncertain-form", message).hint(hint))
}

/// The user's dictionary, empty if there is none.
fn dictionary(path: Option<&Path>, report: &mut Report) -> Result<Dictionary, Error> {
    Ok(match path {
        Some(path) => Dictionary::from(&report.warned(NameBook::open(path)?)),
        None => Dictionary::default(),
    })
}

pub(crate) fn typograph(args: &Typograph) -> Result<(), Error> {
    let text = given(&args.text)?;
    if args.explain {
        return print(|out| {
            ru::typography::explain(&text).iter().try_for_each(|change| {
                let (before, after) = (&change.before, change.after.replace('\u{a0}', "⍽"));
                writeln!(out, "{}: {before} → {after} ({})", change.line, change.rule)
            })
        });
    }
    print(|out| out.write_all(ru::typography::typograph(&text).as_bytes()))
}

pub(crate) fn hyphenate(args: &Hyphenate, report: &mut Report) -> Result<(), Error> {
    let own = match &args.exceptions {
        None => dictionary(args.names.as_deref(), report)?.hyphens,
        Some(path) => {
            let read = std::fs::read_to_string(path);
            let text = read.map_err(|source| Error::Io { path: path.clone(), source })?;
            Exceptions::parse(&text)
        }
    };
    let word = |word: &str| {
        let bare = word.trim_end();
        ru::hyphen::hyphenate_with(bare, &own) + &word[bare.len()..]
    };
    each_line(&args.text, |line| line.split_inclusive(char::is_whitespace).map(word).collect())
}

fn each_line(words: &[String], f: impl Fn(&str) -> String) -> Result<(), Error> {
    let text = given(words)?;
    print(|out| text.lines().try_for_each(|line| writeln!(out, "{}", f(line))))
}

/// The text on the command line, or stdin.
fn given(words: &[String]) -> Result<String, Error> {
    if !words.is_empty() {
        return Ok(words.join("\n") + "\n");
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(|source| Error::Io { path: PathBuf::from("stdin"), source })?;
    Ok(text)
}

fn print(f: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::new(io::stdout().lock());
    match f(&mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()), /* `itog … | head` has read */
        // enough
        Err(source) => Err(Error::Io { path: PathBuf::from("stdout"), source }),
        Ok(()) => Ok(()),
    }
}
