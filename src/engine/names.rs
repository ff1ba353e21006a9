//! From `names.yaml` to the dictionary of the grammar.
//!
//! What `model` reads from the file and `lang` asks while it inflects.

use crate::lang::ru::{Dictionary, Entry, Gender};
use crate::model::{self, NameBook, NameEntry};

impl From<&NameBook> for Dictionary {
    fn from(names: &NameBook) -> Self {
        let mut own = Self::default();
        for (name, said) in &names.names {
            own.add(name, entry(said));
        }
        // A word may be hyphenated that is nobody's name.
        names.hyphens.iter().for_each(|word| own.hyphens.add(word));
        own
    }
}

fn entry(said: &NameEntry) -> Entry {
    let mut entry = Entry::default();
    entry.gender = said.gender.map(|gender| match gender {
        model::PersonGender::Masculine => Gender::Masculine,
        model::PersonGender::Feminine => Gender::Feminine,
        model::PersonGender::Neuter => Gender::Neuter,
    });
    // Only `false` says something, for names decline as a rule.
    entry.indeclinable = said.decline == Some(false);
    if let Some(forms) = said.forms.clone() {
        entry.forms = [
            forms.genitive,
            forms.dative,
            forms.accusative,
            forms.instrumental,
            forms.prepositional,
        ];
    }
    entry
}
