//! What columns of tables mean, by their names.
//!
//! The batch asks it for each head of a table, and then holds the answer against the values.

use super::alias::normal;
use crate::diag::{Message, nearest, say};

/// What a column of a table means.
///
/// A name is judged by the words that it holds, in Russian or English, whatever their case and
/// endings:
///
/// ```
/// use itog::model::Column;
/// assert_eq!(Column::of("Ф. И. О."), Some(Column::Name));
/// assert_eq!(Column::of("Укажите Ваши фамилию, имя, отчество (полностью)"), Some(Column::Name));
/// assert_eq!(Column::of("ФИО руководителя"), Some(Column::Leader));
/// assert_eq!(Column::of("Любимый цвет"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// `recipient`: the recipient.
    Name,
    /// `last`: the surname.
    Last,
    /// `first`: the first name.
    First,
    /// `middle`: the patronymic.
    Middle,
    /// The name in the dative, typed.
    Dative,
    /// `collective`: the collective.
    Collective,
    /// `gender`: the gender.
    Gender,
    /// `post`: the post.
    Post,
    /// `of`: the organisation.
    Of,
    /// `for`: the reason.
    Reason,
    /// `number`: the number.
    Number,
    /// `date`: the date.
    Date,
    /// `place`: the place of issue.
    Place,
    /// `kind`: the kind.
    Kind,
    /// `formula`: the formula.
    Formula,
    /// `event`: the event.
    Event,
    /// `issuer`: the issuer.
    Issuer,
    /// `qr`: the QR code.
    Qr,
    /// `template`: the template.
    Template,
    /// `text`: the text.
    Text,
    /// `degree`: the degree.
    Degree,
    /// How it ended: the place that was won, «лауреат», «призёр».
    Result,
    /// `nomination`: the nomination.
    Nomination,
    /// `leader`: the leader.
    Leader,
    /// `teacher`: the teacher.
    Teacher,
    /// `class`: the class.
    Class,
    /// `school`: the school.
    School,
    /// `age_group`: the age group.
    AgeGroup,
    /// `work`: the work.
    Work,
    /// `hours`: the hours.
    Hours,
    /// `programme`: the programme.
    Programme,
    /// `score`: the score.
    Score,
    /// `series`: the series.
    Series,
    /// `order`: the order.
    Order,
    /// `year`: the year.
    Year,
    /// `period`: the period.
    Period,
    /// The file of a photograph.
    Photo,
    /// The number of the row.
    Ordinal,
    /// Known, and never printed: an address, a consent, the time of an answer.
    Aside,
}

/// Every column with the key that a file of common data names it by, and what it is in Russian and
/// English.
const KEYS: [(Column, &str, &str, &str); 37] = [
    (Column::Name, "recipient", "получатель", "the recipient"),
    (Column::Last, "last", "фамилия", "the surname"),
    (Column::First, "first", "имя", "the first name"),
    (Column::Middle, "middle", "отчество", "the patronymic"),
    (Column::Dative, "dative", "имя в дательном падеже", "the name in the dative"),
    (Column::Collective, "collective", "коллектив", "the collective"),
    (Column::Gender, "gender", "пол", "the gender"),
    (Column::Post, "post", "должность", "the post"),
    (Column::Of, "of", "организация", "the organisation"),
    (Column::Reason, "for", "за что", "the reason"),
    (Column::Number, "number", "номер документа", "the number"),
    (Column::Date, "date", "дата", "the date"),
    (Column::Place, "place", "место выдачи", "the place of issue"),
    (Column::Kind, "kind", "вид документа", "the kind"),
    (Column::Formula, "formula", "формула", "the formula"),
    (Column::Event, "event", "мероприятие", "the event"),
    (Column::Issuer, "issuer", "кто выдаёт", "the issuer"),
    (Column::Qr, "qr", "QR-код", "the QR code"),
    (Column::Template, "template", "шаблон", "the template"),
    (Column::Text, "text", "текст", "the text"),
    (Column::Degree, "degree", "степень", "the degree"),
    (Column::Result, "result", "результат (занятое место)", "the result (place won, prize)"),
    (Column::Nomination, "nomination", "номинация", "the nomination"),
    (Column::Leader, "leader", "руководитель", "the leader"),
    (Column::Teacher, "teacher", "учитель", "the teacher"),
    (Column::Class, "class", "класс", "the class"),
    (Column::School, "school", "школа", "the school"),
    (Column::AgeGroup, "age_group", "возрастная группа", "the age group"),
    (Column::Work, "work", "работа", "the work"),
    (Column::Hours, "hours", "часы", "the hours"),
    (Column::Programme, "programme", "программа", "the programme"),
    (Column::Score, "score", "баллы", "the score"),
    (Column::Series, "series", "серия", "the series"),
    (Column::Order, "order", "приказ", "the order"),
    (Column::Year, "year", "год", "the year"),
    (Column::Period, "period", "период обучения", "the period"),
    (Column::Photo, "photo", "фотография", "the photograph"),
];

/// Words that a name of a column must hold, all of them, and how surely they tell the column. A
/// word is a beginning; with `$` it is a whole word.
type ColumnPattern = (Column, u8, &'static [&'static str]);

