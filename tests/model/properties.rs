//! What holds of all data: what is written is read back the same, and no bytes whatever make the
//! reader crash.

use std::collections::BTreeMap;

use itog::model::*;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::strategy::Union;

/// A text as the reader leaves it: trimmed, not empty.
fn text() -> BoxedStrategy<String> {
    let word = prop_oneof![
        3 => "[А-Яа-яё]{1,12}",
        1 => Just("null".to_owned()),
        1 => Just("- нет: #да".to_owned()),
        1 => "[0-9]{1,4}(\\.[0-9])?",
        1 => "\\PC{1,12}",
        1 => Just("строка\nи \"другая\" \\ \t!".to_owned()),
    ];
    word.prop_map(|text| text.trim().to_owned())
        .prop_filter("empty", |text| !text.is_empty())
        .boxed()
}

fn fields() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

fn date() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn range() -> impl Strategy<Value = DateRange> {
    (date(), date()).prop_map(|(a, b)| DateRange::new(a.min(b), a.max(b)).unwrap())
}

fn forms() -> impl Strategy<Value = Forms> {
    (text(), of(text()), of(text()), of(text()), of(text())).prop_map(
        |(dative, genitive, accusative, instrumental, prepositional)| Forms {
            genitive,
            dative: Some(dative),
            accusative,
            instrumental,
            prepositional,
        },
    )
}

fn person() -> impl Strategy<Value = Person> {
    let name = (text(), of((text(), of(text()), of(text()))));
    let grammar = (
        of(prop_oneof![Just(PersonGender::Masculine), Just(PersonGender::Feminine)]),
        any::<bool>(),
        of(forms()),
        of(forms()),
    );
    let rest = (of(text()), of(text()), of(text()), of(text()));
    (name, grammar, rest).prop_map(
        |((name, parts), (gender, decline, forms, post_forms), (post, of, from, reason))| Person {
            name,
            parts: parts.map(|(last, first, middle)| NameParts { last, first, middle }),
            gender,
            decline,
            forms,
            post,
            post_forms,
            of,
            from,
            reason,
        },
    )
}

fn collective() -> impl Strategy<Value = Collective> {
    (text(), of(forms()), of(text())).prop_map(|(name, forms, reason)| Collective {
        name,
        forms,
        reason,
    })
}

fn vote() -> impl Strategy<Value = Vote> {
    (0u32..9, 0u32..9, any::<u32>()).prop_map(|(in_favour, against, abstained)| Vote {
        in_favour,
        against,
        abstained,
        ..Vote::default()
    })
}

fn thanks() -> impl Strategy<Value = Thanks> {
    (vec(person(), 1..3), vec(collective(), 0..2), of(text()))
        .prop_map(|(to, to_collectives, reason)| Thanks { to, to_collectives, reason })
}

fn membership() -> impl Strategy<Value = Membership> {
    let action = prop_oneof![
        Just(Action::Add),
        Just(Action::Remove),
        Just(Action::Elect),
        Just(Action::Approve),
        Just(Action::Exclude)
    ];
    (action, text(), of(text()), vec(person(), 1..3)).prop_map(|(action, body, role, people)| {
        Membership { action, body: Some(body), role, people }
    })
}

fn item() -> impl Strategy<Value = Item> {
    let leaf = prop_oneof![
        4 => (text(), of(text()), vec(text(), 0..3), of(date()), of(vote()))
            .prop_map(|(text, to, by, due, vote)| {
                Item { text: Some(text), to, by, due, vote, ..Item::default() }
            }),
        1 => thanks().prop_map(|thanks| Item { thanks: Some(thanks), ..Item::default() }),
        1 => membership().prop_map(|membership| {
            Item { membership: Some(membership), ..Item::default() }
        }),
    ];
    leaf.prop_recursive(3, 12, 3, |item| {
        (text(), vec(item, 1..3)).prop_map(|(lead, items)| Item {
            lead: Some(lead),
            items,
            ..Item::default()
        })
    })
}

fn speaker() -> impl Strategy<Value = Speaker> {
    (person(), of(text()), of(text())).prop_map(|(person, text, answer)| Speaker {
        person,
        text,
        answer,
        ..Speaker::default()
    })
}

