//! Masculine nouns in a consonant: their endings and their fleeting vowels.

use super::super::word::{EndingPattern, Endings, Letters, ends};
use super::lists::{OK_KEEPS, SHORTENED, STRESSED_HISSING, UNSTRESSED_ETS};

/// The endings of a masculine noun by its last consonant. The instrumental has -ом under the
/// stress and -ем without it after a hissing one: «врачо́м», «ма́ршем». Writing shows no stress, so
/// suffixes must.
fn hissing_or_hard(word: &Letters) -> &'static Endings {
    let hissing = match word.back(0) {
        'ж' | 'ш' | 'щ' | 'ч' if word.within(STRESSED_HISSING) => false,
        'ж' | 'ш' | 'щ' => true,
        'ч' => !word.ends_any(&["ач", "яч", "москвич", "омич", "костромич"]),
        _ => false,
    };
    if hissing { &ends::HISSING } else { &ends::HARD }
}

/// The endings of a masculine noun in a consonant, with its fleeting vowel.
pub(super) fn consonant(word: &Letters) -> EndingPattern {
    let endings = hissing_or_hard(word);
    if word.within(SHORTENED) {
        let stem = match word.back(0) {
            'л' => "л",
            'т' => "т",
            _ => "р",
        };
        return EndingPattern::with_stem(2, stem, endings);
    }
    if word.ends("ец") {
        let stressed = word.syllables() < 3 && !word.within(UNSTRESSED_ETS)
            || word.ends_any(&["продавец", "молодец", "образец", "удалец", "череповец", "городец"]);
        let endings = if stressed { &ends::HARD } else { &ends::HISSING };
        let stem = if word.syllables() > 1 { crate::ru::name::ets_stem(word) } else { None };
        // «Оренбуржца»: names of inhabitants lose the vowel after any consonants.
        let stem = stem.or_else(|| (word.syllables() > 2).then_some("ц"));
        return stem.map_or(EndingPattern::new(0, endings), |stem| {
            EndingPattern::with_stem(2, stem, endings)
        });
    }
    if word.ends("ц") {
        return EndingPattern::new(0, &ends::HISSING);
    }
    // «Участочек — участочка»: after a hissing consonant -ек is a suffix, but «человек».
    if word.ends_any(&["чек", "шек", "жек"]) && word.syllables() > 1 {
        return EndingPattern::with_stem(2, "к", endings);
    }
    if word.ends_any(&["оек", "еек"]) && !word.yo_at(1) {
        return EndingPattern::with_stem(2, "йк", endings);
    }
    if word.ends_any(&["заем", "наем"]) {
        // «Заём — займа»: the vowel was a й before it was written.
        return EndingPattern::with_stem(2, "йм", endings);
    }
    if word.ends_any(&["мысел", "узел"]) {
        // «Умысел — умысла», «узел — узла».
        return EndingPattern::with_stem(2, "л", endings);
    }
    if word.ends("ек") && word.yo_at(1) && word.syllables() > 1 {
        // «Волочёк» – «Волочка»: no ь after a hissing consonant.
        let hissing = matches!(word.back(2), 'ж' | 'ч' | 'ш' | 'щ');
        return EndingPattern::with_stem(2, if hissing { "к" } else { "ьк" }, endings);
    }
    if word.ends("енок")
        || word.ends("онок")
        || word.ends("ок")
            && word.syllables() > 1
            && !word.within(OK_KEEPS)
            && !word.ends_any(&["восток", "блок", "поток", "урок", "срок", "волок", "шок"])
    {
        return EndingPattern::with_stem(2, if word.yo_at(1) { "ьк" } else { "к" }, endings);
    }
    EndingPattern::new(0, endings)
}
