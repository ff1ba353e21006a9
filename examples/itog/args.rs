//! The arguments of all commands.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use itog::Check as PageCheck;
use itog::batch::Shard;
use itog::diag::say;

use crate::language::told;

/// Russian final documents and certificates of gratitude: data in, PDF and DOCX out.
///
/// Faults go to stderr, results to stdout. Exit status: 0 done, 1 faults in the input, 2 wrong use.
#[derive(Parser)]
#[command(name = "itog", version = crate::shell::version())]
pub(crate) struct Args {
    /// The language of faults, progress and help [default: of the locale].
    // Read in `language` before clap reads it.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// How faults are written.
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// Say nothing but faults and warnings.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    Ru,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum MessageFormat {
    Human,
    /// One JSON object a line.
    Json,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a folder to begin with: a document, certificates with their table, a design.
    New(New),
    /// Make PDF, DOCX or pictures of one document.
    Render(Render),
    /// Make a certificate, or another document, of each row of a table.
    Batch(Box<Batch>),
    /// Join the reports of all shards of a batch, and see that nothing is missing or made twice.
    Report(Report),
    /// Show every fault of a document or of a table; write nothing.
    Check(Check),
    /// Show a document, or the documents of a table, in the browser, and anew whenever a file is
    /// saved.
    Preview(Preview),
    /// Give back the data that a PDF or DOCX carries.
    Extract(Extract),
    /// Make a pair of keys to sign certificates with: NAME.secret and NAME.public.
    Keygen(Keygen),
    /// Say whether a certificate or the text of its QR code is genuine.
    Verify(Verify),
    /// Print the JSON Schema of the data.
    Schema(Schema),
    /// List the built-in templates, or copy one out to change it.
    Templates(Templates),
    /// Put words or lines from stdin into a case. After a TAB a line may carry its gender, m or f.
    Inflect(Inflect),
    /// Mend the typography of a text.
    Typograph(Typograph),
    /// Mark the breaks of words.
    Hyphenate(Hyphenate),
    /// Print the completions of a shell.
    Completions(Completions),
    /// Write the pages of the manual.
    Man(ManPages),
}

#[derive(clap::Args)]
pub(crate) struct New {
    /// The folder, which must not exist yet.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(clap::Args)]
pub(crate) struct ManPages {
    /// Where to put them.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Data {
    /// A .yaml, .json or .toml file; `-` is stdin (YAML or JSON).
    pub data: PathBuf,
    /// A built-in template, or a folder with template.hbs and style.css [default: by the
    /// document's kind].
    #[arg(long, value_name = "NAME|DIR")]
    pub template: Option<String>,
    /// Faults of finished pages that shall not stop the output: text-off-page, text-overlap,
    /// text-covered, text-lost, page-count.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = check)]
    pub allow: Vec<PageCheck>,
    #[command(flatten)]
    pub own: Own,
}

/// A dictionary of one's own.
#[derive(clap::Args)]
pub(crate) struct Own {
    /// What is to be known of names and words (docs/russian.md) [default: names.yaml beside the
    /// data].
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// Raise or lower a limit: pages=20000, time=30 (docs/reliability.md has all).
    #[arg(long = "limit", value_name = "NAME=NUMBER")]
    pub limits: Vec<String>,
}

/// A check of finished pages by its code.
fn check(code: &str) -> Result<PageCheck, String> {
    let known = PageCheck::ALL;
    known.into_iter().find(|check| check.code() == code).ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|check| check.code()).collect();
        told(&say!("it is one of {known}", known))
    })
}