fn body() -> impl Strategy<Value = Body> {
    let numbering = [
        Numbering::Decimal,
        Numbering::Outline,
        Numbering::Letters,
        Numbering::Bullets,
        Numbering::Dashes,
        Numbering::None,
    ];
    let points = (of(proptest::sample::select(numbering.to_vec())), vec(item(), 1..3))
        .prop_map(|(numbering, items)| Points { numbering, items, ..Points::default() });
    let points = points.boxed();
    let agenda =
        (text(), vec(speaker(), 0..2), vec(speaker(), 0..2), vec(item(), 0..2), of(vote()));
    let agenda = agenda.prop_map(|(title, heard, spoke, decided, vote)| AgendaItem {
        title,
        heard,
        spoke,
        decided,
        vote,
        ..AgendaItem::default()
    });
    let cell = prop_oneof![text(), Just(String::new())];
    let table = (of(text()), vec(text(), 3..4), vec(vec(cell, 3..4), 0..3));
    Union::new([
        (of(text()), vec(text(), 1..3), of(text()))
            .prop_map(|(text, recitals, resolves)| {
                Body::Preamble(Preamble { text, recitals, resolves })
            })
            .boxed(),
        points.clone().prop_map(Body::Gratitude).boxed(),
        points.clone().prop_map(Body::Membership).boxed(),
        points.clone().prop_map(Body::Evaluations).boxed(),
        points.clone().prop_map(Body::Recommendations).boxed(),
        points.prop_map(Body::Points).boxed(),
        vec(text(), 1..3).prop_map(|paragraphs| Body::Text(Paragraphs { paragraphs })).boxed(),
        vec(agenda, 1..3).prop_map(|items| Body::Agenda(Agenda { items, resolves: None })).boxed(),
        table
            .prop_map(|(caption, columns, rows)| {
                let cell = |text| Cell { text, colspan: 1, rowspan: 1 };
                let row = |cells: Vec<String>| Row::Cells(cells.into_iter().map(cell).collect());
                let rows = rows.into_iter().map(row).collect();
                Body::Table(Table { caption, columns, rows, ..Table::default() })
            })
            .boxed(),
    ])
}

fn sections() -> impl Strategy<Value = Vec<Section>> {
    let section = |(heading, body)| Section { body, heading, heading_numbering: None };
    vec((of(text()), body()).prop_map(section), 1..4)
}

fn event() -> impl Strategy<Value = Event> {
    (text(), of(text()), of(range()), of(text()), of(text())).prop_map(
        |(name, theme, date, place, host)| Event {
            name,
            theme,
            date,
            plain_days: false,
            place,
            host,
        },
    )
}

fn signatures() -> impl Strategy<Value = Vec<Signature>> {
    vec(
        (person(), of(text()), of(text()), of(text())).prop_map(
            |(person, signature, stamp, mark)| Signature {
                person,
                signature,
                stamp,
                mark,
                date: None,
            },
        ),
        0..3,
    )
}

fn orientation() -> impl Strategy<Value = Orientation> {
    prop_oneof![Just(Orientation::Portrait), Just(Orientation::Landscape)]
}

fn document() -> impl Strategy<Value = FinalDocument> {
    let approval = (person(), of(date())).prop_map(|(person, date)| Approval {
        person,
        date,
        ..Approval::default()
    });
    let role = (text(), person(), of(text()));
    let role = role.prop_map(|(role, person, mark)| MeetingRole { role, person, mark });
    let e_signature = (text(), text(), of(range())).prop_map(|(certificate, owner, valid)| {
        ESignature { certificate, owner, valid, emblem: None }
    });
    let appendix = (text(), of(orientation()), sections());
    let appendix = appendix.prop_map(|(title, orientation, sections)| Appendix {
        title,
        orientation,
        sections,
        ..Appendix::default()
    });
    let head = (
        text(),
        of(text()),
        of(date()),
        of(text()),
        of(event()),
        vec(approval, 0..2),
        of(text()),
        of(any::<u32>()),
        vec(role, 0..2),
    );
    let tail = (sections(), signatures(), of(e_signature), vec(appendix, 0..2), fields());
    (head, tail).prop_map(
        |((kind, number, date, place, event, approved, adopted, members, roles), tail)| {
            let (sections, signatures, e_signature, appendices, fields) = tail;
            let present = None;
            FinalDocument {
                kind: format!("Протокол {kind}"),
                number,
                date,
                place,
                event,
                approved,
                adopted,
                members,
                present,
                roles,
                sections,
                signatures,
                e_signature,
                appendices,
                fields,
                ..FinalDocument::default()
            }
        },
    )
}

