//! The habits of each kind of paper: who signs an application, how an order commands, what a letter
//! begins and ends with.

use super::FinalDocument;
use crate::lang::ru::{capital, uncapital};
use crate::model::russian::is_key;
use crate::model::section::{Body, Paragraphs, Preamble, Section};
use crate::model::{Item, MeetingRole, Organization, Person, Signature, arrange, office, who};

impl FinalDocument {
    /// «исх: № 01-17/233 от 10.02.2026» is a number and a date.
    pub(super) fn part_number(&mut self) {
        let number = self.number.as_deref().filter(|_| self.date.is_none());
        if let Some((number, Some(date))) = number.map(office::dated_number) {
            (self.number, self.date) = (Some(number.trim_end().to_owned()), Some(date));
        }
    }

    /// Gives an order or a decree its verb where nothing says it: the preamble stops before it («На
    /// основании письма от 1 мая»), or there is none.
    pub(super) fn command(&mut self) {
        self.command_alone();
        let kind = self.kind.to_lowercase();
        let verb = match () {
            () if kind.starts_with("приказ") => COMMAND,
            // «Администрация района постановляет», and a head alone «ПОСТАНОВЛЯЮ».
            () if kind.starts_with("постановление") && self.lang == "ru" => DECREE,
            () => return,
        };
        let [Section { body: Body::Preamble(preamble), .. }, next, ..] = &mut self.sections[..]
        else {
            return;
        };
        let points = next.heading.is_none() && next.body.points_mut().is_some();
        let lacks = preamble.text.as_ref().is_some_and(|text| !commands(text));
        if points && lacks && preamble.is_open() {
            let body = preamble.text.as_deref().is_some_and(ends_with_body);
            preamble.close(if body { "постановляет" } else { verb }.to_owned());
        }
    }

    /// An order of points alone, or of sentences and points, begins its points with the verb.
    fn command_alone(&mut self) {
        let order = self.kind.to_lowercase().starts_with("приказ");
        let says = |section: &Section| match &section.body {
            Body::Preamble(_) | Body::Agenda(_) => true,
            Body::Text(text) => text.paragraphs.iter().any(|text| commands(text)),
            _ => section.heading.is_some(),
        };
        if !order || self.lang != "ru" || self.sections.iter().any(says) {
            return;
        }
        let is_points = |section: &mut Section| section.body.points_mut().is_some();
        let Some(at) = self.sections.iter_mut().position(is_points) else { return };
        let whole = |section: &Section| match &section.body {
            Body::Text(text) => text.paragraphs.iter().all(|text| text.ends_with('.')),
            _ => false,
        };
        // «С целью упорядочения отпусков.» is no sentence: the verb ends it.
        if let [Section { body: Body::Text(text), heading: None, .. }] = &self.sections[..at]
            && let [one] = text.paragraphs.as_slice()
            && arrange::is_ground(one)
        {
            let text = Some(one.trim_end_matches(['.', ',', ':']).to_owned());
            let mut preamble = Preamble { text, ..Preamble::default() };
            preamble.close(COMMAND.to_owned());
            self.sections[at - 1].body = Body::Preamble(preamble);
            return;
        }
        // A text that leads to its points says how by itself.
        if self.sections[..at].iter().all(whole) {
            let preamble = Preamble { resolves: Some(COMMAND.to_owned()), ..Preamble::default() };
            let body = Body::Preamble(preamble);
            let verb = Section { body, heading: None, heading_numbering: None };
            self.sections.insert(at, verb);
        }
    }

    /// «ПОЛОЖЕНИЕ» is printed in capitals anyway, and named in small letters elsewhere.
    pub(super) fn whisper(&mut self) {
        // «КДЦ» is an abbreviation, as any word of a few capitals may be.
        let shouts = self.kind.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let long = self.kind.split_whitespace().all(|word| word.chars().count() > 3);
        if shouts && long && !self.kind.is_empty() {
            self.kind = capital(&self.kind.to_lowercase());
        }
    }