#[derive(clap::Args)]
pub(crate) struct Render {
    #[command(flatten)]
    pub data: Data,
    /// What to make. Of png and svg each page is a file: NAME.png, or NAME-1.png, NAME-2.png, …
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Output::Pdf, Output::Docx])]
    pub to: Vec<Output>,
    /// How many pixels of a PNG picture are an inch of paper.
    #[arg(long, value_name = "N", default_value_t = 150.0, value_parser = density)]
    pub dpi: f64,
    /// A folder, or a file name; the ending is that of what is made; `-` is stdout, for one file
    /// [default: the data's name in the current folder].
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Put no soft hyphens into a DOCX: only Word's own hyphenation breaks words.
    #[arg(long)]
    pub no_soft_hyphens: bool,
    /// The standard that the PDF follows.
    #[arg(long, value_enum, default_value_t = Standard::A2a)]
    pub standard: Standard,
    /// Replace files that itog did not make, or that were changed since.
    #[arg(long)]
    pub overwrite: bool,
    /// Go on: make the files anew whenever the data or the template are saved.
    #[arg(long)]
    pub watch: bool,
}

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("target").required(true))]
pub(crate) struct Batch {
    /// A .xlsx, .xls, .ods, .csv, .tsv, .html, .jsonl, .yaml or .json file; `-` is stdin (JSON
    /// lines).
    pub table: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
    /// A built-in template, or a folder with template.hbs and style.css [default: as --common
    /// says, or certificate-classic].
    #[arg(long, value_name = "NAME|DIR")]
    pub template: Option<String>,
    /// What all documents share: a .yaml, .json or .toml file.
    #[arg(long, value_name = "FILE")]
    pub common: Option<PathBuf>,
    #[command(flatten)]
    pub own: Own,
    /// Faults of finished pages that shall not stop a certificate: text-off-page, text-overlap,
    /// text-covered, text-lost, page-count.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = check)]
    pub allow: Vec<PageCheck>,
    /// What to make [default: pdf,docx; pdf with --merge].
    #[arg(long, value_enum, value_delimiter = ',')]
    pub to: Option<Vec<Output>>,
    /// How many pixels of a PNG picture are an inch of paper.
    #[arg(long, value_name = "N", default_value_t = 150.0, value_parser = density)]
    pub dpi: f64,
    /// Make separate files in this folder.
    #[arg(short, long, value_name = "DIR", group = "target")]
    pub output: Option<PathBuf>,
    /// Make one PDF of all, for the printer.
    #[arg(long, value_name = "FILE.pdf", group = "target")]
    pub merge: Option<PathBuf>,
    /// Make one archive of all, to send.
    #[arg(long, value_name = "FILE.zip", group = "target")]
    pub zip: Option<PathBuf>,
    /// The files' names, without ending: {{number}}, {{surname}}, {{name}}, {{initials}}, {{row}},
    /// and all that templates know; `/` stands between folders.
    #[arg(long, value_name = "PATTERN", conflicts_with = "merge")]
    pub name: Option<String>,
    /// Write a list of contents: number, name and files of each record.
    #[arg(long, value_name = "FILE.xlsx", conflicts_with = "merge")]
    pub index: Option<PathBuf>,
    /// Put several pages on a sheet of the merged file: `2up` (two A5 on A4), `4up` (four A6),
    /// `8up` (eight A7).
    #[arg(long, value_enum, requires = "merge")]
    pub impose: Option<Impose>,
    /// The most pixels per inch of a PNG picture that all documents share.
    #[arg(long, value_name = "N", default_value_t = 300.0, value_parser = density)]
    pub image_dpi: f64,
    /// Make only rows K, K+N, … with the names and bytes that one run would make.
    #[arg(long, value_name = "K/N", value_parser = shard, conflicts_with_all = ["merge", "zip"])]
    pub shard: Option<Shard>,
    /// How many threads work [default: one per core].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub jobs: usize,
    /// Make only what the folder does not have.
    #[arg(long, requires = "output")]
    pub resume: bool,
    /// Replace what the folder has.
    #[arg(long, requires = "output", conflicts_with = "resume")]
    pub overwrite: bool,
    /// Sign the facts of each certificate with this key, into its files and a QR code.
    #[arg(long, value_name = "FILE.secret")]
    pub sign: Option<PathBuf>,
    /// Write down what became of each row.
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,
    /// Put no soft hyphens into a DOCX: only Word's own hyphenation breaks words.
    #[arg(long)]
    pub no_soft_hyphens: bool,
    /// The standard that the PDFs follow.
    #[arg(long, value_enum, default_value_t = Standard::A2a)]
    pub standard: Standard,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Impose {
    #[value(name = "2up")]
    Two,
    #[value(name = "4up")]
    Four,
    #[value(name = "8up")]
    Eight,
}

/// A part of a batch.
fn shard(text: &str) -> Result<Shard, String> {
    text.parse().map_err(|_| told(&say!("a shard is K/N, such as 3/16, and K is 1 to N")))
}

/// A density that a printer may have.
fn density(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(dpi) if (36.0..=4800.0).contains(&dpi) => Ok(dpi),
        _ => Err(told(&say!("it is a number from 36 to 4800"))),
    }
}

