//! The agenda of minutes: each question and what became of it.
//!
//! One of the types of a section; `arrange` makes it of minutes that are told in a row.

use serde::Serialize;

use super::Numbering;
use crate::diag::{Diagnostic, say};
use crate::model::item::Item;
use crate::model::read::{At, Fields, Map};
use crate::model::table::Table;
use crate::model::tree::DataNode;
use crate::model::vote::{ToldVote, Vote};
use crate::model::{Speaker, arrange};

/// The questions of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// The questions, in order.
    pub items: Vec<AgendaItem>,
    /// The word before what was decided: «РЕШИЛИ», «ПОСТАНОВИЛИ».
    pub resolves: Option<String>,
}

/// A question of a meeting and what became of it; in data, a bare text is the title alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// The question.
    pub title: String,
    /// The question as the agenda lists it, where that says more: who reports on it.
    pub listed: Option<String>,
    /// Its number, where it is not the one that comes by itself: an extract has question 3 alone.
    pub value: Option<u32>,
    /// A table below the question, before what was heard.
    pub table: Option<Table>,
    /// Слушали.
    pub heard: Vec<Speaker>,
    /// Выступили.
    pub spoke: Vec<Speaker>,
    /// Вопросы и ответы.
    pub questions: Vec<Speaker>,
    /// Решили (постановили).
    pub decided: Vec<Item>,
    /// Голосовали.
    pub vote: Option<Vote>,
    /// Особое мнение.
    pub dissent: Vec<Speaker>,
    /// How the decisions are numbered; without it 1.1, 1.2 after the question's number.
    pub numbering: Option<Numbering>,
}

impl AgendaItem {
    /// A question alone. «Докладчик — Зотова Р. М.» behind it is said where questions are listed;
    /// in their course «слушали» tells who was heard.
    fn asked(told: String) -> Self {
        let small = told.to_lowercase();
        // Letters may differ in length from their small ones only in other scripts.
        let at = small.find("докладчик").filter(|_| small.len() == told.len());
        let title = at.and_then(|at| told.get(..at)).map(|title| {
            title.trim_end().trim_end_matches(['.', '(', ';', ',', '—', '–', '\n']).trim_end()
        });
        match title.filter(|title| title.len() > 1) {
            Some(title) => Self { title: title.to_owned(), listed: Some(told), ..Self::default() },
            None => Self { title: told, ..Self::default() },
        }
    }
}

impl Fields for AgendaItem {
    const NAME: &'static str = "agenda-item";
    const WHAT: (&'static str, &'static str) = ("a question of the agenda", "Вопрос повестки дня");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::asked);

    fn mended(node: &DataNode) -> Option<DataNode> {
        arrange::question(node)
    }

    fn fields(map: &mut Map<'_>) -> Self {
        let asked = Self::asked(map.opt("title", "Вопрос").unwrap_or_default());
        let listed = map.opt("listed", "Вопрос в повестке дня, если там сказано больше");
        Self {
            listed: listed.or_else(|| asked.listed.clone()),
            value: map.opt("value", "Номер вопроса, если он не следующий по порядку"),
            table: map.opt("table", "Таблица под вопросом"),
            heard: map.some("heard", "Слушали"),
            spoke: map.some("spoke", "Выступили"),
            questions: map.some("questions", "Вопросы (text) и ответы (answer)"),
            decided: map.some("decided", "Решили"),
            vote: map
                .opt("vote", "Голосовали: числа, имена или «единогласно»")
                .map(|ToldVote(vote)| vote),
            dissent: map.some("dissent", "Особое мнение: кто и какое"),
            numbering: map.opt("numbering", "Нумерация решений: 1.1, 1, 1), а, — или none"),
            ..asked
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        // «СЛУШАЛИ» says by itself what a question was about.
        if !at.has(&["title", "heard", "spoke", "decided"]) {
            at.report(Diagnostic::error(
                "missing-key",
                say!("the key `{key}` is missing", key = "title"),
            ));
        }
    }
}
