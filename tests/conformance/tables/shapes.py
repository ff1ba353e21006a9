"""The shapes of tables: what stands above, between and below the rows, how heads are built, what hides, how cells are typed."""

import re

from files import Cell, Sheet
from made import norm, stem

ABOVE = ["Список участников городского конкурса «Палитра»", "ПРОТОКОЛ заседания жюри", "Приложение № 1 к приказу от 10.04.2026 № 45", "Итоги конкурса", "Реестр выданных документов", "2025–2026 учебный год",
         "Дата проведения: 12.04.2026", "Утверждаю\nДиректор ____________ Волкова Л. М.", "г. Заречинск"]
BELOW = ["Итого: {n}", "Всего участников: {n}", "Председатель жюри ____________ Воротынцева Р. А.", "Исп. Воротынцева Р. А., тел. 2-15-16", "* очное участие", "Примечание: дипломы выдаются в каб. 12",
         "Секретарь: Воротынцева Р. А.", "Дата: 16.04.2026", "Директор                 Р. А. Воротынцева"]
NEVER = ["Воротынцев", "Итого", "Волкова", "Приложение"]
GROUPS = {"name": ["Участник", "Сведения об участнике", "Данные участника", "Участник конкурса"], "result": ["Результаты", "Итоги", "Результат"], "teacher": ["Педагог", "Учитель"], "leader": ["Руководитель"]}


def text_row(table, *texts, at=0):
    return [None] * at + [Cell(text) for text in texts]


def heading(table, meaning, value):
    """How a heading above rows says what they share; whether it says what it is."""
    rng = table.rng
    if meaning == "nomination":
        return rng.choice([f"Номинация «{value}»", f"Номинация: {value}", f"НОМИНАЦИЯ «{value.upper()}»", f"номинация {value}", f"«{value}»"])
    if meaning == "school":
        return value
    if meaning == "class":
        return f"{value} класс"
    if meaning == "age_group":
        return rng.choice([f"Возрастная группа {value}", f"Возрастная категория: {value}", f"Возраст {value}", value])
    if meaning == "result":
        plural = {"победитель": "Победители", "призер": "Призёры", "участник": "Участники", "лауреат": "Лауреаты", "дипломант": "Дипломанты"}
        return plural.get(norm(value), value if "мест" in value or "степени" in value else f"{value} место" if len(value) < 4 else value)
    if meaning == "degree":
        return f"Диплом {value if 'степен' in value else value + ' степени'}"
    return value


def grouped(table, rows):
    """Takes a column away and puts its values above the rows that share them."""
    choices = [m for m in ("school", "nomination", "result", "class", "age_group", "degree") if m in table.columns]
    if not choices or len(table.columns) < 3 or not table.chance(.16):
        return rows
    meaning = table.rng.choice(choices)
    table.kinds.append(f"headings:{meaning}")
    at = table.fields.index(meaning)
    table.fields.pop(at)
    table.columns.pop(meaning)
    table.groups = meaning
    rows = [(one, row[:at] + row[at + 1:]) for one, row in rows]
    rows.sort(key=lambda pair: norm(pair[0].values[meaning]))
    table.people = [one for one, _ in rows]
    out, last = [], None
    for one, row in rows:
        value = one.values[meaning]
        if norm(value) != last:
            out.append((None, [Cell(heading(table, meaning, value))]))
            last = norm(value)
        out.append((one, row))
    return out


def dirty(table, one, cells):
    """A name as somebody typed it; what is printed is in order."""
    rng = table.rng
    if "name" not in table.fields:
        return
    cell = cells[table.fields.index("name")]
    kind = rng.choice(["spaces", "capitals", "latin", "trailing", "nbsp", "number", "small", "comma"])
    old = cell.text
    if kind == "spaces":
        cell.text = old.replace(" ", "  ", 1)
    elif kind == "capitals":
        cell.text = old.upper()
    elif kind == "latin":
        cell.text = old.replace("а", "a", 1).replace("о", "o", 1)
    elif kind == "trailing":
        cell.text = f" {old} "
    elif kind == "nbsp":
        cell.text = old.replace(" ", "\u00a0", 1)
    elif kind == "number":
        cell.text = f"{rng.randint(1, 9)}. {old}"
    elif kind == "small":
        cell.text = old.lower()
    else:
        cell.text = f"{old},"
    table.kinds.append(f"dirt:{kind}")


