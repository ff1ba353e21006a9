#!/usr/bin/env python3
"""pictures.py ITOG: makes the small pictures of docs/data.md, one for each key, from the snippets below. Needs poppler and Pillow.

A snippet is the body of a document in YAML; `kind: Решение` goes before it unless it names its own. What is cut out of the page is all that is printed below the kind, or, where the key stands above the
kind, the whole; of a certificate it is the whole sheet, smaller."""
import pathlib, subprocess, sys, tempfile
from PIL import Image, ImageChops

HERE = pathlib.Path(__file__).parent
TEXT = "text: Текст документа.\n"
SIGN = "signatures: {post: Директор, name: Осокина Зинаида Никифоровна}\n"
ITEM = "points:\n- Провести семинар.\n"
TABLE = "kind: План\ntable:\n  columns: [Мероприятие, Срок]\n  rows:\n  - [Семинар, май]\n  - [Конкурс, июнь]\n"
ORG = "organization:\n  name: Центральная библиотека\n"
LETTER = "kind: Письмо\nnumber: 84\ndate: 14.05.2025\naddressee: {post: директор, of: школа № 7, name: Вернер Антон Васильевич}\n" + TEXT
MINUTES = "kind: Протокол\nagenda:\n- title: О плане\n"
ACT = "points:\n- "
CERTIFICATE = """kind: %s
recipient: %s
event: Конкурс чтецов «Живое слово»
date: 14.05.2026
signatures: {post: Директор, name: Осокина Зинаида Никифоровна}
"""
COURSE = CERTIFICATE % ("Сертификат участника", "Ким Юлия Олеговна")
PERSON = CERTIFICATE % ("Диплом", "Ким Юлия Олеговна")
THANKS = CERTIFICATE % ("Почётная грамота", "Ткаченко Светлана Сергеевна") + "for: многолетний добросовестный труд\n"
CHILD = CERTIFICATE % ("Грамота", "{name: Лев Павел, %s}")
SNIPPETS = {
    "final-document": {
        "kind": "kind: Итоговый документ\n" + TEXT, "lang": "kind: Minutes\nlang: en\nevent: {name: Meeting, theme: Reading, date: 2025-05-14}\n" + TEXT,
        "kind_position": "kind: Резолюция\nkind_position: last\nevent: Форум библиотек\n" + TEXT, "organization": ORG + "  parent: Управление культуры\n  phone: 2-14-15\n" + TEXT,
        "restriction": "restriction: Для служебного пользования\n" + TEXT, "form_code": "form_code: 0211151\n" + TEXT, "reply_to": LETTER + "reply_to: {number: 318, date: 06.05.2025}\n", "addressee": LETTER,
        "author": "kind: Заявление\naddressee: {post: директор, name: Вернер Антон Васильевич}\nauthor: {post: библиотекарь, name: Ким Юлия Олеговна}\n" + TEXT,
        "about": "about: О проведении конкурса\n" + TEXT, "salutation": LETTER + "salutation: Уважаемый Антон Васильевич!\n", "closing": LETTER + SIGN + "closing: С уважением\n",
        "orientation": "kind: План\norientation: landscape\n" + TABLE.split("\n", 1)[1], "numbering": "numbering: 1)\n" + ITEM + "- Издать сборник.\n",
        "headings": "headings: I\nsections:\n- {type: points, heading: Общие положения, items: [Первое., Второе.]}\n", "number": "number: 66\ndate: 27.06.2025\n" + TEXT, "date": "date: 27.06.2025\n" + TEXT,
        "place": "place: г. Томск\n" + TEXT, "event": "kind: Резолюция\nevent: {name: Форум библиотек, theme: Чтение, date: 4–5 июня 2025 г., host: Областная библиотека}\n" + TEXT,
        "approved": "kind: Положение\napproved: {post: Директор, name: Осокина Зинаида Никифоровна, date: 14.05.2025}\n" + TEXT, "agreed": "kind: Положение\nagreed: {by: совет библиотеки, number: 3, date: 14.05.2025}\n" + TEXT,
        "adopted": "adopted: Принято на собрании 14 мая 2025 г.\n" + TEXT, "members": "kind: Протокол\nmembers: 34\npresent: 29\n" + TEXT, "present": "kind: Протокол\npresent: [Ким Юлия Олеговна, Попов Илья Юрьевич]\n" + TEXT,
        "attendees": "kind: Протокол\nattendees: [Ким Юлия Олеговна]\n" + TEXT, "absent": "kind: Протокол\nabsent: [{name: Попов Илья Юрьевич, reason: отпуск}]\n" + TEXT,
        "invited": "kind: Протокол\ninvited: [{name: Ким Юлия Олеговна, post: методист}]\n" + TEXT, "roles": "kind: Протокол\nroles: [{role: Председатель, name: Ким Юлия Олеговна}]\n" + TEXT,
        "preamble": "preamble: {text: Участники форума, resolves: решили}\n" + ITEM, "gratitude": "gratitude:\n- {to: Ким Юлия Олеговна, for: помощь}\n",
        "membership": "membership:\n- {action: elect, body: совет, people: Ким Юлия Олеговна}\n", "evaluations": "evaluations: [Одобрить опыт библиотек., Отметить рост чтения.]\n",
        "recommendations": "recommendations: [Провести семинар., Издать сборник.]\n", "points": ITEM + "- Издать сборник.\n", "text": TEXT, "agenda": MINUTES + "  decided: Утвердить план\n", "table": TABLE,
        "sections": "sections:\n- {type: text, paragraphs: Абзац.}\n- {type: points, items: [Первое., Второе.]}\n", "footnotes": "text: Отчёт принят[^1].\nfootnotes: {1: 'Отчёт, с. 14.'}\n",
        "attachments": LETTER + "attachments: {pages: 2, copies: 1}\n", "signatures": TEXT + SIGN, "seal": TEXT + SIGN + "seal: true\n",
        "e_signature": TEXT + SIGN + "e_signature: {certificate: 00E1A2B3, owner: Осокина З. Н., valid: 01.02.2025–01.05.2026}\n", "visas": TEXT + SIGN + "visas: {post: юрист, name: Ким Алексей Витальевич}\n",
        "acquainted": TEXT + SIGN + "acquainted: [Ким Юлия Олеговна]\n", "copy": TEXT + SIGN + "copy: {post: Секретарь, name: Ким Юлия Олеговна}\n", "executor": TEXT + SIGN + "executor: {name: Лапина Анна Сергеевна, phone: 2-14-16}\n", "distribution": TEXT + SIGN + "distribution: [в дело, бухгалтерия]\n",
        "resolution": "resolution: Лапиной А. С. — исполнить до 1 июня\n" + TEXT, "control": "control: true\n" + TEXT,
        "translation": "preamble: {text: Совет, resolves: решил}\n" + ITEM + "translation_position: beside\ntranslation: {kind: Decision, preamble: {text: The council, resolves: decided}, points: [To hold a seminar.]}\n",
        "appendices": "kind: Приказ\nnumber: 5\ndate: 14.05.2025\n" + TEXT + "appendices: [{title: Смета, text: Расходы.}]\n",
    },
    "certificate": {
        "kind": THANKS, "formula": THANKS + "formula: presented\n", "lang": CERTIFICATE % ("Certificate of Participation", "Anna Smith") + "lang: en\n", "series": PERSON + "series: АБ\nnumber: 017\n",
        "number": PERSON + "number: 017\n", "degree": PERSON + "degree: I степени\n", "recipient": CERTIFICATE % ("Грамота", "[Ким Юлия Олеговна, Лев Павел Назарович]"), "for": THANKS,
        "text": CERTIFICATE % ("Благодарственное письмо", "Ткаченко Светлана Сергеевна") + "text: Благодарим Вас за помощь в проведении конкурса.\n",
        "salutation": CERTIFICATE % ("Благодарственное письмо", "Ткаченко Светлана Сергеевна") + "salutation: Дорогая Светлана Сергеевна!\ntext: Благодарим Вас за помощь.\n",
        "event": PERSON, "nomination": PERSON + "nomination: Проза\n", "age_group": PERSON + "age_group: 10–12 лет\n", "work": PERSON + "work: Мой край\n", "score": PERSON + "score: 96 баллов\n",
        "leader": PERSON + "leader: Попов Илья Юрьевич\n", "teacher": PERSON + "teacher: Попов Илья Юрьевич\n", "programme": COURSE + "programme: Библиотека для детей\n", "hours": COURSE + "hours: 72\n",
        "period": COURSE + "hours: 72\nperiod: 01.04.2026–14.05.2026\n", "order": PERSON + "order: {name: приказ, number: 14, date: 12.05.2026}\n", "lines": PERSON + "lines: [Вручено на сцене театра]\n",
        "date": PERSON, "place": PERSON + "place: г. Томск\n", "year": PERSON.replace("date: 14.05.2026", "year: 2026"), "issuer": PERSON + "issuer: Центральная библиотека\n", "signatures": PERSON,
        "qr": PERSON + "qr: https://example.org/v/17\n",
    },
    "recipient": {
        "collective": CERTIFICATE % ("Диплом", "{name: ансамбль «Родник», collective: true}"), "post": CERTIFICATE % ("Грамота", "{name: Лев Павел Назарович, post: методист}"),
        "of": CERTIFICATE % ("Грамота", "{name: Лев Павел Назарович, post: директор, of: школа № 5}"), "from": CHILD % "from: г. Томск", "class": CHILD % "class: 5 «Б»", "school": CHILD % "school: школа № 5",
    },
    "design": {
        "palette": PERSON + "design: {palette: navy}\n", "color": PERSON + "design: {color: '#0a6b4a'}\n", "frame": PERSON + "design: {frame: none}\n", "template": PERSON + "design: {template: certificate-festive}\n",
        "orientation": PERSON + "design: {orientation: portrait}\n", "paper": PERSON + "design: {paper: tinted}\n", "seal": PERSON + "design: {seal: true}\n",
    },
    "item": {
        "lead": ACT + "lead: Рекомендовать школам\n  items: [провести уроки;, издать сборник.]\n", "heading": ACT + "heading: Общие положения\n  items: [Первое., Второе.]\n", "text": ITEM,
        "items": ACT + "text: Провести\n  items: [семинар;, конкурс.]\n- Издать сборник.\n", "numbering": ACT + "text: Провести\n  numbering: —\n  items: [семинар;, конкурс.]\n- Издать сборник.\n",
        "start": ACT + "text: Провести\n  start: 5\n  items: [Семинар., Конкурс.]\n- Издать сборник.\n", "number": ACT + "text: Провести семинар.\n  number: 2.3.1\n- Издать сборник.\n", "value": ACT + "text: Провести семинар.\n  value: 7\n- Издать сборник.\n",
        "to": ACT + "text: Провести семинар\n  to: школам\n", "by": ACT + "text: Провести семинар.\n  by: Лапина А. С.\n", "due": ACT + "text: Провести семинар.\n  due: 20.09.2025\n",
        "vote": "present: 20\n" + ACT + "text: Провести семинар.\n  vote: {for: 18, against: 0, abstained: 2}\n", "thanks": ACT + "thanks: {to: Ким Юлия Олеговна, for: помощь}\n",
        "membership": ACT + "membership: {action: add, body: совет, people: Ким Юлия Олеговна}\n", "award": ACT + "award: {with: Почётная грамота, to: Ким Юлия Олеговна}\n",
        "appoint": ACT + "appoint: {to: Ким Юлия Олеговна, role: секретарь}\n", "charge": ACT + "charge: {role: директор, to: Ким Юлия Олеговна}\n",
        "commission": ACT + "commission: {text: комиссия по приёмке, chair: Ким Юлия Олеговна, to: [Попов Илья Юрьевич]}\n", "repeal": ACT + "repeal: приказ от 12.01.2021 № 5\n", "control": ACT + "control: за собой\n",
        "table": ACT + "text: Утвердить план\n  table: {columns: [Дело, Срок], rows: [[Семинар, май]]}\n",
    },
    "table": {
        "caption": TABLE + "  caption: План на лето\n", "columns": TABLE, "rows": TABLE + "  - Осень\n  - [Выставка, сентябрь]\n", "widths": TABLE + "  widths: [30, 70]\n", "align": TABLE + "  align: [right, center]\n",
        "numbered": TABLE + "  numbered: true\n", "total": "table:\n  columns: [Статья, Сумма]\n  rows: [[Призы, 120.5], [Бумага, 80], [Итого, 200.5]]\n  total: true\n", "blank_rows": TABLE + "  blank_rows: 2\n", "notes": TABLE + "  notes: Сроки уточняются.\n",
    },
    "agenda-item": {
        "title": MINUTES + "- О разном\n", "heard": MINUTES + "  heard: Ким Юлия Олеговна\n", "spoke": MINUTES + "  spoke: {name: Ким Ю. О., text: поддержала план}\n", "questions": MINUTES + "  questions: {name: Ким Ю. О., text: когда начало?, answer: В мае}\n",
        "decided": MINUTES + "  decided: [Утвердить план, Начать в мае]\n", "vote": MINUTES + "  decided: Утвердить план\n  vote: единогласно\n", "dissent": MINUTES + "  decided: Утвердить план\n  dissent: {name: Ким Ю. О., text: против спешки}\n",
        "numbering": MINUTES + "  numbering: 1)\n  decided: [Утвердить план, Начать в мае]\n",
    },
    "organization": {
        key: ORG + f"  {key}: {value}\n" + TEXT for key, value in {"parent": "Управление культуры", "short": "МБУК ЦБ", "unit": "Отдел обслуживания", "officer": "ДИРЕКТОР", "address": "ул. Садовая, д. 5",
        "phone": "2-14-15", "site": "www.cb.example", "email": "cb@example.org", "inn": "1901000000", "kpp": "190101001\n  inn: 1901000000", "ogrn": "1021900000000", "okpo": "12345678"}.items()
    } | {"name": ORG + TEXT},
    "approval": {
        "name": "kind: Положение\napproved: {post: Директор, name: Осокина Зинаида Никифоровна}\n" + TEXT, "by": "kind: Положение\napproved: {by: общее собрание, number: 5, date: 14.05.2025}\n" + TEXT,
        "order": "kind: Положение\napproved: {order: приказ директора, number: 14, date: 14.05.2025}\n" + TEXT,
    },
    "event": {
        "name": "event: Форум библиотек\n" + TEXT, "theme": "event: {name: Форум библиотек, theme: Чтение}\n" + TEXT, "date": "event: {name: Форум, date: 4–5 июня 2025 г.}\n" + TEXT,
        "place": "event: {name: Форум, date: 04.06.2025, place: г. Томск}\n" + TEXT, "host": "event: {name: Форум, host: Областная библиотека}\n" + TEXT,
    },
}