    /// «План мероприятий по проведению Года …» under «ПЛАН МЕРОПРИЯТИЙ» would say its kind twice.
    pub(super) fn name_once(&mut self) {
        let kind = self.kind.to_lowercase();
        let rest = |text: &str| {
            let small = text.to_lowercase();
            let rest = small.strip_prefix(&kind)?;
            // Only a whole word, and only what says something: a kind alone stays the kind alone.
            let whole = rest.starts_with(char::is_whitespace) && !kind.is_empty();
            let rest = text.get(text.len() - rest.len()..)?.trim_start();
            whole.then(|| rest.to_owned())
        };
        if let Some(about) = &mut self.about
            && let Some(rest) = rest(about)
        {
            *about = rest;
        }
        // «Методические рекомендации по …» of the kind «Рекомендации» is the whole kind.
        let small = self.about.as_deref().map(str::to_lowercase).unwrap_or_default();
        let whole = small.find(&format!(" {kind} ")).filter(|_| !kind.is_empty());
        if let Some(at) = whole.filter(|at| !small[..*at].contains(' '))
            && let Some(about) = &mut self.about
            && let (Some(full), Some(rest)) =
                (about.get(..at + 1 + kind.len()), about.get(at + kind.len() + 2..))
        {
            self.kind = full.to_owned();
            *about = rest.trim_start().to_owned();
        }
        // Its name is in the genitive then, and belongs to the kind: «Программа семинара …».
        if self.about.is_none()
            && let Some(event) = &mut self.event
            && let Some(rest) = rest(&event.name)
        {
            event.name = rest;
        }
        self.about.take_if(|about| about.to_lowercase() == kind);
    }

    /// «составила настоящий акт …» below those who belong to the commission lacks its subject.
    pub(super) fn drawn_up(&mut self) {
        let commission = |role: &MeetingRole| role.role.to_lowercase().contains("комисси");
        if !self.kind.to_lowercase().starts_with("акт") || !self.roles.iter().any(commission) {
            return;
        }
        let first = self.sections.iter_mut().find_map(|section| match &mut section.body {
            Body::Text(text) => text.paragraphs.first_mut(),
            _ => None,
        });
        const VERBS: [&str; 5] = ["составила", "провела", "произвела", "осмотрела", "проверила"];
        if let Some(text) = first
            && let Some(verb) = text.split_whitespace().next().map(str::to_lowercase)
            && VERBS.contains(&verb.as_str())
        {
            *text = format!("Комиссия {}", uncapital(text));
        }
    }

    /// «кворум: имеется» need not be said beside numbers that say it.
    pub(super) fn count_once(&mut self) {
        let counted = matches!((self.present, self.members), (Some(p), Some(all)) if 2 * p > all);
        let told = |section: &Section| match &section.body {
            Body::Text(text) => text.paragraphs == ["Кворум имеется."] && section.heading.is_none(),
            _ => false,
        };
        if counted && self.sections.len() > 1 {
            self.sections.retain(|section| !told(section));
        }
    }

