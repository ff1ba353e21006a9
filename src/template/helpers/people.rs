//! People, posts and organisations in the case that a formula asks for.

use std::sync::Arc;

use handlebars::JsonValue;

use super::super::fault::RenderFault;
use super::{Args, latin, recipient};
use crate::diag::{Diagnostic, Message, say};
use crate::lang::ru::party::{Party, PartyKind};
use crate::lang::ru::{
    self, Case, Confidence, Dictionary, FullName, Gender, Inflected, InitialsStyle, Number,
};

const CASES: [&str; 6] = ["nom", "gen", "dat", "acc", "ins", "pre"];
const GENDERS: [&str; 3] = ["m", "f", "n"];

fn case(args: &Args<'_>, index: usize) -> Result<Case, RenderFault> {
    let given = args.optional(index);
    // A number or `null` is not a missing case but a wrong one.
    if given.is_none() && args.get(index).is_some() {
        return Err(args.wrong(index, say!("a case")));
    }
    args.word(say!("case"), given, &CASES, Case::parse)?.ok_or_else(|| {
        RenderFault::argument(say!(
            "`{helper}` needs a case: {known}",
            helper = args.name(),
            known = CASES
        ))
    })
}

fn gender_option(args: &Args<'_>) -> Result<Option<Gender>, RenderFault> {
    args.word(
        say!("gender"),
        args.option("gender").and_then(JsonValue::as_str),
        &GENDERS,
        Gender::parse,
    )
}

/// The gender that a map with the key `gender` gives.
fn given_gender(value: &JsonValue) -> Option<Gender> {
    value.get("gender").and_then(JsonValue::as_str).and_then(Gender::parse)
}

/// A person or body of the data: a text, or a map of the name and what overrules the grammar.
pub(super) struct Named<'a> {
    value: &'a JsonValue,
    own: Arc<Dictionary>,
    pub(super) name: String,
    parts: Option<FullName>,
}

impl<'a> Named<'a> {
    pub(super) fn of(args: &Args<'a>, index: usize) -> Result<Self, RenderFault> {
        let wrong = || args.wrong(index, say!("a name"));
        Self::read(args, args.need(index)?).ok_or_else(wrong)
    }

    fn read(args: &Args<'a>, value: &'a JsonValue) -> Option<Self> {
        let name = value.get("name");
        // Names come in parts from the model, as a map in `name`, or from data that are no model
        // of ours.
        let parts = [value.get("parts"), name, Some(value)].into_iter().flatten().find_map(parts);
        let name = match (value, name, &parts) {
            (JsonValue::String(name), ..) | (_, Some(JsonValue::String(name)), _) => name.clone(),
            (_, _, Some(parts)) => parts.to_string(),
            _ => return None,
        };
        Some(Self { value, own: args.dictionary(), name, parts })
    }

    /// A form that the data give, or the name itself where nothing declines.
    fn given(&self, case: Case, forms: &str) -> Option<String> {
        if case == Case::Nominative || self.value.get("decline") == Some(&JsonValue::Bool(false)) {
            return Some(self.name.clone());
        }
        form(self.value, forms, case)
    }

    /// The gender that the data give, or the user's dictionary.
    fn given_gender(&self) -> Option<Gender> {
        given_gender(self.value).or_else(|| self.own.gender(&self.name))
    }

    /// The form that the user's dictionary has, or the grammar's.
    fn inflect(&self, case: Case, grammar: impl FnOnce() -> Inflected) -> Inflected {
        self.own.inflect(ru::LineKind::Name, &self.name, case, grammar)
    }

    fn full_name(&self) -> FullName {
        self.parts.clone().unwrap_or_else(|| FullName::parse(&self.name))
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        self.agreement().0
    }

