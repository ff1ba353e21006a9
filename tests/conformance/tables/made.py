"""Makes tables as people have them, with what each printed sheet must say and what must be told. A seed gives the same tables again."""

import pathlib
import random
import re

from files import Cell, Sheet, delimited, html, jsonl, ods, xls, xlsx

HERE = pathlib.Path(__file__).parent


def heads(path):
    """The names of columns by meaning."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split(": ", 1) for line in lines]
    return {meaning: [name.strip().replace("\\n", "\n") for name in names.split(" | ")] for meaning, names in pairs}


SURNAMES = """Алейников Белозёров Варламов Горшенин Дементьев Ерофеев Жилин Зырянов Игошин Казанцев Лабутин Маслов Носков Овчаров Пахомов Рудаков Савельев Тарасов Ушаков Фомичёв
Хлебников Цветаев Чекалин Шестаков Щеглов Юрасов Яшин Абрамов Быстров Вершинин Гордеев Долгов Ермаков Журавлёв Захаров Исаков Кочетов Логинов Миронов Некрасов Орехов Поляков Рябов Соболев
Трофимов Устинов Филатов Хомяков Черных Шевченко Ким Гайдай Зуйко Левченко Седых Островский Заречный Крамской Раевский Левитан""".split()
MEN = "Артём Богдан Виктор Глеб Денис Егор Захар Иван Кирилл Лев Матвей Никита Олег Павел Роман Степан Тимур Фёдор Юрий Ярослав".split()
WOMEN = "Алина Божена Вера Галина Дарья Ева Жанна Зоя Инна Ксения Лидия Мария Нина Ольга Полина Рената Софья Таисия Ульяна Юлия".split()
FATHERS = "Андреевич Борисович Викторович Геннадьевич Денисович Евгеньевич Захарович Игоревич Львович Михайлович Олегович Петрович Романович Сергеевич Юрьевич".split()
SCHOOLS = """МБОУ «СОШ № {}»|МАОУ Гимназия № {}|МБОУ «Лицей № {}»|ГБОУ школа № {}|МБУ ДО «ДШИ № {}»|Школа № {}|МКОУ «Ясногорская СОШ»|МБДОУ «Детский сад № {} «Ромашка»|МБУ ДО «Дом творчества «Радуга»|
МАУДО «ДДТ № {}»|МБОУ ООШ № {}|МОУ «Берёзовская ООШ»""".replace("\n", "").split("|")
NOMINATIONS = "Вокал|Хореография|Художественное слово|Декоративно-прикладное творчество|Проза|Поэзия|Фотография|Рисунок|Инструментальное исполнительство|Театр".split("|")
WORKS = "Зимний вечер|Моя семья|Подснежник|Загадки космоса|Дорога домой|Старый мост|Птицы нашего двора|Вода — источник жизни|Письмо солдату|Осенний вальс|Робот-помощник|Лоскутное одеяло".split("|")
AGES = "7–9 лет|10–12 лет|13–15 лет|16–18 лет".split("|")
POSTS = "методист|библиотекарь|учитель физики|воспитатель|педагог-организатор|заведующий отделом|главный специалист|педагог дополнительного образования|бухгалтер".split("|")
BODIES = "МБУК «Заречная ЦБС»|Центральная городская библиотека|ООО «Вектор»|МБОУ «СОШ № {}»|Дом культуры «Юность»|Управление образования|МБУ «Музей города»|АНО «Содействие»".split("|")
REASONS = "активное участие в подготовке праздника|многолетний добросовестный труд|помощь в проведении конкурса|высокое качество подготовки участников|вклад в развитие библиотечного дела|организацию выставки".split("|")
COURSES = "Основы проектной деятельности|Цифровые инструменты библиотекаря|Современные методы преподавания физики|Инклюзивное образование в школе|Охрана труда".split("|")
TEAMS = "Ансамбль «{}»|«{}»|Хор «{}»|Команда «{}»|Студия «{}»|Театр-студия «{}»".split("|")
TITLES = "Родник Соловушка Искорка Эрудит Карамель Созвездие Капельки Вдохновение Орлёнок Ладья Весна Гармония".split()
TOWNS = "г. Мыски|п. Ясная Поляна|Таштагол|с. Верхотомское|Прокопьевск|Белово".split("|")
RANKS = ["1|2|3|участник", "1|2|3", "I|II|III", "1 место|2 место|3 место", "победитель|призёр|участник", "Победитель|Призёр|Участник", "Лауреат I степени|Лауреат II степени|Дипломант I степени",
         "Гран-при|Лауреат 1 степени|Лауреат 2 степени|Дипломант 1 степени", "I место|II место|III место|участие", "лауреат|дипломант|участник"]
DEGREES = ["I|II|III", "I степени|II степени|III степени", "1|2|3", "1 степень|2 степень|3 степень"]
ASIDE = ["mail", "phone", "stamp", "birth", "parent", "town", "consent", "note"]
ROMAN = {"1": "i", "2": "ii", "3": "iii"}

CONTEST = "kind: Диплом\nevent: Городской конкурс «Палитра»\nplace: г. Заречинск\ndate: 2026-04-15\nissuer: Дом творчества\n"
COURSE = "kind: Сертификат\nissuer: Центр образования «Вектор»\nplace: г. Заречинск\ndate: 2026-05-20\n"
HONOUR = "kind: Почётная грамота\nissuer: Центр образования «Вектор»\nplace: г. Заречинск\ndate: 2026-04-15\nfor: личный вклад\n"


def norm(text):
    """Letters and digits alone, small, so that spaces, dashes, quotation marks and lines do not matter."""
    return "".join(c for c in text.lower().replace("ё", "е") if c.isalnum() or c == "%")


def stem(text):
    """What a declined text has in any case: the beginnings of its words."""
    words = [norm(word) for word in re.split(r"[\s«»-]+", text) if norm(word)]
    return ".{0,5}".join(re.escape(word if len(word) < 4 or word.isdigit() else word[:max(3, len(word) - 3)]) for word in words)


class Person:
    """What a sheet must say, by meaning: of each a list of patterns, one of which is on it."""

    def __init__(self):
        self.values, self.says = {}, {}


class Table:
    def __init__(self, rng, number, names):
        self.rng, self.number, self.names = rng, number, names
        self.people, self.never, self.tell, self.kinds, self.columns = [], [], [], [], {}
        self.sheet = Sheet("Лист1", [])
        self.common = CONTEST
        self.rows_of = {}
        self.surnames = rng.sample(SURNAMES, len(SURNAMES))

    def chance(self, share):
        return self.rng.random() < share

    def head(self, meaning):
        return self.rng.choice(self.names[meaning])

    def person(self):
        """Surname, first name, patronymic."""
        last = self.surnames.pop()
        woman = self.chance(0.6)
        if woman and last.endswith(("ский", "ной", "ный", "ской")):
            last = last[:-2] + "ая"
        elif woman and last.endswith(("ов", "ев", "ёв", "ин")):
            last += "а"
        father = self.rng.choice(FATHERS)
        return last, self.rng.choice(WOMEN if woman else MEN), father[:-2] + "на" if woman else father

    def people_of(self, meanings):
        rng = self.rng
        ranks, degrees = rng.choice(RANKS).split("|"), rng.choice(DEGREES).split("|")
        letters = rng.choice(["{} «{}»", "{}{}", "{}", "{} {}"])
        schools = [one.format(rng.randint(2, 90)) for one in rng.sample(SCHOOLS, 4)]
        full_leader, course = self.chance(0.5), rng.choice(COURSES)
        nominations, reason = rng.sample(NOMINATIONS, 3), rng.choice(REASONS)
        one_leader = None
        for n in range(rng.randint(4, 9)):
            one = Person()
            v = one.values
            v["last"], v["first"], v["middle"] = self.person()
            v["collective"] = rng.choice(TEAMS).format(TITLES[(n + self.number) % len(TITLES)])
            v["school"] = rng.choice(schools)
            v["class"] = letters.format(rng.randint(1, 11), rng.choice("АБВ") if "«" in letters else rng.choice("абв"))
            v["nomination"], v["result"], v["degree"] = rng.choice(nominations), rng.choice(ranks), rng.choice(degrees)
            if one_leader is None or self.chance(0.6):
                one_leader = self.person()
            last, first, middle = one_leader
            v["leader"] = v["teacher"] = f"{last} {first} {middle}" if full_leader else f"{last} {first[0]}. {middle[0]}."
            v["work"] = WORKS[(n * 5 + self.number) % len(WORKS)]
            v["age_group"] = rng.choice(AGES)
            v["score"] = str(rng.randint(21, 99))
            v["post"], v["of"] = rng.choice(POSTS), rng.choice(BODIES).format(rng.randint(2, 60))
            v["reason"] = rng.choice(REASONS) if self.chance(0.7) else reason
            v["hours"], v["programme"] = str(rng.choice([16, 36, 72, 144])), course if self.chance(0.8) else rng.choice(COURSES)
            v["number"] = f"{n + 7:04}"
            day = rng.randint(10, 28)
            v["date"], v["period"] = f"{day}.05.2026", f"{rng.randint(1, 9):02}.02.2026 – {day}.02.2026"
            v["mail"], v["phone"] = f"user{n}{self.number}@mail.ru", f"+7 (923) {rng.randint(100, 999)}-{rng.randint(10, 99)}-{n + 10}"
            v["stamp"], v["birth"] = f"{rng.randint(10, 28)}.03.2026 1{n % 10}:05:{rng.randint(10, 59)}", f"{rng.randint(10, 28)}.0{rng.randint(1, 9)}.20{rng.randint(10, 15)}"
            parent = self.person()
            v["parent"], v["town"], v["consent"] = " ".join(parent), rng.choice(TOWNS), rng.choice(["Да", "Согласен"])
            v["note"] = rng.choice(["оплачено", "дистанционно", "очно", "гуашь"])
            self.people.append(one)

    def settle(self, whole):
        """What the sheets must say of the columns that there are."""
        for one in self.people:
            v, says = one.values, {}
            v["name"] = " ".join(v[part] for part in whole)
            says["name"] = [re.escape(norm(v["name"]))]
            says["collective"] = [re.escape(norm(v["collective"]))]
            for meaning in ("school", "work", "leader", "teacher", "programme", "reason", "number"):
                says[meaning] = [re.escape(norm(v[meaning]))]
            says["post"], says["of"] = [stem(v["post"])], [stem(v["of"])]
            says["class"] = [re.escape(norm(v["class"])) + "класс"]
            says["nomination"] = ["номинация" + re.escape(norm(v["nomination"]))]
            digit, word = v["result"].split()[0], norm(v["result"])
            says["result"] = [f"{word}место", f"{ROMAN.get(digit, word)}место"] if len(v["result"]) < 4 else [word]
            says["result"] += [re.sub(r"^\d", lambda m: ROMAN[m[0]], word), re.sub(r"\d", lambda m: ROMAN[m[0]], word)] if len(v["result"]) > 3 else []
            first = norm(v["degree"].split()[0])
            says["degree"] = [f"{ROMAN.get(first, first)}степени", f"{first}степени"]
            says["age_group"] = [re.escape(norm(v["age_group"]))]
            says["score"] = [v["score"] + ("%" if v["score"].endswith("%") else "балл")]
            says["hours"] = [v["hours"] + "(ак|ч)"]
            says["date"] = [f"{v['date'][:2]}мая2026"]
            says["period"] = [f"{int(v['period'][:2])}по{v['period'][13:15]}февраля2026", f"{int(v['period'][:2])}{v['period'][13:15]}февраля2026"]
            one.says = {meaning: says[meaning] for meaning in self.columns if meaning in says}
            if "name" in self.columns or "last" in self.columns:
                one.says["name"] = says["name"]

    def value(self, one, meaning):
        text = one.values[meaning]
        if re.fullmatch(r"[1-9]\d*", text) and self.chance(0.8):
            return Cell(text, int(text))
        if meaning in ("date", "birth") and self.as_dates:
            day, month, year = map(int, text.split("."))
            import datetime
            return Cell(text, (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days, "dd.mm.yyyy")
        if meaning == "number" and self.as_zeros:
            return Cell(text, int(text), "0000")
        return Cell(text, rich=self.chance(0.05))


def plan(table):
    """Which columns a table has, in which order."""
    rng, chance = table.rng, table.chance
    kind = rng.choice(["contest"] * 4 + ["olympiad", "olympiad", "teams", "course", "course", "honour", "form", "form", "sport"])
    table.kinds.append(kind)
    some = lambda *pairs: [meaning for meaning, share in pairs if chance(share)]
    if kind == "contest":
        fields = ["name"] + some(("school", .8), ("class", .5), ("age_group", .25), ("nomination", .6), ("work", .5)) + [rng.choice(["result", "result", "degree"])] + some((rng.choice(["leader", "teacher"]), .7))
    elif kind == "olympiad":
        fields = ["name", "class", "school"] + some(("score", .6)) + ["result"] + some(("teacher", .7))
    elif kind == "teams":
        fields = ["collective"] + some(("school", .6), ("age_group", .4), ("nomination", .6)) + ["result"] + some(("leader", .8))
    elif kind == "course":
        fields = ["adult"] + some(("post", .5), ("of", .5)) + ["programme", "hours"] + some(("period", .4), ("number", .6), ("date", .5))
        table.common = COURSE
    elif kind == "honour":
        fields = ["adult", "post", "of"] + some(("reason", .7))
        table.common = HONOUR
    elif kind == "form":
        fields = ["stamp", "mail", "name", "school"] + some(("class", .6), ("nomination", .6), ("work", .5), ("teacher", .6), ("phone", .5), ("age_group", .3)) + ["result", "consent"]
    else:
        fields = ["name"] + some(("age_group", .5), ("school", .7)) + some(("score", .3)) + ["result"] + some(("leader", .4))
    if kind not in ("form",):
        for aside in rng.sample(ASIDE, rng.choice([0, 0, 1, 1, 2])):
            fields.insert(rng.randint(1, len(fields)), aside)
    return kind, fields


def make(seed, number, names):
    """Table `number` of a seed."""
    import shapes

    rng = random.Random(f"{seed} {number}")
    table = Table(rng, number, names)
    table.as_dates, table.as_zeros = table.chance(.5), table.chance(.5)
    kind, fields = plan(table)
    person = "adult" if "adult" in fields else "name"
    whole = ("last", "first") if person == "name" and table.chance(.35) else ("last", "first", "middle")
    split = person in fields and table.chance(.22)
    at = fields.index(person) if person in fields else None
    table.as_one = person
    if split:
        fields[at:at + 1] = list(whole)
    used, table.fields = set(), fields
    for meaning in fields:
        head = table.head(meaning)
        while head in used:
            head = table.head(meaning)
        used.add(head)
        table.columns["name" if meaning == "adult" else meaning] = head
    table.fields = ["name" if meaning == "adult" else meaning for meaning in fields]
    table.people_of(fields)
    table.settle(whole)
    shapes.shape(table)
    return table


def write(table, folder):
    """Writes a table in a format that its shape allows; gives the path."""
    rng, sheet = table.rng, table.sheet
    formats = ["xlsx"] * 9 + ["ods"] * 2
    simple = not table.needs_workbook
    if not sheet.hidden_columns:
        formats += ["xls"] * 2
    if simple:
        formats += ["csv"] * 6 + ["tsv", "html", "html", "fake.xls"]
    if simple and table.plain:
        formats += ["jsonl"]
    form = rng.choice(formats)
    path = folder / f"{table.number:03}.{form}"
    table.kinds.append(form)
    sheets = [*table.before, sheet, *table.after]
    if form in ("csv", "tsv"):
        encoding = rng.choice(["utf-8", "utf-8-sig", "cp1251", "utf-16", "cp866"][:3 if table.chance(.7) else 5])
        separator = "\t" if form == "tsv" else rng.choice(";;,")
        table.kinds.append(encoding)
        delimited(path, sheet, encoding, separator, f"sep={separator}\r\n" if form == "csv" and table.chance(.1) else "")
    elif form in ("html", "fake.xls"):
        html(path, sheet, rng.choice(["utf-8", "windows-1251"]))
    elif form == "jsonl":
        jsonl(path, seen(sheet.rows[0]), sheet.rows[1:])
    elif form == "ods":
        ods(path, sheets)
    elif form == "xls":
        xls(path, sheets)
    else:
        xlsx(path, sheets, table.chance(.7))
    return path


def seen(row):
    return [cell.text if cell else "" for cell in row]
