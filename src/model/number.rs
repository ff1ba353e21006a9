//! Numbers of points, as an editor would set them: which mark each list has, where numbers begin
//! anew, what the writer has numbered by hand.
//!
//! Numbers themselves are counted by the style sheet, so that Word counts them, too. What is
//! settled here is written into the keys that the data have for it, and settling it again changes
//! nothing.

use super::section::{AgendaItem, Body, HeadingNumbering, Numbering, Section};
use super::{FinalDocument, Item, arrange, who};
use crate::lang::ru::capital;

/// Settles the numbers of a document and of its appendices, each by itself.
pub(super) fn number(document: &mut FinalDocument) {
    chain(&mut document.sections, document.numbering, document.headings);
    // What a directive says without a verb is ordered as well: «1. Провести субботник.»
    let kind = document.kind.to_lowercase();
    let orders = ["приказ", "распоряжени", "постановлени", "указани", "решени"];
    if let Some(section) = document.sections.first_mut().filter(|section| section.heading.is_none())
        && orders.iter().any(|order| kind.starts_with(order))
        && let Some(points) = section.body.points_mut()
    {
        let numbering = points.numbering.unwrap_or(Numbering::Outline);
        finish(&mut points.items, numbering, false);
    }
    for appendix in &mut document.appendices {
        chain(&mut appendix.sections, appendix.numbering, appendix.headings);
    }
}

/// Sections through which numbers go on.
fn chain(sections: &mut [Section], wanted: Option<Numbering>, headings: Option<HeadingNumbering>) {
    number_headings(sections, headings);
    lead_on(sections);
    let (mut last, mut chaptered) = (0, false);
    dash_parts(sections, wanted);
    for section in sections.iter_mut() {
        // A numbering without a heading to stand in numbers nothing.
        let headed = section.heading.as_ref().and(section.heading_numbering);
        // Below «1.» points are «1.1», so each such heading counts.
        if headed == Some(HeadingNumbering::Decimal) {
            last += 1;
            chaptered = true;
        }
        let path = headed.map(|_| String::from("?"));
        // A bibliography is a list by itself, whatever was counted before.
        let books = section.heading.as_deref().is_some_and(is_bibliography) && headed.is_none();
        match &mut section.body {
            Body::Agenda(agenda) => {
                number_agenda(&mut agenda.items);
            }
            body => {
                let Some(points) = body.points_mut() else { continue };
                let given = points.numbering.or(wanted);
                nest_typed(&mut points.items);
                let usual = lift_marks(&mut points.items, given, given.is_none());
                points.numbering = Some(usual);
                points.start = points.start.or(books.then_some(1));
                if headed == Some(HeadingNumbering::Decimal) {
                    // They begin anew by themselves; told to, the headings would, too.
                    points.start.take_if(|start| *start == 1);
                    untype(&mut points.items, last);
                } else if chaptered && !usual.counts_on() {
                    // Dashes have no number to begin with, and the next heading has.
                    points.start = None;
                } else if usual.counts_on() {
                    // Points go on from section to section, as in resolutions, unless their
                    // number begins with the heading's.
                    let anew = if points.nested { 0 } else { last };
                    let from = points.start.map_or(anew, |start| start.saturating_sub(1));
                    last = place(&mut points.items, from, path.as_deref());
                }
                let under_number = headed == Some(HeadingNumbering::Decimal) || points.nested;
                let depth = if under_number { 2 } else { 1 };
                for item in &mut points.items {
                    number_below(item, usual, depth);
                }
            }
        }
    }
    finish_mixed(sections);
    finish_resolved(sections);
    even_stops(sections);
    let counted = sections.iter_mut().filter_map(|section| section.body.points_mut());
    let counted = counted.filter(|points| points.numbering.is_some_and(Numbering::counts_on));
    // A single point is not numbered: there is nothing to tell it from.
    if wanted.is_none() && counted.map(|points| points.items.len()).sum::<usize>() == 1 {
        unmark_a_lone_point(sections);
    }
}

/// «Список литературы», «Источники».
fn is_bibliography(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["список литератур", "список источник", "литература", "источники", "библиограф"]
        .iter()
        .any(|begin| heading.starts_with(begin))
}

/// «Отмечают:» and parts of that sentence are a list of dashes; whole sentences are points.
fn dash_parts(sections: &mut [Section], wanted: Option<Numbering>) {
    for at in 1..sections.len() {
        let (before, after) = sections.split_at_mut(at);
        let one = after[0].body.points_mut().is_some_and(|points| points.items.len() == 1);
        let led = match &before[at - 1].body {
            // The only decision below «Решили:» is a sentence.
            Body::Preamble(preamble) => preamble.resolves.is_some() && !one,
            Body::Text(text) => text.paragraphs.last().is_some_and(|text| text.ends_with(':')),
            _ => false,
        };
        let Some(points) = after[0].body.points_mut().filter(|_| led) else { continue };
        let part = |item: &Item| {
            let text = item.text.as_deref().filter(|_| item.items.is_empty());
            text.is_some_and(|text| text.starts_with(char::is_lowercase) && mark(text).is_none())
        };
        if points.numbering.is_none() && wanted.is_none() && points.items.iter().all(part) {
            points.numbering = Some(Numbering::Dashes);
        }
    }
}