    /// Whoever the name names; parts of a name name a person.
    /// Whether it is no person but an organisation or a group, which has no initials: «ООО «Листва»
    /// в лице директора», «3 «Б» класс».
    fn is_body(&self) -> bool {
        let marked = self.name.contains(['«', '"', '“', '№']);
        // Nor does a phrase have any: «представители школ района».
        let words = self.name.split_whitespace().count();
        let small = self.name.starts_with(char::is_lowercase);
        if words > 4 || words > 3 && small {
            return true;
        }
        let bodies = [PartyKind::Organisation, PartyKind::Collective];
        marked || bodies.contains(&self.party().kind())
    }

    pub(super) fn party(&self) -> Party<'_> {
        match self.value.get("collective").and_then(JsonValue::as_bool) {
            Some(true) => Party::collective(&self.name),
            _ => Party::of(&self.name, self.given_gender()),
        }
    }

    /// The gender and number with which words agree.
    pub(super) fn agreement(&self) -> (Option<Gender>, Number) {
        match &self.parts {
            // Whoever has name parts is one person.
            Some(parts) => (self.given_gender().or_else(|| parts.gender()), Number::Singular),
            None => {
                let party = self.party();
                (self.given_gender().or(party.gender()), party.number())
            }
        }
    }
}

/// `{last, first, middle}`.
fn parts(value: &JsonValue) -> Option<FullName> {
    let part = |key| value.get(key).and_then(JsonValue::as_str).unwrap_or_default();
    value.get("last").is_some().then(|| FullName::new(part("last"), part("first"), part("middle")))
}

