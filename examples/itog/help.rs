//! Help and wrong use in Russian: clap has its words in English only.

use std::collections::HashMap;

use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, Error};
use itog::diag::Language;

use crate::args::Args;
use crate::language;

/// English lines of help with their Russian ones.
fn texts() -> HashMap<&'static str, &'static str> {
    let blocks = include_str!("help.ru.txt").trim_end().split("\n\n");
    blocks.filter_map(|block| block.split_once("\n    ")).collect()
}

/// The program's command in the language of this run.
pub(crate) fn command() -> Command {
    match language::now() {
        Language::Russian => in_russian(Args::command()),
        _ => Args::command(),
    }
}

/// The command and all below it, in Russian. It is built before, so that what clap adds is there.
fn in_russian(command: Command) -> Command {
    let mut command = with_help(command);
    command.build();
    russian(command, &texts())
}

/// The command with a flag for help of our own: clap's writes its text anew whenever it is asked.
fn with_help(command: Command) -> Command {
    let flag = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Print help");
    command.disable_help_flag(true).arg(flag).mut_subcommands(with_help)
}

fn russian(command: Command, texts: &HashMap<&str, &str>) -> Command {
    let text = |english: Option<&StyledStr>| {
        // A long text has paragraphs, each of which is known by itself.
        let english = english?.to_string();
        let paragraph = |text: &str| texts.get(text.trim_end_matches('.')).copied();
        let all: Option<Vec<&str>> = english.split("\n\n").map(paragraph).collect();
        Some(all?.join(".\n\n"))
    };
    let (about, long) = (text(command.get_about()), text(command.get_long_about()));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[ПАРАМЕТРЫ]");
    let usage = named(&usage.replace("[COMMAND]", "[КОМАНДА]"));
    let command = command
        .mut_args(|arg| argument(arg, &text))
        .mut_subcommands(|inner| russian(inner, texts))
        .subcommand_help_heading("Команды")
        .override_usage(usage)
        .help_template("{about-with-newline}\nИспользование: {usage}\n\n{all-args}{after-help}");
    let command = about.into_iter().fold(command, Command::about);
    long.into_iter().fold(command, Command::long_about)
}

/// An argument with its text, its defaults and its possible values in Russian.
fn argument(arg: Arg, text: &impl Fn(Option<&StyledStr>) -> Option<String>) -> Arg {
    let mut help = text(arg.get_help()).unwrap_or_default();
    let values = arg.get_possible_values();
    let takes = arg.get_action().takes_values();
    if takes && !values.is_empty() {
        let shown = values.iter().map(|value| match text(value.get_help()) {
            Some(help) => format!("{} — {help}", value.get_name()),
            None => value.get_name().to_owned(),
        });
        help += &format!(" [возможно: {}]", shown.collect::<Vec<_>>().join("; "));
    }
    let defaults = arg.get_default_values();
    if takes && !defaults.is_empty() && !arg.is_hide_default_value_set() {
        let shown: Vec<_> = defaults.iter().map(|value| value.to_string_lossy()).collect();
        help += &format!(" [по умолчанию: {}]", shown.join(","));
    }
    let names = arg.get_value_names().unwrap_or_default();
    let names: Vec<&'static str> = names.iter().map(|name| value_name(name)).collect();
    let heading = if arg.is_positional() { "Что дать" } else { "Параметры" };
    let arg = arg.help(help.trim().to_owned()).help_heading(heading);
    // A long one would be in English.
    let arg = arg.long_help(Resettable::Reset);
    let arg = arg.hide_possible_values(true).hide_default_value(true);
    // Flags have no names of values, and must not get any.
    if takes && !names.is_empty() && !names.contains(&"") { arg.value_names(names) } else { arg }
}