def main():
    itog, made = sys.argv[1], 0
    for definition, snippets in SNIPPETS.items():
        for key, snippet in snippets.items():
            with tempfile.TemporaryDirectory() as folder:
                data = pathlib.Path(folder, "data.yaml")
                data.write_text(("" if "kind:" in snippet.split("translation:")[0] else "kind: Решение\n") + snippet, encoding="utf-8")
                run = subprocess.run([itog, "render", str(data), "-o", folder + "/", "--to", "pdf"], capture_output=True, text=True)
                if not pathlib.Path(folder, "data.pdf").exists():
                    sys.exit(f"{definition}.{key}: {run.stdout}{run.stderr}")
                sheet, page = definition in ("certificate", "recipient", "design"), "2" if key == "appendices" else "1"
                subprocess.run(["pdftoppm", "-r", "20" if sheet else "48", *([] if sheet else ["-gray"]), "-png", "-singlefile", "-f", page, str(pathlib.Path(folder, "data.pdf")), str(pathlib.Path(folder, "page"))], check=True)
                if sheet:
                    Image.open(pathlib.Path(folder, "page.png")).convert("RGB").quantize(24).save(HERE / f"{definition}-{key}.png", optimize=True)
                    made += 1
                    continue
                page = Image.open(pathlib.Path(folder, "page.png")).convert("L")
                left, top, right, bottom = ImageChops.invert(page).point(lambda v: 255 if v > 40 else 0).getbbox()
                seen = page.crop((max(left - 4, 0), max(top - 4, 0), min(right + 4, page.width), min(bottom + 4, page.height)))
                seen.quantize(8).save(HERE / f"{definition}-{key}.png", optimize=True)
                made += 1
    print(f"{made} pictures, {sum(p.stat().st_size for p in HERE.glob('*.png')) // 1024} kB")


main()