/// A case form that the data give under `forms`, or under the full name of the case beside it.
fn form(value: &JsonValue, forms: &str, case: Case) -> Option<String> {
    let long = ["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
        [case as usize];
    // Under `forms`, by code or in full, or right beside the name.
    let found =
        value.get(forms).and_then(|forms| forms.get(case.code()).or_else(|| forms.get(long)));
    found.or_else(|| value.get(long)).and_then(JsonValue::as_str).map(str::to_owned)
}

/// The text of an inflection; a doubt of the grammar becomes a warning.
fn settle(
    args: &Args<'_>,
    name: &str,
    case: Case,
    inflected: Inflected,
    mend: impl FnOnce(String) -> Message,
) -> JsonValue {
    if let Confidence::Ambiguous { alternatives, reason } = &inflected.confidence {
        let others: Vec<String> = alternatives.iter().map(|other| format!("«{other}»")).collect();
        let possible = (!others.is_empty()).then(|| say!(", possible {others}", others));
        let message = say!(
            "the {long} of «{name}» is not certain: printed «{form}»{possible} ({reason})",
            long = long(case),
            name,
            form = inflected.text,
            possible,
            reason
        );
        // What is to be written into the data: `{dat: …}`.
        let own = format!("{{{}: …}}", case.code());
        args.warn(Diagnostic::warning("uncertain-form", message).hint(mend(own)));
    }
    inflected.text.into()
}

fn long(case: Case) -> Message {
    match case {
        Case::Nominative => say!("nominative"),
        Case::Genitive => say!("genitive"),
        Case::Dative => say!("dative"),
        Case::Accusative => say!("accusative"),
        Case::Instrumental => say!("instrumental"),
        Case::Prepositional => say!("prepositional"),
    }
}

fn of_person(own: String) -> Message {
    say!(
        "give the person `gender: m` or `f`, or the form itself: `forms: {own}`; \
         `decline: false` keeps the name as it is",
        own
    )
}

fn of_name(own: String) -> Message {
    say!("give the form itself: `forms: {own}`", own)
}

/// `name person "dat"`: whoever is named in a case: a person, several, a family, a team. It is a
/// text, `{last, first, middle}`, or a map with `name` and perhaps `gender`, `forms`, `decline`,
/// `collective`.
pub(super) fn name(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    inflected(args, |party, case| party.inflect(case))
}

/// A party in the case of the second argument.
pub(super) fn inflected(
    args: &Args<'_>,
    inflect: impl Fn(&Party<'_>, Case) -> Inflected,
) -> Result<JsonValue, RenderFault> {
    let person = Named::of(args, 0)?;
    let case = case(args, 1)?;
    let gender = gender_option(args)?.or_else(|| person.given_gender());
    let still = person.value.get("decline") == Some(&JsonValue::Bool(false));
    // A form that is given goes before `decline: false`: it is the more exact wish.
    if let Some(given) = form(person.value, "forms", case).filter(|_| case != Case::Nominative) {
        return Ok(given.into());
    }
    if !args.is_russian() {
        return Ok(person.name.into());
    }
    if let (Some(parts), false) = (&person.parts, still) {
        return Ok(if case == Case::Nominative {
            person.name.into()
        } else {
            let form = person.inflect(case, || parts.inflect(case, gender));
            settle(args, &person.name, case, form, of_person)
        });
    }
    // A gender that the template gives is surer than what the name tells.
    let party = match gender_option(args)? {
        Some(gender) => Party::of(&person.name, Some(gender)),
        None => person.party(),
    };
    if still {
        return Ok(person.name.into());
    }
    if person.own.get(&person.name).is_none() {
        tell(args, &party, &person.name, case);
    }
    let form = person.inflect(case, || inflect(&party, case));
    Ok(settle(args, &person.name, case, form, of_person))
}

/// Reports what is wrong with a name whatever its case: it is not a name, or not in the nominative.
fn tell(args: &Args<'_>, party: &Party<'_>, name: &str, case: Case) {
    let warning = if party.kind() == PartyKind::Post {
        let message = say!("in «{name}» a post comes before the name", name);
        Diagnostic::warning("post-in-name", message)
            .hint(say!("give the post by itself: `post: …`"))
    } else if let (Case::Nominative, Some(concern)) = (case, party.concern())
        // Latin letters stand still in every case, so that nothing of them can be wrong.
        && party.kind() != PartyKind::Foreign
    {
        let message = say!(
            "«{name}» is not certain to be a name in the nominative ({concern})",
            name,
            concern
        );
        Diagnostic::warning("uncertain-form", message)
            .hint(say!("write the name as «Фамилия Имя Отчество»"))
    } else {
        return;
    };
    args.warn(warning);
}

/// A post in a case, by the gender of whoever holds it.
fn inflected_post(args: &Args<'_>, post: &str, case: Case) -> Result<String, RenderFault> {
    let gender = gender_option(args)?.or_else(|| {
        let person = Named::of(args, 0).ok().filter(|_| args.need(0).is_ok_and(|v| v.is_object()));
        person.and_then(|person| person.gender())
    });
    let own = args.dictionary();
    let grammar = || ru::post::inflect(post, case, gender);
    let inflected = own.inflect(ru::LineKind::Post, post, case, grammar);
    let mend = |own: String| say!("give the form itself: `post_forms: {own}`", own);
    Ok(settle(args, post, case, inflected, mend).as_str().unwrap_or(post).to_owned())
}

/// «Начальник управления» and «Управление культуры» share a word: «начальнику управления культуры».
fn without_shared<'a>(post: &str, of: &'a str) -> &'a str {
    let shared = post.split(' ').next_back().unwrap_or_default();
    match of.split_once(' ') {
        // Words of three letters and fewer are no nouns that name a body.
        Some((begins, rest))
            if shared.chars().count() > 3 && shared.to_lowercase() == begins.to_lowercase() =>
        {
            rest
        }
        _ => of,
    }
}