fn certificate() -> impl Strategy<Value = Certificate> {
    let formula = prop_oneof![
        Just(Formula::Thanks),
        Just(Formula::Awarded),
        Just(Formula::Confirms),
        Just(Formula::Letter)
    ];
    let recipient =
        prop_oneof![person().prop_map(Recipient::from), collective().prop_map(Recipient::from)];
    let frame = prop_oneof![Just(FrameStyle::Drawn), Just(FrameStyle::None)];
    let design = (of(text()), of(orientation()), of(text()), of(text()), frame, any::<bool>());
    let design = design.prop_map(|(template, orientation, color, logo, frame, seal)| Appearance {
        palette: logo.as_ref().map(|_| Palette::Navy),
        paper: color.as_ref().map(|_| Paper::Tinted),
        template,
        orientation,
        // What no stylesheet knows is told, and left out.
        color: color.filter(|color| color.is_ascii()),
        background: None,
        logo,
        frame,
        seal,
        ..Appearance::default()
    });
    // What the reader puts in order: the sign of a number, a rank where a town stands.
    let number = "[0-9]{1,4}(-[А-Я])?";
    let word = || of("[А-Яа-яё]{2,12}");
    let head = (text(), of(number), recipient, formula, word(), of(event()));
    let facts = (word(), word(), of(text()), vec(person(), 0..3), of(range()), of(text()));
    let order = (text(), of(number), of(date())).prop_map(|(name, number, date)| Order {
        name,
        number,
        date,
    });
    let tail = (of(date()), word(), of(text()), signatures(), of(order), design, fields());
    let tail = (tail, facts);
    (head, tail).prop_map(|((kind, number, recipient, formula, reason, event), tail)| {
        let ((date, place, issuer, signatures, order, design, fields), facts) = tail;
        let (degree, nomination, work, leader, period, hours) = facts;
        Certificate {
            kind,
            number,
            recipient,
            formula,
            reason,
            event,
            date,
            place,
            issuer,
            signatures,
            order,
            design,
            fields,
            degree,
            nomination,
            work,
            leader,
            period,
            hours,
            lang: Language::English,
            text: vec!["Thank you.".to_owned()],
            ..Certificate::default()
        }
    })
}

/// Everything that a value goes through and must come out of as it was.
fn round_trip(document: &Document) {
    let value = serde_json::to_value(document).unwrap();
    let text = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(&serde_json::from_value::<Document>(value).unwrap(), document);
    // JSON is YAML, too.
    for format in [Format::Json, Format::Yaml] {
        let read = read(text.as_bytes(), "round-trip", format)
            .unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
        assert_eq!(&read.value, document, "{format:?}");
        // A text of any signs may open what it does not close, look like an address, or end as one
        // that leads on.
        let of_signs = ["text-unclosed", "mail-address", "nothing-below"];
        let other = read.warnings.iter().find(|warning| !of_signs.contains(&warning.code()));
        assert!(other.is_none(), "{}", other.unwrap());
    }
}

/// A valid file with a few of its bytes changed, moved or repeated: nearer to what users send than
/// noise is.
fn damaged(files: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..4, any::<u8>());
    (proptest::sample::select(files), vec(edit, 1..6)).prop_map(|(file, edits)| {
        let mut bytes = file.to_vec();
        for (a, b, how, byte) in edits {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            match how {
                0 => bytes[a] = byte,
                1 => bytes[a] = bytes[b],
                2 => bytes.swap(a, b),
                _ => bytes.truncate(a.max(1)),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn documents_come_back(document in document()) {
        // Read once, each thing is in its one place: numbers typed before texts, bodies that
        // approve.
        let value = serde_json::to_value(Document::Final(document)).unwrap();
        round_trip(&serde_json::from_value(value).unwrap());
    }

    #[test]
    fn certificates_come_back(certificate in certificate()) {
        round_trip(&Document::Certificate(certificate));
    }

    #[test]
    fn rows_never_panic(
        row in vec((text(), text()), 0..6),
        column in proptest::sample::select(vec!["Дата", "Пол", "ФИО", "Имя", "formula"]),
    ) {
        let cells = row
            .iter()
            .map(|(header, cell)| (header.as_str(), cell.as_str()))
            .chain([(column, "30.02.2014")]);
        let _ = Certificate::merge_common(&Common::default(), cells);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn noise_never_panics(bytes in vec(any::<u8>(), 0..200), text in "\\PC{0,60}") {
        for format in [Format::Yaml, Format::Json, Format::Toml] {
            for bytes in [&bytes[..], text.as_bytes()] {
                if let Err(error) = read(bytes, "noise", format) {
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }

    #[test]
    fn damage_never_panics(
        bytes in damaged(&[
            include_bytes!("../../examples/data/protocol.yaml"),
            include_bytes!("../../examples/data/certificate.yaml"),
            include_bytes!("valid/order.yaml"),
            include_bytes!("valid/alias.yaml"),
            include_bytes!("valid/document.toml"),
            include_bytes!("valid/document.json"),
        ]),
    ) {
        for format in [Format::Yaml, Format::Json, Format::Toml] {
            if let Err(error) = read(&bytes, "damaged", format) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
