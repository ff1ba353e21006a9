//! The closed classes of parties. A list is words between single spaces, sorted by bytes, with е
//! for ё.

/// Clipped titles before a name, which stand still.
pub(super) const FROZEN_TITLES: &str = "\
    акад. архиеп. г-жа г-н ген. гр-ка гр-н гр. д.и.н. д.м.н. д.п.н. д.ф.н. доц. еп. иером. им. инж. ип к.и.н. к.м.н. к.п.н. к.ф.н. \
    кап. лейт. митр. о. полк. прот. проф. свящ. тов.";

/// Titles and honorifics before a name.
pub(super) const TITLES: &str = "\
    академик архиепископ архимандрит барон батюшка брат генерал господин госпожа гражданин гражданка граф графиня диакон доктор доцент \
    епископ игумен игуменья иерей иеромонах инокиня капитан княгиня князь королева король леди лейтенант мадам майор мастер матушка \
    маэстро мисс миссис мистер митрополит монах монахиня мсье отец подполковник полковник преподобная преподобный принц принцесса \
    протоиерей профессор святая святой сеньор сержант сестра сэр товарищ";

/// Titles that are not surnames.
pub(super) const HONORIFICS: &str = "\
    академик архиепископ архимандрит господин госпожа гражданин гражданка доцент епископ игуменья иерей иеромонах мадам матушка миссис \
    мистер митрополит монахиня мсье отец протоиерей профессор товарищ";

/// Titles of men.
pub(super) const MEN: &str = "\
    архиепископ архимандрит барон батюшка господин гражданин граф диакон епископ игумен иерей иеромонах князь король мистер митрополит \
    монах мсье отец принц протоиерей сеньор сэр";

/// Titles of women.
pub(super) const WOMEN: &str = "\
    госпожа гражданка графиня игуменья инокиня княгиня королева леди мадам матушка мисс миссис монахиня принцесса";

/// Lands in the genitive, which end a title.
pub(super) const COUNTRIES: &str = "\
    адыгеи алтая башкортостана бурятии дагестана ингушетии калмыкии карелии коми крыма кузбасса мордовии осетии республики россии рф \
    сибири ссср татарстана тывы удмуртии урала федерации хакасии чечни чувашии якутии";

/// Words of names in small letters.
pub(super) const PARTICLES: &str = "\
    аль бен бин ван гызы да де ден дер ди дю заде ибн кизи кызы ла ле младшая младший огли оглы старшая старший тер угли улы уулу фон \
    эль";

/// Abbreviations of a neuter head: общество, учреждение.
pub(super) const NEUTER_ABBREVIATIONS: &str = "\
    ано ао вои воо гбу доу зао мау мауд мбдоу мбу мбук мвд мку мчс нко оао ооо пао тос фгбоу чоу";

/// Abbreviations of a masculine head: дом, центр.
pub(super) const MASCULINE_ABBREVIATIONS: &str = "\
    вуз гдк гдт дк дтю дюц загс кгик кдц кемгик мгу мфц нии нкц рдк рдш сдк ткдц тюз цдо цкр цтт";

/// Abbreviations of a feminine head: система, школа.
pub(super) const FEMININE_ABBREVIATIONS: &str = "\
    аэс гибдд гэс дб дмш дхш дши дюсш жск квн-лига кемонб мцб нош ноюб онб оош оуб рцб сош сюн тэц цбс цгб црб црдб";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ru::word::assert_searchable;

    #[test]
    fn lists_are_sorted_without_repeats() {
        for list in [
            FROZEN_TITLES,
            TITLES,
            HONORIFICS,
            MEN,
            WOMEN,
            COUNTRIES,
            PARTICLES,
            NEUTER_ABBREVIATIONS,
            MASCULINE_ABBREVIATIONS,
            FEMININE_ABBREVIATIONS,
        ] {
            assert_searchable(list);
        }
    }
}