/// Finishes lists below headings in which some begin small and others do not: «4.1. День музеев»,
/// «4.2. новогодний огонёк». Counted alike, they begin and end alike.
fn finish_mixed(sections: &mut [Section]) {
    let begins = |item: &Item, case: fn(char) -> bool| {
        let text = item.text.as_deref().filter(|_| item.items.is_empty());
        text.is_some_and(|text| text.starts_with(case))
    };
    for section in sections.iter_mut().filter(|section| section.heading.is_some()) {
        if let Some(points) = section.body.points_mut()
            && points.numbering.is_some_and(Numbering::counts_on)
            && points.items.iter().any(|item| begins(item, char::is_lowercase))
            && points.items.iter().any(|item| begins(item, char::is_uppercase))
        {
            finish(&mut points.items, Numbering::Outline, false);
        }
    }
}

/// Ends the points that a verb leads to.
fn finish_resolved(sections: &mut [Section]) {
    // «Заслуги» and phrases with dashes below it are parts of one sentence, too.
    let small = |item: &Item| {
        let text = item.text.as_deref().filter(|_| item.items.is_empty());
        text.is_some_and(|text| text.starts_with(|c: char| c.is_lowercase() || c == '«'))
    };
    for section in sections.iter_mut().filter(|section| section.heading.is_some()) {
        if let Some(points) = section.body.points_mut()
            && points.numbering == Some(Numbering::Dashes)
            && points.items.iter().all(small)
        {
            finish(&mut points.items, Numbering::Dashes, false);
        }
    }
    // «Провести съезд.» is a sentence without a verb above it, too.
    let done = |item: &Item| {
        let first = item.text.as_deref().and_then(|text| text.split_whitespace().next());
        first.is_some_and(|word| {
            word.starts_with(char::is_uppercase) && arrange::is_infinitive(&word.to_lowercase())
        })
    };
    for section in sections.iter_mut() {
        if let Some(points) = section.body.points_mut()
            && points.items.iter().all(done)
        {
            let numbering = points.numbering.unwrap_or(Numbering::Outline);
            finish(&mut points.items, numbering, false);
        }
    }
    for at in 1..sections.len() {
        let (before, after) = sections.split_at_mut(at);
        let led = match &before[at - 1].body {
            // With its verb or without, it ends with a colon.
            Body::Preamble(preamble) => {
                let led = |text: &String| text.trim_end().ends_with(':');
                let text = preamble.recitals.last().or(preamble.text.as_ref());
                preamble.resolves.is_some() || preamble.is_open() || text.is_some_and(led)
            }
            // «В программе:» and a list of phrases below it; names are no parts of a sentence.
            Body::Text(text) => {
                let phrases = after[0].heading.is_none()
                    && after[0].body.points_mut().is_some_and(|p| p.items.iter().any(small));
                phrases && text.paragraphs.last().is_some_and(|text| text.ends_with(':'))
            }
            _ => false,
        };
        if let Some(points) = after[0].body.points_mut().filter(|_| led) {
            let numbering = points.numbering.unwrap_or(Numbering::Outline);
            finish(&mut points.items, numbering, false);
        }
    }
}

/// Ends the points whose neighbours are sentences with their stops, and the last paragraph of a
/// text whose others are.
fn even_stops(sections: &mut [Section]) {
    // «1.1» of a chapter whose own number was typed stands before a sentence as any other does.
    let own = |number: &String| !number.contains('.');
    let plain = |item: &Item| item.items.is_empty() && !item.number.as_ref().is_some_and(own);
    let whole = |item: &Item| {
        let text = item.text.as_deref().filter(|_| plain(item));
        text.is_some_and(|text| text.ends_with('.') && is_sentence(text))
    };
    let lists = sections.iter_mut().filter_map(|section| section.body.points_mut());
    let mut lists: Vec<_> =
        lists.filter(|points| points.numbering.is_some_and(Numbering::counts_on)).collect();
    // One that ends with a semicolon makes a sentence of its list.
    let part = |item: &Item| {
        let text = item.text.as_deref().filter(|_| plain(item));
        text.is_some_and(|text| text.trim_end().ends_with(';'))
    };
    for points in lists.iter_mut().filter(|points| points.items.iter().any(part)) {
        let numbering = points.numbering.unwrap_or(Numbering::Outline);
        finish(&mut points.items, numbering, false);
    }
    let typed = lists.iter().any(|points| points.items.iter().any(whole));
    // Rules are said in sentences, though no other list need be one.
    let rule =
        |item: &Item| item.text.as_deref().is_some_and(|text| text.ends_with('!') || rules(text));
    let ruled = lists.iter().any(|points| points.items.iter().any(rule));
    // «Цель: поддержка чтения» ends as the rules beside it do.
    let labelled = |item: &Item| {
        item.text.as_deref().is_some_and(|text| text.contains(": ")) || !item.items.is_empty()
    };
    for points in &mut lists {
        let own = typed || points.items.iter().any(rule);
        let sentences = own || ruled && points.items.iter().all(labelled);
        if !sentences {
            continue;
        }
        let numbering = points.numbering.unwrap_or(Numbering::Outline);
        // «СМИ:» and what they should do is a sentence, too.
        let led = |item: &Item| item.lead.is_some() && !item.items.is_empty();
        let ends = |item: &Item| {
            let text = item.text.as_deref().unwrap_or_default();
            is_sentence(text) || does(&text.to_lowercase()) || !item.items.is_empty() || led(item)
        };
        if points.items.iter().all(ends) {
            finish(&mut points.items, numbering, false);
        }
    }
    end_findings(sections);
    sections.iter_mut().for_each(end_paragraphs);
    end_beside(sections);
}