const RULES: &[ColumnPattern] = &[
    // 100 is a word that heads one thing only; the less it is, the more other things the word
    // heads.
    (Column::Name, 100, &["name$"]),
    (Column::Name, 100, &["фио$"]),
    // As programs export it.
    (Column::Name, 100, &["fio$"]),
    // «ФИ», where no patronymic is asked for.
    (Column::Name, 96, &["фи$"]),
    // Beginnings of words, since forms ask in another case: «Укажите фамилию, имя, отчество».
    (Column::Name, 100, &["фамили", "им", "отчеств"]),
    (Column::Name, 98, &["фамили", "им"]),
    (Column::Name, 98, &["полн", "имя$"]),
    // «Фамилия, инициалы», «Фамилия И. О.»
    (Column::Name, 95, &["фамили", "инициал"]),
    (Column::Name, 98, &["фамили", "ио$"]),
    (Column::Name, 100, &["full", "name"]),
    (Column::Name, 100, &["fullname$"]),
    (Column::Name, 96, &["recipient"]),
    // Below 94 the cells must agree: «Участник» may hold a number or a consent (see
    // `understand`).
    (Column::Name, 92, &["participant"]),
    (Column::Name, 85, &["student"]),
    (Column::Name, 96, &["получател"]),
    // «Кому» and «кого» are asked by the formula: «объявляется благодарность», «наградить».
    (Column::Name, 96, &["кому$"]),
    (Column::Name, 96, &["кого$"]),
    (Column::Name, 94, &["награждаем"]),
    (Column::Name, 92, &["награжденн"]),
    (Column::Name, 92, &["участник$"]),
    (Column::Name, 92, &["участница$"]),
    (Column::Name, 90, &["участники$"]),
    (Column::Name, 92, &["конкурсант"]),
    (Column::Name, 90, &["номинант"]),
    (Column::Name, 86, &["победител$"]),
    (Column::Name, 86, &["победитель$"]),
    (Column::Name, 86, &["лауреат$"]),
    (Column::Name, 90, &["ученик$"]),
    (Column::Name, 90, &["ученица$"]),
    (Column::Name, 90, &["учени", "ца$"]),
    (Column::Name, 88, &["учащ"]),
    (Column::Name, 88, &["обучающ"]),
    (Column::Name, 88, &["воспитанник"]),
    (Column::Name, 88, &["студент"]),
    (Column::Name, 88, &["ребенок$"]),
    (Column::Name, 85, &["ребенка$"]),
    (Column::Name, 86, &["сотрудник"]),
    (Column::Name, 86, &["работник"]),
    (Column::Name, 86, &["слушател"]),
    // «Автор» may be whose poem was recited, «исполнитель» who sang: the cells decide.
    (Column::Name, 80, &["автор$"]),
    (Column::Name, 84, &["читател"]),
    (Column::Name, 84, &["чтец$"]),
    (Column::Name, 78, &["исполнитель$"]),
    (Column::Name, 80, &["докладчик"]),
    (Column::Name, 80, &["авторы$"]),
    (Column::Name, 80, &["author"]),
    (Column::Name, 82, &["спикер"]),
    (Column::Name, 90, &["волонтер"]),
    (Column::Name, 90, &["доброволец$"]),
    (Column::Name, 90, &["выпускник"]),
    (Column::Name, 90, &["стипендиат"]),
    (Column::Name, 90, &["спортсмен"]),
    (Column::Name, 90, &["юбиляр"]),
    // Persons or organisations: both may be thanked.
    (Column::Name, 86, &["партнер$"]),
    (Column::Name, 86, &["спонсор$"]),
    (Column::Name, 86, &["даритель$"]),
    (Column::Name, 86, &["благотворитель$"]),
    (Column::Name, 90, &["volunteer"]),
    (Column::Name, 90, &["attendee"]),
    (Column::Name, 86, &["winner$"]),
    (Column::Name, 86, &["employee"]),
    (Column::Name, 76, &["имя", "участник"]),
    (Column::Last, 100, &["фамили"]),
    (Column::Last, 100, &["familiya$"]),
    (Column::First, 98, &["imya$"]),
    (Column::Middle, 98, &["otchestvo$"]),
    (Column::Last, 100, &["last$"]),
    (Column::Last, 100, &["last", "name"]),
    (Column::Last, 100, &["lastname$"]),
    (Column::Last, 100, &["surname$"]),
    (Column::Last, 100, &["family", "name"]),
    (Column::First, 100, &["имя$"]),
    (Column::First, 100, &["first$"]),
    (Column::First, 100, &["first", "name"]),
    (Column::First, 100, &["firstname$"]),
    (Column::First, 98, &["given", "name"]),
    (Column::Middle, 100, &["отчеств"]),
    (Column::Middle, 100, &["middle$"]),
    (Column::Middle, 100, &["middle", "name"]),
    (Column::Middle, 100, &["middlename$"]),
    (Column::Middle, 100, &["patronymic"]),
    // Above 100, since «ФИО» alone is the name.
    (Column::Dative, 110, &["фио$", "дательн"]),
    (Column::Dative, 110, &["фио$", "дат$"]),
    (Column::Dative, 108, &["фамили", "дательн"]),
    (Column::Dative, 112, &["фамили", "им", "отчеств", "дательн"]),
    (Column::Dative, 111, &["фамили", "им", "дательн"]),
    (Column::Dative, 104, &["им", "дательн"]),
    (Column::Dative, 110, &["кому$", "дательн"]),
    (Column::Collective, 100, &["collective$"]),
    (Column::Collective, 100, &["коллектив"]),
    // Either: who of them it is each cell says.
    (Column::Name, 104, &["коллектив", "участник"]),
    (Column::Name, 104, &["коллектив", "солист"]),
    (Column::Name, 104, &["коллектив", "исполнител"]),
    (Column::Collective, 94, &["команда$"]),
    (Column::Collective, 96, &["название", "команды"]),
    (Column::Collective, 94, &["team"]),
    // A family takes part as one: «Семья Ивановых».
    (Column::Collective, 90, &["семья$"]),
    (Column::Collective, 88, &["ансамбл"]),
    (Column::Gender, 100, &["пол$"]),
    (Column::Gender, 100, &["gender$"]),
    (Column::Gender, 100, &["sex$"]),
    (Column::Post, 100, &["должност"]),
    // Both in one cell: the name of the column tells in which order.
    (Column::Post, 104, &["должност", "мест", "работ"]),
    (Column::Post, 104, &["должност", "организаци"]),
    (Column::Post, 104, &["должност", "учреждени"]),
    (Column::Post, 104, &["должност", "библиотек"]),
    (Column::Post, 100, &["post$"]),
    (Column::Post, 96, &["position$"]),
    (Column::Post, 96, &["job", "title"]),
    (Column::Post, 88, &["професси"]),
    // «Кем работаете»
    (Column::Post, 90, &["кем$", "работа"]),
    (Column::Of, 100, &["of$"]),
    (Column::Of, 100, &["организаци"]),
    (Column::Of, 100, &["учреждени"]),
    // Above «организация»: where a child learns is not an employer.
    (Column::School, 102, &["образовательн", "организаци"]),
    (Column::Of, 100, &["мест", "работ"]),
    (Column::School, 100, &["мест", "учеб"]),
    (Column::Of, 96, &["мест", "служб"]),
    (Column::School, 103, &["образовательн", "учреждени"]),
    (Column::School, 103, &["общеобразовательн", "учреждени"]),
    (Column::School, 103, &["общеобразовательн", "организаци"]),
    (Column::School, 103, &["учреждени", "образовани"]),
    // Whole words, for a «школьный этап» is no school.
    (Column::School, 94, &["школа$"]),
    (Column::School, 94, &["школы$"]),
    (Column::School, 92, &["гимнази"]),
    (Column::School, 90, &["лицей$"]),
    (Column::School, 92, &["вуз$"]),
    (Column::School, 100, &["учебн", "заведени"]),
    (Column::School, 100, &["образовательн", "заведени"]),
    (Column::School, 90, &["колледж$"]),
    (Column::School, 90, &["техникум$"]),
    // «Образовательное учреждение», «образовательная организация», «дошкольное …» in short.
    (Column::School, 92, &["оу$"]),
    (Column::School, 92, &["оо$"]),
    (Column::School, 92, &["доу$"]),
    (Column::Of, 90, &["библиотека$"]),
    (Column::Of, 88, &["филиал$"]),
    (Column::Of, 88, &["университет"]),
    (Column::Of, 90, &["предприяти"]),
    (Column::Of, 90, &["компани"]),
    (Column::School, 92, &["детск", "сад"]),
    (Column::Of, 90, &["подразделени"]),
    (Column::Of, 88, &["отдел$"]),
    // With «s» in Britain, with «z» in America; whole, for an organiser is no employer.
    (Column::Of, 96, &["organisation"]),
    (Column::Of, 96, &["organization"]),
    (Column::Of, 92, &["org$"]),
    (Column::Of, 90, &["company$"]),
    (Column::School, 92, &["school$"]),
    (Column::Of, 90, &["institution"]),
    (Column::Reason, 100, &["for$"]),
    (Column::Reason, 100, &["за$", "что$"]),
    (Column::Reason, 98, &["заслуг"]),
    (Column::Reason, 100, &["reason"]),
    // «Основание» is what the award is for, in tables of personnel.
    (Column::Reason, 90, &["основани"]),
    (Column::Reason, 92, &["формулировк"]),
    (Column::Reason, 90, &["причин"]),
    (Column::Number, 100, &["number$"]),
    (Column::Number, 100, &["номер$"]),
    (Column::Number, 98, &["№$"]),
    (Column::Number, 96, &["no$"]),
    // Above «диплом» and «документ», which are kinds.
    (Column::Number, 104, &["номер", "диплом"]),
    (Column::Number, 104, &["номер", "сертификат"]),
    (Column::Number, 104, &["номер", "документ"]),
    (Column::Number, 104, &["номер", "грамот"]),
    (Column::Number, 104, &["номер", "регистрац"]),
    (Column::Number, 104, &["рег", "номер"]),
    (Column::Number, 104, &["рег", "№$"]),
    (Column::Number, 104, &["№$", "диплом"]),
    (Column::Number, 104, &["№$", "сертификат"]),
    (Column::Number, 104, &["№$", "грамот"]),
    (Column::Date, 100, &["date$"]),
    (Column::Date, 100, &["дата$"]),
    // Tells which of several dates is meant: that of birth is put aside below.
    (Column::Date, 104, &["дата", "выдач"]),
    (Column::Date, 104, &["дата", "вручени"]),
    (Column::Place, 100, &["place$"]),
    // Alone it may be the place that was won, so the cells must agree.
    (Column::Place, 90, &["место$"]),
    (Column::Place, 104, &["место", "выдач"]),
    (Column::Kind, 100, &["kind$"]),
    (Column::Kind, 98, &["вид$"]),
    (Column::Kind, 104, &["вид", "документ"]),
    (Column::Kind, 104, &["вид", "наград"]),
    (Column::Kind, 104, &["тип", "документ"]),
    (Column::Kind, 104, &["тип", "диплом"]),
    (Column::Kind, 90, &["наград"]),
    (Column::Kind, 88, &["награждение$"]),
    (Column::Kind, 88, &["награждения$"]),
    (Column::Kind, 80, &["документ$"]),
    // Over «I степени» it is the degree: the cells decide.
    (Column::Kind, 80, &["диплом$"]),
    (Column::Kind, 76, &["поощрени"]),
    (Column::Formula, 100, &["formula$"]),
    (Column::Formula, 100, &["формула$"]),
    (Column::Event, 100, &["event$"]),
    (Column::Event, 100, &["мероприяти"]),
    (Column::Event, 92, &["конкурс$"]),
    (Column::Event, 94, &["название", "конкурса"]),
    (Column::Event, 92, &["олимпиада$"]),
    (Column::Issuer, 100, &["issuer$"]),
    (Column::Issuer, 100, &["кем$", "выдан"]),
    (Column::Issuer, 104, &["от$", "кого$"]),
    (Column::Issuer, 106, &["организатор"]),
    (Column::Issuer, 106, &["проводящ", "организаци"]),
    (Column::Qr, 100, &["qr$"]),
    (Column::Qr, 100, &["qrкод$"]),
    // So little that the cells must be addresses.
    (Column::Qr, 80, &["ссылка$"]),
    (Column::Qr, 80, &["link$"]),
    (Column::Template, 100, &["template$"]),
    (Column::Template, 100, &["шаблон$"]),
    (Column::Template, 98, &["дизайн$"]),
    (Column::Template, 98, &["design$"]),
    (Column::Degree, 100, &["степен"]),
    (Column::Degree, 100, &["degree$"]),
    // Above «место», which alone may be a town.
    (Column::Result, 104, &["призов", "место"]),
    (Column::Result, 104, &["занят", "место"]),
    // «Место в рейтинге», «Место в общем зачёте»: the cells decide.
    (Column::Result, 88, &["место$", "в$"]),
    (Column::Result, 94, &["результат"]),
    (Column::Result, 84, &["итог$"]),
    // «Статус» and «звание» may be «лауреат» or a title of honour: the cells decide.
    (Column::Result, 82, &["статус"]),
    (Column::Result, 82, &["звани"]),
    (Column::Result, 82, &["достижени"]),
    (Column::Result, 92, &["result"]),
    (Column::Result, 92, &["prize"]),
    (Column::Result, 92, &["rank$"]),
    (Column::Result, 84, &["award$"]),
    (Column::Result, 82, &["status$"]),
    (Column::Nomination, 100, &["номинаци"]),
    (Column::Nomination, 100, &["nomination"]),
    // Some contests call their nominations so, and other tables something else.
    (Column::Nomination, 80, &["направлени"]),
    (Column::Nomination, 78, &["секци"]),
    // Above «ФИО», «должность» and «школа»: all of them may be the leader's.
    (Column::Leader, 110, &["руководител"]),
    (Column::Teacher, 108, &["учител"]),
    (Column::Teacher, 108, &["педагог"]),
    (Column::Teacher, 108, &["преподавател"]),
    (Column::Teacher, 108, &["воспитател"]),
    (Column::Leader, 108, &["наставник"]),
    (Column::Leader, 106, &["тренер"]),
    (Column::Leader, 106, &["куратор"]),
    (Column::Teacher, 104, &["концертмейстер"]),
    // «Подготовил(а)»: who prepared the contestant.
    (Column::Leader, 100, &["подготовил"]),
    (Column::Leader, 104, &["leader"]),
    (Column::Teacher, 104, &["teacher"]),
    (Column::Leader, 104, &["supervisor"]),
    (Column::Leader, 104, &["coach"]),
    (Column::Leader, 104, &["mentor"]),
    (Column::Class, 100, &["класс$"]),
    (Column::Class, 100, &["класса$"]),
    (Column::Class, 96, &["class$"]),
    (Column::Class, 92, &["grade$"]),
    (Column::AgeGroup, 100, &["возрастн"]),
    (Column::AgeGroup, 96, &["возраст$"]),
    (Column::AgeGroup, 98, &["возр$", "групп"]),
    (Column::AgeGroup, 94, &["age$"]),
    (Column::Work, 100, &["названи", "работ"]),
    (Column::Work, 98, &["тема", "работ"]),
    (Column::Work, 98, &["тема", "проект"]),
    (Column::Work, 98, &["названи", "проект"]),
    (Column::Work, 96, &["конкурсн", "работ"]),
    (Column::Work, 96, &["тема", "доклад"]),
    (Column::Work, 96, &["тема", "выступлени"]),
    (Column::Work, 96, &["произведени"]),
    // What is played or sung is no programme of a training.
    (Column::Work, 104, &["программ", "выступлени"]),
    (Column::Work, 102, &["конкурсн", "программ"]),
    (Column::Work, 90, &["репертуар$"]),
    // What children make; a song or a dance is called otherwise.
    (Column::Work, 94, &["названи", "подел"]),
    (Column::Work, 94, &["названи", "рисунк"]),
    (Column::Work, 94, &["названи", "издели"]),
    (Column::Work, 94, &["названи", "рассказ"]),
    (Column::Work, 94, &["названи", "сочинени"]),
    (Column::Work, 94, &["названи", "ролик"]),
    (Column::Work, 96, &["названи", "доклад"]),
    (Column::Work, 96, &["названи", "выступлени"]),
    (Column::Work, 96, &["названи", "стать"]),
    (Column::Work, 94, &["названи", "номера"]),
    (Column::Work, 94, &["названи", "танца"]),
    (Column::Work, 94, &["названи", "песни"]),
    (Column::Work, 94, &["названи", "стихотворени"]),
    (Column::Work, 94, &["названи", "презентаци"]),
    // Above «фотография», which is a portrait.
    (Column::Work, 110, &["названи", "фотографи"]),
    (Column::Work, 88, &["проект$"]),
    (Column::Work, 94, &["work$"]),
    // «Работа» may be what was sent in, or where somebody works.
    (Column::Work, 84, &["работа$"]),
    // Whole words, for «часть» begins like «час».
    (Column::Hours, 100, &["час$"]),
    (Column::Hours, 100, &["часы$"]),
    (Column::Hours, 100, &["часов$"]),
    (Column::Hours, 94, &["объем$"]),
    (Column::Hours, 94, &["объем", "программ"]),
    (Column::Hours, 94, &["объем", "курс"]),
    (Column::Hours, 100, &["hours$"]),
    (Column::Programme, 98, &["программ"]),
    (Column::Programme, 92, &["названи", "курс"]),
    (Column::Programme, 92, &["тема", "курс"]),
    (Column::Programme, 96, &["program"]),
    (Column::Programme, 92, &["course$"]),
    (Column::Score, 100, &["балл"]),
    (Column::Score, 96, &["очк"]),
    (Column::Score, 98, &["score$"]),
    (Column::Score, 96, &["points$"]),
    (Column::Text, 100, &["text$"]),
    (Column::Text, 96, &["текст$"]),
    (Column::Series, 100, &["серия$"]),
    (Column::Series, 100, &["series$"]),
    (Column::Order, 100, &["приказ"]),
    (Column::Order, 96, &["order$"]),
    (Column::Year, 100, &["год$"]),
    (Column::Year, 100, &["year$"]),
    (Column::Period, 104, &["период"]),
    (Column::Period, 104, &["срок", "обучени"]),
    (Column::Period, 104, &["дат", "обучени"]),
    (Column::Period, 104, &["period$"]),
    (Column::Photo, 104, &["фото$"]),
    (Column::Photo, 104, &["фотографи"]),
    (Column::Photo, 100, &["портрет$"]),
    (Column::Photo, 104, &["photo$"]),
    // Above «№», which is a number of documents.
    (Column::Ordinal, 120, &["п$", "п$"]),
    // «пп», typed without its stroke.
    (Column::Ordinal, 120, &["пп$"]),
    (Column::Ordinal, 116, &["порядков"]),
    (Column::Ordinal, 100, &["n$", "n$"]),
    // Above all facts: «ФИО родителя» and «Номер телефона» must not be printed.
    (Column::Aside, 118, &["почт"]),
    (Column::Aside, 118, &["email"]),
    (Column::Aside, 118, &["e$", "mail$"]),
    (Column::Aside, 118, &["mail$"]),
    (Column::Aside, 118, &["телефон"]),
    (Column::Aside, 118, &["phone"]),
    (Column::Aside, 112, &["моб$"]),
    (Column::Aside, 118, &["отметка", "времени"]),
    (Column::Aside, 118, &["timestamp"]),
    // Highest of all: «Согласие участника на обработку …» has a word of the name.
    (Column::Aside, 122, &["согласи"]),
    (Column::Aside, 122, &["персональн", "данны"]),
    // Who teaches, with their telephone in one cell.
    (Column::Teacher, 119, &["педагог", "фио$", "телефон"]),
    (Column::Teacher, 119, &["учител", "фио$", "телефон"]),
    (Column::Teacher, 119, &["преподавател", "фио$", "телефон"]),
    (Column::Teacher, 119, &["воспитател", "фио$", "телефон"]),
    (Column::Leader, 119, &["руководител", "фио$", "телефон"]),
    (Column::Leader, 119, &["наставник", "фио$", "телефон"]),
    (Column::Leader, 119, &["тренер", "фио$", "телефон"]),
    (Column::Aside, 120, &["рождени"]),
    (Column::Aside, 112, &["дата$", "рожд$"]),
    (Column::Aside, 120, &["мамы$"]),
    (Column::Aside, 120, &["папы$"]),
    (Column::Aside, 120, &["матери$"]),
    (Column::Aside, 120, &["отца$"]),
    (Column::Aside, 112, &["контактн"]),
    (Column::Aside, 112, &["табельн"]),
    (Column::Aside, 112, &["id$"]),
    (Column::Aside, 112, &["username$"]),
    // The picture of what was made is no portrait, and a file has no first name.
    (Column::Aside, 112, &["фото", "работ"]),
    (Column::Aside, 112, &["фото", "рисунк"]),
    (Column::Aside, 112, &["фото", "подел"]),
    (Column::Aside, 112, &["фото", "издел"]),
    (Column::Aside, 104, &["имя$", "файл"]),
    (Column::Aside, 104, &["имя$", "пользовател"]),
    (Column::Aside, 118, &["снилс"]),
    (Column::Aside, 118, &["паспорт"]),
    (Column::Aside, 112, &["примечани"]),
    (Column::Aside, 112, &["комментари"]),
    (Column::Aside, 120, &["родител"]),
    (Column::Aside, 120, &["законн", "представител"]),
    // «Диплом бакалавра» is no document that is handed over.
    (Column::Aside, 104, &["документ", "образовани"]),
    (Column::Aside, 104, &["уин$"]),
    // Sheets of attendance have a column to sign in.
    (Column::Aside, 104, &["подпись$"]),
    (Column::Aside, 104, &["подписи$"]),
    (Column::Aside, 112, &["жюри"]),
    // What they have decided is the prize.
    (Column::Result, 114, &["решени", "жюри"]),
    (Column::Aside, 104, &["эксперт"]),
];