    /// «Протокол заседания рабочей группы …» has its number behind the first word (ГОСТ Р
    /// 7.0.97-2016, 5.9): what follows is the first line of its title.
    pub(super) fn part_kind(&mut self) {
        // The kind of a letter is not printed, but «Письмо о намерениях» says what it is about.
        if self.about.is_none() {
            let rest = self.kind.strip_prefix("Письмо о").map(|rest| format!("О{rest}"));
            let whole = self.kind.to_lowercase().starts_with("letter of ");
            self.about = rest.or_else(|| whole.then(|| self.kind.clone()));
        }
        const NAMED: [&str; 2] = ["Протокол ", "Выписка из протокола "];
        const MEETINGS: [&str; 9] = [
            "заседания",
            "собрания",
            "совещания",
            "общего",
            "конференции",
            "схода",
            "слушаний",
            "педагогического",
            "родительского",
        ];
        let decides = ["решение", "постановление"];
        let small = self.kind.to_lowercase();
        if let Some(event) = &mut self.event
            && decides.iter().any(|kind| small.starts_with(kind))
        {
            // «РЕШЕНИЕ» is that «заседания Совета …», whose other words are in the genitive anyway.
            for (first, of) in [
                ("Заседание ", "заседания "),
                ("Собрание ", "собрания "),
                ("Совещание ", "совещания "),
                ("Общее собрание ", "общего собрания "),
            ] {
                if let Some(rest) = event.name.strip_prefix(first) {
                    event.name = format!("{of}{rest}");
                    break;
                }
            }
        }
        if self.event.is_some() || self.about.is_some() {
            return;
        }
        let kind = self.kind.clone();
        let rest = NAMED.iter().find_map(|named| {
            let rest = kind.strip_prefix(named)?;
            let first = rest.split_whitespace().next()?;
            MEETINGS.contains(&first).then(|| (named.trim_end(), rest))
        });
        if let Some((named, rest)) = rest {
            self.kind = named.to_owned();
            self.about = Some(rest.to_owned());
        }
    }

    /// Takes «С уважением» out of the end of a text, to be set above those who sign: «С уважением,
    /// директор А. П. Ли» names them, too.
    pub(super) fn take_leave(&mut self) {
        let bare = |text: &str| text.trim().trim_end_matches([',', ':', '!', '.']).to_owned();
        if let Some(Section { body: Body::Text(text), .. }) = self.sections.last_mut()
            && self.closing.is_none()
            && text.paragraphs.len() > 1
            && let Some(last) = text.paragraphs.last()
        {
            let (first, rest) = last.split_once(',').unwrap_or((last, ""));
            let signer = Some(rest.trim()).filter(|rest| !rest.is_empty());
            let person = signer.and_then(Person::signing).filter(|_| self.signatures.is_empty());
            let told = signer.is_none() && !self.signatures.is_empty() || person.is_some();
            if told && is_key(&bare(first), "closing") {
                let person = person.map(Signature::from);
                self.signatures.extend(person);
                self.closing = Some(first.to_owned());
                text.paragraphs.pop();
            }
        }
        self.closing = self.closing.take().map(|closing| bare(&closing));
    }

    /// «о: подготовке к зиме» of an order stands apart from its kind, below date and number, and
    /// begins with a capital there; behind «ПОЛОЖЕНИЕ» it goes on.
    pub(super) fn head_subject(&mut self) {
        let kind = self.kind.trim().to_lowercase();
        let apart = ["приказ", "распоряжение", "постановление", "указание", "письмо"];
        if let Some(about) = self.about.as_mut().filter(|_| apart.contains(&kind.as_str()))
            && ["о ", "об ", "обо "].iter().any(|word| about.starts_with(word))
        {
            *about = capital(about);
        }
    }

    /// Members of a jury sign below one label: «Член жюри» is said for each of them at the head.
    pub(super) fn sign_together(&mut self) {
        let minutes = self.kind.to_lowercase().contains("протокол");
        let member = |signature: &Signature| {
            let post = signature.person.post.as_deref().unwrap_or_default().to_lowercase();
            post == "член жюри" || minutes && post == "член комиссии"
        };
        if self.signatures.iter().filter(|own| member(own)).count() < 2 {
            return;
        }
        let first = self.signatures.iter().find(|own| member(own));
        let first = first.and_then(|own| own.person.post.as_deref()).unwrap_or_default();
        let mut label = Some(format!("Члены{}", first.strip_prefix("Член").unwrap_or(" жюри")));
        // They stand in a row behind those who led.
        self.signatures.sort_by_key(member);
        for signature in self.signatures.iter_mut().filter(|own| member(own)) {
            signature.person.post = label.take();
        }
    }