/// Ends the sentences of texts where those of another one have their stops: a list or a heading may
/// stand between.
fn end_beside(sections: &mut [Section]) {
    let mut texts: Vec<&mut String> = (sections.iter_mut())
        .filter_map(|section| match &mut section.body {
            Body::Text(text) => Some(&mut text.paragraphs),
            _ => None,
        })
        .flatten()
        .collect();
    if !texts.iter().any(|text| text.ends_with('.') && is_sentence(text)) {
        return;
    }
    for text in &mut texts {
        let open = text.ends_with(|c: char| c.is_alphabetic() || c == '»') && !text.contains(": ");
        if open && !text.contains('\n') && is_sentence(text) && rules(text) {
            text.push('.');
        }
    }
}

/// What a meeting finds and recommends is said in sentences by nature.
fn end_findings(sections: &mut [Section]) {
    for section in sections.iter_mut() {
        let points = match &mut section.body {
            Body::Recommendations(points) | Body::Evaluations(points) => points,
            // «2. Выразить благодарность учителям» beside acts, which end by themselves.
            Body::Gratitude(points) if points.numbering.is_some_and(Numbering::counts_on) => points,
            _ => continue,
        };
        // An addressee in brackets would stand behind the stop.
        let says = |item: &Item| {
            item.to.is_none() && item.text.as_deref().is_none_or(|text| text.contains(' '))
        };
        let numbering = points.numbering.unwrap_or(Numbering::Outline);
        if points.items.iter().all(says) {
            finish(&mut points.items, numbering, false);
        }
    }
}

/// Ends the paragraphs of a text that are sentences as their neighbours are, or beyond doubt.
fn end_paragraphs(section: &mut Section) {
    let Body::Text(text) = &mut section.body else { return };
    end_marked(&mut text.paragraphs);
    for text in text.paragraphs.iter_mut().filter(|text| says_more(text)) {
        if text.ends_with(|c: char| c.is_alphabetic() || "»)".contains(c)) && is_sentence(text) {
            text.push('.');
        }
    }
    let [before @ .., last] = text.paragraphs.as_mut_slice() else { return };
    let open = last.ends_with(|c: char| c.is_alphabetic() || c == '»');
    let leads = last.contains(": ") || last.contains(" следующ");
    let open = open && last.starts_with(char::is_uppercase) && !leads;
    if before.last().is_some_and(|text| text.ends_with('.')) && open && is_sentence(last) {
        last.push('.');
    }
}

/// Whether a text may be a sentence: a blank to fill in, an address and an initial end none.
fn is_sentence(text: &str) -> bool {
    let last = text.split_whitespace().last().unwrap_or_default();
    text.split_whitespace().count() > 3
        && !ends_with_initial(text)
        && !last.contains(['_', '@', '/'])
}

/// Whether a text says what somebody may or must do, as the sentences of rules do.
fn rules(text: &str) -> bool {
    const VERBS: [&str; 11] = [
        "обязан",
        "обязана",
        "обязаны",
        "вправе",
        "имеет",
        "имеют",
        "является",
        "являются",
        "проводится",
        "может",
        "могут",
    ];
    // What nouns do not end with, but for «уют».
    const ENDS: [&str; 10] =
        ["ает", "яет", "ует", "ают", "яют", "уют", "ется", "ится", "ются", "ятся"];
    let finite = |word: &str| word != "уют" && ENDS.iter().any(|end| word.ends_with(end));
    let verb = |word: &str| {
        let word = word.trim_end_matches(',');
        VERBS.contains(&word) || finite(word) || arrange::is_infinitive(word)
    };
    text.starts_with(char::is_uppercase) && text.split_whitespace().skip(1).any(verb)
}

/// Whether a paragraph is a sentence beyond doubt: another one ends within it, or it has a clause.
fn says_more(text: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let word = text[..at].rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let letters = word.chars().count();
        let open = word.ends_with(|c: char| "аеёиоуыэюяйь".contains(c));
        // «ул. Мира», «просп. Победы», «А. П. Ли» end nothing.
        word.chars().all(char::is_lowercase)
            && (open && letters > 2 || letters > 5)
            && text[at + 2..].starts_with(char::is_uppercase)
    };
    let clause = [", что ", ", чтобы ", ", котор", ", поскольку ", ", так как "];
    text.starts_with(char::is_uppercase)
        && !text.contains('\n')
        && !text.contains(" следующ")
        && (text.match_indices(". ").any(ends) || clause.iter().any(|c| text.contains(c)))
}

/// Ends lines that were typed with «а)», «2)» and a semicolon behind one of them.
fn end_marked(paragraphs: &mut [String]) {
    let kind = |text: &String| match mark(text)?.0 {
        TypedMark::Letter(_) => Some('а'),
        TypedMark::Number(number, ')') if !number.contains('.') => Some('1'),
        _ => None,
    };
    let kinds: Vec<Option<char>> = paragraphs.iter().map(kind).collect();
    let mut from = 0;
    while from < paragraphs.len() {
        let len = kinds[from..].iter().take_while(|kind| **kind == kinds[from]).count();
        let run = &mut paragraphs[from..from + len];
        if kinds[from].is_some() && run.iter().any(|text| text.ends_with(';')) {
            for (at, text) in run.iter_mut().enumerate() {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '»') {
                    text.push(if at + 1 < len { ';' } else { '.' });
                }
            }
        }
        from += len;
    }
}