/// `post person "dat"`: a post in a case, and whose post it is. The post is a text, or a map with
/// `post` and perhaps `of`, `post_forms`.
pub(super) fn post(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let value = args.need(0)?;
    let case = case(args, 1)?;
    let (post, of) = match value {
        JsonValue::String(post) => (Some(post.as_str()), None),
        JsonValue::Null => (None, None),
        JsonValue::Object(_) => (
            value.get("post").and_then(JsonValue::as_str),
            value.get("of").and_then(JsonValue::as_str),
        ),
        _ => return Err(args.wrong(0, say!("a post"))),
    };
    // «библиотеки № 4» alone would stand in the document as a post.
    if let (None, Some(of), Ok(person)) = (post, of, Named::of(args, 0)) {
        let warning = Diagnostic::warning(
            "post-missing",
            say!(
                "the post of «{person}» is not given, only whose it is: «{of}»",
                person = person.name,
                of
            ),
        );
        args.warn(warning.hint(say!("give the person a `post`")));
    }
    // People write whose post it is in the nominative, as the library calls itself.
    let of = of.map(|of| {
        if !args.is_russian() && post.is_some() {
            let led = ["of ", "at ", "for "].iter().any(|word| of.starts_with(word));
            return if led { of.to_owned() } else { format!("of {of}") };
        }
        let own = args.dictionary();
        let whose = own.inflect(ru::LineKind::Org, of, Case::Genitive, || ru::org::belonging(of));
        let mend = |_| say!("write `of` in the genitive: whose post it is");
        settle(args, of, Case::Genitive, whose, mend).as_str().unwrap_or(of).to_owned()
    });
    let post = match post {
        None => String::new(),
        Some(post) if case == Case::Nominative || !args.is_russian() => post.to_owned(),
        Some(post) => match form(value, "post_forms", case) {
            Some(given) => given,
            None => inflected_post(args, post, case)?,
        },
    };
    let post = acting(&post);
    let of = of.as_deref().map(|of| without_shared(&post, of));
    Ok([post.as_str(), of.unwrap_or_default()]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
        .into())
}

/// «И.О. директора» as it is written inside a sentence: «и. о. директора».
fn acting(post: &str) -> String {
    // Capitals begin the line in a form; in a sentence the post is written small.
    let typed = ["И.О. ", "И. О. ", "И.\u{a0}О. ", "И.о. ", "И.О.", "ВРИО ", "Врио "];
    let Some(start) = typed.iter().find(|start| post.starts_with(**start)) else {
        return post.to_owned();
    };
    let small = if start.starts_with('И') { "и. о. " } else { "врио " };
    format!("{small}{}", &post[start.len()..])
}

/// `org body "gen"`: an organisation or collective in a case. It is a text, or a map with `name`
/// and perhaps `forms`.
pub(super) fn org(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let body = Named::of(args, 0)?;
    let case = case(args, 1)?;
    Ok(match body.given(case, "forms") {
        Some(given) => given.into(),
        None if !args.is_russian() => body.name.into(),
        None => {
            let grammar = || Party::collective(&body.name).inflect(case);
            let form = body.own.inflect(ru::LineKind::Org, &body.name, case, grammar);
            settle(args, &body.name, case, form, of_name)
        }
    })
}

/// `place p "gen"`: a place in a case; `place p "loc"`: with its preposition, «в городе
/// Новокузнецке», «на станции Тайга». `declinable=true` gives endings to names in -ово, -ино.
pub(super) fn place(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let body = Named::of(args, 0)?;
    let declinable = args.option("declinable").and_then(JsonValue::as_bool).unwrap_or(false);
    // «в Брянске», «на Урале»: the locative has its preposition, which no case has.
    if args.optional(1) == Some("loc") {
        let grammar = || ru::place::inflect(&body.name, Case::Prepositional, declinable);
        let form = body.own.inflect(ru::LineKind::Place, &body.name, Case::Prepositional, grammar);
        let inflected = ru::place::located(&body.name, form);
        return Ok(settle(args, &body.name, Case::Prepositional, inflected, of_name));
    }
    let case = case(args, 1)?;
    Ok(match body.given(case, "forms") {
        Some(given) => given.into(),
        None => {
            let grammar = || ru::place::inflect(&body.name, case, declinable);
            let inflected = body.own.inflect(ru::LineKind::Place, &body.name, case, grammar);
            settle(args, &body.name, case, inflected, of_name)
        }
    })
}

