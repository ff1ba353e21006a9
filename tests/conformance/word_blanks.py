"""Blanks as institutions have them, made with python-docx: one small file for each thing that a blank may have.

    word_blanks.py DIR

Where python-docx has no words for something, the XML stands here as Word writes it.
"""

import pathlib
import sys

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from word_parts import (ALIGN, BOTH, CENTER, OFFSET, RIGHT, TEXT, add, anchored, body, box, cells, facing, field, item, new, note, numbered,
                         p, page_of, pic, picture, repeated, shade)

BLANKS = {}


def blank(make):
    BLANKS[make.__name__.replace("_", "-")] = make
    return make


@blank
def letter():
    d = new()
    p(d, "МИНИСТЕРСТВО КУЛЬТУРЫ КУЗБАССА", CENTER, bold=True)
    p(d, "Районная библиотека", CENTER, size=12)
    p(d)
    p(d, "Главе округа\nИванову И. И.", RIGHT)
    p(d)
    p(d, "Уважаемый Иван Иванович!", CENTER)
    body(d)
    p(d)
    facing(d, "Директор\tА. Б. Петрова")
    return d


@blank
def order():
    d = new()
    for text in ("ПРИКАЗ", "от 12.10.2024 № 45"):
        p(d, text, CENTER, bold=text == "ПРИКАЗ")
    p(d)
    made = p(d, "О проведении районного конкурса чтецов")
    made.paragraph_format.right_indent = Cm(8)
    p(d)
    body(d, 1)
    p(d, "ПРИКАЗЫВАЮ:").paragraph_format.space_before = Pt(6)
    number = numbered(d, [("decimal", "%1.", 709, 709, ""), ("decimal", "%1.%2.", 1418, 709, "")])
    for text in ("Провести конкурс 20 октября.", "Утвердить:"):
        item(d, number, 0, text)
    for text in ("положение о конкурсе;", "состав жюри: " + TEXT):
        item(d, number, 1, text)
    item(d, number, 0, "Контроль оставляю за собой.")
    return d


@blank
def spacing():
    d = new()
    for rule, value in (("multiple", 1.5), ("multiple", 1.15), ("multiple", 2.0), ("multiple", 0.9)):
        made = p(d, TEXT, BOTH)
        made.paragraph_format.line_spacing = value
        made.paragraph_format.space_after = Pt(6)
    for rule, value in ((WD_LINE_SPACING.EXACTLY, 20), (WD_LINE_SPACING.EXACTLY, 14), (WD_LINE_SPACING.AT_LEAST, 24),
                        (WD_LINE_SPACING.AT_LEAST, 8)):
        made = p(d, TEXT, BOTH)
        made.paragraph_format.line_spacing_rule, made.paragraph_format.line_spacing = rule, Pt(value)
        made.paragraph_format.space_before = Pt(10)
    return d


@blank
def spacing_between():
    d = new()
    for before, after in ((12, 6), (6, 12), (18, 0), (0, 18), (10, 10)):
        made = p(d, TEXT[:150])
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    for _ in range(3):
        made = p(d, TEXT[:90], style="List Bullet")
    p(d, "После списка")
    return d


@blank
def mixed_sizes():
    d = new()
    for _ in range(4):
        made = p(d)
        for size, text in ((10, "мелко "), (22, "крупно "), (14, TEXT[:120]), (8, " в конце")):
            made.add_run(text).font.size = Pt(size)
        made.paragraph_format.line_spacing = 1.15
    made = p(d, "Верхний индекс: м")
    made.add_run("2").font.superscript = True
    made.add_run(", нижний: H")
    made.add_run("2").font.subscript = True
    made.add_run("O. " + TEXT)
    return d