/// Words that head so many things that a word beside them mostly tells another one: «№
/// читательского билета», «Дата приёма», «Ссылка на работу», «Текст сочинения».
const WIDE: &[&str] = &[
    "дата$",
    "date$",
    "номер$",
    "number$",
    "№$",
    "no$",
    "год$",
    "year$",
    "текст$",
    "text$",
    "ссылка$",
    "link$",
    "место$",
    "place$",
];

/// What stands beside them where they speak of the document that is handed over.
const OF_DOCUMENT: &[&str] = &[
    "выда",
    "вручен",
    "документ",
    "сертификат",
    "диплом",
    "грамот",
    "благодарн",
    "рег",
    "удостовер",
    "свидетельств",
    "бланк",
    "награжд",
    "оформлен",
    "подписан",
    "проведен",
    "мероприят",
    "конкурс",
    "провер",
    "укажите",
    "введите",
    "напишите",
    "ваш",
    "в$",
    "на$",
    "и$",
    "issue",
    "award",
    "certificate",
    "diploma",
    "document",
    "event",
    "of$",
    "the$",
];

/// Words of a question that say nothing of what is asked.
const FILLERS: &[&str] = &[
    "укажите",
    "введите",
    "напишите",
    "ваш",
    "ваша",
    "ваше",
    "ваши",
    "вашу",
    "вашей",
    "полностью",
    "полное",
    "полная",
    "наименование",
    "название",
    "пожалуйста",
    "the",
    "your",
    "please",
    "и",
    "в",
    "на",
    "по",
    "к",
    "of",
    "конкурса",
    "конкурсанта",
    "участника",
    "участницы",
    "ребенка",
    "ученика",
    "обучающегося",
    "учащегося",
    "получателя",
    "награждаемого",
    "педагога",
    "студента",
    "сотрудника",
    "слушателя",
    "именительном",
    "падеже",
    "полных",
    "именительный",
    "падеж",
];

