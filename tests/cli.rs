//! The program as its users meet it: exit status, what is written, what is said.
//!
//! Every file of `tests/cli/` is an input with a fault; the snapshot beside it is what stderr says.

#![cfg(all(feature = "bundled-fonts", feature = "yaml"))]

mod harness;

use std::fs;
use std::path::Path;
use std::process::Output;

use harness::{folder, itog};

fn render(data: &str, extra: &[&str], out: &Path) -> Output {
    itog().args(["render", data, "-o"]).arg(out.join("")).args(extra).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What is told in English and in Russian.
fn both(english: Output, russian: Output) -> String {
    assert_eq!(english.status.code(), russian.status.code());
    [english, russian].map(|ran| String::from_utf8(ran.stderr).unwrap()).join("\n")
}

#[test]
fn bad_input_is_told_with_its_place_and_nothing_is_written() {
    insta::glob!("cli/*.*", |path| {
        if path.extension().is_some_and(|e| e == "snap" || e == "md") {
            return;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let out = folder(&format!("bad-{name}"));
        let ran = render(&format!("tests/cli/{name}"), &[], &out);
        assert_eq!(ran.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        assert!(names(&out).is_empty(), "{name}: something was written");
        let russian = render(&format!("tests/cli/{name}"), &["--lang", "ru"], &out);
        insta::assert_snapshot!(both(ran, russian));
    });
}

#[test]
fn bad_templates_are_told_with_their_place_and_nothing_is_written() {
    insta::glob!("cli/templates/*", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let out = folder(&format!("bad-template-{name}"));
        let ran = render(
            "examples/data/minimal.yaml",
            &["--template", &format!("tests/cli/templates/{name}")],
            &out,
        );
        let warns = name.starts_with("warning-");
        assert_eq!(
            ran.status.code(),
            Some(if warns { 0 } else { 1 }),
            "{name}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        assert_eq!(names(&out).is_empty(), !warns, "{name}: {:?}", names(&out));
        let template = format!("tests/cli/templates/{name}");
        let russian = ["--template", &template, "--lang", "ru", "--overwrite"];
        let russian = render("examples/data/minimal.yaml", &russian, &out);
        insta::assert_snapshot!(both(ran, russian));
    });
}

#[test]
fn data_of_ones_own_fill_a_template_and_are_checked_by_its_schema() {
    let template = ["--template", "tests/cli/own/bill"];
    insta::glob!("cli/own/*.*", |path| {
        if path.extension().is_some_and(|e| e == "snap") {
            return;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let out = folder(&format!("own-{name}"));
        let ran = render(&format!("tests/cli/own/{name}"), &template, &out);
        if name == "good.yaml" {
            assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
            assert_eq!(names(&out), ["good.docx", "good.pdf"]);
            return;
        }
        assert_eq!((ran.status.code(), names(&out).len()), (Some(1), 0), "{name}");
        let russian = [template[0], template[1], "--lang", "ru"];
        let russian = render(&format!("tests/cli/own/{name}"), &russian, &out);
        insta::with_settings!({ snapshot_path => "cli/own", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(both(ran, russian));
        });
    });
}

#[test]
fn the_schema_offers_the_keys_of_its_language_and_allows_the_others() {
    let schema = |language: &str| {
        let ran = itog().args(["--lang", language, "schema", "certificate"]).output().unwrap();
        let schema: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
        schema["$defs"]["certificate"].clone()
    };
    let allows = |schema: &serde_json::Value, key: &str| {
        let patterns = schema["patternProperties"].as_object().unwrap();
        patterns.keys().any(|pattern| pattern.contains(key))
    };
    let (russian, english) = (schema("ru"), schema("en"));
    let said = russian["properties"]["вид"]["description"].as_str().unwrap();
    assert!(said.contains("Почётная грамота"), "{said}");
    assert_eq!(english["properties"]["kind"]["description"], "kind of document");
    assert!(russian["properties"].get("kind").is_none() && allows(&russian, "[kK]ind"));
    assert!(english["properties"].get("вид").is_none() && allows(&english, "[вВ]ид"));
    // One of its names must be there.
    let must = |schema: &serde_json::Value| schema["allOf"].to_string();
    assert!(must(&russian).contains("\"вид\"") && must(&russian).contains("\"kind\""));
}

#[test]
fn a_file_too_large_is_refused_before_it_is_read() {
    let out = folder("large");
    let data = out.join("large.yaml");
    fs::File::create(&data).unwrap().set_len(100 << 20).unwrap();
    let ran = itog().arg("render").arg(&data).args(["-o"]).arg(out.join("made/")).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&ran.stderr).contains("limit"),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert_eq!(names(&out), ["large.yaml"]);
}

#[test]
fn wrong_use_has_its_own_exit_status() {
    assert_eq!(itog().arg("rendre").output().unwrap().status.code(), Some(2));
    assert_eq!(
        itog().args(["render", "no-such-file.yaml"]).output().unwrap().status.code(),
        Some(1)
    );
}

#[test]
fn the_four_examples_give_the_same_bytes_every_time() {
    for name in ["minimal", "final-document", "protocol", "resolution"] {
        let made: Vec<_> = ["first", "second"]
            .map(|run| {
                let out = folder(&format!("same-{name}-{run}"));
                let ran = render(&format!("examples/data/{name}.yaml"), &[], &out);
                assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
                // The posts that the data have lost are told of, and nothing else.
                let said = String::from_utf8_lossy(&ran.stderr);
                let other = said.lines().find(|line| {
                    line.starts_with("warning") && !line.starts_with("warning[post-missing]")
                });
                assert_eq!(other, None, "{name} warns");
                assert_eq!(names(&out), [format!("{name}.docx"), format!("{name}.pdf")]);
                names(&out).iter().map(|file| fs::read(out.join(file)).unwrap()).collect::<Vec<_>>()
            })
            .into();
        assert!(made[0] == made[1], "{name}: two runs differ");
    }
}

#[test]
fn machine_readable_messages_are_one_json_object_a_line() {
    let ran = itog()
        .args(["check", "tests/cli/unknown-key.yaml", "--message-format", "json"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let text = String::from_utf8(ran.stderr).unwrap();
    let messages: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(messages[0]["severity"], "error");
    assert_eq!(messages[0]["place"]["line"], 3);
}

#[test]
fn lines_are_inflected_with_the_gender_they_carry() {
    use std::io::Write;
    let mut child = itog()
        .args(["inflect", "name", "--case", "dat"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("Егорова Татьяна Вячеславовна\nЧерных Саша\tf\n".as_bytes())
        .unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(out.stdout).unwrap(),
        "Егоровой Татьяне Вячеславовне\nЧерных Саше\n"
    );
}

/// `names.yaml` beside the data is found, for a document, for a batch and for lines.
#[test]
fn a_dictionary_of_ones_own_outweighs_the_rules() {
    let out = folder("own-names");
    let ran = render("tests/cli/names/thanks.yaml", &["--to", "pdf"], &out);
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && !told.contains("warning"), "{told}");
    let ran =
        render("tests/cli/names/thanks.yaml", &["--names", "tests/cli/names/faulty.yaml"], &out);
    assert_eq!(ran.status.code(), Some(1));
    insta::assert_snapshot!("faulty_names", String::from_utf8(ran.stderr).unwrap());
    let ran = itog()
        .args(["batch", "tests/cli/names/people.csv", "--to", "pdf", "-o"])
        .arg(out.join("batch"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && !told.contains("uncertain-form"), "{told}");
}

#[test]
fn data_come_back_from_a_file_that_carries_them_and_from_no_other() {
    let extract = |file: &Path| itog().arg("extract").arg(file).output().unwrap();
    let data = "examples/data/minimal.yaml";
    let (with, without) = (folder("carries"), folder("carries-not"));
    assert!(render(data, &["--standard", "a-3a"], &with).status.success());
    assert!(render(data, &[], &without).status.success());
    let back = extract(&with.join("minimal.pdf"));
    assert!(back.status.success() && back.stdout == fs::read(data).unwrap());
    let none = extract(&without.join("minimal.pdf"));
    assert_eq!(none.status.code(), Some(1));
    assert!(none.stdout.is_empty());
    assert!(
        String::from_utf8_lossy(&none.stderr).contains("error[pdf-no-data]"),
        "{}",
        String::from_utf8_lossy(&none.stderr)
    );
}

#[test]
fn help_and_wrong_use_are_in_russian_where_the_locale_is() {
    let ran = |args: &[&str], lang: &str| {
        let ran = itog().env("LC_ALL", lang).args(args).output().unwrap();
        String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap()
    };
    let commands = ["new", "render", "batch", "report", "check", "preview", "extract", "keygen"]
        .into_iter()
        .chain(["verify", "schema", "templates", "inflect", "typograph", "hyphenate", "man"]);
    for command in commands.map(Some).chain([None]) {
        let args: Vec<&str> = command.into_iter().chain(["--help"]).collect();
        let told = ran(&args, "ru_RU.UTF-8");
        assert!(told.contains("Использование: itog"), "{told}");
        // Names of values are in Russian, too.
        let english = told.split('<').skip(1).find(|rest| {
            let name = rest.split('>').next().unwrap_or_default();
            name.len() > 3 && name.chars().take(4).all(|c| c.is_ascii_uppercase())
        });
        assert_eq!(english, None);
        // Each paragraph has Russian words, but for lists of values.
        for paragraph in told.split("\n\n").filter(|text| text.split(' ').count() > 6) {
            let russian = |c: char| matches!(c, 'а'..='я' | 'А'..='Я');
            assert!(paragraph.chars().filter(|c| russian(*c)).count() > 8, "{paragraph}");
        }
        assert!(ran(&args, "C").contains("Usage: itog"));
    }
    assert!(ran(&["rendr"], "ru_RU.UTF-8").starts_with("ошибка: неизвестная команда «rendr»"));
    assert!(ran(&["--lang", "en", "rendr"], "ru_RU.UTF-8").starts_with("error: unrecognized"));
    assert!(ran(&["render", "нет.yaml"], "ru").contains("нет такого файла"));
}

#[cfg(feature = "svg")]
#[test]
fn pages_are_numbered_only_if_there_are_several() {
    let out = folder("pictures");
    for (data, to) in [("minimal", "png,svg"), ("protocol", "svg"), ("protocol", "svg")] {
        let ran = render(&format!("examples/data/{data}.yaml"), &["--to", to, "--dpi", "40"], &out);
        // The second time files of our own are replaced without asking.
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    let pages = ["protocol-1.svg", "protocol-2.svg", "protocol-3.svg"];
    assert_eq!(names(&out), [&["minimal.png", "minimal.svg"][..], &pages].concat());
    fs::write(out.join("minimal.png"), "mine").unwrap();
    let ran = render("examples/data/minimal.yaml", &["--to", "png"], &out);
    assert!(String::from_utf8_lossy(&ran.stderr).starts_with("error[file-exists]"));
}

#[cfg(all(feature = "svg", feature = "batch"))]
#[test]
fn a_batch_makes_pictures_and_knows_which_are_there() {
    let out = folder("batch-pictures");
    let run = |extra: &str| {
        let people = ["batch", "examples/data/people.csv", "--common", "examples/data/common.yaml"];
        let pictures = ["--to", "png", "--dpi", "36", "--name", "{{number}}", extra, "-o"];
        itog().args(people).args(pictures).arg(&out).output().unwrap()
    };
    assert!(run("--quiet").stdout.is_empty());
    assert_eq!((names(&out).len(), &*names(&out)[0]), (12, "001.png"));
    fs::remove_file(out.join("007.png")).unwrap();
    let again = String::from_utf8(run("--resume").stdout).unwrap();
    assert!(again.contains("1 made, 11 there already, 0 failed"), "{again}");
}

#[test]
fn one_file_may_go_to_stdout() {
    let to = |kinds| {
        let args = ["render", "examples/data/minimal.yaml", "-o", "-", "--to", kinds];
        itog().args(args).output().unwrap()
    };
    assert!(to("pdf").stdout.starts_with(b"%PDF") && to("docx").stdout.starts_with(b"PK"));
    let two = to("pdf,docx");
    assert!(two.stdout.is_empty());
    assert!(String::from_utf8_lossy(&two.stderr).starts_with("error[output-many]"));
}

#[test]
fn a_file_gets_no_name_of_another_kind() {
    let out = folder("endings");
    let run = |args: &[&str]| {
        let ran = itog().current_dir(&out).args(args).output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stderr).unwrap())
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let at = |name: &str| data.join(name).to_str().unwrap().to_owned();
    let (minimal, people, common) = (at("minimal.yaml"), at("people.csv"), at("common.yaml"));
    for refused in [
        &["render", &minimal, "-o", "итог.doc"] as &[&str],
        &["batch", &people, "--common", &common, "--merge", "все.docx"],
        &["batch", &people, "--common", &common, "--zip", "все.rar"],
    ] {
        let (made, said) = run(refused);
        assert!(!made && said.starts_with("error[output-ending]"), "{said}");
    }
    assert!(names(&out).is_empty());
    let named = |name| assert!(run(&["render", &minimal, "--to", "pdf", "-o", name]).0);
    // Each line its own name: a point in it does not make an ending.
    named("Протокол 12.05");
    named("Протокол 12.06");
    named("итог.PDF");
    assert_eq!(names(&out), ["Протокол 12.05.pdf", "Протокол 12.06.pdf", "итог.pdf"]);
}

#[test]
fn what_is_not_there_is_told_as_that() {
    let run =
        |args: &[&str]| String::from_utf8(itog().args(args).output().unwrap().stderr).unwrap();
    for (args, told) in [
        (&["check", "nowhere"] as &[&str], "error[file-not-found]: nowhere"),
        (&["check", "tests/cli"], "error[file-is-folder]: tests/cli"),
        (
            &["render", "examples/data/minimal.yaml", "--template", "./mine"],
            "error[file-not-found]: ./mine",
        ),
    ] {
        let said = run(args);
        assert!(said.starts_with(told), "{said}");
    }
}

#[test]
fn words_may_stand_on_the_command_line() {
    let run =
        |args: &[&str]| String::from_utf8(itog().args(args).output().unwrap().stdout).unwrap();
    let given = run(&["inflect", "name", "--case", "dat", "Ким Юлия Олеговна", "Орлов Пётр Ильич"]);
    assert_eq!(given, "Ким Юлии Олеговне\nОрлову Петру Ильичу\n");
    assert_eq!(run(&["hyphenate", "благодарность"]), "бла-го-дар-ность\n");
    assert_eq!(run(&["typograph", "5 - 7 мая"]), "5–7\u{a0}мая\n");
}

#[test]
fn quiet_leaves_nothing_but_faults() {
    let out = folder("quiet");
    let ran = render("examples/data/final-document.yaml", &["-q", "--to", "docx"], &out);
    assert!(ran.stdout.is_empty() && names(&out) == ["final-document.docx"]);
    assert!(String::from_utf8_lossy(&ran.stderr).starts_with("warning[post-missing]"));
}

#[cfg(feature = "xlsx")]
#[test]
fn all_of_a_new_folder_can_be_made_and_nothing_is_said_of_it() {
    let out = folder("new");
    let run = |folder: &Path, args: &[&str]| {
        let ran = itog().current_dir(folder).args(args).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success() && said.is_empty(), "{args:?}: {said}");
    };
    for (new, lang, key) in [("begin", "en", "kind:"), ("начало", "ru", "вид:")] {
        let new = out.join(new);
        std::fs::create_dir(&new).unwrap();
        run(&new, &["new", ".", "--lang", lang]);
        // The keys are in the language in which the program speaks.
        let data = fs::read_to_string(new.join("document.yaml")).unwrap();
        assert!(data.lines().any(|line| line.starts_with(key)), "{lang}");
        let table = ["batch", "certificates/people.xlsx", "--common", "certificates/common.yaml"];
        run(&new, &["render", "document.yaml", "-o", "готово/"]);
        run(&new, &[&table[..], &["-o", "готово/"]].concat());
        run(&new, &[&table[..], &["--template", "design", "--merge", "готово/все.pdf"]].concat());
        assert_eq!(names(&new.join("готово")).len(), 2 + 3 * 2 + 1);
    }
    let [english, russian] =
        ["begin", "начало"].map(|new| fs::read(out.join(new).join("готово/document.pdf")).unwrap());
    assert!(english == russian, "the keys of both languages make one document");
    let again = itog().current_dir(&out).args(["new", "начало"]).output().unwrap();
    assert!(String::from_utf8_lossy(&again.stderr).starts_with("error[folder-exists]"));
}

#[test]
fn shells_and_man_are_told_all_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = itog().args(["completions", shell]).output().unwrap();
        assert!(String::from_utf8(ran.stdout).unwrap().contains("typograph"), "{shell}");
    }
    let out = folder("man");
    assert!(itog().args(["man"]).arg(&out).output().unwrap().status.success());
    for page in ["itog.1", "itog-render.1", "itog-preview.1"] {
        assert!(fs::read_to_string(out.join(page)).unwrap().starts_with(".ie"), "{page}");
    }
    let version = itog().arg("--version").output().unwrap().stdout;
    assert!(version.starts_with(b"itog 0."));
}