def body(table):
    """The rows of the people, with what their cells have of dirt."""
    rng = table.rng
    rows = [(one, [table.value(one, meaning) for meaning in table.fields]) for one in table.people]
    if "name" in table.fields and table.chance(.1):
        table.kinds.append("whole column in capitals")
        for one, cells in rows:
            cells[table.fields.index("name")].text = one.values["name"].upper()
    elif table.chance(.3):
        dirty(table, *rng.choice(rows))
    if "name" in table.fields and "result" in table.columns and table.chance(.07):
        # Two who made one work.
        one, cells = rng.choice(rows)
        last, first, middle = table.person()
        other = f"{last} {first}" if len(one.values["name"].split()) < 3 else f"{last} {first} {middle}"
        cell = cells[table.fields.index("name")]
        cell.text = one.values["name"] + rng.choice([", ", "\n", "; "]) + other
        one.says["name"] = [f"{re.escape(norm(one.values['name']))}.{{0,3}}{re.escape(norm(other))}"]
        table.kinds.append("two in a cell")
    for meaning in ("leader", "teacher"):
        if meaning in table.columns and table.chance(.25):
            one, cells = rng.choice(rows)
            cells[table.fields.index(meaning)] = rng.choice([None, Cell("-"), Cell("нет"), Cell("—")])
            one.says.pop(meaning, None)
            table.kinds.append("no leader")
        elif meaning in table.columns and table.chance(.12):
            one, cells = rng.choice(rows)
            other = " ".join(table.person())
            cells[table.fields.index(meaning)].text += rng.choice(["\n", ", ", "; "]) + other
            one.says[meaning].append(re.escape(norm(other)))
            one.says[meaning] = [re.escape(norm(one.values[meaning])) + f".{{0,30}}{re.escape(norm(other))}"]
            table.kinds.append("two leaders")
    if "score" in table.columns and "result" not in table.columns or "score" in table.columns and table.chance(.2):
        if table.chance(.5):
            table.kinds.append("percent")
            for one, cells in rows:
                one.values["score"] += "%"
                one.says["score"] = [one.values["score"]]
                cells[table.fields.index("score")] = Cell(one.values["score"], int(one.values["score"][:-1]) / 100, "0%")
            table.needs_formats = True
        else:
            table.kinds.append("formula")
            for one, cells in rows:
                cells[table.fields.index("score")] = Cell(one.values["score"], int(one.values["score"]), formula=f"{one.values['score']}-1+1")
    for meaning in ("school", "work", "nomination"):
        if meaning in table.columns and table.chance(.08):
            one, cells = rng.choice(rows)
            cell = cells[table.fields.index(meaning)]
            cell.text = cell.text.replace(" ", "\n", 1)
            table.kinds.append("lines in a cell")
    return rows


def heads(table, rows):
    """One row of names or two, with a column of numbers, perhaps."""
    rng = table.rng
    names = [Cell(table.columns[meaning]) for meaning in table.fields]
    fields = list(table.fields)
    if table.chance(.5):
        table.kinds.append("numbered rows")
        names.insert(0, Cell(table.head("ordinal")) if table.chance(.9) else None)
        fields.insert(0, "ordinal")
        table.at += 1
        count = 0
        dot = rng.choice(["", ".", ")"])
        for one, row in rows:
            if one is None:
                continue
            count += 1
            row.insert(0, Cell(f"{count}{dot}", None if dot else count))
    if table.chance(.12) and len(fields) > 3:
        return two_rows(table, names, fields)
    if table.chance(.05):
        table.kinds.append("heads in capitals")
        for name in names:
            if name:
                name.text = name.text.upper()
    return [names]


def two_rows(table, names, fields):
    """Names over several columns, whose parts stand below; the others are merged downwards."""
    groups = []
    if "last" in fields:
        at = fields.index("last")
        groups.append((at, at + sum(part in fields for part in ("last", "first", "middle")), "name"))
        for k in range(*groups[-1][:2]):
            names[k].text = {"last": "Фамилия", "first": "Имя", "middle": "Отчество"}[fields[k]]
    if "score" in fields and fields.index("score") + 1 < len(fields) and fields[fields.index("score") + 1] == "result":
        at = fields.index("score")
        groups.append((at, at + 2, "result"))
        names[at].text, names[at + 1].text = table.rng.choice([("Баллы", "Место"), ("Балл", "Статус"), ("Кол-во баллов", "Место")])
    if "name" in fields and not groups and fields.index("name") + 1 < len(fields):
        at, other = fields.index("name"), fields[fields.index("name") + 1]
        if other in ("school", "class", "age_group"):
            groups.append((at, at + 2, "name"))
            names[at].text = table.rng.choice(["ФИО", "Ф.И.О.", "Фамилия, имя"])
    if not groups:
        return [names]
    table.kinds.append("two rows of heads")
    upper, lower = list(names), [None] * len(names)
    for left, right, what in groups:
        lower[left:right] = names[left:right]
        upper[left:right] = [Cell(table.rng.choice(GROUPS[what]))] + [None] * (right - left - 1)
        table.merge_head.append((0, left, 0, right - 1))
    for at, name in enumerate(names):
        if name and lower[at] is None:
            table.merge_head.append((0, at, 1, at))
    return [upper, lower]


