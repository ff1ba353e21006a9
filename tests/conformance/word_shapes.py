"""Blanks of the shapes that other programs try in their tests and institutions have on their disks, with expressions in them: made with
python-docx, one for each shape, and the data that fill them all.

What the tests of docxtemplater, docxtpl, LibreOffice and pandoc are about is rebuilt here as small files of our own.
"""

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from word_parts import (ALIGN, BOTH, CENTER, NS, OFFSET, RIGHT, TEXT, add, anchored, body, box, cells, facing, field, item, merge, new,
                         note, numbered, p, page_of, pic, picture, properties, repeated, shade, table)

SHAPES = {}
DATA = """
number: 12-о
date: 2026-03-12
city: Новокузнецк
organization: МБУ «Районная библиотека»
director: Петрова Анна Борисовна
recipient: Егорова Татьяна Вячеславовна
reason: "**победу** в конкурсе чтецов и *активное* участие в жизни библиотеки, см. https://example.org/konkurs"
address: "ул. Кирова, 1\\nг. Новокузнецк\\n654000"
story: "Первый абзац о конкурсе, достаточно длинный, чтобы занять в письме больше одной строки текста.\\n\\nВторой абзац."
logo: mark.png
absent: ""
present: true
year: 2026
marks: [отлично, хорошо, зачтено]
people:
  - {name: Ким Юлия Олеговна, school: "школа № 7", class: 5А, place: I место, books: ["«Белый Бим»", "«Алые паруса»"]}
  - {name: Орлов Пётр Ильич, school: "лицей № 11 им. Ю. А. Гагарина", class: 7Б, place: II место, books: ["«Капитанская дочка»"]}
  - {name: Заварзина-Петровская Александра Константиновна, school: "школа № 5", class: 10, place: участник, books: []}
sections:
  - {title: Общие положения, points: [Конкурс проводится впервые., Участвуют читатели от 10 до 17 лет.]}
  - {title: Порядок проведения, points: [Заявки принимаются до 1 марта., Жюри подводит итоги., Победители получают дипломы.]}
items:
  - {what: Бумага для печати, count: 12, price: "350,00", sum: "4 200,00"}
  - {what: Картриджи, count: 2, price: "2 400,50", sum: "4 801,00"}
"""


def shape(make):
    SHAPES[make.__name__.replace("_", "-")] = make
    return make


def split(made, *pieces):
    """Runs as Word leaves them after corrections: a bold one between others changes nothing of the tag."""
    for at, piece in enumerate(pieces):
        made.add_run(piece)
        if at + 1 < len(pieces):
            add(made, '<w:proofErr NS w:type="spellStart"/>')
    return made


@shape
def table_loop():
    d = new(size=12)
    p(d, "Список участников на {{year}} год", CENTER, bold=True)
    t = table(d, ["№", "Фамилия, имя, отчество", "Школа", "Класс"],
              ["{{#each people}}{{add @index 1}}", "{{name}}", "{{school}}", "{{class}}{{/each}}"])
    repeated(t.rows[0])
    p(d, "Всего за {{year}} год: {{len people}}.")
    return d


@shape
def nested_loops():
    d = new()
    for text in ("{{#each sections}}", "{{add @index 1}}. {{title}}", "{{#each points}}", "– {{this}} ({{../../year}})", "{{/each}}", "{{/each}}"):
        p(d, text, bold=text.endswith("{{title}}"))
    t = d.add_table(2, 2, style="Table Grid")
    cells(t.rows[0], ["Кто", "Что читал"])
    t.rows[1].cells[0].text = "{{#each people}}{{name}}"
    t.rows[1].cells[1].text = "{{#each books}}{{this}}{{#unless @last}}, {{/unless}}{{else}}ничего{{/each}}{{/each}}"
    return d