/// A text without an end leads to the table or the list below it: «… принял следующие документы:».
fn lead_on(sections: &mut [Section]) {
    for at in 1..sections.len() {
        let (before, after) = sections.split_at_mut(at);
        let below = match &after[0].body {
            Body::Table(table) => table.caption.is_none(),
            Body::Points(_) => true,
            _ => false,
        };
        let below = below && after[0].heading.is_none();
        if let Body::Text(text) = &mut before[at - 1].body
            && let Some(text) = text.paragraphs.last_mut().filter(|_| below)
            // «Вопрос: рассмотрение заявок» is a line of its own.
            && !text.contains(": ")
            && text.ends_with(|c: char| c.is_alphanumeric() || c == '»')
        {
            text.push(':');
        }
    }
}

/// The questions of an agenda, which numbers them itself, and their decisions.
fn number_agenda(questions: &mut [AgendaItem]) {
    // What was discussed in the end without a title of its own is none of those listed.
    let titled = questions.iter().filter(|question| !question.title.is_empty());
    let typed: Option<Vec<u32>> =
        titled.map(|question| typed_number(&question.title)?.0.parse().ok()).collect();
    // An extract keeps the numbers of its questions: «3. О допуске к экзаменам».
    let typed = typed.filter(|all| all.windows(2).all(|two| two[0] < two[1]));
    if let Some(typed) = typed {
        let bare = |text: &mut String| {
            if let Some((_, rest)) = typed_number(text) {
                *text = rest.to_owned();
            }
        };
        let titled = questions.iter_mut().filter(|question| !question.title.is_empty());
        for ((question, number), usual) in titled.zip(typed).zip(1..) {
            bare(&mut question.title);
            question.listed.as_mut().map(bare);
            question.value = Some(number).filter(|number| *number != usual);
        }
    }
    for question in questions {
        // Where a question has no number, its decisions begin with none.
        let usual = if question.title.is_empty() { Numbering::Decimal } else { Numbering::Outline };
        let numbering = question.numbering.unwrap_or(usual);
        nest_typed(&mut question.decided);
        // The only one of an extract keeps the number that it has in the minutes: «3.1. Выдвинуть».
        let own = match question.decided.as_slice() {
            [only] => only.text.as_deref().and_then(typed_number),
            _ => None,
        };
        let own = own.map(|own| own.0.to_owned()).filter(|number| number.contains('.'));
        // Decisions of an agenda are numbered by their question, whatever marks were typed.
        let numbering = lift_marks(&mut question.decided, Some(numbering), false);
        question.numbering = Some(numbering);
        for item in &mut question.decided {
            number_below(item, numbering, 2);
        }
        // The only decision has no number that those below it could begin with.
        if let [only] = question.decided.as_mut_slice()
            && only.numbering == Some(Numbering::Outline)
        {
            number_flat(only);
        }
        finish(&mut question.decided, numbering, false);
        if let (Some(own), [only]) = (own, question.decided.as_mut_slice())
            && let Some(text) = only.text.as_mut().filter(|text| typed_number(text).is_none())
        {
            *text = format!("{own}. {text}");
        }
    }
}

/// A point that is alone in the whole needs no number, unless its list is told to have one.
fn unmark_a_lone_point(sections: &mut [Section]) {
    let headed = sections.iter().any(|section| {
        section.heading.is_some() && section.heading_numbering == Some(HeadingNumbering::Decimal)
    });
    if headed {
        return;
    }
    for section in sections {
        let Some(points) = section.body.points_mut() else { continue };
        let [item] = points.items.as_mut_slice() else { continue };
        // Whoever gave it a number wants to see it.
        let told = points.start.is_some() || item.number.is_some() || item.value.is_some();
        if points.numbering.is_some_and(Numbering::counts_on) && !told {
            points.numbering = Some(Numbering::None);
            // Below a point without a number, numbers are of one level.
            if item.numbering == Some(Numbering::Outline) {
                number_flat(item);
            }
        }
    }
}

fn number_flat(item: &mut Item) {
    item.numbering = Some(Numbering::Decimal);
    for item in &mut item.items {
        if item.numbering == Some(Numbering::Outline) {
            item.numbering = Some(Numbering::Letters);
        }
    }
}

/// Numbers of chapters as people type them.
const ROMAN: [&str; 15] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];

/// Gives sections the numbering of headings that the document asks for, or that their typed numbers
/// show: «1. Общие положения» is heading 1, and the points below it are 1.1, 1.2.
fn number_headings(sections: &mut [Section], wanted: Option<HeadingNumbering>) {
    let typed = sections.iter().filter_map(|section| section.heading.as_deref());
    let numbers: Vec<Option<u32>> =
        typed.map(|heading| typed_number(heading)?.0.parse().ok()).collect();
    // Only a row without gaps is a numbering; a single «1941. Начало» is a heading. «Реквизиты
    // сторон» behind them needs no number.
    let counted: Vec<u32> = numbers.iter().copied().flatten().collect();
    let behind = counted.len() == numbers.len()
        || counted.len() > 1 && numbers[..counted.len()].iter().all(Option::is_some);
    let in_order = !counted.is_empty()
        && behind
        && counted.iter().zip(1..).all(|(number, expected)| *number == expected);
    let typed = sections.iter().filter_map(|section| section.heading.as_deref());
    let romans_in_order = typed
        .zip(ROMAN)
        .all(|(heading, roman)| heading.split_once(". ").is_some_and(|h| h.0 == roman));
    for section in sections {
        let Some(heading) = &mut section.heading else { continue };
        // An agenda numbers its questions itself.
        if matches!(section.body, Body::Agenda(_)) {
            continue;
        }
        section.heading_numbering = section.heading_numbering.or(wanted);
        if in_order
            && section.heading_numbering.is_none_or(|n| n == HeadingNumbering::Decimal)
            && let Some((_, rest)) = typed_number(heading)
        {
            *heading = rest.to_owned();
            section.heading_numbering = Some(HeadingNumbering::Decimal);
        }
        let outline = section
            .body
            .points_mut()
            .is_some_and(|points| points.numbering == Some(Numbering::Outline));
        if outline
            && section.heading_numbering.is_none()
            && romans_in_order
            && let Some((_, rest)) = heading.split_once(". ")
        {
            *heading = rest.trim_start().to_owned();
            section.heading_numbering = Some(HeadingNumbering::Roman);
        }
        if section.heading_numbering.is_some()
            && let Some(points) = section.body.points_mut()
        {
            let usual = match section.heading_numbering {
                Some(HeadingNumbering::Decimal) => Some(Numbering::Outline),
                _ if points.nested => Some(Numbering::Outline),
                _ => Some(Numbering::Decimal),
            };
            // Asked for 1.1 under «I.», its number is the first of the two.
            let below = points.numbering == Some(Numbering::Outline);
            points.nested |= below && heading_counts(section.heading_numbering);
            points.numbering = points.numbering.or(usual);
        }
    }
}