    /// Those who sign by their names alone sign as what they were in the commission or the meeting.
    pub(super) fn sign_as_roles(&mut self) {
        let mut together = false;
        for signature in &mut self.signatures {
            // «Члены жюри» is said once for all below it.
            if let Some(post) = &signature.person.post {
                together = post.to_lowercase().starts_with("члены");
                continue;
            }
            if together {
                continue;
            }
            let same = |role: &&MeetingRole| same_person(&role.person.name, &signature.person.name);
            if let Some(role) = self.roles.iter().find(same) {
                signature.person.post = Some(capital(&role.role));
            }
        }
    }

    /// Who writes stands above an application («от …»), and signs a review or a report.
    pub(super) fn sign(&mut self) {
        const ABOVE: [&str; 11] = [
            "заявлен",
            "записк",
            "ходатайств",
            "обращен",
            "жалоб",
            "рапорт",
            "прошени",
            "заявк",
            "представлен",
            "application",
            "memo",
        ];
        let kind = self.kind.to_lowercase();
        let above = ABOVE.iter().any(|stem| kind.contains(stem));
        if above {
            self.ask_in_sentences();
        }
        // A line to sign on is drawn anyway.
        let bare = |own: &Signature| {
            let said = own.person.post.as_deref().unwrap_or(&own.person.name);
            let label = said.to_lowercase() == "подпись" && own.person.name.is_empty();
            label || !said.is_empty() && said.chars().all(|c| "_/ ".contains(c))
        };
        if self.author.is_some() && self.signatures.iter().all(bare) {
            self.signatures.clear();
        }
        if above && self.signatures.is_empty() && self.closing.is_none() {
            // Whoever applies signs, said or not; «от: методиста Ким» has no nominative.
            let signed = self.author.as_ref().and_then(|author| {
                if author.decline {
                    return Some(Person { from: None, ..author.clone() });
                }
                // «от Ивановой Анны Петровны, проживающей …» is signed in the nominative.
                who::genitive(&author.name).map(Person::new)
            });
            let signed = signed.map(Signature::from);
            self.signatures.extend(signed);
        }
        // «автор: руководитель клуба Суворова И. М.» is the post of her who signs by name alone.
        if let ([own], Some(author)) = (self.signatures.as_mut_slice(), &self.author)
            && !above
            && self.addressee.is_empty()
            && own.person.post.is_none()
            && same_person(&own.person.name, &author.name)
        {
            own.person = author.clone();
            self.author = None;
        }
        let signs = self.signatures.is_empty() && self.addressee.is_empty();
        if signs && !above {
            // «методист Гущина Л. Л.» of an application would be in the genitive.
            if let Some(author) = self.author.as_mut().filter(|author| !author.decline) {
                let told = Person::signing(&author.name);
                *author = told.unwrap_or_else(|| Person::new(std::mem::take(&mut author.name)));
            }
            self.signatures.extend(self.author.take().map(Signature::from));
        }
    }

    /// «прошу предоставить мне отпуск» begins with a capital and ends with a full stop.
    fn ask_in_sentences(&mut self) {
        // What leads to a table or a list ends otherwise.
        let leads = self.sections.get(1).is_some_and(|next| {
            next.heading.is_none() && matches!(next.body, Body::Table(_) | Body::Points(_))
        });
        let Some(Section { body: Body::Text(text), .. }) = self.sections.first_mut() else {
            return;
        };
        let last = text.paragraphs.len() - usize::from(leads).min(text.paragraphs.len());
        for paragraph in &mut text.paragraphs[..last] {
            let words = paragraph.split_whitespace().count();
            // «Фамилия, имя, отчество: …» is a line of a form.
            if words < 4 || paragraph.contains(['\n', ':']) {
                continue;
            }
            *paragraph = capital(paragraph);
            if paragraph.ends_with(|c: char| c.is_alphanumeric() || c == '»') {
                paragraph.push('.');
            }
        }
    }