@shape
def invoice():
    d = new(font="Arial", size=10)
    p(d, "Счёт № {{number}} от {{date date}}", size=14, bold=True)
    p(d, "Поставщик: {{organization}}, {{city}}")
    t = d.add_table(3, 4, style="Table Grid")
    cells(t.rows[0], ["Наименование", "Количество", "Цена", "Сумма"])
    cells(t.rows[1], ["{{#each items}}{{what}}", "{{count}}", "{{price}}", "{{sum}}{{/each}}"])
    t.rows[2].cells[0].merge(t.rows[2].cells[2]).text = "Итого"
    t.rows[2].cells[3].text = "9 001,00"
    for row in t.rows[1:]:
        for cell in row.cells[1:]:
            cell.paragraphs[0].alignment = RIGHT
    p(d, "{{#if absent}}НДС {{absent}}{{else}}НДС не облагается{{/if}}")
    return d


@shape
def columns_loop():
    d = new(size=12)
    # A cell for each: both ends in one cell would repeat the text within it, so the last one holds the end.
    t = table(d, ["Оценки", "{{#each marks}}{{add @index 1}}", "{{/each}}"], ["{{recipient}}", "{{#each marks}}{{this}}", "{{/each}}"])
    return d


@shape
def merged_down():
    d = new(size=12)
    t = table(d, ["Школа", "{{organization}}", "Итог"], ["Участники", "{{recipient}}", "I место"], ["", "{{director}}", "II место"])
    merge("restart", t.rows[1].cells[0])
    merge("", t.rows[2].cells[0])
    t.rows[0].cells[1].merge(t.rows[0].cells[2])
    return d


@shape
def header_pictures():
    d = new()
    header = d.sections[0].header
    t = header.add_table(1, 2, Cm(16.5))
    t.rows[0].cells[0].paragraphs[0].add_run().add_picture(picture(), Cm(3))
    t.rows[0].cells[0].paragraphs[0]._p.xpath(".//wp:docPr")[0].set("descr", "{{picture logo}}")
    t.rows[0].cells[1].text = "{{organization}}\n{{city}}"
    t.rows[0].cells[1].paragraphs[0].alignment = RIGHT
    footer = d.sections[0].footer.paragraphs[0]
    footer.text = "Приказ № {{number}}, лист "
    page_of(footer, "2")
    body(d, 9)
    return d


@shape
def rich_values():
    d = new()
    p(d, "Благодарим за {{reason}}.", BOTH)
    p(d, "Адрес: {{address}}")
    p(d, "{{story}}", BOTH).paragraph_format.first_line_indent = Cm(1.25)
    p(d, "{{address}}", BOTH)
    p(d, TEXT, BOTH)
    return d


@shape
def notes_filled():
    d = new()
    made = p(d, "Приказ № {{number}} подписан", BOTH)
    note(d, made, "Подписала {{name director \"nom\"}}, {{date date}}.")
    made.add_run(". " + TEXT)
    body(d, 2)
    return d


@shape
def sections_each():
    # A section for each: its own pages, the running title filled.
    d = new()
    d.sections[0].header.paragraphs[0].text = "{{organization}}"
    p(d, "{{#each people}}")
    p(d, "СПРАВКА", CENTER, bold=True)
    p(d, "Дана {{name}} ({{school}}) в том, что {{class}} класс окончен в {{../year}} году.", BOTH)
    end = p(d)
    properties(end, '<w:sectPr NS><w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="8391" w:orient="landscape"/><w:pgMar w:top="1134" w:right="850" '
                    'w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>')
    p(d, "{{/each}}")
    p(d, "Выдано в {{city}}: {{len people}}.")
    return d


@shape
def page_each():
    d = new()
    p(d, "{{#each people}}")
    p(d, "ДИПЛОМ", CENTER, bold=True, size=28)
    p(d, "награждается {{name name \"nom\"}}, {{school}}", CENTER)
    made = p(d, "{{place}}", CENTER)
    made.add_run().add_break(WD_BREAK.PAGE)
    p(d, "{{/each}}")
    p(d, "Последняя страница")
    return d