fn heading_counts(numbering: Option<HeadingNumbering>) -> bool {
    numbering.is_some_and(|numbering| numbering != HeadingNumbering::Decimal)
}

/// Puts items that are typed as «а) вокал;» or «– план» below the item before them, if that has
/// another mark or none: one list was typed where two are meant.
fn nest_typed(items: &mut Vec<Item>) {
    hang_tables(items);
    stop_typed(items);
    nest_led(items);
    nest_phrases(items);
    items.iter_mut().for_each(join_alone);
    let kind = |item: &Item| match mark(item.text.as_deref()?)?.0 {
        TypedMark::Number(_, '.') => None,
        mark => Some(std::mem::discriminant(&mark)),
    };
    if !items.iter().any(|item| kind(item).is_some()) {
        return;
    }
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        match (kind(&item), kept.last_mut()) {
            (Some(own), Some(above)) if kind(above) != Some(own) => above.items.push(item),
            _ => kept.push(item),
        }
    }
    *items = kept;
}

/// Puts the only part of a sentence behind what leads to it, since there is nothing to count:
/// «Родителям:» and «читать с детьми» below.
fn join_alone(item: &mut Item) {
    let Some(lead) = item.lead.as_deref().filter(|_| item.numbering.is_none()) else { return };
    let [part] = item.items.as_slice() else { return };
    let text = part.text.as_deref().unwrap_or_default();
    let plain = *part == Item { text: part.text.clone(), ..Item::default() };
    if plain && text.starts_with(char::is_lowercase) && mark(text).is_none() {
        let text = text.trim_end_matches([';', ',', ' ']);
        item.text = Some(format!("{}: {text}", lead.trim_end_matches(':')));
        item.lead = None;
        item.items.clear();
    }
}

/// Puts a table that was typed as a point of its own below the point before it, which leads to it:
/// «Премировать работников:» and then `table`.
fn hang_tables(items: &mut Vec<Item>) {
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        let table = item.table.take();
        let bare = table.is_some() && item == Item::default();
        match kept.last_mut().filter(|above| bare && above.table.is_none()) {
            Some(above) => above.table = table,
            None => kept.push(Item { table, ..item }),
        }
    }
    *items = kept;
}

/// Ends what is resolved as an editor would where the writer has left a mark out: whole points are
/// sentences, parts of one end with semicolons.
fn finish(items: &mut [Item], numbering: Numbering, nested: bool) {
    finish_with(items, numbering, nested, '.');
}

/// The same, where `end` stands behind the last of them: a list within a sentence that goes on ends
/// as its part does.
fn finish_with(items: &mut [Item], numbering: Numbering, nested: bool, end: char) {
    let ends = |item: &Item, ends: &[char]| {
        item.text.as_deref().is_some_and(|text| text.trim_end().ends_with(ends))
    };
    let small = |item: &Item| {
        let text = item.text.as_deref().or(item.lead.as_deref());
        text.is_some_and(|text| !text.starts_with(char::is_uppercase))
    };
    // «Поручаю: 1) провести; 2) издать.» is one sentence, whatever its marks are.
    let listed = nested || !numbering.counts_on() || numbering == Numbering::Parenthesis;
    // People below a verb are parts of its sentence.
    let named = |item: &Item| item.text.as_deref().is_some_and(who::is_named_in_any_case);
    let initialled = |item: &Item| item.text.as_deref().is_some_and(ends_with_initial);
    let people = numbering == Numbering::Dashes && items.iter().all(named);
    let parts = items.iter().any(|item| ends(item, &[';', ',']))
        || listed && items.iter().any(small)
        || people && !items.iter().any(|item| ends(item, &['.']) && !initialled(item));
    let last = items.len().saturating_sub(1);
    // «1. Внести изменения» leads to «1.1», which was typed beside it.
    let deep = |item: &Item| item.number.as_ref().map_or(0, |n| n.matches('.').count());
    let depths: Vec<usize> = items.iter().map(deep).collect();
    let leads = |at: usize| depths.get(at + 1).is_some_and(|next| *next > depths[at]);
    for (at, item) in items.iter_mut().enumerate() {
        let stop = match () {
            () if leads(at) => ':',
            () if parts && at < last => ';',
            () if parts => end,
            () => '.',
        };
        let below = item.numbering.unwrap_or(Numbering::Letters);
        finish_with(&mut item.items, below, true, if parts { stop } else { '.' });
        if let Some(lead) = item.lead.as_mut().filter(|_| !parts) {
            *lead = capital(lead);
        }
        let verb = item.act.as_mut().and_then(|act| act.text.as_mut()).filter(|_| !parts);
        if let Some(text) = verb.filter(|text| does(text)) {
            *text = capital(text);
        }
        let ended = ends(item, &['.', ';', ',', ':', '!', '?', '…']);
        let plain = item.items.is_empty() && item.table.is_none();
        let Some(text) = &mut item.text else { continue };
        if !parts {
            *text = capital(text);
        }
        if plain && !ended {
            text.truncate(text.trim_end().len());
            text.push(stop);
        } else if plain && at == last && stop == '.' && text.ends_with([';', ',']) {
            // A mark that leads on leads nowhere behind the last one.
            text.pop();
            text.push(stop);
        } else if plain && parts && at < last && (ends_with_initial(text) || abbreviated(text)) {
            // The stop is the initial's («пригласить родителей Зотова К.»), or that of «500 экз.».
            text.push(stop);
        }
    }
}