#[derive(clap::Args)]
pub(crate) struct Report {
    /// The reports of all shards.
    #[arg(long, value_name = "FILE.json", num_args = 1.., required = true)]
    pub merge: Vec<PathBuf>,
    /// See that all files are in this folder, too.
    #[arg(long, value_name = "DIR")]
    pub files: Option<PathBuf>,
    /// Write the joined report.
    #[arg(short, long, value_name = "FILE.json")]
    pub output: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct Keygen {
    /// Where to put the keys, without ending.
    pub name: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Verify {
    /// A PDF or DOCX, or the text of a QR code.
    #[arg(value_name = "FILE|TEXT")]
    pub what: String,
    /// The issuer's public key.
    #[arg(long, value_name = "FILE.public")]
    pub key: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub data: Data,
    /// For a table: what all documents share.
    #[arg(long, value_name = "FILE")]
    pub common: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(clap::Args)]
pub(crate) struct Preview {
    #[command(flatten)]
    pub what: Check,
    /// The port to serve at, on this machine only [default: one that is free].
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
}

/// How a table is read.
#[derive(clap::Args)]
pub(crate) struct Reading {
    /// The sheet of a workbook, by its name or number; `all` takes all sheets [default: the one
    /// that holds people].
    #[arg(long, value_name = "NAME|N")]
    pub sheet: Option<String>,
    /// Take rows that are hidden or filtered out, too.
    #[arg(long)]
    pub hidden_rows: bool,
    /// Take columns of another table, too: of the row that has the same in this column, such as
    /// `--join winners.xlsx on ФИО`.
    #[arg(long, num_args = 3, value_names = ["TABLE", "on", "COLUMN"])]
    pub join: Option<Vec<String>>,
}

#[derive(clap::Args)]
pub(crate) struct Extract {
    /// A PDF made with `--standard a-3a` or `ua-2`, or a DOCX.
    pub file: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Pdf,
    Docx,
    /// A picture of each page, for messengers and web pages.
    Png,
    /// A picture of each page that stays sharp at any size.
    Svg,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Standard {
    /// PDF/A-2a and PDF/UA-1.
    #[value(name = "a-2a")]
    A2a,
    /// PDF/A-3a and PDF/UA-1; `render` attaches the data.
    #[value(name = "a-3a")]
    A3a,
    /// PDF/UA-2 and PDF/A-4 on PDF 2.0; `render` attaches the data, which makes it PDF/A-4f.
    #[value(name = "ua-2")]
    Ua2,
    /// Tagged for screen readers, but no standard is claimed and nothing is demanded.
    Tagged,
    /// The plainest small file.
    None,
}

#[derive(clap::Args)]
pub(crate) struct Schema {
    #[arg(value_enum)]
    pub kind: SchemaKind,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SchemaKind {
    FinalDocument,
    Certificate,
    /// What the documents of a batch share.
    Common,
}

#[derive(clap::Args)]
pub(crate) struct Templates {
    /// Copy this template into a new folder.
    #[arg(long, num_args = 2, value_names = ["NAME", "DIR"])]
    pub eject: Option<Vec<String>>,
    /// Make a template of a document made in Word, in a new folder.
    #[arg(long, num_args = 2, value_names = ["FILE.docx", "DIR"], conflicts_with = "eject")]
    pub from: Option<Vec<PathBuf>>,
}

#[derive(clap::Args)]
pub(crate) struct Inflect {
    #[arg(value_enum)]
    pub kind: Kind,
    /// nom, gen, dat, acc, ins or pre.
    #[arg(long)]
    pub case: String,
    /// m or f, for lines that don't carry it.
    #[arg(long)]
    pub gender: Option<String>,
    /// What is to be known of names and words (docs/russian.md).
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// The words, a line each; without them, stdin is read.
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

#[derive(clap::Args)]
pub(crate) struct Typograph {
    /// The text, a line each; without it, stdin is read.
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// List what changes, by line and rule, instead of the text.
    #[arg(long)]
    pub explain: bool,
}

#[derive(clap::Args)]
pub(crate) struct Hyphenate {
    /// A file of words with their breaks («Крапи-винский»), which outweigh the rules.
    #[arg(long, value_name = "FILE")]
    pub exceptions: Option<PathBuf>,
    /// A dictionary whose `hyphens` do the same.
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// The words, a line each; without them, stdin is read.
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Name,
    Post,
    Org,
    Place,
}