impl Column {
    /// The column of a name, if the name tells it.
    pub fn of(header: &str) -> Option<Self> {
        Self::best(header).map(|(column, _)| column)
    }

    /// The likeliest column of a name, and how surely it is that: from 60 to about 120.
    pub fn best(header: &str) -> Option<(Self, u8)> {
        let words = words(header);
        let mut best: Option<((Self, u8), usize)> = None;
        // «Ссылка на конкурсную работу» holds no work, but where it lies.
        let link =
            |word: &String| word.starts_with("ссылк") || matches!(word.as_str(), "link" | "url");
        let links = words.iter().any(link);
        // All rules are tried: «Название конкурса» has a word of the event and one of several
        // others.
        for &(column, score, stems) in RULES {
            if links && !matches!(column, Self::Qr | Self::Aside) && !column.names() {
                continue;
            }
            // Each stem takes a word of its own: «п/п» are two.
            let mut free: Vec<&str> = words.iter().map(String::as_str).collect();
            let all = stems.iter().all(|stem| {
                let found = free.iter().position(|word| matches(word, stem));
                found.map(|at| free.remove(at)).is_some()
            });
            if !all || (is_wide(stems) && free.iter().any(|word| !is_of_document(word))) {
                continue;
            }
            // «Укажите ваши ФИО полностью» says no more than «ФИО».
            let left = free.iter().filter(|word| !FILLERS.contains(word)).count();
            // A word that is a beginning of others tells less among many.
            let score = score.saturating_sub((left * 6).min(40) as u8);
            let better =
                // At the same score the rule of more words is the more exact one.
                best.is_none_or(|((_, known), length)| (score, stems.len()) > (known, length));
            if better {
                best = Some(((column, score), stems.len()));
            }
        }
        // Below that too many words are left over: the column is printed as a field, and nothing
        // is guessed.
        best.map(|(scored, _)| scored).filter(|(_, score)| *score >= 60)
    }