/// Whether a text begins with what is to be done: «избрать в правление».
fn does(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(arrange::is_infinitive)
}

/// Whether a text ends with the stop of an initial or of «2025 г.».
pub(super) fn ends_with_initial(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|text| {
        let last = text.rsplit([' ', '\u{a0}', '.']).next().unwrap_or_default();
        last.chars().count() == 1 && last.chars().all(char::is_alphabetic)
    })
}

/// Whether a text ends with a measure whose stop is no end of a sentence.
pub(super) fn abbreviated(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "экз.", "чел.", "руб.", "шт.", "гг.", "тыс.", "кг.", "стр.", "мин.", "уч.", "др.", "коп.",
        "кв.", "эт.", "каб.", "кл.", "ед.",
    ];
    text.split([' ', '\u{a0}']).next_back().is_some_and(|last| WORDS.contains(&last))
}

/// Gives typed numbers of two parts the full stop that tells them from times and dates, where they
/// count: «1.1 Общие», «1.2 Цели».
fn stop_typed(items: &mut [Item]) {
    let number = |item: &Item| -> Option<(u32, u32, usize)> {
        let text = item.text.as_deref().or(item.lead.as_deref()).or(item.heading.as_deref())?;
        let (number, _) = text.split_once([' ', '\u{a0}'])?;
        let (above, own) = number.split_once('.')?;
        Some((above.parse().ok()?, own.parse().ok()?, number.len()))
    };
    let counted = |(at, item): (u32, &Item)| number(item).is_some_and(|(_, own, _)| own == at);
    let above: Vec<u32> = items.iter().filter_map(|item| Some(number(item)?.0)).collect();
    // One alone may be a time, and so may «9.1» above «10.2».
    let alike = above.len() > 1 && above.windows(2).all(|pair| pair[0] == pair[1]);
    if alike && (1..).zip(items.iter()).all(counted) {
        for item in items {
            let Some((_, _, end)) = number(item) else { continue };
            if let Some(text) = said(item) {
                text.insert(end, '.');
            }
        }
    }
}

/// Puts «положение;» and «состав жюри.» below «Утвердить:», where all were typed in one row: what
/// ends with a colon leads to what ends with semicolons.
fn nest_led(items: &mut Vec<Item>) {
    let plain = |item: &Item| item.items.is_empty() && item.number.is_none() && item.lead.is_none();
    let ends = |item: &Item, end: char| item.text.as_ref().is_some_and(|t| t.ends_with(end));
    let leads = |pair: &[Item]| {
        ends(&pair[0], ':') && plain(&pair[0]) && ends(&pair[1], ';') && plain(&pair[1])
    };
    if !items.windows(2).any(leads) {
        return;
    }
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    let mut open = false;
    for item in items.drain(..) {
        let listed = ends(&item, ';') && plain(&item);
        let numbered = item.text.as_deref().is_some_and(|text| typed_number(text).is_some());
        match kept.last_mut() {
            // The last one of the list ends with a full stop.
            Some(above) if !numbered && plain(&item) && (open || ends(above, ':') && listed) => {
                open = listed;
                above.items.push(item);
            }
            _ => kept.push(item),
        }
    }
    *items = kept;
}

/// Puts phrases without marks below «Задачи:», where all were typed in one row.
fn nest_phrases(items: &mut Vec<Item>) {
    let plain = |item: &Item| item.items.is_empty() && item.number.is_none() && item.lead.is_none();
    let leads = |item: &Item| {
        let text = item.text.as_deref().unwrap_or_default();
        plain(item) && text.ends_with(':') && text.starts_with(char::is_uppercase)
    };
    let phrase = |item: &Item| plain(item) && is_part(item.text.as_deref().unwrap_or_default());
    let run = |at: usize| items[at + 1..].iter().take_while(|item| phrase(item)).count();
    let Some((at, count)) =
        (0..items.len()).filter(|at| leads(&items[*at])).map(|at| (at, run(at))).find(|r| r.1 > 1)
    else {
        return;
    };
    let below: Vec<Item> = items.drain(at + 1..=at + count).collect();
    items[at].items = below;
    nest_phrases(items);
}

/// Whether a text is a part of the list that a colon before it leads to: «выявить таланты», and
/// «6–9 лет» as well.
pub(super) fn is_part(text: &str) -> bool {
    let counted = text.starts_with(|c: char| c.is_ascii_digit()) && !text.ends_with('.');
    (text.starts_with(char::is_lowercase) || counted) && mark(text).is_none()
}