@shape
def table_in_table():
    d = new(size=12)
    t = d.add_table(1, 2, style="Table Grid")
    t.cell(0, 0).text = "{{organization}}"
    inner = t.cell(0, 1).add_table(2, 2)
    inner.style = "Table Grid"
    cells(inner.rows[0], ["Кто", "Место"])
    cells(inner.rows[1], ["{{#each people}}{{name}}", "{{place}}{{/each}}"])
    t.cell(0, 1).add_paragraph("Всего {{len people}}")
    p(d, "После таблицы")
    return d


@shape
def picture_if():
    d = new()
    p(d, "{{#if present}}")
    made = p(d, align=CENTER)
    made.add_run().add_picture(picture(), Cm(3))
    made._p.xpath(".//wp:docPr")[0].set("descr", "{{picture logo}}")
    p(d, "{{/if}}")
    p(d, "{{#if absent}}")
    p(d, align=CENTER).add_run().add_picture(picture(), Cm(3))
    p(d, "{{/if}}")
    p(d, "В строке: {{picture logo}} и текст за рисунком.")
    t = table(d, ["{{#each people}}{{name}}", "{{picture ../logo}}{{/each}}"])
    return d


@shape
def controls():
    d = new()
    made = p(d, "Кому: ")
    add(made, '<w:sdt NS><w:sdtPr><w:alias w:val="recipient"/><w:id w:val="11"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Место для ввода</w:t></w:r></w:sdtContent></w:sdt>')
    d.element.body.insert(1, parse_xml(f'<w:sdt {NS}><w:sdtPr><w:tag w:val="organization"/><w:id w:val="12"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>'
                                       '<w:t>Организация</w:t></w:r></w:p></w:sdtContent></w:sdt>'))
    made = p(d, "Отметка: ")
    add(made, '<w:sdt NS xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w:id w:val="13"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
              '<w:t>☒</w:t></w:r></w:sdtContent></w:sdt>')
    made.add_run(" согласие получено, {{date date}}")
    return d


@shape
def merge_fields():
    d = new()
    made = p(d, "Уважаемая ")
    add(made, '<w:fldSimple NS w:instr=" MERGEFIELD recipient \\* MERGEFORMAT "><w:r><w:rPr><w:b/></w:rPr><w:t>«recipient»</w:t></w:r></w:fldSimple>')
    made.add_run("! ")
    field(made, "MERGEFIELD organization \\* Upper", "«организация»")
    made.add_run(" благодарит Вас. " + TEXT)
    p(d, "{{director}}", RIGHT)
    return d


@shape
def cut_tags():
    d = new()
    split(p(d, align=BOTH), "Наградить ", "{", "{name", " recipient “", "dat”", "}}", " за {{", "reason", "}}; ", "{{#if ", "present}}", "вручить", "{{/if}} ", "в {{year}} году.")
    made = p(d, "\\{{name}} остаётся, ", BOTH)
    made.add_run("{{recipient}}").italic = True
    made.add_run(" и <&> {{!-- примечание — не печатается --}}дальше. " + TEXT)
    return d


@shape
def list_restart():
    d = new(size=12)
    number = numbered(d, [("decimal", "%1.", 720, 360, ""), ("decimal", "%1.%2.", 1080, 500, "")])
    p(d, "{{#each sections}}")
    p(d, "{{title}}", bold=True)
    item(d, number, 0, "{{#each points}}{{this}}{{/each}}")
    p(d, "{{/each}}")
    other = numbered(d, [("decimalZero", "%1", 720, 360, ""), ("lowerLetter", "%2)", 1440, 360, "")])
    for text in ("первый", "второй"):
        item(d, other, 0, text)
        item(d, other, 1, "вложенный пункт, " + TEXT[:140])
    return d