    /// «от: МБУК «Музей»» of a letter is its letterhead, and a person signs it.
    pub(super) fn send(&mut self) {
        let kind = self.kind.to_lowercase();
        if !["письм", "letter"].iter().any(|word| kind.contains(word)) {
            return;
        }
        let Some(author) = self.author.take() else { return };
        let named = who::is_sure_name(&author.name) || author.post.is_some();
        if !named && self.organization.is_none() {
            let name = author.name;
            self.organization = Some(Organization { name, ..Organization::default() });
        } else if named && author.decline && self.signatures.is_empty() {
            self.signatures.push(author.into());
        } else {
            self.author = Some(author);
        }
    }

    /// «рекомендации: [увеличить …, приобрести …]» behind a text are led by that word.
    pub(super) fn recommend(&mut self) {
        let verb = |section: &Section| match &section.body {
            Body::Preamble(preamble) => preamble.resolves.is_some(),
            _ => false,
        };
        if self.lang != "ru" {
            return;
        }
        // Behind «Выводы» they are a chapter of their own.
        let chapter = |section: &Section| matches!(section.body, Body::Recommendations(_));
        let own = self.sections.iter().position(chapter);
        if let Some(at) = own {
            self.lead_recommendations(at);
        }
        let own = own.filter(|at| !self.sections[..*at].iter().any(verb));
        if let Some(at) = own.filter(|at| self.sections[..*at].iter().any(|s| s.heading.is_some()))
            && self.sections[at].heading.is_none()
        {
            self.sections[at].heading = Some("Рекомендации".to_owned());
            if let Some(points) = self.sections[at].body.points_mut() {
                points.start = points.start.or(Some(1));
            }
            return;
        }
        let parts = |section: &mut Section| {
            let bare = section.heading.is_none();
            let Body::Recommendations(points) = &mut section.body else { return false };
            let small = |item: &Item| {
                let text = item.text.as_deref().filter(|_| item.items.is_empty());
                text.is_some_and(|text| text.starts_with(char::is_lowercase))
            };
            bare && points.items.len() > 1 && points.items.iter().all(small)
        };
        let Some(at) = self.sections.iter_mut().position(parts) else { return };
        let led = match at.checked_sub(1).and_then(|at| self.sections.get(at)).map(|s| &s.body) {
            Some(Body::Text(text)) => text.paragraphs.last().is_some_and(|t| t.ends_with(':')),
            Some(_) => true,
            None => false,
        };
        if !led {
            let body =
                Body::Text(Paragraphs { paragraphs: vec!["Рекомендации:".to_owned()] });
            let section = Section { body, heading: None, heading_numbering: None };
            self.sections.insert(at, section);
        }
    }

    /// Those to addressees, behind what was found («отмечают: […]»), have a verb and a count of
    /// their own.
    fn lead_recommendations(&mut self, at: usize) {
        let (before, after) = self.sections.split_at_mut(at);
        // Thanks may stand between them.
        let led = before.iter().rposition(|section| matches!(section.body, Body::Preamble(_)));
        let Some((Section { body: Body::Preamble(preamble), .. }, found)) =
            led.and_then(|led| before[led..].split_first())
        else {
            return;
        };
        let own = &mut after[0];
        let verb = preamble.resolves.as_deref().or(preamble.text.as_deref()).unwrap_or_default();
        let verb = verb.trim_end_matches(':').split_whitespace().next_back().unwrap_or_default();
        let verb = verb.to_lowercase();
        let finds = ["отмеча", "констатир", "выража", "подч", "счита", "призна"];
        let finds = finds.iter().any(|stem| verb.starts_with(stem));
        let bare = own.heading.is_none() && found.iter().all(|section| section.heading.is_none());
        let listed = found.iter().all(|section| section.body.points().is_some());
        let Some(points) = own.body.points_mut() else { return };
        let addressed = points.items.iter().all(|item| item.lead.is_some() || item.to.is_some());
        if !finds || !bare || !addressed || !listed || found.is_empty() {
            return;
        }
        points.start = points.start.or(Some(1));
        let ours = verb.ends_with("ем") || verb.ends_with("им");
        let verb = if ours { "Рекомендуем" } else { "Рекомендуют" };
        let preamble = Preamble { resolves: Some(verb.to_owned()), ..Preamble::default() };
        let body = Body::Preamble(preamble);
        self.sections.insert(at, Section { body, heading: None, heading_numbering: None });
    }

