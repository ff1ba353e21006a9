//! Keys, and signed texts verified.

use std::path::{Path, PathBuf};

use itog::diag::{Diagnostic, Error, Message, say};
use itog::trust::{PublicKey, Record, SecretKey, Verdict};

use crate::args;
use crate::language::told;

/// Makes a pair of keys: NAME.secret and NAME.public.
pub(crate) fn keygen(args: &args::Keygen) -> Result<(), Error> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|why| fault(say!("no random bytes: {why}", why)))?;
    let key = SecretKey::from_seed(seed);
    let (secret, public) = (ending(&args.name, "secret"), ending(&args.name, "public"));
    for path in [&secret, &public] {
        if path.exists() {
            let message = say!("{path} is there already", path = path.display());
            return Err(fault_with(
                message,
                say!("choose another name: a lost key cannot be made again"),
            ));
        }
    }
    save(&secret, &format!("{}\n", key.secret_line()), true)?;
    save(&public, &format!("{}\n", key.public()), false)?;
    println!("{}\n{}", secret.display(), public.display());
    Ok(())
}

/// The secret key of a file.
pub(crate) fn secret(path: &Path) -> Result<SecretKey, Error> {
    SecretKey::parse(&read(path)?)
        .map_err(|why| fault(say!("{path}: {why}", path = path.display(), why)))
}

/// Says whether a certificate or a text is genuine.
pub(crate) fn verify(args: &args::Verify) -> Result<bool, Error> {
    let key = PublicKey::parse(&read(&args.key)?)
        .map_err(|why| fault(say!("{path}: {why}", path = args.key.display(), why)))?;
    let path = Path::new(&args.what);
    let mut changed = false;
    let text = if path.is_file() {
        let bytes = std::fs::read(path).map_err(|why| unreadable(path, &why))?;
        changed = !itog::engine::is_unchanged(&bytes);
        itog::trust::text_of(&bytes).unwrap_or_default()
    } else {
        args.what.clone()
    };
    let verdict = Record::verify(&text, &key);
    println!(
        "{}",
        told(&match &verdict {
            Verdict::Genuine => say!("yes"),
            Verdict::Changed(facts) => say!("no: changed: {facts}", facts = *facts),
            Verdict::OtherKey => say!("no: signed by another key"),
            _ => say!("no: there is no signed text"),
        })
    );
    for (name, fact) in Record::parse(&text).iter().flat_map(Record::facts) {
        println!("  {}: {fact}", label(name));
    }
    if verdict == Verdict::Genuine {
        // The signature is of the facts; what else stands on the sheet nobody has signed.
        println!("{}", told(&say!("only these facts are signed: compare them with the sheet")));
    }
    if changed {
        println!("{}", told(&say!("the file itself was changed since it was made")));
    }
    Ok(verdict == Verdict::Genuine)
}

/// What a fact is called.
fn label(name: &str) -> String {
    match name {
        "kind" => told(&say!("kind")),
        "number" => told(&say!("number")),
        "name" => told(&say!("name")),
        "event" => told(&say!("event")),
        "date" => told(&say!("date")),
        "issuer" => told(&say!("issuer")),
        name => name.to_owned(),
    }
}

fn ending(name: &Path, ending: &str) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|why| unreadable(path, &why))
}

/// Writes a new file; a secret one for its owner alone.
fn save(path: &Path, text: &str, secret: bool) -> Result<(), Error> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let _ = secret;
    let mut file = options.open(path).map_err(|why| unreadable(path, &why))?;
    file.write_all(text.as_bytes()).map_err(|why| unreadable(path, &why))
}

fn unreadable(path: &Path, why: &std::io::Error) -> Error {
    fault(say!("{path}: {why}", path = path.display(), why))
}

fn fault(message: Message) -> Error {
    Diagnostic::error("key", message).into()
}

fn fault_with(message: Message, hint: Message) -> Error {
    Diagnostic::error("key", message).hint(hint).into()
}