@shape
def contents_field():
    d = new(size=12)
    p(d, "Содержание", CENTER, bold=True)
    pages = [("Введение", 2), ("{{organization}}", 2), ("Заключение", 3)]
    for at, (title, page) in enumerate(pages):
        made = p(d)
        made.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if at == 0:
            for xml in ('<w:fldChar NS w:fldCharType="begin"/>', '<w:instrText NS xml:space="preserve"> TOC \\o "1-3" \\h </w:instrText>', '<w:fldChar NS w:fldCharType="separate"/>'):
                add(made.add_run(), xml)
        add(made, f'<w:hyperlink NS w:anchor="_Toc{at}"><w:r><w:t>{title}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
                  f'PAGEREF _Toc{at} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>')
        if at + 1 == len(pages):
            add(made.add_run(), '<w:fldChar NS w:fldCharType="end"/>')
    for at, (title, _) in enumerate(pages):
        made = d.add_heading("", 1)
        made.paragraph_format.page_break_before = at == 0
        add(made, f'<w:bookmarkStart NS w:id="{at + 40}" w:name="_Toc{at}"/>')
        made.add_run(title)
        add(made, f'<w:bookmarkEnd NS w:id="{at + 40}"/>')
        body(d, 4)
    return d


@shape
def vml_box():
    d = new()
    made = p(d, "Надпись старого Word")
    add(made.add_run(), '<w:pict NS><v:shape id="w1" style="position:absolute;margin-left:280pt;margin-top:30pt;width:160pt;height:60pt;z-index:1" fillcolor="white" path="m0,0l0,21600,21600,21600,21600,0xe">'
        '<v:textbox inset="7.2pt,3.6pt,7.2pt,3.6pt"><w:txbxContent><w:p><w:r><w:t>УТВЕРЖДАЮ</w:t></w:r></w:p><w:p><w:r><w:t>{{initials director}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>')
    for _ in range(7):
        p(d)
    body(d, 2)
    return d


@shape
def auto_table():
    d = new(size=12)
    t = d.add_table(2, 3, style="Table Grid")
    t.autofit = True
    cells(t.rows[0], ["№", "Участник", "Школа"])
    cells(t.rows[1], ["{{#each people}}{{add @index 1}}", "{{name}}", "{{school}}{{/each}}"])
    for column in t._tbl.tblGrid.findall(qn("w:gridCol")):
        column.set(qn("w:w"), "3118")
    for cell in t._cells:
        cell._tc.tcPr.tcW.set(qn("w:type"), "auto")
        cell._tc.tcPr.tcW.set(qn("w:w"), "0")
    return d


@shape
def columns_text():
    d = new(size=11)
    p(d, "Вестник: {{organization}}", CENTER, bold=True)
    section = d.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
    p(d, "{{#each people}}")
    p(d, "{{name}}, {{school}}: " + TEXT[:200], BOTH)
    p(d, "{{/each}}")
    made = p(d, "До разрыва колонки")
    made.add_run().add_break(WD_BREAK.COLUMN)
    made.add_run("после разрыва, {{city}}")
    section = d.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), "1")
    p(d, "Снова во всю ширину. " + TEXT, BOTH)
    return d


@shape
def page_borders():
    d = new()
    d.sections[0]._sectPr.append(parse_xml(
        f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">' + "".join(
            f'<w:{side} w:val="double" w:sz="12" w:space="24" w:color="1F4E79"/>' for side in ("top", "left", "bottom", "right")) + "</w:pgBorders>"))
    section = d.sections[0]._sectPr
    section.find(qn("w:pgMar")).addnext(section.find(qn("w:pgBorders")))
    p(d, "БЛАГОДАРСТВЕННОЕ ПИСЬМО", CENTER, bold=True, size=24)
    p(d, "{{name recipient \"dat\"}}", CENTER, size=20)
    p(d, "за {{reason}}", CENTER)
    return d


@shape
def floating_table():
    d = new()
    p(d, "Угловой штамп стоит рядом с текстом письма.")
    t = d.add_table(1, 1, style="Table Grid")
    t.cell(0, 0).text = "{{organization}}\n{{city}}"
    t.cell(0, 0).width = Cm(6)
    t._tbl.tblGrid.findall(qn("w:gridCol"))[0].set(qn("w:w"), "3402")
    style = t._tbl.tblPr.find(qn("w:tblStyle"))
    style.addnext(parse_xml(f'<w:tblpPr {nsdecls("w")} w:leftFromText="180" w:rightFromText="180" w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="0" w:tblpY="120"/>'))
    body(d, 3, indent=False)
    return d