@blank
def tabs():
    d = new()
    kinds = ((WD_TAB_ALIGNMENT.LEFT, "слева"), (WD_TAB_ALIGNMENT.CENTER, "посередине"), (WD_TAB_ALIGNMENT.RIGHT, "справа"),
             (WD_TAB_ALIGNMENT.DECIMAL, "12,345"))
    for leader in (WD_TAB_LEADER.SPACES, WD_TAB_LEADER.DOTS, WD_TAB_LEADER.LINES, WD_TAB_LEADER.DASHES):
        for kind, text in kinds:
            made = p(d, f"Строка\t{text}")
            made.paragraph_format.tab_stops.add_tab_stop(Cm(9), kind, leader)
    p(d, "А\tбез\tсвоих\tостановок\tтабуляции")
    made = p(d, "С отступом\tпо умолчанию\tдва")
    made.paragraph_format.left_indent = Cm(1)
    made = p(d, "Висячий:\t" + TEXT, BOTH)
    made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(3), Cm(-3)
    made = p(d, "Подпись ")
    made.add_run("\t").font.underline = True
    made.add_run(" И. И. Иванов")
    made.paragraph_format.tab_stops.add_tab_stop(Cm(8))
    return d


@blank
def contents():
    d = new()
    p(d, "СОДЕРЖАНИЕ", CENTER)
    for i in range(1, 15):
        made = p(d, f"{i}. Раздел с названием такой длины{', и ещё длиннее' * (i % 3)}\t{i * 7}")
        made.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        made.paragraph_format.left_indent = Cm(0.5 * (i % 2))
    return d


@blank
def table_plain():
    d = new()
    p(d, "Перед таблицей")
    t = d.add_table(5, 4, style="Table Grid")
    for i, row in enumerate(t.rows):
        for j, cell in enumerate(row.cells):
            cell.text = f"Строка {i + 1}, столбец {j + 1}" if (i + j) % 2 else "Коротко"
    p(d, "После таблицы")
    return d


@blank
def table_widths():
    d = new(size=12)
    t = d.add_table(4, 3, style="Table Grid")
    t.autofit = False
    for row in t.rows:
        for cell, width in zip(row.cells, (1.5, 10, 5)):
            cell.width = Cm(width)
    for column, width in zip(t.columns, (1.5, 10, 5)):
        column.width = Cm(width)
    for i, row in enumerate(t.rows):
        cells(row, (f"{i + 1}", TEXT[:130], "12 500,00"))
        row.cells[2].paragraphs[0].alignment = RIGHT
    return d


@blank
def table_spans():
    d = new(size=12)
    t = d.add_table(5, 4, style="Table Grid")
    t.cell(0, 0).merge(t.cell(0, 3)).text = "Во всю ширину"
    t.cell(1, 0).merge(t.cell(3, 0)).text = "Три строки"
    t.cell(1, 2).merge(t.cell(2, 3)).text = "Два на два"
    t.cell(4, 1).text = "Внизу"
    t.cell(1, 1).text = "Рядом\nв две строки"
    t.cell(3, 3).text = TEXT[:80]
    return d


@blank
def table_heights():
    d = new(size=12)
    t = d.add_table(4, 2, style="Table Grid")
    for row, (height, exact) in zip(t.rows, ((1, 0), (2, 0), (1.5, 1), (3, 0))):
        row.height = Cm(height)
        row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST
    for i, row in enumerate(t.rows):
        row.cells[0].text, row.cells[1].text = f"Ряд {i}", "Посередине"
        row.cells[1].vertical_alignment = (WD_ALIGN_VERTICAL.TOP, WD_ALIGN_VERTICAL.CENTER, WD_ALIGN_VERTICAL.BOTTOM)[i % 3]
    return d


@blank
def table_long():
    d = new(size=12)
    t = d.add_table(60, 3, style="Table Grid")
    repeated(t.rows[0])
    for i, row in enumerate(t.rows):
        for cell, text in zip(row.cells, (f"{i}", "Библиотека № " + str(i), TEXT[: 30 + 17 * (i % 5)])):
            cell.text = "Шапка" if i == 0 else text
    return d


@blank
def table_nested():
    d = new(size=12)
    t = d.add_table(2, 2, style="Table Grid")
    t.cell(0, 0).text = "Снаружи"
    inner = t.cell(0, 1).add_table(2, 2)
    inner.style = "Table Grid"
    for i in range(2):
        for j in range(2):
            inner.cell(i, j).text = f"Внутри {i}{j}"
    t.cell(1, 0).text = TEXT[:100]
    return d