/// `initials person`: «Н. Г. Шабалина»; `initials person "after"`: «Шабалина Н. Г.»; `"compact"`:
/// «Н.Г. Шабалина»; `"none"`: «John Smith», as English documents are signed. `case="dat"`:
/// «Шабалиной Н. Г.».
pub(super) fn initials(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let style = args.word(
        say!("order of initials"),
        args.optional(1),
        &["before", "after", "compact", "none"],
        |word| match word {
            "before" => Some(Some(InitialsStyle::Before)),
            "after" => Some(Some(InitialsStyle::After)),
            "compact" => Some(Some(InitialsStyle::Compact)),
            "none" => Some(None),
            _ => None,
        },
    )?;
    let style = style.unwrap_or(Some(InitialsStyle::default()));
    let person = Named::of(args, 0)?;
    // «Ms. Helen Carter»: who is called so is not called by initials.
    let title = person.name.split_whitespace().next().unwrap_or_default();
    if ["Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Mr", "Mrs", "Ms", "Dr"].contains(&title) {
        return Ok(person.name.into());
    }
    if person.parts.is_none() && person.is_body() {
        return Ok(person.name.into());
    }
    if args.is_russian() && person.parts.is_none() && latin::is_unclear(&person.name) {
        return Ok(person.name.into());
    }
    let mut parts = person.full_name();
    if person.parts.is_none()
        && let Some(own) = latin::given_name_first(&person.name)
            .or_else(|| if args.is_russian() { None } else { latin::english(&person.name) })
    {
        parts = own;
    }
    let case = args.option("case").and_then(JsonValue::as_str);
    let case = args.word(say!("case"), case, &CASES, Case::parse)?.unwrap_or(Case::Nominative);
    if case != Case::Nominative && args.is_russian() && !parts.last.is_empty() {
        let inflected = match form(person.value, "forms", case) {
            Some(given) => given,
            None => {
                let gender = gender_option(args)?.or_else(|| person.gender());
                let form = person.inflect(case, || parts.inflect(case, gender));
                // Whose gender nobody knows, «Ким Ю. О.», is told as of a whole name.
                settle(args, &person.name, case, form, of_person)
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            }
        };
        // The surname stands first in every case, as many words as it has.
        let words = parts.last.split_whitespace().count();
        parts.last = inflected.split_whitespace().take(words).collect::<Vec<_>>().join(" ");
    }
    let Some(style) = style else {
        let whole = [parts.first, parts.middle, parts.last].join(" ");
        return Ok(whole.split_whitespace().collect::<Vec<_>>().join(" ").into());
    };
    Ok(parts.initials(style).into())
}

/// `piece person "last" "dat"`: a part of a name in a case, with the sex of the whole: `last`,
/// `first`, `middle`; `after` and `before` are the surname with initials. With `of=` the person is
/// another value, of whose name the first is that part.
pub(super) fn piece(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    const PIECES: [&str; 5] = ["last", "first", "middle", "after", "before"];
    let known = |word: &str| PIECES.contains(&word).then(|| word.to_owned());
    let piece = args.word(say!("part of a name"), args.optional(1), &PIECES, known)?;
    let piece = piece.unwrap_or_default();
    let case = case(args, 2)?;
    let whole = args.option("of").and_then(|whole| Named::read(args, whole));
    let person = match whole {
        Some(person) => person,
        None => Named::of(args, 0)?,
    };
    let mut parts = person.full_name();
    if args.option("of").is_none()
        && let Some(own) = args.optional(0).filter(|own| !own.contains(char::is_whitespace))
    {
        // Of the one whose name has this part nothing else is known.
        parts = match piece.as_str() {
            "first" => FullName::new("", own, ""),
            "middle" => FullName::new("", "", own),
            _ => FullName::new(own, "", ""),
        };
    }
    let cut = |text: &str| cut(args, (&person, &parts), text, case);
    Ok(match piece.as_str() {
        "last" => cut(&parts.last),
        "first" => cut(&parts.first),
        "middle" => cut(&parts.middle),
        style => {
            let style =
                if style == "before" { InitialsStyle::Before } else { InitialsStyle::After };
            let last = cut(&parts.last);
            FullName { last, ..parts.clone() }.initials(style)
        }
    }
    .into())
}