@shape
def drop_cap():
    d = new()
    made = p(d, size=57)
    made.add_run("Б").font.size = Pt(57)
    properties(made, '<w:framePr NS w:dropCap="drop" w:lines="3" w:hSpace="57" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>')
    properties(made, '<w:spacing NS w:line="966" w:lineRule="exact"/>')
    p(d, "иблиотека «{{organization}}» приглашает. " + TEXT, BOTH)
    body(d, 1)
    return d


@shape
def definitions():
    # Styles of pandoc's documents: quotations, terms, code, compact lists.
    d = new(size=12)
    quote = d.styles.add_style("Block Text", WD_STYLE_TYPE.PARAGRAPH)
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(0.85)
    quote.paragraph_format.space_before = quote.paragraph_format.space_after = Pt(5)
    term = d.styles.add_style("Definition Term", WD_STYLE_TYPE.PARAGRAPH)
    term.font.bold, term.paragraph_format.keep_with_next = True, True
    code = d.styles.add_style("Verbatim Char", WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = "Courier New", Pt(11)
    p(d, "Читатель", style="Definition Term")
    p(d, "{{recipient}}: " + TEXT[:150], style="Block Text")
    made = p(d, "Ключ ")
    made.add_run("{{number}}", style="Verbatim Char")
    made.add_run(" и ещё")
    p(d, TEXT, style="Block Text")
    return d


@shape
def letterhead():
    # A corner letterhead: a table without borders, a line below, the reference to the incoming letter.
    d = new(size=12)
    t = d.add_table(1, 2)
    left, right = t.rows[0].cells
    left.width, right.width = Cm(7.5), Cm(9)
    left.text = "{{organization}}"
    left.paragraphs[0].alignment = CENTER
    for text, size in (("ул. Кирова, 1, г. {{city}}", 9), ("{{date date}} № {{number}}", 11), ("На № ________ от ________", 11)):
        made = left.add_paragraph(style=d.styles["Normal"])
        made.alignment = CENTER
        made.add_run(text).font.size = Pt(size)
    right.text = "Директору школы\n{{name recipient \"dat\"}}"
    right.paragraphs[0].paragraph_format.left_indent = Cm(2)
    properties(p(d), '<w:pBdr NS><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="auto"/></w:pBdr>')
    p(d, "О конкурсе чтецов").paragraph_format.space_before = Pt(12)
    p(d, "Уважаемая Татьяна Вячеславовна!", CENTER).paragraph_format.space_before = Pt(12)
    body(d, 2)
    facing(d, "Директор\t{{initials director}}").paragraph_format.space_before = Pt(36)
    p(d, "Исполнитель: Ли В. Ч.\n8 (3843) 00-00-00", size=9).paragraph_format.space_before = Pt(24)
    return d


@shape
def approval():
    # The stamps of approval side by side, the signature with small words below its line.
    d = new(size=12)
    t = d.add_table(1, 2)
    for cell, words in zip(t.rows[0].cells, ("СОГЛАСОВАНО\nПредседатель профсоюза\n__________ И. И. Иванов", "УТВЕРЖДАЮ\nДиректор {{organization}}\n__________ {{initials director}}\n{{date date}}")):
        cell.text = words
    p(d)
    p(d, "ПОЛОЖЕНИЕ", CENTER, bold=True)
    number = numbered(d, [("decimal", "%1.", 0, 0, '<w:suff w:val="space"/>'), ("decimal", "%1.%2.", 0, 0, "")])
    p(d, "{{#each sections}}")
    item(d, number, 0, "{{title}}", CENTER)
    p(d, "{{#each points}}")
    item(d, number, 1, "{{this}}")
    p(d, "{{/each}}")
    p(d, "{{/each}}")
    made = p(d)
    for text, line in (("Методист ", False), ("\t", True), (" / ", False), ("\t", True), (" /", False)):
        made.add_run(text).underline = line
    made.paragraph_format.tab_stops.add_tab_stop(Cm(7))
    made.paragraph_format.tab_stops.add_tab_stop(Cm(14))
    made = p(d, "\t(подпись)\t(расшифровка)", size=8)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(4.5), WD_TAB_ALIGNMENT.CENTER)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(10.5), WD_TAB_ALIGNMENT.CENTER)
    return d