/// Whether each item begins with a box to be ticked, which is its mark and stays where it was
/// typed.
fn are_boxes(items: &mut [Item]) -> bool {
    let boxed = |item: &Item| {
        let text = item.text.as_deref().unwrap_or_default();
        text.starts_with(['☐', '□', '☑', '☒', '○', '◻']) || text.starts_with("[ ]")
    };
    let all = items.len() > 1 && items.iter().all(boxed);
    for text in items.iter_mut().filter(|_| all).filter_map(|item| item.text.as_mut()) {
        if let Some(rest) = text.strip_prefix("[ ]") {
            *text = format!("☐{rest}");
        }
    }
    all
}

/// Takes marks that are typed before every item into the list's numbering, numbers that are typed
/// into the item's own; gives the numbering of the list.
fn lift_marks(items: &mut [Item], given: Option<Numbering>, free: bool) -> Numbering {
    let marks: Vec<Option<(TypedMark, usize)>> =
        items.iter_mut().map(|item| mark(said(item)?)).collect();
    let same = |wanted: fn(&TypedMark) -> bool| {
        !marks.is_empty() && marks.iter().all(|m| m.as_ref().is_some_and(|(m, _)| wanted(m)))
    };
    let lettered = || {
        let follow = |letters: &str| {
            marks.iter().zip(letters.chars()).all(|(mark, letter)| {
                matches!(mark, Some((TypedMark::Letter(found), _)) if *found == letter)
            })
        };
        !marks.is_empty() && (follow(LETTERS) || follow(LATIN))
    };
    if given.is_none_or(|_| free) && are_boxes(items) {
        return Numbering::None;
    }
    let lifted = if same(|mark| *mark == TypedMark::Dash) {
        Some(Numbering::Dashes)
    } else if same(|mark| *mark == TypedMark::Bullet) {
        Some(Numbering::Bullets)
    } else if lettered() {
        Some(Numbering::Letters)
    } else if same(|mark| matches!(mark, TypedMark::Number(_, ')'))) {
        Some(Numbering::Parenthesis)
    } else {
        None
    };
    // Marks that all points have were typed as a numbering: they leave the text, or they would
    // be printed twice.
    if let Some(lifted) = lifted {
        for (item, mark) in items.iter_mut().zip(&marks) {
            let Some((mark, length)) = mark else { continue };
            if let Some(text) = said(item) {
                *text = text.split_off(*length);
            }
            if let TypedMark::Number(number, _) = mark {
                item.number = item.number.take().or(Some(number.clone()));
            }
        }
        // A numbering that is asked for wins over the marks.
        return if free || given.is_none() { lifted } else { given.unwrap_or(lifted) };
    }
    for (item, mark) in items.iter_mut().zip(marks) {
        if let (Some((TypedMark::Number(number, '.'), length)), None) = (mark, &item.number)
            && let Some(text) = said(item)
        {
            *text = text.split_off(length);
            item.number = Some(number);
        }
    }
    given.unwrap_or(Numbering::Outline)
}

/// A mark that somebody has typed before a text.
#[derive(PartialEq)]
enum TypedMark {
    Dash,
    Bullet,
    Letter(char),
    /// The number and what ends it.
    Number(String, char),
}

/// Letters by which lists are marked: those that Word has.
const LETTERS: &str = "абвгдежзиклмнопрстуфхцчшщэюя";

/// The same in English documents; a Russian one is often typed with them by mistake.
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

/// Whether a line begins with a mark or a number of a list.
pub(super) fn is_marked(line: &str) -> bool {
    mark(line).is_some()
}

/// What a point begins with, as it was typed.
fn said(item: &mut Item) -> Option<&mut String> {
    item.text.as_mut().or(item.lead.as_mut()).or(item.heading.as_mut())
}

/// The mark of a text and its length in bytes, the blank after it included.
fn mark(text: &str) -> Option<(TypedMark, usize)> {
    if let Some((number, rest)) = typed_number(text) {
        let end = text[number.len()..].chars().next()?;
        let end = if end == ')' { ')' } else { '.' };
        return Some((TypedMark::Number(number.to_owned(), end), text.len() - rest.len()));
    }
    let (first, rest) = text.split_once([' ', '\u{a0}'])?;
    let rest = rest.trim_start();
    let mut chars = first.chars();
    let mark = match (chars.next()?, chars.next(), chars.next()) {
        ('-' | '–' | '—', None, _) => TypedMark::Dash,
        ('•' | '·' | '▪' | '◦' | '*', None, _) => TypedMark::Bullet,
        (letter, Some(')'), None) if LETTERS.contains(letter) || LATIN.contains(letter) => {
            TypedMark::Letter(letter)
        }
        _ => return None,
    };
    (!rest.is_empty()).then(|| (mark, text.len() - rest.len()))
}

/// The number that is typed before a text: «2. Провести …», «2) …», «2.1. …».
pub(super) fn typed(text: &str) -> Option<&str> {
    typed_number(text.trim_start()).map(|(number, _)| number)
}

