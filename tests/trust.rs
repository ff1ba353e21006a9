//! Signed certificates: what was signed verifies, and nothing else does.

#[cfg(feature = "bundled-fonts")]
use itog::Engine;
use itog::model::{Certificate, Date, Event};
#[cfg(feature = "bundled-fonts")]
use itog::trust::text_of;
use itog::trust::{PublicKey, Record, SecretKey, Verdict};
use proptest::prelude::*;

fn key() -> SecretKey {
    SecretKey::from_seed([42; 32])
}

fn certificate(issuer: &str) -> Certificate {
    let mut certificate = Certificate {
        kind: "Диплом".to_owned(),
        degree: Some("I степени".to_owned()),
        series: Some("АБ".to_owned()),
        number: Some("42".to_owned()),
        event: Some(Event {
            name: "Районный конкурс «Живое слово»".to_owned(),
            ..Event::default()
        }),
        date: Date::new(2024, 4, 15),
        issuer: Some(issuer.to_owned()),
        ..Certificate::default()
    };
    certificate.recipient.person.name = "Соловьёв-Заречный Архип Игнатьевич".to_owned();
    certificate
}

const LONG: &str = "Муниципальное бюджетное учреждение «Централизованная библиотечная система \
                    Прокопьевского муниципального района Кемеровской области»";

#[test]
fn the_text_is_as_the_format_says() {
    let text = Record::sign(&certificate("Библиотека № 3"), &key()).to_string();
    let (facts, end) = text.rsplit_once('|').unwrap();
    assert_eq!(
        facts,
        "ITOG1|Диплом I степени|АБ 42|Соловьёв-Заречный Архип Игнатьевич|\
         Районный конкурс «Живое слово»|2024-04-15|Библиотека № 3"
    );
    assert_eq!(end.len(), 12 + 86);
    assert_eq!(Record::verify(&text, &key().public()), Verdict::Genuine);
    assert_eq!(
        Record::verify(&text, &SecretKey::from_seed([1; 32]).public()),
        Verdict::OtherKey,
        "another key"
    );
}

#[test]
fn long_facts_fit_a_code_of_version_12() {
    let text = Record::sign(&certificate(LONG), &key()).to_string();
    assert!(text.len() <= 367, "{} bytes: {text}", text.len());
    assert!(text.contains("|АБ 42|Соловьёв-Заречный Архип Игнатьевич|") && text.contains('…'));
    assert_eq!(Record::verify(&text, &key().public()), Verdict::Genuine);
}

#[test]
fn a_changed_fact_is_named() {
    let text = Record::sign(&certificate("Библиотека № 3"), &key()).to_string();
    for (from, to, name) in [
        ("I степени", "II степени", "kind"),
        ("АБ 42", "АБ 43", "number"),
        ("Архип", "Антип", "name"),
        ("Районный", "Областной", "event"),
        ("2024-04-15", "2025-04-15", "date"),
        ("№ 3", "№ 1", "issuer"),
    ] {
        let forged = text.replacen(from, to, 1);
        assert_eq!(Record::verify(&forged, &key().public()), Verdict::Changed(vec![name]));
    }
}

#[test]
fn keys_are_lines() {
    let key = key();
    assert_eq!(SecretKey::parse(&key.secret_line()).unwrap().public(), key.public());
    assert_eq!(PublicKey::parse(&format!("{}\n", key.public())).unwrap(), key.public());
    assert!(SecretKey::parse(&key.public().to_string()).is_err());
    assert!(PublicKey::parse("itog-public-key-1:AAAA").is_err());
    assert!(!format!("{key:?}").contains(&key.secret_line()[18..]));
}

#[cfg(feature = "bundled-fonts")]
#[test]
fn both_files_carry_the_text() {
    let mut certificate = certificate(LONG);
    certificate.signed = Some(Record::sign(&certificate, &key()).to_string());
    let design = Engine::new().load_builtin("certificate-classic").unwrap().value;
    let document = design.compose(&certificate).unwrap().value;
    for file in [
        document.to_pdf(&Default::default()).unwrap().value,
        document.to_docx(&Default::default()).unwrap().value,
    ] {
        assert_eq!(text_of(&file), certificate.signed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// A thousand random changes of a letter, a digit or a bar, anywhere in the text.
    #[test]
    fn no_change_verifies(at in 0usize..400, to in any::<char>(), kind in 0..3) {
        let text = Record::sign(&certificate(LONG), &key()).to_string();
        let mut letters: Vec<char> = text.chars().collect();
        let at = at % letters.len();
        match kind {
            0 => letters[at] = to,
            1 => letters.insert(at, to),
            _ => { letters.remove(at); }
        }
        let forged: String = letters.into_iter().collect();
        prop_assume!(forged.trim() != text);
        prop_assert_ne!(Record::verify(&forged, &key().public()), Verdict::Genuine);
    }
}