    /// Takes «Уважаемые коллеги!» out of a letter's text, to be set as its salutation.
    pub(super) fn greet(&mut self) {
        let kind = self.kind.to_lowercase();
        if let Some(salutation) = &mut self.salutation
            && salutation.ends_with(char::is_alphabetic)
        {
            salutation.push(if self.lang == "en" { ',' } else { '!' });
        }
        let letters = ["письмо", "letter", "приглашени", "invitation"];
        let letter = letters.iter().any(|word| kind.contains(word));
        if !letter || self.salutation.is_some() {
            return;
        }
        let Some(Section { body: Body::Text(text), .. }) = self.sections.first_mut() else {
            return;
        };
        let begins = |text: &str| {
            ["Уважаем", "Дорог", "Глубокоуважаем", "Dear "].iter().any(|w| text.starts_with(w))
        };
        let alone = |text: &String| begins(text) && text.ends_with(['!', ',']);
        if text.paragraphs.len() > 1 && text.paragraphs.first().is_some_and(alone) {
            self.salutation = Some(text.paragraphs.remove(0));
        }
    }
}

/// The verb of an order.
const COMMAND: &str = "ПРИКАЗЫВАЮ";

/// The verb of a decree that its head gives by himself.
const DECREE: &str = "ПОСТАНОВЛЯЮ";

/// Whether a text says the verb of an order or of a decree.
fn commands(text: &str) -> bool {
    // Without spaces, for «п р и к а з ы в а ю» is its verb, too.
    let bare = text.to_lowercase().replace([' ', '\u{a0}'], "");
    bare.contains("приказыва") || bare.contains("постановля")
}

/// Whether the last part of a sentence is a body that decrees: «…, администрация Тайгинского
/// округа».
fn ends_with_body(text: &str) -> bool {
    const BODIES: [&str; 6] =
        ["администрация", "правительство", "совет", "коллегия", "дума", "президиум"];
    let last = text.trim_end().rsplit(", ").next().unwrap_or_default();
    let first = last.split_whitespace().next().unwrap_or_default().to_lowercase();
    text.contains(", ") && BODIES.contains(&first.as_str())
}

/// «Основание: Письмо …» goes on in small letters after its colon; a law keeps its capital.
pub(super) fn small_document(text: &mut String) {
    const WORDS: [&str; 11] = [
        "Письмо",
        "Приказ",
        "Заявление",
        "Протокол",
        "Служебная",
        "Докладная",
        "Представление",
        "Решение",
        "Распоряжение",
        "Ходатайство",
        "Акт",
    ];
    let first = text.split_whitespace().next().unwrap_or_default();
    if WORDS.contains(&first) {
        *text = uncapital(text);
    }
}

/// Whether two names may be those of one person: «Глухов Никита Ильич» and «Глухов Н. И.» or
/// «Н. И. Глухов».
fn same_person(one: &str, other: &str) -> bool {
    let parts = |name: &str| {
        let words: Vec<String> =
            name.replace('.', ". ").split_whitespace().map(str::to_owned).collect();
        let (initials, whole): (Vec<_>, Vec<_>) = words.into_iter().partition(|w| w.ends_with('.'));
        let surname = whole.first().cloned().unwrap_or_default();
        let rest = initials.iter().chain(whole.iter().skip(1));
        (surname, rest.filter_map(|word| word.chars().next()).collect::<String>())
    };
    let ((surname, letters), (other, others)) = (parts(one), parts(other));
    surname == other && !surname.is_empty() && letters == others
}