/// The words of a name's part in a case, as the whole name has them there.
fn cut(args: &Args<'_>, of: (&Named<'_>, &FullName), text: &str, case: Case) -> String {
    let (person, parts) = of;
    let still = person.value.get("decline") == Some(&JsonValue::Bool(false));
    if still || case == Case::Nominative || text.is_empty() || !args.is_russian() {
        return text.to_owned();
    }
    let at_its_place = |whole: &str, form: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let whole: Vec<&str> = whole.split_whitespace().collect();
        let form: Vec<&str> = form.split_whitespace().collect();
        let at = whole.windows(words.len()).position(|window| window == words)?;
        (whole.len() == form.len()).then(|| form[at..at + words.len()].join(" "))
    };
    // A form that the data or the user's words give is in the order in which the name is written.
    let given = form(person.value, "forms", case);
    if let Some(piece) = given.and_then(|form| at_its_place(&person.name, &form)) {
        return piece;
    }
    let gender = person.given_gender();
    let inflected = person.inflect(case, || parts.inflect(case, gender));
    let form = settle(args, &person.name, case, inflected, of_person);
    let form = form.as_str().unwrap_or_default();
    at_its_place(&parts.to_string(), form)
        .or_else(|| at_its_place(&person.name, form))
        .unwrap_or_else(|| text.to_owned())
}

/// `gender person`: `m`, `f`, `n`, `pl` of several, or nothing if neither the data nor the name
/// tell it.
pub(super) fn gender(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(match Named::of(args, 0)?.agreement() {
        (_, Number::Plural) => Number::Plural.code(),
        (gender, _) => gender.map_or("", Gender::code),
    }
    .into())
}

/// `noun "Положение"`: the gender of the first noun of a kind of document, `m`, `f`, `n`, or `pl`.
pub(super) fn noun(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let text = args.text(0)?.to_lowercase();
    let adjective = |word: &&str| {
        ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"].iter().any(|end| word.ends_with(end))
            // «положение», «мероприятие», «условие» end like adjectives of the neuter.
            && !word.ends_with("ние")
            && !word.ends_with("тие")
            && !word.ends_with("вие")
    };
    let word = text.split_whitespace().find(|word| !adjective(word)).unwrap_or(&text);
    // «Правила» would be feminine by its ending.
    const PLURAL: [&str; 4] = ["правила", "итоги", "нормы", "меры"];
    Ok(match word {
        _ if PLURAL.contains(&word) || word.ends_with(['ы', 'и']) => "pl",
        // «предложения», «замечания»: in a title they are plural.
        _ if word.ends_with("ния") => "pl",
        _ if word.ends_with(['а', 'я']) => "f",
        _ if word.ends_with(['о', 'е']) => "n",
        // Nouns in -ь are of either gender; of those that title a document these are feminine.
        "запись" | "ведомость" | "опись" | "модель" => "f",
        _ => "m",
    }
    .into())
}

/// `responsible list`: the key of the word before those who are responsible: one person, several,
/// or what may be neither.
pub(super) fn responsible(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let list = args.need(0)?.as_array().ok_or_else(|| args.wrong(0, say!("a list")))?;
    let texts: Vec<&str> = list.iter().filter_map(JsonValue::as_str).collect();
    let person = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let capital = words.iter().all(|word| word.starts_with(char::is_uppercase));
        // One word may be a department; a surname of one letter is an initial.
        (2..=3).contains(&words.len()) && capital && FullName::parse(text).last.len() > 2
    };
    Ok(match texts.as_slice() {
        [one] if one.contains(',') || one.contains(" и ") => "responsible-many",
        [one] if person(one) => "responsible-one",
        [_] => "responsible-other",
        _ => "responsible-many",
    }
    .into())
}