@shape
def reference():
    d = new(size=12)
    section = d.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(148)
    section.left_margin = section.right_margin = Mm(20)
    p(d, "СПРАВКА № {{number}}", CENTER, bold=True)
    made = p(d, "Дана {{name recipient \"dat\"}} в том, что она работает в {{org organization \"pre\"}} с {{date date}} по настоящее время.", BOTH)
    made.paragraph_format.first_line_indent = Cm(1.25)
    made.paragraph_format.line_spacing = 1.5
    p(d, "Справка дана для предъявления по месту требования.", BOTH).paragraph_format.first_line_indent = Cm(1.25)
    made = p(d, "Директор\tМ. П.\t{{initials director}}")
    made.paragraph_format.space_before = Pt(30)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(8.5), WD_TAB_ALIGNMENT.CENTER)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    return d


@shape
def diploma_boxes():
    d = new()
    made = p(d)
    anchored(d, made, pic(d, 7560000, 10692000), 7560000, 10692000, ("page", OFFSET(0)), ("page", OFFSET(0)), 1)
    made = p(d)
    anchored(d, made, box("ДИПЛОМ\n{{recipient}}\n{{city}}", 5400000, 2200000, "<a:ln><a:noFill/></a:ln>", 48), 5400000, 2200000,
             ("page", ALIGN("center")), ("page", OFFSET(2600000)))
    made = p(d)
    anchored(d, made, box("{{year}}", 1800000, 400000, "<a:ln><a:noFill/></a:ln>"), 1800000, 400000, ("page", ALIGN("center")), ("page", OFFSET(9600000)))
    return d


@shape
def cards():
    # Badges: cells of a table of fixed height, one row for each.
    d = new(size=12)
    t = d.add_table(1, 2, style="Table Grid")
    t.alignment = WD_TABLE_ALIGNMENT.CENTER
    cells(t.rows[0], ["{{#each people}}{{name}}\n{{school}}", "{{../organization}}, {{../year}}{{/each}}"])
    t.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="1701" w:hRule="exact"/>'))
    for cell in t.rows[0].cells:
        cell.vertical_alignment = 1
        cell.paragraphs[0].alignment = CENTER
    return d


@shape
def minutes():
    d = new(size=12)
    p(d, "ПРОТОКОЛ № {{number}}", CENTER, bold=True)
    facing(d, "г. {{city}}\t{{date date}}")
    p(d, "Присутствовали: {{#each people}}{{initials name}}{{#unless @last}}, {{/unless}}{{/each}}.", BOTH)
    for text in ("{{#each sections}}", "{{add @index 1}}. СЛУШАЛИ: {{title}}.", "РЕШИЛИ:", "{{#each points}}", "{{add @../index 1}}.{{add @index 1}}. {{this}}", "{{/each}}", "{{/each}}"):
        made = p(d, text, BOTH)
        made.paragraph_format.space_before = Pt(6)
    t = table(d, ["Член жюри", "За", "Против"], ["{{#each people}}{{name}}", "+", "{{/each}}"], style="Light Grid Accent 1")
    return d


@shape
def coloured():
    d = new(font="Arial", size=11)
    made = p(d, "{{organization}}", CENTER, bold=True)
    made.runs[0].font.color.rgb = RGBColor(0xC0, 0x00, 0x00)
    properties(made, '<w:shd NS w:val="clear" w:color="auto" w:fill="FFF2CC"/>')
    t = table(d, ["Участник", "Место"], ["{{#each people}}{{name}}", "{{place}}{{/each}}"], style=None)
    for at, row in enumerate(t.rows):
        for cell in row.cells:
            shade(cell, ["1F4E79", "DEEAF6"][at])
    for cell in t.rows[0].cells:
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    return d
