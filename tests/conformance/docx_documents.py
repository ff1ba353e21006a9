"""Random final documents of 1 to 40 pages, as data that the program reads; the same seed gives the same documents."""

import random

SURNAMES = (
    "Александрова Бехтенева Верещагина-Долгорукая Гарбузова Егорова Заварзина Колокольникова Кржижановская Ли Мартынушкина Несмачных Петрова-Водкина "
    "Рождественская Севостьянова Ткаченко Хмелевцева Черных Шах-Назарова Шелухина Ярославцева"
).split()
NAMES = "Анна Валентина Екатерина Ия Любовь Марина Наталья Ольга Светлана Татьяна".split()
FATHERS = "Альбертовна Вячеславовна Григорьевна Игоревна Константиновна Львовна Николаевна Сергеевна Чановна Юрьевна".split()
POSTS = [
    "директор", "методист", "главный библиотекарь", "заведующая отделом обслуживания", "и.о. начальника управления культуры", "заместитель директора по научной работе",
    "ведущий методист сектора инновационной и проектной деятельности",
]
PLACES = [
    "Яйская центральная библиотека", "Музей истории города", "ЦБС г. Прокопьевска", "Областная научная библиотека им. В.Д. Федорова", "Дом культуры",
    "Муниципальное бюджетное учреждение «Централизованная библиотечная система Прокопьевского муниципального района»", "Редакция журнала «Полка»",
]
WORDS = (
    "библиотека деятельность развитие внедрение новых инновационных форм работы способствующих привлечению пользователей формированию имиджа труда и в на с к по "
    "для при учёте территориальных социальных особенностей культурно-просветительской информационной краеведческих фондов чтения семейного молодёжи области района "
    "села 2014 № 31 г. Кемерово проектов грантов конкурсов методической помощи специалистов повышения квалификации межпоселенческая муниципальных учреждений опыт "
    "лучших практик сети Интернет электронных ресурсов каталога сведений отчётов, которые, также, однако, а и не но как что это всех их её ещё уже"
).split()
OPENINGS = "Содействовать Подходить Стимулировать Активизировать Развивать Опубликовать Провести Обобщить Организовать Разработать Обеспечить Продолжить".split()


class Maker:
    """Makes parts of documents; counts about how many letters they have."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.letters = 0

    def words(self, low, high):
        text = " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(low, high))).rstrip(",")
        self.letters += len(text)
        return text

    def sentence(self, low=6, high=45):
        return f"{self.random.choice(OPENINGS)} {self.words(low, high)}."

    def person(self):
        name = " ".join(self.random.choice(part) for part in (SURNAMES, NAMES, FATHERS))
        self.letters += 60
        return {"name": name, "post": self.random.choice(POSTS), "of": self.random.choice(PLACES)}

    def people(self, low, high):
        return [self.person() for _ in range(self.random.randint(low, high))]

    def member(self):
        person = self.person()
        return {"name": person["name"], "from": person["of"]}

    def points(self, low, high, depth=0):
        made = []
        for _ in range(self.random.randint(low, high)):
            if depth < 2 and self.random.random() < 0.2:
                made.append({"lead": f"Рекомендовать {self.words(2, 5)}", "items": self.points(2, 5, depth + 1)})
            elif self.random.random() < 0.15:
                made.append({"text": self.sentence(), "by": self.words(2, 4), "due": f"2025-0{self.random.randint(1, 9)}-15"})
            else:
                made.append(self.sentence())
        return made

    def table(self):
        rows = [
            [row, f"{self.sentence(2, 12)}", self.random.choice(["I квартал", "апрель", "май — сентябрь"]), self.person()["name"]]
            for row in range(1, self.random.randint(4, 22))
        ]
        self.letters += 40 * len(rows)
        return {"type": "table", "caption": self.words(3, 9).capitalize(), "columns": ["№", "Мероприятие", "Срок", "Ответственный"], "rows": rows}

    def section(self):
        kind = self.random.choice(["points", "points", "gratitude", "membership", "evaluations", "recommendations", "recommendations", "text", "table", "agenda"])
        if kind == "gratitude":
            return {"type": kind, "items": [{"to": self.people(1, 9), "for": self.words(3, 12)}, {"to_collectives": [{"name": self.random.choice(PLACES)}]}]}
        if kind == "membership":
            people = [self.member() for _ in range(self.random.randint(2, 12))]
            return {"type": kind, "items": [{"action": self.random.choice(["add", "remove", "elect"]), "body": "Клуб деловых встреч методистов", "people": people}]}
        if kind == "text":
            return {"type": kind, "heading": self.words(2, 7).capitalize(), "paragraphs": [self.sentence(10, 90) for _ in range(self.random.randint(1, 5))]}
        if kind == "table":
            return self.table()
        if kind == "agenda":
            items = [
                {
                    "title": self.sentence(4, 10),
                    "heard": [{**self.person(), "text": self.words(6, 30) + "."}],
                    "decided": [self.sentence() for _ in range(self.random.randint(1, 3))],
                    "vote": {"for": 31, "against": self.random.randint(0, 3), "abstained": 0},
                }
                for _ in range(self.random.randint(1, 4))
            ]
            for item in items:
                item["heard"][0].pop("of")
            return {"type": kind, "heading": "Повестка дня", "items": items}
        if kind == "points":
            return {"type": kind, "numbering": self.random.choice(["1", "1.1", "а", "•", "—"]), "items": self.points(3, 10)}
        return {"type": kind, "items": self.points(2, 9)}


def document(seed, pages):
    """A final document of about so many pages."""
    maker = Maker(seed)
    kind = maker.random.choice(["Итоговый документ", "Резолюция", "Протокол", "Решение"])
    data = {
        "kind": kind,
        "number": seed,
        "date": "2024-10-18",
        "event": {"name": maker.words(3, 14).capitalize(), "theme": maker.words(2, 8).capitalize(), "place": "п. Яя, Кемеровская область", "host": maker.random.choice(PLACES)},
    }
    if maker.random.random() < 0.4:
        data["approved"] = {"post": "Председатель оргкомитета", "name": "Заварзина Ольга Юрьевна", "date": "2024-10-21"}
    maker.letters = 0
    sections = [{"type": "preamble", "text": f"Участники {maker.words(4, 30)},", "resolves": "решили"}]
    while maker.letters < (pages - 0.6) * 1450:
        sections.append(maker.section())
    if len(sections) == 1:
        sections.append({"type": "recommendations", "items": [maker.sentence(4, 10)]})
    data["sections"] = sections
    data["signatures"] = [{"post": post, "name": maker.person()["name"]} for post in ("Председатель оргкомитета", "Секретарь")]
    if maker.random.random() < 0.3:
        data["appendices"] = [{"title": maker.words(2, 5).capitalize(), "orientation": "landscape", "sections": [maker.table()]}]
    return data