@blank
def table_borders():
    d = new(size=12)
    t = d.add_table(3, 3, style="Table Grid")
    for row in t.rows:
        for cell in row.cells:
            cell.text = "Ячейка"
    edges = parse_xml(f'<w:tcBorders {nsdecls("w")}><w:top w:val="double" w:sz="6" w:color="FF0000"/><w:left w:val="nil"/>'
                      f'<w:bottom w:val="single" w:sz="24" w:color="0000FF"/><w:right w:val="dashed" w:sz="8"/></w:tcBorders>')
    t.cell(1, 1)._tc.get_or_add_tcPr().append(edges)
    shade(t.cell(0, 2), "D9E2F3")
    return d


@blank
def table_signatures():
    d = new()
    body(d, 1)
    t = d.add_table(2, 3)
    t.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, (post, name) in zip(t.rows, (("Председатель жюри", "О. Ю. Заварзина"), ("Секретарь", "В. Ч. Ли"))):
        cells(row, (post, "____________", name))
        row.cells[2].paragraphs[0].alignment = RIGHT
    return d


@blank
def table_styled():
    d = new(size=11)
    for style in ("Light Grid Accent 1", "Medium Shading 1 Accent 1", "Light List"):
        t = d.add_table(4, 3, style=style)
        for i, row in enumerate(t.rows):
            for j, cell in enumerate(row.cells):
                cell.text = f"{i}.{j} значение"
        p(d)
    return d


@blank
def header_footer():
    d = new()
    section = d.sections[0]
    section.header.paragraphs[0].text = "Районная библиотека"
    section.header.paragraphs[0].alignment = CENTER
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTER
    footer.add_run("Страница ")
    page_of(footer, "3")
    body(d, 9)
    return d


@blank
def header_tall():
    d = new()
    header = d.sections[0].header
    header.paragraphs[0].text = "МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ"
    for text in ("«Межпоселенческая библиотека»", "652380, пгт Промышленная, ул. Коммунистическая, 20", "тел. 8 (384-42) 7-44-62",
                 "lib@example.ru"):
        header.add_paragraph(text).alignment = CENTER
    body(d, 6)
    return d


@blank
def header_first():
    d = new()
    section = d.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Только на первой странице"
    section.header.paragraphs[0].text = "На всех остальных"
    field(section.footer.paragraphs[0], "PAGE", "2")
    body(d, 10)
    return d


@blank
def header_even():
    d = new()
    d.settings.odd_and_even_pages_header_footer = True
    section = d.sections[0]
    section.header.paragraphs[0].text = "Нечётная"
    section.even_page_header.paragraphs[0].text = "Чётная"
    section.even_page_header.paragraphs[0].alignment = RIGHT
    body(d, 12)
    return d


@blank
def header_table():
    d = new()
    header = d.sections[0].header
    t = header.add_table(1, 2, Cm(16.5))
    t.cell(0, 0).text = "Герб"
    t.cell(0, 1).text = "Администрация\nПромышленновского округа"
    t.cell(0, 1).paragraphs[0].alignment = RIGHT
    body(d, 7)
    return d


@blank
def landscape():
    d = new()
    section = d.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    p(d, "ДИПЛОМ", CENTER, size=48, bold=True)
    p(d, "награждается", CENTER, size=20)
    p(d, "Бехтенева Наталья Юрьевна", CENTER, size=32, italic=True)
    p(d, "за победу в районном конкурсе", CENTER, size=20)
    return d


@blank
def sections():
    d = new()
    body(d, 2)
    section = d.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    body(d, 2)
    section = d.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    body(d, 1)
    return d


@blank
def columns():
    d = new(size=12)
    p(d, "Вестник библиотеки", CENTER, bold=True)
    section = d.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="708"/>')) if section._sectPr.find(qn("w:cols")) is None else \
        (section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2"), section._sectPr.find(qn("w:cols")).set(qn("w:space"), "708"))
    body(d, 4)
    return d


@blank
def breaks():
    d = new()
    p(d, "Первая страница")
    p(d).add_run().add_break(WD_BREAK.PAGE)
    p(d, "Вторая страница")
    made = p(d, "В начале третьей")
    made.paragraph_format.page_break_before = True
    made = p(d, "До разрыва ")
    made.add_run().add_break(WD_BREAK.PAGE)
    made.add_run("после разрыва")
    p(d, "Строка\nи вторая строка")
    return d


@blank
def keeps():
    d = new()
    body(d, 5)
    for i in range(4):
        made = p(d, f"Заголовок {i}", bold=True)
        made.paragraph_format.keep_with_next = True
        made = p(d, TEXT * 2, BOTH)
        made.paragraph_format.keep_together = i % 2 == 0
    return d