/// Names of values, longest first where one is part of another.
const NAMES: [(&str, &str); 32] = [
    ("NAME=NUMBER", "ИМЯ=ЧИСЛО"),
    ("FILE.docx", "ФАЙЛ.docx"),
    ("FILE.secret", "ФАЙЛ.secret"),
    ("FILE.public", "ФАЙЛ.public"),
    ("FILE|TEXT", "ФАЙЛ|ТЕКСТ"),
    ("TEXT", "ТЕКСТ"),
    ("FILE.json", "ФАЙЛ.json"),
    ("FILE.xlsx", "ФАЙЛ.xlsx"),
    ("FILE.pdf", "ФАЙЛ.pdf"),
    ("FILE.zip", "ФАЙЛ.zip"),
    ("MESSAGE_FORMAT", "ВИД"),
    ("NAME|DIR", "ИМЯ|ПАПКА"),
    ("EXCEPTIONS", "ФАЙЛ"),
    ("STANDARD", "СТАНДАРТ"),
    ("PATTERN", "ОБРАЗЕЦ"),
    ("COLUMN", "СТОЛБЕЦ"),
    ("GENDER", "ПОЛ"),
    ("IMPOSE", "РАСКЛАДКА"),
    ("TABLE", "ТАБЛИЦА"),
    ("NAME|N", "ИМЯ|N"),
    ("DATA", "ДАННЫЕ"),
    ("FILE", "ФАЙЛ"),
    ("KIND", "ВИД"),
    ("NAME", "ИМЯ"),
    ("PATH", "ПУТЬ"),
    ("LANG", "ЯЗЫК"),
    ("DIR", "ПАПКА"),
    ("CODE", "КОД"),
    ("CASE", "ПАДЕЖ"),
    ("TO", "ВИД"),
    ("on", "по"),
    ("COMMAND", "КОМАНДА"),
];

fn value_name(name: &str) -> &'static str {
    let known = NAMES.iter().find(|(english, _)| *english == name);
    known.map_or(
        match name {
            "N" => "N",
            "K/N" => "K/N",
            _ => "",
        },
        |(_, russian)| *russian,
    )
}

/// A line of use with the names of its values in Russian.
fn named(usage: &str) -> String {
    NAMES.iter().fold(usage.to_owned(), |usage, (english, russian)| {
        let usage = usage.replace(&format!("<{english}>"), &format!("<{russian}>"));
        usage.replace(&format!("[{english}]"), &format!("[{russian}]"))
    })
}

/// What is wrong with the arguments, in Russian; nothing of what is no fault, such as help.
pub(crate) fn wrong_use(error: &Error) -> Option<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("неизвестный параметр «{arg}»"),
        ErrorKind::InvalidSubcommand => {
            format!("неизвестная команда «{}»", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("не хватает: {}", named(&arg)),
        ErrorKind::InvalidValue if value.is_empty() => format!("у «{}» нет значения", named(&arg)),
        ErrorKind::InvalidValue if value == "zip" => {
            "архив делает параметр «--zip ФАЙЛ.zip»".to_owned()
        }
        ErrorKind::InvalidValue => {
            let known = context(ContextKind::ValidValue);
            format!("значение «{value}» не подходит для «{}»; возможно: {known}", named(&arg))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            let arg = named(&arg);
            format!("значение «{value}» не подходит для «{arg}»: {}", why.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => {
            let prior = named(&context(ContextKind::PriorArg));
            format!("«{}» нельзя вместе с «{prior}»", named(&arg))
        }
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            format!("у «{}» не столько значений, сколько нужно", named(&arg))
        }
        ErrorKind::MissingSubcommand => "не сказано, что делать".to_owned(),
        _ => return None,
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context);
    // The likest is the last.
    let near = near.iter().find_map(|near| near.rsplit(", ").next().filter(|one| !one.is_empty()));
    let near = near.map(|near| format!("может быть, {near}?"));
    let word = if error.kind() == ErrorKind::InvalidSubcommand {
        context(ContextKind::InvalidSubcommand)
    } else {
        arg
    };
    let advice = slip(error.kind(), &word).or(near);
    let near = advice.map_or_else(String::new, |advice| format!("\n  = совет: {advice}"));
    Some(format!("ошибка: {what}{near}\n\nПодробнее: itog --help"))
}

/// What to do about a slip of those who seldom type commands.
fn slip(kind: ErrorKind, word: &str) -> Option<String> {
    let bare = word.trim_start_matches(['-', '–', '—']);
    match kind {
        // Word processors make a dash of two hyphens.
        ErrorKind::UnknownArgument if word.starts_with(['–', '—']) => {
            Some(format!("поставьте два дефиса: --{bare}"))
        }
        ErrorKind::UnknownArgument if matches!(bare, "to" | "output" | "o" | "template") => {
            Some(format!("сначала команда, за ней параметры: itog render ДАННЫЕ {word} …"))
        }
        ErrorKind::UnknownArgument if !word.starts_with('-') => Some(
            "за раз берётся один файл; документ на каждую строку таблицы делает itog batch"
                .to_owned(),
        ),
        ErrorKind::InvalidSubcommand if word.contains('.') => {
            Some(format!("сначала команда: itog render {word}"))
        }
        _ => None,
    }
}