    /// Whether the column says who the recipient is.
    pub fn names(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Last | Self::First | Self::Middle | Self::Collective | Self::Dative
        )
    }

    /// The column that a file of common data names by this key: «школа» and «ФИО», too.
    ///
    /// ```
    /// use itog::model::Column;
    /// assert_eq!(Column::of_key("ФИО"), Some(Column::Name));
    /// // The town, as in the data, or the place won, as in most tables?
    /// assert_eq!(Column::of_key("место"), None);
    /// ```
    pub fn of_key(key: &str) -> Option<Self> {
        let key = normal(key);
        let known = |wanted: &str| {
            // What stands in brackets only tells more: «результат (занятое место)».
            let short = |ru: &'static str| ru.split(" (").next().unwrap_or(ru);
            let is = |(_, known, ru, _): &&(_, &str, &'static str, _)| {
                *known == wanted || normal(ru) == wanted || normal(short(ru)) == wanted
            };
            KEYS.iter().find(is).map(|(column, ..)| *column)
        };
        match key.as_str() {
            // In a table whose rows are people, «name» is the recipient's.
            "name" | "имя получателя" | "фио" => Some(Self::Name),
            "место" => None,
            key => known(key).or_else(|| {
                // By any name that the data have for it.
                super::keys()
                    .filter(|(_, others)| others.contains(&key))
                    .find_map(|(of, _)| known(of))
            }),
        }
    }

    /// The key by which a file of common data names the column; what is never printed has none.
    ///
    /// ```
    /// use itog::model::Column;
    /// assert_eq!(Column::Reason.key(), Some("for"));
    /// ```
    pub fn key(self) -> Option<&'static str> {
        KEYS.iter().find(|(column, ..)| *column == self).map(|(_, key, ..)| *key)
    }

    /// What the keys are, as a list to choose from.
    pub(super) fn listed() -> Message {
        let english: Vec<&str> = Self::keys().collect();
        let russian: Vec<&str> = KEYS.iter().map(|(_, _, ru, _)| *ru).collect();
        Message::bilingual(english.join(", "), russian.join(", "))
    }

    /// The keys by which a file of common data may name columns.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|(_, key, ..)| *key)
    }

    /// What the column is, in a few words.
    pub fn title(self) -> Message {
        let known = KEYS.iter().find(|(column, ..)| *column == self);
        match (self, known) {
            (_, Some((.., ru, en))) => Message::bilingual(*en, *ru),
            (Self::Ordinal, _) => say!("the number of the row"),
            _ => say!("not printed"),
        }
    }

    /// The known name that is nearest to one that is not known.
    pub fn nearest(header: &str) -> Option<&'static str> {
        let word: String = words(header).concat();
        // Only whole words can be misspelt; of stems nobody knows the end.
        let whole = RULES.iter().filter(|(.., stems)| stems.len() == 1);
        let whole = whole.filter_map(|(.., stems)| stems[0].strip_suffix('$'));
        // Short words are near to everything: «год» to «город», «id» to «kind».
        let known = nearest(&word, whole.filter(|known| known.chars().count() > 3))?;
        let typed = word.chars().count();
        (strsim::damerau_levenshtein(&word, known) <= (typed / 4).max(1)).then_some(known)
    }
}