/// A number that is typed before a text («2.», «2.3.1.», «2)»), without what ends it, and the text.
fn typed_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0);
    let number = text.get(..end)?.trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    // «2014.» is a year, «01.06» a date.
    let small = |part: &&str| (1..=3).contains(&part.len()) && !part.starts_with('0');
    if !parts.iter().all(small) {
        return None;
    }
    let after = &text[number.len()..];
    let ended = after.strip_prefix('.').or_else(|| after.strip_prefix(')'));
    // «10.30 Открытие» is a time and no number, so a number of two parts needs its full stop.
    let rest = ended.or_else(|| (parts.len() > 2).then_some(after))?;
    let text = rest.trim_start();
    (rest.len() > text.len() && !text.is_empty()).then_some((number, text))
}

/// Gives each point its place in the count that begins after `last`: a number typed by hand that is
/// the next one anyway is none of its own, another whole number is where counting goes on.
fn place(items: &mut [Item], mut last: u32, path: Option<&str>) -> u32 {
    for item in items {
        let typed = item.number.as_deref().map(|number| number.trim_end_matches(['.', ')']));
        match typed.map(str::parse::<u32>) {
            Some(Ok(number)) => {
                item.number = None;
                // A number that would come anyway need not be set: the list counts it, in Word
                // as well.
                item.value = (number != last + 1).then_some(number);
            }
            // Below a numbered heading «2.1» is written in full.
            Some(Err(_)) if path.is_none() => continue,
            Some(Err(_)) => item.number = None,
            None => {}
        }
        // A number in the data may be the largest there is.
        last = item.value.unwrap_or(last.saturating_add(1));
    }
    last
}

/// Drops numbers typed by hand that points below heading `above` have anyway.
fn untype(items: &mut [Item], above: u32) {
    for (item, count) in items.iter_mut().zip(1u32..) {
        let usual = format!("{above}.{count}");
        // Typed as it would be counted: let it be counted.
        item.number.take_if(|number| number.trim_end_matches(['.', ')']) == usual);
    }
}

/// Settles how the sub-points of a point are marked; `depth` is that of the point.
fn number_below(item: &mut Item, above: Numbering, depth: usize) {
    if item.items.is_empty() {
        return;
    }
    nest_typed(&mut item.items);
    // Below a number of one's own nothing is counted with it: «2.1» is as deep as it says.
    let depth = item.number.as_ref().map_or(depth, |n| depth.max(1 + n.matches('.').count()));
    let given = item.numbering.or_else(|| usual_below(item, above, depth));
    let numbering = lift_marks(&mut item.items, given, item.numbering.is_none());
    // Numbers that hold those above need numbers above.
    let holds = matches!(above, Numbering::Outline | Numbering::Decimal | Numbering::Parenthesis);
    let numbering = match numbering {
        Numbering::Outline if !holds => Numbering::Decimal,
        other => other,
    };
    item.numbering = Some(numbering);
    let mut count = item.start.map_or(0, |start| start.saturating_sub(1));
    for below in &mut item.items {
        if let Some(number) = below.number.as_deref() {
            let number = number.trim_end_matches(['.', ')']);
            let own = number.rsplit('.').next().and_then(|own| own.parse::<u32>().ok());
            let outline = numbering == Numbering::Outline && number.contains('.');
            let plain = numbering.counts_on() && !number.contains('.');
            if let Some(own) = own.filter(|_| outline || plain) {
                below.number = None;
                below.value = (own != count + 1).then_some(own);
            }
        }
        if below.number.is_none() {
            count = below.value.unwrap_or(count + 1);
        }
        number_below(below, numbering, depth + 1);
    }
    // Parts of a sentence that nobody has ended.
    let bare = |item: &Item| {
        let text = item.text.as_deref().filter(|_| item.items.is_empty() && item.table.is_none());
        text.is_some_and(|text| {
            text.starts_with(char::is_lowercase)
                && text.ends_with(|c: char| c.is_alphanumeric() || "»)".contains(c))
        })
    };
    if item.items.len() > 1 && item.items.iter().all(bare) {
        finish(&mut item.items, numbering, true);
    }
}

/// 1. – 1.1. – 1.1.1. of sentences, а) of parts of a sentence, then dashes.
fn usual_below(item: &Item, above: Numbering, depth: usize) -> Option<Numbering> {
    let sentences = || {
        let first = item.items.first();
        let text = first.and_then(|first| first.text.as_deref().or(first.lead.as_deref()));
        text.is_none_or(|text| {
            text.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase)
        })
    };
    // People below a verb have dashes, in whichever case they were typed.
    let people = item.items.iter().all(|below| {
        let plain = below.items.is_empty() && below.number.is_none();
        plain && below.text.as_deref().is_some_and(who::is_named_in_any_case)
    });
    if people {
        return Some(Numbering::Dashes);
    }
    // «2.1. 1 место — …» would be two numbers in a row.
    let ranks = item.items.iter().all(|below| {
        let text = below.text.as_deref().or(below.lead.as_deref()).unwrap_or_default();
        text.starts_with(|c: char| c.is_ascii_digit()) && mark(text).is_none()
    });
    if ranks {
        return Some(Numbering::Dashes);
    }
    Some(match above {
        Numbering::Outline if depth == 1 => Numbering::Outline,
        // Sentences are points of their own (1.1.1); parts of a sentence are letters: «а) …;».
        Numbering::Outline if depth == 2 && sentences() => Numbering::Outline,
        Numbering::Outline | Numbering::Decimal | Numbering::Parenthesis => Numbering::Letters,
        // «I.1» is nobody's number: below Roman ones counting begins anew.
        Numbering::Roman | Numbering::None => Numbering::Decimal,
        Numbering::Letters | Numbering::Bullets => Numbering::Dashes,
        // One below another would look like one list.
        Numbering::Dashes => Numbering::Bullets,
    })
}