def shape(table):
    """Puts the table onto its sheet."""
    rng, sheet = table.rng, table.sheet
    table.before, table.after, table.merge_head = [], [], []
    table.needs_workbook, table.plain, table.groups, table.at, table.needs_formats = False, True, None, 0, False
    table.never += NEVER
    rows = grouped(table, body(table))
    top = heads(table, rows)
    grid = []
    if len(top) > 1 or table.groups:
        table.plain = False
    if table.chance(.35):
        table.kinds.append("titles")
        table.plain = False
        for title in rng.sample(ABOVE, rng.randint(1, 3)):
            if table.chance(.6) and "\n" not in title:
                sheet.merged.append((len(grid), 0, len(grid), len(top[0]) - 1))
            grid.append(text_row(table, title))
        if table.chance(.5):
            grid.append([])
    first = len(grid)
    sheet.merged += [(t + first, a, u + first, b) for t, a, u, b in table.merge_head]
    grid += top
    if table.chance(.05):
        table.kinds.append("columns counted")
        table.plain = False
        grid.append([Cell(str(n + 1), n + 1) for n in range(len(top[0]))])
    again = rng.randint(2, 3) if table.chance(.05) else None
    blank = rng.randint(1, 3) if table.chance(.12) else None
    people = []
    for count, (one, row) in enumerate(rows):
        if count == again and one is not None:
            table.kinds.append("head again")
            table.plain = False
            grid += [list(line) for line in top]
        if count == blank:
            table.kinds.append("blank row")
            grid.append([])
        if one is None:
            at = 0 if table.chance(.6) else min(1, len(top[0]) - 1)
            if at == 0 and table.chance(.5):
                sheet.merged.append((len(grid), 0, len(grid), len(top[0]) - 1))
            grid.append([None] * at + row)
            continue
        if one.says.get("name") or "collective" in table.columns:
            people.append((one, len(grid)))
        grid.append(list(row))
    table.rows_of = {id(one): at for one, at in people}
    merge_down(table, grid, people)
    double(table, grid, people)
    below(table, grid)
    hide(table, grid, people)
    sheets(table)
    if table.chance(.06):
        table.kinds.append("from column B")
        table.plain = False
        grid = [[None, *row] for row in grid]
        sheet.merged = [(t, a + 1, u, b + 1) for t, a, u, b in sheet.merged]
        sheet.hidden_columns = {c + 1 for c in sheet.hidden_columns}
    sheet.rows = grid
    if table.needs_formats:
        table.needs_workbook = table.needs_workbook or False


def merge_down(table, grid, people):
    """A school that several rows share, in one cell merged over them."""
    if "school" not in table.columns or table.groups or len(people) < 3 or not table.chance(.08):
        return
    (one, top), (two, below) = people[0], people[1]
    if below != top + 1:
        return
    at = table.fields.index("school") + table.at
    two.values["school"] = one.values["school"]
    two.says["school"] = one.says["school"]
    grid[top][at] = Cell(one.values["school"])
    grid[below][at] = None
    table.sheet.merged.append((top, at, below, at))
    table.kinds.append("merged downwards")
    table.plain, table.needs_workbook = False, True


def double(table, grid, people):
    if table.chance(.06) and not table.sheet.merged and people:
        one, at = table.rng.choice(people)
        grid.insert(at + 1, [Cell(c.text, c.number, c.form) if c else None for c in grid[at]])
        table.people.insert(table.people.index(one) + 1, one)
        table.tell.append("recipient-twice")
        table.kinds.append("double")
        for other, row in list(people):
            if row > at:
                table.rows_of[id(other)] = row + 1


def below(table, grid):
    if table.chance(.3):
        table.kinds.append("notes below")
        table.plain = False
        if table.chance(.4):
            grid.append([])
        for note in table.rng.sample(BELOW, table.rng.randint(1, 2)):
            grid.append([None] * table.rng.randint(0, min(2, len(table.fields) - 1)) + [Cell(note.format(n=len(table.people)))])


def hide(table, grid, people):
    if table.chance(.07) and len(people) > 3 and "double" not in table.kinds and not table.groups:
        one, at = table.rng.choice(people)
        table.sheet.hidden_rows.add(table.rows_of[id(one)])
        table.people.remove(one)
        table.tell.append("row-left-out")
        table.kinds.append("hidden row")
        table.needs_workbook, table.plain = True, False
    asides = [at for at, meaning in enumerate(table.fields) if meaning in ("mail", "phone", "note", "birth")]
    if asides and table.chance(.3):
        table.sheet.hidden_columns.add(asides[0] + table.at)
        table.kinds.append("hidden column")
        table.needs_workbook = True


def sheets(table):
    if not table.chance(.14):
        return
    table.needs_workbook = True
    table.kinds.append("other sheets")
    sort = table.rng.choice(["instruction", "empty", "hidden list", "lists of choices"])
    if sort == "instruction":
        table.before.append(Sheet("Инструкция", [text_row(table, "Заполните лист «Участники» до 10 апреля"), text_row(table, "Вопросы: орг@пример.рф")]))
    elif sort == "empty":
        table.before.append(Sheet("Лист0", []))
    elif sort == "hidden list":
        old = [text_row(table, "ФИО", "Школа"), text_row(table, "Воротынцев Илья Петрович", "Школа № 1"), text_row(table, "Воротынцев Пётр Ильич", "Школа № 2")]
        table.before.append(Sheet("Архив", old, hidden=True))
    else:
        table.after.append(Sheet("Справочник", [text_row(table, "Номинации"), text_row(table, "Вокал"), text_row(table, "Проза")]))
    table.sheet.name = table.rng.choice(["Участники", "Лист1", "Ответы на форму (1)", "2026"])