/// `party recipient`: what a name names: `person`, `persons`, `couple`, `family`, `collective`,
/// `organisation`, `foreign`, `post` or `unknown`; `party recipient "own"`: whether it can be the
/// subject by itself, so that «коллектив» is not put before it; `"number"`: `sg` or `pl`.
pub(super) fn party(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let named = Named::of(args, 0)?;
    let party = named.party();
    let asked = args.optional(1).unwrap_or("kind");
    let what =
        args.word(say!("question"), Some(asked), &["kind", "own", "number"], |word| match word {
            "kind" => Some(party.kind().code().into()),
            "own" => Some(party.is_own_subject().into()),
            "number" => Some(party.number().code().into()),
            _ => None,
        });
    what.map(Option::unwrap_or_default)
}

/// `greeting recipient`: «Уважаемая Наталья Григорьевна!», «Уважаемые педагоги школы № 7!».
pub(super) fn greeting(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let person = Named::of(args, 0)?;
    let gender = gender_option(args)?.or_else(|| person.gender());
    let own = match &person.parts {
        Some(parts) => parts.greeting(gender),
        None => person.party().greeting().or_else(|| person.full_name().greeting(gender)),
    };
    Ok(own.unwrap_or_else(|| uncertain_greeting(args, &person, gender)).into())
}

/// The greeting of somebody whose gender or first name is not known, which is told.
fn uncertain_greeting(args: &Args<'_>, person: &Named<'_>, gender: Option<Gender>) -> String {
    let parts = person.full_name();
    let called = if parts.first.is_empty() {
        person.name.clone()
    } else {
        format!("{} {}", parts.first, parts.middle).trim().to_owned()
    };
    let word = match gender {
        Some(Gender::Feminine) => "Уважаемая",
        Some(_) => "Уважаемый",
        None => "Уважаемый(-ая)",
    };
    let greeting = format!("{word} {called}!");
    let message = say!(
        "how to greet «{person}» is not certain: printed «{greeting}»",
        person = person.name,
        greeting
    );
    args.warn(
        Diagnostic::warning("uncertain-form", message)
            .hint(say!("give the person `gender: m` or `f`, and the whole name")),
    );
    greeting
}

/// `agree "награждён" person`: a word in the gender of a person, or of `"m"`, `"f"`, `"n"`; a list
/// of two or more, or `"pl"`, makes it plural.
pub(super) fn agree(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let word = args.text(0)?;
    // Agreement is told of Russian words only; a table of another language has its one form.
    if !args.is_russian() {
        return Ok(word.into());
    }
    let with = args.need(1)?;
    let (gender, number) = match with {
        JsonValue::Array(list) if list.len() != 1 => (None, Number::Plural),
        JsonValue::Array(list) => (list.first().and_then(given_gender), Number::Singular),
        JsonValue::String(code) if Number::parse(code).is_some() => {
            (None, Number::parse(code).unwrap_or(Number::Singular))
        }
        JsonValue::String(code) if Gender::parse(code).is_some() => {
            (Gender::parse(code), Number::Singular)
        }
        _ => recipient::agreement(with, &Named::of(args, 1)?),
    };
    if gender.is_none() && number == Number::Singular {
        let who = Named::of(args, 1).map(|person| person.name).unwrap_or_default();
        let message = say!("the gender of «{who}» is not known: printed «{word}»", who, word);
        args.warn(
            Diagnostic::warning("uncertain-form", message)
                .hint(say!("give the person `gender: m` or `f`")),
        );
    }
    let agreed = ru::agree::agree(&word, gender.unwrap_or(Gender::Masculine), number);
    agreed.map(JsonValue::from).ok_or_else(|| {
        RenderFault::argument(say!(
            "`agree`: «{word}» is not a verb, participle, adjective or pronoun",
            word
        ))
        .hint(say!("a noun does not agree: choose it with `{{#if (eq (gender person) \"f\")}}`"))
    })
}