@blank
def headings():
    d = new()
    for level in range(1, 4):
        d.add_heading(f"Заголовок уровня {level}", level)
        body(d, 1)
    return d


@blank
def styles():
    d = new()
    base = d.styles.add_style("Текст документа", WD_STYLE_TYPE.PARAGRAPH)
    base.base_style = d.styles["Normal"]
    base.paragraph_format.first_line_indent, base.paragraph_format.line_spacing = Cm(1.25), 1.5
    base.paragraph_format.alignment = BOTH
    own = d.styles.add_style("Подпись документа", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = base
    own.font.bold, own.paragraph_format.first_line_indent = True, Cm(0)
    mark = d.styles.add_style("Важно", WD_STYLE_TYPE.CHARACTER)
    mark.font.italic, mark.font.color.rgb = True, RGBColor(0xC0, 0, 0)
    for _ in range(3):
        made = p(d, TEXT, style="Текст документа")
        made.add_run("Это важно.", style="Важно")
    p(d, "Директор библиотеки", style="Подпись документа")
    return d


@blank
def runs():
    d = new()
    made = p(d)
    for name in ("bold", "italic", "underline", "strike", "all_caps", "small_caps"):
        setattr(made.add_run(f"{name} начертание, "), name, True) if name in ("bold", "italic", "underline") else \
            setattr(made.add_run(f"{name} начертание, ").font, name, True)
    made.add_run("цвет").font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
    spaced = made.add_run(" вразрядку ")
    spaced._element.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="60"/>'))
    made.add_run(TEXT)
    made = p(d, "Видно. ")
    made.add_run("Скрыто.").font.hidden = True
    made.add_run("Снова видно.")
    marked = made.add_run(" Выделено.")
    marked.font.highlight_color = 7
    return d


@blank
def lists():
    d = new()
    russian = numbered(d, [("russianLower", "%1)", 1069, 360, ""), ("bullet", "–", 1429, 360, "")])
    for text in ("первое;", "второе: " + TEXT[:150], "третье."):
        item(d, russian, 0, text)
    item(d, russian, 1, "тире")
    roman = numbered(d, [("upperRoman", "%1.", 720, 720, '<w:suff w:val="space"/>')])
    for text in ("Общие положения", "Порядок", "Заключение"):
        item(d, roman, 0, text)
    for text in ("маркер", "ещё " + TEXT[:120]):
        p(d, text, style="List Bullet")
    for text in ("номер", "второй"):
        p(d, text, style="List Number")
    return d


@blank
def borders():
    d = new()
    for i in range(2):
        made = p(d, TEXT[:160], BOTH)
        made._element.get_or_add_pPr().append(parse_xml(
            f'<w:pBdr {nsdecls("w")}>' + "".join(
                f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/>' for side in ("top", "left", "bottom", "right")) + "</w:pBdr>"))
    made = p(d, "Линия под строкой")
    made._element.get_or_add_pPr().append(parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="1" w:color="auto"/></w:pBdr>'))
    made = p(d, TEXT, BOTH)
    made._element.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E7E6E6"/>'))
    return d


@blank
def picture_inline():
    d = new()
    made = p(d, align=CENTER)
    made.add_run().add_picture(picture(), Cm(4))
    p(d, "Под картинкой", CENTER)
    made = p(d, "Слово ")
    made.add_run().add_picture(picture(), Cm(1))
    for inline in d.element.body.iter(qn("wp:inline")):
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
    made.add_run(" среди букв. " + TEXT)
    return d


@blank
def picture_page():
    d = new()
    made = p(d, "Текст поверх рамки", CENTER)
    anchored(d, made, pic(d, 7200000, 10000000), 7200000, 10000000, ("page", OFFSET(180000)), ("page", OFFSET(350000)), 1)
    body(d, 2)
    made = p(d, "Печать справа")
    anchored(d, made, pic(d, 900000, 900000), 900000, 900000, ("margin", ALIGN("right")), ("paragraph", OFFSET(0)), 1)
    return d


@blank
def picture_margin():
    d = new()
    made = p(d, "Эмблема в верхнем углу", RIGHT)
    anchored(d, made, pic(d, 900000, 450000), 900000, 450000, ("margin", OFFSET(0)), ("margin", OFFSET(0)))
    body(d, 2)
    made = p(d, "Между абзацами")
    anchored(d, made, pic(d, 1800000, 900000), 1800000, 900000, ("column", OFFSET(1000000)), ("paragraph", OFFSET(250000)), 0,
             '<wp:wrapTopAndBottom/>')
    body(d, 1)
    return d


@blank
def text_boxes():
    d = new()
    made = p(d, "Гриф утверждения стоит в надписи.")
    anchored(d, made, box("УТВЕРЖДАЮ\nДиректор Петрова", 2500000, 900000), 2500000, 900000, ("margin", ALIGN("right")), ("margin", OFFSET(400000)))
    for _ in range(8):
        p(d)
    body(d, 2)
    made = p(d, "Надпись на странице")
    anchored(d, made, box("Внизу страницы", 2000000, 400000, "<a:ln><a:noFill/></a:ln>"), 2000000, 400000, ("page", OFFSET(1080000)),
             ("page", OFFSET(9700000)))
    return d


@blank
def footnotes():
    d = new()
    made = p(d, TEXT, BOTH)
    body(d, 1)
    note(d, made, "Сведения районной статистики.")
    return d


@blank
def links():
    d = new()
    made = p(d, "Сайт: ")
    to = d.part.relate_to("https://example.ru/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
    add(made, f'<w:hyperlink NS r:id="{to}"><w:r><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr><w:t>example.ru</w:t></w:r></w:hyperlink>')
    made.add_run(" и дальше. Дата: ")
    made.add_run("12.10.2024")
    made = p(d, "Директор ")
    add(made, '<w:bookmarkStart NS w:id="30" w:name="имя"/>')
    made.add_run("Петрова")
    add(made, '<w:bookmarkEnd NS w:id="30"/>')
    add(p(d, "Ссылка: "), '<w:fldSimple NS w:instr=" REF имя "><w:r><w:t>Петрова</w:t></w:r></w:fldSimple>')
    made = p(d)
    add(made, '<w:sdt NS><w:sdtPr><w:alias w:val="Имя"/></w:sdtPr><w:sdtContent><w:r><w:t>Содержимое элемента</w:t></w:r></w:sdtContent></w:sdt>')
    made.add_run(" и текст за ним")
    return d


@blank
def changes():
    d = new()
    d.settings.element.insert(0, parse_xml(f'<w:revisionView {nsdecls("w")} w:insDel="0"/>'))
    made = p(d, "Было ")
    add(made, '<w:del NS w:id="1" w:author="А" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>удалено</w:delText></w:r></w:del>')
    add(made, '<w:ins NS w:id="2" w:author="А" w:date="2024-01-01T00:00:00Z"><w:r><w:t>вставлено</w:t></w:r></w:ins>')
    body(d, 1)
    return d


@blank
def symbols():
    d = new()
    for code, text in (("F0A8", " пустой квадрат"), ("F0FE", " отмечено"), ("F0FC", " галочка")):
        made = p(d)
        add(made.add_run(), f'<w:sym NS w:font="Wingdings" w:char="{code}"/>')
        made.add_run(text)
    made = p(d, "нераз")
    add(made.add_run(), "<w:noBreakHyphen NS/>")
    made.add_run("рывный")
    return d


@blank
def diploma():
    d = new()
    section = d.sections[0]
    section.left_margin = section.right_margin = Mm(25)
    made = p(d)
    anchored(d, made, pic(d, 7560000, 10692000), 7560000, 10692000, ("page", OFFSET(0)), ("page", OFFSET(0)), 1)
    made.paragraph_format.space_after = Pt(120)
    p(d, "БЛАГОДАРНОСТЬ", CENTER, size=40, bold=True)
    p(d, "вручается", CENTER, size=18).paragraph_format.space_before = Pt(24)
    p(d, "Заварзиной Ольге Юрьевне", CENTER, size=28)
    made = p(d, TEXT, CENTER, size=16)
    made.paragraph_format.line_spacing, made.paragraph_format.space_before = 1.5, Pt(30)
    made = p(d, "Директор\tА. Б. Петрова", size=16)
    made.paragraph_format.space_before = Pt(80)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    return d


@blank
def compatibility():
    d = new(mode=12)
    t = d.add_table(2, 2, style="Table Grid")
    for row in t.rows:
        for cell in row.cells:
            cell.text = "До Word 2013"
    p(d, "Текст под таблицей")
    return d


@blank
def protocol():
    d = new(size=12)
    p(d, "ПРОТОКОЛ № 3", CENTER, bold=True)
    p(d, "заседания методического совета", CENTER)
    facing(d, "п. Промышленная\t12 октября 2024 г.")
    for name in ("Председатель – Петрова А. Б.", "Секретарь – Ли В. Ч.", "Присутствовали: 12 человек (список прилагается)."):
        p(d, name)
    p(d, "ПОВЕСТКА ДНЯ:").paragraph_format.space_before = Pt(12)
    number = numbered(d, [("decimal", "%1.", 720, 360, "")])
    for text in ("Об итогах конкурса. " + TEXT[:100], "О плане на 2025 год."):
        item(d, number, 0, text)
    for i in range(1, 3):
        p(d, f"{i}. СЛУШАЛИ:", bold=True).paragraph_format.space_before = Pt(12)
        body(d, 2)
        p(d, "ПОСТАНОВИЛИ:")
        body(d, 1)
    return d


@blank
def contract():
    d = new(size=11)
    p(d, "ДОГОВОР № 17", CENTER, bold=True)
    number = numbered(d, [("decimal", "%1.", 0, 0, '<w:suff w:val="space"/>'), ("decimal", "%1.%2.", 0, 0, '<w:suff w:val="space"/>')])
    for title in ("ПРЕДМЕТ ДОГОВОРА", "ЦЕНА И РАСЧЁТЫ", "ОТВЕТСТВЕННОСТЬ", "РЕКВИЗИТЫ"):
        item(d, number, 0, title, CENTER).paragraph_format.space_before = Pt(8)
        for _ in range(3):
            item(d, number, 1, TEXT)
    t = d.add_table(1, 2)
    t.cell(0, 0).text = "Заказчик\n" + TEXT[:120] + "\n____________"
    t.cell(0, 1).text = "Исполнитель\n" + TEXT[:120] + "\n____________"
    return d


@blank
def sections_numbered():
    # A first page, headers and numbers of its own in each section.
    d = new()
    section = d.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Бланк учреждения"
    field(section.header.paragraphs[0], "PAGE", "2")
    body(d, 9)
    section = d.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    for part in (section.first_page_header, section.header, section.footer):
        part.is_linked_to_previous = False
    section.first_page_header.paragraphs[0].text = "Приложение 1"
    section.header.paragraphs[0].text = "Продолжение приложения 1"
    field(section.footer.paragraphs[0], "PAGE")
    section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:fmt="lowerRoman" w:start="1"/>'))
    body(d, 9)
    section = d.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    numbers = section._sectPr.find(qn("w:pgNumType"))
    numbers.set(qn("w:fmt"), "decimal")
    numbers.set(qn("w:start"), "10")
    body(d, 8)
    return d


@blank
def picture_wrapped():
    d = new()
    square = '<wp:wrapSquare wrapText="bothSides" distT="0" distB="0" distL="114300" distR="114300"/>'
    made = p(d, "", BOTH)
    anchored(d, made, pic(d, 1440000, 1440000), 1440000, 1440000, ("column", ALIGN("left")), ("paragraph", OFFSET(0)), 0, square)
    made.add_run(TEXT)
    body(d, 1)
    made = p(d, "", BOTH)
    anchored(d, made, pic(d, 1800000, 1080000), 1800000, 1080000, ("margin", ALIGN("right")), ("paragraph", OFFSET(0)), 0, square)
    made.add_run(TEXT * 2)
    body(d, 1)
    return d


@blank
def frames():
    d = new()
    for text in ("УТВЕРЖДАЮ", "Директор", "____________ А. Б. Петрова"):
        made = p(d, text)
        made._element.get_or_add_pPr().append(parse_xml(
            f'<w:framePr {nsdecls("w")} w:w="3600" w:hSpace="180" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"/>'))
    p(d, "Положение о конкурсе чтецов")
    body(d, 2)
    return d


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in BLANKS.items():
        make().save(folder / f"{name}.docx")
    print(len(BLANKS), "blanks")