fn is_wide(stems: &[&str]) -> bool {
    matches!(stems, [one] if WIDE.contains(one))
}

/// Whether a word beside a wide one leaves it what it is: numbers of questions do, too.
fn is_of_document(word: &str) -> bool {
    word.parse::<u8>().is_ok() || OF_DOCUMENT.iter().any(|stem| matches(word, stem))
}

fn matches(word: &str, stem: &str) -> bool {
    match stem.strip_suffix('$') {
        Some(whole) => word == whole,
        None => word.starts_with(stem),
    }
}

/// The words of a name, small, with «ф. и. о.» in one.
fn words(header: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in header.chars().flat_map(char::to_lowercase).chain([' ']) {
        match c {
            'ё' => word.push('е'),
            '№' | '#' => {
                words.extend([std::mem::take(&mut word), "№".to_owned()]);
            }
            c if c.is_alphanumeric() => word.push(c),
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    words.retain(|word| !word.is_empty());
    if let Some(at) = words.windows(2).position(|two| two == ["и", "о"])
        && (at == 0 || words[at - 1] != "ф")
    {
        words.splice(at..at + 2, ["ио".to_owned()]);
    }
    // «Ф. И. О.» is one word, however it is spaced.
    if let Some(at) = words.windows(3).position(|three| three == ["ф", "и", "о"]) {
        words.splice(at..at + 3, ["фио".to_owned()]);
    }
    // «Ф. И.», where no patronymic is asked for.
    if let Some(at) = words.windows(2).position(|two| two == ["ф", "и"]) {
        words.splice(at..at + 2, ["фи".to_owned()]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[test]
    fn names_that_people_give_to_columns() {
        use Column::*;
        for (column, headers) in [
            (
                Name,
                "ФИО|Ф.И.О.|ФИО участника|ФИО (полностью)|ФИО ребёнка|Фамилия, имя, отчество|\
                Фамилия и имя участника|Ученик|Награждаемый|ФИО сотрудника|Full name|Кому|\
                Участник конкурса|Фамилия Имя|Фамилия, инициалы|Фамилия И.О. участника|name|\
                Ф. И. участника|Чтец",
            ),
            (Last, "Фамилия|Фамилия участника|Last name"),
            (First, "Имя|Ваше имя|First name"),
            (Middle, "Отчество|Отчество (при наличии)"),
            (Leader, "Руководитель|ФИО руководителя|Научный руководитель|Руководитель: Фамилия"),
            (
                Teacher,
                "Учитель|ФИО педагога|Педагог-наставник|\
                ФИО учителя, подготовившего участника",
            ),
            (
                Of,
                "Организация|Место работы (полное наименование)|Наименование организации|org|\
                Учреждение",
            ),
            (
                School,
                "Школа|Образовательное учреждение|Место учёбы|ОУ|Название школы|\
                Учреждение образования|Общеобразовательное учреждение",
            ),
            (
                Post,
                "Должность|Ваша должность|Должность, учёная степень|Должность, место работы|\
                Место работы и должность",
            ),
            (Degree, "Степень"),
            (Result, "Результат|Призовое место|Занятое место|Итоговый результат|Решение жюри"),
            (Ordinal, "№ п/п|№п/п|№ пп|П/п|Порядковый номер"),
            (
                Aside,
                "E-mail|Адрес электронной почты|Телефон|Отметка времени|Дата рождения|\
                Согласие на обработку персональных данных|ФИО родителя|Номер телефона|Подпись",
            ),
            (Number, "Номер|№|№ диплома|Номер сертификата|Рег. номер"),
            (Date, "Дата|Дата выдачи"),
            (Class, "Класс"),
            (Nomination, "Номинация"),
            (Score, "Баллы|Количество баллов|Сумма баллов"),
            (Hours, "Количество часов|Объём (часов)"),
            (Kind, "Вид|Вид награды|Награда"),
            (Work, "Название работы|Тема проекта"),
            (Dative, "ФИО в дательном падеже|ФИО (дат. падеж)"),
        ] {
            for header in headers.split('|') {
                assert_eq!(Column::of(header), Some(column), "{header}");
            }
        }
        for header in ["Любимый цвет", "Город", "Муниципалитет", "Район", "Адрес", "Подписант"]
        {
            assert_eq!(Column::of(header), None, "{header}");
        }
    }

    #[test]
    fn a_word_beside_a_wide_one_tells_another_thing() {
        for header in [
            "№ чит. билета",
            "Номер участника",
            "№ группы",
            "Дата записи",
            "Дата юбилея",
            "Дата приёма на работу",
            "Год выпуска",
            "Ссылка на работу",
            "Ссылка на конкурсную работу (Яндекс.Диск)",
            "Работа (URL)",
            "Текст сочинения",
            "Место жительства",
        ] {
            assert_eq!(Column::of(header), None, "{header}");
        }
        for (column, header) in [
            (Column::Issuer, "Организатор"),
            (Column::Number, "1. Номер сертификата"),
            (Column::Date, "Дата выдачи документа"),
            (Column::Date, "Дата проведения мероприятия"),
            (Column::Qr, "Ссылка на проверку"),
            (Column::Number, "№"),
            (Column::School, "№ школы"),
            (Column::Aside, "Фото работы"),
            (Column::Photo, "Фото участника"),
            (Column::Name, "Волонтёр"),
            (Column::Leader, "Mentor"),
        ] {
            assert_eq!(Column::of(header), Some(column), "{header}");
        }
        assert_eq!(Column::nearest("Оценка"), None);
        assert_eq!(Column::nearest("Участнник"), Some("участник"));
    }

    #[test]
    fn places_are_won_or_lie_on_maps() {
        for (header, column) in [
            ("Место в рейтинге", Column::Result),
            ("Место в общем зачёте", Column::Result),
            ("Место", Column::Place),
            ("Место выдачи", Column::Place),
        ] {
            assert_eq!(Column::of(header), Some(column), "{header}");
        }
    }
}
