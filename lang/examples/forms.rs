//! Forms of the lines on stdin, as a table: kind, text and gender in; the five oblique forms,
//! whether they are certain, how they were found and what is doubted out. The kind `gender` gives
//! the gender of a name, `agree` the feminine and the plural of a predicate, `typo` the text as it
//! is to be set.

use std::io::{self, BufRead, Write};

use itog_lang::ru::{Case, Confidence, LineKind, inflect_line};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Some((kind, text)) = line.split_once('\t') else { continue };
        if kind == "gender" {
            writeln!(
                out,
                "{}",
                itog_lang::ru::name::gender(text).map_or("", |gender| gender.code())
            )?;
            continue;
        }
        if kind == "typo" {
            writeln!(out, "{}", itog_lang::ru::typography::typograph(text))?;
            continue;
        }
        if kind == "agree" {
            use itog_lang::ru::{
                Gender::Feminine,
                Number::{Plural, Singular},
                agree::agree,
            };
            let form = |number| agree(text, Feminine, number).unwrap_or_default();
            writeln!(out, "{}\t{}", form(Singular), form(Plural))?;
            continue;
        }
        let kind = match kind {
            "post" => LineKind::Post,
            "org" => LineKind::Org,
            "place" => LineKind::Place,
            _ => LineKind::Name,
        };
        let forms = Case::ALL[1..].iter().map(|case| inflect_line(kind, text, *case, None));
        let forms: Vec<_> = forms.collect();
        let certain = forms.iter().all(|form| form.is_certain());
        let basis = forms.iter().map(|form| form.basis).max();
        let texts: Vec<&str> = forms.iter().map(|form| form.text.as_str()).collect();
        let reason = forms.iter().find_map(|form| match &form.confidence {
            Confidence::Ambiguous { reason, .. } => Some(reason.as_ref()),
            _ => None,
        });
        let (texts, basis) = (texts.join("\t"), basis.unwrap_or_default());
        writeln!(out, "{texts}\t{certain}\t{basis:?}\t{}", reason.unwrap_or_default())?;
    }
    Ok(())
}
